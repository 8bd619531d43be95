//! A private Synapse on loopback: real, disposable, and killed on request.
//!
//! It registers anybody, federates with nobody, and knows one application service ("history") that may speak for every
//! user with timestamps of its own, and on request another that is a bridge. It ends with its [`Synapse`], or when the
//! process that started it dies.

use std::fs;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail};
use reqwest::Method;
use serde_json::{Value, json};
use tokio::process::Child;

use crate::http::{Http, is_refused};
use crate::member::Member;
use crate::python::Python;

/// The name that user ids end in. It resolves nowhere, by design (RFC 6761).
pub const SERVER_NAME: &str = "hearth.test";
const HISTORY_TOKEN: &str = "lab-history-service";
const BRIDGE_TOKEN: &str = "lab-bridge";
const START_LIMIT: Duration = Duration::from_secs(60);

/// How much the homeserver lets a user do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum RateLimits {
    /// As much as they like.
    #[default]
    Lifted,
    /// What Synapse does out of the box (0.2 messages a second, ten at once), except for registration and login, which
    /// only the lab itself does in bulk.
    Defaults,
    /// Less than that at once, and so many times as fast, for tests that end.
    Strict(u32),
}

/// The file that says how far from now things happen.
const AHEAD: &str = "ahead";

/// What a test may choose.
#[derive(Debug, Clone, Copy, Default)]
pub struct Options {
    /// How much a user may do.
    pub rate_limits: RateLimits,
    /// Whether unread counts and push rules are computed, which only people's clients look at.
    pub push: bool,
    /// Whether to leave out bookkeeping that a replay does not need (see `quicken.py`).
    pub quick: bool,
    /// Whether the list of users can be searched, as the invite dialogue of a client does.
    pub user_directory: bool,
    /// Whether its log names every request (see [`Synapse::requests`]).
    pub requests: bool,
    /// Whether what happens may happen at another time (see [`Synapse::set_ahead`]).
    pub other_times: bool,
    /// Whether there is a bridge: an application service with puppets (see [`Synapse::bridge`]).
    pub bridge: bool,
    /// The version of rooms for which none is named; Synapse's own choice where it is empty.
    pub version: &'static str,
}

impl Options {
    /// For replaying a history as fast as it goes; afterwards [`Synapse::restart_with`] others.
    #[must_use]
    pub fn for_replay() -> Self {
        Self { quick: true, ..Self::default() }
    }

    /// For people with ordinary clients.
    #[must_use]
    pub fn for_people() -> Self {
        Self { push: true, user_directory: true, ..Self::default() }
    }
}

/// A running (or killed) homeserver.
#[derive(Debug)]
pub struct Synapse {
    python: Python,
    folder: PathBuf,
    port: u16,
    http: Http,
    options: Options,
    child: Option<Child>,
}

impl Synapse {
    /// Starts a homeserver that keeps its data in `folder`, on a free port or, if `folder` was used before, on the
    /// port of that time; returns when it answers.
    ///
    /// # Errors
    /// When it does not answer within a minute; the error carries the end of its log.
    pub async fn start(python: &Python, folder: &Path, options: Options) -> Result<Self> {
        fs::create_dir_all(folder).with_context(|| format!("cannot make the folder {}", folder.display()))?;
        let folder = folder.canonicalize()?;
        let known = fs::read_to_string(folder.join("port")).ok().and_then(|text| text.trim().parse().ok());
        let mut attempts = 0;
        loop {
            attempts += 1;
            let port = known.map_or_else(free_port, Ok)?;
            let http = Http::new(&format!("http://127.0.0.1:{port}/"))?;
            let mut synapse = Self { python: python.clone(), folder: folder.clone(), port, http, options, child: None };
            match synapse.restart().await {
                Ok(()) => {
                    fs::write(folder.join("port"), port.to_string())?;
                    return Ok(synapse);
                }
                // Between finding a free port and listening on it, another test may have taken it.
                Err(error) if known.is_none() && attempts < 4 && format!("{error}").contains("in use") => {}
                Err(error) => return Err(error),
            }
        }
    }

