//! The folders in which a community's reports are.

use tracing::warn;

use crate::config::{CommunityConfig, Config};

/// A community's name as a folder's. Of two names that become one folder, the later in the configuration gets a number.
pub(crate) fn folder_of(communities: &[CommunityConfig], community: &str) -> String {
    let folder = folder_name(community);
    let before = communities.iter().take_while(|one| one.name != community);
    match before.filter(|one| folder_name(&one.name) == folder).count() {
        0 => folder,
        before => format!("{folder}-{}", before + 1),
    }
}

/// The reports of communities that were renamed move to the folder of the new name, where there is none yet.
pub(crate) fn follow(config: &Config) {
    let reports = config.file("reports");
    let all = config.communities.iter();
    let folders: Vec<_> = all.map(|community| folder_of(&config.communities, &community.name)).collect();
    for (community, folder) in config.communities.iter().zip(&folders) {
        let old = community.formerly.iter().map(|name| folder_name(name));
        let mut old = old.filter(|old| !folders.contains(old) && reports.join(old).is_dir());
        if let Some(old) = old.next().filter(|_| !reports.join(folder).exists())
            && let Err(error) = std::fs::rename(reports.join(old), reports.join(folder))
        {
            warn!("the reports of a renamed community could not be moved: {error}");
        }
    }
}

/// A name as a folder's.
pub(crate) fn folder_name(name: &str) -> String {
    let safe: String = name.chars().map(|char| if char.is_alphanumeric() { char } else { '-' }).collect();
    safe.to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_communities_never_share_a_folder() {
        let named = |name: &str| CommunityConfig {
            name: name.to_owned(),
            formerly: Vec::new(),
            zone: "UTC".to_owned(),
            language: "en".to_owned(),
            prefix: "!hearth".to_owned(),
            rooms: Vec::new(),
        };
        let communities = ["A B", "A-B", "Other", "a b"].map(named);
        let folders: Vec<_> = communities.iter().map(|one| folder_of(&communities, &one.name)).collect();
        assert_eq!(folders, ["a-b", "a-b-2", "other", "a-b-3"]);
    }
}
