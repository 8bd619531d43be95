//! What people ask of this practice.

use super::{
    deck::{self, Deck, Own},
    events,
    giving::{plan, post, prompt_person},
    interface::{Command, Icebreakers, Settings, What},
    series::{Given, Series},
    state::{Newcomer, OwnPrompts, given, newcomer, own, settle, settled},
};
use crate::{
    Ctx, Effect, Invocation, Records,
    schedule::spoken,
    words::{self, escape},
};

pub(super) fn react(
    records: &mut Records<Icebreakers>,
    ctx: &Ctx<Settings>,
    invocation: &Invocation<Command>,
) -> Vec<Effect> {
    let answer = |text: String| vec![Effect::answer(invocation.source, text)];
    match &invocation.command {
        Command::Pass { .. } => pass(records, ctx, invocation),
        Command::Icebreaker { deck } => now(records, ctx, invocation, *deck),
        Command::Icebreakers { what: None } => {
            let help = ctx.words.find_attribute("icebreakers", "help").unwrap_or_default();
            answer(words::spoken(&help, &ctx.community.prefix, invocation.source.direct))
        }
        Command::Icebreakers { what: Some(What::Stop) } => {
            settle(records, invocation.by);
            answer(ctx.words.icebreakers_stopped(&ctx.community.prefix))
        }
        Command::Icebreakers { what: Some(What::Start) } => answer(start(records, ctx, invocation)),
        Command::Icebreakers { what: Some(What::List) } => answer(list(records, ctx)),
        Command::Icebreakers { what: Some(What::Add { .. } | What::Remove { .. }) } if !invocation.lead => {
            answer(ctx.words.icebreakers_leads_only())
        }
        Command::Icebreakers { what: Some(What::Add { deck, text }) } => {
            answer(add(records, ctx, *deck, &text.join(" ")))
        }
        Command::Icebreakers { what: Some(What::Remove { number }) } => answer(remove(records, ctx, *number)),
    }
}

fn pass(records: &mut Records<Icebreakers>, ctx: &Ctx<Settings>, invocation: &Invocation<Command>) -> Vec<Effect> {
    let in_room =
        if invocation.source.direct { None } else { events::passed_in_room(records, invocation.by, invocation.source) };
    in_room
        .or_else(|| events::passed(records, ctx, invocation.by, invocation.source))
        .unwrap_or_else(|| vec![Effect::answer(invocation.source, ctx.words.icebreakers_nothing_open())])
}

/// One prompt at once: in this room or, in a direct room, for this person.
fn now(
    records: &mut Records<Icebreakers>,
    ctx: &Ctx<Settings>,
    invocation: &Invocation<Command>,
    deck: Option<Deck>,
) -> Vec<Effect> {
    let mut rng = ctx.replayable_rng();
    if !invocation.source.direct {
        return post(records, ctx, &invocation.source.room, deck.unwrap_or(ctx.settings.room_deck), false, &mut rng);
    }
    if given(records, invocation.by).is_none() {
        records.insert(settled(invocation.by), Given::default());
    }
    prompt_person(records, ctx, invocation.by, deck.unwrap_or(Deck::Light), false, &mut rng)
}

fn start(records: &mut Records<Icebreakers>, ctx: &Ctx<Settings>, invocation: &Invocation<Command>) -> String {
    let off = || ctx.words.icebreakers_series_off(&ctx.community.prefix);
    if !ctx.settings.newcomers {
        return off();
    }
    let key = newcomer(invocation.by);
    if !records.has(&key) {
        let given = records.remove(&settled(invocation.by)).unwrap_or_default();
        records.insert(key.clone(), Newcomer { series: Series::new(ctx.now, true), given });
    }
    let Some(Newcomer { series, given }) = records.get_mut(&key) else { return off() };
    series.asked = true;
    match series.due(given.last, &plan(ctx), ctx.now) {
        Some(due) => ctx.words.icebreakers_started(spoken(due, &ctx.community.zone, ctx.words)),
        None => {
            settle(records, invocation.by);
            off()
        }
    }
}

fn list(records: &Records<Icebreakers>, ctx: &Ctx<Settings>) -> String {
    let count = |deck| deck::prompts(deck, ctx.words, None).len();
    let intro = ctx.words.icebreakers_list(count(Deck::Light), count(Deck::Stories), count(Deck::Lessons));
    let Some(own) = own(records).filter(|own| !own.prompts.is_empty()) else {
        return format!("{intro} {}", ctx.words.icebreakers_list_none(&ctx.community.prefix));
    };
    let lines = own.prompts.iter().map(|(number, one)| {
        // A list of our own would renumber: markdown counts, we name.
        format!("- **{number}** · {} · {}", one.deck.name(), escape(&one.text))
    });
    std::iter::once(format!("{intro} {}\n", ctx.words.icebreakers_list_own()))
        .chain(lines)
        .collect::<Vec<_>>()
        .join("\n")
}

fn add(records: &mut Records<Icebreakers>, ctx: &Ctx<Settings>, deck: Deck, text: &str) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if text.is_empty() || text.chars().count() > Own::LONGEST {
        return ctx.words.icebreakers_wrong_length(Own::LONGEST);
    }
    let Some(own) = records.get_or_default(OwnPrompts {}) else { return String::new() };
    if let Some((number, _)) = own.prompts.iter().find(|(_, one)| one.text.to_lowercase() == text.to_lowercase()) {
        return ctx.words.icebreakers_known(*number);
    }
    if own.prompts.len() >= Own::MOST {
        return ctx.words.icebreakers_full(Own::MOST, &ctx.community.prefix);
    }
    ctx.words.icebreakers_added(own.add(deck, &text), deck.name())
}

fn remove(records: &mut Records<Icebreakers>, ctx: &Ctx<Settings>, number: u16) -> String {
    match records.get_mut(&OwnPrompts {}).and_then(|own| own.prompts.remove(&number)) {
        Some(one) => ctx.words.icebreakers_removed(escape(&one.text)),
        None => ctx.words.icebreakers_no_such(number, &ctx.community.prefix),
    }
}
