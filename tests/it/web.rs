//! Pages and the API over real HTTP.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use mosty::domain::municipality::{MunicipalityId, NameSource, Status};
use mosty::storage::facts;
use mosty::storage::shipped;
use mosty::storage::version;
use mosty::storage::{StorageError, change, directory};
use mosty::web::RouteRow;

use crate::support::{Answer, MovingClock, TestDb, TestServer, agent, get, now, post, rows};

/// Every page of the fixture, without its language.
pub const PAGES: [&str; 24] = [
    "/",
    "/municipalities",
    "/municipalities?country=UA&size=lt5k&sort=largest",
    "/municipalities?q=Swidnik",
    "/municipalities?q=nothing-like-this",
    "/municipalities?view=map",
    "/municipalities/novyi-bilous",
    "/municipalities/swidnik",
    "/municipalities/bakhmut",
    "/municipalities/novyi-bilous/partners?with=mikulov,lublin",
    "/municipalities/swidnik/partners?order=needs",
    "/municipalities/novyi-bilous/partners/swidnik",
    "/municipalities/swidnik/partners/novyi-bilous",
    "/municipalities/novyi-bilous/partners/swidnik/letter",
    "/municipalities/swidnik/passport?in=pl",
    "/compare",
    "/compare?for=novyi-bilous&with=swidnik,lublin,mikulov",
    "/areas",
    "/areas/energy",
    "/method",
    "/data",
    "/accessibility",
    "/sign-in",
    "/password",
];

#[test]
fn every_page_answers_in_both_languages_within_its_weight() {
    let server = TestServer::shared();
    for lang in ["en", "uk"] {
        for path in PAGES.iter().chain(&["/privacy"]) {
            let url = format!("{}/{lang}{path}", server.url);
            let answer = get(&url, &[]);
            assert_eq!(answer.status, 200, "{url}: {}", answer.body);
            assert_eq!(answer.header("content-type"), "text/html; charset=utf-8");
            assert!(answer.body.contains(&format!("<html lang=\"{lang}\"")), "{url}");
            assert_eq!(answer.texts("h1").len(), 1, "{url} has not one heading");
            assert!(!answer.texts("title")[0].is_empty());
            // No key is left where a sentence should be.
            for word in answer.texts("main").join(" ").split_whitespace() {
                let key = word.trim_matches(|c: char| !c.is_alphanumeric());
                let looks_like_key = [
                    "reason-",
                    "criterion-",
                    "letter-",
                    "country-",
                    "area-",
                    "subarea-",
                    "change-",
                    "known-",
                    "error-",
                    "level-",
                ]
                .iter()
                .any(|k| key.starts_with(k));
                assert!(!looks_like_key, "{url} shows the key {key}");
            }
            let outside: Vec<&str> = answer
                .body
                .split("src=\"")
                .skip(1)
                .filter(|s| s.starts_with("http") || s.starts_with("//"))
                .collect();
            assert!(outside.is_empty(), "{url} loads from elsewhere");
            let packed = packed_size(&url);
            assert!(packed <= 30 * 1024, "{url} weighs {packed} bytes compressed");
        }
    }
}

/// The size of an answer as it travels.
fn packed_size(url: &str) -> usize {
    use std::io::{Read, Write};
    let rest = url.strip_prefix("http://").unwrap();
    let (host, path) = rest.split_once('/').unwrap();
    let mut stream = std::net::TcpStream::connect(host).unwrap();
    write!(
        stream,
        "GET /{path} HTTP/1.1\r\nHost: {host}\r\nAccept-Encoding: gzip\r\nConnection: close\r\n\r\n"
    )
    .unwrap();
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes).unwrap();
    let head = bytes.windows(4).position(|w| w == b"\r\n\r\n").unwrap();
    let text = String::from_utf8_lossy(&bytes[..head]).to_lowercase();
    assert!(text.contains("content-encoding: gzip"), "{url} is not compressed");
    bytes.len() - head
}

#[test]
fn a_first_visit_is_light() {
    let server = TestServer::shared();
    let page = server.get("/en/");
    let mut total = packed_size(&format!("{}/en/", server.url));
    let mut requests = 1;
    let mut seen = Vec::new();
    for part in page.body.split(['"', '(', ')']).filter(|p| p.starts_with("/static/")) {
        if !seen.contains(&part) {
            seen.push(part);
            requests += 1;
            let answer = get(&format!("{}{part}", server.url), &[]);
            assert_eq!(answer.status, 200, "{part}");
            assert!(answer.header("cache-control").contains("immutable"));
            total += if part.contains("woff2") {
                answer.header("content-length").parse().unwrap_or(answer.body.len())
            } else {
                packed_size(&format!("{}{part}", server.url))
            };
        }
    }
    assert!(requests <= 8, "{requests} requests");
    assert!(total <= 100 * 1024, "{total} bytes");
}

#[test]
fn every_answer_carries_the_headers_errors_included() {
    let server = TestServer::shared();
    let paths = [
        "/en/",
        "/uk/method",
        "/api/v1/municipalities",
        "/healthz",
        "/en/nothing",
        "/nothing",
        "/api/v1/nothing",
        "/en/municipalities?page=0",
        "/static/nothing.css",
        "/robots.txt",
    ];
    for path in paths {
        let answer = server.get(path);
        let csp = answer.header("content-security-policy");
        for part in [
            "default-src 'none'",
            "script-src 'self'",
            "object-src 'none'",
            "base-uri 'none'",
            "frame-ancestors 'none'",
            "form-action 'self'",
        ] {
            assert!(csp.contains(part), "{path}: {csp}");
        }
        assert!(!csp.contains("unsafe"), "{path}: {csp}");
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{path}");
        assert!(!answer.header("referrer-policy").is_empty(), "{path}");
        assert!(!answer.header("permissions-policy").is_empty(), "{path}");
        assert_eq!(answer.header("cross-origin-opener-policy"), "same-origin", "{path}");
        assert!(answer.header("strict-transport-security").is_empty(), "{path}: HSTS over http");
        assert!(answer.header("server").is_empty(), "{path} names its server");
    }
    let https = TestServer::start(TestDb::sqlite().filled(), false, Some("https://mosty.example/"));
    let answer = https.get("/en/");
    assert!(answer.header("strict-transport-security").contains("includeSubDomains"));
    assert!(answer.header("content-security-policy").contains("upgrade-insecure-requests"));
    assert!(answer.body.contains("hreflang=\"uk\" href=\"https://mosty.example/uk/\""));
}

