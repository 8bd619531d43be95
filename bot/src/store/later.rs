//! What a later copy of this memory has ended.

use std::collections::BTreeMap;

use super::vault::scope_id;

/// A scope that has ended, and when, in milliseconds.
pub(super) type Ended = (String, i64);

/// The scope that is any.
pub(super) const ANY: &str = "";

/// What a later copy of this memory has ended.
#[derive(Debug, Default)]
pub(super) struct Later {
    /// Each, and whether practices are still to be told.
    pub(super) ended: Vec<(Ended, bool)>,
    /// What communities were called before.
    pub(super) former: BTreeMap<String, Vec<String>>,
}

impl Later {
    pub(super) fn is_told(&mut self) {
        self.ended.iter_mut().for_each(|(_, fresh)| *fresh = false);
    }

    pub(super) fn any_fresh(&self) -> bool {
        self.ended.iter().any(|(_, fresh)| *fresh)
    }

    /// A scope's names, under every name that its community has had.
    pub(super) fn ids(&self, community: &str, practice: &str, scope: &str) -> Vec<String> {
        let former = self.former.get(community).into_iter().flatten().map(String::as_str);
        former.chain([community]).map(|name| scope_id(name, practice, scope)).collect()
    }

    /// When a scope that has one of these names ended last, among those that `counts` takes.
    pub(super) fn last(&self, ids: &[String], counts: impl Fn(&(Ended, bool)) -> bool) -> Option<i64> {
        let theirs = |((scope, _), _): &&(Ended, bool)| scope == ANY || ids.contains(scope);
        self.ended.iter().filter(theirs).filter(|one| counts(one)).map(|((_, at), _)| *at).max()
    }
}
