//! What of the directory is public, laid out for programs.

use std::collections::BTreeMap;
use std::io::Write;

use serde_json::{Value, json};

use super::table::{Cell, Table};
use crate::domain::audience::{Audience, Direction};
use crate::domain::directory::{Directory, Record, Row};
use crate::domain::municipality::Municipality;
use crate::domain::official::official_languages;
use crate::domain::project::{CostBand, DreamId};
use crate::domain::tie::{Place, Tie};
use crate::i18n::{Lang, T};
use crate::matching::Exposure;
use crate::matching::exposure::GroupExposure;
use crate::snapshot::Snapshot;
use crate::wording;

/// The name in the municipality's own language and script.
fn own_name(m: &Municipality) -> Option<&str> {
    match m.name_native.is_empty() {
        false => Some(&m.name_native),
        // Where another script is written, Latin letters are not its own name.
        true => wording::writes_latin(m.country).then_some(&*m.name),
    }
}

/// The Ukrainian name, where one is known.
fn ukrainian_name(m: &Municipality) -> Option<String> {
    let known = m.is_hromada() || !m.name_uk.is_empty();
    known.then(|| wording::name(T::pages(Lang::Uk), m))
}

/// The name of a region, which files and the API have beside its code; nothing
/// where none is known.
fn region_name(directory: &Directory, m: &Municipality) -> Option<String> {
    let name = wording::region(T::pages(Lang::En), directory, m);
    (!name.is_empty()).then_some(name)
}

/// A municipality in brief, as every list of the API has it.
pub fn brief(directory: &Directory, m: &Municipality) -> Value {
    let en = wording::name(T::pages(Lang::En), m);
    json!({
        "slug": m.slug,
        "name": en,
        "names": {
            "en": en,
            "uk": ukrainian_name(m),
            "uk_source": ukrainian_name(m).map(|_| m.name_uk_source.as_str()),
            "own": own_name(m),
        },
        "country": m.country,
        "region": m.region,
        "region_name": region_name(directory, m),
        "katottg": m.katottg,
        "geonames_id": m.geonames_id,
        "population": m.population,
        "lat": m.point.lat,
        "lon": m.point.lon,
        "status": m.status.as_str(),
        "control": m.control.as_str(),
        "control_since": m.control_since.map(|since| since.to_string()),
        "occupied_until": m.occupied_until.as_ref().map(|past| past.until.to_string()),
        "invented": m.invented,
    })
}

/// A municipality with what it has stated for everybody and its recorded
/// ties.
pub fn whole(record: &Record, snapshot: &Snapshot) -> Value {
    let m = &record.municipality;
    let mut value = brief(&snapshot.directory, m);
    let entries: Vec<Value> = record
        .profile
        .area_entries(snapshot.today)
        .map(|e| {
            let area = e.subarea.area().slug;
            if !e.is_public_on(snapshot.today) {
                return json!({
                    "direction": e.direction.as_str(), "area": area, "subarea": null,
                });
            }
            json!({
                "direction": e.direction.as_str(),
                "area": area,
                "subarea": e.subarea.to_string(),
                "rank": e.rank,
                "level": e.level.value(),
                "expires_on": e.expires_on,
                "statements": e.statements.iter().cloned().collect::<BTreeMap<_, _>>(),
            })
        })
        .collect();
    value["entries"] = json!(entries);
    value["languages"] = record
        .profile
        .languages
        .iter()
        .map(|(l, f)| json!({ "language": l.code(), "level": f.as_str() }))
        .collect();
    value["formats"] = record.profile.formats.iter().map(|f| json!(f.as_str())).collect();
    let public = record.profile.projects.iter().filter(|p| p.audience == Audience::Public);
    value["projects"] = public
        .map(|p| {
            json!({
                "titles": p.titles.iter().cloned().collect::<BTreeMap<_, _>>(),
                "area": p.area.slug,
                "stage": p.stage.as_str(),
                "cost_eur": p.cost.map(CostBand::as_str),
                "dream_id": p.dream.as_ref().map(DreamId::as_str),
            })
        })
        .collect();
    value["role"] = json!(m.role.as_str());
    value["settlements"] = json!(m.settlements);
    value["district"] = json!((!m.district.is_empty()).then_some(&m.district));
    value["official_languages"] = official_languages(m).iter().map(|l| json!(l.code())).collect();
    let ties: Vec<Value> = snapshot
        .directory
        .ties_of(m.id)
        .filter_map(|tie| {
            let other = tie.other(m.id)?;
            let other = match other.municipality().and_then(|id| snapshot.directory.by_id(id)) {
                Some(row) => json!({ "slug": snapshot.directory.municipality(row).slug }),
                None => match other {
                    Place::Outside(name) => json!({ "name": name }),
                    Place::Listed(_) => return None,
                },
            };
            Some(json!({ "with": other, "since": tie.since, "source": tie.source }))
        })
        .collect();
    value["ties"] = json!(ties);
    value
}

/// The columns of [`municipalities`]. The message `column-NAME`, with `-` for
/// `_`, says what each holds.
pub const MUNICIPALITY_COLUMNS: [&str; 22] = [
    "slug",
    "name_en",
    "name_uk",
    "name_uk_source",
    "name_own",
    "country",
    "region",
    "region_name",
    "katottg",
    "geonames_id",
    "population",
    "population_year",
    "population_estimated",
    "lat",
    "lon",
    "status",
    "control",
    "needs",
    "offers",
    "district",
    "official_languages",
    "invented",
];

