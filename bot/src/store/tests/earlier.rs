//! What an earlier Hearth left in the database.

use std::collections::BTreeMap;

use super::*;

#[test]
fn a_file_of_an_earlier_layout_is_put_together_anew_when_it_is_sent() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("bot.db");
    let old = Connection::open(&path).unwrap();
    for step in &MIGRATIONS[..13] {
        old.execute_batch(step).unwrap();
    }
    old.execute_batch(
        r#"PRAGMA user_version = 13;
        INSERT INTO outbox (txn, community, practice, lane, parcel) VALUES ('t', 'Testers', '', 'person @ana:t',
            '{"file":{"person":"@ana:t","name":"my-data.json","text":"marmalade"}}');
        INSERT INTO aside VALUES (7, 'u', 'Testers', '', '@ben:t',
            '{"file":{"person":"@ben:t","name":"my-data.json","text":"marzipan"}}', NULL, NULL, 'broke');"#,
    )
    .unwrap();
    drop(old);
    let store = Store::open(&path).unwrap();
    assert_eq!(
        store.item(1).unwrap().unwrap().item,
        OutboxItem::Send(Outgoing::MyData { person: UserId::from("@ana:t") })
    );
    store.scrub().unwrap();
    let bytes = std::fs::read(&path).unwrap();
    for word in ["marmalade", "marzipan"] {
        assert!(!bytes.windows(word.len()).any(|window| window == word.as_bytes()), "{word}");
    }
}

#[test]
fn the_budgets_of_an_earlier_layout_are_still_spent() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("bot.db");
    let old = Connection::open(&path).unwrap();
    for step in &MIGRATIONS[..16] {
        old.execute_batch(step).unwrap();
    }
    old.execute_batch(
        "PRAGMA user_version = 16;
         INSERT INTO nudge VALUES ('nudge person @ana:t', '2026-10-05', 2), ('nudge !a:t', '2026-10-05', 1);",
    )
    .unwrap();
    drop(old);
    let mut store = Store::open(&path).unwrap();
    let (since, now) = ("2026-10-04T23:00:00Z".parse().unwrap(), "2026-10-05T20:00:00Z".parse().unwrap());
    let mut spent = |whom: &str, most| store.spend_nudge(whom, whom, now, &[Budget { since, most }]).unwrap();
    let ana = to_person(&"@ana:t".into());
    assert_eq!((spent(&ana, 2), spent("!a:t", 1)), (Some(0), Some(0)));
    assert_eq!((spent(&ana, 3), spent("!a:t", 2)), (None, None));
}

