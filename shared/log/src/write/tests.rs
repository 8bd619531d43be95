//! The writer, as whoever writes with it sees it.

use super::{aliases::Joined, *};

fn log() -> (tempfile::TempDir, Writer, Key) {
    let dir = tempfile::tempdir().unwrap();
    let writer = Writer::open(&dir.path().join("activity.db")).unwrap();
    (dir, writer, Key::new(&[1; 32]))
}

fn write(writer: &mut Writer, key: &Key, who: &str, event: &str, reply_to: Option<&str>) -> bool {
    writer
        .transact(|batch| {
            let community = batch.community("Testers")?;
            let source = batch.source(community, "live", Capabilities::all())?;
            let room = batch.room(community, "!lobby:t", "Lobby")?;
            let person = batch.person(community, key.person(who), false)?.id;
            batch.act(&Act {
                community,
                source,
                room,
                person,
                kind: Kind::Message,
                ts: 1,
                event: key.event(event),
                reply_to: reply_to.map(|id| key.event(id)),
                thread: None,
                n_chars: 5,
                mentions: 0,
                value: None,
            })
        })
        .map_err(|error: rusqlite::Error| error)
        .unwrap()
}

fn count(writer: &Writer, table: &str) -> i64 {
    writer.db().query_row(&format!("SELECT count(*) FROM {table}"), (), |row| row.get(0)).unwrap()
}

#[test]
fn an_act_told_three_times_is_written_once_and_a_reply_points_at_its_row() {
    let (_dir, mut writer, key) = log();
    assert!(write(&mut writer, &key, "@ana:t", "$1", None));
    assert!(!write(&mut writer, &key, "@ana:t", "$1", None));
    assert!(write(&mut writer, &key, "@ben:t", "$2", Some("$1")));
    let pointed: i64 = writer
        .db()
        .query_row("SELECT a.id FROM activity b JOIN activity a ON a.id = b.reply_to", (), |row| row.get(0))
        .unwrap();
    assert_eq!((count(&writer, "activity"), pointed), (2, 1));
}

#[test]
fn whoever_is_forgotten_leaves_no_row_and_the_epoch_grows() {
    let (_dir, mut writer, key) = log();
    write(&mut writer, &key, "@ana:t", "$1", None);
    write(&mut writer, &key, "@ben:t", "$2", Some("$1"));
    let erased: rusqlite::Result<usize> = writer.transact(|batch| batch.forget(1, key.person("@ana:t")));
    assert_eq!(erased.unwrap(), 1);
    assert_eq!((count(&writer, "activity"), count(&writer, "person")), (1, 1));
    let epoch: i64 = writer.db().query_row("SELECT erasure_epoch FROM state", (), |row| row.get(0)).unwrap();
    assert_eq!(epoch, 1);
}

#[test]
fn who_turns_out_to_be_a_bot_is_one_for_good() {
    let (_dir, mut writer, key) = log();
    let ids: rusqlite::Result<Vec<i64>> = writer.transact(|batch| {
        let community = batch.community("Testers")?;
        let mut told = |is_bot| batch.person(community, key.person("@ana:t"), is_bot);
        Ok(vec![told(false)?.id, told(true)?.id, told(false)?.id])
    });
    assert_eq!(ids.unwrap(), [1, 1, 1]);
    let bots: i64 = writer.db().query_row("SELECT sum(is_bot) FROM person", (), |row| row.get(0)).unwrap();
    assert_eq!(bots, 1);
}

#[test]
fn who_was_called_a_bot_by_mistake_is_a_person_again() {
    let (_dir, mut writer, key) = log();
    let changed: rusqlite::Result<Vec<bool>> = writer.transact(|batch| {
        let community = batch.community("Testers")?;
        let ana = key.person("@ana:t");
        let unknown = batch.set_bot(community, ana, true)?;
        batch.person(community, ana, false)?;
        Ok(vec![
            unknown,
            batch.set_bot(community, ana, true)?,
            batch.set_bot(community, ana, true)?,
            batch.set_bot(community, ana, false)?,
        ])
    });
    assert_eq!(changed.unwrap(), [false, true, false, true]);
}

