//! The key file: the secret under which people are pseudonyms in the log, made once and kept outside the databases.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use hearth_shared::{private_file, pseudonym::Key};

/// Why a key file could not be used.
#[derive(Debug, thiserror::Error)]
pub enum KeyError {
    /// The file could not be read or written.
    #[error("the key file {path} cannot be used: {source}; it must be readable and belong to whoever runs Hearth")]
    Io {
        /// The key file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// The file holds something other than 64 hexadecimal digits.
    #[error(
        "the key file {0} does not hold 64 hexadecimal digits; restore it from a backup (a new key would make strangers of everybody in the log)"
    )]
    Malformed(PathBuf),
}

/// Reads the key file, or makes one (mode 0600) where there is none.
///
/// # Errors
/// [`KeyError`] where the file cannot be read, written, or understood.
pub fn open_or_create(path: &Path) -> Result<Key, KeyError> {
    let failed = |source| KeyError::Io { path: path.to_owned(), source };
    match fs::read_to_string(path) {
        Ok(text) => {
            let mut bytes = [0; 32];
            hex::decode_to_slice(text.trim(), &mut bytes).map_err(|_| KeyError::Malformed(path.to_owned()))?;
            Ok(Key::new(&bytes))
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            let mut bytes = [0; 32];
            getrandom::fill(&mut bytes).map_err(|error| failed(io::Error::other(error.to_string())))?;
            private_file::write(path, format!("{}\n", hex::encode(bytes)).as_bytes()).map_err(failed)?;
            Ok(Key::new(&bytes))
        }
        Err(error) => Err(failed(error)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_file_is_made_once_private_and_read_back() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("key");
        let made = open_or_create(&path).unwrap();
        let read = open_or_create(&path).unwrap();
        assert_eq!(made.person("@ana:example.org"), read.person("@ana:example.org"));
        #[cfg(unix)]
        assert_eq!(std::os::unix::fs::PermissionsExt::mode(&fs::metadata(&path).unwrap().permissions()) & 0o777, 0o600);
        for text in ["not a key", &"0".repeat(63), &"+f".repeat(32)] {
            fs::write(&path, text).unwrap();
            assert!(matches!(open_or_create(&path), Err(KeyError::Malformed(_))), "{text}");
        }
    }
}
