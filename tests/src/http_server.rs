//! A server on loopback that speaks HTTP/1.1 as far as a client of the lab needs it.

use std::sync::Arc;

use anyhow::{Context as _, Result};
use reqwest::Method;
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::{JoinHandle, JoinSet};

/// More than any request of a client here.
const LONGEST_HEAD: usize = 64 * 1024;
const LONGEST_BODY: usize = 16 * 1024 * 1024;

pub(crate) struct Request {
    pub method: String,
    /// Without the query, still percent-encoded.
    pub path: String,
    /// What follows the `?`, still percent-encoded.
    pub query: String,
    /// The header that says who asks.
    pub authorization: Option<String>,
    pub body: Vec<u8>,
}

impl Request {
    /// A parameter of the query; what the lab asks for needs no decoding.
    pub fn query(&self, name: &str) -> Option<&str> {
        let pairs = self.query.split('&').filter_map(|pair| pair.split_once('='));
        pairs.into_iter().find(|(key, _)| *key == name).map(|(_, value)| value)
    }
}

pub(crate) struct Answer {
    pub status: u16,
    pub body: String,
}

impl Answer {
    pub fn ok(body: Value) -> Self {
        Self { status: 200, body: body.to_string() }
    }

    pub fn refusal(status: u16, code: &str, words: &str) -> Self {
        Self { status, body: json!({"errcode": code, "error": words}).to_string() }
    }
}

/// What a server says.
pub(crate) trait Answers: Send + Sync + 'static {
    /// The answer to a request.
    fn answer(&self, request: &Request) -> impl Future<Output = Answer> + Send;
}

/// The homeserver behind a proxy.
#[derive(Debug)]
pub(crate) struct Upstream {
    url: String,
    client: reqwest::Client,
}

impl Upstream {
    /// The one at this address.
    ///
    /// # Errors
    /// When the system gives no client.
    pub fn at(url: &str) -> Result<Self> {
        Ok(Self { url: url.to_owned(), client: reqwest::Client::builder().no_proxy().build()? })
    }

    /// What it says to a request, with that query instead of the request's own.
    pub async fn pass_on(&self, request: &Request, query: &str) -> Answer {
        match self.try_pass_on(request, query).await {
            Ok(answer) => answer,
            Err(error) => Answer::refusal(502, "M_UNKNOWN", &format!("{error:#}")),
        }
    }

    async fn try_pass_on(&self, request: &Request, query: &str) -> Result<Answer> {
        let url = format!("{}{}?{query}", self.url, request.path);
        let mut passed = self.client.request(Method::from_bytes(request.method.as_bytes())?, url);
        if let Some(who) = &request.authorization {
            passed = passed.header("Authorization", who);
        }
        let answer = passed.header("Content-Type", "application/json").body(request.body.clone()).send().await?;
        Ok(Answer { status: answer.status().as_u16(), body: answer.text().await? })
    }
}

/// A server, listening until dropped.
#[derive(Debug)]
pub(crate) struct Server {
    port: u16,
    task: JoinHandle<()>,
}

impl Server {
    /// Begins to listen on 127.0.0.1.
    ///
    /// # Errors
    /// When no port is free.
    pub async fn start(answers: Arc<impl Answers>) -> Result<Self> {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.context("no free port on 127.0.0.1")?;
        let port = listener.local_addr()?.port();
        let task = tokio::spawn(async move {
            // Dropped with the server: its connections end with it.
            let mut connections = JoinSet::new();
            while let Ok((stream, _)) = listener.accept().await {
                connections.spawn(serve(stream, Arc::clone(&answers)));
            }
        });
        Ok(Self { port, task })
    }

    /// Its address, as a client is configured with.
    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// Answers the requests of one connection, one after another, until the client goes.
async fn serve(mut stream: TcpStream, answers: Arc<impl Answers>) {
    // An answer must not wait for an acknowledgement of the one before.
    let _ = stream.set_nodelay(true);
    let mut buffer = Vec::new();
    while let Some(request) = read(&mut stream, &mut buffer).await {
        let Answer { status, body } = answers.answer(&request).await;
        let reason = if status == 200 { "OK" } else { "Not Found" };
        let head = format!(
            "HTTP/1.1 {status} {reason}\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n",
            body.len()
        );
        let mut whole = head.into_bytes();
        whole.extend_from_slice(body.as_bytes());
        if stream.write_all(&whole).await.is_err() {
            return;
        }
    }
}

/// The next request, or nothing when the client has gone or does not speak HTTP.
async fn read(stream: &mut TcpStream, buffer: &mut Vec<u8>) -> Option<Request> {
    let head_end = loop {
        if let Some(at) = buffer.windows(4).position(|window| window == b"\r\n\r\n") {
            break at;
        }
        if buffer.len() > LONGEST_HEAD || stream.read_buf(buffer).await.ok()? == 0 {
            return None;
        }
    };
    let head = String::from_utf8_lossy(&buffer[..head_end]).into_owned();
    let mut lines = head.lines();
    let mut first = lines.next()?.split(' ');
    let (method, target) = (first.next()?.to_owned(), first.next()?);
    let headers: Vec<_> = lines.filter_map(|line| line.split_once(':')).collect();
    let header = |wanted: &str| {
        let found = headers.iter().find(|(name, _)| name.eq_ignore_ascii_case(wanted));
        found.map(|(_, value)| value.trim().to_owned())
    };
    let length = header("content-length").and_then(|value| value.parse::<usize>().ok()).unwrap_or(0);
    if length > LONGEST_BODY {
        return None;
    }
    let end = head_end + 4 + length;
    while buffer.len() < end {
        if stream.read_buf(buffer).await.ok()? == 0 {
            return None;
        }
    }
    let body = buffer[head_end + 4..end].to_vec();
    buffer.drain(..end);
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    let authorization = header("authorization");
    Some(Request { method, path: path.to_owned(), query: query.to_owned(), authorization, body })
}
