//! A private list for leads who want one: the first messages of newcomers that nobody has answered.
//!
//! Once a day, in the leads' room, links to what still has no answer after its first hours, five at most. It is one
//! message: what is answered leaves it, what is new joins it, and when nothing is left, or after three days, it is
//! removed. It is for that moment: nothing of it is in the log or in a report, and none of it is about somebody who
//! opted out.

#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use jiff::{
    SignedDuration, Timestamp,
    civil::{Date, Time},
};

use super::{
    interface::{Settings, Welcome},
    state::{First, FirstOf, List, Listed, Looks, SilentOf, known, waiting},
};
use crate::{
    Attention, Ctx, Effect, Event, Message, MessageKey, Outgoing, Records, Said, To, UserId, boards,
    words::{escape, permalink},
};

/// When it is told, by the community's clock.
const AT: Time = Time::constant(10, 0, 0, 0);

/// How long a message may wait for its answer before it is on the list.
const FIRST_HOURS: SignedDuration = SignedDuration::from_hours(3);

/// How long a message may be on it, and how long it stands.
const STANDS: SignedDuration = SignedDuration::from_hours(72);

/// How long after they joined somebody's first message is a newcomer's.
const NEW_FOR: SignedDuration = SignedDuration::from_hours(24 * 30);

/// How often it is looked whether somebody on it has opted out.
const LOOKS: SignedDuration = SignedDuration::from_hours(1);

/// How many messages it has at most.
const MOST: usize = 5;

fn silent(who: &UserId) -> SilentOf {
    SilentOf { person: who.clone() }
}

fn first(who: &UserId) -> FirstOf {
    FirstOf { person: who.clone() }
}

/// Takes what happened. It is told before anything else notes who is new.
pub(super) fn heard(records: &mut Records<Welcome>, ctx: &Ctx<Settings>, event: &Event) -> Vec<Effect> {
    if !ctx.settings.to_answer {
        return Vec::new();
    }
    match event {
        Event::Joined { by, at, .. } if is_new(records, ctx, by) => {
            records.insert(silent(by), (*at).min(ctx.now));
        }
        Event::Said(said) if !said.source.direct => says(records, ctx, said),
        Event::Reacted { by, to, .. } => {
            records.retain::<FirstOf>(|key, first| key.person == *by || first.event != to.event);
        }
        Event::Redacted { event, .. } => records.retain::<FirstOf>(|_, first| first.event != *event),
        Event::Left { by, room } => {
            records.retain::<FirstOf>(|key, first| key.person != *by || first.room != *room);
            if ctx.community.rooms_of(by).next().is_none() {
                records.remove(&silent(by));
            }
        }
        Event::Gone { who } => {
            records.remove(&silent(who));
            records.remove(&first(who));
        }
        _ => {}
    }
    retell(records, ctx)
}

fn is_new(records: &Records<Welcome>, ctx: &Ctx<Settings>, who: &UserId) -> bool {
    let counts = *who != ctx.community.bot && !left_out(ctx).contains(who);
    counts && !records.has(&known(who)) && !records.has(&waiting(who))
}

fn says(records: &mut Records<Welcome>, ctx: &Ctx<Settings>, said: &Said) {
    records.retain::<FirstOf>(|key, first| key.person == said.by || !first.is_answered_by(said));
    let (community, source) = (ctx.community, &said.source);
    // Leads need not be in a room that is not open, and what is said there stays in it.
    if !community.is_open(&source.room) || community.is_for_announcements(&source.room) {
        return;
    }
    let Some(joined) = records.remove(&silent(&said.by)) else { return };
    if joined.saturating_add(NEW_FOR).is_ok_and(|until| source.at <= until) {
        let (room, event, thread) = (source.room.clone(), source.event.clone(), source.thread.clone());
        records.insert(first(&said.by), First { room, event, thread, at: source.at.min(ctx.now) });
    }
}

/// Who is on no list: those who opted out.
fn left_out(ctx: &Ctx<Settings>) -> BTreeSet<UserId> {
    ctx.boards.read::<boards::Privacy>().opted_out
}

/// What waits for an answer, the oldest first.
fn open(records: &Records<Welcome>, ctx: &Ctx<Settings>) -> Vec<First> {
    let out = left_out(ctx);
    let counts = |who: &UserId| !out.contains(who) && !ctx.community.is_bot(who);
    let all = records.all::<FirstOf>().filter(|(key, one)| counts(&key.person) && stands(one.at) > ctx.now);
    let mut open: Vec<First> = all.map(|(_, one)| one.clone()).collect();
    open.sort_by(|one, other| (one.at, &one.event).cmp(&(other.at, &other.event)));
    open
}

fn stands(since: Timestamp) -> Timestamp {
    since.saturating_add(STANDS).unwrap_or(Timestamp::MAX)
}

/// Takes off the list what needs no answer any more. Where nothing is left, it is removed.
fn retell(records: &mut Records<Welcome>, ctx: &Ctx<Settings>) -> Vec<Effect> {
    let Some(list) = records.get(&Listed {}).cloned() else { return Vec::new() };
    let open: Vec<First> = open(records, ctx).into_iter().filter(|one| list.shown.contains(&one.event)).collect();
    if open.is_empty() || stands(list.posted) <= ctx.now || !ctx.settings.to_answer {
        records.remove(&Listed {});
        return vec![Outgoing::Redact { key: list.key }.send()];
    }
    if open.len() == list.shown.len() {
        return Vec::new();
    }
    show(records, ctx, list, &open)
}

