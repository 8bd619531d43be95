//! Topics: what a community wants to talk about, proposed by anybody, put in order by dots, claimed, discussed.
//!
//! The list is one live card. Votes are sealed unless leads want them open: dots are given in direct rooms (see
//! [`crate::choosing`]), or aloud. Each topic keeps its dots of every vote, so
//! that one sees what becomes more or less urgent. What waits is put up for other practices as `topics`
//! ([`Practice::board`]): a meeting makes its agenda of it. A topic that was proposed in a room that is not open is
//! heard of there only, in lists, votes and commands alike.

mod change;
mod few;
mod interface;
mod list;
mod state;
#[cfg(test)]
mod tests;
mod text;
mod vote;

use jiff::Timestamp;

use self::state::{Rows, backlog, round};
pub use self::{
    interface::{Command, Settings, Topics},
    state::{
        AskedOf, Card, CardRoom, Heard, LastRound, LastTopic, OpenRound, Round, SealedVoteOf, Status, Topic, TopicAt,
        VoteOf,
    },
};
use crate::{
    Ctx, Effect, Event, Expects, Input, Invocation, MessageRef, Practice, Said,
    boards::{self, WaitingTopic},
    choosing::is_bare,
    secret::{self, Handed},
    spelling::shown,
    words,
};

impl Practice for Topics {
    const NAME: &'static str = "topics";
    type Command = Command;
    type Settings = Settings;
    type Board = boards::Topics;

    fn react(records: &mut Rows, ctx: &Ctx<Settings>, input: &Input<Command>) -> Vec<Effect> {
        match input {
            Input::Command(invocation) => {
                let Command::Topic { words } = &invocation.command;
                let (verb, rest) = match words.as_slice() {
                    [verb, rest @ ..] => (verb.to_lowercase(), rest),
                    [] => ("list".to_owned(), [].as_slice()),
                };
                match invocation.source.direct {
                    true => obey_one(records, ctx, invocation, &verb, rest),
                    false => obey(records, ctx, invocation, &verb, rest),
                }
            }
            Input::Event(event) => happened(records, ctx, event),
            Input::Tick => tick(records, ctx),
        }
    }

    fn expects(records: &Rows, ctx: &Ctx<Settings>, said: &Said) -> Expects {
        let (verb, rest) = said.text.trim().split_once(char::is_whitespace).unwrap_or((said.text.trim(), ""));
        let open = round(records).is_some_and(|round| round.sealed && ctx.is_in(&round.room));
        match verb.to_lowercase().as_str() {
            "dots" | "punkte" if open && !vote::is_for_retro(ctx, rest) => Expects::These,
            _ => Expects::Nothing,
        }
    }

    fn next_tick(records: &Rows, ctx: &Ctx<Settings>) -> Option<Timestamp> {
        match round(records) {
            Some(round) => Some(round.due()),
            None => state::oldest_end(records, ctx.settings.keep_for),
        }
    }

    /// The live list is one message for years.
    fn needs(records: &Rows, name: &str) -> bool {
        let mut parts = name.split('/');
        let kind = parts.next();
        let Some(number) = parts.next().and_then(|number| number.parse::<u32>().ok()) else { return false };
        match kind {
            Some("list") => number == state::card(records),
            _ => round(records).is_some_and(|round| round.number == number),
        }
    }

    fn scopes(records: &Rows) -> Vec<String> {
        round(records).filter(|round| round.sealed).map(Round::scope).into_iter().collect()
    }

    /// What waits, the most dots first.
    fn board(records: &Rows) -> boards::Topics {
        let shown = |(number, topic): (u32, &Topic)| WaitingTopic {
            number,
            text: topic.text.clone(),
            dots: topic.dots(),
            claimed_by: topic.claimed_by.clone(),
            room: topic.room.clone(),
        };
        let discussed = records.all::<TopicAt>().filter_map(|(key, topic)| match &topic.status {
            Status::Discussed { at, room, .. } => Some(boards::DiscussedTopic {
                number: key.number,
                text: topic.text.clone(),
                room: topic.room.clone(),
                discussed_in: room.clone(),
                at: *at,
            }),
            Status::Open | Status::Merged { .. } | Status::Dropped { .. } => None,
        });
        let voting = round(records).filter(|round| round.sealed).map(|round| round.room.clone());
        let waiting = backlog(records).into_iter().map(shown).collect();
        boards::Topics { waiting, discussed: discussed.collect(), voting }
    }
}

/// What can be done, by the word that people are told.
const VERBS: [&str; 11] =
    ["add", "list", "vote", "close", "claim", "unclaim", "discussed", "merge", "drop", "reopen", "history"];

