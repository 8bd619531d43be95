//! Which counts of people may be published: none under [`MIN_PEOPLE`], and none that would let one be worked out.
//!
//! A month's counts are tied together: active = posters + those who only reacted, members = active + silent,
//! posters = new + retained + reactivated, last month's posters = retained + lapsed. Whoever holds the published
//! ones can subtract. So where a count is small, the cheapest set of further counts is hidden with it such that for
//! each small one the published numbers leave open both that it is nobody and that it is [`MIN_PEOPLE`] or more.

use std::collections::BTreeSet;

use hearth_shared::report::MIN_PEOPLE;

/// A count of people.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Cell {
    /// Posted or reacted.
    Active,
    /// Posted.
    Posters,
    /// Reacted and did not post.
    ReactorsOnly,
    /// Belong to the community.
    Members,
    /// Belong and neither posted nor reacted.
    Silent,
    /// Posted for the first time ever.
    New,
    /// Posted, and last month too.
    Retained,
    /// Posted, and before, but not last month.
    Reactivated,
    /// Posted last month and not in this one.
    Lapsed,
}

const CELLS: usize = 9;

impl Cell {
    /// Every cell.
    pub const ALL: [Self; CELLS] = [
        Self::Active,
        Self::Posters,
        Self::ReactorsOnly,
        Self::Members,
        Self::Silent,
        Self::New,
        Self::Retained,
        Self::Reactivated,
        Self::Lapsed,
    ];

    /// What a reader loses when this is hidden though it is not small.
    fn cost(self) -> u32 {
        match self {
            Self::Active => 12,
            Self::Posters => 9,
            Self::New => 6,
            Self::Retained | Self::Lapsed => 4,
            Self::ReactorsOnly | Self::Silent | Self::Reactivated => 3,
            Self::Members => 2,
        }
    }
}

/// What is known of the month before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Previous {
    /// There is none.
    None,
    /// So many posters, and the world may know.
    Published(u64),
    /// Its posters are hidden.
    Hidden,
}

/// A month's counts, in the order of [`Cell::ALL`].
#[derive(Clone, Copy, Debug)]
pub struct Counts {
    /// The counts.
    pub values: [u64; CELLS],
    /// Which would be published if size did not matter.
    pub known: [bool; CELLS],
    /// The month before.
    pub previous: Previous,
}

/// Whether a group of this size must not be shown. Nobody is no group: zero may be shown.
pub fn is_small(people: u64) -> bool {
    (1..MIN_PEOPLE).contains(&people)
}

/// The cells that must not be published: the small ones, and those without which a small one could be worked out.
pub fn hidden(counts: &Counts) -> BTreeSet<Cell> {
    let system = System::new(counts);
    let chosen = system.cheapest().unwrap_or(FULL);
    Cell::ALL.into_iter().enumerate().filter(|(at, _)| chosen & bit(*at) != 0).map(|(_, cell)| cell).collect()
}

/// A set of cells, a bit each.
type Set = u16;

const FULL: Set = (1 << CELLS) - 1;

fn bit(cell: usize) -> Set {
    1 << cell
}

fn position(cell: Cell) -> usize {
    cell as usize
}

/// More people than there are.
const UNBOUNDED: i64 = 1 << 40;

/// `sum of coefficient × cell = constant`, which everybody knows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Equation {
    coefficients: [i64; CELLS],
    constant: i64,
}

impl Equation {
    fn of(total: Cell, parts: &[Cell]) -> Self {
        let mut equation = Self::default();
        equation.coefficients[position(total)] = 1;
        for part in parts {
            equation.coefficients[position(*part)] = -1;
        }
        equation
    }

    fn plus(&self, other: &Self, times: i64) -> Self {
        let mut sum = *self;
        for (coefficient, more) in sum.coefficients.iter_mut().zip(other.coefficients) {
            *coefficient += times * more;
        }
        sum.constant += times * other.constant;
        sum
    }
}

struct System {
    values: [i64; CELLS],
    /// What is known to everybody, with all that follows by adding and subtracting.
    equations: Vec<Equation>,
    /// Hidden in any case: small, or not to be had.
    forced: Set,
    /// What must not be worked out.
    protected: Set,
}

