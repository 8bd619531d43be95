//! The past of the rooms that the bot is in, read through the homeserver into the activity log. Nobody is told and
//! nothing is answered. It can be interrupted at any moment and goes on where it was.

use hearth_practices::RoomId;
use jiff::Timestamp;

use crate::{
    app::{App, RunError},
    engine::Step,
    incoming::{self, What},
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
    let rooms: Vec<RoomId> = match only {
        Some(only) => vec![
            rooms
                .into_iter()
                .find(|room| room.as_str() == only)
                .ok_or_else(|| BackfillError::NoSuchRoom(only.to_owned()))?,
        ],
        None => rooms,
    };
    let mut so_far = Progress { of_rooms: rooms.len(), ..Progress::default() };
    for room in rooms {
        so_far.rooms += 1;
        let from = app.core().store.backfilled(&room).map_err(RunError::from)?;
        let mut from = match from {
            Some(None) => continue,
            Some(token) => token,
            None => None,
        };
        loop {
            let (events, end) = app.matrix.page_back(&room, from.as_deref()).await?;
            so_far.events += events.len();
            let (oldest, unread) = take_page(app, &room, &events, since)?;
            so_far.unread += unread;
            let far_enough = since.zip(oldest).is_some_and(|(since, oldest)| oldest < since);
            let next = end.filter(|end| Some(end) != from.as_ref());
            // A room read back to `since` only can be read further another time.
            if next.is_none() || !far_enough {
                app.core().store.set_backfilled(&room, next.as_deref()).map_err(RunError::from)?;
            }
            progress(so_far);
            if next.is_none() || far_enough {
                break;
            }
            from = next;
        }
    }
    Ok(so_far)
}

/// Writes one page. Gives the time of its oldest event, and how many could not be read.
fn take_page(
    app: &App,
    room: &RoomId,
    events: &[RawEvent],
    since: Option<Timestamp>,
) -> Result<(Option<Timestamp>, usize), RunError> {
    let mut step = Step::default();
    let (mut oldest, mut unread) = (None::<Timestamp>, 0);
    for event in events {
        let Ok(incoming) = incoming::read(&event.json, event.decrypted) else { continue };
        oldest = Some(oldest.map_or(incoming.at, |oldest| oldest.min(incoming.at)));
        if since.is_some_and(|since| incoming.at < since) {
            continue;
        }
        unread += usize::from(matches!(incoming.what, What::Encrypted(_)));
        app.core().engine.take_past(room, &incoming, &mut step);
    }
    app.finish(step)?;
    Ok((oldest, unread))
}
