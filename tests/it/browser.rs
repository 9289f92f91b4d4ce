//! A real Chromium: every page through axe, in both languages, light and
//! dark, narrow and wide.

use std::net::TcpListener;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use fantoccini::wd::Capabilities;
use fantoccini::{Client, ClientBuilder};
use mosty::domain::account::{MemberRole, MemberState, Membership, Office};
use mosty::storage::change;
use mosty::storage::credentials;
use mosty::storage::memberships;
use serde_json::{Value, json};

use crate::signing_in::PASSWORD;
use crate::support::{MovingClock, TestDb, TestServer, everything_required, now};
use crate::web::PAGES;

const AXE: &str = include_str!("../vendor/axe.min.js");

pub struct Driver {
    process: Child,
    port: u16,
}

impl Driver {
    /// Starts the driver, or says why not.
    pub fn start() -> Option<Driver> {
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let started = Command::new("chromedriver")
            .arg(format!("--port={port}"))
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn();
        match started {
            Ok(process) => {
                let driver = Driver { process, port };
                let begun = Instant::now();
                while std::net::TcpStream::connect(("127.0.0.1", port)).is_err() {
                    assert!(begun.elapsed() < Duration::from_secs(20), "chromedriver is silent");
                    std::thread::sleep(Duration::from_millis(50));
                }
                Some(driver)
            }
            Err(error) => {
                assert!(!everything_required(), "chromedriver cannot be started: {error}");
                eprintln!("left out: the browser, because chromedriver is not here (see bin/test)");
                None
            }
        }
    }

    pub async fn client(&self) -> Client {
        self.client_with(true).await
    }

    /// A browser, with scripts or without.
    async fn client_with(&self, scripts: bool) -> Client {
        let mut capabilities = Capabilities::new();
        let setting = if scripts { 1 } else { 2 };
        capabilities.insert(
            "goog:chromeOptions".to_owned(),
            json!({ "prefs": {
                "profile.managed_default_content_settings.javascript": setting,
                "profile.default_content_setting_values.javascript": setting,
            }, "args": [
                "--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking",
                "--disable-component-update", "--disable-sync", "--no-first-run",
                "--disable-dev-shm-usage",
            ] }),
        );
        ClientBuilder::new(hyper_util::client::legacy::connect::HttpConnector::new())
            .capabilities(capabilities)
            .connect(&format!("http://127.0.0.1:{}", self.port))
            .await
            .expect("a browser")
    }
}

