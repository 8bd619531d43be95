//! Welcome: one friendly direct message, a little after somebody first joins a room of the community.
//!
//! Once ever per person and community: not on a rejoin, not for a second room, not for those who were there when the
//! bot came ([`Event::Present`]). Whoever was away for a quarter of a year ([`Event::Gone`]) is new again. Who leaves
//! before it is sent gets none, and gets it should they come back. Joins that the bot learns of too late (`not-after`)
//! are not welcomed. When many join at once, [`queue`] paces. Leads who want it hear which newcomers' first messages wait
//! for an answer: [`to_answer`].

mod interface;
mod queue;
mod state;
#[cfg(test)]
mod tests;
mod to_answer;

use std::collections::BTreeSet;

use hearth_shared::activity::Kind;
use jiff::Timestamp;

pub use self::interface::{Command, Settings, Welcome, What};
use self::{
    queue::InLine,
    state::{Listed, Sent, Waiting, WaitingOf, known, waiting},
};
use crate::{
    Attention, Ctx, Effect, Event, Input, Message, Practice, Records, To, UserId,
    words::{escape, link},
};

impl Practice for Welcome {
    const NAME: &'static str = "welcome";
    type Command = Command;
    type Settings = Settings;
    type Board = ();

    fn react(records: &mut Records<Self>, ctx: &Ctx<Settings>, input: &Input<Command>) -> Vec<Effect> {
        match input {
            Input::Command(invocation) => {
                let Command::Welcome { what: What::Preview } = invocation.command;
                if !invocation.lead {
                    return vec![Effect::answer(invocation.source, ctx.words.welcome_leads_only())];
                }
                let preview = format!("{}\n\n{}", ctx.words.welcome_preview(), text(ctx));
                let preview = Message::new(To::Person(invocation.by.clone()), Attention::Answer, preview).send();
                let seen = (!invocation.source.direct).then(|| Effect::acknowledge(invocation.source, "📨"));
                seen.into_iter().chain([preview]).collect()
            }
            Input::Event(event) => {
                let told = to_answer::heard(records, ctx, event);
                heard(records, ctx, event);
                told
            }
            Input::Tick => {
                let mut effects = welcome_those_due(records, ctx);
                effects.extend(to_answer::look(records, ctx));
                effects
            }
        }
    }

    fn next_tick(records: &Records<Self>, ctx: &Ctx<Settings>) -> Option<Timestamp> {
        [next_welcome(records, ctx), to_answer::next_tick(records, ctx)].into_iter().flatten().min()
    }

    fn needs(records: &Records<Self>, name: &str) -> bool {
        records.get(&Listed {}).is_some_and(|list| list.is_called(name))
    }
}

/// When the next of those who wait is to be welcomed.
fn next_welcome(records: &Records<Welcome>, ctx: &Ctx<Settings>) -> Option<Timestamp> {
    if !ctx.settings.enabled {
        return None;
    }
    let first = line(records, ctx).map(|one| one.joined).min()?;
    let due = ctx.settings.after.after(first);
    Some(records.get(&Sent {}).map_or(due, |pace| pace.free(due, ctx.settings.per_hour)))
}

fn heard(records: &mut Records<Welcome>, ctx: &Ctx<Settings>, event: &Event) {
    match event {
        Event::Joined { by, room, at } if *by != ctx.community.bot && ctx.community.rooms.contains_key(room) => {
            if records.has(&known(by)) {
                return;
            }
            if let Some(waiting) = records.get_mut(&waiting(by)) {
                waiting.rooms.insert(room.clone());
                return;
            }
            // A server's clock may be ahead of ours.
            let joined = (*at).min(ctx.now);
            if !ctx.settings.enabled || ctx.settings.not_after.after(joined) < ctx.now {
                records.insert(known(by), ());
            } else {
                records.insert(waiting(by), Waiting { joined, rooms: BTreeSet::from([room.clone()]) });
            }
        }
        Event::Present { who, .. } => {
            for one in who.iter().filter(|one| **one != ctx.community.bot) {
                if !records.has(&waiting(one)) && !records.has(&known(one)) {
                    records.insert(known(one), ());
                }
            }
        }
        Event::Left { by, room } => {
            let key = waiting(by);
            let Some(waiting) = records.get_mut(&key) else { return };
            waiting.rooms.remove(room);
            if waiting.rooms.is_empty() {
                records.remove(&key);
            }
        }
        Event::Unsent { key } => to_answer::unsent(records, key),
        Event::Gone { who } => {
            records.remove(&waiting(who));
            records.remove(&known(who));
        }
        _ => {}
    }
}

