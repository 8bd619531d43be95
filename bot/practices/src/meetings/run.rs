//! What time brings: those who lead are told, the room is reminded, a meeting begins and ends.

use hearth_shared::activity::{FACILITATOR, Kind, NOTE_TAKER};
use jiff::{SignedDuration, Timestamp};

use super::{
    agenda,
    interface::{Meetings, Settings},
    series::{Occurrence, Series},
    state::{Live, LiveOf, SeriesAt, all},
    taps, text,
};
use crate::{Attention, Ctx, Effect, Entry, Message, MessageKey, Outgoing, Records, Span, To, buttons, words::pill};

/// The card of a meeting, in whose thread it is.
pub(super) fn card(series: &Series, date: jiff::civil::Date) -> MessageKey {
    MessageKey::from(series.name_of(date))
}

fn reminder(series: &Series, next: &Occurrence) -> MessageKey {
    MessageKey::from(format!("soon/{}/{}/{}", series.id, next.date, next.start.as_second()))
}

fn before(at: Timestamp, span: Span) -> Timestamp {
    at.saturating_sub(SignedDuration::from_mins(span.in_minutes())).unwrap_or(Timestamp::MIN)
}

/// What is to be done about the next meeting of a series before it begins, and when.
struct Ahead {
    ask: Option<Timestamp>,
    remind: Option<Timestamp>,
}

fn ahead(ctx: &Ctx<Settings>, series: &Series, next: &Occurrence) -> Ahead {
    let done = series.prepared.get(&next.date).cloned().unwrap_or_default();
    let somebody = series.roles(next.date).people().next().is_some();
    Ahead {
        ask: (!done.asked && somebody).then(|| before(next.start, ctx.settings.ask_before)),
        remind: (!done.reminded.contains(&next.start) && ctx.settings.remind)
            .then(|| before(next.start, ctx.settings.remind_before)),
    }
}

/// When something is next to be done about a series.
pub(super) fn due(records: &Records<Meetings>, ctx: &Ctx<Settings>, series: &Series) -> Option<Timestamp> {
    let ends = records.get(&LiveOf { series: series.id }).map(|live| live.end);
    let next = series.next();
    let ahead = next.map(|next| ahead(ctx, series, &next));
    let ahead = ahead.into_iter().flat_map(|ahead| [ahead.ask, ahead.remind]).flatten();
    ends.into_iter().chain(next.map(|next| next.start)).chain(ahead).min()
}

pub(super) fn tick(records: &mut Records<Meetings>, ctx: &Ctx<Settings>) -> Vec<Effect> {
    let ids: Vec<u32> = all(records).map(|series| series.id).collect();
    ids.into_iter().flat_map(|id| keep(records, ctx, id)).collect()
}

/// Does what the time has come for in one series.
fn keep(records: &mut Records<Meetings>, ctx: &Ctx<Settings>, id: u32) -> Vec<Effect> {
    let mut effects = Vec::new();
    loop {
        if records.get(&LiveOf { series: id }).is_some_and(|live| live.end <= ctx.now) {
            effects.extend(end(records, ctx, id));
        }
        let Some((next, length)) = records.get(&SeriesAt { id }).and_then(|one| Some((one.next()?, one.length))) else {
            return effects;
        };
        if next.start > ctx.now {
            effects.extend(prepare(records, ctx, id, &next));
            return effects;
        }
        if length.after(next.start) <= ctx.now {
            // Nobody met, as far as anybody knows: the bot was not there.
            if let Some(series) = records.get_mut(&SeriesAt { id }) {
                series.pass(next.date);
            }
            continue;
        }
        // Two of one series do not overlap: the new one ends the other.
        effects.extend(end(records, ctx, id));
        effects.extend(begin(records, ctx, id, &next));
    }
}

fn prepare(records: &mut Records<Meetings>, ctx: &Ctx<Settings>, id: u32, next: &Occurrence) -> Vec<Effect> {
    let mut effects = Vec::new();
    let Some(series) = records.get(&SeriesAt { id }) else { return effects };
    let ahead = ahead(ctx, series, next);
    let by_now = |at: Option<Timestamp>| at.is_some_and(|at| at <= ctx.now);
    let (ask, remind) = (by_now(ahead.ask), by_now(ahead.remind));
    if !ask && !remind {
        return effects;
    }
    let Some(series) = records.get_mut(&SeriesAt { id }) else { return effects };
    let roles = series.settle(next.date);
    let done = series.prepared.entry(next.date).or_default();
    done.asked |= ask;
    if remind {
        done.reminded.insert(next.start);
    }
    let series = &*series;
    // Where the room is told at the same moment, those who lead are mentioned there.
    if ask && !remind {
        for who in roles.people() {
            let body = text::asked_to_lead(ctx, series, next, &roles, who);
            let nudge = Attention::Nudge { until: next.start };
            effects.push(Message::new(To::Person(who.clone()), nudge, body).send());
        }
    }
    if remind {
        let body = text::reminder(ctx, series, next, &roles);
        let message = Message::new(To::Room(series.room.clone()), Attention::Prompt, body);
        let message = roles.people().fold(message, |message, who| message.mentioning(who));
        effects.push(message.keyed(reminder(series, next)).until(next.start).send());
    }
    effects
}

