//! Fewer than five votes in a sealed vote.

use insta::assert_snapshot;

use super::{PEOPLE, passes, proposed};
use crate::{Span, dialogue::Dialogue};

/// A vote in which so many have voted.
fn voted_by(count: usize, sealed: bool) -> Dialogue {
    let mut talk = proposed();
    talk.overrides.entry("topics".into()).or_default().insert("sealed".into(), sealed.into());
    talk.says("ben", "lobby", "!hearth topic vote");
    for who in &PEOPLE[..count] {
        match sealed {
            true => talk.tells(who, "topic vote 1:3"),
            false => talk.says(who, "lobby", "!hearth topic vote 1:3"),
        };
    }
    talk
}

#[test]
fn with_fewer_than_five_votes_a_sealed_vote_has_half_its_time_once_more() {
    let mut talk = voted_by(4, true);
    assert_snapshot!(passes(&mut talk, Span::days(2)).join("\n"), @"
    edit round/1: **What shall we talk about?**
    Until **Wed 7 Oct, 09:00** · **4** of the 5 votes it needs

    - **1** · How we review
    - **2** · On call
    - **3** · Pairing

    Tap 🗳️ Vote, or write `topic vote` to me: you choose in our direct room, and nobody sees who chose what; `privacy` tells the limits.
    edit round/1: **What shall we talk about?**
    Until **Thu 8 Oct, 09:00** · **4** of the 5 votes it needs

    - **1** · How we review
    - **2** · On call
    - **3** · Pairing

    Tap 🗳️ Vote, or write `topic vote` to me: you choose in our direct room, and nobody sees who chose what; `privacy` tells the limits.
    #lobby prompt: ⏳ The vote on topics needs one more vote and stays open until **Thu 8 Oct, 09:00**.
    ");
    talk.tells("eve", "topic vote 1:3");
    let end = passes(&mut talk, Span::days(1)).join("\n");
    assert!(end.contains("🏆 **How we review**, 15 of 15 dots, 10 in the room"), "{end}");

    let mut talk = voted_by(4, true);
    passes(&mut talk, Span::days(2));
    let end = passes(&mut talk, Span::days(1)).join("\n");
    assert!(end.contains("without a result"), "once, and no more: {end}");
}

#[test]
fn a_vote_in_the_moment_in_which_it_would_end_counts_where_it_goes_on() {
    let mut talk = voted_by(4, true);
    talk.now = Span::days(2).after(talk.now);
    let lines = talk.tells("eve", "topic vote 1:3").join("\n");
    assert!(lines.contains("stays open until") && lines.contains("Your dots for topics"), "{lines}");
    assert!(passes(&mut talk, Span::days(1)).join("\n").contains("15 of 15 dots"));
}

#[test]
fn whoever_closes_a_sealed_vote_with_too_few_votes_is_asked_back_once() {
    let mut talk = voted_by(3, true);
    assert_snapshot!(talk.says("lea", "lobby", "!hearth topic close").join("\n"), @"#lobby notice: This has 3 of the 5 votes it needs. If you close it now, I destroy them unread, and there is no result. It is open until Wed 7 Oct, 09:00. If you mean it: `!hearth topic close`");
    assert!(talk.says("lea", "lobby", "!hearth topic close").join("\n").contains("without a result"));
}

#[test]
fn a_vote_that_everybody_sees_needs_no_five() {
    let mut talk = voted_by(1, false);
    assert!(talk.says("ben", "lobby", "!hearth topic close").join("\n").contains("3 of 3 dots"));
    let mut talk = voted_by(1, false);
    assert!(passes(&mut talk, Span::days(2)).join("\n").contains("3 of 3 dots"));
}
