//! An event has its consequences once, however often it comes: a sync is read again, pages of a gap overlap.

use super::{memory::Memory, unit::UnitOfWork};
use crate::{id::EventId, incoming::Incoming};

impl UnitOfWork {
    /// Whether an event has had its consequences: what it led to was committed, or stands in this very unit of work.
    ///
    /// # Errors
    /// What the memory says.
    pub fn is_handled<M: Memory>(&self, memory: &M, event: &EventId) -> Result<bool, M::Error> {
        let here = self.commit.handled.iter().any(|(other, _)| other == event);
        Ok(here || memory.is_handled(event)?)
    }

    /// Notes that an event has had its consequences.
    pub fn handle(&mut self, incoming: &Incoming) {
        self.commit.handled.push((incoming.event.clone(), incoming.at));
    }
}
