//! Retrospectives as minutes of a session, live and over days, and under a storm of whatever people may send.

use hearth_shared::activity::Kind;

use super::{Count, DotsOf, NoteOf, Past, PastOf, Retros, Told, ToldOf, WorthOf, state};
use crate::{Outgoing, Records, Span, dialogue::Dialogue, records::RecordSet as _, secret};

mod few;
mod late;
mod live;
mod mistakes;
mod slow;
mod storm;
mod taps;
mod two;

/// What is said, a line an effect, with the bot's acknowledgements on one line.
fn minutes(lines: &[String]) -> String {
    lines.join("\n")
}

/// Time passes; what is said that other practices did not think of by themselves.
fn passes(talk: &mut Dialogue, span: Span) -> Vec<String> {
    let of_others = |line: &String| line.contains("(nudge)") || line.starts_with("button prompt/");
    talk.passes(span).into_iter().filter(|line| !of_others(line)).collect()
}

/// Everybody writes to the bot what stands after their name.
fn tell_all(talk: &mut Dialogue, lines: &[(&str, &str)]) {
    for (who, text) in lines {
        let said = talk.tells(who, text);
        assert!(said.iter().any(|line| line.starts_with("react: ") || line.contains(" dots)")), "{who}: {said:?}");
    }
}

/// What went to the activity log about retrospectives: kind, person, value, name, and what it belongs to or is called.
fn logged(talk: &Dialogue) -> Vec<String> {
    let kinds = [
        Kind::RetroStarted,
        Kind::RetroJoined,
        Kind::RetroTheme,
        Kind::RetroClosed,
        Kind::RotiAnswered,
        Kind::Facilitated,
    ];
    let or_none = |text: &Option<String>| text.clone().unwrap_or_else(|| "-".to_owned());
    let rows = talk.entries.iter().filter(|entry| kinds.contains(&entry.kind));
    rows.map(|entry| {
        let value = entry.value.map_or_else(|| "-".to_owned(), |value| value.to_string());
        format!(
            "{:?} {} {value} {} in {} {}",
            entry.kind,
            entry.by.localpart(),
            or_none(&entry.name),
            or_none(&entry.within),
            or_none(&entry.label)
        )
    })
    .collect()
}

/// The sealed records.
fn sealed(talk: &Dialogue) -> Vec<String> {
    let rows = talk.records("retro").into_iter();
    rows.map(|(key, _)| key).filter(|key| key.starts_with("sealed/")).collect()
}

#[test]
fn rows_that_say_their_kind_beside_their_value_are_read() {
    let retro = r#"{"retro":{"number":4,"room":"!craft:t","start":"$a","thread":null,"card":null,"facilitator":"@ana:t","columns":[],"pace":{"vote":"5m","theme":"8m"},"started":"2026-10-05T09:00:00Z","phase":"collect","due":null,"moved":"2026-10-05T09:00:00Z","turn":1,"letters":1,"counted":0,"joined":{"@ben:t":false},"left":[],"notes":[],"groups":[],"result":null,"order":[],"theme":0,"heard":[]}}"#;
    let rows = [
        ("count", r#"{"count":4}"#),
        ("retro/4", retro),
        ("told/@ben:t", r#"{"told":{"retro":4,"turn":1}}"#),
        ("room/!craft:t", r#"{"room":{"themes":[["Deploys"]],"ended":"$b"}}"#),
    ];
    let rows = rows.map(|(key, json)| (key.to_owned(), json.to_owned())).into();
    let (records, unread) = Records::<Retros>::load_readable(rows);
    assert!(unread.is_empty(), "{unread:?}");
    assert_eq!(records.get(&Count {}), Some(&4));
    assert!(state::retro(&records, 4).unwrap().knows(&"@ben:t".into()));
    assert_eq!(records.get(&ToldOf { person: "@ben:t".into() }), Some(&Told { retro: 4, turn: 1 }));
    let past = Past { themes: vec![vec!["Deploys".to_owned()]], ended: Some("$b".into()), asked: None };
    assert_eq!(records.get(&PastOf { room: "!craft:t".into() }), Some(&past));
}

#[test]
fn what_was_handed_in_before_an_upgrade_counts_after_it() {
    let rows = [
        ("sealed/retro-4-dots/dots/4/@ben:t", r#"{"chosen":[[1,3]],"said":[{"room":"!d","event":"$v"}]}"#),
        (
            "sealed/retro-4-worth/worth/4/@ben:t",
            r#"{"chosen":3,"at":"2026-10-05T09:00:00Z","said":[{"room":"!d","event":"$w"}]}"#,
        ),
        ("sealed/retro-4/note/4/$n/0/@ben:t", r#"{"room":"!d","column":1,"text":"tea"}"#),
    ];
    let rows = rows.map(|(key, json)| (key.to_owned(), json.to_owned())).into();
    let (mut records, unread) = Records::<Retros>::load_readable(rows);
    assert!(unread.is_empty(), "{unread:?}");
    assert_eq!(secret::close::<DotsOf>(&mut records, 4).papers, [(String::new(), vec![(1, 3)])]);
    assert_eq!(secret::close::<WorthOf>(&mut records, 4).papers, [(String::new(), 3)]);
    let (notes, sweep) = secret::destroy::<NoteOf>(&mut records, 4);
    assert_eq!(notes[0].1.text, "tea");
    assert_eq!(sweep, [Outgoing::RedactEvent { room: "!d".into(), event: "$n".into() }.send()]);
    assert_eq!(records.dump().len(), 0);
}
