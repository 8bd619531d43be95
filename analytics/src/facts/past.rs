//! How things stand at a month's end, which is all that the facts of later months need to know of it and those before it:
//!
//! - of whom something was `seen`: a row a `person`;
//! - who has `posted`: a row a `person`, with the months of their first message (`cohort`) and of their `latest` (Int32);
//! - who is `inside`: a row a `room` and `person`. A person is in a room from their join, or from the first thing that they
//!   do there, until they leave it;
//! - which threads have `begun` whose root is in no row: a row a `thread`.

use polars::prelude::*;

use super::table::{Facts, Table, table};
use crate::acts;

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
        let [seen, posted, inside, begun] = [Table::Seen, Table::Posted, Table::Inside, Table::Begun]
            .map(|table| facts.get(&table).cloned().unwrap_or_else(|| DataFrame::empty_with_schema(&table.schema())));
        Self { seen, posted, inside, begun }
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
        ];
        tables.into_iter().map(|(table, rows)| Ok((table, table.of(rows.clone().lazy(), month).collect()?))).collect()
    }

    /// How things stand after one month more, given its facts and its `facts/presence.rs`.
    pub(super) fn and(&self, facts: &Facts, presence: LazyFrame, month: i32) -> PolarsResult<Self> {
        let both = |before: LazyFrame, now: LazyFrame, columns: &[&str]| {
            let columns: Vec<Expr> = columns.iter().map(|name| col(*name)).collect();
            concat([before.select(columns.clone()), now.select(columns)], UnionArgs::default())?.collect()
        };
        let by_seat = |table: LazyFrame| table.with_column(acts::seat().alias("seat"));
        let wrote = table(facts, Table::People).filter(col("cohort").is_not_null());
        let wrote = wrote.with_column(lit(month).alias("latest"));
        let quiet = self.posted.clone().lazy().anti_join(wrote.clone(), col("person"), col("person"));
        let presence = presence.collect()?.lazy();
        let stays = by_seat(self.inside.clone().lazy()).anti_join(presence.clone(), col("seat"), col("seat"));
        let inside = presence.filter(col("is_in"));
        Ok(Self {
            seen: both(self.seen.clone().lazy(), table(facts, Table::Arrivals), &["person"])?,
            posted: both(quiet, wrote, &["person", "cohort", "latest"])?,
            inside: both(stays, inside, &["room", "person"])?,
            begun: both(self.begun.clone().lazy(), table(facts, Table::Threads), &["thread"])?,
        })
    }
}
