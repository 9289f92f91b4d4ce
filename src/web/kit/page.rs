//! What every page knows: its language, its address, its colours.

use std::future::{Ready, ready};

use actix_web::dev::Payload;
use actix_web::http::Method;
use actix_web::{FromRequest, HttpRequest, web};

use super::addresses::Addresses;
use super::app::App;
use super::assets;
use super::security::MAX_ADDRESS;
use super::visitor::Visitor;
use crate::i18n::{Lang, T};

/// Name of the cookie that remembers the colours somebody chose.
pub(crate) const THEME_COOKIE: &str = "theme";

/// The frame around a page.
#[derive(Clone)]
pub(crate) struct Page {
    /// Messages in the page's language.
    pub(crate) t: T,
    /// The address without the language, beginning with `/`.
    path: String,
    /// Whether the page answers a form that was sent.
    answers_form: bool,
    /// Where the page can be read, without the language: a form may be sent to
    /// an address that shows no page, and stands on the one above.
    readable: String,
    /// The query, beginning with `?`, or nothing.
    query: String,
    /// `light` or `dark` when somebody chose; nothing leaves it to the
    /// system.
    pub(crate) theme: &'static str,
    /// Whether everything stated is invented.
    pub(crate) demo: bool,
    /// The address people use, without a path, if the operator has said.
    base_url: Option<String>,
    /// The address this request came to, for what is printed.
    origin: String,
    /// Where people can write, if the operator has said.
    pub(crate) contact: Option<String>,
    /// Whether letters that are written here are sent.
    pub(crate) sends_letters: bool,
    /// The name of whoever is signed in.
    pub(crate) visitor: Option<String>,
    /// What somebody signed in has just done, in a sentence.
    pub(crate) told: String,
}

/// The field of a query that names what was just done.
pub(crate) const DONE: &str = "done";

/// A link to the same page in another language.
pub(crate) struct OtherLanguage {
    pub(crate) code: &'static str,
    pub(crate) name: &'static str,
    pub(crate) url: String,
}

impl Page {
    /// The frame for a request: the language of its address, or else the one
    /// the browser asks for.
    pub(crate) fn of(request: &HttpRequest) -> Page {
        let path = request.path();
        let mut segments = path.trim_start_matches('/').splitn(2, '/');
        let first = segments.next().unwrap_or("");
        let (lang, rest) = match Lang::parse_page(first) {
            Some(lang) => (lang, format!("/{}", segments.next().unwrap_or(""))),
            None => {
                let accept = request
                    .headers()
                    .get(actix_web::http::header::ACCEPT_LANGUAGE)
                    .and_then(|v| v.to_str().ok());
                (Lang::negotiate(accept.unwrap_or("")), "/".to_owned())
            }
        };
        let theme = match request.cookie(THEME_COOKIE).as_ref().map(|c| c.value()) {
            Some("dark") => "dark",
            Some("light") => "light",
            _ => "",
        };
        let app = request.app_data::<web::Data<App>>();
        // An address that is refused for its length is not repeated in links.
        let query = Some(request.query_string()).filter(|q| q.len() <= MAX_ADDRESS).unwrap_or("");
        let t = T::pages(lang);
        let visitor = Visitor::of(request).seen().map(|seen| seen.name.clone());
        let told = visitor.as_ref().and_then(|_| said_of(t, &rest, query)).unwrap_or_default();
        // What was done is not done again in another language.
        let query = if told.is_empty() { query } else { "" };
        let answers_form = !matches!(*request.method(), Method::GET | Method::HEAD);
        let readable = match request.app_data::<Addresses>().filter(|_| answers_form) {
            Some(addresses) => {
                let above = addresses.readable(path);
                above.strip_prefix(&format!("/{}", lang.code())).unwrap_or(above).to_owned()
            }
            None => rest.clone(),
        };
        Page {
            t,
            path: rest,
            answers_form,
            readable,
            query: if query.is_empty() { String::new() } else { format!("?{query}") },
            theme,
            demo: app.is_some_and(|a| a.demo),
            origin: app.and_then(|a| a.base_url.clone()).unwrap_or_else(|| origin(request)),
            base_url: app.and_then(|a| a.base_url.clone()),
            contact: app.and_then(|a| a.contact_email.clone()),
            sends_letters: app.is_some_and(|a| a.sends_letters),
            visitor,
            told,
        }
    }

