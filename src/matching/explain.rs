//! Why: the reasons of a pair for either side, as data.
//!
//! A reason is a message key and what goes into it; pages, letters and JSON
//! make sentences of it in their own language. Nothing is explained that did
//! not add points, and what is not known is listed, not glossed over. Reasons
//! are told from the specific to the general: what only this pair has in common
//! comes before what it shares with many.

use super::corpus::Corpus;
use super::criterion::Criterion;
use super::knowledge::Quantity;
use super::pair::PairScore;
use crate::domain::area::SubArea;
use crate::domain::country::Country;
use crate::domain::directory::Row;
use crate::domain::municipality::SizeBand;
use crate::domain::profile::{Fluency, Format, LANGUAGES, Language};
use crate::matching::layout::{Statement, spread};

/// A partner of somebody else is mentioned when it is no further away: about as
/// far as one calls a neighbour.
const NEIGHBOUR_KM: f32 = 40.0;

/// Something that goes into a sentence.
#[derive(Clone, Debug, PartialEq)]
pub enum Arg {
    /// A whole number.
    Number(i64),
    /// A municipality, by its name.
    Municipality(Row),
    /// The population of a municipality, as it is shown.
    People(Row),
    /// What a municipality says of a need of its own, or the sub-area where it
    /// says nothing for everybody.
    Need(Row, SubArea),
    /// What a municipality says it can share, or the sub-area.
    Offer(Row, SubArea),
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
    /// How general it is: 0 where it is of this pair alone. Reasons are told
    /// in this order.
    pub general: u8,
    /// Hundredths of a point by which reasons that are equally general are
    /// ordered.
    pub weight: i32,
}

/// Somebody's need and somebody's offer that meet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Meeting {
    /// Who needs, and the sub-area.
    pub need: (Row, SubArea),
    /// Who offers, and the sub-area: the same, or another of its area.
    pub offer: (Row, SubArea),
}

impl Reason {
    /// The need and the offer that it is about, if it is about any.
    pub fn meeting(&self) -> Option<Meeting> {
        let find = |wanted: &str| self.args.iter().find(|(name, _)| *name == wanted);
        match (find("need")?, find("offer")?) {
            ((_, Arg::Need(seeker, need)), (_, Arg::Offer(helper, offer))) => {
                Some(Meeting { need: (*seeker, *need), offer: (*helper, *offer) })
            }
            _ => None,
        }
    }
}

/// Steps of [`Reason::general`].
mod general {
    pub(super) const NEED: u8 = 0;
    pub(super) const SHARED_PARTNER: u8 = 1;
    pub(super) const SHARED_TWIN: u8 = 2;
    pub(super) const NEAR_PARTNER: u8 = 3;
    pub(super) const NEAR_OTHER_PARTNER: u8 = 4;
    pub(super) const OBLAST_REGION: u8 = 5;
    pub(super) const LANGUAGE: u8 = 6;
    pub(super) const DISTANCE: u8 = 7;
    pub(super) const SIZE: u8 = 8;
    pub(super) const COUNTRY: u8 = 9;
    pub(super) const TWINNING: u8 = 10;
    pub(super) const WAY_OF_WORKING: u8 = 11;
    pub(super) const READINESS: u8 = 12;
}

/// Why a pair has the score it has, seen from one side.
#[derive(Clone, Debug, PartialEq)]
pub struct Explanation {
    /// The score and what it is the sum of.
    pub score: PairScore,
    /// The reasons for the side that asks, from the specific to the general.
    pub for_subject: Vec<Reason>,
    /// The reasons for the other side.
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

/// How many reasons each side is given at first sight.
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

/// A need of one side and the offer of the other that meets it best.
struct MetNeed {
    subarea: SubArea,
    /// The sub-area of the offer: the same, or another of its area.
    offer: SubArea,
    gain: u16,
    /// Whether each of the two needs and offers it.
    both: bool,
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
        let of = |side| self.all_reasons(h, p, &score, side);
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

