//! The profile of a municipality, as its members keep it: a list of tasks, a
//! form for each. Whoever saves has seen the present version, or is shown what
//! somebody else wrote meanwhile.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use chrono::{Months, NaiveDate};

use super::error::AppError;
use super::form::{Field, Form, FormView, Kind, Pick, PickGroup};
use super::municipality::{Found, find};
use super::page::Page;
use super::params::Params;
use super::sign_in::what_was_written;
use super::view::{MatchView, NameView};
use super::visitor::Visitor;
use super::{App, html, on_database, rendered, see_other};
use crate::domain::account::AccountId;
use crate::domain::area::{AREAS, SubArea};
use crate::domain::country::Country;
use crate::domain::directory::Row;
use crate::domain::municipality::{Municipality, SizeBand};
use crate::domain::profile::{
    Audience, Direction, ENTRY_MONTHS, Entry, Fluency, Format, LANGUAGES, Language, Level,
    MAX_ENTRIES, MAX_STATEMENT, Openness, Profile,
};
use crate::domain::text;
use crate::i18n::{Lang, T};
use crate::matching::Order;
use crate::snapshot::Snapshot;
use crate::storage::{StorageError, change, profiles};

/// Languages that can be stated at once, and countries wished for.
const LANGUAGE_FIELDS: [&str; 4] = ["language-1", "language-2", "language-3", "language-4"];
const LEVEL_FIELDS: [&str; 4] = ["fluency-1", "fluency-2", "fluency-3", "fluency-4"];
const COUNTRY_FIELDS: [&str; 3] = ["country-1", "country-2", "country-3"];
/// The field that says in which language a statement is.
const STATEMENT_LANGUAGE: &str = "statement-language";
/// Suggestions shown beside the tasks.
const PREVIEW: usize = 3;

/// A municipality whose profile the visitor may keep.
struct Kept {
    row: Row,
    municipality: Municipality,
    account: AccountId,
    profile: Profile,
    version: i64,
}

/// The profile at an address, for a member of the municipality.
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
    if !account.may_edit(municipality.id) {
        return Err(AppError::NotFound);
    }
    let (account, id) = (account.id, municipality.id);
    let (profile, version) =
        on_database(app, move |conn, _| Ok(profiles::with_version(conn, id)?)).await?;
    Ok(Kept { row, municipality, account, profile, version })
}

