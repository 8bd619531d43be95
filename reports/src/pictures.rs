//! Every picture of a report: its title, what it says in words, and its scene.

use hearth_shared::report::{Curves, Diverging, Figure, Months, Point, Report, Series};

use crate::{
    charts::{
        Size, curves, diverging,
        intervals::{self, Rows},
        months,
    },
    paint::{self, Home, PaintError},
    questions::{ALL, ANSWERED},
    scene::{Anchor, Role, Scene, Text},
    text,
    theme::Theme,
    words::Words,
};

/// What a picture is drawn from.
#[derive(Clone, Debug)]
enum Data<'a> {
    Figure(&'a Figure),
    Rows(Vec<Rows>),
}

/// A picture before it is drawn.
#[derive(Clone, Debug)]
pub(crate) struct Picture<'a> {
    /// The figure's id.
    pub(crate) id: String,
    /// What it is about.
    pub(crate) title: String,
    /// What it says, in a sentence or two: its caption, and its alternative text.
    pub(crate) says: String,
    data: Data<'a>,
}

/// The pictures of `report` in the order of the page; those that no question asks for come last.
pub(crate) fn pictures<'a>(report: &'a Report, words: &Words) -> Vec<Picture<'a>> {
    let asked: Vec<&str> = ALL.iter().flat_map(|question| question.pictures).copied().collect();
    let other = report.figures.keys().map(String::as_str).filter(|id| !asked.contains(id));
    let picture = |id: &str| match report.figures.get(id) {
        Some(figure) => Some(Picture::of(id, figure, words)),
        None if id == "answered" => {
            let rows = intervals::rows(report, ANSWERED);
            (!rows.is_empty()).then(|| Picture::new(id, Data::Rows(rows), words))
        }
        None => None,
    };
    asked.iter().copied().chain(other).filter_map(picture).collect()
}

impl<'a> Picture<'a> {
    /// The picture of `figure`.
    pub(crate) fn of(id: &str, figure: &'a Figure, words: &Words) -> Self {
        Self::new(id, Data::Figure(figure), words)
    }

    fn new(id: &str, data: Data<'a>, words: &Words) -> Self {
        let says = match &data {
            Data::Figure(Figure::Months(months)) => months_say(months, words),
            Data::Figure(Figure::Diverging(diverging)) => diverging_says(diverging, words),
            Data::Figure(Figure::Curves(curves)) => curves_say(curves, words),
            Data::Figure(_) => String::new(),
            Data::Rows(rows) => rows_say(rows, words),
        };
        Self { id: id.to_owned(), title: words.picture(id), says, data }
    }

    /// The drawing without title, or `None` where there is nothing to draw.
    pub(crate) fn scene(&self, words: &Words, size: Size) -> Option<Scene> {
        match &self.data {
            Data::Figure(Figure::Months(figure)) => months::draw(figure, words, size),
            Data::Figure(Figure::Diverging(figure)) => diverging::draw(figure, words, size),
            Data::Figure(Figure::Curves(figure)) => curves::draw(figure, words, size),
            Data::Figure(_) => None,
            Data::Rows(rows) => intervals::draw(rows, words, size),
        }
    }

    /// The drawing below its title and caption, within a margin, for a file of its own.
    pub(crate) fn titled(&self, words: &Words, size: Size) -> Option<Scene> {
        let scene = self.scene(words, size)?;
        let room = size.width();
        let mut heading = Scene::new(room);
        let mut y = 0.0;
        for (text, size, bold, role, step) in
            [(&self.title, 19.0, true, Role::Ink, 24.0), (&self.says, 14.0, false, Role::Muted, 19.0)]
        {
            for line in text::wrap(text, size, bold, room) {
                y += step;
                heading.text(Text { at: (0.0, y - 5.0), text: line, size, bold, role, anchor: Anchor::Start });
            }
        }
        let mut whole = scene.lowered(y + 10.0);
        whole.marks.append(&mut heading.marks);
        Some(whole.framed(size.pick(24.0, 10.0)))
    }

    /// The picture as an SVG file.
    pub(crate) fn svg(&self, words: &Words, theme: Theme, size: Size) -> Result<Option<String>, PaintError> {
        let home = Home::File { title: &self.title, alt: &self.says };
        self.titled(words, size).map(|scene| paint::svg(&scene, theme, home)).transpose()
    }

