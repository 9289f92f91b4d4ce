//! The program as a server, and a browser's side of a connection.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use super::MOSTY;

/// The program, serving.
pub(crate) struct Server {
    process: Child,
    address: String,
}

impl Server {
    /// Starts the program and waits for its first answer; with how long that
    /// took.
    pub(crate) fn start(database: &str) -> (Server, Duration) {
        Server::start_with(database, &[])
    }

    /// The same with more options.
    pub(crate) fn start_with(database: &str, options: &[&str]) -> (Server, Duration) {
        let begun = Instant::now();
        let mut process = Command::new(MOSTY)
            .args(["--database-url", database, "--log", "error", "serve", "--bind", "127.0.0.1:0"])
            .args(options)
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

    pub(crate) fn address(&self) -> &str {
        &self.address
    }

    pub(crate) fn connect(&self) -> Connection {
        let stream = TcpStream::connect(&self.address).expect("a connection");
        stream.set_nodelay(true).expect("a socket");
        Connection { stream: BufReader::with_capacity(64 * 1024, stream), body: Vec::new() }
    }

    /// Memory the process holds, in MiB.
    pub(crate) fn memory(&self) -> Option<f64> {
        self.status("VmRSS:")
    }

    /// From here on the highest memory is counted anew.
    pub(crate) fn forget_highest_memory(&self) {
        let path = format!("/proc/{}/clear_refs", self.process.id());
        // Elsewhere than on Linux there is nothing to forget.
        let _ = std::fs::write(path, "5");
    }

    /// The most it held since then, in MiB.
    pub(crate) fn highest_memory(&self) -> Option<f64> {
        self.status("VmHWM:")
    }

    fn status(&self, of: &str) -> Option<f64> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.process.id())).ok()?;
        let line = status.lines().find(|l| l.starts_with(of))?;
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
pub(crate) struct Connection {
    stream: BufReader<TcpStream>,
    /// The body of the last answer.
    pub(crate) body: Vec<u8>,
}

impl Connection {
    /// Asks for a page; its status and the bytes of its body.
    pub(crate) fn get(&mut self, path: &str, encoding: &str) -> (u16, usize) {
        let request =
            format!("GET {path} HTTP/1.1\r\nhost: bench\r\naccept-encoding: {encoding}\r\n\r\n");
        self.answer(&request)
    }

    /// Sends a form with a session; the status of the answer.
    pub(crate) fn post(&mut self, path: &str, session: &str, form: &str) -> u16 {
        let request = format!(
            "POST {path} HTTP/1.1\r\nhost: bench\r\ncookie: session={session}\r\n\
             content-type: application/x-www-form-urlencoded\r\ncontent-length: {}\r\n\r\n{form}",
            form.len()
        );
        self.answer(&request).0
    }

    fn answer(&mut self, request: &str) -> (u16, usize) {
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
