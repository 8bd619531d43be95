//! Who answers whom, between those who are new this month and everybody else.
//!
//! There are two groups, because of three the smallest could be had from the others. A pair of groups is shown where five
//! people or more replied and five or more were replied to; no reply and a reply by few look alike.

use hearth_release::{policy::cells, raw::RawMonth};
use hearth_shared::{
    activity::Capability,
    release::Released,
    report::{Figure, Group, Link, MIN_PEOPLE, Network, Point, Status, group_id, reason, source_lacks},
};
use polars::prelude::*;

use crate::{archive::Community, facts::Table, month_view::MonthView, raw_months::origins};

/// Who answered whom this month.
///
/// # Errors
/// Where polars cannot compute a table.
pub fn network(community: &Community, view: &MonthView<'_>, raw: &RawMonth) -> PolarsResult<Figure> {
    if !view.facts.capabilities.has(Capability::Replies) {
        return Ok(Figure::nothing(Status::Na, &source_lacks(Capability::Replies.name())));
    }
    let Some(new) = raw.new else { return Ok(Figure::nothing(Status::Na, reason::LOG_STARTS_HERE)) };
    let of_new = cells::part(new, raw.posters);
    if of_new.value.and_then(Released::value).is_none() {
        return Ok(Figure::nothing(Status::Suppressed, reason::TOO_FEW_PEOPLE));
    }
    let months = [view.facts.month.ordinal()];
    let newcomers = origins(community, &months).filter(col("is_new"));
    let wrote = community.of_months(Table::People, &months).filter(col("messages").gt(lit(0)));
    let group = wrote
        .select([col("person")])
        .join(
            newcomers.select([col("person"), lit(0_u32).alias("group")]),
            [col("person")],
            [col("person")],
            JoinArgs::new(JoinType::Left),
        )
        .with_column(col("group").fill_null(lit(1_u32)))
        .collect()?;
    let of =
        |who: &str| group.clone().lazy().select([col("person").alias(who), col("group").alias(format!("{who}_group"))]);
    let inner = || JoinArgs::new(JoinType::Inner);
    // Who was answered and did not write this month is in no group.
    let links = community
        .of_months(Table::Replies, &months)
        .select(["person", "to", "replies"].map(col))
        .join(of("person"), [col("person")], [col("person")], inner())
        .join(of("to"), [col("to")], [col("to")], inner())
        .group_by([col("person_group"), col("to_group")])
        .agg([
            col("replies").cast(DataType::UInt64).sum(),
            col("person").n_unique().alias("replying"),
            col("to").n_unique().alias("replied"),
        ])
        .collect()?;
    let column = |name: &str| links.column(name)?.cast(&DataType::UInt64);
    let [from, to, replies, replying, replied] =
        [column("person_group")?, column("to_group")?, column("replies")?, column("replying")?, column("replied")?];
    let [from, to, replies, replying, replied] =
        [from.u64()?, to.u64()?, replies.u64()?, replying.u64()?, replied.u64()?];
    let point = |pair: (u64, u64)| {
        let row = (0..links.height()).find(|row| (from.get(*row), to.get(*row)) == (Some(pair.0), Some(pair.1)))?;
        let enough =
            [replying, replied].iter().all(|people| people.get(row).is_some_and(|people| people >= MIN_PEOPLE));
        replies.get(row).filter(|_| enough).map(|replies| Point::ok(Released::messages(replies)))
    };
    let pairs = [(0, 0), (0, 1), (1, 0), (1, 1)];
    let link = |pair: (u64, u64)| Link {
        from: pair.0 as usize,
        to: pair.1 as usize,
        replies: point(pair).unwrap_or_else(Point::suppressed),
    };
    let links: Vec<Link> = pairs.into_iter().map(link).collect();
    if links.iter().all(|link| link.replies.status != Status::Ok) {
        return Ok(Figure::nothing(Status::Suppressed, reason::TOO_FEW_PEOPLE));
    }
    let group =
        |id: &str, people: u64| Group { id: id.to_owned(), name: None, people: Released::part(people, raw.posters) };
    let groups = vec![group(group_id::NEWCOMERS, new), group(group_id::NOT_NEW, raw.posters - new)];
    Ok(Figure::Network(Network { groups, links }))
}
