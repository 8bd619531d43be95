//! Voting: how people get a paper, and what becomes of what they write on it.

use rand_chacha::ChaCha20Rng;

use jiff::Timestamp;

use super::{
    few,
    interface::{Ballot, Settings},
    state::{self, Open, PaperOf, SentTo, button, open, open_ballots, open_mut, sheet, tap},
    text,
};
use crate::{
    Administration, Attention, Ctx, Effect, EventId, Message, Outgoing, Records, RoomId, Said, To, UserId,
    choosing::{self, Marks, Method, paper::Stands, taps},
    secret::{self, Asked, Face, Handed, Taken},
};

/// Which word somebody began with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verb {
    /// `vote`
    Vote,
    /// `dots`
    Dots,
}

/// Sends somebody a ballot in their direct room. They asked for it, and are in its room. A paper that they had before
/// goes: there is one on which they tap, and that says where they stand.
pub fn hand_out(records: &mut Records<Ballot>, ctx: &Ctx<Settings>, number: u32, who: &UserId) -> Vec<Effect> {
    let Some(ballot) = open(records, number).filter(|ballot| ctx.is_in(&ballot.room)).cloned() else {
        return Vec::new();
    };
    let (asked, mine) =
        (SentTo { ballot: number, person: who.clone() }, PaperOf { ballot: number, person: who.clone() });
    let (drawn, before) = secret::paper(records, ctx, asked.clone());
    let gone = secret::turn(records, &mine);
    let (to, key) = (To::Person(who.clone()), sheet(number, &drawn));
    let body = text::paper(ctx.words, ctx.community, number, &ballot, &Stands::Blank);
    let why = ctx.words.sending_why_ballot(number, ctx.community.room_name(&ballot.room));
    let mut effects = vec![Message::new(to.clone(), Attention::Prompt, body).keyed(key.clone()).because(why).send()];
    let single = ballot.rules.method == Method::Single;
    effects.extend(secret::ask(records, ctx, asked, single).map(|drawn| {
        let answers = (1..).zip(&ballot.options).map(|(place, text): (u32, _)| (place.to_string(), text.clone()));
        let (key, person, question) = (tap(number, &drawn).into(), who.clone(), ballot.question.clone());
        Outgoing::AskPerson { key, person, question, answers: answers.collect() }.send()
    }));
    for (place, with) in (1..).zip(text::buttons(&ballot)) {
        let name = Some(button(number, &drawn, place));
        effects.push(Outgoing::Button { key: key.clone(), with, name }.send());
    }
    if let Some(taken) = secret::again(records, mine, to) {
        effects.extend(shown(records, ctx, &mut ctx.secret_rng(), (number, &ballot), &drawn, taken));
    }
    effects.extend(gone);
    effects.extend(before.into_iter().flat_map(|before| thrown_away(number, &before)));
    effects
}

/// Removes a paper, for which there is another. Its buttons go with it.
fn thrown_away(number: u32, drawn: &str) -> [Effect; 2] {
    let prefix = button(number, drawn, 0).as_str().to_owned();
    [Outgoing::Redact { key: sheet(number, drawn) }.send(), Administration::DropNames { prefix }.effect()]
}

/// Says on somebody's paper where they stand.
fn shown(
    records: &mut Records<Ballot>,
    ctx: &Ctx<Settings>,
    secret_rng: &mut ChaCha20Rng,
    (number, ballot): (u32, &Open),
    drawn: &str,
    taken: Taken<PaperOf>,
) -> Vec<Effect> {
    let face = Face::<PaperOf> {
        paper: sheet(number, drawn),
        sign: &|_: &Records<Ballot>, marks: &Marks, named| text::sign(ballot, marks, named),
        text: &|_: &Records<Ballot>, stands: &Stands| text::paper(ctx.words, ctx.community, number, ballot, stands),
    };
    taken.show(records, secret_rng, &face)
}

