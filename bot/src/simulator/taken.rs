//! Which community takes what is said to the bot alone.

use std::collections::BTreeSet;

use super::{
    driver::Bot,
    homeserver::{Posting, World},
    scene::Scene,
};

/// What is said to the bot alone is taken by one community, and by the one that is named. What is kept about somebody is
/// a matter of all of them.
pub(super) fn taken_by_several(bot: &Bot, world: &World, scene: &Scene, posting: &Posting) -> Option<String> {
    let wanted = bot.wanted.get(&posting.event).filter(|_| world.is_direct(&posting.room))?;
    if posting.sender == world.bot || posting.kind == "m.room.redaction" {
        return None;
    }
    let own = wanted.iter().any(|one| one.practice == "privacy" || one.practice.is_empty());
    let communities: BTreeSet<&str> = wanted.iter().map(|one| one.community.as_str()).collect();
    if own || communities.is_empty() {
        return None;
    }
    // Who was not in it when the message was read has named nothing.
    let named = scene.named.get(&posting.event).filter(|_| !scene.strayed.contains(&posting.sender));
    let other = named.is_some_and(|named| !communities.contains(named));
    let (who, said) = (&posting.sender, &posting.content["body"]);
    // What a restored database reads once more, it may understand otherwise: it knows less of what was asked.
    let several = communities.len() > 1 && !bot.restored;
    (several || other).then(|| format!("taken by {communities:?}: {who}: {said}"))
}
