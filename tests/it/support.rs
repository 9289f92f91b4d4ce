//! Databases, directories and servers for tests.

use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, OnceLock};

use chrono::{NaiveDate, NaiveDateTime};
use diesel::connection::SimpleConnection;
use diesel::{Connection, PgConnection};
use mosty::domain::account::AccountId;
use mosty::domain::country::Country;
use mosty::domain::directory::{Contents, Directory, Names, Record};
use mosty::domain::draft::Draft;
use mosty::domain::fact::Population;
use mosty::domain::geo::Point;
use mosty::domain::municipality::{
    Control, Kind, Municipality, MunicipalityId, NameSource, Position, Role, Status,
};
use mosty::domain::profile::Profile;
use mosty::domain::time::{Clock, FixedClock, PartialDate};
use mosty::import::shipped;
use mosty::matching::Weights;
use mosty::snapshot::Live;
use mosty::storage::shipped::apply_shipped;
use mosty::storage::{DatabaseUrl, Db};
use mosty::web::App;
use tempfile::TempDir;

/// The moment all tests happen at.
pub fn now() -> NaiveDateTime {
    NaiveDate::from_ymd_opt(2026, 11, 21).unwrap().and_hms_opt(12, 0, 0).unwrap()
}

pub fn clock() -> Arc<dyn Clock> {
    Arc::new(FixedClock(now()))
}

/// Whether a missing server or browser fails a test instead of leaving it
/// out: set by `bin/test`, which provides them.
pub fn everything_required() -> bool {
    std::env::var_os("TEST_REQUIRE_ALL").is_some()
}

/// A file of the reference data, which is not part of the project: real
/// partnerships and spellings in a folder beside the checkout, or the one
/// that `REFERENCE_DATA` names. What needs it says so where it is not there.
pub fn reference_data(name: &str) -> Option<PathBuf> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data");
    let folder = std::env::var_os("REFERENCE_DATA").map_or(beside, PathBuf::from);
    let path = folder.join(name);
    if !path.exists() {
        eprintln!("left out: what is measured on {name}, which is not here");
        return None;
    }
    Some(path)
}

/// A database of its own for one test, gone with it.
pub struct TestDb {
    pub db: Db,
    pub url: DatabaseUrl,
    pub name: &'static str,
    _folder: Option<TempDir>,
    schema: Option<(String, String)>,
}

impl TestDb {
    pub fn sqlite() -> TestDb {
        let folder = TempDir::new().unwrap();
        let url = DatabaseUrl::Sqlite(folder.path().join("test.db"));
        let db = Db::open(&url).unwrap();
        TestDb { db, url, name: "SQLite", _folder: Some(folder), schema: None }
    }

    /// A schema of its own on the PostgreSQL server of the test run.
    pub fn postgres() -> Option<TestDb> {
        let Ok(server) = std::env::var("TEST_POSTGRES_URL") else {
            assert!(!everything_required(), "TEST_POSTGRES_URL is not set");
            eprintln!("left out: PostgreSQL, because TEST_POSTGRES_URL is not set (see bin/test)");
            return None;
        };
        static NUMBER: AtomicU32 = AtomicU32::new(0);
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let schema = format!("test_{}_{number}", std::process::id());
        let mut admin = PgConnection::establish(&server).unwrap();
        admin.batch_execute(&format!("CREATE SCHEMA {schema}")).unwrap();
        let separator = if server.contains('?') { '&' } else { '?' };
        let url = format!("{server}{separator}options=-c%20search_path%3D{schema}");
        let url: DatabaseUrl = url.parse().unwrap();
        let db = Db::open(&url).unwrap();
        Some(TestDb { db, url, name: "PostgreSQL", _folder: None, schema: Some((server, schema)) })
    }

    /// One on each database.
    pub fn each() -> Vec<TestDb> {
        let mut all = vec![TestDb::sqlite()];
        all.extend(TestDb::postgres());
        all
    }

