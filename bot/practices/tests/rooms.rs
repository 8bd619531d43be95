//! What belongs to a room is its people's: others do not hear of it, do not change it, and are not written to about it.

use hearth_practices::{
    Span,
    dialogue::{Dialogue, room_id, user},
};

/// `lea` and `lou` are leads, and so in the leads' room; `zoe` is in the lobby only.
fn guild() -> Dialogue {
    let mut talk = Dialogue::new();
    talk.leads.push(user("lou"));
    talk.absent.insert((user("zoe"), room_id("craft")));
    talk
}

fn to(lines: &[String], who: &str) -> Vec<String> {
    lines.iter().filter(|line| line.contains(&format!("@{who} "))).cloned().collect()
}

#[test]
fn nobody_can_make_the_bot_write_to_a_stranger() {
    let mut talk = guild();
    let stranger = "@victim:elsewhere";
    for room in ["lobby", "craft", "leads"] {
        talk.absent.insert((stranger.into(), room_id(room)));
    }
    for command in [
        format!("action {stranger} you are a fool by tomorrow"),
        format!("action {stranger}: you are a fool by tomorrow"),
        format!("retro hand-over {stranger}"),
        format!("meeting swap {stranger}"),
        "action give 1 @victim:elsewhere".to_owned(),
    ] {
        talk.says("ana", "craft", "!hearth action me sweep by tomorrow");
        talk.says("ana", "craft", "!hearth meeting new Tea daily 10:00");
        talk.says("ana", "craft", "!hearth retro start");
        let lines = talk.says("ana", "craft", &format!("!hearth {command}"));
        assert_eq!(lines.len(), 1, "{command}: {lines:#?}");
        assert!(lines[0].contains("I don't see [victim]"), "{command}: {lines:#?}");
    }
    let lines = talk.passes(Span::days(8));
    assert!(lines.iter().all(|line| !line.contains("victim")), "{lines:#?}");
}

#[test]
fn somebody_of_another_room_is_given_nothing_in_this_one() {
    let mut talk = guild();
    assert!(talk.says("ana", "craft", "!hearth action @zoe:t sweep by tomorrow")[0].contains("I don't see [zoe]"));
    talk.says("ana", "craft", "!hearth action me sweep by tomorrow");
    assert!(talk.says("ana", "lobby", "!hearth action give 1 @zoe:t")[0].contains("in the room where it was agreed"));
    assert!(talk.tells("ana", "action give 1 @zoe:t")[0].contains("in the room where it was agreed"));
    talk.says("ana", "craft", "!hearth meeting new Tea daily 10:00");
    assert!(talk.says("ana", "lobby", "!hearth meeting swap Tea @zoe:t")[0].contains("in the room of Tea"));
    let lines = talk.passes(Span::days(8));
    assert!(to(&lines, "zoe").iter().all(|line| !line.contains("sweep") && !line.contains("Tea")), "{lines:#?}");
}

#[test]
fn who_leaves_a_room_gets_no_reminder_of_what_they_took_on_there() {
    let mut talk = guild();
    talk.says("lea", "craft", "!hearth action @ana:t sweep the yard by 2026-10-09");
    let lines = talk.leaves("ana", "craft");
    assert!(lines[0].contains("#craft") && lines[0].contains("has left this room"), "{lines:#?}");
    assert!(lines[0].contains("**1** · sweep the yard · nobody yet"), "{lines:#?}");
    let lines = talk.passes(Span::days(8));
    assert!(to(&lines, "ana").iter().all(|line| !line.contains("sweep")), "{lines:#?}");
    assert!(talk.says("ben", "craft", "!hearth action take 1")[0].contains("Thank you"));
}

