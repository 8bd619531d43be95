//! The importers' hand on the log: what an export tells, checked, pseudonymised and written, each act once.

mod ids;
mod times;
mod trouble;

use std::collections::{HashMap, HashSet};

use hearth_log::write::{Act, Batch, Person};
use hearth_shared::{
    activity::{Capabilities, Kind, TOPIC},
    bots::Pattern,
    pseudonym::{Key, Pseudonym},
};
use indicatif::ProgressBar;
use jiff::Timestamp;

use crate::{
    account::{Account, grouped},
    adopted::Rooms,
    error::ImportError,
    evidence::{Attendance, Evidence},
    references::{Dangling, References},
};

use times::plausible;

pub use crate::told::{Place, Room, Told};

/// Where acts come from: one source, or two where a place got its threads later on.
#[derive(Debug)]
pub struct Source {
    /// Its name in the log.
    pub name: String,
    /// What it knew so far, where the log has it.
    pub before: Option<Capabilities>,
    /// What this import shows.
    pub evidence: Evidence,
    id: Option<i64>,
}

impl Source {
    /// A source that nothing has come from yet.
    pub fn new(name: String, before: Option<Capabilities>) -> Self {
        Self { name, before, evidence: Evidence::default(), id: None }
    }

    /// Whether this import told anything of it.
    pub fn is_used(&self) -> bool {
        self.id.is_some()
    }
}

/// What an import is done with.
#[derive(Debug)]
pub struct Intake<'a, 'b> {
    batch: &'a mut Batch<'b>,
    key: Key,
    community: i64,
    /// The source, and what is from before it had threads.
    pub sources: [Source; 2],
    /// Who was where.
    pub attendance: Attendance,
    /// What happened so far.
    pub account: Account,
    /// What begins an event's id, so that ids of two sources are never the same. Empty where they are unique in the world.
    prefix: String,
    named_bots: HashSet<String>,
    bot_patterns: Vec<Pattern>,
    people: HashMap<String, Known>,
    rooms: HashMap<String, Seen>,
    begun: Rooms,
    seen: HashMap<u64, u32>,
    /// Those of `seen` that were in the log before.
    known: HashSet<u64>,
    references: References,
    /// The polls that the log had before, once one is told.
    polls: Option<HashSet<(i64, i64, i64, i64)>>,
    now: i64,
    strict: bool,
    bar: ProgressBar,
}

/// A room, what the export calls it, and when it was last heard of there.
#[derive(Debug)]
struct Seen {
    id: i64,
    name: String,
    last: i64,
}

#[derive(Clone, Copy, Debug)]
struct Known {
    person: Person,
    bot: bool,
}

/// What an [`Intake`] is told at its start.
#[derive(Debug)]
pub struct Terms {
    /// The community's key.
    pub key: Key,
    /// The community in the log.
    pub community: i64,
    /// The source, and what is from before it had threads.
    pub sources: [Source; 2],
    /// Whether event ids are unique in the world.
    pub worldwide_ids: bool,
    /// People whom the operator knows to be bots.
    pub bots: HashSet<String>,
    /// What ids of bots look like.
    pub bot_patterns: Vec<Pattern>,
    /// The time.
    pub now: Timestamp,
    /// Whether the first problem ends it.
    pub strict: bool,
    /// Told how many acts there are.
    pub bar: ProgressBar,
    /// What happened before it.
    pub account: Account,
}

impl<'a, 'b> Intake<'a, 'b> {
    /// Begins an import.
    ///
    /// # Errors
    /// Where the log cannot be read.
    pub fn new(batch: &'a mut Batch<'b>, terms: Terms) -> Result<Self, ImportError> {
        let prefix = if terms.worldwide_ids { String::new() } else { format!("import {}\n", terms.sources[0].name) };
        let begun = Rooms::new(batch.spans(terms.community)?);
        Ok(Self {
            batch,
            key: terms.key,
            community: terms.community,
            sources: terms.sources,
            attendance: Attendance::default(),
            account: terms.account,
            prefix,
            named_bots: terms.bots,
            bot_patterns: terms.bot_patterns,
            people: HashMap::new(),
            rooms: HashMap::new(),
            begun,
            seen: HashMap::new(),
            known: HashSet::new(),
            references: References::default(),
            polls: None,
            now: terms.now.as_millisecond(),
            strict: terms.strict,
            bar: terms.bar,
        })
    }

    /// Writes an act, unless it is there, cannot be, or is by somebody who opted out.
    ///
    /// # Errors
    /// Where the log cannot be written, or the act makes no sense and that ends the import.
    pub fn tell(&mut self, place: Place<'_>, told: &Told<'_>) -> Result<(), ImportError> {
        if let Err(why) = plausible(told.ts, self.now) {
            return self.problem(place, why);
        }
        let event = self.event(told.event);
        let known = self.person(told.by, told.bot)?;
        let room = self.room(told.room, told.ts)?;
        if !self.is_first(event, told, room, known.person.id, place)? {
            return Ok(());
        }
        let thread = told.thread.filter(|root| *root != told.event);
        self.refer(told, thread);
        let source = usize::from(told.before_threads);
        if known.bot {
            if told.kind == Kind::Message {
                self.account.messages += 1;
            }
        } else {
            // No message opened a topic, so who writes in one answers nobody by that.
            let linked = told.reply_to.is_some() || (thread.is_some() && !told.is_topic);
            let threaded = thread.is_some();
            self.sources[source].evidence.see(told.kind, linked, threaded);
            self.attendance.see(told.kind, known.person.id, told.ts);
            self.account.count(told.kind);
        }
        if known.person.opted_out {
            self.account.opted_out += 1;
            return Ok(());
        }
        let act = Act {
            community: self.community,
            source: self.source(source)?,
            room,
            person: known.person.id,
            kind: told.kind,
            ts: told.ts,
            event,
            reply_to: told.reply_to.map(|id| self.event(id)),
            thread: thread.map(|id| self.event(id)),
            n_chars: told.n_chars,
            mentions: told.mentions,
            value: told.value.or((told.is_topic && thread.is_some()).then_some(TOPIC)),
        };
        // The bot names a poll's beginning and end in a way of its own.
        if matches!(act.kind, Kind::PollOpened | Kind::PollClosed) && self.has_poll(&act)? {
            self.account.known += 1;
            return Ok(());
        }
        match self.batch.act_under(&act, known.person.alias)? {
            true => {
                self.account.new += 1;
                self.begun.see(&act, source);
            }
            false if self.batch.is_erased(event)? => self.account.deleted += 1,
            false => {
                self.account.known += 1;
                self.known.insert(short(event));
            }
        }
        if self.account.acts().is_multiple_of(1000) {
            self.bar.set_message(format!("{} acts", grouped(self.account.acts())));
        }
        Ok(())
    }

