//! A prompt for a room, on a rhythm: which room, when, and who answered.
//!
//! A prompt that is more than six hours late is skipped, and so is one that is late and would come at night.

use std::collections::BTreeSet;

use jiff::{SignedDuration, Timestamp, tz::TimeZone};
use serde::{Deserialize, Serialize};

use super::deck::Prompt;
use crate::{
    Community, MessageKey, RoomId, UserId,
    schedule::{DAYTIME, Rhythm},
};

/// What is remembered about a room's prompts.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RoomPrompts {
    /// The rhythm that is kept here, and since when.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kept: Option<Kept>,
    /// The prompts that were posted.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub seen: Vec<Prompt>,
    /// The latest.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub current: Option<Current>,
}

/// A rhythm, and the moment up to which it was kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kept {
    /// The rhythm.
    pub rhythm: Rhythm,
    /// The moment.
    pub until: Timestamp,
}

/// A prompt whose answers are noticed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Current {
    /// The message.
    pub key: MessageKey,
    /// Which prompt.
    pub prompt: Prompt,
    /// Who answered it or passed, so that each counts once.
    pub answered: BTreeSet<UserId>,
}

/// What to do about a rhythm now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Turn {
    /// Nothing yet.
    Wait,
    /// Post a prompt.
    Post,
    /// It is too late for the one that was due.
    Skip,
}

const TOO_LATE: SignedDuration = SignedDuration::from_hours(6);
const ON_TIME: SignedDuration = SignedDuration::from_hours(1);

impl Kept {
    /// When the next prompt is due.
    pub(super) fn due(self, zone: &TimeZone) -> Option<Timestamp> {
        self.rhythm.next_after(self.until, zone)
    }

    /// What to do now.
    pub(super) fn turn(self, now: Timestamp, zone: &TimeZone) -> Turn {
        let by_now = |due: &Timestamp| *due <= now;
        let Some(mut due) = self.due(zone).filter(by_now) else { return Turn::Wait };
        // Of several that were missed, only the latest may still be in time.
        while let Some(next) = self.rhythm.next_after(due, zone).filter(by_now) {
            due = next;
        }
        let late = now.duration_since(due);
        if late > TOO_LATE || (late > ON_TIME && DAYTIME.next(now, zone) != now) { Turn::Skip } else { Turn::Post }
    }
}

/// The room that a setting means: by id, by name, or the lobby where it is empty.
pub(super) fn target<'a>(setting: &str, community: &'a Community) -> Option<&'a RoomId> {
    let wanted = setting.trim();
    if wanted.is_empty() {
        return community.lobby.as_ref().filter(|lobby| community.rooms.contains_key(*lobby));
    }
    let plain = |name: &str| name.trim_start_matches('#').to_lowercase();
    community
        .rooms
        .iter()
        .find(|(id, room)| id.as_str() == wanted || plain(&room.name) == plain(wanted))
        .map(|(id, _)| id)
}
