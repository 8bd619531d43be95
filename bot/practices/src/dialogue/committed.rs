//! What the bot of a dialogue has committed, what it loses where it crashes, and what comes a second time.

use jiff::Timestamp;

use super::Dialogue;
use crate::{Effect, EventId, Input, Presence, registry};

/// How many ids there are for what one event leads to.
const EACH: u64 = 1_000_000;

impl Dialogue {
    /// What happens next is the event of this number. Where that was told before, it is told again as it was, and what
    /// was drawn for it is drawn again.
    pub fn comes(&mut self, number: u32) {
        self.events = u64::from(number) * EACH;
        self.told.entry(u64::from(number)).or_insert(self.now);
    }

    /// When what happens now was sent, as its server says.
    pub fn at(&self) -> Timestamp {
        self.told.get(&(self.events / EACH)).copied().unwrap_or(self.now)
    }

    /// The event of this number: see [`Self::comes`].
    pub fn event_of(number: u32) -> EventId {
        EventId::from(format!("$e{}", u64::from(number) * EACH + 1))
    }

    /// Something happens, and the bot crashes before it could commit what followed. It starts again with what it had
    /// committed before, and at the time that it is.
    pub fn loses(&mut self, act: impl FnOnce(&mut Self)) {
        let (stored, sent, asked) = (self.stored.clone(), self.sent.clone(), self.asked.clone());
        let (overrides, wanted) = (self.overrides.clone(), self.wanted.len());
        let (logged, expiries) = (self.entries.len(), self.expiries.len());
        act(self);
        (self.stored, self.sent, self.asked, self.overrides) = (stored, sent, asked, overrides);
        self.wanted.truncate(wanted);
        self.logged.truncate(logged);
        self.entries.truncate(logged);
        self.expiries.truncate(expiries);
        self.restarts();
    }

    /// The bot stops, and starts again with what it has committed.
    ///
    /// # Panics
    /// Where it cannot read what it has written.
    pub fn restarts(&mut self) {
        for (place, practice) in registry::ALL.iter().enumerate() {
            let rows = self.stored.range((place, String::new())..(place + 1, String::new()));
            let rows = rows.map(|((_, key), json)| (key.clone(), json.clone())).collect();
            let (running, unread) = practice.start(rows);
            assert!(unread.is_empty(), "{unread:?}");
            self.boards.put(running.board());
            self.running[place] = running;
        }
    }

    /// When a practice wants to be woken next.
    pub fn next_wake(&mut self) -> Option<Timestamp> {
        let wakes = |place: usize, talk: &mut Self| talk.with_world(|world, running| running[place].wake(world));
        (0..self.running.len()).filter_map(|place| wakes(place, self)).min()
    }

    /// Every practice is told that time has passed, whether it asked to be woken or not.
    pub fn ticks(&mut self) -> Vec<String> {
        let mut lines = Vec::new();
        self.present = Presence::default();
        for place in 0..self.running.len() {
            let effects = self.with_world(|world, running| running[place].react(world, &Input::Tick));
            self.perform(place, effects, &mut lines);
        }
        lines
    }

    /// What practices wanted done since this was asked last, each with the practice's name.
    pub fn wanted(&mut self) -> Vec<(&'static str, Effect)> {
        std::mem::take(&mut self.wanted)
    }

    /// What a practice has decided is kept, and what it wants is noted.
    pub(super) fn commit(&mut self, place: usize, effects: &[Effect]) {
        self.boards.put(self.running[place].board());
        for (key, json) in self.running[place].changes() {
            match json {
                Some(json) => self.stored.insert((place, key), json),
                None => self.stored.remove(&(place, key)),
            };
        }
        self.wanted.extend(effects.iter().map(|effect| (registry::ALL[place].name, effect.clone())));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_lost_comes_again_as_if_for_the_first_time() {
        let add = |talk: &mut Dialogue, number, text: &str| {
            talk.comes(number);
            talk.says("ana", "lobby", &format!("!hearth topic add {text}"))
        };
        let mut talk = Dialogue::new();
        add(&mut talk, 1, "One");
        let before = talk.records("topics");
        talk.loses(|talk| drop(add(talk, 2, "Two")));
        assert_eq!(talk.records("topics"), before);
        let lines = add(&mut talk, 2, "Two");
        assert!(lines[0].contains("topic 2 now"), "{lines:?}");
        let after = talk.records("topics");
        assert!(add(&mut talk, 2, "Two").is_empty(), "the same command");
        talk.restarts();
        assert_eq!(talk.records("topics"), after);
        let wanted = talk.wanted();
        assert!(wanted.len() >= 2 && wanted.iter().all(|(practice, _)| *practice == "topics"), "{wanted:?}");
        assert!(talk.wanted().is_empty());
    }
}
