//! Needs, offers and exchanges: the list, one more, and one to be changed.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use chrono::{Months, NaiveDate};

use super::texts::STATEMENT;
use super::{Kept, NewState, SAVED, WAS, best_now, just_saved, kept, save, seen};
use crate::domain::area::{AREAS, SubArea};
use crate::domain::audience::{Audience, Direction};
use crate::domain::municipality::Municipality;
use crate::domain::profile::{ENTRY_MONTHS, Entry, Level, MAX_ENTRIES, Profile};
use crate::i18n::T;
use crate::snapshot::Snapshot;
use crate::storage::StorageError;
use crate::web::kit::app::App;
use crate::web::kit::error::AppError;
use crate::web::kit::form::{Field, Form, FormView, Kind, Pick, PickGroup};
use crate::web::kit::page::Page;
use crate::web::kit::params::Params;
use crate::web::kit::respond::rendered;
use crate::web::kit::view::NameView;
use crate::web::kit::visitor::Visitor;

/// What is wrong with a form, by field.
type Wrong = Vec<(&'static str, String)>;

struct EntryRowView {
    title: String,
    about: String,
    expires: String,
    /// The statement in each language it exists in: words and language.
    statements: Vec<(String, String)>,
    /// Place in the list, for the buttons.
    index: usize,
    first: bool,
    /// How many others state what meets it.
    met: String,
    edit_url: String,
}

#[derive(Template)]
#[template(path = "office/profile/entries.html")]
struct Entries {
    page: Page,
    name: NameView,
    rows: Vec<EntryRowView>,
    form: Option<FormView>,
    action: String,
    proof: String,
    version: String,
    /// The best partners, to be taken along.
    was: String,
    back: String,
    saved: String,
}

/// How many municipalities on the other side publicly state what an entry
/// looks for.
fn met_by(snapshot: &Snapshot, m: &Municipality, entry: &Entry) -> usize {
    let wanted = |direction: Direction| match entry.direction {
        Direction::Need => direction.offers(),
        Direction::Offer => direction.needs(),
        Direction::Exchange => true,
    };
    snapshot
        .directory
        .records()
        .iter()
        .filter(|r| r.municipality.country.is_ukraine() != m.country.is_ukraine())
        .filter(|r| {
            let mut public = r.profile.public_entries(snapshot.today);
            public.any(|e| e.subarea == entry.subarea && wanted(e.direction))
        })
        .count()
}

/// All sub-areas under their areas, to choose one.
pub(super) fn subareas(t: T, chosen: &str) -> Vec<PickGroup> {
    let empty = PickGroup {
        label: String::new(),
        picks: vec![Pick::new("", t.get("choose"), chosen.is_empty())],
    };
    let areas = AREAS.iter().map(|area| PickGroup {
        label: t.get(&area.key()),
        picks: area
            .subareas()
            .map(|s| Pick::new(s.to_string(), t.get(&s.key()), s.to_string() == chosen))
            .collect(),
    });
    std::iter::once(empty).chain(areas).collect()
}

/// The fields of an entry, with what was typed and what is wrong.
fn fields(t: T, typed: &Form, wrong: &Wrong) -> Vec<Field> {
    let error = |name: &str| {
        wrong.iter().find(|(n, _)| *n == name).map_or_else(String::new, |(_, e)| e.clone())
    };
    let radios = |name: &'static str, all: Vec<(String, String)>| {
        let picks = all.into_iter().map(|(word, label)| {
            let chosen = word == typed.get(name);
            Pick::new(word, label, chosen)
        });
        Field::new(t, Kind::Radios, name).picks(picks).wrong(error(name))
    };
    let directions = Direction::ALL
        .iter()
        .map(|d| (d.as_str().to_owned(), t.get(&format!("direction-{}", d.as_str()))))
        .collect();
    let levels = (1..=4).map(|n| (n.to_string(), t.get(&format!("level-{n}")))).collect();
    let audiences = ["", "public", "verified"]
        .iter()
        .map(|a| {
            let key = if a.is_empty() { "default" } else { a };
            Pick::new(*a, t.get(&format!("audience-{key}")), *a == typed.get("audience"))
        })
        .collect::<Vec<_>>();
    let mut subarea = Field::new(t, Kind::Select, "subarea").wrong(error("subarea"));
    subarea.groups = subareas(t, typed.get("subarea"));
    let mut all = vec![radios("direction", directions), subarea, radios("level", levels)];
    all.extend(STATEMENT.fields(t, typed, wrong));
    all.push(
        Field::new(t, Kind::Select, "audience").hinted(t.get("audience-hint")).picks(audiences),
    );
    all
}

