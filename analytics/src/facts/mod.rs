//! Facts: the small tidy tables that acts come to, and all that measures look at.
//!
//! Each is one query over acts. The facts of a month that is over, and of whose messages all had their 72 hours, never
//! change but by an erasure or a row that comes late. Every table has the column `month` (Int32,
//! [`Month::ordinal`](hearth_shared::month::Month::ordinal)); `room` and `person` are Int32.

mod actions;
mod activity;
mod after;
mod answers;
mod arrivals;
mod batch;
mod circles;
mod conversations;
mod counts;
mod depths;
mod flow;
pub mod gatherings;
mod lines;
mod openers;
mod origins;
mod past;
mod practices;
mod presence;
mod related;
mod replies;
mod returns;
mod rooms;
pub mod sheets;
mod sources;
mod stood;
mod table;
mod themes;
mod week;
mod worth;

use std::ops::RangeInclusive;

use jiff::tz::TimeZone;
use polars::prelude::*;

use self::batch::Batch;
use crate::acts::{self, ReadError, Shelf, Source};

pub use self::{
    past::Past,
    practices::Practices,
    related::begin,
    table::{Facts, PAUSE, RETURN, SETTLED, Table, WINDOW, table},
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
            let log = shelf.take(month, until)?;
            let acts = log.clone().lazy().filter(acts::is_of_people()).collect()?;
            let related = related::related(acts, source, &past, month)?;
            facts.insert(Table::Threads, Table::Threads.of(related.threads.clone(), month).collect()?);
            facts.insert(Table::Dangling, Table::Dangling.of(related.dangling.clone(), month).collect()?);
            let batch = Batch::of(log, related, month, begin(month, zone), past)?;
            let line = lines::of(&batch)?;
            facts.extend(of(&batch, &line, zone)?);
            after = after::past(&batch, &facts, &line, begin(month + 1, zone))?;
            past = batch.past;
        }
        facts.extend(counts::of(&facts, &past, &after, month)?);
        hand_over(month, &facts, &after)?;
        past = after;
    }
    Ok(())
}

fn of(batch: &Batch, line: &DataFrame, zone: &TimeZone) -> PolarsResult<Facts> {
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
        (Table::Conversations, conversations::query(batch, line)?),
        (Table::Circles, circles::query(batch, line, zone)?),
        (Table::Origins, origins::query(batch, line)?),
        (Table::Moved, origins::moved(batch)?),
        (Table::Rooms, rooms::query(batch)),
        (Table::Ends, rooms::end(batch)),
    ];
    let mut facts = Facts::new();
    for (table, query) in queries {
        facts.insert(table, table.of(query, batch.month).collect()?);
    }
    let returns = Table::Returns.of(returns::query(batch, &facts)?, batch.month).collect()?;
    facts.insert(Table::Returns, returns);
    Ok(facts)
}
