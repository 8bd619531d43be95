//! Whether newcomers stay.

use std::collections::HashSet;

use super::{Definition, Raw, Tier};
use crate::history::SETTLING_MONTHS;

/// Last month's newcomers who posted again.
pub const COHORT_RETENTION: Definition = Definition {
    id: "cohort_retention",
    unit: "share",
    tier: Tier::Section,
    definition: "Of those whose first message ever was last month, the share who posted this month, Wilson interval.",
    source: "Cohort analysis.",
    caveat: "Small cohorts swing: watch a quarter, not a month. Not known for the month in which the log ends.",
    needs: &[],
    reach: SETTLING_MONTHS + 1,
    reveals: &[],
    sample: None,
    raw: |view| {
        if view.facts.rows.end == view.history.log.len() {
            return Ok(Raw { reason: Some("incomplete_month"), ..Raw::default() });
        }
        let Some(previous) = view.previous() else { return Ok(Raw::default()) };
        let retained: HashSet<i32> = view.facts.growth.retained.iter().copied().collect();
        let cohort = &previous.growth.new;
        let stayed = cohort.iter().filter(|person| retained.contains(person)).count() as u64;
        let mut raw = Raw::share_of_people(stayed, cohort.len() as u64);
        raw.groups.push(retained.len() as u64 - stayed);
        raw.gives_away = previous.hidden.contains(&crate::suppress::Cell::New);
        Ok(raw)
    },
};
