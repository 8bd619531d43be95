//! What leads read of newcomers who wait for an answer, and when it goes.

use serde_json::json;

use crate::{
    Event, EventId, MessageContext, MessageRef, Said, Span,
    dialogue::{Dialogue, room_id, user},
};

/// Leads want the list, and newcomers get nothing else in these days. It is eight in the morning.
fn talk() -> Dialogue {
    let mut talk = Dialogue::new();
    let mut set = |practice: &str, key: &str, value: serde_json::Value| {
        talk.overrides.entry(practice.into()).or_default().insert(key.into(), value);
    };
    set("welcome", "to-answer", json!(true));
    set("welcome", "enabled", json!(false));
    set("icebreakers", "newcomers", json!(false));
    set("icebreakers", "room-rhythm", json!("off"));
    talk.now = "2026-10-06T00:00:00Z".parse().unwrap();
    talk.passes(Span::hours(1));
    talk
}

/// What leads are told, and what becomes of it, in the next so many hours.
fn leads_hear(talk: &mut Dialogue, hours: i64) -> Vec<String> {
    let mut lines = Vec::new();
    for _ in 0..hours {
        lines.extend(talk.passes(Span::hours(1)));
    }
    lines.into_iter().map(|line| line.replace("https://matrix.to/#/", "")).collect()
}

fn said(who: &str, room: &str, talk: &Dialogue, to: Option<&EventId>, thread: Option<&EventId>) -> Event {
    let source = MessageContext {
        room: room_id(room),
        event: EventId::from(format!("$by-{who}-{}", talk.now.as_second())),
        thread: thread.cloned(),
        direct: false,
        at: talk.now,
        cleartext: true,
        mentions: Vec::new(),
    };
    let to = to.map(|event| MessageRef { event: event.clone(), key: None });
    Event::Said(Said { by: user(who), source, to, text: "hello".to_owned() })
}

fn event_of(event: &Event) -> EventId {
    let Event::Said(said) = event else { panic!("a message") };
    said.source.event.clone()
}

/// Somebody joins and writes for the first time.
fn arrives(talk: &mut Dialogue, who: &str, room: &str) -> EventId {
    talk.joins(who, room);
    let hello = said(who, room, talk, None, None);
    assert!(talk.happens(&hello).is_empty());
    event_of(&hello)
}

