//! The memory in RAM that dialogues use promises what the store promises: given the same commits, both answer alike.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Debug,
    fs,
};

use hearth_core::engine::{Memory, ram::Ram};
use hearth_practices::{Attention, Message, Outgoing, Overrides, Request, RequestKind, To, UserId};
use jiff::{SignedDuration, Timestamp};
use proptest::{collection::vec, prelude::*};

use super::*;

const COMMUNITIES: [&str; 2] = ["Guild", "Choir"];
const PRACTICES: [&str; 2] = ["ballot", "topics"];
const KEYS: [&str; 4] = ["card", "card/2", "told/@ana:t", "told/@ben:t"];
const ROWS: [&str; 5] = ["card", "paper/1", "sealed/1/paper/@ana:t", "sealed/1/paper/@ben:t", "sealed/2/paper/@ana:t"];
const PEOPLE: [&str; 2] = ["@ana:t", "@ben:t"];
const ROOMS: [&str; 3] = ["!lobby:t", "!direct-ana:t", "!direct-ben:t"];
const TRANSACTIONS: usize = 12;

/// One thing to commit, or to do to the memory.
#[derive(Clone, Debug)]
enum Act {
    Row(usize, Option<u8>),
    Set(usize, Option<bool>),
    Drop(usize),
    Put { txn: usize, what: What, scope: Option<u8> },
    Arrive { txn: usize, room: usize },
    Done,
    Handled(u8),
    GivenCommand { event: u8, by: bool, edited: bool },
    Unasked(bool),
    Room(usize),
    Adopt(u8, Option<usize>),
    Moved(u8),
    Forget(usize),
    Starts,
    KeysLost,
}

/// What is sent or asked.
#[derive(Clone, Debug)]
enum What {
    Say { to: Whither, key: Option<usize>, attention: Attention },
    Poll(usize, usize),
    AskPerson(usize, usize),
    Edit(usize),
    Reword(usize, Option<usize>),
    Conclude(usize),
    EndPoll(usize),
    Redact(usize),
    React,
    Button(usize, Option<usize>),
    Sign(usize, usize),
    Unsign(usize, usize),
    Ask,
}

#[derive(Clone, Debug)]
enum Whither {
    Room(usize),
    Person(usize),
    Thread(usize),
    Leads(bool),
}

fn what() -> impl Strategy<Value = What> {
    let whither = prop_oneof![
        (0..ROOMS.len()).prop_map(Whither::Room),
        (0..PEOPLE.len()).prop_map(Whither::Person),
        (0..KEYS.len()).prop_map(Whither::Thread),
        any::<bool>().prop_map(Whither::Leads),
    ];
    let attention = prop_oneof![Just(Attention::Answer), Just(Attention::Prompt)];
    let say = (whither, prop::option::of(0..KEYS.len()), attention);
    let nudged = (0..PEOPLE.len()).prop_map(|who| What::Say {
        to: Whither::Person(who),
        key: None,
        attention: Attention::Nudge { until: Timestamp::MAX },
    });
    prop_oneof![
        6 => say.prop_map(|(to, key, attention)| What::Say { to, key, attention }),
        1 => nudged,
        1 => (0..KEYS.len(), 0..ROOMS.len()).prop_map(|(key, room)| What::Poll(key, room)),
        2 => (0..KEYS.len(), 0..PEOPLE.len()).prop_map(|(key, who)| What::AskPerson(key, who)),
        3 => (0..KEYS.len()).prop_map(What::Edit),
        2 => (0..KEYS.len(), prop::option::of(0..KEYS.len())).prop_map(|(of, name)| What::Reword(of, name)),
        3 => (0..KEYS.len(), 0..KEYS.len()).prop_map(|(of, name)| What::Sign(of, name)),
        2 => (0..KEYS.len(), 0..KEYS.len()).prop_map(|(of, name)| What::Unsign(of, name)),
        1 => (0..KEYS.len()).prop_map(What::Conclude),
        1 => (0..KEYS.len()).prop_map(What::EndPoll),
        2 => (0..KEYS.len()).prop_map(What::Redact),
        1 => Just(What::React),
        2 => (0..KEYS.len(), prop::option::of(0..KEYS.len())).prop_map(|(of, name)| What::Button(of, name)),
        1 => Just(What::Ask),
    ]
}

