//! The bot at work: batches in, decisions committed, items out, practices woken, reports made. One loop; sending
//! goes on beside it.

mod handle;
mod looks;
mod news;
mod post;
pub(crate) mod reading;
mod reporting;
mod rounds;
mod upgrades;

use std::{collections::HashMap, time::Duration};

use hearth_practices::{RoomId, UserId};
use hearth_shared::bots::Pattern;
use jiff::Timestamp;
use tokio::sync::{mpsc, watch};
use tracing::{Instrument as _, info};

pub use self::handle::App;
use self::{
    looks::Looks,
    news::News,
    reading::{Readings, read},
    rounds::Rounds,
};
pub use crate::core::RunError;
use crate::{
    core::order,
    engine::{Authority, CommunityNumber, UnitOfWork},
    incoming,
    matrix::intake::{Batch, Intake, IntakeError, Keys, RawEvent},
    report, spans,
    store::{Unread, Which},
};

impl App {
    /// Works until `stop` says so; then finishes what is in flight.
    ///
    /// # Errors
    /// [`RunError`] where the bot cannot go on. What was not committed is read again at the next start.
    pub async fn run(&self, mut stop: watch::Receiver<bool>) -> Result<(), RunError> {
        let (cursor, rooms) = {
            let mut core = self.core();
            core.begin(self.clock.now())?;
            ((core.store.cursor()?, core.store.gaps()?), core.store.rooms()?)
        };
        let direct: HashMap<RoomId, Option<UserId>> = rooms.iter().cloned().collect();
        let mut unit = UnitOfWork::default();
        for (room, person) in &rooms {
            let membership = self.matrix.membership(room, person.clone(), self.clock.now()).await;
            if !membership.space {
                self.core().engine.set_room(room, membership);
            }
            self.close(room).await;
            self.meet_bridges(room, &mut unit).await;
        }
        self.finish(unit)?;
        let known = self.core().engine.with_bots();
        self.sort(known).await?;
        let (batches, mut readings) = Readings::channel();
        let intake = Intake::new(&self.matrix, cursor, direct.into_keys(), self.clock.now());
        let reading = tokio::spawn(read(intake, batches));
        let mut posting = None;
        let mut reporting: Option<tokio::task::JoinHandle<()>> = None;
        let mut joining: Option<tokio::task::JoinHandle<()>> = None;
        let mut asking: Option<tokio::task::JoinHandle<()>> = None;
        let mut following: Option<tokio::task::JoinHandle<()>> = None;
        let mut looking: Option<tokio::task::JoinHandle<()>> = None;
        let mut comparing: Option<tokio::task::JoinHandle<()>> = None;
        let (mut looks, mut rounds) = (Looks::default(), Rounds::default());
        let (found, mut news) = mpsc::channel::<News>(1);
        let outcome = loop {
            let mut sleep = if readings.time_passes() { self.until_next_tick() } else { Duration::from_secs(3600) };
            if posting.is_some() {
                let mut look = looks.wait(self.clock.now());
                if comparing.as_ref().is_none_or(tokio::task::JoinHandle::is_finished) {
                    look = look.min(rounds.wait(self.clock.now()));
                }
                sleep = sleep.min(look.max(Duration::from_millis(20)));
            }
            tokio::select! {
                biased;
                _ = stop.changed() => break Ok(()),
                batch = readings.next() => match batch {
                    Some(Ok(batch)) => {
                        let whole = batch.next.is_some();
                        let span = spans::batch(batch.rooms.len());
                        if let Err(error) = self.take_batch(batch).instrument(span).await {
                            break Err(error);
                        }
                        if !whole {
                            continue;
                        }
                        // Sending begins when everything up to now is known: what an earlier run has sent, too.
                        posting.get_or_insert_with(|| {
                            info!("ready");
                            tokio::spawn(post::run(self.clone(), stop.clone()))
                        });
                        if joining.as_ref().is_none_or(tokio::task::JoinHandle::is_finished) {
                            let app = self.clone();
                            joining = Some(tokio::spawn(async move {
                                // Where joins are limited, they have their turns among what is sent.
                                if !app.matrix.joins_wait() {
                                    app.matrix.accept_invitations(&app.config, app.clock.now()).await;
                                }
                                app.items.notify_one();
                            }));
                        }
                    }
                    Some(Err(IntakeError::TokenRevoked)) | None => {
                        break Err(crate::matrix::MatrixError::TokenRevoked.into());
                    }
                    Some(Err(IntakeError::Passing(_))) => {}
                },
                Some(news) = news.recv() => {
                    if let News::Looked(look) = &news {
                        looks.ended(look, self.clock.now());
                    }
                    if let News::Compared { room, people: None } = &news {
                        rounds.again(room.clone(), self.clock.now());
                    }
                    if let Err(error) = self.hear(&news) {
                        break Err(error);
                    }
                }
                () = tokio::time::sleep(sleep) => {}
            }
            let unmet = self.core().unmet().next().is_some();
            if unmet && asking.as_ref().is_none_or(tokio::task::JoinHandle::is_finished) {
                asking = Some(tokio::spawn(self.clone().ask_who_is_there(found.clone())));
            }
            let closed = self.core().closed().next().is_some();
            if closed && following.as_ref().is_none_or(tokio::task::JoinHandle::is_finished) {
                following = Some(tokio::spawn(self.clone().follow(found.clone())));
            }
            if posting.is_some() {
                let idle = looking.as_ref().is_none_or(tokio::task::JoinHandle::is_finished);
                if idle && looks.begins(self.clock.now()) {
                    looking = Some(tokio::spawn(self.clone().look_for_gone(found.clone())));
                }
                if comparing.as_ref().is_none_or(tokio::task::JoinHandle::is_finished)
                    && let Some((room, at)) = self.next_comparison(&mut rounds)
                {
                    comparing = Some(tokio::spawn(self.clone().compare(room, at, found.clone())));
                }
                if readings.time_passes()
                    && let Err(error) = self.tick()
                {
                    break Err(error);
                }
                if reporting.as_ref().is_none_or(tokio::task::JoinHandle::is_finished) {
                    let due = report::due(&mut self.core(), self.clock.now());
                    reporting = due.map(|due| {
                        let span = spans::report(&due.community, due.month);
                        tokio::spawn(reporting::make(self.clone(), due).instrument(span))
                    });
                }
            }
            if posting.as_ref().is_some_and(tokio::task::JoinHandle::is_finished) && !*stop.borrow() {
                break Err(crate::matrix::MatrixError::TokenRevoked.into());
            }
        };
        reading.abort();
        for task in [reporting, joining, asking, following, looking, comparing].into_iter().flatten() {
            task.abort();
        }
        if let Some(posting) = posting {
            // The item in flight is finished; the rest waits in the store.
            let _ = tokio::time::timeout(Duration::from_secs(20), posting).await;
        }
        outcome
    }

