//! Meetings by taps.

use super::*;

/// A meeting that is on, led by ana.
fn on() -> (Dialogue, &'static str) {
    let mut talk = planned();
    talk.says("ana", "lobby", "!hearth meeting volunteer facilitate");
    let begun = talk.passes(Span::hours(23));
    let card = "meeting/1/2026-10-06";
    let buttons: Vec<&str> =
        begun.iter().filter_map(|line| line.strip_prefix("button meeting/1/2026-10-06: ")).collect();
    assert_eq!(buttons, ["✋ I am in", "▶ next", "+5 min"], "from the first moment");
    (talk, card)
}

#[test]
fn a_meeting_is_joined_and_led_by_taps_alone() {
    let (mut talk, card) = on();
    for who in ["ben", "cem"] {
        assert!(talk.reacts(who, "meetings", card, "✋ I am in").is_empty());
    }
    let more = talk.reacts("ana", "meetings", card, "+5 min");
    assert!(more.len() == 1 && more[0].starts_with("edit meeting/1/") && more[0].contains("until 11:05"), "{more:?}");
    let mut asked = talk.reacts("ana", "meetings", card, "▶ next");
    let mut turns = Vec::new();
    while let Some(pass) = asked.iter().find_map(|line| line.strip_prefix("button ")?.strip_suffix(": pass")) {
        let who = asked[0].split(['[', ']']).nth(1).unwrap().to_owned();
        let pass = pass.to_owned();
        assert!(talk.reacts("dia", "meetings", &pass, "pass").is_empty(), "it is not her turn");
        asked = talk.reacts(&who, "meetings", &pass, "pass");
        assert!(talk.reacts(&who, "meetings", &pass, "pass").is_empty(), "that turn is over");
        turns.push(who);
    }
    assert_eq!(turns, ["ben", "cem", "ana"]);
    assert!(asked[0].contains("That was everybody"), "{asked:?}");
    let attended = logged(&talk).iter().filter(|row| row.starts_with("Attended")).count();
    assert_eq!(attended, 3, "whoever leads is there, too");
}

#[test]
fn a_leads_tap_moves_somebody_elses_meeting_and_not_once_they_lead_no_more() {
    let (mut talk, card) = on();
    talk.leads = vec![user("dia")];
    let more = talk.reacts("dia", "meetings", card, "+5 min").join("\n");
    assert!(more.contains("until 11:05"), "{more}");
    talk.reacts("ben", "meetings", card, "✋ I am in");
    assert!(talk.reacts("dia", "meetings", card, "▶ next").join("\n").contains("button turn/"));
    talk.leads.clear();
    assert!(talk.reacts("dia", "meetings", card, "+5 min").is_empty());
}

/// The topic that the card marks as talked about.
fn marked(lines: &[String]) -> Option<String> {
    let card = lines.iter().find(|line| line.starts_with("edit meeting/1/"))?;
    assert_eq!(card.matches("- **▶ ").count(), usize::from(card.contains("**▶")), "{card}");
    Some(card.split_once("- **▶ ").map_or("", |(_, rest)| rest.split_once("**").unwrap().0).to_owned())
}

#[test]
fn a_pointer_goes_through_the_agenda_by_taps_and_in_words_in_both_languages() {
    for (words, next, back) in [("en", "▶ next", "◀ back"), ("de", "▶ weiter", "◀ zurück")] {
        let mut talk = planned();
        talk.words = Words::of(words).unwrap();
        for text in ["How we review", "On call", "Pairing"] {
            talk.says("ben", "lobby", &format!("!hearth topic add {text}"));
        }
        talk.says("ana", "lobby", "!hearth meeting volunteer facilitate");
        let begun = talk.passes(Span::hours(23));
        let card = "meeting/1/2026-10-06";
        assert!(begun.iter().any(|line| line.ends_with(back)), "there is something to go back to: {begun:?}");
        let tap = |talk: &mut Dialogue, with| marked(&talk.reacts("ana", "meetings", card, with));
        let said = |talk: &mut Dialogue, who, text: &str| marked(&talk.says(who, "lobby", &format!("!hearth {text}")));
        assert_eq!(tap(&mut talk, back), None, "nothing is marked yet");
        assert_eq!(tap(&mut talk, next).as_deref(), Some("1 · How we review"));
        assert_eq!(said(&mut talk, "ana", "meeting next").as_deref(), Some("2 · On call"));
        assert_eq!(said(&mut talk, "ana", "treffen zurück").as_deref(), Some("1 · How we review"));
        assert_eq!(tap(&mut talk, next).as_deref(), Some("2 · On call"));
        // What is discussed is off the agenda, and the pointer goes on behind it.
        talk.answers("ana", "meetings", card, "!hearth topic discussed 2 every week");
        assert_eq!(tap(&mut talk, next).as_deref(), Some("3 · Pairing"));
        assert_eq!(tap(&mut talk, back).as_deref(), Some("1 · How we review"));
        assert_eq!(said(&mut talk, "lea", "treffen weiter").as_deref(), Some("3 · Pairing"), "a lead may");
        assert_eq!(said(&mut talk, "ben", "meeting back"), None, "a member may not");
        assert_eq!(marked(&talk.reacts("ben", "meetings", card, back)), None);
        let round = talk.reacts("ana", "meetings", card, next).join("\n");
        assert!(round.contains("button turn/1/"), "behind the last topic everybody is asked: {round}");
        let asked = talk.says("ana", "lobby", "!hearth meeting next").join("\n");
        assert!(!asked.contains("edit meeting/1/"), "while a round is on it is the round that goes on: {asked}");
    }
}

#[test]
fn the_topic_that_is_talked_about_is_shown_where_the_agenda_is_long() {
    let mut talk = planned();
    for number in 1..=8 {
        talk.says("ben", "lobby", &format!("!hearth topic add Topic {number}"));
    }
    talk.says("ana", "lobby", "!hearth meeting volunteer facilitate");
    talk.passes(Span::hours(23));
    let mut last = Vec::new();
    for _ in 0..7 {
        last = talk.reacts("ana", "meetings", "meeting/1/2026-10-06", "▶ next");
    }
    assert_eq!(marked(&last).as_deref(), Some("7 · Topic 7"));
    let shown =
        |number: u32| last[0].contains(&format!("{number}** · ")) || last[0].contains(&format!("▶ {number} · "));
    assert!((3..=7).all(shown) && !shown(2) && last[0].contains("3 more"), "{last:?}");
}

#[test]
fn nobody_else_leads_a_meeting_by_tapping_its_buttons() {
    let (mut talk, card) = on();
    for who in ["ben", "cem"] {
        for button in ["▶ next", "+5 min", "pass", "▶ weiter"] {
            assert!(talk.reacts(who, "meetings", card, button).is_empty(), "{who} {button}");
        }
    }
    let live = talk.records("meetings").into_iter().find(|(key, _)| key.starts_with("live/")).unwrap().1;
    assert!(live["round"].is_null() && live["end"] == "2026-10-06T09:00:00Z", "{live}");
}
