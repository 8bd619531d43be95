//! The core's side of sending: what is carried next, and what practices learn of what became of it.

use std::collections::BTreeMap;

use hearth_practices::{Answer, Event, PersonChange, RequestKind, RoomId};
use jiff::{
    SignedDuration, Span, Timestamp,
    civil::{Date, Time},
    tz::TimeZone,
};

use super::{Core, RunError, upgrades::held};
use crate::{
    engine::{CommunityNumber, Engine, NewOutboxItem, UnitOfWork},
    sending::{
        Answered, Carried, Job,
        desk::{Desk, Errand, Outcome, Settled, Unsent},
    },
    spans,
    store::{Budget, Closed, Due, Lost, OutboxItem, Store, StoreError, to_person},
};

/// A homeserver knows a transaction id for a day (Synapse: 24 hours). Whoever has not read for half of that does not
/// send: what was sent before may have arrived, and only reading tells.
const UNREAD: SignedDuration = SignedDuration::from_hours(12);

/// Nudges that are over the budget come at this time of the next day, or of the next week's first.
const NEXT_DAY: Time = Time::constant(10, 0, 0, 0);

impl Core {
    /// An item that no practice asked for; that of no community is the first one's.
    pub(crate) fn own_item(&self, number: Option<CommunityNumber>, txn: String, item: OutboxItem) -> NewOutboxItem {
        let first = || self.engine.communities().next().map(|(_, served)| served);
        let served = number.map_or_else(first, |number| self.engine.community(number));
        let (community, leads) =
            served.map(|served| (served.name.to_owned(), served.community.leads.clone())).unwrap_or_default();
        let attention = item.attention();
        NewOutboxItem { txn, community, practice: String::new(), item, scope: None, leads, attention }
    }

    /// Tells every practice that nobody waits for a message yet: what an earlier run said is out of date. Said before
    /// the first errand.
    ///
    /// # Errors
    /// [`RunError`].
    pub fn nobody_waits(&mut self, now: Timestamp) -> Result<(), RunError> {
        let mut unit = UnitOfWork::default();
        let communities: Vec<String> = self.engine.communities().map(|(_, served)| served.name.to_owned()).collect();
        let (event, id) = (Event::Held { keys: Vec::new() }, format!("begun.{}", now.as_millisecond()));
        for community in communities {
            self.engine.inform(&community, None, &event, &id, now, &mut unit);
        }
        self.take_over(unit, now)
    }

    /// The next errand, if anything can be done now: nothing is sent by a bot that has not read for long. Practices are
    /// told of what will not be sent.
    ///
    /// # Errors
    /// [`RunError`].
    pub fn next_errand(&mut self, desk: &mut Desk, now: Timestamp) -> Result<Option<Errand>, RunError> {
        if self.read_at.is_some_and(|read| now.duration_since(read) > UNREAD) {
            return Ok(None);
        }
        let (engine, closed, store, mut unsent) = (&self.engine, &self.closed, &mut self.store, Unsent::new());
        desk.pull(store, now)?;
        let errand = desk.next(store, now, |store, due| not_before(engine, closed, store, due, now), &mut unsent);
        self.learn(desk, unsent, now)?;
        Ok(errand?)
    }

    /// Writes down what an errand came to. Practices are told of what will not be sent, and of who waits. Says whether
    /// the homeserver still accepts the bot.
    ///
    /// # Errors
    /// [`RunError`].
    pub fn settle(
        &mut self,
        desk: &mut Desk,
        errand: &Errand,
        outcome: &Outcome,
        now: Timestamp,
    ) -> Result<bool, RunError> {
        let _errand = spans::errand(errand).entered();
        if let (Errand::Send(due), Ok(Carried::Answered(answered))) = (errand, outcome) {
            self.tell_answer(due, answered, now)?;
        }
        match desk.settle(&mut self.store, errand, outcome, now)? {
            Settled::TokenRevoked => Ok(false),
            Settled::Unsent(unsent) => self.learn(desk, unsent, now).map(|()| true),
        }
    }

    /// An errand failed in a way that no answer explains: it is set aside.
    ///
    /// # Errors
    /// [`RunError`].
    pub fn broke(&mut self, desk: &mut Desk, job: &Job, why: &str, now: Timestamp) -> Result<(), RunError> {
        let unsent = desk.broke(&mut self.store, job, why, now)?;
        self.learn(desk, unsent, now)
    }

