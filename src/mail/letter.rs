//! Letters as they are written: a subject, a few sentences and perhaps one
//! link, as text and as HTML, in the reader's language. Nobody is greeted by
//! name: a stranger may have typed it, and Ukrainian would have to bend it.

use crate::auth::token::{self, Token};
use crate::domain::account::{AccountId, Person};
use crate::i18n::{Lang, T, Value};
use crate::storage::mails::Mail;

/// The topics of letters that nobody has to get: what is new for a profile,
/// and what waits for officers.
pub const REFUSABLE: [&str; 2] = ["digest", FOR_OFFICERS];
/// The topic of what waits for officers.
pub const FOR_OFFICERS: &str = "queue";

/// Where a letter leads.
#[derive(Clone, Debug)]
pub struct Door {
    /// The whole address.
    pub url: String,
    /// Whether only the reader may have it: then it is forgotten once it was
    /// sent, and told to nobody else.
    pub secret: bool,
}

/// Whom a letter is for.
#[derive(Clone, Copy, Debug)]
pub struct Reader<'a> {
    /// The account.
    pub account: AccountId,
    /// The person behind it.
    pub person: &'a Person,
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// Writes the letter of a topic: the messages `mail-TOPIC-subject` and
/// `mail-TOPIC`, whose paragraphs are divided by ` | `.
///
/// # Errors
/// When the system has no randomness to give for the `Message-ID`.
pub fn write(
    reader: Reader<'_>,
    topic: &str,
    args: &[(&str, Value<'_>)],
    door: Option<&Door>,
    host: &str,
) -> Result<Mail, getrandom::Error> {
    write_with((Some(reader.account), reader.person), topic, args, door, host, "")
}

/// The same for somebody without an account, who has left an address.
///
/// # Errors
/// As for [`write`].
pub fn write_to_stranger(
    person: &Person,
    topic: &str,
    args: &[(&str, Value<'_>)],
    host: &str,
) -> Result<Mail, getrandom::Error> {
    write_with((None, person), topic, args, None, host, "")
}

/// The same for a letter that its reader can do without: `stop` is the address
/// where no more of the kind are asked for.
///
/// # Errors
/// As for [`write`].
pub fn write_refusable(
    reader: Reader<'_>,
    topic: &str,
    args: &[(&str, Value<'_>)],
    door: Option<&Door>,
    host: &str,
    stop: &str,
) -> Result<Mail, getrandom::Error> {
    write_with((Some(reader.account), reader.person), topic, args, door, host, stop)
}

fn link(url: &str) -> String {
    let url = escaped(url);
    format!("<p><a href=\"{url}\">{url}</a></p>")
}

fn write_with(
    (account, person): (Option<AccountId>, &Person),
    topic: &str,
    args: &[(&str, Value<'_>)],
    door: Option<&Door>,
    host: &str,
    stop: &str,
) -> Result<Mail, getrandom::Error> {
    let lang = Lang::parse_page(&person.language).unwrap_or(Lang::En);
    let t = T::pages(lang);
    let body = t.with(&format!("mail-{topic}"), args);
    let mut text = vec![t.get("mail-greeting")];
    text.extend(body.split(" | ").map(|p| p.trim().to_owned()));
    let mut html: Vec<String> = text.iter().map(|p| format!("<p>{}</p>", escaped(p))).collect();
    if let Some(door) = door {
        text.push(door.url.clone());
        html.push(link(&door.url));
    }
    let close = t.get("mail-close");
    html.push(format!("<p>{}</p>", escaped(&close)));
    text.push(close);
    if !stop.is_empty() {
        let said = t.get("mail-stop");
        html.push(format!("<p>{}</p>{}", escaped(&said), link(stop)));
        text.push(format!("{said} {stop}"));
    }
    let random = Token::new()?;
    Ok(Mail {
        account,
        topic: topic.to_owned(),
        address: person.email.clone(),
        language: lang.code().to_owned(),
        subject: t.with(&format!("mail-{topic}-subject"), args),
        body: text.join("\n\n"),
        html: format!(
            "<!doctype html><html lang=\"{}\"><body>{}</body></html>",
            lang.code(),
            html.concat()
        ),
        message_id: format!("{}@{host}", &token::hash("message", random.as_str())[..32]),
        unsubscribe: stop.to_owned(),
        secret: door.is_some_and(|door| door.secret),
        about: None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_letter_is_text_and_html_and_never_markup_of_anybody() {
        let person = Person {
            name: "Олена <b>Коваль</b>".to_owned(),
            email: "olena@rada.gov.ua".to_owned(),
            language: "uk".to_owned(),
        };
        let door = Door { url: "https://mosty.example/uk/link/a&b".to_owned(), secret: true };
        let reader = Reader { account: AccountId(1), person: &person };
        let args = [("municipality", Value::from("Рада <i>"))];
        let mail =
            write(reader, "claim-confirm", &args, Some(&door), "mosty.example").expect("a letter");
        assert!(mail.body.contains("Рада <i>") && mail.body.contains(&door.url));
        assert!(mail.html.contains("Рада &lt;i&gt;") && mail.html.contains("link/a&amp;b"));
        assert!(!mail.body.contains("Олена"), "a name that anybody may have typed");
        assert!(mail.secret, "a link for the reader alone");
        assert!(mail.message_id.ends_with("@mosty.example") && !mail.subject.contains("mail-"));
    }
}
