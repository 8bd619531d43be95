//! Items on their way to a homeserver of the test's making.

use std::{
    collections::{BTreeMap, BTreeSet, VecDeque},
    sync::Mutex,
};

use hearth_practices::{Message, Outgoing, Shared, links::to_message};
use serde_json::json;

use super::*;
use crate::sending::{Class, NotNow, RetryAfter};

/// Rooms and who is in them, what was sent there, and what is refused next.
#[derive(Default)]
struct Server {
    rooms: Mutex<BTreeMap<RoomId, BTreeSet<UserId>>>,
    marks: Mutex<Vec<(RoomId, UserId)>>,
    sent: Mutex<Vec<(RoomId, String, Value)>>,
    refusals: Mutex<VecDeque<Option<Refusal>>>,
    /// Rooms that somebody has left.
    left: Mutex<BTreeSet<RoomId>>,
    /// The reasons given with invitations.
    reasons: Mutex<Vec<Option<String>>>,
    /// Whether a room is made though the answer is a refusal.
    forgetful: Mutex<bool>,
}

fn user(name: &str) -> UserId {
    UserId::from(format!("@{name}:t"))
}

fn room(name: &str) -> RoomId {
    RoomId::from(format!("!{name}:t"))
}

impl Server {
    fn with(rooms: &[(&str, &[&str])]) -> Self {
        let server = Self::default();
        for (name, people) in rooms {
            let members = people.iter().map(|name| user(name)).chain([user("hearth")]).collect();
            server.rooms.lock().unwrap().insert(room(name), members);
        }
        server
    }

    fn refuses(self, refusals: &[Option<Refusal>]) -> Self {
        *self.refusals.lock().unwrap() = refusals.iter().copied().collect();
        self
    }

    fn answer(&self, class: Class) -> Result<(), Refused> {
        match self.refusals.lock().unwrap().pop_front().flatten() {
            Some(refusal) => Err(Refused::new(refusal, class, "refused")),
            None => Ok(()),
        }
    }

    /// Room, transaction id and text of what was sent.
    fn said(&self) -> Vec<(String, String, String)> {
        let sent = self.sent.lock().unwrap();
        let text = |content: &Value| content["body"].as_str().unwrap_or_default().to_owned();
        sent.iter().map(|(room, txn, content)| (room.to_string(), txn.clone(), text(content))).collect()
    }
}

impl Homeserver for Server {
    fn me(&self) -> UserId {
        user("hearth")
    }

    fn is_joined(&self, room: &RoomId) -> bool {
        self.rooms.lock().unwrap().get(room).is_some_and(|members| members.contains(&self.me()))
    }

    async fn put(&self, room: &RoomId, _: &str, content: &Value, txn: &str) -> Result<EventId, Refused> {
        self.answer(Class::Message)?;
        self.sent.lock().unwrap().push((room.clone(), txn.to_owned(), content.clone()));
        Ok(EventId::from(format!("${txn}")))
    }

    async fn redact(&self, _: &RoomId, _: &EventId, txn: &str) -> Result<EventId, Refused> {
        self.answer(Class::Message)?;
        Ok(EventId::from(format!("${txn}")))
    }

    async fn upload(&self, _: &RoomId, _: &str, _: Vec<u8>) -> Result<(&'static str, Value), Refused> {
        self.answer(Class::Message)?;
        Ok(("url", json!("mxc://t/1")))
    }

    async fn members(&self, room: &RoomId) -> Result<Vec<UserId>, Refused> {
        Ok(self.rooms.lock().unwrap().get(room).into_iter().flatten().cloned().collect())
    }

    async fn is_deserted(&self, room: &RoomId) -> Result<bool, Refused> {
        let (alone, left) = (BTreeSet::from([self.me()]), self.left.lock().unwrap().contains(room));
        Ok(left && self.rooms.lock().unwrap().get(room).is_some_and(|members| *members == alone))
    }

    async fn direct_rooms(&self, person: &UserId) -> Result<Vec<RoomId>, Refused> {
        let marks = self.marks.lock().unwrap();
        let theirs = marks.iter().filter(|(room, whose)| whose == person && self.is_joined(room));
        Ok(theirs.map(|(room, _)| room.clone()).collect())
    }

    async fn create_direct(&self, person: &UserId, _: bool) -> Result<RoomId, Refused> {
        let answer = self.answer(Class::Room);
        if answer.is_err() && !*self.forgetful.lock().unwrap() {
            return answer.map(|()| room("none"));
        }
        let made = room(&format!("made-{}", self.marks.lock().unwrap().len()));
        self.rooms.lock().unwrap().insert(made.clone(), BTreeSet::from([self.me()]));
        self.marks.lock().unwrap().push((made.clone(), person.clone()));
        answer.map(|()| made)
    }

