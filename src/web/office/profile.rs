//! The profile of a municipality, as its members keep it: a list of tasks, a
//! form for each, and a page for those who begin. Whoever saves has seen the
//! present version, or is shown what somebody else wrote meanwhile. While a
//! claim waits, the claimant writes a draft on the same pages.

pub(crate) mod contacts;
pub(crate) mod entries;
pub(crate) mod projects;
pub(crate) mod sections;
pub(crate) mod start;
mod texts;

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;

use crate::domain::account::AccountId;
use crate::domain::claim::ClaimId;
use crate::domain::contact::Contact;
use crate::domain::directory::{Record, Row};
use crate::domain::municipality::Municipality;
use crate::domain::profile::Profile;
use crate::i18n::T;
use crate::snapshot::Snapshot;
use crate::storage::profiles::{self, Edit, Stated};
use crate::storage::{
    StorageError, claims, contacts as stored_contacts, hidings, unsent as stored_unsent,
};
use crate::web::kit::app::App;
use crate::web::kit::error::AppError;
use crate::web::kit::form::{Form, FormView};
use crate::web::kit::lookup::{Found, find};
use crate::web::kit::page::Page;
use crate::web::kit::params::Params;
use crate::web::kit::resend::{form_key, overtaken};
use crate::web::kit::respond::{html, rendered, see_other};
use crate::web::kit::view::{NameView, ScoreView};
use crate::web::kit::visitor::Visitor;
use crate::web::kit::work::{on_change_by, on_database};

/// Suggestions shown beside the tasks.
const PREVIEW: usize = 3;
/// How far down the list of partners new ones are counted.
const COUNTED: usize = 20;

/// The field that takes the best partners of the page before along.
const WAS: &str = "was";
/// The name by which an address says that something was just saved, and how
/// many of the best partners are new by it.
const SAVED: &str = "saved";

/// A municipality whose profile the visitor may keep, or write a draft for.
struct Kept {
    row: Row,
    municipality: Municipality,
    account: AccountId,
    stated: Stated,
    /// The claim that is to be decided first: then nobody else sees what is
    /// written.
    draft: Option<ClaimId>,
}

impl Kept {
    fn profile(&self) -> &Profile {
        &self.stated.profile
    }

    fn version(&self) -> String {
        self.stated.version.to_string()
    }

    fn url(&self, page: &Page, section: &str) -> String {
        page.url(&format!("/municipalities/{}/profile{section}", self.municipality.slug))
    }

    /// The whole record with another profile.
    fn record(&self, snapshot: &Snapshot, profile: &Profile) -> Record {
        Record { profile: profile.clone(), ..snapshot.directory.record(self.row).clone() }
    }
}

/// The profile at an address, for a member of the municipality or somebody
/// who has claimed it.
///
/// # Errors
/// [`AppError::NotFound`] for everybody else.
async fn kept(app: &web::Data<App>, visitor: &Visitor, slug: &str) -> Result<Kept, AppError> {
    let snapshot = app.now();
    let Found::Here(row) = find(&snapshot.directory, slug)? else {
        return Err(AppError::NotFound);
    };
    let municipality = snapshot.directory.municipality(row).clone();
    let account = &visitor.signed_in()?.account;
    let (member, account, id) = (account.may_edit(municipality.id), account.id, municipality.id);
    let (stated, draft) = on_database(app, move |conn, _| {
        if member {
            return Ok((profiles::stated(conn, id)?, None));
        }
        let claim = claims::open_of(conn, account, id)?.ok_or(AppError::NotFound)?;
        let (profile, version) = claims::profile_of(conn, claim)?;
        Ok((Stated { profile, version, published: false }, Some(claim)))
    })
    .await?;
    Ok(Kept { row, municipality, account, stated, draft })
}

/// The contacts of a municipality; a draft has none.
async fn contacts_of(app: &web::Data<App>, kept: &Kept) -> Result<Vec<Contact>, AppError> {
    let (id, draft) = (kept.municipality.id, kept.draft.is_some());
    on_database(app, move |conn, _| {
        Ok(if draft { Vec::new() } else { stored_contacts::of(conn, id)? })
    })
    .await
}

/// A change that is to be saved.
struct NewState {
    profile: Profile,
    published: bool,
    /// Other contacts, where they change.
    contacts: Option<Vec<Contact>>,
    /// What was changed, as a word for the log.
    what: &'static str,
}

impl NewState {
    /// Another profile, as public as before.
    fn of(kept: &Kept, profile: Profile, what: &'static str) -> NewState {
        NewState { profile, published: kept.stated.published, contacts: None, what }
    }
}

/// The best partners by what is written, as forms take them along: after a
/// save they tell how many are new.
fn best_now(snapshot: &Snapshot, kept: &Kept) -> String {
    best_by(snapshot, kept, kept.profile())
}

fn best_by(snapshot: &Snapshot, kept: &Kept, profile: &Profile) -> String {
    let record = kept.record(snapshot, profile);
    let best = snapshot.corpus.preview(kept.row, &record, snapshot.today, COUNTED);
    let ids = best.iter().map(|m| snapshot.directory.municipality(m.row).id.0.to_string());
    ids.collect::<Vec<String>>().join(".")
}

