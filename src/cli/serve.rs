//! `mosty serve`.

use std::net::TcpListener;
use std::sync::Arc;

use anyhow::{Context, anyhow, bail};

use super::open::{self, SystemClock};
use crate::config::{Config, Serve};
use crate::mail::{self, Mailer};
use crate::snapshot::Live;
use crate::web::{self, App};

/// Takes the port, before anything that takes time is begun.
pub(super) fn listen(options: &Serve) -> anyhow::Result<TcpListener> {
    TcpListener::bind(&options.bind).map_err(|error| {
        let why = match error.kind() {
            std::io::ErrorKind::AddrInUse => {
                "another program uses it; stop that one, or choose another port with --bind"
            }
            std::io::ErrorKind::PermissionDenied => {
                "it is not allowed; choose a port above 1023 with --bind"
            }
            std::io::ErrorKind::AddrNotAvailable => {
                "this machine has no such address; use 127.0.0.1, or 0.0.0.0 for all it has"
            }
            _ => "write it as ADDRESS:PORT, such as 127.0.0.1:8080",
        };
        anyhow!("cannot listen on {}: {why}", options.bind)
    })
}

/// The server that sends letters, if the settings name one; nothing is sent
/// yet.
pub(super) fn mailer(options: &Serve) -> anyhow::Result<Option<Mailer>> {
    match (&options.smtp_url, &options.mail_from) {
        (Some(url), Some(from)) => Ok(Some(Mailer::new(url, from)?)),
        (Some(_), None) => bail!("letters need an address to come from; say it with --mail-from"),
        (None, _) => Ok(None),
    }
}

/// Serves the pages, and sends the letters that wait where there is a server
/// for them.
pub(super) fn run(
    live: Live,
    options: &Serve,
    demo: bool,
    mailer: Option<Mailer>,
    listener: TcpListener,
) -> anyhow::Result<()> {
    let sends_letters = mailer.is_some();
    if let Some(mailer) = mailer {
        mail::start(live.db().clone(), Arc::new(SystemClock), mailer)?;
    }
    let address = listener.local_addr().context("the address is not known")?;
    let snapshot = live.now();
    println!(
        "{} hromadas and {} municipalities elsewhere in Europe at http://{}",
        snapshot.corpus.field().hromadas.len(),
        snapshot.corpus.field().places.len(),
        if address.ip().is_loopback() {
            format!("localhost:{}", address.port())
        } else {
            address.to_string()
        }
    );
    drop(snapshot);
    let app =
        App::new(Arc::new(live), demo, options.base_url.clone(), options.contact_email.clone())
            .behind(options.trusted_proxy)
            .sending_letters(sends_letters);
    web::serve(app, listener, options.workers).context("the server stopped")
}

/// Serves the database of the settings.
pub(super) fn serve(config: &Config, options: &Serve) -> anyhow::Result<()> {
    let listener = listen(options)?;
    let mailer = mailer(options)?;
    run(open::live(config)?, options, false, mailer, listener)
}
