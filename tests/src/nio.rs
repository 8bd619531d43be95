//! matrix-nio as a second opinion: another client, in another language, by other people.
//!
//! Its scripts lie in `tests/lab`; each runs as a child process and ends with the one who started it.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use anyhow::{Context as _, Result, bail};
use serde::Deserialize;
use serde_json::{Value, json};
use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader, Lines};
use tokio::process::{Child, ChildStdin, ChildStdout, Command};

use crate::content;
use crate::python::Python;

const COUNT_LIMIT: Duration = Duration::from_secs(120);
const LOGGER_LIMIT: Duration = Duration::from_secs(600);
/// Beyond what a request itself waits for.
const ANSWER_LIMIT: Duration = Duration::from_secs(60);

/// What a poll comes to.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct PollCount {
    /// Votes for each answer id.
    pub counts: BTreeMap<String, u64>,
    /// What each person's vote is, by user id.
    pub votes: BTreeMap<String, Vec<String>>,
    /// Whose last vote named an unknown answer, or none.
    pub spoiled: Vec<String>,
    /// Whether somebody who may has ended it.
    pub closed: bool,
}

/// Counts a poll in a plain room by the rules of MSC3381, as a member of the room reads it.
///
/// # Errors
/// When the script fails; the error carries its words.
pub async fn count_poll(
    python: &Python,
    url: &str,
    user: &str,
    password: &str,
    room: &str,
    poll: &str,
) -> Result<PollCount> {
    let mut command = python.script("count_poll.py");
    command.args([url, user, password, room, poll]);
    let answer = run(command, COUNT_LIMIT).await.context("matrix-nio could not count the poll")?;
    serde_json::from_str(&answer).with_context(|| format!("not a count: {answer}"))
}

/// What reading and logging took.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
pub struct LoggerRun {
    /// Events that were logged.
    pub events: u64,
    /// Processor time in seconds, without starting Python.
    pub cpu: f64,
    /// Time that passed, in seconds.
    pub wall: f64,
}

/// Who logs in [`log_until`].
#[derive(Debug, Clone, Copy)]
pub struct Session<'a> {
    /// The homeserver's address.
    pub url: &'a str,
    /// The user id.
    pub user_id: &'a str,
    /// The device.
    pub device_id: &'a str,
    /// The access token.
    pub access_token: &'a str,
}

/// Lets a minimal logger read everything up to the sync token `until` into the SQLite file `database`.
///
/// # Errors
/// When the script fails or takes longer than ten minutes.
pub async fn log_until(python: &Python, session: Session<'_>, database: &Path, until: &str) -> Result<LoggerRun> {
    let mut command = python.script("logger.py");
    command.args([session.url, session.user_id, session.device_id, session.access_token]).arg(database).arg(until);
    let answer = run(command, LOGGER_LIMIT).await.context("the matrix-nio logger failed")?;
    serde_json::from_str(&answer).with_context(|| format!("not a measurement: {answer}"))
}

