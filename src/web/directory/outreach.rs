//! A first letter to a partner: what it says is chosen, its text can be
//! changed, and it is taken away as mail, document or paper. Nothing is stored.

use actix_web::http::{StatusCode, header};
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;

use super::municipality::contacts_for;
use crate::domain::area::{AREAS, SubArea};
use crate::domain::audience::Direction;
use crate::domain::contact::Contact;
use crate::domain::directory::Row;
use crate::domain::text;
use crate::export::docx;
use crate::i18n::{Lang, T};
use crate::snapshot::Snapshot;
use crate::web::kit::app::App;
use crate::web::kit::error::AppError;
use crate::web::kit::form::{Form, over};
use crate::web::kit::lookup::{Found, find, moved};
use crate::web::kit::page::Page;
use crate::web::kit::params::Params;
use crate::web::kit::respond::rendered;
use crate::web::kit::view::{Choice, ControlView, NameView};
use crate::web::kit::visitor::Visitor;
use crate::wording::letters::{self, Choices, Letter, LetterReason, STEPS, Writing};
use crate::wording::{self, Tagged};

/// Needs and offers that meet, chosen before anybody chooses.
const MET: usize = 3;
/// Reasons chosen at least.
const CHOSEN: usize = 2;

/// Longest address, subject and text of a letter, in characters: more than two
/// pages nobody reads.
const MAX_LINE: usize = 200;
const MAX_TEXT: usize = 8_000;

/// Characters that stand in a line of the text on a wide screen, to make it as
/// high as what it holds.
const LINE: usize = 56;

const PARAMS: [&str; 6] = ["to", "r", "learn", "share", "step", "chosen"];

/// What somebody needs or offers: a quote, or the name of the sub-area.
struct SaidView {
    said: Tagged,
    is_quote: bool,
}

/// A need and an offer that meet, to be ticked.
struct MeetingView {
    code: String,
    chosen: bool,
    need: SaidView,
    offer: SaidView,
    /// Area and level of the offer.
    about: String,
}

/// A need or an offer of the sender, to be ticked.
struct TopicView {
    value: String,
    chosen: bool,
    said: SaidView,
}

struct OptionGroup {
    label: String,
    options: Vec<Choice>,
}

/// What the sender would like to learn about, or can share, beside what meets:
/// its own entries, or where it has stated none any sub-area.
struct TopicsView {
    name: &'static str,
    label: String,
    own: Vec<TopicView>,
    all: Vec<OptionGroup>,
}

/// One letter in one language.
struct SheetView {
    lang: &'static str,
    id: String,
    label: String,
    letter: Letter,
    /// Messages in the language of the letter.
    t: T,
    /// Lines that the text takes.
    rows: usize,
    /// Said where what the letter rests on is invented.
    invented: Option<String>,
}

#[derive(Template)]
#[template(path = "directory/outreach.html")]
struct Show {
    page: Page,
    own: NameView,
    other: NameView,
    /// What the sender needs and the receiver offers.
    for_sender: Vec<MeetingView>,
    /// What the receiver needs and the sender offers.
    for_receiver: Vec<MeetingView>,
    /// Other reasons.
    reasons: Vec<Choice>,
    topics: Vec<TopicsView>,
    steps: Vec<Choice>,
    languages: Vec<Choice>,
    /// Whether a quote is not in the language of a letter.
    foreign_quotes: bool,
    /// None where a side is under occupation: no letter is written then. The
    /// receiver's language comes first.
    sheets: Vec<SheetView>,
    /// Where the receiver is reached, if the visitor may know.
    recipient: String,
    mail_url: String,
    errors: Vec<(String, String)>,
    action: String,
    /// The proof that a page of this site made the form.
    proof: String,
    pair_url: String,
    already: bool,
    /// Whether a visit is not offered, because of the war.
    no_visit: bool,
    controls: Vec<ControlView>,
}

