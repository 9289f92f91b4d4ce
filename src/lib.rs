//! Mosty finds partners for the hromadas of Ukraine among the municipalities
//! of Europe, says to both sides why, and what it does not know.

pub mod auth;
pub mod cli;
pub mod config;
pub mod domain;
pub mod export;
pub mod i18n;
pub mod import;
pub mod invented;
pub mod jobs;
pub mod listing;
pub mod mail;
pub mod matching;
pub mod media;
pub mod search;
pub mod snapshot;
pub mod storage;
pub mod web;
pub mod wording;
