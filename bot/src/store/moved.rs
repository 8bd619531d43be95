//! Rooms that were replaced by others: what waits to be sent to the old one goes to the new one.

use std::collections::BTreeMap;

use hearth_core::engine::{Closed, NewOutboxItem, OutboxItem};
use hearth_practices::{Attention, Message, MessageKey, MessageRef, Outgoing, RoomId, To};
use jiff::Timestamp;
use rusqlite::{OptionalExtension as _, Transaction, params};

use super::{
    error::StoreError,
    lane,
    opened::Store,
    rows,
    vault::{ITEM, Vault},
};

fn timestamp(millisecond: i64) -> Timestamp {
    Timestamp::from_millisecond(millisecond).unwrap_or(Timestamp::UNIX_EPOCH)
}

/// The room that a room was replaced by.
fn moved_to(db: &Transaction, room: &RoomId) -> rusqlite::Result<Option<RoomId>> {
    let mut find = db.prepare_cached("SELECT new FROM moved WHERE old = ?1")?;
    let new: Option<String> = find.query_row([room.as_str()], |row| row.get(0)).optional()?;
    Ok(new.map(RoomId::from))
}

/// What becomes of an item: the same for the new room, if it means the old one; `None` where it has no use there. A
/// card that lies in the old room is put up anew in the new one when it would be edited.
pub(super) fn followed(db: &Transaction, new: &NewOutboxItem) -> Result<Option<OutboxItem>, StoreError> {
    let mut item = new.item.clone();
    if !db.prepare_cached("SELECT 1 FROM moved LIMIT 1")?.exists(())? {
        return Ok(Some(item));
    }
    // Where the room of one of the practice's messages is now, if the message was left behind.
    let left_behind = |key: &MessageKey| -> rusqlite::Result<Option<RoomId>> {
        let place = [new.community.as_str(), new.practice.as_str(), key.as_str()];
        let waits = "SELECT 1 FROM outbox WHERE community = ?1 AND practice = ?2 AND key = ?3 AND txn != ?4";
        if db.prepare_cached(waits)?.exists(params![place[0], place[1], place[2], new.txn])? {
            return Ok(None);
        }
        let mut find = db.prepare_cached(
            "SELECT moved.new FROM message JOIN moved ON moved.old = message.room
             WHERE community = ?1 AND practice = ?2 AND key = ?3",
        )?;
        let room: Option<String> = find.query_row(place, |row| row.get(0)).optional()?;
        Ok(room.map(RoomId::from))
    };
    let outgoing = match &mut item {
        OutboxItem::Send(outgoing) => outgoing,
        OutboxItem::Attachment { room, .. } => {
            if let Some(to) = moved_to(db, room)? {
                *room = to;
            }
            return Ok(Some(item));
        }
        // What is asked is of no room; what is done about a direct room is about the old one.
        OutboxItem::Ask(_)
        | OutboxItem::ForgetDirect { .. }
        | OutboxItem::LeaveDirect { .. }
        | OutboxItem::LeaveDeserted { .. }
        | OutboxItem::Destroyed => {
            return Ok(Some(item));
        }
    };
    match outgoing {
        Outgoing::React { room, .. } | Outgoing::RedactEvent { room, .. } => {
            if moved_to(db, room)?.is_some() {
                return Ok(None);
            }
        }
        Outgoing::OpenPoll { room, thread, .. } => {
            if let Some(to) = moved_to(db, room)? {
                (*room, *thread) = (to, None);
            }
        }
        Outgoing::Message(Message { to, .. }) | Outgoing::File { to, .. } => {
            let now = match &to {
                To::Room(room) | To::Reply { room, .. } => moved_to(db, room)?,
                To::Thread(key) => left_behind(key)?,
                To::Person(_) | To::Leads => None,
            };
            if let Some(room) = now {
                *to = To::Room(room);
            }
        }
        Outgoing::Edit { key, body } => {
            if let Some(room) = left_behind(key)? {
                let card = Message::new(To::Room(room), Attention::Answer, body.clone()).keyed(key.clone());
                *outgoing = Outgoing::Message(card);
            }
        }
        Outgoing::Redact { key } | Outgoing::Unsign { name: key, .. } | Outgoing::Conclude { key, .. } => {
            if left_behind(key)?.is_some() {
                // Nothing can be changed in a room that was left; its name goes all the same.
                db.prepare_cached("DELETE FROM message WHERE community = ?1 AND practice = ?2 AND key = ?3")?
                    .execute([new.community.as_str(), new.practice.as_str(), key.as_str()])?;
                return Ok(None);
            }
        }
        // What it says is said in a message of its own, which is removed as the text would have been.
        Outgoing::Reword { key, body, name } => {
            if let Some(room) = left_behind(key)? {
                let Some(name) = name.take() else { return Ok(None) };
                let anew = Message::new(To::Room(room), Attention::Answer, std::mem::take(body)).keyed(name);
                *outgoing = Outgoing::Message(anew);
            }
        }
        // A card that is put up anew has lost its buttons; it can be answered in words.
        Outgoing::EndPoll { key, .. } | Outgoing::Button { key, .. } | Outgoing::Sign { key, .. } => {
            if left_behind(key)?.is_some() {
                return Ok(None);
            }
        }
        // Direct rooms are found by whose they are.
        Outgoing::AskPerson { .. } | Outgoing::MyData { .. } => {}
    }
    Ok(Some(item))
}