/// Somebody tapped something on a paper. It counts as if they had written it, where it is the paper that they have and
/// there is such an option; else nothing is said.
pub fn tapped(
    records: &mut Records<Ballot>,
    ctx: &Ctx<Settings>,
    who: &UserId,
    (number, drawn): (u32, &str),
    handed: &Handed,
    with: &str,
) -> Vec<Effect> {
    let asked = SentTo { ballot: number, person: who.clone() };
    let Some(ballot) = open(records, number).cloned() else { return Vec::new() };
    let has = secret::paper_of(records, &asked);
    if taps::is_like_a_sign(with) && has.as_deref() == Some(drawn) {
        return vec![handed.removed()];
    }
    let labels = text::buttons(&ballot);
    let option = (1..).zip(&labels).find(|(_, label)| *label == with).map(|(option, _)| option);
    let Some(option) = option.filter(|_| has.as_deref() == Some(drawn)) else {
        return Vec::new();
    };
    if !ctx.is_in(&ballot.room) {
        let told = ctx.words.ballot_not_there(number);
        return vec![Message::new(To::Person(who.clone()), Attention::Answer, told).send()];
    }
    let mut effects = few::extend(records, ctx, number);
    if open(records, number).is_none_or(|ballot| handed.is_late(ballot.closes)) {
        return effects;
    }
    let before = secret::counted::<PaperOf>(records, number);
    let (mine, choose) =
        (PaperOf { ballot: number, person: who.clone() }, |taps: &[u32]| taps::tapped(&ballot.rules, taps));
    let secret_rng = &mut ctx.secret_rng();
    if let Some(taken) = secret::tap(records, secret_rng, mine, (handed, option), choose) {
        effects.extend(shown(records, ctx, secret_rng, (number, &ballot), drawn, taken));
    }
    effects.extend(recount(records, ctx, number, before));
    effects
}

/// Somebody removed a reaction; if it was a tap on a paper, and the ballot was not over, it is taken back.
pub fn untapped(
    records: &mut Records<Ballot>,
    ctx: &Ctx<Settings>,
    room: &RoomId,
    event: &EventId,
    at: Timestamp,
) -> Vec<Effect> {
    let Some(mine) = secret::tapper::<PaperOf>(records, event) else { return Vec::new() };
    let PaperOf { ballot: number, person } = mine.clone();
    let mut effects = few::extend(records, ctx, number);
    let Some(ballot) = open(records, number).filter(|ballot| at < ballot.closes).cloned() else { return effects };
    let before = secret::counted::<PaperOf>(records, number);
    let choose = |taps: &[u32]| taps::tapped(&ballot.rules, taps);
    let taken = secret::untap(records, mine, (room, event), choose);
    let drawn = secret::paper_of(records, &SentTo { ballot: number, person });
    if let Some((drawn, taken)) = drawn.zip(taken) {
        effects.extend(shown(records, ctx, &mut ctx.secret_rng(), (number, &ballot), &drawn, taken));
    }
    effects.extend(recount(records, ctx, number, before));
    effects
}

/// What becomes of the papers of a ballot that is over: each says how it ended, and its buttons go.
pub fn concluded(number: u32, ballot: &Open, papers: Vec<(SentTo, Asked)>, ended: &str) -> Vec<Effect> {
    let drawn: Vec<String> = papers.into_iter().filter_map(|(_, asked)| asked.paper).collect();
    let last = |drawn: &String| Outgoing::Conclude { key: sheet(number, drawn), body: ended.to_owned() }.send();
    let buttons = text::buttons(ballot).len();
    let gone = |drawn: &String| {
        let of = |place| Outgoing::Redact { key: button(number, drawn, place) }.send();
        (1..=buttons).map(of).collect::<Vec<_>>()
    };
    drawn.iter().map(last).chain(drawn.iter().flat_map(gone)).collect()
}

/// What people have left who were just forgotten, and had papers: what counted is removed, and each paper says that nothing
/// counts.
pub fn forgotten(records: &Records<Ballot>, ctx: &Ctx<Settings>) -> Vec<Effect> {
    let mut effects = secret::forgotten::<PaperOf>(records);
    effects.extend(secret::forgotten::<SentTo>(records));
    for (sent, asked) in records.gone_rows::<SentTo>() {
        let ballot = open(records, sent.ballot);
        let theirs = |ballot| {
            concluded(sent.ballot, ballot, vec![(sent.clone(), asked.clone())], &ctx.words.ballot_stands_not())
        };
        effects.extend(ballot.into_iter().flat_map(theirs));
    }
    effects
}

