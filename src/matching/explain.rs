//! Why: the reasons of a pair for either side, as data.
//!
//! A reason is a message key and what goes into it; pages, letters and JSON
//! make sentences of it in their own language. Nothing is explained that did
//! not add points, and what is not known is listed, not glossed over.

use super::corpus::{Corpus, Statement, strongest};
use super::criterion::Criterion;
use super::knowledge::Quantity;
use super::pair::PairScore;
use crate::domain::area::SubArea;
use crate::domain::country::Country;
use crate::domain::directory::Row;
use crate::domain::municipality::SizeBand;
use crate::domain::profile::{Fluency, Format, LANGUAGES, Language};

/// So many known partnerships are “often” or “more than usual”; fewer are
/// only there.
const OFTEN: u32 = 3;

/// Something that goes into a sentence.
#[derive(Clone, Debug, PartialEq)]
pub enum Arg {
    /// A whole number.
    Number(i64),
    /// A municipality, by its name.
    Municipality(Row),
    /// A sub-area of cooperation, by its name.
    SubArea(SubArea),
    /// A language, by its name.
    Language(Language),
    /// How well a language is spoken.
    Fluency(Fluency),
    /// A country, by its name.
    Country(Country),
    /// A region, by its name.
    Region(Country, String),
    /// A way of working, by its name.
    Format(Format),
    /// A band of population, by its name.
    Size(SizeBand),
}

/// One reason, for one side.
#[derive(Clone, Debug, PartialEq)]
pub struct Reason {
    /// The criterion that added the points.
    pub criterion: Criterion,
    /// Key of the sentence.
    pub key: &'static str,
    /// What goes into it.
    pub args: Vec<(&'static str, Arg)>,
    /// Hundredths of a point by which reasons are ordered.
    pub weight: i32,
}

/// Why a pair has the score it has, seen from one side.
#[derive(Clone, Debug, PartialEq)]
pub struct Explanation {
    /// The score and what it is the sum of.
    pub score: PairScore,
    /// Up to three reasons for the side that asks, the strongest first.
    pub for_subject: Vec<Reason>,
    /// Up to three reasons for the other side.
    pub for_partner: Vec<Reason>,
    /// The known criterion that adds least, if it adds nothing or takes away.
    pub weakest: Option<Criterion>,
    /// Criteria that nobody knows for this pair.
    pub unknown: Vec<Criterion>,
    /// Whether help flows one way only, as far as is stated.
    pub one_way: bool,
    /// Whether the partner has stated anything of itself.
    pub partner_states: bool,
}

/// How many reasons each side is given.
pub const REASONS: usize = 3;

/// One thing that would change a score.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    /// Key of the sentence that says what.
    pub key: &'static str,
    /// What goes into it.
    pub args: Vec<(&'static str, Arg)>,
    /// By how many hundredths the score would change.
    pub hundredths: i32,
}

/// Which side of a pair speaks.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Hromada,
    Place,
}

impl Corpus {
    /// Explains the pair of a subject and a partner; none when they are not
    /// a hromada and a place.
    pub fn explain(&self, subject: Row, partner: Row) -> Option<Explanation> {
        let (h, p) = self.sides(subject, partner)?;
        let score = self.score(h, p);
        let of = |side| self.reasons(h, p, &score, side);
        let (own, other) = if self.field.hromada(subject).is_some() {
            (Side::Hromada, Side::Place)
        } else {
            (Side::Place, Side::Hromada)
        };
        let weakest = score
            .contributions
            .iter()
            .filter(|c| c.known && c.hundredths <= 0)
            .min_by_key(|c| (c.hundredths, c.criterion))
            .map(|c| c.criterion);
        let unknown = score.contributions.iter().filter(|c| !c.known).map(|c| c.criterion);
        let (a, b) = (&self.rows[h].statement, &self.statements[p]);
        let partner_statement = if other == Side::Place { b } else { a };
        let benefits = (self.benefit(&a.needs, &b.offers), self.benefit(&b.needs, &a.offers));
        Some(Explanation {
            for_subject: of(own),
            for_partner: of(other),
            weakest,
            unknown: unknown.collect(),
            one_way: (benefits.0 == 0) != (benefits.1 == 0),
            partner_states: partner_statement.states_anything(),
            score,
        })
    }