#[test]
fn bad_input_gets_one_sentence_and_the_right_status() {
    let server = TestServer::shared();
    let long = format!("/en/municipalities?q={}", "a".repeat(20_000));
    let cases: [(&str, u16); 14] = [
        ("/en/municipalities/nobody-here", 404),
        ("/en/municipalities/nobody-here/partners", 404),
        ("/en/municipalities/swidnik/partners/lublin", 404),
        ("/en/municipalities?page=0", 400),
        ("/en/municipalities?page=1000000000", 404),
        ("/en/municipalities?page=99999999999999999999999999", 400),
        ("/en/municipalities?per_page=10", 400),
        ("/en/municipalities?country=PL&country=DE", 400),
        ("/en/municipalities?q=%FF%FE", 400),
        ("/en/municipalities/novyi-bilous/partners?color=red", 400),
        ("/en/compare?for=novyi-bilous&with=a,b,c,d,e", 400),
        ("/en/areas/nothing", 404),
        ("/de", 404),
        (&long, 414),
    ];
    for (path, status) in cases {
        let answer = server.get(path);
        let short: String = path.chars().take(80).collect();
        assert_eq!(answer.status, status, "{short}");
        assert_eq!(answer.texts("h1").len(), 1, "{short}");
        let sentence = answer.texts("header.head p").join(" ");
        assert!(sentence.len() > 20, "{short} says only “{sentence}”");
    }
    assert_eq!(server.get("/en/municipalities?q=%00Swidnik%00").status, 200);
    for (path, status) in [
        ("/api/v1/municipalities/nobody", 404),
        ("/api/v1/municipalities?limit=0", 400),
        ("/api/v1/municipalities?limit=100000", 400),
        ("/api/v1/municipalities?after=nobody", 400),
        ("/api/v1/municipalities?password=1", 400),
        ("/api/v1/municipalities?country=XX", 400),
        ("/api/v1/municipalities?region=75", 400),
        ("/api/v1/municipalities?country=PL&region=none", 400),
        ("/api/v1/municipalities.csv?size=huge", 400),
        ("/api/v1/municipalities/novyi-bilous/partners?country=XX", 400),
        ("/api/v1/municipalities/swidnik/partners?region=none", 400),
        ("/api/v1/municipalities/novyi-bilous/partners?order=password", 400),
    ] {
        let answer = server.get(path);
        assert_eq!(answer.status, status, "{path}");
        assert!(answer.json()["error"].as_str().unwrap().len() > 15, "{path}");
    }
}

#[test]
fn a_filter_nobody_knows_is_passed_over_and_told_to_people() {
    let server = TestServer::shared();
    let partners = "/municipalities/novyi-bilous/partners";
    let abroad = "/municipalities/swidnik/partners";
    for (list, query, kept) in [
        ("/municipalities", "country=XX", ""),
        ("/municipalities", "country=Poland&size=lt5k", "?size=lt5k"),
        ("/municipalities", "region=75", ""),
        ("/municipalities", "country=PL&region=none", "?country=PL"),
        ("/municipalities", "size=huge&size=lt5k", "?size=lt5k"),
        ("/municipalities", "need=energy", ""),
        ("/municipalities", "sort=password", ""),
        ("/municipalities", "view=password", ""),
        (partners, "country=XX&distance=1500", "?distance=1500"),
        (partners, "distance=-1", ""),
        (partners, "order=password", ""),
        (partners, "open=yes", ""),
        (abroad, "region=UA74", ""),
    ] {
        for lang in ["en", "uk"] {
            let path = format!("/{lang}{list}?{query}");
            let page = server.get(&path);
            assert_eq!(page.status, 200, "{path}");
            let told = page.texts("div.note[role=status] p");
            assert_eq!(told.len(), 1, "{path}: {told:?}");
            let value = query.split('&').map(|part| part.split_once('=').unwrap().1);
            assert!(value.into_iter().any(|v| told[0].contains(v)), "{path}: {told:?}");
            assert!(page.body.contains("<meta name=\"robots\" content=\"noindex\">"), "{path}");
            // What it leads on to is without it, the files too.
            let shown = server.get(&format!("/{lang}{list}{kept}"));
            assert_eq!(page.texts("tbody th, li h3"), shown.texts("tbody th, li h3"), "{path}");
            let file = if list == "/municipalities" { ".csv" } else { "" };
            let file = format!("\"/api/v1{list}{file}{}\"", kept.replace('&', "&#38;"));
            assert!(page.body.contains(&file), "{path} does not lead to {file}");
            assert!(!shown.body.contains("noindex"), "{path}");
        }
    }
    let evil = server.get("/en/municipalities?country=%3Cb%3E&size=a&size=b&size=c&size=d&size=e");
    assert!(!evil.body.contains("“<b>") && evil.texts("div.note[role=status] p").len() == 5);
}

#[test]
fn lists_are_reached_and_read_by_keyboard_and_ear() {
    let server = TestServer::shared();
    for path in [
        "/en/municipalities",
        "/uk/municipalities?q=nothing-like-this",
        "/en/municipalities/novyi-bilous/partners",
        "/uk/municipalities/swidnik/partners?order=score",
    ] {
        let page = server.get(path);
        assert_eq!(page.texts("a.skip[href='#list']").len(), 1, "{path}");
        assert_eq!(page.texts("#list").len(), 1, "{path}");
    }
    let page = server.get("/en/municipalities/novyi-bilous/partners");
    let all = page.texts("ol.ranked, ol.brief").len();
    assert!(all > 0 && page.texts("ol[role=list]").len() == all);
    // Each says its place, whose reasons stand below it, and leads to an
    // address once.
    for (at, heading) in (1..).zip(page.texts("li h3")) {
        assert!(heading.starts_with(&format!("{at}. ")), "{heading}");
    }
    let mut whose = page.texts(".why h4");
    let count = whose.len();
    whose.sort();
    whose.dedup();
    assert!(count > 0 && whose.len() == count, "{whose:?}");
    let links = scraper::Selector::parse("ol.ranked>li a, ol.brief>li a").unwrap();
    let html = page.html();
    let to: Vec<&str> = html.select(&links).filter_map(|a| a.value().attr("href")).collect();
    assert!(to.windows(2).all(|two| two[0] != two[1]), "{to:?}");
    let css = page.body.split('"').find(|part| part.ends_with(".css")).unwrap();
    let css: String = server.get(css).body.split_whitespace().collect();
    assert!(css.contains("content:\"–\"/\"\""), "the dash is read out");
    assert!(css.contains("[hidden]{display:none!important"), "dead buttons show");
}

