//! All communities, each found by its number.

use std::ops::{Index, IndexMut};

use super::{home::Home, number::CommunityNumber};

/// Every community at work, in the order of their numbers: the order in which the log came to know them.
pub(super) struct Homes(Vec<Home>);

impl Homes {
    pub(super) fn new(mut all: Vec<Home>) -> Self {
        all.sort_by_key(|home| home.number);
        Self(all)
    }

    pub(super) fn iter(&self) -> std::slice::Iter<'_, Home> {
        self.0.iter()
    }

    pub(super) fn iter_mut(&mut self) -> std::slice::IterMut<'_, Home> {
        self.0.iter_mut()
    }

    /// The numbers of all communities, in order.
    pub(super) fn numbers(&self) -> Vec<CommunityNumber> {
        self.0.iter().map(|home| home.number).collect()
    }

    /// The first community, which speaks where none is meant. A bot that serves none hears nobody.
    pub(super) fn first(&self) -> Option<CommunityNumber> {
        self.0.first().map(|home| home.number)
    }

    pub(super) fn get(&self, number: CommunityNumber) -> Option<&Home> {
        self.0.iter().find(|home| home.number == number)
    }

    pub(super) fn find(&self, is_it: impl Fn(&Home) -> bool) -> Option<CommunityNumber> {
        self.0.iter().find(|home| is_it(home)).map(|home| home.number)
    }

    /// The community of that name in the configuration, the store and the log.
    pub(super) fn named(&self, name: &str) -> Option<CommunityNumber> {
        self.find(|home| home.name == name)
    }
}

/// Numbers are given out by the engine alone, and no community goes while it runs.
impl Index<CommunityNumber> for Homes {
    type Output = Home;

    #[expect(clippy::expect_used, reason = "like an index: whoever has a number has it from here")]
    fn index(&self, number: CommunityNumber) -> &Home {
        self.get(number).expect("a community that is served")
    }
}

impl IndexMut<CommunityNumber> for Homes {
    #[expect(clippy::expect_used, reason = "like an index: whoever has a number has it from here")]
    fn index_mut(&mut self, number: CommunityNumber) -> &mut Home {
        self.0.iter_mut().find(|home| home.number == number).expect("a community that is served")
    }
}
