//! What the folders of an export may be called, and what they hold.

use std::collections::BTreeMap;

use unicode_normalization::UnicodeNormalization as _;

/// Conversations by what their folders may be called.
#[derive(Default)]
pub struct Names {
    exact: BTreeMap<String, (String, String)>,
    /// As systems write names that cannot keep them: full width for half width, without capitals.
    loose: BTreeMap<String, (String, String)>,
}

impl Names {
    /// The id and the name of each.
    pub fn all(&self) -> impl Iterator<Item = &(String, String)> {
        self.loose.values()
    }

    /// Adds one.
    pub fn insert(&mut self, name: &str, id: String) {
        let name: String = name.nfc().collect();
        self.exact.insert(id.clone(), (id.clone(), name.clone()));
        self.loose.insert(loose(&name), (id.clone(), name.clone()));
        self.exact.insert(name.clone(), (id, name));
    }
}

fn loose(name: &str) -> String {
    name.nfkc().collect::<String>().to_lowercase()
}

/// What a folder holds.
#[derive(Debug, PartialEq, Eq)]
pub enum Folder {
    /// A channel that is read: its id and its name.
    Channel(String, String),
    /// A conversation that is left out.
    Private,
    /// Comments on a canvas or another file.
    Comments,
    /// What members uploaded.
    Uploads,
    /// It is in no list.
    Unlisted,
}

impl Folder {
    /// What a folder holds, given the channels that are read and the conversations that are not.
    pub fn of(folder: &str, channels: &Names, private: &Names) -> Self {
        let (exact, loose) = (folder.nfc().collect::<String>(), loose(folder));
        let channel = |found: &(String, String)| Self::Channel(found.0.clone(), found.1.clone());
        // Of two that are called the same, the private one is meant.
        if private.exact.contains_key(&exact) || is_direct(&exact) {
            return Self::Private;
        }
        if let Some(found) = channels.exact.get(&exact) {
            return channel(found);
        }
        if is_comments(&exact) {
            return Self::Comments;
        }
        if private.loose.contains_key(&loose) {
            return Self::Private;
        }
        match channels.loose.get(&loose) {
            Some(found) => channel(found),
            None if is_upload(&exact) => Self::Uploads,
            None => Self::Unlisted,
        }
    }
}

/// What Slack calls direct messages and those of a group, where no list says so.
fn is_direct(folder: &str) -> bool {
    let is_id = folder.len() >= 9 && folder.bytes().all(|byte| byte.is_ascii_digit() || byte.is_ascii_uppercase());
    folder.starts_with("mpdm-") || (folder.starts_with('D') && is_id)
}

/// `FC:F07ABCDEFGH:Title`, with whatever a system put for the colons.
fn is_comments(folder: &str) -> bool {
    let Some(rest) = folder.strip_prefix("FC") else { return false };
    let mut rest = rest.chars();
    let parted = rest.next().is_some_and(|letter| !letter.is_ascii_alphanumeric());
    let rest = rest.as_str();
    let id = rest.bytes().take_while(|byte| byte.is_ascii_digit() || byte.is_ascii_uppercase()).count();
    parted && rest.starts_with('F') && id >= 6 && !rest[id..].starts_with(|letter: char| letter.is_alphanumeric())
}

/// Where tools put what members uploaded.
pub fn is_upload(folder: &str) -> bool {
    folder.starts_with("__") || folder == "attachments"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn direct_messages_are_told_by_their_folder() {
        assert!(is_direct("mpdm-ana--ben-1") && is_direct("D024BE91L"));
        assert!(!is_direct("design") && !is_direct("DEV") && !is_direct("Discussions"));
    }

    #[test]
    fn comments_on_a_file_are_told_by_their_folder() {
        for comments in ["FC:F07CHARTER1:Team charter", "FC_F07CHARTER1_Team charter", "FC-F07CHARTER1"] {
            assert!(is_comments(comments), "{comments}");
        }
        for channel in ["FC", "fc_bayern", "FC_bayern", "FCF07CHARTER1", "FC:Fa"] {
            assert!(!is_comments(channel), "{channel}");
        }
    }
}
