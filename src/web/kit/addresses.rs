//! The addresses of the program, for those who have to know all of them.

use crate::domain::account::Access;

/// One row of the table of addresses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RouteRow {
    /// For whom it is.
    pub access: Access,
    /// `GET` or `POST`.
    pub method: &'static str,
    /// The address.
    pub address: &'static str,
}

/// Whether a path is one that an address of the table stands for. Parts in
/// braces stand for anything.
pub(crate) fn stands_for(address: &str, path: &str) -> bool {
    let (mut parts, mut of_path) = (address.split('/'), path.split('/'));
    loop {
        match (parts.next(), of_path.next()) {
            (None, None) => return true,
            (Some(part), Some(other)) if part == other || part.starts_with('{') => {}
            _ => return false,
        }
    }
}

/// Every address that the program answers.
pub(crate) struct Addresses(pub(crate) Vec<RouteRow>);

impl Addresses {
    /// The nearest address at which a page can be read, for one to which a form
    /// is sent: itself, or the first above it that answers `GET`.
    pub(crate) fn readable<'a>(&self, path: &'a str) -> &'a str {
        // Whatever the server would answer with is the first that fits.
        let is_read = |path: &str| {
            let row = self.0.iter().find(|row| stands_for(row.address, path));
            let read = |r: &RouteRow, address| r.address == address && r.method == "GET";
            row.is_some_and(|row| self.0.iter().any(|r| read(r, row.address)))
        };
        let mut above = path;
        while !is_read(above) {
            match above.rsplit_once('/') {
                Some((shorter, _)) if !shorter.is_empty() => above = shorter,
                _ => return path,
            }
        }
        above
    }
}
