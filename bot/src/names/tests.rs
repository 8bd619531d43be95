//! An opt-out lasts, and so does everything else: whatever a community is called, and whatever lies where the key was.

use std::fs;

use jiff::SignedDuration;

use super::*;
use crate::stage::{Stage, room_id, stopped::Stopped};

fn config(more: &str, communities: &[&str]) -> Config {
    let head = format!("homeserver = 'https://m.t'\nuser = '@hearth:t'\n{more}\n");
    let communities = communities.iter().map(|one| format!("[[community]]\n{one}\n"));
    toml::from_str(&communities.fold(head, |text, one| format!("{text}{one}"))).unwrap()
}

fn of(config: &Config, known: &[&str]) -> Result<Vec<(String, String)>, NamesError> {
    let known: Vec<_> = known.iter().map(|&name| name.to_owned()).collect();
    renamed(config, &known, "activity.db")
}

#[test]
fn what_is_known_is_served_renamed_or_retired_or_the_bot_says_how() {
    let config = config(
        "retired = ['Old', 'Older']",
        &["name = 'Makers'\nformerly = ['Testers', 'Checkers']", "name = 'Writers'\nrooms = ['!a:t']"],
    );
    assert_eq!(of(&config, &[]), Ok(Vec::new()));
    assert_eq!(of(&config, &["Makers", "Old"]), Ok(Vec::new()));
    assert_eq!(of(&config, &["Writers", "Testers"]), Ok(vec![("Testers".into(), "Makers".into())]));
    let unknown = of(&config, &["Makers", "Potters"]).unwrap_err().to_string();
    assert!(unknown.contains("formerly = [\"Potters\"]") && unknown.contains("retired = [\"Potters\"]"), "{unknown}");
    for both in [["Testers", "Makers"], ["Testers", "Checkers"]] {
        assert!(matches!(of(&config, &both), Err(NamesError::Both { .. })), "{both:?}");
    }
}

/// A community in which ana has opted out, and ben wrote once.
fn with_an_opt_out() -> Stage {
    let mut stage = Stage::new(&[("Testers", &["lobby", "leads"])]);
    stage.comes_to("lobby", &["ana", "ben", "lea"]);
    stage.comes_to("leads", &["lea"]);
    stage.says("lea", "lobby", "!hearth settings lobby here");
    stage.says("lea", "leads", "!hearth settings leads-room here");
    stage.says("ana", "lobby", "!hearth opt-out");
    stage.says("ana", "lobby", "not for the log");
    stage.says("ben", "lobby", "good morning");
    assert_eq!(messages(&stage), 1);
    stage
}

fn messages(stage: &Stage) -> i64 {
    stage.count("activity.db", "SELECT count(*) FROM activity WHERE kind = 0")
}

/// Whether nothing that ana writes is logged, and what ben writes is.
fn assert_opted_out(stage: &mut Stage) {
    let before = messages(stage);
    stage.says("ana", "lobby", "still not for the log");
    assert_eq!(messages(stage), before);
    stage.says("ben", "lobby", "but this");
    assert_eq!(messages(stage), before + 1);
}

fn rename(config: &mut Config) {
    config.communities[0].name = "Makers".to_owned();
    config.communities[0].formerly = vec!["Testers".to_owned()];
}

fn remove(stopped: &Stopped, database: &str) {
    for ending in ["", "-wal", "-shm"] {
        let _ = fs::remove_file(stopped.file(&format!("{database}{ending}")));
    }
}

#[test]
fn another_valid_key_makes_no_strangers_of_those_who_opted_out() {
    let stopped = with_an_opt_out().stop();
    let key = fs::read_to_string(stopped.file("pseudonym.key")).unwrap();
    fs::write(stopped.file("pseudonym.key"), "ab".repeat(32)).unwrap();
    let refusal = stopped.refusal(|_| {});
    assert!(refusal.contains("pseudonym.key is not the key") && refusal.contains("backup"), "{refusal}");
    fs::write(stopped.file("pseudonym.key"), key).unwrap();
    assert_opted_out(&mut stopped.start(|_| {}));
}

#[test]
fn a_log_from_before_keys_were_known_takes_the_one_that_is_there() {
    let stopped = with_an_opt_out().stop();
    let db = rusqlite::Connection::open(stopped.file("activity.db")).unwrap();
    db.execute_batch("UPDATE state SET key_fingerprint = NULL").unwrap();
    drop(db);
    let mut stage = stopped.start(|_| {});
    assert_opted_out(&mut stage);
    let stopped = stage.stop();
    fs::write(stopped.file("pseudonym.key"), "ab".repeat(32)).unwrap();
    assert!(stopped.refusal(|_| {}).contains("is not the key"));
}

