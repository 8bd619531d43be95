//! The picture of who answers whom, between groups of people.
//!
//! Groups are told apart by where the month's posters come from, and only where the report says how many they are. A
//! pair of groups is shown where five people or more replied and five or more were replied to; no reply and a reply by
//! few look alike.

use std::collections::HashMap;

use hearth_shared::{
    activity::Capability,
    report::{Figure, Group, Link, Network, Point, Status, group_id, reason, source_lacks},
};
use polars::prelude::*;

use crate::{
    month_facts::SETTLING_MONTHS,
    month_view::MonthView,
    suppress::{Cell, is_small},
};

/// Who answered whom this month.
///
/// # Errors
/// Where polars cannot compute a table.
pub fn network(view: &MonthView<'_>) -> PolarsResult<Figure> {
    let facts = view.facts;
    if !facts.complete {
        return Ok(Figure::nothing(Status::Na, reason::INCOMPLETE_MONTH));
    }
    if !facts.capabilities.has(Capability::Replies) {
        return Ok(Figure::nothing(Status::Na, &source_lacks(Capability::Replies.name())));
    }
    if facts.age < SETTLING_MONTHS {
        return Ok(Figure::nothing(Status::Na, reason::LOG_STARTS_HERE));
    }
    if view.poster_count() == 0 {
        return Ok(Figure::nothing(Status::Na, reason::NO_MESSAGES));
    }
    let Some((groups, place)) = groups(view) else {
        return Ok(Figure::nothing(Status::Suppressed, reason::TOO_FEW_PEOPLE));
    };
    if groups.len() < 2 {
        return Ok(Figure::nothing(Status::Na, reason::UNDEFINED));
    }
    let links = links(view, groups.len(), &place)?;
    if links.iter().all(|link| link.replies.status != Status::Ok) {
        return Ok(Figure::nothing(Status::Suppressed, reason::TOO_FEW_PEOPLE));
    }
    Ok(Figure::Network(Network { groups, links }))
}

/// Where a group's people come from.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Origin {
    New,
    Retained,
    Reactivated,
}

impl Origin {
    const ALL: [Self; 3] = [Self::New, Self::Retained, Self::Reactivated];

    fn cell(self) -> Cell {
        match self {
            Self::New => Cell::New,
            Self::Retained => Cell::Retained,
            Self::Reactivated => Cell::Reactivated,
        }
    }

    fn id(self) -> &'static str {
        match self {
            Self::New => group_id::NEWCOMERS,
            Self::Retained => group_id::SETTLED,
            Self::Reactivated => group_id::RETURNED,
        }
    }

    /// What everybody else is called.
    fn others(self) -> &'static str {
        match self {
            Self::New => group_id::NOT_NEW,
            Self::Retained => group_id::NEW_OR_BACK,
            Self::Reactivated => group_id::OTHERS,
        }
    }
}

/// The groups that the report tells the sizes of, and each poster's place in them: all three, or one and the others;
/// `None` where not even that may be told. Which of these it is depends on published numbers only.
fn groups(view: &MonthView<'_>) -> Option<(Vec<Group>, HashMap<i32, usize>)> {
    let facts = view.facts;
    let count = |origin: Origin| facts.count(origin.cell());
    let told = |origin: &Origin| !facts.hidden.contains(&origin.cell());
    let group = |id: &str, people: u64| Group { id: id.to_owned(), name: None, people };
    if Origin::ALL.iter().all(told) {
        let there: Vec<Origin> = Origin::ALL.into_iter().filter(|origin| count(*origin) > 0).collect();
        let groups = there.iter().map(|origin| group(origin.id(), count(*origin))).collect();
        let place = |origin: Origin| there.iter().position(|one| *one == origin).unwrap_or(0);
        return Some((groups, origins(view).map(|(person, origin)| (person, place(origin))).collect()));
    }
    if facts.hidden.contains(&Cell::Posters) {
        return None;
    }
    let rest = |origin: Origin| facts.count(Cell::Posters) - count(origin);
    let splits = |origin: &Origin| count(*origin) > 0 && rest(*origin) > 0 && !is_small(rest(*origin));
    let one = Origin::ALL.into_iter().filter(told).find(splits)?;
    let groups = vec![group(one.id(), count(one)), group(one.others(), rest(one))];
    Some((groups, origins(view).map(|(person, origin)| (person, usize::from(origin != one))).collect()))
}

/// Where every poster comes from.
fn origins(view: &MonthView<'_>) -> impl Iterator<Item = (i32, Origin)> {
    let age = view.facts.age;
    view.posters().map(move |poster| {
        let written = view.history.timelines.of_person(poster.person).map_or(&[][..], |timeline| timeline.until(age));
        let before = written.iter().rev().map(|written| written.month).find(|month| *month < age);
        let origin = match before {
            None => Origin::New,
            Some(month) if month + 1 == age => Origin::Retained,
            Some(_) => Origin::Reactivated,
        };
        (poster.person, origin)
    })
}

/// Replies from every group to every group.
fn links(view: &MonthView<'_>, groups: usize, place: &HashMap<i32, usize>) -> PolarsResult<Vec<Link>> {
    let replies = view.replies();
    // Who was answered and did not write this month is in no group.
    let at = |person: &i32| place.get(person).and_then(|place| u32::try_from(*place).ok());
    let table = df!(
        "from" => replies.iter().map(|reply| at(&reply.from)).collect::<Vec<_>>(),
        "to" => replies.iter().map(|reply| at(&reply.to)).collect::<Vec<_>>(),
        "replying" => replies.iter().map(|reply| reply.from).collect::<Vec<_>>(),
        "replied" => replies.iter().map(|reply| reply.to).collect::<Vec<_>>(),
        "times" => replies.iter().map(|reply| reply.times).collect::<Vec<_>>(),
    )?;
    let table = table
        .lazy()
        .drop_nulls(None)
        .group_by([col("from"), col("to")])
        .agg([col("times").sum().alias("replies"), col("replying").n_unique(), col("replied").n_unique()])
        .collect()?;
    let column = |name: &str| table.column(name)?.cast(&DataType::UInt64);
    let [from, to, count, replying, replied] =
        [column("from")?, column("to")?, column("replies")?, column("replying")?, column("replied")?];
    let [from, to, count, replying, replied] = [from.u64()?, to.u64()?, count.u64()?, replying.u64()?, replied.u64()?];
    let of = |pair: (usize, usize)| {
        let row = (0..table.height()).find(|row| {
            let here = (from.get(*row), to.get(*row));
            here == (Some(pair.0 as u64), Some(pair.1 as u64))
        })?;
        let enough =
            [replying, replied].into_iter().all(|people| people.get(row).is_some_and(|people| !is_small(people)));
        count.get(row).filter(|_| enough)
    };
    let pairs = (0..groups).flat_map(|from| (0..groups).map(move |to| (from, to)));
    let link = |(from, to)| Link {
        from,
        to,
        replies: of((from, to)).map_or_else(Point::suppressed, |it| Point::ok(it as f64)),
    };
    Ok(pairs.map(link).collect())
}
