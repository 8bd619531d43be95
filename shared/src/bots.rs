//! Who is no person: patterns of ids, as leads and operators write them for bots, bridges' puppets and relays.

use std::{fmt, str::FromStr};

/// A pattern of ids: `*` stands for any text, also for none; everything else for itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pattern(String);

/// A pattern fits everybody.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` would fit everybody; say more of the ids that are meant, like @_irc_*:example.org")]
pub struct FitsEverybody(String);

impl FromStr for Pattern {
    type Err = FitsEverybody;

    fn from_str(text: &str) -> Result<Self, FitsEverybody> {
        let text = text.trim();
        match text.contains(|char| !matches!(char, '*' | '@' | ':')) {
            true => Ok(Self(text.to_owned())),
            false => Err(FitsEverybody(text.to_owned())),
        }
    }
}

crate::as_text!(Pattern);

impl fmt::Display for Pattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Pattern {
    /// Whether an id fits.
    pub fn fits(&self, id: &str) -> bool {
        let mut parts = self.0.split('*');
        let Some(rest) = parts.next().and_then(|first| id.strip_prefix(first)) else { return false };
        let Some(last) = parts.next_back() else { return rest.is_empty() };
        let mut rest = rest;
        // The first place where a part is found leaves the most room for what follows.
        for part in parts {
            match rest.find(part) {
                Some(at) => rest = &rest[at + part.len()..],
                None => return false,
            }
        }
        rest.ends_with(last)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_fits_a_pattern_or_not() {
        let fits = |pattern: &str, id: &str| pattern.parse::<Pattern>().unwrap().fits(id);
        for (pattern, id) in [
            ("@_oftc_*:t", "@_oftc_nick:t"),
            ("@_oftc_*:t", "@_oftc_:t"),
            ("@_oftc_*:t", "@_oftc_a:t:t"),
            ("@bridge*", "@bridge:t"),
            ("@bridge*", "@bridgebot:elsewhere:8448"),
            ("@*_irc:*", "@ana_irc:t"),
            ("@a*b*c:t", "@abxbc:t"),
            ("@a*a:t", "@aa:t"),
            ("U0BOT", "U0BOT"),
        ] {
            assert!(fits(pattern, id), "{pattern} {id}");
        }
        for (pattern, id) in [
            ("@_oftc_*:t", "@ana:t"),
            ("@_oftc_*:t", "@_oftc_nick:t.example"),
            ("@_oftc_*:t", "@_oftcXnick:t"),
            ("@bridge", "@bridgebot:t"),
            ("@bridge*", "@a_bridge:t"),
            ("@a*a:t", "@a:t"),
            ("@a*b*c:t", "@acb:t"),
            ("U0BOT", "U0BOT2"),
        ] {
            assert!(!fits(pattern, id), "{pattern} {id}");
        }
    }

    #[test]
    fn a_pattern_that_fits_everybody_is_none() {
        for text in ["", "*", "@*", "@*:*", "**"] {
            assert!(text.parse::<Pattern>().is_err(), "{text}");
        }
    }
}
