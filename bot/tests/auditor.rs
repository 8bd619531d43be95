//! An auditor with everything that lies on the disk (both databases with their write-ahead logs, the configuration, the
//! pseudonyms' key), with the room's history, and with the knowledge of who sent which event when: what can they learn
//! of sealed ballots? Before the close nothing; after it what was published, and of who chose what no more than chance.

#![expect(clippy::unwrap_used, clippy::cast_precision_loss, reason = "a test, and the helpers of one")]

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

use hearth_bot::{
    config::Config,
    engine::{Authority, CommunityNumber, Engine, Entry, Membership, UnitOfWork},
    incoming::{Incoming, Text, What},
    log::ActivityLog,
    store::{Commit, Due, OutboxItem, Posted, Store},
};
use hearth_practices::{EventId, Outgoing, RoomId, UserId, registry::ALL, secret::receipt};
use hearth_shared::pseudonym::Key;
use jiff::{SignedDuration, Timestamp};
use rand_chacha::{
    ChaCha8Rng, ChaCha20Rng,
    rand_core::{RngCore as _, SeedableRng as _},
};
use rusqlite::Connection;

/// The one community.
const ONLY: CommunityNumber = CommunityNumber::new(1);

const BALLOTS: usize = 25;
const VOTERS: usize = 41;
const KEY: [u8; 32] = [3; 32];

/// The bot's core on a disk of its own, without a homeserver.
struct Bot {
    folder: tempfile::TempDir,
    engine: Engine,
    store: Store,
    log: ActivityLog,
    now: Timestamp,
    events: u64,
    /// What the homeserver would have: who sent which event, in order.
    sent: Vec<(UserId, EventId)>,
}

fn lobby() -> RoomId {
    RoomId::from("!lobby:t")
}

fn voter(number: usize) -> UserId {
    UserId::from(format!("@voter{number:02}:t"))
}

impl Bot {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let config: Config = toml::from_str(
            "homeserver = 'https://m.example.org'\nuser = '@hearth:t'\n[[community]]\nname = 'Testers'\nrooms = ['!lobby:t']\n",
        )
        .unwrap();
        let key = Key::new(&KEY);
        let mut store = Store::open(&folder.path().join("bot.db")).unwrap();
        let lobby_is = ("Testers".into(), "community".into(), "lobby".into(), Some(lobby().as_str().into()));
        store.commit(&Commit { settings: vec![lobby_is], ..Commit::default() }).unwrap();
        let log = ActivityLog::open(&folder.path().join("activity.db"), &key, &config).unwrap();
        let mut engine = Engine::load(
            &ALL,
            &UserId::from(&config.user),
            config.configured(|name| log.known_as(name)),
            [9; 32],
            &mut store,
        )
        .unwrap();
        let (name, people, entry) = ("lobby".to_owned(), Some(50), Entry::Open);
        engine.set_room(&lobby(), Membership { name, people, entry, ..Membership::default() });
        for number in 0..VOTERS {
            let direct = Membership { direct: Some(voter(number)), people: Some(1), ..Membership::default() };
            engine.set_room(&Self::direct(number), direct);
        }
        let now = Timestamp::from_second(1_791_190_800).unwrap();
        Self { folder, engine, store, log, now, events: 0, sent: Vec::new() }
    }

    fn direct(number: usize) -> RoomId {
        RoomId::from(format!("!direct{number:02}:t"))
    }

    fn says(&mut self, who: &UserId, room: &RoomId, text: &str) -> EventId {
        self.events += 1;
        self.now = self.now.checked_add(SignedDuration::from_secs(7)).unwrap();
        let event = EventId::from(format!("$e{:06}", self.events));
        self.sent.push((who.clone(), event.clone()));
        let body = Text {
            body: text.to_owned(),
            notice: false,
            reply_to: None,
            thread: None,
            mentions: Vec::new(),
            command: text.to_owned(),
        };
        let incoming = Incoming {
            event: event.clone(),
            sender: who.clone(),
            at: self.now,
            marker: None,
            prompt: false,
            cleartext: false,
            what: What::Message(body),
        };
        let rooms = BTreeSet::from([lobby()]);
        let authority = Authority { communities: vec![ONLY], leads: vec![ONLY], rooms, ..Authority::default() };
        let mut unit = UnitOfWork::default();
        self.engine.take(&self.store, room, &incoming, &authority, self.now, &mut unit).unwrap();
        self.finish(&unit);
        event
    }

    fn finish(&mut self, unit: &UnitOfWork) {
        let engine = &self.engine;
        self.log.apply(&unit.log, |room| engine.room_name(room)).unwrap();
        self.store.commit(&unit.commit).unwrap();
    }

    /// Everything that waits is sent.
    fn deliver(&mut self) -> Vec<Due> {
        let mut delivered = Vec::new();
        loop {
            let rows = self.store.rows_after(0).unwrap();
            if rows.is_empty() {
                return delivered;
            }
            let mut arrived = Vec::new();
            for due in rows.iter().filter_map(|row| self.store.item(row.id).unwrap()) {
                self.events += 1;
                let room = match due.lane.starts_with('!') {
                    true => RoomId::from(&due.lane),
                    false => lobby(),
                };
                let posted = Posted { room, event: EventId::from(format!("$bot{:06}", self.events)) };
                arrived.push((due.txn.clone(), posted));
                delivered.push(due);
            }
            self.store.commit(&Commit { arrived, ..Commit::default() }).unwrap();
        }
    }

    /// Every byte that is on the disk, but for the keys of what is sealed; as text, to be searched.
    fn disk(&self) -> String {
        let mut bytes = Vec::new();
        for entry in fs::read_dir(self.folder.path()).unwrap() {
            let path = entry.unwrap().path();
            if path.is_file() {
                bytes.extend(fs::read(path).unwrap().into_iter().map(|byte| if byte.is_ascii() { byte } else { b'?' }));
            }
        }
        String::from_utf8(bytes).unwrap()
    }

    fn keys(&self) -> usize {
        fs::read_dir(self.folder.path().join("sealed")).map_or(0, Iterator::count)
    }
}