/// Saves a profile that was seen in a version, shows it everywhere at once,
/// and goes on. When somebody else was quicker, what was written is shown, to
/// be sent again by whoever has looked at the present state.
async fn save(
    page: Page,
    visitor: &Visitor,
    app: &web::Data<App>,
    kept_before: &Kept,
    form: &Form,
    (what, section, then): (&'static str, &str, &str),
    profile: Profile,
) -> Result<HttpResponse, AppError> {
    let m = &kept_before.municipality;
    let (id, by, state, seen) = (m.id, kept_before.account, app.clone(), seen(form)?);
    let saved = on_database(app, move |conn, now| {
        change(conn, |conn| -> Result<(), AppError> {
            Ok(profiles::replace(conn, id, seen, &profile, what, by, now)?)
        })?;
        Ok(state.live.renew().map(|_| ())?)
    })
    .await;
    match saved {
        Ok(()) => Ok(see_other(&profile_url(&page, m, then))),
        Err(AppError::Storage(StorageError::Stale)) => {
            let present = kept(app, visitor, &m.slug).await?;
            let form = form.with("version", present.version.to_string());
            let (to, proof) = (profile_url(&page, m, section), visitor.form_value());
            what_was_written(page, "overtaken", &to, &form, proof, StatusCode::CONFLICT)
        }
        Err(error) => Err(error),
    }
}

fn seen(form: &Form) -> Result<i64, AppError> {
    form.get("version").parse().map_err(|_| AppError::BadForm)
}

struct TaskView {
    name: String,
    url: String,
    done: bool,
}

#[derive(Template)]
#[template(path = "profile/show.html")]
struct Show {
    page: Page,
    name: NameView,
    tasks: Vec<TaskView>,
    progress: String,
    /// What is missing before partners take the profile for a whole one.
    missing: Vec<String>,
    matches: Vec<MatchView>,
    saved: bool,
}

fn profile_url(page: &Page, m: &Municipality, section: &str) -> String {
    page.url(&format!("/municipalities/{}/profile{section}", m.slug))
}

/// `GET /{lang}/municipalities/{slug}/profile`
pub(super) async fn show(
    request: HttpRequest,
    page: Page,
    visitor: Visitor,
    path: web::Path<(String, String)>,
    app: web::Data<App>,
) -> Result<HttpResponse, AppError> {
    let params = Params::of(&request, &["saved"])?;
    let saved = params.ticked("saved")?;
    let kept = kept(&app, &visitor, &path.1).await?;
    let (t, p, m) = (page.t, &kept.profile, &kept.municipality);
    let snapshot = app.now();
    let has = |wanted: fn(Direction) -> bool| p.entries.iter().any(|e| wanted(e.direction));
    let tasks: Vec<TaskView> = [
        ("entries", "/entries", has(Direction::needs) && has(Direction::offers)),
        ("languages", "/languages", !p.languages.is_empty()),
        ("room", "/room", p.openness.is_some() && p.capacity.is_some()),
        ("return", "/in-return", !p.in_return.is_empty()),
    ]
    .into_iter()
    .map(|(key, section, done)| TaskView {
        name: t.get(&format!("task-{key}")),
        url: profile_url(&page, m, section),
        done,
    })
    .collect();
    let done = tasks.iter().filter(|task| task.done).count();
    let missing: Vec<String> = [
        ("missing-need", has(Direction::needs)),
        ("missing-offer", has(Direction::offers)),
        ("missing-language", !p.languages.is_empty()),
    ]
    .into_iter()
    .filter(|(_, there)| !there)
    .map(|(key, _)| t.get(key))
    .collect();
    let matches = snapshot
        .corpus
        .rank(kept.row, Order::Balanced, PREVIEW, &|_| true)
        .iter()
        .enumerate()
        .filter_map(|(i, found)| {
            let (directory, corpus) = (&snapshot.directory, &snapshot.corpus);
            MatchView::new(&page, directory, corpus, kept.row, found, i + 1)
        })
        .collect();
    html(&Show {
        name: NameView::new(&page, &snapshot.directory, m),
        progress: t.two(
            "profile-progress",
            "done",
            t.number(done as i64),
            "of",
            t.number(tasks.len() as i64),
        ),
        tasks,
        missing,
        matches,
        saved,
        page,
    })
}

struct EntryRowView {
    title: String,
    about: String,
    expires: String,
    statement: String,
    /// Place in the list, for the buttons.
    index: usize,
    first: bool,
    /// How many others state what meets it.
    met: String,
}

#[derive(Template)]
#[template(path = "profile/entries.html")]
struct Entries {
    page: Page,
    name: NameView,
    rows: Vec<EntryRowView>,
    form: Option<FormView>,
    action: String,
    proof: String,
    version: String,
    back: String,
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

fn subareas(t: T, chosen: &str) -> Vec<PickGroup> {
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

/// The form for one more entry, with what was typed and what is wrong.
fn entry_form(
    page: &Page,
    visitor: &Visitor,
    kept: &Kept,
    typed: &Form,
    wrong: &[(&str, String)],
) -> FormView {
    let t = page.t;
    let error = |name: &str| {
        wrong.iter().find(|(n, _)| *n == name).map_or_else(String::new, |(_, e)| e.clone())
    };
    let radios = |name: &'static str, all: Vec<(String, String)>, or: &str| {
        let value = if typed.get(name).is_empty() { or } else { typed.get(name) };
        let picks = all.into_iter().map(|(word, label)| {
            let chosen = word == value;
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
    let spoken =
        Lang::PAGES.iter().map(|l| (l.code().to_owned(), l.own_name().to_owned())).collect();
    let mut subarea = Field::new(t, Kind::Select, "subarea").wrong(error("subarea"));
    subarea.groups = subareas(t, typed.get("subarea"));
    let mut statement = Field::new(t, Kind::Area, "statement")
        .hinted(t.one("statement-hint", "most", MAX_STATEMENT.to_string()))
        .filled(typed.get("statement"))
        .wrong(error("statement"));
    statement.most = MAX_STATEMENT;
    let fields = vec![
        radios("direction", directions, ""),
        subarea,
        radios("level", levels, ""),
        statement,
        radios(STATEMENT_LANGUAGE, spoken, page.lang()),
        Field::new(t, Kind::Select, "audience").hinted(t.get("audience-hint")).picks(audiences),
    ];
    let url = profile_url(page, &kept.municipality, "/entries/new");
    FormView::new(visitor, url, t.get("entry-add"), fields)
        .hiding("version", kept.version.to_string())
}

fn entries_page(
    page: Page,
    visitor: &Visitor,
    app: &App,
    kept: &Kept,
    typed: &Form,
    wrong: &[(&str, String)],
    status: StatusCode,
) -> Result<HttpResponse, AppError> {
    let t = page.t;
    let snapshot = app.now();
    let rows = kept
        .profile
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
                statement: e.statement(page.lang()).map_or_else(String::new, |(_, b)| b.clone()),
                index,
                first: index == 0,
                met: match (met, e.direction) {
                    (0, Direction::Offer) => t.get("nobody-needs-this"),
                    (0, _) => t.get("nobody-offers-this"),
                    (n, _) => t.count("stated-by", n as i64),
                },
            }
        })
        .collect();
    let room = kept.profile.entries.len() < MAX_ENTRIES;
    rendered(
        &Entries {
            name: NameView::new(&page, &snapshot.directory, &kept.municipality),
            rows,
            form: room.then(|| entry_form(&page, visitor, kept, typed, wrong)),
            action: profile_url(&page, &kept.municipality, "/entries"),
            proof: visitor.form_value(),
            version: kept.version.to_string(),
            back: profile_url(&page, &kept.municipality, ""),
            page,
        },
        status,
    )
}

/// `GET /{lang}/municipalities/{slug}/profile/entries`
pub(super) async fn entries(
    request: HttpRequest,
    page: Page,
    visitor: Visitor,
    path: web::Path<(String, String)>,
    app: web::Data<App>,
) -> Result<HttpResponse, AppError> {
    Params::of(&request, &[])?;
    let kept = kept(&app, &visitor, &path.1).await?;
    entries_page(page, &visitor, &app, &kept, &Form::default(), &[], StatusCode::OK)
}

/// The entry a form states, or what is wrong with it.
fn read_entry(
    page: &Page,
    m: &Municipality,
    form: &Form,
    today: NaiveDate,
) -> Result<Entry, Vec<(&'static str, String)>> {
    let t = page.t;
    let mut wrong = Vec::new();
    let direction = Direction::parse(form.get("direction"));
    let subarea = SubArea::parse(form.get("subarea"));
    let level = form.get("level").parse().ok().and_then(Level::new);
    let statement = text::clean(form.get("statement")).trim().to_owned();
    let length = statement.chars().count();
    if direction.is_none() {
        wrong.push(("direction", t.get("direction-wrong")));
    }
    if subarea.is_none() {
        wrong.push(("subarea", t.get("subarea-wrong")));
    }
    if level.is_none() {
        wrong.push(("level", t.get("level-wrong")));
    }
    if length > MAX_STATEMENT {
        wrong.push(("statement", t.count("statement-long", (length - MAX_STATEMENT) as i64)));
    }
    let (Some(direction), Some(subarea), Some(level), true) =
        (direction, subarea, level, wrong.is_empty())
    else {
        return Err(wrong);
    };
    let chosen = Audience::parse(form.get("audience")).filter(|a| *a != Audience::Partner);
    let language = Lang::parse_page(form.get(STATEMENT_LANGUAGE)).unwrap_or(t.lang).code();
    Ok(Entry {
        direction,
        subarea,
        rank: 0,
        level,
        audience: chosen.unwrap_or_else(|| Audience::default_for(m.country, direction, subarea)),
        expires_on: today + Months::new(ENTRY_MONTHS),
        statements: if statement.is_empty() {
            Vec::new()
        } else {
            vec![(language.to_owned(), statement)]
        },
    })
}

/// Numbers entries in their order.
fn ranked(mut profile: Profile) -> Profile {
    for (i, entry) in profile.entries.iter_mut().enumerate() {
        entry.rank = i as u8 + 1;
    }
    profile
}

/// `POST /{lang}/municipalities/{slug}/profile/entries/new`
pub(super) async fn add_entry(
    page: Page,
    visitor: Visitor,
    path: web::Path<(String, String)>,
    app: web::Data<App>,
    form: Form,
) -> Result<HttpResponse, AppError> {
    let kept = kept(&app, &visitor, &path.1).await?;
    let today = app.live.clock().today();
    let mut profile = kept.profile.clone();
    if profile.entries.len() >= MAX_ENTRIES {
        return Err(AppError::BadForm);
    }
    match read_entry(&page, &kept.municipality, &form, today) {
        Ok(entry) => profile.entries.push(entry),
        Err(wrong) => {
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            return entries_page(page, &visitor, &app, &kept, &form, &wrong, status);
        }
    }
    let way = ("profile-entries", "/entries/new", "/entries");
    save(page, &visitor, &app, &kept, &form, way, ranked(profile)).await
}

/// `POST /{lang}/municipalities/{slug}/profile/entries`: removes, moves up or
/// renews an entry.
pub(super) async fn change_entries(
    page: Page,
    visitor: Visitor,
    path: web::Path<(String, String)>,
    app: web::Data<App>,
    form: Form,
) -> Result<HttpResponse, AppError> {
    let kept = kept(&app, &visitor, &path.1).await?;
    let today = app.live.clock().today();
    let mut profile = kept.profile.clone();
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
    if seen(&form)? != kept.version {
        return Err(AppError::Storage(StorageError::Stale));
    }
    let way = ("profile-entries", "/entries", "/entries");
    save(page, &visitor, &app, &kept, &form, way, ranked(profile)).await
}

#[derive(Template)]
#[template(path = "profile/section.html")]
struct Section {
    page: Page,
    name: NameView,
    title: String,
    text: String,
    form: FormView,
    back: String,
}

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
            text: t.get(&format!("task-{key}-text")),
            form: form.hiding("version", kept.version.to_string()),
            back: profile_url(&page, &kept.municipality, ""),
            page,
        },
        status,
    )
}