    /// All reasons for one side, from the specific to the general.
    fn all_reasons(&self, h: usize, p: usize, score: &PairScore, side: Side) -> Vec<Reason> {
        let mut found: Vec<Reason> = Vec::new();
        for contribution in score.contributions.iter().filter(|c| c.known && c.hundredths > 0) {
            let weight = i32::from(contribution.hundredths);
            let criterion = contribution.criterion;
            let mut say = |key, args, general, weight| {
                found.push(Reason { criterion, key, args, general, weight });
            };
            match criterion {
                Criterion::Distance => {
                    // Where the curve is flat, distance speaks neither for a
                    // pair nor against it, whatever the points are.
                    let flat = self.weights.curve(Quantity::Distance).hundredths(f32::MAX);
                    if weight > i32::from(flat) {
                        let km = self.field.distance(h, p).round() as i64;
                        let args = vec![("km", Arg::Number(km))];
                        say("reason-distance", args, general::DISTANCE, weight);
                    }
                }
                Criterion::Size => {
                    let (own, other) = (self.field.h_ln_people[h], self.field.p_ln_people[p]);
                    let difference = own.zip(other).map(|(own, other)| other - own);
                    let speaks = |d: &f32| self.weights.curve(Quantity::Size).hundredths(*d) > 0;
                    if let Some(difference) = difference.filter(speaks) {
                        let (key, args) = self.size_sentence(h, p, side, difference);
                        say(key, args, general::SIZE, weight);
                    }
                }
                // What roles the two have in their regions is a fact of their
                // sizes to everybody who reads it.
                Criterion::Role => {}
                Criterion::Country => self.country_reasons(h, p, weight, &mut say),
                Criterion::Ties => self.tie_reasons(h, p, side, &mut say),
                Criterion::Needs => self.need_reasons(h, p, side, weight, &mut say),
                Criterion::Languages => {
                    let (key, args) = self.language_sentence(h, p);
                    say(key, args, general::LANGUAGE, weight);
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
                    say(key, Vec::new(), general::READINESS, i32::from(other.readiness));
                }
            }
        }
        found.sort_by_key(|r| (r.general, std::cmp::Reverse(r.weight)));
        found
    }

    /// How the sizes of a pair compare, in the words of somebody who reads the
    /// two figures, whether or not that adds points.
    pub fn size_fact(&self, subject: Row, partner: Row) -> Option<Reason> {
        let (h, p) = self.sides(subject, partner)?;
        let difference = self.field.p_ln_people[p]? - self.field.h_ln_people[h]?;
        let of_hromada = self.field.hromada(subject).is_some();
        let side = if of_hromada { Side::Hromada } else { Side::Place };
        let (key, args) = self.size_sentence(h, p, side, difference);
        Some(Reason { criterion: Criterion::Size, key, args, general: general::SIZE, weight: 0 })
    }

    /// How much larger or smaller the other side is, by the logarithm of the
    /// place's population over that of the hromada.
    fn size_sentence(
        &self,
        h: usize,
        p: usize,
        side: Side,
        difference: f32,
    ) -> (&'static str, Vec<(&'static str, Arg)>) {
        let (own, other, larger) = match side {
            Side::Hromada => (self.field.hromadas[h], self.field.places[p], difference),
            Side::Place => (self.field.places[p], self.field.hromadas[h], -difference),
        };
        // ln 1.1, 1.35, 1.75, 2.5 and 3.5: where a reader of two figures would
        // choose another word.
        let key = match larger {
            ..-1.25 => "reason-size-much-smaller",
            ..-0.92 => "reason-size-third",
            ..-0.56 => "reason-size-half",
            ..-0.3 => "reason-size-smaller",
            ..-0.095 => "reason-size-little-smaller",
            ..=0.095 => "reason-size-same",
            ..=0.3 => "reason-size-little-larger",
            ..=0.56 => "reason-size-larger",
            ..=0.92 => "reason-size-double",
            ..=1.25 => "reason-size-triple",
            _ => "reason-size-much-larger",
        };
        (key, vec![("other", Arg::People(other)), ("own", Arg::People(own))])
    }

    /// How many partnerships are known of an oblast and a country: as many as
    /// the weights were learned from, or as are recorded here, whichever are
    /// more.
    pub fn known_of_country(&self, subject: Row, partner: Row) -> Option<(Reason, u32)> {
        let (h, p) = self.sides(subject, partner)?;
        let (o, c) = (self.field.h_oblast[h] as usize, self.field.p_country[p] as usize);
        let recorded = self.recorded(|other, q| {
            self.is_neighbour(h, other) && self.field.p_country[q] as usize == c
        });
        let known = self.rates.pairs.oblast_country(o, c).max(recorded);
        let oblast = Arg::Region(Country::UKRAINE, self.field.oblasts[o].clone());
        let country = Arg::Country(self.field.countries[c]);
        let count = Arg::Number(i64::from(known));
        let args = vec![("count", count), ("oblast", oblast), ("country", country)];
        let (criterion, general) = (Criterion::Country, general::COUNTRY);
        Some((Reason { criterion, key: "reason-country-oblast", args, general, weight: 0 }, known))
    }

