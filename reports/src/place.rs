//! Where labels go so that none covers another: plain functions of plain numbers.

/// A label that wants to be centred at `centre` and takes `height`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Wanted {
    /// The centre that it wants.
    pub(crate) centre: f64,
    /// The room that it takes.
    pub(crate) height: f64,
}

/// The centres of labels in a column from `top` to `bottom`: as near to what they want as possible in their order from
/// top to bottom, none overlapping. Where there is not room for all, they stay apart and leave at the bottom.
pub(crate) fn column(wanted: &[Wanted], top: f64, bottom: f64) -> Vec<f64> {
    let mut order: Vec<usize> = (0..wanted.len()).collect();
    order.sort_by(|a, b| wanted[*a].centre.total_cmp(&wanted[*b].centre));

    // Neighbours that touch become one block, which lies where its labels want it on average.
    let mut blocks: Vec<Block> = Vec::new();
    for index in order {
        let Wanted { centre, height } = wanted[index];
        let mut block = Block { labels: vec![index], height, sum: centre - height / 2.0, top: 0.0 };
        block.settle(top, bottom);
        while let Some(above) = blocks.pop_if(|above| above.top + above.height > block.top) {
            block = above.with(block);
            block.settle(top, bottom);
        }
        blocks.push(block);
    }

    let mut centres = vec![0.0; wanted.len()];
    for block in blocks {
        let mut y = block.top;
        for index in block.labels {
            centres[index] = y + wanted[index].height / 2.0;
            y += wanted[index].height;
        }
    }
    centres
}

struct Block {
    labels: Vec<usize>,
    height: f64,
    /// Sum over labels of where each wants the block's top.
    sum: f64,
    top: f64,
}

impl Block {
    fn settle(&mut self, top: f64, bottom: f64) {
        #[expect(clippy::cast_precision_loss, reason = "a handful of labels")]
        let wanted = self.sum / self.labels.len() as f64;
        self.top = wanted.min(bottom - self.height).max(top);
    }

    fn with(mut self, below: Self) -> Self {
        #[expect(clippy::cast_precision_loss, reason = "a handful of labels")]
        let shift = self.height * below.labels.len() as f64;
        self.sum += below.sum - shift;
        self.height += below.height;
        self.labels.extend(below.labels);
        self
    }
}

/// Of labels at `centres` with `widths`, which to show so that none overlaps: those with the highest rank first
/// (rank 0 never), the later before the earlier among equals. Labels keep `gap` between them.
pub(crate) fn row(centres: &[f64], widths: &[f64], ranks: &[u8], gap: f64) -> Vec<bool> {
    let mut order: Vec<usize> = (0..centres.len()).filter(|index| ranks[*index] > 0).collect();
    order.sort_by_key(|index| std::cmp::Reverse((ranks[*index], *index)));
    let mut shown = vec![false; centres.len()];
    for index in order {
        let free = (0..centres.len())
            .filter(|other| shown[*other])
            .all(|other| (centres[index] - centres[other]).abs() >= (widths[index] + widths[other]) / 2.0 + gap);
        shown[index] = free;
    }
    shown
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn labels(wanted: &[(f64, f64)]) -> Vec<Wanted> {
        wanted.iter().map(|&(centre, height)| Wanted { centre, height }).collect()
    }

    #[test]
    fn labels_that_fit_stay_where_they_want_to_be() {
        assert_eq!(column(&labels(&[(80.0, 20.0), (20.0, 20.0)]), 0.0, 100.0), [80.0, 20.0]);
    }

    #[test]
    fn labels_that_collide_share_the_way() {
        assert_eq!(column(&labels(&[(50.0, 20.0), (52.0, 20.0)]), 0.0, 100.0), [41.0, 61.0]);
        assert_eq!(column(&labels(&[(99.0, 20.0), (98.0, 20.0)]), 0.0, 100.0), [90.0, 70.0]);
    }

    #[test]
    fn the_higher_rank_is_shown_and_the_later_among_equals() {
        let shown = row(&[0.0, 10.0, 20.0, 30.0], &[12.0; 4], &[1, 1, 1, 2], 2.0);
        assert_eq!(shown, [false, true, false, true]);
        assert_eq!(row(&[0.0, 50.0], &[12.0; 2], &[0, 1], 2.0), [false, true]);
    }

    proptest! {
        #[test]
        fn labels_never_overlap(wanted in prop::collection::vec((0.0..300.0_f64, 5.0..30.0_f64), 0..9)) {
            let wanted = labels(&wanted);
            let centres = column(&wanted, 0.0, 300.0);
            for (index, (a, label)) in centres.iter().zip(&wanted).enumerate() {
                prop_assert!(a - label.height / 2.0 >= -1e-9 && a + label.height / 2.0 <= 300.0 + 1e-9);
                for (b, other) in centres.iter().zip(&wanted).skip(index + 1) {
                    prop_assert!((a - b).abs() >= (label.height + other.height) / 2.0 - 1e-9);
                }
            }
        }
    }
}
