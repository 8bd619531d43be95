//! A whole year at once: people have lasting habits, so that twelve releases together tell more than each alone.

use super::{
    chain::{Belief, loudest},
    communities,
    habits::Habits,
    people::{MOST, People},
    random::Random,
    seen::{Seen, raw, sums, voices},
    table::Attacks,
};

const MONTHS: usize = 12;
const SWEEPS: usize = 1500;

/// A year in which the same people write every month, each around what is usual for them.
struct Year {
    usual: Vec<u32>,
    months: Vec<Vec<u32>>,
}

impl Year {
    fn new(people: &People, random: &mut Random) -> Self {
        let (shape, posters) = (people.shape(random), random.between(5, 40));
        let usual = people.month(shape, posters, random);
        let months = (0..MONTHS).map(|_| usual.iter().map(|usual| Habits::next(*usual, random)).collect());
        Self { months: months.collect(), usual }
    }
}

/// The adversary: a chain over what is usual for everybody, and over everybody's counts of every month.
struct Chain<'a> {
    people: &'a People,
    habits: &'a Habits,
    seen: &'a [Seen],
    random: Random,
    shape: usize,
    year: Year,
}

impl Chain<'_> {
    fn sweep(&mut self) {
        for month in 0..MONTHS {
            for _ in 0..self.year.usual.len() {
                self.move_counts(month);
            }
        }
        for person in 0..self.year.usual.len() {
            self.move_usual(person);
        }
        self.move_shape();
    }

    /// Somebody writes more or less; or also somebody else so much less or more.
    fn move_counts(&mut self, month: usize) {
        let (one, by) = (self.person(), self.step());
        let other = self.person();
        let both = self.random.below(2) == 0 && one != other;
        let changes = [(one, by), (other, if both { -by } else { 0 })];
        let counts = &mut self.year.months[month];
        let fits = |(person, by): &(usize, i64)| (1..=MOST as i64).contains(&(i64::from(counts[*person]) + by));
        if !changes.iter().all(fits) {
            return;
        }
        let before = self.seen[month].fit(sums(counts));
        let mut gain = 0.0;
        for (person, by) in changes {
            let (usual, count) = (self.year.usual[person], counts[person]);
            counts[person] = (i64::from(count) + by) as u32;
            gain += self.habits.fit(usual, counts[person]) - self.habits.fit(usual, count);
        }
        gain += self.seen[month].fit(sums(counts)) - before;
        if gain < 0.0 && self.random.unit() >= gain.exp() {
            for (person, by) in changes {
                counts[person] = (i64::from(counts[person]) - by) as u32;
            }
        }
    }

    /// Somebody's usual count is another.
    fn move_usual(&mut self, person: usize) {
        let before = self.year.usual[person];
        let moved = i64::from(before) + self.step();
        if !(1..=MOST as i64).contains(&moved) {
            return;
        }
        let after = moved as u32;
        let fits = self
            .year
            .months
            .iter()
            .map(|counts| self.habits.fit(after, counts[person]) - self.habits.fit(before, counts[person]));
        let gain = fits.sum::<f64>() + self.people.log(self.shape, after) - self.people.log(self.shape, before);
        if gain >= 0.0 || self.random.unit() < gain.exp() {
            self.year.usual[person] = after;
        }
    }

    fn move_shape(&mut self) {
        self.shape = self.people.likely_shape(&self.year.usual, &mut self.random);
    }

    fn person(&mut self) -> usize {
        self.random.below(self.year.usual.len())
    }

    fn step(&mut self) -> i64 {
        let reach = [1, 3, 10, 30, 100][self.random.below(5)];
        (1 + self.random.below(reach) as i64) * if self.random.below(2) == 0 { 1 } else { -1 }
    }

    /// What is believed of the three loudest of each month.
    fn think(&mut self, sweeps: usize) -> Vec<[Belief; 3]> {
        for _ in 0..sweeps / 5 {
            self.sweep();
        }
        let mut values = vec![[const { Vec::new() }; 3]; MONTHS];
        for _ in 0..sweeps {
            self.sweep();
            for (values, counts) in values.iter_mut().zip(&self.year.months) {
                values.iter_mut().zip(loudest(counts)).for_each(|(values, count)| values.push(count));
            }
        }
        values.into_iter().map(|values| values.map(Belief::new)).collect()
    }
}

/// Attacks the years of some communities, each month of which is `seen` in some way.
fn attack(count: usize, seen: impl Fn(&[u32], &mut Random) -> Seen) -> Attacks {
    let (people, habits) = (People::new(), Habits::new());
    let mut attacks = Attacks::default();
    for community in 0..count {
        let mut random = Random::new(0x1ea4 + community as u64);
        let year = Year::new(&people, &mut random);
        let seen: Vec<Seen> = year.months.iter().map(|counts| seen(counts, &mut random)).collect();
        let mut chain = Chain { people: &people, habits: &habits, seen: &seen, random, shape: 0, year };
        chain.move_shape();
        let mut months = chain.think(SWEEPS);
        if months.iter().flatten().any(Belief::nearly_pinned) {
            months = chain.think(SWEEPS * 10);
        }
        months.iter().for_each(|beliefs| attacks.add(beliefs));
    }
    attacks
}

#[test]
fn a_whole_year_at_once_pins_hardly_anybody() {
    let attacks = attack(communities() / 100, |counts, random| Seen::of(&raw(counts, random)));
    attacks.print("a whole year at once, lasting habits");
    assert!(attacks.rate() <= 0.03, "{} of {}", attacks.pinned, attacks.months);
    assert!(attacks.open_in_all_but(0.5) > 0.2 && attacks.open_in_all_but(0.05) > 0.12);
}

#[test]
fn a_year_of_exact_messages_and_voices_to_a_tenth_would_pin_many() {
    let attacks = attack(5, |counts, _| {
        let told = voices(counts);
        Seen::exactly(sums(counts).0, Some([told - 0.05, told + 0.05]))
    });
    attacks.print("a whole year of messages, and voices to a tenth");
    assert!(attacks.rate() > 0.2, "{} of {}", attacks.pinned, attacks.months);
}
