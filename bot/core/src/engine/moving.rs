//! A room of a community was replaced by another. Everything that pointed at the old one points at the new one; what
//! is still said in the old one counts for the new one, and whoever asks there hears where everybody is.

use jiff::Timestamp;
use tracing::{error, warn};

use super::{
    Authority, Commit, CommunityNumber, Engine, Memory, UnitOfWork,
    apply::{apply, dispatch},
    cause::Cause,
    log::LogOp,
    moment::Moment,
    translate::{KnownMessages, event_of},
};
use crate::{
    Attention, Event, Message, MessageRef, PracticeIndex, RoomId, To,
    incoming::{Incoming, What},
    words::{escape, link},
};

impl Engine {
    /// The room that this one was replaced by.
    pub fn moved_to(&self, room: &RoomId) -> Option<&RoomId> {
        self.moved.get(room).map(|(to, _)| to)
    }

    /// The room, or the one that it was replaced by.
    pub fn current<'a>(&'a self, room: &'a RoomId) -> &'a RoomId {
        self.moved_to(room).unwrap_or(room)
    }

    /// Whether a room took the place of another.
    pub fn is_successor(&self, room: &RoomId) -> bool {
        self.moved.values().any(|(to, _)| to == room)
    }

    /// The rooms of all communities.
    pub fn community_rooms(&self) -> Vec<RoomId> {
        self.runtimes.iter().flat_map(super::runtime::Runtime::rooms).collect()
    }

    /// The community of a room, by its number and its name in the store.
    pub fn community_of(&self, room: &RoomId) -> Option<(CommunityNumber, &str)> {
        let number = self.community_in(room)?;
        Some((number, &self.runtimes[number].name))
    }

    /// A room of a community was replaced at a moment. `messages` are those that practices named in the old room: the
    /// polls among them end, because nobody can vote there any more.
    pub fn move_room(
        &mut self,
        from: &RoomId,
        to: &RoomId,
        messages: Vec<(String, MessageRef)>,
        at: Timestamp,
        now: Timestamp,
        unit: &mut UnitOfWork,
    ) {
        let Some(number) = self.number_of_room(from).filter(|_| !self.moved.contains_key(to) && from != to) else {
            return;
        };
        for (practice, poll) in messages {
            self.end_poll(&practice, from, poll, at, now, unit);
        }
        self.runtimes[number].move_room(from, to, now, &mut unit.commit);
        if self.adopted.remove(from).is_some() {
            unit.commit.adopted.push((from.clone(), None));
        }
        if self.number_of_room(to) != Some(number) {
            self.adopted.insert(to.clone(), number);
            unit.commit.adopted.push((to.clone(), Some(self.runtimes[number].name.clone())));
        }
        for (current, _) in self.moved.values_mut().filter(|(current, _)| current == from) {
            *current = to.clone();
        }
        self.closed.remove(from);
        self.moved.insert(from.clone(), (to.clone(), at));
        if let Some(membership) = self.rooms.get(to) {
            self.runtimes[number].set_room(to, membership);
        }
        unit.log.push((number, LogOp::MoveRoom { from: from.clone(), to: to.clone() }));
        unit.commit.moved.push((from.clone(), to.clone(), at));
    }

    /// Tells a practice that its poll is over, as if the bot had ended it in the room.
    pub fn end_poll(
        &mut self,
        practice: &str,
        room: &RoomId,
        poll: MessageRef,
        at: Timestamp,
        now: Timestamp,
        unit: &mut UnitOfWork,
    ) {
        let Some(number) = self.number_of_room(room) else { return };
        let name = format!("moved.{}", poll.event);
        let event = Event::PollEnded { by: self.bot.clone(), room: room.clone(), poll, at, may_redact: true };
        let cause = Cause::new(&name, at, now);
        dispatch(&mut self.runtimes[number], self.practices.named(practice), &event, &cause, unit);
    }

    /// What is said in a room that was replaced. Words are part of the conversation as before; who comes and goes there
    /// says nothing any more. Whoever asks the bot something is told where it is.
    pub(super) fn take_of_moved_room<M: Memory>(
        &mut self,
        store: &M,
        moment: &Moment,
        unit: &mut UnitOfWork,
    ) -> Result<(), M::Error> {
        let Moment { room, incoming, .. } = *moment;
        self.take_past(room, incoming, unit);
        let to = self.current(room).clone();
        let Some(number) = self.number_of_room(&to) else { return Ok(()) };
        let is_bot = incoming.sender == self.bot || self.is_bot(number, &incoming.sender);
        if is_bot || unit.is_handled(store, &incoming.event)? {
            return Ok(());
        }
        let cause = moment.cause();
        match &incoming.what {
            What::Message(text) if !text.notice && self.line(&to, text, number).is_some() => {
                let runtime = &mut self.runtimes[number];
                let name = runtime.community().rooms.get(&to).map_or(to.as_str(), |room| room.name.as_str());
                let link = link(name, to.as_str());
                let words = runtime.words().room_moved(escape(&runtime.community().name), link);
                // The old room is closed to whoever is no moderator.
                let told = Message::new(To::Person(incoming.sender.clone()), Attention::Answer, words).send();
                apply(runtime, PracticeIndex::FIRST, vec![told], &cause, unit);
            }
            // Cast in time, it came late: its key did, or its server.
            What::PollVote { .. } => {
                let nobody = Authority::default();
                let known = &KnownMessages { store, commit: &unit.commit };
                let Some((event, owner)) = event_of(known, &to, false, incoming, (&nobody, false))? else {
                    return Ok(());
                };
                let owner = owner.and_then(|(_, practice)| self.practices.named(&practice));
                if !dispatch(&mut self.runtimes[number], owner, &event, &cause, unit).has_consequences() {
                    return Ok(());
                }
            }
            _ => return Ok(()),
        }
        unit.handle(incoming);
        Ok(())
    }

