//! The command line of `hearth-bot`.

use std::{
    ffi::OsString,
    fs::File,
    io::Write as _,
    path::{Path, PathBuf},
    process::ExitCode,
};

use anyhow::{Context as _, bail};
use clap::{Parser, Subcommand};
use jiff::{SignedDuration, Timestamp, civil::Date, tz::TimeZone};
use tokio::sync::watch;

use crate::{
    app::App,
    backfill,
    clock::Clock,
    config::{Config, Secrets},
    init,
    lock::lock,
    logging,
    matrix::Matrix,
};

/// Hearth keeps a community of practice alive in Matrix rooms.
///
/// Start with `hearth-bot init`: it asks what it needs, logs the bot in, and writes hearth.toml. Then `hearth-bot
/// run`, and invite the bot to your rooms. Everything else is set in chat: `!hearth help`, `!hearth settings`.
#[derive(Debug, Parser)]
#[command(name = "hearth-bot", version)]
struct Arguments {
    /// The configuration.
    #[arg(long, global = true, default_value = "hearth.toml", value_name = "FILE", env = "HEARTH_CONFIG")]
    config: PathBuf,

    /// What to log, in the syntax of RUST_LOG. User ids are masked whatever the level.
    #[arg(long, global = true, default_value = logging::DEFAULT, value_name = "FILTER", env = "HEARTH_LOG")]
    log: String,

    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Log the bot in and write hearth.toml; ask for what is not given as a flag.
    ///
    /// The password is read from the terminal, from HEARTH_PASSWORD, or from a file: never from an argument, where
    /// every user of the machine could read it. Run again with an existing hearth.toml, it logs in anew.
    Init(Box<init::Answers>),

    /// Work until told to stop (SIGTERM or Ctrl-C); then finish what is in flight.
    Run {
        /// Pretend that it is this much later, to see what a later day brings (`PT24H`).
        #[arg(long, hide = true, value_name = "DURATION")]
        ahead: Option<SignedDuration>,
    },

    /// Read the past of the bot's rooms into the activity log, so that the first report has something to look back on.
    ///
    /// Members should know before you do this. Nobody who opted out is logged, and nothing is answered. Interrupted,
    /// it goes on where it was. The bot must not be running.
    Backfill {
        /// Only this room, by id.
        #[arg(long)]
        room: Option<String>,
        /// Only from this day on, like 2025-01-31.
        #[arg(long, value_name = "DAY")]
        since: Option<Date>,
    },
}

/// Runs the bot's command line, the program's name first, and says how it ended.
pub fn main_from(arguments: impl IntoIterator<Item = impl Into<OsString> + Clone>) -> ExitCode {
    let arguments = match Arguments::try_parse_from(arguments) {
        Ok(arguments) => arguments,
        Err(error) => {
            let _ = error.print();
            return ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(2));
        }
    };
    logging::start(&arguments.log);
    let outcome = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .context("the asynchronous runtime cannot be started")
        .and_then(|runtime| runtime.block_on(dispatch(arguments)));
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            let _ = writeln!(std::io::stderr().lock(), "hearth-bot: {}", logging::mask(&told(&error)));
            ExitCode::FAILURE
        }
    }
}

/// An error and what it came from, without what was said already.
fn told(error: &anyhow::Error) -> String {
    let mut told = error.to_string();
    for cause in error.chain().skip(1).map(ToString::to_string) {
        if !told.contains(&cause) {
            told = format!("{told}: {cause}");
        }
    }
    told
}

async fn dispatch(arguments: Arguments) -> anyhow::Result<()> {
    match arguments.command {
        Command::Init(answers) => init::run(&arguments.config, *answers).await,
        Command::Run { ahead } => run(&arguments.config, Clock::ahead(ahead.unwrap_or_default())).await,
        Command::Backfill { room, since } => backfill(&arguments.config, room.as_deref(), since).await,
    }
}

async fn run(path: &Path, clock: Clock) -> anyhow::Result<()> {
    let (stop, stopped) = watch::channel(false);
    let mut terminate = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate())?;
    tokio::spawn(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = tokio::signal::ctrl_c() => {}
        }
        tracing::info!("finishing what is in flight");
        let _ = stop.send(true);
        // Kept, so that the receivers see the word and not a closed channel.
        std::future::pending::<()>().await;
        drop(stop);
    });
    let mut early = stopped.clone();
    let (app, _lock) = tokio::select! {
        opened = open(path, clock) => opened?,
        _ = early.changed() => return Ok(()),
    };
    app.run(stopped).await?;
    Ok(())
}

async fn backfill(path: &Path, room: Option<&str>, since: Option<Date>) -> anyhow::Result<()> {
    let (app, _lock) = open(path, Clock::default()).await?;
    let since: Option<Timestamp> = since.map(|day| day.to_zoned(TimeZone::UTC).map(|at| at.timestamp())).transpose()?;
    let bar = indicatif::ProgressBar::new_spinner();
    let done = backfill::run(&app, room, since, |so_far| {
        bar.set_message(format!("room {} of {}: {} events", so_far.rooms, so_far.of_rooms, so_far.events));
        bar.tick();
    })
    .await?;
    bar.finish_and_clear();
    let mut out = std::io::stdout().lock();
    writeln!(out, "Read {} events in {} rooms.", done.events, done.of_rooms)?;
    if done.unread > 0 {
        writeln!(
            out,
            "{} of them are encrypted and could not be read: they are counted as messages where nothing speaks against it.",
            done.unread
        )?;
    }
    Ok(())
}

/// Opens the bot on its data, alone: two programs on one device would corrupt its keys.
async fn open(path: &Path, clock: Clock) -> anyhow::Result<(App, File)> {
    let config = Config::load(path)?;
    let lock = lock(&config)?;
    let secrets = Secrets::load(&config)?;
    if !config.file("matrix").exists() {
        bail!(
            "the encryption store {} is missing: the bot's device cannot go on without it. Never restore it from a backup; run `hearth-bot init` to log in as a new device (nothing that waits to be sent is lost)",
            config.file("matrix").display()
        );
    }
    let matrix = Matrix::restore(&config, &secrets).await?;
    // A homeserver that is down is waited for; one that refuses the bot is not.
    if let Err(crate::matrix::MatrixError::TokenRevoked) = matrix.check(&config).await {
        return Err(crate::matrix::MatrixError::TokenRevoked.into());
    }
    Ok((App::open(config, matrix, clock)?, lock))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cause_is_told_once() {
        let cause = || std::io::Error::other("the disk is full");
        let said = anyhow::Error::new(cause()).context("d/bot.db cannot be written: the disk is full. Make room");
        assert_eq!(told(&said), "d/bot.db cannot be written: the disk is full. Make room");
        assert_eq!(told(&anyhow::Error::new(cause()).context("not saved")), "not saved: the disk is full");
    }
}
