//! Ordinary words in a direct room that nobody waits for: silence would look like a bot that is broken. Whoever says
//! hello gets one line that helps, and then may go on talking.

use jiff::SignedDuration;

use super::{CommunityNumber, Engine, UnitOfWork, apply::apply, moment::Moment};
use crate::{Attention, Message, PracticeIndex, To, command, incoming::Text, words::quoted};

/// How old words may be to get one: nobody waits for an answer any more to what was said before the bot was away.
const FRESH: SignedDuration = SignedDuration::from_hours(1);

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
