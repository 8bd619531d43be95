//! Votes on topics: opened in a room, answered there or in direct rooms, closed into each topic's trend.

use hearth_shared::{activity::Kind, report::MIN_PEOPLE};
use jiff::Timestamp;
use rand_chacha::ChaCha20Rng;

use super::{
    few,
    interface::Settings,
    state::{
        self, AskedOf, LastRound, MOST_WANTED, OpenRound, Round, Rows, SealedVoteOf, Status, VoteOf, backlog,
        end_round, hear, next, resolved, round, round_mut, topic, topic_mut, voted,
    },
    text,
};
use crate::{
    Administration, Attention, Ctx, Effect, Entry, EventId, Message, MessageContext, MessageKey, Outgoing, RoomId, To,
    UserId,
    boards::Retros,
    buttons,
    choosing::{self, Marks, Method, Rules, ShownCount, paper::Stands, tally, taps},
    secret::{self, Asked, Face, Handed, Taken},
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
    // The most wanted first: it is in this order that they wait.
    let wanted = backlog(records).into_iter().map(|(number, _)| number).filter(|number| options.contains(number));
    let shown: Vec<u32> = match options.len() > MOST_WANTED {
        true => wanted.take(MOST_WANTED).collect(),
        false => options.clone(),
    };
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
        shown,
    };
    let (card, name) = (text::round_card(ctx.words, ctx.community, records, &round), MessageKey::from(round.card()));
    // Dots that everybody sees are given in words.
    let button = round.sealed.then(|| ctx.words.ballot_button_vote());
    records.insert(OpenRound {}, round);
    hear(records, &source.event);
    let card = Message::new(To::Room(source.room.clone()), Attention::Prompt, card).keyed(name.clone());
    [card.send()].into_iter().chain(buttons(&name, button)).collect()
}

/// Sends somebody the paper of the open vote. They asked for it, and are in its room. A paper that they had before goes.
pub fn hand_out(records: &mut Rows, ctx: &Ctx<Settings>, who: &UserId) -> Vec<Effect> {
    let open = round(records).filter(|round| round.sealed && ctx.is_in(&round.room));
    let Some(round) = open.cloned() else { return Vec::new() };
    let (number, person) = (round.number, who.clone());
    let mine = SealedVoteOf { round: number, person: person.clone() };
    let (drawn, before) = secret::paper(records, ctx, AskedOf { round: number, person });
    let gone = secret::turn(records, &mine);
    let body = text::paper(ctx.words, ctx.community, records, &round, &Stands::Blank);
    let (to, key) = (To::Person(who.clone()), round.sheet(&drawn));
    let why = ctx.words.sending_why_topics(ctx.community.room_name(&round.room));
    let mut effects = vec![Message::new(to.clone(), Attention::Prompt, body).keyed(key.clone()).because(why).send()];
    for topic in &round.shown {
        let name = Some(round.button(&drawn, *topic));
        effects
            .extend(text::button(records, *topic).map(|with| Outgoing::Button { key: key.clone(), with, name }.send()));
    }
    if round.hidden() > 0 && !round.shown.is_empty() {
        let (with, name) = (ctx.words.topics_button_more(round.hidden()), Some(round.button(&drawn, 0)));
        effects.push(Outgoing::Button { key, with, name }.send());
    }
    if let Some(taken) = secret::again(records, mine, to) {
        effects.extend(shown(records, ctx, &mut ctx.secret_rng(), &round, &drawn, taken));
    }
    effects.extend(gone);
    if let Some(before) = before {
        effects.push(Outgoing::Redact { key: round.sheet(&before) }.send());
        effects.push(Administration::DropNames { prefix: round.buttons(&before) }.effect());
    }
    effects
}

/// Says on somebody's paper where they stand.
fn shown(
    records: &mut Rows,
    ctx: &Ctx<Settings>,
    secret_rng: &mut ChaCha20Rng,
    round: &Round,
    drawn: &str,
    taken: Taken<SealedVoteOf>,
) -> Vec<Effect> {
    let face = Face::<SealedVoteOf> {
        paper: round.sheet(drawn),
        sign: &|records: &Rows, marks: &Marks, named| text::sign(records, marks, named),
        text: &|records: &Rows, stands: &Stands| text::paper(ctx.words, ctx.community, records, round, stands),
    };
    taken.show(records, secret_rng, &face)
}

/// Somebody tapped something on a paper. It counts as if they had written it, where it is the paper that they have and
/// there is such a topic; the button for more shows those that have no button. Else nothing is said.
pub fn tapped(
    records: &mut Rows,
    ctx: &Ctx<Settings>,
    who: &UserId,
    drawn: &str,
    handed: &Handed,
    with: &str,
) -> Vec<Effect> {
    let Some(round) = round(records).filter(|round| ctx.is_in(&round.room)).cloned() else { return Vec::new() };
    let (number, person) = (round.number, who.clone());
    let has = secret::paper_of(records, &AskedOf { round: number, person: person.clone() });
    if has.as_deref() != Some(drawn) {
        return Vec::new();
    }
    if taps::is_like_a_sign(with) {
        return vec![handed.removed()];
    }
    if with == ctx.words.topics_button_more(round.hidden()) {
        let rest = text::rest(ctx.words, records, &round);
        return vec![Message::new(To::Person(person), Attention::Answer, rest).send()];
    }
    let is_it = |topic: &&u32| text::button(records, **topic).as_deref() == Some(with);
    let Some(topic) = round.rules.options.iter().find(is_it).copied() else { return Vec::new() };
    let mut effects = few::extend(records, ctx);
    let Some(round) = self::round(records).filter(|round| !handed.is_late(round.closes)).cloned() else {
        return effects;
    };
    let before = voted(records, &round);
    let choose = |taps: &[u32]| taps::tapped(&round.rules, taps);
    let mine = SealedVoteOf { round: number, person };
    let secret_rng = &mut ctx.secret_rng();
    if let Some(taken) = secret::tap(records, secret_rng, mine, (handed, topic), choose) {
        effects.extend(shown(records, ctx, secret_rng, &round, drawn, taken));
    }
    effects.extend(recount(records, ctx, before));
    effects
}

