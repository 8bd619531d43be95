//! Which months are over, what is known in them, and what months and quarters both ask of the facts.

use std::collections::BTreeMap;

use hearth_shared::{activity::Capabilities, month::Month};
use polars::prelude::*;

use crate::{
    archive::Community,
    capabilities::{CapabilityTracker, Heard},
    facts::{Table, begin},
    frames::left,
    history,
};

/// The months that are over, from the first in which anything was seen.
pub fn over(community: &Community, end: i64) -> Vec<Month> {
    let Some(first) = community.first_month() else { return Vec::new() };
    let is_over = |month: &Month| begin(month.ordinal() + 1, &community.zone) <= end;
    (0..).map_while(|age| first.plus(age).filter(is_over)).collect()
}

/// What is known in each month, of a room or of all together, given where its rows come from.
pub(super) fn knows(
    community: &Community,
    heard: &BTreeMap<i32, Vec<Heard>>,
    room: Option<i32>,
) -> BTreeMap<i32, Capabilities> {
    let mut tracker = CapabilityTracker::new(&community.about.sources);
    let is_here = |heard: &&Heard| room.is_none_or(|room| heard.room == room);
    let here = |heard: &[Heard]| heard.iter().filter(is_here).copied().collect::<Vec<_>>();
    let months = community.months_of(None).into_iter().map(|month| {
        let answering = here(&history::answering(heard, month));
        (month.ordinal(), tracker.next(&here(history::heard_in(heard, month)), &answering))
    });
    months.collect()
}

/// First messages of some months, and whether their authors are newcomers (`is_new`), as far as is known by now.
pub(crate) fn origins(community: &Community, months: &[i32]) -> LazyFrame {
    let moved = community.table(Table::Moved).select([col("person")]).unique(None, UniqueKeepStrategy::Any);
    let moved = moved.with_column(lit(true).alias("moved"));
    let origins = community.of_months(Table::Origins, months);
    let origins = origins.join(moved, [col("person")], [col("person")], left());
    origins.with_column(col("came").and(col("moved").is_null()).alias("is_new"))
}

/// Rows with how many messages their room had on its main timeline in that month (`main`).
pub(super) fn with_main(rows: LazyFrame, rooms: LazyFrame) -> LazyFrame {
    let on = [col("month"), col("room")];
    rows.join(rooms.select(["month", "room", "main"].map(col)), on.clone(), on, left())
}
