//! A text in several languages: for each language a field for the text and
//! one for the language.

use crate::domain::profile::{LANGUAGES, Language, MAX_STATEMENT};
use crate::domain::text;
use crate::i18n::{Lang, T};
use crate::web::kit::form::{Field, Form, Kind, Pick, too_long};

/// The names of the fields of a text: those of the text itself, and of its
/// language.
pub(super) struct Names {
    body: [&'static str; 4],
    language: [&'static str; 4],
}

/// The statement of an entry.
pub(super) const STATEMENT: Names = Names {
    body: ["statement", "statement-2", "statement-3", "statement-4"],
    language: ["text-language", "text-language-2", "text-language-3", "text-language-4"],
};

/// What is given in return.
pub(super) const IN_RETURN: Names = Names {
    body: ["return", "return-2", "return-3", "return-4"],
    language: ["text-language", "text-language-2", "text-language-3", "text-language-4"],
};

/// Texts as they are stored: language and words.
pub(super) type Texts = Vec<(String, String)>;

impl Names {
    /// The form that states these texts.
    pub(super) fn filled(&self, mut form: Form, texts: &Texts) -> Form {
        for (i, (language, body)) in texts.iter().take(self.body.len()).enumerate() {
            form = form.with(self.body[i], body).with(self.language[i], language);
        }
        form
    }

    /// The fields, with what was typed and what is wrong: two, or as many as
    /// there are texts.
    pub(super) fn fields(&self, t: T, typed: &Form, wrong: &[(&str, String)]) -> Vec<Field> {
        let used = (0..self.body.len()).filter(|i| !typed.get(self.body[*i]).is_empty()).max();
        let shown = used.map_or(2, |last| (last + 1).max(2));
        let other = Lang::PAGES.into_iter().find(|l| *l != t.lang).unwrap_or(t.lang);
        let mut fields = Vec::new();
        for i in 0..shown {
            let error = |name: &str| {
                wrong.iter().find(|(n, _)| *n == name).map_or_else(String::new, |(_, e)| e.clone())
            };
            let (body, language) = (self.body[i], self.language[i]);
            let label = if i == 0 {
                t.get(&format!("field-{body}"))
            } else {
                t.get("field-in-another-language")
            };
            let mut area = Field::labelled_as(Kind::Area, body, label)
                .filled(typed.get(body))
                .wrong(error(body));
            area.most = MAX_STATEMENT;
            if i == 0 {
                area = area.hinted(t.one("statement-hint", "most", MAX_STATEMENT.to_string()));
            }
            fields.push(area);
            let chosen = match (typed.get(language), i) {
                ("", 0) => t.lang.code(),
                ("", _) => other.code(),
                (typed, _) => typed,
            };
            let picks = LANGUAGES
                .iter()
                .filter_map(|code| Language::parse(code))
                .map(|l| Pick::new(l.code(), t.get(&l.key()), l.code() == chosen));
            let field = Field::labelled_as(Kind::Select, language, t.get("field-text-language"));
            fields.push(field.picks(picks).wrong(error(language)));
        }
        fields
    }

    /// What a form says, or what is wrong with it.
    pub(super) fn read(&self, t: T, form: &Form) -> Result<Texts, Vec<(&'static str, String)>> {
        let mut wrong = Vec::new();
        let mut texts: Texts = Vec::new();
        for (name, of) in self.body.into_iter().zip(self.language) {
            let body = text::clean(form.get(name));
            if body.is_empty() {
                continue;
            }
            wrong.extend(too_long(t, &body, MAX_STATEMENT).map(|e| (name, e)));
            let language = Language::parse(form.get(of)).map_or(t.lang.code(), Language::code);
            if texts.iter().any(|(l, _)| l == language) {
                wrong.push((of, t.get("text-language-twice")));
            }
            texts.push((language.to_owned(), body));
        }
        if wrong.is_empty() { Ok(texts) } else { Err(wrong) }
    }
}
