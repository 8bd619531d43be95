//! When months are reported, and what of it is said.

use hearth_reports::RoomPicture;

use super::*;
use crate::stage::Stage;

/// Lea leads, and Ana has written in October.
fn guild(zone: &str) -> Stage {
    let mut stage = Stage::new(&[("Guild", &["lobby", "leads"])]);
    stage.comes_to("lobby", &["ana", "lea"]);
    stage.comes_to("leads", &["lea"]);
    stage.says("lea", "leads", "!hearth settings leads-room here");
    stage.says("lea", "leads", &format!("!hearth settings zone {zone}"));
    stage
}

fn look(stage: &mut Stage) -> Option<String> {
    due(&mut stage.core, stage.now).map(|due| due.month.to_string())
}

/// It is so late, and the bot has read everything until now.
fn at(stage: &mut Stage, time: &str) {
    stage.now = time.parse().unwrap();
    let mut unit = UnitOfWork::default();
    stage.core.tick(stage.now, &mut unit);
    stage.finish(unit);
}

fn becomes(stage: &mut Stage, outcome: &str) {
    let reports = vec![("Guild".to_owned(), "2026-10".to_owned(), outcome.to_owned())];
    stage.finish(UnitOfWork { commit: Commit { reports, ..Commit::default() }, ..UnitOfWork::default() });
}

#[test]
fn a_report_is_looked_for_once_an_hour_and_when_something_has_changed() {
    let mut stage = Stage::new(&[("Guild", &["lobby", "leads"])]);
    stage.comes_to("lobby", &["ana", "lea"]);
    stage.comes_to("leads", &["lea"]);
    let waits = |stage: &Stage| !stage.core.next_look.has_come(stage.now);
    assert_eq!(look(&mut stage), None, "there are no leads to tell");
    assert!(waits(&stage));
    stage.says("lea", "leads", "!hearth settings leads-room here");
    assert!(!waits(&stage), "a setting has changed");
    assert_eq!(look(&mut stage), None, "nothing is in the log from before this month");
    stage.says("ana", "lobby", "good morning");
    assert!(waits(&stage), "talk changes nothing");
    stage.now = hour_after(stage.now);
    assert!(!waits(&stage));
    at(&mut stage, "2026-11-04T00:00:00Z");
    assert_eq!(look(&mut stage).as_deref(), Some("2026-10"));
    assert_eq!(look(&mut stage).as_deref(), Some("2026-10"), "until something became of it");
    becomes(&mut stage, "failed 2026-11-04");
    assert_eq!(look(&mut stage), None);
    assert!(waits(&stage));
    at(&mut stage, "2026-11-05T00:00:00Z");
    assert_eq!(look(&mut stage).as_deref(), Some("2026-10"), "what failed is tried again the next day");
    becomes(&mut stage, "posted");
    assert_eq!(look(&mut stage), None);
}

#[test]
fn a_month_is_reported_seventy_two_hours_after_its_end_by_the_communitys_clock() {
    for (zone, before, after) in [
        ("UTC", "2026-11-03T23:59:59Z", "2026-11-04T00:00:00Z"),
        ("Asia/Tokyo", "2026-11-03T14:59:59Z", "2026-11-03T15:00:00Z"),
        ("America/New_York", "2026-11-04T03:59:59Z", "2026-11-04T04:00:00Z"),
    ] {
        let mut stage = guild(zone);
        at(&mut stage, before);
        assert_eq!(look(&mut stage), None, "{zone}");
        at(&mut stage, after);
        assert_eq!(look(&mut stage).as_deref(), Some("2026-10"), "{zone}");
    }
}

#[test]
fn a_bot_that_was_down_reports_as_soon_as_its_log_has_reached_the_day() {
    let mut stage = guild("UTC");
    stage.now = "2026-11-09T10:00:00Z".parse().unwrap();
    stage = stage.restart();
    assert_eq!(look(&mut stage), None, "what happened since is still to be read");
    stage.now += SignedDuration::from_mins(1);
    assert_eq!(look(&mut stage), None);
    at(&mut stage, "2026-11-09T11:00:00Z");
    assert_eq!(look(&mut stage).as_deref(), Some("2026-10"));
}

