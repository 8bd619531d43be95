//! The least that answers: a bare-protocol bot, which latency is measured against.

use std::time::Duration;

use anyhow::Result;
use serde_json::json;
use tokio::task::JoinHandle;

use crate::member::Member;

/// A bot that answers every message that begins with a prefix, in every room that it is in, with a notice.
#[derive(Debug)]
pub struct Echo {
    task: JoinHandle<Result<()>>,
}

impl Echo {
    /// Listens from now on, until dropped. The notice repeats the message without the prefix.
    ///
    /// # Errors
    /// When the homeserver does not answer.
    pub async fn start(mut member: Member, prefix: &str) -> Result<Self> {
        member.forget_heard().await?;
        let prefix = prefix.to_owned();
        let task = tokio::spawn(async move {
            loop {
                let heard = member.sync(Duration::from_secs(30)).await?;
                for message in heard.iter().filter(|heard| heard.kind() == "m.room.message") {
                    let Some(rest) = message.body().strip_prefix(&prefix) else { continue };
                    if message.sender() == member.user_id {
                        continue;
                    }
                    let content = json!({"msgtype": "m.notice", "body": rest.trim(), "m.mentions": {}});
                    member.send(&message.room, "m.room.message", &content).await?;
                }
                member.forget_inbox();
            }
        });
        Ok(Self { task })
    }

    /// Whether it still listens; it stops when the homeserver does.
    #[must_use]
    pub fn is_listening(&self) -> bool {
        !self.task.is_finished()
    }
}

impl Drop for Echo {
    fn drop(&mut self) {
        self.task.abort();
    }
}
