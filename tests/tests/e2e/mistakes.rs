//! Operators' mistakes: each gets a sentence that says what is wrong and what to do, and an exit code.

use hearth_tests::bot::{Bot, PASSWORD};

use crate::stage::{Community, Wishes};

/// Runs a command of the bot that must fail, and gives what it said.
async fn refusal(bot: &Bot, arguments: &[&str]) -> String {
    let output =
        tokio::time::timeout(crate::stage::SOON, bot.command(arguments).env("HEARTH_PASSWORD", "wrong").output())
            .await
            .unwrap()
            .unwrap();
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_ne!(output.status.code(), Some(0), "{said}");
    assert!(!said.contains("panicked"), "{said}");
    said
}

#[track_caller]
fn assert_says(said: &str, expected: &str) {
    assert!(said.contains(expected), "{said}");
}

#[tokio::test]
async fn every_mistake_of_an_operator_gets_a_sentence() {
    let mut community = Community::begin(Wishes::default()).await;
    let bot = &community.bot;
    assert_says(&refusal(bot, &["run"]).await, "another Hearth is running");

    community.bot.stop().await.unwrap();
    let bot = &community.bot;
    assert_says(&refusal(bot, &["init"]).await, "refuses the password");
    assert_says(&refusal(bot, &["dance"]).await, "unrecognized subcommand");
    assert_says(&refusal(bot, &["backfill", "--room", "!none:t"]).await, "the bot is not in !none:t");

    let path = bot.data().with_file_name("hearth.toml");
    let good = std::fs::read_to_string(&path).unwrap();
    std::fs::write(&path, good.replace("homeserver", "homesever")).unwrap();
    let said = refusal(bot, &["run"]).await;
    assert!(said.contains("hearth.toml") && said.contains("unknown field `homesever`"), "{said}");
    std::fs::write(&path, &good).unwrap();

    let database = bot.data().join("bot.db");
    let kept = std::fs::read(&database).unwrap();
    rusqlite::Connection::open(&database).unwrap().pragma_update(None, "user_version", 99).unwrap();
    assert_says(&refusal(bot, &["run"]).await, "newer Hearth");
    std::fs::write(&database, b"this is no database, whatever its name says, and it is long enough").unwrap();
    assert_says(&refusal(bot, &["run"]).await, "cannot be opened");
    std::fs::write(&database, kept).unwrap();

    std::fs::write(&path, good.replace("Testers", "Makers")).unwrap();
    assert_says(&refusal(bot, &["run"]).await, "formerly = [\"Testers\"]");
    std::fs::write(&path, &good).unwrap();
    let key = bot.data().join("pseudonym.key");
    let kept = std::fs::read(&key).unwrap();
    std::fs::write(&key, "ab".repeat(32)).unwrap();
    assert_says(&refusal(bot, &["run"]).await, "pseudonym.key is not the key");
    std::fs::write(&key, kept).unwrap();

    // The homeserver takes the bot's token away, while it runs and while it does not.
    community.bot.start().await.unwrap();
    community.synapse.login("hearth", PASSWORD).await.unwrap().log_out_everywhere().await.unwrap();
    for _ in 0..600 {
        if community.bot.printed().contains("no longer accepts") {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
    community.bot.stop().await.unwrap();
    assert_says(&refusal(&community.bot, &["run"]).await, "hearth-bot init");

    community.synapse.kill9().await.unwrap();
    assert_says(&refusal(&community.bot, &["init"]).await, "no homeserver answers");
}

#[tokio::test]
async fn the_bot_waits_for_a_homeserver_that_is_down_and_loses_nothing() {
    let mut community = Community::begin(Wishes::default()).await;
    let lobby = community.lobby.clone();
    community.bot.stop().await.unwrap();
    community.lead.say(&lobby, "!hearth help").await.unwrap();
    community.synapse.kill9().await.unwrap();
    community.bot.spawn(&[]).unwrap();
    tokio::time::sleep(std::time::Duration::from_secs(3)).await;
    community.synapse.restart().await.unwrap();
    let bot = community.synapse.user_id("hearth");
    community
        .lead
        .wait_for(crate::stage::SOON, |heard| heard.sender() == bot && heard.body().contains("poll"))
        .await
        .unwrap();
}