/// The open ballot that somebody means, of those in the rooms that they are in: the one they name, or the last they were
/// sent that takes this word, or the newest.
fn meant(records: &Records<Ballot>, ctx: &Ctx<Settings>, who: &UserId, named: Option<u32>, verb: Verb) -> Option<u32> {
    let sent = |ballot| records.get(&SentTo { ballot, person: who.clone() }).map(|sent| sent.at);
    let mut mine: Vec<_> = open_ballots(records)
        .filter(|(_, ballot)| ctx.is_in(&ballot.room))
        .map(|(number, ballot)| (ballot, sent(number), number))
        .collect();
    if let Some(named) = named {
        return mine.iter().any(|(_, _, number)| *number == named).then_some(named);
    }
    mine.retain(|(ballot, _, _)| verb == Verb::Vote || fits(ballot, verb));
    mine.into_iter()
        .max_by_key(|(ballot, sent, number)| (fits(ballot, verb), *sent, *number))
        .map(|(_, _, number)| number)
}

/// The newest ballot of which somebody has no paper: it is what they ask for who say nothing but the word, as its card tells.
fn not_handed_out(records: &Records<Ballot>, ctx: &Ctx<Settings>, who: &UserId) -> Option<u32> {
    let is_new = |ballot: u32| !records.has(&SentTo { ballot, person: who.clone() });
    let open = open_ballots(records).filter(|(number, ballot)| ctx.is_in(&ballot.room) && is_new(*number));
    open.map(|(number, _)| number).max()
}

/// Whether this is the word for a ballot.
fn fits(ballot: &Open, verb: Verb) -> bool {
    (ballot.rules.method == Method::Dots) == (verb == Verb::Dots)
}

/// `#3` at the beginning names a ballot.
fn named(words: &[String]) -> (Option<u32>, &[String]) {
    match words {
        [first, rest @ ..] => match first.strip_prefix('#').and_then(|number| number.parse().ok()) {
            Some(number) => (Some(number), rest),
            None => (None, words),
        },
        [] => (None, words),
    }
}

/// Whether there is an open ballot that somebody means who says `vote …` or `dots …`, perhaps in answer to the paper of a
/// ballot.
pub fn is_for_one(
    records: &Records<Ballot>,
    ctx: &Ctx<Settings>,
    said: &Said,
    answered: Option<u32>,
    verb: Verb,
    words: &[String],
) -> bool {
    let (own, rest) = named(words);
    let is_meant = |name| meant(records, ctx, &said.by, name, verb);
    match own.or(answered) {
        Some(number) if own.is_none() => is_meant(Some(number))
            .and_then(|number| open(records, number))
            .is_some_and(|ballot| verb == Verb::Vote || fits(ballot, verb)),
        name => is_meant(name).is_some() || (name.is_some() && rest.is_empty() && is_meant(None).is_some()),
    }
}

/// Somebody said `vote …` or `dots …` in their direct room, perhaps in answer to the paper of a ballot. `None` where no
/// ballot is open for them that it could be meant for.
pub fn said(
    records: &mut Records<Ballot>,
    ctx: &Ctx<Settings>,
    said: &Said,
    answered: Option<u32>,
    verb: Verb,
    words: &[String],
) -> Option<Vec<Effect>> {
    let Said { by: who, source, .. } = said;
    let (own, rest) = named(words);
    let name = own.or(answered);
    // `vote #2`, without anything after it, chooses option 2 where there is no ballot 2.
    let (number, rest) = match meant(records, ctx, who, name, verb) {
        Some(number) => (number, rest),
        None if name.is_some_and(|number| !rest.is_empty() && state::is_closed(records, number)) => {
            return Some(vec![Effect::answer(source, ctx.words.ballot_too_late())]);
        }
        None if own.is_none() => return None,
        None => (meant(records, ctx, who, answered, verb).filter(|_| rest.is_empty())?, words),
    };
    if rest.is_empty() {
        let number = own.or_else(|| not_handed_out(records, ctx, who)).unwrap_or(number);
        return Some(hand_out(records, ctx, number, who));
    }
    Some(cast(records, ctx, who, number, &Handed::from(source), (&rest.join(" "), true)))
}

