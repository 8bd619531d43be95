//! Many rooms are replaced at once, on a homeserver that limits joins.

use std::{collections::BTreeSet, time::Duration};

use hearth_practices::Attention;
use jiff::SignedDuration;
use matrix_sdk::ruma::api::error::{LimitExceededErrorData, RetryAfter as RumaRetryAfter};

use super::*;
use crate::sending::{Class, Job, NotNow, Row, Schedule};

fn at(millis: i64) -> Timestamp {
    Timestamp::from_millisecond(millis).unwrap()
}

fn limit(wait: Duration) -> ErrorKind {
    let mut data = LimitExceededErrorData::new();
    data.retry_after = Some(RumaRetryAfter::Delay(wait));
    ErrorKind::LimitExceeded(data)
}

fn room(number: usize) -> Followed {
    (OwnedRoomOrAliasId::try_from(format!("!new{number:02}:t")).unwrap(), Vec::new())
}

fn message(id: i64) -> Row {
    Row {
        id,
        lane: format!("room {id}"),
        attention: Attention::Prompt,
        class: Class::Message,
        direct: false,
        attempts: 0,
        not_before: at(0),
        expires: None,
        after: None,
        needs_room: None,
    }
}

/// A homeserver that lets three join at once, and one more each ten seconds.
struct Homeserver {
    left: f64,
    filled: Timestamp,
    joined: BTreeSet<OwnedRoomOrAliasId>,
    /// Until when it has asked for patience.
    asked: Timestamp,
    refusals: usize,
}

impl Homeserver {
    fn join(&mut self, room: &OwnedRoomOrAliasId, now: Timestamp) -> Result<(), ErrorKind> {
        assert!(now >= self.asked, "asked for {room} at {now}, though not before {}", self.asked);
        self.left = (self.left + now.duration_since(self.filled).as_secs_f64() * 0.1).min(3.0);
        self.filled = now;
        if self.left < 1.0 {
            let wait = Duration::from_secs_f64((1.0 - self.left) * 10.0);
            (self.asked, self.refusals) = (now + SignedDuration::try_from(wait).unwrap(), self.refusals + 1);
            return Err(limit(wait));
        }
        self.left -= 1.0;
        self.joined.insert(room.clone());
        Ok(())
    }
}

/// The bot's side of it: what [`Matrix`](crate::matrix::Matrix) and the sending loop do with the answers.
#[derive(Default)]
struct Bot {
    backoff: Backoff,
    following: Following,
    schedule: Schedule,
    sent: Vec<(i64, Timestamp)>,
}

impl Bot {
    fn follows(&mut self, homeserver: &mut Homeserver, rooms: &[Followed], now: Timestamp) {
        for room in rooms.iter().filter(|(room, _)| !homeserver.joined.contains(room)).cloned().collect::<Vec<_>>() {
            if self.following.course(&self.backoff, &room, now) == Course::Join {
                let answer = homeserver.join(&room.0, now);
                let became = became(answer.as_ref().map_err(Some).copied(), now);
                self.following.note(&mut self.backoff, room, became, now);
            }
        }
    }

    fn sends(&mut self, homeserver: &mut Homeserver, now: Timestamp) {
        self.schedule.join(limited_until(&self.backoff), now);
        while let Some(job) = self.schedule.next(now) {
            match &job {
                Job::Join => {
                    let Some(room) = self.following.next() else { panic!("nothing waits to be joined") };
                    let answer = homeserver.join(&room.0, now);
                    let became = became(answer.as_ref().map_err(Some).copied(), now);
                    self.following.note(&mut self.backoff, room, became, now);
                    match became {
                        Became::Limited(asked) => {
                            self.schedule.refused(&job, NotNow::Limited(Some(asked)), Class::Join, now);
                        }
                        _ => {
                            self.following.ends(&mut self.backoff, false);
                            self.schedule.done(&job, now);
                        }
                    }
                    self.schedule.join(limited_until(&self.backoff), now);
                }
                Job::Send(id) => {
                    self.sent.push((*id, now));
                    self.schedule.done(&job, now);
                }
                other => panic!("{other:?}"),
            }
        }
    }
}

