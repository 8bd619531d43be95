//! What was told in confidence: unreadable in the database, gone with its scope, and in order again after any crash.

use std::fs;

use super::*;

const VOTE: &str = r#"{"choice":"the marmalade option"}"#;

/// A commit that puts records into scopes, or takes them out.
fn records(rows: &[(&str, Option<&str>)]) -> Commit {
    let changes = rows.iter().map(|(key, json)| ((*key).to_owned(), json.map(str::to_owned))).collect();
    Commit { records: vec![("Testers".into(), "ballot", changes)], ..Commit::default() }
}

fn told(txn: &str, scope: &str) -> NewOutboxItem {
    let to = To::Person(UserId::from("@ana:t"));
    let message = Message::new(to, Attention::Answer, "You chose the marmalade option").keyed("told");
    NewOutboxItem {
        txn: txn.to_owned(),
        community: "Testers".to_owned(),
        practice: "ballot".to_owned(),
        item: OutboxItem::Send(Outgoing::Message(message)),
        scope: Some(scope.to_owned()),
        leads: None,
        attention: Attention::Answer,
    }
}

/// The key files there are.
fn keys(folder: &tempfile::TempDir) -> Vec<std::path::PathBuf> {
    let entries = fs::read_dir(folder.path().join("sealed")).into_iter().flatten();
    entries.map(|entry| entry.unwrap().path()).collect()
}

/// Whether any file of the database says something.
fn says(folder: &tempfile::TempDir, text: &str) -> bool {
    let files = ["bot.db", "bot.db-wal", "bot.db-shm"].map(|name| fs::read(folder.path().join(name)));
    files.iter().flatten().any(|bytes| bytes.windows(text.len()).any(|window| window == text.as_bytes()))
}

fn reopened(folder: &tempfile::TempDir) -> Store {
    Store::open(&folder.path().join("bot.db")).unwrap()
}

#[test]
fn a_sealed_record_is_read_back_and_unreadable_on_the_disk() {
    let (folder, mut store) = store();
    store.commit(&records(&[("sealed/7/vote/@ana:t", Some(VOTE)), ("ballot/7", Some("\"marzipan\""))])).unwrap();
    assert!(says(&folder, "marzipan"), "what is not sealed is found by this search");
    for secret in ["marmalade", "@ana:t", "sealed/7"] {
        assert!(!says(&folder, secret), "{secret}");
    }
    drop(store);
    let store = reopened(&folder);
    let mut rows = store.records("Testers", "ballot").unwrap();
    rows.sort();
    assert_eq!(rows[1], ("sealed/7/vote/@ana:t".to_owned(), VOTE.to_owned()));
    assert!(store.records("Others", "ballot").unwrap().is_empty());
    #[cfg(unix)]
    for path in keys(&folder) {
        let mode = std::os::unix::fs::PermissionsExt::mode(&fs::metadata(path).unwrap().permissions());
        assert_eq!(mode & 0o777, 0o600);
    }
}

#[test]
fn a_changed_record_replaces_the_one_before_and_lengths_tell_little() {
    let (_folder, mut store) = store();
    store.commit(&records(&[("sealed/7/a", Some("[1]")), ("sealed/7/b", Some("[1,2,3,4,5,6]"))])).unwrap();
    store.commit(&records(&[("sealed/7/a", Some("[2]"))])).unwrap();
    let mut rows = store.records("Testers", "ballot").unwrap();
    rows.sort();
    assert_eq!(rows, [("sealed/7/a".into(), "[2]".into()), ("sealed/7/b".into(), "[1,2,3,4,5,6]".into())]);
    let lengths: i64 =
        store.db.query_row("SELECT count(DISTINCT length(box)) FROM sealed", (), |row| row.get(0)).unwrap();
    assert_eq!(lengths, 1);
}

#[test]
fn each_scope_has_a_key_of_its_own_that_goes_with_its_last_record() {
    let (folder, mut store) = store();
    store.commit(&records(&[("sealed/7/a", Some(VOTE)), ("sealed/7/b", Some(VOTE))])).unwrap();
    store.commit(&records(&[("sealed/8/a", Some(VOTE))])).unwrap();
    assert_eq!(keys(&folder).len(), 2);
    store.commit(&records(&[("sealed/7/a", None)])).unwrap();
    assert_eq!(keys(&folder).len(), 2);
    store.commit(&records(&[("sealed/7/b", None), ("ballot/7", Some("1"))])).unwrap();
    assert_eq!(keys(&folder).len(), 1);
    store.commit(&records(&[("sealed/8/a", None)])).unwrap();
    assert!(keys(&folder).is_empty());
    assert_eq!(store.records("Testers", "ballot").unwrap(), [("ballot/7".to_owned(), "1".to_owned())]);
}

