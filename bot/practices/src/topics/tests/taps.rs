//! Giving dots to topics by tapping.

use super::{passes, proposed};
use crate::{
    Event, EventId, Span,
    dialogue::{Dialogue, room_id},
};

/// The name of the paper that somebody has.
fn paper(talk: &Dialogue, who: &str) -> String {
    let row = talk.records("topics").into_iter().find(|(key, _)| *key == format!("sealed/1/asked/1/@{who}:t"));
    format!("sheet/1/{}", row.unwrap().1["paper"].as_str().unwrap())
}

fn taps(talk: &mut Dialogue, who: &str, with: &str) -> Vec<String> {
    talk.now = Span::minutes(1).after(talk.now);
    let paper = paper(talk, who);
    talk.reacts(who, "topics", &paper, with)
}

#[test]
fn taps_share_the_dots_and_are_taken_back_and_gone_at_the_close() {
    let mut talk = proposed();
    talk.says("ben", "lobby", "!hearth topic vote");
    let people = ["ana", "ben", "cem", "dia", "eve"];
    for who in people {
        talk.reacts(who, "topics", "round/1", "🗳️ Vote");
        taps(&mut talk, who, "3 Pairing");
    }
    let lines = taps(&mut talk, "ben", "1 How we review").join("\n");
    assert!(lines.starts_with("sign gone answer/1/") && lines.ends_with(": ✅ 1● 3●●"), "{lines}");
    assert!(!lines.contains("edit sheet/"), "a tap leaves no text behind: {lines}");
    let own_sign = taps(&mut talk, "ben", "✅ 1● 3●●");
    assert!(own_sign.len() == 1 && own_sign[0].starts_with("@ben redact $"), "it counts for nothing: {own_sign:?}");
    let row = talk.records("topics").into_iter().find(|(key, _)| key.ends_with("sealed-vote/1/@ben:t")).unwrap().1;
    let event = EventId::from(row["taps"][0]["event"].as_str().unwrap());
    let room = room_id("direct-ben");
    let lines = talk.happens(&Event::Redacted { room, event, key: None, at: talk.now }).join("\n");
    assert!(lines.contains(": ✅ 1●●●") && !lines.contains("🧾"), "there is no receipt: {lines}");
    let lines = passes(&mut talk, Span::days(2));
    let all = lines.join("\n");
    assert!(all.contains("🏆 **Pairing**, 12 of 15 dots, 10 in the room"), "{all}");
    assert_eq!(lines.iter().filter(|line| line.starts_with("last edit sheet/1/")).count(), people.len());
    assert_eq!(lines.iter().filter(|line| line.contains(" redact $")).count(), people.len(), "every tap that stood");
    let kept = format!("{:?}", talk.records("topics"));
    assert!(!["sealed/", "@ben", "@eve"].iter().any(|gone| kept.contains(gone)), "{kept}");
}

#[test]
fn in_a_plain_direct_room_dots_that_are_written_are_a_sign_and_no_edit_of_the_paper() {
    let mut talk = proposed();
    talk.says("ben", "lobby", "!hearth topic vote");
    talk.reacts("ben", "topics", "round/1", "🗳️ Vote");
    talk.cleartext = true;
    let paper = paper(&talk, "ben");
    assert_eq!(
        talk.tells("ben", "dots 2:2 3:1")[..2],
        ["react: ✅".to_owned(), format!("sealed sign {paper}: ✅ 2●● 3● · On call, Pairing")]
    );
    let changed = talk.tells("ben", "dots 1:3").join("\n");
    assert!(changed.contains("sign gone answer/1/") && changed.contains(": ✅ 1●●●"), "{changed}");
    let none = talk.tells("ben", "dots none").join("\n");
    assert!(none.contains("sign gone answer/1/"), "{none}");
    assert!(!changed.contains("edit sheet/") && !none.contains("edit sheet/"), "{changed}\n{none}");
}

#[test]
fn of_sixty_topics_the_ten_most_wanted_have_buttons_and_the_others_are_a_tap_away() {
    let mut talk = Dialogue::new();
    for number in 1..=60 {
        talk.says("ana", "lobby", &format!("!hearth topic add Topic {number}"));
    }
    talk.says("ben", "lobby", "!hearth topic vote");
    for who in super::PEOPLE {
        talk.tells(who, "topic vote 12:3");
    }
    talk.says("ben", "lobby", "!hearth topic close");
    talk.says("ben", "lobby", "!hearth topic vote");
    let handed = talk.reacts("cem", "topics", "round/2", "🗳️ Vote").join("\n");
    assert!(handed.contains(": 12 Topic 12\n") && handed.contains(": 9 Topic 9\n"), "{handed}");
    assert!(!handed.contains(": 10 Topic 10") && handed.ends_with(": … 50 more"), "{handed}");
    assert_eq!(handed.matches("button sheet/2/").count(), 11, "ten and one for more: {handed}");
    let row = talk.records("topics").into_iter().find(|(key, _)| *key == "sealed/2/asked/2/@cem:t").unwrap().1;
    let paper = format!("sheet/2/{}", row["paper"].as_str().unwrap());
    let more = talk.reacts("cem", "topics", &paper, "… 50 more").join("\n");
    let named = |number: u32| more.contains(&format!("- **{number}** · Topic {number}\n"));
    assert!((1..=60).all(|number| named(number) != (number < 10 || number == 12)), "{more}");
    assert!(more.ends_with("Vote for one of them: `dots 10:3`. Find one by a word: `topic list review`."), "{more}");
    let found = talk.tells("cem", "topic list 37").join("\n");
    assert_eq!(found, "@cem notice: - **37** · Topic 37 · 0 dots\n\nVote for it: `dots 37:3`.");
    let lines = talk.tells("cem", "dots 37:3").join("\n");
    assert!(lines.contains("✅ **●●● Topic 37**"), "{lines}");
    let lines = talk.reacts("cem", "topics", &paper, "12 Topic 12").join("\n");
    assert!(lines.contains(": ✅ 12●●●"), "{lines}");
}

#[test]
fn a_topic_is_found_by_a_word() {
    let mut talk = proposed();
    assert_eq!(talk.tells("ben", "topic list review"), ["@ben notice: - **1** · How we review"]);
    assert!(talk.says("ben", "lobby", "!hearth topic list REVIEW")[0].contains("**1** · How we review"));
    assert!(talk.tells("ben", "topic list cake")[0].contains("Nothing that waits has `cake` in it"));
}
