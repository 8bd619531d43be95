//! What people write in their direct rooms for a retrospective and what counts nowhere: a note without its column, dots
//! for too many themes, whatever comes too late. It was meant for it all the same, so it is removed with everything that
//! counts, and the answer, which may repeat it, goes with it.

use super::{
    interface::Settings,
    state::{self, Retro, Rows, Scrap, ScrapOf, retro},
};
use crate::{Ctx, Effect, Message, Said, UserId, records::drawn, secret};

/// How many of one person are answered: more is no mistake any more.
const MOST: usize = 40;

/// Answers what counts nowhere in the retrospective of this number.
pub(super) fn refuse(records: &mut Rows, ctx: &Ctx<Settings>, number: u32, said: &Said, why: String) -> Vec<Effect> {
    let Some(name) = retro(records, number).map(|one| one.key(&format!("answer/{}", drawn(&mut ctx.secret_rng()))))
    else {
        return vec![Effect::answer(&said.source, why)];
    };
    let key = ScrapOf { retro: number, message: said.source.event.clone(), person: said.by.clone() };
    if records.has(&key) || of(records, number, &said.by) >= MOST {
        return Vec::new();
    }
    records.insert(key, Scrap { room: said.source.room.clone(), answer: Some(name.clone()) });
    vec![Message::answer(&said.source, why).keyed(name).sealed(state::scraps(number))]
}

/// Notes that a message is to be removed that has done what it was to do.
pub(super) fn note(records: &mut Rows, number: u32, said: &Said) {
    let key = ScrapOf { retro: number, message: said.source.event.clone(), person: said.by.clone() };
    if !records.has(&key) {
        records.insert(key, Scrap { room: said.source.room.clone(), answer: None });
    }
}

fn of(records: &Rows, number: u32, who: &UserId) -> usize {
    records.under::<ScrapOf>(&number).filter(|(key, _)| key.person == *who).count()
}

/// Removes everything of this kind.
pub(super) fn sweep(records: &mut Rows, number: u32) -> Vec<Effect> {
    secret::destroy::<ScrapOf>(records, number).1
}

/// The scope in which something of this kind lies, where it does.
pub(super) fn scope(records: &Rows, retro: &Retro) -> Option<String> {
    let any = records.under::<ScrapOf>(&retro.number).next().is_some();
    any.then(|| state::scraps(retro.number))
}

/// Whether what is lost with a scope is of this kind: nothing is counted by it.
pub(super) fn is_lost(lost: &str, retro: &Retro) -> bool {
    lost == state::scraps(retro.number)
}