/// Everything about a letter that does not depend on what was typed.
struct Prepared {
    snapshot: std::sync::Arc<Snapshot>,
    from: Row,
    to: Row,
    reasons: Vec<LetterReason>,
    choices: Choices,
    /// The language of the receiver, then that of the sender if it is another.
    languages: Vec<Lang>,
    steps: Vec<&'static str>,
    today: chrono::NaiveDate,
}

/// Reads who writes to whom and what was chosen; or the address the two have
/// now.
fn prepare(
    request: &HttpRequest,
    app: &App,
    (own_slug, other_slug): (&str, &str),
) -> Result<Result<Prepared, HttpResponse>, AppError> {
    let params = Params::of(request, &PARAMS)?;
    let snapshot = app.now();
    let directory = &*snapshot.directory;
    let from = match find(directory, own_slug)? {
        Found::Here(row) => row,
        Found::Moved(new) => return Ok(Err(moved(request, own_slug, &new))),
    };
    let Found::Here(to) = find(directory, other_slug)? else { return Err(AppError::NotFound) };
    let why = snapshot.corpus.explain(from, to).ok_or(AppError::NotFound)?;
    let (own, other) = (directory.municipality(from), directory.municipality(to));
    let reasons = letters::reasons(own, other, &why);

    let by_code = |code: &str| reasons.iter().position(|r| r.code == code);
    let mut chosen = params.all_parsed("r", by_code)?;
    if !params.has("chosen") && chosen.is_empty() {
        let met = reasons.iter().filter(|r| r.meeting().is_some()).count();
        chosen = (0..reasons.len().min(met.clamp(CHOSEN, MET))).collect();
    }
    // Where there is fighting, a letter does not propose a journey.
    let in_danger = [own, other].iter().any(|m| m.is_in_danger());
    let steps: Vec<&'static str> =
        STEPS.into_iter().filter(|s| !(in_danger && *s == "visit")).collect();
    let step = params
        .parsed("step", |s| STEPS.into_iter().find(|x| *x == s))?
        .filter(|s| steps.contains(s))
        .unwrap_or(STEPS[0]);
    // Where the other side has stated nothing, what the sender itself has
    // stated is the natural thing to write about.
    let own_topics = !params.has("chosen") && !why.partner_states;
    let topics = |name: &'static str, wanted: fn(Direction) -> bool| {
        let mut topics = params.all_parsed(name, SubArea::parse)?;
        if own_topics && topics.is_empty() {
            let mut entries = directory.record(from).profile.public_entries(snapshot.today);
            topics.extend(entries.find(|e| wanted(e.direction)).map(|e| e.subarea));
        }
        Ok::<_, AppError>(topics)
    };
    let choices = Choices {
        reasons: chosen,
        learn: topics("learn", Direction::needs)?,
        share: topics("share", Direction::offers)?,
        step,
    };
    let their = params.parsed("to", Lang::parse)?.unwrap_or_else(|| letters::language_of(other));
    let mut languages = vec![their, letters::language_of(own)];
    languages.dedup();
    let today = app.live.clock().today();
    drop(why);
    Ok(Ok(Prepared { from, to, reasons, choices, languages, steps, today, snapshot }))
}

/// The contacts that a letter names: whom to answer, a line each, where the
/// visitor writes for their own municipality; and where the receiver is
/// reached, where they may know.
async fn contacts_of(
    app: &web::Data<App>,
    visitor: &Visitor,
    prepared: &Prepared,
) -> Result<(String, String), AppError> {
    let Some(account) = visitor.account() else { return Ok(Default::default()) };
    let directory = &*prepared.snapshot.directory;
    let (own, other) = (directory.municipality(prepared.from), directory.municipality(prepared.to));
    let among_verified = visitor.is_among_verified(directory);
    let sender = match account.may_edit(own.id) {
        true => contacts_for(app, account, own, among_verified).await?.into_iter().next(),
        false => None,
    };
    let receiver = contacts_for(app, account, other, among_verified).await?.into_iter().next();
    let lines = |c: Contact| {
        let parts = [c.name, c.position, c.email, c.phone];
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\n")
    };
    Ok((sender.map(lines).unwrap_or_default(), receiver.map(|c| c.email).unwrap_or_default()))
}

