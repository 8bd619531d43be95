//! The bot in rooms that only devices can read. The people are on matrix-nio, which shares no code with the bot.

use std::{collections::BTreeMap, time::Duration};

use hearth_shared::activity::Kind;
use hearth_tests::{
    bot::PASSWORD,
    content::POLL_START,
    nio::{NioMember, Read},
};

use crate::stage::{Community, SOON, Wishes};

/// A member of the lobby whose client encrypts.
pub async fn comes_in(community: &Community, name: &str) -> NioMember {
    community.synapse.register(name, "secret").await.unwrap();
    let (url, user) = (community.synapse.url(), community.synapse.user_id(name));
    let store = community.folder.path().join(name);
    let mut member = NioMember::login(&community.python, &url, &user, "secret", &store).await.unwrap();
    member.join(&community.lobby).await.unwrap();
    member
}

/// A community in whose lobby, and in whose direct rooms with the bot, everything is encrypted.
pub async fn confidential() -> Community {
    let mut community = Community::prepare(Wishes { encrypted: true, ..Wishes::default() }).await;
    let no = "encrypt-direct-rooms = false";
    community.bot.configure(|text| text.replace(no, "encrypt-direct-rooms = true")).unwrap();
    community.bot.start().await.unwrap();
    community.settle().await;
    community
}

/// What the bot said in a room, edits left out.
pub async fn said(reader: &mut NioMember, room: &str, bot: &str) -> Vec<String> {
    let seen = reader.seen(room).await.unwrap();
    let own = seen.iter().filter(|read| read.sender() == bot && read.event["type"] == "m.room.message");
    let new = own.filter(|read| read.event["content"]["m.relates_to"]["rel_type"] != "m.replace");
    new.map(|read| read.body().to_owned()).collect()
}

/// The answer to a command, which must come encrypted.
pub async fn answer_to(member: &mut NioMember, room: &str, command: &str, bot: &str) -> Read {
    let answer =
        member.wait_until(room, SOON, |read| read.sender() == bot && read.reply_to() == command).await.unwrap();
    assert!(answer.encrypted, "{:#}", answer.event);
    answer
}

/// How many answers a command has got.
pub async fn answers_to(member: &mut NioMember, room: &str, command: &str, bot: &str) -> usize {
    let seen = member.seen(room).await.unwrap();
    seen.iter().filter(|read| read.sender() == bot && read.reply_to() == command).count()
}

