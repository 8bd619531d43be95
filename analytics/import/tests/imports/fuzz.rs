//! Exports as nobody made them: good ones with bytes and values changed, cut, doubled and swapped, in every wrapping.
//!
//! Whatever an importer is given, it does not panic; either it writes nothing, or what it wrote makes sense, is not
//! written a second time, and holds no word of what was said, unless the damage made a name of it.
//! `PROPTEST_CASES=100000 cargo test -p hearth-import --test imports fuzz` runs as long as one likes.

use std::{collections::HashSet, fmt, path::PathBuf};

use hearth_import::ImportError;
use proptest::{prelude::*, sample::Index};

use crate::{
    discord, discourse, irc,
    lab::{Lab, exists, files, gzipped, tarred, zipped},
    mail, rocketchat, teams, telegram, zulip,
};

/// What people say in the exports. It must be found nowhere afterwards.
pub const SAID: &str = "xyzzy";

/// Values that have surprised programs before.
const TOKENS: [&str; 34] = [
    "null",
    "true",
    "-1",
    "0",
    "1e999",
    "9223372036854775807",
    "-9223372036854775808",
    "18446744073709551616",
    "4102444800000",
    "1600000000",
    "\"\"",
    "\"\\ud83d\"",
    "\"\\u0000\"",
    "[]",
    "{}",
    "[[[[[[[[",
    "}",
    "]",
    "{",
    "\"",
    ",",
    "\n",
    "\r\n",
    "\\",
    "\u{feff}",
    "\u{0}",
    "é",
    "🙂",
    "\"ts\":\"1.1\"",
    "\"user\":null",
    "\"hidden\":true",
    "@",
    "<@U1>",
    ";",
];

#[derive(Clone, Debug)]
pub enum Change {
    Cut(Index),
    Delete(Index, usize),
    Byte(Index, u8),
    Token(Index, usize),
    /// A piece, put somewhere else.
    Copy(Index, usize, Index),
}

fn change() -> impl Strategy<Value = Change> {
    prop_oneof![
        1 => any::<Index>().prop_map(Change::Cut),
        3 => (any::<Index>(), 1..40usize).prop_map(|(at, length)| Change::Delete(at, length)),
        4 => (any::<Index>(), any::<u8>()).prop_map(|(at, byte)| Change::Byte(at, byte)),
        6 => (any::<Index>(), 0..TOKENS.len()).prop_map(|(at, token)| Change::Token(at, token)),
        3 => (any::<Index>(), 1..120usize, any::<Index>()).prop_map(|(at, length, to)| Change::Copy(at, length, to)),
    ]
}

fn changed(mut bytes: Vec<u8>, changes: &[Change]) -> Vec<u8> {
    for change in changes {
        let place = |at: &Index, bytes: &[u8]| at.index(bytes.len() + 1);
        match change {
            Change::Cut(at) => bytes.truncate(place(at, &bytes)),
            Change::Delete(at, length) => {
                let at = place(at, &bytes);
                bytes.drain(at..(at + length).min(bytes.len()));
            }
            Change::Byte(at, byte) => {
                let at = place(at, &bytes);
                if let Some(old) = bytes.get_mut(at) {
                    *old = *byte;
                }
            }
            Change::Token(at, token) => {
                let at = place(at, &bytes);
                bytes.splice(at..at, TOKENS[*token].bytes());
            }
            Change::Copy(at, length, to) => {
                let (at, to) = (place(at, &bytes), place(to, &bytes));
                let piece = bytes[at..(at + length).min(bytes.len())].to_vec();
                bytes.splice(to..to, piece);
            }
        }
    }
    bytes
}

/// How an export is wrapped, and what happens to the wrapping.
#[derive(Clone, Debug)]
pub enum Wrapping {
    Folder,
    Zip(Vec<Change>),
    Tar(Vec<Change>),
    TarGz(Vec<Change>),
    File,
    Gz(Vec<Change>),
}

impl Wrapping {
    /// Whether nothing happened to it.
    fn is_whole(&self) -> bool {
        match self {
            Self::Zip(harm) | Self::Tar(harm) | Self::TarGz(harm) | Self::Gz(harm) => harm.is_empty(),
            Self::Folder | Self::File => true,
        }
    }
}

pub fn wrapping() -> impl Strategy<Value = Wrapping> {
    let harm = || prop_oneof![2 => Just(Vec::new()), 1 => prop::collection::vec(change(), 1..4)];
    prop_oneof![
        3 => Just(Wrapping::Folder),
        1 => harm().prop_map(Wrapping::Zip),
        1 => harm().prop_map(Wrapping::Tar),
        1 => harm().prop_map(Wrapping::TarGz),
        2 => Just(Wrapping::File),
        1 => harm().prop_map(Wrapping::Gz),
    ]
}

