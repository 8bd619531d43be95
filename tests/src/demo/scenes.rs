//! The live scenes: a poll, a newcomer, and the morning after.

use std::time::Duration;

use anyhow::{Context as _, Result};
use jiff::SignedDuration;

use super::answers;
use super::ears::{SOON, next_message, reaction};
use super::ground::Stage;
use super::names::{BOT_NAME, COMMUNITY};
use super::terminal::Terminal;
use crate::content::POLL_START;
use crate::member::{Heard, Member, text};
use crate::replay::PASSWORD;

const NEWCOMER: &str = "Nia";
const QUESTION: &str = "What shall our next evening be about?";
const ANSWERS: [&str; 3] = ["Flaky tests", "Testing with AI", "Exploratory charters"];
/// What each voter chooses, as a place in [`ANSWERS`].
const VOTES: [usize; 14] = [0, 2, 0, 1, 2, 2, 0, 2, 1, 2, 0, 2, 1, 2];

/// Somebody joins, and gets to know the bot; after that it is now.
pub(super) async fn newcomer(stage: &mut Stage<'_>, terminal: &mut Terminal) -> Result<()> {
    terminal.chapter("A newcomer");
    let (mut newcomer, direct) = arrive(stage, terminal).await?;
    terminal.lap("welcome");
    terminal.chapter("The next morning");
    morning(stage, terminal, &mut newcomer, &direct).await?;
    terminal.aside("The demo sets the clocks right again: from here on it is now.");
    terminal.wait("turning the clock");
    stage.turn_clock(None).await?;
    terminal.lap("icebreakers");
    Ok(())
}

/// Somebody joins, and is welcomed. Returns them, and their room with the bot.
async fn arrive(stage: &mut Stage<'_>, terminal: &mut Terminal) -> Result<(Member, String)> {
    let lobby = stage.lobby().to_owned();
    let joins = stage.days.evening + SignedDuration::from_mins(20);
    terminal.aside("Back in the lobby, where it is still the evening before.");
    terminal.wait("turning the clock");
    stage.turn_clock(Some(joins)).await?;
    let mut newcomer = stage.synapse.register(&NEWCOMER.to_lowercase(), PASSWORD).await?;
    newcomer.set_display_name(NEWCOMER).await?;
    newcomer.join(&lobby).await?;
    terminal.tell(&format!("{NEWCOMER} has found {COMMUNITY} and joins the lobby. Hearth lets people arrive first."));
    terminal
        .aside("A quarter of an hour later: the demo does not wait, it starts the bot with its clock turned forward.");
    terminal.wait("turning the clock");
    // The bot should have heard of the join before it sleeps; it would find it afterwards as well.
    tokio::time::sleep(Duration::from_millis(300)).await;
    stage.turn_clock(Some(joins + SignedDuration::from_mins(15))).await?;
    terminal.wait("Hearth writes");
    let direct = newcomer.accept_invite(&stage.bot_id, SOON).await.context("the newcomer was not welcomed")?;
    let welcome = next_message(&mut newcomer, &stage.bot_id, &direct, "a welcome").await?;
    terminal.tell(&format!("{NEWCOMER} gets a direct message, once, whatever rooms follow:"));
    terminal.speech(BOT_NAME, welcome.body(), 12);
    Ok((newcomer, direct))
}