    /// The same database as another process sees it; the first must outlive
    /// it.
    pub fn shared(&self) -> TestDb {
        TestDb {
            db: Db::open(&self.url).unwrap(),
            url: self.url.clone(),
            name: self.name,
            _folder: None,
            schema: None,
        }
    }

    /// The URL with everything in it, for a program of its own.
    pub fn whole_url(&self) -> String {
        match &self.url {
            DatabaseUrl::Sqlite(path) => format!("sqlite:{}", path.display()),
            DatabaseUrl::Postgres(url) => url.clone(),
        }
    }

    /// Takes the fixture in.
    pub fn filled(self) -> TestDb {
        let mut conn = self.db.conn().unwrap();
        apply_shipped(&mut conn, &fixture(), "fixture", now(), &mut |_| {}).unwrap();
        drop(conn);
        self
    }

    pub fn live(&self) -> Live {
        Live::open(self.db.clone(), clock(), Weights::shipped().unwrap()).unwrap()
    }
}

impl Drop for TestDb {
    fn drop(&mut self) {
        if let Some((server, schema)) = &self.schema
            && let Ok(mut admin) = PgConnection::establish(server)
        {
            let _ = admin.batch_execute(&format!("DROP SCHEMA {schema} CASCADE"));
        }
    }
}

fn population(value: i64) -> Option<Population> {
    (value > 0).then(|| Population {
        value,
        year: Some(2024),
        source: "test".to_owned(),
        estimated: false,
    })
}

/// A hromada of the fixture.
pub fn hromada(
    number: u32,
    name: &str,
    centre: &str,
    people: i64,
    (lat, lon): (f64, f64),
) -> Draft {
    Draft {
        kind: Kind::Municipality,
        country: Country::UKRAINE,
        region: "UA74000000000025378".to_owned(),
        district: "Чернігівський".to_owned(),
        katottg: Some(format!("UA7410{number:013}")),
        geonames_id: Some(700_000 + i64::from(number)),
        name: name.to_owned(),
        name_en: mosty::search::romanise(name),
        name_uk: name.to_owned(),
        name_uk_source: NameSource::Known,
        name_native: String::new(),
        centre: centre.to_owned(),
        role: if people > 100_000 { Role::OblastCentre } else { Role::Rural },
        point: Point { lat, lon },
        position: Position::Centre,
        settlements: Some(7),
        population: population(people),
        control: Control::Government,
        control_since: None,
        control_source: String::new(),
        names: Names::default(),
        part_ids: Vec::new(),
        slugs: vec![mosty::search::slugify(centre), format!("{number}-hromada")],
        aliases: Vec::new(),
    }
}

/// A place elsewhere of the fixture.
pub fn place(
    id: i64,
    country: &str,
    region: &str,
    name: &str,
    people: i64,
    (lat, lon): (f64, f64),
) -> Draft {
    Draft {
        kind: Kind::Municipality,
        country: country.parse().unwrap(),
        region: region.to_owned(),
        district: String::new(),
        katottg: None,
        geonames_id: Some(id),
        name: name.to_owned(),
        name_en: String::new(),
        name_uk: String::new(),
        name_uk_source: NameSource::Known,
        name_native: String::new(),
        centre: String::new(),
        role: Role::Place,
        point: Point { lat, lon },
        position: Position::Centre,
        settlements: None,
        population: population(people),
        control: Control::Government,
        control_since: None,
        control_source: String::new(),
        names: Names::default(),
        part_ids: Vec::new(),
        slugs: vec![mosty::search::slugify(name), format!("place-{id}")],
        aliases: Vec::new(),
    }
}

