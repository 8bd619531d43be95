//! Whatever newcomers do, and whatever happens to the bot: the promises of the welcome and of the series hold.

use std::collections::BTreeMap;

use hearth_shared::activity::Kind;
use jiff::{SignedDuration, Timestamp, civil::Date, tz::TimeZone};
use proptest::prelude::*;

use crate::records::{RecordSet as _, Records};
use crate::{
    Community, Ctx, Effect, Event, Input, Outgoing, Overrides, Practice, Room, RoomId, Said, Spot, To, UserId, Words,
    World,
    boards::Boards,
    dialogue::{room_id, user},
    icebreakers::{
        Days, Icebreakers, NewcomerAt, Settings,
        state::{newcomer, settled},
    },
    welcome::Welcome,
};

/// What can happen. Numbers choose a person and a room.
#[derive(Clone, Debug)]
enum Step {
    Join(u8, u8),
    Leave(u8, u8),
    Say(u8, u8),
    Tell(u8, bool),
    Present(u8, u8),
    /// So many hours pass, and the bot does what it wants to when it wants to.
    Run(u8),
    /// So many hours pass without the bot.
    Down(u8),
    /// The bot is restarted: only what the store kept remains.
    Restart,
}

fn step() -> impl Strategy<Value = Step> {
    let (who, room) = (0..3u8, 0..3u8);
    prop_oneof![
        3 => (who.clone(), room.clone()).prop_map(|(who, room)| Step::Join(who, room)),
        1 => (who.clone(), room.clone()).prop_map(|(who, room)| Step::Leave(who, room)),
        1 => (who.clone(), room.clone()).prop_map(|(who, room)| Step::Say(who, room)),
        2 => (who.clone(), any::<bool>()).prop_map(|(who, pass)| Step::Tell(who, pass)),
        1 => (who, room).prop_map(|(who, room)| Step::Present(who, room)),
        6 => (1..80u8).prop_map(Step::Run),
        2 => (1..200u8).prop_map(Step::Down),
        1 => Just(Step::Restart),
    ]
}

/// One practice on a stage of its own.
struct Stage<P: Practice> {
    records: Records<P>,
    stored: BTreeMap<String, String>,
    settings: P::Settings,
}

impl<P: Practice> Stage<P> {
    fn new(settings: P::Settings) -> Self {
        Self { records: Records::<P>::default(), stored: BTreeMap::new(), settings }
    }

    fn react(&mut self, world: &World, input: &Input<P::Command>) -> Vec<Effect> {
        let effects = P::react(&mut self.records, &Ctx { settings: &self.settings, world }, input);
        for (key, row) in self.records.changes() {
            match row {
                Some(row) => self.stored.insert(key, row),
                None => self.stored.remove(&key),
            };
        }
        effects
    }

    fn wake(&self, world: &World) -> Option<Timestamp> {
        P::wake(&self.records, &Ctx { settings: &self.settings, world })
    }

    fn restart(&mut self) {
        self.records = Records::<P>::load_readable(self.stored.clone().into_iter().collect()).0;
    }
}

struct Minutes {
    now: Timestamp,
    seed: u64,
    community: Community,
    overrides: Overrides,
    welcome: Stage<Welcome>,
    icebreakers: Stage<Icebreakers>,
    /// Whom the bot wrote what on its own, and when.
    welcomes: Vec<UserId>,
    prompts: Vec<(UserId, Date, String)>,
    /// Who takes part, or was there before.
    took_part: Vec<UserId>,
}

impl Minutes {
    fn new(zone: &str, days: Days) -> Self {
        let room = |name: &str| (room_id(name), Room { name: name.to_owned(), people: Some(10), open: true });
        Self {
            now: "2026-10-05T09:00:00Z".parse().unwrap(),
            seed: 0,
            community: Community {
                name: "Testers".to_owned(),
                zone: TimeZone::get(zone).unwrap(),
                prefix: "!hearth".to_owned(),
                bot: user("hearth"),
                lobby: None,
                leads: None,
                rooms: BTreeMap::from([room("r0"), room("r1"), room("r2")]),
                bots: Vec::new(),
                bridges: std::collections::BTreeSet::new(),
            },
            overrides: Overrides::new(),
            welcome: Stage::new(Default::default()),
            icebreakers: Stage::new(Settings { days, ..Settings::default() }),
            welcomes: Vec::new(),
            prompts: Vec::new(),
            took_part: Vec::new(),
        }
    }

