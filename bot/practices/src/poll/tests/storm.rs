//! A poll under a storm: votes, redactions, all in any order and more than once. What counts is what the rules say.

use jiff::Timestamp;
use proptest::{collection::vec, prelude::*};

use crate::records::RecordSet as _;
use crate::{
    Ctx, Effect, Event, EventId, Input, MessageRef, Outgoing, Practice as _, Records, UserId,
    boards::Boards,
    dialogue::{Dialogue, room_id, user},
    poll::{Closed, Open, Poll, Settings, State, Wording, state::PollAt},
    practice::World,
    storm::{Course, Outcome, Storm, Time, in_weather, weather},
};

const PEOPLE: usize = 3;
const ANSWERS: usize = 3;

#[derive(Clone, Debug)]
struct Cast {
    person: usize,
    at: i64,
    answers: Vec<usize>,
    redacted: bool,
}

/// Votes, and the order in which they and their redactions arrive: each vote once for each time its number stands
/// there; where it is redacted, the second time is the redaction.
fn storm() -> impl Strategy<Value = (Vec<Cast>, Vec<usize>)> {
    let cast = (0..PEOPLE, 0..8i64, vec(0..=ANSWERS, 0..3), prop::bool::weighted(0.3))
        .prop_map(|(person, at, answers, redacted)| Cast { person, at, answers, redacted });
    vec(cast, 0..16).prop_flat_map(|votes| {
        let order: Vec<_> = (0..votes.len()).flat_map(|number| [number; 2]).collect();
        (Just(votes), Just(order).prop_shuffle())
    })
}

fn instant(at: i64) -> Timestamp {
    Timestamp::from_second(1_791_190_800 + at).unwrap()
}

fn vote(number: usize) -> EventId {
    EventId::from(format!("$v{number:02}"))
}

/// What a literal reading of the rules gives, from the votes that were not redacted.
fn expected(votes: &[Cast], end: i64) -> (Vec<u64>, u64, u64) {
    let (mut counts, mut voters, mut spoilt) = (vec![0; ANSWERS], 0, 0);
    for person in 0..PEOPLE {
        let last = (votes.iter().enumerate())
            .filter(|(_, vote)| vote.person == person && !vote.redacted && vote.at <= end)
            .max_by_key(|(number, vote)| (vote.at, *number));
        match last.map(|(_, vote)| vote.answers.as_slice()) {
            None | Some([]) => {}
            Some(answers) if answers.contains(&0) => spoilt += 1,
            Some(answers) => {
                voters += 1;
                counts[answers[0] - 1] += 1;
            }
        }
    }
    (counts, voters, spoilt)
}

/// The records of a poll that was asked for and not yet voted in.
fn asked(end: i64) -> Records<Poll> {
    let open = Open {
        room: room_id("lobby"),
        thread: None,
        event: None,
        by: Some(user("ana")),
        ids: (1..=ANSWERS).map(|id| id.to_string()).collect(),
        wording: Some(Wording { question: "?".into(), answers: vec![String::new(); ANSWERS] }),
        max: 1,
        stable: false,
        opened: instant(0),
        closes: Some(instant(end)),
        ending: None,
    };
    let mut records = Records::default();
    records.insert(PollAt::of(&"$ask".into()), State::Open(Box::new(open)));
    records
}

/// What happens in the room of a poll.
#[derive(Clone, Debug)]
enum PollAct {
    Asks,
    /// A vote by its number, perhaps before it is known what the poll became.
    Votes(usize, bool),
    Removes(usize),
    Ends,
    /// Until late votes are no longer waited for.
    Waits,
}

/// A poll with these votes, which ends at that second.
#[derive(Clone, Debug)]
struct PollStorm {
    votes: Vec<Cast>,
    end: i64,
}

impl Storm for PollStorm {
    type Of = Poll;
    type Act = PollAct;

    fn begin(&self) -> Dialogue {
        Dialogue::new()
    }

    fn act(&self, talk: &mut Dialogue, _: u32, act: &PollAct) {
        let room = room_id("lobby");
        let key = PollAt::of(&Dialogue::event_of(0)).name();
        if !matches!(act, PollAct::Asks) {
            // Nothing is read before it was sent.
            talk.now = talk.now.max(instant(8));
        }
        match act {
            PollAct::Asks => drop(talk.says("ana", "lobby", "!hearth poll Which? A | B | C")),
            PollAct::Votes(number, known) => {
                let cast = &self.votes[*number];
                let (_, event, key) = talk.message("poll", &key);
                let voted = Event::Voted {
                    by: UserId::from(format!("@{}:t", cast.person)),
                    room,
                    event: vote(*number),
                    poll: MessageRef { event, key: known.then_some(key) },
                    answers: cast.answers.iter().map(ToString::to_string).collect(),
                    at: instant(cast.at),
                    cleartext: true,
                };
                talk.happens_for("poll", &voted);
            }
            PollAct::Removes(number) => {
                talk.happens(&Event::Redacted { room, event: vote(*number), key: None, at: talk.now });
            }
            PollAct::Ends => {
                let (_, event, key) = talk.message("poll", &key);
                let (by, at) = (user("hearth"), instant(self.end));
                let poll = MessageRef { event, key: Some(key) };
                talk.happens_for("poll", &Event::PollEnded { by, room, poll, at, may_redact: true });
            }
            PollAct::Waits => {}
        }
    }

