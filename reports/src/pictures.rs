//! Every picture of a report: its title, what it says in words, and its scene.

use std::borrow::Cow;

use hearth_shared::report::{Figure, Months, Point, Report, Series, Status, reason};

use crate::{
    charts::{
        Size, actions, cohorts, funnel, intervals, months, months::Beside, network, rooms, survival, themes, week,
    },
    paint::{self, PaintError, SvgTarget},
    questions,
    scene::{Anchor, Role, Scene, Text},
    text,
    theme::Theme,
    words::Words,
};

/// A picture before it is drawn.
#[derive(Clone, Debug)]
pub(crate) struct Picture<'a> {
    /// The figure's id.
    pub(crate) id: String,
    /// What it is about.
    pub(crate) title: String,
    /// What it says, in a sentence or two: its caption, and its alternative text.
    pub(crate) says: String,
    figure: Cow<'a, Figure>,
    beside: Beside<'a>,
}

/// The pictures of `report` in the order of the page; those that no question asks for come last.
pub(crate) fn pictures<'a>(report: &'a Report, words: &Words) -> Vec<Picture<'a>> {
    let asked: Vec<&str> = questions::all().flat_map(|question| question.pictures).copied().collect();
    let other = report.figures.keys().map(String::as_str).filter(|id| !asked.contains(id));
    let beside: Beside = report.measures.iter().map(|(id, measure)| (&**id, measure)).collect();
    let picture = |id: &str| {
        let figure = report.figures.get(id)?;
        Some(Picture::of(id, Cow::Borrowed(figure), beside.clone(), words))
    };
    asked.iter().copied().chain(other).filter_map(picture).collect()
}

impl<'a> Picture<'a> {
    /// The picture of `figure`, beside what the report says of its measures.
    pub(crate) fn of(id: &str, figure: Cow<'a, Figure>, beside: Beside<'a>, words: &Words) -> Self {
        let says = says(&figure, &beside, words);
        Self { id: id.to_owned(), title: words.picture(id), says, figure, beside }
    }

    /// The drawing without title, or `None` where there is nothing to draw.
    pub(crate) fn scene(&self, words: &Words, size: Size) -> Option<Scene> {
        draw(&self.figure, &self.beside, words, size)
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

    /// The drawing below its title, three wide and two high, for the timeline of a room: what it says stands beside it
    /// there.
    pub(crate) fn for_room(&self, words: &Words) -> Option<Scene> {
        let scene = self.scene(words, Size::Room)?;
        let first = match &*self.figure {
            Figure::Months(figure) => months::first(figure, words),
            _ => None,
        };
        let title = first.as_ref().unwrap_or(&self.title);
        let (mut heading, mut y) = (Scene::new(Size::Room.width()), 0.0);
        for line in text::wrap(title, 17.0, true, Size::Room.width()) {
            y += 21.0;
            let (text, role) = (line, Role::Ink);
            heading.text(Text { at: (0.0, y - 5.0), text, size: 17.0, bold: true, role, anchor: Anchor::Start });
        }
        let mut whole = scene.lowered(y + 6.0);
        whole.marks.append(&mut heading.marks);
        Some(whole.framed(10.0).of_ratio(1.5))
    }

    /// The picture as an SVG file.
    pub(crate) fn svg(&self, words: &Words, theme: Theme, size: Size) -> Result<Option<String>, PaintError> {
        let target = SvgTarget::File { title: &self.title, alt: &self.says };
        self.titled(words, size).map(|scene| paint::svg(&scene, theme, target)).transpose()
    }

    /// The picture as a PNG file.
    pub(crate) fn png(&self, words: &Words, theme: Theme, size: Size) -> Result<Option<Vec<u8>>, PaintError> {
        let painted = Picture::of(&self.id, paintable(&self.figure, words), self.beside.clone(), words);
        painted.titled(words, size).map(|scene| paint::png(&scene, theme)).transpose()
    }

    /// The measures that it has a line for.
    pub(crate) fn lines(&self) -> Vec<&str> {
        match &*self.figure {
            Figure::Months(figure) => figure.series.iter().map(|series| &*series.id).collect(),
            _ => Vec::new(),
        }
    }

    /// Why there is no picture, where the figure says so.
    pub(crate) fn reason(&self) -> Option<&str> {
        match &*self.figure {
            Figure::Nothing(nothing) => Some(&nothing.reason),
            Figure::Months(Months { series, .. }) => {
                let of_measures = series.iter().find_map(|line| self.beside.get(&*line.id)?.cell.reason.as_deref());
                of_measures.or_else(|| reason_of(series))
            }
            _ => None,
        }
    }
}

fn reason_of(series: &[Series]) -> Option<&'static str> {
    // A range is of few people, too.
    let suppressed = |point: &Point| point.status != Status::Na;
    series.iter().flat_map(|series| &series.points).any(suppressed).then_some(reason::TOO_FEW_PEOPLE)
}

