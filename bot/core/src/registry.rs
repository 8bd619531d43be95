//! Practices without their types: what the engine works with, which knows none of them.

use std::{
    any::Any,
    ops::{Deref, Index},
    sync::{Arc, OnceLock},
};

use clap::{ArgMatches, FromArgMatches as _, Subcommand as _};
use jiff::Timestamp;
use serde_json::{Map, Value};

use crate::{
    catalogue::{Catalogue, Described},
    effect::Effect,
    id::{RoomId, UserId},
    index::PracticeIndex,
    input::{Input, Invocation, Said},
    practice::{Ctx, Expects, Practice, World},
    records::{Change, RecordSet as _, Records, Row},
};

/// The practices of a bot, in the order in which help lists them.
pub struct Practices {
    all: &'static [Registered],
    catalogue: OnceLock<Catalogue>,
}

impl Practices {
    /// These practices.
    pub const fn new(all: &'static [Registered]) -> Self {
        Self { all, catalogue: OnceLock::new() }
    }

    /// What is known of them all.
    pub fn catalogue(&self) -> &Catalogue {
        self.catalogue.get_or_init(|| Catalogue::new(self.all.iter().map(|one| one.about).collect()))
    }

    /// The practice of that name.
    pub fn named(&self, name: &str) -> Option<PracticeIndex> {
        PracticeIndex::find(self.all, |practice| practice.name == name)
    }

    /// All of them.
    pub fn indices(&self) -> impl DoubleEndedIterator<Item = PracticeIndex> + Clone + use<> {
        PracticeIndex::all(self.all.len())
    }
}

impl Index<PracticeIndex> for Practices {
    type Output = Registered;

    fn index(&self, practice: PracticeIndex) -> &Registered {
        &self.all[practice.get()]
    }
}

impl Deref for Practices {
    type Target = [Registered];

    fn deref(&self) -> &[Registered] {
        self.all
    }
}

impl std::fmt::Debug for Practices {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_list().entries(self.all).finish()
    }
}

/// A practice without its types.
#[derive(Clone, Copy, Debug)]
pub struct Registered {
    about: Described,
    start: Start,
}

type Rows = Vec<(String, String)>;
type Start = fn(Rows) -> (Box<dyn Running>, Unread);

/// The keys of records that cannot be read, and why.
pub type Unread = Vec<(String, serde_json::Error)>;

impl Registered {
    /// The practice at work in one community, with the records that the store kept and that can be read.
    pub fn start(&self, rows: Rows) -> (Box<dyn Running>, Unread) {
        (self.start)(rows)
    }
}

impl Deref for Registered {
    type Target = Described;

    fn deref(&self) -> &Described {
        &self.about
    }
}

/// A practice at work in one community.
pub trait Running: Send {
    /// See [`Practice::react`].
    fn react(&mut self, world: &World, input: &Input<ArgMatches>) -> Vec<Effect>;

    /// See [`Practice::next_tick`].
    fn next_tick(&self, world: &World) -> Option<Timestamp>;

    /// See [`Practice::scopes`].
    fn scopes(&self) -> Vec<String>;

    /// See [`Practice::expects`].
    fn expects(&self, world: &World, said: &Said) -> Expects;

    /// See [`Practice::opted_out`].
    fn opted_out(&self) -> Vec<UserId>;

    /// See [`Practice::board`].
    fn board(&self) -> Arc<dyn Any + Send + Sync>;

    /// A room was replaced by another: what the records say of the old one, they say of the new one.
    ///
    /// # Errors
    /// The key of a record that cannot be read with the new id, and why. It stays as it was.
    fn move_room(&mut self, from: &RoomId, to: &RoomId) -> Result<(), (String, serde_json::Error)>;

    /// See [`RecordSet::forget`]. The practice is told afterwards.
    fn forget(&mut self, who: &UserId);

    /// See [`Practice::needs`].
    fn needs(&self, name: &str) -> bool;

    /// Whether there are [`Self::changes`].
    fn is_changed(&self) -> bool;

