//! Priority projects: what matters most now, up to three, each with its title
//! in both languages of pages.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};

use super::{Kept, NewState, kept, save, section};
use crate::domain::area::{AREAS, Area};
use crate::domain::audience::Audience;
use crate::domain::municipality::Municipality;
use crate::domain::profile::Profile;
use crate::domain::project::{CostBand, DreamId, MAX_PROJECTS, MAX_TITLE, Project, Stage, area};
use crate::i18n::{Lang, T};
use crate::web::kit::app::App;
use crate::web::kit::error::AppError;
use crate::web::kit::form::{Field, Form, FormView, Kind, Pick, set, too_long};
use crate::web::kit::page::Page;
use crate::web::kit::params::Params;
use crate::web::kit::visitor::Visitor;

/// The names of the fields of a project.
struct Names {
    /// The title in each language of pages.
    titles: [&'static str; 2],
    area: &'static str,
    stage: &'static str,
    cost: &'static str,
    dream: &'static str,
    audience: &'static str,
    /// Ticked to take the project away.
    gone: &'static str,
}

const FIELDS: [Names; MAX_PROJECTS] = [
    Names {
        titles: ["title-en-1", "title-uk-1"],
        area: "area-1",
        stage: "stage-1",
        cost: "cost-1",
        dream: "dream-1",
        audience: "audience-1",
        gone: "gone-1",
    },
    Names {
        titles: ["title-en-2", "title-uk-2"],
        area: "area-2",
        stage: "stage-2",
        cost: "cost-2",
        dream: "dream-2",
        audience: "audience-2",
        gone: "gone-2",
    },
    Names {
        titles: ["title-en-3", "title-uk-3"],
        area: "area-3",
        stage: "stage-3",
        cost: "cost-3",
        dream: "dream-3",
        audience: "audience-3",
        gone: "gone-3",
    },
];

/// What is wrong with a form, by field.
type Wrong = Vec<(&'static str, String)>;

/// Who may read a project unless somebody says otherwise: what a hromada lacks
/// in a sensitive area shows to verified members.
fn usual(m: &Municipality, area: &Area) -> Audience {
    if m.country.is_ukraine() && area.sensitive { Audience::Verified } else { Audience::Public }
}

/// The form that states these projects.
fn filled(projects: &[Project], m: &Municipality) -> Form {
    let mut form = Form::default();
    for (project, names) in projects.iter().zip(FIELDS) {
        for (lang, name) in Lang::PAGES.into_iter().zip(names.titles) {
            let title = project.titles.iter().find(|(l, _)| l == lang.code());
            form = form.with(name, title.map_or("", |(_, body)| body.as_str()));
        }
        form = form
            .with(names.area, project.area.slug)
            .with(names.stage, project.stage.as_str())
            .with(names.cost, project.cost.map_or("", CostBand::as_str))
            .with(names.dream, project.dream.as_ref().map_or("", DreamId::as_str))
            // As usual stays as usual when the project becomes about something else.
            .with(
                names.audience,
                Some(project.audience.as_str())
                    .filter(|_| project.audience != usual(m, project.area))
                    .unwrap_or_default(),
            );
    }
    form
}

fn fields(t: T, typed: &Form, wrong: &Wrong, of_hromada: bool) -> Vec<Field> {
    let error = |name: &str| {
        wrong.iter().find(|(n, _)| *n == name).map_or_else(String::new, |(_, e)| e.clone())
    };
    let mut sets = Vec::new();
    for (i, names) in FIELDS.iter().enumerate() {
        let mut all = Vec::new();
        let called = t.one("project-n", "n", (i + 1).to_string());
        // Alike fields stand in several sets: what is wrong says in which.
        let error = |name: &str| match error(name) {
            none if none.is_empty() => none,
            some => format!("{called}: {some}"),
        };
        let select = |name: &'static str, key: &str, choices: Vec<(&'static str, String)>| {
            let chosen = typed.get(name);
            let empty = Pick::new("", t.get("choose"), chosen.is_empty());
            let picks = choices.into_iter().map(|(v, l)| Pick::new(v, l, v == chosen));
            Field::labelled_as(Kind::Select, name, t.get(key))
                .picks(std::iter::once(empty).chain(picks))
                .wrong(error(name))
        };
        let mut titles: Vec<_> = Lang::PAGES.into_iter().zip(names.titles).collect();
        titles.sort_by_key(|(lang, _)| *lang != t.lang);
        let is_there = titles.iter().any(|(_, name)| !typed.get(name).is_empty());
        for (lang, name) in titles {
            let key = format!("field-title-{}", lang.code());
            let field = Field::labelled_as(Kind::Text, name, t.get(&key));
            all.push(field.filled(typed.get(name)).wrong(error(name)));
        }
        let areas = AREAS.iter().map(|a| (a.slug, t.get(&a.key()))).collect();
        all.push(select(names.area, "field-project-area", areas));
        let stages = Stage::ALL
            .iter()
            .map(|s| (s.as_str(), t.get(&format!("stage-{}", s.as_str()))))
            .collect();
        all.push(select(names.stage, "field-stage", stages));
        let costs = CostBand::ALL
            .iter()
            .map(|c| (c.as_str(), t.get(&format!("cost-{}", c.as_str()))))
            .collect();
        all.push(select(names.cost, "field-cost", costs));
        if of_hromada {
            let field = Field::labelled_as(Kind::Text, names.dream, t.get("field-dream"));
            let hint = if i == 0 { t.get("dream-hint") } else { String::new() };
            let field = field.hinted(hint).filled(typed.get(names.dream));
            all.push(field.wrong(error(names.dream)));
        }
        let audiences = [Audience::Public, Audience::Verified]
            .map(|a| (a.as_str(), t.get(&format!("audience-{}", a.as_str()))));
        let mut audience = select(names.audience, "field-project-audience", audiences.to_vec());
        if let Some(first) = audience.groups.first_mut().and_then(|g| g.picks.first_mut()) {
            first.label = t.get("audience-default");
        }
        let hint = if i == 0 { t.get("project-audience-hint") } else { String::new() };
        all.push(audience.hinted(hint));
        if is_there {
            let gone = typed.get(names.gone) == "1";
            let pick = Pick::new("1", t.get("project-gone"), gone);
            let title = t.get("project-gone-title");
            all.push(Field::labelled_as(Kind::Checks, names.gone, title).picks([pick]));
        }
        sets.extend(set(called, all));
    }
    sets
}

/// The project of some fields; none where all are empty.
fn read_one(t: T, form: &Form, m: &Municipality, names: &Names) -> Result<Option<Project>, Wrong> {
    if form.get(names.gone) == "1" {
        return Ok(None);
    }
    let mut wrong: Wrong = Vec::new();
    let mut titles = Vec::new();
    for (lang, name) in Lang::PAGES.into_iter().zip(names.titles) {
        let title = form.line(name);
        wrong.extend(too_long(t, &title, MAX_TITLE).map(|e| (name, e)));
        if !title.is_empty() {
            titles.push((lang.code().to_owned(), title));
        }
    }
    let dream = form.line(names.dream);
    let said = [form.get(names.area), form.get(names.stage), form.get(names.cost), &dream];
    if titles.is_empty() && said.iter().all(|s| s.is_empty()) {
        return Ok(None);
    }
    if titles.is_empty() {
        let place = Lang::PAGES.iter().position(|l| *l == t.lang).unwrap_or(0);
        wrong.push((names.titles[place], t.get("project-title-wrong")));
    }
    let (area, stage) = (area(form.get(names.area)), Stage::parse(form.get(names.stage)));
    if area.is_none() {
        wrong.push((names.area, t.get("project-area-wrong")));
    }
    if stage.is_none() {
        wrong.push((names.stage, t.get("project-stage-wrong")));
    }
    let number = DreamId::parse(&dream);
    if number.is_none() && !dream.is_empty() {
        wrong.push((names.dream, t.get("dream-wrong")));
    }
    let (Some(area), Some(stage), true) = (area, stage, wrong.is_empty()) else {
        return Err(wrong);
    };
    let chosen = Audience::parse(form.get(names.audience)).filter(|a| *a != Audience::Partner);
    Ok(Some(Project {
        titles,
        area,
        stage,
        cost: CostBand::parse(form.get(names.cost)),
        dream: number,
        audience: chosen.unwrap_or_else(|| usual(m, area)),
    }))
}

/// The projects a form states, or what is wrong with them.
fn read(t: T, form: &Form, m: &Municipality) -> Result<Vec<Project>, Wrong> {
    let (mut projects, mut wrong) = (Vec::new(), Vec::new());
    for names in &FIELDS {
        match read_one(t, form, m, names) {
            Ok(project) => projects.extend(project),
            Err(more) => wrong.extend(more),
        }
    }
    if wrong.is_empty() { Ok(projects) } else { Err(wrong) }
}

fn form_view(page: &Page, visitor: &Visitor, kept: &Kept, typed: &Form, wrong: &Wrong) -> FormView {
    let t = page.t;
    let fields = fields(t, typed, wrong, kept.municipality.is_hromada());
    FormView::new(visitor, kept.url(page, "/projects"), t.get("save"), fields)
}

/// `GET /{lang}/municipalities/{slug}/profile/projects`
pub(crate) async fn show(
    request: HttpRequest,
    page: Page,
    visitor: Visitor,
    path: web::Path<(String, String)>,
    app: web::Data<App>,
) -> Result<HttpResponse, AppError> {
    Params::of(&request, &[])?;
    let kept = kept(&app, &visitor, &path.1).await?;
    let typed = filled(&kept.profile().projects, &kept.municipality);
    let form = form_view(&page, &visitor, &kept, &typed, &Vec::new());
    section(page, &app, &kept, "projects", form, StatusCode::OK)
}

/// `POST /{lang}/municipalities/{slug}/profile/projects`
pub(crate) async fn update(
    page: Page,
    visitor: Visitor,
    path: web::Path<(String, String)>,
    app: web::Data<App>,
    form: Form,
) -> Result<HttpResponse, AppError> {
    let kept = kept(&app, &visitor, &path.1).await?;
    let projects = match read(page.t, &form, &kept.municipality) {
        Ok(projects) => projects,
        Err(wrong) => {
            let view = form_view(&page, &visitor, &kept, &form, &wrong);
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            return section(page, &app, &kept, "projects", view, status);
        }
    };
    let profile = Profile { projects, ..kept.profile().clone() };
    let new = NewState::of(&kept, profile, "profile-projects");
    save(page, &visitor, &app, &kept, &form, ("/projects", ""), new).await
}