#[test]
fn a_new_name_without_a_word_about_the_old_one_is_refused() {
    let stopped = with_an_opt_out().stop();
    let only_renamed = |config: &mut Config| config.communities[0].name = "Makers".to_owned();
    let refusal = stopped.refusal(only_renamed);
    assert!(refusal.contains("formerly = [\"Testers\"]") && refusal.contains("retired = [\"Testers\"]"), "{refusal}");
    // Each of the two files alone knows the old name.
    for database in ["activity.db", "bot.db"] {
        let aside = stopped.file("aside");
        fs::rename(stopped.file(database), &aside).unwrap();
        let refusal = stopped.refusal(only_renamed);
        assert!(refusal.contains("\"Testers\"") && !refusal.contains(&format!("{database} knows")), "{refusal}");
        remove(&stopped, database);
        fs::rename(&aside, stopped.file(database)).unwrap();
    }
    assert_opted_out(&mut stopped.start(|_| {}));
}

#[test]
fn under_a_new_name_an_opt_out_holds_and_everything_is_kept() {
    let mut stage = with_an_opt_out();
    stage.says("ben", "lobby", "!hearth topic add Deploys on Fridays");
    let stopped = stage.stop();
    fs::create_dir_all(stopped.file("reports/testers/2026-09")).unwrap();
    let mut stage = stopped.start(rename);
    assert_opted_out(&mut stage);
    let wrote = "SELECT count(DISTINCT person) FROM activity WHERE kind = 0";
    assert_eq!(stage.count("activity.db", wrote), 1, "ben is one person");
    assert_eq!(stage.count("activity.db", "SELECT count(*) FROM community"), 1);
    let community = stage.core.engine.communities().next().unwrap().1.community;
    assert_eq!((&community.lobby, &community.leads), (&Some(room_id("lobby")), &Some(room_id("leads"))));
    let list = stage.says("ben", "lobby", "!hearth topic list");
    assert!(list.iter().any(|line| line.contains("Deploys on Fridays")), "{list:#?}");
    assert_eq!(stage.core.store.communities().unwrap(), ["Makers"]);

    // Told again at each start, it changes nothing; and back is as good as forth.
    let stopped = stage.restart().stop();
    assert!(stopped.file("reports/makers/2026-09").is_dir());
    let mut stage = stopped.start(|config| {
        config.communities[0].name = "Testers".to_owned();
        config.communities[0].formerly = vec!["Makers".to_owned()];
    });
    assert_opted_out(&mut stage);
    assert_eq!(stage.count("activity.db", wrote), 1);
}

#[test]
fn a_crash_between_the_two_files_is_mended_at_the_next_start() {
    let stopped = with_an_opt_out().stop();
    let old = fs::read(stopped.file("bot.db")).unwrap();
    let stopped = stopped.start(rename).stop();
    remove(&stopped, "bot.db");
    fs::write(stopped.file("bot.db"), old).unwrap();
    let mut stage = stopped.start(rename);
    assert_eq!(stage.core.store.communities().unwrap(), ["Makers"]);
    assert_opted_out(&mut stage);
}

#[test]
fn a_community_that_takes_over_an_old_name_has_other_people() {
    let mut stage = with_an_opt_out().stop().start(rename).stop().start(|config| {
        config.communities[0].formerly.clear();
        let mut other = config.communities[0].clone();
        (other.name, other.rooms) = ("Testers".to_owned(), vec!["!elsewhere:t".to_owned()]);
        config.communities.push(other);
    });
    let known = |name: &str| stage.core.log.known_as(name).unwrap();
    let ((old, of_old), (new, of_new)) = (known("Makers"), known("Testers"));
    assert!(old < new, "the old one keeps its number");
    assert_ne!(of_old.person("@ana:t"), of_new.person("@ana:t"));
    assert_opted_out(&mut stage);
}

#[test]
fn who_is_forgotten_is_forgotten_where_a_community_was_given_up_too() {
    let mut stage = with_an_opt_out().stop().start(|config| {
        let mut other = config.communities[0].clone();
        other.name = "Makers".to_owned();
        config.communities = vec![other];
        config.retired = vec!["Testers".to_owned()];
    });
    assert_eq!(messages(&stage), 1, "what was is kept");
    stage.says("ben", "lobby", "!hearth forget-me");
    stage.says("ben", "lobby", "!hearth forget-me yes");
    assert_eq!(messages(&stage), 0);
}

#[test]
fn a_log_that_was_begun_anew_still_leaves_out_who_opted_out() {
    let stopped = with_an_opt_out().stop();
    remove(&stopped, "activity.db");
    let mut stage = stopped.start(|_| {});
    assert_opted_out(&mut stage);
    stage.passes(SignedDuration::from_hours(48));
    stage.says("ana", "lobby", "!hearth opt-in");
    stage.says("ana", "lobby", "this, too");
    let mut stage = stage.restart();
    stage.says("ana", "lobby", "and this");
    assert_eq!(messages(&stage), 3);
}
