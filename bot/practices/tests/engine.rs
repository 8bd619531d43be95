//! What the engine owes to practices, and through them to members.

use hearth_practices::{Span, dialogue::Dialogue};

#[test]
fn the_first_dots_that_anybody_gives_count_though_another_practice_notes_something_then() {
    let mut talk = Dialogue::new();
    talk.says("ana", "lobby", "!hearth topic add How we review");
    talk.says("ana", "lobby", "!hearth topic add Pairing");
    talk.says("lea", "lobby", "!hearth topic list");
    talk.says("lea", "lobby", "!hearth topic vote");
    let lines = talk.tells("ben", "dots 1:2");
    assert!(!lines.is_empty() && lines[0].starts_with("sealed @ben"), "{lines:?}");
}

#[test]
fn a_room_is_asked_on_its_day_though_nobody_has_said_a_word_since_the_bot_started() {
    let mut talk = Dialogue::new();
    talk.restarts();
    // From Monday morning.
    let lines = talk.passes(Span::days(2));
    assert!(lines.iter().any(|line| line.starts_with("#lobby prompt (nudge)")), "{lines:?}");
}

#[test]
fn whoever_was_at_a_retro_without_a_note_of_theirs_says_what_it_was_worth() {
    let mut talk = Dialogue::new();
    talk.says("lea", "craft", "!hearth retro start");
    for who in ["ana", "ben", "cem", "dia"] {
        talk.tells(who, "happy: the cake");
    }
    let asks = |lines: &[String]| lines.iter().any(|line| line.contains("0") && line.contains("4"));
    for _ in 0..8 {
        let lines = talk.says("lea", "craft", "!hearth retro next");
        let is_asked = talk.records("retro").iter().any(|(_, row)| row["phase"] == "worth");
        if is_asked {
            assert!(asks(&lines), "{lines:?}");
            assert_eq!(talk.tells("eve", "3")[0], "react: ✅");
            return;
        }
    }
    panic!("the retro does not come to its end");
}
