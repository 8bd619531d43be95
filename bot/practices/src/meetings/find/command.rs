//! `meeting find`, `meeting can`, `meeting adopt`.

use std::collections::BTreeSet;

use hearth_shared::activity::Kind;

use super::{
    run::{close, mark},
    state::{Find, MOST_TIMES, Marks, Stage, best},
    text,
};
use crate::{
    Attention, Ctx, Effect, Entry, Invocation, Message, MessageContext, Records, Span, To, UserId,
    choosing::ShownCount,
    meetings::{
        corrected,
        interface::{Command, Meetings, Settings},
        plan::{self, Draft},
        rhythm,
        state::{EndedFind, FindAt, LastFind, finds},
    },
    schedule::{Rhythm, dates::weekday},
    words::{escape, quoted},
};

/// How many times can be looked for at once.
const MOST_OPEN: usize = 10;

/// How long people have where nobody says.
const OPEN_FOR: Span = Span::days(2);

/// How long they may have.
const LONGEST: Span = Span::days(28);

/// What belongs to a search for a time; `None` for every other command about meetings.
pub fn asked(
    records: &mut Records<Meetings>,
    ctx: &Ctx<Settings>,
    invocation: &Invocation<Command>,
) -> Option<Vec<Effect>> {
    let Command::Meeting { words } = &invocation.command;
    let (verb, rest) = words.split_first()?;
    match verb.to_lowercase().as_str() {
        "find" | "finden" | "suchen" => Some(find(records, ctx, invocation, rest)),
        "can" | "kann" => Some(can(records, ctx, invocation, rest)),
        "adopt" | "übernehmen" | "annehmen" => Some(adopt(records, ctx, invocation, rest)),
        _ => None,
    }
}

/// Asks a room when it can, or ends that.
fn find(
    records: &mut Records<Meetings>,
    ctx: &Ctx<Settings>,
    invocation: &Invocation<Command>,
    words: &[String],
) -> Vec<Effect> {
    let source = invocation.source;
    if finds(records).any(|find| find.event == source.event) {
        return Vec::new();
    }
    if words.first().is_some_and(|word| ["close", "end", "ende", "beenden"].contains(&word.to_lowercase().as_str()))
        && !words.contains(&"|".to_owned())
    {
        return end(records, ctx, invocation, &words[1..]);
    }
    match plan(records, ctx, invocation, words) {
        Ok(find) => {
            let card = text::card(ctx, &find);
            let opened = Entry::new(Kind::PollOpened, invocation.by, Some(&source.room));
            let opened = opened.worth(i64::try_from(find.times.len()).unwrap_or(i64::MAX));
            let card = Message::new(To::Room(source.room.clone()), Attention::Prompt, card).keyed(find.card());
            let id = find.id;
            let mut effects = vec![card.send()];
            effects.extend(text::times_to_tap(ctx, &find));
            effects.push(opened.named(format!("meetings/find/{id}")).log());
            records.insert(LastFind {}, id);
            records.insert(FindAt { id }, find);
            effects
        }
        Err(mistake) => vec![Effect::answer(source, mistake)],
    }
}

/// What somebody asks for, or what is wrong with it.
fn plan(
    records: &Records<Meetings>,
    ctx: &Ctx<Settings>,
    invocation: &Invocation<Command>,
    words: &[String],
) -> Result<Find, String> {
    let say = ctx.words;
    plan::may_plan(ctx, invocation)?;
    let wanted = plan::options(ctx, words, true)?;
    let begins = |word: &str| rhythm::begins(word) || weekday(word).is_some();
    let (name, times) = wanted.words.split_at(rhythm::name_before(&wanted.words, begins));
    if name.is_empty() {
        return Err(say.meetings_find_how_to(&ctx.community.prefix));
    }
    let name = plan::named(records, ctx, invocation.source, name)?;
    let mut known = finds(records).filter(|find| find.is_open() && ctx.may_show(&find.room, invocation.source));
    if known.any(|find| find.name.to_lowercase() == name.to_lowercase()) {
        return Err(say.meetings_find_same(escape(&name)));
    }
    if finds(records).count() >= MOST_OPEN {
        return Err(say.meetings_find_too_many_open(MOST_OPEN));
    }
    let times = times_of(ctx, invocation, &times.join(" "))?;
    let closes = wanted.close.unwrap_or(OPEN_FOR);
    if closes > LONGEST {
        return Err(say.meetings_find_long_close(LONGEST.to_string()));
    }
    let id = records.get(&LastFind {}).unwrap_or(&0) + 1;
    let zone = wanted.zone.or_else(|| ctx.community.zone.iana_name().map(str::to_owned));
    let zone = zone.unwrap_or_else(|| "UTC".to_owned());
    Ok(Find {
        id,
        name,
        times,
        zone,
        zones: wanted.zones,
        link: wanted.link,
        length: wanted.length.unwrap_or(ctx.settings.length),
        room: invocation.source.room.clone(),
        by: Some(invocation.by.clone()),
        event: invocation.source.event.clone(),
        stage: Stage::Open {
            closes: closes.after(ctx.now),
            marks: Default::default(),
            count: ShownCount::new(ctx.now),
            offered: true,
        },
    })
}

