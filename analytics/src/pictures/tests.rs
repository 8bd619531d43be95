//! Small logs whose pictures are known, and what only many people can be told of.

use hearth_shared::{
    activity::Kind,
    month::Month,
    release::{Release, Released},
    report::{Cohorts, Figure, Point, Status, figure_id, measure_id, reason, stage_id},
};

use crate::{
    lab::{BOT, Lab, Row},
    publish,
    releases::Releases,
};

const HOUR: i64 = 3_600_000;
const DAY: i64 = 24 * HOUR;
/// 2024-01-01T00:00:00Z, a Monday.
const START: i64 = 1_704_067_200_000;
/// The first days of April, July and October, counted from 0.
const APRIL: i64 = 91;
const JULY: i64 = 182;
const OCTOBER: i64 = 274;

#[derive(Default)]
struct Log(Vec<Row>);

impl Log {
    fn act(&mut self, kind: Kind, person: i32, ts: i64, reply_to: Option<i32>) -> i32 {
        let id = self.0.len() as i32 + 1;
        self.0.push(Row { id, room: 1, person, kind, ts: START + ts, reply_to, thread: None });
        id
    }

    fn writes(&mut self, person: i32, ts: i64) -> i32 {
        self.act(Kind::Message, person, ts, None)
    }

    /// Somebody joins in a second of their own.
    fn joins(&mut self, person: i32, day: i64) {
        self.act(Kind::Join, person, day * DAY + i64::from(person) * 60_000, None);
    }

    /// What is released of these months, when the log goes on to a day.
    fn released(mut self, until: i64, months: &[&str]) -> Vec<Release> {
        self.act(Kind::Heartbeat, BOT, until * DAY, None);
        let now = "2026-01-01T00:00:00Z".parse().unwrap();
        let community = Lab::of(self.0).community(now);
        let months: Vec<Month> = months.iter().map(|month| month.parse().unwrap()).collect();
        let releases = Releases::of(&community, &months, false, "UTC", now).unwrap().unwrap();
        publish::preview(&releases, &months).unwrap()
    }

    fn january(self) -> Release {
        self.released(34, &["2024-01"]).remove(0)
    }
}

fn number(point: &Point) -> Option<f64> {
    point.value.and_then(Released::value)
}

#[test]
fn of_four_people_in_an_hour_of_the_week_is_told_what_is_told_of_none() {
    let week = |at_night: i32| {
        let mut log = Log::default();
        for person in 1..=60 {
            for message in 0..20 {
                log.writes(person, message % 4 * 7 * DAY + 18 * HOUR + message * 60_000);
            }
        }
        for person in 1..=at_night {
            for message in 0..50 {
                log.writes(person, 6 * DAY + 3 * HOUR + message * 60_000);
            }
        }
        let Figure::Week(week) = log.january().figures.remove(figure_id::WEEK).unwrap() else { panic!() };
        assert_eq!((week.hours, week.days.len(), week.days[0][18]), (1, 7, 2));
        week
    };
    assert_eq!(week(4), week(0));
    assert_eq!(week(5).days[6][3], 0, "250 of 1,200 is not a third");
    assert_eq!(week(8).days[6][3], 1);
}

#[test]
fn who_answers_whom_is_told_of_groups_of_five_and_of_pairs_of_fives() {
    let network = |new: i32, answering: i32| {
        let mut log = Log::default();
        let old: Vec<i32> = (1..=20).map(|person| log.writes(person, i64::from(person) * HOUR)).collect();
        for person in 21..21 + new {
            log.joins(person, 2);
            let answer = log.act(Kind::Message, person, 3 * DAY, Some(old[(person as usize - 21) % 5]));
            // Some of the others answer.
            if person - 21 < answering {
                log.act(Kind::Message, person - 20, 4 * DAY, Some(answer));
            }
        }
        log.january().figures.remove(figure_id::NETWORK).unwrap()
    };
    let Figure::Network(told) = network(6, 4) else { panic!() };
    let people: Vec<_> = told.groups.iter().map(|group| group.people.value()).collect();
    assert_eq!(people, [Some(6.0), Some(20.0)]);
    let replies: Vec<_> = told.links.iter().map(|link| (link.from, link.to, number(&link.replies))).collect();
    // Six replies, on the grid of messages; four people's are not told, nor that there are none.
    assert_eq!(replies, [(0, 0, None), (0, 1, Some(5.0)), (1, 0, None), (1, 1, None)]);
    let Figure::Network(told) = network(6, 5) else { panic!() };
    assert_eq!(number(&told.links[2].replies), Some(5.0));
    let too_few = Figure::nothing(Status::Suppressed, reason::TOO_FEW_PEOPLE);
    assert_eq!(network(4, 4), too_few);
}

