//! `mosty serve` and `mosty demo`.

use std::net::TcpListener;
use std::sync::Arc;

use anyhow::{Context, anyhow, bail};

use super::open::{self, SystemClock};
use crate::auth::token::Token;
use crate::auth::{password, totp};
use crate::config::{Config, Serve};
use crate::domain::account::{MemberRole, MemberState, Membership, Office, Person};
use crate::domain::directory::Directory;
use crate::domain::event::{NewEvent, Subject};
use crate::domain::municipality::{MunicipalityId, Status};
use crate::domain::profile::{Direction, Entry, Profile};
use crate::domain::tie::{Place, Tie};
use crate::domain::time::Clock;
use crate::i18n::{Lang, T};
use crate::invented;
use crate::mail::{self, Mailer};
use crate::snapshot::Live;
use crate::storage::{self, DatabaseUrl, Db, accounts};
use crate::web::{self, App};

/// Municipalities with invented profiles on each side.
const DEMO_SIDE: usize = 80;
/// Invented ties.
const DEMO_TIES: usize = 40;

fn listen(options: &Serve) -> anyhow::Result<TcpListener> {
    TcpListener::bind(&options.bind).map_err(|error| {
        let why = match error.kind() {
            std::io::ErrorKind::AddrInUse => {
                "another program uses it; stop that one, or choose another port with --bind"
            }
            std::io::ErrorKind::PermissionDenied => {
                "it is not allowed; choose a port above 1023 with --bind"
            }
            std::io::ErrorKind::AddrNotAvailable => {
                "this machine has no such address; use 127.0.0.1, or 0.0.0.0 for all it has"
            }
            _ => "write it as ADDRESS:PORT, such as 127.0.0.1:8080",
        };
        anyhow!("cannot listen on {}: {why}", options.bind)
    })
}

fn run(
    live: Live,
    options: &Serve,
    demo: bool,
    sends_letters: bool,
    listener: TcpListener,
) -> anyhow::Result<()> {
    let address = listener.local_addr().context("the address is not known")?;
    let snapshot = live.now();
    println!(
        "{} hromadas and {} municipalities elsewhere in Europe at http://{}",
        snapshot.corpus.field().hromadas.len(),
        snapshot.corpus.field().places.len(),
        if address.ip().is_loopback() {
            format!("localhost:{}", address.port())
        } else {
            address.to_string()
        }
    );
    drop(snapshot);
    let app =
        App::new(Arc::new(live), demo, options.base_url.clone(), options.contact_email.clone())
            .behind(options.trusted_proxy)
            .sending_letters(sends_letters);
    web::serve(app, listener, options.workers).context("the server stopped")
}

/// Serves the pages, and sends the letters that wait.
pub(super) fn serve(config: &Config, options: &Serve) -> anyhow::Result<()> {
    let listener = listen(options)?;
    let mailer = match (&options.smtp_url, &options.mail_from) {
        (Some(url), Some(from)) => Some(Mailer::new(url, from)?),
        (Some(_), None) => bail!("letters need an address to come from; say it with --mail-from"),
        (None, _) => None,
    };
    let live = open::live(config)?;
    let sends_letters = mailer.is_some();
    if let Some(mailer) = mailer {
        mail::start(live.db().clone(), Arc::new(SystemClock), mailer)?;
    }
    run(live, options, false, sends_letters, listener)
}

/// Serves a throw-away database full of invented statements.
pub(super) fn demo(config: &Config, options: &Serve) -> anyhow::Result<()> {
    let listener = listen(options)?;
    let folder = std::env::temp_dir().join(format!("mosty-demo-{}", std::process::id()));
    std::fs::create_dir_all(&folder)
        .with_context(|| format!("the folder {} cannot be made", folder.display()))?;
    let result = demo_in(config, options, listener, &folder);
    if let Err(error) = std::fs::remove_dir_all(&folder) {
        log::warn!("{} could not be removed: {error}", folder.display());
    }
    result
}

fn demo_in(
    config: &Config,
    options: &Serve,
    listener: TcpListener,
    folder: &std::path::Path,
) -> anyhow::Result<()> {
    let db = Db::open(&DatabaseUrl::Sqlite(folder.join("demo.db")))?;
    open::load_shipped(&db, &SystemClock)?;
    fill(&db, &SystemClock)?;
    println!("A demonstration: needs, offers, languages and ties are invented; nothing is kept.");
    for line in cast_of_accounts(&db, &SystemClock)? {
        println!("{line}");
    }
    let live = Live::open(db, Arc::new(SystemClock), open::weights(config)?)?;
    run(live, options, true, false, listener)
}

/// Which municipalities get invented profiles: spread over sizes and
/// regions, the same each time.
fn cast(directory: &Directory, ukraine: bool) -> Vec<MunicipalityId> {
    let mut random = fastrand::Rng::with_seed(if ukraine { 1 } else { 2 });
    let mut candidates: Vec<MunicipalityId> = directory
        .records()
        .iter()
        .map(|r| &r.municipality)
        .filter(|m| m.country.is_ukraine() == ukraine && m.may_be_suggested())
        .filter(|m| (4_000..400_000).contains(&m.people()))
        .map(|m| m.id)
        .collect();
    random.shuffle(&mut candidates);
    candidates.truncate(DEMO_SIDE);
    candidates
}

