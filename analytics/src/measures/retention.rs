//! Whether newcomers stay.

use hearth_shared::report::{measure_id, reason};

use super::definition::{Definition, Formula, Tier};
use crate::{month_facts::SETTLING_MONTHS, raw::Raw, suppress::Cell};

/// Last month's newcomers who posted again.
pub const COHORT_RETENTION: Definition = Definition {
    id: measure_id::COHORT_RETENTION,
    unit: "share",
    tier: Tier::Section,
    definition: "Of those whose first message ever was last month, the share who posted this month, Wilson interval.",
    source: "Cohort analysis.",
    caveat: "Small cohorts swing: watch a quarter, not a month. Not known for the month in which the log ends.",
    needs: &[],
    reach: SETTLING_MONTHS + 1,
    reveals: &[],
    sample: None,
    per_room: false,
    formula: Formula::Plain(|view| {
        if view.is_last() {
            return Ok(Raw { reason: Some(reason::INCOMPLETE_MONTH), ..Raw::default() });
        }
        let Some(cohort) = view.facts.age.checked_sub(1) else { return Ok(Raw::default()) };
        let cohorts = &view.history.cohorts;
        let (Some(stayed), size) = (cohorts.wrote(cohort, 1), cohorts.size(cohort)) else { return Ok(Raw::default()) };
        let mut raw = Raw::share_of_people(stayed, size);
        raw.groups.push(view.facts.count(Cell::Retained) - stayed);
        raw.gives_away = size > 0 && !cohorts.is_shown(cohort, 1);
        Ok(raw)
    }),
};
