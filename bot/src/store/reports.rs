//! What became of each month's report.

use hearth_shared::month::{Month, MonthError};
use rusqlite::{OptionalExtension as _, Row};

use super::{Store, StoreError, rows};

impl Store {
    /// The first month of a community whose report is to be made again because something was erased.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn stale_report(&self, community: &str) -> Result<Option<Month>, StoreError> {
        Ok(self.months(community, "'stale'")?.into_iter().next())
    }

    /// The last month whose report was posted.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn last_report(&self, community: &str) -> Result<Option<Month>, StoreError> {
        Ok(self.months(community, "'posted', 'stale'")?.pop())
    }

    /// The months of a community whose reports came to one of these outcomes, in order.
    fn months(&self, community: &str, outcomes: &str) -> Result<Vec<Month>, StoreError> {
        let rest = format!("WHERE community = ?1 AND outcome IN ({outcomes}) ORDER BY month");
        let read = |row: &Row| -> rusqlite::Result<Month> {
            row.get::<_, String>(1)?.parse().map_err(|why: MonthError| rows::malformed(1, why))
        };
        Ok(rows::read(&self.db, "report", "community, month, outcome", &rest, [community], read)?)
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
