//! Communities in which nothing changes but by chance: people with lasting habits, and months that are better or worse.
//!
//! How much months scatter is what three real communities showed (`Kind::prior_variance` in `src/claims/scale.rs`), and
//! neighbouring months are alike as there. The example prints both beside what they shall be.

use hearth_release::{
    policy::{self, Of},
    raw::RawMonth,
};
use hearth_shared::{
    month::Month,
    release::{Release, grid},
};
use rand::{Rng as _, SeedableRng as _};
use rand_chacha::ChaCha8Rng;
use rand_distr::{Binomial, Distribution as _, Poisson, StandardNormal};

/// How alike neighbouring months are: their correlation.
const ALIKE: f64 = 0.2;
/// The same for what only a part of the scatter of newcomers, or of answers, comes from.
const ALIKE_PART: f64 = 0.5;
/// The part of posters that are new.
const NEW_PART: f64 = 0.2;
/// How regularly people write: how often in a month, which part of the regular posters of a month they are, and how many
/// times as much they write.
const HABITS: [(f64, f64, f64); 3] = [(0.9, 0.3, 3.0), (0.5, 0.4, 1.0), (0.15, 0.3, 0.5)];

/// A month, exactly.
#[derive(Clone, Copy, Debug)]
pub struct Exact {
    /// People who wrote.
    pub posters: u64,
    /// Those who were new.
    pub new: u64,
    /// What they wrote.
    pub messages: u64,
    /// Effective voices of order 2.
    pub voices: f64,
    /// Conversations that began.
    pub conversations: u64,
    /// Those that were taken up.
    pub taken: u64,
}

/// A number around 0 with variance 1 that is like the one before.
struct Drift {
    alike: f64,
    now: f64,
}

impl Drift {
    fn new(alike: f64, rng: &mut ChaCha8Rng) -> Self {
        Self { alike, now: rng.sample(StandardNormal) }
    }

    fn next(&mut self, rng: &mut ChaCha8Rng) -> f64 {
        let fresh: f64 = rng.sample(StandardNormal);
        self.now = self.alike * self.now + (1.0 - self.alike * self.alike).sqrt() * fresh;
        self.now
    }
}

struct Person {
    /// How often they write in a month.
    presence: f64,
    /// How much, beside others: on a logarithmic scale.
    volume: f64,
    luck: f64,
    busy: Drift,
}

/// A community that goes on month by month.
pub struct Community {
    rng: ChaCha8Rng,
    size: f64,
    people: Vec<Person>,
    weather: Drift,
    spread: Drift,
    arrivals: Drift,
    answers: Drift,
    /// How many times as many people write as usual.
    pub people_factor: f64,
    /// The share of conversations that are taken up.
    pub taken_share: f64,
    /// How many conversations begin in a month.
    pub conversations: f64,
}

impl Community {
    /// About `size` people write in a month.
    pub fn new(size: f64, seed: u64) -> Self {
        let mut rng = ChaCha8Rng::seed_from_u64(seed);
        let mut people = Vec::new();
        for (presence, part, times) in HABITS {
            let expected = size * (1.0 - NEW_PART) * part / presence;
            let mut count = expected.floor();
            if rng.random::<f64>() < expected - count {
                count += 1.0;
            }
            while count > 0.0 {
                let habit: f64 = rng.sample(StandardNormal);
                let (luck, busy) = (rng.random(), Drift::new(ALIKE, &mut rng));
                people.push(Person { presence, volume: times.ln() + 0.8 * habit, luck, busy });
                count -= 1.0;
            }
        }
        let [weather, spread] = [0; 2].map(|_| Drift::new(ALIKE, &mut rng));
        let [arrivals, answers] = [0; 2].map(|_| Drift::new(ALIKE_PART, &mut rng));
        let conversations = size * 1.2;
        let (people_factor, taken_share) = (1.0, 0.6);
        Self { rng, size, people, weather, spread, arrivals, answers, people_factor, taken_share, conversations }
    }

    /// The next month.
    pub fn month(&mut self) -> Exact {
        let rng = &mut self.rng;
        let weather = log_normal(self.weather.next(rng), (0.025 + 0.45 / self.size) / (1.0 - NEW_PART).powi(2));
        let spread = 1.0 + 0.05 * self.spread.next(rng);
        let mut counts = Vec::new();
        for person in &mut self.people {
            if rng.random::<f64>() >= ALIKE {
                person.luck = rng.random();
            }
            let busy = person.busy.next(rng);
            if person.luck < person.presence * weather * self.people_factor {
                let rate = (1.8 + spread * person.volume + 0.35 * busy).exp();
                counts.push(1 + poisson(rate, rng));
            }
        }
        let expected_new = self.size * NEW_PART;
        let arrivals = log_normal(self.arrivals.next(rng), (1.0 + 0.7 / expected_new).ln());
        let new = poisson(expected_new * arrivals * self.people_factor, rng);
        for _ in 0..new {
            counts.push(1 + poisson(2.0, rng));
        }
        let (sum, squares) = counts
            .iter()
            .map(|count| grid::as_number(*count))
            .fold((0.0, 0.0), |(sum, squares), x| (sum + x, squares + x * x));
        let conversations = poisson(self.conversations * log_normal(rng.sample(StandardNormal), 0.03), rng);
        let share = self.taken_share;
        let inflated = (0.5 / (self.conversations * share * (1.0 - share))).sqrt() * self.answers.next(rng);
        let share = 1.0 / (1.0 + ((1.0 - share) / share) * (-inflated).exp());
        Exact {
            posters: u64::try_from(counts.len()).unwrap_or(u64::MAX),
            new,
            messages: counts.iter().sum(),
            voices: if squares > 0.0 { sum * sum / squares } else { 0.0 },
            conversations,
            taken: Binomial::new(conversations, share).map_or(0, |taken| taken.sample(rng)),
        }
    }
}

/// A factor with mean 1, from a number around 0; `variance` of its logarithm.
fn log_normal(drift: f64, variance: f64) -> f64 {
    (drift * variance.sqrt() - variance / 2.0).exp()
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a small count")]
fn poisson(mean: f64, rng: &mut ChaCha8Rng) -> u64 {
    Poisson::new(mean).map_or(0, |counts| counts.sample(rng) as u64)
}

/// What is published of months, the first of which is January.
pub fn releases(months: impl IntoIterator<Item = Exact>) -> Vec<Release> {
    let mut month: Option<Month> = "2021-01".parse().ok();
    let mut releases = Vec::new();
    for exact in months {
        let Some(now) = month else { break };
        releases.push(release(now, &exact));
        month = now.plus(1);
    }
    releases
}

fn release(month: Month, exact: &Exact) -> Release {
    let Exact { posters, new, messages, voices, conversations, taken } = *exact;
    let raw = RawMonth {
        month,
        scope: 0,
        posters,
        active: None,
        messages,
        voices: Some(voices),
        new: Some(new),
        unknown_origin: 0,
        conversations,
        openers: conversations.min(posters),
        taken,
        taken_openers: taken.min(posters),
        answer_minutes: None,
        rooms_active: 1,
        rooms_shared: 1,
    };
    let measures = policy::month(&raw, Of::Community { members: None });
    Release { measures, ..Release::empty("", month, "UTC") }
}
