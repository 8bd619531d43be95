//! What cannot be done with topics, and what is said to it.

use insta::assert_snapshot;

use super::passes;
use crate::{
    Span,
    dialogue::{Dialogue, room_id},
};

#[test]
fn what_cannot_be_is_answered_with_what_to_do() {
    let mut talk = Dialogue::new();
    let mut answers = Vec::new();
    let mut say = |talk: &mut Dialogue, who: &str, room: &str, said: &[&str]| {
        for said in said {
            let answer = talk.says(who, room, &format!("!hearth topic {said}")).join("\n  ");
            answers.push(format!("{said}\n  {answer}"));
        }
    };
    say(&mut talk, "ana", "lobby", &["vote", "add", "add On call", "add on CALL", "claim", "drop 7", "drop x"]);
    say(&mut talk, "ana", "lobby", &[&format!("add {}", "a".repeat(201)), "history", "unclaim 1", "reopen 1"]);
    say(&mut talk, "ben", "lobby", &["drop 1", "merge 1", "merge 1 1", "merge 1 9", "close", "vote 1:2", "dorp 1"]);
    talk.says("ana", "lobby", "!hearth topic add Pairing");
    talk.says("cem", "lobby", "!hearth topic claim 2");
    say(&mut talk, "ben", "lobby", &["claim 2", "unclaim 2", &format!("discussed 2 {}", "a".repeat(501))]);
    talk.says("ana", "lobby", "!hearth topic vote");
    say(&mut talk, "ben", "lobby", &["vote 1:2", "close"]);
    say(&mut talk, "ben", "craft", &["vote", "close"]);
    talk.says("ana", "lobby", "!hearth topic drop 1");
    say(&mut talk, "ana", "lobby", &["claim 1", "reopen 2"]);
    talk.says("lea", "lobby", "!hearth topic reopen 1");
    talk.says("lea", "lobby", "!hearth topic merge 2 1");
    say(&mut talk, "ana", "lobby", &["claim 1", "reopen 1"]);
    for said in ["dots 9:1", "dots 1:4", "topic vote all", "topic vote none", "topic add Lunch", "topic dance"] {
        answers.push(format!("{said}\n  {}", talk.tells("ben", said).join("\n  ")));
    }
    passes(&mut talk, Span::days(3));
    for said in ["topic vote 1:1", "topic vote", "dots 1:1"] {
        answers.push(format!("{said}\n  {}", talk.tells("ben", said).join("\n  ")));
    }
    talk.community.rooms.get_mut(&room_id("craft")).unwrap().people = Some(3);
    talk.says("ana", "lobby", "!hearth topic add Retros");
    answers.push(talk.says("ana", "craft", "!hearth topic vote").join("\n"));
    assert_snapshot!(answers.join("\n").replace("notice: ", "").replace("aaaaaaaaaa", ""), @"
    vote
      #lobby A vote needs two topics that wait. Propose one with `!hearth topic add …`.
    add
      #lobby What is it about? Write it behind: `!hearth topic add How we review`.
    add On call
      #lobby That's topic 1 now. `!hearth topic list` shows the list here.
    add on CALL
      #lobby That is on the list already, as topic 1.
    claim
      #lobby Which topic? Write its number: `!hearth topic claim 3`.
    drop 7
      #lobby I know of no topic 7. `!hearth topic list` shows what waits.
    drop x
      #lobby Which topic? Write its number: `!hearth topic drop 3`.
    add a
      #lobby That has 201 characters, and a topic fits into 200. Shorten it; the rest can go in a message.
    history
      #lobby Nothing has been discussed yet. `!hearth topic discussed 3 what came out` says that something was.
    unclaim 1
      #lobby Nobody leads topic 1, so there is nothing to give back.
    reopen 1
      #lobby Topic 1 is on the list already.
    drop 1
      #lobby Only who proposed it, or a lead, can do that.
    merge 1
      #lobby Which two? `!hearth topic merge 3 5` makes topic 3 of both.
    merge 1 1
      #lobby Those are one and the same. Write two numbers, the one that stays first.
    merge 1 9
      #lobby I know of no topic 9. `!hearth topic list` shows what waits.
    close
      #lobby No vote on topics is open here. `!hearth topic vote` opens one.
    vote 1:2
      #lobby No vote on topics is open here. `!hearth topic vote` opens one.
    dorp 1
      #lobby I don't know `dorp`. Did you mean `!hearth topic drop`?
    claim 2
      #lobby [cem](https://matrix.to/#/@cem:t) leads it. Do it together, or ask for it: `!hearth topic unclaim 2`, by them or a lead, frees it.
    unclaim 2
      #lobby [cem](https://matrix.to/#/@cem:t) leads it. Do it together, or ask for it: `!hearth topic unclaim 2`, by them or a lead, frees it.
    discussed 2 a
      #lobby That note has 501 characters, and 500 are kept. Say the most important; the rest can go in a message.
    vote 1:2
      #lobby That was said aloud, so I didn't count it: a sealed vote goes to me alone. Better remove your message. Say `!hearth topic vote` here without dots, and I send you the paper in our direct room.
    close
      #lobby Only who opened the vote, or a lead, can close it. It also closes by itself.
    vote
      #craft A vote on topics is open in another room of this community. It closes by itself; then you can ask here.
    close
      #craft No vote on topics is open here. `!hearth topic vote` opens one.
    claim 1
      #lobby Topic 1 was dropped. `!hearth topic reopen 1` puts it back on the list.
    reopen 2
      #lobby Topic 2 is on the list already.
    claim 1
      #lobby Topic 1 is part of topic 2 now; go on with that one.
    reopen 1
      #lobby Topic 1 is part of topic 2 now; go on with that one.
    dots 9:1
      sealed @ben There is no option 9 here. You have 3 dots: `dots 2:2 1:1`.
    dots 1:4
      sealed @ben That's 4 dots, and you have 3. Nothing has changed yet. You have 3 dots: `dots 2:2 1:1`.
    topic vote all
      sealed @ben I can't read that. Write the numbers of the options, nothing else. You have 3 dots: `dots 2:2 1:1`.
    topic vote none
      sealed @ben Done: you have no vote on topics now. You can still vote until it closes.
    topic add Lunch
      @ben Topics belong to rooms. Send me that in a room of your community.
    topic dance
      @ben - `!hearth topic add How we review` – propose one
    - `!hearth topic list` – what waits
    - `!hearth topic vote` – dots decide what comes first, in meetings too
    topic vote 1:1
      @ben No vote on topics is open for you. A vote is for the people in its room: if you are in one, tap 🗳️ Vote under its card or say `!hearth topic vote` there.
    topic vote
      @ben No vote on topics is open for you. A vote is for the people in its room: if you are in one, tap 🗳️ Vote under its card or say `!hearth topic vote` there.
    dots 1:1
      @ben Nothing is open in which you could give dots. Where you are in the room of a vote, tap 🗳️ Vote under its card, and I send you the paper.
    #craft A vote stays sealed only among at least 5, and this room has 3 people. Vote in a larger room, or a lead sets `sealed` to no.
    ");
}
