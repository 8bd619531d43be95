use std::collections::BTreeSet;

use super::*;
use crate::member::Member;

#[tokio::test]
async fn every_planned_event_is_told_once_and_then_nothing() {
    let scripted = ScriptedHomeserver::play(Plan { events: 600, syncs: 5, rooms: 3 }).await.unwrap();
    let mut member = Member::login(&scripted.url(), "hearth", "any").await.unwrap();
    let mut ids = BTreeSet::new();
    for _ in 0..6 {
        for heard in member.sync(Duration::ZERO).await.unwrap() {
            assert!(ids.insert(heard.id().to_owned()), "told twice: {heard:?}");
        }
    }
    assert_eq!(ids.len(), 600);
    assert!(!scripted.is_read());
    assert!(member.sync(Duration::from_millis(10)).await.unwrap().is_empty());
    scripted.wait_until_read(Duration::from_secs(1)).await.unwrap();
}

#[tokio::test]
async fn given_batches_are_told_in_order_and_what_is_sent_is_kept() {
    let event = |id: &str| json!({"type": "m.room.message", "event_id": id, "sender": "@a:b", "content": {"body": id}});
    let batch = |id: &str| json!({"rooms": {"join": {"!r:b": {"timeline": {"events": [event(id)]}}}}});
    let scripted = ScriptedHomeserver::play_batches(vec![batch("$1"), batch("$2"), batch("$2")]).await.unwrap();
    let mut member = Member::login(&scripted.url(), "hearth", "any").await.unwrap();
    let mut told = Vec::new();
    for _ in 0..3 {
        told.extend(member.sync(Duration::ZERO).await.unwrap().iter().map(|heard| heard.id().to_owned()));
    }
    assert_eq!(told, ["$1", "$2", "$2"]);
    member.say("!r:b", "hello").await.unwrap();
    let (path, content) = scripted.sent().remove(0);
    assert!(path.ends_with("send/m.room.message/SCRIPTED-0"), "{path}");
    assert_eq!(content["body"], "hello");
}

#[tokio::test]
async fn what_is_not_in_the_script_is_unrecognized() {
    let scripted = ScriptedHomeserver::play(Plan::default()).await.unwrap();
    let http = crate::http::Http::new(&scripted.url()).unwrap();
    let error = http.call(reqwest::Method::GET, &["voip", "turnServer"], &[], None).await.unwrap_err();
    assert!(crate::http::is_refused(&error, "M_UNRECOGNIZED"), "{error}");
}
