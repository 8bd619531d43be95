//! Renders a report to look at: `cargo run -p hearth-reports --example render -- [report.json] [folder] [language]`.
//! Without a report, or with `-`, it renders the example with a picture of every shape.

use std::{collections::BTreeMap, error::Error, path::PathBuf};

use hearth_reports::{room_summary, write};
use hearth_shared::report::{Figure, Report};

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let report: Report = match arguments.next().filter(|path| path != "-") {
        Some(path) => serde_json::from_str(&std::fs::read_to_string(path)?)?,
        None => {
            let mut report: Report = serde_json::from_str(include_str!("report.json"))?;
            report.figures.extend(serde_json::from_str::<BTreeMap<String, Figure>>(include_str!("figures.json"))?);
            report
        }
    };
    let folder = arguments.next().map_or_else(|| std::env::temp_dir().join("hearth-report"), PathBuf::from);
    let language = arguments.next().unwrap_or_else(|| "en".to_owned());
    write(&report, &language, &folder)?;
    std::fs::write(folder.join("room.md"), room_summary(&report, &language).markdown)?;
    std::fs::write(folder.join("avatar.png"), hearth_reports::avatar()?)?;
    Ok(())
}
