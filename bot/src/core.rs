//! What is decided, without a homeserver and without waiting: engine, store and log behind one door. The bot puts the
//! real homeserver before it; tests and the simulator put others there.

mod addresses;
mod authors;
mod between;
mod leaving;
mod members;
mod noting;
pub mod order;
mod post;
pub(crate) mod question;
#[cfg(test)]
mod tests;
mod upgrades;

use std::{
    collections::{BTreeMap, BTreeSet},
    path::PathBuf,
    sync::Arc,
};

use hearth_practices::{RoomId, UserId, registry};
use jiff::{SignedDuration, Timestamp};
use tracing::warn;

pub use self::question::Question;
use crate::{
    config::Config,
    engine::{Authority, Engine, Membership, Scope, UnitOfWork},
    incoming::{self, Incoming, What},
    log::{ActivityLog, LogOp},
    matrix::intake::RawEvent,
    names,
    report::{folder, next_look::NextLook},
    spans,
    store::{Closed, OutboxItem, PersonIn, Store, Unread, Which},
};

/// How long an encrypted event is kept for its key.
const WAIT_FOR_KEY: SignedDuration = SignedDuration::from_hours(24 * 14);

/// How often they are tried again though no key was sent: it may have come from the backup.
const RETRY_KEPT: SignedDuration = SignedDuration::from_mins(1);