/// Rows as an earlier layout wrote them: each kind that could wait, and what it is read as.
fn old_rows() -> Vec<(&'static str, OutboxItem)> {
    let (room, event, person) = (RoomId::from("!a:t"), EventId::from("$e"), UserId::from("@ana:t"));
    let reply = To::Reply { room: room.clone(), event: event.clone(), thread: None };
    let answers = vec![("1".to_owned(), "Soup".to_owned())];
    let begins = "2026-10-05T09:00:00Z".parse().unwrap();
    let nudge = Message::new(To::Person(person.clone()), Attention::Nudge { until: begins }, "hi").keyed("soon");
    vec![
        (
            r#"{"effect":{"send":{"to":{"reply":{"room":"!a:t","event":"$e","thread":null}},"body":"hi","tone":"notice","key":null,"mentions":["@ana:t"],"nudge":false}}}"#,
            OutboxItem::Send(Outgoing::Message(Message::new(reply, Attention::Answer, "hi").mentioning(&person))),
        ),
        (
            r#"{"effect":{"send":{"to":{"person":"@ana:t"},"body":"hi","tone":"prompt","key":"soon","mentions":[],"nudge":true,"expires":"2026-10-05T09:00:00Z"}}}"#,
            OutboxItem::Send(Outgoing::Message(nudge)),
        ),
        (
            r#"{"effect":{"send":{"to":"leads","body":"hi","tone":"notice","key":null,"mentions":[],"once":"x","nudge":false}}}"#,
            OutboxItem::Send(Outgoing::Message(Message::new(To::Leads, Attention::Answer, "hi").once("x"))),
        ),
        (
            r#"{"effect":{"edit":{"key":"card","body":"new"}}}"#,
            OutboxItem::Send(Outgoing::Edit { key: "card".into(), body: "new".into() }),
        ),
        (
            r#"{"effect":{"react":{"room":"!a:t","event":"$e","with":"+"}}}"#,
            OutboxItem::Send(Outgoing::React { room: room.clone(), event: event.clone(), with: "+".into() }),
        ),
        (
            r#"{"effect":{"open-poll":{"key":"poll","room":"!a:t","thread":"$e","question":"?","answers":[["1","Soup"]],"hidden":true}}}"#,
            OutboxItem::Send(Outgoing::OpenPoll {
                key: "poll".into(),
                room: room.clone(),
                thread: Some(event.clone()),
                question: "?".into(),
                answers: answers.clone(),
                hidden: true,
            }),
        ),
        (
            r#"{"effect":{"ask-person":{"key":"tap","person":"@ana:t","question":"?","answers":[["1","Soup"]]}}}"#,
            OutboxItem::Send(Outgoing::AskPerson {
                key: "tap".into(),
                person: person.clone(),
                question: "?".into(),
                answers,
            }),
        ),
        (
            r#"{"effect":{"end-poll":{"key":"poll","body":"over"}}}"#,
            OutboxItem::Send(Outgoing::EndPoll { key: "poll".into(), body: "over".into() }),
        ),
        (r#"{"effect":{"redact":{"key":"card"}}}"#, OutboxItem::Send(Outgoing::Redact { key: "card".into() })),
        (
            r#"{"effect":{"redact-event":{"room":"!a:t","event":"$e"}}}"#,
            OutboxItem::Send(Outgoing::RedactEvent { room: room.clone(), event }),
        ),
        (
            r#"{"effect":{"send-file":{"to":{"room":"!a:t"},"name":"a.ics","mime":"text/calendar","text":"x"}}}"#,
            OutboxItem::Send(Outgoing::File {
                to: To::Room(room.clone()),
                name: "a.ics".into(),
                mime: "text/calendar".into(),
                text: "x".into(),
            }),
        ),
        (r#"{"my-data":{"person":"@ana:t"}}"#, OutboxItem::Send(Outgoing::MyData { person: person.clone() })),
        (
            r#"{"attachment":{"room":"!a:t","path":"/p","name":"p.png","caption":null}}"#,
            OutboxItem::Attachment {
                room: room.clone(),
                path: "/p".into(),
                name: "p.png".into(),
                caption: None,
                words: None,
                key: None,
                beside: None,
            },
        ),
        (r#"{"forget-direct":{"person":"@ana:t"}}"#, OutboxItem::ForgetDirect { person: person.clone() }),
        (
            r#"{"leave-direct":{"person":"@ana:t","room":"!a:t"}}"#,
            OutboxItem::LeaveDirect { person, room, quietly: false },
        ),
    ]
}

#[test]
fn an_outbox_that_an_earlier_hearth_left_full_is_sent_after_the_upgrade() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("bot.db");
    let old = Connection::open(&path).unwrap();
    for step in &MIGRATIONS[..16] {
        old.execute_batch(step).unwrap();
    }
    old.execute_batch("PRAGMA user_version = 16;").unwrap();
    for (number, (json, _)) in old_rows().iter().enumerate() {
        old.execute(
            "INSERT INTO outbox (txn, community, practice, lane, parcel, importance) VALUES (?1, 'Testers', 'x', ?1, ?2, 0)",
            params![number.to_string(), json],
        )
        .unwrap();
    }
    drop(old);
    let mut store = Store::open(&path).unwrap();
    let mut desk = crate::sending::desk::Desk::new();
    desk.pull(&store, Timestamp::UNIX_EPOCH).unwrap();
    let (now, mut unsent, mut sent) = (Timestamp::UNIX_EPOCH, Vec::new(), BTreeMap::new());
    while let Some(errand) = desk.next(&mut store, now, |_, _| Ok(None), &mut unsent).unwrap() {
        if let crate::sending::desk::Errand::Send(due) = &errand {
            sent.insert(due.txn.parse::<usize>().unwrap(), due.item.clone());
        }
        let posted = Posted { room: RoomId::from("!a:t"), event: EventId::from("$sent") };
        desk.settle(&mut store, &errand, &Ok(crate::sending::Carried::Done(posted)), now).unwrap();
    }
    assert_eq!(sent.into_values().collect::<Vec<_>>(), old_rows().into_iter().map(|(_, new)| new).collect::<Vec<_>>());
    assert_eq!((unsent, store.waiting().unwrap()), (Vec::new(), 0));
}
