//! Somebody with an account on the bot's server, and nothing else: they may write to the bot and invite it, and get
//! nothing that is not theirs.

use hearth_tests::member::NewRoom;

use crate::stage::{Community, Wishes, ask, comes};

#[tokio::test]
async fn a_stranger_with_a_room_of_their_own_leads_nothing_votes_nowhere_and_reads_nothing() {
    let mut community = Community::begin(Wishes::default()).await;
    let (lobby, bot) = (community.lobby.clone(), community.synapse.user_id("hearth"));
    community.ask(&lobby, "!hearth topic add Wombats in production").await;
    let lead = community.lead.user_id.clone();
    community.ask(&lobby, &format!("!hearth action {lead} count the wombats by 2030-01-31")).await;
    community.lead.say(&lobby, "!hearth ballot \"Where do wombats meet?\" Here | There --close 6h").await.unwrap();
    let logged = community.messages_logged();

    // A room of their own, of which they are the moderator.
    let mut zoe = community.synapse.register("zoe", "secret").await.unwrap();
    let den = NewRoom { name: "Den", public: false, invite: &[&bot], ..NewRoom::default() };
    let den = zoe.create_room(&den).await.unwrap();
    comes(&zoe, &den, &bot).await;
    zoe.say(&den, "good morning, wombats").await.unwrap();
    let first = ask(&mut zoe, &den, &bot, "!hearth settings lobby here").await;
    assert!(first.contains("not at home in this room"), "{first}");
    for more in ["!hearth adopt", "!hearth settings leads-room here", "!hearth actions all", "!hearth help"] {
        zoe.say(&den, more).await.unwrap();
    }

    // And a direct room.
    let direct = NewRoom { direct: true, public: false, invite: &[&bot], ..NewRoom::default() };
    let direct = zoe.create_room(&direct).await.unwrap();
    comes(&zoe, &direct, &bot).await;
    for closed in ["actions all", "topic list", "topic history", "meeting list", "vote", "vote 1", "settings"] {
        let answer = ask(&mut zoe, &direct, &bot, closed).await;
        assert!(answer.contains("can't see you in any room"), "{closed}: {answer}");
    }
    assert!(ask(&mut zoe, &direct, &bot, "help").await.contains("poll"));
    assert!(ask(&mut zoe, &direct, &bot, "privacy").await.contains("opt-out"));

    // Whoever leads goes on leading, from the lobby that they named.
    let shown = community.ask(&lobby, "!hearth settings community").await;
    assert!(shown.body().contains("Lobby") && !shown.body().contains("Den"), "{}", shown.body());
    assert_eq!(community.messages_logged(), logged, "what is said in a stranger's room is not noted");
    let in_den = zoe.read_all(&den).await.unwrap();
    let answers = in_den.iter().filter(|event| event["sender"] == bot.as_str() && event["type"] == "m.room.message");
    assert_eq!(answers.count(), 1, "it says once that it is not at home there");
    for room in [&den, &direct] {
        let seen = zoe.read_all(room).await.unwrap();
        let told = seen.iter().filter(|event| event["sender"] == bot.as_str());
        assert_eq!(told.filter(|event| event.to_string().to_lowercase().contains("wombat")).count(), 0);
    }
    // Once they join, they are a member like others.
    zoe.join(&lobby).await.unwrap();
    assert!(ask(&mut zoe, &direct, &bot, "topic list").await.contains("Wombats"));
}

#[tokio::test]
async fn a_room_that_the_bot_was_removed_from_gives_nobody_authority() {
    let mut community = Community::begin(Wishes::default()).await;
    let (lobby, bot) = (community.lobby.clone(), community.synapse.user_id("hearth"));
    let mut mo = community.synapse.register("mo", "secret").await.unwrap();
    mo.join(&lobby).await.unwrap();
    community.lead.set_power(&lobby, &mo.user_id, 50).await.unwrap();
    let craft = NewRoom { name: "Craft", public: true, invite: &[&bot], ..NewRoom::default() };
    let craft = community.lead.create_room(&craft).await.unwrap();
    comes(&community.lead, &craft, &bot).await;
    mo.join(&craft).await.unwrap();
    let set = "!hearth settings poll who-opens leads";
    let shown = ask(&mut mo, &craft, &bot, set).await;
    assert!(!shown.contains("Only leads"), "a moderator of the lobby leads: {shown}");

    community.lead.kick(&lobby, &bot).await.unwrap();
    // The lobby's last known state still says that they are its moderator.
    let shown = ask(&mut mo, &craft, &bot, "!hearth settings poll close-after 3d").await;
    assert!(shown.contains("Only leads"), "{shown}");
    let own = community.ask(&craft, "!hearth settings poll close-after 3d").await;
    assert!(!own.body().contains("Only leads"), "whom the operator named still leads: {}", own.body());
}
