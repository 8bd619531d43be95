//! Days off, as minutes of what was said and of what was not.

#![expect(clippy::unwrap_used, reason = "tests")]

use hearth_practices::{Span, Words, dialogue::Dialogue};
use jiff::tz::TimeZone;
use serde_json::json;

/// Testers in Berlin on Thursday, 26 November 2026, ten in the morning, who meet on Fridays and are asked something on
/// workdays.
fn talk() -> Dialogue {
    let mut talk = Dialogue::new();
    talk.now = "2026-11-26T09:00:00Z".parse().unwrap();
    talk.community.zone = TimeZone::get("Europe/Berlin").unwrap();
    talk.overrides
        .insert("icebreakers".to_owned(), serde_json::from_value(json!({"room-rhythm": "weekdays 09:00"})).unwrap());
    talk.says("lea", "craft", "!hearth meeting new Call every friday 10:00");
    talk.says("lea", "lobby", "!hearth action @ana:t bring the cake by 25 december");
    talk
}

/// What the bot says by itself until a moment, with the day and hour in Berlin.
fn until(talk: &mut Dialogue, moment: &str) -> Vec<String> {
    let (end, mut said) = (moment.parse::<jiff::Timestamp>().unwrap(), Vec::new());
    while talk.now < end {
        let lines = talk.passes(Span::hours(1));
        let at = talk.community.zone.to_datetime(talk.now).strftime("%d %b %H").to_string();
        let kind = |line: &String| {
            let shorts = [
                ("begins now", "meeting"),
                ("coming up", "soon"),
                ("small reminder", "action"),
                ("question", "question"),
            ];
            shorts.iter().find(|(word, _)| line.contains(word)).map(|(_, kind)| format!("{at} {kind}"))
        };
        said.extend(lines.iter().filter(|line| line.contains("prompt")).filter_map(kind));
    }
    said
}

#[test]
fn on_days_off_nothing_that_repeats_happens_and_afterwards_everything_goes_on() {
    let mut talk = talk();
    let said = talk.says("lea", "craft", "!hearth pause 24 december to 6 january");
    assert_eq!(
        said,
        [
            "#craft notice: Days off: Thu 24 Dec to Wed 6 Jan 2027, back on Thu 7 Jan 2027. On these days there are no meetings, \
             questions or reminders from me; whatever you ask me works as ever. `!hearth pause off` calls it off.",
            "#lobby prompt: Days off: Thu 24 Dec to Wed 6 Jan 2027, back on Thu 7 Jan 2027. On these days there are no meetings, \
             questions or reminders from me; whatever you ask me works as ever. `!hearth pause off` calls it off.",
        ]
    );
    until(&mut talk, "2026-12-21T11:00:00Z");
    talk.joins("kim", "lobby");
    let before = until(&mut talk, "2026-12-23T23:00:00Z");
    assert!(
        before.contains(&"23 Dec 09 question".to_owned()) && before.contains(&"23 Dec 09 action".to_owned()),
        "{before:?}"
    );
    assert_eq!(until(&mut talk, "2027-01-06T23:00:00Z"), Vec::<String>::new());
    let list = talk.says("ana", "craft", "!hearth meeting list").concat();
    assert!(list.contains("next on Fri 8 Jan, 10:00"), "{list}");
    let after = until(&mut talk, "2027-01-08T12:00:00Z");
    for expected in ["07 Jan 09 question", "08 Jan 09 question", "08 Jan 09 soon", "08 Jan 10 meeting"] {
        assert!(after.contains(&expected.to_owned()), "{expected}: {after:?}");
    }
    // The cake was for Christmas: two weeks later nobody is reminded of it.
    assert!(!after.iter().any(|line| line.ends_with("action")), "{after:?}");
}

#[test]
fn a_reminder_that_falls_on_a_day_off_comes_on_the_first_day_back() {
    let mut talk = talk();
    talk.says("lea", "lobby", "!hearth pause 24 december to 6 january");
    talk.says("lea", "lobby", "!hearth action @ben:t send the invitation by 7 january");
    until(&mut talk, "2027-01-06T23:00:00Z");
    let back = until(&mut talk, "2027-01-07T12:00:00Z");
    assert!(back.contains(&"07 Jan 09 action".to_owned()), "{back:?}");
}

