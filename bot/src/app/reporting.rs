//! Making a report: the worker runs as a process of its own, and the leads are told what came of it.

use std::{path::PathBuf, process::Stdio, time::Duration};

use tracing::{error, info};

use super::handle::App;
use crate::report::{self, Made, ReportDue, folder::folder_of};

/// The longest that the worker may take.
const PATIENCE: Duration = Duration::from_secs(30 * 60);

/// Makes a report and tells the leads.
pub(super) async fn make(app: App, due: ReportDue) {
    info!(month = %due.month, "making a report");
    let outcome = run_worker(&app, &due).await;
    let rests = outcome.is_err();
    let unit = match outcome {
        Ok(made) => report::told(&app.core(), &due, &made),
        Err(message) => {
            error!("the report for {} could not be made: {message}", due.month);
            report::failed(&app.core(), &due, app.clock.now())
        }
    };
    if let Err(error) = app.finish(unit) {
        error!("the report's outcome could not be remembered: {error}");
    }
    if rests {
        // Nothing else is tried meanwhile: what failed for one report will fail for the next.
        tokio::time::sleep(Duration::from_secs(3600)).await;
    }
}

async fn run_worker(app: &App, due: &ReportDue) -> Result<Made, String> {
    let (program, before) = worker(app)?;
    let out = app.config.file("reports").join(folder_of(&app.config.communities, &due.community));
    std::fs::create_dir_all(&out).map_err(|error| format!("{}: {error}", out.display()))?;
    let mut command = tokio::process::Command::new(&program);
    command
        .args(before)
        .args(report::arguments(due))
        .arg("--db")
        .arg(app.config.file("activity.db"))
        .arg("--out")
        .arg(&out)
        .arg("--index")
        .arg(app.config.file("reports"))
        .stdin(Stdio::null())
        .kill_on_drop(true);
    let output = tokio::time::timeout(PATIENCE, command.output())
        .await
        .map_err(|_| "the worker took more than half an hour".to_owned())?
        .map_err(|error| format!("{} cannot be started: {error}", program.display()))?;
    if !output.status.success() {
        let words = String::from_utf8_lossy(&output.stderr);
        return Err(words.trim().lines().last().unwrap_or("the worker failed without a word").to_owned());
    }
    let folder = out.join(due.month.to_string());
    let json = std::fs::read(folder.join("report.json")).map_err(|error| format!("report.json: {error}"))?;
    let report = serde_json::from_slice(&json).map_err(|error| format!("report.json: {error}"))?;
    Ok(Made { report, folder, released: report::releases(&String::from_utf8_lossy(&output.stdout)) })
}

/// The worker's program and its first arguments: what the operator says, or `hearth-analytics` beside this program.
fn worker(app: &App) -> Result<(PathBuf, Vec<String>), String> {
    if let Some((program, arguments)) = app.config.worker.split_first() {
        return Ok((program.into(), arguments.to_vec()));
    }
    let here = std::env::current_exe().map_err(|error| error.to_string())?;
    let beside = here.with_file_name("hearth-analytics");
    match beside.exists() {
        true => Ok((beside, Vec::new())),
        false => Ok(("hearth-analytics".into(), Vec::new())),
    }
}