#[test]
fn whoever_is_forgotten_changes_no_report_and_what_was_released_is_never_made_again() {
    let mut stage = guild("UTC");
    at(&mut stage, "2026-11-04T00:00:00Z");
    let due = due(&mut stage.core, stage.now).unwrap();
    let example = concat!(env!("CARGO_MANIFEST_DIR"), "/../reports/examples/report.json");
    let report = serde_json::from_slice(&std::fs::read(example).unwrap()).unwrap();
    let released = releases("made\nreleased 2026-09 ab12\nreleased smarch cd\nreleased 2026-10 34cd\n");
    let unit = told(&stage.core, &due, &Made { report, folder: stage.file("reports"), released });
    stage.finish(unit);
    let noted = |stage: &Stage| {
        let all = stage.core.store.released("Guild").unwrap().into_iter();
        all.map(|(month, hash)| format!("{month} {}", hash.unwrap_or_default())).collect::<Vec<_>>()
    };
    assert_eq!(noted(&stage), ["2026-09 ab12", "2026-10 34cd"]);
    stage.direct("ana");
    stage.tells("ana", "forget-me");
    stage.tells("ana", "yes");
    at(&mut stage, "2026-11-06T00:00:00Z");
    assert_eq!(look(&mut stage), None);
    // Its file and what was told of it may be lost.
    let months = "DELETE FROM report";
    rusqlite::Connection::open(stage.file("bot.db")).unwrap().execute(months, ()).unwrap();
    stage = stage.restart();
    at(&mut stage, "2026-11-07T00:00:00Z");
    assert_eq!(look(&mut stage), None);
    let again = vec![("Guild".to_owned(), "2026-10".to_owned(), Some("other".to_owned()))];
    stage.finish(UnitOfWork { commit: Commit { released: again, ..Commit::default() }, ..UnitOfWork::default() });
    assert_eq!(noted(&stage), ["2026-09 ab12", "2026-10 34cd"], "what was noted first holds");
}

#[test]
fn the_worker_hears_what_was_released_and_what_is_tried() {
    let mut stage = guild("UTC");
    stage.says("lea", "leads", "!hearth report try two greeters --aim newcomers");
    let row = |month: &str, hash: Option<&str>| ("Guild".to_owned(), month.to_owned(), hash.map(str::to_owned));
    let released = vec![row("2026-08", Some("ab12")), row("2026-09", None)];
    stage.finish(UnitOfWork { commit: Commit { released, ..Commit::default() }, ..UnitOfWork::default() });
    at(&mut stage, "2026-11-04T00:00:00Z");
    let told = arguments(&due(&mut stage.core, stage.now).unwrap());
    let (tried, told) = told.split_last().unwrap();
    assert_eq!(
        told.join(" "),
        "report --community Guild --month 2026-10 --timezone UTC --language en --noted 2026-08 --noted 2026-09 --experiment"
    );
    let expected =
        serde_json::json!({"what": "two greeters", "measure": "new_posters", "aim": "more", "since": "2026-10"});
    assert_eq!(serde_json::from_str::<serde_json::Value>(tried).unwrap(), expected);
}

#[test]
fn a_report_is_one_message_in_the_timeline() {
    let folder = tempfile::tempdir().unwrap();
    let shown = |picture: Option<RoomPicture>| {
        let summary = Summary { markdown: "**October**".to_owned(), picture };
        let room = RoomId::from("!leads:t");
        match one_message(&room, MessageKey::from("report"), "**October**".to_owned(), &summary, folder.path()) {
            OutboxItem::Attachment { path, name, words, key, beside, .. } => {
                assert!(words.is_some() && key.is_some() && beside.is_none());
                (path.rsplit('/').next().unwrap().to_owned(), name)
            }
            item => (item.key().unwrap().to_string(), String::new()),
        }
    };
    let row = |file: &str, name: &str| (file.to_owned(), name.to_owned());
    let picture =
        || RoomPicture { file: "leads.room.png", instead: "activity.png".to_owned(), alt: "34 wrote".to_owned() };
    assert_eq!(shown(Some(picture())), row("activity.png", "activity.png"), "an earlier Hearth made this report");
    std::fs::write(folder.path().join("leads.room.png"), "x").unwrap();
    assert_eq!(shown(Some(picture())), row("leads.room.png", "leads.png"));
    assert_eq!(shown(None), row("report", ""), "there is nothing to draw");
}

#[test]
fn a_report_has_the_same_transaction_ids_after_a_community_before_it_was_given_up() {
    let mut stage = Stage::new(&[("Choir", &["choir"]), ("Guild", &["lobby", "leads"])]);
    stage.comes_to("lobby", &["ana", "lea"]);
    stage.comes_to("leads", &["lea"]);
    stage.says("lea", "leads", "!hearth settings leads-room here");
    at(&mut stage, "2026-11-04T00:00:00Z");
    let told = |stage: &mut Stage| {
        let due = due(&mut stage.core, stage.now).unwrap();
        let message = Message::new(To::Room(due.leads.clone()), Attention::Prompt, "October");
        let unit = unit(&stage.core, &due, vec![OutboxItem::Send(Outgoing::Message(message))], "posted".to_owned());
        unit.commit.items.into_iter().map(|item| item.txn).collect::<Vec<_>>()
    };
    let before = told(&mut stage);
    let mut stage = stage.stop().start(|config| {
        config.communities.retain(|community| community.name != "Choir");
        config.retired = vec!["Choir".to_owned()];
    });
    assert_eq!(told(&mut stage), before);
}
