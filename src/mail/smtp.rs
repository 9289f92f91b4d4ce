//! A mail server, by SMTP.

use std::time::Duration;

use lettre::message::header::{Header, HeaderName, HeaderValue};
use lettre::message::{Mailbox, MultiPart};
use lettre::transport::smtp::SmtpTransportBuilder;
use lettre::{Address, Message, SmtpTransport, Transport};

use crate::storage::mails::Mail;

/// How long a server may take for one answer: some look through a letter
/// before they say that they have it.
const PATIENCE: Duration = Duration::from_secs(120);
/// Answers that are about whoever sends, not about a letter: the server wants
/// another password or another way to sign in (RFC 4954).
const ABOUT_THE_SENDER: [u16; 4] = [530, 534, 535, 538];

/// Sends letters to one server, from one address.
pub struct Mailer {
    server: SmtpTransportBuilder,
    from: Mailbox,
    patience: Duration,
}

/// The server or the sender's address cannot be used as it is written.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct UnusableServer(String);

/// Why a letter was not sent.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// The letter itself is at fault, such as an address of no form.
    #[error("the letter cannot be sent to anybody: {0}")]
    Letter(String),
    /// The server refused it for good.
    #[error("the server refused it: {0}")]
    Refused(String),
    /// The server could not be reached, did not answer, or asked to try later.
    #[error("the server did not take it: {0}")]
    NotNow(String),
}

impl Failure {
    /// Whether another try would end the same way.
    pub fn is_final(&self) -> bool {
        matches!(self, Failure::Letter(_) | Failure::Refused(_))
    }
}

/// Says that no person wrote the letter, so that no holiday notice answers it
/// (RFC 3834).
#[derive(Clone)]
struct AutoSubmitted;

impl Header for AutoSubmitted {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str("Auto-Submitted")
    }

    fn parse(_: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        Ok(AutoSubmitted)
    }

    fn display(&self) -> HeaderValue {
        HeaderValue::new(Self::name(), "auto-generated".to_owned())
    }
}

/// Where a mail program stops more letters of the kind (RFC 2369).
#[derive(Clone)]
struct ListUnsubscribe(String);

impl Header for ListUnsubscribe {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str("List-Unsubscribe")
    }

    fn parse(text: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        Ok(ListUnsubscribe(text.trim_matches(['<', '>']).to_owned()))
    }

    fn display(&self) -> HeaderValue {
        HeaderValue::new(Self::name(), format!("<{}>", self.0))
    }
}

/// Says that one click does it (RFC 8058).
#[derive(Clone)]
struct OneClick;

impl Header for OneClick {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str("List-Unsubscribe-Post")
    }

    fn parse(_: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        Ok(OneClick)
    }

    fn display(&self) -> HeaderValue {
        HeaderValue::new(Self::name(), "List-Unsubscribe=One-Click".to_owned())
    }
}

impl Mailer {
    /// A server by its URL (`smtp://HOST:PORT`, `smtps://USER:PASSWORD@HOST`,
    /// or `smtp://USER:PASSWORD@HOST:587?tls=required`) and the address letters
    /// come from (`Mosty <mosty@example.org>`).
    ///
    /// # Errors
    /// One sentence about which of the two cannot be used; never the password.
    pub fn new(url: &str, from: &str) -> Result<Mailer, UnusableServer> {
        let server = SmtpTransport::from_url(url).map_err(|_| {
            UnusableServer(
                "the mail server cannot be used as it is written; write smtp://HOST:PORT or \
                     smtps://USER:PASSWORD@HOST"
                    .to_owned(),
            )
        })?;
        let from = from.parse().map_err(|_| {
            UnusableServer(format!(
                "letters cannot come from “{from}”; write an address such as \
                 Mosty <mosty@example.org>"
            ))
        })?;
        Ok(Mailer { server, from, patience: PATIENCE })
    }

    /// The same, with another patience: how long the server may take to answer.
    pub fn with_patience(self, patience: Duration) -> Mailer {
        Mailer { patience, ..self }
    }

