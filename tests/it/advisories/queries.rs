//! What stands in an address: every name of every query, and what a redirect
//! follows.

use std::collections::BTreeSet;
use std::path::Path;
use std::time::{Duration, Instant};

use mosty::domain::account::{Access, MemberState, Office};

use super::markup::PAYLOADS;
use super::tenants::{assert_same, whole};
use super::{
    Asker, account, addresses, foreign_markup, municipality, server, set_membership, settled,
};
use crate::signing_in::PASSWORD;
use crate::support::{Answer, TestServer, now};

fn encoded(text: &str) -> String {
    text.bytes().map(|b| format!("%{b:02X}")).collect()
}

/// What somebody puts into an address to reach the database, beside markup.
const SQL: [&str; 14] = [
    "'",
    "' OR '1'='1",
    "1; DROP TABLE accounts --",
    "1) UNION SELECT password_hash FROM credentials --",
    "name; DELETE FROM people",
    "name DESC, (SELECT email FROM people LIMIT 1)",
    "(CASE WHEN (SELECT 1 FROM accounts) THEN name ELSE slug END)",
    "pg_sleep(5)",
    "\\'; SELECT 1; --",
    "password_hash",
    "account.email",
    "municipalities.name",
    "name\0",
    "-1 OR 1=1",
];

/// What is merely odd.
const ODD: [&str; 16] = [
    "",
    " ",
    "-1",
    "0",
    "1e9",
    "NaN",
    "9223372036854775808",
    "2026-13-45",
    "true",
    "null",
    "[]",
    "{\"a\":1}",
    "../../../../etc/passwd",
    "%s%s%n",
    "\u{0}\u{1}\u{7f}\u{85}",
    "\u{1f469}\u{200d}\u{1f467}\u{202e}\u{feff}",
];

/// The names of queries that the sources read.
fn names_in_sources() -> BTreeSet<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/web");
    let mut folders = vec![root];
    let mut names = BTreeSet::new();
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let text = std::fs::read_to_string(&path).unwrap();
            // The list stands in the call, or in a constant of the file.
            let calls = text.split("Params::of(").skip(1);
            let calls = calls.filter_map(|c| c.split_once(")?;")?.0.split_once("&["));
            let constants = ["PARAMS: [", "FILTERS: ["].into_iter().flat_map(|name| {
                text.split(name).skip(1).filter_map(|c| c.split_once(";")?.1.split_once("["))
            });
            for (_, list) in calls.chain(constants) {
                let list = list.split(']').next().unwrap();
                names.extend(list.split('"').skip(1).step_by(2).map(str::to_owned));
            }
        }
    }
    names
}

/// The names that an address says it understands, by asking for one it does
/// not; none where it has no query at all.
fn names_of(me: &Asker, path: &str) -> Option<Vec<String>> {
    let answer = me.get(&format!("{path}?x-mark=1"));
    let said: String = match answer.header("content-type").starts_with("application/json") {
        true => answer.json()["error"].as_str().unwrap_or("").to_owned(),
        false => answer.texts("header.head p").join(" "),
    };
    if answer.status != 400 {
        return None;
    }
    let known = said.split("You can use: ").nth(1).unwrap_or("");
    let names = known.trim_end_matches('.').split(", ").filter(|n| !n.is_empty());
    Some(names.map(str::to_owned).collect())
}

/// Nobody, a member of Novyi Bilous, an officer and an admin.
fn roles(server: &TestServer) -> [Asker; 4] {
    let db = &server.db;
    let member = account(db, "member@bilous.gov.ua", Office::None);
    set_membership(db, member, municipality(db, "novyi-bilous"), MemberState::Active);
    let begin = |id| Asker::begin(server, id, now());
    let me = begin(member);
    // So that there is something at each address.
    let said = [("position", "Head"), ("official", "rada@bilous.gov.ua")];
    assert_eq!(me.post("/en/municipalities/chernihiv/claim", &said).status, 303);
    let about = [
        ("version", "0"),
        ("direction", "need"),
        ("subarea", "culture/heritage"),
        ("level", "2"),
        ("statement", "A church"),
    ];
    let entries = "/en/municipalities/novyi-bilous/profile/entries/new";
    assert_eq!(me.post(entries, &about).status, 303);
    let missing = [("missing-name", "A"), ("missing-country", "B")];
    assert_eq!(me.post("/en/missing", &missing).status, 303);
    [
        Asker::nobody(server),
        me,
        begin(account(db, "officer@mosty.org", Office::Officer)),
        begin(account(db, "admin@mosty.org", Office::Admin)),
    ]
}

