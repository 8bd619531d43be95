//! Topics beside retrospectives and meetings, and in German.

use insta::assert_snapshot;

use super::{all_give, passes, proposed};
use crate::{Span, Words, dialogue::Dialogue};

#[test]
fn dots_with_letters_go_to_the_retro_and_dots_with_numbers_to_topics() {
    let mut talk = proposed();
    talk.says("ana", "lobby", "!hearth topic vote");
    talk.says("ana", "craft", "!hearth retro start");
    talk.reacts("ben", "retro", "retro/1/card", "👍");
    talk.tells("ben", "happy: tea");
    talk.tells("ben", "unhappy: noise");
    talk.tells("cem", "happy: the cake");
    talk.tells("dia", "unsure: the rain");
    for _ in 0..3 {
        talk.says("ana", "craft", "!hearth retro next");
    }
    let voted = |talk: &Dialogue, practice: &str| {
        talk.records(practice).iter().filter(|(key, _)| key.starts_with("sealed/") && !key.contains("/paper/")).count()
    };
    talk.tells("ben", "dots A:1");
    assert_eq!((voted(&talk, "retro"), voted(&talk, "topics")), (1, 0));
    assert!(talk.tells("ben", "dots 2:1")[0].contains("Your dots for topics: **● On call**"));
    assert_eq!((voted(&talk, "retro"), voted(&talk, "topics")), (1, 1));
}

