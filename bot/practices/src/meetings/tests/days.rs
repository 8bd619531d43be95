//! Days in words where meetings are skipped and moved, and names and zones of series.

use super::*;

/// Thursday, 26 November 2026, ten in the morning in Berlin: a meeting on Fridays, another on every day.
fn november() -> Dialogue {
    let mut talk = berlin();
    talk.now = "2026-11-26T09:00:00Z".parse().unwrap();
    talk.says("lea", "lobby", "!hearth meeting new Call every friday 10:00");
    talk.says("lea", "craft", "!hearth meeting new Daily every day 10:30");
    talk
}

#[test]
fn several_meetings_are_skipped_in_one_go_and_what_is_not_understood_skips_none() {
    let mut talk = november();
    let mut ask = |text: &str| talk.says("lea", "lobby", &format!("!hearth meeting {text}")).join("\n");
    let said = [
        "skip 25 december and 1 january",
        "skip 25 december and 8 january",
        "skip 9 january and 8 january",
        "skip 8 january or 15 january",
        "skip 8 january and so on",
        "skip until 11 december",
        "skip 12 december to 15 december",
        "skip from 1 january to 15 january",
        "skip until 30 april",
        "skip next week friday 2027",
    ]
    .map(|text| format!("{text}\n  {}", ask(text).replace("#lobby notice: ", "")));
    assert_snapshot!(said.join("\n"), @r#"
    skip 25 december and 1 january
      **Call** is left out 2 times: Fri 25 Dec, Fri 1 Jan 2027. The next one is on Fri 27 Nov, 10:00.
    skip 25 december and 8 january
      **Call** is skipped on Fri 25 Dec already.
    skip 9 january and 8 january
      **Call** does not meet on Sat 9 Jan 2027. The next one is on Fri 27 Nov, 10:00.
    skip 8 january or 15 january
      Which day is `8 january or 15 january`: **Fri 8 Jan 2027** (`2027-01-08`) or **Fri 15 Jan 2027** (`2027-01-15`)? Send it again with the date; nothing has changed yet.
    skip 8 january and so on
      Which day is `8 january and so on`: **Fri 8 Jan 2027** (`2027-01-08`)? Send it again with the date; nothing has changed yet.
    skip until 11 december
      **Call** is left out 2 times: Fri 27 Nov, Fri 4 Dec. The next one is on Fri 11 Dec, 10:00.
    skip 12 december to 15 december
      **Call** does not meet in that time anyway. The next one is on Fri 11 Dec, 10:00.
    skip from 1 january to 15 january
      **Call** is left out 2 times: Fri 8 Jan 2027, Fri 15 Jan 2027. The next one is on Fri 11 Dec, 10:00.
    skip until 30 april
      **Call** is left out 16 times: Fri 11 Dec, …, Fri 23 Apr 2027. The next one is on Fri 30 Apr 2027, 10:00.
    skip next week friday 2027
      Which day is `next week friday 2027`: **Fri 4 Dec** (`2026-12-04`)? Send it again with the date; nothing has changed yet.
    "#);
}

#[test]
fn a_meeting_that_is_skipped_until_a_day_goes_on_that_day() {
    for (text, next) in [
        ("skip until 8 january", "Fri 8 Jan 2027"),
        ("skip bis zum 8. Januar", "Fri 8 Jan 2027"),
        ("skip until 7 january", "Fri 8 Jan 2027"),
        ("skip until 9 january", "Fri 15 Jan 2027"),
        ("skip 24 december to 8 january", "Fri 27 Nov"),
    ] {
        let mut talk = november();
        let said = talk.says("lea", "lobby", &format!("!hearth meeting {text}")).concat();
        assert!(said.ends_with(&format!("The next one is on {next}, 10:00.")), "{text}: {said}");
        let ics = talk.says("lea", "lobby", "!hearth meeting ics").concat();
        assert!(ics.contains("call.ics"), "{ics}");
    }
}

#[test]
fn the_same_words_mean_the_same_day_everywhere() {
    for (phrase, day) in [
        ("friday next week", "Fri 4 Dec"),
        ("tuesday next week", "Tue 1 Dec"),
        ("two weeks from friday", "Fri 11 Dec"),
        ("next sunday", "Sun 6 Dec"),
        ("the 5th of next month", "Sat 5 Dec"),
        ("the last friday of december", "Fri 25 Dec"),
        ("KW 50", "Fri 11 Dec"),
        ("Freitag nächster Woche", "Fri 4 Dec"),
        ("Mitte Dezember", "Tue 15 Dec"),
        ("in a fortnight", "Thu 10 Dec"),
    ] {
        let mut talk = november();
        let mut ask = |room: &str, text: String| talk.says("lea", room, &format!("!hearth {text}")).concat();
        assert!(
            ask("lobby", format!("action me write by {phrase}"))
                .contains(&format!("write · [lea](https://matrix.to/#/@lea:t) · by {day}"))
        );
        assert!(ask("lobby", format!("action move 1 {phrase}")).contains(&format!("by {day}")), "{phrase}");
        let moved = ask("lobby", format!("meeting move {phrase} 15:00"));
        assert!(moved.contains(&format!("to {day}, 15:00, this once")), "{phrase}: {moved}");
        let skipped = ask("craft", format!("meeting skip {phrase}"));
        assert!(skipped.contains(&format!("does not take place on {day}, 10:30")), "{phrase}: {skipped}");
    }
    for asked in ["friday or monday", "11/12", "not friday", "every friday"] {
        let mut talk = november();
        for command in ["action me write by", "action move 1", "meeting move", "meeting skip"] {
            talk.says("lea", "lobby", "!hearth action me wait");
            let said = talk.says("lea", "lobby", &format!("!hearth {command} {asked}")).concat();
            assert!(
                said.contains(&format!("`{asked}`")) && said.contains("nothing has changed"),
                "{command} {asked}: {said}"
            );
        }
    }
}

#[test]
fn a_move_is_read_whole() {
    let mut talk = november();
    let mut ask = |text: &str| {
        talk.says("lea", "lobby", &format!("!hearth meeting {text}")).concat().replace("#lobby notice: ", "")
    };
    assert_snapshot!(
        [
            ask("move thursday 15:00 or 16:00"),
            ask("move 4 december to tomorrow noon"),
            ask("move next week"),
            ask("move 11 december to thursday morning"),
            ask("move saturday at 5pm sharp"),
            ask("verschieben Montag um 17 Uhr"),
        ]
        .join("\n"),
        @r#"
    Which day is `thursday 15:00 or 16:00`: **Thu 3 Dec** (`2026-12-03`)? Send it again with the date; nothing has changed yet.
    **Call** moves from Fri 4 Dec, 10:00 to Fri 27 Nov, 12:00, this once.
    **Call** moves from Fri 27 Nov, 10:00 to Fri 4 Dec, 10:00, this once.
    When should it be? Write it like `!hearth meeting move thursday 15:00`, or `2027-01-12 to thursday 15:00` for another one than the next.
    Which day is `saturday at 5pm sharp`: **Sat 28 Nov** (`2026-11-28`)? Send it again with the date; nothing has changed yet.
    **Call** moves from Fri 27 Nov, 12:00 to Mon 30 Nov, 17:00, this once.
    "#
    );
}

#[test]
fn a_name_may_be_a_word_for_a_rhythm() {
    for (text, name) in [
        ("new \"Weekly\" every tuesday 10:00", "**Weekly**: every Tuesday at 10:00"),
        ("new Weekly tuesdays 10:00 --for 45m", "**Weekly**: every Tuesday at 10:00"),
        ("new Daily standup weekdays 9:00", "**Daily standup**: Monday to Friday at 09:00"),
        ("new \"Weekly call\" weekly on friday 10:00", "**Weekly call**: every Friday at 10:00"),
        ("new Talk weekly friday 10:00", "**Talk**: every Friday at 10:00"),
        ("find \"Weekly\" tue 10:00 | wed 16:00", "Weekly"),
        ("find Monday club tue 10:00 | wed 16:00", "Monday club"),
        ("new \"Weekly\"", "At what time?"),
        ("new weekly friday 10:00", "What is it called?"),
        ("new every friday 10:00", "What is it called?"),
    ] {
        let said = berlin().says("ana", "lobby", &format!("!hearth meeting {text}")).concat();
        assert!(said.contains(name), "{text}: {said}");
    }
}

#[test]
fn zones_are_said_back_or_asked_about() {
    let mut said = Vec::new();
    for zone in [
        "europe/london",
        "Europe/Kiev",
        "US/Pacific",
        "Asia/Calcutta",
        "Berlin",
        "CET",
        "CEST",
        "EST",
        "PST",
        "\"W. Europe Standard Time\"",
        "GMT+1",
        "UTC+2",
        "+01:00",
        "Etc/GMT+5",
        "Zulu",
        "Mars/Base",
    ] {
        let mut talk = berlin();
        let answer =
            talk.says("ana", "lobby", &format!("!hearth meeting new Z1 every tuesday 10:00 --zone {zone}")).concat();
        let answer = answer.replace("#lobby notice: ", "");
        said.push(format!("{zone}: {}", answer.split(" I remind").next().unwrap()));
    }
    assert_snapshot!(said.join("\n"), @r#"
    europe/london: **Z1**: every Tuesday at 10:00, first on Tue 6 Oct, 10:00 (Europe/London).
    Europe/Kiev: **Z1**: every Tuesday at 10:00, first on Tue 6 Oct, 10:00 (Europe/Kiev).
    US/Pacific: **Z1**: every Tuesday at 10:00, first on Tue 6 Oct, 10:00 (US/Pacific).
    Asia/Calcutta: **Z1**: every Tuesday at 10:00, first on Tue 6 Oct, 10:00 (Asia/Calcutta).
    Berlin: By `Berlin`, do you mean `Europe/Berlin`? I need the city, because clocks change in summer. Send it again with that.
    CET: **Z1**: every Tuesday at 10:00, first on Tue 6 Oct, 10:00.
    CEST: By `CEST`, do you mean `Europe/Berlin`? I need the city, because clocks change in summer. Send it again with that.
    EST: By `EST`, do you mean `America/New_York`? I need the city, because clocks change in summer. Send it again with that.
    PST: By `PST`, do you mean `America/Los_Angeles`? I need the city, because clocks change in summer. Send it again with that.
    "W. Europe Standard Time": By `W. Europe Standard Time`, do you mean `Europe/Berlin`? I need the city, because clocks change in summer. Send it again with that.
    GMT+1: By `GMT+1`, do you mean `Europe/London`? I need the city, because clocks change in summer. Send it again with that.
    UTC+2: By `UTC+2`, do you mean `Europe/Berlin`? I need the city, because clocks change in summer. Send it again with that.
    +01:00: By `+01:00`, do you mean `Europe/London`? I need the city, because clocks change in summer. Send it again with that.
    Etc/GMT+5: **Z1**: every Tuesday at 10:00, first on Tue 6 Oct, 10:00 (UTC−5).
    Zulu: **Z1**: every Tuesday at 10:00, first on Tue 6 Oct, 10:00 (UTC).
    Mars/Base: I don't know the time zone `Mars/Base`. Write its city, like `Europe/Berlin` or `America/New_York`.
    "#);
}

#[test]
fn another_zone_carries_its_own_day_where_that_is_another() {
    let mut talk = berlin();
    let zones = r#"{"zones": ["America/Los_Angeles", "Asia/Tokyo", "Europe/London"]}"#;
    talk.overrides.insert("meetings".to_owned(), serde_json::from_str(zones).unwrap());
    let said = talk.says("ana", "lobby", "!hearth meeting new Late every tuesday 23:30").concat();
    assert!(
        said.contains(
            "first on Tue 6 Oct, 23:30 (14:30 America/Los_Angeles, Wednesday 06:30 Asia/Tokyo, 22:30 Europe/London)"
        ),
        "{said}"
    );
    let said = talk.says("ana", "lobby", "!hearth meeting new Early every tuesday 06:30").concat();
    assert!(
        said.contains(
            "first on Tue 6 Oct, 06:30 (Monday 21:30 America/Los_Angeles, 13:30 Asia/Tokyo, 05:30 Europe/London)"
        ),
        "{said}"
    );
}
