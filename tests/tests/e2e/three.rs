//! One bot, three communities, and somebody who is in all of them and has one direct room.

use hearth_tests::member::{Heard, NewRoom};

use crate::stage::{Community, SOON, Wishes, ask, comes};

#[tokio::test]
async fn what_somebody_in_three_communities_writes_to_the_bot_is_for_one_of_them() {
    let mut community = Community::prepare(Wishes::default()).await;
    let bot = community.synapse.user_id("hearth");
    let mut ana = community.synapse.register("ana", "secret").await.unwrap();
    let mut rooms = vec![("Testers", community.lobby.clone())];
    for name in ["Choir", "Guild"] {
        let room = NewRoom { name, public: true, invite: &[&bot], ..NewRoom::default() };
        rooms.push((name, community.lead.create_room(&room).await.unwrap()));
    }
    let more = rooms[1..].iter().map(|(name, room)| format!("\n[[community]]\nname = '{name}'\nrooms = ['{room}']\n"));
    let more: String = more.collect();
    let own = format!("\nrooms = {:?}", [&community.lobby, &community.leads]);
    let configured = |toml: String| format!("{}{more}", toml.replacen("\nrooms = []", &own, 1));
    community.bot.configure(configured).unwrap();
    community.bot.start().await.unwrap();
    community.settle().await;
    for (_, room) in &rooms {
        comes(&community.lead, room, &bot).await;
        ana.join(room).await.unwrap();
    }
    let direct = NewRoom { direct: true, public: false, invite: &[&bot], ..NewRoom::default() };
    let direct = ana.create_room(&direct).await.unwrap();
    comes(&ana, &direct, &bot).await;

    // Which one is meant is asked, and may be said.
    for (name, room) in &rooms {
        community.ask(room, &format!("!hearth topic add Wombats of the {name}")).await;
    }
    let which = ask(&mut ana, &direct, &bot, "topic list").await;
    assert!(rooms.iter().all(|(name, _)| which.contains(name)), "{which}");
    for (named, _) in &rooms {
        let list = ask(&mut ana, &direct, &bot, &format!("in {named}: topic list")).await;
        for (name, _) in &rooms {
            assert_eq!(list.contains(&format!("Wombats of the {name}")), name == named, "{named}: {list}");
        }
    }

    // A retrospective in two: the one that told them last what to send; a name, and an answer, decide before it.
    for (_, room) in &rooms[1..] {
        community.lead.say(room, "!hearth retro start").await.unwrap();
        let is_card = |heard: &Heard| heard.room == *room && heard.sender() == bot && heard.body().contains("Retro 1");
        let card = ana.wait_for(SOON, is_card).await.unwrap().id().to_owned();
        ana.react(room, &card, "👍").await.unwrap();
        let told = |heard: &Heard| heard.room == direct && heard.body().contains("happy:");
        ana.wait_for(SOON, told).await.unwrap();
    }
    let told = ana.read_all(&direct).await.unwrap();
    let letters: Vec<_> = told.iter().filter(|event| event["content"]["body"].to_string().contains("happy:")).collect();
    let (choir, notes) = (letters[0]["event_id"].as_str().unwrap(), ["happy: the tea", "in Choir: happy: the song"]);
    for note in notes {
        ana.say(&direct, note).await.unwrap();
    }
    ana.reply(&direct, choir, "unhappy: the rain").await.unwrap();
    assert!(ask(&mut ana, &direct, &bot, "help").await.contains("poll"), "it has read all of it");
    let counts: Vec<i64> = ["Choir", "Guild", "Testers"]
        .into_iter()
        .map(|name| {
            let db = rusqlite::Connection::open(community.bot.data().join("bot.db")).unwrap();
            let notes = "SELECT count(*) FROM sealed WHERE community = ?1 AND practice = 'retro'";
            db.query_row(notes, [name], |row| row.get(0)).unwrap()
        })
        .collect();
    assert_eq!(counts, [2, 1, 0], "each note lies in one community");

    // What is kept about a person is a matter of all communities, and answered once.
    let out = ask(&mut ana, &direct, &bot, "opt-out").await;
    assert!(ask(&mut ana, &direct, &bot, "help").await.contains("poll"));
    let told = ana.read_all(&direct).await.unwrap();
    assert_eq!(told.iter().filter(|event| event["content"]["body"] == out.as_str()).count(), 1);
    let before = community.messages_logged();
    for (_, room) in &rooms {
        ana.say(room, "this is not for the log").await.unwrap();
        community.ask(room, "!hearth help").await;
    }
    assert_eq!(community.messages_logged(), before);
}
