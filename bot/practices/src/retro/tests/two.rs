//! Two retrospectives in two rooms, and people who are in both.

use insta::assert_snapshot;

use super::{minutes, sealed, tell_all};
use crate::dialogue::Dialogue;

fn two() -> Dialogue {
    let mut talk = Dialogue::new();
    talk.says("ana", "lobby", "!hearth retro start");
    talk.says("ben", "craft", "!hearth retro start --format sailboat");
    talk
}

#[test]
fn somebody_in_both_says_which() {
    let mut talk = two();
    // A column that one of them has needs no number, and a stranger to both is not told which rooms there are.
    tell_all(&mut talk, &[("cem", "wind: the new pairing hour")]);
    assert_snapshot!(minutes(&talk.tells("eve", "1: hello")), @"@eve notice: More than one retro is open. React to the card of yours in its room, then I know which one you mean.");
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

#[test]
fn dots_go_to_the_one_that_votes() {
    let mut talk = two();
    tell_all(&mut talk, &[("cem", "happy: tea"), ("cem", "unhappy: noise"), ("cem", "wind: cake")]);
    for _ in 0..3 {
        talk.says("ana", "lobby", "!hearth retro next");
    }
    assert!(talk.tells("cem", "dots 1:2")[0].starts_with("@cem notice: Counted: 2"));
    tell_all(&mut talk, &[("cem", "anchor: rust")]);
    assert!(sealed(&talk).iter().any(|key| key == "sealed/retro-1-dots/@cem:t"), "{:?}", sealed(&talk));
    assert_snapshot!(minutes(&talk.tells("cem", "2 dots 1:1")), @"@cem notice: Retro 2 has not come to its vote yet. I write to you when it has.");
    assert_snapshot!(minutes(&talk.tells("cem", "retro")), @r"
    @cem notice: - Retro 1 in lobby: vote
    - Retro 2 in craft: notes
    ");
}

#[test]
fn each_room_has_its_own() {
    let mut talk = two();
    let again = talk.says("cem", "lobby", "!hearth retro start");
    assert_snapshot!(minutes(&again), @"#lobby notice: Retro 1 is still going on in this room. `!hearth retro status` shows where it is, and `!hearth retro close` ends it.");
    talk.says("ana", "lobby", "!hearth retro close");
    assert_eq!(talk.records("retro").iter().filter(|(key, _)| key.starts_with("retro/")).count(), 1);
    assert_snapshot!(minutes(&talk.says("ana", "lobby", "!hearth retro next")), @"#lobby notice: No retro is going on in this room. `!hearth retro start` starts one.");
}

#[test]
fn who_was_not_in_the_leads_room_does_not_hear_of_its_retro() {
    let mut talk = Dialogue::new();
    talk.says("lea", "leads", "!hearth retro start");
    assert!(talk.tells("ben", "happy: tea").is_empty());
    assert!(talk.tells("ben", "1 happy: tea").is_empty());
    assert_eq!(talk.says("lou", "leads", "!hearth retro join").len(), 2, "asked for in words");
    assert_eq!(talk.says("lou", "leads", "!hearth retro join"), ["react: 👍"], "once is enough");
    tell_all(&mut talk, &[("lou", "happy: tea")]);
}
