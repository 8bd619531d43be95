//! The rules of raw months again, read plainly: everything in memory, one thing after the other.
//!
//! What is said of a month's conversations is what was known 72 hours after it.

use std::collections::{BTreeMap, BTreeSet};

use hearth_shared::{activity::Kind, month::Month};
use jiff::{Timestamp, tz::TimeZone};

use crate::lab::{BOT, Row};

const HOUR: i64 = 3_600_000;
const DAY: i64 = 24 * HOUR;
const WINDOW: i64 = 72 * HOUR;

/// What a month comes to.
#[derive(Debug, PartialEq)]
pub struct PlainMonth {
    pub month: String,
    pub scope: u64,
    pub people: [u64; 3],
    pub voices: Option<f64>,
    pub origins: [u64; 2],
    pub conversations: [u64; 4],
    pub answer_minutes: Option<f64>,
    pub rooms: [u64; 2],
}

/// A conversation: where, when, by whom, after how many milliseconds it was taken up, and whether it is a topic.
struct Conversation {
    room: i32,
    ts: i64,
    opener: i32,
    taken: Option<i64>,
    is_topic: bool,
}

pub struct Plain<'a> {
    pub rows: &'a [Row],
    pub zone: &'a TimeZone,
    pub announcements: &'a BTreeSet<i32>,
    pub busy: usize,
}

fn is_main(row: &Row) -> bool {
    row.thread.is_none() || (row.thread == Some(row.id) && !row.is_topic)
}

/// A list of messages in which people are together.
type Circle<'a> = Vec<&'a Row>;

impl<'a> Plain<'a> {
    fn month(&self, ts: i64) -> i32 {
        Month::of(Timestamp::from_millisecond(ts).unwrap(), self.zone).ordinal()
    }

    fn begin(&self, month: i32) -> i64 {
        Month::from_ordinal(month).unwrap().bounds(self.zone).0
    }

    fn date(&self, ts: i64) -> jiff::civil::Date {
        Timestamp::from_millisecond(ts).unwrap().to_zoned(self.zone.clone()).date()
    }

    fn end(&self) -> i64 {
        self.rows.iter().map(|row| row.ts).max().unwrap()
    }