#[test]
fn previews_of_suggestions_say_their_place_and_what_they_follow() {
    let db = TestDb::sqlite().filled();
    let server = TestServer::start(db, false, None);
    let page = server.get("/en/municipalities/novyi-bilous");
    let places = page.texts(".mini .sc");
    assert_eq!(places, ["No. 1 on the list", "No. 2 on the list", "No. 3 on the list"]);
    assert!(page.texts("#sg + p")[0].contains("public data only"));
    let shared = TestServer::shared().get("/en/municipalities/novyi-bilous");
    assert!(!shared.texts(".mini .sc b").is_empty(), "nobody who has stated anything");
    assert!(
        shared.texts("#sg + p")[0].contains("have stated here"),
        "{:?}",
        shared.texts("#sg + p")
    );
}

#[test]
fn arcs_of_the_map_end_in_circles_and_circles_end_arcs() {
    let page = TestServer::shared().get("/en/");
    let html = page.html();
    let all = |selector: &str| scraper::Selector::parse(selector).unwrap();
    let number = |text: Option<&str>| text.unwrap().parse::<f64>().unwrap();
    let circles: Vec<(f64, f64)> = html
        .select(&all(".hero svg circle"))
        .map(|c| (number(c.value().attr("cx")), number(c.value().attr("cy"))))
        .collect();
    let mut ends: Vec<(f64, f64)> = Vec::new();
    for arc in html.select(&all(".hero svg .tie")) {
        let path = arc.value().attr("d").unwrap();
        let parts: Vec<f64> =
            path.split(['M', 'Q', ' ']).filter_map(|part| part.parse().ok()).collect();
        ends.push((parts[0], parts[1]));
        ends.push((parts[4], parts[5]));
    }
    assert!(ends.len() > 2, "no tie is drawn");
    let near = |a: &(f64, f64), b: &(f64, f64)| (a.0 - b.0).abs() < 1.0 && (a.1 - b.1).abs() < 1.0;
    for end in &ends {
        assert!(circles.iter().any(|circle| near(circle, end)), "no circle at {end:?}");
    }
    for circle in &circles {
        assert!(ends.iter().any(|end| near(circle, end)), "no arc at {circle:?}");
    }
    // Nobody has ties on a fresh installation, and nobody has joined.
    let fresh = TestServer::start(TestDb::sqlite().filled(), false, None).get("/uk/");
    assert!(fresh.texts(".hero svg circle, .hero svg .tie").is_empty());
    assert!(fresh.texts(".hero figcaption a")[0].contains("списком"));
}

#[test]
fn files_and_the_api_have_code_and_name_of_a_region_and_the_page_says_so() {
    let server = TestServer::shared();
    let csv = server.get("/api/v1/municipalities.csv?q=swidnik&country=PL").body;
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    let columns = reader.headers().unwrap().clone();
    let row = reader.records().next().unwrap().unwrap();
    let at = |name: &str| &row[columns.iter().position(|c| c == name).unwrap()];
    let one = server.get("/api/v1/municipalities/swidnik").json();
    let list = server.get("/api/v1/municipalities?q=swidnik&country=PL").json();
    let points = server.get("/api/v1/municipalities.geojson?q=swidnik&country=PL").json();
    for found in [&one, &list["items"][0], &points["features"][0]["properties"]] {
        assert_eq!((&found["region"], &found["region_name"]), (&"75".into(), &"Lublin".into()));
    }
    assert_eq!((at("region"), at("region_name")), ("75", "Lublin"));
    for lang in ["en", "uk"] {
        let page = server.get(&format!("/{lang}/data"));
        let told = page.texts("[aria-labelledby=co] tbody th");
        assert_eq!(told, columns.iter().collect::<Vec<_>>());
        assert!(page.texts("[aria-labelledby=co] tbody td").iter().all(|t| !t.contains("column-")));
        let day =
            if lang == "en" { "21 November 2026" } else { "21 листопада 2026 року" };
        assert!(page.texts(".prose p")[0].contains(day), "{:?}", page.texts(".prose p"));
    }
}

#[test]
fn every_address_answers_head_and_refuses_methods_it_does_not_have() {
    let server = TestServer::shared();
    let table = mosty::web::table();
    assert!(table.len() > 25, "the table of addresses is not whole");
    for RouteRow { method, address: pattern, .. } in &table {
        let path = pattern
            .replace("{lang:en|uk}", "uk")
            .replace("{slug}", "novyi-bilous")
            .replace("{partner}", "swidnik")
            .replace("{name}", "none")
            .replace("{token}", "none")
            .replace("{id}", "1");
        let url = format!("{}{path}", server.url);
        let methods: Vec<&str> =
            table.iter().filter(|r| r.address == *pattern).map(|r| r.method).collect();
        if *method == "GET" {
            let (head, got) = (agent().head(&url).call().unwrap(), get(&url, &[]));
            assert_eq!(head.status().as_u16(), got.status, "HEAD {path}");
        }
        for other in ["GET", "POST", "PUT", "DELETE", "PATCH", "TRACE", "OPTIONS"] {
            if methods.contains(&other) {
                continue;
            }
            let request = ureq::http::Request::builder().method(other).uri(&url).body(()).unwrap();
            let answer = agent().run(request).unwrap();
            assert_eq!(answer.status().as_u16(), 405, "{other} {path}");
            let allowed = answer.headers()["allow"].to_str().unwrap();
            assert!(methods.iter().all(|m| allowed.contains(m)), "{path} allows {allowed}");
        }
    }
}

#[test]
fn what_people_type_is_never_markup() {
    let server = TestServer::shared();
    for evil in ["<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "'-alert(1)-'"] {
        for path in [
            "/en/municipalities?q=",
            "/en/compare?q=",
            "/uk/municipalities?sort=",
            "/en/compare?for=",
        ] {
            let encoded: String = evil.bytes().map(|b| format!("%{b:02X}")).collect();
            let answer = server.get(&format!("{path}{encoded}"));
            assert!(!answer.body.contains(evil), "{path} gives {evil} back");
        }
    }
}

#[test]
fn nothing_but_a_form_of_this_site_changes_anything() {
    let server = TestServer::shared();
    let url = format!("{}/theme", server.url);
    let body = "theme=dark&back=/uk/method";
    let ours = post(&url, &[("sec-fetch-site", "same-origin")], body);
    assert_eq!((ours.status, ours.header("location")), (303, "/uk/method"));
    let cookie = ours.header("set-cookie");
    assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax"), "{cookie}");
    let dark = get(&format!("{}/en/", server.url), &[("cookie", "theme=dark")]);
    assert!(dark.body.contains("data-theme=\"dark\""));
    for headers in [
        &[("sec-fetch-site", "cross-site")][..],
        &[("sec-fetch-site", "same-site")],
        &[("origin", "https://evil.example")],
    ] {
        assert_eq!(post(&url, headers, body).status, 403, "{headers:?}");
    }
    let away = post(&url, &[], "theme=dark&back=//evil.example");
    assert_eq!(away.header("location"), "/");
    assert_eq!(post(&url, &[], "theme=pink").status, 400);
}

