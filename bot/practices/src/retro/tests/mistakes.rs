//! What people get wrong, and what they are told.

use insta::assert_snapshot;

use super::{minutes, passes, sealed, tell_all};
use crate::{
    EventId, Span,
    dialogue::{Dialogue, room_id},
    retro::Phase,
};

/// A retro in the craft room with three notes, at its `moves`th phase.
fn at(moves: usize) -> Dialogue {
    let mut talk = Dialogue::new();
    talk.community.lobby = Some(room_id("craft"));
    talk.says("ana", "craft", "!hearth retro start");
    tell_all(&mut talk, &[("ben", "happy: tea"), ("cem", "unhappy: noise"), ("dia", "unsure: chairs")]);
    for _ in 0..moves {
        talk.says("ana", "craft", "!hearth retro next");
    }
    talk
}

/// The messages that were answered and count nowhere.
fn scraps(talk: &Dialogue) -> Vec<EventId> {
    let keys = sealed(talk);
    let of = |key: &String| key.contains("/scrap/").then(|| key.split('/').nth(4).map(EventId::from))?;
    keys.iter().filter_map(of).collect()
}

/// What the bot answers, without the room's name.
fn answers(talk: &mut Dialogue, who: &str, room: &str, texts: &[&str]) -> String {
    let answer = |text: &&str| {
        let lines = if room.is_empty() { talk.tells(who, text) } else { talk.says(who, room, text) };
        format!("> {text}\n{}", minutes(&lines))
    };
    texts.iter().map(answer).collect::<Vec<_>>().join("\n")
}

