//! The people: what they do, seed by seed, in the rooms of a community and alone with the bot.

use hearth_practices::{EventId, RoomId, UserId};
use jiff::SignedDuration;
use serde_json::{Value, json};

use super::{
    homeserver::{Standing, World},
    operator::acknowledges_by_hand,
    phrases::{DIRECT, ROOM},
    scene::{AskedBallot, Request, Scene, Secret, TALK, Vote},
};
use crate::{engine::Entry, incoming::MARKER};

impl Scene {
    /// Few phrases in one life meet each other more often than many.
    pub(super) fn learn(&mut self, world: &mut World) {
        let mut some = |all: &[&'static str], most: usize| {
            let count = world.dice.between(3, most);
            (0..count).filter_map(|_| world.dice.pick(all).copied()).collect()
        };
        self.phrases = (some(ROOM, 16), some(DIRECT, 8));
    }

    fn word(&mut self) -> String {
        self.words += 1;
        format!("quartz{}z", self.words)
    }

    /// Those of the community, but for who wants to be left alone.
    pub(super) fn active(&self) -> Vec<UserId> {
        self.members.iter().filter(|who| !self.gone.contains(*who)).cloned().collect()
    }

    fn rooms_of(&self, world: &World, who: &UserId) -> Vec<RoomId> {
        self.rooms().into_iter().filter(|room| world.is_in(who, room)).cloned().collect()
    }

    /// Keeps account of who is where.
    pub(super) fn look(&mut self, world: &World) {
        for room in self.rooms().map(RoomId::clone) {
            let room = &room;
            for who in world.people(room) {
                self.was_in.insert((room.clone(), who), world.now);
            }
            if !world.is_in(&world.bot, room) {
                self.missed.insert(room.clone());
            }
        }
    }

    /// The direct room of somebody, made if need be: they invite the bot, or take its invitation.
    pub(super) fn direct(&mut self, world: &mut World, who: &UserId) -> RoomId {
        let bot = world.bot.clone();
        let made = world.rooms.iter().filter(|(room, found)| {
            found.mark.as_ref() == Some(who)
                && !self.crowded.contains_key(*room)
                && found.members.get(&bot) == Some(&Standing::Joined)
        });
        if let Some(room) = made.map(|(room, _)| room.clone()).next_back() {
            world.stand(who, &room, Standing::Joined, who);
            self.directs.insert(who.clone(), room.clone());
            return room;
        }
        if let Some(room) = self.directs.get(who)
            && !self.crowded.contains_key(room)
            && world.rooms[room].members.get(&bot) != Some(&Standing::Left)
        {
            return room.clone();
        }
        let count = world.rooms.len();
        let room = world.make_room(&format!("own{count}"), Entry::Closed, Some(who));
        world.stand(who, &room, Standing::Joined, who);
        if let Some(found) = world.rooms.get_mut(&room) {
            found.asked_by = Some(who.clone());
            found.powers.insert(who.clone(), 100);
        }
        world.stand(&bot, &room, Standing::Invited, who);
        self.directs.insert(who.clone(), room.clone());
        room
    }

    /// Fills in a template, and remembers what is in it.
    fn fill(&mut self, world: &mut World, template: &str, who: &UserId, room: &RoomId) -> String {
        let mut text = template.to_owned();
        if text.contains('W') {
            let word = self.word();
            text = text.replace('W', &word);
            let secret = Secret { word, home: room.clone(), by: who.clone(), note: false };
            self.secrets.push(secret);
        }
        if text.contains('P') {
            let mut all = self.active();
            all.extend(self.strangers.clone());
            let other = world.dice.pick(&all).cloned().unwrap_or_else(|| who.clone());
            text = text.replace('P', other.as_str());
        }
        text
    }

    pub(super) fn ask(
        &mut self,
        world: &mut World,
        who: &UserId,
        room: &RoomId,
        text: String,
        direct: bool,
    ) -> EventId {
        let written = if direct { text.clone() } else { format!("!hearth {text}") };
        let event = self.sends(world, who, room, &written);
        let command = !text.starts_with("hello") && !text.starts_with("happy") && text != "dots A:1";
        let request = Request { event: event.clone(), who: who.clone(), room: room.clone(), text, command };
        self.requests.push(request);
        event
    }

