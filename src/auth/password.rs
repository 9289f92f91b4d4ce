//! Passwords: which are good enough, and how they are kept.
//!
//! Length is what counts (NIST SP 800-63B, OWASP ASVS 5.0 6.2): at least
//! twelve characters, fifteen for officers and admins, any of them, pasted or
//! typed; nothing is cut off. Refused is what everybody would guess.

use argon2::password_hash::phc::PasswordHash;
use argon2::{Algorithm, Argon2, Params, PasswordHasher, PasswordVerifier};

use crate::domain::account::Office;

/// Fewest characters for members.
pub const SHORTEST: usize = 12;
/// Fewest characters for officers and admins.
pub const SHORTEST_STAFF: usize = 15;
/// Most characters: enough for any sentence.
pub const LONGEST: usize = 128;

/// Passwords of twelve characters and more that many people use
/// (`data/SOURCES.md`), one on each line, sorted.
const COMMON: &str = include_str!("../../data/common_passwords.txt");

/// Words that people lengthen by a year or a few signs, or say twice.
const STEMS: [&str; 50] = [
    "abc",
    "admin",
    "administrator",
    "autumn",
    "baseball",
    "batman",
    "changeme",
    "computer",
    "default",
    "dragon",
    "football",
    "hello",
    "iloveyou",
    "internet",
    "kyiv",
    "letmein",
    "love",
    "master",
    "michael",
    "monkey",
    "password",
    "pokemon",
    "princess",
    "qwerty",
    "secret",
    "shadow",
    "slavaukraini",
    "spring",
    "starwars",
    "summer",
    "sunshine",
    "superman",
    "trustno",
    "ukraine",
    "welcome",
    "whatever",
    "winter",
    "весна",
    "вітаємо",
    "зима",
    "київ",
    "кохання",
    "літо",
    "люблю",
    "осінь",
    "пароль",
    "привіт",
    "славаукраїні",
    "україна",
    "йцукен",
];
/// Letters that must remain when those words are taken away.
const LEAST_LETTERS: usize = 4;
/// Different characters that must remain when what stands for the person is
/// taken away.
const LEAST_DIFFERENT: usize = 5;

/// The letters of a password, with signs that stand for letters put back.
fn letters_of(small: &str) -> String {
    let plain = |c| match c {
        '@' => 'a',
        '0' => 'o',
        '$' => 's',
        '3' => 'e',
        c => c,
    };
    small.chars().map(plain).filter(|c| c.is_alphabetic()).collect()
}

/// Whether a password is little more than words everybody takes.
fn is_of_stems(small: &str) -> bool {
    let all = letters_of(small);
    let mut rest = all.clone();
    // The longest first, so that none is left in pieces.
    let mut stems = STEMS;
    stems.sort_unstable_by_key(|stem| std::cmp::Reverse(stem.chars().count()));
    for stem in stems {
        rest = rest.replace(stem, "");
    }
    let plain: String = small.chars().filter(|c| c.is_alphabetic()).collect();
    let left = rest.chars().count();
    (!plain.is_empty() && COMMON.lines().any(|common| letters_of(common) == plain))
        || (left < all.chars().count() && left < LEAST_LETTERS)
}

/// Characters that must remain when everything that stands for the person or
/// the service is taken away.
const LEAST_OWN: usize = 8;

/// Why a password is not good enough.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weakness {
    /// Fewer characters than this.
    Short(usize),
    /// More than [`LONGEST`] characters.
    Long,
    /// Many people use it, or it repeats itself or counts.
    Common,
    /// It says little beyond the person, the municipality or the service.
    Personal,
}

impl Weakness {
    /// The key of the sentence about it.
    pub fn key(self) -> &'static str {
        match self {
            Weakness::Short(_) => "password-short",
            Weakness::Long => "password-long",
            Weakness::Common => "password-common",
            Weakness::Personal => "password-personal",
        }
    }
}

/// The rows of the keyboards people here type on.
const KEYBOARD: [&str; 6] =
    ["qwertyuiop", "asdfghjkl", "zxcvbnm", "йцукенгшщзхї", "фівапролджє", "ячсмитьбю"];

/// Whether one character follows another by itself: the same, the next or the
/// last in the alphabet, or its neighbour on the keyboard.
fn follows(a: char, b: char) -> bool {
    let neighbours = |row: &str| {
        let place = |c: char| row.chars().position(|key| key == c);
        place(a).zip(place(b)).is_some_and(|(a, b)| a.abs_diff(b) == 1)
    };
    u32::from(a).abs_diff(u32::from(b)) <= 1 || KEYBOARD.into_iter().any(neighbours)
}

/// Whether the characters mostly repeat, count or walk over the keyboard:
/// `aaaa…`, `1234…`, `qwerty…`, `abcabcabc…`.
fn is_pattern(letters: &[char]) -> bool {
    let steps = letters.windows(2).filter(|w| follows(w[0], w[1])).count();
    let mut distinct = letters.to_vec();
    distinct.sort_unstable();
    distinct.dedup();
    let repeats = (1..=letters.len() / 3)
        .any(|period| letters.iter().zip(&letters[period..]).all(|(a, b)| a == b));
    distinct.len() < 5 || repeats || steps * 10 >= (letters.len() - 1) * 8
}

