//! Commands that come late, and edits of commands: the engine with its memory on a disk of its own, without a homeserver.

#![expect(clippy::unwrap_used, reason = "tests, and the helpers of tests")]

use std::collections::{BTreeMap, BTreeSet};

use hearth_bot::{
    config::Config,
    engine::{Authority, CommunityNumber, Engine, Membership, UnitOfWork},
    incoming,
    store::{OutboxItem, Store},
};
use hearth_practices::{Outgoing, RoomId, To, UserId, registry::ALL};
use hearth_shared::pseudonym::Key;
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

/// The one community.
const ONLY: CommunityNumber = CommunityNumber::new(1);

const EDITED: &str =
    "I don't read edits: what you sent first is what counts. If you meant this, send it as a new message.";

struct Bot {
    folder: tempfile::TempDir,
    engine: Engine,
    store: Store,
    now: Timestamp,
    events: u64,
    /// Who sent which event.
    authors: BTreeMap<String, String>,
}

fn config() -> Config {
    toml::from_str("homeserver = 'https://m.example.org'\nuser = '@hearth:t'\n[[community]]\nname = 'Testers'\nrooms = ['!lobby:t']\n")
        .unwrap()
}

fn load(store: &mut Store) -> Engine {
    let mut engine = Engine::load(
        &ALL,
        &"@hearth:t".into(),
        config().configured(|_| Some((ONLY, Key::new(&[3; 32])))),
        [9; 32],
        store,
    )
    .unwrap();
    let lobby = Membership { name: "lobby".to_owned(), people: Some(9), ..Membership::default() };
    engine.set_room(&RoomId::from("!lobby:t"), lobby);
    let direct = Membership { direct: Some(UserId::from("@ana:t")), people: Some(1), ..Membership::default() };
    engine.set_room(&RoomId::from("!direct:t"), direct);
    engine
}

impl Bot {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut store = Store::open(&folder.path().join("bot.db")).unwrap();
        let now = Timestamp::from_second(1_791_190_800).unwrap();
        Self { engine: load(&mut store), folder, store, now, events: 0, authors: BTreeMap::new() }
    }

    /// An event of a room, and what the bot would send.
    fn hears(&mut self, room: &str, json: &Value) -> Vec<String> {
        let mut unit = UnitOfWork::default();
        self.take(room, json, &mut unit);
        self.finish(&unit)
    }

    fn take(&mut self, room: &str, json: &Value, unit: &mut UnitOfWork) {
        let incoming = incoming::read(&json.to_string(), false).unwrap();
        let rooms = BTreeSet::from([RoomId::from("!lobby:t")]);
        let of = json["content"]["m.relates_to"]["event_id"].as_str().unwrap_or_default();
        let edits_own = self.authors.get(of).is_some_and(|author| json["sender"] == **author);
        let authority = Authority { communities: vec![ONLY], rooms, edits_own, ..Authority::default() };
        self.engine.take(&self.store, &RoomId::from(room), &incoming, &authority, self.now, unit).unwrap();
    }

    fn finish(&mut self, unit: &UnitOfWork) -> Vec<String> {
        self.store.commit(&unit.commit).unwrap();
        unit.commit.items.iter().map(|item| shown(&item.item)).collect()
    }

    fn event(&mut self, who: &str, content: Value) -> (String, Value) {
        self.events += 1;
        let event = format!("$e{}", self.events);
        self.authors.insert(event.clone(), format!("@{who}:t"));
        let json = json!({"type": "m.room.message", "event_id": event, "sender": format!("@{who}:t"),
            "origin_server_ts": self.now.as_millisecond(), "content": content});
        (event, json)
    }

    /// Somebody says something: the message, and what comes of it.
    fn says(&mut self, who: &str, room: &str, text: &str) -> (String, Vec<String>) {
        let (event, json) = self.event(who, json!({"msgtype": "m.text", "body": text}));
        (event, self.hears(room, &json))
    }

    /// Somebody edits a message.
    fn edits(&mut self, who: &str, room: &str, of: &str, text: &str) -> Vec<String> {
        let json = self.edit(who, of, text);
        self.hears(room, &json)
    }

    fn edit(&mut self, who: &str, of: &str, text: &str) -> Value {
        let content = json!({"msgtype": "m.text", "body": format!("* {text}"),
            "m.new_content": {"msgtype": "m.text", "body": text},
            "m.relates_to": {"rel_type": "m.replace", "event_id": of}});
        self.event(who, content).1
    }

    fn passes(&mut self, hours: i64) {
        self.now = self.now.checked_add(SignedDuration::from_hours(hours)).unwrap();
    }

    fn rows(&self, sql: &str) -> i64 {
        let db = rusqlite::Connection::open(self.folder.path().join("bot.db")).unwrap();
        db.query_row(sql, (), |row| row.get(0)).unwrap()
    }
}