#[tokio::test]
async fn a_poll_is_held_in_an_encrypted_room_and_a_crash_loses_no_key() {
    let mut community = Community::begin(Wishes { encrypted: true, ..Wishes::default() }).await;
    let (lobby, bot) = (community.lobby.clone(), community.synapse.user_id("hearth"));
    let mut ada = comes_in(&community, "ada").await;
    let mut bea = comes_in(&community, "bea").await;
    let asked = ada.say(&lobby, "!hearth help poll").await.unwrap();
    let help = answer_to(&mut ada, &lobby, &asked, &bot).await;
    assert_eq!(help.event["content"]["msgtype"], "m.notice");

    ada.say(&lobby, "!hearth poll \"Tea or coffee?\" Tea | Coffee").await.unwrap();
    let is_poll = |read: &Read| read.event["type"] == POLL_START && read.sender() == bot;
    let poll = ada.wait_until(&lobby, SOON, is_poll).await.unwrap();
    assert!(poll.encrypted);
    let answers = poll.event["content"][POLL_START]["answers"].as_array().unwrap();
    let ids: Vec<String> = answers.iter().map(|answer| answer["id"].as_str().unwrap().to_owned()).collect();
    ada.vote(&lobby, poll.id(), &[&ids[0]]).await.unwrap();
    bea.vote(&lobby, poll.id(), &[&ids[0]]).await.unwrap();

    community.bot.kill9().await.unwrap();
    bea.vote(&lobby, poll.id(), &[&ids[1]]).await.unwrap();
    // Somebody of whom the bot has never heard, in a session that it has never seen.
    let mut cem = comes_in(&community, "cem").await;
    cem.vote(&lobby, poll.id(), &[&ids[1]]).await.unwrap();
    community.bot.start().await.unwrap();

    ada.say(&lobby, "!hearth poll close").await.unwrap();
    let took_part = |read: &Read| read.sender() == bot && read.body().contains("took part");
    let result = ada.wait_until(&lobby, SOON, took_part).await.unwrap();
    assert!(result.encrypted);
    // The lead reads nothing here, but is there.
    assert!(result.body().contains("3 of 4 took part"), "{}", result.body());
    assert!(result.body().contains(" 1 · Tea") && result.body().contains(" 2 · Coffee"), "{}", result.body());
    let counted = ada.count_poll(&lobby, poll.id()).await.unwrap();
    assert!(counted.closed);
    assert_eq!(counted.counts, BTreeMap::from([(ids[0].clone(), 1), (ids[1].clone(), 2)]));

    let asked = ada.say(&lobby, "!hearth help").await.unwrap();
    answer_to(&mut ada, &lobby, &asked, &bot).await;
    let seen = ada.seen(&lobby).await.unwrap();
    assert_eq!(seen.iter().filter(|read| is_poll(read)).count(), 1);
    assert_eq!(seen.iter().filter(|read| took_part(read)).count(), 1);
    let log = hearth_log::open_read_only(&community.bot.data().join("activity.db")).unwrap();
    let count = |kind: Kind| {
        let count = "SELECT count(*) FROM activity WHERE kind = ?1";
        log.query_row(count, [kind.code()], |row| row.get::<_, i64>(0)).unwrap()
    };
    assert_eq!((count(Kind::PollVoted), count(Kind::PollClosed), count(Kind::Message)), (3, 1, 0));
}

