//! Light or dark, for those who want another than their system has.

use actix_web::cookie::{Cookie, SameSite, time::Duration};
use actix_web::http::header;
use actix_web::{HttpResponse, web};

use crate::web::kit::app::App;
use crate::web::kit::error::AppError;
use crate::web::kit::form::OpenForm;
use crate::web::kit::page::THEME_COOKIE;
use crate::web::kit::respond::safe_back;

/// `POST /theme`
pub(crate) async fn update(app: web::Data<App>, form: OpenForm) -> Result<HttpResponse, AppError> {
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
