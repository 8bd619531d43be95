//! What acts say about each other, worked out once.
//!
//! To the columns of acts are added:
//!
//! | column | type | meaning |
//! |---|---|---|
//! | `replied` | Int32, null | who wrote the message that a message answers; what points into another room answers nothing |
//! | `first_in_thread` | Boolean | whether it is the first message of a thread whose root is in no row |
//! | `opens` | Boolean | whether it opens a conversation: a message that is no reply, on the main timeline or first of its thread |

use hearth_shared::{activity::Kind, month::Month};
use jiff::tz::TimeZone;
use polars::prelude::*;

use super::past::Past;
use crate::acts::{self, ReadError, Source};
use crate::frames::{in_order, left, only_if};

/// When a month begins, in milliseconds since 1970.
pub fn begin(month: i32, zone: &TimeZone) -> i64 {
    Month::from_ordinal(month).map_or(i64::MAX, |month| month.bounds(zone).0)
}

/// What acts of people in a month and in the 72 hours after it say about each other.
pub(super) struct Related {
    /// The acts.
    pub acts: DataFrame,
    /// Who wrote the messages that threads of the month are about: `thread`, `room`, `person`, `ts`.
    pub roots: DataFrame,
    /// The threads without a root that begin in the month.
    pub threads: LazyFrame,
    /// What the month's messages point at and is in no row.
    pub dangling: LazyFrame,
}

/// Works that out.
pub(super) fn related(all: DataFrame, source: &Source, past: &Past, month: i32) -> Result<Related, ReadError> {
    let all = all.lazy();
    let messages = all.clone().filter(acts::is_message());
    let own = messages.clone().filter(col("month").eq(lit(month)));
    let points = |from: &LazyFrame, at: &str| from.clone().filter(col(at).is_not_null()).select([col(at).alias("id")]);
    let pointed = |from: &LazyFrame| concat([points(from, "reply_to"), points(from, "thread")], UnionArgs::default());
    let here = all.clone().select(["id", "room", "person", "kind", "ts"].map(col));
    let elsewhere = pointed(&messages)?
        .unique(None, UniqueKeepStrategy::Any)
        .anti_join(here.clone(), col("id"), col("id"))
        .collect()?;
    let elsewhere = source.look(elsewhere.column("id")?.i32()?)?;
    let known = concat([here, elsewhere.lazy()], UnionArgs::default())?.collect()?.lazy();
    let dangling = pointed(&own)?.anti_join(known.clone(), col("id"), col("id")).unique(None, UniqueKeepStrategy::Any);
    let dangling = in_order(dangling, col("id"));

    // Rows are in time order, so that the first of a thread is the first of its group.
    let firsts = messages
        .filter(col("thread").is_not_null())
        .anti_join(known.clone(), col("thread"), col("id"))
        .group_by([col("thread")])
        .agg([col("id").first(), col("month").first()])
        .anti_join(past.begun.clone().lazy(), col("thread"), col("thread"))
        .collect()?;
    let threads = firsts.clone().lazy().filter(col("month").eq(lit(month))).select([col("thread")]);
    let threads = in_order(threads, col("thread"));

    let roots = known
        .clone()
        .filter(acts::is_message())
        .semi_join(own.filter(col("thread").is_not_null()), col("id"), col("thread"))
        .select([col("id").alias("thread"), col("room"), col("person"), col("ts")])
        .collect()?;
    let authors = known.filter(acts::is_message()).select([
        col("id"),
        col("room").alias("there"),
        col("person").alias("replied"),
    ]);
    let firsts = firsts.lazy().select([col("id"), lit(true).alias("first_in_thread")]);
    let main_or_root = col("thread").is_null().or(col("thread").eq(col("id"))).or(col("first_in_thread"));
    let acts = all
        .join(authors, [col("reply_to")], [col("id")], left())
        .join(firsts, [col("id")], [col("id")], left())
        .with_columns([
            only_if(acts::is(Kind::Message).and(col("there").eq(col("room"))), col("replied")).alias("replied"),
            col("first_in_thread").fill_null(lit(false)),
        ])
        .drop(cols(["there"]))
        .with_column(acts::is_message().and(col("reply_to").is_null()).and(main_or_root).alias("opens"))
        .collect()?;
    Ok(Related { acts, roots, threads, dangling })
}
