//! Works measures out that are queries, for all months and rooms at once.

use hearth_shared::month::Month;
use polars::prelude::*;

use crate::{
    archive::Community,
    facts::{Table, WINDOW},
    frames::{self, left},
    measures::{ALL, Formula, Query, Rows},
    read_plan::ReadPlan,
    scopes::Scope,
    values::{Keys, Values},
};

/// About so many rows are looked at at a time, whatever the log holds.
const SPAN: usize = 1 << 22;

/// Works the measures out that are queries, as far as they are `wanted`, in these months as far as a plan wants them.
///
/// # Errors
/// Where polars cannot compute it.
pub fn values(
    community: &Community,
    months: &[Month],
    plan: &ReadPlan,
    wanted: impl Fn(&str) -> bool,
) -> PolarsResult<Values> {
    let mut values = Values::default();
    let end = community.end()?;
    for span in community.spans(months, SPAN) {
        add(&mut values, &Tables::of(community, &span, plan, end), &wanted)?;
    }
    Ok(values)
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
        let columns = queries.iter().flat_map(|(id, query)| {
            let named = |(place, column): (usize, &Expr)| {
                column.clone().cast(DataType::Float64).fill_null(lit(f64::NAN)).alias(format!("{id} {place}"))
            };
            query.columns.iter().enumerate().map(named).collect::<Vec<_>>()
        });
        let columns: Vec<Expr> = columns.collect();
        if columns.is_empty() {
            continue;
        }
        let room = if keys == Keys::Month { lit(NO_ROOM) } else { col("room") };
        let scope = frames::pair(col("month"), room).alias("scope");
        let table = tables.rows(rows, keys)?;
        // Facts come in the order of months and rooms.
        let table = table.with_column(ascending(scope));
        let table = table.group_by([col("scope")]).agg(columns).collect()?;
        let scopes: Vec<Scope> = table.column("scope")?.i64()?.iter().flatten().map(self::scope).collect();
        for (id, query) in &queries {
            let columns = (0..query.columns.len()).map(|place| {
                let column = table.column(&format!("{id} {place}"))?.f64()?;
                Ok(column.iter().map(|value| value.unwrap_or(f64::NAN)).collect())
            });
            let columns = columns.collect::<PolarsResult<Vec<Vec<f64>>>>()?;
            let of = |row: usize| columns.iter().map(|column| column[row]).collect();
            let by_scope = scopes.iter().enumerate().map(|(row, scope)| (*scope, of(row)));
            values.columns.entry(id).or_default().extend(by_scope);
            values.months.entry((id, keys)).or_default().extend(tables.months(rows, keys));
        }
    }
    Ok(())
}

/// A column that is known to ascend: groups of it lie together.
fn ascending(column: Expr) -> Expr {
    let say_so = |mut column: Column| {
        column.set_sorted_flag(polars::series::IsSorted::Ascending);
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
    /// Months of which it is looked at how many took part, at what lies in rooms, and at everything; and all.
    people: Vec<i32>,
    rooms: Vec<i32>,
    measured: Vec<i32>,
    all: Vec<i32>,
    end: i64,
}

impl<'a> Tables<'a> {
    fn of(community: &'a Community, months: &[Month], plan: &ReadPlan, end: i64) -> Self {
        let wanted = |want: &dyn Fn(Month) -> bool| -> Vec<i32> {
            months.iter().filter(|month| want(**month)).map(|month| month.ordinal()).collect()
        };
        Self {
            community,
            people: wanted(&|month| plan.people(month)),
            rooms: wanted(&|month| plan.rooms(month)),
            measured: wanted(&|month| plan.measures(month)),
            all: wanted(&|_| true),
            end,
        }
    }

    /// The months of which rows are looked at.
    fn months(&self, rows: Rows, keys: Keys) -> &[i32] {
        match (rows, keys) {
            (Rows::Counts, _) => &self.all,
            (Rows::People | Rows::Posters, Keys::Month) => &self.people,
            (Rows::Openers | Rows::Rooms, Keys::Month) => &self.rooms,
            // Of rooms' earlier months no more is told than how many messages they had.
            (Rows::People, Keys::MonthAndRoom) => &self.rooms,
            _ => &self.measured,
        }
    }

    /// The rows, with `month` and, where they are looked at by room, `room`.
    fn rows(&self, rows: Rows, keys: Keys) -> PolarsResult<LazyFrame> {
        let months = self.months(rows, keys);
        let of = |table: Table| self.community.of_months(table, months);
        let (wrote, did) = (col("messages").gt(lit(0)), (col("messages") + col("reactions")).gt(lit(0)));
        let who = if keys == Keys::Month { Table::People } else { Table::Activity };
        // Whether a message had its 72 hours before the log ends.
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
        })
    }
}

#[cfg(test)]
mod tests {
    use hearth_shared::{activity::Kind, report::measure_id};

    use crate::{
        assembly,
        lab::{Lab, Row},
        read_plan::ReadPlan,
    };

    #[test]
    fn what_was_not_looked_at_is_no_month_without_rows() {
        let row =
            |id: i32, ts: i64| Row { id, room: 1, person: 1, kind: Kind::Message, ts, reply_to: None, thread: None };
        let now = "2026-06-01T00:00:00Z".parse().unwrap();
        // 2024-01-15 and 2026-05-15.
        let lab = Lab::of(vec![row(1, 1_705_276_800_000), row(2, 1_778_803_200_000)]);
        let plan = ReadPlan::reports(vec!["2026-05".parse().unwrap()], None);
        let history = assembly::history(&lab.community(now), &plan, now).unwrap().unwrap();
        let values = |year: i32, month: i32, room| history.values.get(measure_id::GINI, (room, year * 12 + month - 1));
        assert!(values(2026, 5, Some(1)).unwrap().is_some());
        assert!(values(2026, 4, Some(1)).unwrap().is_none(), "it was looked at, and nobody wrote");
        assert!(values(2026, 3, Some(1)).is_err(), "no report tells of it");
        assert!(values(2026, 3, None).unwrap().is_none());
    }
}
