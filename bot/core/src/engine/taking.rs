//! What somebody said or did, taken once: by the communities that it concerns, as a command, or as an event that the
//! practices are told of.

use std::collections::BTreeSet;

use jiff::Timestamp;

use super::{
    Authority, CommunityNumber, Engine, Memory, UnitOfWork,
    apply::{Followed, apply, dispatch},
    bots::actor,
    moment::Moment,
    translate::{KnownMessages, event_of, pointed_at},
};
use crate::{
    Effect, Input, Invocation, Outgoing, PracticeIndex, Presence, RoomId,
    command::{self, Line},
    incoming::{Incoming, Text, What},
};

impl Engine {
    /// Takes one event of a room. What it leads to is added to `unit`.
    ///
    /// # Errors
    /// What the store says.
    pub fn take<M: Memory>(
        &mut self,
        store: &M,
        room: &RoomId,
        incoming: &Incoming,
        authority: &Authority,
        now: Timestamp,
        unit: &mut UnitOfWork,
    ) -> Result<(), M::Error> {
        let presence = match self.is_direct(room) || self.needs_authority(room, incoming) {
            true => authority.presence(),
            false => Presence { rooms: BTreeSet::from([room.clone()]), named: BTreeSet::new() },
        };
        let moment = &Moment { room, incoming, authority, presence: &presence, now };
        if self.moved.contains_key(room) {
            return self.take_of_moved_room(store, &moment.of_nowhere(), unit);
        }
        let own = incoming.sender == self.bot;
        if own && !matches!(incoming.what, What::PollEnd { .. }) {
            self.note_prompt(room, incoming, unit);
            return Ok(());
        }
        let Some(membership) = self.rooms.get(room) else { return Ok(()) };
        // A direct room is between two: whoever else is in it is not heard there.
        if membership.direct.as_ref().is_some_and(|person| *person != incoming.sender) && !own {
            return Ok(());
        }
        let direct = membership.direct.is_some();
        if !direct && self.number_of_room(room).is_none() {
            return self.take_of_nobodys_room(store, moment, unit);
        }
        if self.is_after_the_move(room, incoming) {
            return Ok(());
        }
        if !direct {
            match &incoming.what {
                What::Bridge => self.meet_bridge(room, &incoming.sender, unit),
                _ => self.see_bot(room, incoming),
            }
            return self.take_in_room(store, moment, unit);
        }
        if self.runtimes.numbers().into_iter().all(|number| self.is_bot(number, &incoming.sender)) {
            return Ok(());
        }
        if self.needs_authority(room, incoming) && !own && authority.communities.is_empty() {
            return self.take_of_guest(store, &moment.of_nowhere(), unit);
        }
        if !unit.is_handled(store, &incoming.event)? && self.take_direct(store, moment, unit)? {
            unit.handle(incoming);
        }
        Ok(())
    }

    /// Takes an event of a community's room.
    fn take_in_room<M: Memory>(&mut self, store: &M, moment: &Moment, unit: &mut UnitOfWork) -> Result<(), M::Error> {
        let Moment { room, incoming, authority, .. } = *moment;
        let Some(number) = self.number_of_room(room) else { return Ok(()) };
        if self.is_forgotten(number, room, incoming) {
            return Ok(());
        }
        self.see_member(number, room, incoming, unit);
        if incoming.sender != self.bot
            && let Some(op) = self.log_of(room, number, incoming)
        {
            unit.log.push((number, op));
        }
        if actor(incoming).is_some_and(|actor| self.is_bot(number, actor)) || unit.is_handled(store, &incoming.event)? {
            return Ok(());
        }
        let mut consequences = false;
        let mut otherwise = None;
        if let What::Edit { of, text } = &incoming.what {
            consequences = self.take_edit(store, number, moment, (of, text), unit)?;
        }
        if let What::Message(text) = &incoming.what {
            if text.notice {
                return Ok(());
            }
            if let Some(line) = self.line(room, text, number) {
                consequences = true;
                self.remember(number, moment, text, unit);
                let line = self.in_time(number, line, moment);
                otherwise = self.command(number, moment, text, line, unit);
            }
        }
        let event = match !consequences || otherwise.is_some() {
            true => {
                let known = &KnownMessages { store, commit: &unit.commit };
                event_of(known, room, false, incoming, (authority, authority.leads.contains(&number)))?
            }
            false => None,
        };
        if let Some((event, owner)) = event {
            let runtime = &mut self.runtimes[number];
            let owner = owner.filter(|(community, _)| *community == runtime.name);
            let owner = owner.and_then(|(_, practice)| self.practices.named(&practice));
            let followed = dispatch(runtime, owner, &event, &moment.cause(), unit);
            consequences |= followed.has_consequences();
            if let Some((practice, answer)) = otherwise.filter(|_| followed != Followed::Taken) {
                apply(runtime, practice, vec![answer.send()], &moment.cause(), unit);
            }
        }
        if consequences {
            unit.handle(incoming);
        }
        Ok(())
    }

