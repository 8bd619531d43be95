//! What became of a message: was it answered, reacted to, or followed by somebody else in time.

use std::collections::HashMap;

use hearth_shared::activity::Kind;

use crate::{
    calendar::HOUR,
    index::{Index, Numbering},
    log::{Log, NOTHING},
};

/// How long a reply or a reaction may take to count, in milliseconds: 72 hours.
pub const WINDOW: i64 = 72 * HOUR;

/// How soon the next speaker must speak to count as an answer, in milliseconds: 60 minutes.
const NEXT_SPEAKER: i64 = HOUR;

/// What became of one message.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Outcome {
    /// Who wrote it.
    pub person: i32,
    /// Minutes to the first reply by somebody else within [`WINDOW`].
    pub minutes: Option<f64>,
    /// Whether somebody else reacted within [`WINDOW`].
    pub reacted: bool,
    /// Whether the next to speak in the same room and thread, within 60 minutes, was somebody else.
    pub followed: bool,
}

impl Outcome {
    /// Whether anybody answered in any way.
    pub fn acknowledged(&self) -> bool {
        self.minutes.is_some() || self.reacted || self.followed
    }
}

/// What became of the messages in these rows of the log, which ascend.
pub fn outcomes(log: &Log, targets: &[usize]) -> Vec<Outcome> {
    let mut outcomes: Vec<Outcome> = targets
        .iter()
        .map(|row| Outcome { person: log.person[*row], minutes: None, reacted: false, followed: false })
        .collect();
    let (Some(first), Some(last)) = (targets.first(), targets.last()) else { return outcomes };
    let from = log.ts.partition_point(|ts| *ts < log.ts[*first]);
    let until = log.ts.partition_point(|ts| *ts <= log.ts[*last].saturating_add(WINDOW));
    let lookup = Targets::new(log, targets);
    let askers: Vec<(i32, i64)> = targets.iter().map(|row| (log.person[*row], log.ts[*row])).collect();
    let mut conversations = Conversations::new(log, targets);
    // Of each target, which waits in the same place since before it.
    let mut earlier: Vec<Option<u32>> = vec![None; targets.len()];
    let mut next = 0;

    for row in from..until {
        let (person, ts) = (log.person[row], log.ts[row]);
        let answers = |target: usize| {
            let (asker, asked_at) = askers[target];
            (asker != person && (0..=WINDOW).contains(&(ts - asked_at))).then_some(ts - asked_at)
        };
        match log.kind[row] {
            Kind::Reaction => {
                if let Some(target) = lookup.by_id(log.reply_to[row])
                    && answers(target).is_some()
                {
                    outcomes[target].reacted = true;
                }
            }
            Kind::Message => {
                for target in lookup.answered_by(log, row).into_iter().flatten() {
                    if let (None, Some(gap)) = (outcomes[target].minutes, answers(target)) {
                        outcomes[target].minutes = Some(gap as f64 / 60_000.0);
                    }
                }
                let is_target = targets.get(next) == Some(&row);
                if let Some(here) = conversations.of(log, row) {
                    if here.person != Some(person) {
                        let mut waits = here.latest.take();
                        while let Some(target) = waits.map(|target| target as usize) {
                            outcomes[target].followed = ts - askers[target].1 <= NEXT_SPEAKER;
                            waits = earlier[target];
                        }
                        here.person = Some(person);
                    }
                    if is_target {
                        earlier[next] = here.latest.replace(next as u32);
                    }
                }
                next += usize::from(is_target);
            }
            _ => {}
        }
    }
    outcomes
}

/// The minutes to a reply of those messages that were replied to, each with the number of its author; and how many
/// authors there are.
pub fn owned_minutes(messages: &[Outcome]) -> (Vec<(usize, f64)>, usize) {
    let replied = || messages.iter().filter_map(|message| Some((message.person, message.minutes?)));
    let authors = Numbering::of(&replied().map(|(person, _)| person).collect::<Vec<_>>());
    let owned = replied().filter_map(|(person, minutes)| Some((authors.number(person)?, minutes)));
    (owned.collect(), authors.len())
}

/// Where messages by the same person wait for somebody else to speak.
#[derive(Clone, Copy, Default)]
struct Waiting {
    /// Of a thread: its room.
    room: Option<i32>,
    /// Who spoke last.
    person: Option<i32>,
    /// The latest target that waits here.
    latest: Option<u32>,
}

/// The rooms and threads that hold a target: in the others nobody waits.
struct Conversations {
    rooms: Numbering,
    by_room: Vec<Waiting>,
    threads: Numbering,
    by_thread: Vec<Waiting>,
    /// Where an event names a thread of another room.
    astray: HashMap<(i32, i32), Waiting>,
}

impl Conversations {
    fn new(log: &Log, targets: &[usize]) -> Self {
        let rooms = Numbering::of(&targets.iter().map(|row| log.room[*row]).collect::<Vec<_>>());
        let threads = targets.iter().map(|row| log.thread[*row]).filter(|thread| *thread != NOTHING);
        let threads = Numbering::serving(&threads.collect::<Vec<_>>(), log.len());
        Self {
            by_room: vec![Waiting::default(); rooms.len()],
            rooms,
            by_thread: vec![Waiting::default(); threads.len()],
            threads,
            astray: HashMap::new(),
        }
    }

    /// Who waits where this message was written.
    fn of(&mut self, log: &Log, row: usize) -> Option<&mut Waiting> {
        let (room, thread) = (log.room[row], log.thread[row]);
        if thread == NOTHING {
            return self.by_room.get_mut(self.rooms.number(room)?);
        }
        let here = &mut self.by_thread[self.threads.number(thread)?];
        if *here.room.get_or_insert(room) == room {
            return Some(here);
        }
        Some(self.astray.entry((room, thread)).or_default())
    }
}

