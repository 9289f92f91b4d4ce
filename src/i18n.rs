//! The languages people read Mosty in, and everything about a language that
//! code needs: messages, plurals, numbers, dates and the order of letters.
//!
//! Messages live in `locales/` (pages, in English and Ukrainian) and
//! `letters/` (letters and passports, in more languages), written in Fluent.
//! Names are passed to all of them in the nominative; [`ukrainian`] gives
//! Ukrainian messages functions for the other cases.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::LazyLock;

use chrono::{Datelike, NaiveDate};
use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use rust_embed::RustEmbed;
use unic_langid::LanguageIdentifier;

use crate::domain::time::PartialDate;

pub mod ukrainian;

#[derive(RustEmbed)]
#[folder = "locales/"]
struct PageMessages;

#[derive(RustEmbed)]
#[folder = "letters/"]
struct LetterMessages;

/// A language of letters; the first two are those of pages as well.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Lang {
    /// English.
    En,
    /// Ukrainian.
    Uk,
    /// Polish.
    Pl,
    /// German.
    De,
}

impl Lang {
    /// The languages pages are in.
    pub const PAGES: [Lang; 2] = [Lang::En, Lang::Uk];
    /// The languages letters are in.
    pub const LETTERS: [Lang; 4] = [Lang::En, Lang::Uk, Lang::Pl, Lang::De];

    /// The ISO 639-1 code, as in addresses and `lang` attributes.
    pub fn code(self) -> &'static str {
        match self {
            Lang::En => "en",
            Lang::Uk => "uk",
            Lang::Pl => "pl",
            Lang::De => "de",
        }
    }

    /// The language of letters with this code.
    pub fn parse(code: &str) -> Option<Lang> {
        Lang::LETTERS.into_iter().find(|l| l.code() == code)
    }

    /// The language of pages with this code.
    pub fn parse_page(code: &str) -> Option<Lang> {
        Lang::PAGES.into_iter().find(|l| l.code() == code)
    }

    /// The language of pages that a browser's `Accept-Language` asks for
    /// first; English when it asks for none of them.
    pub fn negotiate(accept: &str) -> Lang {
        let mut wanted: Vec<(f32, Lang)> = accept
            .split(',')
            .filter_map(|part| {
                let mut pieces = part.split(';');
                let tag = pieces.next()?.trim();
                let quality = pieces
                    .find_map(|p| p.trim().strip_prefix("q="))
                    .map_or(Some(1.0), |q| q.parse().ok())?;
                let primary = tag.split('-').next()?.to_ascii_lowercase();
                Some((quality, Lang::parse_page(&primary)?))
            })
            .filter(|(quality, _)| *quality > 0.0)
            .collect();
        wanted.sort_by(|a, b| b.0.total_cmp(&a.0));
        wanted.first().map_or(Lang::En, |(_, lang)| *lang)
    }

    /// What the language calls itself.
    pub fn own_name(self) -> &'static str {
        match self {
            Lang::En => "English",
            Lang::Uk => "Українська",
            Lang::Pl => "Polski",
            Lang::De => "Deutsch",
        }
    }
}

/// All messages of one language: those without arguments already as text.
struct Bundle {
    fixed: HashMap<String, String>,
    bundle: FluentBundle<FluentResource>,
}

fn bundle<Files: RustEmbed>(lang: Lang) -> Bundle {
    let identifier: LanguageIdentifier = lang.code().parse().unwrap_or_default();
    let mut bundle = FluentBundle::new_concurrent(vec![identifier]);
    bundle.set_use_isolating(false);
    if lang == Lang::Uk
        && let Err(error) = ukrainian::register(&mut bundle)
    {
        log::error!("names do not decline: {error}");
    }
    let mut keys = Vec::new();
    let folder = format!("{}/", lang.code());
    for path in Files::iter().filter(|p| p.starts_with(&folder)) {
        let Some(file) = Files::get(&path) else { continue };
        let text = String::from_utf8_lossy(&file.data).into_owned();
        keys.extend(message_keys(&text));
        let resource = FluentResource::try_new(text).unwrap_or_else(|(partial, errors)| {
            log::error!("{path} has faults: {errors:?}");
            partial
        });
        if let Err(errors) = bundle.add_resource(resource) {
            log::error!("{path} says something twice: {errors:?}");
        }
    }
    let mut fixed = HashMap::new();
    for key in keys {
        let Some(pattern) = bundle.get_message(&key).and_then(|m| m.value()) else { continue };
        let mut errors = Vec::new();
        let text = bundle.format_pattern(pattern, None, &mut errors).into_owned();
        if errors.is_empty() {
            fixed.insert(key, text);
        }
    }
    Bundle { fixed, bundle }
}

