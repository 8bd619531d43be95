//! The command line: what it is asked, what it prints, and one clear sentence when it cannot.

use std::{ffi::OsString, io::Write as _, path::PathBuf, process::ExitCode};

use clap::{Args, Parser, Subcommand};
use hearth_shared::{month::Month, report::Report};
use jiff::{Timestamp, tz::TimeZone};

use crate::{
    acts_files::{self, ActsError, Written},
    archive::{self, Archive, ArchiveError},
    assembly,
    bench::{self, Bench},
    experiment::Tried,
    import::{self, Import, ImportError},
    measures,
    month_view::MonthView,
    output,
    read_plan::ReadPlan,
    rooms::RoomHistories,
};

/// Reads the activity log and says how a community's month was: numbers as JSON, or a page with pictures.
///
/// Nothing about fewer than five people is ever in the result.
#[derive(Parser)]
#[command(name = "hearth-analytics", version, arg_required_else_help = true)]
#[command(after_help = "Examples:
  hearth-analytics measure --db activity.db --community Testers --month 2026-10
  hearth-analytics measure --db activity.db --community Testers --all --per room
  hearth-analytics report --db activity.db --community Testers --timezone Europe/Berlin --out reports
  hearth-analytics import slack export.zip --db activity.db --community Testers
  hearth-analytics measure --list")]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Print a month's measures as JSON; an array where several months, or rooms, are asked for
    Measure(Measure),
    /// Put an export of another place into the activity log, each act once
    Import(Import),
    /// Write a month's report: OUT/2026-10/report.json, index.html, and the pictures as SVG and PNG
    Report(Write),
    /// Write a community's acts as Parquet, for other engines: OUT/community=NAME/month=2026-10/acts.parquet
    Acts(Acts),
    Bench(Bench),
}

#[derive(Args)]
struct Measure {
    #[command(flatten)]
    log: Asked,
    /// Every month of the log that is over
    #[arg(long, conflicts_with = "months")]
    all: bool,
    /// Beside the community, measure each part of it
    #[arg(long, value_enum, value_name = "PART")]
    per: Option<Per>,
    /// List every measure: its id, unit, definition, source, and what may be concluded from it
    #[arg(long, exclusive = true)]
    list: bool,
}

/// A part of a community that can be measured by itself.
#[derive(Clone, Copy, clap::ValueEnum)]
enum Per {
    /// Each of its rooms
    Room,
}

#[derive(Args)]
struct Write {
    #[command(flatten)]
    log: Asked,
    /// The language of the page
    #[arg(long, default_value = "en", value_parser = ["en", "de"])]
    language: String,
    /// What the leads are trying, as JSON: what, measure, aim (more or less), since (a month)
    #[arg(long, value_name = "JSON")]
    experiment: Option<Tried>,
    /// The folder in which a folder is made for each month, and an index of them all
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
}

/// The rows are about people, without names: keep the folder as safe as the log. Who is erased from the log is erased
/// from it when this is run again.
#[derive(Args)]
struct Acts {
    /// The activity log, made by hearth-bot or an import; it is only read
    #[arg(long, value_name = "FILE")]
    db: PathBuf,
    /// The community's name in the log
    #[arg(long, value_name = "NAME")]
    community: String,
    /// The time zone in which months and days begin, by its IANA name
    #[arg(long, value_name = "ZONE", default_value = "UTC")]
    timezone: String,
    /// The folder in which a folder is made for the community; what was in that before is replaced
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
}

#[derive(Args)]
struct Asked {
    /// The activity log, made by hearth-bot or an import; it is only read
    #[arg(long, value_name = "FILE", required = true)]
    db: Option<PathBuf>,
    /// The community's name in the log
    #[arg(long, value_name = "NAME", required = true)]
    community: Option<String>,
    /// A month, like 2026-10; may be given several times [default: the last month that is over]
    #[arg(long = "month", value_name = "MONTH")]
    months: Vec<Month>,
    /// A folder in which closed months are kept as Parquet, so that the next report is made faster; who is erased from
    /// the log is erased from it when this is run again, so run it daily or leave it out
    #[arg(long, value_name = "DIR")]
    cache: Option<PathBuf>,
    /// The time zone in which months and days begin, by its IANA name
    #[arg(long, value_name = "ZONE", default_value = "UTC")]
    timezone: String,
}

