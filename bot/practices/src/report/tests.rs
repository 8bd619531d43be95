//! What leads choose to try, and what they share.

use serde_json::json;

use crate::dialogue::Dialogue;

#[test]
fn a_lead_tries_one_thing_at_a_time() {
    let mut talk = Dialogue::new();
    let said = talk.says("lea", "lobby", "!hearth report try two greeters a week --aim newcomers");
    assert_eq!(said.len(), 2, "where it was asked, and to the other leads: {said:?}");
    assert!(said[0].contains("Good luck with “two greeters a week”! The next report says what became of newcomers"));
    assert!(said[1].starts_with("#leads notice:"), "{said:?}");
    let expected =
        json!({"what": "two greeters a week", "measure": "newcomer_unanswered", "aim": "less", "since": "2026-10"});
    assert_eq!(talk.records("report"), [("experiment".to_owned(), expected)]);
    assert!(talk.says("ben", "lobby", "!hearth report")[0].contains("for newcomers"));
    assert_eq!(talk.says("lea", "leads", "!hearth report try shorter evenings --aim stimmen").len(), 1);
    assert_eq!(talk.records("report").len(), 1);
    assert!(talk.says("lea", "lobby", "!hearth report stop")[0].contains("“shorter evenings” is over"));
    assert!(talk.says("lea", "lobby", "!hearth report stop")[0].contains("Nothing is being tried"));
}

#[test]
fn what_does_not_fit_is_answered() {
    let mut talk = Dialogue::new();
    let mut say = |who: &str, text: &str| talk.says(who, "lobby", text).remove(0);
    assert!(say("lea", "!hearth report try").contains("What would you like to try?"));
    assert!(say("lea", "!hearth report try more cake").contains("`activity`, `voices`, `answers`"));
    assert!(say("lea", "!hearth report try more cake --aim cake").contains("whether “cake” gets better"));
    assert!(say("lea", &format!("!hearth report try {} --aim voices", "x".repeat(201))).contains("201 characters"));
    assert!(say("ben", "!hearth report try more cake --aim voices").contains("for leads"));
    assert!(say("ben", "!hearth report share").contains("for leads"));
}

#[test]
fn sharing_is_the_shells_to_do_where_there_is_a_lobby() {
    let mut talk = Dialogue::new();
    assert_eq!(talk.says("lea", "leads", "!hearth report share"), ["share the report"]);
    talk.community.lobby = None;
    assert!(talk.says("lea", "leads", "!hearth report share")[0].contains("settings community lobby here"));
}
