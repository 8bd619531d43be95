//! Who the bot believes to be in its communities' rooms, and who is.

use std::collections::BTreeSet;

use hearth_practices::UserId;

use super::{driver::Bot, homeserver::World, scene::Scene};
use crate::engine::UnitOfWork;

impl Bot {
    /// Asks who is in some of the rooms, of a hundred so many, and takes the answers later.
    pub(super) fn compare(&mut self, percent: usize) {
        for (room, people) in std::mem::take(&mut self.answers.waiting) {
            let (now, mut unit) = (self.now(), UnitOfWork::default());
            self.core().looked_at(&room, Some(&people), now, &mut unit);
            self.commit(unit, now);
        }
        // An answer is about the point up to which everything was taken.
        let cursor = self.core().store.cursor().unwrap();
        if cursor != Some(self.wire.world().stream.len().to_string()) {
            return;
        }
        let rooms = self.core().engine.community_rooms();
        for room in rooms {
            if !self.answers.dice.percent(percent) || self.core().look_at(&room).unwrap().is_none() {
                continue;
            }
            let world = self.wire.world();
            let mut people = world.people(&room);
            people.extend(world.is_in(&world.bot, &room).then(|| world.bot.clone()));
            drop(world);
            self.answers.waiting.push((room, people));
        }
    }
}

/// Who is where, as the bot remembers it, is true: so it is after news, and after comparisons.
pub(super) fn rosters(bot: &Bot, world: &World, scene: &Scene, faults: &mut Vec<String>) {
    let core = bot.core();
    for (_, served) in core.engine.communities() {
        for room in served.community.rooms.keys() {
            let Some(found) = world.rooms.get(room).filter(|found| found.replaced_by.is_none()) else { continue };
            // Whoever asked to be forgotten is nobody until they come anew.
            let nameless = |who: &&UserId| !scene.gone.contains(*who);
            let believed: BTreeSet<UserId> =
                served.community.people_in(room).map(|(who, _)| who).filter(nameless).cloned().collect();
            let people = world.people(room);
            let there: BTreeSet<UserId> = people.iter().filter(nameless).cloned().collect();
            if world.is_in(&world.bot, room) && believed != there {
                faults.push(format!(
                    "{room} ({:?}): {believed:?} are believed to be in it, and {there:?} are",
                    found.entry
                ));
            }
        }
    }
}
