//! Every address the program answers.

use actix_web::web::{self, ServiceConfig};
use actix_web::{Resource, guard};

use super::error::AppError;
use super::{
    about, api, areas, assets, compare, home, letters, municipalities, municipality, pair,
    partners, theme,
};

/// Makes the table below into what the server is configured with, and into a
/// list for whoever has to know every address. Reading answers `HEAD` as well;
/// other methods are refused with those that are allowed.
macro_rules! routes {
    ($($scope:literal { $($path:literal => $($method:ident $handler:path),+;)* })*) => {
        /// Configures the server with the whole table.
        pub(super) fn routes(config: &mut ServiceConfig) {
            $(
                let resources: Vec<Resource> = vec![$({
                    let allowed = concat!("" $(, allowed!($method), " ")+).trim_end();
                    Resource::new($path)
                        $(.route(web::route().guard(method!($method)).to($handler)))+
                        .default_service(web::to(move || async move {
                            Err::<&str, AppError>(AppError::Method(allowed))
                        }))
                }),*];
                if $scope.is_empty() {
                    resources.into_iter().for_each(|resource| { config.service(resource); });
                } else {
                    let scope = web::scope($scope);
                    config.service(resources.into_iter().fold(scope, |s, r| s.service(r)));
                }
            )*
        }

        /// Every method and address of the table; parts in braces are
        /// whatever a visitor asks for.
        pub fn table() -> Vec<(&'static str, &'static str)> {
            vec![$($($((stringify!($method), concat!($scope, $path))),+),*),*]
        }
    };
}

macro_rules! method {
    (GET) => {
        guard::Any(guard::Get()).or(guard::Head())
    };
    (POST) => {
        guard::Post()
    };
}

macro_rules! allowed {
    (GET) => {
        "GET, HEAD"
    };
    (POST) => {
        "POST"
    };
}

routes! {
    "" {
        "/" => GET home::negotiate;
        "/healthz" => GET api::health;
        "/robots.txt" => GET about::robots;
        "/static/{name}" => GET assets::show;
        "/theme" => POST theme::update;
    }
    "/api/v1" {
        "/municipalities" => GET api::index;
        "/municipalities.csv" => GET api::csv;
        "/municipalities.xlsx" => GET api::xlsx;
        "/municipalities.geojson" => GET api::geojson;
        "/municipalities/{slug}" => GET api::show;
        "/municipalities/{slug}/partners" => GET api::partners;
        "/municipalities/{slug}/partners/{partner}" => GET api::pair;
        "/areas" => GET api::areas;
    }
    "/{lang:en|uk}" {
        "" => GET home::with_slash;
        "/" => GET home::show;
        "/municipalities" => GET municipalities::index;
        "/municipalities/{slug}" => GET municipality::show;
        "/municipalities/{slug}/passport" => GET letters::passport;
        "/municipalities/{slug}/partners" => GET partners::index;
        "/municipalities/{slug}/partners/{partner}" => GET pair::show;
        "/municipalities/{slug}/partners/{partner}/letter" => GET letters::show;
        "/compare" => GET compare::show;
        "/areas" => GET areas::index;
        "/areas/{slug}" => GET areas::show;
        "/method" => GET about::method;
        "/data" => GET about::data;
        "/accessibility" => GET about::accessibility;
        "/privacy" => GET about::privacy;
    }
}