/// A small directory: enough of each kind for every page to have something
/// to show.
pub fn fixture() -> Vec<Draft> {
    let mut drafts = vec![
        hromada(1, "Новобілоуська", "Новий Білоус", 12_400, (51.51, 31.21)),
        hromada(2, "Чернігівська", "Чернігів", 285_000, (51.49, 31.29)),
        hromada(3, "Корюківська", "Корюківка", 24_900, (51.77, 32.25)),
        hromada(4, "Бахмутська", "Бахмут", 72_000, (48.59, 38.0)),
    ];
    drafts[3].control = Control::Occupied;
    drafts[3].control_since = PartialDate::parse("2023-05");
    drafts[2].names.former = "Корюківка Стара".to_owned();
    for i in 0..8 {
        let name = format!("Тестівська {i}");
        let centre = format!("Тестове {i}");
        let at = (50.0 + f64::from(i) * 0.2, 30.0 + f64::from(i) * 0.3);
        drafts.push(hromada(10 + i, &name, &centre, 3_000 + 900 * i64::from(i), at));
    }
    drafts.push(place(3083271, "PL", "75", "Świdnik", 37_600, (51.22, 22.7)));
    drafts.push(place(765876, "PL", "75", "Lublin", 336_000, (51.25, 22.57)));
    drafts.push(place(2953525, "DE", "11", "Bad Liebenwerda", 9_100, (51.52, 13.4)));
    drafts.push(place(3070291, "CZ", "78", "Mikulov", 7_600, (48.8, 16.64)));
    drafts[13].part_ids = vec![999_001];
    drafts[13].names.parts = "Głusk".to_owned();
    drafts[12].district = "powiat świdnicki".to_owned();
    for i in 0..400 {
        let country = ["PL", "DE", "LT", "SK"][i % 4];
        let at = (46.0 + (i % 20) as f64 * 0.4, 8.0 + (i / 20) as f64 * 0.7);
        let people = 600 + 137 * (i as i64 % 97);
        drafts.push(place(5_000_000 + i as i64, country, "1", &format!("Town {i}"), people, at));
    }
    // One at the front, and one elsewhere that its government does not hold.
    drafts[4].control = Control::Front;
    drafts[4].control_since = PartialDate::parse("2022");
    drafts.last_mut().unwrap().control = Control::Occupied;
    drafts.push(place(786712, "XK", "10097361", "Prizren", 147_000, (42.21, 20.74)));
    drafts
}

fn record(id: i64, draft: Draft, profile: Profile) -> Arc<Record> {
    Arc::new(Record {
        municipality: Municipality {
            id: MunicipalityId(id),
            slug: draft.slugs[0].clone(),
            kind: draft.kind,
            country: draft.country,
            region: draft.region,
            district: draft.district,
            katottg: draft.katottg,
            geonames_id: draft.geonames_id,
            name: draft.name,
            name_en: draft.name_en,
            name_uk: draft.name_uk,
            name_uk_source: draft.name_uk_source,
            name_native: draft.name_native,
            centre: draft.centre,
            role: draft.role,
            point: draft.point,
            position: draft.position,
            settlements: draft.settlements,
            population: draft.population,
            status: Status::Listed,
            control: draft.control,
            control_since: draft.control_since,
            control_source: draft.control_source,
            occupied_until: None,
            invented: false,
        },
        names: draft.names,
        profile,
        shown_in: 1,
    })
}

/// Drafts as a directory, without a database.
pub fn directory_of(drafts: Vec<Draft>) -> Directory {
    let mut parts = Vec::new();
    let records = drafts
        .into_iter()
        .enumerate()
        .map(|(i, draft)| {
            let id = i as i64 + 1;
            parts.extend(draft.part_ids.iter().map(|g| (*g, MunicipalityId(id))));
            record(id, draft, Profile::default())
        })
        .collect();
    let regions = shipped::regions().unwrap();
    Directory::new(Contents { version: 1, records, parts, regions, ..Contents::default() })
}

/// The whole shipped directory, read once.
pub fn whole_directory() -> &'static Directory {
    static WHOLE: OnceLock<Directory> = OnceLock::new();
    WHOLE.get_or_init(|| directory_of(shipped::drafts().unwrap()))
}

/// The same directory with some records changed.
pub fn with_records(directory: &Directory, change: &dyn Fn(&mut Record)) -> Directory {
    let records = directory
        .records()
        .iter()
        .map(|r| {
            let mut record = Record::clone(r);
            change(&mut record);
            Arc::new(record)
        })
        .collect();
    Directory::new(Contents {
        version: directory.version() + 1,
        records,
        ties: directory.ties().to_vec(),
        regions: shipped::regions().unwrap(),
        ..Contents::default()
    })
}

