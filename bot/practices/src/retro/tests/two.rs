//! Two retrospectives in two rooms, and people who are in both.

use insta::assert_snapshot;

use super::{minutes, sealed, tell_all};
use crate::dialogue::{Dialogue, room_id, user};

fn two() -> Dialogue {
    let mut talk = Dialogue::new();
    talk.says("ana", "lobby", "!hearth retro start");
    talk.says("ben", "craft", "!hearth retro start --format sailboat");
    talk
}

#[test]
fn somebody_in_both_says_which() {
    let mut talk = two();
    // A column that one of them has needs no number.
    talk.reacts("cem", "retro", "retro/2/card", "👍");
    tell_all(&mut talk, &[("cem", "wind: the new pairing hour")]);
    talk.reacts("dia", "retro", "retro/2/card", "👍");
    let first = talk.reacts("dia", "retro", "retro/1/card", "👍");
    assert!(first[0].contains("For retro 2 in craft, put its number in front: `2 wind: …`"), "{first:?}");
    tell_all(&mut talk, &[("dia", "happy: the weather"), ("dia", "2 anchor: old laptops")]);
    assert_snapshot!(talk.tells("dia", "1: to the one I was last told about").join("\n"), @r"
    react: 📝
    @dia notice: Noted for retro 1 in lobby.
    ");
    let keys = sealed(&talk);
    let of = |number: u32| keys.iter().filter(|key| key.starts_with(&format!("sealed/retro-{number}/"))).count();
    assert_eq!((of(1), of(2)), (2, 2), "{keys:?}");
}

/// What has no name must not come from outside. Whoever is in the room need not say so first.
#[test]
fn who_is_not_in_a_retros_room_writes_no_notes_and_gives_no_dots_there() {
    let mut talk = two();
    talk.absent.insert((user("zoe"), room_id("craft")));
    tell_all(&mut talk, &[("eve", "wind: the new pairing hour"), ("zoe", "happy: the weather")]);
    assert_snapshot!(minutes(&talk.tells("zoe", "wind: the new pairing hour")), @"sealed @zoe notice: I didn't take that: retro 2 is for the people in craft. Join it, and send me this again.");
    assert_snapshot!(minutes(&talk.tells("zoe", "2 wind: the new pairing hour")), @"sealed @zoe notice: I didn't take that: retro 2 is for the people in craft. Join it, and send me this again.");
    tell_all(&mut talk, &[("fay", "anchor: old laptops"), ("gus", "rocks: the budget")]);
    talk.leaves("fay", "craft");
    assert!(talk.tells("fay", "anchor: and old screens")[0].contains("I didn't take that"), "fay was there once");
    assert_eq!(sealed(&talk).iter().filter(|key| key.starts_with("sealed/retro-2/")).count(), 3);
    for _ in 0..3 {
        talk.says("ben", "craft", "!hearth retro next");
    }
    for who in ["zoe", "fay"] {
        for dots in ["dots A:2", "2 dots A:2"] {
            assert!(!talk.tells(who, dots).concat().contains("●●"), "{who} is not there");
        }
    }
    assert!(talk.tells("eve", "dots A:2").concat().contains("●● "));
}

/// Two sessions from their first note to their end, each in its room, with people who are in both.
#[test]
fn two_sessions_at_once_do_not_mix() {
    let mut talk = two();
    let people = ["cem", "dia", "eve", "fay", "gus"];
    for who in people {
        talk.reacts(who, "retro", "retro/1/card", "👍");
        talk.reacts(who, "retro", "retro/2/card", "👍");
        tell_all(&mut talk, &[(who, &format!("1 happy: lobbynote{who}")), (who, &format!("2 wind: craftnote{who}"))]);
    }
    let mut lobby = Vec::new();
    let mut craft = Vec::new();
    for _ in 0..3 {
        lobby.extend(talk.says("ana", "lobby", "!hearth retro next"));
        craft.extend(talk.says("ben", "craft", "!hearth retro next"));
    }
    for who in people {
        talk.tells(who, "1 dots A:3");
        talk.tells(who, "2 dots B:5");
    }
    lobby.extend(talk.says("ana", "lobby", "!hearth retro next"));
    craft.extend(talk.says("ben", "craft", "!hearth retro next"));
    let said = |lines: &[String], word: &str| lines.iter().filter(|line| line.contains(word)).count();
    assert!(said(&lobby, "lobbynote") > 0 && said(&craft, "craftnote") > 0);
    assert_eq!((said(&lobby, "craftnote"), said(&craft, "lobbynote")), (0, 0));
    assert_eq!((said(&lobby, "#craft"), said(&craft, "#lobby")), (0, 0));
    let dots = |number: u32| {
        let records = talk.records("retro");
        let retro = &records.iter().find(|(key, _)| *key == format!("retro/{number}")).unwrap().1;
        retro["result"]["dots"].clone()
    };
    assert_eq!(dots(1), serde_json::json!([15, 0, 0, 0, 0]));
    assert_eq!(dots(2), serde_json::json!([0, 25, 0, 0, 0]));
    talk.says("ana", "lobby", "!hearth retro close");
    assert!(talk.says("ben", "craft", "!hearth retro status")[0].contains("**Retro 2"), "the other one goes on");
}

/// The facilitator leaves in the middle: nothing is lost, the room is told, and somebody else leads on.
#[test]
fn a_facilitator_who_leaves_is_replaced_and_no_note_is_lost() {
    let mut talk = Dialogue::new();
    talk.says("ana", "lobby", "!hearth retro start");
    let notes = [("ana", "happy: mine stays"), ("cem", "unhappy: noise"), ("dia", "unsure: rain")];
    tell_all(&mut talk, &notes);
    let mut lines = talk.leaves("ana", "lobby");
    lines.extend(talk.says("cem", "lobby", "!hearth retro next"));
    lines.extend(talk.says("lea", "lobby", "!hearth retro take-over"));
    lines.extend(talk.says("lea", "lobby", "!hearth retro hand-over @cem:t"));
    let lines: Vec<_> = lines.into_iter().filter(|line| !line.starts_with("edit")).collect();
    assert_snapshot!(minutes(&lines), @"
    #lobby notice: [ana](https://matrix.to/#/@ana:t), who facilitates this retro, has left; nothing is lost. A lead can say `!hearth retro take-over`, or `!hearth retro hand-over @who`.
    #lobby notice: Nobody facilitates this retro. A lead can say `!hearth retro take-over`, or `!hearth retro hand-over @who`.
    #lobby prompt: [lea](https://matrix.to/#/@lea:t) facilitates from now on: ▶ is for you.
    #lobby prompt: [cem](https://matrix.to/#/@cem:t) facilitates from now on: ▶ is for you.
    ");
    let revealed = minutes(&talk.says("cem", "lobby", "!hearth retro next"));
    assert!(revealed.contains("mine stays") && revealed.contains("noise"), "{revealed}");
    assert!(!revealed.contains("[ana]"), "{revealed}");
}

#[test]
fn dots_go_to_the_one_that_votes() {
    let mut talk = two();
    talk.reacts("cem", "retro", "retro/2/card", "👍");
    tell_all(&mut talk, &[("cem", "happy: tea"), ("cem", "unhappy: noise"), ("cem", "wind: cake")]);
    tell_all(&mut talk, &[("dia", "happy: chairs"), ("eve", "unhappy: the lift")]);
    for _ in 0..3 {
        talk.says("ana", "lobby", "!hearth retro next");
    }
    assert!(talk.tells("cem", "dots A:2").concat().contains("●● "));
    tell_all(&mut talk, &[("cem", "anchor: rust")]);
    assert!(sealed(&talk).iter().any(|key| key == "sealed/retro-1-dots/dots/1/@cem:t"), "{:?}", sealed(&talk));
    assert_snapshot!(minutes(&talk.tells("cem", "2 dots A:1")), @"sealed @cem notice: Retro 2 has not come to its vote yet. I write to you when it has.");
    assert_snapshot!(minutes(&talk.tells("cem", "retro")), @r"
    @cem notice: - Retro 1 in lobby: vote
    - Retro 2 in craft: notes
    ");
}

#[test]
fn each_room_has_its_own() {
    let mut talk = two();
    let again = talk.says("cem", "lobby", "!hearth retro start");
    assert_snapshot!(minutes(&again), @"#lobby notice: Retro 1 still goes on here: `!hearth retro status` shows where, `!hearth retro close` ends it.");
    talk.says("ana", "lobby", "!hearth retro close");
    assert_eq!(talk.records("retro").iter().filter(|(key, _)| key.starts_with("retro/")).count(), 1);
    assert_snapshot!(minutes(&talk.says("ana", "lobby", "!hearth retro next")), @"#lobby notice: No retro is going on in this room. `!hearth retro start` starts one.");
}

#[test]
fn who_was_not_in_the_leads_room_does_not_hear_of_its_retro() {
    let mut talk = Dialogue::new();
    talk.leads.push(user("lou"));
    talk.says("lea", "leads", "!hearth retro start");
    assert!(minutes(&talk.tells("ben", "happy: tea")).contains("I'm a bot"));
    assert!(talk.tells("ben", "1 happy: tea").is_empty());
    assert_eq!(talk.says("lou", "leads", "!hearth retro join").len(), 2, "asked for in words");
    assert_eq!(talk.says("lou", "leads", "!hearth retro join"), ["react: 👍"], "once is enough");
    tell_all(&mut talk, &[("lou", "happy: tea")]);
}
