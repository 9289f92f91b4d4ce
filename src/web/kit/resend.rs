//! What was written in a form and could not be taken: it is shown, to be sent
//! once more.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use askama::Template;

use super::error::AppError;
use super::form::{Form, FormView};
use super::page::Page;
use super::respond::rendered;
use super::visitor::Visitor;

/// Longest address of a form.
const LONGEST: usize = 300;

/// The address of a form without its language: the same text is there in
/// either.
pub(crate) fn form_key(address: &str) -> Option<String> {
    let path = address.strip_prefix("/en/").or_else(|| address.strip_prefix("/uk/"))?;
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_/.".contains(c);
    (path.len() <= LONGEST && path.chars().all(plain)).then(|| format!("/{path}"))
}

/// Whether a field holds what is kept nowhere.
pub(crate) fn is_secret(name: &str) -> bool {
    name.contains("password") || name == "code" || name == "secret"
}

/// A field of a text that waits to be sent, as it is shown.
struct KeptField {
    label: String,
    value: String,
}

#[derive(Template)]
#[template(path = "kit/kept.html")]
struct Kept {
    page: Page,
    title: String,
    text: String,
    form: FormView,
    fields: Vec<KeptField>,
    /// The fields again, to be sent.
    again: Vec<(String, String)>,
}

/// Shows what somebody wrote in a form whose time was over, to be sent now:
/// with the proof of a form, and whether there is an account to keep it for.
pub(crate) fn kept_page(
    page: Page,
    to: &str,
    form: &Form,
    (proof, keeps): (String, bool),
    status: StatusCode,
) -> Result<HttpResponse, AppError> {
    what_was_written(page, "kept", to, form, (proof, keeps), status)
}

/// Shows what somebody wrote, to be sent once more: `why` it was not taken
/// names the title, the text and the button.
fn what_was_written(
    page: Page,
    why: &str,
    to: &str,
    form: &Form,
    (proof, keeps): (String, bool),
    status: StatusCode,
) -> Result<HttpResponse, AppError> {
    let t = page.t;
    // Several alike fields differ by a number at the end of their names.
    let label = |name: &str| {
        let plain = name.trim_end_matches(|c: char| c.is_ascii_digit());
        let key = |name: &str| Some(format!("field-{name}")).filter(|key| t.has(key));
        key(name).or_else(|| key(plain.trim_end_matches('-'))).map(|key| t.get(&key))
    };
    let again: Vec<(String, String)> =
        form.fields().filter(|(name, _)| !is_secret(name)).cloned().collect();
    let fields: Vec<KeptField> = again
        .iter()
        .filter(|(_, value)| !value.is_empty())
        .filter_map(|(name, value)| Some(KeptField { label: label(name)?, value: value.clone() }))
        .collect();
    let view = FormView {
        action: to.to_owned(),
        proof,
        hidden: Vec::new(),
        fields: Vec::new(),
        button: t.get(&format!("{why}-button")),
        keeps: keeps && !fields.is_empty(),
        about: String::new(),
    };
    let (title, text) = (t.get(&format!("{why}-title")), t.get(&format!("{why}-text")));
    rendered(&Kept { title, text, form: view, fields, again, page }, status)
}

/// The same for a form that somebody else was quicker than; `form` says which
/// state it is to be sent on.
pub(crate) fn overtaken(
    page: Page,
    visitor: &Visitor,
    to: &str,
    form: &Form,
) -> Result<HttpResponse, AppError> {
    let proof = (visitor.form_value(), true);
    what_was_written(page, "overtaken", to, form, proof, StatusCode::CONFLICT)
}

/// The same for a form that was made for another session of this visitor.
pub(crate) fn stale_page(
    page: Page,
    visitor: &Visitor,
    path: &str,
    body: &str,
) -> Result<HttpResponse, AppError> {
    let form = Form::parse(body)?;
    let proof = (visitor.form_value(), visitor.seen().is_some());
    kept_page(page, path, &form, proof, StatusCode::FORBIDDEN)
}
