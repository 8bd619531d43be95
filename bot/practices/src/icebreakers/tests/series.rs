//! Whatever newcomers do, and whatever happens to the bot: the promises of the welcome and of the series hold.

use std::collections::{BTreeMap, BTreeSet};

use hearth_shared::activity::Kind;
use jiff::{civil::Date, tz::TimeZone};
use proptest::prelude::*;

use crate::{
    Effect, Event, Outgoing, Room, To, UserId,
    dialogue::{Dialogue, room_id},
    icebreakers::{
        Days, Icebreakers, NewcomerAt,
        state::{newcomer, settled},
    },
    storm::{Outcome, Storm, Time, begun_by, name, person, weather},
};

/// What can happen. Numbers choose a person and a room.
#[derive(Clone, Debug)]
enum Step {
    Join(usize, usize),
    Leave(usize, usize),
    Say(usize, usize),
    Tell(usize, bool),
    Present(usize, usize),
    /// So many hours pass, and the bot does what it wants to when it wants to.
    Run(i64),
    /// So many hours pass without the bot.
    Down(i64),
    /// The bot is restarted: only what the store kept remains.
    Restart,
}

fn step() -> impl Strategy<Value = Step> {
    let (who, room) = (0..3usize, 0..3usize);
    prop_oneof![
        3 => (who.clone(), room.clone()).prop_map(|(who, room)| Step::Join(who, room)),
        1 => (who.clone(), room.clone()).prop_map(|(who, room)| Step::Leave(who, room)),
        1 => (who.clone(), room.clone()).prop_map(|(who, room)| Step::Say(who, room)),
        2 => (who.clone(), any::<bool>()).prop_map(|(who, pass)| Step::Tell(who, pass)),
        1 => (who, room).prop_map(|(who, room)| Step::Present(who, room)),
        6 => (1..80i64).prop_map(Step::Run),
        2 => (1..200i64).prop_map(Step::Down),
        1 => Just(Step::Restart),
    ]
}

/// Newcomers in three rooms of a zone.
#[derive(Debug)]
struct Newcomers {
    zone: &'static str,
    days: Vec<u16>,
}

impl Storm for Newcomers {
    type Of = Icebreakers;
    type Act = Step;

    fn begin(&self) -> Dialogue {
        let mut talk = Dialogue::new();
        let room = |name: &str| {
            (room_id(name), Room { name: name.to_owned(), people: Some(10), open: true, moderated: false })
        };
        talk.community.zone = TimeZone::get(self.zone).unwrap();
        (talk.community.lobby, talk.community.leads) = (None, None);
        talk.community.rooms = BTreeMap::from([room("r0"), room("r1"), room("r2")]);
        let days = Days::try_from(self.days.clone()).unwrap();
        let days = serde_json::to_value(days).unwrap();
        talk.overrides.entry("icebreakers".to_owned()).or_default().insert("days".to_owned(), days);
        talk
    }

    fn act(&self, talk: &mut Dialogue, _: u32, act: &Step) {
        let room = |number: &usize| format!("r{number}");
        match act {
            Step::Join(who, to) => drop(talk.joins(&name(*who), &room(to))),
            Step::Leave(who, from) => {
                talk.leaves(&name(*who), &room(from));
                talk.absent.clear();
            }
            Step::Say(who, at) => drop(talk.says(&name(*who), &room(at), "hello")),
            Step::Tell(who, pass) => drop(talk.tells(&name(*who), if *pass { "pass" } else { "an answer" })),
            Step::Present(who, at) => {
                talk.happens(&Event::Present { who: vec![person(*who)], room: room_id(&room(at)) });
            }
            Step::Restart => talk.restarts(),
            Step::Run(_) | Step::Down(_) => {}
        }
    }

    fn time(&self, act: &Step) -> Option<Time> {
        match act {
            Step::Run(hours) => Some(Time::Awake(hours * 60 + 7)),
            Step::Down(hours) => Some(Time::Away(hours * 60 + 7)),
            _ => None,
        }
    }

