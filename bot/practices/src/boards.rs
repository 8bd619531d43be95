//! What practices let each other, and the shell, see: a type each. A reader names the type, so that a change to it breaks
//! its readers when they are compiled. Nothing that was told in confidence is here, and practices never see each other's
//! records.

use std::{
    any::{Any, TypeId},
    collections::BTreeMap,
    fmt,
    sync::Arc,
};

use jiff::{Timestamp, civil::Date};
use serde::Serialize;

use crate::{
    Words,
    id::{EventId, RoomId, UserId},
    schedule::spoken_date,
    words::{escape, pill},
};

/// What a practice lets the others see.
pub trait Board: Any + Clone + Default + fmt::Debug + Send + Sync {}

impl<B: Any + Clone + Default + fmt::Debug + Send + Sync> Board for B {}

/// What all practices of a community let each other see now. It may change at any moment without a practice being told,
/// so [`crate::Practice::wake`] must not depend on it.
#[derive(Clone, Default)]
pub struct Boards(BTreeMap<TypeId, Arc<dyn Any + Send + Sync>>);

impl Boards {
    /// What the practice lets others see whose board this is; the empty one where it has put up none.
    pub fn read<B: Board>(&self) -> B {
        self.0.get(&TypeId::of::<B>()).and_then(|board| board.downcast_ref::<B>()).cloned().unwrap_or_default()
    }

    /// Puts up what a practice lets others see now.
    pub fn put(&mut self, board: Arc<dyn Any + Send + Sync>) {
        self.0.insert((*board).type_id(), board);
    }
}

impl fmt::Debug for Boards {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Boards({})", self.0.len())
    }
}

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
    /// `- **4** · book the room · ana · by Friday, 20 November`
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
        0 => words.actions_due_today(),
        late @ ..0 => words.actions_overdue(day, -late),
        _ => words.actions_due(day),
    }
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

/// Of `report`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// What is tried.
    pub experiment: Option<crate::report::Experiment>,
}
