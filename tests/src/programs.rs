//! The lab's one program, which is the bot or the worker where its first argument says so.

use std::{ffi::OsString, process::ExitCode};

use hearth_bot::clock::Clock;

/// Runs what the first argument says: `bot`, `worker`, or else the demo.
pub fn main() -> ExitCode {
    main_or(crate::demo::main_from)
}

/// Runs what the first argument says: `bot`, `worker`, or else `otherwise`.
pub fn main_or(otherwise: fn(Vec<OsString>) -> ExitCode) -> ExitCode {
    let mut arguments: Vec<OsString> = std::env::args_os().collect();
    match arguments.get(1).and_then(|argument| argument.to_str()) {
        Some("bot") => {
            arguments.remove(1);
            if std::env::var_os(crate::bot::LIFELINE).is_some() {
                std::thread::spawn(|| {
                    let _ = std::io::copy(&mut std::io::stdin().lock(), &mut std::io::sink());
                    std::process::exit(3)
                });
            }
            hearth_bot::main_from(arguments)
        }
        Some("worker") => {
            arguments.remove(1);
            let ahead = std::env::var(crate::bot::AHEAD).ok().and_then(|text| text.parse().ok()).unwrap_or_default();
            hearth_analytics::main_from(arguments, Clock::ahead(ahead).now())
        }
        _ => otherwise(arguments),
    }
}
