//! Meetings as minutes of what was said, across clock changes, and under a storm of commands and pauses.

mod find;
mod find_storm;
mod ics;
mod rows;
mod storm;

use hearth_shared::activity::Kind;
use insta::assert_snapshot;
use jiff::{civil::Date, tz::TimeZone};

use super::*;
use crate::{
    Entry, Event, EventId, Span, UserId, Words,
    choosing::paper::{PAPER_ROWS, rows},
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
            assert!(rows(body) <= PAPER_ROWS, "{language}: {} lines: {body}", rows(body));
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
fn a_time_that_no_clock_shows_is_answered_with_the_command_put_right() {
    let mut said = Vec::new();
    for text in [
        "new \"Community call\" tuesdays at 10 --for 45m",
        "new \"Community call\" every tuesday 25:00",
        "new Talk every tuesday",
        "tuesdays at 10",
        "find \"Design talk\" tue 25:00 | wed 16:00 --close 1d",
        "move thursday at 15",
        "move 2026-10-13 to thursday 25:00",
    ] {
        let mut talk = berlin();
        talk.says("ana", "lobby", "!hearth meeting new Call every tuesday 10:00");
        let lines = talk.says("ana", "lobby", &format!("!hearth meeting {text}")).join("\n");
        let command = lines.split('`').rev().nth(1).unwrap();
        assert!(command.starts_with("!hearth meeting "), "{lines}");
        let again = talk.says("ana", "lobby", command).concat();
        assert!(["first on", "shall", "moves from"].iter().any(|word| again.contains(word)), "{again}");
        said.push(format!("{text}\n  {lines}"));
    }
    assert_snapshot!(said.join("\n").replace("#lobby notice: ", ""), @r#"
    new "Community call" tuesdays at 10 --for 45m
      I read `every tuesday`, but `10` is no time of day. Like this: `!hearth meeting new "Community call" tuesdays at 10:00 --for 45m`
    new "Community call" every tuesday 25:00
      I read `every tuesday`, but `25:00` is no time of day. Like this: `!hearth meeting new "Community call" every tuesday 10:00`
    new Talk every tuesday
      I read `every tuesday`; at what time? Like this: `!hearth meeting new Talk every tuesday 10:00`
    tuesdays at 10
      I read `every tuesday 10:00`; what is it called? Like this: `!hearth meeting new "Community call" every tuesday 10:00`
    find "Design talk" tue 25:00 | wed 16:00 --close 1d
      I read `every tuesday`, but `25:00` is no time of day. Like this: `!hearth meeting find "Design talk" tue 10:00 | wed 16:00 --close 1d`
    move thursday at 15
      I read `thursday`, but `15` is no time of day. Like this: `!hearth meeting move thursday at 15:00`
    move 2026-10-13 to thursday 25:00
      I read `thursday`, but `25:00` is no time of day. Like this: `!hearth meeting move 2026-10-13 to thursday 10:00`
    "#);
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
fn what_is_wrong_is_said_with_what_to_do() {
    let mut talk = berlin();
    let mut ask = |text: &str| talk.says("ana", "lobby", &format!("!hearth meeting {text}")).join("\n");
    let mut said = Vec::new();
    for text in [
        "skip",
        "new",
        "new \"Call\" every tuesday",
        "new \"Call\" every fifth moonday 10:00",
        "new \"Call\" every tuesday 10:00 --zone Berlin/Europe",
        "new \"Call\" every tuesday 10:00 --link call.example",
        "new \"Call\" every tuesday 10:00 --for ages",
        "new \"Call\" every tuesday 10:00 --colour red",
        "new Call every tuesday 10:00",
        "new call every friday 10:00",
        "skp",
        "skip 2026-13-01",
        "skip 2026-10-07",
        "skip 2026-01-06",
        "agenda \"Design cal\"",
        "move",
        "move 2026-10-05 09:00",
        "move 2027-03-02 10:00",
        "round",
        "volunteer juggling",
        "extend 15m",
    ] {
        said.push(format!("{text}\n  {}", ask(text)));
    }
    assert_snapshot!(said.join("\n"), @r#"
    skip
      #lobby notice: No meetings are planned. `!hearth meeting new "Community call" every tuesday 10:00` plans one.
    new
      #lobby notice: What is it called? Write it like `!hearth meeting new "Community call" every tuesday 10:00`.
    new "Call" every tuesday
      #lobby notice: I read `every tuesday`; at what time? Like this: `!hearth meeting new Call every tuesday 10:00`
    new "Call" every fifth moonday 10:00
      #lobby notice: I can't read `every fifth moonday 10:00` as a rhythm. Like this: `!hearth meeting new "Community call" every tuesday 10:00`, or `every other tuesday 10:00`, `every month on the first tuesday 10:00`, `weekdays 9:00`.
    new "Call" every tuesday 10:00 --zone Berlin/Europe
      #lobby notice: I don't know the time zone `Berlin/Europe`. Write it like `Europe/Berlin` or `America/New_York`.
    new "Call" every tuesday 10:00 --link call.example
      #lobby notice: I can't use `call.example` as a link. It begins with `https://`, and has no brackets or spaces.
    new "Call" every tuesday 10:00 --for ages
      #lobby notice: `ages` is no length for a meeting. Write it like `45m` or `2h`, a day at most.
    new "Call" every tuesday 10:00 --colour red
      #lobby notice: I don't know `--colour`. `!hearth meeting new` takes `--zone Europe/Berlin`, `--link https://…`, `--for 45m` and `--from 2027-01-12`.
    new Call every tuesday 10:00
      #lobby notice: **Call**: every Tuesday at 10:00, first on Tue 6 Oct, 10:00. I remind the room, and bring the agenda. Who leads now and then? `!hearth meeting volunteer`
    new call every friday 10:00
      #lobby notice: There is a **call** already. Choose another name, or end that one with `!hearth meeting cancel`.
    skp
      #lobby notice: I don't know `skp`. Did you mean `!hearth meeting skip`?
    skip 2026-13-01
      #lobby notice: I can't read `2026-13-01` as a day. I understand `friday`, `tomorrow`, `in two weeks`, `27 November` and `2027-03-31`.
    skip 2026-10-07
      #lobby notice: **Call** does not meet on Wed 7 Oct. The next one is on Tue 6 Oct, 10:00.
    skip 2026-01-06
      #lobby notice: Tue 6 Jan is over already. Which day do you mean?
    agenda "Design cal"
      #lobby notice: There is no meeting `Design cal`. There are: “Call”.
    move
      #lobby notice: When should it be? Write it like `!hearth meeting move thursday 15:00`, or `2027-01-12 to thursday 15:00` for another one than the next.
    move 2026-10-05 09:00
      #lobby notice: Mon 5 Oct, 09:00 is over already. When should it be?
    move 2027-03-02 10:00
      #lobby notice: That is more than two months from its day. `!hearth meeting skip` leaves one out.
    round
      #lobby notice: **Call** is not on at the moment. The next one is on Tue 6 Oct, 10:00.
    volunteer juggling
      #lobby notice: I don't know `juggling`. Say `!hearth meeting volunteer` for both, or `facilitate` or `notes` after it.
    extend 15m
      #lobby notice: **Call** is not on at the moment. The next one is on Tue 6 Oct, 10:00.
    "#);
    assert!(talk.tells("ana", "meeting new Other every tuesday 10:00")[0].contains("A meeting belongs to a room"));
    assert!(talk.says("ben", "lobby", "!hearth meeting skip")[0].contains("Ask one of them"));
    talk.says("ana", "lobby", "!hearth meeting new Second every friday 10:00");
    assert_snapshot!(talk.says("ana", "lobby", "!hearth meeting skip").join("\n"), @"#lobby notice: Which one do you mean? There are: “Call”, “Second”.");
    assert!(talk.says("ana", "lobby", "!hearth meeting skip second")[0].contains("**Second** does not take place"));
}

/// A meeting that is on, led by ana.
fn on() -> (Dialogue, &'static str) {
    let mut talk = planned();
    talk.says("ana", "lobby", "!hearth meeting volunteer facilitate");
    let begun = talk.passes(Span::hours(23));
    let card = "meeting/1/2026-10-06";
    let buttons: Vec<&str> =
        begun.iter().filter_map(|line| line.strip_prefix("button meeting/1/2026-10-06: ")).collect();
    assert_eq!(buttons, ["✋ I am in", "▶ next", "+5 min"], "from the first moment");
    (talk, card)
}

#[test]
fn a_meeting_is_joined_and_led_by_taps_alone() {
    let (mut talk, card) = on();
    for who in ["ben", "cem"] {
        assert!(talk.reacts(who, "meetings", card, "✋ I am in").is_empty());
    }
    let more = talk.reacts("ana", "meetings", card, "+5 min");
    assert!(more.len() == 1 && more[0].starts_with("edit meeting/1/") && more[0].contains("until 11:05"), "{more:?}");
    let mut asked = talk.reacts("ana", "meetings", card, "▶ next");
    let mut turns = Vec::new();
    while let Some(pass) = asked.iter().find_map(|line| line.strip_prefix("button ")?.strip_suffix(": pass")) {
        let who = asked[0].split(['[', ']']).nth(1).unwrap().to_owned();
        let pass = pass.to_owned();
        assert!(talk.reacts("dia", "meetings", &pass, "pass").is_empty(), "it is not her turn");
        asked = talk.reacts(&who, "meetings", &pass, "pass");
        assert!(talk.reacts(&who, "meetings", &pass, "pass").is_empty(), "that turn is over");
        turns.push(who);
    }
    assert_eq!(turns, ["ben", "cem", "ana"]);
    assert!(asked[0].contains("That was everybody"), "{asked:?}");
    let attended = logged(&talk).iter().filter(|row| row.starts_with("Attended")).count();
    assert_eq!(attended, 3, "whoever leads is there, too");
}

#[test]
fn nobody_else_leads_a_meeting_by_tapping_its_buttons() {
    let (mut talk, card) = on();
    for who in ["ben", "cem"] {
        for button in ["▶ next", "+5 min", "pass", "▶ weiter"] {
            assert!(talk.reacts(who, "meetings", card, button).is_empty(), "{who} {button}");
        }
    }
    let live = talk.records("meetings").into_iter().find(|(key, _)| key.starts_with("live/")).unwrap().1;
    assert!(live["round"].is_null() && live["end"] == "2026-10-06T09:00:00Z", "{live}");
}

#[test]
fn german_is_understood_and_spoken() {
    let mut talk = berlin();
    talk.words = Words::of("de").unwrap();
    let said = talk.says("lea", "lobby", "!hearth meeting neu Austausch jeden zweiten Dienstag um 10 Uhr");
    assert_snapshot!(said.join("\n"), @"#lobby notice: **Austausch**: alle 2 Wochen am Dienstag um 10:00 Uhr, zuerst am Di 6. Okt, 10:00 Uhr. Ich erinnere den Raum und bringe die Tagesordnung mit. Wer leitet ab und zu? `!hearth meeting volunteer`");
    talk.says("ana", "lobby", "!hearth treffen volunteer");
    assert_snapshot!(talk.passes(Span::hours(23)).join("\n"), @"
    @ana prompt (nudge): Du moderierst **Austausch** als Nächstes: Di 6. Okt, 10:00 Uhr. Die Tagesordnung kommt von selbst; du eröffnest, achtest auf die Zeit und darauf, dass alle zu Wort kommen. Wenn es nicht passt: `!hearth meeting swap @wer`, im Raum.
    #lobby prompt: **Austausch** steht bevor: Di 6. Okt, 10:00 Uhr

    Moderation: [ana](https://matrix.to/#/@ana:t). Notizen: noch offen.

    Die Tagesordnung ist noch leer. Bringt mit, was euch beschäftigt.
    edit soon/1/2026-10-06/1791273600: **Austausch** hat begonnen, weiter unten.
    #lobby prompt: **Austausch beginnt jetzt**, bis 11:00

    Moderation: [ana](https://matrix.to/#/@ana:t). Notizen: noch offen.

    Die Tagesordnung ist noch leer. Bringt mit, was euch beschäftigt.

    Tipp auf *Ich bin da*, oder schreib `da`. Gesprochen wird im Thread, auch `!hearth action @wer was bis wann`.
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