/// The keys of the messages in a Fluent file.
fn message_keys(text: &str) -> impl Iterator<Item = String> + '_ {
    text.lines().filter_map(|line| {
        let (key, _) = line.split_once('=')?;
        let key = key.trim_end();
        let begins = key.starts_with(|c: char| c.is_ascii_alphabetic());
        (begins && !key.contains(' ')).then(|| key.to_owned())
    })
}

static PAGES: LazyLock<[Bundle; 2]> = LazyLock::new(|| Lang::PAGES.map(bundle::<PageMessages>));
static LETTERS: LazyLock<[Bundle; 4]> =
    LazyLock::new(|| Lang::LETTERS.map(bundle::<LetterMessages>));

/// The messages of one language; small enough to copy everywhere.
#[derive(Clone, Copy)]
pub struct T {
    /// The language.
    pub lang: Lang,
    letters: bool,
}

/// A value put into a message.
pub type Value<'a> = FluentValue<'a>;

impl T {
    /// The messages of pages.
    pub fn pages(lang: Lang) -> T {
        let lang = if Lang::PAGES.contains(&lang) { lang } else { Lang::En };
        T { lang, letters: false }
    }

    /// The messages of letters.
    pub fn letters(lang: Lang) -> T {
        T { lang, letters: true }
    }

