//! What is remembered of retrospectives.
//!
//! One that is over goes at once, and everything that was said in it; the labels of its themes stay with its room.
//! Notes are sealed until the reveal; afterwards they are in the retrospective's own row, in drawn order, and nothing
//! says whose they were. Dots and answers are sealed until they are counted.

use std::collections::{BTreeMap, BTreeSet};

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::{formats::Column, interface::Retros, letters, phase::Phase};
use crate::{
    Effect, EventId, MessageKey, Records, RoomId, Span, To, UserId,
    choosing::Marks,
    forget,
    obeyed::Obeyed,
    secret::{self, Paper, PaperKey, Place, Slip, Traces},
    tables,
};

/// How many retrospectives of a room keep their themes' labels.
pub const PAST_KEPT: usize = 6;

/// How long a retrospective may lie without anybody moving it before it is closed.
pub const QUIET: SignedDuration = SignedDuration::from_hours(14 * 24);

/// How long an answer to the last question may come late and be told so.
pub const ASKED_FOR: SignedDuration = SignedDuration::from_hours(24);

/// From how many voters on dots are shown, and from how many answers on what people thought of it.
pub const ENOUGH: usize = 5;

/// From how many writers on notes are shown without asking them.
pub const WRITERS: usize = 3;

/// What is remembered.
pub type Rows = Records<Retros>;

tables! { for Retros;
    /// How many retrospectives there have been.
    Count {} => u32, in "count";
    /// A retrospective that is going on.
    RetroAt { number: u32 } => Retro, in "retro";
    /// A note, by the message with which it came and its place there.
    NoteOf { retro: u32, message: EventId, place: u32, person: UserId } => Note, in "note", of person,
        sealed by |key| scope(key.retro, Phase::Collect);
    /// The dots that somebody gives.
    DotsOf { retro: u32, person: UserId } => Paper<Marks>, in "dots", of person,
        sealed by |key| scope(key.retro, Phase::Vote);
    /// Whether it was worth somebody's time, 0 to 4.
    WorthOf { retro: u32, person: UserId } => Paper<u8>, in "worth", of person,
        sealed by |key| scope(key.retro, Phase::Worth);
    /// What somebody wrote that counts nowhere, by its message.
    ScrapOf { retro: u32, message: EventId, person: UserId } => Scrap, in "scrap", of person,
        sealed by |key| scraps(key.retro);
    /// What somebody was last told about.
    ToldOf { person: UserId } => Told, in "told", of person;
    /// Which paper somebody has in the vote: it says where they stand.
    PaperOf { retro: u32, person: UserId } => u32, in "paper", of person,
        sealed by |key| scope(key.retro, Phase::Vote);
    /// What a room's last [`PAST_KEPT`] retrospectives were about.
    PastOf { room: RoomId } => Past, in "room";
}

/// A retrospective that is going on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Retro {
    /// Its number in the community, from 1.
    pub number: u32,
    /// Where it is.
    pub room: RoomId,
    /// The command that started it.
    pub start: EventId,
    /// The thread in which it was started.
    pub thread: Option<EventId>,
    /// The card, once somebody has pointed at it.
    pub card: Option<EventId>,
    /// Who leads it; `None` once they asked to be forgotten.
    pub facilitator: Option<UserId>,
    /// The columns.
    pub columns: Vec<Column>,
    /// How long its phases take.
    pub pace: Pace,
    /// When it was started.
    pub started: Timestamp,
    /// Where it is in its course.
    pub phase: Phase,
    /// When the phase, or the time for the theme, is over.
    pub due: Option<Timestamp>,
    /// When somebody last moved it.
    pub moved: Timestamp,
    /// How often it was moved: makes the names of its messages different.
    pub turn: u32,
    /// How many people were written to, which names the messages.
    #[serde(rename = "letters")]
    pub invitations: u32,
    /// From which of them on they still ask something: those before have become a line.
    #[serde(default)]
    pub asking: u32,
    /// How many have sent something in this phase, as the card says.
    pub counted: usize,
    /// Whether notes wait to be shown, because too few people wrote them.
    #[serde(default)]
    pub waits: bool,
    /// Whether notes came after a reveal that the room has not seen, wherever it is in its course by now.
    #[serde(default)]
    pub late: bool,
    /// Whether somebody waits for a message, because rooms are made one after the other; the card says so.
    #[serde(default)]
    pub held: bool,
    /// Who took part, and whether the log knows.
    pub joined: BTreeMap<UserId, bool>,
    /// Who left the room in the meantime.
    pub left: BTreeSet<UserId>,
    /// The notes, once they are revealed, in drawn order; the number of each is its place from 1.
    pub notes: Vec<Shown>,
    /// Which notes belong together.
    pub groups: Vec<Group>,
    /// What the vote came to.
    pub result: Option<VoteResult>,
    /// The groups that are discussed, by place, in order.
    pub order: Vec<usize>,
    /// Which of them it is the turn of.
    pub theme: usize,
    /// The commands that moved it.
    pub heard: Obeyed,
}

