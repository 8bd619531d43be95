//! What is handed in, told in any order and however often: at the close it is what each said last and in time, once.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use proptest::{collection::vec, prelude::*};
use rand_chacha::{ChaCha20Rng, rand_core::SeedableRng as _};

mod stands;

use super::*;
use crate::{
    Effect, EventId, MessageKey, Outgoing, Records, RoomId, UserId, World,
    dialogue::{room_id, user},
    records::RecordSet as _,
    tables,
};

/// A practice that asks how people are.
pub enum Pulse {}

tables! { for Pulse;
    /// What somebody answered.
    AnswerOf { pulse: u32, person: UserId } => Paper<u8>, in "answer", of person,
        sealed by |key| key.pulse.to_string();
    /// A sentence that somebody added.
    NoteOf { pulse: u32, message: EventId, person: UserId } => Noted, in "note", of person,
        sealed by |key| key.pulse.to_string();
    /// Who was asked.
    AskedOf { pulse: u32, person: UserId } => Asked, in "asked", of person, sealed by |key| key.pulse.to_string();
}

#[derive(Clone, Debug, serde::Serialize, serde::Deserialize)]
pub struct Noted(RoomId);
crate::forget!(Noted; 0);

impl Slip for AnswerOf {
    fn traces(&self, paper: &Paper<u8>) -> Traces {
        paper.traces(|drawn| self.answer(drawn))
    }

    fn is_by(&self, paper: &Paper<u8>, message: &EventId) -> bool {
        paper.is_by(message)
    }
}

impl PaperKey for AnswerOf {
    type Chosen = u8;
    const RECEIPTS: bool = true;

    fn answer(&self, drawn: &str) -> Option<MessageKey> {
        Some(format!("answer/{}/{drawn}", self.pulse).into())
    }
}

impl Slip for NoteOf {
    fn traces(&self, note: &Noted) -> Traces {
        Traces { said: vec![Place { room: note.0.clone(), event: self.message.clone() }], names: Vec::new() }
    }

    fn is_by(&self, _: &Noted, message: &EventId) -> bool {
        self.message == *message
    }
}

impl Slip for AskedOf {
    fn traces(&self, asked: &Asked) -> Traces {
        Traces { said: Vec::new(), names: asked.tap.iter().map(|tap| format!("tap/{tap}").into()).collect() }
    }
}

const PEOPLE: usize = 4;

/// When what is asked about is over.
const CLOSES: i64 = 20;

fn who(person: usize) -> UserId {
    user(&format!("p{person}"))
}

fn direct(person: usize) -> RoomId {
    room_id(&format!("direct-p{person}"))
}

/// One message: from whom, what it says, and when it was sent, which is also its name.
#[derive(Clone, Debug)]
struct Said {
    person: usize,
    chosen: Option<Option<u8>>,
    at: i64,
}

impl Said {
    fn event(&self) -> EventId {
        EventId::from(format!("${}", self.at))
    }
}

/// The bot at work on one pulse.
#[derive(Default)]
struct Desk {
    records: Records<Pulse>,
    draws: u64,
    answers: Vec<Effect>,
}

impl Desk {
    /// `None` where it is too late, or has come before.
    fn hand_in(&mut self, said: &Said) -> Option<Option<u8>> {
        let (room, event) = (direct(said.person), said.event());
        let at = Timestamp::from_second(said.at).unwrap();
        let handed = Handed { room: &room, event: &event, thread: None, at, cleartext: false };
        if handed.is_late(Timestamp::from_second(CLOSES).unwrap()) {
            return None;
        }
        self.draws += 1;
        let key = AnswerOf { pulse: 1, person: who(said.person) };
        let secret_rng = &mut ChaCha20Rng::seed_from_u64(self.draws);
        let taken = hand_in(&mut self.records, secret_rng, key, &handed, said.chosen)?;
        let chosen = taken.chosen;
        self.answers.push(taken.answer(format!("{chosen:?}")));
        Some(chosen)
    }

    /// Everything that was handed in, by what the disk holds.
    fn reload(&mut self) {
        let rows = self.records.dump().into_iter().map(|row| (row.key, row.json.to_string())).collect();
        let (records, unread) = Records::load_readable(rows);
        assert!(unread.is_empty(), "{unread:?}");
        self.records = records;
    }
}