    /// Somebody sends a message, sometimes encrypted.
    fn sends(&mut self, world: &mut World, who: &UserId, room: &RoomId, text: &str) -> EventId {
        if !world.dice.percent(15) {
            return world.say(who, room, text);
        }
        let now = world.now;
        let late = i64::try_from(world.dice.between(60, 100_000)).unwrap();
        let key_at = match world.dice.below(20) {
            0..=12 => Some(now),
            13..=18 => Some(now + SignedDuration::from_secs(late)),
            _ => None,
        };
        world.seal(who, room, "m.room.message", &json!({"msgtype": "m.text", "body": text}), key_at)
    }

    /// Somebody does something.
    pub(super) fn act(&mut self, world: &mut World) {
        self.look(world);
        match world.dice.below(100) {
            // While one is open on which many are to tap, they do.
            _ if self.is_tapped(world) => self.everybody_taps(world),
            0..=3 | 6 => self.talks(world),
            4 => self.confides(world),
            5 => self.writes_to_two(world),
            7 => self.edits(world),
            8..=9 => self.forges(world),
            10..=37 => self.commands(world),
            38..=43 => self.asks_all(world),
            44..=55 => self.writes(world),
            56..=69 => self.votes_somewhere(world),
            70..=74 => self.reacts(world),
            75..=78 => self.taps(world),
            79..=83 => self.notes(world),
            84..=86 => self.takes_back(world),
            87..=91 => self.comes_or_goes(world),
            92..=94 => self.stranger(world),
            95..=96 => self.shows_out(world),
            _ => self.forgets(world),
        }
        self.look(world);
    }

    fn talks(&mut self, world: &mut World) {
        let Some(who) = world.dice.pick(&self.active()).cloned() else { return };
        let Some(room) = world.dice.pick(&self.rooms_of(world, &who)).cloned() else { return };
        world.say(&who, &room, TALK);
    }

    fn commands(&mut self, world: &mut World) {
        let Some(who) = world.dice.pick(&self.active()).cloned() else { return };
        let who = if world.dice.percent(30) { self.leads[0].clone() } else { who };
        let Some(room) = world.dice.pick(&self.rooms_of(world, &who)).cloned() else { return };
        if self.gone.contains(&who) {
            return;
        }
        let template = *world.dice.pick(&self.phrases.0).unwrap_or(&"help");
        let text = self.fill(world, template, &who, &room);
        let event = self.ask(world, &who, &room, text, false);
        acknowledges_by_hand(world, &room, &event, template);
    }

    /// A poll or a ballot.
    fn asks_all(&mut self, world: &mut World) {
        let Some(who) = world.dice.pick(&self.active()).cloned() else { return };
        let Some(room) = world.dice.pick(&self.rooms_of(world, &who)).cloned() else { return };
        let (question, several) = (self.word(), world.dice.percent(25));
        if several && world.is_in(&who, &self.lobby.clone()) {
            self.asks_to_tap(world, &who, question);
            return;
        }
        let minutes = world.dice.between(10, 600);
        let options = world.dice.between(2, 4);
        let listed: Vec<String> = (1..=options).map(|number| format!("{question}o{number}")).collect();
        self.secrets.push(Secret { word: question.clone(), home: room.clone(), by: who.clone(), note: false });
        if world.dice.percent(50) {
            let hidden = if world.dice.percent(50) { " --hidden" } else { "" };
            let text = format!("poll \"{question}?\" {} --close {minutes}m{hidden}", listed.join(" | "));
            self.ask(world, &who, &room, text, false);
            return;
        }
        let text = format!("ballot \"{question}?\" {} --close {minutes}m", listed.join(" | "));
        let event = self.ask(world, &who, &room, text, false);
        let minutes = i64::try_from(minutes).unwrap();
        self.ballots.push(AskedBallot { event, room, question, options, minutes, several: false });
    }

    fn writes(&mut self, world: &mut World) {
        let Some(who) = world.dice.pick(&self.active()).cloned() else { return };
        let room = self.direct(world, &who);
        let template = *world.dice.pick(&self.phrases.1).unwrap_or(&"help");
        let text = self.fill(world, template, &who, &room);
        match world.dice.below(10) {
            0..=1 => self.names(world, &who, &room, text, "Guild"),
            2 if world.is_in(&who, &self.next_door) => self.names(world, &who, &room, text, "Choir"),
            _ => drop(self.ask(world, &who, &room, text, true)),
        }
    }

