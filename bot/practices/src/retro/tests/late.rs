//! What comes late, because its key did, does not undo what was said after it.

use super::{minutes, tell_all};
use crate::{Span, Words, dialogue::Dialogue};

#[test]
fn dots_and_answers_that_come_late_do_not_undo_those_that_were_given_after_them() {
    let mut talk = Dialogue::new();
    talk.says("ana", "lobby", "!hearth retro start");
    tell_all(&mut talk, &[("ana", "happy: tea"), ("ben", "happy: cake"), ("cem", "unhappy: rain")]);
    (0..3).for_each(|_| drop(talk.says("ana", "lobby", "!hearth retro next")));
    let voters = ["ana", "ben", "cem", "dia", "eve"];
    voters.iter().for_each(|who| drop(talk.tells(who, "dots A:3")));
    talk.passes(Span::minutes(2));
    talk.tells("ana", "dots B:3");
    talk.told("ana", 1, "dots C:3");
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

/// A retrospective at its last question.
fn asks_what_it_was_worth() -> Dialogue {
    let mut talk = Dialogue::new();
    talk.says("ana", "craft", "!hearth retro start");
    tell_all(&mut talk, &[("ana", "happy: tea"), ("ben", "happy: cake"), ("cem", "unhappy: rain")]);
    let at_the_end = |talk: &Dialogue| talk.records("retro").iter().any(|(_, row)| row["phase"] == "worth");
    for _ in 0..12 {
        if at_the_end(&talk) {
            break;
        }
        talk.says("ana", "craft", "!hearth retro next");
    }
    assert!(at_the_end(&talk));
    talk
}

#[test]
fn whoever_answers_the_last_question_when_it_is_over_is_told_so() {
    let mut talk = asks_what_it_was_worth();
    assert!(minutes(&talk.tells("ben", "3")).contains("react: "), "it is open");
    assert!(minutes(&talk.says("ana", "craft", "!hearth retro next")).contains("retro"), "it is closed");
    let answer = "If that is your answer for retro 1: it is over, so this came too late to be counted.";
    for text in ["3", "0", "Roti: 4!", "1 roti 2"] {
        let said = minutes(&talk.tells("cem", text));
        assert!(said.contains(answer), "{text}: {said}");
    }
    talk.leaves("fay", "craft");
    // What is no answer to it, and who cannot have been asked, get none.
    for (who, text) in [("cem", "5"), ("cem", "2 roti 3"), ("cem", "three"), ("fay", "3")] {
        let lines = talk.tells(who, text);
        assert!(lines.iter().all(|line| line.contains("I'm a bot")), "{who}: {text}: {lines:?}");
    }
    talk.passes(Span::hours(25));
    let said = minutes(&talk.tells("cem", "3"));
    assert!(!said.contains("retro"), "{said}");
}

#[test]
fn a_number_says_nothing_where_no_retro_asked_its_last_question() {
    let mut talk = Dialogue::new();
    talk.says("ana", "craft", "!hearth retro start");
    tell_all(&mut talk, &[("ana", "happy: tea")]);
    talk.says("ana", "craft", "!hearth retro close");
    assert_eq!(talk.tells("ana", "3"), [""; 0]);
}

#[test]
fn nothing_says_who_was_asked_when_it_is_over() {
    let mut talk = asks_what_it_was_worth();
    talk.says("ana", "craft", "!hearth retro next");
    let kept: Vec<_> = talk.records("retro").into_iter().map(|(key, _)| key).collect();
    assert_eq!(kept, ["count", "room/!craft:t"]);
}

#[test]
fn the_sentence_comes_in_german_too() {
    let mut talk = asks_what_it_was_worth();
    talk.says("ana", "craft", "!hearth retro next");
    talk.words = Words::of("de").unwrap();
    let said = minutes(&talk.tells("cem", "3"));
    assert!(said.contains("Retro 1") && said.contains("zu spät"), "{said}");
}