impl Driver {
    /// Kills the browsers this driver has started, as a power cut would.
    fn kill_browsers(&self) {
        let own = self.process.id().to_string();
        for entry in std::fs::read_dir("/proc").unwrap().flatten() {
            let Ok(stat) = std::fs::read_to_string(entry.path().join("stat")) else { continue };
            // After the name in parentheses: the state, then the parent.
            let parent = stat.rsplit(')').next().and_then(|rest| rest.split_whitespace().nth(1));
            if parent == Some(own.as_str()) {
                let pid = entry.file_name().into_string().unwrap();
                Command::new("kill").args(["-9", &pid]).status().unwrap();
            }
        }
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// What axe finds on the present page.
async fn faults(client: &Client) -> Vec<String> {
    client.execute(AXE, vec![]).await.unwrap();
    let found = client
        .execute_async(
            "const done = arguments[0]; \
             axe.run(document, { runOnly: { type: 'tag', values: \
               ['wcag2a','wcag2aa','wcag21a','wcag21aa','wcag22aa','best-practice'] } }) \
             .then(r => done(r.violations.map(v => \
               v.id + ': ' + v.nodes.slice(0, 3).map(n => n.html.slice(0, 160)).join(' | '))))",
            vec![],
        )
        .await
        .unwrap();
    match found {
        Value::Array(list) => {
            list.into_iter().filter_map(|v| v.as_str().map(str::to_owned)).collect()
        }
        other => panic!("axe answered {other}"),
    }
}

#[test]
fn axe_finds_nothing_on_any_page() {
    let Some(driver) = Driver::start() else { return };
    let server = TestServer::shared();
    let runtime =
        tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
    let all = runtime.block_on(async {
        let client = driver.client().await;
        let mut all: Vec<String> = Vec::new();
        for (width, theme) in [(1280, "light"), (1280, "dark"), (320, "light"), (320, "dark")] {
            client.set_window_size(width, 900).await.unwrap();
            client.goto(&format!("{}/en/privacy", server.url)).await.unwrap();
            let set = format!("document.cookie = 'theme={theme}; path=/'");
            client.execute(&set, vec![]).await.unwrap();
            for lang in ["en", "uk"] {
                for path in PAGES.iter().chain(&["/privacy", "/nothing-here"]) {
                    let url = format!("{}/{lang}{path}", server.url);
                    client.goto(&url).await.unwrap();
                    for fault in faults(&client).await {
                        all.push(format!("/{lang}{path} at {width}, {theme}: {fault}"));
                    }
                    let wide = client
                        .execute(
                            "return document.documentElement.scrollWidth - \
                             document.documentElement.clientWidth",
                            vec![],
                        )
                        .await
                        .unwrap();
                    if wide.as_i64().unwrap_or(0) > 0 {
                        all.push(format!("/{lang}{path} at {width} scrolls sideways by {wide}"));
                    }
                }
            }
        }
        client.close().await.unwrap();
        all
    });
    let shown = all.iter().take(40).cloned().collect::<Vec<String>>().join("\n");
    assert!(all.is_empty(), "{} faults, the first:\n{shown}", all.len());
}

/// From a name to a letter, with the keyboard alone.
#[test]
fn a_letter_is_reached_from_a_name_by_keyboard() {
    let Some(driver) = Driver::start() else { return };
    let server = TestServer::shared();
    let runtime =
        tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
    runtime.block_on(async {
        use fantoccini::Locator::Css;
        use fantoccini::key::Key;
        let client = driver.client().await;
        client.goto(&format!("{}/uk/", server.url)).await.unwrap();
        client.find(Css("#q")).await.unwrap().send_keys("Новий Білоус").await.unwrap();
        client.find(Css("#q")).await.unwrap().send_keys(&Key::Enter.to_string()).await.unwrap();
        let enter = |selector: &'static str| {
            let client = client.clone();
            async move {
                let element = client.wait().for_element(Css(selector)).await.unwrap();
                element.send_keys(&Key::Enter.to_string()).await.unwrap();
            }
        };
        enter(".head .acts a.btn").await;
        enter(".brief h3 a, article h3 a").await;
        enter(".verdict .acts a.btn").await;
        let sheet = client.wait().for_element(Css("article.sheet[lang=uk]")).await.unwrap();
        let text = sheet.text().await.unwrap();
        assert!(text.contains("Новобілоуська громада"), "{text}");
        // Nothing was blocked by the policy of the page.
        client.close().await.unwrap();
    });
}

pub fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap()
}

/// Fills in a field of the present page.
async fn fill(client: &Client, selector: &str, text: &str) {
    let field = client.wait().for_element(fantoccini::Locator::Css(selector)).await.unwrap();
    field.clear().await.unwrap();
    field.send_keys(text).await.unwrap();
}

/// Signs in, with a recovery code where a second factor is set up.
pub async fn sign_in(client: &Client, server: &TestServer, email: &str, code: Option<&str>) {
    use fantoccini::Locator::Css;
    client.goto(&format!("{}/en/sign-in", server.url)).await.unwrap();
    fill(client, "#email", email).await;
    fill(client, "#password", PASSWORD).await;
    client.find(Css("main form button")).await.unwrap().click().await.unwrap();
    if let Some(code) = code {
        fill(client, "#code", code).await;
        client.find(Css("main form button")).await.unwrap().click().await.unwrap();
    }
    client.wait().for_element(Css("form[action$='/sign-out']")).await.unwrap();
}

const SIGNED_IN: [&str; 28] = [
    "/account",
    "/account/password",
    "/account/email",
    "/account/second-factor",
    "/account/letters",
    "/account/erase",
    "/missing",
    "/municipalities/novyi-bilous",
    "/municipalities/novyi-bilous/profile",
    "/municipalities/novyi-bilous/profile/entries",
    "/municipalities/novyi-bilous/profile/entries/1",
    "/municipalities/novyi-bilous/profile/languages",
    "/municipalities/novyi-bilous/profile/room",
    "/municipalities/novyi-bilous/profile/in-return",
    "/municipalities/novyi-bilous/profile/projects",
    "/municipalities/novyi-bilous/profile/contacts",
    "/municipalities/novyi-bilous/members",
    "/municipalities/novyi-bilous/history",
    "/municipalities/novyi-bilous/hiding",
    "/municipalities/novyi-bilous/correction",
    "/municipalities/swidnik/claim",
    "/claims/1/evidence",
    "/admin/claims",
    "/admin/claims/1",
    "/admin/requests",
    "/admin/municipalities/novyi-bilous",
    "/admin/log",
    "/admin/accounts",
];

