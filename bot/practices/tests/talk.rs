//! Ordinary words in a direct room, and commands in every language.

use std::collections::BTreeMap;

use hearth_practices::{Span, Words, command::meant, dialogue::Dialogue, registry, spelling::spellings_of};

const HINT: &str =
    "@ana notice: I'm a bot, and I understand commands: `help` shows what I can do, `privacy` what I keep about you.";

#[test]
fn whoever_says_hello_gets_one_line_that_helps_and_may_go_on_talking() {
    let mut talk = Dialogue::new();
    assert_eq!(talk.tells("ana", "hello"), [HINT]);
    for text in ["what can you do?", "nice weather", "opt-out please"] {
        assert_eq!(talk.tells("ana", text), [""; 0], "{text}");
    }
    assert_eq!(talk.tells("ben", "what can you do?").len(), 1, "somebody else");
    talk.restarts();
    talk.passes(Span::hours(25));
    assert_eq!(talk.tells("ana", "hello again"), [HINT], "the next day");
    assert_eq!(talk.says("ana", "lobby", "hello"), [""; 0], "a room is for people");
}

#[test]
fn a_command_in_ordinary_words_is_answered_with_the_command() {
    let said = |text: &str| meant(registry::ALL.catalogue(), text, Words::english()).unwrap_or_default();
    for (text, command) in [
        ("opt-out please", "opt-out"),
        ("How do I opt out?", "opt-out"),
        ("please forget me now", "forget-me"),
        ("privacy matters to me", "privacy"),
        ("hlep", "help"),
        ("can you help me?", "help"),
        ("what is a retro", "help retro"),
        ("welcme", "welcome"),
        ("icebreakers!", "icebreakers"),
        ("Datenschutz bitte", "datenschutz"),
        ("hello", ""),
        ("good morning to you", ""),
        ("", ""),
    ] {
        assert_eq!(said(text), command, "{text}");
    }
    let mut talk = Dialogue::new();
    let lines = talk.tells("ana", "opt-out please");
    assert_eq!(lines, ["@ana notice: If you mean `opt-out`, send just that. `help` shows what else I can do."]);
    talk.words = Words::of("de").unwrap();
    let lines = talk.tells("ben", "was ist eine Umfrage?");
    assert_eq!(
        lines,
        ["@ben notice: Wenn du `hilfe umfrage` meinst, schick nur das. `hilfe` zeigt, was ich noch kann."]
    );
}

#[test]
fn what_somebody_waits_for_gets_no_hint() {
    let mut talk = Dialogue::new();
    talk.says("lea", "craft", "!hearth retro start");
    let no_hint = |lines: Vec<String>| {
        assert!(lines.iter().all(|line| !line.contains("I'm a bot") && !line.contains("If you mean")), "{lines:?}");
    };
    no_hint(talk.tells("ana", "happy: the cake"));
    talk.tells("ben", "icebreaker");
    no_hint(talk.tells("ben", "The cathedral"));
    no_hint(talk.tells("ben", "and the tower"));
    talk.tells("cem", "forget-me");
    no_hint(talk.tells("cem", "well"));
    no_hint(talk.tells("cem", "no"));
    no_hint(talk.tells("dia", "👋"));
    no_hint(talk.told("eve", 60 * 24 * 7, "hello"));
    assert_eq!(talk.tells("eve", "hello").len(), 1);
}

#[test]
fn whoever_is_in_no_community_hears_what_works_everywhere_when_they_say_hello() {
    let mut talk = Dialogue::new();
    for room in ["lobby", "craft", "leads"] {
        talk.absent.insert((hearth_practices::dialogue::user("nia"), hearth_practices::dialogue::room_id(room)));
    }
    let lines = talk.tells("nia", "hello");
    assert!(lines.len() == 1 && lines[0].contains("can't see you in any room"), "{lines:?}");
    assert_eq!(talk.tells("nia", "hello?"), [""; 0]);
}

