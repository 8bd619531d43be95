//! All months and communities on one page: the latest numbers, each with its months as a sparkline, and every report.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs, io,
    path::{Path, PathBuf},
};

use hearth_shared::{
    month::Month,
    release::Released,
    report::{Figure, Measure, Point, Report, VERSION, figure_id, measure_id},
};
use maud::{DOCTYPE, Markup, PreEscaped, html};

use crate::{
    Error,
    charts::spark::Sparkline,
    page::style,
    paint::{self, PaintError, SvgTarget},
    scene::{Role, Scene},
    theme::Theme,
    words::Words,
};

/// The measures of a community's rows.
const SHOWN: &[&str] = &[
    measure_id::POSTERS,
    measure_id::EFFECTIVE_VOICES,
    measure_id::NEW_POSTERS,
    measure_id::TAKEN_UP,
    measure_id::ACTION_COMPLETION,
];
/// How many months a sparkline goes back at most.
const WINDOW: i32 = 24;
const WIDTH: f64 = 150.0;
const HEIGHT: f64 = 26.0;

/// One community's reports by month, each with the way to its page from the index.
type Months = BTreeMap<Month, (String, Report)>;

/// What [`write_index`] found and wrote.
#[derive(Clone, Debug)]
pub struct Index {
    /// The page, `index.html`.
    pub page: PathBuf,
    /// The reports that it is about, by community, then by month.
    pub reports: Vec<Report>,
}

/// Writes `index.html` over all reports in `folder` (`<month>/report.json`) and one level below it
/// (`<community>/<month>/report.json`); `None` where there is no report. The page links to a `measures.csv` beside it,
/// which the caller writes of the same reports.
///
/// # Errors
///
/// Where a sparkline cannot be painted or a file cannot be read or written. A file that is no report of this version is
/// passed over.
pub fn write_index(folder: &Path, language: &str) -> Result<Option<Index>, Error> {
    let mut communities: BTreeMap<String, Months> = BTreeMap::new();
    for name in folders(folder)? {
        collect(&folder.join(&name), &name, &mut communities);
        for month in folders(&folder.join(&name))? {
            collect(&folder.join(&name).join(&month), &format!("{name}/{month}"), &mut communities);
        }
    }
    if communities.is_empty() {
        return Ok(None);
    }
    let text = page(&communities, &Words::of(language))?;
    // First beside it, so that whoever looks finds the old page or the new one.
    let (path, fresh) = (folder.join("index.html"), folder.join(".index.html.new"));
    let written = fs::write(&fresh, text).and_then(|()| fs::rename(&fresh, &path));
    written.map_err(|source| Error::Write { path: path.clone(), source })?;
    let reports = communities.into_values().flat_map(BTreeMap::into_values).map(|(_, report)| report).collect();
    Ok(Some(Index { page: path, reports }))
}

/// The names of the folders in `folder`, in order; those that begin with a dot are somebody's work in progress.
fn folders(folder: &Path) -> Result<Vec<String>, Error> {
    let failed = |source: io::Error| Error::Write { path: folder.to_owned(), source };
    let mut names = Vec::new();
    for entry in fs::read_dir(folder).map_err(failed)? {
        let entry = entry.map_err(failed)?;
        if let Some(name) = entry.file_name().to_str().filter(|name| !name.starts_with('.') && entry.path().is_dir()) {
            names.push(name.to_owned());
        }
    }
    names.sort();
    Ok(names)
}

fn collect(folder: &Path, way: &str, communities: &mut BTreeMap<String, Months>) {
    let Ok(json) = fs::read(folder.join("report.json")) else { return };
    let Ok(report) = serde_json::from_slice::<Report>(&json) else { return };
    // A room's report is no month of its community, and what another Hearth wrote may mean something else.
    if report.room.is_some() || report.version != VERSION {
        return;
    }
    let months = communities.entry(report.community.clone()).or_default();
    months.insert(report.month, (format!("{}/index.html", link(way)), report));
}

