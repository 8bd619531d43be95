//! One made community, exported by six programs: what is measured and reported is the same, but for what a source cannot
//! know.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use jiff::Timestamp;
use serde_json::{Value, json};

/// 2024-01-01, seconds since 1970.
const START: i64 = 1_704_067_200;
/// Until the answers to what was said in March are in.
const DAYS: usize = 96;
const ROOMS: [&str; 2] = ["lobby", "craft"];

/// A message; its number is its place.
struct Said {
    /// Seconds since 1970: no two are of one second.
    at: i64,
    room: &'static str,
    by: String,
    characters: usize,
    answers: Option<usize>,
    reacted: Vec<String>,
}

/// Eight people, and four more from February on, ask and answer each other and react; on Mondays a bot says something.
fn community() -> Vec<Said> {
    let mut said = Vec::new();
    for day in 0..DAYS {
        let people = if day < 31 { 8 } else { 12 };
        let person = |number: usize| format!("p{}", number % people);
        for question in 0..3 + day % 3 {
            let at = START + (day * 86_400 + 28_800 + question * 5_400 + day) as i64;
            let who = day * 7 + question * question * 3;
            let (room, number) = (ROOMS[usize::from((day + question) % 3 == 0)], said.len());
            let reacted = (0..(day + question) % 3).map(|more| person(who + 3 + more)).collect();
            said.push(Said { at, room, by: person(who), characters: 10 + day % 50, answers: None, reacted });
            for answer in 0..(day + 2 * question) % 4 {
                let at = at + 60 * (3 + (day * 5 + answer * 17) % 80) as i64 + answer as i64;
                let by = person(who + 1 + (answer + day) % 4);
                said.push(Said { at, room, by, characters: 5 + answer, answers: Some(number), reacted: Vec::new() });
            }
        }
        if day % 7 == 0 {
            let at = START + (day * 86_400 + 25_200) as i64;
            let by = "robot".to_owned();
            said.push(Said { at, room: "lobby", by, characters: 30, answers: None, reacted: Vec::new() });
        }
    }
    said
}

impl Said {
    fn text(&self) -> String {
        "x".repeat(self.characters)
    }

    fn time(&self) -> Timestamp {
        Timestamp::from_second(self.at).unwrap()
    }

    fn day(&self) -> String {
        self.time().strftime("%Y-%m-%d").to_string()
    }
}

type Files = BTreeMap<String, String>;

fn csv(said: &[Said]) -> Files {
    let mut table = "ts_ms,room,event_id,sender,kind,reply_to,thread_id,is_bot,n_chars\n".to_owned();
    for (number, one) in said.iter().enumerate() {
        let (ts, bot) = (one.at * 1000, u8::from(one.by == "robot"));
        let (room, by, long) = (one.room, &one.by, one.characters);
        let to = one.answers.map(|to| to.to_string()).unwrap_or_default();
        table += &format!("{ts},{room},{number},{by},message,{to},{to},{bot},{long}\n");
        for by in &one.reacted {
            table += &format!("{ts},{room},{number} {by},{by},reaction,{number},,0,\n");
        }
    }
    Files::from([("log.csv".to_owned(), table)])
}

fn slack(said: &[Said]) -> Files {
    let ts = |one: &Said| format!("{}.000000", one.at);
    let mut days: BTreeMap<String, Vec<Value>> = BTreeMap::new();
    for one in said {
        let mut message = json!({"type": "message", "user": one.by, "text": one.text(), "ts": ts(one)});
        if let Some(to) = one.answers {
            message["thread_ts"] = json!(ts(&said[to]));
        }
        if !one.reacted.is_empty() {
            message["reactions"] = json!([{"name": "tada", "users": one.reacted, "count": one.reacted.len()}]);
        }
        days.entry(format!("{}/{}.json", one.room, one.day())).or_default().push(message);
    }
    let mut files: Files = days.into_iter().map(|(name, day)| (name, json!(day).to_string())).collect();
    let channels = ROOMS.map(|room| json!({"id": room, "name": room}));
    files.insert("channels.json".to_owned(), json!(channels).to_string());
    files.insert("users.json".to_owned(), json!([{"id": "robot", "is_bot": true}]).to_string());
    files
}

