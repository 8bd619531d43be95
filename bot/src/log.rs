//! The bot's hand on the activity log: acts in, erasures out, one transaction a batch, before anything else is
//! committed. What is told twice is written once.

mod authors;
mod gone;
mod view;

use std::{
    collections::{BTreeMap, HashMap, HashSet, hash_map},
    path::Path,
};

pub(crate) use self::view::{heartbeat, hour_after, hour_of};
pub use hearth_core::engine::log::LogOp;
use hearth_core::engine::log::named;
use hearth_log::{
    OpenError,
    write::{Act, Batch, Writer},
};
use hearth_practices::{RoomId, UserId};
use hearth_shared::{
    activity::{Capabilities, Kind},
    pseudonym::Key,
};
use jiff::Timestamp;
use rusqlite::OptionalExtension as _;
use serde_json::{Value, json};

use crate::{
    config::Config,
    engine::CommunityNumber,
    names::{self, NamesError},
};

/// The origin of what the bot itself writes: a community that has it is the bot's.
const SOURCE: &str = "matrix";

/// The activity log of every community that this bot serves.
#[derive(Debug)]
pub struct ActivityLog {
    writer: Writer,
    logs: BTreeMap<CommunityNumber, CommunityLog>,
    /// Communities that were given up. Nothing is written about them; who asks to be forgotten is forgotten there, too.
    retired: Vec<CommunityLog>,
    bot: UserId,
    /// Who is in which room, by the log's ids, where that was asked for.
    inside: HashMap<i64, HashSet<i64>>,
}

/// Why the bot cannot go on with its log.
#[derive(Debug, thiserror::Error)]
pub enum LogError {
    /// It cannot be opened, or its key is another one.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// It knows communities that the configuration does not.
    #[error(transparent)]
    Names(#[from] NamesError),
}

#[derive(Debug)]
struct CommunityLog {
    /// Its name now.
    name: String,
    community: i64,
    source: i64,
    key: Key,
}

impl ActivityLog {
    /// Opens the log, calls communities what they are called now, and makes new ones known.
    ///
    /// # Errors
    /// See [`Writer::open`]; where the log was written with another key, or knows a community that `config` does not;
    /// what SQLite says.
    pub fn open(path: &Path, key: &Key, config: &Config) -> Result<Self, LogError> {
        let mut writer = Writer::open(path)?;
        let shown = || path.display().to_string();
        let failed = |source| OpenError::Sqlite { path: shown(), source };
        if !writer.transact(|batch| batch.is_keyed(key)).map_err(failed)? {
            return Err(OpenError::OtherKey { path: shown() }.into());
        }
        let known = served(&writer).map_err(failed)?;
        let renamed = names::renamed(config, &known, &shown())?;
        let (logs, retired) = writer
            .transact(|batch| {
                for (from, to) in &renamed {
                    batch.rename(from, to)?;
                }
                let mut log = |name: &String| {
                    let community = batch.community(name)?;
                    let source = batch.source(community, SOURCE, Capabilities::all())?;
                    let (name, key) = (name.clone(), batch.key_of(community, key)?);
                    Ok(CommunityLog { name, community, source, key })
                };
                let logs = config.communities.iter().map(|community| log(&community.name));
                let logs = logs.map(|log| log.map(|log| (CommunityNumber::new(log.community), log)));
                let logs = logs.collect::<rusqlite::Result<BTreeMap<_, _>>>()?;
                let retired = config.retired.iter().filter(|name| known.contains(name)).map(log);
                Ok((logs, retired.collect::<rusqlite::Result<Vec<_>>>()?))
            })
            .map_err(failed)?;
        Ok(Self { writer, logs, retired, bot: UserId::from(&config.user), inside: HashMap::new() })
    }

    /// For tests of long times: what is written need not outlive the machine.
    #[cfg(test)]
    pub(crate) fn hurry(&self) {
        self.writer.db().execute_batch("PRAGMA synchronous = OFF").unwrap();
    }

    /// The number of a community and its key, by the name that it has now: both are the same under whatever name, and
    /// wherever the operator lists it.
    pub fn known_as(&self, name: &str) -> Option<(CommunityNumber, Key)> {
        let (number, log) = self.logs.iter().find(|(_, log)| log.name == name)?;
        Some((*number, log.key.clone()))
    }

    fn log(&self, community: CommunityNumber) -> rusqlite::Result<&CommunityLog> {
        // Whoever has a number has it from here: where it is none of ours, no row is.
        self.logs.get(&community).ok_or(rusqlite::Error::QueryReturnedNoRows)
    }

