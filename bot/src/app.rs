//! The bot at work: batches in, decisions committed, parcels out, practices woken, reports made. One loop; sending
//! goes on beside it.

mod addresses;
mod post;

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use hearth_practices::{RoomId, UserId};
use hearth_shared::pseudonym::Key;
use jiff::{SignedDuration, Timestamp};
use tokio::sync::{Notify, mpsc, watch};
use tracing::{error, info, warn};

use crate::{
    clock::Clock,
    config::Config,
    engine::{Authority, Engine, Step},
    incoming::{self, Incoming, What},
    log::ActivityLog,
    matrix::{
        Matrix,
        intake::{self, Batch, Intake, IntakeError, RawEvent},
    },
    report,
    store::{NewParcel, Parcel, Posted, Store},
};

/// How long consequences of events are remembered.
const MEMORY: SignedDuration = SignedDuration::from_hours(24 * 90);

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
    OpenLog(#[from] hearth_shared::activity::OpenError),
    /// The key of the pseudonyms cannot be used.
    #[error(transparent)]
    Key(#[from] hearth_shared::pseudonym::KeyError),
    /// The key of the pseudonyms is gone, and the log is not.
    #[error(
        "{0} is missing, though there is an activity log: without it everybody in the log would become a stranger. Restore it from a backup, or move activity.db away to begin a new log"
    )]
    KeyLost(std::path::PathBuf),
    /// The system gives no randomness.
    #[error("the system gives no randomness: {0}")]
    Randomness(getrandom::Error),
    /// The homeserver refuses the bot.
    #[error(transparent)]
    Matrix(#[from] crate::matrix::MatrixError),
}

/// What is decided with, behind one lock.
#[derive(Debug)]
pub(crate) struct Core {
    pub(crate) engine: Engine,
    pub(crate) store: Store,
    pub(crate) log: ActivityLog,
    /// When what could not be decrypted was last tried again.
    kept_tried: Timestamp,
}

/// The bot at work.
#[derive(Clone, Debug)]
pub struct App {
    pub(crate) config: Arc<Config>,
    pub(crate) matrix: Matrix,
    pub(crate) core: Arc<Mutex<Core>>,
    pub(crate) clock: Clock,
    /// Rung when there is something to send.
    pub(crate) parcels: Arc<Notify>,
}

impl App {
    /// Opens everything that the bot remembers.
    ///
    /// # Errors
    /// [`RunError`], in words for the operator.
    pub fn open(config: Config, matrix: Matrix, clock: Clock) -> Result<Self, RunError> {
        let (key, log) = (config.file("pseudonym.key"), config.file("activity.db"));
        if log.exists() && !key.exists() {
            return Err(RunError::KeyLost(key));
        }
        let key = Key::open_or_create(&key)?;
        let store = Store::open(&config.file("bot.db"))?;
        let names: Vec<_> = config.communities.iter().map(|community| community.name.clone()).collect();
        let log = ActivityLog::open(&log, &key, &names, &UserId::from(&config.user))?;
        let mut lots = [0; 32];
        getrandom::fill(&mut lots).map_err(RunError::Randomness)?;
        let engine = Engine::load(&config, &key, lots, &store)?;
        Ok(Self {
            config: Arc::new(config),
            matrix,
            core: Arc::new(Mutex::new(Core { engine, store, log, kept_tried: Timestamp::UNIX_EPOCH })),
            clock,
            parcels: Arc::new(Notify::new()),
        })
    }

    pub(crate) fn core(&self) -> MutexGuard<'_, Core> {
        self.core.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Works until `stop` says so; then finishes what is in flight.
    ///
    /// # Errors
    /// [`RunError`] where the bot cannot go on. What was not committed is read again at the next start.
    pub async fn run(&self, mut stop: watch::Receiver<bool>) -> Result<(), RunError> {
        let (cursor, rooms) = {
            let mut core = self.core();
            core.log.begin(self.clock.now())?;
            core.store.tidy(self.clock.now().saturating_sub(MEMORY).unwrap_or(Timestamp::UNIX_EPOCH))?;
            (core.store.cursor()?, core.store.rooms()?)
        };
        let direct: HashMap<RoomId, Option<UserId>> = rooms.iter().cloned().collect();
        for (room, person) in &rooms {
            let membership = self.matrix.membership(room, person.clone()).await;
            self.core().engine.set_room(room, membership);
        }
        let (batches, mut incoming) = mpsc::channel(1);
        let intake = Intake::new(&self.matrix, cursor, direct.into_keys(), self.clock.now());
        let reading = tokio::spawn(read(intake, batches));
        let mut posting = None;
        let mut reporting: Option<tokio::task::JoinHandle<()>> = None;
        let mut joining: Option<tokio::task::JoinHandle<()>> = None;
        let outcome = loop {
            let sleep = self.until_next_wake();
            tokio::select! {
                biased;
                _ = stop.changed() => break Ok(()),
                batch = incoming.recv() => match batch {
                    Some(Ok(batch)) => {
                        if let Err(error) = self.take_batch(batch).await {
                            break Err(error);
                        }
                        // Sending begins when everything up to now is known: what an earlier run has sent, too.
                        posting.get_or_insert_with(|| {
                            info!("ready");
                            tokio::spawn(post::run(self.clone(), stop.clone()))
                        });
                        if joining.as_ref().is_none_or(tokio::task::JoinHandle::is_finished) {
                            let (matrix, config) = (self.matrix.clone(), self.config.clone());
                            joining = Some(tokio::spawn(async move { matrix.accept_invitations(&config).await }));
                        }
                    }
                    Some(Err(IntakeError::TokenRevoked)) | None => {
                        break Err(crate::matrix::MatrixError::TokenRevoked.into());
                    }
                    Some(Err(IntakeError::Passing(message))) => warn!("reading stopped: {message}"),
                },
                () = tokio::time::sleep(sleep) => {}
            }
            if posting.is_some() {
                if let Err(error) = self.tick() {
                    break Err(error);
                }
                if reporting.as_ref().is_none_or(tokio::task::JoinHandle::is_finished) {
                    reporting = report::due(self).map(|due| tokio::spawn(report::make(self.clone(), due)));
                }
            }
            if posting.as_ref().is_some_and(tokio::task::JoinHandle::is_finished) && !*stop.borrow() {
                break Err(crate::matrix::MatrixError::TokenRevoked.into());
            }
        };
        reading.abort();
        for task in [reporting, joining].into_iter().flatten() {
            task.abort();
        }
        if let Some(posting) = posting {
            // The parcel in flight is finished; the rest waits in the store.
            let _ = tokio::time::timeout(Duration::from_secs(20), posting).await;
        }
        outcome
    }

