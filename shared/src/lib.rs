//! The contracts between Hearth's programs, and nothing else.
//!
//! [`activity`] is what the bot (or an importer) writes and the worker reads; [`report`] is what the worker writes
//! and the page, the room and other machines read; [`release`] is what a month said once and for all,
//! [`published`] what a number in either is; [`pseudonym`] is how a person becomes a number in the first;
//! [`lock`] keeps two programs from writing at once, [`private_file`] writes what nobody else may read.

pub mod activity;
mod as_text;
pub mod bots;
pub mod lock;
pub mod month;
pub mod private_file;
pub mod pseudonym;
pub mod published;
pub mod release;
pub mod report;
