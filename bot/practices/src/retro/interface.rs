//! What members ask of retrospectives, and what leads set.

use std::num::{NonZeroU32, NonZeroUsize};

use serde::{Deserialize, Serialize};

use crate::{Span, choosing::WhoMay};

/// The practice.
#[derive(Debug)]
pub enum Retros {}

/// Its commands.
#[derive(Clone, Debug, clap::Subcommand)]
pub enum Command {
    /// Look back together, and agree what to do about it.
    Retro {
        /// What to do.
        #[command(subcommand)]
        what: Option<What>,
    },
}

/// What can be done about a retrospective.
#[derive(Clone, Debug, PartialEq, Eq, clap::Subcommand)]
pub enum What {
    /// Start one in this room.
    Start {
        /// The columns: a known format, or names with `|` between them.
        #[arg(long, num_args = 1.., allow_hyphen_values = false)]
        format: Vec<String>,
        /// How long notes are collected.
        #[arg(long)]
        collect: Option<Span>,
        /// How long votes are open.
        #[arg(long)]
        vote: Option<Span>,
        /// How long a theme is discussed.
        #[arg(long)]
        theme: Option<Span>,
    },
    /// Show where it is.
    Status,
    /// Be told by direct message how to take part, as by a reaction to the card.
    Join,
    /// Go on.
    Next,
    /// Go back.
    Back,
    /// Give the phase more time.
    Extend {
        /// How much.
        #[arg(required = true)]
        span: Vec<String>,
    },
    /// End it.
    Close,
    /// Let somebody else facilitate.
    HandOver {
        /// Who.
        who: Vec<String>,
    },
    /// For leads: facilitate from now on.
    TakeOver,
    /// Put notes together.
    Group {
        /// Their numbers.
        notes: Vec<String>,
    },
    /// Take notes out of their groups.
    Split {
        /// Their numbers.
        notes: Vec<String>,
    },
    /// Name the group of a note, or a theme.
    Name {
        /// The number.
        number: String,
        /// The name.
        name: Vec<String>,
    },
}

/// What leads can set.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Settings {
    /// The columns where nobody says.
    pub format: String,
    /// How long notes are collected where nobody says.
    pub collect: Span,
    /// How long votes are open where nobody says.
    pub vote: Span,
    /// How long a theme is discussed where nobody says.
    pub theme: Span,
    /// How many dots each person has.
    pub dots: NonZeroU32,
    /// How many themes are discussed at most.
    pub themes: NonZeroUsize,
    /// Who may start one.
    pub who_starts: WhoMay,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            format: "three-columns".to_owned(),
            collect: Span::minutes(10),
            vote: Span::minutes(5),
            theme: Span::minutes(8),
            dots: NonZeroU32::MIN.saturating_add(4),
            themes: NonZeroUsize::MIN.saturating_add(4),
            who_starts: WhoMay::Everyone,
        }
    }
}
