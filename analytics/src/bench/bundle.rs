//! The core bundle: eighteen measures of every month, room and community, cohorts, and one bootstrap interval, from the
//! cache of closed months. It calls what reports are made with; only the table that it fills is the benchmark's.

use std::{collections::BTreeMap, fs, path::Path};

use hearth_shared::{activity::Kind, month::Month};
use jiff::tz::TimeZone;

use crate::{
    answers::{self, WINDOW},
    bootstrap,
    cache::{Cache, Kept},
    columns::{self, Values},
    counts::{ActivityCounter, RoomMonth},
    diversity::Shares,
    growth::{Growth, GrowthTracker},
    index::Numbering,
    log::{Log, NOBODY},
    network::Network,
    statistics::quantile,
};

/// The measures of a line, in the order of the table's columns.
pub(super) const MEASURES: [&str; 18] = [
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

/// For so many months a cohort is followed.
const COHORT_MONTHS: u32 = 12;

/// The intervals are of groups of at least so many posters.
const LEAST_POSTERS: u64 = 5;

/// A room (level 0) or a community (level 1).
type Group = (i32, i32);

/// What the bundle is made of.
#[derive(Default)]
struct Bundle {
    monthly: Vec<(Group, i32, [f64; 18])>,
    cohorts: BTreeMap<(Group, i32, i32), i64>,
    intervals: Vec<(Group, [f64; 2])>,
}

/// Which months are worked out.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Months {
    /// Every one.
    All,
    /// The last one, for which the others give only who posted when.
    Newest,
}

/// Works the bundle out from the cache at `dir`, writes its tables into `out`, and says of how many months and groups.
pub fn write(dir: &Path, out: &Path, months: Months) -> Result<usize, Box<dyn std::error::Error>> {
    let mut communities = Vec::new();
    for folder in folders(dir)? {
        let name = folder.strip_prefix("community=").unwrap_or_default().to_owned();
        let cache = Cache::new(dir, &name);
        let kept = cache.months().ok_or("a community's cache has no manifest")?;
        communities.push((cache, kept));
    }
    let last = communities.iter().filter_map(|(_, kept)| kept.last()).map(|kept| kept.month).max();
    let Some(last) = last else { return Ok(0) };
    let mut end = i64::MIN;
    for (cache, kept) in communities.iter().filter_map(|(cache, kept)| Some((cache, kept.last()?))) {
        end = end.max(rows(cache, kept)?.ts.last().copied().unwrap_or(i64::MIN));
    }
    let mut bundle = Bundle::default();
    for (number, (cache, kept)) in (0..).zip(&communities) {
        bundle.add(cache, kept, (1, number), months, last, end)?;
    }
    bundle.write(out)?;
    Ok(bundle.monthly.len())
}

fn folders(dir: &Path) -> Result<Vec<String>, std::io::Error> {
    let mut names = Vec::new();
    for entry in fs::read_dir(dir)? {
        names.extend(entry?.file_name().into_string().ok().filter(|name| name.starts_with("community=")));
    }
    names.sort();
    Ok(names)
}

fn rows(cache: &Cache, kept: &Kept) -> Result<Log, &'static str> {
    cache.rows(kept).ok_or("a file of the cache is not as it was written; make the cache again")
}

impl Bundle {
    fn add(
        &mut self,
        cache: &Cache,
        kept: &[Kept],
        community: Group,
        months: Months,
        last: Month,
        end: i64,
    ) -> Result<(), Box<dyn std::error::Error>> {
        let mut growth: BTreeMap<Group, GrowthTracker> = BTreeMap::new();
        let first = kept.first().map_or(0, |kept| kept.month.ordinal());
        let mut by_month = kept.iter().peekable();
        let mut ahead: Option<Log> = None;
        for ordinal in first..=last.ordinal() {
            let here = by_month.next_if(|kept| kept.month.ordinal() == ordinal);
            let Some(here) = here else {
                for so_far in growth.values_mut() {
                    so_far.next([].into_iter());
                }
                continue;
            };
            if months == Months::Newest && here.month != last {
                let cells = cache.rooms(here).ok_or("a file of the cache is not as it was written")?;
                let posted = cells.iter().filter(|cell| cell.messages > 0).map(|cell| cell.person);
                let all = Numbering::of(&posted.collect::<Vec<_>>());
                grow(&mut growth, &cells, all.ids().to_vec(), community);
                continue;
            }
            let mut log = match ahead.take() {
                Some(log) => log,
                None => rows(cache, here)?,
            };
            let own = log.len();
            if let Some(next) = by_month.peek() {
                let next = rows(cache, next)?;
                let until = log.ts.last().map_or(i64::MIN, |ts| ts.saturating_add(WINDOW));
                log.append(next.slice(0..next.ts.partition_point(|ts| *ts <= until)));
                ahead = Some(next);
            }
            self.month(&log, own, ordinal, community, &mut growth, end, here.month == last);
        }
        Ok(())
    }

