//! Every address the program answers.

use actix_web::middleware::from_fn;
use actix_web::web::{self, ServiceConfig};
use actix_web::{Resource, guard};

use super::admin;
use super::directory::{
    about, api, areas, compare, home, method, municipalities, municipality, outreach, pair,
    partners, passport,
};
use super::kit::addresses::RouteRow;
use super::kit::assets;
use super::kit::error::AppError;
use super::office::profile::{self, contacts, entries, projects, sections, start};
use super::office::{claims, corrections, evidence, hiding, members};
use super::people::{
    account, credentials, links, privacy, second_factor, sign_in, subscriptions, theme, unsent,
};
use crate::domain::account::Access;
use crate::web::guard::require;

/// Makes the table below into what the server is configured with, and into a
/// list for whoever has to know every address. Each row says for whom it is
/// and is refused to everybody else before its handler hears of it. Reading
/// answers `HEAD` as well; other methods are refused with those that are
/// allowed.
macro_rules! routes {
    ($($scope:literal { $($access:ident $path:literal => $($method:ident $handler:path),+;)* })*) => {
        /// Configures the server with the whole table.
        pub(super) fn routes(config: &mut ServiceConfig) {
            $(
                let resources: Vec<Resource> = vec![$({
                    let allowed = concat!("" $(, allowed!($method), " ")+).trim_end();
                    Resource::new($path)
                        $(.route(guarded!($access, web::route().guard(method!($method)).to($handler))))+
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

        /// Every row of the table; parts of an address in braces are whatever
        /// a visitor asks for.
        pub fn table() -> Vec<RouteRow> {
            vec![$($($(RouteRow {
                access: Access::$access,
                method: stringify!($method),
                address: concat!($scope, $path),
            }),+),*),*]
        }
    };
}

/// A route that only those reach whom it is for.
macro_rules! guarded {
    (Anyone, $route:expr) => {
        $route
    };
    ($access:ident, $route:expr) => {
        $route.wrap(from_fn(require::<{ Access::$access as usize }>))
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
        Anyone "/" => GET home::negotiate;
        Anyone "/healthz" => GET api::health;
        Anyone "/robots.txt" => GET about::robots;
        Anyone "/static/{name}" => GET assets::show;
        Anyone "/theme" => POST theme::update;
    }
    "/api/v1" {
        Anyone "/municipalities" => GET api::index;
        Anyone "/municipalities.csv" => GET api::csv;
        Anyone "/municipalities.xlsx" => GET api::xlsx;
        Anyone "/municipalities.geojson" => GET api::geojson;
        Anyone "/municipalities/{slug}" => GET api::show;
        Anyone "/municipalities/{slug}/partners" => GET api::partners;
        Anyone "/municipalities/{slug}/partners/{partner}" => GET api::pair;
        Anyone "/areas" => GET api::areas;
        Anyone "/exposure.csv" => GET method::exposure_csv;
        Anyone "/weights" => GET api::weights;
    }
    "/{lang:en|uk}" {
        Anyone "" => GET home::with_slash;
        Anyone "/" => GET home::show;
        Anyone "/municipalities" => GET municipalities::index;
        Anyone "/municipalities/{slug}" => GET municipality::show;
        Anyone "/municipalities/{slug}/passport" => GET passport::show;
        Anyone "/municipalities/{slug}/partners" => GET partners::index;
        Anyone "/municipalities/{slug}/partners/{partner}" => GET pair::show;
        Anyone "/municipalities/{slug}/partners/{partner}/letter" => GET outreach::show, POST outreach::take;
        Anyone "/municipalities/{slug}/claim" => GET claims::new, POST claims::create;
        Anyone "/compare" => GET compare::show;
        Anyone "/areas" => GET areas::index;
        Anyone "/areas/{slug}" => GET areas::show;
        Anyone "/method" => GET method::show;
        Anyone "/data" => GET about::data;
        Anyone "/accessibility" => GET about::accessibility;
        Anyone "/privacy" => GET about::privacy;
        Anyone "/sign-in" => GET sign_in::show, POST sign_in::create;
        Anyone "/sign-in/code" => GET sign_in::code, POST sign_in::prove;
        Anyone "/password" => GET links::ask, POST links::send;
        Anyone "/missing" => GET corrections::missing, POST corrections::ask;
        Anyone "/unsubscribe/{key}/{topic}" => GET subscriptions::ask, POST subscriptions::stop;
        Anyone "/link/{token}" => GET links::show, POST links::follow;
        Account "/sign-out" => POST sign_in::end;
        Account "/account" => GET account::show, POST account::update;
        Account "/account/sessions" => POST account::end_sessions;
        Account "/account/data" => GET privacy::data;
        Account "/account/erase" => GET privacy::ask, POST privacy::erase;
        Account "/account/password" => GET credentials::password, POST credentials::set_password;
        Account "/account/email" => GET credentials::email, POST credentials::set_email;
        Account "/account/second-factor" => GET second_factor::factor, POST second_factor::set_factor;
        Account "/account/second-factor/remove" => GET second_factor::removal, POST second_factor::remove_factor;
        SignedIn "/account/invitations" => POST account::answer_invitation;
        SignedIn "/account/letters" => GET subscriptions::show, POST subscriptions::update;
        SignedIn "/unsent" => GET unsent::show, POST unsent::keep;
        Anyone "/municipalities/{slug}/correction" => GET corrections::correction, POST corrections::correct;
        SignedIn "/municipalities/{slug}/hiding" => GET hiding::show, POST hiding::update;
        SignedIn "/municipalities/{slug}/history" => GET admin::log::history;
        SignedIn "/municipalities/{slug}/members" => GET members::show, POST members::update;
        SignedIn "/municipalities/{slug}/profile" => GET profile::show;
        SignedIn "/municipalities/{slug}/profile/publication" => POST profile::publish;
        SignedIn "/municipalities/{slug}/profile/start" => GET start::show, POST start::create;
        SignedIn "/municipalities/{slug}/profile/entries" => GET entries::index, POST entries::change;
        SignedIn "/municipalities/{slug}/profile/entries/new" => POST entries::create;
        SignedIn "/municipalities/{slug}/profile/entries/{number}" => GET entries::edit, POST entries::update;
        SignedIn "/municipalities/{slug}/profile/languages" => GET sections::languages, POST sections::set_languages;
        SignedIn "/municipalities/{slug}/profile/room" => GET sections::room, POST sections::set_room;
        SignedIn "/municipalities/{slug}/profile/in-return" => GET sections::in_return, POST sections::set_in_return;
        SignedIn "/municipalities/{slug}/profile/projects" => GET projects::show, POST projects::update;
        SignedIn "/municipalities/{slug}/profile/contacts" => GET contacts::show, POST contacts::update;
        SignedIn "/claims/{id}" => GET claims::show, POST claims::update;
        SignedIn "/claims/{id}/evidence" => GET evidence::show, POST evidence::update;
        SignedIn "/claims/{id}/files/{file}" => GET evidence::file;
        Officer "/admin/claims" => GET admin::claims::index;
        Officer "/admin/claims/{id}" => GET admin::claims::show, POST admin::claims::decide;
        Officer "/admin/requests" => GET admin::corrections::index;
        Officer "/admin/requests/{id}" => GET admin::corrections::show, POST admin::corrections::decide;
        Officer "/admin/municipalities/{slug}" => GET admin::municipalities::show, POST admin::municipalities::update;
        Officer "/admin/log" => GET admin::log::index, POST admin::log::undo;
        Officer "/admin/log.csv" => GET admin::log::csv;
        Admin "/admin/accounts" => GET admin::accounts::index, POST admin::accounts::create;
        Admin "/admin/accounts/{id}" => GET admin::accounts::show, POST admin::accounts::update;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::web::kit::addresses::{Addresses, stands_for};

    #[test]
    fn every_form_stands_on_a_page_that_can_be_read() {
        let addresses = Addresses(table());
        let readable = |path: &str| addresses.readable(path).to_owned();
        let profile = "/uk/municipalities/swidnik/profile";
        let entries = format!("{profile}/entries");
        assert_eq!(readable(&format!("{entries}/new")), entries);
        assert_eq!(readable(&format!("{entries}/3")), format!("{entries}/3"));
        assert_eq!(readable(&format!("{profile}/publication")), profile);
        assert_eq!(readable("/en/account/sessions"), "/en/account");
        assert_eq!(readable("/en/sign-out"), "/en");
        assert_eq!(readable("/en/nothing/here"), "/en");
        assert_eq!(readable("/theme"), "/theme");
        for row in table().iter().filter(|row| row.method == "POST") {
            let path = row.address.replace("{lang:en|uk}", "en");
            let page = readable(&path);
            let reads = |r: &RouteRow| r.method == "GET" && stands_for(r.address, &page);
            let outside = path == "/theme";
            assert!(outside || table().iter().any(reads), "{path} leads to {page}");
        }
    }
}
