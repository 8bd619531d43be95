//! Papers with an option a pill: people who tap them, and what stands tapped at the close.

use std::collections::{BTreeMap, BTreeSet};

use hearth_practices::{EventId, Message, MessageKey, Outgoing, RoomId, UserId};
use jiff::Timestamp;
use serde_json::{Value, json};

use super::{
    driver::Bot,
    homeserver::{Posting, World},
    scene::{AskedBallot, Scene, Secret, Vote},
};
use crate::store::OutboxItem;

/// What a reaction is to, and what it says.
fn reaction(posting: &Posting) -> Option<(EventId, &str)> {
    let relation = &posting.content["m.relates_to"];
    let annotates = posting.kind == "m.reaction" && relation["rel_type"] == "m.annotation";
    let of = relation["event_id"].as_str().filter(|_| annotates)?;
    Some((EventId::from(of), relation["key"].as_str()?))
}

impl Scene {
    /// Somebody taps something on a paper that they have or had, or takes a tap back.
    pub(super) fn taps(&mut self, world: &mut World) {
        for _ in 0..world.dice.between(1, 4) {
            let Some(who) = world.dice.pick(&self.active()).cloned() else { return };
            let Some(room) = self.directs.get(&who).filter(|room| world.is_in(&who, room)).cloned() else { continue };
            if world.dice.percent(30) {
                self.takes_a_tap_back(world, &who, &room);
                continue;
            }
            // Pills of papers that are over are gone, and somebody's client may be slow.
            let late = world.dice.percent(15);
            let pills = pills(world, &room, late);
            let Some((paper, with)) = world.dice.pick(&pills).cloned() else { continue };
            let with = if world.dice.percent(10) { format!("{with}z") } else { with };
            react(world, &who, &room, &paper, &with);
        }
    }

    fn takes_a_tap_back(&self, world: &mut World, who: &UserId, room: &RoomId) {
        let own: Vec<EventId> = (world.stream.iter().rev())
            .filter(|posting| posting.room == *room && posting.sender == *who && !posting.redacted)
            .filter(|posting| reaction(posting).is_some())
            .map(|posting| posting.event.clone())
            .take(8)
            .collect();
        if let Some(tap) = world.dice.pick(&own).cloned() {
            world.redact(who, room, &tap);
        }
    }

    /// Everybody votes in the newest ballot.
    pub(super) fn everybody_votes(&mut self, world: &mut World) {
        let number = self.ballots.len();
        for who in self.active() {
            if world.dice.percent(80) {
                let room = self.direct(world, &who);
                let option = world.dice.between(1, 2);
                let event = self.ask(world, &who, &room, format!("vote #{number} {option}"), true);
                self.votes.push(Vote { event, number: u32::try_from(number).unwrap(), option });
            }
        }
    }

    /// A ballot in which several options may be chosen, long enough for papers to come.
    pub(super) fn asks_to_tap(&mut self, world: &mut World, who: &UserId, question: String) {
        let (room, options) = (self.lobby.clone(), world.dice.between(2, 3));
        let minutes = world.dice.between(200, 1_500);
        let listed: Vec<String> = (1..=options).map(|number| format!("{question}o{number}")).collect();
        self.secrets.push(Secret { word: question.clone(), home: room.clone(), by: who.clone(), note: false });
        let text = format!("ballot \"{question}?\" {} --kind several --close {minutes}m", listed.join(" | "));
        let event = self.ask(world, who, &room, text, false);
        let minutes = i64::try_from(minutes).unwrap();
        self.ballots.push(AskedBallot { event, room, question, options, minutes, several: true });
    }

    /// Whether the newest ballot is one on which people tap, and they do just now.
    pub(super) fn is_tapped(&self, world: &mut World) -> bool {
        self.ballots.last().is_some_and(|newest| newest.several) && world.dice.percent(45)
    }

