//! What is sent next, step by step and against a homeserver that refuses at random.

mod expiry;
mod removals;

use proptest::prelude::*;

use super::{waiting::LONG, *};
use crate::sending::RetryAfter;

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(second).unwrap()
}

fn row(id: i64, lane: &str, attention: Attention) -> Row {
    let needs_room = lane.strip_prefix("person ").map(UserId::from);
    Row {
        id,
        lane: lane.to_owned(),
        attention,
        class: if lane.starts_with("remove") { Class::Removal } else { Class::Message },
        direct: lane.starts_with('@'),
        attempts: 0,
        not_before: at(0),
        expires: None,
        after: None,
        needs_room,
    }
}

fn schedule(rows: &[(i64, &str, Attention)]) -> Schedule {
    let mut schedule = Schedule::new();
    for (id, lane, importance) in rows {
        schedule.add(row(*id, lane, *importance), at(0));
    }
    schedule
}

/// What starts now, as many as may.
fn starts(schedule: &mut Schedule, now: i64) -> Vec<Job> {
    std::iter::from_fn(|| schedule.next(at(now))).collect()
}

fn limited(seconds: u64) -> NotNow {
    NotNow::Limited(Some(RetryAfter::Delay(Duration::from_secs(seconds))))
}

/// A nudge that is of use for ever.
const NUDGE: Attention = Attention::Nudge { until: Timestamp::MAX };

use Attention::{Answer, Housekeeping, Prompt, Sign};
use Job::{Expire, MakeRoom, Send};

#[test]
fn answers_go_before_prompts_before_nudges_before_housekeeping() {
    let mut schedule =
        schedule(&[(1, "a", Housekeeping), (2, "b", NUDGE), (3, "c", Prompt), (4, "d", Answer), (5, "e", Answer)]);
    assert_eq!(starts(&mut schedule, 0), [Send(4), Send(5), Send(3), Send(2)], "four at once");
    schedule.done(&Send(4), at(1));
    assert_eq!(starts(&mut schedule, 1), [Send(1)]);
}

#[test]
fn an_answer_behind_a_prompt_of_its_room_takes_it_along() {
    let mut schedule = schedule(&[(1, "a", Prompt), (2, "b", Prompt), (3, "b", Answer)]);
    assert_eq!(starts(&mut schedule, 0), [Send(2), Send(1)], "a lane keeps its order");
}

#[test]
fn nothing_waits_for_ever_behind_more_important_things() {
    let mut schedule = schedule(&[(1, "card", Housekeeping)]);
    for turn in 1..200 {
        for id in 0..4 {
            let id = turn * 10 + id;
            schedule.add(row(id, &format!("room {id}"), Answer), at(turn * 5));
        }
        let job = schedule.next(at(turn * 5)).unwrap();
        schedule.done(&job, at(turn * 5));
        if job == Send(1) {
            assert!(turn < 40);
            return;
        }
    }
    panic!("the edit was never sent");
}

#[test]
fn a_429_pauses_messages_once_and_then_one_request_tries() {
    let mut schedule = schedule(&[(1, "a", Answer), (2, "b", Answer), (3, "c", Answer), (4, "person @ana:t", Answer)]);
    let all = starts(&mut schedule, 0);
    assert_eq!(all, [Send(1), Send(2), Send(3), MakeRoom("@ana:t".into())]);
    for id in [1, 2, 3] {
        assert_eq!(schedule.refused(&Send(id), limited(5), Class::Message, at(0)), Verdict::Wait(at(0), false));
    }
    assert_eq!(starts(&mut schedule, 5), [], "the whole class pauses");
    assert_eq!(schedule.wakes(LONG, at(5)).map(|at| at.as_millisecond()), Some(5300));
    assert_eq!(starts(&mut schedule, 6), [Send(1)], "one tries whether it may");
    schedule.done(&Send(1), at(6));
    assert_eq!(starts(&mut schedule, 6), [Send(2)]);
}

