//! `cargo run --release --bin hearth-bench -- latency|intake`: Hearth measured beside its peers, as ratios.

use std::process::ExitCode;

fn main() -> ExitCode {
    hearth_tests::programs::main_or(hearth_tests::bench::main_from)
}
