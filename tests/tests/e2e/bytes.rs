//! What is on the disk after people have talked: none of their words, none of their names, and nothing at all of
//! whoever asked to be forgotten. Files are read as bytes, write-ahead logs included, as whoever steals them would.

use std::{
    fs,
    os::unix::fs::PermissionsExt as _,
    path::{Path, PathBuf},
    time::Duration,
};

use hearth_shared::activity::Kind;
use hearth_tests::{
    content::{self, Choice, POLL_START},
    member::{Member, NewRoom},
};
use rusqlite::Connection;

use crate::{
    reports::{this_month, until_settled},
    stage::{Community, SOON, Wishes},
};

/// Every file below a folder, or the file itself.
pub fn files(below: &Path) -> Vec<PathBuf> {
    if below.is_file() {
        return vec![below.to_owned()];
    }
    fs::read_dir(below).unwrap().flat_map(|entry| files(&entry.unwrap().path())).collect()
}

/// Which of these texts stand in which file, byte for byte.
pub fn found(files: &[PathBuf], texts: &[String]) -> Vec<String> {
    let mut found = Vec::new();
    for file in files {
        let bytes = fs::read(file).unwrap();
        let holds = |text: &&String| bytes.windows(text.len()).any(|window| window == text.as_bytes());
        found.extend(texts.iter().filter(holds).map(|text| format!("{text} in {}", file.display())));
    }
    found
}

fn is_memory(file: &Path) -> bool {
    file.file_name().is_some_and(|name| name.to_string_lossy().starts_with("bot.db"))
}

/// The log's rows about somebody: who they are, and what they did.
pub fn rows_about(community: &Community, user: &str) -> (i64, i64) {
    let log = hearth_log::open_read_only(&community.bot.data().join("activity.db")).unwrap();
    let pseudonym = community.bot.pseudonym(user).unwrap();
    let count = |what: &str| log.query_row(&format!("SELECT count(*) FROM {what}"), [pseudonym], |row| row.get(0));
    let person = count("person WHERE pseudonym = ?1").unwrap();
    (person, count("activity a JOIN person p ON p.id = a.person WHERE p.pseudonym = ?1").unwrap())
}

