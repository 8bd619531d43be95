//! A person in a room: a small client of the bare protocol, one request a method.
//!
//! It shares no code with Hearth, so that a misunderstanding of the protocol cannot hide on both sides. It reads
//! plain rooms; for encrypted ones see [`crate::nio`].

use std::collections::VecDeque;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail};
use jiff::Timestamp;
use reqwest::Method;
use serde_json::{Value, json};

use crate::http::Http;

pub use crate::content::{self, Choice};
pub use crate::heard::{Heard, text};

/// A room to be made.
#[derive(Debug, Clone, Default)]
pub struct NewRoom<'a> {
    /// What it is called.
    pub name: &'a str,
    /// Whether anybody may join, else only who is invited.
    pub public: bool,
    /// Whether its messages are end-to-end encrypted.
    pub encrypted: bool,
    /// Whether it is a direct message.
    pub direct: bool,
    /// User ids to invite.
    pub invite: &'a [&'a str],
    /// Power levels beside the creator's.
    pub power: &'a [(&'a str, i64)],
    /// Its version; the homeserver's own choice where it is empty.
    pub version: &'a str,
}

/// A logged-in device of a person.
#[derive(Debug)]
pub struct Member {
    /// `@name:server`.
    pub user_id: String,
    /// The device that this is.
    pub device_id: String,
    /// What proves it to the homeserver.
    pub access_token: String,
    http: Http,
    since: Option<String>,
    inbox: VecDeque<Heard>,
    sent: AtomicU64,
    /// Through whom, and when, this person acts, where that is not now.
    past: Option<(Http, Timestamp)>,
}

impl Member {
    /// A new device of an existing account.
    ///
    /// # Errors
    /// When the password is wrong or the homeserver is down.
    pub async fn login(url: &str, localpart: &str, password: &str) -> Result<Self> {
        let http = Http::new(url)?;
        let body = json!({
            "type": "m.login.password", "identifier": {"type": "m.id.user", "user": localpart}, "password": password,
            "initial_device_display_name": "lab",
        });
        let answer = http.patient_call(Method::POST, &["login"], &[], Some(&body)).await?;
        Self::from_login(&http, &answer)
    }

    pub(crate) fn from_login(http: &Http, answer: &Value) -> Result<Self> {
        let part = |key: &str| {
            let value = answer.get(key).and_then(Value::as_str);
            value.map(ToOwned::to_owned).with_context(|| format!("the homeserver's answer has no `{key}`"))
        };
        let access_token = part("access_token")?;
        Ok(Self {
            user_id: part("user_id")?,
            device_id: part("device_id")?,
            http: http.with_token(&access_token),
            access_token,
            since: None,
            inbox: VecDeque::new(),
            sent: AtomicU64::new(0),
            past: None,
        })
    }

    /// The connection, for a request that has no method here.
    #[must_use]
    pub fn http(&self) -> &Http {
        &self.http
    }

    /// From now on this person acts at a time of one's choice, through an application service that may say so.
    pub fn act_at(&mut self, service: &Http, at: Timestamp) {
        self.past = Some((service.clone(), at));
    }

    /// From now on this person acts at the time that it is.
    pub fn act_now(&mut self) {
        self.past = None;
    }

    async fn post(&self, path: &[&str], body: &Value) -> Result<Value> {
        self.http.patient_call(Method::POST, path, &[], Some(body)).await
    }

    /// Makes a room and returns its id.
    ///
    /// # Errors
    /// When the homeserver refuses or is down, as of every method here.
    pub async fn create_room(&self, room: &NewRoom<'_>) -> Result<String> {
        let mut initial_state = Vec::new();
        if room.encrypted {
            let content = json!({"algorithm": "m.megolm.v1.aes-sha2"});
            initial_state.push(json!({"type": "m.room.encryption", "state_key": "", "content": content}));
        }
        let mut body = json!({
            "name": room.name,
            "preset": if room.public { "public_chat" } else { "private_chat" },
            "is_direct": room.direct,
            "invite": room.invite,
            "initial_state": initial_state,
        });
        if room.name.is_empty() {
            body.as_object_mut().map(|body| body.remove("name"));
        }
        if !room.version.is_empty() {
            body["room_version"] = json!(room.version);
        }
        let answer = self.post(&["createRoom"], &body).await?;
        let id = text(&answer, "/room_id").to_owned();
        for (user, level) in room.power {
            self.set_power(&id, user, *level).await?;
        }
        Ok(id)
    }

