//! Who talks with whom: reciprocity, isolation, cohesion, mixing of new and old.

use std::collections::{HashMap, HashSet};

use hearth_shared::{
    activity::Capability,
    report::{exact_id, reason},
};
use hearth_statistics::network;

use polars::prelude::*;

use super::{
    definition::{Definition, Formula, Tier},
    query::{Query, Rows},
};
use crate::{frames::only_if, month_facts::SETTLING_MONTHS, month_view::MonthView, raw::Raw};

/// Replies that go both ways.
pub const RECIPROCITY: Definition = Definition {
    id: exact_id::RECIPROCITY,
    unit: "share",
    tier: Tier::Section,
    definition: "Of the pairs \"one replied to the other\", the share where the other replied back this month.",
    source: "Wasserman and Faust 1994.",
    caveat: "Help that flows both ways. A help desk is one-way by nature.",
    needs: &[Capability::Replies],
    reach: 0,
    per_room: true,
    formula: Formula::Query(|| {
        Query::value(
            Rows::Nodes,
            sum("mutual") / sum("edges"),
            sum("edges") / lit(2.0),
            col("partners").gt(lit(0)).sum(),
        )
    }),
};

/// Posters whom nobody answered and who answered nobody.
pub const ISOLATED_SHARE: Definition = Definition {
    id: exact_id::ISOLATED_SHARE,
    unit: "share",
    tier: Tier::Headline,
    definition: "Of the posters, the share who neither replied to anybody nor were replied to this month, Wilson interval.",
    source: "Social network analysis.",
    caveat: "People to pair with somebody. Answers without the reply button are not seen: an upper bound.",
    needs: &[Capability::Replies],
    reach: 0,
    per_room: true,
    formula: Formula::Query(|| {
        Query::share_of_people(Rows::Nodes, col("partners").eq(lit(0)).sum(), col("messages").gt(lit(0)).sum())
    }),
};

/// The largest group that hangs together.
pub const GIANT_COMPONENT: Definition = Definition {
    id: exact_id::GIANT_COMPONENT,
    unit: "share",
    tier: Tier::Section,
    definition: "The share of people in the largest group connected by replies.",
    source: "Social network analysis.",
    caveat: "Low: the community falls into pieces. Grows with the number of messages.",
    needs: &[Capability::Replies],
    reach: 0,
    per_room: true,
    formula: Formula::Plain(|view| {
        let (largest, people) = (view.network().largest_component(), view.network().people());
        Ok(Raw { interval: None, ..Raw::share_of_people(largest, people) })
    }),
};

/// With how many others a person exchanged replies.
pub const MEAN_PARTNERS: Definition = Definition {
    id: exact_id::MEAN_PARTNERS,
    unit: "people",
    tier: Tier::Section,
    definition: "With how many others a person exchanged a reply this month, mean.",
    source: "Social network analysis.",
    caveat: "Grows with the number of messages: compare months of like volume.",
    needs: &[Capability::Replies],
    reach: 0,
    per_room: true,
    formula: Formula::Query(|| Query::of_people(Rows::Nodes, col("partners").mean(), len())),
};

/// Whether everything runs through one person.
pub const CENTRALISATION: Definition = Definition {
    id: exact_id::CENTRALISATION,
    unit: "index",
    tier: Tier::Section,
    definition: "Degree centralisation of the reply network: 0 where all have equally many partners, 1 where one person is everybody's only partner.",
    source: "Freeman 1978.",
    caveat: "High: share the answering. Small networks look central by nature.",
    needs: &[Capability::Replies],
    reach: 0,
    per_room: true,
    formula: Formula::Query(|| Query::of_people(Rows::Nodes, centralisation(), len())),
};