/// One line for what would be sent: to which message it is an answer, and what it says.
fn shown(item: &OutboxItem) -> String {
    match item {
        OutboxItem::Send(Outgoing::Message(message)) => match &message.to {
            To::Reply { event, thread, .. } => {
                let thread = thread.as_ref().map(|thread| format!(" in {thread}")).unwrap_or_default();
                format!("{event}{thread}: {}", message.body)
            }
            to => format!("{to:?}: {}", message.body),
        },
        OutboxItem::Send(Outgoing::OpenPoll { question, .. }) => format!("poll: {question}"),
        other => format!("{other:?}"),
    }
}

#[test]
fn whoever_mends_a_command_in_place_is_told_to_send_it_anew() {
    let mut bot = Bot::new();
    let (slip, answer) = bot.says("ana", "!lobby:t", "!hearth poll \"Lunch?\" Soup");
    assert!(answer[0].contains("only one answer"), "{answer:?}");
    let mended = "!hearth poll \"Lunch?\" Soup | Rice";
    assert_eq!(bot.edits("ana", "!lobby:t", &slip, mended), [format!("{slip}: {EDITED}")]);
    // Whoever tries again is not met with silence either.
    let again = "!hearth poll \"Lunch?\" Soup | Tea";
    assert_eq!(bot.edits("ana", "!lobby:t", &slip, again), [format!("{slip}: {EDITED}")]);
    assert!(bot.edits("ana", "!lobby:t", &slip, again).is_empty(), "a link preview");
    assert_eq!(bot.edits("ana", "!lobby:t", &slip, "never mind"), [format!("{slip}: {EDITED}")]);
    assert_eq!(bot.says("ana", "!lobby:t", mended).1[0], "poll: Lunch?");
}

#[test]
fn an_edit_of_a_command_that_worked_does_nothing_twice() {
    let mut bot = Bot::new();
    let poll = "!hearth poll \"Lunch?\" Soup | Rice";
    let (asked, sent) = bot.says("ana", "!lobby:t", poll);
    assert_eq!(sent[0], "poll: Lunch?");
    // A client that adds a link preview edits the message into itself.
    assert!(bot.edits("ana", "!lobby:t", &asked, &format!(" {poll}")).is_empty());
    assert_eq!(bot.edits("ana", "!lobby:t", &asked, &format!("{poll} | Tea")), [format!("{asked}: {EDITED}")]);
    let (vote, sent) = bot.says("ana", "!direct:t", "vote 2");
    assert!(!sent.is_empty());
    let answer = bot.edits("ana", "!direct:t", &vote, "vote 1");
    assert_eq!(
        answer,
        [format!(
            "{vote}: I don't read edits: the vote that you sent first counts, and `vote` shows it. To change it, send it as a new message."
        )]
    );
}

#[test]
fn a_message_edited_into_a_command_is_answered_and_any_other_edit_is_not() {
    let mut bot = Bot::new();
    let (said, _) = bot.says("ana", "!lobby:t", "lunch?");
    assert!(bot.edits("ana", "!lobby:t", &said, "lunch, anybody?").is_empty());
    let into = bot.edit("ana", &said, "!hearth poll \"Lunch?\" Soup | Rice");
    let edit = into["event_id"].as_str().unwrap().to_owned();
    assert_eq!(bot.hears("!lobby:t", &into), [format!("{edit}: {EDITED}")]);
    assert!(bot.hears("!lobby:t", &into).is_empty(), "delivered again");
    let mut notice = bot.edit("ana", &said, "!hearth help");
    notice["content"]["m.new_content"]["msgtype"] = json!("m.notice");
    assert!(bot.hears("!lobby:t", &notice).is_empty());
}

#[test]
fn nobody_is_answered_for_editing_somebody_elses_command() {
    let mut bot = Bot::new();
    let (said, _) = bot.says("ana", "!lobby:t", "good morning");
    assert!(bot.edits("mallory", "!lobby:t", &said, "!hearth dance").is_empty());
    let (asked, _) = bot.says("ana", "!lobby:t", "!hearth dnace");
    assert!(bot.edits("mallory", "!lobby:t", &asked, "!hearth dance").is_empty());
    // Nor is its author kept from an answer by that.
    assert_eq!(bot.edits("ana", "!lobby:t", &asked, "!hearth help"), [format!("{asked}: {EDITED}")]);
}

