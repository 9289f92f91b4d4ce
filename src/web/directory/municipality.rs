//! One municipality: facts with their sources, needs and offers, recorded
//! ties, a first look at who fits.

mod around;
mod you;

use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;

use super::municipality::around::NeighbourView;
use super::municipality::you::YouView;
use crate::domain::account::Account;
use crate::domain::audience::Audience;
use crate::domain::contact::Contact;
use crate::domain::directory::{Directory, Row};
use crate::domain::municipality::{Municipality, Position, Status};
use crate::domain::official::official_languages;
use crate::domain::profile::{Language, Profile};
use crate::domain::tie::Place;
use crate::i18n::{Lang, T, Value};
use crate::invented;
use crate::search::romanise;
use crate::snapshot::Snapshot;
use crate::storage::{contacts, hidings};
use crate::web::kit::app::App;
use crate::web::kit::error::AppError;
use crate::web::kit::lookup::{Found, find, moved};
use crate::web::kit::map::{BaseMap, Projection};
use crate::web::kit::page::Page;
use crate::web::kit::params::Params;
use crate::web::kit::respond::html;
use crate::web::kit::view::{
    ControlView, EntriesView, MatchView, NameView, PeopleView, role, source,
};
use crate::web::kit::visitor::Visitor;
use crate::web::kit::work::on_database;
use crate::wording::{self, Tagged};

/// Suggestions previewed.
const PREVIEW: usize = 3;

struct FactView {
    label: String,
    value: Tagged,
    note: String,
    /// A code, set small enough to stay on its line.
    is_code: bool,
}

impl FactView {
    fn new(label: String, value: String, note: String) -> FactView {
        FactView { label, value: Tagged { text: value, lang: "" }, note, is_code: false }
    }
}

/// What GeoNames asks to be said.
const GEONAMES: &str = "GeoNames, CC BY 4.0";

/// A recorded tie, seen from one end.
pub(crate) struct TieView {
    pub(crate) name: String,
    pub(crate) lang: &'static str,
    pub(crate) url: String,
    pub(crate) place: String,
    pub(crate) since: String,
    pub(crate) source: String,
}

/// Country and name of a place outside the directory, which lists write
/// `country:name`.
pub(crate) fn outside_name(name: &str) -> (String, String) {
    let (country, place) = name.split_once(':').unwrap_or(("", name));
    let capital = |s: &str| {
        let mut c = s.chars();
        c.next().map_or(String::new(), |f| f.to_uppercase().chain(c).collect())
    };
    (capital(country), capital(place))
}

/// The recorded ties of a municipality, those across the border of Ukraine
/// first.
pub(crate) fn ties(page: &Page, directory: &Directory, m: &Municipality) -> Vec<TieView> {
    let t = page.t;
    let mut found: Vec<(bool, TieView)> = directory
        .ties_of(m.id)
        .filter_map(|tie| {
            let since =
                tie.since.map_or(String::new(), |y| t.one("tie-since", "year", y.to_string()));
            // The page says once, under the name, that all is invented.
            let source = match tie.source.as_str() {
                invented::SOURCE => String::new(),
                other => source(t, other),
            };
            match tie.other(m.id)? {
                Place::Listed(id) => {
                    let other = directory.municipality(directory.by_id(*id)?);
                    let across = other.country.is_ukraine() != m.country.is_ukraine();
                    let name = NameView::new(page, directory, other);
                    Some((
                        across,
                        TieView {
                            name: name.name,
                            lang: name.lang,
                            url: name.url,
                            place: name.whereabouts,
                            since,
                            source,
                        },
                    ))
                }
                Place::Outside(name) => {
                    let (country, place) = outside_name(name);
                    let key = format!("country-{country}");
                    let country = if t.has(&key) { t.get(&key) } else { country };
                    Some((
                        false,
                        TieView {
                            name: place,
                            lang: "",
                            url: String::new(),
                            place: country,
                            since,
                            source,
                        },
                    ))
                }
            }
        })
        .collect();
    found.sort_by(|(a, x), (b, y)| b.cmp(a).then_with(|| x.name.cmp(&y.name)));
    found.into_iter().map(|(_, view)| view).collect()
}

/// A priority project as the page shows it.
struct ProjectView {
    title: Tagged,
    /// Area, stage and cost.
    about: String,
    /// Its number in the register and the address there.
    dream: Option<(String, String)>,
    /// Whether only verified members see it.
    narrow: bool,
}

