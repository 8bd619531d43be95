//! What somebody said or did, taken once: by the communities that it concerns, as a command, or as an event that the
//! practices are told of.

use std::collections::BTreeSet;

use hearth_practices::{
    Asked, Effect, Input, Outgoing, Presence, RoomId,
    command::{self, Line},
    registry,
};
use jiff::Timestamp;

use super::{
    Authority, Engine, Step,
    bots::actor,
    meaning::{Known, event_of, spot_of},
    perform::{Cause, perform, tell},
};
use crate::{
    incoming::{Incoming, Text, What},
    store::{NewParcel, Parcel, Store, StoreError},
};

impl Engine {
    /// Takes one event of a room. What it leads to is added to `step`.
    ///
    /// # Errors
    /// What the store says.
    pub fn take(
        &mut self,
        store: &Store,
        room: &RoomId,
        incoming: &Incoming,
        authority: &Authority,
        now: Timestamp,
        step: &mut Step,
    ) -> Result<(), StoreError> {
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
        } else if (0..self.homes.len()).all(|place| self.is_bot(place, &incoming.sender)) {
            return Ok(());
        }
        let asked = self.needs_authority(room, incoming);
        if direct && asked && !own && authority.communities.is_empty() {
            return self.take_of_guest(store, room, incoming, now, step);
        }
        let mut places: Vec<usize> = match direct {
            // What is taken back concerns whoever has a use for it.
            true if !asked => (0..self.homes.len()).collect(),
            true => authority.communities.clone(),
            false => self.home_of(room).into_iter().collect(),
        };
        let presence = match asked {
            true => authority.presence(),
            false => Presence { rooms: BTreeSet::from([room.clone()]), named: BTreeSet::new() },
        };
        if !direct && !own {
            for &place in &places {
                if let Some(op) = self.log_of(room, place, incoming) {
                    step.log.push((place, op));
                }
            }
        }
        if let Some(actor) = actor(incoming) {
            places.retain(|&place| !self.is_bot(place, actor));
        }
        if step.commit.handled.iter().any(|(event, _)| *event == incoming.event) || store.is_handled(&incoming.event)? {
            return Ok(());
        }
        let mut consequences = false;
        let mut otherwise = None;
        if let (What::Edit { of, text }, Some(&place)) = (&incoming.what, places.first()) {
            let edit = (of, text, authority.edits_own);
            consequences = self.take_edit(store, place, room, incoming, edit, now, step)?;
        }
        if let What::Message(text) = &incoming.what {
            if text.notice {
                return Ok(());
            }
            // A command is for the community of its room; in a direct room, for the first that the person is in.
            if let Some((&place, line)) = places.first().and_then(|place| Some((place, self.line(room, text, *place)?)))
            {
                consequences = true;
                self.remember(place, incoming, text, now, step);
                let line = self.in_time(place, line, incoming.at, now);
                if direct && is_personal(&line) {
                    self.personal(room, incoming, text, &presence, now, step);
                } else {
                    let lead = authority.leads.contains(&place);
                    otherwise = self.command(place, room, incoming, text, line, lead, &presence, now, step);
                }
            }
        }
        let event = match !consequences || otherwise.is_some() {
            true => event_of(Known { store, commit: &step.commit }, room, direct, incoming, authority)?,
            false => None,
        };
        if let Some((event, owner)) = event {
            let cause = Cause::new(incoming.event.as_str(), incoming.at).of(&presence);
            let mut taken = false;
            for place in places {
                let home = &mut self.homes[place];
                let owner = owner
                    .as_ref()
                    .filter(|(community, _)| *community == home.name)
                    .and_then(|(_, practice)| registry::ALL.place(practice));
                taken |= tell(home, place, owner, &event, &cause, now, step);
            }
            consequences |= taken;
            if let Some((place, practice, answer)) = otherwise.filter(|_| !taken) {
                perform(&mut self.homes[place], place, practice, vec![answer.send()], &cause, now, step);
            }
        }
        if consequences {
            step.commit.handled.push((incoming.event.clone(), incoming.at));
        }
        Ok(())
    }

    /// What somebody says in their direct room who is in no community: they get help, and what concerns themselves.
    fn take_of_guest(
        &mut self,
        store: &Store,
        room: &RoomId,
        incoming: &Incoming,
        now: Timestamp,
        step: &mut Step,
    ) -> Result<(), StoreError> {
        let What::Message(text) = &incoming.what else { return Ok(()) };
        if text.notice || store.is_handled(&incoming.event)? || self.homes.is_empty() {
            return Ok(());
        }
        let Some(line) = self.line(room, text, 0) else { return Ok(()) };
        let line = self.in_time(0, line, incoming.at, now);
        let nowhere = Presence::default();
        let answers = match &line {
            Line::Command(practice, _) => registry::ALL[*practice].for_guests,
            Line::Mistake(_) => true,
        };
        if is_personal(&line) {
            self.personal(room, incoming, text, &nowhere, now, step);
        } else if answers {
            self.command(0, room, incoming, text, line, false, &nowhere, now, step);
        } else {
            let words = self.homes[0].words().community_guest();
            let answer = Line::Mistake(words);
            self.command(0, room, incoming, text, answer, false, &nowhere, now, step);
        }
        step.commit.handled.push((incoming.event.clone(), incoming.at));
        Ok(())
    }

    /// Gives a command about the person who gives it to every community, those that they have left, too. The first
    /// answers for all.
    fn personal(
        &mut self,
        room: &RoomId,
        incoming: &Incoming,
        text: &Text,
        presence: &Presence,
        now: Timestamp,
        step: &mut Step,
    ) {
        for place in 0..self.homes.len() {
            let Some(line) = self.line(room, text, place) else { continue };
            let before = step.commit.parcels.len();
            let own = match &line {
                Line::Command(practice, _) => Some(registry::ALL[*practice].name),
                Line::Mistake(_) => None,
            };
            self.command(place, room, incoming, text, line, false, presence, now, step);
            if place > 0 {
                let added = step.commit.parcels.split_off(before);
                // What is kept is each community's own to show; what is said about it is the same.
                let differs = |new: &NewParcel| {
                    own != Some(new.practice.as_str()) || matches!(new.parcel, Parcel::Send(Outgoing::MyData { .. }))
                };
                step.commit.parcels.extend(added.into_iter().filter(differs));
            }
        }
    }

    pub(super) fn command_text<'a>(&self, room: &RoomId, text: &'a Text, place: usize) -> Option<&'a str> {
        let place = if self.is_direct(room) { place } else { self.home_of(room).unwrap_or(place) };
        let names = [self.bot.as_str(), self.bot.localpart()];
        command::addressed(registry::ALL.catalogue(), &text.command, &self.homes[place].community().prefix, &names)
    }

    pub(super) fn line(&self, room: &RoomId, text: &Text, place: usize) -> Option<Line> {
        let home = &self.homes[place];
        let prefix = &home.community().prefix;
        match self.command_text(room, text, place) {
            Some(rest) => command::parse(registry::ALL.catalogue(), rest, true, prefix, home.words()),
            None if self.is_direct(room) => {
                command::parse(registry::ALL.catalogue(), &text.command, false, prefix, home.words())
            }
            None => None,
        }
    }

    /// Gives a command to its practice. Where that practice has no use for it: the place of its community, its own,
    /// and what it wants done if no other has.
    #[expect(clippy::too_many_arguments, reason = "the parts of one moment")]
    fn command(
        &mut self,
        place: usize,
        room: &RoomId,
        incoming: &Incoming,
        text: &Text,
        line: Line,
        lead: bool,
        presence: &Presence,
        now: Timestamp,
        step: &mut Step,
    ) -> Option<(usize, usize, Outgoing)> {
        let spot = spot_of(room, self.is_direct(room), incoming, text);
        let home = &mut self.homes[place];
        let cause = Cause::new(incoming.event.as_str(), incoming.at).of(presence);
        let (practice, effects) = match line {
            Line::Command(practice, command) => {
                let asked = Asked { by: &incoming.sender, lead, spot: &spot, command };
                (practice, home.react(practice, &Input::Command(asked), &cause, now))
            }
            Line::Mistake(words) => (0, vec![Effect::answer(&spot, words)]),
        };
        let effects = match <[Effect; 1]>::try_from(effects) {
            Ok([Effect::Fallback(answer)]) => return Some((place, practice, answer)),
            Ok([effect]) => vec![effect],
            Err(effects) => effects,
        };
        perform(home, place, practice, effects, &cause, now, step);
        for room in step.released.drain(..) {
            self.adopted.remove(&room);
        }
        None
    }
}

/// Whether a command is about the person who gives it: what is kept about them, in every community.
fn is_personal(line: &Line) -> bool {
    matches!(line, Line::Command(practice, _) if registry::ALL[*practice].personal)
}