    /// The records that changed since the last time, for the store.
    fn changes(&mut self) -> Vec<Change>;

    /// The records as JSON in key order, for `my-data` and for tests.
    fn dump(&self) -> Vec<Row>;
}

struct Runner<P: Practice> {
    records: Records<P>,
}

impl<P: Practice> Running for Runner<P> {
    fn react(&mut self, world: &World, input: &Input<ArgMatches>) -> Vec<Effect> {
        let input = match input {
            Input::Command(invocation) => match P::Command::from_arg_matches(&invocation.command) {
                Ok(command) => Input::Command(Invocation {
                    by: invocation.by,
                    lead: invocation.lead,
                    source: invocation.source,
                    command,
                }),
                Err(_) => return Vec::new(),
            },
            Input::Event(event) => Input::Event(event),
            Input::Tick => Input::Tick,
        };
        P::react(&mut self.records, &Ctx { settings: &settings_of::<P>(world), world }, &input)
    }

    fn next_tick(&self, world: &World) -> Option<Timestamp> {
        P::next_tick(&self.records, &Ctx { settings: &settings_of::<P>(world), world })
    }

    fn scopes(&self) -> Vec<String> {
        P::scopes(&self.records)
    }

    fn expects(&self, world: &World, said: &Said) -> Expects {
        P::expects(&self.records, &Ctx { settings: &settings_of::<P>(world), world }, said)
    }

    fn opted_out(&self) -> Vec<UserId> {
        P::opted_out(&self.records)
    }

    fn board(&self) -> Arc<dyn Any + Send + Sync> {
        Arc::new(P::board(&self.records))
    }

    fn move_room(&mut self, from: &RoomId, to: &RoomId) -> Result<(), (String, serde_json::Error)> {
        self.records.move_room(from, to)
    }

    fn forget(&mut self, who: &UserId) {
        self.records.forget(who);
    }

    fn needs(&self, name: &str) -> bool {
        P::needs(&self.records, name)
    }

    fn is_changed(&self) -> bool {
        self.records.is_changed()
    }

    fn changes(&mut self) -> Vec<Change> {
        self.records.changes()
    }

    fn dump(&self) -> Vec<Row> {
        self.records.dump()
    }
}

/// The settings of a practice in a community: the defaults, and over them what leads have set. What no longer fits
/// (after an upgrade, say) falls back to the default.
fn settings_of<P: Practice>(world: &World) -> P::Settings {
    match world.overrides.get(P::NAME) {
        Some(overrides) if !overrides.is_empty() => merged::<P>(overrides).unwrap_or_default(),
        _ => P::Settings::default(),
    }
}

fn merged<P: Practice>(overrides: &Map<String, Value>) -> Result<P::Settings, serde_json::Error> {
    let mut settings = defaults::<P>();
    settings.extend(overrides.iter().map(|(key, value)| (key.clone(), value.clone())));
    serde_json::from_value(Value::Object(settings))
}

fn defaults<P: Practice>() -> Map<String, Value> {
    match serde_json::to_value(P::Settings::default()) {
        Ok(Value::Object(settings)) => settings,
        _ => Map::new(),
    }
}

/// A practice, for the list of all.
pub const fn registered<P: Practice>() -> Registered {
    let about = Described {
        name: P::NAME,
        personal: P::PERSONAL,
        for_guests: P::FOR_GUESTS,
        lasting: P::LASTING,
        recalling: P::RECALLING,
        add_verbs: P::Command::augment_subcommands,
        has_verb: P::Command::has_subcommand,
        adopts: |command| P::adopts(&P::Command::from_arg_matches(command).ok()?),
        tables: || P::tables().iter().map(|table| table.name()).collect(),
        defaults: defaults::<P>,
        check: |overrides| merged::<P>(overrides).map(drop).map_err(|error| error.to_string()),
    };
    let start: Start = |rows| {
        let (records, unread) = Records::<P>::load_readable(rows);
        (Box::new(Runner::<P> { records }), unread)
    };
    Registered { about, start }
}
