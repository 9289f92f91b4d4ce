//! What a claimant shows beside words: a code from the official address,
//! files, and listed places that belong to the municipality.

use actix_web::http::StatusCode;
use actix_web::http::header::{
    self, Charset, ContentDisposition, DispositionParam, DispositionType, ExtendedValue,
};
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use chrono::Duration;

use super::claim_view::{FileView, both_names, claim_for, code_said, picks};
use super::claims::own;
use crate::auth::code;
use crate::domain::account::{Person, email_key};
use crate::domain::claim::{CODE_DAYS, Claim, ClaimActor, MAX_FILES, MAX_PLACES};
use crate::domain::directory::{Directory, Row};
use crate::domain::municipality::{Municipality, MunicipalityId, Status};
use crate::domain::text;
use crate::i18n::{T, Value};
use crate::mail::letter::{self, Reader};
use crate::media;
use crate::storage::evidence::{self, Evidence};
use crate::storage::mails::{self, Mail};
use crate::storage::{StorageError, accounts};
use crate::web::kit::app::App;
use crate::web::kit::error::AppError;
use crate::web::kit::form::{Field, Form, FormView, Kind};
use crate::web::kit::limits::limit;
use crate::web::kit::page::Page;
use crate::web::kit::params::Params;
use crate::web::kit::respond::{rendered, see_other};
use crate::web::kit::upload::{GivenFile, Upload};
use crate::web::kit::view::NameView;
use crate::web::kit::visitor::Visitor;
use crate::web::kit::work::{on_change_by, on_database};
use crate::web::office::claim_view::files;

/// Codes that go out for one claim, and to one address, in a day.
const CODES_A_DAY: i32 = 3;
/// Changes of the evidence of one claim in a day.
const STEPS_A_DAY: i32 = 60;
/// Files somebody may give in a day: looking through one takes a while.
const FILES_A_DAY: i32 = 30;
/// Codes somebody may try for one claim in a day.
const TRIES_A_DAY: i32 = 10;
/// Most characters of a name or a position in a letter to others.
const LONGEST_SAID: usize = 80;
const DAY: Duration = Duration::days(1);
/// How far away a place can lie that belongs to a municipality, in km.
const NEAR_KM: f64 = 15.0;

/// What is wrong with one of the forms: its field and the sentence.
type Wrong = Option<(&'static str, String)>;

#[derive(Template)]
#[template(path = "office/evidence.html")]
struct Show {
    page: Page,
    name: NameView,
    back: String,
    /// What is to be said of the code: that it came back, or where it went.
    code: String,
    confirmed: bool,
    send: Option<FormView>,
    give: Option<FormView>,
    files: Vec<FileView>,
    add: Option<FormView>,
    places: Option<FormView>,
}

impl Show {
    fn is_wrong(&self) -> bool {
        [&self.give, &self.add].into_iter().flatten().any(|form| !form.wrong().is_empty())
    }
}

/// Listed places that may belong to a municipality, the nearest first. What
/// belongs to a hromada is known from its register.
fn candidates(directory: &Directory, of: &Municipality) -> Vec<Row> {
    if of.country.is_ukraine() {
        return Vec::new();
    }
    let mut near: Vec<(f64, Row)> = directory
        .rows()
        .map(|(row, record)| (row, &record.municipality))
        .filter(|(_, m)| m.country == of.country && m.id != of.id && m.status == Status::Listed)
        .map(|(row, m)| (m.point.km_to(of.point), row))
        .filter(|(km, _)| *km <= NEAR_KM)
        .collect();
    near.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    near.into_iter().take(MAX_PLACES).map(|(_, row)| row).collect()
}

fn render(
    page: Page,
    visitor: &Visitor,
    app: &App,
    (claim, shown): (&Claim, &Evidence),
    wrong: Wrong,
    status: StatusCode,
) -> Result<HttpResponse, AppError> {
    let t = page.t;
    let snapshot = app.now();
    let directory = &*snapshot.directory;
    let row = directory.by_id(claim.municipality).ok_or(AppError::NotFound)?;
    let m = directory.municipality(row);
    let url = page.url(&format!("/claims/{}/evidence", claim.id.0));
    let error = |field: &str| match &wrong {
        Some((of, sentence)) if *of == field => sentence.clone(),
        _ => String::new(),
    };
    let form = |action: &'static str, button: &str, fields: Vec<Field>| {
        FormView::new(visitor, &url, t.get(button), fields).hiding("do", action)
    };
    let (mut code, confirmed) = code_said(t, claim, shown);
    let is_sent = shown.code.is_some() && !confirmed;
    let named = !claim.text.official_address.is_empty();
    if named && shown.code.is_none() {
        let key = if app.sends_letters { "evidence-not-sent" } else { "evidence-no-letters" };
        code = t.one(key, "address", claim.text.official_address.as_str());
    }
    let send = (named && !confirmed && app.sends_letters).then(|| {
        form("send", if is_sent { "evidence-send-again" } else { "evidence-send" }, Vec::new())
    });
    let give = is_sent.then(|| {
        let field = Field::text(t, "code").labelled(t.get("evidence-code"));
        form("code", "evidence-give", vec![field.autocompleted("off").wrong(error("code"))])
    });
    let files = files(&page, claim, &shown.files)
        .into_iter()
        .zip(&shown.files)
        .map(|(view, file)| {
            let remove = form("remove", "evidence-remove", Vec::new());
            let remove = remove.hiding("file", file.id.to_string()).about(&view.name);
            FileView { remove: Some(remove), ..view }
        })
        .collect();
    let refused = !error("file").is_empty();
    let add = (refused || (shown.files.len() as i64) < MAX_FILES).then(|| {
        let field = Field::new(t, Kind::File, "file").hinted(t.get("evidence-file-hint"));
        form("add", "evidence-add", vec![field.wrong(error("file"))])
    });
    let near = candidates(directory, m);
    let places = (!near.is_empty()).then(|| {
        let picks = picks(&page, directory, &near, &shown.places);
        let field = Field::new(t, Kind::Checks, "place").hinted(t.get("evidence-places-hint"));
        form("places", "save", vec![field.picks(picks)])
    });
    rendered(
        &Show {
            name: NameView::new(&page, directory, m),
            back: page.url(&format!("/claims/{}", claim.id.0)),
            code,
            confirmed,
            send,
            give,
            files,
            add,
            places,
            page,
        },
        status,
    )
}

