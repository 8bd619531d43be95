//! The close: everything is published at once, and the link between people and papers goes with it.

use hearth_shared::{activity::Kind, report::MIN_PEOPLE};

use super::{
    interface::{Ballot, Settings},
    state::{BallotAt, Open, PaperOf, SentTo, State, card, open},
    text, vote,
};
use crate::{Attention, Ctx, Effect, Entry, EventId, Message, Outgoing, Records, To, UserId, choosing, secret};

/// Closes an open ballot: publishes what there is to publish, takes every paper out, and removes from the direct rooms
/// what was written there.
pub fn close(records: &mut Records<Ballot>, ctx: &Ctx<Settings>, number: u32, asked: Option<&EventId>) -> Vec<Effect> {
    let Some(ballot) = open(records, number).cloned() else { return Vec::new() };
    let all = secret::close::<PaperOf>(records, number);
    let voted = all.papers.len() as u64;
    let marks: Vec<_> = all.chosen().cloned().collect();
    let tally = (voted >= MIN_PEOPLE).then(|| choosing::tally(&ballot.rules, &marks));
    let people = ctx.community.rooms.get(&ballot.room).and_then(|room| room.people);
    let ended = text::ended(ctx.words, &ballot, voted, tally.as_ref(), people);
    let body = text::closed_card(ctx.words, number, &ballot, &ended);
    let (name, result) = (format!("result/{number}"), text::result(ctx.words, number, &ballot, tally.as_ref(), &ended));
    let in_room = Message::new(To::Room(ballot.room.clone()), Attention::Prompt, &result).keyed(name.clone());
    let mut effects = vec![Outgoing::Edit { key: card(number).into(), body }.send(), in_room.send()];
    if let Some(tally) = &tally {
        let details = text::details(ctx.words, number, &ballot, tally, people);
        for part in [details].into_iter().chain(text::list(ctx.words, ballot.rules.method, &all.papers)) {
            effects.push(Message::new(To::Thread(name.clone().into()), Attention::Answer, part).send());
        }
    }
    effects.extend(log(ctx, number, &ballot, all.voters));
    effects.extend(all.sweep);
    effects.extend(end(records, ctx, number, (&ballot, &result), asked));
    effects
}

/// Calls off a ballot of which papers are lost: what is left would be a wrong count.
pub fn call_off(records: &mut Records<Ballot>, ctx: &Ctx<Settings>, number: u32) -> Vec<Effect> {
    let Some(ballot) = open(records, number).cloned() else { return Vec::new() };
    let said = ctx.words.ballot_called_off(number, &ctx.community.prefix);
    let card = text::called_off_card(ctx.words, number, &ballot, &said);
    let mut effects = vec![
        Outgoing::Edit { key: self::card(number).into(), body: card }.send(),
        Message::new(To::Room(ballot.room.clone()), Attention::Prompt, &said).send(),
    ];
    effects.extend(log(ctx, number, &ballot, Vec::new()));
    effects.extend(secret::close::<PaperOf>(records, number).sweep);
    effects.extend(end(records, ctx, number, (&ballot, &said), None));
    effects
}

/// Takes out who was asked, with the polls they could tap in, and notes that it is over. What papers say last is how it
/// ended.
fn end(
    records: &mut Records<Ballot>,
    ctx: &Ctx<Settings>,
    number: u32,
    (ballot, ended): (&Open, &str),
    asked: Option<&EventId>,
) -> Vec<Effect> {
    let (papers, mut effects) = secret::destroy::<SentTo>(records, number);
    effects.extend(vote::concluded(number, ballot, papers, ended));
    let closed = State::Closed { at: ctx.now, event: ballot.event.clone(), asked: asked.cloned() };
    records.insert(BallotAt { number }, closed);
    effects
}

/// Who took part, in the order of names and at one instant; only where there were enough.
fn log(ctx: &Ctx<Settings>, number: u32, ballot: &Open, voters: Vec<UserId>) -> Vec<Effect> {
    let (within, room) = (format!("ballot/{number}"), Some(&ballot.room));
    let voted = voters.len() as u64;
    let mut effects = Vec::new();
    if voted >= MIN_PEOPLE {
        for voter in &voters {
            let entry = Entry::new(Kind::BallotCast, voter, room).named(format!("{within}/{voter}"));
            effects.push(entry.within(&within).log());
        }
    }
    let by = ballot.by.as_ref().unwrap_or(&ctx.community.bot);
    let closed = Entry::new(Kind::BallotClosed, by, room).worth(i64::try_from(voted).unwrap_or(i64::MAX));
    effects.push(closed.named(format!("{within}/closed")).within(&within).log());
    effects
}
