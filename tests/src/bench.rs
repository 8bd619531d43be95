//! Hearth beside its peers, run in turn on the same machine, told as ratios of medians.

mod intake;
mod latency;
mod median;

use std::{ffi::OsString, io::Write as _, path::PathBuf, process::ExitCode};

use clap::{Parser, Subcommand};

use crate::{
    crowd,
    day::{self, Plan},
};

/// Measures Hearth beside its peers. Run it with `--release`, on a machine that does nothing else.
#[derive(Debug, Parser)]
#[command(name = "hearth-bench")]
struct Arguments {
    /// Measure this build of the lab's program instead of this one.
    #[arg(long, global = true, value_name = "FILE")]
    program: Option<PathBuf>,

    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// The time from a command to its answer, beside a bare-protocol echo bot on the same Synapse, in turn.
    Latency {
        /// How many commands to each.
        #[arg(long, default_value_t = 150)]
        rounds: usize,
    },
    /// No measurement but a proof: a day with a poll, a ballot and a retrospective of thirty people, during which the
    /// bot is killed at random moments. It fails where anything was lost, said twice, or still waits in the end.
    Day {
        /// How often the bot is killed at least.
        #[arg(long, default_value_t = 200)]
        kills: usize,
        /// How many people take part.
        #[arg(long, default_value_t = 30)]
        people: usize,
        /// Whether everybody encrypts.
        #[arg(long)]
        encrypted: bool,
        /// Whether the homeserver limits rates as Synapse does unless told otherwise.
        #[arg(long)]
        limited: bool,
        /// What decides when the bot dies.
        #[arg(long, default_value_t = 1)]
        seed: u64,
    },
    /// No measurement but a proof: everybody asks for a ballot within seconds, at a homeserver that is stricter than
    /// Synapse unless told otherwise, and denies every third room that it made; the bot is killed twice. It fails where
    /// somebody has two rooms or papers, a vote is not counted, or an invitation is not accepted.
    Crowd {
        /// How many people vote.
        #[arg(long, default_value_t = 60)]
        people: usize,
        /// How many times as fast as Synapse's own the limits are.
        #[arg(long, default_value_t = 1)]
        faster: u32,
        /// When the ballot closes.
        #[arg(long, default_value = "30m")]
        close: String,
    },
    /// The processor time and memory to take in scripted events, beside a minimal matrix-nio logger, in turn.
    Intake {
        /// How many events.
        #[arg(long, default_value_t = 200_000)]
        events: usize,
        /// How many runs of each.
        #[arg(long, default_value_t = 3)]
        runs: usize,
    },
}

/// Runs the bench's command line.
pub fn main_from(arguments: Vec<OsString>) -> ExitCode {
    let arguments = match Arguments::try_parse_from(arguments) {
        Ok(arguments) => arguments,
        Err(error) => {
            let _ = error.print();
            return ExitCode::from(2);
        }
    };
    let outcome = tokio::runtime::Runtime::new().map_err(anyhow::Error::from).and_then(|runtime| {
        runtime.block_on(async {
            let program = arguments.program.map_or_else(std::env::current_exe, Ok)?;
            match arguments.what {
                What::Day { kills, people, encrypted, limited, seed } => {
                    let folder = tempfile::tempdir()?;
                    let plan = Plan { people, kills, encrypted, limited, seed };
                    let tell = |words: &str| drop(writeln!(std::io::stderr().lock(), "{words}"));
                    let evening = day::live(&program, folder.path(), plan, tell).await?;
                    let (kills, answered, took) = (evening.kills, evening.answered, evening.took.as_secs());
                    Ok(vec![format!(
                        "a day of {people} people in {took} s: killed {kills} times, {answered} commands answered once each, every count right, nothing waits"
                    )])
                }
                What::Crowd { people, faster, close } => {
                    let folder = tempfile::tempdir()?;
                    let plan = crowd::Plan { people, invitations: 10, faster, close: &close };
                    let tell = |words: &str| drop(writeln!(std::io::stderr().lock(), "{words}"));
                    Ok(vec![crowd::vote(&program, folder.path(), plan, tell).await?.to_string()])
                }
                What::Latency { rounds } => latency::run(&program, rounds).await,
                What::Intake { events, runs } => intake::run(&program, events, runs).await,
            }
        })
    });
    match outcome {
        Ok(lines) => {
            let _ = writeln!(std::io::stdout().lock(), "{}", lines.join("\n"));
            ExitCode::SUCCESS
        }
        Err(error) => {
            let _ = writeln!(std::io::stderr().lock(), "hearth-bench: {error:#}");
            ExitCode::FAILURE
        }
    }
}
