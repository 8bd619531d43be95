//! What members ask of meetings, and what leads set.

use jiff::{Timestamp, tz::TimeZone};
use serde::{Deserialize, Serialize};

use crate::{
    Span,
    choosing::WhoMay,
    schedule::{ZoneError, zone},
};

/// The practice.
#[derive(Debug)]
pub enum Meetings {}

/// Its commands.
#[derive(Clone, Debug, clap::Subcommand)]
pub enum Command {
    /// Plan meetings, and hold them.
    Meeting {
        /// `new`, `list`, `agenda`, `skip`, `move`, `cancel` and so on, and what they need.
        // Read by hand: names, rhythms and days are words of a sentence.
        #[arg(trailing_var_arg = true, allow_hyphen_values = true, num_args = 0..)]
        words: Vec<String>,
    },
}

/// What leads can set.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Settings {
    /// Whether the room is reminded before a meeting.
    pub remind: bool,
    /// How long before.
    pub remind_before: Span,
    /// How long before a meeting those who lead it are told.
    pub ask_before: Span,
    /// How long a meeting is where nobody says.
    pub length: Span,
    /// Who may plan meetings.
    pub who_plans: WhoMay,
    /// In which zones times are shown beside the meeting's own.
    pub zones: Zones,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            remind: true,
            remind_before: Span::hours(1),
            ask_before: Span::days(1),
            length: Span::hours(1),
            who_plans: WhoMay::Everyone,
            zones: Zones(Vec::new()),
        }
    }
}

/// Zones in which members live, by their IANA names.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Vec<String>", into = "Vec<String>")]
pub struct Zones(pub(super) Vec<String>);

impl TryFrom<Vec<String>> for Zones {
    type Error = String;

    fn try_from(names: Vec<String>) -> Result<Self, String> {
        if names.len() > 5 {
            return Err("more than 5 zones make a line that nobody reads".to_owned());
        }
        let read = |name: String| match zone(&name, Timestamp::UNIX_EPOCH) {
            Ok(name) => Ok(name),
            // What was taken before stays.
            Err(_) if name.contains('/') && TimeZone::get(&name).is_ok() => Ok(name),
            Err(ZoneError(Some(meant))) => Err(format!("`{name}` is not a time zone I know; do you mean {meant}?")),
            Err(ZoneError(None)) => Err(format!("`{name}` is not a time zone I know; write it like Europe/Berlin")),
        };
        names.into_iter().map(read).collect::<Result<_, _>>().map(Self)
    }
}

impl From<Zones> for Vec<String> {
    fn from(zones: Zones) -> Self {
        zones.0
    }
}
