//! While a meeting is on: who is there, and whose turn it is to speak.

use hearth_shared::activity::Kind;

use super::{
    agenda::{self, Agenda},
    interface::{Command, Meetings, Settings},
    plan, run,
    state::{Heard, Live, LiveOf, Round, SeriesAt, all},
    taps::Tap,
    turns, which,
};
use crate::{
    Attention, Ctx, Effect, Entry, Event, EventId, Invocation, Message, MessageKey, Records, RoomId, Said, Span, To,
    UserId, buttons,
    words::{escape, pill},
};

/// How much time a tap gives.
const MORE: Span = Span::minutes(5);

const HERE: [&str; 8] = ["here", "present", "i'm here", "im here", "da", "hier", "anwesend", "bin da"];
const PASS: [&str; 6] = ["pass", "skip", "passe", "ich passe", "next", "weiter"];

pub(super) fn happened(records: &mut Records<Meetings>, ctx: &Ctx<Settings>, event: &Event) -> Vec<Effect> {
    match event {
        Event::Reacted { by, event, to, with, lead, .. } if *by != ctx.community.bot => {
            let key = to.key.as_ref().map(MessageKey::as_str);
            let tap = Tap::read(with);
            if let Some(id) = of_turn(records, key) {
                return if tap == Some(Tap::Pass) { pass(records, ctx, id, (by, *lead)) } else { Vec::new() };
            }
            let Some(id) = of_key(records, key) else { return Vec::new() };
            learn_thread(records, id, &to.event);
            let mut effects = come(records, ctx, id, by);
            effects.extend(tap.into_iter().flat_map(|tap| steer(records, ctx, id, (by, *lead, event), tap)));
            effects
        }
        Event::Said(said) if said.by != ctx.community.bot => said_something(records, ctx, said),
        Event::Left { by, room } => left(records, ctx, by, room),
        Event::Joined { by, room, .. } => {
            let back: Vec<u32> =
                all(records).filter(|one| one.room == *room && one.gone.contains(by)).map(|one| one.id).collect();
            for id in back {
                if let Some(series) = records.get_mut(&SeriesAt { id }) {
                    series.gone.remove(by);
                }
            }
            Vec::new()
        }
        _ => Vec::new(),
    }
}

/// The meeting that is on whose card has this key.
fn of_key(records: &Records<Meetings>, key: Option<&str>) -> Option<u32> {
    let key = key?;
    all(records)
        .find(|one| records.get(&LiveOf { series: one.id }).is_some_and(|live| one.name_of(live.date) == key))
        .map(|one| one.id)
}

/// Somebody tapped something that leads a meeting which is on.
fn steer(
    records: &mut Records<Meetings>,
    ctx: &Ctx<Settings>,
    id: u32,
    (by, lead, event): (&UserId, bool, &EventId),
    tap: Tap,
) -> Vec<Effect> {
    let planned = records.get(&SeriesAt { id }).is_some_and(|one| one.by.as_ref() == Some(by));
    if !(lead || planned || turns::leads_now(records, id, by)) || tap == Tap::Pass {
        return Vec::new();
    }
    // The same tap, told again, is obeyed once.
    if !records.get_or_default(Heard {}).is_some_and(|heard| heard.note(event)) {
        return Vec::new();
    }
    match tap {
        Tap::Next => go_on(records, ctx, id),
        Tap::Back => go_back(records, ctx, id).into_iter().collect(),
        Tap::More => {
            let Some(on) = records.get_mut(&LiveOf { series: id }) else { return Vec::new() };
            on.end = MORE.after(on.end);
            run::retell(records, ctx, id).into_iter().collect()
        }
        Tap::Pass => Vec::new(),
    }
}

/// The meeting that is on in which somebody was asked with the message of this key, and nobody after them.
fn of_turn(records: &Records<Meetings>, key: Option<&str>) -> Option<u32> {
    let key = key?;
    let asks = |live: &Live| live.round.as_ref()?.key.as_ref().map(|asked| asked.as_str() == key);
    records.all::<LiveOf>().find(|(_, live)| asks(live) == Some(true)).map(|(of, _)| of.series)
}

/// Whoever is asked says nothing, or whoever leads goes on without them.
fn pass(records: &mut Records<Meetings>, ctx: &Ctx<Settings>, id: u32, (by, lead): (&UserId, bool)) -> Vec<Effect> {
    let turn = records.get(&LiveOf { series: id }).and_then(|live| live.round.as_ref()?.turn.clone());
    let may = lead || turn.as_ref() == Some(by) || turns::leads_now(records, id, by);
    if may { advance(records, ctx, id, "") } else { Vec::new() }
}

