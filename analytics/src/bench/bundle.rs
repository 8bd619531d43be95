//! The core bundle: eighteen measures of every month, room and community, cohorts, and one bootstrap interval, from the
//! archive. A line has `lvl` (0 for a room, 1 for a community), `g` (which one) and `m` (the month); what is undefined is 0.

use std::{fs, path::Path};

use polars::prelude::*;

use crate::{
    acts,
    archive::{Archive, Community},
    bootstrap,
    diversity::Shares,
    facts::{Table, WINDOW, in_order, only_if},
    network::Network,
    parquet,
};

/// For so many months a cohort is followed.
const COHORT_MONTHS: i32 = 12;

/// The intervals are of groups of at least so many posters.
const LEAST_POSTERS: usize = 5;

/// What a line is about.
const KEYS: [&str; 3] = ["lvl", "g", "m"];

/// Which months are worked out.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Months {
    /// Every one.
    All,
    /// The last one, for which the others give only who posted when.
    Newest,
}

/// Works the bundle out from the archive at `dir`, writes its tables into `out`, and says of how many months and groups.
pub fn write(dir: &Path, out: &Path, months: Months) -> Result<usize, Box<dyn std::error::Error>> {
    let mut folders: Vec<String> = Vec::new();
    for entry in fs::read_dir(dir)? {
        folders.extend(entry?.file_name().into_string().ok().filter(|name| name.starts_with("community=")));
    }
    folders.sort();
    let mut communities = Vec::new();
    for folder in folders {
        let archive = Archive::new(dir, folder.strip_prefix("community=").unwrap_or_default());
        communities.push(archive.kept()?.ok_or("a community's archive has no manifest")?);
    }
    let last = communities.iter().filter_map(|facts| Some(facts.months()?.1.ordinal())).max().unwrap_or(0);
    let first = if months == Months::Newest { last } else { i32::MIN };
    let (mut monthly, mut cohorts, mut intervals) = (Vec::new(), Vec::new(), Vec::new());
    for (number, facts) in (0..).zip(&communities) {
        let posters = posters(facts, number)?;
        monthly.push(lines(facts, number, posters.clone(), first)?);
        cohorts.push(self::cohorts(posters, first));
        intervals.push(self::intervals(facts, number, last)?.lazy());
    }
    let together = |parts: Vec<LazyFrame>| concat(parts, UnionArgs::default())?.collect();
    let mut tables = [
        ("monthly", together(monthly)?.fill_null(FillNullStrategy::Zero)?),
        ("cohort", together(cohorts)?),
        ("boot", together(intervals)?),
    ];
    fs::create_dir_all(out)?;
    for (name, table) in &mut tables {
        fs::write(out.join(format!("{name}.parquet")), parquet::write(table)?)?;
    }
    Ok(tables[0].1.height())
}

/// A table of facts with what a line is about.
fn keyed(table: LazyFrame, number: i32) -> LazyFrame {
    table.with_columns([
        col("room").is_null().cast(DataType::Int32).alias("lvl"),
        col("room").fill_null(lit(number)).alias("g"),
        col("month").alias("m"),
    ])
}

/// Rows of rooms, once for the room and once for the community.
fn twice(table: LazyFrame, number: i32) -> PolarsResult<LazyFrame> {
    let everywhere = table.clone().with_column(lit(NULL).cast(DataType::Int32).alias("room"));
    Ok(keyed(concat([table, everywhere], UnionArgs::default())?, number))
}

/// Who wrote how much, with when they wrote there before (`before`) and first (`cohort`).
fn posters(facts: &Community, number: i32) -> PolarsResult<LazyFrame> {
    let wrote = |rooms: Expr| keyed(facts.table(Table::Activity).filter(rooms.and(col("messages").gt(lit(0)))), number);
    let everywhere = wrote(col("room").is_null());
    let same = || col("seat").shift(lit(1)).eq(col("seat"));
    // Months come in their order.
    let by_room = in_order(wrote(col("room").is_not_null()).with_column(acts::seat().alias("seat")), col("seat"))
        .with_column(only_if(same(), col("m").shift(lit(1))).alias("before"))
        .with_column(
            only_if(col("before").is_null(), col("m"))
                .fill_null_with_strategy(FillNullStrategy::Forward(None))
                .alias("cohort"),
        );
    let by_room = in_order(in_order(by_room, col("messages")), acts::pair(col("m"), col("g")));
    let columns = ["lvl", "g", "m", "person", "messages", "before", "cohort"].map(col);
    concat([everywhere.select(columns.clone()), by_room.select(columns)], UnionArgs::default())
}

