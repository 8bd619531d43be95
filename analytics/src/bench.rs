//! How fast the worker is: it makes communities of growing size, does with each what reports need, every step in a
//! process of its own, and prints time, memory, and how both grow.

use std::{
    error::Error,
    fs,
    path::{Path, PathBuf},
    process::Command,
    time::Instant,
};

use clap::{Args, ValueEnum};
use hearth_shared::month::Month;
use jiff::{Timestamp, tz::TimeZone};
use serde::{Deserialize, Serialize};

use crate::{
    acts,
    archive::{self, Archive},
    output, publish,
    releases::Releases,
};

mod bundle;
mod generate;

use bundle::Months;

/// Measure how fast this program is on this machine, on made-up communities
///
/// Makes a community of each size (always the same one), does with it what reports need, every step in a process of its
/// own, and prints for each what it took: seconds, processor seconds, the most memory at a time, and how many events a
/// processor second. Between two sizes it prints the exponent by which time and memory grow: at 1, twice the events take
/// twice as much; below 1, less. What is not known on this system is printed as 0.
#[derive(Args)]
pub struct Bench {
    /// How many events; several, separated by commas, to see how time and memory grow
    #[arg(long, value_delimiter = ',', default_value = "1000000,10000000", value_parser = clap::value_parser!(u64).range(1..))]
    events: Vec<u64>,
    /// The folder for logs, caches and results; a log that is there is used again. 10 million events take about 1 GB
    #[arg(long, value_name = "DIR")]
    dir: PathBuf,
    /// Do only this step, in this process, and print what it took as JSON
    #[arg(long, value_enum)]
    step: Option<Step>,
    /// Use this log instead of a made-up one; all its communities
    #[arg(long, value_name = "FILE", requires = "step")]
    db: Option<PathBuf>,
}

/// What is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Step {
    /// Make the log
    Generate,
    /// Read the whole log from SQLite, without a cache
    Load,
    /// Make the cache of closed months
    Cache,
    /// Work 18 measures out of the cache, for every month and room, with cohorts and an interval
    Bundle,
    /// The same for the newest month alone
    Newest,
    /// Work everything out that the newest month's report says, by way of the cache, without writing its page
    Report,
}

const STEPS: [Step; 6] = [Step::Generate, Step::Load, Step::Cache, Step::Bundle, Step::Newest, Step::Report];

impl Step {
    /// What it does, in a few words.
    fn words(self) -> &'static str {
        match self {
            Self::Generate => "make the log",
            Self::Load => "read the log, no cache",
            Self::Cache => "make the cache",
            Self::Bundle => "18 measures, every month",
            Self::Newest => "18 measures, newest month",
            Self::Report => "newest month's report",
        }
    }
}

/// What a step took.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
struct Taken {
    step: Step,
    events: u64,
    /// Seconds by the clock.
    wall: f64,
    /// Seconds of processor time.
    cpu: f64,
    /// The most memory at a time, MB.
    peak: f64,
}

/// 2026-01-04T00:00:00Z: the made-up log goes on to then, so that the report of its last month is due.
const NOW: i64 = 1_767_484_800_000;

/// Runs the benchmark.
pub fn run(bench: &Bench, now: Timestamp) -> Result<(), Box<dyn Error>> {
    let now = if bench.db.is_some() { now } else { Timestamp::from_millisecond(NOW)? };
    if let (Some(step), Some(events)) = (bench.step, bench.events.first()) {
        let began = Instant::now();
        let dir = bench.dir.join(events.to_string());
        fs::create_dir_all(&dir)?;
        do_step(step, *events, &dir, bench.db.as_deref(), now)?;
        let (cpu, peak) = used();
        let taken = Taken { step, events: *events, wall: began.elapsed().as_secs_f64(), cpu, peak };
        return Ok(output::print(&serde_json::to_string(&taken)?)?);
    }
    output::print(
        "step                            events    seconds  processor s  memory, MB  events a processor second",
    )?;
    let mut all: Vec<Taken> = Vec::new();
    for events in &bench.events {
        for step in STEPS {
            let is_made = bench.dir.join(events.to_string()).join("activity.db").exists();
            if step == Step::Generate && is_made {
                output::print(&format!("{:25} {events:>12}   was there already", step.words()))?;
                continue;
            }
            let taken = in_a_process(step, *events, &bench.dir)?;
            let rate = taken.events as f64 / taken.cpu.max(0.01);
            let Taken { events, wall, cpu, peak, .. } = taken;
            let name = step.words();
            output::print(&format!("{name:25} {events:>12} {wall:>10.2} {cpu:>12.2} {peak:>11.0} {rate:>26.0}"))?;
            all.push(taken);
        }
    }
    for step in STEPS {
        let of_step: Vec<&Taken> = all.iter().filter(|taken| taken.step == step).collect();
        for (small, large) in of_step.iter().zip(of_step.iter().skip(1)) {
            let (from, to, name) = (small.events, large.events, step.words());
            let time = exponent([from, to], [small.cpu.max(0.01), large.cpu.max(0.01)]);
            let memory = exponent([from, to], [small.peak.max(1.0), large.peak.max(1.0)]);
            output::print(&format!(
                "{name:25} from {from} to {to} events: processor time grows with exponent {time:.2}, memory with {memory:.2}"
            ))?;
        }
    }
    Ok(())
}

