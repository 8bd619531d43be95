//! What is sent next. Pure: rows, the time and what became of requests in; the next job out. The bot and whoever
//! rehearses it run this same code.
//!
//! Rows of one lane go in order, one at a time. Between lanes, importance decides: answers, prompts, nudges,
//! housekeeping; every fourth place belongs to whoever has waited longest, so that nothing waits for ever. Lanes of
//! people who have no direct room wait for one and take nobody's place.

use std::{
    collections::{BTreeMap, BTreeSet},
    time::Duration,
};

use hearth_practices::UserId;
use jiff::{SignedDuration, Timestamp};

use super::{
    gate::{Class, Gate},
    refusal::{NotNow, backoff},
};

/// How many rows are on their way at once, each of another lane.
pub const AT_ONCE: usize = 4;

/// Every so many sent, it is the turn of what has waited longest.
const FAIR: u64 = 4;

/// What has waited so long may take that turn.
const LONG: SignedDuration = SignedDuration::from_secs(30);

/// A failure that the homeserver may get over is tried so often while the homeserver answers others.
const STRIKES: u32 = 15;

/// A limit that lasts longer than any class takes to refill is one person's own: others do not wait for it.
const OWN_LIMIT: Duration = Duration::from_secs(90);

/// A room is refused for so short a time by the limit on messages, which it counts against, too: it must have its turn
/// among them.
const SHARED: Duration = Duration::from_secs(20);

/// How long a class pauses after a 429 that names no time.
const UNTIMED: Duration = Duration::from_secs(5);

/// How long everything pauses, at first, when nobody answers.
const ABSENT: Duration = Duration::from_secs(1);

/// How soon something should be sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Importance {
    /// Somebody waits for it.
    Answer,
    /// It begins something.
    Prompt,
    /// Nobody asked for it.
    Nudge,
    /// It keeps things tidy: edits of cards, removals.
    Housekeeping,
}

impl Importance {
    const ALL: [Self; 4] = [Self::Answer, Self::Prompt, Self::Nudge, Self::Housekeeping];

    /// As a number, for the store.
    pub fn code(self) -> i64 {
        self as i64
    }

    /// From the store. What nobody knows is housekeeping.
    pub fn from_code(code: i64) -> Self {
        let place = usize::try_from(code).unwrap_or(usize::MAX);
        Self::ALL.get(place).copied().unwrap_or(Self::Housekeeping)
    }
}

/// What the schedule knows of a row: everything but its words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Its number; later rows have higher ones.
    pub id: i64,
    /// What it shares an order with.
    pub lane: String,
    /// How soon it should be sent.
    pub importance: Importance,
    /// How often it was tried.
    pub attempts: u32,
    /// Not to be sent before.
    pub not_before: Timestamp,
    /// Not to be sent at or after.
    pub expires: Option<Timestamp>,
    /// The row that must be gone before: it sends what this one is about.
    pub after: Option<i64>,
    /// Whose direct room it waits for; the same for all rows of a lane.
    pub needs_room: Option<UserId>,
}

/// Something to do.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Job {
    /// Send a row.
    Send(i64),
    /// Find or make the direct room of somebody for whom something waits.
    MakeRoom(UserId),
    /// Drop a row whose time has passed.
    Expire(i64),
}

/// What is to become of a row, or of a room that was to be made, after a failure that may pass.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It is tried again, not before; whether that counts as an attempt.
    Wait(Timestamp, bool),
    /// It was tried often enough while the homeserver was there.
    GiveUp,
}

#[derive(Clone, Debug)]
struct Entry {
    row: Row,
    /// Since when it is known here.
    since: Timestamp,
    failures: Failures,
}

#[derive(Clone, Copy, Debug, Default)]
struct Failures {
    strikes: u32,
    last: Option<Timestamp>,
}

impl Failures {
    /// Counts a failure; one in the homeserver's absence is nobody's fault.
    fn strike(&mut self, why: NotNow, answered: Option<Timestamp>, now: Timestamp) -> bool {
        let others_went_through = self.last.is_some_and(|last| answered.is_some_and(|answered| answered > last));
        if why == NotNow::Failing || (why == NotNow::Absent && others_went_through) {
            self.strikes += 1;
        }
        self.last = Some(now);
        self.strikes >= STRIKES
    }
}

