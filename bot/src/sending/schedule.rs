//! What is sent next. Pure: rows, the time and what became of requests in; the next job out. The bot and whoever
//! rehearses it run this same code.
//!
//! Rows of one lane go in order, one at a time. Between lanes, attention decides: answers (in rooms before direct ones),
//! signs, prompts, nudges, housekeeping; every fourth place belongs to whoever has waited longest, so that nothing waits
//! for ever. Lanes of people who have no direct room wait for one and take nobody's place; to make a room counts against
//! the limit on messages, too, so both have their turns.

mod row;
mod turns;
mod waiting;

use std::{
    collections::{BTreeMap, BTreeSet},
    time::Duration,
};

use hearth_practices::{Attention, UserId};
use jiff::{SignedDuration, Timestamp};

pub use self::{
    row::{Job, Row, Verdict},
    turns::AT_ONCE,
    waiting::Schedule,
};
use self::{
    turns::What,
    waiting::{Attempt, Entry, Failures, Flight, Lane},
};
use super::{
    gate::{Class, Gate},
    refusal::{NotNow, backoff},
};

/// Every so many sent, it is the turn of what has waited longest.
const FAIR: u64 = 4;

/// A limit that lasts longer than any class takes to refill is one person's own: others do not wait for it.
pub const OWN_LIMIT: Duration = Duration::from_secs(90);

/// How long a class pauses after a 429 that names no time.
const UNTIMED: Duration = Duration::from_secs(5);

/// How long everything pauses, at first, when nobody answers.
const ABSENT: Duration = Duration::from_secs(1);

impl Schedule {
    /// Nothing waits.
    pub fn new() -> Self {
        Self::default()
    }

    /// The highest row that it has been told of.
    pub fn newest(&self) -> i64 {
        self.newest
    }

    /// How many rows wait or are on their way.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether nothing waits.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// How many jobs are on their way.
    pub fn flying(&self) -> usize {
        self.flying.len()
    }

    /// Whether rooms wait to be joined one by one, and from when. To join counts against the limit on messages, too, and
    /// whoever writes to the bot first waits for it.
    pub fn join(&mut self, wanted: Option<Timestamp>, now: Timestamp) {
        // Whoever was told to wait asked beside what is sent.
        if let Some(from) = wanted.filter(|from| *from > now && self.joins.is_none()) {
            let asked = Duration::try_from(from.duration_since(now)).ok();
            self.gates.entry(Class::Join).or_default().refused(now, asked, UNTIMED);
        }
        self.joins = wanted.map(|_| self.joins.take().unwrap_or_else(|| Lane::of_joins(now)));
    }

    /// A row that is new.
    pub fn add(&mut self, row: Row, now: Timestamp) {
        self.newest = self.newest.max(row.id);
        let entry = Entry { row, since: now, failures: Failures::default() };
        self.insert(entry, now);
    }

    /// Everything anew, after rows went or changed lanes. What is remembered of rows and lanes that are still there
    /// is kept. Gives the lanes of those who turned out to have written to the bot first: what waits for them is
    /// answered with, after a restart, too.
    pub fn reload(&mut self, rows: Vec<Row>, now: Timestamp) -> BTreeSet<String> {
        let mut eager_lanes = BTreeSet::new();
        let (old, lanes) = (std::mem::take(&mut self.rows), std::mem::take(&mut self.lanes));
        self.expiring.clear();
        for row in rows {
            self.newest = self.newest.max(row.id);
            let (since, failures) =
                old.get(&row.id).map_or((now, Failures::default()), |entry| (entry.since, entry.failures));
            if let Some(flight) = self.flying.get_mut(&Job::Send(row.id)) {
                flight.lane.clone_from(&row.lane);
            }
            let waited = lanes.get(&row.lane).map_or(since, |lane| lane.since);
            let theirs = self.is_theirs(&old, &row);
            let eager = theirs || lanes.get(&row.lane).is_some_and(|lane| lane.eager);
            let lane = row.lane.clone();
            if theirs {
                eager_lanes.insert(lane.clone());
            }
            self.insert(Entry { row, since, failures }, waited);
            if let Some(lane) = self.lanes.get_mut(&lane).filter(|_| eager) {
                lane.eager = true;
            }
        }
        self.made.clear();
        self.busy = self.flying.values().map(|flight| flight.lane.clone()).collect();
        self.classes.retain(|id, _| self.rows.contains_key(id));
        let waiting: BTreeSet<&UserId> = self.rows.values().filter_map(|entry| entry.row.needs_room.as_ref()).collect();
        self.rooms.retain(|person, _| waiting.contains(person));
        eager_lanes
    }

