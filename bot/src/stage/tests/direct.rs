//! Which community, and which practice, is meant in a direct room.

use std::collections::BTreeMap;

use hearth_practices::EventId;
use jiff::SignedDuration;
use proptest::{prelude::*, sample::Index};

use crate::{
    engine::CommunityNumber,
    stage::{Stage, user},
};

const ALL: [&str; 3] = ["Berlin Testers", "Choir", "Guild"];

/// Three communities. ana is in all of them, ben in one.
fn three() -> Stage {
    let mut stage = Stage::new(&[(ALL[0], &["testers"]), (ALL[1], &["choir"]), (ALL[2], &["guild"])]);
    for room in ["testers", "choir", "guild"] {
        stage.comes_to(room, &["ana", "lea", "cem", "dora", "eva"]);
        stage.says("lea", room, "!hearth settings lobby here");
    }
    stage.moves("ben", "choir", true);
    for who in ["ana", "ben", "lea"] {
        stage.direct(who);
    }
    stage
}

type Rows = BTreeMap<CommunityNumber, Vec<String>>;

/// What each community remembers.
fn rows(stage: &Stage) -> Rows {
    let all = ALL.map(|name| stage.core.engine.number_of(name).unwrap());
    let shown =
        |number| stage.core.engine.rows(number).into_iter().map(|(practice, row)| format!("{practice} {row:?}"));
    all.into_iter().map(|number| (number, shown(number).collect())).collect()
}

/// The communities that remember something else than before.
fn changed(stage: &Stage, before: &Rows) -> Vec<&'static str> {
    let now = rows(stage);
    let is_other = |name: &&&str| {
        let number = stage.core.engine.number_of(name).unwrap();
        before[&number] != now[&number]
    };
    ALL.iter().filter(is_other).copied().collect()
}

/// Somebody writes to the bot: what is said, and which communities remember something else than before.
fn tells(stage: &mut Stage, who: &str, text: &str) -> (Vec<String>, Vec<&'static str>) {
    let before = rows(stage);
    let lines = stage.tells(who, text);
    let changed = changed(stage, &before);
    (lines, changed)
}

/// The last message that was sent which says this.
fn card(stage: &Stage, community: &str, practice: &str, key: &str) -> EventId {
    stage.core.store.message(community, practice, &key.into()).unwrap().unwrap().event
}

fn asks_which(lines: &[String]) -> bool {
    matches!(lines, [line] if line.contains("in more than one community"))
}

/// Whether somebody is told what the bot is for, and nothing else.
fn is_hint(lines: &[String]) -> bool {
    matches!(lines, [line] if line.contains("I'm a bot, and I understand commands"))
}

#[test]
fn a_command_is_carried_out_in_the_community_that_it_names_and_in_no_other() {
    let mut stage = three();
    let (lines, communities) = tells(&mut stage, "ana", "icebreakers start");
    assert!(asks_which(&lines), "{lines:#?}");
    assert!(ALL.iter().all(|name| lines[0].contains(name)), "{lines:#?}");
    assert!(lines[0].contains("`in Berlin Testers: …`"), "an example that can be copied: {lines:#?}");
    assert!(communities.is_empty());
    for (text, community) in [
        ("in Choir icebreakers start", "Choir"),
        ("in berlin: icebreakers start", "Berlin Testers"),
        ("!hearth in guild icebreakers start", "Guild"),
    ] {
        let (lines, communities) = tells(&mut stage, "ana", text);
        assert!(!lines.is_empty() && !asks_which(&lines), "{text}: {lines:#?}");
        assert_eq!(communities, [community], "{text}");
    }
    assert_eq!(tells(&mut stage, "ben", "icebreakers start").1, ["Choir"], "the only one that ben is in");
}

#[test]
fn whoever_names_a_community_that_is_not_theirs_is_told_so_and_hears_not_whether_there_is_one() {
    let mut stage = three();
    let answer = |stage: &mut Stage, who: &str, text: &str| {
        let (lines, communities) = tells(stage, who, text);
        assert!(communities.is_empty(), "{text}");
        let [line] = &lines[..] else { panic!("{text}: {lines:#?}") };
        line.clone()
    };
    let other = answer(&mut stage, "ben", "in Guild: icebreakers start");
    assert!(other.contains("can't see you in a community of that name"), "{other}");
    assert_eq!(answer(&mut stage, "ben", "in Nowhere: icebreakers start"), other);
    assert_eq!(answer(&mut stage, "ben", "!hearth in Guild: topic list"), other);
    let (lines, communities) = tells(&mut stage, "ben", "in Guild: see you there");
    assert!(communities.is_empty() && is_hint(&lines), "talk: {lines:#?}");
    stage.direct("nia");
    let guest = answer(&mut stage, "nia", "in Guild: topic list");
    assert_eq!(answer(&mut stage, "nia", "in Nowhere: topic list"), guest);
    assert!(guest.contains("can't see you in any room"), "{guest}");
}

