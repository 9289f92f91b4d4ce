//! Every setting of the program: one flag, one environment variable, one
//! line of `--help` each.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};

use crate::domain::account::{Office, email_key};
use crate::domain::country::Country;
use crate::storage::DatabaseUrl;

/// Partners for the hromadas of Ukraine among the municipalities of Europe.
#[derive(Debug, Parser)]
#[command(name = "mosty", version, max_term_width = 100)]
pub struct Config {
    /// Where the data is kept: sqlite:FILE or postgres://USER:PASSWORD@HOST/NAME
    #[arg(long, env = "DATABASE_URL", default_value = "sqlite:mosty.db", global = true)]
    pub database_url: DatabaseUrl,

    /// What to log: error, warn, info, debug, or a filter such as mosty=debug
    #[arg(
        long,
        env = "LOG",
        default_value = "info,actix_http=off,actix_server=warn",
        global = true
    )]
    pub log: String,

    /// Print the result as JSON
    #[arg(long, global = true)]
    pub json: bool,

    /// Use this weights file instead of the one that comes with the program
    #[arg(long, value_name = "FILE", global = true)]
    pub weights: Option<PathBuf>,

    /// What to do; `serve` when nothing is said
    #[command(subcommand)]
    pub command: Option<Command>,
}

/// An address people can use: a scheme and a host, without a path.
fn origin(url: &str) -> Result<String, String> {
    let host = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"));
    let plain = |c: char| c.is_ascii_alphanumeric() || "-.:[]".contains(c);
    match host.map(|host| host.trim_end_matches('/')) {
        Some(host) if !host.is_empty() && host.chars().all(plain) => {
            Ok(url.trim_end_matches('/').to_owned())
        }
        _ => Err("write it as https://HOST, such as https://mosty.example".to_owned()),
    }
}

/// An e-mail address.
fn address(text: &str) -> Result<String, String> {
    match email_key(text) {
        Some(_) => Ok(text.trim().to_owned()),
        None => Err("write it as NAME@HOST, such as office@mosty.example".to_owned()),
    }
}

/// What the program can do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Serve the pages (the default)
    Serve(Serve),
    /// Serve a throw-away database full of invented needs, offers and languages
    Demo(Serve),
    /// List the best partners of one municipality, or of everybody
    Rank(Rank),
    /// Learn weights from known partnerships and write them to a file
    Fit(Fit),
    /// Measure how well ranking would have found known partnerships
    Evaluate(Evaluate),
    /// Take data in from a CSV file
    Import(Import),
    /// Write the public data to a file
    Export(Export),
    /// Make an account, or open one again: prints a link that works once
    Account {
        /// What to do
        #[command(subcommand)]
        command: AccountCommand,
    },
    /// Bring the database to this version of the program and load the directory
    Migrate,
    /// Check that the database is whole and what is in it
    Check,
}

/// What `account` can do.
#[derive(Debug, Subcommand)]
pub enum AccountCommand {
    /// Make an account, such as the first administrator's
    Create(AccountCreate),
    /// End the sessions of an account and make a link for a new password
    Reset(AccountReset),
}

/// Settings of `account create`.
#[derive(Debug, Args)]
pub struct AccountCreate {
    /// Where letters go; also what to sign in with
    #[arg(long, value_parser = address)]
    pub email: String,

    /// The name of the person
    #[arg(long)]
    pub name: String,

    /// What the account may do beside speaking for a municipality
    #[arg(long, value_parser = office, default_value = "none")]
    pub office: Office,

    /// Language of pages and letters: en or uk
    #[arg(long, value_parser = ["en", "uk"], default_value = "uk")]
    pub language: String,

    /// The address people use, which the link begins with
    #[arg(long, env = "BASE_URL", value_parser = origin, default_value = "http://localhost:8080")]
    pub base_url: String,
}

/// Settings of `account reset`.
#[derive(Debug, Args)]
pub struct AccountReset {
    /// The address of the account
    #[arg(long, value_parser = address)]
    pub email: String,

