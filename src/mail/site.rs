//! Where the links in letters lead.

use crate::auth::token::Token;

/// Where links lead, and the host letters are named after.
#[derive(Clone, Debug)]
pub struct Site {
    /// The address people use, without a slash at its end.
    pub address: String,
}

impl Site {
    /// The host of the address.
    pub fn host(&self) -> &str {
        let host = self.address.split("://").nth(1).unwrap_or("localhost");
        host.split(':').next().unwrap_or("localhost")
    }

    /// The whole address of a link, in a reader's language.
    pub fn link(&self, language: &str, token: &Token) -> String {
        format!("{}/{language}/link/{}", self.address, token.as_str())
    }
}
