//! What a name sounds like, whatever romanisation it was written in.
//!
//! English `Chernivtsi`, German `Tscherniwzi`, Polish `Czerniowce` and French
//! `Tchernivtsi` write the same sounds differently. The skeleton replaces
//! each language's letters for a sound with one letter, drops what they
//! disagree on (soft signs, doubled letters, iotated vowels) and keeps the
//! rest.

use super::fold::{fold, small};

/// The groups of letters that stand for one sound, by their first letter, the
/// longer first.
fn groups(first: u8) -> &'static [(&'static str, &'static str)] {
    match first {
        b'c' => &[("chtch", "q"), ("cs", "c"), ("cz", "c"), ("ch", "h"), ("ck", "k")],
        b'd' => &[("dj", "j")],
        b'g' => &[("gh", "h")],
        b'i' => &[("iu", "u"), ("ia", "a"), ("ie", "e"), ("ij", "i"), ("iy", "i"), ("ii", "i")],
        b'j' => &[("ju", "u"), ("ja", "a"), ("je", "e")],
        b'k' => &[("kh", "h")],
        b'o' => &[("ou", "u")],
        b'p' => &[("ph", "f")],
        b'r' => &[("rz", "j")],
        b's' => &[
            ("schtsch", "q"),
            ("shch", "q"),
            ("szcz", "q"),
            ("sch", "x"),
            ("sh", "x"),
            ("sz", "x"),
        ],
        b't' => &[("tsch", "c"), ("tch", "c"), ("tz", "z"), ("ts", "z")],
        b'y' => &[("yu", "u"), ("ya", "a"), ("ye", "e"), ("yi", "i"), ("yj", "i"), ("yy", "i")],
        b'z' => &[("zh", "j"), ("zs", "j")],
        _ => &[],
    }
}

/// Letters that a key loses the sound of, in small: what they are read as.
/// Where a language reads one otherwise, the commoner reading stands.
fn letter(c: char) -> Option<&'static str> {
    Some(match c {
        'ž' | 'ż' | 'ж' => "zh",
        'š' | 'ş' | 'ș' | 'ш' => "sh",
        'č' | 'ч' => "cz",
        'ř' => "rz",
        'ţ' | 'ț' => "ts",
        'щ' => "shch",
        _ => return None,
    })
}

/// What a name may sound like: one skeleton, or two where *ch* is written,
/// which is one sound in German and another in Spanish.
pub(super) fn sounds(name: &str) -> Vec<String> {
    let mut spelled = String::with_capacity(name.len());
    for c in small(name).chars() {
        match letter(c) {
            Some(read) => spelled.push_str(read),
            None => spelled.push(c),
        }
    }
    let key = fold(&spelled);
    let mut sounds = vec![skeleton(&key)];
    if key.contains("ch") {
        let other = skeleton(&key.replace("shch", "q").replace("ch", "cz"));
        if other != sounds[0] {
            sounds.push(other);
        }
    }
    sounds
}

/// The skeleton of a folded name.
fn skeleton(key: &str) -> String {
    let mut out = String::with_capacity(key.len());
    let mut rest = key.as_bytes();
    while let Some(&first) = rest.first() {
        let group = groups(first).iter().find(|(letters, _)| rest.starts_with(letters.as_bytes()));
        let (sound, eaten) =
            group.map_or((single(first), 1), |(letters, sound)| (*sound, letters.len()));
        if !out.ends_with(sound) {
            out.push_str(sound);
        }
        rest = &rest[eaten..];
    }
    out
}

/// The sound of a letter that stands alone.
fn single(letter: u8) -> &'static str {
    match letter {
        // A lone c is what Czech, Polish and Croatian write for ts.
        b'c' => "z",
        // Ukrainian г is h, Russian г is g.
        b'g' => "h",
        b'j' | b'y' => "i",
        b'q' => "k",
        b'w' => "v",
        b'x' => "ks",
        b'a'..=b'z' => &LETTERS[usize::from(letter - b'a')..][..1],
        b'0'..=b'9' => &DIGITS[usize::from(letter - b'0')..][..1],
        _ => " ",
    }
}

const LETTERS: &str = "abcdefghijklmnopqrstuvwxyz";
const DIGITS: &str = "0123456789";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn romanisations_of_one_name_share_a_skeleton() {
        let same = |a: &str, b: &str| assert_eq!(skeleton(a), skeleton(b), "{a} and {b}");
        same("ivano frankivsk", "iwano frankiwsk");
        same("chernihiv", "chernigiv");
        same("zhytomyr", "zhitomir");
        same("vinnytsia", "winniza");
        assert_ne!(skeleton("lviv"), skeleton("rivne"));
    }
}