#[test]
fn the_language_follows_the_browser_and_then_the_address() {
    let server = TestServer::shared();
    let root = |accept: &str| {
        let answer = get(&format!("{}/", server.url), &[("accept-language", accept)]);
        (answer.status, answer.header("location").to_owned())
    };
    assert_eq!(root("uk-UA,uk;q=0.9"), (302, "/uk/".to_owned()));
    assert_eq!(root("de"), (302, "/en/".to_owned()));
    let page = server.get("/uk/municipalities?country=PL&page=2");
    assert!(page.body.contains("href=\"/en/municipalities?country=PL&#38;page=2\""), "the switch");
    assert!(server.get("/uk/nothing").body.contains("Сторінки не знайдено"));
}

#[test]
fn partners_are_explained_to_both_sides_and_numbers_appear_only_where_something_is_stated() {
    let server = TestServer::shared();
    let list = server.get("/api/v1/municipalities/novyi-bilous/partners?limit=200").json();
    let items = list["items"].as_array().unwrap();
    assert_eq!(items.len(), 200);
    for item in items {
        let sum: f64 = item["criteria"]
            .as_array()
            .unwrap()
            .iter()
            .map(|c| c["contribution"].as_f64().unwrap())
            .sum();
        assert!((sum - item["score"].as_f64().unwrap()).abs() < 1e-6, "{item}");
        assert_eq!(item["criteria"].as_array().unwrap().len(), 9);
    }
    // Reasons for both sides where a partner has stated something, one line
    // where it has not.
    let silent_at = items.iter().position(|i| i["states_anything"] == false).unwrap();
    for number in [1, silent_at / 10 + 1] {
        let page = server.get(&format!("/en/municipalities/novyi-bilous/partners?page={number}"));
        let (stated, silent) = (page.texts(".ranked article h3"), page.texts(".brief>li h3"));
        assert_eq!(stated.len() + silent.len(), 10);
        assert_eq!(page.texts(".why h4").len(), 2 * stated.len());
        assert!(page.texts(".brief>li>p").iter().all(|line| !line.trim().is_empty()));
        assert!(number == 1 || !silent.is_empty());
    }
    let by_needs = server.get("/en/municipalities/novyi-bilous/partners?order=needs");
    assert!(!by_needs.texts(".ranked article h3").is_empty());
    let unstated = items.iter().find(|i| i["states_anything"] == false).expect("somebody unstated");
    let slug = unstated["municipality"]["slug"].as_str().unwrap();
    let pair = server.get(&format!("/en/municipalities/novyi-bilous/partners/{slug}"));
    assert!(pair.texts(".score b").is_empty(), "a number is shown of one who stated nothing");
    assert!(pair.body.contains("Not on Mosty yet"));
    let stated = items.iter().find(|i| i["states_anything"] == true).expect("somebody stated");
    let slug = stated["municipality"]["slug"].as_str().unwrap();
    let pair = server.get(&format!("/en/municipalities/novyi-bilous/partners/{slug}"));
    assert_eq!(pair.texts(".score b").len(), 1);
    assert_eq!(pair.texts(".wf tbody tr:not(.grp)").len(), 9);
    assert_eq!(pair.texts(".arc .h").len(), 9);
}

#[test]
fn filters_of_partners_hold() {
    let server = TestServer::shared();
    let items = |query: &str| {
        let path = format!("/api/v1/municipalities/novyi-bilous/partners?limit=100{query}");
        server.get(&path).json()["items"].as_array().unwrap().clone()
    };
    let of = |items: &[serde_json::Value], pick: fn(&serde_json::Value) -> bool| {
        !items.is_empty() && items.iter().all(|i| pick(&i["municipality"]))
    };
    assert!(of(&items("&country=DE"), |m| m["country"] == "DE"));
    let small = items("&size=lt5k");
    assert!(of(&small, |m| m["population"]["value"].as_i64().unwrap() < 5_000));
    let open = items("&open=1");
    assert!(!open.is_empty() && open.iter().all(|i| i["states_anything"] == true));
    assert!(items("&distance=1000").len() <= items("").len());
}

#[test]
fn partners_are_chosen_from_the_list_and_compared() {
    let server = TestServer::shared();
    let list = "/en/municipalities/novyi-bilous/partners?country=PL";
    let attribute = |path: &str, selector: &str, name: &str| -> Vec<String> {
        let selector = scraper::Selector::parse(selector).unwrap();
        let page = server.get(path);
        assert_eq!(page.status, 200, "{path}");
        page.html()
            .select(&selector)
            .filter_map(|e| e.value().attr(name).map(str::to_owned))
            .collect()
    };
    let mut path = list.to_owned();
    for n in 1..=4 {
        let choices = attribute(&path, ".acts a[rel=nofollow]:not([aria-current])", "href");
        path = choices[0].split('#').next().unwrap().to_owned();
        assert!(path.contains("country=PL"), "the filter is lost: {path}");
        assert_eq!(attribute(&path, ".acts a[aria-current]", "href").len(), n, "{path}");
    }
    // Four are chosen, so no fifth can be.
    assert!(attribute(&path, ".acts a[rel=nofollow]:not([aria-current])", "href").is_empty());
    let compare = attribute(&path, ".spread a.btn", "href");
    assert_eq!(server.get(&compare[0]).texts(".cmp thead th a").len(), 4);
    let back = attribute(&path, ".acts a[aria-current]", "href");
    let fewer = back[0].split('#').next().unwrap();
    assert_eq!(attribute(fewer, ".acts a[aria-current]", "href").len(), 3);
    assert_eq!(server.get(&format!("{list}&with=nobody")).status, 400);
    assert_eq!(server.get(&format!("{list}&with=a,b,c,d,e")).status, 400);
}

