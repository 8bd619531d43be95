//! Intake: from the homeserver to batches of events, none lost, in order, with a cursor of the bot's own.
//!
//! The SDK saves its sync token before anybody has looked at the events, so its token is not the cursor. The cursor
//! is the token of the last batch that the bot has *committed*; where the SDK is ahead of it (after a crash, or
//! after an error in the middle of a batch) the difference is read again with a raw `/sync`. The gap
//! of a limited timeline, however it came about, is filled through `/messages` from the cursor on, oldest first: each page
//! is a batch of its own, and the cursor moves when all are in. How far that has come is committed with each page. Of a
//! room that the bot has come to, what happened after it came counts; of one that took the place of another in which the
//! bot was, everything.

mod batch;
mod gaps;
mod pages;

use std::{
    collections::{HashMap, HashSet},
    time::Duration,
};

use hearth_practices::RoomId;
use jiff::Timestamp;
use matrix_sdk::{
    config::SyncSettings,
    deserialized_responses::{TimelineEvent, TimelineEventKind},
    ruma::{
        OwnedRoomId, UInt,
        api::client::{
            filter::{FilterDefinition, LazyLoadOptions, RoomEventFilter, RoomFilter},
            sync::sync_events::v3 as sync,
        },
        assign,
    },
    sync::Timeline,
};
use tracing::{debug, info, warn};

pub use self::batch::{Batch, Keys, RawEvent, RoomBatch};
use self::{
    batch::{Unfilled, UnfilledRoom},
    gaps::{Gap, Work, joins, since_joined},
};
use super::{Matrix, client::is_token_error};
use crate::incoming::claims_relation;

/// How long a `/sync` may wait for something to happen.
const LONG_POLL: Duration = Duration::from_secs(30);

/// How many events a `/sync` may bring per room, and a page of `/messages`.
const PAGE: u32 = 100;

/// Why intake stopped.
#[derive(Debug, thiserror::Error)]
pub enum IntakeError {
    /// The access token no longer holds: nothing will come any more.
    #[error("the access token no longer holds")]
    TokenRevoked,
    /// It may work again in a while.
    #[error("{0}")]
    Passing(String),
}

impl From<matrix_sdk::Error> for IntakeError {
    fn from(error: matrix_sdk::Error) -> Self {
        match is_token_error(error.client_api_error_kind()) {
            true => Self::TokenRevoked,
            false => Self::Passing(error.to_string()),
        }
    }
}

impl From<matrix_sdk::HttpError> for IntakeError {
    fn from(error: matrix_sdk::HttpError) -> Self {
        match is_token_error(error.client_api_error_kind()) {
            true => Self::TokenRevoked,
            false => Self::Passing(error.to_string()),
        }
    }
}

/// Reads the homeserver.
#[derive(Debug)]
pub struct Intake {
    matrix: Matrix,
    cursor: Option<String>,
    known: HashSet<OwnedRoomId>,
    /// How far gaps behind the cursor have been filled.
    gaps: HashMap<RoomId, String>,
    /// A sync whose gaps are being filled.
    work: Option<Work>,
    /// Whether the SDK may have seen what the cursor has not.
    astray: bool,
    /// Grows with every raw read, and begins higher in every run: no two reads are the same request.
    reads: u32,
}

impl Intake {
    /// From where the bot stood: its cursor, and how far gaps behind it were filled. `known` are the rooms that it had
    /// seen itself join; `now` tells this run from others.
    pub fn new(
        matrix: &Matrix,
        (cursor, gaps): (Option<String>, HashMap<RoomId, String>),
        known: impl IntoIterator<Item = RoomId>,
        now: Timestamp,
    ) -> Self {
        let known = known.into_iter().filter_map(|room| OwnedRoomId::try_from(room.as_str()).ok()).collect();
        // Two runs within two minutes do not begin at one millisecond of the same hour.
        let reads = u32::try_from(now.as_millisecond().rem_euclid(3_600_000)).unwrap_or_default();
        Self { matrix: matrix.clone(), cursor, known, gaps, work: None, astray: true, reads }
    }

    /// The next batch. It returns when something happened, or after half a minute of silence.
    ///
    /// # Errors
    /// [`IntakeError`]; after a passing one, call again: what was missed is read again.
    pub async fn next(&mut self) -> Result<Batch, IntakeError> {
        let work = match self.work.take() {
            Some(work) => work,
            None => self.begin().await?,
        };
        self.go_on(work).await
    }

