//! Files of the directory, asked for by many at once, by those who read
//! nothing and by those who hang up.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::support::{TestDb, TestServer, get};

/// The program with the whole directory, as a process of its own, behind a
/// proxy: its memory is its own.
struct Program {
    process: Child,
    address: String,
    _db: TestDb,
}

impl Program {
    fn start() -> Program {
        let db = TestDb::sqlite();
        let mut process = Command::new(env!("CARGO_BIN_EXE_mosty"))
            .args(["--database-url", &db.whole_url(), "--log", "error", "serve"])
            .args(["--bind", "127.0.0.1:0", "--trusted-proxy", "127.0.0.1"])
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(process.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let port = line.trim().rsplit(':').next().unwrap();
        let address = format!("127.0.0.1:{port}");
        let program = Program { process, address, _db: db };
        assert_eq!(get(&format!("http://{}/en/", program.address), &[]).status, 200);
        program
    }

    /// Asks for a file from an address, and leaves the answer unread.
    fn ask(&self, file: &str, from: &str) -> TcpStream {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(60))).unwrap();
        let request = format!(
            "GET /api/v1/{file} HTTP/1.1\r\nhost: test\r\nconnection: close\r\n\
             x-forwarded-for: {from}\r\naccept-encoding: gzip\r\n\r\n"
        );
        stream.write_all(request.as_bytes()).unwrap();
        stream
    }

    fn proc(&self, file: &str) -> String {
        format!("/proc/{}/{file}", self.process.id())
    }

    /// The memory it holds, in MiB; the highest is counted from here on.
    fn memory(&self) -> usize {
        std::fs::write(self.proc("clear_refs"), "5").unwrap();
        self.highest_memory()
    }

    /// The most memory it held since.
    fn highest_memory(&self) -> usize {
        let status = std::fs::read_to_string(self.proc("status")).unwrap();
        let line = status.lines().find(|line| line.starts_with("VmHWM:")).unwrap();
        line.split_whitespace().nth(1).unwrap().parse::<usize>().unwrap() / 1024
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// The status of an answer, and whether it came whole.
fn read(mut stream: TcpStream) -> (String, bool) {
    let mut answer = Vec::new();
    // What is broken off in the middle is an error or an early end.
    let _ = stream.read_to_end(&mut answer);
    let end = answer.windows(4).position(|w| w == b"\r\n\r\n").unwrap_or(answer.len());
    let head = String::from_utf8_lossy(&answer[..end]).to_lowercase();
    let length = head.lines().find_map(|line| line.strip_prefix("content-length: "));
    let length = length.map_or(0, |length| length.parse().unwrap());
    (head.get(9..12).unwrap_or("").to_owned(), answer.len() == end + 4 + length)
}

#[test]
fn a_file_holds_the_same_packed_or_not_in_any_language() {
    let server = TestServer::shared();
    for file in ["municipalities.csv", "municipalities.geojson", "municipalities.csv?country=PL"] {
        let url = format!("{}/api/v1/{file}", server.url);
        let packed = get(&url, &[("accept-encoding", "gzip"), ("accept-language", "uk")]);
        let plain = get(&url, &[("accept-encoding", "identity"), ("accept-language", "de")]);
        assert_eq!((packed.status, plain.status), (200, 200), "{file}");
        assert!(packed.body == plain.body, "{file}");
        assert_eq!(plain.header("content-length"), plain.body.len().to_string(), "{file}");
        assert_eq!(plain.header("vary"), "Accept-Encoding", "{file}");
        assert!(!plain.header("content-encoding").contains("gzip"), "{file}");
    }
    let rows = |query: &str| {
        let url = format!("{}/api/v1/municipalities.csv{query}", server.url);
        get(&url, &[]).body.lines().count()
    };
    assert!(rows("?country=PL") < rows(""));
    assert!(rows("?country=PL") > 1);
}

/// Eighty readers of files of their own, who read nothing: more than there is
/// room for.
#[test]
fn who_reads_nothing_is_given_up_and_costs_little() {
    let program = Program::start();
    for file in ["municipalities.csv", "municipalities.xlsx", "municipalities.geojson"] {
        assert_eq!(read(program.ask(file, "198.51.100.1")), ("200".to_owned(), true), "{file}");
    }
    let before = program.memory();
    let begun = Instant::now();
    let idle: Vec<TcpStream> = (0..80)
        .map(|i| {
            let ending = ["csv", "geojson", "xlsx"][i % 3];
            let file = format!("municipalities.{ending}?min_population={i}");
            program.ask(&file, &format!("192.0.2.{i}"))
        })
        .collect();
    // Others ask again until it is their turn.
    loop {
        let answer = read(program.ask("municipalities.csv?country=DE", "198.51.100.2"));
        if answer == ("200".to_owned(), true) {
            break;
        }
        assert_eq!(answer.0, "503");
        assert!(begun.elapsed() < Duration::from_secs(90), "nobody else is served");
    }
    let grown = program.highest_memory() - before;
    assert!(grown <= 64, "{grown} MiB more");
    // Those who read nothing in all that time are not sent the rest; the
    // shorter files may be in the buffers of the system by now.
    std::thread::sleep(Duration::from_secs(20));
    let workbooks = idle.into_iter().skip(2).step_by(3).map(read);
    let whole = workbooks.filter(|(status, whole)| status == "200" && *whole);
    assert_eq!(whole.count(), 0, "somebody was waited for");
}

#[test]
fn nobody_waits_for_those_who_have_left() {
    let program = Program::start();
    for i in 0..120 {
        let file = format!("municipalities.geojson?min_population={i}");
        drop(program.ask(&file, &format!("192.0.2.{i}")));
    }
    let begun = Instant::now();
    let answer = read(program.ask("municipalities.csv?country=PL", "198.51.100.2"));
    assert_eq!(answer, ("200".to_owned(), true));
    assert!(begun.elapsed() < Duration::from_secs(9), "{:?}", begun.elapsed());
}
