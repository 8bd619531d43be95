//! The wire between the bot and the homeserver in memory: requests that are on their way until somebody lets them go
//! on, and a crash that may come in between.

use std::{
    future::Future,
    pin::Pin,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    task::{Context, Poll},
};

use hearth_practices::{EventId, RoomId, UserId};
use serde_json::{Value, json};

use super::{
    homeserver::{Standing, World},
    trouble::Fate,
};
use crate::sending::{Class, Homeserver, NotNow, Refusal, Refused};

/// The homeserver as the bot reaches it.
#[derive(Clone, Debug)]
pub(super) struct Wire(Arc<Mutex<World>>);

/// Not ready the first time: somebody else's turn.
struct Turn(bool);

impl Future for Turn {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, _: &mut Context) -> Poll<()> {
        if std::mem::replace(&mut self.0, true) { Poll::Ready(()) } else { Poll::Pending }
    }
}

impl Wire {
    pub(super) fn new(world: World) -> Self {
        Self(Arc::new(Mutex::new(world)))
    }

    pub(super) fn world(&self) -> MutexGuard<'_, World> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A request: on its way there, done, on its way back. Whoever stops in between does not know whether it was done.
    async fn request<T>(
        &self,
        class: Class,
        act: impl FnOnce(&mut World) -> Result<T, Refused> + Send,
    ) -> Result<T, Refused> {
        Turn(false).await;
        let (answer, lost) = {
            let mut world = self.world();
            match world.fate() {
                Fate::Refused(why) => (Err(Refused::new(Refusal::NotNow(why), class, "trouble")), false),
                fate => (act(&mut world), fate == Fate::AnswerLost),
            }
        };
        Turn(false).await;
        match lost {
            true => Err(Refused::new(Refusal::NotNow(NotNow::Absent), class, "the answer is lost")),
            false => answer,
        }
    }
}

impl Homeserver for Wire {
    fn me(&self) -> UserId {
        self.world().bot.clone()
    }

    fn is_joined(&self, room: &RoomId) -> bool {
        let world = self.world();
        world.view.contains(room) && world.is_in(&world.bot, room)
    }

    async fn put(&self, room: &RoomId, kind: &str, content: &Value, txn: &str) -> Result<EventId, Refused> {
        self.request(Class::Message, |world| world.put(room, kind, content, txn)).await
    }

    async fn redact(&self, room: &RoomId, event: &EventId, txn: &str) -> Result<EventId, Refused> {
        self.request(Class::Message, |world| world.take_back(room, event, txn)).await
    }

    async fn upload(&self, _: &RoomId, _: &str, data: Vec<u8>) -> Result<(&'static str, Value), Refused> {
        self.request(Class::Message, |world| {
            let address = format!("mxc://t/{}", world.files.len());
            world.files.insert(address.clone(), String::from_utf8_lossy(&data).into_owned());
            Ok(("url", json!(address)))
        })
        .await
    }

    async fn members(&self, room: &RoomId) -> Result<Vec<UserId>, Refused> {
        self.request(Class::Message, |world| {
            let members = world.rooms.get(room).map(|room| room.members.clone()).unwrap_or_default();
            let there = members.into_iter().filter(|(_, standing)| *standing != Standing::Left);
            Ok(there.map(|(who, _)| who).collect())
        })
        .await
    }

    async fn is_deserted(&self, room: &RoomId) -> Result<bool, Refused> {
        self.request(Class::Message, |world| {
            let members = world.rooms.get(room).map(|room| room.members.clone()).unwrap_or_default();
            let mut others = members.into_iter().filter(|(who, _)| *who != world.bot).peekable();
            Ok(others.peek().is_some() && others.all(|(_, standing)| standing == Standing::Left))
        })
        .await
    }

    async fn direct_rooms(&self, person: &UserId) -> Result<Vec<RoomId>, Refused> {
        self.request(Class::Room, |world| {
            let joined: Vec<RoomId> =
                world.rooms.keys().filter(|room| world.is_in(&world.bot, room)).cloned().collect();
            if joined.iter().any(|room| !world.view.contains(room)) {
                return Err(Refused::unsynced(Class::Room, "a room that no sync has brought"));
            }
            let theirs = |room: &RoomId| world.rooms.get(room).is_some_and(|room| room.mark.as_ref() == Some(person));
            Ok(joined.into_iter().filter(theirs).collect())
        })
        .await
    }

    async fn create_direct(&self, person: &UserId, _: bool) -> Result<RoomId, Refused> {
        let made = self.request(Class::Room, |world| world.create(person)).await?;
        self.world().view.insert(made.clone());
        Ok(made)
    }

    async fn invite(&self, room: &RoomId, person: &UserId, _: Option<&str>) -> Result<(), Refused> {
        self.request(Class::Invitation, |world| world.invite(room, person)).await
    }

    async fn time_zone(&self, _: &UserId) -> Result<Option<String>, Refused> {
        self.request(Class::Message, |_| Ok(None)).await
    }

    async fn leave(&self, room: &RoomId) -> Result<(), Refused> {
        self.request(Class::Message, |world| {
            let bot = world.bot.clone();
            world.stand(&bot, room, Standing::Left, &bot);
            Ok(())
        })
        .await
    }
}
