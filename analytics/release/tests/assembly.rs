//! Reports are made of releases, whichever of them are kept.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::collections::BTreeMap;

use hearth_release::assembly;
use hearth_shared::{
    month::Month,
    release::{Cell, Quarter, Release, Released, RoomCells},
    report::{
        Asked, Cohort, Cohorts, Dots, Figure, Item, Mark, Point, Report, Status, Verdict, figure_id, measure_id, reason,
    },
};

fn month(text: &str) -> Month {
    text.parse().unwrap()
}

/// A month in which so many people wrote.
fn release(text: &str, posters: u64) -> Release {
    let posters = Cell::ok(Released::people(posters), "people");
    let measures = BTreeMap::from([(measure_id::POSTERS.into(), posters)]);
    Release { measures, ..Release::empty("Testers", month(text), "UTC") }
}

#[test]
fn how_long_newcomers_stay_is_what_was_said_at_the_last_quarters_end() {
    let id = measure_id::LIFETIME_SURVIVAL;
    let with = |text: &str, cell: Cell| {
        let mut release = release(text, 60);
        release.measures.insert(id.into(), cell);
        release
    };
    let later = || Cell::na(reason::NO_QUARTER_ENDS, "days");
    let told = Cell { about: Some(50.0), ..Cell::ok(Released::days(30.0), "days") };
    let not_reached = Cell::na(reason::NOT_REACHED, "days");
    let all = [
        with("2026-02", later()),
        with("2026-03", told.clone()),
        with("2026-04", later()),
        with("2026-06", not_reached.clone()),
        with("2026-07", later()),
    ];
    let said = |index: usize| assembly::report(&all, index).unwrap().measures[id].cell.clone();
    assert_eq!([0, 1, 2, 3, 4].map(said), [later(), told.clone(), told, not_reached.clone(), not_reached]);
}

#[test]
fn what_was_said_of_earlier_months_is_marked_in_the_picture_of_the_measure() {
    let posters = [30, 31, 29, 30, 32, 30, 29, 90, 30, 30];
    let texts: Vec<String> = (1..=posters.len()).map(|month| format!("2026-{month:02}")).collect();
    let all: Vec<Release> = texts.iter().zip(posters).map(|(text, posters)| release(text, posters)).collect();
    let report = assembly::report(&all, 9).unwrap();
    let marks = |figure: &str| {
        let Some(Figure::Months(months)) = report.figures.get(figure) else { panic!("no lines in {figure}") };
        months.series.iter().find(|series| series.id == measure_id::POSTERS).unwrap().marks.clone()
    };
    assert_eq!(marks(figure_id::ACTIVITY), [Mark { month: month("2026-08"), verdict: Verdict::More }]);
    assert_eq!(marks(figure_id::VOICES), [], "there people stand beside voices");
    assert_eq!(report.measures[measure_id::POSTERS].month, Some(Verdict::Usual));
}

fn line<'a>(report: &'a Report, figure: &str, measure: &str) -> (&'a [Month], Vec<Option<f64>>) {
    let Some(Figure::Months(months)) = report.figures.get(figure) else { panic!("no lines in {figure}") };
    let series = months.series.iter().find(|series| series.id == measure).unwrap();
    (&months.months, series.points.iter().map(Point::number).collect())
}

#[test]
fn a_month_that_is_not_kept_is_a_gap_and_later_ones_are_not_looked_at() {
    let all = [release("2026-01", 12), release("2026-03", 14), release("2026-04", 99)];
    let report = assembly::report(&all, 1).unwrap();
    assert_eq!(report.month, month("2026-03"));
    let (months, points) = line(&report, figure_id::ACTIVITY, measure_id::POSTERS);
    assert_eq!(months, ["2026-01", "2026-02", "2026-03"].map(month));
    assert_eq!(points, [Some(12.0), None, Some(14.0)]);
    assert_eq!(report.measures.len(), measure_id::ALL.len(), "every measure has its place");
    assert!(assembly::report(&all, 3).is_none());
}

