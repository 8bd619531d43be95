//! The keys of what is sealed, in a folder beside the database.

use std::{
    collections::BTreeMap,
    fs,
    io::{self, Write as _},
    path::{Path, PathBuf},
};

use chacha20poly1305::{
    KeyInit as _, XChaCha20Poly1305, XNonce,
    aead::{Aead as _, Payload},
};
use hearth_practices::records::{Change, scope_of};
use hmac::{Hmac, Mac as _};
use sha2::{Digest as _, Sha256};
use tracing::error;
use zeroize::Zeroizing;

use super::error::StoreError;

/// What a key file holds: a key to seal with, and one to name rows with.
const KEY: usize = 64;

/// The length of a nonce of XChaCha20, long enough to be drawn at random for each box.
const NONCE: usize = 24;

/// What is sealed is padded with spaces to the next power of two, and to so many bytes at least: a box's length says
/// little about what is in it.
pub(super) const RECORD: usize = 256;
/// The same for an item, whose text grows with what was chosen.
pub(super) const ITEM: usize = 4096;

/// The keys of all scopes, in memory as long as their files are there.
pub(super) struct Vault {
    folder: PathBuf,
    pub(super) keys: BTreeMap<String, Zeroizing<[u8; KEY]>>,
}

impl std::fmt::Debug for Vault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Vault({} keys)", self.keys.len())
    }
}

/// The name of a scope's key file, and of the scope in the database.
pub(super) fn scope_id(community: &str, practice: &str, scope: &str) -> String {
    let mut hash = Sha256::new();
    for part in [community, practice, scope] {
        hash.update(part.as_bytes());
        hash.update([0]);
    }
    hex::encode(&hash.finalize()[..16])
}

impl Vault {
    /// Reads every key. A file that is no key is what a crash left of the making or the destruction of one.
    pub(super) fn open(folder: &Path) -> Result<Self, StoreError> {
        let failed = |source| StoreError::Vault { path: folder.display().to_string(), source };
        let mut vault = Self { folder: folder.to_owned(), keys: BTreeMap::new() };
        let entries = match fs::read_dir(folder) {
            Ok(entries) => entries,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(vault),
            Err(error) => return Err(failed(error)),
        };
        for entry in entries {
            let path = entry.map_err(failed)?.path();
            if path.extension().is_none_or(|extension| extension != "key") {
                continue;
            }
            let Some(id) = path.file_stem().and_then(|stem| stem.to_str()).map(str::to_owned) else { continue };
            let bytes = Zeroizing::new(fs::read(&path).map_err(failed)?);
            match <[u8; KEY]>::try_from(bytes.as_slice()) {
                Ok(key) => drop(vault.keys.insert(id, Zeroizing::new(key))),
                Err(_) => vault.destroy(&id),
            }
        }
        Ok(vault)
    }

    /// Where the keys are.
    pub(super) fn folder(&self) -> &Path {
        &self.folder
    }

    fn path(&self, id: &str) -> PathBuf {
        self.folder.join(format!("{id}.key"))
    }

    /// Makes a scope's key, where it has none. When this returns, the key is on the disk.
    fn ensure(&mut self, id: &str) -> Result<(), StoreError> {
        if self.keys.contains_key(id) {
            return Ok(());
        }
        let mut key = Zeroizing::new([0; KEY]);
        getrandom::fill(&mut key[..]).map_err(|_| StoreError::Unsealable)?;
        self.write_key(id, key)
    }

    fn write_key(&mut self, id: &str, key: Zeroizing<[u8; KEY]>) -> Result<(), StoreError> {
        let path = self.path(id);
        let make = || -> io::Result<()> {
            make_private_folder(&self.folder)?;
            let mut options = fs::OpenOptions::new();
            options.write(true).create_new(true);
            #[cfg(unix)]
            std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
            let mut file = options.open(&path)?;
            file.write_all(&key[..])?;
            file.sync_all()?;
            sync_folder(&self.folder)
        };
        make().map_err(|source| StoreError::Vault { path: path.display().to_string(), source })?;
        self.keys.insert(id.to_owned(), key);
        Ok(())
    }