/// What was published: receipts and what they chose, in order.
fn published(items: &[Due]) -> Vec<(String, u32)> {
    let mut list = Vec::new();
    for due in items {
        let OutboxItem::Send(Outgoing::Message(message)) = &due.item else { continue };
        for line in message.body.lines().filter_map(|line| line.strip_prefix("- `")) {
            let (receipt, choice) = line.split_once("` ").unwrap();
            list.push((receipt.to_owned(), choice.parse().unwrap()));
        }
    }
    list
}

fn column<T: rusqlite::types::FromSql>(path: &Path, sql: &str) -> Vec<T> {
    let db = Connection::open(path).unwrap();
    let mut rows = db.prepare(sql).unwrap();
    let rows = rows.query_map((), |row| row.get(0)).unwrap();
    rows.collect::<Result<_, _>>().unwrap()
}

/// Hits, and how many chance would give, with its variance, when the n-th of `guesses` is matched with the n-th of
/// what was published.
#[derive(Clone, Copy, Default)]
struct Score {
    hits: f64,
    expected: f64,
    variance: f64,
}

impl Score {
    fn add(&mut self, truth: &[u32], list: &[u32]) {
        let n = list.len() as f64;
        let same = |i: usize, j: usize| f64::from(u8::from(truth[i] == list[j]));
        let row: Vec<f64> = (0..list.len()).map(|i| (0..list.len()).map(|j| same(i, j)).sum::<f64>() / n).collect();
        let col: Vec<f64> = (0..list.len()).map(|j| (0..list.len()).map(|i| same(i, j)).sum::<f64>() / n).collect();
        let mean = row.iter().sum::<f64>() / n;
        self.hits += (0..list.len()).map(|i| same(i, i)).sum::<f64>();
        self.expected += mean * n;
        for (i, row) in row.iter().enumerate() {
            for (j, col) in col.iter().enumerate() {
                self.variance += (same(i, j) - row - col + mean).powi(2) / (n - 1.0);
            }
        }
    }

    /// How many standard deviations better than chance.
    fn surprise(self) -> f64 {
        (self.hits - self.expected) / self.variance.sqrt()
    }
}

/// A shuffle as whoever knows the seed would repeat it.
fn shuffled(mut people: Vec<usize>, seed: u64) -> Vec<usize> {
    let mut rng = ChaCha8Rng::seed_from_u64(seed);
    for place in (1..people.len()).rev() {
        people.swap(place, rng.next_u64() as usize % (place + 1));
    }
    people
}

fn seed_of(event: &EventId) -> u64 {
    let digest = Key::new(&KEY).for_community("Testers").event(event.as_str());
    u64::from_le_bytes(digest[..8].try_into().unwrap())
}

