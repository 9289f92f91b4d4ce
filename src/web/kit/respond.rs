//! Answers that handlers give.

use actix_web::HttpResponse;
use actix_web::http::{StatusCode, header};
use askama::Template;

use super::error::{self, AppError};

/// On to another page, after something was done.
pub(crate) fn see_other(location: &str) -> HttpResponse {
    HttpResponse::SeeOther().insert_header((header::LOCATION, location)).finish()
}

/// A page as an answer.
pub(crate) fn html(template: &impl Template) -> Result<HttpResponse, AppError> {
    rendered(template, StatusCode::OK)
}

/// A page as an answer with a status.
pub(crate) fn rendered(
    template: &impl Template,
    status: StatusCode,
) -> Result<HttpResponse, AppError> {
    let body = template.render()?;
    let mut answer = HttpResponse::build(status)
        .content_type("text/html; charset=utf-8")
        .insert_header(("cache-control", "no-cache"))
        .insert_header(("vary", "Cookie, Accept-Language"))
        .body(body);
    answer.extensions_mut().insert(error::Whole);
    Ok(answer)
}

/// Where to go after a form: only to a page of this site.
pub(crate) fn safe_back(back: &str) -> &str {
    let inside = back.starts_with('/')
        && !back.starts_with("//")
        && !back.contains('\\')
        && !back.chars().any(char::is_control);
    if inside { back } else { "/" }
}

#[cfg(test)]
mod tests {
    use super::safe_back;

    #[test]
    fn nobody_is_sent_to_another_site() {
        assert_eq!(safe_back("/uk/municipalities?q=a"), "/uk/municipalities?q=a");
        for evil in [
            "//evil.example",
            "https://evil.example",
            "/\\evil",
            "",
            "/a\r\nSet-Cookie: x",
            "/\t/evil.example",
            "/\u{1}",
            "/\u{7f}",
            "/\u{85}",
        ] {
            assert_eq!(safe_back(evil), "/", "{evil:?}");
        }
    }
}
