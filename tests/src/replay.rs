//! Sends an invented past to a homeserver, through the application service, with the timestamps of that past.

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result};
use reqwest::Method;
use serde_json::{Value, json};
use tokio::task::JoinSet;

use crate::content::{self, Choice};
use crate::history::{History, PastAct, PastEvent, Person, ROOMS};
use crate::http::Http;
use crate::member::text;
use crate::synapse::Synapse;

/// The community after the replay.
#[derive(Debug, Clone)]
pub struct Replayed {
    /// The id of each of [`ROOMS`].
    pub rooms: Vec<String>,
    /// The id of a private room for those who lead, without history.
    pub leads_room: String,
    /// The user id of each of the history's people.
    pub people: Vec<String>,
    /// The event id of each of the history's events.
    pub events: Vec<String>,
    /// How long the events took, without accounts and rooms.
    pub took: Duration,
}

impl Replayed {
    /// Events sent a second.
    #[must_use]
    pub fn rate(&self) -> f64 {
        let events = u32::try_from(self.events.len()).unwrap_or(u32::MAX);
        f64::from(events) / self.took.as_secs_f64().max(0.001)
    }
}

/// The password of everybody in the replayed community: it lives on loopback and ends with the demo.
pub const PASSWORD: &str = "hearth";

/// The localpart of the account that opens the public rooms and leaves them after the replay; until then it is the one who
/// can invite (its password is [`PASSWORD`]).
pub const STAGEHAND: &str = "stagehand";

/// Accounts and rooms of a community, before anything happened in them.
#[derive(Debug, Clone)]
pub struct Stage {
    service: Http,
    rooms: Vec<String>,
    leads_room: String,
    people: Vec<String>,
    leads: Vec<usize>,
}

impl Stage {
    /// Registers everybody (with [`PASSWORD`]) and opens the rooms; nobody is in them yet but the account that opened
    /// them, and the leads in theirs.
    ///
    /// # Errors
    /// When the homeserver refuses, for example because it is not fresh.
    pub async fn set(synapse: &Synapse, history: &History) -> Result<Self> {
        let service = synapse.history_service();
        let mut people = Vec::new();
        for Person { localpart, name, .. } in &history.people {
            let member = synapse.register(localpart, PASSWORD).await?;
            member.set_display_name(name).await?;
            people.push(member.user_id);
        }
        let leads: Vec<usize> = (0..people.len()).filter(|who| history.people[*who].lead).collect();
        let stagehand = synapse.register(STAGEHAND, PASSWORD).await?.user_id;
        let mut rooms = Vec::new();
        for room in ROOMS {
            // Not the creator: since room version 12 a creator's power has no number.
            let power: HashMap<&str, i64> = leads.iter().map(|who| (people[*who].as_str(), 100)).collect();
            let body = json!({
                "name": room.name, "preset": "public_chat", "visibility": "public", "room_alias_name": room.key,
                "power_level_content_override": {"users": power},
            });
            rooms.push(make_room(&service, &stagehand, &body).await?);
        }
        let host = people.first().context("a community needs people")?;
        let guests: Vec<&String> = leads.iter().skip(1).map(|who| &people[*who]).collect();
        let body = json!({
            "name": "Leads", "preset": "trusted_private_chat", "room_alias_name": "leads", "invite": guests,
        });
        let leads_room = make_room(&service, host, &body).await?;
        for guest in guests {
            let path = ["join", &leads_room];
            service.call(Method::POST, &path, &[("user_id", guest)], Some(&json!({}))).await?;
        }
        Ok(Self { service, rooms, leads_room, people, leads })
    }

    /// The ids of the public rooms, in the order of [`ROOMS`].
    #[must_use]
    pub fn rooms(&self) -> &[String] {
        &self.rooms
    }

    /// The id of the leads' room.
    #[must_use]
    pub fn leads_room(&self) -> &str {
        &self.leads_room
    }