/// The way as a link: letters that mean something in an address are written as numbers.
fn link(way: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'/');
    way.bytes().map(|byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") }).collect()
}

fn page(communities: &BTreeMap<String, Months>, words: &Words) -> Result<String, PaintError> {
    let sections = communities.iter().map(|(name, months)| section(name, months, words));
    let sections = sections.collect::<Result<Vec<_>, _>>()?;
    let markup = html! {
        (DOCTYPE)
        html lang=(words.tag) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                meta name="generator" content="Hearth";
                title { (words.l.msg_index_title()) }
                style { (PreEscaped(style::css())) }
            }
            body {
                header {
                    p.kicker { (words.l.msg_page_kicker()) }
                    h1 { (words.l.msg_index_title()) }
                    p.meta { (words.l.msg_index_lead()) }
                }
                main { @for section in &sections { (section) } }
                footer { p { a href="measures.csv" { (words.l.msg_index_csv()) } } p { (words.l.msg_about_maker()) } }
            }
        }
    };
    Ok(markup.into_string())
}

fn section(name: &str, months: &Months, words: &Words) -> Result<Markup, PaintError> {
    let Some((last, (way, report))) = months.iter().next_back() else { return Ok(html! {}) };
    let rows = || SHOWN.iter().filter_map(|id| Some((*id, report.measures.get(*id)?)));
    // The same reason in every row says no more than once.
    let reasons: BTreeSet<Option<&str>> = rows().map(|(_, measure)| measure.cell.reason.as_deref()).collect();
    let silent = rows().all(|(id, _)| points(id, *last, months).iter().all(|point| point.value.is_none()));
    let only = reasons.first().copied().filter(|_| silent && reasons.len() == 1);
    let shown: Vec<_> = rows().filter(|_| only.is_none()).collect();
    let rows = shown.into_iter().map(|(id, measure)| row(id, measure, *last, months, words));
    let rows = rows.collect::<Result<Vec<_>, _>>()?;
    let moments =
        moments(*last, months).into_iter().map(|(id, happened)| moments_row(&id, &happened, months, *last, words));
    let moments = if rows.is_empty() { vec![] } else { moments.collect::<Result<Vec<_>, _>>()? };
    let mut years: BTreeMap<i16, Vec<(Month, &str)>> = BTreeMap::new();
    for (month, (way, _)) in months {
        years.entry(month.year()).or_default().push((*month, way));
    }
    Ok(html! {
        section.community {
            h2 { bdi { (name) } }
            p.latest { a href=(way) { (words.month_year(*last)) } }
            @if let Some(reason) = only { p { (words.reason(reason)) } }
            @if !rows.is_empty() { table {
                thead {
                    tr {
                        th scope="col" { (words.l.msg_column_measure()) }
                        th scope="col" { (words.month_year_short(*last)) }
                        th scope="col" { (words.l.msg_index_months()) }
                    }
                }
                tbody { @for row in rows.iter().chain(&moments) { (row) } }
            } }
            @for (year, months) in years.iter().rev() {
                p.months {
                    span.year { (year) }
                    @for (month, way) in months {
                        " "
                        a href=(way) { (words.month_short(*month)) span.spoken { " " (year) } }
                    }
                }
            }
        }
    })
}

/// The first month of the sparklines: they go back as far as there are reports, and no further than [`WINDOW`].
fn first(last: Month, months: &Months) -> i32 {
    months.keys().next().copied().unwrap_or(last).ordinal().max(last.ordinal() - WINDOW + 1)
}

/// How many months the sparklines have.
fn length(last: Month, months: &Months) -> usize {
    usize::try_from(last.ordinal() - first(last, months)).unwrap_or(0) + 1
}

/// A measure's months up to the last; a month without a report is a gap.
fn points(id: &str, last: Month, months: &Months) -> Vec<Point> {
    let points = (first(last, months)..=last.ordinal()).map(|ordinal| {
        let measure = last.plus(ordinal - last.ordinal()).and_then(|month| months.get(&month)?.1.measures.get(id));
        measure.map_or_else(Point::na, Measure::point)
    });
    points.collect()
}

