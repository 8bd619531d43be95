//! What members ask of topics, and what leads set.

use serde::{Deserialize, Serialize};

use crate::Span;

/// The practice.
#[derive(Debug)]
pub enum Topics {}

/// Its commands.
#[derive(Clone, Debug, clap::Subcommand)]
pub enum Command {
    /// Proposes a topic, lists them, votes on them, and what else one does with topics.
    Topic {
        /// `add`, `list`, `vote`, `claim`, `discussed` and so on, and what belongs to it.
        #[arg(trailing_var_arg = true, allow_hyphen_values = true, num_args = 0..)]
        words: Vec<String>,
    },
}

/// What leads can set.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Settings {
    /// How many dots each person has.
    pub dots: u32,
    /// Whether nobody sees who gave dots to what.
    pub sealed: bool,
    /// How long a vote is open.
    pub vote_for: Span,
    /// How long it is remembered what was discussed.
    pub keep_for: Span,
}

impl Default for Settings {
    fn default() -> Self {
        Self { dots: 3, sealed: true, vote_for: Span::days(2), keep_for: Span::days(365) }
    }
}
