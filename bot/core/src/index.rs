//! Which practice, among all of them.

use std::ops::{Index, IndexMut};

/// The place of a practice among all practices, in the order in which help lists them. It holds as long as a bot runs, and
/// is written nowhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PracticeIndex(usize);

impl PracticeIndex {
    /// The practice in whose name the engine itself speaks.
    pub(crate) const FIRST: Self = Self(0);

    /// The places of so many practices.
    pub fn all(practices: usize) -> impl DoubleEndedIterator<Item = Self> + Clone {
        (0..practices).map(Self)
    }

    /// The first place at which something is so.
    pub(crate) fn find<T>(all: &[T], is_it: impl Fn(&T) -> bool) -> Option<Self> {
        all.iter().position(is_it).map(Self)
    }

    /// As a number, from 0 on.
    pub const fn get(self) -> usize {
        self.0
    }
}

/// One thing for each practice.
#[derive(Debug)]
pub(crate) struct ByPractice<T>(Vec<T>);

impl<T> ByPractice<T> {
    pub(crate) fn new(all: Vec<T>) -> Self {
        Self(all)
    }

    pub(crate) fn iter(&self) -> std::slice::Iter<'_, T> {
        self.0.iter()
    }

    pub(crate) fn iter_mut(&mut self) -> std::slice::IterMut<'_, T> {
        self.0.iter_mut()
    }

    pub(crate) fn indices(&self) -> impl Iterator<Item = PracticeIndex> + use<T> {
        PracticeIndex::all(self.0.len())
    }
}

impl<T> Index<PracticeIndex> for ByPractice<T> {
    type Output = T;

    fn index(&self, practice: PracticeIndex) -> &T {
        &self.0[practice.0]
    }
}

impl<T> IndexMut<PracticeIndex> for ByPractice<T> {
    fn index_mut(&mut self, practice: PracticeIndex) -> &mut T {
        &mut self.0[practice.0]
    }
}
