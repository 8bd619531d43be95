//! Meetings as the store keeps them.

use jiff::civil::date;
use serde_json::json;

use super::{storm::series_of, *};
use crate::records::RecordSet as _;

/// Ana and Ben in every place where somebody can stand.
fn both() -> Records<Meetings> {
    let (ana, ben) = (user("ana"), user("ben"));
    let mut records = Records::default();
    let mut series = series_of("every tuesday 10:00", "UTC", date(2026, 10, 6));
    series.by = Some(ana.clone());
    let volunteer = |who: &UserId| Volunteer { who: who.clone(), facilitate: true, notes: true };
    series.volunteers = vec![volunteer(&ana), volunteer(&ben)];
    series.led = [(ana.clone(), Led::default()), (ben.clone(), Led::default())].into();
    series.gone = [ana.clone(), ben.clone()].into();
    let roles = Some(Roles { facilitator: Some(ana.clone()), note_taker: Some(ben.clone()) });
    series.prepared.insert(date(2026, 10, 6), Prepared { asked: true, roles, ..Prepared::default() });
    records.insert(SeriesAt { id: 1 }, series);
    let live = Live {
        date: date(2026, 10, 6),
        start: Timestamp::UNIX_EPOCH,
        end: Timestamp::MAX,
        thread: None,
        here: vec![ana.clone(), ben.clone()],
        spoken: [ana.clone(), ben.clone()].into(),
        round: Some(Round { turn: Some(ana.clone()), asked: [ana, ben].into(), key: None }),
        come_to: Vec::new(),
    };
    records.insert(LiveOf { series: 1 }, live);
    records.changes();
    records
}

#[test]
fn who_is_forgotten_stands_in_no_series_and_no_meeting_and_everybody_else_does() {
    let mut records = both();
    records.forget(&user("ana"));
    let kept = format!("{records:?}");
    assert!(!kept.contains("@ana"), "{kept}");
    assert_eq!(kept.matches("@ben").count(), format!("{:?}", both()).matches("@ben").count(), "{kept}");
    let series = records.get(&SeriesAt { id: 1 }).unwrap();
    let done = &series.prepared[&date(2026, 10, 6)];
    assert!(done.asked, "what was done is not done again");
    assert_eq!(done.roles, Some(Roles { facilitator: None, note_taker: Some(user("ben")) }));
    assert_eq!(series.volunteers.len(), 1);
    assert!(records.get(&LiveOf { series: 1 }).unwrap().round.is_some(), "the round goes on");
    assert_eq!(records.changes().len(), 2);
}

#[test]
fn meetings_of_older_databases_go_on() {
    let find = json!({"find": {
        "id": 3, "name": "Talk", "times": ["every tuesday 10:00", "every friday 10:00"], "zone": "UTC", "zones": [],
        "link": null, "length": "1h", "room": "!lobby:t", "by": "@lea:t", "event": "$find",
        "stage": {"open": {
            "closes": "2026-10-07T09:00:00Z", "offered": true, "count": {"at": "2026-10-05T09:00:00Z", "behind": false},
            "marks": {"@ana:t": {"reacted": {"$r": 1}, "said": [2]}},
        }},
    }});
    let live = json!({"live": {
        "date": "2026-10-06", "start": "2026-10-06T10:00:00Z", "end": "2026-10-06T11:00:00Z", "thread": "$card",
        "here": ["@ana:t"], "spoken": [], "round": null,
    }});
    let series = json!({"series": {
        "id": 2, "name": "Call", "rhythm": "every tuesday 10:00", "first": "2026-10-06", "zone": "UTC", "link": null,
        "length": "1h", "room": "!lobby:t", "by": "@lea:t", "event": "$new", "from": "2026-10-06",
    }});
    let rows = [
        ("ended-find", json!({"ended": "$close"})),
        ("find/000003", find),
        ("last", json!({"last": 2})),
        ("last-find", json!({"last": 3})),
        ("live/000002", live),
        ("series/000002", series),
    ];
    let rows = rows.map(|(key, row)| (key.to_owned(), row.to_string())).into();
    let (mut records, unread) = Records::<Meetings>::load_readable(rows);
    assert!(unread.is_empty(), "{unread:?}");
    assert_eq!((records.get(&LastSeries {}), records.get(&LastFind {})), (Some(&2), Some(&3)));
    assert_eq!(records.get(&EndedFind {}), Some(&EventId::from("$close")));
    assert_eq!(records.get(&SeriesAt { id: 2 }).map(|one| one.name.as_str()), Some("Call"));
    assert_eq!(records.get(&LiveOf { series: 2 }).map(|live| live.here.len()), Some(1));
    let Some(Stage::Open { marks, .. }) = records.get(&FindAt { id: 3 }).map(|find| &find.stage) else {
        panic!("the search is open")
    };
    assert!(marks.contains_key(&user("ana")));
    let written: Vec<_> = records.changes().into_iter().map(|(key, row)| (key, row.is_some())).collect();
    let expected = [
        ("find/000003", false),
        ("find/3", true),
        ("live/000002", false),
        ("live/2", true),
        ("series/000002", false),
        ("series/2", true),
    ];
    assert_eq!(written, expected.map(|(key, kept)| (key.to_owned(), kept)));
}
