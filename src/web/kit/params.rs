//! The query of an address: read strictly, so that a mistyped filter is said
//! to be one instead of being passed over.

use std::cell::RefCell;

use actix_web::HttpRequest;

use super::error::{AppError, Problem};
use super::page::DONE;
use crate::domain::text;

/// Longest value that is looked at, in characters.
const MAX_VALUE: usize = 200;

/// Whether a name is one that other sites add to links to follow people. It
/// is passed over: who was sent a link must still arrive.
fn is_tracking(name: &str) -> bool {
    name.starts_with("utm_")
        || ["fbclid", "gclid", "dclid", "msclkid", "mc_cid", "mc_eid"].contains(&name)
}

/// A name of a query with a value that nobody knows for it.
pub(crate) type PassedOver = (&'static str, String);

/// The parts of a query, in order; names may repeat.
#[derive(Clone, Debug, Default)]
pub(crate) struct Params {
    pairs: Vec<(String, String)>,
    /// What was passed over, on pages that people read; nothing where a value
    /// that nobody knows is an error.
    passed_over: Option<RefCell<Vec<PassedOver>>>,
}

impl Params {
    /// Reads the query of a request; every name must be one of `known`.
    pub(crate) fn of(request: &HttpRequest, known: &[&str]) -> Result<Params, AppError> {
        Params::parse(request.query_string(), known)
    }

    /// The same for a list that people read: a value that nobody knows is
    /// passed over, and [`Params::passed_over`] says so. Names nobody knows
    /// stay errors, and so does a page that cannot be.
    pub(crate) fn for_people(request: &HttpRequest, known: &[&str]) -> Result<Params, AppError> {
        let passed_over = Some(RefCell::default());
        Ok(Params { passed_over, ..Params::of(request, known)? })
    }

    fn parse(query: &str, known: &[&str]) -> Result<Params, AppError> {
        let broken = || AppError::BadQuery(Problem::new("error-query-utf8"));
        let pairs: Vec<(String, String)> =
            serde_html_form::from_str(query).map_err(|_| broken())?;
        let mut kept = Vec::new();
        for (name, value) in pairs {
            if name.contains('\u{FFFD}') || value.contains('\u{FFFD}') {
                return Err(broken());
            }
            // What was just done is told by the frame of every page.
            if is_tracking(&name) || name == DONE {
                continue;
            }
            if !known.contains(&name.as_str()) {
                let name: String = text::clean_line(&name).chars().take(60).collect();
                let problem = match known {
                    [] => Problem::new("error-query-none").with("name", name),
                    _ => Problem::new("error-query-unknown")
                        .with("name", name)
                        .with("known", known.join(", ")),
                };
                return Err(AppError::BadQuery(problem));
            }
            let value: String = text::clean_line(&value).chars().take(MAX_VALUE).collect();
            if !value.is_empty() {
                kept.push((name, value));
            }
        }
        Ok(Params { pairs: kept, passed_over: None })
    }

    /// Whether a value was passed over.
    fn is_passed_over(&self, name: &str, value: &str) -> bool {
        let Some(passed_over) = &self.passed_over else { return false };
        passed_over.borrow().iter().any(|(n, v)| *n == name && v == value)
    }

    /// The parts that count.
    fn pairs(&self) -> impl DoubleEndedIterator<Item = (&str, &str)> {
        let pairs = self.pairs.iter().map(|(n, v)| (n.as_str(), v.as_str()));
        pairs.filter(|(n, v)| !self.is_passed_over(n, v))
    }

    /// Passes over a value that nobody knows, where people read what comes of
    /// it.
    ///
    /// # Errors
    /// [`AppError::BadQuery`] with the problem where a program does.
    pub(crate) fn pass_over(
        &self,
        name: &'static str,
        value: &str,
        problem: Problem,
    ) -> Result<(), AppError> {
        let Some(passed_over) = &self.passed_over else { return Err(AppError::BadQuery(problem)) };
        if !self.is_passed_over(name, value) {
            passed_over.borrow_mut().push((name, value.to_owned()));
        }
        Ok(())
    }

    /// What was passed over so far, in the order in which it was looked at.
    pub(crate) fn passed_over(&self) -> Vec<PassedOver> {
        self.passed_over.as_ref().map_or_else(Vec::new, |all| all.borrow().clone())
    }

    /// The last value of a name.
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.pairs().rev().find(|(n, _)| *n == name).map(|(_, v)| v)
    }

    /// All values of a name.
    pub(crate) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.pairs().filter(move |(n, _)| *n == name).map(|(_, v)| v)
    }

    /// Whether a name was given at all.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.get(name).is_some()
    }

    /// The value of a name that may be given once.
    fn single(&self, name: &'static str) -> Result<Option<&str>, AppError> {
        if self.all(name).count() > 1 {
            return Err(AppError::BadQuery(Problem::new("error-query-twice").with("name", name)));
        }
        Ok(self.get(name))
    }

    /// A value understood by `parse`; a sentence when it cannot be, or nothing
    /// where it is passed over.
    pub(crate) fn parsed<T>(
        &self,
        name: &'static str,
        parse: impl Fn(&str) -> Option<T>,
    ) -> Result<Option<T>, AppError> {
        let value = self.single(name)?;
        value.map_or(Ok(None), |value| self.understood(name, value, &parse))
    }

    fn understood<T>(
        &self,
        name: &'static str,
        value: &str,
        parse: &impl Fn(&str) -> Option<T>,
    ) -> Result<Option<T>, AppError> {
        let understood = parse(value);
        if understood.is_none() {
            self.pass_over(name, value, not_understood(name, value))?;
        }
        Ok(understood)
    }

    /// Whether a wish is ticked: `1`, or not there.
    pub(crate) fn ticked(&self, name: &'static str) -> Result<bool, AppError> {
        Ok(self.parsed(name, |v| (v == "1").then_some(()))?.is_some())
    }

    /// All values of a name, each understood by `parse`.
    pub(crate) fn all_parsed<T>(
        &self,
        name: &'static str,
        parse: impl Fn(&str) -> Option<T>,
    ) -> Result<Vec<T>, AppError> {
        let values: Vec<&str> = self.all(name).collect();
        let each = values.into_iter().map(|value| self.understood(name, value, &parse));
        each.filter_map(Result::transpose).collect()
    }

    /// The page number, 1 when not said.
    pub(crate) fn page(&self) -> Result<usize, AppError> {
        let Some(page) = self.single("page")? else { return Ok(1) };
        let number = page.parse().ok().filter(|n| *n >= 1);
        number.ok_or_else(|| AppError::BadQuery(not_understood("page", page)))
    }

    /// The query again, without some names and with one value set.
    pub(crate) fn with(&self, without: &[&str], set: &[(&str, &str)]) -> String {
        let kept =
            self.pairs().filter(|(n, _)| !without.contains(n) && !set.iter().any(|(s, _)| s == n));
        let set = set.iter().copied().filter(|(_, v)| !v.is_empty());
        let pairs: Vec<(&str, &str)> = kept.chain(set).collect();
        if pairs.is_empty() {
            return String::new();
        }
        serde_html_form::to_string(pairs).map_or_else(|_| String::new(), |q| format!("?{q}"))
    }
}