#[test]
fn a_sealed_item_waits_unreadably_and_goes_with_its_key() {
    let (folder, mut store) = store();
    let mut commit = records(&[("sealed/7/a", Some(VOTE))]);
    commit.items = vec![told("1", "7"), told("2", "none")];
    store.commit(&commit).unwrap();
    assert_eq!(store.waiting().unwrap(), 1, "nothing is told about a scope that holds nothing");
    assert!(!says(&folder, "marmalade"));
    let item = |store: &Store| store.item(store.rows_after(0).unwrap()[0].id).unwrap().unwrap().item;
    let OutboxItem::Send(Outgoing::Message(message)) = item(&store) else { panic!("{:?}", item(&store)) };
    assert_eq!(message.body, "You chose the marmalade option");

    store.commit(&records(&[("sealed/7/a", None)])).unwrap();
    assert_eq!(item(&store), OutboxItem::Destroyed);
    // It may have been on its way: then it is known what it became, and can be removed.
    let posted = Posted { room: RoomId::from("!d:t"), event: EventId::from("$e") };
    store.posted("1", Some(&posted), Timestamp::UNIX_EPOCH).unwrap();
    assert_eq!(store.message("Testers", "ballot", &"told".into()).unwrap(), Some(posted));
    assert_eq!(store.waiting().unwrap(), 0);
}

#[test]
fn a_sign_that_says_what_somebody_chose_waits_unreadably_and_goes_with_its_key() {
    let (folder, mut store) = store();
    let mut commit = records(&[("sealed/7/a", Some(VOTE))]);
    let paper = Message::new(To::Person(UserId::from("@ana:t")), Attention::Prompt, "Your paper").keyed("paper");
    let item = |txn: &str, scope: Option<&str>, outgoing: Outgoing| NewOutboxItem {
        attention: outgoing.attention(),
        item: OutboxItem::Send(outgoing),
        scope: scope.map(str::to_owned),
        ..told(txn, "7")
    };
    let with = |text: &str| text.to_owned();
    let sign = Outgoing::Sign { key: "paper".into(), with: with("✅ marmalade"), name: "sign".into() };
    let receipt = Outgoing::Button { key: "paper".into(), with: with("🧾 MAR-MAL"), name: Some("receipt".into()) };
    commit.items = vec![
        item("0", None, Outgoing::Message(paper)),
        item("1", Some("7"), sign.clone()),
        item("2", Some("7"), receipt),
    ];
    store.commit(&commit).unwrap();
    assert!(!says(&folder, "marmalade") && !says(&folder, "MAR-MAL"));
    let items = |store: &Store| {
        let rows = store.rows_after(0).unwrap();
        rows.iter().skip(1).map(|row| store.item(row.id).unwrap().unwrap().item).collect::<Vec<_>>()
    };
    assert_eq!(items(&store)[0], OutboxItem::Send(sign));
    store.commit(&records(&[("sealed/7/a", None)])).unwrap();
    assert_eq!(items(&store), [OutboxItem::Destroyed, OutboxItem::Destroyed]);
}

#[test]
fn what_was_sealed_and_has_ended_is_remembered_for_a_season_and_not_without_bound() {
    let (folder, mut store) = store();
    let at = |day: i64| Timestamp::from_second(1_791_190_800 + day * 86_400).unwrap();
    store.look_back(at(0)).unwrap();
    let list = folder.path().join("sealed").join("ended");
    let scopes = || fs::read_to_string(&list).unwrap().lines().filter(|line| line.len() > 40).count();
    let (mut most, mut ended) = (0, 0);
    for day in 1..=200 {
        for number in 0..2 {
            let key = format!("sealed/{day}-{number}/a");
            store.commit(&records(&[(&key, Some(VOTE))])).unwrap();
            store.commit(&Commit { at: at(day), ..records(&[(&key, None)]) }).unwrap();
        }
        store.prune(at(day), |_, _, _| true).unwrap();
        most = most.max(scopes());
        ended += 2;
    }
    assert!(ended == 400 && (180..=184).contains(&most), "{most}");
    // It is whole all the same: nothing is called off for what is not listed any more.
    drop(store);
    let mut store = reopened(&folder);
    store.look_back(at(201)).unwrap();
    assert!(!store.is_behind());
    // However many end in one day, the list does not grow without bound.
    store.db.execute_batch("BEGIN").unwrap();
    for number in 0..12_000_i64 {
        let scope = format!("{number:032x}");
        let ended = params![scope, at(201).as_millisecond() + number];
        store.db.execute("INSERT INTO ended VALUES (?1, ?2, 1)", ended).unwrap();
    }
    store.db.execute_batch("COMMIT").unwrap();
    store.prune(at(202), |_, _, _| true).unwrap();
    let kept: i64 = store.db.query_row("SELECT count(*) FROM ended", (), |row| row.get(0)).unwrap();
    assert_eq!(kept, 10_000);
    assert!(scopes() <= 10_000);
}