/// The word that people are told, for one that they may use.
fn verb_of(word: &str) -> Option<&'static str> {
    let meant = match word {
        "propose" | "neu" | "vorschlagen" => "add",
        "liste" | "show" => "list",
        "abstimmen" | "dots" | "punkte" => "vote",
        "end" | "ende" | "beenden" | "schließen" => "close",
        "übernehmen" | "leiten" | "lead" => "claim",
        "abgeben" | "release" => "unclaim",
        "done" | "discuss" | "besprochen" | "erledigt" => "discussed",
        "zusammenlegen" | "zusammenfassen" => "merge",
        "remove" | "delete" | "streichen" | "weglassen" => "drop",
        "wiederaufnehmen" | "wieder" => "reopen",
        "verlauf" | "discussions" => "history",
        _ => word,
    };
    VERBS.into_iter().find(|verb| *verb == meant)
}

/// Does what somebody asks for in a room.
fn obey(
    records: &mut Rows,
    ctx: &Ctx<Settings>,
    invocation: &Invocation<Command>,
    word: &str,
    rest: &[String],
) -> Vec<Effect> {
    let (source, words, prefix) = (invocation.source, ctx.words, &ctx.community.prefix);
    let answer = |sentence: String| vec![Effect::answer(source, sentence)];
    let verb = verb_of(word);
    if verb == Some("vote") && !rest.is_empty() {
        return vote::cast(records, ctx, invocation.by, source, &rest.join(" "))
            .unwrap_or_else(|| answer(words.topics_no_vote(prefix)));
    }
    if state::has_heard(records, &source.event) {
        return Vec::new();
    }
    match verb {
        Some("add") => change::add(records, ctx, invocation, rest),
        Some("list") if !rest.is_empty() => {
            answer(text::found(words, ctx.community, records, &list::seen_at(ctx, source), &rest.join(" "), None))
        }
        Some("list") => list::show(records, ctx, invocation),
        Some("history") => answer(text::history(words, ctx.community, records, &list::seen_at(ctx, source))),
        Some("vote") => match round(records).cloned() {
            None => vote::open(records, ctx, invocation.by, source),
            Some(round) if round.room != source.room => answer(words.topics_vote_elsewhere()),
            Some(round) if round.sealed => {
                let mut effects = vec![Effect::acknowledge(source, "📨")];
                effects.extend(vote::hand_out(records, ctx, invocation.by));
                effects
            }
            Some(round) => answer(text::round_card(words, ctx.community, records, &round)),
        },
        Some("close") => match round(records).filter(|round| round.room == source.room) {
            Some(round) if invocation.lead || round.by.as_ref() == Some(invocation.by) => {
                state::hear(records, &source.event);
                match few::ask_back(records, ctx, source) {
                    Some(asked) => vec![asked],
                    None => closed(records, ctx),
                }
            }
            Some(_) => answer(words.topics_close_not_yours()),
            None => answer(words.topics_no_vote(prefix)),
        },
        Some(verb) => change::one(records, ctx, invocation, verb, rest),
        None => answer(match words::nearest(word, VERBS) {
            Some(meant) => {
                words.topics_unknown_verb(words::quoted(word), prefix, shown(words, "topics", "topic", meant))
            }
            None => text::help(words, ctx.community),
        }),
    }
}

/// Does what somebody asks for in their direct room: there one looks and votes.
fn obey_one(
    records: &mut Rows,
    ctx: &Ctx<Settings>,
    invocation: &Invocation<Command>,
    word: &str,
    rest: &[String],
) -> Vec<Effect> {
    let (source, words) = (invocation.source, ctx.words);
    let answer = |sentence: String| vec![Effect::answer(source, sentence)];
    let none_open = || answer(words.topics_no_vote_for_you(&ctx.community.prefix));
    match verb_of(word) {
        Some("vote") if rest.is_empty() => {
            vote::hand_out_to_member(records, ctx, invocation.by).unwrap_or_else(none_open)
        }
        Some("vote") => vote::cast(records, ctx, invocation.by, source, &rest.join(" ")).unwrap_or_else(none_open),
        Some("list") if !rest.is_empty() => {
            let open = round(records).filter(|round| round.sealed && ctx.is_in(&round.room));
            answer(text::found(words, ctx.community, records, &list::seen_at(ctx, source), &rest.join(" "), open))
        }
        Some("list") => answer(text::list(words, ctx.community, records, &list::seen_at(ctx, source))),
        Some("history") => answer(text::history(words, ctx.community, records, &list::seen_at(ctx, source))),
        Some(_) => answer(words.topics_only_in_rooms()),
        None => answer(text::help(words, ctx.community)),
    }
}