#[test]
fn a_start_that_does_not_work_says_why() {
    let mut talk = Dialogue::new();
    let texts = [
        "!hearth retro start --format sailbaot",
        "!hearth retro start --format moods",
        "!hearth retro start --format \"Good | good\"",
        "!hearth retro start --format Fun",
        "!hearth retro start --format \"Polls | Poll ideas\"",
        "!hearth retro start --collect soon",
        "!hearth retro next",
    ];
    assert_snapshot!(answers(&mut talk, "ana", "lobby", &texts), @r#"
    > !hearth retro start --format sailbaot
    #lobby notice: I don't know the format `sailbaot`. Did you mean `!hearth retro start --format sailboat`?
    > !hearth retro start --format moods
    #lobby notice: I don't know the format `moods`. There is `three-columns`, `start-stop-continue`, `sailboat`, `4ls`, and your own: `!hearth retro start --format "Went well | Puzzles | Ideas"`.
    > !hearth retro start --format "Good | good"
    #lobby notice: Two columns are called “good”. Give one of them another name.
    > !hearth retro start --format Fun
    #lobby notice: I don't know the format `Fun`. There is `three-columns`, `start-stop-continue`, `sailboat`, `4ls`, and your own: `!hearth retro start --format "Went well | Puzzles | Ideas"`.
    > !hearth retro start --format "Polls | Poll ideas"
    #lobby notice: “Poll ideas” begins with one of my commands, so I could not tell notes from it. Give that column another name.
    > !hearth retro start --collect soon
    #lobby notice: `soon` does not fit `--collect`. Like this: `!hearth retro start --format 4ls --collect 2d --vote 1d`. More: `!hearth help retro`.
    > !hearth retro next
    #lobby notice: No retro is going on in this room. `!hearth retro start` starts one.
    "#);
    assert_snapshot!(answers(&mut talk, "ana", "", &["retro start"]), @r"
    > retro start
    @ana notice: A retro lives in a room. Send me that in the room, or in the retro's thread.
    ");
    talk.says("lea", "lobby", "!hearth settings retro who-starts leads");
    assert_snapshot!(answers(&mut talk, "ana", "lobby", &["!hearth retro start"]), @r"
    > !hearth retro start
    #lobby notice: In this community leads start retros. Ask one of them to start yours.
    ");
    let own = talk.says("lea", "lobby", "!hearth retro start —format Went well | Puzzles —collect 1h");
    assert!(own[0].contains("**Went well** · **Puzzles**") && own[0].contains("10:00"), "{own:?}");
    tell_all(&mut talk, &[("ana", "went well: this"), ("ana", "2: that")]);
}

#[test]
fn notes_that_do_not_work_are_answered() {
    let mut talk = at(0);
    talk.reacts("eve", "retro", "retro/1/card", "👍");
    let long = format!("happy: {}", "x".repeat(301));
    let texts = ["the demo was great", "hapy: tea", "weather: nice", "happy:", "4: four"];
    assert_snapshot!(answers(&mut talk, "eve", "", &texts), @"
    > the demo was great
    sealed @eve notice: If that is a note for retro 1, put its column in front (`happy:`, `unsure:`, `unhappy:`), like `happy: the demo was great`.
    > hapy: tea
    sealed @eve notice: I don't know the column “hapy”. Did you mean `happy: tea`?
    > weather: nice
    sealed @eve notice: I don't know the column “weather”. There are `happy:`, `unsure:`, `unhappy:`. Perhaps `happy: nice`?
    > happy:
    sealed @eve notice: There is nothing after `happy:`. Write your note there.
    > 4: four
    sealed @eve notice: I don't know the column “4”. There are `happy:`, `unsure:`, `unhappy:`. Perhaps `happy: four`?
    ");
    assert_snapshot!(minutes(&talk.tells("eve", &long)), @"sealed @eve notice: That note has 301 characters, and 300 fit on a card. Make it shorter, or two of it.");
    let fay = minutes(&talk.tells("fay", "the demo was great"));
    assert!(fay.contains("I'm a bot") && !fay.contains("note for"), "who has nothing to do with it: {fay}");
    for number in 0..25 {
        tell_all(&mut talk, &[("eve", &format!("happy: {number}"))]);
    }
    assert_snapshot!(minutes(&talk.tells("eve", "happy: one more")), @"sealed @eve notice: You have written 25 notes, which is as many as one person can. Remove one of your messages to make room.");
    assert_snapshot!(answers(&mut talk, "ana", "craft", &["!hearth retro group 1 2", "!hearth retro back", "!hearth retro extend sooner"]), @"
    > !hearth retro group 1 2
    #craft notice: Notes are sorted after they were read: `!hearth retro next` leads there.
    > !hearth retro back
    #craft notice: This is the first phase; there is nothing to go back to.
    > !hearth retro extend sooner
    #craft notice: `sooner` is no length of time. Like this: `!hearth retro extend 30m`, or `2h`, `1d`.
    ");
    assert_snapshot!(answers(&mut talk, "ben", "", &["dots A:2"]), @"
    > dots A:2
    sealed @ben notice: Retro 1 has not come to its vote yet. I write to you when it has.
    ");
    assert!(talk.tells("ben", "3").is_empty());
}

#[test]
fn a_note_that_was_taken_back_is_never_read() {
    let mut talk = at(0);
    let tea = talk.records("retro").into_iter().find(|(_, record)| record.to_string().contains("tea")).unwrap().0;
    let event = tea.split('/').nth(4).unwrap().to_owned();
    let redacted =
        crate::Event::Redacted { room: room_id("direct-ben"), event: EventId::from(event), key: None, at: talk.now };
    let lines = talk.happens(&redacted);
    assert!(lines[0].contains("2 people have written"), "{lines:?}");
    tell_all(&mut talk, &[("fay", "unsure: the lift")]);
    let revealed = minutes(&talk.says("ana", "craft", "!hearth retro next"));
    assert!(revealed.contains("**happy**: no note") && revealed.contains("chairs"), "{revealed}");
}

#[test]
fn a_note_after_the_reveal_is_told_so() {
    let mut talk = at(1);
    assert_snapshot!(answers(&mut talk, "ben", "", &["happy: cake", "dots A"]), @"
    > happy: cake
    sealed @ben notice: Too late to stay without a name: the notes of retro 1 are in the room. Say it there, or ask [ana](https://matrix.to/#/@ana:t) to go back a phase.
    > dots A
    sealed @ben notice: Retro 1 has not come to its vote yet. I write to you when it has.
    ");
    assert!(minutes(&talk.tells("gus", "happy: cake")).contains("I'm a bot"));
    let back = talk.says("ana", "craft", "!hearth retro back");
    assert!(back[0].contains("More notes, until"), "{back:?}");
    tell_all(&mut talk, &[("ben", "happy: cake"), ("eve", "happy: candles"), ("fay", "happy: coffee")]);
    let again = minutes(&talk.says("ana", "craft", "!hearth retro next"));
    assert!(again.contains("- **4** · c") && again.contains("cake") && !again.contains("tea"), "{again}");
}

#[test]
fn sorting_mistakes_are_answered() {
    let mut talk = at(2);
    let texts = [
        "!hearth retro group 1 9",
        "!hearth retro group one two",
        "!hearth retro group 1",
        "!hearth retro split",
        "!hearth retro name 7 x",
        "!hearth retro name 1",
        "!hearth retro extend 1h",
    ];
    assert_snapshot!(answers(&mut talk, "ana", "craft", &texts), @r#"
    > !hearth retro group 1 9
    #craft notice: There is no note `9`. They are numbered from 1 to 3.
    > !hearth retro group one two
    #craft notice: There is no note `one`. They are numbered from 1 to 3.
    > !hearth retro group 1
    #craft notice: Which notes? `!hearth retro group 3 5` puts them together, `!hearth retro split 5` takes one out.
    > !hearth retro split
    #craft notice: Which notes? `!hearth retro group 3 5` puts them together, `!hearth retro split 5` takes one out.
    > !hearth retro name 7 x
    #craft notice: There is no note `7`. They are numbered from 1 to 3.
    > !hearth retro name 1
    #craft notice: A name has 1 to 60 characters: `!hearth retro name A "deploys"`.
    > !hearth retro extend 1h
    #craft notice: This phase has no end of its own: take your time. `!hearth retro next` goes on.
    "#);
    assert_snapshot!(minutes(&talk.says("ana", "craft", "!hearth retro group 1, 3")), @r#"
    react: ✅
    edit retro/1/groups/3: **What might belong together**

    **A** · together

    - **1** · tea
    - **3** · noise

    On their own:

    - **2** · chairs

    `!hearth retro group 3 5` joins, `!hearth retro split 5` takes a note out, `!hearth retro name A "deploys"` names a theme; names are kept, to see what returns.
    "#);
    assert_snapshot!(minutes(&talk.says("ana", "craft", "!hearth retro split 3")), @r#"
    react: ✅
    edit retro/1/groups/3: **Each note on its own**

    - **1** · tea
    - **2** · chairs
    - **3** · noise

    `!hearth retro group 3 5` joins, `!hearth retro split 5` takes a note out, `!hearth retro name A "deploys"` names a theme; names are kept, to see what returns.
    "#);
}

#[test]
fn dots_that_do_not_work_are_answered() {
    let mut talk = at(3);
    let texts = ["dots A:4 B:2", "dots I", "dots 1:2 3:1", "2 2 1", "dots all", "A A", "dots none", "happy: cake"];
    assert_snapshot!(answers(&mut talk, "ben", "", &texts), @"
    > dots A:4 B:2
    sealed @ben notice: That's 6 dots, and you have 5. Perhaps `dots A:4 B:1`?
    > dots I
    sealed @ben notice: There is no theme `I`. They go from A to C.
    > dots 1:2 3:1
    sealed @ben notice: Numbers are notes, letters are themes. Did you mean `dots A:2 C:1`?
    > 2 2 1
    sealed @ben notice: Numbers are notes, letters are themes. Did you mean `dots B B A`?
    > dots all
    sealed @ben notice: I can't read `all` as dots. Two for A and one for B are `dots A:2 B:1`.
    > A A
    react: ✅
    sealed edit retro/1/to/3: **Retro 1 in craft: your 5 dots**, until Mon 5 Oct, 09:05

    ●● “tea”

    Tap themes to share dots, or write `dots A:2 B:1`.
    edit retro/1/card: **Retro 1 · vote**, until Mon 5 Oct, 09:05

    - 3 notes of 3 people, 3 themes
    - I have sent everybody the themes. Tap *Vote* if you have none.
    - One person has voted · [ana](https://matrix.to/#/@ana:t) facilitates
    > dots none
    react: ✅
    sealed edit retro/1/to/3: **Retro 1 in craft: your 5 dots**, until Mon 5 Oct, 09:05

    No dots given.

    Tap themes to share dots, or write `dots A:2 B:1`.
    > happy: cake
    sealed @ben notice: Too late to stay without a name: the notes of retro 1 are in the room. Say it there, or ask [ana](https://matrix.to/#/@ana:t) to go back a phase.
    ");
    assert_snapshot!(answers(&mut talk, "ana", "craft", &["!hearth retro group 1 2"]), @r"
    > !hearth retro group 1 2
    #craft notice: The notes are sorted. `!hearth retro back` leads back there.
    ");
    let few = talk.says("ana", "craft", "!hearth retro next");
    assert_snapshot!(few[0], @"#craft prompt: **The vote is closed.** Nobody gave dots, so we begin with the themes that have most notes.");
    assert_snapshot!(answers(&mut talk, "ben", "", &["dots A:2"]), @"
    > dots A:2
    sealed @ben notice: The vote of retro 1 is closed. Say in the room what matters to you.
    ");
}

#[test]
fn only_who_facilitates_and_leads_steer_and_a_lead_can_take_over() {
    let mut talk = at(1);
    assert_snapshot!(answers(&mut talk, "ben", "craft", &["!hearth retro next", "!hearth retro take-over"]), @r"
    > !hearth retro next
    #craft notice: [ana](https://matrix.to/#/@ana:t) facilitates this retro. Ask them to do that, or to hand over to you.
    > !hearth retro take-over
    #craft notice: Only leads can take a retro over. Who facilitates can pass it on: `!hearth retro hand-over @who`.
    ");
    assert_snapshot!(answers(&mut talk, "lea", "craft", &["!hearth retro close"]), @r"
    > !hearth retro close
    #craft notice: [ana](https://matrix.to/#/@ana:t) facilitates this retro. As a lead you can take over: `!hearth retro take-over`.
    ");
    let texts = [
        "!hearth retro hand-over",
        "!hearth retro hand-over ben",
        "!hearth retro hand-over @ana",
        "!hearth retro hand-over @hearth",
    ];
    assert_snapshot!(answers(&mut talk, "ana", "craft", &texts), @r"
    > !hearth retro hand-over
    #craft notice: To whom? Mention them, or write their whole name: `!hearth retro hand-over @ana:example.org`.
    > !hearth retro hand-over ben
    #craft notice: To whom? Mention them, or write their whole name: `!hearth retro hand-over @ana:example.org`.
    > !hearth retro hand-over @ana
    #craft notice: [ana](https://matrix.to/#/@ana:t) facilitates already.
    > !hearth retro hand-over @hearth
    #craft notice: Thank you, but that takes a person. Hand over to somebody in this room.
    ");
    assert_snapshot!(minutes(&talk.says("ana", "craft", "!hearth retro hand-over @ben:t")), @"
    #craft prompt: [ben](https://matrix.to/#/@ben:t) facilitates from now on: ▶ is for you.
    edit retro/1/card: **Retro 1 · what we wrote**

    - 3 notes of 3 people
    - [ben](https://matrix.to/#/@ben:t) facilitates
    ");
    assert_snapshot!(minutes(&talk.leaves("ben", "craft")), @"#craft notice: [ben](https://matrix.to/#/@ben:t), who facilitates this retro, has left; nothing is lost. A lead can say `!hearth retro take-over`, or `!hearth retro hand-over @who`.");
    assert_snapshot!(answers(&mut talk, "ana", "craft", &["!hearth retro next"]), @"
    > !hearth retro next
    #craft notice: Nobody facilitates this retro. A lead can say `!hearth retro take-over`, or `!hearth retro hand-over @who`.
    ");
    assert_snapshot!(minutes(&talk.says("lea", "craft", "!hearth retro take-over")), @"
    #craft prompt: [lea](https://matrix.to/#/@lea:t) facilitates from now on: ▶ is for you.
    edit retro/1/card: **Retro 1 · what we wrote**

    - 3 notes of 3 people
    - [lea](https://matrix.to/#/@lea:t) facilitates
    ");
    assert!(talk.says("lea", "craft", "!hearth retro next")[0].contains("**Each note on its own**"));
}

#[test]
fn the_last_question_takes_0_to_4() {
    let mut talk = at(4);
    for _ in 0..4 {
        talk.says("ana", "craft", "!hearth retro next");
    }
    assert_snapshot!(answers(&mut talk, "ben", "", &["5", "4", "3"]), @"
    > 5
    sealed @ben notice: The answer is a number from 0 (lost time) to 4 (much more than I put in), like `3`.
    > 4
    react: ✅
    edit retro/1/card: **Retro 1 · a last question**, until Mon 5 Oct, 09:05

    - 3 notes of 3 people, 3 themes
    - I have asked everybody whether it was worth it.
    - One person has answered · [ana](https://matrix.to/#/@ana:t) facilitates
    > 3
    react: ✅
    ");
    let answers: Vec<_> = sealed(&talk).into_iter().filter(|key| !key.contains("/scrap/")).collect();
    assert_eq!(answers, ["sealed/retro-1-worth/worth/1/@ben:t"]);
    assert_snapshot!(minutes(&passes(&mut talk, Span::minutes(5))[..1]), @"
    #craft prompt: **Retro 1 is over**

    - 3 people took part, 3 notes, 3 themes.
    - Worth the time: fewer than five answered, so I show nothing.
    - Notes and votes are forgotten; the names of themes stay.
    ");
    let late = talk.tells("ben", "4");
    assert!(late.len() == 1 && late[0].contains("too late"), "{late:?}");
}

#[test]
fn who_is_forgotten_leaves_nothing() {
    let mut talk = at(0);
    talk.reacts("ben", "retro", "retro/1/card", "👍");
    talk.tells("ben", "forget-me");
    talk.tells("ben", "forget-me yes");
    let about = format!("{:?}", talk.records("retro"));
    assert!(!about.contains("@ben") && about.contains("@cem"), "{about}");
    talk.happens(&crate::Event::Forgotten { who: crate::dialogue::user("ana") });
    assert_snapshot!(answers(&mut talk, "cem", "craft", &["!hearth retro next"]), @"
    > !hearth retro next
    #craft notice: Nobody facilitates this retro. A lead can say `!hearth retro take-over`, or `!hearth retro hand-over @who`.
    ");
}

/// Everything that somebody wrote to the bot for a retrospective, whether it counted or not, and every answer to it.
#[test]
fn nothing_that_was_written_for_a_retro_stays_in_a_direct_room_when_its_phase_is_over() {
    let wrong = |phase: Phase| -> &[&str] {
        match phase {
            Phase::Collect => &["the demo was great", "hapy: tea", "weather: nice", "happy:", "9: tea"],
            Phase::Vote => &["dots A:4 B:2", "dots Z", "1 1", "dots all", "happy: too late"],
            _ => &["7", "happy: too late"],
        }
    };
    for (moves, phase) in [(0, Phase::Collect), (3, Phase::Vote), (8, Phase::Worth)] {
        let mut talk = at(moves);
        talk.reacts("eve", "retro", "retro/1/card", "👍");
        let mut written = Vec::new();
        for text in wrong(phase).iter().copied().chain([format!("happy: {}", "x".repeat(301)).as_str()]) {
            let before = scraps(&talk);
            let lines = talk.tells("eve", text);
            assert!(lines.iter().any(|line| line.starts_with("sealed @eve notice: ")), "{phase:?} {text}: {lines:?}");
            written.extend(scraps(&talk).into_iter().filter(|event| !before.contains(event)));
        }
        assert_eq!(written.len(), wrong(phase).len() + 1);
        let over = minutes(&talk.says("ana", "craft", "!hearth retro next"));
        for event in &written {
            assert!(over.contains(&format!("@eve redact {event}")), "{phase:?}: {event} stays: {over}");
        }
        assert_eq!(over.matches("redact retro/1/answer/").count(), written.len(), "{phase:?}: {over}");
        assert!(sealed(&talk).is_empty(), "{phase:?}");
    }
}

#[test]
fn going_back_from_a_vote_drops_its_dots_and_says_so() {
    let mut talk = at(3);
    talk.tells("ben", "dots A:2");
    let back = talk.says("ana", "craft", "!hearth retro back");
    assert!(back[0].contains("The dots that were given so far are gone"), "{back:?}");
    assert!(back[1].contains("redact $") && sealed(&talk).is_empty(), "{back:?}");
    talk.says("ana", "craft", "!hearth retro next");
    let again = talk.says("ana", "craft", "!hearth retro back");
    let said = again.iter().find(|line| line.starts_with("#craft")).unwrap();
    assert!(said.contains("Each note on its own"), "nothing was given, and nothing is said: {again:?}");
}
