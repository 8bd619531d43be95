//! The store, as whoever uses it sees it.

mod earlier;
mod ram;
mod sealed;
mod signs;

use super::*;
use hearth_practices::{Attention, Message, Outgoing, To, UserId};
use jiff::Timestamp;
use rusqlite::Connection;

fn store() -> (tempfile::TempDir, Store) {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(&folder.path().join("bot.db")).unwrap();
    (folder, store)
}

fn nudge(message: Message) -> Message {
    Message { attention: Attention::Nudge { until: Timestamp::MAX }, ..message }
}

fn item(txn: &str, message: Message) -> NewOutboxItem {
    let attention = message.attention;
    NewOutboxItem {
        txn: txn.to_owned(),
        community: "Testers".to_owned(),
        practice: "poll".to_owned(),
        item: OutboxItem::Send(Outgoing::Message(message)),
        scope: None,
        leads: None,
        attention,
    }
}

fn note(room: &str, key: Option<&str>) -> Message {
    let message = Message::new(To::Room(RoomId::from(room)), Attention::Answer, "hi");
    match key {
        Some(key) => message.keyed(key),
        None => message,
    }
}

fn put(store: &mut Store, items: Vec<NewOutboxItem>) {
    store.commit(&Commit { items, ..Commit::default() }).unwrap();
}

/// Rows that will not be sent go, as they do when their practices know.
fn over(store: &mut Store, unsent: &[Loss]) {
    let aside: Vec<_> = unsent.iter().filter_map(|loss| Some((loss.id, loss.aside.clone()?))).collect();
    let done = unsent.iter().map(|loss| loss.id).collect();
    store.commit(&Commit { done, aside, ..Commit::default() }).unwrap();
}

/// What could be sent at once, were there places enough: the first of every lane.
fn due(store: &Store, at: i64) -> Vec<String> {
    let now = Timestamp::from_second(at).unwrap();
    let mut lanes = BTreeSet::new();
    let rows: Vec<_> = store.rows_after(0).unwrap();
    let gone = |id: &i64| rows.iter().all(|row| row.id != *id);
    let first = |row: &&crate::sending::Row| lanes.insert(row.lane.clone());
    let heads: Vec<_> = rows.iter().filter(first).collect();
    let ready = heads.iter().filter(|row| row.not_before <= now && row.after.as_ref().is_none_or(gone));
    ready.map(|row| store.item(row.id).unwrap().unwrap().txn).collect()
}

fn lanes(store: &Store) -> Vec<String> {
    store.rows_after(0).unwrap().into_iter().map(|row| row.lane).collect()
}

fn of(txn: &str, outgoing: Outgoing) -> NewOutboxItem {
    let attention = outgoing.attention();
    NewOutboxItem { attention, item: OutboxItem::Send(outgoing), ..item(txn, note("!a:t", None)) }
}

fn to(person: &str) -> Message {
    Message::new(To::Person(UserId::from(person)), Attention::Answer, "hi")
}

fn edit(key: &str, body: &str) -> Outgoing {
    Outgoing::Edit { key: key.into(), body: body.into() }
}

#[test]
fn a_room_gets_its_messages_in_order_and_one_room_does_not_wait_for_another() {
    let (_folder, mut store) = store();
    let messages = [("1", "!a:t"), ("2", "!a:t"), ("3", "!b:t")];
    put(&mut store, messages.iter().map(|(txn, room)| item(txn, note(room, None))).collect());
    assert_eq!(due(&store, 0), ["1", "3"]);
    store.postpone(1, Timestamp::from_second(60).unwrap(), true).unwrap();
    assert_eq!(due(&store, 0), ["3"], "what comes later in a room waits for what comes first");
    assert_eq!(due(&store, 60), ["1", "3"]);
    store.posted("1", None, Timestamp::UNIX_EPOCH).unwrap();
    assert_eq!(due(&store, 60), ["2", "3"]);
}

