//! The demo: a private homeserver, a community with a past, the bot, and the report.

use std::{ffi::OsString, process::ExitCode};

/// Runs the demo's command line.
pub fn main_from(_arguments: Vec<OsString>) -> ExitCode {
    ExitCode::SUCCESS
}