    /// Tells a practice what the world says to its request. What follows, what the world did for it, and that the
    /// request is answered are committed together: a request is answered once, whenever the bot is killed.
    ///
    /// # Errors
    /// [`RunError`].
    pub(crate) fn tell_answer(&mut self, due: &Due, answered: &Answered, now: Timestamp) -> Result<(), RunError> {
        let OutboxItem::Ask(request) = &due.item else { return Ok(()) };
        // Whoever was told before is not told again.
        if self.store.loss(due.id)?.is_none() {
            return Ok(());
        }
        let mut unit = UnitOfWork::default();
        unit.commit.items.clone_from(&answered.items);
        unit.commit.done.push(due.id);
        if let (RequestKind::LookUpZone { person }, Answer::Zone(zone)) = (&request.what, &answered.answer) {
            self.engine.note_person(person, PersonChange::ProfileZone(zone.clone()), &mut unit);
            self.engine.spread(&unit.commit.persons);
        }
        let event = Event::Answered { key: request.key.clone(), answer: answered.answer.clone() };
        self.engine.inform(&due.community, Some(&due.practice), &event, &answer_id(&due.txn), now, &mut unit);
        self.take_over(unit, now)
    }

    /// Practices are told of what will not be done, and in the same unit of work it goes.
    fn learn(&mut self, desk: &mut Desk, unsent: Unsent, now: Timestamp) -> Result<(), RunError> {
        let (mut unit, millis) = (UnitOfWork::default(), now.as_millisecond());
        for loss in unsent {
            let told = match loss.lost {
                Some(Lost::Message(key)) => Some((format!("unsent.{millis}.{key}"), Event::Unsent { key })),
                Some(Lost::Request(key)) => {
                    Some((answer_id(&loss.txn), Event::Answered { key, answer: Answer::Failed }))
                }
                None => None,
            };
            if let Some((id, event)) = told {
                self.engine.inform(&loss.community, Some(&loss.practice), &event, &id, now, &mut unit);
            }
            match loss.aside {
                Some(why) => unit.commit.aside.push((loss.id, why)),
                None => unit.commit.done.push(loss.id),
            }
        }
        for ((community, practice), keys) in desk.held(&self.store, now)? {
            let id = format!("held.{millis}.{}", keys.len());
            self.engine.inform(&community, Some(&practice), &Event::Held { keys }, &id, now, &mut unit);
        }
        self.take_over(unit, now)
    }

    fn take_over(&mut self, unit: UnitOfWork, now: Timestamp) -> Result<(), RunError> {
        if !unit.log.is_empty() || !unit.commit.is_empty() {
            self.finish(unit, now)?;
        }
        Ok(())
    }
}

/// What names the telling of an answer: the same whenever the request is asked again.
fn answer_id(txn: &str) -> String {
    format!("answered.{txn}")
}

/// Until when something must wait, though its turn has come.
fn not_before(
    engine: &Engine,
    closed: &BTreeMap<RoomId, Closed>,
    store: &mut Store,
    due: &Due,
    now: Timestamp,
) -> Result<Option<Timestamp>, StoreError> {
    match held(closed, store, due, now)? {
        Some(until) => Ok(Some(until)),
        None => over_budget(engine, store, due, now),
    }
}

/// Whether a nudge must wait, and until when: for the next day of its community, or the next week.
///
/// What somebody got is counted over all practices and all communities of this bot; the budget is that of the community
/// that wants to write. So a community writes no more to somebody who has had as many nudges as it allows, whoever sent
/// them, and what others allow changes nothing of that.
fn over_budget(engine: &Engine, store: &mut Store, due: &Due, now: Timestamp) -> Result<Option<Timestamp>, StoreError> {
    if !due.attention.is_nudge() || due.item == OutboxItem::Destroyed {
        return Ok(None);
    }
    let budgets = engine.nudge_budgets(&due.community);
    let zone = engine.served(&due.community).map_or(TimeZone::UTC, |served| served.community.zone.clone());
    // What waits until it is of no use is given up at once.
    let alone = due.item.person().and_then(|who| engine.person(who).left_alone(now, &zone));
    if let Some(until) = alone {
        return Ok(Some(due.attention.until().map_or(until, |expires| until.min(expires))));
    }
    let today = now.to_zoned(zone.clone()).date();
    let monday = today.saturating_sub(Span::new().days(i64::from(today.weekday().to_monday_zero_offset())));
    let begins = |day: Date, at: Time| day.to_datetime(at).to_zoned(zone.clone()).map_or(now, |at| at.timestamp());
    let a_day = |most: u32| (Budget { since: begins(today, Time::midnight()), most }, today, 1);
    let a_week = |most: u32| (Budget { since: begins(monday, Time::midnight()), most }, monday, 7);
    // What goes to a person is counted for them, whichever room is their direct room.
    let (whom, limits) = match due.item.person() {
        Some(who) => (to_person(who), vec![a_week(budgets.person_a_week), a_day(budgets.person_a_day)]),
        None => (due.lane.trim_start_matches("nudge ").to_owned(), vec![a_day(budgets.room_a_day)]),
    };
    let all: Vec<Budget> = limits.iter().map(|(budget, ..)| *budget).collect();
    let spent = store.spend_nudge(&due.txn, &whom, now, &all)?;
    let next = spent.map(|spent| limits[spent]).map(|(_, from, days)| from.saturating_add(Span::new().days(days)));
    Ok(next.map(|day| begins(day, NEXT_DAY)))
}
