//! What waits for an officer of the demonstration: a claim, a correction and a
//! municipality that is not listed.

use crate::domain::account::{AccountId, Person};
use crate::domain::claim::ClaimText;
use crate::domain::municipality::MunicipalityId;
use crate::domain::request::{NewRequest, RequestKind};

/// The slug of the hromada that is claimed.
pub const CLAIMED: &str = "koriukivka";

/// Who claims it, and with what evidence.
pub fn claim() -> (Person, ClaimText) {
    let person = Person {
        name: "Оксана Левченко".to_owned(),
        email: "o.levchenko@koriukivka.example".to_owned(),
        language: "uk".to_owned(),
    };
    let text = ClaimText {
        position: "Начальниця відділу економіки та інвестицій".to_owned(),
        official_address: "rada@koriukivka.example".to_owned(),
        evidence: "https://koriukivka.example/rozporiadzhennia-58".to_owned(),
        message: "Розпорядження про те, що за міжнародну співпрацю відповідає наш відділ, \
                  опубліковано на сайті громади."
            .to_owned(),
    };
    (person, text)
}

/// A correction of a population, as a member asks for it.
pub fn correction(of: MunicipalityId, by: AccountId) -> NewRequest {
    NewRequest {
        kind: RequestKind::Population,
        municipality: Some(of),
        account: Some(by),
        email: String::new(),
        language: "en".to_owned(),
        value: "38400".to_owned(),
        country: String::new(),
        year: Some(2025),
        source: "https://swidnik.example/ludnosc-2025".to_owned(),
        message: "The figure shown is from 2010. Ours is from the register of residents at the \
                  end of the year."
            .to_owned(),
    }
}

/// A municipality that a stranger asks to list.
pub fn missing() -> NewRequest {
    NewRequest {
        kind: RequestKind::Missing,
        municipality: None,
        account: None,
        email: "urzad@dolna-laka.example".to_owned(),
        language: "en".to_owned(),
        value: "Gmina Dolna Łąka".to_owned(),
        country: "Polska".to_owned(),
        year: None,
        source: "https://dolna-laka.example".to_owned(),
        message: String::new(),
    }
}