    /// Gives a scope the key of another one. When this returns, it is on the disk.
    pub(super) fn copy(&mut self, from: &str, to: &str) -> Result<(), StoreError> {
        let Some(key) = self.keys.get(from).cloned() else { return Ok(()) };
        // What an interrupted copy left is no key of anything.
        self.destroy(to);
        self.write_key(to, key)
    }

    /// Forgets a scope's key and destroys its file. A failure is mended at the next start.
    pub(super) fn destroy(&mut self, id: &str) {
        self.keys.remove(id);
        let path = self.path(id);
        let destroy = || -> io::Result<()> {
            let mut noise = [0; KEY];
            getrandom::fill(&mut noise).map_err(|error| io::Error::other(error.to_string()))?;
            let mut file = fs::OpenOptions::new().write(true).open(&path)?;
            file.write_all(&noise)?;
            file.sync_all()?;
            fs::remove_file(&path)?;
            sync_folder(&self.folder)
        };
        match destroy() {
            Ok(()) => {}
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => error!("the key {} could not be destroyed: {error}", path.display()),
        }
    }

    /// Whether a scope has a key.
    pub(super) fn has(&self, id: &str) -> bool {
        self.keys.contains_key(id)
    }

    /// Seals a text, padded to `least` bytes or more. `place` is where it lies: it opens nowhere else.
    pub(super) fn seal(&self, id: &str, place: &[u8], text: &str, least: usize) -> Result<Vec<u8>, StoreError> {
        let lost = || StoreError::Unsealable;
        let key = self.keys.get(id).ok_or_else(lost)?;
        let mut padded = Zeroizing::new(text.as_bytes().to_vec());
        padded.resize(text.len().next_power_of_two().max(least), b' ');
        let mut boxed = vec![0; NONCE];
        getrandom::fill(&mut boxed).map_err(|_| lost())?;
        let cipher = XChaCha20Poly1305::new_from_slice(&key[..32]).map_err(|_| lost())?;
        let payload = Payload { msg: &padded, aad: place };
        boxed.extend(cipher.encrypt(XNonce::from_slice(&boxed), payload).map_err(|_| lost())?);
        Ok(boxed)
    }

    /// Opens what was sealed, or `None` where the key is gone or this is not what was sealed at this place.
    pub(super) fn unseal(&self, id: &str, place: &[u8], boxed: &[u8]) -> Option<String> {
        let key = self.keys.get(id)?;
        let (nonce, sealed) = boxed.split_at_checked(NONCE)?;
        let cipher = XChaCha20Poly1305::new_from_slice(&key[..32]).ok()?;
        let text = cipher.decrypt(XNonce::from_slice(nonce), Payload { msg: sealed, aad: place }).ok()?;
        String::from_utf8(text).ok()
    }

    /// What the row of a record is called: its key, hashed with a key.
    pub(super) fn row_name(&self, id: &str, key: &str) -> Option<Vec<u8>> {
        let mut mac = <Hmac<Sha256> as hmac::KeyInit>::new_from_slice(&self.keys.get(id)?[32..]).ok()?;
        mac.update(key.as_bytes());
        Some(mac.finalize().into_bytes()[..16].to_vec())
    }

    /// Makes the keys of all scopes into which records are to be put.
    pub(super) fn prepare(&mut self, records: &[(String, &'static str, Vec<Change>)]) -> Result<(), StoreError> {
        for (community, practice, changes) in records {
            for (key, json) in changes {
                if let (Some(scope), Some(_)) = (scope_of(key), json) {
                    self.ensure(&scope_id(community, practice, scope))?;
                }
            }
        }
        Ok(())
    }
}

pub(super) fn make_private_folder(folder: &Path) -> io::Result<()> {
    if folder.is_dir() {
        return Ok(());
    }
    fs::create_dir_all(folder)?;
    #[cfg(unix)]
    fs::set_permissions(folder, std::os::unix::fs::PermissionsExt::from_mode(0o700))?;
    if let Some(parent) = folder.parent() {
        sync_folder(parent)?;
    }
    Ok(())
}

/// Makes sure that the names in a folder are on the disk.
pub(super) fn sync_folder(folder: &Path) -> io::Result<()> {
    #[cfg(unix)]
    fs::File::open(folder)?.sync_all()?;
    #[cfg(not(unix))]
    let _ = folder;
    Ok(())
}
