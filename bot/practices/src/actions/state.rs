//! What is remembered of actions.

use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};

use super::interface::{Actions, Settings};
use crate::{Ctx, EventId, Records, RoomId, Span, UserId, forget, tables};

tables! { for Actions;
    /// What is still to be done.
    OpenAt { number: u32 } => Action, in "open";
    /// What was done or dropped, without a word of what it was.
    ClosedAt { number: u32 } => Closed, in "closed";
    /// The highest number given so far.
    Last {} => u32, in "last";
}

/// What somebody said they would do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Action {
    /// What.
    pub what: String,
    /// Who; `None` where nobody has taken it on.
    pub who: Option<UserId>,
    /// By when.
    pub due: Option<Date>,
    /// The meeting or retrospective in which it was agreed.
    pub from: Option<String>,
    /// Where.
    pub room: RoomId,
    /// By whom it was noted.
    pub by: Option<UserId>,
    /// When, or when it was last moved.
    pub at: Timestamp,
    /// The message that asked for it.
    pub event: EventId,
    /// Which reminders are behind it.
    #[serde(default)]
    pub told: Told,
}

forget!(Action: who, by; what, due, from, room, at, event, told);

/// What became of an action.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Closed {
    /// Whether it was done rather than dropped.
    pub done: bool,
    /// When.
    pub at: Timestamp,
    /// The message that asked for it.
    pub event: EventId,
    /// Where it was agreed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub room: Option<RoomId>,
}

forget!(Closed; done, at, event, room);

/// How many actions may be open: more than anybody reads.
pub const MOST_OPEN: usize = 200;
/// How long an action may be, in characters.
pub const LONGEST: usize = 300;
/// How long it is remembered that an action was closed.
pub const CLOSED_KEPT: Span = Span::days(90);

/// The name of an action in the log.
pub fn name(number: u32) -> String {
    format!("action/{number}")
}

/// An open action and its number.
pub type Numbered<'a> = (u32, &'a Action);

/// The open actions, by number.
pub fn open(records: &Records<Actions>) -> impl Iterator<Item = Numbered<'_>> {
    records.all::<OpenAt>().map(|(key, action)| (key.number, action))
}

/// The day, in the community's zone.
pub fn today(ctx: &Ctx<Settings>) -> Date {
    ctx.community.zone.to_datetime(ctx.now).date()
}

/// Which reminders of an action are behind it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Told {
    /// None.
    #[default]
    Nothing,
    /// The one some days before.
    Before,
    /// The one on the day; there are no more.
    Due,
}