/// A server on a port of its own, serving until the tests end.
pub struct TestServer {
    pub url: String,
    pub db: Db,
    _kept: Box<dyn std::any::Any + Send + Sync>,
}

/// A clock that a test moves on.
#[derive(Clone)]
pub struct MovingClock(Arc<Mutex<NaiveDateTime>>);

impl MovingClock {
    pub fn new() -> MovingClock {
        MovingClock(Arc::new(Mutex::new(now())))
    }

    pub fn pass(&self, time: chrono::Duration) {
        *self.0.lock().unwrap() += time;
    }
}

impl Clock for MovingClock {
    fn now(&self) -> NaiveDateTime {
        *self.0.lock().unwrap()
    }
}

impl TestServer {
    /// A server that sends letters, with a clock that the test moves.
    pub fn start_with(test_db: TestDb, clock: MovingClock, base_url: Option<&str>) -> TestServer {
        TestServer::start_as(test_db, clock, base_url, None)
    }

    /// The same behind a proxy on this machine.
    pub fn start_behind_proxy(test_db: TestDb, clock: MovingClock) -> TestServer {
        TestServer::start_as(test_db, clock, None, "127.0.0.1".parse().ok())
    }

    fn start_as(
        test_db: TestDb,
        clock: MovingClock,
        base_url: Option<&str>,
        proxy: Option<std::net::IpAddr>,
    ) -> TestServer {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let weights = Weights::shipped().unwrap();
        let live = Live::open(test_db.db.clone(), Arc::new(clock), weights).unwrap();
        let app = App::new(Arc::new(live), false, base_url.map(str::to_owned), None);
        let app = app.sending_letters(true).behind(proxy);
        std::thread::spawn(move || mosty::web::serve(app, listener, Some(2)).unwrap());
        TestServer { url, db: test_db.db.clone(), _kept: Box::new(test_db) }
    }

    pub fn start(test_db: TestDb, demo: bool, base_url: Option<&str>) -> TestServer {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let live = Arc::new(test_db.live());
        let app = App::new(live, demo, base_url.map(str::to_owned), None);
        std::thread::spawn(move || mosty::web::serve(app, listener, Some(1)).unwrap());
        TestServer { url, db: test_db.db.clone(), _kept: Box::new(test_db) }
    }

    /// A program of its own that serves at an address, with the database that
    /// it keeps; `kept` ends it.
    pub fn of_program(url: String, db: Db, kept: Box<dyn std::any::Any + Send + Sync>) -> Self {
        TestServer { url, db, _kept: kept }
    }

    /// The fixture with invented profiles, shared by tests that only read.
    pub fn shared() -> &'static TestServer {
        static SHARED: OnceLock<TestServer> = OnceLock::new();
        SHARED.get_or_init(|| {
            let test_db = TestDb::sqlite().filled();
            mosty::cli::fill_with_inventions(&test_db.db, &*clock()).unwrap();
            TestServer::start(test_db, true, None)
        })
    }

    pub fn get(&self, path: &str) -> Answer {
        settle(&self.db, &self.url);
        get(&format!("{}{path}", self.url), &[])
    }
}

/// Waits until a server shows what is committed, and fails when that takes
/// longer than the second it may.
fn settle(db: &Db, url: &str) {
    let committed = mosty::storage::version::state(&mut db.conn().unwrap()).unwrap().version;
    let begun = std::time::Instant::now();
    loop {
        let shown = get(&format!("{url}/healthz"), &[]).json()["version"].as_i64().unwrap();
        if shown >= committed {
            return;
        }
        let late = begun.elapsed() > std::time::Duration::from_millis(1_500);
        assert!(!late, "version {committed} is not shown after a second, but {shown}");
        std::thread::sleep(std::time::Duration::from_millis(10));
    }
}