    /// The next sync.
    async fn begin(&mut self) -> Result<Work, IntakeError> {
        // Before the first long poll, and after every error, a short sync brings the SDK up to date (room state,
        // keys), and then what lies between the cursor and now is read again.
        let timeout = if self.astray { Duration::ZERO } else { LONG_POLL };
        let again = self.astray;
        // Whatever fails from here on, the SDK is ahead of the cursor.
        self.astray = true;
        let mut unfilled = self.sync_once(timeout).await?;
        if let Some(cursor) = self.cursor.clone().filter(|_| again || unfilled.hides_relations) {
            let keys = if again { Keys::Any } else { unfilled.keys };
            unfilled = Unfilled { keys, ..self.read_again(&cursor).await? };
        }
        let mut gaps = Vec::new();
        for update in &mut unfilled.joined {
            let known = self.known.contains(&update.room);
            let id = RoomId::from(update.room.as_str());
            update.replaces = !known && self.matrix.is_replacement(&id).await;
            update.whole = known || update.replaces;
            let Some(cursor) = self.cursor.as_ref().filter(|_| update.limited) else { continue };
            let came = !update.whole;
            if came && joins(&update.events, self.matrix.me.as_str()) {
                continue;
            }
            let saved = self.gaps.get(&id).cloned();
            // A room that the bot did not know at the cursor, it has joined since.
            let from = if update.replaces { saved } else { saved.or_else(|| Some(cursor.clone())) };
            gaps.push(Gap {
                room: update.room.clone(),
                from,
                to: update.prev_batch.clone(),
                empty: 0,
                came,
                awaits_join: came,
                generation: if update.replaces { self.matrix.generation(&id) } else { 0 },
            });
        }
        Ok(Work::new(unfilled, gaps))
    }

    /// The next page of a gap, oldest first, or, where there is none left, the rest of the sync.
    async fn go_on(&mut self, mut work: Work) -> Result<Batch, IntakeError> {
        if let Some(rooms) = work.before_replacements() {
            self.work = Some(work);
            return Ok(Batch { rooms, ..Batch::default() });
        }
        let Some(gap) = work.gaps.front_mut() else {
            if work.filled > 0 {
                info!(events = work.filled, "filled gaps in the timelines of rooms");
            }
            return Ok(self.deliver(work.unfilled));
        };
        let id = RoomId::from(gap.room.as_str());
        let (events, end) = match self.matrix.client.get_room(&gap.room) {
            Some(room) => self.matrix.page_on(&room, gap.from.as_deref(), gap.to.clone()).await?,
            None => (Vec::new(), None),
        };
        work.filled += events.len();
        let more = gap.more(end, events.len());
        // Where nothing is left, that is remembered, too: the sync may have to be read once more.
        let token = more.clone().or_else(|| gap.to.clone());
        let events = gap.counting(events, self.matrix.me.as_str());
        match more {
            Some(token) => gap.from = Some(token),
            None => drop(work.gaps.pop_front()),
        }
        if let Some(token) = &token {
            self.gaps.insert(id.clone(), token.clone());
        }
        let beside = events.as_deref().map(|events| work.up_to(events)).unwrap_or_default();
        let mut batch = Batch { gap: token.map(|token| (id.clone(), token)), ..Batch::default() };
        // Until the bot's own join is found, nothing says that it knows the room.
        if let (Some(events), Ok(known)) = (events, OwnedRoomId::try_from(id.as_str())) {
            self.known.insert(known);
            batch.rooms.push(RoomBatch { room: id, events });
            batch.rooms.extend(beside);
        }
        self.work = Some(work);
        Ok(batch)
    }

    async fn sync_once(&self, timeout: Duration) -> Result<Unfilled, IntakeError> {
        let settings = SyncSettings::new().timeout(timeout).filter(filter().into());
        let response = self.matrix.client.sync_once(settings).await?;
        // The SDK gives a decrypted event without the encrypted one, and prefers the relation that stands inside. Only
        // the one outside counts, and it can be had again.
        let updates = response.rooms.joined.values().map(|room| &room.timeline);
        let mut events =
            updates.chain(response.rooms.left.values().map(|room| &room.timeline)).flat_map(|it| &it.events);
        let hides_relations = events.any(|event| {
            matches!(event.kind, TimelineEventKind::Decrypted(_)) && claims_relation(event.raw().json().get())
        });
        let unfilled = |room, timeline: Timeline| UnfilledRoom {
            room,
            limited: timeline.limited,
            events: timeline.events.iter().map(raw).collect(),
            prev_batch: timeline.prev_batch,
            whole: false,
            replaces: false,
        };
        Ok(Unfilled {
            next: response.next_batch,
            joined: response.rooms.joined.into_iter().map(|(room, update)| unfilled(room, update.timeline)).collect(),
            left: response.rooms.left.into_iter().map(|(room, update)| unfilled(room, update.timeline)).collect(),
            keys: Keys::Of(response.to_device.iter().filter_map(|event| key_in(event.as_raw().json().get())).collect()),
            hides_relations,
        })
    }

