//! A municipality as officers and admins see it: what they set right, and why.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;

use crate::domain::curation::{ControlFact, Curation, MAX_REASON};
use crate::domain::fact::{Origin, Population};
use crate::domain::municipality::{Control, Municipality};
use crate::domain::text;
use crate::domain::time::PartialDate;
use crate::storage::{StorageError, curation, hidings};
use crate::web::kit::app::App;
use crate::web::kit::error::AppError;
use crate::web::kit::form::{Field, Form, FormView, Kind, Pick};
use crate::web::kit::lookup::{Found, find};
use crate::web::kit::page::Page;
use crate::web::kit::params::Params;
use crate::web::kit::respond::{rendered, see_other};
use crate::web::kit::view::{ControlView, NameView, PeopleView};
use crate::web::kit::visitor::Visitor;
use crate::web::kit::work::{on_change_by, on_database, renew};

/// The field that says what was so when a form was made.
const PRESENT: &str = "present";
/// Years that a figure of people can be of.
const YEARS: std::ops::RangeInclusive<i32> = 1900..=2100;
/// More people than any municipality has.
const MOST_PEOPLE: i64 = 50_000_000;

/// What is wrong with a form, by field.
type Wrong = Vec<(&'static str, String)>;

#[derive(Template)]
#[template(path = "admin/municipalities.html")]
struct Show {
    page: Page,
    name: NameView,
    slug: String,
    status: String,
    people: String,
    control: Option<ControlView>,
    hidden: bool,
    control_form: FormView,
    people_form: Option<FormView>,
    log_url: String,
}

/// The municipality at an address, for an officer who looks after it.
fn looked_after(app: &App, visitor: &Visitor, slug: &str) -> Result<Municipality, AppError> {
    let snapshot = app.now();
    let Found::Here(row) = find(&snapshot.directory, slug)? else {
        return Err(AppError::NotFound);
    };
    let m = snapshot.directory.municipality(row).clone();
    let oversees = visitor.signed_in()?.account.oversees(m.country);
    if oversees { Ok(m) } else { Err(AppError::NotFound) }
}

fn error(wrong: &Wrong, name: &str) -> String {
    wrong.iter().find(|(n, _)| *n == name).map_or_else(String::new, |(_, e)| e.clone())
}

fn control_form(
    page: &Page,
    visitor: &Visitor,
    m: &Municipality,
    typed: Option<&Form>,
    wrong: &Wrong,
) -> FormView {
    let t = page.t;
    let stated = typed.map_or_else(
        || {
            Form::default()
                .with("control", m.control.as_str())
                .with("since", m.control_since.map_or(String::new(), |s| s.to_string()))
                .with("source", &m.control_source)
        },
        Form::clone,
    );
    let picks = Control::ALL.iter().map(|c| {
        let label = t.get(&format!("control-is-{}", c.as_str()));
        Pick::new(c.as_str(), label, stated.get("control") == c.as_str())
    });
    let line = |name: &'static str| {
        Field::text(t, name).filled(stated.get(name)).wrong(error(wrong, name))
    };
    let fields = vec![
        Field::new(t, Kind::Radios, "control").picks(picks).wrong(error(wrong, "control")),
        line("since").hinted(t.get("since-hint")),
        line("source").hinted(t.get("source-hint")),
        line("reason").hinted(t.get("reason-hint")),
    ];
    let url = page.url(&format!("/admin/municipalities/{}", m.slug));
    FormView::new(visitor, url, t.get("save"), fields).hiding("set", "control")
}

fn people_form(
    page: &Page,
    visitor: &Visitor,
    m: &Municipality,
    typed: Option<&Form>,
    wrong: &Wrong,
) -> FormView {
    let t = page.t;
    let typed = typed.cloned().unwrap_or_default();
    let line =
        |name: &'static str| Field::text(t, name).filled(typed.get(name)).wrong(error(wrong, name));
    let fields = vec![
        line("people").hinted(t.get("people-hint")),
        line("year"),
        line("people-source").hinted(t.get("source-hint")),
        line("people-reason").hinted(t.get("reason-hint")),
    ];
    let url = page.url(&format!("/admin/municipalities/{}", m.slug));
    FormView::new(visitor, url, t.get("save"), fields).hiding("set", "people")
}

async fn show_one(
    page: Page,
    visitor: &Visitor,
    app: &web::Data<App>,
    m: &Municipality,
    typed: Option<&Form>,
    wrong: &Wrong,
) -> Result<HttpResponse, AppError> {
    let id = m.id;
    let (hidden, (control_now, people_now)) = on_database(app, move |conn, _| {
        Ok((hidings::of(conn, id)?.is_some(), curation::words_of(conn, id)?))
    })
    .await?;
    let t = page.t;
    let of = |set: &str| typed.filter(|form| form.get("set") == set);
    let admin = visitor.signed_in()?.account.is_admin();
    let people = PeopleView::new(t, m);
    let status = if wrong.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    rendered(
        &Show {
            name: NameView::new(&page, &app.now().directory, m),
            slug: m.slug.clone(),
            status: t.get(&format!("status-{}", m.status.as_str())),
            people: if people.figure.is_empty() {
                t.get("not-known")
            } else {
                format!("{} ({})", people.figure, people.source)
            },
            control: ControlView::of(t, m),
            hidden,
            control_form: control_form(&page, visitor, m, of("control"), wrong)
                .holding(PRESENT, control_now),
            people_form: admin.then(|| {
                people_form(&page, visitor, m, of("people"), wrong).holding(PRESENT, people_now)
            }),
            log_url: page.url(&format!("/admin/log?municipality={}", m.slug)),
            page,
        },
        status,
    )
}

