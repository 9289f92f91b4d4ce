//! What a visitor can take away and send: a first letter to a partner, and a
//! one-page profile. Both are put together from choices, read whole in each
//! language without anybody writing, and are stored nowhere.

use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;

use super::error::{AppError, Problem};
use super::municipality::{Found, find, moved, outside_name};
use super::page::Page;
use super::params::Params;
use super::view::{Choice, ControlView, NameView, rounded};
use super::{App, html};
use crate::domain::area::{AREAS, SubArea};
use crate::domain::directory::{Directory, Row};
use crate::domain::municipality::{Control, Municipality, Role};
use crate::domain::profile::{Direction, Level};
use crate::domain::tie::Place;
use crate::i18n::{Lang, T, Value, sort_key};
use crate::matching::{Arg, Reason};
use crate::snapshot::Snapshot;
use crate::wording;

/// Reasons a letter names at most: more, and nobody reads it.
const MOST_REASONS: usize = 4;
/// Reasons chosen before anybody chooses.
const CHOSEN: usize = 2;

/// First steps a letter can propose.
const STEPS: [&str; 4] = ["online", "visit", "application", "youth"];

/// The name of a municipality in the language of a letter.
fn letter_name(lang: Lang, m: &Municipality) -> String {
    if m.is_hromada() {
        let key = if m.role == Role::Kyiv { "name-kyiv" } else { "name-hromada" };
        let adjective = if lang == Lang::Uk { &m.name } else { &m.name_en };
        return T::letters(lang).one(key, "name", adjective);
    }
    match lang {
        Lang::En | Lang::Uk => wording::name(T::pages(lang), m),
        Lang::Pl | Lang::De => m.name.clone(),
    }
}

/// The region of a municipality in the language of a letter; empty where
/// there is none or it says no more than the name.
fn letter_region(lang: Lang, directory: &Directory, m: &Municipality) -> String {
    if m.country.is_ukraine() {
        // Kyiv is a region of its own.
        let oblast = m.region.get(..4).filter(|_| m.role != Role::Kyiv);
        return oblast.map_or(String::new(), |code| {
            T::letters(lang).get(&format!("oblast-{}", code.to_lowercase()))
        });
    }
    let Some(region) = directory.region_of(m) else { return String::new() };
    let name = match lang {
        Lang::Uk if !region.name_uk.is_empty() => &region.name_uk,
        // Of regions abroad only English and Ukrainian names are known.
        Lang::Pl | Lang::De => return String::new(),
        _ => &region.name,
    };
    if [&m.name, &m.name_en, &m.name_uk].contains(&name) { String::new() } else { name.clone() }
}

/// Region and country in the language of a letter.
fn letter_whereabouts(lang: Lang, directory: &Directory, m: &Municipality) -> String {
    let country = T::letters(lang).get(&m.country.key());
    match letter_region(lang, directory, m) {
        region if region.is_empty() || region == country => country,
        region => format!("{region}, {country}"),
    }
}

/// The language a municipality writes in, of those letters are in.
fn language_of(m: &Municipality) -> Lang {
    wording::own_language(m.country).and_then(Lang::parse).unwrap_or(Lang::En)
}

