//! Votes on topics: opened in a room, answered there or in direct rooms, closed into each topic's trend.

use hearth_shared::{activity::Kind, report::MIN_PEOPLE};

use super::{
    few,
    interface::Settings,
    state::{
        self, LastRound, OpenRound, Round, Rows, SealedVoteOf, Status, ToldOf, VoteOf, backlog, end_round, hear, next,
        resolved, round, round_mut, topic, topic_mut, voted,
    },
    text,
};
use crate::{
    Attention, Ctx, Effect, Entry, Message, MessageContext, MessageKey, Outgoing, To, UserId,
    boards::Retros,
    buttons,
    choosing::{self, Marks, Method, Rules, ShownCount, tally},
    secret::{self, Handed},
};

/// How many dots one person can have.
const MOST_DOTS: u32 = 20;

/// Opens a vote on everything that waits and may be heard of in the room.
pub fn open(records: &mut Rows, ctx: &Ctx<Settings>, by: &UserId, source: &MessageContext) -> Vec<Effect> {
    let seen = state::seen_in(ctx.community, Some(&source.room));
    let open = backlog(records).into_iter().filter(|(_, topic)| seen(topic.room.as_ref()));
    let mut options: Vec<u32> = open.map(|(number, _)| number).collect();
    options.sort_unstable();
    if options.len() < 2 {
        return vec![Effect::answer(source, ctx.words.topics_too_few(&ctx.community.prefix))];
    }
    let people = ctx.community.rooms.get(&source.room).and_then(|room| room.people).unwrap_or(MIN_PEOPLE);
    if ctx.settings.sealed && people < MIN_PEOPLE {
        return vec![Effect::answer(source, ctx.words.topics_room_too_small(MIN_PEOPLE, people))];
    }
    let number = next(records, LastRound {});
    let round = Round {
        number,
        room: source.room.clone(),
        by: Some(by.clone()),
        sealed: ctx.settings.sealed,
        rules: Rules { method: Method::Dots, options, dots: ctx.settings.dots.clamp(1, MOST_DOTS) },
        closes: ctx.settings.vote_for.after(ctx.now),
        count: ShownCount::new(ctx.now),
        extended: false,
        warned: false,
    };
    let (card, name) = (text::round_card(ctx.words, ctx.community, records, &round), MessageKey::from(round.card()));
    // Dots that everybody sees are given in words.
    let button = round.sealed.then(|| ctx.words.ballot_button_vote());
    records.insert(OpenRound {}, round);
    hear(records, &source.event);
    let card = Message::new(To::Room(source.room.clone()), Attention::Prompt, card).keyed(name.clone());
    [card.send()].into_iter().chain(buttons(&name, button)).collect()
}

/// Sends somebody the paper of the open vote. They asked for it, and are in its room.
pub fn hand_out(records: &mut Rows, ctx: &Ctx<Settings>, who: &UserId) -> Vec<Effect> {
    let open = round(records).filter(|round| round.sealed && ctx.is_in(&round.room));
    let Some(round) = open.cloned() else { return Vec::new() };
    let body = text::paper(ctx.words, ctx.community, records, &round);
    records.insert(ToldOf { round: round.number, person: who.clone() }, ());
    vec![Message::new(To::Person(who.clone()), Attention::Prompt, body).keyed(round.sheet()).send()]
}

/// The same for somebody who asks in their direct room; `None` where no vote is open for them.
pub fn hand_out_to_member(records: &mut Rows, ctx: &Ctx<Settings>, who: &UserId) -> Option<Vec<Effect>> {
    let open = round(records).is_some_and(|round| round.sealed && ctx.is_in(&round.room));
    open.then(|| hand_out(records, ctx, who))
}

/// Whether what whoever speaks wrote after `dots` is for a retrospective.
pub fn is_for_retro(ctx: &Ctx<Settings>, dots: &str) -> bool {
    ctx.boards.read::<Retros>().take(dots, |room| ctx.is_in(room))
}

/// Somebody wrote what they choose. `None` where no vote is open that they could mean.
pub fn cast(
    records: &mut Rows,
    ctx: &Ctx<Settings>,
    who: &UserId,
    source: &MessageContext,
    written: &str,
) -> Option<Vec<Effect>> {
    let round = round(records)?.clone();
    let words = ctx.words;
    if !ctx.is_in(&round.room) || (!source.direct && source.room != round.room) {
        return None;
    }
    if round.sealed != source.direct {
        return Some(vec![Effect::answer(
            source,
            match round.sealed {
                true => words.topics_said_aloud(&ctx.community.prefix),
                false => words.topics_said_privately(),
            },
        )]);
    }
    let handed = Handed::from(source);
    let mut effects = few::extend(records, ctx);
    let round = self::round(records)?.clone();
    if handed.is_late(round.closes) {
        effects.push(Effect::answer(source, words.ballot_too_late()));
        return Some(effects);
    }
    let before = voted(records, &round);
    let read = choosing::written(&round.rules, written);
    let (chosen, secret_rng) = (read.as_ref().ok().cloned(), &mut ctx.secret_rng());
    let (number, person) = (round.number, who.clone());
    let taken = match round.sealed {
        true => secret::hand_in(records, secret_rng, SealedVoteOf { round: number, person }, &handed, chosen),
        false => secret::hand_in(records, secret_rng, VoteOf { round: number, person }, &handed, chosen),
    };
    let Some(taken) = taken else { return Some(effects) };
    let body = match (&read, &taken.chosen) {
        (Err(mistake), _) => choosing::text::mistake(words, &round.rules, mistake),
        (Ok(_), Some(marks)) => words.topics_cast(text::chosen(records, marks)),
        (Ok(_), None) => words.topics_taken_back(),
    };
    // Where everybody sees it, a word is enough if something is wrong.
    effects.push(match !round.sealed && read.is_ok() {
        true => Effect::acknowledge(source, "✅"),
        false => taken.answer(body),
    });
    effects.extend(recount(records, ctx, before));
    Some(effects)
}