fn not_understood(name: &'static str, value: &str) -> Problem {
    let value: String = value.chars().take(60).collect();
    Problem::new("error-query-value").with("name", name).with("value", value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_known_is_refused_and_what_is_known_is_cleaned() {
        let params =
            Params::parse("q=%20Lw%00%C3%B3w%20&size=a&size=b&empty=", &["q", "size", "empty"])
                .expect("a good query");
        assert_eq!(params.get("q"), Some("Lwów"));
        assert_eq!(params.all("size").collect::<Vec<_>>(), ["a", "b"]);
        assert!(!params.has("empty"));
        assert_eq!(params.with(&["size"], &[("page", "2")]), "?q=Lw%C3%B3w&page=2");
        let followed = Params::parse("fbclid=x&utm_source=mail&q=a", &["q"]).expect("passed over");
        assert_eq!(followed.with(&[], &[]), "?q=a");
        assert!(Params::parse("per_page=1", &["q"]).is_err());
        assert!(Params::parse("q=%FF", &["q"]).is_err());
        let twice = Params::parse("a=1&a=2&b=1&c=x", &["a", "b", "c"]).expect("known");
        assert!(twice.parsed("a", |v| v.parse::<u8>().ok()).is_err(), "one of two was taken");
        assert!(matches!(twice.ticked("b"), Ok(true)) && matches!(twice.ticked("d"), Ok(false)));
        assert!(twice.ticked("c").is_err());
        let people = Params { passed_over: Some(RefCell::default()), ..twice.clone() };
        assert!(people.parsed("a", |v| v.parse::<u8>().ok()).is_err(), "one of two was taken");
        assert!(matches!(people.ticked("c"), Ok(false)) && !people.has("c"));
        assert!(people.all_parsed("a", |v| (v == "2").then_some(())).is_ok_and(|a| a.len() == 1));
        assert_eq!(people.with(&[], &[]), "?a=2&b=1", "what is passed over is led on");
        let told = [("c", "x".to_owned()), ("a", "1".to_owned())];
        assert_eq!(people.passed_over(), told);
        for page in ["0", "-1", "x", "99999999999999999999999"] {
            let params = Params::parse(&format!("page={page}"), &["page"]).expect("known");
            assert!(params.page().is_err(), "{page}");
            let people = Params { passed_over: Some(RefCell::default()), ..params };
            assert!(people.page().is_err(), "{page}");
        }
    }
}
