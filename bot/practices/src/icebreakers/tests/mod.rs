//! Minutes of prompts: who is asked what, when, and when they are left in peace.

mod decks;
mod series;

use hearth_shared::activity::Kind;
use serde_json::json;

use crate::{
    Event, Span, Words,
    dialogue::{Dialogue, room_id, user},
};

/// A stage on which only this practice speaks, and rooms are asked nothing.
fn talk() -> Dialogue {
    let mut talk = Dialogue::new();
    set(&mut talk, "room-rhythm", json!("off"));
    talk.overrides.entry("welcome".into()).or_default().insert("enabled".into(), json!(false));
    talk
}

fn set(talk: &mut Dialogue, key: &str, value: serde_json::Value) {
    talk.overrides.entry("icebreakers".into()).or_default().insert(key.into(), value);
}

fn logged(talk: &Dialogue) -> Vec<(Kind, &str)> {
    talk.logged.iter().map(|(kind, who, _)| (*kind, who.localpart())).collect()
}

/// The key of the prompt that a room or a person got last.
fn key(talk: &Dialogue, record: &str) -> String {
    let (_, record) = talk.records("icebreakers").into_iter().find(|(key, _)| key == record).unwrap();
    ["/current/key", "/given/open/key", "/open/key"]
        .iter()
        .find_map(|path| record.pointer(path)?.as_str().map(str::to_owned))
        .unwrap()
}

/// Lines without the question itself, which is drawn at random in secret.
fn shape(lines: &[String]) -> Vec<String> {
    lines
        .iter()
        .map(|line| {
            let asked = |text: &str| if text.starts_with("> ") { "> …?".to_owned() } else { text.to_owned() };
            line.lines().map(asked).collect::<Vec<_>>().join("\n")
        })
        .collect()
}

#[test]
fn a_newcomer_is_asked_on_the_days_that_leads_set() {
    let mut talk = talk();
    assert!(talk.joins("ana", "lobby").is_empty());
    assert!(passes(&mut talk, Span::hours(24)).is_empty(), "it is nine, and prompts come at ten");
    let first = passes(&mut talk, Span::hours(2));
    assert_eq!(
        shape(&first),
        ["@ana prompt (nudge): A small question from Testers, if you like:\n\n> …?\n\nA sentence is plenty, here or \
          in a room. `pass` is just as good, and `icebreakers stop` ends these questions."]
    );
    let second = passes(&mut talk, Span::days(3));
    assert_eq!(shape(&second), ["@ana prompt (nudge): If you like:\n\n> …?"]);
    assert_eq!(passes(&mut talk, Span::days(30)).len(), 2, "on days 7 and 14");
    assert_eq!(logged(&talk), [(Kind::Prompted, "ana"); 4]);
    let records = talk.records("icebreakers");
    assert_eq!(records.len(), 1);
    assert_eq!(records[0].0, "settled/@ana:t");
}

#[test]
fn an_answer_is_acknowledged_with_one_reaction_and_ends_the_series() {
    let mut talk = talk();
    talk.joins("ana", "lobby");
    passes(&mut talk, Span::hours(26));
    assert_eq!(talk.tells("ana", "The quiet hour before stand-up."), ["react: 💛"]);
    assert!(talk.tells("ana", "And the tea.").is_empty());
    assert_eq!(logged(&talk), [(Kind::Prompted, "ana"), (Kind::PromptAnswered, "ana")]);
    assert_eq!(talk.logged[0].2, talk.logged[1].2, "the prompt's number");
    assert!(passes(&mut talk, Span::days(30)).is_empty());
    assert!(!format!("{:?}", talk.records("icebreakers")).contains("quiet"), "no words are kept");
}

#[test]
fn a_reply_to_the_prompt_is_an_answer_and_a_reply_to_something_else_is_none() {
    let mut talk = talk();
    talk.joins("ana", "lobby");
    passes(&mut talk, Span::hours(26));
    let source = talk.source("direct-ana", true, None);
    let to = Some(crate::MessageRef { event: "$poll".into(), key: None });
    let said = crate::Said { by: user("ana"), source, to, text: "Yes".to_owned() };
    assert!(talk.happens(&Event::Said(said)).is_empty());
    let key = key(&talk, "newcomer/@ana:t");
    assert_eq!(talk.answers("ana", "icebreakers", &key, "Walking."), ["react: 💛"]);
}

