//! Intake: from the homeserver to batches of events, none lost, in order, with a cursor of the bot's own.
//!
//! The SDK saves its sync token before anybody has looked at the events, so its token is not the cursor. The cursor
//! is the token of the last batch that the bot has *committed*; where the SDK is ahead of it (after a crash, or
//! after an error in the middle of a batch) the difference is read again with a raw `/sync`. The same walk through
//! `/messages` closes the gap of a limited timeline, however it came about.

use std::{
    collections::{HashMap, HashSet},
    time::Duration,
};

use hearth_practices::RoomId;
use jiff::Timestamp;
use matrix_sdk::{
    Room,
    config::SyncSettings,
    deserialized_responses::{TimelineEvent, TimelineEventKind},
    ruma::{
        OwnedRoomId, UInt,
        api::client::{
            filter::{FilterDefinition, LazyLoadOptions, RoomEventFilter, RoomFilter},
            message::get_message_events::v3 as messages,
            sync::sync_events::v3 as sync,
        },
        assign,
        events::{AnySyncTimelineEvent, room::encrypted::OriginalSyncRoomEncryptedEvent},
        serde::Raw,
    },
    sync::Timeline,
};
use tracing::{debug, info, warn};

use super::{Matrix, client::is_token_error};
use crate::incoming::{claims_relation, with_outer_relation};

/// How long a `/sync` may wait for something to happen.
const LONG_POLL: Duration = Duration::from_secs(30);

/// How many events a `/sync` may bring per room, and a page of `/messages`.
const PAGE: u32 = 100;

/// Events of one sync, of one room each, oldest first.
#[derive(Debug, Default)]
pub struct Batch {
    /// The cursor to commit with them.
    pub next: String,
    /// Rooms with what happened in them.
    pub rooms: Vec<RoomBatch>,
    /// Rooms that the bot is no longer in, with what happened before it had to go.
    pub left: Vec<RoomBatch>,
    /// Whether keys may have arrived for what could not be decrypted.
    pub keys_arrived: bool,
}

/// What happened in one room.
#[derive(Debug)]
pub struct RoomBatch {
    /// The room.
    pub room: RoomId,
    /// Its events, oldest first, none from before the bot joined.
    pub events: Vec<RawEvent>,
}

/// One event as JSON.
#[derive(Clone, Debug)]
pub struct RawEvent {
    /// The event, decrypted where it could be.
    pub json: String,
    /// Whether it came out of an encrypted payload.
    pub decrypted: bool,
}

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
    /// Whether the SDK may have seen what the cursor has not.
    astray: bool,
    /// Grows with every raw read, and begins higher in every run: no two reads are the same request.
    reads: u32,
}

impl Intake {
    /// From where the bot stood. `known` are the rooms that it had seen itself join; `now` tells this run from others.
    pub fn new(
        matrix: &Matrix,
        cursor: Option<String>,
        known: impl IntoIterator<Item = RoomId>,
        now: Timestamp,
    ) -> Self {
        let known = known.into_iter().filter_map(|room| OwnedRoomId::try_from(room.as_str()).ok()).collect();
        // Two runs within two minutes do not begin at one millisecond of the same hour.
        let reads = u32::try_from(now.as_millisecond().rem_euclid(3_600_000)).unwrap_or_default();
        Self { matrix: matrix.clone(), cursor, known, astray: true, reads }
    }

