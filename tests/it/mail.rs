//! Letters on their way, to a server on a real socket that takes them,
//! refuses them, stalls or hangs up.

use std::collections::HashMap;
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::process::{Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use mosty::auth::token::Token;
use mosty::domain::time::{Clock, FixedClock};
use mosty::mail::{Mailer, Step, send_next};
use mosty::storage::{Db, change, mails};

use crate::support::{TestDb, now};

/// How the server treats a letter.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Manner {
    Takes,
    RefusesForNow,
    RefusesForGood,
    Stalls,
    HangsUp,
    TakesNobodyIn,
}

/// A mail server of its own for one test.
pub struct Server {
    /// Where it listens, as settings say it.
    pub url: String,
    manner: Arc<Mutex<Manner>>,
    taken: Arc<Mutex<Vec<String>>>,
    readers: Arc<Mutex<Vec<String>>>,
}

impl Server {
    pub fn start(manner: Manner) -> Server {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("smtp://{}", listener.local_addr().unwrap());
        let manner = Arc::new(Mutex::new(manner));
        let server = Server { url, manner, taken: Arc::default(), readers: Arc::default() };
        let (manner, taken) = (Arc::clone(&server.manner), Arc::clone(&server.taken));
        let readers = Arc::clone(&server.readers);
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let manner = *manner.lock().unwrap();
                let (taken, readers) = (Arc::clone(&taken), Arc::clone(&readers));
                // A client that was killed leaves in the middle of a word.
                std::thread::spawn(move || converse(stream, manner, &taken, &readers).ok());
            }
        });
        server
    }

    fn becomes(&self, manner: Manner) {
        *self.manner.lock().unwrap() = manner;
    }

    pub fn taken(&self) -> Vec<String> {
        self.taken.lock().unwrap().clone()
    }

    /// Whom letters were for, as the envelopes said.
    pub fn readers(&self) -> Vec<String> {
        self.readers.lock().unwrap().clone()
    }

    pub fn mailer(&self) -> Mailer {
        let from = "Mosty <mosty@example.org>";
        Mailer::new(&self.url, from).unwrap().with_patience(Duration::from_secs(1))
    }
}

/// One conversation, as RFC 5321 has it.
fn converse(
    stream: TcpStream,
    manner: Manner,
    taken: &Mutex<Vec<String>>,
    readers: &Mutex<Vec<String>>,
) -> std::io::Result<()> {
    let mut reader = BufReader::new(stream.try_clone()?);
    let mut writer = stream;
    if manner == Manner::TakesNobodyIn {
        return writer.write_all(b"554 nobody today\r\n");
    }
    writer.write_all(b"220 test\r\n")?;
    let mut line = String::new();
    loop {
        line.clear();
        if reader.read_line(&mut line)? == 0 {
            return Ok(());
        }
        let word = line.split([' ', '\r', ':']).next().unwrap_or("").to_uppercase();
        let answer: &[u8] = match (word.as_str(), manner) {
            ("EHLO", Manner::Stalls) => {
                std::thread::sleep(Duration::from_secs(5));
                return Ok(());
            }
            ("RCPT", Manner::RefusesForNow) => b"451 later, please\r\n",
            ("RCPT", Manner::RefusesForGood) => b"550 nobody here\r\n",
            ("RCPT", _) => {
                let whom = line.split(['<', '>']).nth(1).unwrap_or("");
                readers.lock().unwrap().push(whom.to_owned());
                b"250 yes\r\n"
            }
            ("DATA", Manner::HangsUp) => return Ok(()),
            ("DATA", _) => {
                writer.write_all(b"354 go on\r\n")?;
                let mut letter = String::new();
                while !letter.ends_with("\r\n.\r\n") {
                    if reader.read_line(&mut letter)? == 0 {
                        return Ok(());
                    }
                }
                taken.lock().unwrap().push(letter);
                b"250 taken\r\n"
            }
            ("QUIT", _) => {
                writer.write_all(b"221 bye\r\n")?;
                return Ok(());
            }
            _ => b"250 yes\r\n",
        };
        writer.write_all(answer)?;
    }
}

fn message_id(letter: &str) -> String {
    let line = letter.lines().find(|l| l.starts_with("Message-ID: ")).expect("a Message-ID");
    line.trim_start_matches("Message-ID: ").to_owned()
}

/// Queues letters that are due at a moment.
fn queue(db: &Db, letters: usize, due: chrono::NaiveDateTime) {
    let mut conn = db.conn().unwrap();
    change(&mut conn, |conn| -> Result<(), mosty::storage::StorageError> {
        for i in 0..letters {
            let mail = mails::Mail {
                account: None,
                topic: "test".into(),
                address: format!("reader{i}@rada.gov.ua"),
                language: "uk".into(),
                subject: format!("Лист {i}: запит на партнерство"),
                body: "Вітаємо!".into(),
                html: "<p>Вітаємо!</p>".into(),
                message_id: format!("{i}.test@mosty"),
                unsubscribe: String::new(),
                secret: false,
                about: None,
            };
            mails::add(conn, &mail, due)?;
        }
        Ok(())
    })
    .unwrap();
}

fn at(seconds: i64) -> FixedClock {
    FixedClock(now() + chrono::Duration::seconds(seconds))
}