/// Goes on in a meeting: to whoever is next in the round, or else to the next topic; behind the last to a round.
fn go_on(records: &mut Records<Meetings>, ctx: &Ctx<Settings>, id: u32) -> Vec<Effect> {
    let next =
        agenda_of(records, ctx, id).and_then(|agenda| agenda.next(&records.get(&LiveOf { series: id })?.come_to));
    let Some(live) = records.get_mut(&LiveOf { series: id }) else { return Vec::new() };
    if live.round.is_none() {
        if let Some(topic) = next {
            live.come_to.push(topic);
            return run::retell(records, ctx, id).into_iter().collect();
        }
        if live.here.iter().all(|who| live.spoken.contains(who)) {
            let date = live.date;
            let card = records.get(&SeriesAt { id }).map(|series| run::card(series, date));
            let said =
                |card| Message::new(To::Thread(card), Attention::Answer, ctx.words.meetings_round_nobody()).send();
            return card.map(said).into_iter().collect();
        }
        live.round = Some(Round::default());
    }
    advance(records, ctx, id, "")
}

/// Goes back to the topic before; behind the first, to none. `None` where there is nothing to go back from.
fn go_back(records: &mut Records<Meetings>, ctx: &Ctx<Settings>, id: u32) -> Option<Effect> {
    let agenda = agenda_of(records, ctx, id)?;
    let live = records.get_mut(&LiveOf { series: id }).filter(|live| !live.come_to.is_empty())?;
    live.come_to = agenda.back(&live.come_to);
    run::retell(records, ctx, id)
}

/// The agenda of the meeting of a series.
fn agenda_of(records: &Records<Meetings>, ctx: &Ctx<Settings>, id: u32) -> Option<Agenda> {
    Some(agenda::read(ctx, &records.get(&SeriesAt { id })?.room))
}

fn learn_thread(records: &mut Records<Meetings>, id: u32, root: &EventId) {
    if records.get(&LiveOf { series: id }).is_some_and(|live| live.thread.is_none())
        && let Some(live) = records.get_mut(&LiveOf { series: id })
    {
        live.thread = Some(root.clone());
    }
}

/// Notes that somebody is there, once.
fn come(records: &mut Records<Meetings>, ctx: &Ctx<Settings>, id: u32, who: &UserId) -> Vec<Effect> {
    if *who == ctx.community.bot || records.get(&LiveOf { series: id }).is_none_or(|live| live.here.contains(who)) {
        return Vec::new();
    }
    let Some(live) = records.get_mut(&LiveOf { series: id }) else { return Vec::new() };
    live.here.push(who.clone());
    let date = live.date;
    let Some(series) = records.get(&SeriesAt { id }) else { return Vec::new() };
    let entry = Entry::new(Kind::Attended, who, Some(&series.room));
    vec![Effect::Log(Entry { within: Some(series.name_of(date)), ..entry })]
}

fn said_something(records: &mut Records<Meetings>, ctx: &Ctx<Settings>, said: &Said) -> Vec<Effect> {
    let word = said.text.trim().trim_end_matches(['.', '!']).to_lowercase();
    let here = HERE.contains(&word.as_str());
    if let Some(id) = said.to.as_ref().and_then(|to| of_key(records, to.key.as_ref().map(|key| key.as_str()))) {
        if let Some(root) = said.to.as_ref().map(|to| &to.event) {
            learn_thread(records, id, root);
        }
        let mut effects = come(records, ctx, id, &said.by);
        if here {
            return effects;
        }
        let turn = records.get(&LiveOf { series: id }).and_then(|live| live.round.as_ref()?.turn.clone());
        let skips = PASS.contains(&word.as_str());
        if !skips
            && records.get(&LiveOf { series: id }).is_some_and(|live| !live.spoken.contains(&said.by))
            && let Some(live) = records.get_mut(&LiveOf { series: id })
        {
            live.spoken.insert(said.by.clone());
        }
        let moves_on = match &turn {
            Some(turn) => *turn == said.by || (skips && turns::leads_now(records, id, &said.by)),
            None => false,
        };
        if moves_on {
            effects.extend(advance(records, ctx, id, ""));
        }
        return effects;
    }
    // Beside the thread, only the word itself counts.
    let on_in_room = all(records).find(|one| one.room == said.source.room && records.has(&LiveOf { series: one.id }));
    match on_in_room.map(|one| one.id).filter(|_| here && said.source.thread.is_none()) {
        Some(id) => {
            let counted = come(records, ctx, id, &said.by);
            let seen = (!counted.is_empty()).then(|| Effect::acknowledge(&said.source, "👋"));
            counted.into_iter().chain(seen).collect()
        }
        None => Vec::new(),
    }
}