    /// What somebody says in their direct room who is in no community: they get help, and what concerns themselves.
    fn take_of_guest<M: Memory>(&mut self, store: &M, moment: &Moment, unit: &mut UnitOfWork) -> Result<(), M::Error> {
        // Whoever may lead a community without being in it leads nothing here.
        let (nobody, incoming) = (Authority::default(), moment.incoming);
        let moment = &Moment { authority: &nobody, ..*moment };
        let What::Message(text) = &incoming.what else { return Ok(()) };
        if text.notice || unit.is_handled(store, &incoming.event)? {
            return Ok(());
        }
        let Some(first) = self.runtimes.first() else { return Ok(()) };
        let Some(line) = self.line(moment.room, text, first) else {
            if let Some(question) = self.personal_question(store, moment, text, unit)?
                && self.answer_personally(moment, text, &question, unit)
            {
                unit.handle(incoming);
                return Ok(());
            }
            let known = &KnownMessages { store, commit: &unit.commit };
            let to = pointed_at(known, moment.room, text)?.0;
            let asked = to.is_some() || store.floor(&incoming.sender, incoming.at)?.is_some();
            if to.is_none_or(|to| to.key.is_none()) && self.hint(first, moment, text, asked, unit) {
                unit.handle(incoming);
            }
            return Ok(());
        };
        let line = self.in_time(first, line, moment);
        if self.is_personal(&line) {
            self.personal(moment, text, unit);
        } else if self.is_for_guests(&line) {
            self.command(first, moment, text, line, unit);
        } else {
            let words = self.runtimes[first].words().community_guest();
            self.command(first, moment, text, Line::Mistake(words), unit);
        }
        unit.handle(incoming);
        Ok(())
    }

    pub(super) fn command_text<'a>(&self, room: &RoomId, text: &'a Text, number: CommunityNumber) -> Option<&'a str> {
        let number = if self.is_direct(room) { number } else { self.number_of_room(room).unwrap_or(number) };
        let names = [self.bot.as_str(), self.bot.localpart()];
        command::addressed(self.practices.catalogue(), &text.command, &self.runtimes[number].community().prefix, &names)
    }

    pub(super) fn line(&self, room: &RoomId, text: &Text, number: CommunityNumber) -> Option<Line> {
        let runtime = &self.runtimes[number];
        let prefix = &runtime.community().prefix;
        if self.is_direct(room) {
            let address = self.address_of(text, &self.runtimes.numbers());
            return command::parse(
                self.practices.catalogue(),
                &address.command,
                address.explicit,
                prefix,
                runtime.words(),
            );
        }
        match self.command_text(room, text, number) {
            Some(rest) => command::parse(self.practices.catalogue(), rest, true, prefix, runtime.words()),
            None => None,
        }
    }

    /// Gives a command to its practice. Where that practice has no use for it: which one it is, and what it wants done if
    /// no other has.
    pub(super) fn command(
        &mut self,
        number: CommunityNumber,
        moment: &Moment,
        text: &Text,
        line: Line,
        unit: &mut UnitOfWork,
    ) -> Option<(PracticeIndex, Outgoing)> {
        let source = moment.source(self.is_direct(moment.room), text);
        let lead = moment.authority.leads.contains(&number);
        let (runtime, cause) = (&mut self.runtimes[number], moment.cause());
        let (practice, effects) = match line {
            Line::Command(practice, command) => {
                let invocation = Invocation { by: &moment.incoming.sender, lead, source: &source, command };
                (practice, runtime.react(practice, &Input::Command(invocation), &cause))
            }
            Line::Mistake(words) => (PracticeIndex::FIRST, vec![Effect::answer(&source, words)]),
        };
        let effects = match <[Effect; 1]>::try_from(effects) {
            Ok([Effect::Fallback(answer)]) => return Some((practice, answer)),
            Ok([effect]) => vec![effect],
            Err(effects) => effects,
        };
        apply(runtime, practice, effects, &cause, unit);
        for room in unit.released.drain(..) {
            self.adopted.remove(&room);
        }
        None
    }

    /// Whether it is answered whoever asks: help is the same everywhere, and a mistake is one.
    pub(super) fn is_for_guests(&self, line: &Line) -> bool {
        match line {
            Line::Command(practice, _) => self.practices[*practice].for_guests,
            Line::Mistake(_) => true,
        }
    }
}
