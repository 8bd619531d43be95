//! What is asked of the world, and answered once.

use hearth_practices::RequestKind;

use crate::{
    engine::UnitOfWork,
    report,
    sending::{
        Carried, Refused,
        desk::{Desk, Errand},
    },
    stage::Stage,
    store::{Commit, Due, OutboxItem},
};

/// A community whose leads have had a report.
fn guild() -> Stage {
    let mut stage = Stage::new(&[("Guild", &["lobby", "leads"])]);
    stage.comes_to("lobby", &["ana", "ben", "lea"]);
    stage.comes_to("leads", &["lea"]);
    stage.says("lea", "lobby", "!hearth settings lobby here");
    stage.says("lea", "leads", "!hearth settings leads-room here");
    let folder = stage.file("reports").join("guild").join("2026-10");
    std::fs::create_dir_all(&folder).unwrap();
    let report = concat!(env!("CARGO_MANIFEST_DIR"), "/../reports/examples/report.json");
    std::fs::copy(report, folder.join("report.json")).unwrap();
    let posted = vec![("Guild".to_owned(), "2026-10".to_owned(), "posted".to_owned())];
    stage.finish(UnitOfWork { commit: Commit { reports: posted, ..Commit::default() }, ..UnitOfWork::default() });
    stage
}

/// A lead shares the month, and the bot is killed before it does anything about it.
fn asked(mut stage: Stage) -> Stage {
    stage.absent = true;
    assert_eq!(stage.says("lea", "leads", "!hearth report share"), [""; 0]);
    stage.restart()
}

/// What is to be done next: the request.
fn next(stage: &mut Stage, desk: &mut Desk) -> Due {
    let Some(Errand::Send(due)) = stage.core.next_errand(desk, stage.now).unwrap() else { panic!("nothing is asked") };
    assert!(matches!(&due.item, OutboxItem::Ask(request) if request.what == RequestKind::ShareReport), "{due:?}");
    *due
}

fn passes(stage: &mut Stage) -> Vec<String> {
    stage.passes(jiff::SignedDuration::ZERO)
}

#[test]
fn a_lead_who_shares_a_report_is_answered_once_whenever_the_bot_is_killed() {
    let mut stage = asked(guild());
    let due = next(&mut stage, &mut Desk::new());
    // It is done, and the bot is killed before it has written that down.
    report::share(&stage.core, "Guild", stage.now).unwrap();
    let mut stage = stage.restart();
    let mut desk = Desk::new();
    let again = next(&mut stage, &mut desk);
    assert_eq!(due.txn, again.txn);
    let answered = report::share(&stage.core, "Guild", stage.now).unwrap();
    let (errand, outcome) = (Errand::Send(Box::new(again.clone())), Ok(Carried::Answered(Box::new(answered.clone()))));
    assert!(stage.core.settle(&mut desk, &errand, &outcome, stage.now).unwrap());
    // Killed again, after that.
    let mut stage = stage.restart();
    let lines = passes(&mut stage);
    let shared = |line: &&String| line.starts_with("!lobby:t ") && line.contains("**October");
    assert_eq!(lines.iter().filter(shared).count(), 1, "{lines:#?}");
    let told = |line: &&String| line.starts_with("!leads:t ") && line.contains("the lobby knows how Oct 2026 was");
    assert_eq!(lines.iter().filter(told).count(), 1, "{lines:#?}");
    assert_eq!(stage.count("bot.db", "SELECT count(*) FROM record WHERE practice = 'report'"), 0);
    // Told twice, it follows once.
    stage.core.tell_answer(&again, &answered, stage.now).unwrap();
    assert_eq!(passes(&mut stage), [""; 0]);
    let lines = stage.says("lea", "leads", "!hearth report share");
    assert!(lines.len() == 1 && lines[0].contains("has had Oct 2026 already"), "{lines:#?}");
}

#[test]
fn two_who_share_at_once_are_both_answered_and_the_lobby_hears_it_once() {
    let mut stage = guild();
    stage.absent = true;
    stage.says("lea", "leads", "!hearth report share");
    stage.says("lea", "lobby", "!hearth report share");
    stage.absent = false;
    let lines = passes(&mut stage);
    let count = |text: &str| lines.iter().filter(|line| line.contains(text)).count();
    assert_eq!(
        (count("**October in"), count("the lobby knows"), count("had Oct 2026 already")),
        (1, 1, 1),
        "{lines:#?}"
    );
}

#[test]
fn a_request_that_cannot_be_carried_out_is_answered_too() {
    let mut stage = asked(guild());
    let mut desk = Desk::new();
    let errand = Errand::Send(Box::new(next(&mut stage, &mut desk)));
    // The bot breaks over it.
    stage.core.broke(&mut desk, &errand.job(), "a panic", stage.now).unwrap();
    let lines = passes(&mut stage);
    assert!(lines.len() == 1 && lines[0].starts_with("!leads:t I couldn't share that"), "{lines:#?}");
    assert_eq!(stage.count("bot.db", "SELECT count(*) FROM aside"), 1, "and the operator can look at it");
    // It is refused for good.
    let mut stage = asked(stage);
    let mut desk = Desk::new();
    let errand = Errand::Send(Box::new(next(&mut stage, &mut desk)));
    stage.core.settle(&mut desk, &errand, &Err(Refused::never("no")), stage.now).unwrap();
    let lines = passes(&mut stage);
    assert!(lines.len() == 1 && lines[0].starts_with("!leads:t I couldn't share that"), "{lines:#?}");
    assert_eq!(stage.count("bot.db", "SELECT count(*) FROM outbox"), 0);
}
