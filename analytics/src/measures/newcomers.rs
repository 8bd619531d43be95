//! From joining to the first message, and to a second.

use hearth_shared::{
    activity::Capability,
    report::{measure_id, reason},
};

use super::{
    definition::{Definition, Formula, Tier},
    lifetime::DAY,
};
use crate::{
    month_facts::SETTLING_MONTHS,
    month_view::MonthView,
    raw::Raw,
    statistics::{kaplan_meier, median_survival, median_survival_interval},
    suppress::Cell,
};

/// How long people who join take to write.
pub const JOIN_TO_FIRST_MESSAGE: Definition = Definition {
    id: measure_id::JOIN_TO_FIRST_MESSAGE,
    unit: "days",
    tier: Tier::Section,
    definition: "Median days from joining to the first message, by Kaplan and Meier, over those who joined in the twelve months to the month's end; who has not written yet counts for as long as they were watched.",
    source: "CHAOSS, Conversion Rate; Kaplan and Meier 1958.",
    caveat: "Not known while fewer than half have written, which is common: reading along is taking part. Who was there when the log began is not in it.",
    needs: &[Capability::Joins],
    reach: 0,
    reveals: &[],
    sample: None,
    per_room: false,
    formula: Formula::Plain(|view| {
        let durations = waiting(view);
        let curve = kaplan_meier(&durations);
        let people = durations.len() as u64;
        let reason = Some(if people > 0 { reason::NOT_REACHED } else { reason::NOBODY_JOINED });
        let value = median_survival(&curve);
        Ok(Raw { reason, keeps_n: true, interval: median_survival_interval(&curve), ..Raw::of_people(value, people) })
    }),
};

/// Who wrote within a week of joining.
pub const FIRST_MESSAGE_7_DAYS: Definition = Definition {
    id: measure_id::FIRST_MESSAGE_7_DAYS,
    unit: "share",
    tier: Tier::Section,
    definition: "Of those who joined last month, the share who wrote within seven days, Wilson interval.",
    source: "CHAOSS, Conversion Rate.",
    caveat: "Low: look at the welcome, and at what there is to answer. Small months swing.",
    needs: &[Capability::Joins],
    reach: 1,
    reveals: &[],
    sample: None,
    per_room: false,
    formula: Formula::Plain(|view| Ok(wrote_within(view, 1, 7.0))),
};

/// Who wrote within a month of joining.
pub const FIRST_MESSAGE_30_DAYS: Definition = Definition {
    id: measure_id::FIRST_MESSAGE_30_DAYS,
    unit: "share",
    tier: Tier::Section,
    definition: "Of those who joined the month before last, the share who wrote within thirty days, Wilson interval.",
    source: "CHAOSS, Conversion Rate.",
    caveat: "Who has not written by then mostly reads along, which is a way to belong.",
    needs: &[Capability::Joins],
    reach: 2,
    reveals: &[],
    sample: None,
    per_room: false,
    formula: Formula::Plain(|view| Ok(wrote_within(view, 2, 30.0))),
};

/// Who came back after the first conversation.
pub const SECOND_CONTRIBUTION: Definition = Definition {
    id: measure_id::SECOND_CONTRIBUTION,
    unit: "share",
    tier: Tier::Section,
    definition: "Of those who wrote their first message four months ago, the share who wrote again 30 to 120 days later, Wilson interval.",
    source: "CHAOSS, Conversion Rate.",
    caveat: "What onboarding leads to, four months late: judge changes by cohorts before and after. Not shown to depend on being answered.",
    needs: &[],
    reach: SETTLING_MONTHS + FOLLOW_UP,
    reveals: &[],
    sample: None,
    per_room: false,
    formula: Formula::Plain(|view| {
        let Some(cohort) = view.facts.age.checked_sub(FOLLOW_UP) else { return Ok(Raw::default()) };
        let hidden = view.history.months[cohort].hidden.contains(&Cell::New);
        let (back, whole, unwatched) = came_back(view, cohort);
        let mut raw = Raw::share_of_people(back, whole);
        raw.groups.push(unwatched);
        raw.gives_away = hidden;
        Ok(raw)
    }),
};

/// From the end of a month it takes so many more until everybody was watched for 120 days.
const FOLLOW_UP: usize = 4;
const DAYS: i64 = DAY as i64;

/// Of those who wrote first in a month: who wrote again 30 to 120 days later, of how many who were watched for 120
/// days, and how many were not.
pub fn came_back(view: &MonthView<'_>, cohort: usize) -> (u64, u64, u64) {
    let end = view.facts.observed;
    let (mut back, mut watched, mut unwatched) = (0, 0, 0);
    for (_, timeline) in view.history.timelines.people().filter(|(_, timeline)| timeline.cohort() == Some(cohort)) {
        let Some(first) = timeline.first_message() else { continue };
        if first + 120 * DAYS > end {
            unwatched += 1;
            continue;
        }
        watched += 1;
        back += u64::from(timeline.wrote_between(first + 30 * DAYS, first + 120 * DAYS));
    }
    (back, watched, unwatched)
}

/// Days from joining to the first message, of those who joined in the twelve months to the month's end; `false` where
/// there is none yet.
pub fn waiting(view: &MonthView<'_>) -> Vec<(f64, bool)> {
    let end = view.facts.observed;
    let since = view.facts.month.plus(-11).map_or(i64::MIN, |month| month.bounds(&view.history.zone).0);
    joined(view, since, end + 1)
        .map(|(joined, wrote)| match wrote.filter(|wrote| *wrote <= end) {
            Some(wrote) => ((wrote - joined) as f64 / DAY, true),
            None => ((end - joined) as f64 / DAY, false),
        })
        .collect()
}

/// When people joined between two times, and when they wrote first.
fn joined(view: &MonthView<'_>, from: i64, until: i64) -> impl Iterator<Item = (i64, Option<i64>)> {
    let timelines = view.history.timelines.people();
    timelines.filter_map(move |(_, timeline)| {
        Some((timeline.joined.filter(|joined| (from..until).contains(joined))?, timeline.first_message()))
    })
}

/// Of those who joined so many months ago, who wrote within so many days.
fn wrote_within(view: &MonthView<'_>, months_ago: usize, days: f64) -> Raw {
    let Some(at) = view.facts.age.checked_sub(months_ago) else { return Raw::default() };
    let cohort = &view.history.months[at];
    let (from, until) = cohort.month.bounds(&view.history.zone);
    let (end, limit) = (view.facts.observed, (days * DAY) as i64);
    let (mut part, mut whole, mut unwatched) = (0, 0, 0);
    for (joined, wrote) in joined(view, from, until) {
        if joined + limit > end {
            unwatched += 1;
        } else {
            whole += 1;
            part += u64::from(wrote.is_some_and(|wrote| wrote - joined <= limit));
        }
    }
    let mut raw = Raw { reason: Some(reason::NOBODY_JOINED), ..Raw::share_of_people(part, whole) };
    // Who came, less what members grew by, are those who left.
    let before = at.checked_sub(1).map_or(0, |at| view.history.months[at].count(Cell::Members));
    raw.groups.extend([unwatched, (before + whole + unwatched).abs_diff(cohort.count(Cell::Members))]);
    raw
}
