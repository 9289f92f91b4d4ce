//! The directory as a list: what is selected and shown must be what a plain
//! look at every entry gives, whichever way is quicker.

use mosty::domain::directory::Row;
use mosty::domain::municipality::{Municipality, SizeBand, Status};
use mosty::i18n::{Lang, T, sort_key};
use mosty::listing::{Filter, Listing, Sort};
use mosty::wording;

use crate::support::{TestServer, clock, whole_directory};

/// The entries a filter lets pass and their order, found the slow way.
fn plainly(filter: &Filter, sort: Sort, lang: Lang) -> Vec<Row> {
    let directory = whole_directory();
    let passes = |m: &Municipality| {
        filter.country.is_none_or(|c| m.country == c)
            && filter.region.as_ref().is_none_or(|r| m.region == *r)
            && (filter.sizes.is_empty() || m.size_band().is_some_and(|b| filter.sizes.contains(&b)))
            && (filter.statuses.is_empty() || filter.statuses.contains(&m.status))
            && filter.min_population.is_none_or(|n| m.people() >= n)
            && filter.max_population.is_none_or(|n| m.people() > 0 && m.people() <= n)
    };
    let mut rows: Vec<Row> =
        directory.rows().filter(|(_, r)| passes(&r.municipality)).map(|(row, _)| row).collect();
    let of = |row: &Row| directory.municipality(*row);
    match sort {
        // Nobody in the shipped directory has stated anything.
        Sort::Stated | Sort::Name => {
            rows.sort_by_cached_key(|r| sort_key(lang, &wording::name(T::pages(lang), of(r))));
        }
        Sort::Largest => rows.sort_by_key(|r| std::cmp::Reverse(of(r).people())),
        Sort::Smallest => {
            // Unknown populations last; among equals the later entry first.
            rows.reverse();
            rows.sort_by_key(|r| (of(r).people() == 0, of(r).people()));
            let unknown = rows.iter().position(|r| of(r).people() == 0).unwrap_or(rows.len());
            rows[unknown..].reverse();
        }
        Sort::Changed => {
            rows.sort_by_key(|r| std::cmp::Reverse(directory.record(*r).shown_in));
        }
    }
    rows
}

#[test]
fn a_page_of_a_list_is_what_a_look_at_every_entry_gives() {
    let listing = Listing::new(whole_directory(), clock().today());
    let country = |code: &str| code.parse().ok();
    let filters = [
        Filter::default(),
        Filter { country: country("PL"), ..Filter::default() },
        Filter { country: country("AD"), ..Filter::default() },
        Filter { country: country("ZZ"), ..Filter::default() },
        Filter { country: country("DE"), region: Some("11".to_owned()), ..Filter::default() },
        Filter { country: country("DE"), region: Some("none".to_owned()), ..Filter::default() },
        Filter { sizes: vec![SizeBand::From100k, SizeBand::Below5k], ..Filter::default() },
        Filter { statuses: vec![Status::Verified], ..Filter::default() },
        Filter { min_population: Some(900_000), ..Filter::default() },
        Filter { max_population: Some(600), country: country("FR"), ..Filter::default() },
        Filter { min_population: Some(-5), max_population: Some(i64::MAX), ..Filter::default() },
    ];
    for filter in &filters {
        for sort in Sort::ALL {
            let lang = if sort == Sort::Name { Lang::Uk } else { Lang::En };
            let wanted = plainly(filter, sort, lang);
            let selection = listing.select(filter, sort, lang);
            assert_eq!(selection.len(), wanted.len(), "{filter:?} {sort:?}");
            for first in [0, 25, wanted.len() / 2, wanted.len().saturating_sub(3), wanted.len()] {
                let end = (first + 25).min(wanted.len());
                let page = &wanted[first.min(end)..end];
                assert_eq!(selection.page(first, 25), page, "{filter:?} {sort:?} from {first}");
                if let Some(row) = page.first() {
                    assert_eq!(selection.position(*row), Some(first), "{filter:?} {sort:?}");
                }
            }
        }
    }
}

#[test]
fn the_first_page_opens_what_a_name_says_and_a_region_is_offered_whole() {
    let server = TestServer::shared();
    for lang in ["en", "uk"] {
        let opened = server.get(&format!("/{lang}/municipalities?q=Mikulov%2C+Czechia&go=1"));
        assert_eq!(opened.status, 303);
        assert_eq!(opened.header("location"), format!("/{lang}/municipalities/mikulov"));
        assert_eq!(server.get(&format!("/{lang}/municipalities?q=Mikulov")).status, 200);
        // Where it is not plain who is meant, the list is shown.
        for (query, rest) in [("q=Mikulow", "?q=Mikulow"), ("q=Lublin", "?q=Lublin"), ("q=", "")] {
            let sent = server.get(&format!("/{lang}/municipalities?{query}&go=1"));
            assert_eq!(sent.status, 303, "{query}");
            assert_eq!(sent.header("location"), format!("/{lang}/municipalities{rest}"));
        }
    }
    let links = |query: &str| -> Vec<String> {
        let page = server.get(&format!("/en/municipalities?q={query}")).html();
        let link = scraper::Selector::parse("#all-of a").unwrap();
        page.select(&link).map(|a| a.attr("href").unwrap().to_owned()).collect()
    };
    assert_eq!(links("Poland"), ["/en/municipalities?country=PL"]);
    assert_eq!(links("Lublin"), ["/en/municipalities?country=PL&region=75"]);
    assert!(links("Mikulov").is_empty());
    let page = server.get("/en/municipalities?q=Poland");
    assert!(page.body.contains("No municipality has this name"));
    assert!(!page.body.contains("Nothing found"), "advice to somebody who found it");
    let narrowed = server.get("/en/municipalities?country=PL&region=75");
    assert_eq!(narrowed.status, 200);
}
