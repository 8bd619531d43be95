//! What holds of verdicts, experiments and suggestions whatever the numbers are.

use std::collections::BTreeMap;

use hearth_release::claims::{Suggestion, changes, experiment, marks, notice, suggestions};
use hearth_shared::{
    month::Month,
    release::{Cell, Hours, Release, Released, grid},
    report::{Actions, Age, Figure, Mark, Outcome, Point, Verdict, figure_id, measure_id},
};

use crate::{cases, columns};

/// Months from January 2023 on, with so many posters each.
fn people(posters: &[u64]) -> Vec<Release> {
    let first: Month = "2023-01".parse().unwrap();
    let month = |step: usize| first.plus(i32::try_from(step).unwrap()).unwrap();
    let of = |(step, posters): (usize, &u64)| {
        let mut release = columns::empty(month(step));
        release.measures.insert(measure_id::POSTERS.into(), Cell::ok(Released::people(*posters), "people"));
        release
    };
    posters.iter().enumerate().map(of).collect()
}

fn month_verdict(releases: &[Release], index: usize) -> Option<Verdict> {
    changes(releases, index).get(measure_id::POSTERS).and_then(|both| both.month).map(|change| change.verdict)
}

#[test]
fn a_verdict_is_not_told_twice_running() {
    let releases = people(&[20, 24, 30, 38, 45, 57, 70, 88, 110, 135, 170, 210]);
    let told = |index| changes(&releases, index)[measure_id::POSTERS].month.unwrap().told();
    assert_eq!([8, 9, 10].map(|index| month_verdict(&releases, index)), [Some(Verdict::More); 3]);
    assert_eq!([6, 7, 8, 9].map(told), [Some(Verdict::Usual), Some(Verdict::More), None, None]);
    let quarter = changes(&releases, 8)[measure_id::POSTERS].quarter.unwrap();
    assert_eq!(quarter.told(), Some(Verdict::More), "a quarter is another comparison");
    let mark = Mark { month: releases[7].month, verdict: Verdict::More };
    assert_eq!(marks(&releases, 11, measure_id::POSTERS), [mark]);

    let broken = people(&[30, 30, 30, 30, 30, 30, 30, 30, 14, 30, 12]);
    let told = |index| changes(&broken, index)[measure_id::POSTERS].month.unwrap().told();
    assert_eq!([8, 9].map(told), [Some(Verdict::Less), Some(Verdict::Usual)]);
    let other_way = people(&[30, 30, 30, 30, 30, 30, 30, 30, 8, 200]);
    let told = changes(&other_way, 9)[measure_id::POSTERS].month.unwrap().told();
    assert_eq!(told, Some(Verdict::More), "after a verdict the other way");
}

#[test]
fn a_month_of_which_too_many_hours_are_unknown_is_not_judged() {
    let unknown = |release: &mut Release, unknown| release.hours = Some(Hours { all: 720, unknown });
    let mut releases = people(&[30, 30, 30, 30, 30, 30, 30, 30, 9, 9, 9, 9]);
    assert_eq!(month_verdict(&releases, 8), Some(Verdict::Less));
    let quarter = |releases: &[Release]| changes(releases, 11)[measure_id::POSTERS].quarter.map(|of| of.verdict);
    assert_eq!(quarter(&releases), Some(Verdict::Less));
    unknown(&mut releases[8], 36);
    assert_eq!(month_verdict(&releases, 8), Some(Verdict::Less), "one of twenty is no harm");
    unknown(&mut releases[8], 37);
    assert_eq!(month_verdict(&releases, 8), None, "nothing is said to be usual, either");
    assert_eq!((notice(&releases, 8), marks(&releases, 8, measure_id::POSTERS)), (None, vec![]));
    assert_eq!(month_verdict(&releases, 9), Some(Verdict::Less), "the next month is compared with the whole ones");
    unknown(&mut releases[10], 500);
    assert_eq!(quarter(&releases), None, "nor is a quarter that holds one");
    // Nothing is suggested because of it.
    let suggested = suggestions(&people(&[30, 30, 30, 30, 30, 30, 30, 30, 30, 9, 9, 9]))[11];
    assert_eq!(suggested, Some(Suggestion::WakeUp));
    let mut patchy = people(&[30, 30, 30, 30, 30, 30, 30, 30, 30, 9, 9, 9]);
    unknown(&mut patchy[10], 500);
    assert_eq!(suggestions(&patchy)[11], None);
}

