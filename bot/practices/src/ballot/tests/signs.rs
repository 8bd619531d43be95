//! Where somebody stands is said in one place, and what is written in no reaction.

use super::{
    asked,
    taps::{paper, removes, row, standing, takes, taps},
};
use crate::{
    Event, Span,
    dialogue::{Dialogue, user},
};

/// Somebody writes to the bot, a minute later.
fn writes(talk: &mut Dialogue, who: &str, text: &str) -> Vec<String> {
    talk.now = Span::minutes(1).after(talk.now);
    talk.tells(who, text)
}

fn begun(options: &str) -> Dialogue {
    let mut talk = Dialogue::new();
    asked(&mut talk, options);
    takes(&mut talk, "ben");
    talk
}

#[test]
fn a_tap_leaves_no_edit_behind() {
    let mut talk = begun("--kind ranked");
    let mut lines = Vec::new();
    for with in ["1 Park", "3 Online", "2 Café"] {
        lines.extend(taps(&mut talk, "ben", with));
    }
    let first = standing(&talk, "ben")[0].clone();
    lines.extend(removes(&mut talk, "ben", first));
    assert!(!lines.iter().any(|line| line.contains("edit sheet/")), "{lines:?}");
    assert!(lines.last().unwrap().ends_with("✅ 3 › 2"), "{lines:?}");
}

#[test]
fn somebody_who_wrote_and_then_taps_sees_one_choice_only() {
    let mut talk = begun("--dots 3");
    let written = writes(&mut talk, "ben", "dots 2:3").join("\n");
    assert!(written.contains("react: ✅") && written.contains("✅ **●●● Café**"), "{written}");
    let tapped = taps(&mut talk, "ben", "1 Park").join("\n");
    assert!(
        tapped.contains("edit sheet/1/") && tapped.contains("Sealed, yet servers see taps."),
        "the paper is blank: {tapped}"
    );
    assert!(!tapped.contains("**●●●") && tapped.contains(": ✅ 1●●●\n"), "{tapped}");
    let again = writes(&mut talk, "ben", "dots 3:3").join("\n");
    assert!(again.contains("sign gone answer/1/") && again.contains("✅ **●●● Online**"), "{again}");
    assert!(!again.contains("sealed sign") && !again.contains("🧾"), "{again}");
    let same = writes(&mut talk, "ben", "dots 3:3");
    assert_eq!(same, ["react: ✅"], "the paper says it already");
    let none = writes(&mut talk, "ben", "dots none").join("\n");
    assert!(none.contains("You have no vote in this now"), "{none}");
    let tapped = taps(&mut talk, "ben", "2 Café").join("\n");
    assert!(tapped.contains(": ✅ 1●● 2●\n") && !tapped.contains("no vote in this now"), "{tapped}");
}

#[test]
fn a_written_choice_is_in_no_reaction_and_no_receipt_in_one_leads_to_it() {
    let mut talk = begun("--kind several");
    let tapped = taps(&mut talk, "ben", "1 Park").join("\n");
    let shown = row(&talk, "ben")["receipt"].as_str().unwrap().to_owned();
    assert!(tapped.contains(&format!("🧾 {shown}")));
    let written = writes(&mut talk, "ben", "vote 2").join("\n");
    let own = row(&talk, "ben")["receipt"].as_str().unwrap().to_owned();
    assert_ne!(own, shown, "homeservers have seen that one");
    assert!(written.contains(&format!("Your receipt is `{own}`")), "{written}");
    let gone = ["sign gone answer/1/", "redact answer/1/"];
    assert!(gone.iter().all(|gone| written.contains(gone)), "{written}");
    for line in written.lines().filter(|line| line.contains("sign ") || line.contains("button ")) {
        assert!(!line.contains("sealed"), "{line}");
    }
}