    /// Takes an act out of the log, where an earlier import or the bot wrote it.
    ///
    /// # Errors
    /// Where the log cannot be written.
    pub fn erase(&mut self, event: &str) -> Result<(), ImportError> {
        let event = self.event(event);
        if self.batch.erase_act(event)? {
            // Where the export tells both, and the log knew neither, it was never there.
            match self.seen.contains_key(&short(event)) && !self.known.contains(&short(event)) {
                true => {
                    self.account.new = self.account.new.saturating_sub(1);
                    self.account.deleted += 1;
                }
                false => self.account.erased += 1,
            }
        }
        Ok(())
    }

    /// Takes note of what an act points at.
    fn refer(&mut self, told: &Told<'_>, thread: Option<&str>) {
        self.references.event(told.event);
        let thread = thread.filter(|thread| !told.is_topic && Some(*thread) != told.reply_to);
        for id in [told.reply_to, thread].into_iter().flatten() {
            let at = self.event(id);
            self.references.point(id, at, self.seen.contains_key(&short(at)));
        }
    }

    /// Ends the import: what the sources know from now on is written, and the account made up.
    ///
    /// # Errors
    /// Where the log cannot be written.
    pub fn finish(
        mut self,
        knows: impl Fn(usize, &Source, &Attendance) -> Capabilities,
    ) -> Result<Settled, ImportError> {
        self.adopt()?;
        self.rename()?;
        self.account.dangling = self.dangling()?;
        let mut capabilities = [Capabilities::default(); 2];
        for (number, source) in self.sources.iter().enumerate().filter(|(_, source)| source.is_used()) {
            capabilities[number] = knows(number, source, &self.attendance);
            self.batch.source(self.community, &source.name, capabilities[number])?;
        }
        self.account.rooms = self.rooms.len() as u64;
        self.account.bots = self.people.values().filter(|known| known.bot).count() as u64;
        self.account.people = self.people.len() as u64 - self.account.bots;
        Ok(Settled { account: self.account, sources: self.sources, attendance: self.attendance, capabilities })
    }

    /// Notes which rooms existed before they came into view. Whoever notes it is no person.
    fn adopt(&mut self) -> Result<(), ImportError> {
        let (key, community, prefix) = (&self.key, self.community, &self.prefix);
        let sources = self.sources.each_ref().map(|source| source.id);
        let importer = format!("import {}", self.sources[0].name);
        self.begun.write(self.batch, sources, |batch, one| {
            let bot = batch.person(community, key.person(&importer), true)?;
            Ok(Act {
                community,
                source: sources[one.source].unwrap_or_default(),
                room: one.room,
                person: bot.id,
                kind: Kind::RoomAdopted,
                ts: one.ts,
                event: key.event(&format!("{prefix}adopted {}", one.room)),
                reply_to: None,
                thread: None,
                n_chars: 0,
                mentions: 0,
                value: None,
            })
        })?;
        Ok(())
    }

    /// Whether the log had a poll's beginning or end before this import.
    fn has_poll(&mut self, act: &Act) -> Result<bool, ImportError> {
        if self.polls.is_none() {
            self.polls = Some(self.batch.polls(self.community)?);
        }
        let known = self.polls.as_ref();
        Ok(known.is_some_and(|known| known.contains(&(act.ts, act.room, act.person, act.kind.code()))))
    }

    /// What acts point at and neither the export nor the log holds.
    ///
    /// # Errors
    /// Where the log cannot be read.
    pub fn dangling(&self) -> Result<Option<Dangling>, ImportError> {
        let is_there =
            |at: Pseudonym| if self.seen.contains_key(&short(at)) { Ok(true) } else { self.batch.has_act(at) };
        Ok(self.references.dangling(is_there)?)
    }

    /// Calls rooms what the export calls them, unless the log has heard of them since.
    fn rename(&mut self) -> Result<(), ImportError> {
        for room in self.rooms.values() {
            if self.begun.last(room.id).is_none_or(|last| last <= room.last) {
                self.batch.rename_room(room.id, &room.name)?;
            }
        }
        Ok(())
    }
}

/// As much of an event's key as tells it from others of one import.
fn short(event: Pseudonym) -> u64 {
    let [a, b, c, d, e, f, g, h, ..] = event;
    u64::from_le_bytes([a, b, c, d, e, f, g, h])
}

/// What an import came to.
#[derive(Debug)]
pub struct Settled {
    /// What happened.
    pub account: Account,
    /// Where acts came from.
    pub sources: [Source; 2],
    /// Who was where.
    pub attendance: Attendance,
    /// What those know from now on.
    pub capabilities: [Capabilities; 2],
}