/// A claim of the account that asks, still to be decided, with what is shown
/// with it.
///
/// # Errors
/// [`AppError::NotFound`] for one of somebody else, or one that is over.
async fn open(
    app: &web::Data<App>,
    visitor: &Visitor,
    id: &str,
) -> Result<(Claim, Evidence), AppError> {
    let claim = own(app, visitor, id).await?;
    if claim.state.open_to(ClaimActor::Claimant).next().is_none() {
        return Err(AppError::NotFound);
    }
    let number = claim.id;
    let shown = on_database(app, move |conn, _| Ok(evidence::of(conn, number)?)).await?;
    Ok((claim, shown))
}

/// `GET /{lang}/claims/{id}/evidence`
pub(crate) async fn show(
    request: HttpRequest,
    page: Page,
    visitor: Visitor,
    path: web::Path<(String, String)>,
    app: web::Data<App>,
) -> Result<HttpResponse, AppError> {
    Params::of(&request, &[])?;
    let (claim, shown) = open(&app, &visitor, &path.1).await?;
    render(page, &visitor, &app, (&claim, &shown), None, StatusCode::OK)
}

/// `POST /{lang}/claims/{id}/evidence`: sends a code or takes it, adds or
/// removes a file, says which places belong to the municipality.
pub(crate) async fn update(
    page: Page,
    visitor: Visitor,
    path: web::Path<(String, String)>,
    app: web::Data<App>,
    upload: Upload,
) -> Result<HttpResponse, AppError> {
    let (claim, shown) = open(&app, &visitor, &path.1).await?;
    let Upload { form, file } = upload;
    let t = page.t;
    // Whoever decides has to look again after each: not without end.
    let number = claim.id.0.to_string();
    on_database(&app, move |conn, now| limit(conn, "evidence of", &number, STEPS_A_DAY, DAY, now))
        .await?;
    let wrong: Wrong = match form.get("do") {
        "send" => {
            send_code(&app, &visitor, &claim).await?;
            None
        }
        "code" => match give_code(&app, &visitor, &claim, form.line("code")).await? {
            true => None,
            false => Some(("code", t.get("evidence-code-wrong"))),
        },
        "add" => {
            add_file((&app, &visitor), t, &claim, file).await?.map(|sentence| ("file", sentence))
        }
        "remove" => {
            let file: i64 = form.get("file").parse().map_err(|_| AppError::BadForm)?;
            let (id, by) = (claim.id, claim.account);
            on_change_by(&app, &visitor, move |conn, _, now| {
                Ok(evidence::remove_file(conn, id, by, file, now)?)
            })
            .await?;
            None
        }
        "places" => {
            set_places(&app, &visitor, &claim, &form).await?;
            None
        }
        _ => return Err(AppError::BadForm),
    };
    if wrong.is_some() {
        let status = StatusCode::UNPROCESSABLE_ENTITY;
        return render(page, &visitor, &app, (&claim, &shown), wrong, status);
    }
    Ok(see_other(&page.url(&format!(
        "/claims/{}/evidence?done=evidence-{}",
        claim.id.0,
        form.get("do")
    ))))
}