    fn bundle(self) -> &'static Bundle {
        if self.letters { &LETTERS[self.lang as usize] } else { &PAGES[self.lang as usize] }
    }

    /// Whether there is such a message.
    pub fn has(self, key: &str) -> bool {
        self.bundle().bundle.has_message(key)
    }

    /// A message without arguments; the key itself where there is none.
    pub fn get(self, key: &str) -> String {
        match self.bundle().fixed.get(key) {
            Some(text) => text.clone(),
            None => self.with(key, &[]),
        }
    }

    /// A message with arguments.
    pub fn with(self, key: &str, args: &[(&str, Value<'_>)]) -> String {
        let bundle = &self.bundle().bundle;
        let Some(pattern) = bundle.get_message(key).and_then(|m| m.value()) else {
            log::error!("no message “{key}” in {}", self.lang.code());
            return key.to_owned();
        };
        let args: FluentArgs<'_> =
            args.iter().map(|(name, value)| (Cow::Borrowed(*name), value.clone())).collect();
        let mut errors = Vec::new();
        let text = bundle.format_pattern(pattern, Some(&args), &mut errors).into_owned();
        for error in errors {
            log::error!("message “{key}” in {}: {error}", self.lang.code());
        }
        text
    }

    /// A message with one argument of text.
    pub fn one(self, key: &str, name: &str, value: impl AsRef<str>) -> String {
        self.with(key, &[(name, Value::from(value.as_ref()))])
    }

    /// A message with two arguments of text.
    pub fn two(
        self,
        key: &str,
        a: &str,
        x: impl AsRef<str>,
        b: &str,
        y: impl AsRef<str>,
    ) -> String {
        self.with(key, &[(a, Value::from(x.as_ref())), (b, Value::from(y.as_ref()))])
    }

    /// A message about a number of things: `count` chooses the plural form,
    /// `n` is the number as the language writes it.
    pub fn count(self, key: &str, count: impl TryInto<i64>) -> String {
        let count = count.try_into().unwrap_or(i64::MAX);
        self.with(key, &[("count", Value::from(count)), ("n", Value::from(self.number(count)))])
    }

    /// A whole number as the language writes it.
    pub fn number(self, value: i64) -> String {
        let group = match self.lang {
            Lang::En => ",",
            Lang::De => ".",
            // Polish and Ukrainian leave numbers of four digits together
            // only in running text; in tables and facts they group them.
            Lang::Uk | Lang::Pl => "\u{A0}",
        };
        let digits = value.unsigned_abs().to_string();
        let mut out = String::new();
        if value < 0 {
            out.push('\u{2212}');
        }
        for (i, digit) in digits.chars().enumerate() {
            if i > 0 && (digits.len() - i).is_multiple_of(3) {
                out.push_str(group);
            }
            out.push(digit);
        }
        out
    }

    /// A number with this many decimals.
    pub fn decimal(self, value: f64, decimals: usize) -> String {
        let text = format!("{value:.decimals$}").replace('-', "\u{2212}");
        if self.lang == Lang::En { text } else { text.replace('.', ",") }
    }

    /// A share of 1 as a percentage.
    pub fn percent(self, share: f64, decimals: usize) -> String {
        let number = self.decimal(share * 100.0, decimals);
        let space = if self.lang == Lang::En { "" } else { "\u{A0}" };
        format!("{number}{space}%")
    }

    /// A day, with the month as a word.
    pub fn date(self, day: NaiveDate) -> String {
        let (d, m, y) = (day.day(), day.month0() as usize, day.year());
        match self.lang {
            Lang::En => format!("{d} {} {y}", MONTHS_EN[m]),
            Lang::Uk => format!("{d}\u{A0}{} {y}\u{A0}року", MONTHS_UK[m]),
            Lang::Pl => format!("{d}\u{A0}{} {y}\u{A0}r.", MONTHS_PL[m]),
            Lang::De => format!("{d}. {} {y}", MONTHS_DE[m]),
        }
    }

    /// A date as precisely as it is known; in Ukrainian in the genitive, as
    /// after «з».
    pub fn partial_date(self, date: PartialDate) -> String {
        match date {
            PartialDate::Day(day) => self.date(day),
            PartialDate::Month(year, month) => {
                let m = month.saturating_sub(1).min(11) as usize;
                match self.lang {
                    Lang::En => format!("{} {year}", MONTHS_EN[m]),
                    Lang::Uk => format!("{} {year}\u{A0}року", MONTHS_UK[m]),
                    Lang::Pl => format!("{} {year}\u{A0}r.", MONTHS_PL[m]),
                    Lang::De => format!("{} {year}", MONTHS_DE[m]),
                }
            }
            PartialDate::Year(year) => match self.lang {
                Lang::En | Lang::De => year.to_string(),
                Lang::Uk => format!("{year}\u{A0}року"),
                Lang::Pl => format!("{year}\u{A0}r."),
            },
        }
    }

    /// Several things in one phrase.
    pub fn list(self, items: &[String]) -> String {
        let and = match self.lang {
            Lang::En => "and",
            Lang::Uk => "та",
            Lang::Pl => "i",
            Lang::De => "und",
        };
        match items {
            [] => String::new(),
            [one] => one.clone(),
            [rest @ .., last] => format!("{} {and} {last}", rest.join(", ")),
        }
    }
}

const MONTHS_EN: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
const MONTHS_UK: [&str; 12] = [
    "січня",
    "лютого",
    "березня",
    "квітня",
    "травня",
    "червня",
    "липня",
    "серпня",
    "вересня",
    "жовтня",
    "листопада",
    "грудня",
];
const MONTHS_PL: [&str; 12] = [
    "stycznia",
    "lutego",
    "marca",
    "kwietnia",
    "maja",
    "czerwca",
    "lipca",
    "sierpnia",
    "września",
    "października",
    "listopada",
    "grudnia",
];
const MONTHS_DE: [&str; 12] = [
    "Januar",
    "Februar",
    "März",
    "April",
    "Mai",
    "Juni",
    "Juli",
    "August",
    "September",
    "Oktober",
    "November",
    "Dezember",
];

/// The Ukrainian alphabet in its order.
const ALPHABET_UK: &str = "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя";

/// A key that sorts a name as the reader's alphabet does, the same on every
/// machine and database: Ukrainian letters by their alphabet and before
/// Latin ones for a reader of Ukrainian, after them for others.
pub fn sort_key(lang: Lang, name: &str) -> String {
    let cyrillic_base = if lang == Lang::Uk { 0x20 } else { 0x180 };
    let mut key = String::with_capacity(name.len());
    for c in name.to_lowercase().chars() {
        let place = ALPHABET_UK.chars().position(|letter| letter == c);
        if let Some(place) = place {
            key.push(char::from_u32(cyrillic_base + place as u32).unwrap_or(c));
        } else if c.is_alphanumeric() {
            key.push_str(&deunicode::deunicode_char(c).unwrap_or("~").to_lowercase());
        }
    }
    key
}

/// The keys of all messages of a language, for tests: `(key, its arguments)`.
pub fn catalogue(letters: bool, lang: Lang) -> Vec<(String, String)> {
    let (files, folder): (Vec<Cow<'static, str>>, String) = if letters {
        (LetterMessages::iter().collect(), format!("{}/", lang.code()))
    } else {
        (PageMessages::iter().collect(), format!("{}/", lang.code()))
    };
    let mut found = Vec::new();
    for path in files.into_iter().filter(|p| p.starts_with(&folder)) {
        let file = if letters { LetterMessages::get(&path) } else { PageMessages::get(&path) };
        let Some(file) = file else { continue };
        let text = String::from_utf8_lossy(&file.data).into_owned();
        let mut key: Option<String> = None;
        let mut arguments: Vec<String> = Vec::new();
        for line in text.lines().chain(std::iter::once("end =")) {
            let begins = message_keys(line).next();
            if begins.is_some() || line == "end =" {
                if let Some(key) = key.take() {
                    arguments.sort();
                    arguments.dedup();
                    found.push((key, arguments.join(" ")));
                }
                arguments.clear();
                key = begins.filter(|_| line != "end =");
            }
            if key.is_some() && !line.starts_with('#') {
                arguments.extend(arguments_in(line));
            }
        }
    }
    found
}

fn arguments_in(line: &str) -> impl Iterator<Item = String> + '_ {
    line.split('$').skip(1).map(|rest| {
        rest.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '_' || *c == '-').collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn browsers_get_the_language_they_ask_for_first() {
        let check = |accept, lang| assert_eq!(Lang::negotiate(accept), lang, "{accept}");
        check("uk-UA,uk;q=0.9,en;q=0.8", Lang::Uk);
        check("de,en;q=0.5,uk;q=0.7", Lang::Uk);
        check("fr", Lang::En);
        check("", Lang::En);
        check("uk;q=0, en;q=x", Lang::En);
    }

    #[test]
    fn numbers_and_dates_are_written_as_the_language_writes_them() {
        let day = NaiveDate::from_ymd_opt(2026, 11, 21).expect("a day");
        assert_eq!(T::pages(Lang::En).number(1234567), "1,234,567");
        assert_eq!(T::pages(Lang::Uk).number(-12400), "\u{2212}12\u{A0}400");
        assert_eq!(T::pages(Lang::Uk).percent(0.006, 1), "0,6\u{A0}%");
        assert_eq!(T::pages(Lang::Uk).date(day), "21\u{A0}листопада 2026\u{A0}року");
        assert_eq!(T::letters(Lang::De).date(day), "21. November 2026");
        let (month, year) = (PartialDate::Month(2022, 5), PartialDate::Year(2014));
        assert_eq!(T::pages(Lang::En).partial_date(month), "May 2022");
        assert_eq!(T::pages(Lang::Uk).partial_date(month), "травня 2022\u{A0}року");
        assert_eq!(T::pages(Lang::Uk).partial_date(year), "2014\u{A0}року");
    }

    #[test]
    fn every_message_can_be_said() {
        let check = |letters: bool, lang: Lang| {
            let t = T { lang, letters };
            for (key, arguments) in catalogue(letters, lang) {
                let pattern = t.bundle().bundle.get_message(&key).and_then(|m| m.value());
                let pattern = pattern.unwrap_or_else(|| panic!("{}: {key}", lang.code()));
                let mut args = FluentArgs::new();
                for name in arguments.split_whitespace() {
                    let value = if name == "count" { Value::from(3) } else { Value::from("Żnin") };
                    args.set(name, value);
                }
                let mut errors = Vec::new();
                let text = t.bundle().bundle.format_pattern(pattern, Some(&args), &mut errors);
                assert!(errors.is_empty(), "{}: {key}: {errors:?}", lang.code());
                // A function that was called in a wrong way leaves its name.
                assert!(!text.contains("()"), "{}: {key}: {text}", lang.code());
            }
        };
        Lang::PAGES.iter().for_each(|lang| check(false, *lang));
        Lang::LETTERS.iter().for_each(|lang| check(true, *lang));
    }

    #[test]
    fn names_sort_by_the_readers_alphabet() {
        let mut names = ["Яготин", "Ґорґани", "Іванків", "Гадяч", "Ähtäri", "Zürich", "Їжа"];
        names.sort_by_key(|n| sort_key(Lang::Uk, n));
        assert_eq!(names, ["Гадяч", "Ґорґани", "Іванків", "Їжа", "Яготин", "Ähtäri", "Zürich"]);
        names.sort_by_key(|n| sort_key(Lang::En, n));
        assert_eq!(names[0], "Ähtäri");
    }
}
