//! Votes that come late.

use super::{PEOPLE, asked};
use crate::{Span, dialogue::Dialogue};

#[test]
fn whoever_votes_after_the_close_is_told_that_it_does_not_count() {
    let mut talk = Dialogue::new();
    asked(&mut talk, "");
    for who in &PEOPLE[2..] {
        talk.tells(who, "vote 1");
    }
    talk.reacts("ben", "ballot", "card/1", "x");
    let told = talk.records("ballot").into_iter().find(|(key, _)| key == "sealed/1/sent/1/@ben:t").unwrap();
    let tap = format!("tap/1/{}", told.1["tap"].as_str().unwrap());
    let late = "@ben notice: That came after the close, so I can't count it any more.";
    // Its time is over, and the paper has not been removed yet.
    let before = talk.now;
    talk.now = Span::days(5).after(before);
    assert_eq!(talk.votes("ben", "ballot", &tap, &["1"]).1, [late]);
    talk.now = before;
    talk.says("ana", "lobby", "!hearth ballot close");
    assert_eq!(talk.tells("ben", "vote #1 2"), [late]);
    assert!(talk.tells("ben", "vote 2")[0].contains("no ballot that is open for you"));
    assert!(talk.tells("ben", "vote #1")[0].contains("no ballot that is open for you"));
}

#[test]
fn a_vote_that_comes_late_does_not_undo_the_one_that_was_cast_after_it() {
    let mut talk = Dialogue::new();
    asked(&mut talk, "");
    for who in &PEOPLE[..5] {
        talk.tells(who, "vote 1");
    }
    talk.passes(Span::minutes(10));
    talk.tells("ana", "vote 2");
    for late in ["vote 3", "vote none"] {
        let lines = talk.told("ana", 5, late);
        assert!(lines[0].contains("Your vote in ballot 1: **Café**"), "{late}: what counts is said: {lines:?}");
    }
    let end = talk.says("ana", "lobby", "!hearth ballot close").join("\n");
    assert!(end.contains("4 · Park") && end.contains("1 · Café") && end.contains("0 · Online"), "{end}");
}