/// Asks whoever is next in the round, or ends it. A question that the round is about is said with the first turn.
fn advance(records: &mut Records<Meetings>, ctx: &Ctx<Settings>, id: u32, question: &str) -> Vec<Effect> {
    let Some(live) = records.get_mut(&LiveOf { series: id }) else { return Vec::new() };
    let Some(round) = &mut live.round else { return Vec::new() };
    let next = live.here.iter().find(|who| !live.spoken.contains(*who) && !round.asked.contains(*who)).cloned();
    round.turn.clone_from(&next);
    let date = live.date;
    let key = MessageKey::from(format!("turn/{id}/{:016x}", ctx.seed));
    match &next {
        Some(who) => {
            round.asked.insert(who.clone());
            round.key = Some(key.clone());
        }
        None => live.round = None,
    }
    let Some(series) = records.get(&SeriesAt { id }) else { return Vec::new() };
    let to = To::Thread(run::card(series, date));
    match next {
        Some(who) => {
            let turn = match question {
                "" => ctx.words.meetings_your_turn(pill(&who)),
                question => ctx.words.meetings_round_about(escape(question), pill(&who)),
            };
            let asked = Message::new(to, Attention::Prompt, turn).mentioning(&who).keyed(key.clone()).send();
            std::iter::once(asked).chain(buttons(&key, [ctx.words.meetings_tap_pass()])).collect()
        }
        None => vec![Message::new(to, Attention::Answer, ctx.words.meetings_round_over()).send()],
    }
}

/// The meeting that is on and that somebody means, or what to tell them.
fn on(
    records: &Records<Meetings>,
    ctx: &Ctx<Settings>,
    invocation: &Invocation<Command>,
    words: &[String],
) -> Result<(u32, Vec<String>), Vec<Effect>> {
    let found = which::find_own(records, ctx, invocation, words, false);
    let (id, rest) = found.map_err(|mistake| vec![Effect::answer(invocation.source, mistake)])?;
    if records.has(&LiveOf { series: id }) {
        return Ok((id, rest));
    }
    let series = records.get(&SeriesAt { id });
    let next = series.and_then(|one| Some(super::text::moment(ctx, one, one.next()?.start))).unwrap_or_default();
    let name = series.map(|one| escape(&one.name)).unwrap_or_default();
    Err(vec![Effect::answer(invocation.source, ctx.words.meetings_not_on(name, next))])
}

pub(super) fn here(
    records: &mut Records<Meetings>,
    ctx: &Ctx<Settings>,
    invocation: &Invocation<Command>,
    words: &[String],
) -> Vec<Effect> {
    match on(records, ctx, invocation, words) {
        Ok((id, _)) => {
            let mut effects = come(records, ctx, id, invocation.by);
            effects.push(Effect::acknowledge(invocation.source, "👋"));
            effects
        }
        Err(said) => said,
    }
}

pub(super) fn round(
    records: &mut Records<Meetings>,
    ctx: &Ctx<Settings>,
    invocation: &Invocation<Command>,
    words: &[String],
) -> Vec<Effect> {
    // In quotation marks it is a question, too, and no name of a meeting.
    let words: Vec<String> = words.iter().flat_map(|word| word.split_whitespace()).map(str::to_owned).collect();
    let (id, question) = match on(records, ctx, invocation, &words) {
        Ok(found) => found,
        Err(said) => return said,
    };
    let mut effects = come(records, ctx, id, invocation.by);
    let Some(live) = records.get_mut(&LiveOf { series: id }) else { return effects };
    if let Some(turn) = live.round.as_ref().and_then(|round| round.turn.clone()) {
        effects
            .push(Effect::answer(invocation.source, ctx.words.meetings_round_on(pill(&turn), &ctx.community.prefix)));
        return effects;
    }
    if !question.is_empty() {
        // To this nobody has said anything yet.
        live.spoken.clear();
    }
    if live.here.iter().all(|who| live.spoken.contains(who)) {
        effects.push(Effect::answer(invocation.source, ctx.words.meetings_round_nobody()));
        return effects;
    }
    live.round = Some(Round::default());
    effects.extend(advance(records, ctx, id, &question.join(" ")));
    effects
}

pub(super) fn next_turn(
    records: &mut Records<Meetings>,
    ctx: &Ctx<Settings>,
    invocation: &Invocation<Command>,
    words: &[String],
) -> Vec<Effect> {
    let id = match on(records, ctx, invocation, words) {
        Ok((id, _)) => id,
        Err(said) => return said,
    };
    if records.get(&LiveOf { series: id }).is_some_and(|live| live.round.is_some()) {
        return advance(records, ctx, id, "");
    }
    if agenda_of(records, ctx, id).is_none_or(|agenda| agenda.topics.is_empty()) {
        return vec![Effect::answer(invocation.source, ctx.words.meetings_no_round(&ctx.community.prefix))];
    }
    // Whoever is there says that they have spoken; what is talked about next is for those who lead.
    match steered(records, ctx, invocation, words) {
        Ok(_) => acknowledged(invocation, go_on(records, ctx, id)),
        Err(said) => said,
    }
}

