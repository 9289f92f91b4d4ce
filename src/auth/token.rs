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

    /// A value that forms of its holder carry: it proves that a page of this
    /// site made the form, and does not tell the token itself. It is another
    /// each time, behind a mask that comes with it, so that the length of
    /// compressed pages tells nothing of it (BREACH).
    pub fn form_value(&self) -> String {
        let mut mask = [0; 32];
        // Without randomness it is as good as a value that stays the same.
        if getrandom::fill(&mut mask).is_err() {
            mask = [0; 32];
        }
        let masked = masked(&digest("form", &self.0), &mask);
        HEXLOWER.encode(&[mask, masked].concat())
    }

    /// Whether a form carries such a value; takes the same time whatever value
    /// of the right length it carries.
    pub fn made_form(&self, value: &str) -> bool {
        let Ok(bytes) = HEXLOWER.decode(value.as_bytes()) else { return false };
        let Some((mask, masked_value)) = bytes.split_first_chunk::<32>() else { return false };
        masked(&digest("form", &self.0), mask).ct_eq(masked_value).into()
    }
}

/// A value behind a mask; the same again takes the mask away.
fn masked(value: &[u8; 32], mask: &[u8; 32]) -> [u8; 32] {
    std::array::from_fn(|i| value[i] ^ mask[i])
}

/// SHA-256 of a text for one use.
fn digest(purpose: &str, text: &str) -> [u8; 32] {
    let mut digest = Sha256::new();
    digest.update(purpose.as_bytes());
    digest.update([0]);
    digest.update(text.as_bytes());
    digest.finalize().into()
}

/// SHA-256 of a text for one use, as small hexadecimal digits. Different uses
/// never give the same hash.
pub fn hash(purpose: &str, text: &str) -> String {
    HEXLOWER.encode(&digest(purpose, text))
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
        assert_ne!(a.form_value(), a.form_value(), "the same twice");
        assert!(!a.made_form(&b.form_value()) && !a.made_form("") && !a.made_form(a.as_str()));
        assert!(!a.made_form(&a.form_value()[..64]) && !a.made_form(&"0".repeat(128)));
        for bad in ["", "short", "ä", &"a".repeat(44), "../../../../../../../../../../../../../../"]
        {
            assert!(Token::parse(bad).is_none(), "{bad:?}");
        }
    }
}