fn languages_form(page: &Page, visitor: &Visitor, kept: &Kept) -> FormView {
    let t = page.t;
    let p = &kept.profile;
    let mut fields = Vec::new();
    for (i, (language, level)) in LANGUAGE_FIELDS.into_iter().zip(LEVEL_FIELDS).enumerate() {
        let stated = p.languages.get(i);
        let number = t.number(i as i64 + 1);
        let none = Pick::new("", t.get("none-chosen"), stated.is_none());
        let all = LANGUAGES
            .iter()
            .filter_map(|code| Language::parse(code))
            .map(|l| Pick::new(l.code(), t.get(&l.key()), stated.is_some_and(|(x, _)| *x == l)));
        let field = Field::new(t, Kind::Select, language);
        let picks: Vec<Pick> = std::iter::once(none).chain(all).collect();
        fields.push(field.labelled(t.one("field-language-n", "n", &number)).picks(picks));
        let levels = Fluency::ALL.iter().map(|f| {
            let label = t.get(&format!("fluency-{}", f.as_str().to_lowercase()));
            Pick::new(f.as_str(), label, stated.map_or(*f == Fluency::B2, |(_, x)| x == f))
        });
        let field = Field::new(t, Kind::Select, level);
        fields.push(field.labelled(t.one("field-fluency-n", "n", &number)).picks(levels));
    }
    let yes = [Pick::new("1", t.get("interpreter-yes"), p.interpreter)];
    fields.push(Field::new(t, Kind::Checks, "interpreter").picks(yes));
    let formats =
        Format::ALL.iter().map(|f| Pick::new(f.as_str(), t.get(&f.key()), p.formats.contains(f)));
    fields.push(Field::new(t, Kind::Checks, "format").picks(formats));
    FormView::new(
        visitor,
        profile_url(page, &kept.municipality, "/languages"),
        t.get("save"),
        fields,
    )
}

