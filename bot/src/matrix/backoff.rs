//! How long to leave alone what failed: joins, and questions about rooms. Kept in memory; a restart tries everything
//! once more.

use std::{collections::HashMap, time::Duration};

use jiff::{SignedDuration, Timestamp};
use matrix_sdk::ruma::api::error::ErrorKind;

use crate::sending::RetryAfter;

/// The first wait. It doubles with each failure.
const FIRST: Duration = Duration::from_secs(10);

/// The longest wait, unless the homeserver asks for a longer one.
const LONGEST: Duration = Duration::from_secs(3600);

/// What failed, how often, and when its next turn comes.
#[derive(Clone, Debug, Default)]
pub struct Backoff {
    failed: HashMap<String, (u32, Timestamp)>,
}

impl Backoff {
    /// Whether something may be tried.
    pub fn is_due(&self, name: &str, now: Timestamp) -> bool {
        self.failed.get(name).is_none_or(|(_, at)| *at <= now)
    }

    /// Something failed. It waits for as long as the homeserver asks, and for twice as long as after the last failure.
    pub fn failed(&mut self, name: &str, now: Timestamp, asked: Option<RetryAfter>) {
        let (failures, at) = self.failed.entry(name.to_owned()).or_insert((0, now));
        let own = FIRST.saturating_mul(1u32 << (*failures).min(16)).min(LONGEST);
        // Being one of many is no failure of this one.
        *failures = failures.saturating_add(u32::from(asked.is_none()));
        let wait = match asked {
            Some(RetryAfter::Delay(delay)) => delay,
            Some(RetryAfter::At(at)) => Duration::try_from(at.duration_since(now)).unwrap_or_default(),
            None => own,
        };
        let wait = SignedDuration::try_from(wait).unwrap_or(SignedDuration::from_hours(1));
        *at = now.saturating_add(wait).unwrap_or(Timestamp::MAX);
    }

    /// When the next turn comes of something that failed.
    pub fn next(&self, name: &str) -> Option<Timestamp> {
        self.failed.get(name).map(|(_, at)| *at)
    }

    /// Something worked, or is not wanted any more.
    pub fn done(&mut self, name: &str) {
        self.failed.remove(name);
    }

    /// Whether something is left alone, or was until a moment ago.
    pub fn waits(&self, name: &str) -> bool {
        self.failed.contains_key(name)
    }

    /// How often something has failed by itself: to be asked for patience is no failure.
    pub fn failures(&self, name: &str) -> u32 {
        self.failed.get(name).map_or(0, |(failures, _)| *failures)
    }
}

/// When the homeserver wants to be asked again, where it says so.
pub(super) fn asked(kind: Option<&ErrorKind>) -> Option<RetryAfter> {
    match kind {
        Some(ErrorKind::LimitExceeded(limit)) => {
            Some(limit.retry_after.map_or(RetryAfter::Delay(FIRST), RetryAfter::from))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_fails_is_left_alone_for_twice_as_long_each_time_up_to_an_hour() {
        let (mut backoff, mut now) = (Backoff::default(), Timestamp::UNIX_EPOCH);
        let mut waits = Vec::new();
        for _ in 0..12 {
            assert!(backoff.is_due("!gone:t", now));
            backoff.failed("!gone:t", now, None);
            let from = now;
            while !backoff.is_due("!gone:t", now) {
                now += SignedDuration::from_secs(10);
            }
            waits.push(now.duration_since(from).as_secs());
        }
        assert_eq!(waits, [10, 20, 40, 80, 160, 320, 640, 1280, 2560, 3600, 3600, 3600]);
        assert!(backoff.is_due("!other:t", Timestamp::UNIX_EPOCH), "one room does not wait for another");
        backoff.done("!gone:t");
        assert!(backoff.is_due("!gone:t", Timestamp::UNIX_EPOCH));
    }

    #[test]
    fn a_homeserver_that_asks_for_patience_gets_it() {
        let (mut backoff, now) = (Backoff::default(), Timestamp::UNIX_EPOCH);
        let seconds = |seconds| now + SignedDuration::from_secs(seconds);
        backoff.failed("!busy:t", now, Some(RetryAfter::Delay(Duration::from_secs(7200))));
        assert!(!backoff.is_due("!busy:t", seconds(7199)) && backoff.is_due("!busy:t", seconds(7200)));
        assert!(backoff.waits("!busy:t") && backoff.failures("!busy:t") == 0, "nobody is told that it is refused");
        backoff.failed("!busy:t", now, Some(RetryAfter::At(seconds(5))));
        assert!(!backoff.is_due("!busy:t", seconds(4)) && backoff.is_due("!busy:t", seconds(5)));
    }
}
