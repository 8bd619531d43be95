//! One Hearth at a time in a data folder: whoever writes there holds its lock.

use std::{
    fs::{File, TryLockError},
    io,
    path::{Path, PathBuf},
};

use crate::private_file;

/// The lock's file in a data folder.
pub const NAME: &str = "lock";

/// Why a data folder could not be locked.
#[derive(Debug, thiserror::Error)]
pub enum LockError {
    /// Another program holds it.
    #[error("another Hearth is running on {0}")]
    Held(PathBuf),
    /// The lock's file cannot be made or locked.
    #[error("{path} cannot be locked: {source}")]
    Io {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
}

/// Locks a data folder for as long as the file that it gives is open.
///
/// # Errors
/// [`LockError`] where another program holds it, or the folder cannot be written to.
pub fn take(folder: &Path) -> Result<File, LockError> {
    let path = folder.join(NAME);
    // Whose data it locks may be told by where it lies.
    let file = match File::create(&path).and_then(|file| private_file::close(&file).map(|()| file)) {
        Ok(file) => file,
        Err(source) => return Err(LockError::Io { path, source }),
    };
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(LockError::Held(folder.to_owned())),
        Err(TryLockError::Error(source)) => Err(LockError::Io { path, source }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_has_one_holder() {
        let dir = tempfile::tempdir().unwrap();
        let held = take(dir.path()).unwrap();
        assert!(matches!(take(dir.path()), Err(LockError::Held(_))));
        #[cfg(unix)]
        assert_eq!(std::os::unix::fs::PermissionsExt::mode(&held.metadata().unwrap().permissions()) & 0o777, 0o600);
        drop(held);
        take(dir.path()).unwrap();
        assert!(matches!(take(&dir.path().join("none")), Err(LockError::Io { .. })));
    }
}
