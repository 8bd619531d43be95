//! Who learns what: nobody sees what is not theirs.

use std::collections::BTreeSet;

use hearth_practices::{Outgoing, RoomId, To, UserId};
use jiff::{SignedDuration, Timestamp};

use super::{
    driver::Bot,
    homeserver::{Posting, World},
    scene::{Scene, Secret},
};
use crate::store::OutboxItem;

/// How long somebody who has left a room may still be told what is in it: what was on its way is late in an outage.
const LATE: SignedDuration = SignedDuration::from_hours(36);

/// What the bot says in a room of which it knows nothing.
pub(super) const GUEST: &str = "I'm not at home in this room yet";

/// What it says of a command that it read a day after it was given.
const TOO_LATE: &str = "and I read it only now";

/// Whether it says nothing but that it is a guest, or that it read something too late.
fn is_for_anybody(body: &str) -> bool {
    body.starts_with(GUEST) || body.contains(TOO_LATE)
}

/// Nobody sees what is not theirs.
pub(super) fn overheard(bot: &Bot, world: &World, scene: &Scene, posting: &Posting) -> Vec<String> {
    let room = &world.rooms[&posting.room];
    let mut faults = Vec::new();
    // What the bot says in any room tells nobody anything.
    let guest = posting.content["body"].as_str().is_some_and(is_for_anybody);
    let goodbye = guest || posting.txn.as_deref().is_some_and(|txn| txn.starts_with("leave."));
    if let Some(person) = room.mark.as_ref().or(room.asked_by.as_ref())
        && !goodbye
    {
        for other in posting.readers.iter().filter(|reader| *reader != person) {
            faults.push(format!("overheard: {other} in the direct room of {person}: {}", posting.content));
        }
    }
    let file = posting.content["url"].as_str().and_then(|url| world.files.get(url));
    let text = format!("{}{}", posting.content, file.map_or("", String::as_str));
    for word in words(&text) {
        let Some(secret) = scene.secrets.iter().find(|secret| secret.word == word) else { continue };
        if stood_there(world, posting, word) {
            continue;
        }
        for reader in &posting.readers {
            if !may_learn(bot, scene, secret, posting, reader) {
                faults.push(format!("leaked: {word} of {} to {reader} in {}: {text}", secret.home, posting.room));
            }
        }
    }
    faults
}

/// Whether a message only says again what the one says whose place it takes: a paper that somebody was sent in time says
/// at the end what became of it, be it days after they left.
fn stood_there(world: &World, posting: &Posting, word: &str) -> bool {
    let relation = &posting.content["m.relates_to"];
    let replaced = relation["event_id"].as_str().filter(|_| relation["rel_type"] == "m.replace");
    let is_replaced = |other: &&Posting| other.room == posting.room && Some(other.event.as_str()) == replaced;
    replaced.is_some()
        && world.stream.iter().find(is_replaced).is_some_and(|other| words(&other.content.to_string()).contains(word))
}

/// Whether somebody may learn what was said in confidence, or in a room.
fn may_learn(bot: &Bot, scene: &Scene, secret: &Secret, posting: &Posting, reader: &UserId) -> bool {
    if *reader == secret.by || posting.room == secret.home {
        return true;
    }
    let was_in = |room: &RoomId| {
        let last = scene.was_in.get(&(room.clone(), reader.clone()));
        last.is_some_and(|last| posting.at.duration_since(*last) <= LATE)
    };
    let guild = [&scene.lobby, &scene.craft, &scene.study, &scene.office];
    // What is said in an open room of a community is for the whole community.
    if secret.home == scene.lobby || secret.home == scene.craft {
        return guild.into_iter().any(was_in);
    }
    if [&scene.study, &scene.office, &scene.next_door].contains(&&secret.home) {
        return was_in(&secret.home);
    }
    let theirs = |who: &UserId| {
        let last = scene.was_in.get(&(posting.room.clone(), who.clone()));
        last.is_some_and(|last| posting.at.duration_since(*last) <= LATE)
    };
    // A note appears where its author is, without a name.
    if secret.note && theirs(&secret.by) && theirs(reader) {
        return true;
    }
    // What was said to the bot alone is for the community where it was meant for it (a topic); a note, once it was
    // shown.
    let author = |room: &RoomId| scene.was_in.contains_key(&(room.clone(), secret.by.clone()));
    let of_guild = guild.into_iter().any(was_in);
    let of_choir = author(&scene.next_door) && was_in(&scene.next_door);
    (of_guild || of_choir) && (!secret.note || shown(bot, secret, posting.at))
}

/// Whether a note had been on its way to a room at that time.
fn shown(bot: &Bot, secret: &Secret, at: Timestamp) -> bool {
    bot.queued.values().filter(|(queued, _)| *queued <= at).any(|(_, item)| match item {
        OutboxItem::Send(Outgoing::Message(message)) => {
            !matches!(message.to, To::Person(_)) && message.body.contains(&secret.word)
        }
        _ => false,
    })
}

/// The words in a text that only some may learn.
fn words(text: &str) -> BTreeSet<&str> {
    let mut found = BTreeSet::new();
    for (place, _) in text.match_indices("quartz") {
        let rest = &text[place + 6..];
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        if digits > 0 && rest.as_bytes().get(digits) == Some(&b'z') {
            found.insert(&text[place..place + 7 + digits]);
        }
    }
    found
}
