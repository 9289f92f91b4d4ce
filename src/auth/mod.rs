//! How somebody proves who they are: passwords, codes of a second factor, and
//! tokens that only their holder knows.
//!
//! Nothing secret leaves this place but as a hash, except to the person it
//! belongs to. A passkey or a sign-on elsewhere would be another file here.

pub mod code;
pub mod password;
pub mod token;
pub mod totp;