/// Whether new and old talk with each other.
pub const NEWCOMER_MIXING: Definition = Definition {
    id: exact_id::NEWCOMER_MIXING,
    unit: "index",
    tier: Tier::Section,
    definition: "E-I index of replies between new posters and the others: -1 where each keeps to itself, 1 where they only talk across.",
    source: "Krackhardt and Stern 1988.",
    caveat: "Its baseline depends on how many are new: -1 is no reproach where there are few newcomers.",
    needs: &[Capability::Replies],
    reach: SETTLING_MONTHS,
    per_room: false,
    formula: Formula::Plain(|view| {
        let new: HashSet<i32> = view.history.timelines.new_in(view.facts.age).collect();
        let network = view.network();
        let value = network.mixing(|person| new.contains(&person));
        Ok(Raw::of_people(value, network.people()))
    }),
};

/// Whether units of an organisation talk with each other.
pub const UNIT_MIXING: Definition = Definition {
    id: exact_id::UNIT_MIXING,
    unit: "index",
    tier: Tier::Section,
    definition: "E-I index of replies between teams or units of an organisation: -1 where each keeps to itself, 1 where they only talk across.",
    source: "Krackhardt and Stern 1988.",
    caveat: "No log that Hearth can read says who belongs to which unit, and Hearth does not ask: it is not known.",
    needs: &[],
    reach: 0,
    per_room: false,
    formula: Formula::Plain(|_| Ok(Raw { reason: Some(reason::NO_UNITS), ..Raw::default() })),
};

/// How many hold together most closely.
pub const CORE_SHARE: Definition = Definition {
    id: exact_id::CORE_SHARE,
    unit: "share",
    tier: Tier::Explorer,
    definition: "The share of people in the innermost core of the reply network: the largest group in which everybody has at least k partners within it, for the greatest such k.",
    source: "Seidman 1983; Borgatti and Everett 1999.",
    caveat: "A large core is a conversation of many; a small one may be a clique or just a busy week.",
    needs: &[Capability::Replies],
    reach: 0,
    per_room: true,
    formula: Formula::Plain(|view| {
        let network = view.network();
        let core = network.innermost_core();
        Ok(if core == 0 { Raw::default() } else { Raw::share_of_people(core, network.people()).with_interval(None) })
    }),
};

/// Whether replies stay among people of the same room.
pub const MODULARITY: Definition = Definition {
    id: exact_id::MODULARITY,
    unit: "index",
    tier: Tier::Explorer,
    definition: "How much more of the replies stay among people of the same main room than if they were drawn by lot: Newman's modularity of the weighted reply network, each person in the part of the room in which they wrote most.",
    source: "Newman 2006.",
    caveat: "High: rooms keep to themselves. It is not searched for the parts that would make it highest, so it can be compared from month to month.",
    needs: &[Capability::Replies],
    reach: 0,
    per_room: false,
    formula: Formula::Plain(|view| {
        let main = main_rooms(view);
        let replies = view.replies().iter().map(|reply| (reply.from, reply.to, reply.times));
        let value = network::modularity(replies, |person| main.get(&person).copied());
        Ok(Raw::of_people(value, view.network().connected()))
    }),
};

fn sum(name: &str) -> Expr {
    col(name).sum().cast(DataType::Float64)
}

/// The sum of (most - partners) over (n - 1) (n - 2), for three people or more.
fn centralisation() -> Expr {
    let n = || len().cast(DataType::Float64);
    let most = col("partners").max().cast(DataType::Float64);
    only_if(n().gt(lit(2)), (most * n() - sum("partners")) / ((n() - lit(1.0)) * (n() - lit(2.0))))
}

/// The room in which each poster wrote most; of several, the one that came first.
fn main_rooms(view: &MonthView<'_>) -> HashMap<i32, i32> {
    let mut most: HashMap<i32, (u32, i32)> = HashMap::new();
    for (room, cell) in view.cells() {
        let main = most.entry(cell.person).or_insert((0, room));
        if cell.messages > main.0 {
            *main = (cell.messages, room);
        }
    }
    most.into_iter().map(|(person, (_, room))| (person, room)).collect()
}
