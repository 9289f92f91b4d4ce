//! First letters from one municipality to another, put together from what is
//! chosen, in every language of letters. Each reads whole without anybody
//! writing.

use chrono::NaiveDate;

use crate::domain::area::SubArea;
use crate::domain::audience::Direction;
use crate::domain::directory::{Directory, Row};
use crate::domain::head::HeadOffice;
use crate::domain::municipality::{Municipality, NameSource, Role};
use crate::domain::official::official_languages;
use crate::i18n::{Lang, T, Value};
use crate::matching::explain::Meeting;
use crate::matching::{Arg, Explanation, Reason};

use super::{estimate, statement};

/// First steps that a letter can propose.
pub const STEPS: [&str; 4] = ["online", "visit", "application", "youth"];

/// The name of a municipality in the language of a letter.
pub fn name(lang: Lang, m: &Municipality) -> String {
    if m.is_hromada() {
        let key = if m.role == Role::Kyiv { "name-kyiv" } else { "name-hromada" };
        let adjective = if lang == Lang::Uk { &m.name } else { &m.name_en };
        return T::letters(lang).one(key, "name", adjective);
    }
    match lang {
        // A name that nobody has written so yet is for readers, not for letters.
        Lang::Uk if m.name_uk_source != NameSource::Known => m.name.clone(),
        Lang::En | Lang::Uk => super::name(T::pages(lang), m),
        Lang::Pl | Lang::De => m.name.clone(),
    }
}

/// The region of a municipality in the language of a letter; empty where
/// there is none or it says no more than the name.
fn region(lang: Lang, directory: &Directory, m: &Municipality) -> String {
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
pub fn whereabouts(lang: Lang, directory: &Directory, m: &Municipality) -> String {
    let country = T::letters(lang).get(&m.country.key());
    match region(lang, directory, m) {
        region if region.is_empty() || region == country => country,
        region => format!("{region}, {country}"),
    }
}

/// The language a municipality is written to in: the first of its official
/// languages that letters are in, else English.
pub fn language_of(m: &Municipality) -> Lang {
    if m.is_hromada() {
        return Lang::Uk;
    }
    official_languages(m).iter().find_map(|l| Lang::parse(l.code())).unwrap_or(Lang::En)
}

/// A reason as a letter says it, seen from the sender.
pub struct LetterReason {
    key: &'static str,
    /// Distinguishes it from others, in an address: `need-met:energy/heating`.
    pub code: String,
    reason: Reason,
}

impl LetterReason {
    /// The need and the offer that it is about, if it is about any.
    pub fn meeting(&self) -> Option<Meeting> {
        self.reason.meeting()
    }

    /// The reason as a sentence, in the language of `t`.
    pub fn say(&self, t: T, directory: &Directory) -> String {
        sentence(t, directory, self.key, &self.reason.args)
    }
}

/// The reasons for a pair that a letter can give, from the specific to the
/// general: those of the sender, and which needs of the receiver it can meet.
pub fn reasons(from: &Municipality, to: &Municipality, why: &Explanation) -> Vec<LetterReason> {
    let in_kyiv = [from, to].iter().any(|m| m.role == Role::Kyiv);
    let of_sender = why.for_subject.iter().filter_map(|reason| {
        // “Our oblast” is said of a hromada in one, and Kyiv is in none.
        let of_oblast = matches!(
            reason.key,
            "reason-country-oblast"
                | "reason-oblast-region"
                | "reason-near-other-partner"
                | "reason-beside-other-partner"
                | "reason-around-other-partner"
        );
        let key = key_of(reason, from.is_hromada()).filter(|_| !(of_oblast && in_kyiv));
        Some((key?, reason))
    });
    let of_receiver = why.for_partner.iter().filter_map(|reason| match reason.key {
        "reason-need-met" | "reason-need-near" => Some(("letter-reason-can-share", reason)),
        _ => None,
    });
    let mut found: Vec<LetterReason> = Vec::new();
    let all = of_sender.chain(of_receiver);
    let (met, others): (Vec<_>, Vec<_>) = all.partition(|(_, reason)| reason.meeting().is_some());
    for (key, reason) in met.into_iter().chain(others) {
        // Of several needs that are met each is a reason of its own.
        let subarea = reason.args.iter().find_map(|(_, arg)| match arg {
            Arg::SubArea(s) => Some(format!(":{s}")),
            _ => None,
        });
        let code =
            format!("{}{}", key.trim_start_matches("letter-reason-"), subarea.unwrap_or_default());
        if found.iter().all(|r| r.code != code) {
            found.push(LetterReason { key, code, reason: reason.clone() });
        }
    }
    found
}

/// The sentence of a letter for a reason of the sender.
fn key_of(reason: &Reason, from_hromada: bool) -> Option<&'static str> {
    let by_side = |hromada, place| Some(if from_hromada { hromada } else { place });
    match reason.key {
        "reason-need-met" => Some("letter-reason-need-met"),
        "reason-need-near" => Some("letter-reason-need-near"),
        "reason-can-share" => Some("letter-reason-can-share"),
        "reason-exchange" => Some("letter-reason-exchange"),
        "reason-language" => Some("letter-reason-language"),
        "reason-formats" => Some("letter-reason-formats"),
        "reason-size-same" | "reason-size-little-larger" | "reason-size-little-smaller" => {
            Some("letter-reason-size")
        }
        "reason-distance" => Some("letter-reason-distance"),
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
        "reason-twins" => Some("letter-reason-twins"),
        _ => None,
    }
}