/// What is said while time passes, without the buttons.
fn passes(talk: &mut Dialogue, span: Span) -> Vec<String> {
    talk.passes(span).into_iter().filter(|line| !line.starts_with("button ")).collect()
}

#[test]
fn a_pass_is_one_tap_on_the_question_itself_in_a_direct_room_and_in_a_room() {
    let mut talk = talk();
    talk.joins("ana", "lobby");
    let asked = talk.passes(Span::hours(26));
    assert!(asked[1].starts_with("button prompt/") && asked[1].ends_with(": pass"), "from the first moment: {asked:?}");
    let mine = key(&talk, "newcomer/@ana:t");
    assert!(talk.reacts("ana", "icebreakers", &mine, "❤️").is_empty());
    assert_eq!(logged(&talk).len(), 1, "a heart is no pass");
    assert!(talk.reacts("ana", "icebreakers", &mine, "pass").is_empty(), "the tap itself is heard");
    assert_eq!(logged(&talk)[1..], [(Kind::PromptPassed, "ana")]);
    assert!(talk.tells("ana", "too late for an answer").is_empty());
    talk.says("ben", "craft", "!hearth icebreaker");
    let room = talk.records("icebreakers").into_iter().find(|(key, _)| key == "room/!craft:t").unwrap().1;
    let posted = room["current"]["key"].as_str().unwrap().to_owned();
    for _ in 0..2 {
        talk.reacts("cem", "icebreakers", &posted, "Passe");
        talk.reacts("cem", "icebreakers", &posted, "🎉");
    }
    assert_eq!(logged(&talk)[2..], [(Kind::PromptPassed, "cem")], "once, in whichever language");
}

#[test]
fn a_pass_is_heard_and_the_series_goes_on() {
    for pass in ["pass", "Pass!", "pass, thanks", "pass thanks", "!hearth pass", "skip"] {
        let mut talk = talk();
        talk.joins("ana", "lobby");
        passes(&mut talk, Span::hours(26));
        assert_eq!(talk.tells("ana", pass), ["react: 👍"], "{pass}");
        assert_eq!(logged(&talk)[1..], [(Kind::PromptPassed, "ana")]);
        assert_eq!(passes(&mut talk, Span::days(20)).len(), 3);
    }
    let mut talk = talk();
    assert_eq!(talk.tells("ben", "pass"), ["@ben notice: No question is waiting for you, so all is well."]);
}

#[test]
fn who_writes_in_a_room_is_left_in_peace() {
    let mut talk = talk();
    for who in ["ana", "ben"] {
        talk.joins(who, "lobby");
    }
    passes(&mut talk, Span::hours(1));
    talk.says("ana", "craft", "Hello all!");
    talk.says("ben", "craft", "!hearth icebreakers list");
    passes(&mut talk, Span::days(30));
    assert_eq!(logged(&talk), [(Kind::Prompted, "ben"); 4], "a command is not taking part");
    talk.joins("ana", "craft");
    assert!(passes(&mut talk, Span::days(30)).is_empty());
}

#[test]
fn whoever_asks_for_icebreakers_and_nothing_else_is_told_how_they_are_used() {
    let mut talk = talk();
    let said = talk.tells("ana", "icebreakers").concat();
    assert!(said.contains("`icebreaker` – a question here and now") && !said.contains("missing"), "{said}");
    assert!(talk.says("ana", "lobby", "!hearth icebreakers").concat().contains("`!hearth icebreaker` – a question"));
}

#[test]
fn stop_and_start_mean_what_they_say() {
    let mut talk = talk();
    talk.joins("ana", "lobby");
    assert_eq!(
        talk.tells("ana", "icebreakers stop"),
        ["@ana notice: Done, no more questions from me. `!hearth icebreakers start` brings them back."]
    );
    assert!(passes(&mut talk, Span::days(30)).is_empty());
    assert_eq!(
        talk.says("ana", "lobby", "!hearth icebreakers start"),
        ["#lobby notice: Gladly! The next question comes Thu 5 Nov, 10:00."]
    );
    talk.says("ana", "lobby", "I take part, and want the questions too.");
    assert_eq!(passes(&mut talk, Span::days(30)).len(), 4);
    set(&mut talk, "newcomers", json!(false));
    assert!(talk.tells("ana", "icebreakers start")[0].contains("switched off here"));
}