/// So many join in the first quarter; so many of them write, are answered, and come back.
fn newcomers(joined: i32, [wrote, answered, back]: [i32; 3]) -> Log {
    let mut log = Log::default();
    for person in 101..=110 {
        log.writes(person, HOUR);
    }
    for person in 1..=joined {
        let day = i64::from(10 + person);
        log.joins(person, day);
        if person <= wrote {
            let first = log.writes(person, (day + 2) * DAY);
            if person <= answered {
                log.act(Kind::Message, 101, (day + 2) * DAY + HOUR, Some(first));
            }
            if person <= back {
                log.writes(person, (day + 5) * DAY);
            }
        }
    }
    log
}

#[test]
fn the_way_of_newcomers_is_told_once_in_steps_of_five_people() {
    let releases = newcomers(20, [12, 6, 4]).released(JULY + 3, &["2024-04", "2024-05", "2024-06"]);
    let told: Vec<bool> = releases.iter().map(|one| one.figures.contains_key(figure_id::FUNNEL)).collect();
    assert_eq!(told, [false, true, false], "two months after the quarter");
    let Figure::Funnel(funnel) = &releases[1].figures[figure_id::FUNNEL] else { panic!() };
    assert_eq!(funnel.quarters.map(|quarter| quarter.to_string()), ["2024-Q1", "2024-Q1"]);
    let ids: Vec<&str> = funnel.stages.iter().map(|stage| stage.id.as_str()).collect();
    assert_eq!(ids, stage_id::ALL);
    let shares: Vec<_> = funnel.stages.iter().map(|stage| number(&stage.share)).collect();
    assert_eq!(shares, [1.0, 0.5, 0.25, 0.25].map(Some), "20, 12, 6 and 4 of 20");
    let people: Vec<_> = funnel.stages.iter().map(|stage| number(&stage.people)).collect();
    assert_eq!(people, [Some(20.0), None, None, None]);
    let few = newcomers(9, [9, 9, 9]).released(JULY, &["2024-05"]).remove(0);
    assert_eq!(few.figures[figure_id::FUNNEL], Figure::nothing(Status::Suppressed, reason::TOO_FEW_PEOPLE));
}

/// Sixty who were there, and sixty who come in the first quarter, of whom so many write in the second and in the third.
fn cohort(second: i32, third: i32) -> Vec<Release> {
    let mut log = Log::default();
    for month in 0..9 {
        for person in 101..=160 {
            log.writes(person, month * 30 * DAY + 20 * DAY);
        }
    }
    for person in 1..=60 {
        log.joins(person, 21);
        log.writes(person, 22 * DAY);
        for (begin, staying) in [(APRIL, second), (JULY, third)] {
            if person <= staying {
                log.writes(person, (begin + 40) * DAY);
            }
        }
    }
    log.released(OCTOBER + 3, &["2024-03", "2024-04", "2024-06", "2024-09"])
}

