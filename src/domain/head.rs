//! What the head of a municipality abroad is called, for whoever writes to
//! them. In Ukraine it follows from the role of the centre.

use super::municipality::{Municipality, Role};
use crate::domain::words::stored_as_words;

/// The office of the head of a municipality, by its name in the country. Where
/// two kinds of municipality have different heads and the directory does not
/// tell them apart, [`HeadOffice::Authorities`] names none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum HeadOffice {
    /// A mayor: *maire*, *sindaco*, *alcalde*, *meras*, *ordfører*.
    Mayor,
    /// *Prezydent miasta* in Poland.
    CityPresident,
    /// *Burmistrz* of a town in Poland.
    Burmistrz,
    /// *Oberbürgermeister* in Germany.
    LordMayor,
    /// *Bürgermeister*, *burgemeester*, *polgármester*, *borgmester*.
    Burgomaster,
    /// *Primátor* in Czechia and Slovakia.
    Primator,
    /// *Starosta* in Czechia and Slovakia.
    Starosta,
    /// *Primar* in Romania and Moldova.
    Primar,
    /// *Кмет* in Bulgaria.
    Kmet,
    /// The leader of a council in the United Kingdom and Ireland.
    CouncilLeader,
    /// Whoever heads it, where no one word is the name of the office.
    Head,
    /// The authorities as a whole.
    Authorities,
}
stored_as_words!(HeadOffice {
    Mayor = "mayor",
    CityPresident = "city-president",
    Burmistrz = "burmistrz",
    LordMayor = "lord-mayor",
    Burgomaster = "burgomaster",
    Primator = "primator",
    Starosta = "starosta",
    Primar = "primar",
    Kmet = "kmet",
    CouncilLeader = "council-leader",
    Head = "head",
    Authorities = "authorities",
});

/// People from which on a town in Poland has a president by law; some smaller
/// ones have kept theirs.
const CITY_WITH_PRESIDENT: i64 = 100_000;
/// German cities that belong to no district have a lord mayor, and in most
/// Länder so have large towns; few below this have none.
const CITY_WITH_LORD_MAYOR: i64 = 100_000;
/// Statutory cities of Czechia, and towns of Slovakia, are mostly larger.
const CZECH_STATUTORY_CITY: i64 = 50_000;
const SLOVAK_TOWN: i64 = 10_000;

impl HeadOffice {
    /// The office of the head of a municipality outside Ukraine, from its
    /// country, its population and its role.
    pub fn of(m: &Municipality) -> HeadOffice {
        let at_least = |people: i64| m.people() >= people;
        match m.country.code() {
            "PL" if at_least(CITY_WITH_PRESIDENT) => HeadOffice::CityPresident,
            // Seats of a powiat are towns; other gminas are headed by a
            // *burmistrz* or a *wójt*.
            "PL" if matches!(m.role, Role::CountySeat | Role::RegionSeat) => HeadOffice::Burmistrz,
            "PL" => HeadOffice::Authorities,
            "DE" if at_least(CITY_WITH_LORD_MAYOR) => HeadOffice::LordMayor,
            "AT" | "BE" | "DE" | "DK" | "HU" | "LI" | "LU" | "NL" => HeadOffice::Burgomaster,
            "CZ" if at_least(CZECH_STATUTORY_CITY) => HeadOffice::Primator,
            "SK" if at_least(SLOVAK_TOWN) => HeadOffice::Primator,
            "CZ" | "SK" => HeadOffice::Starosta,
            "MD" | "RO" => HeadOffice::Primar,
            "BG" => HeadOffice::Kmet,
            "GB" | "IE" => HeadOffice::CouncilLeader,
            "BA" | "CH" | "EE" | "FI" | "HR" | "IS" | "LV" | "ME" | "MK" | "RS" | "SE" | "SI" => {
                HeadOffice::Head
            }
            _ => HeadOffice::Mayor,
        }
    }
}
