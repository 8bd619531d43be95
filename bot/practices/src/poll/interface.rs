//! What members ask of polls, and what leads set.

use serde::{Deserialize, Serialize};

use crate::{Span, choosing::WhoMay};

/// The practice.
#[derive(Debug)]
pub enum Poll {}

/// Its commands.
#[derive(Clone, Debug, clap::Subcommand)]
pub enum Command {
    /// Opens a poll, or closes one.
    Poll {
        /// The question, the answers with `|` between them, and options; or `close`.
        // Read by hand: answers may begin with a dash, and options stand among them.
        #[arg(trailing_var_arg = true, allow_hyphen_values = true, num_args = 0..)]
        words: Vec<String>,
    },
}

/// What leads can set.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Settings {
    /// How long a poll is open where nobody says.
    pub close_after: Span,
    /// How long a poll may be open.
    pub longest: Span,
    /// Whether results are hidden until the end where nobody says.
    pub hidden: bool,
    /// Who may open polls.
    pub who_opens: WhoMay,
    /// Whether the results of polls that members open in their clients are announced too.
    pub announce_members_polls: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            close_after: Span::days(3),
            longest: Span::days(28),
            hidden: false,
            who_opens: WhoMay::Everyone,
            announce_members_polls: false,
        }
    }
}
