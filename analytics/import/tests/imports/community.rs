//! One made community, written as each source would export it: the acts are the same, but for what a source cannot know.

use serde_json::{Value, json};

use crate::lab::{Lab, files};

const START: i64 = 1_704_182_400_000;

/// A message: when, seconds; where; whose; how long; and which it answers, by its number.
type Said = (i64, &'static str, &'static str, usize, Option<usize>);

const SAID: [Said; 10] = [
    (1, "lobby", "ana", 5, None),
    (2, "lobby", "ben", 12, Some(0)),
    (3, "craft", "cai", 7, None),
    (4, "lobby", "robot", 9, None),
    (5, "craft", "ana", 3, Some(2)),
    (6, "lobby", "cai", 40, Some(1)),
    (7, "lobby", "ana", 1, Some(5)),
    (8, "craft", "ben", 8, None),
    (9, "craft", "cai", 2, Some(7)),
    (10, "lobby", "ben", 6, None),
];
/// Who reacts to which message.
const REACTED: [(&str, usize); 2] = [("ben", 0), ("ana", 7)];
const ROOMS: [&str; 2] = ["lobby", "craft"];

fn text(number: usize) -> String {
    "x".repeat(SAID[number].3)
}

fn iso(number: usize) -> String {
    format!("2024-01-02T08:00:{:02}Z", SAID[number].0)
}

/// The numbers of the messages of a room.
fn of(room: &str) -> impl Iterator<Item = usize> {
    (0..SAID.len()).filter(move |number| SAID[*number].1 == room)
}

fn reactors(number: usize) -> Vec<&'static str> {
    REACTED.iter().filter(|(_, to)| *to == number).map(|(by, _)| *by).collect()
}

/// An act as it is compared: when, where, what, whose by the order of coming, a bot's, which time it answers, how long.
type Act = (i64, String, i64, usize, bool, Option<i64>, i64);

/// What was taken in. Topics and channels are called alike but for the sign of IRC.
fn acts(from: &str, files: &[(String, Vec<u8>)], more: &[&str]) -> Vec<Act> {
    let lab = Lab::new();
    let done = lab.imported(from, &lab.folder("export", files), more);
    assert_eq!(done.settled.account.problems, 0, "{from}: {done}");
    let mut people = Vec::new();
    let mut number = |person: i64| {
        people.iter().position(|known| *known == person).unwrap_or_else(|| {
            people.push(person);
            people.len() - 1
        })
    };
    let mut rows = lab.rows();
    // Messages first, so that people come in the order in which they wrote.
    rows.sort_by_key(|row| (row.kind, row.ts));
    let act = |row: &crate::lab::Row, by| {
        let room = row.room.trim_start_matches('#').to_owned();
        (row.ts - START, room, row.kind, by, row.is_bot, row.answers.map(|ts| ts - START), row.n_chars)
    };
    rows.iter().map(|row| act(row, number(row.person))).collect()
}

fn csv() -> Vec<Act> {
    let mut table = "ts_ms,room,event_id,sender,kind,reply_to,is_bot,n_chars\n".to_owned();
    for (number, (second, room, by, long, answers)) in SAID.iter().enumerate() {
        let (ts, bot) = (START + second * 1000, u8::from(*by == "robot"));
        let answers = answers.map(|to| to.to_string()).unwrap_or_default();
        table.push_str(&format!("{ts},{room},{number},{by},message,{answers},{bot},{long}\n"));
        for by in reactors(number) {
            table.push_str(&format!("{ts},{room},{number} {by},{by},reaction,{number},0,\n"));
        }
    }
    acts("csv", &files(&[("log.csv", &table)]), &[])
}

#[test]
fn discord_tells_the_same() {
    let user = |name: &str| json!({"id": name, "name": name, "isBot": name == "robot"});
    let message = |number: usize| {
        let (.., by, _, answers) = SAID[number];
        let users: Vec<_> = reactors(number).into_iter().map(user).collect();
        json!({"id": number.to_string(), "type": if answers.is_some() { "Reply" } else { "Default" },
            "timestamp": iso(number), "content": text(number), "author": user(by),
            "reactions": [{"emoji": {"name": "x"}, "count": users.len(), "users": users}],
            "reference": answers.map(|to| json!({"messageId": to.to_string()}))})
    };
    let file = |room: &str| {
        json!({"guild": {"id": "1"}, "channel": {"id": room, "type": "GuildTextChat", "name": room},
            "messages": of(room).map(message).collect::<Vec<_>>()})
        .to_string()
    };
    let export = files(&[("a.json", &file("lobby")), ("b.json", &file("craft"))]);
    assert_eq!(acts("discord", &export, &["--unlisted-channels"]), csv());
}