/// An answer, read whole.
pub struct Answer {
    pub status: u16,
    pub headers: ureq::http::HeaderMap,
    pub body: String,
}

impl Answer {
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |v| v.to_str().unwrap_or(""))
    }

    pub fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.body).unwrap_or_else(|e| panic!("{e}: {}", self.body))
    }

    pub fn html(&self) -> scraper::Html {
        scraper::Html::parse_document(&self.body)
    }

    /// The ids of all elements a selector finds.
    pub fn ids(&self, selector: &str) -> Vec<String> {
        let selector = scraper::Selector::parse(selector).unwrap();
        let html = self.html();
        let ids = html.select(&selector).filter_map(|e| e.value().id().map(str::to_owned));
        ids.collect()
    }

    /// What a list of terms says under one of them; empty where the term is
    /// not in it.
    pub fn fact(&self, term: &str) -> String {
        let said = self.texts("dl dt, dl dd");
        let at = said.iter().position(|text| text == term);
        at.and_then(|at| said.get(at + 1)).cloned().unwrap_or_default()
    }

    /// The texts of all elements a selector finds.
    pub fn texts(&self, selector: &str) -> Vec<String> {
        let selector = scraper::Selector::parse(selector).unwrap();
        self.html()
            .select(&selector)
            .map(|e| e.text().collect::<String>().split_whitespace().collect::<Vec<_>>().join(" "))
            .collect()
    }
}

pub fn agent() -> ureq::Agent {
    ureq::Agent::config_builder().http_status_as_error(false).max_redirects(0).build().new_agent()
}

pub fn get(url: &str, headers: &[(&str, &str)]) -> Answer {
    let mut request = agent().get(url);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    read(request.call().unwrap())
}

pub fn post(url: &str, headers: &[(&str, &str)], body: &str) -> Answer {
    let mut request = agent().post(url).header("content-type", "application/x-www-form-urlencoded");
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    read(request.send(body).unwrap())
}

fn read(mut response: ureq::http::Response<ureq::Body>) -> Answer {
    let body = response.body_mut().read_to_vec().unwrap();
    Answer {
        status: response.status().as_u16(),
        headers: response.headers().clone(),
        body: String::from_utf8_lossy(&body).into_owned(),
    }
}

const BOUNDARY: &str = "-----a-line-between-parts";

/// The body of a form with a file in its field `file`.
pub fn multipart(fields: &[(String, String)], named: &str, file: &[u8]) -> Vec<u8> {
    let mut body = Vec::new();
    for (name, value) in fields {
        let head = format!("Content-Disposition: form-data; name=\"{name}\"");
        body.extend_from_slice(format!("--{BOUNDARY}\r\n{head}\r\n\r\n{value}\r\n").as_bytes());
    }
    // Browsers write a quote in a name so.
    let named = named.replace('"', "%22").replace('\r', "%0D").replace('\n', "%0A");
    let head = format!("Content-Disposition: form-data; name=\"file\"; filename=\"{named}\"");
    let kind = "Content-Type: text/html";
    body.extend_from_slice(format!("--{BOUNDARY}\r\n{head}\r\n{kind}\r\n\r\n").as_bytes());
    body.extend_from_slice(file);
    body.extend_from_slice(format!("\r\n--{BOUNDARY}--\r\n").as_bytes());
    body
}

/// A browser without scripts: keeps cookies, and fills in and sends the forms
/// of the page it is on.
pub struct Client {
    base: String,
    db: Db,
    cookies: std::cell::RefCell<std::collections::BTreeMap<String, String>>,
    /// The page it is on.
    pub page: Answer,
}

impl Client {
    pub fn new(server: &TestServer) -> Client {
        let page = Answer { status: 0, headers: Default::default(), body: String::new() };
        Client {
            base: server.url.clone(),
            db: server.db.clone(),
            cookies: Default::default(),
            page,
        }
    }

    pub fn cookie(&self, name: &str) -> Option<String> {
        self.cookies.borrow().get(name).cloned()
    }

