//! A real Chromium: every page through axe, in both languages, light and
//! dark, narrow and wide.

use std::net::TcpListener;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use fantoccini::wd::Capabilities;
use fantoccini::{Client, ClientBuilder};
use serde_json::{Value, json};

use crate::support::{TestServer, everything_required};
use crate::web::PAGES;

const AXE: &str = include_str!("../vendor/axe.min.js");

struct Driver {
    process: Child,
    port: u16,
}

impl Driver {
    /// Starts the driver, or says why not.
    fn start() -> Option<Driver> {
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

    async fn client(&self) -> Client {
        let mut capabilities = Capabilities::new();
        capabilities.insert(
            "goog:chromeOptions".to_owned(),
            json!({ "args": [
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
        enter("tbody th a").await;
        enter(".head .acts a.btn").await;
        enter("article h2 a").await;
        enter(".verdict .acts a.btn").await;
        let sheet = client.wait().for_element(Css("article.sheet[lang=uk]")).await.unwrap();
        let text = sheet.text().await.unwrap();
        assert!(text.contains("Новобілоуська громада"), "{text}");
        // Nothing was blocked by the policy of the page.
        client.close().await.unwrap();
    });
}
