//! All communities, each found by its number.

use std::ops::{Index, IndexMut};

use super::{number::CommunityNumber, runtime::Runtime};

/// Every community at work, in the order of their numbers: the order in which the log came to know them.
pub(super) struct Runtimes(Vec<Runtime>);

impl Runtimes {
    pub(super) fn new(mut all: Vec<Runtime>) -> Self {
        all.sort_by_key(|runtime| runtime.number);
        Self(all)
    }

    pub(super) fn iter(&self) -> std::slice::Iter<'_, Runtime> {
        self.0.iter()
    }

    pub(super) fn iter_mut(&mut self) -> std::slice::IterMut<'_, Runtime> {
        self.0.iter_mut()
    }

    /// The numbers of all communities, in order.
    pub(super) fn numbers(&self) -> Vec<CommunityNumber> {
        self.0.iter().map(|runtime| runtime.number).collect()
    }

    /// The first community, which speaks where none is meant. A bot that serves none hears nobody.
    pub(super) fn first(&self) -> Option<CommunityNumber> {
        self.0.first().map(|runtime| runtime.number)
    }

    pub(super) fn get(&self, number: CommunityNumber) -> Option<&Runtime> {
        self.0.iter().find(|runtime| runtime.number == number)
    }

    pub(super) fn find(&self, is_it: impl Fn(&Runtime) -> bool) -> Option<CommunityNumber> {
        self.0.iter().find(|runtime| is_it(runtime)).map(|runtime| runtime.number)
    }

    /// The community of that name in the configuration, the store and the log.
    pub(super) fn named(&self, name: &str) -> Option<CommunityNumber> {
        self.find(|runtime| runtime.name == name)
    }
}

/// Numbers are given out by the engine alone, and no community goes while it runs.
impl Index<CommunityNumber> for Runtimes {
    type Output = Runtime;

    #[expect(clippy::expect_used, reason = "like an index: whoever has a number has it from here")]
    fn index(&self, number: CommunityNumber) -> &Runtime {
        self.get(number).expect("a community that is served")
    }
}

impl IndexMut<CommunityNumber> for Runtimes {
    #[expect(clippy::expect_used, reason = "like an index: whoever has a number has it from here")]
    fn index_mut(&mut self, number: CommunityNumber) -> &mut Runtime {
        self.0.iter_mut().find(|runtime| runtime.number == number).expect("a community that is served")
    }
}