/// `GET /{lang}/municipalities/{slug}/profile/languages`
pub(super) async fn languages(
    request: HttpRequest,
    page: Page,
    visitor: Visitor,
    path: web::Path<(String, String)>,
    app: web::Data<App>,
) -> Result<HttpResponse, AppError> {
    Params::of(&request, &[])?;
    let kept = kept(&app, &visitor, &path.1).await?;
    let form = languages_form(&page, &visitor, &kept);
    section(page, &app, &kept, "languages", form, StatusCode::OK)
}

/// `POST /{lang}/municipalities/{slug}/profile/languages`
pub(super) async fn set_languages(
    page: Page,
    visitor: Visitor,
    path: web::Path<(String, String)>,
    app: web::Data<App>,
    form: Form,
) -> Result<HttpResponse, AppError> {
    let kept = kept(&app, &visitor, &path.1).await?;
    let mut languages: Vec<(Language, Fluency)> = Vec::new();
    for (language, level) in LANGUAGE_FIELDS.into_iter().zip(LEVEL_FIELDS) {
        let stated = Language::parse(form.get(language)).zip(Fluency::parse(form.get(level)));
        languages.extend(stated.filter(|(l, _)| languages.iter().all(|(x, _)| x != l)));
    }
    let formats: Vec<Format> = Format::ALL
        .iter()
        .copied()
        .filter(|f| form.all("format").any(|w| w == f.as_str()))
        .collect();
    let interpreter = form.get("interpreter") == "1";
    let profile = Profile { languages, formats, interpreter, ..kept.profile.clone() };
    let way = ("profile-languages", "/languages", "?saved=1");
    save(page, &visitor, &app, &kept, &form, way, profile).await
}