fn act() -> impl Strategy<Value = Act> {
    let scope = prop::option::weighted(0.3, 1..3u8);
    prop_oneof![
        6 => (0..ROWS.len(), prop::option::weighted(0.7, any::<u8>())).prop_map(|(row, value)| Act::Row(row, value)),
        2 => (0..PRACTICES.len(), prop::option::of(any::<bool>())).prop_map(|(of, value)| Act::Set(of, value)),
        1 => (0..KEYS.len()).prop_map(Act::Drop),
        10 => (0..TRANSACTIONS, what(), scope).prop_map(|(txn, what, scope)| Act::Put { txn, what, scope }),
        8 => (0..TRANSACTIONS, 0..ROOMS.len()).prop_map(|(txn, room)| Act::Arrive { txn, room }),
        1 => Just(Act::Done),
        2 => (0..4u8).prop_map(Act::Handled),
        2 => (0..3u8, any::<bool>(), any::<bool>()).prop_map(|(event, by, edited)| Act::GivenCommand { event, by, edited }),
        1 => any::<bool>().prop_map(Act::Unasked),
        2 => (0..ROOMS.len()).prop_map(Act::Room),
        1 => (0..3u8, prop::option::of(0..COMMUNITIES.len())).prop_map(|(room, of)| Act::Adopt(room, of)),
        1 => (0..3u8).prop_map(Act::Moved),
        1 => (0..PEOPLE.len()).prop_map(Act::Forget),
        1 => Just(Act::Starts),
        1 => Just(Act::KeysLost),
    ]
}

fn room(index: usize) -> RoomId {
    RoomId::from(ROOMS[index])
}

fn person(index: usize) -> UserId {
    UserId::from(PEOPLE[index])
}

fn outgoing(what: &What) -> OutboxItem {
    let (key, text) = (|index: &usize| MessageKey::from(KEYS[*index]), "hello".to_owned());
    let answers = vec![("1".to_owned(), "yes".to_owned())];
    OutboxItem::Send(match what {
        What::Ask => return OutboxItem::Ask(Request::new("asked", RequestKind::ShareReport)),
        What::Say { to, key: name, attention } => {
            let to = match to {
                Whither::Room(index) => To::Room(room(*index)),
                Whither::Person(index) => To::Person(person(*index)),
                Whither::Thread(index) => To::Thread(key(index)),
                Whither::Leads(_) => To::Leads,
            };
            let message = Message::new(to, *attention, text);
            Outgoing::Message(name.iter().fold(message, |message, index| message.keyed(key(index))))
        }
        What::Poll(index, at) => {
            let (key, room) = (key(index), room(*at));
            Outgoing::OpenPoll { key, room, thread: None, question: text, answers, hidden: false }
        }
        What::AskPerson(index, who) => {
            Outgoing::AskPerson { key: key(index), person: person(*who), question: text, answers }
        }
        What::Edit(index) => Outgoing::Edit { key: key(index), body: text },
        What::Reword(of, name) => Outgoing::Reword { key: key(of), body: text, name: name.as_ref().map(key) },
        What::Conclude(index) => Outgoing::Conclude { key: key(index), body: text },
        What::EndPoll(index) => Outgoing::EndPoll { key: key(index), body: text },
        What::Redact(index) => Outgoing::Redact { key: key(index) },
        What::Button(of, name) => Outgoing::Button { key: key(of), with: text, name: name.as_ref().map(key) },
        What::Sign(of, name) => Outgoing::Sign { key: key(of), with: text, name: key(name) },
        What::Unsign(of, name) => Outgoing::Unsign { key: key(of), name: key(name) },
        What::React => Outgoing::React { room: room(0), event: "$said".into(), with: "👍".to_owned() },
    })
}

fn new(txn: usize, what: &What, scope: Option<u8>) -> NewOutboxItem {
    let item = outgoing(what);
    let leads = matches!(what, What::Say { to: Whither::Leads(true), .. }).then(|| RoomId::from("!leads:t"));
    NewOutboxItem {
        txn: format!("t{txn}"),
        community: COMMUNITIES[txn % 2].to_owned(),
        practice: PRACTICES[0].to_owned(),
        attention: item.attention(),
        item,
        // What is asked of the world is never sealed.
        scope: scope.filter(|_| !matches!(what, What::Ask)).map(|scope| scope.to_string()),
        leads,
    }
}