#[test]
fn the_agenda_of_a_meeting_comes_from_the_vote() {
    let mut talk = proposed();
    talk.says("lea", "lobby", r#"!hearth meeting new "Community call" every friday 10:00"#);
    talk.says("ben", "lobby", "!hearth topic vote");
    all_give(&mut talk, "2:1 3:2");
    talk.says("ben", "lobby", "!hearth topic close");
    talk.says("dia", "lobby", "!hearth topic claim 3");
    assert_snapshot!(talk.says("ana", "lobby", "!hearth meeting agenda").join("\n"), @"
    #lobby notice: **Community call**, Fri 9 Oct, 10:00

    What you want to talk about:

    - **3** · Pairing · 12 dots · [dia](https://matrix.to/#/@dia:t)
    - **2** · On call · 6 dots
    - **1** · How we review
    ");
    let lines = passes(&mut talk, Span::hours(97));
    let card = lines.iter().find(|line| line.contains("begins now")).unwrap();
    assert_snapshot!(card, @"
    #lobby prompt: **Community call begins now**, until 11:00

    Nobody leads yet. Whoever does says `!hearth meeting swap @me`.

    What you want to talk about:

    - **3** · Pairing · 12 dots · [dia](https://matrix.to/#/@dia:t)
    - **2** · On call · 6 dots
    - **1** · How we review

    Tap *I am in*, or write `here`. Talk goes in the thread, and `!hearth action @who what by when`.
    ");
    talk.answers("dia", "meetings", "meeting/1/2026-10-09", "!hearth topic discussed 3 we try it for a month");
    passes(&mut talk, Span::hours(1));
    assert_snapshot!(talk.says("ana", "lobby", "!hearth meeting agenda").join("\n"), @"
    #lobby notice: **Community call**, Fri 16 Oct, 10:00

    What you want to talk about:

    - **2** · On call · 6 dots
    - **1** · How we review
    ");
}

#[test]
fn german_is_understood_and_spoken() {
    let mut talk = Dialogue::new();
    talk.words = Words::of("de").unwrap();
    let mut minutes = talk.says("ana", "lobby", "!hearth thema neu Wie wir reviewen");
    talk.says("ben", "lobby", "!hearth thema vorschlagen Rufbereitschaft");
    minutes.extend(talk.says("ana", "lobby", "!hearth themen"));
    minutes.extend(talk.says("ana", "lobby", "!hearth thema abstimmen"));
    minutes.extend(talk.reacts("ben", "topics", "round/1", "👍"));
    minutes.extend(talk.tells("ben", "punkte 2:2"));
    minutes.extend(talk.tells("ben", "punkte 2:4"));
    all_give(&mut talk, "1:1 2:2");
    minutes
        .extend(talk.says("ana", "lobby", "!hearth thema beenden").into_iter().filter(|line| !line.contains("redact")));
    minutes.extend(talk.says("cem", "lobby", "!hearth thema übernehmen 2"));
    minutes.extend(talk.says("cem", "lobby", "!hearth thema besprochen 2 wir wechseln wöchentlich"));
    assert_snapshot!(minutes.join("\n"), @"
    #lobby notice: Das ist jetzt Thema 1. `!hearth thema liste` zeigt hier die Liste.
    #lobby notice: **Themen**

    - **1** · Wie wir reviewen
    - **2** · Rufbereitschaft

    Schlag eins vor mit `!hearth thema neu …`, leite eins mit `!hearth thema leiten 3`.
    #lobby prompt: **Worüber wollen wir reden?**
    Bis **Mi 7. Okt, 09:00 Uhr** · **0** von 5 nötigen Stimmen

    - **1** · Wie wir reviewen
    - **2** · Rufbereitschaft

    Tipp auf 🗳️ Abstimmen oder schreib mir `thema abstimmen`: Du wählst in unserem Direktchat, und niemand sieht, wer was gewählt hat; die Grenzen nennt `datenschutz`.
    button round/1: 🗳️ Abstimmen
    @ben prompt: **Worüber wollen wir reden?**
    Bis **Mi 7. Okt, 09:00 Uhr**

    **1** Wie wir reviewen
    **2** Rufbereitschaft

    3 Punkte: `punkte 2:2 1:1`.
    Tippen sieht nur der Server.
    button sheet/1/eef76adbbae6d65b60bc9ec4e2a85ee7: 1 Wie wir reviewen
    button sheet/1/eef76adbbae6d65b60bc9ec4e2a85ee7: 2 Rufbereitschaft
    react: ✅
    sealed edit sheet/1/eef76adbbae6d65b60bc9ec4e2a85ee7: **Worüber wollen wir reden?**
    Bis **Mi 7. Okt, 09:00 Uhr**

    ✅ **●● Rufbereitschaft**

    Ändere es, oder schreib `keine`.
    sealed @ben notice: Das sind 4 Punkte, und du hast 3. Noch hat sich nichts geändert. Du hast 3 Punkte: `punkte 2:2 1:1`.
    edit round/1: **Worüber wollen wir reden?**
    🏆 **Rufbereitschaft**, 12 von 18 Punkten, 10 im Raum

    - **1** · Wie wir reviewen
    - **2** · Rufbereitschaft
    #lobby prompt: 🏆 **Rufbereitschaft**, 12 von 18 Punkten, 10 im Raum
    #lobby notice: **Die Abstimmung über Themen ist beendet.**

    - ██████████ 12 · **2** · Rufbereitschaft
    - █████░░░░░ 6 · **1** · Wie wir reviewen

    6 von 10 haben teilgenommen.

    Die ersten davon eröffnen die Tagesordnung des nächsten Treffens. Wer eins leiten mag, schreibt `!hearth thema leiten 3`.
    last edit sheet/1/eef76adbbae6d65b60bc9ec4e2a85ee7: **Die Abstimmung über Themen ist beendet.** 🏆 **Rufbereitschaft**, 12 von 18 Punkten, 10 im Raum
    edit list/1: **Themen**

    - **2** · Rufbereitschaft · 12 Punkte
    - **1** · Wie wir reviewen · 6 Punkte

    Schlag eins vor mit `!hearth thema neu …`, leite eins mit `!hearth thema leiten 3`.
    react: ✅
    edit list/1: **Themen**

    - **2** · Rufbereitschaft · 12 Punkte · geleitet von [cem](https://matrix.to/#/@cem:t)
    - **1** · Wie wir reviewen · 6 Punkte

    Schlag eins vor mit `!hearth thema neu …`, leite eins mit `!hearth thema leiten 3`.
    react: ✅
    edit list/1: **Themen**

    - **1** · Wie wir reviewen · 6 Punkte

    Zuletzt besprochen (`!hearth thema verlauf` zeigt mehr):

    - 2 · Rufbereitschaft: wir wechseln wöchentlich

    Schlag eins vor mit `!hearth thema neu …`, leite eins mit `!hearth thema leiten 3`.
    ");
}
