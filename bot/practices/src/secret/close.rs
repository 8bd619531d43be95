//! The end: what was chosen is told apart from who chose, and everything goes.

use std::collections::BTreeSet;

use super::{
    place::Place,
    slip::{PaperKey, Slip},
};
use crate::{Effect, Outgoing, Records, UserId};

/// Whether the rows of a table lay in a scope that is lost.
pub fn is_lost<K: Slip>(number: u32, lost: &str) -> bool {
    K::least(&number).scope().as_deref() == Some(lost)
}

/// What was chosen, and that it is over.
#[derive(Clone, Debug, PartialEq)]
pub struct Closed<T> {
    /// Who has chosen, in the order of names.
    pub voters: Vec<UserId>,
    /// What was chosen, with the receipts: in the order of receipts, which were drawn at random in secret, and where
    /// there are none in the order of what was chosen.
    pub papers: Vec<(String, T)>,
    /// Removes from the direct rooms what was written there.
    pub sweep: Vec<Effect>,
}

impl<T> Closed<T> {
    /// What was chosen, without the receipts.
    pub fn chosen(&self) -> impl Iterator<Item = &T> {
        self.papers.iter().map(|(_, chosen)| chosen)
    }
}

/// Takes every paper out.
pub fn close<K: PaperKey>(records: &mut Records<K::Of>, number: u32) -> Closed<K::Chosen> {
    let (rows, sweep) = destroy::<K>(records, number);
    let (mut voters, mut papers) = (Vec::new(), Vec::new());
    for (key, paper) in rows {
        if let (Some(who), Some(chosen)) = (key.owner(), paper.chosen) {
            voters.push(who.clone());
            papers.push((paper.receipt, chosen));
        }
    }
    papers.sort();
    Closed { voters, papers, sweep }
}

/// Takes every row of a table out, and removes from the direct rooms what was written there.
pub fn destroy<K: Slip>(records: &mut Records<K::Of>, number: u32) -> (Vec<(K, K::Value)>, Vec<Effect>) {
    let keys: Vec<K> = records.under::<K>(&number).map(|(key, _)| key.clone()).collect();
    let rows: Vec<_> = keys.into_iter().filter_map(|key| records.remove(&key).map(|row| (key, row))).collect();
    let sweep = swept(&rows);
    (rows, sweep)
}

/// Removes from the direct rooms what rows left there: each message once, for several rows may have come by one.
pub(super) fn swept<'a, K: Slip>(rows: impl IntoIterator<Item = &'a (K, K::Value)>) -> Vec<Effect> {
    let (mut said, mut names) = (BTreeSet::new(), BTreeSet::new());
    for traces in rows.into_iter().map(|(key, row)| key.traces(row)) {
        said.extend(traces.said);
        names.extend(traces.names);
    }
    let removed = said.into_iter().map(|Place { room, event }| Outgoing::RedactEvent { room, event }.send());
    let unsaid = names.into_iter().map(|key| Outgoing::Redact { key }.send());
    removed.chain(unsaid).collect()
}