#[test]
fn what_a_crash_leaves_is_mended_at_the_next_start() {
    let (folder, mut store) = store();
    store.commit(&records(&[("sealed/7/a", Some(VOTE)), ("sealed/8/a", Some(VOTE))])).unwrap();
    let path = |scope| folder.path().join("sealed").join(format!("{}.key", scope_id("Testers", "ballot", scope)));
    let key = fs::read(path("8")).unwrap();
    // The commit that emptied 8 was written, and its key was not yet destroyed; 9 got a key, and no commit followed;
    // of 10's key only a part was written.
    store.commit(&records(&[("sealed/8/a", None)])).unwrap();
    drop(store);
    fs::write(path("8"), key).unwrap();
    fs::write(path("9"), [7; 64]).unwrap();
    fs::write(path("10"), [7; 9]).unwrap();
    let store = reopened(&folder);
    assert_eq!(keys(&folder), [path("7")]);
    assert_eq!(store.records("Testers", "ballot").unwrap().len(), 1);
    drop(store);
    // The database comes from a backup, and the key does not.
    fs::remove_file(path("7")).unwrap();
    let mut store = reopened(&folder);
    assert!(store.records("Testers", "ballot").unwrap().is_empty() && keys(&folder).is_empty());
    // It is known until practices were told, whatever comes between.
    assert!(
        store.lost_since("Testers", "ballot", "7") == Some(0) && store.lost_since("Testers", "ballot", "8").is_none()
    );
    drop(store);
    store = reopened(&folder);
    store.commit(&Commit { mourned: true, ..Commit::default() }).unwrap();
    assert!(!store.has_lost());
    drop(store);
    assert!(!reopened(&folder).has_lost());
}

#[test]
fn a_box_opens_only_where_it_was_put() {
    let (folder, mut store) = store();
    store.commit(&records(&[("sealed/7/a", Some("1")), ("sealed/7/b", Some("2"))])).unwrap();
    store
        .db
        .execute_batch(
            "CREATE TEMP TABLE was AS SELECT name, box FROM sealed;
             UPDATE sealed SET box = (SELECT box FROM was WHERE was.name <> sealed.name)",
        )
        .unwrap();
    drop(store);
    assert!(reopened(&folder).records("Testers", "ballot").unwrap().is_empty());
}

#[test]
fn a_database_of_the_layout_before_is_brought_up_to_date() {
    let folder = tempfile::tempdir().unwrap();
    let old = Connection::open(folder.path().join("bot.db")).unwrap();
    old.execute_batch(MIGRATIONS[0]).unwrap();
    old.execute_batch("PRAGMA user_version = 1; INSERT INTO record VALUES ('Testers', 'ballot', 'k', '1')").unwrap();
    drop(old);
    let mut store = reopened(&folder);
    store.commit(&records(&[("sealed/7/a", Some("1"))])).unwrap();
    assert_eq!(store.records("Testers", "ballot").unwrap().len(), 2);
}

#[test]
fn what_is_sealed_is_read_under_a_new_name_and_its_old_key_is_gone() {
    let (folder, mut store) = store();
    store.commit(&records(&[("sealed/7/vote/@ana:t", Some(VOTE)), ("sealed/8/vote/@ben:t", Some(VOTE))])).unwrap();
    store.commit(&Commit { items: vec![told("1", "7")], ..Commit::default() }).unwrap();
    let before = keys(&folder);
    store.rename(&[("Testers".to_owned(), "Makers".to_owned())]).unwrap();
    let after = keys(&folder);
    assert_eq!((before.len(), after.len()), (2, 2));
    assert!(before.iter().all(|path| !after.contains(path)));
    drop(store);
    let mut store = reopened(&folder);
    assert!(store.records("Testers", "ballot").unwrap().is_empty());
    assert_eq!(store.records("Makers", "ballot").unwrap().len(), 2);
    let waiting = store.item(store.rows_after(0).unwrap()[0].id).unwrap().unwrap();
    assert!(
        matches!(&waiting.item, OutboxItem::Send(Outgoing::Message(message)) if message.body.contains("marmalade"))
    );
    // The scope goes with its last record, as ever.
    let empty = vec![("sealed/7/vote/@ana:t".to_owned(), None), ("sealed/8/vote/@ben:t".to_owned(), None)];
    store.commit(&Commit { records: vec![("Makers".into(), "ballot", empty)], ..Commit::default() }).unwrap();
    assert!(keys(&folder).is_empty());
}