#[test]
fn joins_into_replaced_rooms_wait_as_long_as_the_homeserver_asks_and_hold_up_nothing_else() {
    let rooms: Vec<Followed> = (0..12).map(room).collect();
    let mut homeserver = Homeserver { left: 3.0, filled: at(0), joined: BTreeSet::new(), asked: at(0), refusals: 0 };
    let mut bot = Bot::default();
    for tick in 0..1_500i64 {
        let now = at(tick * 100);
        bot.follows(&mut homeserver, &rooms, now);
        if tick % 10 == 0 {
            bot.schedule.add(message(tick + 1), now);
        }
        bot.sends(&mut homeserver, now);
        // Whoever would wake only when there is news wakes for the next turn, too.
        if !bot.following.0.is_empty() {
            let next = bot.schedule.wakes(SignedDuration::from_secs(20), now);
            assert!(next.is_some_and(|next| next <= now + SignedDuration::from_secs(11)), "{now}: {next:?}");
        }
    }
    assert_eq!(homeserver.joined.len(), 12, "every room is followed");
    assert!(homeserver.refusals <= 12, "each turn is refused once at most: {}", homeserver.refusals);
    assert_eq!(bot.sent.len(), 150);
    // A join whose turn comes within a second goes first.
    let late = |(id, sent): &&(i64, Timestamp)| sent.duration_since(at((id - 1) * 100)).as_millis() > 1_000;
    assert_eq!(bot.sent.iter().find(late), None, "messages do not wait for joins");
    assert_eq!(limited_until(&bot.backoff), None, "the next room is joined at once");
}

#[test]
fn a_room_that_refuses_the_bot_does_not_hold_up_the_others() {
    let (mut backoff, mut following) = (Backoff::default(), Following::default());
    let (one, other) = (room(1), room(2));
    let soon = became(Err(Some(&limit(Duration::from_secs(10)))), at(0));
    following.note(&mut backoff, one.clone(), soon, at(0));
    assert_eq!(following.course(&backoff, &other, at(1)), Course::InTurn);
    assert_eq!(limited_until(&backoff), Some(at(10_000)));
    assert_eq!(following.next(), Some(one.clone()));
    let refused = became(Err(Some(&ErrorKind::Forbidden)), at(10_000));
    assert_eq!(refused, Became::Refused);
    following.note(&mut backoff, one.clone(), refused, at(10_000));
    assert_eq!(following.course(&backoff, &one, at(10_001)), Course::Later, "it is left alone for a while");
    following.ends(&mut backoff, false);
    assert!(limited_until(&backoff).is_some(), "the other one waits");
    assert_eq!(following.next(), Some(other.clone()));
    following.note(&mut backoff, other, Became::In, at(10_002));
    following.ends(&mut backoff, true);
    assert!(limited_until(&backoff).is_some(), "an invitation waits");
    following.ends(&mut backoff, false);
    assert_eq!(limited_until(&backoff), None);
    assert_eq!(following.course(&backoff, &one, at(30_000)), Course::Join);
}

#[test]
fn a_limit_that_lasts_long_and_silence_are_one_rooms_own() {
    let long = Duration::from_secs(600);
    let own = Became::Later(Some(RetryAfter::Delay(long)));
    assert_eq!(became(Err(Some(&limit(long))), at(0)), own);
    assert_eq!(became(Err(None), at(0)), Became::Later(None), "nobody has answered");
    let (mut backoff, mut following) = (Backoff::default(), Following::default());
    following.note(&mut backoff, room(1), own, at(0));
    assert_eq!(following.course(&backoff, &room(1), at(599_000)), Course::Later);
    assert_eq!(following.course(&backoff, &room(2), at(1)), Course::Join);
    assert_eq!(following.next(), None);
}
