//! Actions: what somebody said they would do, kept until it is done or dropped.
//!
//! An action is agreed in a room, often in a meeting or a retrospective, and then belongs to it: which of them are
//! under way is read from their boards. It comes back at the next meeting and retrospective. Who took it on is
//! reminded privately, some days before it is due and on the day, and nobody else is. A reminder that the bot could
//! not send in time comes late, once, up to a week; then the list alone carries the action on.
//!
//! An action is its room's. Only people who are in the room can be given one, only they change it (and leads), and who
//! leaves the room leaves what they took on there to it, so that nobody outside is ever reminded. Where the room is not
//! open, nobody else hears of its actions.

mod command;
mod gathering;
mod interface;
mod nudge;
mod state;
#[cfg(test)]
mod tests;
mod text;

use hearth_shared::activity::Kind;
use jiff::{Timestamp, civil::Date};

use self::{
    command::{Request, Who},
    state::{CLOSED_KEPT, Last, MOST_OPEN, Numbered, name, open},
};
pub use self::{
    interface::{Actions, Command, Settings},
    state::{Action, Closed, ClosedAt, OpenAt, Told},
};
use crate::{
    Attention, Ctx, Effect, Entry, Event, Input, Invocation, Message, Practice, Records, RoomId, To, UserId,
    boards::{self, OpenAction},
};

impl Practice for Actions {
    const NAME: &'static str = "actions";
    type Command = Command;
    type Settings = Settings;
    type Board = boards::Actions;

    fn react(records: &mut Records<Self>, ctx: &Ctx<Settings>, input: &Input<Command>) -> Vec<Effect> {
        match input {
            Input::Command(invocation) => match &invocation.command {
                Command::Actions { whose } => list(records, ctx, invocation, whose),
                Command::Action { words } => match command::read(words, invocation.source, ctx, invocation.by) {
                    Ok(request) => answer(records, ctx, invocation, request),
                    Err(mistake) => vec![Effect::answer(invocation.source, text::mistake(ctx, &mistake))],
                },
            },
            Input::Event(Event::Left { by, room }) => Vec::from_iter(left(records, ctx, by, room)),
            Input::Event(_) => Vec::new(),
            Input::Tick => {
                records.retain::<ClosedAt>(|_, closed| ctx.now < CLOSED_KEPT.after(closed.at));
                nudge::remind(records, ctx)
            }
        }
    }

    fn next_tick(records: &Records<Self>, ctx: &Ctx<Settings>) -> Option<Timestamp> {
        let closed = records.all::<ClosedAt>().map(|(_, closed)| CLOSED_KEPT.after(closed.at));
        closed.chain(nudge::next(records, ctx)).min()
    }

    fn board(records: &Records<Self>) -> boards::Actions {
        let shown = |(number, action): (u32, &Action)| OpenAction {
            number,
            what: action.what.clone(),
            who: action.who.clone(),
            due: action.due,
            from: action.from.clone(),
            room: action.room.clone(),
        };
        boards::Actions { open: open(records).map(shown).collect() }
    }
}

fn answer(
    records: &mut Records<Actions>,
    ctx: &Ctx<Settings>,
    invocation: &Invocation<Command>,
    request: Request,
) -> Vec<Effect> {
    let number = match request {
        Request::Help => return vec![Effect::answer(invocation.source, text::help(ctx, invocation.source.direct))],
        Request::List => return list(records, ctx, invocation, &[]),
        Request::Agree { who, what, due } => return agree(records, ctx, invocation, who, what, due),
        Request::Done(number)
        | Request::Drop(number)
        | Request::Take(number)
        | Request::Give(number, _)
        | Request::Move(number, _) => number,
    };
    let unknown = || vec![Effect::answer(invocation.source, ctx.words.actions_no_such(number, &ctx.community.prefix))];
    if let Some(closed) = records.get(&ClosedAt { number }) {
        // Told again of the message that closed it.
        let again = closed.event == invocation.source.event;
        if closed.room.as_ref().is_some_and(|room| !ctx.may_show(room, invocation.source)) {
            return unknown();
        }
        let closed = text::closed(ctx, number, closed.done);
        return if again { Vec::new() } else { vec![Effect::answer(invocation.source, closed)] };
    }
    let Some(action) = records.get(&OpenAt { number }).filter(|action| ctx.may_show(&action.room, invocation.source))
    else {
        return unknown();
    };
    if !(ctx.is_in(&action.room) || invocation.lead)
        || (matches!(request, Request::Take(_)) && !ctx.is_in(&action.room))
    {
        return vec![Effect::answer(invocation.source, ctx.words.actions_elsewhere(number))];
    }
    // Whether somebody is in its room can be seen there only.
    if matches!(request, Request::Give(..)) && action.room != invocation.source.room {
        return vec![Effect::answer(invocation.source, ctx.words.actions_give_there(number))];
    }
    let line = |records: &Records<Actions>| {
        records.get(&OpenAt { number }).map(|action| text::line(ctx, (number, action))).unwrap_or_default()
    };
    let concerned = [&action.who, &action.by].into_iter().flatten().any(|one| one == invocation.by);
    let free = action.who.is_none();
    match request {
        Request::Take(_) if free || action.who.as_ref() == Some(invocation.by) => {
            if let Some(action) = records.get_mut(&OpenAt { number }) {
                action.who = Some(invocation.by.clone());
                action.at = ctx.now;
            }
            vec![Effect::answer(invocation.source, ctx.words.actions_taken(line(records)))]
        }
        Request::Take(_) => {
            let who = action.who.as_ref().map(crate::words::pill).unwrap_or_default();
            vec![Effect::answer(invocation.source, ctx.words.actions_is_taken(number, who, &ctx.community.prefix))]
        }
        _ if !(invocation.lead || concerned || free) => {
            let who = action.who.as_ref().map(crate::words::pill).unwrap_or_default();
            vec![Effect::answer(invocation.source, ctx.words.actions_not_yours(number, who))]
        }
        Request::Give(_, who) => {
            if let Some(action) = records.get_mut(&OpenAt { number }) {
                (action.who, action.told) = (Some(who.clone()), Told::default());
            }
            let given =
                Message::new(To::reply(invocation.source), Attention::Answer, ctx.words.actions_given(line(records)));
            vec![given.mentioning(&who).send()]
        }
        Request::Move(_, due) => {
            if let Some(action) = records.get_mut(&OpenAt { number }) {
                (action.due, action.at, action.told) = (Some(due), ctx.now, Told::default());
            }
            vec![Effect::answer(invocation.source, ctx.words.actions_moved(line(records)))]
        }
        request => close(records, ctx, invocation, number, matches!(request, Request::Done(_))),
    }
}

