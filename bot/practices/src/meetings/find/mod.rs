//! Finding a time: a card with times to choose from, on which everybody marks what suits them, in their own zone.
//!
//! People mark with reactions, because polls in clients know one choice only, or in words. The card counts; when the
//! time is over, or when whoever asked ends it, the room is told which time suits most, and who could when is
//! forgotten. Whoever asked, or a lead, makes a series of it.

mod command;
mod text;

use std::collections::{BTreeMap, BTreeSet};

use hearth_shared::activity::Kind;
use jiff::{SignedDuration, Timestamp, tz::TimeZone};
use serde::{Deserialize, Serialize};

pub(super) use self::command::asked;
use super::{FindAt, Meetings, Settings};
use crate::{
    Ctx, Effect, Entry, Event, EventId, Message, MessageKey, MessageRef, Outgoing, Records, RoomId, Span, To, Tone,
    UserId,
    choosing::ShownCount,
    forget,
    records::{Forget, Trace},
    schedule::Rhythm,
};

/// How long a result waits for being adopted.
const RESULT_KEPT: SignedDuration = SignedDuration::from_hours(30 * 24);

/// How many times there can be to choose from: as many as there are numbers to react with.
const MOST_TIMES: usize = 10;

/// A time that is looked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Find {
    /// Its number in the community.
    pub id: u32,
    /// What the series will be called.
    pub name: String,
    /// The times to choose from; their numbers are their places, from 1.
    pub times: Vec<Rhythm>,
    /// In which zone they are meant, as IANA names it.
    pub zone: String,
    /// In which zones they are shown, too.
    pub zones: Vec<String>,
    /// Where people will call in.
    pub link: Option<String>,
    /// How long a meeting will be.
    pub length: Span,
    /// Its room.
    pub room: RoomId,
    /// Who asked.
    pub by: Option<UserId>,
    /// With which command.
    pub event: EventId,
    /// Where it stands.
    pub stage: Stage,
}

forget!(Find: by, stage);

/// Where it stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Stage {
    /// People mark what suits them.
    Open {
        /// Until when.
        closes: Timestamp,
        /// Who can when.
        marks: BTreeMap<UserId, Marks>,
        /// The count on the card.
        count: ShownCount,
        /// Whether the numbers to react with stand under the card.
        offered: bool,
    },
    /// It is over: how many can when.
    Closed {
        /// Since when.
        at: Timestamp,
        /// How many can at each time.
        counts: Vec<u64>,
    },
}

impl Forget for Stage {
    fn forget(&mut self, who: &UserId) -> Trace {
        let Self::Open { marks, count, .. } = self else { return Trace::None };
        let trace = marks.forget(who);
        if trace != Trace::None {
            count.fall_behind();
        }
        trace
    }
}

/// When somebody can: by their reactions, and by what they said.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Marks {
    /// The times of their reactions.
    pub reacted: BTreeMap<EventId, usize>,
    /// The times that they named.
    pub said: BTreeSet<usize>,
}

forget!(Marks);

impl Marks {
    /// The times, each once.
    fn times(&self) -> BTreeSet<usize> {
        self.reacted.values().chain(&self.said).copied().collect()
    }
}

impl Find {
    /// The practice's name for its card.
    fn card(&self) -> MessageKey {
        MessageKey::from(format!("find/{}", self.id))
    }

    /// The zone in which its times are meant.
    fn zone(&self) -> TimeZone {
        TimeZone::get(&self.zone).unwrap_or(TimeZone::UTC)
    }

    /// When something is to be done about it.
    fn due(&self) -> Timestamp {
        match &self.stage {
            Stage::Open { closes, count, .. } => count.due().map_or(*closes, |due| due.min(*closes)),
            Stage::Closed { at, .. } => at.saturating_add(RESULT_KEPT).unwrap_or(Timestamp::MAX),
        }
    }

