//! Which community a room belongs to. Whoever may invite the bot brings it into a room; the room becomes a community's
//! when the operator lists it, or when somebody adopts it who leads that community. Until then the bot notes nothing
//! there, does nothing, and says so when it is asked.

use jiff::SignedDuration;

use super::{Authority, CommunityNumber, Engine, Memory, UnitOfWork, apply::apply, moment::Moment};
use crate::{
    Administration, Effect, MessageContext, PracticeIndex, RoomId,
    command::Line,
    incoming::What,
    words::{escape, spoken},
};

/// How long the bot does not repeat in a room that it is not at home there.
const EXPLAINED_FOR: SignedDuration = SignedDuration::from_hours(24);

impl Engine {
    /// Takes over what the store knows. The empty name is that of the one community that lists no rooms.
    pub(super) fn recall_adopted(&mut self, rows: Vec<(RoomId, String)>) {
        let number = |name: &str| match name {
            "" => {
                let mut all = self.runtimes.iter().filter(|runtime| !runtime.lists_any());
                all.next().filter(|_| all.next().is_none()).map(|runtime| runtime.number)
            }
            name => self.runtimes.named(name),
        };
        self.adopted = rows.into_iter().filter_map(|(room, name)| Some((room, number(&name)?))).collect();
    }

    /// Whether a room is of no community, so that somebody may adopt it.
    pub fn is_nobodys(&self, room: &RoomId) -> bool {
        !self.is_direct(room) && self.number_of_room(room).is_none()
    }

    /// Whether a room is a community's.
    pub fn is_of_community(&self, room: &RoomId) -> bool {
        !self.is_direct(room) && self.number_of_room(room).is_some()
    }

    /// Somebody brought the bot into a room of no community who leads one: then it is that one's. Whoever leads several
    /// must say which.
    pub fn adopt_for(&mut self, room: &RoomId, inviter: &Authority, unit: &mut UnitOfWork) {
        if let [number] = inviter.leads[..]
            && self.is_nobodys(room)
        {
            self.adopt(room, number, unit);
        }
    }

    fn adopt(&mut self, room: &RoomId, number: CommunityNumber, unit: &mut UnitOfWork) {
        self.adopted.insert(room.clone(), number);
        self.explained.remove(room);
        let runtime = &mut self.runtimes[number];
        if let Some(membership) = self.rooms.get(room) {
            runtime.set_room(room, membership);
        }
        unit.commit.adopted.push((room.clone(), Some(runtime.name.clone())));
    }

    /// What is said in a room of no community: `adopt`, from somebody who leads one, is obeyed; any other word to the bot
    /// is answered with what it takes, once a day.
    pub(super) fn take_of_nobodys_room<M: Memory>(
        &mut self,
        store: &M,
        moment: &Moment,
        unit: &mut UnitOfWork,
    ) -> Result<(), M::Error> {
        let Moment { room, incoming, authority, now, .. } = *moment;
        let What::Message(text) = &incoming.what else { return Ok(()) };
        if text.notice || unit.is_handled(store, &incoming.event)? {
            return Ok(());
        }
        let addressed = |number: CommunityNumber| Some((number, self.line(room, text, number)?));
        let Some((number, line)) = self.runtimes.numbers().into_iter().find_map(addressed) else { return Ok(()) };
        let line = self.in_time(number, line, moment);
        let (practice, adopts) = match &line {
            Line::Command(practice, command) => (*practice, self.practices[*practice].adopts(command)),
            Line::Mistake(_) => (PracticeIndex::FIRST, None),
        };
        let source = moment.source(false, text);
        let explained = self.explained.get(room).is_some_and(|at| now.duration_since(*at) < EXPLAINED_FOR);
        let (number, effects) = match adopts {
            Some(name) if !authority.leads.is_empty() => match &self.meant(&authority.leads, name.as_deref())[..] {
                [number] => (*number, self.adoption(*number, &source)),
                _ => {
                    let names = authority.leads.iter().map(|number| self.runtimes[*number].community().name.clone());
                    let names: Vec<_> = names.map(|name| escape(&name)).collect();
                    let text = self.runtimes[number].words().community_adopt_which(names.join(", "));
                    (number, vec![Effect::answer(&source, text)])
                }
            },
            _ if explained => return Ok(()),
            _ => {
                self.explained.insert(room.clone(), now);
                (number, vec![Effect::answer(&source, self.runtimes[number].words().community_not_adopted())])
            }
        };
        if effects.iter().any(|effect| matches!(effect, Effect::Administer(Administration::Adopt { .. }))) {
            self.adopt(room, number, unit);
        }
        apply(&mut self.runtimes[number], practice, effects, &moment.cause(), unit);
        unit.handle(incoming);
        Ok(())
    }

    /// What somebody hears who leads a community and adopts a room for it that is nobody's.
    fn adoption(&self, number: CommunityNumber, source: &MessageContext) -> Vec<Effect> {
        let (words, community) = (self.runtimes[number].words(), self.runtimes[number].community());
        let text = words.community_adopted(escape(&community.name));
        let text = spoken(&text, &community.prefix, source.direct);
        vec![Administration::Adopt { room: source.room.clone() }.effect(), Effect::answer(source, text)]
    }

    /// Those of the communities that somebody leads that they mean: the one they name, or the only one.
    fn meant(&self, leads: &[CommunityNumber], name: Option<&str>) -> Vec<CommunityNumber> {
        let named = |number: &&CommunityNumber| {
            let runtime = &self.runtimes[**number];
            name.is_none_or(|name| {
                let name = name.to_lowercase();
                runtime.name.to_lowercase() == name || runtime.community().name.to_lowercase() == name
            })
        };
        leads.iter().filter(named).copied().collect()
    }
}
