//! Which folders of an export are whose conversations, before any message is read.
//!
//! An export is a workspace: lists, and beside them a folder a channel with a file a day. That of an Enterprise Grid
//! holds a workspace for the organisation and one more in each folder of `teams/`. A folder belongs to its own workspace's
//! lists and to no others. Nothing else in an export is history, whatever its name: uploads may be files that look so.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use serde::Deserialize;
use unicode_normalization::UnicodeNormalization as _;

use super::names::{Folder, Names, is_upload};
use crate::{
    account::{counted, some_of},
    archive::Archive,
    error::ImportError,
    intake::{Intake, Place},
    options::Import,
    records::{self, At, Part},
};

/// A line of `channels.json`, `groups.json`, `mpims.json` or `dms.json`.
#[derive(Deserialize)]
struct Channel {
    id: String,
    /// Direct messages have none.
    #[serde(default)]
    name: Option<String>,
    #[serde(default)]
    members: Option<Vec<String>>,
}

/// A line of `users.json` or `org_users.json`.
#[derive(Deserialize)]
struct User {
    id: String,
    #[serde(default)]
    is_bot: Option<bool>,
}

const CHANNELS: &str = "channels.json";
const GROUPS: &str = "groups.json";
/// Lists of private conversations that have names.
const NAMED: [&str; 2] = [GROUPS, "mpims.json"];
const USERS: [&str; 2] = ["users.json", "org_users.json"];
const LISTS: [&str; 6] = [CHANNELS, NAMED[0], NAMED[1], "dms.json", USERS[0], USERS[1]];

/// What an export holds besides messages.
#[derive(Default)]
pub struct Export {
    /// Days that are to be read: the file, and its channel's id and name.
    pub days: BTreeMap<String, (String, String)>,
    /// Users that are bots.
    pub bots: HashSet<String>,
    /// Members of channels that are read.
    pub members: HashSet<String>,
}

/// A workspace.
#[derive(Default)]
struct Workspace {
    /// The folder that it is in, with its `/`.
    base: String,
    /// What stands before the names of its rooms: of a Grid's workspaces, their folder.
    shown: String,
    channels: Names,
    private: Names,
    /// Which of the lists are there.
    lists: BTreeSet<&'static str>,
    /// Whether a list of private conversations could not be read whole.
    is_private_unknown: bool,
    /// Folders with their days.
    folders: BTreeMap<String, Vec<String>>,
}

/// A path's folder, with its `/`, and its file.
fn parted(path: &str) -> (&str, &str) {
    path.rfind('/').map_or(("", path), |at| path.split_at(at + 1))
}

/// The workspace's folder and the channel's of a file of a day: `export/` and `general` of
/// `export/general/2024-01-31.json`.
fn folder_of_day(path: &str) -> Option<(&str, &str)> {
    let (folder, file) = path.rsplit_once('/')?;
    let date = file.strip_suffix(".json")?.as_bytes();
    let is_date = date.len() == 10
        && date.iter().enumerate().all(|(place, byte)| match place {
            4 | 7 => *byte == b'-',
            _ => byte.is_ascii_digit(),
        });
    is_date.then(|| parted(folder))
}

fn list_of(file: &str) -> Option<&'static str> {
    LISTS.into_iter().find(|list| *list == file)
}

/// The folders that are workspaces: the outermost ones with lists, or else with channels, and those in their `teams/`.
fn bases(names: &[String]) -> BTreeMap<String, String> {
    let is_below_uploads = |folder: &str| folder.split('/').any(is_upload);
    let listed = names.iter().filter_map(|name| {
        let (folder, file) = parted(name);
        list_of(file).map(|_| folder)
    });
    let dated = || names.iter().filter_map(|name| folder_of_day(name)).map(|(base, _)| base);
    let depth = |folder: &&str| folder.matches('/').count();
    let outermost = |folders: BTreeSet<&str>| {
        let least = folders.iter().map(depth).min();
        folders.into_iter().filter(|folder| Some(depth(folder)) == least).map(str::to_owned).collect::<Vec<_>>()
    };
    let allowed: BTreeSet<&str> = listed.filter(|folder| !is_below_uploads(folder)).collect();
    let tops = if allowed.is_empty() {
        outermost(dated().filter(|folder| !is_below_uploads(folder)).collect())
    } else {
        outermost(allowed.clone())
    };
    let mut bases: BTreeMap<String, String> = tops.iter().map(|top| (top.clone(), String::new())).collect();
    for top in &tops {
        // A channel may be called `teams`.
        let teams = format!("{top}teams/");
        if dated().any(|base| base == top) && names.iter().any(|name| folder_of_day(name) == Some((top, "teams"))) {
            continue;
        }
        let inside = allowed.iter().copied().chain(dated()).filter_map(|folder| folder.strip_prefix(teams.as_str()));
        for team in inside.filter_map(|rest| rest.strip_suffix('/')).filter(|team| !team.contains('/')) {
            if !is_upload(team) {
                bases.insert(format!("{teams}{team}/"), format!("{team}/"));
            }
        }
    }
    bases
}

