//! Fewer than five votes.

use insta::assert_snapshot;

use super::{PEOPLE, asked, passes};
use crate::{Span, dialogue::Dialogue};

/// Ana asks, and so many vote.
fn voted_by(count: usize) -> Dialogue {
    let mut talk = Dialogue::new();
    asked(&mut talk, "");
    for who in &PEOPLE[..count] {
        talk.tells(who, "vote 2");
    }
    talk
}

#[test]
fn with_fewer_than_five_votes_a_ballot_has_half_its_time_once_more_before_anything_is_destroyed() {
    let mut talk = voted_by(3);
    assert_snapshot!(passes(&mut talk, Span::hours(2)).join("\n"), @"
    edit card/1: **Ballot 1: Where do we meet?**
    Until **Mon 5 Oct, 11:00** · **3** of the 5 votes it needs

    - **1** · Park
    - **2** · Café
    - **3** · Online

    Tap 🗳️ Vote, or write `vote` to me: you choose in our direct room, and nobody sees who chose what; `privacy` tells the limits.
    edit card/1: **Ballot 1: Where do we meet?**
    Until **Mon 5 Oct, 12:00** · **3** of the 5 votes it needs

    - **1** · Park
    - **2** · Café
    - **3** · Online

    Tap 🗳️ Vote, or write `vote` to me: you choose in our direct room, and nobody sees who chose what; `privacy` tells the limits.
    #lobby prompt: ⏳ Ballot 1 needs 2 more votes and stays open until **Mon 5 Oct, 12:00**: Where do we meet?
    ");
    talk.tells("dia", "vote 2");
    let last = talk.tells("eve", "vote 1").join("\n");
    assert!(last.contains("Your vote in ballot 1"), "{last}");
    let end = passes(&mut talk, Span::hours(1)).join("\n");
    assert!(end.contains("🏆 **Café**, 4 of 5 votes, 10 in the room · Where do we meet?"), "{end}");
}

#[test]
fn a_ballot_that_nobody_wants_is_given_more_time_once_and_no_more() {
    let mut talk = voted_by(4);
    let waits = passes(&mut talk, Span::hours(2)).join("\n");
    assert!(waits.contains("needs one more vote and stays open") && !waits.contains("redact"), "{waits}");
    let end = passes(&mut talk, Span::hours(1)).join("\n");
    assert!(end.contains("Ballot 1 is closed") && end.contains("without a result"), "{end}");
    assert!(!format!("{:?}", talk.records("ballot")).contains("@ana"));
    assert!(passes(&mut talk, Span::days(2)).is_empty());
}

#[test]
fn a_vote_that_is_read_in_the_moment_in_which_a_ballot_would_end_counts_where_it_goes_on() {
    let mut talk = voted_by(4);
    talk.now = Span::hours(2).after(talk.now);
    let lines = talk.tells("eve", "vote 2").join("\n");
    assert!(lines.contains("stays open until") && lines.contains("Your vote in ballot 1"), "{lines}");
    let end = passes(&mut talk, Span::hours(1)).join("\n");
    assert!(end.contains("5 of 5 votes"), "{end}");
}

#[test]
fn whoever_closes_a_ballot_with_too_few_votes_is_asked_back_once_and_then_obeyed() {
    let mut talk = voted_by(3);
    assert_snapshot!(talk.says("lea", "lobby", "!hearth ballot close").join("\n"), @"#lobby notice: This has 3 of the 5 votes it needs. If you close it now, I destroy them unread, and there is no result. It is open until Mon 5 Oct, 11:00. If you mean it: `!hearth ballot close 1`");
    talk.tells("ben", "vote 1");
    let end = talk.says("lea", "lobby", "!hearth ballot close 1").join("\n");
    assert!(end.contains("without a result"), "{end}");
    assert_eq!(talk.records("ballot").iter().filter(|(key, _)| key.starts_with("sealed/")).count(), 0);
}

#[test]
fn a_ballot_without_votes_or_with_enough_closes_at_once() {
    for (count, says) in [(0, "Nobody voted"), (5, "5 of 5 votes")] {
        let mut talk = voted_by(count);
        let end = talk.says("ana", "lobby", "!hearth ballot close").join("\n");
        assert!(end.contains(says), "{end}");
    }
}
