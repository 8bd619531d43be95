//! Commands that come too late, and edits of commands. An edit is never carried out: what was done cannot be undone,
//! and a client may edit a message only to add a link preview. But whoever mends a slip must not wait for an answer
//! that never comes: each edit that says something else is answered, of commands and of what was handed in (`happy: …`).

use super::{CommunityNumber, Engine, GivenCommand, Memory, UnitOfWork, apply::apply, moment::Moment};
use crate::{
    Effect, EventId, PracticeIndex,
    command::{self, Line},
    incoming::{Incoming, Text},
};

impl Engine {
    /// Remembers a command, so that an edit of it is understood.
    pub(super) fn remember(&self, number: CommunityNumber, moment: &Moment, text: &Text, unit: &mut UnitOfWork) {
        let asked = self.asked(number, &moment.incoming.event, moment, text);
        unit.commit.asked.push(GivenCommand { thread: text.thread.clone(), ..asked });
    }

    /// The command, or the sentence that says that it came too late to be carried out.
    pub(super) fn in_time(&self, number: CommunityNumber, line: Line, moment: &Moment) -> Line {
        let (said, now) = (moment.incoming.at, moment.now);
        if !command::is_too_late(self.practices.catalogue(), &line, said, now) {
            return line;
        }
        let runtime = &self.runtimes[number];
        Line::Mistake(command::too_late(runtime.words(), runtime.community(), &moment.incoming.sender, said))
    }

    /// The community of somebody's in which the message that they edit was a command; or else any.
    pub(super) fn asked_in<M: Memory>(
        &self,
        store: &M,
        of: &EventId,
        incoming: &Incoming,
        theirs: &[CommunityNumber],
    ) -> Result<Option<CommunityNumber>, M::Error> {
        let known = store.asked(of)?;
        let is_known = |number: &CommunityNumber| {
            let by = self.runtimes[*number].asker(&incoming.sender);
            known.iter().any(|known| known.by == by)
        };
        Ok(theirs.iter().copied().find(is_known).or(theirs.first().copied()))
    }

    /// Answers an edit of a command, or by which a message became one. Says whether it did.
    pub(super) fn take_edit<M: Memory>(
        &mut self,
        store: &M,
        number: CommunityNumber,
        moment: &Moment,
        (of, text): (&EventId, &Text),
        unit: &mut UnitOfWork,
    ) -> Result<bool, M::Error> {
        let Moment { room, authority, .. } = *moment;
        if text.notice {
            return Ok(false);
        }
        let line = self.line(room, text, number);
        let edit = self.asked(number, of, moment, text);
        let mut known = store.asked(of)?;
        for asked in unit.commit.asked.iter().filter(|asked| asked.event == *of) {
            known.retain(|known| known.by != asked.by);
            known.push(asked.clone());
        }
        let is_known = known.iter().any(|known| known.by == edit.by);
        if !(is_known || line.is_some()) || !is_news(&known, &edit, authority.edits_own) {
            return Ok(false);
        }
        let mut source = moment.source(self.is_direct(room), text);
        // The answer stands beside the message where it is sure whose that is, and beside the edit elsewhere.
        if let Some(own) = known.into_iter().find(|known| known.by == edit.by) {
            (source.event, source.thread) = (own.event, own.thread);
        }
        unit.commit.asked.push(GivenCommand { edited: true, thread: source.thread.clone(), ..edit });
        let words = self.runtimes[number].words();
        let said = match line.and_then(|line| self.recalling(&line)).filter(|_| is_known && source.direct) {
            Some(verb) => words.command_edited_vote(self.practices.catalogue().shown(verb, words)),
            None => words.command_edited(),
        };
        let runtime = &mut self.runtimes[number];
        let answer = Effect::answer(&source, said);
        apply(runtime, PracticeIndex::FIRST, vec![answer], &moment.cause(), unit);
        Ok(true)
    }

    /// The verb of a command that shows, said alone, what counts.
    fn recalling(&self, line: &Line) -> Option<&'static str> {
        let Line::Command(practice, command) = line else { return None };
        let verb = command.subcommand_name()?;
        self.practices.catalogue()[*practice].recalling.iter().copied().find(|known| *known == verb)
    }

    fn asked(&self, number: CommunityNumber, event: &EventId, moment: &Moment, text: &Text) -> GivenCommand {
        let runtime = &self.runtimes[number];
        let words: Vec<&str> = text.command.split_whitespace().collect();
        let (by, said) =
            (runtime.asker(&moment.incoming.sender), runtime.hash(&format!("said {event} {}", words.join(" "))));
        GivenCommand { event: event.clone(), by, said, thread: None, edited: false, at: moment.now }
    }
}

/// Whether an edit is to be answered, of a message of which this is known, and that is the editor's `own` or not. A
/// message is its author's alone to edit, and an edit that says what is known already is a link preview.
fn is_news(known: &[GivenCommand], edit: &GivenCommand, own: bool) -> bool {
    match known.iter().find(|known| known.by == edit.by) {
        Some(known) => known.said != edit.said,
        None => own && known.is_empty(),
    }
}
