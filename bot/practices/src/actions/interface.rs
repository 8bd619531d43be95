//! What members ask of actions, and what leads set.

use serde::{Deserialize, Serialize};

use crate::{Span, schedule::LocalTime};

/// The practice.
#[derive(Debug)]
pub enum Actions {}

/// Its commands.
#[derive(Clone, Debug, clap::Subcommand)]
pub enum Command {
    /// Note what somebody will do, or what became of it.
    Action {
        /// Who, what, by when; or `done`, `drop`, `take`, `move` and a number.
        // Read by hand: it is a sentence.
        #[arg(trailing_var_arg = true, allow_hyphen_values = true, num_args = 0..)]
        words: Vec<String>,
    },
    /// What is open.
    Actions {
        /// `mine` or `all`.
        #[arg(trailing_var_arg = true, allow_hyphen_values = true, num_args = 0.., hide = true)]
        whose: Vec<String>,
    },
}

/// What leads can set.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Settings {
    /// Whether those who took an action on are reminded.
    pub remind: bool,
    /// How long before the due day they are reminded the first time, in whole days.
    pub remind_before: Span,
    /// At what time of day.
    pub hour: LocalTime,
}

impl Default for Settings {
    fn default() -> Self {
        Self { remind: true, remind_before: Span::days(2), hour: LocalTime::hour(9) }
    }
}
