//! The close: everything is published at once, and the link between people and papers goes with it.

use hearth_shared::{activity::Kind, report::MIN_PEOPLE};

use super::{
    Settings,
    state::{Open, Paper, Record, all_told, answer, ballot_key, card, open, papers, tap},
    tally::tally,
    text,
};
use crate::{Ctx, Effect, Entry, EventId, Loose, Message, To, Tone};

/// Closes an open ballot: publishes what there is to publish, takes every paper out, and removes from the direct rooms
/// what was written there.
pub fn close(records: &mut Loose<Record>, ctx: &Ctx<Settings>, number: u32, asked: Option<&EventId>) -> Vec<Effect> {
    let Some(ballot) = open(records, number).cloned() else { return Vec::new() };
    let all: Vec<Paper> = papers(records, number).into_iter().cloned().collect();
    let mut valid: Vec<_> =
        all.iter().filter_map(|paper| Some((paper.receipt.clone(), paper.marks.clone()?))).collect();
    // Receipts were drawn by lot: their order is the shuffle.
    valid.sort();
    let voted = valid.len() as u64;
    let key = card(number);
    let mut effects =
        vec![Effect::Edit { key: key.clone().into(), body: text::closed_card(ctx.words, number, &ballot, voted) }];
    let in_room = |body: String| Message::new(To::Room(ballot.room.clone()), Tone::Notice, body);
    if voted < MIN_PEOPLE {
        let title = ctx.words.ballot_result_title(number, crate::words::escape(&ballot.question));
        effects.push(in_room(format!("{title}\n\n{}", ctx.words.ballot_too_few_papers(MIN_PEOPLE))).send());
    } else {
        let marks: Vec<_> = valid.iter().map(|(_, marks)| marks.clone()).collect();
        let people = ctx.community.rooms.get(&ballot.room).and_then(|room| room.people);
        let result = text::result(ctx.words, number, &ballot, &tally(&ballot.rules, &marks), people);
        let name = format!("result/{number}");
        effects.push(in_room(result).keyed(name.clone()).send());
        for list in text::list(ctx.words, ballot.rules.kind, &valid) {
            effects.push(Message::new(To::Thread(name.clone().into()), Tone::Notice, list).send());
        }
    }
    effects.extend(log(ctx, number, &ballot, &all, voted));
    effects.extend(end(records, ctx, number, &ballot, asked));
    effects
}

/// Calls off a ballot of which papers are lost: what is left would be a wrong count.
pub fn call_off(records: &mut Loose<Record>, ctx: &Ctx<Settings>, number: u32) -> Vec<Effect> {
    let Some(ballot) = open(records, number).cloned() else { return Vec::new() };
    let said = ctx.words.ballot_called_off(number, &ctx.community.prefix);
    let card = text::called_off_card(ctx.words, number, &ballot, &said);
    let mut effects = vec![
        Effect::Edit { key: self::card(number).into(), body: card },
        Message::new(To::Room(ballot.room.clone()), Tone::Prompt, said).send(),
    ];
    effects.extend(log(ctx, number, &ballot, &[], 0));
    effects.extend(end(records, ctx, number, &ballot, None));
    effects
}

/// Takes out what was kept while it was open, and removes from the direct rooms what was written there.
fn end(
    records: &mut Loose<Record>,
    ctx: &Ctx<Settings>,
    number: u32,
    ballot: &Open,
    asked: Option<&EventId>,
) -> Vec<Effect> {
    let all: Vec<Paper> = papers(records, number).into_iter().cloned().collect();
    let effects = sweep(records, number, &all);
    let prefixes = [format!("sealed/{number}/"), format!("told/{number}/")];
    records.retain(|key, _| !prefixes.iter().any(|prefix| key.starts_with(prefix)));
    let closed = Record::Closed { at: ctx.now, event: ballot.event.clone(), asked: asked.cloned() };
    records.insert(ballot_key(number), closed);
    effects
}

/// Who took part, in the order of names and at one instant; only where there were enough.
fn log(ctx: &Ctx<Settings>, number: u32, ballot: &Open, papers: &[Paper], voted: u64) -> Vec<Effect> {
    let (within, room) = (format!("ballot/{number}"), Some(&ballot.room));
    let mut effects = Vec::new();
    if voted >= MIN_PEOPLE {
        for paper in papers.iter().filter(|paper| paper.marks.is_some()) {
            let entry = Entry::new(Kind::BallotCast, &paper.by, room).named(format!("{within}/{}", paper.by));
            effects.push(entry.within(&within).log());
        }
    }
    let by = ballot.by.as_ref().unwrap_or(&ctx.community.bot);
    let closed = Entry::new(Kind::BallotClosed, by, room).worth(i64::try_from(voted).unwrap_or(i64::MAX));
    effects.push(closed.named(format!("{within}/closed")).within(&within).log());
    effects
}

/// Removes what people wrote, what they were answered, and the polls they tapped in.
fn sweep(records: &Loose<Record>, number: u32, papers: &[Paper]) -> Vec<Effect> {
    let mut effects = Vec::new();
    for paper in papers {
        for (room, event) in &paper.said {
            effects.push(Effect::RedactEvent { room: room.clone(), event: event.clone() });
        }
        effects.extend(paper.names.iter().map(|name| Effect::Redact { key: answer(number, name).into() }));
    }
    let taps = all_told(records, number).filter_map(|told| told.tap.as_deref());
    effects.extend(taps.map(|drawn| Effect::Redact { key: tap(number, drawn).into() }));
    effects
}
