//! Claims, as their claimants make and follow them.

use actix_web::http::StatusCode;
use actix_web::rt::time::Instant;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use chrono::Duration;

use super::claim_view::{both_names, said, tell};
use crate::auth::token::Token;
use crate::domain::account::{ACCOUNT_INVITATION, MAX_NAME, Office, Person, email_key};
use crate::domain::claim::{
    Claim, ClaimAction, ClaimActor, ClaimId, ClaimState, ClaimText, MAX_LINE, MAX_MESSAGE,
};
use crate::domain::municipality::{Municipality, MunicipalityId};
use crate::domain::text;
use crate::domain::time::Moment;
use crate::mail::Site;
use crate::mail::letter::Door;
use crate::storage::sessions::{self, Link, Purpose};
use crate::storage::{
    Conn, StorageError, accounts, attempts, change, claims, unsent as stored_unsent,
};
use crate::web::kit::app::App;
use crate::web::kit::error::AppError;
use crate::web::kit::form::{Field, Form, FormView, Kind, over};
use crate::web::kit::limits::{limit, origin};
use crate::web::kit::lookup::{Found, find, moved};
use crate::web::kit::page::Page;
use crate::web::kit::params::Params;
use crate::web::kit::resend::{form_key, overtaken};
use crate::web::kit::respond::{html, rendered, see_other};
use crate::web::kit::view::{ControlView, NameView};
use crate::web::kit::visitor::Visitor;
use crate::web::kit::work::{on_change_by, on_database};

/// After how long a stranger's claim is answered: longer than the work on any
/// takes, so that the time does not tell whether the address is known.
const ANSWERED_AFTER: std::time::Duration = std::time::Duration::from_millis(250);
/// Claims that may be made from one address in an hour.
const CLAIMS_FROM_ADDRESS: i32 = 10;
/// Letters about claims for one reader in a day.
const LETTERS_FOR_READER: i32 = 3;
const DAY: Duration = Duration::days(1);
const HOUR: Duration = Duration::hours(1);

#[derive(Template)]
#[template(path = "office/claims/new.html")]
struct New {
    page: Page,
    name: NameView,
    control: Option<ControlView>,
    form: FormView,
    /// Whether somebody without an account can be written to at all.
    possible: bool,
    /// Whether a letter is on its way.
    sent: bool,
}

/// What is wrong with a claim, by field: a message, and the number in it.
#[derive(Clone, Debug, Default)]
struct Wrong(Vec<(&'static str, &'static str, usize)>);

impl Wrong {
    fn of(&self, page: &Page, field: &str) -> String {
        let found = self.0.iter().find(|(name, ..)| *name == field);
        found.map_or_else(String::new, |(_, key, n)| match *key {
            "name-wrong" => page.t.one(key, "most", n.to_string()),
            "statement-long" => page.t.count(key, *n as i64),
            key => page.t.get(key),
        })
    }

    fn add(&mut self, field: &'static str, key: &'static str) {
        self.0.push((field, key, 0));
    }

    /// Notes a text that is longer than it may be: it is never cut.
    fn measure(&mut self, field: &'static str, text: &str, most: usize) {
        let over = over(text, most);
        if over > 0 {
            self.0.push((field, "statement-long", over));
        }
    }
}

/// What a form says of a claim, and what is wrong with it.
fn read(form: &Form) -> (ClaimText, Wrong) {
    let said = ClaimText {
        position: form.line("position"),
        official_address: form.line("official"),
        evidence: form.line("evidence"),
        message: text::clean(form.get("message")),
    };
    let mut wrong = Wrong::default();
    wrong.measure("position", &said.position, MAX_LINE);
    wrong.measure("official", &said.official_address, MAX_LINE);
    wrong.measure("evidence", &said.evidence, MAX_LINE);
    wrong.measure("message", &said.message, MAX_MESSAGE);
    if said.position.is_empty() {
        wrong.add("position", "claim-position-wrong");
    }
    if !said.official_address.is_empty() && email_key(&said.official_address).is_none() {
        wrong.add("official", "email-wrong");
    }
    let is_link = ["https://", "http://"].iter().any(|s| said.evidence.starts_with(s));
    if !said.evidence.is_empty() && !is_link {
        wrong.add("evidence", "claim-evidence-wrong");
    }
    if said.official_address.is_empty() && said.evidence.is_empty() {
        wrong.add("official", "claim-nothing-to-check");
    }
    (said, wrong)
}

