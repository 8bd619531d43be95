//! A retrospective of last month: twelve people look back over days, without names.

use anyhow::{Context as _, Result};
use jiff::{SignedDuration, Timestamp};
use tokio::task::JoinSet;

use super::ears::SOON;
use super::ground::Stage;
use super::names::BOT_NAME;
use super::terminal::Terminal;
use crate::content;
use crate::member::{Heard, Member, text};

/// The room in which people look back and meet.
const ROOM: &str = "Evenings";

/// What people write to the bot, each in confidence.
const NOTES: [&str; 12] = [
    "happy: The evening about flaky tests was the best one yet",
    "happy: Newcomers asked questions, and got answers",
    "unhappy: Our evenings run over time, again",
    "unsure: Do we need an agenda for the evenings?",
    "unhappy: I never know what the next evening is about",
    "happy: Pairing on the flaky tests of somebody else's team",
    "unsure: Who answers newcomers when the leads are away?",
    "unhappy: The evening began late and ended late",
    "happy: A newcomer showed us a tool that nobody knew",
    "unsure: Could we write down what we learn in the evenings?",
    "happy: The room is kind, even about old questions",
    "unhappy: Good answers get lost in the room after a week",
];

/// What belongs together, as the facilitator sees it: a name, and words from the notes.
const THEMES: [(&str, &[&str]); 3] = [
    ("Evenings", &["run over time", "the next evening is about", "began late", "Do we need an agenda"]),
    ("What we know", &["Good answers get lost", "write down what we learn"]),
    ("Newcomers", &["Newcomers asked questions", "Who answers newcomers"]),
];

/// How each gives their dots, as the bot is told.
const DOTS: [&str; 12] = [
    "dots A:3 B:2",
    "dots A:2 C:3",
    "dots A:5",
    "dots B:4 A:1",
    "dots C:2 A:3",
    "dots A:4",
    "dots B:5",
    "dots A:1 B:1 C:1",
    "dots C:5",
    "dots A:3",
    "dots B:3 C:2",
    "dots A:2 B:2",
];

/// Whether it was worth everybody's time.
const WORTH: [&str; 12] = ["3", "4", "3", "2", "3", "4", "3", "3", "1", "3", "4", "2"];

/// Somebody who takes part, and the room that the bot has with them.
pub(super) struct Guest {
    pub(super) member: Member,
    direct: String,
}

/// Gives those who took part, to whom it is still last month.
pub(super) async fn play(stage: &mut Stage<'_>, terminal: &mut Terminal) -> Result<Vec<Guest>> {
    terminal.chapter("A retrospective, last month");
    let begins = stage.last_month(12, 10)?;
    terminal.aside("The demo goes back in time, bot and people alike: what they do now, they did then.");
    terminal.wait("turning the clock");
    stage.turn_clock(Some(begins)).await?;
    stage.lead.forget_heard().await?;
    stage.open_room(ROOM).await?;
    let (room, bot) = (stage.room.clone(), stage.bot_id.clone());
    let lead = stage.lead_name().to_owned();
    stage.lead.act_at(&stage.synapse.history_service(), begins);
    stage.lead.forget_heard().await?;
    let command = "!hearth retro start --collect 2d --vote 1d";
    terminal.speech(&lead, command, 1);
    stage.lead.say(&room, command).await?;
    let card = hear(stage, "Retro 1 · notes").await?;
    terminal.speech(BOT_NAME, card.body(), 6);

    terminal.wait("twelve people write to Hearth");
    let mut guests = arrive(stage, &card, begins + SignedDuration::from_hours(5)).await?;
    terminal.tell("Twelve react, get a direct message each, and write their notes there. Two days later:");
    later(stage, terminal, begins + SignedDuration::from_hours(48)).await?;
    let mut revealed = String::new();
    for one_of_column in ["The room is kind", "Do we need an agenda", "Good answers get lost"] {
        let column = hear(stage, one_of_column).await?;
        terminal.speech(BOT_NAME, column.body(), 8);
        revealed.push_str(column.body());
        revealed.push('\n');
    }
    hear(stage, "Retro 1 · what we wrote").await?;
    next(stage, "what belongs together").await?;
    terminal.tell(&format!("In drawn order, and without names. {lead} sorts them, and everybody has five dots:"));
    for (name, notes) in THEMES {
        let numbers: Vec<&str> = notes.iter().filter_map(|note| number_of(&revealed, note)).collect();
        let first = numbers.first().context("a note was not revealed")?;
        let commands = [format!("group {}", numbers.join(" ")), format!("name {first} \"{name}\"")];
        for command in commands {
            let command = format!("!hearth retro {command}");
            terminal.speech(&lead, &command, 1);
            stage.lead.say(&room, &command).await?;
        }
    }
    next(stage, "vote").await?;
    all_say(&mut guests, &bot, &DOTS).await?;
    stage.lead.say(&room, "!hearth retro next").await?;
    let result = hear(stage, "The vote is closed").await?;
    terminal.speech(BOT_NAME, result.body(), 8);
    hear(stage, "Retro 1 · discussion").await?;
    while !turn(stage).await?.body().contains("Retro 1 · what we do") {}
    for (who, what) in
        [(1, "draw up an agenda for the next evening by 2w"), (4, "start a page of good answers in three weeks")]
    {
        let Some(guest) = guests.get(who) else { continue };
        let command = format!("!hearth action {} {what}", guest.member.user_id);
        terminal.speech(&lead, &command, 2);
        stage.lead.say(&room, &command).await?;
    }
    next(stage, "a last question").await?;
    all_say(&mut guests, &bot, &WORTH).await?;
    stage.lead.say(&room, "!hearth retro next").await?;
    let over = hear(stage, "Retro 1 is over").await?;
    terminal.speech(BOT_NAME, over.body(), 10);
    terminal.lap("retro");
    Ok(guests)
}