/// A sentence of a letter. A need or an offer is a quote where its owner has
/// said something (`needed` or `offered` is then `said`), else the name of the
/// sub-area (`named`).
fn sentence(t: T, directory: &Directory, key: &str, args: &[(&'static str, Arg)]) -> String {
    let mut values: Vec<(&str, Value<'_>)> = Vec::new();
    for (argument, arg) in args {
        let text = match arg {
            Arg::Number(n) if *argument == "count" => {
                values.push(("count", Value::from(*n)));
                values.push(("n", Value::from(t.number(*n))));
                continue;
            }
            Arg::Need(row, subarea) | Arg::Offer(row, subarea) => {
                let (kind, wanted): (_, fn(Direction) -> bool) = match arg {
                    Arg::Need(..) => ("needed", Direction::needs),
                    _ => ("offered", Direction::offers),
                };
                let said = statement(directory, (*row, *subarea), wanted, t.lang);
                values.push((kind, Value::from(if said.is_some() { "said" } else { "named" })));
                match said {
                    None => t.get(&subarea.key()),
                    Some(said) if said.lang.is_empty() => inner_quotes(t.lang, &said.text),
                    // Another language writes its quotes otherwise anyway.
                    Some(said) => said.text,
                }
            }
            Arg::Number(n) => t.number(*n),
            Arg::Municipality(row) => name(t.lang, directory.municipality(*row)),
            Arg::SubArea(s) => t.get(&s.key()),
            Arg::Language(l) => t.get(&l.key()),
            Arg::Country(c) => t.get(&c.key()),
            Arg::Format(f) => t.get(&f.key()),
            Arg::Fluency(f) => f.as_str().to_owned(),
            // No sentence of a letter names these.
            Arg::Region(..) | Arg::Size(_) | Arg::People(_) => continue,
        };
        values.push((argument, Value::from(text)));
    }
    t.with(key, &values)
}

/// A text that will stand between quotation marks, with the marks inside it as
/// its language writes quotes within quotes.
fn inner_quotes(lang: Lang, text: &str) -> String {
    let marks: [(&str, &str); 2] = match lang {
        Lang::En => [("“", "‘"), ("”", "’")],
        Lang::Uk => [("«", "„"), ("»", "“")],
        Lang::Pl => [("„", "«"), ("”", "»")],
        Lang::De => [("„", "‚"), ("“", "‘")],
    };
    marks.iter().fold(text.to_owned(), |text, (outer, inner)| text.replace(outer, inner))
}

/// What a letter is to say.
#[derive(Default)]
pub struct Choices {
    /// Which of the reasons, by their place among them.
    pub reasons: Vec<usize>,
    /// What else the sender would like to learn about.
    pub learn: Vec<SubArea>,
    /// What else the sender can share.
    pub share: Vec<SubArea>,
    /// One of [`STEPS`].
    pub step: &'static str,
}

/// A letter in one language.
pub struct Letter {
    /// Its language.
    pub lang: Lang,
    /// Who writes.
    pub from: String,
    /// Region and country of the sender.
    pub from_where: String,
    /// To whom.
    pub to: String,
    /// The day, as it is written.
    pub date: String,
    /// What it is about.
    pub subject: String,
    /// From salutation to signature; an empty line between paragraphs.
    pub text: String,
}

/// Everything a letter is written from.
pub struct Writing<'a> {
    /// The municipalities.
    pub directory: &'a Directory,
    /// Who writes.
    pub from: Row,
    /// To whom.
    pub to: Row,
    /// What could be said.
    pub reasons: &'a [LetterReason],
    /// What is to be said.
    pub choices: &'a Choices,
    /// The day of the letter.
    pub today: NaiveDate,
    /// Address of the sender's profile on one page, by language.
    pub passport: &'a dyn Fn(Lang) -> String,
    /// Whom to answer, a line each; empty where nobody is named.
    pub contact: &'a str,
}

/// The population of a municipality to three figures, as letters say “about”.
fn about(t: T, m: &Municipality) -> Option<String> {
    m.population.as_ref().map(|p| t.number(estimate(p.value)))
}

impl Writing<'_> {
    fn introduction(&self, t: T) -> String {
        let m = self.directory.municipality(self.from);
        let name = Value::from(name(t.lang, m));
        let region = region(t.lang, self.directory, m);
        let no_region = region.is_empty();
        let region = Value::from(region);
        let country = Value::from(t.get(&m.country.key()));
        match (m.is_hromada(), about(t, m), m.settlements) {
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

    /// The sentences that give reasons, each beginning as after an opener.
    fn reasons(&self, t: T) -> Vec<String> {
        let chosen = self.choices.reasons.iter().filter_map(|&i| self.reasons.get(i));
        let mut said: Vec<String> = chosen.map(|r| r.say(t, self.directory)).collect();
        let ask = |key: &str, arg: (&'static str, Arg)| sentence(t, self.directory, key, &[arg]);
        for subarea in &self.choices.learn {
            said.push(ask("letter-ask-need", ("need", Arg::Need(self.from, *subarea))));
        }
        for subarea in &self.choices.share {
            said.push(ask("letter-ask-offer", ("offer", Arg::Offer(self.from, *subarea))));
        }
        if said.is_empty() {
            said.push(t.get("letter-reason-general"));
        }
        said
    }

    /// The working languages of the sender that are good enough for a meeting.
    fn languages(&self, t: T) -> Option<String> {
        let spoken = &self.directory.record(self.from).profile.languages;
        let able = spoken.iter().filter(|(_, fluency)| fluency.value() >= 2);
        let names: Vec<String> = able.map(|(l, _)| t.get(&l.key())).collect();
        (!names.is_empty()).then(|| t.one("letter-languages", "languages", t.list(&names)))
    }

    /// The letter in a language.
    pub fn letter(&self, lang: Lang) -> Letter {
        let t = T::letters(lang);
        let directory = self.directory;
        let (from, to) = (directory.municipality(self.from), directory.municipality(self.to));
        let reasons = self.reasons(t);
        let why = match (from.is_hromada(), reasons.len()) {
            (true, 1) => t.get("letter-why-one"),
            (true, n) => t.count("letter-why-many", n as i64),
            (false, 1) => t.get("letter-why-place-one"),
            (false, n) => t.count("letter-why-place-many", n as i64),
        };
        let mut paragraphs = vec![salutation(t, to), format!("{} {why}", self.introduction(t))];
        if let [one] = &reasons[..] {
            paragraphs.push(capitalised(one));
        } else {
            let openers = ["letter-first", "letter-second", "letter-third", "letter-fourth"];
            let openers = openers.into_iter().chain(std::iter::repeat("letter-also"));
            let opened = reasons.iter().zip(openers);
            paragraphs.extend(opened.map(|(reason, key)| format!("{} {reason}", t.get(key))));
        }
        let step = t.get(&format!("letter-step-{}", self.choices.step));
        paragraphs.push(
            [Some(step), self.languages(t)].into_iter().flatten().collect::<Vec<_>>().join(" "),
        );
        paragraphs.push(t.one("letter-passport", "url", (self.passport)(lang)));
        paragraphs.push(t.get("letter-reply"));
        paragraphs.push(format!("{}\n{}", t.get("letter-closing"), sign(t, from)));
        let contact = if self.contact.is_empty() { "" } else { "\n" };
        paragraphs.push(format!("{}{contact}{}", t.get("letter-contact-line"), self.contact));
        Letter {
            lang,
            from: name(lang, from),
            from_where: whereabouts(lang, directory, from),
            to: addressee(t, to),
            date: t.one("letter-date", "date", t.date(self.today)),
            subject: t.get("letter-title"),
            text: paragraphs.join("\n\n"),
        }
    }
}

/// The line that says to whom a letter goes.
fn addressee(t: T, to: &Municipality) -> String {
    let to_name = name(t.lang, to);
    match to.role {
        Role::Kyiv => t.one("letter-to-kyiv", "name", to_name),
        _ if to.is_hromada() => t.one("letter-to-hromada", "name", to_name),
        _ => t.two("letter-to-place", "head", HeadOffice::of(to).as_str(), "name", to_name),
    }
}

fn salutation(t: T, to: &Municipality) -> String {
    if to.is_hromada() && to.role != Role::Kyiv {
        return t.get("letter-salutation-hromada");
    }
    let head = if to.is_hromada() { "kyiv" } else { HeadOffice::of(to).as_str() };
    t.one("letter-salutation-place", "head", head)
}

/// Who signs for a municipality.
fn sign(t: T, from: &Municipality) -> String {
    match from.role {
        Role::Kyiv => t.get("letter-sign-kyiv"),
        Role::OblastCentre | Role::Urban => t.get("letter-sign-urban"),
        Role::Settlement => t.get("letter-sign-settlement"),
        Role::Rural => t.get("letter-sign-rural"),
        _ => t.one("letter-sign-place", "head", HeadOffice::of(from).as_str()),
    }
}

fn capitalised(sentence: &str) -> String {
    let mut chars = sentence.chars();
    chars.next().map_or(String::new(), |c| c.to_uppercase().chain(chars).collect())
}
