//! Files of the whole directory, asked for by many at once: what they cost in
//! memory, how pages are answered beside them, and when the last one is over.
//!
//! Of the readers half read nothing, and a quarter hang up in the middle.
//!
//! `cargo bench --bench downloads [-- --json]`
#![allow(missing_docs, clippy::expect_used)]

mod common;

use std::collections::BTreeMap;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use common::Times;
use common::http::Server;
use serde_json::json;

const FILES: [&str; 3] = ["municipalities.csv", "municipalities.xlsx", "municipalities.geojson"];
/// Readers of each file from one address, and from others.
const FROM_ONE: usize = 60;
const FROM_OTHERS: usize = 8;
/// Nobody waits longer for a piece of a file.
const LONGEST: Duration = Duration::from_secs(60);
/// Those who read nothing hold on for so long, unless they are given up.
const HOLDING_ON: Duration = Duration::from_secs(40);

const PAGE: &str = "/en/municipalities?country=PL";

#[derive(Clone, Copy)]
enum Reader {
    Whole,
    HangsUp,
    ReadsNothing,
}

/// Asks for a file as somebody behind a proxy, and reads it in one way. The
/// status, when it is read.
fn read(server: &Server, file: &str, address: &str, reader: Reader) -> Option<String> {
    let mut stream = TcpStream::connect(server.address()).expect("a connection");
    stream.set_read_timeout(Some(LONGEST)).expect("a socket");
    let request = format!(
        "GET /api/v1/{file} HTTP/1.1\r\nhost: bench\r\nconnection: close\r\n\
         x-forwarded-for: {address}\r\naccept-encoding: {}\r\n\r\n",
        if address.ends_with('1') { "identity" } else { "gzip" },
    );
    stream.write_all(request.as_bytes()).expect("sent");
    let mut buffer = vec![0; 64 * 1024];
    match reader {
        Reader::ReadsNothing => {
            std::thread::sleep(HOLDING_ON);
            None
        }
        Reader::HangsUp => {
            let _ = stream.read(&mut buffer);
            None
        }
        Reader::Whole => {
            let first = stream.read(&mut buffer).expect("an answer");
            let status = String::from_utf8_lossy(&buffer[9..12.min(first)]).into_owned();
            while stream.read(&mut buffer).expect("a piece") > 0 {}
            Some(status)
        }
    }
}

/// Asks for a page again and again until it is over.
fn pages(server: &Server, over: &AtomicBool) -> Times {
    let mut connection = server.connect();
    let mut times = Times::default();
    while !over.load(Ordering::Relaxed) {
        let asked = Instant::now();
        assert_eq!(connection.get(PAGE, "gzip").0, 200);
        times.push(asked.elapsed());
        std::thread::sleep(Duration::from_millis(5));
    }
    times
}

fn main() {
    let filled = common::filled();
    let (server, _) = Server::start_with(&filled.url, &["--trusted-proxy", "127.0.0.1"]);
    let mut connection = server.connect();
    for _ in 0..200 {
        connection.get(PAGE, "gzip");
    }
    server.forget_highest_memory();
    let before = server.memory();
    let over = AtomicBool::new(false);
    let begun = Instant::now();
    let mut statuses = BTreeMap::<String, usize>::new();
    let mut last = Duration::ZERO;
    let mut beside = std::thread::scope(|scope| {
        let beside = scope.spawn(|| pages(&server, &over));
        let asked =
            FILES.iter().flat_map(|file| (0..FROM_ONE + FROM_OTHERS).map(move |i| (file, i)));
        let readers: Vec<_> = asked
            .map(|(file, i)| {
                let server = &server;
                scope.spawn(move || {
                    let address = match i < FROM_ONE {
                        true => "192.0.2.1".to_owned(),
                        false => format!("198.51.100.{i}"),
                    };
                    let reader = match i % 4 {
                        0 => Reader::Whole,
                        1 => Reader::HangsUp,
                        _ => Reader::ReadsNothing,
                    };
                    let status = read(server, file, &address, reader);
                    (status, begun.elapsed())
                })
            })
            .collect();
        for reader in readers {
            let (status, ended) = reader.join().expect("a reader");
            if let Some(status) = status {
                *statuses.entry(status).or_default() += 1;
                last = last.max(ended);
            }
        }
        over.store(true, Ordering::Relaxed);
        beside.join().expect("pages")
    });
    common::report(&json!({
        "readers_of_each_file": FROM_ONE + FROM_OTHERS,
        "answers_to_those_who_read": statuses,
        "last_of_them_seconds": last.as_secs_f64(),
        "memory_mib": {
            "before": before,
            "highest": server.highest_memory(),
            "after": server.memory(),
        },
        "pages_beside": beside.summary(),
    }));
}