#[test]
fn marks_are_what_was_told_month_by_month() {
    for (name, case) in cases("changes") {
        let releases = columns::releases(&case);
        let last = releases.len() - 1;
        let within_a_year = releases.iter().enumerate().skip(releases.len().saturating_sub(12));
        for measure in hearth_shared::report::JUDGED {
            let told = within_a_year.clone().filter_map(|(index, release)| {
                let told = changes(&releases, index).get(measure)?.month?.told()?;
                matches!(told, Verdict::More | Verdict::Less).then_some(Mark { month: release.month, verdict: told })
            });
            assert_eq!(marks(&releases, last, measure), told.collect::<Vec<_>>(), "{name} {measure}");
        }
    }
    assert_eq!(marks(&people(&[20; 14]), 13, measure_id::MESSAGES), []);
}

#[test]
fn a_month_that_is_not_kept_is_a_gap() {
    for (name, case) in cases("changes") {
        let releases = columns::releases(&case);
        for lost in [1, releases.len() / 2, releases.len() - 2].into_iter().filter(|lost| *lost < releases.len() - 1) {
            let mut silent = releases.clone();
            silent[lost].measures.clear();
            let mut kept = releases.clone();
            kept.remove(lost);
            for index in lost + 1..releases.len() {
                assert_eq!(changes(&kept, index - 1), changes(&silent, index), "{name} {lost} {index}");
            }
        }
    }
    let mut kept = people(&[30; 12]);
    assert!(changes(&kept, 11)[measure_id::POSTERS].quarter.is_some());
    kept.remove(10);
    assert!(changes(&kept, 10)[measure_id::POSTERS].quarter.is_none(), "two months are no quarter");
}

#[test]
fn another_method_or_scope_begins_anew() {
    let mut releases = people(&[30; 20]);
    for release in &mut releases {
        let voices = Cell::ok(Released::voices(8.0), "people");
        release.measures.insert(measure_id::EFFECTIVE_VOICES.into(), voices);
    }
    for release in &mut releases[15..] {
        release.measures.get_mut(measure_id::EFFECTIVE_VOICES).unwrap().method = 2;
    }
    let months = |releases: &[Release], index, measure| {
        changes(releases, index).get(measure).and_then(|both| both.month).map(|change| change.usual.months)
    };
    assert_eq!(
        [14, 17, 18].map(|index| months(&releases, index, measure_id::EFFECTIVE_VOICES)),
        [Some(12), None, Some(3)]
    );
    assert_eq!(months(&releases, 17, measure_id::POSTERS), Some(12), "the others go on");
    for release in &mut releases[10..] {
        release.scope = 1;
    }
    assert_eq!([9, 12, 13].map(|index| months(&releases, index, measure_id::POSTERS)), [Some(9), None, Some(3)]);
}

#[test]
fn a_range_never_makes_a_change() {
    // Nobody is as much as four, which are as usual as can be told.
    let releases = people(&[6, 5, 6, 5, 6, 5, 6, 5, 0, 0, 0, 0]);
    for index in 3..12 {
        assert_eq!(month_verdict(&releases, index), Some(Verdict::Usual), "{index}");
    }
    assert_eq!(changes(&releases, 11)[measure_id::POSTERS].quarter.unwrap().verdict, Verdict::CannotTell);
}

#[test]
fn what_could_be_noticed_is_what_is_noticed() {
    assert_eq!(notice(&people(&[30; 3]), 2), None);
    for size in [5, 8, 12, 25, 60, 200, 1000_u64] {
        for count in [3, 6, 12] {
            let mut posters = vec![size; count];
            posters[1] += size / 10;
            posters.push(size);
            let [low, high] = notice(&people(&posters), count).unwrap().month;
            assert!((low..high).contains(&grid::as_number(size)), "{size} {count}");
            for now in [0, 3, 4, 5, 6, 8, 10, 15, 20, 40, 80, 100, 160, 400, 700, 2000_u64] {
                posters[count] = now;
                let expected = match grid::as_number(now) {
                    now if now < low => Verdict::Less,
                    now if now > high => Verdict::More,
                    _ => Verdict::Usual,
                };
                assert_eq!(month_verdict(&people(&posters), count), Some(expected), "{size} {count} {now}");
            }
        }
    }
    let halving = |size| notice(&people(&[size; 13]), 12).unwrap().halving.unwrap();
    let often = [8, 12, 25, 50, 200].map(halving);
    assert!(often.is_sorted() && often[0] < 10 && often[4] == 10, "{often:?}");
    assert_eq!(notice(&people(&[30; 6]), 5).unwrap().halving, None, "five months are too few for a quarter");
}

