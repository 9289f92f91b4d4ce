//! Finding a municipality by any spelling, in the whole shipped directory.

use std::sync::OnceLock;

use mosty::domain::directory::Directory;
use mosty::search::{Closeness, Finder, Index, MAX_QUERY, NotOne, fold, romanise};

use crate::support::{reference_data, whole_directory};

fn index() -> &'static Index {
    static INDEX: OnceLock<Index> = OnceLock::new();
    INDEX.get_or_init(|| Index::new(whole_directory()))
}

fn first(query: &str) -> String {
    let directory: &Directory = whole_directory();
    index()
        .search(query, 1)
        .first()
        .map_or("nothing".to_owned(), |hit| directory.municipality(hit.row).slug.clone())
}

#[test]
fn towns_are_found_by_any_script_old_names_foreign_names_and_with_a_slip() {
    let check = |query: &str, slug: &str| assert_eq!(first(query), slug, "for “{query}”");
    for (query, slug) in [
        ("Київ", "kyiv"),
        ("Kijów", "kyiv"),
        ("Kiev", "kyiv"),
        ("Lemberg", "lviv"),
        ("Львов", "lviv"),
        ("Lwów", "lviv"),
        ("Новомосковськ", "samar"),
        ("Новобілоуська громада", "novyi-bilous"),
        ("novyi bilous", "novyi-bilous"),
        ("Novobilouska hromada", "novyi-bilous"),
        ("Кам'янець-Подільський", "kamianets-podilskyi"),
        ("КАМʼЯНЕЦЬ ПОДІЛЬСЬКИЙ", "kamianets-podilskyi"),
        ("Swidnik", "swidnik"),
        ("ŚWIDNIK", "swidnik"),
        ("Київь", "kyiv"),
        ("Tscherniwzi", "chernivtsi"),
        ("Dnjepropetrowsk", "dnipro"),
        ("Ivano-Frankisvk", "ivano-frankivsk"),
        ("Zhitomir", "zhytomyr"),
        ("West Bromwch", "west-bromwich"),
        ("Martín de la Jafa", "martin-de-la-jara"),
        ("м. Київ", "kyiv"),
        ("м.Київ", "kyiv"),
        ("Київська міська рада", "kyiv"),
        ("м. Львів", "lviv"),
        ("Львівська ТГ", "lviv"),
        ("Львівська міська територіальна громада", "lviv"),
        ("смт Олика", "olyka"),
        ("смт. Олика", "olyka"),
        ("с. Новий Білоус", "novyi-bilous"),
        ("Warszawa", "warszawa"),
        ("Warsaw", "warszawa"),
        ("Варшава", "warszawa"),
    ] {
        check(query, slug);
    }
}

