//! Who answers whom, as a network: reciprocity, components, centralisation, mixing.

use std::collections::{BTreeMap, BTreeSet};

/// A month's replies between people: nodes are its posters and whoever they answered.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Network {
    /// Everybody.
    nodes: BTreeSet<i32>,
    /// From the author of a reply to the author of what it answers, once a pair.
    directed: BTreeSet<(i32, i32)>,
    /// Pairs that spoke, in either direction.
    pairs: BTreeSet<(i32, i32)>,
}

impl Network {
    /// The network of `people` and of replies `(from, to)`; replies to oneself are dropped.
    pub fn new(people: impl IntoIterator<Item = i32>, replies: impl IntoIterator<Item = (i32, i32)>) -> Self {
        let mut network = Self { nodes: people.into_iter().collect(), ..Self::default() };
        for (from, to) in replies.into_iter().filter(|(from, to)| from != to) {
            network.nodes.extend([from, to]);
            network.directed.insert((from, to));
            network.pairs.insert((from.min(to), from.max(to)));
        }
        network
    }

    /// How many people are in it.
    pub fn people(&self) -> u64 {
        self.nodes.len() as u64
    }

    /// How many directed edges it has.
    pub fn edges(&self) -> u64 {
        self.directed.len() as u64
    }

    /// How many people have an edge.
    pub fn connected(&self) -> u64 {
        self.degrees().values().filter(|degree| **degree > 0).count() as u64
    }

    /// Mutual edges over edges, or `None` without edges.
    pub fn reciprocity(&self) -> Option<f64> {
        let mutual = self.directed.iter().filter(|(from, to)| self.directed.contains(&(*to, *from))).count();
        (!self.directed.is_empty()).then(|| mutual as f64 / self.directed.len() as f64)
    }

    /// The size of the largest component.
    pub fn largest_component(&self) -> u64 {
        let mut leader: BTreeMap<i32, i32> = self.nodes.iter().map(|node| (*node, *node)).collect();
        fn find(leader: &mut BTreeMap<i32, i32>, mut node: i32) -> i32 {
            while let Some(next) = leader.get(&node).copied().filter(|next| *next != node) {
                let beyond = leader.get(&next).copied().unwrap_or(next);
                leader.insert(node, beyond);
                node = next;
            }
            node
        }
        for (one, other) in &self.pairs {
            let (one, other) = (find(&mut leader, *one), find(&mut leader, *other));
            leader.insert(one, other);
        }
        let mut sizes = BTreeMap::new();
        for node in &self.nodes {
            *sizes.entry(find(&mut leader, *node)).or_insert(0) += 1;
        }
        sizes.into_values().max().unwrap_or(0)
    }

    /// The mean number of distinct partners, or `None` without people.
    pub fn mean_partners(&self) -> Option<f64> {
        (!self.nodes.is_empty()).then(|| 2.0 * self.pairs.len() as f64 / self.nodes.len() as f64)
    }

    /// Degree centralisation (Freeman 1978), 0 to 1, or `None` for fewer than three people.
    pub fn centralisation(&self) -> Option<f64> {
        let people = self.nodes.len();
        if people < 3 {
            return None;
        }
        let degrees = self.degrees();
        let most = degrees.values().max().copied().unwrap_or(0);
        let sum: usize = degrees.values().map(|degree| most - degree).sum();
        Some(sum as f64 / ((people - 1) * (people - 2)) as f64)
    }

    /// The E-I index of pairs between and within two groups (Krackhardt & Stern 1988), −1 to 1, or `None` where there
    /// is one group only or nobody spoke.
    pub fn mixing(&self, is_in_first: impl Fn(i32) -> bool) -> Option<f64> {
        let first = self.nodes.iter().filter(|node| is_in_first(**node)).count();
        if first == 0 || first == self.nodes.len() || self.pairs.is_empty() {
            return None;
        }
        let across = self.pairs.iter().filter(|(one, other)| is_in_first(*one) != is_in_first(*other)).count() as f64;
        let within = self.pairs.len() as f64 - across;
        Some((across - within) / (across + within))
    }

    fn degrees(&self) -> BTreeMap<i32, usize> {
        let mut degrees: BTreeMap<i32, usize> = self.nodes.iter().map(|node| (*node, 0)).collect();
        for (one, other) in &self.pairs {
            *degrees.entry(*one).or_default() += 1;
            *degrees.entry(*other).or_default() += 1;
        }
        degrees
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::gold::close;

    #[test]
    fn a_small_network_agrees_with_gold() {
        let [a, b, c, d, e, f, g] = [0, 1, 2, 3, 4, 5, 6];
        let network = Network::new([a, b, c, d, e, f, g], [(a, b), (b, a), (c, a), (d, a), (a, d), (e, f)]);
        close(network.reciprocity().unwrap(), 2.0 / 3.0);
        close(network.centralisation().unwrap(), 0.433_333_333_333_333_35);
        close(network.mixing(|node| node < d).unwrap(), -0.5);
        assert_eq!(network.largest_component(), 4);
        assert_eq!(network.people() - network.connected(), 1);
    }

    #[test]
    fn nobody_is_no_network() {
        let network = Network::new([], [(1, 1)]);
        assert_eq!(network.reciprocity(), None);
        assert_eq!(network.mean_partners(), None);
        assert_eq!(network.mixing(|_| true), None);
        assert_eq!(network.largest_component(), 0);
    }
}
