//! `mosty rank`: lists of partners.

use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

use anyhow::{Context, bail};
use serde_json::{Value, json};

use super::{export, open};
use crate::config::{Config, Rank};
use crate::domain::directory::{Contents, Directory, Record, Row};
use crate::domain::municipality::{Municipality, Status};
use crate::export::{Cell, Table};
use crate::i18n::{Lang, T};
use crate::import::shipped;
use crate::invented;
use crate::matching::explain::REASONS;
use crate::matching::{Corpus, Match, Order, Settings};
use crate::snapshot::Snapshot;
use crate::wording;

/// Makes the lists asked for.
pub(super) fn run(config: &Config, options: &Rank) -> anyhow::Result<()> {
    if let Some(threads) = options.threads {
        rayon::ThreadPoolBuilder::new()
            .num_threads(threads)
            .build_global()
            .context("the threads could not be started")?;
    }
    let live = open::live(config)?;
    if options.subject.is_some() {
        live.assign_lists();
    }
    let snapshot = live.now();
    if options.all {
        all(config, options, &snapshot)
    } else if let Some(id) = &options.subject {
        one(config, options, &snapshot, id)
    } else if let (Some(subjects), Some(candidates)) = (&options.subjects, &options.candidates) {
        round_sheet(config, options, &snapshot, subjects, candidates)
    } else {
        bail!("say whom to rank for: --for ID, --all, or --subjects FILE with --candidates FILE");
    }
}

/// A municipality as JSON names it.
fn named(t: T, m: &Municipality) -> Value {
    let mut value = json!({ "slug": m.slug, "name": wording::name(t, m), "country": m.country });
    match (&m.katottg, m.geonames_id) {
        (Some(code), _) => value["katottg"] = json!(code),
        (None, Some(id)) => value["geonames_id"] = json!(id),
        (None, None) => {}
    }
    value
}

fn one(config: &Config, options: &Rank, snapshot: &Snapshot, id: &str) -> anyhow::Result<()> {
    let t = T::pages(Lang::En);
    let (directory, corpus) = (&*snapshot.directory, &*snapshot.corpus);
    let subject = snapshot.finder().identify(id)?;
    let matches = snapshot.suggest(subject, options.limit as usize);
    if config.json {
        let listed: Vec<Value> =
            matches.iter().map(|m| explained(t, directory, corpus, subject, m)).collect();
        let answer = json!({
            "subject": named(t, directory.municipality(subject)),
            "weights": corpus.weights().version,
            "matches": listed,
        });
        println!("{}", serde_json::to_string_pretty(&answer)?);
    } else {
        let name = wording::name(t, directory.municipality(subject));
        if corpus.is_occupied(subject) {
            println!("{name} is under occupation: nobody is suggested to it, and it to nobody");
            return Ok(());
        }
        println!("Partners for {name}");
        for (i, m) in matches.iter().enumerate() {
            let partner = directory.municipality(m.row);
            println!(
                "{:>3}. {} ({})  {}  from {} of 9 criteria",
                i + 1,
                wording::name(t, partner),
                wording::whereabouts(t, directory, partner),
                // Where a partner has stated nothing, a person is shown no
                // number.
                if corpus.states_anything(m.row) {
                    wording::points(t, m.hundredths)
                } else {
                    wording::alike(t, m.hundredths).to_lowercase()
                },
                m.coverage
            );
            if let Some(why) = corpus.explain(subject, m.row) {
                for reason in why.for_subject.iter().take(REASONS) {
                    println!("       {}", wording::reason(t, directory, reason));
                }
            }
        }
    }
    Ok(())
}

/// One partner with everything that explains its place.
fn explained(t: T, directory: &Directory, corpus: &Corpus, subject: Row, m: &Match) -> Value {
    let mut value = json!({
        "municipality": named(t, directory.municipality(m.row)),
        "score": f64::from(m.hundredths) / 100.0,
        "coverage": { "known": m.coverage, "of": 9 },
        "visibility": f64::from(m.visibility) / 100.0,
        "list": m.list.as_str(),
    });
    if let Some(why) = corpus.explain(subject, m.row) {
        let sentences = |reasons: &[crate::matching::Reason]| {
            reasons
                .iter()
                .take(REASONS)
                .map(|r| {
                    json!({
                        "criterion": r.criterion.as_str(),
                        "key": r.key,
                        "text": wording::reason(t, directory, r),
                    })
                })
                .collect::<Vec<Value>>()
        };
        value["states_anything"] = json!(why.partner_states);
        value["criteria"] = json!(why.score.contributions);
        value["reasons_for_subject"] = json!(sentences(&why.for_subject));
        value["reasons_for_partner"] = json!(sentences(&why.for_partner));
    }
    value
}

/// The same directory with every profile filled.
fn filled(snapshot: &Snapshot) -> anyhow::Result<Directory> {
    let records = snapshot
        .directory
        .records()
        .iter()
        .map(|r| {
            let profile = invented::profile(&r.municipality, snapshot.today);
            let profile = crate::domain::profile::Profile {
                // Everything public, so that every profile counts.
                entries: profile
                    .entries
                    .into_iter()
                    .map(|e| crate::domain::profile::Entry {
                        audience: crate::domain::audience::Audience::Public,
                        ..e
                    })
                    .collect(),
                ..profile
            };
            let municipality = Municipality { status: Status::Verified, ..r.municipality.clone() };
            Arc::new(Record { municipality, profile, ..Record::clone(r) })
        })
        .collect();
    Ok(Directory::new(Contents {
        version: snapshot.directory.version(),
        records,
        regions: shipped::regions()?,
        ties: snapshot.directory.ties().to_vec(),
        ..Contents::default()
    }))
}