    /// The picture as a PNG file.
    pub(crate) fn png(&self, words: &Words, theme: Theme, size: Size) -> Result<Option<Vec<u8>>, PaintError> {
        self.titled(words, size).map(|scene| paint::png(&scene, theme)).transpose()
    }

    /// Why there is no picture, where the figure says so.
    pub(crate) fn reason(&self) -> Option<&str> {
        match &self.data {
            Data::Figure(Figure::Curves(curves)) => curves.reason.as_deref(),
            Data::Figure(Figure::Months(Months { series, .. })) => reason_of(series),
            Data::Figure(Figure::Diverging(Diverging { above, .. })) => reason_of(above),
            Data::Figure(Figure::Nothing(nothing)) => Some(&nothing.reason),
            Data::Figure(_) | Data::Rows(_) => None,
        }
    }
}

fn reason_of(series: &[Series]) -> Option<&'static str> {
    let suppressed = |point: &Point| point.status == hearth_shared::report::Status::Suppressed;
    series.iter().flat_map(|series| &series.points).any(suppressed).then_some("too_few_people")
}

fn months_say(figure: &Months, words: &Words) -> String {
    let Some(last) = figure.months.last() else { return String::new() };
    let month = words.month_year(*last);
    let say = |series: &Series| {
        let name = words.measure(&series.id);
        let write = |value: f64| words.figure(value, &series.unit);
        let point = series.points.last().copied();
        let Some((value, point)) = point.and_then(|point| Some((point.value?, point))) else {
            return words.l.msg_alt_last_unknown(name, &month);
        };
        if let Some(interval) = point.interval {
            return words.l.msg_alt_last_interval(name, write(value), words.interval(interval, &series.unit), &month);
        }
        let earlier = || series.points.iter().rev().skip(1).filter_map(|point| point.value);
        let (low, high) = (earlier().fold(f64::INFINITY, f64::min), earlier().fold(0.0, f64::max));
        if low < high {
            words.l.msg_alt_last_range(name, write(value), &month, write(low), write(high))
        } else {
            words.l.msg_alt_last(name, write(value), &month)
        }
    };
    figure.series.iter().map(say).collect::<Vec<_>>().join(" ")
}

fn diverging_says(figure: &Diverging, words: &Words) -> String {
    let Some(month) = figure.months.last() else { return String::new() };
    let (mut parts, mut hidden) = (Vec::new(), Vec::new());
    for series in figure.above.iter().chain(&figure.below) {
        let name = words.label(&series.id);
        match series.points.last().and_then(|point| point.value) {
            Some(value) => parts.push(format!("{name} {}", words.figure(value, &series.unit))),
            None => hidden.push(name),
        }
    }
    let known = (!parts.is_empty()).then(|| words.l.msg_alt_growth(words.month_year(*month), words.list(&parts)));
    let hidden = (!hidden.is_empty()).then(|| words.l.msg_alt_not_shown(words.list(&hidden)));
    known.into_iter().chain(hidden).collect::<Vec<_>>().join(" ")
}

fn curves_say(figure: &Curves, words: &Words) -> String {
    let mut said = Vec::new();
    for curve in &figure.curves {
        let Some(half) = curves::half_share(curve) else { continue };
        let (month, share) = (words.month_year(curve.month), words.percent(half));
        said.push(if said.is_empty() {
            words.l.msg_alt_lorenz(month, share)
        } else {
            words.l.msg_alt_lorenz_earlier(month, share)
        });
    }
    said.join(" ")
}

fn rows_say(rows: &[Rows], words: &Words) -> String {
    let say = |row: &Rows| {
        let this = row.times.first()?;
        let (name, month) = (words.measure(&row.id), words.month_year(this.month));
        let share = words.percent(this.value);
        Some(match this.interval {
            Some(interval) => words.l.msg_alt_last_interval(name, share, words.interval(interval, "share"), month),
            None => words.l.msg_alt_last(name, share, month),
        })
    };
    rows.iter().filter_map(say).collect::<Vec<_>>().join(" ")
}
