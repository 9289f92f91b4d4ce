//! The demonstration: what it holds, and that it shows the product.

use std::collections::HashSet;
use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, OnceLock};
use std::time::{Duration, Instant};

use mosty::domain::audience::Direction;
use mosty::domain::directory::Row;
use mosty::domain::municipality::Status;
use mosty::domain::profile::{MAX_STATEMENT, Missing};
use mosty::invented::{self, featured};
use mosty::matching::lists::{BEST_BY_AFFINITY, LENGTH};
use mosty::matching::{Criterion, Order};
use mosty::snapshot::Snapshot;
use mosty::storage::shipped::apply_shipped;
use mosty::storage::{DatabaseUrl, Db, contacts};
use tempfile::TempDir;

use crate::mail::{Manner, Server};
use crate::support::{Client, TestDb, TestServer, clock, get, now, whole_directory};

/// The demonstration over the whole directory: its database, and a snapshot
/// with the lists assigned.
fn whole() -> &'static (TestDb, Arc<Snapshot>) {
    static WHOLE: OnceLock<(TestDb, Arc<Snapshot>)> = OnceLock::new();
    WHOLE.get_or_init(|| {
        let db = TestDb::sqlite();
        let shipped = mosty::import::shipped::drafts().unwrap();
        apply_shipped(&mut db.db.conn().unwrap(), &shipped, "shipped", now(), &mut |_| {}).unwrap();
        mosty::cli::fill_with_inventions(&db.db, &*clock()).unwrap();
        let live = db.live();
        live.assign_lists();
        (db, live.now())
    })
}

/// Whether what one needs lies in an area where the other offers something,
/// both in public: then the other is of use to it, for an offer counts for its
/// whole area.
fn gains(snapshot: &Snapshot, one: Row, other: Row) -> bool {
    let areas = |row: Row, wanted: fn(Direction) -> bool| -> HashSet<&str> {
        let entries = snapshot.directory.record(row).profile.public_entries(snapshot.today);
        entries.filter(|e| wanted(e.direction)).map(|e| e.subarea.area().slug).collect()
    };
    !areas(one, Direction::needs).is_disjoint(&areas(other, Direction::offers))
}

fn first_ten(snapshot: &Snapshot, of: Row) -> Vec<Row> {
    snapshot.suggest(of, LENGTH).iter().map(|m| m.row).collect()
}

#[test]
fn the_best_mutual_match_of_most_is_among_their_first_ten() {
    let (_, snapshot) = whole();
    let (directory, corpus) = (&snapshot.directory, &snapshot.corpus);
    let states = |row: &Row, wanted: fn(Direction) -> bool| {
        let profile = &directory.record(*row).profile;
        profile.public_entries(snapshot.today).any(|e| wanted(e.direction))
    };
    let of_side = |rows: &[Row], wanted: fn(Direction) -> bool| -> Vec<Row> {
        rows.iter().copied().filter(|row| states(row, wanted)).collect()
    };
    let places = of_side(&corpus.field().places, |_| true);
    let mut hromadas = of_side(&corpus.field().hromadas, Direction::needs);
    assert_eq!(places.len(), 80);
    hromadas.sort_by_key(|row| &directory.municipality(*row).slug);

    let mut missed = Vec::new();
    for &own in &hromadas[..30] {
        let slug = &directory.municipality(own).slug;
        let list = first_ten(snapshot, own);
        let is_mutual = |p: &Row| {
            gains(snapshot, own, *p) && gains(snapshot, *p, own) && !corpus.are_partners(own, *p)
        };
        let best = places.iter().copied().filter(is_mutual).max_by_key(|p| {
            let score = corpus.pair(own, *p).unwrap();
            (score.of(Criterion::Needs).hundredths, score.hundredths)
        });
        if !best.is_some_and(|p| list.contains(&p)) {
            missed.push(slug);
        }
        // Nobody who has stated nothing stands above a mutual match that is
        // likely by facts alone.
        let likely = corpus.rank(own, Order::Known, BEST_BY_AFFINITY, &|_| true);
        let is_likely = |p: &Row| likely.iter().any(|m| m.row == *p);
        let last = list.iter().rposition(|p| is_mutual(p) && is_likely(p)).unwrap_or(0);
        for p in &list[..last] {
            let above = directory.record(*p);
            let says = above.profile.states_anything(snapshot.today);
            assert!(says, "{} stands first for {slug}", above.municipality.slug);
        }
    }
    println!("the best mutual match is not among the first ten of {missed:?}");
    assert!(missed.len() <= 10, "{missed:?}");

    // The pair that the home page leads to is on the lists of both.
    let find = |slug: &str| directory.by_slug(slug).unwrap();
    let (hromada, place) = (find(featured::HROMADA), find(featured::PLACE));
    assert!(gains(snapshot, hromada, place) && gains(snapshot, place, hromada));
    assert_eq!(first_ten(snapshot, hromada)[0], place);
    assert!(first_ten(snapshot, place).contains(&hromada));
}

