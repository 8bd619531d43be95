//! Members who listen for the bot.

use std::time::Duration;

use anyhow::{Context as _, Result};

use crate::member::{Heard, Member, text};

/// How long the bot may take for anything but a report.
pub(super) const SOON: Duration = Duration::from_secs(60);

/// Somebody says something in a room; the bot's answer.
pub(super) async fn ask(member: &mut Member, bot: &str, room: &str, words: &str) -> Result<String> {
    let asked = member.say(room, words).await?;
    let answer = member
        .wait_for(SOON, |heard| {
            heard.room == room
                && heard.sender() == bot
                && text(&heard.event, "/content/m.relates_to/m.in_reply_to/event_id") == asked
        })
        .await
        .with_context(|| format!("the bot did not answer `{words}`"))?;
    Ok(answer.body().to_owned())
}

/// The next message of the bot in a room.
pub(super) async fn next_message(member: &mut Member, bot: &str, room: &str, what: &str) -> Result<Heard> {
    let wanted = |heard: &Heard| heard.room == room && heard.sender() == bot && heard.kind() == "m.room.message";
    member.wait_for(SOON, wanted).await.with_context(|| format!("the bot did not send {what}"))
}

/// The bot's reaction to a message.
pub(super) async fn reaction(member: &mut Member, bot: &str, to: &str) -> Result<String> {
    let heard = member
        .wait_for(SOON, |heard| {
            heard.sender() == bot
                && text(&heard.event, "/content/m.relates_to/event_id") == to
                && heard.kind() == "m.reaction"
        })
        .await
        .context("the bot did not acknowledge an answer")?;
    Ok(text(&heard.event, "/content/m.relates_to/key").to_owned())
}