/// Somebody removed a reaction; if it was a tap on a paper, and the vote was not over, it is taken back.
pub fn untapped(records: &mut Rows, ctx: &Ctx<Settings>, room: &RoomId, event: &EventId, at: Timestamp) -> Vec<Effect> {
    let Some(mine) = secret::tapper::<SealedVoteOf>(records, event) else { return Vec::new() };
    let mut effects = few::extend(records, ctx);
    let open = round(records).filter(|round| round.number == mine.round && at < round.closes);
    let Some(round) = open.cloned() else { return effects };
    let (before, person) = (voted(records, &round), mine.person.clone());
    let choose = |taps: &[u32]| taps::tapped(&round.rules, taps);
    let taken = secret::untap(records, mine, (room, event), choose);
    let drawn = secret::paper_of(records, &AskedOf { round: round.number, person });
    if let Some((drawn, taken)) = drawn.zip(taken) {
        effects.extend(shown(records, ctx, &mut ctx.secret_rng(), &round, &drawn, taken));
    }
    effects.extend(recount(records, ctx, before));
    effects
}

/// Takes out who was asked. Each paper says how the vote ended, and its buttons go.
fn concluded(records: &mut Rows, round: &Round, ended: &str) -> Vec<Effect> {
    let (papers, _) = secret::destroy::<AskedOf>(records, round.number);
    over(round, papers.iter().map(|(_, asked)| asked), ended)
}

/// What becomes of papers on which nobody votes any more.
fn over<'a>(round: &Round, papers: impl Iterator<Item = &'a Asked>, ended: &str) -> Vec<Effect> {
    let drawn: Vec<&String> = papers.filter_map(|asked| asked.paper.as_ref()).collect();
    let last = |drawn: &&String| Outgoing::Conclude { key: round.sheet(drawn), body: ended.to_owned() }.send();
    let gone = |drawn: &&String| {
        let more = (round.hidden() > 0).then_some(0);
        let of = |topic| Outgoing::Redact { key: round.button(drawn, topic) }.send();
        round.shown.iter().copied().chain(more).map(of).collect::<Vec<_>>()
    };
    drawn.iter().map(last).chain(drawn.iter().flat_map(gone)).collect()
}

/// What people have left who were just forgotten, and had papers: what counted is removed, and each paper says that nothing
/// counts.
pub fn forgotten(records: &Rows, ctx: &Ctx<Settings>) -> Vec<Effect> {
    let mut effects = secret::forgotten::<SealedVoteOf>(records);
    if let Some(round) = round(records) {
        let papers = records.gone_rows::<AskedOf>().map(|(_, asked)| asked);
        effects.extend(over(round, papers, &ctx.words.ballot_stands_not()));
    }
    effects
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
    let mistake = |mistake| choosing::text::mistake(words, &round.rules, mistake);
    if !round.sealed {
        let mine = VoteOf { round: number, person };
        let Some(taken) = secret::hand_in(records, secret_rng, mine, &handed, chosen) else { return Some(effects) };
        // Where everybody sees it, a word is enough if something is wrong.
        effects.push(match &read {
            Err(wrong) => taken.answer(mistake(wrong)),
            Ok(_) => Effect::acknowledge(source, "✅"),
        });
        effects.extend(recount(records, ctx, before));
        return Some(effects);
    }
    let mine = SealedVoteOf { round: number, person };
    let Some(taken) = secret::hand_in(records, secret_rng, mine, &handed, chosen) else { return Some(effects) };
    let paper = secret::paper_of(records, &AskedOf { round: number, person: who.clone() });
    match (&read, &taken.chosen, paper) {
        (Err(wrong), _, _) => effects.push(taken.answer(mistake(wrong))),
        // The paper says it; the message that it was understood.
        (Ok(_), _, Some(drawn)) => {
            effects.push(Effect::acknowledge(source, "✅"));
            effects.extend(shown(records, ctx, secret_rng, &round, &drawn, taken));
        }
        (Ok(_), Some(marks), None) => {
            let body = words.topics_cast(text::chosen(records, marks));
            effects.push(taken.answer(body));
        }
        (Ok(_), None, None) => effects.push(taken.answer(words.topics_taken_back())),
    }
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
    let waits = keys.iter().any(|key| round.is_of_paper(key));
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
    let last = format!("{} {ended}", words.topics_vote_closed());
    let papers = concluded(records, &round, &last);
    let mut effects = vec![Outgoing::Edit { key: round.card().into(), body: card }.send()];
    let name = format!("result/{}", round.number);
    let in_room = |body: String| Message::new(To::Room(round.room.clone()), Attention::Prompt, body);
    match &tally {
        None => effects.push(in_room(last).send()),
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
    effects.extend(papers);
    effects
}

/// Calls off the open vote, of which something is lost: what is left would be a wrong count.
pub fn call_off(records: &mut Rows, ctx: &Ctx<Settings>) -> Vec<Effect> {
    let Some(round) = round(records).cloned() else { return Vec::new() };
    let said = ctx.words.topics_called_off(&ctx.community.prefix);
    let mut effects = vec![
        Outgoing::Edit { key: round.card().into(), body: said.clone() }.send(),
        Message::new(To::Room(round.room.clone()), Attention::Prompt, &said).send(),
    ];
    effects.extend(end_round(records, &round).sweep);
    effects.extend(concluded(records, &round, &said));
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