    /// Takes the events of one sync and commits what follows from them, with the cursor.
    pub(crate) async fn take_batch(&self, batch: Batch) -> Result<(), RunError> {
        let now = self.clock.now();
        let mut unit = UnitOfWork::default();
        for update in batch.left {
            self.core().leave(update.room, &update.events, now, &mut unit);
        }
        for rooms in self.in_order(batch.rooms) {
            for update in &rooms {
                self.matrix.is_back(&update.room);
                self.meet(&update.room, &mut unit).await?;
                self.close(&update.room).await;
            }
            for (room, event) in order::by_time(rooms, now) {
                self.take_event(&room, &event, now, &mut unit).await?;
                self.arrive_in_adopted(now, &mut unit).await;
            }
        }
        self.notice_upgrades(&mut unit).await?;
        unit.commit.cursor = batch.next;
        unit.commit.gap = batch.gap;
        let sorted = std::mem::take(&mut unit.sorted);
        self.finish(unit)?;
        self.sort(sorted).await?;
        self.take_kept(batch.keys, now).await
    }

    /// Sorts people and bots anew in all rooms of communities, from what said who is a bot until now.
    async fn sort(&self, communities: Vec<(CommunityNumber, Vec<Pattern>)>) -> Result<(), RunError> {
        for (number, before) in communities {
            let (rooms, mut unit) = (self.core().engine.rooms_of(number), UnitOfWork::default());
            for room in rooms {
                // Where nobody says who is there, bots are known when they next do something.
                let Some(people) = self.matrix.people(&room, self.clock.now()).await else { continue };
                self.core().engine.sort(&room, &people, &before, &mut unit);
            }
            self.finish(unit)?;
        }
        Ok(())
    }

