//! Commands as people write them, read with the practices that there are.

use hearth_practices::{
    Words,
    command::{Line, addressed, is_too_late, parse},
    registry,
    words::nearest,
};
use jiff::{SignedDuration, Timestamp};
use proptest::prelude::*;

const NAMES: [&str; 2] = ["Hearth", "@hearth:example.org"];

fn heard(text: &str) -> Option<&str> {
    addressed(registry::ALL.catalogue(), text, "!hearth", &NAMES)
}

/// The practice and the verb, or the mistake.
fn read(text: &str, explicit: bool) -> Option<String> {
    parse(registry::ALL.catalogue(), text, explicit, "!hearth", Words::english()).map(|line| match line {
        Line::Command(owner, matches) => {
            format!("{} {}", registry::ALL[owner].name, matches.subcommand_name().unwrap_or_default())
        }
        Line::Mistake(mistake) => mistake,
    })
}

#[test]
fn the_prefix_is_heard_in_every_case_and_with_punctuation() {
    for text in ["!hearth help", "!Hearth  help", " !HEARTH: help", "!hearth, help", "!hearth:help", "!hearth\nhelp"] {
        assert_eq!(heard(text), Some("help"), "{text}");
    }
    for text in ["!hearth", "!hearth ", "!hearth?", "!Hearth!"] {
        assert_eq!(heard(text), Some(""), "{text}");
    }
}

#[test]
fn a_mention_is_as_good_as_the_prefix() {
    for text in ["hearth: help", "@hearth help", "Hearth, help", "@hearth:example.org: help", "@Hearth: help"] {
        assert_eq!(heard(text), Some("help"), "{text}");
    }
    assert_eq!(heard("Hearth opt out"), Some("opt out"));
}

#[test]
fn other_words_are_not_for_the_bot() {
    for text in [
        "!hearthling help",
        "!hearth-bot help",
        "!hearth_x",
        "!help",
        "say !hearth help",
        "hearthstone: help",
        "@hearth:elsewhere.org help",
        "Hearth is a nice thing",
        "",
        "!heärth",
    ] {
        assert_eq!(heard(text), None, "{text}");
    }
    assert_eq!(addressed(registry::ALL.catalogue(), "anything", "", &["", "@"]), None);
}

#[test]
fn people_write_verbs_in_their_own_way() {
    assert_eq!(read("HELP", true).unwrap(), "help help");
    assert_eq!(read("Hilfe!", true).unwrap(), "help help");
    assert_eq!(read("my data", true).unwrap(), "privacy my-data");
    assert_eq!(read("forget me yes", true).unwrap(), "privacy forget-me");
    assert_eq!(read("Opt out.", false).unwrap(), "privacy opt-out");
}

#[test]
fn a_mistake_says_what_was_wrong_and_what_to_do() {
    insta::assert_snapshot!(
        ["", "hepl", "dance", "**dance**", "my-data `now`", "\"help", "help --loud", "privacy —all"]
            .map(|text| format!("{text:13} → {}", read(text, true).unwrap_or_default()))
            .join("\n"),
        @r#"
                  → I'm here. `!hearth help` shows what I can do.
    hepl          → I don't know “hepl”. Did you mean `!hearth help`?
    dance         → I don't know “dance”. `!hearth help` shows what I can do.
    **dance**     → I don't know “\*\*dance\*\*”. `!hearth help` shows what I can do.
    my-data `now` → I don't know what to do with `'now'`. Like this: `!hearth my-data`. More: `!hearth help my-data`.
    "help         → There is a quotation mark without its partner. Put one at each end, or leave both out.
    help --loud   → help help
    privacy —all  → I don't know what to do with `--all`. Like this: `!hearth privacy`. More: `!hearth help privacy`.
    "#
    );
}

#[test]
fn without_prefix_an_ordinary_sentence_stays_one() {
    for text in ["", "I like it here", "privacy matters to me", "hepl", "what's \"this", "opt for tea"] {
        assert_eq!(read(text, false), None, "{text}");
    }
    assert_eq!(read("privacy", false).unwrap(), "privacy privacy");
    assert!(read("help \"me", false).unwrap().starts_with("There is a quotation mark"));
}

#[test]
fn an_option_is_read_with_a_space_a_sign_or_a_phones_dash() {
    if registry::ALL.named("poll").is_none() {
        return;
    }
    for text in ["--close 2h", "--close=2h", "—close 2h", "–close=2h"] {
        assert_eq!(read(&format!("poll “Where to?” A | B {text}"), true).unwrap(), "poll poll", "{text}");
    }
    assert_eq!(read("poll “When – or never?” Mon – Tue | Wed", true).unwrap(), "poll poll");
}

#[test]
fn the_nearest_is_near() {
    let known = ["poll", "privacy", "settings", "opt-out"];
    for (written, meant) in [
        ("pol", Some("poll")),
        ("Setings", Some("settings")),
        ("optout", Some("opt-out")),
        ("priv", Some("privacy")),
        ("help", None),
        ("", None),
    ] {
        assert_eq!(nearest(written, known), meant, "{written}");
    }
}

#[test]
fn a_day_later_only_what_withdraws_and_votes_are_taken() {
    let (all, said) = (registry::ALL.catalogue(), Timestamp::UNIX_EPOCH);
    let late = |text: &str, hours| {
        let line = parse(all, text, true, "!hearth", Words::english()).unwrap();
        is_too_late(all, &line, said, said + SignedDuration::from_hours(hours))
    };
    for text in ["poll close", "action @ana:t tidy up by friday", "opt-in", "my-data", "dnace", ""] {
        assert!(!late(text, 24) && late(text, 25), "{text}");
    }
    for text in ["opt out", "forget-me yes", "vergiss-mich", "vote 2", "stimme 2", "dots 1:2"] {
        assert!(!late(text, 24 * 30), "{text}");
    }
    assert!(!late("poll close", -1), "a clock that is ahead");
}

proptest! {
    #[test]
    fn no_line_is_too_strange(text in "\\PC*", explicit: bool) {
        let _ = addressed(registry::ALL.catalogue(), &text, "!hearth", &NAMES);
        let _ = parse(registry::ALL.catalogue(), &text, explicit, "!hearth", Words::english());
    }

    #[test]
    fn no_line_of_strange_parts_is_too_strange(
        parts in prop::collection::vec(
            prop::sample::select(vec![
                "!hearth", "@hearth", "ß", "İ", "poll", "settings", "help", " ", "\"", "“", "„", "«", "'", "’", "—", "–", "--",
                "-", "=", "|", "\\", ":", "\n", "close", "\u{0}", "👋🏽", "\u{202e}", "`",
            ]),
            0..24,
        ),
    ) {
        let text = parts.concat();
        for prefix in ["!hearth", "ß", "👋"] {
            let rest = addressed(registry::ALL.catalogue(), &text, prefix, &NAMES).unwrap_or(&text);
            let _ = parse(registry::ALL.catalogue(), rest, true, prefix, Words::english());
            let _ = parse(registry::ALL.catalogue(), rest, false, prefix, Words::english());
        }
    }
}
