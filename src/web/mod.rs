//! The only place that knows actix-web. [`routes`] is the whole table of
//! addresses; every resource has a file, and a template of the same name.

mod about;
mod account;
mod accounts;
mod api;
mod areas;
mod assets;
mod claims;
mod compare;
mod curation;
mod error;
mod events;
mod evidence;
mod files;
mod form;
mod hiding;
mod home;
mod letters;
mod links;
mod map;
mod members;
mod method;
mod municipalities;
mod municipality;
mod pace;
mod page;
mod pair;
mod params;
mod partners;
mod passport;
mod personal;
mod profile;
mod queue;
mod requests;
mod routes;
mod security;
mod sign_in;
mod subscriptions;
mod theme;
mod unsent;
mod upload;
mod view;
mod visitor;
mod wire;

use std::net::{IpAddr, SocketAddr, TcpListener};
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use actix_http::error::DispatchError;
use actix_http::{HttpService, Protocol};
use actix_service::{IntoServiceFactory, ServiceFactoryExt, map_config};
use actix_web::body::MessageBody;
use actix_web::dev::{
    AppConfig, Server, ServiceFactory, ServiceRequest, ServiceResponse, fn_service,
};
use actix_web::http::{StatusCode, header};
use actix_web::middleware::{Compress, from_fn};
use actix_web::rt::net::TcpStream;
use actix_web::{App as ActixApp, HttpResponse, web};
use askama::Template;
use tokio::sync::Semaphore;

use crate::chores::Site;
use crate::domain::account::Account;
use crate::domain::time::Moment;
use crate::snapshot::{Live, Snapshot};
use crate::storage::{Conn, DbConn, accounts as stored_accounts};
use error::AppError;
use files::Files;
use pace::Pace;
use visitor::Visitor;
use wire::{Refusals, Wire};

pub use routes::{RouteRow, table};

/// What every handler can reach.
pub struct App {
    live: Arc<Live>,
    /// Whether everything stated is invented.
    demo: bool,
    /// The address people use, without a slash at its end.
    base_url: Option<String>,
    /// Where people can write.
    contact_email: Option<String>,
    /// Files of the directory that are made and sent.
    files: Files,
    /// The turn to look through a file that somebody gives.
    looking: Semaphore,
    /// Turns to hash a password, which takes memory and time on purpose.
    hashing: Semaphore,
    /// Who asked how much lately.
    pace: Pace,
    /// The proxy whose word on where a request came from is taken.
    trusted_proxy: Option<IpAddr>,
    /// Whether anybody sends the letters that are written.
    sends_letters: bool,
    /// Where the server listens, once it does.
    listening: OnceLock<SocketAddr>,
}

/// Passwords that are hashed at once.
const HASHINGS: usize = 2;

impl App {
    /// What handlers need, from the settings of the server.
    pub fn new(
        live: Arc<Live>,
        demo: bool,
        base_url: Option<String>,
        contact_email: Option<String>,
    ) -> App {
        let base_url = base_url.map(|url| url.trim_end_matches('/').to_owned());
        App {
            live,
            demo,
            base_url,
            contact_email,
            files: Files::default(),
            looking: Semaphore::new(1),
            hashing: Semaphore::new(HASHINGS),
            pace: Pace::default(),
            trusted_proxy: None,
            sends_letters: false,
            listening: OnceLock::new(),
        }
    }

    /// The same behind a proxy, whose word on where a request came from is
    /// taken.
    pub fn behind(self, trusted_proxy: Option<IpAddr>) -> App {
        App { trusted_proxy, ..self }
    }

    /// The same where the letters that are written are sent as well.
    pub fn sending_letters(self, sends_letters: bool) -> App {
        App { sends_letters, ..self }
    }

    /// Where letters lead: to what the operator has said, else to where the
    /// server listens. Never to what a request says of itself, for anybody can
    /// write that.
    fn site(&self) -> Site {
        let listening = || match self.listening.get() {
            Some(address) => format!("http://localhost:{}", address.port()),
            None => "http://localhost".to_owned(),
        };
        Site { address: self.base_url.clone().unwrap_or_else(listening) }
    }

    fn now(&self) -> Arc<Snapshot> {
        self.live.now()
    }

    fn is_https(&self) -> bool {
        self.base_url.as_deref().is_some_and(|url| url.starts_with("https://"))
    }
}

/// Runs some work on the database beside the threads that answer requests.
async fn on_database<T: Send + 'static>(
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
async fn on_change<T: Send + 'static>(
    app: &web::Data<App>,
    work: impl FnOnce(&mut DbConn, Moment) -> Result<T, AppError> + Send + 'static,
) -> Result<T, AppError> {
    let now = app.live.clock().now();
    app.live.db().change_beside(move |conn| work(conn, now)).await
}

/// The same in the name of whoever is signed in: what they were let in with
/// when their request began is looked at again inside the transaction, and
/// holds until it ends.
async fn on_change_by<T: Send + 'static>(
    app: &web::Data<App>,
    visitor: &Visitor,
    work: impl FnOnce(&mut DbConn, &Account, Moment) -> Result<T, AppError> + Send + 'static,
) -> Result<T, AppError> {
    let seen = visitor.signed_in()?;
    let (session, id) = (seen.session.id, seen.account.id);
    on_change(app, move |conn, now| {
        let me = stored_accounts::acting(conn, session, id)?;
        work(conn, &me, now)
    })
    .await
}

/// Shows at once what was changed, in this process; the others do within a
/// second. The change stands also when that fails.
async fn renew(app: &web::Data<App>) {
    let state = app.clone();
    let renewed = web::block(move || state.live.renew()).await;
    if let Err(error) = renewed.map_err(anyhow::Error::from).and_then(|done| done) {
        log::error!("a change is not shown yet: {error:#}");
    }
}

/// On to another page, after something was done.
fn see_other(location: &str) -> HttpResponse {
    HttpResponse::SeeOther().insert_header((header::LOCATION, location)).finish()
}

/// A page as an answer.
fn html(template: &impl Template) -> Result<HttpResponse, AppError> {
    rendered(template, StatusCode::OK)
}

/// A page as an answer with a status.
fn rendered(template: &impl Template, status: StatusCode) -> Result<HttpResponse, AppError> {
    let body = template.render()?;
    let mut answer = HttpResponse::build(status)
        .content_type("text/html; charset=utf-8")
        .insert_header(("cache-control", "no-cache"))
        .insert_header(("vary", "Cookie, Accept-Language"))
        .body(body);
    answer.extensions_mut().insert(error::Whole);
    Ok(answer)
}

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
        .app_data(form::limit())
        .wrap(from_fn(security::same_origin))
        .wrap(from_fn(error::error_pages))
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
    crate::chores::start(Arc::clone(&state.live), state.site()).map_err(std::io::Error::other)?;
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
