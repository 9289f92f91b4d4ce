//! The log: what was changed by whom, when, from what to what, and why.

use std::collections::HashMap;

use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use chrono::{Days, NaiveDate, NaiveTime};

use crate::domain::account::{Account, AccountId, MemberRole, MemberState};
use crate::domain::area::SubArea;
use crate::domain::curation::Curation;
use crate::domain::event::Subject;
use crate::domain::municipality::{Municipality, MunicipalityId};
use crate::domain::project::area;
use crate::domain::time::Moment;
use crate::export::{Cell, Table};
use crate::i18n::T;
use crate::snapshot::Snapshot;
use crate::storage::events::{StoredEvent, Wanted};
use crate::storage::{DbConn, StorageError, accounts, curation, events as stored};
use crate::web::kit::app::App;
use crate::web::kit::error::AppError;
use crate::web::kit::files::FileKind;
use crate::web::kit::form::Form;
use crate::web::kit::limits::limit_costly;
use crate::web::kit::lookup::{Found, find};
use crate::web::kit::pace::Costly;
use crate::web::kit::page::Page;
use crate::web::kit::params::Params;
use crate::web::kit::respond::{html, see_other};
use crate::web::kit::visitor::Visitor;
use crate::web::kit::work::{on_change_by, on_database, renew};
use crate::wording;

/// Events on one page.
const SHOWN: i64 = 50;
/// Events in one file.
const EXPORTED: i64 = 100_000;
/// Events of a file that are read at a time.
const READ_AT_ONCE: i64 = 1_000;

struct EventView {
    id: i64,
    at: String,
    what: String,
    subject: String,
    url: String,
    who: String,
    /// Everything else that account did; for officers.
    who_url: String,
    /// What is new and what is gone by it, in words.
    added: Vec<String>,
    removed: Vec<String>,
    /// Whom it is about, where that is somebody else than who did it; for
    /// officers.
    whom: String,
    note: String,
    /// Whether it can be taken back.
    undo: bool,
}

/// The action of events about somebody who speaks for a municipality.
const MEMBERSHIP: &str = "membership";

/// A choice of a filter: value, label, whether it is chosen.
type Choice = (String, String, bool);

#[derive(Template)]
#[template(path = "admin/log/index.html")]
struct Index {
    page: Page,
    subjects: Vec<Choice>,
    municipality: String,
    /// The account whose changes are shown alone: its number and its name.
    account: Option<(String, String)>,
    from: String,
    until: String,
    rows: Vec<EventView>,
    older: Option<String>,
    csv_url: String,
    proof: String,
    told: bool,
}

#[derive(Template)]
#[template(path = "admin/log/history.html")]
struct History {
    page: Page,
    name: String,
    name_url: String,
    rows: Vec<EventView>,
    older: Option<String>,
}

/// The words of an event, as a reader of the language understands them.
fn words(t: T, word: &str) -> String {
    let mut parts = word.splitn(2, ' ');
    let (first, rest) = (parts.next().unwrap_or(""), parts.next().unwrap_or(""));
    if let (Some(role), Some(state)) = (MemberRole::parse(first), MemberState::parse(rest)) {
        let word = |kind: &str, word: &str| t.get(&format!("log-{kind}-{word}"));
        return format!("{}, {}", word("role", role.as_str()), word("member", state.as_str()));
    }
    let project: Vec<&str> = rest.split(' ').collect();
    if let ("project", [slug, stage, audience]) = (first, project.as_slice())
        && let Some(area) = area(slug)
    {
        let (stage, audience) = (format!("stage-{stage}"), format!("audience-{audience}"));
        return [t.get(&area.key()), t.get(&stage), t.get(&audience)].join(", ");
    }
    let direction = format!("direction-{first}");
    let about = rest.split([':', ' ']).next().and_then(SubArea::parse);
    if let (Some(subarea), true) = (about, t.has(&direction)) {
        return format!("{}: {}", t.get(&direction), t.get(&subarea.key()));
    }
    let language = word.split(':').next().map(|l| format!("language-{l}")).unwrap_or_default();
    for key in [
        format!("format-{word}"),
        format!("openness-{word}"),
        format!("claim-state-{word}"),
        format!("status-{word}"),
        format!("account-state-{word}"),
        format!("office-{word}"),
        language,
    ] {
        if t.has(&key) {
            return match word.split_once(':') {
                Some((_, level)) => format!("{} {level}", t.get(&key)),
                None => t.get(&key),
            };
        }
    }
    let curated: Vec<&str> = word.splitn(4, '|').collect();
    if let [first, since, _, source] = curated.as_slice() {
        let key = format!("control-is-{first}");
        let first = if t.has(&key) { t.get(&key) } else { (*first).to_owned() };
        let parts = [first.as_str(), since, source];
        return parts.into_iter().filter(|p| !p.is_empty()).collect::<Vec<_>>().join(", ");
    }
    word.to_owned()
}

