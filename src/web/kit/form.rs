//! Forms: what a browser sends, read whole, within limits of size and time and
//! only from a form of this site; and what a form shows, field by field, with
//! what was typed and what is wrong with it.

use std::future::Future;
use std::pin::Pin;
use std::time::Duration;

use actix_web::dev::{Payload, ServiceRequest};
use actix_web::{FromRequest, HttpRequest, web};

use super::error::AppError;
use super::visitor::Visitor;
use crate::i18n::T;

/// Largest form that is read, in bytes: enough for a long text in several
/// languages.
const LARGEST: usize = 64 * 1024;

/// Longest time a form may take to arrive. A browser sends it at once; only
/// somebody who wants to keep the server busy sends a byte a second.
const LONGEST: Duration = Duration::from_secs(20);

/// The field that proves that a page of this site made the form.
pub(crate) const PROOF: &str = "_form";

/// The fields of a form, in order; names may repeat.
#[derive(Clone, Default)]
pub(crate) struct Form {
    fields: Vec<(String, String)>,
}

impl Form {
    /// The first value of a field; empty where there is none.
    pub(crate) fn get(&self, name: &str) -> &str {
        self.fields.iter().find(|(n, _)| n == name).map_or("", |(_, v)| v.as_str())
    }

    /// Whether a field was sent, empty or not.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.fields.iter().any(|(n, _)| n == name)
    }

    /// The first value of a field without the space around it.
    pub(crate) fn line(&self, name: &str) -> String {
        crate::domain::text::clean_line(self.get(name))
    }

    /// The same with another value of a field.
    pub(crate) fn with(&self, name: &str, value: impl Into<String>) -> Form {
        let mut fields = self.fields.clone();
        fields.retain(|(n, _)| n != name);
        fields.push((name.to_owned(), value.into()));
        Form { fields }
    }

    /// All values of a field.
    pub(crate) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.fields.iter().filter(move |(n, _)| n == name).map(|(_, v)| v.as_str())
    }

    /// All fields but the proof.
    pub(crate) fn fields(&self) -> impl Iterator<Item = &(String, String)> {
        self.fields.iter().filter(|(name, _)| name != PROOF)
    }

    /// A form of some fields.
    pub(crate) fn of(fields: Vec<(String, String)>) -> Form {
        Form { fields }
    }

    /// All fields but the proof as a browser would send them.
    pub(crate) fn encoded(&self) -> String {
        serde_html_form::to_string(self.fields().collect::<Vec<_>>()).unwrap_or_default()
    }

    /// The fields of a form as it was sent.
    ///
    /// # Errors
    /// [`AppError::BadForm`] when it is none.
    pub(crate) fn parse(body: &str) -> Result<Form, AppError> {
        let fields = serde_html_form::from_str(body).map_err(|_| AppError::BadForm)?;
        Ok(Form { fields })
    }
}

async fn read(
    bytes: impl Future<Output = Result<web::Bytes, actix_web::Error>>,
) -> Result<String, AppError> {
    let bytes = actix_web::rt::time::timeout(LONGEST, bytes)
        .await
        .map_err(|_| AppError::TooSlow)?
        .map_err(|error| match error.as_response_error().status_code() {
            actix_web::http::StatusCode::PAYLOAD_TOO_LARGE => AppError::TooLarge,
            _ => AppError::BadForm,
        })?;
    String::from_utf8(bytes.to_vec()).map_err(|_| AppError::BadForm)
}

/// How many characters a text has more than it may have.
pub(crate) fn over(text: &str, most: usize) -> usize {
    text.chars().count().saturating_sub(most)
}

/// Says by how much a text is longer than it may be; none is ever cut.
pub(crate) fn too_long(t: T, text: &str, most: usize) -> Option<String> {
    let over = over(text, most);
    (over > 0).then(|| t.count("statement-long", over as i64))
}

/// What was sent with a request that no handler will see.
///
/// # Errors
/// As for [`Form`].
pub(crate) async fn text(request: &mut ServiceRequest) -> Result<String, AppError> {
    read(request.extract::<web::Bytes>()).await
}

