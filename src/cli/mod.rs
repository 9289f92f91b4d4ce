//! What the program does when it is called: one file a command.

mod evaluate;
mod open;
mod rank;

use std::process::ExitCode;

use crate::config::{Command, Config};

/// Runs the command. Prints one sentence and returns 1 when it fails.
pub fn run(config: Config) -> ExitCode {
    let result = match &config.command {
        Some(Command::Rank(options)) => rank::run(&config, options),
        Some(Command::Fit(options)) => evaluate::fit(&config, options),
        Some(Command::Evaluate(options)) => evaluate::evaluate(&config, options),
        _ => Ok(()),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("mosty: {}", sentence(&error));
            ExitCode::FAILURE
        }
    }
}

/// An error with its causes, as one line.
fn sentence(error: &anyhow::Error) -> String {
    let mut parts: Vec<String> = Vec::new();
    for cause in error.chain() {
        let text = cause.to_string();
        if !parts.iter().any(|p| p.contains(&text)) {
            parts.push(text);
        }
    }
    parts.join(": ")
}