#[test]
fn an_edit_waits_for_its_card_and_nobody_waits_for_the_edit() {
    let (_folder, mut store) = store();
    let card = item("card", note("!a:t", Some("card")));
    put(&mut store, vec![item("first", note("!a:t", None)), card, of("edit", edit("card", "b"))]);
    put(&mut store, vec![item("help", note("!b:t", None)), of("removal", Outgoing::Redact { key: "card".into() })]);
    assert_eq!(due(&store, 0), ["first", "help"]);
    store.posted("first", None, Timestamp::UNIX_EPOCH).unwrap();
    let posted = Posted { room: RoomId::from("!a:t"), event: EventId::from("$card") };
    store.posted("card", Some(&posted), Timestamp::UNIX_EPOCH).unwrap();
    assert_eq!(due(&store, 0), ["edit", "help"], "the edit comes before the removal of the same card");
    put(&mut store, vec![item("answer", note("!a:t", None)), of("no card", edit("none", "b"))]);
    assert_eq!(due(&store, 0), ["edit", "help", "answer"]);
}

#[test]
fn with_the_last_text_of_a_message_its_name_goes_and_what_it_said_before_can_be_removed() {
    let (_folder, mut store) = store();
    let posted = |event: &str| Posted { room: RoomId::from("!a:t"), event: EventId::from(event) };
    let reword = |name: &str| Outgoing::Reword { key: "paper".into(), body: "b".to_owned(), name: Some(name.into()) };
    put(&mut store, vec![item("paper", note("!a:t", Some("paper")))]);
    store.posted("paper", Some(&posted("$paper")), Timestamp::UNIX_EPOCH).unwrap();
    put(&mut store, vec![of("one", reword("text/1"))]);
    store.posted("one", Some(&posted("$one")), Timestamp::UNIX_EPOCH).unwrap();
    // What waits is replaced by what is newer, and waits on without its words: it may be on its way.
    put(&mut store, vec![of("two", reword("text/2"))]);
    put(&mut store, vec![of("last", Outgoing::Conclude { key: "paper".into(), body: "c".to_owned() })]);
    assert_eq!(without_words(&store), ["two"]);
    store.posted("two", None, Timestamp::UNIX_EPOCH).unwrap();
    assert_eq!(due(&store, 0), ["last"]);
    store.posted("last", Some(&posted("$last")), Timestamp::UNIX_EPOCH).unwrap();
    let known = |key: &str| store.message("Testers", "poll", &key.into()).unwrap().map(|posted| posted.event);
    assert_eq!((known("paper"), known("text/1"), known("text/2")), (None, Some("$one".into()), None));
}

/// The rows that wait without their words.
fn without_words(store: &Store) -> Vec<String> {
    let rows = store.rows_after(0).unwrap();
    let items = rows.iter().map(|row| store.item(row.id).unwrap().unwrap());
    items.filter(|due| due.item == OutboxItem::Destroyed).map(|due| due.txn).collect()
}

#[test]
fn it_is_known_of_a_named_message_whether_it_notified_anybody() {
    let (_folder, mut store) = store();
    // However soon it is sent: somebody waits for both.
    let card = |attention, key| {
        let message = Message { attention, ..note("!a:t", Some(key)) };
        NewOutboxItem { attention: Attention::Answer, ..item(key, message) }
    };
    let quiet = |store: &Store, key: &str| store.is_quiet("Testers", "poll", &key.into()).unwrap();
    put(&mut store, vec![card(Attention::Prompt, "loud"), card(Attention::Answer, "still")]);
    for txn in ["loud", "still"] {
        let posted = Posted { room: RoomId::from("!a:t"), event: EventId::from(format!("${txn}")) };
        store.posted(txn, Some(&posted), Timestamp::UNIX_EPOCH).unwrap();
    }
    assert_eq!((quiet(&store, "loud"), quiet(&store, "still"), quiet(&store, "unknown")), (false, true, false));
}