forget!(
    Retro: facilitator, joined, left;
    number, room, start, thread, card, columns, pace, started, phase, due, moved, turn, invitations, asking,
    counted, waits, late, held, notes, groups, result, order, theme, heard
);

/// How long phases take that end by themselves.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pace {
    /// The vote, and the closing vote.
    pub vote: Span,
    /// One theme of the discussion.
    pub theme: Span,
}

/// A note that the room has seen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shown {
    /// Its column's place.
    pub column: usize,
    /// What it says.
    pub text: String,
}

/// Notes that belong together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Group {
    /// What the facilitator called it.
    pub name: Option<String>,
    /// The places of its notes, in order.
    pub notes: Vec<usize>,
}

/// What a vote came to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct VoteResult {
    /// How many voted.
    pub voters: usize,
    /// The dots of each group; none where too few voted to say.
    pub dots: Option<Vec<u32>>,
}

/// A note before the reveal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    /// The room in which its message is.
    pub room: RoomId,
    /// Its column's place.
    pub column: usize,
    /// What it says.
    pub text: String,
    /// Whether it may be shown though few people wrote.
    #[serde(default)]
    pub consent: Consent,
    /// The message in which its writer was asked that.
    #[serde(default)]
    pub asked_by: Option<MessageKey>,
}

forget!(Note; room, column, text, consent, asked_by);

/// What somebody wrote that counts nowhere.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Scrap {
    /// The room in which it is.
    pub room: RoomId,
    /// The practice's name for what was answered.
    pub answer: Option<MessageKey>,
}

forget!(Scrap; room, answer);

/// Whether a note may be shown though few people wrote.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Consent {
    /// Its writer was not asked.
    #[default]
    Unasked,
    /// They were, and have not answered.
    Asked,
    /// They agreed.
    Agreed,
}

/// What somebody was last told about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Told {
    /// The retrospective.
    pub retro: u32,
    /// Its [`Retro::turn`] then.
    pub turn: u32,
}

forget!(Told; retro, turn);

/// What a room's retrospectives were about, the latest last.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Past {
    /// The labels of each.
    pub themes: Vec<Vec<String>>,
    /// The command that ended the latest, so that it ends no other.
    pub ended: Option<EventId>,
    /// The latest that asked its last question, and when it was over: whoever answers then is told so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub asked: Option<(u32, Timestamp)>,
}

forget!(Past; themes, ended, asked);

impl Slip for NoteOf {
    fn traces(&self, note: &Note) -> Traces {
        let said = Place { room: note.room.clone(), event: self.message.clone() };
        // Their writer was asked about all of theirs in one message.
        Traces { said: vec![said], names: note.asked_by.iter().cloned().collect() }
    }

    fn is_by(&self, _: &Note, message: &EventId) -> bool {
        self.message == *message
    }
}

impl Slip for ScrapOf {
    fn traces(&self, scrap: &Scrap) -> Traces {
        let said = Place { room: scrap.room.clone(), event: self.message.clone() };
        Traces { said: vec![said], names: scrap.answer.iter().cloned().collect() }
    }
}

