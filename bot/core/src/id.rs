//! Matrix identifiers as plain values. The shell has checked them; here they are only compared and passed on. Names that
//! practices choose are made in the same way.

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        #[serde(transparent)]
        pub struct $name(std::sync::Arc<str>);

        impl $name {
            /// It as text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl<T: AsRef<str>> From<T> for $name {
            fn from(text: T) -> Self {
                Self(std::sync::Arc::from(text.as_ref()))
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

id! {
    /// A person, `@ana:example.org`.
    UserId
}
id! {
    /// A room, `!opaque:example.org`.
    RoomId
}
id! {
    /// An event, `$opaque`.
    EventId
}

id! {
    /// A practice's own name for a message it sends, so that it can edit, end or remove it later.
    MessageKey
}
id! {
    /// A practice's own name for a request: by it, the practice knows what is answered.
    RequestKey
}

impl UserId {
    /// The part before the server: what to call somebody whose display name is not at hand.
    pub fn localpart(&self) -> &str {
        let name = self.0.strip_prefix('@').unwrap_or(&self.0);
        name.split_once(':').map_or(name, |(local, _)| local)
    }

    /// The people whom a text names with an `@`, sixteen at most: each costs a look at a room.
    pub fn all_named(text: &str, by: &Self) -> Vec<Self> {
        let mut all: Vec<Self> = text.split_whitespace().filter_map(|word| Self::named(word, by)).take(16).collect();
        all.sort();
        all.dedup();
        all
    }

    /// The person that somebody names with an `@`: by their whole id, or by the part before the server that both share.
    /// Nothing where that is no such name: `@Ana Lovelace` is one that only a client could look up.
    pub fn named(written: &str, by: &Self) -> Option<Self> {
        let name = written.trim().trim_end_matches([',', '.', '!', ';', ':', '–']).strip_prefix('@')?;
        // https://spec.matrix.org/latest/appendices/#user-identifiers
        let fits = |local: &str| {
            !local.is_empty() && local.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"._=-/+".contains(&byte))
        };
        match name.split_once(':') {
            Some((local, server)) => {
                let whole = !local.is_empty() && !server.is_empty() && !name.contains(char::is_whitespace);
                whole.then(|| Self::from(format!("@{name}")))
            }
            None => {
                let server = by.0.split_once(':')?.1;
                fits(name).then(|| Self::from(format!("@{}:{server}", name.to_ascii_lowercase())))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_person_is_named_by_id_or_by_the_part_before_the_shared_server() {
        let by = UserId::from("@ana:t");
        let named = |written: &str| UserId::named(written, &by).map(|who| who.to_string());
        assert_eq!(named("@ben:example.org,").as_deref(), Some("@ben:example.org"));
        assert_eq!(named("@Ben.").as_deref(), Some("@ben:t"));
        assert_eq!(named("@ben:example.org:").as_deref(), Some("@ben:example.org"));
        for nobody in ["ben", "@", "@:t", "@Ben Miller", "@Bärbel"] {
            assert_eq!(named(nobody), None, "{nobody}");
        }
    }
}
