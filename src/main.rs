//! The program: reads its settings and does what it was asked.

use std::process::ExitCode;

use clap::Parser;

fn main() -> ExitCode {
    let config = mosty::config::Config::parse();
    env_logger::Builder::new().parse_filters(&config.log).format_target(false).init();
    mosty::cli::run(config)
}