/// A name with the place it lies in, the words for its authority, two names in
/// one, an article behind a comma, short words, codes, former adjectives.
#[test]
fn a_name_is_found_with_whatever_stands_around_it() {
    let check = |query: &str, slug: &str| assert_eq!(first(query), slug, "for “{query}”");
    for (query, slug) in [
        ("Буча, Київська область", "bucha"),
        ("Бучанська міська територіальна громада Київської області", "bucha"),
        ("Виконавчий комітет Бучанської міської ради", "bucha"),
        ("Бучанська міська військова адміністрація", "bucha"),
        ("Бучанська МТГ", "bucha"),
        ("Buchanska hromada, Kyiv oblast", "bucha"),
        ("Україна, Київська обл., Бучанський р-н, м. Буча", "bucha"),
        ("Миколаївська громада, Сумська область", "mykolaivka-sumy"),
        ("Львів, Україна", "lviv"),
        ("Bergamo, Italy", "bergamo"),
        ("Bergamo (Італія)", "bergamo"),
        ("Italia: Bergamo", "bergamo"),
        ("Odense Kommune", "odense"),
        ("Comune di Bergamo", "bergamo"),
        ("Comune dell'Aquila", "laquila"),
        ("Mairie d'Avignon", "avignon"),
        ("City of Bergamo", "bergamo"),
        ("Landeshauptstadt München", "munchen"),
        ("Göteborgs stad", "goteborg"),
        ("Oberndorf am Neckar, Baden-Württemberg", "oberndorf"),
        ("Bolzano/Bozen", "bolzano"),
        ("Turku - Åbo", "turku"),
        ("Alicante/Alacant", "alicante"),
        ("Coruña, A", "a-coruna"),
        ("Coruña", "a-coruna"),
        ("Novo Selo", "novo-selo"),
        ("Ново село", "novo-selo"),
        ("Домажліце", "domazlice"),
        ("Челаковіце", "celakovice"),
        ("Корчина", "korczyna"),
        ("St. Wendel", "sankt-wendel"),
        ("St. Ingbert", "sankt-ingbert"),
        ("St-Denis", "saint-denis"),
        ("Ste-Foy-lès-Lyon", "sainte-foy-les-lyon"),
        ("Gorzów Wlkp.", "gorzow-wielkopolski"),
        ("Tg. Mureș", "targu-mures"),
        ("Ústí n. L.", "usti-nad-labem"),
        ("S. João da Madeira", "sao-joao-da-madeira"),
        ("Красноградська", "berestyn"),
        ("Тарутинська", "bessarabske"),
        ("Salò", "salo-lombardy"),
        ("Längenfeld", "langenfeld-tyrol"),
        ("Haarlemmermeer", "haarlemmermeer"),
        ("Hoofddorp", "haarlemmermeer"),
        ("Gemeente Haarlemmermeer", "haarlemmermeer"),
        ("Guldborgsund", "guldborgsund"),
        ("Gladsaxe Kommune", "gladsaxe"),
        ("Gentofte", "gentofte"),
        ("Bærum", "baerum"),
        ("Crato", "crato"),
        ("Spandau", "berlin"),
        ("Шпандау", "berlin"),
        ("Favoriten", "wien"),
        ("Сихів", "lviv"),
        ("Панютине", "lozova"),
        ("Вільнюський район", "vilniaus-rajonas"),
    ] {
        check(query, slug);
    }
}

/// The section of a city answers by its own name, and says that it is a part.
#[test]
fn a_borough_leads_to_its_city() {
    let hits = index().search("Spandau", 1);
    assert!(hits[0].part && hits[0].name == "Spandau", "{hits:?}");
    let finder = Finder { directory: whole_directory(), index: index() };
    assert_eq!(finder.opening("Spandau"), None);
}

#[test]
fn a_name_of_generic_words_is_a_name_first() {
    let directory = whole_directory();
    let hits = index().search("Нове Село", 4);
    assert!(hits.iter().all(|hit| hit.name == "Нове Село"), "{hits:?}");
    assert!(hits.iter().all(|hit| directory.municipality(hit.row).country.is_ukraine()));
}

#[test]
fn a_country_or_a_region_alone_is_told_from_a_municipality() {
    let names = |query: &str| -> Vec<String> {
        let found = index().territories(query);
        found.iter().map(|t| format!("{}.{}", t.country, t.region)).collect()
    };
    assert_eq!(names("Italy"), ["IT."]);
    assert_eq!(names("Польща"), ["PL."]);
    assert_eq!(names("Bavaria"), ["DE.02"]);
    assert_eq!(names("Bayern"), ["DE.02"]);
    assert_eq!(names("Сумської області"), ["UA.UA59000000000057109"]);
    assert_eq!(names("województwo lubelskie"), ["PL.75"]);
    assert!(names("Bergamo, Italy").is_empty());
    for query in ["Italy", "Bavaria", "Польща", "Georgia"] {
        assert!(index().search(query, 5).is_empty(), "{query}");
    }
    for (query, slug) in [("Luxembourg", "luxembourg"), ("Monaco", "monaco"), ("Lublin", "lublin")]
    {
        assert!(!index().territories(query).is_empty(), "{query}");
        assert_eq!(first(query), slug);
    }
}

