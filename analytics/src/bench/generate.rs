//! A community that never was, of any size, always the same: three years of messages, reactions, joins and leaves.

use std::path::Path;

use hearth_shared::activity::Kind;
use rand::{RngCore as _, SeedableRng as _};
use rand_chacha::ChaCha8Rng;
use rusqlite::params;

use crate::{calendar::DAY, facts::WINDOW};

/// The community's name.
pub const COMMUNITY: &str = "Bench";

/// 2023-01-01T00:00:00Z.
const START: i64 = 1_672_531_200_000;
/// Three years, one of them a leap year.
const SPAN: i64 = 1096 * DAY;

/// A message answers one of so many before it in its room.
const LOOK_BACK: usize = 16;

/// Writes a log of `events` acts to `path`: a person to 150 acts, a room to 50,000, few busy ones and many quiet.
pub fn write(path: &Path, events: u64) -> Result<(), Box<dyn std::error::Error>> {
    let (people, rooms) = ((events / 150).max(20), (events / 50_000).clamp(5, 1000));
    let mut db = hearth_log::open(path)?;
    db.pragma_update(None, "synchronous", "OFF")?;
    let transaction = db.transaction()?;
    transaction.execute("INSERT INTO community (id, name) VALUES (1, ?1)", [COMMUNITY])?;
    transaction.execute("INSERT INTO source VALUES (1, 1, 'bench', 'replies,threads,reactions,joins,edits')", ())?;
    for room in 1..=rooms {
        transaction
            .execute("INSERT INTO room (id, community, external, name) VALUES (?1, 1, ?1, ?1)", [room.cast_signed()])?;
    }
    for person in 1..=people {
        let (pseudonym, is_bot) = (u128::from(person).to_be_bytes(), person % 400 == 0);
        let row = params![person.cast_signed(), pseudonym, is_bot];
        transaction.execute("INSERT INTO person (id, community, pseudonym, is_bot) VALUES (?1, 1, ?2, ?3)", row)?;
    }
    let mut random = ChaCha8Rng::seed_from_u64(events);
    let mut below = |bound: u64| (u64::from(random.next_u32()) * bound) >> 32;
    let mut spoken: Vec<Vec<i64>> = vec![Vec::new(); usize::try_from(rooms)? + 1];
    let mut insert = transaction.prepare(
        "INSERT INTO activity (id, community, source, room, person, kind, ts, reply_to, thread, n_chars)
         VALUES (?1, 1, 1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
    )?;
    for id in 1..=events.cast_signed() {
        // The least of several draws: low numbers are busy. People arrive as time goes by.
        let arrived = people / 4 + people * 3 / 4 * id.unsigned_abs() / events;
        let person = (0..3).map(|_| below(arrived.max(1))).min().unwrap_or(0) + 1;
        let room = ((person * 7 + below(3)) % rooms).min(below(rooms)) + 1;
        let ts = START + (i128::from(SPAN) * i128::from(id - 1) / i128::from(events)) as i64;
        let kind = match below(100) {
            0..70 => 0,
            70..95 => 1,
            95..98 => 2,
            _ => 3,
        };
        let here = &mut spoken[usize::try_from(room)?];
        let back = 1 + usize::try_from(below(LOOK_BACK as u64))?;
        let earlier = here.len().checked_sub(back).and_then(|at| here.get(at)).copied();
        let answers = (kind == 0 && below(10) < 4) || kind == 1;
        let in_thread = kind == 0 && answers && below(3) == 0;
        let (reply_to, thread) = (earlier.filter(|_| answers && !in_thread), earlier.filter(|_| in_thread));
        let n_chars = if kind == 0 { 1 + below(400) } else { 0 };
        let row =
            params![id, room.cast_signed(), person.cast_signed(), kind, ts, reply_to, thread, n_chars.cast_signed()];
        insert.execute(row)?;
        if kind == 0 {
            if here.len() >= 4 * LOOK_BACK {
                here.drain(..3 * LOOK_BACK);
            }
            here.push(id);
        }
    }
    drop(insert);
    // The program that writes the log is still there three days later: the last month's report is due.
    let bot = people.cast_signed() + 1;
    let row = params![bot, u128::from(people + 1).to_be_bytes()];
    transaction.execute("INSERT INTO person (id, community, pseudonym, is_bot) VALUES (?1, 1, ?2, 1)", row)?;
    let beat = params![events.cast_signed() + 1, bot, Kind::Heartbeat.code(), START + SPAN + WINDOW];
    let insert =
        "INSERT INTO activity (id, community, source, room, person, kind, ts) VALUES (?1, 1, 1, 0, ?2, ?3, ?4)";
    transaction.execute(insert, beat)?;
    transaction.commit()?;
    Ok(())
}
