//! The bot under the simulator: the very core, desk and carrier, with an executor of its own that can stop anywhere.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    future::Future,
    path::{Path, PathBuf},
    pin::Pin,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use hearth_practices::{EventId, RoomId, UserId};
use jiff::Timestamp;

use super::{
    answers::Answers,
    files,
    homeserver::Standing,
    trouble::{Fate, Trouble},
    wanted::{Understood, Wanted},
    wire::Wire,
};
use crate::{
    app::reading::Sight,
    config::Config,
    core::{Core, Question, order},
    engine::{Authority, Membership, UnitOfWork},
    matrix::intake::{RawEvent, RoomBatch},
    sending::{
        Homeserver as _,
        desk::{Desk, Errand, Outcome},
    },
    store::{OutboxItem, Which},
};

/// A request on its way.
pub(super) type Flight = Pin<Box<dyn Future<Output = Outcome>>>;

/// The power level from which somebody leads.
const LEAD: i64 = 50;

/// The bot, and what is written down about it that it does not know itself.
pub(super) struct Bot {
    pub wire: Wire,
    pub core: Arc<Mutex<Core>>,
    config: Arc<Config>,
    folder: PathBuf,
    pub(super) desk: Desk,
    pub(super) flights: Vec<(Errand, Flight)>,
    known: BTreeSet<RoomId>,
    /// Whether the first batch of this run was taken.
    pub(super) begun: bool,
    sight: Sight,
    secret_seed: u64,
    /// What each event led to, as committed.
    pub wanted: BTreeMap<EventId, Vec<Wanted>>,
    /// The same for each memory that it has had.
    pub understood: Understood,
    /// When each event was taken, as committed.
    pub taken: BTreeMap<EventId, Timestamp>,
    /// Those that were read only after everything else that had come with their keys.
    pub late: BTreeSet<EventId>,
    /// When each item was committed, by transaction id.
    pub queued: BTreeMap<String, (Timestamp, OutboxItem)>,
    /// When each item that was sent, or waits, was committed last before that, and by which memory.
    pub sent_by: BTreeMap<String, (Timestamp, usize)>,
    /// What followed again from events that had had their consequences.
    pub repeated: Vec<String>,
    pub crashes: usize,
    pub restored: bool,
    /// How many memories it has lost to an older one.
    memory: usize,
    /// What the homeserver has said of who is in rooms.
    pub answers: Answers,
}

impl Bot {
    pub(super) fn start(config: Arc<Config>, wire: Wire, secret_seed: u64) -> Self {
        let folder = config.data.clone();
        let core = Arc::new(Mutex::new(open(&config, secret_seed, wire.world().now)));
        Self {
            wire,
            core,
            config,
            folder,
            desk: Desk::new(),
            flights: Vec::new(),
            known: BTreeSet::new(),
            begun: false,
            sight: Sight::default(),
            secret_seed,
            wanted: BTreeMap::new(),
            understood: Understood::default(),
            taken: BTreeMap::new(),
            late: BTreeSet::new(),
            queued: BTreeMap::new(),
            sent_by: BTreeMap::new(),
            repeated: Vec::new(),
            crashes: 0,
            restored: false,
            memory: 0,
            answers: Answers::new(secret_seed),
        }
    }

    pub(super) fn core(&self) -> MutexGuard<'_, Core> {
        self.core.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn now(&self) -> Timestamp {
        self.wire.world().now
    }

    /// The bot dies where it is, and starts again on the same files.
    pub(super) fn crash(&mut self) {
        self.wire.world().tell(|| "-- the bot dies and starts again".to_owned());
        self.flights.clear();
        self.reopen();
    }

