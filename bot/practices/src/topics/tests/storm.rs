//! Topics under a storm: whatever people may say, in any order, told twice, and with a crash after each step.

use std::collections::{BTreeMap, BTreeSet};

use jiff::SignedDuration;
use proptest::{collection::vec, prelude::*};

use crate::{
    Asked, Ctx, Effect, Event, EventId, Input, MessageRef, Outgoing, Practice as _, Records, Said, Sealed, Spot,
    UserId,
    boards::Boards,
    dialogue::{Dialogue, room_id},
    practice::World,
    records::RecordSet as _,
    topics::{Command, SealedVoteOf, Settings, Status, ToldOf, Topic, TopicAt, Topics, VoteOf, state},
};

const PEOPLE: usize = 7;

/// What may happen.
#[derive(Clone, Debug)]
enum TopicAct {
    /// Somebody says `topic …` in a room.
    Says(usize, &'static str, String),
    /// Somebody gives dots in their direct room.
    Gives(usize, String),
    Reacts(usize),
    Leaves(usize),
    Forgets(usize),
    /// Minutes.
    Passes(i64),
}

fn act() -> impl Strategy<Value = TopicAct> {
    let who = 0..PEOPLE;
    let said = prop_oneof![
        4 => (1..30u32).prop_map(|text| format!("add Topic {text}")),
        4 => Just("vote".to_owned()),
        2 => Just("close".to_owned()),
        1 => Just("list".to_owned()),
        1 => Just("history".to_owned()),
        1 => Just("dance".to_owned()),
        1 => Just("vote 1:2".to_owned()),
        2 => (1..9u32).prop_map(|number| format!("claim {number}")),
        1 => (1..9u32).prop_map(|number| format!("unclaim {number}")),
        2 => (1..9u32).prop_map(|number| format!("discussed {number} well")),
        2 => (1..9u32, 1..9u32).prop_map(|(one, other)| format!("merge {one} {other}")),
        1 => (1..9u32).prop_map(|number| format!("drop {number}")),
        1 => (1..9u32).prop_map(|number| format!("reopen {number}")),
    ];
    let dots = prop_oneof![
        8 => (1..6u32, 1..4u32, 1..6u32).prop_map(|(one, dots, other)| format!("{one}:{dots} {other}")),
        6 => (1..4u32).prop_map(|number| format!("{number}:3")),
        1 => Just("none".to_owned()),
        1 => Just("everything".to_owned()),
    ];
    let room = prop_oneof![6 => Just("lobby"), 1 => Just("craft")];
    prop_oneof![
        // The first of them leads.
        8 => (prop_oneof![2 => Just(0), 1 => who.clone()], room, said).prop_map(|(who, room, said)| TopicAct::Says(who, room, said)),
        12 => (who.clone(), dots).prop_map(|(who, dots)| TopicAct::Gives(who, dots)),
        1 => who.clone().prop_map(TopicAct::Reacts),
        1 => who.clone().prop_map(TopicAct::Leaves),
        1 => prop_oneof![3 => Just(TopicAct::Passes(1)), 1 => who.prop_map(TopicAct::Forgets)],
        1 => prop_oneof![Just(1i64), Just(600), Just(60 * 24 * 3), Just(60 * 24 * 40)].prop_map(TopicAct::Passes),
    ]
}

fn person(number: usize) -> UserId {
    UserId::from(format!("@p{number}:t"))
}

/// How the practice is run.
#[derive(Clone, Copy, PartialEq)]
enum Manner {
    Plainly,
    /// Every input comes twice.
    Twice,
    /// Each step is done, lost before it was kept, and done again from what the disk holds.
    Crashing,
}

/// What one act led to, and what was there before it.
struct Outcome {
    before: Records<Topics>,
    after: Records<Topics>,
    effects: Vec<Effect>,
}

/// The rows as they are stored.
fn json(records: &Records<Topics>) -> Vec<(String, String)> {
    records.dump().into_iter().map(|row| (row.key, row.json.to_string())).collect()
}

/// What the engine does with an input.
fn react(records: &mut Records<Topics>, ctx: &Ctx<Settings>, input: &Input<Command>) -> Vec<Effect> {
    if let Input::Event(Event::Forgotten { who }) = input {
        records.forget(who);
    }
    Topics::react(records, ctx, input)
}

fn run(acts: &[TopicAct], sealed: bool, manner: Manner) -> Vec<Outcome> {
    let stage = Dialogue::new();
    let settings = Settings { sealed, ..Settings::default() };
    let board = Boards::default();
    let mut records = Records::default();
    let mut now = stage.now;
    let mut outcomes = Vec::new();
    for (step, act) in acts.iter().enumerate() {
        let before = records.clone();
        let mut effects = Vec::new();
        let mut give = |records: &mut Records<Topics>, now, input: &Input<Command>| {
            let world = World {
                now,
                seed: step as u64,
                lot: [step as u8; 32],
                words: stage.words,
                community: &stage.community,
                practices: crate::registry::ALL.catalogue(),
                overrides: &stage.overrides,
                boards: &board,
                present: crate::dialogue::everywhere(),
            };
            let ctx = Ctx { settings: &settings, world: &world };
            let kept = json(records);
            if manner == Manner::Crashing {
                react(records, &ctx, input);
                let (again, unread) = Records::load_readable(kept);
                assert!(unread.is_empty(), "{unread:?}");
                *records = again;
            }
            effects.extend(react(records, &ctx, input));
            if manner == Manner::Twice {
                effects.extend(react(records, &ctx, input));
            }
            Topics::wake(records, &ctx)
        };
        let spot = |room: &str, direct| Spot {
            room: room_id(room),
            event: EventId::from(format!("$e{step}")),
            thread: None,
            direct,
            at: now,
            mentions: Vec::new(),
        };
        match act {
            TopicAct::Says(who, room, said) => {
                let words = said.split(' ').map(str::to_owned).collect();
                let (by, spot) = (person(*who), spot(room, false));
                let asked = Asked { by: &by, lead: *who == 0, spot: &spot, command: Command::Topic { words } };
                give(&mut records, now, &Input::Command(asked));
            }
            TopicAct::Gives(who, dots) => {
                let spot = spot(&format!("direct-{who}"), true);
                let said = Said { by: person(*who), spot, to: None, text: format!("dots {dots}") };
                give(&mut records, now, &Input::Event(&Event::Said(said)));
            }
            TopicAct::Reacts(who) => {
                let key = state::round(&records).map(|round| round.card().into());
                let to = MessageRef { event: EventId::from("$card"), key };
                let (by, event) = (person(*who), EventId::from(format!("$e{step}")));
                let event = Event::Reacted { by, room: room_id("lobby"), event, to, with: "👍".to_owned() };
                give(&mut records, now, &Input::Event(&event));
            }
            TopicAct::Leaves(who) => {
                let event = Event::Left { by: person(*who), room: room_id("lobby") };
                give(&mut records, now, &Input::Event(&event));
            }
            TopicAct::Forgets(who) => {
                give(&mut records, now, &Input::Event(&Event::Forgotten { who: person(*who) }));
            }
            TopicAct::Passes(minutes) => {
                now += SignedDuration::from_mins(*minutes);
                for round in 0.. {
                    let due = give(&mut records, now, &Input::Tick);
                    if due.is_none_or(|due| due > now) {
                        break;
                    }
                    assert!(round < 200, "it asks to be woken again and again");
                }
            }
        }
        outcomes.push(Outcome { before, after: records.clone(), effects });
    }
    outcomes
}

fn topics_of(records: &Records<Topics>) -> BTreeMap<u32, &Topic> {
    records.all::<TopicAt>().map(|(at, topic)| (at.number, topic)).collect()
}

/// The votes in the open round: how many count, and how many dots they have.
fn votes_of(records: &Records<Topics>) -> (usize, u64) {
    let sealed = records.all::<SealedVoteOf>().filter_map(|(_, vote)| vote.chosen.as_ref());
    let marks = sealed.chain(records.all::<VoteOf>().filter_map(|(_, vote)| vote.chosen.as_ref()));
    let dots: Vec<u64> = marks.map(|marks| marks.iter().map(|(_, dots)| u64::from(*dots)).sum()).collect();
    (dots.len(), dots.iter().sum())
}

fn closes(outcome: &Outcome) -> bool {
    state::round(&outcome.before).is_some() && state::round(&outcome.after).is_none()
}

/// What is true of every step.
fn check(act: &TopicAct, outcome: &Outcome, sealed: bool, seen: &mut BTreeSet<u32>) -> Result<(), TestCaseError> {
    let (before, after) = (topics_of(&outcome.before), topics_of(&outcome.after));
    for number in after.keys().filter(|number| !before.contains_key(number)) {
        prop_assert!(seen.insert(*number), "{} was given twice", number);
    }
    // Nothing is lost but by being forgotten, with its author or after its time.
    for (number, topic) in &before {
        let forgotten = matches!(act, TopicAct::Forgets(who) if topic.by.as_ref() == Some(&person(*who)));
        let over = matches!(act, TopicAct::Passes(_)) && topic.status != Status::Open;
        prop_assert!(forgotten || over || after.contains_key(number), "{} is lost", number);
    }
    for (number, topic) in &after {
        let circle = |other: &&Topic| matches!(other.status, Status::Merged { into, .. } if into == *number);
        if let Status::Merged { into, .. } = topic.status {
            prop_assert!(after.get(&into).filter(|other| circle(other)).is_none(), "{} goes in a circle", number);
        }
    }
    // The count: dots are published once, none too many, and nothing beside them.
    let results: Vec<&str> = (outcome.effects.iter())
        .filter_map(|effect| match effect {
            Effect::Send(Outgoing::Message(message))
                if message.body.starts_with("**The vote on topics is closed.**") =>
            {
                Some(message.body.as_str())
            }
            _ => None,
        })
        .collect();
    prop_assert_eq!(results.len(), usize::from(closes(outcome)));
    let grown: u64 = (after.iter())
        .filter(|(number, topic)| before.get(number).is_some_and(|old| old.trend.len() < topic.trend.len()))
        .filter_map(|(_, topic)| topic.trend.last())
        .sum();
    if closes(outcome) {
        let (voters, dots) = votes_of(&outcome.before);
        let enough = voters > 0 && (!sealed || voters >= 5);
        let round = state::round(&outcome.before).unwrap();
        let waits = |number: &u32| before.get(number).is_some_and(|topic| topic.status == Status::Open);
        let counted = round.rules.options.iter().all(waits);
        prop_assert!(grown <= dots);
        // With nothing merged, discussed, dropped or forgotten meanwhile, every dot counts.
        prop_assert!(!(enough && counted) || grown == dots, "{} of {}", grown, dots);
        prop_assert!(enough || grown == 0);
        prop_assert!(results.iter().all(|result| !result.contains("@p")), "{:?}", results);
    } else if !matches!(act, TopicAct::Says(_, _, said) if said.starts_with("merge")) {
        prop_assert_eq!(grown, 0, "counted before the close");
    }
    // What was sealed is said to nobody but its author, and nothing of a vote outlives it.
    for effect in &outcome.effects {
        if let Effect::Send(Outgoing::Message(message)) = effect {
            prop_assert!(!sealed || !message.body.contains("Your dots for topics"), "unsealed: {:?}", message.body);
        }
        if let Effect::SendSealed(Sealed { scope: vessel, .. }) = effect {
            let open = format!("sealed/{vessel}/");
            prop_assert!(json(&outcome.after).iter().any(|(key, _)| key.starts_with(&open)), "{} is not open", vessel);
        }
    }
    if state::round(&outcome.after).is_none() {
        let sealed = outcome.after.all::<SealedVoteOf>().count();
        let left = sealed + outcome.after.all::<VoteOf>().count() + outcome.after.all::<ToldOf>().count();
        prop_assert_eq!(left, 0);
    }
    if let TopicAct::Forgets(who) = act {
        let kept = format!("{:?}", outcome.after);
        prop_assert!(!kept.contains(person(*who).as_str()), "{}", kept);
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn nothing_is_lost_counted_twice_or_told_early(acts in vec(act(), 0..70), sealed in any::<bool>()) {
        let start = (1..4).map(|number| TopicAct::Says(1, "lobby", format!("add Topic {number}")));
        let start = start.chain([TopicAct::Says(0, "lobby", "list".to_owned()), TopicAct::Says(0, "lobby", "vote".to_owned())]);
        let acts: Vec<TopicAct> = start.chain(acts).chain([TopicAct::Says(0, "lobby", "close".to_owned())]).collect();
        let plain = run(&acts, sealed, Manner::Plainly);
        let mut seen = BTreeSet::new();
        for (act, outcome) in acts.iter().zip(&plain) {
            check(act, outcome, sealed, &mut seen)?;
        }
        let crashed = run(&acts, sealed, Manner::Crashing);
        for (plain, crashed) in plain.iter().zip(&crashed) {
            prop_assert_eq!(json(&plain.after), json(&crashed.after));
            prop_assert_eq!(&plain.effects, &crashed.effects);
        }
        let twice = run(&acts, sealed, Manner::Twice);
        for (plain, twice) in plain.iter().zip(&twice) {
            prop_assert_eq!(json(&plain.after), json(&twice.after), "told twice, it is as if told once");
        }
    }
}
