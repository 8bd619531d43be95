//! Whoever has gone, and comes back.

use jiff::SignedDuration;

use super::guild;

const DAY: SignedDuration = SignedDuration::from_hours(24);

fn welcomed(lines: &[String]) -> bool {
    lines.iter().any(|line| line.starts_with("!direct-zoe") && line.contains("Welcome"))
}

#[test]
fn whoever_comes_back_within_three_months_is_not_welcomed_again_and_whoever_comes_later_is() {
    for (days, again) in [(80, false), (95, true)] {
        let mut stage = guild();
        stage.moves("zoe", "lobby", true);
        assert!(welcomed(&stage.passes(DAY)), "the first time");
        stage.direct("zoe");
        stage.moves("zoe", "lobby", false);
        for _ in 0..days {
            stage.passes(DAY);
        }
        let mut stage = stage.restart();
        stage.moves("zoe", "lobby", true);
        assert_eq!(welcomed(&stage.passes(DAY)), again, "after {days} days");
    }
}

#[test]
fn whoever_stays_in_another_room_without_a_word_has_not_gone() {
    let mut stage = guild();
    stage.direct("ana");
    stage.moves("ana", "lobby", false);
    let mut lines = Vec::new();
    for _ in 0..120 {
        lines.extend(stage.passes(DAY));
    }
    assert!(!lines.iter().any(|line| line.contains("LeaveDirect")), "she is in the craft room: {lines:#?}");
    assert_eq!(
        stage.count("bot.db", "SELECT count(*) FROM record WHERE practice = 'welcome' AND key LIKE '%@ana:t%'"),
        1
    );
}

#[test]
fn the_direct_room_of_whoever_has_gone_is_left_without_a_word() {
    let mut stage = guild();
    stage.direct("ben");
    stage.moves("ben", "lobby", false);
    let mut lines = Vec::new();
    for _ in 0..95 {
        lines.extend(stage.passes(DAY));
    }
    let left: Vec<_> = lines.iter().filter(|line| line.contains("LeaveDirect")).collect();
    assert!(left.len() == 1 && left[0].contains("quietly: true"), "{left:#?}");
    stage.has_to_leave("direct-ben");
    for table in ["direct WHERE person", "room WHERE direct", "gone WHERE person"] {
        assert_eq!(stage.count("bot.db", &format!("SELECT count(*) FROM {table} = '@ben:t'")), 0, "{table}");
    }
    // Should he write again, he is served in a new one.
    stage.direct("ben");
    assert!(stage.tells("ben", "help")[0].contains("privacy"));
}
