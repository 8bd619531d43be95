//! Which exact value of a month may leave, and on which grid.
//!
//! Three rules hold everywhere. Whether a number leaves depends on how many people it is about, never on what it says.
//! Where a test needs more than the number of people, it is made of what is published itself (the messages' grid value,
//! not the messages), so that the test's outcome tells nothing new. And of each month one measure of concentration
//! leaves, effective voices: two of them together tell what single people wrote.

use std::collections::BTreeMap;

use hearth_shared::{
    release::{Cell, Released, grid},
    report::{MIN_PEOPLE, measure_id as id, reason, source_lacks},
};

use crate::raw::RawMonth;

pub mod cells;

/// From so many posters on, a community's effective voices are told.
pub const VOICES_FROM: u64 = 10;
/// From so many posters on, a room's are.
pub const ROOM_VOICES_FROM: u64 = 15;
/// From so many posters of the whole community on, those of its rooms are told. Below, two rooms of four can be all there
/// is, and their people would be told by the total.
pub const ROOMS_FROM: u64 = 2 * MIN_PEOPLE;
/// Messages are told where their grid value is at least so many a poster: below, most people wrote one or two.
pub const MESSAGES_A_POSTER: u64 = 2;
/// Effective voices are told where the messages' grid value is at least so many a poster.
pub const VOICES_MESSAGES_A_POSTER: u64 = 4;
/// Of so many conversations is told, at least.
const LEAST_CONVERSATIONS: u64 = 10;
/// Conversations begun by the same people resemble each other: an interval of theirs is as wide as that of so many times
/// fewer.
pub const CONVERSATIONS_ALIKE: f64 = 1.5;

/// What a month is about.
#[derive(Clone, Copy, Debug)]
pub enum Of<'a> {
    /// A whole community.
    Community {
        /// How many people belong to it at the month's end; `None` where joins are not known.
        members: Option<u64>,
    },
    /// One of a community's rooms.
    Room {
        /// The same month of the whole community.
        community: &'a RawMonth,
    },
}

/// What may be told of a month: every measure that is about a month alone, by id, with its value or why there is none.
///
/// Shares of people over quarters are [`crate::shares`]; everything else that is published is made by [`cells`].
pub fn month(raw: &RawMonth, of: Of<'_>) -> BTreeMap<String, Cell> {
    let cells = match of {
        Of::Community { members } => community(raw, members),
        Of::Room { community } => room(raw, community),
    };
    cells.into_iter().map(|(id, cell)| (id.to_owned(), cell)).collect()
}

fn community(raw: &RawMonth, members: Option<u64>) -> Vec<(&'static str, Cell)> {
    let enough = |cell: &dyn Fn() -> Cell, unit: &str| match raw.posters {
        0..MIN_PEOPLE => Cell::suppressed(reason::TOO_FEW_PEOPLE, unit),
        _ => cell(),
    };
    let active = raw.active.map(|active| Released::active(active, raw.posters));
    let active_cell = || active.map_or_else(|| lacking("reactions", "people"), |active| Cell::ok(active, "people"));
    let new = || match raw.new {
        Some(new) => Cell::ok(Released::part(new, raw.posters), "people"),
        None => lacking("joins", "people"),
    };
    // How many rooms somebody wrote in says whether anybody did, which fewer than five posters leave open.
    let rooms = |count: u64| enough(&|| Cell::ok(Released::things(count), "rooms"), "rooms");
    let mut cells = vec![
        (id::POSTERS, Cell::ok(Released::people(raw.posters), "people")),
        (id::NEW_POSTERS, enough(&new, "people")),
        (id::EFFECTIVE_VOICES, voices(raw, VOICES_FROM, raw.posters)),
        (id::ACTIVE_MEMBERS, enough(&active_cell, "people")),
        (id::MEMBERS, members_beside(members, raw)),
        (id::MESSAGES, messages(raw)),
        (id::ROOMS_ACTIVE, rooms(raw.rooms_active)),
        (id::ROOMS_SHARED, rooms(raw.rooms_shared)),
    ];
    cells.extend(conversations(raw, Some(least_messages(raw))));
    cells
}

/// A room beside its community, and beside the community's other rooms.
///
/// People are told in ranges ([`Released::in_room`]), because exact counts of two rooms and of both together tell how many
/// write in both. Voices are not told where fewer than five of the community are missing in the room: they would be the
/// community's once more, on a grid that is shifted a little. Messages are not told by room.
fn room(raw: &RawMonth, community: &RawMonth) -> Vec<(&'static str, Cell)> {
    let mut cells: Vec<_> = [id::NEW_POSTERS, id::ACTIVE_MEMBERS, id::MEMBERS]
        .map(|id| (id, Cell::na(reason::COMMUNITY_ONLY, "people")))
        .into();
    cells.push((id::MESSAGES, Cell::na(reason::COMMUNITY_ONLY, "messages")));
    cells.extend([id::ROOMS_ACTIVE, id::ROOMS_SHARED].map(|id| (id, Cell::na(reason::COMMUNITY_ONLY, "rooms"))));
    cells.extend(conversations(raw, least_messages_beside(community)));
    if community.posters < ROOMS_FROM {
        cells.push((id::POSTERS, Cell::suppressed(reason::TOO_FEW_PEOPLE, "people")));
        cells.push((id::EFFECTIVE_VOICES, Cell::suppressed(reason::TOO_FEW_PEOPLE, "people")));
        return cells;
    }
    let posters = Released::in_room(raw.posters, community.posters);
    let [least, most] = posters.ends();
    let voices = if most > grid::as_number(community.posters - MIN_PEOPLE) {
        Cell::suppressed(reason::COMPLEMENTARY, "people")
    } else if least < grid::as_number(ROOM_VOICES_FROM) {
        Cell::suppressed(reason::TOO_FEW_PEOPLE, "people")
    } else {
        voices(raw, ROOM_VOICES_FROM, raw.posters.next_multiple_of(MIN_PEOPLE))
    };
    cells.push((id::POSTERS, Cell::ok(posters, "people")));
    cells.push((id::EFFECTIVE_VOICES, voices));
    cells
}

