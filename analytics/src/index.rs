//! Looking up ids that were given out densely: an array where they lie close together, a hash map where they do not.

use ahash::AHashMap;

/// An array may be this many times longer than what is in it.
const SPARSEST: usize = 16;

/// Or this many times longer than what it is asked for.
const SPARSEST_FOR_ROWS: usize = 4;

/// Or as long as this.
const FREE: usize = 1 << 14;

const EMPTY: u32 = u32::MAX;

/// From an id to a number below `u32::MAX`. Of several numbers under one id the first is found.
#[derive(Clone, Debug)]
pub enum Index {
    /// A slot for each id from `first` on.
    Dense {
        /// The least id.
        first: i64,
        /// What each id leads to.
        slots: Vec<u32>,
    },
    /// Ids that lie far apart.
    Sparse(AHashMap<i64, u32>),
}

impl Default for Index {
    fn default() -> Self {
        Self::Dense { first: 0, slots: Vec::new() }
    }
}

impl Index {
    /// An index of these ids and numbers, which serves so many rows.
    pub fn new(entries: impl Iterator<Item = (i64, u32)> + Clone, rows: usize) -> Self {
        let (mut least, mut most, mut count) = (i64::MAX, i64::MIN, 0_usize);
        for (id, _) in entries.clone() {
            (least, most, count) = (least.min(id), most.max(id), count + 1);
        }
        if count == 0 {
            return Self::default();
        }
        let span = most.checked_sub(least).and_then(|span| usize::try_from(span).ok());
        let Some(span) = span.filter(|span| is_close(*span, count, rows)) else {
            let mut found = AHashMap::with_capacity(count);
            for (id, number) in entries {
                found.entry(id).or_insert(number);
            }
            return Self::Sparse(found);
        };
        let mut slots = vec![EMPTY; span + 1];
        for (id, number) in entries {
            let slot = &mut slots[(id - least) as usize];
            if *slot == EMPTY {
                *slot = number;
            }
        }
        Self::Dense { first: least, slots }
    }

    /// What `id` leads to.
    #[inline]
    pub fn get(&self, id: i64) -> Option<usize> {
        let number = match self {
            Self::Dense { first, slots } => {
                let at = usize::try_from(id.checked_sub(*first)?).ok()?;
                slots.get(at).copied().filter(|number| *number != EMPTY)?
            }
            Self::Sparse(found) => *found.get(&id)?,
        };
        Some(number as usize)
    }
}

/// People or rooms, numbered from 0 in the order of their ids.
#[derive(Clone, Debug, Default)]
pub struct Numbering {
    ids: Vec<i32>,
    /// Where ids lie close together; where they do not, they are searched.
    index: Option<Index>,
}

impl Numbering {
    /// Numbers the distinct ids of a column.
    pub fn of(column: &[i32]) -> Self {
        Self::serving(column, column.len())
    }

    /// The same, to be asked for so many rows.
    pub fn serving(column: &[i32], rows: usize) -> Self {
        let mut ids = distinct(column);
        ids.shrink_to_fit();
        let entries = (0_u32..).zip(&ids).map(|(number, id)| (i64::from(*id), number));
        let span = ids.first().zip(ids.last()).and_then(|(least, most)| span(*least, *most));
        let index = span.is_some_and(|span| is_close(span, ids.len(), rows));
        let index = index.then(|| Index::new(entries, rows));
        Self { ids, index }
    }

    /// The ids, ascending.
    pub fn ids(&self) -> &[i32] {
        &self.ids
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.ids.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.ids.is_empty()
    }

    /// The id under a number.
    pub fn id(&self, number: usize) -> i32 {
        self.ids[number]
    }

    /// The number of an id.
    #[inline]
    pub fn number(&self, id: i32) -> Option<usize> {
        match &self.index {
            Some(index) => index.get(i64::from(id)),
            None => self.ids.binary_search(&id).ok(),
        }
    }
}

/// Whether so many ids with such a span are worth an array where so many rows are served.
fn is_close(span: usize, count: usize, rows: usize) -> bool {
    span < count.saturating_mul(SPARSEST).max(rows.saturating_mul(SPARSEST_FOR_ROWS)).max(FREE)
}

/// The distinct values, ascending.
fn distinct(column: &[i32]) -> Vec<i32> {
    let [least, most] = column.iter().fold([i32::MAX, i32::MIN], |[least, most], id| [least.min(*id), most.max(*id)]);
    let Some(span) = span(least, most).filter(|span| is_close(*span, column.len(), column.len())) else {
        let mut ids = column.to_vec();
        ids.sort_unstable();
        ids.dedup();
        return ids;
    };
    let mut there = vec![false; span + 1];
    for id in column {
        there[(i64::from(*id) - i64::from(least)) as usize] = true;
    }
    (least..=most).zip(there).filter(|(_, there)| *there).map(|(id, _)| id).collect()
}

/// How far an id lies from a greater one.
fn span(least: i32, most: i32) -> Option<usize> {
    usize::try_from(i64::from(most) - i64::from(least)).ok()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn an_index_finds_what_a_map_finds(
            ids in prop::collection::vec(prop_oneof![0..50_i64, any::<i64>()], 0..60), other in 0..60_i64, rows in 0..99_usize
        ) {
            let entries = ids.iter().zip(0_u32..).map(|(id, number)| (*id, number));
            let index = Index::new(entries, rows);
            for id in ids.iter().copied().chain([other, i64::MIN, i64::MAX]) {
                prop_assert_eq!(index.get(id), ids.iter().position(|known| *known == id));
            }
        }

        #[test]
        fn numbers_ascend_with_ids(ids in prop::collection::vec(prop_oneof![-9..9_i32, any::<i32>()], 0..60)) {
            let numbering = Numbering::of(&ids);
            let expected: std::collections::BTreeSet<i32> = ids.into_iter().collect();
            prop_assert_eq!(numbering.len(), expected.len());
            for (number, id) in expected.into_iter().enumerate() {
                prop_assert_eq!(numbering.number(id), Some(number));
                prop_assert_eq!(numbering.id(number), id);
            }
        }
    }
}
