//! What the bot wanted sent, and for which community.

use hearth_practices::Outgoing;

use crate::store::{NewParcel, Parcel};

/// What is known of a parcel that was committed.
#[derive(Clone, Debug)]
pub(super) struct Wanted {
    pub community: String,
    pub practice: String,
    pub txn: String,
    pub parcel: Parcel,
    /// Whether nobody may read it while it waits.
    pub sealed: bool,
}

impl From<&NewParcel> for Wanted {
    fn from(new: &NewParcel) -> Self {
        let NewParcel { community, practice, txn, parcel, scope, .. } = new.clone();
        Self { community, practice, txn, parcel, sealed: scope.is_some() }
    }
}

/// Whether somebody is asked which community they mean.
pub(super) fn is_question(parcel: &Parcel) -> bool {
    matches!(parcel, Parcel::Send(Outgoing::Message(message)) if message.body.contains("in more than one community"))
}