/// Reads the lists of an export, and says what is missing and what is left out.
///
/// # Errors
/// Where the archive cannot be read, nothing says which conversations are public, or a problem ends the import.
pub fn survey(archive: &Archive, import: &Import, intake: &mut Intake<'_, '_>) -> Result<Export, ImportError> {
    let names = archive.names()?;
    let mut export = Export::default();
    export.bots.insert("USLACKBOT".to_owned());
    let mut workspaces: BTreeMap<String, Workspace> = bases(&names)
        .into_iter()
        .map(|(base, shown)| (base.clone(), Workspace { base, shown, ..Workspace::default() }))
        .collect();
    for name in &names {
        let Some((base, folder)) = folder_of_day(name) else { continue };
        if let Some(workspace) = workspaces.get_mut(base) {
            workspace.folders.entry(folder.to_owned()).or_default().push(name.clone());
        }
    }
    let bases: BTreeSet<String> = workspaces.keys().cloned().collect();
    let is_list = |name: &str| {
        let (base, file) = parted(name);
        list_of(file).is_some() && bases.contains(base)
    };
    archive.each(is_list, |file, content| {
        let (base, name) = parted(file);
        let (Some(list), Some(workspace)) = (list_of(name), workspaces.get_mut(base)) else { return Ok(()) };
        workspace.lists.insert(list);
        let outcome = records::json(content, import.max_record, "", &[], |part| {
            let Part::Record(number, json) = part else { return Ok(()) };
            let place = Place { file, at: At::Record(number) };
            if USERS.contains(&list) {
                return match serde_json::from_str::<User>(json) {
                    Ok(user) => {
                        export.bots.extend(Some(user.id).filter(|_| user.is_bot == Some(true)));
                        Ok(())
                    }
                    Err(_) => intake.problem(place, "it is no user with an `id`"),
                };
            }
            let Ok(channel) = serde_json::from_str::<Channel>(json) else {
                workspace.is_private_unknown |= list != CHANNELS;
                return intake.problem(place, "it is no channel with an `id`");
            };
            // Its folder is called as it is: without its name, that folder looks like one that no list names.
            workspace.is_private_unknown |= NAMED.contains(&list) && channel.name.is_none();
            let name = channel.name.unwrap_or_else(|| channel.id.clone());
            if list == CHANNELS || (list == GROUPS && import.private_channels) {
                workspace.channels.insert(&name, channel.id);
                export.members.extend(channel.members.into_iter().flatten());
            } else {
                workspace.private.insert(&name, channel.id);
            }
            Ok(())
        })?;
        match outcome {
            Ok(_) => Ok(()),
            Err(broken) => {
                workspace.is_private_unknown |= list != CHANNELS && !USERS.contains(&list);
                intake.broken(file, &broken, "record", "records")
            }
        }
    })?;
    sort_out(&names, &workspaces, import, intake, &mut export)?;
    Ok(export)
}

