//! What a refusal means: one of five things, whatever the request was. Pure: a status code and an error code in.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

/// When the homeserver wants to be asked again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RetryAfter {
    /// After so long.
    Delay(Duration),
    /// At that time.
    At(Timestamp),
}

impl RetryAfter {
    /// How long that is from `now`, an hour at most: a homeserver whose clock is wrong must not silence the bot.
    pub fn wait(self, now: Timestamp) -> Duration {
        let wait = match self {
            Self::Delay(delay) => delay,
            Self::At(at) => Duration::try_from(at.duration_since(now)).unwrap_or_default(),
        };
        wait.min(Duration::from_secs(3600))
    }
}

/// Why something is not to be had at this moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotNow {
    /// The homeserver has been asked too often for requests of this class.
    Limited(Option<RetryAfter>),
    /// Nobody answers, or a proxy does in the homeserver's stead.
    Absent,
    /// The homeserver answers, and fails.
    Failing,
}

/// What a refusal means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// What was asked for is so already: the same reaction is there, what is to be removed is gone.
    DoneAlready,
    /// The access token no longer holds.
    TokenRevoked,
    /// It is too large, and will be the next time.
    TooLarge,
    /// It may work later.
    NotNow(NotNow),
    /// It will never be taken.
    Permanent,
}

impl Refusal {
    /// What an HTTP answer that is no success means. `code` is the `errcode` of a Matrix error, where there is one.
    pub fn of(status: u16, code: Option<&str>, after: Option<RetryAfter>) -> Self {
        match (status, code) {
            (429, _) | (_, Some("M_LIMIT_EXCEEDED")) => Self::NotNow(NotNow::Limited(after)),
            (_, Some("M_UNKNOWN_TOKEN" | "M_MISSING_TOKEN")) | (401, Some(_)) => Self::TokenRevoked,
            (413, _) | (_, Some("M_TOO_LARGE")) => Self::TooLarge,
            (_, Some("M_DUPLICATE_ANNOTATION")) => Self::DoneAlready,
            // A proxy's own demand for a password is not the homeserver's word on the token.
            (401 | 408 | 502..=504 | 520..=599, _) => Self::NotNow(NotNow::Absent),
            (400..=499, _) => Self::Permanent,
            (500..=599, _) => Self::NotNow(NotNow::Failing),
            _ => Self::NotNow(NotNow::Absent),
        }
    }

    /// The same for the removal of an event: where it may not be removed, or is not there, there is nothing to do.
    #[must_use]
    pub fn of_removal(self) -> Self {
        match self {
            Self::Permanent => Self::DoneAlready,
            refusal => refusal,
        }
    }
}

/// How long a row waits after a failure of its own: doubling from a second to five minutes, spread by its number, so
/// that many rows do not come back at one instant.
pub fn backoff(now: Timestamp, id: i64, attempts: u32) -> Timestamp {
    let wait = Duration::from_secs(1u64 << attempts.min(8)).min(Duration::from_secs(300));
    let spread = u64::try_from(id).unwrap_or(0).wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 44;
    let spread = Duration::from_micros(spread).mul_f64(wait.as_secs_f64().clamp(0.1, 60.0) / 4.0);
    let wait = SignedDuration::try_from(wait + spread).unwrap_or(SignedDuration::from_mins(5));
    now.saturating_add(wait).unwrap_or(now)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_answer_of_a_homeserver_means_one_of_five_things() {
        let wait = Some(RetryAfter::Delay(Duration::from_secs(5)));
        let of = |status, code| Refusal::of(status, code, None);
        assert_eq!(Refusal::of(429, Some("M_LIMIT_EXCEEDED"), wait), Refusal::NotNow(NotNow::Limited(wait)));
        assert_eq!(of(429, None), Refusal::NotNow(NotNow::Limited(None)), "a proxy's, too");
        assert_eq!(of(400, Some("M_DUPLICATE_ANNOTATION")), Refusal::DoneAlready);
        assert_eq!(of(413, Some("M_TOO_LARGE")), Refusal::TooLarge);
        assert_eq!(of(413, None), Refusal::TooLarge, "a proxy's, too");
        assert_eq!(of(401, Some("M_UNKNOWN_TOKEN")), Refusal::TokenRevoked);
        assert_eq!(of(401, None), Refusal::NotNow(NotNow::Absent));
        assert_eq!(of(500, Some("M_UNKNOWN")), Refusal::NotNow(NotNow::Failing));
        for status in [0, 302, 408, 502, 503, 504, 524] {
            assert_eq!(of(status, None), Refusal::NotNow(NotNow::Absent), "{status}");
        }
        // No list of error codes decides: whatever else is refused stays refused.
        let passing = [401, 408, 413, 429];
        for status in (400..500).filter(|status| !passing.contains(status)) {
            for code in [None, Some("M_UNKNOWN"), Some("M_FORBIDDEN"), Some("ORG.EXAMPLE.NEW")] {
                assert_eq!(of(status, code), Refusal::Permanent, "{status} {code:?}");
            }
        }
    }

    #[test]
    fn what_cannot_be_removed_is_left_as_it_is() {
        assert_eq!(Refusal::Permanent.of_removal(), Refusal::DoneAlready);
        assert_eq!(Refusal::TokenRevoked.of_removal(), Refusal::TokenRevoked);
    }

    #[test]
    fn waiting_doubles_to_five_minutes_and_obeys_the_homeserver() {
        let now = Timestamp::UNIX_EPOCH;
        let wait = |attempts| backoff(now, 7, attempts).as_second();
        assert!((1..=2).contains(&wait(0)));
        assert!((8..=11).contains(&wait(3)));
        assert!((256..=340).contains(&wait(30)));
        assert_eq!(RetryAfter::Delay(Duration::from_secs(20)).wait(now).as_secs(), 20);
        let at = |second| RetryAfter::At(Timestamp::from_second(second).unwrap());
        assert_eq!(at(40).wait(now).as_secs(), 40);
        assert_eq!(at(-40).wait(now).as_secs(), 0);
        assert_eq!(at(1_000_000).wait(now).as_secs(), 3600, "no clock but its own silences the bot");
    }

    #[test]
    fn rows_do_not_come_back_at_one_instant() {
        let all: std::collections::BTreeSet<_> = (1..100).map(|id| backoff(Timestamp::UNIX_EPOCH, id, 5)).collect();
        assert!(all.len() > 90);
    }
}
