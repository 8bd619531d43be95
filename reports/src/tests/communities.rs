//! Communities of every kind: of the examples, and made from the guild: very many, one month, ten years, names from
//! everywhere.

use std::collections::BTreeMap;

use hearth_shared::{
    month::Month,
    release::{Cell, Quarter, Released},
    report::{Cohort, Figure, Measure, Nothing, Point, Report, RetroActions, Series, Status, Theme},
};

use super::guild;

/// The examples beside the guild, by how many people they have.
pub(super) fn examples() -> [(&'static str, Report); 7] {
    [
        ("four", include_str!("../../examples/four.json")),
        ("seven", include_str!("../../examples/seven.json")),
        ("nine", include_str!("../../examples/nine.json")),
        ("twelve", include_str!("../../examples/twelve.json")),
        ("fourteen", include_str!("../../examples/fourteen.json")),
        ("four hundred", include_str!("../../examples/four_hundred.json")),
        ("five thousand", include_str!("../../examples/five_thousand.json")),
    ]
    .map(|(name, json)| (name, serde_json::from_str(json).unwrap()))
}

/// One of [`examples`].
pub(super) fn of(name: &str) -> Report {
    BTreeMap::from(examples()).remove(name).unwrap()
}

/// Changes every cell of every figure.
pub(super) fn each_point(report: &mut Report, change: &dyn Fn(usize, &mut Point)) {
    let every = |points: &mut Vec<Point>| points.iter_mut().enumerate().for_each(|(at, point)| change(at, point));
    let series = |series: &mut Vec<Series>| series.iter_mut().for_each(|line| every(&mut line.points));
    for figure in report.figures.values_mut() {
        match figure {
            Figure::Months(it) => series(&mut it.series),
            Figure::Shares(it) => {
                for share in &mut it.shares {
                    share.times.iter_mut().enumerate().for_each(|(at, time)| change(at, &mut time.share));
                }
            }
            Figure::Cohorts(it) => it.cohorts.iter_mut().for_each(|row| every(&mut row.cells)),
            Figure::Rooms(it) => {
                for room in &mut it.rooms {
                    every(&mut room.people);
                    [&mut room.taken_up, &mut room.voices].into_iter().for_each(|point| change(0, point));
                }
            }
            Figure::Network(it) => it.links.iter_mut().for_each(|link| change(0, &mut link.replies)),
            Figure::Actions(it) => {
                for RetroActions { done, open, dropped, .. } in &mut it.retros {
                    [done, open, dropped].into_iter().for_each(|point| change(0, point));
                }
                it.open.iter_mut().for_each(|age| change(0, &mut age.actions));
            }
            Figure::Themes(it) => it.themes.iter_mut().for_each(|theme| every(&mut theme.cells)),
            Figure::Funnel(it) => it.stages.iter_mut().for_each(|stage| change(0, &mut stage.people)),
            Figure::Survival(it) => {
                it.points.iter_mut().enumerate().for_each(|(at, point)| change(at, &mut point.share));
            }
            Figure::Dots(it) => {
                let times = it.items.iter_mut().flat_map(|item| &mut item.times);
                times.for_each(|asked| change(0, &mut asked.mean));
            }
            Figure::Week(_) | Figure::Nothing(_) => {}
        }
    }
}

/// The guild with every number of things and people times `factor`.
pub(super) fn times(factor: f64) -> Report {
    let mut report = guild();
    let whole = |value: Released| {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "numbers of an example")]
        Released::things((value.middle() * factor).round() as u64)
    };
    let shares = ["people", "answered", "retention", "survival", "pulse", "themes"];
    let kept: Vec<(String, Figure)> = shares.iter().map(|id| ((*id).to_owned(), report.figures[*id].clone())).collect();
    let rooms = report.figures["rooms"].clone();
    each_point(&mut report, &|_, point| point.value = point.value.map(whole));
    report.figures.extend(kept);
    if let (Some(Figure::Rooms(grown)), Figure::Rooms(rooms)) = (report.figures.get_mut("rooms"), rooms) {
        grown.rooms.iter_mut().zip(rooms.rooms).for_each(|(grown, room)| grown.taken_up = room.taken_up);
    }
    if let Some(Figure::Network(network)) = report.figures.get_mut("network") {
        network.groups.iter_mut().for_each(|group| group.people = whole(group.people));
    }
    for measure in report.measures.values_mut().filter(|it| matches!(&*it.cell.unit, "people" | "messages")) {
        measure.cell.value = measure.cell.value.map(whole);
        if let Some(usual) = &mut measure.usual {
            usual.value *= factor;
            usual.range = usual.range.map(|end| end * factor);
        }
    }
    report
}

/// A community of which nothing may be said.
pub(super) fn of_nothing() -> Report {
    let mut report = guild();
    (report.notice, report.experiment) = (None, None);
    each_point(&mut report, &|_, point| *point = Point::suppressed());
    for (id, figure) in &mut report.figures {
        let nothing = Nothing { status: Status::Suppressed, reason: "too_few_people".into() };
        if !matches!(&**id, "activity" | "voices" | "newcomers") {
            *figure = Figure::Nothing(nothing);
        }
    }
    for measure in report.measures.values_mut() {
        *measure = Measure::alone(Cell::suppressed("too_few_people", &measure.cell.unit));
    }
    report
}

