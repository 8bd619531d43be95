//! What a parcel shares an order with, and what it waits for. Rows of a lane are sent in order, so whatever need not
//! be in order has a lane of its own: what changes one card, the removal of one event, nudges.

use hearth_practices::{Effect, Message, MessageKey, RoomId, To, Tone, UserId};
use jiff::Timestamp;
use rusqlite::{OptionalExtension as _, Transaction, params};

use super::{
    StoreError,
    outbox::{NewParcel, Parcel},
};
use crate::sending::Importance;

/// The place of a parcel among the others.
pub(super) struct Slot {
    pub lane: String,
    pub importance: Importance,
    /// To whom alone it goes.
    pub person: Option<UserId>,
    /// The row that must be gone before.
    pub after: Option<i64>,
    pub expires: Option<Timestamp>,
    /// Whether a later one like it in the lane replaces it.
    pub replaces: bool,
}

/// The lane of what waits for somebody's direct room.
pub(super) fn of_person(person: &UserId) -> String {
    format!("person {person}")
}

/// The lane of nudges beside another. One that waits for tomorrow holds nothing up.
pub(super) fn of_nudges(lane: &str) -> String {
    format!("nudge {lane}")
}

/// Whose direct room a lane waits for.
pub(super) fn needs_room(lane: &str) -> Option<UserId> {
    let lane = lane.strip_prefix("nudge ").unwrap_or(lane);
    lane.strip_prefix("person ").map(UserId::from)
}

fn importance(parcel: &Parcel) -> Importance {
    match parcel {
        Parcel::MyData { .. } => Importance::Answer,
        Parcel::Attachment { .. } => Importance::Prompt,
        Parcel::ForgetDirect { .. } | Parcel::LeaveDirect { .. } | Parcel::Destroyed => Importance::Housekeeping,
        Parcel::Effect(effect) => match effect {
            Effect::Send(Message { nudge: true, .. }) => Importance::Nudge,
            Effect::Send(Message { to: To::Reply { .. }, .. }) | Effect::SendFile { .. } => Importance::Answer,
            Effect::React { .. } => Importance::Sign,
            Effect::Send(Message { to: To::Person(_), tone: Tone::Notice, .. }) => Importance::Answer,
            Effect::Send(_) | Effect::OpenPoll { .. } | Effect::AskPerson { .. } | Effect::EndPoll { .. } => {
                Importance::Prompt
            }
            _ => Importance::Housekeeping,
        },
    }
}

/// The place of a parcel, or `None` where it is addressed to nobody: there is no leads' room, or the message that it
/// is about was never sent.
pub(super) fn slot(db: &Transaction, new: &NewParcel) -> Result<Option<Slot>, StoreError> {
    let mut slot = Slot {
        lane: String::new(),
        importance: if new.awaited { Importance::Answer } else { importance(&new.parcel) },
        person: new.parcel.person().cloned(),
        after: None,
        expires: match &new.parcel {
            Parcel::Effect(Effect::Send(message)) => message.expires,
            _ => None,
        },
        replaces: matches!(new.parcel, Parcel::Effect(Effect::Edit { .. })),
    };
    slot.lane = match &new.parcel {
        Parcel::Attachment { room, .. } => room.to_string(),
        Parcel::MyData { person: who } | Parcel::Effect(Effect::AskPerson { person: who, .. }) => person(db, who)?,
        Parcel::ForgetDirect { person: who } => {
            let lane = person(db, who)?;
            slot.after = db
                .prepare_cached("SELECT max(id) FROM outbox WHERE lane IN (?1, ?2)")?
                .query_row(params![lane, of_person(who)], |row| row.get(0))?;
            format!("forget {who}")
        }
        Parcel::LeaveDirect { room, .. } => format!("leave {room}"),
        Parcel::Destroyed => return Ok(None),
        Parcel::Effect(Effect::OpenPoll { room, .. }) => room.to_string(),
        Parcel::Effect(Effect::React { event, .. }) => format!("react {event}"),
        Parcel::Effect(Effect::RedactEvent { event, .. }) => format!("remove {event}"),
        Parcel::Effect(Effect::Edit { key, .. } | Effect::EndPoll { key, .. } | Effect::Redact { key }) => {
            let Some(found) = find(db, new, key)? else { return Ok(None) };
            if let Found::Waiting { id, .. } = found {
                slot.after = Some(id);
            }
            format!("card {}/{}/{key}", new.community, new.practice)
        }
        Parcel::Effect(effect @ (Effect::Send(Message { to, .. }) | Effect::SendFile { to, .. })) => {
            let lane = match to {
                To::Room(room) | To::Reply { room, .. } => room.to_string(),
                To::Person(who) => person(db, who)?,
                To::Leads => match &new.leads {
                    Some(room) => room.to_string(),
                    None => return Ok(None),
                },
                // In the lane of what it hangs on, it comes after it, wherever that goes.
                To::Thread(key) => match find(db, new, key)? {
                    Some(Found::Waiting { lane, person, .. }) => {
                        slot.person = person;
                        lane
                    }
                    Some(Found::Sent(room)) => room.to_string(),
                    None => return Ok(None),
                },
            };
            match effect {
                Effect::Send(Message { nudge: true, .. }) if !lane.starts_with("nudge ") => of_nudges(&lane),
                _ => lane,
            }
        }
        Parcel::Effect(_) => return Ok(None),
    };
    Ok(Some(slot))
}

/// What goes to a person shares an order with what is answered in their direct room.
fn person(db: &Transaction, who: &UserId) -> Result<String, StoreError> {
    let room: Option<String> = db
        .prepare_cached("SELECT room FROM direct WHERE person = ?1")?
        .query_row([who.as_str()], |row| row.get(0))
        .optional()?;
    Ok(room.unwrap_or_else(|| of_person(who)))
}

/// Where a practice's message is.
enum Found {
    Waiting { id: i64, lane: String, person: Option<UserId> },
    Sent(RoomId),
}

fn find(db: &Transaction, new: &NewParcel, key: &MessageKey) -> Result<Option<Found>, StoreError> {
    let place = [new.community.as_str(), new.practice.as_str(), key.as_str()];
    let waiting = db
        .prepare_cached(
            "SELECT id, lane, person FROM outbox WHERE community = ?1 AND practice = ?2 AND key = ?3
             ORDER BY id DESC LIMIT 1",
        )?
        .query_row(place, |row| {
            let person: Option<String> = row.get(2)?;
            Ok(Found::Waiting { id: row.get(0)?, lane: row.get(1)?, person: person.map(UserId::from) })
        })
        .optional()?;
    if waiting.is_some() {
        return Ok(waiting);
    }
    let sent: Option<String> = db
        .prepare_cached("SELECT room FROM message WHERE community = ?1 AND practice = ?2 AND key = ?3")?
        .query_row(place, |row| row.get(0))
        .optional()?;
    Ok(sent.map(|room| Found::Sent(RoomId::from(room))))
}

/// Somebody has a direct room: what waits for it goes there. Says whether anything did.
pub(super) fn move_to_room(db: &Transaction, person: &UserId, room: &RoomId) -> rusqlite::Result<bool> {
    let waiting = of_person(person);
    let mut moved = 0;
    for (from, to) in [(of_nudges(&waiting), of_nudges(room.as_str())), (waiting, room.to_string())] {
        moved += db.prepare_cached("UPDATE outbox SET lane = ?2 WHERE lane = ?1")?.execute([from, to])?;
    }
    Ok(moved > 0)
}
