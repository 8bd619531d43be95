//! Taking in many events: processor time and memory.

use std::{path::Path, time::Duration};

use anyhow::{Context as _, Result};

use super::median::median;
use crate::{
    bot::{Bot, Setup},
    nio::{Session, log_until},
    python::Python,
    scripted_homeserver::{ACCESS_TOKEN, DEVICE_ID, Plan, ScriptedHomeserver, USER_ID},
};

const LIMIT: Duration = Duration::from_secs(600);

/// Runs `runs` of each over the same events, in turn.
pub(super) async fn run(program: &Path, events: usize, runs: usize) -> Result<Vec<String>> {
    let python = Python::ready().await?;
    let plan = Plan { events, ..Plan::default() };
    let (mut ours, mut theirs, mut memory) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..runs {
        let folder = tempfile::tempdir()?;
        let (cpu, peak) = hearth(program, plan, folder.path()).await?;
        ours.push(cpu);
        memory.push(peak);
        theirs.push(nio(&python, plan, folder.path()).await?);
    }
    let per_event = |seconds: f64| seconds / events as f64 * 1e6;
    let (ours, theirs) = (median(&ours), median(&theirs));
    Ok(vec![
        format!("intake of {events} scripted events, median of {runs}, in turn"),
        format!("  hearth          {:7.1} µs of processor time an event", per_event(ours)),
        format!("  nio logger      {:7.1} µs of processor time an event", per_event(theirs)),
        format!("  ratio           {:7.2}", ours / theirs),
        format!("  peak memory     {:7.1} MB", median(&memory)),
    ])
}

/// Processor seconds and peak megabytes of the bot, from its start until it has committed everything.
async fn hearth(program: &Path, plan: Plan, folder: &Path) -> Result<(f64, f64)> {
    let scripted = ScriptedHomeserver::play(plan).await?;
    let setup = Setup {
        homeserver: &scripted.url(),
        user: USER_ID,
        community: "Testers",
        lead: "@lea:scripted.test",
        rooms: &plan.room_ids(),
        zone: "UTC",
        encrypt_direct_rooms: false,
    };
    let mut bot = Bot::init(program, &folder.join("bot"), &setup).await?;
    // `init` has read a little; the bot begins from there, with a store as on any other day.
    bot.spawn(&[])?;
    scripted.wait_until_read(LIMIT).await?;
    // The bot comes back for more only after the batch before is on its way to be committed.
    let log = bot.data().join("activity.db");
    let mut logged = 0;
    for _ in 0..6000 {
        let now: i64 = hearth_log::open_read_only(&log)
            .ok()
            .and_then(|log| log.query_row("SELECT count(*) FROM activity WHERE kind = 0", (), |row| row.get(0)).ok())
            .unwrap_or(0);
        if now == logged && now > 0 {
            break;
        }
        logged = now;
        tokio::time::sleep(Duration::from_millis(300)).await;
    }
    let id = bot.id().context("the bot has stopped")?;
    let used = (cpu_seconds(id)?, peak_megabytes(id)?);
    bot.stop().await?;
    let expected = i64::try_from(plan.events)?;
    anyhow::ensure!(logged * 100 >= expected * 97, "only {logged} of {expected} events are in the log");
    Ok(used)
}

async fn nio(python: &Python, plan: Plan, folder: &Path) -> Result<f64> {
    let scripted = ScriptedHomeserver::play(plan).await?;
    let session = Session { url: &scripted.url(), user_id: USER_ID, device_id: DEVICE_ID, access_token: ACCESS_TOKEN };
    Ok(log_until(python, session, &folder.join("nio.db"), &scripted.last_token()).await?.cpu)
}

/// User and system time of a process (`man 5 proc`; a tick is a hundredth of a second on Linux).
fn cpu_seconds(id: u32) -> Result<f64> {
    let stat = std::fs::read_to_string(format!("/proc/{id}/stat"))?;
    let after_name = stat.rsplit_once(')').context("no process name")?.1;
    let ticks = |index: usize| -> Result<f64> {
        Ok(after_name.split_whitespace().nth(index).context("a short stat line")?.parse()?)
    };
    Ok((ticks(11)? + ticks(12)?) / 100.0)
}

/// The most memory that a process has held.
fn peak_megabytes(id: u32) -> Result<f64> {
    let status = std::fs::read_to_string(format!("/proc/{id}/status"))?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:")).context("no VmHWM")?;
    let kilobytes: f64 = line.split_whitespace().nth(1).context("no number")?.parse()?;
    Ok(kilobytes / 1024.0)
}
