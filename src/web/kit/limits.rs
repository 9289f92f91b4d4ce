//! How often something may be tried, and by whom it is counted.

use std::net::IpAddr;

use actix_web::HttpRequest;
use chrono::Duration;

use super::app::App;
use super::error::AppError;
use super::pace::Costly;
use super::visitor::Visitor;
use crate::auth::token;
use crate::domain::time::Moment;
use crate::storage::{Conn, attempts};

/// Counts a try and refuses it when there were too many.
pub(crate) fn limit(
    conn: &mut Conn,
    what: &str,
    whose: &str,
    most: i32,
    window: Duration,
    now: Moment,
) -> Result<(), AppError> {
    // Who somebody is or where from is nobody's to read in the table.
    let key = token::hash(what, whose);
    attempts::count(conn, &key, most, window, now)?.map_err(AppError::TooMany)
}

/// The address a request came from, as text for [`limit`].
pub(crate) fn origin(request: &HttpRequest, app: &App) -> String {
    let peer = request.peer_addr().map(|a| a.ip());
    let forwarded = || {
        let header = request.headers().get("x-forwarded-for")?.to_str().ok()?;
        // The last entry is the one that the proxy wrote itself.
        header.rsplit(',').next()?.trim().parse::<IpAddr>().ok()
    };
    let ip = match peer {
        Some(peer) if app.trusted_proxy == Some(peer) => forwarded().or(Some(peer)),
        peer => peer,
    };
    match ip {
        // One household has a whole network of the new kind of address.
        Some(IpAddr::V6(ip)) => format!("{:?}", &ip.segments()[..4]),
        Some(ip) => ip.to_string(),
        None => String::new(),
    }
}

/// Counts something costly for whoever asks: for the account of somebody
/// signed in, else for the address.
///
/// # Errors
/// [`AppError::TooMany`] past the limit.
pub(crate) fn limit_costly(
    request: &HttpRequest,
    app: &App,
    costly: Costly,
) -> Result<(), AppError> {
    let whose = match Visitor::of(request).account() {
        Some(account) => format!("account {}", account.id.0),
        None => origin(request, app),
    };
    app.pace.count(costly, &whose, app.live.clock().now()).map_err(AppError::TooMany)
}
