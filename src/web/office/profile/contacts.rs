//! Whom to turn to, and who sees that: the first contact and a substitute.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};

use super::{Kept, NewState, contacts_of, kept, numbered, save, section};
use crate::domain::account::email_key;
use crate::domain::audience::Audience;
use crate::domain::contact::{Contact, MAX_CONTACT_LINE};
use crate::i18n::T;
use crate::web::kit::app::App;
use crate::web::kit::error::AppError;
use crate::web::kit::form::{Field, Form, FormView, Kind, Pick};
use crate::web::kit::page::Page;
use crate::web::kit::params::Params;
use crate::web::kit::visitor::Visitor;

/// The names of the fields of each contact: name, position, address, phone,
/// who sees it.
const FIELDS: [[&str; 5]; 2] = [
    ["contact-name-1", "contact-position-1", "contact-email-1", "contact-phone-1", "contact-for-1"],
    ["contact-name-2", "contact-position-2", "contact-email-2", "contact-phone-2", "contact-for-2"],
];

/// Who may see a contact.
const AUDIENCES: [Audience; 2] = [Audience::Partner, Audience::Verified];

/// What is wrong with a form, by field.
type Wrong = Vec<(&'static str, String)>;

/// The form that states these contacts.
fn filled(contacts: &[Contact]) -> Form {
    let mut form = Form::default();
    for (contact, [name, position, email, phone, audience]) in contacts.iter().zip(FIELDS) {
        form = form
            .with(name, &contact.name)
            .with(position, &contact.position)
            .with(email, &contact.email)
            .with(phone, &contact.phone)
            .with(audience, contact.audience.as_str());
    }
    form
}

fn fields(t: T, typed: &Form, wrong: &Wrong) -> Vec<Field> {
    let error = |name: &str| {
        wrong.iter().find(|(n, _)| *n == name).map_or_else(String::new, |(_, e)| e.clone())
    };
    let mut all = Vec::new();
    for (i, [name, position, email, phone, audience]) in FIELDS.into_iter().enumerate() {
        let label = |key: &str| numbered(t, key, i + 1);
        let line = |kind, field: &'static str, key: &str| {
            Field::labelled_as(kind, field, label(key)).filled(typed.get(field)).wrong(error(field))
        };
        all.push(line(Kind::Text, name, "field-contact-name"));
        all.push(line(Kind::Text, position, "field-contact-position"));
        all.push(line(Kind::Email, email, "field-contact-email"));
        all.push(line(Kind::Text, phone, "field-contact-phone"));
        let stated = Audience::parse(typed.get(audience)).unwrap_or(Audience::Partner);
        let picks = AUDIENCES.map(|a| {
            let label = t.get(&format!("contact-for-{}", a.as_str()));
            Pick::new(a.as_str(), label, a == stated)
        });
        let field = Field::labelled_as(Kind::Radios, audience, label("field-contact-for"));
        all.push(field.picks(picks));
    }
    all
}

/// What is wrong with one contact.
fn check(t: T, contact: &Contact, [name, _, email, phone, _]: [&'static str; 5]) -> Wrong {
    let mut wrong = Vec::new();
    if contact.name.is_empty() {
        wrong.push((name, t.get("contact-name-wrong")));
    }
    if email_key(&contact.email).is_none() {
        wrong.push((email, t.get("email-wrong")));
    }
    let digits = contact.phone.chars().filter(char::is_ascii_digit).count();
    let plain = |c: char| c.is_ascii_digit() || "+-() ./".contains(c);
    let is_number = contact.phone.chars().all(plain) && digits >= 5;
    if !(contact.phone.is_empty() || is_number) {
        wrong.push((phone, t.get("contact-phone-wrong")));
    }
    wrong
}

/// The contacts a form states, or what is wrong with them.
fn read(t: T, form: &Form) -> Result<Vec<Contact>, Wrong> {
    let (mut contacts, mut wrong) = (Vec::new(), Vec::new());
    for names in FIELDS {
        let line =
            |i: usize| -> String { form.line(names[i]).chars().take(MAX_CONTACT_LINE).collect() };
        let contact = Contact {
            name: line(0),
            position: line(1),
            email: line(2),
            phone: line(3),
            audience: Audience::parse(form.get(names[4]))
                .filter(|a| AUDIENCES.contains(a))
                .unwrap_or(Audience::Partner),
        };
        let said = [&contact.name, &contact.position, &contact.email, &contact.phone];
        if said.iter().all(|line| line.is_empty()) {
            continue;
        }
        wrong.extend(check(t, &contact, names));
        contacts.push(contact);
    }
    if wrong.is_empty() { Ok(contacts) } else { Err(wrong) }
}

/// A contact of the first page: the same rules, other fields.
pub(super) fn first(
    t: T,
    name: String,
    email: String,
    names: [&'static str; 2],
) -> Result<Contact, Wrong> {
    let position = String::new();
    let audience = Audience::Partner;
    let contact = Contact { name, position, email, phone: String::new(), audience };
    let wrong = check(t, &contact, [names[0], "", names[1], "", ""]);
    if wrong.is_empty() { Ok(contact) } else { Err(wrong) }
}

fn form_view(page: &Page, visitor: &Visitor, kept: &Kept, typed: &Form, wrong: &Wrong) -> FormView {
    let t = page.t;
    FormView::new(visitor, kept.url(page, "/contacts"), t.get("save"), fields(t, typed, wrong))
}

/// The profile whose contacts the visitor may keep: not that of a claim, for
/// there is nobody yet whose they could be.
async fn kept_by_member(
    app: &web::Data<App>,
    visitor: &Visitor,
    slug: &str,
) -> Result<Kept, AppError> {
    let kept = kept(app, visitor, slug).await?;
    if kept.draft.is_some() { Err(AppError::NotFound) } else { Ok(kept) }
}

/// `GET /{lang}/municipalities/{slug}/profile/contacts`
pub(crate) async fn show(
    request: HttpRequest,
    page: Page,
    visitor: Visitor,
    path: web::Path<(String, String)>,
    app: web::Data<App>,
) -> Result<HttpResponse, AppError> {
    Params::of(&request, &[])?;
    let kept = kept_by_member(&app, &visitor, &path.1).await?;
    let contacts = contacts_of(&app, &kept).await?;
    let form = form_view(&page, &visitor, &kept, &filled(&contacts), &Vec::new());
    section(page, &app, &kept, "contacts", form, StatusCode::OK)
}

/// `POST /{lang}/municipalities/{slug}/profile/contacts`
pub(crate) async fn update(
    page: Page,
    visitor: Visitor,
    path: web::Path<(String, String)>,
    app: web::Data<App>,
    form: Form,
) -> Result<HttpResponse, AppError> {
    let kept = kept_by_member(&app, &visitor, &path.1).await?;
    let contacts = match read(page.t, &form) {
        Ok(contacts) => contacts,
        Err(wrong) => {
            let view = form_view(&page, &visitor, &kept, &form, &wrong);
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            return section(page, &app, &kept, "contacts", view, status);
        }
    };
    let profile = kept.profile().clone();
    let new =
        NewState { contacts: Some(contacts), ..NewState::of(&kept, profile, "profile-contacts") };
    save(page, &visitor, &app, &kept, &form, ("/contacts", ""), new).await
}
