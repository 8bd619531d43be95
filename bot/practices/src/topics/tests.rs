//! Topics as minutes, and under a storm.

use hearth_shared::activity::Kind;
use insta::assert_snapshot;

use super::{SealedVoteOf, Topics, state};
use crate::{
    Event, Outgoing, Records, Span,
    dialogue::{Dialogue, user},
    records::RecordSet as _,
    secret,
};

mod few;
mod mistakes;
mod storm;
mod taps;
mod together;

const PEOPLE: [&str; 6] = ["ana", "ben", "cem", "dia", "eve", "fay"];

/// Three topics, and the list.
fn proposed() -> Dialogue {
    let mut talk = Dialogue::new();
    for text in ["How we review", "On call", "Pairing"] {
        talk.says("ana", "lobby", &format!("!hearth topic add {text}"));
    }
    talk
}

/// Time passes; what is said that other practices did not think of by themselves.
fn passes(talk: &mut Dialogue, span: Span) -> Vec<String> {
    let of_others = |line: &String| line.contains("(nudge)") || line.starts_with("button prompt/");
    talk.passes(span).into_iter().filter(|line| !of_others(line)).collect()
}

/// What others see.
fn board(talk: &Dialogue) -> String {
    serde_json::to_string(&talk.board::<crate::boards::Topics>().waiting).unwrap()
}

/// Everybody gives the same dots.
fn all_give(talk: &mut Dialogue, dots: &str) {
    for who in PEOPLE {
        talk.tells(who, &format!("dots {dots}"));
    }
}