/// Runs a script to its end and returns what it printed.
async fn run(mut command: Command, limit: Duration) -> Result<String> {
    let work = command.stdin(Stdio::null()).kill_on_drop(true).output();
    let output = tokio::time::timeout(limit, work)
        .await
        .with_context(|| format!("no answer within {} s", limit.as_secs()))?
        .context("Python could not be started")?;
    if !output.status.success() {
        bail!("{}: {}", output.status, String::from_utf8_lossy(&output.stderr));
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// An event that a [`NioMember`] read.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Read {
    /// Where.
    pub room: String,
    /// The event as it was before encryption.
    pub event: Value,
    /// Whether it was encrypted.
    pub encrypted: bool,
}

impl Read {
    /// Its text: of an edit, the new one.
    #[must_use]
    pub fn body(&self) -> &str {
        match crate::member::text(&self.event, "/content/m.new_content/body") {
            "" => crate::member::text(&self.event, "/content/body"),
            edited => edited,
        }
    }

    /// Its id.
    #[must_use]
    pub fn id(&self) -> &str {
        crate::member::text(&self.event, "/event_id")
    }

    /// Who sent it.
    #[must_use]
    pub fn sender(&self) -> &str {
        crate::member::text(&self.event, "/sender")
    }

    /// The event that it replies to.
    #[must_use]
    pub fn reply_to(&self) -> &str {
        crate::member::text(&self.event, "/content/m.relates_to/m.in_reply_to/event_id")
    }
}

/// Somebody in encrypted rooms.
#[derive(Debug)]
pub struct NioMember {
    /// `@name:server`.
    pub user_id: String,
    /// The device whose keys lie in the store.
    pub device_id: String,
    _child: Child,
    input: ChildStdin,
    output: Lines<BufReader<ChildStdout>>,
}

impl NioMember {
    /// Logs in an existing account; the keys lie in the folder `store`, the program's complaints in `store/stderr.txt`.
    ///
    /// # Errors
    /// When the script cannot be started or the login fails.
    pub async fn login(python: &Python, url: &str, user_id: &str, password: &str, store: &Path) -> Result<Self> {
        std::fs::create_dir_all(store).with_context(|| format!("cannot make the folder {}", store.display()))?;
        let mut child = python
            .script("member.py")
            .args([url, user_id])
            .arg(store)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(std::fs::File::create(store.join("stderr.txt"))?)
            .kill_on_drop(true)
            .spawn()
            .context("Python could not be started")?;
        let (Some(input), Some(output)) = (child.stdin.take(), child.stdout.take()) else {
            bail!("the script has no input or output");
        };
        let output = BufReader::new(output).lines();
        let mut member = Self { user_id: user_id.into(), device_id: String::new(), _child: child, input, output };
        let answer = member.ask("login", json!({"password": password})).await?;
        member.device_id = crate::member::text(&answer, "/device_id").to_owned();
        Ok(member)
    }

    /// Sends one request to the script and waits for its answer.
    ///
    /// # Errors
    /// When the script answers with an error, ends, or does not answer in time.
    pub async fn ask(&mut self, what: &str, mut arguments: Value) -> Result<Value> {
        let patience = arguments.get("seconds").and_then(Value::as_f64).unwrap_or_default();
        if let Some(object) = arguments.as_object_mut() {
            object.insert("do".into(), what.into());
        }
        let limit = ANSWER_LIMIT + Duration::from_secs_f64(patience);
        self.input.write_all(format!("{arguments}\n").as_bytes()).await.context("the nio member has ended")?;
        let line = tokio::time::timeout(limit, self.output.next_line())
            .await
            .with_context(|| format!("nio {what}: no answer within {} s", limit.as_secs()))??
            .with_context(|| format!("nio {what}: the member has ended, see stderr.txt in its store"))?;
        let mut answer: Value = serde_json::from_str(&line).with_context(|| format!("nio {what}: {line}"))?;
        if let Some(error) = answer.get("error").and_then(Value::as_str) {
            bail!("{} {what}: {error}", self.user_id);
        }
        Ok(answer.get_mut("ok").map(Value::take).unwrap_or_default())
    }

    /// Makes an encrypted room with guests, and returns its id.
    ///
    /// # Errors
    /// As [`NioMember::ask`].
    pub async fn create_encrypted_room(&mut self, name: &str, invite: &[&str]) -> Result<String> {
        let answer = self.ask("create_room", json!({"name": name, "invite": invite})).await?;
        answer.as_str().map(ToOwned::to_owned).context("the room has no id")
    }

    /// Enters a room.
    ///
    /// # Errors
    /// As [`NioMember::ask`].
    pub async fn join(&mut self, room: &str) -> Result<()> {
        self.ask("join", json!({"room": room})).await.map(drop)
    }

    /// Waits for an invite from somebody, accepts it, and returns the room.
    ///
    /// # Errors
    /// When none comes within `limit`.
    pub async fn accept_invite(&mut self, from: &str, limit: Duration) -> Result<String> {
        let begun = std::time::Instant::now();
        loop {
            let invites = self.ask("invites", json!({})).await?;
            let all = invites.as_array().into_iter().flatten();
            if let Some(invite) = all.into_iter().find(|invite| crate::member::text(invite, "/inviter") == from) {
                let room = crate::member::text(invite, "/room").to_owned();
                self.join(&room).await?;
                return Ok(room);
            }
            if begun.elapsed() > limit {
                bail!("{} was not invited by {from} within {} s", self.user_id, limit.as_secs());
            }
            self.ask("sync", json!({"timeout_ms": 500})).await?;
        }
    }

    /// Sends an event, encrypted if the room is, and returns its id.
    ///
    /// # Errors
    /// As [`NioMember::ask`].
    pub async fn send(&mut self, room: &str, kind: &str, content: &Value) -> Result<String> {
        let answer = self.ask("send", json!({"room": room, "kind": kind, "content": content})).await?;
        answer.as_str().map(ToOwned::to_owned).context("the event has no id")
    }

    /// Sends an encrypted event with another relation beside the ciphertext than in it, or with none, as no client
    /// does.
    ///
    /// # Errors
    /// As [`NioMember::ask`].
    pub async fn send_with_relation(
        &mut self,
        room: &str,
        kind: &str,
        content: &Value,
        relation: Option<&Value>,
    ) -> Result<String> {
        let arguments = json!({"room": room, "kind": kind, "content": content, "relation": relation});
        let answer = self.ask("send_with_relation", arguments).await?;
        answer.as_str().map(ToOwned::to_owned).context("the event has no id")
    }

    /// Says something.
    ///
    /// # Errors
    /// As [`NioMember::ask`].
    pub async fn say(&mut self, room: &str, body: &str) -> Result<String> {
        self.send(room, "m.room.message", &content::message(body)).await
    }

    /// Answers a message.
    ///
    /// # Errors
    /// As [`NioMember::ask`].
    pub async fn reply(&mut self, room: &str, to: &str, body: &str) -> Result<String> {
        self.send(room, "m.room.message", &content::reply(to, body)).await
    }

    /// Says a number of things in one go, for a room that must become full.
    ///
    /// # Errors
    /// As [`NioMember::ask`].
    pub async fn talk(&mut self, room: &str, times: usize) -> Result<()> {
        self.ask("talk", json!({"room": room, "times": times})).await.map(drop)
    }

    /// Edits a message, one's own or, as nobody should, somebody else's.
    ///
    /// # Errors
    /// As [`NioMember::ask`].
    pub async fn edit(&mut self, room: &str, target: &str, body: &str) -> Result<String> {
        self.send(room, "m.room.message", &content::edit(target, body)).await
    }

    /// Leaves a room.
    ///
    /// # Errors
    /// As [`NioMember::ask`].
    pub async fn leave(&mut self, room: &str) -> Result<()> {
        self.ask("leave", json!({"room": room})).await.map(drop)
    }

    /// Votes with the ids of answers.
    ///
    /// # Errors
    /// As [`NioMember::ask`].
    pub async fn vote(&mut self, room: &str, poll: &str, answers: &[&str]) -> Result<String> {
        self.send(room, content::POLL_RESPONSE, &content::poll_response(poll, answers)).await
    }

    /// Everything readable that was heard in a room since the login, and not yet waited for.
    ///
    /// # Errors
    /// As [`NioMember::ask`].
    pub async fn seen(&mut self, room: &str) -> Result<Vec<Read>> {
        Ok(serde_json::from_value(self.ask("seen", json!({"room": room})).await?)?)
    }

    /// How many events of a room were heard whose key is missing.
    ///
    /// # Errors
    /// As [`NioMember::ask`].
    pub async fn unreadable(&mut self, room: &str) -> Result<u64> {
        Ok(self.ask("unreadable", json!({"room": room})).await?.as_u64().unwrap_or_default())
    }

    /// The first event heard in a room whose text contains `text`; later waits do not find it again.
    ///
    /// # Errors
    /// When it does not come within `limit`; the error tells what came instead.
    pub async fn wait_for_text(&mut self, room: &str, text: &str, limit: Duration) -> Result<Read> {
        let arguments = json!({"room": room, "text": text, "seconds": limit.as_secs_f64()});
        Ok(serde_json::from_value(self.ask("wait_for", arguments).await?)?)
    }

    /// The first readable event of a room since the login that satisfies `wanted`; later waits find it again.
    ///
    /// # Errors
    /// When it does not come within `limit`; the error tells how many came that could not be read.
    pub async fn wait_until(&mut self, room: &str, limit: Duration, wanted: impl Fn(&Read) -> bool) -> Result<Read> {
        let begun = std::time::Instant::now();
        loop {
            if let Some(found) = self.seen(room).await?.into_iter().find(&wanted) {
                return Ok(found);
            }
            if begun.elapsed() > limit {
                let unreadable = self.unreadable(room).await?;
                bail!("{} waited {} s in vain; {unreadable} were unreadable", self.user_id, limit.as_secs());
            }
            self.ask("sync", json!({"timeout_ms": 2000})).await?;
        }
    }

    /// Sends a message in a new session whose key nobody gets until [`NioMember::send_keys`].
    ///
    /// # Errors
    /// As [`NioMember::ask`].
    pub async fn say_ahead_of_key(&mut self, room: &str, body: &str) -> Result<String> {
        let arguments = json!({"room": room, "kind": "m.room.message", "content": content::message(body)});
        let answer = self.ask("send_ahead_of_key", arguments).await?;
        answer.as_str().map(ToOwned::to_owned).context("the event has no id")
    }

    /// Sends the keys that were held back, and says in how many requests.
    ///
    /// # Errors
    /// As [`NioMember::ask`].
    pub async fn send_keys(&mut self) -> Result<u64> {
        Ok(self.ask("send_keys", json!({})).await?.as_u64().unwrap_or_default())
    }

    /// Counts a poll in an encrypted room by the rules of MSC3381.
    ///
    /// # Errors
    /// As [`NioMember::ask`].
    pub async fn count_poll(&mut self, room: &str, poll: &str) -> Result<PollCount> {
        Ok(serde_json::from_value(self.ask("count_poll", json!({"room": room, "poll": poll})).await?)?)
    }
}
