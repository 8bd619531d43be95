//! The adversary: a Markov chain (Metropolis and others 1953) over everybody's counts, given what was published.

use super::{
    people::{MOST, People},
    random::Random,
};

/// Counts, and which shape they were drawn from. Both are unknown to the adversary and move.
pub struct Chain<'a, Fit> {
    people: &'a People,
    random: Random,
    shape: usize,
    /// Everybody's count.
    pub counts: Vec<u32>,
    /// Whose counts follow the shape; those of the others are explained by `fit` alone.
    drawn: usize,
    /// The least and the largest count that each may have.
    ends: Vec<[u32; 2]>,
    fit: Fit,
    now: f64,
}

impl<'a, Fit: Fn(&[u32]) -> f64> Chain<'a, Fit> {
    /// Starts where it fits: at the truth. What is found must not depend on it; tests compare with draws that do not.
    pub fn new(people: &'a People, start: Vec<u32>, seed: u64, fit: Fit) -> Self {
        let now = fit(&start);
        assert!(now.is_finite(), "the truth fits what is published of it: {start:?}");
        let (drawn, ends) = (start.len(), vec![[1, MOST as u32]; start.len()]);
        Self { people, random: Random::new(seed), shape: 0, counts: start, drawn, ends, fit, now }
    }

    /// Only the first counts follow the shape.
    pub fn drawn(mut self, drawn: usize) -> Self {
        self.drawn = drawn;
        self
    }

    /// What the adversary knows of one of them.
    pub fn known(mut self, person: usize, ends: [u32; 2]) -> Self {
        self.ends[person] = ends;
        self
    }

    /// One sweep: as many moves as people, and one of the shape.
    pub fn sweep(&mut self) {
        for _ in 0..self.counts.len() {
            self.step();
        }
        self.move_shape();
    }

    fn log(&self, person: usize, count: u32) -> f64 {
        if person < self.drawn { self.people.log(self.shape, count) } else { 0.0 }
    }

    fn step(&mut self) {
        let one = self.random.below(self.counts.len());
        let reach = [1, 3, 10, 30, 100][self.random.below(5)];
        let by = (1 + self.random.below(reach) as i64) * if self.random.below(2) == 0 { 1 } else { -1 };
        match self.random.below(3) {
            // Somebody writes more or less.
            0 => self.propose(&[(one, i64::from(self.counts[one]) + by)], 0.0),
            // Somebody writes what another one does not.
            1 => {
                let other = self.random.below(self.counts.len());
                if other != one {
                    let there = i64::from(self.counts[other]) - by;
                    self.propose(&[(one, i64::from(self.counts[one]) + by), (other, there)], 0.0);
                }
            }
            // Somebody is drawn anew.
            _ if one < self.drawn => {
                let drawn = self.people.shapes[self.shape].draw(&mut self.random);
                let odds = self.log(one, self.counts[one]) - self.log(one, drawn);
                self.propose(&[(one, i64::from(drawn))], odds);
            }
            _ => {}
        }
    }

    /// Moves there, or stays.
    fn propose(&mut self, changes: &[(usize, i64)], odds: f64) {
        let allowed = |(person, count): &(usize, i64)| {
            let [low, high] = self.ends[*person].map(i64::from);
            (low..=high).contains(count)
        };
        if !changes.iter().all(allowed) {
            return;
        }
        let mut gain = odds;
        let mut before = [0; 2];
        for (place, (person, count)) in changes.iter().enumerate() {
            let count = *count as u32;
            before[place] = self.counts[*person];
            gain += self.log(*person, count) - self.log(*person, before[place]);
            self.counts[*person] = count;
        }
        let fit = (self.fit)(&self.counts);
        gain += fit - self.now;
        if gain >= 0.0 || self.random.unit() < gain.exp() {
            self.now = fit;
        } else {
            for (place, (person, _)) in changes.iter().enumerate() {
                self.counts[*person] = before[place];
            }
        }
    }

    /// Draws the shape anew, given the counts.
    fn move_shape(&mut self) {
        self.shape = self.people.likely_shape(&self.counts[..self.drawn], &mut self.random);
    }

    /// What the adversary believes of something about the counts. It thinks ten times longer where it has nearly got
    /// somebody.
    pub fn believe<const N: usize>(&mut self, sweeps: usize, of: impl Fn(&[u32]) -> [u32; N]) -> [Belief; N] {
        let beliefs = self.think(sweeps, &of);
        if beliefs.iter().any(Belief::nearly_pinned) { self.think(sweeps * 10, of) } else { beliefs }
    }

    /// What it believes after so many sweeps.
    pub fn think<const N: usize>(&mut self, sweeps: usize, of: impl Fn(&[u32]) -> [u32; N]) -> [Belief; N] {
        for _ in 0..sweeps / 5 {
            self.sweep();
        }
        let mut values = [const { Vec::new() }; N];
        for _ in 0..sweeps {
            self.sweep();
            for (values, value) in values.iter_mut().zip(of(&self.counts)) {
                values.push(value);
            }
        }
        values.map(Belief::new)
    }
}

/// What an adversary believes of one count: values in order, each as likely as the others.
pub struct Belief(Vec<u32>);

impl Belief {
    pub fn new(mut values: Vec<u32>) -> Self {
        values.sort_unstable();
        Self(values)
    }

    /// The value below which such a part of the belief lies.
    pub fn quantile(&self, part: f64) -> u32 {
        self.0[((self.0.len() - 1) as f64 * part).round() as usize]
    }

    /// How much of it is at a value or below.
    pub fn up_to(&self, value: u32) -> f64 {
        self.0.partition_point(|one| *one <= value) as f64 / self.0.len() as f64
    }

    /// Half the width of the interval that holds nine tenths, as a share of its middle.
    pub fn open_by(&self) -> f64 {
        let [low, high] = self.ends(0.05);
        (high - low) / (high + low)
    }

    /// Whether it is pinned: that interval is narrower than a quarter up and down, and than three messages. Whoever is
    /// known to have written at most three is nobody to be told of.
    pub fn pinned(&self) -> bool {
        pinned(self.ends(0.05))
    }

    /// Whether a little less of it is.
    pub fn nearly_pinned(&self) -> bool {
        pinned(self.ends(0.075))
    }

    fn ends(&self, outside: f64) -> [f64; 2] {
        [outside, 1.0 - outside].map(|part| f64::from(self.quantile(part)))
    }
}

/// See [`Belief::pinned`].
pub fn pinned([low, high]: [f64; 2]) -> bool {
    high > 3.0 && (high - low) / 2.0 < 3.0 && (high - low) / (high + low) < 0.25
}

/// The three largest counts, the largest first.
pub fn loudest(counts: &[u32]) -> [u32; 3] {
    let mut top = [0; 3];
    for count in counts {
        let mut count = *count;
        for place in &mut top {
            if count > *place {
                std::mem::swap(&mut count, place);
            }
        }
    }
    top
}
