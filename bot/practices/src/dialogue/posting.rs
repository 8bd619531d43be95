//! What follows from a unit of work: it is kept, and what is to be sent is sent at once and comes back, as from a
//! homeserver that answers at once. Each thing that the bot does is a line.

use hearth_core::{
    engine::{
        Authority, Commit, Memory as _, NewOutboxItem, OutboxItem, Posted, UnitOfWork, content::render, log::LogOp,
        ram::Waiting,
    },
    incoming::{Incoming, What},
};

use super::{
    Dialogue,
    declared::{NAME, direct_room},
    line::{Line, texts},
};
use crate::{
    Administration, Answer, Effect, Event, EventId, Message, Outgoing, RoomId, Sealed, Target, UserId, registry,
};

impl Dialogue {
    /// Keeps what a unit of work decided, and sends what waits.
    pub(super) fn finish(&mut self, unit: UnitOfWork) -> Vec<Line> {
        let (mut lines, mut done) = (Vec::new(), Vec::new());
        self.keep(unit, &mut done);
        while let Some((row, waiting)) = self.next() {
            self.carry_out(row, waiting, &mut lines);
        }
        lines.extend(done);
        self.look();
        lines
    }

    /// The first thing that waits, and does not wait for the world.
    fn next(&self) -> Option<(i64, Waiting)> {
        let mut waiting = self.memory.waiting().filter(|(row, _)| !self.asked.contains(row));
        waiting.next().map(|(row, waiting)| (row, waiting.clone()))
    }

    fn keep(&mut self, mut unit: UnitOfWork, lines: &mut Vec<Line>) {
        let mut line = |practice: &str, text: String| lines.push(Line { practice: practice.to_owned(), text });
        for (_, op) in &unit.log {
            match op {
                LogOp::OptedOut(who, true) => line("privacy", format!("opt out {}", who.localpart())),
                LogOp::OptedOut(who, false) => line("privacy", format!("opt in {}", who.localpart())),
                op => {
                    if let Some((practice, entry)) = op.wanted() {
                        self.logged.push((entry.kind, entry.by.clone(), entry.value));
                        self.entries.push(entry.clone());
                        self.wanted.push((practice, Effect::Log(entry)));
                    }
                }
            }
        }
        for (_, who) in &unit.forgotten {
            line("privacy", format!("forget {}", who.localpart()));
        }
        for room in &unit.adopted {
            line("community", format!("adopt {}", shown(room)));
        }
        for (room, _) in unit.commit.adopted.iter().filter(|(_, community)| community.is_none()) {
            line("community", format!("release {}", shown(room)));
        }
        self.wanted.extend(unit.commit.items.iter().filter_map(effect));
        for (_, practice, prefix) in &unit.commit.dropped_names {
            let name = registry::ALL.named(practice).map(|place| registry::ALL[place].name);
            let drop = Administration::DropNames { prefix: prefix.clone() };
            self.wanted.extend(name.map(|name| (name, drop.effect())));
        }
        unit.commit.at = self.now;
        let Ok(()) = self.memory.commit(&unit.commit);
        unit.forgotten.iter().for_each(|(_, who)| self.memory.forget(who));
        for room in std::mem::take(&mut unit.adopted) {
            let mut unit = UnitOfWork::default();
            self.engine.arrive(&room, &[], false, self.now, &mut unit);
            self.keep(unit, lines);
        }
    }

    fn carry_out(&mut self, row: i64, waiting: Waiting, lines: &mut Vec<Line>) {
        let Waiting { new, key, nowhere, .. } = waiting;
        match (&new.item, self.place_of(&new)) {
            (OutboxItem::Ask(request), _) => {
                lines.push(Line { practice: new.practice, text: format!("ask {:?}", request.what) });
                self.asked.push(row);
            }
            (OutboxItem::Send(outgoing), Some(room)) if !nowhere => self.send(&new, outgoing, room, lines),
            _ => {
                let mut unit = UnitOfWork::default();
                unit.commit.done.push(row);
                if let Some(key) = key {
                    let id = format!("unsent.{}.{key}", self.now.as_millisecond());
                    let unsent = Event::Unsent { key };
                    self.engine.inform(NAME, Some(&new.practice), &unsent, &id, self.now, &mut unit);
                }
                self.keep(unit, lines);
            }
        }
    }

    /// Where something goes.
    fn place_of(&self, new: &NewOutboxItem) -> Option<RoomId> {
        let OutboxItem::Send(outgoing) = &new.item else { return None };
        match outgoing.target() {
            Target::Room(room) | Target::ReactionTo { room, .. } | Target::RemovalOf { room, .. } => Some(room.clone()),
            Target::Person(who) => Some(direct_room(who)),
            Target::Leads => new.leads.clone(),
            Target::Thread(key) | Target::Own(key) => {
                self.memory.message(NAME, &new.practice, key).map(|sent| sent.room.clone())
            }
        }
    }