    /// Take the second factor away as well
    #[arg(long)]
    pub second_factor: bool,

    /// The address people use, which the link begins with
    #[arg(long, env = "BASE_URL", value_parser = origin, default_value = "http://localhost:8080")]
    pub base_url: String,
}

fn office(word: &str) -> Result<Office, String> {
    Office::parse(word).ok_or_else(|| "write none, officer or admin".to_owned())
}

/// Settings of the server.
#[derive(Clone, Debug, Args)]
pub struct Serve {
    /// Address and port to listen on
    #[arg(long, env = "BIND", default_value = "127.0.0.1:8080")]
    pub bind: String,

    /// The address people use, if a proxy stands in front, such as https://mosty.example
    #[arg(long, env = "BASE_URL", value_parser = origin)]
    pub base_url: Option<String>,

    /// Where people can write about accessibility, privacy and mistakes
    #[arg(long, env = "CONTACT_EMAIL", value_parser = address)]
    pub contact_email: Option<String>,

    /// Threads that answer requests; as many as processors when not said
    #[arg(long, env = "WORKERS")]
    pub workers: Option<usize>,

    /// The server that sends letters: smtp://HOST:PORT or smtps://USER:PASSWORD@HOST
    #[arg(long, env = "SMTP_URL", requires = "mail_from")]
    pub smtp_url: Option<String>,

    /// The address letters come from, such as "Mosty <mosty@example.org>"
    #[arg(long, env = "MAIL_FROM")]
    pub mail_from: Option<String>,

    /// The address of the proxy in front, whose X-Forwarded-For is believed
    #[arg(long, env = "TRUSTED_PROXY")]
    pub trusted_proxy: Option<std::net::IpAddr>,
}

impl Serve {
    /// The settings when nothing is said: those of the environment. Ends the
    /// program with a sentence when one of them cannot be used.
    pub fn from_environment() -> Serve {
        #[derive(Parser)]
        #[command(name = "mosty")]
        struct Alone {
            #[command(flatten)]
            serve: Serve,
        }
        Alone::parse_from(["mosty"]).serve
    }
}

/// Settings of `rank`.
#[derive(Debug, Args)]
pub struct Rank {
    /// One municipality, by slug, KATOTTG code or GeoNames id
    #[arg(long = "for", value_name = "ID", conflicts_with_all = ["all", "subjects"])]
    pub subject: Option<String>,

    /// Everybody, in both directions
    #[arg(long)]
    pub all: bool,

    /// A file that names municipalities, one on each line
    #[arg(long, value_name = "FILE", requires = "candidates")]
    pub subjects: Option<PathBuf>,

    /// A file that names the municipalities to choose from
    #[arg(long, value_name = "FILE", requires = "subjects")]
    pub candidates: Option<PathBuf>,

    /// Partners to list for each
    #[arg(long, default_value_t = 20, value_parser = clap::value_parser!(u32).range(1..=1000))]
    pub limit: u32,

    /// Fill every profile with invented needs, offers and languages first
    #[arg(long, requires = "all")]
    pub synthetic: bool,

    /// Threads to use; as many as processors when not said
    #[arg(long)]
    pub threads: Option<usize>,

    /// Kind of file of the sheet for two lists
    #[arg(long, value_enum, default_value_t = SheetFormat::Csv, requires = "subjects")]
    pub format: SheetFormat,

    /// Where to write the sheet for two lists; to standard output when not said
    #[arg(long, value_name = "FILE", requires = "subjects")]
    pub out: Option<PathBuf>,
}

/// Kinds of files a sheet can be written to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum SheetFormat {
    /// Comma-separated values
    Csv,
    /// A workbook for a spreadsheet program
    Xlsx,
}

impl SheetFormat {
    /// How the names of such files end.
    pub fn ending(self) -> &'static str {
        match self {
            SheetFormat::Csv => "csv",
            SheetFormat::Xlsx => "xlsx",
        }
    }
}

