//! The bot's files, made once and copied for each life.

use std::{fs, path::Path, sync::Arc};

use crate::{config::Config, core::Core};

/// Makes a folder with empty databases, to be copied for each run. The key is always the same: ids are made with it, and
/// a seed must repeat.
pub(super) fn template(config: &Arc<Config>) {
    fs::write(config.file("pseudonym.key"), "5".repeat(64)).unwrap();
    drop(Core::open_with(config.clone(), [0; 32]).unwrap());
}

/// Copies a folder.
pub(super) fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap().flatten() {
        let (path, to) = (entry.path(), to.join(entry.file_name()));
        // A file of shared memory belongs to whoever has the database open.
        match path.is_dir() {
            true => copy(&path, &to),
            false if path.extension().is_some_and(|extension| extension == "db-shm") => {}
            false => drop(fs::copy(path, to).unwrap()),
        }
    }
}