fn list(
    page: Page,
    visitor: &Visitor,
    app: &App,
    kept: &Kept,
    (typed, wrong): (&Form, &Wrong),
    saved: String,
    status: StatusCode,
) -> Result<HttpResponse, AppError> {
    let t = page.t;
    let snapshot = app.now();
    let rows = kept
        .profile()
        .entries
        .iter()
        .enumerate()
        .map(|(index, e)| {
            let met = met_by(&snapshot, &kept.municipality, e);
            EntryRowView {
                title: t.get(&e.subarea.key()),
                about: [
                    t.get(&format!("direction-{}", e.direction.as_str())),
                    t.get(&format!("level-{}", e.level.value())),
                    t.get(&format!("audience-{}", e.audience.as_str())),
                ]
                .join(" · "),
                expires: t.one("entry-expires", "date", t.date(e.expires_on)),
                statements: e.statements.iter().map(|(l, b)| (b.clone(), l.clone())).collect(),
                index,
                first: index == 0,
                met: match (met, e.direction) {
                    (0, Direction::Offer) => t.get("nobody-needs-this"),
                    (0, _) => t.get("nobody-offers-this"),
                    (n, _) => t.count("stated-by", n as i64),
                },
                edit_url: kept.url(&page, &format!("/entries/{}", index + 1)),
            }
        })
        .collect();
    let was = best_now(&snapshot, kept);
    let room = kept.profile().entries.len() < MAX_ENTRIES;
    let form = room.then(|| {
        let url = kept.url(&page, "/entries/new");
        FormView::new(visitor, url, t.get("entry-add"), fields(t, typed, wrong))
            .hiding("version", kept.version())
            .hiding(WAS, &was)
    });
    rendered(
        &Entries {
            name: NameView::new(&page, &snapshot.directory, &kept.municipality),
            rows,
            form,
            action: kept.url(&page, "/entries"),
            proof: visitor.form_value(),
            version: kept.version(),
            was,
            back: kept.url(&page, ""),
            saved,
            page,
        },
        status,
    )
}

/// `GET /{lang}/municipalities/{slug}/profile/entries`
pub(crate) async fn index(
    request: HttpRequest,
    page: Page,
    visitor: Visitor,
    path: web::Path<(String, String)>,
    app: web::Data<App>,
) -> Result<HttpResponse, AppError> {
    let params = Params::of(&request, &[SAVED])?;
    let saved = just_saved(&page, &params)?;
    let kept = kept(&app, &visitor, &path.1).await?;
    let nothing = (&Form::default(), &Vec::new());
    list(page, &visitor, &app, &kept, nothing, saved, StatusCode::OK)
}