/// An export as somebody gives it to the importer. What fails is shown as text.
#[derive(Clone)]
pub struct Given {
    pub files: Vec<(String, Vec<u8>)>,
    /// The file that a wrapping of one file takes.
    pub one: Index,
    pub wrapping: Wrapping,
    /// Whether words stand only where they stood, so that none became a name by the damage.
    pub are_words_in_place: bool,
}

impl fmt::Debug for Given {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (name, content) in &self.files {
            writeln!(f, "{name}: {}", String::from_utf8_lossy(content))?;
        }
        write!(f, "as {:?}, {:?}", self.wrapping, self.one)
    }
}

impl Given {
    /// Puts it on the disk.
    pub fn write(&self, lab: &Lab) -> PathBuf {
        let files = &self.files;
        let (name, content) = &files[self.one.index(files.len())];
        match &self.wrapping {
            Wrapping::Folder => lab.folder("export", files),
            Wrapping::Zip(harm) => lab.file("export.zip", changed(zipped(files), harm)),
            Wrapping::Tar(harm) => lab.file("export.tar", changed(tarred(files), harm)),
            Wrapping::TarGz(harm) => lab.file("export.tar.gz", changed(gzipped(&tarred(files)), harm)),
            Wrapping::File => lab.file(name, content),
            Wrapping::Gz(harm) => lab.file(&format!("{name}.gz"), changed(gzipped(content), harm)),
        }
    }
}

/// An export some of whose files were changed, in some wrapping.
fn exports(seed: Vec<(String, Vec<u8>)>) -> impl Strategy<Value = Given> {
    let count = seed.len();
    let changes = prop::collection::vec((any::<Index>(), prop::collection::vec(change(), 1..8)), 0..3);
    (changes, any::<Index>(), wrapping()).prop_map(move |(changes, one, wrapping)| {
        let mut files = seed.clone();
        for (file, changes) in changes {
            let content = &mut files[file.index(count)].1;
            *content = changed(std::mem::take(content), &changes);
        }
        let are_words_in_place = wrapping.is_whole() && places(&files).is_subset(&places(&seed));
        Given { files, one, wrapping, are_words_in_place }
    })
}

/// What stands before the words in files.
fn places(files: &[(String, Vec<u8>)]) -> HashSet<&[u8]> {
    let mut places = HashSet::new();
    for (_, content) in files {
        let words = content.windows(SAID.len()).enumerate().filter(|(_, word)| *word == SAID.as_bytes());
        places.extend(words.map(|(at, _)| &content[at.saturating_sub(12)..at]));
    }
    places
}

/// Imports it twice and looks at what is there.
fn withstand(from: &str, given: &Given) -> Result<(), TestCaseError> {
    let lab = Lab::new();
    let path = given.write(&lab);
    let more = ["--max-record", "4K", "--unlisted-channels"];
    let strict = lab.try_import(from, &path, &[&more[..], &["--strict"]].concat());
    if strict.is_err() {
        prop_assert!(!exists(&lab.db()), "strict, and something was written");
    }
    match lab.try_import(from, &path, &more) {
        Err(error) => {
            prop_assert!(strict.is_err());
            prop_assert!(!exists(&lab.db()), "an import that failed left a log: {error}");
            prop_assert!(!matches!(error, ImportError::Write { .. }), "{error}");
            prop_assert!(!given.are_words_in_place || !error.to_string().contains(SAID), "{error}");
        }
        Ok(first) => {
            let account = &first.settled.account;
            prop_assert!(strict.is_err() == (account.problems > 0), "{first}");
            prop_assert!(account.first_problems.iter().all(|problem| !problem.file.is_empty()), "{first}");
            let rows = lab.rows();
            if strict.is_err() {
                prop_assert_eq!(rows.len() as u64, account.new);
            }
            for row in &rows {
                prop_assert!(row.ts >= 631_152_000_000 && row.ts < 1_790_000_000_000, "{row:?}");
                prop_assert!((0..4).contains(&row.kind) && row.n_chars >= 0 && row.mentions >= 0, "{row:?}");
            }
            let sources = lab.sources();
            let second = lab.try_import(from, &path, &more);
            let second = second.map_err(|error| TestCaseError::fail(error.to_string()))?;
            prop_assert_eq!(second.settled.account.new, 0);
            prop_assert_eq!(second.settled.account.known, rows.len() as u64);
            prop_assert_eq!(lab.rows(), rows);
            prop_assert_eq!(lab.sources(), sources);
            let leaks = |bytes: &[u8]| bytes.windows(SAID.len()).any(|window| window == SAID.as_bytes());
            if given.are_words_in_place {
                prop_assert!(!leaks(&lab.bytes()), "words in the log");
                prop_assert!(!leaks(first.to_string().as_bytes()) && !leaks(account.problem_lines().as_bytes()));
            }
        }
    }
    Ok(())
}

