//! A homeserver that repeats itself: a proxy on loopback before a real one, which delivers each event of a timeline,
//! and each message to a device, in three syncs instead of one.

use std::collections::{BTreeMap, VecDeque};
use std::sync::{Arc, Mutex, PoisonError};

use anyhow::Result;
use serde_json::{Map, Value, json};

use crate::http_server::{Answer, Answers, Request, Server, Upstream};

/// How often everything is delivered.
pub const TIMES: usize = 3;

/// What one sync brought: messages to the device, and each joined room's timeline.
#[derive(Clone, Debug, Default)]
struct Delivery {
    to_device: Vec<Value>,
    timelines: BTreeMap<String, Vec<Value>>,
}

#[derive(Debug)]
struct State {
    homeserver: Upstream,
    /// What the last syncs brought that is to come again, oldest first.
    again: Mutex<VecDeque<Delivery>>,
    /// How often each event was delivered.
    delivered: Mutex<BTreeMap<String, usize>>,
}

/// The proxy, listening until dropped.
#[derive(Debug)]
pub struct DuplicatingProxy {
    server: Server,
    state: Arc<State>,
}

impl DuplicatingProxy {
    /// Stands before the homeserver at this address.
    ///
    /// # Errors
    /// When no port is free.
    pub async fn before(homeserver: &str) -> Result<Self> {
        let (again, delivered) = Default::default();
        let state = Arc::new(State { homeserver: Upstream::at(homeserver)?, again, delivered });
        Ok(Self { server: Server::start(Arc::clone(&state)).await?, state })
    }

    /// Its address, as a client is configured with.
    #[must_use]
    pub fn url(&self) -> String {
        self.server.url()
    }

    /// How often an event was delivered so far.
    #[must_use]
    pub fn delivered(&self, event: &str) -> usize {
        lock(&self.state.delivered).get(event).copied().unwrap_or_default()
    }
}

impl Answers for State {
    async fn answer(&self, request: &Request) -> Answer {
        let is_sync = request.path.ends_with("/sync");
        let mut query = request.query.clone();
        if let Some(timeout) = request.query("timeout").filter(|_| is_sync && self.has_more()) {
            // What is to come again does not wait for what is new.
            query = query.replace(&format!("timeout={timeout}"), "timeout=0");
        }
        match self.homeserver.pass_on(request, &query).await {
            answer if is_sync && answer.status == 200 => self.repeat(&answer.body),
            answer => answer,
        }
    }
}

impl State {
    fn has_more(&self) -> bool {
        lock(&self.again).iter().any(|last| !last.to_device.is_empty() || !last.timelines.is_empty())
    }

    /// The answer to a sync, with what the two before it brought before what is new.
    fn repeat(&self, body: &str) -> Answer {
        let mut sync: Value = serde_json::from_str(body).unwrap_or_default();
        let mut again = lock(&self.again);
        again.push_back(Delivery::of(&sync));
        let mut whole = Delivery::default();
        for last in again.iter() {
            whole.to_device.extend(last.to_device.iter().cloned());
            for (room, events) in &last.timelines {
                whole.timelines.entry(room.clone()).or_default().extend(events.iter().cloned());
            }
        }
        if again.len() == TIMES {
            again.pop_front();
        }
        let mut delivered = lock(&self.delivered);
        for id in whole.timelines.values().flatten().filter_map(|event| event["event_id"].as_str()) {
            *delivered.entry(id.to_owned()).or_default() += 1;
        }
        whole.into_sync(&mut sync);
        Answer::ok(sync)
    }
}

impl Delivery {
    fn of(sync: &Value) -> Self {
        let events = |value: &Value| value["events"].as_array().cloned().unwrap_or_default();
        let rooms = sync["rooms"]["join"].as_object().into_iter().flatten();
        let timelines = rooms.map(|(room, news)| (room.clone(), events(&news["timeline"])));
        let timelines = timelines.filter(|(_, events)| !events.is_empty()).collect();
        Self { to_device: events(&sync["to_device"]), timelines }
    }

    fn into_sync(self, sync: &mut Value) {
        sync["to_device"]["events"] = self.to_device.into();
        for (room, events) in self.timelines {
            let joined = &mut sync["rooms"]["join"];
            if !joined.is_object() {
                *joined = Value::Object(Map::new());
            }
            let timeline = &mut joined[room]["timeline"];
            if !timeline.is_object() {
                *timeline = json!({"limited": false});
            }
            timeline["events"] = events.into();
        }
    }
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    // Nothing panics while it holds a lock.
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