/// Codes of the second factor that each account of the demonstration is given.
const DEMO_CODES: usize = 3;

/// Makes an account for every role of the demonstration, each with a password
/// of its own, and says how to sign in.
fn cast_of_accounts(db: &Db, clock: &dyn Clock) -> anyhow::Result<Vec<String>> {
    let mut conn = db.conn()?;
    let directory = Directory::new(storage::directory::load(&mut conn)?);
    let now = clock.now();
    let verified = |ukraine: bool| {
        directory
            .records()
            .iter()
            .map(|r| &r.municipality)
            .filter(|m| m.status == Status::Verified && m.country.is_ukraine() == ukraine)
            .max_by_key(|m| m.people())
    };
    let cast = [
        ("admin", Office::Admin, None),
        ("officer", Office::Officer, None),
        ("hromada", Office::None, verified(true)),
        ("partner", Office::None, verified(false)),
    ];
    let mut lines = vec!["Sign in as:".to_owned()];
    for (role, office, municipality) in cast {
        let word = Token::new()?;
        let password = format!("demo {}", &word.as_str()[..16]);
        let hash = password::hash(&password)?;
        let codes: Vec<String> = totp::new_recovery_codes()?.into_iter().take(DEMO_CODES).collect();
        let hashes: Vec<String> = codes.iter().map(|code| totp::recovery_hash(code)).collect();
        let secret = totp::new_secret()?;
        let name = municipality.map_or_else(
            || format!("Demo {role}"),
            |m| format!("Demo: {}", crate::wording::name(T::pages(Lang::En), m)),
        );
        let email = format!("{role}@demo.example");
        let person = Person { name, email: email.clone(), language: "en".to_owned() };
        storage::change(&mut conn, |conn| -> anyhow::Result<()> {
            let id = accounts::create(conn, &person, office, None, now)?;
            accounts::set_password(conn, id, &hash, None, now)?;
            if office != Office::None {
                let factor = Some((secret.as_str(), 0, hashes.as_slice()));
                accounts::set_second_factor(conn, id, factor, None, now)?;
            }
            if let Some(m) = municipality {
                let membership = Membership {
                    municipality: m.id,
                    role: MemberRole::Signatory,
                    state: MemberState::Active,
                };
                accounts::set_membership(conn, id, membership, None, now)?;
            }
            Ok(())
        })?;
        let codes = if office == Office::None {
            String::new()
        } else {
            format!("   codes, each for once: {}", codes.join("  "))
        };
        lines.push(format!("  {email:<22} {password}{codes}"));
    }
    Ok(lines)
}

/// A statement for an invented entry, in both languages.
fn statements(entry: &Entry) -> Vec<(String, String)> {
    let key = match entry.direction {
        Direction::Need => "demo-need",
        Direction::Offer => "demo-offer",
        Direction::Exchange => "demo-exchange",
    };
    Lang::PAGES
        .into_iter()
        .map(|lang| {
            let t = T::pages(lang);
            (lang.code().to_owned(), t.one(key, "subarea", t.get(&entry.subarea.key())))
        })
        .collect()
}

/// Fills a database with invented profiles and ties, marked as such.
///
/// # Errors
/// When the database cannot be written; then nothing is.
pub fn fill(db: &Db, clock: &dyn Clock) -> anyhow::Result<()> {
    let mut conn = db.conn()?;
    let directory = Directory::new(storage::directory::load(&mut conn)?);
    let (hromadas, places) = (cast(&directory, true), cast(&directory, false));
    let now = clock.now();
    storage::change(&mut conn, |conn| -> anyhow::Result<()> {
        let version = storage::directory::next_version(conn)?;
        for (i, &id) in hromadas.iter().chain(&places).enumerate() {
            let Some(row) = directory.by_id(id) else { continue };
            let drawn = invented::profile(directory.municipality(row), clock.today());
            let profile = Profile {
                entries: drawn
                    .entries
                    .iter()
                    .map(|e| Entry { statements: statements(e), ..e.clone() })
                    .collect(),
                ..drawn
            };
            storage::profiles::put(conn, id, &profile)?;
            let status = if i % 3 == 0 { Status::Claimed } else { Status::Verified };
            storage::directory::set_status(conn, id, status, true)?;
            storage::directory::touch(conn, id, version)?;
            storage::events::record(
                conn,
                &NewEvent {
                    subject: Subject::Municipality,
                    subject_id: id.0,
                    action: "invented-for-demonstration",
                    actor: None,
                    from: Some(Status::Listed.as_str().to_owned()),
                    to: Some(status.as_str().to_owned()),
                    note: String::new(),
                    at: now,
                },
            )?;
        }
        let mut random = fastrand::Rng::with_seed(3);
        let mut ties: Vec<Tie> = Vec::new();
        while ties.len() < DEMO_TIES {
            let tie = Tie {
                a: Place::Listed(hromadas[random.usize(..hromadas.len())]),
                b: Place::Listed(places[random.usize(..places.len())]),
                since: Some(random.i32(1998..=2025)),
                source: invented::SOURCE.to_owned(),
            };
            let key = storage::ties::pair_key(&tie);
            if ties.iter().all(|t| storage::ties::pair_key(t) != key) {
                ties.push(tie);
            }
        }
        storage::ties::insert(conn, &ties)?;
        Ok(())
    })
}