#[test]
fn whoever_waits_for_a_room_takes_nobodys_place() {
    let mut rows: Vec<_> = (1..=30).map(|id| (id, format!("person @p{id}:t"), Answer)).collect();
    rows.push((31, "room".to_owned(), Housekeeping));
    let mut schedule = Schedule::new();
    for (id, lane, importance) in &rows {
        schedule.add(row(*id, lane, *importance), at(0));
    }
    let first = MakeRoom("@p1:t".into());
    let all: BTreeSet<Job> = starts(&mut schedule, 0).into_iter().collect();
    assert_eq!(all, BTreeSet::from([first.clone(), Send(31)]), "one room at a time");
    assert_eq!(schedule.refused(&first, limited(60), Class::Room, at(0)), Verdict::Wait(at(0), false));
    schedule.add(row(32, "room 2", Answer), at(1));
    assert_eq!(starts(&mut schedule, 1), [Send(32)]);
    assert_eq!(starts(&mut schedule, 64), [first]);
    assert_eq!(schedule.held(SignedDuration::from_secs(20), at(64)).len(), 30);
}

/// A homeserver with one bucket for messages and rooms, as Synapse has by default: ten at once, one more each five
/// seconds, and it says when the next is.
struct Bucket {
    left: f64,
    filled: f64,
    rooms: usize,
    joins: usize,
}

impl Bucket {
    fn empty() -> Self {
        Self { left: 0.0, filled: 0.0, rooms: 0, joins: 0 }
    }

    /// Answers everything that is on its way.
    fn answer(&mut self, schedule: &mut Schedule, now: Timestamp) -> Vec<i64> {
        let seconds = now.as_millisecond() as f64 / 1000.0;
        self.left = (self.left + (seconds - self.filled) * 0.2).min(10.0);
        self.filled = seconds;
        let mut sent = Vec::new();
        for job in schedule.flying.keys().cloned().collect::<Vec<_>>() {
            let class = schedule.flying[&job].class;
            if self.left < 1.0 {
                let wait = Duration::from_secs_f64((1.0 - self.left) / 0.2);
                schedule.refused(&job, NotNow::Limited(Some(RetryAfter::Delay(wait))), class, now);
                continue;
            }
            self.left -= 1.0;
            match &job {
                Send(id) => sent.push(*id),
                MakeRoom(_) => self.rooms += 1,
                Job::Join => self.joins += 1,
                Expire(_) => {}
            }
            schedule.done(&job, now);
            if let MakeRoom(person) = &job {
                let rows = schedule.rows.values().map(|entry| match entry.row.needs_room.as_ref() == Some(person) {
                    true => Row { lane: person.to_string(), direct: true, needs_room: None, ..entry.row.clone() },
                    false => entry.row.clone(),
                });
                schedule.reload(rows.collect(), now);
            }
        }
        sent
    }
}

/// A busy bot for a while, half a second at a time. Gives when each row was sent, in seconds.
fn live(
    schedule: &mut Schedule,
    bucket: &mut Bucket,
    seconds: std::ops::Range<i64>,
    mut each: impl FnMut(&mut Schedule, i64),
) -> BTreeMap<i64, i64> {
    let mut sent = BTreeMap::new();
    for half in seconds.start * 2..seconds.end * 2 {
        let now = Timestamp::from_millisecond(half * 500).unwrap();
        if half % 2 == 0 {
            each(schedule, half / 2);
        }
        while schedule.next(now).is_some() {}
        sent.extend(bucket.answer(schedule, now).into_iter().map(|id| (id, half / 2)));
    }
    sent
}

#[test]
fn rooms_and_messages_have_their_turns_where_one_limit_holds_for_both() {
    let mut schedule = Schedule::new();
    for id in 1..=40 {
        schedule.add(row(id, &format!("person @p{id}:t"), Prompt), at(0));
        schedule.add(row(100 + id, &format!("room {id}"), Prompt), at(0));
    }
    let mut bucket = Bucket::empty();
    let sent = live(&mut schedule, &mut bucket, 0..200, |_, _| ());
    let all = bucket.rooms + sent.len();
    assert!((30..=40).contains(&all), "what the homeserver lets through is used: {all}");
    assert!((all / 3..=all / 2 + 2).contains(&bucket.rooms), "{} rooms of {all}", bucket.rooms);
}

#[test]
fn answers_in_rooms_come_within_seconds_while_sixty_people_wait_for_rooms_papers_signs_and_receipts() {
    let mut schedule = Schedule::new();
    for id in 1..=60 {
        schedule.add(row(id, &format!("person @p{id}:t"), Prompt), at(0));
        schedule.add(row(100 + id, &format!("react {id}"), Sign), at(0));
        schedule.add(row(200 + id, &format!("@q{id}:t"), Answer), at(0));
        schedule.add(row(300 + id, &format!("remove {id}"), Housekeeping), at(0));
    }
    let mut bucket = Bucket::empty();
    let sent = live(&mut schedule, &mut bucket, 0..2000, |schedule, second| {
        if second % 60 == 30 {
            schedule.add(row(1000 + second, "room", Answer), at(second));
        }
    });
    let waits: Vec<i64> = sent.iter().filter(|(id, _)| **id >= 1000).map(|(id, at)| at + 1000 - id).collect();
    assert!(waits.len() >= 33 && waits.iter().all(|wait| *wait <= 17), "{waits:?}");
    assert_eq!(bucket.rooms, 60);
    assert!((1..=360).filter(|id| id % 100 >= 1 && id % 100 <= 60).all(|id| sent.contains_key(&id)), "nothing is left");
}