    /// The code of the page's language.
    pub(crate) fn lang(&self) -> &'static str {
        self.t.lang.code()
    }

    /// The address of a page in this language; `path` begins with `/`.
    pub(crate) fn url(&self, path: &str) -> String {
        format!("/{}{path}", self.lang())
    }

    /// The same page as one that is read at another address in this language;
    /// `path` begins with `/`.
    pub(crate) fn at(self, path: &str) -> Page {
        Page { path: path.to_owned(), readable: path.to_owned(), answers_form: false, ..self }
    }

    /// Whether the page answers a form that was sent: what was typed then
    /// stands on it and is newer than what was kept of it.
    pub(crate) fn answers_form(&self) -> bool {
        self.answers_form
    }

    /// Where this page can be read, in a language.
    fn readable(&self, lang: Lang) -> String {
        format!("/{}{}", lang.code(), self.readable)
    }

    /// The whole address of a page, as somebody would type it from paper.
    pub(crate) fn whole_url(&self, path: &str) -> String {
        self.whole_url_in(self.t.lang, path)
    }

    /// The same in another language.
    pub(crate) fn whole_url_in(&self, lang: Lang, path: &str) -> String {
        format!("{}/{}{path}", self.origin, lang.code())
    }

    /// The address of the page to sign in on, from where a visitor goes on to
    /// another.
    pub(crate) fn sign_in_url(&self, to: &str) -> String {
        let query = serde_html_form::to_string([("to", to)]).unwrap_or_default();
        self.url(&format!("/sign-in?{query}"))
    }

    /// The address of a municipality's page, or of one below it.
    pub(crate) fn municipality_url(&self, slug: &str) -> String {
        self.url(&format!("/municipalities/{slug}"))
    }

    /// The address of a file of `static/`.
    pub(crate) fn asset(&self, name: &str) -> &'static str {
        assets::address(name)
    }

    /// This page in the other languages.
    pub(crate) fn other_languages(&self) -> Vec<OtherLanguage> {
        Lang::PAGES
            .into_iter()
            .filter(|l| *l != self.t.lang)
            .map(|l| OtherLanguage {
                code: l.code(),
                name: l.own_name(),
                url: format!("{}{}", self.readable(l), self.query),
            })
            .collect()
    }

    /// The whole address of this page in each language, for search engines;
    /// nothing while the operator has not said the base address.
    pub(crate) fn alternates(&self) -> Vec<(&'static str, String)> {
        let Some(base) = &self.base_url else { return Vec::new() };
        Lang::PAGES.into_iter().map(|l| (l.code(), format!("{base}{}", self.readable(l)))).collect()
    }

    /// Whether a part of the site holds this page.
    pub(crate) fn is_in(&self, section: &str) -> bool {
        self.path.trim_end_matches('/') == section || self.path.starts_with(&format!("{section}/"))
    }

    /// The address of this page, to come back to.
    pub(crate) fn here(&self) -> String {
        format!("{}{}", self.readable(self.t.lang), self.query)
    }
}

/// The sentence about what was just done: one of those there are, on the page
/// that it leads to.
fn said_of(t: T, path: &str, query: &str) -> Option<String> {
    let pairs: Vec<(String, String)> = serde_html_form::from_str(query).ok()?;
    let (_, what) = pairs.into_iter().find(|(name, _)| name == DONE)?;
    let place = match what.split('-').next()? {
        "claim" | "evidence" => ["/claims/", "/admin/claims"].iter().any(|p| path.starts_with(p)),
        "request" => path == "/admin/requests",
        "curated" => path.starts_with("/admin/municipalities/"),
        "member" => path.ends_with("/members"),
        "account" => path == "/admin/accounts",
        _ => false,
    };
    let key = format!("done-{what}");
    (place && t.has(&key)).then(|| t.get(&key))
}

/// Where a request came to, as its `Host` says; nothing if that is no name of
/// a host.
fn origin(request: &HttpRequest) -> String {
    let host = request.headers().get(actix_web::http::header::HOST);
    host.and_then(|h| h.to_str().ok())
        .filter(|h| h.chars().all(|c| c.is_ascii_alphanumeric() || ".-:[]".contains(c)))
        .map_or_else(String::new, |h| format!("http://{h}"))
}

impl FromRequest for Page {
    type Error = actix_web::Error;
    type Future = Ready<Result<Page, Self::Error>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(Ok(Page::of(request)))
    }
}
