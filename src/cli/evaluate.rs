//! `mosty fit` and `mosty evaluate`: learning weights, and measuring them.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use anyhow::{Context, anyhow, bail};
use chrono::Datelike;

use super::open;
use crate::config::{Config, Evaluate, Fit};
use crate::import::pairs;
use crate::matching::evaluate::{self, Known, Measures, Options, Report, Subject};
use crate::matching::field::Field;
use crate::matching::field::Partnership;
use crate::matching::fit;
use crate::matching::knowledge::{Knowledge, Twins};
use crate::matching::weights::Policy;
use crate::search::Finder;

/// Reads lists of partnerships as numbers of a field. A hromada that is not in
/// the directory is an error: nothing could be measured for it.
fn read_pairs(paths: &[PathBuf], finder: Finder<'_>, field: &Field) -> anyhow::Result<Vec<Known>> {
    let mut known = Vec::new();
    for path in paths {
        known.extend(read_list(path, finder, field)?);
    }
    Ok(known)
}

fn read_list(path: &Path, finder: Finder<'_>, field: &Field) -> anyhow::Result<Vec<Known>> {
    let mut known = Vec::new();
    for line in pairs::partnerships(path)? {
        let at = || format!("{}, line {}", path.display(), line.line);
        let row = line.hromada(finder).with_context(at)?;
        let Some(hromada) = field.hromada(row) else {
            bail!("{}: “{}” is no hromada", at(), line.hromada);
        };
        let place = line.partner(finder).ok().and_then(|row| field.place(row));
        let since = match line.since.as_str() {
            "" => None,
            year => Some(year.parse().map_err(|_| {
                anyhow!("{}, line {}: “{year}” is no year", path.display(), line.line)
            })?),
        };
        let place = place.map(|p| p as u32);
        known.push(Known { hromada: hromada as u32, place, since });
    }
    if known.is_empty() {
        bail!("{} holds no partnership", path.display());
    }
    Ok(known)
}

/// Refuses to learn from so few partnerships that the curves would only
/// repeat them.
fn enough_to_learn(left: usize) -> anyhow::Result<()> {
    if left < fit::LEAST_PAIRS {
        bail!(
            "{left} partnerships with both ends in the directory are too few to learn from; it \
             takes {} at least",
            fit::LEAST_PAIRS
        );
    }
    Ok(())
}

/// Reads a list of twinnings as a graph over a field.
fn read_twins(path: &Path, finder: Finder<'_>, field: &Field) -> anyhow::Result<(Twins, usize)> {
    let mut edges = Vec::new();
    let mut outside: HashMap<u32, u32> = HashMap::new();
    let lines = pairs::twinnings(path)?;
    for line in &lines {
        let end = |text: &str| {
            let row = pairs::listed_end(finder, text)?;
            Some((
                finder.directory.municipality(row).country.is_ukraine(),
                field.place(row)? as u32,
            ))
        };
        match (end(&line.a), end(&line.b)) {
            (Some((_, a)), Some((_, b))) => edges.push((a, b)),
            (Some((_, place)), None) | (None, Some((_, place))) => {
                *outside.entry(place).or_default() += 1;
            }
            (None, None) => {}
        }
    }
    Ok((Twins::new(edges, &outside), lines.len()))
}

fn listed(known: &[Known]) -> Vec<Partnership> {
    known.iter().filter_map(Known::partnership).collect()
}