#[test]
fn a_log_knows_its_key_and_takes_no_other() {
    let (_dir, mut writer, key) = log();
    let other = Key::new(&[2; 32]);
    let keyed: rusqlite::Result<Vec<bool>> =
        writer.transact(|batch| Ok(vec![batch.is_keyed(&key)?, batch.is_keyed(&key)?, batch.is_keyed(&other)?]));
    assert_eq!(keyed.unwrap(), [true, true, false]);
    assert_ne!(key.fingerprint(), key.person(""));
}

#[test]
fn a_renamed_community_keeps_its_pseudonyms_and_a_new_one_of_the_old_name_has_others() {
    let (_dir, mut writer, key) = log();
    let seen: rusqlite::Result<Vec<(i64, Pseudonym)>> = writer.transact(|batch| {
        let mut seen = Vec::new();
        let mut see = |batch: &mut Batch, name: &str| {
            let community = batch.community(name)?;
            seen.push((community, batch.key_of(community, &key)?.person("@ana:t")));
            Ok::<_, rusqlite::Error>(())
        };
        see(batch, "Testers")?;
        batch.rename("Testers", "Makers")?;
        see(batch, "Makers")?;
        see(batch, "Testers")?;
        batch.rename("Makers", "Builders")?;
        see(batch, "Builders")?;
        Ok(seen)
    });
    let seen = seen.unwrap();
    assert_eq!(seen[0].1, key.for_community("Testers").person("@ana:t"));
    assert_eq!((seen[1], seen[3]), (seen[0], seen[0]));
    assert_ne!((seen[2].0, seen[2].1), (seen[0].0, seen[0].1));
    assert_ne!(seen[2].1, seen[0].1);
}

#[test]
fn a_label_has_one_row_however_it_is_written() {
    let (_dir, mut writer, _key) = log();
    let labels: rusqlite::Result<Vec<i64>> = writer.transact(|batch| {
        let (ours, theirs) = (batch.community("Testers")?, batch.community("Others")?);
        Ok(vec![batch.label(ours, "Deploys")?, batch.label(ours, " deploys ")?, batch.label(theirs, "deploys")?])
    });
    assert_eq!(labels.unwrap(), [1, 1, 2]);
}

#[test]
fn a_failed_transaction_leaves_nothing_not_even_in_memory() {
    let (_dir, mut writer, key) = log();
    let failed: rusqlite::Result<()> = writer.transact(|batch| {
        let community = batch.community("Testers")?;
        batch.person(community, key.person("@ana:t"), false)?;
        Err(rusqlite::Error::InvalidQuery)
    });
    assert!(failed.is_err());
    assert_eq!((count(&writer, "person"), writer.people.len()), (0, 0));
}

#[test]
fn a_room_that_moved_is_one_room_under_both_ids() {
    let (_dir, mut writer, key) = log();
    write(&mut writer, &key, "@ana:t", "$1", None);
    let room = |writer: &mut Writer, external: &str| -> i64 {
        writer.transact(|batch| batch.room(1, external, "Lobby")).map_err(|error: rusqlite::Error| error).unwrap()
    };
    let (old, new) = (room(&mut writer, "!lobby:t"), room(&mut writer, "!new"));
    assert_ne!(old, new);
    for _ in 0..2 {
        let moved: rusqlite::Result<()> = writer.transact(|batch| batch.move_room(1, "!lobby:t", "!new"));
        moved.unwrap();
    }
    assert_eq!((room(&mut writer, "!new"), count(&writer, "room")), (old, 1));
    let again: rusqlite::Result<()> = writer.transact(|batch| batch.move_room(1, "!new", "!newest"));
    again.unwrap();
    assert_eq!((room(&mut writer, "!newest"), count(&writer, "room")), (old, 1));
}

