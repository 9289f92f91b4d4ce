//! Forms with a file: read whole, within limits of size and time, and only
//! from a form of this site.

use std::future::Future;
use std::pin::Pin;
use std::time::Duration;

use actix_multipart::{Multipart, MultipartError};
use actix_web::dev::Payload;
use actix_web::http::header;
use actix_web::{FromRequest, HttpRequest};
use futures_util::StreamExt;

use super::error::AppError;
use super::form::{Form, PROOF};
use super::visitor::Visitor;
use crate::domain::text;
use crate::media::MAX_FILE;

/// Longest time a form with a file may take to arrive: a slow line of an
/// office, not somebody who wants to keep the server busy.
const LONGEST: Duration = Duration::from_secs(60);
/// Most fields of such a form, and largest text in one of them.
const MOST_FIELDS: usize = 20;
const LARGEST_TEXT: usize = 4 * 1024;
/// Longest name of a file that is kept, in characters.
const LONGEST_NAME: usize = 100;

/// A file as it was sent: nothing it says of itself is believed.
pub(crate) struct GivenFile {
    /// Its name without folders, as a line of text.
    pub(crate) name: String,
    pub(crate) body: Vec<u8>,
    /// Whether it is larger than [`MAX_FILE`]: then nothing of it is kept.
    pub(crate) is_too_large: bool,
}

/// What a form with a file says.
pub(crate) struct Upload {
    pub(crate) form: Form,
    /// None where no file was chosen.
    pub(crate) file: Option<GivenFile>,
}

/// Whether a request brings a form with a file.
pub(crate) fn is_one(headers: &header::HeaderMap) -> bool {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|v| v.to_str().ok());
    kind.is_some_and(|kind| kind.to_ascii_lowercase().starts_with("multipart/form-data"))
}

/// A name as it is shown and given back: of a path only its end.
fn plain_name(sent: &str) -> String {
    let end = sent.rsplit(['/', '\\']).next().unwrap_or(sent);
    text::clean_line(end).chars().take(LONGEST_NAME).collect()
}

fn refused(error: MultipartError) -> AppError {
    log::debug!("a form with a file cannot be read: {error}");
    AppError::BadForm
}

async fn read(mut parts: Multipart) -> Result<Upload, AppError> {
    let mut fields: Vec<(String, String)> = Vec::new();
    let mut file = None;
    while let Some(part) = parts.next().await {
        let mut part = part.map_err(refused)?;
        let name = part.name().unwrap_or_default().to_owned();
        let called = part.content_disposition().and_then(|d| d.get_filename().map(str::to_owned));
        let most = if called.is_some() { MAX_FILE } else { LARGEST_TEXT };
        let mut body = Vec::new();
        while let Some(bytes) = part.next().await {
            let bytes = bytes.map_err(refused)?;
            if body.len() + bytes.len() > most {
                // The fields come before the file: what they say is known.
                let Some(called) = called else { return Err(AppError::TooLarge) };
                let name = plain_name(&called);
                let file = GivenFile { name, body: Vec::new(), is_too_large: true };
                return Ok(Upload { form: Form::of(fields), file: Some(file) });
            }
            body.extend_from_slice(&bytes);
        }
        match called {
            // A browser sends an empty file where none was chosen.
            Some(called) if !called.is_empty() || !body.is_empty() => {
                if file.is_some() {
                    return Err(AppError::BadForm);
                }
                let name = plain_name(&called);
                file = Some(GivenFile { name, body, is_too_large: false });
            }
            Some(_) => {}
            None if fields.len() < MOST_FIELDS => {
                fields.push((name, String::from_utf8(body).map_err(|_| AppError::BadForm)?));
            }
            None => return Err(AppError::BadForm),
        }
    }
    Ok(Upload { form: Form::of(fields), file })
}

impl FromRequest for Upload {
    type Error = AppError;
    type Future = Pin<Box<dyn Future<Output = Result<Upload, AppError>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        if !is_one(request.headers()) {
            // Without a file, or what was kept through signing in.
            let form = Form::from_request(request, payload);
            return Box::pin(async move { Ok(Upload { form: form.await?, file: None }) });
        }
        let parts = Multipart::from_request(request, payload);
        let visitor = Visitor::of(request);
        Box::pin(async move {
            let parts = parts.await.map_err(|_| AppError::BadForm)?;
            let read = actix_web::rt::time::timeout(LONGEST, read(parts));
            let upload = read.await.map_err(|_| AppError::TooSlow)??;
            if visitor.made_form(upload.form.get(PROOF)) {
                return Ok(upload);
            }
            Err(AppError::StaleForm(upload.form.encoded()))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::plain_name;

    #[test]
    fn a_name_is_the_end_of_a_path_on_one_line() {
        assert_eq!(plain_name("../../etc/passwd"), "passwd");
        assert_eq!(plain_name("C:\\Users\\Olena\\рішення.pdf"), "рішення.pdf");
        assert_eq!(plain_name("a\r\nSet-Cookie: x\".pdf"), "a Set-Cookie: x\".pdf");
        assert_eq!(plain_name(&"ї".repeat(300)).chars().count(), 100);
    }
}
