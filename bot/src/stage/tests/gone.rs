//! Whoever has gone, and comes back; and whoever never came.

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

fn deserted(lines: &[String], room: &str) -> usize {
    lines.iter().filter(|line| line.contains("LeaveDeserted") && line.contains(&format!("!{room}:t"))).count()
}

#[test]
fn the_direct_room_of_whoever_was_forgotten_is_left_once_they_have_gone_from_it() {
    let mut stage = guild();
    stage.direct("zoe");
    stage.tells("zoe", "forget-me");
    stage.tells("zoe", "yes");
    assert_eq!(deserted(&stage.passes(DAY), "direct-zoe"), 0, "she may write there again");
    assert_eq!(deserted(&stage.moves("zoe", "direct-zoe", false), "direct-zoe"), 1);
    assert_eq!(deserted(&stage.passes(DAY), "direct-zoe"), 1, "until it is done");
    stage.has_to_leave("direct-zoe");
    assert_eq!(stage.count("bot.db", "SELECT count(*) FROM room WHERE room = '!direct-zoe:t'"), 0);
    assert_eq!(deserted(&stage.passes(DAY), "direct-zoe"), 0);
}

#[test]
fn a_room_of_nobody_is_left_when_it_is_empty_and_a_members_direct_room_is_not() {
    let mut stage = guild();
    stage.comes_to("den", &["zoe"]);
    stage.direct("ana");
    let mut lines = stage.moves("ana", "direct-ana", false);
    lines.extend(stage.passes(DAY));
    assert_eq!((deserted(&lines, "den"), deserted(&lines, "direct-ana")), (0, 0), "{lines:#?}");
    let mut lines = stage.moves("zoe", "den", false);
    for who in ["ana", "lea"] {
        lines.extend(stage.moves(who, "craft", false));
    }
    assert_eq!((deserted(&lines, "den"), deserted(&lines, "craft")), (1, 0));
}

/// How often the bot leaves a direct room of somebody within days.
fn left_within(stage: &mut crate::stage::Stage, days: usize, who: &str) -> usize {
    let lines: Vec<String> = (0..days).flat_map(|_| stage.passes(DAY)).collect();
    let room = format!("!direct-{who}:t");
    lines.iter().filter(|line| line.contains("LeaveDirect { ") && line.contains(&room)).count()
}

#[test]
fn the_direct_room_of_a_guest_who_never_joined_is_left_after_three_months() {
    let mut stage = guild();
    stage.direct("zoe");
    assert!(stage.tells("zoe", "help")[0].contains("privacy"));
    assert_eq!(left_within(&mut stage, 60, "zoe"), 0);
    let mut stage = stage.restart();
    assert_eq!(left_within(&mut stage, 35, "zoe"), 1);
    stage.has_to_leave("direct-zoe");
    for table in ["direct WHERE person", "room WHERE direct", "gone WHERE person"] {
        assert_eq!(stage.count("bot.db", &format!("SELECT count(*) FROM {table} = '@zoe:t'")), 0, "{table}");
    }
    // Should she write again, she is served in a new one.
    stage.direct("zoe");
    assert!(stage.tells("zoe", "help")[0].contains("privacy"));
}

#[test]
fn a_guest_who_joins_in_time_keeps_the_direct_room_and_has_as_long_when_they_leave() {
    let mut stage = guild();
    stage.direct("zoe");
    assert_eq!(left_within(&mut stage, 60, "zoe"), 0);
    stage.moves("zoe", "lobby", true);
    assert_eq!(left_within(&mut stage, 60, "zoe"), 0, "she is a member");
    stage.moves("zoe", "lobby", false);
    assert_eq!(left_within(&mut stage, 85, "zoe"), 0);
    assert_eq!(left_within(&mut stage, 10, "zoe"), 1);
}

#[test]
fn a_guest_who_was_forgotten_and_writes_again_is_a_guest_like_any_other() {
    let mut stage = guild();
    stage.direct("zoe");
    assert_eq!(left_within(&mut stage, 10, "zoe"), 0);
    stage.tells("zoe", "forget-me");
    stage.tells("zoe", "forget-me yes");
    stage.tells("zoe", "help");
    assert_eq!(left_within(&mut stage, 88, "zoe"), 0, "everything before is forgotten");
    assert_eq!(left_within(&mut stage, 7, "zoe"), 1);
}

#[test]
fn whom_the_operator_names_keeps_the_direct_room() {
    let mut stage = guild().led_by("olga");
    stage.direct("olga");
    assert_eq!(left_within(&mut stage, 120, "olga"), 0);
}
