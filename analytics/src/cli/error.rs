//! One clear sentence where there is no answer.

use hearth_import::ImportError;
use hearth_shared::month::Month;
use jiff::civil::Date;

use crate::{acts_files::ActsError, archive::ArchiveError, output, publish::PublishError};

/// Why there is no answer.
#[derive(Debug, thiserror::Error)]
pub(super) enum CliError {
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
    #[error(
        "the answers of {month} are not all in: its report is due when the log goes on to {until}; `measure --exact` tells what is known now"
    )]
    NotDue { month: Month, until: Date },
    #[error(
        "{month} was released before, and its file is lost: what it said is not kept, and is not made again; bring the file back from a backup"
    )]
    NotKept { month: Month },
    #[error(transparent)]
    Publish(#[from] PublishError),
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
