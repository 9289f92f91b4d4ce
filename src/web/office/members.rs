//! Who speaks for a municipality: seen by its members and by officers,
//! changed by those who sign.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use chrono::Duration;

use super::claim_view::{both_names, tell};
use crate::auth::token::Token;
use crate::domain::account::{
    ACCOUNT_INVITATION, AccountId, AccountState, MAX_NAME, MEMBERSHIP_INVITATION_DAYS, MemberRole,
    MemberState, Office, Person, email_key,
};
use crate::domain::municipality::Municipality;
use crate::i18n::Lang;
use crate::mail::letter::Door;
use crate::storage::members::{self, Member};
use crate::storage::sessions::{self, Link, Purpose};
use crate::storage::{StorageError, accounts, change};
use crate::web::kit::app::App;
use crate::web::kit::error::AppError;
use crate::web::kit::form::{Field, Form, FormView, Kind, Pick};
use crate::web::kit::limits::limit;
use crate::web::kit::lookup::{Found, find};
use crate::web::kit::page::Page;
use crate::web::kit::params::Params;
use crate::web::kit::respond::{rendered, see_other};
use crate::web::kit::view::NameView;
use crate::web::kit::visitor::Visitor;
use crate::web::kit::work::{on_change_by, on_database};

/// Invitations that one account may send in a day.
const INVITATIONS: i32 = 20;

struct MemberView {
    /// The number of the membership.
    id: i64,
    /// The name; of somebody who was only asked, the address that was written
    /// to, for the name is theirs to tell.
    name: String,
    /// The address, where a name stands before it.
    email: String,
    about: String,
    /// What can be done: name of the action and its label.
    actions: Vec<(&'static str, String)>,
}

#[derive(Template)]
#[template(path = "office/members.html")]
struct Show {
    page: Page,
    name: NameView,
    members: Vec<MemberView>,
    action: String,
    proof: String,
    form: Option<FormView>,
    told: String,
}

/// What the visitor may do with the members of a municipality.
struct Asked {
    municipality: Municipality,
    account: AccountId,
    signs: bool,
    officer: bool,
}

/// # Errors
/// [`AppError::NotFound`] for whoever neither speaks for the municipality nor
/// looks after it.
fn asked(app: &App, visitor: &Visitor, slug: &str) -> Result<Asked, AppError> {
    let snapshot = app.now();
    let Found::Here(row) = find(&snapshot.directory, slug)? else {
        return Err(AppError::NotFound);
    };
    let municipality = snapshot.directory.municipality(row).clone();
    let account = &visitor.signed_in()?.account;
    let officer = account.oversees(municipality.country);
    if !officer && !account.may_edit(municipality.id) {
        return Err(AppError::NotFound);
    }
    let signs = account.may_sign_for(municipality.id);
    Ok(Asked { municipality, account: account.id, signs, officer })
}

/// What may be done with a member.
fn actions(asked: &Asked, member: &Member) -> Vec<&'static str> {
    let own = member.account == asked.account;
    let active = member.state == MemberState::Active;
    let mut all = Vec::new();
    if active && asked.signs {
        all.push(match member.role {
            MemberRole::Editor => "promote",
            MemberRole::Signatory => "demote",
        });
    }
    if own {
        all.push("leave");
    } else if asked.signs || asked.officer {
        all.push("end");
    }
    all
}

fn invite_form(
    page: &Page,
    visitor: &Visitor,
    asked: &Asked,
    typed: &Form,
    wrong: &[&str],
) -> FormView {
    let t = page.t;
    let error = |name: &str, key: &str| match wrong.contains(&name) {
        true if key == "member-name-wrong" => t.one(key, "most", MAX_NAME.to_string()),
        true => t.get(key),
        false => String::new(),
    };
    let name = Field::text(t, "name")
        .labelled(t.get("field-member-name"))
        .filled(typed.get("name"))
        .wrong(error("name", "member-name-wrong"));
    let email = Field::email(t)
        .filled(typed.get("email"))
        .autocompleted("off")
        .wrong(error("email", "email-wrong"));
    let chosen = MemberRole::parse(typed.get("role")).unwrap_or(MemberRole::Editor);
    let roles = MemberRole::ALL
        .iter()
        .map(|r| Pick::new(r.as_str(), t.get(&format!("role-of-{}", r.as_str())), *r == chosen));
    let role = Field::new(t, Kind::Radios, "role").picks(roles);
    let language = Field::new(t, Kind::Radios, "language").picks(
        Lang::PAGES.into_iter().map(|l| Pick::new(l.code(), l.own_name(), l.code() == page.lang())),
    );
    let url = page.municipality_url(&format!("{}/members", asked.municipality.slug));
    FormView::new(visitor, url, t.get("member-invite"), vec![name, email, role, language])
        .hiding("do", "invite")
}