/// How many of the best partners by a profile were not among those that a form
/// took along of [`best_now`]; none where it took none.
fn newly_best(snapshot: &Snapshot, kept: &Kept, profile: &Profile, was: &str) -> usize {
    if was.is_empty() {
        return 0;
    }
    let was: Vec<&str> = was.split('.').collect();
    let now = best_by(snapshot, kept, profile);
    now.split('.').filter(|id| !id.is_empty() && !was.contains(id)).count()
}

/// Saves what was seen in a version and goes on to `then`, with how many of the
/// best partners are new by it; every process shows it within a second. When
/// somebody else was quicker, what was written is shown, to be sent to
/// `section` again by whoever has looked at the present state.
async fn save(
    page: Page,
    visitor: &Visitor,
    app: &web::Data<App>,
    kept_before: &Kept,
    form: &Form,
    (section, then): (&str, &str),
    new: NewState,
) -> Result<HttpResponse, AppError> {
    let id = kept_before.municipality.id;
    let (by, seen, draft) = (kept_before.account, seen(form)?, kept_before.draft);
    let before = kept_before.stated.clone();
    let after = new.profile.clone();
    let written = form_key(&kept_before.url(&page, section)).unwrap_or_default();
    let saved = on_change_by(app, visitor, move |conn, me, now| {
        if draft.is_none() && !me.may_edit(id) {
            return Err(AppError::NotFound);
        }
        stored_unsent::forget(conn, by, &written)?;
        if let Some(claim) = draft {
            return Ok(claims::set_profile(conn, claim, seen, &new.profile)?);
        }
        if before.version != seen {
            return Err(StorageError::Stale.into());
        }
        let NewState { profile, published, what, .. } = &new;
        let edit = Edit { before: &before, profile, published: *published, what, by };
        profiles::replace(conn, id, &edit, now)?;
        if let Some(contacts) = &new.contacts {
            stored_contacts::put(conn, id, contacts)?;
        }
        Ok(())
    })
    .await;
    match saved {
        Ok(()) => {
            let url = kept_before.url(&page, then);
            let new = newly_best(&app.now(), kept_before, &after, form.get(WAS));
            Ok(see_other(&format!("{url}?{SAVED}={new}")))
        }
        Err(AppError::Storage(StorageError::Stale)) => {
            let present = kept(app, visitor, &kept_before.municipality.slug).await?;
            let form = form.with("version", present.version());
            let to = present.url(&page, section);
            overtaken(page, visitor, &to, &form)
        }
        Err(error) => Err(error),
    }
}

/// The version a form was made from.
fn seen(form: &Form) -> Result<i64, AppError> {
    form.get("version").parse().map_err(|_| AppError::BadForm)
}

/// What was just saved and how many of the best partners are new by it, by the
/// query a save leads to.
fn just_saved(page: &Page, params: &Params) -> Result<String, AppError> {
    let new = params.parsed(SAVED, |n| n.parse().ok().filter(|n| (0..=COUNTED).contains(n)))?;
    let saved = page.t.get("profile-saved");
    Ok(match new {
        None => String::new(),
        Some(0) => saved,
        Some(n) => format!("{saved} {}", page.t.count("profile-new-partners", n as i64)),
    })
}

struct TaskView {
    name: String,
    url: String,
    done: bool,
}

/// One of the best partners, as what is written would have it.
struct PreviewView {
    name: NameView,
    score: ScoreView,
    pair_url: String,
}

#[derive(Template)]
#[template(path = "office/profile/show.html")]
struct Show {
    page: Page,
    name: NameView,
    tasks: Vec<TaskView>,
    progress: String,
    /// What is lacking before it can be published.
    missing: Vec<String>,
    /// To publish it, or to take it back.
    publication: Option<FormView>,
    published: bool,
    draft: bool,
    /// The page for beginners, while nothing is stated.
    start: Option<String>,
    matches: Vec<PreviewView>,
    saved: String,
    hidden: bool,
}

fn tasks(t: T, page: &Page, kept: &Kept, reachable: bool) -> Vec<TaskView> {
    let p = kept.profile();
    let missing = p.missing(true);
    let mut all = vec![
        ("entries", "/entries", !missing.iter().any(|m| matches!(m.as_str(), "need" | "offer"))),
        ("languages", "/languages", !p.languages.is_empty()),
        ("room", "/room", p.openness.is_some() && p.capacity.is_some()),
        ("return", "/in-return", !p.in_return.is_empty()),
        ("projects", "/projects", !p.projects.is_empty()),
    ];
    if kept.draft.is_none() {
        all.push(("contacts", "/contacts", reachable));
    }
    all.into_iter()
        .map(|(key, section, done)| TaskView {
            name: t.get(&format!("task-{key}")),
            url: kept.url(page, section),
            done,
        })
        .collect()
}