/// A text in the language of the page, else in the first it is there in.
fn in_language(page: &Page, texts: &[(String, String)]) -> Option<Tagged> {
    let (lang, body) = texts.iter().find(|(l, _)| l == page.lang()).or(texts.first())?;
    let other = Language::parse(lang).filter(|l| l.code() != page.lang());
    Some(Tagged { text: body.clone(), lang: other.map_or("", |l| l.code()) })
}

/// The projects that a visitor may see.
fn projects(page: &Page, profile: &Profile, insider: bool) -> Vec<ProjectView> {
    let t = page.t;
    let seen = profile.projects.iter().filter(|p| insider || p.audience == Audience::Public);
    seen.filter_map(|p| {
        let stage = t.get(&format!("stage-{}", p.stage.as_str()));
        let cost = p.cost.map(|c| t.get(&format!("cost-{}", c.as_str())));
        let about: Vec<String> = [t.get(&p.area.key()), stage].into_iter().chain(cost).collect();
        Some(ProjectView {
            title: in_language(page, &p.titles)?,
            about: about.join(" · "),
            dream: p.dream.as_ref().map(|d| (d.as_str().to_owned(), d.url())),
            narrow: p.audience != Audience::Public,
        })
    })
    .collect()
}

#[derive(Template)]
#[template(path = "directory/municipality/show.html")]
struct Show {
    page: Page,
    name: NameView,
    /// The raion of a hromada.
    raion: String,
    country: String,
    country_url: String,
    region: String,
    region_url: String,
    tags: Vec<String>,
    verified: bool,
    control: Option<ControlView>,
    /// Whether it is under occupation: then nobody is suggested.
    occupied: bool,
    facts: Vec<FactView>,
    /// Where to search for the official site, abroad.
    search_url: String,
    /// Whether a footnote says that Ukraine has not recognised the country.
    unrecognised: bool,
    entries: EntriesView,
    in_return: Option<Tagged>,
    projects: Vec<ProjectView>,
    is_hromada: bool,
    /// How it stands to the visitor's own municipality.
    you: Option<YouView>,
    /// Whether any tie is recorded at all: else there is no list to be partial.
    has_list: bool,
    /// The visitor imports lists, or may ask whom to.
    imports_lists: bool,
    has_ties: bool,
    neighbours: Vec<NeighbourView>,
    matches: Vec<MatchView>,
    /// Whether one of those shown, or the municipality itself, has stated
    /// anything that the suggestions follow.
    states: bool,
    map: BaseMap,
    x: String,
    y: String,
    map_note: String,
    ties: Vec<TieView>,
    partners_url: String,
    passport_url: String,
    /// To claim it; nothing for its members, who keep the profile already.
    claim_url: Option<String>,
    correction_url: String,
    json_url: String,
    /// Contacts the visitor may see.
    contacts: Vec<Contact>,
    /// What the visitor may do here beside reading: address and label.
    tools: Vec<(String, String)>,
}

/// The contacts of a municipality that somebody may see: its own members and
/// officers all, members of verified municipalities those that are for them.
pub(crate) async fn contacts_for(
    app: &web::Data<App>,
    account: &Account,
    m: &Municipality,
    among_verified: bool,
) -> Result<Vec<Contact>, AppError> {
    if !among_verified && !account.may_edit(m.id) {
        return Ok(Vec::new());
    }
    let (id, all) = (m.id, account.may_edit(m.id) || account.oversees(m.country));
    on_database(app, move |conn, _| {
        if hidings::of(conn, id)?.is_some() && !all {
            return Ok(Vec::new());
        }
        let mut found = contacts::of(conn, id)?;
        found.retain(|c| all || c.audience == Audience::Verified);
        Ok(found)
    })
    .await
}

/// What somebody may do with a municipality beside reading.
fn tools(page: &Page, account: &Account, m: &Municipality) -> Vec<(String, String)> {
    let own = |section: &str, key: &str| {
        (page.municipality_url(&format!("{}{section}", m.slug)), page.t.get(key))
    };
    let mut all = Vec::new();
    if account.may_edit(m.id) {
        all.push(own("/profile", "tool-profile"));
        all.push(own("/members", "members-title"));
        all.push(own("/history", "tool-history"));
    }
    if account.may_sign_for(m.id) {
        all.push(own("/hiding", "hiding-title"));
    }
    if account.oversees(m.country) {
        let url = page.url(&format!("/admin/municipalities/{}", m.slug));
        all.push((url, page.t.get("tool-curation")));
    }
    all
}

