//! The data of each picture: one type a shape, every cell with its status.
//!
//! A cell about fewer than [`super::MIN_PEOPLE`] people is `suppressed` here already. Where a whole picture cannot be
//! drawn, its figure is [`Figure::Nothing`]. `examples/figures.json` in the crate `reports` has a small one of every
//! shape.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::status::Status;
use crate::month::Month;

/// The data of one picture. The shape says how it is drawn.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "shape", rename_all = "kebab-case")]
pub enum Figure {
    /// Lines over months.
    Months(Months),
    /// Stacked bars over months, some above and some below the zero line.
    Diverging(Diverging),
    /// Lines over a share from 0 to 1, such as a Lorenz curve.
    Curves(Curves),
    /// No picture, whatever its shape would have been, and why.
    Nothing(Nothing),
    /// Who stays, by the month in which they came: a heat map.
    Cohorts(Cohorts),
    /// How long people stay: a survival curve with its band.
    Survival(Survival),
    /// How values spread, month by month, on a logarithmic axis: strips from the 10th to the 90th percentile.
    Strips(Strips),
    /// When in the week something happens: a heat map of weekdays and hours.
    Week(Week),
    /// Rooms with what happens in each: a table with sparklines.
    Rooms(Rooms),
    /// Who answers whom, between groups.
    Network(Network),
    /// How many newcomers take each step.
    Funnel(Funnel),
    /// What became of what retrospectives agreed.
    Actions(Actions),
    /// Which themes came up in which retrospective: a grid.
    Themes(Themes),
    /// Answers on a scale, each with its interval.
    Dots(Dots),
}

impl Figure {
    /// A figure that cannot be drawn, and why, as a key like a measure's.
    pub fn nothing(status: Status, reason: &str) -> Self {
        Self::Nothing(Nothing { status, reason: reason.to_owned() })
    }
}

/// Why there is no picture.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Nothing {
    /// `na` or `suppressed`.
    pub status: Status,
    /// Why, as a key like a measure's.
    pub reason: String,
}

/// Lines over months, oldest first.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Months {
    /// The months, consecutive.
    pub months: Vec<Month>,
    /// The lines, the most important first; each has a point for every month.
    pub series: Vec<Series>,
    /// What happened when: months that deserve a mark.
    #[serde(default)]
    pub events: Vec<Event>,
}

/// One line.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Series {
    /// The measure's id, which the reader's language has a name for.
    pub id: String,
    /// Its unit.
    pub unit: String,
    /// A point a month.
    pub points: Vec<Point>,
}

/// One cell: a month of a line, a square of a heat map.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Point {
    /// The value, `null` unless `status` is `ok`.
    pub value: Option<f64>,
    /// Whether there is a value.
    pub status: Status,
    /// The 95 % interval, where one is defined.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub interval: Option<[f64; 2]>,
}

/// A mark in time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    /// The month.
    pub month: Month,
    /// What kind of event, which the reader's language has a word for.
    pub id: String,
}

/// Stacked bars over months, oldest first.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Diverging {
    /// The months, consecutive.
    pub months: Vec<Month>,
    /// What is stacked above the zero line, from the line outwards.
    pub above: Vec<Series>,
    /// What is stacked below it, from the line outwards; values are positive.
    pub below: Vec<Series>,
}

/// Lines from (0, 0) to (1, 1), this month's first.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Curves {
    /// The lines.
    pub curves: Vec<Curve>,
    /// Whether the picture can be drawn at all; with `suppressed` or `na`, `curves` is empty.
    pub status: Status,
    /// Why not.
    pub reason: Option<String>,
}

/// One line of [`Curves`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Curve {
    /// The month it is about.
    pub month: Month,
    /// Points with x and y from 0 to 1, x ascending. At most eleven, so that no step is a person.
    pub points: Vec<[f64; 2]>,
}

/// Cohorts, oldest first: the figure `retention`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Cohorts {
    /// How many months one cohort and one step hold: 1, or 3 where small cohorts are pooled to quarters.
    pub step: u32,
    /// The cohorts.
    pub cohorts: Vec<Cohort>,
}

/// Those whose first message fell into the same months.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Cohort {
    /// The first month of the cohort.
    pub first: Month,
    /// How many people they are; suppressed with all cells where they are too few.
    pub size: Point,
    /// The share of them who wrote again 1, 2, … steps later, from 0 to 1. Rows grow shorter towards the youngest.
    pub cells: Vec<Point>,
}

/// Survival curves, this month's first, then that of an earlier month: the figure `survival`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Survival {
    /// The curves, at least one.
    pub curves: Vec<SurvivalCurve>,
}

/// One survival curve: the share still there so many days after the first message.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SurvivalCurve {
    /// The month up to whose end it was observed.
    pub month: Month,
    /// How many people it rests on.
    pub n: u64,
    /// The day at which half have gone, where the curve falls so far.
    pub median_days: Option<f64>,
    /// The steps, days ascending. At least five people leave between two, so that none is a person.
    pub steps: Vec<SurvivalStep>,
}

/// From this day on until the next step's.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct SurvivalStep {
    /// Days since the first message.
    pub day: u32,
    /// The share still there, from 0 to 1.
    pub share: f64,
    /// Its 95 % interval.
    pub interval: Option<[f64; 2]>,
}

/// Distributions over months, oldest first: the figure `response`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Strips {
    /// The unit, `minutes`.
    pub unit: String,
    /// A strip a month, months consecutive.
    pub strips: Vec<Strip>,
}

