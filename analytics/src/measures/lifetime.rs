//! How long people stay.

use hearth_shared::report::{exact_id, reason};
use hearth_statistics::survival::{Step, kaplan_meier, median_survival, median_survival_interval};

use super::definition::{Definition, Formula, Tier};
use crate::{calendar, month_view::MonthView, raw::Raw};

/// A day in milliseconds, to divide by.
pub const DAY: f64 = calendar::DAY as f64;

/// Who has been silent for so many days is gone.
const GONE: f64 = 90.0;

/// The half-life of membership.
pub const LIFETIME_SURVIVAL: Definition = Definition {
    id: exact_id::LIFETIME_SURVIVAL,
    unit: "days",
    tier: Tier::Section,
    definition: "Median days from first to last message, by Kaplan and Meier: who has not written for 90 days is gone, everybody else may stay on. Over everybody who wrote up to the month's end.",
    source: "Kaplan and Meier 1958; interval of Brookmeyer and Crowley 1982.",
    caveat: "0 days: half wrote on one day only, as in most open communities. Who was there before the log began counts from its first day. Not known while more than half are still here.",
    needs: &[],
    reach: 0,
    per_room: false,
    formula: Formula::Plain(|view| {
        let durations = durations(view, GONE);
        let curve = kaplan_meier(&durations);
        let people = durations.len() as u64;
        let reason = if people > 0 { Some(reason::NOT_REACHED) } else { None };
        let value = median_survival(&curve);
        Ok(Raw { reason, interval: median_survival_interval(&curve), ..Raw::of_people(value, people) })
    }),
};

/// The survival curve of a month.
pub fn curve(view: &MonthView<'_>) -> Vec<Step> {
    kaplan_meier(&durations(view, GONE))
}

/// Days from first to last message of everybody who wrote up to the month's end, `true` for those who had been silent
/// for more than `gap` days when the log, or the month, ended.
pub fn durations(view: &MonthView<'_>, gap: f64) -> Vec<(f64, bool)> {
    let end = view.facts.observed;
    let days = |from: i64, to: i64| (to - from) as f64 / DAY;
    let people = view.history.timelines.people();
    people
        .filter_map(|(_, timeline)| {
            let (first, last) = (timeline.first_message()?, timeline.last_message(view.facts.age)?);
            Some((days(first, last), days(last, end) > gap))
        })
        .collect()
}
