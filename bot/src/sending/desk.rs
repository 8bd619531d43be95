//! The desk between store and homeserver: takes rows in, hands out errands, and writes down what became of them. It
//! does everything but the requests themselves, and starts no task.

use std::collections::{BTreeMap, BTreeSet};

use hearth_practices::{MessageKey, UserId};
use jiff::{SignedDuration, Timestamp};
use tracing::{error, info, warn};

use super::{
    carry::Carried,
    homeserver::Refused,
    refusal::Refusal,
    schedule::{Job, Schedule, Verdict},
};
use crate::store::{Due, Loss, OutboxItem, Store, StoreError};

/// Whoever waits longer for a direct room is told how to be served at once.
pub const PATIENCE: SignedDuration = SignedDuration::from_secs(20);

/// Something to be carried.
#[derive(Clone, Debug)]
pub enum Errand {
    /// Send an item.
    Send(Box<Due>),
    /// Find or make somebody's direct room.
    MakeRoom(UserId),
    /// Accept an invitation.
    Join,
}

impl Errand {
    /// The job that it does.
    pub fn job(&self) -> Job {
        match self {
            Self::Send(due) => Job::Send(due.id),
            Self::MakeRoom(person) => Job::MakeRoom(person.clone()),
            Self::Join => Job::Join,
        }
    }

    /// The row that it sends.
    fn row(&self) -> Option<i64> {
        match self {
            Self::Send(due) => Some(due.id),
            Self::MakeRoom(_) | Self::Join => None,
        }
    }

    /// Whether it sends a message that has a name.
    fn is_named(&self) -> bool {
        matches!(self, Self::Send(due) if due.item.key().is_some())
    }
}

/// What an errand came to.
pub type Outcome = Result<Carried, Refused>;

/// Rows that will not be sent. They are there until those who wanted them know.
pub type Unsent = Vec<Loss>;

/// Whether the homeserver still accepts the bot.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Settled {
    /// It does. These will not be sent.
    Unsent(Unsent),
    /// The access token no longer holds.
    TokenRevoked,
}

/// Rows in, errands out.
#[derive(Debug, Default)]
pub struct Desk {
    schedule: Schedule,
    turn: u64,
    /// Rows that waited for a direct room for longer than [`PATIENCE`], as last told.
    held: BTreeSet<i64>,
    /// Whose they were.
    holders: BTreeSet<(String, String)>,
}

/// Messages of one practice of one community.
pub type Held = ((String, String), Vec<MessageKey>);

impl Desk {
    /// A desk that knows of no row.
    pub fn new() -> Self {
        Self::default()
    }

    /// What waits, in order.
    pub fn schedule(&self) -> &Schedule {
        &self.schedule
    }

    /// Whether rooms wait to be joined one by one, and from when.
    pub fn join(&mut self, wanted: Option<Timestamp>, now: Timestamp) {
        self.schedule.join(wanted, now);
    }

