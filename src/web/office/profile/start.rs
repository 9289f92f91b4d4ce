//! The page for those who begin: one need, one offer, a language and a
//! contact on one page, published with one button.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use chrono::Months;

use super::contacts::first;
use super::entries::{ranked, subareas};
use super::{Kept, NewState, kept, save, section};
use crate::domain::area::SubArea;
use crate::domain::audience::{Audience, Direction};
use crate::domain::profile::{
    ENTRY_MONTHS, Entry, Fluency, LANGUAGES, Language, Level, MAX_STATEMENT, Profile,
};
use crate::domain::text;
use crate::storage::accounts;
use crate::web::kit::app::App;
use crate::web::kit::error::AppError;
use crate::web::kit::form::{Field, Form, FormView, Kind, Pick, too_long};
use crate::web::kit::page::Page;
use crate::web::kit::params::Params;
use crate::web::kit::respond::see_other;
use crate::web::kit::visitor::Visitor;
use crate::web::kit::work::on_database;

/// The fields of the two entries: what they are about, and the words.
const ENTRIES: [(Direction, &str, &str); 2] =
    [(Direction::Need, "need", "need-statement"), (Direction::Offer, "offer", "offer-statement")];
const CONTACT: [&str; 2] = ["contact-name", "contact-email"];

/// The levels entries of this page begin with, until somebody says more: a
/// need of somebody who has begun, an offer of somebody experienced.
fn level(direction: Direction) -> Level {
    let value = if direction == Direction::Need { 2 } else { 3 };
    Level::new(value).unwrap_or(Level::lowest())
}

fn form_view(
    page: &Page,
    visitor: &Visitor,
    kept: &Kept,
    typed: &Form,
    wrong: &[(&str, String)],
) -> FormView {
    let t = page.t;
    let error = |name: &str| {
        wrong.iter().find(|(n, _)| *n == name).map_or_else(String::new, |(_, e)| e.clone())
    };
    let mut fields = Vec::new();
    for (_, about, words) in ENTRIES {
        let mut field = Field::new(t, Kind::Select, about).wrong(error(about));
        field.groups = subareas(t, typed.get(about));
        fields.push(field);
        let mut area = Field::new(t, Kind::Area, words)
            .hinted(t.one("statement-hint", "most", MAX_STATEMENT.to_string()))
            .filled(typed.get(words))
            .wrong(error(words));
        area.most = MAX_STATEMENT;
        fields.push(area);
    }
    let language = if typed.get("speaks").is_empty() { "en" } else { typed.get("speaks") };
    let languages = LANGUAGES
        .iter()
        .filter_map(|code| Language::parse(code))
        .map(|l| Pick::new(l.code(), t.get(&l.key()), l.code() == language));
    fields.push(Field::new(t, Kind::Select, "speaks").picks(languages));
    let fluency = Fluency::parse(typed.get("fluency")).unwrap_or(Fluency::B2);
    let levels = Fluency::ALL.iter().map(|f| {
        let label = t.get(&format!("fluency-{}", f.as_str().to_lowercase()));
        Pick::new(f.as_str(), label, *f == fluency)
    });
    fields.push(Field::new(t, Kind::Select, "fluency").picks(levels));
    if kept.draft.is_none() {
        for (name, kind) in CONTACT.into_iter().zip([Kind::Text, Kind::Email]) {
            fields.push(Field::new(t, kind, name).filled(typed.get(name)).wrong(error(name)));
        }
    }
    let button = if kept.draft.is_some() { "save" } else { "start-button" };
    FormView::new(visitor, kept.url(page, "/start"), t.get(button), fields)
}

/// The profile at an address that states nothing yet; where it does, the
/// tasks are the place to go on.
async fn kept_empty(
    app: &web::Data<App>,
    visitor: &Visitor,
    page: &Page,
    slug: &str,
) -> Result<Result<Kept, HttpResponse>, AppError> {
    let kept = kept(app, visitor, slug).await?;
    if kept.profile().entries.is_empty() {
        return Ok(Ok(kept));
    }
    Ok(Err(see_other(&kept.url(page, ""))))
}

/// `GET /{lang}/municipalities/{slug}/profile/start`
pub(crate) async fn show(
    request: HttpRequest,
    page: Page,
    visitor: Visitor,
    path: web::Path<(String, String)>,
    app: web::Data<App>,
) -> Result<HttpResponse, AppError> {
    Params::of(&request, &[])?;
    let kept = match kept_empty(&app, &visitor, &page, &path.1).await? {
        Ok(kept) => kept,
        Err(elsewhere) => return Ok(elsewhere),
    };
    let id = kept.account;
    let person = on_database(&app, move |conn, _| Ok(accounts::person(conn, id)?)).await?;
    let mut typed = Form::default();
    if let Some(person) = person {
        typed = typed.with(CONTACT[0], person.name).with(CONTACT[1], person.email);
    }
    let form = form_view(&page, &visitor, &kept, &typed, &[]);
    section(page, &app, &kept, "start", form, StatusCode::OK)
}

/// `POST /{lang}/municipalities/{slug}/profile/start`
pub(crate) async fn create(
    page: Page,
    visitor: Visitor,
    path: web::Path<(String, String)>,
    app: web::Data<App>,
    form: Form,
) -> Result<HttpResponse, AppError> {
    // Somebody else may have begun meanwhile: saving says so.
    let kept = kept(&app, &visitor, &path.1).await?;
    let t = page.t;
    let today = app.live.clock().today();
    let mut wrong: Vec<(&'static str, String)> = Vec::new();
    let mut entries = Vec::new();
    for (direction, about, words) in ENTRIES {
        let Some(subarea) = SubArea::parse(form.get(about)) else {
            wrong.push((about, t.get(&format!("{about}-wrong"))));
            continue;
        };
        let body = text::clean(form.get(words));
        wrong.extend(too_long(t, &body, MAX_STATEMENT).map(|e| (words, e)));
        let said = (!body.is_empty()).then(|| (page.lang().to_owned(), body));
        entries.push(Entry {
            direction,
            subarea,
            rank: 0,
            level: level(direction),
            audience: Audience::default_for(kept.municipality.country, direction, subarea),
            expires_on: today + Months::new(ENTRY_MONTHS),
            statements: said.into_iter().collect(),
        });
    }
    let contact = first(t, form.line(CONTACT[0]), form.line(CONTACT[1]), CONTACT);
    let contacts = match contact {
        Ok(contact) if kept.draft.is_none() => Some(vec![contact]),
        Err(of_contact) if kept.draft.is_none() => {
            wrong.extend(of_contact);
            None
        }
        _ => None,
    };
    if !wrong.is_empty() {
        let form = form_view(&page, &visitor, &kept, &form, &wrong);
        return section(page, &app, &kept, "start", form, StatusCode::UNPROCESSABLE_ENTITY);
    }
    let spoken = Language::parse(form.get("speaks")).zip(Fluency::parse(form.get("fluency")));
    let profile =
        Profile { entries, languages: spoken.into_iter().collect(), ..kept.profile().clone() };
    let missing = profile.missing(contacts.is_some());
    let new = NewState {
        published: kept.draft.is_none() && missing.is_empty(),
        contacts,
        ..NewState::of(&kept, ranked(profile), "profile-published")
    };
    save(page, &visitor, &app, &kept, &form, ("/start", ""), new).await
}