/// Decides for each folder whether it is read, and says what is missing or left out.
fn sort_out(
    names: &[String],
    workspaces: &BTreeMap<String, Workspace>,
    import: &Import,
    intake: &mut Intake<'_, '_>,
    export: &mut Export,
) -> Result<(), ImportError> {
    let shown = import.path.display().to_string();
    let (mut unlisted, mut missing, mut comments) = (Vec::new(), Vec::new(), 0);
    let mut seen = HashSet::new();
    for workspace in workspaces.values() {
        for (folder, days) in &workspace.folders {
            let (id, name) = match Folder::of(folder, &workspace.channels, &workspace.private) {
                Folder::Channel(id, name) => (id, name),
                Folder::Private => {
                    intake.account.private += 1;
                    continue;
                }
                Folder::Comments => {
                    comments += 1;
                    continue;
                }
                Folder::Uploads => continue,
                Folder::Unlisted if import.unlisted_channels && !workspace.is_private_unknown => {
                    let name: String = folder.nfc().collect();
                    (format!("{}{name}", workspace.shown), name)
                }
                Folder::Unlisted => {
                    unlisted.push(format!("{}{folder}", workspace.shown));
                    continue;
                }
            };
            seen.insert(id.clone());
            let name = format!("{}{name}", workspace.shown);
            export.days.extend(days.iter().map(|day| (day.clone(), (id.clone(), name.clone()))));
        }
        let channels = workspace.channels.all().filter(|(id, _)| !seen.contains(id));
        missing.extend(channels.map(|(_, name)| format!("{}{name}", workspace.shown)));
    }
    if workspaces.values().all(|workspace| workspace.folders.is_empty()) {
        return intake.file_problem(&shown, no_export(names));
    }
    let lists = |list| workspaces.values().any(|workspace| workspace.lists.contains(list));
    if !lists(CHANNELS) && !unlisted.is_empty() && export.days.is_empty() {
        return Err(ImportError::Unlisted {
            path: import.path.clone(),
            list: "channels.json",
            most: some_of(&unlisted),
        });
    }
    if !USERS.into_iter().any(lists) {
        intake.account.notes.push("users.json is missing: bots are known by what they posted only".to_owned());
    }
    if comments > 0 {
        let what = counted(comments, "canvas or file", "canvases and files");
        intake.account.notes.push(format!("comments on {what} were left out: they belong to no channel"));
    }
    if !missing.is_empty() {
        let count = counted(missing.len() as u64, "channel", "channels");
        let verb = if missing.len() == 1 { "has" } else { "have" };
        intake
            .account
            .notes
            .push(format!("{count} of the list {verb} no messages in this export: {}", some_of(&missing)));
    }
    if !unlisted.is_empty() {
        let count = counted(unlisted.len() as u64, "folder", "folders");
        let why = if import.unlisted_channels {
            "in no list of channels, and the list of private ones cannot be read; left out"
        } else {
            "in no list of channels, perhaps private; left out; --unlisted-channels imports them"
        };
        intake.file_problem(&shown, format!("{count} {why}: {}", some_of(&unlisted)))?;
    }
    let elsewhere = names.iter().filter_map(|name| folder_of_day(name)).filter(|(base, _)| {
        !workspaces.contains_key(*base)
            && !base.split('/').any(is_upload)
            // What lies in a channel's folder, or in a workspace's own, was uploaded there.
            && !workspaces.values().any(|workspace| {
                base.strip_prefix(workspace.base.as_str())
                    .and_then(|rest| rest.split('/').next())
                    .is_some_and(|folder| workspace.folders.contains_key(folder))
            })
    });
    let elsewhere: BTreeSet<_> = elsewhere.map(|(base, folder)| format!("{base}{folder}")).collect();
    if !elsewhere.is_empty() {
        let count = counted(elsewhere.len() as u64, "folder", "folders");
        let some = some_of(&elsewhere.into_iter().collect::<Vec<_>>());
        let what = format!("{count} with days, where an export has no channels; left out: {some}");
        intake.file_problem(&shown, what)?;
    }
    Ok(())
}

/// What something without channels is.
fn no_export(names: &[String]) -> &'static str {
    let is_id = |id: &str| {
        id.len() >= 9
            && id.starts_with(['C', 'D', 'G'])
            && id.bytes().all(|byte| byte.is_ascii_digit() || byte.is_ascii_uppercase())
    };
    let is_dump = |name: &String| {
        let file = parted(name).1;
        let stem = file.strip_suffix(".gz").unwrap_or(file).strip_suffix(".json").unwrap_or_default();
        file == "slackdump.sqlite" || stem.split('-').next().is_some_and(is_id)
    };
    if names.iter().any(is_dump) {
        return "it is a dump or an archive of slackdump, not an export: `slackdump convert -f export` makes an export of it";
    }
    "it is no Slack export: there is no file in it like general/2024-01-31.json"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_of_a_day_names_its_channel() {
        assert_eq!(folder_of_day("raw/general/2024-01-31.json"), Some(("raw/", "general")));
        assert_eq!(folder_of_day("general/2024-01-31.json"), Some(("", "general")));
        for none in ["2024-01-31.json", "raw/channels.json", "general/2024-1-31.json", "general/2024-01-31.txt"] {
            assert_eq!(folder_of_day(none), None, "{none}");
        }
    }

    #[test]
    fn workspaces_are_the_outermost_folders_with_lists_and_those_of_a_grid() {
        let of = |names: &[&str]| {
            let names: Vec<_> = names.iter().map(|name| (*name).to_owned()).collect();
            bases(&names).into_keys().collect::<Vec<_>>()
        };
        assert_eq!(of(&["channels.json", "general/2024-01-31.json", "general/x/users.json"]), [""]);
        assert_eq!(
            of(&["a/channels.json", "a/teams/x/channels.json", "a/teams/__uploads/users.json"]),
            ["a/", "a/teams/x/"]
        );
        assert_eq!(of(&["teams/x/channels.json", "teams/y/channels.json"]), ["teams/x/", "teams/y/"]);
        assert_eq!(of(&["channels.json", "teams/2024-01-31.json", "teams/x/channels.json"]), [""]);
        assert_eq!(of(&["b/general/2024-01-31.json", "__uploads/F1/2024-01-31.json"]), ["b/"]);
    }
}