pub fn cases() -> ProptestConfig {
    let asked = std::env::var("PROPTEST_CASES").is_ok();
    let default = ProptestConfig::default();
    ProptestConfig { cases: if asked { default.cases } else { 40 }, failure_persistence: None, ..default }
}

pub fn slack() -> Vec<(String, Vec<u8>)> {
    files(&[
        (
            "channels.json",
            r#"[{"id":"C1","name":"general","members":["U1","U2"]},{"id":"C2","name":"craft","members":["U1"]}]"#,
        ),
        ("groups.json", r#"[{"id":"G1","name":"leads","members":["U1"]}]"#),
        ("dms.json", r#"[{"id":"D1","members":["U1","U2"]}]"#),
        ("users.json", r#"[{"id":"U1","name":"ana"},{"id":"U2"},{"id":"U9","is_bot":true}]"#),
        (
            "general/2024-01-02.json",
            r#"[
  {"type":"message","subtype":"channel_join","user":"U1","text":"<@U1> has joined","ts":"1704182400.000100"},
  {"type":"message","user":"U1","text":"xyzzy <@U2>","ts":"1704182460.000200","thread_ts":"1704182460.000200",
   "reactions":[{"name":"tada","users":["U2","U9"],"count":2}]},
  {"type":"message","user":"U2","text":"xyzzy","ts":"1704182520.000300","thread_ts":"1704182460.000200"},
  {"type":"message","subtype":"bot_message","bot_id":"B1","text":"xyzzy","ts":"1704182580.000400"},
  {"type":"message","subtype":"tombstone","user":"USLACKBOT","text":"xyzzy","ts":"1704182590.000400"}]"#,
        ),
        (
            "craft/2016-03-04.json",
            r#"[{"type":"message","user":"U1","text":"xyzzy","ts":"1457049600.000001","edited":{"user":"U1","ts":"1457049700.0"}}]"#,
        ),
        ("leads/2024-01-02.json", r#"[{"type":"message","user":"U1","text":"xyzzy","ts":"1704182610.000100"}]"#),
        ("D1/2024-01-02.json", r#"[{"type":"message","user":"U1","text":"xyzzy","ts":"1704182620.000100"}]"#),
    ])
}

fn element() -> Vec<(String, Vec<u8>)> {
    files(&[
        (
            "lobby.json",
            r#"{"room_name":"Lobby","topic":"","messages":[
  {"type":"m.room.member","event_id":"$1","sender":"@ana:t","state_key":"@ana:t","origin_server_ts":1704182400000,"room_id":"!l:t","content":{"membership":"join"},"unsigned":{}},
  {"type":"m.room.message","event_id":"$2","sender":"@ana:t","origin_server_ts":1704182460000,"room_id":"!l:t","content":{"msgtype":"m.text","body":"xyzzy"},"unsigned":{"m.relations":{"m.thread":{"count":1}}}},
  {"type":"m.room.message","event_id":"$3","sender":"@ben:t","origin_server_ts":1704182520000,"room_id":"!l:t","content":{"msgtype":"m.text","body":"> <@ana:t> xyzzy\n\nxyzzy","m.mentions":{"user_ids":["@ana:t"]},"m.relates_to":{"m.in_reply_to":{"event_id":"$2"}}}},
  {"type":"m.room.message","event_id":"$4","sender":"@ben:t","origin_server_ts":1704182580000,"room_id":"!l:t","content":{"body":"xyzzy","m.relates_to":{"rel_type":"m.thread","event_id":"$2","is_falling_back":true,"m.in_reply_to":{"event_id":"$2"}}}},
  {"type":"m.reaction","event_id":"$5","sender":"@ana:t","origin_server_ts":1704182590000,"room_id":"!l:t","content":{"m.relates_to":{"rel_type":"m.annotation","event_id":"$3","key":"+1"}}},
  {"type":"m.room.redaction","event_id":"$6","redacts":"$4","sender":"@ben:t","origin_server_ts":1704182600000,"content":{}}]}"#,
        ),
        (
            "craft.json",
            r#"{"messages":[{"type":"m.room.encrypted","event_id":"$7","sender":"@ana:t","origin_server_ts":1704182400000,"content":{"ciphertext":"xyzzy"}}],"room_name":"Craft"}"#,
        ),
    ])
}

pub fn mattermost() -> Vec<(String, Vec<u8>)> {
    files(&[(
        "import.jsonl",
        r#"{"type":"version","version":1}
{"type":"team","team":{"name":"t","display_name":"T"}}
{"type":"channel","channel":{"team":"t","name":"lobby","display_name":"Lobby","type":"O"}}
{"type":"channel","channel":{"team":"t","name":"leads","type":"P"}}
{"type":"user","user":{"username":"ana","teams":[{"name":"t","channels":[{"name":"lobby"}]}]}}
{"type":"bot","bot":{"username":"robot"}}
{"type":"post","post":{"team":"t","channel":"lobby","user":"ana","type":"","message":"xyzzy @ben","props":{},"create_at":1704182400000,"reactions":[{"user":"ben","create_at":1704182500000,"emoji_name":"tada"}],"replies":[{"user":"ben","message":"xyzzy","create_at":1704182600000,"reactions":null}]}}
{"type":"post","post":{"team":"t","channel":"lobby","user":"ana","message":"xyzzy","props":{"from_webhook":"true"},"create_at":1704182700000}}
{"type":"post","post":{"team":"t","channel":"leads","user":"ana","message":"xyzzy","create_at":1704182750000}}
{"type":"direct_channel","direct_channel":{"members":["ana","ben"]}}
{"type":"direct_post","direct_post":{"channel_members":["ana","ben"],"user":"ana","message":"xyzzy","create_at":1704182800000}}
"#,
    )])
}

fn csv() -> Vec<(String, Vec<u8>)> {
    files(&[
        (
            "log.csv",
            "ts_ms,room,event_id,sender,kind,reply_to,thread_id,is_bot,n_chars,mentions\n\
            1704182400000,lobby,1,ana,join,,,0,,\n\
            1704182460000,lobby,2,ana,message,,,0,5,0\n\
            1704182520000,lobby,3,ben,message,2,2,0,7,1\n\
            1704182580000,\"cr\"\"aft\",4,ben,reaction,3,,0,,\n\
            1704182590000,lobby,5,robot,message,,,1,9,\n\
            1704182600000,lobby,6,ben,leave,,,,,\n",
        ),
        ("more.csv", "ts,room,event_id,sender,kind,note\r\n2024-01-02T08:00:00Z,lobby,7,cai,message,xyzzy\r\n"),
    ])
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn slack_exports_of_any_shape_are_withstood(given in exports(slack())) {
        withstand("slack", &given)?;
    }

    #[test]
    fn element_exports_of_any_shape_are_withstood(given in exports(element())) {
        withstand("element", &given)?;
    }

    #[test]
    fn mattermost_exports_of_any_shape_are_withstood(given in exports(mattermost())) {
        withstand("mattermost", &given)?;
    }

    #[test]
    fn tables_of_any_shape_are_withstood(given in exports(csv())) {
        withstand("csv", &given)?;
    }

    #[test]
    fn zulip_exports_of_any_shape_are_withstood(given in exports(zulip::export())) {
        withstand("zulip", &given)?;
    }

    #[test]
    fn discord_exports_of_any_shape_are_withstood(given in exports(discord::export())) {
        withstand("discord", &given)?;
    }

    #[test]
    fn discourse_answers_of_any_shape_are_withstood(given in exports(discourse::export())) {
        withstand("discourse", &given)?;
    }

    #[test]
    fn discourse_tables_of_any_shape_are_withstood(given in exports(discourse::tables())) {
        withstand("discourse", &given)?;
    }

    #[test]
    fn rocket_chat_exports_of_any_shape_are_withstood(given in exports(rocketchat::export())) {
        withstand("rocketchat", &given)?;
    }

    #[test]
    fn telegram_exports_of_any_shape_are_withstood(given in exports(vec![("result.json".to_owned(), telegram::export().into())])) {
        withstand("telegram", &given)?;
    }

    #[test]
    fn teams_exports_of_any_shape_are_withstood(given in exports(vec![("messages.json".to_owned(), teams::export().into())])) {
        withstand("teams", &given)?;
    }

    #[test]
    fn mails_of_any_shape_are_withstood(given in exports(mail::export())) {
        withstand("mail", &given)?;
    }

    #[test]
    fn logs_of_any_shape_are_withstood(given in exports(irc::export())) {
        withstand("irc", &given)?;
    }
}
