//! What people can tell it, and what leads can set.

use serde::{Deserialize, Serialize};

use crate::Span;

/// The practice.
#[derive(Debug)]
pub enum Welcome {}

/// Its commands.
#[derive(Clone, Debug, clap::Subcommand)]
pub enum Command {
    /// For leads: what newcomers are told.
    Welcome {
        /// What to do.
        #[arg(value_enum, ignore_case = true, default_value = "preview")]
        what: What,
    },
}

/// What can be done about welcomes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum What {
    /// Be sent the message that newcomers get.
    Preview,
}

/// What leads can set.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Settings {
    /// Whether newcomers are welcomed.
    pub enabled: bool,
    /// How long after the join.
    pub after: Span,
    /// What the community is for, in a sentence.
    pub purpose: String,
    /// The ground rules, in a sentence or two; empty for the ones that come with Hearth.
    pub rules: String,
    /// After how long without a chance to welcome somebody it is left alone.
    pub not_after: Span,
    /// How many are welcomed an hour at most.
    pub per_hour: u16,
    /// Whether leads are told once a day which newcomers' first messages wait for an answer.
    pub to_answer: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            enabled: true,
            after: Span::minutes(10),
            purpose: String::new(),
            rules: String::new(),
            not_after: Span::days(2),
            per_hour: 30,
            to_answer: false,
        }
    }
}
