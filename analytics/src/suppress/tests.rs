//! An adversary who tries every assignment of the hidden counts learns of no group under five.

use proptest::prelude::*;

use super::*;

/// The free counts of a month: reactors only, new, retained, reactivated, silent; the rest follows.
type Free = [u64; 5];

fn values([reactors, new, retained, reactivated, silent]: Free, lapsed: u64) -> [u64; CELLS] {
    let posters = new + retained + reactivated;
    let active = posters + reactors;
    [active, posters, reactors, active + silent, silent, new, retained, reactivated, lapsed]
}

fn published(count: u64) -> Previous {
    Previous::Posters { count, at_least: count, at_most: count }
}

fn counts(free: Free, last_posters: u64) -> Counts {
    let lapsed = last_posters - free[2];
    Counts { values: values(free, lapsed), known: [true; CELLS], previous: published(last_posters) }
}

#[test]
fn large_groups_are_all_shown() {
    assert_eq!(hidden(&counts([9, 8, 30, 7, 60], 40)).0, BTreeSet::new());
    assert_eq!(hidden(&counts([0, 0, 30, 0, 0], 30)).0, BTreeSet::new(), "nobody may be shown");
}

#[test]
fn the_few_who_only_react_cannot_be_had_from_active_members_less_posters() {
    let (hidden, _) = hidden(&counts([3, 8, 30, 7, 60], 40));
    assert_eq!(hidden, BTreeSet::from([Cell::ReactorsOnly, Cell::Active, Cell::Members]));
}

#[test]
fn two_small_parts_that_make_five_hide_each_other() {
    assert_eq!(hidden(&counts([0, 3, 30, 2, 60], 40)).0, BTreeSet::from([Cell::New, Cell::Reactivated]));
}

#[test]
fn one_small_part_needs_company() {
    let (few_new, _) = hidden(&counts([0, 3, 30, 9, 60], 40));
    assert_eq!(few_new, BTreeSet::from([Cell::New, Cell::Reactivated]));
    let (nobody_back, _) = hidden(&counts([0, 3, 30, 0, 60], 40));
    assert!(nobody_back.len() > 2, "new + reactivated would still be three people: {nobody_back:?}");
}

#[test]
fn few_lapsed_cannot_be_had_from_last_months_posters() {
    let (hidden, _) = hidden(&counts([0, 8, 38, 9, 60], 40));
    assert!(hidden.contains(&Cell::Lapsed) && hidden.contains(&Cell::Retained), "{hidden:?}");
}

#[test]
fn a_tiny_month_shows_nothing_but_zeros() {
    let (hidden, _) = hidden(&counts([0, 1, 2, 0, 1], 3));
    for cell in [Cell::Active, Cell::Posters, Cell::Members, Cell::New, Cell::Retained, Cell::Lapsed, Cell::Silent] {
        assert!(hidden.contains(&cell), "{cell:?}");
    }
}

/// How far the adversary tries: further than any published total of the generated months.
const TOP: u64 = 18;
/// The same for those outside the posters.
const TOP_OUTSIDE: u64 = 10;

/// What a month with these published counts may look like: every assignment of the free counts that fits.
fn fitting(truth: &[u64; CELLS], hidden: &BTreeSet<Cell>, mut visit: impl FnMut(Free, &[u64; CELLS])) {
    let range = |cell: Cell| match hidden.contains(&cell) {
        true if matches!(cell, Cell::ReactorsOnly | Cell::Silent) => 0..=TOP_OUTSIDE,
        true => 0..=TOP,
        false => truth[cell as usize]..=truth[cell as usize],
    };
    let shown: Vec<Cell> = Cell::ALL[..5].iter().copied().filter(|cell| !hidden.contains(cell)).collect();
    for new in range(Cell::New) {
        for retained in range(Cell::Retained) {
            for reactivated in range(Cell::Reactivated) {
                let posters = new + retained + reactivated;
                if !hidden.contains(&Cell::Posters) && posters != truth[Cell::Posters as usize] {
                    continue;
                }
                for reactors in range(Cell::ReactorsOnly) {
                    for silent in range(Cell::Silent) {
                        let free = [reactors, new, retained, reactivated, silent];
                        let guess = values(free, 0);
                        if shown.iter().all(|cell| guess[*cell as usize] == truth[*cell as usize]) {
                            visit(free, &guess);
                        }
                    }
                }
            }
        }
    }
}