#[test]
fn everybody_who_states_something_says_it_in_sentences() {
    let (db, snapshot) = whole();
    let stating: Vec<_> =
        snapshot.directory.records().iter().filter(|r| r.municipality.invented).collect();
    assert_eq!(stating.len(), 160);
    for record in stating {
        let (m, profile) = (&record.municipality, &record.profile);
        assert_eq!(profile.missing(true), [] as [Missing; 0], "{}", m.slug);
        for entry in &profile.entries {
            for language in ["en", "uk"] {
                let said = entry.statements.iter().find(|(l, _)| l == language);
                let (_, text) = said.unwrap_or_else(|| panic!("{}: {}", m.slug, entry.subarea));
                assert!(text.ends_with('.') && text.chars().count() <= MAX_STATEMENT, "{text}");
            }
        }
        let own = match m.slug.as_str() {
            featured::HROMADA => "uk",
            featured::PLACE => "pl",
            _ => continue,
        };
        assert!(profile.entries.iter().all(|e| e.statements.iter().any(|(l, _)| l == own)));
        assert!(m.status == Status::Verified && profile.has_open_place(), "{}", m.slug);
        assert_eq!(contacts::of(&mut db.db.conn().unwrap(), m.id).unwrap().len(), 1);
    }
    // Whoever else is drawn finds a sentence as well.
    for record in whole_directory().records().iter().step_by(7) {
        let m = &record.municipality;
        let stated = invented::stated(m, invented::profile(m, now().date()));
        let silent = stated.entries.iter().find(|e| e.statements.is_empty());
        assert!(silent.is_none(), "{silent:?}");
    }
}

#[test]
fn the_home_page_says_where_to_look_only_in_the_demonstration() {
    let list = "/municipalities/novyi-bilous/partners";
    for (lang, first) in [("en", "Look at:"), ("uk", "Погляньте:")] {
        let page = TestServer::shared().get(&format!("/{lang}/"));
        let said = page.texts(".hero .look");
        assert_eq!(said.len(), 1);
        assert!(said[0].starts_with(first) && said[0].contains("Świdnik"), "{said:?}");
        for path in [list.to_owned(), format!("{list}/swidnik"), "/sign-in".to_owned()] {
            let link = format!(".hero .look a[href='/{lang}{path}']");
            assert_eq!(page.texts(&link).len(), 1, "{link}");
            assert_eq!(TestServer::shared().get(&format!("/{lang}{path}")).status, 200);
        }
    }
    let plain = TestServer::start(TestDb::sqlite().filled(), false, None);
    assert!(plain.get("/en/").texts(".hero .look").is_empty());
}

#[test]
fn what_is_invented_is_said_once_a_page() {
    for (lang, word) in [("en", "invented"), ("uk", "вигадано")] {
        for (path, names) in [
            ("municipalities/novyi-bilous", 1),
            ("municipalities/swidnik", 1),
            ("municipalities/novyi-bilous/passport?in=en", 1),
            // Each of two names has its own.
            ("municipalities/novyi-bilous/partners/swidnik", 2),
            ("municipalities?status=verified", 1),
            ("areas/energy", 1),
            ("areas/safety", 1),
        ] {
            let page = TestServer::shared().get(&format!("/{lang}/{path}"));
            let word = if path.ends_with("in=en") { "invented" } else { word };
            let said = page.texts("main").join(" ").matches(word).count();
            assert_eq!((page.status, said), (200, names), "/{lang}/{path}");
            assert_eq!(page.texts(".demo").len(), 1);
        }
    }
}