/// What is wrong with a password for somebody with this office; `about` are
/// words that stand for the person: name, address, municipality.
pub fn weakness(password: &str, office: Office, about: &[&str]) -> Option<Weakness> {
    let shortest = if office == Office::None { SHORTEST } else { SHORTEST_STAFF };
    let letters: Vec<char> = password.chars().collect();
    if letters.len() < shortest {
        return Some(Weakness::Short(shortest));
    }
    if letters.len() > LONGEST {
        return Some(Weakness::Long);
    }
    let small = password.to_lowercase();
    let small_letters: Vec<char> = small.chars().collect();
    if is_of_stems(&small)
        || COMMON.lines().any(|common| common == small)
        || is_pattern(&small_letters)
    {
        return Some(Weakness::Common);
    }
    let mut own = small;
    let words = about.iter().flat_map(|text| text.split(|c: char| !c.is_alphanumeric())).chain([
        "mosty",
        "мости",
        "hromada",
        "громада",
        "password",
        "пароль",
    ]);
    for word in words.filter(|w| w.chars().count() >= 4) {
        own = own.replace(&word.to_lowercase(), "");
    }
    let mut different: Vec<char> = own.chars().collect();
    different.sort_unstable();
    different.dedup();
    let little = own.chars().count() < LEAST_OWN || different.len() < LEAST_DIFFERENT;
    little.then_some(Weakness::Personal)
}

/// The parameters OWASP recommends at least: 19 MiB, two passes, one lane.
/// Those are the defaults of the library.
fn hasher() -> Argon2<'static> {
    Argon2::default()
}

/// What is stored of a password: an Argon2id hash with a salt of its own.
/// Takes about a tenth of a second of a processor; run it beside the threads
/// that answer requests.
///
/// # Errors
/// When the system has no randomness to give.
pub fn hash(password: &str) -> anyhow::Result<String> {
    let hash = hasher().hash_password(password.as_bytes());
    Ok(hash.map_err(|e| anyhow::anyhow!("the password cannot be hashed: {e}"))?.to_string())
}

/// A hash of a password nobody has.
const NOBODY: &str = "$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHRzb21lc2FsdA$\
                      2H0tDqIu5Hj5rX8x6a0kG3q8y8mT0Vb0e5mWJwq0s1A";

/// Whether a password is the one that was stored. Without a stored one it
/// takes as long and is not, so that time does not tell who has an account.
pub fn verify(password: &str, stored: Option<&str>) -> bool {
    let Ok(expected) = PasswordHash::new(stored.unwrap_or(NOBODY)) else { return false };
    let same = hasher().verify_password(password.as_bytes(), &expected).is_ok();
    same && stored.is_some()
}

/// Whether a stored hash was made with less work than one made now would be,
/// so that it is made anew as soon as its password is known again.
pub fn is_outdated(stored: &str) -> bool {
    let Ok(hash) = PasswordHash::new(stored) else { return false };
    let (now, params) = (Params::default(), Params::try_from(&hash));
    let weaker = |then: Params| then.m_cost() < now.m_cost() || then.t_cost() < now.t_cost();
    hash.algorithm != Algorithm::Argon2id.ident() || params.is_ok_and(weaker)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn guessable_passwords_are_refused_and_sentences_are_not() {
        let check = |password: &str, wanted: Option<Weakness>| {
            let about = ["Олена Коваль", "olena.koval@rada.gov.ua", "Новобілоуська"];
            assert_eq!(weakness(password, Office::None, &about), wanted, "{password}");
        };
        check("elevenchars", Some(Weakness::Short(12)));
        check("12345678910111213", Some(Weakness::Common));
        check("aaaaaaaaaaaaaaaa", Some(Weakness::Common));
        check("abcabcabcabcabc", Some(Weakness::Common));
        check("zxcvbnm12345", Some(Weakness::Common));
        for lengthened in [
            "letmein123456",
            "iloveyou12345",
            "!!welcome2026!!",
            "Україна2026!!",
            "P@ssw0rd12345",
            "letmein2026letmein",
            "monkeymonkey1",
            "UkraineUkraine1",
            "slava_ukraini1",
            "Слава Україні!",
            "Summer2026!!!!",
            "qwerty1qwerty2",
        ] {
            check(lengthened, Some(Weakness::Common));
        }
        check("olena.koval2026", Some(Weakness::Personal));
        check("новобілоуська1", Some(Weakness::Personal));
        check("mostypassword", Some(Weakness::Personal));
        check("Новобілоуська2026!!!!", Some(Weakness::Personal));
        check("чотири коні біля ставу", None);
        check("correct horse battery", None);
        check("   spaces count   ", None);
        check(&"ж1".repeat(65), Some(Weakness::Long));
        assert_eq!(weakness("thirteen char", Office::Admin, &[]), Some(Weakness::Short(15)));
    }

    #[test]
    fn a_stored_password_is_recognised_and_nothing_else() {
        let stored = hash("чотири коні біля ставу").expect("a hash");
        assert!(stored.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
        assert!(verify("чотири коні біля ставу", Some(&stored)));
        assert!(!verify("чотири коні біля ставка", Some(&stored)));
        assert!(!verify("", Some(&stored)) && !verify("x", None) && !verify("x", Some("broken")));
        assert!(PasswordHash::new(NOBODY).is_ok(), "the stand-in cannot be read");
        assert!(!is_outdated(&stored) && !is_outdated("broken"));
        for (now, once) in [("m=19456", "m=8192"), ("t=2", "t=1"), ("argon2id", "argon2i")] {
            assert!(is_outdated(&stored.replace(now, once)), "{once}");
        }
        assert!(!is_outdated(&stored.replace("m=19456", "m=65536")), "more than is asked for");
    }
}