fn fields(page: &Page, said: &ClaimText, wrong: &Wrong) -> Vec<Field> {
    let t = page.t;
    let line = |name: &'static str, value: &str| {
        Field::text(t, name).filled(value).wrong(wrong.of(page, name))
    };
    let message = Field::new(t, Kind::Area, "message").hinted(t.get("claim-message-hint"));
    vec![
        line("position", &said.position).hinted(t.get("claim-position-hint")),
        line("official", &said.official_address).hinted(t.get("claim-official-hint")),
        line("evidence", &said.evidence).hinted(t.get("claim-evidence-hint")),
        message.filled(&said.message).wrong(wrong.of(page, "message")),
    ]
}

/// The form for a new claim: of somebody signed in, or with who it is.
fn new_form(
    page: &Page,
    visitor: &Visitor,
    m: &Municipality,
    who: Option<(&str, &str)>,
    said: &ClaimText,
    wrong: &Wrong,
) -> FormView {
    let t = page.t;
    let mut all = Vec::new();
    if let Some((name, email)) = who {
        let field = Field::text(t, "name").filled(name).autocompleted("name");
        all.push(field.wrong(wrong.of(page, "name")));
        let field = Field::email(t).filled(email).hinted(t.get("claim-email-hint"));
        all.push(field.wrong(wrong.of(page, "email")));
    }
    all.extend(fields(page, said, wrong));
    let action = page.url(&format!("/municipalities/{}/claim", m.slug));
    FormView::new(visitor, action, t.get("claim-button"), all)
}

/// `GET /{lang}/municipalities/{slug}/claim`
pub(crate) async fn new(
    request: HttpRequest,
    page: Page,
    visitor: Visitor,
    path: web::Path<(String, String)>,
    app: web::Data<App>,
) -> Result<HttpResponse, AppError> {
    Params::of(&request, &[])?;
    let snapshot = app.now();
    let directory = &*snapshot.directory;
    let row = match find(directory, &path.1)? {
        Found::Here(row) => row,
        Found::Moved(new) => return Ok(moved(&request, &path.1, &new)),
    };
    let m = directory.municipality(row);
    if visitor.account().is_some_and(|a| a.may_edit(m.id)) {
        return Ok(see_other(&page.municipality_url(&m.slug)));
    }
    if let Some(own) = visitor.account().map(|a| a.id) {
        let id = m.id;
        let open = on_database(&app, move |conn, _| Ok(claims::open_of(conn, own, id)?)).await?;
        if let Some(claim) = open {
            return Ok(see_other(&page.url(&format!("/claims/{}", claim.0))));
        }
    }
    let stranger = visitor.account().is_none();
    let who = stranger.then_some(("", ""));
    let form = new_form(&page, &visitor, m, who, &ClaimText::default(), &Wrong::default());
    html(&New {
        name: NameView::new(&page, directory, m),
        control: ControlView::of(page.t, m),
        form,
        possible: !stranger || app.sends_letters,
        sent: false,
        page,
    })
}

/// Makes the claim of somebody without an account, and the account with it;
/// whoever has one is told to sign in. Neither shows in the answer.
fn claim_as_stranger(
    conn: &mut Conn,
    site: &Site,
    municipality: MunicipalityId,
    names: (&str, &str),
    person: &Person,
    said: &ClaimText,
    now: Moment,
) -> Result<(), AppError> {
    let key = email_key(&person.email).unwrap_or_default();
    let token = Token::new().map_err(|e| AppError::Other(e.into()))?;
    // Too many for one reader are passed over in silence: saying so would tell
    // that somebody else claimed with the address.
    let to_reader = crate::auth::token::hash("claim letter to", &key);
    if attempts::count(conn, &to_reader, LETTERS_FOR_READER, DAY, now)?.is_err() {
        return Ok(());
    }
    change(conn, |conn| {
        if let Some(id) = accounts::by_email(conn, &key)? {
            return tell(conn, site, id, "claim-known", names, None, now);
        }
        let id = accounts::create(conn, person, Office::None, None, now)?;
        let claim = claims::create(conn, municipality, id, said, ClaimState::Unconfirmed, now)?;
        // The link speaks for this claim and for no other.
        let payload = claim.0.to_string();
        let link = Link { purpose: Purpose::Invitation, account: id, payload };
        sessions::add_link(conn, &token.hash(), &link, now + ACCOUNT_INVITATION)?;
        let door = Door { url: site.link(&person.language, &token), secret: true };
        tell(conn, site, id, "claim-confirm", names, Some(door), now)
    })
}

