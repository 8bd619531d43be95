//! Half an hour, live, in English.

use insta::assert_snapshot;

use super::{logged, minutes, passes, sealed, tell_all};
use crate::{
    Span,
    dialogue::{Dialogue, room_id},
};

#[test]
fn a_retro_in_half_an_hour() {
    let mut talk = Dialogue::new();
    talk.community.lobby = Some(room_id("craft"));
    assert_snapshot!(minutes(&talk.says("ana", "craft", "!hearth retro start")), @"
    #craft prompt: **Retro 1 · notes**, until Mon 5 Oct, 09:10

    - **happy** · **unsure** · **unhappy**
    - Tap *I have a note*, or write me `happy: …`.
    - Sealed, and without names. `privacy` tells the limits.
    - Nobody has written yet · [ana](https://matrix.to/#/@ana:t) facilitates
    button retro/1/card: ✍️ I have a note
    button retro/1/card: ▶ next
    button retro/1/card: +5 min
    ");
    assert_snapshot!(minutes(&talk.reacts("ben", "retro", "retro/1/card", "👍")), @"
    @ben prompt: **Retro 1 in craft**, until Mon 5 Oct, 09:10

    One line a note: `happy: …` · `unsure: …` · `unhappy: …`

    Sealed, and without names.
    ");
    assert!(talk.reacts("ben", "retro", "retro/1/card", "🎉").is_empty(), "once is enough");
    assert_snapshot!(minutes(&talk.tells("ben", "happy: The new deploy script is great")), @"
    react: 📝
    edit retro/1/card: **Retro 1 · notes**, until Mon 5 Oct, 09:10

    - **happy** · **unsure** · **unhappy**
    - Tap *I have a note*, or write me `happy: …`.
    - Sealed, and without names. `privacy` tells the limits.
    - One person has written · [ana](https://matrix.to/#/@ana:t) facilitates
    ");
    assert_snapshot!(minutes(&talk.tells("cem", "3: Deploys are still slow on Fridays")), @"
    react: 📝
    edit retro/1/card: **Retro 1 · notes**, until Mon 5 Oct, 09:10

    - **happy** · **unsure** · **unhappy**
    - Tap *I have a note*, or write me `happy: …`.
    - Sealed, and without names. `privacy` tells the limits.
    - 2 people have written · [ana](https://matrix.to/#/@ana:t) facilitates
    @cem notice: Noted for retro 1. Nobody here learns whose it is; `privacy` tells the limits.
    ");
    tell_all(
        &mut talk,
        &[
            ("dia", "unhappy: slow deploys"),
            ("eve", "froh: Pairing with Ben\nunsure: Are our meetings too long?"),
            ("fay", "unsure: meetings without an agenda"),
            ("ana", "happy: lunch"),
        ],
    );
    assert_eq!(sealed(&talk).len(), 7);
    passes(&mut talk, Span::minutes(4));
    let revealed = talk.says("ana", "craft", "!hearth retro next");
    let (notes, rest): (Vec<_>, Vec<_>) = revealed.into_iter().partition(|line| line.contains("notice:"));
    assert!(sealed(&talk).is_empty());
    let shown: String = notes.join("\n");
    for note in ["new deploy script", "still slow on Fridays", "slow deploys", "Pairing with Ben", "lunch"] {
        assert_eq!(shown.matches(note).count(), 1, "{note} in {shown}");
    }
    for name in ["ben", "cem", "dia", "eve", "fay", "ana"] {
        assert!(!shown.contains(name), "{name} in {shown}");
    }
    assert_eq!(rest.iter().filter(|line| line.contains(" redact $")).count(), 6, "{rest:?}");
    assert!(!talk.records("retro").iter().any(|(key, _)| key.contains('@') && !key.starts_with("told/")));
    talk.says("ana", "craft", "!hearth retro next");
    let lunch = number_of(&shown, "lunch");
    let pairing = number_of(&shown, "Pairing");
    let script = number_of(&shown, "deploy script");
    talk.says("ana", "craft", &format!("!hearth retro group {lunch} {pairing}"));
    talk.says("ana", "craft", &format!("!hearth retro name {script} \"Deploys\""));
    talk.says("ana", "craft", &format!("!hearth retro name {lunch} Being together"));
    let agenda = number_of(&shown, "agenda");
    talk.says("ana", "craft", &format!("!hearth retro name {agenda} Meetings"));
    let vote = talk.says("ana", "craft", "!hearth retro next");
    assert_snapshot!(drawn_away(&minutes(&vote)), @"
    #craft prompt: **What do we talk about?** Until Mon 5 Oct, 09:09. I have sent you 5 dots; if not, tap *Vote*. Sealed: sums are shown from five voters on.

    - **A** · Deploys (3 notes)
    - **B** · Being together (2 notes)
    - **C** · Meetings (2 notes)
    button retro/1/vote/4: 🗳️ Vote
    button retro/1/vote/4: ▶ next
    button retro/1/vote/4: ◀ back
    button retro/1/vote/4: +5 min
    @ana prompt: **Retro 1 in craft: your 5 dots**, until Mon 5 Oct, 09:09

    Tap themes to share dots, or write `dots A:2 B:1`.

    Sealed, yet servers see taps.
    button retro/1/to/6: A Deploys
    button retro/1/to/6: B Being together
    button retro/1/to/6: C Meetings
    @ben prompt: **Retro 1 in craft: your 5 dots**, until Mon 5 Oct, 09:09

    Tap themes to share dots, or write `dots A:2 B:1`.

    Sealed, yet servers see taps.
    button retro/1/to/7: A Deploys
    button retro/1/to/7: B Being together
    button retro/1/to/7: C Meetings
    @cem prompt: **Retro 1 in craft: your 5 dots**, until Mon 5 Oct, 09:09

    Tap themes to share dots, or write `dots A:2 B:1`.

    Sealed, yet servers see taps.
    button retro/1/to/8: A Deploys
    button retro/1/to/8: B Being together
    button retro/1/to/8: C Meetings
    @dia prompt: **Retro 1 in craft: your 5 dots**, until Mon 5 Oct, 09:09

    Tap themes to share dots, or write `dots A:2 B:1`.

    Sealed, yet servers see taps.
    button retro/1/to/9: A Deploys
    button retro/1/to/9: B Being together
    button retro/1/to/9: C Meetings
    @eve prompt: **Retro 1 in craft: your 5 dots**, until Mon 5 Oct, 09:09

    Tap themes to share dots, or write `dots A:2 B:1`.

    Sealed, yet servers see taps.
    button retro/1/to/10: A Deploys
    button retro/1/to/10: B Being together
    button retro/1/to/10: C Meetings
    @fay prompt: **Retro 1 in craft: your 5 dots**, until Mon 5 Oct, 09:09

    Tap themes to share dots, or write `dots A:2 B:1`.

    Sealed, yet servers see taps.
    button retro/1/to/11: A Deploys
    button retro/1/to/11: B Being together
    button retro/1/to/11: C Meetings
    edit retro/1/card: **Retro 1 · vote**, until Mon 5 Oct, 09:09

    - 7 notes of 6 people, 3 themes
    - I have sent everybody the themes. Tap *Vote* if you have none.
    - Nobody has voted yet · [ana](https://matrix.to/#/@ana:t) facilitates
    ");
    assert_snapshot!(minutes(&talk.tells("ben", "dots A:3 B:2")), @"
    react: ✅
    sealed edit retro/1/to/7: **Retro 1 in craft: your 5 dots**, until Mon 5 Oct, 09:09

    ●●● Deploys · ●● Being together

    Tap themes to share dots, or write `dots A:2 B:1`.
    edit retro/1/card: **Retro 1 · vote**, until Mon 5 Oct, 09:09

    - 7 notes of 6 people, 3 themes
    - I have sent everybody the themes. Tap *Vote* if you have none.
    - One person has voted · [ana](https://matrix.to/#/@ana:t) facilitates
    ");
    tell_all(
        &mut talk,
        &[("cem", "dots A:4 C"), ("dia", "votes A A B"), ("eve", "A:2, B:1"), ("fay", "dots C:5"), ("ben", "dots A:5")],
    );
    assert_eq!(sealed(&talk).iter().filter(|key| key.contains("/dots/")).count(), 5);
    let result = talk.says("ana", "craft", "!hearth retro next");
    assert!(sealed(&talk).is_empty());
    assert_snapshot!(drawn_away(&minutes(&result)), @"
    #craft prompt: **The vote is closed.** 5 people gave their dots:

    - **A** · Deploys ●●●●●●●●●●●●● 13
    - **C** · Meetings ●●●●●● 6
    - **B** · Being together ●● 2
    last edit retro/1/to/6: Retro 1 in craft: we begin with A · Deploys.
    last edit retro/1/to/7: Retro 1 in craft: we begin with A · Deploys.
    last edit retro/1/to/8: Retro 1 in craft: we begin with A · Deploys.
    last edit retro/1/to/9: Retro 1 in craft: we begin with A · Deploys.
    last edit retro/1/to/10: Retro 1 in craft: we begin with A · Deploys.
    last edit retro/1/to/11: Retro 1 in craft: we begin with A · Deploys.
    redact retro/1/to/6/0
    redact retro/1/to/6/1
    redact retro/1/to/6/2
    redact retro/1/to/7/0
    redact retro/1/to/7/1
    redact retro/1/to/7/2
    redact retro/1/to/8/0
    redact retro/1/to/8/1
    redact retro/1/to/8/2
    redact retro/1/to/9/0
    redact retro/1/to/9/1
    redact retro/1/to/9/2
    redact retro/1/to/10/0
    redact retro/1/to/10/1
    redact retro/1/to/10/2
    redact retro/1/to/11/0
    redact retro/1/to/11/1
    redact retro/1/to/11/2
    @ben redact
    @ben redact
    @cem redact
    @dia redact
    @eve redact
    @fay redact
    redact retro/1/answer/003a49362916331a2a0859f3ddc39ce1
    redact retro/1/answer/0f572fa8c05b8e28333a30aff7d57b07
    redact retro/1/answer/5ade933e04d39b773e6becf06a531a9c
    redact retro/1/answer/683afadb5d51ef0dd2919ca94d97bc92
    redact retro/1/answer/69e2b9e2c8867cbb728e4126c96c7209
    redact retro/1/answer/c7665b7ebd24c4c4b215214b28809b0c
    #craft prompt: **A · Deploys** (1 of 3), until Mon 5 Oct, 09:12

    - Deploys are still slow on Fridays
    - The new deploy script is great
    - slow deploys
    button retro/1/theme/5: ▶ next
    button retro/1/theme/5: ◀ back
    button retro/1/theme/5: +5 min
    edit retro/1/card: **Retro 1 · discussion**, until Mon 5 Oct, 09:12

    - 7 notes of 6 people, 3 themes
    - **A · Deploys** (1 of 3)
    - [ana](https://matrix.to/#/@ana:t) facilitates
    ");
    assert_snapshot!(drawn_away(&minutes(&passes(&mut talk, Span::minutes(8)))), @"
    #craft prompt: The time for **A · Deploys** is over: ▶, or a little more?
    button retro/1/over-1791191520/5: ▶ next
    button retro/1/over-1791191520/5: ◀ back
    button retro/1/over-1791191520/5: +5 min
    ");
    talk.says("ana", "craft", "!hearth retro next");
    talk.says("ana", "craft", "!hearth retro next");
    assert_snapshot!(minutes(&talk.says("ana", "craft", "!hearth retro next")), @"
    #craft prompt: **What do we do about it?** One or two that get done are worth more than ten: `!hearth action @who what by when`
    button retro/1/actions/8: ▶ next
    button retro/1/actions/8: ◀ back
    edit retro/1/card: **Retro 1 · what we do**

    - 7 notes of 6 people, 3 themes
    - `!hearth action @who what by when`
    - [ana](https://matrix.to/#/@ana:t) facilitates
    ");
    let agreed = talk.says("cem", "craft", "!hearth action @ben:t write down how we deploy by friday");
    assert!(agreed.iter().any(|line| line.contains("write down how we deploy")), "{agreed:?}");
    let asked = talk.says("ana", "craft", "!hearth retro next");
    assert_snapshot!(minutes(&asked[..5]), @"
    #craft prompt: **Was this worth your time?** Until Mon 5 Oct, 09:17. I have asked each of you directly; the mean is shown from five answers on.
    button retro/1/worth/9: ▶ next
    button retro/1/worth/9: ◀ back
    button retro/1/worth/9: +5 min
    @ana prompt: **Retro 1 in craft: was it worth your time?** Until Mon 5 Oct, 09:17

    `0` lost time · `2` what I put in · `4` much more

    Tap or write a number. Sealed, yet servers see taps.
    ");
    tell_all(&mut talk, &[("ben", "3"), ("cem", "4"), ("dia", "roti 2"), ("eve", "3"), ("fay", "3")]);
    assert_snapshot!(drawn_away(&minutes(&passes(&mut talk, Span::minutes(5)))), @"
    #craft prompt: **Retro 1 is over**

    - 6 people took part, 7 notes, 3 themes.
    - Themes: Deploys, Being together, Meetings
    - Agreed, and brought up again next time:
      - **1** · write down how we deploy · [ben](https://matrix.to/#/@ben:t) · by Fri 9 Oct
    - Worth the time: 3.0 of 4, give or take 0.6 (5 answers)
    - Notes and votes are forgotten; the names of themes stay.
    edit retro/1/card: **Retro 1 is over** · 6 people took part, 7 notes, 3 themes. One thing agreed. Worth 3.0 of 4.
    last edit retro/1/to/12: Retro 1 in craft: it is over. 6 people took part, 7 notes, 3 themes. One thing agreed. Worth 3.0 of 4.
    last edit retro/1/to/13: Retro 1 in craft: it is over. 6 people took part, 7 notes, 3 themes. One thing agreed. Worth 3.0 of 4.
    last edit retro/1/to/14: Retro 1 in craft: it is over. 6 people took part, 7 notes, 3 themes. One thing agreed. Worth 3.0 of 4.
    last edit retro/1/to/15: Retro 1 in craft: it is over. 6 people took part, 7 notes, 3 themes. One thing agreed. Worth 3.0 of 4.
    last edit retro/1/to/16: Retro 1 in craft: it is over. 6 people took part, 7 notes, 3 themes. One thing agreed. Worth 3.0 of 4.
    last edit retro/1/to/17: Retro 1 in craft: it is over. 6 people took part, 7 notes, 3 themes. One thing agreed. Worth 3.0 of 4.
    redact retro/1/to/12/0
    redact retro/1/to/12/1
    redact retro/1/to/12/2
    redact retro/1/to/12/3
    redact retro/1/to/12/4
    redact retro/1/to/13/0
    redact retro/1/to/13/1
    redact retro/1/to/13/2
    redact retro/1/to/13/3
    redact retro/1/to/13/4
    redact retro/1/to/14/0
    redact retro/1/to/14/1
    redact retro/1/to/14/2
    redact retro/1/to/14/3
    redact retro/1/to/14/4
    redact retro/1/to/15/0
    redact retro/1/to/15/1
    redact retro/1/to/15/2
    redact retro/1/to/15/3
    redact retro/1/to/15/4
    redact retro/1/to/16/0
    redact retro/1/to/16/1
    redact retro/1/to/16/2
    redact retro/1/to/16/3
    redact retro/1/to/16/4
    redact retro/1/to/17/0
    redact retro/1/to/17/1
    redact retro/1/to/17/2
    redact retro/1/to/17/3
    redact retro/1/to/17/4
    @ben redact
    @cem redact
    @dia redact
    @eve redact
    @fay redact
    ");
    assert_snapshot!(logged(&talk).join("\n"), @r"
    RetroStarted ana - retro/1 in - -
    Facilitated ana 1 - in retro/1 -
    RetroJoined ana - - in retro/1 -
    RetroJoined ben - - in retro/1 -
    RetroJoined cem - - in retro/1 -
    RetroJoined dia - - in retro/1 -
    RetroJoined eve - - in retro/1 -
    RetroJoined fay - - in retro/1 -
    RetroTheme ana - - in retro/1 Deploys
    RetroTheme ana - - in retro/1 Being together
    RetroTheme ana - - in retro/1 Meetings
    RotiAnswered hearth 2 retro/1/roti/1 in retro/1 -
    RotiAnswered hearth 3 retro/1/roti/2 in retro/1 -
    RotiAnswered hearth 3 retro/1/roti/3 in retro/1 -
    RotiAnswered hearth 3 retro/1/roti/4 in retro/1 -
    RotiAnswered hearth 4 retro/1/roti/5 in retro/1 -
    RetroClosed ana 6 - in retro/1 -
    ");
    let again = talk.says("ben", "craft", "!hearth retro start --format ssc");
    assert_snapshot!(again[4], @"
    #craft notice: **Still open from before:**

    - **1** · write down how we deploy · [ben](https://matrix.to/#/@ben:t) · by Fri 9 Oct
    ");
    talk.says("ben", "craft", "!hearth retro close");
    let kept: Vec<_> = talk.records("retro").into_iter().map(|(key, _)| key).collect();
    assert_eq!(kept, ["count", "room/!craft:t"]);
}

/// The number that a note got.
fn number_of(shown: &str, note: &str) -> usize {
    let line = shown.lines().find(|line| line.contains(note)).unwrap();
    line.split("**").nth(1).unwrap().parse().unwrap()
}

/// Lines without what is drawn, and what is counted through: the numbers of notes and their order, the names of events.
fn drawn_away(text: &str) -> String {
    let mut lines: Vec<String> = Vec::new();
    let mut notes = 0;
    for line in text.lines() {
        let numbered = line.strip_prefix("- **").filter(|rest| rest.starts_with(|first: char| first.is_ascii_digit()));
        notes = if numbered.is_some() { notes + 1 } else { 0 };
        lines.push(match numbered {
            Some(rest) => format!("- {}", rest.split_once(" · ").map_or(rest, |(_, note)| note)),
            None => line.split(" $").next().unwrap_or_default().to_owned(),
        });
        let end = lines.len();
        lines[end - notes..].sort();
    }
    lines.join("\n")
}
