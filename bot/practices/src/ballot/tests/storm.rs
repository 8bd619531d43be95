//! A ballot under a storm: votes good and bad, told once or often, before and after the close, with a crash before any
//! commit. What is published is what the last good vote of each says, once.

use std::collections::BTreeMap;

use proptest::{collection::vec, prelude::*};

use crate::records::RecordSet as _;
use crate::{
    Asked, Ctx, Effect, Event, EventId, Input, Outgoing, Practice as _, Records, RoomId, Sealed, Spot, UserId,
    ballot::{Ballot, Command, Settings},
    boards::Boards,
    choosing::{self, Marks, Method, Rules},
    dialogue::{Dialogue, room_id, user},
    practice::World,
};

const PEOPLE: usize = 9;

#[derive(Clone, Debug)]
enum BallotAct {
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

struct Stage {
    talk: Dialogue,
    records: Records<Ballot>,
    lots: u64,
}

impl Stage {
    fn react(&mut self, input: &Input<Command>) -> Vec<Effect> {
        self.lots += 1;
        if let Input::Event(Event::Forgotten { who }) = input {
            self.records.forget(who);
        }
        let board = Boards::default();
        let world = World {
            now: self.talk.now,
            seed: 7,
            lot: std::array::from_fn(|place| self.lots.to_le_bytes()[place % 8]),
            words: self.talk.words,
            community: &self.talk.community,
            practices: crate::registry::ALL.catalogue(),
            overrides: &self.talk.overrides,
            boards: &board,
            present: crate::dialogue::everywhere(),
        };
        Ballot::react(&mut self.records, &Ctx { settings: &Settings::default(), world: &world }, input)
    }

    /// Does it; where the bot crashed before it could commit, does it again from what was kept.
    fn act(&mut self, input: &Input<Command>, crash: bool) -> Vec<Effect> {
        let rows: Vec<_> = self.records.dump().into_iter().map(|row| (row.key, row.json.to_string())).collect();
        let effects = self.react(input);
        if !crash {
            return effects;
        }
        self.records = Records::load_readable(rows).0;
        self.react(input)
    }
}

fn person(number: usize) -> UserId {
    user(&format!("p{number}"))
}

fn spot(stage: &Stage, room: RoomId, direct: bool, number: usize) -> Spot {
    Spot {
        room,
        event: EventId::from(format!("$a{number}")),
        thread: None,
        direct,
        at: stage.talk.now,
        mentions: Vec::new(),
    }
}

/// The marks in a published list, sorted.
fn published(effects: &[Effect]) -> Vec<Marks> {
    let mut found = Vec::new();
    for effect in effects {
        let Effect::Send(Outgoing::Message(message)) = effect else { continue };
        for line in message.body.lines().filter_map(|line| line.strip_prefix("- `")) {
            let text = line.split_once("` ").unwrap().1.replace('\\', "");
            let rules = Rules { method: Method::Ranked, options: vec![1, 2, 3], dots: 0 };
            found.push(choosing::read(&rules, &text).unwrap());
        }
    }
    found.sort();
    found
}

proptest! {
    #[test]
    fn what_is_published_is_what_each_said_last(
        acts in vec((act(), prop::bool::weighted(0.2), prop::bool::weighted(0.2)), 0..80),
    ) {
        let mut stage = Stage { talk: Dialogue::new(), records: Records::default(), lots: 0 };
        let room = room_id("lobby");
        let words: Vec<_> = ["Where?", "A", "|", "B", "|", "C", "--kind", "ranked"].map(str::to_owned).into();
        let at = spot(&stage, room.clone(), false, 9_000);
        let by = user("lea");
        let open = Input::Command(Asked { by: &by, lead: true, spot: &at, command: Command::Ballot { words } });
        stage.act(&open, true);
        stage.act(&open, false);

        let rules = Rules { method: Method::Ranked, options: vec![1, 2, 3], dots: 0 };
        let mut model: BTreeMap<usize, Marks> = BTreeMap::new();
        let mut all = Vec::new();
        let mut closed = false;
        let acts = acts.into_iter().chain([(BallotAct::Close, false, true)]);
        for (number, (act, crash, twice)) in acts.enumerate() {
            for round in 0..=usize::from(twice) {
                // What is told twice is the same event; the second time the bot may have nothing left to say.
                let direct = |person: usize| room_id(&format!("direct-p{person}"));
                let effects = match &act {
                    BallotAct::Vote { person: who, text } => {
                        let by = person(*who);
                        let at = spot(&stage, direct(*who), true, number);
                        let words = text.split_whitespace().map(str::to_owned).collect();
                        let command = Command::Vote { words };
                        let asked = Asked { by: &by, lead: false, spot: &at, command };
                        let plain = text.strip_prefix("#1 ").unwrap_or(text);
                        if !closed && round == 0 {
                            match choosing::read(&rules, plain) {
                                _ if plain == "none" => drop(model.remove(who)),
                                Ok(marks) if !text.starts_with("#7") => drop(model.insert(*who, marks)),
                                _ => {}
                            }
                        }
                        stage.act(&Input::Command(asked), crash)
                    }
                    BallotAct::Forget { person: who } => {
                        if !closed {
                            model.remove(who);
                        }
                        stage.act(&Input::Event(&Event::Forgotten { who: person(*who) }), crash)
                    }
                    BallotAct::HandOut { person: who } => {
                        let by = person(*who);
                        let at = spot(&stage, room.clone(), false, number);
                        let command = Command::Vote { words: Vec::new() };
                        stage.act(&Input::Command(Asked { by: &by, lead: false, spot: &at, command }), crash)
                    }
                    BallotAct::Tick => stage.act(&Input::Tick, crash),
                    BallotAct::Close => {
                        let at = spot(&stage, room.clone(), false, number);
                        let command = Command::Ballot { words: vec!["close".to_owned()] };
                        closed = true;
                        stage.act(&Input::Command(Asked { by: &by, lead: true, spot: &at, command }), crash)
                    }
                };
                all.extend(effects);
            }
        }
        let mut expected: Vec<_> = model.into_values().collect();
        expected.sort();
        if expected.len() < 5 {
            expected.clear();
        }
        prop_assert_eq!(published(&all), expected);
        prop_assert!(stage.records.dump().iter().all(|row| !row.key.starts_with("sealed/")));
        let results = all.iter().filter(|effect| match effect {
            Effect::Send(Outgoing::Message(message)) => message.body.contains("is closed: Where?"),
            _ => false,
        });
        prop_assert_eq!(results.count(), 1, "the result is told once");
        // Nothing that says what was chosen leaves unsealed before the close.
        let open = all.iter().filter_map(|effect| match effect {
            Effect::Send(Outgoing::Message(message)) if message.body.contains("receipt is") => Some(&message.body),
            Effect::SendSealed(Sealed { scope: vessel, .. }) => (vessel != "1").then_some(vessel),
            _ => None,
        });
        prop_assert_eq!(open.count(), 0);
    }
}