/// For each cell that is small, what it may be, given which numbers of posters the other month leaves open.
fn learn(
    truth: &[u64; CELLS],
    hidden: &BTreeSet<Cell>,
    admitted: impl Fn(Free, &[u64; CELLS]) -> Vec<u64>,
) -> Vec<String> {
    let small: Vec<Cell> = Cell::ALL.into_iter().filter(|cell| is_small(truth[*cell as usize])).collect();
    let (mut may_be_nobody, mut may_be_many) = (BTreeSet::new(), BTreeSet::new());
    fitting(truth, hidden, |free, guess| {
        for lapsed in admitted(free, guess) {
            for cell in &small {
                let value = if *cell == Cell::Lapsed { lapsed } else { guess[*cell as usize] };
                if value == 0 {
                    may_be_nobody.insert(*cell);
                }
                if value >= MIN_PEOPLE {
                    may_be_many.insert(*cell);
                }
            }
        }
    });
    small
        .into_iter()
        .filter(|cell| !may_be_nobody.contains(cell) || !may_be_many.contains(cell))
        .map(|cell| format!("{cell:?} of {truth:?} with {hidden:?} hidden"))
        .collect()
}

fn free() -> impl Strategy<Value = Free> {
    [0u64..7, 0u64..6, 0u64..9, 0u64..6, 0u64..7]
}

/// So many cases, or as many as `PROPTEST_CASES` asks for.
pub(crate) fn cases(usually: u32) -> ProptestConfig {
    match std::env::var_os("PROPTEST_CASES") {
        Some(_) => ProptestConfig::default(),
        None => ProptestConfig::with_cases(usually),
    }
}

proptest! {
    #![proptest_config(cases(64))]

    #[test]
    fn two_neighbouring_months_give_no_small_group_away(
        first in free(),
        mut second in free(),
        before in 0u64..9,
        unknown in prop::collection::vec(0..CELLS, 0..3),
    ) {
        let before = before + first[2];
        let before = if is_small(before) { MIN_PEOPLE } else { before };
        let posters = first[1] + first[2] + first[3];
        second[2] = second[2].min(posters);

        let mut one = Counts { values: values(first, before - first[2]), known: [true; CELLS], previous: published(before) };
        for cell in unknown {
            one.known[cell] = false;
        }
        // A month's own posters are always known; that they may not be said is for `hidden` to find out.
        one.known[position(Cell::Posters)] = true;
        let (hidden_one, previous) = hidden(&one);
        let two = Counts { values: values(second, posters - second[2]), known: [true; CELLS], previous };
        let (hidden_two, _) = hidden(&two);

        // Which numbers of first-month posters the first month leaves open, and which the second does.
        let mut possible_one = BTreeSet::new();
        fitting(&one.values, &hidden_one, |_, guess| { possible_one.insert(guess[1]); });
        let lapsed_two = |retained: u64, posters: u64| {
            let lapsed = posters.checked_sub(retained)?;
            let shown = !hidden_two.contains(&Cell::Lapsed);
            (!shown || lapsed == two.values[8]).then_some(lapsed)
        };
        let mut retained_two = BTreeSet::new();
        fitting(&two.values, &hidden_two, |free, _| { retained_two.insert(free[2]); });

        let from_one = learn(&one.values, &hidden_one, |free, guess| {
            let Some(lapsed) = before.checked_sub(free[2]) else { return vec![] };
            if !hidden_one.contains(&Cell::Lapsed) && lapsed != one.values[8] {
                return vec![];
            }
            match retained_two.iter().any(|retained| lapsed_two(*retained, guess[1]).is_some()) {
                true => vec![lapsed],
                false => vec![],
            }
        });
        prop_assert!(from_one.is_empty(), "first month: {from_one:?}; second {:?} with {hidden_two:?} hidden", two.values);
        let from_two = learn(&two.values, &hidden_two, |free, _| {
            possible_one.iter().filter_map(|posters| lapsed_two(free[2], *posters)).collect()
        });
        prop_assert!(from_two.is_empty(), "second month: {from_two:?}; first {:?} with {hidden_one:?} hidden", one.values);
    }
}