#[test]
fn one_municipality_is_identified_and_several_are_told_apart() {
    let directory = whole_directory();
    let finder = Finder { directory, index: index() };
    let slug =
        |text: &str| finder.identify(text).map(|row| directory.municipality(row).slug.clone());
    for (text, found) in [
        ("bucha", "bucha"),
        ("UA32080070000030281", "bucha"),
        ("UA3208007", "bucha"),
        ("UA32080070010087821", "bucha"),
        ("Bergamo", "bergamo"),
        ("Bergamo, Italy", "bergamo"),
        ("Бучанська міська рада", "bucha"),
    ] {
        assert_eq!(slug(text), Ok(found.to_owned()), "{text}");
    }
    for text in ["Bergamo, Spain", "Bergamo, Palestine", "Bergmo", "UA32", "Italy"] {
        assert!(matches!(slug(text), Err(NotOne::None(_))), "{text}: {:?}", slug(text));
    }
    let several = slug("Миколаївська громада").unwrap_err();
    assert!(several.to_string().contains("write the slug of one"), "{several}");
    assert_eq!(
        finder.opening("Bergamo").map(|r| directory.municipality(r).name.as_str()),
        Some("Bergamo")
    );
    for query in ["Lublin", "Luxembourg", "Миколаївська", "Bergmo", "Italy"] {
        assert_eq!(finder.opening(query), None, "{query}");
    }
}

#[test]
fn a_village_finds_its_hromada_and_says_so() {
    let hits = index().search("Бохоники", 3);
    let directory = whole_directory();
    let hit = hits
        .iter()
        .find(|h| directory.municipality(h.row).katottg.as_deref() == Some("UA05020010000053508"));
    assert!(hit.is_some_and(|h| h.part), "{hits:?}");
}

#[test]
fn nonsense_and_long_queries_find_nothing_and_do_no_harm() {
    for query in ["", "   ", "'", "\u{0}", "!!!", "zzxqvwqq"] {
        assert!(index().search(query, 10).is_empty(), "{query:?}");
    }
    let long = "а".repeat(1_000_000);
    assert!(index().search(&long, 10).is_empty());
    assert_eq!(MAX_QUERY, 200);
}

#[test]
fn an_exact_name_comes_before_a_slip() {
    let hits = index().search("Lublin", 5);
    assert_eq!(hits[0].closeness, Closeness::Exact);
}

/// Every spelling of a list that is not part of the project, where it is.
#[test]
fn spellings_of_the_reference_list_find_their_hromada_first() {
    let Some(path) = reference_data("place_names.csv") else { return };
    let directory = whole_directory();
    let mut wrong = Vec::new();
    for record in csv::Reader::from_path(path).unwrap().into_records() {
        let record = record.unwrap();
        let (query, expected) = (&record[0], &record[1]);
        let hits = index().search(query, 1);
        let found = hits.first().and_then(|h| directory.municipality(h.row).katottg.as_deref());
        if found != Some(expected) {
            wrong.push(format!("{query} → {}", first(query)));
        }
    }
    assert!(wrong.is_empty(), "{wrong:?}");
}

/// Keys are made by a table of their own; it must write what the official
/// romanisation writes.
#[test]
fn a_ukrainian_name_and_its_official_romanisation_have_one_key() {
    let mut tried = 0;
    for record in whole_directory().records().iter().filter(|r| r.municipality.is_hromada()) {
        let m = &record.municipality;
        let parts = record.names.parts.lines();
        for name in [m.name.as_str(), &m.centre, &m.district].into_iter().chain(parts) {
            assert_eq!(fold(name), fold(&romanise(name)), "{name}");
            tried += 1;
        }
    }
    assert!(tried > 20_000, "only {tried} names were tried");
}