/// Sends a new code to the official address that a claim names.
async fn send_code(app: &web::Data<App>, visitor: &Visitor, claim: &Claim) -> Result<(), AppError> {
    let session = visitor.signed_in()?.session.id;
    let key = email_key(&claim.text.official_address).ok_or(AppError::BadForm)?;
    if !app.sends_letters {
        return Err(AppError::BadForm);
    }
    let id = claim.account;
    let claimant = on_database(app, move |conn, _| Ok(accounts::person(conn, id)?)).await?;
    let claimant = claimant.ok_or(AppError::NotFound)?;
    let snapshot = app.now();
    let row = snapshot.directory.by_id(claim.municipality).ok_or(AppError::NotFound)?;
    let m = snapshot.directory.municipality(row);
    let (english, ukrainian) = both_names(m);
    // Whoever reads there is not known; a hromada reads Ukrainian.
    let (name, language) = if m.country.is_ukraine() { (ukrainian, "uk") } else { (english, "en") };
    let reader = Person {
        name: name.clone(),
        email: claim.text.official_address.clone(),
        language: language.to_owned(),
    };
    let code = code::new(2).map_err(|e| AppError::Other(e.into()))?;
    let hash = hash_of(claim, &code);
    let who = said_by(&claimant, &claim.text.position);
    let args = [
        ("municipality", Value::from(name)),
        ("code", Value::from(code)),
        ("who", Value::from(who)),
    ];
    let to = Reader { account: claim.account, person: &reader };
    let mail = letter::write(to, "claim-code", &args, None, app.site().host())
        .map_err(|e| AppError::Other(e.into()))?;
    let mail = Mail { secret: true, ..mail };
    let (id, by, address) = (claim.id, claim.account, claim.text.official_address.clone());
    on_database(app, move |conn, now| {
        limit(conn, "code for claim", &id.0.to_string(), CODES_A_DAY, DAY, now)?;
        limit(conn, "code to", &key, CODES_A_DAY, DAY, now)?;
        crate::storage::change(conn, |conn| -> Result<(), AppError> {
            accounts::acting(conn, session, by)?;
            evidence::send_code(conn, id, by, (&address, &hash), now)?;
            mails::add(conn, &mail, now)?;
            Ok(())
        })
    })
    .await
}

/// Who asks for a code, for the clerk who reads the letter: letters and spaces
/// alone, of which no mail program makes a link, for anybody may have typed
/// them.
fn said_by(person: &Person, position: &str) -> String {
    let plain = |said: &str| text::words_alone(said, LONGEST_SAID);
    format!("{}, {} ({})", plain(&person.name), plain(position), person.email)
}

/// What is stored of the code of a claim: of no use for another.
fn hash_of(claim: &Claim, code: &str) -> String {
    code::hash(&format!("claim {}", claim.id.0), code)
}

/// Takes a code, and says whether it was right.
async fn give_code(
    app: &web::Data<App>,
    visitor: &Visitor,
    claim: &Claim,
    given: String,
) -> Result<bool, AppError> {
    let session = visitor.signed_in()?.session.id;
    let (id, by, hash) = (claim.id, claim.account, hash_of(claim, &given));
    on_database(app, move |conn, now| {
        limit(conn, "try of claim", &id.0.to_string(), TRIES_A_DAY, DAY, now)?;
        let after = now - Duration::days(CODE_DAYS);
        crate::storage::change(conn, |conn| {
            accounts::acting(conn, session, by)?;
            Ok(evidence::give_code(conn, id, by, (&hash, after), now)?)
        })
    })
    .await
}

