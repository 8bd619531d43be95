//! Icebreakers: small prompts that make it easy to say something.
//!
//! Newcomers get a series by direct message on the days that leads set ([`series`]), from three decks by stage of
//! safety ([`deck`]): light, stories, lessons. The series ends by itself when they *take part*: write a message in a
//! room of the community, or answer a prompt. A reaction, a command or a pass is not taking part. `pass` is as good
//! an answer as any. Who asked for a series (`icebreakers start`) gets all of it.
//!
//! A room gets a prompt on a rhythm ([`room`]); answers belong in its thread. Answers are counted, never kept.

mod commands;
mod deck;
mod events;
mod giving;
mod interface;
mod room;
mod series;
mod state;
#[cfg(test)]
mod tests;

use jiff::Timestamp;

pub use self::{
    deck::{Deck, Own, OwnPrompt, Prompt},
    interface::{Command, Icebreakers, Settings, What},
    room::{Current, Kept, RoomPrompts},
    series::{Days, Given, Open, Series},
    state::{Newcomer, NewcomerAt, OwnPrompts, PromptsIn, SettledAt},
};
use self::{
    giving::{keep_rhythm, plan, prompt_newcomers, prompt_room, rhythm_room},
    state::kept,
};
use crate::{Ctx, Effect, Event, Expects, Input, Practice, Records, Said};

impl Practice for Icebreakers {
    const NAME: &'static str = "icebreakers";
    type Command = Command;
    type Settings = Settings;
    type Board = ();

    fn react(records: &mut Records<Self>, ctx: &Ctx<Settings>, input: &Input<Command>) -> Vec<Effect> {
        // Whoever notes something by the way has taken the words that were said: then they are for nobody else.
        if !matches!(input, Input::Event(Event::Said(_))) {
            keep_rhythm(records, ctx);
        }
        match input {
            Input::Command(invocation) => commands::react(records, ctx, invocation),
            Input::Event(event) => events::react(records, ctx, event),
            Input::Tick => {
                let mut rng = ctx.replayable_rng();
                let mut effects = prompt_newcomers(records, ctx, &mut rng);
                effects.extend(prompt_room(records, ctx, &mut rng));
                effects
            }
        }
    }

    fn expects(records: &Records<Self>, ctx: &Ctx<Settings>, said: &Said) -> Expects {
        events::expects(records, ctx, said)
    }

    fn next_tick(records: &Records<Self>, ctx: &Ctx<Settings>) -> Option<Timestamp> {
        let plan = plan(ctx);
        let newcomers = records.all::<NewcomerAt>().filter(|_| ctx.settings.newcomers);
        let people = newcomers.filter_map(|(_, one)| one.series.due(one.given.last, &plan, ctx.now));
        let people = people.map(|at| ctx.community.after_rest(at));
        let room = rhythm_room(ctx).and_then(|room| match kept(records, room) {
            Some(kept) if kept.rhythm == ctx.settings.room_rhythm => kept.due(&ctx.community.zone),
            // At once, to note from when the rhythm is kept.
            _ => Some(ctx.now),
        });
        people.chain(room).min()
    }
}