/// Learns weights and writes them.
pub(super) fn fit(config: &Config, options: &Fit) -> anyhow::Result<()> {
    let live = open::live(config)?;
    let snapshot = live.now();
    let (directory, field) = (&*snapshot.directory, snapshot.corpus.field());
    let finder = snapshot.finder();
    let known = read_pairs(&options.pairs, finder, field)?;
    enough_to_learn(listed(&known).len() * 4 / 5)?;
    let (twins, twinnings) = match &options.twinnings {
        Some(path) => read_twins(path, finder, field)?,
        None => (Twins::default(), 0),
    };
    let held_out = Subject {
        directory,
        field,
        pairs: &known,
        also_known: &[],
        twins: &twins,
        weights: snapshot.corpus.weights(),
        today: snapshot.today,
    };
    let bar = open::progress(5, "Held-out fifths");
    let options_of_test = Options { folds: 5, ..Options::default() };
    let report =
        evaluate::evaluate(&held_out, options_of_test, &mut |n| bar.set_position(n as u64));
    bar.finish_and_clear();

    let knowledge = Knowledge::new(field, &listed(&known), twins);
    let today = live.clock().today();
    let name =
        options.name.clone().unwrap_or_else(|| format!("{}-{:02}", today.year(), today.month()));
    let bar = open::progress(fit::STEPS as u64, "Learning");
    let mut weights = fit::fit(field, &knowledge, Policy::default(), &name, &mut |n| {
        bar.set_position(n as u64);
    });
    bar.finish_and_clear();
    weights.learned_from.twinnings = twinnings;
    weights.learned_from.held_out_hit_at_10 = (report.all.hit_at_10 * 1e4).round() / 1e4;
    weights.learned_from.held_out_auc = (report.all.auc * 1e4).round() / 1e4;
    std::fs::write(&options.out, weights.to_json()?)
        .with_context(|| format!("the weights cannot be written to {}", options.out.display()))?;
    if config.json {
        println!("{}", serde_json::to_string_pretty(&weights.learned_from)?);
    } else {
        println!(
            "{} partnerships and {} twinnings; on fifths held out: Hit@10 {:.3}, AUC {:.3}. \
             Weights {} written to {}.",
            weights.learned_from.pairs,
            twinnings,
            report.all.hit_at_10,
            report.all.auc,
            weights.version,
            options.out.display()
        );
    }
    Ok(())
}

/// Measures ranking against known partnerships.
pub(super) fn evaluate(config: &Config, options: &Evaluate) -> anyhow::Result<()> {
    if options.folds == 1 {
        bail!("one part leaves nothing to learn from; use --folds 0 or at least 2");
    }
    let live = open::live(config)?;
    let snapshot = live.now();
    let (directory, field) = (&*snapshot.directory, snapshot.corpus.field());
    let finder = snapshot.finder();
    let known = read_pairs(&options.pairs, finder, field)?;
    if options.folds > 1 {
        let parts = options.folds as usize;
        enough_to_learn(listed(&known).len() * (parts - 1) / parts)?;
    }
    let also_known = match &options.known {
        Some(path) => listed(&read_list(path, finder, field)?),
        None => snapshot.corpus.known().partnerships().to_vec(),
    };
    let twins = match &options.twinnings {
        Some(path) => read_twins(path, finder, field)?.0,
        None => snapshot.corpus.known().twins().clone(),
    };
    let subject = Subject {
        directory,
        field,
        pairs: &known,
        also_known: &also_known,
        twins: &twins,
        weights: snapshot.corpus.weights(),
        today: snapshot.today,
    };
    let bar = open::progress(u64::from(options.folds.max(1)), "Measuring");
    let report = evaluate::evaluate(
        &subject,
        Options {
            folds: options.folds as usize,
            reverse: options.reverse,
            same_country: options.same_country,
            cold: options.cold,
            lists: options.lists,
        },
        &mut |n| bar.set_position(n as u64),
    );
    bar.finish_and_clear();
    if config.json {
        println!("{}", serde_json::to_string_pretty(&report)?);
    } else {
        print_report(&report);
    }
    Ok(())
}

fn print_report(report: &Report) {
    println!("{} pairs against {} candidates", report.all.pairs, report.candidates);
    if report.occupied > 0 {
        println!("{} more pairs are of hromadas under occupation: left out", report.occupied);
    }
    println!(
        "{:<10} {:>6} {:>8} {:>8} {:>8} {:>8}",
        "size", "pairs", "Hit@10", "Hit@50", "MRR", "AUC"
    );
    let line = |name: &str, m: &Measures| {
        println!(
            "{name:<10} {:>6} {:>8.3} {:>8.3} {:>8.3} {:>8.3}",
            m.pairs, m.hit_at_10, m.hit_at_50, m.mrr, m.auc
        );
    };
    for (band, measures) in &report.by_size {
        line(band, measures);
    }
    line("all", &report.all);
    if let Some(lists) = &report.lists {
        println!(
            "lists as shown: {:.1} countries and {:.1} oblasts on a list; {:.1} % of small hromadas \
             are shown; {} pairs of hromadas that are shown to nobody unasked are left out",
            lists.countries,
            lists.oblasts,
            100.0 * lists.small_shown,
            lists.left_out
        );
    }
    let e = &report.exposure;
    println!(
        "lists of ten show {} municipalities, the most shown on {} lists; Gini {:.3}; {:.1} % of \
         places to those under 10,000 people",
        e.distinct,
        e.max,
        e.gini,
        100.0 * e.share_lt10k
    );
}
