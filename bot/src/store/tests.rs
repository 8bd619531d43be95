//! The store, as whoever uses it sees it.

mod sealed;

use super::*;
use hearth_practices::{Effect, Message, To, Tone};

fn store() -> (tempfile::TempDir, Store) {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(&folder.path().join("bot.db")).unwrap();
    (folder, store)
}

fn parcel(txn: &str, message: Message) -> NewParcel {
    NewParcel {
        txn: txn.to_owned(),
        community: "Testers".to_owned(),
        practice: "poll".to_owned(),
        parcel: Parcel::Effect(Effect::Send(message)),
        leads: None,
    }
}

fn note(room: &str, key: Option<&str>) -> Message {
    let message = Message::new(To::Room(RoomId::from(room)), Tone::Notice, "hi");
    match key {
        Some(key) => message.keyed(key),
        None => message,
    }
}

fn put(store: &mut Store, parcels: Vec<NewParcel>) {
    store.commit(&Commit { parcels, ..Commit::default() }).unwrap();
}

fn due(store: &Store, at: i64) -> Vec<String> {
    let at = Timestamp::from_second(at).unwrap();
    store.due(at).unwrap().into_iter().map(|due| due.txn).collect()
}

#[test]
fn a_room_gets_its_messages_in_order_and_one_room_does_not_wait_for_another() {
    let (_folder, mut store) = store();
    let messages = [("1", "!a:t"), ("2", "!a:t"), ("3", "!b:t")];
    put(&mut store, messages.iter().map(|(txn, room)| parcel(txn, note(room, None))).collect());
    assert_eq!(due(&store, 0), ["1", "3"]);
    store.postpone(1, Timestamp::from_second(60).unwrap(), true).unwrap();
    assert_eq!(due(&store, 0), ["3"], "what comes later in a room waits for what comes first");
    assert_eq!(due(&store, 60), ["1", "3"]);
    store.posted("1", None).unwrap();
    assert_eq!(due(&store, 60), ["2", "3"]);
}

#[test]
fn a_cause_told_twice_is_sent_once_and_a_sent_message_keeps_its_name() {
    let (_folder, mut store) = store();
    put(&mut store, vec![parcel("1", note("!a:t", Some("card")))]);
    put(&mut store, vec![parcel("1", note("!a:t", Some("card")))]);
    assert_eq!(store.waiting().unwrap(), 1);
    let posted = Posted { room: RoomId::from("!a:t"), event: EventId::from("$e") };
    store.posted("1", Some(&posted)).unwrap();
    store.posted("1", Some(&posted)).unwrap();
    assert_eq!(store.waiting().unwrap(), 0);
    let key = MessageKey::from("card");
    assert_eq!(store.message("Testers", "poll", &key).unwrap(), Some(posted));
    let (room, event) = (RoomId::from("!a:t"), EventId::from("$e"));
    assert_eq!(store.message_of(&room, &event).unwrap(), Some(("Testers".into(), "poll".into(), key)));
    assert_eq!(store.message_of(&RoomId::from("!b:t"), &event).unwrap(), None, "pointed at from elsewhere");
}

#[test]
fn what_has_arrived_before_its_cause_is_read_again_is_not_sent_again() {
    let (_folder, mut store) = store();
    let posted = Posted { room: RoomId::from("!a:t"), event: EventId::from("$e") };
    let commit = Commit {
        parcels: vec![parcel("1", note("!a:t", Some("card"))), parcel("2", note("!a:t", None))],
        arrived: vec![("1".to_owned(), posted.clone())],
        ..Commit::default()
    };
    store.commit(&commit).unwrap();
    assert_eq!(due(&store, 0), ["2"]);
    assert_eq!(store.message("Testers", "poll", &MessageKey::from("card")).unwrap(), Some(posted));
}

#[test]
fn nudges_have_a_daily_budget_and_hold_nothing_up() {
    let (_folder, mut store) = store();
    put(&mut store, vec![parcel("1", note("!a:t", None).as_nudge()), parcel("2", note("!a:t", None))]);
    assert_eq!(due(&store, 0), ["1", "2"]);
    assert!(store.spend_nudge("nudge !a:t", "2026-10-05", 2).unwrap());
    assert!(store.spend_nudge("nudge !a:t", "2026-10-05", 2).unwrap());
    assert!(!store.spend_nudge("nudge !a:t", "2026-10-05", 2).unwrap());
    assert!(store.spend_nudge("nudge !a:t", "2026-10-06", 2).unwrap());
}

#[test]
fn what_is_meant_for_leads_that_nobody_named_is_not_kept() {
    let (_folder, mut store) = store();
    put(&mut store, vec![parcel("1", Message::new(To::Leads, Tone::Notice, "hi"))]);
    assert_eq!(store.waiting().unwrap(), 0);
}

#[test]
fn a_step_is_written_whole() {
    let (_folder, mut store) = store();
    let commit = Commit {
        records: vec![("Testers".into(), "poll", vec![("k".into(), Some("1".into()))])],
        handled: vec![(EventId::from("$e"), Timestamp::UNIX_EPOCH)],
        cursor: Some("s1".into()),
        ..Commit::default()
    };
    store.commit(&commit).unwrap();
    assert_eq!(store.cursor().unwrap().as_deref(), Some("s1"));
    assert!(store.is_handled(&EventId::from("$e")).unwrap());
    assert_eq!(store.records("Testers", "poll").unwrap(), [("k".to_owned(), "1".to_owned())]);
}

#[test]
fn another_programs_database_and_a_newer_one_are_refused_in_words() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("other.db");
    Connection::open(&path).unwrap().execute_batch("CREATE TABLE t (x)").unwrap();
    assert!(matches!(Store::open(&path), Err(StoreError::Stranger(_))));
    let path = folder.path().join("newer.db");
    Store::open(&path).unwrap().db.pragma_update(None, "user_version", 99).unwrap();
    assert!(matches!(Store::open(&path), Err(StoreError::Newer { found: 99, .. })));
}