#[test]
fn axe_finds_nothing_on_pages_of_somebody_signed_in() {
    let Some(driver) = Driver::start() else { return };
    let server = TestServer::start_with(TestDb::sqlite().filled(), MovingClock::new(), None);
    let (mut me, id, municipality) =
        crate::profiles::member(&server, "o@bilous.gov.ua", "novyi-bilous");
    me.get("/en/municipalities/novyi-bilous/profile/entries");
    me.send("/entries/new", &crate::profiles::entry("need", "energy/backup", "Чутливе"));
    let said = [("position", "Head"), ("official", "rada@bilous.gov.ua")];
    me.get("/en/municipalities/chernihiv/claim").send("/claim", &said);
    let (_, admin) = crate::people::officer(&server, "admin@mosty.org", Office::Admin);
    let mut conn = server.db.conn().unwrap();
    change(&mut conn, |conn| -> Result<(), anyhow::Error> {
        let (role, state) = (MemberRole::Signatory, MemberState::Active);
        let membership = Membership { municipality, role, state };
        memberships::set_membership(conn, admin, membership, Some(id), now())?;
        let codes = [mosty::auth::totp::recovery_hash("aaaa-bbbb-cccc-eeee")];
        Ok(credentials::set_recovery_codes(conn, admin, &codes)?)
    })
    .unwrap();
    let all = runtime().block_on(async {
        let client = driver.client().await;
        sign_in(&client, &server, "admin@mosty.org", Some("aaaa-bbbb-cccc-eeee")).await;
        let mut all: Vec<String> = Vec::new();
        for (width, theme) in [(1280, "light"), (320, "dark")] {
            client.set_window_size(width, 900).await.unwrap();
            let set = format!("document.cookie = 'theme={theme}; path=/'");
            client.execute(&set, vec![]).await.unwrap();
            for lang in ["en", "uk"] {
                for path in SIGNED_IN {
                    client.goto(&format!("{}/{lang}{path}", server.url)).await.unwrap();
                    let main = client.find(fantoccini::Locator::Css("h1")).await.unwrap();
                    assert!(!main.text().await.unwrap().is_empty(), "{path}");
                    for fault in faults(&client).await {
                        all.push(format!("/{lang}{path} at {width}, {theme}: {fault}"));
                    }
                    let wide = client
                        .execute(
                            "return document.documentElement.scrollWidth - \
                             document.documentElement.clientWidth",
                            vec![],
                        )
                        .await
                        .unwrap();
                    if wide.as_i64().unwrap_or(0) > 0 {
                        all.push(format!("/{lang}{path} at {width} scrolls sideways by {wide}"));
                    }
                }
            }
        }
        client.close().await.unwrap();
        all
    });
    let shown = all.iter().take(40).cloned().collect::<Vec<String>>().join("\n");
    assert!(all.is_empty(), "{} faults, the first:\n{shown}", all.len());
}

/// A keyboard, and how often it was used: each key for moving or pressing
/// counts, and the text of each field.
struct Keyboard {
    client: Client,
    actions: usize,
}

impl Keyboard {
    async fn press(&mut self, key: fantoccini::key::Key) {
        let focused = self.client.active_element().await.unwrap();
        focused.send_keys(&key.to_string()).await.unwrap();
        self.actions += 1;
    }

    /// Moves on until the focus is on what a selector finds.
    async fn tab_to(&mut self, selector: &str) {
        for _ in 0..40 {
            self.press(fantoccini::key::Key::Tab).await;
            let focused = self.client.active_element().await.unwrap();
            let wanted = self.client.find(fantoccini::Locator::Css(selector)).await.unwrap();
            if focused.element_id() == wanted.element_id() {
                return;
            }
        }
        panic!("{selector} is not reached");
    }

    async fn write(&mut self, selector: &str, text: &str) {
        self.tab_to(selector).await;
        let focused = self.client.active_element().await.unwrap();
        focused.send_keys(text).await.unwrap();
        self.actions += 1;
    }

    /// Opens a page by the first thing in it that a selector finds, past the
    /// head of the page.
    async fn open(&mut self, selector: &str, there: &str) {
        self.press(fantoccini::key::Key::Tab).await;
        self.press(fantoccini::key::Key::Enter).await;
        self.tab_to(selector).await;
        self.press(fantoccini::key::Key::Enter).await;
        let found = self.client.wait().for_element(fantoccini::Locator::Css(there)).await;
        found.unwrap_or_else(|e| panic!("{there}: {e}"));
    }
}