#[test]
fn an_occupied_hromada_can_be_read_and_is_suggested_to_nobody() {
    let server = TestServer::shared();
    let page = server.get("/en/municipalities/bakhmut");
    let notice = page.texts("p.note")[0].clone();
    assert!(notice.contains("Under Russian occupation") && notice.contains("Since May 2023."));
    let ukrainian = server.get("/uk/municipalities/bakhmut").texts("p.note")[0].clone();
    assert!(ukrainian.contains("З травня 2023 року."), "{ukrainian}");
    let all = server.get("/api/v1/municipalities/swidnik/partners?limit=200");
    assert!(!all.body.contains("bakhmut"));
    // Nor is anybody suggested to it, or to one elsewhere.
    for slug in ["bakhmut", "town-399"] {
        let none = server.get(&format!("/api/v1/municipalities/{slug}/partners")).json();
        assert_eq!((&none["total"], none["items"].as_array().unwrap().len()), (&0.into(), 0));
        let page = server.get(&format!("/en/municipalities/{slug}/partners"));
        assert!(page.texts("p.note")[0].contains("never suggested"), "{slug}");
    }
    // Whatever page it is on says so, and none writes a letter.
    for path in [
        "/en/municipalities/swidnik/partners/bakhmut",
        "/en/municipalities/bakhmut/partners/swidnik",
        "/en/municipalities/novyi-bilous/partners/town-399",
        "/en/compare?for=swidnik&with=bakhmut",
        "/en/compare?for=bakhmut&with=swidnik",
        "/en/municipalities/swidnik/partners/bakhmut/letter",
        "/en/municipalities/bakhmut/passport",
    ] {
        let page = server.get(path);
        assert_eq!(page.status, 200, "{path}");
        let said = page.texts("main").join(" ");
        assert!(said.contains("occupation") || said.contains("Not under the control"), "{path}");
        assert!(!page.texts("main a").iter().any(|a| a.contains("letter")), "{path}");
        let sheets = page.texts("article.sheet").len();
        assert_eq!(sheets, usize::from(path.ends_with("passport")), "{path}");
    }
    // The two side by side are facts alone: nothing speaks for the pair.
    let pair = server.get("/en/municipalities/swidnik/partners/bakhmut");
    for part in [".verdict", ".sides", "table", ".score"] {
        assert!(pair.texts(part).is_empty(), "{part} is there");
    }
    let found = server.get("/en/compare?for=swidnik&q=bakhmut");
    assert!(!found.body.contains("with=bakhmut"));
}

#[test]
fn the_page_the_api_and_the_assigned_lists_show_the_same() {
    let server = TestServer::shared();
    // All hromadas here are of one oblast, of which a list shows three.
    for (slug, assigned) in [("novyi-bilous", 10), ("swidnik", 3)] {
        let items = |query: &str| {
            let path = format!("/api/v1/municipalities/{slug}/partners?{query}");
            let list = server.get(&path).json();
            let of = |item: &serde_json::Value| {
                let slug = item["municipality"]["slug"].as_str().unwrap().to_owned();
                (slug, item["list"].as_str().unwrap().to_owned())
            };
            list["items"].as_array().unwrap().iter().map(of).collect::<Vec<(String, String)>>()
        };
        let suggested = items("limit=30");
        assert_eq!(suggested, items("order=suggested&limit=30"));
        assert!(suggested[..assigned].iter().all(|(_, list)| list == "assigned"));
        assert!(suggested[assigned..].iter().all(|(_, list)| list == "plain"));
        // One sequence, however it is cut.
        let after = items(&format!("limit=10&after={}", suggested[4].0));
        let rest = &suggested[5..];
        assert_eq!(after, rest[..rest.len().min(10)]);
        for (number, rows) in (1..).zip(suggested.chunks(10)) {
            let page = server.get(&format!("/en/municipalities/{slug}/partners?page={number}"));
            let mut shown: Vec<String> = page.ids("li[id]");
            shown.sort();
            let mut expected: Vec<String> = rows.iter().map(|(slug, _)| slug.clone()).collect();
            expected.sort();
            assert_eq!(shown, expected, "page {number} of {slug}");
        }
        // The older word for the plain order, and a filter, are not mixed.
        assert_eq!(items("order=balanced&limit=30"), items("order=score&limit=30"));
        assert!(items("order=score&limit=30").iter().all(|(_, list)| list == "plain"));
        assert!(items("distance=3000&limit=5").iter().all(|(_, list)| list == "plain"));
    }
}

#[test]
fn a_hromada_at_the_front_is_suggested_with_a_word_of_care() {
    let server = TestServer::shared();
    let page = server.get("/en/municipalities/testove-0");
    let notice = page.texts("p.note")[0].clone();
    assert!(notice.contains("Fighting goes on") && notice.contains("Since 2022."), "{notice}");
    // It has not joined: who looks for it finds it, marked, but nobody is led
    // to it unasked.
    let partners = |query: &str| {
        let path = format!("/api/v1/municipalities/swidnik/partners?limit=200{query}");
        server.get(&path).body.contains("\"testove-0\"")
    };
    assert!(!partners("") && !partners("&calm=1") && !partners("&order=score&calm=1"));
    assert!(partners("&order=score") && partners("&order=known") && partners("&distance=5000"));
    let sorted = server.get("/en/municipalities/swidnik/partners?order=score&region=UA74");
    assert_eq!(sorted.status, 200);
    let letter =
        server.get("/en/municipalities/swidnik/partners/testove-0/letter?step=visit&to=en");
    assert!(letter.texts("article.sheet").join(" ").contains("conversation online"));
    assert!(!letter.body.contains("value=\"visit\""), "a journey is proposed");
    let row = server.get("/en/municipalities?q=testove-0&country=UA");
    assert!(row.texts("tr .tag").iter().any(|t| t == "near the front"));
}

#[test]
fn what_other_sites_add_to_a_link_and_a_slash_too_many_do_no_harm() {
    let server = TestServer::shared();
    assert_eq!(server.get("/uk/municipalities/swidnik?fbclid=x&utm_source=y").status, 200);
    for (path, to) in [
        ("/en/municipalities/", "/en/municipalities"),
        ("/uk/areas/energy//?fbclid=x", "/uk/areas/energy?fbclid=x"),
        ("//evil.example/", "/evil.example"),
    ] {
        let answer = server.get(path);
        assert_eq!((answer.status, answer.header("location")), (301, to), "{path}");
    }
    let refused = server.get("/uk/municipalities/swidnik?color=red");
    assert_eq!(refused.status, 400);
    assert!(!refused.texts("header.head p").join(" ").contains(": ."), "an empty list is offered");
}