#[test]
fn a_card_that_says_what_to_do_goes_with_the_answers_and_takes_newer_words_along() {
    let (_folder, mut store) = store();
    let card = item("card", note("!a:t", Some("card")));
    let thanks = Outgoing::React { room: "!a:t".into(), event: "$said".into(), with: "👍".to_owned() };
    put(&mut store, vec![card, of("edit", edit("card", "a")), of("thanks", thanks)]);
    let attention = |store: &Store| {
        let rows = store.rows_after(0).unwrap();
        rows[1..].iter().map(|row| row.attention).collect::<Vec<_>>()
    };
    assert_eq!(attention(&store), [Attention::Housekeeping, Attention::Sign]);
    put(&mut store, vec![NewOutboxItem { attention: Attention::Answer, ..of("how", edit("card", "write to me")) }]);
    assert_eq!(attention(&store), [Attention::Sign, Attention::Answer]);
    put(&mut store, vec![of("later", edit("card", "write to me; two have voted"))]);
    assert_eq!(attention(&store), [Attention::Sign, Attention::Answer]);
}

#[test]
fn buttons_come_right_after_their_card_and_nothing_waits_for_them() {
    let (_folder, mut store) = store();
    let button = |txn: &str, with: &str, name: Option<&str>| {
        let name = name.map(MessageKey::from);
        of(txn, Outgoing::Button { key: "card".into(), with: with.to_owned(), name })
    };
    put(
        &mut store,
        vec![item("card", note("!a:t", Some("card"))), button("yes", "yes", Some("b")), button("no", "no", None)],
    );
    put(&mut store, vec![item("help", note("!a:t", None)), of("edit", edit("card", "one has voted"))]);
    assert_eq!(due(&store, 0), ["card"], "which event the card is, is not known yet");
    let sent = |txn: &str| Posted { room: RoomId::from("!a:t"), event: EventId::from(format!("${txn}")) };
    store.posted("card", Some(&sent("card")), Timestamp::UNIX_EPOCH).unwrap();
    assert_eq!(due(&store, 0), ["yes", "help", "edit"], "in three lanes");
    let attention = |txn: &str| {
        let rows = store.rows_after(0).unwrap();
        let is = |id: i64| store.item(id).unwrap().unwrap().txn == txn;
        rows.iter().find(|row| is(row.id)).unwrap().attention
    };
    assert!(attention("help").rank() < attention("yes").rank() && attention("yes").rank() < attention("edit").rank());
    // One that has a name can be taken off again.
    store.posted("yes", Some(&sent("yes")), Timestamp::UNIX_EPOCH).unwrap();
    assert_eq!(store.message("Testers", "poll", &"b".into()).unwrap(), Some(sent("yes")));
    // Under what was never sent there is none.
    put(&mut store, vec![of("lost", Outgoing::Button { key: "none".into(), with: "yes".to_owned(), name: None })]);
    assert!(!due(&store, 0).contains(&"lost".to_owned()));
}

#[test]
fn the_newest_edit_of_a_card_replaces_those_that_wait() {
    let (_folder, mut store) = store();
    put(&mut store, vec![item("card", note("!a:t", Some("card"))), item("other", note("!b:t", Some("other")))]);
    let turn = store.outbox_turn();
    put(&mut store, vec![of("1", edit("card", "one")), of("2", edit("other", "x"))]);
    put(&mut store, vec![of("3", edit("card", "two"))]);
    put(&mut store, vec![of("4", edit("card", "three")), of("3", edit("card", "two"))]);
    assert!(store.outbox_turn() > turn, "whoever holds rows learns that some went");
    for txn in ["card", "other"] {
        let posted = Posted { room: RoomId::from("!a:t"), event: EventId::from(format!("${txn}")) };
        store.posted(txn, Some(&posted), Timestamp::UNIX_EPOCH).unwrap();
    }
    // What is told again after it was replaced is told in vain: its cause was committed before.
    let bodies: Vec<_> = store.rows_after(0).unwrap().iter().map(|row| store.item(row.id).unwrap().unwrap()).collect();
    assert_eq!(bodies.len(), 2, "{bodies:?}");
    assert_eq!(bodies[0].txn, "2");
}

