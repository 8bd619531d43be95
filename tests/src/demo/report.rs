//! The bot is told where the leads are, and reports last month.

use std::path::PathBuf;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail};
use hearth_shared::activity::Kind;
use jiff::ToSpan as _;

use super::ears::{ask, next_message};
use super::ground::Stage;
use super::names::BOT_NAME;
use super::terminal::Terminal;
use crate::member::{Heard, text};

/// How long the worker and the pictures may take.
const PATIENCE: Duration = Duration::from_secs(180);

/// The report is asked for, made, posted. Returns its page.
pub(super) async fn play(stage: &mut Stage<'_>, terminal: &mut Terminal) -> Result<PathBuf> {
    stage.lead.forget_heard().await?;
    was_there(stage)?;
    terminal.aside("The bot of a demo was there for seconds: the demo writes down that it was there all month.");
    let room = stage.replayed.leads_room.clone();
    let name = stage.lead_name().to_owned();
    let command = "!hearth settings community leads-room here";
    terminal.tell(&format!("{name} tells Hearth where the leads meet, in their own room:"));
    terminal.speech(&name, command, 1);
    let answer = ask(&mut stage.lead, &stage.bot_id, &room, command).await?;
    terminal.speech(BOT_NAME, &answer, 2);
    terminal.lap("leads");
    terminal.tell("Last month has no report yet, so the bot starts the worker, a process of its own:");
    terminal.begin("measuring, drawing, posting");
    let begun = Instant::now();
    let summary = loop {
        match next_message(&mut stage.lead, &stage.bot_id, &room, "the report").await {
            Ok(message) => break message,
            Err(error) if begun.elapsed() > PATIENCE => return Err(error),
            Err(_) => {}
        }
    };
    let page = page(stage)?;
    if text(&summary.event, "/content/msgtype") != "m.image" {
        bail!("the bot posted the report without its pictures");
    }
    terminal.speech(BOT_NAME, summary.body(), 16);
    terminal.tell("It is one message with two pictures, people and voices; the page is in its thread.");
    share(stage, terminal, &name, &room).await?;
    terminal.lap("report");
    Ok(page)
}

/// The log says of every hour of last month that the bot was there, as that of a bot that runs does: the page would say
/// instead how many hours are unknown, and compare nothing.
fn was_there(stage: &Stage<'_>) -> Result<()> {
    let begins = stage.last_month(1, 0)?;
    let ends = begins.to_zoned(stage.zone.clone()).checked_add(1.month())?.timestamp();
    let mut log = rusqlite::Connection::open(stage.bot.data().join("activity.db"))?;
    log.busy_timeout(Duration::from_secs(10))?;
    let log = log.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
    let again = "INSERT INTO activity (community, source, room, person, kind, ts)
                 SELECT community, source, room, person, kind, ?2 FROM activity WHERE kind = ?1 LIMIT 1";
    for hour in begins.series(1.hour()).take_while(|hour| *hour < ends) {
        let written = log.execute(again, rusqlite::params![Kind::Heartbeat.code(), hour.as_millisecond()])?;
        anyhow::ensure!(written == 1, "the bot's log does not say that it was there");
    }
    Ok(log.commit()?)
}

/// A lead says yes, and everybody hears what the month was like, in other words than the leads did.
async fn share(stage: &mut Stage<'_>, terminal: &mut Terminal, name: &str, room: &str) -> Result<()> {
    let (lobby, bot) = (stage.lobby().to_owned(), stage.bot_id.clone());
    let command = "!hearth report share";
    terminal.speech(name, command, 1);
    terminal.wait("Hearth writes to the lobby");
    stage.lead.say(room, command).await?;
    let tells =
        |heard: &Heard| heard.room == lobby && heard.sender() == bot && heard.body().contains("what we did together");
    let told = stage.lead.wait_for(PATIENCE, tells).await.context("the lobby did not hear of the month")?;
    terminal.tell("And in the lobby, for everybody:");
    terminal.speech(BOT_NAME, told.body(), 9);
    Ok(())
}

/// The page that the worker wrote.
fn page(stage: &Stage<'_>) -> Result<PathBuf> {
    let reports = stage.bot.data().join("reports");
    let folders = |path: &PathBuf| -> Result<Vec<PathBuf>> {
        let mut folders = Vec::new();
        for entry in
            std::fs::read_dir(path).with_context(|| format!("the bot wrote no report to {}", path.display()))?
        {
            folders.push(entry?.path());
        }
        // Beside the months there is an index.
        folders.retain(|path| path.is_dir());
        Ok(folders)
    };
    for community in folders(&reports)? {
        if let Some(page) =
            folders(&community)?.into_iter().map(|month| month.join("index.html")).find(|page| page.exists())
        {
            return Ok(page);
        }
    }
    bail!("the worker could not make the report; the bot's log says why")
}