    pub fn set_cookie(&self, name: &str, value: &str) {
        self.cookies.borrow_mut().insert(name.to_owned(), value.to_owned());
    }

    fn kept(&self, answer: &Answer) {
        for value in answer.headers.get_all("set-cookie") {
            let (pair, rest) = value.to_str().unwrap().split_once(';').unwrap();
            let (name, value) = pair.split_once('=').unwrap();
            let mut cookies = self.cookies.borrow_mut();
            if rest.contains("Max-Age=0") {
                cookies.remove(name);
            } else {
                cookies.insert(name.to_owned(), value.to_owned());
            }
        }
    }

    fn headers(&self) -> String {
        let cookies = self.cookies.borrow();
        cookies.iter().map(|(n, v)| format!("{n}={v}")).collect::<Vec<_>>().join("; ")
    }

    /// Goes to a page and on to wherever that leads.
    pub fn get(&mut self, path: &str) -> &mut Client {
        let mut path = path.to_owned();
        settle(&self.db, &self.base);
        for _ in 0..5 {
            let answer = get(&format!("{}{path}", self.base), &[("cookie", &self.headers())]);
            self.kept(&answer);
            let next = answer.header("location").to_owned();
            self.page = answer;
            if !(300..400).contains(&self.page.status) {
                break;
            }
            path = next;
        }
        self
    }

    /// Sends fields, without asking whether a page has such a form.
    pub fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> &mut Client {
        let body = serde_html_form::to_string(fields).unwrap();
        let answer = post(&format!("{}{path}", self.base), &[("cookie", &self.headers())], &body);
        self.kept(&answer);
        let next = answer.header("location").to_owned();
        self.page = answer;
        if (300..400).contains(&self.page.status) { self.get(&next) } else { self }
    }

    /// Sends the form of this page for a file that goes to an address that ends
    /// so, with a file: how it is named and what it holds.
    pub fn send_file(&mut self, to: &str, named: &str, body: &[u8]) -> &mut Client {
        let html = self.page.html();
        let chosen = scraper::Selector::parse("form[enctype='multipart/form-data']").unwrap();
        let form = html
            .select(&chosen)
            .find(|f| f.value().attr("action").is_some_and(|a| a.ends_with(to)))
            .unwrap_or_else(|| panic!("no form for a file to {to}: {}", self.page.body));
        let inputs = scraper::Selector::parse("input[type=hidden]").unwrap();
        let value =
            |e: scraper::ElementRef<'_>, name| e.value().attr(name).unwrap_or("").to_owned();
        let fields: Vec<(String, String)> =
            form.select(&inputs).map(|e| (value(e, "name"), value(e, "value"))).collect();
        let action = value(form, "action");
        let sent = multipart(&fields, named, body);
        self.post_file(&action, &sent)
    }

    /// Sends the body of a form with a file.
    pub fn post_file(&mut self, path: &str, body: &[u8]) -> &mut Client {
        let kind = format!("multipart/form-data; boundary={BOUNDARY}");
        let request = agent().post(format!("{}{path}", self.base)).header("content-type", kind);
        let answer = read(request.header("cookie", self.headers()).send(body).unwrap());
        self.kept(&answer);
        let next = answer.header("location").to_owned();
        self.page = answer;
        if (300..400).contains(&self.page.status) { self.get(&next) } else { self }
    }

    /// The fields and the address of the form of this page that is sent to an
    /// address that ends so.
    pub fn form(&self, to: &str) -> (String, Vec<(String, String)>) {
        let html = self.page.html();
        let forms = scraper::Selector::parse("form[method=post]").unwrap();
        let form = html
            .select(&forms)
            .find(|f| f.value().attr("action").is_some_and(|a| a.ends_with(to)))
            .unwrap_or_else(|| panic!("no form to {to}: {}", self.page.body));
        let inputs = scraper::Selector::parse("input, textarea, select").unwrap();
        let options = scraper::Selector::parse("option[selected]").unwrap();
        let mut fields = Vec::new();
        for input in form.select(&inputs) {
            let value = input.value();
            let Some(name) = value.attr("name") else { continue };
            let text = match value.name() {
                "textarea" => input.text().collect::<String>(),
                "select" => {
                    let chosen = input.select(&options).next();
                    chosen.and_then(|o| o.value().attr("value")).unwrap_or("").to_owned()
                }
                _ => value.attr("value").unwrap_or("").to_owned(),
            };
            let ticked = !matches!(value.attr("type"), Some("radio" | "checkbox"))
                || value.attr("checked").is_some();
            if ticked {
                fields.push((name.to_owned(), text));
            }
        }
        (form.value().attr("action").unwrap().to_owned(), fields)
    }

