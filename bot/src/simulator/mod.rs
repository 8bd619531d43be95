//! The simulator: thousands of short lives of a bot, on a homeserver in memory, among people who talk, ask, vote, come
//! and go. Each is one seed. What decides and what sends is the bot's own code; what goes wrong on the way, when the
//! bot dies, and who does what is drawn by dice.
//!
//! After each life the homeserver is well again and days pass; then everything in [`invariants`] must hold.
//!
//! - `HEARTH_SIM_SEED=7 cargo test -p hearth-bot --lib simulator` lives the seventh life alone, and tells its story if
//!   something was wrong with it.
//! - `HEARTH_SIM_RUNS=100000` lives more of them; `HEARTH_SIM_FIRST=50000` begins elsewhere.
//!
//! What it is worth shows when a fault is put back: change a line, run it, see it fail, and take the change back. Each
//! of these is found within a few hundred lives:
//!
//! | the fault | where | what is seen |
//! |---|---|---|
//! | a refusal for good is tried again for ever | `Refusal::of`, `Failures::strike` | a row is stuck |
//! | what is too large is tried again for ever | the same, for 413 | a row is stuck |
//! | a 429 pauses nothing but its own row | `Schedule::pause` | more refused requests than sent messages |
//! | whoever is in no community counts as being in every one | `Engine::take`, its guests | a guest is served |
//! | a third person in a direct room is heard | `Engine::take` | an intruder is answered |
//! | a removal inside a ciphertext is obeyed | `incoming::read`, `CONFIDENTIAL` | the log lacks a message, within a hundred lives |
//! | whose a direct room is outlasts `forget-me` | `Addresses::forget_direct` | somebody is not forgotten |
//! | whoever else is in a direct room is overlooked | `Carrier::company` | somebody overhears |
//! | a direct room is made without looking for one | `Carrier::make_room` | two direct rooms for one person |
//! | a direct message is for every community that its author is in | `Engine::meant_by` | two communities take it |
//! | transaction ids name a community by its place | `apply` | an answer twice, after a restore |
//! | a duplicate reaction is tried again for ever | `Refusal::of`, as if nobody had answered | a row is stuck, within a hundred lives |
//! | every room counts as open | `Runtime::set_room` | what was said among some leaks |
//! | what has had its consequences is taken again | `UnitOfWork::is_handled` | something is carried out twice |
//! | a tap that is taken back still counts | `Paper::untap` | a ballot counts what does not stand |
//! | a tap on a paper before the last one counts | `vote::tapped` | the same |
//! | sending goes on though nothing was read for a day | `Core::next_errand` | a transaction id twice |

mod answers;
mod dice;
mod driver;
mod files;
mod flights;
mod homeserver;
mod invariants;
mod made;
mod operator;
mod overheard;
mod papers;
mod people;
mod phrases;
mod rosters;
mod scene;
mod taken;
mod trouble;
mod wanted;
mod wire;

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    path::{Path, PathBuf},
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
};

use hearth_practices::{RoomId, UserId};
use jiff::{SignedDuration, Timestamp};

use self::{
    driver::Bot,
    homeserver::{Standing, World},
    scene::Scene,
    trouble::Trouble,
    wire::Wire,
};
use crate::{
    config::{CommunityConfig, Config},
    engine::Entry,
};

/// How many lives are lived where nobody says.
const RUNS: u64 = 10_000;

/// How long after the last act everything must be done.
const AFTERWARDS: SignedDuration = SignedDuration::from_hours(60);

/// What came of one life.
struct Life {
    faults: Vec<String>,
    story: Vec<String>,
    events: usize,
}

fn config(data: PathBuf) -> Config {
    let community = |name: &str, rooms: &[&str]| CommunityConfig {
        name: name.to_owned(),
        formerly: Vec::new(),
        zone: "Europe/Berlin".to_owned(),
        language: "en".to_owned(),
        prefix: "!hearth".to_owned(),
        rooms: rooms.iter().map(|room| format!("!{room}:t")).collect(),
    };
    Config {
        homeserver: "http://127.0.0.1:1".to_owned(),
        user: "@hearth:t".to_owned(),
        data,
        invites_from: Vec::new(),
        invites_from_spaces: Vec::new(),
        leads: Vec::new(),
        encrypt_direct_rooms: false,
        worker: Vec::new(),
        retired: Vec::new(),
        communities: vec![community("Guild", &["lobby", "craft", "study", "office"]), community("Choir", &["choir"])],
    }
}

