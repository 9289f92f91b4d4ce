//! What the benches share: a database with the whole directory, and figures.

#![allow(dead_code, reason = "each bench uses its part")]

pub(crate) mod http;

use std::path::PathBuf;
use std::process::Command;
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tempfile::TempDir;

/// The program under measure.
pub(crate) const MOSTY: &str = env!("CARGO_BIN_EXE_mosty");

/// A database of its own, filled by the program, gone with it.
pub(crate) struct Filled {
    pub(crate) url: String,
    pub(crate) path: PathBuf,
    /// How long the first start took.
    pub(crate) took: Duration,
    _folder: TempDir,
}

/// Fills a new database, as a first start does.
pub(crate) fn filled() -> Filled {
    let folder = TempDir::new().expect("a folder");
    let path = folder.path().join("bench.db");
    let url = format!("sqlite:{}", path.display());
    let begun = Instant::now();
    let status = Command::new(MOSTY)
        .args(["--database-url", &url, "--log", "error", "migrate", "--json"])
        .stdout(std::process::Stdio::null())
        .status()
        .expect("the program");
    assert!(status.success(), "the database could not be filled");
    Filled { url, path, took: begun.elapsed(), _folder: folder }
}

/// Times of many runs of the same thing.
#[derive(Default)]
pub(crate) struct Times(Vec<Duration>);

impl Times {
    pub(crate) fn push(&mut self, time: Duration) {
        self.0.push(time);
    }

    pub(crate) fn extend(&mut self, other: Times) {
        self.0.extend(other.0);
    }

    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }

    /// The time that a share of all runs does not exceed, in milliseconds.
    fn at(&self, share: f64) -> f64 {
        let i = ((self.0.len() as f64 * share).ceil() as usize).clamp(1, self.0.len()) - 1;
        self.0[i].as_secs_f64() * 1e3
    }

    /// Median, 99th percentile and largest, in milliseconds.
    pub(crate) fn summary(&mut self) -> Value {
        self.0.sort_unstable();
        json!({ "p50_ms": self.at(0.5), "p99_ms": self.at(0.99), "max_ms": self.at(1.0) })
    }
}

/// Prints the figures: as they are with `--json`, else a line each.
pub(crate) fn report(figures: &Value) {
    if std::env::args().any(|a| a == "--json") {
        println!("{figures:#}");
        return;
    }
    fn lines(prefix: &str, value: &Value) {
        match value {
            Value::Object(map) => {
                for (key, value) in map {
                    let name =
                        if prefix.is_empty() { key.clone() } else { format!("{prefix} {key}") };
                    lines(&name, value);
                }
            }
            Value::Number(n) if n.is_f64() => {
                println!("{prefix:<44} {:>12.3}", n.as_f64().unwrap_or(0.0));
            }
            other => println!("{prefix:<44} {other:>12}"),
        }
    }
    lines("", figures);
}