fn mattermost(said: &[Said]) -> Files {
    let mut lines =
        vec![json!({"type": "version", "version": 1}), json!({"type": "bot", "bot": {"username": "robot"}})];
    lines.extend(ROOMS.map(
        |room| json!({"type": "channel", "channel": {"team": "t", "name": room, "display_name": room, "type": "O"}}),
    ));
    let post = |one: &Said| json!({"user": one.by, "message": one.text(), "create_at": one.at * 1000});
    for (number, one) in said.iter().enumerate().filter(|(_, one)| one.answers.is_none()) {
        let mut own = post(one);
        (own["team"], own["channel"]) = (json!("t"), json!(one.room));
        let replies: Vec<_> = said.iter().filter(|reply| reply.answers == Some(number)).map(post).collect();
        let reaction = |by: &String| json!({"user": by, "create_at": one.at * 1000, "emoji_name": "tada"});
        own["replies"] = json!(replies);
        own["reactions"] = one.reacted.iter().map(reaction).collect();
        lines.push(json!({"type": "post", "post": own}));
    }
    let text = lines.iter().map(|line| format!("{line}\n")).collect();
    Files::from([("import.jsonl".to_owned(), text)])
}

fn rocketchat(said: &[Said]) -> Files {
    let message = |(number, one): (usize, &Said)| {
        json!({"_id": number.to_string(), "rid": one.room, "msg": one.text(), "ts": {"$date": one.time().to_string()},
            "u": {"username": one.by}, "tmid": one.answers.map(|to| to.to_string()),
            "reactions": {":tada:": {"usernames": one.reacted}}})
    };
    let messages: Vec<_> = said.iter().enumerate().map(message).collect();
    let rooms = ROOMS.map(|room| json!({"_id": room, "t": "c", "name": room}));
    let users = json!([{"_id": "9", "username": "robot", "type": "bot"}]);
    Files::from([
        ("rocketchat_message.json".to_owned(), json!(messages).to_string()),
        ("rocketchat_room.json".to_owned(), json!(rooms).to_string()),
        ("users.json".to_owned(), users.to_string()),
    ])
}

fn discord(said: &[Said]) -> Files {
    let user = |name: &String| json!({"id": name, "name": name, "isBot": name == "robot"});
    let message = |(number, one): (usize, &Said)| {
        let users: Vec<_> = one.reacted.iter().map(user).collect();
        json!({"id": number.to_string(), "type": if one.answers.is_some() { "Reply" } else { "Default" },
            "timestamp": one.time().to_string(), "content": one.text(), "author": user(&one.by),
            "reactions": [{"emoji": {"name": "tada"}, "count": users.len(), "users": users}],
            "reference": one.answers.map(|to| json!({"messageId": to.to_string()}))})
    };
    let file = |room: &str| {
        let messages: Vec<_> = said.iter().enumerate().filter(|(_, one)| one.room == room).map(message).collect();
        json!({"guild": {"id": "1"}, "channel": {"id": room, "type": "GuildTextChat", "name": room}, "messages": messages})
    };
    ROOMS.iter().map(|room| (format!("{room}.json"), file(room).to_string())).collect()
}

fn irc(said: &[Said]) -> Files {
    let mut in_order: Vec<&Said> = said.iter().collect();
    in_order.sort_by_key(|one| one.at);
    let mut files = Files::new();
    for one in in_order {
        let line = format!("[{}] <{}> {}\n", one.time().strftime("%H:%M:%S"), one.by, one.text());
        *files.entry(format!("#{}/{}.log", one.room, one.day())).or_default() += &line;
    }
    files
}

/// The program, and what it needs to be told of a log.
struct Worker {
    dir: PathBuf,
    source: &'static str,
}

impl Worker {
    fn run(&self, arguments: &[&str]) -> String {
        let db = self.dir.join(self.source).with_extension("db");
        let log = ["--db", db.to_str().unwrap(), "--community", "Testers"];
        let output = Command::new(env!("CARGO_BIN_EXE_hearth-analytics")).args(arguments).args(log).output().unwrap();
        let said = String::from_utf8(output.stderr).unwrap();
        assert!(output.status.success(), "{} {arguments:?}: {said}", self.source);
        String::from_utf8(output.stdout).unwrap()
    }