/// Settings of `fit`.
#[derive(Debug, Args)]
pub struct Fit {
    /// CSV of known partnerships: ua_katottg, partner_geonameid, since_year; may be given again
    #[arg(long, value_name = "FILE", required = true)]
    pub pairs: Vec<PathBuf>,

    /// CSV of twinnings among places: a, b
    #[arg(long, value_name = "FILE")]
    pub twinnings: Option<PathBuf>,

    /// Where to write the weights
    #[arg(long, value_name = "FILE")]
    pub out: PathBuf,

    /// Name of this version of the weights; the present month when not said
    #[arg(long = "name")]
    pub name: Option<String>,
}

/// Settings of `evaluate`.
#[derive(Debug, Args)]
pub struct Evaluate {
    /// CSV of the partnerships to look for, as for `fit`; may be given again
    #[arg(long, value_name = "FILE", required = true)]
    pub pairs: Vec<PathBuf>,

    /// CSV of partnerships that are known beside them
    #[arg(long, value_name = "FILE")]
    pub known: Option<PathBuf>,

    /// CSV of twinnings among places: a, b
    #[arg(long, value_name = "FILE")]
    pub twinnings: Option<PathBuf>,

    /// Learn anew on the rest, in this many parts
    #[arg(long, default_value_t = 0, value_parser = clap::value_parser!(u32).range(0..=50))]
    pub folds: u32,

    /// Rank hromadas for the place instead of places for the hromada
    #[arg(long)]
    pub reverse: bool,

    /// Only candidates of the true partner's country
    #[arg(long)]
    pub same_country: bool,

    /// Use no ties at all, as a fresh installation
    #[arg(long)]
    pub cold: bool,

    /// Look in the lists as they are shown, the first ten assigned for everybody together
    #[arg(long, conflicts_with = "same_country")]
    pub lists: bool,
}

/// Settings of `import`.
#[derive(Debug, Args)]
pub struct Import {
    /// What the file holds
    pub kind: ImportKind,

    /// The CSV file, in UTF-8, with a header
    pub file: PathBuf,

    /// Say what would be done, and do nothing
    #[arg(long)]
    pub dry_run: bool,

    /// Take the good rows although others are not
    #[arg(long)]
    pub skip_invalid: bool,

    /// Who published the figures or the list, shown to everybody beside them
    #[arg(long)]
    pub source: Option<String>,
}

/// Kinds of files that can be imported.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum ImportKind {
    /// Official figures of hromadas: katottg, population, control
    Hromadas,
    /// Profiles of municipalities: needs, offers, languages, figures
    Municipalities,
    /// Partnerships of hromadas: ua_katottg, partner_geonameid
    Partnerships,
    /// Twinnings among other places: a, b
    Twinnings,
}

/// Settings of `export`.
#[derive(Debug, Args)]
pub struct Export {
    /// What to write
    pub kind: ExportKind,

    /// Kind of file
    #[arg(long, value_enum, default_value_t = ExportFormat::Csv)]
    pub format: ExportFormat,

    /// Where to write it; to standard output when not said
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,

    /// Only municipalities of this country, by its two letters
    #[arg(long, value_name = "CODE")]
    pub country: Option<Country>,
}

/// What can be exported.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum ExportKind {
    /// The directory with what is stated for everybody
    Municipalities,
    /// Recorded ties: partnerships and twinnings
    Ties,
}

/// Kinds of files public data can be written to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum ExportFormat {
    /// Comma-separated values
    Csv,
    /// A workbook for a spreadsheet program
    Xlsx,
    /// Points for a map
    Geojson,
    /// Everything public of each municipality, as the API gives it
    Json,
}

impl ExportFormat {
    /// How the names of such files end.
    pub fn ending(self) -> &'static str {
        match self {
            ExportFormat::Csv => "csv",
            ExportFormat::Xlsx => "xlsx",
            ExportFormat::Geojson => "geojson",
            ExportFormat::Json => "json",
        }
    }
}
