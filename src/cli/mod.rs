//! What the program does when it is called: one file a command.

mod account;
mod check;
mod demo;
mod evaluate;
mod export;
mod import;
mod open;
mod rank;
mod serve;

pub use demo::fill as fill_with_inventions;

use std::process::ExitCode;

use crate::config::{Command, Config, Serve};

/// Runs the command. Prints one sentence and returns 1 when it fails.
pub fn run(config: Config) -> ExitCode {
    let result = match &config.command {
        Some(Command::Rank(options)) => rank::run(&config, options),
        Some(Command::Fit(options)) => evaluate::fit(&config, options),
        Some(Command::Evaluate(options)) => evaluate::evaluate(&config, options),
        Some(Command::Import(options)) => import::run(&config, options),
        Some(Command::Export(options)) => export::run(&config, options),
        Some(Command::Account { command }) => account::run(&config, command),
        Some(Command::Migrate) => check::migrate(&config),
        Some(Command::Check) => check::check(&config),
        Some(Command::Demo(options)) => demo::run(&config, options),
        Some(Command::Serve(options)) => serve::serve(&config, options),
        None => serve::serve(&config, &Serve::from_environment()),
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