/// A reason as a letter says it, seen from the sender.
struct LetterReason {
    key: &'static str,
    /// Distinguishes it from others of the same key, in an address.
    code: String,
    args: Vec<(&'static str, Arg)>,
}

/// What of the reasons of a pair can be said in a letter.
fn letter_reasons(
    (from, to): (&Municipality, &Municipality),
    for_sender: &[Reason],
    for_receiver: &[Reason],
) -> Vec<LetterReason> {
    let from_hromada = from.is_hromada();
    let in_kyiv = [from, to].iter().any(|m| m.role == Role::Kyiv);
    let of_sender = for_sender.iter().filter_map(|r| {
        let by_side = |hromada, place| if from_hromada { hromada } else { place };
        let key = match r.key {
            // “Our oblast” is said of a hromada in one, and Kyiv is in none.
            "reason-country-oblast"
            | "reason-oblast-region"
            | "reason-near-other-partner"
            | "reason-beside-other-partner"
            | "reason-around-other-partner"
                if in_kyiv =>
            {
                return None;
            }
            "reason-need-met" => "letter-reason-need-met",
            "reason-need-near" => "letter-reason-need-near",
            "reason-can-share" => "letter-reason-can-share",
            "reason-exchange" => "letter-reason-exchange",
            "reason-language" => "letter-reason-language",
            "reason-formats" => "letter-reason-formats",
            "reason-size-same" | "reason-size-little-larger" | "reason-size-little-smaller" => {
                "letter-reason-size"
            }
            "reason-distance" => "letter-reason-distance",
            "reason-country-oblast" => {
                by_side("letter-reason-oblast-country", "letter-reason-oblast-country-place")
            }
            "reason-oblast-region" => {
                by_side("letter-reason-oblast-region", "letter-reason-oblast-region-place")
            }
            "reason-beside-other-partner"
            | "reason-near-other-partner"
            | "reason-around-other-partner" => {
                by_side("letter-reason-near-other", "letter-reason-near-other-place")
            }
            "reason-shared-partner" => {
                by_side("letter-reason-shared-partner", "letter-reason-shared-partner-place")
            }
            "reason-near-partner" => {
                by_side("letter-reason-near-partner", "letter-reason-near-partner-place")
            }
            "reason-twins" => "letter-reason-twins",
            _ => return None,
        };
        Some((key, r))
    });
    let of_receiver = for_receiver
        .iter()
        .filter_map(|r| (r.key == "reason-need-met").then_some(("letter-reason-can-share", r)));
    let mut found: Vec<LetterReason> = Vec::new();
    for (key, reason) in of_sender.chain(of_receiver) {
        // Of several needs that are met each is a reason of its own.
        let subarea = reason.args.iter().find_map(|(_, arg)| match arg {
            Arg::SubArea(s) => Some(format!(":{s}")),
            _ => None,
        });
        let code = subarea.unwrap_or_default();
        let code = format!("{}{code}", key.trim_start_matches("letter-reason-"));
        if found.iter().all(|r| r.code != code) {
            found.push(LetterReason { key, code, args: reason.args.clone() });
        }
    }
    found
}

/// A sentence of a letter in its language.
fn say(t: T, directory: &Directory, key: &str, args: &[(&'static str, Arg)]) -> String {
    let mut values: Vec<(&str, Value<'_>)> = args
        .iter()
        .map(|(name, arg)| {
            let text = match arg {
                Arg::Number(n) if *name == "count" => return ("count", Value::from(*n)),
                Arg::Number(n) => t.number(*n),
                Arg::Municipality(row) => letter_name(t.lang, directory.municipality(*row)),
                Arg::SubArea(s) => t.get(&s.key()),
                Arg::Language(l) => t.get(&l.key()),
                Arg::Country(c) => t.get(&c.key()),
                Arg::Format(f) => t.get(&f.key()),
                Arg::Fluency(f) => f.as_str().to_owned(),
                Arg::Region(..)
                | Arg::Size(_)
                | Arg::People(_)
                | Arg::Need(..)
                | Arg::Offer(..) => String::new(),
            };
            (*name, Value::from(text))
        })
        .collect();
    if let Some((_, Arg::Number(n))) = args.iter().find(|(name, _)| *name == "count") {
        values.push(("n", Value::from(t.number(*n))));
    }
    t.with(key, &values)
}

/// What the letter is to say.
struct Chosen {
    reasons: Vec<usize>,
    learn: Option<SubArea>,
    share: Option<SubArea>,
    step: &'static str,
}

/// One letter in one language.
struct SheetView {
    lang: &'static str,
    label: String,
    from: String,
    from_where: String,
    to: String,
    date: String,
    title: String,
    salutation: String,
    paragraphs: Vec<String>,
    closing: String,
    sign: String,
    contact: String,
    made_with: String,
    /// Said where what the letter rests on is invented.
    invented: Option<String>,
    id: String,
}

/// A sentence that follows an opener such as "First,".
fn joined(opener: &str, sentence: &str) -> String {
    format!("{opener} {sentence}")
}

fn capitalised(sentence: &str) -> String {
    let mut chars = sentence.chars();
    chars.next().map_or(String::new(), |c| c.to_uppercase().chain(chars).collect())
}

struct Writing<'a> {
    snapshot: &'a Snapshot,
    from: Row,
    to: Row,
    reasons: &'a [LetterReason],
    chosen: &'a Chosen,
    today: chrono::NaiveDate,
}

impl Writing<'_> {
    fn introduction(&self, t: T) -> String {
        let directory = &*self.snapshot.directory;
        let m = directory.municipality(self.from);
        let name = Value::from(letter_name(t.lang, m));
        let region = letter_region(t.lang, directory, m);
        let no_region = region.is_empty();
        let region = Value::from(region);
        let country = Value::from(t.get(&m.country.key()));
        let people = m.population.as_ref().map(|p| t.number(rounded(p.value, true)));
        match (m.is_hromada(), people, m.settlements) {
            (true, Some(people), _) if m.role == Role::Kyiv => {
                t.with("letter-intro-kyiv", &[("name", name), ("people", Value::from(people))])
            }
            (true, Some(people), Some(n)) => t.with(
                "letter-intro-hromada",
                &[
                    ("name", name),
                    ("count", Value::from(i64::from(n))),
                    ("n", Value::from(t.number(i64::from(n)))),
                    ("people", Value::from(people)),
                    ("region", region),
                ],
            ),
            (true, _, _) => {
                t.with("letter-intro-hromada-short", &[("name", name), ("region", region)])
            }
            (false, Some(people), _) if no_region => t.with(
                "letter-intro-place-country",
                &[("name", name), ("people", Value::from(people)), ("country", country)],
            ),
            (false, Some(people), _) => t.with(
                "letter-intro-place",
                &[
                    ("name", name),
                    ("people", Value::from(people)),
                    ("region", region),
                    ("country", country),
                ],
            ),
            (false, None, _) => {
                t.with("letter-intro-place-short", &[("name", name), ("country", country)])
            }
        }
    }

    /// The sentences that give reasons, each beginning lower-case.
    fn reasons(&self, t: T) -> Vec<String> {
        let directory = &*self.snapshot.directory;
        let mut said: Vec<String> = self
            .chosen
            .reasons
            .iter()
            .filter_map(|&i| self.reasons.get(i))
            .map(|r| say(t, directory, r.key, &r.args))
            .collect();
        let asks =
            [("letter-ask-need", self.chosen.learn), ("letter-ask-offer", self.chosen.share)];
        for (key, subarea) in asks {
            if let Some(subarea) = subarea {
                said.push(say(t, directory, key, &[("subarea", Arg::SubArea(subarea))]));
            }
        }
        if said.is_empty() {
            said.push(t.get("letter-reason-general"));
        }
        said.truncate(MOST_REASONS);
        said
    }

    fn sheet(&self, lang: Lang) -> SheetView {
        let t = T::letters(lang);
        let directory = &*self.snapshot.directory;
        let (from, to) = (directory.municipality(self.from), directory.municipality(self.to));
        let hromada = from.is_hromada();
        let kind = |m: &Municipality| match m.role {
            Role::Kyiv => "kyiv",
            _ if m.is_hromada() => "hromada",
            _ => "place",
        };
        let reasons = self.reasons(t);
        let why = match (hromada, reasons.len()) {
            (true, 1) => t.get("letter-why-one"),
            (true, n) => t.count("letter-why-many", n as i64),
            (false, 1) => t.get("letter-why-place-one"),
            (false, n) => t.count("letter-why-place-many", n as i64),
        };
        let mut paragraphs = vec![format!("{} {why}", self.introduction(t))];
        if let [one] = &reasons[..] {
            paragraphs.push(capitalised(one));
        } else {
            let openers = ["letter-first", "letter-second", "letter-third", "letter-fourth"];
            paragraphs
                .extend(reasons.iter().zip(openers).map(|(r, opener)| joined(&t.get(opener), r)));
        }
        let mut last = t.get(&format!("letter-step-{}", self.chosen.step));
        let languages: Vec<String> = directory
            .record(self.from)
            .profile
            .languages
            .iter()
            .filter(|(_, f)| f.value() >= 2)
            .map(|(l, _)| t.get(&l.key()))
            .collect();
        if !languages.is_empty() {
            last = format!("{last} {}", t.one("letter-languages", "languages", t.list(&languages)));
        }
        paragraphs.push(last);
        paragraphs.push(t.get("letter-reply"));
        SheetView {
            lang: lang.code(),
            label: t.get("letter-aria"),
            from: letter_name(lang, from),
            from_where: letter_whereabouts(lang, directory, from),
            to: t.one(&format!("letter-to-{}", kind(to)), "name", letter_name(lang, to)),
            date: t.one("letter-date", "date", t.date(self.today)),
            title: t.get("letter-title"),
            salutation: t.get(if kind(to) == "hromada" {
                "letter-salutation-hromada"
            } else {
                "letter-salutation-place"
            }),
            paragraphs,
            closing: t.get("letter-closing"),
            sign: t.get(match from.role {
                Role::Kyiv => "letter-sign-kyiv",
                Role::OblastCentre | Role::Urban => "letter-sign-urban",
                Role::Settlement => "letter-sign-settlement",
                Role::Rural => "letter-sign-rural",
                // A mayor elsewhere; a hromada is headed by whom its centre elects.
                _ => "letter-sign-place",
            }),
            contact: t.get("letter-contact-line"),
            made_with: t.get("letter-made-with"),
            invented: (from.invented || to.invented).then(|| t.get("letter-invented")),
            id: format!("letter-{}", lang.code()),
        }
    }
}

struct OptionGroup {
    label: String,
    options: Vec<Choice>,
}

fn subarea_options(page: &Page, chosen: Option<SubArea>) -> Vec<OptionGroup> {
    AREAS
        .iter()
        .map(|area| OptionGroup {
            label: page.t.get(&area.key()),
            options: area
                .subareas()
                .map(|s| Choice::new(s.to_string(), page.t.get(&s.key()), chosen == Some(s)))
                .collect(),
        })
        .collect()
}

#[derive(Template)]
#[template(path = "letters/show.html")]
struct Show {
    page: Page,
    own: NameView,
    other: NameView,
    languages: Vec<Choice>,
    reasons: Vec<Choice>,
    learn: Vec<OptionGroup>,
    share: Vec<OptionGroup>,
    steps: Vec<Choice>,
    /// None where a side is under occupation: no letter is written then.
    sheets: Vec<SheetView>,
    pair_url: String,
    already: bool,
    controls: Vec<ControlView>,
}

/// `GET /{lang}/municipalities/{slug}/partners/{partner}/letter`
pub(super) async fn show(
    request: HttpRequest,
    page: Page,
    path: web::Path<(String, String, String)>,
    app: web::Data<App>,
) -> Result<HttpResponse, AppError> {
    let params = Params::of(&request, &["to", "r", "learn", "share", "step", "chosen"])?;
    let snapshot = app.now();
    let directory = &*snapshot.directory;
    let from = match find(directory, &path.1)? {
        Found::Here(row) => row,
        Found::Moved(new) => return Ok(moved(&request, &path.1, &new)),
    };
    let (Found::Here(to), why) = (
        find(directory, &path.2)?,
        directory.find(&path.2).and_then(|to| snapshot.corpus.explain(from, to)),
    ) else {
        return Err(AppError::NotFound);
    };
    let why = why.ok_or(AppError::NotFound)?;
    let (own, other) = (directory.municipality(from), directory.municipality(to));
    let reasons = letter_reasons((own, other), &why.for_subject, &why.for_partner);
    let by_code = |code: &str| reasons.iter().position(|r| r.code == code);
    let mut chosen_reasons = params.all_parsed("r", by_code)?;
    if !params.has("chosen") && chosen_reasons.is_empty() {
        chosen_reasons = (0..reasons.len().min(CHOSEN)).collect();
    }
    let their = params.parsed("to", Lang::parse)?.unwrap_or_else(|| language_of(other));
    // Where there is fighting, a letter does not begin with a journey.
    let at_the_front = [own, other].iter().any(|m| m.control == Control::Front);
    let steps: Vec<&'static str> =
        STEPS.into_iter().filter(|s| !(at_the_front && *s == "visit")).collect();
    let step = params
        .parsed("step", |s| STEPS.into_iter().find(|x| *x == s))?
        .filter(|s| steps.contains(s))
        .unwrap_or(STEPS[0]);
    let first = |wanted: fn(Direction) -> bool| {
        directory
            .record(from)
            .profile
            .public_entries(snapshot.today)
            .find(|e| wanted(e.direction))
            .map(|e| e.subarea)
    };
    // Where the other side has stated nothing, what the sender itself has
    // stated is the natural thing to write about.
    let own_topics = !params.has("chosen") && !why.partner_states;
    let learn = params.parsed("learn", SubArea::parse)?.or(if own_topics {
        first(Direction::needs)
    } else {
        None
    });
    let share = params.parsed("share", SubArea::parse)?.or(if own_topics {
        first(Direction::offers)
    } else {
        None
    });
    let chosen = Chosen { reasons: chosen_reasons, learn, share, step };
    let writing = Writing {
        snapshot: &snapshot,
        from,
        to,
        reasons: &reasons,
        chosen: &chosen,
        today: app.live.clock().today(),
    };
    let mut languages = vec![language_of(own), their];
    languages.dedup();
    html(&Show {
        own: NameView::new(&page, directory, own),
        other: NameView::new(&page, directory, other),
        languages: Lang::LETTERS
            .into_iter()
            .map(|l| Choice::new(l.code(), l.own_name(), l == their))
            .collect(),
        reasons: reasons
            .iter()
            .enumerate()
            .map(|(i, r)| {
                // The choice is described in the page's language.
                let t = T::letters(page.t.lang);
                let label = say(t, directory, r.key, &r.args);
                Choice::new(&r.code, label, chosen.reasons.contains(&i))
            })
            .collect(),
        learn: subarea_options(&page, chosen.learn),
        share: subarea_options(&page, chosen.share),
        steps: steps
            .into_iter()
            .map(|s| Choice::new(s, page.t.get(&format!("letter-choice-{s}")), s == step))
            .collect(),
        sheets: if own.is_occupied() || other.is_occupied() {
            Vec::new()
        } else {
            languages.into_iter().map(|l| writing.sheet(l)).collect()
        },
        already: snapshot.corpus.are_partners(from, to),
        controls: [own, other].into_iter().filter_map(|m| ControlView::of(page.t, m)).collect(),
        pair_url: page.url(&format!("/municipalities/{}/partners/{}", own.slug, other.slug)),
        page,
    })
}

struct PassportEntry {
    title: String,
    area: String,
    level: String,
    statement: String,
}

#[derive(Template)]
#[template(path = "letters/passport.html")]
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
                statement: String::new(),
            },
            true => PassportEntry {
                title: t.get(&e.subarea.key()),
                area: t.get(&e.subarea.area().key()),
                level: level(e.level),
                statement: e
                    .statements
                    .iter()
                    .find(|(l, _)| l == t.lang.code())
                    .map_or(String::new(), |(_, body)| body.clone()),
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
                Some(letter_name(lang, other))
            }
            Place::Outside(name) => Some(outside_name(name).1),
        })
        .collect();
    names.sort_by_cached_key(|name| sort_key(lang, name));
    names
}

/// `GET /{lang}/municipalities/{slug}/passport`
pub(super) async fn passport(
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
    let mut facts = vec![(t.get("passport-where"), letter_whereabouts(lang, directory, m))];
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
        name: letter_name(lang, m),
        alternative: wording::own_name(T::pages(lang), m)
            .map(|n| n.text)
            .filter(|n| *n != letter_name(lang, m))
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
