//! Whether people get answers, and how soon.

use hearth_shared::{activity::Capability, report::exact_id};

use polars::prelude::*;

use super::{
    definition::{Definition, Formula, Tier},
    query::{Query, Rows},
};
use crate::{month_facts::SETTLING_MONTHS, month_view::owned_minutes};
use hearth_statistics::bootstrap;

/// Openers that got a reply.
pub const OPENER_REPLY_RATE: Definition = Definition {
    id: exact_id::OPENER_REPLY_RATE,
    unit: "share",
    tier: Tier::Headline,
    definition: "Of the messages that open a conversation, the share that somebody else replied to within 72 hours, Wilson interval; the log's last 72 hours are left out.",
    source: "CHAOSS, Time to First Response.",
    caveat: "Announcements need no reply. People who answer without the reply button are not seen.",
    needs: &[Capability::Replies, Capability::Threads],
    reach: 0,
    per_room: true,
    formula: Formula::Query(|| Query::share(Rows::Openers, col("minutes").count(), len(), col("person").n_unique())),
};

/// Openers that got any answer.
pub const ACKNOWLEDGED_RATE: Definition = Definition {
    id: exact_id::ACKNOWLEDGED_RATE,
    unit: "share",
    tier: Tier::Section,
    definition: "Of the messages that open a conversation, the share that got a reply or a reaction within 72 hours, or after which somebody else spoke within 60 minutes, Wilson interval.",
    source: "CHAOSS, Time to First Response.",
    caveat: "\"Somebody else spoke\" may have been about something else: an upper bound.",
    needs: &[Capability::Replies, Capability::Threads, Capability::Reactions],
    reach: 0,
    per_room: true,
    formula: Formula::Query(|| Query::share(Rows::Openers, acknowledged().sum(), len(), col("person").n_unique())),
};

/// The median time to a reply.
pub const REPLY_MINUTES_P50: Definition = Definition {
    id: exact_id::REPLY_MINUTES_P50,
    unit: "minutes",
    tier: Tier::Section,
    definition: "Median minutes to the first reply, over openers replied to within 72 hours; bootstrap interval over people.",
    source: "CHAOSS, Time to First Response; type-7 quantile.",
    caveat: "Only what was answered is in it: read it beside the reply rate.",
    needs: &[Capability::Replies, Capability::Threads],
    reach: 0,
    per_room: true,
    formula: Formula::Query(|| {
        minutes(Rows::Openers, 0.5)
            .then(|raw, view| raw.with_interval(view.reply_intervals().map(|[median, _]| median)))
    }),
};

/// The ninth decile of time to a reply.
pub const REPLY_MINUTES_P90: Definition = Definition {
    id: exact_id::REPLY_MINUTES_P90,
    unit: "minutes",
    tier: Tier::Section,
    definition: "Nine in ten replies came within this many minutes, over openers replied to within 72 hours; bootstrap interval over people.",
    source: "CHAOSS, Time to First Response; type-7 quantile.",
    caveat: "Says what patience newcomers need. Nights and weekends are in it.",
    needs: &[Capability::Replies, Capability::Threads],
    reach: 0,
    per_room: true,
    formula: Formula::Query(|| {
        minutes(Rows::Openers, 0.9)
            .then(|raw, view| raw.with_interval(view.reply_intervals().map(|[_, decile]| decile)))
    }),
};

/// Newcomers whose first message nobody answered.
pub const NEWCOMER_UNANSWERED: Definition = Definition {
    id: exact_id::NEWCOMER_UNANSWERED,
    unit: "share",
    tier: Tier::Headline,
    definition: "Of new posters, the share whose first message got no reply and no reaction within 72 hours and no next speaker within 60 minutes, Wilson interval.",
    source: "CHAOSS, Time to First Response; Jensen et al. 2011.",
    caveat: "Answer them. That answering makes newcomers stay is not shown by the evidence, which is mixed.",
    needs: &[Capability::Replies, Capability::Threads, Capability::Reactions],
    reach: SETTLING_MONTHS,
    per_room: false,
    formula: Formula::Query(|| Query::share_of_people(Rows::Newcomers, acknowledged().not().sum(), len())),
};

/// The median time to a newcomer's first reply.
pub const NEWCOMER_REPLY_MINUTES: Definition = Definition {
    id: exact_id::NEWCOMER_REPLY_MINUTES,
    unit: "minutes",
    tier: Tier::Section,
    definition: "Median minutes to the first reply to a new poster's first message, over those replied to within 72 hours; bootstrap interval over people.",
    source: "CHAOSS, Time to First Response; type-7 quantile.",
    caveat: "Only those who were answered are in it: read it beside the share unanswered.",
    needs: &[Capability::Replies, Capability::Threads],
    reach: SETTLING_MONTHS,
    per_room: false,
    formula: Formula::Query(|| {
        minutes(Rows::Newcomers, 0.5).then(|raw, view| {
            let (owned, people) = owned_minutes(&view.newcomers());
            let interval = bootstrap::quantiles(&owned, people, [0.5]).map(|[interval]| interval);
            raw.with_interval(interval)
        })
    }),
};

/// Whether anybody answered in any way.
fn acknowledged() -> Expr {
    col("minutes").is_not_null().or(col("reacted")).or(col("followed"))
}

/// A quantile (type 7) of minutes to a reply, about the people who were answered.
fn minutes(rows: Rows, q: f64) -> Query {
    let replied = col("person").filter(col("minutes").is_not_null());
    let value = col("minutes").quantile(lit(q), QuantileMethod::Linear);
    Query::value(rows, value, col("minutes").count(), replied.n_unique())
}
