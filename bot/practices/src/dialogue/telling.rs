//! What happens, as the engine hears of it: from a room, from the shell, or from whoever asks to be forgotten.

use hearth_core::{
    engine::{Authority, UnitOfWork},
    incoming::{Poll, Text, What},
    input::PollText,
};

use super::{Dialogue, Incoming, NAME, direct_room, texts, user};
use crate::{Event, RoomId, Said, UserId};

impl Dialogue {
    pub(super) fn tell(&mut self, practice: Option<&str>, event: &Event) -> Vec<String> {
        self.settle();
        match event {
            Event::Present { who, room } => {
                let mut unit = UnitOfWork::default();
                // Whoever is known to be there still is.
                let mut people: Vec<UserId> = self.community.members.of(room).map(|(who, _)| who.clone()).collect();
                people.extend(who.iter().cloned());
                self.engine.arrive(room, &people, false, self.now, &mut unit);
                texts(self.finish(unit))
            }
            Event::Forgotten { who } => self.forgets(who),
            Event::SealedLost { scope } => {
                self.memory.lose_key(NAME, practice.unwrap_or_default(), scope);
                self.start();
                let mut unit = UnitOfWork::default();
                self.engine.mourn(&self.memory, self.now, &mut unit);
                texts(self.finish(unit))
            }
            Event::Gone { .. }
            | Event::RoomGone { .. }
            | Event::Answered { .. }
            | Event::Unsent { .. }
            | Event::Held { .. } => {
                let (mut unit, id) = (UnitOfWork::default(), self.next_event());
                self.engine.inform(NAME, practice, event, id.as_str(), self.now, &mut unit);
                texts(self.finish(unit))
            }
            _ => match self.sent(event) {
                Some((room, incoming, known)) => texts(self.takes(&room, incoming, known)),
                None => Vec::new(),
            },
        }
    }

    /// Somebody asks to be forgotten, and confirms it. What the practice of privacy says to them is not shown.
    fn forgets(&mut self, who: &UserId) -> Vec<String> {
        let mut lines = Vec::new();
        for words in ["forget-me", "forget-me yes"] {
            let incoming = self.sent_now(who.clone(), What::Message(said(words)));
            lines.extend(self.takes(&direct_room(who), incoming, Authority::default()));
        }
        lines.retain(|line| line.practice != "privacy");
        texts(lines)
    }

    /// The event of a room that practices hear of like this, and what is known of it and of its sender.
    fn sent(&mut self, event: &Event) -> Option<(RoomId, Incoming, Authority)> {
        let mut known = Authority::default();
        let (now, mut cleartext) = (self.at(), self.cleartext);
        let (by, room, id, at, what) = match event.clone() {
            Event::Said(Said { by, source, to, text }) => {
                cleartext = source.cleartext;
                let reply_to = to.map(|to| to.event).filter(|to| source.thread.as_ref() != Some(to));
                let text = Text { reply_to, thread: source.thread, mentions: source.mentions, ..said(&text) };
                (by, source.room, Some(source.event), source.at, What::Message(text))
            }
            Event::Joined { by, room, at } => {
                let what = What::Member { who: by.clone(), joined: true, was_joined: Some(false) };
                (by, room, None, at, what)
            }
            Event::Left { by, room } => {
                let what = What::Member { who: by.clone(), joined: false, was_joined: Some(true) };
                (by, room, None, now, what)
            }
            Event::Reacted { by, room, event, to, with, at, author, .. } => {
                known.author = author;
                (by, room, Some(event), at, What::Reaction { to: to.event, with })
            }
            Event::PollOpened { by, source, poll } => {
                (by, source.room, Some(source.event), source.at, What::PollStart(poll_of(poll)))
            }
            Event::PollEdited { by, room, poll, new, at } => {
                (by, room, None, at, What::PollEdit { of: poll.event, poll: poll_of(new) })
            }
            Event::Voted { by, room, event, poll, answers, at, cleartext: in_clear } => {
                cleartext = in_clear;
                (by, room, Some(event), at, What::PollVote { poll: poll.event, answers })
            }
            Event::PollEnded { by, room, poll, at, may_redact } => {
                known.may_redact = may_redact;
                (by, room, None, at, What::PollEnd { poll: poll.event })
            }
            Event::Redacted { room, event, at, .. } => {
                self.come_to(&room);
                let by = self.engine.direct_person(&room).unwrap_or_else(|| user("somebody"));
                (by, room, None, at, What::Redaction { of: event })
            }
            Event::Present { .. }
            | Event::SealedLost { .. }
            | Event::Forgotten { .. }
            | Event::Gone { .. }
            | Event::RoomGone { .. }
            | Event::Answered { .. }
            | Event::Unsent { .. }
            | Event::Held { .. } => return None,
        };
        let event = id.unwrap_or_else(|| self.next_event());
        Some((room, Incoming { event, sender: by, at, marker: None, prompt: false, cleartext, what }, known))
    }
}

fn said(words: &str) -> Text {
    Text {
        body: words.to_owned(),
        command: words.to_owned(),
        notice: false,
        reply_to: None,
        thread: None,
        mentions: Vec::new(),
    }
}

fn poll_of(text: PollText) -> Poll {
    let PollText { question, answers, hidden, max, stable } = text;
    Poll { question, answers, hidden, max, stable }
}
