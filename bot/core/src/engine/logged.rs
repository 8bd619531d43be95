//! What an event leaves in the activity log.

use hearth_shared::activity::Kind;

use super::{CommunityNumber, Engine, UnitOfWork, log::LogOp};
use crate::{
    RoomId, UserId,
    incoming::{Incoming, What},
};

impl Engine {
    /// The community of a room that is no direct room.
    pub fn community_in(&self, room: &RoomId) -> Option<CommunityNumber> {
        self.number_of_room(room).filter(|_| !self.is_direct(room))
    }

    /// What an event of the past leaves in the log. Nobody is told of it.
    pub fn take_past(&self, room: &RoomId, incoming: &Incoming, unit: &mut UnitOfWork) {
        self.note_prompt(room, incoming, unit);
        if incoming.sender == self.bot || self.is_direct(room) || self.is_after_the_move(room, incoming) {
            return;
        }
        let room = self.current(room);
        if let Some(number) = self.number_of_room(room)
            && let Some(op) = self.log_of(room, number, incoming)
        {
            unit.log.push((number, op));
        }
    }

    /// A prompt of the bot's own has come back from its room's main timeline: only now it is sure that it was posted, and
    /// as which event. So it is told once, like everything that is read.
    pub(super) fn note_prompt(&self, room: &RoomId, incoming: &Incoming, unit: &mut UnitOfWork) {
        let What::Message(text) = &incoming.what else { return };
        if incoming.sender != self.bot || !incoming.prompt || text.thread.is_some() {
            return;
        }
        let room = self.current(room);
        if let Some(number) = self.community_in(room) {
            let event = incoming.event.to_string();
            let act = LogOp::act(event, &self.bot, Some(room), Kind::PromptPosted, incoming.at);
            unit.log.push((number, act));
        }
    }

    pub(super) fn log_of(&self, room: &RoomId, number: CommunityNumber, incoming: &Incoming) -> Option<LogOp> {
        let who = match &incoming.what {
            What::Member { who, .. } => who,
            _ => &incoming.sender,
        };
        Some(self.act_of(room, number, incoming)?.by_bot(self.is_bot(number, who)))
    }

    fn act_of(&self, room: &RoomId, number: CommunityNumber, incoming: &Incoming) -> Option<LogOp> {
        let event = || incoming.event.to_string();
        let act = |kind, by: &UserId| LogOp::act(event(), by, Some(room), kind, incoming.at);
        match &incoming.what {
            // A notice is a program's, and a command is a word to a program: neither is part of the conversation.
            What::Message(text) if text.notice || self.command_text(room, text, number).is_some() => None,
            What::Message(text) | What::Encrypted(Some(text)) => Some(LogOp::Act {
                event: event(),
                by: incoming.sender.clone(),
                room: Some(room.clone()),
                kind: Kind::Message,
                at: incoming.at,
                reply_to: text.reply_to.clone(),
                thread: text.thread.clone(),
                n_chars: i64::try_from(text.body.chars().count()).unwrap_or(i64::MAX),
                mentions: i64::try_from(text.mentions.len()).unwrap_or(i64::MAX),
                value: None,
                label: None,
                bot: false,
                inside: None,
                practice: None,
            }),
            What::Reaction { to, .. } => Some(act(Kind::Reaction, &incoming.sender).answering(to)),
            What::Member { who, .. } if *who == self.bot => None,
            What::Member { who, joined: true, was_joined: was_joined @ (None | Some(false)) } => {
                let joins = act(Kind::Join, who);
                // Whoever comes from the room that this one replaced has not joined anything. Where the homeserver does
                // not say what was before, it may be a new name of somebody who is there.
                let may_be_there = was_joined.is_none() || self.is_successor(room);
                Some(if may_be_there { joins.unless_there() } else { joins })
            }
            What::Member { who, joined: false, was_joined: Some(true) } => Some(act(Kind::Leave, who)),
            // An invitation that is declined is a leave to the homeserver, too.
            What::Member { who, joined: false, was_joined: None } => Some(act(Kind::Leave, who).if_there()),
            What::Redaction { of } => Some(LogOp::Erase(of.clone())),
            _ => None,
        }
    }
}