fn draw(figure: &Figure, beside: &Beside, words: &Words, size: Size) -> Option<Scene> {
    match figure {
        Figure::Months(figure) => months::draw(figure, beside, words, size),
        Figure::Shares(figure) => intervals::draw(&intervals::shares(figure, words), words, size),
        Figure::Nothing(_) => None,
        Figure::Cohorts(figure) => cohorts::draw(figure, words, size),
        Figure::Survival(figure) => survival::draw(figure, words, size),
        Figure::Week(figure) => week::draw(figure, words, size),
        Figure::Rooms(figure) => rooms::draw(figure, words, size),
        Figure::Network(figure) => network::draw(figure, words, size),
        Figure::Funnel(figure) => funnel::draw(figure, words, size),
        Figure::Actions(figure) => actions::draw(figure, words, size),
        Figure::Themes(figure) => themes::draw(figure, words, size),
        Figure::Dots(figure) => intervals::draw(&intervals::answers(figure, words), words, size),
    }
}

fn says(figure: &Figure, beside: &Beside, words: &Words) -> String {
    match figure {
        Figure::Months(figure) => months::says(figure, beside, words),
        Figure::Shares(figure) => intervals::says(&intervals::shares(figure, words), words),
        Figure::Nothing(_) => String::new(),
        Figure::Cohorts(figure) => cohorts::says(figure, words),
        Figure::Survival(figure) => survival::says(figure, words),
        Figure::Week(figure) => week::says(figure, words),
        Figure::Rooms(figure) => rooms::says(figure, words),
        Figure::Network(figure) => network::says(figure, words),
        Figure::Funnel(figure) => funnel::says(figure, words),
        Figure::Actions(figure) => actions::says(figure, words),
        Figure::Themes(figure) => themes::says(figure, words),
        Figure::Dots(figure) => intervals::says(&intervals::answers(figure, words), words),
    }
}

/// The figure with names that a PNG can paint: letters that the shipped font lacks would be empty boxes there.
fn paintable<'a>(figure: &'a Figure, words: &Words) -> Cow<'a, Figure> {
    let mut figure = Cow::Borrowed(figure);
    let names = |figure: &Figure| match figure {
        Figure::Rooms(it) => it.rooms.iter().map(|room| room.name.clone()).collect(),
        Figure::Themes(it) => it.themes.iter().map(|theme| theme.name.clone()).collect(),
        Figure::Network(it) => it.groups.iter().map(|group| group.name.clone().unwrap_or_default()).collect(),
        _ => Vec::new(),
    };
    for (index, name) in names(&figure).into_iter().enumerate().filter(|(_, name)| !text::is_covered(name)) {
        let letters = name.chars().filter(|letter| text::is_covered(&letter.to_string())).collect::<String>();
        let plain = if letters.chars().any(char::is_alphanumeric) {
            letters.split_whitespace().collect::<Vec<_>>().join(" ")
        } else {
            words.l.msg_number_in_picture((index + 1).to_string())
        };
        match figure.to_mut() {
            Figure::Rooms(it) => it.rooms[index].name = plain,
            Figure::Themes(it) => it.themes[index].name = plain,
            Figure::Network(it) => it.groups[index].name = Some(plain),
            _ => {}
        }
    }
    figure
}
