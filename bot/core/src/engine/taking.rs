//! What somebody said or did, taken once: by the communities that it concerns, as a command, or as an event that the
//! practices are told of.

use std::collections::BTreeSet;

use jiff::Timestamp;

use super::{
    Authority, CommunityNumber, Engine, Memory, NewParcel, Parcel, Step,
    bots::actor,
    meaning::{Known, event_of, spot_of},
    perform::{Cause, Followed, perform, tell},
};
use crate::{
    Asked, Effect, Input, Outgoing, Presence, RoomId,
    command::{self, Line},
    incoming::{Incoming, Text, What},
};

impl Engine {
    /// Takes one event of a room. What it leads to is added to `step`.
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
        step: &mut Step,
    ) -> Result<(), M::Error> {
        if self.moved.contains_key(room) {
            return self.take_of_moved_room(store, room, incoming, now, step);
        }
        let own = incoming.sender == self.bot;
        if own && !matches!(incoming.what, What::PollEnd { .. }) {
            return Ok(());
        }
        let Some(membership) = self.rooms.get(room) else { return Ok(()) };
        // A direct room is between two: whoever else is in it is not heard there.
        if membership.direct.as_ref().is_some_and(|person| *person != incoming.sender) && !own {
            return Ok(());
        }
        let direct = membership.direct.is_some();
        if !direct && self.home_of(room).is_none() {
            return self.take_of_nobodys_room(store, room, incoming, authority, now, step);
        }
        if self.is_after_the_move(room, incoming) {
            return Ok(());
        }
        if !direct {
            match &incoming.what {
                What::Bridge => self.meet_bridge(room, &incoming.sender, step),
                _ => self.see_bot(room, incoming),
            }
        } else if self.homes.numbers().into_iter().all(|number| self.is_bot(number, &incoming.sender)) {
            return Ok(());
        }
        if direct {
            if self.needs_authority(room, incoming) && !own && authority.communities.is_empty() {
                return self.take_of_guest(store, room, incoming, now, step);
            }
            if step.is_handled(store, &incoming.event)? {
                return Ok(());
            }
            if self.take_direct(store, room, incoming, authority, now, step)? {
                step.handle(incoming);
            }
            return Ok(());
        }
        let Some(number) = self.home_of(room) else { return Ok(()) };
        self.see_member(number, room, incoming, step);
        if !own && let Some(op) = self.log_of(room, number, incoming) {
            step.log.push((number, op));
        }
        if actor(incoming).is_some_and(|actor| self.is_bot(number, actor)) || step.is_handled(store, &incoming.event)? {
            return Ok(());
        }
        let presence = match self.needs_authority(room, incoming) {
            true => authority.presence(),
            false => Presence { rooms: BTreeSet::from([room.clone()]), named: BTreeSet::new() },
        };
        let mut consequences = false;
        let mut otherwise = None;
        if let What::Edit { of, text } = &incoming.what {
            let edit = (of, text, authority.edits_own);
            consequences = self.take_edit(store, number, room, incoming, edit, now, step)?;
        }
        if let What::Message(text) = &incoming.what {
            if text.notice {
                return Ok(());
            }
            if let Some(line) = self.line(room, text, number) {
                consequences = true;
                self.remember(number, incoming, text, now, step);
                let line = self.in_time(number, line, incoming.at, now);
                let lead = authority.leads.contains(&number);
                otherwise = self.command(number, room, incoming, text, line, lead, &presence, now, step);
            }
        }
        let event = match !consequences || otherwise.is_some() {
            true => event_of(&Known { store, commit: &step.commit }, room, false, incoming, authority)?,
            false => None,
        };
        if let Some((event, owner)) = event {
            let cause = Cause::new(incoming.event.as_str(), incoming.at).of(&presence);
            let home = &mut self.homes[number];
            let owner = owner.filter(|(community, _)| *community == home.name);
            let owner = owner.and_then(|(_, practice)| self.practices.place(&practice));
            let followed = tell(home, owner, &event, &cause, now, step);
            consequences |= followed.has_consequences();
            if let Some((practice, answer)) = otherwise.filter(|_| followed != Followed::Taken) {
                perform(home, practice, vec![answer.send()], &cause, now, step);
            }
        }
        if consequences {
            step.handle(incoming);
        }
        Ok(())
    }

    /// What somebody says in their direct room who is in no community: they get help, and what concerns themselves.
    fn take_of_guest<M: Memory>(
        &mut self,
        store: &M,
        room: &RoomId,
        incoming: &Incoming,
        now: Timestamp,
        step: &mut Step,
    ) -> Result<(), M::Error> {
        let What::Message(text) = &incoming.what else { return Ok(()) };
        if text.notice || step.is_handled(store, &incoming.event)? {
            return Ok(());
        }
        let Some(first) = self.homes.first() else { return Ok(()) };
        let Some(line) = self.line(room, text, first) else { return Ok(()) };
        let line = self.in_time(first, line, incoming.at, now);
        let nowhere = Presence::default();
        if self.is_personal(&line) {
            self.personal(room, incoming, text, &nowhere, now, step);
        } else if self.is_for_guests(&line) {
            self.command(first, room, incoming, text, line, false, &nowhere, now, step);
        } else {
            let words = self.homes[first].words().community_guest();
            let answer = Line::Mistake(words);
            self.command(first, room, incoming, text, answer, false, &nowhere, now, step);
        }
        step.handle(incoming);
        Ok(())
    }

    /// Gives a command about the person who gives it to every community, those that they have left, too. The first
    /// answers for all.
    pub(super) fn personal(
        &mut self,
        room: &RoomId,
        incoming: &Incoming,
        text: &Text,
        presence: &Presence,
        now: Timestamp,
        step: &mut Step,
    ) {
        for number in self.homes.numbers() {
            // Whose prefix it begins with makes no difference.
            let Some(line) = self.line(room, text, number) else { continue };
            let before = step.commit.parcels.len();
            let own = match &line {
                Line::Command(practice, _) => Some(self.practices[*practice].name),
                Line::Mistake(_) => None,
            };
            self.command(number, room, incoming, text, line, false, presence, now, step);
            if self.homes.first() != Some(number) {
                let added = step.commit.parcels.split_off(before);
                // What is kept is each community's own to show; what is said about it is the same.
                let differs = |new: &NewParcel| {
                    own != Some(new.practice.as_str()) || matches!(new.parcel, Parcel::Send(Outgoing::MyData { .. }))
                };
                step.commit.parcels.extend(added.into_iter().filter(differs));
            }
        }
    }

    pub(super) fn command_text<'a>(&self, room: &RoomId, text: &'a Text, number: CommunityNumber) -> Option<&'a str> {
        let number = if self.is_direct(room) { number } else { self.home_of(room).unwrap_or(number) };
        let names = [self.bot.as_str(), self.bot.localpart()];
        command::addressed(self.practices.catalogue(), &text.command, &self.homes[number].community().prefix, &names)
    }

    pub(super) fn line(&self, room: &RoomId, text: &Text, number: CommunityNumber) -> Option<Line> {
        let home = &self.homes[number];
        let prefix = &home.community().prefix;
        if self.is_direct(room) {
            let address = self.address_of(text, &self.homes.numbers());
            return command::parse(
                self.practices.catalogue(),
                &address.command,
                address.explicit,
                prefix,
                home.words(),
            );
        }
        match self.command_text(room, text, number) {
            Some(rest) => command::parse(self.practices.catalogue(), rest, true, prefix, home.words()),
            None => None,
        }
    }

    /// Gives a command to its practice. Where that practice has no use for it: which one it is, and what it wants done if
    /// no other has.
    #[expect(clippy::too_many_arguments, reason = "the parts of one moment")]
    pub(super) fn command(
        &mut self,
        number: CommunityNumber,
        room: &RoomId,
        incoming: &Incoming,
        text: &Text,
        line: Line,
        lead: bool,
        presence: &Presence,
        now: Timestamp,
        step: &mut Step,
    ) -> Option<(usize, Outgoing)> {
        let spot = spot_of(room, self.is_direct(room), incoming, text);
        let home = &mut self.homes[number];
        let cause = Cause::new(incoming.event.as_str(), incoming.at).of(presence);
        let (practice, effects) = match line {
            Line::Command(practice, command) => {
                let asked = Asked { by: &incoming.sender, lead, spot: &spot, command };
                (practice, home.react(practice, &Input::Command(asked), &cause, now))
            }
            Line::Mistake(words) => (0, vec![Effect::answer(&spot, words)]),
        };
        let effects = match <[Effect; 1]>::try_from(effects) {
            Ok([Effect::Fallback(answer)]) => return Some((practice, answer)),
            Ok([effect]) => vec![effect],
            Err(effects) => effects,
        };
        perform(home, practice, effects, &cause, now, step);
        for room in step.released.drain(..) {
            self.adopted.remove(&room);
        }
        None
    }

    /// Whether a command is about the person who gives it: what is kept about them, in every community.
    pub(super) fn is_personal(&self, line: &Line) -> bool {
        matches!(line, Line::Command(practice, _) if self.practices[*practice].personal)
    }

    /// Whether it is answered whoever asks: help is the same everywhere, and a mistake is one.
    pub(super) fn is_for_guests(&self, line: &Line) -> bool {
        match line {
            Line::Command(practice, _) => self.practices[*practice].for_guests,
            Line::Mistake(_) => true,
        }
    }
}
