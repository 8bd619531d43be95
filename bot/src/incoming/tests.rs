//! Events as clients send them, and as nobody should.

use super::*;
use serde_json::json;

fn event(kind: &str, content: Value) -> Value {
    json!({"type": kind, "event_id": "$e", "sender": "@ana:t", "origin_server_ts": 1000, "content": content})
}

fn what_of(json: &Value) -> What {
    read(&json.to_string(), false).unwrap().what
}

#[test]
fn a_reply_in_a_thread_is_told_from_a_fallback() {
    let relation = |falls_back: bool| {
        json!({"rel_type": "m.thread", "event_id": "$root", "is_falling_back": falls_back,
               "m.in_reply_to": {"event_id": "$m"}})
    };
    let text = |falls_back| {
        let content = json!({"msgtype": "m.text", "body": "> <@b:t> x\n\nhi", "m.relates_to": relation(falls_back)});
        match what_of(&event("m.room.message", content)) {
            What::Message(text) => text,
            other => panic!("{other:?}"),
        }
    };
    assert_eq!((text(true).reply_to, text(true).thread), (None, Some(EventId::from("$root"))));
    assert_eq!(text(false).reply_to, Some(EventId::from("$m")));
    assert_eq!(text(false).body, "hi");
}

#[test]
fn an_edit_is_no_message() {
    let content =
        json!({"msgtype": "m.text", "body": "* x", "m.relates_to": {"rel_type": "m.replace", "event_id": "$m"}});
    match what_of(&event("m.room.message", content)) {
        What::Edit { of, text } => assert_eq!((of.as_str(), &*text.command), ("$m", "x")),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_profile_change_is_no_join() {
    let mut member = event("m.room.member", json!({"membership": "join"}));
    member["state_key"] = json!("@ana:t");
    assert!(matches!(what_of(&member), What::Member { joined: true, was_joined: None, .. }));
    member["unsigned"] = json!({"prev_content": {"membership": "join"}});
    assert!(matches!(what_of(&member), What::Member { joined: true, was_joined: Some(true), .. }));
    member["unsigned"] = json!({});
    for (membership, before) in [("invite", Some(false)), ("knock", Some(false)), ("leave", None), ("ban", None)] {
        member["content"] = json!({"membership": membership});
        let What::Member { joined: false, was_joined, .. } = what_of(&member) else { panic!("{membership}") };
        assert_eq!(was_joined, before, "{membership}");
    }
}

#[test]
fn a_bridge_speaks_for_itself_only() {
    let mut bridge = event("uk.half-shot.bridge", json!({"bridgebot": "@ana:t", "protocol": {"id": "irc"}}));
    assert_eq!(what_of(&bridge), What::Other, "no state");
    bridge["state_key"] = json!("org.matrix.irc://irc/craft");
    assert_eq!(what_of(&bridge), What::Bridge);
    bridge["sender"] = json!("@lea:t");
    assert_eq!(what_of(&bridge), What::Other, "said of somebody else");
}

#[test]
fn polls_are_read_in_both_forms() {
    let answer = |id: &str| json!({"id": id, "org.matrix.msc1767.text": id});
    let unstable = json!({"org.matrix.msc3381.poll.start": {"kind": "org.matrix.msc3381.poll.disclosed",
        "question": {"org.matrix.msc1767.text": "Q?"}, "answers": [answer("a"), answer("b")]}});
    let stable = json!({"m.poll": {"kind": "m.undisclosed", "max_selections": 2,
        "question": {"m.text": [{"body": "Q?"}]}, "answers": [{"m.id": "a", "m.text": [{"body": "A"}]}]}});
    assert!(matches!(what_of(&event("org.matrix.msc3381.poll.start", unstable)),
        What::PollStart(Poll { hidden: false, max: 1, stable: false, answers, .. }) if answers.len() == 2));
    assert!(matches!(
        what_of(&event("m.poll.start", stable)),
        What::PollStart(Poll { hidden: true, max: 2, stable: true, .. })
    ));
    let vote = json!({"m.relates_to": {"rel_type": "m.reference", "event_id": "$p"},
        "org.matrix.msc3381.poll.response": {"answers": ["a", 7]}});
    assert_eq!(
        what_of(&event("org.matrix.msc3381.poll.response", vote)),
        What::PollVote { poll: EventId::from("$p"), answers: vec!["a".into(), String::new()] }
    );
}

#[test]
fn what_is_no_event_is_refused_and_what_is_odd_is_other() {
    assert!(read("{}", false).is_err());
    assert!(read("[1, 2", false).is_err());
    assert_eq!(what_of(&event("m.room.message", json!({"body": 7}))), What::Other);
    assert_eq!(what_of(&event("m.room.member", json!({"membership": "join"}))), What::Other, "no state key");
    let mut state = event("m.room.member", json!({"membership": "join"}));
    state["state_key"] = json!("@ana:t");
    assert!(read(&state.to_string(), true).is_err(), "state from an encrypted payload");
    let mut redacted = event("m.room.message", json!({}));
    redacted["unsigned"] = json!({"redacted_because": {}});
    assert_eq!(what_of(&redacted), What::Other);
}

/// Every type that clients encrypt, with content that means something.
fn what_clients_encrypt() -> Vec<Value> {
    let of = |rel_type: &str| json!({"rel_type": rel_type, "event_id": "$p"});
    let poll =
        json!({"question": {"m.text": "Q?"}, "answers": [{"id": "a", "m.text": "A"}, {"id": "b", "m.text": "B"}]});
    let mut events = vec![
        event("m.room.message", json!({"msgtype": "m.text", "body": "hi"})),
        event(
            "m.room.message",
            json!({"body": "* ho", "m.new_content": {"body": "ho"}, "m.relates_to": of("m.replace")}),
        ),
        event("m.reaction", json!({"m.relates_to": {"rel_type": "m.annotation", "event_id": "$p", "key": "👍"}})),
    ];
    for (prefix, start, response) in [
        ("m.poll", "m.poll", "m.selections"),
        ("org.matrix.msc3381.poll", "org.matrix.msc3381.poll.start", "org.matrix.msc3381.poll.response"),
    ] {
        events.push(event(&format!("{prefix}.start"), json!({start: poll})));
        let edit = json!({"m.new_content": {start: poll}, "m.relates_to": of("m.replace")});
        events.push(event(&format!("{prefix}.start"), edit));
        events.push(event(&format!("{prefix}.response"), json!({response: ["a"], "m.relates_to": of("m.reference")})));
        events.push(event(&format!("{prefix}.end"), json!({"m.relates_to": of("m.reference")})));
    }
    events
}

#[test]
fn what_clients_encrypt_means_the_same_as_in_the_open() {
    for sent in what_clients_encrypt() {
        let (open, confidential) = (what_of(&sent), read(&sent.to_string(), true).unwrap().what);
        assert_ne!(open, What::Other, "{sent}");
        assert_eq!(open, confidential, "{sent}");
        let cleartext = |decrypted| read(&sent.to_string(), decrypted).unwrap().cleartext;
        assert!(cleartext(false) && !cleartext(true), "who has read it is known of each");
    }
}

#[test]
fn nobody_removes_admits_or_rules_from_inside_a_ciphertext() {
    let contents = json!({"redacts": "$m", "membership": "leave", "body": "x", "users": {"@ana:t": 100}, "name": "x",
        "algorithm": "m.megolm.v1.aes-sha2", "replacement_room": "!other:t", "ciphertext": "x"});
    for kind in [
        "m.room.redaction",
        "m.room.member",
        "m.room.power_levels",
        "m.room.name",
        "m.room.tombstone",
        "m.room.encrypted",
        "m.room.create",
        "org.hearth.direct",
        "m.poll.unheard_of",
        "",
    ] {
        let mut sent = event(kind, contents.clone());
        sent["redacts"] = json!("$m");
        assert_eq!(read(&sent.to_string(), true).unwrap().what, What::Other, "{kind}");
        sent["state_key"] = json!("@ana:t");
        assert!(read(&sent.to_string(), true).is_err(), "{kind} as state");
    }
}

#[test]
fn a_relation_inside_a_ciphertext_counts_only_as_it_stands_outside() {
    let inner = json!({"rel_type": "m.replace", "event_id": "$inner"});
    let decrypted = |relation: Option<&Value>| {
        let mut sent = event("m.room.message", json!({"msgtype": "m.text", "body": "hi"}));
        if let Some(relation) = relation {
            sent["content"]["m.relates_to"] = relation.clone();
        }
        sent.to_string()
    };
    let encrypted = |relation: Option<&Value>| {
        let mut sent = event("m.room.encrypted", json!({"ciphertext": "…"}));
        if let Some(relation) = relation {
            sent["content"]["m.relates_to"] = relation.clone();
        }
        sent.to_string()
    };
    let relation_of = |decrypted: &str, encrypted: &str| {
        let merged: Value = serde_json::from_str(&with_outer_relation(decrypted, encrypted).unwrap()).unwrap();
        assert_eq!(merged["content"]["body"], "hi");
        merged["content"].get("m.relates_to").cloned()
    };
    let outer = json!({"m.in_reply_to": {"event_id": "$outer"}});
    assert_eq!(relation_of(&decrypted(Some(&inner)), &encrypted(None)), None);
    assert_eq!(relation_of(&decrypted(Some(&inner)), &encrypted(Some(&outer))), Some(outer.clone()));
    // As honest clients send it: outside, and inside or not.
    assert_eq!(relation_of(&decrypted(None), &encrypted(Some(&outer))), Some(outer.clone()));
    assert_eq!(relation_of(&decrypted(Some(&outer)), &encrypted(Some(&outer))), Some(outer));
    assert!(claims_relation(&decrypted(Some(&inner))) && !claims_relation(&decrypted(None)));
    assert!(!claims_relation("[]") && with_outer_relation("[]", "{}").is_none());
}

#[test]
fn an_edited_poll_is_no_second_poll() {
    let poll = json!({"question": {"m.text": "Q?"}, "answers": [{"id": "a", "m.text": "A"}]});
    let relation = json!({"rel_type": "m.replace", "event_id": "$p"});
    let start = "org.matrix.msc3381.poll.start";
    // With the new poll for clients that know no edits, and without.
    for content in [
        json!({start: poll, "m.new_content": {start: poll}, "m.relates_to": relation}),
        json!({"m.new_content": {start: poll}, "m.relates_to": relation}),
    ] {
        let what = what_of(&event(start, content));
        assert!(
            matches!(&what, What::PollEdit { of, poll } if of.as_str() == "$p" && poll.question == "Q?"),
            "{what:?}"
        );
    }
    assert_eq!(what_of(&event(start, json!({start: poll, "m.relates_to": relation}))), What::Other);
}

#[test]
fn an_edit_says_what_it_says_and_stays_where_its_message_stands() {
    let content = json!({"body": "* !hearth help @Ana", "m.new_content": {
            "msgtype": "m.text", "body": "!hearth help Ana",
            "formatted_body": "!hearth help <a href=\"https://matrix.to/#/@ana:t\">Ana</a>",
            "m.relates_to": {"rel_type": "m.thread", "event_id": "$elsewhere"}},
        "m.relates_to": {"rel_type": "m.replace", "event_id": "$m"}});
    match what_of(&event("m.room.message", content)) {
        What::Edit { of, text } => {
            assert_eq!((of.as_str(), &*text.command), ("$m", "!hearth help @ana:t"));
            assert_eq!((text.thread, text.reply_to), (None, None));
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn no_event_is_later_than_it_was_received_and_a_late_one_keeps_its_time() {
    let now = Timestamp::from_second(1_791_190_800).unwrap();
    let received = |millisecond: i64| {
        let mut sent = event("m.room.message", json!({"body": "hi"}));
        sent["origin_server_ts"] = json!(millisecond);
        read(&sent.to_string(), false).unwrap().received(now).at
    };
    let of_now = now.as_millisecond();
    assert_eq!(received(of_now + 1), now);
    assert_eq!(received(253_402_000_000_000), now, "the year 9999");
    assert_eq!(received(of_now - 1).as_millisecond(), of_now - 1);
    let (year, weeks) = (365 * 86_400_000, 3 * 7 * 86_400_000);
    for late in [weeks, 12 * year] {
        assert_eq!(received(of_now - late).as_millisecond(), of_now - late);
    }
    assert_eq!((received(0), received(-1)), (now, now), "a clock that stands still");
}

#[test]
fn the_session_of_an_encrypted_event_stands_outside() {
    let sent = event("m.room.encrypted", json!({"session_id": "abc", "ciphertext": "…"}));
    assert_eq!(session_of(&sent.to_string()).as_deref(), Some("abc"));
    assert_eq!(session_of("{}"), None);
}

#[test]
fn what_was_removed_still_says_by_its_transaction_where_it_came_from() {
    let removed = |txn: &str| {
        json!({
            "type": "m.room.message", "event_id": "$e", "sender": "@hearth:t", "origin_server_ts": 1, "content": {},
            "unsigned": {"redacted_because": {"event_id": "$r"}, "transaction_id": txn},
        })
    };
    for txn in ["abc", "abc.bare", "abc.sorry"] {
        let read = read(&removed(txn).to_string(), false).unwrap();
        assert_eq!((read.marker.as_deref(), read.what), (Some("abc"), What::Other), "{txn}");
    }
}
