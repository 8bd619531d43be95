//! What the command line is asked.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};
use hearth_import::Import;
use hearth_shared::month::Month;

use crate::{bench::Bench, experiment::Tried};

/// Reads the activity log and says how a community's month was: numbers as JSON, or a page with pictures.
///
/// What is published is rounded so that nobody can work out how much one person wrote.
#[derive(Parser)]
#[command(name = "hearth-analytics", version, arg_required_else_help = true)]
#[command(after_help = "Examples:
  hearth-analytics measure --db activity.db --community Testers --month 2026-10
  hearth-analytics measure --db activity.db --community Testers --all --per room
  hearth-analytics measure --db activity.db --community Testers --exact
  hearth-analytics report --db activity.db --community Testers --timezone Europe/Berlin --out reports
  hearth-analytics import slack export.zip --db activity.db --community Testers
  hearth-analytics measure --list")]
pub(super) struct Cli {
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Subcommand)]
pub(super) enum Command {
    /// Print what is published of a month as JSON; an array where several months, or rooms, are asked for
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
pub(super) struct Measure {
    #[command(flatten)]
    pub log: Asked,
    /// Every month of the log that is over
    #[arg(long, conflicts_with = "months")]
    pub all: bool,
    /// Beside the community, measure each part of it
    #[arg(long, value_enum, value_name = "PART")]
    pub per: Option<Per>,
    /// Print exact measures, all digits, and of groups however small. From them it can be worked out how much single
    /// people wrote: they are for whoever holds the log anyway, and not to be passed on
    #[arg(long)]
    pub exact: bool,
    /// List every exact measure: its id, unit, definition, source, and what may be concluded from it
    #[arg(long, exclusive = true)]
    pub list: bool,
}

/// A part of a community that can be measured by itself.
#[derive(Clone, Copy, clap::ValueEnum)]
pub(super) enum Per {
    /// Each of its rooms
    Room,
}

#[derive(Args)]
pub(super) struct Write {
    #[command(flatten)]
    pub log: Asked,
    /// The language of the page
    #[arg(long, default_value = "en", value_parser = ["en", "de"])]
    pub language: String,
    /// What the leads are trying, as JSON: what, measure, aim (more or less), since (a month)
    #[arg(long, value_name = "JSON")]
    pub experiment: Option<Tried>,
    /// A month that was released before; may be given several times. What is lost of it is not made again
    #[arg(long, value_name = "MONTH")]
    pub noted: Vec<Month>,
    /// The folder in which a folder is made for each month, and an index of them all; what was released is kept in
    /// OUT/releases, and never made again: back it up
    #[arg(long, value_name = "DIR")]
    pub out: PathBuf,
    /// A folder that holds the folders of several communities, OUT among them: its index is written, too
    #[arg(long, value_name = "DIR")]
    pub index: Option<PathBuf>,
}

/// The rows are about people, without names: keep the folder as safe as the log. Who is erased from the log is erased
/// from it when this is run again.
#[derive(Args)]
pub(super) struct Acts {
    /// The activity log, made by hearth-bot or an import; it is only read
    #[arg(long, value_name = "FILE")]
    pub db: PathBuf,
    /// The community's name in the log
    #[arg(long, value_name = "NAME")]
    pub community: String,
    /// The time zone in which months and days begin, by its IANA name
    #[arg(long, value_name = "ZONE", default_value = "UTC")]
    pub timezone: String,
    /// The folder in which a folder is made for the community; what was in that before is replaced
    #[arg(long, value_name = "DIR")]
    pub out: PathBuf,
}

#[derive(Args)]
pub(super) struct Asked {
    /// The activity log, made by hearth-bot or an import; it is only read
    #[arg(long, value_name = "FILE", required = true)]
    pub db: Option<PathBuf>,
    /// The community's name in the log
    #[arg(long, value_name = "NAME", required = true)]
    pub community: Option<String>,
    /// A month, like 2026-10; may be given several times [default: the last month that is over]
    #[arg(long = "month", value_name = "MONTH")]
    pub months: Vec<Month>,
    /// A folder in which closed months are kept as Parquet, so that the next report is made faster; who is erased from
    /// the log is erased from it when this is run again, so run it daily or leave it out
    #[arg(long, value_name = "DIR")]
    pub cache: Option<PathBuf>,
    /// The time zone in which months and days begin, by its IANA name
    #[arg(long, value_name = "ZONE", default_value = "UTC")]
    pub timezone: String,
}