#[test]
fn whoever_writes_to_the_bot_first_gets_at_once_what_waits_for_a_direct_room() {
    let (_folder, mut store) = store();
    let nudge = nudge(to("@ana:t"));
    put(&mut store, vec![item("1", to("@ana:t")), item("2", nudge), item("3", to("@ben:t"))]);
    assert_eq!(lanes(&store), ["person @ana:t", "nudge person @ana:t", "person @ben:t"]);
    let turn = store.outbox_turn();
    let room = (RoomId::from("!ana:t"), Some(UserId::from("@ana:t")));
    store.commit(&Commit { rooms: vec![room], ..Commit::default() }).unwrap();
    assert_eq!(lanes(&store), ["!ana:t", "nudge !ana:t", "person @ben:t"]);
    assert!(store.outbox_turn() > turn);
    put(&mut store, vec![item("4", to("@ana:t"))]);
    assert_eq!(due(&store, 0), ["1", "2", "3"], "in order with what came later");
    let waits = store.rows_after(0).unwrap().iter().filter(|row| row.needs_room.is_some()).count();
    assert_eq!(waits, 1);
}

#[test]
fn whoever_wrote_to_the_bot_first_is_still_served_first_after_a_restart() {
    let (_folder, mut store) = store();
    let now = Timestamp::from_second(600).unwrap();
    let paper = Message::new(To::Person(UserId::from("@ana:t")), Attention::Prompt, "Vote");
    put(&mut store, vec![item("1", note("!a:t", None)), item("2", paper.clone()), item("3", nudge(paper))]);
    let mut desk = crate::sending::desk::Desk::new();
    desk.pull(&store, now).unwrap();
    let room = (RoomId::from("!ana:t"), Some(UserId::from("@ana:t")));
    store.commit(&Commit { rooms: vec![room], ..Commit::default() }).unwrap();
    desk.pull(&store, now).unwrap();
    let attention = |store: &Store| store.rows_after(0).unwrap().iter().map(|row| row.attention).collect::<Vec<_>>();
    assert_eq!(attention(&store)[1..], [Attention::Answer, Attention::Nudge { until: Timestamp::MAX }]);
    // The room that the bot makes itself changes nothing.
    put(&mut store, vec![item("4", Message::new(To::Person(UserId::from("@ben:t")), Attention::Prompt, "Vote"))]);
    desk.pull(&store, now).unwrap();
    let made = std::iter::from_fn(|| desk.next(&mut store, now, |_, _| Ok(None), &mut Vec::new()).unwrap())
        .find(|errand| matches!(errand, crate::sending::desk::Errand::MakeRoom(_)))
        .unwrap();
    store.add_room(&RoomId::from("!ben:t"), Some(&UserId::from("@ben:t"))).unwrap();
    desk.settle(&mut store, &made, &Ok(crate::sending::Carried::Nothing), now).unwrap();
    assert_eq!(attention(&store)[3], Attention::Prompt);
}

#[test]
fn a_direct_room_that_is_not_between_two_keeps_its_answers_and_loses_the_persons_messages() {
    let (_folder, mut store) = store();
    let (ana, room) = (UserId::from("@ana:t"), RoomId::from("!ana:t"));
    store.add_room(&room, Some(&ana)).unwrap();
    let answer = Message::new(To::Room(room.clone()), Attention::Answer, "hi");
    put(&mut store, vec![item("answer", answer), item("paper", to("@ana:t")), item("nudge", nudge(to("@ana:t")))]);
    let leave = NewOutboxItem {
        item: OutboxItem::LeaveDirect { person: ana.clone(), room: room.clone(), quietly: false },
        ..item("leave", note("!a:t", None))
    };
    store.abandon_direct(&ana, &leave).unwrap();
    assert_eq!(store.direct(&ana).unwrap(), None);
    assert_eq!(lanes(&store), ["!ana:t", "person @ana:t", "nudge person @ana:t", "leave !ana:t"]);
}