    /// Takes in what is new in the store, or everything where rows went or moved.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn pull(&mut self, store: &Store, now: Timestamp) -> Result<(), StoreError> {
        if self.turn != store.outbox_turn() {
            let (mut rows, mut last) = (Vec::new(), 0);
            loop {
                let page = store.rows_after(last)?;
                let Some(newest) = page.last() else { break };
                last = newest.id;
                rows.extend(page);
            }
            for lane in self.schedule.reload(rows, now) {
                store.hurry(&lane)?;
            }
            self.turn = store.outbox_turn();
        }
        loop {
            let page = store.rows_after(self.schedule.newest())?;
            if page.is_empty() {
                return Ok(());
            }
            page.into_iter().for_each(|row| self.schedule.add(row, now));
        }
    }

    /// The next errand, if anything can be done. `not_before` says until when something must wait though it is its
    /// turn. What cannot be read, or whose time has passed (or will have, when it may be sent), is dealt with on the way,
    /// and added to `unsent`.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn next(
        &mut self,
        store: &mut Store,
        now: Timestamp,
        mut not_before: impl FnMut(&mut Store, &Due) -> Result<Option<Timestamp>, StoreError>,
        unsent: &mut Unsent,
    ) -> Result<Option<Errand>, StoreError> {
        while let Some(job) = self.schedule.next(now) {
            let id = match &job {
                Job::MakeRoom(person) => return Ok(Some(Errand::MakeRoom(person.clone()))),
                Job::Join => return Ok(Some(Errand::Join)),
                Job::Expire(id) => {
                    unsent.extend(store.loss(*id)?);
                    self.schedule.dropped(&job, now);
                    continue;
                }
                Job::Send(id) => *id,
            };
            match store.item(id) {
                Ok(Some(due)) => match not_before(store, &due)? {
                    // Then it will be of no use any more.
                    Some(at) if due.expires.is_some_and(|expires| expires <= at) => {
                        unsent.extend(store.loss(id)?);
                        self.schedule.dropped(&job, now);
                    }
                    Some(at) => {
                        store.postpone(id, at, false)?;
                        self.schedule.postponed(id, at);
                    }
                    None => return Ok(Some(Errand::Send(Box::new(due)))),
                },
                Ok(None) => self.schedule.dropped(&job, now),
                Err(fault @ StoreError::Row { .. }) => {
                    error!("a row of the outbox is set aside: {fault}");
                    unsent.extend(set_aside(store, id, &fault.to_string())?);
                    self.schedule.dropped(&job, now);
                }
                Err(fault) => {
                    self.schedule.postponed(id, now);
                    return Err(fault);
                }
            }
        }
        Ok(None)
    }

    /// Writes down what an errand came to.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn settle(
        &mut self,
        store: &mut Store,
        errand: &Errand,
        outcome: &Outcome,
        now: Timestamp,
    ) -> Result<Settled, StoreError> {
        let job = errand.job();
        let refused = match outcome {
            // What has a name and came to nothing is a message that nobody gets.
            Ok(Carried::Nothing) if errand.is_named() => {
                let unsent = errand.row().map(|id| store.loss(id)).transpose()?.flatten();
                let unsent = unsent.into_iter().collect();
                self.schedule.dropped(&job, now);
                self.pull(store, now)?;
                return Ok(Settled::Unsent(unsent));
            }
            Ok(carried) => {
                self.arrived(store, errand, carried, now)?;
                return Ok(Settled::Unsent(Vec::new()));
            }
            Err(refused) => refused,
        };
        let why = match refused.refusal {
            Refusal::TokenRevoked => {
                self.schedule.refused(&job, super::NotNow::Absent, refused.class, now);
                return Ok(Settled::TokenRevoked);
            }
            Refusal::NotNow(why) => match self.schedule.refused(&job, why, refused.class, now) {
                Verdict::Wait(until, counts) => {
                    match errand {
                        Errand::Send(due) => {
                            if due.attempts == 0 && counts {
                                warn!("a message could not be sent, will try again: {refused}");
                            }
                            if counts || until > now {
                                store.postpone(due.id, until, counts)?;
                            }
                        }
                        Errand::MakeRoom(_) => info!("a direct room could not be made, will try again: {refused}"),
                        Errand::Join => {}
                    }
                    return Ok(Settled::Unsent(Vec::new()));
                }
                Verdict::GiveUp => "after many attempts",
            },
            Refusal::TooLarge => "because it is too large",
            Refusal::Permanent | Refusal::DoneAlready => "for good",
        };
        let unsent = match errand {
            Errand::Send(due) => {
                error!("a message of {} is given up {why}: {refused}", practice_of(due));
                store.loss(due.id)?.into_iter().collect()
            }
            Errand::MakeRoom(person) => {
                error!("what waits for somebody's direct room is given up {why}: {refused}");
                store.losses_of(person)?
            }
            Errand::Join => Vec::new(),
        };
        self.schedule.done(&job, now);
        self.drop_all(&unsent, now);
        self.pull(store, now)?;
        Ok(Settled::Unsent(unsent))
    }

    /// Rows that will go before anything else is done are not tried again.
    fn drop_all(&mut self, unsent: &Unsent, now: Timestamp) {
        for loss in unsent {
            self.schedule.dropped(&Job::Send(loss.id), now);
        }
    }

    fn arrived(
        &mut self,
        store: &mut Store,
        errand: &Errand,
        carried: &Carried,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let job = errand.job();
        match (errand, carried) {
            (Errand::Send(due), Carried::Done(posted)) => {
                store.posted(&due.txn, Some(posted), now)?;
                self.schedule.done(&job, now);
            }
            (Errand::Send(due), Carried::Nothing) => {
                store.posted(&due.txn, None, now)?;
                self.schedule.dropped(&job, now);
            }
            // The row went with what the practice made of the answer.
            (Errand::Send(_), Carried::Answered(_)) => self.schedule.done(&job, now),
            (Errand::Send(due), Carried::NeedsRoom(person)) => {
                store.wait_for_room(person)?;
                self.schedule.postponed(due.id, now);
            }
            (Errand::MakeRoom(_) | Errand::Join, _) => self.schedule.done(&job, now),
        }
        // The item itself named whom it forgot.
        if let Errand::Send(due) = errand
            && matches!(due.item, OutboxItem::ForgetDirect { .. })
        {
            store.scrub()?;
        }
        self.pull(store, now)
    }

    /// An errand failed in a way that no answer explains: its row is set aside.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn broke(&mut self, store: &mut Store, job: &Job, why: &str, now: Timestamp) -> Result<Unsent, StoreError> {
        error!("sending failed in a way that it should not: {why}");
        let unsent = match job {
            Job::Send(id) | Job::Expire(id) => set_aside(store, *id, why)?.into_iter().collect(),
            Job::MakeRoom(person) => store.losses_of(person)?,
            Job::Join => Vec::new(),
        };
        self.schedule.dropped(job, now);
        self.drop_all(&unsent, now);
        self.pull(store, now)?;
        Ok(unsent)
    }

    /// Which messages wait for a direct room for longer than [`PATIENCE`], by community and practice, where that is not
    /// as it was told last; none for a practice whose messages wait no more.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn held(&mut self, store: &Store, now: Timestamp) -> Result<Vec<Held>, StoreError> {
        let held: BTreeSet<i64> = self.schedule.held(PATIENCE, now).into_iter().collect();
        if held == self.held {
            return Ok(Vec::new());
        }
        let mut told: BTreeMap<(String, String), Vec<MessageKey>> =
            std::mem::take(&mut self.holders).into_iter().map(|holder| (holder, Vec::new())).collect();
        for named in store.names_of(&held.iter().copied().collect::<Vec<_>>())? {
            let holder = (named.community, named.practice);
            self.holders.insert(holder.clone());
            told.entry(holder).or_default().push(named.key);
        }
        self.held = held;
        Ok(told.into_iter().collect())
    }

    /// When it has something to do, other than by news.
    pub fn wakes(&self, now: Timestamp) -> Option<Timestamp> {
        self.schedule.wakes(PATIENCE, now)
    }
}

fn set_aside(store: &Store, id: i64, why: &str) -> Result<Option<Loss>, StoreError> {
    Ok(store.loss(id)?.map(|loss| Loss { aside: Some(why.to_owned()), ..loss }))
}

fn practice_of(due: &Due) -> &str {
    if due.practice.is_empty() { "the bot" } else { &due.practice }
}
