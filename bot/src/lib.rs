//! The bot: Matrix in, Matrix out, with nothing lost or repeated in between.
//!
//! What to say and do is decided by `hearth-practices`, which knows no Matrix; this crate brings events to it and
//! carries out what it wants. [`app`] is the loop, [`core`] what is decided in it without a homeserver, [`engine`] the
//! decisions of one unit of work, [`store`] what is remembered, [`sending`] how it leaves, [`log`] the activity log, and
//! [`matrix`] the only place that knows the SDK.

pub mod app;
pub mod backfill;
pub mod cli;
pub mod clock;
pub mod config;
pub mod core;
pub mod incoming;
pub mod init;
mod lock;
pub mod log;
pub mod logging;
pub mod matrix;
pub mod names;
pub mod report;
pub mod sending;
#[cfg(test)]
mod simulator;
mod spans;
#[cfg(test)]
mod stage;
pub mod store;

pub use cli::main_from;
pub use hearth_core::engine;
