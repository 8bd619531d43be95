//! What people have said about themselves.

use hearth_practices::{Person, UserId};
use rusqlite::Transaction;

use super::{Store, StoreError, rows};

/// Writes down what is known of people now. Whoever has said nothing has no row.
pub(super) fn write(db: &Transaction, persons: &[(UserId, Person)]) -> Result<(), StoreError> {
    for (who, person) in persons {
        if *person == Person::default() {
            db.prepare_cached("DELETE FROM person WHERE person = ?1")?.execute([who.as_str()])?;
            continue;
        }
        let json = serde_json::to_string(person)
            .map_err(|source| StoreError::Row { place: "a person".to_owned(), source: source.into() })?;
        db.prepare_cached("REPLACE INTO person VALUES (?1, ?2)")?.execute([who.as_str(), &json])?;
    }
    Ok(())
}

impl Store {
    /// What people have said about themselves.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn persons(&self) -> Result<Vec<(UserId, Person)>, StoreError> {
        Ok(rows::read(&self.db, "person", "person, json", "", (), |row| {
            let person = serde_json::from_str(&row.get::<_, String>(1)?).map_err(|why| rows::malformed(1, why))?;
            Ok((UserId::from(row.get::<_, String>(0)?), person))
        })?)
    }
}
