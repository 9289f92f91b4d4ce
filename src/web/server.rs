//! The application and its server: what every request passes, in order, and
//! what runs beside requests.

use std::net::TcpListener;
use std::sync::Arc;
use std::time::Duration;

use actix_http::error::DispatchError;
use actix_http::{HttpService, Protocol};
use actix_service::{IntoServiceFactory, ServiceFactoryExt, map_config};
use actix_web::body::MessageBody;
use actix_web::dev::{
    AppConfig, Server, ServiceFactory, ServiceRequest, ServiceResponse, fn_service,
};
use actix_web::middleware::{Compress, from_fn};
use actix_web::rt::net::TcpStream;
use actix_web::{App as ActixApp, web};

use super::directory::home;
use super::kit::addresses::Addresses;
use super::kit::app::App;
use super::kit::wire::{Refusals, Wire};
use super::kit::{error_pages, form, security, visitor};
use super::routes;

/// The application, as the server and the tests run it.
pub fn app(
    state: web::Data<App>,
) -> ActixApp<
    impl ServiceFactory<
        ServiceRequest,
        Config = (),
        Response = ServiceResponse<impl MessageBody>,
        Error = actix_web::Error,
        InitError = (),
    >,
> {
    ActixApp::new()
        .app_data(state)
        .app_data(Addresses(routes::table()))
        .app_data(form::limit())
        .wrap(from_fn(security::same_origin))
        .wrap(from_fn(error_pages::error_pages))
        .wrap(from_fn(visitor::identify))
        .wrap(Compress::default())
        .wrap(from_fn(security::headers))
        .configure(routes::routes)
        .default_service(web::to(home::elsewhere))
}

/// How often the database is asked whether something changed. With the time
/// to read it, an edit shows everywhere within a second.
const RENEW_EVERY: Duration = Duration::from_millis(250);
/// How long it rests after something did: while many edit, half as much is
/// spent on showing it.
const REST_AFTER: Duration = Duration::from_millis(500);

/// How long assigning lists rests, so that it is done four times a second at
/// most while many edit.
const REST_AFTER_ASSIGNING: Duration = Duration::from_millis(250);

/// Serves until the process is told to stop.
///
/// # Errors
/// When the server cannot run.
pub fn serve(app_state: App, listener: TcpListener, workers: Option<usize>) -> std::io::Result<()> {
    let state = web::Data::new(app_state);
    let app_state = state.clone();
    std::thread::Builder::new().name("renew".to_owned()).spawn(move || {
        let live = &app_state.live;
        let (mut failing, mut rest) = (false, RENEW_EVERY);
        loop {
            std::thread::sleep(rest);
            let renewed = live.renew();
            if let Err(error) = app_state.pace.add_up(live.db(), live.clock().now()) {
                log::error!("counts of searches and files are not told to others: {error}");
            }
            rest = if matches!(renewed, Ok(true)) { REST_AFTER } else { RENEW_EVERY };
            match renewed {
                Ok(_) => failing = false,
                Err(error) if !failing => {
                    failing = true;
                    log::error!("the directory cannot be renewed: {error:#}");
                }
                Err(_) => {}
            }
        }
    })?;
    let address = listener.local_addr()?;
    state.listening.get_or_init(|| address);
    state.live.assign_lists();
    let assigning = state.clone();
    std::thread::Builder::new().name("assign".to_owned()).spawn(move || {
        loop {
            assigning.live.wait_for_unassigned();
            assigning.live.assign_lists();
            std::thread::sleep(REST_AFTER_ASSIGNING);
        }
    })?;
    crate::jobs::start(Arc::clone(&state.live), state.site()).map_err(std::io::Error::other)?;
    let refusals = Arc::new(Refusals::new(state.is_https()));
    actix_web::rt::System::new().block_on(async move {
        let mut server = Server::build().shutdown_timeout(10);
        if let Some(workers) = workers {
            server = server.workers(workers.max(1));
        }
        let stopping = server.graceful_shutdown_signal();
        let server = server.listen("mosty", listener, move || {
            let stopping = stopping.clone();
            let app = app(state.clone())
                .into_factory()
                .map_err(|error: actix_web::Error| error.error_response());
            let http = HttpService::build()
                .client_request_timeout(Duration::from_secs(5))
                .client_disconnect_timeout(Duration::from_secs(2))
                // Who has left waits for nothing any more.
                .h1_allow_half_closed(false)
                .local_addr(address)
                // Idle connections are closed at once when the server stops.
                .graceful_shutdown_signal(move || {
                    let stopping = stopping.clone();
                    async move { stopping.notified().await }
                })
                .finish(map_config(app, |_| AppConfig::default()));
            let refusals = Arc::clone(&refusals);
            fn_service(move |stream: TcpStream| {
                let (refusals, peer) = (Arc::clone(&refusals), stream.peer_addr().ok());
                async move {
                    // An answer in several pieces must not wait for the last
                    // one to be acknowledged: with Nagle's algorithm a
                    // compressed page took forty milliseconds.
                    stream.set_nodelay(true).map_err(DispatchError::Io)?;
                    Ok((Wire::new(stream, refusals), Protocol::Http1, peer))
                }
            })
            .and_then(http)
        })?;
        server.run().await
    })
}
