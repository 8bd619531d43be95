//! What the demo calls its community and its bot.

/// What the community is called.
pub(super) const COMMUNITY: &str = "Curious Testers";
/// What the bot is called.
pub(super) const BOT_NAME: &str = "Hearth";
