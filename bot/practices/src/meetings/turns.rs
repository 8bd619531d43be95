//! Volunteering to facilitate or to take notes, and swapping a turn.

use super::{
    interface::{Command, Meetings, Settings},
    roles::Volunteer,
    run,
    state::{LiveOf, SeriesAt},
    text, which,
};
use crate::{
    Attention, Ctx, Effect, Invocation, Message, Records, To, UserId, called,
    words::{escape, pill, quoted},
};

/// Which roles a word means.
fn roles(word: &str) -> Option<(bool, bool)> {
    match word.to_lowercase().as_str() {
        "facilitate" | "facilitator" | "lead" | "moderieren" | "moderation" | "leiten" => Some((true, false)),
        "notes" | "note" | "note-taker" | "minutes" | "notizen" | "protokoll" => Some((false, true)),
        "both" | "beides" => Some((true, true)),
        _ => None,
    }
}

pub(super) fn volunteer(
    records: &mut Records<Meetings>,
    ctx: &Ctx<Settings>,
    invocation: &Invocation<Command>,
    words: &[String],
) -> Vec<Effect> {
    let said = words.first().and_then(|word| roles(word));
    let rest = if said.is_some() { &words[1..] } else { words };
    let (facilitate, notes) = said.unwrap_or((true, true));
    let answer = which::find_own(records, ctx, invocation, rest, false).and_then(|(id, left)| {
        if let Some(wrong) = left.first() {
            return Err(ctx.words.meetings_unknown_role(quoted(wrong), &ctx.community.prefix));
        }
        let series = records.get_mut(&SeriesAt { id }).ok_or_else(String::new)?;
        series.gone.remove(invocation.by);
        match series.volunteers.iter_mut().find(|one| one.who == *invocation.by) {
            Some(one) => (one.facilitate, one.notes) = (one.facilitate || facilitate, one.notes || notes),
            None => series.volunteers.push(Volunteer { who: invocation.by.clone(), facilitate, notes }),
        }
        let Some(next) = series.next() else { return Ok(ctx.words.meetings_no_more(escape(&series.name))) };
        let led = series.roles(next.date);
        let (name, roles) = (escape(&series.name), text::roles(ctx, &led));
        if led.people().any(|who| who == invocation.by) {
            return Ok(ctx.words.meetings_volunteered_for_next(name, text::moment(ctx, series, next.start), roles));
        }
        Ok(ctx.words.meetings_volunteered(name, roles))
    });
    vec![Effect::answer(invocation.source, answer.unwrap_or_else(|mistake| mistake))]
}

pub(super) fn unvolunteer(
    records: &mut Records<Meetings>,
    ctx: &Ctx<Settings>,
    invocation: &Invocation<Command>,
    words: &[String],
) -> Vec<Effect> {
    let answer = which::find(records, ctx, invocation.source, words).and_then(|(id, _)| {
        let series = records.get_mut(&SeriesAt { id }).ok_or_else(String::new)?;
        series.drop_person(invocation.by);
        let next = series.next().map(|next| text::roles(ctx, &series.roles(next.date))).unwrap_or_default();
        Ok(ctx.words.meetings_unvolunteered(next))
    });
    vec![Effect::answer(invocation.source, answer.unwrap_or_else(|mistake| mistake))]
}

/// Passes a turn on: `swap @who`, for the meeting that is on or the next one. Somebody who has no turn can take one
/// that nobody has: `swap @me`.
pub(super) fn swap(
    records: &mut Records<Meetings>,
    ctx: &Ctx<Settings>,
    invocation: &Invocation<Command>,
    words: &[String],
) -> Vec<Effect> {
    let swapped = swapped(records, ctx, invocation, words);
    match swapped {
        Ok((id, who, said)) => {
            let message = Message::new(To::reply(invocation.source), Attention::Answer, said);
            let told = if who == *invocation.by { message } else { message.mentioning(&who) }.send();
            std::iter::once(told).chain(run::retell(records, ctx, id)).collect()
        }
        Err(mistake) => vec![Effect::answer(invocation.source, mistake)],
    }
}

