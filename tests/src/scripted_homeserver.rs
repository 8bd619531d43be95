//! A homeserver on loopback that only plays a script: the same events in the same syncs, every time.
//!
//! For the intake bench (a real homeserver would be the slower part by far) and for deliveries that a real one makes
//! rarely: duplicates, malformed events, limited timelines. It knows what clients ask at login and start, answers
//! `M_UNRECOGNIZED` to the rest, and waits with empty syncs once the script is over.

mod script;

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use anyhow::{Result, bail};
use serde_json::{Value, json};

use crate::http_server::{Answer, Answers, Request, Server};
pub use script::{ACCESS_TOKEN, DEVICE_ID, Plan, ROOM_MEMBERS, USER_ID};

/// Where the syncs come from.
#[derive(Debug)]
enum Script {
    Plan(Plan),
    Given(Vec<Value>),
}

impl Script {
    /// How many syncs have something in them; the first is the answer to a sync without a token.
    fn len(&self) -> usize {
        match self {
            Self::Plan(plan) => plan.syncs + 1,
            Self::Given(batches) => batches.len(),
        }
    }

    /// The rooms that the reader is in.
    fn rooms(&self) -> BTreeSet<String> {
        match self {
            Self::Plan(plan) => plan.room_ids().into_iter().collect(),
            Self::Given(batches) => {
                let joined = batches.iter().filter_map(|batch| batch.pointer("/rooms/join")?.as_object());
                joined.flat_map(|rooms| rooms.keys().cloned()).collect()
            }
        }
    }

    fn batch(&self, number: usize) -> String {
        match self {
            Self::Plan(plan) => plan.batch(number, &token(number + 1)),
            Self::Given(batches) => {
                let mut batch = batches.get(number).cloned().unwrap_or_else(|| json!({}));
                if let Some(object) = batch.as_object_mut() {
                    object.insert("next_batch".into(), token(number + 1).into());
                }
                batch.to_string()
            }
        }
    }
}

fn token(batch: usize) -> String {
    format!("s{batch}")
}

/// What happened so far.
#[derive(Debug, Default)]
struct Seen {
    /// How often each endpoint was asked, by method and path without ids.
    requests: BTreeMap<String, u64>,
    /// The highest token that a client came back with.
    reached: usize,
    /// What the client sent: path and content.
    sent: Vec<(String, Value)>,
    /// What the next requests for a room's events get.
    pages: VecDeque<Option<Vec<Value>>>,
    /// Where those began that were asked for.
    pages_from: Vec<String>,
}

#[derive(Debug)]
struct State {
    script: Script,
    seen: Mutex<Seen>,
}

/// The homeserver, listening until dropped.
#[derive(Debug)]
pub struct ScriptedHomeserver {
    server: Server,
    state: Arc<State>,
}

impl ScriptedHomeserver {
    /// Plays a plan, as a bench does.
    ///
    /// # Errors
    /// When no port is free.
    pub async fn play(plan: Plan) -> Result<Self> {
        Self::start(Script::Plan(plan)).await
    }

    /// Plays answers to `/sync` as they are given (`next_batch` is filled in): the first to a sync without a token.
    ///
    /// # Errors
    /// When no port is free.
    pub async fn play_batches(batches: Vec<Value>) -> Result<Self> {
        Self::start(Script::Given(batches)).await
    }

    async fn start(script: Script) -> Result<Self> {
        let state = Arc::new(State { script, seen: Mutex::default() });
        Ok(Self { server: Server::start(Arc::clone(&state)).await?, state })
    }

    /// Its address, as a client is configured with.
    #[must_use]
    pub fn url(&self) -> String {
        self.server.url()
    }

    /// The token with which a client comes back when it has read everything.
    #[must_use]
    pub fn last_token(&self) -> String {
        token(self.state.script.len())
    }

    /// Whether a client came back with the last token.
    #[must_use]
    pub fn is_read(&self) -> bool {
        self.state.seen().reached >= self.state.script.len()
    }

