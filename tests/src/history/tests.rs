use std::collections::BTreeSet;

use super::*;

const END: i64 = 1_793_700_000_000;

fn history() -> History {
    let end = Timestamp::from_millisecond(END).unwrap();
    History::invent(7, end, &TimeZone::fixed(jiff::tz::offset(1)))
}

fn posters(history: &History, from: i64, until: i64) -> usize {
    let posts = |event: &&PastEvent| event.act.is_message() && (from..until).contains(&event.at);
    history.events.iter().filter(posts).map(|event| event.who).collect::<BTreeSet<_>>().len()
}

#[test]
fn the_same_seed_tells_the_same_story_and_another_seed_another() {
    assert_eq!(history(), history());
    let end = Timestamp::from_millisecond(END).unwrap();
    assert_ne!(history(), History::invent(8, end, &TimeZone::fixed(jiff::tz::offset(1))));
}

#[test]
fn it_has_the_size_of_a_community() {
    let history = history();
    assert!((38..=42).contains(&history.people.len()), "{} people", history.people.len());
    assert!((4_500..=6_500).contains(&history.events.len()), "{} events", history.events.len());
    let names: BTreeSet<_> = history.people.iter().map(|person| &person.localpart).collect();
    assert_eq!(names.len(), history.people.len());
}

#[test]
fn time_goes_forward_and_stops_before_the_end() {
    let history = history();
    assert!(history.events.is_sorted_by(|a, b| a.at < b.at));
    assert!(history.events.iter().all(|event| event.at < END));
    let first = history.events.first().unwrap().at;
    assert!(END - first > 720 * 86_400_000);
}

#[test]
fn what_points_points_back_into_the_same_room() {
    let history = history();
    for (index, event) in history.events.iter().enumerate() {
        let Some(target) = event.act.target() else { continue };
        assert!(target < index, "{event:?}");
        let target = &history.events[target];
        assert_eq!(target.room, event.room);
        match event.act {
            PastAct::Edit { .. } | PastAct::EndPoll { .. } => assert_eq!(target.who, event.who),
            PastAct::Vote { .. } => assert!(matches!(target.act, PastAct::Poll { .. })),
            _ => assert!(target.act.is_message(), "{target:?}"),
        }
    }
}

#[test]
fn people_act_only_between_joining_and_leaving() {
    let history = history();
    let mut inside = BTreeSet::new();
    for event in &history.events {
        let place = (event.room, event.who);
        match event.act {
            PastAct::Join => assert!(inside.insert(place), "joined twice: {event:?}"),
            PastAct::Leave => assert!(inside.remove(&place), "left without joining: {event:?}"),
            _ => assert!(inside.contains(&place), "not in the room: {event:?}"),
        }
    }
}

#[test]
fn the_months_that_a_report_compares_are_lively_at_any_season() {
    const MONTH: i64 = 31 * 86_400_000;
    for season in 0..12 {
        let end = Timestamp::from_millisecond(END - season * MONTH).unwrap();
        let history = History::invent(7, end, &TimeZone::UTC);
        let end = end.as_millisecond();
        let year_before = end - 365 * 86_400_000;
        for month_end in [end, end - MONTH, year_before, year_before - MONTH] {
            let count = posters(&history, month_end - MONTH, month_end);
            assert!(count >= 15, "season {season}: {count} posters");
        }
    }
}

#[test]
fn some_questions_stay_unanswered_and_some_people_leave_or_return() {
    let history = history();
    let answered: BTreeSet<_> = history.events.iter().filter_map(|event| event.act.target()).collect();
    let questions =
        history.events.iter().enumerate().filter(
            |(_, event)| matches!(&event.act, PastAct::Say(text) if phrases::QUESTIONS.contains(&text.as_str())),
        );
    let (with, without): (Vec<_>, Vec<_>) = questions.partition(|(index, _)| answered.contains(index));
    assert!(with.len() > without.len() && without.len() > 20, "{} {}", with.len(), without.len());
    let leavers = history.events.iter().filter(|event| event.act == PastAct::Leave && event.room == 0).count();
    assert!((3..=10).contains(&leavers), "{leavers} left");
}