    /// Enters a room.
    ///
    /// # Errors
    /// As [`Member::create_room`].
    pub async fn join(&self, room: &str) -> Result<()> {
        self.post(&["join", room], &json!({})).await.map(drop)
    }

    /// Leaves a room, or declines an invite.
    ///
    /// # Errors
    /// As [`Member::create_room`].
    pub async fn leave(&self, room: &str) -> Result<()> {
        self.post(&["rooms", room, "leave"], &json!({})).await.map(drop)
    }

    /// Ends every session of this account, its own too.
    ///
    /// # Errors
    /// As [`Member::create_room`].
    pub async fn log_out_everywhere(&self) -> Result<()> {
        self.post(&["logout", "all"], &json!({})).await.map(drop)
    }

    /// Asks somebody in.
    ///
    /// # Errors
    /// As [`Member::create_room`].
    pub async fn invite(&self, room: &str, user: &str) -> Result<()> {
        self.post(&["rooms", room, "invite"], &json!({"user_id": user})).await.map(drop)
    }

    /// Throws somebody out.
    ///
    /// # Errors
    /// As [`Member::create_room`].
    pub async fn kick(&self, room: &str, user: &str) -> Result<()> {
        self.post(&["rooms", room, "kick"], &json!({"user_id": user})).await.map(drop)
    }

    /// Throws somebody out for good.
    ///
    /// # Errors
    /// As [`Member::create_room`].
    pub async fn ban(&self, room: &str, user: &str) -> Result<()> {
        self.post(&["rooms", room, "ban"], &json!({"user_id": user})).await.map(drop)
    }

    /// Lets somebody be asked in again.
    ///
    /// # Errors
    /// As [`Member::create_room`].
    pub async fn unban(&self, room: &str, user: &str) -> Result<()> {
        self.post(&["rooms", room, "unban"], &json!({"user_id": user})).await.map(drop)
    }

    /// Replaces a room by one of another version, and returns the new one's id.
    ///
    /// # Errors
    /// As [`Member::create_room`].
    pub async fn upgrade(&self, room: &str, version: &str) -> Result<String> {
        let answer = self.post(&["rooms", room, "upgrade"], &json!({"new_version": version})).await?;
        Ok(text(&answer, "/replacement_room").to_owned())
    }

    /// Changes the name that others see.
    ///
    /// # Errors
    /// As [`Member::create_room`].
    pub async fn set_display_name(&self, name: &str) -> Result<()> {
        let body = json!({"displayname": name});
        let path = ["profile", &self.user_id, "displayname"];
        self.http.patient_call(Method::PUT, &path, &[], Some(&body)).await.map(drop)
    }

    /// Reads one piece of a room's state.
    ///
    /// # Errors
    /// As [`Member::create_room`].
    pub async fn state(&self, room: &str, kind: &str, key: &str) -> Result<Value> {
        self.http.call(Method::GET, &["rooms", room, "state", kind, key], &[], None).await
    }

    /// Sets one piece of a room's state.
    ///
    /// # Errors
    /// As [`Member::create_room`].
    pub async fn set_state(&self, room: &str, kind: &str, key: &str, content: &Value) -> Result<String> {
        let path = ["rooms", room, "state", kind, key];
        let answer = self.http.patient_call(Method::PUT, &path, &[], Some(content)).await?;
        Ok(text(&answer, "/event_id").to_owned())
    }

    /// Gives somebody a power level (100 administers, 50 moderates, 0 takes part).
    ///
    /// # Errors
    /// As [`Member::create_room`].
    pub async fn set_power(&self, room: &str, user: &str, level: i64) -> Result<()> {
        let mut content = self.state(room, "m.room.power_levels", "").await?;
        let Some(all) = content.as_object_mut() else { bail!("the power levels of {room} are not an object") };
        let users = all.entry("users").or_insert_with(|| json!({}));
        if let Some(users) = users.as_object_mut() {
            users.insert(user.into(), level.into());
        }
        self.set_state(room, "m.room.power_levels", "", &content).await.map(drop)
    }

    /// Sends an event and returns its id; a limit of the homeserver is waited for.
    ///
    /// # Errors
    /// As [`Member::create_room`].
    pub async fn send(&self, room: &str, kind: &str, content: &Value) -> Result<String> {
        let transaction = format!("{}-{}", self.device_id, self.sent.fetch_add(1, Ordering::Relaxed));
        self.send_as(room, kind, content, &transaction).await
    }

