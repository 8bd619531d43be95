//! Who was told lately what the bot is for.

use std::collections::HashMap;

use jiff::{SignedDuration, Timestamp};

/// How long somebody who got a hint gets none.
const CONVERSATION: SignedDuration = SignedDuration::from_hours(24);

/// Who got a hint when, by a keyed hash: nothing else is remembered of ordinary words.
#[derive(Debug, Default)]
pub(super) struct Hints(HashMap<String, Timestamp>);

impl Hints {
    /// Whether it is this one's first for a while. It is noted.
    pub(super) fn is_first(&mut self, who: String, now: Timestamp) -> bool {
        self.0.retain(|_, at| now.duration_since(*at) < CONVERSATION);
        let first = !self.0.contains_key(&who);
        if first {
            self.0.insert(who, now);
        }
        first
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_goes_on_talking_gets_one_hint_a_day_and_nobody_is_remembered_longer() {
        let mut hints = Hints::default();
        let at = |hours| Timestamp::UNIX_EPOCH + SignedDuration::from_hours(hours);
        assert!(hints.is_first("ana".to_owned(), at(0)));
        assert!(!hints.is_first("ana".to_owned(), at(23)));
        assert!(hints.is_first("ben".to_owned(), at(23)));
        assert!(hints.is_first("ana".to_owned(), at(24)));
        assert!(hints.is_first("cem".to_owned(), at(100)));
        assert_eq!(hints.0.len(), 1);
    }
}