#[test]
fn needs_for_few_show_their_area_where_they_stand_and_count_nowhere() {
    let server = TestServer::shared();
    let db = TestDb::sqlite().filled();
    mosty::cli::fill_with_inventions(&db.db, &*crate::support::clock()).unwrap();
    let snapshot = db.live().now();
    let (slug, area) = snapshot
        .directory
        .records()
        .iter()
        .find_map(|r| {
            let hidden = r.profile.entries.iter().find(|e| {
                !e.is_public_on(snapshot.today)
                    && e.direction.needs()
                    && e.is_area_public_on(snapshot.today)
            })?;
            Some((r.municipality.slug.clone(), hidden.subarea.area().slug))
        })
        .expect("a need for verified members");
    let in_public = |record: &&std::sync::Arc<mosty::domain::directory::Record>| {
        let needs = |e: &&mosty::domain::profile::Entry| {
            e.direction.needs() && e.subarea.area().slug == area
        };
        record.profile.public_entries(snapshot.today).any(|e| needs(&e))
    };
    let public = snapshot.directory.records().iter().filter(in_public).count();
    let listed =
        server.get(&format!("/api/v1/municipalities?area={area}&need=1&limit=1000")).json();
    assert_eq!(listed["total"].as_u64().unwrap() as usize, public, "{area}");
    let areas = server.get("/api/v1/areas").json();
    let counted = areas["items"].as_array().unwrap().iter().find(|a| a["slug"] == area).unwrap();
    assert_eq!(counted["needs"].as_u64().unwrap() as usize, public);
    let csv = server.get(&format!("/api/v1/municipalities.csv?area={area}&need=1&sort=largest"));
    assert_eq!(csv.body.lines().count(), public + 1);
    // The table says in words what it does not count, and never a zero for it.
    for (lang, words) in [("en", "verified members only"), ("uk", "підтверджені представники")]
    {
        let table = server.get(&format!("/{lang}/areas"));
        let name = &counted["names"][lang].as_str().unwrap().to_lowercase();
        let row = table.texts("tbody tr").into_iter();
        let row = row.into_iter().find(|row| row.to_lowercase().starts_with(name)).unwrap();
        assert!(row.contains(words), "{row}");
        let cells = table.texts("tbody td.n:nth-child(3)");
        for (cell, area) in cells.iter().zip(areas["items"].as_array().unwrap()) {
            let public = area["needs"].as_u64().unwrap();
            let figure = cell.split_whitespace().next().and_then(|word| word.parse().ok());
            let only = cell.contains(words) && public == 0;
            assert_eq!(figure, (!only).then_some(public), "{area}: {cell}");
        }
    }
    let page = server.get(&format!("/en/areas/{area}"));
    assert!(!page.texts("#wh + p + ul a").is_empty(), "{area}");
    assert!(!page.texts("#wh + p + ul").join(" ").contains("can teach"), "a level shows");
    let passport = server.get(&format!("/en/municipalities/{slug}/passport"));
    assert!(passport.texts("article.sheet").join(" ").contains("details for verified members"));
    let one = server.get(&format!("/api/v1/municipalities/{slug}")).json();
    let entries = one["entries"].as_array().unwrap();
    let bare = entries.iter().find(|e| e["area"] == area && e["subarea"].is_null()).unwrap();
    assert!(bare["level"].is_null(), "{bare}");
}

#[test]
fn partners_of_the_api_page_on() {
    let server = TestServer::shared();
    let whole = server.get("/api/v1/municipalities/novyi-bilous/partners?limit=60").json();
    let mut next = "/api/v1/municipalities/novyi-bilous/partners?limit=20".to_owned();
    let mut seen: Vec<serde_json::Value> = Vec::new();
    for _ in 0..3 {
        let answer = server.get(&next).json();
        seen.extend(answer["items"].as_array().unwrap().iter().cloned());
        next = answer["next"].as_str().unwrap().to_owned();
    }
    assert_eq!(&seen, whole["items"].as_array().unwrap());
}

#[test]
fn what_is_invented_is_marked_wherever_it_shows() {
    let server = TestServer::shared();
    let listed = server.get("/api/v1/municipalities?status=verified&limit=1000").json();
    let verified = listed["items"].as_array().unwrap();
    assert!(verified.len() > 20);
    assert!(verified.iter().all(|m| m["invented"] == true));
    let slug = verified[0]["slug"].as_str().unwrap();
    for path in [
        format!("/en/municipalities/{slug}"),
        format!("/en/municipalities/{slug}/passport"),
        "/en/municipalities?status=verified".to_owned(),
    ] {
        let page = server.get(&path);
        assert!(page.texts(".tag").iter().any(|t| t.contains("invented")), "{path}");
        assert!(page.texts(".demo")[0].contains("invented"), "{path} lacks the banner");
    }
    let csv = server.get("/api/v1/municipalities.csv?status=verified");
    assert!(csv.body.lines().skip(1).all(|l| l.ends_with(",1")));
    let geojson = server.get("/api/v1/municipalities.geojson?status=verified").json();
    let features = geojson["features"].as_array().unwrap();
    assert!(features.iter().all(|f| f["properties"]["invented"] == true));
}

#[test]
fn sensitive_needs_of_hromadas_show_only_their_area() {
    let server = TestServer::shared();
    let db = TestDb::sqlite().filled();
    mosty::cli::fill_with_inventions(&db.db, &*crate::support::clock()).unwrap();
    let directory = db.live().now();
    let mut found = 0;
    for record in directory.directory.records() {
        let m = &record.municipality;
        let hidden = record
            .profile
            .entries
            .iter()
            .filter(|e| e.audience != mosty::domain::audience::Audience::Public);
        for entry in hidden {
            found += 1;
            let statement = &entry.statements[0].1;
            for path in [
                format!("/en/municipalities/{}", m.slug),
                format!("/en/municipalities/{}/passport", m.slug),
                format!("/api/v1/municipalities/{}", m.slug),
            ] {
                let answer = server.get(&path);
                assert!(!answer.body.contains(statement.as_str()), "{path} shows a statement");
                assert!(!answer.body.contains(&entry.subarea.to_string()), "{path}");
            }
        }
    }
    assert!(found > 0, "the demonstration hides nothing, so nothing was tested");
}

