//! Requests no browser sends: too long, broken, or a byte a second.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use crate::support::TestServer;

/// Sends bytes as they are and reads the answer until the server closes.
fn send(server: &TestServer, bytes: &[u8]) -> String {
    let address = server.url.trim_start_matches("http://");
    let mut stream = TcpStream::connect(address).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(60))).unwrap();
    stream.write_all(bytes).unwrap();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).unwrap();
    String::from_utf8_lossy(&answer).into_owned()
}

fn get(target: &[u8]) -> Vec<u8> {
    [b"GET ", target, b" HTTP/1.1\r\nhost: test\r\nconnection: close\r\n\r\n"].concat()
}

#[test]
fn what_never_becomes_a_request_gets_a_sentence_and_every_header() {
    let server = TestServer::shared();
    let long = |n: usize| [b"/en/municipalities?q=".to_vec(), vec![b'a'; n]].concat();
    let many_headers: String = (0..120).map(|i| format!("h{i}: 1\r\n")).collect();
    let cases: [(&str, Vec<u8>); 8] = [
        ("414", get(&long(9_000))),
        ("414", get(&long(60_000))),
        ("400", get(&long(70_000))),
        ("431", get(&long(1_000_000))),
        ("400", get(b"/en/municipalities?q=\xff\xfe")),
        ("400", b"GET /\0 HTTP/1.1\r\nhost: test\r\n\r\n".to_vec()),
        ("431", format!("GET / HTTP/1.1\r\n{many_headers}\r\n").into_bytes()),
        (
            "400",
            b"POST /theme HTTP/1.1\r\nhost: test\r\ncontent-length: 3\r\n\
              transfer-encoding: chunked\r\n\r\n0\r\n\r\n"
                .to_vec(),
        ),
    ];
    for (status, request) in cases {
        let shown = String::from_utf8_lossy(&request[..request.len().min(60)]).into_owned();
        let answer = send(server, &request);
        assert!(answer.starts_with(&format!("HTTP/1.1 {status} ")), "{shown}: {answer}");
        for header in [
            "content-security-policy: default-src 'none'",
            "x-content-type-options: nosniff",
            "referrer-policy:",
            "cross-origin-opener-policy: same-origin",
            "content-type: text/html; charset=utf-8",
        ] {
            assert!(answer.to_lowercase().contains(header), "{shown}: no {header}");
        }
        let (_, body) = answer.split_once("\r\n\r\n").unwrap();
        assert!(body.len() < 16_000, "{shown}: what was sent comes back");
        assert!(body.contains("</p>"), "{shown}: no sentence in {body}");
    }
    // The server is none the worse for it.
    assert_eq!(server.get("/healthz").status, 200);
}

#[test]
fn a_form_that_arrives_a_byte_a_second_is_given_up() {
    let server = TestServer::shared();
    let address = server.url.trim_start_matches("http://");
    let mut stream = TcpStream::connect(address).unwrap();
    stream
        .write_all(
            b"POST /theme HTTP/1.1\r\nhost: test\r\ncontent-length: 500\r\n\
              content-type: application/x-www-form-urlencoded\r\n\r\n",
        )
        .unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(1))).unwrap();
    let begun = Instant::now();
    let mut answer = [0; 12];
    while stream.read_exact(&mut answer).is_err() {
        assert!(begun.elapsed() < Duration::from_secs(30), "the server still waits");
        if stream.write_all(b"a").is_err() {
            break;
        }
    }
    assert_eq!(&answer, b"HTTP/1.1 408");
}

#[test]
fn a_form_that_is_too_large_is_refused() {
    let server = TestServer::shared();
    let body = format!("theme=dark&back={}", "a".repeat(100_000));
    let answer = crate::support::post(&format!("{}/theme", server.url), &[], &body);
    assert_eq!(answer.status, 413);
    assert_eq!(answer.texts("h1").len(), 1);
}
