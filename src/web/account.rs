//! The pages of one's own account: name and language, password, address,
//! second factor, sessions. Whoever changes what an account is proven by gives
//! the present password with it.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use chrono::Duration;
use qrcode::{Color, EcLevel, QrCode};

use super::error::AppError;
use super::form::{Field, Form, FormView, Kind, Pick};
use super::links::weakness_text;
use super::page::Page;
use super::params::Params;
use super::sign_in::limit;
use super::visitor::{Seen, Visitor};
use super::{App, html, on_change_by, on_database, rendered, see_other};
use crate::auth::token::Token;
use crate::auth::{password, totp};
use crate::domain::account::{
    Account, AccountId, MAX_NAME, MemberState, Office, Person, Session, email_key,
};
use crate::domain::claim::Claim;
use crate::domain::municipality::MunicipalityId;
use crate::domain::text;
use crate::domain::time::Moment;
use crate::i18n::{Lang, Value};
use crate::mail::letter::{self, Door, Reader};
use crate::snapshot::Snapshot;
use crate::storage::sessions::{self, Link, Purpose};
use crate::storage::{Conn, DbConn, StorageResult, accounts, change, claims, mails, members};
use crate::wording;

/// Tries of the present password within an account, in a quarter of an hour.
const TRIES: i32 = 10;
/// The field of a new password.
const NEW_PASSWORD: &str = "new-password";
/// How long a link to a new address works.
const ADDRESS_LINK: Duration = Duration::hours(24);

struct SessionView {
    id: i64,
    device: String,
    since: String,
    current: bool,
}

#[derive(Template)]
#[template(path = "account/show.html")]
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
struct Own {
    person: Person,
    codes: i64,
    sessions: Vec<Session>,
    claims: Vec<Claim>,
    invitations: Vec<MunicipalityId>,
}

