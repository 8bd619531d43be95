//! The batch worker: reads the activity log, computes a month's measures, and writes the report.
//!
//! The way of a number: [`load`] (the log's columns) → [`digest`] (what each month's rows come to) → [`history`] (what
//! that means among the others) → [`measures`] (raw values) → [`suppress`] (what may be said) → [`publish`] (the report
//! as data) → [`output`] (files). Of closed months, [`cache`] keeps rows and digests.
//! Before it, [`import`] can fill the log from elsewhere. Nothing outside [`load`] and [`import`] knows SQLite; nothing here
//! draws.

pub mod answers;
mod bench;
pub mod bootstrap;
pub mod cache;
pub mod calendar;
mod cli;
pub mod cohorts;
pub mod columns;
pub mod digest;
pub mod diversity;
pub mod experiment;
pub mod export;
pub mod figures;
pub mod history;
pub mod import;
pub mod index;
pub mod journeys;
pub mod load;
pub mod log;
pub mod measures;
pub mod membership;
pub mod network;
pub mod output;
pub mod practices;
pub mod publish;
pub mod rooms;
pub mod statistics;
pub mod suppress;
pub mod tally;
pub mod view;

#[cfg(test)]
mod gold;

pub use cli::main_from;