/// Notes an action, in the gathering to which the place belongs.
fn agree(
    records: &mut Records<Actions>,
    ctx: &Ctx<Settings>,
    invocation: &Invocation<Command>,
    who: Who,
    what: String,
    due: Option<Date>,
) -> Vec<Effect> {
    let source = invocation.source;
    if open(records).any(|(_, action)| action.event == source.event) {
        return Vec::new();
    }
    if source.direct {
        return vec![Effect::answer(source, ctx.words.actions_only_in_rooms())];
    }
    if open(records).count() >= MOST_OPEN {
        return vec![Effect::answer(source, ctx.words.actions_too_many(MOST_OPEN, &ctx.community.prefix))];
    }
    let number = records.get(&Last {}).unwrap_or(&0) + 1;
    let who = match who {
        Who::Somebody => None,
        Who::Is(who) => Some(who),
    };
    let from = gathering::at(ctx, source);
    let action = Action {
        what,
        who: who.clone(),
        due,
        from: from.clone(),
        room: source.room.clone(),
        by: Some(invocation.by.clone()),
        at: ctx.now,
        event: source.event.clone(),
        told: Told::default(),
    };
    let body = text::agreed(ctx, (number, &action));
    records.insert(Last {}, number);
    records.insert(OpenAt { number }, action);

    let mut entry = Entry::new(Kind::ActionAgreed, who.as_ref().unwrap_or(&ctx.community.bot), Some(&source.room));
    entry.value = due.map(text::days_since_1970);
    entry = entry.named(name(number));
    entry.within = from;
    let mut message = Message::new(To::reply(source), Attention::Answer, body);
    // Whoever takes something on themselves knows already.
    if let Some(who) = who.filter(|who| who != invocation.by) {
        message = message.mentioning(&who);
    }
    vec![message.send(), Effect::Log(entry)]
}

/// Marks an action as done or dropped. What it was is forgotten; that it was, for a while, is not.
fn close(
    records: &mut Records<Actions>,
    ctx: &Ctx<Settings>,
    invocation: &Invocation<Command>,
    number: u32,
    done: bool,
) -> Vec<Effect> {
    let Some(action) = records.remove(&OpenAt { number }) else { return Vec::new() };
    let event = invocation.source.event.clone();
    let closed = Closed { done, at: ctx.now, event, room: Some(action.room.clone()) };
    records.insert(ClosedAt { number }, closed);
    let kind = if done { Kind::ActionDone } else { Kind::ActionDropped };
    vec![
        Effect::acknowledge(invocation.source, if done { "✅" } else { "👍" }),
        Effect::Log(Entry::new(kind, invocation.by, Some(&action.room)).about(name(number))),
    ]
}

/// What is open: of everybody in a room, one's own in the direct room.
fn list(
    records: &Records<Actions>,
    ctx: &Ctx<Settings>,
    invocation: &Invocation<Command>,
    whose: &[String],
) -> Vec<Effect> {
    let mine = match whose.first().map(|word| word.to_lowercase()).as_deref() {
        Some("mine" | "my" | "me" | "meine" | "mir") => true,
        Some("all" | "alle") => false,
        None => invocation.source.direct,
        Some(_) => return vec![Effect::answer(invocation.source, text::help(ctx, invocation.source.direct))],
    };
    let all: Vec<Numbered> =
        open(records).filter(|(_, action)| ctx.may_show(&action.room, invocation.source)).collect();
    vec![Effect::answer(
        invocation.source,
        text::list(ctx, &all, mine.then_some(invocation.by), invocation.source.direct),
    )]
}

/// Somebody left a room: what they took on there is open to the others, who are told.
fn left(records: &mut Records<Actions>, ctx: &Ctx<Settings>, who: &UserId, room: &RoomId) -> Option<Effect> {
    let keys = records.keys::<OpenAt>(|_, action| action.room == *room && action.who.as_ref() == Some(who));
    for key in &keys {
        if let Some(action) = records.get_mut(key) {
            (action.who, action.told) = (None, Told::default());
        }
    }
    let theirs: Vec<Numbered> = keys.iter().filter_map(|key| Some((key.number, records.get(key)?))).collect();
    let body = (!theirs.is_empty()).then(|| text::handed_back(ctx, who, &theirs))?;
    Some(Message::new(To::Room(room.clone()), Attention::Answer, body).send())
}
