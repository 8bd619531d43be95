//! Whether newcomers stay.

use hearth_shared::report::{exact_id, reason};

use polars::prelude::*;

use super::{
    definition::{Definition, Formula, Tier},
    query::{Query, Rows},
};
use crate::{month_facts::SETTLING_MONTHS, raw::Raw};

/// Last month's newcomers who posted again.
pub const COHORT_RETENTION: Definition = Definition {
    id: exact_id::COHORT_RETENTION,
    unit: "share",
    tier: Tier::Section,
    definition: "Of those whose first message ever was last month, the share who posted this month, Wilson interval.",
    source: "Cohort analysis.",
    caveat: "Small cohorts swing: watch a quarter, not a month. Not known for the month in which the log ends.",
    needs: &[],
    reach: SETTLING_MONTHS + 1,
    per_room: false,
    formula: Formula::Query(|| {
        Query::share_of_people(Rows::Cohort, col("wrote").sum(), col("size").sum()).then(|raw, view| {
            match view.is_last() {
                true => Raw { reason: Some(reason::INCOMPLETE_MONTH), ..Raw::default() },
                false => raw,
            }
        })
    }),
};
