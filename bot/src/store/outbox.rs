//! The outbox's rows: what waits to be sent, and what became of it. In which order, says [`super::lane`].

use hearth_core::engine::{NewOutboxItem, OutboxItem, Posted};
use hearth_practices::{Attention, MessageKey, Outgoing, RequestKey, UserId};
use jiff::Timestamp;
use rusqlite::{OptionalExtension as _, Transaction, params};

use super::{
    error::StoreError,
    lane::{self, Slot},
    opened::Store,
    places::sent,
    rows,
    vault::{ITEM, Vault, scope_id},
};
use crate::sending::Row;

/// So many rows are read at once.
const PAGE: usize = 500;

/// An item whose turn it is.
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
    /// How much attention it asks for.
    pub attention: Attention,
    /// From when on it is of no use.
    pub expires: Option<Timestamp>,
    /// What to send.
    pub item: OutboxItem,
    /// How often it was tried.
    pub attempts: u32,
}

/// Puts an item in. Says whether rows that were there before went.
pub(super) fn insert(db: &Transaction, vault: &Vault, new: &NewOutboxItem) -> Result<bool, StoreError> {
    match &new.scope {
        Some(scope) => {
            let id = scope_id(&new.community, &new.practice, scope);
            // What is told about a scope that holds nothing (any more) is told to nobody.
            if !vault.has(&id) || !super::sealed::holds(db, &id)? {
                return Ok(false);
            }
            put(db, new, Some((vault, &id)))
        }
        None => put(db, new, None),
    }
}

fn put(db: &Transaction, new: &NewOutboxItem, scope: Option<(&Vault, &str)>) -> Result<bool, StoreError> {
    if db.prepare_cached("SELECT 1 FROM outbox WHERE txn = ?1")?.exists([&new.txn])? {
        return Ok(false);
    }
    let Some(item) = super::moved::followed(db, new)? else { return Ok(false) };
    let new = &NewOutboxItem { attention: new.attention.sooner(item.attention()), item, ..new.clone() };
    let slot = match lane::slot(db, new)? {
        Some(slot) => slot,
        // It is addressed to nobody: there is no leads' room, or the message that it is about was never sent. Where it
        // has a name, its practice is told, as of anything that will not be sent.
        None if new.item.key().is_some() => Slot::nowhere(&new.txn),
        None => return Ok(false),
    };
    let Slot { lane, mut attention, person, after, expires, replaces } = slot;
    // What is of use for ever has no moment, and the last one there is cannot be read back from milliseconds.
    let expires = expires.filter(|at| *at < Timestamp::MAX);
    let mut item = serde_json::to_string(&new.item)
        .map_err(|source| StoreError::Row { place: "a item".to_owned(), source: source.into() })?;
    let mut boxed = None;
    if let Some((vault, id)) = scope {
        boxed = Some(vault.seal(id, new.txn.as_bytes(), &std::mem::take(&mut item), ITEM)?);
    }
    if let OutboxItem::Send(outgoing) = &new.item
        && let Some(name) = outgoing.removes()
    {
        leave_unsent(db, new, name)?;
    }
    // What a card said in between, nobody needs to read. What is on its way arrives all the same, and before this.
    // Its words come with the new ones, and as soon.
    let mut replaced = false;
    if replaces {
        let mut rows =
            db.prepare_cached("SELECT id, attention, key IS NULL FROM outbox WHERE lane = ?1 AND replaces")?;
        let row = |row: &rusqlite::Row| Ok((row.get::<_, i64>(0)?, row.get(1)?, row.get(2)?));
        for row in rows.query_map([&lane], row)? {
            let (id, code, nameless) = row?;
            attention = attention.sooner(Attention::from_code(code, expires));
            match nameless {
                true => drop(db.prepare_cached("DELETE FROM outbox WHERE id = ?1")?.execute([id])?),
                false => drop(db.prepare_cached(&format!("{EMPTY} WHERE id = ?1"))?.execute([id])?),
            }
            replaced |= nameless;
        }
    }
    db.prepare_cached(
        "INSERT INTO outbox
         (txn, community, practice, key, lane, item, scope, box, attention, person, after, expires, replaces,
          request, asks, quiet)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16)",
    )?
    .execute(params![
        new.txn,
        new.community,
        new.practice,
        new.item.key().map(MessageKey::as_str),
        lane,
        item,
        scope.map(|(_, id)| id),
        boxed,
        attention.code(),
        person.as_ref().map(UserId::as_str),
        after,
        expires.map(Timestamp::as_millisecond),
        replaces,
        new.item.request().map(RequestKey::as_str),
        new.item.asks(),
        is_quiet(&new.item),
    ])?;
    Ok(replaced)
}