/// Why the bot stopped other than by being told to.
#[derive(Debug, thiserror::Error)]
pub enum RunError {
    /// The bot's memory failed.
    #[error(transparent)]
    Store(#[from] crate::store::StoreError),
    /// The activity log failed.
    #[error("activity.db: {0}")]
    Log(#[from] rusqlite::Error),
    /// The activity log cannot be opened.
    #[error(transparent)]
    OpenLog(#[from] crate::log::LogError),
    /// The bot's memory knows communities that the configuration does not.
    #[error(transparent)]
    Names(#[from] names::NamesError),
    /// The key of the pseudonyms cannot be used.
    #[error(transparent)]
    Key(#[from] hearth_log::key::KeyError),
    /// The key of the pseudonyms is gone, and the log is not.
    #[error(
        "{0} is missing, though there is an activity log: without it everybody in the log would become a stranger. Restore it from a backup, or move activity.db away to begin a new log"
    )]
    KeyLost(PathBuf),
    /// The system gives no randomness.
    #[error("the system gives no randomness: {0}")]
    Randomness(getrandom::Error),
    /// The homeserver refuses the bot.
    #[error(transparent)]
    Matrix(#[from] crate::matrix::MatrixError),
}

/// Everything that decides, and everything that it remembers.
#[derive(Debug)]
pub struct Core {
    pub(crate) config: Arc<Config>,
    pub(crate) engine: Engine,
    pub(crate) store: Store,
    pub(crate) log: ActivityLog,
    /// Rooms in which it is not known yet who was there when the bot came.
    unmet: BTreeSet<RoomId>,
    /// Who has left and was not seen since.
    gone: BTreeSet<PersonIn>,
    /// Rooms that were replaced by others in which the bot is not yet.
    closed: BTreeMap<RoomId, Closed>,
    /// Rooms of which it is asked who is there, and of whom there was news since.
    looking: BTreeMap<RoomId, BTreeSet<UserId>>,
    /// Whether more was read than the cursor says: a gap is being filled.
    ahead: bool,
    /// When what could not be decrypted was last tried again.
    kept_tried: Timestamp,
    /// The row up to which that was done.
    kept_after: i64,
    /// When it is to be looked again whether a report is due.
    pub(crate) next_look: NextLook,
    /// When what has happened was last read.
    read_at: Option<Timestamp>,
    /// When what is past its time is next taken out of the store.
    next_prune: Timestamp,
    /// The hour of the last heartbeat of this run.
    last_beat: Option<i64>,
    /// What the log was told in this run of which rooms are for announcements.
    announcements: BTreeMap<RoomId, bool>,
}

/// An event that was understood and waits for what is known of its author.
#[derive(Debug)]
pub struct Pending {
    /// The event.
    pub incoming: Incoming,
    /// What must be asked of the rooms' state first, if anything.
    pub question: Option<Question>,
}

impl Core {
    /// Opens everything that the bot remembers, under the names that its communities have now. Nothing is changed where
    /// something does not fit.
    ///
    /// # Errors
    /// [`RunError`], in words for the operator.
    pub fn open(config: Arc<Config>) -> Result<Self, RunError> {
        let mut secret_seed = [0; 32];
        getrandom::fill(&mut secret_seed).map_err(RunError::Randomness)?;
        Self::open_with(config, secret_seed)
    }

    /// The same with randomness that was drawn before: what depends on them repeats.
    ///
    /// # Errors
    /// [`RunError`], in words for the operator.
    pub(crate) fn open_with(config: Arc<Config>, secret_seed: [u8; 32]) -> Result<Self, RunError> {
        let (key, log) = (config.file("pseudonym.key"), config.file("activity.db"));
        if log.exists() && !key.exists() {
            return Err(RunError::KeyLost(key));
        }
        let key = hearth_log::key::open_or_create(&key)?;
        let mut store = Store::open(&config.file("bot.db"))?;
        let renamed = names::renamed(&config, &store.communities()?, "bot.db")?;
        let mut log = ActivityLog::open(&log, &key, &config)?;
        let mut config = (*config).clone();
        // In the order in which the log came to know them: what is told by their order is told as before.
        config.communities.sort_by_key(|community| log.known_as(&community.name).map(|(number, _)| number));
        let config = Arc::new(config);
        store.rename(&renamed)?;
        store.called_before(names::former(&config));
        store.silence(&config.retired)?;
        folder::follow(&config);
        let (bot, communities) = (UserId::from(&config.user), config.configured(|name| log.known_as(name)));
        let mut engine = Engine::load(&registry::ALL, &bot, communities, secret_seed, &mut store)?;
        engine.recall_members(store.members(|name| config.communities.iter().any(|one| one.name == name))?);
        engine.spread(&store.persons()?);
        // A log that was begun anew knows nothing of those who had opted out of the one before.
        let opted_out: Vec<_> = engine.opted_out().map(|(number, who)| (number, LogOp::OptedOut(who, true))).collect();
        log.apply(&opted_out, |_| None)?;
        let gone = store.gone()?.into_iter().collect();
        let (unmet, closed) = (store.unmet()?.into_iter().collect(), store.closed()?);
        for (room, closed) in &closed {
            engine.close(room, closed.at);
        }
        let ahead = !store.gaps()?.is_empty();
        Ok(Self {
            looking: BTreeMap::new(),
            ahead,
            config,
            engine,
            store,
            log,
            unmet,
            gone,
            closed,
            kept_tried: Timestamp::UNIX_EPOCH,
            read_at: None,
            kept_after: 0,
            next_look: NextLook::default(),
            next_prune: Timestamp::MIN,
            last_beat: None,
            announcements: BTreeMap::new(),
        })
    }

    /// What is done once at each start, before the first event.
    ///
    /// # Errors
    /// [`RunError`].
    pub fn begin(&mut self, now: Timestamp) -> Result<(), RunError> {
        self.log.begin(now)?;
        self.store.look_back(now)?;
        self.prune(now)?;
        if self.store.has_lost() {
            let mut unit = UnitOfWork::default();
            self.engine.mourn(&self.store, now, &mut unit);
            self.finish(unit, now)?;
        }
        Ok(())
    }

    /// Takes the last events of a room that the bot is no longer in. What was said before it had to go is part of the
    /// log; there is nobody to answer any more.
    pub fn leave(&mut self, room: RoomId, events: &[RawEvent], now: Timestamp, unit: &mut UnitOfWork) {
        // What it never was in, or a space, is no room of a community.
        if self.engine.knows(&room) {
            let read = |event: &RawEvent| {
                incoming::read(&event.json, event.decrypted).ok().map(|incoming| incoming.received(now))
            };
            let events: Vec<Incoming> = events.iter().filter_map(read).collect();
            for incoming in &events {
                self.engine.take_past(&room, incoming, unit);
            }
            self.engine.tell_of_loss(&room, events.last(), &self.config.leads, unit);
        }
        self.engine.drop_room(&room);
        self.unmet.remove(&room);
        self.looking.remove(&room);
        self.forget_closed(&room, unit);
        unit.commit.left.push(room);
    }

    /// Learns what a room is now; in a room that is new to the bot, also who is there already. Where that could not be
    /// read, it waits for [`Self::arrive`]: those who are there must not be taken for newcomers one day.
    pub fn meet(
        &mut self,
        room: &RoomId,
        membership: Membership,
        people: Option<&[UserId]>,
        now: Timestamp,
        unit: &mut UnitOfWork,
    ) {
        if membership.space {
            return;
        }
        let known = self.engine.knows(room);
        self.engine.set_room(room, membership.clone());
        if let Err(error) = self.leave_if_deserted(room, unit) {
            // It is asked again every day.
            warn!("whose room it is that nobody is in could not be read: {error}");
        }
        if known {
            return;
        }
        unit.commit.rooms.push((room.clone(), membership.direct));
        self.come_to(room, people, now, unit);
    }

    /// Learns who is in a room that is new to its community, or that this could not be read.
    pub fn come_to(&mut self, room: &RoomId, people: Option<&[UserId]>, now: Timestamp, unit: &mut UnitOfWork) {
        match people {
            Some(people) => {
                // Whoever has not come along from the room that this one replaced has not left: many need a while.
                let all = !unit.commit.moved.iter().any(|(_, to, _)| to == room);
                self.engine.arrive(room, people, all, now, unit);
            }
            None if self.engine.is_of_community(room) => {
                self.unmet.insert(room.clone());
                unit.commit.unmet.push(room.clone());
            }
            None => {}
        }
    }

    /// The rooms in which it is not known yet who was there when the bot came.
    pub fn unmet(&self) -> impl Iterator<Item = &RoomId> {
        self.unmet.iter()
    }

    /// Learns at last who is in a room that the bot has come to.
    pub fn arrive(&mut self, room: &RoomId, people: &[UserId], now: Timestamp, unit: &mut UnitOfWork) {
        if self.unmet.remove(room) {
            unit.commit.met.push(room.clone());
            self.engine.arrive(room, people, !self.engine.is_successor(room), now, unit);
        }
    }

    /// What must be known of whoever brought the bot into a room of no community: whether they lead one.
    pub fn question_of_inviter(&self, room: &RoomId, inviter: &UserId) -> Option<Question> {
        let concerned = self.engine.constituencies(room);
        let question = Question { who: inviter.clone(), room: room.clone(), concerned, named: Vec::new(), edits: None };
        self.engine.is_nobodys(room).then_some(question)
    }

    /// Reads an event of a room that it has met; a space is none. Where anything may follow from it, it is pending
    /// until [`Self::take`].
    ///
    /// # Errors
    /// [`RunError`].
    pub fn read(
        &mut self,
        room: &RoomId,
        event: &RawEvent,
        now: Timestamp,
        unit: &mut UnitOfWork,
    ) -> Result<Option<Pending>, RunError> {
        if !self.engine.knows(room) {
            return Ok(None);
        }
        let incoming = match incoming::read(&event.json, event.decrypted) {
            Ok(incoming) => incoming.received(now),
            Err(error) => {
                warn!("skipped something in a timeline: {error}");
                return Ok(None);
            }
        };
        if incoming.sender.as_str() == self.config.user {
            self.recognise(room, &incoming, unit)?;
        }
        if matches!(incoming.what, What::Encrypted(_)) {
            let (room, session) = (room.clone(), incoming::session_of(&event.json).unwrap_or_default());
            let (event, json) = (incoming.event, event.json.clone());
            unit.commit.undecrypted.push(Unread { room, event, session, json, since: now });
            return Ok(None);
        }
        if let What::Redaction { of } = &incoming.what {
            // What was kept for its key is not to be read any more.
            unit.commit.decrypted.push(of.clone());
        }
        let asks =
            self.engine.needs_authority(room, &incoming) || self.engine.is_tap(&self.store, room, &incoming, unit)?;
        let question = asks.then(|| Question {
            who: incoming.sender.clone(),
            room: room.clone(),
            concerned: self.engine.constituencies(room),
            named: match &incoming.what {
                What::Message(text) => {
                    let mut named = UserId::all_named(&text.command, &incoming.sender);
                    // A client may show a name without its id; each costs a look at a room.
                    named.extend(text.mentions.iter().take(16).cloned());
                    named.sort();
                    named.dedup();
                    named
                }
                _ => Vec::new(),
            },
            edits: match &incoming.what {
                What::Edit { of, .. } => Some(of.clone()),
                _ => None,
            },
        });
        Ok(Some(Pending { incoming, question }))
    }

    /// Takes an event, with what is known of its author.
    ///
    /// # Errors
    /// [`RunError`].
    pub fn take(
        &mut self,
        room: &RoomId,
        incoming: &Incoming,
        authority: &Authority,
        now: Timestamp,
        unit: &mut UnitOfWork,
    ) -> Result<(), RunError> {
        let _event = spans::event(&self.store.name_of(&incoming.event)).entered();
        self.know_direct_room(room, incoming, unit)?;
        self.note_news(room, incoming);
        let before = self.open_before();
        let authority = &self.with_author(room, incoming, authority)?;
        self.engine.take(&self.store, room, incoming, authority, now, unit)?;
        self.call_off_again(before, incoming.at, now, unit);
        Ok(())
    }

    /// What is open in confidence, where some of what follows may have ended in a later memory.
    fn open_before(&self) -> Option<BTreeSet<Scope>> {
        self.store.is_behind().then(|| self.engine.scopes())
    }

    /// What was opened since, and had ended in a later memory, is called off: votes in it are gone from the rooms, too.
    fn call_off_again(
        &mut self,
        before: Option<BTreeSet<Scope>>,
        opened: Timestamp,
        now: Timestamp,
        unit: &mut UnitOfWork,
    ) {
        let Some(before) = before else { return };
        let store = &self.store;
        let ended = |community: &str, scope: &Scope| {
            let (_, practice, name) = scope;
            if before.contains(scope) { None } else { store.ended_since(community, practice, name, opened) }
        };
        self.engine.call_off(ended, now, unit);
    }

    /// Somebody writes in their direct room of which the store knows nothing: a crash came between joining it and
    /// writing that down, or they had been forgotten. From now on what is for them goes there.
    fn know_direct_room(&self, room: &RoomId, incoming: &Incoming, unit: &mut UnitOfWork) -> Result<(), RunError> {
        let Some(person) = self.engine.direct_person(room) else { return Ok(()) };
        let writes = person == incoming.sender && matches!(incoming.what, What::Message(_));
        if writes && self.store.direct(&person)?.is_none() && !unit.is_handled(&self.store, &incoming.event)? {
            unit.commit.rooms.push((room.clone(), Some(person)));
        }
        Ok(())
    }

    /// The next page of what is to be tried again, at most once a minute, from where the last one ended: a key may have
    /// come from the backup, of which nobody tells.
    ///
    /// # Errors
    /// [`RunError`].
    pub(crate) fn next_kept(&mut self, now: Timestamp) -> Result<Vec<Unread>, RunError> {
        if self.kept_tried + RETRY_KEPT > now {
            return Ok(Vec::new());
        }
        self.kept_tried = now;
        let page = self.store.unread(&Which::All, self.kept_after)?;
        self.kept_after = page.last().map_or(0, |(row, _)| *row);
        Ok(page.into_iter().map(|(_, unread)| unread).collect())
    }

    /// Gives up what has waited too long for its key, a page at a time. Nobody will read it; that somebody wrote is
    /// still true.
    ///
    /// # Errors
    /// [`RunError`].
    pub(crate) fn give_up_kept(&self, now: Timestamp, unit: &mut UnitOfWork) -> Result<(), RunError> {
        let before = now.saturating_sub(WAIT_FOR_KEY).unwrap_or(Timestamp::UNIX_EPOCH);
        for (_, unread) in self.store.unread(&Which::Before(before), 0)? {
            if let Ok(incoming) = incoming::read(&unread.json, false) {
                self.engine.take_past(&unread.room, &incoming.received(now), unit);
            }
            unit.commit.decrypted.push(unread.event);
        }
        Ok(())
    }

    /// Time has passed, and nothing that happened until now is unread: wakes the practices whose time has come, and notes
    /// once an hour that the logs are being written. Gives whether anything follows that is to be finished.
    pub fn tick(&mut self, now: Timestamp, unit: &mut UnitOfWork) -> bool {
        let _tick = spans::tick().entered();
        self.note_heartbeat(now, unit);
        let (before, woken) = (self.open_before(), self.engine.next_tick().unwrap_or(now));
        self.engine.tick(now, unit);
        self.call_off_again(before, woken, now, unit);
        !(unit.log.is_empty() && unit.commit.is_empty())
    }

    /// Applies and commits a unit of work: the log first, whose rows are written once however often they are told; then
    /// everything else at once. Gives whether there is something new to send.
    ///
    /// # Errors
    /// [`RunError`]; what was not committed follows again when its cause is read again.
    pub fn finish(&mut self, mut unit: UnitOfWork, now: Timestamp) -> Result<bool, RunError> {
        for (txn, who) in &unit.forgotten {
            let txn = format!("{txn}.direct");
            let item = OutboxItem::ForgetDirect { person: who.clone() };
            unit.commit.items.push(self.own_item(None, txn, item));
        }
        self.end_left_behind(now, &mut unit)?;
        self.recall_direct_rooms(&mut unit)?;
        self.note_gone(&mut unit);
        self.engine.spread(&unit.commit.persons);
        self.note_announcements(&mut unit);
        let engine = &self.engine;
        self.log.apply(&unit.log, |room| engine.room_name(room))?;
        unit.commit.at = now;
        let turn = self.store.outbox_turn();
        self.store.commit(&unit.commit)?;
        self.next_look.note(&unit.commit);
        if unit.commit.cursor.is_some() {
            self.read_at = Some(now);
        }
        self.ahead = unit.commit.cursor.is_none() && (self.ahead || unit.commit.gap.is_some());
        if self.next_prune <= now {
            self.prune(now)?;
        }
        for (_, who) in &unit.forgotten {
            self.store.forget(who.as_str())?;
            self.gone.retain(|(_, gone)| gone != who);
            self.store.forget_in(&self.config.retired, who.as_str())?;
            self.log.scrub()?;
        }
        Ok(!unit.commit.items.is_empty() || self.store.outbox_turn() != turn)
    }

    /// Everything that is kept about somebody in a community, as JSON for their own eyes.
    ///
    /// # Errors
    /// What the log says. A community that is not served has nothing.
    pub(crate) fn my_data(&self, community: &str, who: &UserId) -> Result<String, RunError> {
        let number = self.engine.number_of(community);
        let asked = self.store.last_asked(community, who)?;
        let about = serde_json::json!({
            "person": who,
            "activity": number.map(|number| self.log.export(number, who)).transpose()?,
            "about_you": self.engine.person(who),
            "rooms": number.map(|number| self.engine.rooms_about(number, who)),
            "practices": number.map(|number| self.engine.records_about(number, who)),
            "last_asked": asked,
        });
        Ok(serde_json::to_string_pretty(&about).unwrap_or_default())
    }
}
