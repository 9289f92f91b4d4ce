//! What every answer carries and every request has to keep.

use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::Method;
use actix_web::http::header::{self, HeaderName, HeaderValue};
use actix_web::middleware::Next;
use actix_web::web;

use super::app::App;
use super::error::AppError;

/// Longest address, with its query, that is read.
pub(crate) const MAX_ADDRESS: usize = 8 * 1024;

/// What a page may load and do: only what comes from here.
macro_rules! policy {
    ($more:literal) => {
        concat!(
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; ",
            "font-src 'self'; connect-src 'self'; form-action 'self'; frame-ancestors 'none'; ",
            "base-uri 'none'; object-src 'none'; manifest-src 'self'",
            $more
        )
    };
}
const POLICY: &str = policy!("");
const POLICY_HTTPS: &str = policy!("; upgrade-insecure-requests");

/// For how long browsers come by https only: two years.
const TRANSPORT: &str = "max-age=63072000; includeSubDomains; preload";

const HEADERS: [(&str, &str); 6] = [
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "strict-origin-when-cross-origin"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    ("x-frame-options", "DENY"),
    (
        "permissions-policy",
        "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), \
         magnetometer=(), microphone=(), midi=(), payment=(), usb=(), browsing-topics=()",
    ),
];

/// The headers of every answer, errors included; more of them where people
/// come by https.
pub(crate) fn every_answer(https: bool) -> impl Iterator<Item = (&'static str, &'static str)> {
    let policy = if https { POLICY_HTTPS } else { POLICY };
    let secure = https.then_some(("strict-transport-security", TRANSPORT));
    HEADERS.into_iter().chain([("content-security-policy", policy)]).chain(secure)
}

/// Puts the security headers on every answer.
pub(crate) async fn headers(
    request: ServiceRequest,
    next: Next<impl MessageBody>,
) -> Result<ServiceResponse<impl MessageBody>, actix_web::Error> {
    let https = request.app_data::<web::Data<App>>().is_some_and(|app| app.is_https());
    let is_api = request.path().starts_with("/api/");
    let mut response = next.call(request).await?;
    let headers = response.headers_mut();
    for (name, value) in every_answer(https) {
        let name = HeaderName::from_static(name);
        // A page may ask for less than everything else does, never for more.
        let own = [header::REFERRER_POLICY, header::CONTENT_SECURITY_POLICY].contains(&name);
        if !(own && headers.contains_key(&name)) {
            headers.insert(name, HeaderValue::from_static(value));
        }
    }
    if is_api {
        // Public data, for programs on any site to read.
        headers.insert(
            HeaderName::from_static("cross-origin-resource-policy"),
            HeaderValue::from_static("cross-origin"),
        );
        headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    }
    Ok(response)
}

/// Refuses addresses that are too long, and changes that another site asks a
/// visitor's browser for: `Sec-Fetch-Site` says so, or else `Origin`.
pub(crate) async fn same_origin(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<impl MessageBody>, actix_web::Error> {
    let length = request.uri().path_and_query().map_or(0, |p| p.as_str().len());
    if length > MAX_ADDRESS {
        return Ok(request.error_response(AppError::TooLong).map_into_right_body());
    }
    let safe = matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    if !safe && !is_same_origin(&request) {
        return Ok(request.error_response(AppError::CrossSite).map_into_right_body());
    }
    Ok(next.call(request).await?.map_into_left_body())
}

fn is_same_origin(request: &ServiceRequest) -> bool {
    let text = |name: &str| request.headers().get(name).and_then(|v| v.to_str().ok());
    if let Some(site) = text("sec-fetch-site") {
        return matches!(site, "same-origin" | "none");
    }
    let Some(origin) = text("origin") else { return true };
    let app = request.app_data::<web::Data<App>>();
    let own = match app.and_then(|app| app.base_url.clone()) {
        Some(base) => base,
        None => format!("http://{}", text("host").unwrap_or("")),
    };
    origin == own.trim_end_matches('/')
}