    /// What was known 72 hours after a month.
    fn known(&self, month: i32) -> Vec<&'a Row> {
        let until = self.begin(month + 1) + WINDOW;
        self.rows.iter().filter(|row| row.ts < until).collect()
    }

    fn people(&self) -> impl Iterator<Item = &'a Row> + Clone {
        self.rows.iter().filter(|row| row.person != BOT && row.kind <= Kind::Leave)
    }

    fn messages(&self) -> impl Iterator<Item = &'a Row> + Clone {
        self.people().filter(|row| row.kind == Kind::Message)
    }

    fn starts(rows: &[&Row]) -> BTreeMap<i32, i64> {
        let mut starts = BTreeMap::new();
        for row in rows.iter().filter(|row| row.kind != Kind::Heartbeat) {
            starts.entry(row.room).or_insert(row.ts);
        }
        starts
    }

    /// The runs of main timelines: prompts among messages.
    fn runs(rows: &[&'a Row]) -> Vec<Circle<'a>> {
        let said = |row: &&&Row| {
            let is_message = row.kind == Kind::Message && row.person != BOT && is_main(row);
            is_message || row.kind == Kind::PromptPosted
        };
        let mut runs: Vec<Circle<'a>> = Vec::new();
        let mut open: BTreeMap<i32, usize> = BTreeMap::new();
        for row in rows.iter().filter(said) {
            match open.get(&row.room).filter(|run| row.ts - runs[**run].last().unwrap().ts < 6 * HOUR) {
                Some(run) => runs[*run].push(row),
                None => {
                    open.insert(row.room, runs.len());
                    runs.push(vec![row]);
                }
            }
        }
        runs
    }

    /// Threads or topics, by room and thread.
    fn threads(rows: &[&'a Row], topics: bool) -> BTreeMap<(i32, i32), Circle<'a>> {
        let mut threads: BTreeMap<_, Circle<'a>> = BTreeMap::new();
        let said =
            |row: &&&Row| row.kind == Kind::Message && row.person != BOT && !is_main(row) && row.is_topic == topics;
        for row in rows.iter().filter(said) {
            threads.entry((row.room, row.thread.unwrap())).or_default().push(row);
        }
        threads
    }

    /// What others wrote in answer to a message, within 72 hours of it.
    fn links(rows: &[&'a Row], of: &Row) -> Vec<&'a Row> {
        let points = |row: &&&Row| {
            row.kind == Kind::Message
                && row.person != BOT
                && (row.reply_to == Some(of.id) || row.thread == Some(of.id))
                && row.room == of.room
                && row.person != of.person
                && (0..=WINDOW).contains(&(row.ts - of.ts))
        };
        rows.iter().filter(points).copied().collect()
    }

    fn conversations(&self, month: i32) -> Vec<Conversation> {
        let rows = self.known(month);
        let mut all = Vec::new();
        for run in Self::runs(&rows).iter().filter(|run| run[0].kind == Kind::Message) {
            let opener = run[0];
            let others = run.iter().filter(|row| row.kind == Kind::Message);
            let mut times = Vec::new();
            for row in others {
                if row.person != opener.person {
                    times.extend(Some(row.ts - opener.ts).filter(|after| *after <= WINDOW));
                    break;
                }
                times.extend(Self::links(&rows, row).iter().map(|link| link.ts - opener.ts));
            }
            let taken = times.into_iter().min();
            all.push(Conversation { room: opener.room, ts: opener.ts, opener: opener.person, taken, is_topic: false });
        }
        for topic in Self::threads(&rows, true).values() {
            let opener = topic[0];
            let other = topic.iter().find(|row| row.person != opener.person).map(|row| row.ts - opener.ts);
            let taken = other.filter(|after| *after <= WINDOW);
            all.push(Conversation { room: opener.room, ts: opener.ts, opener: opener.person, taken, is_topic: true });
        }
        all.retain(|one| {
            self.month(one.ts) == month
                && !self.announcements.contains(&one.room)
                && one.ts + WINDOW <= self.end()
                && (one.is_topic || !self.is_busy(one.room, month))
        });
        all
    }

    fn is_busy(&self, room: i32, month: i32) -> bool {
        let here = |row: &&Row| row.room == room && is_main(row) && self.month(row.ts) == month;
        self.messages().filter(here).count() >= self.busy
    }

    /// First messages of a month, and whether their authors are newcomers.
    fn firsts(&self, month: i32) -> Vec<(&'a Row, bool)> {
        let rows: Vec<&Row> = self.rows.iter().collect();
        let starts = Self::starts(&rows);
        let joins = || rows.iter().filter(|row| row.kind == Kind::Join && row.person != BOT);
        let at = |row: &Row| (row.room, row.ts.div_euclid(1000));
        let moved = |join: &Row| joins().filter(|row| at(row) == at(join)).count() >= 3;
        let present: BTreeSet<i32> = joins()
            .filter(|join| moved(join) || join.ts.div_euclid(1000) == starts[&join.room].div_euclid(1000))
            .map(|join| join.person)
            .collect();
        let (mut seen, mut wrote) = (BTreeMap::new(), BTreeSet::new());
        let mut firsts = Vec::new();
        for row in self.people() {
            let origin: &mut Kind = seen.entry(row.person).or_insert(row.kind);
            if row.kind == Kind::Message && wrote.insert(row.person) && self.month(row.ts) == month {
                let settled = starts[&row.room] <= row.ts - 365 * DAY;
                firsts.push((row, !present.contains(&row.person) && (*origin == Kind::Join || settled)));
            }
        }
        firsts
    }

    fn welcomed(&self, first: &Row) -> Option<bool> {
        let month = self.month(first.ts);
        if self.announcements.contains(&first.room) || first.ts + WINDOW > self.end() {
            return None;
        }
        if is_main(first) && self.is_busy(first.room, month) {
            return None;
        }
        let rows = self.known(month);
        let reacted = self.people().any(|row| {
            row.kind == Kind::Reaction
                && row.reply_to == Some(first.id)
                && row.room == first.room
                && row.person != first.person
                && (0..=WINDOW).contains(&(row.ts - first.ts))
        });
        let threads = |topics| Self::threads(&rows, topics).into_values();
        let circle = Self::runs(&rows).into_iter().chain(threads(true)).chain(threads(false));
        let circle: Circle<'_> = circle.into_iter().find(|circle| circle.iter().any(|row| row.id == first.id)).unwrap();
        let followed = circle
            .iter()
            .skip_while(|row| row.id != first.id)
            .any(|row| row.kind == Kind::Message && row.person != first.person && row.ts - first.ts <= WINDOW);
        Some(reacted || followed || !Self::links(&rows, first).is_empty())
    }

    fn returned(&self, first: &Row) -> Option<bool> {
        let month = 30 * DAY;
        let later = |row: &Row| row.person == first.person && self.date(row.ts) > self.date(first.ts);
        (first.ts + month <= self.end()).then(|| self.messages().any(|row| later(row) && row.ts - first.ts <= month))
    }

    /// The months that are over, of a room or of all together.
    pub fn months(&self, room: Option<i32>) -> Vec<PlainMonth> {
        let is_here = |row: &Row| room.is_none_or(|room| row.room == room);
        let seen = self.rows.iter().find(|row| row.kind != Kind::Heartbeat && is_here(row));
        let Some(first) = seen.map(|row| self.month(row.ts)) else { return Vec::new() };
        let over = (first..).take_while(|month| self.begin(month + 1) <= self.end());
        let told = over.map(|month| {
            let here = |row: &&Row| is_here(row) && self.month(row.ts) == month;
            let (mut counts, mut reacted) = (BTreeMap::<i32, u64>::new(), BTreeSet::new());
            let mut rooms = BTreeMap::<i32, BTreeSet<i32>>::new();
            for row in self.people().filter(here) {
                if row.kind == Kind::Message {
                    *counts.entry(row.person).or_default() += 1;
                    rooms.entry(row.room).or_default().insert(row.person);
                } else if row.kind == Kind::Reaction {
                    reacted.insert(row.person);
                }
            }
            let all: u64 = counts.values().sum();
            let squares: u64 = counts.values().map(|count| count * count).sum();
            let firsts = self.firsts(month);
            let firsts: Vec<_> = firsts.iter().filter(|(row, _)| is_here(row)).collect();
            let conversations = self.conversations(month);
            let conversations: Vec<_> =
                conversations.iter().filter(|one| room.is_none_or(|room| one.room == room)).collect();
            let taken: Vec<_> = conversations.iter().filter(|one| one.taken.is_some()).collect();
            let mut minutes: Vec<f64> = taken.iter().map(|one| one.taken.unwrap() as f64 / 60_000.0).collect();
            minutes.sort_by(f64::total_cmp);
            let median = (minutes[minutes.len().saturating_sub(1) / 2..].first())
                .map(|low| (low + minutes[minutes.len() / 2]) / 2.0);
            let came_in = |row: &&Row| {
                row.kind == Kind::RoomAdopted && is_here(row) && (first + 1..=month).contains(&self.month(row.ts))
            };
            let openers = |of: &mut dyn Iterator<Item = i32>| of.collect::<BTreeSet<_>>().len() as u64;
            PlainMonth {
                month: Month::from_ordinal(month).unwrap().to_string(),
                scope: self.rows.iter().filter(came_in).count() as u64,
                people: [
                    counts.len() as u64,
                    reacted.into_iter().chain(counts.keys().copied()).collect::<BTreeSet<_>>().len() as u64,
                    all,
                ],
                voices: (all > 0).then(|| (all * all) as f64 / squares as f64),
                origins: [true, false].map(|new| firsts.iter().filter(|(_, is_new)| *is_new == new).count() as u64),
                conversations: [
                    conversations.len() as u64,
                    openers(&mut conversations.iter().map(|one| one.opener)),
                    taken.len() as u64,
                    openers(&mut taken.iter().map(|one| one.opener)),
                ],
                answer_minutes: median,
                rooms: [rooms.len() as u64, rooms.values().filter(|people| people.len() >= 5).count() as u64],
            }
        });
        told.collect()
    }

    fn wrote(&self, quarter: i32) -> BTreeSet<i32> {
        self.messages().filter(|row| self.month(row.ts) / 3 == quarter).map(|row| row.person).collect()
    }

    /// The quarters that are over: posters, alone, newcomers, and of how many it is known whether they were welcomed and
    /// came back, and how many were and did; and who stayed.
    pub fn quarters(&self) -> Vec<([u64; 7], Option<u64>)> {
        let Some(first) = self.rows.iter().find(|row| row.kind != Kind::Heartbeat) else { return Vec::new() };
        let first = self.month(first.ts);
        if self.begin(first + 1) > self.end() {
            return Vec::new();
        }
        let is_over = |quarter: i32| self.begin((quarter + 1) * 3) <= self.end();
        let all: Vec<&Row> = self.rows.iter().collect();
        let mut circles: Vec<Circle<'_>> = Self::runs(&all);
        circles.iter_mut().for_each(|run| run.retain(|row| row.kind == Kind::Message));
        circles.extend(Self::threads(&all, true).into_values());
        for ((room, root), mut thread) in Self::threads(&all, false) {
            thread.extend(self.messages().find(|row| row.id == root && row.room == room));
            circles.push(thread);
        }
        let told = (first / 3..).take_while(|quarter| is_over(*quarter)).map(|quarter| {
            let (me, next) = (self.wrote(quarter), self.wrote(quarter + 1));
            let mut shared = BTreeSet::new();
            for circle in &circles {
                let here = circle.iter().filter(|row| self.month(row.ts) / 3 == quarter);
                let here: BTreeSet<i32> = here.map(|row| row.person).collect();
                if here.len() > 1 {
                    shared.extend(here);
                }
            }
            let firsts = (quarter * 3..quarter * 3 + 3).flat_map(|month| self.firsts(month));
            let new: Vec<&Row> = firsts.filter(|(_, is_new)| *is_new).map(|(row, _)| row).collect();
            let (welcomed, back) =
                (new.iter().filter_map(|row| self.welcomed(row)), new.iter().filter_map(|row| self.returned(row)));
            let count = |of: &mut dyn Iterator<Item = bool>| of.filter(|it| *it).count() as u64;
            let counts = [
                me.len() as u64,
                me.difference(&shared).count() as u64,
                new.len() as u64,
                welcomed.clone().count() as u64,
                count(&mut welcomed.clone()),
                back.clone().count() as u64,
                count(&mut back.clone()),
            ];
            (counts, is_over(quarter + 1).then(|| me.intersection(&next).count() as u64))
        });
        told.collect()
    }

    /// How many days newcomers stay, by person, and whether that was seen to be the last of them.
    pub fn lifetimes(&self) -> Vec<(f64, bool)> {
        let until = self.end() - 90 * DAY;
        let months: BTreeSet<i32> = self.messages().map(|row| self.month(row.ts)).collect();
        let firsts = months.into_iter().flat_map(|month| self.firsts(month));
        let new: BTreeMap<i32, i64> = firsts.filter(|(_, new)| *new).map(|(row, _)| (row.person, row.ts)).collect();
        let days = |from: i64, to: i64| (to - from) as f64 / DAY as f64;
        let stays = new.into_iter().filter(|(_, first)| *first <= until).map(|(person, first)| {
            let last = self.messages().filter(|row| row.person == person).map(|row| row.ts).max().unwrap();
            if last <= until { (days(first, last), true) } else { (days(first, until), false) }
        });
        stays.collect()
    }
}