    /// The same, with an older bot.db; the operator may have listed the communities in another order since.
    pub(super) fn restore(&mut self, backup: &[(&'static str, Vec<u8>)], reorder: bool) {
        self.flights.clear();
        self.restored = true;
        self.memory += 1;
        if reorder {
            let mut config = (*self.config).clone();
            config.communities.reverse();
            self.config = Arc::new(config);
        }
        self.wire.world().tell(|| "-- bot.db is restored from a backup".to_owned());
        self.reopen_with(backup);
    }

    fn reopen(&mut self) {
        self.reopen_with(&[]);
    }

    fn reopen_with(&mut self, files: &[(&'static str, Vec<u8>)]) {
        self.crashes += 1;
        self.secret_seed += 1;
        if !files.is_empty() {
            // In a folder of its own: the old core still has its files open.
            let folder = self.folder.with_file_name(format!("data{}", self.crashes));
            files::copy(&self.folder, &folder);
            for (name, bytes) in files {
                fs::write(folder.join(name), bytes).unwrap();
            }
            let mut config = (*self.config).clone();
            config.data.clone_from(&folder);
            (self.config, self.folder) = (Arc::new(config), folder);
        }
        let fresh = open(&self.config, self.secret_seed, self.now());
        *self.core() = fresh;
        self.desk = Desk::new();
        self.begun = false;
        self.answers.waiting.clear();
        let rooms = self.core().store.rooms().unwrap();
        self.known = rooms.iter().map(|(room, _)| room.clone()).collect();
        for (room, direct) in rooms {
            let membership = self.membership(&room, direct);
            self.core().engine.set_room(&room, membership);
        }
    }

    /// Whether it has taken a batch since it was started.
    pub(super) fn has_begun(&self) -> bool {
        self.begun
    }

    /// bot.db as it is.
    pub(super) fn backup(&self) -> Vec<(&'static str, Vec<u8>)> {
        ["bot.db", "bot.db-wal"].map(|name| (name, fs::read(self.folder.join(name)).unwrap_or_default())).to_vec()
    }

    fn keys(&self) -> BTreeSet<PathBuf> {
        let entries = fs::read_dir(self.folder.join("sealed"));
        entries.map(|all| all.flatten().map(|entry| entry.path()).collect()).unwrap_or_default()
    }

    /// What a room is now, as the bot's client would say.
    fn membership(&self, room: &RoomId, known: Option<UserId>) -> Membership {
        let world = self.wire.world();
        let Some(found) = world.rooms.get(room) else { return Membership { direct: known, ..Membership::default() } };
        let direct = known.or_else(|| found.mark.clone()).or_else(|| {
            let there = found.members.values().filter(|standing| **standing != Standing::Left).count();
            found.asked_by.clone().filter(|_| there <= 2)
        });
        let people = u64::try_from(world.people(room).len()).ok();
        let (name, entry) = (room.to_string(), found.entry.clone());
        Membership { direct, name, people, entry, space: false, moderated: false }
    }

    fn authority(&self, question: &Question) -> Authority {
        let world = self.wire.world();
        let joined = |room: &RoomId| world.is_in(&world.bot, room);
        let is_in = |who: &UserId, room: &RoomId| joined(room) && world.is_in(who, room);
        let power = |who: &UserId, room: &RoomId| {
            world.rooms.get(room).and_then(|room| room.powers.get(who)).copied().unwrap_or(0)
        };
        let who = &question.who;
        let always = self.config.leads.iter().any(|lead| lead == who.as_str());
        let open = |room: &RoomId| world.rooms.get(room).is_some_and(|room| room.replaced_by.is_none());
        let leads = |room: &RoomId| is_in(who, room) && open(room) && power(who, room) >= LEAD;
        let place = (who, &question.room);
        let mut authority = Authority::seen(place, &question.concerned, &question.named, is_in, |one| {
            always || one.led_from.iter().any(leads)
        });
        authority.may_redact = power(who, &question.room) >= LEAD;
        let edited = question.edits.as_ref().and_then(|of| world.posting(of));
        authority.edits_own = edited.is_some_and(|edited| edited.sender == *who);
        authority
    }

    /// Reads what is new and commits what follows. `die` says that the bot dies after the log was written and before
    /// anything else was. `again` says how many events of before come a second time.
    pub(super) fn read(&mut self, again: usize, die: bool) {
        let since = self.core().store.cursor().unwrap().map(|cursor| cursor.parse::<usize>().unwrap());
        let news = {
            let mut world = self.wire.world();
            if world.fate() != Fate::Well {
                self.sight.fails();
                return;
            }
            self.sight.reads(true);
            let from = since.map(|since| since.saturating_sub(again));
            world.sync(from, &self.known)
        };
        let (now, mut unit) = (self.now(), UnitOfWork::default());
        let mut causes = Vec::new();
        for (room, places) in news.left {
            self.known.remove(&room);
            let raw = |place: usize| {
                let (json, decrypted) = self.wire.world().stream[place].read(now);
                RawEvent { json, decrypted }
            };
            let last: Vec<RawEvent> = places.into_iter().map(raw).collect();
            self.core().leave(room, &last, now, &mut unit);
        }
        // What was said in a room that was replaced comes first.
        let is_new = |room: &RoomId| self.wire.world().rooms[room].replaces.is_some();
        let (new, old): (Vec<_>, Vec<_>) = news.joined.into_iter().partition(|(room, _)| is_new(room));
        for rooms in [old, new] {
            for (room, _) in &rooms {
                self.meet(room, now, &mut unit);
            }
            let raw = |place: usize| {
                let (json, decrypted) = self.wire.world().stream[place].read(now);
                RawEvent { json, decrypted }
            };
            let batch = |(room, mut places): (RoomId, Vec<usize>)| {
                // Where pages overlap, something comes twice.
                let twice = if self.wire.world().dice.percent(5) { places.first().copied() } else { None };
                places.extend(twice);
                RoomBatch { room, events: places.into_iter().map(raw).collect() }
            };
            for (room, event) in order::by_time(rooms.into_iter().map(batch).collect(), now) {
                self.take(&room, &event, now, &mut unit, &mut causes);
            }
        }
        self.core().give_up_kept(now, &mut unit).unwrap();
        let (mut after, mut late) = (0, Vec::new());
        loop {
            let page = self.core().store.unread(&Which::All, after).unwrap();
            let Some((row, _)) = page.last() else { break };
            after = *row;
            for (_, unread) in page {
                let posting = self.wire.world().posting(&unread.event).cloned().unwrap();
                if posting.is_readable(now) {
                    late.push(unread.event.clone());
                    unit.commit.decrypted.push(unread.event);
                    let (json, decrypted) = posting.read(now);
                    self.take(&posting.room, &RawEvent { json, decrypted }, now, &mut unit, &mut causes);
                }
            }
        }
        unit.commit.cursor = Some(news.next.to_string());
        if die {
            self.die_before_commit(unit, now);
            return;
        }
        self.commit(unit, now);
        self.late.extend(late);
        for (event, wanted) in causes {
            self.taken.entry(event.clone()).or_insert(now);
            // Taken once more by an older memory, it may lead to something else.
            if let Some(wanted) = wanted {
                self.understood.note(&event, self.memory, &wanted);
                let known = self.wanted.entry(event).or_default();
                let new = wanted.into_iter().filter(|one| known.iter().all(|known| known.txn != one.txn));
                let new: Vec<Wanted> = new.collect();
                known.extend(new);
            }
        }
        if !self.begun {
            self.begun = true;
            self.core().nobody_waits(now).unwrap();
        }
    }

    /// Learns what a room is now, and whether it replaces one; and which rooms were replaced meanwhile.
    fn meet(&mut self, room: &RoomId, now: Timestamp, unit: &mut UnitOfWork) {
        let rooms = self.core().engine.community_rooms();
        for old in rooms {
            let replacement = self.wire.world().rooms.get(&old).and_then(|old| old.replaced_by.clone());
            let Some((to, at)) = replacement else { continue };
            if self.wire.is_joined(&to) {
                self.know(&to, now, unit);
            } else {
                self.core().note_closed(&old, &to, at, unit);
            }
        }
        self.know(room, now, unit);
    }

    fn know(&mut self, room: &RoomId, now: Timestamp, unit: &mut UnitOfWork) {
        self.known.insert(room.clone());
        let known = self.core().engine.knows(room);
        let from = self.wire.world().rooms.get(room).and_then(|room| room.replaces.clone());
        let mut moved = false;
        let from = from.filter(|from| self.core().engine.is_of_community(from));
        if let Some(from) = from {
            let at = self.wire.world().rooms[&from].replaced_by.clone().map_or(now, |(_, at)| at);
            moved = self.core().move_room(&from, room, at, now, unit).unwrap();
        }
        let direct = self.core().engine.direct_person(room);
        let membership = self.membership(room, direct);
        let people = (!known || moved).then(|| self.wire.world().people(room));
        if !known && !moved {
            self.adopt_for_inviter(room, unit);
        }
        self.core().meet(room, membership, people.as_deref(), now, unit);
        if known && moved {
            self.core().come_to(room, people.as_deref(), now, unit);
        }
    }

    /// Tries to get into the rooms that replaced others.
    pub(super) fn follow(&mut self) {
        let closed: Vec<(RoomId, RoomId)> =
            self.core().closed().map(|(room, closed)| (room.clone(), closed.to.clone())).collect();
        for (old, to) in closed {
            let (now, mut unit) = (self.now(), UnitOfWork::default());
            let (draw, well) = {
                let mut world = self.wire.world();
                (world.dice.below(10), world.trouble == Trouble::None)
            };
            match draw {
                0..=4 if well => {
                    let mut world = self.wire.world();
                    let bot = world.bot.clone();
                    world.stand(&bot, &to, Standing::Joined, &bot);
                }
                5 => self.core().cannot_follow(&old, &UserId::from("@lea:t"), now, &mut unit),
                _ => {}
            }
            if !unit.commit.is_empty() {
                self.commit(unit, now);
            }
        }
    }

    /// Takes an event, as the bot's client gives it, and notes what follows: what is wanted, where it had consequences.
    fn take(
        &mut self,
        room: &RoomId,
        event: &RawEvent,
        now: Timestamp,
        unit: &mut UnitOfWork,
        causes: &mut Vec<(EventId, Option<Vec<Wanted>>)>,
    ) {
        let (before, handled) = (unit.commit.items.len(), unit.commit.handled.len());
        let records = unit.commit.records.len();
        let pending = self.core().read(room, event, now, unit).unwrap();
        let Some(pending) = pending else { return };
        let authority = match &pending.question {
            Some(question) => self.authority(question),
            None => Authority::default(),
        };
        self.core().take(room, &pending.incoming, &authority, now, unit).unwrap();
        for room in std::mem::take(&mut unit.adopted) {
            let people = self.wire.world().people(&room);
            self.core().come_to(&room, Some(&people), now, unit);
        }
        let handled = unit.commit.handled.len() > handled;
        let wanted = handled.then(|| {
            let items = &unit.commit.items[before..];
            items.iter().map(Wanted::from).collect()
        });
        let event = pending.incoming.event;
        let done = causes.iter().any(|(other, wanted)| *other == event && wanted.is_some());
        // An older memory does again what it does not know.
        if (done || self.wanted.contains_key(&event))
            && !self.restored
            && (unit.commit.items.len() > before || unit.commit.records.len() > records)
        {
            self.repeated.push(format!("carried out twice: {event} in {room}"));
        }
        causes.push((event, wanted));
    }

    /// A room into which a lead brought the bot is their community's.
    fn adopt_for_inviter(&self, room: &RoomId, unit: &mut UnitOfWork) {
        let inviter = self.wire.world().rooms.get(room).and_then(|room| room.asked_by.clone());
        let question = inviter.and_then(|by| self.core().question_of_inviter(room, &by));
        if let Some(question) = question {
            let authority = self.authority(&question);
            self.core().engine.adopt_for(room, &authority, unit);
        }
    }

    pub(super) fn commit(&mut self, unit: UnitOfWork, now: Timestamp) {
        for item in &unit.commit.items {
            self.queued.entry(item.txn.clone()).or_insert_with(|| (now, item.item.clone()));
            if !self.restored || !self.wire.world().has_sent(&item.txn) {
                self.sent_by.insert(item.txn.clone(), (now, self.memory));
            }
        }
        self.core().finish(unit, now).unwrap();
    }

    /// The log is written, and keys are; bot.db is not. (Keys that are destroyed are, after the commit.)
    fn die_before_commit(&mut self, unit: UnitOfWork, now: Timestamp) {
        let (files, keys) = (self.backup(), self.keys());
        self.core().finish(unit, now).unwrap();
        if !self.keys().is_superset(&keys) {
            // In truth a key goes only after the commit: then that came first.
            self.crash();
            return;
        }
        self.wire.world().tell(|| "-- the bot dies between its two commits".to_owned());
        self.flights.clear();
        self.reopen_with(&files);
    }

    /// Wakes practices whose time has come.
    pub(super) fn tick(&mut self) {
        if !self.begun || !self.sight.time_passes() {
            return;
        }
        let (now, mut unit) = (self.now(), UnitOfWork::default());
        if self.core().tick(now, &mut unit) {
            self.commit(unit, now);
        }
    }

    /// Joins what the bot is invited to.
    pub(super) fn accept(&mut self) {
        let mut world = self.wire.world();
        let invited = |room: &super::homeserver::Room| room.members.get(&world.bot) == Some(&Standing::Invited);
        let rooms: Vec<RoomId> =
            world.rooms.iter().filter(|(_, room)| invited(room)).map(|(id, _)| id.clone()).collect();
        for room in rooms {
            if world.fate() == Fate::Well {
                let bot = world.bot.clone();
                world.stand(&bot, &room, Standing::Joined, &bot);
            }
        }
    }

    /// When there is something to do, other than by news.
    pub(super) fn next_tick(&self) -> Option<Timestamp> {
        let now = self.now();
        let practices = self.core().engine.next_tick();
        [practices.map(|at| at.max(now)), self.desk.wakes(now)].into_iter().flatten().min()
    }

    /// Where the bot's files are.
    pub(super) fn folder(&self) -> &Path {
        &self.folder
    }
}

fn open(config: &Arc<Config>, secret_seed: u64, now: Timestamp) -> Core {
    let mut core = Core::open_with(config.clone(), super::dice::Dice::new(secret_seed).bytes()).unwrap();
    core.begin(now).unwrap();
    core
}