fn facts(page: &Page, snapshot: &Snapshot, row: Row) -> Vec<FactView> {
    let t = page.t;
    let record = snapshot.directory.record(row);
    let (m, profile) = (&record.municipality, &record.profile);
    let mut facts = Vec::new();
    let fact = |label: &str, value: String, note: String| FactView::new(t.get(label), value, note);
    let people = PeopleView::new(t, m);
    facts.push(if people.figure.is_empty() {
        fact("fact-people", t.get("not-known"), String::new())
    } else {
        fact("fact-people", people.figure, people.source)
    });
    let centre = match (m.centre.as_str(), m.is_hromada(), t.lang) {
        ("", ..) => String::new(),
        (seat, false, _) => t.one("fact-seat", "name", seat),
        (centre, true, Lang::Uk) => t.one("fact-centre", "name", centre),
        (centre, true, _) => t.one("fact-centre", "name", romanise(centre)),
    };
    facts.push(fact("fact-role", role(t, m.role), centre));
    if let Some(n) = m.settlements {
        let number = t.number(i64::from(n));
        facts.push(fact("fact-settlements", number, t.get("source-codifier")));
    }
    if let Some(past) = &m.occupied_until {
        let until = t.partial_date(past.until);
        facts.push(fact("fact-occupied-until", until, source(t, &past.source)));
    }
    if !m.is_hromada() {
        facts.extend(facts_abroad(t, m));
        facts.extend(known_around(t, snapshot, row));
    }
    let code = match (&m.katottg, m.geonames_id) {
        (Some(code), _) => Some(fact("fact-katottg", code.clone(), t.get("source-codifier"))),
        (None, Some(id)) => Some(fact("fact-geonames", id.to_string(), GEONAMES.to_owned())),
        (None, None) => None,
    };
    facts.extend(code.map(|code| FactView { is_code: true, ..code }));
    let said = if m.invented { String::new() } else { t.get("source-itself") };
    if !profile.languages.is_empty() {
        let languages: Vec<String> = profile
            .languages
            .iter()
            .map(|(l, f)| format!("{}\u{A0}{}", t.get(&l.key()), f.as_str()))
            .collect();
        let interpreter = profile.interpreter.then(|| t.get("fact-interpreter"));
        let notes = [Some(said.clone()).filter(|s| !s.is_empty()), interpreter];
        let note = notes.into_iter().flatten().collect::<Vec<String>>().join("; ");
        facts.push(fact("fact-languages", languages.join(", "), note));
    }
    if !profile.formats.is_empty() {
        let formats: Vec<String> = profile.formats.iter().map(|f| t.get(&f.key())).collect();
        facts.push(fact("fact-formats", formats.join(", "), said));
    }
    facts
}

/// District and official languages, which go without saying in Ukraine.
fn facts_abroad(t: T, m: &Municipality) -> Vec<FactView> {
    let mut facts = Vec::new();
    if let Some(value) = wording::district_abroad(t, m) {
        let label = t.one("fact-district", "country", m.country.code());
        facts.push(FactView { label, value, note: GEONAMES.to_owned(), is_code: false });
    }
    let official = official_languages(m);
    if !official.is_empty() {
        let names: Vec<String> = official.iter().map(|l| t.get(&l.key())).collect();
        let label = t.count("fact-official", official.len());
        facts.push(FactView::new(label, names.join(", "), t.get("fact-official-note")));
    }
    facts
}

/// How many partnerships of its country and its region with Ukraine are known.
fn known_around(t: T, snapshot: &Snapshot, row: Row) -> Option<FactView> {
    let (country, region) = snapshot.corpus.known_around(row).filter(|(n, _)| *n > 0)?;
    let directory = &*snapshot.directory;
    let name = wording::region(t, directory, directory.municipality(row));
    let note = match name.is_empty() {
        true => String::new(),
        false => t.with(
            "fact-known-region",
            &[
                ("count", Value::from(i64::from(region))),
                ("n", Value::from(t.number(i64::from(region)))),
                ("region", Value::from(name)),
            ],
        ),
    };
    let country = t.count("fact-known-country", i64::from(country));
    Some(FactView::new(t.get("fact-known"), country, note))
}

