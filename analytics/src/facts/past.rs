//! How things stand at a month's end, which is all that the facts of later months need to know of it and those before it:
//!
//! - of whom something was `seen`: a row a `person`, and whether the first of it was that they `joined`;
//! - who has `posted`: a row a `person`, with the months of their first message (`cohort`) and of their `latest` (Int32);
//! - who is `inside`: a row a `room` and `person`. A person is in a room from their join, or from the first thing that they
//!   do there, until they leave it;
//! - which threads have `begun` whose root is in no row: a row a `thread`;
//! - when each room was `started` to be seen: a row a `room`, with `start`;
//! - which runs of main timelines are `open`: a row a `room` (`facts/lines.rs`);
//! - in which `topics` somebody wrote: a row a `room` and `thread`;
//! - who is `fresh`, that is wrote first at most 30 days ago and has not come back: a row a `person` (`facts/returns.rs`).

use polars::prelude::*;

use super::table::{Facts, Table};

/// How things stand at a month's end.
#[derive(Clone, Debug)]
pub struct Past {
    /// Of whom something was seen.
    pub seen: DataFrame,
    /// Who has written.
    pub posted: DataFrame,
    /// Who is in which room.
    pub inside: DataFrame,
    /// Which threads without a root have begun.
    pub begun: DataFrame,
    /// When each room came into view.
    pub started: DataFrame,
    /// Which runs of main timelines go on.
    pub open: DataFrame,
    /// Which topics have begun.
    pub topics: DataFrame,
    /// Who wrote first not long ago, and has not come back.
    pub fresh: DataFrame,
}

impl Default for Past {
    /// Before a log begins.
    fn default() -> Self {
        Self::of(&Facts::new())
    }
}

impl Past {
    /// What a month's facts say.
    pub fn of(facts: &Facts) -> Self {
        let of =
            |table: Table| facts.get(&table).cloned().unwrap_or_else(|| DataFrame::empty_with_schema(&table.schema()));
        Self {
            seen: of(Table::Seen),
            posted: of(Table::Posted),
            inside: of(Table::Inside),
            begun: of(Table::Begun),
            started: of(Table::Started),
            open: of(Table::Open),
            topics: of(Table::Topics),
            fresh: of(Table::Fresh),
        }
    }

    /// The tables of a month at whose end things stand so.
    ///
    /// # Errors
    /// Where polars cannot compute one.
    pub fn facts(&self, month: i32) -> PolarsResult<Facts> {
        let tables = [
            (Table::Seen, &self.seen),
            (Table::Posted, &self.posted),
            (Table::Inside, &self.inside),
            (Table::Begun, &self.begun),
            (Table::Started, &self.started),
            (Table::Open, &self.open),
            (Table::Topics, &self.topics),
            (Table::Fresh, &self.fresh),
        ];
        tables.into_iter().map(|(table, rows)| Ok((table, table.of(rows.clone().lazy(), month).collect()?))).collect()
    }
}
