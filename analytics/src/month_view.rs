//! The month view: one month as the measures see it, with its facts, and what is worked out from them when first asked for.

use hearth_statistics::{
    bootstrap::{self, VoiceIntervals},
    diversity::Shares,
    network::Network,
    samples::quantile,
};

use std::{cell::OnceCell, collections::BTreeSet};

use polars::prelude::*;

use crate::{
    facts::WINDOW,
    history::History,
    month_facts::Facts,
    scopes::{HourShare, Opener, PersonMonth, Reply, Scope},
};

/// One month of a history.
pub struct MonthView<'a> {
    /// The history that it belongs to.
    pub history: &'a History,
    /// What the month holds.
    pub facts: &'a Facts,
    voice_intervals: OnceCell<Option<VoiceIntervals>>,
    openers: OnceCell<Vec<Opener>>,
    reply_intervals: OnceCell<Option<[[f64; 2]; 2]>>,
    network: OnceCell<Network>,
}

/// How long the openers that were replied to had to wait.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Waits {
    /// How many there are.
    pub n: u64,
    /// How many people wrote them.
    pub people: u64,
    /// The 10th, 25th, 50th, 75th and 90th percentile, in minutes.
    pub quantiles: Option<[f64; 5]>,
}

impl<'a> MonthView<'a> {
    /// The views of every month of a history.
    pub fn all(history: &'a History) -> Vec<Self> {
        let view = |facts| MonthView {
            history,
            facts,
            voice_intervals: OnceCell::new(),
            openers: OnceCell::new(),
            reply_intervals: OnceCell::new(),
            network: OnceCell::new(),
        };
        history.months.iter().map(view).collect()
    }

