//! Who answers whom, as a network: reciprocity, components, centralisation, mixing.

use std::collections::BTreeMap;

/// A month's replies between people: nodes are its posters and whoever they answered.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Network {
    /// Everybody, ascending; a node is a position here.
    nodes: Vec<i32>,
    /// From the author of a reply to the author of what it answers, once a pair, ascending.
    directed: Vec<(u32, u32)>,
    /// Pairs that spoke, in either direction, ascending.
    pairs: Vec<(u32, u32)>,
}

/// Pairs of nodes, ordered, each once.
fn distinct(pairs: impl Iterator<Item = (u32, u32)>) -> Vec<(u32, u32)> {
    // As one number each they are ordered faster.
    let mut pairs: Vec<u64> = pairs.map(|(one, other)| u64::from(one) << 32 | u64::from(other)).collect();
    pairs.sort_unstable();
    pairs.dedup();
    pairs.into_iter().map(|pair| ((pair >> 32) as u32, pair as u32)).collect()
}

impl Network {
    /// The network of `people` and of replies `(from, to)`; replies to oneself are dropped.
    pub fn new(people: impl IntoIterator<Item = i32>, replies: impl IntoIterator<Item = (i32, i32)>) -> Self {
        let replies: Vec<(i32, i32)> = replies.into_iter().filter(|(from, to)| from != to).collect();
        let mut nodes: Vec<i32> =
            people.into_iter().chain(replies.iter().flat_map(|(from, to)| [*from, *to])).collect();
        nodes.sort_unstable();
        nodes.dedup();
        let node = |person| nodes.binary_search(&person).map_or(0, |number| number as u32);
        let directed = distinct(replies.into_iter().map(|(from, to)| (node(from), node(to))));
        let pairs = distinct(directed.iter().map(|(from, to)| (*from.min(to), *from.max(to))));
        Self { nodes, directed, pairs }
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
        self.degrees().into_iter().filter(|degree| *degree > 0).count() as u64
    }

    /// The size of the largest component.
    pub fn largest_component(&self) -> u64 {
        let mut leader: Vec<u32> = (0_u32..).take(self.nodes.len()).collect();
        fn find(leader: &mut [u32], mut node: u32) -> u32 {
            while leader[node as usize] != node {
                let beyond = leader[leader[node as usize] as usize];
                leader[node as usize] = beyond;
                node = beyond;
            }
            node
        }
        for (one, other) in &self.pairs {
            let (one, other) = (find(&mut leader, *one), find(&mut leader, *other));
            leader[one as usize] = other;
        }
        let mut sizes = vec![0_u64; self.nodes.len()];
        for node in (0_u32..).take(self.nodes.len()) {
            sizes[find(&mut leader, node) as usize] += 1;
        }
        sizes.into_iter().max().unwrap_or(0)
    }

    /// Degree centralisation (Freeman 1978), 0 to 1, or `None` for fewer than three people.
    pub fn centralisation(&self) -> Option<f64> {
        let people = self.nodes.len();
        if people < 3 {
            return None;
        }
        let degrees = self.degrees();
        let most = degrees.iter().max().copied().unwrap_or(0);
        let sum: usize = degrees.iter().map(|degree| most - degree).sum();
        Some(sum as f64 / ((people - 1) * (people - 2)) as f64)
    }

    /// The E-I index of pairs between and within two groups (Krackhardt & Stern 1988), −1 to 1, or `None` where there
    /// is one group only or nobody spoke.
    pub fn mixing(&self, is_in_first: impl Fn(i32) -> bool) -> Option<f64> {
        let in_first: Vec<bool> = self.nodes.iter().map(|node| is_in_first(*node)).collect();
        let first = in_first.iter().filter(|in_first| **in_first).count();
        if first == 0 || first == self.nodes.len() || self.pairs.is_empty() {
            return None;
        }
        let crosses = |pair: &&(u32, u32)| in_first[pair.0 as usize] != in_first[pair.1 as usize];
        let across = self.pairs.iter().filter(crosses).count() as f64;
        let within = self.pairs.len() as f64 - across;
        Some((across - within) / (across + within))
    }