#[test]
fn in_a_plain_direct_room_what_is_written_is_a_sign_and_no_edit_of_the_paper() {
    for (kind, first, then, signs) in [
        ("--kind several", "vote 1 3", "vote 2", ["✅ 1, 3 · Park, Online", "✅ 2 · Café"]),
        ("--kind ranked", "vote 3 > 1", "vote 2 > 3", ["✅ 3 › 1 · Online, Park", "✅ 2 › 3 · Café, Online"]),
        ("--dots 3", "dots 2:3", "dots 1:2 3:1", ["✅ 2●●● · Café", "✅ 1●● 3● · Park, Online"]),
        ("", "vote 2", "vote 1", ["✅ Café", "✅ Park"]),
    ] {
        let mut talk = begun(kind);
        talk.cleartext = true;
        let paper = paper(&talk, "ben");
        let mut lines = writes(&mut talk, "ben", first);
        let receipt = row(&talk, "ben")["receipt"].as_str().unwrap().to_owned();
        let stands = [format!("sealed sign {paper}: {}", signs[0]), format!("sealed button {paper}: 🧾 {receipt}")];
        assert_eq!(lines[..3], ["react: ✅".to_owned(), stands[0].clone(), stands[1].clone()], "{kind}");
        assert_eq!(writes(&mut talk, "ben", first), ["react: ✅"], "{kind}: the paper says it already");
        let changed = writes(&mut talk, "ben", then);
        assert!(changed[1].starts_with("sign gone answer/1/"), "{kind}: {changed:?}");
        assert_eq!(changed[2], format!("sealed sign {paper}: {}", signs[1]), "{kind}");
        let none = writes(&mut talk, "ben", if kind == "--dots 3" { "dots none" } else { "vote none" });
        assert!(none[1].starts_with("sign gone answer/1/") && !none.concat().contains("sealed sign"), "{none:?}");
        let anew = writes(&mut talk, "ben", first).join("\n");
        assert!(anew.contains(&stands[0]) && !anew.contains("🧾"), "{kind}: {anew}");
        let said = row(&talk, "ben")["sign"]["name"].as_str().unwrap().to_owned();
        talk.says("ana", "lobby", "!hearth ballot close");
        lines.extend(changed.into_iter().chain(none).chain([anew]));
        assert!(!lines.iter().any(|line| line.contains("edit sheet/")), "{kind}: {lines:?}");
        let end = talk.says("ana", "lobby", "!hearth ballot close");
        assert!(end.contains(&format!("redact answer/1/{said}")), "{kind}: {end:?}");
        assert!(end.iter().any(|line| line.starts_with(&format!("last edit {paper}: "))), "{kind}: {end:?}");
    }
}

#[test]
fn what_is_written_in_a_plain_room_and_then_encrypted_stands_in_one_place_only() {
    let mut talk = begun("--kind several");
    talk.cleartext = true;
    writes(&mut talk, "ben", "vote 1");
    let shown = row(&talk, "ben")["receipt"].as_str().unwrap().to_owned();
    talk.cleartext = false;
    let encrypted = writes(&mut talk, "ben", "vote 1").join("\n");
    let own = row(&talk, "ben")["receipt"].as_str().unwrap().to_owned();
    assert_ne!(own, shown, "homeservers have seen that one");
    assert!(encrypted.contains("sign gone answer/1/") && encrypted.contains("redact answer/1/"), "{encrypted}");
    assert!(encrypted.contains("✅ **Park**\nYour receipt is") && !encrypted.contains("sealed sign"), "{encrypted}");
    talk.cleartext = true;
    let plain = writes(&mut talk, "ben", "vote 3").join("\n");
    assert!(plain.contains("edit sheet/1/") && plain.contains("Sealed, yet servers see taps."), "it is blank: {plain}");
    assert!(plain.contains(": ✅ 3 · Online\n") && plain.contains(&format!("🧾 {own}")), "{plain}");
    let again = takes(&mut talk, "ben").join("\n");
    assert!(again.contains(": ✅ 3 · Online\n") && !again.contains("edit sheet"), "{again}");
}

#[test]
fn whoever_asks_for_another_paper_finds_there_what_they_wrote_or_tapped_and_in_the_same_way() {
    let mut talk = begun("--kind several");
    writes(&mut talk, "ben", "vote 1 3");
    let again = takes(&mut talk, "ben").join("\n");
    let (new, says) = (paper(&talk, "ben"), "✅ **Park · Online**");
    assert!(again.contains(&format!("edit {new}")) && again.contains(says) && !again.contains("sign "), "{again}");
    taps(&mut talk, "ben", "2 Café");
    let again = takes(&mut talk, "ben").join("\n");
    let new = paper(&talk, "ben");
    assert!(again.contains(&format!("sign {new}: ✅ 2")) && !again.contains("edit sheet"), "{again}");
    let receipt = row(&talk, "ben")["receipt"].as_str().unwrap().to_owned();
    assert!(again.contains(&format!("button {new}: 🧾 {receipt}")), "{again}");
}

