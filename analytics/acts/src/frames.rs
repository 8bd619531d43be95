//! What queries over frames share.

use polars::prelude::*;

/// Two numbers of 32 bits as one, the first before the second: rows are grouped and put in order by one number many times
/// as fast as by two columns.
pub fn pair(one: Expr, other: Expr) -> Expr {
    one.cast(DataType::Int64) * lit(1_i64 << 32) + other.cast(DataType::Int64)
}

/// A table in the order of a number, or of two of them as a [`pair`]. What it does not tell apart stays as it is.
pub fn in_order(table: LazyFrame, by: Expr) -> LazyFrame {
    table.sort_by_exprs([by], SortMultipleOptions::default().with_maintain_order(true))
}

/// A join that keeps the rows of its left side, in their order.
pub fn left() -> JoinArgs {
    JoinArgs { maintain_order: MaintainOrderJoin::Left, ..JoinArgs::new(JoinType::Left) }
}

/// A join that keeps what both sides have.
pub fn inner() -> JoinArgs {
    JoinArgs::new(JoinType::Inner)
}

/// A value where a condition holds, and null where not.
pub fn only_if(condition: Expr, value: Expr) -> Expr {
    when(condition).then(value).otherwise(lit(NULL))
}
