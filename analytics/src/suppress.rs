//! Which counts of people may be published: none under [`MIN_PEOPLE`], and none that would let one be worked out.
//!
//! A month's counts are tied together: active = posters + those who only reacted, members = active + silent,
//! posters = new + retained + reactivated, last month's posters = retained + lapsed. Whoever holds the published
//! ones can subtract. So where a count is small, the cheapest set of further counts is hidden with it such that for
//! each small one the published numbers leave open both that it is nobody and that it is [`MIN_PEOPLE`] or more.

pub mod rooms;

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
/// The cells, and last month's posters.
const UNKNOWNS: usize = CELLS + 1;
const LAST_POSTERS: usize = CELLS;

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

    /// What a reader loses when this is hidden though it is not small. Most other measures rest on the posters.
    fn cost(self) -> u32 {
        match self {
            Self::Posters => 14,
            Self::Active => 9,
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
    /// So many posted, of which the published numbers tell that it was one of a range: only that one, or more.
    Posters {
        /// How many.
        count: u64,
        /// From what, as far as everybody can tell.
        at_least: u64,
        /// To what, as far as everybody can tell.
        at_most: u64,
    },
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
/// Beside them, what the month after must know of this one.
pub fn hidden(counts: &Counts) -> (BTreeSet<Cell>, Previous) {
    let system = System::new(counts);
    let chosen = system.cheapest().unwrap_or(FULL);
    let hidden = Cell::ALL.into_iter().filter(|cell| chosen & bit(position(*cell)) != 0).collect();
    let posters = position(Cell::Posters);
    let (low, high) = system.bounds(chosen);
    let told = |bound: i64| u64::try_from(bound).unwrap_or(0);
    let count = counts.values[posters];
    (hidden, Previous::Posters { count, at_least: told(low[posters]), at_most: told(high[posters]) })
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

/// `sum of coefficient × cell = 0`, which everybody knows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Equation {
    coefficients: [i64; UNKNOWNS],
}

impl Equation {
    fn of(total: usize, parts: &[Cell]) -> Self {
        let mut equation = Self::default();
        equation.coefficients[total] = 1;
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
        sum
    }
}

type Unknowns = [i64; UNKNOWNS];

struct System {
    values: Unknowns,
    /// What everybody knows of last month's posters.
    last_posters: [i64; 2],
    /// What is known to everybody, with all that follows by adding and subtracting.
    equations: Vec<Equation>,
    /// Hidden in any case: small, or not to be had.
    forced: Set,
    /// What must not be worked out.
    protected: Set,
}

impl System {
    fn new(counts: &Counts) -> Self {
        let signed = |count: u64| i64::try_from(count).unwrap_or(UNBOUNDED).min(UNBOUNDED);
        let mut values = [0; UNKNOWNS];
        values[..CELLS].copy_from_slice(&counts.values.map(signed));
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
            Equation::of(position(Cell::Active), &[Cell::Posters, Cell::ReactorsOnly]),
            Equation::of(position(Cell::Members), &[Cell::Active, Cell::Silent]),
            Equation::of(position(Cell::Posters), &[Cell::New, Cell::Retained, Cell::Reactivated]),
        ];
        let (retained, lapsed) = (position(Cell::Retained), position(Cell::Lapsed));
        let mut last_posters = [0, UNBOUNDED];
        if let Previous::Posters { count, at_least, at_most } = counts.previous {
            basis.push(Equation::of(LAST_POSTERS, &[Cell::Retained, Cell::Lapsed]));
            values[LAST_POSTERS] = signed(count);
            last_posters = [signed(at_least), signed(at_most)];
            if at_least < at_most {
                // Retained + lapsed would give last month's posters away; where few lapsed, retained nearly would.
                forced |= bit(lapsed);
                if counts.values[lapsed] < MIN_PEOPLE {
                    forced |= bit(retained);
                    protected |= bit(retained);
                }
            }
        }
        Self { values, last_posters, equations: combinations(&basis), forced, protected }
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
        (0..CELLS)
            .filter(|at| self.protected & bit(*at) != 0)
            .all(|at| low[at] <= (self.values[at] - minimum).max(0) && high[at] >= self.values[at].max(minimum))
    }

    /// What the published cells leave open for each cell: its least and its greatest value.
    fn bounds(&self, hidden: Set) -> (Unknowns, Unknowns) {
        let (mut low, mut high) = (self.values, self.values);
        for at in (0..CELLS).filter(|at| hidden & bit(*at) != 0) {
            (low[at], high[at]) = (0, UNBOUNDED);
        }
        [low[LAST_POSTERS], high[LAST_POSTERS]] = self.last_posters;
        loop {
            let before = (low, high);
            for equation in &self.equations {
                tighten(equation, &mut low, &mut high);
            }
            if before == (low, high) {
                return (low, high);
            }
        }
    }
}

/// Narrows what is open in one equation by what the others leave.
fn tighten(equation: &Equation, low: &mut Unknowns, high: &mut Unknowns) {
    for at in (0..UNKNOWNS).filter(|at| equation.coefficients[*at] != 0) {
        if low[at] == high[at] {
            continue;
        }
        let (mut least, mut most) = (0, 0);
        for other in (0..UNKNOWNS).filter(|other| *other != at) {
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
pub(crate) mod tests;