/// What people choose in a retrospective has no receipt. An answer that repeats it has a name, and goes with it.
macro_rules! paper {
    ($($key:ident of $chosen:ty, answered $answered:literal),*) => {
        $(
            impl Slip for $key {
                fn traces(&self, paper: &Paper<$chosen>) -> Traces {
                    paper.traces(|drawn| self.answer(drawn))
                }

                fn is_by(&self, paper: &Paper<$chosen>, message: &EventId) -> bool {
                    paper.is_by(message)
                }
            }

            impl PaperKey for $key {
                type Chosen = $chosen;
                const RECEIPTS: bool = false;

                fn answer(&self, drawn: &str) -> Option<MessageKey> {
                    $answered.then(|| format!("retro/{}/answer/{drawn}", self.retro).into())
                }
            }
        )*
    };
}

// Whether it was worth somebody's time is answered with a reaction.
paper!(DotsOf of Marks, answered true, WorthOf of u8, answered false);

impl Retro {
    /// Its name in the log and on the board.
    pub fn name(&self) -> String {
        format!("retro/{}", self.number)
    }

    /// The name of one of its messages.
    pub fn key(&self, what: &str) -> MessageKey {
        MessageKey::from(format!("retro/{}/{what}", self.number))
    }

    /// The name of its card.
    pub fn card_key(&self) -> MessageKey {
        self.key("card")
    }

    /// Where everything but the card is said: in the thread in which it was started, or else in the card's.
    pub fn beside(&self) -> To {
        match &self.thread {
            Some(_) => To::Reply { room: self.room.clone(), event: self.start.clone(), thread: self.thread.clone() },
            None => To::Thread(self.card_key()),
        }
    }

    /// The scopes in which something of it lies now.
    pub fn scopes(&self) -> impl Iterator<Item = String> {
        let late = self.late && self.phase != Phase::Collect;
        let phases = [self.phase.is_sealed().then_some(self.phase), late.then_some(Phase::Collect)];
        phases.into_iter().flatten().map(|phase| self.scope(phase))
    }

    /// What `what` people send is sealed in.
    pub fn scope(&self, what: Phase) -> String {
        scope(self.number, what)
    }

    /// Whether a command has moved it already, and is only told again; if not, it has now.
    pub fn hears(&mut self, command: &EventId) -> bool {
        self.heard.note(command)
    }

    /// Whether a command has moved it already.
    pub fn has_heard(&self, command: &EventId) -> bool {
        self.heard.has(command)
    }

    /// When something is to be done about it.
    pub fn next_tick(&self) -> Option<Timestamp> {
        self.due.or_else(|| self.moved.checked_add(QUIET).ok())
    }

    /// When a phase that is open now, and ends by itself, is over.
    pub fn until(&self) -> Option<Timestamp> {
        self.due.filter(|_| self.phase.is_sealed())
    }

    /// Puts the groups in the order of their letters: the largest first.
    pub fn sort_groups(&mut self) {
        self.groups.sort_by_key(|group| (std::cmp::Reverse(group.notes.len()), group.notes.first().copied()));
    }

    /// The place of the group that a note is in, by the note's number from 1.
    pub fn group_of(&self, note: usize) -> Option<usize> {
        let place = note.checked_sub(1)?;
        self.groups.iter().position(|group| group.notes.contains(&place))
    }

    /// The number of the note that somebody means while notes are sorted: by its own, or the first of a group by letter.
    pub fn note_meant(&self, written: &str) -> Option<usize> {
        let written = written.trim_start_matches('#');
        if let Ok(note) = written.parse() {
            return (1..=self.notes.len()).contains(&note).then_some(note);
        }
        self.groups.get(letters::place(written)?)?.notes.first().map(|place| place + 1)
    }

    /// Whether somebody takes part in it or leads it.
    pub fn knows(&self, who: &UserId) -> bool {
        self.joined.contains_key(who) || self.facilitator.as_ref() == Some(who)
    }

    /// Who takes part, and is still there.
    pub fn present(&self) -> impl Iterator<Item = &UserId> {
        self.joined.keys().filter(|who| !self.left.contains(*who))
    }
}

