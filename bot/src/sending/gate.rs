//! Pauses. One gate for each class of request, and one for the homeserver's absence: a refusal shuts it once for
//! everybody, then a single request tries whether it is open again.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

/// What a homeserver limits each by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Class {
    /// Whatever is sent into a room, and what is sent beside it.
    Message,
    /// Removing what others have sent, which a homeserver may count by itself.
    Removal,
    /// Making rooms.
    Room,
    /// Inviting people to rooms that are there.
    Invitation,
    /// Joining rooms.
    Join,
}

/// After a pause, so many requests go one by one before several may be on their way together.
const CAREFUL: u32 = 3;

/// The longest pause that nobody asked for.
const LONGEST: Duration = Duration::from_secs(60);

/// One gate.
#[derive(Clone, Debug, Default)]
pub(super) struct Gate {
    shut_until: Option<Timestamp>,
    careful: u32,
    refusals: u32,
    pub(super) flying: usize,
}

impl Gate {
    pub(super) fn is_open(&self, now: Timestamp) -> bool {
        self.is_open_from(now).is_some_and(|from| from <= now)
    }

    /// From when a request may go, or `None` while it is for another request to try.
    pub(super) fn is_open_from(&self, now: Timestamp) -> Option<Timestamp> {
        (self.careful == 0 || self.flying == 0).then(|| self.shut_until.map_or(now, |until| until.max(now)))
    }

    /// Whether requests go one by one, after a refusal.
    pub(super) fn is_careful(&self) -> bool {
        self.careful > 0
    }

    /// When it opens, where it is shut.
    pub(super) fn opens(&self) -> Option<Timestamp> {
        self.shut_until
    }

    /// Shuts it: for as long as was asked, and a little longer, so that the next request is not refused for a
    /// millisecond; or, where nothing was asked, for `first` and longer each time.
    pub(super) fn refused(&mut self, now: Timestamp, asked: Option<Duration>, first: Duration) {
        let wait = match asked {
            Some(asked) => asked + asked / 20 + Duration::from_millis(50),
            None => (first * (1 << self.refusals.min(6))).min(LONGEST),
        };
        // What was on its way together is refused together: that is one refusal.
        if self.shut_until.is_none_or(|until| until <= now) {
            self.refusals += 1;
        }
        let until = now.saturating_add(SignedDuration::try_from(wait).unwrap_or_default()).unwrap_or(now);
        self.shut_until = self.shut_until.max(Some(until));
        self.careful = CAREFUL;
    }

    /// A request went through. What was on its way before the gate was shut does not open it.
    pub(super) fn passed(&mut self, now: Timestamp) {
        if self.shut_until.is_none_or(|until| until <= now) {
            self.shut_until = None;
            self.careful = self.careful.saturating_sub(1);
            self.refusals = 0;
        }
    }

    /// Opens it whatever was said before.
    pub(super) fn open(&mut self) {
        (self.shut_until, self.careful, self.refusals) = (None, 0, 0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(millis: i64) -> Timestamp {
        Timestamp::from_millisecond(millis).unwrap()
    }

    #[test]
    fn a_refusal_pauses_everybody_once_and_a_single_request_tries_again() {
        let (mut gate, second) = (Gate::default(), Duration::from_secs(1));
        assert!(gate.is_open(at(0)));
        gate.flying = 2;
        gate.refused(at(0), Some(Duration::from_secs(5)), second);
        gate.refused(at(10), Some(Duration::from_secs(4)), second);
        gate.passed(at(20));
        gate.flying = 0;
        assert!(!gate.is_open(at(5000)) && gate.is_open(at(5300)));
        gate.flying = 1;
        assert!(!gate.is_open(at(5300)), "one request at a time");
        for _ in 0..CAREFUL {
            gate.passed(at(5400));
        }
        assert!(gate.is_open(at(5400)));
    }

    #[test]
    fn a_pause_that_nobody_timed_grows_to_a_minute() {
        let mut gate = Gate::default();
        let mut now = at(0);
        let mut waits = Vec::new();
        for _ in 0..8 {
            gate.refused(now, None, Duration::from_secs(1));
            let until = gate.opens().unwrap();
            waits.push(until.duration_since(now).as_secs());
            now = until;
        }
        assert_eq!(waits, [1, 2, 4, 8, 16, 32, 60, 60]);
        gate.open();
        assert!(gate.is_open(now) && gate.opens().is_none());
    }
}