#[test]
fn what_nobody_has_answered_in_its_first_hours_is_told_in_the_morning_and_goes_when_it_is_answered() {
    let mut talk = talk();
    let kim = arrives(&mut talk, "kim", "lobby");
    arrives(&mut talk, "lou", "craft");
    let told = leads_hear(&mut talk, 10);
    insta::assert_snapshot!(told.join("\n"), @r"
    #leads prompt: **To answer today:** newcomers wrote here for the first time, and nobody has answered yet. I take this away when they have been answered, or after three days.

    - [lobby, Tue 6 Oct, 01\:00](!lobby:t/$by-kim-1791248400?via=t)
    - [craft, Tue 6 Oct, 01\:00](!craft:t/$by-lou-1791248400?via=t)
    ");
    // Only one of them is answered.
    let answer = said("ana", "lobby", &talk, Some(&kim), None);
    let told = talk.happens(&answer).join("\n");
    assert!(told.starts_with("edit to-answer/2026-10-06: ") && !told.contains("kim") && told.contains("lou"), "{told}");
    talk.reacts("ben", "welcome", "to-answer/2026-10-06", "👍");
    let answer = said("ben", "craft", &talk, None, None);
    assert_eq!(talk.happens(&answer), ["redact to-answer/2026-10-06"]);
    assert!(leads_hear(&mut talk, 48).is_empty());
}

#[test]
fn a_reply_a_thread_a_reaction_or_the_next_word_is_an_answer_and_ones_own_is_none() {
    type Answer = fn(&Dialogue, &EventId) -> Event;
    let answers: [(Answer, bool); 7] = [
        (|talk, first| said("ana", "lobby", talk, Some(first), None), true),
        (|talk, first| said("ana", "lobby", talk, None, Some(first)), true),
        (|talk, _| said("ana", "lobby", talk, None, None), true),
        (
            |talk, first| Event::Reacted {
                by: user("ana"),
                room: room_id("lobby"),
                event: "$r".into(),
                to: MessageRef { event: first.clone(), key: None },
                with: "👋".to_owned(),
                at: talk.now,
                author: None,
                lead: false,
            },
            true,
        ),
        (|talk, _| said("ana", "craft", talk, None, None), false),
        (|talk, _| said("ana", "lobby", talk, None, Some(&"$other".into())), false),
        (|talk, first| said("kim", "lobby", talk, Some(first), None), false),
    ];
    for (number, (answer, is_one)) in answers.into_iter().enumerate() {
        let mut talk = talk();
        let first = arrives(&mut talk, "kim", "lobby");
        talk.passes(Span::minutes(30));
        let event = answer(&talk, &first);
        talk.happens(&event);
        assert_eq!(leads_hear(&mut talk, 12).is_empty(), is_one, "{number}");
    }
}

#[test]
fn the_list_has_five_at_most_one_message_a_day_and_is_gone_after_three_days() {
    let mut talk = talk();
    for who in ["ada", "bob", "cid", "dan", "eve", "fay", "gus"] {
        talk.joins(who, "lobby");
        let hello = said(who, "lobby", &talk, None, Some(&format!("$thread-{who}").as_str().into()));
        talk.happens(&hello);
    }
    let told = leads_hear(&mut talk, 10);
    assert_eq!(told.len(), 1, "{told:#?}");
    assert_eq!(told[0].matches("\n- [").count(), 5, "{told:#?}");
    // What was told stays; after a while all of it is too old, and the message is removed.
    let told = leads_hear(&mut talk, 24 * 4);
    assert_eq!(told, ["redact to-answer/2026-10-06"]);
    assert!(talk.records("welcome").iter().all(|(key, _)| !key.starts_with("first") && !key.starts_with("list")));
}

#[test]
fn who_is_no_newcomer_or_opted_out_or_writes_elsewhere_is_on_no_list() {
    let mut talk = talk();
    talk.happens(&Event::Present { who: vec![user("old")], room: room_id("lobby") });
    let hello = said("old", "lobby", &talk, None, None);
    talk.happens(&hello);
    arrives(&mut talk, "kim", "leads");
    arrives(&mut talk, "lou", "lobby");
    talk.tells("lou", "opt-out");
    talk.tells("mia", "opt-out");
    arrives(&mut talk, "mia", "craft");
    assert!(leads_hear(&mut talk, 12).iter().all(|line| !line.starts_with("#leads")));
    assert!(talk.records("welcome").iter().all(|(key, _)| !key.starts_with("first")), "{:?}", talk.records("welcome"));
}

#[test]
fn whoever_opts_out_leaves_or_removes_their_words_is_taken_off_the_list() {
    let ways: [fn(&mut Dialogue, &EventId) -> Vec<String>; 3] = [
        |talk, _| talk.tells("kim", "opt-out"),
        |talk, _| talk.leaves("kim", "lobby"),
        |talk, first| {
            talk.happens(&Event::Redacted { room: room_id("lobby"), event: first.clone(), key: None, at: talk.now })
        },
    ];
    for (number, way) in ways.into_iter().enumerate() {
        let mut talk = talk();
        let first = arrives(&mut talk, "kim", "lobby");
        assert_eq!(leads_hear(&mut talk, 10).len(), 1);
        let mut lines = way(&mut talk, &first);
        lines.extend(leads_hear(&mut talk, 1));
        assert!(lines.contains(&"redact to-answer/2026-10-06".to_owned()), "{number}: {lines:#?}");
    }
}

#[test]
fn it_is_off_unless_leads_want_it_and_when_they_want_it_no_more_nothing_of_it_stays() {
    let mut talk = talk();
    arrives(&mut talk, "kim", "lobby");
    assert_eq!(leads_hear(&mut talk, 10).len(), 1);
    talk.says("lea", "leads", "!hearth settings welcome to-answer no");
    assert_eq!(leads_hear(&mut talk, 1), ["redact to-answer/2026-10-06"]);
    assert!(talk.records("welcome").iter().all(|(key, _)| key.starts_with("known")), "{:?}", talk.records("welcome"));
    arrives(&mut talk, "lou", "lobby");
    assert!(leads_hear(&mut talk, 36).is_empty());
}