/// What is in one list of words and not in the other.
fn only_in(t: T, these: &str, not: &str) -> Vec<String> {
    let others: Vec<&str> = not.split("; ").collect();
    let new = these.split("; ").filter(|w| !w.is_empty() && !others.contains(w));
    new.map(|w| words(t, w)).collect()
}

/// Everything an event needs to be shown.
struct Shown<'a> {
    page: &'a Page,
    snapshot: &'a Snapshot,
    names: &'a HashMap<AccountId, String>,
    /// Whether notes and what can be taken back are shown.
    officer: bool,
}

impl Shown<'_> {
    fn view(&self, event: &StoredEvent) -> EventView {
        let t = self.page.t;
        let (from, to) = (event.from.as_deref().unwrap_or(""), event.to.as_deref().unwrap_or(""));
        let (subject, url) = self.subject(event);
        let key = format!("event-{}", event.action);
        let who = match event.actor {
            None => t.get("log-program"),
            Some(id) => self.person(AccountId(id)),
        };
        let only = event.actor.filter(|_| self.officer);
        let who_url = only.map(|id| self.page.url(&format!("/admin/log?account={id}")));
        let account = whose(event);
        // Members see of each other who has said yes, on a page of its own.
        let whom = account.filter(|_| self.officer);
        let whom = whom.map_or_else(String::new, |id| self.person(id));
        let note = match account {
            None if self.officer => event.note.clone(),
            _ => String::new(),
        };
        EventView {
            id: event.id,
            at: format!("{}, {} UTC", t.date(event.at.date()), event.at.format("%H:%M")),
            what: if t.has(&key) { t.get(&key) } else { event.action.clone() },
            subject,
            url,
            who,
            who_url: who_url.unwrap_or_default(),
            added: only_in(t, to, from),
            removed: only_in(t, from, to),
            whom,
            note,
            undo: self.officer && Curation::is_action(&event.action),
        }
    }

    /// How somebody is called; by number once erased.
    fn person(&self, id: AccountId) -> String {
        let number = || self.page.t.one("log-account", "n", id.0.to_string());
        self.names.get(&id).cloned().unwrap_or_else(number)
    }

    fn subject(&self, event: &StoredEvent) -> (String, String) {
        let t = self.page.t;
        match Subject::parse(&event.subject) {
            Some(Subject::Municipality) => {
                let id = MunicipalityId(event.subject_id);
                let Some(row) = self.snapshot.directory.by_id(id) else {
                    return (t.get("log-gone"), String::new());
                };
                let m = self.snapshot.directory.municipality(row);
                (wording::name(t, m), self.page.municipality_url(&m.slug))
            }
            Some(Subject::Account) => (self.person(AccountId(event.subject_id)), String::new()),
            Some(Subject::Claim) => (
                t.one("log-claim", "n", event.subject_id.to_string()),
                self.page.url(&format!("/admin/claims/{}", event.subject_id)),
            ),
            Some(Subject::Request) => (
                t.one("log-request", "n", event.subject_id.to_string()),
                self.page.url(&format!("/admin/requests/{}", event.subject_id)),
            ),
            Some(subject) => (t.get(&format!("log-subject-{}", subject.as_str())), String::new()),
            None => (event.subject.clone(), String::new()),
        }
    }
}

/// Whose membership an event is about: it is noted with it.
fn whose(event: &StoredEvent) -> Option<AccountId> {
    let note = Some(&event.note).filter(|_| event.action == MEMBERSHIP)?;
    note.parse().ok().map(AccountId)
}

/// Everybody some events speak of.
fn people(found: &[StoredEvent]) -> Vec<AccountId> {
    let actors = found.iter().filter_map(|e| e.actor);
    let of_accounts =
        found.iter().filter(|e| e.subject == Subject::Account.as_str()).map(|e| e.subject_id);
    let of_members = found.iter().filter_map(|e| whose(e).map(|id| id.0));
    let mut all: Vec<i64> = actors.chain(of_accounts).chain(of_members).collect();
    all.sort_unstable();
    all.dedup();
    all.into_iter().map(AccountId).collect()
}

const FILTERS: [&str; 7] =
    ["subject", "municipality", "account", "from", "until", "before", "told"];