/// The entry a form states, or what is wrong with it.
fn read(t: T, m: &Municipality, form: &Form, today: NaiveDate) -> Result<Entry, Wrong> {
    let mut wrong = Vec::new();
    let direction = Direction::parse(form.get("direction"));
    let subarea = SubArea::parse(form.get("subarea"));
    let level = form.get("level").parse().ok().and_then(Level::new);
    if direction.is_none() {
        wrong.push(("direction", t.get("direction-wrong")));
    }
    if subarea.is_none() {
        wrong.push(("subarea", t.get("subarea-wrong")));
    }
    if level.is_none() {
        wrong.push(("level", t.get("level-wrong")));
    }
    let statements = STATEMENT.read(t, form).unwrap_or_else(|of_texts| {
        wrong.extend(of_texts);
        Vec::new()
    });
    let (Some(direction), Some(subarea), Some(level), true) =
        (direction, subarea, level, wrong.is_empty())
    else {
        return Err(wrong);
    };
    let chosen = Audience::parse(form.get("audience")).filter(|a| *a != Audience::Partner);
    Ok(Entry {
        direction,
        subarea,
        rank: 0,
        level,
        audience: chosen.unwrap_or_else(|| Audience::default_for(m.country, direction, subarea)),
        expires_on: today + Months::new(ENTRY_MONTHS),
        statements,
    })
}

/// Numbers entries in their order.
pub(super) fn ranked(mut profile: Profile) -> Profile {
    for (i, entry) in profile.entries.iter_mut().enumerate() {
        entry.rank = i as u8 + 1;
    }
    profile
}

/// Puts an entry into a profile: at a place, or as one more.
///
/// # Errors
/// What is wrong: the same is stated already.
fn put(t: T, profile: &mut Profile, place: Option<usize>, entry: Entry) -> Result<(), Wrong> {
    let same = |e: &Entry| (e.direction, e.subarea) == (entry.direction, entry.subarea);
    let twice = profile.entries.iter().enumerate().any(|(i, e)| Some(i) != place && same(e));
    if twice {
        return Err(vec![("subarea", t.get("entry-twice"))]);
    }
    match place {
        Some(i) => profile.entries[i] = entry,
        None => profile.entries.push(entry),
    }
    Ok(())
}

/// `POST /{lang}/municipalities/{slug}/profile/entries/new`
pub(crate) async fn create(
    page: Page,
    visitor: Visitor,
    path: web::Path<(String, String)>,
    app: web::Data<App>,
    form: Form,
) -> Result<HttpResponse, AppError> {
    let kept = kept(&app, &visitor, &path.1).await?;
    let today = app.live.clock().today();
    let mut profile = kept.profile().clone();
    if profile.entries.len() >= MAX_ENTRIES {
        return Err(AppError::BadForm);
    }
    let read = read(page.t, &kept.municipality, &form, today);
    if let Err(wrong) = read.and_then(|entry| put(page.t, &mut profile, None, entry)) {
        let status = StatusCode::UNPROCESSABLE_ENTITY;
        return list(page, &visitor, &app, &kept, (&form, &wrong), String::new(), status);
    }
    let new = NewState::of(&kept, ranked(profile), "profile-entries");
    save(page, &visitor, &app, &kept, &form, ("/entries/new", "/entries"), new).await
}

/// `POST /{lang}/municipalities/{slug}/profile/entries`: removes, moves up or
/// renews an entry.
pub(crate) async fn change(
    page: Page,
    visitor: Visitor,
    path: web::Path<(String, String)>,
    app: web::Data<App>,
    form: Form,
) -> Result<HttpResponse, AppError> {
    let kept = kept(&app, &visitor, &path.1).await?;
    let today = app.live.clock().today();
    let mut profile = kept.profile().clone();
    let index: Option<usize> =
        form.get("entry").parse().ok().filter(|i| *i < profile.entries.len());
    match (form.get("do"), index) {
        ("remove", Some(i)) => {
            profile.entries.remove(i);
        }
        ("up", Some(i)) if i > 0 => profile.entries.swap(i - 1, i),
        ("renew", Some(i)) => profile.entries[i].expires_on = today + Months::new(ENTRY_MONTHS),
        _ => return Err(AppError::BadForm),
    }
    // What was meant by its place may stand elsewhere by now: nobody is asked
    // to send that again.
    if seen(&form)? != kept.stated.version {
        return Err(AppError::Storage(StorageError::Stale));
    }
    let new = NewState::of(&kept, ranked(profile), "profile-entries");
    save(page, &visitor, &app, &kept, &form, ("/entries", "/entries"), new).await
}