/// Why there is no answer.
#[derive(Debug, thiserror::Error)]
enum CliError {
    #[error(transparent)]
    Import(#[from] ImportError),
    #[error(transparent)]
    Archive(#[from] ArchiveError),
    #[error(transparent)]
    Acts(#[from] ActsError),
    #[error("the benchmark failed: {0}")]
    Bench(Box<dyn std::error::Error>),
    #[error("`{0}` is no time zone that this computer knows; --timezone takes an IANA name such as Europe/Berlin")]
    Zone(String),
    #[error("{month} has not begun yet: it is {now} there; ask for a month that is over")]
    Future { month: Month, now: Month },
    #[error("the log of `{community}` begins in {first}, so there is nothing about {month}; ask for {first} or later")]
    BeforeLog { community: String, month: Month, first: Month },
    #[error("nothing has been logged for `{0}` yet; let the bot run for a while, or import a log")]
    EmptyLog(String),
    #[error("the calendar has no month before {0}")]
    NoMonthBefore(Month),
    #[error("the tables could not be computed: {0}")]
    Tables(#[from] polars::error::PolarsError),
    #[error(transparent)]
    Output(#[from] output::OutputError),
    #[error("the measures could not be written as JSON: {0}")]
    Json(#[from] serde_json::Error),
    #[error("standard output cannot be written: {0}")]
    Print(#[from] std::io::Error),
}

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
        Command::Measure(Measure { log, all, per, .. }) => {
            let reports = reports(log, *all, *per, None, now)?;
            let json = match reports.as_slice() {
                [report] if !all && per.is_none() => serde_json::to_string_pretty(report)?,
                several => serde_json::to_string_pretty(several)?,
            };
            Ok(output::print(&json)?)
        }
        Command::Import(import) => Ok(import::run(import, now)?),
        Command::Bench(bench) => bench::run(bench, now).map_err(CliError::Bench),
        Command::Report(Write { log, language, experiment, out }) => {
            for report in reports(log, false, None, experiment.as_ref(), now)? {
                let folder = output::write(&report, language, out)?;
                output::print(&folder.join("index.html").display().to_string())?;
            }
            hearth_reports::write_index(out, language).map_err(output::OutputError::Pictures)?;
            Ok(())
        }
        Command::Acts(Acts { db, community, timezone, out }) => {
            let written = acts_files::write(db, community, &zone(timezone)?, now, out)?;
            let Written { folder, acts, months } = written;
            Ok(output::print(&format!("{}: {acts} acts in {months} months", folder.display()))?)
        }
    }
}

/// The time zone of a name.
fn zone(name: &str) -> Result<TimeZone, CliError> {
    TimeZone::get(name).map_err(|_| CliError::Zone(name.to_owned()))
}

/// The reports of the months that were asked for: the community's, then its rooms' if they are asked for.
fn reports(
    asked: &Asked,
    all: bool,
    per: Option<Per>,
    tried: Option<&Tried>,
    now: Timestamp,
) -> Result<Vec<Report>, CliError> {
    let (Some(db), Some(community)) = (&asked.db, &asked.community) else { return Ok(Vec::new()) };
    let zone = zone(&asked.timezone)?;
    let this_month = Month::of(now, &zone);
    let last_over = this_month.previous().ok_or(CliError::NoMonthBefore(this_month))?;
    if let Some(month) = asked.months.iter().find(|month| **month > this_month) {
        return Err(CliError::Future { month: *month, now: this_month });
    }
    let facts = match &asked.cache {
        Some(dir) => Archive::new(dir, community).read(db, community, &zone, now)?,
        None => archive::without(db, community, &zone, now)?,
    };
    let Some((first, ended)) = facts.months() else { return Err(CliError::EmptyLog(community.clone())) };
    let months: Vec<Month> = match asked.months.as_slice() {
        // A log of the past ends where it ends: there is nothing to say of the years since.
        [] if all => (0..).map_while(|age| first.plus(age).filter(|month| *month <= ended.min(last_over))).collect(),
        [] => vec![last_over],
        months => months.to_vec(),
    };
    let plan =
        if all { ReadPlan::everything() } else { ReadPlan::reports(months.clone(), tried.map(|tried| tried.since)) };
    let Some(history) = assembly::history(&facts, &plan, now)? else {
        return Err(CliError::EmptyLog(community.clone()));
    };
    let views = MonthView::all(&history);
    let rooms = RoomHistories::of(&history, &plan);
    let rooms = rooms.views();
    let mut reports = Vec::with_capacity(months.len());
    for month in &months {
        let report = match history.index(*month) {
            Some(index) => assembly::report(&views, index, &rooms, &asked.timezone, tried)?,
            None => None,
        };
        reports.push(report.ok_or_else(|| CliError::BeforeLog {
            community: community.clone(),
            month: *month,
            first,
        })?);
    }
    if let Some(Per::Room) = per {
        reports.extend(rooms.reports(&months, &asked.timezone)?);
    }
    Ok(reports)
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