fn swapped(
    records: &mut Records<Meetings>,
    ctx: &Ctx<Settings>,
    invocation: &Invocation<Command>,
    words: &[String],
) -> Result<(u32, UserId, String), String> {
    let say = ctx.words;
    let prefix = &ctx.community.prefix;
    let role = words.iter().find_map(|word| roles(word));
    let is_person =
        |word: &String| word.starts_with('@') || ["me", "ich", "mich"].contains(&word.to_lowercase().as_str());
    let name: Vec<String> = words.iter().filter(|word| !is_person(word) && roles(word).is_none()).cloned().collect();
    let myself =
        words.iter().any(|word| ["me", "@me", "ich", "@ich", "mich", "@mich"].contains(&word.to_lowercase().as_str()));
    let named = || words.iter().find_map(|word| UserId::named(word, invocation.by));
    let whole = words.iter().find(|word| word.contains(':')).and_then(|word| UserId::named(word, invocation.by));
    let mentioned = invocation.source.mentions.iter().find(|one| **one != ctx.community.bot).cloned();
    let Some(who) = whole.or(mentioned).or_else(|| myself.then(|| invocation.by.clone())).or_else(named) else {
        return Err(say.meetings_swap_whom(prefix, called::example(ctx, &invocation.source.room, &words.join(" "))));
    };
    // Names that clients show without their id are no name of a meeting.
    let (id, _) = which::find_own(records, ctx, invocation, &name, false)
        .or_else(|error| which::find_own(records, ctx, invocation, &[], false).map_err(|_| error))?;
    let on = records.get(&LiveOf { series: id }).map(|live| live.date);
    let Some(series) = records.get_mut(&SeriesAt { id }) else { return Err(String::new()) };
    let Some(date) = on.or_else(|| series.next().map(|next| next.date)) else {
        return Err(say.meetings_no_more(escape(&series.name)));
    };
    if series.gone.contains(&who) {
        return Err(say.meetings_swap_gone(pill(&who)));
    }
    // Whether somebody is in its room can be seen there only.
    if who != *invocation.by && series.room != invocation.source.room {
        return Err(say.meetings_swap_there(escape(&series.name)));
    }
    if who != *invocation.by && !ctx.present.named.contains(&who) {
        return Err(say.meetings_stranger(pill(&who)));
    }
    let mut roles_now = series.roles(date);
    let holds = |role: &Option<UserId>| role.as_ref() == Some(invocation.by);
    let wants_notes = match role {
        Some((facilitate, _)) => !facilitate,
        None if holds(&roles_now.facilitator) => false,
        None if holds(&roles_now.note_taker) => true,
        None => roles_now.facilitator.is_some(),
    };
    let chosen = if wants_notes { &roles_now.note_taker } else { &roles_now.facilitator };
    if !(holds(chosen) || chosen.is_none() || invocation.lead) {
        return Err(say.meetings_swap_not_yours(text::roles(ctx, &roles_now)));
    }
    let (mut mine, mut other) = (&mut roles_now.facilitator, &mut roles_now.note_taker);
    if wants_notes {
        std::mem::swap(&mut mine, &mut other);
    }
    // Whoever had the other role swaps with the asker.
    if other.as_ref() == Some(&who) {
        *other = mine.take();
    }
    *mine = Some(who.clone());
    series.prepared.entry(date).or_default().roles = Some(roles_now.clone());
    Ok((id, who, say.meetings_swapped(text::roles(ctx, &roles_now))))
}

/// Whether somebody leads the meeting of a series that is on.
pub(super) fn leads_now(records: &Records<Meetings>, id: u32, who: &UserId) -> bool {
    let (Some(series), Some(live)) = (records.get(&SeriesAt { id }), records.get(&LiveOf { series: id })) else {
        return false;
    };
    series.roles(live.date).people().any(|one| one == who)
}
