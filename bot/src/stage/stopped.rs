//! A bot of a test's that does not run, between two starts.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
    sync::Arc,
};

use hearth_practices::{EventId, RoomId, UserId};
use jiff::Timestamp;

use super::{Stage, membership};
use crate::{config::Config, core::Core};

/// A bot that does not run: its files, and the world around it.
pub(crate) struct Stopped {
    now: Timestamp,
    people: BTreeMap<RoomId, BTreeSet<UserId>>,
    moderators: BTreeSet<UserId>,
    named_leads: BTreeSet<UserId>,
    sent: BTreeMap<String, EventId>,
    config: Arc<Config>,
    events: u64,
    folder: tempfile::TempDir,
}

impl Stage {
    /// Stops the bot and starts it again on the same files.
    pub(crate) fn restart(self) -> Self {
        self.stop().start(|_| {})
    }

    /// Stops the bot.
    pub(crate) fn stop(self) -> Stopped {
        let Self { core, now, people, moderators, named_leads, sent, config, events, folder, .. } = self;
        drop(core);
        Stopped { now, people, moderators, named_leads, sent, config, events, folder }
    }
}

impl Stopped {
    /// Starts it, after the operator has changed its configuration.
    pub(crate) fn start(self, change: impl FnOnce(&mut Config)) -> Stage {
        let config = self.changed(change);
        let Self { now, people, moderators, named_leads, sent, events, folder, .. } = self;
        let mut core = Core::open(config.clone()).unwrap();
        core.begin(now).unwrap();
        let rooms = core.store.rooms().unwrap();
        for (room, direct) in rooms {
            let count = people.get(&room).map_or(0, BTreeSet::len);
            core.engine.set_room(&room, membership(&room, direct, count));
        }
        Stage {
            core,
            now,
            people,
            moderators,
            named_leads,
            profiles: BTreeMap::new(),
            absent: false,
            sent,
            config,
            events,
            folder,
        }
    }

    /// The same bot with files of its own.
    pub(crate) fn copied(&self) -> Self {
        let folder = tempfile::tempdir().unwrap();
        copy(self.folder.path(), folder.path());
        Self {
            now: self.now,
            people: self.people.clone(),
            moderators: self.moderators.clone(),
            named_leads: self.named_leads.clone(),
            sent: self.sent.clone(),
            config: Arc::new(Config { data: folder.path().to_owned(), ..(*self.config).clone() }),
            events: self.events,
            folder,
        }
    }

    /// What it says where it does not start.
    pub(crate) fn refusal(&self, change: impl FnOnce(&mut Config)) -> String {
        Core::open(self.changed(change)).unwrap_err().to_string()
    }

    /// A file of its data folder.
    pub(crate) fn file(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn changed(&self, change: impl FnOnce(&mut Config)) -> Arc<Config> {
        let mut config = (*self.config).clone();
        change(&mut config);
        config.check(Path::new("hearth.toml")).unwrap();
        Arc::new(config)
    }
}

fn copy(from: &Path, to: &Path) {
    for entry in fs::read_dir(from).unwrap().map(Result::unwrap) {
        let to = to.join(entry.file_name());
        if entry.path().is_dir() {
            fs::create_dir_all(&to).unwrap();
            copy(&entry.path(), &to);
        } else {
            fs::copy(entry.path(), to).unwrap();
        }
    }
}