async fn show_all(
    page: Page,
    visitor: &Visitor,
    app: &web::Data<App>,
    asked: &Asked,
    (typed, wrong): (&Form, &[&str]),
    told: String,
) -> Result<HttpResponse, AppError> {
    let id = asked.municipality.id;
    let found = on_database(app, move |conn, _| Ok(members::of(conn, id)?)).await?;
    let t = page.t;
    let rows = found
        .iter()
        .map(|member| {
            let state = match member.state {
                MemberState::Active => t.one("session-since", "date", t.date(member.since.date())),
                _ => {
                    let until = member.since + Duration::days(MEMBERSHIP_INVITATION_DAYS);
                    t.one("member-asked", "date", t.date(until.date()))
                }
            };
            let (name, email) = match member.state {
                MemberState::Active => (member.name.clone(), member.email.clone()),
                _ => (email_key(&member.email).unwrap_or_default(), String::new()),
            };
            MemberView {
                id: member.id,
                name,
                email,
                about: format!("{}, {state}", t.get(&format!("role-of-{}", member.role.as_str()))),
                actions: actions(asked, member)
                    .into_iter()
                    .map(|a| (a, t.get(&format!("member-{a}"))))
                    .collect(),
            }
        })
        .collect();
    let status = match (wrong.is_empty(), told.is_empty()) {
        (false, _) => StatusCode::UNPROCESSABLE_ENTITY,
        (true, false) => StatusCode::CONFLICT,
        (true, true) => StatusCode::OK,
    };
    rendered(
        &Show {
            name: NameView::new(&page, &app.now().directory, &asked.municipality),
            members: rows,
            action: page.municipality_url(&format!("{}/members", asked.municipality.slug)),
            proof: visitor.form_value(),
            form: asked.signs.then(|| invite_form(&page, visitor, asked, typed, wrong)),
            told,
            page,
        },
        status,
    )
}

/// `GET /{lang}/municipalities/{slug}/members`
pub(crate) async fn show(
    request: HttpRequest,
    page: Page,
    visitor: Visitor,
    path: web::Path<(String, String)>,
    app: web::Data<App>,
) -> Result<HttpResponse, AppError> {
    Params::of(&request, &[])?;
    let asked = asked(&app, &visitor, &path.1)?;
    show_all(page, &visitor, &app, &asked, (&Form::default(), &[]), String::new()).await
}

/// Asks somebody to speak for a municipality, with an account made for them
/// if they have none: the answer does not tell which.
async fn invite(
    app: &web::Data<App>,
    (asked, session): (&Asked, i64),
    person: Person,
    role: MemberRole,
) -> Result<(), AppError> {
    let (site, names) = (app.site(), both_names(&asked.municipality));
    let (id, by) = (asked.municipality.id, asked.account);
    on_database(app, move |conn, now| {
        limit(conn, "invitations of", &by.0.to_string(), INVITATIONS, Duration::days(1), now)?;
        let key = email_key(&person.email).unwrap_or_default();
        let token = Token::new().map_err(|e| AppError::Other(e.into()))?;
        let names = (names.0.as_str(), names.1.as_str());
        change(conn, |conn| {
            if !accounts::acting(conn, session, by)?.may_sign_for(id) {
                return Err(AppError::NotFound);
            }
            let known = match accounts::by_email(conn, &key)? {
                Some(account) => Some((account, accounts::load(conn, account)?.state)),
                None => None,
            };
            let account = match known {
                Some((account, _)) => account,
                None => accounts::create(conn, &person, Office::None, Some(by), now)?,
            };
            match members::invite(conn, id, account, role, by, now) {
                // Whoever is there already needs no letter.
                Err(StorageError::Conflict) => return Ok(()),
                invited => invited?,
            }
            if known.is_some_and(|(_, state)| state != AccountState::Invited) {
                let language = accounts::person(conn, account)?
                    .map_or_else(|| person.language.clone(), |p| p.language);
                let url = format!("{}/{language}/account", site.address);
                let door = Door { url, secret: false };
                return tell(conn, &site, account, "member-asked", names, Some(door), now);
            }
            let payload = String::new();
            let link = Link { purpose: Purpose::Invitation, account, payload };
            sessions::add_link(conn, &token.hash(), &link, now + ACCOUNT_INVITATION)?;
            let door = Door { url: site.link(&person.language, &token), secret: true };
            tell(conn, &site, account, "member-invited", names, Some(door), now)
        })
    })
    .await
}

