//! Communities of every kind, made from the guild: few people, very many, one month, ten years, names from everywhere.

use hearth_shared::{
    month::Month,
    report::{Cohort, Figure, Item, Measure, Nothing, Point, Report, RetroActions, Series, Status, Strip, Theme},
};

use super::guild;

/// Changes every cell of every figure.
pub(super) fn each_point(report: &mut Report, change: &dyn Fn(usize, &mut Point)) {
    let every = |points: &mut Vec<Point>| points.iter_mut().enumerate().for_each(|(at, point)| change(at, point));
    let series = |series: &mut Vec<Series>| series.iter_mut().for_each(|line| every(&mut line.points));
    for figure in report.figures.values_mut() {
        match figure {
            Figure::Months(it) => series(&mut it.series),
            Figure::Diverging(it) => [&mut it.above, &mut it.below].into_iter().for_each(series),
            Figure::Cohorts(it) => it.cohorts.iter_mut().for_each(|row| every(&mut row.cells)),
            Figure::Week(it) => it.days.iter_mut().for_each(every),
            Figure::Rooms(it) => {
                for room in &mut it.rooms {
                    every(&mut room.messages);
                    [&mut room.people, &mut room.voices].into_iter().for_each(|point| change(0, point));
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
            Figure::Dots(it) => {
                let times = it.items.iter_mut().flat_map(|item| &mut item.times);
                times.for_each(|asked| change(0, &mut asked.mean));
            }
            Figure::Curves(_) | Figure::Survival(_) | Figure::Strips(_) | Figure::Nothing(_) => {}
        }
    }
}

/// The guild with every value times `factor`.
pub(super) fn times(factor: f64) -> Report {
    let mut report = guild();
    each_point(&mut report, &|_, point| point.value = point.value.map(|value| (value * factor).round()));
    for figure in report.figures.values_mut() {
        match figure {
            // Shares and scores stay what they are.
            Figure::Cohorts(it) => it.cohorts.iter_mut().for_each(|row| {
                row.size.value = row.size.value.map(|value| (value * factor).round());
                row.cells.iter_mut().for_each(|cell| cell.value = cell.value.map(|value| value.clamp(0.0, 1.0)));
            }),
            Figure::Strips(it) => it.strips.iter_mut().for_each(|strip| {
                strip.quantiles = strip.quantiles.map(|it| it.map(|value| value * factor.sqrt()));
            }),
            Figure::Network(it) => it.groups.iter_mut().for_each(|group| group.people *= 1543),
            Figure::Survival(it) => it.curves.iter_mut().for_each(|curve| curve.n *= 1543),
            _ => {}
        }
    }
    for measure in report.measures.values_mut().filter(|measure| matches!(&*measure.unit, "people" | "messages")) {
        measure.value = measure.value.map(|value| value * factor);
        measure.interval = measure.interval.map(|ends| ends.map(|end| end * factor));
    }
    report
}

/// A community of three: nothing can be said.
pub(super) fn of_three() -> Report {
    let mut report = guild();
    each_point(&mut report, &|_, point| *point = Point::suppressed());
    for (id, figure) in &mut report.figures {
        let nothing = Nothing { status: Status::Suppressed, reason: "too_few_people".into() };
        if !matches!(&**id, "activity" | "voices" | "growth") {
            *figure = Figure::Nothing(nothing);
        }
    }
    for measure in report.measures.values_mut() {
        *measure = Measure::suppressed("too_few_people", &measure.unit);
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
        (measure.last_month, measure.last_year) = (None, None);
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
        Figure::Diverging(it) => {
            last(&mut it.months, count);
            it.above.iter_mut().chain(&mut it.below).for_each(|line| last(&mut line.points, count));
        }
        Figure::Curves(it) => it.curves.truncate(1),
        Figure::Cohorts(it) => last(&mut it.cohorts, count),
        Figure::Survival(it) => it.curves.truncate(1),
        Figure::Strips(it) => last(&mut it.strips, count),
        Figure::Rooms(it) => {
            last(&mut it.months, count);
            it.rooms.iter_mut().for_each(|room| last(&mut room.messages, count));
        }
        Figure::Actions(it) => last(&mut it.retros, count),
        Figure::Themes(it) => {
            last(&mut it.retros, count);
            it.themes.iter_mut().for_each(|theme| last(&mut theme.cells, count));
        }
        Figure::Dots(it) => it.items.iter_mut().for_each(|item| item.times.truncate(1)),
        Figure::Week(_) | Figure::Network(_) | Figure::Funnel(_) | Figure::Nothing(_) => {}
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
            Figure::Diverging(it) => {
                it.months = months(*it.months.last().unwrap());
                it.above.iter_mut().chain(&mut it.below).for_each(|line| grow(&mut line.points, 120));
            }
            Figure::Cohorts(it) => {
                let first = it.cohorts[0].clone();
                it.cohorts = months(it.cohorts.last().unwrap().first)
                    .into_iter()
                    .rev()
                    .enumerate()
                    .map(|(age, month)| Cohort {
                        first: month,
                        cells: first.cells.iter().copied().cycle().take(age + 1).collect(),
                        ..first.clone()
                    })
                    .rev()
                    .collect();
            }
            Figure::Strips(it) => {
                let all = months(it.strips.last().unwrap().month);
                let strips = it.strips.iter().cycle();
                it.strips =
                    all.into_iter().zip(strips).map(|(month, strip)| Strip { month, ..strip.clone() }).collect();
            }
            Figure::Rooms(it) => {
                it.months = months(*it.months.last().unwrap());
                it.rooms.iter_mut().for_each(|room| grow(&mut room.messages, 120));
                grow(&mut it.rooms, 40);
            }
            Figure::Actions(it) => grow(&mut it.retros, 60),
            Figure::Themes(it) => {
                grow(&mut it.retros, 60);
                it.themes.iter_mut().for_each(|theme| grow(&mut theme.cells, 60));
                grow(&mut it.themes, 30);
            }
            Figure::Dots(it) => it.items.iter_mut().for_each(|item| grow(&mut item.times, 12)),
            Figure::Survival(it) => {
                for curve in &mut it.curves {
                    curve.steps.iter_mut().for_each(|step| step.day *= 7);
                    curve.median_days = curve.median_days.map(|days| days * 7.0);
                }
            }
            Figure::Curves(_) | Figure::Week(_) | Figure::Network(_) | Figure::Funnel(_) | Figure::Nothing(_) => {}
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
            Figure::Themes(it) => {
                it.themes.iter_mut().for_each(|Theme { name, .. }| *name = next());
            }
            Figure::Network(it) => it.groups.iter_mut().for_each(|group| group.name = Some(next())),
            Figure::Dots(it) => it.items.iter_mut().for_each(|Item { id, .. }| id.push_str("_of_their_own_making")),
            _ => {}
        }
    }
    report
}

/// The guild with what knows no replies.
pub(super) fn without_replies() -> Report {
    let mut report = guild();
    report.source.insert("replies".into(), false);
    for id in ["response", "network", "retention", "survival"] {
        let reason = "source_lacks_replies".to_owned();
        report.figures.insert(id.into(), Figure::Nothing(Nothing { status: Status::Na, reason }));
    }
    for id in ["opener_reply_rate", "newcomer_unanswered", "reply_minutes_p50", "reply_minutes_p90"] {
        report.measures.insert(id.into(), Measure::na("source_lacks_replies", "share"));
    }
    report
}