    /// Writes that the bot serves its communities from now on. Told again, as at each start, it changes nothing.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn begin(&mut self, at: Timestamp) -> rusqlite::Result<()> {
        let started = LogOp::act(named("start"), &self.bot, None, Kind::HearthStarted, at);
        let ops: Vec<_> = self.logs.keys().map(|number| (*number, started.clone())).collect();
        self.apply(&ops, |_| None).map(drop)
    }

    /// Writes everything, or nothing; `name_of` says what a room is called. Gives the number of acts that were new.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn apply<'a>(
        &mut self,
        ops: &[(CommunityNumber, LogOp)],
        name_of: impl Fn(&RoomId) -> Option<&'a str>,
    ) -> rusqlite::Result<usize> {
        if ops.is_empty() {
            return Ok(0);
        }
        let (logs, retired, us) = (&self.logs, &self.retired, &self.bot);
        let mut inside = std::mem::take(&mut self.inside);
        let new = self.writer.transact(|batch| {
            let mut new = 0;
            for (number, op) in ops {
                let log = logs.get(number).ok_or(rusqlite::Error::QueryReturnedNoRows)?;
                match op {
                    LogOp::Act {
                        event,
                        by,
                        room,
                        kind,
                        at,
                        reply_to,
                        thread,
                        n_chars,
                        mentions,
                        value,
                        label,
                        bot,
                        inside: only,
                        practice: _,
                    } => {
                        let is_bot = *bot || by == us;
                        let person = batch.person(log.community, log.key.person(by.as_str()), is_bot)?;
                        if person.opted_out {
                            continue;
                        }
                        let room = match room {
                            Some(room) => {
                                let name = name_of(room).unwrap_or(room.as_str());
                                batch.room(log.community, room.as_str(), name)?
                            }
                            None => 0,
                        };
                        let label = label.as_ref().map(|text| batch.label(log.community, text)).transpose()?;
                        let act = Act {
                            community: log.community,
                            source: log.source,
                            room,
                            person: person.id,
                            kind: *kind,
                            ts: at.as_millisecond(),
                            event: log.key.event(event),
                            reply_to: reply_to.as_ref().map(|id| log.key.event(id.as_str())),
                            thread: thread.as_ref().map(|id| log.key.event(id.as_str())),
                            n_chars: *n_chars,
                            mentions: *mentions,
                            value: label.or(*value),
                        };
                        if let Some(only) = only
                            && who_is_in(&mut inside, batch, room)?.contains(&person.id) != *only
                        {
                            continue;
                        }
                        new += usize::from(batch.act_under(&act, person.alias)?);
                        if let Some(inside) = inside.get_mut(&room) {
                            match kind {
                                Kind::Join => drop(inside.insert(person.id)),
                                Kind::Leave => drop(inside.remove(&person.id)),
                                _ => {}
                            }
                        }
                    }
                    LogOp::Here { room: external, people, persons, at } => {
                        let name = name_of(external).unwrap_or(external.as_str());
                        let room = batch.room(log.community, external.as_str(), name)?;
                        let known = who_is_in(&mut inside, batch, room)?;
                        let place = view::Place {
                            community: log.community,
                            source: log.source,
                            key: &log.key,
                            us,
                            room,
                            external: external.as_str(),
                            ts: at.as_millisecond(),
                        };
                        new += view::come_to(batch, &place, people, *persons, known)?;
                    }
                    LogOp::SeenSince(external, since) => {
                        let name = name_of(external).unwrap_or(external.as_str());
                        let room = batch.room(log.community, external.as_str(), name)?;
                        batch.set_seen_since(room, since.map(Timestamp::as_millisecond))?;
                    }
                    LogOp::Announcements(external, announcements) => {
                        let name = name_of(external).unwrap_or(external.as_str());
                        batch.set_announcements(log.community, external.as_str(), name, *announcements)?;
                    }
                    LogOp::MoveRoom { from, to } => {
                        batch.move_room(log.community, from.as_str(), to.as_str())?;
                        inside.clear();
                    }
                    LogOp::Erase(event) => {
                        batch.erase_act(log.key.event(event.as_str()))?;
                    }
                    LogOp::OptedOut(who, opted_out) => {
                        batch.set_opted_out(log.community, log.key.person(who.as_str()), *opted_out)?;
                    }
                    LogOp::Bot(who, is_bot) => {
                        batch.set_bot(log.community, log.key.person(who.as_str()), *is_bot)?;
                    }
                    LogOp::Backfilled(room, next) => {
                        batch.set_backfilled(log.community, room.as_str(), next.as_deref())?;
                    }
                    LogOp::Forget(who) => {
                        // Their row goes, and whoever comes back under the same name has another.
                        inside.clear();
                        for log in retired.iter().chain([log]) {
                            batch.forget(log.community, log.key.person(who.as_str()))?;
                        }
                    }
                }
            }
            Ok::<_, rusqlite::Error>(new)
        })?;
        self.inside = inside;
        Ok(new)
    }

    /// Overwrites what was erased in the write-ahead log, too.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn scrub(&mut self) -> rusqlite::Result<()> {
        self.writer.db().execute_batch("PRAGMA wal_checkpoint(TRUNCATE)")
    }

    /// Everything that the log keeps about somebody in a community, for their own eyes.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn export(&self, community: CommunityNumber, who: &UserId) -> rusqlite::Result<Value> {
        let log = self.log(community)?;
        let mut rows = self.writer.db().prepare(
            "SELECT a.ts, a.kind, r.name, a.reply_to IS NOT NULL, a.thread IS NOT NULL, a.n_chars, a.mentions, a.value
             FROM activity a JOIN person p ON p.id = a.person LEFT JOIN room r ON r.id = a.room
             WHERE p.community = ?1 AND p.pseudonym = ?2 ORDER BY a.ts",
        )?;
        let rows = rows.query_map(rusqlite::params![log.community, log.key.person(who.as_str())], |row| {
            let at = Timestamp::from_millisecond(row.get(0)?).map(|at| at.to_string()).unwrap_or_default();
            let kind = Kind::from_code(row.get(1)?).map(|kind| format!("{kind:?}"));
            Ok(json!({
                "at": at,
                "what": kind,
                "room": row.get::<_, Option<String>>(2)?,
                "answers_something": row.get::<_, bool>(3)?,
                "in_a_thread": row.get::<_, bool>(4)?,
                "characters": row.get::<_, i64>(5)?,
                "mentions": row.get::<_, i64>(6)?,
                "value": row.get::<_, Option<i64>>(7)?,
            }))
        })?;
        Ok(Value::Array(rows.collect::<rusqlite::Result<_>>()?))
    }

    /// How far back a room's past has been read into a community's log: `None` where it has not begun, `Some(None)`
    /// where it is complete.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn backfilled(&self, community: CommunityNumber, room: &RoomId) -> rusqlite::Result<Option<Option<String>>> {
        let mut find = self.writer.db().prepare("SELECT token FROM backfill WHERE community = ?1 AND room = ?2")?;
        find.query_row(rusqlite::params![community.get(), room.as_str()], |row| row.get(0)).optional()
    }

    /// Whether a community's log holds anything from before `at`, its heartbeats aside.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn reaches_before(&self, community: CommunityNumber, at: i64) -> rusqlite::Result<bool> {
        self.writer
            .db()
            .prepare("SELECT 1 FROM activity WHERE community = ?1 AND ts < ?2 AND kind != ?3 LIMIT 1")?
            .exists(rusqlite::params![community.get(), at, Kind::Heartbeat.code()])
    }

    /// Whether a community's log reaches a time: it holds a row of then or later, be it a heartbeat.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn reaches(&self, community: CommunityNumber, at: Timestamp) -> rusqlite::Result<bool> {
        // The newest rows are the last ones, and one of a late time is mostly among them.
        self.writer
            .db()
            .prepare("SELECT 1 FROM activity WHERE community = ?1 AND ts >= ?2 ORDER BY id DESC LIMIT 1")?
            .exists(rusqlite::params![community.get(), at.as_millisecond()])
    }
}

/// Who is in a room, by the log's ids.
fn who_is_in<'a>(
    known: &'a mut HashMap<i64, HashSet<i64>>,
    batch: &Batch,
    room: i64,
) -> rusqlite::Result<&'a mut HashSet<i64>> {
    Ok(match known.entry(room) {
        hash_map::Entry::Occupied(known) => known.into_mut(),
        hash_map::Entry::Vacant(unknown) => unknown.insert(batch.inside(room)?),
    })
}

/// The communities that a bot has served with this log. What was only ever imported is not among them.
fn served(writer: &Writer) -> rusqlite::Result<Vec<String>> {
    let find = "SELECT c.name FROM community c JOIN source s ON s.community = c.id WHERE s.name = ?1 ORDER BY c.id";
    writer.db().prepare(find)?.query_map([SOURCE], |row| row.get(0))?.collect()
}
