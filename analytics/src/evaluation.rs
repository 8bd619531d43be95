//! Works measures out that are queries, for all months and rooms at once.

mod newcomers;

use std::collections::BTreeMap;

use hearth_shared::month::Month;
use polars::prelude::*;

use crate::{
    archive::Community,
    facts::{Practices, Table, WINDOW, gatherings},
    frames::{self, in_order, left},
    measures::{ALL, Formula, Query, Rows},
    read_plan::ReadPlan,
    scopes::Scope,
    values::{Keys, Values},
};

/// About so many rows are looked at at a time, whatever the log holds.
pub(crate) const SPAN: usize = 1 << 22;

/// Works the measures out that are queries, as far as they are `wanted`, in these months as far as a plan wants them.
///
/// # Errors
/// Where polars cannot compute it.
pub fn values(
    community: &Community,
    practices: &Practices,
    months: &[Month],
    plan: &ReadPlan,
    wanted: impl Fn(&str) -> bool,
) -> PolarsResult<Values> {
    let mut values = Values::default();
    let end = community.end()?;
    for span in community.spans(months, SPAN) {
        add(&mut values, &Tables::of(community, practices, &span, plan, end), &wanted)?;
    }
    Ok(values)
}

/// What practices logged, as it stood at the ends of these months as far as a plan looks back at them.
///
/// # Errors
/// Where polars cannot compute it.
pub fn practices(community: &Community, months: &[Month], plan: &ReadPlan) -> PolarsResult<Practices> {
    let months: Vec<Month> = months.iter().filter(|month| plan.has(**month)).copied().collect();
    Practices::of(&community.table(Table::Practices).collect()?, &months, &community.zone)
}

/// Adds what the months of some tables come to.
fn add(values: &mut Values, tables: &Tables<'_>, wanted: impl Fn(&str) -> bool) -> PolarsResult<()> {
    for (rows, keys) in Rows::ALL.iter().flat_map(|rows| [(*rows, Keys::Month), (*rows, Keys::MonthAndRoom)]) {
        let queries: Vec<(&'static str, Query)> = ALL
            .iter()
            .filter(|measure| wanted(measure.id) && (keys == Keys::Month || measure.per_room))
            .filter_map(|measure| match measure.formula {
                Formula::Query(query) => Some((measure.id, query())),
                Formula::Plain(_) => None,
            })
            .filter(|(_, query)| query.rows == rows)
            .collect();
        let columns: Vec<Expr> = queries.iter().flat_map(|(_, query)| query.columns.clone()).collect();
        if columns.is_empty() {
            continue;
        }
        let all = by_scope(tables.rows(rows, keys)?, keys, &columns)?;
        let mut from = 0;
        for (id, query) in &queries {
            let to = from + query.columns.len();
            let of = |(scope, columns): (&Scope, &Vec<f64>)| (*scope, columns[from..to].to_vec());
            values.columns.entry(id).or_default().extend(all.iter().map(of));
            values.months.entry((id, keys)).or_default().extend(tables.months(rows));
            from = to;
        }
    }
    Ok(())
}

/// What expressions come to over the rows of each scope; NaN is null. The table has `month` and, where it is looked at by
/// room, `room`. It is fastest where rows are in the order of months and rooms, as those of facts are.
///
/// # Errors
/// Where polars cannot compute it.
pub(crate) fn by_scope(table: LazyFrame, keys: Keys, columns: &[Expr]) -> PolarsResult<BTreeMap<Scope, Vec<f64>>> {
    let named = |(place, column): (usize, &Expr)| {
        column.clone().cast(DataType::Float64).fill_null(lit(f64::NAN)).alias(place.to_string())
    };
    let named: Vec<Expr> = columns.iter().enumerate().map(named).collect();
    let room = if keys == Keys::Month { lit(NO_ROOM) } else { col("room") };
    let scope = frames::pair(col("month"), room).alias("scope");
    let table = table.with_column(ascending(scope)).group_by([col("scope")]).agg(named).collect()?;
    let columns = (0..columns.len()).map(|place| Ok(table.column(&place.to_string())?.f64()?.rechunk()));
    let columns = columns.collect::<PolarsResult<Vec<_>>>()?;
    let scopes = table.column("scope")?.i64()?;
    let of = |row: usize| columns.iter().map(|column| column.get(row).unwrap_or(f64::NAN)).collect();
    Ok(scopes.iter().flatten().enumerate().map(|(row, scope)| (self::scope(scope), of(row))).collect())
}

/// A column that, where it ascends, says so: then groups of it lie together.
///
/// It looks: polars leaves a sort out where what follows does not depend on order, and this flag would split the groups.
pub(crate) fn ascending(column: Expr) -> Expr {
    let say_so = |mut column: Column| {
        if column.i64()?.iter().is_sorted() {
            column.set_sorted_flag(polars::series::IsSorted::Ascending);
        }
        Ok(column)
    };
    column.map(say_so, |_, field| Ok(field.clone()))
}

/// Stands for all rooms together.
const NO_ROOM: i32 = -1;

/// The scope that is a pair of a month and a room.
fn scope(pair: i64) -> Scope {
    let (month, room) = ((pair + 1).div_euclid(1 << 32), (pair + 1).rem_euclid(1 << 32) - 1);
    let number = |it: i64| i32::try_from(it).unwrap_or(i32::MAX);
    (Some(number(room)).filter(|room| *room != NO_ROOM), number(month))
}

/// The facts of the months that are wanted.
struct Tables<'a> {
    community: &'a Community,
    practices: &'a Practices,
    /// The months that are wanted, and all.
    measured: Vec<i32>,
    all: Vec<i32>,
    end: i64,
}