fn look(at: &str, answer: &Answer) {
    assert!(answer.status < 500, "{at}: {}", answer.status);
    let location = answer.header("location");
    assert!(location.is_empty() || is_inside(location), "{at} leads to {location}");
    let kind = answer.header("content-type");
    if kind.starts_with("text/html") {
        let found = foreign_markup(&answer.html());
        assert!(found.is_empty(), "{at}: {found:?}");
    }
}

/// CVE-2024-32469: a number of rows in the address came back as a script.
/// CVE-2023-34089, CVE-2024-45594: so did a filter, and the address of a
/// meeting. CVE-2023-34090: a filter by any column gave the table of users
/// away. CVE-2026-45376, CVE-2024-43415: an order and a raw query took SQL.
///
/// Every name of every query, with all of that, as everybody.
#[test]
fn no_query_of_any_address_is_markup_or_sql_or_breaks_anything() {
    let (server, _) = server();
    let askers = roles(&server);
    settled(&server);
    let before = whole(&server.db);
    let mut understood = BTreeSet::new();
    let mut without: Vec<&str> = Vec::new();
    let mut turn = 0;
    let table = mosty::web::table().into_iter().filter(|row| row.method == "GET");
    for (row, path) in table.zip(addresses("GET", "novyi-bilous", "1")) {
        let own = match row.access {
            Access::Anyone => 0,
            Access::Account | Access::SignedIn => 1,
            Access::Officer => 2,
            Access::Admin => 3,
        };
        let Some(names) = names_of(&askers[own], &path) else {
            without.push(row.address);
            continue;
        };
        for name in &names {
            let all = PAYLOADS.iter().chain(&SQL).chain(&ODD);
            for (i, value) in all.enumerate() {
                // The one whom the address is for tries a third of everything,
                // another third at the next name; the others take turns.
                if (i + turn) % 3 != 0 {
                    continue;
                }
                let at = format!("{path}?{name}={}", encoded(value));
                look(&at, &askers[own].get(&at));
                let other = &askers[(own + 1 + i % 3) % 4];
                if i % 2 == 0 {
                    look(&at, &other.get(&at));
                }
            }
            turn += 1;
            let twice = format!("{path}?{name}=1&{name}=2&{name}[]=3");
            look(&twice, &askers[own].get(&twice));
        }
        understood.extend(names);
        for odd in ["?%FF=%FE", "?=", "?&&&", "?a", "?x-mark[]=1", "?%00=%00"] {
            look(odd, &askers[own].get(&format!("{path}{odd}")));
        }
        let mark = format!("{path}?{}=1", encoded("<x-mark>\"'"));
        assert_eq!(askers[own].get(&mark).status, 400, "{path} passes over what it does not know");
        look(&mark, &askers[own].get(&mark));
    }
    // Every name that the sources read was found, and tried.
    let in_sources = names_in_sources();
    assert!(in_sources.len() > 30, "{in_sources:?}");
    let left: Vec<_> = in_sources.difference(&understood).filter(|n| *n != "for").collect();
    assert!(left.is_empty(), "{left:?} were not tried");
    // These read no query: they lead on, or are for programs.
    without.sort_unstable();
    let none = ["/", "/healthz", "/robots.txt", "/static/{name}", "/{lang:en|uk}"];
    assert_eq!(without, none);
    // Nothing was written by any of it.
    assert_same(&before, &whole(&server.db), "reading");
}

/// The same advisories: what stands in the path.
#[test]
fn no_part_of_a_path_is_markup_or_breaks_anything() {
    let (server, _) = server();
    let askers = roles(&server);
    let all: Vec<&str> = PAYLOADS.iter().chain(&SQL).chain(&ODD).copied().collect();
    let table = mosty::web::table();
    let rows = table.iter().filter(|row| row.method == "GET" && row.address.contains("{slug}"));
    let rows = rows.chain(table.iter().filter(|row| {
        row.method == "GET" && ["{id}", "{name}", "{key}"].iter().any(|p| row.address.contains(p))
    }));
    for (i, row) in rows.enumerate() {
        for (j, value) in all.iter().enumerate().filter(|(j, _)| (i + j) % 5 == 0) {
            let part = encoded(value);
            let path = row
                .address
                .replace("{lang:en|uk}", if j % 2 == 0 { "en" } else { "uk" })
                .replace("{token}", &part)
                .replace("{topic}", &part);
            let parts = ["{slug}", "{partner}", "{name}", "{key}", "{number}", "{id}"];
            let path = parts.iter().fold(path, |path, p| path.replace(p, &part));
            let answer = askers[j % 4].get(&path);
            look(&path, &answer);
            assert_ne!(answer.status, 200, "{path} is there");
        }
    }
}

