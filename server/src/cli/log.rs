//! Structured logs on standard error; standard output belongs to what a script reads.

use std::io::{self, IsTerminal as _};

use tracing_subscriber::EnvFilter;
use tracing_subscriber::filter::ParseError;

/// Starts the log.
pub(super) fn start(filter: &str, json: bool) -> Result<(), ParseError> {
    let log = tracing_subscriber::fmt()
        .with_writer(io::stderr)
        .with_ansi(io::stderr().is_terminal())
        .with_env_filter(EnvFilter::try_new(filter)?);
    if json {
        log.json().init();
    } else {
        log.init();
    }
    Ok(())
}
