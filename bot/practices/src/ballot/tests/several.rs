//! Several things that are open at once: what somebody writes is for the paper that it answers, or that asked last.

use super::asked;
use crate::{
    Span,
    dialogue::{Dialogue, user},
};

/// A ballot with dots and a vote on topics, both open.
fn open() -> Dialogue {
    let mut talk = Dialogue::new();
    asked(&mut talk, "--dots 3");
    for topic in ["bees", "trees", "seas"] {
        talk.says("ana", "lobby", &format!("!hearth topic add {topic}"));
    }
    talk.says("ana", "lobby", "!hearth topic vote");
    talk
}

/// The name of the paper that somebody has.
fn paper(talk: &Dialogue, practice: &str, who: &str) -> String {
    let row = talk
        .records(practice)
        .into_iter()
        .find(|(key, row)| key.ends_with(&format!("/@{who}:t")) && row.get("paper").is_some());
    format!("sheet/1/{}", row.unwrap().1["paper"].as_str().unwrap())
}

/// How many papers say something, of ballots and of topics.
fn votes(talk: &Dialogue) -> (usize, usize) {
    let chosen = |practice: &str| {
        let rows = talk.records(practice).into_iter();
        rows.filter(|(key, row)| key.starts_with("sealed/") && row.get("chosen").is_some_and(|one| !one.is_null()))
            .count()
    };
    (chosen("ballot"), chosen("topics"))
}

#[test]
fn what_somebody_writes_is_for_the_paper_that_asked_last() {
    let mut talk = open();
    talk.reacts("ben", "ballot", "card/1", "🗳️ Vote");
    talk.now = Span::minutes(1).after(talk.now);
    talk.reacts("ben", "topics", "round/1", "🗳️ Vote");
    talk.tells("ben", "dots 1:2");
    assert_eq!(votes(&talk), (0, 1));
    for bare in ["2 2 1", "3:3", "#2"] {
        let lines = talk.tells("ben", bare);
        assert!(!lines.is_empty(), "{bare}");
        assert_eq!(votes(&talk), (0, 1), "{bare}");
    }
    talk.reacts("ben", "ballot", "card/1", "🗳️ Vote");
    talk.tells("ben", "dots 1:2");
    assert_eq!(votes(&talk), (1, 1));
    talk.tells("ben", "none");
    assert_eq!(votes(&talk), (0, 1), "without a verb it is for the ballot, too");
}

#[test]
fn what_answers_a_paper_is_for_that_paper_whatever_else_is_open() {
    let mut talk = open();
    talk.reacts("ben", "topics", "round/1", "🗳️ Vote");
    talk.now = Span::minutes(1).after(talk.now);
    talk.reacts("ben", "ballot", "card/1", "🗳️ Vote");
    let (ballot, topics) = (paper(&talk, "ballot", "ben"), paper(&talk, "topics", "ben"));
    talk.answers("ben", "topics", &topics, "dots 2:3");
    assert_eq!(votes(&talk), (0, 1));
    talk.answers("ben", "topics", &topics, "1 1");
    assert_eq!(votes(&talk), (0, 1));
    let asked = talk.message("topics", &topics);
    talk.answers("ben", "ballot", &ballot, "2 2 1");
    assert_eq!(votes(&talk), (1, 1));
    for _ in 0..2 {
        talk.says("ana", "lobby", "!hearth topic close");
    }
    // The paper is over: nothing is changed anywhere.
    let before = talk.records("ballot");
    let source = talk.source("direct-ben", true, Some(asked.1));
    talk.happens(&crate::Event::Said(crate::Said { by: user("ben"), source, to: None, text: "dots 3:3".to_owned() }));
    assert_eq!(talk.records("ballot"), before);
}

#[test]
fn a_paper_of_a_ballot_that_is_over_takes_nothing_for_another() {
    let mut talk = Dialogue::new();
    asked(&mut talk, "");
    talk.reacts("ben", "ballot", "card/1", "🗳️ Vote");
    let asked_with = talk.message("ballot", &paper(&talk, "ballot", "ben"));
    asked(&mut talk, "");
    talk.says("ana", "lobby", "!hearth ballot close 1");
    let (_, event, _) = asked_with;
    let source = talk.source("direct-ben", true, Some(event));
    talk.happens(&crate::Event::Said(crate::Said { by: user("ben"), source, to: None, text: "vote 2".to_owned() }));
    assert_eq!(votes(&talk), (0, 0));
}

#[test]
fn ordinary_words_are_no_vote() {
    let mut talk = open();
    talk.reacts("ben", "ballot", "card/1", "🗳️ Vote");
    for words in ["hello", "at 10:00?", "2 things"] {
        talk.tells("ben", words);
        assert_eq!(votes(&talk), (0, 0), "{words}");
    }
}

#[test]
fn what_is_no_dots_is_answered_about_what_is_open() {
    let mut talk = Dialogue::new();
    assert!(talk.tells("ben", "dots banana")[0].contains("Nothing is open in which you could give dots"));
    let mut talk = open();
    talk.reacts("ben", "topics", "round/1", "🗳️ Vote");
    let lines = talk.tells("ben", "dots banana");
    assert!(lines[0].contains("I can't read that") && lines[0].contains("dots 3:2 1:1"), "{lines:?}");
}