/// Rooms, people, and a bot that has just come.
fn begin(seed: u64, folder: &Path, template: &Path, tell: bool) -> (Bot, Scene) {
    let data = folder.join("data");
    files::copy(template, &data);
    let config = Arc::new(config(data));
    let bot = UserId::from(&config.user);
    let mut world = World::new(seed, Timestamp::from_second(1_791_190_800).unwrap(), bot.clone(), tell);
    let user = |name: &str| UserId::from(format!("@{name}:t"));
    if world.dice.percent(5) {
        world.largest = 3_000;
    }
    let lead = user("lea");
    let all = ["ana", "ben", "cem", "dora", "eva", "fay", "gus", "hal", "ivo", "jo", "kim", "lou"];
    let count = world.dice.between(4, all.len());
    let rooms = [
        world.make_room("lobby", Entry::Open, Some(&lead)),
        world.make_room("craft", Entry::Open, Some(&lead)),
        world.make_room("study", Entry::Closed, Some(&lead)),
        world.make_room("office", Entry::Closed, Some(&lead)),
        world.make_room("choir", Entry::Open, Some(&user("nia"))),
    ];
    let mut scene = Scene::new(rooms);
    scene.members = all[..count].iter().map(|name| user(name)).collect();
    scene.leads = vec![lead.clone()];
    scene.strangers = vec![user("zoe"), user("yan")];
    scene.neighbours = vec![user("nia")];
    scene.learn(&mut world);
    scene.members.push(lead.clone());
    let [lobby, craft, study, office, choir] = scene.rooms().map(RoomId::clone);
    let join = |world: &mut World, who: &UserId, room: &RoomId| world.stand(who, room, Standing::Joined, who);
    for who in &scene.members {
        join(&mut world, who, &lobby);
        if world.dice.percent(60) {
            join(&mut world, who, &craft);
        }
    }
    let second = scene.members[0].clone();
    for who in [&lead, &second] {
        join(&mut world, who, &office);
        join(&mut world, who, &study);
    }
    join(&mut world, &user("nia"), &choir);
    for (place, who) in scene.members.iter().enumerate() {
        if place == 1 || world.dice.percent(30) {
            join(&mut world, who, &choir);
        }
    }
    for room in [&lobby, &craft, &study, &office, &choir] {
        join(&mut world, &bot, room);
        let mute = world.dice.percent(5);
        if let Some(room) = world.rooms.get_mut(room) {
            room.mute_reactions = mute;
        }
    }
    let mut hearth = Bot::start(config, Wire::new(world), seed);
    hearth.read(0, false);
    {
        let mut world = hearth.wire.world();
        world.say(&lead, &lobby, "!hearth settings lobby here");
        world.say(&lead, &office, "!hearth settings leads-room here");
        scene.look(&world);
    }
    hearth.read(0, false);
    (hearth, scene)
}

/// One life.
fn live(seed: u64, folder: &Path, template: &Path, tell: bool) -> Life {
    let (mut bot, mut scene) = begin(seed, folder, template, tell);
    let acts = bot.wire.world().dice.between(8, 32);
    let mut backup = None;
    for _ in 0..acts {
        let draw = bot.wire.world().dice.below(100);
        if draw < 2 {
            scene.upgrades(&mut bot.wire.world());
        } else if draw < 80 {
            let mut world = bot.wire.world();
            scene.act(&mut world);
        } else if draw < 84 {
            bot.land();
            let mut world = bot.wire.world();
            scene.crowds(&mut world);
        } else if draw < 87 {
            bot.crash();
        } else if draw < 89 {
            backup = Some(bot.backup());
        } else if draw < 91 {
            if let Some(backup) = backup.take() {
                let reorder = bot.wire.world().dice.percent(50);
                bot.restore(&backup, reorder);
            }
        } else {
            let mut world = bot.wire.world();
            let troubles = [Trouble::None, Trouble::None, Trouble::Lossy, Trouble::Failing, Trouble::Absent];
            let trouble = *world.dice.pick(&troubles).unwrap();
            world.trouble = trouble;
            world.tell(|| format!("-- trouble: {trouble:?}"));
        }
        passes(&mut bot);
        let (reads, die, again, turns) = {
            let begun = bot.has_begun();
            let dice = &mut bot.wire.world().dice;
            // Whoever starts again may read from further back.
            let (chance, most) = if begun { (10, 5) } else { (40, 40) };
            let again = if dice.percent(chance) { dice.between(1, most) } else { 0 };
            (dice.percent(75), dice.percent(3), again, dice.below(30))
        };
        if reads {
            bot.accept();
            bot.follow();
            bot.read(again, die);
            bot.compare(5);
            bot.tick();
        }
        bot.send(turns);
    }
    settle(&mut bot, &mut scene);
    let faults = invariants::broken(&bot, &scene);
    let mut world = bot.wire.world();
    Life { faults, story: world.story.take().unwrap_or_default(), events: world.stream.len() }
}

