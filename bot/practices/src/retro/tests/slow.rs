//! Over days, in German, with people who come late and go early.

use insta::assert_snapshot;

use super::{logged, minutes, passes, tell_all};
use crate::{
    Ctx, Effect, Input, Invocation, Outgoing, Practice as _, Records, Span, UserId, Words,
    boards::{self, Boards, Gathering, OpenAction, OpenRetro},
    dialogue::{Dialogue, room_id, user},
    practice::World,
    retro::{Command, Past, PastOf, Retros, Settings, What},
};

fn german() -> Dialogue {
    let mut talk = Dialogue::new();
    talk.words = Words::of("de").unwrap();
    talk
}

#[test]
fn a_retro_over_days_moves_by_itself_and_calls_its_facilitator() {
    let mut talk = german();
    let opened = talk.says("ana", "lobby", "!hearth retro start --format 4ls --collect 2d --vote 1d");
    assert_snapshot!(opened[0], @"
    #lobby prompt: **Retro 1 · Notizen**, bis Mi 7. Okt, 09:00 Uhr

    - **gefallen** · **gelernt** · **gefehlt** · **gewünscht**
    - Tipp auf *Ich habe etwas*, oder schreib mir `gefallen: …`.
    - Geheim und ohne Namen. Die Grenzen nennt `datenschutz`.
    - Noch hat niemand geschrieben · [ana](https://matrix.to/#/@ana:t) moderiert
    ");
    assert_snapshot!(minutes(&talk.reacts("ben", "retro", "retro/1/card", "👍")), @"
    @ben prompt: **Retro 1 in lobby**, bis Mi 7. Okt, 09:00 Uhr

    Je Notiz eine Zeile: `gefallen: …` · `gelernt: …` · `gefehlt: …` · `gewünscht: …`

    Geheim und ohne Namen.
    ");
    tell_all(
        &mut talk,
        &[
            ("ben", "gelernt: wie man Fragen stellt"),
            ("cem", "Gefehlt: Zeit für die Besprechung"),
            ("dia", "gewünscht: kürzere Besprechungen"),
        ],
    );
    passes(&mut talk, Span::days(1));
    // Somebody joins late, and writes English.
    talk.joins("eve", "lobby");
    tell_all(&mut talk, &[("eve", "longed for: fewer meetings")]);
    talk.leaves("cem", "lobby");
    let revealed = passes(&mut talk, Span::days(1));
    let notes = revealed.iter().filter(|line| line.contains(" notice: ")).cloned().collect::<Vec<_>>();
    assert_eq!(notes.len(), 4, "{revealed:?}");
    assert!(notes.join("\n").contains("Zeit für die Besprechung"), "who left has said what they said");
    assert_snapshot!(revealed.last().unwrap(), @"#lobby prompt: [ana](https://matrix.to/#/@ana:t), du bist dran: ▶ geht weiter.");
    talk.says("ana", "lobby", "!hearth retro next");
    let vote = talk.says("ana", "lobby", "!hearth retro next");
    assert!(vote.iter().any(|line| line.starts_with("@eve prompt: ")), "{vote:?}");
    assert!(!vote.iter().any(|line| line.starts_with("@cem ")), "who left is not written to");
    tell_all(&mut talk, &[]);
    talk.tells("ben", "dots A:5");
    talk.tells("eve", "dots B:1");
    let result = passes(&mut talk, Span::days(1));
    assert_snapshot!(result[0], @"#lobby prompt: **Die Abstimmung ist zu Ende.** Weniger als fünf haben Punkte gegeben; ich zeige sie nicht und habe sie gelöscht. Wir beginnen mit den Themen, die am meisten Notizen haben.");
    for _ in 0..10 {
        talk.says("ana", "lobby", "!hearth retro next");
    }
    assert_eq!(logged(&talk).last().unwrap(), "RetroClosed ana 4 - in retro/1 -");
    assert!(!logged(&talk).iter().any(|row| row.starts_with("Roti")), "fewer than five said nothing that is kept");
}

#[test]
fn a_retro_that_nobody_moves_is_put_away() {
    let mut talk = german();
    talk.says("ana", "lobby", "!hearth retro start --collect 2d");
    let notes = [("ben", "froh: der Kuchen"), ("cem", "froh: der Lärm"), ("dia", "froh: der Termin")];
    tell_all(&mut talk, &notes);
    passes(&mut talk, Span::days(2));
    passes(&mut talk, Span::days(13));
    let goes_on = |talk: &Dialogue| talk.records("retro").iter().any(|(key, _)| key == "retro/1");
    assert!(goes_on(&talk));
    assert_snapshot!(minutes(&passes(&mut talk, Span::days(1))[..1]), @"
    #lobby prompt: **Retro 1 ist zu Ende**

    - Zwei Wochen lang hat sie niemand weitergeführt, also habe ich sie weggeräumt.
    - 3 Personen haben mitgemacht, 3 Notizen.
    - Notizen und Punkte sind vergessen; die Namen der Themen bleiben.
    ");
    assert!(!goes_on(&talk));
}

#[test]
fn a_retro_without_notes_ends_kindly() {
    let mut talk = german();
    talk.says("ana", "lobby", "!hearth retro start");
    assert_snapshot!(minutes(&passes(&mut talk, Span::minutes(10))), @"
    #lobby prompt: **Retro 1 ist zu Ende**

    - Diesmal hat niemand eine Notiz geschrieben. Ihr könnt jederzeit eine neue beginnen.
    edit retro/1/card: **Retro 1 ist zu Ende** · Diesmal hat niemand eine Notiz geschrieben. Ihr könnt jederzeit eine neue beginnen.
    ");
}

#[test]
fn the_next_one_begins_with_what_is_open_and_what_returns() {
    let talk = Dialogue::new();
    let mut records = Records::default();
    let themes = ["Deploys", "Meetings", "the deploy"].map(|theme| vec![theme.to_owned()]).to_vec();
    records.insert(PastOf { room: "!craft:t".into() }, Past { themes, ended: None, asked: None });
    let mut board = Boards::default();
    let action = |number: u32, who: Option<UserId>, room: &str| OpenAction {
        number,
        what: "fix *it*".to_owned(),
        who,
        due: Some(jiff::civil::date(2026, 11, 27)),
        from: None,
        room: room_id(room),
    };
    let open = vec![action(4, Some(user("ben")), "craft"), action(5, None, "lobby")];
    board.put(std::sync::Arc::new(boards::Actions { open }));
    let world = World {
        now: talk.now,
        seed: 0,
        secret_seed: [0; 32],
        words: talk.words,
        community: &talk.community,
        practices: crate::registry::ALL.catalogue(),
        overrides: &talk.overrides,
        boards: &board,
        present: crate::alone::everywhere(),
    };
    let ctx = Ctx { settings: &Settings::default(), world: &world };
    let source = Dialogue::new().source("craft", false, None);
    let start = What::Start { format: Vec::new(), collect: None, vote: None, theme: None };
    let invocation =
        Invocation { by: &user("ana"), lead: false, source: &source, command: Command::Retro { what: Some(start) } };
    let effects = Retros::react(&mut records, &ctx, &Input::Command(invocation));
    let Some(Effect::Send(Outgoing::Message(message))) = effects.get(4) else { panic!("{effects:?}") };
    assert_snapshot!(message.body, @r"
    **Still open from before:**

    - **4** · fix \*it\* · [ben](https://matrix.to/#/@ben:t) · by Fri 27 Nov

    **Came up more than once lately:** the deploy (2 times)
    ");
    let gathering = Gathering { name: "retro/1".to_owned(), room: room_id("craft"), thread: None };
    assert_eq!(Retros::board(&records).open, [OpenRetro { gathering, voting: false }]);
}
