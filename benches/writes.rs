//! Durable writes: edits of profiles over real HTTP, with session and proof of
//! the form, beside bare commits of SQLite on the same machine in the same
//! run. Both wait until the disk has them (`synchronous=FULL`).
//!
//! `cargo bench --bench writes [-- --json]`
#![allow(missing_docs, clippy::expect_used)]

mod common;

use std::time::{Duration, Instant};

use chrono::NaiveDateTime;
use common::Times;
use common::http::Server;
use diesel::connection::SimpleConnection;
use diesel::{Connection, RunQueryDsl, SqliteConnection};
use mosty::auth::token::Token;
use mosty::domain::account::{MemberRole, MemberState, Membership, Office, Person};
use mosty::domain::municipality::Municipality;
use mosty::domain::profile::{Entry, Profile};
use mosty::invented;
use mosty::storage::credentials;
use mosty::storage::memberships;
use mosty::storage::version;
use mosty::storage::{Db, accounts, change, directory, profiles, sessions};
use serde_json::{Value, json};

/// How long each run lasts, and how many there are of each kind, in turn.
const RUN: Duration = Duration::from_secs(5);
const RUNS: usize = 5;
/// Members who save at the same time, each the profile of a municipality.
const MEMBERS: usize = 32;

/// A profile as members have them: needs, offers and what is said of each.
fn profile(m: &Municipality, now: NaiveDateTime) -> Profile {
    let drawn = invented::profile(m, now.date());
    let said = |e: &Entry| {
        ["uk", "en"].map(|l| (l.to_owned(), format!("{} {}", e.subarea, "word ".repeat(30)))).into()
    };
    let entries = drawn.entries.iter().map(|e| Entry { statements: said(e), ..e.clone() });
    Profile { entries: entries.collect(), ..drawn }
}

/// A member with a session.
struct Member {
    slug: String,
    token: Token,
    /// How often the profile was saved.
    version: u64,
}

fn members(db: &Db) -> Vec<Member> {
    let now = chrono::Utc::now().naive_utc();
    let contents = directory::load(db).expect("the directory");
    let mut conn = db.conn().expect("a connection");
    let chosen: Vec<_> = contents
        .records
        .iter()
        .map(|r| &r.municipality)
        .filter(|m| m.country.is_ukraine() && !m.is_occupied())
        .take(MEMBERS)
        .cloned()
        .collect();
    chosen
        .into_iter()
        .enumerate()
        .map(|(i, m)| {
            let token = Token::new().expect("randomness");
            let person = Person {
                name: format!("Member {i}"),
                email: format!("member{i}@bench.example"),
                language: "uk".to_owned(),
            };
            change(&mut conn, |conn| -> anyhow::Result<()> {
                let id = accounts::create(conn, &person, Office::None, None, now)?;
                credentials::set_password(conn, id, "nobody signs in by it", None, now)?;
                let membership = Membership {
                    municipality: m.id,
                    role: MemberRole::Signatory,
                    state: MemberState::Active,
                };
                memberships::set_membership(conn, id, membership, None, now)?;
                let version = version::next_version(conn)?;
                profiles::put(conn, m.id, &profile(&m, now))?;
                version::touch(conn, m.id, version)?;
                Ok(sessions::begin(conn, &token.hash(), id, true, "bench", now)?)
            })
            .expect("a member");
            Member { slug: m.slug, token, version: 1 }
        })
        .collect()
}

/// Edits a second: each member saves as fast as it is answered.
fn edits(server: &Server, members: &mut [Member]) -> (f64, Times) {
    let begun = Instant::now();
    let mut times = Times::default();
    std::thread::scope(|scope| {
        let workers: Vec<_> = members
            .iter_mut()
            .map(|member| {
                scope.spawn(move || {
                    let mut times = Times::default();
                    let mut connection = server.connect();
                    let path = format!("/uk/municipalities/{}/profile/room", member.slug);
                    let proof = member.token.form_value();
                    while begun.elapsed() < RUN {
                        let capacity = member.version % 4;
                        let form = format!(
                            "_form={proof}&version={}&openness=open&capacity={capacity}",
                            member.version
                        );
                        let asked = Instant::now();
                        let status = connection.post(&path, member.token.as_str(), &form);
                        times.push(asked.elapsed());
                        assert_eq!(status, 303, "{path}");
                        member.version += 1;
                    }
                    times
                })
            })
            .collect();
        for worker in workers {
            times.extend(worker.join().expect("a worker"));
        }
    });
    (times.len() as f64 / begun.elapsed().as_secs_f64(), times)
}

/// Bare commits a second: one row each, one connection, into a database of
/// its own with the same settings.
fn commits(path: &std::path::Path) -> f64 {
    let mut conn = SqliteConnection::establish(&path.display().to_string()).expect("a database");
    conn.batch_execute(
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; \
         CREATE TABLE IF NOT EXISTS rows (id INTEGER PRIMARY KEY, text TEXT NOT NULL);",
    )
    .expect("a table");
    let begun = Instant::now();
    let mut count = 0;
    while begun.elapsed() < RUN {
        diesel::sql_query("INSERT INTO rows (text) VALUES ('a row of some twenty letters')")
            .execute(&mut conn)
            .expect("a row");
        count += 1;
    }
    f64::from(count) / begun.elapsed().as_secs_f64()
}

fn median(mut all: Vec<f64>) -> f64 {
    all.sort_by(f64::total_cmp);
    all[all.len() / 2]
}

fn main() {
    let filled = common::filled();
    let db = Db::open(&filled.url.parse().expect("a URL")).expect("the database");
    let mut members = members(&db);
    let (server, _) = Server::start(&filled.url);
    let bare = filled.path.with_file_name("bare.db");
    let (mut of_edits, mut of_commits, mut times) = (Vec::new(), Vec::new(), Times::default());
    for _ in 0..RUNS {
        of_commits.push(commits(&bare));
        let (rate, t) = edits(&server, &mut members);
        of_edits.push(rate);
        times.extend(t);
    }
    let (edits, commits) = (median(of_edits.clone()), median(of_commits.clone()));
    let runs: Value = of_edits.iter().zip(&of_commits).map(|(e, c)| json!([e, c])).collect();
    let mut figures = times.summary();
    figures["edits_per_second"] = json!(edits);
    figures["bare_commits_per_second"] = json!(commits);
    figures["share"] = json!(edits / commits);
    figures["members"] = json!(MEMBERS);
    if std::env::args().any(|a| a == "--json") {
        figures["runs"] = runs;
    }
    common::report(&figures);
}
