//! `mosty demo`: a throw-away database in which some have stated something, so
//! that there is something to see. What they state is invented in
//! [`crate::invented`]; here it is cast and written as the web would write it.

use std::collections::HashSet;
use std::net::TcpListener;
use std::path::Path;
use std::sync::Arc;

use anyhow::Context;
use chrono::NaiveDate;

use super::open::{self, SystemClock};
use super::serve;
use crate::auth::{code, password, totp};
use crate::config::{Config, Serve};
use crate::domain::account::{AccountId, MemberRole, MemberState, Membership, Office, Person};
use crate::domain::claim::ClaimState;
use crate::domain::directory::{Directory, Row};
use crate::domain::event::{NewEvent, Subject};
use crate::domain::municipality::{Municipality, Status};
use crate::domain::profile::Profile;
use crate::domain::tie::{Place, Tie};
use crate::domain::time::{Clock, Moment};
use crate::i18n::{Lang, T};
use crate::import::shipped;
use crate::invented::{self, featured, waiting};
use crate::mail::Mailer;
use crate::matching::{Corpus, Lists, Settings, Weights, lists};
use crate::snapshot::Live;
use crate::storage::credentials;
use crate::storage::facts;
use crate::storage::memberships;
use crate::storage::version;
use crate::storage::{
    self, DatabaseUrl, Db, DbConn, accounts, claims, contacts, directory, profiles, requests, ties,
};
use crate::{search, wording};

/// Municipalities with invented profiles on each side.
const SIDE: usize = 80;
/// Invented ties.
const TIES: usize = 40;
/// How many people live where somebody is cast by chance.
const PEOPLE: std::ops::Range<i64> = 4_000..400_000;
/// Codes of the second factor that each account with an office is given.
const CODES: usize = 3;

/// Serves a throw-away database full of invented statements.
pub(super) fn run(config: &Config, options: &Serve) -> anyhow::Result<()> {
    let listener = serve::listen(options)?;
    let mailer = serve::mailer(options)?;
    let folder = std::env::temp_dir().join(format!("mosty-demo-{}", std::process::id()));
    std::fs::create_dir_all(&folder)
        .with_context(|| format!("the folder {} cannot be made", folder.display()))?;
    let result = run_in(config, options, listener, mailer, &folder);
    if let Err(error) = std::fs::remove_dir_all(&folder) {
        log::warn!("{} could not be removed: {error}", folder.display());
    }
    result
}

fn run_in(
    config: &Config,
    options: &Serve,
    listener: TcpListener,
    mailer: Option<Mailer>,
    folder: &Path,
) -> anyhow::Result<()> {
    let db = Db::open(&DatabaseUrl::Sqlite(folder.join("demo.db")))?;
    open::load_shipped(&db, &SystemClock)?;
    fill(&db, &SystemClock)?;
    println!(
        "A demonstration: needs, offers, languages, ties and people are invented; nothing is kept."
    );
    println!("Sign in as:");
    for account in open_accounts(&db, &SystemClock)? {
        println!("{account}");
    }
    let live = Live::open(db, Arc::new(SystemClock), open::weights(config)?)?;
    serve::run(live, options, true, mailer, listener)
}

/// Whom the demonstration is cast with, with their profiles.
#[derive(Default)]
struct Cast {
    hromadas: Vec<(Row, Profile)>,
    places: Vec<(Row, Profile)>,
    /// Who suit each other by design, a hromada and a place.
    pairs: HashSet<(Row, Row)>,
}

/// The municipalities of one side that may be cast, in an order that is the
/// same each time.
fn by_chance(directory: &Directory, ukraine: bool, random: &mut fastrand::Rng) -> Vec<Row> {
    let may_be_cast = |m: &Municipality| {
        m.country.is_ukraine() == ukraine
            && m.may_be_suggested()
            && PEOPLE.contains(&m.people())
            && m.slug != waiting::CLAIMED
    };
    let mut rows: Vec<Row> = directory
        .rows()
        .filter(|(_, r)| may_be_cast(&r.municipality))
        .map(|(row, _)| row)
        .collect();
    // By id, so that the order of the directory does not matter.
    rows.sort_by_key(|row| directory.municipality(*row).id);
    random.shuffle(&mut rows);
    rows
}

