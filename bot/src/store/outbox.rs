//! The outbox's rows: what waits to be sent, in what order, and what became of it.

use hearth_practices::{Effect, EventId, Message, MessageKey, RoomId, To, UserId};
use jiff::Timestamp;
use rusqlite::{OptionalExtension as _, Transaction, params};
use serde::{Deserialize, Serialize};

use super::{
    Store, StoreError,
    sealed::{PARCEL, Vault, vessel_id},
};

/// Something to be sent.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Parcel {
    /// What a practice wants sent.
    Effect(Effect),
    /// A file of a report: a picture, or the page.
    Attachment {
        /// Where to.
        room: RoomId,
        /// The file.
        path: String,
        /// The name under which it is sent.
        name: String,
        /// What it shows, in words.
        caption: Option<String>,
    },
    /// A file for one person: what is kept about them.
    File {
        /// Whose.
        person: UserId,
        /// Its name.
        name: String,
        /// What it holds.
        text: String,
    },
    /// Not a message: the point, after the last message to somebody who is to be forgotten, at which their direct
    /// room's mapping goes.
    ForgetDirect {
        /// Who.
        person: UserId,
    },
    /// What is left of a sealed parcel whose vessel's key was destroyed before it was sent. Its turn comes like any
    /// other's, so that a message that is on its way at that moment still gets its name.
    #[serde(skip)]
    Destroyed,
}

/// A parcel before it has an id.
#[derive(Clone, Debug, PartialEq)]
pub struct NewParcel {
    /// The transaction id: derived from the cause, so that the same cause sends the same event once.
    pub txn: String,
    /// The community.
    pub community: String,
    /// The practice that wants it sent.
    pub practice: String,
    /// What to send.
    pub parcel: Parcel,
    /// The room in which the leads are, for what goes to the leads.
    pub leads: Option<RoomId>,
}

/// A parcel whose turn it is.
#[derive(Clone, Debug)]
pub struct Due {
    /// The row.
    pub id: i64,
    /// The transaction id.
    pub txn: String,
    /// The community.
    pub community: String,
    /// The practice.
    pub practice: String,
    /// What it shares an order with.
    pub lane: String,
    /// What to send.
    pub parcel: Parcel,
    /// How often it was tried.
    pub attempts: u32,
}

/// Where a parcel ended up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Posted {
    /// The room.
    pub room: RoomId,
    /// The event.
    pub event: EventId,
}

/// The practice's name for the message, where the parcel begins one.
fn key_of(parcel: &Parcel) -> Option<&MessageKey> {
    match parcel {
        Parcel::Effect(Effect::Send(message)) => message.key.as_ref(),
        Parcel::Effect(Effect::OpenPoll { key, .. } | Effect::AskPerson { key, .. }) => Some(key),
        _ => None,
    }
}

/// The name of the message that the parcel changes.
fn target_of(parcel: &Parcel) -> Option<&MessageKey> {
    match parcel {
        Parcel::Effect(Effect::Edit { key, .. } | Effect::EndPoll { key, .. } | Effect::Redact { key }) => Some(key),
        Parcel::Effect(Effect::Send(Message { to, .. }) | Effect::SendFile { to, .. }) => match to {
            To::Thread(key) => Some(key),
            _ => None,
        },
        _ => None,
    }
}

/// Parcels of one lane are sent in order. Nudges have lanes of their own, so that one that waits for tomorrow holds
/// nothing up.
fn lane(db: &Transaction, new: &NewParcel) -> Result<Option<String>, StoreError> {
    // What goes to a person shares an order with what is answered in their direct room.
    let known = |person: &UserId| {
        db.prepare_cached("SELECT room FROM direct WHERE person = ?1")
            .and_then(|mut find| find.query_row([person.as_str()], |row| row.get::<_, String>(0)).optional())
    };
    let person = |who: &UserId| -> rusqlite::Result<String> {
        let waiting = format!("person {who}");
        let waits: bool =
            db.prepare_cached("SELECT 1 FROM outbox WHERE lane = ?1").and_then(|mut find| find.exists([&waiting]))?;
        match known(who)? {
            Some(room) if !waits => Ok(room),
            _ => Ok(waiting),
        }
    };
    let lane = match &new.parcel {
        Parcel::Attachment { room, .. } => room.to_string(),
        Parcel::File { person: who, .. }
        | Parcel::ForgetDirect { person: who }
        | Parcel::Effect(Effect::AskPerson { person: who, .. }) => person(who)?,
        Parcel::Effect(
            Effect::React { room, .. } | Effect::OpenPoll { room, .. } | Effect::RedactEvent { room, .. },
        ) => room.to_string(),
        Parcel::Effect(effect @ (Effect::Send(Message { to, .. }) | Effect::SendFile { to, .. })) => {
            let lane = match to {
                To::Room(room) | To::Reply { room, .. } => room.to_string(),
                To::Person(who) => person(who)?,
                To::Leads => match &new.leads {
                    Some(room) => room.to_string(),
                    None => return Ok(None),
                },
                To::Thread(key) => match lane_of_key(db, new, key)? {
                    Some(lane) => lane,
                    None => return Ok(None),
                },
            };
            let nudge = matches!(effect, Effect::Send(Message { nudge: true, .. }));
            if nudge { format!("nudge {lane}") } else { lane }
        }
        parcel => match target_of(parcel) {
            Some(key) => match lane_of_key(db, new, key)? {
                Some(lane) => lane,
                None => return Ok(None),
            },
            None => return Ok(None),
        },
    };
    Ok(Some(lane))
}