#[test]
fn a_pause_that_is_called_off_brings_the_meetings_back_and_skipped_ones_stay_skipped() {
    let mut talk = talk();
    talk.says("lea", "craft", "!hearth meeting skip 1 january");
    talk.says("lea", "lobby", "!hearth pause 24 december to 6 january");
    let list = talk.says("ana", "lobby", "!hearth pause").concat();
    assert_eq!(list, "#lobby notice: Days off:\n\n- Thu 24 Dec to Wed 6 Jan 2027, back on Thu 7 Jan 2027");
    talk.passes(Span::minutes(1));
    let file = |talk: &Dialogue| {
        talk.records("meetings").iter().map(|(_, record)| record["changes"].to_string()).collect::<String>()
    };
    assert!(file(&talk).contains(r#""2026-12-25":"rested","2027-01-01":"skipped""#), "{}", file(&talk));
    assert_eq!(
        talk.says("lea", "lobby", "!hearth pause off"),
        ["#lobby notice: All days off are called off: what repeats goes on."]
    );
    talk.passes(Span::minutes(1));
    assert!(!file(&talk).contains("rested") && file(&talk).contains("skipped"), "{}", file(&talk));
    assert!(talk.says("lea", "lobby", "!hearth pause off").concat().contains("No days off are planned"));
}

#[test]
fn days_off_are_planned_by_leads_and_in_words_that_are_understood() {
    let mut talk = talk();
    let mut ask = |who: &str, text: &str| talk.says(who, "lobby", &format!("!hearth {text}")).join("\n");
    insta::assert_snapshot!(
        [
            ask("ana", "pause"),
            ask("ana", "pause until 8 january"),
            ask("lea", "pause christmas"),
            ask("lea", "pause 24 december or 25 december"),
            ask("lea", "pause until 20 november 2026"),
            ask("lea", "pause until december 2029"),
            ask("lea", "holidays 25 december and 1 january"),
            ask("lea", "pause until 30 november"),
            ask("lea", "pause"),
        ]
        .join("\n"),
        @"
        #lobby notice: No days off are planned. Leads plan some with `!hearth pause 24 december to 6 january`, or `!hearth pause until 8 january`.
        #lobby notice: Leads plan the days off. Tell one of them which you'd like!
        #lobby notice: I can't read `christmas` as a day, so nothing has changed. I understand `friday`, `in two weeks`, `end of month`, `27 November` and `2027-03-31`.
        #lobby notice: Which day is `24 december or 25 december`: **Thu 24 Dec** (`2026-12-24`) or **Fri 25 Dec** (`2026-12-25`)? Send it again with the date; nothing has changed yet.
        #lobby notice: Fri 20 Nov is over already. Which day do you mean?
        #lobby notice: Which day is `until december 2029`: **Sat 1 Dec 2029** (`2029-12-01`) or **Mon 31 Dec 2029** (`2029-12-31`)? Send it again with the date; nothing has changed yet.
        #lobby notice: Days off: Fri 25 Dec, back on Sat 26 Dec; Fri 1 Jan 2027, back on Sat 2 Jan 2027. On these days there are no meetings, questions or reminders from me; whatever you ask me works as ever. `!hearth pause off` calls it off.
        #lobby notice: Days off: Thu 26 Nov to Sun 29 Nov, back on Mon 30 Nov. On these days there are no meetings, questions or reminders from me; whatever you ask me works as ever. `!hearth pause off` calls it off.
        #lobby notice: Days off:

        - Thu 26 Nov to Sun 29 Nov, back on Mon 30 Nov
        - Fri 25 Dec, back on Sat 26 Dec
        - Fri 1 Jan 2027, back on Sat 2 Jan 2027
        "
    );
    let mut talk = talk_in_german();
    insta::assert_snapshot!(talk.says("lea", "lobby", "!hearth pause 24.12. bis 6.1.").concat(), @"#lobby notice: Frei: Do 24. Dez bis Mi 6. Jan 2027, weiter am Do 7. Jan 2027. An diesen Tagen gibt es von mir keine Treffen, Fragen oder Erinnerungen; was ihr mir schreibt, geht wie immer. `!hearth pause aus` sagt es ab.");
    assert_eq!(
        talk.says("lea", "lobby", "!hearth ferien"),
        ["#lobby notice: Freie Tage:\n\n- Do 24. Dez bis Mi 6. Jan 2027, weiter am Do 7. Jan 2027"]
    );
}

fn talk_in_german() -> Dialogue {
    let mut talk = talk();
    talk.words = Words::of("de").unwrap();
    talk
}