#[test]
fn what_is_refused_keeps_the_turn_of_what_has_waited_longest() {
    // A card is edited under a load that never ends: each message is refused once before it goes through.
    let mut schedule = schedule(&[(1, "card", Housekeeping)]);
    let sent = live(&mut schedule, &mut Bucket::empty(), 0..200, |schedule, second| {
        schedule.add(row(1000 + second, &format!("room {second}"), Answer), at(second));
    });
    assert!(sent.get(&1).is_some_and(|at| *at <= 60), "{:?}", sent.get(&1));
}

#[test]
fn who_writes_first_is_heard_while_rooms_and_papers_wait() {
    let mut schedule = Schedule::new();
    for id in 1..=60 {
        schedule.add(row(id, &format!("person @p{id}:t"), Prompt), at(0));
        schedule.add(row(100 + id, &format!("@q{id}:t"), Prompt), at(0));
    }
    let mut bucket = Bucket::empty();
    live(&mut schedule, &mut bucket, 0..60, |_, _| ());
    live(&mut schedule, &mut bucket, 60..80, |schedule, second| schedule.join(Some(at(second)), at(second)));
    assert!((2..=4).contains(&bucket.joins), "{} joins", bucket.joins);
}

#[test]
fn of_signs_the_newest_goes_first() {
    let mut schedule = schedule(&[(1, "react 1", Sign), (2, "room", Prompt)]);
    schedule.add(row(3, "react 3", Sign), at(5));
    assert_eq!(starts(&mut schedule, 5), [Send(3), Send(1), Send(2)]);
}

#[test]
fn the_signs_of_a_crowd_do_not_hold_up_its_papers() {
    let mut schedule = Schedule::new();
    for id in 1..=60 {
        schedule.add(row(id, &format!("@p{id}:t"), Prompt), at(0));
        schedule.add(row(100 + id, &format!("react {id}"), Sign), at(0));
    }
    let sent = live(&mut schedule, &mut Bucket::empty(), 0..700, |_, _| ());
    let papers: Vec<i64> = sent.iter().filter(|(id, _)| **id <= 60).map(|(_, at)| *at).collect();
    assert!(papers.len() == 60 && papers.iter().filter(|at| **at <= 300).count() >= 30, "{papers:?}");
    assert!(sent.len() == 120, "{} sent", sent.len());
}

#[test]
fn a_person_with_a_room_leaves_the_queue_at_once() {
    let mut schedule = schedule(&[(1, "person @ana:t", Answer), (2, "person @ana:t", Answer)]);
    assert_eq!(starts(&mut schedule, 0), [MakeRoom("@ana:t".into())]);
    // They write to the bot before the room is made.
    schedule.reload(vec![row(1, "!ana:t", Answer), row(2, "!ana:t", Answer)], at(1));
    assert_eq!(starts(&mut schedule, 1), [Send(1)]);
    schedule.done(&MakeRoom("@ana:t".into()), at(2));
    schedule.done(&Send(1), at(2));
    assert_eq!(starts(&mut schedule, 2), [Send(2)]);
}

#[test]
fn while_invitations_pause_nobody_else_is_invited_and_it_is_not_counted_against_them() {
    let mut schedule = schedule(&[(1, "person @ana:t", Prompt), (2, "person @ben:t", Prompt), (3, "room", Answer)]);
    let room = |who: &str| MakeRoom(who.into());
    assert_eq!(starts(&mut schedule, 0), [Send(3), room("@ana:t")]);
    // The room was made; the invitation to it was refused.
    schedule.refused(&room("@ana:t"), limited(30), Class::Invitation, at(0));
    schedule.done(&Send(3), at(1));
    assert_eq!(starts(&mut schedule, 20), []);
    assert_eq!(starts(&mut schedule, 35), [room("@ana:t")]);
    schedule.done(&room("@ana:t"), at(35));
    schedule.reload(vec![row(2, "person @ben:t", Prompt)], at(35));
    assert_eq!(starts(&mut schedule, 35), [room("@ben:t")]);
}