/// From a stranger to a published profile, in both languages, with scripts and
/// without: after signing in, sixty keys and texts are enough by far.
#[test]
fn a_stranger_claims_and_publishes_a_first_profile_with_few_keys() {
    use fantoccini::Locator::Css;
    use fantoccini::key::Key;
    let Some(driver) = Driver::start() else { return };
    for (lang, scripts, words) in [
        ("uk", true, ["охорона", "безперервн"]),
        ("en", true, ["protection of h", "continuity"]),
        ("uk", false, ["охорона", "безперервн"]),
        ("en", false, ["protection of h", "continuity"]),
    ] {
        let server = TestServer::start_with(TestDb::sqlite().filled(), MovingClock::new(), None);
        let (mut partner, ..) = crate::profiles::member(&server, "p@swidnik.pl", "swidnik");
        partner.get("/en/municipalities/swidnik/profile/start").send(
            "/start",
            &[("need", "safety/continuity"), ("offer", "culture/heritage"), ("speaks", "en")],
        );
        let before = server.get("/api/v1/municipalities/novyi-bilous/partners").json();
        runtime().block_on(async {
            let client = driver.client_with(scripts).await;
            let at = |path: &str| format!("{}/{lang}{path}", server.url);
            client.goto(&at("/municipalities/novyi-bilous/claim")).await.unwrap();
            for (field, text) in [
                ("#name", "Олена Коваль"),
                ("#email", "olena@bilous.gov.ua"),
                ("#position", "начальниця відділу"),
                ("#official", "rada@bilous.gov.ua"),
            ] {
                fill(&client, field, text).await;
            }
            client.find(Css("main form button")).await.unwrap().click().await.unwrap();
            client.wait().for_element(Css("main .note[role=status]")).await.unwrap();
            let link = crate::signing_in::link_in(&crate::signing_in::letters(&server)[0]);
            client.goto(&format!("{}{link}", server.url)).await.unwrap();
            fill(&client, "#password", PASSWORD).await;
            client.find(Css("main form button")).await.unwrap().click().await.unwrap();
            client.wait().for_element(Css("#email")).await.unwrap();
            let (mut officer, _) =
                crate::people::officer(&server, "officer@mosty.org", Office::Officer);
            officer.get("/en/admin/claims/1").send("/admin/claims/1", &[]);
            client.goto(&at("/sign-in")).await.unwrap();
            fill(&client, "#email", "olena@bilous.gov.ua").await;
            fill(&client, "#password", PASSWORD).await;
            client.find(Css("main form button")).await.unwrap().click().await.unwrap();
            client.wait().for_element(Css("form[action$='/sign-out']")).await.unwrap();

            let mut keys = Keyboard { client: client.clone(), actions: 0 };
            keys.open("main a[href$='/profile']", "main a[href$='/start']").await;
            keys.open("main a[href$='/start']", "#need").await;
            keys.press(Key::Tab).await;
            keys.press(Key::Enter).await;
            keys.write("#need", words[0]).await;
            keys.write("#need-statement", "Дерев’яна церква").await;
            keys.write("#offer", words[1]).await;
            keys.write("#offer-statement", "Працюємо без світла").await;
            keys.tab_to("main form button").await;
            keys.press(Key::Enter).await;
            client.wait().for_element(Css(".tasks")).await.unwrap();
            let text = client.find(Css("main")).await.unwrap().text().await.unwrap();
            let public = if lang == "uk" { "Оприлюднено" } else { "Public" };
            assert!(text.contains(public), "{lang} {scripts}: {text}");
            assert!(keys.actions <= 60, "{} keys and texts", keys.actions);
            println!("{lang}, scripts {scripts}: {} keys and texts", keys.actions);
            client.close().await.unwrap();
        });
        let page = server.get("/uk/municipalities/novyi-bilous").body;
        assert!(page.contains("Працюємо без світла"), "{lang} {scripts}");
        let after = server.get("/api/v1/municipalities/novyi-bilous/partners").json();
        assert_ne!(before, after, "{lang} {scripts}: suggestions did not follow");
    }
}

