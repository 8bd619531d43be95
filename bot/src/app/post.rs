//! Sending: every lane in order, lanes beside each other, nothing twice and nothing lost.

use std::{collections::HashSet, time::Duration};

use hearth_practices::{Effect, To};
use jiff::{Timestamp, civil::Time, tz::TimeZone};
use tokio::{sync::watch, task::JoinSet};
use tracing::{error, warn};

use super::App;
use crate::{
    matrix::outbox::{PATIENCE, SendError, Sent, next_attempt},
    store::{Due, Parcel, StoreError},
};

/// How many parcels are on their way at once, each of another lane.
const AT_ONCE: usize = 4;

/// Nudges that are over the budget come at this time of the next day.
const NEXT_DAY: Time = Time::constant(10, 0, 0, 0);

/// Sends what is due until told to stop, or until the homeserver refuses the bot for good.
pub(super) async fn run(app: App, mut stop: watch::Receiver<bool>) {
    let mut flying: JoinSet<(String, Result<(), SendError>)> = JoinSet::new();
    let mut busy: HashSet<String> = HashSet::new();
    loop {
        if !*stop.borrow() {
            match app.core().store.due(app.clock.now()) {
                Ok(due) => {
                    for due in due {
                        if flying.len() >= AT_ONCE || busy.contains(&due.lane) {
                            continue;
                        }
                        busy.insert(due.lane.clone());
                        let app = app.clone();
                        flying.spawn(async move { (due.lane.clone(), send(&app, due).await) });
                    }
                }
                Err(error) => error!("{error}"),
            }
        } else if flying.is_empty() {
            return;
        }
        let sleep = until_next_due(&app);
        tokio::select! {
            Some(landed) = flying.join_next() => match landed {
                Ok((lane, outcome)) => {
                    busy.remove(&lane);
                    if matches!(outcome, Err(SendError::TokenRevoked)) {
                        return;
                    }
                }
                Err(error) => error!("sending failed: {error}"),
            },
            () = app.parcels.notified() => {}
            () = tokio::time::sleep(sleep) => {}
            _ = stop.changed() => {}
        }
    }
}

async fn send(app: &App, due: Due) -> Result<(), SendError> {
    let now = app.clock.now();
    if let Some(not_before) = over_budget(app, &due, now).map_err(|error| later(&error))? {
        app.core().store.postpone(due.id, not_before, false).map_err(|error| later(&error))?;
        return Ok(());
    }
    let outcome = app.matrix.send(&due, app, app.config.encrypt_direct_rooms).await;
    let store = &mut app.core().store;
    let stored = match &outcome {
        Ok(Sent::Done(posted)) => store.posted(&due.txn, Some(posted)),
        Ok(Sent::Nothing) => store.posted(&due.txn, None),
        Err(SendError::Never(message)) if due.attempts >= PATIENCE => {
            error!("a message is given up after {} attempts: {message}", due.attempts + 1);
            store.posted(&due.txn, None)
        }
        Err(SendError::TokenRevoked) => Ok(()),
        Err(error) => {
            let asked = match error {
                SendError::Later { after, .. } => *after,
                _ => None,
            };
            if due.attempts == 0 && asked.is_none() {
                warn!("a message could not be sent, will try again: {error}");
            }
            store.postpone(due.id, next_attempt(app.clock.now(), due.id, due.attempts, asked), true)
        }
    };
    // The parcel itself named whom it forgot.
    let stored = stored.and_then(|()| match due.parcel {
        Parcel::ForgetDirect { .. } => store.scrub(),
        _ => Ok(()),
    });
    stored.map_err(|error| later(&error))?;
    outcome.map(drop)
}

fn later(error: &StoreError) -> SendError {
    error!("{error}");
    SendError::Later { after: None, message: error.to_string() }
}

/// Whether a nudge must wait for tomorrow, and until when. A nudge that was tried before has been counted.
fn over_budget(app: &App, due: &Due, now: Timestamp) -> Result<Option<Timestamp>, StoreError> {
    let Parcel::Effect(Effect::Send(message)) = &due.parcel else { return Ok(None) };
    if !message.nudge || due.attempts > 0 {
        return Ok(None);
    }
    let core = &mut *app.core();
    let (person, room) = core.engine.nudge_budget(&due.community);
    let budget = if matches!(message.to, To::Person(_)) { person } else { room };
    let zone = core
        .engine
        .communities()
        .find(|(name, ..)| *name == due.community)
        .map_or(TimeZone::UTC, |(_, _, community)| community.zone.clone());
    let today = now.to_zoned(zone.clone()).date();
    if core.store.spend_nudge(&due.lane, &today.to_string(), budget)? {
        return Ok(None);
    }
    let tomorrow = today.saturating_add(jiff::Span::new().days(1)).to_datetime(NEXT_DAY);
    Ok(Some(tomorrow.to_zoned(zone).map_or(now, |at| at.timestamp())))
}

/// How long until something is due, a minute at most. What is due already waits for a free place, not for time.
fn until_next_due(app: &App) -> Duration {
    let minute = Duration::from_secs(60);
    let Ok(Some(at)) = app.core().store.next_due() else { return minute };
    let wait = Duration::try_from(at.duration_since(app.clock.now())).unwrap_or(Duration::from_secs(1));
    wait.clamp(Duration::from_millis(50), minute)
}
