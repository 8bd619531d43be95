//! Whether notes may be shown that fewer than [`WRITERS`] people wrote: if all of them agree.
//!
//! Each of them is asked in their direct room, once, and agrees by a reaction. Who has agreed lies in their sealed notes.
//! As long as not all have, the notes wait: for another writer, or for the end. Then what may not be shown is dropped
//! unread: the end is no crowd, and a facilitator who goes back for one note could end it at once.

use std::collections::BTreeSet;

use super::{
    interface::Settings,
    invitations,
    phase::Phase,
    state::{self, Consent, NoteOf, Rows, WRITERS, retro, retro_mut},
};
use crate::{Attention, Ctx, Effect, Message, MessageRef, To, UserId, buttons, records::drawn};

/// What the names of the messages in which people are asked begin with, within their retrospective.
const ASK: &str = "ask/";

/// Who wrote the notes that are sealed, and whether all of them have agreed.
fn writers(records: &Rows, number: u32) -> (BTreeSet<UserId>, bool) {
    let agreed = |who: &UserId| state::notes_of(records, number, who).any(|(_, note)| note.consent == Consent::Agreed);
    let writers: BTreeSet<UserId> = state::sealed_notes(records, number).map(|(key, _)| key.person.clone()).collect();
    let all = writers.iter().all(agreed);
    (writers, all)
}

/// The keys of the sealed notes of one person.
fn keys_of(records: &Rows, number: u32, who: &UserId) -> Vec<NoteOf> {
    state::notes_of(records, number, who).map(|(key, _)| key.clone()).collect()
}

/// Whether the notes that are sealed may be shown.
pub(super) fn may_show(records: &Rows, number: u32) -> bool {
    let (writers, agreed) = writers(records, number);
    writers.len() >= WRITERS || agreed
}

/// Asks those who were not asked yet whether their notes may be shown.
pub(super) fn ask(records: &mut Rows, ctx: &Ctx<Settings>, number: u32) -> Vec<Effect> {
    let (writers, _) = writers(records, number);
    let mut secret_rng = ctx.secret_rng();
    let mut effects = Vec::new();
    for who in &writers {
        let Some(one) = retro(records, number) else { continue };
        if state::notes_of(records, number, who).any(|(_, note)| note.consent != Consent::Unasked) {
            continue;
        }
        let name = one.key(&format!("{ASK}{}", drawn(&mut secret_rng)));
        let body = invitations::may_i_show(ctx, one, writers.len());
        let scope = one.scope(Phase::Collect);
        for key in keys_of(records, number, who) {
            if let Some(note) = records.get_mut(&key) {
                (note.consent, note.asked_by) = (Consent::Asked, Some(name.clone()));
            }
        }
        let message = Message::new(To::Person(who.clone()), Attention::Prompt, body).keyed(name.clone());
        effects.push(message.sealed(scope));
        effects.extend(buttons(&name, ["👍"]));
    }
    effects
}

/// Somebody reacted to the question whether their notes may be shown; `None` where it was something else. What follows
/// from it, time brings: it must not show who was the last to agree.
pub(super) fn agreed(records: &mut Rows, ctx: &Ctx<Settings>, who: &UserId, to: &MessageRef) -> Option<Vec<Effect>> {
    let name = to.key.as_ref()?;
    let number = state::number_of(name)?;
    retro(records, number).filter(|one| name.as_str().starts_with(one.key(ASK).as_str()))?;
    if state::notes_of(records, number, who).any(|(_, note)| note.asked_by.as_ref() == Some(name)) {
        for key in keys_of(records, number, who) {
            if let Some(note) = records.get_mut(&key) {
                note.consent = Consent::Agreed;
            }
        }
        go_on(records, ctx, number);
    }
    Some(Vec::new())
}

/// Lets time show the notes that wait, where nothing is in the way any more: at once where all have agreed, and after a
/// while where there are enough writers, because the last of them may not have finished.
pub(super) fn go_on(records: &mut Rows, ctx: &Ctx<Settings>, number: u32) {
    let (writers, agreed) = writers(records, number);
    let Some(one) = retro_mut(records, number).filter(|one| one.waits) else { return };
    if agreed && !writers.is_empty() {
        one.due = Some(ctx.now);
    } else if writers.len() >= WRITERS && one.due.is_none() {
        one.due = Some(one.pace.vote.after(ctx.now));
    }
}
