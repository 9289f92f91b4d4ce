//! A municipality on one page, to print or to attach, in every language of
//! letters.

use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;

use super::municipality::outside_name;
use crate::domain::audience::Direction;
use crate::domain::directory::{Directory, Row};
use crate::domain::municipality::{Control, Municipality};
use crate::domain::profile::Level;
use crate::domain::tie::Place;
use crate::i18n::{Lang, T, sort_key};
use crate::snapshot::Snapshot;
use crate::web::kit::app::App;
use crate::web::kit::error::{AppError, Problem};
use crate::web::kit::lookup::{Found, find, moved};
use crate::web::kit::page::Page;
use crate::web::kit::params::Params;
use crate::web::kit::respond::html;
use crate::web::kit::view::{Choice, NameView, rounded};
use crate::wording::{self, Tagged, letters};

struct PassportEntry {
    title: String,
    area: String,
    level: String,
    /// In the language of the passport, else as it was written.
    statement: Option<Tagged>,
}

#[derive(Template)]
#[template(path = "directory/passport.html")]
struct Passport {
    page: Page,
    own: NameView,
    languages: Vec<Choice>,
    lang: &'static str,
    p: T,
    name: String,
    alternative: String,
    facts: Vec<(String, String)>,
    needs: Vec<PassportEntry>,
    offers: Vec<PassportEntry>,
    exchanges: Vec<PassportEntry>,
    spoken: String,
    formats: String,
    ties: String,
    /// What is to be known of who controls it, in the passport's language
    /// and with since when.
    control: String,
    places: String,
    source: String,
    invented: bool,
    address: String,
}

fn passport_entries(
    t: T,
    snapshot: &Snapshot,
    row: Row,
    direction: Direction,
) -> Vec<PassportEntry> {
    let level = |level: Level| t.get(&format!("passport-level-{}", level.value()));
    snapshot
        .directory
        .record(row)
        .profile
        .area_entries(snapshot.today)
        .filter(|e| e.direction == direction)
        .map(|e| match e.is_public_on(snapshot.today) {
            // Of what is for verified members, the area alone is public.
            false => PassportEntry {
                title: t.get(&e.subarea.area().key()),
                area: t.get("passport-withheld"),
                level: String::new(),
                statement: None,
            },
            true => PassportEntry {
                title: t.get(&e.subarea.key()),
                area: t.get(&e.subarea.area().key()),
                level: level(e.level),
                statement: wording::statement_of(e, t.lang),
            },
        })
        .collect()
}

/// The recorded partners of a municipality in the language of a passport.
fn tie_names(lang: Lang, directory: &Directory, m: &Municipality) -> Vec<String> {
    let mut names: Vec<String> = directory
        .ties_of(m.id)
        .filter_map(|tie| match tie.other(m.id)? {
            Place::Listed(id) => {
                let other = directory.municipality(directory.by_id(*id)?);
                Some(letters::name(lang, other))
            }
            Place::Outside(name) => Some(outside_name(name).1),
        })
        .collect();
    names.sort_by_cached_key(|name| sort_key(lang, name));
    names
}

/// `GET /{lang}/municipalities/{slug}/passport`
pub(crate) async fn show(
    request: HttpRequest,
    page: Page,
    path: web::Path<(String, String)>,
    app: web::Data<App>,
) -> Result<HttpResponse, AppError> {
    let params = Params::of(&request, &["in"])?;
    let snapshot = app.now();
    let directory = &*snapshot.directory;
    let row = match find(directory, &path.1)? {
        Found::Here(row) => row,
        Found::Moved(new) => return Ok(moved(&request, &path.1, &new)),
    };
    let lang = match params.get("in") {
        None => page.t.lang,
        Some(code) => Lang::parse(code).ok_or_else(|| {
            AppError::BadQuery(
                Problem::new("error-query-value").with("name", "in").with("value", code),
            )
        })?,
    };
    let t = T::letters(lang);
    let record = directory.record(row);
    let (m, profile) = (&record.municipality, &record.profile);
    let mut facts = vec![(t.get("passport-where"), letters::whereabouts(lang, directory, m))];
    if let Some(p) = &m.population {
        let number = t.number(rounded(p.value, p.estimated));
        let value = if p.estimated {
            format!("≈\u{A0}{number} ({})", t.get("passport-people-estimated"))
        } else {
            number
        };
        facts.push((t.get("passport-people"), value));
    }
    if let Some(n) = m.settlements {
        facts.push((t.get("passport-settlements"), t.number(i64::from(n))));
    }
    if let Some(past) = &m.occupied_until {
        facts.push((t.get("passport-occupied-until"), t.partial_date(past.until)));
    }
    facts.push((t.get("passport-role"), t.get(&format!("role-{}", m.role.as_str()))));
    if let Some(code) = &m.katottg {
        facts.push((t.get("passport-code"), code.clone()));
    } else if let Some(id) = m.geonames_id {
        facts.push((t.get("passport-geonames"), id.to_string()));
    }
    let list = |items: Vec<String>| items.join(", ");
    html(&Passport {
        own: NameView::new(&page, directory, m),
        languages: Lang::LETTERS
            .into_iter()
            .map(|l| Choice::new(l.code(), l.own_name(), l == lang))
            .collect(),
        lang: lang.code(),
        name: letters::name(lang, m),
        alternative: wording::own_name(T::pages(lang), m)
            .map(|n| n.text)
            .filter(|n| *n != letters::name(lang, m))
            .unwrap_or_default(),
        facts,
        needs: passport_entries(t, &snapshot, row, Direction::Need),
        offers: passport_entries(t, &snapshot, row, Direction::Offer),
        exchanges: passport_entries(t, &snapshot, row, Direction::Exchange),
        spoken: list(
            profile
                .languages
                .iter()
                .map(|(l, f)| format!("{}\u{A0}{}", t.get(&l.key()), f.as_str()))
                .collect(),
        ),
        formats: list(profile.formats.iter().map(|f| t.get(&f.key())).collect()),
        ties: tie_names(lang, directory, m).join(", "),
        control: match m.control {
            Control::Government => String::new(),
            control => {
                let mut said = vec![t.get(&format!("passport-control-{}", control.as_str()))];
                said.extend(
                    m.control_since.map(|d| t.one("passport-since", "date", t.partial_date(d))),
                );
                said.join(" ")
            }
        },
        places: match profile.capacity {
            Some(n) if profile.has_open_place() => t.count("passport-open", i64::from(n)),
            _ => String::new(),
        },
        source: t.one("passport-source", "date", t.date(app.live.clock().today())),
        invented: m.invented,
        address: page.whole_url(&format!("/municipalities/{}", m.slug)),
        p: t,
        page,
    })
}