/// `mosty demo` as somebody starts it.
struct Program {
    child: Child,
    _folder: TempDir,
}

impl Drop for Program {
    fn drop(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

/// Starts the demonstration, and gives what it printed before it listened.
fn start(settings: &[&str]) -> (TestServer, Vec<String>) {
    let folder = TempDir::new().unwrap();
    let mut child = Command::new(env!("CARGO_BIN_EXE_mosty"))
        .args(["--log", "error", "demo", "--bind", "127.0.0.1:0"])
        .args(settings)
        .env("TMPDIR", folder.path())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let database = folder.path().join(format!("mosty-demo-{}/demo.db", child.id()));
    let output = BufReader::new(child.stdout.take().unwrap());
    let program = Program { child, _folder: folder };
    let mut lines = Vec::new();
    for line in output.lines() {
        let line = line.unwrap();
        if let Some((_, url)) = line.split_once(" at http://localhost:") {
            let url = format!("http://127.0.0.1:{url}");
            let begun = Instant::now();
            while std::net::TcpStream::connect(&url["http://".len()..]).is_err() {
                assert!(begun.elapsed() < Duration::from_secs(30), "it does not listen");
            }
            let db = Db::open(&DatabaseUrl::Sqlite(database)).unwrap();
            return (TestServer::of_program(url, db, Box::new(program)), lines);
        }
        lines.push(line);
    }
    panic!("it ended: {lines:?}");
}

/// The words of the line about an account: address, password, and the rest.
fn account<'a>(lines: &'a [String], email: &str) -> Vec<&'a str> {
    let line = lines.iter().find(|line| line.trim_start().starts_with(email));
    line.unwrap_or_else(|| panic!("{email}: {lines:?}")).split_whitespace().collect()
}

/// Signs in with what was printed.
fn sign_in(server: &TestServer, lines: &[String], email: &str) -> Client {
    let words = account(lines, email);
    let mut me = Client::new(server);
    me.sign_in(email, words[1]);
    if me.text().contains("Your code") {
        me.send("/sign-in/code", &[("code", words.last().unwrap())]);
    }
    assert!(me.text().contains("Your account"), "{email}: {}", me.text());
    me
}

