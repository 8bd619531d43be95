//! What the bot of a dialogue has committed, what it loses where it crashes, and what comes a second time.

use hearth_core::engine::UnitOfWork;
use jiff::Timestamp;

use super::{Dialogue, texts};
use crate::{Effect, EventId};

/// How many ids there are for what one event leads to.
const EACH: u64 = 1_000_000;

impl Dialogue {
    /// What happens next is the event of this number. Where that was told before, it is told again as it was, and what
    /// was drawn for it is drawn again.
    pub fn comes(&mut self, number: u32) {
        self.settle();
        self.events = u64::from(number) * EACH;
        self.told.entry(u64::from(number)).or_insert(self.now);
        let digits = number.to_le_bytes();
        self.engine.draw_from(std::array::from_fn(|place| digits[place % digits.len()]));
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
        self.settle();
        let (memory, asked, wanted) = (self.memory.clone(), self.asked.clone(), self.wanted.len());
        let (logged, expiries) = (self.entries.len(), self.expiries.len());
        act(self);
        (self.memory, self.asked) = (memory, asked);
        self.wanted.truncate(wanted);
        self.logged.truncate(logged);
        self.entries.truncate(logged);
        self.expiries.truncate(expiries);
        self.recovers();
    }

    /// The bot stops, and starts again with what it has committed.
    ///
    /// # Panics
    /// Where it cannot read what it has written.
    pub fn restarts(&mut self) {
        self.settle();
        self.recovers();
    }

    fn recovers(&mut self) {
        self.start();
        assert!(self.memory.set_aside().is_empty(), "{:?}", self.memory.set_aside());
    }

    /// When a practice wants to be woken next.
    pub fn next_tick(&mut self) -> Option<Timestamp> {
        self.settle();
        self.engine.next_tick()
    }

    /// Every practice is told that time has passed, whether it asked to be woken or not.
    pub fn ticks(&mut self) -> Vec<String> {
        self.settle();
        let mut unit = UnitOfWork::default();
        self.engine.tick_all(self.now, &mut unit);
        texts(self.finish(unit))
    }

    /// What practices wanted sent, asked and logged, and which names they dropped, since this was asked last, each with the
    /// practice's name.
    pub fn wanted(&mut self) -> Vec<(&'static str, Effect)> {
        std::mem::take(&mut self.wanted)
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
