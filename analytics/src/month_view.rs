//! The month view: one month as the measures see it, with its facts, and what is worked out from them when first asked for.

mod practices;

use std::{borrow::Cow, cell::OnceCell, collections::BTreeSet};

use hearth_shared::activity::Kind;
use polars::prelude::*;

use crate::{
    answers::{self, Outcome, WINDOW},
    bootstrap::{self, VoiceIntervals},
    diversity::Shares,
    month_facts::Facts,
    history::History,
    log::NOBODY,
    network::Network,
    practices::{actions::Action, gatherings::Gathering},
    statistics::quantile,
    summary::Waits,
};

/// One month of a history.
pub struct MonthView<'a> {
    /// The history that it belongs to.
    pub history: &'a History<'a>,
    /// What the month holds.
    pub facts: &'a Facts,
    voice_intervals: OnceCell<Option<VoiceIntervals>>,
    openers: OnceCell<Vec<Outcome>>,
    waits: OnceCell<Waits>,
    reply_intervals: OnceCell<Option<[[f64; 2]; 2]>>,
    newcomers: OnceCell<Vec<Outcome>>,
    network: OnceCell<Network>,
    rooms: OnceCell<RoomCounts>,
    gatherings: OnceCell<Vec<Gathering>>,
    actions: OnceCell<Vec<Action>>,
}

/// How a month's messages lie over rooms.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RoomCounts {
    /// Rooms with a message.
    pub active: u64,
    /// Rooms with at least ten messages, more than half of them one person's.
    pub dominated: u64,
    /// People who posted in two rooms or more.
    pub bridgers: u64,
}

impl<'a> MonthView<'a> {
    /// The views of every month of a history.
    pub fn all(history: &'a History<'a>) -> Vec<Self> {
        history
            .months
            .iter()
            .map(|facts| MonthView {
                history,
                facts,
                voice_intervals: OnceCell::new(),
                openers: OnceCell::new(),
                waits: OnceCell::new(),
                reply_intervals: OnceCell::new(),
                newcomers: OnceCell::new(),
                network: OnceCell::new(),
                rooms: OnceCell::new(),
                gatherings: OnceCell::new(),
                actions: OnceCell::new(),
            })
            .collect()
    }