    /// Imports an export, with one key for all, and gives all months' exact measures.
    fn months(&self, files: &Files, more: &[&str]) -> Value {
        let export = self.dir.join(self.source);
        for (name, content) in files {
            let path = export.join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, content).unwrap();
        }
        let key = self.dir.join("one.key");
        let import = ["import", self.source, export.to_str().unwrap(), "--key", key.to_str().unwrap(), "--strict"];
        self.run(&[&import, more].concat());
        serde_json::from_str(&self.run(&["measure", "--all", "--exact"])).unwrap()
    }

    /// March's report: what was released, as JSON and as a table.
    fn report(&self) -> (Value, String) {
        let out = self.dir.join(format!("{} reports", self.source));
        self.run(&["report", "--month", "2024-03", "--out", out.to_str().unwrap()]);
        let read = |name: &str| fs::read_to_string(out.join("2024-03").join(name)).unwrap();
        (serde_json::from_str(&read("report.json")).unwrap(), read("measures.csv"))
    }
}

/// Whether two values are the same to 12 digits. Their intervals may differ: people are drawn for them in the order in which
/// the log met them.
fn agree(one: &Value, other: &Value) -> bool {
    let values = match (one["value"].as_f64(), other["value"].as_f64()) {
        (Some(one), Some(other)) => (one - other).abs() <= 1e-12 * other.abs().max(1e-3),
        (one, other) => one == other,
    };
    values && ["status", "reason", "n", "unit"].iter().all(|field| one[field] == other[field])
}

/// The measures that differ. What differs must be unknown, because of the source.
fn unknown(source: &str, months: &Value, all: &Value) -> BTreeSet<String> {
    let (months, all) = (months.as_array().unwrap(), all.as_array().unwrap());
    assert_eq!((months.len(), all.len()), (4, 4), "{source}");
    let mut differ = BTreeSet::new();
    for (month, full) in months.iter().zip(all) {
        assert_eq!(month["month"], full["month"]);
        for (id, value) in month["measures"].as_object().unwrap() {
            if !agree(value, &full["measures"][id]) {
                let reason = value["reason"].as_str().unwrap_or_default();
                assert!(value["status"] == "na" && reason.starts_with("source_lacks"), "{source}: {id} is {value}");
                differ.insert(id.clone());
            }
        }
    }
    differ
}

#[test]
fn one_community_is_one_report_whatever_program_exported_it() {
    let dir = tempfile::tempdir().unwrap();
    let at = |source: &'static str| Worker { dir: Path::new(dir.path()).to_owned(), source };
    let said = community();
    let table = at("csv");
    let (all, report) = (table.months(&csv(&said), &[]), table.report());
    let known = |id: &str| all[2]["measures"][id]["status"] == "ok";
    for id in
        ["posters", "messages", "gini", "opener_reply_rate", "reply_minutes_p50", "acknowledged_rate", "active_members"]
    {
        assert!(known(id), "{id} is not measured: {}", all[2]["measures"][id]);
    }
    for (source, export) in
        [("slack", slack(&said)), ("mattermost", mattermost(&said)), ("rocketchat", rocketchat(&said))]
    {
        let worker = at(source);
        let months = worker.months(&export, &[]);
        assert_eq!(unknown(source, &months, &all), BTreeSet::new(), "{source}");
        assert_eq!(worker.report(), report, "{source}");
    }
    // An export may lack threads, and this one has none: that there were none, whoever exported must say.
    let knows = ["--unlisted-channels", "--capabilities", "replies,threads,reactions,edits"];
    let worker = at("discord");
    let months = worker.months(&discord(&said), &knows);
    assert_eq!(unknown("discord", &months, &all), BTreeSet::new());
    assert_eq!(worker.report(), report, "discord");
    // Who answers whom is not told there, and nobody reacts.
    let irc = at("irc").months(&irc(&said), &["--bot", "robot"]);
    let lost = unknown("irc", &irc, &all);
    for id in ["posters", "messages", "gini", "retained", "lapsed", "effective_voices", "rooms_active"] {
        assert!(known(id) && !lost.contains(id), "{id}");
    }
    for id in ["opener_reply_rate", "reply_minutes_p50", "acknowledged_rate"] {
        assert!(lost.contains(id), "{id}");
    }
}
