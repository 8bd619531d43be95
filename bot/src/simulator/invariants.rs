//! What must be true at the end of every run, once the homeserver is well and time has passed.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
};

use hearth_practices::{Attention, EventId, Message, Outgoing, RoomId, UserId};
use jiff::SignedDuration;
use serde_json::Value;

use super::{
    driver::Bot,
    homeserver::{Posting, Standing, World},
    overheard::{GUEST, overheard},
    papers::chosen_by_all,
    rosters::rosters,
    scene::{AskedBallot, Request, Scene, TALK},
    taken::taken_by_several,
    wanted::{Wanted, is_question},
};
use crate::{
    incoming::{MARKER, PROMPT},
    sending::Row,
    store::OutboxItem,
};

/// Whoever votes in a ballot with fewer others is never shown.
const LEAST: usize = 5;

/// What was broken, a line each.
pub(super) fn broken(bot: &Bot, scene: &Scene) -> Vec<String> {
    let world = bot.wire.world();
    let world = &*world;
    let mut faults = Vec::new();
    // Nudges wait for tomorrow, or for Monday, where there were enough of them, and their buttons with them.
    let rows = bot.core().store.rows_after(0).unwrap();
    let waits =
        |row: &Row| row.attention.is_nudge() && row.not_before <= world.now + SignedDuration::from_hours(24 * 8);
    for row in &rows {
        let of_nudge = rows.iter().any(|nudge| row.after == Some(nudge.id) && waits(nudge));
        if !(waits(row) || (row.attention == Attention::Button && of_nudge)) {
            faults.push(format!("stuck: {row:?}"));
        }
    }
    // Where something waits for its turn, each request is refused once at most before one is taken.
    if world.limited > world.allowed {
        faults.push(format!("{} requests were too many, and {} were not", world.limited, world.allowed));
    }
    twice(world, scene, &mut faults);
    for request in &scene.requests {
        faults.extend(unanswered(bot, world, scene, request));
    }
    for posting in &world.stream {
        faults.extend(taken_by_several(bot, world, scene, posting));
    }
    for request in scene.requests.iter().filter(|request| scene.strangers.contains(&request.who)) {
        faults.extend(guest(bot, request));
    }
    for event in &scene.intruders {
        let wanted = bot.wanted.get(event).into_iter().flatten().find(|one| !is_of_a_guest(bot, one));
        if let Some(wanted) = wanted {
            faults.push(format!("an intruder is answered: {event} {wanted:?}"));
        }
    }
    noted(bot, world, scene, &mut faults);
    for posting in said(world) {
        faults.extend(overheard(bot, world, scene, posting));
    }
    directs(world, scene, &mut faults);
    polls(bot, world, scene, &mut faults);
    for asked in &scene.ballots {
        faults.extend(ballot(bot, world, scene, asked));
    }
    forgotten(bot, world, scene, &mut faults);
    faults.extend(bot.repeated.iter().cloned());
    rosters(bot, world, scene, &mut faults);
    faults
}

/// Whether an answer is what a bot says that came to a direct room in the time that was lost with its memory, and finds
/// others in it: to it this is some room.
fn is_of_a_guest(bot: &Bot, wanted: &Wanted) -> bool {
    let says = |message: &Message| message.body.starts_with(GUEST);
    bot.restored && matches!(&wanted.item, OutboxItem::Send(Outgoing::Message(message)) if says(message))
}

/// Whether a memory from a backup knows nothing of what this had led to before, and does not do it again: whoever wrote it
/// has removed it since, or was told that it was read too late.
fn is_lost(bot: &Bot, world: &World, event: &EventId) -> bool {
    let told = |posting: &Posting| {
        posting.content["m.relates_to"]["m.in_reply_to"]["event_id"] == event.as_str()
            && posting.content["body"].as_str().is_some_and(|body| body.contains("I read it only now"))
    };
    let removed = world.posting(event).is_some_and(|posting| posting.redacted);
    bot.restored && (removed || said(world).any(told))
}

