//! What the engine reads of the store while it decides.

use std::collections::BTreeMap;

use hearth_core::engine::{Commit, Floor, GivenCommand, Memory, Sender};
use hearth_practices::{EventId, Overrides, RoomId, UserId};
use jiff::Timestamp;

use super::{Store, StoreError};

impl Memory for Store {
    type Error = StoreError;

    fn records(&self, community: &str, practice: &str) -> Result<Vec<(String, String)>, StoreError> {
        self.records(community, practice)
    }

    fn overrides(&self, community: &str) -> Result<Overrides, StoreError> {
        self.overrides(community)
    }

    fn moved(&self) -> Result<BTreeMap<RoomId, (RoomId, Timestamp)>, StoreError> {
        self.moved()
    }

    fn adopted(&self) -> Result<Vec<(RoomId, String)>, StoreError> {
        self.adopted()
    }

    fn message_of(&self, room: &RoomId, event: &EventId) -> Result<Option<Sender>, StoreError> {
        self.message_of(room, event)
    }

    fn is_handled(&self, event: &EventId) -> Result<bool, StoreError> {
        self.is_handled(event)
    }

    fn asked(&self, event: &EventId) -> Result<Vec<GivenCommand>, StoreError> {
        self.asked(event)
    }

    fn floor(&self, person: &UserId, said: Timestamp) -> Result<Option<Floor>, StoreError> {
        self.floor(person, said)
    }

    fn lost_since(&self, community: &str, practice: &str, scope: &str) -> Option<i64> {
        self.lost_since(community, practice, scope)
    }

    fn set_record_aside(&mut self, community: &str, practice: &str, key: &str, why: &str) -> Result<(), StoreError> {
        self.set_record_aside(community, practice, key, why)
    }

    fn commit(&mut self, commit: &Commit) -> Result<(), StoreError> {
        self.commit(commit)
    }
}
