//! In which languages municipalities are administered by the law or the
//! custom of their country.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::country::Country;
use super::municipality::Municipality;
use super::profile::Language;

const TABLE: &str = include_str!("../../data/languages.tsv");

/// An official language of a municipality. Some are no working languages of
/// the platform.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OfficialLanguage(&'static str);

impl OfficialLanguage {
    /// The ISO 639-1 code, that of ISO 639-3 where the language has none, as
    /// in `lang` attributes; `ca-valencia` for Valencian.
    pub fn code(self) -> &'static str {
        self.0
    }

    /// The same as a working language, if the platform knows it.
    pub fn working(self) -> Option<Language> {
        Language::parse(self.0)
    }

    /// The Fluent key of its name.
    pub fn key(self) -> String {
        format!("language-{}", self.0)
    }
}

/// A line of the table: the languages of a country, or of a part of it.
struct Rule {
    /// Empty for the whole country.
    region: &'static str,
    /// Empty for the whole region.
    district: &'static str,
    /// The GeoNames id of the one municipality it is about.
    place: Option<i64>,
    languages: Vec<OfficialLanguage>,
}

impl Rule {
    fn is_about(&self, region: &str, district: &str) -> bool {
        (self.region.is_empty() || self.region == region)
            && (self.district.is_empty() || self.district == district)
    }

    /// The narrower goes before the wider.
    fn order(&self) -> [bool; 3] {
        [self.place.is_none(), self.district.is_empty(), self.region.is_empty()]
    }
}

/// The lines of the table by country, the narrowest of each first.
static RULES: LazyLock<HashMap<Country, Vec<Rule>>> = LazyLock::new(|| {
    let mut rules: HashMap<Country, Vec<Rule>> = HashMap::new();
    for (country, rule) in TABLE.lines().skip(1).filter_map(read) {
        rules.entry(country).or_default().push(rule);
    }
    for rules in rules.values_mut() {
        rules.sort_by_key(Rule::order);
    }
    rules
});

fn read(line: &'static str) -> Option<(Country, Rule)> {
    let columns: Vec<&str> = line.split('\t').collect();
    let [country, region, district, place, languages, _source] = columns[..] else { return None };
    let languages = languages.split('|').map(OfficialLanguage).collect();
    let place = if place.is_empty() { None } else { Some(place.parse().ok()?) };
    Some((country.parse().ok()?, Rule { region, district, place, languages }))
}

fn first(country: Country, fits: impl Fn(&Rule) -> bool) -> &'static [OfficialLanguage] {
    let rules = RULES.get(&country).map_or(&[][..], Vec::as_slice);
    rules.iter().find(|rule| fits(rule)).map_or(&[], |rule| &rule.languages)
}

/// The official languages of a municipality, first the one that its own name
/// and most of its papers are in. Where the languages of single
/// municipalities are not in the table, those of the region.
pub fn official_languages(m: &Municipality) -> &'static [OfficialLanguage] {
    first(m.country, |rule| {
        rule.place.is_none_or(|place| m.geonames_id == Some(place))
            && rule.is_about(&m.region, &m.district)
    })
}

/// The official languages of the district or region that a municipality lies
/// in, which may have another of its own: Eupen is German in a French
/// province.
pub fn languages_around(m: &Municipality) -> &'static [OfficialLanguage] {
    first(m.country, |rule| rule.place.is_none() && rule.is_about(&m.region, &m.district))
}

/// The official languages of a country where no region has others; none for
/// Belgium and Switzerland, which have no languages without a region.
pub fn languages_of_country(country: Country) -> &'static [OfficialLanguage] {
    first(country, |rule| rule.place.is_none() && rule.is_about("", ""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_table_is_read() {
        let read: usize = RULES.values().map(Vec::len).sum();
        assert_eq!(read, TABLE.lines().count() - 1);
        for rule in RULES.values().flatten() {
            assert!(!rule.languages.is_empty());
            for language in &rule.languages {
                let code = language.code();
                assert!((2..=3).contains(&code.find('-').unwrap_or(code.len())), "“{code}”");
            }
        }
    }

    #[test]
    fn no_two_lines_are_about_the_same() {
        for (country, rules) in RULES.iter() {
            let mut places: Vec<_> =
                rules.iter().map(|r| (r.region, r.district, r.place)).collect();
            places.sort();
            places.dedup();
            assert_eq!(places.len(), rules.len(), "{country}");
        }
    }

    #[test]
    fn countries_without_a_common_language_have_none() {
        let of = |code: &str| languages_of_country(code.parse().expect("a country"));
        assert_eq!(of("PL"), [OfficialLanguage("pl")]);
        assert_eq!(of("IE"), [OfficialLanguage("en"), OfficialLanguage("ga")]);
        assert_eq!(of("BE"), []);
        assert_eq!(of("QQ"), []);
        assert_eq!(of("PL")[0].working(), Language::parse("pl"));
        assert_eq!(of("AD")[0].working(), None);
    }
}
