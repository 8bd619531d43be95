//! The past of the rooms that the bot is in, read through the homeserver into the activity log. Nobody is told and
//! nothing is answered. It can be interrupted at any moment and goes on where it was.

use std::collections::HashSet;

use hearth_practices::RoomId;
use jiff::Timestamp;

use crate::{
    app::{App, RunError},
    engine::CommunityNumber,
    engine::UnitOfWork,
    incoming::{self, What},
    log::LogOp,
    matrix::intake::{IntakeError, RawEvent},
};

/// What a backfill has done so far.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// Rooms begun.
    pub rooms: usize,
    /// Rooms there are to do.
    pub of_rooms: usize,
    /// Events read.
    pub events: usize,
    /// Encrypted events among them whose words could not be read (they count, where they must be messages).
    pub unread: usize,
}

/// Why a backfill stopped.
#[derive(Debug, thiserror::Error)]
pub enum BackfillError {
    /// The bot's memory or the log failed.
    #[error(transparent)]
    Run(#[from] RunError),
    /// The homeserver failed; what was read is kept, and the next run goes on from there.
    #[error("the homeserver stopped answering: {0}. What was read is kept; run the command again to go on")]
    Read(#[from] IntakeError),
    /// There is no such room.
    #[error("the bot is not in {0}; name one of its rooms by id, or leave --room out for all")]
    NoSuchRoom(String),
}

/// Reads the past of every room of the bot's communities, or of one, back to `since`.
///
/// # Errors
/// [`BackfillError`], in words for the operator.
pub async fn run(
    app: &App,
    only: Option<&str>,
    since: Option<Timestamp>,
    mut progress: impl FnMut(Progress),
) -> Result<Progress, BackfillError> {
    let rooms = app.meet_all().await?;
    let of_community = |room: RoomId| app.core().engine.community_in(&room).map(|number| (number, room));
    let rooms: Vec<(CommunityNumber, RoomId)> = rooms.into_iter().filter_map(of_community).collect();
    let rooms: Vec<_> = match only {
        Some(only) => vec![
            rooms
                .into_iter()
                .find(|(_, room)| room.as_str() == only)
                .ok_or_else(|| BackfillError::NoSuchRoom(only.to_owned()))?,
        ],
        None => rooms,
    };
    let mut so_far = Progress { of_rooms: rooms.len(), ..Progress::default() };
    app.matrix.wait_for_backup().await;
    for (number, room) in rooms {
        so_far.rooms += 1;
        let from = app.core().log.backfilled(number, &room).map_err(RunError::from)?;
        let mut from = match from {
            Some(None) => continue,
            Some(token) => token,
            None => None,
        };
        let mut asked = HashSet::new();
        loop {
            let (events, end) = app.matrix.page_back(&room, from.as_deref()).await?;
            let events = app.matrix.read_with_backup(&room, events, &mut asked).await?;
            so_far.events += events.len();
            let next = end.filter(|end| Some(end) != from.as_ref());
            let mut page = take_page(app, &room, &events, since);
            so_far.unread += page.unread;
            let far_enough = since.zip(page.oldest).is_some_and(|(since, oldest)| oldest < since);
            // A room read back to `since` only can be read further another time.
            if next.is_none() || !far_enough {
                page.unit.log.push((number, LogOp::Backfilled(room.clone(), next.clone())));
            }
            if next.is_none() || far_enough {
                let seen = since.filter(|_| next.is_some());
                page.unit.log.push((number, LogOp::SeenSince(room.clone(), seen)));
            }
            app.finish(page.unit)?;
            progress(so_far);
            if next.is_none() || far_enough {
                break;
            }
            from = next;
        }
    }
    Ok(so_far)
}

/// What a page of the past comes to.
struct Page {
    /// What is to be written.
    unit: UnitOfWork,
    /// When the oldest of its events was sent.
    oldest: Option<Timestamp>,
    /// How many could not be read.
    unread: usize,
}

fn take_page(app: &App, room: &RoomId, events: &[RawEvent], since: Option<Timestamp>) -> Page {
    let mut page = Page { unit: UnitOfWork::default(), oldest: None, unread: 0 };
    for event in events {
        let Ok(incoming) = incoming::read(&event.json, event.decrypted) else { continue };
        let incoming = incoming.received(app.clock.now());
        page.oldest = Some(page.oldest.map_or(incoming.at, |oldest| oldest.min(incoming.at)));
        if since.is_some_and(|since| incoming.at < since) {
            continue;
        }
        page.unread += usize::from(matches!(incoming.what, What::Encrypted(_)));
        app.core().engine.take_past(room, &incoming, &mut page.unit);
    }
    page
}