#[test]
fn every_verb_is_spelt_in_every_language_and_no_spelling_means_two_things() {
    for words in Words::all() {
        let mut meanings: BTreeMap<String, String> = BTreeMap::new();
        for practice in registry::ALL.iter() {
            for verb in practice.verbs() {
                let spellings = spellings_of(words, practice.name, &verb);
                assert!(!spellings.is_empty(), ".verb-{verb} of {} is missing in {}", practice.name, words.tag());
                for spelling in spellings {
                    let other = meanings.insert(spelling.clone(), verb.clone());
                    assert_eq!(other, None, "{spelling} is {verb}, too");
                }
            }
        }
        // Nor do two languages disagree.
        let known = registry::ALL.catalogue();
        for (spelling, verb) in meanings {
            let owner = known.owner(&spelling).map(|owner| known[owner].name);
            assert_eq!(owner, known.owner(&verb).map(|owner| known[owner].name), "{spelling} and {verb}");
            let read = hearth_practices::command::parse(known, &spelling, true, "!hearth", words);
            if known.stands_alone(&verb) {
                let Some(hearth_practices::command::Line::Command(_, read)) = read else { panic!("{spelling}") };
                assert_eq!(read.subcommand_name(), Some(verb.as_str()), "{spelling}");
            }
        }
    }
}

#[test]
fn no_spelling_of_a_word_behind_a_verb_means_two_things() {
    for practice in registry::ALL.iter() {
        for verb in practice.verbs() {
            let mut meanings: BTreeMap<String, String> = BTreeMap::new();
            for inner in practice.inner_words(&verb) {
                for words in Words::all() {
                    let spellings = spellings_of(words, practice.name, &format!("{verb}-{inner}"));
                    assert!(!spellings.is_empty(), ".verb-{verb}-{inner} is missing in {}", words.tag());
                    for spelling in spellings {
                        let other = meanings.insert(spelling.clone(), inner.clone());
                        assert!(other.as_ref().is_none_or(|other| *other == inner), "{verb} {spelling}: {other:?}");
                    }
                }
            }
        }
    }
}

#[test]
fn german_verbs_work_beside_the_english_ones_in_a_german_community() {
    let mut talk = Dialogue::new();
    talk.words = Words::of("de").unwrap();
    let polls = |lines: Vec<String>| lines.iter().any(|line| line.starts_with("#lobby poll"));
    assert!(polls(talk.says("ana", "lobby", "!hearth umfrage \"Wo?\" Park | Café")));
    assert!(polls(talk.says("ana", "lobby", "!hearth poll \"Wann?\" Heute | Morgen")));
    let lines = talk.says("ana", "lobby", "!hearth Umfrage beenden");
    assert!(lines.iter().any(|line| line.ends_with("end of poll")), "{lines:?}");
    let lines = talk.says("lea", "craft", "!hearth retro starten");
    assert!(lines.iter().any(|line| line.contains("Retro 1")), "{lines:?}");
    let lines = talk.says("lea", "craft", "!hearth retrospektive status");
    assert!(lines.iter().all(|line| !line.contains("kann ich nichts anfangen")), "{lines:?}");
    let lines = talk.says("ana", "lobby", "!hearth umfage \"Wo?\" Park | Café");
    let meant = "Meinst du `!hearth umfrage \"Wo?\" Park | Café`?";
    assert!(lines.len() == 1 && lines[0].ends_with(meant), "{lines:?}");
}

#[test]
fn the_switch_of_language_is_confirmed_in_the_new_one() {
    let mut talk = Dialogue::new();
    let lines = talk.says("lea", "leads", "!hearth settings language deutsch");
    assert_eq!(lines, ["#leads notice: Erledigt: `language` ist jetzt `de` (vorher `en`)."]);
    let lines = talk.says("lea", "leads", "!hearth einstellungen language english");
    assert_eq!(lines, ["#leads notice: Done: `language` is now `en` (it was `de`)."]);
}

#[test]
fn leads_have_one_name_in_german() {
    let files = std::fs::read_dir(std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("locales/de")).unwrap();
    for file in files {
        let path = file.unwrap().path();
        let text = std::fs::read_to_string(&path).unwrap();
        for other in ["Leitende", "Leiter", "er leitet,", "die leiten"] {
            assert!(!text.contains(other), "{}: {other}", path.display());
        }
    }
}