    /// Its address, `http://127.0.0.1:PORT`, as a client is configured with.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// The folder with its database, configuration and log.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The user id of somebody here.
    #[must_use]
    pub fn user_id(&self, localpart: &str) -> String {
        format!("@{localpart}:{SERVER_NAME}")
    }

    /// An account, and a first device that is logged in.
    ///
    /// # Errors
    /// When the name is taken or the homeserver is down.
    pub async fn register(&self, localpart: &str, password: &str) -> Result<Member> {
        let body = json!({
            "username": localpart, "password": password, "initial_device_display_name": "lab",
            "auth": {"type": "m.login.dummy"},
        });
        let answer = self.http.call(Method::POST, &["register"], &[], Some(&body)).await?;
        Member::from_login(&self.http, &answer)
    }

    /// Another device of somebody who has an account.
    ///
    /// # Errors
    /// When the password is wrong or the homeserver is down.
    pub async fn login(&self, localpart: &str, password: &str) -> Result<Member> {
        Member::login(&self.url(), localpart, password).await
    }

    /// The application service that may speak for every user (`?user_id=`) with a timestamp (`?ts=`), unlimited.
    #[must_use]
    pub fn history_service(&self) -> Http {
        self.http.with_token(HISTORY_TOKEN)
    }

    /// The bridge: an application service that speaks as `bridgebot`, and with `?user_id=` as any of its puppets, whose
    /// names begin with `bridge_`.
    #[must_use]
    pub fn bridge(&self) -> Http {
        self.http.with_token(BRIDGE_TOKEN)
    }

    /// The requests that somebody has made, a line of the log each, where [`Options::requests`] asks for it.
    #[must_use]
    pub fn requests(&self, localpart: &str) -> Vec<String> {
        let log = fs::read_to_string(self.folder.join("synapse.log")).unwrap_or_default();
        let who = format!("{{{}}} Processed request", self.user_id(localpart));
        log.lines().filter(|line| line.contains(&who)).map(ToOwned::to_owned).collect()
    }

    /// Makes somebody an administrator of the homeserver. It must not be running.
    ///
    /// # Errors
    /// When its database cannot be changed.
    pub fn make_admin(&self, localpart: &str) -> Result<()> {
        let database = rusqlite::Connection::open(self.folder.join("homeserver.db"))?;
        database.execute("UPDATE users SET admin = 1 WHERE name = ?1", [self.user_id(localpart)])?;
        Ok(())
    }

    /// Ends it as a crash would, at once and without a goodbye. The data stay.
    ///
    /// # Errors
    /// When the process cannot be killed.
    pub async fn kill9(&mut self) -> Result<()> {
        if let Some(mut child) = self.child.take() {
            child.kill().await.context("cannot kill Synapse")?;
        }
        Ok(())
    }

    /// Ends it in order: open requests are cut, what was answered is kept.
    ///
    /// # Errors
    /// When it neither stops nor can be killed.
    pub async fn stop(&mut self) -> Result<()> {
        // SQLite is always consistent and there is nobody to say goodbye to: in order is the same as at once.
        self.kill9().await
    }

    /// Starts it again on the same data and port, when it does not run; returns when it answers.
    ///
    /// # Errors
    /// As [`Synapse::start`].
    pub async fn restart(&mut self) -> Result<()> {
        self.restart_with(self.options).await
    }

    /// From now on, what happens without a time of its own happens so many seconds from now, and in each room in the order
    /// in which it is sent; with none, now. It takes [`Options::other_times`].
    ///
    /// # Errors
    /// When the file cannot be written that says so.
    pub fn set_ahead(&self, seconds: Option<i64>) -> Result<()> {
        let file = self.folder.join(AHEAD);
        match seconds {
            Some(seconds) => fs::write(file, seconds.to_string())?,
            None if file.exists() => fs::remove_file(file)?,
            None => {}
        }
        Ok(())
    }

    /// Makes it forget which transactions it has seen, as it does by itself after a day. It must not be running.
    ///
    /// # Errors
    /// When its database cannot be changed.
    pub fn forget_transactions(&self) -> Result<()> {
        let database = rusqlite::Connection::open(self.folder.join("homeserver.db"))?;
        database.execute_batch("DELETE FROM event_txn_id_device_id")?;
        Ok(())
    }

