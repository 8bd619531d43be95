//! What concerns the person and no community: it is for all of them, those that the person has left, too, and answered
//! once.

use super::{
    CommunityNumber, Engine, Floor, Memory, NewOutboxItem, OutboxItem, UnitOfWork,
    moment::Moment,
    translate::{KnownMessages, pointed_at},
};
use crate::{Event, MessageRef, Outgoing, PracticeIndex, Said, command::Line, incoming::Text};

/// A question about the person that was asked once for all communities, and that their words answer.
pub(super) struct PersonalQuestion {
    /// The community in whose name it was asked, and which answers for all.
    asked_by: CommunityNumber,
    practice: PracticeIndex,
    message: MessageRef,
}

impl Engine {
    /// Whether a command is about the person who gives it: what is kept about them, in every community.
    pub(super) fn is_personal(&self, line: &Line) -> bool {
        matches!(line, Line::Command(practice, _) if self.practices[*practice].personal)
    }

    /// Gives a command about the person who gives it to every community. The first answers for all.
    pub(super) fn personal(&mut self, moment: &Moment, text: &Text, unit: &mut UnitOfWork) {
        let first = self.runtimes.first();
        for number in self.runtimes.numbers() {
            // Whose prefix it begins with makes no difference.
            let Some(line) = self.line(moment.room, text, number) else { continue };
            let before = unit.commit.items.len();
            let own = match &line {
                Line::Command(practice, _) => Some(*practice),
                Line::Mistake(_) => None,
            };
            self.command(number, moment, text, line, unit);
            if first != Some(number) {
                self.leave_unsaid(own, before, unit);
            }
        }
    }

    /// The question about the person that somebody's words answer: the one to which they reply; where they reply to
    /// nothing, the last one that they were asked, if it is about them.
    pub(super) fn personal_question<M: Memory>(
        &self,
        store: &M,
        Moment { room, incoming, .. }: &Moment,
        text: &Text,
        unit: &UnitOfWork,
    ) -> Result<Option<PersonalQuestion>, M::Error> {
        let (community, practice, message) =
            match pointed_at(&KnownMessages { store, commit: &unit.commit }, room, text)? {
                (Some(to), Some((community, practice))) => (community, practice, to),
                (Some(_), None) => return Ok(None),
                (None, _) => {
                    let Some(floor) = store.floor(&incoming.sender, incoming.at)? else { return Ok(None) };
                    let Floor { community, practice, key, event, .. } = floor;
                    (community, practice, MessageRef { event, key })
                }
            };
        let (asked_by, practice) = (self.runtimes.named(&community), self.practices.named(&practice));
        let practice = practice.filter(|practice| self.practices[*practice].personal);
        let question = |(asked_by, practice)| PersonalQuestion { asked_by, practice, message };
        Ok(asked_by.zip(practice).map(question))
    }

    /// Gives an answer to a question about the person to every community. Whether it is one: whatever else they say is
    /// treated as if they had not been asked.
    pub(super) fn answer_personally(
        &mut self,
        moment: &Moment,
        text: &Text,
        question: &PersonalQuestion,
        unit: &mut UnitOfWork,
    ) -> bool {
        let PersonalQuestion { asked_by, practice, message } = question;
        let (by, source, to) = (moment.incoming.sender.clone(), moment.source(true, text), Some(message.clone()));
        let answer = Event::Said(Said { by, source, to, text: text.body.clone() });
        let mut is_answer = false;
        for number in self.runtimes.numbers() {
            let before = unit.commit.items.len();
            let offered = self.offer(number, &[*practice], Some(*practice), &answer, &moment.cause(), unit);
            is_answer |= offered.has_consequences();
            if *asked_by != number {
                self.leave_unsaid(Some(*practice), before, unit);
            }
        }
        is_answer
    }

    /// Takes out what another community has said already. What is kept is each community's own to show; what is said
    /// about it is the same.
    fn leave_unsaid(&self, own: Option<PracticeIndex>, before: usize, unit: &mut UnitOfWork) {
        let own = own.map(|practice| self.practices[practice].name);
        let added = unit.commit.items.split_off(before);
        let differs = |new: &NewOutboxItem| {
            own != Some(new.practice.as_str()) || matches!(new.item, OutboxItem::Send(Outgoing::MyData { .. }))
        };
        unit.commit.items.extend(added.into_iter().filter(differs));
    }
}