    /// Whether what waited for a direct room goes to one that the bot did not make.
    fn is_theirs(&self, old: &BTreeMap<i64, Entry>, row: &Row) -> bool {
        let person = old.get(&row.id).and_then(|entry| entry.row.needs_room.as_ref());
        let made = |person| self.made.contains(person) || self.flying.contains_key(&Job::MakeRoom(person.clone()));
        row.needs_room.is_none() && person.is_some_and(|person| !made(person))
    }

    fn insert(&mut self, entry: Entry, since: Timestamp) {
        let row = &entry.row;
        let direct = row.direct || row.needs_room.is_some();
        let fresh = || Lane { rows: BTreeSet::new(), counts: [0; Attention::RANKS], direct, eager: false, since };
        let lane = self.lanes.entry(row.lane.clone()).or_insert_with(fresh);
        if lane.rows.insert(row.id) {
            lane.counts[row.attention.rank()] += 1;
        }
        self.expiring.extend(row.expires.map(|at| (at, row.id)));
        self.rows.insert(row.id, entry);
    }

    fn remove(&mut self, id: i64, now: Timestamp) {
        self.classes.remove(&id);
        let Some(entry) = self.rows.remove(&id) else { return };
        if let Some(at) = entry.row.expires {
            self.expiring.remove(&(at, id));
        }
        if let Some(lane) = self.lanes.get_mut(&entry.row.lane) {
            lane.rows.remove(&id);
            lane.counts[entry.row.attention.rank()] -= 1;
            lane.since = now;
            if lane.rows.is_empty() {
                self.lanes.remove(&entry.row.lane);
            }
        }
    }

    /// The next thing to do, if anything can be done. It counts as on its way until one of [`Self::done`],
    /// [`Self::dropped`], [`Self::refused`] and [`Self::postponed`] is told.
    pub fn next(&mut self, now: Timestamp) -> Option<Job> {
        if let Some(id) = self.expired(now) {
            return Some(self.depart(Job::Expire(id), Class::Message, id, false));
        }
        if !self.outage.is_open(now) {
            return None;
        }
        // A turn is over when something went through: what was refused has it still.
        let fair = self.unfair >= FAIR - 1 && !self.flying.values().any(|flight| flight.fair);
        let next = self.choose(fair, now)?;
        let (id, fair) = (next.id, fair && next.lane.waited_long(now));
        let (job, class) = match next.what {
            What::Join => (Job::Join, Class::Join),
            What::Room(person) => (Job::MakeRoom(person.clone()), Class::Room),
            What::Row => (Job::Send(id), self.class_of(id)),
        };
        Some(self.depart(job, class, id, fair))
    }

    /// What kind of request a row is, or needs first.
    fn class_of(&self, id: i64) -> Class {
        let own = || self.rows.get(&id).map_or(Class::Message, |entry| entry.row.class);
        self.classes.get(&id).copied().unwrap_or_else(own)
    }

    fn depart(&mut self, job: Job, class: Class, id: i64, fair: bool) -> Job {
        let lane = self.rows.get(&id).map(|entry| entry.row.lane.clone()).unwrap_or_default();
        if !matches!(job, Job::Expire(_)) {
            self.gates.entry(class).or_default().flying += 1;
            self.outage.flying += 1;
        }
        self.busy.insert(lane.clone());
        self.flying.insert(job.clone(), Flight { lane, class, fair });
        job
    }

    fn landed(&mut self, job: &Job) -> Option<Flight> {
        let flight = self.flying.remove(job)?;
        self.busy.remove(&flight.lane);
        if !matches!(job, Job::Expire(_)) {
            self.outage.flying = self.outage.flying.saturating_sub(1);
            if let Some(gate) = self.gates.get_mut(&flight.class) {
                gate.flying = gate.flying.saturating_sub(1);
            }
        }
        Some(flight)
    }

    /// A job is done, or given up: a row is gone. A room that was made moves rows to another lane, of which
    /// [`Self::reload`] tells.
    pub fn done(&mut self, job: &Job, now: Timestamp) {
        let Some(flight) = self.landed(job) else { return };
        match job {
            Job::Send(id) => {
                self.remove(*id, now);
                self.rooms_turn = true;
                self.went_through(&flight, now);
            }
            Job::MakeRoom(person) => {
                self.rooms.remove(person);
                self.made.insert(person.clone());
                self.rooms_turn = false;
                self.gates.entry(Class::Invitation).or_default().passed(now);
                self.went_through(&flight, now);
            }
            Job::Join => {
                self.joins = Some(Lane::of_joins(now));
                self.went_through(&flight, now);
            }
            Job::Expire(id) => self.remove(*id, now),
        }
    }

    fn went_through(&mut self, flight: &Flight, now: Timestamp) {
        self.unfair = if flight.fair { 0 } else { self.unfair + 1 };
        self.gates.entry(flight.class).or_default().passed(now);
        self.outage.open();
        self.answered = Some(now);
    }

