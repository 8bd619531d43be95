//! Finding a time: a card with times to choose from, on which everybody marks what suits them, in their own zone.
//!
//! People mark by tapping the times, because polls in clients know one choice only, or in words. The card counts; when the
//! time is over, or when whoever asked ends it, the room is told which time suits most, and who could when is
//! forgotten. Whoever asked, or a lead, makes a series of it.

mod command;
mod run;
pub mod state;
mod text;

use jiff::Timestamp;

pub(super) use self::command::asked;
pub use self::state::{Find, Marks, Stage};
use self::{
    run::{close, mark, refresh},
    state::number_of,
};
use super::{
    interface::{Meetings, Settings},
    state::{FindAt, finds},
    taps,
};
use crate::{Ctx, Effect, Event, MessageRef, Records};

/// When something is next to be done.
pub(super) fn next_tick(records: &Records<Meetings>) -> Option<Timestamp> {
    finds(records).map(Find::due).min()
}

/// Closes what is over, brings cards up to date, and drops results that nobody adopted.
pub(super) fn tick(records: &mut Records<Meetings>, ctx: &Ctx<Settings>) -> Vec<Effect> {
    let due: Vec<u32> = finds(records).filter(|find| find.due() <= ctx.now).map(|find| find.id).collect();
    let mut effects = Vec::new();
    for id in due {
        match records.get(&FindAt { id }).map(|find| &find.stage) {
            Some(Stage::Open { closes, .. }) if *closes <= ctx.now => effects.extend(close(records, ctx, id)),
            Some(Stage::Open { .. }) => effects.extend(refresh(records, ctx, id)),
            _ => drop(records.remove(&FindAt { id })),
        }
    }
    effects
}

pub(super) fn happened(records: &mut Records<Meetings>, ctx: &Ctx<Settings>, event: &Event) -> Vec<Effect> {
    match event {
        Event::Reacted { by, event, to, with, .. } if *by != ctx.community.bot => {
            let Some(id) = of_card(records, to) else { return Vec::new() };
            let mut effects = offer(records, ctx, id);
            let times = records.get(&FindAt { id }).map(|find| find.times.clone()).unwrap_or_default();
            if let Some(number) = taps::time_of(with, &times).or_else(|| number_of(with)) {
                effects.extend(mark(records, ctx, id, by, |marks, last| {
                    if (1..=last).contains(&number) {
                        marks.reacted.insert(event.clone(), number);
                    }
                }));
            }
            effects
        }
        Event::Said(said) if said.by != ctx.community.bot => {
            let Some(id) = said.to.as_ref().and_then(|to| of_card(records, to)) else { return Vec::new() };
            let mut effects = offer(records, ctx, id);
            // Talk beside the card is talk; nothing but numbers is meant.
            let mut words = said.text.split([' ', ',']).filter(|word| !word.is_empty()).peekable();
            if words.peek().is_some() && words.all(|word| word.parse::<usize>().is_ok()) {
                effects.extend(command::say(records, ctx, id, &said.by, &said.source, &said.text));
            }
            effects
        }
        Event::Redacted { event, .. } => {
            let theirs = finds(records).find_map(|find| match &find.stage {
                Stage::Open { marks, .. } => {
                    let who = marks.iter().find(|(_, marks)| marks.reacted.contains_key(event))?.0;
                    Some((find.id, who.clone()))
                }
                Stage::Closed { .. } => None,
            });
            let Some((id, who)) = theirs else { return Vec::new() };
            mark(records, ctx, id, &who, |marks, _| {
                marks.reacted.remove(event);
            })
        }
        Event::Forgotten { .. } => {
            let behind = records.keys::<FindAt>(|_, find| find.is_open() && find.due() <= ctx.now);
            behind.into_iter().filter_map(|key| refresh(records, ctx, key.id)).collect()
        }
        _ => Vec::new(),
    }
}

/// The open one whose card somebody points at.
fn of_card(records: &Records<Meetings>, to: &MessageRef) -> Option<u32> {
    let key = to.key.as_ref()?;
    finds(records).find(|find| find.card() == *key && find.is_open()).map(|find| find.id)
}

/// Puts the times under a card of an earlier Hearth, which did so later.
fn offer(records: &mut Records<Meetings>, ctx: &Ctx<Settings>, id: u32) -> Vec<Effect> {
    let Some(find) = records.get_mut(&FindAt { id }) else { return Vec::new() };
    match &mut find.stage {
        Stage::Open { offered, .. } if !*offered => *offered = true,
        _ => return Vec::new(),
    }
    text::times_to_tap(ctx, find)
}