/// The events a query asks for, of those an officer may read, and the query
/// itself without its page.
fn wanted(
    request: &HttpRequest,
    snapshot: &Snapshot,
    officer: &Account,
) -> Result<(Wanted, Vec<(&'static str, String)>, Params), AppError> {
    let params = Params::of(request, &FILTERS)?;
    let day = |name| params.parsed(name, |d| d.parse::<NaiveDate>().ok());
    let subject = params.parsed("subject", Subject::parse)?;
    let municipality = params.parsed("municipality", |slug| {
        let finder = snapshot.finder();
        let likeliest = || finder.search(slug, 1).first().map(|hit| hit.row);
        let row = finder.identify(slug).ok().or_else(likeliest)?;
        Some(snapshot.directory.municipality(row).id)
    })?;
    let (from, until) = (day("from")?, day("until")?);
    let start = |day: NaiveDate| -> Moment { day.and_time(NaiveTime::MIN) };
    let wanted = Wanted {
        subject: municipality.map(|_| Subject::Municipality).or(subject),
        subject_id: municipality.map(|id| id.0),
        action: None,
        actor: params.parsed("account", |n| n.parse().ok())?,
        from: from.map(start),
        until: until.and_then(|d| d.checked_add_days(Days::new(1))).map(start),
        within: officer.scope().to_vec(),
        before: params.parsed("before", |n| n.parse().ok())?,
    };
    let kept = ["subject", "municipality", "account", "from", "until"];
    let query = kept.into_iter().filter_map(|n| Some((n, params.get(n)?.to_owned()))).collect();
    Ok((wanted, query, params))
}

fn with_query(url: &str, query: &[(&'static str, String)]) -> String {
    match serde_html_form::to_string(query) {
        Ok(query) if !query.is_empty() => format!("{url}?{query}"),
        _ => url.to_owned(),
    }
}

/// `GET /{lang}/admin/log`
pub(crate) async fn index(
    request: HttpRequest,
    page: Page,
    visitor: Visitor,
    app: web::Data<App>,
) -> Result<HttpResponse, AppError> {
    let snapshot = app.now();
    let (wanted, query, params) = wanted(&request, &snapshot, &visitor.signed_in()?.account)?;
    let (t, chosen, actor) = (page.t, wanted.subject, wanted.actor.map(AccountId));
    let (found, names) = on_database(&app, move |conn, _| {
        let found = stored::search(conn, &wanted, SHOWN)?;
        let names = accounts::names(conn, &people(&found))?;
        Ok((found, names))
    })
    .await?;
    let shown = Shown { page: &page, snapshot: &snapshot, names: &names, officer: true };
    let older = (found.len() as i64 == SHOWN).then(|| {
        let last = found.last().map_or(0, |e| e.id);
        let query = [query.clone(), vec![("before", last.to_string())]].concat();
        with_query(&page.url("/admin/log"), &query)
    });
    let subjects = std::iter::once((String::new(), t.get("log-all"), chosen.is_none()))
        .chain(Subject::ALL.iter().map(|s| {
            let label = t.get(&format!("log-subject-{}", s.as_str()));
            (s.as_str().to_owned(), label, chosen == Some(*s))
        }))
        .collect();
    let value = |name: &str| params.get(name).unwrap_or("").to_owned();
    html(&Index {
        subjects,
        municipality: value("municipality"),
        from: value("from"),
        until: value("until"),
        // By name only where something of theirs is shown.
        account: actor.map(|id| (id.0.to_string(), shown.person(id))),
        rows: found.iter().map(|e| shown.view(e)).collect(),
        older,
        csv_url: with_query(&page.url("/admin/log.csv"), &query),
        proof: visitor.form_value(),
        told: params.has("told"),
        page: page.clone(),
    })
}

/// `GET /{lang}/admin/log.csv`: the same as a file. People are numbers in it,
/// as in the log itself.
pub(crate) async fn csv(
    request: HttpRequest,
    visitor: Visitor,
    app: web::Data<App>,
) -> Result<HttpResponse, AppError> {
    const KIND: FileKind =
        FileKind { name: "log.csv", media_type: "text/csv; charset=utf-8", packed: false };
    let snapshot = app.now();
    let (wanted, ..) = wanted(&request, &snapshot, &visitor.signed_in()?.account)?;
    limit_costly(&request, &app, Costly::File)?;
    let state = app.clone();
    let made = app.files.make(&KIND, EXPORTED as usize, move |out| {
        let mut conn = state.live.db().conn()?;
        let mut failed = None;
        let rows = exported(&mut conn, wanted, &mut failed).map(|e| cells(&snapshot, &e));
        Table::new("log", &COLUMNS, rows).write_csv(out)?;
        failed.map_or(Ok(()), |error| Err(error.into()))
    });
    Ok(made.await?.answer(&request, &KIND))
}

const COLUMNS: [&str; 9] = ["id", "at", "subject", "of", "action", "account", "from", "to", "note"];

/// The events of a file, the latest first, read a few at a time. What goes
/// wrong ends them, and is left in `failed`.
fn exported<'a>(
    conn: &'a mut DbConn,
    mut wanted: Wanted,
    failed: &'a mut Option<StorageError>,
) -> impl Iterator<Item = StoredEvent> + 'a {
    let next = move || {
        let found = stored::search(conn, &wanted, READ_AT_ONCE).unwrap_or_else(|error| {
            *failed = Some(error);
            Vec::new()
        });
        wanted.before = found.last().map(|event| event.id);
        (!found.is_empty()).then_some(found)
    };
    std::iter::from_fn(next).flatten().take(EXPORTED as usize)
}

/// An event as a row of a file.
fn cells(snapshot: &Snapshot, event: &StoredEvent) -> Vec<Cell> {
    let of_municipality = event.subject == Subject::Municipality.as_str();
    let row = snapshot.directory.by_id(MunicipalityId(event.subject_id));
    let of = match row.filter(|_| of_municipality) {
        Some(row) => snapshot.directory.municipality(row).slug.clone(),
        None => event.subject_id.to_string(),
    };
    vec![
        Cell::whole(Some(event.id)),
        Cell::text(format!("{}Z", event.at.format("%Y-%m-%dT%H:%M:%S"))),
        Cell::text(&event.subject),
        Cell::text(of),
        Cell::text(&event.action),
        Cell::whole(event.actor),
        Cell::text(event.from.as_deref().unwrap_or("")),
        Cell::text(event.to.as_deref().unwrap_or("")),
        Cell::text(&event.note),
    ]
}

/// `POST /{lang}/admin/log`: takes back what an event set right.
pub(crate) async fn undo(
    page: Page,
    visitor: Visitor,
    app: web::Data<App>,
    form: Form,
) -> Result<HttpResponse, AppError> {
    let event: i64 = form.get("event").parse().map_err(|_| AppError::BadForm)?;
    let snapshot = app.now();
    on_change_by(&app, &visitor, move |conn, me, now| {
        let stored = stored::load(conn, event)?;
        // A figure was set by an admin and is an admin's to take back; a state
        // of a territory by officers who look after it.
        let row = snapshot.directory.by_id(MunicipalityId(stored.subject_id));
        let oversees = row.is_some_and(|r| me.oversees(snapshot.directory.municipality(r).country));
        if !(me.is_admin() || oversees && stored.action == "control-set") {
            return Err(AppError::NotFound);
        }
        Ok(curation::undo(conn, event, me.id, now)?)
    })
    .await?;
    renew(&app).await;
    Ok(see_other(&page.url("/admin/log?told=1")))
}

/// `GET /{lang}/municipalities/{slug}/history`: what happened to one
/// municipality, for its members and for officers.
pub(crate) async fn history(
    request: HttpRequest,
    page: Page,
    visitor: Visitor,
    path: web::Path<(String, String)>,
    app: web::Data<App>,
) -> Result<HttpResponse, AppError> {
    let params = Params::of(&request, &["before"])?;
    let before = params.parsed("before", |n| n.parse().ok())?;
    let snapshot = app.now();
    let Found::Here(row) = find(&snapshot.directory, &path.1)? else {
        return Err(AppError::NotFound);
    };
    let m: Municipality = snapshot.directory.municipality(row).clone();
    let account = &visitor.signed_in()?.account;
    let officer = account.oversees(m.country);
    if !officer && !account.may_edit(m.id) {
        return Err(AppError::NotFound);
    }
    let wanted = Wanted {
        subject: Some(Subject::Municipality),
        subject_id: Some(m.id.0),
        before,
        ..Wanted::default()
    };
    let (found, names) = on_database(&app, move |conn, _| {
        let found = stored::search(conn, &wanted, SHOWN)?;
        let names = accounts::names(conn, &people(&found))?;
        Ok((found, names))
    })
    .await?;
    let shown = Shown { page: &page, snapshot: &snapshot, names: &names, officer: false };
    let here = page.municipality_url(&format!("{}/history", m.slug));
    let older = (found.len() as i64 == SHOWN)
        .then(|| format!("{here}?before={}", found.last().map_or(0, |e| e.id)));
    html(&History {
        name: wording::name(page.t, &m),
        name_url: page.municipality_url(&m.slug),
        rows: found.iter().map(|e| shown.view(e)).collect(),
        older,
        page: page.clone(),
    })
}