    /// A room was replaced by another at a moment, whether or not the bot is there yet.
    pub fn close(&mut self, room: &RoomId, at: Timestamp) {
        self.closed.insert(room.clone(), at);
    }

    /// Whether a room was replaced by another to which the bot has not come, or need not.
    pub fn is_closed(&self, room: &RoomId) -> bool {
        self.closed.contains_key(room)
    }

    /// Whether something that happened in a room is of no meaning, because the room had been replaced by then.
    pub(super) fn is_after_the_move(&self, room: &RoomId, incoming: &Incoming) -> bool {
        let moved = self.moved.get(room).map(|(_, at)| at);
        let since = moved.or_else(|| self.closed.get(room));
        matches!(incoming.what, What::Member { .. }) && since.is_some_and(|at| incoming.at >= *at)
    }

    /// The bot was removed from a room: those who lead its community are told, in their room, or, where it cannot write
    /// there, those whom the operator named. `last` is what it saw last.
    pub fn tell_of_loss(&mut self, room: &RoomId, last: Option<&Incoming>, named: &[String], unit: &mut UnitOfWork) {
        let Some(number) = self.community_in(room) else { return };
        let runtime = &mut self.runtimes[number];
        let community = runtime.community();
        let name = community.rooms.get(room).map_or(room.as_str(), |room| room.name.as_str());
        let words = runtime.words().room_lost(escape(name));
        warn!("the bot is no longer in {room}, a room of a community");
        let there = community.leads.as_ref().filter(|leads| *leads != room && community.rooms.contains_key(leads));
        let whom = match there {
            Some(_) => vec![To::Leads],
            None => named.iter().map(|lead| To::Person(lead.into())).collect(),
        };
        let told = whom.into_iter().map(|to| Message::new(to, Attention::Answer, words.clone()).send()).collect();
        let (id, at) = last.map_or((room.as_str(), Timestamp::UNIX_EPOCH), |last| (last.event.as_str(), last.at));
        let id = format!("lost.{id}");
        apply(runtime, PracticeIndex::FIRST, told, &Cause::new(&id, at, at), unit);
    }

    /// Tells those who lead a community that the bot cannot follow into the room that replaced one of theirs: in their
    /// room, or, where that is the one, whoever closed it.
    pub fn cannot_follow(
        &mut self,
        from: &RoomId,
        to: &RoomId,
        by: &crate::UserId,
        now: Timestamp,
        unit: &mut UnitOfWork,
    ) {
        let Some(number) = self.number_of_room(from) else { return };
        let runtime = &mut self.runtimes[number];
        let community = runtime.community();
        let name = community.rooms.get(from).map_or(from.as_str(), |room| room.name.as_str());
        let words = runtime.words().room_closed(escape(name), format!("`{to}`"));
        let reached = community.leads.as_ref().filter(|leads| *leads != from && community.rooms.contains_key(leads));
        let whom = if reached.is_some() { To::Leads } else { To::Person(by.clone()) };
        let name = format!("closed.{from}.{to}");
        let told = Message::new(whom, Attention::Prompt, words).send();
        apply(runtime, PracticeIndex::FIRST, vec![told], &Cause::new(&name, now, now), unit);
    }
}

impl super::runtime::Runtime {
    /// Replaces a room wherever this community points at it.
    fn move_room(&mut self, from: &RoomId, to: &RoomId, now: Timestamp, commit: &mut Commit) {
        let settings = self.point_at(from, to);
        for (practice, key, value) in settings {
            commit.settings.push((self.name.clone(), practice, key, Some(value)));
        }
        self.drop_room(from);
        for practice in self.practices.indices() {
            let name = self.practices[practice].name;
            if let Err((key, problem)) = self.move_records(practice, from, to) {
                error!("the record {key} of {name} still points at a room that was replaced: {problem}");
            }
            if let Some(changes) = self.changes(practice, now) {
                commit.records.push((self.name.clone(), name, changes));
            }
        }
        self.set_next_ticks(now);
    }
}