impl Prepared {
    fn letters(&self, page: &Page, contact: &str) -> Vec<Letter> {
        let directory = &*self.snapshot.directory;
        let slug = &directory.municipality(self.from).slug;
        // Pages are in two languages; the profile on one page is in four.
        let passport = |lang: Lang| {
            let of_page = if lang == Lang::Uk { Lang::Uk } else { Lang::En };
            let query =
                if of_page == lang { String::new() } else { format!("?in={}", lang.code()) };
            page.whole_url_in(of_page, &format!("/municipalities/{slug}/passport{query}"))
        };
        let writing = Writing {
            directory,
            from: self.from,
            to: self.to,
            reasons: &self.reasons,
            choices: &self.choices,
            today: self.today,
            passport: &passport,
            contact,
        };
        self.languages.iter().map(|lang| writing.letter(*lang)).collect()
    }

    fn is_occupied(&self) -> bool {
        [self.from, self.to].iter().any(|r| self.snapshot.directory.municipality(*r).is_occupied())
    }

    fn said(&self, page: &Page, who: (Row, SubArea), wanted: fn(Direction) -> bool) -> SaidView {
        let directory = &*self.snapshot.directory;
        match wording::statement(directory, who, wanted, page.t.lang) {
            Some(said) => SaidView { said, is_quote: true },
            None => {
                let said = Tagged { text: page.t.get(&who.1.key()), lang: "" };
                SaidView { said, is_quote: false }
            }
        }
    }

    /// What meets: the needs of the sender, then those of the receiver.
    fn meetings(&self, page: &Page) -> [Vec<MeetingView>; 2] {
        let directory = &*self.snapshot.directory;
        let mut sides = [Vec::new(), Vec::new()];
        for (i, reason) in self.reasons.iter().enumerate() {
            let Some(meeting) = reason.meeting() else { continue };
            let area = page.t.get(&meeting.offer.1.area().key());
            let entry = wording::entry_of(directory, meeting.offer, Direction::offers);
            let level = entry.map(|e| page.t.get(&format!("level-{}", e.level.value())));
            let about: Vec<String> = [Some(area), level].into_iter().flatten().collect();
            let of_receiver = usize::from(meeting.need.0 == self.to);
            sides[of_receiver].push(MeetingView {
                code: reason.code.clone(),
                chosen: self.choices.reasons.contains(&i),
                need: self.said(page, meeting.need, Direction::needs),
                offer: self.said(page, meeting.offer, Direction::offers),
                about: about.join(" · "),
            });
        }
        sides
    }

    fn topics(&self, page: &Page, name: &'static str) -> TopicsView {
        let (wanted, chosen): (fn(Direction) -> bool, _) = match name {
            "learn" => (Direction::needs, &self.choices.learn),
            _ => (Direction::offers, &self.choices.share),
        };
        let met = |subarea: SubArea| {
            let mut meetings = self.reasons.iter().filter_map(LetterReason::meeting);
            meetings.any(|m| [m.need, m.offer].contains(&(self.from, subarea)))
        };
        let profile = &self.snapshot.directory.record(self.from).profile;
        let entries = profile.public_entries(self.today).filter(|e| wanted(e.direction));
        let own = entries.filter(|e| !met(e.subarea)).map(|e| TopicView {
            value: e.subarea.to_string(),
            chosen: chosen.contains(&e.subarea),
            said: self.said(page, (self.from, e.subarea), wanted),
        });
        let own: Vec<TopicView> = own.collect();
        let stated = profile.public_entries(self.today).any(|e| wanted(e.direction));
        let all = if stated { Vec::new() } else { subarea_options(page, chosen) };
        TopicsView { name, label: page.t.get(&format!("letter-{name}")), own, all }
    }

