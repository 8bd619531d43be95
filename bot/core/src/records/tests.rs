use serde::{Deserialize, Serialize};

use super::{RecordSet as _, Records, Trace, scope_of, sealed_key};
use crate::{RoomId, UserId, forget};

pub struct Tea;

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Round {
    by: Option<UserId>,
    drank: std::collections::BTreeSet<UserId>,
    room: RoomId,
}
forget!(Round: by, drank; room);

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Choice {
    by: UserId,
    what: String,
}
forget!(Choice: by; what);

crate::tables! { for Tea;
    /// How many rounds there were.
    Last {} => u32, in "last";
    /// A round.
    RoundAt { number: u32 } => Round, in "round";
    /// What somebody wants.
    CupOf { round: u32, person: UserId } => String, in "cup", of person, sealed by |key| key.round.to_string();
    /// Who was invited to a room.
    Seat { room: RoomId, number: u32 } => Choice, in "seat";
    /// Whom somebody avoids.
    Avoided { by: UserId, other: UserId } => (), in "avoided", of by alone;
}

fn user(name: &str) -> UserId {
    UserId::from(format!("@{name}:t"))
}

fn some() -> Records<Tea> {
    let mut records = Records::default();
    records.insert(Last {}, 10);
    for number in [2, 10] {
        let drank = [user("ana"), user("ben")].into();
        records.insert(RoundAt { number }, Round { by: Some(user("ana")), drank, room: "!a:t".into() });
        for who in ["ana", "ben"] {
            records.insert(CupOf { round: number, person: user(who) }, format!("mint for {who}"));
        }
    }
    records.insert(Seat { room: "!a/b:t".into(), number: 1 }, Choice { by: user("ana"), what: "the sofa".into() });
    records.insert(Avoided { by: user("ana"), other: user("ben/x") }, ());
    records
}

fn loaded(changes: Vec<super::Change>) -> Records<Tea> {
    let rows = changes.into_iter().map(|(key, json)| (key, json.unwrap())).collect();
    let (records, unread) = Records::load_readable(rows);
    assert!(unread.is_empty(), "{unread:?}");
    records
}

#[test]
fn only_what_changed_is_written_and_it_is_read_again() {
    let mut records = some();
    let changes = records.changes();
    let keys: Vec<_> = changes.iter().map(|(key, _)| key.as_str()).collect();
    assert_eq!(
        keys,
        [
            "avoided/@ana:t/@ben%2Fx:t",
            "last",
            "round/10",
            "round/2",
            "sealed/10/cup/10/@ana:t",
            "sealed/10/cup/10/@ben:t",
            "sealed/2/cup/2/@ana:t",
            "sealed/2/cup/2/@ben:t",
            "seat/!a%2Fb:t/1",
        ]
    );
    let mut again = loaded(changes);
    assert!(!again.is_changed() && !records.is_changed());
    assert_eq!(format!("{again:?}"), format!("{records:?}"));
    *again.get_mut(&Last {}).unwrap() = 11;
    again.remove(&RoundAt { number: 2 });
    again.remove(&RoundAt { number: 3 });
    assert_eq!(again.changes(), [("last".to_owned(), Some("11".to_owned())), ("round/2".to_owned(), None)]);
}

#[test]
fn a_row_that_was_taken_to_be_changed_and_was_not_is_not_written() {
    let mut records = some();
    records.changes();
    assert!(records.get_mut(&Last {}).is_some() && records.get_or_default(Last {}).is_some());
    assert!(!records.is_changed() && records.changes().is_empty(), "it was only looked at");
    let before = *records.get(&Last {}).unwrap();
    *records.get_mut(&Last {}).unwrap() = before + 1;
    assert!(records.is_changed());
    *records.get_mut(&Last {}).unwrap() = before;
    assert!(!records.is_changed(), "it is as it was");
    records.get_mut(&Last {});
    records.remove(&Last {});
    assert_eq!(records.changes(), [("last".to_owned(), None)]);
    records.get_or_default(Last {});
    assert!(records.is_changed(), "where there was none, there is one");
}

#[test]
fn rows_come_in_the_order_of_their_keys_and_under_what_they_begin_with() {
    let records = some();
    let numbers: Vec<_> = records.all::<RoundAt>().map(|(key, _)| key.number).collect();
    assert_eq!(numbers, [2, 10]);
    let cups: Vec<_> = records.under::<CupOf>(&2).map(|(key, _)| key.person.clone()).collect();
    assert_eq!(cups, [user("ana"), user("ben")]);
    assert_eq!(records.under::<CupOf>(&3).count(), 0);
    assert!(records.has(&Last {}));
}