/// To which power of the events an amount grows.
fn exponent([from, to]: [u64; 2], [small, large]: [f64; 2]) -> f64 {
    (large / small).ln() / (to as f64 / from as f64).ln()
}

/// What a step takes, start of the program included.
fn in_a_process(step: Step, events: u64, dir: &Path) -> Result<Taken, Box<dyn Error>> {
    let value = step.to_possible_value().ok_or("a step has no name")?;
    let began = Instant::now();
    let output = Command::new(std::env::current_exe()?)
        .args(["bench", "--events", &events.to_string(), "--step", value.get_name(), "--dir"])
        .arg(dir)
        .output()?;
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).trim().into());
    }
    let taken: Taken = serde_json::from_slice(&output.stdout)?;
    Ok(Taken { wall: began.elapsed().as_secs_f64(), ..taken })
}

fn do_step(step: Step, events: u64, dir: &Path, db: Option<&Path>, now: Timestamp) -> Result<(), Box<dyn Error>> {
    let made = dir.join("activity.db");
    let (log, cache) = (db.unwrap_or(&made), dir.join("cache"));
    match step {
        Step::Generate if made.exists() => {}
        Step::Generate => {
            let fresh = dir.join("activity.new");
            let _ = fs::remove_file(&fresh);
            generate::write(&fresh, events)?;
            fs::rename(&fresh, &made)?;
        }
        Step::Load => {
            for community in acts::communities(log)? {
                archive::without(log, &community, &TimeZone::UTC, now)?;
            }
        }
        Step::Cache => {
            for community in acts::communities(log)? {
                Archive::new(&cache, &community).read(log, &community, &TimeZone::UTC, now)?;
            }
        }
        Step::Bundle => {
            bundle::write(&cache, &dir.join("bundle"), Months::All)?;
        }
        Step::Newest => {
            bundle::write(&cache, &dir.join("newest"), Months::Newest)?;
        }
        Step::Report => {
            for community in acts::communities(log)? {
                let facts = Archive::new(&cache, &community).read(log, &community, &TimeZone::UTC, now)?;
                let month = Month::of(now, &TimeZone::UTC).previous().ok_or("the calendar has no month before")?;
                let Some(releases) = Releases::of(&facts, &[month], true, "UTC", now)? else { continue };
                let told = publish::preview(&releases, &[month])?;
                let report = publish::report(&told, month, None).ok_or("the newest month's report is not due")?;
                fs::write(dir.join("report.json"), serde_json::to_vec(&report)?)?;
            }
        }
    }
    Ok(())
}

/// Seconds of processor time and the most memory (MB) of this process so far; 0 where the system does not say.
fn used() -> (f64, f64) {
    /// What Linux counts processor time in, a second.
    const TICKS: f64 = 100.0;
    let stat = fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields: Vec<&str> = stat.rsplit(')').next().unwrap_or_default().split_whitespace().collect();
    let ticks = |at: usize| fields.get(at).and_then(|field| field.parse::<f64>().ok()).unwrap_or(0.0);
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak =
        status.lines().find_map(|line| line.strip_prefix("VmHWM:")?.split_whitespace().next()?.parse::<f64>().ok());
    ((ticks(11) + ticks(12)) / TICKS, peak.unwrap_or(0.0) / 1024.0)
}

#[cfg(test)]
mod tests {
    use hearth_shared::report::Report;
    use polars::prelude::*;

    use super::*;
    use crate::parquet;

    #[test]
    fn ten_times_the_events_in_ten_times_the_time_is_an_exponent_of_one() {
        assert!((exponent([1, 10], [0.5, 5.0]) - 1.0).abs() < 1e-9);
        assert!((exponent([1, 100], [2.0, 20.0]) - 0.5).abs() < 1e-9);
    }

    #[test]
    fn the_newest_month_alone_is_what_it_is_among_all() {
        let dir = tempfile::tempdir().unwrap();
        let now = Timestamp::from_millisecond(NOW).unwrap();
        for step in STEPS {
            do_step(step, 4000, dir.path(), None, now).unwrap();
        }
        let report: Report = serde_json::from_slice(&fs::read(dir.path().join("report.json")).unwrap()).unwrap();
        assert_eq!(report.month.to_string(), "2025-12");
        assert!(report.measures["posters"].cell.value.is_some(), "{:?}", report.measures["posters"]);
        let table = |of: &str, name: &str| {
            parquet::read(fs::read(dir.path().join(of).join(format!("{name}.parquet"))).unwrap()).unwrap()
        };
        let (all, newest) = (table("bundle", "monthly"), table("newest", "monthly"));
        let last = all.column("m").unwrap().i32().unwrap().max().unwrap();
        let all = all.lazy().filter(col("m").eq(lit(last))).collect().unwrap();
        assert!(newest.height() > 1 && all.equals_missing(&newest));
        assert!(table("bundle", "boot").equals_missing(&table("newest", "boot")));
    }
}