fn all(config: &Config, options: &Rank, snapshot: &Snapshot) -> anyhow::Result<()> {
    let synthetic;
    let corpus = if options.synthetic {
        let directory = filled(snapshot)?;
        let settings = Settings { weights: snapshot.corpus.weights(), today: snapshot.today };
        synthetic = Corpus::new(&directory, &settings);
        &synthetic
    } else {
        &*snapshot.corpus
    };
    let field = corpus.field();
    let pairs = field.hromadas.len() as u64 * field.places.len() as u64;
    let begun = Instant::now();
    let lists = corpus.rank_all(options.limit as usize);
    let seconds = begun.elapsed().as_secs_f64();
    let listed: usize = lists.of_hromadas.iter().chain(&lists.of_places).map(Vec::len).sum();
    let answer = json!({
        "pairs": pairs,
        "seconds": seconds,
        "pairs_per_second": pairs as f64 / seconds.max(1e-9),
        "threads": rayon::current_num_threads(),
        "limit": options.limit,
        "hromadas": field.hromadas.len(),
        "places": field.places.len(),
        "listed": listed,
    });
    if config.json {
        println!("{}", serde_json::to_string_pretty(&answer)?);
    } else {
        println!(
            "{pairs} pairs in {seconds:.3} s on {} threads: {:.0} million pairs a second; {listed} \
             places on {} lists of {}",
            rayon::current_num_threads(),
            pairs as f64 / seconds / 1e6,
            field.hromadas.len() + field.places.len(),
            options.limit
        );
    }
    Ok(())
}

/// Reads a file that names one municipality on each line: by slug or code,
/// with more columns behind it or without, or by its name.
fn read_list(path: &Path, snapshot: &Snapshot) -> anyhow::Result<Vec<Row>> {
    let text = std::fs::read_to_string(path)
        .with_context(|| format!("the file {} cannot be read as UTF-8", path.display()))?;
    let mut rows = Vec::new();
    for (i, line) in text.lines().enumerate() {
        let unquoted = |text: &'_ str| text.trim().trim_matches('"').to_owned();
        let first = unquoted(line.split([',', ';', '\t']).next().unwrap_or(""));
        if first.is_empty() {
            continue;
        }
        let coded = snapshot.directory.find(&first).ok_or(());
        match coded.or_else(|()| snapshot.finder().identify(&unquoted(line))) {
            Ok(row) => rows.push(row),
            // The first line may be a header.
            Err(_) if i == 0 => {}
            Err(error) => {
                let line = format!("{}, line {}", path.display(), i + 1);
                return Err(anyhow::Error::from(error).context(line));
            }
        }
    }
    if rows.is_empty() {
        bail!("{} names no municipality", path.display());
    }
    Ok(rows)
}

fn round_sheet(
    config: &Config,
    options: &Rank,
    snapshot: &Snapshot,
    subjects: &Path,
    candidates: &Path,
) -> anyhow::Result<()> {
    export::suits(options.out.as_deref(), options.format.ending())?;
    let t = T::pages(Lang::En);
    let (directory, corpus) = (&*snapshot.directory, &*snapshot.corpus);
    let subjects = read_list(subjects, snapshot)?;
    let candidates: std::collections::HashSet<Row> =
        read_list(candidates, snapshot)?.into_iter().collect();
    let mut sheet = Vec::new();
    for &subject in &subjects {
        let matches = corpus
            .rank(subject, Order::Score, options.limit as usize, &|row| candidates.contains(&row));
        sheet.push((subject, matches));
    }
    if config.json {
        let rounds: Vec<Value> = sheet
            .iter()
            .map(|(subject, matches)| {
                json!({
                    "subject": named(t, directory.municipality(*subject)),
                    "matches": matches
                        .iter()
                        .map(|m| explained(t, directory, corpus, *subject, m))
                        .collect::<Vec<Value>>(),
                })
            })
            .collect();
        println!("{}", serde_json::to_string_pretty(&rounds)?);
        return Ok(());
    }
    let row = |subject: Row, i: usize, m: &Match| {
        let partner = directory.municipality(m.row);
        let why = corpus.explain(subject, m.row);
        let why = why.and_then(|w| Some(wording::reason(t, directory, w.for_subject.first()?)));
        let score = match corpus.states_anything(m.row) {
            true => Cell::Number(f64::from(m.hundredths) / 100.0),
            false => Cell::Empty,
        };
        vec![
            Cell::text(&directory.municipality(subject).slug),
            Cell::Number((i + 1) as f64),
            Cell::text(&partner.slug),
            Cell::text(partner.country.code()),
            score,
            Cell::Number(f64::from(m.coverage)),
            Cell::text(why.unwrap_or_default()),
        ]
    };
    let row = &row;
    let rows = sheet.iter().flat_map(|(subject, matches)| {
        matches.iter().enumerate().map(move |(i, m)| row(*subject, i, m))
    });
    const COLUMNS: &[&str] = &["subject", "rank", "partner", "country", "score", "known", "why"];
    let (_, bytes) = export::sheet(Table::new("round", COLUMNS, rows), options.format)?;
    export::write(&bytes, options.out.as_deref())
}