    /// Somebody writes to the bot and says which community they mean.
    fn names(&mut self, world: &mut World, who: &UserId, room: &RoomId, text: String, community: &'static str) {
        let is_in = match community {
            "Choir" => world.is_in(who, &self.next_door),
            _ => [&self.lobby, &self.craft, &self.study, &self.office].into_iter().any(|room| world.is_in(who, room)),
        };
        let event = self.sends(world, who, room, &format!("in {community}: {text}"));
        // Whoever leaves meanwhile names a community that is not theirs.
        if is_in && text != "pass" {
            self.named.insert(event.clone(), community);
        }
        self.requests.push(Request { event, who: who.clone(), room: room.clone(), text, command: is_in });
    }

    /// Polls that somebody can see.
    fn votes_somewhere(&mut self, world: &mut World) {
        let number = world.dice.between(1, 4);
        for _ in 0..number {
            let Some(who) = world.dice.pick(&self.active()).cloned() else { return };
            if world.dice.percent(20) && !self.ballots.is_empty() {
                self.everybody_votes(world);
                return;
            }
            if world.dice.percent(50) && !self.ballots.is_empty() {
                let room = self.direct(world, &who);
                let number = world.dice.between(1, self.ballots.len());
                let option = world.dice.between(1, 3);
                let event = self.ask(world, &who, &room, format!("vote #{number} {option}"), true);
                self.votes.push(Vote { event, number: u32::try_from(number).unwrap(), option });
                continue;
            }
            let rooms = self.rooms_of(world, &who);
            let own = self.directs.get(&who).cloned();
            let polls: Vec<(RoomId, EventId)> = (world.stream.iter())
                .filter(|posting| posting.kind.ends_with("poll.start") && posting.sender == world.bot)
                .filter(|posting| rooms.contains(&posting.room) || own.as_ref() == Some(&posting.room))
                .map(|posting| (posting.room.clone(), posting.event.clone()))
                .collect();
            let Some((room, poll)) = world.dice.pick(&polls).cloned() else { continue };
            if !world.is_in(&who, &room) {
                continue;
            }
            let chosen = world.dice.between(1, 3).to_string();
            let content = json!({
                "m.relates_to": {"rel_type": "m.reference", "event_id": poll},
                "org.matrix.msc3381.poll.response": {"answers": [chosen]},
            });
            world.post(&room, &who, "org.matrix.msc3381.poll.response", content, Value::Null);
        }
    }

    /// Somebody reacts to what the bot said last in one of their rooms.
    fn reacts(&mut self, world: &mut World) {
        let Some(who) = world.dice.pick(&self.active()).cloned() else { return };
        let rooms = self.rooms_of(world, &who);
        let cards: Vec<(RoomId, EventId)> = (world.stream.iter().rev())
            .filter(|posting| posting.sender == world.bot && posting.kind == "m.room.message")
            .filter(|posting| rooms.contains(&posting.room) && !posting.redacted)
            .filter(|posting| posting.content["m.relates_to"]["rel_type"].is_null())
            .take(6)
            .map(|posting| (posting.room.clone(), posting.event.clone()))
            .collect();
        let Some((room, card)) = world.dice.pick(&cards).cloned() else { return };
        let signs = ["👍", "🗳️", "🖐", "1", "2", "❤️", "✍️ I have a note", "▶ next", "◀ back", "+5 min", "pass"];
        let with = *world.dice.pick(&signs).unwrap_or(&"👍");
        let content = json!({"m.relates_to": {"rel_type": "m.annotation", "event_id": card, "key": with}});
        world.post(&room, &who, "m.reaction", content, Value::Null);
    }

    /// A note for a retrospective, or dots.
    fn notes(&mut self, world: &mut World) {
        let number = world.dice.between(1, 3);
        for _ in 0..number {
            let Some(who) = world.dice.pick(&self.active()).cloned() else { return };
            let room = self.direct(world, &who);
            if world.dice.percent(30) {
                self.ask(world, &who, &room, "dots A:1".to_owned(), true);
                continue;
            }
            let word = self.word();
            let column = *world.dice.pick(&["happy", "unsure", "unhappy"]).unwrap_or(&"happy");
            let note = world.say(&who, &room, &format!("{column}: {word} went so"));
            acknowledges_by_hand(world, &room, &note, column);
            self.secrets.push(Secret { word, home: room, by: who, note: true });
        }
    }