/// Takes the words out of a row that has a name. Its turn comes all the same ([`OutboxItem::Destroyed`]): it may be on its
/// way, and must be found then by whoever removes it. What was tried before, and may be there, is sent and removed.
const EMPTY: &str = "UPDATE outbox SET replaces = 0,
    item = iif(attempts = 0, '', item), scope = iif(attempts = 0, '', scope), box = iif(attempts = 0, x'', box)";

/// What is to be removed and waits to be sent is not sent, where nothing hangs on it.
fn leave_unsent(db: &Transaction, new: &NewOutboxItem, name: &MessageKey) -> Result<(), StoreError> {
    let newest = "SELECT max(id) FROM outbox WHERE community = ?1 AND practice = ?2 AND key = ?3";
    let fits = "(replaces OR lane LIKE 'signs %' OR lane LIKE 'buttons %')";
    db.prepare_cached(&format!("{EMPTY} WHERE id = ({newest}) AND {fits}"))?.execute([
        new.community.as_str(),
        new.practice.as_str(),
        name.as_str(),
    ])?;
    Ok(())
}

/// Whether an item is a message that notifies nobody, however soon it is sent.
fn is_quiet(item: &OutboxItem) -> bool {
    matches!(item, OutboxItem::Send(Outgoing::Message(message)) if !message.attention.notifies())
}

