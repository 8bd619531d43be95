//! What an item shares an order with, and what it waits for. Rows of a lane are sent in order, so whatever need not
//! be in order has a lane of its own: what changes one card, the removal of one event, nudges.

use hearth_core::engine::{NewOutboxItem, OutboxItem};
use hearth_practices::{Attention, MessageKey, Outgoing, RoomId, Target, UserId};
use jiff::Timestamp;
use rusqlite::{OptionalExtension as _, Transaction, params};

use super::{
    error::StoreError,
    opened::Store,
    places::{direct_of, sent},
};
use crate::sending::Class;

/// What lanes begin with in which the bot removes what others have sent.
const REMOVALS: &str = "remove ";

/// The place of an item among the others.
pub(super) struct Slot {
    pub lane: String,
    pub attention: Attention,
    /// To whom alone it goes.
    pub person: Option<UserId>,
    /// The row that must be gone before.
    pub after: Option<i64>,
    pub expires: Option<Timestamp>,
    /// Whether a later one like it in the lane replaces it.
    pub replaces: bool,
}

impl Slot {
    /// Where nothing is ever sent from: its time has passed before it came.
    pub(super) fn nowhere(txn: &str) -> Self {
        Self {
            lane: format!("nowhere {txn}"),
            attention: Attention::Housekeeping,
            person: None,
            after: None,
            expires: Some(Timestamp::UNIX_EPOCH),
            replaces: false,
        }
    }
}

/// The lane of what waits for somebody's direct room.
pub(super) fn of_person(person: &UserId) -> String {
    format!("person {person}")
}

/// The lane of nudges beside another. One that waits for tomorrow holds nothing up.
pub(super) fn of_nudges(lane: &str) -> String {
    format!("nudge {lane}")
}

/// What kind of request is made for what is in a lane.
pub(super) fn class(lane: &str) -> Class {
    if lane.starts_with(REMOVALS) { Class::Removal } else { Class::Message }
}

/// Whose direct room a lane waits for.
pub(super) fn needs_room(lane: &str) -> Option<UserId> {
    let lane = lane.strip_prefix("nudge ").unwrap_or(lane);
    lane.strip_prefix("person ").map(UserId::from)
}

/// The place of an item, or `None` where it is addressed to nobody: there is no leads' room, or the message that it
/// is about was never sent.
pub(super) fn slot(db: &Transaction, new: &NewOutboxItem) -> Result<Option<Slot>, StoreError> {
    let mut slot = Slot {
        lane: String::new(),
        attention: new.attention,
        person: new.item.person().cloned(),
        after: None,
        expires: new.item.useless_from(),
        replaces: matches!(&new.item, OutboxItem::Send(outgoing) if outgoing.edits().is_some()),
    };
    slot.lane = match &new.item {
        OutboxItem::Attachment { room, .. } => room.to_string(),
        // What one practice asks is answered in the order in which it asked.
        OutboxItem::Ask(_) => format!("ask {}/{}", new.community, new.practice),
        OutboxItem::ForgetDirect { person: who } => {
            let lane = person(db, who)?;
            slot.after = db
                .prepare_cached("SELECT max(id) FROM outbox WHERE lane IN (?1, ?2)")?
                .query_row(params![lane, of_person(who)], |row| row.get(0))?;
            format!("forget {who}")
        }
        OutboxItem::LeaveDirect { room, .. } | OutboxItem::LeaveDeserted { room } => format!("leave {room}"),
        OutboxItem::Destroyed => return Ok(None),
        OutboxItem::Send(outgoing) => match lane_of(db, new, outgoing, &mut slot)? {
            Some(lane) => lane,
            None => return Ok(None),
        },
    };
    Ok(Some(slot))
}

/// The lane of something outgoing.
fn lane_of(
    db: &Transaction,
    new: &NewOutboxItem,
    what: &Outgoing,
    slot: &mut Slot,
) -> Result<Option<String>, StoreError> {
    let lane = match what.target() {
        Target::Person(who) => person(db, who)?,
        Target::Room(room) => room.to_string(),
        Target::Leads => match &new.leads {
            Some(room) => room.to_string(),
            None => return Ok(None),
        },
        // In the lane of what it hangs on, it comes after it, wherever that goes.
        Target::Thread(key) => match find(db, new, key)? {
            Some(Found::Waiting { lane, person, .. }) => {
                slot.person = person;
                lane
            }
            Some(Found::Sent(room)) => room.to_string(),
            None => return Ok(None),
        },
        Target::ReactionTo { event, .. } => format!("react {event}"),
        Target::RemovalOf { event, .. } => format!("{REMOVALS}{event}"),
        Target::Own(key) => {
            let Some(found) = find(db, new, key)? else { return Ok(None) };
            if let Found::Waiting { id, .. } = found {
                slot.after = Some(id);
            }
            // Buttons are in order among themselves, and so are signs; what a card says does not wait for them, nor does
            // what is said in its room.
            let kind = match what {
                Outgoing::Button { .. } => "buttons",
                Outgoing::Sign { .. } | Outgoing::Unsign { .. } => "signs",
                _ => "card",
            };
            format!("{kind} {}/{}/{key}", new.community, new.practice)
        }
    };
    let nudges = slot.attention.is_nudge() && !lane.starts_with("nudge ");
    Ok(Some(if nudges { of_nudges(&lane) } else { lane }))
}

/// What goes to a person shares an order with what is answered in their direct room.
fn person(db: &Transaction, who: &UserId) -> Result<String, StoreError> {
    Ok(direct_of(db, who)?.map_or_else(|| of_person(who), |room| room.to_string()))
}

/// Where a practice's message is.
enum Found {
    Waiting { id: i64, lane: String, person: Option<UserId> },
    Sent(RoomId),
}

fn find(db: &Transaction, new: &NewOutboxItem, key: &MessageKey) -> Result<Option<Found>, StoreError> {
    let place = [new.community.as_str(), new.practice.as_str(), key.as_str()];
    let waiting = db
        .prepare_cached(
            "SELECT id, lane, person FROM outbox WHERE community = ?1 AND practice = ?2 AND key = ?3
             ORDER BY id DESC LIMIT 1",
        )?
        .query_row(place, |row| {
            // A damaged one is set aside when its turn comes.
            let text = |column| row.get::<_, Option<String>>(column).unwrap_or_default();
            let lane = text(1).unwrap_or_default();
            Ok(Found::Waiting { id: row.get(0)?, lane, person: text(2).map(UserId::from) })
        })
        .optional()?;
    if waiting.is_some() {
        return Ok(waiting);
    }
    Ok(sent(db, place)?.map(|sent| Found::Sent(sent.room)))
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

impl Store {
    /// Somebody wrote to the bot first: what waits in their lane is what they are answered with.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn hurry(&self, lane: &str) -> Result<(), StoreError> {
        let [answer, prompt, sign] = [Attention::Answer, Attention::Prompt, Attention::Sign].map(Attention::code);
        self.db
            .prepare_cached("UPDATE outbox SET attention = ?2 WHERE lane = ?1 AND attention IN (?3, ?4)")?
            .execute(params![lane, answer, prompt, sign])?;
        Ok(())
    }
}
