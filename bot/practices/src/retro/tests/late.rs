//! What comes late, because its key did, does not undo what was said after it.

use super::{minutes, tell_all};
use crate::{Span, dialogue::Dialogue};

#[test]
fn dots_and_answers_that_come_late_do_not_undo_those_that_were_given_after_them() {
    let mut talk = Dialogue::new();
    talk.says("ana", "lobby", "!hearth retro start");
    tell_all(&mut talk, &[("ana", "happy: tea"), ("ben", "happy: cake"), ("cem", "unhappy: rain")]);
    (0..3).for_each(|_| drop(talk.says("ana", "lobby", "!hearth retro next")));
    let voters = ["ana", "ben", "cem", "dia", "eve"];
    voters.iter().for_each(|who| drop(talk.tells(who, "dots 1:3")));
    talk.passes(Span::minutes(2));
    talk.tells("ana", "dots 2:3");
    talk.told("ana", 1, "dots 3:3");
    let result = minutes(&talk.says("ana", "lobby", "!hearth retro next"));
    assert!(result.contains("12") && result.contains("3"), "{result}");
    let phase = |talk: &Dialogue| talk.records("retro").iter().any(|(_, row)| row["phase"] == "worth");
    for _ in 0..8 {
        if phase(&talk) {
            break;
        }
        talk.says("ana", "lobby", "!hearth retro next");
    }
    assert!(phase(&talk));
    voters.iter().for_each(|who| drop(talk.tells(who, "4")));
    talk.passes(Span::minutes(2));
    talk.tells("ana", "2");
    talk.told("ana", 1, "0");
    let answers = || talk.logged.iter().filter(|(kind, ..)| *kind == hearth_shared::activity::Kind::RotiAnswered);
    assert_eq!(answers().count(), 0);
    talk.says("ana", "lobby", "!hearth retro next");
    let mut given: Vec<i64> = talk
        .logged
        .iter()
        .filter(|(kind, ..)| *kind == hearth_shared::activity::Kind::RotiAnswered)
        .filter_map(|(_, _, answer)| *answer)
        .collect();
    given.sort_unstable();
    assert_eq!(given, [2, 4, 4, 4, 4]);
}
