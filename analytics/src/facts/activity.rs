//! Who did how much where, and with how many others they spoke there.
//!
//! A row a month, room and person who wrote, reacted or was answered there, and one more a month and person with `room`
//! null: all rooms together. They are in the order of rooms (null first), and in each of `messages`.
//!
//! | column | type | meaning |
//! |---|---|---|
//! | `messages`, `reactions` | UInt32 | how many |
//! | `days` | UInt32 | on how many local days they wrote or reacted |
//! | `rooms` | UInt32 | in how many rooms they wrote |
//! | `first`, `last` | Int64, null | when they wrote first and last, in milliseconds since 1970 |
//! | `partners` | UInt32 | with how many others they exchanged replies |
//! | `edges` | UInt32 | how often one of the two answered the other at all: once or twice a partner |
//! | `mutual` | UInt32 | those of them where each answered the other |
//! | `cohort` | Int32, null | in all rooms together, of who wrote: the month in which they wrote for the first time |
//! | `before` | Int32, null | the month before this one in which they wrote last |

use hearth_shared::activity::Kind;
use polars::prelude::*;

use super::{Batch, in_order, left, only_if};
use crate::acts;

/// Stands for all rooms together while rows are put together.
const NO_ROOM: i32 = -1;

/// The query, given who [replied](super::replies) to whom.
pub(super) fn query(batch: &Batch, replies: &DataFrame) -> PolarsResult<LazyFrame> {
    let everywhere = || lit(NO_ROOM).alias("room");
    let in_rooms = who_did(&batch.by_seat, "seat").collect()?.lazy();
    let rooms =
        in_rooms.clone().filter(col("messages").gt(lit(0))).group_by([col("person")]).agg([len().alias("rooms")]);
    let all_rooms = who_did(&batch.by_person, "person").join(rooms, [col("person")], [col("person")], left());
    let all_rooms = all_rooms.with_columns([everywhere(), col("rooms").fill_null(lit(0))]);
    let in_rooms = in_rooms.with_column(col("messages").gt(lit(0)).cast(DataType::UInt32).alias("rooms"));
    let did = concat([all_rooms, in_rooms], UnionArgs::default())?.with_column(acts::seat().alias("seat")).collect()?;
    let spoke = who_spoke(concat(
        [replies.clone().lazy().with_column(everywhere()), replies.clone().lazy()],
        UnionArgs::default(),
    )?)?;
    let only_answered =
        spoke.clone().lazy().anti_join(did.clone().lazy().select([col("seat")]), col("seat"), col("seat"));
    let spoke = spoke.lazy().select(["seat", "partners", "edges", "mutual"].map(col));
    let did = did.lazy().join(spoke, [col("seat")], [col("seat")], left());
    let nothing = ["messages", "reactions", "days", "rooms"].map(|name| lit(0).cast(DataType::UInt32).alias(name));
    let never = ["first", "last"].map(|name| lit(NULL).cast(DataType::Int64).alias(name));
    let columns = [
        "seat",
        "room",
        "person",
        "messages",
        "reactions",
        "days",
        "rooms",
        "first",
        "last",
        "partners",
        "edges",
        "mutual",
    ]
    .map(col);
    let only_answered = only_answered.with_columns(nothing).with_columns(never).select(columns.clone());
    let all = concat([did.select(columns), only_answered], UnionArgs::default())?;
    let posted = batch.past.posted.clone().lazy().with_column(everywhere());
    let posted = posted.select([acts::seat().alias("seat"), col("cohort"), col("latest")]);
    let count = |name: &str| col(name).fill_null(lit(0));
    let wrote = || col("room").eq(lit(NO_ROOM)).and(col("messages").gt(lit(0)));
    Ok(in_order(all.with_columns(["partners", "edges", "mutual"].map(count)), acts::pair(col("room"), col("messages")))
        .join(posted, [col("seat")], [col("seat")], left())
        .with_columns([
            only_if(wrote(), col("cohort").fill_null(lit(batch.month))).alias("cohort"),
            only_if(wrote(), col("latest")).alias("before"),
            only_if(col("room").neq(lit(NO_ROOM)), col("room")).alias("room"),
        ]))
}

/// `seat`, `room`, `person`, `partners`, `edges`, `mutual`: with how many others people exchanged replies, in the order of
/// seats.
fn who_spoke(replies: LazyFrame) -> PolarsResult<DataFrame> {
    let first = || col("person").lt(col("to"));
    let pairs = replies
        .with_columns([
            when(first()).then(col("person")).otherwise(col("to")).alias("one"),
            when(first()).then(col("to")).otherwise(col("person")).alias("other"),
        ])
        .group_by([col("room"), acts::pair(col("one"), col("other")).alias("pair")])
        // Two may have spoken in several rooms.
        .agg([col("one").first(), col("other").first(), col("person").n_unique().alias("edges")])
        .collect()?;
    let end = |of: &str| pairs.clone().lazy().select([col("room"), col(of).alias("person"), col("edges")]);
    let ends = concat([end("one"), end("other")], UnionArgs::default())?.with_column(acts::seat().alias("seat"));
    in_order(ends, col("seat"))
        .group_by_stable([col("seat")])
        .agg([
            col("room").first(),
            col("person").first(),
            len().alias("partners"),
            col("edges").sum(),
            col("edges").filter(col("edges").eq(lit(2))).sum().alias("mutual"),
        ])
        .collect()
}

/// Who did how much, of acts in the order of a key and in time order.
fn who_did(acts: &DataFrame, key: &str) -> LazyFrame {
    let (is_message, is_reaction) = (acts::is(Kind::Message), acts::is(Kind::Reaction));
    let before = |name: &str| col(name).shift(lit(1));
    let is_new_day = before(key).neq_missing(col(key)).or(before("day").neq_missing(col("day")));
    acts.clone()
        .lazy()
        .filter(is_message.clone().or(is_reaction.clone()))
        .with_columns([is_new_day.alias("is_new_day"), only_if(is_message.clone(), col("ts")).alias("wrote")])
        .group_by_stable([col(key).alias("key")])
        .agg([
            col("room").first(),
            col("person").first(),
            is_message.sum().alias("messages"),
            is_reaction.sum().alias("reactions"),
            col("is_new_day").sum().alias("days"),
            col("wrote").min().alias("first"),
            col("wrote").max().alias("last"),
        ])
        .drop(cols(["key"]))
}
