//! Whether people get answers, and how soon.

use std::collections::BTreeSet;

use hearth_shared::{activity::Capability, report::measure_id};

use super::definition::{Definition, Tier};
use crate::{
    bootstrap, month_facts::SETTLING_MONTHS, month_view::owned_minutes, raw::Raw, scopes::Opener, statistics::quantile,
    suppress::Cell,
};

/// Openers that got a reply.
pub const OPENER_REPLY_RATE: Definition = Definition {
    id: measure_id::OPENER_REPLY_RATE,
    unit: "share",
    tier: Tier::Headline,
    definition: "Of the messages that open a conversation, the share that somebody else replied to within 72 hours, Wilson interval; the log's last 72 hours are left out.",
    source: "CHAOSS, Time to First Response.",
    caveat: "Announcements need no reply. People who answer without the reply button are not seen.",
    needs: &[Capability::Replies, Capability::Threads],
    reach: 0,
    reveals: &[],
    sample: None,
    per_room: true,
    raw: |view| Ok(rate(view.openers(), |opener| opener.minutes.is_some())),
};

/// Openers that got any answer.
pub const ACKNOWLEDGED_RATE: Definition = Definition {
    id: measure_id::ACKNOWLEDGED_RATE,
    unit: "share",
    tier: Tier::Section,
    definition: "Of the messages that open a conversation, the share that got a reply or a reaction within 72 hours, or after which somebody else spoke within 60 minutes, Wilson interval.",
    source: "CHAOSS, Time to First Response.",
    caveat: "\"Somebody else spoke\" may have been about something else: an upper bound.",
    needs: &[Capability::Replies, Capability::Threads, Capability::Reactions],
    reach: 0,
    reveals: &[],
    sample: None,
    per_room: true,
    raw: |view| Ok(rate(view.openers(), Opener::acknowledged)),
};

/// The median time to a reply.
pub const REPLY_MINUTES_P50: Definition = Definition {
    id: measure_id::REPLY_MINUTES_P50,
    unit: "minutes",
    tier: Tier::Section,
    definition: "Median minutes to the first reply, over openers replied to within 72 hours; bootstrap interval over people.",
    source: "CHAOSS, Time to First Response; type-7 quantile.",
    caveat: "Only what was answered is in it: read it beside the reply rate.",
    needs: &[Capability::Replies, Capability::Threads],
    reach: 0,
    reveals: &[],
    sample: None,
    per_room: true,
    raw: |view| Ok(minutes(view.openers(), 0.5, || view.reply_intervals().map(|[median, _]| median))),
};

/// The ninth decile of time to a reply.
pub const REPLY_MINUTES_P90: Definition = Definition {
    id: measure_id::REPLY_MINUTES_P90,
    unit: "minutes",
    tier: Tier::Section,
    definition: "Nine in ten replies came within this many minutes, over openers replied to within 72 hours; bootstrap interval over people.",
    source: "CHAOSS, Time to First Response; type-7 quantile.",
    caveat: "Says what patience newcomers need. Nights and weekends are in it.",
    needs: &[Capability::Replies, Capability::Threads],
    reach: 0,
    reveals: &[],
    sample: None,
    per_room: true,
    raw: |view| Ok(minutes(view.openers(), 0.9, || view.reply_intervals().map(|[_, decile]| decile))),
};

/// Newcomers whose first message nobody answered.
pub const NEWCOMER_UNANSWERED: Definition = Definition {
    id: measure_id::NEWCOMER_UNANSWERED,
    unit: "share",
    tier: Tier::Headline,
    definition: "Of new posters, the share whose first message got no reply and no reaction within 72 hours and no next speaker within 60 minutes, Wilson interval.",
    source: "CHAOSS, Time to First Response; Jensen et al. 2011.",
    caveat: "Answer them. That answering makes newcomers stay is not shown by the evidence, which is mixed.",
    needs: &[Capability::Replies, Capability::Threads, Capability::Reactions],
    reach: SETTLING_MONTHS,
    reveals: &[Cell::New],
    sample: None,
    per_room: false,
    raw: |view| {
        let newcomers = view.newcomers();
        let unanswered = newcomers.iter().filter(|newcomer| !newcomer.acknowledged()).count() as u64;
        let mut raw = Raw::share_of_people(unanswered, newcomers.len() as u64);
        raw.groups.push(view.facts.count(Cell::New) - newcomers.len() as u64);
        Ok(raw)
    },
};

/// The median time to a newcomer's first reply.
pub const NEWCOMER_REPLY_MINUTES: Definition = Definition {
    id: measure_id::NEWCOMER_REPLY_MINUTES,
    unit: "minutes",
    tier: Tier::Section,
    definition: "Median minutes to the first reply to a new poster's first message, over those replied to within 72 hours; bootstrap interval over people.",
    source: "CHAOSS, Time to First Response; type-7 quantile.",
    caveat: "Only those who were answered are in it: read it beside the share unanswered.",
    needs: &[Capability::Replies, Capability::Threads],
    reach: SETTLING_MONTHS,
    reveals: &[Cell::New],
    sample: None,
    per_room: false,
    raw: |view| {
        let interval = || {
            let (owned, people) = owned_minutes(&view.newcomers());
            bootstrap::quantiles(&owned, people, [0.5]).map(|[interval]| interval)
        };
        let mut raw = minutes(&view.newcomers(), 0.5, interval);
        raw.groups.push(view.facts.count(Cell::New) - raw.people);
        Ok(raw)
    },
};

/// A share of messages, about the people who wrote them.
fn rate(messages: &[Opener], counts: impl Fn(&Opener) -> bool) -> Raw {
    let part = messages.iter().filter(|message| counts(message)).count() as u64;
    let authors: BTreeSet<i32> = messages.iter().map(|message| message.person).collect();
    Raw { people: authors.len() as u64, ..Raw::share(part, messages.len() as u64) }
}

/// A quantile of minutes to a reply, about the people who were answered.
fn minutes(messages: &[Opener], q: f64, interval: impl FnOnce() -> Option<[f64; 2]>) -> Raw {
    let (owned, people) = owned_minutes(messages);
    let mut sorted: Vec<f64> = owned.iter().map(|(_, minutes)| *minutes).collect();
    sorted.sort_by(f64::total_cmp);
    Raw {
        value: quantile(&sorted, q),
        n: sorted.len() as u64,
        interval: interval(),
        people: people as u64,
        ..Raw::default()
    }
}
