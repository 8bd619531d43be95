//! Sealed ballots: asked for in a room, answered in direct rooms, published at the close without names.
//!
//! While a ballot is open, what people chose lies in sealed records (see [`crate::records`]) and nowhere else; the room
//! sees how many have voted. At the close the result and every paper with its receipt are published, and in the same
//! step all papers go, with the key that opened them. Nothing that stays tells which paper was whose: receipts are
//! drawn at random in secret, papers are published in their order, and the log says at one instant who took part. Under
//! five papers nothing is published.
//!
//! A vote is a message in the direct room that the bot has with a person. It is taken from who is in the ballot's room
//! at that moment, and from nobody else.

mod close;
mod command;
mod few;
mod interface;
mod state;
#[cfg(test)]
mod tests;
mod text;
mod vote;

use std::collections::BTreeSet;

use hearth_shared::{activity::Kind, report::MIN_PEOPLE};
use jiff::Timestamp;

use self::{
    close::{call_off, close},
    command::{Request, Wanted},
    state::{BallotAt, Latest, PaperOf, SentTo, State, open_ballots},
    vote::Verb,
};
pub use self::{
    interface::{Ballot, Command, Settings},
    state::Open,
};
use crate::{
    Attention, Ctx, Effect, Entry, Event, Expects, Input, Invocation, Message, MessageKey, Outgoing, Practice, Records,
    Said, To,
    boards::Retros,
    buttons,
    choosing::{Method, Rules, ShownCount, is_bare},
    secret::{self, Handed},
};

impl Practice for Ballot {
    const NAME: &'static str = "ballot";
    // A vote by word is judged by when it was given: see [`vote`].
    const LASTING: &[&str] = &["vote", "dots"];
    const RECALLING: &[&str] = &["vote", "dots"];
    type Command = Command;
    type Settings = Settings;
    type Board = ();

    fn react(records: &mut Records<Self>, ctx: &Ctx<Settings>, input: &Input<Command>) -> Vec<Effect> {
        match input {
            Input::Command(invocation) => match &invocation.command {
                Command::Ballot { words } => match command::read(words) {
                    Ok(Request::Help) => {
                        let help = ctx.words.find_attribute("ballot", "help").unwrap_or_default();
                        vec![Effect::answer(invocation.source, help.replace("!hearth", &ctx.community.prefix))]
                    }
                    Ok(Request::Close(number)) => ask_close(records, ctx, invocation, number),
                    Ok(Request::Open(wanted)) => ask(records, ctx, invocation, wanted),
                    Err(mistake) => {
                        let why = text::mistake(ctx.words, ctx.community, words, &mistake);
                        vec![Effect::answer(invocation.source, why)]
                    }
                },
                Command::Vote { words } => voted(records, ctx, invocation, Verb::Vote, words),
                Command::Dots { words } => voted(records, ctx, invocation, Verb::Dots, words),
            },
            Input::Event(event) => happened(records, ctx, event),
            Input::Tick => tick(records, ctx),
        }
    }

    fn needs(records: &Records<Self>, name: &str) -> bool {
        let number = name.split('/').nth(1).and_then(|number| number.parse().ok());
        number.is_some_and(|number| state::open(records, number).is_some())
    }

    fn expects(records: &Records<Self>, ctx: &Ctx<Settings>, said: &Said) -> Expects {
        match read(&said.text) {
            Some((verb, words)) if vote::is_for_one(records, ctx, said, answered(said), verb, &words) => Expects::These,
            _ => Expects::Nothing,
        }
    }

    fn next_tick(records: &Records<Self>, _: &Ctx<Settings>) -> Option<Timestamp> {
        records.all::<BallotAt>().filter_map(|(_, state)| state.due()).min()
    }

    fn scopes(records: &Records<Self>) -> Vec<String> {
        open_ballots(records).map(|(number, _)| state::scope(number)).collect()
    }
}

