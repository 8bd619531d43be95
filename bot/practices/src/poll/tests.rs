//! Polls as minutes of a meeting, and polls under a storm of events.

use hearth_shared::activity::Kind;
use insta::assert_snapshot;

use crate::{
    Event, MessageContext, MessageRef, Span, UserId, Words,
    dialogue::{Dialogue, room_id, user},
    input::PollText,
};

mod edits;
mod storm;

/// The key of the newest poll that is open.
fn newest(talk: &Dialogue) -> String {
    let open = |(key, record): (String, serde_json::Value)| {
        let number = key.strip_prefix("poll/$e")?.parse::<u64>().ok()?;
        record.get("open").map(|_| (number, key))
    };
    talk.records("poll").into_iter().filter_map(open).max().expect("an open poll").1
}

/// Ana asks where to meet; the key of her poll.
fn asked(talk: &mut Dialogue) -> String {
    talk.says("ana", "lobby", r#"!hearth poll "Where do we meet?" Park | Café | Online --close 2h"#);
    newest(talk)
}

/// Time passes; what is said that other practices did not think of by themselves.
fn passes(talk: &mut Dialogue, span: Span) -> Vec<String> {
    let of_others = |line: &String| line.contains("(nudge)") || line.starts_with("button prompt/");
    talk.passes(span).into_iter().filter(|line| !of_others(line)).collect()
}

/// What went to the activity log about polls.
fn logged(talk: &Dialogue) -> Vec<String> {
    let row = |(kind, by, value): &(Kind, UserId, Option<i64>)| {
        format!("{kind:?} {} {}", by.localpart(), value.map_or("-".to_owned(), |value| value.to_string()))
    };
    let polls = [Kind::PollOpened, Kind::PollVoted, Kind::PollClosed];
    talk.logged.iter().filter(|(kind, _, _)| polls.contains(kind)).map(row).collect()
}

#[test]
fn a_poll_is_asked_voted_in_and_closed_by_time() {
    let mut talk = Dialogue::new();
    let opened = talk.says("ana", "lobby", r#"!hearth poll "Where do we meet?" Park | Café | Online --close 2h"#);
    assert_snapshot!(opened.join("\n"), @"
    #lobby poll: Where do we meet? [Park | Café | Online]
    #lobby notice: Until **Mon 5 Oct, 11:00**. You can change your vote until then; `!hearth poll close` ends it sooner.
    ");
    let poll = newest(&talk);
    for (who, answer) in [("ana", "1"), ("ben", "1"), ("cem", "2"), ("dia", "3"), ("eve", "1")] {
        assert!(talk.votes(who, "poll", &poll, &[answer]).1.is_empty());
    }
    talk.now = Span::minutes(1).after(talk.now);
    talk.votes("dia", "poll", &poll, &["2"]);
    assert!(passes(&mut talk, Span::minutes(118)).is_empty());
    assert_snapshot!(passes(&mut talk, Span::minutes(1)).join("\n"), @"
    #lobby end of poll
    #lobby prompt: 🏆 **Park**, 3 of 5 votes, 10 in the room · Where do we meet?
    #lobby notice: **The poll is closed: Where do we meet?**

    - ██████░░░░ 3 · Park
    - ████░░░░░░ 2 · Café
    - ░░░░░░░░░░ 0 · Online

    5 of 10 took part.
    ");
    assert_eq!(
        logged(&talk),
        [
            "PollOpened ana 3",
            "PollVoted ana -",
            "PollVoted ben -",
            "PollVoted cem -",
            "PollVoted dia -",
            "PollVoted eve -",
            "PollClosed ana 5"
        ]
    );
    assert!(passes(&mut talk, Span::days(1)).is_empty());
}

#[test]
fn an_hour_after_the_close_nobody_can_tell_who_chose_what() {
    let mut talk = Dialogue::new();
    let poll = asked(&mut talk);
    talk.votes("ben", "poll", &poll, &["2"]);
    assert!(talk.records("poll").iter().any(|(key, _)| key.starts_with("vote/") && key.contains("/@ben:t/")));
    passes(&mut talk, Span::hours(3));
    let rows = talk.records("poll");
    assert_eq!(rows.len(), 1);
    let kept = rows[0].1.to_string();
    assert_eq!(kept, r#"{"closed":{"at":"2026-10-05T11:00:00Z","counts":[0,1,0],"voters":1,"spoilt":0,"asked":null}}"#);
    passes(&mut talk, Span::days(31));
    assert!(talk.records("poll").is_empty());
}

#[test]
fn a_hidden_poll_says_what_hidden_means() {
    let mut talk = Dialogue::new();
    let lines = talk.says("ana", "lobby", "!hearth poll Who cooks next? Ana | Ben —hidden");
    assert_snapshot!(lines.join("\n"), @"
    #lobby poll (hidden): Who cooks next? [Ana | Ben]
    #lobby notice: Until **Thu 8 Oct, 09:00**. You can change your vote until then; `!hearth poll close` ends it sooner. Apps show the results only then. It is no secret ballot: whoever knows how can read the votes in the room.
    ");
}

#[test]
fn only_who_asked_or_a_lead_closes() {
    let mut talk = Dialogue::new();
    assert_eq!(
        talk.says("ana", "lobby", "!hearth poll close"),
        ["#lobby notice: No poll of mine is open in this room."]
    );
    let poll = asked(&mut talk);
    assert_eq!(
        talk.says("ben", "lobby", "!hearth poll close"),
        [
            "#lobby notice: Only who asked for a poll, or a lead, can close it. It also closes by itself when its time is over."
        ]
    );
    assert_eq!(
        talk.says("ana", "craft", "!hearth poll close"),
        ["#craft notice: No poll of mine is open in this room."]
    );
    talk.votes("ben", "poll", &poll, &["2"]);
    talk.votes("cem", "poll", &poll, &["1"]);
    assert_snapshot!(talk.says("lea", "lobby", "!hearth poll close").join("\n"), @"
    #lobby end of poll
    #lobby prompt: 🤝 A tie: **Park**, **Café**, 1 of 2 votes each, 10 in the room · Where do we meet?
    #lobby notice: **The poll is closed: Where do we meet?**

    - █████░░░░░ 1 · Park
    - █████░░░░░ 1 · Café
    - ░░░░░░░░░░ 0 · Online

    2 of 10 took part.
    ");
    assert_eq!(logged(&talk).last().unwrap(), "PollClosed ana 2");
}

#[test]
fn of_several_polls_the_newest_closes_and_the_others_are_named() {
    let mut talk = Dialogue::new();
    asked(&mut talk);
    talk.now = Span::minutes(1).after(talk.now);
    talk.says("ana", "lobby", "!hearth poll Tea? yes | no");
    talk.says("lea", "lobby", "!hearth poll Cake? yes | no");
    let lines = talk.says("ana", "lobby", "!hearth poll close");
    assert!(lines[2].contains("The poll is closed: Tea?"), "{lines:?}");
    assert_eq!(
        lines[1],
        "#lobby notice: I close the newest one. Still open: “Where do we meet?”. `!hearth poll close` again closes the next."
    );
    let lines = talk.says("ana", "lobby", "!hearth poll close");
    assert!(lines.len() == 2 && lines[1].contains("The poll is closed: Where do we meet?"), "{lines:?}");
    assert!(talk.says("ana", "lobby", "!hearth poll close")[0].contains("Only who asked"));
}

#[test]
fn a_poll_in_whose_thread_somebody_says_close_is_the_one() {
    let mut talk = Dialogue::new();
    let first = asked(&mut talk);
    talk.says("ana", "lobby", "!hearth poll Tea? yes | no");
    let second = newest(&talk);
    talk.votes("ben", "poll", &second, &["2"]);
    let lines = talk.answers("ana", "poll", &first, "!hearth poll close");
    assert!(lines[2].contains("The poll is closed: Where do we meet?"), "{lines:?}");
}

#[test]
fn nobody_voting_is_said_kindly_and_so_is_a_spoilt_vote() {
    let mut talk = Dialogue::new();
    let poll = asked(&mut talk);
    talk.votes("ben", "poll", &poll, &["7"]);
    assert_snapshot!(talk.says("ana", "lobby", "!hearth poll close").join("\n"), @"
    #lobby end of poll
    #lobby prompt: **The poll is closed: Where do we meet?** Nobody voted this time.
    #lobby notice: **The poll is closed: Where do we meet?**

    - ░░░░░░░░░░ 0 · Park
    - ░░░░░░░░░░ 0 · Café
    - ░░░░░░░░░░ 0 · Online

    0 of 10 took part.

    One vote could not be counted, because it named an answer that this poll doesn't have.
    ");
    assert_eq!(logged(&talk), ["PollOpened ana 3", "PollClosed ana 0"]);
}

#[test]
fn a_late_vote_and_a_second_end_change_nothing() {
    let mut talk = Dialogue::new();
    let poll = asked(&mut talk);
    talk.votes("ben", "poll", &poll, &["1"]);
    passes(&mut talk, Span::minutes(121));
    let before = (talk.records("poll"), logged(&talk));
    assert!(talk.votes("cem", "poll", &poll, &["1"]).1.is_empty());
    let (room, event, key) = talk.message("poll", &poll);
    let at = talk.now;
    let poll = MessageRef { event, key: Some(key) };
    assert!(talk.happens(&Event::PollEnded { by: user("lea"), room, poll, at, may_redact: true }).is_empty());
    assert_eq!((talk.records("poll"), logged(&talk)), before);
}

#[test]
fn a_vote_that_was_cast_in_time_corrects_the_result_for_an_hour() {
    let mut talk = Dialogue::new();
    let poll = asked(&mut talk);
    talk.votes("ben", "poll", &poll, &["1"]);
    let in_time = talk.now;
    passes(&mut talk, Span::hours(2));
    let late = |talk: &mut Dialogue, who: &str, number: u8| {
        let (room, event, key) = talk.message("poll", &poll);
        let poll = MessageRef { event, key: Some(key) };
        let (event, answers) = (crate::EventId::from(format!("$late{number}")), vec!["2".to_owned()]);
        talk.happens_for(
            "poll",
            &Event::Voted { by: user(who), room, event, poll, answers, at: in_time, cleartext: true },
        )
    };
    let lines = late(&mut talk, "cem", 1);
    assert_eq!(lines.len(), 2, "{lines:?}");
    assert!(lines[0].starts_with("edit result/") && lines[0].contains("1 of 2 votes each"), "{lines:?}");
    assert!(lines[1].starts_with("edit details/") && lines[1].contains("2 of 10"), "{lines:?}");
    assert!(late(&mut talk, "cem", 1).is_empty(), "told twice, it counts once");
    passes(&mut talk, Span::hours(1));
    assert!(late(&mut talk, "dia", 2).is_empty());
    let kept = serde_json::to_string(&talk.records("poll")).unwrap();
    assert!(!kept.contains("ben") && !kept.contains("cem"), "{kept}");
}

#[test]
fn a_redacted_vote_gives_way_to_the_one_before() {
    let mut talk = Dialogue::new();
    let poll = asked(&mut talk);
    talk.votes("ben", "poll", &poll, &["1"]);
    talk.now = Span::minutes(5).after(talk.now);
    let (vote, _) = talk.votes("ben", "poll", &poll, &["2"]);
    talk.happens(&Event::Redacted { room: room_id("lobby"), event: vote, key: None, at: talk.now });
    let lines = talk.says("ana", "lobby", "!hearth poll close");
    assert!(lines[1].contains("🏆 **Park**, 1 of 1 vote,"), "{lines:?}");
}

#[test]
fn who_is_forgotten_has_not_voted_and_owns_no_poll() {
    let mut talk = Dialogue::new();
    let poll = asked(&mut talk);
    talk.votes("ana", "poll", &poll, &["1"]);
    talk.votes("ben", "poll", &poll, &["2"]);
    talk.happens(&Event::Forgotten { who: user("ana") });
    assert!(!format!("{:?}", talk.records("poll")).contains("@ana"));
    assert!(talk.says("ana", "lobby", "!hearth poll close")[0].contains("Only who asked"));
    let lines = passes(&mut talk, Span::hours(2));
    assert!(lines[1].contains("🏆 **Café**, 1 of 1 vote,"), "{lines:?}");
    assert_eq!(logged(&talk).last().unwrap(), "PollVoted ben -");
}

#[test]
fn a_removed_poll_is_over_without_a_word() {
    for voted in [true, false] {
        let mut talk = Dialogue::new();
        let poll = asked(&mut talk);
        let (room, event, key) = talk.message("poll", &poll);
        if voted {
            talk.votes("ben", "poll", &poll, &["2"]);
        }
        // Once by what a vote told about it, once by its key.
        let removed = Event::Redacted { room, event, key: (!voted).then_some(key), at: talk.now };
        assert!(talk.happens_for("poll", &removed).is_empty());
        assert!(talk.votes("cem", "poll", &poll, &["2"]).1.is_empty());
        assert_eq!(talk.records("poll").len(), 1);
        assert!(passes(&mut talk, Span::days(3)).is_empty());
    }
}

#[test]
fn a_moderator_may_end_a_poll_in_their_app_and_others_may_not() {
    let mut talk = Dialogue::new();
    let key = asked(&mut talk);
    talk.votes("ben", "poll", &key, &["2"]);
    let (room, event, name) = talk.message("poll", &key);
    let poll = MessageRef { event, key: Some(name) };
    let at = talk.now;
    let ended =
        |by, may_redact| Event::PollEnded { by: user(by), room: room.clone(), poll: poll.clone(), at, may_redact };
    assert!(talk.happens_for("poll", &ended("ana", false)).is_empty());
    let lines = talk.happens_for("poll", &ended("mo", true));
    assert!(lines.len() == 2 && lines[0].contains("🏆 **Café**, 1 of 1 vote,"), "{lines:?}");
    assert!(passes(&mut talk, Span::hours(3)).is_empty());
}

/// Ben opens a poll in his own client; the poll, to be voted in and ended.
fn members_own(talk: &mut Dialogue) -> (Event, MessageRef) {
    let source = talk.source("lobby", false, None);
    let poll = MessageRef { event: source.event.clone(), key: None };
    let asks = asks("Shall we?", &[("x", "Yes!"), ("y", "No")]);
    (Event::PollOpened { by: user("ben"), source, poll: asks }, poll)
}

/// A poll as clients send it, in which two answers may be chosen.
fn asks(question: &str, answers: &[(&str, &str)]) -> PollText {
    let answers = answers.iter().map(|&(id, text)| (id.to_owned(), text.to_owned())).collect();
    PollText { question: question.to_owned(), answers, hidden: false, max: 2, stable: false }
}

fn vote(talk: &mut Dialogue, by: &str, poll: &MessageRef, answers: &[&str]) -> Event {
    let MessageContext { room, event, at, .. } = talk.source("lobby", false, None);
    let answers = answers.iter().map(|&answer| answer.to_owned()).collect();
    Event::Voted { by: user(by), room, event, poll: poll.clone(), answers, at, cleartext: true }
}

fn end(talk: &Dialogue, by: &str, poll: &MessageRef) -> Event {
    let (room, at) = (room_id("lobby"), talk.now);
    Event::PollEnded { by: user(by), room, poll: poll.clone(), at, may_redact: false }
}

#[test]
fn a_members_own_poll_is_followed_without_a_word() {
    let mut talk = Dialogue::new();
    let (opened, poll) = members_own(&mut talk);
    let votes = [vote(&mut talk, "cem", &poll, &["x", "y"]), vote(&mut talk, "dia", &poll, &["y"])];
    // A vote may come before its poll, when the poll's key is late.
    for event in [&votes[0], &opened, &votes[1], &opened, &votes[0], &end(&talk, "cem", &poll)] {
        assert!(talk.happens(event).is_empty());
    }
    assert!(!format!("{:?}", talk.records("poll")).contains("Shall we"), "nobody handed us the question");
    assert!(talk.says("ben", "lobby", "!hearth poll close")[0].contains("opened in an app"));
    assert!(talk.happens(&end(&talk, "ben", &poll)).is_empty());
    assert_eq!(logged(&talk), ["PollOpened ben 2", "PollVoted cem -", "PollVoted dia -", "PollClosed ben 2"]);
    assert!(passes(&mut talk, Span::hours(1)).is_empty());
    assert_eq!(talk.records("poll").len(), 1);
}

#[test]
fn the_result_of_a_members_own_poll_is_announced_where_leads_want_it() {
    let mut talk = Dialogue::new();
    talk.overrides.entry("poll".into()).or_default().insert("announce-members-polls".into(), true.into());
    let (opened, poll) = members_own(&mut talk);
    talk.happens(&opened);
    for (who, answers) in [("cem", &["x", "y"][..]), ("dia", &["y"]), ("eve", &["x", "z"])] {
        let vote = vote(&mut talk, who, &poll, answers);
        talk.happens(&vote);
    }
    assert_snapshot!(talk.happens(&end(&talk, "ben", &poll)).join("\n"), @r"
    #lobby prompt: 🏆 **No**, 2 of 2 votes, 10 in the room · Shall we?
    #lobby notice: **The poll is closed: Shall we?**

    - ██████████ 2 · No
    - █████░░░░░ 1 · Yes\!

    2 of 10 took part.

    One vote could not be counted, because it named an answer that this poll doesn't have.
    ");
}

#[test]
fn a_vote_counts_that_came_before_our_poll_was_known_to_be_sent() {
    for voted in [true, false] {
        let mut talk = Dialogue::new();
        let key = asked(&mut talk);
        let (_, event, name) = talk.message("poll", &key);
        let early = vote(&mut talk, "cem", &MessageRef { event, key: None }, &["2"]);
        assert!(talk.happens(&early).is_empty());
        if voted {
            talk.votes("dia", "poll", &key, &["2"]);
        }
        let lines = talk.says("ana", "lobby", "!hearth poll close");
        assert!(lines[1].contains(if voted { "2 of 2 votes" } else { "1 of 1 vote" }), "{name}: {lines:?}");
        assert!(logged(&talk).contains(&"PollVoted cem -".to_owned()));
        passes(&mut talk, Span::hours(1));
        assert_eq!(talk.records("poll").len(), 1);
    }
}

#[test]
fn votes_for_a_poll_that_never_shows_up_are_dropped() {
    let mut talk = Dialogue::new();
    let (_, poll) = members_own(&mut talk);
    let vote = vote(&mut talk, "cem", &poll, &["x"]);
    assert!(talk.happens(&vote).is_empty());
    assert_eq!(talk.records("poll").len(), 2);
    assert!(passes(&mut talk, Span::days(8)).is_empty());
    assert!(talk.records("poll").is_empty() && logged(&talk).is_empty());
}

#[test]
fn a_poll_that_cannot_be_is_answered_with_what_to_do() {
    let mut talk = Dialogue::new();
    let many = (1..=30).map(|number| number.to_string()).collect::<Vec<_>>().join(" | ");
    let wrong = [
        "poll",
        "poll \"Lunch?\"",
        "poll \"Lunch?\" Pizza",
        &format!("poll \"Lunch?\" {many}"),
        "poll \"\" Pizza | Pasta",
        "poll Where do we go Park | Café",
        "poll \"Lunch?\" Pizza | | Pasta",
        "poll \"Lunch?\" Pizza | Pasta --close yesterday",
        "poll \"Lunch?\" Pizza | Pasta --close",
        "poll \"Lunch?\" Pizza | Pasta --close 40d",
        "poll \"Lunch?\" Pizza | Pasta --secret",
        &format!("poll \"{}?\" Pizza | Pasta", "Long".repeat(100)),
        &format!("poll \"Lunch?\" Pizza | {}", "Pasta".repeat(100)),
    ];
    let answers: Vec<_> = wrong.iter().flat_map(|text| talk.says("ana", "lobby", &format!("!hearth {text}"))).collect();
    assert_snapshot!(answers.join("\n").replace("#lobby notice: ", ""), @r#"
    - `!hearth poll "Where do we meet?" Park | Café | Online` – ask the room
    - `!hearth poll "Lunch?" Yes | No --hidden --close 2h` – results at the end, in two hours
    - `!hearth poll close` – end yours sooner; leads can end any
    I see a question, but no answers. Put `|` between the answers: `!hearth poll "Where do we meet?" Park | Café`.
    I see only one answer, and a poll needs two to choose from. Put `|` between the answers: `!hearth poll "Where do we meet?" Park | Café`.
    That's 30 answers, and apps show 20 at most. Leave some out, or make two polls of it.
    I miss the question. It comes first, in quotation marks: `!hearth poll "Where do we meet?" Park | Café`.
    I can't tell where the question ends. Put it in quotation marks, or end it with a question mark: `!hearth poll "Where do we meet?" Park | Café`.
    One answer is empty: two `|` stand side by side, or one stands at the end. Write it like `!hearth poll "Where do we meet?" Park | Café`.
    “yesterday” is not a length of time from now on. Write it like `--close 30m`, `--close 2h` or `--close 3d`.
    After `--close` I need to know how long the poll is open: `--close 30m`, `--close 2h` or `--close 3d`.
    In this community a poll is open for 4w at most. Choose a shorter time, or ask a lead to change the setting `longest`.
    I don't know the option “\-\-secret”. A poll takes `--hidden`, `--open` and `--close 2h`.
    The question has 401 characters, and apps show 340 at most. Shorten it; the rest can go in a message before the poll.
    Answer 2 has 500 characters, and apps show 340 at most. Shorten it and send the poll again.
    "#);
    assert!(talk.records("poll").is_empty() && logged(&talk).is_empty());
}

#[test]
fn polls_belong_to_rooms_and_to_leads_where_they_say_so() {
    let mut talk = Dialogue::new();
    let direct = "@ana notice: Polls live in rooms. Send me that in the room that you want to ask.";
    assert_eq!(talk.tells("ana", "poll Tea? yes | no"), [direct]);
    assert_eq!(talk.tells("ana", "poll close"), [direct]);
    talk.overrides.entry("poll".into()).or_default().insert("who-opens".into(), "leads".into());
    assert_eq!(
        talk.says("ana", "lobby", "!hearth poll Tea? yes | no"),
        ["#lobby notice: In this community leads open the polls. Ask one of them to open yours."]
    );
    assert_eq!(talk.says("lea", "lobby", "!hearth poll Tea? yes | no").len(), 2);
}

#[test]
fn in_german_everything_is_german() {
    let mut talk = Dialogue::new();
    talk.words = Words::of("de").unwrap();
    let opened = talk.says("ana", "lobby", "!hearth poll „Wo treffen wir uns?“ Park | Café --close 2h --hidden");
    assert_snapshot!(opened.join("\n"), @"
    #lobby poll (hidden): Wo treffen wir uns? [Park | Café]
    #lobby notice: Bis **Mo 5. Okt, 11:00 Uhr**. Solange kannst du deine Stimme ändern; `!hearth umfrage beenden` beendet sie früher. Apps zeigen die Ergebnisse erst dann. Geheim ist die Wahl nicht: Wer weiß wie, kann die Stimmen im Raum lesen.
    ");
    let poll = newest(&talk);
    talk.votes("ben", "poll", &poll, &["2"]);
    talk.votes("cem", "poll", &poll, &["9"]);
    assert_snapshot!(passes(&mut talk, Span::hours(2)).join("\n"), @"
    #lobby end of poll
    #lobby prompt: 🏆 **Café**, 1 von 1 Stimme, 10 im Raum · Wo treffen wir uns?
    #lobby notice: **Die Umfrage ist beendet: Wo treffen wir uns?**

    - ██████████ 1 · Café
    - ░░░░░░░░░░ 0 · Park

    1 von 10 hat teilgenommen.

    Eine Stimme konnte nicht gezählt werden, weil sie eine Antwort nannte, die es in dieser Umfrage nicht gibt.
    ");
}

#[test]
fn what_members_write_is_shown_as_they_wrote_it() {
    let mut talk = Dialogue::new();
    let lines = talk.says("ana", "lobby", "!hearth poll \"What's *new*?\" <b>this</b> | _that_");
    assert_eq!(lines[0], "#lobby poll: What's *new*? [<b>this</b> | _that_]");
    let poll = newest(&talk);
    talk.votes("ben", "poll", &poll, &["1"]);
    let lines = talk.says("ana", "lobby", "!hearth poll close");
    assert!(lines[1].contains(r"What's \*new\*?") && lines[1].contains(r"\<b\>this"), "{lines:?}");
}
