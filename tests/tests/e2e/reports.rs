//! A month's report on a real homeserver: told once, and what it released stays as it was released, whoever goes.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    time::Duration,
};

use hearth_bot::clock::Clock;
use hearth_shared::{month::Month, release::Release};
use hearth_tests::member::Member;
use jiff::{SignedDuration, Timestamp, tz::TimeZone};
use rusqlite::Connection;
use serde_json::Value;

use crate::{
    bytes::{direct_room, files, rows_about, tell},
    stage::{Community, SOON, Wishes},
};

/// How many messages each of the members writes. Who writes most stands alone with their number.
const WRITTEN: [usize; 9] = [47, 29, 23, 7, 3, 3, 2, 2, 1];

/// The month that the homeserver lives in.
pub fn this_month() -> Month {
    Month::of(Clock::default().now(), &TimeZone::UTC)
}

/// How far ahead the bot's clock must be for the report of a month to be due.
fn until(month: Month) -> String {
    let (_, end) = month.bounds(&TimeZone::UTC);
    let settled = Timestamp::from_millisecond(end).unwrap() + SignedDuration::from_hours(73);
    format!("PT{}S", settled.duration_since(Clock::default().now()).as_secs())
}

/// How far ahead the bot's clock must be for the report of this month to be due.
pub fn until_settled() -> String {
    until(this_month())
}

/// Every file of a folder, with what is in it.
fn contents(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    files(folder).into_iter().map(|file| (file.clone(), fs::read(file).unwrap())).collect()
}

/// What was released so far, by month, from one community's folder.
fn releases(community: &Community) -> BTreeMap<Month, Release> {
    let all = files(&community.bot.data().join("reports"));
    let mut kept = all.iter().filter(|file| file.parent().unwrap().ends_with("releases")).collect::<Vec<_>>();
    kept.retain(|file| file.extension().is_some_and(|extension| extension == "json"));
    let read = |file: &&PathBuf| serde_json::from_slice::<Release>(&fs::read(file).unwrap()).unwrap();
    kept.iter().map(read).map(|release| (release.month, release)).collect()
}

/// The months that the bot has noted as released.
fn noted(community: &Community) -> Vec<String> {
    let memory = Connection::open(community.bot.data().join("bot.db")).unwrap();
    let mut months = memory.prepare("SELECT month FROM released ORDER BY month").unwrap();
    months.query_map((), |row| row.get(0)).unwrap().map(Result::unwrap).collect()
}

/// How many reports the leads were told of.
async fn told(community: &Community) -> usize {
    let says = community.said_by_bot(&community.leads).await;
    says.iter().filter(|text| text.contains("report share")).count()
}

/// Starts the bot ahead of time, and waits until it has told the leads of so many reports.
async fn starts(community: &mut Community, ahead: &str, reports: usize) {
    community.bot.start_with(&["--ahead", ahead]).await.unwrap();
    for _ in 0..1200 {
        if told(community).await >= reports {
            return;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    panic!("the leads were not told of a report");
}

/// Every number of a file, whatever is around it.
fn numbers(value: &Value) -> Vec<f64> {
    match value {
        Value::Number(number) => number.as_f64().into_iter().collect(),
        Value::Array(all) => all.iter().flat_map(numbers).collect(),
        Value::Object(all) => all.values().flat_map(numbers).collect(),
        _ => Vec::new(),
    }
}

/// Members who have written as much as [`WRITTEN`] says.
async fn talkers(community: &Community) -> Vec<Member> {
    let mut members = Vec::new();
    for (number, written) in WRITTEN.into_iter().enumerate() {
        let member = community.synapse.register(&format!("talker{number}"), "secret").await.unwrap();
        member.join(&community.lobby).await.unwrap();
        for message in 0..written {
            member.say(&community.lobby, &format!("thought {message}")).await.unwrap();
        }
        members.push(member);
    }
    members
}

#[tokio::test]
async fn a_report_is_told_once_and_an_erasure_changes_nothing_that_was_released() {
    let mut community = Community::begin(Wishes::default()).await;
    let (lobby, bot, month) = (community.lobby.clone(), community.synapse.user_id("hearth"), this_month());
    let mut members = talkers(&community).await;
    community.ask(&lobby, "!hearth help").await;
    assert_eq!(community.bot.stop().await.unwrap(), Some(0));
    assert!(!community.bot.data().join("reports").exists());

    starts(&mut community, &until(month), 1).await;
    let first = contents(&community.bot.data().join("reports"));
    let released = releases(&community);
    assert_eq!(released.keys().collect::<Vec<_>>(), [&month]);
    assert_eq!(noted(&community), [month.to_string()]);
    let posters = released[&month].value("posters").and_then(hearth_shared::release::Released::value);
    assert!(posters.is_some_and(|posters| posters >= 9.0), "{released:#?}");

    // How much one of them wrote, or all of them, is no number of any file.
    let total: usize = WRITTEN.iter().sum();
    let exact: Vec<f64> = WRITTEN[..3].iter().chain([&total]).map(|count| *count as f64).collect();
    let json = first.iter().filter(|(file, _)| file.extension().is_some_and(|extension| extension == "json"));
    for (file, bytes) in json {
        let numbers = numbers(&serde_json::from_slice(bytes).unwrap());
        assert!(!numbers.iter().any(|number| exact.contains(number)), "{}: {numbers:?}", file.display());
    }

    // Whoever wrote most is forgotten, and another counts no more.
    let direct = direct_room(&members[0], &bot).await;
    tell(&mut members[0], &direct, &bot, "forget-me").await;
    assert!(tell(&mut members[0], &direct, &bot, "forget-me yes").await.contains("forgetting you"));
    let direct = direct_room(&members[1], &bot).await;
    assert!(tell(&mut members[1], &direct, &bot, "opt-out").await.contains("log nothing"));
    for _ in 0..SOON.as_secs() * 10 {
        if rows_about(&community, &members[0].user_id) == (0, 0) {
            break;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    assert_eq!(rows_about(&community, &members[0].user_id), (0, 0));

    // Neither a crash nor another start makes anything again.
    community.bot.kill9().await.unwrap();
    starts(&mut community, &until(month), 1).await;
    community.ask(&lobby, "!hearth help").await;
    assert_eq!(told(&community).await, 1);
    assert_eq!(contents(&community.bot.data().join("reports")), first);

    // The next month is released beside it, and names it.
    assert_eq!(community.bot.stop().await.unwrap(), Some(0));
    let next = month.plus(1).unwrap();
    starts(&mut community, &until(next), 2).await;
    assert_eq!(community.bot.stop().await.unwrap(), Some(0));
    assert_eq!(told(&community).await, 2);
    let both = releases(&community);
    assert_eq!(both.keys().collect::<Vec<_>>(), [&month, &next]);
    assert_eq!(both[&month], released[&month]);
    assert_eq!((&both[&month].before, both[&next].before.is_some()), (&None, true));
    assert_eq!(noted(&community), [month.to_string(), next.to_string()]);
    let after = contents(&community.bot.data().join("reports"));
    let of_first = |file: &&PathBuf| file.to_string_lossy().contains(&format!("/{month}"));
    for (file, bytes) in first.iter().filter(|(file, _)| of_first(file)) {
        assert!(after.get(file) == Some(bytes), "{} has changed", file.display());
    }
}