    /// Whether a letter quotes something that is in another language.
    fn has_foreign_quotes(&self) -> bool {
        let directory = &*self.snapshot.directory;
        let of_reasons = self.choices.reasons.iter().filter_map(|i| self.reasons[*i].meeting());
        let mut quoted: Vec<((Row, SubArea), fn(Direction) -> bool)> = Vec::new();
        for meeting in of_reasons {
            quoted.push((meeting.need, Direction::needs));
            quoted.push((meeting.offer, Direction::offers));
        }
        quoted.extend(
            self.choices
                .learn
                .iter()
                .map(|s| ((self.from, *s), Direction::needs as fn(Direction) -> bool)),
        );
        quoted.extend(
            self.choices
                .share
                .iter()
                .map(|s| ((self.from, *s), Direction::offers as fn(Direction) -> bool)),
        );
        self.languages.iter().any(|lang| {
            quoted.iter().any(|(who, wanted)| {
                wording::statement(directory, *who, *wanted, *lang)
                    .is_some_and(|said| !said.lang.is_empty())
            })
        })
    }
}

fn subarea_options(page: &Page, chosen: &[SubArea]) -> Vec<OptionGroup> {
    AREAS
        .iter()
        .map(|area| OptionGroup {
            label: page.t.get(&area.key()),
            options: area
                .subareas()
                .map(|s| Choice::new(s.to_string(), page.t.get(&s.key()), chosen.contains(&s)))
                .collect(),
        })
        .collect()
}

/// The address that opens a letter in somebody's mail program.
fn mail_url(recipient: &str, letter: &Letter) -> String {
    let encoded = |text: &str| {
        // Mail programs know no `+` for a space, and lines end with both.
        let text = text.replace('\n', "\r\n");
        let pairs = serde_html_form::to_string([("x", text)]).unwrap_or_default();
        pairs.trim_start_matches("x=").replace('+', "%20")
    };
    let (subject, body) = (encoded(&letter.subject), encoded(&letter.text));
    format!("mailto:{recipient}?subject={subject}&body={body}")
}

fn sheet(letter: Letter, invented: bool) -> SheetView {
    let t = T::letters(letter.lang);
    let lines = letter.text.lines().map(|line| line.chars().count() / LINE + 1);
    SheetView {
        lang: letter.lang.code(),
        id: format!("letter-{}", letter.lang.code()),
        label: t.get("letter-aria"),
        rows: lines.sum(),
        invented: invented.then(|| t.get("letter-invented")),
        letter,
        t,
    }
}

/// The page with some letters, as they were written or typed.
fn show_letters(
    page: Page,
    visitor: &Visitor,
    prepared: &Prepared,
    written: Vec<Letter>,
    recipient: String,
    errors: Vec<(String, String)>,
) -> Result<HttpResponse, AppError> {
    let directory = &*prepared.snapshot.directory;
    let (own, other) = (directory.municipality(prepared.from), directory.municipality(prepared.to));
    let [for_sender, for_receiver] = prepared.meetings(&page);
    let others = prepared.reasons.iter().enumerate().filter(|(_, r)| r.meeting().is_none());
    // What can be chosen is described in the page's language.
    let t = T::letters(page.t.lang);
    let reasons = others.map(|(i, r)| {
        let label = r.say(t, directory);
        Choice::new(&r.code, label, prepared.choices.reasons.contains(&i))
    });
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let invented = own.invented || other.invented;
    let show = Show {
        own: NameView::new(&page, directory, own),
        other: NameView::new(&page, directory, other),
        for_sender,
        for_receiver,
        reasons: reasons.collect(),
        topics: vec![prepared.topics(&page, "learn"), prepared.topics(&page, "share")],
        steps: prepared
            .steps
            .iter()
            .map(|s| {
                let label = page.t.get(&format!("letter-choice-{s}"));
                Choice::new(*s, label, *s == prepared.choices.step)
            })
            .collect(),
        languages: Lang::LETTERS
            .into_iter()
            .map(|l| Choice::new(l.code(), l.own_name(), l == prepared.languages[0]))
            .collect(),
        foreign_quotes: prepared.has_foreign_quotes(),
        mail_url: written.first().map_or_else(String::new, |l| mail_url(&recipient, l)),
        sheets: written.into_iter().map(|letter| sheet(letter, invented)).collect(),
        recipient,
        errors,
        action: page.here(),
        proof: visitor.form_value(),
        already: prepared.snapshot.corpus.are_partners(prepared.from, prepared.to),
        no_visit: !prepared.steps.contains(&"visit"),
        controls: [own, other].into_iter().filter_map(|m| ControlView::of(page.t, m)).collect(),
        pair_url: page.url(&format!("/municipalities/{}/partners/{}", own.slug, other.slug)),
        page,
    };
    rendered(&show, status)
}