    /// Joins what the bot is invited to and learns what its rooms are. Gives those of its communities.
    pub(crate) async fn meet_all(&self) -> Result<Vec<RoomId>, RunError> {
        self.matrix.settle().await?;
        self.matrix.accept_invitations(&self.config, self.clock.now()).await;
        self.matrix.settle().await?;
        // Without an answer, what the SDK remembers has to do.
        let _ = self.matrix.gone(Vec::new()).await;
        let (mut rooms, mut unit) = (Vec::new(), UnitOfWork::default());
        for room in self.matrix.joined_rooms() {
            self.meet(&room, &mut unit).await?;
            let core = self.core();
            if core.engine.knows(&room) && core.engine.direct_person(&room).is_none() {
                rooms.push(room);
            }
        }
        self.finish(unit)?;
        Ok(rooms)
    }

    /// Learns what a room is now; in a room that is new to the bot, also who is there already.
    async fn meet(&self, room: &RoomId, unit: &mut UnitOfWork) -> Result<(), RunError> {
        let (known, direct) = {
            let core = self.core();
            (core.engine.knows(room), core.engine.direct_person(room))
        };
        let direct = match direct {
            None if !known => self.direct_before(room).await,
            direct => direct,
        };
        let now = self.clock.now();
        let moved = self.take_over(room, now, unit).await?;
        let membership = self.matrix.membership(room, direct, now).await;
        let mut people = if known && moved.is_none() { None } else { self.matrix.people(room, now).await };
        if let Some(from) = &moved {
            people = match people {
                Some(people) => Some(self.who_moved(from, room, people).await),
                None => None,
            };
        } else if !known {
            self.adopt_for_inviter(room, unit).await;
        }
        self.core().meet(room, membership, people.as_deref(), now, unit);
        if !known {
            self.meet_bridges(room, unit).await;
        }
        if known && moved.is_some() {
            self.core().come_to(room, people.as_deref(), now, unit);
        }
        Ok(())
    }

    /// Learns which bridges serve a room.
    async fn meet_bridges(&self, room: &RoomId, unit: &mut UnitOfWork) {
        for bridge in self.matrix.bridges(room).await {
            self.core().engine.meet_bridge(room, &bridge, unit);
        }
    }

    /// Takes what was found out beside the loop.
    fn hear(&self, news: &News) -> Result<(), RunError> {
        match news {
            News::Arrived { room, people } => {
                let mut unit = UnitOfWork::default();
                self.core().arrive(room, people, self.clock.now(), &mut unit);
                self.finish(unit)
            }
            News::Looked(look) => {
                let Some(rooms) = look.as_ref().ok().filter(|rooms| !rooms.is_empty()) else { return Ok(()) };
                let mut unit = UnitOfWork::default();
                for room in rooms {
                    self.core().leave(room.clone(), &[], self.clock.now(), &mut unit);
                }
                self.finish(unit)
            }
            News::Compared { room, people } => self.compared(room, people.as_deref()),
            News::Refused { room, by } => self.refused(room, by),
        }
    }

    /// Looks for rooms that are gone without a word, and tells the loop.
    async fn look_for_gone(self, found: mpsc::Sender<News>) {
        let known = self.core().store.rooms().unwrap_or_default().into_iter().map(|(room, _)| room).collect();
        let _ = found.send(News::Looked(self.matrix.gone(known).await)).await;
    }

