//! Meetings as minutes of what was said, across clock changes, and under a storm of commands and pauses.

mod days;
mod find;
mod find_storm;
mod ics;
mod mistakes;
mod rows;
mod storm;
mod taps;

use hearth_shared::activity::Kind;
use insta::assert_snapshot;
use jiff::{civil::Date, tz::TimeZone};

use super::*;
use crate::{
    Entry, Event, EventId, Span, UserId, Words,
    choosing::{
        paper::PAPER_ROWS,
        screen::{PHONE, rows},
    },
    dialogue::{Dialogue, user},
};

/// Testers in Berlin, without the questions of other practices.
fn berlin() -> Dialogue {
    let mut talk = Dialogue::new();
    talk.community.zone = TimeZone::get("Europe/Berlin").unwrap();
    talk.overrides.insert("icebreakers".to_owned(), serde_json::from_str(r#"{"room-rhythm": "off"}"#).unwrap());
    talk
}

fn planned() -> Dialogue {
    let mut talk = berlin();
    talk.says(
        "lea",
        "lobby",
        r#"!hearth meeting new "Community call" every tuesday 10:00 --link https://call.example"#,
    );
    talk
}

fn logged(talk: &Dialogue) -> Vec<String> {
    let kinds = [Kind::MeetingHeld, Kind::Attended, Kind::Facilitated, Kind::ActionAgreed];
    let row = |entry: &Entry| {
        let link = entry.name.iter().chain(&entry.within).cloned().collect::<Vec<_>>().join(" in ");
        format!(
            "{:?} {} {} {link}",
            entry.kind,
            entry.by.localpart(),
            entry.value.map_or("-".to_owned(), |value| value.to_string())
        )
    };
    talk.entries.iter().filter(|entry| kinds.contains(&entry.kind)).map(row).collect()
}

#[test]
fn a_meeting_is_planned_announced_held_and_closed() {
    let mut talk = berlin();
    let said = talk.says(
        "lea",
        "lobby",
        r#"!hearth meeting new "Community call" every tuesday 10:00 --link https://call.example"#,
    );
    assert_snapshot!(said.join("\n"), @"#lobby notice: **Community call**: every Tuesday at 10:00, first on Tue 6 Oct, 10:00. I remind the room, and bring the agenda. Who leads now and then? `!hearth meeting volunteer`");
    assert_snapshot!(talk.says("ana", "lobby", "!hearth meeting volunteer facilitate").join("\n"), @"#lobby notice: Thank you! The next **Community call** is yours: Tue 6 Oct, 10:00. Facilitates: [ana](https://matrix.to/#/@ana:t). Takes notes: still open.");
    talk.says("ben", "lobby", "!hearth meeting volunteer");
    talk.says("cem", "lobby", "!hearth action @cem:t order the cake by 2026-10-20");
    // It is Monday, 11:00 in Berlin: the day before has begun, so those who lead are told at once.
    assert_snapshot!(talk.passes(Span::hours(21)).join("\n"), @"
    @ana prompt (nudge): You facilitate **Community call** next: Tue 6 Oct, 10:00. The agenda comes by itself; you open, watch the time, and see that everybody gets a word in. If it doesn't suit you: `!hearth meeting swap @who`, in the room.
    @ben prompt (nudge): You take notes in **Community call** next: Tue 6 Oct, 10:00. A few lines in the thread are plenty; what is agreed goes down with `!hearth action @who what by when`. If it doesn't suit you: `!hearth meeting swap @who`, in the room.
    ");
    assert_snapshot!(talk.passes(Span::hours(1)).join("\n"), @"
    #lobby prompt: **Community call** is coming up: Tue 6 Oct, 10:00

    Facilitates: [ana](https://matrix.to/#/@ana:t). Takes notes: [ben](https://matrix.to/#/@ben:t).

    Call: https://call.example

    What is still open:

    - **1** · order the cake · [cem](https://matrix.to/#/@cem:t) · by Tue 20 Oct
    ");
    assert_snapshot!(talk.passes(Span::hours(1)).join("\n"), @"
    edit soon/1/2026-10-06/1791273600: **Community call** has begun, below.
    #lobby prompt: **Community call begins now**, until 11:00

    Call: https://call.example

    Facilitates: [ana](https://matrix.to/#/@ana:t). Takes notes: [ben](https://matrix.to/#/@ben:t).

    What is still open:

    - **1** · order the cake · [cem](https://matrix.to/#/@cem:t) · by Tue 20 Oct

    Tap *I am in*, or write `here`. Talk goes in the thread, and `!hearth action @who what by when`.
    button meeting/1/2026-10-06: ✋ I am in
    button meeting/1/2026-10-06: ▶ next
    button meeting/1/2026-10-06: +5 min
    ");
}

#[test]
fn what_those_who_lead_are_told_fits_on_a_phone() {
    for language in ["en", "de"] {
        let mut talk = planned();
        talk.words = Words::of(language).unwrap();
        talk.says("ana", "lobby", "!hearth meeting volunteer facilitate");
        talk.says("ben", "lobby", "!hearth meeting volunteer notes");
        let told: Vec<String> = talk.passes(Span::hours(21)).into_iter().filter(|line| line.starts_with('@')).collect();
        assert_eq!(told.len(), 2, "{told:?}");
        for line in &told {
            let body = line.split_once(": ").unwrap().1;
            assert!(rows(body, PHONE) <= PAPER_ROWS, "{language}: {} lines: {body}", rows(body, PHONE));
        }
    }
}

#[test]
fn a_meeting_keeps_its_hour_when_clocks_change() {
    let mut talk = planned();
    let mut starts = Vec::new();
    for _ in 0..24 * 28 {
        for line in talk.passes(Span::hours(1)) {
            if line.contains("begins now") {
                starts.push(talk.now.to_string());
            }
        }
    }
    // 10:00 in Berlin is 08:00 UTC until 25 October, and 09:00 after.
    assert_eq!(
        starts,
        ["2026-10-06T08:00:00Z", "2026-10-13T08:00:00Z", "2026-10-20T08:00:00Z", "2026-10-27T09:00:00Z"]
    );
}

#[test]
fn who_is_there_is_counted_and_then_forgotten() {
    let mut talk = planned();
    talk.passes(Span::hours(23));
    let card = "meeting/1/2026-10-06";
    talk.reacts("ana", "meetings", card, "👋");
    talk.reacts("ana", "meetings", card, "❤️");
    assert_eq!(talk.says("ben", "lobby", "Here!"), ["react: 👋"]);
    assert!(talk.says("ben", "lobby", "here").is_empty());
    talk.answers("cem", "meetings", card, "Good morning");
    assert_eq!(talk.says("dia", "lobby", "!hearth meeting here"), ["react: 👋"]);
    assert!(talk.says("eve", "lobby", "here is a thought").is_empty());
    assert!(talk.says("fay", "craft", "here").is_empty());
    assert_eq!(
        logged(&talk),
        [
            "MeetingHeld hearth - meeting/1/2026-10-06",
            "Attended ana - meeting/1/2026-10-06",
            "Attended ben - meeting/1/2026-10-06",
            "Attended cem - meeting/1/2026-10-06",
            "Attended dia - meeting/1/2026-10-06",
        ]
    );
    let closed = talk.passes(Span::hours(1));
    assert!(closed[0].contains("4 people were there"), "{closed:?}");
    let kept = format!("{:?}", talk.records("meetings"));
    assert!(!kept.contains("@ana") && !kept.contains("@dia"), "{kept}");
}

#[test]
fn an_action_of_a_meeting_belongs_to_it_and_opens_the_next_one() {
    let mut talk = planned();
    talk.passes(Span::hours(23));
    talk.reacts("ana", "meetings", "meeting/1/2026-10-06", "👋");
    talk.answers("ana", "meetings", "meeting/1/2026-10-06", "!hearth action @ben:t book the room by friday");
    assert_eq!(logged(&talk).last().unwrap(), "ActionAgreed ben 20735 action/1 in meeting/1/2026-10-06");
    assert_snapshot!(talk.passes(Span::hours(1)).join("\n"), @"
    edit meeting/1/2026-10-06: **Community call**, Tue 6 Oct, 10:00, is over. One person was there.

    One thing was agreed:

    - **1** · book the room · [ben](https://matrix.to/#/@ben:t) · by Fri 9 Oct
    #lobby notice: That's the end of the meeting. Thank you for coming!

    One thing was agreed:

    - **1** · book the room · [ben](https://matrix.to/#/@ben:t) · by Fri 9 Oct

    Next time: Tue 13 Oct, 10:00.
    ");
    talk.passes(Span::days(6));
    let next = talk.passes(Span::hours(23));
    assert!(next.iter().any(|line| line.contains("coming up") && line.contains("**1** · book the room")), "{next:?}");
}

#[test]
fn the_end_of_a_meeting_names_what_was_discussed_in_it_and_nothing_else() {
    let mut talk = planned();
    for topic in ["Contract tests", "Reading logs", "Saying no", "Salaries"] {
        let room = if topic == "Salaries" { "leads" } else { "lobby" };
        talk.says("lea", room, &format!("!hearth topic add {topic}"));
    }
    talk.says("ana", "lobby", "!hearth topic discussed 1");
    talk.passes(Span::hours(23));
    talk.says("ana", "lobby", "!hearth topic discussed 3 we say it early");
    talk.says("ana", "craft", "!hearth topic discussed 2");
    talk.says("lea", "leads", "!hearth topic discussed 4");
    assert_snapshot!(talk.passes(Span::hours(1)).join("\n"), @"
    edit meeting/1/2026-10-06: **Community call**, Tue 6 Oct, 10:00, is over. Nobody said that they were there.

    Discussed:

    - **3** · Saying no
    #lobby notice: That's the end of the meeting.

    Discussed:

    - **3** · Saying no

    Next time: Tue 13 Oct, 10:00.
    ");
}

#[test]
fn whoever_leads_next_is_told_so_and_not_that_their_turn_will_come() {
    let mut talk = planned();
    assert_snapshot!(talk.says("ana", "lobby", "!hearth meeting volunteer facilitate").join("\n"), @"#lobby notice: Thank you! The next **Community call** is yours: Tue 6 Oct, 10:00. Facilitates: [ana](https://matrix.to/#/@ana:t). Takes notes: still open.");
    talk.says("ben", "lobby", "!hearth meeting volunteer notes");
    assert_snapshot!(talk.says("cem", "lobby", "!hearth meeting volunteer").join("\n"), @"#lobby notice: Thank you! Your turn in **Community call** will come. Next time: Facilitates: [ana](https://matrix.to/#/@ana:t). Takes notes: [ben](https://matrix.to/#/@ben:t).");
}

#[test]
fn one_meeting_is_skipped_another_moved_and_the_series_cancelled() {
    let mut talk = planned();
    assert_snapshot!(talk.says("lea", "lobby", "!hearth meeting skip").join("\n"), @"#lobby notice: **Community call** does not take place on Tue 6 Oct, 10:00. The next one is on Tue 13 Oct, 10:00.");
    assert_snapshot!(talk.says("lea", "lobby", "!hearth meeting move thursday 15:00").join("\n"), @"#lobby notice: **Community call** moves from Tue 13 Oct, 10:00 to Thu 8 Oct, 15:00, this once.");
    assert_snapshot!(talk.says("lea", "lobby", "!hearth meeting move 2026-10-20 to wednesday").join("\n"), @"#lobby notice: **Community call** moves from Tue 20 Oct, 10:00 to Wed 7 Oct, 10:00, this once.");
    assert_snapshot!(talk.says("lea", "lobby", "!hearth meeting skip 2026-10-06").join("\n"), @"#lobby notice: **Community call** is skipped on Tue 6 Oct already.");
    assert_snapshot!(talk.says("lea", "lobby", "!hearth meeting list").join("\n"), @"#lobby notice: - **Community call**: every Tuesday at 10:00, next on Wed 7 Oct, 10:00");
    assert_snapshot!(talk.says("lea", "lobby", "!hearth meeting cancel friday").join("\n"), @"#lobby notice: `cancel` ends the whole series, so I did nothing. To leave out one meeting (`friday`), say `!hearth meeting skip`.");
    let begun: Vec<String> =
        talk.passes(Span::days(18)).into_iter().filter(|line| line.contains("begins now")).collect();
    assert_eq!(begun.len(), 2);
    assert_snapshot!(talk.says("lea", "lobby", "!hearth meeting cancel").join("\n"), @"#lobby notice: **Community call** is over for good. `!hearth meeting new` begins something else.");
    assert!(talk.passes(Span::days(30)).is_empty());
}

#[test]
fn people_lead_in_turn_and_swap() {
    let mut talk = planned();
    for who in ["ana", "ben", "cem"] {
        talk.says(who, "lobby", "!hearth meeting volunteer");
    }
    let mut led = Vec::new();
    for _ in 0..4 {
        talk.passes(Span::days(7));
        let row = |entry: &Entry| (entry.kind == Kind::Facilitated).then(|| entry.by.localpart().to_owned());
        led.extend(talk.entries.drain(..).filter_map(|entry| row(&entry)));
    }
    assert_eq!(led, ["ana", "ben", "ben", "ana", "cem", "ben", "ana", "cem"]);
    // Facilitator and note-taker of each. Next: Ben and Ana. Ben cannot, and passes it on.
    assert_snapshot!(talk.says("ben", "lobby", "!hearth meeting swap @dia:t").join("\n"), @"#lobby notice: Swapped. Facilitates: [dia](https://matrix.to/#/@dia:t). Takes notes: [ana](https://matrix.to/#/@ana:t).");
    assert_snapshot!(talk.says("cem", "lobby", "!hearth meeting swap @eve:t").join("\n"), @"#lobby notice: You have no turn to pass on. Facilitates: [dia](https://matrix.to/#/@dia:t). Takes notes: [ana](https://matrix.to/#/@ana:t). They can swap, and so can leads.");
    assert_snapshot!(talk.says("ana", "lobby", "!hearth meeting swap @dia:t").join("\n"), @"#lobby notice: Swapped. Facilitates: [ana](https://matrix.to/#/@ana:t). Takes notes: [dia](https://matrix.to/#/@dia:t).");
    assert!(talk.says("ana", "lobby", "!hearth meeting swap")[0].contains("With whom?"));
    assert_snapshot!(talk.says("ana", "lobby", "!hearth meeting unvolunteer").join("\n"), @"#lobby notice: All right, you're no longer in the rota. Next time: Facilitates: [ben](https://matrix.to/#/@ben:t). Takes notes: [dia](https://matrix.to/#/@dia:t).");
}

#[test]
fn a_facilitator_who_leaves_is_replaced_and_the_room_is_told() {
    let mut talk = planned();
    talk.says("ana", "lobby", "!hearth meeting volunteer facilitate");
    talk.says("ben", "lobby", "!hearth meeting volunteer facilitate");
    talk.passes(Span::hours(22));
    assert_snapshot!(talk.leaves("ana", "lobby").join("\n"), @"#lobby prompt: [ana](https://matrix.to/#/@ana:t) has left the room and can't lead next time. Instead: Facilitates: [ben](https://matrix.to/#/@ben:t). Takes notes: still open. `!hearth meeting swap @who` changes it.");
    assert_snapshot!(talk.says("ben", "lobby", "!hearth meeting swap @ana:t").join("\n"), @"#lobby notice: [ana](https://matrix.to/#/@ana:t) has left the room and can't lead. Choose somebody who is here.");
    talk.passes(Span::hours(1));
    assert_snapshot!(talk.leaves("ben", "lobby").join("\n"), @"#lobby prompt: [ben](https://matrix.to/#/@ben:t) has left the room. Whoever takes over says `!hearth meeting swap @me`.");
    let swapped = talk.says("cem", "lobby", "!hearth meeting swap @me");
    assert!(swapped[0].contains("Facilitates: [cem]"));
    assert!(
        swapped[1].starts_with("edit meeting/1/") && swapped[1].contains("Facilitates: [cem]"),
        "the card: {swapped:?}"
    );
    talk.passes(Span::hours(1));
    assert_eq!(logged(&talk).last().unwrap(), "Facilitated cem 1 meeting/1/2026-10-06");
    talk.joins("ana", "lobby");
    assert!(talk.says("ana", "lobby", "!hearth meeting volunteer")[0].contains("Thank you!"));
}

#[test]
fn a_round_asks_everybody_who_is_there_and_has_not_spoken() {
    let mut talk = planned();
    talk.passes(Span::hours(23));
    let card = "meeting/1/2026-10-06";
    let mut minutes = Vec::new();
    for who in ["ana", "ben", "cem"] {
        talk.reacts(who, "meetings", card, "👋");
    }
    talk.answers("ana", "meetings", card, "Welcome, all");
    minutes.extend(talk.answers("lea", "meetings", card, "!hearth meeting round"));
    minutes.extend(talk.answers("ben", "meetings", card, "I learnt something"));
    minutes.extend(talk.answers("cem", "meetings", card, "pass"));
    talk.reacts("dia", "meetings", card, "👋");
    minutes.extend(talk.answers("lea", "meetings", card, "!hearth meeting next"));
    minutes.extend(talk.answers("dia", "meetings", card, "So did I"));
    assert_snapshot!(minutes.join("\n"), @"
    #lobby prompt: [ben](https://matrix.to/#/@ben:t), what would you like to say?
    button turn/1/267a0ad471e1c1c3: pass
    #lobby prompt: [cem](https://matrix.to/#/@cem:t), what would you like to say?
    button turn/1/8cf2c288018263ae: pass
    #lobby prompt: [lea](https://matrix.to/#/@lea:t), what would you like to say?
    button turn/1/bc2c586641fb2453: pass
    #lobby prompt: [dia](https://matrix.to/#/@dia:t), what would you like to say?
    button turn/1/0d7f875e8bd8efe7: pass
    #lobby notice: That was everybody. Thank you.
    ");
    assert!(talk.answers("lea", "meetings", card, "!hearth meeting next")[0].contains("No round is on"));
    assert_snapshot!(talk.answers("fay", "meetings", card, "!hearth meeting round \"What did you learn?\"").join("\n"), @"
    #lobby prompt: **What did you learn?** [ana](https://matrix.to/#/@ana:t), you first.
    button turn/1/823b3afc30355bca: pass
    ");
}

#[test]
fn german_is_understood_and_spoken() {
    let mut talk = berlin();
    talk.words = Words::of("de").unwrap();
    let said = talk.says("lea", "lobby", "!hearth meeting neu Austausch jeden zweiten Dienstag um 10 Uhr");
    assert_snapshot!(said.join("\n"), @"#lobby notice: **Austausch**: alle 2 Wochen am Dienstag um 10:00 Uhr, zuerst am Di 6. Okt, 10:00 Uhr. Ich erinnere den Raum und bringe die Tagesordnung mit. Wer leitet ab und zu? `!hearth treffen freiwillig`");
    talk.says("ana", "lobby", "!hearth treffen volunteer");
    assert_snapshot!(talk.passes(Span::hours(23)).join("\n"), @"
    @ana prompt (nudge): Du moderierst **Austausch** als Nächstes: Di 6. Okt, 10:00 Uhr. Die Tagesordnung kommt von selbst; du eröffnest, achtest auf die Zeit und darauf, dass alle zu Wort kommen. Wenn es nicht passt: `!hearth treffen tauschen @wer`, im Raum.
    #lobby prompt: **Austausch** steht bevor: Di 6. Okt, 10:00 Uhr

    Moderation: [ana](https://matrix.to/#/@ana:t). Notizen: noch offen.

    Die Tagesordnung ist noch leer. Bringt mit, was euch beschäftigt.
    edit soon/1/2026-10-06/1791273600: **Austausch** hat begonnen, weiter unten.
    #lobby prompt: **Austausch beginnt jetzt**, bis 11:00

    Moderation: [ana](https://matrix.to/#/@ana:t). Notizen: noch offen.

    Die Tagesordnung ist noch leer. Bringt mit, was euch beschäftigt.

    Tipp auf *Ich bin da*, oder schreib `da`. Gesprochen wird im Thread, auch `!hearth aktion @wer was bis wann`.
    button meeting/1/2026-10-06: ✋ Ich bin da
    button meeting/1/2026-10-06: ▶ weiter
    button meeting/1/2026-10-06: +5 Min.
    ");
    assert_eq!(talk.says("ben", "lobby", "da"), ["react: 👋"]);
    assert_snapshot!(talk.passes(Span::hours(1)).join("\n"), @"
    edit meeting/1/2026-10-06: **Austausch**, Di 6. Okt, 10:00 Uhr, ist vorbei. Eine Person war da.
    #lobby notice: Das Treffen ist zu Ende. Danke fürs Kommen!

    Aktionen wurden keine vereinbart, auch das ist gut.

    Nächstes Mal: Di 20. Okt, 10:00 Uhr. Moderation: [ana](https://matrix.to/#/@ana:t). Notizen: noch offen.
    ");
}

#[test]
fn a_reminder_is_of_no_use_once_its_meeting_has_begun() {
    let mut talk = planned();
    talk.says("ana", "lobby", "!hearth meeting volunteer facilitate");
    let lines = talk.passes(Span::hours(23));
    assert!(lines.iter().any(|line| line.contains("(nudge)")), "{lines:?}");
    assert!(lines.iter().any(|line| line.contains("begins now")), "{lines:?}");
    // The one who leads and the room were told before; the meeting itself is news whenever it comes.
    let begins = Timestamp::from_second(1_791_273_600).unwrap();
    assert_eq!(talk.expiries, [begins, begins]);
}

#[test]
fn after_a_pause_nothing_comes_twice_and_what_is_over_not_at_all() {
    let mut talk = planned();
    talk.passes(Span::hours(1));
    // Down from before the reminder until twenty minutes into the meeting.
    talk.now = Span::minutes(22 * 60 + 20).after(talk.now);
    let late = talk.passes(Span::minutes(1));
    assert_eq!(late.len(), 4, "the card and its buttons: {late:?}");
    assert!(late[0].contains("begins now"));
    // Down over its end and all of the next two.
    talk.now = Span::days(15).after(talk.now);
    let late = talk.passes(Span::minutes(1));
    assert_eq!(late.len(), 2, "the card and the closing line of the first: {late:?}");
    assert!(talk.passes(Span::days(6)).iter().any(|line| line.contains("coming up")));
    assert_eq!(talk.entries.iter().filter(|entry| entry.kind == Kind::MeetingHeld).count(), 1);
}

#[test]
fn who_is_forgotten_is_nowhere() {
    let mut talk = planned();
    talk.says("ana", "lobby", "!hearth meeting volunteer");
    talk.passes(Span::hours(23));
    talk.reacts("ana", "meetings", "meeting/1/2026-10-06", "👋");
    talk.answers("ana", "meetings", "meeting/1/2026-10-06", "Hello");
    talk.happens(&Event::Forgotten { who: user("ana") });
    let kept = format!("{:?}", talk.records("meetings"));
    assert!(!kept.contains("@ana"), "{kept}");
}

#[test]
fn a_command_that_is_told_again_changes_no_other_meeting() {
    let mut talk = planned();
    for (number, text) in [(1, "skip"), (2, "move in 9 days 15:00")] {
        let say = |talk: &mut Dialogue| {
            talk.comes(number);
            talk.says("lea", "lobby", &format!("!hearth meeting {text}"))
        };
        assert_eq!(say(&mut talk).len(), 1);
        let after = talk.records("meetings");
        assert!(say(&mut talk).is_empty(), "{text}");
        assert_eq!(talk.records("meetings"), after);
    }
}
