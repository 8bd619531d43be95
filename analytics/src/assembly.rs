//! What is known of a community's months, put together.

use jiff::Timestamp;
use polars::prelude::PolarsResult;

use crate::{archive::Community, evaluation, history::History, read_plan::ReadPlan};

/// The months of a community up to the last that a plan wants, with what its measures come to; or `None` where its log is
/// empty.
///
/// # Errors
/// Where polars cannot read or compute a table.
pub fn history(community: &Community, plan: &ReadPlan, now: Timestamp) -> PolarsResult<Option<History>> {
    let months = community.months_of(plan.last());
    let practices = evaluation::practices(community, &months, plan)?;
    let values = evaluation::values(community, &practices, &months, plan, |_| true)?;
    History::of(community, plan, practices, values, now)
}
