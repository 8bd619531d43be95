//! From what practices want to a unit of work: items with their transaction ids, rows for the log, changed records.

use tracing::error;

use super::{NewOutboxItem, ONCE, OutboxItem, UnitOfWork, bounds::bound, cause::Cause, log::LogOp, runtime::Runtime};
use crate::{
    Administration, Answer, Attention, Effect, Entry, Event, Input, Message, Outgoing, PracticeIndex, Request,
    RequestKind, Sealed,
};

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
    pub fn from(runtime: &Runtime, practice: PracticeIndex, effects: &[Effect]) -> Self {
        match effects {
            [] if runtime.is_changed(practice) => Self::Noted,
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
pub(super) fn dispatch(
    runtime: &mut Runtime,
    owner: Option<PracticeIndex>,
    event: &Event,
    cause: &Cause,
    unit: &mut UnitOfWork,
) -> Followed {
    let without_key = event.without_key();
    if let Event::Forgotten { who } = event {
        runtime.forget(who);
    }
    let mut followed = Followed::Nothing;
    for practice in runtime.practices.indices() {
        let event = if owner == Some(practice) { event } else { &without_key };
        let effects = runtime.react(practice, &Input::Event(event), cause);
        followed = followed.max(Followed::from(runtime, practice, &effects));
        apply(runtime, practice, effects, cause, unit);
    }
    followed
}

/// Adds what a practice wants, and the records it changed, to the unit of work.
pub(super) fn apply(
    runtime: &mut Runtime,
    practice: PracticeIndex,
    effects: Vec<Effect>,
    cause: &Cause,
    unit: &mut UnitOfWork,
) {
    let name = runtime.practices[practice].name;
    for (number, effect) in effects.into_iter().enumerate() {
        // It stands in what is sent, and a room must not see the id of a direct message that led to it. The number in
        // it is the community's own, wherever the operator lists it when this cause is read again.
        let txn = match effect.outgoing() {
            Some(Outgoing::Message(Message { once: Some(once), .. })) => {
                format!("{ONCE}{}", runtime.hash(&format!("{name}.{once}")))
            }
            _ => runtime.hash(&format!("{}.{name}.{number}", cause.id)),
        };
        match effect {
            Effect::Send(outgoing) | Effect::Fallback(outgoing) => {
                send(runtime, name, txn, outgoing, None, cause, unit)
            }
            Effect::SendSealed(Sealed { scope, outgoing }) => {
                send(runtime, name, txn, outgoing, Some(&scope), cause, unit);
            }
            Effect::Ask(request) => ask(runtime, practice, txn, request, cause, unit),
            Effect::Log(entry) => {
                // Known by what it says, so that a replay of its cause, however it then turns out, writes it once.
                let Entry { kind, by, value, about, within, label, .. } = &entry;
                let event = format!(
                    "{}.{}.{name}.{kind:?}.{by}.{value:?}.{about:?}.{within:?}.{label:?}",
                    cause.log, runtime.number
                );
                unit.log.push((runtime.number, LogOp::entry(name, entry, event, cause.at)));
            }
            Effect::Administer(administration) => {
                administer(runtime, name, administration, &Cause { id: &txn, ..*cause }, unit);
            }
        }
    }
    if let Some(changes) = runtime.changes(practice, cause.now) {
        unit.commit.records.push((runtime.name.clone(), name, changes));
    }
}

/// What the causes of answers end with that are known already.
const KNOWN: &str = ".known";

/// Asks the world, unless it is known what it would say.
fn ask(
    runtime: &mut Runtime,
    practice: PracticeIndex,
    txn: String,
    request: Request,
    cause: &Cause,
    unit: &mut UnitOfWork,
) {
    let zone = match &request.what {
        RequestKind::LookUpZone { person } => runtime.zone_read(person, cause.now, unit),
        RequestKind::ShareReport => None,
    };
    let name = runtime.practices[practice].name;
    match zone {
        // It would be told the same again, and so on.
        Some(_) if cause.id.ends_with(KNOWN) => error!("{name} asks for a time zone when it is told it"),
        Some(zone) => {
            let id = format!("{txn}{KNOWN}");
            let told = Cause::new(&id, cause.at, cause.now);
            let event = Event::Answered { key: request.key, answer: Answer::Zone(zone) };
            let effects = runtime.react(practice, &Input::Event(&event), &told);
            apply(runtime, practice, effects, &told, unit);
        }
        None => unit.commit.items.push(item(runtime, name, txn, OutboxItem::Ask(request), cause)),
    }
}

fn item(runtime: &Runtime, practice: &str, txn: String, item: OutboxItem, cause: &Cause) -> NewOutboxItem {
    NewOutboxItem {
        attention: match item.attention() {
            // Nobody waits for it who has the message.
            Attention::Button => Attention::Button,
            _ if cause.awaited => Attention::Answer,
            attention => attention,
        },
        txn,
        community: runtime.name.clone(),
        practice: practice.to_owned(),
        item,
        scope: None,
        leads: runtime.community().leads.clone(),
    }
}

fn send(
    runtime: &Runtime,
    practice: &str,
    txn: String,
    outgoing: Outgoing,
    scope: Option<&str>,
    cause: &Cause,
    unit: &mut UnitOfWork,
) {
    // A private message to a bridge's puppet would go to a stranger, or to nobody.
    if outgoing.addressee().is_some_and(|who| runtime.community().is_bot(who)) {
        return;
    }
    for (page, outgoing) in bound(outgoing, runtime.words()).into_iter().enumerate() {
        let txn = if page == 0 { txn.clone() } else { format!("{txn}.page{page}") };
        let new = item(runtime, practice, txn, OutboxItem::Send(outgoing), cause);
        unit.commit.items.push(NewOutboxItem { scope: scope.map(str::to_owned), ..new });
    }
}

/// Carries out what a practice wants changed; the cause is named as what is sent for it would be.
fn administer(
    runtime: &mut Runtime,
    name: &'static str,
    administration: Administration,
    cause: &Cause,
    unit: &mut UnitOfWork,
) {
    match administration {
        Administration::Set { practice, key, value } => {
            let bots = runtime.community().bots.clone();
            runtime.set(&practice, &key, value.clone(), cause.now);
            if runtime.community().bots != bots {
                unit.sorted.push((runtime.number, bots));
            }
            unit.commit.settings.push((runtime.name.clone(), practice, key, value));
        }
        Administration::Adopt { room } => unit.adopted.push(room),
        Administration::Release { room } => {
            runtime.drop_room(&room);
            runtime.drop_members(&room, unit);
            unit.released.push(room.clone());
            unit.commit.adopted.push((room, None));
        }
        Administration::DropNames { prefix } => {
            unit.commit.dropped_names.push((runtime.name.clone(), name.to_owned(), prefix));
        }
        Administration::OptOut { who } => unit.log.push((runtime.number, LogOp::OptedOut(who, true))),
        Administration::OptIn { who } => unit.log.push((runtime.number, LogOp::OptedOut(who, false))),
        Administration::Person { who, change } => runtime.note_person(&who, change, unit),
        Administration::Forget { who } => {
            runtime.forget_person(&who, unit);
            unit.log.push((runtime.number, LogOp::Forget(who.clone())));
            unit.commit.unasked.push(runtime.asker(&who));
            runtime.forget_member(&who, cause.at, unit);
            let told = Cause::new(cause.id, cause.at, cause.now);
            dispatch(runtime, None, &Event::Forgotten { who: who.clone() }, &told, unit);
            unit.forgotten.push((cause.id.to_owned(), who));
        }
    }
}