fn lines(facts: &Community, number: i32, posters: LazyFrame, first: i32) -> PolarsResult<LazyFrame> {
    let keys = || KEYS.map(col);
    let since = |table: LazyFrame| table.filter(col("month").gt_eq(lit(first)));
    let join = |one: LazyFrame, other: LazyFrame| one.join(other, keys(), keys(), JoinArgs::new(JoinType::Left));
    let active = keyed(since(facts.table(Table::Activity)), number).group_by(keys()).agg([len().alias("active")]);

    // How much everybody wrote, in order: the place of somebody among the others, and what those above them wrote.
    let x = || col("messages").cast(DataType::Float64);
    let all = || x().sum();
    let count = || len().cast(DataType::Float64);
    let shape = posters
        .clone()
        .filter(col("m").gt_eq(lit(first)))
        .with_row_index("at", Some(1))
        .with_column(x().cum_sum(false).alias("so_far"))
        .group_by_stable(keys())
        .agg([
            all().cast(DataType::Int64).alias("messages"),
            len().alias("posters"),
            (all().log(lit(std::f64::consts::E)) - (x() * x().log(lit(std::f64::consts::E))).sum() / all())
                .exp()
                .alias("hill1"),
            (all() * all() / (x() * x()).sum()).alias("hill2"),
            (col("so_far").last() - col("so_far")).lt(all() * lit(0.5)).sum().alias("caf"),
            (lit(2.0)
                * ((col("at").cast(DataType::Float64) * x()).sum()
                    - (col("at").first().cast(DataType::Float64) - lit(1.0)) * all())
                / (count() * all())
                - (count() + lit(1.0)) / count())
            .alias("gini"),
            col("before").is_null().sum().alias("new"),
            col("before").eq(col("m") - lit(1)).sum().alias("retained"),
            col("before").lt(col("m") - lit(1)).sum().alias("reactivated"),
        ]);
    let next = posters
        .clone()
        .filter(col("m").gt_eq(lit(first.saturating_sub(1))))
        .group_by(keys())
        .agg([len().alias("last_posters")])
        .with_column(col("m") + lit(1));
    let end = facts.table(Table::Counts).select([col("last").max()]).collect()?;
    let end = end.column("last")?.i64()?.get(0).unwrap_or(i64::MIN);
    let judged = col("opens").and((col("ts") + lit(WINDOW)).lt_eq(lit(end)));
    let quantile = |q: f64| col("minutes").quantile(lit(q), QuantileMethod::Linear);
    let openers = twice(since(facts.table(Table::Openers)).filter(judged), number)?.group_by(keys()).agg([
        len().alias("openers"),
        col("minutes").count().alias("replied"),
        quantile(0.5).alias("p50"),
        quantile(0.9).alias("p90"),
    ]);
    let pairs = twice(since(facts.table(Table::Replies)).select(["month", "room", "person", "to"].map(col)), number)?;
    let person = || col("person").lt(col("to"));
    let pairs = pairs
        .group_by(
            [
                keys().to_vec(),
                vec![
                    when(person()).then(col("person")).otherwise(col("to")).alias("one"),
                    when(person()).then(col("to")).otherwise(col("person")).alias("other"),
                ],
            ]
            .concat(),
        )
        // In the community, the same two may have spoken in several rooms.
        .agg([col("person").n_unique().alias("ways")]);
    let edges = pairs.clone().group_by(keys()).agg([
        col("ways").sum().alias("edges"),
        (col("ways").filter(col("ways").eq(lit(2))).sum().cast(DataType::Float64)
            / col("ways").sum().cast(DataType::Float64))
        .alias("reciprocity"),
    ]);
    let giant = giant(pairs, posters.filter(col("m").gt_eq(lit(first))))?;
    let all = join(join(join(join(join(active, shape), next), openers), edges), giant.lazy());
    let growth = ["messages", "posters", "new", "retained", "reactivated"].map(|name| col(name).fill_null(lit(0)));
    let numbers = [
        "messages",
        "active",
        "posters",
        "hill1",
        "hill2",
        "caf",
        "gini",
        "new",
        "retained",
        "reactivated",
        "lapsed",
        "openers",
        "replied",
        "p50",
        "p90",
        "edges",
        "reciprocity",
        "giant",
    ];
    let posted = col("posters").gt(lit(0)).cast(DataType::Int64);
    Ok(all
        .with_columns(growth)
        .with_column(
            ((col("last_posters").fill_null(lit(0)).cast(DataType::Int64) - col("retained").cast(DataType::Int64))
                * posted)
                .alias("lapsed"),
        )
        .sort(KEYS, SortMultipleOptions::default())
        .select([keys().to_vec(), numbers.map(|name| col(name).cast(DataType::Float64)).to_vec()].concat()))
}

