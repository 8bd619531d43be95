//! Looking for a time, as minutes.

use insta::assert_snapshot;

use super::*;
use crate::{EventId, MessageRef, dialogue::room_id};

const FIND: &str = r#"!hearth meeting find "Design talk" tue 10:00 | wed 16:00 | every other friday 22:00"#;

/// Somebody takes a reaction away again.
fn takes_away(talk: &mut Dialogue, event: &str) -> Vec<String> {
    talk.happens(&Event::Redacted { room: room_id("lobby"), event: EventId::from(event), key: None, at: talk.now })
}

/// A reaction whose event is known.
fn reacts(talk: &mut Dialogue, who: &str, event: &str, with: &str) -> Vec<String> {
    let (room, card, key) = talk.message("meetings", "find/1");
    let to = MessageRef { event: card, key: Some(key) };
    let event = EventId::from(event);
    let (by, with, at) = (user(who), with.to_owned(), talk.now);
    talk.happens_for("meetings", &Event::Reacted { by, room, event, to, with, at, author: None, lead: false })
}

#[test]
fn a_time_is_found_across_zones_and_becomes_a_series() {
    let mut talk = berlin();
    talk.overrides.insert("meetings".to_owned(), serde_json::from_str(r#"{"zones": ["America/New_York"]}"#).unwrap());
    assert_snapshot!(talk.says("ana", "lobby", &format!("{FIND} --zones Asia/Tokyo --close 1d --for 45m")).join("\n"), @"
    #lobby prompt: **When shall “Design talk” meet?** Until Tue 6 Oct, 11:00

    - **1** · every Tuesday at 10:00 (17:00 Asia/Tokyo, 04:00 America/New_York)
    - **2** · every Wednesday at 16:00 (23:00 Asia/Tokyo, 10:00 America/New_York)
    - **3** · every 2 weeks, on Friday at 22:00 (Saturday 05:00 Asia/Tokyo, 16:00 America/New_York)

    Tap every time that suits you, or write `!hearth meeting can 1 3`. Nobody has answered yet.
    button find/1: Tue 10:00
    button find/1: Wed 16:00
    button find/1: Fri 22:00, 2 weeks
    ");
    assert!(talk.reacts("ben", "meetings", "find/1", "👍").is_empty(), "that is no time");
    talk.reacts("ben", "meetings", "find/1", "2️⃣");
    talk.reacts("ben", "meetings", "find/1", "3️⃣");
    assert_eq!(talk.says("cem", "lobby", "!hearth meeting can 1 2"), ["react: ✅"]);
    assert_eq!(talk.answers("dia", "meetings", "find/1", "2, 3"), ["react: ✅"]);
    for talk_of in ["what about 11?", " "] {
        assert!(talk.answers("eve", "meetings", "find/1", talk_of).is_empty(), "talk is talk");
    }
    assert_snapshot!(talk.passes(Span::minutes(1)).join("\n"), @"
    edit find/1: **When shall “Design talk” meet?** Until Tue 6 Oct, 11:00

    - **1** · every Tuesday at 10:00 (17:00 Asia/Tokyo, 04:00 America/New_York) · **1** can
    - **2** · every Wednesday at 16:00 (23:00 Asia/Tokyo, 10:00 America/New_York) · **3** can
    - **3** · every 2 weeks, on Friday at 22:00 (Saturday 05:00 Asia/Tokyo, 16:00 America/New_York) · **2** can

    Tap every time that suits you, or write `!hearth meeting can 1 3`. 3 have answered.
    ");
    assert_snapshot!(talk.passes(Span::days(1)).join("\n"), @"
    edit find/1: **When shall “Design talk” meet?**

    - **1** · every Tuesday at 10:00 (17:00 Asia/Tokyo, 04:00 America/New_York) · **1** can
    - **2** · every Wednesday at 16:00 (23:00 Asia/Tokyo, 10:00 America/New_York) · **3** can
    - **3** · every 2 weeks, on Friday at 22:00 (Saturday 05:00 Asia/Tokyo, 16:00 America/New_York) · **2** can

    This is closed; the result is below.
    #lobby prompt: 🏆 “Design talk”: **every Wednesday at 16:00 (23:00 Asia/Tokyo, 10:00 America/New_York)**, 3 of 3 can

    Whoever asked, or a lead: `!hearth meeting adopt` makes it a series.
    ");
    let kept = format!("{:?}", talk.records("meetings"));
    assert!(!["@ben", "@cem", "@dia"].iter().any(|who| kept.contains(who)), "who could when is forgotten: {kept}");
    assert_snapshot!(talk.says("ana", "lobby", "!hearth meeting adopt").join("\n"), @"#lobby notice: **Design talk**: every Wednesday at 16:00, first on Wed 7 Oct, 16:00 (10:00 America/New_York). I remind the room, and bring the agenda. Who leads now and then? `!hearth meeting volunteer`");
    assert_snapshot!(talk.says("ben", "lobby", "!hearth meeting list").join("\n"), @"#lobby notice: - **Design talk**: every Wednesday at 16:00, next on Wed 7 Oct, 16:00 (10:00 America/New_York)");
    let rows = talk.entries.iter().map(|entry| {
        let value = entry.value.map_or_else(String::new, |value| value.to_string());
        format!("{:?} {} {value} {}", entry.kind, entry.by.localpart(), entry.name.as_deref().unwrap_or_default())
    });
    assert_snapshot!(rows.collect::<Vec<_>>().join("\n"), @r"
    PollOpened ana 3 meetings/find/1
    PollVoted ben  meetings/find/1/@ben:t
    PollVoted cem  meetings/find/1/@cem:t
    PollVoted dia  meetings/find/1/@dia:t
    PollClosed ana 3 meetings/find/1/closed
    ");
    let begun: Vec<String> =
        talk.passes(Span::days(9)).into_iter().filter(|line| line.contains("begins now")).collect();
    assert_eq!(begun.len(), 2, "{begun:?}");
}

#[test]
fn what_somebody_marked_can_be_taken_away_by_a_tap_or_a_word() {
    let mut talk = berlin();
    talk.says("ana", "lobby", FIND);
    reacts(&mut talk, "ben", "$r1", "1️⃣");
    reacts(&mut talk, "ben", "$r2", "2️⃣");
    reacts(&mut talk, "cem", "$r3", "1️⃣");
    takes_away(&mut talk, "$r1");
    talk.says("cem", "lobby", "!hearth meeting can none");
    talk.says("dia", "lobby", "!hearth meeting can all");
    talk.says("dia", "lobby", "!hearth meeting can 2 3");
    let lines = talk.says("ana", "lobby", "!hearth meeting find close");
    assert_snapshot!(lines[1], @"
    #lobby prompt: 🏆 “Design talk”: **every Wednesday at 16:00**, 2 of 2 can

    Whoever asked, or a lead: `!hearth meeting adopt` makes it a series.
    ");
}

#[test]
fn a_time_is_one_tap_on_its_own_words_in_whichever_language_they_were_written() {
    let mut talk = berlin();
    let asked = talk.says(
        "ana",
        "lobby",
        r#"!hearth meeting find Talk tue 10:00 | every other friday 22:00 | monthly last wed 9:00 | weekdays 8:00"#,
    );
    let buttons: Vec<&str> = asked.iter().filter_map(|line| line.strip_prefix("button find/1: ")).collect();
    assert_eq!(buttons, ["Tue 10:00", "Fri 22:00, 2 weeks", "last Wed 09:00", "Mon–Fri 08:00"]);
    assert!(buttons.iter().all(|label| label.chars().count() <= 20));
    talk.words = Words::of("de").unwrap();
    for (who, with) in [("ben", "Tue 10:00"), ("cem", "Di 10:00"), ("dia", "1️⃣"), ("eve", "Tue 11:00"), ("fay", "👍")]
    {
        talk.reacts(who, "meetings", "find/1", with);
    }
    let card = talk.passes(Span::minutes(1)).concat();
    assert!(card.contains("**3** können") && card.contains("3 haben geantwortet"), "{card}");
}

#[test]
fn equals_are_all_named_and_whoever_asked_may_choose() {
    let mut talk = berlin();
    talk.says("ana", "lobby", FIND);
    talk.says("ben", "lobby", "!hearth meeting can 1 3");
    let lines = talk.says("lea", "lobby", "!hearth meeting find close");
    assert_snapshot!(lines[1], @"
    #lobby prompt: 🏆 “Design talk”, 1 of 1 can at each: **1** · every Tuesday at 10:00, **3** · every 2 weeks, on Friday at 22:00

    Whoever asked, or a lead, chooses: `!hearth meeting adopt 1`.
    ");
    assert!(talk.says("ben", "lobby", "!hearth meeting adopt 3")[0].contains("Whoever asked for a time, or a lead"));
    assert!(talk.says("ana", "lobby", "!hearth meeting adopt 3")[0].contains("every 2 weeks, on Friday at 22:00"));
    assert!(talk.says("ana", "lobby", "!hearth meeting adopt 3")[0].contains("There is nothing to adopt"));
}

#[test]
fn what_nobody_answers_ends_with_a_word_and_what_nobody_adopts_without() {
    let mut talk = berlin();
    talk.says("ana", "lobby", FIND);
    let lines = talk.passes(Span::days(2));
    assert!(lines.len() == 2 && lines[1].contains("nobody has answered, so nothing was found"), "{lines:?}");
    talk.says("ana", "lobby", FIND);
    talk.says("ben", "lobby", "!hearth meeting can 2");
    assert_eq!(talk.passes(Span::days(40)).len(), 3, "the card twice, and the result");
    assert!(!format!("{:?}", talk.records("meetings")).contains("Design talk"));
}

#[test]
fn what_is_wrong_with_a_search_is_said_with_what_to_do() {
    let mut talk = berlin();
    let mut said = Vec::new();
    let mut ask = |talk: &mut Dialogue, who: &str, room: &str, texts: &[&str]| {
        for text in texts {
            let lines = talk.says(who, room, &format!("!hearth meeting {text}")).join("\n  ");
            said.push(format!("{text}\n  {lines}"));
        }
    };
    ask(
        &mut talk,
        "ana",
        "lobby",
        &[
            "fnd",
            "can 1",
            "adopt",
            "find close",
            "find",
            "find \"Design talk\"",
            "find \"Design talk\" tue 10:00",
            "find \"Design talk\" tue 10:00 | tomorrow",
            "find \"Design talk\" tue 10:00 | Tuesday 10am",
            "find \"Design talk\" tue 10:00 | wed 16:00 --close soon",
            "find \"Design talk\" tue 10:00 | wed 16:00 --close 60d",
            "find \"Design talk\" tue 10:00 | wed 16:00 --zone Berlin",
            "find \"Design talk\" tue 10:00 | wed 16:00 --zones UTC,Mars",
            "find \"Design talk\" tue 10:00 | wed 16:00 --from friday",
            "find X mon 1:00 | mon 2:00 | mon 3:00 | mon 4:00 | mon 5:00 | mon 6:00 | mon 7:00 | mon 8:00 | mon 9:00",
        ],
    );
    talk.says("ana", "lobby", FIND);
    ask(
        &mut talk,
        "ben",
        "lobby",
        &["find \"design talk\" tue 10:00 | wed 16:00", "can", "can maybe", "can 4", "adopt", "find close"],
    );
    ask(&mut talk, "ben", "craft", &["can 1"]);
    talk.says("ben", "lobby", "!hearth meeting can 1");
    talk.says("ana", "lobby", "!hearth meeting find close");
    ask(&mut talk, "ana", "lobby", &["adopt 4", "adopt that one"]);
    talk.says("ana", "lobby", "!hearth meeting new \"Design talk\" every monday 10:00");
    ask(&mut talk, "ana", "lobby", &["adopt"]);
    assert_snapshot!(said.join("\n").replace("#lobby notice: ", ""), @r#"
    fnd
      I don't know `fnd`. Did you mean `!hearth meeting find`?
    can 1
      No time is being looked for in this room. `!hearth meeting find "Design talk" tue 10:00 | wed 16:00` asks everybody.
    adopt
      There is nothing to adopt in this room. `!hearth meeting find "Design talk" tue 10:00 | wed 16:00` looks for a time first.
    find close
      No time is being looked for in this room. `!hearth meeting find "Design talk" tue 10:00 | wed 16:00` asks everybody.
    find
      What shall it be called, and between which times shall people choose? Two at least, like `!hearth meeting find "Design talk" tue 10:00 | wed 16:00 | fri 9:00`.
    find "Design talk"
      What shall it be called, and between which times shall people choose? Two at least, like `!hearth meeting find "Design talk" tue 10:00 | wed 16:00 | fri 9:00`.
    find "Design talk" tue 10:00
      What shall it be called, and between which times shall people choose? Two at least, like `!hearth meeting find "Design talk" tue 10:00 | wed 16:00 | fri 9:00`.
    find "Design talk" tue 10:00 | tomorrow
      I can't read `tomorrow` as a time for a series. Write a day of the week and a time, like `tue 10:00` or `every other wednesday 16:00`.
    find "Design talk" tue 10:00 | Tuesday 10am
      `Tuesday 10am` is there twice; once is enough.
    find "Design talk" tue 10:00 | wed 16:00 --close soon
      I can't read `soon` as a length of time. Write it like `2d` or `12h`.
    find "Design talk" tue 10:00 | wed 16:00 --close 60d
      That is too long: by then people have forgotten. 4w at most.
    find "Design talk" tue 10:00 | wed 16:00 --zone Berlin
      By `Berlin`, do you mean `Europe/Berlin`? I need the city, because clocks change in summer. Send it again with that.
    find "Design talk" tue 10:00 | wed 16:00 --zones UTC,Mars
      I don't know the time zone `Mars`. Write its city, like `Europe/Berlin` or `America/New_York`.
    find "Design talk" tue 10:00 | wed 16:00 --from friday
      I don't know `--from`. `!hearth meeting find` takes `--zone Europe/Berlin`, `--zones Asia/Tokyo,America/New_York`, `--close 2d`, `--link https://…` and `--for 45m`.
    find X mon 1:00 | mon 2:00 | mon 3:00 | mon 4:00 | mon 5:00 | mon 6:00 | mon 7:00 | mon 8:00 | mon 9:00
      9 times are more than anybody compares. Choose 8 at most.
    find "design talk" tue 10:00 | wed 16:00
      A time for **design talk** is being looked for already.
    can
      When can you? Write the numbers of the times, like `!hearth meeting can 1 3`, or `all`, or `none`.
    can maybe
      When can you? Write the numbers of the times, like `!hearth meeting can 1 3`, or `all`, or `none`.
    can 4
      There is no time 4. They are numbered from 1 to 3, like `!hearth meeting can 1`.
    adopt
      People can still answer until Wed 7 Oct, 11:00. `!hearth meeting find close` ends that now.
    find close
      Whoever asked for a time, or a lead, can do that. It also closes by itself.
    can 1
      #craft notice: No time is being looked for in this room. `!hearth meeting find "Design talk" tue 10:00 | wed 16:00` asks everybody.
    adopt 4
      There is no time 4. They are numbered from 1 to 3, like `!hearth meeting can 1`.
    adopt that one
      I don't know what you mean by `that`. `!hearth meeting adopt` takes the time that suits most, `!hearth meeting adopt 2` another one.
    adopt
      There is a **Design talk** already. Choose another name, or end that one with `!hearth meeting cancel`.
    "#);
    assert!(talk.tells("ana", "meeting can 1")[0].contains("A meeting belongs to a room"));
}

#[test]
fn who_is_forgotten_is_counted_on_no_card() {
    let mut talk = berlin();
    talk.says("ana", "lobby", FIND);
    talk.says("ben", "lobby", "!hearth meeting can 1 2");
    talk.says("cem", "lobby", "!hearth meeting can 1");
    talk.passes(Span::minutes(1));
    let lines = talk.happens(&Event::Forgotten { who: user("ben") });
    assert!(lines.len() == 1 && lines[0].starts_with("edit find/1"), "{lines:?}");
    assert!(lines[0].contains("Tuesday at 10:00 · **1** can\n"), "{lines:?}");
    assert!(lines[0].contains("Wednesday at 16:00\n"), "{lines:?}");
    assert!(talk.happens(&Event::Forgotten { who: user("ana") }).is_empty(), "she has marked nothing");
    let kept = format!("{:?}", talk.records("meetings"));
    assert!(!kept.contains("@ana") && !kept.contains("@ben") && kept.contains("@cem"), "{kept}");
}

#[test]
fn a_time_is_found_in_german() {
    let mut talk = berlin();
    talk.words = Words::of("de").unwrap();
    let mut minutes =
        talk.says("ana", "lobby", "!hearth treffen find Design-Runde di 10:00 | mi um 16 Uhr --zones Asia/Tokyo");
    minutes.extend(talk.says("ben", "lobby", "!hearth treffen kann alle"));
    minutes
        .extend(talk.reacts("cem", "meetings", "find/1", "2️⃣").into_iter().filter(|line| !line.starts_with("react")));
    minutes.extend(talk.says("ana", "lobby", "!hearth treffen find beenden"));
    minutes.extend(talk.says("ana", "lobby", "!hearth treffen adopt"));
    assert_snapshot!(minutes.join("\n"), @r"
    #lobby prompt: **Wann soll „Design\-Runde“ stattfinden?** Bis Mi 7. Okt, 11:00 Uhr

    - **1** · jeden Dienstag um 10:00 Uhr (17:00 Asia/Tokyo)
    - **2** · jeden Mittwoch um 16:00 Uhr (23:00 Asia/Tokyo)

    Tipp auf jeden Termin, der dir passt, oder schreib `!hearth treffen kann 1 3`. Noch hat niemand geantwortet.
    button find/1: Di 10:00
    button find/1: Mi 16:00
    react: ✅
    edit find/1: **Wann soll „Design\-Runde“ stattfinden?**

    - **1** · jeden Dienstag um 10:00 Uhr (17:00 Asia/Tokyo) · **1** kann
    - **2** · jeden Mittwoch um 16:00 Uhr (23:00 Asia/Tokyo) · **2** können

    Das ist beendet; das Ergebnis steht weiter unten.
    #lobby prompt: 🏆 „Design\-Runde“: **jeden Mittwoch um 16:00 Uhr (23:00 Asia/Tokyo)**, 2 von 2 können

    Wer gefragt hat, oder Leads: `!hearth treffen übernehmen` macht eine Reihe daraus.
    #lobby notice: **Design\-Runde**: jeden Mittwoch um 16:00 Uhr, zuerst am Mi 7. Okt, 16:00 Uhr. Ich erinnere den Raum und bringe die Tagesordnung mit. Wer leitet ab und zu? `!hearth treffen freiwillig`
    ");
}