/// Casts the demonstration as the intake of a programme: hromadas of all sizes
/// and oblasts, each with one of the places that facts alone suggest to it.
fn cast(directory: &Directory, today: NaiveDate) -> anyhow::Result<Cast> {
    let weights = Weights::shipped()?;
    let corpus = Corpus::new(directory, &Settings { weights: &weights, today });
    let suggested = Lists::none(&corpus);
    let drawn = |row: Row| invented::profile(directory.municipality(row), today);
    let stated = |row: Row, profile| invented::stated(directory.municipality(row), profile);
    let mut random = fastrand::Rng::with_seed(1);
    let (mut cast, mut taken) = (Cast::default(), HashSet::new());
    let featured = |slug: &str| Some((directory.by_slug(slug)?, featured::profile(slug, today)?));
    if let (Some(hromada), Some(place)) = (featured(featured::HROMADA), featured(featured::PLACE)) {
        taken.extend([hromada.0, place.0]);
        cast.pairs.insert((hromada.0, place.0));
        cast.hromadas.push(hromada);
        cast.places.push(place);
    }
    for (a, b, _) in featured::TIES {
        for row in [a, b].into_iter().filter_map(|slug| directory.by_slug(slug)) {
            if taken.insert(row) {
                cast.places.push((row, stated(row, drawn(row))));
            }
        }
    }
    for hromada in by_chance(directory, true, &mut random) {
        if cast.hromadas.len() == SIDE {
            break;
        }
        if !taken.insert(hromada) {
            continue;
        }
        let profile = drawn(hromada);
        let mut likely = suggested.suggest(&corpus, hromada, lists::LENGTH);
        random.shuffle(&mut likely);
        let place = likely.iter().map(|m| m.row).find(|row| !taken.contains(row));
        if let Some(place) = place.filter(|_| cast.places.len() < SIDE) {
            let suited = invented::suited_to(drawn(place), &profile);
            taken.insert(place);
            cast.pairs.insert((hromada, place));
            cast.places.push((place, stated(place, suited)));
        }
        cast.hromadas.push((hromada, stated(hromada, profile)));
    }
    for place in by_chance(directory, false, &mut random) {
        if cast.places.len() < SIDE && taken.insert(place) {
            cast.places.push((place, stated(place, drawn(place))));
        }
    }
    Ok(cast)
}

/// Ties around the pair that the demonstration leads to, and others by chance:
/// not of that pair, and not between two who suit each other by design, for
/// partners are not suggested.
fn invent_ties(directory: &Directory, cast: &Cast) -> Vec<Tie> {
    let end = |row: Row| Place::Listed(directory.municipality(row).id);
    let tie = |a: Row, b: Row, since: i32| Tie {
        a: end(a),
        b: end(b),
        since: Some(since),
        source: invented::SOURCE.to_owned(),
    };
    let find = |slug: &str| directory.by_slug(slug);
    let mut ties: Vec<Tie> = featured::TIES
        .iter()
        .filter_map(|(a, b, since)| Some(tie(find(a)?, find(b)?, *since)))
        .collect();
    let led_to = [find(featured::HROMADA), find(featured::PLACE)];
    let mut random = fastrand::Rng::with_seed(3);
    while ties.len() < TIES {
        let (hromada, place) = (
            cast.hromadas[random.usize(..cast.hromadas.len())].0,
            cast.places[random.usize(..cast.places.len())].0,
        );
        let tie = tie(hromada, place, random.i32(1998..=2025));
        let is_new = ties.iter().all(|t| t.pair_key() != tie.pair_key());
        let is_left_alone = led_to.contains(&Some(hromada)) || led_to.contains(&Some(place));
        if is_new && !is_left_alone && !cast.pairs.contains(&(hromada, place)) {
            ties.push(tie);
        }
    }
    ties
}

fn read(db: &Db) -> anyhow::Result<Directory> {
    let mut contents = directory::load(db)?;
    contents.regions = shipped::regions()?;
    Ok(Directory::new(contents))
}

/// Fills a database with invented profiles and ties, marked as such.
///
/// # Errors
/// When the database cannot be written; then nothing is.
pub fn fill(db: &Db, clock: &dyn Clock) -> anyhow::Result<()> {
    let directory = read(db)?;
    let mut conn = db.conn()?;
    let (now, cast) = (clock.now(), cast(&directory, clock.today())?);
    storage::change(&mut conn, |conn| -> anyhow::Result<()> {
        let version = version::next_version(conn)?;
        for (i, (row, profile)) in cast.hromadas.iter().chain(&cast.places).enumerate() {
            let m = directory.municipality(*row);
            let contact = featured::contact(&m.slug);
            let status =
                if i % 3 == 1 && contact.is_none() { Status::Claimed } else { Status::Verified };
            profiles::put(conn, m.id, profile)?;
            contacts::put(conn, m.id, contact.as_slice())?;
            facts::set_status(conn, m.id, status, true)?;
            version::touch(conn, m.id, version)?;
            storage::events::record(
                conn,
                &NewEvent {
                    subject: Subject::Municipality,
                    subject_id: m.id.0,
                    action: "invented-for-demonstration",
                    actor: None,
                    from: Some(Status::Listed.as_str().to_owned()),
                    to: Some(status.as_str().to_owned()),
                    note: String::new(),
                    at: now,
                },
            )?;
        }
        ties::insert(conn, &invent_ties(&directory, &cast))?;
        Ok(())
    })
}