    /// A job came to nothing without a word from the homeserver: there was nothing to send any more, or it failed in
    /// a way that it would always fail in. A row is gone.
    pub fn dropped(&mut self, job: &Job, now: Timestamp) {
        self.landed(job);
        match job {
            Job::Send(id) | Job::Expire(id) => self.remove(*id, now),
            Job::MakeRoom(person) => drop(self.rooms.remove(person)),
            Job::Join => self.joins = None,
        }
    }

    /// A row is to wait, for no fault of anybody's; or its lane has changed, of which [`Self::reload`] tells.
    pub fn postponed(&mut self, id: i64, not_before: Timestamp) {
        self.landed(&Job::Send(id));
        if let Some(entry) = self.rows.get_mut(&id) {
            entry.row.not_before = not_before;
        }
    }

    /// A job was refused for now, by a request of that class: what is to become of it.
    pub fn refused(&mut self, job: &Job, why: NotNow, class: Class, now: Timestamp) -> Verdict {
        self.landed(job);
        let own = self.pause(why, class, now);
        let answered = self.answered;
        match job {
            Job::Send(id) | Job::Expire(id) => {
                let Some(entry) = self.rows.get_mut(id) else { return Verdict::Wait(now, false) };
                if class == entry.row.class {
                    self.classes.remove(id);
                } else {
                    self.classes.insert(*id, class);
                }
                if entry.failures.strike(why, answered, now) {
                    return Verdict::GiveUp;
                }
                let (until, counts) = match why {
                    NotNow::Limited(_) => (own.unwrap_or(now), false),
                    _ => (backoff(now, *id, entry.row.attempts), true),
                };
                entry.row.not_before = until;
                entry.row.attempts += u32::from(counts);
                Verdict::Wait(until, counts)
            }
            Job::MakeRoom(person) => {
                let fresh = Attempt { attempts: 0, not_before: now, failures: Failures::default() };
                let tried = self.rooms.entry(person.clone()).or_insert(fresh);
                if tried.failures.strike(why, answered, now) {
                    return Verdict::GiveUp;
                }
                tried.not_before = match why {
                    NotNow::Limited(_) => own.unwrap_or(now),
                    _ => backoff(now, i64::from(tried.attempts), tried.attempts),
                };
                tried.attempts += 1;
                Verdict::Wait(tried.not_before, false)
            }
            Job::Join => Verdict::Wait(now, false),
        }
    }

    /// Shuts what a refusal concerns. Gives the time until which one person's own limit lasts.
    fn pause(&mut self, why: NotNow, class: Class, now: Timestamp) -> Option<Timestamp> {
        match why {
            NotNow::Limited(asked) => {
                self.outage.open();
                let asked = asked.map(|asked| asked.wait(now));
                let one_by_one = matches!(class, Class::Room | Class::Invitation | Class::Join);
                let own = asked.filter(|asked| *asked > OWN_LIMIT && one_by_one);
                let wait = if own.is_some() { Some(UNTIMED) } else { asked };
                self.gates.entry(class).or_default().refused(now, wait, UNTIMED);
                own.and_then(|own| now.checked_add(own).ok())
            }
            NotNow::Absent => {
                self.outage.refused(now, None, ABSENT);
                None
            }
            NotNow::Failing => {
                self.outage.open();
                None
            }
        }
    }

    /// What has waited for a direct room for so long or longer.
    pub fn held(&self, longer: SignedDuration, now: Timestamp) -> Vec<i64> {
        let waits = |entry: &&Entry| entry.row.needs_room.is_some() && now.duration_since(entry.since) >= longer;
        self.rows.values().filter(waits).map(|entry| entry.row.id).collect()
    }

    /// When something may be to be done that is not now, other than by news: a pause ends, a row's time comes or
    /// passes, somebody has waited for a direct room for `longer`.
    pub fn wakes(&self, longer: SignedDuration, now: Timestamp) -> Option<Timestamp> {
        let gates = self.gates.values().chain([&self.outage]).filter_map(Gate::opens);
        let rows = self.heads().map(|(_, entry)| entry.row.not_before);
        let expiring = self.expiring.iter().map(|(at, _)| *at).find(|at| *at > now);
        let rooms = self.rooms.values().map(|tried| tried.not_before);
        let held = self.rows.values().filter(|entry| entry.row.needs_room.is_some());
        let held = held.filter_map(|entry| entry.since.checked_add(longer).ok());
        let times = gates.chain(rows).chain(expiring).chain(rooms).chain(held);
        times.filter(|at| *at > now).min()
    }
}

#[cfg(test)]
mod tests;
