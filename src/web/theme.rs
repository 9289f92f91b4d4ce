//! Light or dark, for those who want another than their system has.

use actix_web::cookie::{Cookie, SameSite, time::Duration};
use actix_web::http::header;
use actix_web::{HttpResponse, web};

use super::App;
use super::error::AppError;
use super::form::OpenForm;
use super::page::THEME_COOKIE;

/// Where to go after a form: only to a page of this site.
pub(super) fn safe_back(back: &str) -> &str {
    let inside = back.starts_with('/')
        && !back.starts_with("//")
        && !back.contains('\\')
        && !back.chars().any(char::is_control);
    if inside { back } else { "/" }
}

/// `POST /theme`
pub(super) async fn update(app: web::Data<App>, form: OpenForm) -> Result<HttpResponse, AppError> {
    let form = form.0;
    let theme = form.get("theme").to_owned();
    if theme != "light" && theme != "dark" {
        return Err(AppError::BadForm);
    }
    let cookie = Cookie::build(THEME_COOKIE, theme)
        .path("/")
        .http_only(true)
        .same_site(SameSite::Lax)
        .secure(app.is_https())
        .max_age(Duration::days(365))
        .finish();
    Ok(HttpResponse::SeeOther()
        .cookie(cookie)
        .insert_header((header::LOCATION, safe_back(form.get("back"))))
        .finish())
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