/// The topic before.
pub(super) fn back(
    records: &mut Records<Meetings>,
    ctx: &Ctx<Settings>,
    invocation: &Invocation<Command>,
    words: &[String],
) -> Vec<Effect> {
    match steered(records, ctx, invocation, words) {
        Ok((id, _)) => match go_back(records, ctx, id) {
            Some(card) => acknowledged(invocation, vec![card]),
            None => vec![Effect::answer(invocation.source, ctx.words.meetings_at_beginning(&ctx.community.prefix))],
        },
        Err(said) => said,
    }
}

/// What follows from a command, and that it was understood, which an edit alone does not tell.
fn acknowledged(invocation: &Invocation<Command>, effects: Vec<Effect>) -> Vec<Effect> {
    std::iter::once(Effect::acknowledge(invocation.source, "✅")).chain(effects).collect()
}

/// The meeting that is on and that somebody may end or prolong, or what to tell them.
fn steered(
    records: &Records<Meetings>,
    ctx: &Ctx<Settings>,
    invocation: &Invocation<Command>,
    words: &[String],
) -> Result<(u32, Vec<String>), Vec<Effect>> {
    let (id, rest) = on(records, ctx, invocation, words)?;
    let series = records.get(&SeriesAt { id });
    if turns::leads_now(records, id, invocation.by) || series.is_some_and(|one| plan::may_change(one, invocation)) {
        return Ok((id, rest));
    }
    let name = series.map(|one| escape(&one.name)).unwrap_or_default();
    Err(vec![Effect::answer(invocation.source, ctx.words.meetings_not_yours(name))])
}

pub(super) fn close(
    records: &mut Records<Meetings>,
    ctx: &Ctx<Settings>,
    invocation: &Invocation<Command>,
    words: &[String],
) -> Vec<Effect> {
    match steered(records, ctx, invocation, words) {
        Ok((id, _)) => run::end(records, ctx, id),
        Err(said) => said,
    }
}

pub(super) fn extend(
    records: &mut Records<Meetings>,
    ctx: &Ctx<Settings>,
    invocation: &Invocation<Command>,
    words: &[String],
) -> Vec<Effect> {
    let (id, rest) = match steered(records, ctx, invocation, words) {
        Ok(found) => found,
        Err(said) => return said,
    };
    let Some(span) = which::span(&rest).filter(|span| span.in_minutes() <= 12 * 60) else {
        return vec![Effect::answer(invocation.source, ctx.words.meetings_extend_how(&ctx.community.prefix))];
    };
    let Some(live) = records.get_mut(&LiveOf { series: id }) else { return Vec::new() };
    live.end = span.after(live.end);
    acknowledged(invocation, run::retell(records, ctx, id).into_iter().collect())
}

/// Somebody left a room: nobody waits for them, in any series of it.
fn left(records: &mut Records<Meetings>, ctx: &Ctx<Settings>, who: &UserId, room: &RoomId) -> Vec<Effect> {
    let mut effects = Vec::new();
    let ids: Vec<u32> = all(records).filter(|one| one.room == *room).map(|one| one.id).collect();
    for id in ids {
        let turn = records.get(&LiveOf { series: id }).and_then(|live| live.round.as_ref()?.turn.clone());
        if turn.as_ref() == Some(who) {
            effects.extend(advance(records, ctx, id, ""));
        }
        let Some(one) = records.get(&SeriesAt { id }) else { continue };
        let on = records.get(&LiveOf { series: id }).map(|live| live.date);
        let volunteered = one.volunteers.iter().any(|volunteer| volunteer.who == *who);
        let led_now = on.is_some_and(|date| one.roles(date).people().any(|one| one == who));
        let next = one.next();
        let told = |next: &super::series::Occurrence| {
            one.prepared.get(&next.date).is_some_and(|done| done.asked || done.reminded.contains(&next.start))
        };
        let led_next = next.is_some_and(|next| told(&next) && one.roles(next.date).people().any(|one| one == who));
        let settled = one
            .prepared
            .values()
            .filter_map(|done| done.roles.as_ref())
            .any(|roles| roles.people().any(|one| one == who));
        if !(volunteered || settled) {
            continue;
        }
        let Some(one) = records.get_mut(&SeriesAt { id }) else { continue };
        one.drop_person(who);
        one.gone.insert(who.clone());
        let one = &*one;
        if let Some(date) = on.filter(|_| led_now) {
            let said = ctx.words.meetings_leader_left_now(pill(who), &ctx.community.prefix);
            effects.push(Message::new(To::Thread(run::card(one, date)), Attention::Prompt, said).send());
        } else if let Some(next) = next.filter(|_| led_next) {
            effects.extend(run::left(ctx, one, &next, who));
        }
    }
    effects
}
