//! Polls: asked for in a room, voted in natively (MSC3381), closed by time, by who asked, or by leads.
//!
//! The result is made when the poll's end comes back from the homeserver, so that every vote before it counts. Each
//! vote is a record of its own until then, and an hour longer for votes that come late; then only counts remain. Polls
//! that members open in their clients are followed too, without a word, unless leads want their results announced;
//! edited before the first vote, they count as edited. Where a member lets people choose several answers, no buttons are
//! put beside the poll: clients that show one answer at a time would count it twice, and whoever wants several has
//! `ballot --kind several`.

mod events;
mod interface;
mod state;
mod tally;
#[cfg(test)]
mod tests;
mod text;

use hearth_shared::activity::Kind;
use jiff::Timestamp;

use self::state::{PollAt, drop_votes, open, open_mut};
pub use self::{
    interface::{Command, Poll, Settings},
    state::{Closed, Ending, Open, Recount, State, Wording},
    tally::{Ballot, Choice, Counts, choice, tally},
};
use crate::{
    Attention, Ctx, Effect, Input, Invocation, Message, MessageContext, MessageKey, Outgoing, Practice, Records, To,
    choosing::{
        question::{self, Request, Wanted},
        text::question_mistake,
    },
};

impl Practice for Poll {
    const NAME: &'static str = "poll";
    type Command = Command;
    type Settings = Settings;
    type Board = ();

    fn react(records: &mut Records<Self>, ctx: &Ctx<Settings>, input: &Input<Command>) -> Vec<Effect> {
        match input {
            Input::Command(invocation) => {
                let Command::Poll { words } = &invocation.command;
                match question::read(words) {
                    Ok(Request::Help) => {
                        vec![Effect::answer(invocation.source, text::help(ctx.words, &ctx.community.prefix))]
                    }
                    Ok(Request::Close) => close(records, ctx, invocation),
                    Ok(Request::Open(wanted)) => ask(records, ctx, invocation, wanted),
                    Err(mistake) => {
                        vec![Effect::answer(invocation.source, question_mistake(ctx.words, ctx.community, &mistake))]
                    }
                }
            }
            Input::Event(event) => events::happened(records, ctx, event),
            Input::Tick => tick(records, ctx),
        }
    }

    fn next_tick(records: &Records<Self>, _: &Ctx<Settings>) -> Option<Timestamp> {
        records.all::<PollAt>().filter_map(|(_, state)| state.due()).min()
    }
}

/// Opens a poll that somebody asked for.
fn ask(
    records: &mut Records<Poll>,
    ctx: &Ctx<Settings>,
    invocation: &Invocation<Command>,
    wanted: Wanted,
) -> Vec<Effect> {
    let (source, settings) = (invocation.source, ctx.settings);
    let key = PollAt::of(&source.event);
    if records.has(&key) {
        return Vec::new();
    }
    let refuse = |sentence: String| vec![Effect::answer(source, sentence)];
    if source.direct {
        return refuse(ctx.words.poll_only_in_rooms());
    }
    if !settings.who_opens.allows(invocation.lead) {
        return refuse(ctx.words.poll_leads_only());
    }
    if wanted.close.is_some_and(|span| span > settings.longest) {
        return refuse(text::too_long(ctx.words, settings.longest));
    }
    let closes = wanted.close.unwrap_or(settings.close_after.min(settings.longest)).after(ctx.now);
    let hidden = wanted.hidden.unwrap_or(settings.hidden);
    let ids: Vec<_> = (1..=wanted.answers.len()).map(|number| number.to_string()).collect();
    let answers: Vec<_> = ids.iter().cloned().zip(wanted.answers.iter().cloned()).collect();
    let count = i64::try_from(answers.len()).ok();
    let poll = Open {
        room: source.room.clone(),
        thread: source.thread.clone(),
        event: None,
        by: Some(invocation.by.clone()),
        ids,
        wording: Some(Wording { question: wanted.question.clone(), answers: wanted.answers }),
        max: 1,
        stable: false,
        opened: ctx.now,
        closes: Some(closes),
        ending: None,
    };
    let name = MessageKey::from(key.name());
    records.insert(key, State::Open(Box::new(poll)));
    // Beside the poll, so that the room's main timeline shows the poll alone.
    let beside = if source.thread.is_some() { To::reply(source) } else { To::Thread(name.clone()) };
    vec![
        Outgoing::OpenPoll {
            key: name,
            room: source.room.clone(),
            thread: source.thread.clone(),
            question: wanted.question,
            answers,
            hidden,
        }
        .send(),
        Message::new(beside, Attention::Answer, text::opened(ctx.words, ctx.community, closes, hidden)).send(),
        Effect::log(Kind::PollOpened, invocation.by, Some(&source.room), count),
    ]
}

