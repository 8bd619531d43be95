//! What members ask of ballots, and what leads set.

use serde::{Deserialize, Serialize};

use crate::{Span, choosing::WhoMay};

/// The practice.
#[derive(Debug)]
pub enum Ballot {}

/// Its commands.
#[derive(Clone, Debug, clap::Subcommand)]
pub enum Command {
    /// Opens a ballot, or closes one.
    Ballot {
        /// The question, the options with `|` between them, and `--kind`, `--dots`, `--close`; or `close`.
        #[arg(trailing_var_arg = true, allow_hyphen_values = true, num_args = 0..)]
        words: Vec<String>,
    },
    /// In a room: asks for its ballot. In a direct room: votes.
    Vote {
        /// What is chosen, after the number of the ballot where that is not plain.
        #[arg(trailing_var_arg = true, allow_hyphen_values = true, num_args = 0..)]
        words: Vec<String>,
    },
    /// In a direct room: gives dots.
    Dots {
        /// Options and how many dots each gets, `1:2 3:1`.
        #[arg(trailing_var_arg = true, allow_hyphen_values = true, num_args = 0..)]
        words: Vec<String>,
    },
}

/// What leads can set.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Settings {
    /// How long a ballot is open where nobody says.
    pub close_after: Span,
    /// How long a ballot may be open.
    pub longest: Span,
    /// How many dots each has where nobody says.
    pub dots: u32,
    /// Who may open ballots.
    pub who_opens: WhoMay,
}

impl Default for Settings {
    fn default() -> Self {
        Self { close_after: Span::days(3), longest: Span::days(28), dots: 3, who_opens: WhoMay::Everyone }
    }
}
