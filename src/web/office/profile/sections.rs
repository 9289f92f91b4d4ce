//! Languages and formats, room and wishes, what is given in return: a form
//! each.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};

use super::texts::IN_RETURN;
use super::{Kept, NewState, kept, numbered, save, section};
use crate::domain::country::Country;
use crate::domain::municipality::SizeBand;
use crate::domain::profile::{Fluency, Format, LANGUAGES, Language, Openness, Profile};
use crate::i18n::Lang;
use crate::web::kit::app::App;
use crate::web::kit::error::AppError;
use crate::web::kit::form::{Field, Form, FormView, Kind, Pick};
use crate::web::kit::page::Page;
use crate::web::kit::params::Params;
use crate::web::kit::visitor::Visitor;

/// Languages that can be stated at once, and countries wished for.
const LANGUAGE_FIELDS: [&str; 4] = ["speaks-1", "speaks-2", "speaks-3", "speaks-4"];
const LEVEL_FIELDS: [&str; 4] = ["fluency-1", "fluency-2", "fluency-3", "fluency-4"];
const COUNTRY_FIELDS: [&str; 3] = ["wishes-1", "wishes-2", "wishes-3"];

fn languages_form(page: &Page, visitor: &Visitor, kept: &Kept) -> FormView {
    let t = page.t;
    let p = kept.profile();
    let mut fields = Vec::new();
    for (i, (language, level)) in LANGUAGE_FIELDS.into_iter().zip(LEVEL_FIELDS).enumerate() {
        let stated = p.languages.get(i);
        let none = Pick::new("", t.get("none-chosen"), stated.is_none());
        let all = LANGUAGES
            .iter()
            .filter_map(|code| Language::parse(code))
            .map(|l| Pick::new(l.code(), t.get(&l.key()), stated.is_some_and(|(x, _)| *x == l)));
        let label = numbered(t, "field-speaks", i + 1);
        let field = Field::labelled_as(Kind::Select, language, label);
        let picks: Vec<Pick> = std::iter::once(none).chain(all).collect();
        fields.push(field.picks(picks));
        let levels = Fluency::ALL.iter().map(|f| {
            let label = t.get(&format!("fluency-{}", f.as_str().to_lowercase()));
            Pick::new(f.as_str(), label, stated.map_or(*f == Fluency::B2, |(_, x)| x == f))
        });
        let label = numbered(t, "field-fluency", i + 1);
        let field = Field::labelled_as(Kind::Select, level, label);
        fields.push(field.picks(levels));
    }
    let yes = [Pick::new("1", t.get("interpreter-yes"), p.interpreter)];
    fields.push(Field::new(t, Kind::Checks, "interpreter").picks(yes));
    let formats =
        Format::ALL.iter().map(|f| Pick::new(f.as_str(), t.get(&f.key()), p.formats.contains(f)));
    fields.push(Field::new(t, Kind::Checks, "format").picks(formats));
    FormView::new(visitor, kept.url(page, "/languages"), t.get("save"), fields)
}

/// `GET /{lang}/municipalities/{slug}/profile/languages`
pub(crate) async fn languages(
    request: HttpRequest,
    page: Page,
    visitor: Visitor,
    path: web::Path<(String, String)>,
    app: web::Data<App>,
) -> Result<HttpResponse, AppError> {
    Params::of(&request, &[])?;
    let kept = kept(&app, &visitor, &path.1).await?;
    let form = languages_form(&page, &visitor, &kept);
    section(page, &app, &kept, "languages", form, StatusCode::OK)
}

/// `POST /{lang}/municipalities/{slug}/profile/languages`
pub(crate) async fn set_languages(
    page: Page,
    visitor: Visitor,
    path: web::Path<(String, String)>,
    app: web::Data<App>,
    form: Form,
) -> Result<HttpResponse, AppError> {
    let kept = kept(&app, &visitor, &path.1).await?;
    let mut languages: Vec<(Language, Fluency)> = Vec::new();
    for (language, level) in LANGUAGE_FIELDS.into_iter().zip(LEVEL_FIELDS) {
        let stated = Language::parse(form.get(language)).zip(Fluency::parse(form.get(level)));
        languages.extend(stated.filter(|(l, _)| languages.iter().all(|(x, _)| x != l)));
    }
    let formats: Vec<Format> = Format::ALL
        .iter()
        .copied()
        .filter(|f| form.all("format").any(|w| w == f.as_str()))
        .collect();
    let interpreter = form.get("interpreter") == "1";
    let profile = Profile { languages, formats, interpreter, ..kept.profile().clone() };
    let new = NewState::of(&kept, profile, "profile-languages");
    save(page, &visitor, &app, &kept, &form, ("/languages", ""), new).await
}

