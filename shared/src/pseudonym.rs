//! How a person becomes a pseudonym, and an event id a key: HMAC-SHA256 under a key that lives outside the databases.
//!
//! Without the key file nobody can tell who a pseudonym is, not even by trying every user id; with it, the same
//! person gets the same pseudonym from the bot and from an importer.

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

impl Key {
    /// A key from its bytes.
    pub fn new(bytes: &[u8; 32]) -> Self {
        #[expect(clippy::expect_used, reason = "HMAC takes a key of any length")]
        let mac = Hmac::new_from_slice(bytes).expect("HMAC takes a key of any length");
        Self { mac }
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

    /// The same key, in hexadecimal digits.
    pub fn event_hex(&self, event_id: &str) -> String {
        hex::encode(self.event(event_id))
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
}
