//! Letters as they are written: a subject, a few sentences and perhaps one
//! link, as text and as HTML, in the reader's language.

use crate::auth::token::{self, Token};
use crate::domain::account::{AccountId, Person};
use crate::i18n::{Lang, T, Value};
use crate::storage::mails::Mail;

/// Where a letter leads.
#[derive(Clone, Debug)]
pub struct Door {
    /// The whole address.
    pub url: String,
    /// Whether only the reader may have it, so that it is written nowhere
    /// else.
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
    let lang = Lang::parse_page(&reader.person.language).unwrap_or(Lang::En);
    let t = T::pages(lang);
    let body = t.with(&format!("mail-{topic}"), args);
    let mut text = vec![t.one("mail-greeting", "name", &reader.person.name)];
    text.extend(body.split(" | ").map(str::to_owned));
    let close = t.get("mail-close");
    let mut html: Vec<String> = text.iter().map(|p| format!("<p>{}</p>", escaped(p))).collect();
    if let Some(door) = door {
        text.push(door.url.clone());
        let url = escaped(&door.url);
        html.push(format!("<p><a href=\"{url}\">{url}</a></p>"));
    }
    html.push(format!("<p>{}</p>", escaped(&close)));
    text.push(close);
    let random = Token::new()?;
    Ok(Mail {
        account: Some(reader.account),
        topic: topic.to_owned(),
        address: reader.person.email.clone(),
        language: lang.code().to_owned(),
        subject: t.with(&format!("mail-{topic}-subject"), args),
        body: text.join("\n\n"),
        html: format!(
            "<!doctype html><html lang=\"{}\"><body>{}</body></html>",
            lang.code(),
            html.concat()
        ),
        message_id: format!("<{}@{host}>", &token::hash("message", random.as_str())[..32]),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_letter_is_text_and_html_and_never_markup_of_its_reader() {
        let person = Person {
            name: "Олена <b>Коваль</b>".to_owned(),
            email: "olena@rada.gov.ua".to_owned(),
            language: "uk".to_owned(),
        };
        let door = Door { url: "https://mosty.example/uk/link/a&b".to_owned(), secret: true };
        let reader = Reader { account: AccountId(1), person: &person };
        let mail = write(reader, "password", &[], Some(&door), "mosty.example").expect("a letter");
        assert!(mail.body.contains("Олена <b>") && mail.body.contains(&door.url));
        assert!(mail.html.contains("&lt;b&gt;") && mail.html.contains("link/a&amp;b"));
        assert!(mail.message_id.ends_with("@mosty.example>") && !mail.subject.contains("mail-"));
    }
}
