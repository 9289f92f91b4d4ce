//! What a member sees first on the page of another municipality: how it stands
//! to their own.

use crate::domain::account::{Account, MemberState};
use crate::domain::directory::Row;
use crate::snapshot::Snapshot;
use crate::web::kit::page::Page;
use crate::web::kit::view::NameView;
use crate::wording;

/// The visitor's municipality and the one whose page it is.
pub(super) struct YouView {
    pub(super) title: String,
    /// Facts and the most specific reason, as sentences.
    pub(super) text: String,
    pub(super) pair_url: String,
    pub(super) letter_url: String,
    /// Whether the two are recorded as partners.
    pub(super) already: bool,
}

/// How a municipality stands to the first of the visitor's that forms a pair
/// with it; nothing where a side is under occupation or the two are of a kind.
pub(super) fn you_and(
    page: &Page,
    snapshot: &Snapshot,
    account: &Account,
    row: Row,
) -> Option<YouView> {
    let (t, directory, corpus) = (page.t, &*snapshot.directory, &*snapshot.corpus);
    let mine = account.memberships.iter().filter(|m| m.state == MemberState::Active);
    let mut rows = mine.filter_map(|membership| directory.by_id(membership.municipality));
    let own = rows.find(|own| *own != row && corpus.sides(*own, row).is_some())?;
    let (mine, other) = (directory.municipality(own), directory.municipality(row));
    if mine.is_occupied() || other.is_occupied() {
        return None;
    }
    let km = mine.point.km_to(other.point).round() as i64;
    let mut sentences = vec![t.one("you-distance", "km", t.number(km))];
    let people = (wording::people(t, mine), wording::people(t, other));
    if !people.0.is_empty() && !people.1.is_empty() {
        sentences.push(t.two("you-people", "other", people.1, "own", people.0));
    }
    let told = corpus.tell(own, &[row]).lines.into_iter().flatten();
    let said = told.filter(|reason| reason.criterion != crate::matching::Criterion::Size);
    sentences.extend(said.map(|reason| format!("{}.", wording::reason(t, directory, &reason))));
    let pair = page.url(&format!("/municipalities/{}/partners/{}", mine.slug, other.slug));
    let name = NameView::new(page, directory, other).name;
    Some(YouView {
        title: t.one("you-title", "name", name),
        text: sentences.join(" "),
        letter_url: format!("{pair}/letter"),
        pair_url: pair,
        already: corpus.are_partners(own, row),
    })
}