/// The number under which a note was revealed: a line is `- 7 · What was written`.
fn number_of<'a>(revealed: &'a str, note: &str) -> Option<&'a str> {
    let line = revealed.lines().find(|line| line.contains(note))?;
    line.trim_start_matches(['-', ' ']).split(' ').next()
}

/// Goes on to a phase, and waits until the card says so.
async fn next(stage: &mut Stage<'_>, phase: &str) -> Result<()> {
    let room = stage.room.clone();
    stage.lead.say(&room, "!hearth retro next").await?;
    hear(stage, &format!("Retro 1 · {phase}")).await.map(drop)
}

/// The next message of the bot in the room, or edit of one, that says `words`.
pub(super) async fn hear(stage: &mut Stage<'_>, words: &str) -> Result<Heard> {
    let (room, bot) = (stage.room.clone(), stage.bot_id.clone());
    let says = |heard: &Heard| heard.room == room && heard.sender() == bot && heard.body().contains(words);
    stage.lead.wait_for(SOON, says).await.with_context(|| format!("the bot did not say “{words}”"))
}

/// Goes on by one step, and gives the card as it is then.
async fn turn(stage: &mut Stage<'_>) -> Result<Heard> {
    let room = stage.room.clone();
    stage.lead.forget_heard().await?;
    stage.lead.say(&room, "!hearth retro next").await?;
    hear(stage, "Retro 1 · ").await
}

/// Time passes for the bot and for people.
async fn later(stage: &mut Stage<'_>, terminal: &mut Terminal, at: Timestamp) -> Result<()> {
    terminal.wait("turning the clock");
    stage.lead.act_at(&stage.synapse.history_service(), at);
    stage.turn_clock(Some(at)).await
}

/// Twelve people react to the card, are written to, and write their notes.
async fn arrive(stage: &Stage<'_>, card: &Heard, at: Timestamp) -> Result<Vec<Guest>> {
    let mut arriving = JoinSet::new();
    for (place, (who, note)) in stage.members().into_iter().zip(NOTES).enumerate() {
        let mut member = stage.enter(who).await?;
        member.join(&card.room).await?;
        member.forget_heard().await?;
        member.act_at(&stage.synapse.history_service(), at + SignedDuration::from_mins(7 * place as i64));
        let (bot, room, card) = (stage.bot_id.clone(), card.room.clone(), card.id().to_owned());
        arriving.spawn(async move {
            member.send(&room, "m.reaction", &content::reaction(&card, "👍")).await?;
            let direct = member.accept_invite(&bot, SOON).await.context("the bot did not write to a member")?;
            let mut guest = Guest { member, direct };
            say(&mut guest, &bot, note).await?;
            anyhow::Ok((place, guest))
        });
    }
    let mut guests = Vec::new();
    while let Some(guest) = arriving.join_next().await {
        guests.push(guest??);
    }
    guests.sort_by_key(|(place, _)| *place);
    Ok(guests.into_iter().map(|(_, guest)| guest).collect())
}

/// Everybody tells the bot something in confidence.
pub(super) async fn all_say(guests: &mut Vec<Guest>, bot: &str, words: &[&'static str]) -> Result<()> {
    let mut saying = JoinSet::new();
    for (place, (mut guest, words)) in guests.drain(..).zip(words.iter().copied()).enumerate() {
        let bot = bot.to_owned();
        saying.spawn(async move {
            say(&mut guest, &bot, words).await?;
            anyhow::Ok((place, guest))
        });
    }
    let mut back = Vec::new();
    while let Some(guest) = saying.join_next().await {
        back.push(guest??);
    }
    back.sort_by_key(|(place, _)| *place);
    guests.extend(back.into_iter().map(|(_, guest)| guest));
    Ok(())
}

/// Somebody tells the bot something, and it answers or acknowledges it.
async fn say(guest: &mut Guest, bot: &str, words: &str) -> Result<()> {
    let told = guest.member.say(&guest.direct, words).await?;
    let answers = |heard: &Heard| {
        let relation = |part| text(&heard.event, &format!("/content/m.relates_to/{part}")) == told;
        heard.sender() == bot && (relation("event_id") || relation("m.in_reply_to/event_id"))
    };
    guest.member.wait_for(SOON, answers).await.with_context(|| format!("the bot did not hear `{words}`"))?;
    Ok(())
}