/// Municipalities as a table, with the sub-areas they publicly need and offer.
pub fn municipalities<'a>(snapshot: &'a Snapshot, rows: &'a [Row]) -> Table<'a> {
    let en = T::pages(Lang::En);
    let directory = &*snapshot.directory;
    let line = move |row: &Row| {
        let record = directory.record(*row);
        let m = &record.municipality;
        let stated = |wanted: fn(Direction) -> bool| {
            let mut all: Vec<String> = Vec::new();
            let entries = record.profile.public_entries(snapshot.today);
            for entry in entries.filter(|e| wanted(e.direction)) {
                let text = entry.subarea.to_string();
                if !all.contains(&text) {
                    all.push(text);
                }
            }
            Cell::text(all.join(" "))
        };
        let population = m.population.as_ref();
        let official: Vec<&str> = official_languages(m).iter().map(|l| l.code()).collect();
        vec![
            Cell::text(&m.slug),
            Cell::text(wording::name(en, m)),
            Cell::text(ukrainian_name(m).unwrap_or_default()),
            ukrainian_name(m).map_or(Cell::Empty, |_| Cell::text(m.name_uk_source.as_str())),
            Cell::text(own_name(m).unwrap_or("")),
            Cell::text(m.country.code()),
            Cell::text(&m.region),
            Cell::text(region_name(directory, m).unwrap_or_default()),
            Cell::text(m.katottg.as_deref().unwrap_or("")),
            Cell::whole(m.geonames_id),
            Cell::whole(population.map(|p| p.value)),
            Cell::whole(population.and_then(|p| p.year)),
            Cell::whole(population.map(|p| p.estimated)),
            Cell::Number(m.point.lat),
            Cell::Number(m.point.lon),
            Cell::text(m.status.as_str()),
            Cell::text(m.control.as_str()),
            stated(Direction::needs),
            stated(Direction::offers),
            Cell::text(&m.district),
            Cell::text(official.join(" ")),
            Cell::whole(Some(m.invented)),
        ]
    };
    Table::new("municipalities", &MUNICIPALITY_COLUMNS, rows.iter().map(line))
}

/// Writes municipalities as points (RFC 7946), by their centres.
///
/// # Errors
/// When `out` cannot be written to.
pub fn write_geojson(snapshot: &Snapshot, rows: &[Row], mut out: impl Write) -> anyhow::Result<()> {
    out.write_all(br#"{"type":"FeatureCollection","license":"CC-BY-4.0","features":["#)?;
    for (i, row) in rows.iter().enumerate() {
        if i > 0 {
            out.write_all(b",")?;
        }
        serde_json::to_writer(&mut out, &feature(snapshot, *row))?;
    }
    out.write_all(b"]}")?;
    Ok(())
}

fn feature(snapshot: &Snapshot, row: Row) -> Value {
    let m = snapshot.directory.municipality(row);
    json!({
        "type": "Feature",
        "geometry": { "type": "Point", "coordinates": [m.point.lon, m.point.lat] },
        "properties": {
            "slug": m.slug,
            "name": wording::name(T::pages(Lang::En), m),
            "name_uk": ukrainian_name(m),
            "country": m.country,
            "region": m.region,
            "region_name": region_name(&snapshot.directory, m),
            "population": m.population.as_ref().map(|p| p.value),
            "status": m.status.as_str(),
            "control": m.control.as_str(),
            "invented": m.invented,
        },
    })
}

/// All recorded ties as a table. A place outside the directory stands by name.
pub fn ties(snapshot: &Snapshot) -> Table<'_> {
    let directory = &*snapshot.directory;
    let end = move |place: &Place| match place {
        Place::Listed(id) => {
            let row = directory.by_id(*id);
            row.map_or(Cell::Empty, |row| Cell::text(&directory.municipality(row).slug))
        }
        Place::Outside(name) => Cell::text(name),
    };
    let line = move |tie: &Tie| {
        vec![end(&tie.a), end(&tie.b), Cell::whole(tie.since), Cell::text(&tie.source)]
    };
    Table::new("ties", &["a", "b", "since", "source"], directory.ties().iter().map(line))
}

/// Whom the lists of ten show, as the method page has it: by size, by oblast or
/// country, the small hromadas that others are led to, and the most shown.
/// `of` says on which side, `lists` on how many lists one is.
pub fn exposure(directory: &Directory, hromadas: &Exposure, places: &Exposure) -> Table<'static> {
    let t = T::pages(Lang::En);
    let mut rows = Vec::new();
    for (of, by, exposure) in [("hromadas", "oblast", hromadas), ("places", "country", places)] {
        let mut group = |by: &str, name: String, group: &GroupExposure| {
            rows.push(vec![
                Cell::text(of),
                Cell::text(by),
                Cell::text(&group.key),
                Cell::text(name),
                Cell::whole(Some(group.candidates as i64)),
                Cell::whole(Some(group.shown as i64)),
                Cell::Number(group.share),
                Cell::Empty,
            ]);
        };
        for band in &exposure.by_size {
            group("size", t.get(&format!("size-{}", band.key)), band);
        }
        for territory in &exposure.by_territory {
            group(by, wording::territory(t, directory, &territory.key), territory);
        }
        if of == "hromadas" {
            group("small", String::new(), &exposure.small);
        }
        rows.extend(exposure.most_shown.iter().map(|(row, lists)| {
            let m = directory.municipality(*row);
            vec![
                Cell::text(of),
                Cell::text("most-shown"),
                Cell::text(&m.slug),
                Cell::text(wording::name(t, m)),
                Cell::Empty,
                Cell::Empty,
                Cell::Empty,
                Cell::whole(Some(*lists as i64)),
            ]
        }));
    }
    const COLUMNS: &[&str] = &["of", "by", "code", "name", "candidates", "shown", "share", "lists"];
    Table::new("exposure", COLUMNS, rows.into_iter())
}
