//! The pages of one's own account: name and language, password, address,
//! second factor, sessions. Whoever changes what an account is proven by gives
//! the present password with it.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;

use crate::domain::account::{AccountId, MAX_NAME, MemberState, Office, Person, Session};
use crate::domain::claim::Claim;
use crate::domain::municipality::MunicipalityId;
use crate::domain::text;
use crate::i18n::Lang;
use crate::storage::{accounts, claims, credentials, members, sessions};
use crate::web::kit::app::App;
use crate::web::kit::error::AppError;
use crate::web::kit::form::{Field, Form, FormView, Kind, Pick};
use crate::web::kit::page::Page;
use crate::web::kit::params::Params;
use crate::web::kit::respond::{rendered, see_other};
use crate::web::kit::visitor::{Seen, Visitor};
use crate::web::kit::work::{on_change_by, on_database};
use crate::wording;

struct SessionView {
    id: i64,
    device: String,
    since: String,
    current: bool,
}

#[derive(Template)]
#[template(path = "people/account.html")]
struct Show {
    page: Page,
    form: FormView,
    email: String,
    office: String,
    second_factor: bool,
    must_have_factor: bool,
    codes_left: String,
    few_codes: bool,
    sessions: Vec<SessionView>,
    /// The municipalities the account speaks for: name, address, right.
    municipalities: Vec<(String, String, String)>,
    /// Its claims: name of the municipality, address, state.
    claims: Vec<(String, String, String)>,
    /// The municipalities it was asked to speak for: id and name.
    invitations: Vec<(i64, String)>,
    /// Whether it is an officer's, and an admin's.
    officer: bool,
    admin: bool,
    /// What was just changed, in words.
    changed: String,
    proof: String,
}

fn language_field(page: &Page, chosen: &str) -> Field {
    Field::new(page.t, Kind::Radios, "language").picks(
        Lang::PAGES.into_iter().map(|l| Pick::new(l.code(), l.own_name(), l.code() == chosen)),
    )
}

fn name_form(page: &Page, visitor: &Visitor, person: &Person, error: &str) -> FormView {
    let t = page.t;
    let name = Field::text(t, "name").filled(&person.name).wrong(error).autocompleted("name");
    let fields = vec![name, language_field(page, &person.language)];
    FormView::new(visitor, page.url("/account"), t.get("save"), fields)
}

/// Everything the page of an account shows.
pub(crate) struct Own {
    pub(crate) person: Person,
    codes: i64,
    sessions: Vec<Session>,
    claims: Vec<Claim>,
    invitations: Vec<MunicipalityId>,
}

pub(crate) async fn own(app: &web::Data<App>, id: AccountId) -> Result<Own, AppError> {
    on_database(app, move |conn, now| {
        let account = accounts::load(conn, id)?;
        let alive = |s: &Session| s.is_alive(account.office, now);
        Ok(Own {
            person: accounts::person(conn, id)?.ok_or(AppError::NotFound)?,
            codes: credentials::recovery_codes_left(conn, id)?,
            sessions: sessions::of(conn, id)?.into_iter().filter(alive).collect(),
            claims: claims::of_account(conn, id)?,
            invitations: members::invitations(conn, id, now)?,
        })
    })
    .await
}

fn show_own(
    page: Page,
    (visitor, app): (&Visitor, &App),
    seen: &Seen,
    own: &Own,
    form: FormView,
    changed: &str,
    status: StatusCode,
) -> Result<HttpResponse, AppError> {
    let t = page.t;
    let account = &seen.account;
    let snapshot = app.now();
    let directory = &snapshot.directory;
    let named = |id| {
        let m = directory.municipality(directory.by_id(id)?);
        Some((wording::name(t, m), page.municipality_url(&format!("{}/profile", m.slug))))
    };
    rendered(
        &Show {
            form,
            email: own.person.email.clone(),
            office: match account.office {
                Office::None => String::new(),
                office => t.get(&format!("office-{}", office.as_str())),
            },
            second_factor: account.second_factor,
            must_have_factor: account.must_have_second_factor(),
            codes_left: t.count("account-codes-left", own.codes),
            few_codes: own.codes < 3,
            sessions: own
                .sessions
                .iter()
                .map(|s| SessionView {
                    id: s.id,
                    device: s.device.clone(),
                    since: t.one(
                        "session-since",
                        "date",
                        format!(
                            "{}, {} UTC",
                            t.date(s.created_at.date()),
                            s.created_at.format("%H:%M")
                        ),
                    ),
                    current: s.id == seen.session.id,
                })
                .collect(),
            municipalities: account
                .memberships
                .iter()
                .filter(|m| m.state == MemberState::Active)
                .filter_map(|m| {
                    let (name, url) = named(m.municipality)?;
                    Some((name, url, t.get(&format!("own-role-{}", m.role.as_str()))))
                })
                .collect(),
            claims: own
                .claims
                .iter()
                .filter_map(|claim| {
                    let (name, _) = named(claim.municipality)?;
                    let url = page.url(&format!("/claims/{}", claim.id.0));
                    Some((name, url, t.get(&format!("claim-state-{}", claim.state.as_str()))))
                })
                .collect(),
            invitations: own
                .invitations
                .iter()
                .filter_map(|id| Some((id.0, named(*id)?.0)))
                .collect(),
            officer: account.is_officer(),
            admin: account.is_admin(),
            changed: changed.to_owned(),
            proof: visitor.form_value(),
            page,
        },
        status,
    )
}