/// Whether a browser that is sent there stays on this site, whatever it makes
/// of it.
fn is_inside(location: &str) -> bool {
    let bytes = location.as_bytes();
    bytes.first() == Some(&b'/')
        && !matches!(bytes.get(1), Some(b'/' | b'\\'))
        && !location.contains('\\')
        && location.chars().all(|c| !c.is_control() && c.is_ascii())
}

/// Where somebody is to be sent who signs in here.
const AWAY: [&str; 36] = [
    "https://evil.example",
    "https:evil.example",
    "https:/evil.example",
    "http:\\\\evil.example",
    "//evil.example",
    "///evil.example",
    "////evil.example/..",
    "/\\evil.example",
    "\\\\evil.example",
    "\\/evil.example",
    "/\t/evil.example",
    "/\n/evil.example",
    "/\r/evil.example",
    "\t//evil.example",
    " //evil.example",
    "/ /evil.example",
    "/\u{0}/evil.example",
    "/\u{b}/evil.example",
    "/\u{85}/evil.example",
    "/\u{2028}/evil.example",
    "/\u{ff0f}evil.example",
    "/\u{2044}evil.example",
    "/%2f%2fevil.example",
    "/%5cevil.example",
    "%2f%2fevil.example",
    "/%09/evil.example",
    "/en/account\r\nLocation: https://evil.example",
    "/en/account\r\n\r\n<x-mark>",
    "/en/account%0d%0aSet-Cookie:%20session=1",
    "javascript:window.hit=1",
    "java\nscript:window.hit=1",
    "data:text/html,<x-mark>",
    "@evil.example",
    ".evil.example",
    "?//evil.example",
    "/en/account?a=\u{44f}\"<x-mark>",
];

/// ASVS 3.7.2; CVE-2023-32693 is about pages that led away, with markup in
/// their addresses. Nobody is sent to another site, whatever a link or a form
/// asks for.
#[test]
fn nobody_is_sent_to_another_site() {
    let (server, _) = server();
    let db = &server.db;
    let id = account(db, "olena@rada.gov.ua", Office::None);
    let staff = account(db, "officer@mosty.org", Office::Officer);
    let nobody = Asker::nobody(&server);
    for (i, away) in AWAY.iter().enumerate() {
        super::forget_tries(db);
        let path = format!("/en/sign-in?to={}", encoded(away));
        let page = nobody.get(&path);
        look(&path, &page);
        let field = scraper::Selector::parse("input[name=to]").unwrap();
        let html = page.html();
        let to = html.select(&field).next().and_then(|f| f.value().attr("value")).unwrap_or("");
        // What the page takes along, and what somebody else might put there.
        for to in [to, away] {
            let said = [("email", "olena@rada.gov.ua"), ("password", PASSWORD), ("to", to)];
            let answer = nobody.post("/en/sign-in", &said);
            assert_eq!(answer.status, 303, "{away:?}: {}", answer.body);
            look(away, &answer);
            assert!(!answer.headers.contains_key("x-mark"), "{away:?}");
        }
        let answer = nobody.post("/theme", &[("theme", "dark"), ("back", away)]);
        assert_eq!(answer.status, 303, "{away:?}");
        look(away, &answer);
        // What was written for an address comes back for that of this site.
        let kept = [
            ("email", "olena@rada.gov.ua"),
            ("password", PASSWORD),
            ("to", away),
            ("kept", "name=A"),
        ];
        let answer = nobody.post("/en/sign-in", &kept);
        look(away, &answer);
        let html = answer.html();
        let form = scraper::Selector::parse("main form").unwrap();
        let action = html.select(&form).next().and_then(|f| f.value().attr("action")).unwrap();
        assert!(action.starts_with('/') && !action.starts_with("//"), "{away:?}: {action}");
        // And after a code.
        if i % 6 == 0 {
            let codes = [mosty::auth::totp::recovery_hash(super::RECOVERY)];
            db.change(|conn| mosty::storage::credentials::set_recovery_codes(conn, staff, &codes))
                .unwrap();
            let mut owing = Asker::begin(&server, staff, now());
            let said = [("email", "officer@mosty.org"), ("password", PASSWORD), ("to", away)];
            let half = owing.post("/en/sign-in", &said);
            let cookie = half.header("set-cookie").split(';').next().unwrap().to_owned();
            let token = cookie.split_once('=').unwrap().1.to_owned();
            owing.cookie = cookie;
            owing.proof = mosty::auth::token::Token::parse(&token).unwrap().form_value();
            let answer = owing.post("/en/sign-in/code", &[("code", super::RECOVERY), ("to", away)]);
            assert_eq!(answer.status, 303, "{away:?}: {}", answer.body);
            look(away, &answer);
        }
    }
    // A page that asks to sign in leads back to itself, as it is.
    for path in ["/en/account?changed=name", "/en//evil.example", "/en/account//evil.example"] {
        look(path, &nobody.get(path));
    }
    // So does an address with a slash too many.
    for path in
        ["//evil.example/", "/%5Cevil.example/", "/.//evil.example/", "/en/%2F%2Fevil.example/"]
    {
        look(path, &nobody.get(path));
    }
    assert!(Asker::begin(&server, id, now()).is_signed_in());
}

