//! What is remembered of meetings.

use std::collections::BTreeSet;

use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};

use super::{
    find::state::Find,
    interface::{Meetings, Settings},
    series::Series,
};
use crate::{Ctx, EventId, MessageContext, MessageKey, Records, UserId, forget, obeyed::Obeyed, tables};

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
    /// The commands that changed something last.
    Heard {} => Obeyed, in "heard";
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
    /// The topics that were come to, by number, the last of them being the one that is talked about.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub come_to: Vec<u32>,
}

forget!(Live: here, spoken, round; date, start, end, thread, come_to);

/// The series, by number.
pub fn all(records: &Records<Meetings>) -> impl Iterator<Item = &Series> {
    records.all::<SeriesAt>().map(|(_, series)| series)
}

/// A round in which everybody who is there is asked in turn.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Round {
    /// Whose turn it is.
    pub turn: Option<UserId>,
    /// Who was asked in this round.
    pub asked: BTreeSet<UserId>,
    /// The message in which they were asked last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key: Option<MessageKey>,
}

forget!(Round: turn, asked; key);

/// The series of which may be heard where somebody asks.
pub(super) fn heard_of<'a>(
    records: &'a Records<Meetings>,
    ctx: &Ctx<Settings>,
    source: &MessageContext,
) -> impl Iterator<Item = &'a Series> {
    all(records).filter(|one| ctx.may_show(&one.room, source))
}

/// Every time that is looked for, or was lately, by number.
pub fn finds(records: &Records<Meetings>) -> impl Iterator<Item = &Find> {
    records.all::<FindAt>().map(|(_, find)| find)
}