    /// Asks again who is in the rooms of which that could not be read, and hands it to the loop.
    async fn ask_who_is_there(self, found: mpsc::Sender<News>) {
        let rooms: Vec<RoomId> = self.core().unmet().cloned().collect();
        for room in rooms {
            if let Some(people) = self.matrix.people(&room, self.clock.now()).await {
                let _ = found.send(News::Arrived { room, people }).await;
            }
        }
    }

    /// A room into which somebody brought the bot who leads a community is that community's.
    async fn adopt_for_inviter(&self, room: &RoomId, unit: &mut UnitOfWork) {
        let Some(inviter) = self.matrix.inviter(room).await else { return };
        let question = self.core().question_of_inviter(room, &inviter);
        if let Some(question) = question {
            let authority = self.matrix.authority(&self.config, &question).await;
            self.core().engine.adopt_for(room, &authority, unit);
        }
    }

    /// Learns who is in the rooms that were just adopted: they are members, and nobody's newcomers.
    async fn arrive_in_adopted(&self, now: Timestamp, unit: &mut UnitOfWork) {
        for room in std::mem::take(&mut unit.adopted) {
            let people = self.matrix.people(&room, now).await;
            self.core().come_to(&room, people.as_deref(), now, unit);
            self.meet_bridges(&room, unit).await;
        }
    }

    async fn take_event(
        &self,
        room: &RoomId,
        event: &RawEvent,
        now: Timestamp,
        unit: &mut UnitOfWork,
    ) -> Result<(), RunError> {
        let Some(pending) = self.core().read(room, event, now, unit)? else { return Ok(()) };
        let authority = match &pending.question {
            Some(question) => self.matrix.authority(&self.config, question).await,
            None => Authority::default(),
        };
        self.core().take(room, &pending.incoming, &authority, now, unit)
    }

    /// Tries again to read what could not be decrypted: what keys have come for, and a page of the rest now and then.
    async fn take_kept(&self, keys: Keys, now: Timestamp) -> Result<(), RunError> {
        let asked = match keys {
            Keys::Of(sessions) => sessions.into_iter().map(|(room, session)| Which::Session(room, session)).collect(),
            Keys::Any => vec![Which::All],
        };
        for which in asked {
            let mut after = 0;
            loop {
                let page = self.core().store.unread(&which, after)?;
                let Some((row, _)) = page.last() else { break };
                after = *row;
                self.take_unread(page.into_iter().map(|(_, unread)| unread).collect(), now).await?;
            }
        }
        let page = self.core().next_kept(now)?;
        if !page.is_empty() {
            self.take_unread(page, now).await?;
            let mut unit = UnitOfWork::default();
            self.core().give_up_kept(now, &mut unit)?;
            self.finish(unit)?;
        }
        Ok(())
    }

    /// Tries a page of it, and commits what follows.
    async fn take_unread(&self, page: Vec<Unread>, now: Timestamp) -> Result<(), RunError> {
        let mut unit = UnitOfWork::default();
        for (room, event) in self.matrix.decrypt_kept(page).await {
            if let Ok(incoming) = incoming::read(&event.json, event.decrypted) {
                unit.commit.decrypted.push(incoming.event);
            }
            self.take_event(&room, &event, now, &mut unit).await?;
        }
        self.arrive_in_adopted(now, &mut unit).await;
        let sorted = std::mem::take(&mut unit.sorted);
        self.finish(unit)?;
        self.sort(sorted).await
    }

    /// Wakes the practices whose time has come, and commits what follows.
    pub(crate) fn tick(&self) -> Result<(), RunError> {
        let mut unit = UnitOfWork::default();
        let follows = self.core().tick(self.clock.now(), &mut unit);
        if follows { self.finish(unit) } else { Ok(()) }
    }

    /// How long until the next tick is due, an hour at most.
    fn until_next_tick(&self) -> Duration {
        let now = self.clock.now();
        let wait = self.core().next_tick(now).duration_since(now);
        Duration::try_from(wait).unwrap_or(Duration::ZERO).clamp(Duration::from_millis(20), Duration::from_secs(3600))
    }
}