impl FromRequest for Form {
    type Error = AppError;
    type Future = Pin<Box<dyn Future<Output = Result<Form, AppError>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let bytes = web::Bytes::from_request(request, payload);
        let visitor = Visitor::of(request);
        Box::pin(async move {
            let form = Form::parse(&read(bytes).await?)?;
            if visitor.made_form(form.get(PROOF)) {
                return Ok(form);
            }
            Err(AppError::StaleForm(form.encoded()))
        })
    }
}

/// A form that changes nothing that belongs to anybody, so that no proof is
/// asked of it: the colours of the pages.
pub(crate) struct OpenForm(pub(crate) Form);

impl FromRequest for OpenForm {
    type Error = AppError;
    type Future = Pin<Box<dyn Future<Output = Result<OpenForm, AppError>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let bytes = web::Bytes::from_request(request, payload);
        Box::pin(async move { Ok(OpenForm(Form::parse(&read(bytes).await?)?)) })
    }
}

/// How much of a body any extractor reads.
pub(crate) fn limit() -> web::PayloadConfig {
    web::PayloadConfig::new(LARGEST)
}

/// How a field is filled in.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Text,
    Email,
    Password,
    File,
    Area,
    Select,
    Radios,
    Checks,
}

/// One thing to choose.
pub(crate) struct Pick {
    pub(crate) value: String,
    pub(crate) label: String,
    pub(crate) chosen: bool,
}

/// Things to choose under one heading; the heading may be empty.
pub(crate) struct PickGroup {
    pub(crate) label: String,
    pub(crate) picks: Vec<Pick>,
}

/// A field as a page shows it.
pub(crate) struct Field {
    pub(crate) kind: Kind,
    pub(crate) name: &'static str,
    pub(crate) label: String,
    pub(crate) hint: String,
    pub(crate) error: String,
    pub(crate) value: String,
    /// What a browser may fill in by itself; empty leaves it to the browser.
    pub(crate) autocomplete: &'static str,
    /// Most characters of a text, to count down from; 0 for no count.
    pub(crate) most: usize,
    pub(crate) groups: Vec<PickGroup>,
    /// Where a set of fields begins, what it is called.
    pub(crate) opens: String,
    /// Whether a set of fields ends with it.
    pub(crate) closes: bool,
}

impl Field {
    /// A field whose label is the message `field-NAME`.
    pub(crate) fn new(t: T, kind: Kind, name: &'static str) -> Field {
        Field::labelled_as(kind, name, t.get(&format!("field-{name}")))
    }

    /// A field with a label of its own: one of several alike.
    pub(crate) fn labelled_as(kind: Kind, name: &'static str, label: String) -> Field {
        Field {
            kind,
            name,
            label,
            hint: String::new(),
            error: String::new(),
            value: String::new(),
            autocomplete: "",
            most: 0,
            groups: Vec::new(),
            opens: String::new(),
            closes: false,
        }
    }

    pub(crate) fn text(t: T, name: &'static str) -> Field {
        Field::new(t, Kind::Text, name)
    }

    pub(crate) fn email(t: T) -> Field {
        Field { autocomplete: "username", ..Field::new(t, Kind::Email, "email") }
    }

    /// A password to be typed or pasted; `autocomplete` tells new from known.
    pub(crate) fn password(t: T, name: &'static str, autocomplete: &'static str) -> Field {
        Field { autocomplete, ..Field::new(t, Kind::Password, name) }
    }

    /// Whether it is filled in by ticking.
    pub(crate) fn is_choice(&self) -> bool {
        matches!(self.kind, Kind::Radios | Kind::Checks)
    }

    pub(crate) fn is_select(&self) -> bool {
        self.kind == Kind::Select
    }

    pub(crate) fn is_file(&self) -> bool {
        self.kind == Kind::File
    }

    pub(crate) fn is_area(&self) -> bool {
        self.kind == Kind::Area
    }

