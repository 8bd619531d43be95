//! Looking for a time under a storm: whatever people may mark, say and take away, told twice, and with a crash in each
//! step. What is counted is what each of them can, and a result is told once.

use std::collections::{BTreeMap, BTreeSet};

use jiff::SignedDuration;
use proptest::{collection::vec, prelude::*};

use super::*;
use crate::{
    Asked, EventId, Input, MessageRef, Outgoing, Overrides, Practice as _, Records, Spot, World, boards::Boards,
    dialogue::room_id, records::RecordSet as _,
};

const PEOPLE: usize = 5;

/// What may happen.
#[derive(Clone, Debug)]
enum FindAct {
    Reacts(usize, u32, &'static str),
    /// A reaction of an earlier step goes.
    TakesAway(usize),
    Can(usize, &'static str),
    Says(usize, &'static str),
    Forgets(usize),
    /// Minutes.
    Passes(i64),
}

fn act() -> impl Strategy<Value = FindAct> {
    let who = 0..PEOPLE;
    let signs = prop::sample::select(vec!["1️⃣", "2️⃣", "3️⃣", "🔟", "👍", "2"]);
    let can = prop::sample::select(vec!["1", "2 3", "all", "none", "9", "x", ""]);
    let said = prop::sample::select(vec![
        "find Talk tue 10:00 | wed 11:00 | thu 12:00",
        "find Other mon 10:00 | mon 11:00 --close 1h",
        "find nonsense",
        "find close",
        "adopt",
        "adopt 2",
        "cancel Talk",
    ]);
    prop_oneof![
        8 => (who.clone(), 1..4u32, signs).prop_map(|(who, id, sign)| FindAct::Reacts(who, id, sign)),
        3 => (0..60usize).prop_map(FindAct::TakesAway),
        4 => (who.clone(), can).prop_map(|(who, text)| FindAct::Can(who, text)),
        5 => (prop_oneof![3 => Just(0), 1 => who.clone()], said).prop_map(|(who, text)| FindAct::Says(who, text)),
        1 => who.prop_map(FindAct::Forgets),
        2 => prop::sample::select(vec![1i64, 70, 60 * 24, 60 * 24 * 3]).prop_map(FindAct::Passes),
    ]
}

fn person(number: usize) -> UserId {
    user(&format!("p{number}"))
}

#[derive(Clone, Copy, PartialEq)]
enum Manner {
    Plainly,
    /// Every input comes twice.
    Twice,
    /// Each step is done, lost before it was kept, and done again from what the disk holds.
    Crashing,
}

type Rows = BTreeMap<String, String>;

/// What the store holds, all of which can be read.
fn load(rows: &Rows) -> Records<Meetings> {
    let (records, unread) = Records::load_readable(rows.clone().into_iter().collect());
    assert!(unread.is_empty(), "{unread:?}");
    records
}

type Give<'a> = dyn FnMut(&mut Rows, Timestamp, &Input<Command>) -> Option<Timestamp> + 'a;

/// What each act led to, and what was there after it.
fn run(acts: &[FindAct], manner: Manner) -> Vec<(Rows, Vec<Effect>)> {
    let stage = Dialogue::new();
    let (board, overrides, settings) = (Boards::default(), Overrides::new(), Settings::default());
    let mut rows = Rows::new();
    let mut now = stage.now;
    let mut outcomes = Vec::new();
    for (step, act) in acts.iter().enumerate() {
        let mut effects = Vec::new();
        let mut give = |rows: &mut Rows, now, input: &Input<Command>| {
            let world = World {
                now,
                seed: step as u64,
                lot: [step as u8; 32],
                words: stage.words,
                community: &stage.community,
                practices: crate::registry::ALL.catalogue(),
                overrides: &overrides,
                boards: &board,
                present: crate::dialogue::everywhere(),
            };
            let ctx = Ctx { settings: &settings, world: &world };
            let react = |records: &mut Records<Meetings>| {
                if let Input::Event(Event::Forgotten { who }) = input {
                    records.forget(who);
                }
                Meetings::react(records, &ctx, input)
            };
            let mut records = load(rows);
            if manner == Manner::Crashing {
                react(&mut records);
                records = load(rows);
            }
            effects.extend(react(&mut records));
            if manner == Manner::Twice {
                effects.extend(react(&mut records));
            }
            let wake = Meetings::wake(&records, &ctx);
            *rows = records.dump().into_iter().map(|row| (row.key, row.json.to_string())).collect();
            wake
        };
        let event = |step: usize| EventId::from(format!("$e{step}"));
        let says = |who: usize, text: String, rows: &mut Rows, give: &mut Give| {
            let (room, mentions) = (room_id("lobby"), Vec::new());
            let spot = Spot { room, event: event(step), thread: None, direct: false, at: now, mentions };
            let words = text.split(' ').filter(|word| !word.is_empty()).map(str::to_owned).collect();
            let by = person(who);
            let asked = Asked { by: &by, lead: who == 0, spot: &spot, command: Command::Meeting { words } };
            give(rows, now, &Input::Command(asked));
        };
        match act {
            FindAct::Can(who, text) => says(*who, format!("can {text}"), &mut rows, &mut give),
            FindAct::Says(who, text) => says(*who, (*text).to_owned(), &mut rows, &mut give),
            FindAct::Reacts(who, id, sign) => {
                let to = MessageRef { event: EventId::from("$card"), key: Some(format!("find/{id}").into()) };
                let (by, room, with) = (person(*who), room_id("lobby"), (*sign).to_owned());
                let reacted = Event::Reacted { by, room, event: event(step), to, with };
                give(&mut rows, now, &Input::Event(&reacted));
            }
            FindAct::TakesAway(step) => {
                let gone = Event::Redacted { room: room_id("lobby"), event: event(*step), key: None };
                give(&mut rows, now, &Input::Event(&gone));
            }
            FindAct::Forgets(who) => drop(give(&mut rows, now, &Input::Event(&Event::Forgotten { who: person(*who) }))),
            FindAct::Passes(minutes) => {
                let until = now + SignedDuration::from_mins(*minutes);
                let mut due = give(&mut rows, now, &Input::Tick);
                for round in 0.. {
                    let Some(at) = due.filter(|at| *at <= until) else { break };
                    now = now.max(at);
                    due = give(&mut rows, now, &Input::Tick);
                    assert!(round < 500, "it asks to be woken again and again");
                }
                now = until;
            }
        }
        outcomes.push((rows.clone(), effects));
    }
    outcomes
}

/// What people can, as one would keep it on paper: by person, their reactions and what they said.
#[derive(Default)]
struct Paper {
    open: bool,
    times: usize,
    reacted: BTreeMap<usize, (usize, usize)>,
    said: BTreeMap<usize, BTreeSet<usize>>,
}

impl Paper {
    fn counts(&self) -> (Vec<u64>, usize) {
        let mut can: BTreeMap<usize, BTreeSet<usize>> = self.said.clone();
        for (who, time) in self.reacted.values() {
            can.entry(*who).or_default().insert(*time);
        }
        let count = |time| can.values().filter(|times| times.contains(&time)).count() as u64;
        ((1..=self.times).map(count).collect(), can.values().filter(|times| !times.is_empty()).count())
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn every_mark_counts_once_and_every_result_is_told_once(acts in vec(act(), 0..50)) {
        let acts: Vec<_> = std::iter::once(FindAct::Says(0, "find Talk tue 10:00 | wed 11:00 | thu 12:00")).chain(acts).collect();
        let plain = run(&acts, Manner::Plainly);
        let crashed = run(&acts, Manner::Crashing);
        let twice = run(&acts, Manner::Twice);
        for ((plain, crashed), twice) in plain.iter().zip(&crashed).zip(&twice) {
            prop_assert_eq!(&plain.0, &crashed.0);
            prop_assert_eq!(&plain.1, &crashed.1);
            prop_assert_eq!(&plain.0, &twice.0, "told twice, it is as if told once");
        }
        // The first search, kept on paper beside.
        let mut paper = Paper { open: true, times: 3, ..Paper::default() };
        let key = "find/1";
        let mut results = 0;
        for (step, (act, (rows, effects))) in acts.iter().zip(&plain).enumerate() {
            // `can` speaks of the newest that is open.
            let open = |rows: &Rows, id: u32| rows.get(&format!("find/{id}")).is_some_and(|row| row.contains("\"open\""));
            let newest = (1..9).rev().find(|id| open(rows, *id));
            match act {
                FindAct::Reacts(who, 1, sign) if paper.open => {
                    let time = ["1️⃣", "2️⃣", "3️⃣"].iter().position(|one| one == sign).map(|at| at + 1);
                    if let Some(time) = time.or((*sign == "2").then_some(2)) {
                        paper.reacted.insert(step, (*who, time));
                    }
                }
                FindAct::TakesAway(step) => drop(paper.reacted.remove(step)),
                FindAct::Can(who, text) if newest == Some(1) => {
                    let said = match *text {
                        "1" => Some(BTreeSet::from([1])),
                        "2 3" => Some(BTreeSet::from([2, 3])),
                        "all" => Some(BTreeSet::from([1, 2, 3])),
                        "none" => Some(BTreeSet::new()),
                        _ => None,
                    };
                    if let Some(said) = said {
                        paper.reacted.retain(|_, (by, _)| by != who);
                        paper.said.insert(*who, said);
                    }
                }
                FindAct::Forgets(who) => {
                    paper.reacted.retain(|_, (by, _)| by != who);
                    paper.said.remove(who);
                }
                _ => {}
            }
            let told: Vec<&str> = effects.iter().filter_map(|effect| match effect {
                Effect::Send(Outgoing::Message(message)) if message.body.starts_with("**A time for “Talk”**") => Some(message.body.as_str()),
                _ => None,
            }).collect();
            if paper.open && !open(rows, 1) {
                let (counts, people) = paper.counts();
                prop_assert_eq!(told.len(), 1);
                let asked = rows.get(key).map(|row| serde_json::from_str::<serde_json::Value>(row).unwrap());
                match asked {
                    Some(row) => prop_assert_eq!(&row["stage"]["closed"]["counts"], &serde_json::json!(counts)),
                    // Nobody answered, or days passed and nobody adopted it.
                    None => prop_assert!(people == 0 || matches!(act, FindAct::Passes(_))),
                }
                prop_assert!(!told[0].contains("@p"), "{}", told[0]);
                paper.open = false;
            }
            results += told.len();
            let closed = rows.iter().filter(|(key, row)| key.starts_with("find/") && !row.contains("\"open\""));
            for (_, row) in closed {
                prop_assert!(!row.contains("\"marks\""), "{}", row);
            }
        }
        let talks = acts.iter().filter(|act| matches!(act, FindAct::Says(_, text) if text.starts_with("find Talk"))).count();
        prop_assert!(results <= talks);
        let names: Vec<_> = plain.last().unwrap().0.iter().filter(|(key, _)| key.starts_with("series/")).collect();
        prop_assert!(names.len() <= 2, "each is planned once: {:?}", names);
    }
}
