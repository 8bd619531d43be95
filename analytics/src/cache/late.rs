//! By what it is found out that rows came late: where they would belong into months that are kept, or are what rows of
//! these months point at.

use crate::{
    index::Index,
    load::Hidden,
    log::{Log, NOTHING},
    summary::MonthSummary,
};

/// How many rows from an id on lie before a time, and how many of them are not counted.
pub(super) fn overlap(log: &Log, hidden: &[Hidden], tail: i64, until: i64) -> [usize; 2] {
    let rows = log.id.iter().zip(&log.ts).filter(|(id, ts)| i64::from(**id) >= tail && **ts < until);
    [rows.count(), hidden.iter().filter(|hidden| i64::from(hidden.id) >= tail && hidden.ts < until).count()]
}

/// The ids of all rows from a time on.
pub(super) fn late(log: &Log, hidden: &[Hidden], until: i64) -> Index {
    let from = log.ts.partition_point(|ts| *ts < until);
    let hidden = hidden.iter().filter(|hidden| hidden.ts >= until).map(|hidden| hidden.id);
    Index::new(log.id[from..].iter().copied().chain(hidden).map(|id| (i64::from(id), 0)), log.len() - from)
}

/// What a month's rows point at.
pub(super) fn pointers<'a>(log: &'a Log, summary: &MonthSummary) -> impl Iterator<Item = i32> + 'a {
    let rows = summary.rows.clone().unwrap_or_default();
    let column = |column: &'a [i32]| column[rows.clone()].iter().copied();
    column(&log.reply_to).chain(column(&log.thread)).filter(|id| *id != NOTHING)
}

/// How often one of these rows is pointed at: an answer whose clock went slow, a thread whose root came afterwards.
pub(super) fn pointed_at(pointed: &[i32], rows: &Index) -> usize {
    pointed.iter().filter(|id| rows.get(i64::from(**id)).is_some()).count()
}
