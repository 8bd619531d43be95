//! `cargo run --bin hearth-demo`: Hearth at work, on a private homeserver of its own.
//!
//! One program is all three: the demo, the bot (`hearth-demo bot …`) and the worker (`hearth-demo worker …`), so that
//! demo and tests need no other build.

use std::process::ExitCode;

fn main() -> ExitCode {
    hearth_tests::programs::main()
}
