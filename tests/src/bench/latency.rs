//! From a command to its answer.

use std::{
    path::Path,
    time::{Duration, Instant},
};

use anyhow::Result;

use super::median::median;
use crate::{
    bot::{Bot, PASSWORD, Setup},
    echo::Echo,
    member::{Member, NewRoom},
    python::Python,
    synapse::{Options, Synapse},
};

const SOON: Duration = Duration::from_secs(30);

/// What the peer echoes.
const ECHO: &str = "!echo";

/// Runs `rounds` of each, in turn.
pub(super) async fn run(program: &Path, rounds: usize) -> Result<Vec<String>> {
    let python = Python::ready().await?;
    let folder = tempfile::tempdir()?;
    let synapse = Synapse::start(&python, &folder.path().join("synapse"), Options::default()).await?;
    let mut lead = synapse.register("lea", "secret").await?;
    let echo = synapse.register("echo", "secret").await?;
    synapse.register("hearth", PASSWORD).await?;
    let (hearth, echo_id) = (synapse.user_id("hearth"), synapse.user_id("echo"));
    // A room each, so that neither works on what is the other's.
    let room = lead.create_room(&NewRoom { name: "Lobby", invite: &[&hearth], ..NewRoom::default() }).await?;
    let echo_room = lead.create_room(&NewRoom { name: "Echo", public: true, ..NewRoom::default() }).await?;
    echo.join(&echo_room).await?;
    let setup = Setup {
        homeserver: &synapse.url(),
        user: &hearth,
        community: "Testers",
        lead: &lead.user_id,
        rooms: &[],
        zone: "UTC",
        encrypt_direct_rooms: false,
    };
    let mut bot = Bot::init(program, &folder.path().join("bot"), &setup).await?;
    bot.start().await?;
    let _echo = Echo::start(echo, ECHO).await?;
    for _ in 0..300 {
        if lead.joined_members(&room).await?.contains(&hearth) {
            break;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    // The first few warm both up.
    for round in 0..rounds + 5 {
        let our_time = answer(&mut lead, &room, "!hearth help", &hearth).await?;
        let their_time = answer(&mut lead, &echo_room, &format!("{ECHO} hello"), &echo_id).await?;
        if round >= 5 {
            ours.push(our_time);
            theirs.push(their_time);
        }
    }
    bot.stop().await?;
    let (ours, theirs) = (median(&ours), median(&theirs));
    Ok(vec![
        format!("reply to a command, median of {rounds}, in turn, plain room"),
        format!("  hearth          {ours:7.1} ms"),
        format!("  bare echo bot   {theirs:7.1} ms"),
        format!("  ratio           {:7.2}", ours / theirs),
    ])
}

async fn answer(lead: &mut Member, room: &str, text: &str, from: &str) -> Result<f64> {
    // What was said before, as the bot's greeting, is no answer.
    lead.forget_heard().await?;
    let begun = Instant::now();
    lead.say(room, text).await?;
    lead.wait_for(SOON, |heard| heard.room == room && heard.sender() == from && heard.kind() == "m.room.message")
        .await?;
    Ok(begun.elapsed().as_secs_f64() * 1000.0)
}
