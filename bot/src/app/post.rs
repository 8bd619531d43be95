//! Sending: errands from the desk, several beside each other, until told to stop.

use std::{collections::HashMap, time::Duration};

use jiff::Timestamp;
use tokio::{
    sync::watch,
    task::{Id, JoinSet},
};
use tracing::{Instrument as _, error};

use super::handle::App;
use crate::{
    sending::{
        Carried, Carrier,
        desk::{Desk, Errand, Outcome},
    },
    spans,
};

/// Sends what is due until told to stop, or until the homeserver refuses the bot for good.
pub(super) async fn run(app: App, mut stop: watch::Receiver<bool>) {
    let mut flying: JoinSet<Outcome> = JoinSet::new();
    let mut errands: HashMap<Id, Errand> = HashMap::new();
    let mut desk = Desk::new();
    if let Err(fault) = app.core().nobody_waits(app.clock.now()) {
        error!("{fault}");
    }
    loop {
        if *stop.borrow() {
            if flying.is_empty() {
                return;
            }
        } else {
            desk.join(app.matrix.joins_from(), app.clock.now());
            while let Some(errand) = next(&app, &mut desk) {
                let (app, carried) = (app.clone(), errand.clone());
                let span = spans::errand(&errand);
                let task = flying.spawn(async move { carry(&app, &carried).await }.instrument(span));
                errands.insert(task.id(), errand);
            }
        }
        let sleep = until_next_wake(&desk, app.clock.now());
        tokio::select! {
            Some(landed) = flying.join_next_with_id() => {
                let (id, outcome) = match landed {
                    Ok((id, outcome)) => (id, Ok(outcome)),
                    Err(broken) => (broken.id(), Err(broken.to_string())),
                };
                let Some(errand) = errands.remove(&id) else { continue };
                let now = app.clock.now();
                let settled = match outcome {
                    Ok(outcome) => app.core().settle(&mut desk, &errand, &outcome, now),
                    Err(why) => spans::errand(&errand)
                        .in_scope(|| app.core().broke(&mut desk, &errand.job(), &why, now).map(|()| true)),
                };
                match settled {
                    Ok(true) => {}
                    Ok(false) => return,
                    Err(fault) => error!("{fault}"),
                }
            }
            () = app.items.notified() => {}
            () = tokio::time::sleep(sleep) => {}
            _ = stop.changed() => {}
        }
    }
}

fn next(app: &App, desk: &mut Desk) -> Option<Errand> {
    app.core().next_errand(desk, app.clock.now()).unwrap_or_else(|fault| {
        error!("{fault}");
        None
    })
}

async fn carry(app: &App, errand: &Errand) -> Outcome {
    let carrier = Carrier {
        homeserver: &app.matrix,
        addresses: &*app.core,
        encrypt: app.config.encrypt_direct_rooms,
        now: app.clock.now(),
    };
    match errand {
        Errand::Send(due) => carrier.carry(due).await,
        Errand::MakeRoom(person) => carrier.make_room(person).await.map(|()| Carried::Nothing),
        Errand::Join => app.matrix.join_next(&app.config, app.clock.now()).await.map(|()| Carried::Nothing),
    }
}

/// How long until there is something to do, a minute at most. What waits for a free place, waits for no time.
fn until_next_wake(desk: &Desk, now: Timestamp) -> Duration {
    let minute = Duration::from_secs(60);
    let Some(at) = desk.wakes(now) else { return minute };
    let wait = Duration::try_from(at.duration_since(now)).unwrap_or(Duration::from_secs(1));
    wait.clamp(Duration::from_millis(20), minute)
}