/// GHSA-jmp3-39vp-fwg8: words to search for kept the program busy. What is
/// too long or looks like an expression is searched for as it is, at once.
#[test]
fn whatever_is_searched_for_is_answered_at_once() {
    let (server, _) = server();
    let queries = [
        "a".repeat(201),
        "a".repeat(3_000),
        "ї".repeat(1_000),
        "a ".repeat(900),
        "(a+)+$".repeat(30),
        "((((((((((a+)+)+)+)+)+)+)+)+)+)+b".to_owned(),
        "^(([a-z])+.)+[A-Z]([a-z])+$".to_owned(),
        ".*.*.*.*.*.*=.*".to_owned(),
        "a AND b OR NOT c".to_owned(),
        "\"a\" NEAR/2 \"b\"".to_owned(),
        "name:a* OR {name}:b".to_owned(),
        "* * * *".to_owned(),
        "\"".repeat(199),
        "%_%_%".repeat(40),
        "'\"`;--/**/".repeat(15),
        "e\u{301}".repeat(500),
        "\u{300}".repeat(1_000),
        "\u{1f469}\u{200d}".repeat(200),
        "ß".repeat(200),
        "İ".repeat(200),
        "Новий Білоус ".repeat(15),
    ];
    for query in &queries {
        for path in ["/en/municipalities?q=", "/uk/compare?q=", "/api/v1/municipalities?q="] {
            let at = format!("{path}{}", encoded(query).chars().take(7_500).collect::<String>());
            // An address that is cut in the middle of a letter is refused.
            let begun = Instant::now();
            let answer = server.get(&at);
            let took = begun.elapsed();
            let short: String = query.chars().take(20).collect();
            assert!(matches!(answer.status, 200 | 400), "{path}{short}: {}", answer.status);
            // A tenth of a second, for a program that is not optimised on a
            // busy machine.
            assert!(took < Duration::from_millis(1_500), "{path}{short}: {took:?}");
            assert!(answer.body.len() < 200_000, "{path}{short} is repeated");
        }
    }
}

/// CVE-2026-45376, CVE-2024-43415 once more, in the sources: no SQL is put
/// together from text.
#[test]
fn no_sql_is_made_from_text() {
    /// These two hold a number of the program.
    const MADE: [&str; 2] = [
        "batch_execute(&format!(\"SELECT pg_advisory_lock({MIGRATION_LOCK})\"))",
        "batch_execute(&format!(\"SELECT pg_advisory_unlock({MIGRATION_LOCK})\"))",
    ];
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut folders = vec![root];
    let mut looked_at = 0;
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let mut text = std::fs::read_to_string(&path).unwrap();
            for made in MADE {
                text = text.replace(made, "");
            }
            let name = path.display();
            for call in ["sql_query(", "batch_execute(", "sql::<", "dsl::sql("] {
                for rest in text.split(call).skip(1) {
                    let first = rest.trim_start();
                    // Statements stand where they are run; `pragma` walks a
                    // list of such.
                    let is_fixed = first.starts_with('"') || first.starts_with("pragma)");
                    assert!(is_fixed, "{name}: {call}{}", first.lines().next().unwrap());
                    looked_at += 1;
                }
            }
            for made in text.split("format!(").skip(1) {
                let said = made.trim_start().trim_start_matches('"');
                let verbs = ["SELECT ", "INSERT ", "UPDATE ", "DELETE ", "ORDER BY", "WHERE "];
                let verb = verbs.iter().find(|verb| said.starts_with(*verb));
                assert!(verb.is_none(), "{name} makes SQL: {}", said.lines().next().unwrap());
            }
        }
    }
    assert!(looked_at >= 4, "only {looked_at} statements were found");
}