    fn time(&self, act: &PollAct) -> Option<Time> {
        matches!(act, PollAct::Waits).then_some(Time::Awake(60 * 24 * 4))
    }

    fn room(&self, act: &PollAct) -> Option<String> {
        (!matches!(act, PollAct::Waits)).then(|| "lobby".to_owned())
    }

    /// Not so far that late votes are no longer waited for.
    fn jumps(&self) -> &'static [i64] {
        &[1]
    }

    fn check(&self, run: &[Outcome<Self>]) -> Result<(), TestCaseError> {
        let last = run.last().unwrap();
        prop_assert_eq!(result(&last.after)?, expected(&self.votes, self.end));
        let effects = || run.iter().flat_map(Outcome::effects);
        let told = effects().filter(|effect| match effect {
            Effect::Send(Outgoing::Message(message)) => {
                message.key.as_ref().is_some_and(|key| key.as_str().starts_with("result/"))
            }
            _ => false,
        });
        prop_assert_eq!(told.count(), 1, "one closing message, corrected in place");
        let mut logged: Vec<_> =
            effects().filter_map(|effect| if let Effect::Log(row) = effect { Some(row) } else { None }).collect();
        let all = logged.len();
        logged.sort_by_key(|row| (row.kind, row.by.clone()));
        logged.dedup_by_key(|row| (row.kind, row.by.clone()));
        prop_assert_eq!(all, logged.len(), "nothing is logged twice");
        Ok(())
    }
}

/// The votes and what is removed of them, as they arrive: all of it twice, the first `unknown` times without the poll's
/// key, because it is not known yet what the poll became; and the poll's end before the event at `ends_before` or after
/// all of them.
fn arriving(votes: &[Cast], order: &[usize], unknown: usize, ends_before: usize) -> Vec<PollAct> {
    let mut acts = vec![PollAct::Asks];
    let mut seen = vec![0; votes.len()];
    for round in 0..2 {
        for (place, &number) in order.iter().enumerate() {
            acts.extend((round == 0 && place == ends_before).then_some(PollAct::Ends));
            seen[number] += 1;
            let is_removed = votes[number].redacted && seen[number] == 2;
            acts.push(match is_removed {
                true => PollAct::Removes(number),
                false => PollAct::Votes(number, round > 0 || place >= unknown),
            });
        }
        acts.extend((round == 0 && ends_before >= order.len()).then_some(PollAct::Ends));
    }
    acts.push(PollAct::Waits);
    acts
}

#[test]
fn a_vote_writes_one_row_however_many_have_voted() {
    let stage = Dialogue::new();
    let world = World {
        now: instant(0),
        seed: 0,
        secret_seed: [0; 32],
        words: stage.words,
        community: &stage.community,
        practices: crate::registry::ALL.catalogue(),
        overrides: &stage.overrides,
        boards: &Boards::default(),
        present: crate::alone::everywhere(),
    };
    let ctx = Ctx { settings: &Settings::default(), world: &world };
    let mut records = asked(10);
    records.changes();
    for number in 0..5_000 {
        let voted = Event::Voted {
            by: UserId::from(format!("@{number}:t")),
            room: room_id("lobby"),
            event: vote(number),
            poll: MessageRef { event: EventId::from("$poll"), key: Some("poll/$ask".into()) },
            answers: vec!["1".to_owned()],
            at: instant(1),
            cleartext: true,
        };
        Poll::react(&mut records, &ctx, &Input::Event(&voted));
        assert!(Poll::next_tick(&records, &ctx).is_some());
        assert_eq!(records.changes().len(), if number == 0 { 2 } else { 1 }, "the first vote tells what the poll is");
    }
}

/// The result of the one poll, when late votes are no longer waited for; nothing else is left.
fn result(records: &Records<Poll>) -> Result<(Vec<u64>, u64, u64), TestCaseError> {
    prop_assert_eq!(records.dump().len(), 1);
    let rows: Vec<_> = records.all::<PollAt>().collect();
    let [(_, State::Closed(Closed { counts, voters, spoilt, recount: None, .. }))] = rows.as_slice() else {
        return Err(TestCaseError::fail(format!("{rows:?}")));
    };
    Ok((counts.clone(), *voters, *spoilt))
}

/// A poll without removals, whose end comes at any time.
fn in_time() -> impl Strategy<Value = (PollStorm, Course<PollAct>)> {
    (storm(), 0..32usize, 0..8i64).prop_flat_map(|((votes, order), ends_before, end)| {
        let votes: Vec<_> = votes.into_iter().map(|vote| Cast { redacted: false, ..vote }).collect();
        let acts = arriving(&votes, &order, 0, ends_before);
        (Just(PollStorm { votes, end }), in_weather(acts))
    })
}

/// A poll whose end comes after all votes.
fn in_any_order() -> impl Strategy<Value = (PollStorm, Course<PollAct>)> {
    (storm(), 0..32usize, 0..8i64).prop_flat_map(|((votes, order), unknown, end)| {
        let acts = arriving(&votes, &order, unknown, order.len());
        (Just(PollStorm { votes, end }), in_weather(acts))
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn a_vote_that_was_cast_in_time_counts_however_late_it_comes((poll, acts) in in_time()) {
        weather(&poll, &acts)?;
    }

    #[test]
    fn order_repetition_and_redaction_leave_the_result_that_the_rules_give((poll, acts) in in_any_order()) {
        weather(&poll, &acts)?;
    }
}