/// The guild's last month alone.
pub(super) fn of_one_month() -> Report {
    let mut report = guild();
    for figure in report.figures.values_mut() {
        cut(figure, 1);
    }
    for measure in report.measures.values_mut() {
        *measure = Measure::alone(measure.cell.clone());
    }
    report
}

/// Keeps the last `count` of what goes through time.
fn cut(figure: &mut Figure, count: usize) {
    fn last<T>(all: &mut Vec<T>, count: usize) {
        all.drain(..all.len().saturating_sub(count));
    }
    match figure {
        Figure::Months(it) => {
            last(&mut it.months, count);
            it.series.iter_mut().for_each(|line| last(&mut line.points, count));
        }
        Figure::Shares(it) => it.shares.iter_mut().for_each(|share| last(&mut share.times, count)),
        Figure::Cohorts(it) => last(&mut it.cohorts, count),
        Figure::Rooms(it) => {
            last(&mut it.months, count);
            it.rooms.iter_mut().for_each(|room| last(&mut room.people, count));
        }
        Figure::Actions(it) => last(&mut it.retros, count),
        Figure::Themes(it) => {
            last(&mut it.retros, count);
            it.themes.iter_mut().for_each(|theme| last(&mut theme.cells, count));
        }
        Figure::Dots(it) => it.items.iter_mut().for_each(|item| item.times.truncate(1)),
        Figure::Survival(_) | Figure::Week(_) | Figure::Network(_) | Figure::Funnel(_) | Figure::Nothing(_) => {}
    }
}

/// The guild after ten years, with forty rooms, many themes and many retrospectives.
pub(super) fn of_ten_years() -> Report {
    fn grow<T: Clone>(all: &mut Vec<T>, count: usize) {
        *all = all.iter().cloned().cycle().take(count).collect();
    }
    let mut report = guild();
    let months = |last: Month| -> Vec<Month> { (-119..=0).filter_map(|back| last.plus(back)).collect() };
    for figure in report.figures.values_mut() {
        match figure {
            Figure::Months(it) => {
                it.months = months(*it.months.last().unwrap());
                it.series.iter_mut().for_each(|line| grow(&mut line.points, 120));
            }
            Figure::Shares(it) => it.shares.iter_mut().for_each(|share| grow(&mut share.times, 40)),
            Figure::Cohorts(it) => {
                let first = it.cohorts[0].clone();
                let quarter = |age: usize| -> Quarter { first.quarter.plus(i32::try_from(age).unwrap()).unwrap() };
                let cells = |age: usize| first.cells.iter().copied().cycle().take(40 - age).collect();
                it.cohorts = (0..40)
                    .map(|age| Cohort { quarter: quarter(age), cells: cells(age), about: first.about })
                    .collect();
            }
            Figure::Rooms(it) => {
                it.months = months(*it.months.last().unwrap());
                it.rooms.iter_mut().for_each(|room| grow(&mut room.people, 120));
                grow(&mut it.rooms, 40);
            }
            Figure::Actions(it) => grow(&mut it.retros, 60),
            Figure::Themes(it) => {
                grow(&mut it.retros, 60);
                it.themes.iter_mut().for_each(|theme| grow(&mut theme.cells, 60));
                grow(&mut it.themes, 30);
            }
            Figure::Dots(it) => it.items.iter_mut().for_each(|item| grow(&mut item.times, 12)),
            Figure::Survival(it) => it.points.iter_mut().for_each(|point| point.day *= 7),
            Figure::Week(_) | Figure::Network(_) | Figure::Funnel(_) | Figure::Nothing(_) => {}
        }
    }
    report
}

/// The guild with long names, names from right to left, and names that no font here can draw.
pub(super) fn of_all_names() -> Report {
    let names = [
        "ورشة الخزف والزجاج",
        "חדר הכבשן",
        "陶芸について",
        "🏺",
        "Donaudampfschifffahrtsgesellschaftskapitänsmützen",
        " ",
    ];
    let mut report = guild();
    report.community = names[0].to_owned();
    for figure in report.figures.values_mut() {
        let mut names = names.iter().cycle().map(|name| (*name).to_owned());
        let mut next = || names.next().unwrap();
        match figure {
            Figure::Rooms(it) => it.rooms.iter_mut().for_each(|room| room.name = next()),
            Figure::Themes(it) => it.themes.iter_mut().for_each(|Theme { name, .. }| *name = next()),
            Figure::Network(it) => it.groups.iter_mut().for_each(|group| group.name = Some(next())),
            Figure::Dots(it) => it.items.iter_mut().for_each(|item| item.id.push_str("_of_their_own_making")),
            _ => {}
        }
    }
    report
}

/// The guild with what knows no replies and no reactions.
pub(super) fn without_replies() -> Report {
    let mut report = guild();
    for capability in ["replies", "reactions"] {
        report.source.insert(capability.into(), false);
    }
    for id in ["network", "answered"] {
        let reason = "source_lacks_replies".to_owned();
        report.figures.insert(id.into(), Figure::Nothing(Nothing { status: Status::Na, reason }));
    }
    for (id, reason) in [
        ("taken_up", "source_lacks_replies"),
        ("answer_time", "source_lacks_replies"),
        ("active_members", "source_lacks_reactions"),
    ] {
        let unit = report.measures[id].cell.unit.clone();
        report.measures.insert(id.into(), Measure::alone(Cell::na(reason, &unit)));
    }
    if let Some(Figure::Months(activity)) = report.figures.get_mut("activity") {
        activity.series[1].points.fill(Point::na());
    }
    report
}