/// Writes down that a room was replaced, and readdresses what waits for it.
pub(super) fn insert(
    db: &Transaction,
    vault: &Vault,
    (old, new, at): &(RoomId, RoomId, Timestamp),
) -> Result<(), StoreError> {
    db.execute("UPDATE moved SET new = ?2 WHERE new = ?1", [old.as_str(), new.as_str()])?;
    db.execute("REPLACE INTO moved VALUES (?1, ?2, ?3)", params![old.as_str(), new.as_str(), at.as_millisecond()])?;
    db.execute("DELETE FROM closed WHERE old = ?1", [old.as_str()])?;
    let mut rows = db.prepare(
        "SELECT id, txn, community, practice, item, scope, box, lane, attention, expires FROM outbox ORDER BY id",
    )?;
    let rows = rows.query_map((), |row| {
        let names = (row.get::<_, String>(1)?, row.get::<_, String>(2)?, row.get::<_, String>(3)?);
        let boxed = row.get::<_, Option<String>>(5)?.zip(row.get::<_, Option<Vec<u8>>>(6)?);
        let attention = Attention::from_code(row.get(8)?, row.get::<_, Option<i64>>(9)?.map(timestamp));
        Ok((row.get::<_, i64>(0)?, names, row.get::<_, String>(4)?, boxed, (row.get::<_, String>(7)?, attention)))
    })?;
    let nudges = lane::of_nudges(old.as_str());
    // What is damaged is for whoever sends to set aside.
    let rows = rows.filter(|row| !row.as_ref().is_err_and(rows::is_of_row)).collect::<Result<Vec<_>, _>>()?;
    for row in rows {
        let (id, (txn, community, practice), json, boxed, (lane, attention)) = row;
        let text = match &boxed {
            Some((scope, boxed)) => vault.unseal(scope, txn.as_bytes(), boxed),
            None => Some(json),
        };
        // What cannot be read is for whoever sends to set aside.
        let Some(item) = text.and_then(|text| serde_json::from_str::<OutboxItem>(&text).ok()) else { continue };
        let waiting =
            NewOutboxItem { txn, community, practice, item, scope: None, leads: Some(new.clone()), attention };
        let followed = followed(db, &waiting)?;
        let here = lane == old.as_str() || lane == nudges;
        if !here && followed.as_ref() == Some(&waiting.item) {
            continue;
        }
        let slot = match followed {
            Some(item) => {
                let now = NewOutboxItem { attention: attention.sooner(item.attention()), item, ..waiting };
                lane::slot(db, &now)?.map(|slot| (now, slot))
            }
            None => None,
        };
        let Some((now, slot)) = slot else {
            db.execute("DELETE FROM outbox WHERE id = ?1", [id])?;
            continue;
        };
        let text = serde_json::to_string(&now.item)
            .map_err(|source| StoreError::Row { place: "a item".to_owned(), source: source.into() })?;
        let (text, boxed) = match &boxed {
            Some((scope, _)) => (String::new(), Some(vault.seal(scope, now.txn.as_bytes(), &text, ITEM)?)),
            None => (text, None),
        };
        let key = now.item.key().map(MessageKey::as_str);
        // What it waits for comes before it, whatever it has become.
        let after = slot.after.filter(|after| *after < id);
        db.execute(
            "UPDATE outbox SET item = ?2, box = ?3, lane = ?4, key = ?5, attention = ?6, after = ?7, replaces = ?8,
                 not_before = 0, attempts = 0 WHERE id = ?1",
            params![id, text, boxed, slot.lane, key, slot.attention.code(), after, slot.replaces],
        )?;
    }
    Ok(())
}

/// Remembers a room that was closed, or that it is so no more.
pub(super) fn set_closed(db: &Transaction, old: &RoomId, closed: Option<&Closed>) -> rusqlite::Result<()> {
    match closed {
        Some(Closed { to, at, told }) => db.execute(
            "REPLACE INTO closed VALUES (?1, ?2, ?3, ?4)",
            params![old.as_str(), to.as_str(), at.as_millisecond(), told],
        )?,
        None => db.execute("DELETE FROM closed WHERE old = ?1", [old.as_str()])?,
    };
    Ok(())
}

impl Store {
    /// The rooms that were replaced: by which, and since when.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn moved(&self) -> Result<BTreeMap<RoomId, (RoomId, Timestamp)>, StoreError> {
        let rows = rows::read(&self.db, "moved", "old, new, at", "", (), |row| {
            let (old, new): (String, String) = (row.get(0)?, row.get(1)?);
            Ok((RoomId::from(old), (RoomId::from(new), timestamp(row.get(2)?))))
        })?;
        Ok(rows.into_iter().collect())
    }

    /// The rooms that were closed in favour of others which the bot is not in.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn closed(&self) -> Result<BTreeMap<RoomId, Closed>, StoreError> {
        let rows = rows::read(&self.db, "closed", "old, new, at, told", "", (), |row| {
            let (old, to): (String, String) = (row.get(0)?, row.get(1)?);
            Ok((RoomId::from(old), Closed { to: RoomId::from(to), at: timestamp(row.get(2)?), told: row.get(3)? }))
        })?;
        Ok(rows.into_iter().collect())
    }

    /// The messages that practices of a community named in a room: the practice, the message, and its name.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn messages_in(&self, community: &str, room: &RoomId) -> Result<Vec<(String, MessageRef)>, StoreError> {
        let (columns, of) = ("community, practice, key, room, event", "WHERE community = ?1 AND room = ?2");
        Ok(rows::read(&self.db, "message", columns, of, [community, room.as_str()], |row| {
            let (key, event): (String, String) = (row.get(2)?, row.get(4)?);
            Ok((row.get(1)?, MessageRef { event: event.into(), key: Some(key.into()) }))
        })?)
    }
}
