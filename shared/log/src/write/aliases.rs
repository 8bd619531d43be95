//! People who are known under several ids: one person, one row, whatever id an act names.

use hearth_shared::pseudonym::Pseudonym;
use rusqlite::{OptionalExtension as _, params};

use super::Batch;

/// What came of saying that two ids are one person's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Joined {
    /// They are one from now on.
    Now,
    /// They were already.
    Before,
    /// The other id is said to be somebody else's.
    Taken,
    /// One of them is a bot, and the other is not.
    Bot,
}

impl Batch<'_> {
    /// Says that `other` is another id of the person `is`. What was done under it is theirs, too; who opted out under one
    /// of them opted out under both.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn join_people(&mut self, community: i64, other: Pseudonym, is: Pseudonym) -> rusqlite::Result<Joined> {
        let taken = self.alias(community, other)?;
        let person = self.person(community, is, false)?;
        if let Some((_, owner)) = taken {
            return Ok(if owner == person.id { Joined::Before } else { Joined::Taken });
        }
        let mut find = self.db.prepare_cached(
            "SELECT o.id, o.opted_out, o.is_bot, p.is_bot FROM person p
             LEFT JOIN person o ON o.community = p.community AND o.pseudonym = ?2 WHERE p.id = ?1",
        )?;
        type Found = (Option<i64>, Option<bool>, Option<bool>, bool);
        let (old, opted_out, is_bot, other_is_bot): Found =
            find.query_row(params![person.id, other], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)))?;
        drop(find);
        if old == Some(person.id) {
            return Ok(Joined::Before);
        }
        if is_bot.is_some_and(|is_bot| is_bot != other_is_bot) {
            return Ok(Joined::Bot);
        }
        self.db.execute(
            "INSERT INTO alias (community, pseudonym, person) VALUES (?1, ?2, ?3)",
            params![community, other, person.id],
        )?;
        let alias = self.db.last_insert_rowid();
        if let Some(old) = old {
            self.db.execute("UPDATE alias SET person = ?1 WHERE person = ?2", [person.id, old])?;
            self.db.execute(
                "INSERT INTO act_of_alias SELECT id, ?1 FROM activity WHERE person = ?2
                 AND id NOT IN (SELECT act FROM act_of_alias)",
                [alias, old],
            )?;
            self.db.execute("UPDATE activity SET person = ?1 WHERE person = ?2", [person.id, old])?;
        }
        if opted_out == Some(true) {
            self.db.execute("UPDATE person SET opted_out = 1 WHERE id = ?1", [person.id])?;
        }
        self.people.clear();
        self.new_epoch()?;
        Ok(Joined::Now)
    }

    /// Takes back that `other` is another id of the person `is`: what was done under it is somebody else's again, whoever
    /// that is. Says whether it was said.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn part_people(&mut self, community: i64, other: Pseudonym, is: Pseudonym) -> rusqlite::Result<bool> {
        let Some((alias, owner)) = self.alias(community, other)? else { return Ok(false) };
        if self.person(community, is, false)?.id != owner {
            return Ok(false);
        }
        self.db.execute("DELETE FROM alias WHERE id = ?1", [alias])?;
        self.people.clear();
        let old = self.person(community, other, false)?;
        self.db.execute(
            "UPDATE activity SET person = ?1 WHERE id IN (SELECT act FROM act_of_alias WHERE alias = ?2)",
            [old.id, alias],
        )?;
        self.db.execute("DELETE FROM act_of_alias WHERE alias = ?1", [alias])?;
        // They may have opted out meanwhile, under either id.
        self.db.execute(
            "UPDATE person SET opted_out = max(opted_out, (SELECT opted_out FROM person WHERE id = ?2)) WHERE id = ?1",
            [old.id, owner],
        )?;
        self.people.clear();
        self.new_epoch()?;
        Ok(true)
    }

    /// The alias that a pseudonym is, if it is one, and the person whose it is.
    pub(super) fn alias(&self, community: i64, pseudonym: Pseudonym) -> rusqlite::Result<Option<(i64, i64)>> {
        self.db
            .prepare_cached("SELECT id, person FROM alias WHERE community = ?1 AND pseudonym = ?2")?
            .query_row(params![community, pseudonym], |row| Ok((row.get(0)?, row.get(1)?)))
            .optional()
    }
}