/// Brings the card up to date, now or soon, if the count is another than `before`.
pub fn recount(records: &mut Rows, ctx: &Ctx<Settings>, before: u64) -> Option<Effect> {
    if voted(records, round(records)?) == before {
        return None;
    }
    behind(records, ctx)
}

/// Brings the card up to date, now or soon.
pub fn behind(records: &mut Rows, ctx: &Ctx<Settings>) -> Option<Effect> {
    round_mut(records)?.count.fall_behind();
    refresh(records, ctx)
}

/// Edits the card of the vote if its count is behind and it was not edited just now.
pub fn refresh(records: &mut Rows, ctx: &Ctx<Settings>) -> Option<Effect> {
    if !round(records)?.count.is_due(ctx.now) {
        return None;
    }
    show(records, ctx)
}

/// Papers wait for direct rooms, or none do: the card says how to be served at once, or no longer does.
pub fn held(records: &mut Rows, ctx: &Ctx<Settings>, keys: &[MessageKey]) -> Option<Effect> {
    let round = round(records)?;
    let sheet = round.sheet();
    let waits = keys.iter().any(|key| key.as_str() == sheet);
    if round.count.is_held() == waits {
        return None;
    }
    let round = round_mut(records)?;
    round.count = round.count.hold(waits);
    show(records, ctx)
}

/// The card as it is now.
fn show(records: &mut Rows, ctx: &Ctx<Settings>) -> Option<Effect> {
    let round = round_mut(records)?;
    round.count = round.count.shown(ctx.now);
    let round = self::round(records)?;
    let body = text::round_card(ctx.words, ctx.community, records, round);
    Some(Outgoing::Edit { key: round.card().into(), body }.send())
}

/// Closes the open vote: dots become the topics' own, and who gave which to what is gone.
pub fn close(records: &mut Rows, ctx: &Ctx<Settings>) -> Vec<Effect> {
    let Some(round) = round(records).cloned() else { return Vec::new() };
    let words = ctx.words;
    let all = end_round(records, &round);
    let count = all.papers.len() as u64;
    let enough = count > 0 && (!round.sealed || count >= MIN_PEOPLE);
    let tally = enough.then(|| {
        let marks: Vec<Marks> = all.chosen().map(|marks| counted(records, marks)).collect();
        tally(&still(records, &round.rules), &marks)
    });
    let people = ctx.community.rooms.get(&round.room).and_then(|room| room.people);
    let ended = text::ended(words, records, count, tally.as_ref(), people);
    let card = text::closed_card(words, records, &round, &ended);
    let mut effects = vec![Outgoing::Edit { key: round.card().into(), body: card }.send()];
    let name = format!("result/{}", round.number);
    let in_room = |body: String| Message::new(To::Room(round.room.clone()), Attention::Prompt, body);
    match &tally {
        None => effects.push(in_room(format!("{} {ended}", words.topics_vote_closed())).send()),
        Some(tally) => {
            for (number, dots) in &tally.counts {
                if let Some(topic) = topic_mut(records, *number) {
                    topic.trend.push(*dots);
                }
            }
            for who in &all.voters {
                let entry = Entry::new(Kind::TopicVoted, who, Some(&round.room));
                effects.push(entry.named(format!("topics/vote/{}/{who}", round.number)).log());
            }
            let details = text::details(words, ctx.community, records, tally, people);
            effects.push(in_room(ended).keyed(name.clone()).send());
            effects.push(Message::new(To::Thread(name.into()), Attention::Answer, details).send());
        }
    }
    effects.extend(all.sweep);
    effects
}

/// Calls off the open vote, of which something is lost: what is left would be a wrong count.
pub fn call_off(records: &mut Rows, ctx: &Ctx<Settings>) -> Vec<Effect> {
    let Some(round) = round(records).cloned() else { return Vec::new() };
    let said = ctx.words.topics_called_off(&ctx.community.prefix);
    let mut effects = vec![
        Outgoing::Edit { key: round.card().into(), body: said.clone() }.send(),
        Message::new(To::Room(round.room.clone()), Attention::Prompt, said).send(),
    ];
    effects.extend(end_round(records, &round).sweep);
    effects
}

/// The rules of a vote at its close: what was merged meanwhile stands under the topic that it is part of now, and what
/// was discussed or dropped meanwhile is out.
fn still(records: &Rows, rules: &Rules) -> Rules {
    let mut options: Vec<u32> = rules.options.iter().map(|number| resolved(records, *number)).collect();
    options.retain(|number| topic(records, *number).is_some_and(|topic| topic.status == Status::Open));
    options.sort_unstable();
    options.dedup();
    Rules { options, ..rules.clone() }
}

/// What somebody chose, under the topics that are there now.
fn counted(records: &Rows, marks: &Marks) -> Marks {
    let there = |number: u32| topic(records, number).is_some_and(|topic| topic.status == Status::Open);
    let given = marks.iter().map(|(option, dots)| (resolved(records, *option), *dots));
    given.filter(|(option, _)| there(*option)).collect()
}