fn said() -> impl Strategy<Value = Vec<Said>> {
    let chosen =
        prop_oneof![6 => (0..5u8).prop_map(|chosen| Some(Some(chosen))), 1 => Just(Some(None)), 1 => Just(None)];
    vec((0..PEOPLE, chosen), 0..30).prop_map(|all| {
        let said = |(at, (person, chosen))| Said { person, chosen, at };
        (0..).zip(all).map(said).collect()
    })
}

/// What counts in the end, as slowly as one would say it.
fn counts(all: &[Said]) -> BTreeMap<usize, u8> {
    let mut last = BTreeMap::new();
    for said in all.iter().filter(|said| said.at < CLOSES) {
        match said.chosen {
            Some(Some(chosen)) => drop(last.insert(said.person, chosen)),
            Some(None) => drop(last.remove(&said.person)),
            None => {}
        }
    }
    last
}

proptest! {
    #[test]
    fn what_is_counted_is_what_each_said_last_in_any_order_and_however_often(
        (all, told) in said().prop_flat_map(|all| {
            let thrice: Vec<_> = all.iter().chain(&all).chain(&all).cloned().collect();
            (Just(all), Just(thrice).prop_shuffle())
        }),
        reload in 0..90usize,
    ) {
        let mut desk = Desk::default();
        for (step, said) in told.iter().enumerate() {
            desk.hand_in(said);
            if step == reload {
                desk.reload();
            }
        }
        let expected = counts(&all);
        let in_time: BTreeSet<_> = all.iter().filter(|said| said.at < CLOSES).map(|said| said.at).collect();
        prop_assert_eq!(desk.answers.len(), in_time.len(), "each message is answered once");
        prop_assert_eq!(counted::<AnswerOf>(&desk.records, 1), expected.len() as u64);
        let heard: BTreeSet<_> = all.iter().filter(|said| said.at < CLOSES).map(|said| who(said.person)).collect();
        prop_assert_eq!(&senders::<AnswerOf>(&desk.records, 1), &heard);

        let closed = close::<AnswerOf>(&mut desk.records, 1);
        let mut published: Vec<u8> = closed.chosen().copied().collect();
        published.sort_unstable();
        let mut chosen: Vec<u8> = expected.values().copied().collect();
        chosen.sort_unstable();
        prop_assert_eq!(published, chosen);
        let voters: Vec<_> = expected.keys().map(|person| who(*person)).collect();
        prop_assert_eq!(&closed.voters, &voters, "who took part, in the order of names");
        let receipts: Vec<_> = closed.papers.iter().map(|(receipt, _)| receipt).collect();
        prop_assert!(receipts.is_sorted() && receipts.iter().all(|receipt| receipt.len() == 7));
        prop_assert_eq!(receipts.iter().collect::<BTreeSet<_>>().len(), receipts.len(), "nobody shares a receipt");

        // Nothing stays: no row, no message of theirs, no answer of the bot's.
        prop_assert!(desk.records.dump().is_empty());
        let removed: BTreeSet<_> = closed.sweep.iter().filter_map(|effect| match effect {
            Effect::Send(Outgoing::RedactEvent { room, event }) => Some((room.clone(), event.clone())),
            _ => None,
        }).collect();
        let written: BTreeSet<_> =
            all.iter().filter(|said| said.at < CLOSES).map(|said| (direct(said.person), said.event())).collect();
        prop_assert_eq!(removed, written);
        let unsaid: BTreeSet<_> = closed.sweep.iter().filter_map(|effect| match effect {
            Effect::Send(Outgoing::Redact { key }) => Some(key.clone()),
            _ => None,
        }).collect();
        prop_assert_eq!(unsaid.len(), in_time.len());
        prop_assert_eq!(closed.sweep.len(), 2 * in_time.len(), "each is removed once");
        prop_assert_eq!(close::<AnswerOf>(&mut desk.records, 1).papers.len(), 0);
    }

    #[test]
    fn a_removed_message_takes_back_what_counts_and_nothing_else(all in said(), removed in 0..30i64) {
        let mut desk = Desk::default();
        for said in &all {
            desk.hand_in(said);
        }
        let before = counts(&all);
        let event = EventId::from(format!("${removed}"));
        let author = all.iter().find(|said| said.at == removed && said.at < CLOSES).map(|said| said.person);
        let last = author.and_then(|person| {
            all.iter().rfind(|said| said.person == person && said.at < CLOSES && said.chosen.is_some())
        });
        let counted_by_it = last.is_some_and(|said| said.at == removed);
        prop_assert_eq!(take_back::<AnswerOf>(&mut desk.records, &event), counted_by_it);
        let gone = usize::from(counted_by_it && author.is_some_and(|person| before.contains_key(&person)));
        prop_assert_eq!(counted::<AnswerOf>(&desk.records, 1), (before.len() - gone) as u64);
        prop_assert!(!take_back::<AnswerOf>(&mut desk.records, &event), "it is taken back once");
    }
}

