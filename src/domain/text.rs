//! Text from outside, made safe to keep.

/// Removes what no database column, letter or CSV cell should hold: NUL and
/// other control characters (line breaks stay, as `\n`), invisible
/// direction overrides, and space at either end.
///
/// PostgreSQL refuses NUL where SQLite stores it, so this runs at the edge,
/// before either sees the text.
pub fn clean(raw: &str) -> String {
    let unified = raw.replace("\r\n", "\n").replace('\r', "\n");
    let kept: String = unified
        .chars()
        .map(|c| if c == '\t' { ' ' } else { c })
        .filter(|&c| c == '\n' || !(c.is_control() || is_direction_override(c)))
        .collect();
    kept.trim().to_owned()
}

/// Like [`clean`], for values that are one line: line breaks become spaces
/// and runs of space become one.
pub fn clean_line(raw: &str) -> String {
    let mut line = String::with_capacity(raw.len());
    for word in clean(raw).split_whitespace() {
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    line
}

/// The letters and spaces of a text alone, so many at most: what anybody may
/// have typed then becomes no link in a letter to somebody else.
pub fn words_alone(text: &str, most: usize) -> String {
    let plain = |c: &char| c.is_alphabetic() || " -'’,".contains(*c);
    text.chars().filter(plain).take(most).collect()
}

/// Characters that turn the reading direction and can disguise a name.
fn is_direction_override(c: char) -> bool {
    matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{200E}' | '\u{200F}' | '\u{FEFF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn control_characters_leave_and_line_breaks_stay() {
        assert_eq!(clean(" a\0b\u{7}\r\nc\u{202E} "), "ab\nc");
        assert_eq!(clean_line(" a\n\n b\tc "), "a b c");
        assert_eq!(words_alone("Сало, see https://evil.example/1", 12), "Сало, see ht");
        assert_eq!(words_alone("a.b/c@d", 12), "abcd");
    }
}
