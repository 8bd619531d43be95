//! What the log is told of itself: that it is being written, and what its rooms are for.

use hearth_practices::UserId;
use jiff::Timestamp;

use super::Core;
use crate::{
    engine::UnitOfWork,
    log::{LogOp, heartbeat, hour_after, hour_of},
};

impl Core {
    /// When the next tick is due: a practice wants to be woken, or an hour begins, whose heartbeat is to be written.
    pub fn next_tick(&self, now: Timestamp) -> Timestamp {
        let beat = if self.last_beat == Some(hour_of(now)) { hour_after(now) } else { now };
        self.engine.next_tick().map_or(beat, |at| at.min(beat))
    }

    /// Notes once an hour that the logs are being written: everything that happened until now has been read.
    pub(super) fn note_heartbeat(&mut self, now: Timestamp, unit: &mut UnitOfWork) {
        if self.last_beat.replace(hour_of(now)) != Some(hour_of(now)) {
            let bot = UserId::from(&self.config.user);
            unit.log.extend(self.engine.communities().map(|(number, _)| (number, heartbeat(&bot, now))));
        }
    }

    /// Tells the log which rooms are for announcements, where that is not what it was told: leads said so, power levels
    /// changed, or the bot has just started.
    pub(super) fn note_announcements(&mut self, unit: &mut UnitOfWork) {
        for (number, room, is) in self.engine.announcements() {
            if self.announcements.get(room) != Some(&is) {
                self.announcements.insert(room.clone(), is);
                unit.log.push((number, LogOp::Announcements(room.clone(), is)));
            }
        }
    }
}