    /// The facts of the month before, where the log has it.
    pub fn previous(&self) -> Option<&'a Facts> {
        self.history.months.get(self.facts.age.checked_sub(1)?)
    }

    fn scope(&self) -> Scope {
        (self.history.room, self.facts.month.ordinal())
    }

    /// Everybody who posted or reacted.
    pub fn people(&self) -> &'a [PersonMonth] {
        self.history.people(self.facts.month)
    }

    /// Everybody who wrote a message.
    pub fn posters(&self) -> impl Iterator<Item = &'a PersonMonth> + Clone {
        self.people().iter().filter(|person| person.messages > 0)
    }

    /// How many people posted.
    pub fn poster_count(&self) -> u64 {
        self.facts.posters
    }

    /// How many messages people have.
    pub fn shares(&self) -> Shares {
        self.posters().map(|person| u64::from(person.messages)).collect()
    }

    /// The intervals of how evenly messages are shared.
    pub fn voice_intervals(&self) -> Option<VoiceIntervals> {
        *self.voice_intervals.get_or_init(|| bootstrap::voices(&self.shares()))
    }

    /// The month's openers and first messages, without those of the log's last 72 hours.
    fn judged(&self) -> impl Iterator<Item = &'a Opener> {
        let all = self.history.scopes.openers.get(&self.scope()).map_or(&[][..], Vec::as_slice);
        all.iter().filter(|opener| opener.ts.saturating_add(WINDOW) <= self.history.end)
    }

    /// What became of the month's openers, without those of the log's last 72 hours.
    pub fn openers(&self) -> &[Opener] {
        self.openers.get_or_init(|| self.judged().filter(|opener| opener.opens).copied().collect())
    }

    /// What became of the first messages ever of the month's new posters, without those of the log's last 72 hours.
    pub fn newcomers(&self) -> Vec<Opener> {
        self.judged().filter(|opener| opener.is_first).copied().collect()
    }

    /// How long the month's openers waited that were replied to.
    pub fn waits(&self) -> Waits {
        let replied = || self.openers().iter().filter(|opener| opener.minutes.is_some());
        let people: BTreeSet<i32> = replied().map(|opener| opener.person).collect();
        let mut minutes: Vec<f64> = replied().filter_map(|opener| opener.minutes).collect();
        minutes.sort_by(f64::total_cmp);
        let quantiles = [0.1, 0.25, 0.5, 0.75, 0.9].map(|q| quantile(&minutes, q).unwrap_or_default());
        Waits {
            n: minutes.len() as u64,
            people: people.len() as u64,
            quantiles: (!minutes.is_empty()).then_some(quantiles),
        }
    }

    /// The intervals of the median and of the ninth decile of minutes to a reply.
    pub fn reply_intervals(&self) -> Option<[[f64; 2]; 2]> {
        *self.reply_intervals.get_or_init(|| {
            let (owned, people) = owned_minutes(self.openers());
            bootstrap::quantiles(&owned, people, [0.5, 0.9])
        })
    }

    /// The month's new posters whose first message somebody answered in any way, ordered.
    pub fn welcomed(&self) -> Vec<i32> {
        let welcomed = self.judged().filter(|opener| opener.is_first && opener.acknowledged());
        let mut welcomed: Vec<i32> = welcomed.map(|opener| opener.person).collect();
        welcomed.sort_unstable();
        welcomed
    }

    /// Who replied to whom this month.
    pub fn replies(&self) -> &'a [Reply] {
        self.history.scopes.replies.get(&self.scope()).map_or(&[], Vec::as_slice)
    }

    /// Who answered whom this month, as a network.
    pub fn network(&self) -> &Network {
        self.network.get_or_init(|| {
            let replies = self.replies().iter().map(|reply| (reply.from, reply.to));
            Network::new(self.posters().map(|person| person.person), replies)
        })
    }

    /// Who wrote when in the week this month.
    pub fn week(&self) -> &'a [HourShare] {
        self.history.scopes.week.get(&self.facts.month.ordinal()).map_or(&[], Vec::as_slice)
    }

    /// What each poster wrote in each room.
    pub fn cells(&self) -> impl Iterator<Item = (i32, &'a PersonMonth)> {
        let month = self.facts.month.ordinal();
        let rooms: BTreeSet<i32> =
            crate::history::heard_in(&self.history.heard, self.facts.month).iter().map(|heard| heard.room).collect();
        rooms.into_iter().flat_map(move |room| {
            let cells = self.history.scopes.people.get(&(Some(room), month)).map_or(&[][..], Vec::as_slice);
            cells.iter().filter(|cell| cell.messages > 0).map(move |cell| (room, cell))
        })
    }

    /// What a measure's query came to this month, or `None` where it found no rows.
    ///
    /// # Errors
    /// Where it was not worked out for this month.
    pub fn values(&self, id: &str) -> PolarsResult<Option<&'a Vec<f64>>> {
        self.history.values.get(id, self.scope())
    }

    /// The month's rows of a table of practices, of its room or of all of them.
    ///
    /// # Errors
    /// Where it lacks a column.
    pub fn rows(&self, table: &DataFrame) -> PolarsResult<DataFrame> {
        let of = |name: &str, number: i32| PolarsResult::Ok(table.column(name)?.i32()?.equal(number));
        let mut here = of("month", self.facts.month.ordinal())?;
        if let Some(room) = self.history.room {
            here = here & of("room", room)?;
        }
        table.filter(&here)
    }

    /// Whether nothing came after the month: a log's last month is not over.
    pub fn is_last(&self) -> bool {
        self.history.end < self.facts.month.bounds(&self.history.zone).1
    }
}

/// The minutes to a reply of those messages that were replied to, each with the number of its author; and how many
/// authors there are.
pub fn owned_minutes(messages: &[Opener]) -> (Vec<(usize, f64)>, usize) {
    let replied = || messages.iter().filter_map(|message| Some((message.person, message.minutes?)));
    let mut authors: Vec<i32> = replied().map(|(person, _)| person).collect();
    authors.sort_unstable();
    authors.dedup();
    let owned = replied().filter_map(|(person, minutes)| Some((authors.binary_search(&person).ok()?, minutes)));
    (owned.collect(), authors.len())
}