    /// Something is said in a room that is not open, and somebody looks elsewhere at what there is.
    fn confides(&mut self, world: &mut World) {
        let lead = self.leads[0].clone();
        let room = if world.dice.percent(70) { self.study.clone() } else { self.office.clone() };
        let kept = ["topic add W", "action W", "meeting new \"W\" every day 18:30"];
        let template = *world.dice.pick(&kept).unwrap_or(&"action W");
        let text = self.fill(world, template, &lead, &room);
        self.ask(world, &lead, &room, text, false);
        let Some(who) = world.dice.pick(&self.active()).cloned() else { return };
        let shown = ["topic list", "actions all", "meeting list", "meeting agenda"];
        let text = (*world.dice.pick(&shown).unwrap_or(&"actions all")).to_owned();
        let direct = world.dice.percent(50);
        let room = match direct {
            true => Some(self.direct(world, &who)),
            false => world.dice.pick(&self.rooms_of(world, &who)).cloned(),
        };
        if let Some(room) = room {
            self.ask(world, &who, &room, text, direct);
        }
    }

    /// Whoever is in two communities that both look back writes one note.
    fn writes_to_two(&mut self, world: &mut World) {
        let (guild, choir) = (self.lobby.clone(), self.next_door.clone());
        let in_both = |who: &UserId, world: &World| world.is_in(who, &guild) && world.is_in(who, &choir);
        let Some(who) = self.active().into_iter().find(|who| in_both(who, world)) else { return };
        for (lead, room) in [(self.leads[0].clone(), guild), (self.neighbours[0].clone(), choir)] {
            if world.is_in(&lead, &room) {
                self.ask(world, &lead, &room, "retro start".to_owned(), false);
            }
        }
        let (room, word) = (self.direct(world, &who), self.word());
        world.say(&who, &room, &format!("happy: {word} went so"));
        self.secrets.push(Secret { word, home: room, by: who, note: true });
    }

    /// Somebody removes something of their own.
    fn takes_back(&mut self, world: &mut World) {
        let Some(who) = world.dice.pick(&self.active()).cloned() else { return };
        let own: Vec<(RoomId, EventId)> = (world.stream.iter())
            .filter(|posting| posting.sender == who && !posting.redacted)
            .filter(|posting| ["m.room.message", "m.reaction"].contains(&posting.kind.as_str()))
            .filter(|posting| !self.votes.iter().any(|vote| vote.event == posting.event))
            .map(|posting| (posting.room.clone(), posting.event.clone()))
            .collect();
        let Some((room, event)) = world.dice.pick(&own).cloned() else { return };
        if world.is_in(&who, &room) {
            world.redact(&who, &room, &event);
        }
    }

    fn comes_or_goes(&mut self, world: &mut World) {
        let Some(who) = world.dice.pick(&self.active()).cloned() else { return };
        if self.leads.contains(&who) {
            return;
        }
        let room = if world.dice.percent(60) { self.craft.clone() } else { self.lobby.clone() };
        let standing = if world.is_in(&who, &room) { Standing::Left } else { Standing::Joined };
        world.stand(&who, &room, standing, &who);
        if room == self.lobby {
            self.strayed.insert(who);
        }
    }

    /// Somebody in no community writes to the bot.
    fn stranger(&mut self, world: &mut World) {
        let mut all = self.strangers.clone();
        all.extend(self.neighbours.clone());
        let Some(who) = world.dice.pick(&all).cloned() else { return };
        if self.gone.contains(&who) {
            return;
        }
        let room = self.direct(world, &who);
        let more = ["vote #1 1", "hello there", "happy: quartz was here"];
        let text = match world.dice.percent(30) {
            true => (*world.dice.pick(&more).unwrap_or(&"hello")).to_owned(),
            false => {
                let template = *world.dice.pick(&self.phrases.1).unwrap_or(&"help");
                self.fill(world, template, &who, &room)
            }
        };
        self.ask(world, &who, &room, text, true);
    }

    /// A moderator shows the bot out of a room, or back in.
    fn shows_out(&mut self, world: &mut World) {
        let (bot, lead, room) = (world.bot.clone(), self.leads[0].clone(), self.craft.clone());
        let standing = if world.is_in(&bot, &room) { Standing::Left } else { Standing::Invited };
        world.stand(&bot, &room, standing, &lead);
        self.missed.insert(room);
    }