/// `GET /{lang}/municipalities/{slug}/partners/{partner}/letter`
pub(crate) async fn show(
    request: HttpRequest,
    page: Page,
    visitor: Visitor,
    path: web::Path<(String, String, String)>,
    app: web::Data<App>,
) -> Result<HttpResponse, AppError> {
    let prepared = match prepare(&request, &app, (&path.1, &path.2))? {
        Ok(prepared) => prepared,
        Err(moved) => return Ok(moved),
    };
    if prepared.is_occupied() {
        return show_letters(page, &visitor, &prepared, Vec::new(), String::new(), Vec::new());
    }
    let (contact, recipient) = contacts_of(&app, &visitor, &prepared).await?;
    let written = prepared.letters(&page, &contact);
    show_letters(page, &visitor, &prepared, written, recipient, Vec::new())
}

/// A letter as it was typed, with what is wrong with it.
fn typed(page: &Page, form: &Form, letter: Letter, errors: &mut Vec<(String, String)>) -> Letter {
    let code = letter.lang.code();
    let mut field = |name: &str, written: String, most: usize| {
        let name = format!("{name}-{code}");
        if !form.has(&name) {
            return written;
        }
        let typed = text::clean(form.get(&name));
        let over = over(&typed, most);
        if over > 0 {
            errors.push((name, page.t.count("letter-too-long", over as i64)));
        }
        typed
    };
    Letter {
        to: field("to", letter.to, MAX_LINE),
        subject: field("subject", letter.subject, MAX_LINE),
        text: field("text", letter.text, MAX_TEXT),
        ..letter
    }
}

/// `POST /{lang}/municipalities/{slug}/partners/{partner}/letter`: the letter
/// as it was changed, as a document or on the page again.
pub(crate) async fn take(
    request: HttpRequest,
    page: Page,
    visitor: Visitor,
    path: web::Path<(String, String, String)>,
    app: web::Data<App>,
    form: Form,
) -> Result<HttpResponse, AppError> {
    let prepared = match prepare(&request, &app, (&path.1, &path.2))? {
        Ok(prepared) => prepared,
        Err(moved) => return Ok(moved),
    };
    if prepared.is_occupied() {
        return Err(AppError::NotFound);
    }
    let (contact, recipient) = contacts_of(&app, &visitor, &prepared).await?;
    let mut errors = Vec::new();
    let written = prepared.letters(&page, &contact).into_iter();
    let written: Vec<Letter> =
        written.map(|letter| typed(&page, &form, letter, &mut errors)).collect();
    if form.get("do") != "docx" || !errors.is_empty() {
        return show_letters(page, &visitor, &prepared, written, recipient, errors);
    }
    let directory = &*prepared.snapshot.directory;
    let receiver = directory.municipality(prepared.to);
    let invented = receiver.invented || directory.municipality(prepared.from).invented;
    let document = docx::letters(&written, invented).map_err(AppError::Other)?;
    Ok(HttpResponse::Ok()
        .content_type(docx::CONTENT_TYPE)
        .insert_header((
            header::CONTENT_DISPOSITION,
            format!("attachment; filename=\"letter-{}.docx\"", receiver.slug),
        ))
        .body(document))
}