#[test]
fn who_writes_first_is_served_before_those_whose_rooms_the_bot_made() {
    let mut schedule = schedule(&[(1, "person @ana:t", Prompt), (2, "person @ben:t", Prompt), (3, "room", Answer)]);
    schedule.add(row(4, "person @eve:t", Prompt), at(1));
    let room = MakeRoom("@ana:t".into());
    assert_eq!(starts(&mut schedule, 1), [Send(3), room.clone()]);
    schedule.done(&Send(3), at(1));
    schedule.done(&room, at(1));
    // Ana's room was made, and eve writes to the bot; ben still waits.
    let rows = || vec![row(1, "@ana:t", Prompt), row(2, "person @ben:t", Prompt), row(4, "@eve:t", Prompt)];
    schedule.reload(rows(), at(2));
    schedule.reload(rows(), at(2));
    assert_eq!(schedule.next(at(2)), Some(Send(4)));
    assert_eq!(schedule.next(at(2)), Some(Send(1)));
}

#[test]
fn what_is_on_its_way_keeps_its_lane_busy_when_its_row_went() {
    let mut schedule = schedule(&[(1, "card", Housekeeping)]);
    assert_eq!(starts(&mut schedule, 0), [Send(1)]);
    // A newer edit replaced it.
    schedule.reload(vec![row(2, "card", Housekeeping)], at(0));
    assert_eq!(starts(&mut schedule, 0), []);
    schedule.done(&Send(1), at(1));
    assert_eq!(starts(&mut schedule, 1), [Send(2)]);
}

#[test]
fn what_somebody_else_must_send_first_is_waited_for() {
    let mut schedule = schedule(&[(1, "room", Prompt)]);
    schedule.add(Row { after: Some(1), ..row(2, "card", Housekeeping) }, at(0));
    assert_eq!(starts(&mut schedule, 0), [Send(1)]);
    schedule.done(&Send(1), at(0));
    assert_eq!(starts(&mut schedule, 0), [Send(2)]);
}

#[test]
fn an_absent_homeserver_is_tried_by_one_request_at_a_time() {
    let mut schedule = schedule(&[(1, "a", Answer), (2, "b", Answer), (3, "person @ana:t", Answer)]);
    let all = starts(&mut schedule, 0);
    for job in &all {
        schedule.refused(job, NotNow::Absent, Class::Message, at(0));
    }
    assert_eq!(starts(&mut schedule, 0), []);
    assert_eq!(starts(&mut schedule, 2).len(), 1);
    let forever = (0..200).fold(2, |now, _| {
        let job = schedule.flying.keys().next().cloned().unwrap();
        assert_ne!(schedule.refused(&job, NotNow::Absent, Class::Message, at(now)), Verdict::GiveUp);
        let mut now = now;
        while schedule.flying() == 0 {
            now = schedule.wakes(LONG, at(now)).unwrap().as_second() + 1;
            schedule.next(at(now));
        }
        now
    });
    assert!(forever > 3600, "absence is no reason to give anything up");
}

#[test]
fn what_fails_while_others_go_through_is_given_up_after_most_of_an_hour() {
    let mut schedule = schedule(&[(1, "a", Answer)]);
    let mut now = 0;
    for tried in 1.. {
        schedule.add(row(100 + tried, &format!("b{tried}"), Prompt), at(now));
        let mut verdict = None;
        for job in starts(&mut schedule, now) {
            match job {
                Send(1) => verdict = Some(schedule.refused(&job, NotNow::Failing, Class::Message, at(now))),
                job => schedule.done(&job, at(now)),
            }
        }
        match verdict {
            Some(Verdict::GiveUp) => break,
            Some(Verdict::Wait(until, _)) => now = until.as_second() + 1,
            None => now += 1,
        }
    }
    assert!((1200..4000).contains(&now), "{now}");
}