    /// Fills in the form of this page that is sent to an address that ends
    /// so, and sends it.
    pub fn send(&mut self, to: &str, filled: &[(&str, &str)]) -> &mut Client {
        let (action, mut fields) = self.form(to);
        for (name, value) in filled {
            fields.retain(|(n, _)| n != name);
            fields.push(((*name).to_owned(), (*value).to_owned()));
        }
        let fields: Vec<(&str, &str)> =
            fields.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
        self.post(&action, &fields)
    }

    pub fn text(&self) -> String {
        self.page.texts("main").join(" ")
    }

    /// Signs in with a password.
    pub fn sign_in(&mut self, email: &str, password: &str) -> &mut Client {
        self.get("/en/sign-in").send("/sign-in", &[("email", email), ("password", password)])
    }
}

/// Reads rows of text by SQL that differs between the databases.
pub fn rows(db: &Db, sqlite: &str, postgres: &str) -> Vec<String> {
    use diesel::prelude::*;
    use mosty::storage::DbConn;
    #[derive(diesel::QueryableByName)]
    struct Text {
        #[diesel(sql_type = diesel::sql_types::Text)]
        text: String,
    }
    let mut conn = db.conn().unwrap();
    let rows: Vec<Text> = match &mut *conn {
        DbConn::Sqlite(c) => diesel::sql_query(sqlite).load(c).unwrap(),
        DbConn::Postgres(c) => diesel::sql_query(postgres).load(c).unwrap(),
    };
    rows.into_iter().map(|row| row.text).collect()
}

/// Every column of the database, as (table, column), found from its schema.
fn columns(db: &Db) -> Vec<(String, String)> {
    let all = rows(
        db,
        "SELECT m.name || '.' || p.name AS text FROM sqlite_master m, pragma_table_info(m.name) p \
         WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%'",
        "SELECT table_name || '.' || column_name AS text FROM information_schema.columns \
         WHERE table_schema = current_schema()",
    );
    assert!(all.len() > 100, "the schema was not read");
    all.iter()
        .filter_map(|c| c.split_once('.'))
        .map(|(t, c)| (t.to_owned(), c.to_owned()))
        .collect()
}

/// The tables that have a column of this name.
pub fn tables_with(db: &Db, column: &str) -> Vec<String> {
    columns(db).into_iter().filter(|(_, c)| c == column).map(|(t, _)| t).collect()
}

/// Every value of the database but of the directory's own large tables, as
/// (table.column, value).
pub fn dump(db: &Db) -> Vec<(String, String)> {
    const DIRECTORY: [&str; 4] = ["municipalities", "names", "parts", "facts"];
    let mut all = Vec::new();
    for (table, column) in columns(db) {
        if DIRECTORY.contains(&table.as_str()) {
            continue;
        }
        let sql = format!(
            "SELECT CAST(\"{column}\" AS TEXT) AS text FROM \"{table}\" \
             WHERE \"{column}\" IS NOT NULL"
        );
        let values = rows(db, &sql, &sql);
        all.extend(values.into_iter().map(|value| (format!("{table}.{column}"), value)));
    }
    all
}

/// The number of the membership of an account, as forms carry it.
pub fn member_number(db: &Db, account: AccountId, of: MunicipalityId) -> String {
    let all = mosty::storage::members::of(&mut db.conn().unwrap(), of).unwrap();
    all.iter().find(|m| m.account == account).expect("a member").id.to_string()
}
