//! What practices let each other, and the shell, see: a type each. A reader names the type, so that a change to it breaks
//! its readers when they are compiled. Nothing that was told in confidence is here.

use std::collections::BTreeSet;

pub use hearth_core::boards::{Board, Boards};
use jiff::{Timestamp, civil::Date};
use serde::Serialize;

use crate::{
    EventId, RoomId, UserId, Words,
    schedule::spoken_date,
    words::{escape, pill},
};

/// Of `actions`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Actions {
    /// Those that are open, by number.
    pub open: Vec<OpenAction>,
}

/// An open action.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenAction {
    /// Its number in the community.
    pub number: u32,
    /// What is to be done.
    pub what: String,
    /// By whom, if somebody has taken it on.
    pub who: Option<UserId>,
    /// By when.
    pub due: Option<Date>,
    /// The meeting or retrospective in which it was agreed, by its name in the log.
    pub from: Option<String>,
    /// The room in which it was agreed.
    pub room: RoomId,
}

impl OpenAction {
    /// `- **4** · book the room · ana · by Fri 20 Nov`
    pub fn line(&self, words: &Words, today: Date) -> String {
        let who = self.who.as_ref().map_or_else(|| words.actions_nobody(), pill);
        let mut parts = vec![format!("- **{}**", self.number), escape(&self.what), who];
        parts.extend(self.due.map(|due| due_in_words(words, today, due)));
        parts.join(" · ")
    }
}

/// By when something is to be done, or was.
pub(crate) fn due_in_words(words: &Words, today: Date, due: Date) -> String {
    let day = spoken_date(due, today, words);
    match due.duration_since(today).as_hours() / 24 {
        0 => words.actions_due_today(day),
        late @ ..0 => words.actions_overdue(day, -late),
        _ => words.actions_due(day),
    }
}

/// Of `privacy`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Privacy {
    /// Who has opted out: nothing is told of them.
    pub opted_out: BTreeSet<UserId>,
}

/// Of `meetings`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Meetings {
    /// Those that are on.
    pub open: Vec<Gathering>,
    /// The next of each series.
    pub next: Vec<NextMeeting>,
}

/// A meeting or a retrospective that is under way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gathering {
    /// Its name in the log.
    pub name: String,
    /// Where it is.
    pub room: RoomId,
    /// Its thread, where that is known.
    pub thread: Option<EventId>,
}

/// The next meeting of a series.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NextMeeting {
    /// What the series is called.
    pub name: String,
    /// Where it is.
    pub room: RoomId,
    /// When it begins.
    pub at: Timestamp,
}

/// Of `retro`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Retros {
    /// Those that go on.
    pub open: Vec<OpenRetro>,
}

impl Retros {
    /// Whether what somebody wrote after `dots` is for one of them, in a room that they are in: its themes are letters
    /// (`dots A:2`), and everything else that is voted on has numbers.
    pub fn take(&self, dots: &str, is_in: impl Fn(&RoomId) -> bool) -> bool {
        let has_letters = dots.trim_start().starts_with(|char: char| char.is_ascii_alphabetic());
        has_letters && self.open.iter().any(|retro| retro.voting && is_in(&retro.gathering.room))
    }
}

/// A retrospective that goes on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenRetro {
    /// Where, and its name in the log.
    pub gathering: Gathering,
    /// Whether dots are given in it now.
    pub voting: bool,
}

/// Of `topics`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Topics {
    /// What waits, the most dots first.
    pub waiting: Vec<WaitingTopic>,
    /// What was discussed, by number.
    pub discussed: Vec<DiscussedTopic>,
    /// Where a sealed vote on them is open: dots with numbers are for it.
    pub voting: Option<RoomId>,
}

/// A topic that was discussed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DiscussedTopic {
    /// Its number in the community.
    pub number: u32,
    /// What it was about.
    pub text: String,
    /// Where it was proposed. Where that is not an open room, nobody else hears of it.
    pub room: Option<RoomId>,
    /// Where it was discussed.
    pub discussed_in: Option<RoomId>,
    /// When.
    pub at: Timestamp,
}

/// A topic that waits to be discussed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct WaitingTopic {
    /// Its number in the community.
    pub number: u32,
    /// What it is about.
    pub text: String,
    /// Its dots in the latest vote.
    pub dots: u64,
    /// Who wants to lead a session on it.
    pub claimed_by: Option<UserId>,
    /// Where it was proposed. Where that is not an open room, nobody else hears of it.
    pub room: Option<RoomId>,
}
