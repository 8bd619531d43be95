//! The command line: what it is asked, what it prints, and one clear sentence when it cannot.

mod arguments;
mod error;
mod months;

use std::{ffi::OsString, io::Write as _, process::ExitCode};

use clap::Parser as _;
use jiff::Timestamp;

use self::{
    arguments::{Acts, Cli, Command, Measure},
    error::CliError,
    months::{exact, preview, report, zone},
};
use crate::{
    acts_files::{self, Written},
    bench, measures, output,
};

/// What exact measures mean for people.
const EXACT: &str = "hearth-analytics: these numbers are exact: from them it can be worked out how much single people \
                     wrote, and who opted out; they are for whoever holds the log, and not to be passed on";

/// Runs the worker with these arguments, the first of which is the program's name, at this time.
///
/// The exit code is 0 where everything asked for was done; otherwise a sentence on standard error says what was wrong.
pub fn main_from<I, T>(args: I, now: Timestamp) -> ExitCode
where
    I: IntoIterator<Item = T>,
    T: Into<OsString> + Clone,
{
    let cli = match Cli::try_parse_from(args) {
        Ok(cli) => cli,
        Err(error) => {
            let _ = error.print();
            return ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(2));
        }
    };
    match run(&cli.command, now) {
        Ok(()) => ExitCode::SUCCESS,
        // Whoever reads us through a pipe has seen enough.
        Err(CliError::Print(error)) if error.kind() == std::io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(error) => {
            let _ = writeln!(std::io::stderr().lock(), "hearth-analytics: {error}");
            match error {
                CliError::Import(error) => ExitCode::from(error.code()),
                _ => ExitCode::FAILURE,
            }
        }
    }
}

fn run(command: &Command, now: Timestamp) -> Result<(), CliError> {
    match command {
        Command::Measure(Measure { list: true, .. }) => Ok(output::print(&list())?),
        Command::Measure(Measure { log, all, per, exact: true, .. }) => {
            let _ = writeln!(std::io::stderr().lock(), "{EXACT}");
            print(&exact(log, *all, *per, now)?, !all && per.is_none())
        }
        Command::Measure(Measure { log, all, per, .. }) => {
            print(&preview(log, *all, *per, now)?, !all && per.is_none())
        }
        Command::Import(import) => Ok(hearth_import::run(import, now)?),
        Command::Bench(bench) => bench::run(bench, now).map_err(CliError::Bench),
        Command::Report(write) => report(write, now),
        Command::Acts(Acts { db, community, timezone, out }) => {
            let written = acts_files::write(db, community, &zone(timezone)?, now, out)?;
            let Written { folder, acts, months } = written;
            Ok(output::print(&format!("{}: {acts} acts in {months} months", folder.display()))?)
        }
    }
}

/// Prints something as JSON: an array, unless it is one and only one was asked for.
fn print<T: serde::Serialize>(all: &[T], is_one: bool) -> Result<(), CliError> {
    let json = match all {
        [one] if is_one => serde_json::to_string_pretty(one)?,
        several => serde_json::to_string_pretty(several)?,
    };
    Ok(output::print(&json)?)
}

/// Every measure, explained.
fn list() -> String {
    let entries = measures::ALL.iter().map(|measure| {
        let needs: Vec<_> = measure.needs.iter().map(|capability| capability.name()).collect();
        let needs = if needs.is_empty() { "nothing but messages".to_owned() } else { needs.join(", ") };
        format!(
            "{} ({}, {})\n    {}\n    Needs: {needs}. Source: {}\n    {}",
            measure.id,
            measure.unit,
            measure.tier.name(),
            measure.definition,
            measure.source,
            measure.caveat
        )
    });
    entries.collect::<Vec<_>>().join("\n\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_line_is_well_formed() {
        use clap::CommandFactory as _;
        Cli::command().debug_assert();
    }

    #[test]
    fn every_measure_is_listed() {
        let list = list();
        for measure in measures::ALL {
            assert!(list.contains(&format!("{} ({}", measure.id, measure.unit)), "{}", measure.id);
        }
    }
}