/// The same of what only those may ask who are in the room when it is read: whoever asked has left it since.
fn is_lost_with_who_asked(bot: &Bot, world: &World, event: &EventId) -> bool {
    let left = |posting: &Posting| world.has_left_since(posting);
    is_lost(bot, world, event) || (bot.restored && world.posting(event).is_some_and(left))
}

/// What the bot has said, removals and changes of membership not counted.
fn said(world: &World) -> impl Iterator<Item = &Posting> {
    let words = |posting: &&Posting| posting.sender == world.bot && posting.content.get(MARKER).is_some();
    world.stream.iter().filter(words)
}

/// Nothing twice: no transaction id, and no answer.
fn twice(world: &World, scene: &Scene, faults: &mut Vec<String>) {
    let mut seen = BTreeSet::new();
    let mut answers: BTreeMap<(&str, Option<&RoomId>), Vec<&str>> = BTreeMap::new();
    for posting in said(world) {
        let Some(marker) = posting.content[MARKER].as_str() else { continue };
        // An answer that was lost is given again in the next direct room; ids count in one room only. A goodbye may come
        // again, a day later, where the bot could not leave.
        let crowded = scene.crowded.contains_key(&posting.room).then_some(&posting.room);
        if crowded.is_some() && posting.txn.as_deref().is_some_and(|txn| txn.ends_with(".goodbye")) {
            continue;
        }
        let sorry = posting.txn.as_deref().is_some_and(|txn| txn.ends_with(".sorry"));
        if !seen.insert((marker, sorry, crowded)) {
            faults.push(format!("twice: {marker} in {}", posting.room));
        }
        if let Some(to) = posting.content["m.relates_to"]["m.in_reply_to"]["event_id"].as_str()
            && posting.content["m.relates_to"]["is_falling_back"] != true
            && posting.kind == "m.room.message"
        {
            let body = posting.content["body"].as_str().unwrap_or_default();
            answers.entry((to, crowded)).or_default().push(body);
        }
    }
    for ((to, _), bodies) in answers {
        let edits = |posting: &&Posting| {
            let relation = &posting.content["m.relates_to"];
            relation["rel_type"] == "m.replace" && relation["event_id"] == to
        };
        // Each edit of a command has its answer, and says the same as the one before.
        let edits = world.stream.iter().filter(edits).count();
        if bodies.iter().any(|body| bodies.iter().filter(|other| *other == body).count() > edits.max(1)) {
            faults.push(format!("answered twice: {to}: {bodies:?}"));
        }
    }
}

/// Whether the bot has left a direct room to which somebody else had come, and has said so: whoever asked something there
/// before is to write to it again.
fn is_told_to_write_again(world: &World, scene: &Scene, room: &RoomId) -> bool {
    let goodbye = |posting: &Posting| posting.txn.as_deref().is_some_and(|txn| txn.ends_with(".goodbye"));
    scene.crowded.contains_key(room) && said(world).any(|posting| posting.room == *room && goodbye(posting))
}

/// Whether others came into a direct room before the bot had said a word there: to it this may be some room.
fn was_some_room(world: &World, scene: &Scene, room: &RoomId) -> bool {
    scene
        .crowded
        .get(room)
        .is_some_and(|since| !said(world).any(|posting| posting.room == *room && posting.at <= *since))
}

