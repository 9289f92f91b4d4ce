//! Codes that people read on paper or in a letter and type.

use data_encoding::BASE32_NOPAD;

use super::token;

/// A new code of groups of four letters and digits, each of 20 bits, as it is
/// shown.
///
/// # Errors
/// When the system has no randomness to give.
pub fn new(groups: usize) -> Result<String, getrandom::Error> {
    let mut bytes = vec![0; (groups * 5).div_ceil(2)];
    getrandom::fill(&mut bytes)?;
    let text = BASE32_NOPAD.encode(&bytes).to_lowercase();
    let groups: Vec<&str> = (0..groups).map(|i| &text[i * 4..(i + 1) * 4]).collect();
    Ok(groups.join("-"))
}

/// What is stored of a code for one use, however it was typed.
pub fn hash(purpose: &str, given: &str) -> String {
    let plain: String = given.chars().filter(char::is_ascii_alphanumeric).collect();
    token::hash(purpose, &plain.to_lowercase())
}