/// What happened in which of the sparklines' months, by kind, as far as any report tells.
fn moments(last: Month, months: &Months) -> BTreeMap<String, BTreeSet<usize>> {
    let mut moments: BTreeMap<String, BTreeSet<usize>> = BTreeMap::new();
    let first = first(last, months);
    for (_, report) in months.values() {
        let Some(Figure::Months(activity)) = report.figures.get(figure_id::ACTIVITY) else { continue };
        for event in activity.events.iter().filter(|event| event.month <= last) {
            let Ok(place) = usize::try_from(event.month.ordinal() - first) else { continue };
            moments.entry(event.id.clone()).or_default().insert(place);
        }
    }
    moments
}

/// The drawing of a row: a line marks the same month of the year before, through all rows.
fn timeline(last: Month, months: &Months) -> (Scene, Sparkline) {
    let mut scene = Scene::new(WIDTH);
    scene.height = HEIGHT;
    let line = Sparkline { at: (4.0, 4.0), size: (WIDTH - 10.0, HEIGHT - 8.0), months: length(last, months) };
    if let Some(year_before) = line.months.checked_sub(13) {
        let x = line.x(year_before);
        scene.line((x, 0.0), (x, HEIGHT), 1.0, Role::Axis);
    }
    (scene, line)
}

fn row(id: &str, measure: &Measure, last: Month, months: &Months, words: &Words) -> Result<Markup, PaintError> {
    let points = points(id, last, months);
    let mut known: Vec<Released> = points.iter().filter_map(|point| point.value).collect();
    known.sort_by(|a, b| a.middle().total_cmp(&b.middle()));
    let earlier = |back: usize| points.len().checked_sub(1 + back);
    let (mut scene, line) = timeline(last, months);
    let marked: Vec<usize> = [1, 12].into_iter().filter_map(earlier).collect();
    line.draw(&mut scene, &points, &marked);
    let write = |value| words.released(value, &measure.cell.unit);
    let ends = known.first().zip(known.last());
    let drawn = ends
        .map(|(low, high)| {
            let mut alt = words.l.msg_index_range(words.measure(id), write(*low), write(*high));
            for (back, month) in [(1, last.plus(-1)), (12, last.plus(-12))] {
                let value = earlier(back).and_then(|place| points[place].value);
                if let (Some(value), Some(month)) = (value, month) {
                    alt = format!("{alt} {}", words.l.msg_index_earlier(words.month_year(month), write(value)));
                }
            }
            paint::svg(&scene, Theme::Light, SvgTarget::Page { class: "spark", alt: &alt })
        })
        .transpose()?;
    Ok(table_row(&words.measure(id), &words.cell(&measure.cell), drawn))
}

/// The row of a kind of event.
fn moments_row(
    id: &str,
    happened: &BTreeSet<usize>,
    months: &Months,
    last: Month,
    words: &Words,
) -> Result<Markup, PaintError> {
    let name = words.event(id);
    let places: Vec<usize> = happened.iter().copied().collect();
    let (mut scene, line) = timeline(last, months);
    line.draw_moments(&mut scene, &places);
    let first = first(last, months) - last.ordinal();
    let month = |place: &usize| last.plus(first + i32::try_from(*place).ok()?).map(|month| words.month_year(month));
    let listed: Vec<String> = places.iter().filter_map(month).collect();
    let alt = words.l.msg_index_moments(&name, words.list(&listed));
    let svg = paint::svg(&scene, Theme::Light, SvgTarget::Page { class: "spark", alt: &alt })?;
    let value = match &listed[..] {
        [only] => only.clone(),
        several => {
            let count = f64::from(u32::try_from(several.len()).unwrap_or(u32::MAX));
            words.l.msg_index_in_months(words.number(count, 0))
        }
    };
    Ok(table_row(&name, &value, Some(svg)))
}