    /// The ids of what explains it: its hint, and what is wrong with it.
    pub(crate) fn described_by(&self) -> String {
        let part = |text: &str, end: &str| {
            if text.is_empty() { String::new() } else { format!("{}-{end}", self.name) }
        };
        let both = [part(&self.hint, "h"), part(&self.error, "e")];
        both.join(" ").trim().to_owned()
    }

    /// The type of its input elements.
    pub(crate) fn input_type(&self) -> &'static str {
        match self.kind {
            Kind::Email => "email",
            Kind::Password => "password",
            Kind::File => "file",
            Kind::Radios => "radio",
            Kind::Checks => "checkbox",
            Kind::Text | Kind::Area | Kind::Select => "text",
        }
    }

    pub(crate) fn labelled(self, label: impl Into<String>) -> Field {
        Field { label: label.into(), ..self }
    }

    pub(crate) fn hinted(self, hint: impl Into<String>) -> Field {
        Field { hint: hint.into(), ..self }
    }

    pub(crate) fn filled(self, value: impl Into<String>) -> Field {
        Field { value: value.into(), ..self }
    }

    pub(crate) fn wrong(self, error: impl Into<String>) -> Field {
        Field { error: error.into(), ..self }
    }

    pub(crate) fn autocompleted(self, autocomplete: &'static str) -> Field {
        Field { autocomplete, ..self }
    }

    /// With things to choose, without headings.
    pub(crate) fn picks(self, picks: impl IntoIterator<Item = Pick>) -> Field {
        let group = PickGroup { label: String::new(), picks: picks.into_iter().collect() };
        Field { groups: vec![group], ..self }
    }
}

/// Fields that belong together, under a name.
pub(crate) fn set(name: String, mut fields: Vec<Field>) -> Vec<Field> {
    if let Some(first) = fields.first_mut() {
        first.opens = name;
    }
    if let Some(last) = fields.last_mut() {
        last.closes = true;
    }
    fields
}

impl Pick {
    pub(crate) fn new(value: impl Into<String>, label: impl Into<String>, chosen: bool) -> Pick {
        Pick { value: value.into(), label: label.into(), chosen }
    }
}

/// A whole form as a page shows it.
pub(crate) struct FormView {
    pub(crate) action: String,
    /// The proof, for the field [`PROOF`].
    pub(crate) proof: String,
    pub(crate) hidden: Vec<(&'static str, String)>,
    pub(crate) fields: Vec<Field>,
    pub(crate) button: String,
    /// What the button is about, where a page has several alike: said to
    /// whoever does not see where it stands.
    pub(crate) about: String,
    /// Whether what is written in it is kept while somebody writes: where
    /// there is a text, and an account to keep it for.
    pub(crate) keeps: bool,
}

impl FormView {
    pub(crate) fn new(
        visitor: &Visitor,
        action: impl Into<String>,
        button: impl Into<String>,
        fields: Vec<Field>,
    ) -> FormView {
        FormView {
            action: action.into(),
            proof: visitor.form_value(),
            hidden: Vec::new(),
            keeps: visitor.seen().is_some() && fields.iter().any(Field::is_area),
            fields,
            button: button.into(),
            about: String::new(),
        }
    }

    /// With what its button is about.
    pub(crate) fn about(mut self, what: &str) -> FormView {
        what.clone_into(&mut self.about);
        self
    }

    pub(crate) fn hiding(mut self, name: &'static str, value: impl Into<String>) -> FormView {
        let value = value.into();
        if !value.is_empty() {
            self.hidden.push((name, value));
        }
        self
    }

    /// The same for a value that may be empty.
    pub(crate) fn holding(mut self, name: &'static str, value: String) -> FormView {
        self.hidden.push((name, value));
        self
    }

    /// Whether it is sent with a file.
    pub(crate) fn has_file(&self) -> bool {
        self.fields.iter().any(Field::is_file)
    }

    /// The fields that something is wrong with.
    pub(crate) fn wrong(&self) -> Vec<&Field> {
        self.fields.iter().filter(|f| !f.error.is_empty()).collect()
    }
}
