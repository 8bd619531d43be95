//! Communities that are called something else now: everything under the old name, in one transaction.

use std::collections::BTreeSet;

use hearth_practices::records::scope_of;
use rusqlite::{Connection, params};

use super::{Store, StoreError, rows, vault::scope_id};

/// The tables that have rows of communities.
fn tables(db: &Connection) -> rusqlite::Result<Vec<String>> {
    let find = "SELECT t.name FROM pragma_table_list t JOIN pragma_table_info(t.name) c
                WHERE t.type = 'table' AND t.schema = 'main' AND c.name = 'community' ORDER BY t.name";
    db.prepare(find)?.query_map((), |row| row.get(0))?.collect()
}

impl Store {
    /// The communities that the bot remembers something of.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn communities(&self) -> Result<Vec<String>, StoreError> {
        let mut all = BTreeSet::new();
        for table in tables(&self.db)? {
            let mut names = self.db.prepare(&format!("SELECT DISTINCT CAST(community AS BLOB) FROM {table}"))?;
            let names = names.query_map((), |row| row.get(0))?.collect::<Result<Vec<Vec<u8>>, _>>()?;
            for name in names {
                match String::from_utf8(name) {
                    Ok(name) => drop(all.insert(name)),
                    Err(damaged) => {
                        let of = "WHERE CAST(community AS BLOB) = ?1";
                        rows::read(&self.db, &table, "*", of, [damaged.into_bytes()], |row| {
                            row.get::<_, String>("community")
                        })?;
                    }
                }
            }
        }
        all.remove("");
        Ok(all.into_iter().collect())
    }

    /// Calls communities what they are called now, from the old name to the new one.
    ///
    /// # Errors
    /// What SQLite says, or where keys of what is sealed cannot be written; nothing was changed.
    pub fn rename(&mut self, renamed: &[(String, String)]) -> Result<(), StoreError> {
        for (from, to) in renamed {
            let scopes = self.scopes_of(from, to)?;
            // Their new keys first: what is sealed must never be on the disk without them.
            for (old, new) in &scopes {
                self.vault.copy(old, new)?;
            }
            let db = self.db.transaction()?;
            for table in tables(&db)? {
                db.execute(&format!("UPDATE {table} SET community = ?2 WHERE community = ?1"), [from, to])?;
            }
            for (old, new) in &scopes {
                db.execute("UPDATE sealed SET scope = ?2 WHERE scope = ?1", [old, new])?;
                db.execute("UPDATE outbox SET scope = ?2 WHERE scope = ?1", [old, new])?;
            }
            db.commit()?;
            for (old, new) in &scopes {
                self.lost.iter_mut().filter(|(lost, _)| lost == old).for_each(|(lost, _)| lost.clone_from(new));
                self.vault.destroy(old);
            }
        }
        Ok(())
    }

    /// Takes out what waits to be sent in communities that were given up.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn silence(&mut self, retired: &[String]) -> Result<(), StoreError> {
        for name in retired {
            self.db.execute("DELETE FROM outbox WHERE community = ?1", [name])?;
        }
        Ok(())
    }

    /// What a community's scopes are called under its old name and under its new one.
    fn scopes_of(&self, from: &str, to: &str) -> Result<Vec<(String, String)>, StoreError> {
        let mut rows = self.db.prepare("SELECT DISTINCT practice FROM sealed WHERE community = ?1")?;
        let practices = rows.query_map([from], |row| row.get::<_, String>(0))?.collect::<Result<Vec<_>, _>>()?;
        let mut scopes = Vec::new();
        for practice in practices {
            for (key, _) in self.sealed_records(from, &practice)? {
                let Some(scope) = scope_of(&key) else { continue };
                let pair = (scope_id(from, &practice, scope), scope_id(to, &practice, scope));
                if !scopes.contains(&pair) {
                    scopes.push(pair);
                }
            }
        }
        Ok(scopes)
    }

    /// Takes out of what is remembered of given-up communities every record in which somebody stands.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn forget_in(&mut self, retired: &[String], person: &str) -> Result<(), StoreError> {
        for name in retired {
            self.db.execute(
                "DELETE FROM record WHERE community = ?1 AND (instr(json, '\"' || ?2 || '\"') > 0
                 OR instr('/' || key || '/', '/' || ?2 || '/') > 0)",
                params![name, person],
            )?;
        }
        Ok(())
    }
}