/// Somebody writes, and the browser dies.
#[test]
fn a_killed_browser_loses_no_text() {
    let Some(driver) = Driver::start() else { return };
    let server = TestServer::start_with(TestDb::sqlite().filled(), MovingClock::new(), None);
    let (mut other_window, ..) =
        crate::profiles::member(&server, "o@bilous.gov.ua", "novyi-bilous");
    let path = "/uk/municipalities/novyi-bilous/profile/in-return";
    let text = "Досвід роботи без світла: розклад, генератори, пункти незламності. ".repeat(3);
    let text = text.trim();
    runtime().block_on(async {
        let client = driver.client().await;
        sign_in(&client, &server, "o@bilous.gov.ua", None).await;
        client.goto(&format!("{}{path}", server.url)).await.unwrap();
        fill(&client, "#return", text).await;
        // What is written is kept within a second of the last key.
        let begun = Instant::now();
        loop {
            let kept = other_window.get(&format!("/uk/unsent?for={path}"));
            if kept.page.status == 200 && kept.page.body.contains(text) {
                break;
            }
            assert!(begun.elapsed() < Duration::from_secs(5), "nothing is kept");
            std::thread::sleep(Duration::from_millis(50));
        }
        driver.kill_browsers();
    });
    let Some(driver) = Driver::start() else { return };
    runtime().block_on(async {
        use fantoccini::Locator::Css;
        let client = driver.client().await;
        sign_in(&client, &server, "o@bilous.gov.ua", None).await;
        client.goto(&format!("{}{path}", server.url)).await.unwrap();
        client.wait().for_element(Css("#unsent:not([hidden])")).await.unwrap();
        let field = client.find(Css("#return")).await.unwrap();
        assert_eq!(field.prop("value").await.unwrap().as_deref(), Some(text));
        // Sent, it is not offered again.
        client.find(Css("main form button:not([type])")).await.unwrap().click().await.unwrap();
        client.wait().for_element(Css(".tasks")).await.unwrap();
        client.close().await.unwrap();
    });
    assert_eq!(other_window.get(&format!("/uk/unsent?for={path}")).page.status, 204);
}

/// Somebody sends a form with a fault at once, and goes on in the other
/// language.
#[test]
fn what_was_typed_comes_along_into_the_other_language() {
    use fantoccini::Locator::Css;
    let Some(driver) = Driver::start() else { return };
    let server = TestServer::start_with(TestDb::sqlite().filled(), MovingClock::new(), None);
    let _ = crate::profiles::member(&server, "o@bilous.gov.ua", "novyi-bilous");
    let entries = "municipalities/novyi-bilous/profile/entries";
    let text = "Дерев’яна церква, 1762";
    runtime().block_on(async {
        let client = driver.client().await;
        sign_in(&client, &server, "o@bilous.gov.ua", None).await;
        client.goto(&format!("{}/en/{entries}", server.url)).await.unwrap();
        fill(&client, "#statement", text).await;
        client.find(Css("main form button:not([type])")).await.unwrap().click().await.unwrap();
        client.wait().for_element(Css(".errors")).await.unwrap();
        client.find(Css(".tools a[lang=uk]")).await.unwrap().click().await.unwrap();
        client.wait().for_element(Css("#unsent:not([hidden])")).await.unwrap();
        let at = client.current_url().await.unwrap();
        assert!(at.path().ends_with(&format!("/uk/{entries}")), "{at}");
        let field = client.find(Css("#statement")).await.unwrap();
        assert_eq!(field.prop("value").await.unwrap().as_deref(), Some(text));
        client.close().await.unwrap();
    });
}

/// What a phone without scripts shows of the demonstration: a menu that leaves
/// its button free, and no button that does nothing.
#[test]
fn the_menu_of_a_phone_hides_nothing_and_dead_buttons_do_not_show() {
    use fantoccini::Locator::Css;
    let Some(driver) = Driver::start() else { return };
    let server = TestServer::shared();
    runtime().block_on(async {
        let client = driver.client_with(false).await;
        client.set_window_size(500, 900).await.unwrap();
        for lang in ["en", "uk"] {
            client.goto(&format!("{}/{lang}/municipalities", server.url)).await.unwrap();
            let button = client.find(Css(".menu")).await.unwrap();
            button.click().await.unwrap();
            let menu = client.wait().for_element(Css(".nav:popover-open")).await.unwrap();
            let (_, top, _, height) = menu.rectangle().await.unwrap();
            let (_, at, _, tall) = button.rectangle().await.unwrap();
            assert!(height > 100.0 && top >= at + tall, "{lang}: {top} over {at} and {tall}");
            let (_, head, _, deep) =
                client.find(Css(".mast")).await.unwrap().rectangle().await.unwrap();
            assert!(
                (top - head - deep).abs() < 4.0,
                "{lang}: {top} is not below {head} and {deep}"
            );
            let letter = "municipalities/novyi-bilous/partners/swidnik/letter";
            client.goto(&format!("{}/{lang}/{letter}", server.url)).await.unwrap();
            for button in client.find_all(Css("[hidden]")).await.unwrap() {
                assert!(!button.is_displayed().await.unwrap(), "{lang}: a button without a script");
            }
        }
        client.close().await.unwrap();
    });
}