    /// Everybody asks for the paper of the newest ballot by a tap on its card; who has one taps on it, takes a tap back or
    /// writes.
    pub(super) fn everybody_taps(&mut self, world: &mut World) {
        let Some(newest) = self.ballots.last().cloned() else { return };
        let is_card = |posting: &&Posting| {
            let body = posting.content["body"].as_str().unwrap_or_default();
            posting.sender == world.bot && posting.room == newest.room && body.contains(&newest.question)
        };
        let Some(card) = world.stream.iter().find(is_card).map(|card| card.event.clone()) else { return };
        for who in self.active() {
            let room = self.direct(world, &who);
            let pills: Vec<_> = pills(world, &room, false)
                .into_iter()
                .filter(|(paper, _)| {
                    let body = world.posting(paper).and_then(|paper| paper.content["body"].as_str());
                    body.is_some_and(|body| body.contains(&newest.question))
                })
                .collect();
            match world.dice.pick(&pills).cloned() {
                Some(_) if world.dice.percent(20) => self.takes_a_tap_back(world, &who, &room),
                Some(_) if world.dice.percent(10) => {
                    let number = self.ballots.len();
                    let event = self.ask(world, &who, &room, format!("vote #{number} 1"), true);
                    self.votes.push(Vote { event, number: u32::try_from(number).unwrap(), option: 1 });
                }
                // Another paper: the one before, and its pills, are of no use any more.
                Some(_) if world.dice.percent(15) => {
                    let sign = *world.dice.pick(&["👍", "❤️", "🖐"]).unwrap_or(&"👍");
                    react(world, &who, &newest.room.clone(), &card, sign);
                }
                Some((paper, with)) => react(world, &who, &room, &paper, &with),
                None if world.is_in(&who, &newest.room) => react(world, &who, &newest.room.clone(), &card, "🗳️ Vote"),
                _ => {}
            }
        }
    }
}

/// What the bot's own reactions say under its messages in a direct room, those of the last few; those that it has taken
/// off again, too, if `late`.
fn pills(world: &World, room: &RoomId, late: bool) -> Vec<(EventId, String)> {
    (world.stream.iter().rev())
        .filter(|posting| posting.room == *room && posting.sender == world.bot && (late || !posting.redacted))
        .filter_map(|posting| reaction(posting).map(|(paper, with)| (paper, with.to_owned())))
        .take(12)
        .collect()
}

/// Somebody reacts; a homeserver takes the same reaction of somebody once.
fn react(world: &mut World, who: &UserId, room: &RoomId, to: &EventId, with: &str) {
    let again = |posting: &Posting| {
        posting.sender == *who
            && !posting.redacted
            && reaction(posting).is_some_and(|(of, key)| of == *to && key == with)
    };
    if !world.stream.iter().any(again) {
        let content = json!({"m.relates_to": {"rel_type": "m.annotation", "event_id": to, "key": with}});
        world.post(room, who, "m.reaction", content, Value::Null);
    }
}

/// What somebody did about a ballot, as far as it counts.
#[derive(Clone, Debug)]
enum Act {
    /// They were handed a paper.
    Paper(MessageKey),
    /// They wrote what they choose.
    Wrote { at: Timestamp, option: usize },
    /// They tapped an option of a paper.
    Tapped { at: Timestamp, tap: EventId, on: MessageKey, option: usize },
    /// They took a tap back.
    TookBack(EventId),
}

/// Where something stands in the order in which the bot took events.
pub(super) type Order = (Timestamp, bool, usize);

/// What everybody has chosen in a ballot of several options: what stood tapped on their paper, or what they wrote last.
/// `wrote` says what a message says that is a vote in it, `order` when the bot took an event that came in time.
pub(super) fn chosen_by_all<'a>(
    bot: &Bot,
    world: &'a World,
    asked: &AskedBallot,
    wrote: impl Fn(&Posting) -> Option<usize>,
    order: impl Fn(&Posting) -> Option<Order>,
) -> BTreeMap<&'a UserId, BTreeSet<usize>> {
    let sheets: BTreeMap<&str, (&UserId, &MessageKey)> =
        bot.queued.iter().filter_map(|(txn, (_, item))| Some((txn.as_str(), sheet(item, asked)?))).collect();
    let mut acts: BTreeMap<&UserId, Vec<(Order, Act)>> = BTreeMap::new();
    for posting in &world.stream {
        let Some(place) = order(posting) else { continue };
        let handed = bot.wanted.get(&posting.event).into_iter().flatten();
        for (who, key) in handed.filter_map(|one| sheets.get(one.txn.as_str())) {
            if **who == posting.sender {
                acts.entry(&posting.sender).or_default().push((place, Act::Paper((*key).clone())));
            }
        }
        let act = match wrote(posting) {
            Some(option) => Some(Act::Wrote { at: posting.at, option }),
            None => tap_of(world, posting, asked, &sheets, place.0).or_else(|| took_back(world, posting)),
        };
        acts.entry(&posting.sender).or_default().extend(act.map(|act| (place, act)));
    }
    let all = acts.into_iter().map(|(who, mut acts)| {
        acts.sort_by_key(|(place, _)| *place);
        (who, stands(acts.into_iter().map(|(_, act)| act)))
    });
    all.filter(|(_, chosen)| !chosen.is_empty()).collect()
}

