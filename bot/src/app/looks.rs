//! When the bot asks whether it is still in its rooms. Mostly a sync tells when it is not.

use std::time::Duration;

use hearth_practices::RoomId;
use jiff::{SignedDuration, Timestamp};

use crate::{matrix::backoff::Backoff, sending::RetryAfter};

/// How often it asks.
const EVERY: SignedDuration = SignedDuration::from_hours(1);

/// What a failed look is called while it waits for its turn.
const LOOK: &str = "look";

/// What came of a look: the rooms that are gone; or no answer, and when the homeserver wants to be asked again, if it
/// says so.
pub(super) type Look = Result<Vec<RoomId>, Option<RetryAfter>>;

/// The turns of looking.
#[derive(Debug)]
pub(super) struct Looks {
    next: Timestamp,
    backoff: Backoff,
}

impl Default for Looks {
    fn default() -> Self {
        Self { next: Timestamp::MIN, backoff: Backoff::default() }
    }
}

impl Looks {
    /// How long until the next one is due.
    pub(super) fn wait(&self, now: Timestamp) -> Duration {
        Duration::try_from(self.next.duration_since(now)).unwrap_or(Duration::ZERO)
    }

    /// Whether one is due. Then it begins.
    pub(super) fn begins(&mut self, now: Timestamp) -> bool {
        let is_due = self.next <= now;
        if is_due {
            self.next = now.saturating_add(EVERY).unwrap_or(Timestamp::MAX);
        }
        is_due
    }

    /// One has ended. Where nobody answered, the next one comes soon, after a rest that grows with each failure.
    pub(super) fn ended(&mut self, look: &Look, now: Timestamp) {
        match look {
            Ok(_) => self.backoff.done(LOOK),
            Err(asked) => {
                self.backoff.failed(LOOK, now, *asked);
                self.next = self.backoff.next(LOOK).unwrap_or(self.next);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Looks at every due time until `look` says what they come to no more. Gives the rests between them, in seconds.
    fn rests(looks: &mut Looks, now: &mut Timestamp, all: Vec<Look>) -> Vec<u64> {
        let mut rests = Vec::new();
        for look in all {
            assert!(looks.begins(*now) && !looks.begins(*now), "a look begins once");
            // The homeserver takes a second.
            *now += SignedDuration::from_secs(1);
            looks.ended(&look, *now);
            let wait = looks.wait(*now);
            rests.push(wait.as_secs());
            *now += SignedDuration::try_from(wait).unwrap();
        }
        rests
    }

    #[test]
    fn a_bot_whose_homeserver_does_not_say_at_first_which_rooms_it_is_in_asks_again_soon() {
        let (mut looks, mut now) = (Looks::default(), Timestamp::from_second(1_800_000_000).unwrap());
        assert_eq!(looks.wait(now), Duration::ZERO, "at once after a start");
        assert_eq!(rests(&mut looks, &mut now, vec![Err(None); 4]), [10, 20, 40, 80]);
        assert_eq!(rests(&mut looks, &mut now, vec![Ok(Vec::new()); 3]), [3599; 3], "then once an hour");
        assert_eq!(rests(&mut looks, &mut now, vec![Err(None), Ok(Vec::new())]), [10, 3599], "later failures, too");
    }

    #[test]
    fn however_long_a_homeserver_is_away_it_is_asked_once_an_hour_at_least_and_when_it_wants_to_be() {
        let (mut looks, mut now) = (Looks::default(), Timestamp::from_second(1_800_000_000).unwrap());
        let long = rests(&mut looks, &mut now, vec![Err(None); 20]);
        assert!(long.is_sorted() && long.last() == Some(&3600), "{long:?}");
        let asked = RetryAfter::Delay(Duration::from_secs(90));
        assert_eq!(rests(&mut looks, &mut now, vec![Err(Some(asked))]), [90]);
    }
}
