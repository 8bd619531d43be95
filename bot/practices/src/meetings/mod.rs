//! Meetings: at a predictable time, with an agenda from what the community chose and agreed, led in turn.
//!
//! A series keeps its local time ([`series`]). Those who lead are told the day before, the room an hour before, and
//! when it begins there is one card with call link and agenda, in whose thread the meeting is. Who reacts to it,
//! writes `here` or speaks there is counted as present. When its time is over it closes with a line on what was
//! agreed.
//!
//! After a pause of the bot a reminder comes late as long as the meeting has not begun, and the card as long as it is
//! not over; what is over is passed by without a word. Nothing is said twice.

mod agenda;
mod command;
mod corrected;
mod find;
mod ics;
mod interface;
mod live;
mod plan;
mod rest;
mod rhythm;
mod roles;
mod run;
mod series;
mod skip;
mod state;
mod taps;
#[cfg(test)]
mod tests;
mod text;
mod turns;
mod which;

use jiff::Timestamp;

use self::state::all;
pub use self::{
    find::{Find, Marks, Stage},
    interface::{Command, Meetings, Settings, Zones},
    roles::{Led, Roles, Volunteer},
    series::{Change, Occurrence, Prepared, Series},
    state::{EndedFind, FindAt, Heard, LastFind, LastSeries, Live, LiveOf, Round, SeriesAt},
};
use crate::{
    Ctx, Effect, Input, Practice, Records,
    boards::{self, Gathering, NextMeeting},
};

impl Practice for Meetings {
    const NAME: &'static str = "meetings";
    type Command = Command;
    type Settings = Settings;
    type Board = boards::Meetings;

    fn react(records: &mut Records<Self>, ctx: &Ctx<Settings>, input: &Input<Command>) -> Vec<Effect> {
        rest::keep(records, ctx);
        match input {
            Input::Command(invocation) => {
                find::asked(records, ctx, invocation).unwrap_or_else(|| command::react(records, ctx, invocation))
            }
            Input::Event(event) => {
                let mut effects = find::happened(records, ctx, event);
                effects.extend(live::happened(records, ctx, event));
                effects
            }
            Input::Tick => {
                let mut effects = find::tick(records, ctx);
                effects.extend(run::tick(records, ctx));
                effects
            }
        }
    }

    fn next_tick(records: &Records<Self>, ctx: &Ctx<Settings>) -> Option<Timestamp> {
        if all(records).any(|series| rest::is_due(ctx, series)) {
            return Some(ctx.now);
        }
        let series = all(records).filter_map(|series| run::due(records, ctx, series));
        series.chain(find::next_tick(records)).min()
    }

    fn board(records: &Records<Self>) -> boards::Meetings {
        let on = |series: &Series| {
            let live = records.get(&LiveOf { series: series.id })?;
            let name = series.name_of(live.date);
            Some(Gathering { name, room: series.room.clone(), thread: live.thread.clone() })
        };
        let next = |series: &Series| {
            let at = series.next()?.start;
            Some(NextMeeting { name: series.name.clone(), room: series.room.clone(), at })
        };
        boards::Meetings { open: all(records).filter_map(on).collect(), next: all(records).filter_map(next).collect() }
    }
}