/// Opens a ballot that somebody asked for.
fn ask(
    records: &mut Records<Ballot>,
    ctx: &Ctx<Settings>,
    invocation: &Invocation<Command>,
    wanted: Wanted,
) -> Vec<Effect> {
    let (source, settings, words) = (invocation.source, ctx.settings, ctx.words);
    let again = |state: &State| match state {
        State::Open(ballot) => ballot.event == source.event,
        State::Closed { event, .. } => *event == source.event,
    };
    if records.all::<BallotAt>().any(|(_, state)| again(state)) {
        return Vec::new();
    }
    let refuse = |sentence: String| vec![Effect::answer(source, sentence)];
    if source.direct {
        return refuse(words.ballot_only_in_rooms());
    }
    if !settings.who_opens.allows(invocation.lead) {
        return refuse(words.ballot_leads_only());
    }
    let people = ctx.community.rooms.get(&source.room).and_then(|room| room.people).unwrap_or(MIN_PEOPLE);
    if people < MIN_PEOPLE {
        return refuse(words.ballot_room_too_small(MIN_PEOPLE, people));
    }
    if wanted.close.is_some_and(|span| span > settings.longest) {
        return refuse(words.ballot_too_long(settings.longest.to_string()));
    }
    let number = records.get(&Latest {}).map_or(1, |last| last + 1);
    let dots = if wanted.method == Method::Dots { wanted.dots.unwrap_or(settings.dots).max(1) } else { 0 };
    let count = u32::try_from(wanted.options.len()).unwrap_or(u32::MAX);
    let ballot = Open {
        room: source.room.clone(),
        event: source.event.clone(),
        by: Some(invocation.by.clone()),
        question: wanted.question,
        options: wanted.options,
        rules: Rules { method: wanted.method, options: (1..=count).collect(), dots },
        opened: ctx.now,
        closes: wanted.close.unwrap_or(settings.close_after.min(settings.longest)).after(ctx.now),
        count: ShownCount::new(ctx.now),
        extended: false,
        warned: None,
    };
    let card = text::card(words, ctx.community, number, &ballot, 0);
    records.insert(Latest {}, number);
    records.insert(BallotAt { number }, State::Open(Box::new(ballot)));
    let opened = Entry::new(Kind::BallotOpened, invocation.by, Some(&source.room)).named(format!("ballot/{number}"));
    // On the main timeline, wherever it was asked for: the papers are published in a thread under the result.
    let key = MessageKey::from(state::card(number));
    let card = Message::new(To::Room(source.room.clone()), Attention::Prompt, card).keyed(key.clone());
    let mut effects = vec![card.send(), opened.log()];
    effects.extend(buttons(&key, [words.ballot_button_vote()]));
    effects
}

/// Closes the ballot with this number, or the newest in the room that whoever asks may close.
fn ask_close(
    records: &mut Records<Ballot>,
    ctx: &Ctx<Settings>,
    invocation: &Invocation<Command>,
    number: Option<u32>,
) -> Vec<Effect> {
    let (source, words) = (invocation.source, ctx.words);
    let answer = |sentence: String| vec![Effect::answer(source, sentence)];
    if source.direct {
        return answer(words.ballot_only_in_rooms());
    }
    let again = |state: &State| matches!(state, State::Closed { asked: Some(by), .. } if *by == source.event);
    if records.all::<BallotAt>().any(|(_, state)| again(state)) {
        return Vec::new();
    }
    let here: Vec<_> = open_ballots(records)
        .filter(|(found, ballot)| ballot.room == source.room && number.is_none_or(|number| number == *found))
        .collect();
    let own = |ballot: &Open| ballot.by.as_ref() == Some(invocation.by);
    let closable = here.iter().filter(|(_, ballot)| invocation.lead || own(ballot));
    let Some(number) = closable.max_by_key(|(number, ballot)| (own(ballot), *number)).map(|(number, _)| *number) else {
        return answer(if here.is_empty() { words.ballot_close_none() } else { words.ballot_close_not_yours() });
    };
    match few::ask_back(records, ctx, number, source) {
        Some(asked) => asked,
        None => close(records, ctx, number, Some(&source.event)),
    }
}