#[test]
fn an_edit_is_understood_in_the_batch_of_its_command_and_after_a_restart() {
    let mut bot = Bot::new();
    let (_, command) = bot.event("ana", json!({"msgtype": "m.text", "body": "!hearth help"}));
    let of = command["event_id"].as_str().unwrap().to_owned();
    let (preview, other) = (bot.edit("ana", &of, "!hearth help"), bot.edit("ana", &of, "!hearth help poll"));
    let mut unit = UnitOfWork::default();
    bot.take("!lobby:t", &command, &mut unit);
    bot.take("!lobby:t", &preview, &mut unit);
    assert_eq!(bot.finish(&unit).len(), 1, "help alone");
    bot.engine = load(&mut bot.store);
    assert!(bot.hears("!lobby:t", &preview).is_empty());
    assert_eq!(bot.hears("!lobby:t", &other), [format!("{of}: {EDITED}")]);
}

#[test]
fn a_command_in_a_thread_is_mended_in_its_thread() {
    let mut bot = Bot::new();
    let relation = json!({"rel_type": "m.thread", "event_id": "$root"});
    let content = json!({"msgtype": "m.text", "body": "!hearth dnace", "m.relates_to": relation});
    let (asked, json) = bot.event("ana", content);
    bot.hears("!lobby:t", &json);
    let answer = bot.edits("ana", "!lobby:t", &asked, "!hearth help");
    assert_eq!(answer, [format!("{asked} in $root: {EDITED}")]);
}

#[test]
fn commands_are_remembered_for_a_week_and_no_longer_than_their_author_wants() {
    let mut bot = Bot::new();
    bot.says("ana", "!lobby:t", "!hearth help");
    bot.says("ben", "!lobby:t", "!hearth help");
    assert_eq!(bot.rows("SELECT count(*) FROM asked"), 2);
    assert_eq!(bot.rows("SELECT count(*) FROM asked WHERE by LIKE '%ana%' OR said LIKE '%help%'"), 0);
    bot.says("ana", "!direct:t", "forget-me");
    bot.says("ana", "!direct:t", "forget-me yes");
    assert_eq!(bot.rows("SELECT count(*) FROM asked"), 1, "Ben's");
    bot.passes(24 * 8);
    bot.says("cem", "!lobby:t", "!hearth help");
    assert_eq!(bot.rows("SELECT count(*) FROM asked"), 1, "Cem's");
}

#[test]
fn a_command_found_days_later_is_answered_and_not_carried_out() {
    let mut bot = Bot::new();
    let late = |bot: &mut Bot, room: &str, text: &str, hours: i64| {
        let (event, json) = bot.event("ana", json!({"msgtype": "m.text", "body": text}));
        bot.passes(hours);
        (event, bot.hears(room, &json))
    };
    let (asked, answer) = late(&mut bot, "!lobby:t", "!hearth poll \"Lunch?\" Soup | Rice", 25);
    assert_eq!(
        answer,
        [format!(
            "{asked}: You wrote this on Mon 5 Oct, 09:00, and I read it only now. So much later I don't act on it by myself: if you still want it, send it again."
        )]
    );
    assert_eq!(bot.rows("SELECT count(*) FROM record WHERE practice = 'poll'"), 0);
    let (_, answer) = late(&mut bot, "!lobby:t", "!hearth dnace", 25);
    assert!(answer.len() == 1 && answer[0].contains("send it again"), "{answer:?}");
    let (_, answer) = late(&mut bot, "!direct:t", "action @ben:t tidy up by friday", 25);
    assert!(answer.len() == 1 && answer[0].contains("send it again"), "{answer:?}");
    let (_, answer) = late(&mut bot, "!lobby:t", "!hearth poll \"Lunch?\" Soup | Rice", 23);
    assert_eq!(answer[0], "poll: Lunch?");
    // Whoever withdrew has withdrawn.
    let (_, answer) = late(&mut bot, "!direct:t", "opt-out", 24 * 9);
    assert!(answer.len() == 1 && !answer[0].contains("send it again"), "{answer:?}");
    assert_eq!(bot.rows("SELECT count(*) FROM record WHERE practice = 'privacy'"), 1);
}