/// Everything that a memory answers, and what waits in it.
#[derive(Debug, PartialEq)]
struct Answers {
    records: BTreeMap<(&'static str, &'static str), Vec<(String, String)>>,
    overrides: Vec<Overrides>,
    moved: BTreeMap<RoomId, (RoomId, Timestamp)>,
    adopted: BTreeSet<(RoomId, String)>,
    messages: Vec<Option<(String, String, MessageKey)>>,
    handled: Vec<bool>,
    asked: Vec<BTreeMap<String, GivenCommand>>,
    floor: Vec<Option<Floor>>,
    lost: BTreeSet<(&'static str, &'static str, &'static str)>,
    /// By transaction id: what waits, and whether it is addressed to nobody.
    waiting: Vec<(String, OutboxItem, bool)>,
}

fn answers<M: Memory<Error: Debug>>(
    memory: &M,
    posted: &[Posted],
    now: Timestamp,
    waiting: Vec<(String, OutboxItem, bool)>,
) -> Answers {
    let places = || COMMUNITIES.into_iter().flat_map(|community| PRACTICES.map(|practice| (community, practice)));
    let sorted = |(community, practice)| {
        let mut rows = memory.records(community, practice).unwrap();
        rows.sort();
        ((community, practice), rows)
    };
    let said = [now, now - SignedDuration::from_hours(20), now + SignedDuration::from_hours(20)];
    let asked = |event: u8| memory.asked(&EventId::from(format!("$c{event}"))).unwrap();
    let lost = |(community, practice)| ["1", "2"].map(|scope| (community, practice, scope));
    Answers {
        records: places().map(sorted).collect(),
        overrides: COMMUNITIES.map(|community| memory.overrides(community).unwrap()).into(),
        moved: memory.moved().unwrap(),
        adopted: memory.adopted().unwrap().into_iter().collect(),
        messages: posted.iter().map(|posted| memory.message_of(&posted.room, &posted.event).unwrap()).collect(),
        handled: (0..4).map(|event| memory.is_handled(&EventId::from(format!("$h{event}"))).unwrap()).collect(),
        asked: (0..3).map(|event| asked(event).into_iter().map(|one| (one.by.clone(), one)).collect()).collect(),
        floor: said.iter().flat_map(|at| PEOPLE.map(|who| memory.floor(&UserId::from(who), *at).unwrap())).collect(),
        lost: places().flat_map(lost).filter(|(of, by, scope)| memory.lost_since(of, by, scope).is_some()).collect(),
        waiting,
    }
}

fn waiting_in_store(store: &Store) -> Vec<(String, OutboxItem, bool)> {
    let due = |row: crate::sending::Row| store.item(row.id).unwrap().unwrap();
    let shown = |due: Due| (due.txn, due.item, due.lane.starts_with("nowhere "));
    store.rows_after(0).unwrap().into_iter().map(due).map(shown).collect()
}

fn waiting_in_ram(ram: &Ram) -> Vec<(String, OutboxItem, bool)> {
    ram.waiting().map(|(_, waiting)| (waiting.new.txn.clone(), waiting.new.item.clone(), waiting.nowhere)).collect()
}

/// The store and the memory in RAM, given the same.
struct Both {
    folder: tempfile::TempDir,
    store: Store,
    ram: Ram,
    now: Timestamp,
    posted: Vec<Posted>,
    names: BTreeMap<usize, Option<MessageKey>>,
}

impl Both {
    fn new() -> Self {
        let (folder, store) = store();
        Self {
            folder,
            store,
            ram: Ram::default(),
            now: Timestamp::from_second(1_800_000_000).unwrap(),
            posted: Vec::new(),
            names: BTreeMap::new(),
        }
    }

    fn commit(&mut self, commit: Commit) {
        let commit = Commit { at: self.now, ..commit };
        Memory::commit(&mut self.store, &commit).unwrap();
        let Ok(()) = Memory::commit(&mut self.ram, &commit);
    }

    fn starts(&mut self) {
        let path = self.folder.path().join("bot.db");
        // The keys beside a database are its own: it is closed before it is opened again.
        let (_elsewhere, other) = store();
        drop(std::mem::replace(&mut self.store, other));
        self.store = Store::open(&path).unwrap();
    }