/// The share of people in the largest group that hangs together, by line: this is no query.
fn giant(pairs: LazyFrame, posters: LazyFrame) -> PolarsResult<DataFrame> {
    let sorted = |table: LazyFrame| table.sort(KEYS, SortMultipleOptions::default());
    let pairs = sorted(pairs).collect()?;
    let posters = sorted(posters.select(["lvl", "g", "m", "person"].map(col))).collect()?;
    let column = |table: &DataFrame, name: &str| PolarsResult::Ok(table.column(name)?.i32()?.rechunk().into_owned());
    let lines = |table: &DataFrame| -> PolarsResult<Vec<[i32; 3]>> {
        let [lvl, g, m] = [column(table, "lvl")?, column(table, "g")?, column(table, "m")?];
        let keys = lvl.iter().zip(g.iter()).zip(m.iter());
        Ok(keys.map(|((lvl, g), m)| [lvl, g, m].map(Option::unwrap_or_default)).collect())
    };
    let (pair_keys, poster_keys) = (lines(&pairs)?, lines(&posters)?);
    let [one, other, person] = [column(&pairs, "one")?, column(&pairs, "other")?, column(&posters, "person")?];
    let (one, other, person) = (one.cont_slice()?, other.cont_slice()?, person.cont_slice()?);
    let (mut keys, mut shares, mut from) = (Vec::new(), Vec::new(), 0);
    let mut rest = 0;
    while let Some(key) = poster_keys.get(from).copied() {
        let until = from + poster_keys[from..].partition_point(|other| *other == key);
        let begin = rest + pair_keys[rest..].partition_point(|other| *other < key);
        let end = begin + pair_keys[begin..].partition_point(|other| *other == key);
        let replies = one[begin..end].iter().copied().zip(other[begin..end].iter().copied());
        let network = Network::new(person[from..until].iter().copied(), replies);
        keys.push(key);
        shares.push(network.largest_component() as f64 / network.people().max(1) as f64);
        (from, rest) = (until, end);
    }
    df!(
        "lvl" => keys.iter().map(|key| key[0]).collect::<Vec<_>>(),
        "g" => keys.iter().map(|key| key[1]).collect::<Vec<_>>(),
        "m" => keys.iter().map(|key| key[2]).collect::<Vec<_>>(),
        "giant" => shares,
    )
}

fn cohorts(posters: LazyFrame, first: i32) -> LazyFrame {
    let age = || col("m") - col("cohort");
    posters
        .filter(age().lt_eq(lit(COHORT_MONTHS)).and(col("m").gt_eq(lit(first))))
        .group_by([col("lvl"), col("g"), col("cohort").alias("c"), age().alias("k")])
        .agg([len().cast(DataType::Int64).alias("n")])
        .sort(["lvl", "g", "c", "k"], SortMultipleOptions::default())
}

/// The interval of the Hill number of order 1, of every group in the last month.
fn intervals(facts: &Community, number: i32, last: i32) -> PolarsResult<DataFrame> {
    let wrote = keyed(facts.between(Table::Activity, last, last), number)
        .filter(col("messages").gt(lit(0)))
        .sort(["lvl", "g"], SortMultipleOptions::default())
        .select(["lvl", "g", "messages"].map(col))
        .collect()?;
    let (mut lvls, mut groups, mut lows, mut highs) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for part in wrote.partition_by_stable(["lvl", "g"], true)? {
        let shares: Shares = part.column("messages")?.u32()?.iter().flatten().map(u64::from).collect();
        let key = |name: &str| PolarsResult::Ok(part.column(name)?.i32()?.get(0).unwrap_or_default());
        if let Some([low, high]) = bootstrap::hill1(&shares).filter(|_| part.height() >= LEAST_POSTERS) {
            lvls.push(key("lvl")?);
            groups.push(key("g")?);
            lows.push(low);
            highs.push(high);
        }
    }
    df!("lvl" => lvls, "g" => groups, "lo" => lows, "hi" => highs)
}