/// A password of letters and digits alone, which a double click selects whole.
fn new_password() -> Result<String, getrandom::Error> {
    Ok(code::new(4)?.replace('-', ""))
}

/// Makes an account with a password, as whoever follows an invitation does.
fn open_account(
    conn: &mut DbConn,
    person: &Person,
    office: Office,
    hash: &str,
    now: Moment,
) -> anyhow::Result<AccountId> {
    let id = accounts::create(conn, person, office, None, now)?;
    credentials::set_password(conn, id, hash, None, now)?;
    Ok(id)
}

/// Opens an account for every role, and puts something into the queues of the
/// officer. Gives a line for each account that says how to sign in.
fn open_accounts(db: &Db, clock: &dyn Clock) -> anyhow::Result<Vec<String>> {
    let directory = read(db)?;
    let mut conn = db.conn()?;
    let (now, t) = (clock.now(), T::pages(Lang::En));
    let find = |slug: &str| {
        let row = directory.by_slug(slug);
        row.map(|row| directory.municipality(row))
            .with_context(|| format!("the directory lists no {slug}"))
    };
    let (hromada, place) = (find(featured::HROMADA)?, find(featured::PLACE)?);
    let claimed = find(waiting::CLAIMED)?;
    let mut lines = Vec::new();
    for (role, office, of) in [
        ("hromada", Office::None, Some(hromada)),
        ("partner", Office::None, Some(place)),
        ("officer", Office::Officer, None),
        ("admin", Office::Admin, None),
    ] {
        let (email, word) = (format!("{role}@demo.example"), new_password()?);
        let hash = password::hash(&word)?;
        let codes: Vec<String> = totp::new_recovery_codes()?.into_iter().take(CODES).collect();
        let hashes: Vec<String> = codes.iter().map(|code| totp::recovery_hash(code)).collect();
        let secret = totp::new_secret()?;
        let name = of.map_or_else(|| format!("Demo {role}"), |m| format!("Demo: {}", town(m)));
        let person = Person { name, email: email.clone(), language: "en".to_owned() };
        storage::change(&mut conn, |conn| -> anyhow::Result<()> {
            let id = open_account(conn, &person, office, &hash, now)?;
            if office != Office::None {
                let factor = Some((secret.as_str(), 0, hashes.as_slice()));
                credentials::set_second_factor(conn, id, factor, None, now)?;
            }
            let Some(m) = of else { return Ok(()) };
            let (role, state) = (MemberRole::Signatory, MemberState::Active);
            let membership = Membership { municipality: m.id, role, state };
            memberships::set_membership(conn, id, membership, None, now)?;
            if m.id == place.id {
                requests::create(conn, &waiting::correction(m.id, id), now)?;
            }
            Ok(())
        })?;
        let who = match of {
            Some(m) => format!("{}, {}", town(m), wording::whereabouts(t, &directory, m)),
            None => format!("{role}; then one of these codes, each for once: {}", codes.join("  ")),
        };
        lines.push(format!("  {email:<22} {word}  {who}"));
    }
    let (person, text) = waiting::claim();
    // Nobody is to sign in as the claimant, so nobody is told the password.
    let hash = password::hash(&new_password()?)?;
    storage::change(&mut conn, |conn| -> anyhow::Result<()> {
        let by = open_account(conn, &person, Office::None, &hash, now)?;
        let claim = claims::create(conn, claimed.id, by, &text, ClaimState::Unconfirmed, now)?;
        claims::confirm(conn, claim, by, now)?;
        requests::create(conn, &waiting::missing(), now)?;
        Ok(())
    })?;
    Ok(lines)
}

/// The name of a town, or of the centre of a hromada, in English.
fn town(m: &Municipality) -> String {
    match m.is_hromada() {
        true => search::romanise(&m.centre),
        false => wording::name(T::pages(Lang::En), m),
    }
}
