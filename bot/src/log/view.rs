//! When the log was being written, and since when it sees a room.

use std::collections::HashSet;

use hearth_core::engine::log::{LogOp, named};
use hearth_log::write::{Act, Batch};
use hearth_practices::UserId;
use hearth_shared::{activity::Kind, pseudonym::Key};
use jiff::Timestamp;

/// How long a heartbeat holds, in seconds: an hour of UTC.
const HOUR: i64 = 3600;

/// The hour, counted from 1970.
pub(crate) fn hour_of(at: Timestamp) -> i64 {
    at.as_second().div_euclid(HOUR)
}

/// When the next hour begins.
pub(crate) fn hour_after(at: Timestamp) -> Timestamp {
    Timestamp::from_second((hour_of(at) + 1) * HOUR).unwrap_or(Timestamp::MAX)
}

/// The heartbeat of an hour. It has the hour's name, so that a log has one of each, however often the bot starts.
pub(crate) fn heartbeat(bot: &UserId, at: Timestamp) -> LogOp {
    LogOp::act(named(&format!("heartbeat.{}", hour_of(at))), bot, None, Kind::Heartbeat, at)
}

/// A room at the moment in which the bot comes to it.
#[derive(Debug)]
pub(super) struct Place<'a> {
    pub community: i64,
    pub source: i64,
    pub key: &'a Key,
    pub us: &'a UserId,
    pub room: i64,
    pub external: &'a str,
    pub ts: i64,
}

impl Place<'_> {
    fn act(&self, kind: Kind, person: i64, event: &str) -> Act {
        Act {
            community: self.community,
            source: self.source,
            room: self.room,
            person,
            kind,
            ts: self.ts,
            event: self.key.event(event),
            reply_to: None,
            thread: None,
            n_chars: 0,
            mentions: 0,
            value: None,
        }
    }
}

/// Writes that the bot has come to a room in which these people are: who left it unseen, and that it existed before, where
/// several are there (`persons`, without bots) and the log does not know all of them to be. A room with one person in it
/// was made for the bot to come. Told again, it writes nothing. Gives the number of acts that were new.
pub(super) fn come_to(
    batch: &mut Batch,
    place: &Place,
    people: &[UserId],
    persons: usize,
    known: &mut HashSet<i64>,
) -> rusqlite::Result<usize> {
    let Place { community, key, us, external, ts, .. } = *place;
    let (mut gone, mut is_new, mut new) = (known.clone(), false, 0);
    for who in people {
        let person = batch.person(community, key.person(who.as_str()), false)?;
        let was_known = gone.remove(&person.id);
        is_new |= !was_known && !person.opted_out;
    }
    for person in batch.of_these_logged(gone)? {
        let left = place.act(Kind::Leave, person, &format!("gone.{external}.{person}.{ts}"));
        new += usize::from(batch.act(&left)?);
        known.remove(&person);
    }
    if is_new && persons > 1 {
        let bot = batch.person(community, key.person(us.as_str()), true)?;
        let adopted = place.act(Kind::RoomAdopted, bot.id, &named(&format!("adopted.{external}.{ts}")));
        new += usize::from(batch.act(&adopted)?);
    }
    Ok(new)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_hour_begins_and_ends_on_the_hour() {
        let at = |text: &str| text.parse::<Timestamp>().unwrap();
        assert_eq!(hour_of(at("1970-01-01T00:59:59.999Z")), 0);
        assert_eq!(hour_of(at("1969-12-31T23:00:00Z")), -1);
        assert_eq!(hour_after(at("2026-11-03T22:10:00Z")), at("2026-11-03T23:00:00Z"));
        assert_eq!(hour_after(at("2026-11-03T23:00:00Z")), at("2026-11-04T00:00:00Z"));
    }
}
