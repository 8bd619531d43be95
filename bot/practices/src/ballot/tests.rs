//! Sealed ballots as minutes.

use hearth_shared::activity::Kind;
use insta::assert_snapshot;

use crate::{
    Event, EventId, MessageRef, Span, Words,
    dialogue::{Dialogue, room_id, user},
};

mod few;
mod late;
mod several;
mod signs;
mod storm;
mod taps;
mod upgrade;

const PEOPLE: [&str; 7] = ["ana", "ben", "cem", "dia", "eve", "fay", "gus"];

/// Ana asks where to meet.
/// Somebody taps in the poll that the bot sent to somebody.
fn taps(talk: &mut Dialogue, who: &str, whose: &str, answers: &[&str]) -> (EventId, Vec<String>) {
    let told = talk.records("ballot").into_iter().find(|(key, _)| *key == format!("sealed/1/sent/1/@{whose}:t"));
    let tap = format!("tap/1/{}", told.unwrap().1["tap"].as_str().unwrap());
    talk.votes(who, "ballot", &tap, answers)
}

fn asked(talk: &mut Dialogue, options: &str) -> Vec<String> {
    talk.says(
        "ana",
        "lobby",
        &format!("!hearth ballot \"Where do we meet?\" Park | Café | Online --close 2h {options}"),
    )
}

/// Time passes; what is said that other practices did not think of by themselves.
fn passes(talk: &mut Dialogue, span: Span) -> Vec<String> {
    let of_others = |line: &String| line.contains("(nudge)") || line.starts_with("button prompt/");
    talk.passes(span).into_iter().filter(|line| !of_others(line)).collect()
}

/// The receipt in an answer to a vote.
fn receipt(lines: &[String]) -> String {
    let found = lines.iter().find_map(|line| line.split_once("receipt is `")?.1.split_once('`'));
    found.unwrap_or_else(|| panic!("{lines:?}")).0.to_owned()
}

/// What went to the activity log about ballots.
fn logged(talk: &Dialogue) -> Vec<String> {
    let row = |entry: &crate::Entry| {
        format!("{:?} {} {:?} {:?}", entry.kind, entry.by.localpart(), entry.value, entry.within)
    };
    let kinds = [Kind::BallotOpened, Kind::BallotCast, Kind::BallotClosed];
    talk.entries.iter().filter(|entry| kinds.contains(&entry.kind)).map(row).collect()
}

/// What a practice does when it learns which of its messages wait for direct rooms.
fn held(talk: &mut Dialogue, practice: &str, keys: &[&str]) -> Vec<String> {
    talk.happens_for(practice, &Event::Held { keys: keys.iter().map(|key| (*key).into()).collect() })
}

#[test]
fn whoever_waits_for_a_direct_room_reads_on_the_card_how_to_be_served_at_once() {
    const HOW: &str = "Write to [hearth](https://matrix.to/#/@hearth:t) first, and yours comes at once.";
    let mut talk = Dialogue::new();
    let lists = |lines: &[String], key: &str| lines.len() == 1 && lines[0].starts_with(&format!("edit {key}:"));
    asked(&mut talk, "");
    asked(&mut talk, "--kind dots");
    talk.says("lea", "lobby", "!hearth topic add bees");
    talk.says("lea", "lobby", "!hearth topic add trees");
    talk.says("lea", "lobby", "!hearth settings topics sealed yes");
    talk.says("lea", "lobby", "!hearth topic vote");
    talk.says("lea", "craft", "!hearth retro start");
    for (practice, key, card) in
        [("ballot", "sheet/2", "card/2"), ("topics", "sheet/1", "round/1"), ("retro", "retro/1/to/0", "retro/1/card")]
    {
        let begun = held(&mut talk, practice, &[]);
        assert!(begun.is_empty(), "nobody waits, and no card says so: {begun:?}");
        let lines = held(&mut talk, practice, &[key, "other/9"]);
        assert!(lists(&lines, card) && lines[0].contains(HOW), "{practice}: {lines:?}");
        let again = held(&mut talk, practice, &[key]);
        assert!(again.is_empty(), "{again:?}");
        let over = held(&mut talk, practice, &[]);
        assert!(lists(&over, card) && !over[0].contains(HOW), "{practice}: {over:?}");
    }
    // A card that is edited for another reason keeps saying it.
    held(&mut talk, "ballot", &["tap/1/0123abcd"]);
    talk.tells("ben", "vote #1 2");
    let later = passes(&mut talk, Span::minutes(1));
    assert!(lists(&later, "card/1") && later[0].contains(HOW), "{later:?}");
}

