//! A practice to which people say things about themselves, in two communities, over a memory in RAM.

use std::collections::BTreeSet;

use hearth_shared::pseudonym::Key;
use jiff::{SignedDuration, Timestamp, civil::Date};

use crate::{
    Administration, Answer, Attention, Ctx, Effect, Event, EventId, Input, Message, Person, PersonChange, Practice,
    Records, Request, RequestKind, RoomId, To, UserId, Waking, Words,
    engine::{Authority, CommunityNumber, Configured, Engine, Membership, OutboxItem, UnitOfWork, ram::Ram},
    incoming::{Incoming, Text, What},
    registry::{Practices, registered},
};

/// The practice.
enum AboutMe {}

#[derive(Clone, Debug, clap::Subcommand)]
enum Command {
    Zone {
        zone: String,
    },
    Language {
        tag: String,
    },
    Awake {
        from: i8,
        until: i8,
    },
    Away {
        until: Date,
    },
    Quiet,
    /// What is known of whoever asks.
    Me,
    LookMeUp,
    Forget,
}

crate::tables! { for AboutMe; }

impl Practice for AboutMe {
    const NAME: &'static str = "about-me";
    type Command = Command;
    type Settings = serde_json::Map<String, serde_json::Value>;
    type Board = ();

    fn react(_: &mut Records<Self>, ctx: &Ctx<Self::Settings>, input: &Input<Command>) -> Vec<Effect> {
        let invocation = match input {
            Input::Command(invocation) => invocation,
            Input::Event(Event::Answered { key, answer: Answer::Zone(zone) }) => {
                let told = To::Person(UserId::from(key.as_str()));
                return vec![Message::new(told, Attention::Answer, format!("profile: {zone:?}")).send()];
            }
            _ => return Vec::new(),
        };
        let who = invocation.by.clone();
        let change = match &invocation.command {
            Command::Zone { zone } => PersonChange::Zone(Some(zone.clone())),
            Command::Language { tag } => PersonChange::Language(Some(tag.clone())),
            Command::Awake { from, until } => {
                let [from, until] = [*from, *until].map(|hour| jiff::civil::time(hour, 0, 0, 0));
                PersonChange::Waking(Some(Waking { from, until, ..Waking::default() }))
            }
            Command::Away { until } => PersonChange::Away(Some(*until)),
            Command::Quiet => PersonChange::Quiet(true),
            Command::Me => {
                let person = serde_json::to_string(ctx.person(&who)).unwrap();
                return vec![Effect::answer(invocation.source, person)];
            }
            Command::LookMeUp => {
                let what = RequestKind::LookUpZone { person: who.clone() };
                return vec![Request::new(who.as_str(), what).ask()];
            }
            Command::Forget => return vec![Administration::Forget { who }.effect()],
        };
        vec![Administration::Person { who, change }.effect()]
    }
}

static ALL: Practices = Practices::new(&[registered::<AboutMe>()]);

/// Two communities with a room each, in which everybody is: `guild` and `choir`.
struct Talk {
    engine: Engine,
    memory: Ram,
    now: Timestamp,
    events: u32,
}

fn start(memory: &mut Ram) -> Engine {
    let configured = |number: i64, name: &str| Configured {
        name: name.to_owned(),
        number: CommunityNumber::new(number),
        zone: "UTC".to_owned(),
        language: Words::english().tag().to_owned(),
        prefix: "!hearth".to_owned(),
        rooms: vec![format!("!{name}:t")],
        key: Key::new(&[7; 32]),
    };
    let communities = vec![configured(1, "guild"), configured(2, "choir")];
    let Ok(mut engine) = Engine::load(&ALL, &UserId::from("@hearth:t"), communities, [0; 32], memory);
    engine.spread(&memory.persons());
    for room in ["!guild:t", "!choir:t"] {
        engine.set_room(&room.into(), Membership { people: Some(5), ..Membership::default() });
    }
    engine
}

impl Talk {
    fn new() -> Self {
        let mut memory = Ram::default();
        let engine = start(&mut memory);
        Self { engine, memory, now: Timestamp::from_second(1_791_190_800).unwrap(), events: 0 }
    }

    fn restarts(&mut self) {
        self.engine = start(&mut self.memory);
    }

    /// Somebody gives a command in a community's room. What is sent, and how much of the world is asked.
    fn says(&mut self, who: &str, community: &str, text: &str) -> (Vec<String>, usize) {
        self.events += 1;
        let room = RoomId::from(format!("!{community}:t"));
        let text = format!("!hearth {text}");
        let (body, command) = (text.clone(), text);
        let text = Text { body, command, notice: false, reply_to: None, thread: None, mentions: Vec::new() };
        let incoming = Incoming {
            event: EventId::from(format!("$e{}", self.events)),
            sender: UserId::from(format!("@{who}:t")),
            at: self.now,
            marker: None,
            prompt: false,
            cleartext: true,
            what: What::Message(text),
        };
        let authority = Authority { rooms: BTreeSet::from([room.clone()]), ..Authority::default() };
        let mut unit = UnitOfWork::default();
        let Ok(()) = self.engine.take(&self.memory, &room, &incoming, &authority, self.now, &mut unit);
        self.finish(&unit)
    }