#[test]
fn what_concerns_the_person_is_done_whichever_community_they_name() {
    let mut stage = three();
    stage.moves("ben", "guild", true);
    stage.moves("ben", "guild", false);
    for text in ["in Guild: opt-out", "in Guild: opt-in", "in Nowhere: opt-out", "in Guild: help"] {
        let lines = stage.tells("ben", text);
        assert!(lines.len() == 1 && !lines[0].contains("of that name"), "{text}: {lines:#?}");
    }
    let before = stage.logged();
    stage.says("ben", "choir", "not for the log");
    assert_eq!(stage.logged(), before);
}

#[test]
fn help_and_mistakes_are_answered_once_and_without_a_question() {
    let mut stage = three();
    for text in ["help", "help poll", "!hearth dance", "retro frobnicate", "privacy", "my-data", "opt-out", "opt-in"] {
        let lines = stage.tells("ana", text);
        let answers = lines.iter().filter(|line| !line.contains("file my-data.json")).count();
        assert!(answers == 1 && !asks_which(&lines), "{text}: {lines:#?}");
    }
}

#[test]
fn who_opts_out_is_out_everywhere_whichever_prefix_they_write() {
    let mut stage = three();
    let mut stage = {
        stage.says("ana", "choir", "good morning");
        stage.stop().start(|config| config.communities[2].prefix = "!guild".to_owned())
    };
    let lines = stage.tells("ana", "!guild opt-out");
    assert_eq!(lines.len(), 1, "{lines:#?}");
    for room in ["testers", "choir", "guild"] {
        let before = stage.logged();
        stage.says("ana", room, "not for the log");
        assert_eq!(stage.logged(), before, "{room}");
    }
}

#[test]
fn a_prefix_of_its_own_is_as_good_as_a_name() {
    let mut stage = three().stop().start(|config| config.communities[2].prefix = "!guild".to_owned());
    assert_eq!(tells(&mut stage, "ana", "!guild icebreakers start").1, ["Guild"]);
    assert!(asks_which(&tells(&mut stage, "ana", "!hearth icebreakers start").0), "two share it");
}

#[test]
fn what_is_answered_decides_before_who_asked_last() {
    let mut stage = three();
    stage.tells("ana", "in Choir icebreaker");
    let asked = stage.last_asked("ana");
    stage.tells("ana", "in Guild icebreaker");
    let (before, lines) = (rows(&stage), stage.replies("ana", "direct-ana", asked.as_str(), "The cathedral"));
    assert_eq!((changed(&stage, &before), lines.len()), (vec!["Choir"], 1), "{lines:#?}");
    let before = rows(&stage);
    stage.replies("ana", "direct-ana", asked.as_str(), "icebreakers start");
    assert_eq!(changed(&stage, &before), ["Choir"], "a command, too");
    assert_eq!(tells(&mut stage, "ana", "The workshop").1, ["Guild"], "who asked last");
    assert_eq!(tells(&mut stage, "ana", "icebreakers start").1, ["Guild"]);
    assert_eq!(tells(&mut stage, "ana", "in Choir icebreakers stop").1, ["Choir"], "a name comes before it");
}

#[test]
fn who_asked_a_day_ago_is_not_meant_any_more() {
    let mut stage = three();
    stage.tells("ana", "in Guild icebreaker");
    stage.now += SignedDuration::from_hours(23);
    assert_eq!(tells(&mut stage, "ana", "icebreakers start").1, ["Guild"]);
    stage.now += SignedDuration::from_hours(2);
    assert!(asks_which(&tells(&mut stage, "ana", "icebreakers start").0));
    assert_eq!(tells(&mut stage, "ana", "The workshop").1, ["Guild"], "it is the only one that waits for an answer");
    stage.tells("ana", "in Guild icebreaker");
    stage.tells("ana", "in Choir icebreaker");
    stage.now += SignedDuration::from_hours(25);
    assert!(asks_which(&tells(&mut stage, "ana", "The workshop").0), "two wait for one");
    assert!(is_hint(&tells(&mut stage, "ben", "good morning").0), "talk is talk");
    assert!(tells(&mut stage, "ben", "how are you?").0.is_empty());
}