    /// Somebody mends what they wrote.
    fn edits(&mut self, world: &mut World) {
        let Some(who) = world.dice.pick(&self.active()).cloned() else { return };
        let own: Vec<&Request> = self.requests.iter().filter(|request| request.who == who).collect();
        let Some((room, event)) = world.dice.pick(&own).map(|own| (own.room.clone(), own.event.clone())) else {
            return;
        };
        if !world.is_in(&who, &room) {
            return;
        }
        let body = *world.dice.pick(&["!hearth help", "!hearth poll close", "actions", "never mind"]).unwrap_or(&"-");
        let content = json!({
            "msgtype": "m.text", "body": format!("* {body}"),
            "m.new_content": {"msgtype": "m.text", "body": body},
            "m.relates_to": {"rel_type": "m.replace", "event_id": event},
        });
        world.post(&room, &who, "m.room.message", content, Value::Null);
    }

    /// Somebody claims, inside a ciphertext, that somebody else's vote or message was removed.
    fn forges(&mut self, world: &mut World) {
        let Some(who) = world.dice.pick(&self.active()).cloned() else { return };
        let others: Vec<(RoomId, EventId)> = (world.stream.iter().rev())
            .filter(|posting| posting.sender != who && !posting.redacted && world.is_in(&who, &posting.room))
            .filter(|posting| posting.kind.ends_with("poll.response") || posting.kind == "m.room.message")
            .take(8)
            .map(|posting| (posting.room.clone(), posting.event.clone()))
            .collect();
        let Some((room, event)) = world.dice.pick(&others).cloned() else { return };
        let now = world.now;
        world.seal(&who, &room, "m.room.redaction", &json!({"redacts": event}), Some(now));
    }

    /// The lead replaces a room by another.
    pub(super) fn upgrades(&mut self, world: &mut World) {
        let lead = self.leads[0].clone();
        let place = world.dice.below(2);
        let room = if place == 0 { &mut self.lobby } else { &mut self.craft };
        if !world.is_in(&lead, room) {
            return;
        }
        let (old, new) = (room.clone(), world.upgrade(&lead, room));
        *room = new.clone();
        self.missed.extend([old.clone(), new.clone()]);
        for secret in self.secrets.iter_mut().filter(|secret| secret.home == old) {
            secret.home = new.clone();
        }
        let now: Vec<_> =
            self.was_in.iter().filter(|((room, _), _)| *room == old).map(|((_, who), at)| (who.clone(), *at)).collect();
        self.was_in.extend(now.into_iter().map(|(who, at)| ((new.clone(), who), at)));
    }

    /// Somebody wants to be forgotten, and does nothing any more.
    fn forgets(&mut self, world: &mut World) {
        let Some(who) = world.dice.pick(&self.active()).cloned() else { return };
        if self.leads.contains(&who) || world.dice.percent(50) {
            return;
        }
        let room = self.direct(world, &who);
        for text in ["forget-me", "forget-me yes"] {
            let event = world.say(&who, &room, text);
            let (who, room, text) = (who.clone(), room.clone(), text.to_owned());
            self.requests.push(Request { event, who, room, text, command: true });
        }
        self.gone.insert(who);
    }

    /// Somebody brings a third person into their direct room. Nothing may be on its way to it.
    pub(super) fn crowds(&mut self, world: &mut World) {
        let all: Vec<(UserId, RoomId)> = self.directs.iter().map(|(who, room)| (who.clone(), room.clone())).collect();
        let Some((who, room)) = world.dice.pick(&all).cloned() else { return };
        // Until the bot has said something there, it may never have known the room for a direct one; then to it this is
        // some room, and whoever speaks is a guest; or one of the community's, if whoever brought it there leads one.
        let met = world.stream.iter().any(|posting| posting.room == room && posting.content.get(MARKER).is_some());
        let leads = self.leads.contains(&who) || self.neighbours.contains(&who);
        if !met && (world.dice.percent(70) || leads) {
            return;
        }
        if !world.is_in(&who, &room) || !world.is_in(&world.bot, &room) || self.gone.contains(&who) {
            return;
        }
        let mut others = self.strangers.clone();
        others.extend(self.active());
        others.retain(|other| *other != who);
        let Some(third) = world.dice.pick(&others).cloned() else { return };
        let since = world.now;
        world.stand(&third, &room, Standing::Invited, &who);
        if world.dice.percent(70) {
            world.stand(&third, &room, Standing::Joined, &third);
            let text =
                *world.dice.pick(&["my-data", "actions all", "help", "vote #1 1", "!hearth help"]).unwrap_or(&"help");
            let event = world.say(&third, &room, text);
            self.intruders.extend(met.then_some(event));
        }
        if world.dice.percent(30) {
            world.stand(&who, &room, Standing::Left, &who);
        }
        self.crowded.insert(room, since);
        self.directs.remove(&who);
        self.strayed.insert(who);
    }
}