#[test]
fn the_api_pages_through_everything_once() {
    let server = TestServer::shared();
    let mut next = "/api/v1/municipalities?limit=100".to_owned();
    let mut seen = std::collections::HashSet::new();
    let mut total = 0;
    loop {
        let answer = server.get(&next).json();
        total = answer["total"].as_u64().unwrap().max(total);
        for item in answer["items"].as_array().unwrap() {
            assert!(seen.insert(item["slug"].as_str().unwrap().to_owned()), "shown twice");
        }
        match answer["next"].as_str() {
            Some(url) => next = url.to_owned(),
            None => break,
        }
    }
    assert_eq!(seen.len() as u64, total);
    let one = server.get("/api/v1/municipalities/swidnik").json();
    for field in
        ["slug", "name", "names", "country", "geonames_id", "population", "lat", "lon", "status"]
    {
        assert!(!one[field].is_null(), "no {field}");
    }
    assert_eq!(one["population"]["value"], 37_600);
    assert_eq!(one["district"], "powiat świdnicki");
    assert_eq!(one["official_languages"], serde_json::json!(["pl"]));
    let other = server.get("/api/v1/municipalities/mikulov").json();
    assert!(other["district"].is_null());
}

#[test]
fn the_page_of_a_municipality_abroad_says_district_and_language_and_leads_on() {
    let server = TestServer::shared();
    let english = server.get("/en/municipalities/swidnik");
    assert!(english.fact("District").starts_with("powiat świdnicki"));
    assert!(english.fact("Official language").starts_with("Polish"));
    let english = english.body;
    assert!(english.contains("<span lang=\"pl\">powiat świdnicki</span>"));
    let search = "href=\"https://duckduckgo.com/?q=%C5%9Awidnik+gmina+Poland\"";
    assert!(english.contains(&format!("{search} rel=\"noreferrer noopener\"")));
    assert!(!english.contains("Kosovo"));
    let ukrainian = server.get("/uk/municipalities/swidnik");
    assert!(ukrainian.fact("Повіт").starts_with("powiat świdnicki"));
    assert!(ukrainian.fact("Офіційна мова").starts_with("польська"));
    assert!(ukrainian.body.contains(search));
    // Nothing is known of its district; a hromada has its raion by its name.
    assert!(!server.get("/en/municipalities/mikulov").body.contains("<dt>District</dt>"));
    let hromada = server.get("/en/municipalities/novyi-bilous").body;
    assert!(hromada.contains("Chernihivskyi raion, "));
    assert!(!hromada.contains("duckduckgo") && !hromada.contains("Official language"));
}

#[test]
fn pages_of_kosovo_say_that_ukraine_has_not_recognised_it() {
    let server = TestServer::shared();
    let english = server.get("/en/municipalities/prizren");
    let languages = "Albanian, Serbian, Turkish";
    assert!(english.fact("Official languages").starts_with(languages));
    let english = english.body;
    assert!(english.contains("Kosovo*</span>"));
    assert!(english.contains("* Ukraine has not recognised the independence of Kosovo."));
    let ukrainian = server.get("/uk/municipalities/prizren").body;
    assert!(ukrainian.contains("* Україна не визнала незалежності Косова."));
}

#[test]
fn whom_lists_show_is_a_table_and_a_file() {
    let server = TestServer::shared();
    let file = server.get("/api/v1/exposure.csv");
    assert!(file.header("content-type").starts_with("text/csv"));
    let mut shares: BTreeMap<(String, String), f64> = BTreeMap::new();
    let mut lines = csv::Reader::from_reader(file.body.as_bytes());
    for line in lines.records().map(Result::unwrap) {
        let share: f64 = line[6].parse().unwrap_or(0.0);
        *shares.entry((line[0].to_owned(), line[1].to_owned())).or_default() += share;
        let (there, shown): (i64, i64) =
            (line[4].parse().unwrap_or(0), line[5].parse().unwrap_or(0));
        assert!(shown <= there, "{line:?}");
        assert!(line[1] != *"most-shown" || line[7].parse::<i64>().unwrap() > 0, "{line:?}");
    }
    for (of, by) in [("hromadas", "oblast"), ("hromadas", "size"), ("places", "country")] {
        let sum = shares[&(of.to_owned(), by.to_owned())];
        assert!((sum - 1.0).abs() < 1e-9, "{of} by {by}: {sum}");
    }
    for (lang, words) in [("en", "Chernihiv oblast"), ("uk", "Чернігівська область")]
    {
        let page = server.get(&format!("/{lang}/method"));
        assert!(page.texts("section table th").iter().any(|t| t == words), "{lang}");
    }
}

#[test]
fn what_rows_of_a_list_share_stands_beside_them() {
    let server = TestServer::start(TestDb::sqlite().filled(), false, None);
    let list = server.get("/api/v1/municipalities/novyi-bilous/partners?limit=10").json();
    let shared = list["shared"].as_array().unwrap();
    assert!(shared.iter().any(|s| s["kind"] == "unknown" && s["rows"] == 10), "{shared:?}");
    let mut keys: BTreeMap<&str, usize> = BTreeMap::new();
    for item in list["items"].as_array().unwrap() {
        *keys.entry(item["line"]["key"].as_str().unwrap()).or_default() += 1;
        assert!(!item["line"]["uk"].as_str().unwrap().is_empty());
    }
    assert!(keys.len() > 1, "every row says the same: {keys:?}");
}

#[test]
fn letters_read_whole_in_every_language_without_anybody_writing() {
    let server = TestServer::shared();
    for lang in ["en", "uk", "pl", "de"] {
        for pair in [
            "novyi-bilous/partners/swidnik",
            "swidnik/partners/novyi-bilous",
            "novyi-bilous/partners/town-0",
        ] {
            let path = format!(
                "/en/municipalities/{pair}/letter?to={lang}&chosen=1&learn=water/supply&step=visit"
            );
            let page = server.get(&path);
            assert_eq!(page.status, 200, "{path}");
            let sheets = page.texts("article.sheet");
            assert!(!sheets.is_empty());
            let own = page.texts(&format!("article.sheet[lang={lang}]")).join(" ");
            assert!(own.len() > 400, "{path}: {own}");
            for left in ["{", "}", "letter-", "$", "  "] {
                assert!(!own.contains(left), "{path} holds “{left}”: {own}");
            }
        }
        let passport = server.get(&format!("/uk/municipalities/novyi-bilous/passport?in={lang}"));
        assert_eq!(passport.texts(&format!("article.sheet[lang={lang}]")).len(), 1);
    }
    let wrong = server.get("/en/municipalities/novyi-bilous/partners/swidnik/letter?to=fr");
    assert_eq!(wrong.status, 400);
}

