//! `hearth-bot`: see [`hearth_bot::cli`].

use std::process::ExitCode;

fn main() -> ExitCode {
    hearth_bot::main_from(std::env::args_os())
}