#[test]
fn a_letter_is_tried_again_until_it_is_taken_and_stays_the_same_letter() {
    for db in TestDb::each() {
        let server = Server::start(Manner::RefusesForNow);
        let mailer = server.mailer();
        queue(&db.db, 1, now() - chrono::Duration::hours(1));
        let send = |seconds: i64| send_next(&db.db, &at(seconds), &mailer, "a holder").unwrap();
        assert_eq!(send(0), Step::Later(at(20).now()), "{}", db.name);
        assert_eq!(send(19), Step::Nothing, "too early");
        server.becomes(Manner::Stalls);
        assert_eq!(send(20), Step::Later(at(60).now()), "{}", db.name);
        server.becomes(Manner::HangsUp);
        assert_eq!(send(60), Step::Later(at(140).now()), "{}", db.name);
        let nobody = Mailer::new("smtp://127.0.0.1:1", "a@example.org").unwrap();
        let alone = send_next(&db.db, &at(140), &nobody, "a holder").unwrap();
        assert_eq!(alone, Step::Later(at(300).now()), "{}: no server at all", db.name);
        assert!(server.taken().is_empty());
        // For good, but about the sender: no letter is lost by it.
        server.becomes(Manner::TakesNobodyIn);
        assert_eq!(send(300), Step::Later(at(620).now()), "{}", db.name);
        server.becomes(Manner::Takes);
        assert_eq!(send(620), Step::Sent, "{}", db.name);
        assert_eq!(send(10_000), Step::Nothing);
        let taken = server.taken();
        assert_eq!(taken.len(), 1);
        assert_eq!(message_id(&taken[0]), "<0.test@mosty>");
        let to: Vec<&str> = taken[0].lines().filter(|l| l.starts_with("To: ")).collect();
        assert_eq!(to, ["To: reader0@rada.gov.ua"]);
        for part in ["text/plain; charset=utf-8", "text/html; charset=utf-8", "Auto-Submitted:"] {
            assert!(taken[0].contains(part), "no {part} in {}", taken[0]);
        }
    }
}

#[test]
fn a_letter_that_nobody_will_take_is_given_up() {
    for db in TestDb::each() {
        let server = Server::start(Manner::RefusesForGood);
        queue(&db.db, 1, now() - chrono::Duration::hours(1));
        let send = || send_next(&db.db, &at(0), &server.mailer(), "a holder").unwrap();
        assert_eq!(send(), Step::GivenUp, "{}", db.name);
        assert_eq!(send(), Step::Nothing);
    }
}

#[test]
fn two_senders_share_the_letters_and_send_none_twice() {
    for db in TestDb::each() {
        let server = Server::start(Manner::Takes);
        queue(&db.db, 60, now() - chrono::Duration::hours(1));
        std::thread::scope(|scope| {
            for holder in ["one", "two"] {
                let (db, mailer) = (&db.db, server.mailer());
                scope.spawn(move || {
                    while send_next(db, &at(0), &mailer, holder).unwrap() != Step::Nothing {}
                });
            }
        });
        let mut ids: Vec<String> = server.taken().iter().map(|l| message_id(l)).collect();
        ids.sort();
        ids.dedup();
        assert_eq!((ids.len(), server.taken().len()), (60, 60), "{}", db.name);
    }
}

/// A thousand letters, and a program that is killed again and again while it
/// sends them: each arrives, and at most one twice for each time it was
/// killed.
#[test]
fn a_thousand_letters_survive_a_program_that_is_killed() {
    const LETTERS: usize = 1_000;
    const KILLS: usize = 12;
    for db in crate::cli::small() {
        let server = Server::start(Manner::Takes);
        queue(&db.db, LETTERS, chrono::Utc::now().naive_utc() - chrono::Duration::hours(1));
        let mut random = fastrand::Rng::with_seed(11);
        let mut kills = 0;
        while kills < KILLS {
            let before = server.taken().len();
            let mut program = Command::new(env!("CARGO_BIN_EXE_mosty"))
                .args(["--database-url", &db.whole_url(), "--log", "off", "serve"])
                .args(["--bind", "127.0.0.1:0", "--smtp-url", &server.url])
                .args(["--mail-from", "Mosty <mosty@example.org>"])
                .stdout(Stdio::null())
                .stderr(Stdio::null())
                .spawn()
                .unwrap();
            // Killed in the middle of its work: after some letters, not while
            // it still starts.
            let some = before + random.usize(1..40);
            let begun = Instant::now();
            while server.taken().len() < some.min(LETTERS) {
                assert!(begun.elapsed() < Duration::from_secs(60), "{}: it sends nothing", db.name);
                std::thread::sleep(Duration::from_micros(200));
            }
            std::thread::sleep(Duration::from_micros(random.u64(0..4_000)));
            program.kill().unwrap();
            program.wait().unwrap();
            kills += 1;
        }
        // What the killed held is free when the leases have run out.
        let later = FixedClock(chrono::Utc::now().naive_utc() + chrono::Duration::hours(1));
        let (holder, mailer) = (Token::new().unwrap().hash(), server.mailer());
        while send_next(&db.db, &later, &mailer, &holder).unwrap() != Step::Nothing {}
        let mut times: HashMap<String, usize> = HashMap::new();
        for letter in server.taken() {
            *times.entry(message_id(&letter)).or_default() += 1;
        }
        assert_eq!(times.len(), LETTERS, "{}: a letter never arrived", db.name);
        let twice: usize = times.values().map(|n| n - 1).sum();
        assert!(twice <= kills, "{}: {twice} sent again after {kills} kills", db.name);
        println!("{}: {twice} of {LETTERS} letters twice after {kills} kills", db.name);
    }
}