#[test]
fn a_note_is_taken_once_by_somebody_in_two_retrospectives() {
    let mut stage = three();
    for room in ["choir", "guild"] {
        stage.says("lea", room, "!hearth retro start");
    }
    let (lines, communities) = tells(&mut stage, "ana", "happy: the tea");
    assert!(asks_which(&lines) && communities.is_empty(), "{lines:#?}");
    assert_eq!(tells(&mut stage, "ana", "in Guild: happy: the tea").1, ["Guild"]);
    let card = card(&stage, "Choir", "retro", "retro/1/card");
    stage.reacts("ana", "choir", card.as_str(), "👍");
    assert_eq!(tells(&mut stage, "ana", "happy: the song").1, ["Choir"], "it told her last what to send");
    assert_eq!(tells(&mut stage, "ben", "happy: the rum").1, ["Choir"]);
    // A prompt of a third one asks for any words, but not for these.
    stage.tells("ana", "in Berlin icebreaker");
    let (lines, communities) = tells(&mut stage, "ana", "happy: the cake");
    assert!(asks_which(&lines) && communities.is_empty(), "{lines:#?}");
    stage.says("lea", "choir", "!hearth retro close");
    assert_eq!(tells(&mut stage, "ana", "happy: the cake").1, ["Guild"], "the only one that collects notes");
}

#[test]
fn a_vote_is_counted_where_there_is_a_ballot_and_once() {
    let mut stage = three();
    stage.says("lea", "choir", "!hearth ballot \"Where?\" Here | There");
    assert_eq!(tells(&mut stage, "ana", "vote 1").1, ["Choir"], "there is no other");
    stage.says("lea", "guild", "!hearth ballot \"When?\" Now | Later");
    assert!(asks_which(&tells(&mut stage, "ana", "vote 2").0));
    assert_eq!(tells(&mut stage, "ana", "in Guild vote 2").1, ["Guild"]);
    let paper = card(&stage, "Choir", "ballot", "card/1");
    stage.reacts("ana", "choir", paper.as_str(), "🗳️");
    assert_eq!(tells(&mut stage, "ana", "vote 2").1, ["Choir"], "its paper came last");
}

#[test]
fn plain_words_answer_the_practice_that_asked_last_and_no_other() {
    let mut stage = three();
    stage.says("lea", "choir", "!hearth retro start");
    let retro = card(&stage, "Choir", "retro", "retro/1/card");
    stage.tells("ben", "icebreaker");
    stage.reacts("ben", "choir", retro.as_str(), "👍");
    let lines = stage.tells("ben", "yes");
    assert!(lines.iter().all(|line| !line.contains("💛")), "the retrospective asked last: {lines:#?}");
    stage.tells("ben", "icebreaker");
    let lines = stage.tells("ben", "yes");
    assert_eq!(lines, ["!direct-ben:t react 💛"], "the prompt came last");
    assert!(stage.tells("ben", "yes").is_empty(), "it is answered");
    assert_eq!(stage.tells("ben", "happy: the rum")[0], "!direct-ben:t react 📝", "these words are for nobody else");
}

#[test]
fn whoever_asks_to_be_forgotten_was_asked_by_nobody() {
    let mut stage = three();
    stage.tells("ana", "in Choir icebreaker");
    assert_eq!(stage.count("bot.db", "SELECT count(*) FROM floor WHERE person = '@ana:t'"), 1);
    assert!(stage.tells("ana", "my-data").iter().any(|line| line.contains("\"by\": \"icebreakers\"")));
    stage.tells("ana", "forget-me");
    stage.tells("ana", "forget-me yes");
    assert_eq!(stage.count("bot.db", "SELECT count(*) FROM floor WHERE person = '@ana:t'"), 0);
}

