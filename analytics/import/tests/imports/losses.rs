//! Exports that lost something on their way: files, their ends, lines, the names of members, values.
//!
//! Whatever is lost, what was private does not become public by it. Of formats in which a file says by itself who may read
//! it, everything else is asked for.

use proptest::{prelude::*, sample::Index};
use serde_json::{Value, json};

use crate::{
    discord, discourse,
    fuzz::{Given, Wrapping, cases, mattermost, slack, wrapping},
    lab::{Lab, exists, files},
    rocketchat, teams, zulip,
};

/// When what is public begins in the exports.
const START: i64 = 1_704_182_400_000;

/// Something that one file loses.
#[derive(Clone, Debug)]
enum Loss {
    File,
    End(Index),
    Line(Index),
    /// A member is called otherwise: in JSON one, in a table a column.
    Name(Index),
    /// A member's value is `null`, a field empty.
    Value(Index),
}

fn loss() -> impl Strategy<Value = Loss> {
    prop_oneof![
        1 => Just(Loss::File),
        2 => any::<Index>().prop_map(Loss::End),
        2 => any::<Index>().prop_map(Loss::Line),
        5 => any::<Index>().prop_map(Loss::Name),
        5 => any::<Index>().prop_map(Loss::Value),
    ]
}

/// Where members' names end in JSON: before `":`.
fn members(text: &str) -> Vec<usize> {
    text.match_indices("\":").map(|(at, _)| at).collect()
}

/// What is left of a file, if anything.
fn left(name: &str, content: &[u8], loss: &Loss) -> Option<Vec<u8>> {
    let text = String::from_utf8(content.to_vec()).unwrap();
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    let is_table = name.ends_with(".csv");
    if lines.is_empty() {
        return Some(Vec::new());
    }
    let left = match loss {
        Loss::File => return None,
        Loss::End(at) => text[..text.floor_char_boundary(at.index(text.len() + 1))].to_owned(),
        // In JSON that stands on several lines, a line is a value with its name.
        Loss::Line(at) => {
            let lost = at.index(lines.len());
            lines.iter().enumerate().filter(|(number, _)| *number != lost).map(|(_, line)| *line).collect()
        }
        Loss::Name(at) if is_table => {
            let (header, rows) = text.split_once('\n').unwrap_or((&text, ""));
            let mut columns: Vec<&str> = header.split(',').collect();
            let lost = at.index(columns.len());
            columns[lost] = "other";
            format!("{}\n{rows}", columns.join(","))
        }
        Loss::Value(at) if is_table => {
            let fields = text.match_indices([',', '\n']).map(|(at, _)| at).collect::<Vec<_>>();
            if fields.is_empty() {
                return Some(Vec::new());
            }
            let number = at.index(fields.len());
            let start = number.checked_sub(1).map_or(0, |before| fields[before] + 1);
            format!("{}{}", &text[..start], &text[fields[number]..])
        }
        Loss::Name(at) => {
            let members = members(&text);
            if members.is_empty() {
                return Some(content.to_vec());
            }
            let end = members[at.index(members.len())];
            format!("{}x{}", &text[..end], &text[end..])
        }
        Loss::Value(at) => {
            let members = members(&text);
            if members.is_empty() {
                return Some(content.to_vec());
            }
            let start = members[at.index(members.len())] + 2;
            let mut values = serde_json::Deserializer::from_str(&text[start..]).into_iter::<Value>();
            if !matches!(values.next(), Some(Ok(_))) {
                return Some(content.to_vec());
            }
            format!("{}null{}", &text[..start], &text[start + values.byte_offset()..])
        }
    };
    Some(left.into())
}

/// An export that lost up to three things.
fn lossy(seed: Vec<(String, Vec<u8>)>) -> impl Strategy<Value = Given> {
    let losses = prop::collection::vec((any::<Index>(), loss()), 1..4);
    (losses, any::<Index>(), wrapping()).prop_map(move |(losses, one, wrapping)| {
        let mut files = seed.clone();
        for (file, loss) in losses {
            let at = file.index(files.len());
            // What was damaged before may be no text that can lose a name or a value any more.
            match left(&files[at].0, &files[at].1, &loss) {
                Some(content) => files[at].1 = content,
                None if files.len() > 1 => drop(files.remove(at)),
                None => {}
            }
        }
        // A file alone is said to be one room's history by whoever gives it.
        let wrapping = if matches!(wrapping, Wrapping::File | Wrapping::Gz(_)) && seed.len() > 1 {
            Wrapping::Folder
        } else {
            wrapping
        };
        Given { files, one, wrapping, are_words_in_place: true }
    })
}

