//! From what practices want to a step: parcels with their transaction ids, rows for the log, changed records.

use std::collections::BTreeSet;

use jiff::Timestamp;

use super::{Engine, NewParcel, ONCE, Parcel, Step, bounds::bound, home::Home, log::LogOp};
use crate::{Administration, Attention, Effect, Entry, Event, Input, Message, Outgoing, Presence, Sealed};

/// What caused something, as text: what makes transaction ids and seeds the same when it is replayed.
pub(super) struct Cause<'a> {
    /// What the transaction ids of its messages begin with.
    pub id: &'a str,
    /// What the rows it leaves in the log are known by.
    pub log: &'a str,
    pub at: Timestamp,
    /// Where its author is. The passing of time has none.
    pub present: &'a Presence,
    /// Whether somebody waits for what comes of it.
    pub awaited: bool,
}

/// Where nobody is.
static NOWHERE: Presence = Presence { rooms: BTreeSet::new(), named: BTreeSet::new() };

impl<'a> Cause<'a> {
    pub fn new(id: &'a str, at: Timestamp) -> Self {
        Self { id, log: id, at, present: &NOWHERE, awaited: false }
    }

    /// The same, with what is known of its author.
    pub fn of(self, present: &'a Presence) -> Self {
        Self { present, ..self }
    }
}

/// What practices make of something that they are told of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Followed {
    /// Nothing.
    #[default]
    Nothing,
    /// They remember something of it. It has its consequences, and somebody else may still want something.
    Noted,
    /// They want something done: it was meant for them.
    Taken,
}

impl Followed {
    /// From what a practice, which has just been told, wants and has not handed over yet.
    pub fn from(home: &Home, practice: usize, effects: &[Effect]) -> Self {
        match effects {
            [] if home.is_changed(practice) => Self::Noted,
            [] => Self::Nothing,
            _ => Self::Taken,
        }
    }

    /// Whether it is not to be taken again.
    pub fn has_consequences(self) -> bool {
        self != Self::Nothing
    }
}

/// Tells every practice of a community.
pub(super) fn tell(
    home: &mut Home,
    owner: Option<usize>,
    event: &Event,
    cause: &Cause,
    now: Timestamp,
    step: &mut Step,
) -> Followed {
    let without_key = event.without_key();
    if let Event::Forgotten { who } = event {
        home.forget(who);
    }
    let mut followed = Followed::Nothing;
    for practice in 0..home.practices.len() {
        let event = if owner == Some(practice) { event } else { &without_key };
        let effects = home.react(practice, &Input::Event(event), cause, now);
        followed = followed.max(Followed::from(home, practice, &effects));
        perform(home, practice, effects, cause, now, step);
    }
    followed
}

impl Engine {
    /// Tells one practice of a community, or every one, what only the shell knows: what became of its messages. `id`
    /// names this telling, and no other.
    pub fn inform(
        &mut self,
        community: &str,
        practice: Option<&str>,
        event: &Event,
        id: &str,
        now: Timestamp,
        step: &mut Step,
    ) {
        let Some(community) = self.homes.named(community) else { return };
        let home = &mut self.homes[community];
        let cause = Cause { awaited: matches!(event, Event::Held { .. }), ..Cause::new(id, now) };
        for number in 0..home.practices.len() {
            if practice.is_none_or(|practice| home.practices[number].name == practice) {
                let effects = home.react(number, &Input::Event(event), &cause, now);
                perform(home, number, effects, &cause, now, step);
            }
        }
    }
}