/// Whoever asks is answered.
fn unanswered(bot: &Bot, world: &World, scene: &Scene, request: &Request) -> Option<String> {
    let posting = world.posting(&request.event)?;
    let excused = posting.redacted
        || !posting.bot_in
        || scene.missed.contains(&request.room)
        || scene.was_crowded(&request.room, posting.at)
        || is_told_to_write_again(world, scene, &request.room)
        || was_some_room(world, scene, &request.room)
        || !bot.taken.contains_key(&request.event)
        || !request.command;
    if excused {
        return None;
    }
    let Some(wanted) = bot.wanted.get(&request.event).filter(|wanted| !wanted.is_empty()) else {
        return Some(format!("no answer: {} in {}: {}", request.who, request.room, request.text));
    };
    let delivered = |txn: &str| {
        let same = |posting: &Posting| {
            posting.txn.as_deref().is_some_and(|sent| sent.strip_prefix(txn).is_some_and(is_variant))
        };
        world.stream.iter().any(same)
    };
    let arrived = wanted.iter().any(|one| match &one.item {
        // It goes unsent with what it is about.
        _ if one.sealed => true,
        // What is asked of the world is answered under another name.
        OutboxItem::Ask(_) => true,
        // An equal one may be there already; a newer one may have taken its place.
        OutboxItem::Send(
            Outgoing::React { .. } | Outgoing::Button { .. } | Outgoing::Sign { .. } | Outgoing::Edit { .. },
        ) => true,
        OutboxItem::Send(Outgoing::Message(message)) if message.attention.is_nudge() => true,
        _ => delivered(&one.txn),
    });
    (!arrived).then(|| {
        let txns: Vec<&str> = wanted.iter().map(|one| one.txn.as_str()).collect();
        format!("lost: the answer to {} in {}: {} ({txns:?})", request.who, request.room, request.text)
    })
}

/// Whoever is in no community gets help and what concerns themselves, and nothing else.
fn guest(bot: &Bot, request: &Request) -> Option<String> {
    let own = ["help", "privacy", "my-data", "opt-out", "opt-in", "forget-me"];
    if own.iter().any(|verb| request.text.starts_with(verb)) {
        return None;
    }
    let sentences = ["can't see you in any room", "I read it only now"];
    let polite = |item: &OutboxItem| match item {
        OutboxItem::Send(Outgoing::Message(message)) => {
            sentences.iter().any(|sentence| message.body.contains(sentence))
        }
        _ => false,
    };
    let wanted = bot.wanted.get(&request.event)?;
    let other = wanted.iter().find(|one| !polite(&one.item))?;
    Some(format!("a guest is served: {}: {} -> {:?}", request.who, request.text, other.item))
}

/// The log has each word that was said in a room once, if nobody has asked to be left out.
fn noted(bot: &Bot, world: &World, scene: &Scene, faults: &mut Vec<String>) {
    let quiet = ["opt-out", "forget-me"];
    if scene.requests.iter().any(|request| quiet.iter().any(|verb| request.text.starts_with(verb))) {
        return;
    }
    // What happens in a room while the bot is not there, it cannot know.
    if !scene.missed.is_empty() {
        return;
    }
    let truth =
        world.stream.iter().filter(|posting| posting.bot_in && !posting.redacted && posting.content["body"] == TALK);
    let truth = i64::try_from(truth.count()).unwrap();
    let log = hearth_log::open_read_only(&bot.folder().join("activity.db")).unwrap();
    let of_people = "SELECT count(*) FROM activity a JOIN person p ON p.id = a.person
                     WHERE NOT p.is_bot AND a.kind = 0 AND a.n_chars = 15";
    let noted: i64 = log.query_row(of_people, (), |row| row.get(0)).unwrap();
    if noted != truth {
        faults.push(format!("the log has {noted} of {truth} messages"));
    }
    let prompts = said(world).filter(|posting| posting.content[PROMPT] == true && !posting.redacted);
    let truth = i64::try_from(prompts.count()).unwrap();
    let noted: i64 = log.query_row("SELECT count(*) FROM activity WHERE kind = 84", (), |row| row.get(0)).unwrap();
    if noted != truth {
        faults.push(format!("the log has {noted} of {truth} prompts"));
    }
}

fn is_variant(rest: &str) -> bool {
    ["", ".bare", ".sorry"].contains(&rest)
}