fn room_form(page: &Page, visitor: &Visitor, app: &App, kept: &Kept) -> FormView {
    let t = page.t;
    let p = &kept.profile;
    let openness = Openness::ALL.iter().map(|o| {
        let label = t.get(&format!("openness-{}", o.as_str()));
        Pick::new(o.as_str(), label, p.openness == Some(*o))
    });
    let capacity =
        (0..=3u8).map(|n| Pick::new(n.to_string(), n.to_string(), p.capacity == Some(n)));
    let unsaid = Pick::new("", t.get("none-chosen"), p.capacity.is_none());
    let capacity: Vec<Pick> = std::iter::once(unsaid).chain(capacity).collect();
    let mut fields = vec![
        Field::new(t, Kind::Radios, "openness").picks(openness),
        Field::new(t, Kind::Select, "capacity").picks(capacity),
    ];
    let snapshot = app.now();
    let here = kept.municipality.country.is_ukraine();
    if here {
        for (i, name) in COUNTRY_FIELDS.into_iter().enumerate() {
            let stated = p.preferred_countries.get(i);
            let none = Pick::new("", t.get("none-chosen"), stated.is_none());
            let all = snapshot
                .listing
                .countries(t.lang)
                .iter()
                .filter(|(c, _)| !c.is_ukraine())
                .map(|(c, label)| Pick::new(c.code(), label, stated == Some(c)));
            let picks: Vec<Pick> = std::iter::once(none).chain(all).collect();
            let label = t.one("field-country-n", "n", t.number(i as i64 + 1));
            fields.push(Field::new(t, Kind::Select, name).labelled(label).picks(picks));
        }
    }
    let sizes = SizeBand::ALL.iter().map(|b| {
        let label = t.get(&format!("size-{}", b.as_str()));
        Pick::new(b.as_str(), label, p.preferred_sizes.contains(b))
    });
    fields.push(Field::new(t, Kind::Checks, "size").picks(sizes));
    FormView::new(visitor, profile_url(page, &kept.municipality, "/room"), t.get("save"), fields)
}

/// `GET /{lang}/municipalities/{slug}/profile/room`
pub(super) async fn room(
    request: HttpRequest,
    page: Page,
    visitor: Visitor,
    path: web::Path<(String, String)>,
    app: web::Data<App>,
) -> Result<HttpResponse, AppError> {
    Params::of(&request, &[])?;
    let kept = kept(&app, &visitor, &path.1).await?;
    let form = room_form(&page, &visitor, &app, &kept);
    section(page, &app, &kept, "room", form, StatusCode::OK)
}

