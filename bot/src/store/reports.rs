//! What became of each month's report.

use rusqlite::OptionalExtension as _;

use super::{Store, StoreError};

impl Store {
    /// The first month of a community whose report is to be made again because something was erased.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn stale_report(&self, community: &str) -> Result<Option<String>, StoreError> {
        let mut find = self
            .db
            .prepare_cached("SELECT month FROM report WHERE community = ?1 AND outcome = 'stale' ORDER BY month")?;
        Ok(find.query_row([community], |row| row.get(0)).optional()?)
    }

    /// The last month whose report was posted.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn last_report(&self, community: &str) -> Result<Option<String>, StoreError> {
        let mut find = self
            .db
            .prepare_cached("SELECT max(month) FROM report WHERE community = ?1 AND outcome IN ('posted', 'stale')")?;
        Ok(find.query_row([community], |row| row.get(0))?)
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
