//! What is remembered no longer than it is of use. Once a day everything that is past its time is taken out, so that no
//! table grows with the years.

#[cfg(test)]
mod tests;

use jiff::{SignedDuration, Timestamp};
use rusqlite::{Row, params};

use super::{Store, StoreError, rows};

/// How often the bot tidies up.
pub const EVERY: SignedDuration = SignedDuration::from_hours(24);

/// How long it is remembered that an event has had its consequences: longer than any homeserver or backup makes the bot
/// read again what it has read.
const HANDLED: SignedDuration = SignedDuration::from_hours(24 * 90);

/// How long the name of a message is kept that its practice has no use for any more: people answer, or react to, what
/// was said weeks ago.
const NAMES: SignedDuration = SignedDuration::from_hours(24 * 60);

/// How long it is remembered which nudges were sent: budgets look back a week at most.
const NUDGES: SignedDuration = SignedDuration::from_hours(24 * 8);

/// How long it is remembered which of its own messages the bot has seen: with a database from a backup it reads them all
/// again, and is soon done with it.
const SEEN: SignedDuration = SignedDuration::from_hours(24 * 7);

/// How long it is remembered what was sealed and has ended: no copy of the database that is older should be put back, and
/// what is open in one that is, is called off.
const ENDED: SignedDuration = SignedDuration::from_hours(24 * 90);

/// For how many months it is remembered in each community what became of the report: ten years. What was released is
/// remembered for good.
const REPORTS: u32 = 120;

impl Store {
    /// Takes out what is past its time. `needs` says whether a practice of a community still has a use for the message
    /// that it has named so.
    ///
    /// # Errors
    /// What SQLite says; nothing was taken out.
    pub fn prune(&mut self, now: Timestamp, needs: impl Fn(&str, &str, &str) -> bool) -> Result<(), StoreError> {
        let before = |memory: SignedDuration| now.saturating_sub(memory).unwrap_or(Timestamp::UNIX_EPOCH);
        let db = self.db.transaction()?;
        db.execute("DELETE FROM handled WHERE at < ?1", [before(HANDLED).as_millisecond()])?;
        db.execute("DELETE FROM nudged WHERE at < ?1", [before(NUDGES).as_millisecond()])?;
        db.execute("UPDATE message SET since = ?1 WHERE since IS NULL", [now.as_millisecond()])?;
        let names = |row: &Row| Ok((row.get(0)?, row.get(1)?, row.get(2)?));
        let (columns, aged) = ("community, practice, key", [before(NAMES).as_millisecond()]);
        let old: Vec<(String, String, String)> = rows::read(&db, "message", columns, "WHERE since < ?1", aged, names)?;
        for (community, practice, key) in
            old.iter().filter(|(community, practice, key)| !needs(community, practice, key))
        {
            db.prepare_cached("DELETE FROM message WHERE community = ?1 AND practice = ?2 AND key = ?3")?
                .execute([community, practice, key])?;
        }
        db.execute(
            "DELETE FROM report WHERE (SELECT count(*) FROM report newer
             WHERE newer.community = report.community AND newer.month > report.month) >= ?1",
            params![REPORTS],
        )?;
        super::floor::prune(&db, now)?;
        db.execute("DELETE FROM once WHERE at < ?1", [before(SEEN).as_millisecond()])?;
        db.commit()?;
        self.prune_ended(now, before(ENDED))?;
        // A crash may have come between an erasure and the overwriting of what it erased.
        self.scrub()
    }
}