/// Time passes: mostly seconds, sometimes hours.
fn passes(bot: &mut Bot) {
    let seconds = {
        let dice = &mut bot.wire.world().dice;
        match dice.below(20) {
            0..=13 => dice.between(1, 20),
            14..=17 => dice.between(60, 1_800),
            18 => dice.between(3_600, 20_000),
            _ => dice.between(20_000, 90_000),
        }
    };
    // No request is on its way for hours: clients give up.
    if seconds >= 3_600 {
        bot.land();
    }
    bot.wire.world().now += SignedDuration::from_secs(i64::try_from(seconds).unwrap());
}

/// The homeserver is well, nobody does anything more, and days pass.
fn settle(bot: &mut Bot, scene: &mut Scene) {
    let until = {
        let mut world = bot.wire.world();
        world.trouble = Trouble::None;
        world.tell(|| "-- all is well".to_owned());
        scene.look(&world);
        world.now + AFTERWARDS
    };
    for turn in 0..5_000 {
        bot.accept();
        bot.follow();
        bot.read(0, false);
        // At least once a day.
        bot.compare(if turn < 3 { 100 } else { 0 });
        bot.tick();
        bot.send(1_000);
        bot.land();
        let now = bot.now();
        scene.look(&bot.wire.world());
        if now >= until {
            return;
        }
        let next = bot.next_tick().unwrap_or(until).max(now + SignedDuration::from_millis(20));
        bot.wire.world().now = next.min(until);
    }
}

/// A folder that is as fast as memory, where there is one.
fn folder() -> tempfile::TempDir {
    let memory = Path::new("/dev/shm");
    match memory.is_dir() {
        true => tempfile::tempdir_in(memory).unwrap_or_else(|_| tempfile::tempdir().unwrap()),
        false => tempfile::tempdir().unwrap(),
    }
}

/// Lives a life and says what was wrong with it. A panic is a fault, too.
fn examine(seed: u64, template: &Path, tell: bool) -> Life {
    let folder = folder();
    let lived = catch_unwind(AssertUnwindSafe(|| live(seed, folder.path(), template, tell)));
    lived.unwrap_or_else(|_| Life { faults: vec!["it panics".to_owned()], story: Vec::new(), events: 0 })
}

fn number(name: &str) -> Option<u64> {
    std::env::var(name).ok()?.parse().ok()
}

#[test]
fn ten_thousand_lives_lose_nothing_say_nothing_twice_and_tell_nobody_what_is_not_theirs() {
    let made = folder();
    let template = made.path().join("template");
    std::fs::create_dir_all(&template).unwrap();
    files::template(&Arc::new(config(template.clone())));
    if let Some(seed) = number("HEARTH_SIM_SEED") {
        let life = examine(seed, &template, true);
        assert!(life.faults.is_empty(), "seed {seed}:\n{}\n\n{:#?}", life.story.join("\n"), life.faults);
        return;
    }
    let first = number("HEARTH_SIM_FIRST").unwrap_or(0);
    let (next, end) = (AtomicU64::new(first), first + number("HEARTH_SIM_RUNS").unwrap_or(RUNS));
    let (failed, stop, events) = (Mutex::new(Vec::new()), AtomicBool::new(false), AtomicU64::new(0));
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                while !stop.load(Ordering::Relaxed) {
                    let seed = next.fetch_add(1, Ordering::Relaxed);
                    if seed >= end {
                        return;
                    }
                    let life = examine(seed, &template, false);
                    events.fetch_add(u64::try_from(life.events).unwrap(), Ordering::Relaxed);
                    if !life.faults.is_empty() {
                        let mut failed = failed.lock().unwrap();
                        failed.push((seed, life.faults));
                        stop.store(failed.len() >= 20, Ordering::Relaxed);
                    }
                }
            });
        }
    });
    let mut failed = failed.into_inner().unwrap();
    failed.sort();
    if let Some((seed, _)) = failed.first() {
        let life = examine(*seed, &template, true);
        let lines: Vec<String> = failed.iter().map(|(seed, faults)| format!("seed {seed}: {faults:#?}")).collect();
        panic!("{}\n\nthe story of seed {seed}:\n{}", lines.join("\n"), life.story.join("\n"));
    }
    assert!(events.load(Ordering::Relaxed) > end - first, "nothing happened");
}