fn begin(records: &mut Records<Meetings>, ctx: &Ctx<Settings>, id: u32, next: &Occurrence) -> Vec<Effect> {
    let Some(series) = records.get_mut(&SeriesAt { id }) else { return Vec::new() };
    let roles = series.settle(next.date);
    let reminded = series.prepared.get(&next.date).is_some_and(|done| done.reminded.contains(&next.start));
    let series = series.clone();
    let mut effects = Vec::new();
    if reminded {
        let body = text::begun(ctx, &series);
        effects.push(Outgoing::Edit { key: reminder(&series, next), body }.send());
    }
    let agenda = agenda::read(ctx, &series.room);
    let (key, end) = (card(&series, next.date), series.length.after(next.start));
    let body = text::card(ctx, &series, end, &roles, agenda.text(ctx, None));
    let message = Message::new(To::Room(series.room.clone()), Attention::Prompt, body);
    let message = roles.people().fold(message, |message, who| message.mentioning(who));
    effects.push(message.keyed(key.clone()).to_talk_about().send());
    effects.extend(buttons(&key, taps::of_card(ctx.words, !agenda.topics.is_empty())));
    let held = Entry::new(Kind::MeetingHeld, &ctx.community.bot, Some(&series.room)).named(series.name_of(next.date));
    effects.push(Effect::Log(held));
    let live = Live {
        date: next.date,
        start: next.start,
        end,
        thread: None,
        here: Vec::new(),
        spoken: Default::default(),
        round: None,
        come_to: Vec::new(),
    };
    records.insert(LiveOf { series: id }, live);
    // It has begun, and so it never begins again; who leads it stays known until it ends.
    if let Some(series) = records.get_mut(&SeriesAt { id }) {
        series.over.insert(next.date);
    }
    effects
}

/// The card of the meeting that is on as it is now, in the place of the one that was.
pub(super) fn retell(records: &Records<Meetings>, ctx: &Ctx<Settings>, id: u32) -> Option<Effect> {
    let (series, live) = (records.get(&SeriesAt { id })?, records.get(&LiveOf { series: id })?);
    let agenda = agenda::read(ctx, &series.room).text(ctx, live.come_to.last().copied());
    let body = text::card(ctx, series, live.end, &series.roles(live.date), agenda);
    Some(Outgoing::Edit { key: card(series, live.date), body }.send())
}

/// Ends the meeting that is on, if one is: who led is logged, who came is counted and then forgotten.
pub(super) fn end(records: &mut Records<Meetings>, ctx: &Ctx<Settings>, id: u32) -> Vec<Effect> {
    let Some(live) = records.remove(&LiveOf { series: id }) else { return Vec::new() };
    let Some(series) = records.get_mut(&SeriesAt { id }) else { return Vec::new() };
    let roles = series.prepared.get(&live.date).and_then(|one| one.roles.clone()).unwrap_or_default();
    series.note_led(live.date, &roles);
    series.pass(live.date);
    let series = &*series;
    let name = series.name_of(live.date);
    let outcome = text::outcome(ctx, series, &live);
    let over = text::over(ctx, series, &live, &outcome);
    let closing = text::closing(ctx, series, &live, outcome);
    let mut effects = vec![
        Outgoing::Edit { key: card(series, live.date), body: over }.send(),
        Message::new(To::Thread(card(series, live.date)), Attention::Answer, closing).send(),
    ];
    let led = [(&roles.facilitator, FACILITATOR), (&roles.note_taker, NOTE_TAKER)];
    for (who, role) in led.into_iter().filter_map(|(who, role)| Some((who.as_ref()?, role))) {
        let entry = Entry::new(Kind::Facilitated, who, Some(&series.room)).worth(role);
        effects.push(Effect::Log(Entry { within: Some(name.clone()), ..entry }));
    }
    effects
}

/// What the room is told where somebody who was to lead has left.
pub(super) fn left(ctx: &Ctx<Settings>, series: &Series, next: &Occurrence, who: &crate::UserId) -> Vec<Effect> {
    let roles = series.roles(next.date);
    let body = ctx.words.meetings_leader_left(pill(who), text::roles(ctx, &roles), &ctx.community.prefix);
    let to = match series.prepared.get(&next.date) {
        Some(done) if done.reminded.contains(&next.start) => To::Thread(reminder(series, next)),
        _ => To::Room(series.room.clone()),
    };
    let message = Message::new(to, Attention::Prompt, body);
    vec![roles.people().fold(message, |message, who| message.mentioning(who)).send()]
}