/// Ends a poll that somebody asked to close: the one they ask beside, or else the newest that they may close, their
/// own first.
fn close(records: &mut Records<Poll>, ctx: &Ctx<Settings>, invocation: &Invocation<Command>) -> Vec<Effect> {
    let (source, words) = (invocation.source, ctx.words);
    let answer = |sentence: String| vec![Effect::answer(source, sentence)];
    if source.direct {
        return answer(words.poll_only_in_rooms());
    }
    if records.all::<PollAt>().any(|(_, state)| asked_before(state, source)) {
        return Vec::new();
    }
    let here: Vec<(&PollAt, &Open)> = records
        .all::<PollAt>()
        .filter_map(|(key, state)| match state {
            State::Open(poll) if poll.room == source.room => Some((key, &**poll)),
            _ => None,
        })
        .collect();
    let own = |poll: &Open| poll.by.as_ref() == Some(invocation.by);
    let mut closable: Vec<_> =
        here.iter().filter(|(_, poll)| poll.is_closable() && (invocation.lead || own(poll))).copied().collect();
    closable.sort_by_key(|(key, poll)| (beside(poll, source), own(poll), poll.opened, *key));
    let Some((key, _)) = closable.pop() else {
        let members_own = here.iter().any(|(_, poll)| !poll.is_ours());
        return answer(match here.iter().any(|(_, poll)| poll.is_closable()) {
            true => words.poll_close_not_yours(),
            false if members_own => words.poll_close_in_your_app(),
            false => words.poll_close_none(),
        });
    };
    let left: Vec<_> = closable.iter().filter_map(|(_, poll)| Some(poll.wording.as_ref()?.question.as_str())).collect();
    let note = (!left.is_empty())
        .then(|| Effect::answer(source, words.poll_close_more(text::names(words, &left), &ctx.community.prefix)));
    let key = key.clone();
    let mut effects: Vec<_> = end(records, ctx, &key, Ending::Asked(source.event.clone())).into_iter().collect();
    effects.extend(note);
    effects
}

/// How sure it is that somebody who writes at `source` means this poll.
fn beside(poll: &Open, source: &MessageContext) -> u8 {
    match (&source.thread, &poll.event) {
        (None, _) => 0,
        (thread, event) if thread == event || *thread == poll.thread => 2,
        // A poll without votes may be the one whose thread this is.
        (Some(_), None) => 1,
        (Some(_), Some(_)) => 0,
    }
}

/// Whether the command at `source` has closed this poll already, and is only told again.
fn asked_before(state: &State, source: &MessageContext) -> bool {
    match state {
        State::Open(poll) => poll.ending == Some(Ending::Asked(source.event.clone())),
        State::Closed(closed) => closed.asked.as_ref() == Some(&source.event),
        _ => false,
    }
}

/// Asks the homeserver to end a poll. The result is made when the end comes back.
fn end(records: &mut Records<Poll>, ctx: &Ctx<Settings>, key: &PollAt, why: Ending) -> Option<Effect> {
    let poll = open_mut(records, key)?;
    poll.ending = Some(why);
    let question = poll.wording.as_ref().map_or("", |wording| wording.question.as_str());
    Some(Outgoing::EndPoll { key: key.name().into(), body: ctx.words.poll_ended(question) }.send())
}

/// Ends polls whose time is over, and drops what nobody will ask for again.
fn tick(records: &mut Records<Poll>, ctx: &Ctx<Settings>) -> Vec<Effect> {
    let due = records.keys::<PollAt>(|_, state| state.due().is_some_and(|due| due <= ctx.now));
    let mut effects = Vec::new();
    for key in due {
        if open(records, &key).is_some_and(Open::is_closable) {
            effects.extend(end(records, ctx, &key, Ending::Time));
        } else if matches!(records.get(&key), Some(State::Closed(Closed { recount: Some(_), .. }))) {
            events::finish(records, &key);
        } else {
            drop_votes(records, &key);
            records.remove(&key);
        }
    }
    effects
}