/// The first question of the newcomer's series, and one for the room.
async fn morning(stage: &mut Stage<'_>, terminal: &mut Terminal, newcomer: &mut Member, direct: &str) -> Result<()> {
    let lobby = stage.lobby().to_owned();
    stage.lead.forget_heard().await?;
    terminal.aside("The demo turns the clocks to ten.");
    terminal.wait("turning the clock");
    stage.turn_clock(Some(stage.days.morning)).await?;
    terminal.wait("Hearth writes");
    let prompt = next_message(newcomer, &stage.bot_id, direct, "a question to the newcomer").await?;
    terminal.tell(&format!("{NEWCOMER} has not said anything yet, and gets the first of a few small questions:"));
    terminal.speech(BOT_NAME, prompt.body(), 6);
    let [answer, _, _] = answers::to(prompt.body());
    terminal.speech(NEWCOMER, answer, 2);
    let answered = newcomer.say(direct, answer).await?;
    let heart = reaction(newcomer, &stage.bot_id, &answered).await?;
    terminal.speech(BOT_NAME, &heart, 1);
    terminal.tell("That she answered is counted; what she said is kept nowhere. Who takes part gets no more of them.");

    terminal.wait("Hearth writes");
    let prompt = next_message(&mut stage.lead, &stage.bot_id, &lobby, "a question to the lobby").await?;
    let lead = stage.lead_name().to_owned();
    terminal.tell(&format!("The lobby gets one too, as {lead} has set it, and people answer in its thread:"));
    terminal.speech(BOT_NAME, prompt.body(), 4);
    let [_, answers @ ..] = answers::to(prompt.body());
    for (who, answer) in stage.members().into_iter().skip(2).zip(answers) {
        stage.enter(who).await?.say_in_thread(&lobby, prompt.id(), answer).await?;
        terminal.speech(&stage.history.people[who].name, answer, 2);
    }
    Ok(())
}

/// A member asks, many answer, the bot counts.
pub(super) async fn poll(stage: &mut Stage<'_>, terminal: &mut Terminal) -> Result<()> {
    terminal.chapter("A hidden poll");
    let lobby = stage.lobby().to_owned();
    let bot = stage.bot_id.clone();
    let members = stage.members();
    let (asker, voters) =
        members.split_first().context("the community of this seed has no members; try another --seed")?;
    let name = stage.history.people[*asker].name.clone();
    let mut asker = stage.enter(*asker).await?;
    asker.forget_heard().await?;
    let command = format!("!hearth poll \"{QUESTION}\" {} --hidden --close 2h", ANSWERS.join(" | "));
    terminal.speech(&name, &command, 3);
    terminal.wait("Hearth opens the poll");
    asker.say(&lobby, &command).await?;
    let poll = asker
        .wait_for(SOON, |heard| heard.sender() == bot && heard.kind() == POLL_START)
        .await
        .context("the bot did not open the poll")?;
    let note = next_message(&mut asker, &bot, &lobby, "a note beside the poll").await?;
    terminal.speech(BOT_NAME, &shown(&poll), 5);
    terminal.tell("And in its thread:");
    terminal.speech(BOT_NAME, note.body(), 5);

    terminal.wait("people vote");
    let mut cast = Vec::new();
    for (who, choice) in voters.iter().zip(VOTES) {
        let voter = stage.enter(*who).await?;
        voter.vote(&lobby, poll.id(), &[&(choice + 1).to_string()]).await?;
        cast.push((voter, stage.history.people[*who].name.clone()));
    }
    let mut told = format!("{} people vote in their apps", cast.len());
    if let Some((voter, name)) = cast.first() {
        voter.vote(&lobby, poll.id(), &["3"]).await?;
        told.push_str(&format!("; {name} has second thoughts, and only the last vote counts"));
    }
    terminal.tell(&format!("{told}."));
    terminal.speech(&name, "!hearth poll close", 1);
    terminal.wait("Hearth counts");
    asker.say(&lobby, "!hearth poll close").await?;
    let result = asker
        .wait_for(SOON, |heard| {
            heard.sender() == bot && heard.kind() == "m.room.message" && heard.body().contains(QUESTION)
        })
        .await
        .context("the bot did not announce the poll's result")?;
    terminal.speech(BOT_NAME, result.body(), 9);
    terminal.lap("poll");
    Ok(())
}

/// A poll as an app shows it.
fn shown(poll: &Heard) -> String {
    let start = poll.event.get("content").and_then(|content| content.get(POLL_START));
    let words = |value: &serde_json::Value| text(value, "/org.matrix.msc1767.text").to_owned();
    let question = start.and_then(|start| start.get("question")).map(words).unwrap_or_default();
    let answers = start.and_then(|start| start.get("answers")).and_then(serde_json::Value::as_array);
    let answers: Vec<String> = answers.into_iter().flatten().map(|answer| format!("( ) {}", words(answer))).collect();
    format!("{question}\n{}", answers.join("\n"))
}
