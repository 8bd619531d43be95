//! Renders a report to look at: `cargo run -p hearth-reports --example render -- [report.json] [folder] [language]`.

use std::{error::Error, path::PathBuf};

use hearth_reports::{room_summary, write};
use hearth_shared::report::Report;

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let json = match arguments.next() {
        Some(path) => std::fs::read_to_string(path)?,
        None => include_str!("report.json").to_owned(),
    };
    let folder = arguments.next().map_or_else(|| std::env::temp_dir().join("hearth-report"), PathBuf::from);
    let language = arguments.next().unwrap_or_else(|| "en".to_owned());
    let report: Report = serde_json::from_str(&json)?;
    write(&report, &language, &folder)?;
    std::fs::write(folder.join("room.md"), room_summary(&report, &language).markdown)?;
    Ok(())
}
