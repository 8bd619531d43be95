//! The past of rooms: read into the log, answered to nobody; and what was missed in a gap.

use std::{path::Path, time::Duration};

use hearth_tests::{
    bot::{Bot, PASSWORD},
    member::NewRoom,
};

use crate::{
    encrypted::{answer_to, comes_in},
    stage::{Community, Wishes},
};

/// Runs a command of the bot to its end; what it said.
async fn run(bot: &Bot, arguments: &[&str]) -> String {
    let output = bot.command(arguments).env("HEARTH_PASSWORD", PASSWORD).output().await.unwrap();
    let said = String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned();
    assert!(output.status.success(), "{said}");
    said
}

fn count(log: &Path, sql: &str) -> i64 {
    hearth_log::open_read_only(log).unwrap().query_row(sql, (), |row| row.get(0)).unwrap()
}

/// Takes the log away, as for a new one.
fn remove_log(bot: &Bot) {
    for ending in ["", "-wal", "-shm"] {
        let path = bot.data().join(format!("activity.db{ending}"));
        if path.exists() {
            std::fs::remove_file(path).unwrap();
        }
    }
}

#[tokio::test]
async fn a_past_is_read_with_the_keys_of_the_backup_and_again_where_the_log_is_new() {
    let mut community = Community::begin(Wishes { encrypted: true, ..Wishes::default() }).await;
    let (lobby, bot) = (community.lobby.clone(), community.synapse.user_id("hearth"));
    for name in ["ada", "bea", "cem"] {
        let mut member = comes_in(&community, name).await;
        for number in 0..5 {
            member.say(&lobby, &format!("word {number}")).await.unwrap();
        }
        let asked = member.say(&lobby, "!hearth help privacy").await.unwrap();
        answer_to(&mut member, &lobby, &asked, &bot).await;
    }
    assert_eq!(community.messages_logged(), 15);
    // The keys of three people and of the bot are in the backup.
    let homeserver = community.folder.path().join("synapse").join("homeserver.db");
    for _ in 0..300 {
        let database = rusqlite::Connection::open(&homeserver).unwrap();
        let kept: i64 = database.query_row("SELECT count(*) FROM e2e_room_keys", (), |row| row.get(0)).unwrap();
        if kept >= 4 {
            break;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    community.bot.stop().await.unwrap();

    // The device is lost, and the log with it; what the bot remembers is not.
    std::fs::remove_dir_all(community.bot.data().join("matrix")).unwrap();
    remove_log(&community.bot);
    let key_file = community.folder.path().join("recovery");
    std::fs::write(&key_file, community.bot.recovery_key().unwrap()).unwrap();
    run(&community.bot, &["init", "--recovery-key-file", key_file.to_str().unwrap()]).await;
    let log = community.bot.data().join("activity.db");
    for _ in 0..2 {
        let said = run(&community.bot, &["backfill"]).await;
        assert!(said.contains("Read ") && !said.contains("could not be read"), "{said}");
        assert_eq!(count(&log, "SELECT count(*) FROM activity WHERE kind = 0 AND n_chars = 6"), 15);
        let said = run(&community.bot, &["backfill"]).await;
        assert!(said.contains("Read 0 events"), "it is complete: {said}");
        remove_log(&community.bot);
    }
}

#[tokio::test]
async fn nobody_is_answered_for_what_was_said_before_the_first_run() {
    let mut community = Community::prepare(Wishes::default()).await;
    let lobby = community.lobby.clone();
    community.lead.say(&lobby, "!hearth poll \"Before the bot?\" Yes | No").await.unwrap();
    let said = run(&community.bot, &["backfill"]).await;
    assert!(said.contains("in 2 rooms"), "{said}");
    community.lead.say(&lobby, "!hearth poll \"Before its first run?\" Yes | No").await.unwrap();
    community.lead.say(&lobby, "hello?").await.unwrap();
    community.bot.start().await.unwrap();
    community.settle().await;
    community.ask(&lobby, "!hearth help").await;
    let bot = community.synapse.user_id("hearth");
    let events = community.lead.read_all(&lobby).await.unwrap();
    let polls = events.iter().filter(|event| event["sender"] == bot.as_str());
    let polls = polls.filter(|event| event["type"].as_str().is_some_and(|kind| kind.contains("poll")));
    assert_eq!(polls.count(), 0);
}

#[tokio::test]
async fn of_a_room_that_the_bot_joined_while_it_was_down_every_page_since_counts_and_none_before() {
    let mut community = Community::begin(Wishes::default()).await;
    let bot = community.synapse.user_id("hearth");
    community.bot.stop().await.unwrap();
    // Another device of the bot's accepts, as a bot that dies right after joining would have.
    let other = community.synapse.login("hearth", PASSWORD).await.unwrap();
    let room = NewRoom { name: "Craft", public: true, invite: &[&bot], ..NewRoom::default() };
    let craft = community.lead.create_room(&room).await.unwrap();
    let early = community.lead.say(&craft, "!hearth help poll").await.unwrap();
    for number in 0..150 {
        community.lead.say(&craft, &format!("before {number}")).await.unwrap();
    }
    other.join(&craft).await.unwrap();
    let before = community.messages_logged();
    let asked = community.lead.say(&craft, "!hearth help poll").await.unwrap();
    for number in 0..350 {
        community.lead.say(&craft, &format!("word {number}")).await.unwrap();
    }
    for _ in 0..2 {
        community.bot.start().await.unwrap();
        community.ask(&craft, "!hearth help ballot").await;
        community.bot.kill9().await.unwrap();
    }
    assert!(community.bot.printed().contains("filled gaps"), "it is not read in one go");
    assert_eq!(community.messages_logged(), before + 350);
    let events = community.lead.read_all(&craft).await.unwrap();
    let answers = |to: &str| {
        events.iter().filter(|event| event["content"]["m.relates_to"]["m.in_reply_to"]["event_id"] == to).count()
    };
    assert_eq!((answers(&early), answers(&asked)), (0, 1));
}
