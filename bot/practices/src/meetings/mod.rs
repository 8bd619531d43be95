//! Meetings: at a predictable time, with an agenda from what the community chose and agreed, led in turn.
//!
//! A series keeps its local time ([`series`]). Those who lead are told the day before, the room an hour before, and
//! when it begins there is one card with call link and agenda, in whose thread the meeting is. Who reacts to it,
//! writes `here` or speaks there is counted as present. When its time is over it closes with a line on what was
//! agreed.
//!
//! After a pause of the bot a reminder comes late as long as the meeting has not begun, and the card as long as it is
//! not over; what is over is passed by without a word. Nothing is said twice.

mod agenda;
mod command;
mod find;
mod ics;
mod live;
mod plan;
mod rhythm;
mod roles;
mod run;
mod series;
#[cfg(test)]
mod tests;
mod text;
mod turns;

use std::collections::BTreeSet;

use jiff::{Timestamp, civil::Date, tz::TimeZone};
use serde::{Deserialize, Serialize};

pub use self::{
    find::{Find, Marks, Stage},
    live::Round,
    roles::{Led, Roles, Volunteer},
    series::{Change, Occurrence, Prepared, Series},
};
use crate::{
    Ctx, Effect, EventId, Input, Practice, Records, Span, UserId,
    boards::{self, Gathering, NextMeeting},
    choosing::WhoMay,
    forget, tables,
};

/// The practice.
#[derive(Debug)]
pub enum Meetings {}

/// Its commands.
#[derive(Clone, Debug, clap::Subcommand)]
pub enum Command {
    /// Plan meetings, and hold them.
    #[command(alias = "meetings", alias = "treffen")]
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
pub struct Zones(Vec<String>);

impl TryFrom<Vec<String>> for Zones {
    type Error = String;

    fn try_from(names: Vec<String>) -> Result<Self, String> {
        match names.iter().find(|name| TimeZone::get(name).is_err()) {
            Some(name) => Err(format!("`{name}` is not a time zone I know; write it like Europe/Berlin")),
            None if names.len() > 5 => Err("more than 5 zones make a line that nobody reads".to_owned()),
            None => Ok(Self(names)),
        }
    }
}

impl From<Zones> for Vec<String> {
    fn from(zones: Zones) -> Self {
        zones.0
    }
}

tables! { for Meetings;
    /// A series.
    SeriesAt { id: u32 } => Series, in "series";
    /// The meeting of a series that is on.
    LiveOf { series: u32 } => Live, in "live";
    /// The highest number given to a series so far.
    LastSeries {} => u32, in "last";
    /// A time that is looked for, or was lately.
    FindAt { id: u32 } => Find, in "find";
    /// The highest number given to such a search so far.
    LastFind {} => u32, in "last-find";
    /// The command that last ended such a search, so that it ends no other.
    EndedFind {} => EventId, in "ended-find";
}

/// A meeting that is on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Live {
    /// The day on which the rhythm puts it.
    pub date: Date,
    /// When it began.
    pub start: Timestamp,
    /// When it ends.
    pub end: Timestamp,
    /// Its thread, once somebody has written there.
    pub thread: Option<EventId>,
    /// Who is there, in the order of their coming. Afterwards only their number is said.
    pub here: Vec<UserId>,
    /// Who has spoken.
    pub spoken: BTreeSet<UserId>,
    /// The round that goes on.
    pub round: Option<Round>,
}

forget!(Live: here, spoken, round);

/// The series, by number.
fn all(records: &Records<Meetings>) -> impl Iterator<Item = &Series> {
    records.all::<SeriesAt>().map(|(_, series)| series)
}

impl Practice for Meetings {
    const NAME: &'static str = "meetings";
    type Command = Command;
    type Settings = Settings;
    type Board = boards::Meetings;

    fn react(records: &mut Records<Self>, ctx: &Ctx<Settings>, input: &Input<Command>) -> Vec<Effect> {
        match input {
            Input::Command(asked) => {
                find::asked(records, ctx, asked).unwrap_or_else(|| command::react(records, ctx, asked))
            }
            Input::Event(event) => {
                let mut effects = find::happened(records, ctx, event);
                effects.extend(live::happened(records, ctx, event));
                effects
            }
            Input::Tick => {
                let mut effects = find::tick(records, ctx);
                effects.extend(run::tick(records, ctx));
                effects
            }
        }
    }

    fn wake(records: &Records<Self>, ctx: &Ctx<Settings>) -> Option<Timestamp> {
        let series = all(records).filter_map(|series| run::due(records, ctx, series));
        series.chain(find::wake(records)).min()
    }

    fn board(records: &Records<Self>) -> boards::Meetings {
        let on = |series: &Series| {
            let live = records.get(&LiveOf { series: series.id })?;
            let name = series.name_of(live.date);
            Some(Gathering { name, room: series.room.clone(), thread: live.thread.clone() })
        };
        let next = |series: &Series| {
            let at = series.next()?.start;
            Some(NextMeeting { name: series.name.clone(), room: series.room.clone(), at })
        };
        boards::Meetings { open: all(records).filter_map(on).collect(), next: all(records).filter_map(next).collect() }
    }
}