/// Adds a file; what is wrong with it as a sentence.
async fn add_file(
    (app, visitor): (&web::Data<App>, &Visitor),
    t: T,
    claim: &Claim,
    file: Option<GivenFile>,
) -> Result<Option<String>, AppError> {
    let Some(file) = file.filter(|f| f.is_too_large || !f.body.is_empty()) else {
        return Ok(Some(t.get("evidence-file-none")));
    };
    if file.is_too_large {
        return Ok(Some(t.get("evidence-file-large")));
    }
    let giver = claim.account.0.to_string();
    on_database(app, move |conn, now| limit(conn, "files of", &giver, FILES_A_DAY, DAY, now))
        .await?;
    let turn = app.looking.acquire().await.map_err(|e| AppError::Other(e.into()))?;
    let drawn = web::block(move || (media::harmless(&file.body), file.name)).await;
    drop(turn);
    let (kind, body, name) = match drawn.map_err(|e| AppError::Other(e.into()))? {
        (Ok((kind, body)), name) => (kind, body, name),
        (Err(unfit), _) => return Ok(Some(t.get(&format!("evidence-file-{}", unfit.as_str())))),
    };
    let (id, by) = (claim.id, claim.account);
    let added = on_change_by(app, visitor, move |conn, _, now| {
        Ok(evidence::add_file(conn, id, by, (&name, kind, &body), now)?)
    });
    match added.await {
        Err(AppError::Storage(StorageError::Conflict)) => {
            Ok(Some(t.one("evidence-file-many", "most", MAX_FILES.to_string())))
        }
        other => other.map(|()| None),
    }
}

/// Says which of the places near by belong to the municipality.
async fn set_places(
    app: &web::Data<App>,
    visitor: &Visitor,
    claim: &Claim,
    form: &Form,
) -> Result<(), AppError> {
    let snapshot = app.now();
    let directory = &*snapshot.directory;
    let row = directory.by_id(claim.municipality).ok_or(AppError::NotFound)?;
    let near = candidates(directory, directory.municipality(row));
    let near: Vec<MunicipalityId> = near.iter().map(|r| directory.municipality(*r).id).collect();
    let ticked: Vec<MunicipalityId> = form
        .all("place")
        .map(|id| id.parse().map(MunicipalityId).map_err(|_| AppError::BadForm))
        .collect::<Result<_, _>>()?;
    if ticked.iter().any(|id| !near.contains(id)) {
        return Err(AppError::BadForm);
    }
    let (id, by) = (claim.id, claim.account);
    on_change_by(app, visitor, move |conn, _, now| {
        Ok(evidence::set_places(conn, id, by, &ticked, now)?)
    })
    .await
}

/// `GET /{lang}/claims/{id}/files/{file}`: a file, for its claimant and for
/// officers who may decide on the claim. Browsers keep it and run nothing in
/// it.
pub(crate) async fn file(
    request: HttpRequest,
    visitor: Visitor,
    path: web::Path<(String, String, String)>,
    app: web::Data<App>,
) -> Result<HttpResponse, AppError> {
    Params::of(&request, &[])?;
    let number: i64 = path.2.parse().map_err(|_| AppError::NotFound)?;
    let claim = match own(&app, &visitor, &path.1).await {
        Err(AppError::NotFound) if visitor.signed_in()?.account.is_officer() => {
            claim_for(&app, &visitor, &path.1).await?
        }
        claim => claim?,
    };
    let id = claim.id;
    let (kind, body, name) = on_database(&app, move |conn, _| {
        let kept = evidence::of(conn, id)?.files.into_iter().find(|f| f.id == number);
        let name = kept.ok_or(AppError::NotFound)?.name;
        let (kind, body) = evidence::file(conn, id, number)?;
        Ok((kind, body, name))
    })
    .await?;
    let plain = format!("evidence-{number}.{}", kind.extension());
    let stem = name.rsplit_once('.').map_or(name.as_str(), |(stem, _)| stem);
    let own_name = format!("{stem}.{}", kind.extension());
    let disposition = ContentDisposition {
        disposition: DispositionType::Attachment,
        parameters: vec![
            DispositionParam::Filename(plain),
            DispositionParam::FilenameExt(ExtendedValue {
                charset: Charset::Ext("UTF-8".to_owned()),
                language_tag: None,
                value: own_name.into_bytes(),
            }),
        ],
    };
    Ok(HttpResponse::Ok()
        .content_type(kind.content_type())
        .insert_header(disposition)
        .insert_header((header::CONTENT_SECURITY_POLICY, "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox"))
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .body(body))
}