    /// The next batch. It returns when something happened, or after half a minute of silence.
    ///
    /// # Errors
    /// [`IntakeError`]; after a passing one, call again: what was missed is read again.
    pub async fn next(&mut self) -> Result<Batch, IntakeError> {
        let first = self.cursor.is_none();
        // Before the first long poll, and after every error, a short sync brings the SDK up to date (room state,
        // keys), and then what lies between the cursor and now is read again.
        if self.astray {
            let brief = self.sync_once(Duration::ZERO).await?;
            let batch = match self.cursor.clone() {
                Some(cursor) => self.read_again(&cursor).await?,
                None => brief,
            };
            return self.deliver(batch, first).await;
        }
        // Whatever fails from here on, the SDK is ahead of the cursor.
        self.astray = true;
        let mut batch = self.sync_once(LONG_POLL).await?;
        if let Some(cursor) = self.cursor.clone().filter(|_| batch.hides_relations) {
            batch = self.read_again(&cursor).await?;
        }
        self.deliver(batch, first).await
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
        };
        Ok(Unfilled {
            next: response.next_batch,
            joined: response.rooms.joined.into_iter().map(|(room, update)| unfilled(room, update.timeline)).collect(),
            left: response.rooms.left.into_iter().map(|(room, update)| unfilled(room, update.timeline)).collect(),
            keys_arrived: !response.to_device.is_empty(),
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
        Ok(Unfilled { next: response.next_batch, joined, left, keys_arrived: true, hides_relations: false })
    }

    async fn unfilled(&self, room: OwnedRoomId, timeline: sync::Timeline) -> UnfilledRoom {
        let found = self.matrix.client.get_room(&room);
        let mut events = Vec::with_capacity(timeline.events.len());
        for event in &timeline.events {
            events.push(self.matrix.readable(found.as_ref(), event).await);
        }
        UnfilledRoom { room, limited: timeline.limited, prev_batch: timeline.prev_batch, events }
    }

    /// Fills gaps, drops what is from before the bot joined, and moves on.
    async fn deliver(&mut self, unfilled: Unfilled, first: bool) -> Result<Batch, IntakeError> {
        let mut batch = Batch { next: unfilled.next, keys_arrived: unfilled.keys_arrived, ..Batch::default() };
        let mut met = Vec::new();
        for mut update in unfilled.joined {
            let known = self.known.contains(&update.room);
            // On the very first sync everything is history, also in rooms that a backfill has met: the bot begins now.
            let mut events = if first { Vec::new() } else { self.fill(&mut update, known).await? };
            if !known && !first {
                events = since_joined(events, self.matrix.me.as_str());
            }
            met.push(update.room.clone());
            batch.rooms.push(RoomBatch { room: RoomId::from(update.room.as_str()), events });
        }
        // All or nothing: where a gap could not be filled, the same events are delivered anew.
        self.known.extend(met);
        for update in unfilled.left {
            // A room that the bot was never in is an invitation that it did not take. In one that it was in, a gap
            // stays a gap: whoever is not in a room cannot count on reading it.
            let events = if self.known.remove(&update.room) { update.events } else { Vec::new() };
            batch.left.push(RoomBatch { room: RoomId::from(update.room.as_str()), events });
        }
        self.cursor = Some(batch.next.clone());
        self.astray = false;
        Ok(batch)
    }

    /// The room's events, with what a limited timeline left out in front.
    async fn fill(&self, update: &mut UnfilledRoom, known: bool) -> Result<Vec<RawEvent>, IntakeError> {
        let events = std::mem::take(&mut update.events);
        let own_join_seen = |events: &[RawEvent]| events.iter().any(|event| is_join_of(event, self.matrix.me.as_str()));
        if !update.limited || (!known && own_join_seen(&events)) {
            return Ok(events);
        }
        let Some(room) = self.matrix.client.get_room(&update.room) else { return Ok(events) };
        let mut from = update.prev_batch.clone();
        // Pages come newest first; they are put in order at the end.
        let mut pages: Vec<Vec<RawEvent>> = Vec::new();
        while let Some(token) = from.take() {
            let to = self.cursor.clone().filter(|_| known);
            let (older, end) = self.matrix.page(&room, Some(token.clone()), to, PAGE).await?;
            let done = older.is_empty() || (!known && own_join_seen(&older));
            pages.push(older);
            from = end.filter(|end| !done && *end != token);
        }
        let filled: usize = pages.iter().map(Vec::len).sum();
        if filled > 0 {
            info!(events = filled, "filled a gap in a room's timeline");
        }
        Ok(pages.into_iter().rev().flatten().chain(events).collect())
    }
}

impl Matrix {
    /// A page of a room's past, oldest first, and where the one before it begins.
    async fn page(
        &self,
        room: &Room,
        from: Option<String>,
        to: Option<String>,
        limit: u32,
    ) -> Result<(Vec<RawEvent>, Option<String>), IntakeError> {
        let request = assign!(messages::Request::backward(room.room_id().to_owned()), {
            from, to, limit: UInt::from(limit),
        });
        let page = self.client.send(request).await?;
        let mut events = Vec::with_capacity(page.chunk.len());
        for event in page.chunk.iter().rev() {
            events.push(self.readable(Some(room), event.cast_ref()).await);
        }
        Ok((events, page.end))
    }