/// What a log that does not know something cannot tell.
fn lacking(capability: &str, unit: &str) -> Cell {
    Cell::na(&source_lacks(capability), unit)
}

/// Members beside the largest number of active people that the other cells leave open, so that a few silent ones do not
/// show.
fn members_beside(members: Option<u64>, raw: &RawMonth) -> Cell {
    let Some(members) = members else { return lacking("joins", "people") };
    let most_active = match raw.active {
        _ if raw.posters < MIN_PEOPLE => MIN_PEOPLE - 1,
        Some(active) => active.max(raw.posters + MIN_PEOPLE - 1),
        None => raw.posters,
    };
    Cell::ok(Released::members(members, most_active), "people")
}

fn messages(raw: &RawMonth) -> Cell {
    if raw.posters < MIN_PEOPLE {
        Cell::suppressed(reason::TOO_FEW_PEOPLE, "messages")
    } else if grid::one_two_five(raw.messages) < MESSAGES_A_POSTER * raw.posters {
        Cell::suppressed(reason::TOO_FEW_MESSAGES, "messages")
    } else {
        Cell::ok(Released::messages(raw.messages), "messages")
    }
}

/// The least number of messages that a community's cell of messages leaves possible: everybody who wrote has written one.
fn least_messages(raw: &RawMonth) -> u64 {
    let told = messages(raw).value.map_or(0, |_| grid::least_one_two_five(grid::one_two_five(raw.messages)));
    told.max(raw.posters)
}

/// As many messages as the conversations of one of a community's rooms may stand for; `None` where the community's own
/// stand for fewer than its messages, and so the rooms' together.
fn least_messages_beside(community: &RawMonth) -> Option<u64> {
    let least = least_messages(community);
    let told = taken_up(community, Some(least)).is_some_and(|cell| cell.or_more);
    told.then_some(least / community.rooms_active.max(1))
}

/// Effective voices, where at least `from` wrote, and enough for `posters` people. They are no more than these.
fn voices(raw: &RawMonth, from: u64, posters: u64) -> Cell {
    match raw.voices {
        Some(voices) if raw.posters >= from => {
            if grid::one_two_five(raw.messages) < VOICES_MESSAGES_A_POSTER * posters {
                Cell::suppressed(reason::TOO_FEW_MESSAGES, "people")
            } else {
                Cell::ok(Released::voices(voices).at_most(posters), "people")
            }
        }
        _ => Cell::suppressed(reason::TOO_FEW_PEOPLE, "people"),
    }
}

/// Which conversations somebody took up, and how soon.
///
/// One reason stands for too few conversations and for too few people who began them: a reason of their own would tell of
/// one to four people that they are there.
fn conversations(raw: &RawMonth, least: Option<u64>) -> [(&'static str, Cell); 2] {
    let few = |unit: &str| Cell::suppressed(reason::TOO_FEW_CONVERSATIONS, unit);
    let share = Some(raw).filter(|raw| raw.openers >= MIN_PEOPLE).and_then(|raw| taken_up(raw, least));
    // Where conversations are so many or more, that ten were taken up must follow from what is told.
    let shows_enough = |cell: &Cell| {
        let taken = cell.about.zip(cell.value).map(|(about, share)| about * share.middle());
        !cell.or_more || taken >= Some(grid::as_number(cells::VALUES))
    };
    let time = raw.answer_minutes.filter(|_| share.as_ref().is_some_and(shows_enough));
    let time = time.map_or_else(|| few("minutes"), |minutes| cells::duration(minutes, raw.taken, raw.taken_openers));
    [(id::TAKEN_UP, share.unwrap_or_else(|| few("share"))), (id::ANSWER_TIME, time)]
}

/// The share of conversations that somebody took up, and of how many.
///
/// Each conversation is a message, and each that was taken up two. So their number can say of the messages what these do
/// not: of how many it is at least. It is told up to where it says no more than that there are `least` messages, and as so
/// many or more from there on.
fn taken_up(raw: &RawMonth, least: Option<u64>) -> Option<Cell> {
    let exact_step = grid::conversation_step(raw.conversations)?;
    let about = grid::ten_a_decade(grid::as_number(raw.conversations));
    let numbers = std::iter::successors(Some(about), |number| Some(grid::steps_from(*number, -1)));
    let mut told = None;
    for number in numbers.take_while(|number| *number >= grid::as_number(LEAST_CONVERSATIONS)) {
        // Shares have finer steps from a number on, and must not tell that there are more than is told.
        let step = if number < about { grid::conversation_step(number as u64)? } else { exact_step };
        let value = Released::share(raw.taken, raw.conversations, step)?;
        let share = value.value()?;
        let fits = |number: f64| least.is_none_or(|least| number * (1.0 + share) <= grid::as_number(least));
        told = Some(Cell {
            about: Some(number),
            or_more: !fits(grid::steps_from(number, 1)),
            interval: Some(grid::share_interval(share, step, number / CONVERSATIONS_ALIKE)),
            ..Cell::ok(value, "share")
        });
        if fits(number) {
            break;
        }
    }
    told
}