/// Whose paper of a ballot an item is, and its name.
fn sheet<'a>(item: &'a OutboxItem, asked: &AskedBallot) -> Option<(&'a UserId, &'a MessageKey)> {
    let OutboxItem::Send(Outgoing::Message(message)) = item else { return None };
    let Message { to: hearth_practices::To::Person(who), key: Some(key), body, .. } = message else { return None };
    (key.as_str().starts_with("sheet/") && body.contains(&asked.question)).then_some((who, key))
}

/// The tap on an option that a reaction is. One that was removed before the bot read it is none.
fn tap_of(
    world: &World,
    posting: &Posting,
    asked: &AskedBallot,
    sheets: &BTreeMap<&str, (&UserId, &MessageKey)>,
    taken: Timestamp,
) -> Option<Act> {
    let (of, with) = reaction(posting)?;
    let paper = world.posting(&of)?;
    let (_, on) = sheets.get(paper.txn.as_deref()?)?;
    let option = (1..=asked.options).find(|option| with == format!("{option} {}o{option}", asked.question))?;
    let removed = |other: &Posting| {
        other.kind == "m.room.redaction" && other.content["redacts"] == posting.event.as_str() && other.at <= taken
    };
    let unread = posting.redacted && world.stream.iter().any(removed);
    (!unread).then(|| Act::Tapped { at: posting.at, tap: posting.event.clone(), on: (*on).clone(), option })
}

fn took_back(world: &World, posting: &Posting) -> Option<Act> {
    let removed = (posting.kind == "m.room.redaction").then(|| posting.content["redacts"].as_str())??;
    let removed = world.posting(&EventId::from(removed)).filter(|removed| reaction(removed).is_some())?;
    Some(Act::TookBack(removed.event.clone()))
}

/// What is chosen in the end.
fn stands(acts: impl IntoIterator<Item = Act>) -> BTreeSet<usize> {
    let (mut paper, mut chosen, mut last) = (None, BTreeSet::new(), None);
    let (mut taps, mut by_taps): (Vec<(EventId, usize)>, bool) = (Vec::new(), false);
    for act in acts {
        match act {
            Act::Paper(key) => {
                // What was tapped on the one before stays chosen, and stands tapped no more.
                (paper, by_taps) = (Some(key), false);
                taps.clear();
                continue;
            }
            Act::Wrote { at, option } if last.is_none_or(|last| last <= at) => {
                (chosen, last, by_taps) = (BTreeSet::from([option]), Some(at), false);
                continue;
            }
            Act::Wrote { .. } => continue,
            Act::Tapped { on, .. } if paper.as_ref() != Some(&on) => continue,
            Act::Tapped { at, tap, option, .. } => {
                by_taps |= last.is_none_or(|last| last <= at);
                last = last.max(Some(at));
                taps.push((tap, option));
            }
            Act::TookBack(tap) => taps.retain(|(one, _)| *one != tap),
        }
        if by_taps {
            chosen = taps.iter().map(|(_, option)| *option).collect();
        }
    }
    chosen
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_chosen_is_what_stands_tapped_or_was_written_last() {
        let at = |second: i64| Timestamp::from_second(second).unwrap();
        let paper = |name: &str| Act::Paper(MessageKey::from(name));
        let wrote = |second, option| Act::Wrote { at: at(second), option };
        let tapped = |second, on: &str, option| Act::Tapped {
            at: at(second),
            tap: EventId::from(format!("${second}")),
            on: MessageKey::from(on),
            option,
        };
        let back = |second: i64| Act::TookBack(EventId::from(format!("${second}")));
        let check = |acts: &[Act], expected: &[usize]| {
            assert_eq!(stands(acts.to_vec()), expected.iter().copied().collect(), "{acts:?}");
        };
        check(&[tapped(1, "a", 1)], &[]);
        check(&[paper("a"), tapped(1, "a", 1), tapped(2, "a", 2)], &[1, 2]);
        check(&[paper("a"), tapped(1, "a", 1), tapped(2, "a", 2), back(1)], &[2]);
        check(&[paper("a"), tapped(1, "a", 1), back(1)], &[]);
        check(&[paper("a"), tapped(1, "a", 1), wrote(2, 3), back(1)], &[3]);
        check(&[paper("a"), wrote(1, 3), tapped(2, "a", 1)], &[1]);
        check(&[paper("a"), tapped(2, "a", 1), wrote(1, 3)], &[1]);
        check(&[paper("a"), tapped(1, "a", 1), paper("b"), tapped(2, "a", 2)], &[1]);
        check(&[paper("a"), tapped(1, "a", 1), paper("b"), tapped(2, "b", 2)], &[2]);
    }
}
