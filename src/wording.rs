//! Municipalities, reasons and places in the reader's language.

pub mod letters;

use crate::domain::area::SubArea;
use crate::domain::audience::{Audience, Direction};
use crate::domain::country::Country;
use crate::domain::directory::{Directory, Row};
use crate::domain::municipality::{Municipality, NameSource, Role};
use crate::domain::official::{languages_around, official_languages};
use crate::domain::profile::{Entry, Language};
use crate::i18n::{Lang, T, Value};
use crate::matching::explain::REASONS;
use crate::matching::{Arg, Change, Reason};

/// The name a reader knows a municipality by.
pub fn name(t: T, m: &Municipality) -> String {
    if m.is_hromada() {
        let key = if m.role == Role::Kyiv { "name-kyiv" } else { "name-hromada" };
        let adjective = if t.lang == Lang::Uk { &m.name } else { &m.name_en };
        return t.one(key, "name", adjective);
    }
    match t.lang {
        Lang::Uk if !m.name_uk.is_empty() => m.name_uk.clone(),
        // A reader of Ukrainian reads the Cyrillic of others more easily than
        // their Latin letters.
        Lang::Uk if reads_as_ukrainian(&m.name_native) => m.name_native.clone(),
        Lang::En if !m.name_en.is_empty() => m.name_en.clone(),
        _ => m.name.clone(),
    }
}

/// Whether a name has only letters that a reader of Ukrainian knows.
fn reads_as_ukrainian(name: &str) -> bool {
    const LETTERS: &str = "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя’'- ";
    !name.is_empty() && name.to_lowercase().chars().all(|c| LETTERS.contains(c))
}

/// Whether a country writes Latin letters, alone or beside others.
pub fn writes_latin(country: Country) -> bool {
    !matches!(country.code(), "BG" | "CY" | "GE" | "GR" | "MK" | "RS" | "UA")
}

/// The language a municipality's own name is in; empty where not known.
fn language_of_name(m: &Municipality) -> &'static str {
    official_languages(m).first().map_or("", |l| l.code())
}

/// A district abroad as it is written there; nothing where none is known.
pub fn district_abroad(t: T, m: &Municipality) -> Option<Tagged> {
    if m.is_hromada() || m.district.is_empty() {
        return None;
    }
    let lang = languages_around(m).first().map_or("", |l| l.code());
    Some(Tagged { text: m.district.clone(), lang: unless_of_page(t, lang) })
}

/// What a municipality is called in its own language, for whoever looks for
/// it; the English word where that is not known.
pub fn word_for_municipality(m: &Municipality) -> &'static str {
    match language_of_name(m) {
        "bg" => "община",
        "bs" | "cnr" | "hr" => "općina",
        "ca" => "ajuntament",
        "cs" | "sk" => "obec",
        "da" | "fo" | "no" => "kommune",
        "de" => "Gemeinde",
        "el" => "δήμος",
        "es" | "ca-valencia" => "ayuntamiento",
        "et" => "omavalitsus",
        "eu" => "udala",
        "fi" => "kunta",
        "fr" => "commune",
        "gl" => "concello",
        "hu" => "önkormányzat",
        "is" => "sveitarfélag",
        "it" => "comune",
        "ka" => "მუნიციპალიტეტი",
        "lt" => "savivaldybė",
        "lv" => "pašvaldība",
        "mk" => "општина",
        "mt" => "kunsill lokali",
        "nl" => "gemeente",
        "pl" => "gmina",
        "pt" => "câmara municipal",
        "ro" => "primăria",
        "sl" => "občina",
        "sq" if m.country.code() == "XK" => "komuna",
        "sq" => "bashkia",
        "sr" => "opština",
        "sv" => "kommun",
        "tr" => "belediyesi",
        _ => "council",
    }
}

/// A text with the language it is in, for the `lang` attribute; no language
/// where it is that of the page or not known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tagged {
    /// The text.
    pub text: String,
    /// Code of the language, empty when it is not to be marked.
    pub lang: &'static str,
}

fn unless_of_page(t: T, lang: &'static str) -> &'static str {
    if lang == t.lang.code() { "" } else { lang }
}

/// The language a shown name is in, where it differs from the page's.
pub fn name_language(t: T, m: &Municipality) -> &'static str {
    let shown = name(t, m);
    if m.is_hromada() || (shown != m.name && shown != m.name_native) {
        return "";
    }
    unless_of_page(t, language_of_name(m))
}

/// [`own_name`] where the reader was shown a name that is not the established
/// one in the reader's language.
pub fn untranscribed_name(t: T, m: &Municipality) -> Option<Tagged> {
    let is_transcribed = t.lang == Lang::Uk && m.name_uk_source != NameSource::Known;
    own_name(t, m).filter(|_| is_transcribed)
}