#[test]
fn an_experiment_is_judged_once() {
    let mut posters = vec![30, 28, 33, 31, 29, 30, 32, 30, 27, 30, 31, 29, 31, 64, 70, 66];
    let begun: Month = "2024-01".parse().unwrap();
    let of = |posters: &[u64]| experiment(&people(posters), measure_id::POSTERS, begun);
    assert_eq!(of(&posters[..13]), Outcome::TooEarly { months: 0 });
    assert_eq!(of(&posters[..15]), Outcome::TooEarly { months: 2 });
    assert_eq!(of(&posters[..12]), Outcome::TooEarly { months: 0 }, "before it begins");
    let judged = of(&posters);
    assert!(matches!(judged, Outcome::Judged { verdict: Verdict::More, .. }), "{judged:?}");
    posters.extend([5, 300, 2, 40]);
    assert_eq!(of(&posters), judged, "what comes later changes nothing");
    posters[12] = 5;
    assert_eq!(of(&posters), judged, "the month in which it began belongs to neither side");
    assert_eq!(experiment(&people(&posters), measure_id::MESSAGES, begun), Outcome::NotJudged);
    let early: Month = "2022-05".parse().unwrap();
    assert_eq!(experiment(&people(&posters), measure_id::POSTERS, early), Outcome::TooFewPeople);

    let mut grown = people(&posters);
    for release in &mut grown[14..] {
        release.scope = 1;
    }
    assert_eq!(experiment(&grown, measure_id::POSTERS, begun), Outcome::TooLittleBefore, "other rooms came in");
}

/// A month with so many actions that have been open for a quarter of a year, and so many of those past their day done.
fn with_actions(release: &mut Release, open: u64, done: u64, past: u64) {
    let class = |from, to, count| Age { from, to, actions: Point::ok(Released::things(count)) };
    let actions = Actions { retros: Vec::new(), open: vec![class(30, Some(90), 9), class(90, None, open)] };
    release.figures = BTreeMap::from([(figure_id::ACTIONS.to_owned(), Figure::Actions(actions))]);
    let (share, about) = (grid::as_number(done) / grid::as_number(past), grid::as_number(past));
    let mut cell = Cell::ok(Released::share(done, past, 0.01).unwrap(), "share");
    (cell.about, cell.interval) = (Some(about), Some(grid::wilson(share, about)));
    release.measures.insert(measure_id::ACTION_COMPLETION.to_owned(), cell);
}

#[test]
fn actions_that_stay_open_and_actions_that_are_not_done_are_named() {
    let told = |open, done, past| {
        let mut releases = people(&[30; 12]);
        releases.iter_mut().for_each(|release| with_actions(release, open, done, past));
        let told = suggestions(&releases).into_iter().enumerate();
        told.filter_map(|(index, pick)| Some((index, pick?))).collect::<Vec<_>>()
    };
    use Suggestion::{DropOrGive, FewerActions};
    assert_eq!(told(2, 9, 10), []);
    assert_eq!(told(3, 9, 10), [0, 3, 6, 9].map(|index| (index, DropOrGive)), "again after three months");
    assert_eq!(told(0, 2, 12), [0, 6].map(|index| (index, FewerActions)), "again after six months");
    assert_eq!(told(0, 1, 9), [], "nine are too few");
    assert_eq!(told(0, 4, 12), [], "it may be half of them");
    // Both: the older actions come first, and the other a month later at the earliest.
    assert_eq!(told(3, 2, 12)[..3], [(0, DropOrGive), (2, FewerActions), (4, DropOrGive)]);
}

#[test]
fn a_range_of_more_than_four_is_not_few() {
    let quiet_after = |now: Released| {
        let mut releases = people(&[12, 12, 12, 12, 12, 12, 0, 0, 0]);
        for release in &mut releases[6..] {
            release.measures.insert(measure_id::POSTERS.into(), Cell::ok(now, "people"));
        }
        suggestions(&releases)[8]
    };
    assert_eq!(quiet_after(Released::people(0)), Some(Suggestion::RestOrRevive));
    assert_eq!(quiet_after(Released::active(5, 5)), None, "five to nine");
    assert_eq!(quiet_after(Released::part(5, 7)), None, "three to seven");
}

#[test]
fn at_most_one_thing_is_suggested_and_not_two_months_running() {
    for (name, case) in cases("changes") {
        let releases = columns::releases(&case);
        let told = suggestions(&releases);
        for (index, pick) in told.iter().enumerate() {
            let Some(pick) = pick else { continue };
            assert!(index == 0 || told[index - 1].is_none(), "{name} {index}");
            let pause = usize::try_from(pick.pause()).unwrap();
            let since = index.saturating_sub(pause - 1);
            assert!(!told[since..index].contains(&Some(*pick)), "{name} {index}: {pick:?} before its pause is over");
            assert_eq!(suggestions(&releases[..=index]), told[..=index], "later months change nothing");
            // The month in which it was told is lost: nobody knows, and so the next month is quiet.
            if index > 0 && index + 1 < releases.len() {
                let mut kept = releases.clone();
                kept.remove(index);
                assert_eq!(suggestions(&kept)[index], None, "{name} {index}");
            }
        }
    }
}
