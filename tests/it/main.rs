//! Every flow of the program in one binary: on both databases, over real
//! HTTP, in a real browser.
#![allow(clippy::unwrap_used, missing_docs, unreachable_pub)]

mod accounts;
mod advisories;
mod browser;
mod claims;
mod cli;
mod demo;
mod downloads;
mod facts;
mod i18n;
mod insiders;
mod letters;
mod listing;
mod lists;
mod mail;
mod matching;
mod people;
mod profiles;
mod search;
mod signing_in;
mod storage;
mod structure;
mod support;
mod tidy;
mod web;
mod wire;
