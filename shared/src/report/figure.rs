//! The data of each picture: one type a shape, every cell with its status.
//!
//! A cell about fewer than [`super::MIN_PEOPLE`] people is `suppressed` here already. Where a whole picture cannot be
//! drawn, its figure is [`Figure::Nothing`]. `examples/figures.json` in the crate `reports` has a small one of every
//! shape.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::Verdict;
use crate::{
    month::Month,
    published::{Quarter, Released, Status},
};

/// The data of one picture. The shape says how it is drawn.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "shape", rename_all = "kebab-case")]
pub enum Figure {
    /// Lines over months.
    Months(Months),
    /// Shares of people, each over the quarters from which it was gathered.
    Shares(Shares),
    /// No picture, whatever its shape would have been, and why.
    Nothing(Nothing),
    /// Who stays, by the quarter in which they came: a heat map.
    Cohorts(Cohorts),
    /// How long people stay: a survival curve with its band.
    Survival(Survival),
    /// When in the week something happens: weekdays and hours in three levels.
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
    /// The months of the last year that were said to be more or less than usual, when each was reported; oldest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub marks: Vec<Mark>,
}

/// A month that was said to be more or less than usual.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mark {
    /// The month.
    pub month: Month,
    /// What was said: [`Verdict::More`] or [`Verdict::Less`].
    pub verdict: Verdict,
}

/// One cell: a month of a line, a square of a heat map.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Point {
    /// The value or its range, `null` unless `status` is `ok`.
    pub value: Option<Released>,
    /// Whether there is a value.
    pub status: Status,
    /// The 95 % interval of a share, which follows from what is published alone.
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

/// Shares of people: the figure `people`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Shares {
    /// The shares, the most important first.
    pub shares: Vec<ShareOverTime>,
}

/// One share of people over time.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ShareOverTime {
    /// The measure's id.
    pub id: String,
    /// The times of which it was told, oldest first. They never overlap.
    pub times: Vec<ShareAt>,
}

/// A share of the people of one or several quarters.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct ShareAt {
    /// The first and the last quarter that it was gathered from.
    pub quarters: [Quarter; 2],
    /// The share, from 0 to 1, with its interval.
    pub share: Point,
    /// At least how many people it is about: 10, 20, 50, 100 …
    pub about: f64,
}

/// Cohorts, oldest first: the figure `retention`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Cohorts {
    /// The cohorts.
    pub cohorts: Vec<Cohort>,
}

/// Those whose first message fell into the same quarter.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Cohort {
    /// The quarter in which they came.
    pub quarter: Quarter,
    /// At least how many people they are: 10, 20, 50, 100 …; suppressed with all cells where they are too few.
    pub about: Point,
    /// The share of them who wrote again 1, 2, … quarters later, from 0 to 1. Rows grow shorter towards the youngest.
    pub cells: Vec<Point>,
}

/// How long newcomers stay: the figure `survival`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Survival {
    /// At least how many newcomers it rests on: 10, 20, 50, 100 …
    pub about: f64,
    /// The share who still wrote so many days after their first message, days ascending.
    pub points: Vec<SurvivalPoint>,
}

/// The share of newcomers who had not fallen silent by a day.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct SurvivalPoint {
    /// Days since the first message.
    pub day: u32,
    /// The share, from 0 to 1, with its interval.
    pub share: Point,
}

/// A week: the figure `week`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Week {
    /// How many hours one column holds: 1, 2, 3, 4 or 6. Small communities need wider ones.
    pub hours: u32,
    /// Seven rows, Monday first, of 24 / `hours` cells from midnight on, in local time: how much is written, in three
    /// levels. 0: little, or too few people to say; 1: some; 2: much.
    pub days: Vec<Vec<u8>>,
}

/// Rooms, the one with most people first: the figure `rooms`.
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
    /// People who wrote there, a point a month; the last is this month.
    pub people: Vec<Point>,
    /// Effective voices there this month.
    pub voices: Point,
    /// The share of conversations begun there this month that somebody took up.
    pub taken_up: Point,
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
    pub people: Released,
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
    /// The first and the last quarter of those who came.
    pub quarters: [Quarter; 2],
    /// The steps; who took one took those before it too.
    pub stages: Vec<Stage>,
}

/// One step of the way.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Stage {
    /// `joined`, `wrote`, `answered`, `came_back`: the reader's language has words for it.
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
    /// At least how many answered: 10, 20, 50, 100 …; `null` where suppressed.
    pub about: Option<f64>,
}

impl Point {
    /// A value.
    pub fn ok(value: Released) -> Self {
        Self { value: Some(value), status: Status::Ok, interval: None }
    }

    /// The value as one number: the middle, where it is a range.
    pub fn number(&self) -> Option<f64> {
        self.value.map(Released::middle)
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