fn welcome_those_due(records: &mut Records<Welcome>, ctx: &Ctx<Settings>) -> Vec<Effect> {
    let Some(expected) = next_welcome(records, ctx).filter(|expected| *expected <= ctx.now) else {
        return Vec::new();
    };
    records.retain::<WaitingOf>(|key, _| !ctx.community.is_bot(&key.person));
    // The line moves when it is expected to, however long it is; a long silence of the bot makes a welcome too late.
    let slept = ctx.settings.not_after.after(expected) < ctx.now;
    let late: Vec<UserId> = line(records, ctx)
        .filter(|one| slept && ctx.settings.not_after.after(one.joined) < ctx.now)
        .map(|one| one.who)
        .collect();
    for who in late {
        settle(records, &who);
    }

    let mut pace = records.get(&Sent {}).cloned().unwrap_or_default();
    let mut line: Vec<InLine> = line(records, ctx).collect();
    let mut effects = Vec::new();
    for who in pace.take(&mut line, ctx.now, ctx.settings.after, ctx.settings.per_hour) {
        settle(records, &who);
        // Whatever else is known of the line: after a restore from a backup it is the same welcome.
        let welcome = Message::new(To::Person(who.clone()), Attention::Prompt, text(ctx));
        let why = ctx.words.sending_why_welcome(&ctx.community.name);
        effects.push(welcome.once(format!("welcome/{who}")).because(why).send());
        effects.push(Effect::log(Kind::Welcomed, &who, None, None));
    }
    if let Some(estimate) = pace.estimate(&line, ctx.now, ctx.settings.after, ctx.settings.per_hour) {
        let last = ctx.community.moment(estimate.last, ctx.words);
        effects.push(Effect::leads(ctx.words.welcome_bulk(estimate.people, ctx.settings.per_hour.max(1), last)));
    }
    if line.is_empty() && pace.is_idle(ctx.now) {
        records.remove(&Sent {});
    } else {
        records.insert(Sent {}, pace);
    }
    effects
}

fn settle(records: &mut Records<Welcome>, who: &UserId) {
    records.remove(&waiting(who));
    records.insert(known(who), ());
}

/// Those who wait. Leads may have said of some since that they are no people.
fn line(records: &Records<Welcome>, ctx: &Ctx<Settings>) -> impl Iterator<Item = InLine> {
    let people = records.all::<WaitingOf>().filter(|(key, _)| !ctx.community.is_bot(&key.person));
    people.map(|(key, waiting)| InLine { joined: waiting.joined, who: key.person.clone() })
}

/// The message that newcomers get.
fn text(ctx: &Ctx<Settings>) -> String {
    let words = ctx.words;
    let lobby = ctx.community.lobby.as_ref().and_then(|lobby| Some((lobby, ctx.community.rooms.get(lobby)?)));
    let introduction = match lobby {
        Some((id, room)) => words.welcome_introduction(link(&room.name, id.as_str())),
        None => words.welcome_introduction_anywhere(),
    };
    let rules = match ctx.settings.rules.trim() {
        "" => words.welcome_rules_default(),
        rules => words.welcome_rules(escape(rules)),
    };
    let hello = words.welcome_hello(escape(&ctx.community.name));
    let hello = match ctx.settings.purpose.trim() {
        "" => format!("{hello} {}", words.welcome_bot()),
        purpose => format!("{hello} {} {}", escape(purpose), words.welcome_bot()),
    };
    [hello, rules, introduction, words.welcome_privacy(&ctx.community.prefix)].join("\n\n")
}