/// Imports it and looks for what was written in private, which bears these times, milliseconds after [`START`].
fn keeps(from: &str, given: &Given, private: &[i64], more: &[&str]) -> Result<(), TestCaseError> {
    let lab = Lab::new();
    if lab.try_import(from, &given.write(&lab), more).is_err() {
        prop_assert!(!exists(&lab.db()));
        return Ok(());
    }
    for row in lab.rows() {
        prop_assert!(!private.contains(&(row.ts - START)), "{row:?}");
    }
    Ok(())
}

/// An account with a public group, a private one and a talk of two.
fn account() -> Vec<(String, Vec<u8>)> {
    let chat = |id: i64, kind: &str, second: i64| {
        let ts = START / 1000 + second;
        json!({"id": id, "name": format!("chat {id}"), "type": kind, "messages": [{"id": 7, "type": "message",
            "date": "2024-01-02T08:00:00", "date_unixtime": ts.to_string(), "from": "Ana", "from_id": "user1", "text": "xyzzy"}]})
    };
    let list = [chat(1, "public_supergroup", 1), chat(2, "private_group", 40), chat(3, "personal_chat", 41)];
    let account = json!({"chats": {"list": list}, "left_chats": {"list": [chat(4, "private_supergroup", 42)]}});
    files(&[("result.json", &account.to_string())])
}

#[test]
fn what_is_looked_for_is_there_if_it_is_asked_for() {
    let found = |from: &str, files: &[(String, Vec<u8>)], more: &[&str]| {
        let lab = Lab::new();
        lab.imported(from, &lab.folder("export", files), &[&["--private-channels"], more].concat());
        lab.rows().iter().map(|row| row.ts - START).collect::<Vec<_>>()
    };
    let unlisted = ["--unlisted-channels"];
    assert!(found("slack", &slack(), &[]).contains(&210_000));
    assert!(found("mattermost", &mattermost(), &[]).contains(&350_000));
    assert!(found("zulip", &zulip::export(), &[]).contains(&95_000));
    assert!(found("discord", &discord::export(), &unlisted).contains(&30_250));
    assert!(found("discourse", &discourse::export(), &[]).contains(&21_000));
    assert!(found("discourse", &discourse::tables(), &[]).contains(&5_000));
    assert!(found("rocketchat", &rocketchat::export(), &[]).contains(&12_000));
    assert!(found("telegram", &account(), &[]).contains(&40_000));
    assert!(found("teams", &files(&[("messages.json", &teams::export())]), &unlisted).contains(&9_500));
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn slack_stays_private(given in lossy(slack())) {
        keeps("slack", &given, &[210_000, 220_000], &[])?;
    }

    #[test]
    fn mattermost_stays_private(given in lossy(mattermost())) {
        keeps("mattermost", &given, &[350_000, 400_000], &[])?;
    }

    #[test]
    fn zulip_stays_private(given in lossy(zulip::export())) {
        keeps("zulip", &given, &[5_000, 95_000, 120_000], &[])?;
    }

    #[test]
    fn discord_stays_private(given in lossy(discord::export())) {
        keeps("discord", &given, &[30_250], &["--unlisted-channels"])?;
    }

    #[test]
    fn discourse_stays_private(given in lossy(discourse::export())) {
        keeps("discourse", &given, &[21_000, 22_000], &[])?;
    }

    #[test]
    fn discourse_tables_stay_private(given in lossy(discourse::tables())) {
        keeps("discourse", &given, &[5_000, 6_000], &[])?;
    }

    #[test]
    fn rocket_chat_stays_private(given in lossy(rocketchat::export())) {
        keeps("rocketchat", &given, &[12_000, 13_000], &[])?;
    }

    #[test]
    fn telegram_stays_private(given in lossy(account())) {
        keeps("telegram", &given, &[40_000, 41_000, 42_000], &[])?;
    }

    #[test]
    fn teams_stays_private(given in lossy(files(&[("messages.json", &teams::export())]))) {
        keeps("teams", &given, &[9_500], &["--unlisted-channels"])?;
    }
}
