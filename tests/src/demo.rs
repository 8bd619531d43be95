//! The demo: a private homeserver, a community with a past, the bot at work, and the report.
//!
//! [`keep`] says where things lie, [`ground`] builds what the story needs, [`scenes`] and [`report`] play it,
//! [`terminal`] tells it. Everything is bounded in time, and everything that was started ends with the demo, however
//! that ends.

mod answers;
mod ears;
mod ground;
mod keep;
mod meeting;
mod names;
mod report;
mod retro;
mod scenes;
mod terminal;

use std::ffi::OsString;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context as _, Result, anyhow};
use clap::Parser;

use ground::Ground;
use keep::{Folder, Keepsake};
use terminal::Terminal;

use crate::replay::PASSWORD;
use crate::synapse::SERVER_NAME;

/// Shows Hearth at work: a private Matrix homeserver on this machine, a community of about forty people with two years
/// behind it, and the bot in their rooms.
///
/// Nothing leaves this machine. The first time, Synapse is installed into a private Python environment, which takes
/// half a minute and the package index.
#[derive(Debug, Clone, Parser)]
#[command(name = "hearth-demo", version)]
#[command(
    after_help = "The same program is the bot and the worker: `hearth-demo bot --help`, `hearth-demo worker --help`."
)]
struct Options {
    /// End when the story is told, instead of staying up for you to look around
    #[arg(long)]
    once: bool,
    /// Keep homeserver, bot and report in this folder; named again, it brings them up again
    #[arg(long, value_name = "DIR")]
    keep: Option<PathBuf>,
    /// Another number, another history
    #[arg(long, value_name = "N", default_value_t = 7)]
    seed: u64,
}

/// Runs the demo's command line.
pub fn main_from(arguments: Vec<OsString>) -> ExitCode {
    let options = match Options::try_parse_from(arguments) {
        Ok(options) => options,
        Err(error) => {
            let _ = error.print();
            return ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(2));
        }
    };
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
    let mut terminal = Terminal::new();
    let outcome = runtime
        .context("the asynchronous runtime cannot be started")
        .and_then(|runtime| runtime.block_on(perform(&options, &mut terminal)));
    match outcome {
        Ok(code) => code,
        Err(error) => {
            terminal.error(&format!("{error:#}"));
            ExitCode::FAILURE
        }
    }
}

/// Plays the story to its end or to Ctrl-C, and then ends everything that it started.
async fn perform(options: &Options, terminal: &mut Terminal) -> Result<ExitCode> {
    let folder = Folder::make(options.keep.as_deref())?;
    let mut ground = Ground::new(folder.path(), options.seed);
    let mut told = false;
    let story = async {
        story(options, &folder, &mut ground, terminal).await?;
        told = true;
        if !options.once {
            std::future::pending::<()>().await;
        }
        Ok(())
    };
    let outcome = tokio::select! {
        outcome = story => outcome,
        () = told_to_stop() => Ok(()),
    };
    terminal.wait("ending the bot and the homeserver");
    let words = if outcome.is_err() { ground.last_words() } else { String::new() };
    ground.end().await;
    folder.end(terminal);
    match outcome {
        Ok(()) if told => Ok(ExitCode::SUCCESS),
        // As a shell reports a program that Ctrl-C ended.
        Ok(()) => Ok(ExitCode::from(130)),
        Err(error) if words.is_empty() => Err(error),
        Err(error) => Err(anyhow!("{error:#}\n\n{words}")),
    }
}

async fn story(options: &Options, folder: &Folder, ground: &mut Ground, terminal: &mut Terminal) -> Result<()> {
    terminal.title("Hearth", "a community bot and its monthly report, at work on a homeserver of their own");
    if let Some(keepsake) = folder.keepsake()? {
        terminal.chapter("Back again");
        let url = ground.reopen(terminal).await?;
        look_around(options, folder, &url, &keepsake, terminal);
        return Ok(());
    }
    terminal.chapter("A community with a past");
    let mut stage = ground.prepare(terminal).await?;
    terminal.chapter("Hearth moves in");
    stage.move_in(terminal).await?;
    let mut guests = retro::play(&mut stage, terminal).await?;
    meeting::play(&mut stage, &mut guests, terminal).await?;
    scenes::newcomer(&mut stage, terminal).await?;
    scenes::poll(&mut stage, terminal).await?;
    terminal.chapter("The report");
    let page = report::play(&mut stage, terminal).await?;
    stage.days_go_forwards().await?;
    let keepsake = stage.keepsake(&folder.rescue(&page)?);
    folder.keep(&keepsake)?;
    terminal.laps();
    look_around(options, folder, &stage.synapse.url(), &keepsake, terminal);
    Ok(())
}

/// For whoever stays: how to log in; and, last, where the report is.
fn look_around(options: &Options, folder: &Folder, url: &str, keepsake: &Keepsake, terminal: &mut Terminal) {
    if !options.once {
        terminal.chapter("Look around");
        terminal.tell("Log in with any Matrix client, as long as this runs. Ctrl-C ends it.");
        terminal.row("homeserver", url);
        let Keepsake { member, leads, .. } = keepsake;
        terminal.row("user", &format!("{member}, or {} who lead, or somebody new", leads.join(", ")));
        terminal.row("password", PASSWORD);
        terminal.row("room", &format!("#lobby:{SERVER_NAME}; say `!hearth help` there"));
        let kept = if folder.is_kept() { "stays" } else { "goes with the demo; --keep DIR keeps it" };
        terminal.row("data", &format!("{} ({kept})", folder.path().display()));
    }
    terminal.page(&keepsake.page);
}

/// Ctrl-C, or a polite request to end.
async fn told_to_stop() {
    let terminate = async {
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(mut signal) => drop(signal.recv().await),
            Err(_) => std::future::pending().await,
        }
    };
    tokio::select! {
        _ = tokio::signal::ctrl_c() => {}
        () = terminate => {}
    }
}
