//! The page or the JSON that an error is told by.

use actix_web::HttpResponse;
use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::StatusCode;
use actix_web::http::header::{self, HeaderValue};
use actix_web::middleware::Next;
use askama::Template;

use super::error::{Problem, Stale, Whole, key_of};
use super::form::PROOF;
use super::page::Page;
use super::resend::stale_page;
use super::visitor::Visitor;

#[derive(Template)]
#[template(path = "kit/error.html")]
struct ErrorPage {
    page: Page,
    title: String,
    /// Where to go on from here: addresses and what they are called.
    ways: Vec<(String, String)>,
    sentence: String,
    reference: Option<String>,
}

/// A short name by which a visitor and the log speak of the same failure.
fn reference() -> String {
    use std::sync::atomic::{AtomicU32, Ordering};
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let count = COUNT.fetch_add(1, Ordering::Relaxed);
    format!("{:x}-{count:x}", std::process::id())
}

/// Gives every error a body: a page in the visitor's language, or JSON for
/// the API. The log has the cause, the visitor the reference.
pub(crate) async fn error_pages(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<impl MessageBody>, actix_web::Error> {
    let mut response = next.call(request).await?;
    let status = response.status();
    let whole = response.response().extensions().contains::<Whole>();
    if whole || !(status.is_client_error() || status.is_server_error()) {
        return Ok(response.map_into_left_body());
    }
    let problem = response.response().extensions().get::<Problem>().cloned();
    let problem = problem.unwrap_or_else(|| Problem::new(key_of(status)));
    let request = response.request().clone();
    let page = Page::of(&request);
    // Being asked too much is no fault to be looked for.
    let is_fault = status.is_server_error() && problem.key != "error-busy";
    let reference = is_fault.then(reference);
    if let Some(reference) = &reference {
        let cause = response.response().error().map_or_else(String::new, |e| e.to_string());
        // The address as the table has it: parts of it may be a secret.
        let address = request.match_pattern().unwrap_or_default();
        log::error!("{} {address}: {cause} [{reference}]", request.method());
    }
    // Nothing that was written is lost: it is shown, to be sent once more.
    let stale = response.response_mut().extensions_mut().remove::<Stale>();
    if let Some(Stale(body)) = stale.filter(|s| s.0.len() > PROOF.len()) {
        let visitor = Visitor::of(&request);
        if let Ok(answer) = stale_page(page.clone(), &visitor, request.path(), &body) {
            return Ok(ServiceResponse::new(request, answer).map_into_right_body());
        }
    }
    let args: Vec<(&str, crate::i18n::Value<'_>)> =
        problem.args.iter().map(|(n, v)| (*n, crate::i18n::Value::from(v.as_str()))).collect();
    let sentence = page.t.with(problem.key, &args);
    let mut answer = HttpResponse::build(status);
    answer.insert_header((header::CACHE_CONTROL, HeaderValue::from_static("no-store")));
    for name in [header::ALLOW, header::RETRY_AFTER] {
        if let Some(value) = response.headers().get(&name) {
            answer.insert_header((name, value.clone()));
        }
    }
    let answer = if request.path().starts_with("/api/") {
        answer.json(serde_json::json!({ "error": sentence, "reference": reference }))
    } else {
        let title = page.t.get(title_of(status));
        let ways = match problem.key {
            "error-link" => vec![(page.url("/password"), page.t.get("forgot-title"))],
            _ => Vec::new(),
        };
        let html = ErrorPage { page, ways, title, sentence: sentence.clone(), reference }.render();
        answer.content_type("text/html; charset=utf-8").body(html.unwrap_or(sentence))
    };
    Ok(ServiceResponse::new(request, answer).map_into_right_body())
}

fn title_of(status: StatusCode) -> &'static str {
    match status {
        StatusCode::NOT_FOUND => "error-title-not-found",
        status if status.is_server_error() => "error-title-internal",
        _ => "error-title-bad-request",
    }
}
