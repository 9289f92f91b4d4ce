//! Random tokens: for sessions, links and forms. Whoever holds one is who it
//! was given to, so only its hash is ever stored.

use data_encoding::{BASE64URL_NOPAD, HEXLOWER};
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

/// A token of 256 bits, as it is given to its holder: letters, digits, `-`
/// and `_`.
#[derive(Clone, PartialEq, Eq)]
pub struct Token(String);

impl Token {
    /// A new token from the system's randomness.
    ///
    /// # Errors
    /// When the system has none to give.
    pub fn new() -> Result<Token, getrandom::Error> {
        let mut bytes = [0; 32];
        getrandom::fill(&mut bytes)?;
        Ok(Token(BASE64URL_NOPAD.encode(&bytes)))
    }

    /// The token somebody presents, if it has the form of one.
    pub fn parse(text: &str) -> Option<Token> {
        let decoded = BASE64URL_NOPAD.decode(text.as_bytes()).ok()?;
        (decoded.len() == 32).then(|| Token(text.to_owned()))
    }

    /// What its holder keeps.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What is stored of it.
    pub fn hash(&self) -> String {
        hash("stored", &self.0)
    }

    /// The value that forms of its holder carry: it proves that a page of
    /// this site made the form, and does not tell the token itself.
    pub fn form_value(&self) -> String {
        hash("form", &self.0)
    }

    /// Whether a form carries that value; takes the same time whatever it
    /// carries.
    pub fn made_form(&self, value: &str) -> bool {
        self.form_value().as_bytes().ct_eq(value.as_bytes()).into()
    }
}

/// SHA-256 of a text for one use, as small hexadecimal digits. Different uses
/// never give the same hash.
pub fn hash(purpose: &str, text: &str) -> String {
    let mut digest = Sha256::new();
    digest.update(purpose.as_bytes());
    digest.update([0]);
    digest.update(text.as_bytes());
    HEXLOWER.encode(&digest.finalize())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_differ_parse_back_and_keep_their_uses_apart() {
        let (a, b) = (Token::new().expect("randomness"), Token::new().expect("randomness"));
        assert_ne!(a.as_str(), b.as_str());
        assert!(Token::parse(a.as_str()).is_some_and(|t| t == a));
        assert_ne!(a.hash(), a.form_value());
        assert!(a.made_form(&a.form_value()));
        assert!(!a.made_form(&b.form_value()) && !a.made_form("") && !a.made_form(a.as_str()));
        for bad in ["", "short", "ä", &"a".repeat(44), "../../../../../../../../../../../../../../"]
        {
            assert!(Token::parse(bad).is_none(), "{bad:?}");
        }
    }
}