    fn message(&self, mail: &Mail) -> Result<Message, Failure> {
        let fault = |what: String| Failure::Letter(what);
        let address: Address = mail.address.parse().map_err(|_| fault("the address".to_owned()))?;
        let mut builder = Message::builder()
            .from(self.from.clone())
            .to(Mailbox::new(None, address))
            .subject(&mail.subject)
            .message_id(Some(format!("<{}>", mail.message_id)))
            .date_now()
            .header(AutoSubmitted);
        if !mail.unsubscribe.is_empty() {
            builder = builder.header(ListUnsubscribe(mail.unsubscribe.clone())).header(OneClick);
        }
        builder
            .multipart(MultiPart::alternative_plain_html(mail.body.clone(), mail.html.clone()))
            .map_err(|e| fault(e.to_string()))
    }

    /// Sends a letter; returns when the server has taken it.
    ///
    /// # Errors
    /// [`Failure`] says whether it is worth another try.
    pub fn send(&self, mail: &Mail) -> Result<(), Failure> {
        let message = self.message(mail)?;
        let transport = self.server.clone().timeout(Some(self.patience)).build();
        let Err(error) = transport.send(&message) else { return Ok(()) };
        let why = cause(&error);
        let of_sender =
            error.status().is_some_and(|code| ABOUT_THE_SENDER.contains(&u16::from(code)));
        // A server that takes nobody in refuses no letter: it is asked whether
        // it would, for an answer does not say what it was an answer to.
        let is_open = || transport.test_connection().unwrap_or(false);
        if error.is_permanent() && !of_sender && is_open() {
            return Err(Failure::Refused(why));
        }
        Err(Failure::NotNow(why))
    }
}

/// What went wrong, for the log: of what a server says only the code, because
/// its words often repeat the address.
fn cause(error: &lettre::transport::smtp::Error) -> String {
    error.status().map_or_else(|| error.to_string(), |code| format!("it answered {code}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mail() -> Mail {
        Mail {
            account: None,
            topic: "test".into(),
            address: "olena@rada.gov.ua".into(),
            language: "uk".into(),
            subject: "Новий пароль".into(),
            body: "Вітаємо".into(),
            html: "<p>Вітаємо</p>".into(),
            message_id: "1.test@mosty".into(),
            unsubscribe: String::new(),
            secret: false,
            about: None,
        }
    }

    #[test]
    fn no_line_of_a_letter_adds_a_header_or_a_recipient() {
        let mailer =
            Mailer::new("smtp://127.0.0.1:1", "Mosty <mosty@example.org>").expect("usable");
        let plain = mailer.message(&mail()).expect("a message");
        let text = String::from_utf8(plain.formatted()).expect("ASCII");
        assert!(text.contains("Message-ID: <1.test@mosty>"), "{text}");
        assert!(text.contains("Auto-Submitted: auto-generated"), "{text}");
        for evil in ["x\r\nBcc: spy@evil.example", "x\nBcc: spy@evil.example"] {
            let subject = Mail { subject: evil.into(), ..mail() };
            if let Ok(message) = mailer.message(&subject) {
                let text = String::from_utf8(message.formatted()).expect("ASCII");
                assert!(!text.contains("\nBcc:"), "{text}");
                assert_eq!(message.envelope().to().len(), 1);
            }
            let address = Mail { address: format!("olena@rada.gov.ua{evil}"), ..mail() };
            assert!(mailer.message(&address).is_err(), "{evil:?} in an address");
        }
    }

    #[test]
    fn what_cannot_be_used_is_said_without_the_password() {
        for (url, from) in [
            ("http://u:secret@host", "a@example.org"),
            ("nonsense", "a@example.org"),
            ("smtp://127.0.0.1:25", "nobody"),
        ] {
            let error = Mailer::new(url, from).err().expect("an error").to_string();
            assert!(!error.contains("secret") && error.contains("write"), "{error}");
        }
    }
}