/// One direct room a person.
fn directs(world: &World, scene: &Scene, faults: &mut Vec<String>) {
    let mut count: BTreeMap<&UserId, usize> = BTreeMap::new();
    for (id, room) in &world.rooms {
        if let Some(person) = &room.mark
            && room.members.get(&world.bot) == Some(&Standing::Joined)
            && !scene.crowded.contains_key(id)
        {
            *count.entry(person).or_default() += 1;
        }
    }
    for (person, rooms) in count.into_iter().filter(|(_, rooms)| *rooms > 1) {
        faults.push(format!("{rooms} direct rooms for {person}"));
    }
}

/// What a message says after all edits.
fn final_body(world: &World, posting: &Posting) -> String {
    let edits = world.stream.iter().rev().find(|edit| {
        edit.content["m.relates_to"]["rel_type"] == "m.replace"
            && edit.content["m.relates_to"]["event_id"] == posting.event.as_str()
    });
    let content = edits.map_or(&posting.content, |edit| &edit.content["m.new_content"]);
    content["body"].as_str().unwrap_or_default().to_owned()
}

/// How many votes a result names for an option: `… 3 · option`.
fn counted(body: &str, option: &str) -> Option<usize> {
    let line = body.lines().find(|line| line.ends_with(&format!("· {option}")))?;
    let (before, _) = line.rsplit_once('·')?;
    before.split_whitespace().next_back()?.parse().ok()
}

/// Whether who voted has since asked to be forgotten, so that votes may be missing.
fn any_gone<'a>(scene: &Scene, mut voters: impl Iterator<Item = &'a UserId>) -> bool {
    voters.any(|voter| scene.gone.contains(voter))
}

/// A poll's result is the truth of the votes.
fn polls(bot: &Bot, world: &World, scene: &Scene, faults: &mut Vec<String>) {
    for (place, poll) in world.stream.iter().enumerate() {
        let start = &poll.content["org.matrix.msc3381.poll.start"];
        if start.is_null() || poll.sender != world.bot || scene.missed.contains(&poll.room) {
            continue;
        }
        if poll.redacted || ![&scene.lobby, &scene.craft, &scene.study, &scene.office].contains(&&poll.room) {
            continue;
        }
        let asked = bot.wanted.iter().find(|(_, wanted)| wanted.iter().any(|one| Some(&one.txn) == poll.txn.as_ref()));
        if asked.is_some_and(|(event, _)| is_lost_with_who_asked(bot, world, event)) {
            continue;
        }
        let about = |posting: &&Posting| posting.content["m.relates_to"]["event_id"] == poll.event.as_str();
        let later = world.stream.iter().skip(place);
        let Some(end) = later.clone().filter(about).find(|posting| posting.kind.ends_with("poll.end")) else {
            faults.push(format!("poll {} is never closed", poll.event));
            continue;
        };
        let answers = start["answers"].as_array().cloned().unwrap_or_default();
        let mut votes: BTreeMap<&UserId, Option<&str>> = BTreeMap::new();
        let before = later.filter(about).filter(|posting| posting.at < end.at && !posting.redacted);
        for vote in before.filter(|posting| posting.kind.ends_with("poll.response")) {
            let chosen = vote.content["org.matrix.msc3381.poll.response"]["answers"][0].as_str();
            let valid = chosen.filter(|chosen| answers.iter().any(|answer| answer["id"] == *chosen));
            votes.insert(&vote.sender, valid);
        }
        if any_gone(scene, votes.keys().copied()) {
            continue;
        }
        let question = start["question"]["org.matrix.msc1767.text"].as_str().unwrap_or_default();
        let title = format!("The poll is closed: {question}");
        let is_result = |posting: &&Posting| {
            posting.kind == "m.room.message"
                && posting.content["body"].as_str().is_some_and(|body| body.contains(&title))
        };
        let Some(result) = said(world).find(is_result) else {
            faults.push(format!("poll {} has no result", poll.event));
            continue;
        };
        let body = final_body(world, result);
        for answer in &answers {
            let id = answer["id"].as_str();
            let truth = votes.values().filter(|vote| **vote == id).count();
            let text = answer["org.matrix.msc1767.text"].as_str().unwrap_or_default();
            if votes.values().any(Option::is_some) && counted(&body, text) != Some(truth) {
                faults.push(format!("poll {}: {text} has {truth} votes, and not as in {body:?}", poll.event));
            }
        }
    }
}