#[test]
fn who_stays_is_told_of_one_quarter_more_each_time() {
    let releases = cohort(45, 29);
    let cohorts = |release: &Release| -> Option<Cohorts> {
        match release.figures.get(figure_id::RETENTION)? {
            Figure::Cohorts(cohorts) => Some(cohorts.clone()),
            figure => panic!("{figure:?}"),
        }
    };
    let cells = |cohorts: &Cohorts| -> Vec<_> {
        assert_eq!(cohorts.cohorts[0].quarter.to_string(), "2024-Q1");
        assert_eq!(number(&cohorts.cohorts[0].about), Some(50.0), "60, as a class");
        cohorts.cohorts[0].cells.iter().map(number).collect()
    };
    let told: Vec<_> = releases.iter().map(|release| cohorts(release).map(|it| cells(&it))).collect();
    // On steps of a tenth.
    assert_eq!(told, [Some(vec![]), None, Some(vec![Some(0.8)]), Some(vec![Some(0.5)])]);
    let last = publish::report(&releases, releases[3].month, None).unwrap();
    let Figure::Cohorts(all) = &last.figures[figure_id::RETENTION] else { panic!() };
    assert_eq!(cells(all), [Some(0.8), Some(0.5)]);
}

#[test]
fn how_long_newcomers_stay_is_told_of_whole_quarters_in_steps() {
    let releases = cohort(45, 20);
    let survival: Vec<bool> = releases.iter().map(|one| one.figures.contains_key(figure_id::SURVIVAL)).collect();
    assert_eq!(survival, [true, false, true, true]);
    let Figure::Survival(curve) = &releases[3].figures[figure_id::SURVIVAL] else { panic!() };
    assert_eq!(curve.about, 50.0);
    let shares: Vec<f64> = curve.points.iter().map(|point| number(&point.share).unwrap()).collect();
    assert!(shares.is_sorted_by(|one, next| one >= next) && shares[0] < 1.0, "{shares:?}");
    assert!(shares.iter().all(|share| (share * 10.0 - (share * 10.0).round()).abs() < 1e-9), "{shares:?}");
    // What the picture tells, and nothing else.
    let half = curve.points.iter().find(|point| number(&point.share) <= Some(0.5)).map(|point| f64::from(point.day));
    assert_eq!(releases[3].value(measure_id::LIFETIME_SURVIVAL).and_then(Released::value), half);
    let between = &releases[1].measures[measure_id::LIFETIME_SURVIVAL];
    assert_eq!((between.status, between.reason.as_deref()), (Status::Na, Some(reason::NO_QUARTER_ENDS)));
}

#[test]
fn what_only_many_can_be_told_of_begins_with_fifty_posters() {
    let release = |people: i32| {
        let mut log = Log::default();
        for person in 1..=people {
            log.writes(person, 18 * HOUR);
        }
        log.january()
    };
    let explorer = [
        measure_id::LIFETIME_SURVIVAL,
        measure_id::FIRST_MESSAGE_30_DAYS,
        measure_id::BRIDGERS_SHARE,
        measure_id::GIANT_COMPONENT,
    ];
    let few = release(49);
    for id in explorer {
        let cell = &few.measures[id];
        assert_eq!((cell.status, cell.reason.as_deref()), (Status::Suppressed, Some(reason::TOO_FEW_PEOPLE)), "{id}");
    }
    for id in [figure_id::WEEK, figure_id::RETENTION, figure_id::SURVIVAL] {
        assert!(!few.figures.contains_key(id), "{id}");
    }
    let many = release(50);
    let bridgers = &many.measures[measure_id::BRIDGERS_SHARE];
    assert_eq!((bridgers.value.and_then(Released::value), bridgers.about), (Some(0.0), Some(50.0)));
    assert!(many.figures.contains_key(figure_id::WEEK));
}

#[test]
fn a_few_members_who_are_silent_do_not_show() {
    let members = |silent: i32| {
        let mut log = Log::default();
        for person in 1..=12 {
            log.writes(person, 18 * HOUR);
        }
        for person in 21..21 + silent {
            log.joins(person, 3);
        }
        log.january().value(measure_id::MEMBERS).unwrap().ends()
    };
    assert_eq!(members(0), [5.0, 20.0]);
    assert_eq!(members(8), [5.0, 20.0]);
    assert_eq!(members(9), [21.0, 21.0]);
}
