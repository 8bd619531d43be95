//! A ballot that is open across an upgrade.

use crate::{
    Outgoing, Records,
    ballot::{Ballot, PaperOf, SentTo},
    dialogue::user,
    records::RecordSet as _,
    secret,
};

#[test]
fn what_was_handed_in_before_an_upgrade_counts_after_it() {
    let paper =
        r#"{"marks":[[2,1]],"at":"2026-10-05T09:00:00Z","receipt":"ABC-234","said":[["!d","$v"]],"names":["0a"]}"#;
    let rows =
        [("sealed/1/paper/1/@ben:t", paper), ("sealed/1/sent/1/@ben:t", r#"{"at":"2026-10-05T09:00:00Z","tap":"0b"}"#)];
    let rows = rows.map(|(key, json)| (key.to_owned(), json.to_owned())).into();
    let (mut records, unread) = Records::<Ballot>::load_readable(rows);
    assert!(unread.is_empty(), "{unread:?}");
    let mine = SentTo { ballot: 1, person: user("ben") };
    assert!(secret::is_own(&records, &mine, &"tap/1/0b".into()));
    let closed = secret::close::<PaperOf>(&mut records, 1);
    assert_eq!((closed.papers, closed.voters), (vec![("ABC-234".to_owned(), vec![(2, 1)])], vec![user("ben")]));
    let removed = Outgoing::RedactEvent { room: "!d".into(), event: "$v".into() }.send();
    assert_eq!(closed.sweep, [removed, Outgoing::Redact { key: "answer/1/0a".into() }.send()]);
}