    /// How many partnerships are known with the country of a pair's place: of the
    /// oblast, or where it has none of all Ukraine, whether or not that adds
    /// points. None where none is known.
    pub fn country_fact(&self, subject: Row, partner: Row) -> Option<Reason> {
        let (reason, known) = self.known_of_country(subject, partner)?;
        if known > 0 {
            return Some(reason);
        }
        let c = self.field.p_country[self.sides(subject, partner)?.1];
        let known = self.rates.pairs.country(usize::from(c));
        let country = Arg::Country(self.field.countries[usize::from(c)]);
        let args = vec![("count", Arg::Number(i64::from(known))), ("country", country)];
        (known > 0).then_some(Reason { key: "reason-country", args, ..reason })
    }

    /// How many partnerships with Ukraine are known of the country and of the
    /// region of a place; counted as in [`Corpus::known_of_country`].
    pub fn known_around(&self, place: Row) -> Option<(u32, u32)> {
        let p = self.field.place(place)?;
        let (c, r) = (self.field.p_country[p], self.field.p_region[p]);
        let in_country = self.recorded(|_, q| self.field.p_country[q] == c);
        let in_region = self.recorded(|_, q| self.field.p_region[q] == r);
        let pairs = &self.rates.pairs;
        Some((pairs.country(c as usize).max(in_country), pairs.region(r as usize).max(in_region)))
    }

    /// Recorded partnerships of certain hromadas with certain places, without
    /// those of hromadas under occupation.
    fn recorded(&self, wanted: impl Fn(usize, usize) -> bool) -> u32 {
        let pairs = self.known.partnerships().iter();
        let pairs = pairs.map(|k| (k.hromada as usize, k.place as usize));
        pairs.filter(|(h, q)| !self.field.h_occupied[*h] && wanted(*h, *q)).count() as u32
    }

    /// Whether a hromada is another one of the same oblast.
    fn is_neighbour(&self, h: usize, other: usize) -> bool {
        h != other && self.field.h_oblast[h] == self.field.h_oblast[other]
    }

