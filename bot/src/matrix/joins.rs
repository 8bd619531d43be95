//! Joins where the homeserver limits them: they go one by one, each in its turn among what is sent. Decided without a
//! homeserver, on what it has answered.

use std::collections::BTreeMap;

use jiff::Timestamp;
use matrix_sdk::ruma::{OwnedRoomOrAliasId, OwnedServerName, api::error::ErrorKind};

use super::backoff::{Backoff, asked};
use crate::sending::{OWN_LIMIT, RetryAfter};

/// What stands for all joins: a homeserver limits them together.
const ALL: &str = "joins";

/// A room that replaced one of the bot's, with the servers to ask.
pub(super) type Followed = (OwnedRoomOrAliasId, Vec<OwnedServerName>);

/// What is to be done about a room that the bot wants to be in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Course {
    /// It is joined.
    Join,
    /// It is joined when its turn comes.
    InTurn,
    /// It failed a while ago.
    Later,
}

/// What became of a join.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Became {
    /// The bot is in the room.
    In,
    /// The homeserver has been asked for too many joins: all of them wait.
    Limited(RetryAfter),
    /// This room has to wait for itself, for as long as the homeserver asks, if it says so.
    Later(Option<RetryAfter>),
    /// The bot is not let in.
    Refused,
}

/// What an answer to a join means. An error without a kind is not the homeserver's word.
pub(super) fn became(answer: Result<(), Option<&ErrorKind>>, now: Timestamp) -> Became {
    let Err(kind) = answer else { return Became::In };
    match (asked(kind), kind) {
        // Being one of many is no failure of this one; a limit that lasts long is its own.
        (Some(asked), _) if asked.wait(now) <= OWN_LIMIT => Became::Limited(asked),
        (None, Some(_)) => Became::Refused,
        (asked, _) => Became::Later(asked),
    }
}

/// Remembers when joins, or this one, may be tried again.
pub(super) fn note(backoff: &mut Backoff, name: &str, became: Became, now: Timestamp) {
    match became {
        Became::In => backoff.done(name),
        Became::Limited(asked) => backoff.failed(ALL, now, Some(asked)),
        Became::Later(asked) => backoff.failed(name, now, asked),
        Became::Refused => backoff.failed(name, now, None),
    }
}

/// From when joins may be tried, one by one, where the homeserver limits them.
pub(super) fn limited_until(backoff: &Backoff) -> Option<Timestamp> {
    backoff.next(ALL)
}

/// What a room's join is known by.
pub(super) fn name_of(room: &OwnedRoomOrAliasId) -> String {
    format!("follow {room}")
}

/// Rooms that replaced others and wait for their turn.
#[derive(Debug, Default)]
pub(super) struct Following(BTreeMap<OwnedRoomOrAliasId, Vec<OwnedServerName>>);

impl Following {
    /// What is to be done about a room. Where joins are limited, it waits here.
    pub(super) fn course(&mut self, backoff: &Backoff, (room, via): &Followed, now: Timestamp) -> Course {
        if !backoff.is_due(&name_of(room), now) {
            return Course::Later;
        }
        if limited_until(backoff).is_none() {
            return Course::Join;
        }
        self.0.insert(room.clone(), via.clone());
        Course::InTurn
    }

    /// The room whose turn it is.
    pub(super) fn next(&mut self) -> Option<Followed> {
        self.0.pop_first()
    }

    /// What became of a room's join. While joins are limited, it has another turn.
    pub(super) fn note(&mut self, backoff: &mut Backoff, (room, via): Followed, became: Became, now: Timestamp) {
        note(backoff, &name_of(&room), became, now);
        if matches!(became, Became::Limited(_)) {
            self.0.insert(room, via);
        }
    }

    /// A join went through, or failed by itself. Where no room waits, here or among the bot's invitations, the next may go
    /// at once.
    pub(super) fn ends(&self, backoff: &mut Backoff, is_invited: bool) {
        if self.0.is_empty() && !is_invited {
            backoff.done(ALL);
        }
    }
}

#[cfg(test)]
mod tests;