impl System {
    fn new(counts: &Counts) -> Self {
        let values = counts.values.map(|value| i64::try_from(value).unwrap_or(UNBOUNDED));
        let (mut forced, mut protected) = (0, 0);
        for (at, value) in counts.values.iter().enumerate() {
            if !counts.known[at] || is_small(*value) {
                forced |= bit(at);
            }
            if is_small(*value) {
                protected |= bit(at);
            }
        }
        let mut basis = vec![
            Equation::of(Cell::Active, &[Cell::Posters, Cell::ReactorsOnly]),
            Equation::of(Cell::Members, &[Cell::Active, Cell::Silent]),
            Equation::of(Cell::Posters, &[Cell::New, Cell::Retained, Cell::Reactivated]),
        ];
        let (retained, lapsed) = (position(Cell::Retained), position(Cell::Lapsed));
        match counts.previous {
            Previous::None => {}
            Previous::Published(posters) => {
                let mut equation = Equation::default();
                equation.coefficients[retained] = 1;
                equation.coefficients[lapsed] = 1;
                equation.constant = i64::try_from(posters).unwrap_or(UNBOUNDED);
                basis.push(equation);
            }
            // Retained + lapsed would give last month's posters away; where few lapsed, retained nearly would.
            Previous::Hidden => {
                forced |= bit(lapsed);
                if counts.values[lapsed] < MIN_PEOPLE {
                    forced |= bit(retained);
                    protected |= bit(retained);
                }
            }
        }
        Self { values, equations: combinations(&basis), forced, protected }
    }

    /// The cheapest safe set of hidden cells, where there is one.
    fn cheapest(&self) -> Option<Set> {
        let cost = |set: Set| -> u32 {
            Cell::ALL.iter().enumerate().filter(|(at, _)| set & bit(*at) != 0).map(|(_, cell)| cell.cost()).sum()
        };
        let mut sets: Vec<Set> = (0..=FULL).filter(|set| set & self.forced == self.forced).collect();
        sets.sort_by_key(|set| (cost(set & !self.forced), *set));
        sets.into_iter().find(|set| self.is_safe(*set))
    }

    /// Whether nobody can narrow down a protected cell when `hidden` are hidden.
    fn is_safe(&self, hidden: Set) -> bool {
        if self.protected == 0 {
            return true;
        }
        let (low, high) = self.bounds(hidden);
        let minimum = MIN_PEOPLE as i64;
        (0..CELLS).filter(|at| self.protected & bit(*at) != 0).all(|at| {
            low[at] <= (self.values[at] - minimum).max(0) && high[at] >= self.values[at].max(minimum)
        })
    }

    /// What the published cells leave open for each cell: its least and its greatest value.
    fn bounds(&self, hidden: Set) -> ([i64; CELLS], [i64; CELLS]) {
        let (mut low, mut high) = (self.values, self.values);
        for at in (0..CELLS).filter(|at| hidden & bit(*at) != 0) {
            (low[at], high[at]) = (0, UNBOUNDED);
        }
        loop {
            let before = (low, high);
            for equation in &self.equations {
                tighten(equation, hidden, &mut low, &mut high);
            }
            if before == (low, high) {
                return (low, high);
            }
        }
    }
}

/// Narrows the hidden cells of one equation by what the others leave.
fn tighten(equation: &Equation, hidden: Set, low: &mut [i64; CELLS], high: &mut [i64; CELLS]) {
    for at in (0..CELLS).filter(|at| hidden & bit(*at) != 0 && equation.coefficients[*at] != 0) {
        let (mut least, mut most) = (equation.constant, equation.constant);
        for other in (0..CELLS).filter(|other| *other != at) {
            let coefficient = equation.coefficients[other];
            let (one, two) = (coefficient * low[other], coefficient * high[other]);
            least -= one.max(two);
            most -= one.min(two);
        }
        let coefficient = equation.coefficients[at];
        if coefficient < 0 {
            (least, most) = (-most, -least);
        }
        let size = coefficient.abs();
        low[at] = low[at].max(least.div_euclid(size) + i64::from(least.rem_euclid(size) != 0));
        high[at] = high[at].min(most.div_euclid(size));
    }
}

/// Every sum and difference of equations.
fn combinations(basis: &[Equation]) -> Vec<Equation> {
    let mut sums = vec![Equation::default()];
    for equation in basis {
        let longer: Vec<Equation> =
            sums.iter().flat_map(|sum| [-1, 0, 1].map(|times| sum.plus(equation, times))).collect();
        sums = longer;
    }
    sums.retain(|sum| sum.coefficients.iter().any(|coefficient| *coefficient != 0));
    sums
}

#[cfg(test)]
mod tests;