/// `GET /{lang}/account`
pub(crate) async fn show(
    request: HttpRequest,
    page: Page,
    visitor: Visitor,
    app: web::Data<App>,
) -> Result<HttpResponse, AppError> {
    const CHANGED: [&str; 8] =
        ["name", "password", "email", "sent", "factor", "sessions", "letters", "invitation"];
    let params = Params::of(&request, &["changed"])?;
    let changed = params.parsed("changed", |c| CHANGED.into_iter().find(|x| *x == c))?;
    let seen = visitor.signed_in()?.clone();
    let own = own(&app, seen.account.id).await?;
    let form = name_form(&page, &visitor, &own.person, "");
    let changed = changed.map_or_else(String::new, |c| page.t.get(&format!("changed-{c}")));
    show_own(page, (&visitor, &app), &seen, &own, form, &changed, StatusCode::OK)
}

/// `POST /{lang}/account`: name and language.
pub(crate) async fn update(
    page: Page,
    visitor: Visitor,
    app: web::Data<App>,
    form: Form,
) -> Result<HttpResponse, AppError> {
    let seen = visitor.signed_in()?.clone();
    let id = seen.account.id;
    let name = text::clean_line(form.get("name"));
    let language = Lang::parse_page(form.get("language")).unwrap_or(page.t.lang).code();
    let length = name.chars().count();
    if length == 0 || length > MAX_NAME {
        let mut own = own(&app, id).await?;
        let error = page.t.one("name-wrong", "most", MAX_NAME.to_string());
        own.person = Person { name, language: language.to_owned(), ..own.person };
        let form = name_form(&page, &visitor, &own.person, &error);
        return show_own(
            page,
            (&visitor, &app),
            &seen,
            &own,
            form,
            "",
            StatusCode::UNPROCESSABLE_ENTITY,
        );
    }
    on_change_by(&app, &visitor, move |conn, _, now| {
        let before = accounts::person(conn, id)?;
        if before.is_some_and(|p| p.name == name && p.language == language) {
            return Ok(());
        }
        accounts::set_person(conn, id, &name, language)?;
        Ok(accounts::record(conn, id, "person-changed", Some(id), None, None, now)?)
    })
    .await?;
    Ok(see_other(&format!("/{language}/account?changed=name")))
}

/// `POST /{lang}/account/sessions`: ends one session, or all others.
pub(crate) async fn end_sessions(
    page: Page,
    visitor: Visitor,
    app: web::Data<App>,
    form: Form,
) -> Result<HttpResponse, AppError> {
    let seen = visitor.signed_in()?.clone();
    let one: Option<i64> = form.get("session").parse().ok();
    on_change_by(&app, &visitor, move |conn, me, now| {
        let id = me.id;
        match one {
            Some(session) => sessions::end(conn, id, session)?,
            None => sessions::end_sessions(conn, id, Some(seen.session.id))?,
        }
        Ok(accounts::record(conn, id, "sessions-ended", Some(id), None, None, now)?)
    })
    .await?;
    Ok(see_other(&page.url("/account?changed=sessions")))
}

/// `POST /{lang}/account/invitations`: says yes or no to speaking for a
/// municipality.
pub(crate) async fn answer_invitation(
    page: Page,
    visitor: Visitor,
    app: web::Data<App>,
    form: Form,
) -> Result<HttpResponse, AppError> {
    let id = visitor.signed_in()?.account.id;
    let municipality = form.get("municipality").parse().map_err(|_| AppError::BadForm)?;
    let yes = form.get("do") == "accept";
    on_change_by(&app, &visitor, move |conn, _, now| {
        Ok(members::answer(conn, MunicipalityId(municipality), id, yes, now)?)
    })
    .await?;
    Ok(see_other(&page.url("/account?changed=invitation")))
}