fn lane_of_key(db: &Transaction, new: &NewParcel, key: &MessageKey) -> Result<Option<String>, StoreError> {
    let place = [new.community.as_str(), new.practice.as_str(), key.as_str()];
    let waiting: Option<String> = db
        .prepare_cached("SELECT lane FROM outbox WHERE community = ?1 AND practice = ?2 AND key = ?3")?
        .query_row(place, |row| row.get(0))
        .optional()?;
    if waiting.is_some() {
        return Ok(waiting);
    }
    let sent = db
        .prepare_cached("SELECT room FROM message WHERE community = ?1 AND practice = ?2 AND key = ?3")?
        .query_row(place, |row| row.get(0))
        .optional()?;
    Ok(sent)
}

pub(super) fn insert(db: &Transaction, vault: &Vault, new: &NewParcel) -> Result<(), StoreError> {
    match &new.parcel {
        Parcel::Effect(Effect::Sealed(sealed)) => {
            let id = vessel_id(&new.community, &new.practice, &sealed.vessel);
            // What is told about a vessel that holds nothing (any more) is told to nobody.
            if !vault.has(&id) || !super::sealed::holds(db, &id)? {
                return Ok(());
            }
            let open = NewParcel { parcel: Parcel::Effect((*sealed.effect).clone()), ..new.clone() };
            put(db, &open, Some((vault, &id)))
        }
        _ => put(db, new, None),
    }
}

fn put(db: &Transaction, new: &NewParcel, vessel: Option<(&Vault, &str)>) -> Result<(), StoreError> {
    // What is addressed to nobody (no leads' room, a message that was never sent) is dropped here.
    let Some(lane) = lane(db, new)? else { return Ok(()) };
    let mut parcel = serde_json::to_string(&new.parcel)
        .map_err(|source| StoreError::Row { place: "a parcel".to_owned(), source })?;
    let mut boxed = None;
    if let Some((vault, id)) = vessel {
        boxed = Some(vault.seal(id, new.txn.as_bytes(), &std::mem::take(&mut parcel), PARCEL)?);
    }
    db.prepare_cached(
        "INSERT OR IGNORE INTO outbox (txn, community, practice, key, lane, parcel, vessel, box)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
    )?
    .execute(params![
        new.txn,
        new.community,
        new.practice,
        key_of(&new.parcel).map(MessageKey::as_str),
        lane,
        parcel,
        vessel.map(|(_, id)| id),
        boxed
    ])?;
    Ok(())
}

