//! What every handler can reach.

use std::net::{IpAddr, SocketAddr};
use std::sync::{Arc, OnceLock};

use tokio::sync::Semaphore;

use super::files::Files;
use super::pace::Pace;
use crate::mail::Site;
use crate::snapshot::{Live, Snapshot};

/// What every handler can reach.
pub struct App {
    pub(crate) live: Arc<Live>,
    /// Whether everything stated is invented.
    pub(crate) demo: bool,
    /// The address people use, without a slash at its end.
    pub(crate) base_url: Option<String>,
    /// Where people can write.
    pub(crate) contact_email: Option<String>,
    /// Files of the directory that are made and sent.
    pub(crate) files: Files,
    /// The turn to look through a file that somebody gives.
    pub(crate) looking: Semaphore,
    /// Turns to hash a password, which takes memory and time on purpose.
    pub(crate) hashing: Semaphore,
    /// Who asked how much lately.
    pub(crate) pace: Pace,
    /// The proxy whose word on where a request came from is taken.
    pub(crate) trusted_proxy: Option<IpAddr>,
    /// Whether anybody sends the letters that are written.
    pub(crate) sends_letters: bool,
    /// Where the server listens, once it does.
    pub(crate) listening: OnceLock<SocketAddr>,
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
    pub(crate) fn site(&self) -> Site {
        let listening = || match self.listening.get() {
            Some(address) => format!("http://localhost:{}", address.port()),
            None => "http://localhost".to_owned(),
        };
        Site { address: self.base_url.clone().unwrap_or_else(listening) }
    }

    pub(crate) fn now(&self) -> Arc<Snapshot> {
        self.live.now()
    }

    pub(crate) fn is_https(&self) -> bool {
        self.base_url.as_deref().is_some_and(|url| url.starts_with("https://"))
    }
}
