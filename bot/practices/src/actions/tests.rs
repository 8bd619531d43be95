//! Actions as minutes of what was said, and as a storm of commands.

mod storm;

use insta::assert_snapshot;

use super::*;
use crate::{
    EventId, Overrides, Span, Words, World,
    boards::{self, Boards, Gathering, OpenAction, OpenRetro},
    dialogue::{Dialogue, room_id, user},
    records::RecordSet as _,
};

/// Time passes; what is said about actions (other practices have rhythms of their own).
fn passes(talk: &mut Dialogue, span: Span) -> Vec<String> {
    talk.passes(span)
        .into_iter()
        .filter(|line| !line.contains("A question for all of us") && !line.starts_with("button "))
        .collect()
}

fn logged(talk: &Dialogue) -> Vec<String> {
    let row = |entry: &Entry| {
        let link = [&entry.name, &entry.about, &entry.within].into_iter().flatten().cloned().collect::<Vec<_>>();
        format!("{:?} {} {:?} {}", entry.kind, entry.by.localpart(), entry.value, link.join(" "))
    };
    talk.entries.iter().map(row).collect()
}

#[test]
fn an_action_is_agreed_reminded_of_and_done() {
    let mut talk = Dialogue::new();
    assert_snapshot!(talk.says("lea", "lobby", "!hearth action @ana:t book the *big* room by friday").join("\n"), @r"#lobby notice: Noted: **1** · book the \*big\* room · [ana](https://matrix.to/#/@ana:t) · by Fri 9 Oct.");
    assert_snapshot!(talk.says("ben", "lobby", "!hearth action me write the minutes").join("\n"), @"#lobby notice: Noted: **2** · write the minutes · [ben](https://matrix.to/#/@ben:t). If it should have a day: `!hearth action move 2 friday`.");
    assert_snapshot!(talk.says("ben", "lobby", "!hearth action somebody: find a projector in two weeks").join("\n"), @"#lobby notice: Noted: **3** · find a projector · nobody yet · by Mon 19 Oct. Whoever wants it: `!hearth action take 3`.");
    assert_snapshot!(talk.says("cem", "lobby", "!hearth actions").join("\n"), @r"
    #lobby notice: 3 actions are open:

    - **1** · book the \*big\* room · [ana](https://matrix.to/#/@ana:t) · by Fri 9 Oct
    - **3** · find a projector · nobody yet · by Mon 19 Oct
    - **2** · write the minutes · [ben](https://matrix.to/#/@ben:t)
    ");
    assert!(passes(&mut talk, Span::minutes(2 * 24 * 60 - 1)).is_empty());
    assert_snapshot!(passes(&mut talk, Span::minutes(1)).join("\n"), @r"
    @ana prompt (nudge): A small reminder of something that you took on in Testers, between the two of us:

    - **1** · book the \*big\* room · by Fri 9 Oct

    `action done 1` when it's done, `action move 1 friday` for another day, `action drop 1` if it's no longer needed. All are fine.
    ");
    assert!(passes(&mut talk, Span::hours(47)).is_empty());
    assert!(passes(&mut talk, Span::hours(1)).join("\n").contains("**1** · book the \\*big\\* room · today"));
    assert!(passes(&mut talk, Span::days(4)).is_empty(), "two reminders are enough");
    assert!(talk.says("cem", "lobby", "!hearth actions")[0].contains("was for Fri 9 Oct (4 days ago)"));
    assert_eq!(talk.tells("ana", "action done 1"), ["react: ✅"]);
    assert_eq!(talk.tells("ana", "action done 1"), ["@ana notice: Number 1 is done already. Well done!"]);
    assert_eq!(
        logged(&talk),
        [
            "ActionAgreed ana Some(20735) action/1",
            "ActionAgreed ben None action/2",
            "ActionAgreed hearth Some(20745) action/3",
            "ActionDone ana None action/1",
        ]
    );
    let kept = talk.records("actions").iter().map(|(_, record)| record.to_string()).collect::<String>();
    assert!(!kept.contains("big"), "what is done is forgotten: {kept}");
    assert!(talk.says("lea", "lobby", "!hearth action @ana:t one more")[0].contains("**4** · one more"));
}

#[test]
fn an_action_is_taken_given_moved_and_dropped() {
    let mut talk = Dialogue::new();
    talk.says("lea", "lobby", "!hearth action somebody find a projector by 2026-10-20");
    assert!(
        talk.says("ben", "lobby", "!hearth action take 1")[0].contains("Thank you! **1** · find a projector · [ben]")
    );
    assert_snapshot!(talk.says("cem", "lobby", "!hearth action take 1").join("\n"), @"#lobby notice: Number 1 is with [ben](https://matrix.to/#/@ben:t) already. They can pass it on: `!hearth action give 1 @ana`.");
    assert_snapshot!(talk.says("cem", "lobby", "!hearth action drop 1").join("\n"), @"#lobby notice: Number 1 is with [ben](https://matrix.to/#/@ben:t). They say what becomes of it, or whoever noted it, or a lead.");
    assert!(
        talk.says("ben", "lobby", "!hearth action give 1 @cem:t")[0]
            .contains("Passed on: **1** · find a projector · [cem]")
    );
    assert!(talk.says("cem", "lobby", "!hearth action move 1 to end of month")[0].contains("by Sat 31 Oct"));
    let lines = passes(&mut talk, Span::days(27));
    assert_eq!(lines.len(), 2, "{lines:?}");
    assert!(lines.iter().all(|line| line.starts_with("@cem prompt (nudge)")));
    assert_eq!(talk.says("lea", "lobby", "!hearth action drop 1"), ["react: 👍"]);
    assert_eq!(logged(&talk).last().unwrap(), "ActionDropped lea None action/1");
}

#[test]
fn what_is_wrong_is_said_with_what_to_do() {
    let mut talk = Dialogue::new();
    let mut ask = |text: &str| talk.says("ana", "lobby", &format!("!hearth {text}")).join("\n");
    assert!(ask("action").contains("– note it"));
    assert_snapshot!(ask("action @ben:t book the room by Frday"), @"#lobby notice: I can't read `Frday` as a day, so nothing has changed. I understand `friday`, `in two weeks`, `end of month`, `27 November` and `2027-03-31`. If that belongs to what is to be done, put it in quotation marks.");
    assert_snapshot!(ask("action @ben:t book the room by 2026-09-01"), @"#lobby notice: Tue 1 Sep is over already. Which day do you mean?");
    assert_snapshot!(ask("action @ben:t book the room by 2206-10-09"), @"#lobby notice: Thu 9 Oct 2206 is more than five years away. Is that a slip? Then send it again with the right year.");
    assert_snapshot!(ask("action @Bärbel book the room"), @"#lobby notice: I can't tell who `@Bärbel` is. Choose them from the list that your app offers when you type @, write the whole id like `@ana:example.org`, or write `!hearth action somebody …` if nobody has it yet.");
    assert_snapshot!(ask("action @ben:t by friday"), @"#lobby notice: What is to be done? Write it like `!hearth action @ana book the room by friday`.");
    assert_snapshot!(ask("action done"), @"#lobby notice: Which one? Say its number, like `!hearth action done 4`. `!hearth actions` shows the numbers.");
    assert_snapshot!(ask("action done 7"), @"#lobby notice: There is no action 7. `!hearth actions` shows what is open.");
    assert!(ask("action @ben:t \"Sing Stand by me\"").contains("Noted: **1** · Sing Stand by me"));
    assert!(ask("action @Ben book the room by friday").contains("[ben](https://matrix.to/#/@ben:t)"));
    assert_snapshot!(ask("action move 1"), @"#lobby notice: To which day? Write it like `!hearth action move 1 friday`, or `in two weeks`, `end of month`, `2027-03-31`.");
    assert!(ask("action move 1 soonish").contains("I can't read `soonish` as a day"));
    assert!(ask(&format!("action @ben:t {}", "x".repeat(301))).contains("301 characters"));
    assert!(ask("actions of ben").contains("– note it"));
    assert!(talk.tells("ana", "action @ben:t book the room")[0].contains("Actions are agreed in a room"));
}

#[test]
fn a_name_without_its_sign_becomes_no_part_of_an_action_and_nobody_is_given_one_by_a_guess() {
    let mut talk = Dialogue::new();
    for who in ["ana", "will"] {
        talk.joins(who, "lobby");
    }
    let mut ask = |text: &str| talk.says("lea", "lobby", &format!("!hearth action {text}")).join("\n");
    assert_snapshot!(ask("ana write the guide by friday"), @"
    #lobby notice: Whose is it? I noted nothing yet. Copy the line that you mean:

    - `!hearth action @ana:t write the guide by friday`
    - `!hearth action somebody ana write the guide by friday`
    ");
    assert_snapshot!(ask("Will check \"the build\" by friday"), @r#"
    #lobby notice: Whose is it? I noted nothing yet. Copy the line that you mean:

    - `!hearth action @will:t check "the build" by friday`
    - `!hearth action somebody Will check "the build" by friday`
    "#);
    assert!(ask("write Ana a letter").contains("Noted: **1** · write Ana a letter"));
    assert!(ask("ana").contains("Noted: **2** · ana"), "a word alone is what is to be done");
    assert_snapshot!(ask("give 1 ana"), @"
    #lobby notice: Whose is it? I noted nothing yet. Copy the line that you mean:

    - `!hearth action give 1 @ana:t`
    ");
    assert!(ask("give 1 zoe").contains("I can't tell who `zoe` is"));
    assert!(ask("@ana:t write the guide by friday").contains("Noted: **3** · write the guide · [ana]"));
    talk.leaves("ana", "lobby");
    assert!(talk.says("lea", "lobby", "!hearth action ana leads")[0].contains("· ana leads · nobody yet"));
    assert!(!logged(&talk).concat().contains("ActionAgreed will"));
}

#[test]
fn german_is_understood_and_spoken() {
    let mut talk = Dialogue::new();
    talk.words = Words::of("de").unwrap();
    assert_snapshot!(talk.says("lea", "lobby", "!hearth action @ana:t bucht den Raum bis zum 27. November").join("\n"), @"#lobby notice: Notiert: **1** · bucht den Raum · [ana](https://matrix.to/#/@ana:t) · bis Fr 27. Nov.");
    assert!(
        talk.says("lea", "lobby", "!hearth action jemand sucht einen Beamer in zwei Wochen")[0]
            .contains("noch niemand · bis Mo 19. Okt")
    );
    assert_eq!(talk.says("ana", "lobby", "!hearth action erledigt 1"), ["react: ✅"]);
}

#[test]
fn in_the_direct_room_everybody_sees_their_own() {
    let mut talk = Dialogue::new();
    talk.says("lea", "lobby", "!hearth action @ana:t book the room");
    talk.says("lea", "lobby", "!hearth action @ben:t write the minutes");
    assert_snapshot!(talk.tells("ana", "actions").join("\n"), @r"
    @ana notice: One thing that you took on is open:

    - **1** · book the room · [ana](https://matrix.to/#/@ana:t)

    One more is with others: `actions all`.
    ");
    assert!(talk.tells("cem", "actions mine")[0].contains("Nothing is waiting for you."));
    assert!(talk.tells("cem", "actions all")[0].contains("2 actions are open"));
}

#[test]
fn reminders_of_one_day_come_together_and_those_missed_for_a_week_not_at_all() {
    let mut talk = Dialogue::new();
    talk.says("lea", "lobby", "!hearth action @ana:t book the room by friday");
    talk.says("lea", "lobby", "!hearth action @ana:t order cake by friday");
    assert_eq!(passes(&mut talk, Span::days(3)).len(), 1);
    // The bot is down from Thursday to Saturday: the reminder for Friday comes late, once.
    talk.now = Span::days(2).after(talk.now);
    let late = passes(&mut talk, Span::minutes(1));
    assert_eq!(late.len(), 1);
    assert!(late[0].contains("was for Fri 9 Oct (yesterday)"), "{late:?}");
    talk.says("lea", "lobby", "!hearth action @ben:t book another room by 2026-10-20");
    talk.now = Span::days(30).after(talk.now);
    assert!(passes(&mut talk, Span::days(3)).is_empty());
}

#[test]
fn who_is_forgotten_leaves_actions_that_others_can_take() {
    let mut talk = Dialogue::new();
    talk.says("ana", "lobby", "!hearth action me book the room by friday");
    talk.tells("ana", "forget-me");
    talk.happens(&Event::Forgotten { who: user("ana") });
    assert!(!format!("{:?}", talk.records("actions")).contains("@ana"));
    assert!(talk.says("ben", "lobby", "!hearth actions")[0].contains("book the room · nobody yet"));
    assert!(passes(&mut talk, Span::days(7)).is_empty());
}

/// Actions alone, beside a board that others have put up.
fn alone<T>(board: boards::Retros, act: impl FnOnce(&Ctx<Settings>) -> T) -> T {
    let talk = Dialogue::new();
    let mut seen = Boards::default();
    seen.put(std::sync::Arc::new(board));
    let overrides = Overrides::new();
    let world = World {
        now: talk.now,
        seed: 7,
        secret_seed: [0; 32],
        words: talk.words,
        community: &talk.community,
        practices: crate::registry::ALL.catalogue(),
        overrides: &overrides,
        boards: &seen,
        present: crate::alone::everywhere(),
    };
    act(&Ctx { settings: &Settings::default(), world: &world })
}

#[test]
fn an_action_belongs_to_the_gathering_in_whose_thread_it_was_agreed() {
    let open = |(name, room, thread): (&str, &str, Option<&str>)| {
        let (name, thread) = (name.to_owned(), thread.map(EventId::from));
        OpenRetro { gathering: Gathering { name, room: room_id(room), thread }, voting: false }
    };
    let open = [("retro/3", "lobby", Some("$retro")), ("retro/4", "craft", None), ("retro/5", "craft", Some("$five"))]
        .map(open);
    let board = boards::Retros { open: open.into() };
    let at = |room: &str, thread: Option<&str>| {
        let mut talk = Dialogue::new();
        let source = talk.source(room, false, thread.map(EventId::from));
        alone(board.clone(), |ctx| gathering::at(ctx, &source))
    };
    assert_eq!(at("lobby", Some("$retro")).as_deref(), Some("retro/3"));
    assert_eq!(at("lobby", None).as_deref(), Some("retro/3"));
    assert_eq!(at("lobby", Some("$elsewhere")), None);
    assert_eq!(at("craft", Some("$five")).as_deref(), Some("retro/5"));
    assert_eq!(at("craft", Some("$unknown")).as_deref(), Some("retro/4"));
    assert_eq!(at("leads", None), None);
}

#[test]
fn the_board_shows_what_is_open() {
    // Rows of older databases look like this.
    let row = (
        "open/000004".to_owned(),
        r#"{"open":{"number":4,"what":"cake","who":"@ana:t","due":"2026-11-27","from":"retro/1","room":"!lobby:t",
            "by":"@ben:t","at":"2026-11-01T09:00:00Z","event":"$e"}}"#
            .to_owned(),
    );
    let (records, unread) = Records::load_readable(vec![row]);
    assert!(unread.is_empty(), "{unread:?}");
    let cake = OpenAction {
        number: 4,
        what: "cake".to_owned(),
        who: Some(UserId::from("@ana:t")),
        due: Some(jiff::civil::date(2026, 11, 27)),
        from: Some("retro/1".to_owned()),
        room: room_id("lobby"),
    };
    assert_eq!(Actions::board(&records).open, [cake]);
}