/// A ballot's result is the truth of the votes that came in time.
fn ballot(bot: &Bot, world: &World, scene: &Scene, asked: &AskedBallot) -> Option<String> {
    // Whoever is in the lobby may vote; elsewhere it depends on who was handed a paper.
    if asked.room != scene.lobby || scene.missed.contains(&scene.lobby) {
        return None;
    }
    if is_lost_with_who_asked(bot, world, &asked.event) {
        return None;
    }
    let opened = bot.taken.get(&asked.event)?;
    let card = bot.wanted.get(&asked.event)?.iter().find_map(|one| match &one.item {
        OutboxItem::Send(Outgoing::Message(message)) => message.body.contains("**Ballot ").then_some(&message.body),
        _ => None,
    })?;
    let number: u32 = card.split("**Ballot ").nth(1)?.split(':').next()?.parse().ok()?;
    let length = SignedDuration::from_mins(asked.minutes);
    let title = format!("**Ballot {number} is closed: {}", asked.question);
    // With an older memory it may be called off instead, and what was about to be said is lost with the newer one.
    let called_off = || {
        let words = format!("Ballot {number} is called off");
        said(world).any(|posting| posting.content["body"].as_str().is_some_and(|body| body.starts_with(&words)))
    };
    let is_said = |txn: &str| said(world).find(|posting| posting.txn.as_deref() == Some(txn));
    let result = bot.queued.iter().find_map(|(txn, (_, item))| match item {
        OutboxItem::Send(Outgoing::Message(message)) if message.body.contains(&title) => {
            let (closed, memory) = bot.sent_by.get(txn)?;
            match bot.restored {
                // Another memory may have counted otherwise.
                true => Some((txn, *closed, *memory, final_body(world, is_said(txn)?))),
                false => Some((txn, *closed, *memory, message.body.clone())),
            }
        }
        _ => None,
    });
    let Some((txn, closed, memory, body)) = result else {
        // Carried out once more, it may have got another number.
        let renumbered = || {
            let words = format!(" is closed: {}", asked.question);
            said(world).any(|posting| posting.content["body"].as_str().is_some_and(|body| body.contains(&words)))
        };
        let silent = bot.restored && (called_off() || renumbered());
        return (!silent).then(|| format!("ballot {number} is never closed"));
    };
    // With too few votes it was given half its time once more.
    let more = format!("Ballot {number} needs ");
    let is_given_more = |message: &Message| message.body.contains(&more) && message.body.contains(&asked.question);
    let given_more = bot.queued.iter().filter_map(|(txn, (_, item))| match item {
        OutboxItem::Send(Outgoing::Message(message)) if is_given_more(message) => bot.sent_by.get(txn),
        _ => None,
    });
    let given_more = given_more.filter(|(_, by)| *by <= memory).map(|(at, _)| *at).max();
    let closes = given_more.map_or(*opened + length, |at| at + length / 2);
    let closing = bot.wanted.iter().find(|(_, wanted)| wanted.iter().any(|one| one.txn == *txn));
    // The order in which events were taken: what had waited for its key came after everything that was read with it.
    let order = |event: &EventId| {
        let (taken, place) = (bot.taken.get(event)?, world.places.get(event)?);
        Some((*taken, bot.late.contains(event), *place))
    };
    let (opening, closing) = (order(&asked.event), closing.and_then(|(event, _)| order(event)));
    let in_time = |posting: &Posting| {
        let taken = order(&posting.event).filter(|taken| Some(*taken) > opening && posting.at < closes)?;
        closing.map_or(taken.0 <= closed, |closing| taken < closing).then_some(taken)
    };
    let wrote = |posting: &Posting| {
        let option = chosen(bot, world, scene, (asked, number, memory), posting)?;
        (1..=asked.options).contains(&option).then_some(option)
    };
    let papers: BTreeMap<&UserId, BTreeSet<usize>> = match asked.several {
        // Another memory reads taps once more, of which some are gone by then.
        true if bot.restored => return None,
        true => chosen_by_all(bot, world, asked, wrote, in_time),
        false => {
            let all = world.stream.iter().filter(|posting| in_time(posting).is_some());
            all.filter_map(|posting| Some((&posting.sender, BTreeSet::from([wrote(posting)?])))).collect()
        }
    };
    let strayed =
        |who: &&UserId| scene.gone.contains(*who) || !scene.members.contains(*who) || scene.strayed.contains(*who);
    if papers.keys().any(strayed) || papers.len() < LEAST {
        let silent = papers.len() >= LEAST || !body.contains('·') || papers.keys().any(strayed);
        return (!silent).then(|| format!("ballot {number}: {} papers are published: {body}", papers.len()));
    }
    (1..=asked.options).find_map(|option| {
        let truth = papers.values().filter(|chosen| chosen.contains(&option)).count();
        let text = format!("{}o{option}", asked.question);
        (counted(&body, &text) != Some(truth))
            .then(|| format!("ballot {number}: {text} has {truth} votes, and not as in {body:?}"))
    })
}