    fn send(&mut self, new: &NewOutboxItem, outgoing: &Outgoing, room: RoomId, lines: &mut Vec<Line>) {
        self.come_to(&room);
        let sealed = if new.scope.is_some() { "sealed " } else { "" };
        lines.push(Line { practice: new.practice.clone(), text: format!("{sealed}{}", text(outgoing, &room)) });
        let edits = outgoing.edits().map(|(_, body)| body);
        let body = if let Outgoing::Message(Message { body, .. }) = outgoing { Some(body) } else { edits };
        if let Some(body) = body {
            // A client would count anew from the first, and people give back what they see.
            assert!(!render(body).1.contains("<ol"), "numbers that are a list's own: {body}");
        }
        if let Outgoing::Message(message) = outgoing {
            self.expiries.extend(message.useless_from());
        }
        // The same transaction becomes the same event.
        let event = EventId::from(format!("${}", new.txn));
        let arrived = vec![(new.txn.clone(), Posted { room: room.clone(), event: event.clone() })];
        let Ok(()) = self.memory.commit(&Commit { arrived, at: self.now, ..Commit::default() });
        if let Outgoing::EndPoll { key, .. } = outgoing
            && let Some(poll) = self.memory.message(NAME, &new.practice, key).cloned()
        {
            let what = What::PollEnd { poll: poll.event };
            let (sender, at) = (UserId::from("@hearth:t"), self.now);
            let ended = Incoming { event, sender, at, marker: None, prompt: false, cleartext: true, what };
            let (mut unit, bot) = (UnitOfWork::default(), Authority { may_redact: true, ..Authority::default() });
            let Ok(()) = self.engine.take(&self.memory, &room, &ended, &bot, self.now, &mut unit);
            self.keep(unit, lines);
        }
    }

    /// The world answers what waits in a row.
    pub(super) fn is_answered(&mut self, row: i64, answer: Answer) -> Vec<String> {
        self.settle();
        let mut unit = UnitOfWork::default();
        unit.commit.done.push(row);
        let waiting = self.memory.waiting().find(|(one, _)| *one == row).map(|(_, waiting)| waiting.new.clone());
        if let Some(new) = waiting
            && let OutboxItem::Ask(request) = &new.item
        {
            let (id, answered) =
                (format!("answered.{}", new.txn), Event::Answered { key: request.key.clone(), answer });
            self.engine.inform(NAME, Some(&new.practice), &answered, &id, self.now, &mut unit);
        }
        texts(self.finish(unit))
    }
}

/// What a practice wanted sent or asked.
fn effect(new: &NewOutboxItem) -> Option<(&'static str, Effect)> {
    let practice = registry::ALL.named(&new.practice).map(|place| registry::ALL[place].name)?;
    let effect = match (&new.item, &new.scope) {
        (OutboxItem::Send(outgoing), None) => Effect::Send(outgoing.clone()),
        (OutboxItem::Send(outgoing), Some(scope)) => {
            Effect::SendSealed(Sealed { scope: scope.clone(), outgoing: outgoing.clone() })
        }
        (OutboxItem::Ask(request), _) => Effect::Ask(request.clone()),
        _ => return None,
    };
    Some((practice, effect))
}

fn text(outgoing: &Outgoing, room: &RoomId) -> String {
    let poll = |question: &str, answers: &[(String, String)], hidden: bool| {
        let texts: Vec<_> = answers.iter().map(|(_, text)| text.as_str()).collect();
        let hidden = if hidden { " (hidden)" } else { "" };
        format!("{} poll{hidden}: {question} [{}]", shown(room), texts.join(" | "))
    };
    match outgoing {
        Outgoing::Message(Message { attention, body, .. }) => {
            let tone = if attention.notifies() { "prompt" } else { "notice" };
            let nudge = if attention.is_nudge() { " (nudge)" } else { "" };
            format!("{} {tone}{nudge}: {body}", shown(room))
        }
        Outgoing::OpenPoll { question, answers, hidden, .. } => poll(question, answers, *hidden),
        Outgoing::AskPerson { question, answers, .. } => poll(question, answers, true),
        Outgoing::EndPoll { .. } => format!("{} end of poll", shown(room)),
        Outgoing::Edit { key, body } | Outgoing::Reword { key, body, .. } => format!("edit {key}: {body}"),
        Outgoing::Conclude { key, body } => format!("last edit {key}: {body}"),
        Outgoing::File { name, mime, .. } => format!("{} file: {name} ({mime})", shown(room)),
        Outgoing::Redact { key } => format!("redact {key}"),
        Outgoing::RedactEvent { event, .. } => format!("{} redact {event}", shown(room)),
        Outgoing::React { with, .. } => format!("react: {with}"),
        Outgoing::Button { key, with, .. } => format!("button {key}: {with}"),
        Outgoing::Sign { key, with, .. } => format!("sign {key}: {with}"),
        Outgoing::Unsign { name, .. } => format!("sign gone {name}"),
        Outgoing::MyData { person } => format!("export {}", person.localpart()),
    }
}

fn shown(room: &RoomId) -> String {
    let name = room.as_str().trim_start_matches('!').trim_end_matches(":t");
    match name.strip_prefix("direct-") {
        Some(person) => format!("@{person}"),
        None => format!("#{name}"),
    }
}
