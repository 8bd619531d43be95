//! From items to requests. Each item has a transaction id derived from its cause, so that sending it again gives
//! the same event; an item leaves the store only when the homeserver has it, or will never take it.

use hearth_core::engine::content::{self, POLL_END, POLL_START, Relation};
use hearth_practices::{
    Answer, Attention, EventId, MessageKey, Outgoing, Request, RequestKind, RoomId, Target, To, UserId, Words, links,
    words::permalink,
};
use jiff::Timestamp;
use serde_json::Value;

use super::{
    gate::Class,
    homeserver::{Homeserver, Refused},
    refusal::Refusal,
};
use crate::store::{Due, NewOutboxItem, OutboxItem, Posted};

/// The type of a message.
pub(super) const MESSAGE: &str = "m.room.message";

/// What became of an attempt.
#[derive(Clone, Debug, PartialEq)]
pub enum Carried {
    /// The homeserver has it.
    Done(Posted),
    /// The world has answered what a practice asked of it.
    Answered(Box<Answered>),
    /// There is nothing to send (any more): what it refers to is gone, or is so already.
    Nothing,
    /// The person has no direct room, or none that is theirs and the bot's alone: it waits for one.
    NeedsRoom(UserId),
}

/// What the world says to a request.
#[derive(Clone, Debug, PartialEq)]
pub struct Answered {
    /// What it says.
    pub answer: Answer,
    /// What is to be sent because of it. It goes into the outbox in one unit of work with the answer.
    pub items: Vec<NewOutboxItem>,
}

/// Where the messages are that items refer to, and where people's direct rooms are.
pub trait Addresses: Send + Sync {
    /// The event of a practice's message.
    fn message(&self, community: &str, practice: &str, key: &MessageKey) -> Option<Posted>;
    /// Whether that message notified nobody.
    fn is_quiet(&self, community: &str, practice: &str, key: &MessageKey) -> bool;
    /// A person's direct room.
    fn direct(&self, person: &UserId) -> Option<RoomId>;
    /// Whose direct room a room is, or was taken for.
    fn person_of(&self, room: &RoomId) -> Option<UserId>;
    /// Remembers a person's direct room, unless they have another by now, and moves there what waits for it. Gives the
    /// one that they have.
    fn set_direct(&self, person: &UserId, room: &RoomId) -> RoomId;
    /// A direct room is not (or no longer) between two: it is nobody's direct room from now on, and the bot leaves it.
    fn abandon_direct(&self, person: &UserId, room: &RoomId);
    /// Forgets whose a direct room is.
    fn forget_direct(&self, person: &UserId);
    /// The leads' room of a community.
    fn leads(&self, community: &str) -> Option<RoomId>;
    /// Everything that is kept about somebody in a community, at this moment.
    fn my_data(&self, community: &str, person: &UserId) -> Option<String>;
    /// What becomes of a community's last report when it is shared with everybody.
    fn share_report(&self, community: &str, now: Timestamp) -> Option<Answered>;
    /// The language of a community.
    fn words(&self, community: &str) -> &'static Words;
    /// Why somebody is invited to their direct room: for what waits for them. Plain text.
    fn why(&self, person: &UserId) -> Option<String>;
}

/// Who is in a room that should be between two.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Company {
    /// The bot and the person, who may still be invited only.
    Two,
    /// The bot alone.
    Alone,
    /// Somebody else, too.
    Others,
}

/// Carries items to a homeserver.
#[derive(Clone, Copy, Debug)]
pub struct Carrier<'a, H, A> {
    /// To where.
    pub homeserver: &'a H,
    /// What it needs to know of the store.
    pub addresses: &'a A,
    /// Whether direct rooms are made encrypted.
    pub encrypt: bool,
    /// Now.
    pub now: Timestamp,
}

