//! Privacy, as minutes of what was said.

#![expect(clippy::unwrap_used, reason = "test")]

use hearth_practices::{Span, dialogue::Dialogue};

/// What the bot did, each text only by its first line's beginning.
fn short(lines: Vec<String>) -> String {
    let first = |line: &str| line.lines().next().unwrap_or_default().chars().take(60).collect::<String>();
    lines.iter().map(|line| first(line).trim_end().to_owned()).collect::<Vec<_>>().join("\n")
}

#[test]
fn what_is_kept_is_said_where_it_is_asked() {
    let mut talk = Dialogue::new();
    let lines = talk.says("ana", "lobby", "!hearth privacy");
    assert!(lines[0].starts_with("#lobby notice: **What I keep, and what I don't**"), "{lines:?}");
    assert!(lines[0].lines().count() <= 10);
    assert!(lines[0].contains("`!hearth forget-me`"));
    assert!(talk.tells("ana", "privacy")[0].contains("`forget-me`"), "no prefix between the two of us");
}

#[test]
fn whoever_asks_about_themselves_in_a_room_is_answered_alone() {
    let mut talk = Dialogue::new();
    insta::assert_snapshot!(short(talk.says("ana", "lobby", "!hearth my data")), @"
    react: 👍
    @ana notice: Here comes everything that I keep about you, as
    export ana
    ");
    insta::assert_snapshot!(short(talk.says("ana", "lobby", "!hearth opt out")), @"
    react: 👍
    @ana notice: Done: from now on I log nothing that you do. Yo
    opt out ana
    ");
    insta::assert_snapshot!(short(talk.says("ana", "lobby", "!hearth opt-out")), @"
    react: 👍
    @ana notice: You have opted out already, and it stays that w
    opt out ana
    ");
    insta::assert_snapshot!(short(talk.tells("ana", "opt-in")), @"
    @ana notice: Welcome back: from now on what you do counts in
    opt in ana
    ");
    insta::assert_snapshot!(short(talk.tells("ana", "opt-in")), @"
    @ana notice: All right: what you do counts in the log, witho
    opt in ana
    ");
    assert!(talk.records("privacy").is_empty());
}

#[test]
fn forgetting_asks_first_and_leaves_nothing() {
    let mut talk = Dialogue::new();
    talk.says("ana", "lobby", "!hearth opt-out");
    insta::assert_snapshot!(short(talk.says("ana", "lobby", "!hearth forget-me")), @"
    react: 👍
    @ana prompt: **Shall I forget you?** This can't be undone.
    ");
    assert_eq!(talk.records("privacy").len(), 2);
    insta::assert_snapshot!(short(talk.tells("ana", "forget me yes")), @"
    @ana notice: I'm forgetting you: within a day every line abo
    forget ana
    ");
    assert!(talk.records("privacy").is_empty());
    assert!(!format!("{:?}", talk.records("privacy")).contains("ana"));
}

#[test]
fn a_yes_without_a_question_is_asked_again() {
    let mut talk = Dialogue::new();
    insta::assert_snapshot!(short(talk.tells("ana", "forget-me yes")), @"@ana prompt: **Shall I forget you?** This can't be undone.");
    talk.passes(Span::days(2));
    assert!(talk.records("privacy").is_empty(), "the question does not outlive its day");
    insta::assert_snapshot!(short(talk.tells("ana", "forget-me ja")), @"@ana prompt: **Shall I forget you?** This can't be undone.");
    insta::assert_snapshot!(short(talk.tells("ana", "forget-me perhaps")), @"@ana prompt: **Shall I forget you?** This can't be undone.");
    assert_eq!(short(talk.tells("bo", "forget-me YES")).lines().count(), 1, "ana's question is not bo's");
}

#[test]
fn a_plain_yes_answers_whether_one_is_to_be_forgotten_where_that_was_asked_last() {
    for (lead, yes) in
        [("an icebreaker", "Yes!"), ("nothing", "yes, please"), ("an icebreaker", "ja"), ("nothing", "Ja.")]
    {
        let mut talk = Dialogue::new();
        if lead == "an icebreaker" {
            talk.tells("ana", "icebreaker");
        }
        let room = talk.says("ana", "lobby", "!hearth forget-me");
        assert!(room[1].contains("answer `yes`"), "{room:?}");
        let lines = talk.tells("ana", yes);
        assert_eq!(
            short(lines.clone()),
            "@ana notice: I'm forgetting you: within a day every line abo\nforget ana",
            "{lead}"
        );
        assert!(talk.records("privacy").is_empty());
    }
}

#[test]
fn a_no_leaves_everything_as_it_is_and_a_later_yes_erases_nothing() {
    let mut talk = Dialogue::new();
    talk.tells("ana", "icebreaker");
    talk.tells("ana", "forget-me");
    for words in ["No, thanks", "yes", "nein"] {
        let lines = talk.tells("ana", words);
        assert!(lines.len() == 1 && lines[0].contains("nothing is erased"), "{words}: {lines:?}");
    }
    assert_eq!(short(talk.tells("ana", "forget-me yes")), "@ana prompt: **Shall I forget you?** This can't be undone.");
}

#[test]
fn whatever_else_is_said_before_a_yes_is_treated_as_ever_and_a_yes_to_somebody_else_as_well() {
    let mut talk = Dialogue::new();
    talk.tells("ana", "forget-me");
    for words in ["yes and no", "yes, but what of my messages?", "tell me more"] {
        assert_eq!(talk.tells("ana", words), [""; 0], "{words}");
    }
    assert_eq!(talk.says("ana", "lobby", "yes"), [""; 0], "in a room it is talk");
    let lines = talk.tells("ben", "yes");
    assert!(lines.len() == 1 && lines[0].contains("I'm a bot"), "ben was asked nothing: {lines:?}");
    let (key, _) = talk.tells("ana", "icebreaker").pop().map(|_| talk.records("icebreakers").remove(0)).unwrap();
    assert!(!key.is_empty());
    assert_eq!(talk.tells("ana", "yes"), ["react: 💛"], "the prompt came last");
    assert_eq!(talk.records("privacy").len(), 1);
    let lines = talk.tells("ana", "forget-me yes");
    assert!(lines.last().is_some_and(|line| line == "forget ana"), "{lines:?}");
}

/// The sources of all practices, without their tests.
fn sources(folder: &std::path::Path) -> String {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let parts = entries.filter(|path| path.file_stem().is_none_or(|name| name != "tests"));
    parts.map(|path| if path.is_dir() { sources(&path) } else { std::fs::read_to_string(&path).unwrap() }).collect()
}

#[test]
fn that_the_bot_knows_when_somebody_is_awake_or_away_is_said_as_soon_as_a_practice_asks_and_no_sooner() {
    let sources = sources(&std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src"));
    assert!(sources.contains("Administration::Forget"), "what practices want administered is found");
    let is_asked = ["Administration::Person", "LookUpZone"].iter().any(|what| sources.contains(what));
    let said = [("en", "time zone"), ("de", "Zeitzone")]
        .map(|(language, word)| hearth_practices::Words::of(language).unwrap().privacy_kept().contains(word));
    assert_eq!(said, [is_asked; 2]);
}

#[test]
fn somebody_forgotten_elsewhere_is_forgotten_here() {
    let mut talk = Dialogue::new();
    talk.tells("ana", "opt-out");
    talk.tells("bo", "opt-out");
    talk.happens(&hearth_practices::Event::Forgotten { who: hearth_practices::dialogue::user("ana") });
    let records = talk.records("privacy");
    assert_eq!(records.iter().map(|(key, _)| key.as_str()).collect::<Vec<_>>(), ["out/@bo:t"]);
}
