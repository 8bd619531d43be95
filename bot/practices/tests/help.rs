//! Help, as minutes of what was said.

use hearth_practices::{Words, dialogue::Dialogue, registry};

#[test]
fn help_shows_every_practice_in_few_lines() {
    let mut talk = Dialogue::new();
    let lines = talk.says("ana", "lobby", "!hearth help");
    assert_eq!(lines.len(), 1);
    for practice in registry::ALL.iter() {
        let about = Words::english().find_attribute(practice.name, "about").unwrap();
        assert!(lines[0].contains(&about), "{about} in {}", lines[0]);
    }
    let said = lines[0].lines().filter(|line| !line.is_empty()).count();
    assert!(said <= registry::ALL.len() + 6, "{said} lines");
    assert!(lines[0].contains("- `!hearth privacy` – See what I keep about you"));
}

#[test]
fn help_with_one_thing() {
    let mut talk = Dialogue::new();
    insta::assert_snapshot!(talk.says("ana", "lobby", "!hearth help privacy").join("\n"), @"
    #lobby notice: **Privacy** – See what I keep about you, stop it, erase it.

    - `!hearth privacy` – what I keep, and for how long
    - `!hearth my-data` – a copy of everything about you
    - `!hearth opt-out` and `!hearth opt-in` – stop being logged, and start again
    - `!hearth forget-me` – erase everything about you
    ");
    assert_eq!(talk.says("ana", "lobby", "!hearth help opt out"), talk.says("ana", "lobby", "!hearth help privacy"));
    let settings = talk.says("ana", "lobby", "@hearth help settings").join("\n");
    assert!(settings.contains("**Community**"), "{settings}");
    assert!(settings.contains("`!hearth settings community`"), "{settings}");
}

#[test]
fn help_says_what_was_perhaps_meant() {
    let mut talk = Dialogue::new();
    insta::assert_snapshot!(talk.says("ana", "lobby", "!hearth help privcy").join("\n"), @"#lobby notice: I have nothing on `privcy`. Did you mean `!hearth help privacy`?");
    let lines = talk.says("ana", "lobby", "!hearth help `dancing` **now**").join("\n");
    assert!(lines.starts_with("#lobby notice: I have nothing on `'dancing' **now**`.\n\nHello!"), "{lines}");
}

#[test]
fn between_the_two_of_us_no_prefix_is_needed() {
    let mut talk = Dialogue::new();
    let lines = talk.tells("ana", "help").join("\n");
    assert!(lines.contains("- `privacy` –") && !lines.contains("!hearth"), "{lines}");
}

#[test]
fn help_speaks_the_communitys_language_and_prefix() {
    let mut talk = Dialogue::new();
    talk.words = Words::of("de").unwrap();
    talk.community.prefix = "!herd".to_owned();
    let lines = talk.says("ana", "lobby", "!herd hilfe datenschuz").join("\n");
    assert_eq!(lines, "#lobby notice: Zu `datenschuz` weiß ich nichts. Meinst du `!herd help datenschutz`?");
    let lines = talk.says("ana", "lobby", "!herd hilfe datenschutz").join("\n");
    assert!(lines.starts_with("#lobby notice: **Datenschutz** – Sieh, was ich"), "{lines}");
    assert!(lines.contains("`!herd my-data`"), "{lines}");
}
