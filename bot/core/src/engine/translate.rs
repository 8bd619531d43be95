//! What an event means to practices.

use super::{Authority, Commit, Memory, Posted, Sender};
use crate::{
    Event, EventId, MessageContext, MessageRef, RoomId, Said,
    incoming::{Incoming, Poll, Text, What},
    input::PollText,
};

/// The place at which a message was written.
pub(super) fn source_of(room: &RoomId, direct: bool, incoming: &Incoming, text: &Text) -> MessageContext {
    let (room, event) = (room.clone(), incoming.event.clone());
    let (thread, mentions) = (text.thread.clone(), text.mentions.clone());
    MessageContext { room, event, thread, direct, at: incoming.at, cleartext: incoming.cleartext, mentions }
}

/// The community and practice that sent a message.
pub(super) type Owner = Option<(String, String)>;

/// Where messages of practices are looked up: what is committed, and what is to be. With a `bot.db` from a backup, what
/// asked for a message, the message, and what was said about it may all be read at once.
pub(super) struct KnownMessages<'a, M> {
    pub(super) store: &'a M,
    pub(super) commit: &'a Commit,
}

impl<M: Memory> KnownMessages<'_, M> {
    pub(super) fn message_of(&self, room: &RoomId, event: &EventId) -> Result<Option<Sender>, M::Error> {
        if let Some(found) = self.store.message_of(room, event)? {
            return Ok(Some(found));
        }
        let here = |(_, posted): &&(String, Posted)| posted.event == *event && posted.room == *room;
        let Some((txn, _)) = self.commit.arrived.iter().find(here) else { return Ok(None) };
        let named = self.commit.items.iter().find(|item| item.txn == *txn);
        Ok(named.and_then(|new| Some((new.community.clone(), new.practice.clone(), new.item.key()?.clone()))))
    }
}

fn message_ref<M: Memory>(
    known: &KnownMessages<M>,
    room: &RoomId,
    event: &EventId,
) -> Result<(MessageRef, Owner), M::Error> {
    Ok(match known.message_of(room, event)? {
        Some((community, practice, key)) => {
            (MessageRef { event: event.clone(), key: Some(key) }, Some((community, practice)))
        }
        None => (MessageRef { event: event.clone(), key: None }, None),
    })
}

/// The message that somebody's words answer, and whose it is.
pub(super) fn pointed_at<M: Memory>(
    known: &KnownMessages<M>,
    room: &RoomId,
    text: &Text,
) -> Result<(Option<MessageRef>, Owner), M::Error> {
    let Some(to) = text.reply_to.as_ref().or(text.thread.as_ref()) else { return Ok((None, None)) };
    // A reply to anything inside a thread under a practice's message is an answer to that message.
    let (to, owner) = message_ref(known, room, to)?;
    Ok(match (&owner, &text.thread) {
        (None, Some(root)) => {
            let (root, owner) = message_ref(known, room, root)?;
            (Some(if owner.is_some() { root } else { to }), owner)
        }
        _ => (Some(to), owner),
    })
}

/// What an event means to practices, and who sent the message it points at. What is known of its sender may say that they
/// lead the community of the room.
pub(super) fn event_of<M: Memory>(
    known: &KnownMessages<M>,
    room: &RoomId,
    direct: bool,
    incoming: &Incoming,
    (authority, lead): (&Authority, bool),
) -> Result<Option<(Event, Owner)>, M::Error> {
    let (by, room) = (incoming.sender.clone(), room.clone());
    Ok(Some(match &incoming.what {
        What::Message(text) => {
            let source = source_of(&room, direct, incoming, text);
            let (to, owner) = pointed_at(known, &room, text)?;
            (Event::Said(Said { by, source, to, text: text.body.clone() }), owner)
        }
        What::Reaction { to, with } => {
            let (to, owner) = message_ref(known, &room, to)?;
            let author = authority.author.clone();
            let (event, with, at) = (incoming.event.clone(), with.clone(), incoming.at);
            (Event::Reacted { by, room, event, to, with, at, author, lead }, owner)
        }
        What::Member { who, joined: true, was_joined: None | Some(false) } if !direct => {
            (Event::Joined { by: who.clone(), room, at: incoming.at }, None)
        }
        What::Member { who, joined: false, was_joined: None | Some(true) } if !direct => {
            (Event::Left { by: who.clone(), room }, None)
        }
        What::PollStart(poll) => {
            let source = MessageContext {
                room,
                event: incoming.event.clone(),
                thread: None,
                direct,
                at: incoming.at,
                cleartext: incoming.cleartext,
                mentions: Vec::new(),
            };
            (Event::PollOpened { by, source, poll: poll_text(poll) }, None)
        }
        What::PollEdit { of, poll } => {
            let (of, owner) = message_ref(known, &room, of)?;
            (Event::PollEdited { by, room, poll: of, new: poll_text(poll), at: incoming.at }, owner)
        }
        What::PollVote { poll, answers } => {
            let (poll, owner) = message_ref(known, &room, poll)?;
            let (event, answers) = (incoming.event.clone(), answers.clone());
            let (at, cleartext) = (incoming.at, incoming.cleartext);
            (Event::Voted { by, room, event, poll, answers, at, cleartext }, owner)
        }
        What::PollEnd { poll } => {
            let (poll, owner) = message_ref(known, &room, poll)?;
            (Event::PollEnded { by, room, poll, at: incoming.at, may_redact: authority.may_redact }, owner)
        }
        What::Redaction { of } => {
            let (MessageRef { event, key }, owner) = message_ref(known, &room, of)?;
            (Event::Redacted { room, event, key, at: incoming.at }, owner)
        }
        What::Edit { .. } | What::Member { .. } | What::Encrypted(_) | What::Bridge | What::Other => return Ok(None),
    }))
}

fn poll_text(poll: &Poll) -> PollText {
    let Poll { question, answers, hidden, max, stable } = poll.clone();
    PollText { question, answers, hidden, max, stable }
}