impl<'a> Tables<'a> {
    fn of(community: &'a Community, practices: &'a Practices, months: &[Month], plan: &ReadPlan, end: i64) -> Self {
        let wanted = |want: &dyn Fn(Month) -> bool| -> Vec<i32> {
            months.iter().filter(|month| want(**month)).map(|month| month.ordinal()).collect()
        };
        Self { community, practices, measured: wanted(&|month| plan.has(month)), all: wanted(&|_| true), end }
    }

    /// The months of which rows are looked at.
    fn months(&self, rows: Rows) -> &[i32] {
        if rows == Rows::Counts { &self.all } else { &self.measured }
    }

    /// The rows, with `month` and, where they are looked at by room, `room`.
    fn rows(&self, rows: Rows, keys: Keys) -> PolarsResult<LazyFrame> {
        let months = self.months(rows);
        let of = |table: Table| self.community.of_months(table, months);
        let (wrote, did) = (col("messages").gt(lit(0)), (col("messages") + col("reactions")).gt(lit(0)));
        let who = if keys == Keys::Month { Table::People } else { Table::Activity };
        // Whether a message had its 72 hours before the log ends.
        let at = df!("month" => months)?.lazy();
        let stood = |table: &DataFrame| table.clone().lazy().semi_join(at.clone(), col("month"), col("month"));
        let judged = (col("ts") + lit(WINDOW)).lt_eq(lit(self.end));
        Ok(match rows {
            Rows::People => of(who).filter(did),
            Rows::Posters => of(who).filter(wrote),
            Rows::Counts => {
                let days = |month: &i32| Month::from_ordinal(*month).map_or(0, |month| i32::from(month.days()));
                let length = df!("month" => months, "length" => months.iter().map(days).collect::<Vec<_>>())?;
                of(Table::Counts).join(length.lazy(), [col("month")], [col("month")], left())
            }
            Rows::Openers => of(Table::Openers).filter(col("opens").and(judged)),
            Rows::Newcomers => of(Table::Openers).filter(col("is_first").and(judged)),
            Rows::Nodes => of(who).filter(wrote.or(col("partners").gt(lit(0)))),
            Rows::Flow => {
                let of_all = col("room").is_null();
                of(Table::Flow).filter(if keys == Keys::Month { of_all } else { of_all.not() })
            }
            Rows::Rooms => {
                let place = ascending(frames::pair(col("month"), col("room")).alias("place"));
                let rooms = of(Table::Activity).filter(wrote).with_column(place).group_by_stable([col("place")]).agg([
                    col("month").first(),
                    col("messages").sum(),
                    col("messages").max().alias("most"),
                ]);
                let posters = of(Table::Counts).select([col("month"), col("posters")]);
                rooms.join(posters, [col("month")], [col("month")], left())
            }
            Rows::Gatherings => stood(&self.practices.gatherings),
            Rows::Actions => stood(&self.practices.actions),
            Rows::Worth => stood(&self.practices.worth),
            Rows::Sheets => stood(&self.practices.sheets),
            Rows::Turns => {
                let (gatherings, leads) = (stood(&self.practices.gatherings), self.practices.leads.clone().lazy());
                let (keys, scope): (&[&str], _) = match keys {
                    Keys::Month => (&["month"], col("month")),
                    Keys::MonthAndRoom => (&["month", "room"], frames::pair(col("month"), col("room"))),
                };
                in_order(gatherings::turns(gatherings, leads, keys)?, scope)
            }
            Rows::Leaders => {
                let year =
                    stood(&self.practices.gatherings).filter(col("is_large").and(col("began_day").gt_eq(col("since"))));
                let (of_gathering, of_person) = (|| ["month", "gathering"].map(col), || ["month", "person"].map(col));
                let led = self.practices.leads.clone().lazy();
                let led = led.join(year, of_gathering(), of_gathering(), JoinArgs::new(JoinType::Semi));
                let led = led.select([col("month"), col("person"), lit(true).alias("led")]);
                let led = led.unique(None, UniqueKeepStrategy::Any).collect()?.lazy();
                let posters = of(Table::People).filter(wrote).select(["month", "person", "messages"].map(col));
                let silent = led.clone().join(posters.clone(), of_person(), of_person(), JoinArgs::new(JoinType::Anti));
                let silent = silent.with_column(lit(0).cast(DataType::UInt32).alias("messages"));
                let columns = ["month", "messages", "led"].map(col);
                let posters =
                    posters.join(led, of_person(), of_person(), left()).with_column(col("led").fill_null(lit(false)));
                let all = [posters.select(columns.clone()), silent.select(columns)];
                in_order(concat(all, UnionArgs::default())?, col("month"))
            }
            Rows::Depths => of(Table::Depths),
            Rows::Joined | Rows::Followed | Rows::Cohort => newcomers::rows(self.community, rows, months)?,
        })
    }
}

