//! Looking for a time under a storm: whatever people may mark, say and take away. What is counted is what each of them
//! can, and a result is told once.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;

use super::*;
use crate::{
    Effect, Outgoing, To,
    dialogue::room_id,
    storm::{Outcome, Storm, Time, begun_by, name, person, records_of, rows, weather},
};

const PEOPLE: usize = 5;

/// What may happen.
#[derive(Clone, Debug)]
enum FindAct {
    Reacts(usize, u32, &'static str),
    /// A reaction of an earlier step goes.
    TakesAway(u32),
    Can(usize, &'static str),
    Says(usize, &'static str),
    Forgets(usize),
    /// Minutes.
    Passes(i64),
}

fn act() -> impl Strategy<Value = FindAct> {
    let who = 0..PEOPLE;
    let signs = prop::sample::select(vec!["Tue 10:00", "Wed 11:00", "Do 12:00", "2️⃣", "🔟", "👍", "Tue 11:00"]);
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
        3 => (0..60u32).prop_map(FindAct::TakesAway),
        4 => (who.clone(), can).prop_map(|(who, text)| FindAct::Can(who, text)),
        5 => (prop_oneof![3 => Just(0), 1 => who.clone()], said).prop_map(|(who, text)| FindAct::Says(who, text)),
        1 => who.prop_map(FindAct::Forgets),
        2 => prop::sample::select(vec![1i64, 70, 60 * 24, 60 * 24 * 3]).prop_map(FindAct::Passes),
    ]
}

/// Searches in the lobby.
struct FindStorm;

impl Storm for FindStorm {
    type Of = Meetings;
    type Act = FindAct;

    fn begin(&self) -> Dialogue {
        let mut talk = Dialogue::new();
        talk.leads = vec![person(0)];
        talk
    }

    fn act(&self, talk: &mut Dialogue, _: u32, act: &FindAct) {
        match act {
            FindAct::Can(who, text) => drop(talk.says(&name(*who), "lobby", &format!("!hearth meeting can {text}"))),
            FindAct::Says(who, text) => drop(talk.says(&name(*who), "lobby", &format!("!hearth meeting {text}"))),
            FindAct::Reacts(who, id, sign) => {
                if records_of::<Meetings>(talk).has(&FindAt { id: *id }) {
                    talk.reacts(&name(*who), "meetings", &format!("find/{id}"), sign);
                }
            }
            FindAct::TakesAway(number) => {
                let event = Dialogue::event_of(*number);
                talk.happens(&Event::Redacted { room: room_id("lobby"), event, key: None, at: talk.now });
            }
            FindAct::Forgets(who) => drop(talk.happens(&Event::Forgotten { who: person(*who) })),
            FindAct::Passes(_) => {}
        }
    }

    fn time(&self, act: &FindAct) -> Option<Time> {
        match act {
            FindAct::Passes(minutes) => Some(Time::Awake(*minutes)),
            _ => None,
        }
    }

    fn room(&self, act: &FindAct) -> Option<String> {
        match act {
            FindAct::Passes(_) | FindAct::Forgets(_) => None,
            _ => Some("lobby".to_owned()),
        }
    }

    fn check(&self, run: &[Outcome<Self>]) -> Result<(), TestCaseError> {
        check(run)
    }
}

type Rows = BTreeMap<String, String>;

/// What people can, as one would keep it on paper: by person, their reactions and what they said.
#[derive(Default)]
struct Paper {
    open: bool,
    times: usize,
    reacted: BTreeMap<u32, (usize, usize)>,
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

fn check(run: &[Outcome<FindStorm>]) -> Result<(), TestCaseError> {
    // The first search, kept on paper beside.
    let mut paper = Paper { open: true, times: 3, ..Paper::default() };
    let key = "find/1";
    let mut results = 0;
    for outcome in run {
        let rows: Rows = rows(&outcome.after).into_iter().collect();
        // `can` speaks of the newest that is open.
        let open = |rows: &Rows, id: u32| rows.get(&format!("find/{id}")).is_some_and(|row| row.contains("\"open\""));
        let newest = (1..9).rev().find(|id| open(&rows, *id));
        match outcome.act() {
            Some(FindAct::Reacts(who, 1, sign)) if paper.open => {
                let signs = [("Tue 10:00", 1), ("Wed 11:00", 2), ("2️⃣", 2), ("Do 12:00", 3)];
                let time = signs.iter().find(|(one, _)| one == sign).map(|(_, time)| *time);
                if let Some(time) = time.or((*sign == "2").then_some(2)) {
                    paper.reacted.insert(outcome.number, (*who, time));
                }
            }
            Some(FindAct::TakesAway(number)) => drop(paper.reacted.remove(number)),
            Some(FindAct::Can(who, text)) if newest == Some(1) && !outcome.is_too_late() => {
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
            Some(FindAct::Forgets(who)) => {
                paper.reacted.retain(|_, (by, _)| by != who);
                paper.said.remove(who);
            }
            _ => {}
        }
        let told: Vec<&str> = outcome
            .effects()
            .filter_map(|effect| match effect {
                Effect::Send(Outgoing::Message(message))
                    if matches!(message.to, To::Room(_))
                        && message.key.is_none()
                        && message.body.contains("“Talk”") =>
                {
                    Some(message.body.as_str())
                }
                _ => None,
            })
            .collect();
        if paper.open && !open(&rows, 1) {
            let (counts, people) = paper.counts();
            prop_assert_eq!(told.len(), 1);
            let asked = rows.get(key).map(|row| serde_json::from_str::<serde_json::Value>(row).unwrap());
            match asked {
                Some(row) => prop_assert_eq!(&row["stage"]["closed"]["counts"], &serde_json::json!(counts)),
                // Nobody answered, or days passed and nobody adopted it.
                None => prop_assert!(people == 0 || matches!(outcome.act(), None | Some(FindAct::Passes(_)))),
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
    let talks = run
        .iter()
        .filter(|outcome| matches!(outcome.act(), Some(FindAct::Says(_, text)) if text.starts_with("find Talk")));
    let talks = talks.map(|outcome| outcome.number).collect::<BTreeSet<_>>().len();
    prop_assert!(results <= talks);
    let left = run.last().map(|outcome| rows(&outcome.after)).unwrap_or_default();
    let names: Vec<_> = left.iter().filter(|(key, _)| key.starts_with("series/")).collect();
    prop_assert!(names.len() <= 2, "each is planned once: {:?}", names);
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn every_mark_counts_once_and_every_result_is_told_once(
        acts in begun_by([FindAct::Says(0, "find Talk tue 10:00 | wed 11:00 | thu 12:00")], act(), 0..50),
    ) {
        weather(&FindStorm, &acts)?;
    }
}