    /// Sends everything, each room in the order of time, the rooms side by side; tells `progress` now and then how
    /// many of how many events are sent.
    ///
    /// # Errors
    /// When the homeserver refuses an event.
    pub async fn play(self, history: &History, mut progress: impl FnMut(u64, u64)) -> Result<Replayed> {
        let begun = Instant::now();
        let total = history.events.len() as u64;
        let sent = Arc::new(AtomicU64::new(0));
        let history = Arc::new(history.clone());
        let mut work = JoinSet::new();
        for (place, room) in self.rooms.iter().enumerate() {
            let player = Player {
                service: self.service.clone(),
                place,
                room: room.clone(),
                people: self.people.clone(),
                history: Arc::clone(&history),
                sent: Arc::clone(&sent),
            };
            work.spawn(player.play());
        }
        let mut ids = vec![String::new(); history.events.len()];
        let mut beat = tokio::time::interval(Duration::from_millis(200));
        loop {
            tokio::select! {
                done = work.join_next() => {
                    let Some(done) = done else { break };
                    for (index, id) in done.context("a replay was cut short")?? {
                        ids[index] = id;
                    }
                }
                _ = beat.tick() => progress(sent.load(Ordering::Relaxed), total),
            }
        }
        progress(total, total);
        let took = begun.elapsed();
        for room in &self.rooms {
            self.leave_to_the_leads(room).await?;
        }
        Ok(Replayed { rooms: self.rooms, leads_room: self.leads_room, people: self.people, events: ids, took })
    }

    /// The account that opened a room has no part in the story.
    async fn leave_to_the_leads(&self, room: &str) -> Result<()> {
        let Some(lead) = self.leads.first() else { return Ok(()) };
        let server = self.people[*lead].split_once(':').map_or("", |(_, server)| server);
        let stagehand = format!("@{STAGEHAND}:{server}");
        let path = ["rooms", room, "leave"];
        self.service.call(Method::POST, &path, &[("user_id", &stagehand)], Some(&json!({}))).await.map(drop)
    }
}

async fn make_room(service: &Http, creator: &str, body: &Value) -> Result<String> {
    let answer = service.call(Method::POST, &["createRoom"], &[("user_id", creator)], Some(body)).await?;
    Ok(text(&answer, "/room_id").to_owned())
}

/// Plays the part of one room.
struct Player {
    service: Http,
    place: usize,
    room: String,
    people: Vec<String>,
    history: Arc<History>,
    sent: Arc<AtomicU64>,
}

impl Player {
    async fn play(self) -> Result<Vec<(usize, String)>> {
        let mut ids: HashMap<usize, String> = HashMap::new();
        for (index, event) in self.history.events.iter().enumerate() {
            if event.room == self.place {
                let id = self.send(index, event, &ids).await.with_context(|| format!("cannot replay {event:?}"))?;
                ids.insert(index, id);
                self.sent.fetch_add(1, Ordering::Relaxed);
            }
        }
        Ok(ids.into_iter().collect())
    }

    async fn send(&self, index: usize, event: &PastEvent, ids: &HashMap<usize, String>) -> Result<String> {
        let who = self.people[event.who].as_str();
        let at = event.at.to_string();
        let query = [("user_id", who), ("ts", at.as_str())];
        let target = event.act.target().and_then(|target| ids.get(&target)).map_or("", String::as_str);
        let (kind, content) = match &event.act {
            PastAct::Join | PastAct::Leave => return self.enter_or_leave(event, who, &query).await,
            PastAct::Say(text) => ("m.room.message", content::message(text)),
            PastAct::Reply { text, .. } => ("m.room.message", content::reply(target, text)),
            PastAct::Thread { text, .. } => ("m.room.message", content::in_thread(target, text)),
            PastAct::Edit { text, .. } => ("m.room.message", content::edit(target, text)),
            PastAct::React { key, .. } => ("m.reaction", content::reaction(target, key)),
            PastAct::Poll { question, choices } => (content::POLL_START, poll(question, choices)),
            PastAct::Vote { choice, .. } => {
                (content::POLL_RESPONSE, content::poll_response(target, &[&choice.to_string()]))
            }
            PastAct::EndPoll { .. } => (content::POLL_END, content::poll_end(target)),
        };
        let transaction = format!("history-{index}");
        let path = ["rooms", &self.room, "send", kind, &transaction];
        let answer = self.service.call(Method::PUT, &path, &query, Some(&content)).await?;
        Ok(text(&answer, "/event_id").to_owned())
    }

    async fn enter_or_leave(&self, event: &PastEvent, who: &str, query: &[(&str, &str)]) -> Result<String> {
        let content = match event.act {
            PastAct::Join => json!({"membership": "join", "displayname": self.history.people[event.who].name}),
            _ => json!({"membership": "leave"}),
        };
        let path = ["rooms", &self.room, "state", "m.room.member", who];
        let answer = self.service.call(Method::PUT, &path, query, Some(&content)).await?;
        Ok(text(&answer, "/event_id").to_owned())
    }
}

fn poll(question: &str, choices: &[String]) -> Value {
    let ids: Vec<String> = (0..choices.len()).map(|place| place.to_string()).collect();
    let choices: Vec<Choice<'_>> = ids.iter().zip(choices).map(|(id, text)| Choice { id, text }).collect();
    content::poll_start(question, &choices, false, 1)
}
