//! Following rooms that are replaced by others.

use hearth_practices::{RoomId, UserId};
use jiff::Timestamp;
use tokio::sync::mpsc;
use tracing::{info, warn};

use super::{App, RunError, news::News};
use crate::{
    engine::UnitOfWork,
    matrix::{intake::RoomBatch, upgrades::Follow},
};

impl App {
    /// Puts rooms that replace others behind them: what was said in the old one came first. Gives the rooms that may be
    /// taken together.
    pub(super) fn in_order(&self, mut rooms: Vec<RoomBatch>) -> Vec<Vec<RoomBatch>> {
        rooms.sort_by_cached_key(|update| self.matrix.generation(&update.room));
        let mut together: Vec<Vec<RoomBatch>> = vec![Vec::new()];
        for update in rooms {
            let before = self.matrix.predecessor(&update.room);
            let waits = |last: &Vec<RoomBatch>| last.iter().any(|other| Some(&other.room) == before.as_ref());
            match together.last_mut() {
                Some(last) if !waits(last) => last.push(update),
                _ => together.push(vec![update]),
            }
        }
        together
    }

    /// If a room replaces one of a community, and that one says so too, it takes its place. Gives the one that it just
    /// took the place of.
    pub(super) async fn take_over(
        &self,
        room: &RoomId,
        now: Timestamp,
        unit: &mut UnitOfWork,
    ) -> Result<Option<RoomId>, RunError> {
        let Some(from) = self.matrix.predecessor(room) else { return Ok(None) };
        if !self.core().engine.is_of_community(&from) {
            return Ok(None);
        }
        let Some(replacement) = self.matrix.replacement(&from).await.filter(|found| found.to == *room) else {
            return Ok(None);
        };
        let moved = self.core().move_room(&from, room, replacement.at, now, unit)?;
        if moved {
            info!("a room was replaced by another, and everything goes on there");
        }
        Ok(moved.then_some(from))
    }

    /// Whose direct room a room is because it took the place of one, which its person themselves replaced.
    pub(super) async fn direct_before(&self, room: &RoomId) -> Option<UserId> {
        let from = self.matrix.predecessor(room)?;
        let person = self.core().engine.direct_person(&from)?;
        let replacement = self.matrix.replacement(&from).await?;
        if replacement.to != *room || replacement.by != person {
            return None;
        }
        let mut core = self.core();
        core.engine.close(&from, replacement.at);
        core.drop_closed_direct(&person);
        Some(person)
    }

    /// Who of those in a room has come with it from the one that it replaced. Whoever else is there has joined it since,
    /// and that is read in its past.
    pub(super) async fn who_moved(&self, from: &RoomId, room: &RoomId, people: Vec<UserId>) -> Vec<UserId> {
        if !self.matrix.shows_its_past(room) {
            return people;
        }
        let Some(before) = self.matrix.people(from, self.clock.now()).await else { return people };
        people.into_iter().filter(|one| before.contains(one)).collect()
    }

    /// Who comes and goes in a room that was replaced says nothing from then on, whether or not the bot has followed.
    pub(super) async fn close(&self, room: &RoomId) {
        if self.matrix.is_replaced(room)
            && let Some(replacement) = self.matrix.replacement(room).await
        {
            self.core().engine.close(room, replacement.at);
        }
    }

    /// Looks for rooms of communities that were replaced: the bot moves with them, or notes that it has to.
    pub(super) async fn notice_upgrades(&self, unit: &mut UnitOfWork) -> Result<(), RunError> {
        let rooms = self.core().engine.community_rooms();
        for room in rooms.into_iter().filter(|room| self.matrix.is_replaced(room)) {
            let Some(replacement) = self.matrix.replacement(&room).await else { continue };
            if self.matrix.predecessor(&replacement.to).as_ref() == Some(&room) {
                // What was said in it before the bot came is read first, and brings it here.
                if self.core().engine.knows(&replacement.to) {
                    self.meet(&replacement.to, unit).await?;
                }
            } else {
                self.core().note_closed(&room, &replacement.to, replacement.at, unit);
            }
        }
        Ok(())
    }

    /// Tries to get into the rooms that replaced others, and tells the loop where that is refused.
    pub(super) async fn follow(self, news: mpsc::Sender<News>) {
        let rooms: Vec<RoomId> = self.core().closed().map(|(room, _)| room.clone()).collect();
        for room in rooms {
            let Some(replacement) = self.matrix.replacement(&room).await else { continue };
            if self.matrix.follow(&replacement, self.clock.now()).await == Follow::Refused {
                let _ = news.send(News::Refused { room, by: replacement.by }).await;
            }
        }
    }

    /// The bot is not let into the room that replaced one.
    pub(super) fn refused(&self, room: &RoomId, by: &UserId) -> Result<(), RunError> {
        let mut unit = UnitOfWork::default();
        self.core().cannot_follow(room, by, self.clock.now(), &mut unit);
        if !unit.commit.is_empty() {
            warn!("{room} was replaced, and the bot is not let into the new room: invite it there");
        }
        self.finish(unit)
    }
}