/// The distribution in one month.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Strip {
    /// The month.
    pub month: Month,
    /// Whether there are quantiles.
    pub status: Status,
    /// The 10th, 25th, 50th, 75th and 90th percentile, ascending; `null` unless `status` is `ok`.
    pub quantiles: Option<[f64; 5]>,
    /// How many values it rests on.
    pub n: Option<u64>,
}

/// A week: the figure `week`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Week {
    /// What is counted: `messages`, or `minutes` for a median time to reply.
    pub unit: String,
    /// How many months up to this one were put together.
    pub months: u32,
    /// How many hours one column holds: 1, 2, 3, 4 or 6. Small communities need wider ones.
    pub hours: u32,
    /// Seven rows, Monday first, of 24 / `hours` cells from midnight on, in local time.
    pub days: Vec<Vec<Point>>,
}

/// Rooms, the busiest first: the figure `rooms`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Rooms {
    /// The months of the sparklines, consecutive, oldest first.
    pub months: Vec<Month>,
    /// The rooms.
    pub rooms: Vec<Room>,
    /// How many active rooms are not listed because too few people wrote there; `null` where that cannot be said.
    pub unlisted: Option<u64>,
}

/// One room.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Room {
    /// Its name.
    pub name: String,
    /// Messages, a point a month.
    pub messages: Vec<Point>,
    /// People who wrote there this month.
    pub people: Point,
    /// Effective voices there this month.
    pub voices: Point,
    /// The share of conversations opened there that got a reply.
    pub answered: Point,
}

/// Groups and who answers whom: the figure `network`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Network {
    /// The groups, each of at least five people.
    pub groups: Vec<Group>,
    /// Replies between two groups or within one; pairs without any replies are left out.
    pub links: Vec<Link>,
}

/// People who are put together, and no person of whom can be told from the others.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Group {
    /// What the reader's language has words for (`newcomers`, `settled`, `returned`), or a key of the group's own.
    pub id: String,
    /// The group's own name, where it has one: a room's or a unit's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// How many people it is.
    pub people: u64,
}

/// Replies from one group to another.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Link {
    /// The place in `groups` of those who replied.
    pub from: usize,
    /// The place in `groups` of those who were replied to.
    pub to: usize,
    /// How many replies; suppressed where fewer than five people wrote or got them.
    pub replies: Point,
}

/// The way of newcomers, first step first: the figure `funnel`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Funnel {
    /// The first and the last month of those who came.
    pub months: [Month; 2],
    /// The steps; who took one took those before it too.
    pub stages: Vec<Stage>,
}

/// One step of the way.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Stage {
    /// `joined`, `wrote`, `answered`, `wrote_again`: the reader's language has words for it.
    pub id: String,
    /// How many people took it.
    pub people: Point,
    /// Their share of those who took the first step, with its interval.
    pub share: Point,
}

/// What became of actions: the figure `actions`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Actions {
    /// The retrospectives, oldest first, each with the actions that were agreed in it.
    pub retros: Vec<RetroActions>,
    /// How old the actions are that are still open, youngest first.
    pub open: Vec<Age>,
}

/// The actions of one retrospective, as they stand at the end of the report's month.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct RetroActions {
    /// The day on which it was closed, in the community's zone.
    pub date: Date,
    /// How many are done.
    pub done: Point,
    /// How many are still open.
    pub open: Point,
    /// How many were dropped.
    pub dropped: Point,
}

/// Open actions of an age.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Age {
    /// The least age in days.
    pub from: u32,
    /// The age in days from which on the next class counts; `null` for the oldest class.
    pub to: Option<u32>,
    /// How many actions.
    pub actions: Point,
}

/// Themes over retrospectives: the figure `themes`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Themes {
    /// The days of the retrospectives, oldest first.
    pub retros: Vec<Date>,
    /// The themes, those that came up most often first.
    pub themes: Vec<Theme>,
}

/// One theme.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Theme {
    /// The label that the community gave it.
    pub name: String,
    /// A cell a retrospective: 1 where it came up, 0 where not.
    pub cells: Vec<Point>,
}

/// Answers on a scale: the figure `pulse`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Dots {
    /// The lowest and the highest answer that can be given.
    pub scale: [f64; 2],
    /// What was asked.
    pub items: Vec<Item>,
}

/// One question and how it was answered.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Item {
    /// The item's id, which the reader's language has words for: `safety`, `belonging`, `value`.
    pub id: String,
    /// The times at which it was asked, the latest first.
    pub times: Vec<Asked>,
}

/// One time at which an item was asked.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Asked {
    /// The month.
    pub month: Month,
    /// The mean answer, with its interval; suppressed below ten answers.
    pub mean: Point,
    /// How many answered, `null` where suppressed.
    pub n: Option<u64>,
}

impl Point {
    /// A value.
    pub fn ok(value: f64) -> Self {
        Self { value: Some(value), status: Status::Ok, interval: None }
    }

    /// A value that cannot be known.
    pub fn na() -> Self {
        Self { value: None, status: Status::Na, interval: None }
    }

    /// Too few people to say.
    pub fn suppressed() -> Self {
        Self { value: None, status: Status::Suppressed, interval: None }
    }

    /// The same with a 95 % interval.
    #[must_use]
    pub fn with_interval(mut self, interval: Option<[f64; 2]>) -> Self {
        self.interval = interval;
        self
    }
}