/// `vote …` or `dots …`.
fn voted(
    records: &mut Records<Ballot>,
    ctx: &Ctx<Settings>,
    invocation: &Invocation<Command>,
    verb: Verb,
    words: &[String],
) -> Vec<Effect> {
    let source = invocation.source;
    if source.direct {
        // Who takes it depends on what it answers, and who asked last: it comes back as [`Event::Said`].
        let nothing = match verb {
            Verb::Vote => ctx.words.ballot_none_for_you(&ctx.community.prefix),
            Verb::Dots => ctx.words.ballot_no_dots_for_you(),
        };
        return vec![Message::answer(source, nothing).fallback()];
    }
    if !words.is_empty() {
        // Said aloud it is no secret, and must not count as one.
        return vec![Effect::answer(source, ctx.words.ballot_said_aloud())];
    }
    let here = open_ballots(records).filter(|(_, ballot)| ballot.room == source.room);
    match here.map(|(number, _)| number).max() {
        Some(number) => {
            let mut effects = vec![Effect::acknowledge(source, "📨")];
            effects.extend(vote::hand_out(records, ctx, number, invocation.by));
            effects
        }
        None => vec![Effect::answer(source, ctx.words.ballot_close_none())],
    }
}

fn happened(records: &mut Records<Ballot>, ctx: &Ctx<Settings>, event: &Event) -> Vec<Effect> {
    match event {
        Event::Reacted { by, room, event, to, with, at, .. } => {
            let Some(key) = &to.key else { return Vec::new() };
            match (number_of(key, "card/"), number_of(key, "sheet/").zip(key.as_str().rsplit_once('/'))) {
                (Some(number), _) => vote::hand_out(records, ctx, number, by),
                (None, Some((number, (_, drawn)))) => {
                    let handed = Handed::tap(room, event, *at);
                    vote::tapped(records, ctx, by, (number, drawn), &handed, with)
                }
                (None, None) => Vec::new(),
            }
        }
        Event::Redacted { room, event, at, .. } => vote::untapped(records, ctx, room, event, *at),
        Event::Said(words) if words.source.direct => said(records, ctx, words),
        Event::Voted { by, room, event, poll, answers, at, cleartext } => {
            let Some(number) = poll.key.as_ref().and_then(|key| number_of(key, "tap/")) else { return Vec::new() };
            let mine = SentTo { ballot: number, person: by.clone() };
            let handed = Handed { room, event, thread: None, at: *at, cleartext: *cleartext };
            let too_late = || vec![Message::new(handed.reply(), Attention::Answer, ctx.words.ballot_too_late()).send()];
            if state::open(records, number).is_none() {
                return too_late();
            }
            let own = poll.key.as_ref().is_some_and(|poll| secret::is_own(records, &mine, poll));
            // Polls from before names were drawn bear their owner's.
            let named = || poll.key.as_ref().map(MessageKey::as_str) == Some(&format!("tap/{number}/{by}"));
            if !(own || named()) {
                return Vec::new();
            }
            let written = if answers.is_empty() { "none".to_owned() } else { answers.join(" ") };
            vote::cast(records, ctx, by, number, &handed, (&written, false))
        }
        Event::SealedLost { scope } => {
            let lost = open_ballots(records).find(|(number, _)| secret::is_lost::<PaperOf>(*number, scope));
            lost.map(|(number, _)| number).map(|number| call_off(records, ctx, number)).unwrap_or_default()
        }
        Event::Forgotten { .. } => forgotten(records, ctx),
        Event::Held { keys } => held(records, ctx, keys),
        _ => Vec::new(),
    }
}