#[derive(Template)]
#[template(path = "office/profile/section.html")]
struct Edit {
    page: Page,
    name: NameView,
    title: String,
    text: String,
    form: FormView,
    back: String,
}

fn edit_page(
    page: Page,
    visitor: &Visitor,
    app: &App,
    kept: &Kept,
    index: usize,
    (typed, wrong): (&Form, &Wrong),
    status: StatusCode,
) -> Result<HttpResponse, AppError> {
    let t = page.t;
    let url = kept.url(&page, &format!("/entries/{}", index + 1));
    let form = FormView::new(visitor, url, t.get("save"), fields(t, typed, wrong))
        .hiding("version", kept.version())
        .hiding(WAS, best_now(&app.now(), kept));
    rendered(
        &Edit {
            name: NameView::new(&page, &app.now().directory, &kept.municipality),
            title: t.get(&kept.profile().entries[index].subarea.key()),
            text: t.get("entry-edit-text"),
            form,
            back: kept.url(&page, "/entries"),
            page,
        },
        status,
    )
}

/// What the form says of who may read an entry: nothing where it is as usual,
/// so that it is worked out anew when the entry becomes about something else.
fn audience_said(kept: &Kept, e: &Entry) -> &'static str {
    let usual = Audience::default_for(kept.municipality.country, e.direction, e.subarea);
    if e.audience == usual { "" } else { e.audience.as_str() }
}

/// The entry at a place of the list, which addresses count from 1.
fn index_of(kept: &Kept, number: &str) -> Result<usize, AppError> {
    let number: usize = number.parse().map_err(|_| AppError::NotFound)?;
    let count = kept.profile().entries.len();
    number.checked_sub(1).filter(|i| *i < count).ok_or(AppError::NotFound)
}

/// `GET /{lang}/municipalities/{slug}/profile/entries/{number}`
pub(crate) async fn edit(
    request: HttpRequest,
    page: Page,
    visitor: Visitor,
    path: web::Path<(String, String, String)>,
    app: web::Data<App>,
) -> Result<HttpResponse, AppError> {
    Params::of(&request, &[])?;
    let kept = kept(&app, &visitor, &path.1).await?;
    let index = index_of(&kept, &path.2)?;
    let e = &kept.profile().entries[index];
    let form = Form::default()
        .with("direction", e.direction.as_str())
        .with("subarea", e.subarea.to_string())
        .with("level", e.level.value().to_string())
        .with("audience", audience_said(&kept, e));
    let form = STATEMENT.filled(form, &e.statements);
    edit_page(page, &visitor, &app, &kept, index, (&form, &Vec::new()), StatusCode::OK)
}

/// `POST /{lang}/municipalities/{slug}/profile/entries/{number}`
pub(crate) async fn update(
    page: Page,
    visitor: Visitor,
    path: web::Path<(String, String, String)>,
    app: web::Data<App>,
    form: Form,
) -> Result<HttpResponse, AppError> {
    let kept = kept(&app, &visitor, &path.1).await?;
    // What was meant by its number may be another entry by now: what was
    // written is then shown as a new one.
    if seen(&form)? != kept.stated.version {
        let nothing = Vec::new();
        let told = page.t.get("error-stale");
        return list(page, &visitor, &app, &kept, (&form, &nothing), told, StatusCode::CONFLICT);
    }
    let index = index_of(&kept, &path.2)?;
    let today = app.live.clock().today();
    let mut profile = kept.profile().clone();
    let read = read(page.t, &kept.municipality, &form, today);
    if let Err(wrong) = read.and_then(|entry| put(page.t, &mut profile, Some(index), entry)) {
        let status = StatusCode::UNPROCESSABLE_ENTITY;
        return edit_page(page, &visitor, &app, &kept, index, (&form, &wrong), status);
    }
    let new = NewState::of(&kept, ranked(profile), "profile-entries");
    let section = format!("/entries/{}", path.2);
    save(page, &visitor, &app, &kept, &form, (&section, "/entries"), new).await
}
