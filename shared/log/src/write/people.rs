//! People of a log: who they are under which pseudonym, whether they are bots, and how they are left out or forgotten.

use hearth_shared::pseudonym::Pseudonym;
use rusqlite::{OptionalExtension as _, params};

use super::{Batch, Person};

impl Batch<'_> {
    /// Somebody, new or known, under whichever of their ids. A bot once is a bot for good.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn person(&mut self, community: i64, pseudonym: Pseudonym, is_bot: bool) -> rusqlite::Result<Person> {
        // Whoever turns out to be a bot may have been taken for a person before.
        if let Some(&person) = self.people.get(&(community, pseudonym))
            && !is_bot
        {
            return Ok(person);
        }
        let person = match self.alias(community, pseudonym)? {
            Some((alias, person)) => self.db.query_row(
                "UPDATE person SET is_bot = max(is_bot, ?2) WHERE id = ?1 RETURNING id, opted_out",
                params![person, is_bot],
                |row| Ok(Person { id: row.get(0)?, opted_out: row.get(1)?, alias: Some(alias) }),
            )?,
            None => self.db.query_row(
                "INSERT INTO person (community, pseudonym, is_bot) VALUES (?1, ?2, ?3)
                 ON CONFLICT (community, pseudonym) DO UPDATE SET is_bot = max(is_bot, excluded.is_bot)
                 RETURNING id, opted_out",
                params![community, pseudonym, is_bot],
                |row| Ok(Person { id: row.get(0)?, opted_out: row.get(1)?, alias: None }),
            )?,
        };
        self.people.insert((community, pseudonym), person);
        Ok(person)
    }

    /// Says of somebody whom the log knows already that they are a bot, or are none after all. Says whether that is new.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn set_bot(&mut self, community: i64, pseudonym: Pseudonym, is_bot: bool) -> rusqlite::Result<bool> {
        let changed = self
            .db
            .prepare_cached("UPDATE person SET is_bot = ?3 WHERE community = ?1 AND pseudonym = ?2 AND is_bot != ?3")?
            .execute(params![community, pseudonym, is_bot])?;
        Ok(changed > 0)
    }

    /// Remembers whether somebody wants to be logged.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn set_opted_out(&mut self, community: i64, pseudonym: Pseudonym, opted_out: bool) -> rusqlite::Result<()> {
        let person = self.person(community, pseudonym, false)?;
        self.db.execute("UPDATE person SET opted_out = ?2 WHERE id = ?1", params![person.id, opted_out])?;
        // They may be at hand under another id, too.
        self.people.clear();
        Ok(())
    }

    /// Takes everything about somebody out, the person's row too, unless it must remember that they opted out.
    /// Gives the number of acts erased.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn forget(&mut self, community: i64, pseudonym: Pseudonym) -> rusqlite::Result<usize> {
        let found: Option<(i64, bool)> = self
            .db
            .query_row(
                "SELECT id, opted_out FROM person WHERE community = ?1 AND (pseudonym = ?2
                 OR id = (SELECT person FROM alias WHERE community = ?1 AND pseudonym = ?2))
                 ORDER BY pseudonym = ?2",
                params![community, pseudonym],
                |row| Ok((row.get(0)?, row.get(1)?)),
            )
            .optional()?;
        let Some((id, opted_out)) = found else { return Ok(0) };
        self.db.execute(
            "DELETE FROM event WHERE id IN (SELECT id FROM activity WHERE person = ?1)
             AND id NOT IN (SELECT reply_to FROM activity WHERE reply_to IS NOT NULL AND person != ?1)
             AND id NOT IN (SELECT thread FROM activity WHERE thread IS NOT NULL AND person != ?1)",
            [id],
        )?;
        self.db.execute("DELETE FROM act_of_alias WHERE alias IN (SELECT id FROM alias WHERE person = ?1)", [id])?;
        let erased = self.db.execute("DELETE FROM activity WHERE person = ?1", [id])?;
        if !opted_out {
            // Whoever they were elsewhere has no acts of their own, and goes with them.
            self.db.execute(
                "DELETE FROM person WHERE community = ?2
                 AND pseudonym IN (SELECT pseudonym FROM alias WHERE person = ?1)",
                [id, community],
            )?;
            self.db.execute("DELETE FROM alias WHERE person = ?1", [id])?;
            self.db.execute("DELETE FROM person WHERE id = ?1", [id])?;
            self.people.clear();
        }
        self.new_epoch()?;
        Ok(erased)
    }
}
