//! `mosty serve` and `mosty demo`.

use std::net::TcpListener;
use std::sync::Arc;

use anyhow::{Context, anyhow, bail};

use super::open::{self, SystemClock};
use crate::config::{Config, Serve};
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
use crate::storage::{self, DatabaseUrl, Db};
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

fn run(live: Live, options: &Serve, demo: bool, listener: TcpListener) -> anyhow::Result<()> {
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
        App::new(Arc::new(live), demo, options.base_url.clone(), options.contact_email.clone());
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
    if let Some(mailer) = mailer {
        mail::start(live.db().clone(), Arc::new(SystemClock), mailer)?;
    }
    run(live, options, false, listener)
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
    let live = Live::open(db, Arc::new(SystemClock), open::weights(config)?)?;
    run(live, options, true, listener)
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
    storage::write_transaction(&mut conn, |conn| -> anyhow::Result<()> {
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