/// Somebody chose: in words, or by a tap in their own poll. Whatever they wrote will be removed at the close. It counts
/// while they are in the ballot's room and it is open.
pub fn cast(
    records: &mut Records<Ballot>,
    ctx: &Ctx<Settings>,
    who: &UserId,
    number: u32,
    handed: &Handed,
    (written, by_word): (&str, bool),
) -> Vec<Effect> {
    let words = ctx.words;
    let refuse = |sentence: String| Message::new(handed.reply(), Attention::Answer, sentence).send();
    match open(records, number).map(|ballot| ctx.is_in(&ballot.room)) {
        Some(true) => {}
        Some(false) => return vec![refuse(words.ballot_not_there(number))],
        None => return Vec::new(),
    }
    let mut effects = few::extend(records, ctx, number);
    let Some(ballot) = open(records, number).cloned() else { return effects };
    if handed.is_late(ballot.closes) {
        effects.push(refuse(words.ballot_too_late()));
        return effects;
    }
    let before = secret::counted::<PaperOf>(records, number);
    let read = choosing::written(&ballot.rules, written);
    let key = PaperOf { ballot: number, person: who.clone() };
    let chosen = read.as_ref().ok().cloned();
    let secret_rng = &mut ctx.secret_rng();
    let taken = match by_word {
        true => secret::hand_in(records, secret_rng, key, handed, chosen),
        false => secret::answer_in(records, secret_rng, key, handed, chosen),
    };
    let Some(taken) = taken else { return effects };
    let sent = SentTo { ballot: number, person: who.clone() };
    let paper = secret::paper_of(records, &sent);
    if !records.has(&sent) {
        records.insert(sent, Asked { at: ctx.now, tap: None, paper: None });
    }
    match (&read, &taken.chosen, paper) {
        (Err(mistake), _, _) => effects.push(taken.answer(choosing::text::mistake(words, &ballot.rules, mistake))),
        // The paper says it; the message that it was understood.
        (Ok(_), _, Some(drawn)) => {
            let (room, event, with) = (handed.room.clone(), handed.event.clone(), "✅".to_owned());
            effects.extend(by_word.then(|| Outgoing::React { room, event, with }.send()));
            effects.extend(shown(records, ctx, secret_rng, (number, &ballot), &drawn, taken));
        }
        (Ok(_), None, None) => effects.push(taken.answer(words.ballot_taken_back(number))),
        (Ok(_), Some(marks), None) => {
            let body = words.ballot_cast(number, text::chosen(&ballot, marks), &taken.receipt);
            effects.push(taken.answer(body));
        }
    }
    effects.extend(recount(records, ctx, number, before));
    effects
}

/// Brings the card up to date, now or soon, if the count is another than `before`.
pub fn recount(records: &mut Records<Ballot>, ctx: &Ctx<Settings>, number: u32, before: u64) -> Option<Effect> {
    if secret::counted::<PaperOf>(records, number) == before { None } else { fall_behind(records, ctx, number) }
}

/// Brings the card up to date, now or soon.
pub fn fall_behind(records: &mut Records<Ballot>, ctx: &Ctx<Settings>, number: u32) -> Option<Effect> {
    open_mut(records, number)?.count.fall_behind();
    refresh(records, ctx, number)
}

/// Edits the card if its count is behind and it was not edited just now.
pub fn refresh(records: &mut Records<Ballot>, ctx: &Ctx<Settings>, number: u32) -> Option<Effect> {
    if !open(records, number)?.count.is_due(ctx.now) {
        return None;
    }
    let voted = secret::counted::<PaperOf>(records, number);
    let ballot = open_mut(records, number)?;
    ballot.count = ballot.count.shown(ctx.now);
    let body = text::card(ctx.words, ctx.community, number, ballot, voted);
    Some(Outgoing::Edit { key: state::card(number).into(), body }.send())
}