/// Where to find a target by what points at it.
struct Targets {
    by_id: Index,
    by_thread: Index,
}

impl Targets {
    fn new(log: &Log, targets: &[usize]) -> Self {
        let numbered = (0_u32..).zip(targets);
        let by_id = Index::new(numbered.clone().map(|(target, row)| (log.id[*row].into(), target)), log.len());
        let first = numbered.filter(|(_, row)| log.first_in_thread[**row]);
        let by_thread = first.map(|(target, row)| (log.thread[*row].into(), target));
        Self { by_id, by_thread: Index::new(by_thread, log.len()) }
    }

    fn by_id(&self, id: i32) -> Option<usize> {
        if id == NOTHING { None } else { self.by_id.get(id.into()) }
    }

    /// The targets that a message replies to: by pointing at them, or by being in the thread that they open.
    fn answered_by(&self, log: &Log, row: usize) -> [Option<usize>; 3] {
        let (answered, thread) = (self.by_id(log.reply_to[row]), log.thread[row]);
        if thread == NOTHING {
            return [answered, None, None];
        }
        [answered, self.by_id(thread), self.by_thread.get(thread.into())]
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::log::Row;

    const ANA: i32 = 1;
    const BEN: i32 = 2;
    const MINUTE: i64 = 60_000;

    fn message(id: i32, person: i32, minute: i64) -> Row {
        Row {
            id,
            source: 1,
            room: 1,
            person,
            kind: Kind::Message,
            ts: minute * MINUTE,
            reply_to: NOTHING,
            thread: NOTHING,
        }
    }

    fn log(rows: Vec<Row>, bots: &[i32]) -> Log {
        Log::from_rows("Testers", rows, BTreeMap::new(), bots)
    }

    fn of_first(rows: Vec<Row>) -> Outcome {
        outcomes(&log(rows, &[]), &[0])[0]
    }

    #[test]
    fn ones_own_reply_is_no_answer() {
        let own = Row { reply_to: 1, ..message(2, ANA, 5) };
        let other = Row { reply_to: 1, ..message(3, BEN, 30) };
        assert_eq!(of_first(vec![message(1, ANA, 0), own]).minutes, None);
        assert_eq!(of_first(vec![message(1, ANA, 0), own, other]).minutes, Some(30.0));
    }

    #[test]
    fn an_answer_after_three_days_is_too_late() {
        let late = |minute| Row { reply_to: 1, ..message(2, BEN, minute) };
        assert_eq!(of_first(vec![message(1, ANA, 0), late(72 * 60)]).minutes, Some(4320.0));
        assert_eq!(of_first(vec![message(1, ANA, 0), late(72 * 60 + 1)]).minutes, None);
    }

    #[test]
    fn a_message_in_the_thread_answers_its_root() {
        let answer = Row { thread: 1, ..message(2, BEN, 7) };
        assert_eq!(of_first(vec![message(1, ANA, 0), answer]).minutes, Some(7.0));
    }

    #[test]
    fn the_first_message_of_a_topic_opens_it_and_the_next_answers() {
        let topic = |id, person, minute| Row { thread: 900, ..message(id, person, minute) };
        let log = log(vec![topic(1, ANA, 0), topic(2, BEN, 9), topic(3, ANA, 10)], &[]);
        assert!(log.is_opener(0));
        assert!(!log.is_opener(1));
        assert_eq!(outcomes(&log, &[0])[0].minutes, Some(9.0));
    }

    #[test]
    fn a_threads_first_human_message_under_a_bots_root_opens_nothing() {
        let reply = Row { thread: 5, ..message(6, ANA, 0) };
        assert!(!log(vec![reply], &[5]).is_opener(0));
        assert!(log(vec![reply], &[]).is_opener(0));
    }

    #[test]
    fn the_next_speaker_follows_within_an_hour_in_the_same_room() {
        assert!(of_first(vec![message(1, ANA, 0), message(2, ANA, 1), message(3, BEN, 60)]).followed);
        assert!(!of_first(vec![message(1, ANA, 0), message(2, BEN, 61)]).followed);
        let elsewhere = Row { room: 2, ..message(2, BEN, 1) };
        assert!(!of_first(vec![message(1, ANA, 0), elsewhere]).followed);
    }

    #[test]
    fn a_thread_that_is_named_in_another_room_is_another_conversation() {
        let topic = |id, person, room, minute| Row { thread: 900, room, ..message(id, person, minute) };
        let followed = |last: i64| {
            let rows = vec![topic(1, ANA, 1, 0), topic(2, BEN, 2, 1), topic(3, ANA, 1, 20), topic(4, BEN, 1, last)];
            outcomes(&log(rows, &[]), &[0, 2]).iter().map(|outcome| outcome.followed).collect::<Vec<_>>()
        };
        assert_eq!(followed(30), [true, true]);
        assert_eq!(followed(70), [false, true], "what was said elsewhere after a minute follows nothing here");
    }

    #[test]
    fn a_reaction_acknowledges_even_at_the_messages_own_time() {
        let reaction = |person| Row { kind: Kind::Reaction, reply_to: 1, ..message(2, person, 0) };
        assert!(of_first(vec![message(1, ANA, 0), reaction(BEN)]).acknowledged());
        assert!(!of_first(vec![message(1, ANA, 0), reaction(ANA)]).acknowledged());
    }
}
