//! Work on the database for a request, beside the threads that answer
//! requests.

use actix_web::web;

use super::app::App;
use super::error::AppError;
use super::visitor::Visitor;
use crate::domain::account::Account;
use crate::domain::time::Moment;
use crate::storage::{Conn, DbConn, accounts};

/// Runs some work on the database beside the threads that answer requests.
pub(crate) async fn on_database<T: Send + 'static>(
    app: &web::Data<App>,
    work: impl FnOnce(&mut Conn, Moment) -> Result<T, AppError> + Send + 'static,
) -> Result<T, AppError> {
    let app = app.clone();
    let done = web::block(move || {
        let mut conn = app.live.db().conn()?;
        work(&mut conn, app.live.clock().now())
    });
    done.await.map_err(|e| AppError::Other(e.into()))?
}

/// Runs one transaction on the database, beside the threads that answer
/// requests.
pub(crate) async fn on_change<T: Send + 'static>(
    app: &web::Data<App>,
    work: impl FnOnce(&mut DbConn, Moment) -> Result<T, AppError> + Send + 'static,
) -> Result<T, AppError> {
    let now = app.live.clock().now();
    app.live.db().change_beside(move |conn| work(conn, now)).await
}

/// The same in the name of whoever is signed in: what they were let in with
/// when their request began is looked at again inside the transaction, and
/// holds until it ends.
pub(crate) async fn on_change_by<T: Send + 'static>(
    app: &web::Data<App>,
    visitor: &Visitor,
    work: impl FnOnce(&mut DbConn, &Account, Moment) -> Result<T, AppError> + Send + 'static,
) -> Result<T, AppError> {
    let seen = visitor.signed_in()?;
    let (session, id) = (seen.session.id, seen.account.id);
    on_change(app, move |conn, now| {
        let me = accounts::acting(conn, session, id)?;
        work(conn, &me, now)
    })
    .await
}

/// Shows at once what was changed, in this process; the others do within a
/// second. The change stands also when that fails.
pub(crate) async fn renew(app: &web::Data<App>) {
    let state = app.clone();
    let renewed = web::block(move || state.live.renew()).await;
    if let Err(error) = renewed.map_err(anyhow::Error::from).and_then(|done| done) {
        log::error!("a change is not shown yet: {error:#}");
    }
}