    async fn invite(&self, room: &RoomId, person: &UserId, reason: Option<&str>) -> Result<(), Refused> {
        self.answer(Class::Invitation)?;
        self.reasons.lock().unwrap().push(reason.map(str::to_owned));
        self.rooms.lock().unwrap().entry(room.clone()).or_default().insert(person.clone());
        Ok(())
    }

    async fn time_zone(&self, person: &UserId) -> Result<Option<String>, Refused> {
        self.answer(Class::Message)?;
        Ok((*person == user("ana")).then(|| "Europe/Lisbon".to_owned()))
    }

    async fn leave(&self, room: &RoomId) -> Result<(), Refused> {
        self.answer(Class::Message)?;
        self.rooms.lock().unwrap().entry(room.clone()).or_default().remove(&self.me());
        Ok(())
    }
}

/// Where direct rooms and cards are.
#[derive(Default)]
struct Book {
    direct: Mutex<BTreeMap<UserId, RoomId>>,
    /// The same, and what was taken for it before.
    ever: Mutex<BTreeMap<RoomId, UserId>>,
    abandoned: Mutex<Vec<RoomId>>,
}

impl Book {
    fn with(person: &str, direct: &str) -> Self {
        let book = Self::default();
        book.set_direct(&user(person), &room(direct));
        book
    }
}

impl Addresses for Book {
    fn message(&self, _: &str, _: &str, key: &MessageKey) -> Option<Posted> {
        (key.as_str() == "card").then(|| Posted { room: room("lobby"), event: EventId::from("$card") })
    }

    fn is_quiet(&self, _: &str, _: &str, key: &MessageKey) -> bool {
        key.as_str() != "card"
    }

    fn direct(&self, person: &UserId) -> Option<RoomId> {
        self.direct.lock().unwrap().get(person).cloned()
    }

    fn person_of(&self, room: &RoomId) -> Option<UserId> {
        self.ever.lock().unwrap().get(room).cloned()
    }

    fn set_direct(&self, person: &UserId, room: &RoomId) -> RoomId {
        let theirs = self.direct.lock().unwrap().entry(person.clone()).or_insert_with(|| room.clone()).clone();
        self.ever.lock().unwrap().insert(theirs.clone(), person.clone());
        theirs
    }

    fn abandon_direct(&self, person: &UserId, room: &RoomId) {
        self.direct.lock().unwrap().remove(person);
        self.abandoned.lock().unwrap().push(room.clone());
    }

    fn forget_direct(&self, person: &UserId) {
        self.direct.lock().unwrap().remove(person);
    }

    fn leads(&self, _: &str) -> Option<RoomId> {
        None
    }

    fn my_data(&self, _: &str, person: &UserId) -> Option<String> {
        Some(format!("all about {person}"))
    }

    fn share_report(&self, community: &str, _: Timestamp) -> Option<Answered> {
        let told = || Answered { answer: Answer::Shared(Shared::Told("2026-09".to_owned())), items: Vec::new() };
        (community == "Testers").then(told)
    }

    fn words(&self, _: &str) -> &'static Words {
        Words::english()
    }

    fn why(&self, person: &UserId) -> Option<String> {
        Some(format!("for {person}"))
    }
}

fn due(attention: Attention, item: OutboxItem) -> Due {
    Due {
        id: 1,
        txn: "t".to_owned(),
        community: "Testers".to_owned(),
        practice: "poll".to_owned(),
        lane: String::new(),
        attention,
        expires: None,
        item,
        attempts: 0,
    }
}

fn reply(name: &str) -> Due {
    let to = To::Reply { room: room(name), event: EventId::from("$asked"), thread: None };
    due(Attention::Answer, OutboxItem::Send(Outgoing::Message(Message::new(to, Attention::Answer, "the answer"))))
}

fn personal(person: &str) -> Due {
    let message = Message::new(To::Person(user(person)), Attention::Answer, "for your eyes");
    due(Attention::Answer, OutboxItem::Send(Outgoing::Message(message)))
}

fn my_data(person: &str) -> Due {
    due(Attention::Answer, OutboxItem::Send(Outgoing::MyData { person: user(person) }))
}

async fn carry(server: &Server, book: &Book, due: &Due) -> Result<Carried, Refused> {
    Carrier { homeserver: server, addresses: book, encrypt: false, now: Timestamp::UNIX_EPOCH }.carry(due).await
}