#[test]
fn a_reminder_whose_meeting_has_begun_is_not_sent_and_its_practice_learns_it() {
    let (_folder, mut store) = store();
    let begins = Timestamp::from_second(600).unwrap();
    let reminder = nudge(note("!a:t", Some("soon/1"))).until(begins);
    put(&mut store, vec![item("1", reminder), item("2", note("!a:t", None))]);
    let mut desk = crate::sending::desk::Desk::new();
    desk.pull(&store, Timestamp::UNIX_EPOCH).unwrap();
    let mut unsent = Vec::new();
    // The day's budget is used up, and tomorrow nobody needs it: that is told at once.
    let tomorrow = Timestamp::from_second(86_400).unwrap();
    let budget = |_: &mut Store, due: &Due| Ok((due.txn == "1").then_some(tomorrow));
    let errand = desk.next(&mut store, Timestamp::UNIX_EPOCH, budget, &mut unsent).unwrap().unwrap();
    assert_eq!(errand.job(), crate::sending::Job::Send(2));
    assert!(desk.next(&mut store, Timestamp::UNIX_EPOCH, budget, &mut unsent).unwrap().is_none());
    assert_eq!(unsent[0].lost, Some(Lost::Message("soon/1".into())));
    assert_eq!(due(&store, 600), ["1", "2"], "it goes with what the practice makes of it");
    over(&mut store, &unsent);
    assert_eq!(due(&store, 600), ["2"]);
}

#[test]
fn a_nudge_for_somebody_who_has_left_their_direct_room_is_told_as_unsent() {
    let (_folder, mut store) = store();
    put(&mut store, vec![item("named", nudge(to("@ana:t")).keyed("soon")), item("unnamed", to("@ben:t"))]);
    store.add_room(&RoomId::from("!ana:t"), Some(&UserId::from("@ana:t"))).unwrap();
    store.add_room(&RoomId::from("!ben:t"), Some(&UserId::from("@ben:t"))).unwrap();
    let (mut desk, now, mut unsent) = (crate::sending::desk::Desk::new(), Timestamp::UNIX_EPOCH, Vec::new());
    desk.pull(&store, now).unwrap();
    while let Some(errand) = desk.next(&mut store, now, |_, _| Ok(None), &mut unsent).unwrap() {
        let settled = desk.settle(&mut store, &errand, &Ok(crate::sending::Carried::Nothing), now).unwrap();
        let crate::sending::desk::Settled::Unsent(lost) = settled else { panic!() };
        unsent.extend(lost);
    }
    assert_eq!(unsent.iter().map(|loss| &loss.lost).collect::<Vec<_>>(), [&Some(Lost::Message("soon".into()))]);
    over(&mut store, &unsent);
    assert_eq!(store.waiting().unwrap(), 0);
}

#[test]
fn a_row_that_cannot_be_read_is_set_aside_and_the_rest_goes_on() {
    let (_folder, mut store) = store();
    put(&mut store, vec![item("1", note("!a:t", Some("card"))), item("2", note("!b:t", None))]);
    store.db.execute("UPDATE outbox SET item = '{\"effect\":{\"sing\":7}}' WHERE txn = '1'", ()).unwrap();
    let mut desk = crate::sending::desk::Desk::new();
    desk.pull(&store, Timestamp::UNIX_EPOCH).unwrap();
    let mut unsent = Vec::new();
    let errand = desk.next(&mut store, Timestamp::UNIX_EPOCH, |_, _| Ok(None), &mut unsent).unwrap().unwrap();
    assert_eq!(errand.job(), crate::sending::Job::Send(2));
    assert_eq!(unsent[0].lost, Some(Lost::Message("card".into())), "whoever wanted it sent is told");
    over(&mut store, &unsent);
    assert_eq!(store.waiting().unwrap(), 1);
    let aside: String = store.db.query_row("SELECT why FROM aside WHERE txn = '1'", (), |row| row.get(0)).unwrap();
    assert!(aside.contains("sing"), "{aside}");
    // What breaks while it is sent, too; and what is kept of it goes with the person.
    put(&mut store, vec![item("3", to("@ana:t"))]);
    let id = store.rows_after(2).unwrap()[0].id;
    let unsent = desk.broke(&mut store, &crate::sending::Job::Send(id), "a panic", Timestamp::UNIX_EPOCH).unwrap();
    over(&mut store, &unsent);
    let kept =
        |store: &Store| -> i64 { store.db.query_row("SELECT count(*) FROM aside", (), |row| row.get(0)).unwrap() };
    assert_eq!(kept(&store), 2);
    store.forget("@ana:t").unwrap();
    assert_eq!(kept(&store), 1);
}