    /// A month: the first `own` rows of `log`, after which its 72 hours of answers follow.
    #[expect(clippy::too_many_arguments, reason = "one caller, and a type for it would say no more")]
    fn month(
        &mut self,
        log: &Log,
        own: usize,
        month: i32,
        community: Group,
        growth: &mut BTreeMap<Group, GrowthTracker>,
        end: i64,
        is_last: bool,
    ) {
        let counted = ActivityCounter::new(log).count(0..own, &TimeZone::UTC);
        let posters = counted.people.iter().filter(|one| one.messages > 0).map(|one| one.person);
        let grown = grow(growth, &counted.rooms, posters.collect(), community);
        let rooms: Vec<i32> = counted.rooms.chunk_by(same_room).map(|cells| cells[0].room).collect();
        let rooms = Numbering::of(&rooms);

        let messages = || (0..own).filter(|row| log.kind[*row] == Kind::Message);
        let openers: Vec<usize> =
            messages().filter(|row| log.ts[*row].saturating_add(WINDOW) <= end && log.is_opener(*row)).collect();
        let outcomes = answers::outcomes(log, &openers);
        let mut spoken: Vec<Spoken> = (0..rooms.len()).map(|_| Spoken::default()).collect();
        let mut everywhere = Spoken::default();
        for (row, outcome) in openers.iter().zip(&outcomes) {
            let here = rooms.number(log.room[*row]).and_then(|room| spoken.get_mut(room));
            for spoken in here.into_iter().chain([&mut everywhere]) {
                spoken.openers += 1;
                spoken.minutes.extend(outcome.minutes);
            }
        }
        for row in messages().filter(|row| log.reply_person[*row] != NOBODY) {
            let here = rooms.number(log.room[row]).and_then(|room| spoken.get_mut(room));
            for spoken in here.into_iter().chain([&mut everywhere]) {
                spoken.replies.push((log.person[row], log.reply_person[row]));
            }
        }

        let mut line = |group: Group, counts: &[(i32, u32)], spoken: Spoken| {
            let posters = || counts.iter().filter(|(_, messages)| *messages > 0);
            let shares: Shares = posters().map(|(_, messages)| u64::from(*messages)).collect();
            let network = Network::new(posters().map(|(person, _)| *person), spoken.replies.iter().copied());
            let nobody = Grown::default();
            let grown = grown.get(&group).filter(|_| shares.people() > 0).unwrap_or(&nobody);
            if is_last && shares.people() >= LEAST_POSTERS {
                self.intervals.extend(bootstrap::hill1(&shares).map(|interval| (group, interval)));
            }
            for (age, count) in (0_i32..).zip(grown.ages).filter(|(_, count)| *count > 0) {
                *self.cohorts.entry((group, month - age, age)).or_default() += count;
            }
            self.monthly.push((group, month, measures(counts.len(), &shares, &grown.growth, spoken, &network)));
        };
        for (cells, spoken) in counted.rooms.chunk_by(same_room).zip(spoken) {
            let counts: Vec<(i32, u32)> = cells.iter().map(|cell| (cell.person, cell.messages)).collect();
            line((0, cells[0].room), &counts, spoken);
        }
        let counts: Vec<(i32, u32)> = counted.people.iter().map(|one| (one.person, one.messages)).collect();
        line(community, &counts, everywhere);
    }