/// Shows these messages in the place of what the list shows.
fn show(records: &mut Records<Welcome>, ctx: &Ctx<Settings>, list: List, open: &[First]) -> Vec<Effect> {
    let edit = Outgoing::Edit { key: list.key.clone(), body: text(ctx, open) };
    let shown = open.iter().map(|one| one.event.clone()).collect();
    records.insert(Listed {}, List { shown, ..list });
    vec![edit.send()]
}

/// It is time to look: what is past its time goes, and once a day leads are told what waits.
pub(super) fn look(records: &mut Records<Welcome>, ctx: &Ctx<Settings>) -> Vec<Effect> {
    let (on, now, out) = (ctx.settings.to_answer, ctx.now, left_out(ctx));
    let is_new = |joined: &Timestamp| joined.saturating_add(NEW_FOR).is_ok_and(|until| until > now);
    records.retain::<SilentOf>(|key, joined| on && is_new(joined) && !out.contains(&key.person));
    records.retain::<FirstOf>(|key, one| on && stands(one.at) > now && !out.contains(&key.person));
    let mut effects = retell(records, ctx);
    if !on {
        records.remove(&Looks {});
        return effects;
    }
    let due = records.get(&Looks {}).is_some_and(|at| *at <= now);
    if due && ctx.community.leads.is_some() {
        effects.extend(tell(records, ctx));
    }
    if due || !records.has(&Looks {}) {
        records.insert(Looks {}, next_day(ctx));
    }
    effects
}

/// When the list is next told.
fn next_day(ctx: &Ctx<Settings>) -> Timestamp {
    let zone = &ctx.community.zone;
    let at = |day: Date| day.to_datetime(AT).to_zoned(zone.clone()).map_or(Timestamp::MAX, |at| at.timestamp());
    let today = ctx.now.to_zoned(zone.clone()).date();
    if at(today) > ctx.now { at(today) } else { today.tomorrow().map_or(Timestamp::MAX, at) }
}

fn tell(records: &mut Records<Welcome>, ctx: &Ctx<Settings>) -> Vec<Effect> {
    let list = records.get(&Listed {}).cloned();
    let shown = |one: &First| list.as_ref().is_some_and(|list| list.shown.contains(&one.event));
    let waits = |one: &First| one.at.saturating_add(FIRST_HOURS).is_ok_and(|until| until <= ctx.now);
    let mut open: Vec<First> = open(records, ctx).into_iter().filter(|one| shown(one) || waits(one)).collect();
    // What is on it stays on it.
    open.sort_by_key(|one| !shown(one));
    open.truncate(MOST);
    open.sort_by(|one, other| (one.at, &one.event).cmp(&(other.at, &other.event)));
    match list {
        _ if open.is_empty() => Vec::new(),
        Some(list) if open.iter().all(|one| list.shown.contains(&one.event)) => Vec::new(),
        Some(list) => show(records, ctx, list, &open),
        None => {
            let key = MessageKey::from(format!("to-answer/{}", ctx.now.to_zoned(ctx.community.zone.clone()).date()));
            let message = Message::new(To::Leads, Attention::Prompt, text(ctx, &open)).keyed(key.clone());
            let shown = open.iter().map(|one| one.event.clone()).collect();
            records.insert(Listed {}, List { key, posted: ctx.now, shown });
            vec![message.send()]
        }
    }
}

/// What leads read: a link each, and nobody's name.
fn text(ctx: &Ctx<Settings>, open: &[First]) -> String {
    let server = ctx.community.bot.as_str().split_once(':').map_or("", |(_, server)| server);
    let line = |one: &First| {
        let link = permalink(one.room.as_str(), one.event.as_str(), &[server]);
        let room = escape(ctx.community.room_name(&one.room));
        let at = escape(&ctx.community.moment(one.at, ctx.words));
        format!("- [{room}, {at}]({link})")
    };
    let lines: Vec<String> = open.iter().map(line).collect();
    format!("{}\n\n{}", ctx.words.welcome_to_answer(), lines.join("\n"))
}

/// When it is to be looked next.
pub(super) fn next_tick(records: &Records<Welcome>, ctx: &Ctx<Settings>) -> Option<Timestamp> {
    if !ctx.settings.to_answer {
        let any = records.has(&Listed {})
            || records.has(&Looks {})
            || records.all::<FirstOf>().next().is_some()
            || records.all::<SilentOf>().next().is_some();
        return any.then_some(ctx.now);
    }
    let daily = records.get(&Looks {}).copied().unwrap_or(ctx.now);
    let list = records.get(&Listed {});
    let hourly = list.and_then(|_| ctx.now.saturating_add(LOOKS).ok());
    let ends = list.map(|list| stands(list.posted));
    [Some(daily), hourly, ends].into_iter().flatten().min()
}

/// The list is not sent: there is no leads' room any more.
pub(super) fn unsent(records: &mut Records<Welcome>, key: &MessageKey) {
    if records.get(&Listed {}).is_some_and(|list| list.key == *key) {
        records.remove(&Listed {});
    }
}
