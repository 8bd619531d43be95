//! Voting: how people get a paper, and what becomes of what they write on it.

use super::{
    few,
    interface::{Ballot, Settings},
    state::{self, Open, PaperOf, SentTo, open, open_ballots, open_mut, sheet, tap},
    text,
};
use crate::{
    Attention, Ctx, Effect, Message, Outgoing, Records, Said, To, UserId,
    choosing::{self, Method},
    secret::{self, Asked, Handed},
};

/// Which word somebody began with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verb {
    /// `vote`
    Vote,
    /// `dots`
    Dots,
}

/// Sends somebody a ballot in their direct room. They asked for it, and are in its room.
pub fn hand_out(records: &mut Records<Ballot>, ctx: &Ctx<Settings>, number: u32, who: &UserId) -> Vec<Effect> {
    let Some(ballot) = open(records, number).filter(|ballot| ctx.is_in(&ballot.room)) else { return Vec::new() };
    let to = To::Person(who.clone());
    let mut effects = vec![
        Message::new(to, Attention::Prompt, text::paper(ctx.words, ctx.community, number, ballot))
            .keyed(sheet(number))
            .send(),
    ];
    let (single, question) = (ballot.rules.method == Method::Single, ballot.question.clone());
    let answers: Vec<_> =
        (1..).zip(&ballot.options).map(|(place, text): (u32, _)| (place.to_string(), text.clone())).collect();
    let key = SentTo { ballot: number, person: who.clone() };
    effects.extend(secret::ask(records, ctx, key, single).map(|drawn| {
        Outgoing::AskPerson { key: tap(number, &drawn).into(), person: who.clone(), question, answers }.send()
    }));
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
        return Some(hand_out(records, ctx, number, who));
    }
    Some(cast(records, ctx, who, number, &Handed::from(source), &rest.join(" ")))
}

/// Somebody chose: in words, or by a tap in their own poll. Whatever they wrote will be removed at the close. It counts
/// while they are in the ballot's room and it is open.
pub fn cast(
    records: &mut Records<Ballot>,
    ctx: &Ctx<Settings>,
    who: &UserId,
    number: u32,
    handed: &Handed,
    written: &str,
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
    let Some(taken) = secret::hand_in(records, &mut ctx.secret_rng(), key, handed, chosen) else { return effects };
    let body = match (&read, &taken.chosen) {
        (Err(mistake), _) => choosing::text::mistake(words, &ballot.rules, mistake),
        (Ok(_), None) => words.ballot_taken_back(number),
        (Ok(_), Some(marks)) => words.ballot_cast(number, text::chosen(&ballot, marks), &taken.receipt),
    };
    let sent = SentTo { ballot: number, person: who.clone() };
    if !records.has(&sent) {
        records.insert(sent, Asked { at: ctx.now, tap: None });
    }
    effects.push(taken.answer(body));
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