    fn country_reasons(
        &self,
        h: usize,
        p: usize,
        weight: i32,
        say: &mut dyn FnMut(&'static str, Vec<(&'static str, Arg)>, u8, i32),
    ) {
        let field = &self.field;
        let (c, r) = (field.p_country[p] as usize, field.p_region[p] as usize);
        let o = field.h_oblast[h] as usize;
        let (subject, partner) = (field.hromadas[h], field.places[p]);
        if let Some((other, q, km)) = self.nearest_other_partner(h, p) {
            let args = vec![
                ("km", Arg::Number(km.round() as i64)),
                ("partner", Arg::Municipality(field.places[q as usize])),
                ("hromada", Arg::Municipality(field.hromadas[other as usize])),
                ("place", Arg::Municipality(partner)),
            ];
            let key = match km {
                _ if q as usize == p => "reason-partner-of",
                ..8.0 => "reason-beside-other-partner",
                ..20.0 => "reason-near-other-partner",
                _ => "reason-around-other-partner",
            };
            say(key, args, general::NEAR_OTHER_PARTNER, weight);
        }
        let recorded = self
            .recorded(|other, q| self.is_neighbour(h, other) && field.p_region[q] as usize == r);
        let known = self.rates.pairs.oblast_region(o, r).max(recorded);
        if known > 0 {
            let country = field.countries[c];
            let args = vec![
                ("count", Arg::Number(i64::from(known))),
                ("oblast", Arg::Region(Country::UKRAINE, field.oblasts[o].clone())),
                ("region", Arg::Region(country, field.regions[r].1.clone())),
            ];
            say("reason-oblast-region", args, general::OBLAST_REGION, weight);
        }
        if let Some(reason) = self.country_fact(subject, partner) {
            say(reason.key, reason.args, general::COUNTRY, weight);
        }
    }

    /// The nearest known partner of another hromada of the same oblast, with
    /// that hromada and the kilometres from the place.
    fn nearest_other_partner(&self, h: usize, p: usize) -> Option<(u32, u32, f32)> {
        let field = &self.field;
        self.known
            .partnerships()
            .iter()
            .filter(|k| {
                k.hromada as usize != h
                    && field.h_oblast[k.hromada as usize] == field.h_oblast[h]
                    && !field.h_occupied[k.hromada as usize]
            })
            .map(|k| {
                let km = super::field::km(&field.p_vector[p], &field.p_vector[k.place as usize]);
                (k.hromada, k.place, km)
            })
            .filter(|(.., km)| *km <= NEIGHBOUR_KM)
            .min_by(|a, b| a.2.total_cmp(&b.2).then(a.0.cmp(&b.0)))
    }

    fn tie_reasons(
        &self,
        h: usize,
        p: usize,
        side: Side,
        say: &mut dyn FnMut(&'static str, Vec<(&'static str, Arg)>, u8, i32),
    ) {
        let place = |q: u32| Arg::Municipality(self.field.places[q as usize]);
        let hromada = || Arg::Municipality(self.field.hromadas[h]);
        let twins = self.known.twins().of(p as u32);
        let partners = self.known.partners_of_hromada(h);
        let shared = i32::from(self.shared_points(h, p));
        if let Some(&q) = partners.iter().find(|q| shared > 0 && twins.binary_search(q).is_ok()) {
            let args =
                vec![("partner", place(q)), ("hromada", hromada()), ("place", place(p as u32))];
            say("reason-shared-partner", args, general::SHARED_PARTNER, shared);
        }
        let shared = i32::from(self.shared_twin_points(h, p));
        let through = |q: &u32| {
            let of_partner = self.known.twins().of(*q);
            of_partner.iter().find(|x| twins.binary_search(x).is_ok()).map(|x| (*q, *x))
        };
        if let Some((q, x)) = partners.iter().filter(|_| shared > 0).find_map(through) {
            let args = vec![
                ("partner", place(q)),
                ("twin", place(x)),
                ("hromada", hromada()),
                ("place", place(p as u32)),
            ];
            say("reason-shared-twin", args, general::SHARED_TWIN, shared);
        }
        let near = i32::from(self.near_points(h, p));
        if let Some((q, km)) = self.known.near_partner(&self.field, h, p, None).filter(|_| near > 0)
        {
            let args = vec![
                ("partner", place(q)),
                ("km", Arg::Number(km.round() as i64)),
                ("hromada", hromada()),
                ("place", place(p as u32)),
            ];
            say("reason-near-partner", args, general::NEAR_PARTNER, near);
        }
        if let Some(n) = self.known.twins().degree(p as u32).filter(|_| side == Side::Hromada) {
            let args = vec![("count", Arg::Number(i64::from(n)))];
            say("reason-twins", args, general::TWINNING, i32::from(self.activity_points(p)));
        }
    }

    fn need_reasons(
        &self,
        h: usize,
        p: usize,
        side: Side,
        weight: i32,
        say: &mut dyn FnMut(&'static str, Vec<(&'static str, Arg)>, u8, i32),
    ) {
        let met = self.met_needs(h, p, side);
        let all: i32 = met.iter().map(|m| i32::from(m.gain)).sum();
        let rows = (self.field.hromadas[h], self.field.places[p]);
        let (own, other) = if side == Side::Hromada { rows } else { (rows.1, rows.0) };
        for need in met.into_iter().take(2) {
            let key = match (need.offer == need.subarea, need.both) {
                (true, true) => "reason-exchange",
                (true, false) => "reason-need-met",
                (false, _) => "reason-need-near",
            };
            let args = vec![
                ("seeker", Arg::Municipality(own)),
                ("helper", Arg::Municipality(other)),
                ("subarea", Arg::SubArea(need.subarea)),
                ("need", Arg::Need(own, need.subarea)),
                ("offer", Arg::Offer(other, need.offer)),
            ];
            say(key, args, general::NEED, weight * i32::from(need.gain) / all.max(1));
        }
        if all == 0 {
            // Only the other side gains: what this side can share is said.
            let other_side = if side == Side::Hromada { Side::Place } else { Side::Hromada };
            if let Some(need) = self.met_needs(h, p, other_side).into_iter().next() {
                let args = vec![
                    ("seeker", Arg::Municipality(other)),
                    ("helper", Arg::Municipality(own)),
                    ("subarea", Arg::SubArea(need.subarea)),
                    ("need", Arg::Need(other, need.subarea)),
                    ("offer", Arg::Offer(own, need.offer)),
                ];
                say("reason-can-share", args, general::NEED, weight / 2);
            }
        }
    }

    /// The needs of one side that the other can meet, the largest gain first.
    fn met_needs(&self, h: usize, p: usize, side: Side) -> Vec<MetNeed> {
        let (a, b) = (&self.rows[h].statement, &self.statements[p]);
        let (own, other) = if side == Side::Hromada { (a, b) } else { (b, a) };
        let divisor = self.weights.policy.same_area_divisor;
        let at = |s: u8| SubArea::all().nth(usize::from(s));
        let mut met: Vec<MetNeed> = own
            .needs
            .iter()
            .filter_map(|&(s, weight)| {
                let helps = other.offers.iter().flat_map(|&(o, strength)| {
                    let parts = spread(o, strength, divisor).filter(move |(x, _)| *x == s);
                    parts.map(move |(_, part)| (part, o == s, o))
                });
                let (part, _, offer) =
                    helps.max_by_key(|(part, exact, o)| (*part, *exact, std::cmp::Reverse(*o)))?;
                let both = own.offers.iter().any(|(x, _)| *x == s)
                    && other.needs.iter().any(|(x, _)| *x == s);
                let gain = u16::from(weight) * u16::from(part);
                Some(MetNeed { subarea: at(s)?, offer: at(offer)?, gain, both })
            })
            .filter(|need| need.gain > 0)
            .collect();
        met.sort_by_key(|need| (std::cmp::Reverse(need.gain), need.subarea));
        met.dedup_by_key(|need| need.subarea);
        met
    }

    fn language_sentence(&self, h: usize, p: usize) -> (&'static str, Vec<(&'static str, Arg)>) {
        let (a, b) = (&self.rows[h].statement, &self.statements[p]);
        let found = self.common_language(a, b).and_then(|(points, level, l)| {
            let language = Language::parse(LANGUAGES[usize::from(l)])?;
            let fluency = *Fluency::ALL.get(usize::from(level).checked_sub(1)?)?;
            // An interpreter is named only where one does better.
            (points >= self.interpreter_points(a, b)).then_some((language, fluency))
        });
        match found {
            Some((language, fluency)) => (
                "reason-language",
                vec![("language", Arg::Language(language)), ("fluency", Arg::Fluency(fluency))],
            ),
            None => ("reason-interpreter", Vec::new()),
        }
    }

    fn format_reasons(
        &self,
        h: usize,
        p: usize,
        side: Side,
        say: &mut dyn FnMut(&'static str, Vec<(&'static str, Arg)>, u8, i32),
    ) {
        let (a, b) = (&self.rows[h].statement, &self.statements[p]);
        let policy = &self.weights.policy;
        let common = a.formats & b.formats;
        if common != 0 {
            let n = common.count_ones().min(3) as usize;
            if let Some(format) = Format::ALL.get(common.trailing_zeros() as usize) {
                let args = vec![("format", Arg::Format(*format))];
                say(
                    "reason-formats",
                    args,
                    general::WAY_OF_WORKING,
                    i32::from(policy.formats[n - 1]),
                );
            }
        }
        let country = self.field.countries[self.field.p_country[p] as usize];
        let wish = i32::from(policy.wish);
        match side {
            Side::Hromada if a.wanted_countries.contains(&country) => {
                let args = vec![("country", Arg::Country(country))];
                say("reason-wish-country", args, general::WAY_OF_WORKING, wish);
            }
            Side::Place if b.wanted_countries.contains(&Country::UKRAINE) => {
                let args = vec![("country", Arg::Country(Country::UKRAINE))];
                say("reason-wish-country", args, general::WAY_OF_WORKING, wish);
            }
            _ => {}
        }
        let (wanted, band) = match side {
            Side::Hromada => (a.wanted_sizes, self.field.p_band[p]),
            Side::Place => (b.wanted_sizes, self.rows[h].band.trailing_zeros() as u8),
        };
        let size = SizeBand::ALL.get(usize::from(band));
        if let Some(size) = size.filter(|s| wanted >> s.index() & 1 == 1) {
            let args = vec![("size", Arg::Size(*size))];
            say("reason-wish-size", args, general::WAY_OF_WORKING, wish);
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