/// The name in the municipality's own language and script, where the reader
/// was shown another.
pub fn own_name(t: T, m: &Municipality) -> Option<Tagged> {
    let shown = name(t, m);
    let lang = language_of_name(m);
    let (text, lang) = if m.is_hromada() {
        let other = if t.lang == Lang::Uk { Lang::En } else { Lang::Uk };
        (name(T::pages(other), m), other.code())
    } else if !m.name_native.is_empty() {
        (m.name_native.clone(), lang)
    } else {
        (m.name.clone(), lang)
    };
    (text != shown).then_some(Tagged { text, lang })
}

/// The name of a country.
pub fn country(t: T, country: Country) -> String {
    t.get(&country.key())
}

/// The name of a region; empty where none is known.
pub fn region_name(t: T, directory: &Directory, country: Country, code: &str) -> String {
    directory.region(country, code).map_or(String::new(), |r| match t.lang {
        Lang::Uk if !r.name_uk.is_empty() => r.name_uk.clone(),
        Lang::En if country.is_ukraine() && r.name != "Kyiv" => {
            // The name of Kyiv's oblast says what it is, for it is not the city.
            t.one("name-oblast", "name", r.name.trim_end_matches(" Oblast"))
        }
        _ => r.name.clone(),
    })
}

/// An oblast of Ukraine by its code, or a country by its code.
pub fn territory(t: T, directory: &Directory, code: &str) -> String {
    match code.parse::<Country>() {
        Ok(of) => country(t, of),
        Err(_) => region_name(t, directory, Country::UKRAINE, code),
    }
}

/// The region of a municipality.
pub fn region(t: T, directory: &Directory, m: &Municipality) -> String {
    region_name(t, directory, m.country, &m.region)
}

/// Region and country, as one phrase.
pub fn whereabouts(t: T, directory: &Directory, m: &Municipality) -> String {
    let region = region(t, directory, m);
    let country = country(t, m.country);
    if region.is_empty() || region == country || region == name(t, m) {
        country
    } else {
        format!("{region}, {country}")
    }
}

/// A population as it is shown: an estimate no more precisely than it is, to
/// three figures, with ≈ before it. Empty where unknown.
pub fn people(t: T, m: &Municipality) -> String {
    match &m.population {
        None => String::new(),
        Some(p) if p.estimated => format!("≈\u{A0}{}", t.number(estimate(p.value))),
        Some(p) => t.number(p.value),
    }
}

/// An estimated number to three figures.
pub fn estimate(value: i64) -> i64 {
    if value < 1_000 {
        return value;
    }
    let step = 10_i64.pow(value.ilog10().saturating_sub(2));
    (value + step / 2) / step * step
}

/// The public entry of a municipality about a sub-area.
pub fn entry_of(
    directory: &Directory,
    (row, subarea): (Row, SubArea),
    wanted: fn(Direction) -> bool,
) -> Option<&Entry> {
    let mut entries = directory.record(row).profile.entries.iter();
    entries.find(|e| e.subarea == subarea && wanted(e.direction) && e.audience == Audience::Public)
}

/// What is said of an entry, in the wanted language, else as it was written;
/// without the full stop at its end, to stand in a sentence.
pub fn statement_of(entry: &Entry, lang: Lang) -> Option<Tagged> {
    let (language, body) = entry.statement(lang.code()).filter(|(_, body)| !body.is_empty())?;
    let language = Language::parse(language).map_or("", |l| l.code());
    let other = if language == lang.code() { "" } else { language };
    Some(Tagged { text: body.trim_end_matches('.').to_owned(), lang: other })
}

/// What a municipality says to everybody of a need or an offer; none where it
/// says nothing.
pub fn statement(
    directory: &Directory,
    who: (Row, SubArea),
    wanted: fn(Direction) -> bool,
    lang: Lang,
) -> Option<Tagged> {
    statement_of(entry_of(directory, who, wanted)?, lang)
}

/// The same as it stands in a sentence: quoted, or the name of the sub-area.
fn stated(
    t: T,
    directory: &Directory,
    who: (Row, SubArea),
    wanted: fn(Direction) -> bool,
) -> String {
    match statement(directory, who, wanted, t.lang) {
        Some(said) => t.one("reason-quote", "text", said.text),
        None => t.get(&who.1.key()),
    }
}

/// Where a municipality lies among those of its kind, as one phrase: district,
/// region, and abroad the country. So namesakes are told apart.
pub fn place(t: T, directory: &Directory, m: &Municipality) -> String {
    let within =
        if m.is_hromada() { region(t, directory, m) } else { whereabouts(t, directory, m) };
    let parts = [district(t, m), within];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
}