/// Papers wait for direct rooms, or none do: the cards say how to be served at once, or no longer do.
fn held(records: &mut Records<Ballot>, ctx: &Ctx<Settings>, keys: &[MessageKey]) -> Vec<Effect> {
    let waits = |key: &MessageKey| ["sheet/", "tap/"].iter().find_map(|kind| number_of(key, kind));
    let waiting: BTreeSet<u32> = keys.iter().filter_map(waits).collect();
    let is_news = |(number, ballot): &(u32, &Open)| ballot.count.is_held() != waiting.contains(number);
    let news: Vec<u32> = open_ballots(records).filter(is_news).map(|(number, _)| number).collect();
    let mut effects = Vec::new();
    for number in news {
        let voted = secret::counted::<PaperOf>(records, number);
        let Some(ballot) = state::open_mut(records, number) else { continue };
        ballot.count = ballot.count.shown(ctx.now).hold(waiting.contains(&number));
        let body = text::card(ctx.words, ctx.community, number, ballot, voted);
        effects.push(Outgoing::Edit { key: state::card(number).into(), body }.send());
    }
    effects
}

/// The number in a message's name: `card/3`, `tap/3/0123abcd`.
fn number_of(key: &MessageKey, kind: &str) -> Option<u32> {
    key.as_str().strip_prefix(kind)?.split('/').next()?.parse().ok()
}

/// The ballot whose paper somebody answers.
fn answered(said: &Said) -> Option<u32> {
    let key = said.to.as_ref()?.key.as_ref()?;
    ["sheet/", "tap/", "answer/"].iter().find_map(|kind| number_of(key, kind))
}

/// Somebody wrote in their direct room: a vote, with its verb or, where it answers a paper, without. What answers
/// something else, or is for a retrospective, is somebody else's.
fn said(records: &mut Records<Ballot>, ctx: &Ctx<Settings>, said: &Said) -> Vec<Effect> {
    let answered = answered(said);
    if said.to.is_some() && answered.is_none() {
        return Vec::new();
    }
    let (verb, words) = match read(&said.text) {
        Some(read) => read,
        None if answered.is_some() && is_bare(&said.text) => {
            (Verb::Vote, said.text.split_whitespace().map(str::to_owned).collect())
        }
        None => return Vec::new(),
    };
    if answered.is_none() && ctx.boards.read::<Retros>().take(&words.join(" "), |room| ctx.is_in(room)) {
        return Vec::new();
    }
    vote::said(records, ctx, said, answered, verb, &words).unwrap_or_default()
}

/// What somebody wrote as a vote: the verb, and what follows.
fn read(text: &str) -> Option<(Verb, Vec<String>)> {
    let mut words = text.split_whitespace().map(str::to_owned);
    let verb = match words.next()?.to_lowercase().as_str() {
        "vote" | "stimme" => Verb::Vote,
        "dots" | "punkte" => Verb::Dots,
        _ => return None,
    };
    Some((verb, words.collect()))
}

/// Papers have gone with their owner: the cards say one fewer.
fn forgotten(records: &mut Records<Ballot>, ctx: &Ctx<Settings>) -> Vec<Effect> {
    let mut effects = vote::forgotten(records, ctx);
    let gone = records.gone::<PaperOf>();
    effects.extend(gone.into_iter().filter_map(|PaperOf { ballot, .. }| vote::fall_behind(records, ctx, ballot)));
    effects
}

/// Closes ballots whose time is over, brings cards up to date, and drops what nobody will ask for again.
fn tick(records: &mut Records<Ballot>, ctx: &Ctx<Settings>) -> Vec<Effect> {
    let due = records.keys::<BallotAt>(|_, state| state.due().is_some_and(|due| due <= ctx.now));
    let mut effects = Vec::new();
    for BallotAt { number } in due {
        match state::open(records, number) {
            Some(ballot) if ballot.closes <= ctx.now => {
                let extended = few::extend(records, ctx, number);
                let is_over = extended.is_empty();
                effects.extend(extended);
                effects.extend(is_over.then(|| close(records, ctx, number, None)).into_iter().flatten());
            }
            Some(_) => effects.extend(vote::refresh(records, ctx, number)),
            None => drop(records.remove(&BallotAt { number })),
        }
    }
    effects
}