#[test]
fn a_question_that_is_over_asks_nothing_any_more() {
    let mut stage = three();
    stage.says("lea", "choir", "!hearth retro start");
    let retro = card(&stage, "Choir", "retro", "retro/1/card");
    stage.reacts("ana", "choir", retro.as_str(), "👍");
    assert_eq!(stage.count("bot.db", "SELECT count(*) FROM floor WHERE person = '@ana:t'"), 1);
    stage.says("lea", "choir", "!hearth retro close");
    stage.passes(SignedDuration::from_hours(24 * 5));
    stage.tidies_up();
    assert_eq!(stage.count("bot.db", "SELECT count(*) FROM floor WHERE person = '@ana:t'"), 0);
}

/// What somebody may do who is in three communities.
#[derive(Clone, Debug)]
enum Act {
    Says(&'static str),
    Names(Index, &'static str),
    Replies(Index, &'static str),
    Taps(Index),
    Begins(Index, &'static str),
    Waits(u8),
}

const WORDS: [&str; 16] = [
    "icebreakers start",
    "action write it down",
    "vote 1",
    "vote 2",
    "dots 1:2",
    "1:1",
    "happy: the tea",
    "sad: the rain",
    "3",
    "yes",
    "pass",
    "icebreaker",
    "retro",
    "topic vote",
    "good morning",
    "ballot",
];

const BEGUN: [&str; 4] = [
    "!hearth retro start",
    "!hearth ballot \"Where?\" Here | There",
    "!hearth ballot --dots 3 \"Which?\" A | B",
    "!hearth topic vote",
];

fn act() -> impl Strategy<Value = Act> {
    let words = || prop::sample::select(&WORDS[..]);
    prop_oneof![
        4 => words().prop_map(Act::Says),
        2 => (any::<Index>(), words()).prop_map(|(community, words)| Act::Names(community, words)),
        2 => (any::<Index>(), words()).prop_map(|(message, words)| Act::Replies(message, words)),
        2 => any::<Index>().prop_map(Act::Taps),
        2 => (any::<Index>(), prop::sample::select(&BEGUN[..])).prop_map(|(room, words)| Act::Begins(room, words)),
        1 => (1..30u8).prop_map(Act::Waits),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn whatever_somebody_in_three_communities_says_is_taken_by_one_of_them_at_most(
        acts in prop::collection::vec(act(), 1..24),
    ) {
        let mut stage = three();
        let rooms = ["testers", "choir", "guild"];
        for room in rooms {
            stage.says("ana", room, "!hearth topic add Cake on Fridays");
            stage.says("lea", room, "!hearth topic add Rum on Mondays");
        }
        for act in acts {
            let sent: Vec<EventId> = stage.sent.values().cloned().collect();
            let message = |index: &Index| sent[index.index(sent.len())].to_string();
            let before = rows(&stage);
            let (text, lines) = match &act {
                Act::Begins(room, text) => {
                    stage.says("lea", rooms[room.index(3)], text);
                    continue;
                }
                Act::Waits(hours) => {
                    stage.now += SignedDuration::from_hours((*hours).into());
                    continue;
                }
                Act::Taps(index) => {
                    // Any message, in the room where it is or not.
                    let room = ["direct-ana", "testers", "choir", "guild"][index.index(4)];
                    ("", stage.reacts("ana", room, &message(index), "👍"))
                }
                Act::Says(text) => (*text, stage.tells("ana", text)),
                Act::Names(community, text) => {
                    let named = format!("in {}: {text}", ALL[community.index(3)]);
                    (*text, stage.tells("ana", &named))
                }
                Act::Replies(index, text) => (*text, stage.replies("ana", "direct-ana", &message(index), text)),
            };
            let changed = changed(&stage, &before);
            prop_assert!(changed.len() <= 1, "{act:?}: {changed:?} {lines:#?}");
            let named = matches!(act, Act::Names(..));
            if let Act::Names(community, _) = &act {
                let other = changed.iter().find(|name| **name != ALL[community.index(3)]);
                prop_assert!(other.is_none(), "{act:?}: {changed:?}");
            }
            let is_asked = lines.iter().any(|line| line.contains("in more than one community"));
            prop_assert!(!is_asked || (changed.is_empty() && lines.len() == 1 && !named), "{act:?}: {changed:?} {lines:#?}");
            let adds = text.starts_with("icebreakers") || text.starts_with("action write");
            prop_assert!(!adds || !lines.is_empty(), "{act:?}: not answered");
        }
        prop_assert_eq!(stage.people.values().filter(|people| people.contains(&user("ana"))).count(), 4);
    }
}
