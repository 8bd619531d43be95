//! A ballot under a storm: votes good and bad, told once or often, before and after the close, with a crash before any
//! commit. What is published is what the last good vote of each says, once.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use proptest::prelude::*;

use crate::{
    Effect, Event, Outgoing, Sealed,
    ballot::{
        Ballot,
        state::{BallotAt, State},
    },
    choosing::{self, Marks, Method, Rules},
    dialogue::Dialogue,
    records::RecordSet as _,
    storm::{Outcome, Storm, begun_by, name, person, weather},
};

const PEOPLE: usize = 9;

#[derive(Clone, Debug)]
enum BallotAct {
    Open,
    Vote { person: usize, text: &'static str },
    Forget { person: usize },
    HandOut { person: usize },
    Tick,
    Close,
}

fn act() -> impl Strategy<Value = BallotAct> {
    let text = prop::sample::select(vec![
        "1 2",
        "2 > 1",
        "3 > 1 > 2",
        "3",
        "none",
        "4",
        "2 2",
        "x",
        "",
        "1 > 3",
        "2",
        "#1 3 > 2",
        "#7 1",
    ]);
    prop_oneof![
        30 => (0..PEOPLE, text).prop_map(|(person, text)| BallotAct::Vote { person, text }),
        1 => (0..PEOPLE).prop_map(|person| BallotAct::Forget { person }),
        2 => (0..PEOPLE).prop_map(|person| BallotAct::HandOut { person }),
        2 => Just(BallotAct::Tick),
        1 => Just(BallotAct::Close),
    ]
}

/// One ballot, from the question to its result.
struct BallotStorm;

impl Storm for BallotStorm {
    type Of = Ballot;
    type Act = BallotAct;

    fn begin(&self) -> Dialogue {
        Dialogue::new()
    }

    fn act(&self, talk: &mut Dialogue, _: u32, act: &BallotAct) {
        match act {
            BallotAct::Open => drop(talk.says("lea", "lobby", "!hearth ballot Where? A | B | C --kind ranked")),
            BallotAct::Vote { person, text } => drop(talk.tells(&name(*person), &format!("vote {text}"))),
            BallotAct::Forget { person: who } => drop(talk.happens(&Event::Forgotten { who: person(*who) })),
            BallotAct::HandOut { person } => drop(talk.says(&name(*person), "lobby", "!hearth vote")),
            BallotAct::Tick => drop(talk.ticks()),
            // With too few votes one is asked back the first time.
            BallotAct::Close => {
                talk.says("lea", "lobby", "!hearth ballot close");
                talk.says("lea", "lobby", "!hearth ballot close");
            }
        }
    }

    fn room(&self, act: &BallotAct) -> Option<String> {
        match act {
            BallotAct::Vote { person, .. } => Some(format!("direct-{person}")),
            BallotAct::Open | BallotAct::HandOut { .. } | BallotAct::Close => Some("lobby".to_owned()),
            BallotAct::Forget { .. } | BallotAct::Tick => None,
        }
    }

    fn check(&self, run: &[Outcome<Self>]) -> Result<(), TestCaseError> {
        let mut model: BTreeMap<usize, Paper> = BTreeMap::new();
        let mut told = BTreeSet::new();
        for outcome in run {
            // What has had its consequences has them once.
            if outcome.act().is_some() && !told.insert(outcome.number) {
                continue;
            }
            let open = matches!(outcome.before.get(&BallotAt { number: 1 }), Some(State::Open(_)));
            match outcome.act() {
                Some(BallotAct::Vote { person, text }) if open && !outcome.is_too_late() => {
                    model.entry(*person).or_default().take(outcome.sent, text);
                }
                Some(BallotAct::Forget { person }) if open => drop(model.remove(person)),
                _ => {}
            }
        }
        let mut expected: Vec<_> = model.into_values().filter_map(|paper| paper.marks).collect();
        expected.sort();
        if expected.len() < 5 {
            expected.clear();
        }
        let all: Vec<Effect> = run.iter().flat_map(Outcome::effects).cloned().collect();
        prop_assert_eq!(published(&all), expected);
        let left = run.last().map(|outcome| outcome.after.dump()).unwrap_or_default();
        prop_assert!(left.iter().all(|row| !row.key.starts_with("sealed/")));
        let results = all.iter().filter(|effect| match effect {
            Effect::Send(Outgoing::Message(message)) => message.body.contains("is closed: Where?"),
            _ => false,
        });
        prop_assert_eq!(results.count(), 1, "the result is told once");
        // Nothing that says what was chosen leaves unsealed before the close.
        let open = all.iter().filter_map(|effect| match effect {
            Effect::Send(Outgoing::Message(message)) if message.body.contains("receipt is") => Some(&message.body),
            Effect::SendSealed(Sealed { scope, .. }) => (scope != "1").then_some(scope),
            _ => None,
        });
        prop_assert_eq!(open.count(), 0);
        Ok(())
    }
}

/// What somebody said last, as one would keep it on paper.
#[derive(Default)]
struct Paper {
    sent: Option<Timestamp>,
    marks: Option<Marks>,
}

impl Paper {
    fn take(&mut self, sent: Timestamp, text: &str) {
        let plain = text.strip_prefix("#1 ").unwrap_or(text);
        let chosen = match choosing::read(&rules(), plain) {
            _ if plain == "none" => None,
            Ok(marks) if !text.starts_with("#7") => Some(marks),
            _ => return,
        };
        if self.sent.is_none_or(|before| before <= sent) {
            (self.sent, self.marks) = (Some(sent), chosen);
        }
    }
}

fn rules() -> Rules {
    Rules { method: Method::Ranked, options: vec![1, 2, 3], dots: 0 }
}

/// The marks in a published list, sorted.
fn published(effects: &[Effect]) -> Vec<Marks> {
    let mut found = Vec::new();
    for effect in effects {
        let Effect::Send(Outgoing::Message(message)) = effect else { continue };
        for line in message.body.lines().filter_map(|line| line.strip_prefix("- `")) {
            let text = line.split_once("` ").unwrap().1.replace('\\', "");
            found.push(choosing::read(&rules(), &text).unwrap());
        }
    }
    found.sort();
    found
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn what_is_published_is_what_each_said_last(acts in begun_by([BallotAct::Open], act(), 0..80)) {
        weather(&BallotStorm, &acts.and(BallotAct::Close))?;
    }
}