const NUDGE: Attention = Attention::Nudge { until: Timestamp::MAX };

const NEVER: Option<Refusal> = Some(Refusal::Permanent);

#[tokio::test]
async fn an_answer_whose_relation_is_refused_is_given_without_it() {
    let server = Server::with(&[("lobby", &["ana"])]).refuses(&[NEVER]);
    let carried = carry(&server, &Book::default(), &reply("lobby")).await.unwrap();
    assert!(matches!(carried, Carried::Done(_)));
    assert_eq!(server.said(), [("!lobby:t".into(), "t.bare".into(), "the answer".into())]);
    assert_eq!(server.sent.lock().unwrap()[0].2.get("m.relates_to"), None);
}

#[tokio::test]
async fn words_that_lead_to_a_message_of_the_bots_own_lead_to_where_it_is() {
    let server = Server::with(&[("lobby", &["ana"])]);
    let body = format!(
        "See {} and {}.",
        to_message("the card", "poll", &"card".into()),
        to_message("it", "poll", &"x".into())
    );
    let edit = due(Attention::Answer, OutboxItem::Send(Outgoing::Edit { key: "card".into(), body: body.clone() }));
    let message = Message::new(To::Room(room("lobby")), Attention::Answer, body);
    let message = due(Attention::Answer, OutboxItem::Send(Outgoing::Message(message)));
    for one in [message, edit] {
        carry(&server, &Book::default(), &one).await.unwrap();
    }
    let sent = server.sent.lock().unwrap();
    let edit = &sent[1].2["m.new_content"];
    assert_eq!(edit["msgtype"], "m.text", "a card that notified does not turn into a notice");
    for content in [&sent[0].2, edit] {
        let shown = content["formatted_body"].as_str().unwrap();
        assert!(shown.contains("<a href=\"https://matrix.to/#/!lobby:t/$card?via=t\">the card</a> and it."), "{shown}");
    }
}

#[tokio::test]
async fn whoever_waits_for_an_answer_that_is_refused_gets_a_sentence() {
    let server = Server::with(&[("lobby", &["ana"])]).refuses(&[NEVER, NEVER]);
    let refused = carry(&server, &Book::default(), &reply("lobby")).await.unwrap_err();
    assert_eq!(refused.refusal, Refusal::Permanent);
    let said = server.said();
    assert_eq!((said.len(), said[0].1.as_str()), (1, "t.sorry"));
    assert!(said[0].2.contains("homeserver did not take it"), "{said:?}");

    let server = Server::with(&[("lobby", &["ana"])]).refuses(&[Some(Refusal::TooLarge)]);
    carry(&server, &Book::default(), &reply("lobby")).await.unwrap_err();
    assert!(server.said()[0].2.contains("too much to say"), "{:?}", server.said());
    // Nobody waits for a card's edit.
    let server = Server::with(&[("lobby", &["ana"])]).refuses(&[NEVER]);
    let edit = OutboxItem::Send(Outgoing::Edit { key: "card".into(), body: "new".into() });
    carry(&server, &Book::default(), &due(Attention::Housekeeping, edit)).await.unwrap_err();
    assert_eq!(server.said(), []);
}

#[tokio::test]
async fn a_sentence_that_must_wait_is_not_lost() {
    let later = Refusal::NotNow(NotNow::Limited(Some(RetryAfter::Delay(std::time::Duration::from_secs(5)))));
    let server = Server::with(&[("lobby", &["ana"])]).refuses(&[NEVER, NEVER, Some(later)]);
    assert_eq!(carry(&server, &Book::default(), &reply("lobby")).await.unwrap_err().refusal, later);
}

#[tokio::test]
async fn the_same_reaction_twice_and_the_removal_of_nothing_are_done_already() {
    let server = Server::with(&[("lobby", &["ana"])]).refuses(&[Some(Refusal::DoneAlready), NEVER]);
    let react = Outgoing::React { room: room("lobby"), event: EventId::from("$e"), with: "👍".to_owned() };
    let remove = Outgoing::RedactEvent { room: room("lobby"), event: EventId::from("$e") };
    for outgoing in [react, remove] {
        let due = due(Attention::Housekeeping, OutboxItem::Send(outgoing));
        assert_eq!(carry(&server, &Book::default(), &due).await.unwrap(), Carried::Nothing);
    }
}