    fn act(&mut self, act: &Act) {
        let community = || COMMUNITIES[0].to_owned();
        let mut commit = Commit::default();
        match act {
            Act::Row(row, value) => {
                let change = (ROWS[*row].to_owned(), value.map(|value| value.to_string()));
                commit.records.push((community(), PRACTICES[0], vec![change]));
            }
            Act::Set(of, value) => {
                let practice = PRACTICES[*of].to_owned();
                commit.settings.push((community(), practice, "sealed".to_owned(), value.map(Into::into)));
            }
            Act::Drop(key) => {
                commit.dropped_names.push((community(), PRACTICES[0].to_owned(), KEYS[*key].to_owned()));
            }
            Act::Put { txn, what, scope } => {
                let new = new(*txn, what, *scope);
                // A transaction is one message, and a message has one name.
                let name = new.item.key().cloned();
                if *self.names.entry(*txn).or_insert_with(|| name.clone()) != name {
                    return;
                }
                commit.items.push(new);
            }
            Act::Arrive { txn, room: at } => {
                let posted = Posted { room: room(*at), event: EventId::from(format!("$s{}", self.posted.len())) };
                self.posted.push(posted.clone());
                commit.arrived.push((format!("t{txn}"), posted));
            }
            Act::Done => {
                let row = self.store.rows_after(0).unwrap().first().map(|row| row.id);
                let same = self.ram.waiting().next().map(|(row, _)| row);
                if let Some((row, same)) = row.zip(same) {
                    let now = self.now;
                    self.store.commit(&Commit { done: vec![row], at: now, ..Commit::default() }).unwrap();
                    let Ok(()) =
                        Memory::commit(&mut self.ram, &Commit { done: vec![same], at: now, ..Commit::default() });
                }
                return;
            }
            Act::Handled(event) => commit.handled.push((EventId::from(format!("$h{event}")), self.now)),
            Act::GivenCommand { event, by, edited } => commit.asked.push(GivenCommand {
                event: EventId::from(format!("$c{event}")),
                by: by.to_string(),
                said: "said".to_owned(),
                thread: None,
                edited: *edited,
                at: self.now,
            }),
            Act::Unasked(by) => commit.unasked.push(by.to_string()),
            Act::Room(at) => {
                let direct = at.checked_sub(1).map(person);
                commit.rooms.push((room(*at), direct));
            }
            Act::Adopt(at, of) => {
                let community = of.map(|of| COMMUNITIES[of].to_owned());
                commit.adopted.push((RoomId::from(format!("!adopted{at}:t")), community));
            }
            Act::Moved(from) => {
                let room = |number: u8| RoomId::from(format!("!moved{number}:t"));
                commit.moved.push((room(*from), room(from + 1), self.now));
            }
            Act::Forget(who) => {
                self.store.forget(PEOPLE[*who]).unwrap();
                self.ram.forget(&person(*who));
                return;
            }
            Act::Starts => return self.starts(),
            Act::KeysLost => {
                for key in fs::read_dir(self.folder.path().join("sealed")).into_iter().flatten() {
                    let key = key.unwrap().path();
                    if key.extension().is_some_and(|extension| extension == "key") {
                        fs::remove_file(key).unwrap();
                    }
                }
                self.starts();
                for scope in ["1", "2"] {
                    self.ram.lose_key(COMMUNITIES[0], PRACTICES[0], scope);
                }
                self.agree(act);
                // Practices are told at the start.
                commit.mourned = true;
            }
        }
        self.commit(commit);
    }

    fn agree(&self, act: &Act) {
        let of_store = answers(&self.store, &self.posted, self.now, waiting_in_store(&self.store));
        let of_ram = answers(&self.ram, &self.posted, self.now, waiting_in_ram(&self.ram));
        assert_eq!(of_store, of_ram, "after {act:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn the_memory_of_dialogues_answers_as_the_store_does(acts in vec((act(), 0..30_i64), 1..60)) {
        let mut both = Both::new();
        for (act, hours) in acts {
            both.now += SignedDuration::from_hours(hours);
            both.act(&act);
            both.agree(&act);
        }
    }
}