#[test]
fn a_limit_of_one_persons_own_holds_up_nobody_else() {
    let mut schedule = schedule(&[(1, "person @ana:t", Answer), (2, "person @ben:t", Answer)]);
    assert_eq!(starts(&mut schedule, 0), [MakeRoom("@ana:t".into())]);
    let verdict = schedule.refused(&MakeRoom("@ana:t".into()), limited(300), Class::Room, at(0));
    assert_eq!(verdict, Verdict::Wait(at(300), false));
    assert_eq!(starts(&mut schedule, 10), [MakeRoom("@ben:t".into())]);
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(300) })]

    /// Whatever a homeserver refuses, as long as it takes things in the end: nothing is on its way twice, no lane is
    /// out of order, and in the end nothing waits.
    #[test]
    fn no_lane_is_ever_stuck_and_nothing_is_sent_twice(
        rows in prop::collection::vec((0..8u8, 0..4i64, prop::option::of(0..5usize)), 1..60),
        dice in prop::collection::vec(0..100u8, 1..400),
        tick in 1..30i64,
    ) {
        let (mut dice, mut now) = (dice.into_iter().cycle(), 0i64);
        let mut schedule = Schedule::new();
        let mut known: BTreeMap<i64, Row> = BTreeMap::new();
        let mut rooms: BTreeSet<UserId> = BTreeSet::new();
        let mut waiting: Vec<Row> = rows
            .iter()
            .zip(1..)
            .map(|((lane, importance, after), id)| {
                let lane = match lane {
                    0..4 => format!("person @p{lane}:t"),
                    7 => "remove $e".to_owned(),
                    _ => format!("room {lane}"),
                };
                let mut row = row(id, &lane, Attention::from_code(*importance, None));
                // Of another lane, or it waits for what it is behind anyway.
                row.after = after.and_then(|back| id.checked_sub(i64::try_from(back).unwrap_or(1) + 1)).filter(|after| *after > 0);
                row
            })
            .collect();
        waiting.reverse();
        let mut flying: Vec<Job> = Vec::new();
        let mut sent: Vec<i64> = Vec::new();
        for step in 0..5_000 {
            now += tick;
            if let Some(mut row) = waiting.pop() {
                if row.needs_room.as_ref().is_some_and(|person| rooms.contains(person)) {
                    row.lane = format!("!{}", row.lane);
                    row.needs_room = None;
                }
                known.insert(row.id, row.clone());
                schedule.add(row, at(now));
            }
            while let Some(job) = schedule.next(at(now)) {
                prop_assert!(!flying.contains(&job), "{job:?} is on its way twice");
                if let Send(id) = &job {
                    let lane = &known[id].lane;
                    let first = known.values().filter(|row| row.lane == *lane).map(|row| row.id).min();
                    prop_assert_eq!(first, Some(*id), "a lane keeps its order");
                    prop_assert!(known[id].after.is_none_or(|after| !known.contains_key(&after)));
                    prop_assert!(known[id].needs_room.is_none());
                }
                flying.push(job);
                prop_assert!(flying.len() <= AT_ONCE + 1);
            }
            if flying.is_empty() && waiting.is_empty() && known.is_empty() {
                break;
            }
            // In the end the homeserver takes everything.
            let die = if step < 1000 { dice.next().unwrap_or(0) } else { 99 };
            if flying.is_empty() || die < 20 {
                continue;
            }
            let job = flying.remove(usize::from(die) % flying.len());
            let class = match (&job, die % 5) {
                (MakeRoom(_), _) => Class::Room,
                (_, 0) => Class::Invitation,
                (Send(id), _) if known[id].class == Class::Removal => Class::Removal,
                _ => Class::Message,
            };
            let why = match die {
                20..40 => Some(limited(u64::from(die) % 7)),
                40..45 => Some(NotNow::Limited(None)),
                45..50 => Some(limited(200)),
                50..55 => Some(NotNow::Absent),
                _ => None,
            };
            match (why, &job) {
                (Some(why), _) => drop(schedule.refused(&job, why, class, at(now))),
                (None, Send(id)) => {
                    prop_assert!(!sent.contains(id));
                    sent.push(*id);
                    known.remove(id);
                    schedule.done(&job, at(now));
                }
                (None, MakeRoom(person)) => {
                    rooms.insert(person.clone());
                    for row in known.values_mut().filter(|row| row.needs_room.as_ref() == Some(person)) {
                        row.lane = format!("!{}", row.lane);
                        row.needs_room = None;
                    }
                    schedule.done(&job, at(now));
                    schedule.reload(known.values().cloned().collect(), at(now));
                }
                (None, Expire(_) | Job::Join) => unreachable!(),
            }
        }
        sent.sort_unstable();
        prop_assert_eq!(sent, (1..=i64::try_from(rows.len()).unwrap()).collect::<Vec<_>>());
        prop_assert!(schedule.is_empty() && schedule.flying() == 0);
    }
}