    fn room(&self, act: &Step) -> Option<String> {
        match act {
            Step::Join(_, room) | Step::Leave(_, room) | Step::Say(_, room) | Step::Present(_, room) => {
                Some(format!("r{room}"))
            }
            Step::Tell(who, _) => Some(format!("direct-{who}")),
            Step::Restart | Step::Run(_) | Step::Down(_) => None,
        }
    }

    /// Whoever's time is over may be noted so when practices are woken, but nobody is woken for that.
    fn ticks_idly(&self) -> bool {
        false
    }

    fn check(&self, run: &[Outcome<Self>]) -> Result<(), TestCaseError> {
        // Whom the bot wrote what on its own, and when; and who takes part, or was there before.
        let mut welcomes: Vec<UserId> = Vec::new();
        let mut prompts: Vec<(UserId, Date, String)> = Vec::new();
        let mut took_part: BTreeSet<UserId> = BTreeSet::new();
        let zone = TimeZone::get(self.zone).unwrap();
        for outcome in run {
            match outcome.act() {
                Some(Step::Say(who, _)) => {
                    // Who speaks without having joined is nobody that anything was promised to.
                    prop_assert!(!outcome.after.has(&newcomer(&person(*who))));
                    if outcome.after.has(&settled(&person(*who))) {
                        took_part.insert(person(*who));
                    }
                }
                Some(Step::Present(who, _)) if !outcome.before.has(&newcomer(&person(*who))) => {
                    took_part.insert(person(*who));
                }
                _ => {}
            }
            let today = zone.to_datetime(outcome.sent).date();
            for (_, effect) in &outcome.wanted {
                match effect {
                    Effect::Send(Outgoing::Message(message)) => {
                        if let (To::Person(who), Some(prompt)) =
                            (&message.to, message.body.lines().find(|line| line.starts_with("> ")))
                        {
                            prop_assert!(message.attention.is_nudge());
                            prompts.push((who.clone(), today, prompt.to_owned()));
                            prop_assert!(!took_part.contains(who), "{who} took part and is asked");
                        }
                    }
                    Effect::Log(entry) if entry.kind == Kind::Welcomed => welcomes.push(entry.by.clone()),
                    Effect::Log(entry) if entry.kind == Kind::PromptAnswered => {
                        took_part.insert(entry.by.clone());
                    }
                    _ => {}
                }
            }
        }
        for who in (0..3).map(person) {
            prop_assert!(welcomes.iter().filter(|one| **one == who).count() <= 1, "{who} is welcomed twice");
            let mine: Vec<_> = prompts.iter().filter(|(one, ..)| *one == who).collect();
            prop_assert!(mine.len() <= self.days.len());
            for (earlier, later) in mine.iter().zip(mine.iter().skip(1)) {
                prop_assert!(earlier.1 < later.1, "{who} is asked twice on {}", later.1);
            }
            let texts: BTreeSet<_> = mine.iter().map(|(_, _, text)| text).collect();
            prop_assert_eq!(texts.len(), mine.len(), "{} is asked the same again", who);
        }
        let in_series = run.last().map_or(0, |outcome| outcome.after.all::<NewcomerAt>().count());
        prop_assert_eq!(in_series, 0, "somebody is in the series for ever");
        Ok(())
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn promises_to_newcomers_hold_whatever_happens(
        acts in begun_by([], step(), 1..60),
        zone in prop::sample::select(vec!["UTC", "Europe/Berlin", "America/St_Johns", "Pacific/Auckland"]),
        days in prop::sample::select(vec![vec![1, 3, 7, 14], vec![2], (1..=30).collect(), vec![1, 2, 3, 60]]),
    ) {
        weather(&Newcomers { zone, days }, &acts.and(Step::Run(24 * 80)))?;
    }
}