/// `GET /{lang}/admin/municipalities/{slug}`
pub(crate) async fn show(
    request: HttpRequest,
    page: Page,
    visitor: Visitor,
    path: web::Path<(String, String)>,
    app: web::Data<App>,
) -> Result<HttpResponse, AppError> {
    Params::of(&request, &[])?;
    let m = looked_after(&app, &visitor, &path.1)?;
    show_one(page, &visitor, &app, &m, None, &Vec::new()).await
}

fn short(form: &Form, name: &str) -> String {
    text::clean_line(form.get(name)).chars().take(MAX_REASON).collect()
}

/// What a form sets right and why, or what is wrong with it.
fn read(page: &Page, form: &Form) -> Result<(Curation, String), Wrong> {
    let t = page.t;
    let mut wrong: Wrong = Vec::new();
    let mut needed = |name: &'static str, value: String| {
        if value.is_empty() {
            wrong.push((name, t.get("reason-wrong")));
        }
        value
    };
    if form.get("set") == "people" {
        let why = needed("people-reason", short(form, "people-reason"));
        let plain: String = form.line("people").chars().filter(|c| !c.is_whitespace()).collect();
        if plain.is_empty() && wrong.is_empty() {
            return Ok((Curation::Population(None), why));
        }
        let value = plain.parse().ok().filter(|n| (0..=MOST_PEOPLE).contains(n));
        let year = form.line("year").parse().ok().filter(|y| YEARS.contains(y));
        let source = short(form, "people-source");
        if value.is_none() {
            wrong.push(("people", t.get("people-wrong")));
        }
        if year.is_none() {
            wrong.push(("year", t.get("year-wrong")));
        }
        if source.is_empty() {
            wrong.push(("people-source", t.get("source-wrong")));
        }
        let figure = value.map(|value| Population { value, year, source, estimated: false });
        return if wrong.is_empty() { Ok((Curation::Population(figure), why)) } else { Err(wrong) };
    }
    let why = needed("reason", short(form, "reason"));
    let control = Control::parse(form.get("control"));
    let since = form.line("since");
    let date = PartialDate::parse(&since);
    let source = short(form, "source");
    if control.is_none() {
        wrong.push(("control", t.get("control-wrong")));
    }
    if !since.is_empty() && date.is_none() {
        wrong.push(("since", t.get("since-wrong")));
    }
    if control.is_some_and(|c| c != Control::Government) && source.is_empty() {
        wrong.push(("source", t.get("source-wrong")));
    }
    match control.filter(|_| wrong.is_empty()) {
        Some(control) => {
            let origin = Origin::Curated;
            Ok((Curation::Control(ControlFact { control, since: date, source, origin }), why))
        }
        None => Err(wrong),
    }
}

/// `POST /{lang}/admin/municipalities/{slug}`: sets control or, for admins,
/// the population.
pub(crate) async fn update(
    page: Page,
    visitor: Visitor,
    path: web::Path<(String, String)>,
    app: web::Data<App>,
    form: Form,
) -> Result<HttpResponse, AppError> {
    let m = looked_after(&app, &visitor, &path.1)?;
    let account = &visitor.signed_in()?.account;
    if form.get("set") == "people" && !account.is_admin() {
        return Err(AppError::NotFound);
    }
    let (new, why) = match read(&page, &form) {
        Ok(read) => read,
        Err(wrong) => return show_one(page, &visitor, &app, &m, Some(&form), &wrong).await,
    };
    let (id, country) = (m.id, m.country);
    // What was so when the form was made: who saves has seen it.
    let seen = form.has(PRESENT).then(|| form.get(PRESENT).to_owned());
    let done = on_change_by(&app, &visitor, move |conn, me, now| {
        let of_admins = matches!(new, Curation::Population(_));
        if !me.oversees(country) || (of_admins && !me.is_admin()) {
            return Err(AppError::NotFound);
        }
        Ok(curation::set(conn, id, (seen.as_deref(), &new), me.id, &why, now)?)
    })
    .await;
    if matches!(done, Err(AppError::Storage(StorageError::Stale))) {
        // Shown as it is now, with what was written beside it.
        let name = if form.get("set") == "people" { "people-reason" } else { "reason" };
        let wrong = vec![(name, page.t.get("error-stale"))];
        renew(&app).await;
        let m = looked_after(&app, &visitor, &path.1)?;
        return show_one(page, &visitor, &app, &m, Some(&form), &wrong).await;
    }
    done?;
    renew(&app).await;
    Ok(see_other(&page.url(&format!("/admin/municipalities/{}?done=curated", m.slug))))
}