/// Adds what a practice wants, and the records it changed, to the step.
pub(super) fn perform(
    home: &mut Home,
    practice: usize,
    effects: Vec<Effect>,
    cause: &Cause,
    now: Timestamp,
    step: &mut Step,
) {
    let name = home.practices[practice].name;
    for (number, effect) in effects.into_iter().enumerate() {
        // It stands in what is sent, and a room must not see the id of a direct message that led to it. The number in
        // it is the community's own, wherever the operator lists it when this cause is read again.
        let txn = match effect.outgoing() {
            Some(Outgoing::Message(Message { once: Some(once), .. })) => {
                format!("{ONCE}{}", home.hash(&format!("{name}.{once}")))
            }
            _ => home.hash(&format!("{}.{name}.{number}", cause.id)),
        };
        match effect {
            Effect::Send(outgoing) | Effect::Fallback(outgoing) => send(home, name, txn, outgoing, None, cause, step),
            Effect::SendSealed(Sealed { scope, outgoing }) => {
                send(home, name, txn, outgoing, Some(&scope), cause, step);
            }
            Effect::Ask(request) => step.commit.parcels.push(parcel(home, name, txn, Parcel::Ask(request), cause)),
            Effect::Log(entry) => {
                // Known by what it says, so that a replay of its cause, however it then turns out, writes it once.
                let Entry { kind, by, value, about, within, label, .. } = &entry;
                let event = format!(
                    "{}.{}.{name}.{kind:?}.{by}.{value:?}.{about:?}.{within:?}.{label:?}",
                    cause.log, home.number
                );
                step.log.push((home.number, LogOp::entry(name, entry, event, cause.at)));
            }
            Effect::Administer(administration) => {
                administer(home, name, administration, &Cause { id: &txn, ..*cause }, now, step);
            }
        }
    }
    if let Some(changes) = home.changes(practice, now) {
        step.commit.records.push((home.name.clone(), name, changes));
    }
}

fn parcel(home: &Home, practice: &str, txn: String, parcel: Parcel, cause: &Cause) -> NewParcel {
    NewParcel {
        attention: if cause.awaited { Attention::Answer } else { parcel.attention() },
        txn,
        community: home.name.clone(),
        practice: practice.to_owned(),
        parcel,
        scope: None,
        leads: home.community().leads.clone(),
    }
}

fn send(
    home: &Home,
    practice: &str,
    txn: String,
    outgoing: Outgoing,
    scope: Option<&str>,
    cause: &Cause,
    step: &mut Step,
) {
    // A private message to a bridge's puppet would go to a stranger, or to nobody.
    if outgoing.addressee().is_some_and(|who| home.community().is_bot(who)) {
        return;
    }
    for (page, outgoing) in bound(outgoing, home.words()).into_iter().enumerate() {
        let txn = if page == 0 { txn.clone() } else { format!("{txn}.page{page}") };
        let new = parcel(home, practice, txn, Parcel::Send(outgoing), cause);
        step.commit.parcels.push(NewParcel { scope: scope.map(str::to_owned), ..new });
    }
}

/// Carries out what a practice wants changed; the cause is named as what is sent for it would be.
fn administer(
    home: &mut Home,
    name: &'static str,
    administration: Administration,
    cause: &Cause,
    now: Timestamp,
    step: &mut Step,
) {
    match administration {
        Administration::Set { practice, key, value } => {
            let bots = home.community().bots.clone();
            home.set(&practice, &key, value.clone(), now);
            if home.community().bots != bots {
                step.sorted.push((home.number, bots));
            }
            step.commit.settings.push((home.name.clone(), practice, key, value));
        }
        Administration::Adopt { room } => step.adopted.push(room),
        Administration::Release { room } => {
            home.drop_room(&room);
            home.drop_members(&room, step);
            step.released.push(room.clone());
            step.commit.adopted.push((room, None));
        }
        Administration::DropNames { prefix } => {
            step.commit.dropped_names.push((home.name.clone(), name.to_owned(), prefix));
        }
        Administration::OptOut { who } => step.log.push((home.number, LogOp::OptedOut(who, true))),
        Administration::OptIn { who } => step.log.push((home.number, LogOp::OptedOut(who, false))),
        Administration::Person { who, change } => home.note_person(&who, change, step),
        Administration::Forget { who } => {
            home.forget_person(&who, step);
            step.log.push((home.number, LogOp::Forget(who.clone())));
            step.commit.unasked.push(home.asker(&who));
            home.forget_member(&who, step);
            let told = Cause::new(cause.id, cause.at);
            tell(home, None, &Event::Forgotten { who: who.clone() }, &told, now, step);
            step.forgotten.push((cause.id.to_owned(), who));
        }
    }
}