/// What somebody does with their paper: they write what they choose, or tap an option.
#[derive(Clone, Debug)]
enum Mark {
    Writes(u32),
    Taps(u32),
}

fn marked() -> impl Strategy<Value = Vec<(i64, Mark)>> {
    let mark = prop_oneof![(0..9u32).prop_map(Mark::Writes), (0..9u32).prop_map(Mark::Taps)];
    vec(mark, 1..12).prop_map(|marks| (0..).zip(marks).collect())
}

fn marks(paper: &mut Paper<Vec<u32>>, (at, mark): &(i64, Mark)) -> bool {
    let (at, event) = (Timestamp::from_second(*at).unwrap(), EventId::from(format!("${at}")));
    let place = Place { room: direct(0), event: event.clone() };
    match mark {
        Mark::Writes(option) => paper.take(place, at, Some(Some(vec![*option])), Way::default()),
        Mark::Taps(option) => paper.tap(place, Tap { at, event, option: *option }, stands),
    }
}

/// What is chosen where these stand tapped.
fn stands(taps: &[u32]) -> Option<Vec<u32>> {
    (!taps.is_empty()).then(|| taps.to_vec())
}

proptest! {
    #[test]
    fn what_was_done_last_counts_whether_written_or_tapped_in_any_order_and_however_often(
        (all, told) in marked().prop_flat_map(|all| {
            let twice: Vec<_> = all.iter().chain(&all).cloned().collect();
            (Just(all), Just(twice).prop_shuffle())
        }),
        removed in 0..12i64,
    ) {
        let mut paper = Paper::blank(String::new());
        let news = told.iter().filter(|one| marks(&mut paper, one)).count();
        prop_assert_eq!(news, all.len(), "each is taken once");
        let tapped = |without: Option<i64>| -> Vec<u32> {
            let taps = all.iter().filter(|(at, _)| Some(*at) != without);
            taps.filter_map(|(_, mark)| if let Mark::Taps(option) = mark { Some(*option) } else { None }).collect()
        };
        let last = all.last().map(|(_, mark)| mark.clone());
        let counts = |without| match last {
            Some(Mark::Writes(option)) => Some(vec![option]),
            _ => stands(&tapped(without)),
        };
        prop_assert_eq!(&paper.chosen, &counts(None));
        // What stands tapped goes with its reaction; what was written later stays.
        let event = EventId::from(format!("${removed}"));
        let was_tap = all.iter().any(|(at, mark)| *at == removed && matches!(mark, Mark::Taps(_)));
        prop_assert_eq!(paper.untap(&event, stands), was_tap);
        prop_assert_eq!(&paper.chosen, &counts(Some(removed)));
        prop_assert!(!paper.untap(&event, stands), "it is taken back once");
        prop_assert_eq!(paper.said.iter().any(|place| place.event == event), !was_tap && removed < all.len() as i64);
        // On another paper nothing stands tapped, and what counts is what it was.
        let before = paper.chosen.clone();
        assert!(paper.turn().is_empty(), "nothing was shown");
        prop_assert!(paper.taps.is_empty() && paper.chosen == before);
    }
}