/// Where to search for the official site of a municipality abroad, in its own
/// words: none is known, and a search with name, kind and country finds most.
fn search_url(m: &Municipality) -> String {
    let own = if m.name_native.is_empty() { &m.name } else { &m.name_native };
    let country = wording::country(T::pages(Lang::En), m.country);
    let words = format!("{own} {} {country}", wording::word_for_municipality(m));
    let query = serde_html_form::to_string([("q", words)]).unwrap_or_default();
    format!("https://duckduckgo.com/?{query}")
}

/// `GET /{lang}/municipalities/{slug}`
pub(crate) async fn show(
    request: HttpRequest,
    page: Page,
    visitor: Visitor,
    path: web::Path<(String, String)>,
    app: web::Data<App>,
) -> Result<HttpResponse, AppError> {
    Params::of(&request, &[])?;
    let snapshot = app.now();
    let directory = &*snapshot.directory;
    let slug = &path.1;
    let row = match find(directory, slug)? {
        Found::Here(row) => row,
        Found::Moved(new) => return Ok(moved(&request, slug, &new)),
    };
    let t = page.t;
    let record = directory.record(row);
    let m = &record.municipality;
    let matches: Vec<MatchView> = snapshot
        .suggest(row, PREVIEW)
        .iter()
        .enumerate()
        .filter_map(|(i, found)| {
            MatchView::new(&page, directory, &snapshot.corpus, row, found, i + 1)
        })
        .collect();
    let among_verified = visitor.is_among_verified(directory);
    let account = visitor.account();
    let (contacts, tools) = match account {
        None => (Vec::new(), Vec::new()),
        Some(account) => {
            (contacts_for(&app, account, m, among_verified).await?, tools(&page, account, m))
        }
    };
    let insider = among_verified || account.is_some_and(|a| a.may_edit(m.id));
    let projection = Projection::around(m.point);
    let (x, y) = projection.place(m.point);
    let mut tags = vec![t.get(&format!("status-{}", m.status.as_str()))];
    if record.profile.has_open_place() {
        let places = record.profile.capacity.unwrap_or(0);
        tags.push(t.count("tag-open", i64::from(places)));
    } else if record.profile.is_closed() {
        tags.push(t.get("tag-closed"));
    }
    if m.invented {
        tags.push(t.get("tag-invented"));
    }
    let country_url = page.url(&format!("/municipalities?country={}", m.country));
    html(&Show {
        name: NameView::new(&page, directory, m),
        raion: if m.is_hromada() { wording::district(t, m) } else { String::new() },
        country: wording::country(t, m.country),
        region: wording::region(t, directory, m),
        region_url: format!("{country_url}&region={}", m.region),
        country_url,
        verified: m.status == Status::Verified,
        tags,
        control: ControlView::of(t, m),
        occupied: m.is_occupied(),
        facts: facts(&page, &snapshot, row),
        search_url: if m.is_hromada() { String::new() } else { search_url(m) },
        unrecognised: !m.country.is_recognised(),
        entries: EntriesView::new(&page, record, snapshot.today, insider),
        in_return: in_language(&page, &record.profile.in_return),
        projects: projects(&page, &record.profile, insider),
        is_hromada: m.is_hromada(),
        has_ties: directory.ties_of(m.id).next().is_some(),
        neighbours: around::neighbours(&page, &snapshot, row),
        you: account.and_then(|account| you::you_and(&page, &snapshot, account, row)),
        has_list: !directory.ties().is_empty(),
        imports_lists: account.is_some_and(Account::is_officer),
        states: record.profile.states_anything(snapshot.today)
            || matches.iter().any(|found| found.score.shown),
        matches,
        map: projection.base(),
        x: format!("{x:.1}"),
        y: format!("{y:.1}"),
        map_note: t.get(match m.position {
            Position::Centre => "map-note-centre",
            Position::Settlements => "map-note-settlements",
            Position::District => "map-note-district",
        }),
        ties: ties(&page, directory, m),
        partners_url: page.url(&format!("/municipalities/{}/partners", m.slug)),
        passport_url: page.url(&format!("/municipalities/{}/passport", m.slug)),
        claim_url: (!account.is_some_and(|a| a.may_edit(m.id)))
            .then(|| page.municipality_url(&format!("{}/claim", m.slug))),
        correction_url: page.municipality_url(&format!("{}/correction", m.slug)),
        json_url: format!("/api/v1/municipalities/{}", m.slug),
        contacts,
        tools,
        page,
    })
}
