//! What leads choose to try, and what they share.

use std::collections::BTreeSet;

use hearth_shared::report::JUDGED;
use serde_json::json;

use super::{AIMS, aim_words};
use crate::{
    Answer, Event, Shared,
    dialogue::{Dialogue, user},
};

#[test]
fn a_lead_tries_one_thing_at_a_time() {
    let mut talk = Dialogue::new();
    let said = talk.says("lea", "lobby", "!hearth report try two greeters a week --aim newcomers");
    assert_eq!(said.len(), 2, "where it was asked, and to the other leads: {said:?}");
    assert!(said[0].contains(
        "Good luck with “two greeters a week”! When three full months are over, the report says whether newcomers"
    ));
    assert!(said[1].starts_with("#leads notice:"), "{said:?}");
    let expected = json!({"what": "two greeters a week", "measure": "new_posters", "aim": "more", "since": "2026-10"});
    assert_eq!(talk.records("report"), [("experiment".to_owned(), expected)]);
    assert!(talk.says("ben", "lobby", "!hearth report")[0].contains("for newcomers"));
    assert_eq!(talk.says("lea", "leads", "!hearth report try shorter evenings --aim stimmen").len(), 1);
    assert_eq!(talk.records("report").len(), 1);
    assert!(talk.says("lea", "lobby", "!hearth report stop")[0].contains("“shorter evenings” is over"));
    assert!(talk.says("lea", "lobby", "!hearth report stop")[0].contains("Nothing is being tried"));
}

#[test]
fn leads_aim_at_what_a_report_judges_and_what_was_aimed_at_before_keeps_its_word() {
    assert_eq!(AIMS.map(|(_, _, measure)| measure).into_iter().collect::<BTreeSet<_>>(), BTreeSet::from(JUDGED));
    assert_eq!(aim_words("new_posters"), ("newcomers", "neue"));
    assert_eq!(aim_words("newcomer_unanswered"), ("newcomers", "neue"));
    assert_eq!(aim_words("isolated_share"), ("connection", "verbindung"));
    assert_eq!(aim_words("action_completion"), ("actions", "vorhaben"));
}

#[test]
fn what_does_not_fit_is_answered() {
    let mut talk = Dialogue::new();
    let mut say = |who: &str, text: &str| talk.says(who, "lobby", text).remove(0);
    assert!(say("lea", "!hearth report try").contains("What would you like to try?"));
    assert!(say("lea", "!hearth report try more cake").contains("`activity`, `voices`, `answers`, `newcomers`?"));
    assert!(say("lea", "!hearth report try more cake --aim connection").contains("whether “connection” gets better"));
    assert!(say("lea", "!hearth report try more cake --aim cake").contains("whether “cake” gets better"));
    assert!(say("lea", &format!("!hearth report try {} --aim voices", "x".repeat(201))).contains("201 characters"));
    assert!(say("ben", "!hearth report try more cake --aim voices").contains("for leads"));
    assert!(say("ben", "!hearth report share").contains("for leads"));
}

#[test]
fn whoever_shares_a_report_hears_where_they_asked_what_became_of_it() {
    let mut talk = Dialogue::new();
    let mut shares = |answer: Answer| {
        assert_eq!(talk.says("lea", "leads", "!hearth report share"), ["ask ShareReport"]);
        let said = talk.world_answers(answer);
        assert!(said.len() == 1 && said[0].starts_with("#leads notice: "), "{said:?}");
        assert_eq!(talk.records("report"), [], "nobody waits any more");
        said[0]["#leads notice: ".len()..].to_owned()
    };
    assert!(shares(Answer::Shared(Shared::Told("2026-09".to_owned()))).contains("the lobby knows how Sep 2026 was"));
    assert!(shares(Answer::Shared(Shared::Already("2026-09".to_owned()))).contains("has had Sep 2026 already"));
    assert!(shares(Answer::Shared(Shared::TooLittle("2026-09".to_owned()))).contains("there is too little"));
    assert!(shares(Answer::Shared(Shared::NoneYet)).contains("no report yet"));
    assert!(shares(Answer::Failed).contains("couldn't share"));
}

#[test]
fn two_leads_who_share_at_once_are_each_answered_and_whoever_was_forgotten_is_not() {
    let mut talk = Dialogue::new();
    talk.leads.push(user("kim"));
    talk.says("lea", "leads", "!hearth report share");
    talk.says("kim", "craft", "!hearth report share");
    let told = || Answer::Shared(Shared::Told("2026-09".to_owned()));
    assert!(talk.world_answers(told())[0].starts_with("#leads "));
    assert!(talk.world_answers(told())[0].starts_with("#craft "));
    talk.says("lea", "leads", "!hearth report share");
    talk.happens(&Event::Forgotten { who: user("lea") });
    assert_eq!(talk.world_answers(told()), [""; 0]);
}

#[test]
fn there_is_nothing_to_share_with_where_there_is_no_lobby() {
    let mut talk = Dialogue::new();
    talk.community.lobby = None;
    assert!(talk.says("lea", "leads", "!hearth report share")[0].contains("settings community lobby here"));
}
