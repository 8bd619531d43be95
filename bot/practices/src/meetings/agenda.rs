//! The agenda: what was agreed before and is still open, then what the community voted to talk about.

use std::cmp::Reverse;

use jiff::Timestamp;

use super::interface::Settings;
use crate::{
    Ctx, RoomId,
    boards::{Actions, DiscussedTopic, OpenAction, Topics, WaitingTopic},
    words::{escape, pill},
};

/// What a meeting begins with.
#[derive(Debug, Default)]
pub(super) struct Agenda {
    pub actions: Vec<OpenAction>,
    pub topics: Vec<WaitingTopic>,
}

/// How many lines each part has at most: a meeting has an hour.
const MOST: usize = 5;

/// The agenda of a meeting in this room.
pub(super) fn read(ctx: &Ctx<Settings>, room: &RoomId) -> Agenda {
    let mut actions = ctx.boards.read::<Actions>().open;
    actions.retain(|action| action.room == *room);
    actions.sort_by_key(|action| (action.due.is_none(), action.due, action.number));
    let mut topics = ctx.boards.read::<Topics>().waiting;
    topics.retain(|topic| topic.room.as_ref().is_none_or(|of| of == room || ctx.community.is_open(of)));
    topics.sort_by_key(|topic| (Reverse(topic.dots), topic.number));
    Agenda { actions, topics }
}

/// What was agreed in a meeting.
pub(super) fn agreed_in(ctx: &Ctx<Settings>, name: &str) -> Vec<OpenAction> {
    let mut actions = ctx.boards.read::<Actions>().open;
    actions.retain(|action| action.from.as_deref() == Some(name));
    actions
}

/// What was discussed in a meeting's room since it began, in this order.
pub(super) fn discussed_in(ctx: &Ctx<Settings>, room: &RoomId, since: Timestamp) -> Vec<DiscussedTopic> {
    let mut topics = ctx.boards.read::<Topics>().discussed;
    topics.retain(|topic| {
        let may_be_named = topic.room.as_ref().is_none_or(|of| of == room || ctx.community.is_open(of));
        may_be_named && topic.discussed_in.as_ref() == Some(room) && topic.at >= since
    });
    topics.sort_by_key(|topic| (topic.at, topic.number));
    topics
}

/// Actions, a line each.
pub(super) fn lines(ctx: &Ctx<Settings>, actions: &[OpenAction]) -> Vec<String> {
    let today = ctx.community.zone.to_datetime(ctx.now).date();
    actions.iter().map(|action| action.line(ctx.words, today)).collect()
}

impl Agenda {
    /// The topic that follows those that were come to; `None` behind the last. What was discussed or dropped meanwhile
    /// is no more on the agenda.
    pub(super) fn next(&self, come_to: &[u32]) -> Option<u32> {
        self.topics.iter().map(|topic| topic.number).find(|number| !come_to.contains(number))
    }

    /// Those that were come to when one goes back to the topic before.
    pub(super) fn back(&self, come_to: &[u32]) -> Vec<u32> {
        let is_there = |number: &u32| self.topics.iter().any(|topic| topic.number == *number);
        let before = come_to.split_last().map_or(&[][..], |(_, before)| before);
        before[..before.iter().rposition(is_there).map_or(0, |last| last + 1)].to_vec()
    }

    /// The topics that there is room for: the first, or those up to the one that is talked about.
    fn shown(&self, now: Option<u32>) -> &[WaitingTopic] {
        let place = now.and_then(|now| self.topics.iter().position(|topic| topic.number == now)).unwrap_or(0);
        let end = self.topics.len().min(MOST.max(place + 1));
        &self.topics[end.saturating_sub(MOST)..end]
    }

    /// The agenda in words, with the topic marked that is talked about now.
    pub(super) fn text(&self, ctx: &Ctx<Settings>, now: Option<u32>) -> String {
        let words = ctx.words;
        let more = |all: usize| (all > MOST).then(|| format!("- {}", words.meetings_agenda_more(all - MOST)));
        let mut parts = Vec::new();
        if !self.actions.is_empty() {
            parts.push(words.meetings_agenda_actions());
            let shown = lines(ctx, &self.actions[..self.actions.len().min(MOST)]);
            parts.push(shown.into_iter().chain(more(self.actions.len())).collect::<Vec<_>>().join("\n"));
        }
        if !self.topics.is_empty() {
            parts.push(words.meetings_agenda_topics());
            let shown = self.shown(now).iter().map(|topic| {
                let (number, text) = (topic.number, escape(&topic.text));
                let mut line = vec![match now == Some(number) {
                    true => format!("- **▶ {number} · {text}**"),
                    false => format!("- **{number}** · {text}"),
                }];
                line.extend(Some(topic.dots).filter(|dots| *dots > 0).map(|dots| words.meetings_agenda_dots(dots)));
                line.extend(topic.claimed_by.as_ref().map(pill));
                line.join(" · ")
            });
            parts.push(shown.chain(more(self.topics.len())).collect::<Vec<_>>().join("\n"));
        }
        if parts.is_empty() {
            parts.push(words.meetings_agenda_empty());
        }
        parts.join("\n\n")
    }
}
