//! How the bot came to be asked into a room.

use hearth_practices::UserId;

/// An invitation that the bot accepted.
#[derive(Clone, Debug)]
pub struct Invitation {
    /// Who invited it.
    pub(super) by: UserId,
    /// Whether they meant a direct room.
    pub(super) direct: bool,
}