/// What somebody chose in a ballot, in words or by a tap, as the memory that counted it has understood it.
fn chosen(
    bot: &Bot,
    world: &World,
    scene: &Scene,
    (asked, number, memory): (&AskedBallot, u32, usize),
    posting: &Posting,
) -> Option<usize> {
    if let Some(vote) = scene.votes.iter().find(|vote| vote.event == posting.event) {
        // Of somebody in two communities it may be a vote in the other one, or in none before they say in which.
        let wanted = bot.understood.by(&posting.event, memory);
        let elsewhere = wanted.iter().any(|one| one.community != "Guild" || is_question(&one.item));
        return (vote.number == number && !elsewhere).then_some(vote.option);
    }
    let response = posting.content.get("org.matrix.msc3381.poll.response")?;
    let poll = posting.content["m.relates_to"]["event_id"].as_str()?;
    let poll = world.posting(&poll.into())?;
    let start = &poll.content["org.matrix.msc3381.poll.start"];
    let question = start["question"]["org.matrix.msc1767.text"].as_str()?;
    let private = world.is_direct(&poll.room);
    let chosen = response["answers"].get(0).and_then(Value::as_str)?.parse().ok()?;
    (private && question.contains(&asked.question)).then_some(chosen)
}

/// After `forget-me` nothing of the person is left in bot.db.
fn forgotten(bot: &Bot, world: &World, scene: &Scene, faults: &mut Vec<String>) {
    // Where the bot comes back to a room, it meets who is there anew.
    if scene.gone.is_empty() || !scene.missed.is_empty() {
        return;
    }
    bot.core().store.scrub().unwrap();
    let bytes = fs::read(bot.folder().join("bot.db")).unwrap();
    for who in &scene.gone {
        let asked = scene.requests.iter().find(|request| request.who == *who && request.text == "forget-me yes");
        let alone = |request: &Request| {
            let posting = world.posting(&request.event).map(|posting| posting.at);
            posting.is_some_and(|at| !scene.was_crowded(&request.room, at))
        };
        let obeyed = asked.is_some_and(|request| bot.taken.contains_key(&request.event) && alone(request));
        // Somebody may have named them before, and be heard after.
        if scene.requests.iter().any(|request| request.text.contains(who.as_str())) {
            continue;
        }
        let place = bytes.windows(who.as_str().len()).position(|part| part == who.as_str().as_bytes());
        if let Some(place) = place.filter(|_| obeyed) {
            let around = &bytes[place.saturating_sub(150)..bytes.len().min(place + 60)];
            faults.push(format!("not forgotten: {who}: {}", String::from_utf8_lossy(around)));
        }
    }
}
