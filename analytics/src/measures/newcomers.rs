//! From joining to the first message, and to a second.

use hearth_shared::{
    activity::Capability,
    report::{exact_id, reason},
};
use hearth_statistics::survival::{kaplan_meier, median_survival, median_survival_interval};

use polars::prelude::*;

use super::{
    definition::{Definition, Formula, Tier},
    lifetime::DAY,
    query::{Query, Rows, whole},
};
use crate::{month_facts::SETTLING_MONTHS, month_view::MonthView, raw::Raw, timelines::MemberTimeline};

/// How long people who join take to write.
pub const JOIN_TO_FIRST_MESSAGE: Definition = Definition {
    id: exact_id::JOIN_TO_FIRST_MESSAGE,
    unit: "days",
    tier: Tier::Section,
    definition: "Median days from joining to the first message, by Kaplan and Meier, over those who joined in the twelve months to the month's end; who has not written yet counts for as long as they were watched.",
    source: "CHAOSS, Conversion Rate; Kaplan and Meier 1958.",
    caveat: "Not known while fewer than half have written, which is common: reading along is taking part. Who was there when the log began is not in it.",
    needs: &[Capability::Joins],
    reach: 0,
    per_room: false,
    formula: Formula::Plain(|view| {
        let durations = waiting(view);
        let curve = kaplan_meier(&durations);
        let people = durations.len() as u64;
        let reason = Some(if people > 0 { reason::NOT_REACHED } else { reason::NOBODY_JOINED });
        let value = median_survival(&curve);
        Ok(Raw { reason, interval: median_survival_interval(&curve), ..Raw::of_people(value, people) })
    }),
};

/// Who wrote within a week of joining.
pub const FIRST_MESSAGE_7_DAYS: Definition = Definition {
    id: exact_id::FIRST_MESSAGE_7_DAYS,
    unit: "share",
    tier: Tier::Section,
    definition: "Of those who joined last month, the share who wrote within seven days, Wilson interval.",
    source: "CHAOSS, Conversion Rate.",
    caveat: "Low: look at the welcome, and at what there is to answer. Small months swing.",
    needs: &[Capability::Joins],
    reach: 1,
    per_room: false,
    formula: Formula::Query(|| wrote_within(1, 7)),
};

/// Who wrote within a month of joining.
pub const FIRST_MESSAGE_30_DAYS: Definition = Definition {
    id: exact_id::FIRST_MESSAGE_30_DAYS,
    unit: "share",
    tier: Tier::Section,
    definition: "Of those who joined the month before last, the share who wrote within thirty days, Wilson interval.",
    source: "CHAOSS, Conversion Rate.",
    caveat: "Who has not written by then mostly reads along, which is a way to belong.",
    needs: &[Capability::Joins],
    reach: 2,
    per_room: false,
    formula: Formula::Query(|| wrote_within(2, 30)),
};

/// Who came back after the first conversation.
pub const SECOND_CONTRIBUTION: Definition = Definition {
    id: exact_id::SECOND_CONTRIBUTION,
    unit: "share",
    tier: Tier::Section,
    definition: "Of those who wrote their first message four months ago, the share who wrote again 30 to 120 days later, Wilson interval.",
    source: "CHAOSS, Conversion Rate.",
    caveat: "What onboarding leads to, four months late: judge changes by cohorts before and after. Not shown to depend on being answered.",
    needs: &[],
    reach: SETTLING_MONTHS + FOLLOW_UP,
    per_room: false,
    formula: Formula::Query(|| {
        let is_watched = || (col("first") + lit(120 * DAYS)).lt_eq(col("observed"));
        Query::share_of_people(Rows::Followed, is_watched().and(col("again")).sum(), is_watched().sum())
    }),
};

/// From the end of a month it takes so many more until everybody was watched for 120 days.
pub const FOLLOW_UP: usize = 4;
const DAYS: i64 = DAY as i64;

/// Days from joining to the first message, of those who joined in the twelve months to the month's end; `false` where
/// there is none yet.
pub fn waiting(view: &MonthView<'_>) -> Vec<(f64, bool)> {
    let end = view.facts.observed;
    let since = view.facts.month.plus(-11).map_or(i64::MIN, |month| month.bounds(&view.history.zone).0);
    let waited = |timeline: &MemberTimeline| {
        let joined = timeline.joined.filter(|joined| (since..=end).contains(joined))?;
        let wrote = timeline.first_message().filter(|wrote| *wrote <= end);
        Some(((wrote.unwrap_or(end) - joined) as f64 / DAY, wrote.is_some()))
    };
    view.history.timelines.people().filter_map(|(_, timeline)| waited(timeline)).collect()
}

/// Of those who joined so many months ago, who wrote within so many days.
fn wrote_within(months_ago: i32, days: i64) -> Query {
    let came = || col("ago").eq(lit(months_ago));
    let is_watched = || (col("joined") + lit(days * DAYS)).lt_eq(col("observed"));
    let in_time = (col("first") - col("joined")).lt_eq(lit(days * DAYS));
    let watched = came().and(is_watched());
    let columns = vec![watched.clone().and(in_time).sum(), watched.sum()];
    Query::new(Rows::Joined, columns, |it| Raw {
        reason: Some(reason::NOBODY_JOINED),
        ..Raw::share_of_people(whole(it[0]), whole(it[1]))
    })
}
