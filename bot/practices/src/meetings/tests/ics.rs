//! The calendar file, read back by a parser that is not ours.

use icalendar::{Calendar, CalendarComponent, Component as _};
use jiff::civil::date;

use super::{super::ics::file, storm::series_of, *};

fn stamp() -> Timestamp {
    "2026-10-05T09:00:00Z".parse().unwrap()
}

/// The beginnings of the series in the file, as the parser's own reading of its rule gives them.
fn beginnings(text: &str, count: u16) -> Vec<i64> {
    let calendar: Calendar = text.parse().unwrap();
    let event = calendar.calendar_events().find(|event| event.event().property_value("RRULE").is_some()).unwrap();
    event.get_recurrence().unwrap().all(count).dates.iter().map(|at| at.timestamp()).collect()
}

#[test]
fn a_parser_finds_the_meetings_that_the_schedule_has() {
    for zone in
        ["UTC", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "America/Santiago"]
    {
        for rhythm in [
            "every tuesday 10:00",
            "every 2 weeks on tuesday 10:00",
            "monthly first tuesday 10:00",
            "monthly last friday 17:30",
            "daily 09:00",
            "weekdays 09:00",
        ] {
            let mut series = series_of(rhythm, zone, date(2026, 3, 1));
            let first = series.days().next().unwrap();
            (series.first, series.from) = (first, first);
            let skipped = series.days().nth(3).unwrap();
            series.changes.insert(skipped, Change::Skipped);
            let text = file(&series, "t", stamp()).unwrap();
            let expected: Vec<i64> = series.upcoming().take(9).map(|one| one.start.as_second()).collect();
            assert_eq!(beginnings(&text, 9), expected, "{rhythm} in {zone}");
            assert!(text.lines().all(|line| line.len() <= 75));
        }
    }
}

#[test]
fn zones_are_written_as_their_rules() {
    let text = file(&series_of("every tuesday 10:00", "Europe/Berlin", date(2026, 10, 6)), "t", stamp()).unwrap();
    assert_snapshot!(text.replace("\r\n", "\n"), @r"
    BEGIN:VCALENDAR
    VERSION:2.0
    PRODID:-//Hearth//Meetings//EN
    METHOD:PUBLISH
    BEGIN:VTIMEZONE
    TZID:Europe/Berlin
    BEGIN:STANDARD
    DTSTART:20251026T030000
    TZOFFSETFROM:+0200
    TZOFFSETTO:+0100
    TZNAME:CET
    RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
    END:STANDARD
    BEGIN:DAYLIGHT
    DTSTART:20250330T020000
    TZOFFSETFROM:+0100
    TZOFFSETTO:+0200
    TZNAME:CEST
    RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
    END:DAYLIGHT
    END:VTIMEZONE
    BEGIN:VEVENT
    UID:new@t
    DTSTAMP:20261005T090000Z
    DTSTART;TZID=Europe/Berlin:20261006T100000
    DURATION:PT60M
    SUMMARY:Call
    RRULE:FREQ=WEEKLY;INTERVAL=1;BYDAY=TU
    END:VEVENT
    END:VCALENDAR
    ");
    let count = |zone: &str, what: &str| {
        file(&series_of("every tuesday 10:00", zone, date(2026, 10, 6)), "t", stamp()).unwrap().matches(what).count()
    };
    assert_eq!(count("Asia/Kathmandu", "BEGIN:STANDARD"), 1);
    assert_eq!(count("America/New_York", "RRULE:FREQ=YEARLY"), 2);
    assert!(count("Africa/Casablanca", "BEGIN:DAYLIGHT") + count("Africa/Casablanca", "BEGIN:STANDARD") > 10);
    assert_eq!(count("UTC", "VTIMEZONE"), 0);
}

#[test]
fn moved_meetings_replace_theirs_and_every_word_survives() {
    let mut series = series_of("every tuesday 10:00", "Europe/Berlin", date(2026, 10, 6));
    series.name =
        "Röst- und Mahlrunde; mit Kaffee, Keksen \\ und einer sehr langen Zeile, die gefaltet wird".to_owned();
    series.link = Some("https://call.example/r?a=1".to_owned());
    let to: Timestamp = "2026-10-15T13:00:00Z".parse().unwrap();
    series.changes.insert(date(2026, 10, 13), Change::Moved(to));
    let calendar: Calendar = file(&series, "t", stamp()).unwrap().parse().unwrap();
    let events: Vec<_> = calendar.components.iter().filter_map(CalendarComponent::as_event).collect();
    assert_eq!(events.len(), 2);
    assert_eq!(events[0].property_value("UID"), events[1].property_value("UID"));
    assert_eq!(events[1].property_value("RECURRENCE-ID"), Some("20261013T100000"));
    assert_eq!(events[1].property_value("DTSTART"), Some("20261015T150000"));
    assert!(
        events.iter().all(|event| icalendar::EventLike::get_location(*event) == Some("https://call.example/r?a=1"))
    );
    assert_eq!(icalendar::Component::get_summary(events[0]).unwrap().replace('\\', ""), series.name.replace('\\', ""));
}

#[test]
fn the_file_is_sent_on_request() {
    let mut talk = planned();
    assert_eq!(talk.says("ana", "lobby", "!hearth meeting ics"), ["#lobby file: community-call.ics (text/calendar)"]);
    assert_eq!(talk.tells("ana", "meeting ics"), ["@ana file: community-call.ics (text/calendar)"]);
}

/// Outlook reads one observance of each kind, with a rule, and takes one without a rule beside others for the latest.
#[test]
fn a_zone_is_written_as_one_observance_of_each_kind_where_it_has_rules() {
    let known = |zone: &str| {
        let mut series = series_of("every tuesday 10:00", zone, date(2026, 10, 6));
        series.changes.insert(date(2026, 10, 13), Change::Skipped);
        series.changes.insert(date(2026, 12, 29), Change::Rested);
        let text = file(&series, "t", stamp()).unwrap();
        if let Ok(folder) = std::env::var("HEARTH_ICS") {
            std::fs::write(format!("{folder}/{}.ics", zone.replace('/', "-")), &text).unwrap();
        }
        assert_eq!(text.matches("EXDATE").count(), 2, "{zone}");
        ["BEGIN:STANDARD", "BEGIN:DAYLIGHT", "RRULE:FREQ=YEARLY", "19700101"].map(|what| text.matches(what).count())
    };
    for zone in ["Europe/Berlin", "America/New_York", "Europe/Dublin", "Australia/Sydney"] {
        assert_eq!(known(zone), [1, 1, 2, 0], "{zone}");
    }
    for zone in ["America/Sao_Paulo", "Asia/Kolkata"] {
        assert_eq!(known(zone), [1, 0, 0, 1], "{zone}");
    }
    assert_eq!(known("UTC"), [0, 0, 0, 0]);
    // Its clocks follow the moon: every change is written out.
    assert_eq!(known("Africa/Casablanca")[2..], [0, 0]);
}
