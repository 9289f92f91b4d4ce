//! Light or dark, for those who want another than their system has.

use actix_web::cookie::{Cookie, SameSite, time::Duration};
use actix_web::http::header;
use actix_web::{HttpResponse, web};

use super::App;
use super::error::{AppError, Problem};
use super::page::THEME_COOKIE;

/// Longest form that is read here.
const MAX_FORM: usize = 16 * 1024;

/// Where to go after a form: only to a page of this site.
fn safe_back(back: &str) -> &str {
    let inside = back.starts_with('/')
        && !back.starts_with("//")
        && !back.contains(['\\', '\r', '\n', '\0']);
    if inside { back } else { "/" }
}

/// `POST /theme`
pub(super) async fn update(
    app: web::Data<App>,
    body: web::Bytes,
) -> Result<HttpResponse, AppError> {
    let bad = || AppError::BadQuery(Problem::new("error-bad-request"));
    if body.len() > MAX_FORM {
        return Err(bad());
    }
    let pairs: Vec<(String, String)> = serde_html_form::from_bytes(&body).map_err(|_| bad())?;
    let value = |name: &str| {
        pairs.iter().find(|(n, _)| n == name).map_or("", |(_, v)| v.as_str()).to_owned()
    };
    let theme = value("theme");
    if theme != "light" && theme != "dark" {
        return Err(bad());
    }
    let cookie = Cookie::build(THEME_COOKIE, theme)
        .path("/")
        .http_only(true)
        .same_site(SameSite::Lax)
        .secure(app.is_https())
        .max_age(Duration::days(365))
        .finish();
    let back = value("back");
    Ok(HttpResponse::SeeOther()
        .cookie(cookie)
        .insert_header((header::LOCATION, safe_back(&back)))
        .finish())
}

#[cfg(test)]
mod tests {
    use super::safe_back;

    #[test]
    fn nobody_is_sent_to_another_site() {
        assert_eq!(safe_back("/uk/municipalities?q=a"), "/uk/municipalities?q=a");
        for evil in ["//evil.example", "https://evil.example", "/\\evil", "", "/a\r\nSet-Cookie: x"]
        {
            assert_eq!(safe_back(evil), "/", "{evil:?}");
        }
    }
}