#[test]
fn who_was_there_before_or_left_is_not_asked() {
    let mut talk = talk();
    talk.happens(&Event::Present { who: vec![user("old")], room: room_id("lobby") });
    talk.joins("old", "craft");
    talk.joins("ben", "lobby");
    talk.joins("ben", "craft");
    talk.leaves("ben", "lobby");
    passes(&mut talk, Span::days(2));
    talk.leaves("ben", "craft");
    passes(&mut talk, Span::days(30));
    talk.joins("ben", "lobby");
    passes(&mut talk, Span::days(30));
    assert_eq!(logged(&talk), [(Kind::Prompted, "ben")]);
}

#[test]
fn what_was_missed_comes_once_by_day_and_nothing_comes_a_week_late() {
    let mut talk = talk();
    talk.joins("ana", "lobby");
    talk.joins("ben", "craft");
    // Monday nine o'clock, to Friday two in the morning: days 1 and 3 were missed.
    talk.now = Span::hours(89).after(talk.now);
    assert!(passes(&mut talk, Span::hours(6)).is_empty(), "not at night");
    assert_eq!(passes(&mut talk, Span::hours(2)).len(), 2, "one for each");
    assert_eq!(passes(&mut talk, Span::days(2)).len(), 0);
    talk.now = Span::days(25).after(talk.now);
    assert!(passes(&mut talk, Span::days(1)).is_empty());
    assert!(talk.records("icebreakers").iter().all(|(key, _)| key.starts_with("settled/")));
}

#[test]
fn the_lobby_is_asked_every_tuesday_and_answers_are_counted_once() {
    let mut talk = Dialogue::new();
    passes(&mut talk, Span::hours(1));
    let asked = passes(&mut talk, Span::days(1));
    assert_eq!(
        shape(&asked),
        ["#lobby prompt (nudge): A question for all of us:\n\n> …?\n\nA sentence in the thread is plenty, and `pass` \
          is just as good."]
    );
    let first = key(&talk, "room/!lobby:t");
    assert!(talk.answers("ana", "icebreakers", &first, "Walking").is_empty());
    assert!(talk.answers("ana", "icebreakers", &first, "and tea").is_empty());
    assert_eq!(talk.answers("ben", "icebreakers", &first, "pass"), ["react: 👍"]);
    assert_eq!(talk.says("cem", "lobby", "!hearth pass"), ["react: 👍"]);
    assert_eq!(
        logged(&talk),
        [(Kind::PromptAnswered, "ana"), (Kind::PromptPassed, "ben"), (Kind::PromptPassed, "cem")]
    );
    talk.happens(&Event::Forgotten { who: user("ana") });
    assert!(!format!("{:?}", talk.records("icebreakers")).contains("@ana"));
    let later = passes(&mut talk, Span::days(14));
    assert_eq!(shape(&later), ["#lobby prompt (nudge): A question for all of us:\n\n> …?"; 2]);
}

#[test]
fn a_rhythm_that_is_new_makes_up_for_nothing_and_a_late_prompt_is_skipped() {
    let mut talk = talk();
    passes(&mut talk, Span::hours(2)); // Monday, eleven
    set(&mut talk, "room-rhythm", json!("daily 10:00"));
    set(&mut talk, "room", json!("#Craft"));
    assert!(passes(&mut talk, Span::hours(1)).is_empty());
    let next = passes(&mut talk, Span::days(1));
    assert!(next.len() == 1 && next[0].starts_with("#craft prompt (nudge)"), "{next:?}");
    talk.now = Span::hours(29).after(talk.now); // Wednesday, five in the evening: seven hours late
    assert!(passes(&mut talk, Span::minutes(1)).is_empty());
    assert_eq!(passes(&mut talk, Span::days(1)).len(), 1, "Thursday's");
    talk.now = Span::hours(20).after(talk.now); // Friday, one in the afternoon
    assert_eq!(passes(&mut talk, Span::minutes(1)).len(), 1, "three hours late is not too late");
    talk.now = Span::hours(45).after(talk.now); // Sunday, just after ten
    assert_eq!(passes(&mut talk, Span::minutes(1)).len(), 1, "Saturday's is skipped, not Sunday's with it");
    set(&mut talk, "room-rhythm", json!("off"));
    assert!(passes(&mut talk, Span::days(7)).is_empty());
}

