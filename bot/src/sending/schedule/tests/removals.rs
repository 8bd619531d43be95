//! Removals of what others have sent, which a homeserver may count by themselves.

use super::*;

#[test]
fn a_hundred_redactions_do_not_hold_up_help_and_are_sent_all_the_same() {
    let mut schedule = Schedule::new();
    for id in 1..=100 {
        schedule.add(row(id, &format!("remove {id}"), Housekeeping), at(0));
    }
    let mut now = 0;
    let (mut helped, mut removed) = (Vec::new(), 0);
    // One message in five seconds, and somebody asks every ten.
    for turn in 0..400 {
        now += 5;
        if turn % 2 == 0 {
            schedule.add(row(1000 + turn, &format!("room {turn}"), Answer), at(now));
        }
        let Some(job) = schedule.next(at(now)) else { continue };
        match job {
            Send(id) if id >= 1000 => helped.push(now - (id - 1000) * 5 - 5),
            _ => removed += 1,
        }
        schedule.done(&job, at(now));
    }
    assert_eq!(removed, 100);
    assert!(helped.len() >= 199 && helped.iter().all(|waited| *waited <= 10), "{helped:?}");
}

#[test]
fn a_limit_on_removals_alone_does_not_hold_up_messages_and_a_limit_on_messages_holds_up_removals() {
    let rows = [(1, "remove $a", Housekeeping), (2, "remove $b", Housekeeping), (3, "a", Answer)];
    let mut schedule = schedule(&rows);
    assert_eq!(starts(&mut schedule, 0), [Send(3), Send(1), Send(2)]);
    schedule.done(&Send(3), at(0));
    for id in [1, 2] {
        assert_eq!(schedule.refused(&Send(id), limited(300), Class::Removal, at(0)), Verdict::Wait(at(0), false));
    }
    schedule.add(row(4, "b", Answer), at(1));
    schedule.add(row(5, "c", Housekeeping), at(1));
    assert_eq!(starts(&mut schedule, 1), [Send(4), Send(5)], "what is said goes on");
    schedule.done(&Send(4), at(1));
    schedule.done(&Send(5), at(1));
    assert_eq!(starts(&mut schedule, 299), [], "all removals pause, and nobody asks for each");
    assert_eq!(starts(&mut schedule, 320), [Send(1)], "one tries");
    schedule.done(&Send(1), at(320));
    schedule.add(row(6, "d", Answer), at(320));
    schedule.next(at(320));
    assert_eq!(schedule.refused(&Send(6), limited(5), Class::Message, at(320)), Verdict::Wait(at(320), false));
    assert_eq!(starts(&mut schedule, 324), [], "where it is one limit, a removal would take the answer's turn");
    assert_eq!(starts(&mut schedule, 326), [Send(6)]);
}