    fn write(&self, out: &Path) -> Result<(), Box<dyn std::error::Error>> {
        fs::create_dir_all(out)?;
        let groups = |groups: Vec<Group>| {
            let (levels, groups): (Vec<i32>, Vec<i32>) = groups.into_iter().unzip();
            [("lvl", Values::Int(levels)), ("g", Values::Int(groups))]
        };
        let mut monthly = groups(self.monthly.iter().map(|(group, ..)| *group).collect()).to_vec();
        monthly.push(("m", Values::Int(self.monthly.iter().map(|(_, month, _)| *month).collect())));
        for (at, name) in MEASURES.into_iter().enumerate() {
            monthly.push((name, Values::Double(self.monthly.iter().map(|(.., values)| values[at]).collect())));
        }
        let mut cohorts = groups(self.cohorts.keys().map(|(group, ..)| *group).collect()).to_vec();
        cohorts.push(("c", Values::Int(self.cohorts.keys().map(|(_, cohort, _)| *cohort).collect())));
        cohorts.push(("k", Values::Int(self.cohorts.keys().map(|(.., age)| *age).collect())));
        cohorts.push(("n", Values::Long(self.cohorts.values().copied().collect())));
        let mut intervals = groups(self.intervals.iter().map(|(group, _)| *group).collect()).to_vec();
        intervals.push(("lo", Values::Double(self.intervals.iter().map(|(_, [low, _])| *low).collect())));
        intervals.push(("hi", Values::Double(self.intervals.iter().map(|(_, [_, high])| *high).collect())));
        for (name, table) in [("monthly", &monthly), ("cohort", &cohorts), ("boot", &intervals)] {
            fs::write(out.join(format!("{name}.parquet")), columns::encode(table)?)?;
        }
        Ok(())
    }
}

fn same_room(one: &RoomMonth, other: &RoomMonth) -> bool {
    one.room == other.room
}

/// How long a group's openers waited, and who replied to whom.
#[derive(Default)]
struct Spoken {
    openers: usize,
    minutes: Vec<f64>,
    replies: Vec<(i32, i32)>,
}

/// Where a group's posters come from, and how many of them posted first how many months ago.
#[derive(Default)]
struct Grown {
    growth: Growth,
    ages: [i64; COHORT_MONTHS as usize + 1],
}

/// Takes a month into everybody's months of posting: of each room, and of the community, whose posters are `all`.
fn grow(
    so_far: &mut BTreeMap<Group, GrowthTracker>,
    cells: &[RoomMonth],
    all: Vec<i32>,
    community: Group,
) -> BTreeMap<Group, Grown> {
    let mut posters: BTreeMap<Group, Vec<i32>> = so_far.keys().map(|group| (*group, Vec::new())).collect();
    for cells in cells.chunk_by(same_room) {
        let here = cells.iter().filter(|cell| cell.messages > 0).map(|cell| cell.person);
        posters.insert((0, cells[0].room), here.collect());
    }
    posters.insert(community, all);
    let grown = posters.into_iter().map(|(group, posters)| {
        let so_far = so_far.entry(group).or_default();
        let growth = so_far.next(posters.iter().copied());
        let mut ages = Grown::default().ages;
        for age in so_far.ages() {
            if let Some(count) = ages.get_mut(*age as usize) {
                *count += 1;
            }
        }
        (group, Grown { growth, ages })
    });
    grown.collect()
}

/// A line's measures; what is undefined is 0.
fn measures(active: usize, shares: &Shares, growth: &Growth, spoken: Spoken, network: &Network) -> [f64; 18] {
    let Spoken { openers, mut minutes, .. } = spoken;
    minutes.sort_unstable_by(f64::total_cmp);
    let known = |value: Option<f64>| value.unwrap_or(0.0);
    let people = network.people();
    [
        shares.total() as f64,
        active as f64,
        shares.people() as f64,
        known(shares.hill1()),
        known(shares.hill2()),
        known(shares.absence_factor().map(|people| people as f64)),
        known(shares.gini()),
        growth.new.len() as f64,
        growth.retained.len() as f64,
        growth.reactivated as f64,
        growth.lapsed as f64,
        openers as f64,
        minutes.len() as f64,
        known(quantile(&minutes, 0.5)),
        known(quantile(&minutes, 0.9)),
        network.edges() as f64,
        known(network.reciprocity()),
        if people == 0 { 0.0 } else { network.largest_component() as f64 / people as f64 },
    ]
}
