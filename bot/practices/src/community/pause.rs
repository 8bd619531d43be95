//! Days off, planned by leads: `pause 24 december to 6 january`, `pause until 8 january`, `pause off`. On them nothing
//! that repeats happens (meetings, questions to rooms and to newcomers), and nobody is reminded of actions; what people
//! ask for works as ever.

use hearth_core::{
    community::{OWN, Settings},
    rest::{self, Rest},
};
use jiff::{ToSpan as _, civil::Date};

use crate::{
    Administration, Attention, Ctx, Effect, Message, To,
    input::Invocation,
    schedule::{
        dates::{self, DateError, Stretch},
        spoken_date, wrong_day,
    },
    words::spoken,
};

/// How many days somebody can plan at once: a longer time is no pause.
const LONGEST_DAYS: i32 = 366;

/// How many stretches can be planned.
const MOST: usize = 40;

/// Shows days off, plans some, or ends them.
pub(super) fn react<C>(ctx: &Ctx<Settings>, invocation: &Invocation<C>, words: &[String]) -> Vec<Effect> {
    let mut effects = Vec::new();
    let text = answer(ctx, invocation, &words.join(" "), &mut effects).unwrap_or_else(|mistake| mistake);
    let text = spoken(&text, &ctx.community.prefix, invocation.source.direct);
    effects.insert(0, Effect::answer(invocation.source, text));
    effects
}

fn answer<C>(
    ctx: &Ctx<Settings>,
    invocation: &Invocation<C>,
    said: &str,
    effects: &mut Vec<Effect>,
) -> Result<String, String> {
    let today = ctx.community.zone.to_datetime(ctx.now).date();
    let ahead: Vec<Rest> = ctx.community.rests.iter().copied().filter(|rest| rest.back > today).collect();
    let said = said.trim();
    if said.is_empty() {
        return Ok(shown(ctx, &ahead, today));
    }
    if !invocation.lead {
        return Err(ctx.words.community_pause_leads());
    }
    if ["off", "end", "over", "none", "aus", "ende", "beenden", "vorbei"].contains(&said.to_lowercase().as_str()) {
        if ahead.is_empty() {
            return Err(ctx.words.community_pause_none());
        }
        effects.push(set(&[]));
        return Ok(ctx.words.community_pause_over());
    }
    let new = planned(said, today).map_err(|error| wrong_day(&error, today, ctx.words))?;
    let long = |rest: &Rest| rest.from.checked_add(LONGEST_DAYS.days()).is_ok_and(|end| rest.back > end);
    if new.iter().any(long) {
        return Err(ctx.words.community_pause_long());
    }
    let all = new.iter().fold(ahead, |all, rest| rest::with(&all, *rest, today));
    if all.len() > MOST {
        return Err(ctx.words.community_pause_many(MOST));
    }
    effects.push(set(&all));
    let lines: Vec<String> = all
        .iter()
        .filter(|rest| new.iter().any(|new| rest.holds(new.from)))
        .map(|rest| line(ctx, *rest, today))
        .collect();
    let said = ctx.words.community_pause_set(lines.join("; "));
    // Everybody is to know that the silence is meant.
    if let Some(lobby) = ctx.community.lobby.as_ref().filter(|lobby| **lobby != invocation.source.room) {
        let said = spoken(&said, &ctx.community.prefix, false);
        effects.push(Message::new(To::Room(lobby.clone()), Attention::Prompt, said).send());
    }
    Ok(said)
}

/// The days that somebody plans.
fn planned(said: &str, today: Date) -> Result<Vec<Rest>, DateError> {
    let until = |from: Date, last: Date| {
        let back = last.tomorrow().map_err(|_| DateError::Far(last))?;
        Ok(Rest { from, back })
    };
    match dates::stretch(said, today)? {
        Stretch::Until(back) if back <= today => Err(DateError::Past(back)),
        Stretch::Until(back) => Ok(vec![Rest { from: today, back }]),
        Stretch::Between(from, last) => Ok(vec![until(from, last)?]),
        Stretch::Days(days) => days.into_iter().map(|day| until(day, day)).collect(),
    }
}

fn set(rests: &[Rest]) -> Effect {
    let value = (!rests.is_empty()).then(|| rests.iter().map(Rest::to_string).collect::<Vec<_>>().into());
    Administration::Set { practice: OWN.to_owned(), key: "holidays".to_owned(), value }.effect()
}

fn shown(ctx: &Ctx<Settings>, ahead: &[Rest], today: Date) -> String {
    if ahead.is_empty() {
        return ctx.words.community_pause_none();
    }
    let lines: Vec<String> = ahead.iter().map(|rest| format!("- {}", line(ctx, *rest, today))).collect();
    format!("{}\n\n{}", ctx.words.community_pause_ahead(), lines.join("\n"))
}

/// `Thu 24 Dec to Wed 6 Jan 2027, back on Thu 7 Jan 2027`
fn line(ctx: &Ctx<Settings>, rest: Rest, today: Date) -> String {
    let day = |day: Date| spoken_date(day, today, ctx.words);
    let last = rest.back.yesterday().unwrap_or(rest.from);
    match last == rest.from {
        true => ctx.words.community_pause_day(day(rest.from), day(rest.back)),
        false => ctx.words.community_pause_days(day(rest.from), day(last), day(rest.back)),
    }
}
