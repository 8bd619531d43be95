//! The core bundle: eighteen numbers of every month, in each room and in all of them together, with cohorts and a bootstrap
//! interval; from the archive, by the very queries that reports use. A line has `m` (the month), `g` (the room, null for
//! all of them together), and the numbers, null where one is undefined or not told of a room.

use std::{fs, path::Path};

use hearth_shared::{month::Month, report::exact_id};
use polars::prelude::*;

use crate::{
    archive::{Archive, Community},
    evaluation,
    facts::{Practices, Table},
    parquet,
    read_plan::ReadPlan,
    scopes::{self, Scope},
};
use hearth_statistics::{bootstrap, diversity::Shares, network::Network};

/// The numbers that are columns of queries: of which measure, and which of its columns. The eighteenth is the share of
/// people in the largest group that hangs together.
const NUMBERS: [(&str, usize); 17] = [
    (exact_id::MESSAGES, 0),
    (exact_id::ACTIVE_MEMBERS, 0),
    (exact_id::POSTERS, 0),
    (exact_id::EFFECTIVE_VOICES, 0),
    (exact_id::EFFECTIVE_VOICES_Q2, 0),
    (exact_id::ABSENCE_FACTOR, 0),
    (exact_id::GINI, 0),
    (exact_id::NEW_POSTERS, 0),
    (exact_id::RETAINED, 0),
    (exact_id::REACTIVATED, 0),
    (exact_id::LAPSED, 0),
    (exact_id::OPENER_REPLY_RATE, 0),
    (exact_id::OPENER_REPLY_RATE, 1),
    (exact_id::REPLY_MINUTES_P50, 0),
    (exact_id::REPLY_MINUTES_P90, 0),
    (exact_id::RECIPROCITY, 0),
    (exact_id::RECIPROCITY, 1),
];

/// How many people are in the network of replies.
const PEOPLE: (&str, usize) = (exact_id::MEAN_PARTNERS, 1);

/// Intervals are of groups of at least so many posters.
const LEAST_POSTERS: u64 = 5;

/// Which months are worked out.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Months {
    /// Every one.
    All,
    /// The last one.
    Newest,
}

/// Works the bundle of every community in the archive at `dir` out, and writes its tables into `out`.
pub fn write(dir: &Path, out: &Path, months: Months) -> Result<(), Box<dyn std::error::Error>> {
    let mut folders: Vec<String> = Vec::new();
    for entry in fs::read_dir(dir)? {
        folders.extend(entry?.file_name().into_string().ok().filter(|name| name.starts_with("community=")));
    }
    folders.sort();
    let (mut monthly, mut cohorts, mut intervals) = (Vec::new(), Vec::new(), Vec::new());
    for folder in folders {
        let archive = Archive::new(dir, folder.strip_prefix("community=").unwrap_or_default());
        let community = archive.kept()?.ok_or("a community's archive has no manifest")?;
        let Some((first, last)) = community.months() else { continue };
        let first = if months == Months::Newest { last } else { first };
        let wanted: Vec<Month> = (0..).map_while(|age| first.plus(age).filter(|month| *month <= last)).collect();
        monthly.push(lines(&community, &wanted)?.lazy());
        cohorts.push(community.between(Table::Cohorts, first.ordinal(), last.ordinal()));
        intervals.push(self::intervals(&community, last)?.lazy());
    }
    fs::create_dir_all(out)?;
    for (name, parts) in [("monthly", monthly), ("cohort", cohorts), ("boot", intervals)] {
        let mut table = concat(parts, UnionArgs::default())?.collect()?;
        fs::write(out.join(format!("{name}.parquet")), parquet::write(&mut table)?)?;
    }
    Ok(())
}

fn lines(community: &Community, months: &[Month]) -> PolarsResult<DataFrame> {
    let plan = ReadPlan::everything();
    let wanted = |id: &str| NUMBERS.iter().chain([&PEOPLE]).any(|(wanted, _)| *wanted == id);
    let values = evaluation::values(community, &Practices::default(), months, &plan, wanted)?;
    let replies = scopes::replies(community, &months.iter().map(|month| month.ordinal()).collect::<Vec<_>>())?;
    let scopes: Vec<Scope> = values.scopes(exact_id::ACTIVE_MEMBERS);
    let number = |(id, place): (&str, usize), scope: &Scope| {
        values.get(id, *scope).ok()??.get(place).copied().filter(|value| !value.is_nan())
    };
    let giant = |scope: &Scope| {
        let people = number(PEOPLE, scope).filter(|people| *people > 0.0)?;
        let replies = replies.get(scope).map_or(&[][..], Vec::as_slice);
        let network = Network::new([], replies.iter().map(|reply| (reply.from, reply.to)));
        Some(network.largest_component().max(1) as f64 / people)
    };
    let mut columns = vec![
        Column::new("m".into(), scopes.iter().map(|(_, month)| *month).collect::<Vec<i32>>()),
        Column::new("g".into(), scopes.iter().map(|(room, _)| *room).collect::<Vec<Option<i32>>>()),
    ];
    for (id, place) in NUMBERS {
        let of_scopes: Vec<Option<f64>> = scopes.iter().map(|scope| number((id, place), scope)).collect();
        columns.push(Column::new(format!("{id} {place}").into(), of_scopes));
    }
    let giants: Vec<Option<f64>> = scopes.iter().map(giant).collect();
    columns.push(Column::new(exact_id::GIANT_COMPONENT.into(), giants));
    DataFrame::new(scopes.len(), columns)
}

/// The interval of the Hill number of order 1, of every group in the last month.
fn intervals(community: &Community, last: Month) -> PolarsResult<DataFrame> {
    let of = |table: Table| community.between(table, last.ordinal(), last.ordinal()).filter(col("messages").gt(lit(0)));
    let everywhere = of(Table::People).with_column(lit(NULL).cast(DataType::Int32).alias("room"));
    let wrote = [everywhere, of(Table::Activity)].map(|who| who.select([col("room"), col("messages")]));
    let wrote = concat(wrote, UnionArgs::default())?;
    let (mut groups, mut lows, mut highs) = (Vec::new(), Vec::new(), Vec::new());
    for part in wrote.collect()?.partition_by_stable(["room"], true)? {
        let room = part.column("room")?.i32()?.get(0);
        let shares: Shares = part.column("messages")?.u32()?.iter().flatten().map(u64::from).collect();
        if let Some([low, high]) = bootstrap::hill1(&shares).filter(|_| shares.people() >= LEAST_POSTERS) {
            groups.push(room);
            lows.push(low);
            highs.push(high);
        }
    }
    df!("g" => groups, "lo" => lows, "hi" => highs)
}