/// What tells each of some municipalities from the others of its name: where it
/// lies, then what kind it is, then its centre, as much as it takes. Empty for
/// a name that stands once.
pub fn told_apart(t: T, directory: &Directory, rows: &[Row]) -> Vec<String> {
    let about = |m: &Municipality| {
        let kind = t.get(&format!("role-{}", m.role.as_str()));
        [district(t, m), region(t, directory, m), country(t, m.country), kind, m.centre.clone()]
    };
    let all: Vec<(String, [String; 5])> = rows
        .iter()
        .map(|row| directory.municipality(*row))
        .map(|m| (name(t, m), about(m)))
        .collect();
    let apart = |i: usize| {
        let (own, facts) = &all[i];
        let mut alike: Vec<&[String; 5]> = all
            .iter()
            .enumerate()
            .filter(|(j, (other, _))| *j != i && other == own)
            .map(|(_, (_, facts))| facts)
            .collect();
        let mut said: Vec<&str> = Vec::new();
        for (k, fact) in facts.iter().enumerate() {
            if alike.is_empty() {
                break;
            }
            let before = alike.len();
            alike.retain(|other| other[k] == *fact);
            if alike.len() < before && !fact.is_empty() {
                said.push(fact);
            }
        }
        said.join(", ")
    };
    (0..all.len()).map(apart).collect()
}

/// The district of a municipality, with the word for its kind: abroad as it
/// stands in the directory.
pub fn district(t: T, m: &Municipality) -> String {
    match (m.is_hromada() && !m.district.is_empty(), t.lang) {
        (false, _) => m.district.clone(),
        (true, Lang::Uk) => t.one("name-raion", "name", &m.district),
        (true, _) => t.one("name-raion", "name", crate::search::romanise(&m.district)),
    }
}

/// What goes into a sentence, as text.
fn argument(t: T, directory: &Directory, arg: &Arg) -> String {
    match arg {
        Arg::Number(n) => t.number(*n),
        Arg::Municipality(row) => name(t, directory.municipality(*row)),
        Arg::People(row) => people(t, directory.municipality(*row)),
        Arg::Need(row, subarea) => stated(t, directory, (*row, *subarea), Direction::needs),
        Arg::Offer(row, subarea) => stated(t, directory, (*row, *subarea), Direction::offers),
        Arg::SubArea(subarea) => t.get(&subarea.key()),
        Arg::Language(language) => t.get(&language.key()),
        Arg::Fluency(fluency) => fluency.as_str().to_owned(),
        Arg::Country(c) => country(t, *c),
        Arg::Region(c, code) => region_name(t, directory, *c, code),
        Arg::Format(format) => t.get(&format.key()),
        Arg::Size(band) => t.get(&format!("size-{}", band.as_str())),
    }
}

/// A message with its arguments. Of a number, `count` chooses the plural
/// form and `n` is the number as the language writes it.
fn sentence(t: T, directory: &Directory, key: &str, args: &[(&'static str, Arg)]) -> String {
    let mut values: Vec<(&str, Value<'_>)> = Vec::new();
    for (argument_name, arg) in args {
        match arg {
            Arg::Number(n) if *argument_name == "count" => {
                values.push(("count", Value::from(*n)));
                values.push(("n", Value::from(t.number(*n))));
            }
            _ => values.push((argument_name, Value::from(argument(t, directory, arg)))),
        }
    }
    t.with(key, &values)
}

/// A reason as a sentence.
pub fn reason(t: T, directory: &Directory, reason: &Reason) -> String {
    sentence(t, directory, reason.key, &reason.args)
}

/// The most specific of some reasons as sentences.
pub fn first_reasons(t: T, directory: &Directory, reasons: &[Reason]) -> Vec<String> {
    reasons.iter().take(REASONS).map(|r| reason(t, directory, r)).collect()
}

/// What would change a score, as a sentence.
pub fn change(t: T, directory: &Directory, change: &Change, partner: Row) -> String {
    let mut args = change.args.clone();
    args.push(("partner", Arg::Municipality(partner)));
    sentence(t, directory, change.key, &args)
}

/// Where a score stands between a random pair (0) and the 95th percentile of
/// known partnerships (100), in words: for pairs that are shown no number.
pub fn alike(t: T, hundredths: i32) -> String {
    t.get(match hundredths {
        4_000.. => "score-alike",
        1_500.. => "score-somewhat",
        _ => "score-hardly",
    })
}

/// A score as it is printed: whole points.
pub fn points(t: T, hundredths: i32) -> String {
    t.number(round(hundredths))
}

/// What a criterion adds, with its sign.
pub fn signed_points(t: T, hundredths: i32) -> String {
    match round(hundredths) {
        n if n > 0 => format!("+{}", t.number(n)),
        n => t.number(n),
    }
}

/// Hundredths as whole points, halves away from zero.
pub fn round(hundredths: i32) -> i64 {
    (f64::from(hundredths) / 100.0).round() as i64
}