#[derive(Clone, Debug)]
struct Lane {
    rows: BTreeSet<i64>,
    /// Rows of each importance.
    counts: [u32; 4],
    /// Since when it waits for its turn.
    since: Timestamp,
}

impl Lane {
    fn rank(&self) -> usize {
        self.counts.iter().position(|count| *count > 0).unwrap_or(self.counts.len())
    }
}

#[derive(Clone, Debug)]
struct Flight {
    lane: String,
    class: Class,
}

#[derive(Clone, Copy, Debug)]
struct Attempt {
    attempts: u32,
    not_before: Timestamp,
    failures: Failures,
}

/// Everything that waits, what is on its way, and who pauses.
#[derive(Clone, Debug, Default)]
pub struct Schedule {
    rows: BTreeMap<i64, Entry>,
    lanes: BTreeMap<String, Lane>,
    flying: BTreeMap<Job, Flight>,
    busy: BTreeSet<String>,
    gates: BTreeMap<Class, Gate>,
    outage: Gate,
    /// What a row was last refused as, where that is not a message.
    classes: BTreeMap<i64, Class>,
    rooms: BTreeMap<UserId, Attempt>,
    newest: i64,
    sent: u64,
    /// How many were sent when messages last let a room go first.
    yielded: u64,
    answered: Option<Timestamp>,
}

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

    /// A row that is new.
    pub fn add(&mut self, row: Row, now: Timestamp) {
        self.newest = self.newest.max(row.id);
        let entry = Entry { row, since: now, failures: Failures::default() };
        self.insert(entry, now);
    }

    /// Everything anew, after rows went or changed lanes. What is remembered of rows and lanes that are still there
    /// is kept.
    pub fn reload(&mut self, rows: Vec<Row>, now: Timestamp) {
        let (old, lanes) = (std::mem::take(&mut self.rows), std::mem::take(&mut self.lanes));
        for row in rows {
            self.newest = self.newest.max(row.id);
            let (since, failures) =
                old.get(&row.id).map_or((now, Failures::default()), |entry| (entry.since, entry.failures));
            if let Some(flight) = self.flying.get_mut(&Job::Send(row.id)) {
                flight.lane.clone_from(&row.lane);
            }
            let waited = lanes.get(&row.lane).map_or(since, |lane| lane.since);
            self.insert(Entry { row, since, failures }, waited);
        }
        self.busy = self.flying.values().map(|flight| flight.lane.clone()).collect();
        self.classes.retain(|id, _| self.rows.contains_key(id));
        let waiting: BTreeSet<&UserId> = self.rows.values().filter_map(|entry| entry.row.needs_room.as_ref()).collect();
        self.rooms.retain(|person, _| waiting.contains(person));
    }

    fn insert(&mut self, entry: Entry, since: Timestamp) {
        let row = &entry.row;
        let fresh = || Lane { rows: BTreeSet::new(), counts: [0; 4], since };
        let lane = self.lanes.entry(row.lane.clone()).or_insert_with(fresh);
        if lane.rows.insert(row.id) {
            lane.counts[row.importance as usize] += 1;
        }
        self.rows.insert(row.id, entry);
    }

    fn remove(&mut self, id: i64, now: Timestamp) {
        self.classes.remove(&id);
        let Some(entry) = self.rows.remove(&id) else { return };
        if let Some(lane) = self.lanes.get_mut(&entry.row.lane) {
            lane.rows.remove(&id);
            lane.counts[entry.row.importance as usize] -= 1;
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
            return Some(self.depart(Job::Expire(id), Class::Message, id));
        }
        if !self.outage.is_open(now) {
            return None;
        }
        if let Some((person, id)) = self.next_room(now) {
            return Some(self.depart(Job::MakeRoom(person), Class::Room, id));
        }
        let id = self.next_row(now)?;
        let class = self.classes.get(&id).copied().unwrap_or(Class::Message);
        self.sent += 1;
        Some(self.depart(Job::Send(id), class, id))
    }

    fn depart(&mut self, job: Job, class: Class, id: i64) -> Job {
        let lane = self.rows.get(&id).map(|entry| entry.row.lane.clone()).unwrap_or_default();
        if !matches!(job, Job::Expire(_)) {
            self.gates.entry(class).or_default().flying += 1;
            self.outage.flying += 1;
        }
        self.busy.insert(lane.clone());
        self.flying.insert(job.clone(), Flight { lane, class });
        job
    }

    /// The first row of each lane that is not busy.
    fn heads(&self) -> impl Iterator<Item = (&Lane, &Entry)> {
        self.lanes
            .iter()
            .filter(|(name, _)| !self.busy.contains(*name))
            .filter_map(|(_, lane)| Some((lane, self.rows.get(lane.rows.first()?)?)))
    }

    fn expired(&self, now: Timestamp) -> Option<i64> {
        let is_over = |entry: &Entry| entry.row.expires.is_some_and(|at| at <= now);
        self.heads().find(|(_, entry)| is_over(entry)).map(|(_, entry)| entry.row.id)
    }

    /// One room is made at a time.
    fn next_room(&self, now: Timestamp) -> Option<(UserId, i64)> {
        let gate = self.gates.get(&Class::Room);
        if gate.is_some_and(|gate| gate.flying > 0 || !gate.is_open(now)) {
            return None;
        }
        let may = |entry: &Entry, person: &UserId| {
            entry.row.not_before <= now && self.rooms.get(person).is_none_or(|tried| tried.not_before <= now)
        };
        self.heads()
            .filter_map(|(lane, entry)| Some((lane, entry, entry.row.needs_room.as_ref()?)))
            .filter(|(_, entry, person)| may(entry, person))
            .min_by_key(|(lane, entry, _)| (lane.rank(), lane.since, entry.row.id))
            .map(|(_, entry, person)| (person.clone(), entry.row.id))
    }

    fn next_row(&self, now: Timestamp) -> Option<i64> {
        let sending = self.flying.keys().filter(|job| matches!(job, Job::Send(_))).count();
        if sending >= AT_ONCE {
            return None;
        }
        let is_open = |class: Class| self.gates.get(&class).is_none_or(|gate| gate.is_open(now));
        let ready = |entry: &Entry| {
            entry.row.needs_room.is_none()
                && entry.row.not_before <= now
                && entry.row.after.is_none_or(|after| !self.rows.contains_key(&after))
                && is_open(self.classes.get(&entry.row.id).copied().unwrap_or(Class::Message))
        };
        let ready = || self.heads().filter(|(_, entry)| ready(entry));
        let fair = (self.sent % FAIR == FAIR - 1)
            .then(|| {
                ready()
                    .filter(|(lane, _)| now.duration_since(lane.since) >= LONG)
                    .min_by_key(|(lane, entry)| (lane.since, entry.row.id))
            })
            .flatten();
        let next = fair.or_else(|| ready().min_by_key(|(lane, entry)| (lane.rank(), lane.since, entry.row.id)))?;
        Some(next.1.row.id)
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
                self.went_through(flight.class, now);
            }
            Job::MakeRoom(person) => {
                self.rooms.remove(person);
                self.went_through(flight.class, now);
            }
            Job::Expire(id) => self.remove(*id, now),
        }
    }

    fn went_through(&mut self, class: Class, now: Timestamp) {
        self.gates.entry(class).or_default().passed(now);
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
                if class == Class::Message {
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
        }
    }

    /// Shuts what a refusal concerns. Gives the time until which one person's own limit lasts.
    fn pause(&mut self, why: NotNow, class: Class, now: Timestamp) -> Option<Timestamp> {
        match why {
            NotNow::Limited(asked) => {
                self.outage.open();
                let asked = asked.map(|asked| asked.wait(now));
                let own = asked.filter(|asked| *asked > OWN_LIMIT && class != Class::Message);
                let wait = if own.is_some() { Some(UNTIMED) } else { asked };
                self.gates.entry(class).or_default().refused(now, wait, UNTIMED);
                let shared = wait.filter(|wait| class == Class::Room && *wait <= SHARED);
                if let Some(wait) = shared.filter(|_| self.sent > self.yielded) {
                    self.yielded = self.sent;
                    let wait = wait + Duration::from_secs(1);
                    self.gates.entry(Class::Message).or_default().refused(now, Some(wait), UNTIMED);
                }
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
        let rows = self.heads().flat_map(|(_, entry)| [Some(entry.row.not_before), entry.row.expires]);
        let rooms = self.rooms.values().map(|tried| tried.not_before);
        let held = self.rows.values().filter(|entry| entry.row.needs_room.is_some());
        let held = held.filter_map(|entry| entry.since.checked_add(longer).ok());
        let times = gates.chain(rows.flatten()).chain(rooms).chain(held);
        times.filter(|at| *at > now).min()
    }
}

#[cfg(test)]
mod tests;
