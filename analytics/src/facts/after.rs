//! How things stand after a month: see `facts/past.rs`.

use polars::prelude::*;

use super::{
    batch::Batch,
    conversations, lines, origins,
    past::Past,
    presence, returns,
    table::{Facts, Table, table},
};
use crate::acts;

/// How things stand at the end of a batch's month, given its facts and its main timelines, and when it ends.
pub(super) fn past(batch: &Batch, facts: &Facts, line: &DataFrame, end: i64) -> PolarsResult<Past> {
    let past = &batch.past;
    let both = |before: LazyFrame, now: LazyFrame, columns: &[&str]| {
        let columns: Vec<Expr> = columns.iter().map(|name| col(*name)).collect();
        concat([before.select(columns.clone()), now.select(columns)], UnionArgs::default())?.collect()
    };
    let by_seat = |table: LazyFrame| table.with_column(acts::seat().alias("seat"));
    let wrote = table(facts, Table::People).filter(col("cohort").is_not_null());
    let wrote = wrote.with_column(lit(batch.month).alias("latest"));
    let quiet = past.posted.clone().lazy().anti_join(wrote.clone(), col("person"), col("person"));
    let presence = presence::query(batch).collect()?.lazy();
    let stays = by_seat(past.inside.clone().lazy()).anti_join(presence.clone(), col("seat"), col("seat"));
    let inside = presence.filter(col("is_in"));
    let started = table(facts, Table::Rooms).filter(col("start").is_not_null());
    let topics = both(past.topics.clone().lazy(), conversations::used(batch), &["room", "thread"])?;
    Ok(Past {
        seen: origins::seen(batch)?.collect()?,
        posted: both(quiet, wrote, &["person", "cohort", "latest"])?,
        inside: both(stays, inside, &["room", "person"])?,
        begun: both(past.begun.clone().lazy(), table(facts, Table::Threads), &["thread"])?,
        started: both(past.started.clone().lazy(), started, &["room", "start"])?,
        open: lines::open(line, batch, end)?,
        topics: topics.lazy().unique_stable(None, UniqueKeepStrategy::First).collect()?,
        fresh: returns::waited_for(batch, facts, end)?,
    })
}
