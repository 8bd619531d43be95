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
use jiff::{Timestamp, tz::TimeZone};
use serde::{Deserialize, Serialize};

use crate::{cache::Cache, load, output};

mod bundle;
mod generate;

use bundle::Months;

/// Measure the worker itself, on communities that never were
#[derive(Args)]
pub struct Bench {
    /// How many events; several, separated by commas, to see how time grows
    #[arg(long, value_delimiter = ',', default_value = "1000000,10000000")]
    events: Vec<u64>,
    /// The folder for logs, caches and results; what is there is used again
    #[arg(long, value_name = "DIR")]
    dir: PathBuf,
    /// Do only this step, in this process
    #[arg(long, value_enum)]
    step: Option<Step>,
    /// Use this log instead of a made one; all its communities
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
    /// Work the core bundle out from the cache, all months
    Bundle,
    /// The same for the newest month alone
    Newest,
}

const STEPS: [Step; 5] = [Step::Generate, Step::Load, Step::Cache, Step::Bundle, Step::Newest];

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

/// Runs the benchmark.
pub fn run(bench: &Bench, now: Timestamp) -> Result<(), Box<dyn Error>> {
    if let (Some(step), Some(events)) = (bench.step, bench.events.first()) {
        let began = Instant::now();
        let dir = bench.dir.join(events.to_string());
        fs::create_dir_all(&dir)?;
        do_step(step, *events, &dir, bench.db.as_deref(), now)?;
        let (cpu, peak) = used();
        let taken = Taken { step, events: *events, wall: began.elapsed().as_secs_f64(), cpu, peak };
        return Ok(output::print(&serde_json::to_string(&taken)?)?);
    }
    output::print("step          events     wall s      cpu s   peak MB   events/cpu s")?;
    let mut all: Vec<Taken> = Vec::new();
    for events in &bench.events {
        for step in STEPS {
            let taken = in_a_process(step, *events, &bench.dir)?;
            let name = format!("{step:?}").to_lowercase();
            let rate = taken.events as f64 / taken.cpu.max(0.01);
            let Taken { events, wall, cpu, peak, .. } = taken;
            output::print(&format!("{name:8} {events:>11} {wall:>10.2} {cpu:>10.2} {peak:>9.0} {rate:>14.0}"))?;
            all.push(taken);
        }
    }
    for step in STEPS {
        let of_step: Vec<&Taken> = all.iter().filter(|taken| taken.step == step).collect();
        for (small, large) in of_step.iter().zip(of_step.iter().skip(1)) {
            let (from, to) = (small.events, large.events);
            let grown = |one: f64, other: f64| (other.max(0.01) / one.max(0.01)).ln() / (to as f64 / from as f64).ln();
            let name = format!("{step:?}").to_lowercase();
            let (cpu, peak) = (grown(small.cpu, large.cpu), grown(small.peak, large.peak));
            output::print(&format!(
                "{name}: from {from} to {to} events, time grows with exponent {cpu:.2}, memory with {peak:.2}"
            ))?;
        }
    }
    Ok(())
}

fn in_a_process(step: Step, events: u64, dir: &Path) -> Result<Taken, Box<dyn Error>> {
    let value = step.to_possible_value().ok_or("a step has no name")?;
    let output = Command::new(std::env::current_exe()?)
        .args(["bench", "--events", &events.to_string(), "--step", value.get_name(), "--dir"])
        .arg(dir)
        .output()?;
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).trim().into());
    }
    Ok(serde_json::from_slice(&output.stdout)?)
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
            for community in load::communities(log)? {
                load::load(log, &community, now)?;
            }
        }
        Step::Cache => {
            for community in load::communities(log)? {
                Cache::new(&cache, &community).load(log, &community, &TimeZone::UTC, now)?;
            }
        }
        Step::Bundle => {
            bundle::write(&cache, &dir.join("bundle"), Months::All)?;
        }
        Step::Newest => {
            bundle::write(&cache, &dir.join("newest"), Months::Newest)?;
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
    use super::*;

    #[test]
    fn the_newest_month_alone_is_what_it_is_among_all() {
        let dir = tempfile::tempdir().unwrap();
        let now: Timestamp = "2026-02-01T00:00:00Z".parse().unwrap();
        for step in STEPS {
            do_step(step, 4000, dir.path(), None, now).unwrap();
        }
        let table = |of: &str, name: &str| {
            let bytes = fs::read(dir.path().join(of).join(format!("{name}.parquet"))).unwrap();
            crate::columns::Table::open(bytes).unwrap()
        };
        let (all, newest) = (table("bundle", "monthly"), table("newest", "monthly"));
        let last = *all.int("m").unwrap().iter().max().unwrap();
        let at: Vec<usize> =
            (0..all.int("m").unwrap().len()).filter(|row| all.int("m").unwrap()[*row] == last).collect();
        assert!(!at.is_empty());
        for column in bundle::MEASURES {
            let (all, newest) = (all.double(column).unwrap(), newest.double(column).unwrap());
            assert_eq!(at.iter().map(|row| all[*row]).collect::<Vec<_>>(), newest, "{column}");
        }
        assert_eq!(table("bundle", "boot").double("lo").unwrap(), table("newest", "boot").double("lo").unwrap());
    }
}