    /// What a criterion has to say for a pair, also where it is not among the
    /// strongest: for the side that asks, or else for the other.
    pub fn reason_of(&self, subject: Row, partner: Row, criterion: Criterion) -> Option<Reason> {
        let (h, p) = self.sides(subject, partner)?;
        let score = self.score(h, p);
        let sides = if self.field.hromada(subject).is_some() {
            [Side::Hromada, Side::Place]
        } else {
            [Side::Place, Side::Hromada]
        };
        sides
            .into_iter()
            .flat_map(|side| self.all_reasons(h, p, &score, side))
            .find(|reason| reason.criterion == criterion)
    }

    /// Whether the two are recorded as partners already.
    pub fn are_partners(&self, a: Row, b: Row) -> bool {
        self.sides(a, b)
            .is_some_and(|(h, p)| self.rows[h].partners.binary_search(&(p as u32)).is_ok())
    }

    /// Whether a municipality has stated anything that counts in public.
    pub fn states_anything(&self, row: Row) -> bool {
        if let Some(h) = self.field.hromada(row) {
            self.rows[h].statement.states_anything()
        } else {
            self.field.place(row).is_some_and(|p| self.statements[p].states_anything())
        }
    }

    /// The strongest reasons for one side.
    fn reasons(&self, h: usize, p: usize, score: &PairScore, side: Side) -> Vec<Reason> {
        let mut found = self.all_reasons(h, p, score, side);
        found.truncate(REASONS);
        found
    }

    /// All reasons for one side, the strongest first.
    fn all_reasons(&self, h: usize, p: usize, score: &PairScore, side: Side) -> Vec<Reason> {
        let mut found: Vec<Reason> = Vec::new();
        for contribution in score.contributions.iter().filter(|c| c.known && c.hundredths > 0) {
            let weight = i32::from(contribution.hundredths);
            let criterion = contribution.criterion;
            let mut say = |key, args, weight| found.push(Reason { criterion, key, args, weight });
            match criterion {
                Criterion::Distance => {
                    // Where the curve is flat, distance speaks neither for a
                    // pair nor against it, whatever the points are.
                    let flat = self.weights.curve(Quantity::Distance).hundredths(f32::MAX);
                    if weight > i32::from(flat) {
                        let km = self.field.distance(h, p).round() as i64;
                        say("reason-distance", vec![("km", Arg::Number(km))], weight);
                    }
                }
                Criterion::Size => {
                    let other = match side {
                        Side::Hromada => self.field.places[p],
                        Side::Place => self.field.hromadas[h],
                    };
                    if let Some(key) = self.size_sentence(h, p, side) {
                        say(key, vec![("other", Arg::Municipality(other))], weight);
                    }
                }
                Criterion::Role => say("reason-role", Vec::new(), weight),
                Criterion::Country => {
                    if let Some((key, args)) = self.country_sentence(h, p, side) {
                        say(key, args, weight);
                    }
                }
                Criterion::Ties => self.tie_reasons(h, p, side, &mut say),
                Criterion::Needs => self.need_reasons(h, p, side, weight, &mut say),
                Criterion::Languages => {
                    let (key, args) = self.language_sentence(h, p);
                    say(key, args, weight);
                }
                Criterion::Formats => self.format_reasons(h, p, side, &mut say),
                Criterion::Readiness => {
                    let other = match side {
                        Side::Hromada => &self.statements[p],
                        Side::Place => &self.rows[h].statement,
                    };
                    let policy = &self.weights.policy;
                    let open = other.readiness >= policy.claimed + policy.open_place;
                    let key = if open { "reason-open" } else { "reason-claimed" };
                    say(key, Vec::new(), i32::from(other.readiness));
                }
            }
        }
        found.sort_by_key(|r| (std::cmp::Reverse(r.weight), r.criterion));
        found
    }