/// `POST /{lang}/municipalities/{slug}/claim`
pub(crate) async fn create(
    request: HttpRequest,
    page: Page,
    visitor: Visitor,
    path: web::Path<(String, String)>,
    app: web::Data<App>,
    form: Form,
) -> Result<HttpResponse, AppError> {
    let answered = Instant::now() + ANSWERED_AFTER;
    let snapshot = app.now();
    let directory = &*snapshot.directory;
    let Found::Here(row) = find(directory, &path.1)? else { return Err(AppError::NotFound) };
    let m = directory.municipality(row);
    let (said, mut wrong) = read(&form);
    let session = visitor.seen().map(|seen| seen.session.id);
    let own = visitor.account().map(|a| a.id);
    if visitor.account().is_some_and(|account| account.may_edit(m.id)) {
        return Ok(see_other(&page.municipality_url(&m.slug)));
    }
    let person = Person {
        name: form.line("name"),
        email: form.line("email"),
        language: page.lang().to_owned(),
    };
    if own.is_none() {
        if !app.sends_letters {
            return Err(AppError::NotFound);
        }
        if !(1..=MAX_NAME).contains(&person.name.chars().count()) {
            wrong.0.push(("name", "name-wrong", MAX_NAME));
        }
        if email_key(&person.email).is_none() {
            wrong.add("email", "email-wrong");
        }
    }
    let who = own.is_none().then_some((person.name.as_str(), person.email.as_str()));
    let view = |page: Page, sent: bool, wrong: &Wrong| New {
        name: NameView::new(&page, directory, m),
        control: ControlView::of(page.t, m),
        form: new_form(&page, &visitor, m, who, &said, wrong),
        possible: true,
        sent,
        page,
    };
    if !wrong.0.is_empty() {
        return rendered(&view(page, false, &wrong), StatusCode::UNPROCESSABLE_ENTITY);
    }
    let (from, site, names) = (origin(&request, &app), app.site(), both_names(m));
    let (id, said_now, claimant) = (m.id, said.clone(), person.clone());
    let written = form_key(&page.municipality_url(&format!("{}/claim", m.slug)));
    let written = written.unwrap_or_default();
    let made = on_database(&app, move |conn, now| {
        limit(conn, "claim from", &from, CLAIMS_FROM_ADDRESS, HOUR, now)?;
        let names = (names.0.as_str(), names.1.as_str());
        let (Some(own), Some(session)) = (own, session) else {
            claim_as_stranger(conn, &site, id, names, &claimant, &said_now, now)?;
            return Ok(None);
        };
        change(conn, |conn| {
            if accounts::acting(conn, session, own)?.may_edit(id) {
                return Err(StorageError::Stale.into());
            }
            stored_unsent::forget(conn, own, &written)?;
            let made = claims::create(conn, id, own, &said_now, ClaimState::Submitted, now);
            let claim = match made {
                Err(StorageError::Conflict) => return Err(AppError::OpenClaim),
                made => made?,
            };
            tell(conn, &site, own, "claim-received", names, None, now)?;
            Ok(Some(claim))
        })
    })
    .await?;
    match made {
        Some(claim) => Ok(see_other(&page.url(&format!("/claims/{}?done=claim-sent", claim.0)))),
        None => {
            actix_web::rt::time::sleep_until(answered).await;
            html(&view(page, true, &Wrong::default()))
        }
    }
}

#[derive(Template)]
#[template(path = "office/claims/show.html")]
struct Show {
    page: Page,
    name: NameView,
    state: String,
    answer: String,
    said: Vec<(String, String)>,
    /// The page to show evidence on, while the claim is open.
    evidence: Option<String>,
    /// The profile, or the draft of it while the claim is open.
    profile: Option<String>,
    /// To answer what was asked back, or to send what was not sent yet.
    form: Option<FormView>,
    /// To take the claim back.
    withdraw: Option<FormView>,
}

/// A claim of the account that asks.
///
/// # Errors
/// [`AppError::NotFound`] for a claim of somebody else: that it is there is
/// nobody's to know.
pub(crate) async fn own(
    app: &web::Data<App>,
    visitor: &Visitor,
    id: &str,
) -> Result<Claim, AppError> {
    let account = visitor.signed_in()?.account.id;
    let id = ClaimId(id.parse().map_err(|_| AppError::NotFound)?);
    let claim = on_database(app, move |conn, _| Ok(claims::load(conn, id)?)).await?;
    if claim.account == account { Ok(claim) } else { Err(AppError::NotFound) }
}