#[test]
fn an_edit_shows_in_every_process_within_a_second() {
    for db in TestDb::each() {
        let name = db.name;
        let db = db.filled();
        let second = db.shared();
        let (one, other) =
            (TestServer::start(db, false, None), TestServer::start(second, false, None));
        let id = {
            let all = mosty::domain::directory::Directory::new(directory::load(&one.db).unwrap());
            all.municipality(all.by_slug("mikulov").unwrap()).id
        };
        let pause = |id: MunicipalityId, status: Status| {
            let mut conn = one.db.conn().unwrap();
            change(&mut conn, |c| -> Result<(), StorageError> {
                let version = version::next_version(c)?;
                facts::set_status(c, id, status, false)?;
                version::touch(c, id, version)
            })
            .unwrap();
        };
        let begun = Instant::now();
        pause(id, Status::Paused);
        for server in [&one, &other] {
            loop {
                let now = server.get("/api/v1/municipalities/mikulov").json();
                if now["status"] == "paused" {
                    break;
                }
                assert!(begun.elapsed() < Duration::from_secs(3), "{name}: the edit never showed");
                std::thread::sleep(Duration::from_millis(20));
            }
        }
        assert!(begun.elapsed() < Duration::from_millis(1_500), "{name}: {:?}", begun.elapsed());
    }
}

#[test]
fn searches_and_files_have_limits_that_processes_keep_together() {
    for db in TestDb::each() {
        let name = db.name;
        let (db, clock) = (db.filled(), MovingClock::new());
        let second = db.shared();
        let servers = [
            TestServer::start_with(db, clock.clone(), None),
            TestServer::start_with(second, clock.clone(), None),
        ];
        let file = |i: usize| get(&format!("{}/api/v1/areas", servers[i].url), &[]).status;
        assert_eq!(file(0), 200, "what costs little is not counted");
        let file = |i: usize| get(&format!("{}/api/v1/municipalities.csv", servers[i].url), &[]);
        for i in [0, 1] {
            for n in 0..20 {
                assert_eq!(file(i).status, 200, "{name}: file {n} of {i}");
            }
        }
        // Each hears from the other; sixty are allowed to both together.
        let begun = Instant::now();
        let told = || {
            let sql = "SELECT CAST(coalesce(sum(tries), 0) AS TEXT) AS text FROM attempts";
            rows(&servers[0].db, sql, sql) == ["40".to_owned()]
        };
        while !told() {
            assert!(begun.elapsed() < Duration::from_secs(5), "{name}: they never told each other");
            std::thread::sleep(Duration::from_millis(20));
        }
        // At a pace that leaves them time to tell each other.
        let slowly = |n: &usize| {
            std::thread::sleep(Duration::from_millis(60));
            file(n % 2).status == 200
        };
        let more = (0..60).take_while(slowly).count();
        assert!((20..=30).contains(&more), "{name}: {more} more");
        let refused: Vec<Answer> = (0..20)
            .map(|_| {
                std::thread::sleep(Duration::from_millis(60));
                file(0)
            })
            .collect();
        let refused = refused.last().expect("twenty");
        assert_eq!(refused.status, 429, "{name}");
        let wait: i64 = refused.header("retry-after").parse().unwrap();
        assert!((1..=600).contains(&wait), "{name}: {wait}");
        // Another thing is not refused for it, and in time all is as before.
        let search = |i: usize, q: &str| {
            get(&format!("{}/api/v1/municipalities?q={q}", servers[i].url), &[]).status
        };
        assert_eq!(search(0, "swidnik"), 200, "{name}");
        clock.pass(chrono::Duration::minutes(11));
        assert_eq!(file(0).status, 200, "{name}: for ever");
        // Searches, on pages and for programs, are counted together.
        let page = format!("{}/uk/municipalities?q=swidnik", servers[0].url);
        let searched = (0..700).take_while(|n| match n % 2 {
            0 => search(0, "swidnik") == 200,
            _ => get(&page, &[]).status == 200,
        });
        assert_eq!(searched.count(), 600, "{name}");
        let refused = get(&page, &[]);
        assert!(refused.status == 429 && refused.body.contains("Зачекайте"), "{name}");
        assert_eq!(get(&format!("{}/uk/municipalities", servers[0].url), &[]).status, 200);
    }
}

#[test]
fn reading_changes_nothing() {
    let db = TestDb::sqlite().filled();
    let before = {
        let mut conn = db.db.conn().unwrap();
        version::state(&mut conn).unwrap()
    };
    let server = TestServer::start(db, false, None);
    for path in PAGES {
        server.get(&format!("/uk{path}"));
    }
    let mut conn = server.db.conn().unwrap();
    assert_eq!(version::state(&mut conn).unwrap(), before);
}

#[test]
fn the_accessibility_statement_was_checked_within_a_year() {
    let page = TestServer::shared().get("/en/accessibility");
    let text = page.texts("main").join(" ");
    let year: i32 = text
        .split_whitespace()
        .filter_map(|w| w.trim_matches('.').parse().ok())
        .find(|y| (2020..2100).contains(y))
        .expect("a date");
    let today = mosty::domain::time::Clock::today(&*crate::support::clock());
    assert!(chrono::Datelike::year(&today) - year <= 1);
}

/// A name that is only a transcription stands beside the own name on every list,
/// for nobody could look it up.
#[test]
fn a_transcribed_name_stands_beside_the_own_name() {
    for db in TestDb::each() {
        let name = db.name;
        let mut drafts = crate::support::fixture();
        for draft in &mut drafts {
            if ["Mikulov", "Lublin"].contains(&draft.name.as_str()) {
                draft.name_uk =
                    if draft.name == "Lublin" { "Люблін" } else { "Мікулов" }.to_owned();
            }
            if draft.name == "Mikulov" {
                draft.name_uk_source = NameSource::Transcribed;
            }
        }
        shipped::apply_shipped(&mut db.db.conn().unwrap(), &drafts, "x", now(), &mut |_| {})
            .unwrap();
        let server = TestServer::start(db, false, None);
        let partners = "/municipalities/novyi-bilous/partners";
        let row = |place: &str, shown: &str| {
            let list = server.get(&format!("/uk{partners}?order=score&{place}"));
            let rows = list.texts("ol.brief > li");
            rows.into_iter().find(|row| row.contains(shown)).unwrap()
        };
        assert!(row("country=CZ&region=78", "Мікулов").contains("Mikulov ·"), "{name}");
        assert!(!row("country=PL&region=75", "Люблін").contains("Lublin ·"), "{name}");
        let compared = server.get("/uk/compare?for=novyi-bilous&with=mikulov,lublin");
        let heads = compared.texts("thead th").join(" ");
        assert!(heads.contains("Mikulov") && !heads.contains("Lublin"), "{name}: {heads}");
        let english = server.get(&format!("/en{partners}?order=score&country=CZ&region=78")).body;
        assert!(!english.contains("Мікулов"), "{name}");
    }
}
