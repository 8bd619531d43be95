//! What the bot under the simulator sends, request by request: each may stop on its way.

use std::{
    sync::PoisonError,
    task::{Context, Poll, Waker},
};

use super::driver::{Bot, Flight};
use crate::sending::{
    Carried, Carrier,
    desk::{Errand, Outcome},
};

impl Bot {
    /// Lets requests go on: one after the other, whose turn it is decided by the dice, `turns` times.
    pub(super) fn send(&mut self, turns: usize) {
        if !self.begun {
            return;
        }
        self.depart();
        for _ in 0..turns {
            if self.flights.is_empty() {
                return;
            }
            let place = self.wire.world().dice.below(self.flights.len());
            let outcome = self.flights[place].1.as_mut().poll(&mut Context::from_waker(Waker::noop()));
            if let Poll::Ready(outcome) = outcome {
                let (errand, _) = self.flights.swap_remove(place);
                self.settle(&errand, &outcome);
                self.depart();
            }
        }
    }

    /// Lets everything that is on its way arrive.
    pub(super) fn land(&mut self) {
        while let Some((errand, mut flight)) = self.flights.pop() {
            loop {
                if let Poll::Ready(outcome) = flight.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
                    self.settle(&errand, &outcome);
                    break;
                }
            }
        }
    }

    fn depart(&mut self) {
        let now = self.now();
        loop {
            let errand = {
                let mut core = self.core.lock().unwrap_or_else(PoisonError::into_inner);
                core.next_errand(&mut self.desk, now).unwrap()
            };
            let Some(errand) = errand else { return };
            let (wire, core, carried, now) = (self.wire.clone(), self.core.clone(), errand.clone(), self.now());
            let flight: Flight = Box::pin(async move {
                let carrier = Carrier { homeserver: &wire, addresses: &*core, encrypt: false, now };
                match &carried {
                    Errand::Send(due) => carrier.carry(due).await,
                    Errand::MakeRoom(person) => carrier.make_room(person).await.map(|()| Carried::Nothing),
                    Errand::Join => Ok(Carried::Nothing),
                }
            });
            self.flights.push((errand, flight));
        }
    }

    fn settle(&mut self, errand: &Errand, outcome: &Outcome) {
        let now = self.now();
        self.wire.world().tell(|| match errand {
            Errand::Send(due) => format!("   sent {} -> {outcome:?}", due.txn),
            Errand::MakeRoom(person) => format!("   room for {person} -> {outcome:?}"),
            Errand::Join => format!("   joined -> {outcome:?}"),
        });
        let mut core = self.core.lock().unwrap_or_else(PoisonError::into_inner);
        assert!(core.settle(&mut self.desk, errand, outcome, now).unwrap(), "no token was revoked");
    }
}