#[test]
fn over_a_thousand_ballots_an_auditor_links_nobody_better_than_chance() {
    let mut bot = Bot::new();
    let mut dice = ChaCha8Rng::seed_from_u64(1);
    let mut scores: BTreeMap<&str, Score> = BTreeMap::new();
    let (mut papers, mut linked) = (0, 0);
    for number in 1..=BALLOTS {
        let lea = UserId::from("@lea:t");
        bot.says(&lea, &lobby(), "!hearth ballot \"Which way?\" planted-north | planted-south | planted-west");
        // They vote in any order, some twice.
        let order = shuffled((0..VOTERS).collect(), number as u64);
        let mut choice = BTreeMap::new();
        let mut votes = BTreeMap::new();
        for &who in order.iter().chain(&order[..5]) {
            let option = dice.next_u32() % 3 + 1;
            let event = bot.says(&voter(who), &Bot::direct(who), &format!("vote {option}"));
            choice.insert(who, option);
            votes.insert(who, event);
        }
        // Before the close, with what waits to be sent and then without it; for some of the ballots, as it takes time.
        assert_eq!(bot.keys(), 1);
        let waiting = (number % 5 == 1).then(|| bot.disk());
        let items = bot.deliver();
        let sent = waiting.is_some().then(|| bot.disk());
        let told: Vec<_> = items
            .iter()
            .filter_map(|due| match &due.item {
                OutboxItem::Send(Outgoing::Message(message)) => message.body.split_once("Your receipt is `"),
                _ => None,
            })
            .map(|(before, after)| (before.to_owned(), after[..7].to_owned()))
            .collect();
        assert_eq!(told.len(), VOTERS + 5);
        let secrets: BTreeSet<_> = told.iter().flat_map(|(before, receipt)| [before, receipt]).collect();
        for disk in [&waiting, &sent].into_iter().flatten() {
            assert!(disk.contains("planted-north"), "the search finds what is there");
            for secret in &secrets {
                assert!(!disk.contains(secret.as_str()), "{secret}");
            }
            for part in ["\"marks\"", "\"receipt\"", "sealed/"] {
                assert!(!disk.contains(part), "{part}");
            }
        }

        let path = |name: &str| bot.folder.path().join(name);
        let of_answers = format!("SELECT room FROM message WHERE key LIKE 'answer/{number}/%' ORDER BY rowid");
        let answered: Vec<String> = column(&path("bot.db"), &of_answers);
        let close = bot.says(&lea, &lobby(), "!hearth ballot close");
        let list = published(&bot.deliver());
        assert_eq!(list.len(), VOTERS);
        assert_eq!(bot.keys(), 0);
        papers += list.len();
        let receipts: Vec<_> = list.iter().map(|(receipt, _)| receipt.as_str()).collect();
        let list: Vec<_> = list.iter().map(|(_, choice)| *choice).collect();
        let mut counts = (list.clone(), choice.values().copied().collect::<Vec<_>>());
        counts.0.sort_unstable();
        counts.1.sort_unstable();
        assert_eq!(counts.0, counts.1, "what was published is what was chosen");

        // The auditor lines people up in every order that something on the disk, or their knowledge, gives.
        let path = |name: &str| bot.folder.path().join(name);
        let whose: BTreeMap<String, usize> = bot
            .sent
            .iter()
            .filter_map(|(who, event)| Some((event.to_string(), (0..VOTERS).find(|number| voter(*number) == *who)?)))
            .collect();
        let of_room = |room: &String| (0..VOTERS).find(|who| Bot::direct(*who).as_str() == room).unwrap();
        let firsts = |people: Vec<usize>| -> Vec<usize> {
            let mut seen = BTreeSet::new();
            people.into_iter().filter(|person| seen.insert(*person)).collect()
        };
        let mine: BTreeSet<String> = votes.values().map(ToString::to_string).collect();
        let handled: Vec<String> = column(&path("bot.db"), "SELECT event FROM handled ORDER BY at DESC");
        // They have the key, too, and try it on every event that they know of.
        let names = hearth_log::key::open_or_create(&path("pseudonym.key")).unwrap().for_community("\0bot.db");
        let hex = |event: &str| names.event_hex(event);
        let named: BTreeMap<String, usize> = mine.iter().map(|event| (hex(event), whose[event])).collect();
        let handled = handled.iter().filter_map(|name| named.get(name).copied()).collect();
        let key = Key::new(&KEY).for_community("Testers");
        let logged: Vec<Vec<u8>> = column(
            &path("activity.db"),
            &format!(
                "SELECT p.pseudonym FROM activity a JOIN person p ON p.id = a.person WHERE a.kind = 51 \
                 ORDER BY a.id DESC LIMIT {VOTERS}"
            ),
        );
        let logged: Vec<usize> = logged
            .iter()
            .map(|name| (0..VOTERS).find(|who| key.person(voter(*who).as_str()).as_slice() == *name).unwrap())
            .collect();
        let by_name: Vec<usize> = (0..VOTERS).collect();
        let mut by_pseudonym = by_name.clone();
        by_pseudonym.sort_by_key(|who| key.person(voter(*who).as_str()));
        let mut by_event = by_name.clone();
        by_event.sort_by_key(|who| seed_of(&votes[who]));
        let lines = [
            ("the order of handled events", handled),
            ("the order of answers", firsts(answered.iter().map(of_room).collect())),
            ("the order of the log", logged),
            ("names", by_name.clone()),
            ("pseudonyms", by_pseudonym),
            ("hashes of events", by_event),
            ("the order of voting", order.clone()),
            ("names, shuffled by the close's seed", shuffled(by_name, seed_of(&close))),
            ("votes, shuffled by the close's seed", shuffled(order.clone(), seed_of(&close))),
        ];
        for (name, line) in lines {
            assert_eq!(line.len(), VOTERS, "{name}");
            let truth: Vec<u32> = line.iter().map(|who| choice[who]).collect();
            scores.entry(name).or_default().add(&truth, &list);
        }
        // Had they been published in the order in which they came, the auditor would know.
        let truth: Vec<u32> = order.iter().map(|who| choice[who]).collect();
        scores.entry("control").or_default().add(&truth, &truth);
        // And had receipts been drawn from what a vote's event gives away.
        for event in votes.values() {
            let guess = receipt(&mut ChaCha20Rng::seed_from_u64(seed_of(event)), std::iter::empty());
            linked += usize::from(receipts.contains(&guess.as_str()));
        }
    }
    assert!(papers > 1_000);
    assert_eq!(linked, 0);
    assert!(scores.remove("control").unwrap().surprise() > 20.0);
    for (name, score) in scores {
        println!("{name}: {} of {papers}, by chance {:.0}: {:+.1} σ", score.hits, score.expected, score.surprise());
        assert!(score.surprise().abs() < 4.0, "{name}: {}", score.surprise());
    }
    // Nothing sealed is left, and no receipt was ever on the disk but in what was published.
    let left: Vec<i64> = column(&bot.folder.path().join("bot.db"), "SELECT count(*) FROM sealed");
    assert_eq!(left, [0]);
}

