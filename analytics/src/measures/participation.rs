//! Who takes part: active, posting, reacting, silent; how often and how much.

use hearth_shared::{activity::Capability, report::exact_id};

use polars::prelude::*;

use super::{
    definition::{Definition, Formula, Tier},
    query::{Query, Rows},
};
use crate::frames::only_if;

/// Everybody who did anything.
pub const ACTIVE_MEMBERS: Definition = Definition {
    id: exact_id::ACTIVE_MEMBERS,
    unit: "people",
    tier: Tier::Headline,
    definition: "People who wrote a message or reacted to one this month.",
    source: "CHAOSS, Chat Platform Inclusivity.",
    caveat: "Tells whether the rooms are alive. Months have 28 to 31 days; reading along is taking part, too, and is not counted.",
    needs: &[Capability::Reactions],
    reach: 0,
    per_room: true,
    formula: Formula::Query(|| Query::count(Rows::People, len())),
};

/// Everybody who wrote.
pub const POSTERS: Definition = Definition {
    id: exact_id::POSTERS,
    unit: "people",
    tier: Tier::Headline,
    definition: "People who wrote at least one message this month.",
    source: "Nielsen 2006, participation inequality.",
    caveat: "The 90-9-1 rule is folklore about the open web: no target for a community of practice.",
    needs: &[],
    reach: 0,
    per_room: true,
    formula: Formula::Query(|| Query::count(Rows::Posters, len())),
};

/// Everybody who only reacted.
pub const REACTORS_ONLY: Definition = Definition {
    id: exact_id::REACTORS_ONLY,
    unit: "people",
    tier: Tier::Headline,
    definition: "People who reacted this month and wrote nothing.",
    source: "Nielsen 2006, participation inequality.",
    caveat: "They are present and listening: inviting them costs little. No sign of a problem.",
    needs: &[Capability::Reactions],
    reach: 0,
    per_room: true,
    formula: Formula::Query(|| Query::count(Rows::People, col("messages").eq(lit(0)).sum())),
};

/// Everybody who is there and did nothing.
pub const SILENT: Definition = Definition {
    id: exact_id::SILENT,
    unit: "people",
    tier: Tier::Headline,
    definition: "Members at the month's end who neither wrote nor reacted this month.",
    source: "Nielsen 2006, participation inequality.",
    caveat: "Silent is not gone: many read. Known only where the log saw every join and leave.",
    needs: &[Capability::Reactions, Capability::Joins],
    reach: 0,
    per_room: false,
    formula: Formula::Query(|| Query::count(Rows::Counts, number("members") - number("active"))),
};

/// Active members as a share of members.
pub const ACTIVE_RATIO: Definition = Definition {
    id: exact_id::ACTIVE_RATIO,
    unit: "share",
    tier: Tier::Section,
    definition: "Active members over members at the month's end (and those who took part and left), Wilson interval.",
    source: "Wilson 1927 (interval).",
    caveat: "Low and falling: re-engage rather than recruit. Communities of readers are healthy at low ratios.",
    needs: &[Capability::Reactions, Capability::Joins],
    reach: 0,
    per_room: false,
    formula: Formula::Query(|| Query::share_of_people(Rows::Counts, number("active"), number("members"))),
};

/// The mean of daily active people.
pub const DAILY_ACTIVE_MEAN: Definition = Definition {
    id: exact_id::DAILY_ACTIVE_MEAN,
    unit: "people",
    tier: Tier::Explorer,
    definition: "Mean over the month's days of the people active on a day.",
    source: "Product analytics convention.",
    caveat: "Communities of practice live in weeks, not days: no target.",
    needs: &[Capability::Reactions],
    reach: 0,
    per_room: false,
    formula: Formula::Query(|| Query::of_people(Rows::Counts, number("days") / number("length"), number("active"))),
};

/// Daily over monthly active people.
pub const STICKINESS: Definition = Definition {
    id: exact_id::STICKINESS,
    unit: "share",
    tier: Tier::Explorer,
    definition: "Mean of daily active people over active members of the month.",
    source: "Product analytics convention.",
    caveat: "Punishes communities that meet rarely and well. Look at its change only.",
    needs: &[Capability::Reactions],
    reach: 0,
    per_room: false,
    formula: Formula::Query(|| {
        Query::of_people(
            Rows::Counts,
            only_if(number("active").gt(lit(0)), number("days") / number("length") / number("active")),
            number("active"),
        )
    }),
};

/// Days with activity a member.
pub const ACTIVE_DAYS_PER_MEMBER: Definition = Definition {
    id: exact_id::ACTIVE_DAYS_PER_MEMBER,
    unit: "days",
    tier: Tier::Section,
    definition: "Days on which a person was active, mean over active members.",
    source: "Stickiness times the days of the month.",
    caveat: "Depth beside breadth: more people on fewer days each may still be growth.",
    needs: &[Capability::Reactions],
    reach: 0,
    per_room: false,
    formula: Formula::Query(|| {
        Query::of_people(
            Rows::Counts,
            only_if(number("active").gt(lit(0)), number("days") / number("active")),
            number("active"),
        )
    }),
};

/// All messages.
pub const MESSAGES: Definition = Definition {
    id: exact_id::MESSAGES,
    unit: "messages",
    tier: Tier::Section,
    definition: "Messages that people wrote this month; edits, redacted messages and bots are not counted.",
    source: "Context for the other measures.",
    caveat: "Volume is not value: never a goal.",
    needs: &[],
    reach: 0,
    per_room: true,
    formula: Formula::Query(|| Query::things(Rows::People, col("messages").sum(), col("messages").gt(lit(0)).sum())),
};

/// A typical poster's messages.
pub const MESSAGES_PER_POSTER_MEDIAN: Definition = Definition {
    id: exact_id::MESSAGES_PER_POSTER_MEDIAN,
    unit: "messages",
    tier: Tier::Section,
    definition: "Median of messages per poster, bootstrap interval over people.",
    source: "Type-7 quantile.",
    caveat: "Half of the posters wrote less: read it beside effective voices.",
    needs: &[],
    reach: 0,
    per_room: true,
    formula: Formula::Query(|| {
        Query::of_people(Rows::Posters, col("messages").median(), len())
            .then(|raw, view| raw.with_interval(view.voice_intervals().map(|intervals| intervals.median)))
    }),
};

/// A number of which there is one a month.
fn number(name: &str) -> Expr {
    col(name).first().cast(DataType::Float64)
}