    /// How many people are in the innermost core (Seidman 1983): what is left when those with fewest partners are taken
    /// away again and again, until there is nobody with more. 0 where nobody has a partner.
    pub fn innermost_core(&self) -> u64 {
        let mut partners = vec![Vec::new(); self.nodes.len()];
        for (one, other) in &self.pairs {
            partners[*one as usize].push(*other as usize);
            partners[*other as usize].push(*one as usize);
        }
        let mut degrees: Vec<usize> = partners.iter().map(Vec::len).collect();
        let mut inside: Vec<bool> = degrees.iter().map(|degree| *degree > 0).collect();
        let (mut left, mut core) = (self.connected(), 0);
        for least in 1.. {
            let mut leaving: Vec<usize> = (0..inside.len()).filter(|at| inside[*at] && degrees[*at] < least).collect();
            while let Some(at) = leaving.pop().filter(|_| left > 0) {
                if !std::mem::take(&mut inside[at]) {
                    continue;
                }
                left -= 1;
                for other in &partners[at] {
                    degrees[*other] -= 1;
                    if inside[*other] && degrees[*other] < least {
                        leaving.push(*other);
                    }
                }
            }
            if left == 0 {
                break;
            }
            core = left;
        }
        core
    }

    fn degrees(&self) -> Vec<usize> {
        let mut degrees = vec![0; self.nodes.len()];
        for (one, other) in &self.pairs {
            degrees[*one as usize] += 1;
            degrees[*other as usize] += 1;
        }
        degrees
    }
}

/// Modularity (Newman 2006) of a network of replies `(from, to, times)` whose people are parted by `part_of`: how much more of
/// the replies stay within a part than if they were drawn by lot; below 1, and 0 where it is no more. Replies to oneself
/// are dropped, and so are those of people in no part. `None` without replies, or where all are in one part.
pub fn modularity(replies: impl Iterator<Item = (i32, i32, u32)>, part_of: impl Fn(i32) -> Option<i32>) -> Option<f64> {
    // Of each part: the replies within it, and the ends of replies that lie in it.
    let mut parts: BTreeMap<i32, (f64, f64)> = BTreeMap::new();
    let mut all = 0.0;
    for (from, to, times) in replies.filter(|(from, to, _)| from != to) {
        let (Some(from), Some(to), times) = (part_of(from), part_of(to), f64::from(times)) else { continue };
        all += times;
        parts.entry(from).or_default().1 += times;
        let (within, ends) = parts.entry(to).or_default();
        *ends += times;
        *within += if from == to { times } else { 0.0 };
    }
    let part = |(within, ends): &(f64, f64)| within / all - (ends / (2.0 * all)).powi(2);
    (parts.len() > 1).then(|| parts.values().map(part).sum())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::close;

    #[test]
    fn a_small_network_agrees_with_gold() {
        let [a, b, c, d, e, f, g] = [0, 1, 2, 3, 4, 5, 6];
        let network = Network::new([a, b, c, d, e, f, g], [(a, b), (b, a), (c, a), (d, a), (a, d), (e, f)]);
        close(network.centralisation().unwrap(), 0.433_333_333_333_333_35);
        close(network.mixing(|node| node < d).unwrap(), -0.5);
        assert_eq!(network.largest_component(), 4);
        assert_eq!(network.people() - network.connected(), 1);
        assert_eq!(network.innermost_core(), 6, "everybody but one has one partner, and no two have two among them");
        let triangle = Network::new([a], [(a, b), (b, c), (c, a), (c, d)]);
        assert_eq!(triangle.innermost_core(), 3);
        assert_eq!(Network::new([a], []).innermost_core(), 0);
    }

    #[test]
    fn parts_that_keep_to_themselves_agree_with_gold() {
        let [a, b, c, d, e, f] = [0, 1, 2, 3, 4, 5];
        let replies = [(a, b, 3), (b, a, 2), (c, a, 1), (d, a, 4), (a, d, 1), (e, f, 1)];
        let part = |person: i32| Some(i32::from(person >= d));
        close(modularity(replies.iter().copied(), part).unwrap(), -0.003_472_222_222_222_293);
        assert_eq!(modularity(replies.iter().copied(), |_| Some(1)), None, "one part");
        assert_eq!(modularity([(a, a, 1)].into_iter(), Some), None, "nobody answers anybody");
        // Two pairs that keep to themselves: half of the ends lie in each.
        let pairs = [(a, b, 1), (c, d, 1)];
        assert_eq!(modularity(pairs.into_iter(), |person| Some(person / 2)), Some(0.5));
        assert_eq!(modularity(pairs.into_iter(), |person| (person < c).then_some(person)), Some(-0.5));
    }

    #[test]
    fn nobody_is_no_network() {
        let network = Network::new([], [(1, 1)]);
        assert_eq!(network.mixing(|_| true), None);
        assert_eq!(network.largest_component(), 0);
    }
}