/// `POST /{lang}/municipalities/{slug}/profile/room`
pub(super) async fn set_room(
    page: Page,
    visitor: Visitor,
    path: web::Path<(String, String)>,
    app: web::Data<App>,
    form: Form,
) -> Result<HttpResponse, AppError> {
    let kept = kept(&app, &visitor, &path.1).await?;
    let snapshot = app.now();
    let there = snapshot.listing.countries(Lang::En);
    let mut countries: Vec<Country> = Vec::new();
    if kept.municipality.country.is_ukraine() {
        for name in COUNTRY_FIELDS {
            let country: Option<Country> = form.get(name).parse().ok();
            let known = country.filter(|c| there.iter().any(|(x, _)| x == c) && !c.is_ukraine());
            countries.extend(known.filter(|c| !countries.contains(c)));
        }
    } else {
        countries.clone_from(&kept.profile.preferred_countries);
    }
    let profile = Profile {
        openness: Openness::parse(form.get("openness")),
        capacity: form.get("capacity").parse().ok().filter(|c| *c <= 3),
        preferred_countries: countries,
        preferred_sizes: SizeBand::ALL
            .iter()
            .copied()
            .filter(|b| form.all("size").any(|w| w == b.as_str()))
            .collect(),
        ..kept.profile.clone()
    };
    let way = ("profile-room", "/room", "?saved=1");
    save(page, &visitor, &app, &kept, &form, way, profile).await
}

/// The fields of what is given in return, by language.
const RETURN_FIELDS: [(&str, Lang); 2] = [("return-uk", Lang::Uk), ("return-en", Lang::En)];

fn return_form(
    page: &Page,
    visitor: &Visitor,
    kept: &Kept,
    typed: &[(Lang, String)],
    wrong: &[(&str, String)],
) -> FormView {
    let t = page.t;
    let fields = RETURN_FIELDS
        .into_iter()
        .map(|(name, lang)| {
            let text = typed.iter().find(|(l, _)| *l == lang).map_or("", |(_, text)| text);
            let error = wrong.iter().find(|(n, _)| *n == name).map_or("", |(_, e)| e);
            let field = Field::new(t, Kind::Area, name);
            let label = t.one("field-return", "language", lang.own_name());
            Field { most: MAX_STATEMENT, ..field.labelled(label).filled(text).wrong(error) }
        })
        .collect();
    let url = profile_url(page, &kept.municipality, "/in-return");
    FormView::new(visitor, url, t.get("save"), fields)
}

/// `GET /{lang}/municipalities/{slug}/profile/in-return`
pub(super) async fn in_return(
    request: HttpRequest,
    page: Page,
    visitor: Visitor,
    path: web::Path<(String, String)>,
    app: web::Data<App>,
) -> Result<HttpResponse, AppError> {
    Params::of(&request, &[])?;
    let kept = kept(&app, &visitor, &path.1).await?;
    let stated: Vec<(Lang, String)> = kept
        .profile
        .in_return
        .iter()
        .filter_map(|(l, body)| Some((Lang::parse_page(l)?, body.clone())))
        .collect();
    let form = return_form(&page, &visitor, &kept, &stated, &[]);
    section(page, &app, &kept, "return", form, StatusCode::OK)
}

/// `POST /{lang}/municipalities/{slug}/profile/in-return`
pub(super) async fn set_in_return(
    page: Page,
    visitor: Visitor,
    path: web::Path<(String, String)>,
    app: web::Data<App>,
    form: Form,
) -> Result<HttpResponse, AppError> {
    let kept = kept(&app, &visitor, &path.1).await?;
    let (mut typed, mut wrong): (Vec<(Lang, String)>, Vec<(&str, String)>) = Default::default();
    for (name, lang) in RETURN_FIELDS {
        let body = text::clean(form.get(name)).trim().to_owned();
        let length = body.chars().count();
        if length > MAX_STATEMENT {
            wrong.push((name, page.t.count("statement-long", (length - MAX_STATEMENT) as i64)));
        }
        typed.push((lang, body));
    }
    if !wrong.is_empty() {
        let form = return_form(&page, &visitor, &kept, &typed, &wrong);
        return section(page, &app, &kept, "return", form, StatusCode::UNPROCESSABLE_ENTITY);
    }
    // Texts in languages that the form does not show stay.
    let mut stated: Vec<(String, String)> = kept.profile.in_return.clone();
    stated.retain(|(l, _)| Lang::parse_page(l).is_none());
    let filled = typed.into_iter().filter(|(_, body)| !body.is_empty());
    stated.extend(filled.map(|(lang, body)| (lang.code().to_owned(), body)));
    let profile = Profile { in_return: stated, ..kept.profile.clone() };
    let way = ("profile-in-return", "/in-return", "?saved=1");
    save(page, &visitor, &app, &kept, &form, way, profile).await
}
