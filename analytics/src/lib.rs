//! The batch worker: reads the activity log, computes a month's measures, and writes the report.
//!
//! The way of a number: the crate `hearth-acts` (the log as frames) → [`facts`] (small tables, a query each) → [`history`] (the months in
//! their order) → [`measures`] (exact values) → [`exact`] (for whoever holds the log). Of closed months, [`archive`] keeps
//! the facts.
//! [`acts_files`] hands acts to other engines. Before it, the crate `hearth-import` can fill the log from elsewhere.
//! Nothing here reads SQLite, and nothing draws.

use hearth_acts::{self as acts, frames, parquet};

pub mod acts_files;
pub mod archive;
pub mod assembly;
mod bench;
pub mod calendar;
mod capabilities;
mod cli;
pub mod cohorts;
pub mod evaluation;
pub mod exact;
pub mod experiment;
pub mod export;
pub mod facts;
pub mod history;
pub mod measures;
pub mod month_facts;
pub mod month_view;
pub mod output;
pub mod pictures;
pub mod publish;
pub mod raw;
pub mod raw_months;
pub mod read_plan;
pub mod releases;
pub mod rooms;
pub mod scopes;
pub mod timelines;
pub mod values;

#[cfg(test)]
mod gold;
#[cfg(test)]
mod lab;

pub use cli::main_from;