#[tokio::test]
async fn a_button_is_a_reaction_to_the_card_and_under_no_card_there_is_none() {
    let server = Server::with(&[("lobby", &["ana"])]);
    let button = |key: &str| {
        let button = Outgoing::Button { key: key.into(), with: "✋ I am in".to_owned(), name: None };
        due(Attention::Button, OutboxItem::Send(button))
    };
    assert!(matches!(carry(&server, &Book::default(), &button("card")).await.unwrap(), Carried::Done(_)));
    assert_eq!(carry(&server, &Book::default(), &button("other")).await.unwrap(), Carried::Nothing);
    let sent = server.sent.lock().unwrap();
    let relation = json!({ "rel_type": "m.annotation", "event_id": "$card", "key": "✋ I am in" });
    assert_eq!(sent.iter().map(|(_, _, content)| &content["m.relates_to"]).collect::<Vec<_>>(), [&relation]);
}

#[tokio::test]
async fn a_deserted_room_is_left_and_one_that_is_being_made_for_somebody_is_not() {
    let leave = || due(Attention::Housekeeping, OutboxItem::LeaveDeserted { room: room("d") });
    for (others, left, deserted) in [(&[][..], true, true), (&["ana"][..], true, false), (&[][..], false, false)] {
        let server = Server::with(&[("d", others)]);
        server.left.lock().unwrap().extend(left.then(|| room("d")));
        assert_eq!(carry(&server, &Book::default(), &leave()).await.unwrap(), Carried::Nothing);
        assert_eq!(server.is_joined(&room("d")), !deserted);
    }
}

#[tokio::test]
async fn a_third_person_in_a_direct_room_receives_nothing_personal() {
    let server = Server::with(&[("d", &["ana", "eve"])]);
    for due in [my_data("ana"), personal("ana")] {
        let book = Book::with("ana", "d");
        assert_eq!(carry(&server, &book, &due).await.unwrap(), Carried::NeedsRoom(user("ana")));
        assert_eq!(*book.abandoned.lock().unwrap(), [room("d")]);
    }
    // Nor do they get answers there, though it was they who asked; nor is anybody answered elsewhere.
    let book = Book::with("ana", "d");
    assert_eq!(carry(&server, &book, &reply("d")).await.unwrap(), Carried::Nothing);
    assert_eq!(server.said(), []);
    // The bot leaves with a sentence that says why.
    let leave = OutboxItem::LeaveDirect { person: user("ana"), room: room("d"), quietly: false };
    carry(&server, &book, &due(Attention::Housekeeping, leave)).await.unwrap();
    let said = server.said();
    assert!(said.len() == 1 && said[0].2.contains("no longer only between the two of us"), "{said:?}");
    assert_ne!(said[0].1, "t", "whoever reads the sentence must not take the leaving for done");
    assert!(!server.is_joined(&room("d")));
    // And the old room is not found again by its mark.
    server.marks.lock().unwrap().push((room("d"), user("ana")));
    server.rooms.lock().unwrap().get_mut(&room("d")).unwrap().insert(user("hearth"));
    Carrier { homeserver: &server, addresses: &book, encrypt: false, now: Timestamp::UNIX_EPOCH }
        .make_room(&user("ana"))
        .await
        .unwrap();
    assert_eq!(book.direct(&user("ana")), Some(room("made-1")));
    assert!(matches!(carry(&server, &book, &personal("ana")).await.unwrap(), Carried::Done(_)));
}

#[tokio::test]
async fn whoever_has_left_is_asked_back_for_what_they_asked_for_and_not_for_a_nudge() {
    let server = Server::with(&[("d", &[])]);
    let book = Book::with("ana", "d");
    let nudge = Message::new(To::Person(user("ana")), NUDGE, "hey");
    let nudge = OutboxItem::Send(Outgoing::Message(nudge));
    assert_eq!(carry(&server, &book, &due(NUDGE, nudge)).await.unwrap(), Carried::Nothing);
    assert!(matches!(carry(&server, &book, &personal("ana")).await.unwrap(), Carried::Done(_)));
    assert!(server.rooms.lock().unwrap()[&room("d")].contains(&user("ana")));
}

#[tokio::test]
async fn a_room_that_was_made_though_the_answer_was_a_refusal_is_the_one_that_is_used() {
    let limited = Refusal::NotNow(NotNow::Limited(None));
    let (server, book) = (Server::default().refuses(&[Some(limited)]), Book::default());
    let carrier = Carrier { homeserver: &server, addresses: &book, encrypt: false, now: Timestamp::UNIX_EPOCH };
    *server.forgetful.lock().unwrap() = true;
    let refused = carrier.make_room(&user("ana")).await.unwrap_err();
    assert_eq!((refused.refusal, refused.class), (limited, Class::Room));
    carrier.make_room(&user("ana")).await.unwrap();
    assert_eq!(server.marks.lock().unwrap().len(), 1);
    assert_eq!(book.direct(&user("ana")), Some(room("made-0")));
}

