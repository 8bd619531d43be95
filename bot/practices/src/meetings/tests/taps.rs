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
