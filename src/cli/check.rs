//! `mosty migrate` and `mosty check`.

use serde_json::json;

use super::open;
use crate::config::Config;
use crate::import::shipped;
use crate::storage::shipped::{Kept, kept_beside};

/// Brings the database to this version and loads the directory.
pub(super) fn migrate(config: &Config) -> anyhow::Result<()> {
    open::database(config)?;
    if config.json {
        println!("{}", json!({ "database": config.database_url.to_string(), "ready": true }));
    } else {
        println!("{} is ready", config.database_url);
    }
    Ok(())
}

/// Reads everything once and says what is there.
pub(super) fn check(config: &Config) -> anyhow::Result<()> {
    let live = open::live(config)?;
    let snapshot = live.now();
    let directory = &snapshot.directory;
    let stating =
        directory.records().iter().filter(|r| r.profile.states_anything(snapshot.today)).count();
    let occupied = directory
        .records()
        .iter()
        .filter(|r| r.municipality.is_hromada() && r.municipality.is_occupied())
        .count();
    let kept = kept_beside(&mut *live.db().conn()?, &shipped::drafts()?)?;
    let listed: Vec<_> =
        kept.iter().map(|kept| json!({ "slug": kept.slug, "part_of": kept.part_of })).collect();
    let answer = json!({
        "database": config.database_url.to_string(),
        "version": directory.version(),
        "hromadas": snapshot.corpus.field().hromadas.len(),
        "places": snapshot.corpus.field().places.len(),
        "names": snapshot.index.names(),
        "ties": directory.ties().len(),
        "stating": stating,
        "occupied": occupied,
        "weights": snapshot.corpus.weights().version,
        "kept_beside_the_shipped_directory": listed,
    });
    if config.json {
        println!("{}", serde_json::to_string_pretty(&answer)?);
    } else {
        println!("{} can be read whole:", config.database_url);
        println!(
            "{} hromadas ({occupied} under occupation), {} places, {} names, {} ties, {stating} \
             profiles that state something; weights {}",
            snapshot.corpus.field().hromadas.len(),
            snapshot.corpus.field().places.len(),
            snapshot.index.names(),
            directory.ties().len(),
            snapshot.corpus.weights().version
        );
        for Kept { slug, part_of } in &kept {
            match part_of {
                Some(owner) => println!(
                    "{slug} is a part of {owner} in the shipped directory, and stays because \
                     somebody uses it: merge it by hand when they agree"
                ),
                None => println!("{slug} is not in the shipped directory, and stays"),
            }
        }
    }
    Ok(())
}