/// Takes an item out and keeps the name of its message.
pub(super) fn arrived(db: &Transaction, txn: &str, posted: Option<&Posted>, at: Timestamp) -> Result<bool, StoreError> {
    type Gone = (String, String, Option<String>, Option<String>, bool);
    let row: Option<Gone> = db
        .prepare_cached(
            "DELETE FROM outbox WHERE txn = ?1 RETURNING community, practice, key, CASE WHEN asks THEN person END, quiet",
        )?
        .query_row([txn], |row| {
            // A damaged name is nobody's; that the row has arrived stays true.
            let text = |column| Ok::<_, rusqlite::Error>(rows::lossy(row, column)?.unwrap_or_default());
            Ok((text(0)?, text(1)?, rows::lossy(row, 2)?, rows::lossy(row, 3)?, row.get(4)?))
        })
        .optional()?;
    let found = row.is_some();
    let (Some((community, practice, key, asked, quiet)), Some(posted)) = (row, posted) else { return Ok(found) };
    if let Some(person) = asked {
        super::floor::note(db, &person, (&community, &practice, key.as_deref()), posted, at)?;
    }
    if let Some(key) = key {
        db.prepare_cached(
            "REPLACE INTO message (community, practice, key, room, event, quiet) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        )?
        .execute(params![community, practice, key, posted.room.as_str(), posted.event.as_str(), quiet])?;
    }
    Ok(found)
}

/// Keeps the name of a message that is there already, though what led to it is only told now.
pub(super) fn name(db: &Transaction, new: &NewOutboxItem, place: Option<Posted>) -> rusqlite::Result<()> {
    if let (Some(key), Some(posted)) = (new.item.key(), place) {
        db.prepare_cached(
            "INSERT OR IGNORE INTO message (community, practice, key, room, event, quiet)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        )?
        .execute(params![
            new.community,
            new.practice,
            key.as_str(),
            posted.room.as_str(),
            posted.event.as_str(),
            is_quiet(&new.item),
        ])?;
    }
    Ok(())
}

fn time(millisecond: i64) -> Timestamp {
    Timestamp::from_millisecond(millisecond).unwrap_or(Timestamp::UNIX_EPOCH)
}

fn row(row: &rusqlite::Row) -> rusqlite::Result<Row> {
    // A damaged one is set aside when its turn comes.
    let lane = rows::lossy(row, 1)?.unwrap_or_default();
    let expires = row.get::<_, Option<i64>>(5)?.map(time);
    Ok(Row {
        id: row.get(0)?,
        direct: row.get(7)?,
        needs_room: lane::needs_room(&lane),
        class: lane::class(&lane),
        lane,
        attention: Attention::from_code(row.get(2)?, expires),
        attempts: row.get(3)?,
        not_before: time(row.get(4)?),
        expires,
        after: row.get(6)?,
    })
}

impl Store {
    /// Grows whenever rows of the outbox went, or changed lanes, other than one by one as they were sent.
    pub fn outbox_turn(&self) -> u64 {
        self.turn
    }

    /// Some of the rows after one, without their words, in order; none where there are no more.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn rows_after(&self, id: i64) -> Result<Vec<Row>, StoreError> {
        let mut rows = self.db.prepare_cached(
            "SELECT id, lane, attention, attempts, not_before, expires, after,
                 EXISTS (SELECT 1 FROM room WHERE room = lane AND direct IS NOT NULL)
             FROM outbox WHERE id > ?1 ORDER BY id LIMIT ?2",
        )?;
        let rows = rows.query_map(params![id, PAGE], row)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// A row with its words, or `None` where it has gone.
    ///
    /// # Errors
    /// What SQLite says, or [`StoreError::Row`] for an item that cannot be read.
    pub fn item(&self, id: i64) -> Result<Option<Due>, StoreError> {
        self.read_item(id).map_err(|fault| match fault {
            StoreError::Sqlite(why) if rows::is_of_row(&why) => {
                StoreError::Row { place: format!("item {id}"), source: why.into() }
            }
            fault => fault,
        })
    }

    fn read_item(&self, id: i64) -> Result<Option<Due>, StoreError> {
        let mut find = self.db.prepare_cached(
            "SELECT txn, community, practice, lane, attention, attempts, item, scope, box, expires FROM outbox
             WHERE id = ?1",
        )?;
        let mut rows = find.query([id])?;
        let Some(row) = rows.next()? else { return Ok(None) };
        let txn: String = row.get(0)?;
        let scope: Option<String> = row.get(7)?;
        let json = match scope {
            None => Some(row.get(6)?),
            Some(scope) => self.vault.unseal(&scope, txn.as_bytes(), &row.get::<_, Vec<u8>>(8)?),
        };
        let expires = row.get::<_, Option<i64>>(9)?.map(time);
        let read = |json: String| {
            serde_json::from_str(&json)
                .map_err(|source| StoreError::Row { place: format!("item {id}"), source: source.into() })
        };
        Ok(Some(Due {
            id,
            item: json.map_or(Ok(OutboxItem::Destroyed), read)?,
            txn,
            community: row.get(1)?,
            practice: row.get(2)?,
            lane: row.get(3)?,
            attention: Attention::from_code(row.get(4)?, expires),
            expires,
            attempts: row.get(5)?,
        }))
    }

    /// What is sent to somebody first of what waits for them, with its words.
    ///
    /// # Errors
    /// What SQLite says, or [`StoreError::Row`] for an item that cannot be read.
    pub fn first_for(&self, person: &UserId) -> Result<Option<Due>, StoreError> {
        let mut find = self
            .db
            .prepare_cached("SELECT id FROM outbox WHERE person = ?1 ORDER BY lane LIKE 'nudge %', id LIMIT 1")?;
        let id = find.query_row([person.as_str()], |row| row.get(0)).optional()?;
        id.map_or(Ok(None), |id| self.item(id))
    }

    /// How many items wait.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn waiting(&self) -> Result<u64, StoreError> {
        Ok(self.db.query_row("SELECT count(*) FROM outbox", (), |row| row.get(0))?)
    }

    /// An item has reached the homeserver: its row goes, and its message's name is kept. Told twice, it does
    /// nothing the second time.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn posted(&mut self, txn: &str, posted: Option<&Posted>, at: Timestamp) -> Result<(), StoreError> {
        let db = self.db.transaction()?;
        arrived(&db, txn, posted, at)?;
        db.commit()?;
        Ok(())
    }

    /// Somebody has no direct room (any more): what is addressed to them waits for one.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn wait_for_room(&mut self, person: &UserId) -> Result<(), StoreError> {
        let waiting = lane::of_person(person);
        self.db
            .prepare_cached(
                "UPDATE outbox SET lane = CASE WHEN lane LIKE 'nudge %' THEN ?2 ELSE ?3 END WHERE person = ?1",
            )?
            .execute([person.as_str(), &lane::of_nudges(&waiting), &waiting])?;
        self.turn += 1;
        Ok(())
    }

    /// An item could not be sent: it waits until `not_before`.
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
        Ok(sent(&self.db, [community, practice, key.as_str()])?)
    }

    /// Whether a message that a practice named notified nobody: what replaces it is of the same kind.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn is_quiet(&self, community: &str, practice: &str, key: &MessageKey) -> Result<bool, StoreError> {
        let mut find =
            self.db.prepare_cached("SELECT quiet FROM message WHERE community = ?1 AND practice = ?2 AND key = ?3")?;
        Ok(find.query_row([community, practice, key.as_str()], |row| row.get(0)).optional()?.unwrap_or_default())
    }
}
