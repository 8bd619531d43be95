//! Notes of few: nobody is found out by when notes are shown.

use insta::assert_snapshot;

use super::{minutes, passes, sealed, tell_all};
use crate::{Span, dialogue::Dialogue};

/// Somebody reacts to the question whether their notes may be shown.
fn agrees(talk: &mut Dialogue, who: &str) -> Vec<String> {
    let key = question(talk, who);
    talk.reacts(who, "retro", &key, "👍")
}

/// The name of that question.
fn question(talk: &Dialogue, who: &str) -> String {
    let asked = |(key, note): (String, serde_json::Value)| {
        (key.starts_with("sealed/") && key.ends_with(&format!("/@{who}:t")))
            .then(|| note["asked_by"].as_str().map(str::to_owned))?
    };
    talk.records("retro").into_iter().find_map(asked).expect("a question")
}

#[test]
fn a_facilitator_cannot_reveal_after_the_first_writer_and_again_after_the_second() {
    let mut talk = Dialogue::new();
    talk.says("ana", "lobby", "!hearth retro start");
    tell_all(&mut talk, &[("ben", "happy: secret tea")]);
    let first = minutes(&talk.says("ana", "lobby", "!hearth retro next"));
    assert_snapshot!(first, @"
    #lobby notice: Fewer than 3 people have written, so others could guess whose notes these are. I have asked them: the notes come when all agree, or when others write, too.
    sealed @ben prompt: **Retro 1 in lobby: may I show your notes?** Nobody else has written, so others could tell that they are yours. Tap 👍 or answer `yes`. If not, do nothing: they wait for more writers, or go unread. Nobody learns what you chose.
    button retro/1/ask/c2333abfde1026c89ecbf760bbb4eaf2: 👍
    ");
    tell_all(&mut talk, &[("cem", "unhappy: secret noise")]);
    for _ in 0..3 {
        let lines = minutes(&talk.says("ana", "lobby", "!hearth retro next"));
        assert!(!lines.contains("secret"), "{lines}");
    }
    assert!(!minutes(&passes(&mut talk, Span::days(2))).contains("secret"));
    tell_all(&mut talk, &[("dia", "unsure: secret rain")]);
    let shown = minutes(&passes(&mut talk, Span::minutes(6)));
    assert_eq!(shown.matches("secret").count(), 3, "three wrote: {shown}");
}

#[test]
fn what_comes_after_a_reveal_is_shown_among_three_new_writers_or_not_at_all() {
    let mut talk = Dialogue::new();
    talk.says("ana", "lobby", "!hearth retro start");
    tell_all(&mut talk, &[("ben", "happy: tea"), ("cem", "happy: cake"), ("dia", "happy: rain")]);
    assert!(minutes(&talk.says("ana", "lobby", "!hearth retro next")).contains("cake"));
    for (who, shown) in [("eve", false), ("fay", false), ("gus", true)] {
        talk.says("ana", "lobby", "!hearth retro back");
        tell_all(&mut talk, &[(who, "unhappy: a secret")]);
        let lines = minutes(&talk.says("ana", "lobby", "!hearth retro next"));
        assert_eq!(lines.contains("a secret"), shown, "{who}: {lines}");
        assert_eq!(lines.contains("The new notes are of fewer"), !shown, "{who}: {lines}");
        assert!(talk.records("retro").iter().any(|(_, record)| record["phase"] == "reveal"), "it goes on");
    }
    talk.says("ana", "lobby", "!hearth retro back");
    tell_all(&mut talk, &[("hal", "unhappy: a late secret")]);
    for _ in 0..3 {
        talk.says("ana", "lobby", "!hearth retro next");
    }
    let end = talk.says("ana", "lobby", "!hearth retro close");
    assert!(!minutes(&end).contains("late secret") && sealed(&talk).is_empty(), "{end:#?}");
    assert!(end.iter().any(|line| line.contains("redact $")), "and it is deleted: {end:#?}");
}

#[test]
fn late_notes_of_three_or_of_those_who_agree_are_shown_at_the_end() {
    for agreed in [false, true] {
        let mut talk = Dialogue::new();
        talk.says("ana", "lobby", "!hearth retro start");
        tell_all(&mut talk, &[("ben", "happy: tea"), ("cem", "happy: cake"), ("dia", "happy: rain")]);
        talk.says("ana", "lobby", "!hearth retro next");
        talk.says("ana", "lobby", "!hearth retro back");
        let late: &[_] = match agreed {
            true => &[("hal", "unhappy: a late word")],
            false => &[("eve", "happy: a late word"), ("fay", "unsure: late too"), ("gus", "unhappy: at last")],
        };
        tell_all(&mut talk, late);
        if agreed {
            talk.says("ana", "lobby", "!hearth retro next");
            talk.says("ana", "lobby", "!hearth retro next");
            agrees(&mut talk, "hal");
        }
        let end = talk.says("ana", "lobby", "!hearth retro close");
        let shown = end.iter().position(|line| line.contains("a late word")).expect("it is shown");
        let over = end.iter().position(|line| line.contains("is over")).expect("the end");
        assert!(shown < over && sealed(&talk).is_empty(), "{end:#?}");
    }
}

#[test]
fn two_who_both_agree_can_look_back() {
    let mut talk = Dialogue::new();
    talk.says("ana", "lobby", "!hearth retro start");
    tell_all(&mut talk, &[("ben", "happy: tea"), ("cem", "unhappy: noise")]);
    talk.says("ana", "lobby", "!hearth retro next");
    assert!(agrees(&mut talk, "ben").is_empty(), "nobody learns who has agreed");
    assert!(!minutes(&passes(&mut talk, Span::minutes(1))).contains("tea"), "cem has not");
    assert!(agrees(&mut talk, "cem").is_empty(), "nobody learns who was the last");
    let shown = passes(&mut talk, Span::minutes(1));
    let removed = shown.iter().filter(|line| line.starts_with("redact retro/1/ask/")).count();
    let shown = minutes(&shown);
    assert!(shown.contains("tea") && shown.contains("noise"), "{shown}");
    assert_eq!(removed, 2, "the questions are removed, too: {shown}");
}

#[test]
fn a_yes_in_words_is_as_good_as_a_reaction_and_nothing_else_is_a_yes() {
    let mut talk = Dialogue::new();
    talk.says("ana", "lobby", "!hearth retro start");
    tell_all(&mut talk, &[("ben", "happy: tea")]);
    talk.says("ana", "lobby", "!hearth retro next");
    let key = question(&talk, "ben");
    for no in ["no", "I would rather not say yes", "happy: more tea", "yesterday was fine"] {
        talk.answers("ben", "retro", &key, no);
        assert!(!minutes(&passes(&mut talk, Span::minutes(1))).contains("tea"), "{no}");
    }
    assert_eq!(talk.answers("ben", "retro", &key, "Yes, please!"), ["react: 👍"]);
    assert!(minutes(&passes(&mut talk, Span::minutes(1))).contains("tea"));
}

#[test]
fn agreeing_for_somebody_else_is_not_possible() {
    let mut talk = Dialogue::new();
    talk.says("ana", "lobby", "!hearth retro start");
    tell_all(&mut talk, &[("ben", "happy: tea"), ("cem", "unhappy: noise")]);
    talk.says("ana", "lobby", "!hearth retro next");
    let records = talk.records("retro");
    let asked = records.iter().filter_map(|(_, record)| record["asked_by"].as_str().map(str::to_owned));
    let asked: Vec<_> = asked.collect();
    assert_eq!(asked.len(), 2);
    for key in asked {
        for who in ["ana", "dia"] {
            talk.reacts(who, "retro", &key, "👍");
        }
    }
    agrees(&mut talk, "ben");
    assert!(!minutes(&passes(&mut talk, Span::hours(1))).contains("tea"));
}