#[test]
fn the_bots_own_signs_are_no_taps_and_a_tap_on_one_is_taken_off_without_a_word() {
    let mut talk = begun("--kind several");
    taps(&mut talk, "ben", "1 Park");
    let (own, before) = (paper(&talk, "ben"), row(&talk, "ben"));
    let receipt = before["receipt"].as_str().unwrap().to_owned();
    for with in ["✅ 1".to_owned(), format!("🧾 {receipt}"), "✅ 2".to_owned()] {
        for who in ["cem", "hearth"] {
            assert!(talk.reacts(who, "ballot", &own, &with).is_empty(), "{who} {with}");
        }
        // It would say what they chose when the sign is gone.
        let lines = talk.reacts("ben", "ballot", &own, &with);
        assert!(lines.len() == 1 && lines[0].starts_with("@ben redact $"), "{with}: {lines:?}");
    }
    for own in ["1 Park", "2 Café"] {
        let paper = paper(&talk, "ben");
        assert!(talk.reacts("hearth", "ballot", &paper, own).is_empty(), "its own buttons");
    }
    assert_eq!(row(&talk, "ben"), before);
}

#[test]
fn a_tap_that_changes_nothing_says_nothing() {
    let mut talk = begun("--dots 2");
    taps(&mut talk, "ben", "1 Park");
    taps(&mut talk, "ben", "2 Café");
    assert!(taps(&mut talk, "ben", "3 Online").is_empty(), "no dot is left for it");
}

#[test]
fn what_is_late_or_told_twice_changes_nothing_on_the_paper() {
    let mut talk = begun("--kind several");
    taps(&mut talk, "ben", "1 Park");
    let (room, event, key) = talk.message("ballot", &paper(&talk, "ben"));
    let tap = |at| Event::Reacted {
        by: user("ben"),
        room: room.clone(),
        event: "$late".into(),
        to: crate::MessageRef { event: event.clone(), key: Some(key.clone()) },
        with: "2 Café".to_owned(),
        at,
        author: None,
        lead: false,
    };
    let early = talk.now;
    writes(&mut talk, "ben", "vote 3");
    assert!(talk.happens_for("ballot", &tap(early)).is_empty(), "it was written later");
    assert!(talk.happens_for("ballot", &tap(early)).is_empty());
    talk.now = Span::hours(3).after(talk.now);
    assert!(talk.happens_for("ballot", &tap(talk.now)).is_empty());
}

#[test]
fn whoever_is_forgotten_leaves_a_paper_that_says_that_nothing_counts() {
    for written in [false, true] {
        let mut talk = begun("--kind several");
        taps(&mut talk, "ben", "1 Park");
        if written {
            writes(&mut talk, "ben", "vote 2");
        }
        let paper = paper(&talk, "ben");
        let lines = talk.happens(&Event::Forgotten { who: user("ben") });
        assert!(lines.contains(&format!("last edit {paper}: You have no vote in this now.")), "{lines:?}");
        let count = |what: &str| lines.iter().filter(|line| line.starts_with(what)).count();
        assert_eq!((count("redact button/1/"), count("@ben redact $")), (3, 1 + usize::from(written)), "{lines:?}");
        assert!(count("redact answer/1/") >= 1, "{lines:?}");
        assert!(!format!("{:?}", talk.records("ballot")).contains("@ben"));
        assert!(talk.reacts("ben", "ballot", "card/1", "🗳️ Vote")[0].contains("prompt"), "they can begin anew");
    }
}

#[test]
fn when_a_ballot_is_over_nothing_says_what_somebody_chose() {
    let mut talk = begun("--kind several");
    taps(&mut talk, "ben", "1 Park");
    let name = |what: &serde_json::Value| format!("redact answer/1/{}", what.as_str().unwrap());
    let (row, paper) = (row(&talk, "ben"), paper(&talk, "ben"));
    talk.says("ana", "lobby", "!hearth ballot close");
    let lines = talk.says("ana", "lobby", "!hearth ballot close");
    let gone = [name(&row["sign"]["name"]), name(&row["receipt_sign"])];
    assert!(gone.iter().all(|gone| lines.contains(gone)), "{lines:?}");
    assert!(lines.iter().any(|line| line.starts_with(&format!("last edit {paper}: "))), "{lines:?}");
}