#[test]
fn a_cause_told_twice_is_sent_once_and_a_sent_message_keeps_its_name() {
    let (_folder, mut store) = store();
    put(&mut store, vec![item("1", note("!a:t", Some("card")))]);
    put(&mut store, vec![item("1", note("!a:t", Some("card")))]);
    assert_eq!(store.waiting().unwrap(), 1);
    let posted = Posted { room: RoomId::from("!a:t"), event: EventId::from("$e") };
    store.posted("1", Some(&posted), Timestamp::UNIX_EPOCH).unwrap();
    store.posted("1", Some(&posted), Timestamp::UNIX_EPOCH).unwrap();
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
        items: vec![item("1", note("!a:t", Some("card"))), item("2", note("!a:t", None))],
        arrived: vec![("1".to_owned(), posted.clone())],
        ..Commit::default()
    };
    store.commit(&commit).unwrap();
    assert_eq!(due(&store, 0), ["2"]);
    assert_eq!(store.message("Testers", "poll", &MessageKey::from("card")).unwrap(), Some(posted));
}

#[test]
fn nudges_have_budgets_and_hold_nothing_up() {
    let (_folder, mut store) = store();
    put(&mut store, vec![item("1", nudge(note("!a:t", None))), item("2", note("!a:t", None))]);
    assert_eq!(due(&store, 0), ["1", "2"]);
    let at = |second| Timestamp::from_second(second).unwrap();
    // Two a day, three a week.
    let spent = |store: &mut Store, txn: &str, second: i64| {
        let day = Budget { since: at(second / 100 * 100), most: 2 };
        let week = Budget { since: at(second / 1000 * 1000), most: 3 };
        store.spend_nudge(txn, "!a:t", at(second), &[week, day]).unwrap()
    };
    assert_eq!((spent(&mut store, "a", 10), spent(&mut store, "b", 20)), (None, None));
    assert_eq!(spent(&mut store, "c", 30), Some(1), "the day has had enough");
    assert_eq!(spent(&mut store, "a", 40), None, "what is tried again is counted once");
    assert_eq!((spent(&mut store, "c", 110), spent(&mut store, "d", 120)), (None, Some(0)), "so has the week");
    assert_eq!(spent(&mut store, "d", 1010), None);
    let week = Budget { since: at(0), most: 1 };
    assert_eq!(store.spend_nudge("e", "!b:t", at(40), &[week]).unwrap(), None, "each for itself");
}

#[test]
fn what_is_meant_for_leads_that_nobody_named_is_not_kept() {
    let (_folder, mut store) = store();
    put(&mut store, vec![item("1", Message::new(To::Leads, Attention::Answer, "hi"))]);
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

#[test]
fn what_is_addressed_to_nobody_is_told_to_whoever_named_it_and_nothing_else_waits() {
    let (_folder, mut store) = store();
    let leads = |key: Option<&str>| {
        let message = Message::new(To::Leads, Attention::Answer, "hi");
        Outgoing::Message(match key {
            Some(key) => message.keyed(key),
            None => message,
        })
    };
    put(&mut store, vec![of("named", leads(Some("card"))), of("unnamed", leads(None)), of("edit", edit("none", "x"))]);
    let mut desk = crate::sending::desk::Desk::new();
    desk.pull(&store, Timestamp::UNIX_EPOCH).unwrap();
    let mut unsent = Vec::new();
    assert!(desk.next(&mut store, Timestamp::UNIX_EPOCH, |_, _| Ok(None), &mut unsent).unwrap().is_none());
    let lost: Vec<_> = unsent.iter().map(|loss| loss.lost.clone()).collect();
    assert_eq!(lost, [Some(Lost::Message("card".into()))]);
    over(&mut store, &unsent);
    assert_eq!(store.waiting().unwrap(), 0);
}