    fn finish(&mut self, unit: &UnitOfWork) -> (Vec<String>, usize) {
        use crate::engine::Memory as _;
        let Ok(()) = self.memory.commit(&unit.commit);
        self.engine.spread(&unit.commit.persons);
        let said = |item: &OutboxItem| match item {
            OutboxItem::Send(crate::Outgoing::Message(message)) => Some(message.body.clone()),
            _ => None,
        };
        let items = unit.commit.items.iter().map(|new| &new.item);
        let asked = items.clone().filter(|item| matches!(item, OutboxItem::Ask(_))).count();
        (items.filter_map(said).collect(), asked)
    }

    /// What is known of somebody, as the practice in a community sees it.
    fn known(&mut self, who: &str, community: &str) -> Person {
        let (lines, _) = self.says(who, community, "me");
        serde_json::from_str(&lines[0]).unwrap()
    }

    /// The world answers whose profile says what.
    fn profile_says(&mut self, who: &str, zone: Option<&str>) {
        let (who, zone) = (UserId::from(format!("@{who}:t")), zone.map(str::to_owned));
        let mut unit = UnitOfWork::default();
        self.engine.note_person(&who, PersonChange::ProfileZone(zone.clone()), &mut unit);
        let event = Event::Answered { key: who.as_str().into(), answer: Answer::Zone(zone) };
        self.engine.inform("guild", Some("about-me"), &event, "answer", self.now, &mut unit);
        self.finish(&unit);
    }
}

/// Ana says everything that there is to say, some of it in each community.
fn ana_says_all(talk: &mut Talk) -> Person {
    for (community, text) in [
        ("guild", "zone Asia/Tokyo"),
        ("choir", "language de"),
        ("guild", "awake 7 15"),
        ("choir", "away 2027-01-04"),
        ("guild", "quiet"),
    ] {
        assert_eq!(talk.says("ana", community, text), (Vec::new(), 0), "{text}");
    }
    let times = [7, 15].map(|hour| jiff::civil::time(hour, 0, 0, 0));
    Person {
        language: Some("de".to_owned()),
        zone: Some("Asia/Tokyo".to_owned()),
        waking: Some(Waking { from: times[0], until: times[1], ..Waking::default() }),
        away_until: Some(jiff::civil::date(2027, 1, 4)),
        quiet: true,
        ..Person::default()
    }
}

#[test]
fn what_somebody_tells_a_practice_about_themselves_is_known_in_all_communities_and_after_a_restart() {
    let mut talk = Talk::new();
    let said = ana_says_all(&mut talk);
    for _ in 0..2 {
        for community in ["guild", "choir"] {
            assert_eq!(talk.known("ana", community), said, "{community}");
            assert_eq!(talk.known("ben", community), Person::default(), "ben has said nothing");
        }
        talk.restarts();
    }
}

#[test]
fn whoever_is_forgotten_has_said_nothing_about_themselves_anywhere() {
    let mut talk = Talk::new();
    ana_says_all(&mut talk);
    talk.says("ben", "guild", "quiet");
    talk.says("ana", "choir", "forget");
    for _ in 0..2 {
        for community in ["guild", "choir"] {
            assert_eq!(talk.known("ana", community), Person::default(), "{community}");
            assert!(talk.known("ben", community).quiet, "{community}");
        }
        talk.restarts();
    }
    assert!(talk.memory.persons().iter().all(|(who, person)| who.as_str() == "@ben:t" || *person == Person::default()));
}

#[test]
fn a_profile_is_looked_at_once_a_day_whoever_asks_and_whatever_it_says() {
    for zone in [None, Some("Asia/Tokyo")] {
        let mut talk = Talk::new();
        assert_eq!(talk.says("ana", "guild", "look-me-up"), (Vec::new(), 1));
        let early = vec!["profile: None".to_owned()];
        assert_eq!(talk.says("ana", "choir", "look-me-up"), (early, 0), "it is being asked");
        talk.profile_says("ana", zone);
        let learned = vec![format!("profile: {zone:?}")];
        for community in ["guild", "choir"] {
            talk.restarts();
            assert_eq!(talk.says("ana", community, "look-me-up"), (learned.clone(), 0), "{community}");
        }
        assert_eq!(talk.says("ben", "guild", "look-me-up"), (Vec::new(), 1), "ben is somebody else");
        talk.now += SignedDuration::from_hours(23);
        assert_eq!(talk.says("ana", "guild", "look-me-up"), (learned, 0));
        talk.now += SignedDuration::from_hours(1);
        assert_eq!(talk.says("ana", "guild", "look-me-up"), (Vec::new(), 1), "a day later");
    }
}