#[test]
fn anybody_may_ask_for_a_question() {
    let mut talk = talk();
    let asked = talk.says("ana", "craft", "!hearth icebreaker");
    assert!(asked.len() == 2 && asked[0].starts_with("#craft prompt: A question for all of us"), "{asked:?}");
    let asked = talk.tells("ana", "icebreaker lessons");
    assert!(asked[0].starts_with("@ana prompt: If you like"), "{asked:?}");
    assert_eq!(talk.tells("ana", "I laugh about the time when …"), ["react: 💛"]);
}

#[test]
fn leads_add_their_own_and_remove_them() {
    let mut talk = talk();
    assert_eq!(
        talk.says("lea", "leads", "!hearth icebreakers add light “Which *test* made you smile?”"),
        ["#leads notice: Thank you! It is number 101, in the deck `light`."]
    );
    assert_eq!(
        talk.says("lea", "leads", "!hearth icebreakers add stories Which test made you cry?"),
        ["#leads notice: Thank you! It is number 102, in the deck `stories`."]
    );
    assert_eq!(
        talk.says("lea", "leads", "!hearth icebreakers add light \"which *test* made you smile?\""),
        ["#leads notice: That question is there already, as number 101."]
    );
    assert_eq!(
        talk.says("ana", "lobby", "!hearth icebreakers list"),
        [
            "#lobby notice: I bring 24 light questions, 24 for work stories and 24 about lessons learned. Your own:\n\n- \
          **101** · light · Which \\*test\\* made you smile?\n- **102** · stories · Which test made you cry?"
        ]
    );
    let rounds: Vec<String> = (0..25).flat_map(|_| talk.says("ana", "craft", "!hearth icebreaker light")).collect();
    assert_eq!(rounds.iter().filter(|line| line.contains(r"Which \*test\* made you smile?")).count(), 1);
    assert_eq!(
        talk.says("lea", "leads", "!hearth icebreakers remove 101"),
        [r"#leads notice: Removed: Which \*test\* made you smile?"]
    );
    assert!(talk.says("lea", "leads", "!hearth icebreakers remove 7")[0].contains("no question of your own"));
    assert!(talk.says("ana", "lobby", "!hearth icebreakers remove 102")[0].contains("Only leads"));
}

#[test]
fn it_speaks_german() {
    let mut talk = talk();
    talk.words = Words::of("de").unwrap();
    talk.joins("ana", "lobby");
    assert_eq!(
        shape(&passes(&mut talk, Span::hours(26))),
        [
            "@ana prompt (nudge): Eine kleine Frage von Testers, wenn du magst:\n\n> …?\n\nEin Satz genügt, hier oder in \
          einem Raum. `passe` ist genauso gut, und `eisbrecherfragen stopp` beendet diese Fragen."
        ]
    );
    assert_eq!(talk.tells("ana", "Passe."), ["react: 👍"]);
}

#[test]
fn a_prompt_that_was_not_sent_waits_for_no_answer_and_may_come_again() {
    let mut talk = Dialogue::new();
    passes(&mut talk, Span::days(2));
    let room = |talk: &Dialogue| {
        let rows = talk.records("icebreakers");
        rows.into_iter().find(|(key, _)| key == "room/!lobby:t").map(|(_, json)| json).unwrap()
    };
    assert_eq!(room(&talk)["seen"].as_array().unwrap().len(), 1);
    let unsent = key(&talk, "room/!lobby:t");
    assert_eq!(talk.happens_for("icebreakers", &Event::Unsent { key: unsent.into() }), [""; 0]);
    let after = room(&talk);
    assert!(after.get("current").is_none() && after.get("seen").is_none(), "{after}");
    assert_eq!(talk.happens_for("icebreakers", &Event::Unsent { key: "another".into() }), [""; 0]);
}