    /// As [`Member::send`], with a transaction id of one's own: sent twice, it is one event.
    ///
    /// # Errors
    /// As [`Member::create_room`].
    pub async fn send_as(&self, room: &str, kind: &str, content: &Value, transaction: &str) -> Result<String> {
        let path = ["rooms", room, "send", kind, transaction];
        let answer = match &self.past {
            None => self.http.patient_call(Method::PUT, &path, &[], Some(content)).await?,
            Some((service, at)) => {
                let at = at.as_millisecond().to_string();
                let query = [("user_id", self.user_id.as_str()), ("ts", at.as_str())];
                service.patient_call(Method::PUT, &path, &query, Some(content)).await?
            }
        };
        Ok(text(&answer, "/event_id").to_owned())
    }

    /// Says something.
    ///
    /// # Errors
    /// As [`Member::create_room`].
    pub async fn say(&self, room: &str, body: &str) -> Result<String> {
        self.send(room, "m.room.message", &content::message(body)).await
    }

    /// Answers a message.
    ///
    /// # Errors
    /// As [`Member::create_room`].
    pub async fn reply(&self, room: &str, to: &str, body: &str) -> Result<String> {
        self.send(room, "m.room.message", &content::reply(to, body)).await
    }

    /// Says something in the thread below `root`.
    ///
    /// # Errors
    /// As [`Member::create_room`].
    pub async fn say_in_thread(&self, room: &str, root: &str, body: &str) -> Result<String> {
        self.send(room, "m.room.message", &content::in_thread(root, body)).await
    }

    /// Replaces the text of a message, one's own or (which readers must ignore) somebody else's.
    ///
    /// # Errors
    /// As [`Member::create_room`].
    pub async fn edit(&self, room: &str, target: &str, body: &str) -> Result<String> {
        self.send(room, "m.room.message", &content::edit(target, body)).await
    }

    /// Reacts with an emoji.
    ///
    /// # Errors
    /// As [`Member::create_room`].
    pub async fn react(&self, room: &str, target: &str, key: &str) -> Result<String> {
        self.send(room, "m.reaction", &content::reaction(target, key)).await
    }

    /// Takes an event back.
    ///
    /// # Errors
    /// As [`Member::create_room`].
    pub async fn redact(&self, room: &str, target: &str) -> Result<String> {
        let transaction = format!("{}-{}", self.device_id, self.sent.fetch_add(1, Ordering::Relaxed));
        let path = ["rooms", room, "redact", target, &transaction];
        let answer = self.http.patient_call(Method::PUT, &path, &[], Some(&json!({}))).await?;
        Ok(text(&answer, "/event_id").to_owned())
    }