/// What people send in a phase of a retrospective is sealed in this.
fn scope(retro: u32, phase: Phase) -> String {
    match phase {
        Phase::Vote => format!("retro-{retro}-dots"),
        Phase::Worth => format!("retro-{retro}-worth"),
        _ => format!("retro-{retro}"),
    }
}

/// What counts nowhere in a retrospective is sealed in this until it is removed.
pub fn scraps(retro: u32) -> String {
    format!("retro-{retro}-said")
}

/// The number of the retrospective that sent a message under this name.
pub fn number_of(key: &MessageKey) -> Option<u32> {
    key.as_str().strip_prefix("retro/")?.split('/').next()?.parse().ok()
}

/// The retrospectives that are going on.
pub fn retros(records: &Rows) -> impl Iterator<Item = &Retro> {
    records.all::<RetroAt>().map(|(_, retro)| retro)
}

/// The retrospective of this number.
pub fn retro(records: &Rows, number: u32) -> Option<&Retro> {
    records.get(&RetroAt { number })
}

/// The retrospective of this number, to be changed.
pub fn retro_mut(records: &mut Rows, number: u32) -> Option<&mut Retro> {
    records.get_mut(&RetroAt { number })
}

/// The retrospective that is going on in a room.
pub fn here<'a>(records: &'a Rows, room: &RoomId) -> Option<&'a Retro> {
    retros(records).find(|retro| retro.room == *room)
}

/// The notes that are sealed.
pub fn sealed_notes(records: &Rows, retro: u32) -> impl Iterator<Item = (&NoteOf, &Note)> {
    records.under::<NoteOf>(&retro)
}

/// The sealed notes of one person.
pub fn notes_of<'a>(
    records: &'a Rows,
    retro: u32,
    who: &'a UserId,
) -> impl Iterator<Item = (&'a NoteOf, &'a Note)> + use<'a> {
    sealed_notes(records, retro).filter(move |(key, _)| key.person == *who)
}

/// How many have sent something in a phase that is sealed.
pub fn senders(records: &Rows, retro: &Retro, phase: Phase) -> usize {
    match phase {
        Phase::Vote => secret::senders::<DotsOf>(records, retro.number),
        Phase::Worth => secret::senders::<WorthOf>(records, retro.number),
        _ => secret::senders::<NoteOf>(records, retro.number),
    }
    .len()
}

/// Takes out which papers people have in a vote that is over.
pub fn drop_papers(records: &mut Rows, retro: u32) {
    records.retain::<PaperOf>(|key, _| key.retro != retro);
}

/// Takes out what a message gave that was removed, with what was said of it; `None` where there was nothing.
pub fn take_back(records: &mut Rows, message: &EventId) -> Option<Vec<Effect>> {
    let notes = secret::take_back::<NoteOf>(records, message).then(Vec::new);
    let dots = secret::take_back_choice::<DotsOf>(records, message);
    let worth = secret::take_back_choice::<WorthOf>(records, message);
    [notes, dots, worth].into_iter().flatten().reduce(|before, more| before.into_iter().chain(more).collect())
}

/// What somebody was last told about.
pub fn told(records: &Rows, who: &UserId) -> Option<Told> {
    records.get(&ToldOf { person: who.clone() }).copied()
}

/// What a room's retrospectives were about.
pub fn past<'a>(records: &'a Rows, room: &RoomId) -> Option<&'a Past> {
    records.get(&PastOf { room: room.clone() })
}

/// The last of the retrospectives that were over a moment ago and had asked whether they were worth it, of those in the
/// rooms that are given by `there`. Who was asked is not remembered.
pub fn just_over(records: &Rows, now: Timestamp, there: impl Fn(&RoomId) -> bool) -> Option<u32> {
    let pasts = records.all::<PastOf>().filter(|(key, _)| there(&key.room));
    let asked = pasts.filter_map(|(_, past)| past.asked).filter(|(_, at)| now.duration_since(*at) < ASKED_FOR);
    asked.max_by_key(|(number, at)| (*at, *number)).map(|(number, _)| number)
}
