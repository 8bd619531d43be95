//! Ordinary words in a direct room that nobody waits for: silence would look like a bot that is broken. Whoever says
//! hello gets one line that helps, and then may go on talking.

use std::collections::HashMap;

use jiff::{SignedDuration, Timestamp};

use super::{CommunityNumber, Engine, UnitOfWork, apply::apply, moment::Moment};
use crate::{Attention, Message, PracticeIndex, To, command, incoming::Text, words::quoted};

/// How long somebody who got a hint gets none.
const CONVERSATION: SignedDuration = SignedDuration::from_hours(24);

/// How old words may be to get one: nobody waits for an answer any more to what was said before the bot was away.
const FRESH: SignedDuration = SignedDuration::from_hours(1);

/// Who got a hint when, by a keyed hash: nothing else is remembered of ordinary words.
#[derive(Debug, Default)]
pub(super) struct Hints(HashMap<String, Timestamp>);

impl Hints {
    /// Whether it is this one's first for a while. It is noted.
    fn is_first(&mut self, who: String, now: Timestamp) -> bool {
        self.0.retain(|_, at| now.duration_since(*at) < CONVERSATION);
        let first = !self.0.contains_key(&who);
        if first {
            self.0.insert(who, now);
        }
        first
    }
}

impl Engine {
    /// Answers words in a direct room that no practice wants. `asked` says that they may be about something that their
    /// author was asked: then only what is plainly meant as a command is answered. Gives whether it says anything.
    pub(super) fn hint(
        &mut self,
        number: CommunityNumber,
        moment: &Moment,
        text: &Text,
        asked: bool,
        unit: &mut UnitOfWork,
    ) -> bool {
        let Moment { incoming, now, .. } = *moment;
        // A smiling face asks nothing, and a number answers something that is over.
        if now.duration_since(incoming.at) > FRESH || !text.body.contains(char::is_alphabetic) {
            return false;
        }
        let (runtime, catalogue) = (&mut self.runtimes[number], self.practices.catalogue());
        let who = &incoming.sender;
        let words = runtime.community().persons.get(who).words().unwrap_or(runtime.words());
        let meant = command::meant(catalogue, &text.body, words).map(|meant| quoted(&meant));
        if (asked && meant.is_none()) || !self.hints.is_first(runtime.hash(&format!("hint {who}")), now) {
            return false;
        }
        let shown = |verb| catalogue.shown(verb, words);
        let said = match meant {
            Some(meant) => words.command_hint_meant(meant, shown("help")),
            None if moment.authority.communities.is_empty() => words.community_guest(),
            None => words.command_hint(shown("help"), shown("privacy")),
        };
        // Whatever was forgotten of the conversation in a crash, one day has one.
        let day = incoming.at.to_zoned(runtime.community().zone.clone()).date();
        let hint = Message::new(To::reply(&moment.source(true, text)), Attention::Answer, said)
            .once(format!("hint/{who}/{}/{day}", moment.room))
            .until(incoming.at.saturating_add(FRESH).unwrap_or(now));
        apply(runtime, PracticeIndex::FIRST, vec![hint.send()], &moment.cause(), unit);
        true
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
