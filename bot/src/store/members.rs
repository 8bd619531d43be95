//! Who is in which room of a community, and since when.

use hearth_practices::{
    Member, RoomId, UserId,
    members::MemberChange::{self, Away, Dropped, Forgotten, Here, Unmarked, Whole},
};
use jiff::Timestamp;
use rusqlite::{Row, Transaction, params};

use super::{Store, StoreError, rows};

/// Writes down who has come and gone.
pub(super) fn write(db: &Transaction, changes: &[(String, MemberChange)]) -> rusqlite::Result<()> {
    for (community, change) in changes {
        match change {
            Here(room, who, Member { since, joined }) => {
                let row = params![room.as_str(), who.as_str(), community, since.as_millisecond(), joined];
                db.prepare_cached("REPLACE INTO member VALUES (?1, ?2, ?3, ?4, ?5)")?.execute(row)?
            }
            Away(room, who) => {
                let mut away = db.prepare_cached("DELETE FROM member WHERE room = ?1 AND person = ?2")?;
                away.execute([room.as_str(), who.as_str()])?
            }
            Forgotten(room, mark, at) => db
                .prepare_cached("REPLACE INTO nameless VALUES (?1, ?2, ?3, ?4)")?
                .execute(params![room.as_str(), mark, community, at.as_millisecond()])?,
            Unmarked(room, mark) => db
                .prepare_cached("DELETE FROM nameless WHERE room = ?1 AND mark = ?2")?
                .execute([room.as_str(), mark])?,
            Whole(room) => {
                db.prepare_cached("REPLACE INTO roster VALUES (?1, ?2)")?.execute([room.as_str(), community])?
            }
            Dropped(room) => {
                for table in ["member", "nameless", "roster"] {
                    let forget = format!("DELETE FROM {table} WHERE room = ?1 AND community = ?2");
                    db.prepare_cached(&forget)?.execute([room.as_str(), community])?;
                }
                0
            }
        };
    }
    Ok(())
}

impl Store {
    /// Who is in which room, by the community's name. What is of communities that are not served goes.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn members(&mut self, is_served: impl Fn(&str) -> bool) -> Result<Vec<(String, MemberChange)>, StoreError> {
        let room = |row: &Row| -> rusqlite::Result<RoomId> { Ok(RoomId::from(row.get::<_, String>(0)?)) };
        let mut all: Vec<(String, MemberChange)> =
            rows::read(&self.db, "member", "room, person, community, since, joined", "", (), |row| {
                let since = Timestamp::from_millisecond(row.get(3)?).unwrap_or(Timestamp::UNIX_EPOCH);
                let who = UserId::from(row.get::<_, String>(1)?);
                Ok((row.get(2)?, Here(room(row)?, who, Member { since, joined: row.get(4)? })))
            })?;
        all.extend(rows::read(&self.db, "nameless", "room, mark, community, at", "", (), |row| {
            let at = Timestamp::from_millisecond(row.get(3)?).unwrap_or(Timestamp::UNIX_EPOCH);
            Ok((row.get(2)?, Forgotten(room(row)?, row.get(1)?, at)))
        })?);
        all.extend(rows::read(&self.db, "roster", "room, community", "", (), |row| {
            Ok((row.get(1)?, Whole(room(row)?)))
        })?);
        let (served, past): (Vec<_>, Vec<_>) = all.into_iter().partition(|(community, _)| is_served(community));
        let past = past.into_iter().filter_map(|(community, row)| match row {
            Here(room, ..) | Forgotten(room, ..) | Whole(room) => Some((community, Dropped(room))),
            Away(..) | Unmarked(..) | Dropped(_) => None,
        });
        let db = self.db.transaction()?;
        write(&db, &past.collect::<Vec<_>>())?;
        db.commit()?;
        Ok(served)
    }
}