    /// The facts of the month before, where the log has it.
    pub fn previous(&self) -> Option<&'a Facts> {
        self.history.months.get(self.facts.age.checked_sub(1)?)
    }

    /// How many people posted.
    pub fn posters(&self) -> u64 {
        self.facts.posters().count() as u64
    }

    /// How many messages people have.
    pub fn shares(&self) -> Shares {
        self.facts.posters().map(|person| u64::from(person.messages)).collect()
    }

    /// The intervals of how evenly messages are shared.
    pub fn voice_intervals(&self) -> Option<VoiceIntervals> {
        *self.voice_intervals.get_or_init(|| bootstrap::voices(&self.shares()))
    }

    /// What became of the month's openers, without those of the log's last 72 hours.
    pub fn openers(&self) -> &[Outcome] {
        self.openers.get_or_init(|| {
            let rows: Vec<usize> = self.judged_messages().filter(|row| self.history.log.is_opener(*row)).collect();
            answers::outcomes(self.history.log, &rows)
        })
    }

    /// What became of the first messages ever of the month's new posters, without those of the log's last 72 hours.
    pub fn newcomers(&self) -> &[Outcome] {
        self.newcomers.get_or_init(|| {
            let mut waiting: std::collections::HashSet<i32> = self.facts.growth.new.iter().copied().collect();
            let rows: Vec<usize> =
                self.judged_messages().filter(|row| waiting.remove(&self.history.log.person[*row])).collect();
            answers::outcomes(self.history.log, &rows)
        })
    }

    /// How long the month's openers waited that were replied to.
    pub fn waits(&self) -> Waits {
        let worked_out = || {
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
        };
        *self.waits.get_or_init(|| self.facts.answers.as_ref().map_or_else(worked_out, |kept| kept.waits))
    }

    /// The intervals of the median and of the ninth decile of minutes to a reply.
    pub fn reply_intervals(&self) -> Option<[[f64; 2]; 2]> {
        *self.reply_intervals.get_or_init(|| {
            let (owned, people) = answers::owned_minutes(self.openers());
            bootstrap::quantiles(&owned, people, [0.5, 0.9])
        })
    }

    /// The month's new posters whose first message somebody answered in any way, ordered.
    pub fn welcomed(&self) -> Cow<'_, [i32]> {
        match &self.facts.answers {
            Some(kept) => Cow::Borrowed(&kept.welcomed),
            None => {
                let welcomed = self.newcomers().iter().filter(|outcome| outcome.acknowledged());
                let mut welcomed: Vec<i32> = welcomed.map(|outcome| outcome.person).collect();
                welcomed.sort_unstable();
                Cow::Owned(welcomed)
            }
        }
    }

    /// Who answered whom this month.
    pub fn network(&self) -> &Network {
        self.network.get_or_init(|| {
            let log = self.history.log;
            let replies = self
                .messages()
                .filter(|row| log.reply_person[*row] != NOBODY)
                .map(|row| (log.person[row], log.reply_person[row]));
            Network::new(self.facts.posters().map(|person| person.person), replies)
        })
    }

    /// How the month's messages lie over rooms.
    ///
    /// # Errors
    /// Where polars cannot compute the table.
    pub fn rooms(&self) -> PolarsResult<RoomCounts> {
        if let Some(rooms) = self.rooms.get() {
            return Ok(*rooms);
        }
        let posted = || self.facts.cells().iter().filter(|cell| cell.messages > 0);
        let cells = df!(
            "room" => posted().map(|cell| cell.room).collect::<Vec<_>>(),
            "person" => posted().map(|cell| cell.person).collect::<Vec<_>>(),
            "messages" => posted().map(|cell| cell.messages).collect::<Vec<_>>(),
        )?;
        let rooms = cells
            .clone()
            .lazy()
            .group_by([col("room")])
            .agg([col("messages").sum().alias("all"), col("messages").max().alias("most")]);
        let states = rooms
            .select([
                len().alias("active"),
                col("all").gt_eq(lit(10)).and((col("most") * lit(2)).gt(col("all"))).sum().alias("dominated"),
            ])
            .collect()?;
        let bridgers = cells
            .lazy()
            .group_by([col("person")])
            .agg([len().alias("rooms")])
            .select([col("rooms").gt_eq(lit(2)).sum().alias("bridgers")])
            .collect()?;
        let number = |frame: &DataFrame, name: &str| -> PolarsResult<u64> {
            let value = frame.column(name)?.cast(&DataType::UInt64)?;
            Ok(value.u64()?.get(0).unwrap_or_default())
        };
        let rooms = RoomCounts {
            active: number(&states, "active")?,
            dominated: number(&states, "dominated")?,
            bridgers: number(&bridgers, "bridgers")?,
        };
        Ok(*self.rooms.get_or_init(|| rooms))
    }

    /// The month's messages, as rows of the log.
    ///
    /// # Panics
    /// Where they were not read (see [`crate::read_plan::ReadPlan`]): a value without them would be wrong.
    pub fn messages(&self) -> impl Iterator<Item = usize> {
        assert!(self.facts.rows.is_some(), "the rows of {} were not read", self.facts.month);
        self.facts.rows.clone().unwrap_or_default().filter(|row| self.history.log.kind[*row] == Kind::Message)
    }

    /// Whether nothing came after the month: a log's last month is not over.
    pub fn is_last(&self) -> bool {
        self.history.end < self.facts.month.bounds(&self.history.zone).1
    }

    /// The month's messages that had their full 72 hours before the log ends.
    fn judged_messages(&self) -> impl Iterator<Item = usize> {
        let log = self.history.log;
        self.messages().filter(|row| log.ts[*row].saturating_add(WINDOW) <= self.history.end)
    }
}