#[test]
fn what_is_somebodys_goes_with_them_and_elsewhere_they_are_taken_out() {
    let mut records = some();
    records.changes();
    records.forget(&user("ana"));
    assert_eq!(records.gone::<CupOf>().iter().map(|key| key.round).collect::<Vec<_>>(), [2, 10]);
    let left = format!("{records:?}");
    assert!(!left.contains("@ana") && left.contains("mint for ben"), "{left}");
    assert!(records.all::<Seat>().next().is_none(), "a choice that has lost whose it was is nobody's");
    let round = records.get(&RoundAt { number: 2 }).unwrap();
    assert_eq!((&round.by, round.drank.len()), (&None, 1));
    assert_eq!(records.touched::<RoundAt>().iter().map(|key| key.number).collect::<Vec<_>>(), [2, 10]);
    assert!(records.touched::<CupOf>().is_empty() && records.gone::<RoundAt>().is_empty());
    assert_eq!(records.changes().len(), 6);
    assert!(records.gone::<CupOf>().is_empty() && records.touched::<RoundAt>().is_empty());
    records.forget(&user("zoe"));
    assert!(!records.is_changed());
    assert_eq!(super::Forget::forget(&mut Some(user("ana")), &user("ana")), Trace::Out);
}

#[test]
fn a_row_goes_with_whoever_stands_in_its_key_whose_ever_it_is() {
    let mut records = some();
    let theirs = |row: &super::Row| row.has_in_key(&user("ben/x"));
    assert_eq!(records.dump().iter().filter(|row| theirs(row)).count(), 1);
    records.forget(&user("ben/x"));
    assert!(records.all::<Avoided>().next().is_none(), "ana's row, and ben stands in it");
    assert!(records.get(&CupOf { round: 2, person: user("ana") }).is_some());
}

#[test]
fn a_row_that_is_no_such_row_is_not_read_and_the_rest_is() {
    let rows = [
        ("round/1", "7"),
        ("last", "{}"),
        ("round/x", "1"),
        ("dance/1", "1"),
        ("sealed/1/last", "1"),
        ("cup/1/@a:t", "\"x\""),
    ];
    let good = ("avoided/@a:t/@b/c:t".to_owned(), "null".to_owned());
    let rows = rows.map(|(key, json)| (key.to_owned(), json.to_owned())).into_iter().chain([good]).collect();
    let (records, unread) = Records::<Tea>::load_readable(rows);
    assert_eq!(unread.len(), 6, "{unread:?}");
    assert!(records.has(&Avoided { by: "@a:t".into(), other: "@b/c:t".into() }), "written before ids were escaped");
}

#[test]
fn a_row_whose_key_was_written_otherwise_is_stored_once() {
    let rows = [("round/000002", r#"{"by":null,"drank":[],"room":"!a:t"}"#), ("avoided/@a:t/@b/c:t", "null")];
    let rows = rows.map(|(key, json)| (key.to_owned(), json.to_owned())).into();
    let (mut records, unread) = Records::<Tea>::load_readable(rows);
    assert!(unread.is_empty(), "{unread:?}");
    records.remove(&RoundAt { number: 2 });
    let changes = records.changes();
    let changes: Vec<_> = changes.iter().map(|(key, json)| (key.as_str(), json.as_deref())).collect();
    let moved = ("avoided/@a:t/@b%2Fc:t", Some("null"));
    assert_eq!(changes, [moved, ("avoided/@a:t/@b/c:t", None), ("round/000002", None), ("round/2", None)]);
    assert!(!records.is_changed());
}

#[test]
fn a_row_that_once_said_its_kind_is_read() {
    let rows = [("last", "{\"count\":3}"), ("avoided/@a:t/@b:t", "\"avoided\"")];
    let rows = rows.map(|(key, json)| (key.to_owned(), json.to_owned())).into();
    let (records, unread) = Records::<Tea>::load_readable(rows);
    assert_eq!((records.get(&Last {}), unread.len()), (Some(&3), 0));
}

#[test]
fn a_replaced_room_is_replaced_in_keys_and_rows() {
    let mut records = some();
    records.insert(Seat { room: "!a:t".into(), number: 7 }, Choice { by: user("ben"), what: "the floor".into() });
    records.changes();
    records.move_room(&"!a:t".into(), &"!new".into()).unwrap();
    assert!(records.has(&Seat { room: "!new".into(), number: 7 }));
    assert_eq!(records.get(&RoundAt { number: 2 }).unwrap().room, RoomId::from("!new"));
    let changes = records.changes();
    assert!(changes.contains(&("seat/!a:t/7".to_owned(), None)), "{changes:?}");
}

#[test]
fn a_row_says_whose_it_is_and_whether_alone() {
    let rows = some().dump();
    let find = |key: &str| rows.iter().find(|row| row.key == key).unwrap();
    assert_eq!(find("sealed/2/cup/2/@ben:t").owner, Some(user("ben")));
    let avoided = find("avoided/@ana:t/@ben%2Fx:t");
    assert!(avoided.alone && avoided.owner == Some(user("ana")));
    assert!(find("last").owner.is_none());
}

#[test]
fn a_sealed_record_says_which_scope_it_is_in() {
    assert_eq!(scope_of(&sealed_key("retro-7", "note/@ana:t")), Some("retro-7"));
    for key in ["retro/7", "sealed/", "sealed/7", "sealed/7/", "sealed//x"] {
        assert_eq!(scope_of(key), None, "{key}");
    }
}
