//! Two years of a community that never was: from a seed, always the same.
//!
//! About forty people practise software testing in four rooms (and a fifth for those who lead, without history). They
//! arrive in waves, some talk much and some hardly or never, on Fridays everybody is asked about the week, questions
//! find answers or do not, summers and holidays are quiet, a team pauses, another leaves. Nothing here touches a clock,
//! a network or a disk; [`crate::replay`] brings it to a homeserver.

mod cast;
mod past;
mod phrases;
mod rhythm;
mod talk;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::SeedableRng as _;

pub use past::{EventIndex, PastAct, PastEvent, PastRoom, Person, ROOMS};

/// A community's past.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct History {
    /// Everybody who was ever there.
    pub people: Vec<Person>,
    /// What they did, in the order of time.
    pub events: Vec<PastEvent>,
}

impl History {
    /// Invents the two years that end at `end` (nothing happens at or after it), lived by the clock of `zone`. The
    /// last two months are lively, and so are the same months of the year before.
    #[must_use]
    pub fn invent(seed: u64, end: Timestamp, zone: &TimeZone) -> Self {
        let mut rng = ChaCha8Rng::seed_from_u64(seed);
        let days = rhythm::days(end, zone);
        let cast = cast::cast(&mut rng, &days);
        let mut draft = talk::Draft::new(&cast, &days, zone, end, rng);
        draft.arrivals();
        for day in &days {
            draft.day(day);
        }
        let events = in_order(draft.finish());
        Self { people: cast.into_iter().map(|member| member.person).collect(), events }
    }

    /// Who is in a room at the end.
    #[must_use]
    pub fn members_at_end(&self, room: usize) -> Vec<usize> {
        let mut inside = vec![false; self.people.len()];
        for event in self.events.iter().filter(|event| event.room == room) {
            match event.act {
                PastAct::Join => inside[event.who] = true,
                PastAct::Leave => inside[event.who] = false,
                _ => {}
            }
        }
        (0..inside.len()).filter(|who| inside[*who]).collect()
    }
}

/// Sorts by time, gives every event a time of its own, and renumbers what events point at.
fn in_order(draft: Vec<PastEvent>) -> Vec<PastEvent> {
    let mut order: Vec<usize> = (0..draft.len()).collect();
    order.sort_by_key(|index| (draft[*index].at, *index));
    let mut place = vec![0; draft.len()];
    for (new, old) in order.iter().enumerate() {
        place[*old] = new;
    }
    let mut last = i64::MIN;
    let mut events = Vec::with_capacity(draft.len());
    for old in order {
        let mut event = draft[old].clone();
        event.at = event.at.max(last.saturating_add(1));
        last = event.at;
        if let Some(target) = event.act.target_mut() {
            *target = place[*target];
        }
        events.push(event);
    }
    events
}

#[cfg(test)]
mod tests;
