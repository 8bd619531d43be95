//! What members ask of icebreakers, and what leads set.

use serde::{Deserialize, Serialize};

use super::{deck::Deck, series::Days};
use crate::schedule::{LocalTime, Rhythm};

/// The practice.
#[derive(Debug)]
pub enum Icebreakers {}

/// Its commands.
#[derive(Clone, Debug, clap::Subcommand)]
pub enum Command {
    /// Prompts for newcomers, and the decks they come from.
    Icebreakers {
        /// What to do; how it is used where nobody says.
        #[command(subcommand)]
        what: Option<What>,
    },
    /// Post a prompt, here and now.
    Icebreaker {
        /// From which deck.
        #[arg(value_enum, ignore_case = true)]
        deck: Option<Deck>,
    },
    /// Pass on a prompt, which is as good an answer as any.
    Pass {
        /// Whatever else is said.
        #[arg(trailing_var_arg = true, allow_hyphen_values = true, hide = true)]
        rest: Vec<String>,
    },
}

/// What can be done about prompts.
#[derive(Clone, Debug, clap::Subcommand)]
pub enum What {
    /// Get no more prompts.
    Stop,
    /// Get the series, from the beginning.
    Start,
    /// For leads: add a prompt to a deck.
    Add {
        /// The deck.
        #[arg(value_enum, ignore_case = true)]
        deck: Deck,
        /// What it says.
        #[arg(required = true)]
        text: Vec<String>,
    },
    /// Show how many prompts there are, and those that leads added.
    List,
    /// For leads: remove a prompt that leads added.
    Remove {
        /// Its number, as `list` shows it.
        number: u16,
    },
}

/// What leads can set.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Settings {
    /// Whether newcomers get the series.
    pub newcomers: bool,
    /// On which days after joining.
    pub days: Days,
    /// At what time of day.
    pub hour: LocalTime,
    /// When a room gets a prompt.
    pub room_rhythm: Rhythm,
    /// Which room; empty for the lobby.
    pub room: String,
    /// From which deck.
    pub room_deck: Deck,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            newcomers: true,
            days: Days::default(),
            hour: LocalTime::hour(10),
            room_rhythm: Rhythm::Weekly { every: 1, on: jiff::civil::Weekday::Tuesday, at: LocalTime::hour(10) },
            room: String::new(),
            room_deck: Deck::Light,
        }
    }
}