#[test]
fn rocket_chat_tells_the_same() {
    let quoting = |number: usize| match SAID[number].4 {
        Some(to) => format!("[ ](https://t/x?msg={to}) {}", text(number)),
        None => text(number),
    };
    let message = |number: usize| {
        json!({"_id": number.to_string(), "rid": SAID[number].1, "msg": quoting(number), "ts": {"$date": iso(number)},
            "u": {"username": SAID[number].2}, "reactions": {":x:": {"usernames": reactors(number)}}})
    };
    let rooms = ROOMS.map(|room| json!({"_id": room, "t": "c", "name": room}));
    let users = json!([{"_id": "9", "username": "robot", "type": "bot"}]);
    let messages: Vec<_> = (0..SAID.len()).map(message).collect();
    let export = files(&[
        ("rocketchat_message.json", &json!(messages).to_string()),
        ("rocketchat_room.json", &json!(rooms).to_string()),
        ("users.json", &users.to_string()),
    ]);
    assert_eq!(acts("rocketchat", &export, &[]), csv());
}

#[test]
fn telegram_tells_the_same_but_for_bots() {
    let message = |number: usize| {
        let recent: Vec<_> = reactors(number)
            .iter()
            .map(|by| json!({"from_id": format!("user{by}"), "date": iso(number).trim_end_matches('Z')}))
            .collect();
        json!({"id": number, "type": "message", "date_unixtime": (START / 1000 + SAID[number].0).to_string(),
            "from": SAID[number].2, "from_id": format!("user{}", SAID[number].2), "text": text(number),
            "reply_to_message_id": SAID[number].4,
            "reactions": [{"type": "emoji", "emoji": "x", "count": recent.len(), "recent": recent}]})
    };
    let file = |id: i64, room: &str| {
        json!({"name": room, "type": "public_supergroup", "id": id, "messages": of(room).map(message).collect::<Vec<_>>()})
            .to_string()
    };
    let export = files(&[("a/result.json", &file(1, "lobby")), ("b/result.json", &file(2, "craft"))]);
    assert_eq!(acts("telegram", &export, &["--bot", "userrobot"]), csv());
}

#[test]
fn teams_tells_the_same() {
    let mri = |by: &str| if by == "robot" { "28:robot".to_owned() } else { format!("8:{by}") };
    let message = |number: usize| {
        let (second, room, by, _, answers) = SAID[number];
        let quoted = answers.map(|to| format!("<quote messageid=\"{to}\">xyzzy</quote>")).unwrap_or_default();
        let users: Vec<Value> =
            reactors(number).into_iter().map(|by| json!({"mri": mri(by), "time": START + second * 1000})).collect();
        json!({"id": number.to_string(), "originalarrivaltime": iso(number), "messagetype": "RichText", "from": mri(by),
            "conversationid": room, "content": format!("{quoted}{}", text(number)),
            "properties": {"emotions": [{"key": "x", "users": users}]}})
    };
    let conversations = ROOMS.map(|room| {
        json!({"id": format!("19:{room}@thread.tacv2"), "displayName": room,
            "MessageList": of(room).map(message).collect::<Vec<_>>()})
    });
    let export = files(&[("messages.json", &json!({"conversations": conversations}).to_string())]);
    assert_eq!(acts("teams", &export, &["--unlisted-channels"]), csv());
}