fn table_row(name: &str, value: &str, drawn: Option<String>) -> Markup {
    html! {
        tr {
            th scope="row" { (name) }
            td.value { (value) }
            td { @if let Some(svg) = drawn { (PreEscaped(svg)) } }
        }
    }
}

#[cfg(test)]
mod tests {
    use hearth_shared::{release::Cell, report::Event};

    use super::*;

    fn report(community: &str, month: &str, posters: Cell) -> Report {
        let mut report: Report = serde_json::from_str(include_str!("../examples/report.json")).unwrap();
        (report.community, report.month) = (community.to_owned(), month.parse().unwrap());
        report.measures.insert("posters".into(), Measure::alone(posters));
        if let Some(Figure::Months(activity)) = report.figures.get_mut("activity") {
            activity.events.clear();
        }
        report
    }

    #[test]
    fn every_month_and_community_is_found_and_linked() {
        let folder = tempfile::tempdir().unwrap();
        assert!(write_index(folder.path(), "en").unwrap().is_none());
        let put = |way: &str, report: &Report| {
            let path = folder.path().join(way);
            fs::create_dir_all(&path).unwrap();
            fs::write(path.join("report.json"), serde_json::to_vec(report).unwrap()).unwrap();
        };
        put("2026-09", &report("Potters", "2026-09", Cell::ok(Released::people(31), "people")));
        put("2026-10", &report("Potters", "2026-10", Cell::ok(Released::people(34), "people")));
        let mut three = report("Three friends", "2026-10", Cell::suppressed("too_few_people", "people"));
        three
            .measures
            .values_mut()
            .for_each(|it| *it = Measure::alone(Cell::suppressed("too_few_people", &it.cell.unit)));
        put("three/2026-10", &three);
        put("ורד #1/2026-10", &report("ורד <b>", "2026-10", Cell::suppressed("too_few_people", "people")));
        let mut eventful = report("Potters", "2026-08", Cell::ok(Released::people(30), "people"));
        if let Some(Figure::Months(activity)) = eventful.figures.get_mut("activity") {
            let event = |month: &str, id: &str| Event { month: month.parse().unwrap(), id: id.to_owned() };
            activity.events = vec![event("2026-08", "retro"), event("2026-07", "retro")];
        }
        put("2026-08", &eventful);
        put(".2026-11.new", &report("Potters", "2026-11", Cell::ok(Released::people(1), "people")));
        let room = Report {
            room: Some("Kiln".into()),
            ..report("Potters", "2026-07", Cell::ok(Released::people(9), "people"))
        };
        put("2026-07", &room);
        fs::create_dir_all(folder.path().join("2026-06")).unwrap();
        fs::write(folder.path().join("2026-06/report.json"), "{").unwrap();

        let index = write_index(folder.path(), "en").unwrap().unwrap();
        let page = fs::read_to_string(&index.page).unwrap();
        for way in ["2026-09/index.html", "2026-10/index.html", "%D7%95%D7%A8%D7%93%20%231/2026-10/index.html"] {
            assert!(page.contains(&format!("href=\"{way}\"")), "{way}");
        }
        assert!(page.contains("between 30 and 34") && page.contains("Too few people to say.") && !page.contains("<b>"));
        assert!(!page.contains("2026-11") && !page.contains("2026-07") && !page.contains("<script"));
        assert!(page.contains("September 2026: 31."), "the month before, in words");
        assert!(
            page.contains("retro: August 2026.") && page.contains(">August 2026</td>"),
            "what was before the first month is not marked"
        );
        let friends = page.split("<section").find(|section| section.contains("Three friends")).unwrap();
        assert_eq!(friends.matches("Too few people").count(), 1, "said once for all: {friends}");
        let found = index.reports.iter().map(|it| format!("{} {}", it.community, it.month));
        let all = ["Potters 2026-08", "Potters 2026-09", "Potters 2026-10", "Three friends 2026-10", "ורד <b> 2026-10"];
        assert_eq!(found.collect::<Vec<_>>(), all);
    }
}