    /// As [`Synapse::restart`], with other options; ends it first if it runs.
    ///
    /// # Errors
    /// As [`Synapse::start`].
    pub async fn restart_with(&mut self, options: Options) -> Result<()> {
        self.kill9().await?;
        self.options = options;
        self.write_config()?;
        let errors = fs::File::create(self.folder.join("stderr.txt"))?;
        let child = self
            .python
            .script("serve.py")
            .arg(self.folder.join("homeserver.yaml"))
            .arg(self.folder.join("signing.key"))
            .args(self.options.quick.then_some("--quicken"))
            .args(
                self.options
                    .other_times
                    .then(|| ["--ahead".into(), self.folder.join(AHEAD).into_os_string()])
                    .into_iter()
                    .flatten(),
            )
            .current_dir(&self.folder)
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(errors)
            .kill_on_drop(true)
            .spawn()
            .context("cannot start Python for Synapse")?;
        self.child = Some(child);
        self.wait_until_it_answers().await
    }

    async fn wait_until_it_answers(&mut self) -> Result<()> {
        let begun = Instant::now();
        loop {
            if let Some(status) = self.child.as_mut().and_then(|child| child.try_wait().ok().flatten()) {
                bail!("Synapse ended while starting ({status}):\n{}", self.last_words());
            }
            let versions = ["", "_matrix", "client", "versions"];
            if self.http.call(Method::GET, &versions, &[], None).await.is_ok() {
                return Ok(());
            }
            if begun.elapsed() > START_LIMIT {
                bail!("Synapse did not answer within {} s:\n{}", START_LIMIT.as_secs(), self.last_words());
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    /// The end of what it wrote to its log and to standard error.
    #[must_use]
    pub fn last_words(&self) -> String {
        let tail = |name: &str| {
            let text = fs::read_to_string(self.folder.join(name)).unwrap_or_default();
            let lines: Vec<&str> = text.lines().rev().take(15).collect();
            lines.into_iter().rev().collect::<Vec<_>>().join("\n")
        };
        format!("{}\n{}", tail("synapse.log"), tail("stderr.txt"))
    }

    fn write_config(&self) -> Result<()> {
        // Every JSON document is a YAML document, so no YAML library is needed.
        let write = |name: &str, value: &Value| fs::write(self.folder.join(name), format!("{value:#}"));
        write("log.yaml", &log_config(&self.folder, self.options))?;
        write("history.yaml", &history_service_config())?;
        write("bridge.yaml", &bridge_config())?;
        write("homeserver.yaml", &homeserver_config(&self.folder, self.port, self.options))?;
        Ok(())
    }
}

/// Waits until `work` succeeds although the homeserver comes and goes, for at most `limit`.
///
/// # Errors
/// The last error, when the time is up, or the homeserver's refusal of an unknown token, which no waiting mends.
pub async fn persist<T>(limit: Duration, mut work: impl AsyncFnMut() -> Result<T>) -> Result<T> {
    let begun = Instant::now();
    loop {
        match work().await {
            Ok(value) => return Ok(value),
            Err(error) if begun.elapsed() > limit || is_refused(&error, "M_UNKNOWN_TOKEN") => return Err(error),
            Err(_) => tokio::time::sleep(Duration::from_millis(100)).await,
        }
    }
}

/// A free port below those that the kernel hands out for outgoing connections: else one of these could take it while
/// a killed homeserver is down.
fn free_port() -> Result<u16> {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    for _ in 0..500 {
        let turn = NEXT.fetch_add(1, Ordering::Relaxed);
        let offset = std::process::id().wrapping_mul(97).wrapping_add(turn) % 12_000;
        let port = 20_000 + u16::try_from(offset).unwrap_or_default();
        if TcpListener::bind(("127.0.0.1", port)).is_ok() {
            return Ok(port);
        }
    }
    bail!("no free port on 127.0.0.1 between 20000 and 32000")
}

fn log_config(folder: &Path, options: Options) -> Value {
    json!({
        "version": 1,
        "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
        "handlers": {"file": {
            "class": "logging.FileHandler", "formatter": "plain", "filename": folder.join("synapse.log"),
        }},
        "root": {"level": "WARNING", "handlers": ["file"]},
        "loggers": {"synapse.access": {"level": if options.requests { "INFO" } else { "WARNING" }}},
        "disable_existing_loggers": false,
    })
}

fn history_service_config() -> Value {
    json!({
        "id": "history", "url": null, "as_token": HISTORY_TOKEN, "hs_token": "unused", "rate_limited": false,
        "sender_localpart": "history-service",
        "namespaces": {"users": [{"regex": "@.*", "exclusive": false}], "rooms": [],
            "aliases": [{"regex": "#.*", "exclusive": false}]},
    })
}

fn bridge_config() -> Value {
    json!({
        "id": "bridge", "url": null, "as_token": BRIDGE_TOKEN, "hs_token": "unused-too", "rate_limited": false,
        "sender_localpart": "bridgebot",
        "namespaces": {"users": [{"regex": "@bridge_.*", "exclusive": true}], "rooms": [], "aliases": []},
    })
}

fn homeserver_config(folder: &Path, port: u16, options: Options) -> Value {
    let mut services = vec![folder.join("history.yaml")];
    services.extend(options.bridge.then(|| folder.join("bridge.yaml")));
    let mut config = json!({
        "server_name": SERVER_NAME,
        "public_baseurl": format!("http://127.0.0.1:{port}/"),
        "listeners": [{
            "port": port, "type": "http", "tls": false, "bind_addresses": ["127.0.0.1"],
            "resources": [{"names": ["client"], "compress": false}],
        }],
        "database": {"name": "sqlite3", "args": {"database": folder.join("homeserver.db")}},
        "pid_file": folder.join("homeserver.pid"),
        "log_config": folder.join("log.yaml"),
        "media_store_path": folder.join("media"),
        "signing_key_path": folder.join("signing.key"),
        "macaroon_secret_key": "lab", "form_secret": "lab", "registration_shared_secret": "lab",
        "report_stats": false, "enable_metrics": false,
        "trusted_key_servers": [], "suppress_key_server_warning": true, "federation_domain_whitelist": [],
        "enable_registration": true, "enable_registration_without_verification": true,
        "bcrypt_rounds": 4,
        "app_service_config_files": services,
        // What costs time on every event and that nobody here looks at.
        "presence": {"enabled": false}, "stats": {"enabled": false}, "url_preview_enabled": false,
        "push": {"enabled": options.push},
        "update_user_directory_from_worker": if options.user_directory { Value::Null } else { "nobody".into() },
        "notify_appservices_from_worker": "nobody", "send_federation": false,
        "caches": {"global_factor": 4.0},
        "gc_thresholds": [50_000, 50, 100], "gc_min_interval": ["5s", "30s", "60s"],
    });
    let free = json!({"per_second": 100_000, "burst_count": 100_000});
    let mut lift = |name: &str, value: Value| {
        if let Some(object) = config.as_object_mut() {
            object.insert(name.into(), value);
        }
    };
    if !options.version.is_empty() {
        lift("default_room_version", options.version.into());
    }
    lift("rc_registration", free.clone());
    lift("rc_login", json!({"address": free, "account": free, "failed_attempts": free}));
    if options.rate_limits == RateLimits::Lifted {
        for name in [
            "rc_message",
            "rc_admin_redaction",
            "rc_joins_per_room",
            "rc_key_requests",
            "rc_room_creation",
            "rc_3pid_validation",
            "rc_profile",
            "rc_user_directory",
            "rc_media_create",
            "rc_reports",
        ] {
            lift(name, free.clone());
        }
        lift("rc_joins", json!({"local": free, "remote": free}));
        lift("rc_invites", json!({"per_room": free, "per_user": free, "per_issuer": free}));
    }
    if let RateLimits::Strict(times) = options.rate_limits {
        let limit = |rate: f64, burst: u32| json!({"per_second": rate * f64::from(times), "burst_count": burst});
        lift("rc_message", limit(0.2, 3));
        lift("rc_room_creation", limit(0.016, 10));
        lift("rc_joins", json!({"local": limit(0.1, 3), "remote": limit(0.01, 3)}));
        let (per_room, per_user, per_issuer) = (limit(0.3, 3), limit(0.003, 5), limit(0.3, 5));
        lift("rc_invites", json!({"per_room": per_room, "per_user": per_user, "per_issuer": per_issuer}));
    }
    config
}