#[test]
fn every_account_signs_in_as_printed_and_the_officer_finds_work() {
    let (server, lines) = start(&["--contact-email", "desk@mosty.example"]);
    for (email, who) in [
        ("hromada@demo.example", "Novyi Bilous,"),
        ("partner@demo.example", "Świdnik,"),
        ("officer@demo.example", "officer;"),
        ("admin@demo.example", "admin;"),
    ] {
        let words = account(&lines, email);
        assert!(words[1].len() >= 16 && words[1].chars().all(|c| c.is_ascii_alphanumeric()));
        assert!(words[2..].join(" ").starts_with(who), "{words:?}");
    }
    for (email, own, other) in
        [("hromada", "novyi-bilous", "swidnik"), ("partner", "swidnik", "novyi-bilous")]
    {
        let mut me = sign_in(&server, &lines, &format!("{email}@demo.example"));
        let profile = |slug: &str| format!("/en/municipalities/{slug}/profile");
        assert_eq!(me.get(&profile(own)).page.status, 200);
        assert_eq!(me.get(&profile(other)).page.status, 404);
        assert_eq!(me.get("/en/admin/claims").page.status, 404, "{email}");
        // Verified members read what the other says to them alone.
        let page = me.get(&format!("/en/municipalities/{other}")).text();
        assert_eq!(page.contains("batteries for two wells"), other == "novyi-bilous");
    }
    for email in ["officer@demo.example", "admin@demo.example"] {
        let mut desk = sign_in(&server, &lines, email);
        let claims = desk.get("/en/admin/claims").page.texts("tbody tr");
        assert_eq!(claims.len(), 1, "{claims:?}");
        assert!(claims[0].contains("Koriukivska") && claims[0].contains("Левченко"));
        assert_eq!(desk.get("/en/admin/requests").page.texts("tbody tr").len(), 2);
    }

    // A claim is decided, and so are the requests, as anywhere else.
    let mut desk = sign_in_again(&server, &lines);
    let link = |desk: &mut Client, list: &str, n: usize| -> String {
        let html = desk.get(list).page.html();
        let links = scraper::Selector::parse("tbody th a").unwrap();
        let all = html.select(&links).map(|a| a.value().attr("href").unwrap().to_owned());
        all.collect::<Vec<String>>().swap_remove(n)
    };
    let claim = link(&mut desk, "/en/admin/claims", 0);
    let said = desk.get(&claim).text();
    assert!(said.contains("https://koriukivka.example/"), "{said}");
    assert!(said.contains("in the same domain"), "{said}");
    let requests = [0, 1].map(|n| {
        let path = link(&mut desk, "/en/admin/requests", n);
        desk.get(&path).text()
    });
    assert!(
        requests[0].contains("The population") && requests[0].contains("38,400"),
        "{requests:?}"
    );
    assert!(requests[1].contains("Gmina Dolna Łąka"), "{requests:?}");
    let log = desk.get("/en/admin/log").text();
    for event in ["Claim: claim 1", "Request: request 1", "Request: request 2"] {
        assert!(log.contains(event), "{log}");
    }

    // No letters: the pages say so, and whom to write to.
    for path in ["/en/municipalities/bucha/claim", "/en/password"] {
        let page = server.get(path);
        assert!(page.texts(".note")[0].contains("This site sends no emails"), "{path}");
        assert_eq!(page.texts(".note a[href='mailto:desk@mosty.example']").len(), 1, "{path}");
        assert!(page.texts("main form").is_empty(), "{path}");
    }
    let page = desk.get("/uk/account/email");
    assert!(page.text().contains("Цей сайт не надсилає листів"), "{}", page.text());
}

/// Signs in as the officer with a code that was not used yet.
fn sign_in_again(server: &TestServer, lines: &[String]) -> Client {
    let words = account(lines, "officer@demo.example");
    let mut me = Client::new(server);
    me.sign_in("officer@demo.example", words[1]);
    me.send("/sign-in/code", &[("code", words[words.len() - 2])]);
    me
}

#[test]
fn with_a_mail_server_letters_are_sent_and_anybody_may_claim() {
    let mail = Server::start(Manner::Takes);
    let settings = ["--smtp-url", &mail.url, "--mail-from", "Mosty <mosty@example.org>"];
    let (server, _) = start(&settings);
    let mut me = Client::new(&server);
    me.get("/en/municipalities/bucha/claim");
    me.send(
        "/claim",
        &[
            ("name", "Olena"),
            ("email", "olena@bucha.example"),
            ("position", "Adviser"),
            ("evidence", "https://bucha.example/letter"),
        ],
    );
    assert!(me.text().contains("Check your email"), "{}", me.text());
    assert_eq!(get(&format!("{}/en/password", server.url), &[]).texts("main form").len(), 1);
    let begun = Instant::now();
    while !mail.readers().contains(&"olena@bucha.example".to_owned()) {
        assert!(begun.elapsed() < Duration::from_secs(30), "no letter is sent");
        std::thread::sleep(Duration::from_millis(50));
    }
}

#[test]
fn half_a_mail_server_is_refused_as_when_serving() {
    for command in ["serve", "demo"] {
        let refused = |settings: &[&str]| {
            let mut program = Command::new(env!("CARGO_BIN_EXE_mosty"));
            program.args([command, "--bind", "127.0.0.1:0"]).args(settings);
            let output = program.env("DATABASE_URL", "sqlite:/nowhere/at/all.db").output().unwrap();
            assert!(!output.status.success());
            String::from_utf8_lossy(&output.stderr).into_owned()
        };
        assert!(refused(&["--smtp-url", "smtp://127.0.0.1"]).contains("--mail-from"));
        let other = ["--smtp-url", "http://mail", "--mail-from", "mosty@example.org"];
        assert!(refused(&other).contains("smtp"), "{command}: {}", refused(&other));
    }
}
