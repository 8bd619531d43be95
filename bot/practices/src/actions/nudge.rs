//! Reminders: when, to whom, and that none comes twice.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp, ToSpan as _};

use super::{
    interface::{Actions, Settings},
    state::{Action, Numbered, OpenAt, Told, open},
    text,
};
use crate::{Attention, Ctx, Effect, Message, Records, To, UserId};

/// A reminder that is later than this is no help any more.
const TOO_LATE: SignedDuration = SignedDuration::from_hours(7 * 24);

/// The next reminder of an action: when, and which.
fn upcoming(action: &Action, ctx: &Ctx<Settings>) -> Option<(Timestamp, Told)> {
    let due = action.due.filter(|_| ctx.settings.remind && action.who.is_some())?;
    let zone = &ctx.community.zone;
    let before = due.checked_sub(ctx.settings.remind_before.whole_days().days()).ok()?;
    let before = ctx.settings.hour.on(before, zone)?;
    let day = ctx.settings.hour.on(due, zone)?;
    // Nobody is reminded of what they said a moment ago.
    let fresh = action.at >= before || before >= day;
    match action.told {
        Told::Nothing if !fresh => Some((before, Told::Before)),
        // Agreed on the day itself, after the hour: whoever said it knows.
        Told::Nothing | Told::Before if action.at < day => Some((day, Told::Due)),
        _ => None,
    }
}

/// When a reminder can come: on the first day back where it falls on a day off.
fn rested(at: Timestamp, ctx: &Ctx<Settings>) -> Timestamp {
    let zone = &ctx.community.zone;
    match ctx.community.rest_at(at) {
        Some(_) => {
            let back = zone.to_datetime(ctx.community.after_rest(at)).date();
            ctx.settings.hour.on(back, zone).unwrap_or(at)
        }
        None => at,
    }
}

/// When the next reminder is due.
pub(super) fn next(records: &Records<Actions>, ctx: &Ctx<Settings>) -> Option<Timestamp> {
    open(records).filter_map(|(_, action)| upcoming(action, ctx)).map(|(at, _)| rested(at, ctx)).min()
}

/// Sends what is due: one message a person, however many actions it is about.
pub(super) fn remind(records: &mut Records<Actions>, ctx: &Ctx<Settings>) -> Vec<Effect> {
    let mut due: BTreeMap<UserId, Vec<u32>> = BTreeMap::new();
    let mut behind = Vec::new();
    for (number, action) in open(records) {
        let mut probe = action.clone();
        let mut latest = None;
        // Of several that were missed, only the latest.
        while let Some((at, told)) = upcoming(&probe, ctx).filter(|(at, _)| rested(*at, ctx) <= ctx.now) {
            probe.told = told;
            latest = Some(at);
        }
        let Some(at) = latest else { continue };
        behind.push((number, probe.told));
        if ctx.now.duration_since(at) <= TOO_LATE
            && let Some(who) = &action.who
        {
            due.entry(who.clone()).or_default().push(number);
        }
    }
    for (number, told) in behind {
        if let Some(action) = records.get_mut(&OpenAt { number }) {
            action.told = told;
        }
    }
    let useless = ctx.now.saturating_add(TOO_LATE).unwrap_or(Timestamp::MAX);
    due.into_iter()
        .map(|(who, numbers)| {
            let theirs: Vec<Numbered> = open(records).filter(|(number, _)| numbers.contains(number)).collect();
            let body = text::reminder(ctx, &theirs);
            Message::new(To::Person(who), Attention::Nudge { until: useless }, body).send()
        })
        .collect()
}