/// `POST /{lang}/municipalities/{slug}/members`: invites, or changes what a
/// member may, or ends it.
pub(crate) async fn update(
    page: Page,
    visitor: Visitor,
    path: web::Path<(String, String)>,
    app: web::Data<App>,
    form: Form,
) -> Result<HttpResponse, AppError> {
    let asked = asked(&app, &visitor, &path.1)?;
    let here = page.municipality_url(&format!("{}/members", asked.municipality.slug));
    if form.get("do") == "invite" {
        let role = MemberRole::parse(form.get("role")).unwrap_or(MemberRole::Editor);
        let language = Lang::parse_page(form.get("language")).unwrap_or(page.t.lang).code();
        let person = Person {
            name: form.line("name"),
            email: form.line("email"),
            language: language.to_owned(),
        };
        let mut wrong = Vec::new();
        if !(1..=MAX_NAME).contains(&person.name.chars().count()) {
            wrong.push("name");
        }
        if email_key(&person.email).is_none() {
            wrong.push("email");
        }
        if !asked.signs {
            return Err(AppError::NotFound);
        }
        if !wrong.is_empty() {
            return show_all(page, &visitor, &app, &asked, (&form, &wrong), String::new()).await;
        }
        let session = visitor.signed_in()?.session.id;
        invite(&app, (&asked, session), person, role).await?;
        return Ok(see_other(&format!("{here}?done=member-invite")));
    }
    let number: i64 = form.get("member").parse().map_err(|_| AppError::BadForm)?;
    let (municipality, wanted) = (asked.municipality.clone(), form.get("do").to_owned());
    let (own, action) = (asked.account, wanted.clone());
    let done = on_change_by(&app, &visitor, move |conn, me, now| {
        // What somebody may do is worked out anew: the page may be older than
        // the right.
        let id = municipality.id;
        let asked = Asked {
            account: me.id,
            signs: me.may_sign_for(id),
            officer: me.oversees(municipality.country),
            municipality,
        };
        let found = members::of(conn, id)?;
        let member = found.iter().find(|m| m.id == number).ok_or(AppError::NotFound)?;
        if !actions(&asked, member).contains(&action.as_str())
            || !(asked.officer || me.may_edit(id))
        {
            return Err(AppError::NotFound);
        }
        let new = match action.as_str() {
            "promote" => (MemberRole::Signatory, MemberState::Active),
            "demote" => (MemberRole::Editor, MemberState::Active),
            _ => (member.role, MemberState::Ended),
        };
        members::set(conn, id, member.account, new, (me.id, asked.officer), now)?;
        Ok((member.account, new.1))
    })
    .await;
    match done {
        Err(AppError::Storage(StorageError::Conflict)) => {
            let told = page.t.get("member-last");
            show_all(page, &visitor, &app, &asked, (&Form::default(), &[]), told).await
        }
        done => {
            let (account, state) = done?;
            let stays = account != own || state == MemberState::Active;
            let told = format!("{here}?done=member-{wanted}");
            Ok(see_other(&if stays { told } else { page.url("/sign-in") }))
        }
    }
}
