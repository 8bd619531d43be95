//! Who was asked, where that is a secret too.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::slip::Slip;
use crate::{MessageKey, Records, World, forget, records::drawn};

/// That somebody was asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Asked {
    /// When, the last time.
    pub at: Timestamp,
    /// What was drawn for the name of the poll in which they can answer with one tap.
    pub tap: Option<String>,
    /// What was drawn for the name of the paper that they have, the latest.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub paper: Option<String>,
}
forget!(Asked; at, tap, paper);

/// Notes that somebody is asked now. Where they can answer with a tap, there is one poll a person, however often they
/// ask for it: what is drawn for its name is given back the first time.
pub fn ask<K: Slip<Value = Asked>>(records: &mut Records<K::Of>, world: &World, key: K, taps: bool) -> Option<String> {
    let before = records.get(&key).and_then(|asked| asked.tap.clone());
    let new = (taps && before.is_none()).then(|| drawn(&mut world.secret_rng()));
    let paper = records.get(&key).and_then(|asked| asked.paper.clone());
    records.insert(key, Asked { at: world.now, tap: before.or_else(|| new.clone()), paper });
    new
}

/// Notes that somebody gets a paper now: what is drawn for its name, and what was drawn for the one that they had.
pub fn paper<K: Slip<Value = Asked>>(records: &mut Records<K::Of>, world: &World, key: K) -> (String, Option<String>) {
    let new = drawn(&mut world.secret_rng());
    let before = records.get(&key).cloned();
    let (tap, old) = before.map_or((None, None), |asked| (asked.tap, asked.paper));
    records.insert(key, Asked { at: world.now, tap, paper: Some(new.clone()) });
    (new, old)
}

/// What was drawn for the name of the paper that somebody has.
pub fn paper_of<K: Slip<Value = Asked>>(records: &Records<K::Of>, key: &K) -> Option<String> {
    records.get(key).and_then(|asked| asked.paper.clone())
}

/// Whether the poll under this name is the one that somebody was asked with, and not one that was made for another.
pub fn is_own<K: Slip<Value = Asked>>(records: &Records<K::Of>, key: &K, poll: &MessageKey) -> bool {
    records.get(key).is_some_and(|asked| key.traces(asked).names.contains(poll))
}
