//! Signs: one is sent of those that follow each other quickly, in order, and none is lost that was on its way.

use super::*;

fn sign(txn: &str, name: &str) -> NewOutboxItem {
    of(txn, Outgoing::Sign { key: "paper".into(), with: format!("✅ {txn}"), name: name.into() })
}

fn unsign(txn: &str, name: &str) -> NewOutboxItem {
    of(txn, Outgoing::Unsign { key: "paper".into(), name: name.into() })
}

/// A store with a paper that was sent.
fn with_paper() -> (tempfile::TempDir, Store) {
    let (folder, mut store) = store();
    put(&mut store, vec![item("paper", note("!a:t", Some("paper")))]);
    let posted = Posted { room: RoomId::from("!a:t"), event: EventId::from("$paper") };
    store.posted("paper", Some(&posted), Timestamp::UNIX_EPOCH).unwrap();
    (folder, store)
}

#[test]
fn of_three_quick_taps_one_sign_is_sent_and_what_waits_is_not_sent_to_be_removed() {
    let (_folder, mut store) = with_paper();
    put(&mut store, vec![sign("1", "a")]);
    put(&mut store, vec![unsign("-1", "a"), sign("2", "b")]);
    put(&mut store, vec![unsign("-2", "b"), sign("3", "c")]);
    assert_eq!(without_words(&store), ["1", "2"]);
    let mut sent = Vec::new();
    while let Some(txn) = due(&store, 0).into_iter().next() {
        let row = store.rows_after(0).unwrap().into_iter().find_map(|row| store.item(row.id).unwrap());
        let due = row.unwrap();
        assert_eq!(due.txn, txn, "one lane, in order");
        let finds = |key: &MessageKey| store.message("Testers", "poll", key).unwrap();
        let posted = match &due.item {
            OutboxItem::Send(Outgoing::Sign { .. }) => Some(Posted { room: "!a:t".into(), event: "$sign".into() }),
            OutboxItem::Send(Outgoing::Unsign { name, .. }) => finds(name),
            OutboxItem::Destroyed => None,
            other => panic!("{other:?}"),
        };
        sent.extend(posted.is_some().then(|| txn.clone()));
        store.posted(&txn, posted.as_ref(), Timestamp::UNIX_EPOCH).unwrap();
    }
    assert_eq!(sent, ["3"]);
    // One that was sent is removed before the next comes, and its name goes.
    put(&mut store, vec![unsign("-3", "c"), sign("4", "d")]);
    assert_eq!((due(&store, 0), without_words(&store).len()), (vec!["-3".to_owned()], 0));
    let gone = Posted { room: "!a:t".into(), event: "$gone".into() };
    store.posted("-3", Some(&gone), Timestamp::UNIX_EPOCH).unwrap();
    assert_eq!(store.message("Testers", "poll", &"c".into()).unwrap(), None);
    assert_eq!(due(&store, 0), ["4"]);
}

#[test]
fn a_sign_that_is_on_its_way_or_may_have_arrived_is_removed_all_the_same() {
    let (_folder, mut store) = with_paper();
    let posted = |event: &str| Posted { room: RoomId::from("!a:t"), event: EventId::from(event) };
    put(&mut store, vec![sign("1", "a")]);
    put(&mut store, vec![unsign("-1", "a")]);
    // It was on its way.
    store.posted("1", Some(&posted("$one")), Timestamp::UNIX_EPOCH).unwrap();
    assert_eq!(store.message("Testers", "poll", &"a".into()).unwrap(), Some(posted("$one")));
    assert_eq!(due(&store, 0), ["-1"]);
    store.posted("-1", Some(&posted("$gone")), Timestamp::UNIX_EPOCH).unwrap();
    // An attempt failed, and nobody knows in what: it is sent, and removed.
    put(&mut store, vec![sign("2", "b")]);
    let row = store.rows_after(0).unwrap()[0].id;
    store.postpone(row, Timestamp::UNIX_EPOCH, true).unwrap();
    put(&mut store, vec![unsign("-2", "b")]);
    assert!(without_words(&store).is_empty());
    assert_eq!(due(&store, 0), ["2"]);
}

#[test]
fn a_sign_comes_before_buttons_that_wait_and_with_the_other_signs_of_its_paper() {
    let (_folder, mut store) = with_paper();
    let button = |txn: &str| of(txn, Outgoing::Button { key: "paper".into(), with: txn.to_owned(), name: None });
    put(&mut store, vec![button("b1"), button("b2"), sign("1", "a")]);
    let rows = store.rows_after(0).unwrap();
    assert_eq!(due(&store, 0), ["b1", "1"], "in two lanes");
    assert!(rows[2].attention.rank() < rows[0].attention.rank());
}

#[test]
fn on_a_paper_that_was_left_behind_with_its_room_nothing_is_changed_and_what_was_written_is_said_in_the_new_one() {
    let (_folder, mut store) = with_paper();
    put(&mut store, vec![sign("1", "a")]);
    let posted = Posted { room: RoomId::from("!a:t"), event: EventId::from("$one") };
    store.posted("1", Some(&posted), Timestamp::UNIX_EPOCH).unwrap();
    let moved = vec![("!a:t".into(), "!b:t".into(), Timestamp::UNIX_EPOCH)];
    store.commit(&Commit { moved, ..Commit::default() }).unwrap();
    let reword = |name: Option<&str>| Outgoing::Reword {
        key: "paper".into(),
        body: "you chose tea".to_owned(),
        name: name.map(MessageKey::from),
    };
    put(&mut store, vec![unsign("-1", "a"), sign("2", "b"), of("3", reword(None)), of("4", reword(Some("text")))]);
    assert_eq!(due(&store, 0), ["4"]);
    assert_eq!(store.message("Testers", "poll", &"a".into()).unwrap(), None, "its name goes");
    let row = store.item(store.rows_after(0).unwrap()[0].id).unwrap().unwrap();
    let OutboxItem::Send(Outgoing::Message(message)) = row.item else { panic!("{row:?}") };
    assert_eq!((row.lane.as_str(), message.key, message.body.as_str()), ("!b:t", Some("text".into()), "you chose tea"));
}
