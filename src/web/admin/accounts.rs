//! Accounts, offices and organisations, as admins keep them.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;

use crate::auth::token::Token;
use crate::domain::account::{
    ACCOUNT_INVITATION, Account, AccountId, AccountState, MAX_NAME, Office, Organisation,
    OrganisationId, OrganisationKind, Person, email_key,
};
use crate::domain::country::Country;
use crate::domain::time::Moment;
use crate::i18n::{Lang, T};
use crate::mail::Site;
use crate::mail::letter::{self, Door, Reader};
use crate::storage::accounts::{self, Known};
use crate::storage::sessions::{self, Link, Purpose};
use crate::storage::{DbConn, StorageError, mails, organisations, privacy};
use crate::web::kit::app::App;
use crate::web::kit::error::AppError;
use crate::web::kit::form::{Field, Form, FormView, Kind, Pick};
use crate::web::kit::page::Page;
use crate::web::kit::params::Params;
use crate::web::kit::respond::{rendered, see_other};
use crate::web::kit::visitor::Visitor;
use crate::web::kit::work::{on_change_by, on_database};

/// Accounts shown at once.
const SHOWN: i64 = 500;

/// What is wrong with a form, by field.
type Wrong = Vec<(&'static str, String)>;

struct AccountView {
    id: i64,
    name: String,
    email: String,
    about: String,
    url: String,
}

#[derive(Template)]
#[template(path = "admin/accounts/index.html")]
struct Index {
    page: Page,
    accounts: Vec<AccountView>,
    organisations: Vec<(String, String)>,
    invite: FormView,
    organise: FormView,
    told: String,
}

#[derive(Template)]
#[template(path = "admin/accounts/show.html")]
struct Show {
    page: Page,
    name: String,
    email: String,
    about: String,
    /// To set the office; not for oneself.
    office: Option<FormView>,
    /// What else can be done.
    forms: Vec<FormView>,
    /// To take the person out of every table.
    erase: Option<FormView>,
    told: String,
}

fn about(t: T, state: AccountState, office: Office) -> String {
    let state = t.get(&format!("account-state-{}", state.as_str()));
    match office {
        Office::None => state,
        office => format!("{}, {state}", t.get(&format!("office-{}", office.as_str()))),
    }
}

fn offices(t: T, chosen: Office) -> Field {
    let picks = Office::ALL
        .iter()
        .map(|o| Pick::new(o.as_str(), t.get(&format!("office-{}", o.as_str())), *o == chosen));
    Field::new(t, Kind::Radios, "office").picks(picks)
}

fn organisations_field(t: T, all: &[Organisation], chosen: Option<OrganisationId>) -> Field {
    let none = Pick::new("", t.get("organisation-none"), chosen.is_none());
    let picks = all.iter().map(|o| Pick::new(o.id.0.to_string(), &o.name, chosen == Some(o.id)));
    let picks: Vec<Pick> = std::iter::once(none).chain(picks).collect();
    Field::new(t, Kind::Select, "organisation").hinted(t.get("organisation-hint")).picks(picks)
}

fn error(wrong: &Wrong, name: &str) -> String {
    wrong.iter().find(|(n, _)| *n == name).map_or_else(String::new, |(_, e)| e.clone())
}

fn invite_form(
    page: &Page,
    visitor: &Visitor,
    all: &[Organisation],
    typed: &Form,
    wrong: &Wrong,
) -> FormView {
    let t = page.t;
    let name = Field::text(t, "name")
        .labelled(t.get("field-member-name"))
        .filled(typed.get("name"))
        .wrong(error(wrong, "name"));
    let email = Field::email(t)
        .filled(typed.get("email"))
        .autocompleted("off")
        .wrong(error(wrong, "email"));
    let office = Office::parse(typed.get("office")).unwrap_or(Office::Officer);
    let language = Field::new(t, Kind::Radios, "language").picks(
        Lang::PAGES.into_iter().map(|l| Pick::new(l.code(), l.own_name(), l.code() == page.lang())),
    );
    let fields = vec![name, email, offices(t, office), organisations_field(t, all, None), language];
    FormView::new(visitor, page.url("/admin/accounts"), t.get("member-invite"), fields)
        .hiding("do", "invite")
}

fn organise_form(page: &Page, visitor: &Visitor, typed: &Form, wrong: &Wrong) -> FormView {
    let t = page.t;
    let line =
        |name: &'static str| Field::text(t, name).filled(typed.get(name)).wrong(error(wrong, name));
    let kinds = OrganisationKind::ALL.iter().map(|k| {
        let label = t.get(&format!("organisation-{}", k.as_str()));
        Pick::new(k.as_str(), label, *k == OrganisationKind::Association)
    });
    let fields = vec![
        line("organisation-name"),
        Field::new(t, Kind::Radios, "kind").picks(kinds),
        line("countries").hinted(t.get("countries-hint")),
    ];
    FormView::new(visitor, page.url("/admin/accounts"), t.get("organisation-add"), fields)
        .hiding("do", "organise")
}

async fn show_all(
    page: Page,
    visitor: &Visitor,
    app: &web::Data<App>,
    (typed, wrong): (&Form, &Wrong),
    told: String,
) -> Result<HttpResponse, AppError> {
    let (known, all) = on_database(app, move |conn, _| {
        Ok((accounts::known(conn, SHOWN)?, organisations::all(conn)?))
    })
    .await?;
    let t = page.t;
    let status = match (wrong.is_empty(), told.is_empty()) {
        (false, _) => StatusCode::UNPROCESSABLE_ENTITY,
        (true, false) => StatusCode::CONFLICT,
        (true, true) => StatusCode::OK,
    };
    rendered(
        &Index {
            accounts: known
                .iter()
                .map(|k| AccountView {
                    id: k.id.0,
                    name: k.person.name.clone(),
                    email: k.person.email.clone(),
                    about: about(t, k.state, k.office),
                    url: page.url(&format!("/admin/accounts/{}", k.id.0)),
                })
                .collect(),
            organisations: all
                .iter()
                .map(|o| {
                    let countries: Vec<String> =
                        o.countries.iter().map(|c| crate::wording::country(t, *c)).collect();
                    let kind = t.get(&format!("organisation-{}", o.kind.as_str()));
                    let about = std::iter::once(kind).chain(countries);
                    (o.name.clone(), about.collect::<Vec<_>>().join(", "))
                })
                .collect(),
            invite: invite_form(&page, visitor, &all, typed, wrong),
            organise: organise_form(&page, visitor, typed, wrong),
            told,
            page,
        },
        status,
    )
}

/// `GET /{lang}/admin/accounts`
pub(crate) async fn index(
    request: HttpRequest,
    page: Page,
    visitor: Visitor,
    app: web::Data<App>,
) -> Result<HttpResponse, AppError> {
    Params::of(&request, &[])?;
    show_all(page, &visitor, &app, (&Form::default(), &Vec::new()), String::new()).await
}

/// The countries somebody has typed as codes; none when one is no country.
fn countries(text: &str) -> Option<Vec<Country>> {
    let codes = text.split(|c: char| c == ',' || c.is_whitespace()).filter(|c| !c.is_empty());
    codes.map(|c| c.to_uppercase().parse().ok()).collect()
}

/// The organisation that a form names; none where it names none.
fn organisation_of(form: &Form) -> Result<Option<OrganisationId>, AppError> {
    match form.get("organisation") {
        "" => Ok(None),
        number => Ok(Some(OrganisationId(number.parse().map_err(|_| AppError::BadForm)?))),
    }
}

/// # Errors
/// [`AppError::NotFound`] for whoever is no admin any more.
fn admin(me: &Account) -> Result<(), AppError> {
    if me.is_admin() { Ok(()) } else { Err(AppError::NotFound) }
}

/// Makes an account with an office, and the letter that invites to it; call
/// inside a transaction.
fn invite(
    conn: &mut DbConn,
    site: &Site,
    person: &Person,
    (office, organisation): (Office, Option<OrganisationId>),
    by: AccountId,
    now: Moment,
) -> Result<(), AppError> {
    let id = accounts::create(conn, person, office, Some(by), now)?;
    if organisation.is_some() {
        accounts::set_office(conn, id, office, organisation, by, now)?;
    }
    write_invitation(conn, site, (id, person), now)
}

/// Writes the letter that invites to an account; an earlier one leads nowhere
/// any more.
fn write_invitation(
    conn: &mut DbConn,
    site: &Site,
    (id, person): (AccountId, &Person),
    now: Moment,
) -> Result<(), AppError> {
    let token = Token::new().map_err(|e| AppError::Other(e.into()))?;
    let link = Link { purpose: Purpose::Invitation, account: id, payload: String::new() };
    sessions::add_link(conn, &token.hash(), &link, now + ACCOUNT_INVITATION)?;
    let door = Door { url: site.link(&person.language, &token), secret: true };
    let reader = Reader { account: id, person };
    let mail = letter::write(reader, "invitation", &[], Some(&door), site.host())
        .map_err(|e| AppError::Other(e.into()))?;
    mails::add(conn, &mail, now)?;
    Ok(())
}

/// Invites somebody once more who has not come yet; call inside a
/// transaction.
fn invite_again(
    conn: &mut DbConn,
    site: &Site,
    id: AccountId,
    by: AccountId,
    now: Moment,
) -> Result<(), AppError> {
    if accounts::load(conn, id)?.state != AccountState::Invited {
        return Err(StorageError::Stale.into());
    }
    let person = accounts::person(conn, id)?.ok_or(StorageError::Stale)?;
    write_invitation(conn, site, (id, &person), now)?;
    Ok(accounts::record(conn, id, "invitation-made", Some(by), None, None, now)?)
}

/// `POST /{lang}/admin/accounts`: invites somebody, or adds an organisation.
pub(crate) async fn create(
    page: Page,
    visitor: Visitor,
    app: web::Data<App>,
    form: Form,
) -> Result<HttpResponse, AppError> {
    let t = page.t;
    let by = visitor.signed_in()?.account.id;
    let mut wrong: Wrong = Vec::new();
    let outcome = if form.get("do") == "organise" {
        let name = form.line("organisation-name");
        if !(1..=MAX_NAME).contains(&name.chars().count()) {
            let error = t.one("organisation-name-wrong", "most", MAX_NAME.to_string());
            wrong.push(("organisation-name", error));
        }
        let kind = OrganisationKind::parse(form.get("kind"));
        let countries = countries(form.get("countries"));
        if countries.is_none() {
            wrong.push(("countries", t.get("countries-wrong")));
        }
        let (Some(kind), Some(countries), true) = (kind, countries, wrong.is_empty()) else {
            return show_all(page, &visitor, &app, (&form, &wrong), String::new()).await;
        };
        on_change_by(&app, &visitor, move |conn, me, now| {
            admin(me)?;
            let id = organisations::add(conn, kind, &name, &countries)?;
            let to = id.0.to_string();
            Ok(accounts::record(conn, by, "organisation-added", Some(by), None, Some(&to), now)?)
        })
        .await
    } else {
        let language = Lang::parse_page(form.get("language")).unwrap_or(t.lang).code();
        let person = Person {
            name: form.line("name"),
            email: form.line("email"),
            language: language.to_owned(),
        };
        if !(1..=MAX_NAME).contains(&person.name.chars().count()) {
            wrong.push(("name", t.one("member-name-wrong", "most", MAX_NAME.to_string())));
        }
        if email_key(&person.email).is_none() {
            wrong.push(("email", t.get("email-wrong")));
        }
        let office = Office::parse(form.get("office")).ok_or(AppError::BadForm)?;
        if !wrong.is_empty() {
            return show_all(page, &visitor, &app, (&form, &wrong), String::new()).await;
        }
        let organisation = organisation_of(&form)?;
        let site = app.site();
        on_change_by(&app, &visitor, move |conn, me, now| {
            admin(me)?;
            invite(conn, &site, &person, (office, organisation), by, now)
        })
        .await
    };
    match outcome {
        Err(AppError::Storage(StorageError::Conflict)) => {
            let told = t.get("account-taken");
            show_all(page, &visitor, &app, (&form, &Vec::new()), told).await
        }
        outcome => {
            outcome?;
            let done = if form.get("do") == "organise" { "organise" } else { "invite" };
            Ok(see_other(&page.url(&format!("/admin/accounts?done=account-{done}"))))
        }
    }
}

async fn known(
    app: &web::Data<App>,
    id: &str,
) -> Result<(Known, Option<OrganisationId>), AppError> {
    let id = AccountId(id.parse().map_err(|_| AppError::NotFound)?);
    on_database(app, move |conn, _| {
        let account = accounts::load(conn, id)?;
        let person = accounts::person(conn, id)?.ok_or(AppError::NotFound)?;
        let known = Known { id, state: account.state, office: account.office, person };
        Ok((known, account.organisation))
    })
    .await
}

async fn show_one(
    page: Page,
    visitor: &Visitor,
    app: &web::Data<App>,
    id: &str,
    (told, unsure): (String, String),
) -> Result<HttpResponse, AppError> {
    let (known, organisation) = known(app, id).await?;
    let all = on_database(app, move |conn, _| Ok(organisations::all(conn)?)).await?;
    let t = page.t;
    let url = page.url(&format!("/admin/accounts/{}", known.id.0));
    let own = visitor.signed_in()?.account.id == known.id;
    let fields = vec![offices(t, known.office), organisations_field(t, &all, organisation)];
    let office =
        (!own).then(|| FormView::new(visitor, &url, t.get("save"), fields).hiding("do", "office"));
    let mut forms = Vec::new();
    if !own {
        let mut add = |key: &str, action: &str| {
            forms.push(FormView::new(visitor, &url, t.get(key), Vec::new()).hiding("do", action));
        };
        match known.state {
            AccountState::Active => add("account-suspend", "suspend"),
            AccountState::Suspended => add("account-restore", "restore"),
            AccountState::Invited => add("account-invite-again", "invite"),
            AccountState::Erased => {}
        }
    }
    let status = match (told.is_empty(), unsure.is_empty()) {
        (false, _) => StatusCode::CONFLICT,
        (true, false) => StatusCode::UNPROCESSABLE_ENTITY,
        (true, true) => StatusCode::OK,
    };
    let erase = (!own).then(|| {
        let sure = Field::new(t, Kind::Checks, "sure")
            .hinted(t.get("account-erase-text"))
            .picks([Pick::new("1", t.get("erase-sure"), false)])
            .wrong(unsure);
        FormView::new(visitor, &url, t.get("account-erase"), vec![sure]).hiding("do", "erase")
    });
    rendered(
        &Show {
            erase,
            name: known.person.name.clone(),
            email: known.person.email.clone(),
            about: about(t, known.state, known.office),
            office,
            forms,
            told,
            page,
        },
        status,
    )
}

/// `GET /{lang}/admin/accounts/{id}`
pub(crate) async fn show(
    request: HttpRequest,
    page: Page,
    visitor: Visitor,
    path: web::Path<(String, String)>,
    app: web::Data<App>,
) -> Result<HttpResponse, AppError> {
    Params::of(&request, &[])?;
    show_one(page, &visitor, &app, &path.1, (String::new(), String::new())).await
}

/// `POST /{lang}/admin/accounts/{id}`: sets an office, closes the account for
/// now, opens it again, invites once more, or erases the person. Nobody does
/// that to themselves.
pub(crate) async fn update(
    page: Page,
    visitor: Visitor,
    path: web::Path<(String, String)>,
    app: web::Data<App>,
    form: Form,
) -> Result<HttpResponse, AppError> {
    let (known, _) = known(&app, &path.1).await?;
    let by = visitor.signed_in()?.account.id;
    if known.id == by {
        return Err(AppError::NotFound);
    }
    let (id, state, wanted) = (known.id, known.state, form.get("do").to_owned());
    if wanted == "erase" && form.get("sure") != "1" {
        let error = page.t.get("erase-sure-wrong");
        return show_one(page, &visitor, &app, &path.1, (String::new(), error)).await;
    }
    let office = Office::parse(form.get("office"));
    let organisation = organisation_of(&form)?;
    let site = app.site();
    let outcome = on_change_by(&app, &visitor, move |conn, me, now| {
        admin(me)?;
        match (wanted.as_str(), state, office) {
            ("office", _, Some(office)) => {
                accounts::set_office(conn, id, office, organisation, by, now)?;
            }
            ("suspend", AccountState::Active, _) => {
                accounts::set_state(conn, id, AccountState::Suspended, by, now)?;
            }
            ("restore", AccountState::Suspended, _) => {
                accounts::set_state(conn, id, AccountState::Active, by, now)?;
            }
            ("invite", AccountState::Invited, _) => invite_again(conn, &site, id, by, now)?,
            ("erase", ..) => privacy::erase(conn, id, by, now)?,
            _ => return Err(AppError::BadForm),
        }
        Ok(())
    })
    .await;
    match outcome {
        Err(AppError::Storage(StorageError::Conflict)) => {
            let told = page.t.get("account-last-admin");
            show_one(page, &visitor, &app, &path.1, (told, String::new())).await
        }
        outcome => {
            outcome?;
            Ok(see_other(&page.url(&format!("/admin/accounts?done=account-{}", form.get("do")))))
        }
    }
}