    /// Waits until a client has read everything and came back for more.
    ///
    /// # Errors
    /// When that takes longer than `limit`; the error tells how far it came and what it asked for.
    pub async fn wait_until_read(&self, limit: Duration) -> Result<()> {
        let begun = Instant::now();
        while !self.is_read() {
            if begun.elapsed() > limit {
                let seen = self.state.seen();
                bail!(
                    "only {} of {} syncs read within {} s; asked: {:?}",
                    seen.reached,
                    self.state.script.len(),
                    limit.as_secs(),
                    seen.requests
                );
            }
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        Ok(())
    }

    /// Says what requests for a room's events get, in turn: these events, or a refusal. A page says where the next begins
    /// as long as there is one. Afterwards there are none.
    pub fn answer_with_pages(&self, pages: impl IntoIterator<Item = Option<Vec<Value>>>) {
        self.state.seen().pages.extend(pages);
    }

    /// Where the pages of a room's events began that were asked for, in turn.
    #[must_use]
    pub fn pages_from(&self) -> Vec<String> {
        self.state.seen().pages_from.clone()
    }

    /// How often each endpoint was asked.
    #[must_use]
    pub fn requests(&self) -> BTreeMap<String, u64> {
        self.state.seen().requests.clone()
    }

    /// What the client sent into rooms: path below `/_matrix/client/v3` and content.
    #[must_use]
    pub fn sent(&self) -> Vec<(String, Value)> {
        self.state.seen().sent.clone()
    }
}

impl Answers for State {
    async fn answer(&self, request: &Request) -> Answer {
        let path: Vec<&str> = request.path.split('/').filter(|part| !part.is_empty()).collect();
        let parts = match path.as_slice() {
            ["_matrix", "client", "versions"] => &["versions"][..],
            ["_matrix", "client", "unstable", _feature, rest @ ..] => rest,
            ["_matrix", "client", _version, rest @ ..] => rest,
            _ => &[][..],
        };
        let name = parts.iter().filter(|part| !part.contains(['!', '%', '@', '$'])).copied().collect::<Vec<_>>();
        *self.seen().requests.entry(format!("{} {}", request.method, name.join("/"))).or_default() += 1;
        match (request.method.as_str(), parts) {
            ("GET", ["sync"]) => self.sync(request).await,
            ("PUT" | "POST", ["rooms", _, "send", ..] | ["rooms", _, "redact", ..]) => {
                let content = serde_json::from_slice(&request.body).unwrap_or_default();
                let mut seen = self.seen();
                seen.sent.push((parts.join("/"), content));
                Answer::ok(json!({"event_id": script::event_id(u64::MAX - seen.sent.len() as u64)}))
            }
            ("GET", ["rooms", _, "messages"]) => {
                let mut seen = self.seen();
                seen.pages_from.push(request.query("from").unwrap_or_default().to_owned());
                let page = seen.pages.pop_front();
                let mut answer = json!({"start": "s0"});
                if !seen.pages.is_empty() {
                    answer["end"] = format!("p{}", seen.pages.len()).into();
                }
                match page {
                    Some(None) => Answer::refusal(404, "M_UNKNOWN", "not now"),
                    page => {
                        answer["chunk"] = page.flatten().unwrap_or_default().into();
                        Answer::ok(answer)
                    }
                }
            }
            ("GET", ["rooms", _, "members"]) => Answer::ok(json!({"chunk": script::member_events()})),
            ("GET", ["joined_rooms"]) => Answer::ok(json!({"joined_rooms": self.script.rooms()})),
            ("GET", ["rooms", _, "joined_members"]) => Answer::ok(script::joined_members()),
            _ => common(&request.method, parts),
        }
    }
}

impl State {
    fn seen(&self) -> std::sync::MutexGuard<'_, Seen> {
        // Nothing panics while it holds the lock, and counters stay true if something did.
        self.seen.lock().unwrap_or_else(PoisonError::into_inner)
    }

    async fn sync(&self, request: &Request) -> Answer {
        let since = request.query("since").and_then(|token| token.strip_prefix('s')?.parse().ok()).unwrap_or(0_usize);
        {
            let mut seen = self.seen();
            seen.reached = seen.reached.max(since);
        }
        if since < self.script.len() {
            return Answer { status: 200, body: self.script.batch(since) };
        }
        let wait = request.query("timeout").and_then(|millis| millis.parse().ok()).unwrap_or(0);
        tokio::time::sleep(Duration::from_millis(wait.min(30_000))).await;
        let counts = json!({"signed_curve25519": 50});
        Answer::ok(json!({"next_batch": token(since), "device_one_time_keys_count": counts}))
    }
}

/// What clients ask when they log in and start, whatever the script.
fn common(method: &str, parts: &[&str]) -> Answer {
    let body = match (method, parts) {
        ("GET", ["versions"]) => json!({
            "versions": ["v1.1", "v1.2", "v1.3", "v1.4", "v1.5", "v1.6", "v1.7", "v1.8", "v1.9", "v1.10", "v1.11"],
            "unstable_features": {},
        }),
        ("GET", ["login"]) => json!({"flows": [{"type": "m.login.password"}]}),
        ("POST", ["login"]) => {
            json!({"user_id": USER_ID, "device_id": DEVICE_ID, "access_token": ACCESS_TOKEN})
        }
        ("GET", ["account", "whoami"]) => json!({"user_id": USER_ID, "device_id": DEVICE_ID, "is_guest": false}),
        ("GET", ["capabilities"]) => json!({"capabilities": {}}),
        ("POST", ["user", _, "filter"]) => json!({"filter_id": "1"}),
        ("GET", ["user", _, "filter", _]) => json!({}),
        ("POST", ["keys", "upload"]) => json!({"one_time_key_counts": {"signed_curve25519": 50}}),
        ("POST", ["keys", "query"]) => json!({"device_keys": {}, "failures": {}}),
        ("POST", ["keys", "claim"]) => json!({"one_time_keys": {}, "failures": {}}),
        ("POST", ["keys", "device_signing", "upload"] | ["keys", "signatures", "upload"]) => json!({}),
        ("GET", ["keys", "changes"]) => json!({"changed": [], "left": []}),
        ("POST", ["room_keys", "version"]) => json!({"version": "1"}),
        ("PUT", ["room_keys", "keys", ..]) => json!({"etag": "1", "count": 0}),
        ("PUT", ["sendToDevice", ..] | ["user", _, "account_data", ..] | ["profile", ..]) => json!({}),
        ("PUT" | "POST", ["rooms", _, "typing" | "receipt" | "read_markers", ..]) => json!({}),
        ("GET", ["pushrules", ..]) => json!({"global": {}}),
        ("GET", ["devices"]) => json!({"devices": [{"device_id": DEVICE_ID}]}),
        ("POST", ["logout"]) => json!({}),
        ("GET", ["user", _, "account_data", ..] | ["room_keys", ..] | ["rooms", _, "state", ..] | ["profile", ..]) => {
            return Answer::refusal(404, "M_NOT_FOUND", "not in the script");
        }
        _ => return Answer::refusal(404, "M_UNRECOGNIZED", "this homeserver only plays a script"),
    };
    Answer::ok(body)
}

#[cfg(test)]
mod tests;