#[test]
fn what_leads_agree_among_themselves_is_shown_to_nobody_else_anywhere() {
    let mut talk = guild();
    for (who, command) in [
        ("lea", "action @lou:t talk to SECRET by 2026-10-30"),
        ("lea", "action somebody write to SECRET"),
        ("lea", "topic add SECRET and what we do"),
        ("lea", "topic add SECRET money"),
        ("lea", "meeting new SECRET every tuesday 10:00 --link https://call.example/SECRET"),
        ("lea", "meeting find SECRET-two tue 10:00 | wed 11:00"),
    ] {
        let lines = talk.says(who, "leads", &format!("!hearth {command}"));
        assert!(lines.iter().any(|line| line.starts_with("#leads")), "{command}: {lines:#?}");
    }
    talk.says("ben", "lobby", "!hearth topic add How we greet people");
    talk.says("ben", "lobby", "!hearth topic list");
    talk.says("lea", "leads", "!hearth topic discussed 2 SECRET came out");
    talk.says("lea", "leads", "!hearth retro start");
    talk.says("lea", "leads", "!hearth ballot SECRET? a | b");
    let commands = [
        "actions",
        "actions all",
        "action list",
        "action done 1",
        "action take 2",
        "action move 1 friday",
        "action drop 2",
        "topic",
        "topic list",
        "topic history",
        "topic claim 1",
        "topic discussed 1",
        "topic drop 1",
        "topic reopen 2",
        "topic merge 3 1",
        "topic merge 1 3",
        "topic vote",
        "meeting list",
        "meeting agenda",
        "meeting agenda #1",
        "meeting agenda SECRET",
        "meeting ics",
        "meeting ics #1",
        "meeting skip #1",
        "meeting move #1 friday 10:00",
        "meeting cancel #1",
        "meeting volunteer #1",
        "meeting here #1",
        "meeting swap #1 @me",
        "meeting can 1",
        "retro status",
        "vote",
        "vote #1 1",
        "happy: tea",
        "1 happy: tea",
        "dots 1:1",
    ];
    for command in commands {
        // The name that they typed themselves may be repeated.
        let typed = usize::from(command.contains("SECRET"));
        for lines in [talk.tells("ana", command), talk.says("ana", "lobby", &format!("!hearth {command}"))] {
            let text = lines.join("\n");
            assert!(text.matches("SECRET").count() <= typed, "{command}: {text}");
            assert!(!text.contains("#leads") && !text.contains("file:"), "{command}: {text}");
        }
    }
    // A lead who asks in a room where others read gets no more; in the direct room they do.
    for command in ["actions all", "topic history", "meeting list", "meeting agenda", "meeting ics #1"] {
        let text = talk.says("lou", "lobby", &format!("!hearth {command}")).join("\n");
        assert!(!text.contains("SECRET") && !text.contains("file:"), "{command}: {text}");
    }
    assert!(talk.tells("lou", "actions all")[0].contains("SECRET"));
    assert!(talk.tells("lou", "topic history")[0].contains("SECRET"));
    assert!(talk.tells("lou", "meeting ics #1")[0].contains("file:"));
    // A meeting elsewhere has none of it on its agenda, and time brings it nowhere else.
    talk.says("ana", "craft", "!hearth meeting new Tea daily 12:00");
    let text = talk.says("ana", "craft", "!hearth meeting agenda Tea").join("\n");
    assert!(text.contains("How we greet people") && !text.contains("SECRET"), "{text}");
    let lines = talk.passes(Span::days(30));
    for line in lines.iter().filter(|line| line.contains("SECRET")) {
        let among_leads = ["#leads", "@lea", "@lou", "edit card/1", "edit find/1", "edit meeting/1", "edit soon/1"];
        assert!(among_leads.iter().any(|begin| line.starts_with(begin)), "{line}");
    }
}

#[test]
fn who_is_not_in_an_open_room_reads_but_does_not_change_what_is_its() {
    let mut talk = guild();
    talk.says("ana", "craft", "!hearth action somebody sweep the yard");
    talk.says("ana", "craft", "!hearth meeting new Tea daily 10:00 --link https://call.example/x");
    assert!(talk.tells("zoe", "actions all")[0].contains("sweep the yard"));
    assert!(talk.tells("zoe", "meeting list")[0].contains("Tea"));
    for change in ["action take 1", "action done 1", "action drop 1", "action move 1 friday"] {
        assert!(talk.tells("zoe", change)[0].contains("in which I don't see you"), "{change}");
    }
    for change in ["volunteer", "skip", "cancel", "move friday 11:00", "swap @me", "here", "round", "end", "extend 5m"]
    {
        assert!(talk.tells("zoe", &format!("meeting {change}"))[0].contains("in which I don't see you"), "{change}");
    }
    assert!(talk.tells("ana", "action take 1")[0].contains("Thank you"));
    assert!(talk.tells("ana", "meeting volunteer")[0].contains("Thank you"));
}