/// Waits until nothing waits to be sent.
pub async fn wait_until_sent(community: &Community) {
    let memory = Connection::open(community.bot.data().join("bot.db")).unwrap();
    for _ in 0..600 {
        if memory.query_row("SELECT count(*) FROM outbox", (), |row| row.get::<_, i64>(0)).unwrap() == 0 {
            return;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("something still waits to be sent");
}

/// A direct room with the bot, which it has joined.
pub async fn direct_room(member: &Member, bot: &str) -> String {
    let room = member.create_room(&NewRoom { direct: true, invite: &[bot], ..NewRoom::default() }).await.unwrap();
    for _ in 0..600 {
        if member.joined_members(&room).await.unwrap().iter().any(|user| user == bot) {
            return room;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("the bot did not come");
}

/// Somebody says something to the bot in their direct room; its next message there.
pub async fn tell(member: &mut Member, room: &str, bot: &str, text: &str) -> String {
    member.forget_heard().await.unwrap();
    member.say(room, text).await.unwrap();
    let answers = |heard: &hearth_tests::member::Heard| {
        heard.room == room && heard.sender() == bot && heard.kind() == "m.room.message"
    };
    member.wait_for(SOON, answers).await.unwrap().body().to_owned()
}

#[tokio::test]
async fn no_word_and_no_name_is_in_the_log_or_the_report() {
    let mut community = Community::begin(Wishes::default()).await;
    let (lobby, bot) = (community.lobby.clone(), community.synapse.user_id("hearth"));
    let mut members = Vec::new();
    for number in 0..8 {
        let member = community.synapse.register(&format!("quibblewort{number}"), "secret").await.unwrap();
        member.set_display_name(&format!("Zanzibarbara the {number}th")).await.unwrap();
        member.join(&lobby).await.unwrap();
        members.push(member);
    }
    let [ada, bea, ..] = members.as_slice() else { panic!("eight members") };
    let said = ada.say(&lobby, "A plantedmessage for everybody").await.unwrap();
    bea.reply(&lobby, &said, "a plantedreply").await.unwrap();
    bea.say_in_thread(&lobby, &said, "a plantedthread").await.unwrap();
    bea.react(&lobby, &said, "plantedreaction").await.unwrap();
    ada.edit(&lobby, &said, "a plantededit").await.unwrap();
    let regretted = ada.say(&lobby, "a plantedregret").await.unwrap();
    ada.redact(&lobby, &regretted).await.unwrap();
    let choices = [Choice { id: "1", text: "plantedanswer" }, Choice { id: "2", text: "another" }];
    let poll = ada.open_poll(&lobby, "A plantedquestion?", &choices, false).await.unwrap();
    bea.vote(&lobby, &poll, &["1"]).await.unwrap();
    let mut mention = content::message("a plantedmention");
    mention["m.mentions"] = serde_json::json!({"user_ids": [bea.user_id]});
    ada.send(&lobby, "m.room.message", &mention).await.unwrap();
    let direct = direct_room(ada, &bot).await;
    ada.say(&direct, "a plantedsecret, between us").await.unwrap();
    for member in &members {
        member.say(&lobby, "all of us say plantedchorus").await.unwrap();
    }
    community.lead.say(&community.leads, "leads say plantedlead").await.unwrap();
    community.ask(&lobby, "!hearth help").await;
    wait_until_sent(&community).await;

    let kinds = "message reply thread reaction edit regret answer question mention secret chorus lead";
    let mut words: Vec<String> = kinds.split(' ').map(|kind| format!("planted{kind}")).collect();
    words.push("Zanzibarbara".to_owned());
    let mut names: Vec<String> = members.iter().map(|member| member.user_id.clone()).collect();
    names.extend([community.lead.user_id.clone(), "quibblewort".to_owned()]);

    // As a thief finds it, with what is only in the write-ahead logs; and after a start and an orderly end.
    community.bot.kill9().await.unwrap();
    let folder = community.bot.log().parent().unwrap().to_owned();
    for end in 0..2 {
        let mut all = files(&folder);
        // There the operator names the first lead.
        all.retain(|file| !file.ends_with("hearth.toml"));
        let (memory, rest): (Vec<_>, Vec<_>) = all.into_iter().partition(|file| is_memory(file));
        assert!(rest.iter().any(|file| file.ends_with("activity.db-wal")) || end > 0, "{rest:?}");
        assert_eq!(found(&rest, &words), [""; 0]);
        assert_eq!(found(&rest, &names), [""; 0]);
        assert_eq!(found(&memory, &words), [""; 0]);
        // The bot must know whom it has welcomed; and this shows that what is there is found.
        assert!(!found(&memory, &names).is_empty());
        community.bot.start().await.unwrap();
        assert_eq!(community.bot.stop().await.unwrap(), Some(0));
    }

    // What was released, and the report that was made of it.
    community.bot.start_with(&["--ahead", &until_settled()]).await.unwrap();
    community.bot.wait_until_printed("a report is ready").await.unwrap();
    assert_eq!(community.bot.stop().await.unwrap(), Some(0));
    let published = files(&community.bot.data().join("reports"));
    let has = |end: &str| published.iter().any(|file| file.ends_with(end));
    assert!(has("report.json") && has(&format!("releases/{}.json", this_month())), "{published:?}");
    assert_eq!(found(&published, &words), [""; 0]);
    assert_eq!(found(&published, &names), [""; 0]);
}

#[tokio::test]
async fn whoever_is_forgotten_leaves_no_row_and_no_byte() {
    let mut community = Community::begin(Wishes::default()).await;
    let (lobby, bot) = (community.lobby.clone(), community.synapse.user_id("hearth"));
    community.ask(&lobby, "!hearth settings welcome after 1m").await;
    let mut gone = community.synapse.register("quibblewort", "secret").await.unwrap();
    gone.join(&lobby).await.unwrap();
    let hello = community.lead.say(&lobby, "good morning").await.unwrap();
    let answer = gone.reply(&lobby, &hello, "hello").await.unwrap();
    gone.react(&lobby, &hello, "👋").await.unwrap();
    community.lead.reply(&lobby, &answer, "how are you?").await.unwrap();
    gone.say(&lobby, "!hearth poll \"Tea?\" Yes | No").await.unwrap();
    let poll = gone.wait_for(SOON, |heard| heard.kind() == POLL_START).await.unwrap();
    gone.vote(&lobby, poll.id(), &["1"]).await.unwrap();
    community.ask(&lobby, "!hearth help").await;
    // A later hour brings the welcome, and with it the direct room.
    assert_eq!(community.bot.stop().await.unwrap(), Some(0));
    community.bot.start_with(&["--ahead", "PT15M"]).await.unwrap();
    let direct = gone.accept_invite(&bot, SOON).await.unwrap();
    gone.wait_for(SOON, |heard| heard.room == direct && heard.kind() == "m.room.message").await.unwrap();
    let (person, acts) = rows_about(&community, &gone.user_id);
    assert!(person == 1 && acts >= 5, "{acts} acts: join, message, reaction, poll, vote, welcome");

    let question = tell(&mut gone, &direct, &bot, "forget-me").await;
    assert!(question.contains("forget-me yes"), "{question}");
    assert!(rows_about(&community, &gone.user_id).1 > 0, "not without the confirmation");
    let farewell = tell(&mut gone, &direct, &bot, "forget-me yes").await;
    assert!(farewell.contains("forgetting you"), "{farewell}");
    let name = vec!["quibblewort".to_owned()];
    let folder = community.bot.log().parent().unwrap().to_owned();
    for _ in 0..200 {
        if found(&files(&folder), &name).is_empty() {
            break;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    community.bot.kill9().await.unwrap();
    assert_eq!(rows_about(&community, &gone.user_id), (0, 0));
    assert_eq!(found(&files(&folder), &name), [""; 0]);
    // What the bot reads again, and the room itself, do not bring anything back.
    community.bot.start().await.unwrap();
    community.ask(&lobby, "!hearth help").await;
    assert_eq!(community.bot.stop().await.unwrap(), Some(0));
    assert_eq!(rows_about(&community, &gone.user_id), (0, 0));
    assert_eq!(found(&files(&folder), &name), [""; 0]);

    // Whose room it was, nobody knows any more. Once nobody is in it, the bot leaves it, too.
    let is_kept = |community: &Community| {
        let memory = Connection::open(community.bot.data().join("bot.db")).unwrap();
        memory.query_row("SELECT count(*) FROM room WHERE room = ?1", [&direct], |row| row.get::<_, i64>(0)).unwrap()
            > 0
    };
    assert!(is_kept(&community), "she may write there again");
    gone.leave(&direct).await.unwrap();
    community.bot.start().await.unwrap();
    for _ in 0..200 {
        if !is_kept(&community) {
            break;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    assert!(!is_kept(&community));
}

#[tokio::test]
async fn whoever_opts_out_is_logged_no_more_until_they_opt_in() {
    let mut community = Community::begin(Wishes::default()).await;
    let (lobby, bot) = (community.lobby.clone(), community.synapse.user_id("hearth"));
    let mut shy = community.synapse.register("quibblewort", "secret").await.unwrap();
    shy.join(&lobby).await.unwrap();
    let said = shy.say(&lobby, "hello").await.unwrap();
    let direct = direct_room(&shy, &bot).await;
    assert!(tell(&mut shy, &direct, &bot, "opt-out").await.contains("log nothing"));
    assert_eq!(rows_about(&community, &shy.user_id), (1, 2), "the join and the message, before");

    shy.say(&lobby, "you will not count this").await.unwrap();
    shy.react(&lobby, &said, "👍").await.unwrap();
    // A crash does not make it forget.
    community.bot.kill9().await.unwrap();
    shy.say_in_thread(&lobby, &said, "nor this").await.unwrap();
    community.bot.start().await.unwrap();
    shy.leave(&lobby).await.unwrap();
    shy.join(&lobby).await.unwrap();
    shy.say(&lobby, "nor that").await.unwrap();
    community.ask(&lobby, "!hearth help").await;
    assert_eq!(rows_about(&community, &shy.user_id), (1, 2));

    assert!(tell(&mut shy, &direct, &bot, "opt-in").await.contains("counts in the log"));
    shy.say(&lobby, "back again").await.unwrap();
    community.ask(&lobby, "!hearth help").await;
    assert_eq!(rows_about(&community, &shy.user_id), (1, 3));
    let log = hearth_log::open_read_only(&community.bot.data().join("activity.db")).unwrap();
    let messages =
        "SELECT count(*) FROM activity a JOIN person p ON p.id = a.person WHERE p.pseudonym = ?1 AND kind = ?2";
    let pseudonym = community.bot.pseudonym(&shy.user_id).unwrap();
    let count: i64 = log.query_row(messages, (pseudonym, Kind::Message.code()), |row| row.get(0)).unwrap();
    assert_eq!(count, 2);
}

#[tokio::test]
async fn only_its_owner_reads_what_the_bot_keeps() {
    let mut community = Community::begin(Wishes::default()).await;
    let data = community.bot.data();
    let mut private: Vec<_> =
        ["pseudonym.key", "secrets.toml", "bot.db", "activity.db"].iter().map(|name| data.join(name)).collect();
    private.push(community.bot.log().with_file_name("hearth.toml"));
    // What SQLite keeps beside them while the bot runs.
    private.extend(["bot.db-wal", "bot.db-shm", "activity.db-wal", "activity.db-shm"].map(|name| data.join(name)));
    let open: Vec<_> = private
        .iter()
        .map(|file| (file.display(), fs::metadata(file).unwrap().permissions().mode() & 0o777))
        .filter(|(_, mode)| *mode != 0o600)
        .collect();
    assert!(open.is_empty(), "{open:?}");
    assert_eq!(fs::metadata(&data).unwrap().permissions().mode() & 0o077, 0, "the folder, for what is yet to come");
    community.bot.kill9().await.unwrap();
}
