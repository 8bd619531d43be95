//! What is of no use from a moment on.

use super::*;

#[test]
fn a_nudge_whose_time_has_passed_is_not_sent() {
    let mut schedule = Schedule::new();
    schedule.add(Row { expires: Some(at(60)), ..row(1, "nudge person", NUDGE) }, at(0));
    schedule.add(Row { expires: Some(at(60)), ..row(2, "nudge room", NUDGE) }, at(0));
    assert_eq!(starts(&mut schedule, 59), [Send(1), Send(2)]);
    schedule.postponed(1, at(1000));
    schedule.done(&Send(2), at(59));
    assert_eq!(schedule.wakes(LONG, at(59)), Some(at(60)));
    assert_eq!(starts(&mut schedule, 60), [Expire(1)], "though it waits for tomorrow");
    schedule.dropped(&Expire(1), at(60));
    assert!(schedule.is_empty());
}

#[test]
fn a_nudge_whose_time_has_passed_does_not_wait_for_those_before_it() {
    let mut schedule = Schedule::new();
    schedule.add(row(1, "nudge person", NUDGE), at(0));
    schedule.add(Row { expires: Some(at(60)), ..row(2, "nudge person", NUDGE) }, at(0));
    assert_eq!(starts(&mut schedule, 0), [Send(1)]);
    assert_eq!(starts(&mut schedule, 60), [], "one of its lane is on its way");
    schedule.postponed(1, at(1000));
    assert_eq!(starts(&mut schedule, 60), [Expire(2)]);
    schedule.dropped(&Expire(2), at(60));
    assert_eq!(starts(&mut schedule, 1000), [Send(1)]);
}
