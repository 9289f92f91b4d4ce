//! The second factor: a code of six digits that changes every thirty seconds
//! (TOTP, RFC 6238), as every authenticator app makes, and recovery codes for
//! when the app is gone.

use data_encoding::BASE32_NOPAD;
use totp_rs::{Algorithm, Builder, Secret, Totp};

use super::code;
use crate::domain::time::Moment;

/// Seconds a code is valid.
const STEP: u64 = 30;
/// Steps before and after the present one that count, for clocks that differ.
const DRIFT: u16 = 1;
/// Bytes of a secret: as many as SHA-1 gives.
const SECRET_BYTES: usize = 20;
/// Recovery codes given at once.
pub const RECOVERY_CODES: usize = 10;

/// A new secret, as apps take it: 32 letters and digits.
///
/// # Errors
/// When the system has no randomness to give.
pub fn new_secret() -> Result<String, getrandom::Error> {
    let mut bytes = [0; SECRET_BYTES];
    getrandom::fill(&mut bytes)?;
    Ok(BASE32_NOPAD.encode(&bytes))
}

/// The address that an app reads from a picture to take the secret in.
pub fn address(secret: &str, email: &str) -> String {
    let email: String = email
        .bytes()
        .map(|b| match b {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'.' | b'-' | b'_' => (b as char).to_string(),
            other => format!("%{other:02X}"),
        })
        .collect();
    format!("otpauth://totp/Mosty:{email}?secret={secret}&issuer=Mosty")
}

/// The generator of a secret. SHA-1, because many apps take no other and fall
/// back to it without a word.
fn generator(secret: &str) -> Option<Totp> {
    let secret = Secret::try_from_base32(secret).ok()?;
    let generator = Builder::new()
        .with_algorithm(Algorithm::SHA1)
        .with_digits(6)
        .with_skew(DRIFT)
        .with_step_duration(STEP)
        .with_secret(secret);
    generator.build().ok()
}

/// Seconds since 1970.
fn seconds(now: Moment) -> u64 {
    now.and_utc().timestamp().max(0).unsigned_abs()
}

/// The code of a moment.
pub fn code_at(secret: &str, now: Moment) -> Option<String> {
    Some(generator(secret)?.generate(seconds(now)).to_string())
}

/// The step a code belongs to, if it is right now and later than the last one
/// used: a code counts once, so the caller has to store what this returns.
pub fn accept(secret: &str, given: &str, last_step: i64, now: Moment) -> Option<i64> {
    // People write a code in two groups of three.
    let given: String = given.chars().filter(|c| !c.is_whitespace()).collect();
    let step = generator(secret)?.check(&given, seconds(now))?;
    i64::try_from(step).ok().filter(|step| *step > last_step)
}

/// New recovery codes, each for one use, as they are shown.
///
/// # Errors
/// When the system has no randomness to give.
pub fn new_recovery_codes() -> Result<Vec<String>, getrandom::Error> {
    (0..RECOVERY_CODES).map(|_| code::new(4)).collect()
}

/// What is stored of a recovery code, however it was typed.
pub fn recovery_hash(given: &str) -> String {
    code::hash("recovery", given)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The test vectors of RFC 6238, appendix B, to six digits.
    #[test]
    fn codes_are_those_of_the_standard() {
        let secret = BASE32_NOPAD.encode(b"12345678901234567890");
        for (seconds, expected) in [
            (59, "287082"),
            (1_111_111_109, "081804"),
            (1_234_567_890, "005924"),
            (20_000_000_000, "353130"),
        ] {
            let at = chrono::DateTime::from_timestamp(seconds, 0).expect("a moment").naive_utc();
            assert_eq!(code_at(&secret, at).as_deref(), Some(expected));
        }
    }

    #[test]
    fn a_code_counts_once_and_only_around_its_time() {
        let secret = new_secret().expect("randomness");
        let at = |s: i64| chrono::DateTime::from_timestamp(1_700_000_000 + s, 0).expect("a moment");
        let at = |s| at(s).naive_utc();
        let now = code_at(&secret, at(0)).expect("a code");
        let step = accept(&secret, &now, 0, at(0)).expect("accepted");
        assert_eq!(accept(&secret, &now, step, at(0)), None, "twice");
        assert!(accept(&secret, &now, 0, at(25)).is_some(), "a clock a little behind");
        assert_eq!(accept(&secret, &now, 0, at(95)), None, "too late");
        let spaced = format!("{} {}", &now[..3], &now[3..]);
        assert!(accept(&secret, &spaced, 0, at(0)).is_some(), "as people write it");
        for bad in ["", "000", "abcdef", "1234567890"] {
            assert_eq!(accept(&secret, bad, 0, at(0)), None);
        }
    }

    #[test]
    fn recovery_codes_are_found_however_they_are_typed() {
        let codes = new_recovery_codes().expect("randomness");
        assert_eq!(codes.len(), RECOVERY_CODES);
        let typed = codes[0].to_uppercase().replace('-', " ");
        assert_eq!(recovery_hash(&codes[0]), recovery_hash(&typed));
        assert_ne!(recovery_hash(&codes[0]), recovery_hash(&codes[1]));
    }
}
