//! One request of the client-server API, with the homeserver's own words when it refuses.

use std::time::Duration;

use anyhow::{Context as _, Result};
use reqwest::{Method, Url};
use serde_json::Value;

/// What the homeserver said no to.
#[derive(Debug)]
pub struct Refused {
    /// The HTTP status.
    pub status: u16,
    /// Matrix's error code, `M_FORBIDDEN` and the like; empty when there is none.
    pub code: String,
    /// When the homeserver wants to be asked again (429 only).
    pub retry_after: Option<Duration>,
    what: String,
    words: String,
}

impl std::fmt::Display for Refused {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: {} {} {}", self.what, self.status, self.code, self.words)
    }
}

impl std::error::Error for Refused {}

/// A connection to one homeserver as one user (or as an application service).
#[derive(Debug, Clone)]
pub struct Http {
    client: reqwest::Client,
    base: Url,
    token: Option<String>,
}

impl Http {
    /// Talks to the homeserver at `url`, as nobody yet.
    ///
    /// # Errors
    /// When `url` is not an address.
    pub fn new(url: &str) -> Result<Self> {
        let base = Url::parse(url).with_context(|| format!("not an address: {url}"))?;
        // Never through a proxy: everything here is on loopback.
        let client = reqwest::Client::builder().no_proxy().timeout(Duration::from_secs(120)).build()?;
        Ok(Self { client, base, token: None })
    }

    /// The same connection with an access token.
    #[must_use]
    pub fn with_token(&self, token: &str) -> Self {
        Self { token: Some(token.into()), ..self.clone() }
    }

    /// Sends one request below `/_matrix/client/v3` (or below the root, when `path` begins with an empty part) and
    /// returns the JSON of the answer.
    ///
    /// # Errors
    /// [`Refused`] when the homeserver answered with an error; others when it could not be reached.
    pub async fn call(
        &self,
        method: Method,
        path: &[&str],
        query: &[(&str, &str)],
        body: Option<&Value>,
    ) -> Result<Value> {
        let url = self.address(path, query);
        let what = format!("{method} {}", url.path());
        let mut request = self.client.request(method, url);
        if let Some(token) = &self.token {
            request = request.bearer_auth(token);
        }
        if let Some(body) = body {
            request = request.json(body);
        }
        let answer = request.send().await.with_context(|| format!("{what}: the homeserver did not answer"))?;
        let status = answer.status();
        let bytes = answer.bytes().await.with_context(|| format!("{what}: the answer broke off"))?;
        let value: Value = serde_json::from_slice(&bytes).unwrap_or(Value::Null);
        if status.is_success() {
            return Ok(value);
        }
        let text = |key: &str| value.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
        let retry_after = value.get("retry_after_ms").and_then(Value::as_u64).map(Duration::from_millis);
        let words = if value.is_null() { String::from_utf8_lossy(&bytes).into_owned() } else { text("error") };
        Err(Refused { status: status.as_u16(), code: text("errcode"), retry_after, what, words }.into())
    }

    /// As [`Http::call`], asking again when the homeserver says "too many requests", as often as it takes within
    /// five minutes.
    ///
    /// # Errors
    /// As [`Http::call`].
    pub async fn patient_call(
        &self,
        method: Method,
        path: &[&str],
        query: &[(&str, &str)],
        body: Option<&Value>,
    ) -> Result<Value> {
        let mut waited = Duration::ZERO;
        loop {
            let error = match self.call(method.clone(), path, query, body).await {
                Ok(value) => return Ok(value),
                Err(error) => error,
            };
            let pause = error.downcast_ref::<Refused>().filter(|refused| refused.status == 429);
            let Some(pause) = pause.map(|refused| refused.retry_after.unwrap_or(Duration::from_secs(1))) else {
                return Err(error);
            };
            if waited + pause > Duration::from_secs(300) {
                return Err(error);
            }
            waited += pause;
            tokio::time::sleep(pause).await;
        }
    }

    fn address(&self, path: &[&str], query: &[(&str, &str)]) -> Url {
        let mut url = self.base.clone();
        if let Ok(mut segments) = url.path_segments_mut() {
            segments.pop_if_empty();
            match path {
                ["", rest @ ..] => segments.extend(rest),
                _ => segments.extend(["_matrix", "client", "v3"]).extend(path),
            };
        }
        if !query.is_empty() {
            url.query_pairs_mut().extend_pairs(query);
        }
        url
    }
}

/// Whether `error` is the homeserver's refusal with this Matrix error code.
#[must_use]
pub fn is_refused(error: &anyhow::Error, code: &str) -> bool {
    error.downcast_ref::<Refused>().is_some_and(|refused| refused.code == code)
}