#[test]
fn a_ballot_is_asked_handed_out_voted_in_and_closed() {
    let mut talk = Dialogue::new();
    assert_snapshot!(asked(&mut talk, "").join("\n"), @"
    #lobby prompt: **Ballot 1: Where do we meet?**
    Until **Mon 5 Oct, 11:00** · **0** of the 5 votes it needs

    - **1** · Park
    - **2** · Café
    - **3** · Online

    Tap 🗳️ Vote, or write `vote` to me: you choose in our direct room, and nobody sees who chose what; `privacy` tells the limits.
    button card/1: 🗳️ Vote
    ");
    assert_snapshot!(talk.reacts("ben", "ballot", "card/1", "👍").join("\n"), @"
    @ben prompt: 🗳️ **1: Where do we meet?**
    Until **Mon 5 Oct, 11:00**

    Choose one: `vote 3`.
    Sealed: nobody here sees it.
    @ben poll (hidden): Where do we meet? [Park | Café | Online]
    ");
    let cast = talk.tells("ben", "vote 2");
    assert_snapshot!(cast.join("\n").replace(&receipt(&cast), "ABC-DEF"), @"
    react: ✅
    sealed edit sheet/1/08e70dea638763a3c80a8383b9c0161a: 🗳️ **1: Where do we meet?**
    Until **Mon 5 Oct, 11:00**

    ✅ **Café**
    Your receipt is `ABC-DEF`: note it.

    Change it, or write `none`.
    ");
    for who in ["ana", "cem", "dia", "eve"] {
        talk.tells(who, "vote 2");
    }
    talk.tells("fay", "vote 1");
    taps(&mut talk, "ben", "ben", &["3"]);
    assert_snapshot!(passes(&mut talk, Span::minutes(1)).join("\n"), @"
    edit card/1: **Ballot 1: Where do we meet?**
    Until **Mon 5 Oct, 11:00** · **6** votes

    - **1** · Park
    - **2** · Café
    - **3** · Online

    Tap 🗳️ Vote, or write `vote` to me: you choose in our direct room, and nobody sees who chose what; `privacy` tells the limits.
    ");
    let lines = passes(&mut talk, Span::hours(2));
    let shown: Vec<_> = lines.iter().filter(|line| !line.contains("redact")).cloned().collect();
    let list = shown
        .iter()
        .find(|line| line.contains("Every ballot"))
        .unwrap()
        .lines()
        .skip(2)
        .map(|line| line.split_once("` ").unwrap().1);
    let mut list: Vec<_> = list.collect();
    list.sort_unstable();
    assert_eq!(list, ["1", "2", "2", "2", "2", "3"]);
    assert_snapshot!(shown[..2].join("\n"), @"
    edit card/1: **Ballot 1: Where do we meet?**
    🏆 **Café**, 4 of 6 votes, 10 in the room

    - **1** · Park
    - **2** · Café
    - **3** · Online
    #lobby prompt: 🏆 **Café**, 4 of 6 votes, 10 in the room · Where do we meet?
    ");
    // Seven votes and seven answers are removed, and the one poll.
    assert_eq!(lines.iter().filter(|line| line.contains(" redact $")).count(), 7);
    assert_eq!(lines.iter().filter(|line| line.starts_with("redact answer/1/")).count(), 7);
    assert_eq!(lines.iter().filter(|line| line.starts_with("redact tap/1/")).count(), 1);
    assert_eq!(talk.records("ballot").len(), 2, "{:?}", talk.records("ballot"));
    assert_snapshot!(logged(&talk).join("\n"), @r#"
    BallotOpened ana None None
    BallotCast ana None Some("ballot/1")
    BallotCast ben None Some("ballot/1")
    BallotCast cem None Some("ballot/1")
    BallotCast dia None Some("ballot/1")
    BallotCast eve None Some("ballot/1")
    BallotCast fay None Some("ballot/1")
    BallotClosed ana Some(6) Some("ballot/1")
    "#);
    assert!(passes(&mut talk, Span::days(1)).is_empty());
    passes(&mut talk, Span::days(31));
    assert_eq!(talk.records("ballot").len(), 1, "the number of the latest stays");
}

#[test]
fn everybody_finds_their_last_paper_by_their_receipt() {
    for (options, votes, shown) in [
        ("--kind several", ["vote 1 3", "vote 3 1"], "1, 3"),
        ("--kind ranked", ["vote 1", "vote 2 > 1 > 3"], "2 > 1 > 3"),
        ("--dots 4", ["dots 1:4", "dots 3:1 1:2"], "1:2 3:1"),
        ("", ["vote 1", "vote 2"], "2"),
    ] {
        let mut talk = Dialogue::new();
        asked(&mut talk, options);
        for who in PEOPLE {
            talk.tells(who, votes[0]);
        }
        let first = receipt(&talk.tells("dia", votes[0]));
        assert_eq!(receipt(&talk.tells("dia", votes[1])), first, "a receipt stays");
        let lines = talk.says("ana", "lobby", "!hearth ballot close").join("\n").replace('\\', "");
        assert!(lines.contains(&format!("- `{first}` {shown}")), "{lines}");
        assert_eq!(lines.matches("\n- `").count(), 7);
        assert!(lines.contains("7 of 10 took part."));
    }
}

#[test]
fn a_ranking_says_how_it_was_counted() {
    let mut talk = Dialogue::new();
    asked(&mut talk, "--kind ranked");
    let papers = ["1 > 2", "1 > 2", "1", "2 > 3", "2 > 3", "3 > 2", "3 > 2"];
    for (who, paper) in PEOPLE.into_iter().zip(papers) {
        talk.tells(who, &format!("vote {paper}"));
    }
    let lines = talk.says("lea", "lobby", "!hearth ballot close");
    assert_snapshot!(lines[1], @"#lobby prompt: 🏆 **Café**, 4 of 7 votes, 10 in the room · Where do we meet?");
}

#[test]
fn under_five_nothing_is_told_and_everything_goes() {
    let mut talk = Dialogue::new();
    asked(&mut talk, "");
    for who in &PEOPLE[..4] {
        talk.tells(who, "vote 2");
    }
    talk.tells("eve", "vote 1");
    talk.tells("eve", "vote none");
    passes(&mut talk, Span::hours(2));
    let lines = passes(&mut talk, Span::hours(1));
    assert_snapshot!(lines.iter().find(|line| line.starts_with('#')).unwrap(), @"#lobby prompt: **Ballot 1 is closed: Where do we meet?** Fewer than 5 voted, which could tell who chose what: destroyed unread, without a result.");
    assert!(!lines.iter().any(|line| line.contains("- `")), "{lines:?}");
    assert_eq!(lines.iter().filter(|line| line.contains(" redact $")).count(), 6);
    assert!(!format!("{:?}", talk.records("ballot")).contains('@'));
    assert_eq!(logged(&talk).len(), 2, "who took part is not told either: {:?}", logged(&talk));
}

#[test]
fn the_card_counts_voters_and_not_votes_and_not_every_second() {
    let mut talk = Dialogue::new();
    asked(&mut talk, "");
    let edits = |lines: &[String]| lines.iter().filter(|line| line.starts_with("edit card/1")).count();
    talk.now = Span::minutes(1).after(talk.now);
    let first = talk.tells("ana", "vote 1");
    assert!(first.last().unwrap().contains("**1** of the 5 votes it needs"), "{first:?}");
    assert_eq!(edits(&talk.tells("ana", "vote 2")), 0, "a changed vote is no other voter");
    for who in &PEOPLE[1..] {
        assert_eq!(edits(&talk.tells(who, "vote 1")), 0, "not twice in a few seconds");
    }
    let lines = passes(&mut talk, Span::minutes(1));
    assert!(lines.len() == 1 && lines[0].contains("**7** votes"), "{lines:?}");
}

/// Who is in the room votes, whether or not they have shown themselves there; who is not does not, though they were once,
/// and though they have the ballot's poll.
#[test]
fn who_is_not_in_a_ballots_room_cannot_vote_in_it() {
    let mut talk = Dialogue::new();
    talk.absent.insert((user("zoe"), room_id("craft")));
    talk.says("ana", "craft", "!hearth ballot Tea? yes | no");
    assert_snapshot!(talk.tells("zoe", "vote 1").join("\n"), @"@zoe notice: I know of no ballot that is open for you and would take this. A ballot is for the people in its room: if you are in one, tap 🗳️ Vote under its card or say `!hearth vote` there.");
    assert!(talk.tells("zoe", "vote #1")[0].contains("no ballot that is open for you"));
    assert!(talk.tells("ben", "vote 1")[0].contains("Your vote in ballot 1: **yes**"), "whoever is there votes");
    assert!(talk.says("ben", "lobby", "!hearth vote")[0].contains("No ballot is open in this room"));
    assert!(talk.says("ben", "craft", "!hearth vote 1")[0].contains("said aloud"));
    talk.reacts("cem", "ballot", "card/1", "x");
    talk.leaves("cem", "craft");
    assert!(talk.tells("cem", "vote 2")[0].contains("no ballot that is open for you"));
    let (_, lines) = taps(&mut talk, "cem", "cem", &["2"]);
    assert_snapshot!(lines.join("\n"), @"@cem notice: I didn't count that: ballot 1 is for the people in its room, and I don't see you there.");
    let papers = talk.records("ballot").iter().filter(|(key, _)| key.starts_with("sealed/1/paper/")).count();
    assert_eq!(papers, 1, "only ben's");
}

#[test]
fn of_several_ballots_the_last_one_told_about_is_meant_or_the_one_with_the_number() {
    let mut talk = Dialogue::new();
    talk.says("ana", "craft", "!hearth ballot Tea? yes | no");
    talk.says("ana", "craft", "!hearth ballot Cake? yes | no");
    talk.says("ana", "craft", "!hearth ballot Pie? yes | no --dots 2");
    talk.reacts("ben", "ballot", "card/3", "x");
    talk.now = Span::minutes(1).after(talk.now);
    talk.reacts("ben", "ballot", "card/2", "x");
    talk.now = Span::minutes(1).after(talk.now);
    talk.reacts("ben", "ballot", "card/1", "x");
    assert!(talk.tells("ben", "vote 1").concat().contains("edit sheet/1/"));
    assert!(talk.tells("ben", "vote #2 1").concat().contains("edit sheet/2/"));
    assert!(talk.tells("ben", "dots 1:2").concat().contains("edit sheet/3/"));
    assert!(talk.tells("ben", "vote #2")[0].contains("🗳️ **2: Cake?**"), "the paper once more");
    assert!(talk.tells("ben", "vote #9 1")[0].contains("no ballot that is open for you"));
    for _ in 0..2 {
        talk.says("ana", "craft", "!hearth ballot close #1");
    }
    assert!(talk.tells("ben", "vote 2").concat().contains("edit sheet/2/"));
}

#[test]
fn the_word_alone_brings_the_newest_paper_that_one_does_not_have() {
    let mut talk = Dialogue::new();
    for ballot in ["Tea? yes | no", "Pie? yes | no --dots 2", "Cake? yes | no"] {
        talk.says("ana", "craft", &format!("!hearth ballot {ballot}"));
    }
    for title in ["**3: Cake?**", "**2: Pie?**", "**1: Tea?**", "**1: Tea?**"] {
        talk.now = Span::minutes(1).after(talk.now);
        let lines = talk.tells("ben", "vote").join("\n");
        assert!(lines.contains(title), "{title}: {lines}");
    }
}

#[test]
fn what_is_no_vote_is_answered_with_what_to_do() {
    let mut talk = Dialogue::new();
    let mut answers = talk.tells("ana", "vote 1");
    asked(&mut talk, "");
    for wrong in ["vote 1 2", "vote 4", "vote Park", "vote 1:2", "dots 1:2"] {
        answers.extend(talk.tells("ana", wrong));
    }
    asked(&mut talk, "--dots 3");
    for wrong in ["dots 1:3 2:1", "dots 1:2 1:1", "dots 0:3", "dots Park"] {
        answers.extend(talk.tells("ana", wrong));
    }
    talk.says("ana", "lobby", "!hearth ballot close");
    talk.says("ana", "lobby", "!hearth ballot close");
    answers.extend(talk.tells("ana", "vote 1"));
    assert_snapshot!(answers.join("\n").replace("@ana notice: ", ""), @"
    I know of no ballot that is open for you and would take this. A ballot is for the people in its room: if you are in one, tap 🗳️ Vote under its card or say `!hearth vote` there.
    sealed Here you can choose one option only. Choose one: `vote 3`.
    sealed There is no option 4 here. Choose one: `vote 3`.
    sealed I can't read that. Write the numbers of the options, nothing else. Choose one: `vote 3`.
    sealed I can't read that. Write the numbers of the options, nothing else. Choose one: `vote 3`.
    Nothing is open in which you could give dots. Where you are in the room of a vote, tap 🗳️ Vote under its card, and I send you the paper.
    sealed That's 4 dots, and you have 3. Nothing has changed yet. You have 3 dots: `dots 3:2 1:1`.
    sealed You named option 1 twice; once is enough. You have 3 dots: `dots 3:2 1:1`.
    sealed There is no option 0 here. You have 3 dots: `dots 3:2 1:1`.
    sealed I can't read that. Write the numbers of the options, nothing else. You have 3 dots: `dots 3:2 1:1`.
    I know of no ballot that is open for you and would take this. A ballot is for the people in its room: if you are in one, tap 🗳️ Vote under its card or say `!hearth vote` there.
    ");
}

#[test]
fn a_ballot_that_cannot_be_is_answered_with_what_to_do() {
    let mut talk = Dialogue::new();
    talk.community.rooms.get_mut(&room_id("craft")).unwrap().people = Some(4);
    let mut answers = Vec::new();
    for wrong in [
        "\"Lunch?\" Pizza",
        "\"Lunch?\" Pizza | Pasta --kind fair",
        "\"Lunch?\" Pizza | Pasta --dots 99",
        "\"Lunch?\" Pizza | Pasta --dots 3 --kind single",
        "\"Lunch?\" Pizza | Pasta --hidden",
        "\"Lunch?\" Pizza | Pasta --close 40d",
        "close",
    ] {
        answers.extend(talk.says("ana", "lobby", &format!("!hearth ballot {wrong}")));
    }
    answers.extend(talk.says("ana", "craft", "!hearth ballot \"Lunch?\" Pizza | Pasta"));
    answers.extend(talk.tells("ana", "ballot \"Lunch?\" Pizza | Pasta"));
    asked(&mut talk, "");
    answers.extend(talk.says("ben", "lobby", "!hearth ballot close"));
    assert_snapshot!(answers.join("\n").replace("notice: ", ""), @r#"
    #lobby I see only one answer, and a poll needs two to choose from. Put `|` between the answers: `!hearth ballot "Where do we meet?" Park | Café`.
    #lobby I don't know the kind “fair”. Choose `single`, `several`, `ranked` or `dots`. Copy this: `!hearth ballot Lunch? Pizza | Pasta --kind ranked`
    #lobby “99” is no number of dots. Write a number from 1 to 20, like `--dots 3`. Copy this: `!hearth ballot Lunch? Pizza | Pasta --dots 20`
    #lobby Dots go with `--kind dots` only. Leave `--dots` out, or choose that kind. Copy this: `!hearth ballot Lunch? Pizza | Pasta --kind single`
    #lobby I don't know the option “\-\-hidden”. A ballot takes `--kind`, `--dots` and `--close 2h`; it is always sealed. Copy this: `!hearth ballot Lunch? Pizza | Pasta`
    #lobby In this community a ballot is open for 4w at most. Choose a shorter time, or ask a lead to change the setting `longest`.
    #lobby No ballot is open in this room.
    #craft A ballot stays sealed only among at least 5 votes, and this room has 4 people. Ask in a larger room, or simply talk.
    @ana Ballots belong to rooms. Send me that in the room that you want to ask.
    #lobby Only who asked for a ballot, or a lead, can close it. It also closes by itself when its time is over.
    "#);
}

#[test]
fn a_vote_that_was_sent_after_the_time_does_not_count_however_early_it_comes() {
    let mut talk = Dialogue::new();
    asked(&mut talk, "");
    for who in &PEOPLE[1..6] {
        talk.tells(who, "vote 1");
    }
    // It is read before the practice is woken to close.
    talk.now = Span::hours(2).after(talk.now);
    let source = talk.source("direct-ana", true, None);
    let late = Event::Said(crate::Said { by: user("ana"), source, to: None, text: "vote 1".to_owned() });
    let before = talk.records("ballot").len();
    assert!(talk.happens(&late)[0].contains("after the close"));
    assert_eq!(talk.records("ballot").len(), before);
}

#[test]
fn a_tap_counts_in_ones_own_poll_only_and_an_empty_one_takes_back() {
    let mut talk = Dialogue::new();
    asked(&mut talk, "");
    talk.reacts("ben", "ballot", "card/1", "x");
    assert!(taps(&mut talk, "cem", "ben", &["1"]).1.is_empty());
    let lines = taps(&mut talk, "ben", "ben", &["1"]).1;
    assert!(lines[0].contains("✅ **Your vote counts**: the poll shows it.\nYour receipt is"), "{lines:?}");
    assert!(!lines.concat().contains("sign ") && !lines.concat().contains("🧾"), "it is in no reaction: {lines:?}");
    talk.now = Span::minutes(1).after(talk.now);
    assert!(taps(&mut talk, "ben", "ben", &["2"]).1.is_empty(), "the poll shows it");
    talk.now = Span::minutes(1).after(talk.now);
    assert!(talk.tells("ben", "vote 3").concat().contains("✅ **Online**"));
    talk.now = Span::minutes(1).after(talk.now);
    assert!(taps(&mut talk, "ben", "ben", &["1"]).1[0].contains("the poll shows it"));
    talk.now = Span::minutes(1).after(talk.now);
    assert!(taps(&mut talk, "ben", "ben", &[]).1[0].contains("You have no vote"));
    talk.now = Span::minutes(1).after(talk.now);
    talk.cleartext = true;
    let plain = taps(&mut talk, "ben", "ben", &["2"]).1.concat();
    assert!(plain.contains(": ✅ Café") && plain.contains("🧾 "), "homeservers have read it: {plain}");
    assert!(talk.records("poll").is_empty(), "no other practice keeps what was told to one");
}

#[test]
fn who_is_forgotten_has_not_voted() {
    let mut talk = Dialogue::new();
    asked(&mut talk, "");
    talk.now = Span::minutes(1).after(talk.now);
    for who in &PEOPLE[..2] {
        talk.tells(who, "vote 1");
    }
    talk.now = Span::minutes(1).after(talk.now);
    let lines = talk.happens(&Event::Forgotten { who: user("ana") });
    assert!(lines.concat().contains("**1** of the 5 votes it needs"), "{lines:?}");
    assert!(!format!("{:?}", talk.records("ballot")).contains("@ana"));
}

#[test]
fn a_reaction_to_something_else_hands_nothing_out() {
    let mut talk = Dialogue::new();
    asked(&mut talk, "");
    let to = MessageRef { event: EventId::from("$other"), key: None };
    let event = Event::Reacted {
        by: user("ben"),
        room: room_id("lobby"),
        event: EventId::from("$r"),
        to,
        with: "👍".to_owned(),
        at: talk.now,
        author: None,
        lead: false,
    };
    assert!(talk.happens(&event).is_empty());
}

#[test]
fn in_german_everything_is_german() {
    let mut talk = Dialogue::new();
    talk.words = Words::of("de").unwrap();
    assert_snapshot!(asked(&mut talk, "--dots 3").join("\n"), @"
    #lobby prompt: **Abstimmung 1: Where do we meet?**
    Bis **Mo 5. Okt, 11:00 Uhr** · **0** von 5 nötigen Stimmen

    - **1** · Park
    - **2** · Café
    - **3** · Online

    Tipp auf 🗳️ Abstimmen oder schreib mir `stimme`: Du wählst in unserem Direktchat, und niemand sieht, wer was gewählt hat; die Grenzen nennt `datenschutz`.
    button card/1: 🗳️ Abstimmen
    ");
    assert_snapshot!(talk.tells("ben", "vote").join("\n"), @"
    @ben prompt: 🗳️ **1: Where do we meet?**
    Bis **Mo 5. Okt, 11:00 Uhr**

    **1** Park
    **2** Café
    **3** Online

    3 Punkte: `punkte 3:2 1:1`.
    Tippen sieht nur der Server.
    button sheet/1/c2333abfde1026c89ecbf760bbb4eaf2: 1 Park
    button sheet/1/c2333abfde1026c89ecbf760bbb4eaf2: 2 Café
    button sheet/1/c2333abfde1026c89ecbf760bbb4eaf2: 3 Online
    ");
    assert_snapshot!(talk.tells("ben", "dots 1:2 2:2").join("\n"), @"sealed @ben notice: Das sind 4 Punkte, und du hast 3. Noch hat sich nichts geändert. Du hast 3 Punkte: `punkte 3:2 1:1`.");
    for who in PEOPLE {
        talk.tells(who, "dots 1:2 2:1");
    }
    assert_snapshot!(talk.says("ana", "lobby", "!hearth ballot close")[1], @"#lobby prompt: 🏆 **Park**, 14 von 21 Punkten, 10 im Raum · Where do we meet?");
}