    /// Takes the events of one sync and commits what follows from them, with the cursor.
    pub(crate) async fn take_batch(&self, batch: Batch) -> Result<(), RunError> {
        let now = self.clock.now();
        let mut step = Step::default();
        for update in batch.left {
            // What was said before the bot had to go is part of the log; there is nobody to answer any more.
            let core = &mut *self.core();
            for incoming in update.events.iter().filter_map(|event| incoming::read(&event.json, event.decrypted).ok()) {
                core.engine.take_past(&update.room, &incoming, &mut step);
            }
            core.engine.drop_room(&update.room);
            step.commit.left.push(update.room);
        }
        for update in batch.rooms {
            self.meet(&update.room, &mut step).await?;
            for event in &update.events {
                self.take_event(&update.room, event, now, &mut step).await?;
            }
        }
        if batch.keys_arrived || self.core().kept_tried + RETRY_KEPT <= now {
            self.core().kept_tried = now;
            self.take_kept(now, &mut step).await?;
        }
        step.commit.cursor = Some(batch.next);
        self.finish(step)
    }

    /// Joins what the bot is invited to and learns what its rooms are. Gives those of its communities.
    pub(crate) async fn meet_all(&self) -> Result<Vec<RoomId>, RunError> {
        self.matrix.settle().await?;
        self.matrix.accept_invitations(&self.config).await;
        self.matrix.settle().await?;
        let (mut rooms, mut step) = (Vec::new(), Step::default());
        for room in self.matrix.joined_rooms() {
            self.meet(&room, &mut step).await?;
            if self.core().engine.direct_person(&room).is_none() {
                rooms.push(room);
            }
        }
        self.finish(step)?;
        Ok(rooms)
    }

    /// Learns what a room is now; in a room that is new to the bot, also who is there already.
    async fn meet(&self, room: &RoomId, step: &mut Step) -> Result<(), RunError> {
        let (known, direct) = {
            let core = self.core();
            (core.engine.knows(room), core.engine.direct_person(room))
        };
        let membership = self.matrix.membership(room, direct).await;
        let people = if known { Vec::new() } else { self.matrix.people(room).await };
        let core = &mut *self.core();
        core.engine.set_room(room, membership.clone());
        if !known {
            step.commit.rooms.push((room.clone(), membership.direct));
            core.engine.arrive(room, &people, self.clock.now(), step);
        }
        Ok(())
    }

    async fn take_event(
        &self,
        room: &RoomId,
        event: &RawEvent,
        now: Timestamp,
        step: &mut Step,
    ) -> Result<(), RunError> {
        let incoming = match incoming::read(&event.json, event.decrypted) {
            Ok(incoming) => incoming,
            Err(error) => {
                warn!("skipped something in a timeline: {error}");
                return Ok(());
            }
        };
        if incoming.sender.as_str() == self.matrix.me.as_str() {
            self.recognise(room, &incoming, step)?;
        }
        if matches!(incoming.what, What::Encrypted(_)) {
            step.commit.undecrypted.push((room.clone(), incoming.event, event.json.clone(), now));
            return Ok(());
        }
        if let What::Redaction { of } = &incoming.what {
            // What was kept for its key is not to be read any more.
            step.commit.decrypted.push(of.clone());
        }
        let concerned = {
            let core = self.core();
            core.engine.needs_authority(room, &incoming).then(|| core.engine.constituencies(room))
        };
        let authority = match concerned {
            Some(concerned) => self.matrix.authority(&self.config, &incoming.sender, room, &concerned).await,
            None => Authority::default(),
        };
        let core = &mut *self.core();
        core.engine.take(&core.store, room, &incoming, &authority, now, step)?;
        Ok(())
    }

