//! Who did how much, and with how many others they spoke: in each room ([`in_rooms`]), and in all rooms together
//! ([`people`]).
//!
//! A row a month, room and person who wrote, reacted or was answered there, in the order of rooms and in each of
//! `messages`; and one a month and person, in the order of `messages`.
//!
//! | column | type | meaning |
//! |---|---|---|
//! | `messages`, `reactions` | UInt32 | how many |
//! | `days` | UInt32 | on how many local days they wrote or reacted |
//! | `partners` | UInt32 | with how many others they exchanged replies |
//! | `edges` | UInt32 | how often one of the two answered the other at all: once or twice a partner |
//! | `mutual` | UInt32 | those of them where each answered the other |
//!
//! And in all rooms together:
//!
//! | column | type | meaning |
//! |---|---|---|
//! | `rooms` | UInt32 | in how many rooms they wrote |
//! | `first`, `last` | Int64, null | when they wrote first and last, in milliseconds since 1970 |
//! | `cohort` | Int32, null | of who wrote: the month in which they wrote for the first time |
//! | `before` | Int32, null | the month before this one in which they wrote last |

use hearth_shared::activity::Kind;
use polars::prelude::*;

use super::batch::Batch;
use crate::acts;
use crate::frames::{self, in_order, left, only_if};

/// Who did how much in each room, given who [replied](super::replies) to whom.
pub(super) fn in_rooms(batch: &Batch, replies: &DataFrame) -> PolarsResult<LazyFrame> {
    let spoke = ties(replies, &["room"])?.with_column(acts::seat().alias("seat"));
    let all = together(who_did(&batch.by_seat, "seat"), spoke, "seat")?;
    Ok(in_order(all, frames::pair(col("room"), col("messages"))))
}

/// Who did how much in all rooms together, given who [replied](super::replies) to whom, and who did how much in each room.
pub(super) fn people(batch: &Batch, replies: &DataFrame, in_rooms: &DataFrame) -> PolarsResult<LazyFrame> {
    let all = in_order(together(who_did(&batch.by_person, "person"), ties(replies, &[])?, "person")?, col("messages"));
    let wrote = |value: Expr| only_if(col("messages").gt(lit(0)), value);
    let rooms = in_rooms.clone().lazy().filter(col("messages").gt(lit(0)));
    let rooms = rooms.group_by([col("person")]).agg([len().alias("rooms")]);
    let posted = batch.past.posted.clone().lazy().select(["person", "cohort", "latest"].map(col));
    let on_person = |one: LazyFrame, other: LazyFrame| one.join(other, [col("person")], [col("person")], left());
    Ok(on_person(on_person(all, rooms), posted).with_columns([
        col("rooms").fill_null(lit(0)),
        wrote(col("cohort").fill_null(lit(batch.month))).alias("cohort"),
        wrote(col("latest")).alias("before"),
    ]))
}

/// What was done, of acts in the order of a key and in time order.
fn who_did(acts: &DataFrame, key: &str) -> LazyFrame {
    let (is_message, is_reaction) = (acts::is(Kind::Message), acts::is(Kind::Reaction));
    let is_new = |name: &str| col(name).shift(lit(1)).neq_missing(col(name));
    let own = if key == "seat" {
        [col("room").first(), col("person").first()]
    } else {
        [col("wrote").min().alias("first"), col("wrote").max().alias("last")]
    };
    let numbers = [
        is_message.clone().sum().alias("messages"),
        is_reaction.clone().sum().alias("reactions"),
        col("is_new_day").sum().alias("days"),
    ];
    acts.clone()
        .lazy()
        .filter(is_message.clone().or(is_reaction))
        .with_columns([
            is_new(key).or(is_new("day")).alias("is_new_day"),
            only_if(is_message, col("ts")).alias("wrote"),
        ])
        .group_by_stable([col(key)])
        .agg([own.to_vec(), numbers.to_vec()].concat())
}

/// Between whom replies went: a row for each of two people (`person`), with how many of them answered the other (`edges`).
fn ties(replies: &DataFrame, keys: &[&str]) -> PolarsResult<LazyFrame> {
    let keys: Vec<Expr> = keys.iter().map(|name| col(*name)).collect();
    let first = || col("person").lt(col("to"));
    let pairs = replies
        .clone()
        .lazy()
        .with_columns([
            when(first()).then(col("person")).otherwise(col("to")).alias("one"),
            when(first()).then(col("to")).otherwise(col("person")).alias("other"),
        ])
        .group_by([keys.clone(), vec![frames::pair(col("one"), col("other")).alias("pair")]].concat())
        // Two may have spoken in several rooms.
        .agg([col("one").first(), col("other").first(), col("person").n_unique().alias("edges")])
        .collect()?;
    let end =
        |of: &str| pairs.clone().lazy().select([keys.clone(), vec![col(of).alias("person"), col("edges")]].concat());
    concat([end("one"), end("other")], UnionArgs::default())
}

/// What people did and with how many others they spoke, by a key.
fn together(did: LazyFrame, ties: LazyFrame, key: &str) -> PolarsResult<LazyFrame> {
    let did = did.collect()?;
    let others = if key == "seat" { vec![col("room").first(), col("person").first()] } else { Vec::new() };
    let numbers = vec![
        len().alias("partners"),
        col("edges").sum(),
        col("edges").filter(col("edges").eq(lit(2))).sum().alias("mutual"),
    ];
    let spoke = in_order(ties, col(key)).group_by_stable([col(key)]).agg([others, numbers].concat()).collect()?;
    let nothing = ["messages", "reactions", "days"].map(|name| lit(0).cast(DataType::UInt32).alias(name));
    let never = ["first", "last"].map(|name| lit(NULL).cast(DataType::Int64).alias(name));
    let only_answered = spoke.clone().lazy().anti_join(did.clone().lazy().select([col(key)]), col(key), col(key));
    let only_answered = only_answered.with_columns(nothing).with_columns(never);
    let spoke = spoke.lazy().select([col(key), col("partners"), col("edges"), col("mutual")]);
    let all = did.lazy().join(spoke, [col(key)], [col(key)], left());
    let columns: Vec<Expr> = all.clone().collect_schema()?.iter_names().map(|name| col(name.clone())).collect();
    let count = |name: &str| col(name).fill_null(lit(0));
    let all = concat([all.select(columns.clone()), only_answered.select(columns)], UnionArgs::default())?;
    Ok(all.with_columns(["partners", "edges", "mutual"].map(count)))
}