#[cfg(test)]
mod tests {
    use hearth_shared::{activity::Kind, report::exact_id};

    use polars::prelude::*;

    use crate::{
        assembly,
        lab::{Lab, Row},
        read_plan::ReadPlan,
        values::Keys,
    };

    use super::by_scope;

    #[test]
    fn rows_in_any_order_come_to_the_same() {
        let rows = df!("month" => [7, 5, 7, 5, 7], "room" => [1, 2, 2, 2, 1]).unwrap().lazy();
        let by = |keys| by_scope(rows.clone(), keys, &[len()]).unwrap().into_iter().collect::<Vec<_>>();
        assert_eq!(by(Keys::Month), [((None, 5), vec![2.0]), ((None, 7), vec![3.0])]);
        let rooms = [((Some(1), 7), vec![2.0]), ((Some(2), 5), vec![2.0]), ((Some(2), 7), vec![1.0])];
        assert_eq!(by(Keys::MonthAndRoom), rooms);
    }

    #[test]
    fn what_was_not_looked_at_is_no_month_without_rows() {
        let row =
            |id: i32, ts: i64| Row { id, room: 1, person: 1, kind: Kind::Message, ts, reply_to: None, thread: None };
        let now = "2026-06-01T00:00:00Z".parse().unwrap();
        // 2024-01-15 and 2026-05-15.
        let lab = Lab::of(vec![row(1, 1_705_276_800_000), row(2, 1_778_803_200_000)]);
        let plan = ReadPlan::months(["2026-04", "2026-05"].map(|month| month.parse().unwrap()).to_vec());
        let history = assembly::history(&lab.community(now), &plan, now).unwrap().unwrap();
        let values = |month: i32, room| history.values.get(exact_id::GINI, (room, 2026 * 12 + month - 1));
        for room in [Some(1), None] {
            assert!(values(5, room).unwrap().is_some());
            assert!(values(4, room).unwrap().is_none(), "it was looked at, and nobody wrote");
            assert!(values(3, room).is_err(), "nothing is asked of it");
        }
        let took_part: Vec<u64> = history.months.iter().map(|month| month.posters).collect();
        assert_eq!((took_part.len(), took_part[0], took_part[28]), (29, 1, 1), "that is known of every month");
    }
}
