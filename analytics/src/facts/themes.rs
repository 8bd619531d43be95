//! What retrospectives were about: a row a month, `gathering` and `theme` (both Int64; a theme by its row in the table of
//! labels).

use hearth_shared::activity::Kind;
use polars::prelude::*;

use crate::acts;

pub(super) fn query(stood: &LazyFrame) -> LazyFrame {
    let named = col("thread").is_not_null().and(col("value").is_not_null());
    stood
        .clone()
        .filter(acts::is(Kind::RetroTheme).and(named))
        .select([col("month"), col("thread").alias("gathering"), col("value").alias("theme")])
        .unique_stable(None, UniqueKeepStrategy::First)
}
