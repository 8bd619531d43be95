//! How a person becomes a pseudonym, and an event id a key: HMAC-SHA256 under a key that lives outside the databases.
//!
//! Without the key file nobody can tell who a pseudonym is, not even by trying every user id; with it, the same
//! person gets the same pseudonym from the bot and from an importer.

use std::{
    fs, io,
    io::Write as _,
    path::{Path, PathBuf},
};

use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;

/// The length of pseudonyms and event keys in the log, in bytes (128 bits of an HMAC-SHA256).
pub const LEN: usize = 16;

/// A keyed pseudonym or event key.
pub type Pseudonym = [u8; LEN];

/// A community's secret key. It prints as `Key(..)`.
#[derive(Clone)]
pub struct Key {
    mac: Hmac<Sha256>,
}

impl std::fmt::Debug for Key {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Key(..)")
    }
}

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

impl Key {
    /// A key from its bytes.
    pub fn new(bytes: &[u8; 32]) -> Self {
        #[expect(clippy::expect_used, reason = "HMAC takes a key of any length")]
        let mac = Hmac::new_from_slice(bytes).expect("HMAC takes a key of any length");
        Self { mac }
    }

    /// Reads the key file, or makes one (mode 0600) where there is none.
    ///
    /// # Errors
    /// [`KeyError`] where the file cannot be read, written, or understood.
    pub fn open_or_create(path: &Path) -> Result<Self, KeyError> {
        let failed = |source| KeyError::Io { path: path.to_owned(), source };
        match fs::read_to_string(path) {
            Ok(text) => {
                let bytes = unhex(text.trim()).ok_or_else(|| KeyError::Malformed(path.to_owned()))?;
                Ok(Self::new(&bytes))
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                let mut bytes = [0; 32];
                getrandom::fill(&mut bytes).map_err(|error| failed(io::Error::other(error.to_string())))?;
                let mut options = fs::OpenOptions::new();
                options.write(true).create_new(true);
                #[cfg(unix)]
                std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
                let mut file = options.open(path).map_err(failed)?;
                writeln!(file, "{}", hex(&bytes)).and_then(|()| file.sync_all()).map_err(failed)?;
                Ok(Self::new(&bytes))
            }
            Err(error) => Err(failed(error)),
        }
    }

    /// The key of one community: the same person has unrelated pseudonyms in two communities of one installation.
    #[must_use]
    pub fn for_community(&self, name: &str) -> Self {
        let mut mac = self.mac.clone();
        mac.update(b"community\0");
        mac.update(name.as_bytes());
        Self::new(&mac.finalize().into_bytes().into())
    }

    /// The pseudonym of a person, from their user id in the source (`@ana:example.org`, a Slack id, …).
    pub fn person(&self, user_id: &str) -> Pseudonym {
        self.digest(b"person", user_id)
    }

    /// The key of an event in the dictionary, from its id in the source.
    pub fn event(&self, event_id: &str) -> Pseudonym {
        self.digest(b"event", event_id)
    }

    /// By what a log knows its key again. It says nothing about the key, and is nobody's pseudonym.
    pub fn fingerprint(&self) -> Pseudonym {
        self.digest(b"fingerprint", "")
    }

    fn digest(&self, domain: &[u8], id: &str) -> Pseudonym {
        let mut mac = self.mac.clone();
        mac.update(domain);
        mac.update(&[0]);
        mac.update(id.as_bytes());
        let mut short = [0; LEN];
        short.copy_from_slice(&mac.finalize().into_bytes()[..LEN]);
        short
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn unhex(text: &str) -> Option<[u8; 32]> {
    let mut bytes = [0; 32];
    if text.len() != 64 || !text.is_ascii() {
        return None;
    }
    for (index, byte) in bytes.iter_mut().enumerate() {
        *byte = u8::from_str_radix(&text[2 * index..2 * index + 2], 16).ok()?;
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_person_has_the_same_pseudonym_and_another_key_gives_another() {
        let key = Key::new(&[7; 32]);
        assert_eq!(key.person("@ana:example.org"), key.person("@ana:example.org"));
        assert_ne!(key.person("@ana:example.org"), key.person("@ben:example.org"));
        assert_ne!(key.person("same"), key.event("same"));
        assert_ne!(key.person("@ana:example.org"), Key::new(&[8; 32]).person("@ana:example.org"));
        let (testers, writers) = (key.for_community("Testers"), key.for_community("Writers"));
        assert_ne!(testers.person("@ana:example.org"), writers.person("@ana:example.org"));
        assert_eq!(testers.person("@ana:example.org"), key.for_community("Testers").person("@ana:example.org"));
    }

    #[test]
    fn a_key_file_is_made_once_private_and_read_back() {
        let dir = std::env::temp_dir().join(format!("hearth-key-{}", std::process::id()));
        fs::create_dir_all(&dir).unwrap();
        let path = dir.join("key");
        let made = Key::open_or_create(&path).unwrap();
        let read = Key::open_or_create(&path).unwrap();
        assert_eq!(made.person("@ana:example.org"), read.person("@ana:example.org"));
        #[cfg(unix)]
        assert_eq!(std::os::unix::fs::PermissionsExt::mode(&fs::metadata(&path).unwrap().permissions()) & 0o777, 0o600);
        fs::write(&path, "not a key").unwrap();
        assert!(matches!(Key::open_or_create(&path), Err(KeyError::Malformed(_))));
        fs::remove_dir_all(&dir).unwrap();
    }
}