fn show_claim(
    page: Page,
    visitor: &Visitor,
    app: &App,
    claim: &Claim,
    text: &ClaimText,
    wrong: &Wrong,
    status: StatusCode,
) -> Result<HttpResponse, AppError> {
    let t = page.t;
    let snapshot = app.now();
    let row = snapshot.directory.by_id(claim.municipality).ok_or(AppError::NotFound)?;
    let url = page.url(&format!("/claims/{}", claim.id.0));
    let open = |action| claim.state.open_to(ClaimActor::Claimant).any(|a| a == action);
    let form = open(ClaimAction::Resubmit).then(|| {
        let mut all = fields(&page, text, wrong);
        if let Some(message) = all.last_mut() {
            message.label = t.get("claim-your-answer");
        }
        FormView::new(visitor, &url, t.get("claim-resubmit"), all)
            .hiding("action", ClaimAction::Resubmit.as_str())
    });
    let confirm = open(ClaimAction::Confirm).then(|| {
        FormView::new(visitor, &url, t.get("claim-button"), Vec::new())
            .hiding("action", ClaimAction::Confirm.as_str())
    });
    let withdraw = open(ClaimAction::Withdraw).then(|| {
        FormView::new(visitor, &url, t.get("claim-withdraw"), Vec::new())
            .hiding("action", ClaimAction::Withdraw.as_str())
    });
    rendered(
        &Show {
            name: NameView::new(&page, &snapshot.directory, snapshot.directory.municipality(row)),
            state: t.get(&format!("claim-state-{}", claim.state.as_str())),
            answer: claim.answer.clone(),
            said: said(t, &claim.text),
            evidence: withdraw.is_some().then(|| format!("{url}/evidence")),
            profile: (withdraw.is_some() || claim.state == ClaimState::Accepted).then(|| {
                let m = snapshot.directory.municipality(row);
                page.municipality_url(&format!("{}/profile", m.slug))
            }),
            form: form.or(confirm),
            withdraw,
            page,
        },
        status,
    )
}

/// `GET /{lang}/claims/{id}`
pub(crate) async fn show(
    request: HttpRequest,
    page: Page,
    visitor: Visitor,
    path: web::Path<(String, String)>,
    app: web::Data<App>,
) -> Result<HttpResponse, AppError> {
    Params::of(&request, &[])?;
    let claim = own(&app, &visitor, &path.1).await?;
    show_claim(page, &visitor, &app, &claim, &claim.text, &Wrong::default(), StatusCode::OK)
}

/// `POST /{lang}/claims/{id}`: answers what was asked back, or takes it back.
pub(crate) async fn update(
    page: Page,
    visitor: Visitor,
    path: web::Path<(String, String)>,
    app: web::Data<App>,
    form: Form,
) -> Result<HttpResponse, AppError> {
    let claim = own(&app, &visitor, &path.1).await?;
    let action = ClaimAction::parse(form.get("action")).ok_or(AppError::BadForm)?;
    let (text, wrong) = read(&form);
    let resubmits = action == ClaimAction::Resubmit;
    if resubmits && !wrong.0.is_empty() {
        let status = StatusCode::UNPROCESSABLE_ENTITY;
        return show_claim(page, &visitor, &app, &claim, &text, &wrong, status);
    }
    let (id, by) = (claim.id, claim.account);
    let url = page.url(&format!("/claims/{}", id.0));
    let written = form_key(&url).unwrap_or_default();
    let taken = on_change_by(&app, &visitor, move |conn, _, now| {
        stored_unsent::forget(conn, by, &written)?;
        let actor = ClaimActor::Claimant;
        let text = resubmits.then_some(&text);
        claims::take(
            conn,
            id,
            &claims::Step { action, by, actor, seen: None, answer: "", text },
            now,
        )?;
        Ok(())
    })
    .await;
    match taken {
        Ok(()) => {
            let done = match action {
                ClaimAction::Withdraw => "claim-withdrawn",
                _ => "claim-sent",
            };
            Ok(see_other(&format!("{url}?done={done}")))
        }
        Err(AppError::Storage(StorageError::Stale)) => overtaken(page, &visitor, &url, &form),
        Err(error) => Err(error),
    }
}