#[tokio::test]
async fn an_invitation_says_why_and_comes_though_an_attempt_ended_before_it() {
    let absent = Refusal::NotNow(NotNow::Absent);
    let (server, book) = (Server::default().refuses(&[None, Some(absent)]), Book::default());
    let carrier = Carrier { homeserver: &server, addresses: &book, encrypt: false, now: Timestamp::UNIX_EPOCH };
    let refused = carrier.make_room(&user("ana")).await.unwrap_err();
    assert_eq!((refused.refusal, refused.class), (absent, Class::Invitation));
    assert_eq!(book.direct(&user("ana")), None, "nothing is sent to a room in which nobody is");
    carrier.make_room(&user("ana")).await.unwrap();
    assert_eq!(*server.reasons.lock().unwrap(), [Some("for @ana:t".to_owned())]);
    assert!(server.rooms.lock().unwrap()[&room("made-0")].contains(&user("ana")));
    assert_eq!(server.marks.lock().unwrap().len(), 1);
    // Whoever may not be invited is left alone.
    let server = Server::default().refuses(&[None, Some(Refusal::Permanent)]);
    let carrier = Carrier { homeserver: &server, addresses: &book, encrypt: false, now: Timestamp::UNIX_EPOCH };
    assert_eq!(carrier.make_room(&user("ben")).await.unwrap_err().refusal, Refusal::Permanent);
    assert!(!server.is_joined(&room("made-0")));
}

#[tokio::test]
async fn whoever_wrote_to_the_bot_while_it_made_a_room_for_them_keeps_theirs_alone() {
    let server = Server::with(&[("own", &["ana"])]);
    /// They write at the last moment.
    struct Meanwhile(Book, Mutex<bool>);
    impl Addresses for Meanwhile {
        fn message(&self, _: &str, _: &str, _: &MessageKey) -> Option<Posted> {
            None
        }
        fn is_quiet(&self, _: &str, _: &str, _: &MessageKey) -> bool {
            false
        }

        fn direct(&self, person: &UserId) -> Option<RoomId> {
            self.0.direct(person)
        }
        fn person_of(&self, room: &RoomId) -> Option<UserId> {
            self.0.person_of(room)
        }
        fn set_direct(&self, person: &UserId, room: &RoomId) -> RoomId {
            if !std::mem::replace(&mut *self.1.lock().unwrap(), true) {
                self.0.set_direct(person, &RoomId::from("!own:t"));
            }
            self.0.set_direct(person, room)
        }
        fn abandon_direct(&self, person: &UserId, room: &RoomId) {
            self.0.abandon_direct(person, room);
        }
        fn forget_direct(&self, _: &UserId) {}
        fn leads(&self, _: &str) -> Option<RoomId> {
            None
        }
        fn my_data(&self, _: &str, _: &UserId) -> Option<String> {
            None
        }
        fn share_report(&self, _: &str, _: Timestamp) -> Option<Answered> {
            None
        }
        fn words(&self, _: &str) -> &'static Words {
            Words::english()
        }
        fn why(&self, _: &UserId) -> Option<String> {
            None
        }
    }
    let book = Meanwhile(Book::default(), Mutex::new(false));
    Carrier { homeserver: &server, addresses: &book, encrypt: false, now: Timestamp::UNIX_EPOCH }
        .make_room(&user("ana"))
        .await
        .unwrap();
    assert_eq!(book.direct(&user("ana")), Some(room("own")));
    assert!(!server.is_joined(&room("made-0")), "the one that was made is left");
}

#[tokio::test]
async fn what_is_asked_of_the_world_is_answered_and_nothing_is_said_by_the_way() {
    let (server, book) = (Server::with(&[("lobby", &["ana"])]), Book::default());
    let asked = due(Attention::Answer, OutboxItem::Ask(Request::new("$asked", RequestKind::ShareReport)));
    let Carried::Answered(answered) = carry(&server, &book, &asked).await.unwrap() else { panic!() };
    assert_eq!(answered.answer, Answer::Shared(Shared::Told("2026-09".to_owned())));
    // What cannot be answered is said by the practice that asked.
    let unknown = Due { community: "Others".to_owned(), ..asked };
    assert_eq!(carry(&server, &book, &unknown).await.unwrap_err().refusal, Refusal::Permanent);
    assert_eq!(server.said(), []);
}