#[test]
fn an_answer_waits_sealed_under_a_name_that_says_nothing() {
    let mut desk = Desk::default();
    desk.hand_in(&Said { person: 0, chosen: Some(Some(3)), at: 1 });
    let [Effect::SendSealed(sealed)] = desk.answers.as_slice() else { panic!("{:?}", desk.answers) };
    let Outgoing::Message(message) = &sealed.outgoing else { panic!("{sealed:?}") };
    let name = message.key.as_ref().unwrap().as_str();
    assert_eq!(name.rsplit('/').next().unwrap().len(), 32, "{name}");
    assert!(is_lost::<AnswerOf>(1, &sealed.scope) && !is_lost::<AnswerOf>(2, &sealed.scope));
}

#[test]
fn notes_of_one_message_are_taken_once_and_removed_once() {
    let mut records = Records::<Pulse>::default();
    let (message, room) = (EventId::from("$n"), direct(0));
    let key = |person| NoteOf { pulse: 1, message: message.clone(), person: who(person) };
    assert!(!has_come::<NoteOf>(&records, 1, &message));
    records.insert(key(0), Noted(room.clone()));
    records.insert(key(1), Noted(room.clone()));
    assert!(has_come::<NoteOf>(&records, 1, &message) && !has_come::<NoteOf>(&records, 2, &message));
    assert_eq!(senders::<NoteOf>(&records, 1).len(), 2);
    let (rows, sweep) = destroy::<NoteOf>(&mut records, 1);
    assert_eq!((rows.len(), sweep), (2, vec![Outgoing::RedactEvent { room, event: message }.send()]));
}

#[test]
fn a_poll_is_made_once_a_person_and_is_theirs_alone() {
    let talk = crate::dialogue::Dialogue::new();
    let boards = crate::boards::Boards::default();
    let world = World {
        now: talk.now,
        seed: 1,
        secret_seed: [7; 32],
        words: talk.words,
        community: &talk.community,
        practices: crate::registry::ALL.catalogue(),
        overrides: &talk.overrides,
        boards: &boards,
        present: crate::alone::everywhere(),
    };
    let mut records = Records::<Pulse>::default();
    let key = |person| AskedOf { pulse: 1, person: who(person) };
    let drawn = ask(&mut records, &world, key(0), true).unwrap();
    assert_eq!(ask(&mut records, &world, key(0), true), None, "they have it already");
    assert_eq!(ask(&mut records, &world, key(1), false), None, "there is none");
    let poll = MessageKey::from(format!("tap/{drawn}"));
    assert!(is_own(&records, &key(0), &poll) && !is_own(&records, &key(1), &poll));
    let (_, sweep) = destroy::<AskedOf>(&mut records, 1);
    assert_eq!(sweep, vec![Outgoing::Redact { key: poll }.send()]);
}

#[test]
fn papers_are_read_as_every_version_wrote_them() {
    type Dots = Vec<(u32, u32)>;
    let place = |room: &str, event: &str| Place { room: room.into(), event: event.into() };
    let read = |json: &str| serde_json::from_str::<Paper<Dots>>(json).unwrap();
    let ballot =
        read(r#"{"marks":[[2,1]],"at":"2026-10-05T09:00:00Z","receipt":"ABC-234","said":[["!d","$v"]],"names":["a"]}"#);
    assert_eq!((ballot.chosen.as_ref().unwrap()[0], ballot.receipt.as_str()), ((2, 1), "ABC-234"));
    assert_eq!((&ballot.said[0], ballot.names.len()), (&place("!d", "$v"), 1));
    let taken_back = read(r#"{"marks":null,"receipt":"ABC-234","said":[["!d","$v"]]}"#);
    assert!(taken_back.chosen.is_none() && taken_back.names.is_empty());
    let retro = read(r#"{"chosen":[[1,3]],"said":[{"room":"!d","event":"$v"}]}"#);
    assert!(retro.is_by(&"$v".into()) && retro.said == [place("!d", "$v")]);
    assert!(serde_json::from_str::<Paper<Dots>>(r#"{"vote":{}}"#).is_err());
    for paper in [ballot, taken_back, retro] {
        assert_eq!(read(&serde_json::to_string(&paper).unwrap()), paper);
    }
}