async fn own(app: &web::Data<App>, id: AccountId) -> Result<Own, AppError> {
    on_database(app, move |conn, now| {
        let account = accounts::load(conn, id)?;
        let alive = |s: &Session| s.is_alive(account.office, now);
        Ok(Own {
            person: accounts::person(conn, id)?.ok_or(AppError::NotFound)?,
            codes: accounts::recovery_codes_left(conn, id)?,
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
pub(super) async fn show(
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
pub(super) async fn update(
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
pub(super) async fn end_sessions(
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
            None => accounts::end_sessions(conn, id, Some(seen.session.id))?,
        }
        Ok(accounts::record(conn, id, "sessions-ended", Some(id), None, None, now)?)
    })
    .await?;
    Ok(see_other(&page.url("/account?changed=sessions")))
}

/// `POST /{lang}/account/invitations`: says yes or no to speaking for a
/// municipality.
pub(super) async fn answer_invitation(
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

/// Words that stand for a person, so that no password is made of them: name,
/// address, and the names of the municipalities they work for or claim.
pub(super) fn own_words(
    conn: &mut DbConn,
    snapshot: &Snapshot,
    account: &Account,
    person: &Person,
) -> StorageResult<Vec<String>> {
    let mut words = vec![person.name.clone(), person.email.clone()];
    let claimed = claims::of_account(conn, account.id)?.into_iter().map(|c| c.municipality);
    for id in account.memberships.iter().map(|m| m.municipality).chain(claimed) {
        let Some(row) = snapshot.directory.by_id(id) else { continue };
        let m = snapshot.directory.municipality(row);
        words.extend([&m.name, &m.name_en, &m.name_uk, &m.centre, &m.slug].map(String::clone));
    }
    Ok(words)
}

/// Whether somebody gave the present password of an account; counted, so that
/// a session left open does not give it away.
pub(super) fn proves(
    conn: &mut Conn,
    id: AccountId,
    given: &str,
    now: Moment,
) -> Result<bool, AppError> {
    limit(conn, "proof", &id.0.to_string(), TRIES, Duration::minutes(15), now)?;
    let credentials = accounts::credentials_of(conn, id)?.ok_or(AppError::NotFound)?;
    Ok(password::verify(given, credentials.password_hash.as_deref()))
}

/// A letter about an account to whoever it is of, put in the queue.
fn tell(
    conn: &mut DbConn,
    app: &App,
    id: AccountId,
    person: &Person,
    topic: &str,
    door: Option<&Door>,
    now: Moment,
) -> Result<(), AppError> {
    let reader = Reader { account: id, person };
    let args: &[(&str, Value<'_>)] = &[];
    let mail = letter::write(reader, topic, args, door, app.site().host())
        .map_err(|e| AppError::Other(e.into()))?;
    mails::add(conn, &mail, now)?;
    Ok(())
}

#[derive(Template)]
#[template(path = "account/form.html")]
struct OneForm {
    page: Page,
    title: String,
    text: String,
    form: FormView,
}

pub(super) fn present_password(page: &Page, error: &str) -> Field {
    let label = page.t.get("field-present-password");
    let field = Field::password(page.t, "password", "current-password");
    field.labelled(label).wrong(error)
}

fn password_form(page: &Page, visitor: &Visitor, office: Office, errors: (&str, &str)) -> OneForm {
    let t = page.t;
    let shortest =
        if office == Office::None { password::SHORTEST } else { password::SHORTEST_STAFF };
    let new = Field::password(t, NEW_PASSWORD, "new-password")
        .hinted(t.one("password-hint", "n", shortest.to_string()))
        .wrong(errors.1);
    let fields = vec![present_password(page, errors.0), new];
    OneForm {
        title: t.get("account-password-title"),
        text: t.get("account-password-text"),
        form: FormView::new(visitor, page.url("/account/password"), t.get("save"), fields),
        page: page.clone(),
    }
}

/// `GET /{lang}/account/password`
pub(super) async fn password(
    request: HttpRequest,
    page: Page,
    visitor: Visitor,
) -> Result<HttpResponse, AppError> {
    Params::of(&request, &[])?;
    let office = visitor.signed_in()?.account.office;
    html(&password_form(&page, &visitor, office, ("", "")))
}

/// `POST /{lang}/account/password`
pub(super) async fn set_password(
    page: Page,
    visitor: Visitor,
    app: web::Data<App>,
    form: Form,
) -> Result<HttpResponse, AppError> {
    let seen = visitor.signed_in()?.clone();
    let office = seen.account.office;
    let (given, new) = (form.get("password").to_owned(), form.get(NEW_PASSWORD).to_owned());
    let _turn = app.hashing.acquire().await.map_err(|e| AppError::Other(e.into()))?;
    let state = app.clone();
    let outcome = on_database(&app, move |conn, now| {
        let id = seen.account.id;
        if !proves(conn, id, &given, now)? {
            return Ok(Err(None));
        }
        let person = accounts::person(conn, id)?.ok_or(AppError::NotFound)?;
        let words = own_words(conn, &state.now(), &seen.account, &person)?;
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        if let Some(weakness) = password::weakness(&new, office, &words) {
            return Ok(Err(Some(weakness)));
        }
        let hash = password::hash(&new)?;
        change(conn, |conn| {
            accounts::acting(conn, seen.session.id, id)?;
            accounts::set_password(conn, id, &hash, Some(seen.session.id), now)?;
            tell(conn, &state, id, &person, "password-changed", None, now)
        })?;
        Ok(Ok(()))
    })
    .await?;
    let wrong = |errors: (&str, &str)| {
        let form = password_form(&page, &visitor, office, errors);
        rendered(&form, StatusCode::UNPROCESSABLE_ENTITY)
    };
    match outcome {
        Ok(()) => Ok(see_other(&page.url("/account?changed=password"))),
        Err(None) => wrong((&page.t.get("present-password-wrong"), "")),
        Err(Some(weakness)) => wrong(("", &weakness_text(&page, weakness))),
    }
}

#[derive(Template)]
#[template(path = "account/email.html")]
struct NewAddress {
    page: Page,
    form: FormView,
}

fn email_form(page: &Page, visitor: &Visitor, email: &str, errors: (&str, &str)) -> NewAddress {
    let t = page.t;
    let new = Field::email(t)
        .labelled(t.get("field-new-email"))
        .filled(email)
        .wrong(errors.1)
        .autocompleted("email");
    let fields = vec![new, present_password(page, errors.0)];
    NewAddress {
        form: FormView::new(
            visitor,
            page.url("/account/email"),
            t.get("account-email-button"),
            fields,
        ),
        page: page.clone(),
    }
}

/// `GET /{lang}/account/email`
pub(super) async fn email(
    request: HttpRequest,
    page: Page,
    visitor: Visitor,
) -> Result<HttpResponse, AppError> {
    Params::of(&request, &[])?;
    html(&email_form(&page, &visitor, "", ("", "")))
}

/// `POST /{lang}/account/email`: a link goes to the new address, and only who
/// reads that has it; the old one is told.
pub(super) async fn set_email(
    page: Page,
    visitor: Visitor,
    app: web::Data<App>,
    form: Form,
) -> Result<HttpResponse, AppError> {
    let seen = visitor.signed_in()?.clone();
    let (email, given) = (form.line("email"), form.get("password").to_owned());
    let Some(key) = email_key(&email) else {
        let form = email_form(&page, &visitor, &email, ("", &page.t.get("email-wrong")));
        return rendered(&form, StatusCode::UNPROCESSABLE_ENTITY);
    };
    let _turn = app.hashing.acquire().await.map_err(|e| AppError::Other(e.into()))?;
    let (state, wanted) = (app.clone(), email.clone());
    let proven = on_database(&app, move |conn, now| {
        let id = seen.account.id;
        if !proves(conn, id, &given, now)? {
            return Ok(false);
        }
        let token = Token::new().map_err(|e| AppError::Other(e.into()))?;
        let person = accounts::person(conn, id)?.ok_or(AppError::NotFound)?;
        // Whoever has the address already gets no letter from this, and the
        // answer does not tell.
        let free = accounts::by_email(conn, &key)?.is_none();
        change(conn, |conn| {
            accounts::acting(conn, seen.session.id, id)?;
            if free {
                let payload = wanted.clone();
                let link = Link { purpose: Purpose::Address, account: id, payload };
                sessions::add_link(conn, &token.hash(), &link, now + ADDRESS_LINK)?;
                let new = Person { email: wanted, ..person.clone() };
                let url = state.site().link(&new.language, &token);
                tell(conn, &state, id, &new, "address", Some(&Door { url, secret: true }), now)?;
            }
            accounts::record(conn, id, "address-asked", Some(id), None, None, now)?;
            tell(conn, &state, id, &person, "address-asked", None, now)
        })?;
        Ok(true)
    })
    .await?;
    if proven {
        return Ok(see_other(&page.url("/account?changed=sent")));
    }
    let form = email_form(&page, &visitor, &email, (&page.t.get("present-password-wrong"), ""));
    rendered(&form, StatusCode::UNPROCESSABLE_ENTITY)
}

#[derive(Template)]
#[template(path = "account/factor.html")]
struct Factor {
    page: Page,
    /// Whether one is set up already.
    there: bool,
    must: bool,
    form: FormView,
    secret: String,
    address: String,
    /// The picture of the address: side in modules, and its dark ones as a
    /// path.
    side: usize,
    picture: String,
}

/// The picture that an app reads, as a path of squares.
fn picture(address: &str) -> (usize, String) {
    let Ok(code) = QrCode::with_error_correction_level(address, EcLevel::M) else {
        return (0, String::new());
    };
    let width = code.width();
    let dark = code.to_colors();
    let squares: Vec<String> = (0..dark.len())
        .filter(|&i| dark[i] == Color::Dark)
        .map(|i| format!("M{} {}h1v1h-1z", i % width + 4, i / width + 4))
        .collect();
    (width + 8, squares.concat())
}

fn factor_page(
    page: Page,
    visitor: &Visitor,
    seen: &Seen,
    email: &str,
    secret: String,
    errors: (&str, &str),
    status: StatusCode,
) -> Result<HttpResponse, AppError> {
    let t = page.t;
    let address = totp::address(&secret, email);
    let (side, picture) = picture(&address);
    let code = Field::text(t, "code")
        .hinted(t.get("factor-code-hint"))
        .wrong(errors.1)
        .autocompleted("one-time-code");
    let fields = vec![code, present_password(&page, errors.0)];
    let form =
        FormView::new(visitor, page.url("/account/second-factor"), t.get("factor-button"), fields)
            .hiding("secret", &secret);
    let shown: Vec<String> =
        secret.as_bytes().chunks(4).map(|c| String::from_utf8_lossy(c).into_owned()).collect();
    rendered(
        &Factor {
            there: seen.account.second_factor,
            must: seen.account.must_have_second_factor(),
            form,
            secret: shown.join(" "),
            address,
            side,
            picture,
            page,
        },
        status,
    )
}

/// `GET /{lang}/account/second-factor`
pub(super) async fn factor(
    request: HttpRequest,
    page: Page,
    visitor: Visitor,
    app: web::Data<App>,
) -> Result<HttpResponse, AppError> {
    Params::of(&request, &[])?;
    let seen = visitor.signed_in()?.clone();
    let email = own(&app, seen.account.id).await?.person.email;
    let secret = totp::new_secret().map_err(|e| AppError::Other(e.into()))?;
    factor_page(page, &visitor, &seen, &email, secret, ("", ""), StatusCode::OK)
}

#[derive(Template)]
#[template(path = "account/codes.html")]
struct Codes {
    page: Page,
    codes: Vec<String>,
}

/// `POST /{lang}/account/second-factor`: takes a generator in once it gives a
/// right code, and shows the recovery codes, this once.
pub(super) async fn set_factor(
    page: Page,
    visitor: Visitor,
    app: web::Data<App>,
    form: Form,
) -> Result<HttpResponse, AppError> {
    let seen = visitor.signed_in()?.clone();
    let (secret, code) = (form.get("secret").to_owned(), form.line("code"));
    let given = form.get("password").to_owned();
    let _turn = app.hashing.acquire().await.map_err(|e| AppError::Other(e.into()))?;
    let (state, tried) = (app.clone(), secret.clone());
    let (id, session) = (seen.account.id, seen.session.id);
    let outcome = on_database(&app, move |conn, now| {
        if !proves(conn, id, &given, now)? {
            return Ok(Err(true));
        }
        let Some(step) = totp::accept(&tried, &code, 0, now) else { return Ok(Err(false)) };
        let codes = totp::new_recovery_codes().map_err(|e| AppError::Other(e.into()))?;
        let hashes: Vec<String> = codes.iter().map(|c| totp::recovery_hash(c)).collect();
        let person = accounts::person(conn, id)?.ok_or(AppError::NotFound)?;
        change(conn, |conn| {
            accounts::acting(conn, session, id)?;
            let factor = Some((tried.as_str(), step, hashes.as_slice()));
            accounts::set_second_factor(conn, id, factor, Some(session), now)?;
            tell(conn, &state, id, &person, "factor-changed", None, now)
        })?;
        Ok(Ok(codes))
    })
    .await?;
    match outcome {
        Ok(codes) => html(&Codes { page, codes }),
        Err(of_password) => {
            let email = own(&app, id).await?.person.email;
            let t = page.t;
            let (wrong_password, wrong_code) =
                (t.get("present-password-wrong"), t.get("code-wrong"));
            let errors: (&str, &str) =
                if of_password { (&wrong_password, "") } else { ("", &wrong_code) };
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            factor_page(page, &visitor, &seen, &email, secret, errors, status)
        }
    }
}

fn removal_form(page: &Page, visitor: &Visitor, error: &str) -> OneForm {
    let t = page.t;
    let fields = vec![present_password(page, error)];
    let url = page.url("/account/second-factor/remove");
    OneForm {
        title: t.get("factor-remove-title"),
        text: t.get("factor-remove-text"),
        form: FormView::new(visitor, url, t.get("factor-remove-button"), fields),
        page: page.clone(),
    }
}

/// `GET /{lang}/account/second-factor/remove`
pub(super) async fn removal(
    request: HttpRequest,
    page: Page,
    visitor: Visitor,
) -> Result<HttpResponse, AppError> {
    Params::of(&request, &[])?;
    if visitor.signed_in()?.account.must_have_second_factor() {
        return Ok(see_other(&page.url("/account")));
    }
    html(&removal_form(&page, &visitor, ""))
}

/// `POST /{lang}/account/second-factor/remove`
pub(super) async fn remove_factor(
    page: Page,
    visitor: Visitor,
    app: web::Data<App>,
    form: Form,
) -> Result<HttpResponse, AppError> {
    let seen = visitor.signed_in()?.clone();
    if seen.account.must_have_second_factor() {
        return Ok(see_other(&page.url("/account")));
    }
    let given = form.get("password").to_owned();
    let _turn = app.hashing.acquire().await.map_err(|e| AppError::Other(e.into()))?;
    let state = app.clone();
    let proven = on_database(&app, move |conn, now| {
        let id = seen.account.id;
        if !proves(conn, id, &given, now)? {
            return Ok(false);
        }
        let person = accounts::person(conn, id)?.ok_or(AppError::NotFound)?;
        change(conn, |conn| {
            accounts::acting(conn, seen.session.id, id)?;
            accounts::set_second_factor(conn, id, None, Some(seen.session.id), now)?;
            tell(conn, &state, id, &person, "factor-changed", None, now)
        })?;
        Ok(true)
    })
    .await?;
    if proven {
        return Ok(see_other(&page.url("/account?changed=factor")));
    }
    let form = removal_form(&page, &visitor, &page.t.get("present-password-wrong"));
    rendered(&form, StatusCode::UNPROCESSABLE_ENTITY)
}