/// The times between the bars.
fn times_of(ctx: &Ctx<Settings>, invocation: &Invocation<Command>, written: &str) -> Result<Vec<Rhythm>, String> {
    let (say, prefix) = (ctx.words, &ctx.community.prefix);
    let parts: Vec<&str> = written.split('|').map(str::trim).filter(|part| !part.is_empty()).collect();
    let mut times = Vec::new();
    for part in &parts {
        let time = rhythm::read(part).map_err(|mistake| {
            corrected::clock(ctx, invocation, part, &mistake)
                .unwrap_or_else(|| say.meetings_find_wrong_time(quoted(part)))
        })?;
        if times.contains(&time) {
            return Err(say.meetings_find_twice(quoted(part)));
        }
        times.push(time);
    }
    match times.len() {
        0 | 1 => Err(say.meetings_find_how_to(prefix)),
        count if count > MOST_TIMES => Err(say.meetings_find_many(count, MOST_TIMES)),
        _ => Ok(times),
    }
}

/// The one that is meant in a room, of those that `fits` holds for: by name, or the newest.
fn meant<'a>(
    records: &Records<Meetings>,
    source: &MessageContext,
    words: &'a [String],
    fits: impl Fn(&Find) -> bool,
) -> Option<(u32, &'a [String])> {
    let here: Vec<&Find> = finds(records).filter(|find| find.room == source.room && fits(find)).collect();
    let named = |find: &&&Find| {
        let said = words.first().map(|word| word.to_lowercase());
        said.is_some_and(|said| {
            said == find.name.to_lowercase() || said.strip_prefix('#') == Some(&find.id.to_string())
        })
    };
    match here.iter().rev().find(named) {
        Some(find) => Some((find.id, &words[1..])),
        None => here.last().map(|find| (find.id, words)),
    }
}

fn may_end(find: &Find, invocation: &Invocation<Command>) -> bool {
    invocation.lead || find.by.as_ref() == Some(invocation.by)
}

fn end(
    records: &mut Records<Meetings>,
    ctx: &Ctx<Settings>,
    invocation: &Invocation<Command>,
    words: &[String],
) -> Vec<Effect> {
    let answer = |sentence: String| vec![Effect::answer(invocation.source, sentence)];
    if records.get(&EndedFind {}) == Some(&invocation.source.event) {
        return Vec::new();
    }
    let Some((id, _)) = meant(records, invocation.source, words, Find::is_open) else {
        return answer(ctx.words.meetings_find_none_open(&ctx.community.prefix));
    };
    match records.get(&FindAt { id }) {
        Some(find) if may_end(find, invocation) => {
            records.insert(EndedFind {}, invocation.source.event.clone());
            close(records, ctx, id)
        }
        _ => answer(ctx.words.meetings_find_not_yours()),
    }
}

/// Somebody says when they can.
fn can(
    records: &mut Records<Meetings>,
    ctx: &Ctx<Settings>,
    invocation: &Invocation<Command>,
    words: &[String],
) -> Vec<Effect> {
    let answer = |sentence: String| vec![Effect::answer(invocation.source, sentence)];
    if invocation.source.direct {
        return answer(ctx.words.meetings_only_in_rooms());
    }
    match meant(records, invocation.source, words, Find::is_open) {
        Some((id, rest)) => say(records, ctx, id, invocation.by, invocation.source, &rest.join(" ")),
        None => answer(ctx.words.meetings_find_none_open(&ctx.community.prefix)),
    }
}