/// Takes a parcel out and keeps the name of its message.
pub(super) fn arrived(db: &Transaction, txn: &str, posted: Option<&Posted>) -> Result<(), StoreError> {
    let row: Option<(String, String, Option<String>)> = db
        .prepare_cached("DELETE FROM outbox WHERE txn = ?1 RETURNING community, practice, key")?
        .query_row([txn], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
        .optional()?;
    if let (Some((community, practice, Some(key))), Some(posted)) = (row, posted) {
        db.prepare_cached("REPLACE INTO message VALUES (?1, ?2, ?3, ?4, ?5)")?.execute([
            &community,
            &practice,
            &key,
            posted.room.as_str(),
            posted.event.as_str(),
        ])?;
    }
    Ok(())
}

impl Store {
    /// The first parcel of every lane, where its time has come and the lane is not in `busy`.
    ///
    /// # Errors
    /// What SQLite says, or a parcel that cannot be read.
    pub fn due(&self, now: Timestamp) -> Result<Vec<Due>, StoreError> {
        let mut rows = self.db.prepare_cached(
            "SELECT id, txn, community, practice, lane, parcel, attempts, vessel, box FROM outbox AS one
             WHERE id = (SELECT min(id) FROM outbox WHERE lane = one.lane) AND not_before <= ?1 ORDER BY id",
        )?;
        let mut due = Vec::new();
        let mut rows = rows.query([now.as_millisecond()])?;
        while let Some(row) = rows.next()? {
            let txn: String = row.get(1)?;
            let vessel: Option<String> = row.get(7)?;
            let json = match vessel {
                None => Some(row.get(5)?),
                Some(id) => self.vault.unseal(&id, txn.as_bytes(), &row.get::<_, Vec<u8>>(8)?),
            };
            let read = |json: String| {
                serde_json::from_str(&json).map_err(|source| StoreError::Row { place: "a parcel".to_owned(), source })
            };
            due.push(Due {
                id: row.get(0)?,
                txn,
                community: row.get(2)?,
                practice: row.get(3)?,
                lane: row.get(4)?,
                parcel: json.map_or(Ok(Parcel::Destroyed), read)?,
                attempts: row.get(6)?,
            });
        }
        Ok(due)
    }

    /// When the next parcel's time comes that is not yet due.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn next_due(&self) -> Result<Option<Timestamp>, StoreError> {
        let mut find = self.db.prepare_cached(
            "SELECT min(not_before) FROM outbox AS one WHERE id = (SELECT min(id) FROM outbox WHERE lane = one.lane)",
        )?;
        let at: Option<i64> = find.query_row((), |row| row.get(0))?;
        Ok(at.and_then(|at| Timestamp::from_millisecond(at).ok()))
    }

    /// How many parcels wait.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn waiting(&self) -> Result<u64, StoreError> {
        Ok(self.db.query_row("SELECT count(*) FROM outbox", (), |row| row.get(0))?)
    }

    /// A parcel has reached the homeserver: its row goes, and its message's name is kept. Told twice, it does
    /// nothing the second time.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn posted(&mut self, txn: &str, posted: Option<&Posted>) -> Result<(), StoreError> {
        let db = self.db.transaction()?;
        arrived(&db, txn, posted)?;
        db.commit()?;
        Ok(())
    }

    /// A parcel could not be sent: it waits until `not_before`.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn postpone(&mut self, id: i64, not_before: Timestamp, counts: bool) -> Result<(), StoreError> {
        self.db
            .prepare_cached("UPDATE outbox SET not_before = ?2, attempts = attempts + ?3 WHERE id = ?1")?
            .execute(params![id, not_before.as_millisecond(), counts])?;
        Ok(())
    }

    /// Whether a practice's message has been sent, or waits to be.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn has_message(&self, community: &str, practice: &str, key: &MessageKey) -> Result<bool, StoreError> {
        let mut find = self.db.prepare_cached(
            "SELECT 1 FROM message WHERE community = ?1 AND practice = ?2 AND key = ?3
             UNION ALL SELECT 1 FROM outbox WHERE community = ?1 AND practice = ?2 AND key = ?3",
        )?;
        Ok(find.exists([community, practice, key.as_str()])?)
    }

    /// The room and event of a practice's message.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn message(&self, community: &str, practice: &str, key: &MessageKey) -> Result<Option<Posted>, StoreError> {
        let mut find = self
            .db
            .prepare_cached("SELECT room, event FROM message WHERE community = ?1 AND practice = ?2 AND key = ?3")?;
        let row = find.query_row([community, practice, key.as_str()], |row| {
            Ok(Posted { room: RoomId::from(row.get::<_, String>(0)?), event: EventId::from(row.get::<_, String>(1)?) })
        });
        Ok(row.optional()?)
    }

    /// Counts a nudge in `lane` on `day`, if fewer than `budget` were sent; says whether it may be sent.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn spend_nudge(&mut self, lane: &str, day: &str, budget: u32) -> Result<bool, StoreError> {
        let db = self.db.transaction()?;
        let sent: u32 = db
            .query_row("SELECT sent FROM nudge WHERE lane = ?1 AND day = ?2", [lane, day], |row| row.get(0))
            .optional()?
            .unwrap_or(0);
        if sent >= budget {
            return Ok(false);
        }
        db.execute("DELETE FROM nudge WHERE day < ?1 AND lane = ?2", [day, lane])?;
        db.execute("REPLACE INTO nudge VALUES (?1, ?2, ?3)", params![lane, day, sent + 1])?;
        db.commit()?;
        Ok(true)
    }
}
