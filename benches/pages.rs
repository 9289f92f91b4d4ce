//! The program as it is served: how long it takes to start, what it holds,
//! and how it answers under load, over real HTTP on this machine.
//!
//! `cargo bench --bench pages [-- --json]`
#![allow(missing_docs, clippy::expect_used)]

mod common;

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use common::{MOSTY, Times};
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

struct Server {
    process: Child,
    address: String,
}

impl Server {
    /// Starts the program and waits for its first answer; with how long that
    /// took.
    fn start(database: &str) -> (Server, Duration) {
        let begun = Instant::now();
        let mut process = Command::new(MOSTY)
            .args(["--database-url", database, "--log", "error", "serve", "--bind", "127.0.0.1:0"])
            .stdout(Stdio::piped())
            .spawn()
            .expect("the program");
        let mut line = String::new();
        BufReader::new(process.stdout.take().expect("its output"))
            .read_line(&mut line)
            .expect("its address");
        let port = line.trim().rsplit(':').next().expect("a port").to_owned();
        let server = Server { process, address: format!("127.0.0.1:{port}") };
        let mut connection = server.connect();
        assert_eq!(connection.get("/en/", "identity").0, 200);
        (server, begun.elapsed())
    }

    fn connect(&self) -> Connection {
        let stream = TcpStream::connect(&self.address).expect("a connection");
        stream.set_nodelay(true).expect("a socket");
        Connection { stream: BufReader::with_capacity(64 * 1024, stream), body: Vec::new() }
    }

    /// Memory the process holds, in MiB.
    fn memory(&self) -> Option<f64> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.process.id())).ok()?;
        let line = status.lines().find(|l| l.starts_with("VmRSS:"))?;
        let kib: f64 = line.split_whitespace().nth(1)?.parse().ok()?;
        Some(kib / 1024.0)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// A connection that is kept between requests.
struct Connection {
    stream: BufReader<TcpStream>,
    body: Vec<u8>,
}

impl Connection {
    /// Asks for a page; its status and the bytes of its body.
    fn get(&mut self, path: &str, encoding: &str) -> (u16, usize) {
        let request =
            format!("GET {path} HTTP/1.1\r\nhost: bench\r\naccept-encoding: {encoding}\r\n\r\n");
        self.stream.get_mut().write_all(request.as_bytes()).expect("sent");
        let mut line = String::new();
        self.stream.read_line(&mut line).expect("a status");
        let status = line.split(' ').nth(1).and_then(|s| s.parse().ok()).expect("a status");
        let (mut length, mut chunked) = (0, false);
        loop {
            line.clear();
            self.stream.read_line(&mut line).expect("a header");
            let header = line.trim_end().to_ascii_lowercase();
            if header.is_empty() {
                break;
            }
            if let Some(value) = header.strip_prefix("content-length: ") {
                length = value.parse().expect("a length");
            }
            chunked |= header == "transfer-encoding: chunked";
        }
        if !chunked {
            return (status, self.take(length));
        }
        let mut bytes = 0;
        loop {
            line.clear();
            self.stream.read_line(&mut line).expect("a chunk");
            let size = usize::from_str_radix(line.trim_end(), 16).expect("a size");
            bytes += self.take(size);
            self.take(2);
            if size == 0 {
                return (status, bytes);
            }
        }
    }

    fn take(&mut self, bytes: usize) -> usize {
        self.body.resize(bytes, 0);
        self.stream.read_exact(&mut self.body).expect("a body");
        bytes
    }
}

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