    /// An event as the homeserver sent it, decrypted where it can be.
    async fn readable(&self, room: Option<&Room>, event: &Raw<AnySyncTimelineEvent>) -> RawEvent {
        let encrypted = event.get_field::<String>("type").ok().flatten().as_deref() == Some("m.room.encrypted");
        let decrypted = match room.filter(|_| encrypted) {
            Some(room) => self.decrypt(room, event).await,
            None => None,
        };
        decrypted.unwrap_or_else(|| RawEvent { json: event.json().get().to_owned(), decrypted: false })
    }

    /// Decrypts an encrypted event, or `None` where its key is not here. What it relates to stands outside.
    pub(crate) async fn decrypt(&self, room: &Room, event: &Raw<AnySyncTimelineEvent>) -> Option<RawEvent> {
        let encrypted: &Raw<OriginalSyncRoomEncryptedEvent> = event.cast_ref_unchecked();
        match room.decrypt_event(encrypted, None).await {
            Ok(read) if matches!(read.kind, TimelineEventKind::Decrypted(_)) => {
                let read = raw(&read);
                let json = with_outer_relation(&read.json, event.json().get()).unwrap_or(read.json);
                Some(RawEvent { json, decrypted: true })
            }
            Ok(_) => None,
            Err(error) => {
                debug!("an event could not be decrypted: {error}");
                None
            }
        }
    }

    /// Tries again to decrypt events that were kept: those whose key has arrived, as JSON.
    pub async fn decrypt_kept(
        &self,
        kept: Vec<(RoomId, hearth_practices::EventId, String)>,
    ) -> HashMap<RoomId, Vec<RawEvent>> {
        let mut read: HashMap<RoomId, Vec<RawEvent>> = HashMap::new();
        for (room, _, json) in kept {
            let Some(found) = self.room(&room) else { continue };
            let Ok(event) = Raw::<AnySyncTimelineEvent>::from_json_string(json) else { continue };
            if let Some(event) = self.decrypt(&found, &event).await {
                read.entry(room).or_default().push(event);
            }
        }
        read
    }

    /// A room's whole past, newest page first, each page oldest first, until `keep_on` says no.
    ///
    /// # Errors
    /// [`IntakeError`].
    pub async fn page_back(
        &self,
        room: &RoomId,
        from: Option<&str>,
    ) -> Result<(Vec<RawEvent>, Option<String>), IntakeError> {
        let Some(room) = self.room(room) else { return Ok((Vec::new(), None)) };
        let (events, end) = self.page(&room, from.map(str::to_owned), None, 1000).await?;
        let end = if events.is_empty() { None } else { end };
        Ok((events, end))
    }
}

struct Unfilled {
    next: String,
    joined: Vec<UnfilledRoom>,
    left: Vec<UnfilledRoom>,
    keys_arrived: bool,
    /// Whether encrypted events lack the relation that counts.
    hides_relations: bool,
}

struct UnfilledRoom {
    room: OwnedRoomId,
    limited: bool,
    prev_batch: Option<String>,
    events: Vec<RawEvent>,
}

fn raw(event: &TimelineEvent) -> RawEvent {
    RawEvent {
        json: event.raw().json().get().to_owned(),
        decrypted: matches!(event.kind, TimelineEventKind::Decrypted(_)),
    }
}

/// What happened after the bot joined. Where its join is not among the events, all of them did.
fn since_joined(mut events: Vec<RawEvent>, me: &str) -> Vec<RawEvent> {
    match events.iter().rposition(|event| is_join_of(event, me)) {
        Some(join) => events.split_off(join + 1),
        None => events,
    }
}

fn is_join_of(event: &RawEvent, me: &str) -> bool {
    use crate::incoming::{What, read};
    // Most events are ruled out without being read.
    event.json.contains("m.room.member")
        && matches!(read(&event.json, event.decrypted), Ok(incoming)
            if matches!(&incoming.what, What::Member { who, joined: true, was_joined: false } if who.as_str() == me))
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
