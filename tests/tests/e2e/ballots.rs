//! A sealed ballot of twelve in an encrypted room, read by an independent client, the bot killed at every turn.

use hearth_shared::activity::Kind;
use hearth_tests::{content, nio::NioMember, nio::Read};

use crate::{
    encrypted::{comes_in, confidential, said},
    stage::{SOON, bytes_with, keys_in},
};

/// What everybody chooses at last: six for the second option, four for the first, two for the third.
const CHOICES: [usize; 12] = [2, 1, 2, 3, 2, 1, 2, 1, 2, 3, 1, 2];

/// Somebody votes. Gives their message, and the receipt on their paper once it is known that the vote was understood.
async fn votes(person: &mut NioMember, direct: &str, bot: &str, choice: usize) -> (String, String) {
    let told = person.say(direct, &format!("vote {choice}")).await.unwrap();
    let understood = |read: &Read| read.sender() == bot && read.event["content"]["m.relates_to"]["event_id"] == *told;
    person.wait_until(direct, SOON, understood).await.unwrap();
    let stands = |read: &Read| read.sender() == bot && read.body().contains("Your receipt is `");
    let answer = person.wait_until(direct, SOON, stands).await.unwrap();
    let receipt = answer.body().split("Your receipt is `").nth(1).and_then(|rest| rest.split('`').next());
    let receipt = receipt.unwrap_or_else(|| panic!("no receipt in {}", answer.body())).to_owned();
    (told, receipt)
}

#[tokio::test]
async fn twelve_decide_and_nobody_can_tell_who_chose_what() {
    let mut community = confidential().await;
    let (lobby, bot) = (community.lobby.clone(), community.synapse.user_id("hearth"));
    let mut people = Vec::new();
    for who in 0..CHOICES.len() {
        people.push(comes_in(&community, &format!("person{who}")).await);
    }
    people[0].say(&lobby, "!hearth ballot \"Where?\" Wombat park | Quokka café | Online --close 6h").await.unwrap();
    community.bot.kill9().await.unwrap();
    community.bot.start().await.unwrap();
    let is_card = |read: &Read| read.sender() == bot && read.body().contains("of the 5 votes it needs");
    let card = people[0].wait_until(&lobby, SOON, is_card).await.unwrap();

    // Each reacts and gets the ballot; half of them change their mind; the bot dies in between.
    let (mut papers, mut messages) = (Vec::new(), Vec::new());
    for (who, person) in people.iter_mut().enumerate() {
        person.send(&lobby, "m.reaction", &content::reaction(card.id(), "🗳️")).await.unwrap();
        let direct = person.accept_invite(&bot, SOON).await.unwrap();
        person.wait_for_text(&direct, "Sealed: nobody here", SOON).await.unwrap();
        if who % 2 == 0 {
            votes(person, &direct, &bot, 3).await;
        }
        if who % 5 == 2 {
            community.bot.kill9().await.unwrap();
            community.bot.start().await.unwrap();
        }
        let (told, receipt) = votes(person, &direct, &bot, CHOICES[who]).await;
        papers.push((receipt, CHOICES[who]));
        messages.push((direct, told));
    }
    let full = |read: &Read| read.sender() == bot && read.body().contains("12 votes");
    people[0].wait_until(&lobby, SOON, full).await.unwrap();
    let data = community.bot.data().to_owned();
    let keys = || keys_in(&data);
    assert!(keys() > 0, "the votes are under a key that is not in the database");
    for (receipt, _) in &papers {
        for file in ["bot.db", "bot.db-wal", "activity.db", "activity.db-wal"] {
            assert_eq!(bytes_with(&data.join(file), receipt), 0, "{file}");
        }
    }

    people[0].say(&lobby, "!hearth ballot close").await.unwrap();
    community.bot.kill9().await.unwrap();
    community.bot.start().await.unwrap();
    let won = |read: &Read| read.sender() == bot && read.body().contains("🏆 Quokka café, 6 of 12 votes");
    people[0].wait_until(&lobby, SOON, won).await.unwrap();
    let is_list = |read: &Read| read.sender() == bot && read.body().contains("Every ballot with its receipt");
    let list = people[0].wait_until(&lobby, SOON, is_list).await.unwrap();
    for (receipt, choice) in &papers {
        let line = format!("- `{receipt}` {choice}");
        assert_eq!(list.body().lines().filter(|shown| *shown == line).count(), 1, "{line}: {}", list.body());
    }
    // The messages by which the votes came go from the direct rooms.
    for (person, (direct, told)) in people.iter_mut().zip(&messages) {
        let redacted = |read: &Read| read.sender() == bot && read.event["redacts"] == told.as_str();
        person.wait_until(direct, SOON, redacted).await.unwrap();
    }

    community.bot.stop().await.unwrap();
    let shown = said(&mut people[0], &lobby, &bot).await;
    assert_eq!(shown.iter().filter(|text| text.contains("Ballot 1 is closed")).count(), 1, "{shown:?}");
    assert_eq!(keys(), 0, "every key is destroyed");
    let log = hearth_log::open_read_only(&data.join("activity.db")).unwrap();
    let count = |kind: Kind| {
        let count = "SELECT count(*) FROM activity WHERE kind = ?1";
        log.query_row(count, [kind.code()], |row| row.get::<_, usize>(0)).unwrap()
    };
    assert_eq!([Kind::BallotOpened, Kind::BallotClosed].map(count), [1, 1]);
}