/// Takes what somebody said about when they can: it replaces all they said and marked before.
pub(super) fn say(
    records: &mut Records<Meetings>,
    ctx: &Ctx<Settings>,
    id: u32,
    who: &UserId,
    source: &MessageContext,
    written: &str,
) -> Vec<Effect> {
    let (words, prefix) = (ctx.words, &ctx.community.prefix);
    let Some(last) = records.get(&FindAt { id }).map(|find| find.times.len()) else { return Vec::new() };
    let answer = |sentence: String| vec![Effect::answer(source, sentence)];
    let lower = written.trim().to_lowercase();
    let times: BTreeSet<usize> = match lower.as_str() {
        "all" | "alle" | "always" | "immer" => (1..=last).collect(),
        "none" | "never" | "nothing" | "keine" | "nie" | "nichts" => BTreeSet::new(),
        "" => return answer(words.meetings_can_which(prefix)),
        _ => {
            let mut times = BTreeSet::new();
            for word in lower.split([' ', ',', ';']).filter(|word| !word.is_empty()) {
                match word.trim_start_matches('#').parse::<usize>() {
                    Ok(number) if (1..=last).contains(&number) => times.insert(number),
                    Ok(number) => return answer(words.meetings_can_unknown(number, last, prefix)),
                    Err(_) => return answer(words.meetings_can_which(prefix)),
                };
            }
            times
        }
    };
    let mut effects = vec![Effect::acknowledge(source, "✅")];
    effects.extend(mark(records, ctx, id, who, |marks, _| *marks = Marks { reacted: Default::default(), said: times }));
    effects
}

/// Makes a series of what was found.
fn adopt(
    records: &mut Records<Meetings>,
    ctx: &Ctx<Settings>,
    invocation: &Invocation<Command>,
    words: &[String],
) -> Vec<Effect> {
    if plan::is_planned(records, invocation.source) {
        return Vec::new();
    }
    match adopted(records, ctx, invocation, words) {
        Ok((id, said)) => {
            records.remove(&FindAt { id });
            vec![Effect::answer(invocation.source, said)]
        }
        Err(mistake) => vec![Effect::answer(invocation.source, mistake)],
    }
}

fn adopted(
    records: &mut Records<Meetings>,
    ctx: &Ctx<Settings>,
    invocation: &Invocation<Command>,
    words: &[String],
) -> Result<(u32, String), String> {
    let (say, prefix) = (ctx.words, &ctx.community.prefix);
    if invocation.source.direct {
        return Err(say.meetings_only_in_rooms());
    }
    let closed = meant(records, invocation.source, words, |find| !find.is_open());
    let Some((id, rest)) = closed.or_else(|| meant(records, invocation.source, words, Find::is_open)) else {
        return Err(say.meetings_adopt_none(prefix));
    };
    let Some(find) = records.get(&FindAt { id }).cloned() else { return Err(say.meetings_adopt_none(prefix)) };
    let counts = match &find.stage {
        Stage::Open { closes, .. } => return Err(say.meetings_adopt_open(text::until(ctx, *closes), prefix)),
        Stage::Closed { counts, .. } => counts,
    };
    if !may_end(&find, invocation) {
        return Err(say.meetings_find_not_yours());
    }
    let number = match rest.first().map(|word| word.trim_start_matches('#')) {
        None => best(counts).first().copied().unwrap_or(1),
        Some(word) => match word.parse::<usize>() {
            Ok(number) if (1..=find.times.len()).contains(&number) => number,
            Ok(number) => return Err(say.meetings_can_unknown(number, find.times.len(), prefix)),
            Err(_) => return Err(say.meetings_adopt_how(quoted(word), prefix)),
        },
    };
    plan::may_plan(ctx, invocation)?;
    let name = plan::named(records, ctx, invocation.source, std::slice::from_ref(&find.name))?;
    let rhythm = find.times.get(number - 1).copied().unwrap_or_default();
    let draft = Draft { name, rhythm, zone: find.zone, link: find.link, length: find.length, from: None };
    Ok((id, plan::begin(records, ctx, invocation, draft)?))
}
