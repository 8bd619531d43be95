//! Help, as minutes of what was said.

use hearth_practices::{Effect, Outgoing, To, Words, dialogue::Dialogue, registry};

#[test]
fn help_shows_every_practice_in_few_lines() {
    let mut talk = Dialogue::new();
    let lines = talk.says("ana", "lobby", "!hearth help");
    assert_eq!(lines.len(), 1);
    for practice in registry::ALL.iter() {
        let about = Words::english().find_attribute(practice.name, "about").unwrap();
        assert!(lines[0].contains(&about), "{about} in {}", lines[0]);
    }
    assert!(lines[0].contains("- `!hearth privacy` – See, stop, erase what I keep"));
}

#[test]
fn help_with_one_thing() {
    let mut talk = Dialogue::new();
    insta::assert_snapshot!(talk.says("ana", "lobby", "!hearth help privacy").join("\n"), @"
    #lobby notice: **Privacy** – See, stop, erase what I keep

    - `!hearth privacy` – what I keep, and for how long
    - `!hearth opt-out` – stop being logged, `!hearth opt-in` – start again
    - `!hearth my-data` – a copy of it all, `!hearth forget-me` – erase it
    ");
    assert_eq!(talk.says("ana", "lobby", "!hearth help opt out"), talk.says("ana", "lobby", "!hearth help privacy"));
    insta::assert_snapshot!(talk.says("ana", "lobby", "@hearth help settings").join("\n"), @"
    #lobby notice: **Community** – See what leads can set

    - `!hearth settings` – what can be set
    - `!hearth settings poll` – all about polls, with meanings
    - `!hearth settings poll close-after 2d` – change one (leads)

    More: `!hearth help settings all`.
    ");
    insta::assert_snapshot!(talk.says("ana", "lobby", "@hearth help settings all").join("\n"), @"
    #lobby notice: **Community** – See what leads can set

    - `!hearth settings` – what can be set
    - `!hearth settings poll` – all about polls, with meanings
    - `!hearth settings poll close-after 2d` – change one (leads)
    - `!hearth settings poll close-after default` – and back
    - `!hearth settings leads-room here` – this is the leads' room
    - `!hearth adopt` – look after this room, too, `!hearth release` – let it go
    - `!hearth pause 24 december to 6 january` – days off

    To set it to your liking: `!hearth settings community`.
    ");
    insta::assert_snapshot!(talk.tells("ana", "help ballot").join("\n"), @r#"
    @ana notice: **Ballots** – Decide by sealed ballot

    - `ballot "Where do we meet?" Park | Café | Online` – vote in private
    - `vote` – get your ballot; answer in our direct room, like `vote 2`
    - `ballot close` – end yours sooner

    More: `help ballot all`.
    "#);
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
    assert_eq!(lines, "#lobby notice: Zu `datenschuz` weiß ich nichts. Meinst du `!herd hilfe datenschutz`?");
    let lines = talk.says("ana", "lobby", "!herd hilfe datenschutz").join("\n");
    assert!(lines.starts_with("#lobby notice: **Datenschutz** – Was ich weiß"), "{lines}");
    assert!(lines.contains("`!herd meine-daten`"), "{lines}");
}

/// How many lines a phone shows of a text: it is 42 characters wide, and signs of markdown take no room.
fn lines_on_a_phone(text: &str) -> usize {
    let wrapped = |line: &str| {
        let (mut lines, mut used) = (1, 0);
        for word in line.replace(['`', '*'], "").split(' ') {
            let length = word.chars().count();
            if used > 0 && used + 1 + length > 42 {
                (lines, used) = (lines + 1, length);
            } else {
                used += length + usize::from(used > 0);
            }
        }
        lines
    };
    text.lines().map(wrapped).sum()
}

#[test]
fn help_fits_a_phone() {
    for words in Words::all() {
        let mut talk = Dialogue::new();
        talk.words = words;
        let mut ask = |text: &str| {
            let lines = talk.says("ana", "lobby", text).join("\n");
            lines.strip_prefix("#lobby notice: ").unwrap().to_owned()
        };
        let all = ask("!hearth help");
        assert!(lines_on_a_phone(&all) <= 32, "{} lines:\n{all}", lines_on_a_phone(&all));
        for practice in registry::ALL.iter() {
            let one = ask(&format!("!hearth help {}", practice.name));
            let examples = one.lines().filter(|line| line.starts_with("- ")).count();
            assert!((1..=3).contains(&examples), "{one}");
            assert!(lines_on_a_phone(&one) <= 16, "{} lines:\n{one}", lines_on_a_phone(&one));
            let rest = ask(&format!("!hearth help {} all", practice.name));
            assert!(lines_on_a_phone(&rest) <= 30, "{} lines:\n{rest}", lines_on_a_phone(&rest));
            let more = one.lines().find(|line| line.contains("`!hearth") && !line.starts_with("- "));
            if let Some(more) = more {
                let command = more.split('`').nth(1).unwrap();
                assert_eq!(ask(command), rest, "{command}");
            }
        }
    }
}

#[test]
fn help_in_a_room_is_said_in_a_thread() {
    let mut talk = Dialogue::new();
    talk.says("ana", "lobby", "!hearth help poll");
    let sent = talk.wanted();
    let [(_, Effect::Send(Outgoing::Message(message)))] = &sent[..] else { panic!("{sent:?}") };
    assert!(matches!(&message.to, To::Reply { event, thread: Some(thread), .. } if event == thread), "{message:?}");
    talk.tells("ana", "help poll");
    let sent = talk.wanted();
    let [(_, Effect::Send(Outgoing::Message(message)))] = &sent[..] else { panic!("{sent:?}") };
    assert!(matches!(&message.to, To::Reply { thread: None, .. }), "{message:?}");
}
