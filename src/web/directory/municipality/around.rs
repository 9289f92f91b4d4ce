//! Who near a municipality already has partners: whom to ask how they began.

use crate::domain::directory::Row;
use crate::snapshot::Snapshot;
use crate::web::kit::page::Page;
use crate::web::kit::view::NameView;
use crate::wording::{self, Tagged};

/// Neighbours that are shown, and partners named of each.
const NEIGHBOURS: usize = 5;
const NAMED: usize = 3;
/// Farther municipalities are no neighbours, in kilometres.
const NEIGHBOUR_KM: f64 = 120.0;

/// A neighbour with its recorded partners across the border of Ukraine.
pub(super) struct NeighbourView {
    pub(super) name: NameView,
    pub(super) distance: String,
    pub(super) partners: Vec<Tagged>,
    /// How many more there are, in words.
    pub(super) more: String,
}

/// The nearest municipalities of the same kind with recorded partners: hromadas
/// for a hromada, places for a place.
pub(super) fn neighbours(page: &Page, snapshot: &Snapshot, row: Row) -> Vec<NeighbourView> {
    let directory = &*snapshot.directory;
    let own = directory.municipality(row);
    let mut near: Vec<(f64, Row, Vec<Row>)> = with_partners(snapshot, own.is_hromada())
        .into_iter()
        .filter(|(other, _)| *other != row)
        .map(|(other, partners)| {
            (own.point.km_to(directory.municipality(other).point), other, partners)
        })
        .filter(|(km, ..)| *km <= NEIGHBOUR_KM)
        .collect();
    near.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    near.truncate(NEIGHBOURS);
    near.into_iter()
        .map(|(km, other, partners)| view(page, snapshot, km, other, &partners))
        .collect()
}

/// All hromadas, or all places, with recorded partners, and those.
fn with_partners(snapshot: &Snapshot, hromadas: bool) -> Vec<(Row, Vec<Row>)> {
    let (field, known) = (snapshot.corpus.field(), snapshot.corpus.known());
    let rows = |numbers: &[u32], of: &[Row]| numbers.iter().map(|n| of[*n as usize]).collect();
    let mut sides: Vec<usize> = known
        .partnerships()
        .iter()
        .map(|k| if hromadas { k.hromada as usize } else { k.place as usize })
        .collect();
    sides.sort_unstable();
    sides.dedup();
    let with = |n: usize| match hromadas {
        true => (field.hromadas[n], rows(known.partners_of_hromada(n), &field.places)),
        false => (field.places[n], rows(known.partners_of_place(n), &field.hromadas)),
    };
    sides.into_iter().map(with).collect()
}

fn view(page: &Page, snapshot: &Snapshot, km: f64, row: Row, partners: &[Row]) -> NeighbourView {
    let (t, directory) = (page.t, &*snapshot.directory);
    let shown = partners.iter().take(NAMED).map(|partner| {
        let m = directory.municipality(*partner);
        Tagged { text: wording::name(t, m), lang: wording::name_language(t, m) }
    });
    NeighbourView {
        name: NameView::new(page, directory, directory.municipality(row)),
        distance: t.one("distance-km", "km", t.number(km.round() as i64)),
        partners: shown.collect(),
        more: match partners.len().saturating_sub(NAMED) {
            0 => String::new(),
            n => t.count("neighbours-more", n as i64),
        },
    }
}
