//! A meeting of last month, whose agenda comes from a vote on topics.

use anyhow::{Context as _, Result};
use jiff::{SignedDuration, Timestamp, fmt::strtime};

use super::ground::Stage;
use super::names::BOT_NAME;
use super::retro::{Guest, all_say, hear};
use super::terminal::Terminal;
use crate::content;
use crate::member::Heard;

const TOPICS: [&str; 4] = [
    "Contract tests between teams",
    "What we automate, and what we never will",
    "Reading logs together",
    "How to say no to a release",
];

/// How each gives their dots, as the bot is told.
const DOTS: [&str; 12] = [
    "dots 1:2 4:1",
    "dots 4:3",
    "dots 2:3",
    "dots 4:2 1:1",
    "dots 3:3",
    "dots 1:3",
    "dots 4:1 2:1 1:1",
    "dots 4:3",
    "dots 2:2 3:1",
    "dots 1:1 4:2",
    "dots 3:1 1:2",
    "dots 4:3",
];

/// How many of those who voted come to the meeting.
const COME: usize = 9;

pub(super) async fn play(stage: &mut Stage<'_>, guests: &mut Vec<Guest>, terminal: &mut Terminal) -> Result<()> {
    terminal.chapter("A meeting, a week after");
    let (room, bot, lead) = (stage.room.clone(), stage.bot_id.clone(), stage.lead_name().to_owned());
    let votes = stage.last_month(16, 12)?;
    let meets = stage.last_month(20, 18)?;
    turn(stage, guests, terminal, votes).await?;
    for (guest, topic) in guests.iter_mut().zip(TOPICS) {
        let command = format!("!hearth topic add {topic}");
        guest.member.say(&room, &command).await?;
        hear(stage, "That's topic").await?;
    }
    stage.lead.forget_heard().await?;
    let command = "!hearth topic vote";
    terminal.speech(&lead, command, 1);
    stage.lead.say(&room, command).await?;
    let card = hear(stage, "What shall we talk about?").await?;
    terminal.speech(BOT_NAME, card.body(), 8);
    all_say(guests, &bot, &DOTS).await?;
    stage.lead.say(&room, "!hearth topic close").await?;
    let result = hear(stage, "· How to say no").await?;
    terminal.speech(BOT_NAME, result.body(), 8);
    let weekday = strtime::format("%A", meets.to_zoned(stage.zone.clone()).date())?.to_lowercase();
    let command = format!("!hearth meeting new \"Testing evening\" every {weekday} 18:00");
    terminal.speech(&lead, &command, 1);
    stage.lead.say(&room, &command).await?;
    let planned = hear(stage, "Testing evening").await?;
    terminal.speech(BOT_NAME, planned.body(), 4);

    turn(stage, guests, terminal, meets + SignedDuration::from_secs(5)).await?;
    let card = hear(stage, "Testing evening begins now").await?;
    terminal.tell("When the time has come, the agenda is there by itself:");
    terminal.speech(BOT_NAME, card.body(), 14);
    attend(guests, &card).await?;
    if let Some(guest) = guests.get(2) {
        let command = format!("!hearth action {} write down what we never automate in two weeks", guest.member.user_id);
        terminal.speech(&lead, &command, 2);
        stage.lead.say(&room, &command).await?;
    }
    turn(stage, guests, terminal, meets + SignedDuration::from_mins(50)).await?;
    stage.lead.say(&room, "!hearth topic discussed 4 we say it early, and with numbers").await?;
    stage.lead.say(&room, "!hearth meeting end").await?;
    let over = hear(stage, "That's the end of the meeting").await?;
    terminal.speech(BOT_NAME, over.body(), 6);
    for guest in guests {
        guest.member.act_now();
    }
    stage.lead.act_now();
    terminal.lap("meeting");
    Ok(())
}

/// Time passes for the bot and for people.
async fn turn(stage: &mut Stage<'_>, guests: &mut [Guest], terminal: &mut Terminal, at: Timestamp) -> Result<()> {
    terminal.wait("turning the clock");
    let service = stage.synapse.history_service();
    stage.lead.act_at(&service, at);
    for guest in guests {
        guest.member.act_at(&service, at);
    }
    stage.turn_clock(Some(at)).await
}

/// Those who come react to the meeting's card.
async fn attend(guests: &[Guest], card: &Heard) -> Result<()> {
    let here = content::reaction(card.id(), "👋");
    for guest in guests.iter().take(COME) {
        guest.member.send(&card.room, "m.reaction", &here).await.context("nobody could come")?;
    }
    Ok(())
}