    /// Close in size, larger or smaller, seen from one side; nothing where it
    /// is not the two sizes beside each other that add points, but the size of
    /// the place alone.
    fn size_sentence(&self, h: usize, p: usize, side: Side) -> Option<&'static str> {
        let (own, other) = (self.field.h_ln_people[h]?, self.field.p_ln_people[p]?);
        let difference = other - own;
        if self.weights.curve(Quantity::Size).hundredths(difference) <= 0 {
            return None;
        }
        let difference = if side == Side::Hromada { difference } else { -difference };
        // Half as large again, either way, is still the same order of size.
        Some(match difference {
            d if d.abs() <= 0.4 => "reason-size-alike",
            d if d > 0.0 => "reason-size-larger",
            _ => "reason-size-smaller",
        })
    }

    fn country_sentence(
        &self,
        h: usize,
        p: usize,
        side: Side,
    ) -> Option<(&'static str, Vec<(&'static str, Arg)>)> {
        let field = &self.field;
        let c = field.p_country[p] as usize;
        let country = field.countries[c];
        let oblast =
            Arg::Region(Country::UKRAINE, field.oblasts[field.h_oblast[h] as usize].clone());
        let region = Arg::Region(country, field.regions[field.p_region[p] as usize].1.clone());
        let points = |quantity: Quantity, x: f32| self.weights.curve(quantity).hundredths(x);
        let in_region = points(Quantity::RegionLift, self.rates.region[field.p_region[p] as usize]);
        let lift = self.rows[h].by_country[c];
        let of_oblast = self.known.pairs().iter().filter(|&&(x, y)| {
            x as usize != h
                && field.h_oblast[x as usize] == field.h_oblast[h]
                && field.p_country[y as usize] as usize == c
        });
        let mut hromadas: Vec<u32> = of_oblast.map(|pair| pair.0).collect();
        hromadas.dedup();
        let countries = field.countries.len();
        let in_oblast = self.rates.oblast_pairs[field.h_oblast[h] as usize * countries + c];
        let of_region = self.rates.region_pairs[field.p_region[p] as usize];
        let by_side = |hromada, place| if side == Side::Hromada { hromada } else { place };
        let country = Arg::Country(country);
        if side == Side::Hromada && hromadas.len() >= 2 {
            let n = Arg::Number(hromadas.len() as i64);
            let args = vec![("count", n), ("oblast", oblast), ("country", country)];
            Some(("reason-country-counted", args))
        } else if lift > 0 && lift >= in_region && in_oblast > 0 {
            let args = vec![("oblast", oblast), ("country", country)];
            Some(match in_oblast >= OFTEN {
                true => (by_side("reason-country-oblast", "reason-country-oblast-partner"), args),
                false => ("reason-country-oblast-some", args),
            })
        } else if in_region > 0 && of_region > 0 {
            let key = if of_region >= OFTEN {
                "reason-country-region"
            } else {
                "reason-country-region-some"
            };
            Some((key, vec![("region", region), ("country", country)]))
        } else if self.rates.country_pairs(c, countries) >= OFTEN {
            Some((by_side("reason-country", "reason-country-partner"), vec![("country", country)]))
        } else {
            None
        }
    }

    fn tie_reasons(
        &self,
        h: usize,
        p: usize,
        side: Side,
        say: &mut dyn FnMut(&'static str, Vec<(&'static str, Arg)>, i32),
    ) {
        let name = |q: u32| Arg::Municipality(self.field.places[q as usize]);
        let shared = i32::from(self.shared_points(h, p));
        if shared > 0 {
            let twins = self.known.twins().of(p as u32);
            let partners = self.known.partners_of_hromada(h);
            if let Some(&q) = partners.iter().find(|q| twins.binary_search(q).is_ok()) {
                let key = match side {
                    Side::Hromada => "reason-shared-partner",
                    Side::Place => "reason-shared-partner-partner",
                };
                say(key, vec![("partner", name(q))], shared);
            }
        }
        let near = i32::from(self.near_points(h, p));
        if let Some((q, km)) = self.known.near_partner(&self.field, h, p, None).filter(|_| near > 0)
        {
            let args = vec![("partner", name(q)), ("km", Arg::Number(km.round() as i64))];
            let key = match side {
                Side::Hromada => "reason-near-partner",
                Side::Place => "reason-near-partner-partner",
            };
            say(key, args, near);
        }
        let activity = i32::from(self.activity_points(p));
        if let Some(n) = self.known.twins().degree(p as u32).filter(|_| activity > 0) {
            let key = match side {
                Side::Hromada => "reason-twins",
                Side::Place => "reason-twins-own",
            };
            say(key, vec![("count", Arg::Number(i64::from(n)))], activity);
        }
    }

    fn need_reasons(
        &self,
        h: usize,
        p: usize,
        side: Side,
        weight: i32,
        say: &mut dyn FnMut(&'static str, Vec<(&'static str, Arg)>, i32),
    ) {
        let (a, b) = (&self.rows[h].statement, &self.statements[p]);
        let (own, other) = if side == Side::Hromada { (a, b) } else { (b, a) };
        let spread = strongest(&other.offers, self.weights.policy.same_area_divisor);
        // What meets the needs of this side, the largest gain first.
        let mut met: Vec<(u16, SubArea, bool)> = own
            .needs
            .iter()
            .filter_map(|&(s, weight)| {
                let strength = spread.iter().find(|(x, _)| *x == s)?.1;
                let exact = other.offers.iter().any(|(x, _)| *x == s);
                let gain = u16::from(weight) * u16::from(strength);
                Some((gain, SubArea::all().nth(s as usize)?, exact))
            })
            .collect();
        met.sort_by_key(|(gain, s, _)| (std::cmp::Reverse(*gain), *s));
        met.dedup_by_key(|(_, s, _)| *s);
        let all: u16 = met.iter().map(|m| m.0).sum();
        for (gain, subarea, exact) in met.into_iter().take(2) {
            let index = subarea.index() as u8;
            let both = own.offers.iter().any(|(s, _)| *s == index)
                && other.needs.iter().any(|(s, _)| *s == index);
            let key = match (exact, both) {
                (true, true) => "reason-exchange",
                (true, false) => "reason-need-met",
                (false, _) => "reason-need-near",
            };
            let part = weight * i32::from(gain) / i32::from(all.max(1));
            say(key, vec![("subarea", Arg::SubArea(subarea))], part);
        }
        if all == 0 {
            // Only the other side gains: what this side can share is said.
            let spread = strongest(&own.offers, self.weights.policy.same_area_divisor);
            let wanted = other.needs.iter().find(|(s, _)| spread.iter().any(|(x, _)| x == s));
            if let Some(subarea) = wanted.and_then(|(s, _)| SubArea::all().nth(*s as usize)) {
                say("reason-can-share", vec![("subarea", Arg::SubArea(subarea))], weight / 2);
            }
        }
    }

    fn language_sentence(&self, h: usize, p: usize) -> (&'static str, Vec<(&'static str, Arg)>) {
        let (a, b) = (&self.rows[h].statement, &self.statements[p]);
        let common = a
            .languages
            .iter()
            .filter_map(|(l, x)| {
                let (_, y) = b.languages.iter().find(|(m, _)| m == l)?;
                Some((*x.min(y), *l))
            })
            .max_by_key(|(level, l)| (*level, std::cmp::Reverse(*l)));
        match common.and_then(|(level, l)| {
            let language = Language::parse(LANGUAGES[usize::from(l)])?;
            Some((language, *Fluency::ALL.get(usize::from(level).checked_sub(1)?)?, level))
        }) {
            // An interpreter is named only where one does better.
            Some((language, fluency, level)) if level >= self.common_level(a, b) => (
                "reason-language",
                vec![("language", Arg::Language(language)), ("fluency", Arg::Fluency(fluency))],
            ),
            _ => ("reason-interpreter", Vec::new()),
        }
    }

    fn format_reasons(
        &self,
        h: usize,
        p: usize,
        side: Side,
        say: &mut dyn FnMut(&'static str, Vec<(&'static str, Arg)>, i32),
    ) {
        let (a, b) = (&self.rows[h].statement, &self.statements[p]);
        let policy = &self.weights.policy;
        let common = a.formats & b.formats;
        if common != 0 {
            let n = common.count_ones().min(3) as usize;
            if let Some(format) = Format::ALL.get(common.trailing_zeros() as usize) {
                let args = vec![("format", Arg::Format(*format))];
                say("reason-formats", args, i32::from(policy.formats[n - 1]));
            }
        }
        let country = self.field.countries[self.field.p_country[p] as usize];
        let wish = i32::from(policy.wish);
        match side {
            Side::Hromada if a.wanted_countries.contains(&country) => {
                say("reason-wish-country", vec![("country", Arg::Country(country))], wish);
            }
            Side::Place if b.wanted_countries.contains(&Country::UKRAINE) => {
                say("reason-wish-country", vec![("country", Arg::Country(Country::UKRAINE))], wish);
            }
            _ => {}
        }
        let (wanted, band) = match side {
            Side::Hromada => (a.wanted_sizes, self.bands[p]),
            Side::Place => (b.wanted_sizes, self.rows[h].band.trailing_zeros() as u8),
        };
        let size = SizeBand::ALL.get(usize::from(band));
        if let Some(size) = size.filter(|s| wanted >> s.index() & 1 == 1) {
            say("reason-wish-size", vec![("size", Arg::Size(*size))], wish);
        }
    }

    /// What would change the score of a pair, the largest gain first:
    /// answered by scoring the pair again as if it were so.
    pub fn changes(&self, subject: Row, partner: Row) -> Vec<Change> {
        let Some((h, p)) = self.sides(subject, partner) else { return Vec::new() };
        let (a, b) = (&self.rows[h].statement, &self.statements[p]);
        let now = self.score(h, p).hundredths;
        let asks_as_hromada = self.field.hromada(subject).is_some();
        let mut found: Vec<Change> = Vec::new();
        let mut consider = |key, args, a: &Statement, b: &Statement| {
            let hundredths = self.score_as(h, p, a, b).hundredths - now;
            if hundredths != 0 {
                found.push(Change { key, args, hundredths });
            }
        };
        let changed = |s: &Statement, change: &dyn Fn(&mut Statement)| {
            let mut s = s.clone();
            change(&mut s);
            s
        };
        let (own, other) = if asks_as_hromada { (a, b) } else { (b, a) };
        let mut ask = |key, args, own: &Statement, other: &Statement| {
            let (a, b) = if asks_as_hromada { (own, other) } else { (other, own) };
            consider(key, args, a, b);
        };
        let policy = &self.weights.policy;

        if let Some(&(need, _)) = own.needs.first() {
            let with = changed(other, &|s| {
                s.offers.push((need, policy.level[2]));
                s.has_entries = true;
            });
            if let Some(subarea) = SubArea::all().nth(need as usize) {
                ask("change-they-offer", vec![("subarea", Arg::SubArea(subarea))], own, &with);
            }
        }
        if let Some(&(need, _)) =
            other.needs.iter().find(|(n, _)| !own.offers.iter().any(|(o, _)| o == n))
        {
            let with = changed(own, &|s| {
                s.offers.push((need, policy.level[2]));
                s.has_entries = true;
            });
            if let Some(subarea) = SubArea::all().nth(need as usize) {
                ask("change-you-offer", vec![("subarea", Arg::SubArea(subarea))], &with, other);
            }
        }
        for &(language, level) in &other.languages {
            if level >= 3 && !own.languages.iter().any(|(l, x)| *l == language && *x >= 3) {
                let with = changed(own, &|s| {
                    s.languages.retain(|(l, _)| *l != language);
                    s.languages.push((language, 3));
                });
                if let Some(language) = Language::parse(LANGUAGES[usize::from(language)]) {
                    ask(
                        "change-you-speak",
                        vec![("language", Arg::Language(language))],
                        &with,
                        other,
                    );
                }
            }
        }
        if other.languages.is_empty() && !own.languages.is_empty() {
            let (language, _) = own.languages[0];
            let with = changed(other, &|s| s.languages.push((language, 3)));
            if let Some(language) = Language::parse(LANGUAGES[usize::from(language)]) {
                ask("change-they-speak", vec![("language", Arg::Language(language))], own, &with);
            }
        }
        if own.formats != 0 && own.formats & other.formats != own.formats {
            let missing = own.formats & !other.formats;
            let first = missing.trailing_zeros() as usize;
            let with = changed(other, &|s| s.formats |= 1 << first);
            if let Some(format) = Format::ALL.get(first) {
                ask("change-they-want", vec![("format", Arg::Format(*format))], own, &with);
            }
        }
        let open = policy.claimed + policy.verified + policy.open_place;
        if own.readiness > 0 && other.readiness < open {
            let with = changed(other, &|s| {
                s.readiness = open;
                s.claimed = true;
            });
            ask("change-they-open", Vec::new(), own, &with);
        }
        if own.readiness == 0 {
            let with = changed(own, &|s| {
                s.readiness = open;
                s.claimed = true;
            });
            let both = changed(other, &|s| {
                s.readiness = s.readiness.max(policy.claimed);
                s.claimed = true;
            });
            if other.readiness > 0 {
                ask("change-you-open", Vec::new(), &with, other);
            } else {
                ask("change-both-claim", Vec::new(), &with, &both);
            }
        }
        if other.readiness >= policy.claimed + policy.open_place {
            let with = changed(other, &|s| s.readiness -= policy.open_place);
            ask("change-they-close", Vec::new(), own, &with);
        }
        found.sort_by_key(|c| (std::cmp::Reverse(c.hundredths), c.key));
        found
    }
}

impl Statement {
    /// Whether the municipality has said anything that counts in public.
    pub(super) fn states_anything(&self) -> bool {
        self.has_entries || !self.languages.is_empty() || self.formats != 0
    }
}
