//! One slip of the finger: all that somebody may have meant who mistyped one
//! letter.

/// The letters a slip can be about: those of the query's own alphabet.
const LATIN: &str = "abcdefghijklmnopqrstuvwxyz";
const UKRAINIAN: &str = "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя";

/// Letters that are swapped or doubled are likelier than any one letter in
/// place of any other. In points of a search, as the decimal logarithm of a
/// population is.
const LIKELY: f32 = 0.7;
/// A letter that was left out.
const RATHER_LIKELY: f32 = 0.3;
/// People seldom mistype the first letter.
const FIRST: f32 = -0.5;

/// Longer queries have too many neighbours to be tried one by one.
pub(super) const LONGEST: usize = 32;

/// Whether a letter is of the Cyrillic alphabet.
pub fn is_cyrillic(c: char) -> bool {
    ('\u{400}'..='\u{4FF}').contains(&c)
}

/// Calls `each` with every text that is one slip away from `written` (in
/// small letters), and how likely that slip is.
pub(super) fn neighbours(written: &str, mut each: impl FnMut(&str, f32)) {
    let letters: Vec<char> = written.chars().collect();
    let n = letters.len();
    let alphabet = if letters.iter().any(|c| is_cyrillic(*c)) { UKRAINIAN } else { LATIN };
    let mut text = String::with_capacity(written.len() + 4);
    let mut call = |before: &[char], new: Option<char>, second: Option<char>, after: &[char], p| {
        text.clear();
        text.extend(before.iter().copied().chain(new).chain(second).chain(after.iter().copied()));
        each(&text, p + if before.is_empty() { FIRST } else { 0.0 });
    };
    for i in 0..=n {
        let (before, after) = letters.split_at(i);
        let last = before.last().copied();
        // A letter too few: it was left out, and likeliest next to its like.
        for c in alphabet.chars().chain((0 < i && i < n).then_some(' ')) {
            let doubled = last == Some(c) || after.first() == Some(&c);
            call(before, Some(c), None, after, if doubled { LIKELY } else { RATHER_LIKELY });
        }
        let Some((&own, rest)) = after.split_first() else { continue };
        // A letter too many.
        call(before, None, None, rest, if last == Some(own) { LIKELY } else { 0.0 });
        // Another letter.
        for c in alphabet.chars().filter(|c| *c != own) {
            call(before, Some(c), None, rest, 0.0);
        }
        // Two letters in the wrong order.
        if let Some((&next, rest)) = rest.split_first().filter(|(next, _)| **next != own) {
            call(before, Some(next), Some(own), rest, LIKELY);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn neighbours_are_all_texts_at_distance_one() {
        let mut found = HashSet::new();
        neighbours("lviv", |text, _| {
            found.insert(text.to_owned());
        });
        for meant in ["viv", "lvi", "lvivv", "llviv", "lvov", "vliv", "lvvi", "lv iv", "kviv"] {
            assert!(found.contains(meant), "{meant}");
        }
        assert!(found.iter().all(|text| strsim::osa_distance("lviv", text) == 1));
        let mut cyrillic = 0;
        neighbours("суми", |text, _| {
            cyrillic += usize::from(text == "самі" || text == "сму и")
        });
        assert_eq!(cyrillic, 0);
        neighbours("суми", |text, _| {
            cyrillic += usize::from(text == "сими" || text == "сумии")
        });
        assert!(cyrillic >= 2);
    }
}
