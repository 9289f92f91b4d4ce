//! Every address the program answers.

use actix_web::web::{self, ServiceConfig, get, post};

use super::{
    about, api, areas, assets, compare, home, letters, municipalities, municipality, pair,
    partners, theme,
};

/// The whole table.
pub(super) fn routes(config: &mut ServiceConfig) {
    config
        .route("/", get().to(home::negotiate))
        .route("/healthz", get().to(api::health))
        .route("/robots.txt", get().to(about::robots))
        .route("/static/{name}", get().to(assets::show))
        .route("/theme", post().to(theme::update))
        .service(
            web::scope("/api/v1")
                .route("/municipalities", get().to(api::index))
                .route("/municipalities.csv", get().to(api::csv))
                .route("/municipalities.geojson", get().to(api::geojson))
                .route("/municipalities/{slug}", get().to(api::show))
                .route("/municipalities/{slug}/partners", get().to(api::partners))
                .route("/municipalities/{slug}/partners/{partner}", get().to(api::pair))
                .route("/areas", get().to(api::areas)),
        )
        .service(
            web::scope("/{lang:en|uk}")
                .route("", get().to(home::with_slash))
                .route("/", get().to(home::show))
                .route("/municipalities", get().to(municipalities::index))
                .route("/municipalities/{slug}", get().to(municipality::show))
                .route("/municipalities/{slug}/passport", get().to(letters::passport))
                .route("/municipalities/{slug}/partners", get().to(partners::index))
                .route("/municipalities/{slug}/partners/{partner}", get().to(pair::show))
                .route("/municipalities/{slug}/partners/{partner}/letter", get().to(letters::show))
                .route("/compare", get().to(compare::show))
                .route("/areas", get().to(areas::index))
                .route("/areas/{slug}", get().to(areas::show))
                .route("/method", get().to(about::method))
                .route("/data", get().to(about::data))
                .route("/accessibility", get().to(about::accessibility))
                .route("/privacy", get().to(about::privacy)),
        );
}
