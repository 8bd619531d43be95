//! Topics under a storm: whatever people may say, in any order.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;

use crate::{
    Effect, Event, Outgoing, Records, Sealed,
    dialogue::Dialogue,
    storm::{Outcome, Storm, Time, begun_by, name, person, records_of, rows, weather},
    topics::{AskedOf, SealedVoteOf, Status, Topic, TopicAt, Topics, VoteOf, state},
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

/// Topics, whose votes are sealed or not.
struct TopicStorm {
    sealed: bool,
}

impl Storm for TopicStorm {
    type Of = Topics;
    type Act = TopicAct;

    fn begin(&self) -> Dialogue {
        let mut talk = Dialogue::new();
        talk.leads = vec![person(0)];
        talk.overrides.entry("topics".to_owned()).or_default().insert("sealed".to_owned(), self.sealed.into());
        talk
    }

    fn act(&self, talk: &mut Dialogue, _: u32, act: &TopicAct) {
        match act {
            TopicAct::Says(who, room, said) => drop(talk.says(&name(*who), room, &format!("!hearth topic {said}"))),
            TopicAct::Gives(who, dots) => drop(talk.tells(&name(*who), &format!("dots {dots}"))),
            TopicAct::Reacts(who) => {
                let card = state::round(&records_of(talk)).map(|round| round.card());
                if let Some(card) = card {
                    talk.reacts(&name(*who), "topics", &card, "👍");
                }
            }
            TopicAct::Leaves(who) => {
                talk.leaves(&name(*who), "lobby");
                talk.absent.clear();
            }
            TopicAct::Forgets(who) => drop(talk.happens(&Event::Forgotten { who: person(*who) })),
            TopicAct::Passes(_) => {}
        }
    }

    fn time(&self, act: &TopicAct) -> Option<Time> {
        match act {
            TopicAct::Passes(minutes) => Some(Time::Awake(*minutes)),
            _ => None,
        }
    }

    fn room(&self, act: &TopicAct) -> Option<String> {
        match act {
            TopicAct::Says(_, room, _) => Some((*room).to_owned()),
            TopicAct::Gives(who, _) => Some(format!("direct-{who}")),
            TopicAct::Reacts(_) | TopicAct::Leaves(_) => Some("lobby".to_owned()),
            TopicAct::Forgets(_) | TopicAct::Passes(_) => None,
        }
    }

    fn check(&self, run: &[Outcome<Self>]) -> Result<(), TestCaseError> {
        let mut seen = BTreeSet::new();
        run.iter().try_for_each(|outcome| check(outcome, self.sealed, &mut seen))
    }
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

fn closes(outcome: &Outcome<TopicStorm>) -> bool {
    state::round(&outcome.before).is_some() && state::round(&outcome.after).is_none()
}

/// What is true of every step.
fn check(outcome: &Outcome<TopicStorm>, sealed: bool, seen: &mut BTreeSet<u32>) -> Result<(), TestCaseError> {
    let act = outcome.act();
    let (before, after) = (topics_of(&outcome.before), topics_of(&outcome.after));
    for number in after.keys().filter(|number| !before.contains_key(number)) {
        prop_assert!(seen.insert(*number), "{} was given twice", number);
    }
    // Nothing is lost but by being forgotten, with its author or after its time.
    for (number, topic) in &before {
        let forgotten = matches!(act, Some(TopicAct::Forgets(who)) if topic.by.as_ref() == Some(&person(*who)));
        let over = matches!(act, None | Some(TopicAct::Passes(_))) && topic.status != Status::Open;
        prop_assert!(forgotten || over || after.contains_key(number), "{} is lost", number);
    }
    for (number, topic) in &after {
        let circle = |other: &&Topic| matches!(other.status, Status::Merged { into, .. } if into == *number);
        if let Status::Merged { into, .. } = topic.status {
            prop_assert!(after.get(&into).filter(|other| circle(other)).is_none(), "{} goes in a circle", number);
        }
    }
    // The count: dots are published once, none too many, and nothing beside them.
    let results: Vec<&str> = outcome
        .effects()
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
    } else if !matches!(act, Some(TopicAct::Says(_, _, said)) if said.starts_with("merge")) {
        prop_assert_eq!(grown, 0, "counted before the close");
    }
    // What was sealed is said to nobody but its author, and nothing of a vote outlives it.
    for effect in outcome.effects() {
        if let Effect::Send(Outgoing::Message(message)) = effect {
            prop_assert!(!sealed || !message.body.contains("Your dots for topics"), "unsealed: {:?}", message.body);
        }
        if let Effect::SendSealed(Sealed { scope, .. }) = effect {
            let open = format!("sealed/{scope}/");
            prop_assert!(rows(&outcome.after).iter().any(|(key, _)| key.starts_with(&open)), "{} is not open", scope);
        }
    }
    if state::round(&outcome.after).is_none() {
        let sealed = outcome.after.all::<SealedVoteOf>().count();
        let left = sealed + outcome.after.all::<VoteOf>().count() + outcome.after.all::<AskedOf>().count();
        prop_assert_eq!(left, 0);
    }
    if let Some(TopicAct::Forgets(who)) = act {
        let kept = format!("{:?}", outcome.after);
        prop_assert!(!kept.contains(person(*who).as_str()), "{}", kept);
    }
    Ok(())
}

/// Three topics, a list, and a vote.
fn start() -> Vec<TopicAct> {
    let add = (1..4).map(|number| TopicAct::Says(1, "lobby", format!("add Topic {number}")));
    add.chain(["list", "vote"].map(|said| TopicAct::Says(0, "lobby", said.to_owned()))).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn nothing_is_lost_counted_twice_or_told_early(acts in begun_by(start(), act(), 0..70), sealed in any::<bool>()) {
        weather(&TopicStorm { sealed }, &acts.and(TopicAct::Says(0, "lobby", "close".to_owned())))?;
    }
}
