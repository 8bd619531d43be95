//! What people have said about themselves: once, for all communities.

use hearth_practices::{Person, PersonChange, Request, RequestKind};
use jiff::SignedDuration;

use crate::{
    engine::UnitOfWork,
    stage::{Stage, user},
    store::{NewOutboxItem, OutboxItem},
};

/// Two communities; Ana is in the first.
fn two() -> Stage {
    let mut stage = Stage::new(&[("Guild", &["lobby"]), ("Choir", &["hall"])]);
    stage.comes_to("lobby", &["ana", "ben"]);
    stage.comes_to("hall", &["cem"]);
    stage.direct("ana");
    stage
}

fn says(stage: &mut Stage, change: PersonChange) {
    let mut unit = UnitOfWork::default();
    stage.core.engine.note_person(&user("ana"), change, &mut unit);
    stage.finish(unit);
}

/// What each community knows of her.
fn known(stage: &Stage) -> Vec<Person> {
    let communities = stage.core.engine.communities();
    communities.map(|(_, served)| served.community.persons.get(&user("ana")).clone()).collect()
}

#[test]
fn what_somebody_says_about_themselves_holds_in_all_communities_until_they_are_forgotten() {
    let mut stage = two();
    says(&mut stage, PersonChange::Zone(Some("Asia/Tokyo".to_owned())));
    says(&mut stage, PersonChange::Quiet(true));
    let mut stage = stage.restart();
    for person in known(&stage) {
        assert!(person.quiet && person.zone.as_deref() == Some("Asia/Tokyo"), "{person:?}");
    }
    assert!(stage.tells("ana", "my-data").join("\n").contains("Asia/Tokyo"));
    stage.direct("ben");
    let bens = stage.tells("ben", "my-data").join("\n");
    assert!(bens.contains("@ben:t") && !bens.contains("Asia/Tokyo"), "nobody else is shown it: {bens}");
    stage.tells("ana", "forget-me");
    stage.tells("ana", "forget-me yes");
    assert_eq!(known(&stage), [Person::default(), Person::default()]);
    stage.core.store.scrub().unwrap();
    let bytes = std::fs::read(stage.file("bot.db")).unwrap();
    assert!(!bytes.windows(10).any(|part| part == b"Asia/Tokyo"));
}

#[test]
fn what_somebody_said_goes_when_they_have_been_in_no_community_for_three_months() {
    let mut stage = two();
    says(&mut stage, PersonChange::Quiet(true));
    stage.moves("ana", "lobby", false);
    for days in [80, 15] {
        assert_eq!(stage.count("bot.db", "SELECT count(*) FROM person"), 1);
        for _ in 0..days {
            stage.passes(SignedDuration::from_hours(24));
        }
    }
    assert_eq!(stage.count("bot.db", "SELECT count(*) FROM person"), 0);
    assert_eq!(known(&stage), [Person::default(), Person::default()]);
}

#[test]
fn the_zone_in_a_profile_is_known_once_it_was_asked_for_and_counts_where_nothing_was_said() {
    let mut stage = two();
    stage.profiles.insert(user("ana"), "Europe/Lisbon".to_owned());
    let request = Request::new("zone", RequestKind::LookUpZone { person: user("ana") });
    let number = stage.core.engine.number_of("Choir");
    let new = stage.core.own_item(number, "zone".to_owned(), OutboxItem::Ask(request));
    let mut unit = UnitOfWork::default();
    unit.commit.items.push(NewOutboxItem { practice: "report".to_owned(), ..new });
    stage.finish(unit);
    let stage = stage.restart();
    let zones: Vec<_> =
        known(&stage).iter().map(|person| person.time_zone().unwrap().iana_name().map(str::to_owned)).collect();
    assert_eq!(zones, [Some("Europe/Lisbon".to_owned()), Some("Europe/Lisbon".to_owned())]);
}