    fn happens(&mut self, event: Option<&Event>) {
        self.seed += 1;
        let world = World {
            now: self.now,
            seed: self.seed,
            lot: [0; 32],
            words: Words::english(),
            community: &self.community,
            practices: crate::registry::ALL.catalogue(),
            overrides: &self.overrides,
            boards: &Boards::default(),
            present: crate::dialogue::everywhere(),
        };
        let mut effects = match event {
            Some(event) => self.welcome.react(&world, &Input::Event(event)),
            None => self.welcome.react(&world, &Input::Tick),
        };
        effects.extend(match event {
            Some(event) => self.icebreakers.react(&world, &Input::Event(event)),
            None => self.icebreakers.react(&world, &Input::Tick),
        });
        let today = self.community.zone.to_datetime(self.now).date();
        for effect in effects {
            match effect {
                Effect::Send(Outgoing::Message(message)) => {
                    if let (To::Person(who), Some(prompt)) =
                        (&message.to, message.body.lines().find(|line| line.starts_with("> ")))
                    {
                        assert!(message.attention.is_nudge());
                        self.prompts.push((who.clone(), today, prompt.to_owned()));
                        assert!(!self.took_part.contains(who), "{who} took part and is asked");
                    }
                }
                Effect::Log(entry) if entry.kind == Kind::Welcomed => self.welcomes.push(entry.by),
                Effect::Log(entry) if entry.kind == Kind::PromptAnswered => self.took_part.push(entry.by),
                _ => {}
            }
        }
    }

    fn run(&mut self, until: Timestamp) {
        for ticks in 0.. {
            assert!(ticks < 500, "it asks to be woken again and again");
            let world = World {
                now: self.now,
                seed: 0,
                lot: [0; 32],
                words: Words::english(),
                community: &self.community,
                practices: crate::registry::ALL.catalogue(),
                overrides: &self.overrides,
                boards: &Boards::default(),
                present: crate::dialogue::everywhere(),
            };
            let wakes = [self.welcome.wake(&world), self.icebreakers.wake(&world)];
            match wakes.into_iter().flatten().min() {
                Some(at) if at <= until => {
                    self.now = self.now.max(at);
                    self.happens(None);
                }
                _ => break,
            }
        }
        self.now = until;
    }

    fn said(&mut self, who: u8, room: RoomId, direct: bool, text: &str) {
        let spot = Spot {
            room,
            event: format!("$e{}", self.seed).into(),
            thread: None,
            direct,
            at: self.now,
            mentions: Vec::new(),
        };
        self.happens(Some(&Event::Said(Said { by: person(who), spot, to: None, text: text.to_owned() })));
    }

    fn play(&mut self, step: &Step) {
        let room = |number: u8| room_id(&format!("r{number}"));
        let after = |hours: u8| self.now + SignedDuration::from_mins(i64::from(hours) * 60 + 7);
        match *step {
            Step::Join(who, to) => {
                self.happens(Some(&Event::Joined { by: person(who), room: room(to), at: self.now }));
            }
            Step::Leave(who, from) => self.happens(Some(&Event::Left { by: person(who), room: room(from) })),
            Step::Say(who, at) => {
                self.said(who, room(at), false, "hello");
                // Who speaks without having joined is nobody that anything was promised to.
                assert!(!self.icebreakers.records.has(&newcomer(&person(who))));
                if self.icebreakers.records.has(&settled(&person(who))) {
                    self.took_part.push(person(who));
                }
            }
            Step::Tell(who, pass) => {
                self.said(who, room_id("direct"), true, if pass { "pass" } else { "an answer" });
            }
            Step::Present(who, at) => {
                if !self.icebreakers.records.has(&newcomer(&person(who))) {
                    self.took_part.push(person(who));
                }
                self.happens(Some(&Event::Present { who: vec![person(who)], room: room(at) }));
            }
            Step::Run(hours) => self.run(after(hours)),
            Step::Down(hours) => self.now = after(hours),
            Step::Restart => {
                self.welcome.restart();
                self.icebreakers.restart();
            }
        }
    }
}

fn person(number: u8) -> UserId {
    user(&format!("p{number}"))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn promises_to_newcomers_hold_whatever_happens(
        steps in prop::collection::vec(step(), 1..60),
        zone in prop::sample::select(vec!["UTC", "Europe/Berlin", "America/St_Johns", "Pacific/Auckland"]),
        days in prop::sample::select(vec![vec![1, 3, 7, 14], vec![2], (1..=30).collect(), vec![1, 2, 3, 60]]),
    ) {
        let most = days.len();
        let mut minutes = Minutes::new(zone, Days::try_from(days).unwrap());
        for step in &steps {
            minutes.play(step);
        }
        minutes.run(minutes.now + SignedDuration::from_hours(24 * 80));
        for number in 0..3 {
            let who = person(number);
            prop_assert!(minutes.welcomes.iter().filter(|one| **one == who).count() <= 1, "{who} is welcomed twice");
            let mine: Vec<_> = minutes.prompts.iter().filter(|(one, ..)| *one == who).collect();
            prop_assert!(mine.len() <= most);
            for (earlier, later) in mine.iter().zip(mine.iter().skip(1)) {
                prop_assert!(earlier.1 < later.1, "{who} is asked twice on {}", later.1);
            }
            let mut texts: Vec<_> = mine.iter().map(|(_, _, text)| text).collect();
            texts.sort();
            texts.dedup();
            prop_assert_eq!(texts.len(), mine.len(), "{} is asked the same again", who);
        }
        let in_series = minutes.icebreakers.records.all::<NewcomerAt>().count();
        prop_assert_eq!(in_series, 0, "somebody is in the series for ever");
    }
}