fn room_form(page: &Page, visitor: &Visitor, app: &App, kept: &Kept) -> FormView {
    let t = page.t;
    let p = kept.profile();
    let openness = Openness::ALL.iter().map(|o| {
        let label = t.get(&format!("room-{}", o.as_str()));
        Pick::new(o.as_str(), label, p.openness == Some(*o))
    });
    let capacity =
        (0..=3u8).map(|n| Pick::new(n.to_string(), n.to_string(), p.capacity == Some(n)));
    let unsaid = Pick::new("", t.get("none-chosen"), p.capacity.is_none());
    let capacity: Vec<Pick> = std::iter::once(unsaid).chain(capacity).collect();
    let mut fields = vec![
        Field::new(t, Kind::Radios, "openness").picks(openness),
        Field::new(t, Kind::Select, "capacity").picks(capacity),
    ];
    let snapshot = app.now();
    let here = kept.municipality.country.is_ukraine();
    if here {
        for (i, name) in COUNTRY_FIELDS.into_iter().enumerate() {
            let stated = p.preferred_countries.get(i);
            let none = Pick::new("", t.get("none-chosen"), stated.is_none());
            let all = snapshot
                .listing
                .countries(t.lang)
                .iter()
                .filter(|(c, _)| !c.is_ukraine())
                .map(|(c, label)| Pick::new(c.code(), label, stated == Some(c)));
            let picks: Vec<Pick> = std::iter::once(none).chain(all).collect();
            let label = numbered(t, "field-wishes", i + 1);
            fields.push(Field::labelled_as(Kind::Select, name, label).picks(picks));
        }
    }
    let sizes = SizeBand::ALL.iter().map(|b| {
        let label = t.get(&format!("size-{}", b.as_str()));
        Pick::new(b.as_str(), label, p.preferred_sizes.contains(b))
    });
    fields.push(Field::new(t, Kind::Checks, "size").picks(sizes));
    FormView::new(visitor, kept.url(page, "/room"), t.get("save"), fields)
}

/// `GET /{lang}/municipalities/{slug}/profile/room`
pub(crate) async fn room(
    request: HttpRequest,
    page: Page,
    visitor: Visitor,
    path: web::Path<(String, String)>,
    app: web::Data<App>,
) -> Result<HttpResponse, AppError> {
    Params::of(&request, &[])?;
    let kept = kept(&app, &visitor, &path.1).await?;
    let form = room_form(&page, &visitor, &app, &kept);
    section(page, &app, &kept, "room", form, StatusCode::OK)
}

/// `POST /{lang}/municipalities/{slug}/profile/room`
pub(crate) async fn set_room(
    page: Page,
    visitor: Visitor,
    path: web::Path<(String, String)>,
    app: web::Data<App>,
    form: Form,
) -> Result<HttpResponse, AppError> {
    let kept = kept(&app, &visitor, &path.1).await?;
    let snapshot = app.now();
    let there = snapshot.listing.countries(Lang::En);
    let mut countries: Vec<Country> = Vec::new();
    if kept.municipality.country.is_ukraine() {
        for name in COUNTRY_FIELDS {
            let country: Option<Country> = form.get(name).parse().ok();
            let known = country.filter(|c| there.iter().any(|(x, _)| x == c) && !c.is_ukraine());
            countries.extend(known.filter(|c| !countries.contains(c)));
        }
    } else {
        countries.clone_from(&kept.profile().preferred_countries);
    }
    let profile = Profile {
        openness: Openness::parse(form.get("openness")),
        capacity: form.get("capacity").parse().ok().filter(|c| *c <= 3),
        preferred_countries: countries,
        preferred_sizes: SizeBand::ALL
            .iter()
            .copied()
            .filter(|b| form.all("size").any(|w| w == b.as_str()))
            .collect(),
        ..kept.profile().clone()
    };
    let new = NewState::of(&kept, profile, "profile-room");
    save(page, &visitor, &app, &kept, &form, ("/room", ""), new).await
}

fn return_form(
    page: &Page,
    visitor: &Visitor,
    kept: &Kept,
    typed: &Form,
    wrong: &[(&str, String)],
) -> FormView {
    let t = page.t;
    let fields = IN_RETURN.fields(t, typed, wrong);
    FormView::new(visitor, kept.url(page, "/in-return"), t.get("save"), fields)
}

/// `GET /{lang}/municipalities/{slug}/profile/in-return`
pub(crate) async fn in_return(
    request: HttpRequest,
    page: Page,
    visitor: Visitor,
    path: web::Path<(String, String)>,
    app: web::Data<App>,
) -> Result<HttpResponse, AppError> {
    Params::of(&request, &[])?;
    let kept = kept(&app, &visitor, &path.1).await?;
    let typed = IN_RETURN.filled(Form::default(), &kept.profile().in_return);
    let form = return_form(&page, &visitor, &kept, &typed, &[]);
    section(page, &app, &kept, "return", form, StatusCode::OK)
}

/// `POST /{lang}/municipalities/{slug}/profile/in-return`
pub(crate) async fn set_in_return(
    page: Page,
    visitor: Visitor,
    path: web::Path<(String, String)>,
    app: web::Data<App>,
    form: Form,
) -> Result<HttpResponse, AppError> {
    let kept = kept(&app, &visitor, &path.1).await?;
    let in_return = match IN_RETURN.read(page.t, &form) {
        Ok(texts) => texts,
        Err(wrong) => {
            let form = return_form(&page, &visitor, &kept, &form, &wrong);
            return section(page, &app, &kept, "return", form, StatusCode::UNPROCESSABLE_ENTITY);
        }
    };
    let profile = Profile { in_return, ..kept.profile().clone() };
    let new = NewState::of(&kept, profile, "profile-in-return");
    save(page, &visitor, &app, &kept, &form, ("/in-return", ""), new).await
}
