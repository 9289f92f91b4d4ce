//! The areas of cooperation: who needs what, and who can share it.

use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;

use crate::domain::area::{AREAS, Area};
use crate::domain::profile::Entry;
use crate::snapshot::Snapshot;
use crate::web::kit::app::App;
use crate::web::kit::error::AppError;
use crate::web::kit::page::Page;
use crate::web::kit::params::Params;
use crate::web::kit::respond::html;
use crate::web::kit::view::NameView;

/// Municipalities listed on each side of a sub-area.
const SHOWN: usize = 50;

struct AreaView {
    name: String,
    url: String,
    subareas: String,
    /// How many state a need in public; nothing where nobody does and a need
    /// is stated for few, for that is no zero.
    needs: String,
    /// What is said of needs that are stated for few and counted nowhere.
    withheld: &'static str,
    offers: String,
}

#[derive(Template)]
#[template(path = "directory/areas/index.html")]
struct Index {
    page: Page,
    areas: Vec<AreaView>,
    nobody: bool,
    /// Whether a need is stated for few anywhere.
    withheld: bool,
}

/// `GET /{lang}/areas`
pub(crate) async fn index(
    request: HttpRequest,
    page: Page,
    app: web::Data<App>,
) -> Result<HttpResponse, AppError> {
    Params::of(&request, &[])?;
    let snapshot = app.now();
    let t = page.t;
    let counts = snapshot.listing.area_counts();
    let areas = AREAS
        .iter()
        .zip(&counts)
        .map(|(area, (needs, offers))| {
            let names: Vec<String> = area.subareas().map(|s| t.get(&s.key())).collect();
            let withheld = match (snapshot.listing.has_withheld_needs(area), *needs) {
                (false, _) => "",
                (true, 0) => "areas-withheld-only",
                (true, _) => "areas-withheld-too",
            };
            let is_zero = *needs == 0 && !withheld.is_empty();
            AreaView {
                name: t.get(&area.key()),
                url: page.url(&format!("/areas/{}", area.slug)),
                subareas: names.join(", "),
                needs: if is_zero { String::new() } else { t.number(*needs as i64) },
                withheld,
                offers: t.number(*offers as i64),
            }
        })
        .collect();
    let nobody = counts.iter().all(|(needs, offers)| needs + offers == 0);
    let withheld = AREAS.iter().any(|area| snapshot.listing.has_withheld_needs(area));
    html(&Index { page, areas, nobody, withheld })
}

struct WhoView {
    name: NameView,
    level: String,
}

struct SubAreaView {
    name: String,
    needs: Vec<WhoView>,
    offers: Vec<WhoView>,
}

#[derive(Template)]
#[template(path = "directory/areas/show.html")]
struct Show {
    page: Page,
    name: String,
    subareas: Vec<SubAreaView>,
    /// Those of whose need only the area is public.
    withheld: Vec<WhoView>,
    /// Whether what is stated here is invented.
    invented: bool,
    sensitive: bool,
    sdg: String,
    list_url: String,
}

fn who(page: &Page, snapshot: &Snapshot, wanted: &dyn Fn(&Entry) -> bool) -> Vec<WhoView> {
    let mut found: Vec<(u8, &crate::domain::directory::Record, &Entry)> = snapshot
        .directory
        .records()
        .iter()
        .filter(|r| !r.profile.entries.is_empty() && r.municipality.may_be_suggested())
        .flat_map(|r| {
            r.profile
                .area_entries(snapshot.today)
                .filter(|e| wanted(e))
                .map(move |e| (e.level.value(), &**r, e))
        })
        .collect();
    // How far somebody is shows only of what is public.
    for (level, _, entry) in &mut found {
        if !entry.is_public_on(snapshot.today) {
            *level = 0;
        }
    }
    found.sort_by_key(|(level, r, _)| (std::cmp::Reverse(*level), r.municipality.id));
    let mut seen = std::collections::HashSet::new();
    found.retain(|(_, r, _)| seen.insert(r.municipality.id));
    found
        .into_iter()
        .take(SHOWN)
        .map(|(level, record, _)| WhoView {
            name: NameView::new(page, &snapshot.directory, &record.municipality),
            level: if level == 0 { String::new() } else { page.t.get(&format!("level-{level}")) },
        })
        .collect()
}

/// `GET /{lang}/areas/{slug}`
pub(crate) async fn show(
    request: HttpRequest,
    page: Page,
    path: web::Path<(String, String)>,
    app: web::Data<App>,
) -> Result<HttpResponse, AppError> {
    Params::of(&request, &[])?;
    let area = Area::by_slug(&path.1).ok_or(AppError::NotFound)?;
    let snapshot = app.now();
    let t = page.t;
    let is_public = |e: &Entry| e.is_public_on(snapshot.today);
    let subareas = area
        .subareas()
        .map(|s| {
            let stated = |e: &Entry| e.subarea == s && is_public(e);
            SubAreaView {
                name: t.get(&s.key()),
                needs: who(&page, &snapshot, &|e| stated(e) && e.direction.needs()),
                offers: who(&page, &snapshot, &|e| stated(e) && e.direction.offers()),
            }
        })
        .collect();
    let withheld = who(&page, &snapshot, &|e| {
        e.subarea.area() == area && !is_public(e) && e.direction.needs()
    });
    let invented = snapshot.directory.records().iter().any(|r| {
        let here = |e: &Entry| e.subarea.area() == area;
        r.municipality.invented && r.profile.area_entries(snapshot.today).any(here)
    });
    let sdg: Vec<String> = area.sdg.iter().map(u8::to_string).collect();
    html(&Show {
        name: t.get(&area.key()),
        subareas,
        withheld,
        invented,
        sensitive: area.subareas().any(|s| s.is_sensitive()),
        sdg: sdg.join(", "),
        list_url: page.url(&format!("/municipalities?area={}", area.slug)),
        page,
    })
}
