//! The program as it is served: how long it takes to start, what it holds,
//! and how it answers under load, over real HTTP on this machine.
//!
//! `cargo bench --bench pages [-- --json]`
#![allow(missing_docs, clippy::expect_used)]

mod common;

use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use common::Times;
use common::http::Server;
use serde_json::{Value, json};

/// How long each load lasts.
const LOAD: Duration = Duration::from_secs(10);
/// Requests a second on the pages of partners.
const PARTNER_RATE: u32 = 200;
/// Different municipalities among those requests.
const SUBJECTS: usize = 1_000;
/// Connections that ask for lists, each as fast as it is answered.
const LIST_CONNECTIONS: usize = 16;

/// Lists as people filter them: by country, region, size; sorted; later pages.
const LISTS: [&str; 8] = [
    "/en/municipalities",
    "/en/municipalities?country=PL",
    "/uk/municipalities?country=UA&size=lt5k&sort=largest",
    "/en/municipalities?size=20k_50k&page=7",
    "/uk/municipalities?country=DE&sort=smallest",
    "/uk/municipalities?country=FR&size=5k_10k&page=3",
    "/en/municipalities?country=ES&region=51",
    "/uk/municipalities?status=listed&sort=changed&page=40",
];

/// As many requests as are answered, over all lists in turn.
fn lists(server: &Server, encoding: &str) -> Value {
    let begun = Instant::now();
    let next = AtomicUsize::new(0);
    let (mut times, mut bytes) = (Times::default(), 0);
    std::thread::scope(|scope| {
        let workers: Vec<_> = (0..LIST_CONNECTIONS)
            .map(|_| {
                scope.spawn(|| {
                    let (mut times, mut bytes) = (Times::default(), 0);
                    let mut connection = server.connect();
                    while begun.elapsed() < LOAD {
                        let path = LISTS[next.fetch_add(1, Ordering::Relaxed) % LISTS.len()];
                        let asked = Instant::now();
                        let (status, size) = connection.get(path, encoding);
                        times.push(asked.elapsed());
                        bytes += size;
                        assert_eq!(status, 200, "{path}");
                    }
                    (times, bytes)
                })
            })
            .collect();
        for worker in workers {
            let (t, b) = worker.join().expect("a worker");
            times.extend(t);
            bytes += b;
        }
    });
    let requests = times.len();
    let seconds = begun.elapsed().as_secs_f64();
    let mut figures = times.summary();
    figures["requests_per_second"] = json!(requests as f64 / seconds);
    figures["bytes_per_page"] = json!(bytes / requests.max(1));
    figures["connections"] = json!(LIST_CONNECTIONS);
    figures
}

/// Requests at a steady rate, each of another subject. A late answer does not
/// delay the requests behind it: times are counted from when a request was
/// due, not from when it could be sent.
fn partners(server: &Server, slugs: &[String]) -> Value {
    const CONNECTIONS: usize = 8;
    let total = (LOAD.as_secs() as usize) * PARTNER_RATE as usize;
    let begun = Instant::now() + Duration::from_millis(100);
    let next = AtomicUsize::new(0);
    let mut times = Times::default();
    std::thread::scope(|scope| {
        let workers: Vec<_> = (0..CONNECTIONS)
            .map(|_| {
                scope.spawn(|| {
                    let mut times = Times::default();
                    let mut connection = server.connect();
                    loop {
                        let i = next.fetch_add(1, Ordering::Relaxed);
                        if i >= total {
                            return times;
                        }
                        let due = begun + Duration::from_secs(1) * i as u32 / PARTNER_RATE;
                        std::thread::sleep(due.saturating_duration_since(Instant::now()));
                        let path =
                            format!("/en/municipalities/{}/partners", slugs[i % slugs.len()]);
                        let (status, _) = connection.get(&path, "identity");
                        times.push(due.elapsed());
                        assert_eq!(status, 200, "{path}");
                    }
                })
            })
            .collect();
        for worker in workers {
            times.extend(worker.join().expect("a worker"));
        }
    });
    let seconds = begun.elapsed().as_secs_f64();
    let mut figures = json!({ "requests_per_second": times.len() as f64 / seconds });
    let summary = times.summary();
    if let (Some(all), Some(more)) = (figures.as_object_mut(), summary.as_object()) {
        all.extend(more.clone());
    }
    figures["subjects"] = json!(slugs.len());
    figures
}

/// Slugs spread over the whole directory, both sides.
fn subjects(server: &Server) -> Vec<String> {
    let mut connection = server.connect();
    let mut slugs = Vec::new();
    for country in ["UA", "PL", "DE", "FR", "IT"] {
        let path = format!("/api/v1/municipalities?country={country}&limit=200");
        assert_eq!(connection.get(&path, "identity").0, 200);
        let answer: Value = serde_json::from_slice(&connection.body).expect("JSON");
        let items = answer["items"].as_array().expect("a list");
        slugs.extend(items.iter().filter_map(|i| i["slug"].as_str().map(str::to_owned)));
    }
    slugs.truncate(SUBJECTS);
    slugs
}

fn main() {
    let filled = common::filled();
    let mut starts: Vec<f64> = (0..5).map(|_| Server::start(&filled.url).1.as_secs_f64()).collect();
    starts.sort_by(f64::total_cmp);
    let (server, _) = Server::start(&filled.url);
    let slugs = subjects(&server);
    let partners = partners(&server, &slugs);
    let plain = lists(&server, "identity");
    let compressed = lists(&server, "gzip");
    common::report(&json!({
        "first_start_seconds": filled.took.as_secs_f64(),
        "database_mib": std::fs::metadata(&filled.path).map_or(0, |m| m.len() / 1_048_576),
        "start_to_first_answer_seconds": starts[2],
        "memory_mib": server.memory(),
        "partners_page": partners,
        "list": plain,
        "list_gzip": compressed,
    }));
}