/// The bot is killed when the session by which a key comes is kept and the key is not.
#[tokio::test]
async fn a_crash_while_somebodys_first_key_arrives_costs_none_of_their_words() {
    let mut community = Community::begin(Wishes { encrypted: true, ..Wishes::default() }).await;
    let (lobby, bot) = (community.lobby.clone(), community.synapse.user_id("hearth"));
    let mut ada = comes_in(&community, "ada").await;
    let keys = community.bot.data().join("matrix").join("matrix-sdk-crypto.sqlite3");
    let keys = rusqlite::Connection::open(keys).unwrap();
    keys.busy_timeout(SOON).unwrap();
    // To keep a key takes hours from now on.
    let places: Vec<String> = (0..100).map(|number| format!("({number})")).collect();
    keys.execute_batch(&format!(
        "CREATE TABLE slow (x INTEGER); INSERT INTO slow VALUES {};
         CREATE TRIGGER slowly BEFORE INSERT ON inbound_group_session BEGIN
             SELECT count(*) FROM slow a, slow b, slow c, slow d, slow e, slow f;
         END;",
        places.join(",")
    ))
    .unwrap();
    let asked = ada.say(&lobby, "!hearth help poll").await.unwrap();
    let begun = || keys.query_row("SELECT count(*) FROM hearth_begun", (), |row| row.get::<_, i64>(0)).unwrap();
    for _ in 0..600 {
        if begun() > 0 {
            break;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    assert_eq!(begun(), 1);
    community.bot.kill9().await.unwrap();
    keys.execute_batch("DROP TRIGGER slowly; DROP TABLE slow").unwrap();
    drop(keys);
    community.bot.start().await.unwrap();
    answer_to(&mut ada, &lobby, &asked, &bot).await;
}

#[tokio::test]
async fn a_command_whose_key_is_late_is_answered_once() {
    let mut community = Community::begin(Wishes { encrypted: true, ..Wishes::default() }).await;
    let (lobby, bot) = (community.lobby.clone(), community.synapse.user_id("hearth"));
    let mut ada = comes_in(&community, "ada").await;
    let known = ada.say(&lobby, "!hearth help").await.unwrap();
    answer_to(&mut ada, &lobby, &known, &bot).await;

    // The bot reads a command that it cannot read, and keeps it.
    let early = ada.say_ahead_of_key(&lobby, "!hearth help poll").await.unwrap();
    wait_for_kept(&community, 1).await;
    // While it is down, the key arrives, and another such command of which the key comes later still.
    community.bot.kill9().await.unwrap();
    assert_eq!(ada.send_keys().await.unwrap(), 1);
    let earlier = ada.say_ahead_of_key(&lobby, "!hearth help welcome").await.unwrap();
    community.bot.start().await.unwrap();
    answer_to(&mut ada, &lobby, &early, &bot).await;
    wait_for_kept(&community, 1).await;
    assert_eq!(answers_to(&mut ada, &lobby, &earlier, &bot).await, 0);
    assert_eq!(ada.send_keys().await.unwrap(), 1);
    answer_to(&mut ada, &lobby, &earlier, &bot).await;
    wait_for_kept(&community, 0).await;

    // Once more from the start: what was answered stays answered.
    community.bot.kill9().await.unwrap();
    community.bot.start().await.unwrap();
    let last = ada.say(&lobby, "!hearth help privacy").await.unwrap();
    answer_to(&mut ada, &lobby, &last, &bot).await;
    for command in [&known, &early, &earlier, &last] {
        assert_eq!(answers_to(&mut ada, &lobby, command, &bot).await, 1);
    }
}

#[tokio::test]
async fn a_bot_that_lost_its_device_comes_back_with_its_recovery_key() {
    let mut community = Community::begin(Wishes { encrypted: true, ..Wishes::default() }).await;
    let (lobby, bot) = (community.lobby.clone(), community.synapse.user_id("hearth"));
    let mut ada = comes_in(&community, "ada").await;
    let asked = ada.say(&lobby, "!hearth help").await.unwrap();
    answer_to(&mut ada, &lobby, &asked, &bot).await;
    community.bot.stop().await.unwrap();
    std::fs::remove_dir_all(community.bot.data().join("matrix")).unwrap();

    let key_file = community.folder.path().join("recovery");
    let again = async |key: &str| {
        std::fs::write(&key_file, key).unwrap();
        let arguments = ["init", "--recovery-key-file", key_file.to_str().unwrap()];
        let output = community.bot.command(&arguments).env("HEARTH_PASSWORD", PASSWORD).output().await.unwrap();
        let said = String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned();
        (output.status.success(), said)
    };
    let (went_well, said) = again("EsTc 5rr1 4Jhp gmmH").await;
    assert!(!went_well && said.contains("the recovery key does not open"), "{said}");
    let key = community.bot.recovery_key().unwrap().to_owned();
    let (went_well, said) = again(&key).await;
    assert!(went_well && said.contains("signed with its old identity"), "{said}");
    assert!(!said.contains(&key), "it is shown once");

    // Of the three devices that the bot has had, the last one is left.
    let look = community.synapse.login("hearth", PASSWORD).await.unwrap();
    let devices = look.http().call(reqwest::Method::GET, &["devices"], &[], None).await.unwrap();
    let devices = devices["devices"].as_array().unwrap();
    assert_eq!(devices.iter().filter(|device| device["display_name"] == "Hearth").count(), 1, "{devices:#?}");

    community.bot.start().await.unwrap();
    let asked = ada.say(&lobby, "!hearth help poll").await.unwrap();
    answer_to(&mut ada, &lobby, &asked, &bot).await;
}

/// Waits until so many events lie in the bot's memory that it could not read.
async fn wait_for_kept(community: &Community, expected: i64) {
    let memory = rusqlite::Connection::open(community.bot.data().join("bot.db")).unwrap();
    let mut kept = -1;
    for _ in 0..600 {
        kept = memory.query_row("SELECT count(*) FROM undecrypted", (), |row| row.get(0)).unwrap();
        if kept == expected {
            return;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    panic!("{kept} events wait for their key instead of {expected}");
}