    /// Reads what lies between `cursor` and now, past the SDK, which would say that there is nothing new.
    async fn read_again(&mut self, cursor: &str) -> Result<Unfilled, IntakeError> {
        // Synapse answers an identical request from its cache for two minutes, also one of a run that was killed. What
        // happened since would be missed, because the SDK has seen it. So each is made another one, by a limit that
        // limits nothing.
        self.reads += 1;
        let mut filter = filter();
        filter.presence.limit = Some(UInt::from(self.reads));
        let request = assign!(sync::Request::new(), {
            since: Some(cursor.to_owned()),
            filter: Some(filter.into()),
            timeout: Some(Duration::ZERO),
        });
        let response = self.matrix.client.send(request).await?;
        let (mut joined, mut left) = (Vec::new(), Vec::new());
        for (room, update) in response.rooms.join {
            joined.push(self.unfilled(room, update.timeline).await);
        }
        for (room, update) in response.rooms.leave {
            left.push(self.unfilled(room, update.timeline).await);
        }
        debug!(rooms = joined.len(), "read again what lies behind the cursor");
        Ok(Unfilled { next: response.next_batch, joined, left, keys: Keys::Any, hides_relations: false })
    }

    async fn unfilled(&self, room: OwnedRoomId, timeline: sync::Timeline) -> UnfilledRoom {
        let found = self.matrix.client.get_room(&room);
        let mut events = Vec::with_capacity(timeline.events.len());
        for event in &timeline.events {
            events.push(self.matrix.readable(found.as_ref(), event).await);
        }
        let (limited, prev_batch) = (timeline.limited, timeline.prev_batch);
        UnfilledRoom { room, limited, prev_batch, events, whole: false, replaces: false }
    }

    /// Drops what is from before the bot joined, and moves on.
    fn deliver(&mut self, unfilled: Unfilled) -> Batch {
        let first = self.cursor.is_none();
        let next = unfilled.next;
        let mut batch = Batch { next: Some(next.clone()), keys: unfilled.keys, ..Batch::default() };
        for update in unfilled.joined {
            let events = match (first, update.whole) {
                // On the very first sync everything is history, also in rooms that a backfill has met: the bot begins
                // now.
                (true, _) => Vec::new(),
                (false, true) => update.events,
                (false, false) => since_joined(update.events, self.matrix.me.as_str()),
            };
            batch.rooms.push(RoomBatch { room: RoomId::from(update.room.as_str()), events });
            self.known.insert(update.room);
        }
        for update in unfilled.left {
            // A room that the bot was never in is an invitation that it did not take. In one that it was in, a gap
            // stays a gap: whoever is not in a room cannot count on reading it.
            let events = if self.known.remove(&update.room) { update.events } else { Vec::new() };
            batch.left.push(RoomBatch { room: RoomId::from(update.room.as_str()), events });
        }
        self.cursor = Some(next);
        self.gaps.clear();
        self.astray = false;
        batch
    }
}

fn raw(event: &TimelineEvent) -> RawEvent {
    RawEvent {
        json: event.raw().json().get().to_owned(),
        decrypted: matches!(event.kind, TimelineEventKind::Decrypted(_)),
    }
}

/// The session whose key a message between devices brings.
fn key_in(json: &str) -> Option<(RoomId, String)> {
    let event: serde_json::Value = serde_json::from_str(json).ok()?;
    let content = event.get("content").filter(|_| {
        matches!(event.get("type").and_then(|kind| kind.as_str()), Some("m.room_key" | "m.forwarded_room_key"))
    })?;
    Some((RoomId::from(content.get("room_id")?.as_str()?), content.get("session_id")?.as_str()?.to_owned()))
}

fn filter() -> FilterDefinition {
    let lazy = LazyLoadOptions::Enabled { include_redundant_members: false };
    assign!(FilterDefinition::default(), {
        room: assign!(RoomFilter::default(), {
            timeline: assign!(RoomEventFilter::default(), { limit: Some(UInt::from(PAGE)) }),
            state: assign!(RoomEventFilter::default(), { lazy_load_options: lazy }),
            ephemeral: RoomEventFilter::ignore_all(),
        }),
        presence: matrix_sdk::ruma::api::client::filter::Filter::ignore_all(),
    })
}

/// Logs what a passing error was, once.
pub fn note(error: &IntakeError, failures: u32) {
    if failures == 1 {
        warn!("the homeserver cannot be read, will try again: {error}");
    }
}