/// Closes the open vote, and brings the card up to date.
fn closed(records: &mut Rows, ctx: &Ctx<Settings>) -> Vec<Effect> {
    let mut effects = vote::close(records, ctx);
    effects.extend(list::refreshed(records, ctx));
    effects
}

fn tick(records: &mut Rows, ctx: &Ctx<Settings>) -> Vec<Effect> {
    match round(records) {
        Some(round) if round.closes <= ctx.now => match few::extend(records, ctx) {
            extended if !extended.is_empty() => extended,
            _ => closed(records, ctx),
        },
        Some(_) => Vec::from_iter(vote::refresh(records, ctx)),
        None => {
            let shown = list::card(records, ctx);
            state::drop_ended(records, ctx.settings.keep_for, ctx.now);
            let same = shown == list::card(records, ctx);
            Vec::from_iter(list::refreshed(records, ctx).filter(|_| !same))
        }
    }
}

fn happened(records: &mut Rows, ctx: &Ctx<Settings>, event: &Event) -> Vec<Effect> {
    match event {
        Event::Reacted { by, room, event, to, with, at, .. } => {
            let Some((open, key)) = round(records).zip(to.key.as_ref()) else { return Vec::new() };
            match key.as_str().strip_prefix(&format!("sheet/{}/", open.number)) {
                Some(drawn) => {
                    let handed = Handed::tap(room, event, *at);
                    vote::tapped(records, ctx, by, drawn, &handed, with)
                }
                None if key.as_str() == open.card() => vote::hand_out(records, ctx, by),
                None => Vec::new(),
            }
        }
        Event::Redacted { room, event, at, .. } => vote::untapped(records, ctx, room, event, *at),
        Event::Said(words) if words.source.direct => said(records, ctx, words),
        Event::Left { by, room } => {
            let shown = list::card(records, ctx);
            // Of a claim from before rooms were noted it is known only that it was made where everybody is.
            let lobby = ctx.community.lobby.as_ref() == Some(room);
            state::unclaim_all(records, by, |topic| topic.claimed_in.as_ref().map_or(lobby, |claimed| claimed == room));
            let same = shown == list::card(records, ctx);
            Vec::from_iter(list::refreshed(records, ctx).filter(|_| !same))
        }
        Event::Held { keys } => vote::held(records, ctx, keys).into_iter().collect(),
        Event::SealedLost { scope } => match round(records) {
            Some(round) if round.sealed && secret::is_lost::<SealedVoteOf>(round.number, scope) => {
                vote::call_off(records, ctx)
            }
            _ => Vec::new(),
        },
        Event::Forgotten { .. } => forgotten(records, ctx),
        _ => Vec::new(),
    }
}

/// Somebody wrote in their direct room: `dots 1:2`, which nothing else had a use for, or anything that they choose, with
/// a verb or without, in answer to the paper. What answers something else is somebody else's.
fn said(records: &mut Rows, ctx: &Ctx<Settings>, said: &Said) -> Vec<Effect> {
    let Some(round) = round(records).filter(|round| round.sealed) else { return Vec::new() };
    let is_mine = |to: &MessageRef| to.key.as_ref().is_some_and(|key| round.is_of_paper(key));
    let answers = said.to.as_ref().is_some_and(is_mine);
    if said.to.is_some() && !answers {
        return Vec::new();
    }
    let text = said.text.trim();
    let (verb, rest) = text.split_once(char::is_whitespace).unwrap_or((text, ""));
    let written = match verb.to_lowercase().as_str() {
        "dots" | "punkte" if answers || (!rest.is_empty() && !vote::is_for_retro(ctx, rest)) => rest,
        "vote" | "stimme" if answers => rest,
        _ if answers && is_bare(text) => text,
        _ => return Vec::new(),
    };
    vote::cast(records, ctx, &said.by, &said.source, written).unwrap_or_default()
}

/// Somebody is forgotten: what was part of a topic of theirs waits by itself, and the cards say what is left.
fn forgotten(records: &mut Rows, ctx: &Ctx<Settings>) -> Vec<Effect> {
    let lost = !records.gone::<TopicAt>().is_empty() || !records.touched::<TopicAt>().is_empty();
    let votes = !records.gone::<SealedVoteOf>().is_empty() || !records.gone::<VoteOf>().is_empty();
    let mut effects = vote::forgotten(records, ctx);
    state::set_free(records);
    effects.extend(list::refreshed(records, ctx).filter(|_| lost));
    effects.extend(votes.then(|| vote::behind(records, ctx)).flatten());
    effects
}