    /// Opens a poll as clients do (the unstable form of MSC3381).
    ///
    /// # Errors
    /// As [`Member::create_room`].
    pub async fn open_poll(&self, room: &str, question: &str, answers: &[Choice<'_>], hidden: bool) -> Result<String> {
        let content = content::poll_start(question, answers, hidden, 1);
        self.send(room, content::POLL_START, &content).await
    }

    /// Votes with the ids of answers.
    ///
    /// # Errors
    /// As [`Member::create_room`].
    pub async fn vote(&self, room: &str, poll: &str, answers: &[&str]) -> Result<String> {
        self.send(room, content::POLL_RESPONSE, &content::poll_response(poll, answers)).await
    }

    /// Closes a poll.
    ///
    /// # Errors
    /// As [`Member::create_room`].
    pub async fn end_poll(&self, room: &str, poll: &str) -> Result<String> {
        self.send(room, content::POLL_END, &content::poll_end(poll)).await
    }

    /// One `/sync` from where the last one ended, waiting up to `timeout` for news; what came lies in the inbox
    /// ([`Member::wait_for`]) and is returned too.
    ///
    /// # Errors
    /// As [`Member::create_room`].
    pub async fn sync(&mut self, timeout: Duration) -> Result<Vec<Heard>> {
        let millis = timeout.as_millis().to_string();
        let filter = r#"{"room":{"timeline":{"limit":1000},"state":{"lazy_load_members":true}}}"#;
        let mut query = vec![("timeout", millis.as_str()), ("filter", filter)];
        if let Some(since) = &self.since {
            query.push(("since", since));
        }
        let answer = self.http.call(Method::GET, &["sync"], &query, None).await?;
        let mut heard = Vec::new();
        let rooms = |kind: &str| answer.pointer(&format!("/rooms/{kind}")).and_then(Value::as_object);
        for (room, data) in rooms("invite").into_iter().flatten() {
            let events = data.pointer("/invite_state/events").and_then(Value::as_array);
            let mine = |event: &&Value| text(event, "/state_key") == self.user_id;
            if let Some(event) = events.into_iter().flatten().find(mine) {
                heard.push(Heard { room: room.clone(), event: event.clone(), invite: true });
            }
        }
        for (room, data) in rooms("join").into_iter().flatten() {
            let events = data.pointer("/timeline/events").and_then(Value::as_array);
            for event in events.into_iter().flatten() {
                heard.push(Heard { room: room.clone(), event: event.clone(), invite: false });
            }
        }
        self.since = Some(text(&answer, "/next_batch").to_owned());
        self.inbox.extend(heard.iter().cloned());
        Ok(heard)
    }

    /// Forgets what was heard and not waited for, so that the next wait is about what comes now.
    ///
    /// # Errors
    /// As [`Member::create_room`].
    pub async fn forget_heard(&mut self) -> Result<()> {
        self.sync(Duration::ZERO).await?;
        self.forget_inbox();
        Ok(())
    }

    pub(crate) fn forget_inbox(&mut self) {
        self.inbox.clear();
    }

    /// The first event heard, since the last [`Member::forget_heard`], that satisfies `wanted`; it is taken from the
    /// inbox, the others stay for later waits.
    ///
    /// # Errors
    /// When it does not come within `limit`; the error lists what came instead.
    pub async fn wait_for(&mut self, limit: Duration, wanted: impl Fn(&Heard) -> bool) -> Result<Heard> {
        let begun = Instant::now();
        loop {
            if let Some(at) = self.inbox.iter().position(&wanted) {
                return self.inbox.remove(at).context("the inbox changed");
            }
            let left = limit.saturating_sub(begun.elapsed());
            if left.is_zero() {
                bail!("{} waited {} s in vain; heard {}", self.user_id, limit.as_secs(), self.summary());
            }
            self.sync(left.min(Duration::from_secs(10))).await?;
        }
    }

    fn summary(&self) -> String {
        let line = |heard: &Heard| format!("{} {}: {}", heard.sender(), heard.kind(), heard.body());
        let last: Vec<String> = self.inbox.iter().rev().take(10).map(line).collect();
        if last.is_empty() { "nothing".into() } else { format!("(latest first) {}", last.join("; ")) }
    }

    /// Waits for an invite from somebody, accepts it, and returns the room.
    ///
    /// # Errors
    /// When none comes within `limit`.
    pub async fn accept_invite(&mut self, from: &str, limit: Duration) -> Result<String> {
        let invite = self.wait_for(limit, |heard| heard.invite && heard.sender() == from).await?;
        self.join(&invite.room).await?;
        Ok(invite.room)
    }

    /// The last events of a room, newest first.
    ///
    /// # Errors
    /// As [`Member::create_room`].
    pub async fn last_events(&self, room: &str, count: usize) -> Result<Vec<Value>> {
        let count = count.to_string();
        let query = [("dir", "b"), ("limit", count.as_str())];
        let mut answer = self.http.call(Method::GET, &["rooms", room, "messages"], &query, None).await?;
        Ok(take_chunk(&mut answer))
    }

    /// Every event of a room, oldest first.
    ///
    /// # Errors
    /// As [`Member::create_room`].
    pub async fn read_all(&self, room: &str) -> Result<Vec<Value>> {
        let mut events = Vec::new();
        let mut from: Option<String> = None;
        loop {
            let mut query = vec![("dir", "f"), ("limit", "1000")];
            if let Some(from) = &from {
                query.push(("from", from));
            }
            let mut answer = self.http.call(Method::GET, &["rooms", room, "messages"], &query, None).await?;
            events.extend(take_chunk(&mut answer));
            let next = answer.get("end").and_then(Value::as_str).map(ToOwned::to_owned);
            if next.is_none() || next == from {
                return Ok(events);
            }
            from = next;
        }
    }

    /// User ids of those who are in a room now.
    ///
    /// # Errors
    /// As [`Member::create_room`].
    pub async fn joined_members(&self, room: &str) -> Result<Vec<String>> {
        let answer = self.http.call(Method::GET, &["rooms", room, "joined_members"], &[], None).await?;
        let joined = answer.get("joined").and_then(Value::as_object);
        Ok(joined.into_iter().flat_map(|all| all.keys().cloned()).collect())
    }
}

fn take_chunk(answer: &mut Value) -> Vec<Value> {
    match answer.get_mut("chunk").map(Value::take) {
        Some(Value::Array(events)) => events,
        _ => Vec::new(),
    }
}