#[test]
fn topics_are_proposed_voted_on_claimed_and_discussed() {
    let mut talk = Dialogue::new();
    assert_snapshot!(talk.says("ana", "lobby", "!hearth topic add How we review").join("\n"), @"#lobby notice: That's topic 1 now. `!hearth topic list` shows the list here.");
    talk.says("ana", "lobby", "!hearth topic add On call");
    assert_snapshot!(talk.says("ben", "lobby", "!hearth topic list").join("\n"), @r"
    #lobby notice: **Topics**

    - **1** · How we review
    - **2** · On call

    Propose with `!hearth topic add …`, lead one with `!hearth topic claim 3`.
    ");
    assert_snapshot!(talk.says("cem", "lobby", "!hearth topic add Pairing").join("\n"), @"
    react: ✅
    edit list/1: **Topics**

    - **1** · How we review
    - **2** · On call
    - **3** · Pairing

    Propose with `!hearth topic add …`, lead one with `!hearth topic claim 3`.
    ");
    assert_snapshot!(talk.says("ben", "lobby", "!hearth topic vote").join("\n"), @"
    #lobby prompt: **What shall we talk about?**
    Until **Wed 7 Oct, 09:00** · **0** of the 5 votes it needs

    - **1** · How we review
    - **2** · On call
    - **3** · Pairing

    Tap 🗳️ Vote, or write `topic vote` to me: you choose in our direct room, and nobody sees who chose what; `privacy` tells the limits.
    button round/1: 🗳️ Vote
    ");
    assert_snapshot!(talk.reacts("ben", "topics", "round/1", "👍").join("\n"), @"
    @ben prompt: **What shall we talk about?**
    Until **Wed 7 Oct, 09:00**

    **1** How we review
    **2** On call
    **3** Pairing

    3 dots: tap, or `dots 3:2 1:1`.
    Sealed, yet servers see taps.
    button sheet/1/a35441696f8690b492dc23db5b30dc43: 1 How we review
    button sheet/1/a35441696f8690b492dc23db5b30dc43: 2 On call
    button sheet/1/a35441696f8690b492dc23db5b30dc43: 3 Pairing
    ");
    assert_snapshot!(talk.tells("ben", "dots 2:2 3:1").join("\n"), @"
    react: ✅
    sealed edit sheet/1/a35441696f8690b492dc23db5b30dc43: **What shall we talk about?**
    Until **Wed 7 Oct, 09:00**

    ✅ **●● On call · ● Pairing**

    Change it, or write `none`.
    ");
    assert_snapshot!(talk.says("cem", "lobby", "!hearth topic vote").join("\n").split_once("**What").unwrap().0, @r"
    react: 📨
    @cem prompt:
    ");
    for who in ["ana", "cem", "dia"] {
        talk.tells(who, "topic vote 2:1 3:2");
    }
    talk.tells("eve", "dots 1:3");
    assert!(!board(&talk).contains("\"dots\":1"), "nothing is counted before the close");
    let soon = passes(&mut talk, Span::minutes(1));
    assert!(soon.len() == 1 && soon[0].starts_with("edit round/1") && soon[0].contains("**5** votes"), "{soon:?}");
    let lines = passes(&mut talk, Span::days(2));
    let (removed, said): (Vec<_>, Vec<_>) = lines.into_iter().partition(|line| line.contains("redact"));
    assert_snapshot!(said.join("\n"), @"
    edit round/1: **What shall we talk about?**
    🏆 **Pairing**, 7 of 15 dots, 10 in the room

    - **1** · How we review
    - **2** · On call
    - **3** · Pairing
    #lobby prompt: 🏆 **Pairing**, 7 of 15 dots, 10 in the room
    #lobby notice: **The vote on topics is closed.**

    - ██████████ 7 · **3** · Pairing
    - ███████░░░ 5 · **2** · On call
    - ████░░░░░░ 3 · **1** · How we review

    5 of 10 took part.

    The first of them open the agenda of the next meeting. Whoever likes to lead one says `!hearth topic claim 3`.
    last edit sheet/1/a35441696f8690b492dc23db5b30dc43: **The vote on topics is closed.** 🏆 **Pairing**, 7 of 15 dots, 10 in the room
    last edit sheet/1/e45e37876f4128ca454e4249a8b3a154: **The vote on topics is closed.** 🏆 **Pairing**, 7 of 15 dots, 10 in the room
    edit list/1: **Topics**

    - **3** · Pairing · 7 dots
    - **2** · On call · 5 dots
    - **1** · How we review · 3 dots

    Propose with `!hearth topic add …`, lead one with `!hearth topic claim 3`.
    ");
    let (buttons, removed): (Vec<_>, Vec<_>) = removed.into_iter().partition(|line| line.contains("button/"));
    assert_eq!((removed.len(), buttons.len()), (10, 6), "five votes and five answers: {removed:?}");
    let kept = format!("{:?}", talk.records("topics"));
    assert!(!["sealed/", "@ben", "@eve"].iter().any(|gone| kept.contains(gone)), "{kept}");

    let lines = talk.says("dia", "lobby", "!hearth topic claim 3");
    assert!(lines[0] == "react: ✅" && lines[1].contains("led by [dia]"), "{lines:?}");
    assert_eq!(
        board(&talk),
        r#"[{"number":3,"text":"Pairing","dots":7,"claimed_by":"@dia:t","room":"!lobby:t"},{"number":2,"text":"On call","dots":5,"claimed_by":null,"room":"!lobby:t"},{"number":1,"text":"How we review","dots":3,"claimed_by":null,"room":"!lobby:t"}]"#
    );
    assert_snapshot!(talk.says("dia", "lobby", "!hearth topic discussed 3 we try it for a month").join("\n"), @r"
    react: ✅
    edit list/1: **Topics**

    - **2** · On call · 5 dots
    - **1** · How we review · 3 dots

    Discussed lately (`!hearth topic history` shows more):

    - 3 · Pairing: we try it for a month

    Propose with `!hearth topic add …`, lead one with `!hearth topic claim 3`.
    ");
    assert!(!board(&talk).contains("Pairing"));
    assert_snapshot!(talk.says("gus", "craft", "!hearth topic history").join("\n"), @r"
    #craft notice: **What we discussed**

    - 2026-10-07 · 3 · Pairing: we try it for a month
    ");

    let rows = talk.entries.iter().map(|entry| {
        format!("{:?} {} {:?} about {:?}", entry.kind, entry.by.localpart(), entry.name, entry.about)
            .replace("Some", "")
    });
    assert_snapshot!(rows.collect::<Vec<_>>().join("\n"), @r#"
    TopicProposed ana ("topic/1") about None
    TopicProposed ana ("topic/2") about None
    TopicProposed cem ("topic/3") about None
    TopicVoted ana ("topics/vote/1/@ana:t") about None
    TopicVoted ben ("topics/vote/1/@ben:t") about None
    TopicVoted cem ("topics/vote/1/@cem:t") about None
    TopicVoted dia ("topics/vote/1/@dia:t") about None
    TopicVoted eve ("topics/vote/1/@eve:t") about None
    TopicDiscussed dia ("topic/3/discussed") about ("topic/3")
    "#);
}

#[test]
fn a_second_vote_keeps_the_trend_and_a_second_list_moves_the_card() {
    let mut talk = proposed();
    talk.says("ana", "lobby", "!hearth topic list");
    for votes in ["1:3", "1:1 2:2"] {
        talk.says("ben", "lobby", "!hearth topic vote");
        all_give(&mut talk, votes);
        let lines = talk.says("ben", "lobby", "!hearth topic close");
        assert_eq!(lines.iter().filter(|line| line.starts_with("edit list/1: ")).count(), 1, "{lines:?}");
    }
    let lines = talk.says("ana", "craft", "!hearth topic list");
    assert_snapshot!(lines.join("\n"), @r"
    #craft notice: **Topics**

    - **2** · On call · 12 dots (before: 0)
    - **1** · How we review · 6 dots (before: 18)
    - **3** · Pairing · 0 dots (before: 0)

    Propose with `!hearth topic add …`, lead one with `!hearth topic claim 3`.
    edit list/1: Somebody asked for the list again. The new one is kept up to date, this one no longer.
    ");
    let lines = talk.says("ana", "lobby", "!hearth topic add Lunch");
    assert!(lines[1].starts_with("edit list/2: "), "{lines:?}");
}

#[test]
fn an_open_vote_is_aloud_and_needs_no_five() {
    let mut talk = proposed();
    talk.overrides.entry("topics".into()).or_default().insert("sealed".into(), false.into());
    assert!(talk.says("ben", "lobby", "!hearth topic vote")[0].contains("so that everybody sees it"));
    assert_eq!(talk.says("ana", "lobby", "!hearth topic vote 1:2 2:1"), ["react: ✅"]);
    assert_eq!(talk.says("ana", "lobby", "!hearth topic vote 2:3"), ["react: ✅"]);
    assert!(talk.says("ana", "lobby", "!hearth topic vote 2:4")[0].contains("That's 4 dots, and you have 3"));
    assert!(talk.tells("cem", "topic vote 1:3")[0].contains("This vote is an open one"));
    assert!(talk.tells("cem", "dots 1:3")[0].contains("Nothing is open in which you could give dots"));
    assert_snapshot!(talk.says("ben", "lobby", "!hearth topic close").join("\n"), @"
    edit round/1: **What shall we talk about?**
    🏆 **On call**, 3 of 3 dots, 10 in the room

    - **1** · How we review
    - **2** · On call
    - **3** · Pairing
    #lobby prompt: 🏆 **On call**, 3 of 3 dots, 10 in the room
    #lobby notice: **The vote on topics is closed.**

    - ██████████ 3 · **2** · On call
    - ░░░░░░░░░░ 0 · **1** · How we review
    - ░░░░░░░░░░ 0 · **3** · Pairing

    1 of 10 took part.

    The first of them open the agenda of the next meeting. Whoever likes to lead one says `!hearth topic claim 3`.
    ");
}

#[test]
fn dots_that_come_late_do_not_undo_those_that_were_given_after_them() {
    let mut talk = proposed();
    talk.says("ben", "lobby", "!hearth topic vote");
    all_give(&mut talk, "1:3");
    talk.passes(Span::minutes(10));
    talk.tells("ben", "topic vote 2:3");
    let lines = talk.told("ben", 5, "topic vote 3:3");
    assert!(lines[0].contains("Your dots for topics: **●●● On call**"), "what counts is said: {lines:?}");
}

#[test]
fn under_five_a_sealed_vote_counts_nothing() {
    let mut talk = proposed();
    talk.says("ben", "lobby", "!hearth topic vote");
    for who in &PEOPLE[..4] {
        talk.tells(who, "dots 1:3");
    }
    talk.says("ben", "lobby", "!hearth topic close");
    let lines = talk.says("ben", "lobby", "!hearth topic close");
    assert!(lines[1].contains("Fewer than 5 voted"), "{lines:?}");
    assert_eq!(lines.iter().filter(|line| line.contains("redact")).count(), 8);
    assert!(!board(&talk).contains("\"dots\":12"));
    assert!(!talk.logged.iter().any(|(kind, _, _)| *kind == Kind::TopicVoted));
}

#[test]
fn two_topics_become_one_with_the_dots_of_both() {
    let mut talk = proposed();
    talk.says("ben", "lobby", "!hearth topic vote");
    all_give(&mut talk, "1:1 2:2");
    talk.says("ben", "lobby", "!hearth topic close");
    assert!(talk.says("ben", "lobby", "!hearth topic merge 1 2")[0].contains("Only who proposed it"));
    assert_eq!(talk.says("ana", "lobby", "!hearth topic merge 1 2"), ["react: ✅"]);
    assert!(board(&talk).starts_with(r#"[{"number":1,"text":"How we review","dots":18,"#), "{}", board(&talk));
    // What is given to the one that went is given to the other.
    talk.says("ben", "lobby", "!hearth topic vote");
    talk.says("lea", "lobby", "!hearth topic merge 1 3");
    all_give(&mut talk, "3:2");
    talk.says("ben", "lobby", "!hearth topic close");
    assert!(board(&talk).contains(r#""dots":12"#), "{}", board(&talk));
}

#[test]
fn what_is_given_to_a_topic_counts_for_the_one_that_it_became_part_of() {
    let mut talk = proposed();
    talk.says("ben", "lobby", "!hearth topic vote");
    all_give(&mut talk, "1:2 3:1");
    // Proposed after the vote was opened, and wider than what is voted on.
    talk.says("ana", "lobby", "!hearth topic add Reviews and pairing");
    talk.says("lea", "lobby", "!hearth topic merge 4 1");
    talk.says("lea", "lobby", "!hearth topic merge 4 3");
    talk.says("ben", "lobby", "!hearth topic discussed 2");
    talk.says("ben", "lobby", "!hearth topic close");
    assert_eq!(
        board(&talk),
        r#"[{"number":4,"text":"Reviews and pairing","dots":18,"claimed_by":null,"room":"!lobby:t"}]"#
    );
}

#[test]
fn what_was_discussed_or_dropped_can_be_taken_up_again() {
    let mut talk = proposed();
    talk.says("ana", "lobby", "!hearth topic list");
    let waits = |talk: &Dialogue| talk.board::<crate::boards::Topics>().waiting.len();
    talk.says("ben", "lobby", "!hearth topic discussed 1 enough for now");
    talk.says("ana", "lobby", "!hearth topic drop 2");
    assert_eq!(waits(&talk), 1);
    for number in [1, 2] {
        assert_eq!(talk.says("cem", "lobby", &format!("!hearth topic reopen {number}"))[0], "react: ✅");
    }
    assert_eq!(waits(&talk), 3);
    assert!(talk.says("cem", "lobby", "!hearth topic history")[0].contains("Nothing has been discussed yet"));
}

#[test]
fn what_was_discussed_is_remembered_for_as_long_as_leads_say() {
    let mut talk = proposed();
    talk.overrides.entry("topics".into()).or_default().insert("keep-for".into(), "60d".into());
    talk.says("ana", "lobby", "!hearth topic list");
    talk.says("ben", "lobby", "!hearth topic discussed 1 we pair on it");
    talk.says("ana", "lobby", "!hearth topic drop 2");
    passes(&mut talk, Span::days(31));
    assert!(talk.says("cem", "lobby", "!hearth topic reopen 2")[0].contains("I know of no topic 2"));
    let lines = passes(&mut talk, Span::days(30));
    assert!(lines.len() == 1 && !lines[0].contains("we pair on it"), "the card forgets it, too: {lines:?}");
    assert!(!format!("{:?}", talk.records("topics")).contains("we pair on it"));
}

#[test]
fn who_leaves_the_community_leads_nothing() {
    let mut talk = proposed();
    talk.says("ana", "lobby", "!hearth topic list");
    talk.says("cem", "lobby", "!hearth topic claim 2");
    assert!(talk.leaves("cem", "craft").is_empty());
    let lines = talk.leaves("cem", "lobby");
    assert!(lines.len() == 1 && lines[0].starts_with("edit list/1") && !lines[0].contains("led by"), "{lines:?}");
    assert_eq!(talk.says("ben", "lobby", "!hearth topic claim 2")[0], "react: ✅");
}

#[test]
fn who_is_forgotten_takes_their_topics_notes_and_dots_along() {
    let mut talk = proposed();
    talk.says("ben", "lobby", "!hearth topic add Reviews");
    talk.says("cem", "lobby", "!hearth topic add Lunch");
    talk.says("ana", "lobby", "!hearth topic merge 1 4");
    talk.says("ana", "lobby", "!hearth topic claim 5");
    talk.says("ana", "lobby", "!hearth topic vote");
    talk.tells("ana", "dots 5:3");
    talk.says("ana", "lobby", "!hearth topic discussed 5 we go out");
    talk.happens(&Event::Forgotten { who: user("ana") });
    let kept = format!("{:?}", talk.records("topics"));
    for gone in ["@ana", "How we review", "On call", "we go out"] {
        assert!(!kept.contains(gone), "{gone}: {kept}");
    }
    assert_eq!(
        board(&talk),
        r#"[{"number":4,"text":"Reviews","dots":0,"claimed_by":null,"room":"!lobby:t"}]"#,
        "it was part of hers"
    );
    assert!(talk.says("ben", "lobby", "!hearth topic history")[0].contains("5 · Lunch"));
}

#[test]
fn rows_that_say_their_kind_beside_their_value_are_read() {
    let vote = r#"{"vote":{"by":"@ana:t","marks":[[1,2]],"said":[["!lobby:t","$v"]],"names":[]}}"#;
    let topic = r#"{"topic":{"text":"Pairing","by":"@ana:t","claimed_by":null,"trend":[],"status":"open"}}"#;
    let round = r#"{"round":{"number":1,"room":"!lobby:t","by":null,"sealed":false,"rules":{"kind":"dots","options":[1,2],"dots":3},"closes":"2026-10-07T09:00:00Z","count":{"at":"2026-10-05T09:00:00Z","behind":false}}}"#;
    let rows = [
        ("topic/7", topic),
        ("last", r#"{"count":7}"#),
        ("last-round", r#"{"count":1}"#),
        ("list", r#"{"count":2}"#),
        ("list-room", r#"{"room":"!lobby:t"}"#),
        ("heard", r#"{"heard":["$a"]}"#),
        ("round", round),
        ("vote/1/@ana:t", vote),
    ];
    let rows = rows.map(|(key, json)| (key.to_owned(), json.to_owned())).into();
    let (records, unread) = Records::<Topics>::load_readable(rows);
    assert!(unread.is_empty(), "{unread:?}");
    assert_eq!(state::topic(&records, 7).unwrap().text, "Pairing");
    assert_eq!(state::voted(&records, state::round(&records).unwrap()), 1);
    assert_eq!((state::card(&records), state::has_heard(&records, &"$a".into())), (2, true));
}

#[test]
fn what_was_handed_in_before_an_upgrade_counts_after_it() {
    let vote = r#"{"marks":[[1,2]],"at":"2026-10-05T09:00:00Z","said":[["!d","$v"]],"names":["0a"]}"#;
    let rows = vec![("sealed/3/sealed-vote/3/@ben:t".to_owned(), vote.to_owned())];
    let (mut records, unread) = Records::<Topics>::load_readable(rows);
    assert!(unread.is_empty(), "{unread:?}");
    let closed = secret::close::<SealedVoteOf>(&mut records, 3);
    assert_eq!(closed.papers, [(String::new(), vec![(1, 2)])]);
    let removed = Outgoing::RedactEvent { room: "!d".into(), event: "$v".into() }.send();
    assert_eq!(closed.sweep, [removed, Outgoing::Redact { key: "answer/3/0a".into() }.send()]);
}

/// Topic 2 was discussed: what a client shows beside each number is what that number gives dots to.
#[test]
fn the_number_that_is_shown_is_the_number_that_is_counted() {
    for (sealed, prefix) in [("yes", "topic vote"), ("no", "!hearth topic vote")] {
        let mut talk = proposed();
        talk.says("ana", "lobby", "!hearth topic add Docs");
        talk.says("ana", "lobby", "!hearth topic discussed 2");
        talk.says("lea", "lobby", &format!("!hearth settings topics sealed {sealed}"));
        let card = talk.says("ben", "lobby", "!hearth topic vote").concat();
        let paper = if sealed == "yes" { talk.reacts("cem", "topics", "round/1", "👍").concat() } else { card };
        let (_, shown) = hearth_core::engine::content::render(&paper);
        for (number, name) in [(1, "How we review"), (3, "Pairing"), (4, "Docs")] {
            let listed = format!("<li><strong>{number}</strong> · {name}</li>");
            assert!(shown.contains(&listed) || shown.contains(&format!("<strong>{number}</strong> {name}")), "{shown}");
            if sealed == "yes" {
                let said = talk.tells("cem", &format!("{prefix} {number}:1")).concat();
                assert!(said.contains(&format!("**● {name}**")), "{said}");
            }
        }
        assert!(!shown.contains("On call"), "{shown}");
    }
}