/// The best partners by what is written, whether it is public or not.
fn preview(page: &Page, snapshot: &Snapshot, kept: &Kept) -> Vec<PreviewView> {
    let record = kept.record(snapshot, kept.profile());
    let found = snapshot.corpus.preview(kept.row, &record, snapshot.today, PREVIEW);
    let directory = &snapshot.directory;
    found
        .iter()
        .enumerate()
        .map(|(i, m)| {
            let partner = directory.record(m.row);
            let states = partner.profile.states_anything(snapshot.today);
            let pair = format!("{}/partners/{}", kept.municipality.slug, partner.municipality.slug);
            PreviewView {
                name: NameView::new(page, directory, &partner.municipality),
                score: ScoreView::new(page.t, &m.score, states, Some(i + 1), false),
                pair_url: page.municipality_url(&pair),
            }
        })
        .collect()
}

/// `GET /{lang}/municipalities/{slug}/profile`
pub(crate) async fn show(
    request: HttpRequest,
    page: Page,
    visitor: Visitor,
    path: web::Path<(String, String)>,
    app: web::Data<App>,
) -> Result<HttpResponse, AppError> {
    let params = Params::of(&request, &[SAVED])?;
    let saved = just_saved(&page, &params)?;
    let kept = kept(&app, &visitor, &path.1).await?;
    let (t, snapshot) = (page.t, app.now());
    let id = kept.municipality.id;
    let hidden = on_database(&app, move |conn, _| Ok(hidings::of(conn, id)?.is_some())).await?;
    let reachable = !contacts_of(&app, &kept).await?.is_empty();
    let tasks = tasks(t, &page, &kept, reachable);
    let done = tasks.iter().filter(|task| task.done).count();
    let missing = kept.profile().missing(reachable || kept.draft.is_some());
    let published = kept.stated.published;
    let possible = kept.draft.is_none() && (published || missing.is_empty());
    let publication = possible.then(|| {
        let (action, key) = if published {
            ("withdraw", "profile-withdraw")
        } else {
            ("publish", "profile-publish")
        };
        FormView::new(&visitor, kept.url(&page, "/publication"), t.get(key), Vec::new())
            .hiding("version", kept.version())
            .hiding(WAS, best_now(&snapshot, &kept))
            .hiding("do", action)
    });
    html(&Show {
        name: NameView::new(&page, &snapshot.directory, &kept.municipality),
        progress: t.two(
            "profile-progress",
            "done",
            t.number(done as i64),
            "of",
            t.number(tasks.len() as i64),
        ),
        tasks,
        missing: missing.iter().map(|m| t.get(&format!("missing-{}", m.as_str()))).collect(),
        publication,
        published,
        draft: kept.draft.is_some(),
        start: kept.profile().entries.is_empty().then(|| kept.url(&page, "/start")),
        matches: preview(&page, &snapshot, &kept),
        saved,
        hidden: hidden && kept.draft.is_none(),
        page,
    })
}

/// `POST /{lang}/municipalities/{slug}/profile/publication`: shows the profile
/// to everybody, or to nobody else any more.
pub(crate) async fn publish(
    page: Page,
    visitor: Visitor,
    path: web::Path<(String, String)>,
    app: web::Data<App>,
    form: Form,
) -> Result<HttpResponse, AppError> {
    let kept = kept(&app, &visitor, &path.1).await?;
    let reachable = !contacts_of(&app, &kept).await?.is_empty();
    let ready = kept.profile().missing(reachable).is_empty();
    let (published, what) = match form.get("do") {
        "publish" if ready && kept.draft.is_none() => (true, "profile-published"),
        "withdraw" if kept.draft.is_none() => (false, "profile-withdrawn"),
        _ => return Err(AppError::BadForm),
    };
    let profile = kept.profile().clone();
    let new = NewState { published, ..NewState::of(&kept, profile, what) };
    save(page, &visitor, &app, &kept, &form, ("/publication", ""), new).await
}

#[derive(Template)]
#[template(path = "office/profile/section.html")]
struct Section {
    page: Page,
    name: NameView,
    title: String,
    text: String,
    form: FormView,
    back: String,
}

/// A page with one form.
fn section(
    page: Page,
    app: &App,
    kept: &Kept,
    key: &str,
    form: FormView,
    status: StatusCode,
) -> Result<HttpResponse, AppError> {
    let t = page.t;
    rendered(
        &Section {
            name: NameView::new(&page, &app.now().directory, &kept.municipality),
            title: t.get(&format!("task-{key}")),
            text: match (key, kept.draft) {
                ("start", Some(_)) => t.get("task-start-text-draft"),
                _ => t.get(&format!("task-{key}-text")),
            },
            form: form.hiding("version", kept.version()).hiding(WAS, best_now(&app.now(), kept)),
            back: kept.url(&page, ""),
            page,
        },
        status,
    )
}

/// The label of the `n`-th of several alike fields.
fn numbered(t: T, key: &str, n: usize) -> String {
    format!("{}\u{A0}{}", t.get(key), t.number(n as i64))
}
