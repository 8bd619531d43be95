//! Facts: the small tidy tables that acts come to, and all that measures look at.
//!
//! Each is one query over acts. The facts of a month that is over, and of whose messages all had their 72 hours, never
//! change but by an erasure or a row that comes late. Every table has the column `month` (Int32,
//! [`Month::ordinal`](hearth_shared::month::Month::ordinal)); `room` and `person` are Int32.

mod activity;
mod arrivals;
mod batch;
mod counts;
mod depths;
mod flow;
mod openers;
mod past;
mod presence;
mod related;
mod replies;
mod sources;
mod table;
mod week;

use std::ops::RangeInclusive;

use jiff::tz::TimeZone;
use polars::prelude::*;

use self::batch::Batch;
use crate::acts::{ReadError, Shelf, Source};

pub use self::{
    past::Past,
    related::begin,
    table::{Facts, Table, WINDOW, table},
};

/// Works the facts of months on a shelf out, one after the other, and hands them over with how things stand at their ends.
///
/// # Errors
/// What `hand_over` says, and where acts cannot be read or a table cannot be computed.
pub fn each<E: From<ReadError> + From<PolarsError>>(
    mut shelf: Shelf,
    source: &Source,
    zone: &TimeZone,
    months: RangeInclusive<i32>,
    mut past: Past,
    mut hand_over: impl FnMut(i32, &Facts, &Past) -> Result<(), E>,
) -> Result<(), E> {
    for month in months {
        let (mut facts, mut after) = (Facts::new(), past.clone());
        if shelf.has(month) {
            let until = begin(month + 1, zone).saturating_add(WINDOW);
            let acts = shelf.take(month, until)?;
            let (acts, threads, dangling) = related::related(acts, source, &past, month)?;
            let batch = Batch::of(acts, month, begin(month, zone), past.clone())?;
            facts = of(&batch, month)?;
            facts.insert(Table::Threads, Table::Threads.of(threads, month).collect()?);
            facts.insert(Table::Dangling, Table::Dangling.of(dangling, month).collect()?);
            after = past.and(&facts, presence::query(&batch), month)?;
        }
        facts.extend(counts::of(&facts, &past, &after, month)?);
        hand_over(month, &facts, &after)?;
        past = after;
    }
    Ok(())
}

fn of(batch: &Batch, month: i32) -> PolarsResult<Facts> {
    let replies = replies::query(batch).collect()?;
    let in_rooms = activity::in_rooms(batch, &replies)?.collect()?;
    let queries = [
        (Table::People, activity::people(batch, &replies, &in_rooms)?),
        (Table::Activity, in_rooms.lazy()),
        (Table::Openers, openers::query(batch)?),
        (Table::Replies, replies.lazy()),
        (Table::Arrivals, arrivals::query(batch)),
        (Table::Flow, flow::query(batch)?),
        (Table::Week, week::query(batch)),
        (Table::Sources, sources::query(batch)),
        (Table::Depths, depths::table(batch)?.lazy()),
    ];
    queries.into_iter().map(|(table, query)| Ok((table, table.of(query, month).collect()?))).collect()
}