impl<H: Homeserver, A: Addresses> Carrier<'_, H, A> {
    /// Sends one item. What is refused for good and somebody waits for is answered with a sentence instead.
    ///
    /// # Errors
    /// [`Refused`]: whether it is to be tried again.
    pub async fn carry(&self, due: &Due) -> Result<Carried, Refused> {
        match self.attempt(due).await {
            Err(refused) if refused.refusal == Refusal::DoneAlready => Ok(Carried::Nothing),
            Err(refused) if matches!(refused.refusal, Refusal::Permanent | Refusal::TooLarge) => {
                self.apologise(due, &refused).await?;
                Err(refused)
            }
            outcome => outcome,
        }
    }

    async fn attempt(&self, due: &Due) -> Result<Carried, Refused> {
        match &due.item {
            OutboxItem::Send(outgoing) => self.send(due, outgoing).await,
            OutboxItem::Ask(request) => self.ask(due, request).await,
            OutboxItem::Attachment { room, path, name, caption, words, beside, .. } => {
                let words = words.as_deref();
                let root = beside.as_ref().and_then(|key| self.addresses.message(&due.community, &due.practice, key));
                let relation = match root.filter(|root| root.room == *room) {
                    Some(root) => Relation::Thread(root.event),
                    None => Relation::None,
                };
                match (std::fs::read(path), words) {
                    (Ok(data), _) => {
                        let mime = if path.ends_with(".png") { mime::IMAGE_PNG } else { mime::TEXT_HTML };
                        let file = File { name, mime, data, caption: caption.as_deref(), words };
                        self.put_file(due, room, &relation, file).await
                    }
                    // What is said of it is said without it.
                    (Err(_), Some(words)) => {
                        let build =
                            |relation: &Relation| content::message(words, due.attention, &[], relation, &due.txn);
                        self.put_related(due, room, MESSAGE, &relation, build).await
                    }
                    (Err(_), None) => Ok(Carried::Nothing),
                }
            }
            OutboxItem::Destroyed => Ok(Carried::Nothing),
            OutboxItem::ForgetDirect { person } => {
                self.addresses.forget_direct(person);
                Ok(Carried::Nothing)
            }
            OutboxItem::LeaveDirect { person, room, quietly } => self.leave(due, person, room, *quietly).await,
            OutboxItem::LeaveDeserted { room } => self.leave_deserted(room).await,
        }
    }

    /// Asks the world. Every request may be asked again: what it does has names of its own, by which it happens once.
    async fn ask(&self, due: &Due, request: &Request) -> Result<Carried, Refused> {
        let answered = match &request.what {
            RequestKind::LookUpZone { person } => {
                let zone = self.homeserver.time_zone(person).await?;
                Answered { answer: Answer::Zone(zone), items: Vec::new() }
            }
            RequestKind::ShareReport => self
                .addresses
                .share_report(&due.community, self.now)
                .ok_or_else(|| Refused::never("what the last report says cannot be read"))?,
        };
        Ok(Carried::Answered(Box::new(answered)))
    }

    async fn send(&self, due: &Due, outgoing: &Outgoing) -> Result<Carried, Refused> {
        let message_of = |key| self.addresses.message(&due.community, &due.practice, key);
        let me = self.homeserver.me();
        let server = me.as_str().split_once(':').map_or("", |(_, server)| server);
        let linked = |body: &str| {
            links::resolved(body, |practice, key| {
                let Posted { room, event } = self.addresses.message(&due.community, practice, key)?;
                Some(permalink(room.as_str(), event.as_str(), &[server]))
            })
        };
        match outgoing {
            Outgoing::Message(message) => {
                let (room, relation) = match self.place(due, &message.to, message.attention.is_nudge()).await? {
                    Ok(place) => place,
                    Err(carried) => return Ok(carried),
                };
                let body = linked(&message.body);
                let build = |relation: &Relation| {
                    let mut content = content::message(&body, message.attention, &message.mentions, relation, &due.txn);
                    if message.to_talk_about {
                        content[content::PROMPT] = true.into();
                    }
                    content
                };
                self.put_related(due, &room, MESSAGE, &relation, build).await
            }
            Outgoing::File { to, name, mime, text } => {
                let (room, relation) = match self.place(due, to, false).await? {
                    Ok(place) => place,
                    Err(carried) => return Ok(carried),
                };
                let (mime, data) = (mime.parse().unwrap_or(mime::TEXT_PLAIN), text.clone().into_bytes());
                self.put_file(due, &room, &relation, File { name, mime, data, caption: None, words: None }).await
            }
            Outgoing::Edit { key, body } | Outgoing::Reword { key, body, .. } | Outgoing::Conclude { key, body } => {
                let Some(target) = message_of(key) else { return Ok(Carried::Nothing) };
                let quiet = self.addresses.is_quiet(&due.community, &due.practice, key);
                self.put(due, &target.room, MESSAGE, &content::edit(&linked(body), quiet, &target.event, &due.txn))
                    .await
            }
            Outgoing::React { room, event, with } => {
                self.put(due, room, "m.reaction", &content::reaction(event, with, &due.txn)).await
            }
            Outgoing::Button { key, with, .. } | Outgoing::Sign { key, with, .. } => {
                let Some(target) = message_of(key) else { return Ok(Carried::Nothing) };
                self.put(due, &target.room, "m.reaction", &content::reaction(&target.event, with, &due.txn)).await
            }
            Outgoing::OpenPoll { room, thread, question, answers, hidden, .. } => {
                let relation = thread.clone().map_or(Relation::None, Relation::Thread);
                let build = |relation: &Relation| content::poll_start(question, answers, *hidden, relation, &due.txn);
                self.put_related(due, room, POLL_START, &relation, build).await
            }
            Outgoing::AskPerson { person, question, answers, .. } => match self.direct_room(person, false).await? {
                Ok(room) => {
                    let content = content::poll_start(question, answers, true, &Relation::None, &due.txn);
                    self.put(due, &room, POLL_START, &content).await
                }
                Err(carried) => Ok(carried),
            },
            Outgoing::EndPoll { key, body } => {
                let Some(target) = message_of(key) else { return Ok(Carried::Nothing) };
                self.put(due, &target.room, POLL_END, &content::poll_end(&target.event, body, &due.txn)).await
            }
            Outgoing::Redact { key } | Outgoing::Unsign { name: key, .. } => {
                let Some(target) = message_of(key) else { return Ok(Carried::Nothing) };
                self.redact(due, &target.room, &target.event, Class::Message).await
            }
            Outgoing::RedactEvent { room, event } => self.redact(due, room, event, Class::Removal).await,
            Outgoing::MyData { person } => match self.direct_room(person, false).await? {
                Ok(room) => {
                    let Some(text) = self.addresses.my_data(&due.community, person) else {
                        return Err(Refused::never("what is kept about somebody cannot be read"));
                    };
                    let (name, data) = ("my-data.json", text.into_bytes());
                    let file = File { name, mime: mime::APPLICATION_JSON, data, caption: None, words: None };
                    self.put_file(due, &room, &Relation::None, file).await
                }
                Err(carried) => Ok(carried),
            },
        }
    }

    /// A removal bears no marker and needs none: what is gone cannot go twice. Where the bot may not remove something,
    /// it stays, and more attempts would change nothing.
    async fn redact(&self, due: &Due, room: &RoomId, event: &EventId, class: Class) -> Result<Carried, Refused> {
        if !self.homeserver.is_joined(room) {
            return Ok(Carried::Nothing);
        }
        match self.homeserver.redact(room, event, &due.txn).await {
            Ok(redaction) => Ok(Carried::Done(Posted { room: room.clone(), event: redaction })),
            Err(refused) => Err(Refused { refusal: refused.refusal.of_removal(), ..refused.in_class(class) }),
        }
    }

    /// Puts an event into a room; into a direct room only while it is between two.
    async fn put(&self, due: &Due, room: &RoomId, kind: &str, content: &Value) -> Result<Carried, Refused> {
        if !self.homeserver.is_joined(room) {
            return Err(Refused::never("the bot is not in that room"));
        }
        if let Some(person) = self.addresses.person_of(room)
            && self.company(room, &person).await? == Company::Others
        {
            self.addresses.abandon_direct(&person, room);
            // Who asked there may be the one who should not be: an answer to them goes nowhere instead.
            return Ok(due.item.person().map_or(Carried::Nothing, |person| Carried::NeedsRoom(person.clone())));
        }
        let event = self.homeserver.put(room, kind, content, &due.txn).await?;
        Ok(Carried::Done(Posted { room: room.clone(), event }))
    }

    /// The same for what relates to another message. Where that is refused, the relation may be the reason (what it
    /// points at was purged, or a relation stands inside the ciphertext only): it is tried once without.
    async fn put_related(
        &self,
        due: &Due,
        room: &RoomId,
        kind: &str,
        relation: &Relation,
        build: impl Fn(&Relation) -> Value + Sync,
    ) -> Result<Carried, Refused> {
        match self.put(due, room, kind, &build(relation)).await {
            Err(refused) if refused.refusal == Refusal::Permanent && *relation != Relation::None => {
                if !self.homeserver.is_joined(room) {
                    return Err(refused);
                }
                let txn = format!("{}.bare", due.txn);
                let event = self.homeserver.put(room, kind, &build(&Relation::None), &txn).await?;
                Ok(Carried::Done(Posted { room: room.clone(), event }))
            }
            outcome => outcome,
        }
    }

    /// Uploads a file and sends a message that shows it.
    async fn put_file(
        &self,
        due: &Due,
        room: &RoomId,
        relation: &Relation,
        file: File<'_>,
    ) -> Result<Carried, Refused> {
        if !self.homeserver.is_joined(room) {
            return Err(Refused::never("the bot is not in that room"));
        }
        let build =
            |relation: &Relation| content::file(file.name, &file.mime, &file.data, file.caption, relation, &due.txn);
        let (field, address) = self.homeserver.upload(room, file.mime.as_ref(), file.data.clone()).await?;
        let build = |relation: &Relation| {
            let mut content = build(relation);
            content[field] = address.clone();
            file.words.map_or(content.clone(), |words| content::with_words(content, words))
        };
        self.put_related(due, room, MESSAGE, relation, build).await
    }

    /// The room where something belongs, and what it refers to there; or what is to become of it where there is no
    /// such place.
    async fn place(&self, due: &Due, to: &To, nudge: bool) -> Result<Result<(RoomId, Relation), Carried>, Refused> {
        Ok(match to {
            To::Room(room) => Ok((room.clone(), Relation::None)),
            To::Reply { room, event, thread } => {
                let relation = match thread {
                    // Of a thread's own root nobody needs to be shown what it says.
                    Some(root) if root == event => Relation::Thread(root.clone()),
                    Some(root) => Relation::ReplyInThread { root: root.clone(), to: event.clone() },
                    None => Relation::Reply(event.clone()),
                };
                Ok((room.clone(), relation))
            }
            To::Thread(key) => match self.addresses.message(&due.community, &due.practice, key) {
                Some(root) => Ok((root.room, Relation::Thread(root.event))),
                None => Err(Carried::Nothing),
            },
            To::Person(person) => self.direct_room(person, nudge).await?.map(|room| (room, Relation::None)),
            To::Leads => match self.addresses.leads(&due.community) {
                Some(room) => Ok((room, Relation::None)),
                None => Err(Carried::Nothing),
            },
        })
    }

    /// One sentence to whoever waits for what was refused for good, best without anything that may be the reason.
    async fn apologise(&self, due: &Due, refused: &Refused) -> Result<(), Refused> {
        if due.attention != Attention::Answer {
            return Ok(());
        }
        let room = match &due.item {
            OutboxItem::Send(outgoing) => self.room_of(due, outgoing.target()),
            OutboxItem::Attachment { room, .. } => Some(room.clone()),
            // Its practice says it.
            OutboxItem::Ask(_) => None,
            OutboxItem::ForgetDirect { .. }
            | OutboxItem::LeaveDirect { .. }
            | OutboxItem::LeaveDeserted { .. }
            | OutboxItem::Destroyed => None,
        };
        let Some(room) = room.filter(|room| self.homeserver.is_joined(room)) else { return Ok(()) };
        let words = self.addresses.words(&due.community);
        let body = match refused.refusal {
            Refusal::TooLarge => words.sending_too_large(),
            _ => words.sending_refused(),
        };
        let content = content::message(&body, Attention::Answer, &[], &Relation::None, &due.txn);
        match self.homeserver.put(&room, MESSAGE, &content, &format!("{}.sorry", due.txn)).await {
            Err(later) if matches!(later.refusal, Refusal::NotNow(_) | Refusal::TokenRevoked) => Err(later),
            _ => Ok(()),
        }
    }

    fn room_of(&self, due: &Due, target: Target<'_>) -> Option<RoomId> {
        match target {
            Target::Room(room) => Some(room.clone()),
            Target::Person(person) => self.addresses.direct(person),
            Target::Thread(key) => Some(self.addresses.message(&due.community, &due.practice, key)?.room),
            Target::Leads => self.addresses.leads(&due.community),
            // What changes another message, or reacts to one, says nothing that is missed.
            Target::Own(_) | Target::ReactionTo { .. } | Target::RemovalOf { .. } => None,
        }
    }

    async fn company(&self, room: &RoomId, person: &UserId) -> Result<Company, Refused> {
        let me = self.homeserver.me();
        let members = self.homeserver.members(room).await?;
        if members.iter().any(|member| *member != me && member != person) {
            return Ok(Company::Others);
        }
        Ok(if members.contains(person) { Company::Two } else { Company::Alone })
    }

    /// A person's direct room, if it is between the two at this moment; or what is to become of the item. Whoever has
    /// left it is asked back for what they asked for, not for a nudge.
    async fn direct_room(&self, person: &UserId, nudge: bool) -> Result<Result<RoomId, Carried>, Refused> {
        let needs_room = || Err(Carried::NeedsRoom(person.clone()));
        let Some(room) = self.addresses.direct(person) else { return Ok(needs_room()) };
        if !self.homeserver.is_joined(&room) {
            self.addresses.abandon_direct(person, &room);
            return Ok(needs_room());
        }
        match self.company(&room, person).await? {
            Company::Two => {}
            Company::Others => {
                self.addresses.abandon_direct(person, &room);
                return Ok(needs_room());
            }
            Company::Alone if nudge => return Ok(Err(Carried::Nothing)),
            Company::Alone => self.homeserver.invite(&room, person, self.addresses.why(person).as_deref()).await?,
        }
        Ok(Ok(room))
    }

    /// Finds or makes the direct room of somebody, and moves there what waits for it. An earlier attempt may have made
    /// one, though its answer was lost.
    ///
    /// # Errors
    /// [`Refused`]: whether it is to be tried again.
    pub async fn make_room(&self, person: &UserId) -> Result<(), Refused> {
        if let Some(room) = self.addresses.direct(person) {
            if self.homeserver.is_joined(&room) {
                self.addresses.set_direct(person, &room);
                return Ok(());
            }
            self.addresses.abandon_direct(person, &room);
        }
        for room in self.homeserver.direct_rooms(person).await? {
            let company = self.company(&room, person).await?;
            if company == Company::Others {
                continue;
            }
            // An attempt may have ended between the room and the invitation. Whoever has left is asked back for what they
            // asked for, and not here.
            if company == Company::Alone && !self.homeserver.is_deserted(&room).await? {
                self.homeserver.invite(&room, person, self.addresses.why(person).as_deref()).await?;
            }
            self.addresses.set_direct(person, &room);
            return Ok(());
        }
        let made = self.homeserver.create_direct(person, self.encrypt).await?;
        if let Err(refused) = self.homeserver.invite(&made, person, self.addresses.why(person).as_deref()).await {
            if refused.refusal == Refusal::Permanent {
                self.homeserver.leave(&made).await?;
            }
            return Err(refused);
        }
        if self.addresses.set_direct(person, &made) != made {
            // They wrote to the bot while it made a room for them: theirs is the one.
            self.homeserver.leave(&made).await?;
        }
        Ok(())
    }

    /// Leaves a room that everybody else has left.
    async fn leave_deserted(&self, room: &RoomId) -> Result<Carried, Refused> {
        if self.homeserver.is_joined(room) && self.homeserver.is_deserted(room).await? {
            self.homeserver.leave(room).await?;
        }
        Ok(Carried::Nothing)
    }

    /// Leaves a room that is no direct room any more, with a sentence that says why and nothing else, or
    /// with none.
    async fn leave(&self, due: &Due, person: &UserId, room: &RoomId, quietly: bool) -> Result<Carried, Refused> {
        if !self.homeserver.is_joined(room) || self.addresses.direct(person).as_ref() == Some(room) {
            return Ok(Carried::Nothing);
        }
        if !quietly {
            let body = self.addresses.words(&due.community).sending_left();
            // A name of its own: that the sentence has arrived does not mean that the bot has left.
            let txn = format!("{}.goodbye", due.txn);
            let content = content::message(&body, Attention::Answer, &[], &Relation::None, &txn);
            match self.homeserver.put(room, MESSAGE, &content, &txn).await {
                Err(later) if matches!(later.refusal, Refusal::NotNow(_) | Refusal::TokenRevoked) => return Err(later),
                _ => {}
            }
        }
        self.homeserver.leave(room).await?;
        Ok(Carried::Nothing)
    }
}

/// A file to be sent.
struct File<'a> {
    name: &'a str,
    mime: mime::Mime,
    data: Vec<u8>,
    caption: Option<&'a str>,
    words: Option<&'a str>,
}

#[cfg(test)]
mod tests;