#[test]
fn what_was_taken_back_does_not_come_in_again() {
    let (_dir, mut writer, key) = log();
    write(&mut writer, &key, "@ana:t", "$1", None);
    let erase = |writer: &mut Writer, event: &str| -> bool {
        writer.transact(|batch| batch.erase_act(key.event(event))).map_err(|error: rusqlite::Error| error).unwrap()
    };
    assert!(erase(&mut writer, "$1") && !erase(&mut writer, "$1"));
    assert!(!erase(&mut writer, "$2"), "it is told after what took it back");
    assert!(!write(&mut writer, &key, "@ana:t", "$1", None) && !write(&mut writer, &key, "@ana:t", "$2", None));
    assert!(write(&mut writer, &key, "@ana:t", "$3", Some("$1")));
    assert_eq!(count(&writer, "activity"), 1);
}

/// Whose the acts in the log are, by the order in which people came to it.
fn owners(writer: &Writer) -> Vec<i64> {
    let mut owners = writer.db().prepare("SELECT person FROM activity ORDER BY id").unwrap();
    owners.query_map((), |row| row.get(0)).unwrap().collect::<rusqlite::Result<_>>().unwrap()
}

fn join(writer: &mut Writer, key: &Key, other: &str, is: &str) -> Joined {
    let joined: rusqlite::Result<Joined> =
        writer.transact(|batch| batch.join_people(1, key.person(other), key.person(is)));
    joined.unwrap()
}

#[test]
fn two_ids_are_one_person_until_that_is_taken_back() {
    let (_dir, mut writer, key) = log();
    write(&mut writer, &key, "U1", "$1", None);
    write(&mut writer, &key, "@ana:t", "$2", None);
    assert_eq!(join(&mut writer, &key, "U1", "@ana:t"), Joined::Now);
    assert_eq!(join(&mut writer, &key, "U1", "@ana:t"), Joined::Before);
    assert_eq!(join(&mut writer, &key, "U1", "@ben:t"), Joined::Taken);
    assert_eq!(owners(&writer), [2, 2]);
    let under: rusqlite::Result<bool> = writer.transact(|batch| {
        let person = batch.person(1, key.person("U1"), false)?;
        let act = Act {
            community: 1,
            source: 1,
            room: 1,
            person: person.id,
            kind: Kind::Message,
            ts: 2,
            event: key.event("$3"),
            reply_to: None,
            thread: None,
            n_chars: 0,
            mentions: 0,
            value: None,
        };
        batch.act_under(&act, person.alias)
    });
    assert!(under.unwrap());
    assert_eq!(owners(&writer), [2, 2, 2]);
    // Who was known elsewhere under two ids, one after the other, is one person, too.
    assert_eq!(join(&mut writer, &key, "U0", "U1"), Joined::Now);
    write(&mut writer, &key, "U0", "$4", None);
    assert_eq!(owners(&writer), [2, 2, 2, 2]);
    let parted: rusqlite::Result<bool> =
        writer.transact(|batch| batch.part_people(1, key.person("U1"), key.person("@ana:t")));
    assert!(parted.unwrap());
    assert_eq!(owners(&writer), [1, 2, 1, 2]);
    let parted: rusqlite::Result<bool> =
        writer.transact(|batch| batch.part_people(1, key.person("U1"), key.person("@ana:t")));
    assert!(!parted.unwrap());
}

#[test]
fn whoever_is_forgotten_is_forgotten_under_all_ids() {
    let (_dir, mut writer, key) = log();
    write(&mut writer, &key, "U1", "$1", None);
    write(&mut writer, &key, "@ana:t", "$2", None);
    join(&mut writer, &key, "U1", "@ana:t");
    let erased: rusqlite::Result<usize> = writer.transact(|batch| batch.forget(1, key.person("U1")));
    assert_eq!(erased.unwrap(), 2);
    for table in ["activity", "person", "alias", "act_of_alias"] {
        assert_eq!(count(&writer, table), 0, "{table}");
    }
}
