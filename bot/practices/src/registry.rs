//! Every practice, in the order in which help lists them. A new practice adds one line to [`ALL`].

use std::{
    any::Any,
    sync::{Arc, OnceLock},
};

use clap::{ArgMatches, FromArgMatches as _, Subcommand as _};
use jiff::Timestamp;
use serde_json::{Map, Value};

use crate::{
    actions, ballot, community,
    effect::Effect,
    help, icebreakers,
    id::{RoomId, UserId},
    input::{Asked, Input},
    meetings, poll,
    practice::{Ctx, Practice, World},
    privacy,
    records::{Change, RecordSet as _, Records, Row},
    report, retro, topics, welcome,
};

/// Every practice.
pub const ALL: &[Registered] = &[
    registered::<welcome::Welcome>(),
    registered::<icebreakers::Icebreakers>(),
    registered::<poll::Poll>(),
    registered::<retro::Retros>(),
    registered::<meetings::Meetings>(),
    registered::<ballot::Ballot>(),
    registered::<topics::Topics>(),
    registered::<actions::Actions>(),
    registered::<report::Report>(),
    registered::<privacy::Privacy>(),
    registered::<help::Help>(),
    registered::<community::CommunityPractice>(),
];

/// A practice without its types.
#[derive(Clone, Copy)]
pub struct Registered {
    /// [`Practice::NAME`].
    pub name: &'static str,
    add_verbs: fn(clap::Command) -> clap::Command,
    has_verb: fn(&str) -> bool,
    start: Start,
    tables: fn() -> Vec<&'static str>,
    defaults: fn() -> Map<String, Value>,
    check: fn(&Map<String, Value>) -> Result<(), String>,
}

type Rows = Vec<(String, String)>;
type Start = fn(Rows) -> (Box<dyn Running>, Unread);

/// The keys of records that cannot be read, and why.
pub type Unread = Vec<(String, serde_json::Error)>;

impl std::fmt::Debug for Registered {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name)
    }
}

impl Registered {
    /// The practice at work in one community, with the records that the store kept and that can be read.
    pub fn start(&self, rows: Rows) -> (Box<dyn Running>, Unread) {
        (self.start)(rows)
    }

    /// The settings and their defaults, in order.
    pub fn defaults(&self) -> Map<String, Value> {
        (self.defaults)()
    }

    /// Whether settings with these overrides make sense.
    ///
    /// # Errors
    /// What does not, in English, as the setting's type says it.
    pub fn check(&self, overrides: &Map<String, Value>) -> Result<(), String> {
        (self.check)(overrides)
    }

    /// The names of its tables.
    pub fn tables(&self) -> Vec<&'static str> {
        (self.tables)()
    }

    /// The verbs of its commands.
    pub fn verbs(&self) -> Vec<String> {
        (self.add_verbs)(clap::Command::new("")).get_subcommands().map(|verb| verb.get_name().to_owned()).collect()
    }
}

/// A practice at work in one community.
pub trait Running: Send {
    /// See [`Practice::react`].
    fn react(&mut self, world: &World, input: &Input<ArgMatches>) -> Vec<Effect>;

    /// See [`Practice::wake`].
    fn wake(&self, world: &World) -> Option<Timestamp>;

    /// See [`Practice::vessels`].
    fn vessels(&self) -> Vec<String>;

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
            Input::Command(asked) => match P::Command::from_arg_matches(&asked.command) {
                Ok(command) => Input::Command(Asked { by: asked.by, lead: asked.lead, spot: asked.spot, command }),
                Err(_) => return Vec::new(),
            },
            Input::Event(event) => Input::Event(event),
            Input::Tick => Input::Tick,
        };
        P::react(&mut self.records, &Ctx { settings: &settings_of::<P>(world), world }, &input)
    }

    fn wake(&self, world: &World) -> Option<Timestamp> {
        P::wake(&self.records, &Ctx { settings: &settings_of::<P>(world), world })
    }

    fn vessels(&self) -> Vec<String> {
        P::vessels(&self.records)
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

const fn registered<P: Practice>() -> Registered {
    Registered {
        name: P::NAME,
        add_verbs: P::Command::augment_subcommands,
        has_verb: P::Command::has_subcommand,
        start: |rows| {
            let (records, unread) = Records::<P>::load_readable(rows);
            (Box::new(Runner::<P> { records }), unread)
        },
        tables: || P::tables().iter().map(|table| table.name()).collect(),
        defaults: defaults::<P>,
        check: |overrides| merged::<P>(overrides).map(drop).map_err(|error| error.to_string()),
    }
}

/// All verbs of all practices, as one clap command without a name of its own.
pub(crate) fn verbs() -> clap::Command {
    static VERBS: OnceLock<clap::Command> = OnceLock::new();
    VERBS
        .get_or_init(|| {
            let empty = clap::Command::new("hearth")
                .no_binary_name(true)
                .disable_help_flag(true)
                .disable_help_subcommand(true)
                .subcommand_required(true);
            ALL.iter().fold(empty, |command, practice| (practice.add_verbs)(command))
        })
        .clone()
}

/// Which practice a verb belongs to, as a place in [`ALL`].
pub(crate) fn owner(verb: &str) -> Option<usize> {
    ALL.iter().position(|practice| (practice.has_verb)(verb))
}

/// The place of a practice in [`ALL`].
pub fn place(name: &str) -> Option<usize> {
    ALL.iter().position(|practice| practice.name == name)
}
