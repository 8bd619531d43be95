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
        let order: Vec<_> = (0..votes.len()).flat_map(|number| [number; 4]).collect();
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

/// Everything that happens, delivered to the practice, the first `unknown` times without the poll's key, because it is
/// not known yet what the poll became; the poll's end thrice, before the event at `ends_before` or after all of them; the
/// records at the end, and what was logged and said.
fn weather(
    votes: &[Cast],
    order: &[usize],
    unknown: usize,
    end: i64,
    ends_before: usize,
) -> (Records<Poll>, Vec<Effect>) {
    let stage = Dialogue::new();
    let overrides = stage.overrides.clone();
    let board = Boards::default();
    let world = World {
        now: instant(0),
        seed: 0,
        lot: [0; 32],
        words: stage.words,
        community: &stage.community,
        practices: crate::registry::ALL.catalogue(),
        overrides: &overrides,
        boards: &board,
        present: crate::dialogue::everywhere(),
    };
    let ctx = Ctx { settings: &Settings::default(), world: &world };
    let room = room_id("lobby");
    let poll = MessageRef { event: EventId::from("$poll"), key: Some("poll/$ask".into()) };
    let unkeyed = MessageRef { key: None, ..poll.clone() };
    let mut records = asked(end);
    let mut effects = Vec::new();
    let mut tell = |records: &mut Records<Poll>, event: &Event| {
        effects.extend(Poll::react(records, &ctx, &Input::Event(event)));
    };
    let mut seen = vec![0; votes.len()];
    let ended = Event::PollEnded {
        by: user("hearth"),
        room: room.clone(),
        poll: poll.clone(),
        at: instant(end),
        may_redact: true,
    };
    for round in 0..2 {
        for (place, &number) in order.iter().enumerate() {
            if round == 0 && place == ends_before {
                (0..3).for_each(|_| tell(&mut records, &ended));
            }
            seen[number] += 1;
            let cast = &votes[number];
            let event = if cast.redacted && seen[number] == 2 {
                Event::Redacted { room: room.clone(), event: vote(number), key: None }
            } else {
                Event::Voted {
                    by: UserId::from(format!("@{}:t", cast.person)),
                    room: room.clone(),
                    event: vote(number),
                    poll: if round == 0 && place < unknown { unkeyed.clone() } else { poll.clone() },
                    answers: cast.answers.iter().map(ToString::to_string).collect(),
                    at: instant(cast.at),
                }
            };
            tell(&mut records, &event);
        }
        if round == 0 && ends_before >= order.len() {
            (0..3).for_each(|_| tell(&mut records, &ended));
        }
    }
    (records, effects)
}

#[test]
fn a_vote_writes_one_row_however_many_have_voted() {
    let stage = Dialogue::new();
    let world = World {
        now: instant(0),
        seed: 0,
        lot: [0; 32],
        words: stage.words,
        community: &stage.community,
        practices: crate::registry::ALL.catalogue(),
        overrides: &stage.overrides,
        boards: &Boards::default(),
        present: crate::dialogue::everywhere(),
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
        };
        Poll::react(&mut records, &ctx, &Input::Event(&voted));
        assert!(Poll::wake(&records, &ctx).is_some());
        assert_eq!(records.changes().len(), if number == 0 { 2 } else { 1 }, "the first vote tells what the poll is");
    }
}

/// The result of the one poll, when late votes are no longer waited for; nothing else is left.
fn result(records: &mut Records<Poll>) -> Result<(Vec<u64>, u64, u64), TestCaseError> {
    crate::poll::events::finish(records, &PollAt::of(&"$ask".into()));
    prop_assert_eq!(records.dump().len(), 1);
    let rows: Vec<_> = records.all::<PollAt>().collect();
    let [(_, State::Closed(Closed { counts, voters, spoilt, recount: None, .. }))] = rows.as_slice() else {
        return Err(TestCaseError::fail(format!("{rows:?}")));
    };
    Ok((counts.clone(), *voters, *spoilt))
}

proptest! {
    #[test]
    fn a_vote_that_was_cast_in_time_counts_however_late_it_comes(
        (votes, order) in storm(),
        ends_before in 0..32usize,
        end in 0..8i64,
    ) {
        let votes: Vec<_> = votes.into_iter().map(|vote| Cast { redacted: false, ..vote }).collect();
        let (mut records, effects) = weather(&votes, &order, 0, end, ends_before);
        prop_assert_eq!(result(&mut records)?, expected(&votes, end));
        let told = effects.iter().filter(|effect| matches!(effect, Effect::Send(Outgoing::Message(_)))).count();
        prop_assert_eq!(told, 1, "one closing message, corrected in place");
    }

    #[test]
    fn order_repetition_and_redaction_leave_the_result_that_the_rules_give(
        (votes, order) in storm(),
        unknown in 0..32usize,
        end in 0..8i64,
    ) {
        let (mut records, effects) = weather(&votes, &order, unknown, end, order.len());
        prop_assert_eq!(result(&mut records)?, expected(&votes, end));

        let said = effects.iter().filter(|effect| matches!(effect, Effect::Send(Outgoing::Message(_)))).count();
        prop_assert_eq!(said, 1, "one closing message");
        let mut logged: Vec<_> =
            effects.iter().filter_map(|effect| if let Effect::Log(row) = effect { Some(row) } else { None }).collect();
        let all = logged.len();
        logged.sort_by_key(|row| (row.kind, row.by.clone()));
        logged.dedup_by_key(|row| (row.kind, row.by.clone()));
        prop_assert_eq!(all, logged.len(), "nothing is logged twice");
    }
}