#[test]
fn a_share_of_people_stands_until_the_next_is_released() {
    let share = |part: u64, quarter: &str| Cell {
        quarters: vec![quarter.parse::<Quarter>().unwrap()],
        about: Some(20.0),
        ..Cell::ok(Released::share(part, 20, 0.25).unwrap(), "share")
    };
    let not_due = || Cell::na(reason::NO_QUARTER_ENDS, "share");
    let mut all = ["2026-03", "2026-04", "2026-05", "2026-06"].map(|month| release(month, 20));
    for (release, cell) in all.iter_mut().zip([share(5, "2026-Q1"), not_due(), not_due(), share(10, "2026-Q2")]) {
        release.measures.insert(measure_id::ALONE.into(), cell);
    }
    let said = |index: usize| {
        let report = assembly::report(&all, index).unwrap();
        report.measures[measure_id::ALONE].cell.value.and_then(Released::value)
    };
    assert_eq!([0, 1, 2, 3].map(said), [Some(0.25), Some(0.25), Some(0.25), Some(0.5)]);
    let last = assembly::report(&all, 3).unwrap();
    let Some(Figure::Shares(shares)) = last.figures.get(figure_id::PEOPLE) else { panic!("no shares") };
    let quarters: Vec<String> = shares.shares[0].times.iter().map(|time| time.quarters[0].to_string()).collect();
    assert_eq!(quarters, ["2026-Q1", "2026-Q2"], "each is told once");
    let young = assembly::report(&[release("2026-01", 20)], 0).unwrap();
    assert_eq!(young.measures[measure_id::ALONE].cell.reason.as_deref(), Some(reason::GATHERING));
    let nothing = Figure::nothing(Status::Na, reason::GATHERING);
    assert_eq!(young.figures[figure_id::PEOPLE], nothing);
}

#[test]
fn a_room_has_its_line_over_months_and_small_ones_are_only_counted() {
    let room = |name: &str, people: u64| RoomCells {
        name: name.into(),
        measures: BTreeMap::from([(measure_id::POSTERS.into(), Cell::ok(Released::in_room(people, 30), "people"))]),
    };
    let mut all = [release("2026-01", 30), release("2026-02", 30)];
    all[0].rooms = vec![room("workshop", 7)];
    all[1].rooms = vec![room("attic", 3), room("workshop", 12), room("lobby", 22)];
    all[1].measures.insert(measure_id::ROOMS_ACTIVE.into(), Cell::ok(Released::things(3), "rooms"));
    let report = assembly::report(&all, 1).unwrap();
    let Some(Figure::Rooms(rooms)) = report.figures.get(figure_id::ROOMS) else { panic!("no rooms") };
    let names: Vec<&str> = rooms.rooms.iter().map(|room| room.name.as_str()).collect();
    assert_eq!((names, rooms.unlisted), (vec!["lobby", "workshop"], Some(1)));
    let people: Vec<Option<f64>> = rooms.rooms[1].people.iter().map(Point::number).collect();
    assert_eq!(people, [Some(7.0), Some(12.0)]);
}

#[test]
fn cohorts_grow_by_what_each_release_adds_and_pulses_are_told_with_earlier_ones() {
    let share = |part: u64| Point::ok(Released::share(part, 20, 0.25).unwrap());
    let cohort = |quarter: &str, cells: Vec<Point>| Cohort {
        quarter: quarter.parse().unwrap(),
        about: Point::ok(Released::things(20)),
        cells,
    };
    let told = |cohorts: Vec<Cohort>| Figure::Cohorts(Cohorts { cohorts });
    let mut all = ["2026-03", "2026-06", "2026-09"].map(|month| release(month, 60));
    all[0].figures.insert(figure_id::RETENTION.into(), told(vec![cohort("2026-Q1", vec![])]));
    let second = vec![cohort("2026-Q1", vec![share(10)]), cohort("2026-Q2", vec![])];
    all[1].figures.insert(figure_id::RETENTION.into(), told(second));
    let third = vec![cohort("2026-Q1", vec![share(5)]), cohort("2026-Q2", vec![share(15)]), cohort("2026-Q3", vec![])];
    all[2].figures.insert(figure_id::RETENTION.into(), told(third));
    for (release, mean) in all.iter_mut().zip([5.2, 5.4, 5.6]) {
        let asked = Asked { month: release.month, mean: Point::ok(Released::mean(mean)), about: Some(10.0) };
        let dots = Dots { scale: [1.0, 7.0], items: vec![Item { id: "safety".into(), times: vec![asked] }] };
        release.figures.insert(figure_id::PULSE.into(), Figure::Dots(dots));
    }
    let report = assembly::report(&all, 2).unwrap();
    let cells = |report: &Report| -> Vec<Vec<Option<f64>>> {
        let Some(Figure::Cohorts(cohorts)) = report.figures.get(figure_id::RETENTION) else { panic!("no cohorts") };
        cohorts.cohorts.iter().map(|cohort| cohort.cells.iter().map(Point::number).collect()).collect()
    };
    assert_eq!(cells(&report), [vec![Some(0.5), Some(0.25)], vec![Some(0.75)], vec![]]);
    let without = [all[0].clone(), all[2].clone()];
    let gap = assembly::report(&without, 1).unwrap();
    assert_eq!(cells(&gap), [vec![None, Some(0.25)], vec![Some(0.75)], vec![]], "a quarter that was not kept");
    let Some(Figure::Dots(dots)) = report.figures.get(figure_id::PULSE) else { panic!("no pulse") };
    let means: Vec<Option<f64>> = dots.items[0].times.iter().map(|asked| asked.mean.number()).collect();
    assert_eq!(means, [Some(5.6), Some(5.4), Some(5.2)], "the latest first");
}
