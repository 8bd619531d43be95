//! The worker's binary: arguments and the clock in, an exit code out.

use std::process::ExitCode;

#[expect(clippy::disallowed_methods, reason = "the one place where the worker reads the clock")]
fn main() -> ExitCode {
    hearth_analytics::main_from(std::env::args_os(), jiff::Timestamp::now())
}