/// What somebody has who gets hold of `bot.db` when everything is over and what there was to send was sent.
#[test]
fn when_votes_and_notes_are_over_no_byte_says_who_gave_them() {
    let mut bot = Bot::new();
    let lea = UserId::from("@lea:t");
    bot.says(&lea, &lobby(), "!hearth ballot \"Which way?\" north | south");
    for topic in ["Pairing", "Reviews"] {
        bot.says(&lea, &lobby(), &format!("!hearth topic add {topic}"));
    }
    bot.says(&lea, &lobby(), "!hearth topic vote");
    bot.says(&lea, &lobby(), "!hearth retro start");
    bot.deliver();
    let mut theirs = BTreeSet::new();
    let mut all_say = |bot: &mut Bot, texts: &[&str]| {
        for who in 0..VOTERS {
            for text in texts {
                theirs.insert(bot.says(&voter(who), &Bot::direct(who), text));
            }
            bot.deliver();
        }
    };
    all_say(&mut bot, &["vote", "vote 1", "vote Park", "topic vote", "topic vote 1:2", "happy: tea", "unsure: rain"]);
    for _ in 0..3 {
        bot.says(&lea, &lobby(), "!hearth retro next");
        bot.deliver();
    }
    all_say(&mut bot, &["1 dots 1:1"]);
    for _ in 0..3 {
        bot.says(&lea, &lobby(), "!hearth retro next");
    }
    all_say(&mut bot, &["1 roti 3"]);
    let bytes = |bot: &Bot| {
        bot.store.scrub().unwrap();
        let mut bytes = fs::read(bot.folder.path().join("bot.db")).unwrap();
        bytes.extend(fs::read(bot.folder.path().join("bot.db-wal")).unwrap_or_default());
        String::from_utf8_lossy(&bytes).into_owned()
    };
    assert!(bytes(&bot).contains("@voter07:t"), "while it is open, the retrospective knows who takes part");
    for close in ["ballot close", "topic close", "retro close"] {
        bot.says(&lea, &lobby(), &format!("!hearth {close}"));
    }
    bot.deliver();
    assert_eq!(bot.keys(), 0);
    let bytes = bytes(&bot);
    assert!(bytes.contains("Pairing"), "the search finds what is there");
    for who in 0..VOTERS {
        assert!(!bytes.contains(voter(who).as_str()), "{}", voter(who));
        assert!(!bytes.contains(Bot::direct(who).as_str()), "the room of {}", voter(who));
    }
    for event in theirs {
        assert!(!bytes.contains(event.as_str()), "{event}");
    }
}