    /// How many can at each time, and how many said anything.
    fn counts(&self) -> (Vec<u64>, u64) {
        let mut counts = vec![0; self.times.len()];
        let mut people = 0;
        match &self.stage {
            Stage::Open { marks, .. } => {
                for times in marks.values().map(Marks::times).filter(|times| !times.is_empty()) {
                    people += 1;
                    for time in times {
                        if let Some(count) = time.checked_sub(1).and_then(|place| counts.get_mut(place)) {
                            *count += 1;
                        }
                    }
                }
            }
            Stage::Closed { counts: closed, .. } => counts.clone_from(closed),
        }
        (counts, people)
    }

    fn is_open(&self) -> bool {
        matches!(self.stage, Stage::Open { .. })
    }
}

/// The times that suit most, by number, the first of them first; none where nobody can at all.
fn best(counts: &[u64]) -> Vec<usize> {
    let most = counts.iter().copied().max().unwrap_or(0);
    (1..).zip(counts).filter(|(_, count)| most > 0 && **count == most).map(|(number, _)| number).collect()
}

/// The sign by which people mark a time.
fn sign(number: usize) -> String {
    match number {
        10 => "🔟".to_owned(),
        _ => format!("{number}\u{fe0f}\u{20e3}"),
    }
}

/// The number that a reaction means.
fn number_of(with: &str) -> Option<usize> {
    match with.trim() {
        "🔟" => Some(10),
        sign => sign.trim_end_matches(['\u{20e3}', '\u{fe0f}']).parse().ok(),
    }
}

/// Every time that is looked for, or was lately, by number.
fn all(records: &Records<Meetings>) -> impl Iterator<Item = &Find> {
    records.all::<FindAt>().map(|(_, find)| find)
}

/// When something is next to be done.
pub(super) fn wake(records: &Records<Meetings>) -> Option<Timestamp> {
    all(records).map(Find::due).min()
}

/// Closes what is over, brings cards up to date, and drops results that nobody adopted.
pub(super) fn tick(records: &mut Records<Meetings>, ctx: &Ctx<Settings>) -> Vec<Effect> {
    let due: Vec<u32> = all(records).filter(|find| find.due() <= ctx.now).map(|find| find.id).collect();
    let mut effects = Vec::new();
    for id in due {
        match records.get(&FindAt { id }).map(|find| &find.stage) {
            Some(Stage::Open { closes, .. }) if *closes <= ctx.now => effects.extend(close(records, ctx, id)),
            Some(Stage::Open { .. }) => effects.extend(refresh(records, ctx, id)),
            _ => drop(records.remove(&FindAt { id })),
        }
    }
    effects
}

pub(super) fn happened(records: &mut Records<Meetings>, ctx: &Ctx<Settings>, event: &Event) -> Vec<Effect> {
    match event {
        Event::Reacted { by, event, to, with, .. } if *by != ctx.community.bot => {
            let Some(id) = of_card(records, to) else { return Vec::new() };
            let mut effects = offer(records, id, &to.event);
            if let Some(number) = number_of(with) {
                effects.extend(mark(records, ctx, id, by, |marks, last| {
                    if (1..=last).contains(&number) {
                        marks.reacted.insert(event.clone(), number);
                    }
                }));
            }
            effects
        }
        Event::Said(said) if said.by != ctx.community.bot => {
            let Some(id) = said.to.as_ref().and_then(|to| of_card(records, to)) else { return Vec::new() };
            let card = said.to.iter().map(|to| to.event.clone()).next();
            let mut effects = card.map(|card| offer(records, id, &card)).unwrap_or_default();
            // Talk beside the card is talk; nothing but numbers is meant.
            let mut words = said.text.split([' ', ',']).filter(|word| !word.is_empty()).peekable();
            if words.peek().is_some() && words.all(|word| word.parse::<usize>().is_ok()) {
                effects.extend(command::say(records, ctx, id, &said.by, &said.spot, &said.text));
            }
            effects
        }
        Event::Redacted { event, .. } => {
            let theirs = all(records).find_map(|find| match &find.stage {
                Stage::Open { marks, .. } => {
                    let who = marks.iter().find(|(_, marks)| marks.reacted.contains_key(event))?.0;
                    Some((find.id, who.clone()))
                }
                Stage::Closed { .. } => None,
            });
            let Some((id, who)) = theirs else { return Vec::new() };
            mark(records, ctx, id, &who, |marks, _| {
                marks.reacted.remove(event);
            })
        }
        Event::Forgotten { .. } => {
            let behind = records.keys::<FindAt>(|_, find| find.is_open() && find.due() <= ctx.now);
            behind.into_iter().filter_map(|key| refresh(records, ctx, key.id)).collect()
        }
        _ => Vec::new(),
    }
}