    /// An event of the bot's own says that a parcel has arrived, even where the answer to its request was lost.
    fn recognise(&self, room: &RoomId, incoming: &Incoming, step: &mut Step) -> Result<(), RunError> {
        if let Some(txn) = &incoming.marker {
            let posted = Posted { room: room.clone(), event: incoming.event.clone() };
            self.core().store.posted(txn, Some(&posted))?;
            // With a database from a backup, the cause is read again in this very step: its parcel is not there yet.
            step.commit.arrived.push((txn.clone(), posted));
        }
        Ok(())
    }

    /// Tries again to read what could not be decrypted.
    async fn take_kept(&self, now: Timestamp, step: &mut Step) -> Result<(), RunError> {
        let kept = self.core().store.undecrypted()?;
        if kept.is_empty() {
            return Ok(());
        }
        for (room, event, json) in &kept {
            let Ok(incoming) = incoming::read(json, false) else { continue };
            if now.duration_since(incoming.at) > WAIT_FOR_KEY {
                // Nobody will read it; that somebody wrote is still true.
                self.core().engine.take_past(room, &incoming, step);
                step.commit.decrypted.push(event.clone());
            }
        }
        for (room, events) in self.matrix.decrypt_kept(kept).await {
            for event in events {
                if let Ok(incoming) = incoming::read(&event.json, event.decrypted) {
                    step.commit.decrypted.push(incoming.event);
                }
                self.take_event(&room, &event, now, step).await?;
            }
        }
        Ok(())
    }

    /// Wakes the practices whose time has come, and commits what follows.
    pub(crate) fn tick(&self) -> Result<(), RunError> {
        let mut step = Step::default();
        self.core().engine.tick(self.clock.now(), &mut step);
        if step.log.is_empty() && step.commit.is_empty() {
            return Ok(());
        }
        self.finish(step)
    }

    /// Applies and commits a step: the log first, whose rows are written once however often they are told; then
    /// everything else at once.
    pub(crate) fn finish(&self, mut step: Step) -> Result<(), RunError> {
        let core = &mut *self.core();
        for (place, who, txn) in std::mem::take(&mut step.exports) {
            let about = serde_json::json!({
                "person": who,
                "activity": core.log.export(place, &who)?,
                "practices": core.engine.records_about(place, &who),
            });
            let text = serde_json::to_string_pretty(&about).unwrap_or_default();
            let parcel = Parcel::File { person: who, name: "my-data.json".to_owned(), text };
            step.commit.parcels.push(self.own_parcel(core, place, txn, parcel));
        }
        for (place, spot, txn) in std::mem::take(&mut step.shares) {
            step.commit.parcels.extend(report::share(&self.config, core, place, &spot, &txn, self.clock.now())?);
        }
        for (txn, who) in &step.forgotten {
            let txn = format!("{txn}.direct");
            step.commit.stale_reports = true;
            let parcel = Parcel::ForgetDirect { person: who.clone() };
            step.commit.parcels.push(self.own_parcel(core, 0, txn, parcel));
        }
        core.log.apply(&step.log, &core.engine.room_names())?;
        core.store.commit(&step.commit)?;
        for (_, who) in &step.forgotten {
            core.store.forget(who.as_str())?;
            core.log.scrub()?;
        }
        if !step.commit.parcels.is_empty() {
            self.parcels.notify_one();
        }
        Ok(())
    }

    /// A parcel that no practice asked for.
    pub(crate) fn own_parcel(&self, core: &Core, place: usize, txn: String, parcel: Parcel) -> NewParcel {
        let (community, leads) = core
            .engine
            .communities()
            .nth(place)
            .map(|(name, _, community)| (name.to_owned(), community.leads.clone()))
            .unwrap_or_default();
        NewParcel { txn, community, practice: String::new(), parcel, leads }
    }

    /// How long until a practice wants to be woken, an hour at most.
    fn until_next_wake(&self) -> Duration {
        let hour = Duration::from_secs(3600);
        let Some(at) = self.core().engine.next_wake() else { return hour };
        let wait = at.duration_since(self.clock.now());
        Duration::try_from(wait).unwrap_or(Duration::ZERO).clamp(Duration::from_millis(20), hour)
    }
}

/// Reads batches one after the other, resting a growing while after failures.
async fn read(mut intake: Intake, batches: mpsc::Sender<Result<Batch, IntakeError>>) {
    let mut failures = 0u32;
    loop {
        let batch = intake.next().await;
        match &batch {
            Ok(_) => failures = 0,
            Err(IntakeError::TokenRevoked) => error!("the homeserver no longer accepts the bot's access token"),
            Err(error) => {
                failures += 1;
                intake::note(error, failures);
                tokio::time::sleep(Duration::from_millis(200u64 << failures.min(7))).await;
                continue;
            }
        }
        if batches.send(batch).await.is_err() {
            return;
        }
    }
}
