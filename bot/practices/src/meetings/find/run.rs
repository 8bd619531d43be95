//! What follows from a mark, and the end.

use hearth_shared::activity::Kind;

use super::{
    state::{Marks, Stage},
    text,
};
use crate::{
    Attention, Ctx, Effect, Entry, Message, Outgoing, Records, To, UserId,
    choosing::ShownCount,
    meetings::{
        interface::{Meetings, Settings},
        state::FindAt,
    },
};

/// Changes what somebody has marked, and what follows from that.
pub(super) fn mark(
    records: &mut Records<Meetings>,
    ctx: &Ctx<Settings>,
    id: u32,
    who: &UserId,
    change: impl FnOnce(&mut Marks, usize),
) -> Vec<Effect> {
    let Some(find) = records.get_mut(&FindAt { id }) else { return Vec::new() };
    let (room, last) = (find.room.clone(), find.times.len());
    let Stage::Open { marks, count, .. } = &mut find.stage else { return Vec::new() };
    let before = marks.get(who).map(Marks::times).unwrap_or_default();
    let mut theirs = marks.remove(who).unwrap_or_default();
    change(&mut theirs, last);
    let after = theirs.times();
    if !after.is_empty() {
        marks.insert(who.clone(), theirs);
    }
    if before == after {
        return Vec::new();
    }
    count.fall_behind();
    let mut effects = Vec::new();
    if before.is_empty() {
        let entry = Entry::new(Kind::PollVoted, who, Some(&room)).named(format!("meetings/find/{id}/{who}"));
        effects.push(entry.log());
    }
    effects.extend(refresh(records, ctx, id));
    effects
}

/// Edits the card if it is behind and was not edited just now.
pub(super) fn refresh(records: &mut Records<Meetings>, ctx: &Ctx<Settings>, id: u32) -> Option<Effect> {
    let find = records.get_mut(&FindAt { id })?;
    match &mut find.stage {
        Stage::Open { count, .. } if count.is_due(ctx.now) => *count = ShownCount::new(ctx.now),
        _ => return None,
    }
    Some(Outgoing::Edit { key: find.card(), body: text::card(ctx, find) }.send())
}

/// Ends it: the room is told what suits most, and who could when is forgotten.
pub(super) fn close(records: &mut Records<Meetings>, ctx: &Ctx<Settings>, id: u32) -> Vec<Effect> {
    let Some(find) = records.get_mut(&FindAt { id }).filter(|find| find.is_open()) else { return Vec::new() };
    let (counts, people) = find.counts();
    find.stage = Stage::Closed { at: ctx.now, counts };
    let find = &*find;
    let by = find.by.as_ref().unwrap_or(&ctx.community.bot);
    let closed = Entry::new(Kind::PollClosed, by, Some(&find.room)).worth(i64::try_from(people).unwrap_or(i64::MAX));
    let effects = vec![
        Outgoing::Edit { key: find.card(), body: text::card(ctx, find) }.send(),
        Message::new(To::Room(find.room.clone()), Attention::Prompt, text::result(ctx, find, people)).send(),
        closed.named(format!("meetings/find/{id}/closed")).log(),
    ];
    if people == 0 {
        records.remove(&FindAt { id });
    }
    effects
}