/// The open one whose card somebody points at.
fn of_card(records: &Records<Meetings>, to: &MessageRef) -> Option<u32> {
    let key = to.key.as_ref()?;
    all(records).find(|find| find.card() == *key && find.is_open()).map(|find| find.id)
}

/// Puts the numbers under the card, so that a tap is enough. That cannot be done sooner: which event the card is, is
/// known once somebody points at it.
fn offer(records: &mut Records<Meetings>, id: u32, card: &EventId) -> Vec<Effect> {
    let Some(find) = records.get_mut(&FindAt { id }) else { return Vec::new() };
    let (room, last) = (find.room.clone(), find.times.len());
    match &mut find.stage {
        Stage::Open { offered, .. } if !*offered => *offered = true,
        _ => return Vec::new(),
    }
    let react = |number| Outgoing::React { room: room.clone(), event: card.clone(), with: sign(number) }.send();
    (1..=last).map(react).collect()
}

/// Changes what somebody has marked, and what follows from that.
fn mark(
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
fn refresh(records: &mut Records<Meetings>, ctx: &Ctx<Settings>, id: u32) -> Option<Effect> {
    let find = records.get_mut(&FindAt { id })?;
    match &mut find.stage {
        Stage::Open { count, .. } if count.is_due(ctx.now) => *count = ShownCount::new(ctx.now),
        _ => return None,
    }
    Some(Outgoing::Edit { key: find.card(), body: text::card(ctx, find) }.send())
}

/// Ends it: the room is told what suits most, and who could when is forgotten.
fn close(records: &mut Records<Meetings>, ctx: &Ctx<Settings>, id: u32) -> Vec<Effect> {
    let Some(find) = records.get_mut(&FindAt { id }).filter(|find| find.is_open()) else { return Vec::new() };
    let (counts, people) = find.counts();
    find.stage = Stage::Closed { at: ctx.now, counts };
    let find = &*find;
    let by = find.by.as_ref().unwrap_or(&ctx.community.bot);
    let closed = Entry::new(Kind::PollClosed, by, Some(&find.room)).worth(i64::try_from(people).unwrap_or(i64::MAX));
    let effects = vec![
        Outgoing::Edit { key: find.card(), body: text::card(ctx, find) }.send(),
        Message::new(To::Room(find.room.clone()), Tone::Notice, text::result(ctx, find, people)).send(),
        closed.named(format!("meetings/find/{id}/closed")).log(),
    ];
    if people == 0 {
        records.remove(&FindAt { id });
    }
    effects
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_and_numbers_are_the_same() {
        for number in 1..=MOST_TIMES {
            assert_eq!(number_of(&sign(number)), Some(number));
        }
        assert_eq!(number_of("3"), Some(3));
        // As some clients send it.
        assert_eq!(number_of("3\u{20e3}"), Some(3));
        assert_eq!(number_of("👍"), None);
    }

    #[test]
    fn equals_are_all_best_and_nothing_is_none() {
        assert_eq!(best(&[1, 3, 0, 3]), [2, 4]);
        assert!(best(&[0, 0]).is_empty());
    }
}
