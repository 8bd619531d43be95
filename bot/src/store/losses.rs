//! What will not be done: rows of the outbox that are given up, and who is to be told.

use hearth_practices::{MessageKey, RequestKey, UserId};
use rusqlite::{OptionalExtension as _, Transaction, params};

use super::{error::StoreError, lane, opened::Store, rows};

/// A practice's name for a message.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Named {
    /// The community.
    pub community: String,
    /// The practice.
    pub practice: String,
    /// The name.
    pub key: MessageKey,
}

/// Something that will not be done, and who is to be told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Loss {
    /// Its row. It goes with what the practice makes of that.
    pub id: i64,
    /// Its transaction id.
    pub txn: String,
    /// The community.
    pub community: String,
    /// The practice.
    pub practice: String,
    /// What the practice calls it, where it wants to be told.
    pub lost: Option<Lost>,
    /// Why the row is to be kept aside for the operator to look at, where it is.
    pub aside: Option<String>,
}

/// What will not be done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Lost {
    /// A message will not be sent.
    Message(MessageKey),
    /// A request will not be answered.
    Request(RequestKey),
}

impl Store {
    /// What is lost if a row is not sent, and who is to be told. The row goes with what they make of it
    /// ([`super::Commit::done`]).
    ///
    /// # Errors
    /// What SQLite says.
    pub fn loss(&self, id: i64) -> Result<Option<Loss>, StoreError> {
        let mut find =
            self.db.prepare_cached("SELECT id, txn, community, practice, key, request FROM outbox WHERE id = ?1")?;
        Ok(find.query_row([id], loss).optional()?)
    }

    /// The same for everything that waits for somebody's direct room.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn losses_of(&self, person: &UserId) -> Result<Vec<Loss>, StoreError> {
        let mut find = self.db.prepare_cached(
            "SELECT id, txn, community, practice, key, request FROM outbox WHERE lane IN (?1, ?2) ORDER BY id",
        )?;
        let lanes = [lane::of_person(person), lane::of_nudges(&lane::of_person(person))];
        let rows = find.query_map(lanes, loss)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The names of messages among these rows.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn names_of(&self, ids: &[i64]) -> Result<Vec<Named>, StoreError> {
        let mut find = self.db.prepare_cached("SELECT community, practice, key FROM outbox WHERE id = ?1")?;
        let mut names = Vec::new();
        for id in ids {
            names.extend(find.query_row([id], named).optional()?.flatten());
        }
        Ok(names)
    }
}

/// Rows with which it is over: they go, and some are kept aside, for the operator to look at.
pub(super) fn end(db: &Transaction, done: &[i64], aside: &[(i64, String)]) -> rusqlite::Result<()> {
    for (id, why) in aside {
        db.execute(
            "INSERT OR REPLACE INTO aside SELECT id, txn, community, practice, person, item, scope, box, ?2
             FROM outbox WHERE id = ?1",
            params![id, why],
        )?;
        db.execute("DELETE FROM aside WHERE id NOT IN (SELECT id FROM aside ORDER BY id DESC LIMIT 100)", ())?;
    }
    for id in aside.iter().map(|(id, _)| id).chain(done) {
        db.prepare_cached("DELETE FROM outbox WHERE id = ?1")?.execute([id])?;
    }
    Ok(())
}

fn loss(row: &rusqlite::Row) -> rusqlite::Result<Loss> {
    // A damaged row is lost, too: whoever its texts still name is told.
    let text = |column| Ok::<_, rusqlite::Error>(rows::lossy(row, column)?.unwrap_or_default());
    let message = rows::lossy(row, 4)?.map(|key| Lost::Message(MessageKey::from(key)));
    let request = rows::lossy(row, 5)?.map(|key| Lost::Request(RequestKey::from(key)));
    Ok(Loss {
        id: row.get(0)?,
        txn: text(1)?,
        community: text(2)?,
        practice: text(3)?,
        lost: message.or(request),
        aside: None,
    })
}

fn named(row: &rusqlite::Row) -> rusqlite::Result<Option<Named>> {
    let text = |column| Ok::<_, rusqlite::Error>(rows::lossy(row, column)?.unwrap_or_default());
    let key = rows::lossy(row, 2)?.map(MessageKey::from);
    let (community, practice) = (text(0)?, text(1)?);
    Ok(key.map(|key| Named { community, practice, key }))
}
