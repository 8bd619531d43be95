//! What became of each month's report.

use hearth_shared::month::{Month, MonthError};
use rusqlite::{OptionalExtension as _, Row};

use super::{Store, StoreError, rows};

impl Store {
    /// The last month whose report was posted.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn last_report(&self, community: &str) -> Result<Option<Month>, StoreError> {
        let read = |row: &Row| month_in(row, 1);
        let rest = "WHERE community = ?1 AND outcome = 'posted' ORDER BY month";
        Ok(rows::read(&self.db, "report", "community, month, outcome", rest, [community], read)?.pop())
    }

    /// The months of a community that were released, in order, each with the hash of its release where that is known. They
    /// are never made again.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn released(&self, community: &str) -> Result<Vec<(Month, Option<String>)>, StoreError> {
        let read = |row: &Row| Ok((month_in(row, 1)?, row.get(2)?));
        let rest = "WHERE community = ?1 ORDER BY month";
        Ok(rows::read(&self.db, "released", "community, month, hash", rest, [community], read)?)
    }

    /// What became of a month's report, or `None` where nobody has tried.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn report(&self, community: &str, month: &str) -> Result<Option<String>, StoreError> {
        let mut find = self.db.prepare_cached("SELECT outcome FROM report WHERE community = ?1 AND month = ?2")?;
        Ok(find.query_row([community, month], |row| row.get(0)).optional()?)
    }
}

fn month_in(row: &Row, column: usize) -> rusqlite::Result<Month> {
    row.get::<_, String>(column)?.parse().map_err(|why: MonthError| rows::malformed(column, why))
}