#[test]
fn zulip_tells_the_same() {
    let id = |by: &str| ["ana", "ben", "cai", "robot"].iter().position(|known| *known == by).unwrap();
    let content = |number: usize| match SAID[number].4 {
        Some(to) => {
            format!("@_**Ana|1** [said](https://t/#narrow/x/near/{to}):\n```quote\nxyzzy\n```\n{}", text(number))
        }
        None => text(number),
    };
    let recipient = |room: &str| if room == "lobby" { 11 } else { 12 };
    let message = |number: usize| {
        json!({"id": number, "sender": id(SAID[number].2), "recipient": recipient(SAID[number].1), "subject": "any",
            "content": content(number), "date_sent": START / 1000 + SAID[number].0})
    };
    let reactions: Vec<_> =
        REACTED.iter().map(|(by, to)| json!({"user_profile": id(by), "message": to, "emoji_name": "x"})).collect();
    let realm = json!({
        "zerver_stream": [{"id": 1, "name": "lobby", "invite_only": false}, {"id": 2, "name": "craft", "invite_only": false}],
        "zerver_recipient": [{"id": 11, "type": 2, "type_id": 1}, {"id": 12, "type": 2, "type_id": 2}],
        "zerver_userprofile": [{"id": 3, "is_bot": true}], "zerver_reaction": reactions});
    let messages = json!({"zerver_message": (0..SAID.len()).map(message).collect::<Vec<_>>()});
    let export = files(&[("realm.json", &realm.to_string()), ("messages-000001.json", &messages.to_string())]);
    assert_eq!(acts("zulip", &export, &[]), csv());
}

/// What is left where nobody reacts.
fn without_reactions(acts: Vec<Act>) -> Vec<Act> {
    acts.into_iter().filter(|act| act.2 == 0).collect()
}

#[test]
fn discourse_tells_the_same_but_for_who_reacted() {
    let post = |number: usize| {
        json!({"topic_id": 1 + usize::from(SAID[number].1 == "craft"), "post_number": number, "username": SAID[number].2,
            "user_id": if SAID[number].2 == "robot" { -1 } else { 1 }, "created_at": iso(number),
            "cooked": format!("<p>{}</p>", text(number)), "reply_to_post_number": SAID[number].4})
    };
    let topic = |id: i64, room: &str| {
        json!({"id": id, "category_id": id, "archetype": "regular",
            "post_stream": {"posts": of(room).map(post).collect::<Vec<_>>()}})
        .to_string()
    };
    let site = json!({"categories": [{"id": 1, "name": "lobby", "read_restricted": false},
        {"id": 2, "name": "craft", "read_restricted": false}]});
    let export =
        files(&[("site.json", &site.to_string()), ("1.json", &topic(1, "lobby")), ("2.json", &topic(2, "craft"))]);
    assert_eq!(acts("discourse", &export, &[]), without_reactions(csv()));
}

#[test]
fn mail_tells_the_same_but_for_reactions() {
    let mail = |number: usize| {
        let (second, _, by, _, answers) = SAID[number];
        let answers = answers.map(|to| format!("In-Reply-To: <{to}@t>\n")).unwrap_or_default();
        let auto = if by == "robot" { "Auto-Submitted: auto-generated\n" } else { "" };
        format!(
            "From {by}@t Tue Jan  2 08:00:{second:02} 2024\nFrom: {by}@t\nDate: Tue, 2 Jan 2024 08:00:{second:02} +0000\n\
            Message-ID: <{number}@t>\n{answers}{auto}\n{}\n\n",
            text(number)
        )
    };
    let file = |room: &str| of(room).map(mail).collect::<String>();
    let export = files(&[("lobby.mbox", &file("lobby")), ("craft.mbox", &file("craft"))]);
    assert_eq!(acts("mail", &export, &[]), without_reactions(csv()));
}

#[test]
fn irc_tells_who_wrote_when_and_how_much() {
    let line = |number: usize| format!("[08:00:{:02}] <{}> {}\n", SAID[number].0, SAID[number].2, text(number));
    let file = |room: &str| of(room).map(line).collect::<String>();
    let export = files(&[("#lobby/2024-01-02.log", &file("lobby")), ("#craft/2024-01-02.log", &file("craft"))]);
    let known = without_reactions(csv())
        .into_iter()
        .map(|(ts, room, kind, by, bot, _, long)| (ts, room, kind, by, bot, None, long));
    assert_eq!(acts("irc", &export, &["--bot", "robot"]), known.collect::<Vec<_>>());
}
