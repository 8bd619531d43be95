//! A homeserver that denies what it did: a proxy on loopback before a real one, which lets every third room be made
//! and says that there were too many requests.

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

use anyhow::Result;
use serde_json::json;

use crate::http_server::{Answer, Answers, Request, Server, Upstream};

/// Of so many rooms that are made, one is denied.
const OF: usize = 3;

#[derive(Debug)]
struct State {
    homeserver: Upstream,
    made: AtomicUsize,
}

/// The proxy, listening until dropped.
#[derive(Debug)]
pub struct Denial {
    server: Server,
    state: Arc<State>,
}

impl Denial {
    /// Stands before the homeserver at this address.
    ///
    /// # Errors
    /// When no port is free.
    pub async fn before(homeserver: &str) -> Result<Self> {
        let state = Arc::new(State { homeserver: Upstream::at(homeserver)?, made: AtomicUsize::new(0) });
        Ok(Self { server: Server::start(Arc::clone(&state)).await?, state })
    }

    /// Its address, as a client is configured with.
    #[must_use]
    pub fn url(&self) -> String {
        self.server.url()
    }

    /// How many rooms were made of which it said that they were not.
    #[must_use]
    pub fn denied(&self) -> usize {
        self.state.made.load(Ordering::Relaxed) / OF
    }
}

impl Answers for State {
    async fn answer(&self, request: &Request) -> Answer {
        let answer = self.homeserver.pass_on(request, &request.query).await;
        if !request.path.ends_with("/createRoom") || answer.status != 200 {
            return answer;
        }
        match (self.made.fetch_add(1, Ordering::Relaxed) + 1) % OF {
            0 => {
                let words =
                    json!({"errcode": "M_LIMIT_EXCEEDED", "error": "Too Many Requests", "retry_after_ms": 2000});
                Answer { status: 429, body: words.to_string() }
            }
            _ => answer,
        }
    }
}
