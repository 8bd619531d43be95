//! Which number of a month may be told: thresholds, reasons, rooms.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::collections::BTreeSet;

use hearth_release::{
    policy::{self, Of},
    raw::RawMonth,
};
use hearth_shared::{
    release::{Cell, Released, grid},
    report::{MIN_PEOPLE, Status, measure_id as id, reason},
};

/// A month in which much happened, with so many posters.
fn busy(posters: u64) -> RawMonth {
    RawMonth {
        month: "2026-10".parse().unwrap(),
        scope: 0,
        posters,
        active: Some(posters + 6),
        messages: posters * 20,
        voices: Some(posters as f64 / 2.0),
        new: Some(posters / 2),
        unknown_origin: 0,
        conversations: 40,
        openers: posters.min(9),
        taken: 22,
        taken_openers: posters.min(7),
        answer_minutes: Some(50.0),
        rooms_active: 3,
        rooms_shared: 2,
    }
}

fn community(raw: &RawMonth, measure: &str) -> Cell {
    policy::month(raw, Of::Community { members: Some(90) })[measure].clone()
}

fn room(raw: &RawMonth, community: &RawMonth, measure: &str) -> Cell {
    policy::month(raw, Of::Room { community })[measure].clone()
}

fn why(cell: &Cell) -> &str {
    assert!(cell.value.is_none() && cell.status != Status::Ok);
    cell.reason.as_deref().unwrap()
}

#[test]
fn of_fewer_than_five_only_that_is_told() {
    for posters in 0..MIN_PEOPLE {
        let cells = policy::month(&busy(posters), Of::Community { members: Some(3) });
        assert_eq!(cells[id::POSTERS].value, Some(Released::people(0)));
        let told = cells.iter().filter(|(_, cell)| cell.status == Status::Ok).map(|(id, _)| &**id);
        assert_eq!(told.collect::<BTreeSet<_>>(), BTreeSet::from([id::POSTERS, id::MEMBERS]), "{posters}");
    }
}

#[test]
fn every_measure_of_a_month_has_a_cell_in_communities_and_rooms() {
    let whole = busy(30);
    let communitys = policy::month(&whole, Of::Community { members: None });
    let rooms = policy::month(&busy(16), Of::Room { community: &whole });
    assert!(communitys.keys().eq(rooms.keys()));
    assert_eq!(communitys.len(), 10);
    for cell in communitys.values().chain(rooms.values()) {
        assert_eq!(cell.value.is_some(), cell.status == Status::Ok);
        assert_eq!(cell.reason.is_none(), cell.status == Status::Ok);
    }
}

#[test]
fn messages_and_voices_need_enough_messages_a_poster() {
    let with = |posters, messages| RawMonth { messages, ..busy(posters) };
    assert_eq!(community(&with(10, 15), id::MESSAGES).value, Some(Released::messages(20)));
    assert_eq!(why(&community(&with(11, 31), id::MESSAGES)), reason::TOO_FEW_MESSAGES);
    // The grid value decides: 32 messages are told as 50.
    assert_eq!(community(&with(12, 32), id::EFFECTIVE_VOICES).value, Some(Released::voices(6.0)));
    assert_eq!(why(&community(&with(13, 70), id::EFFECTIVE_VOICES)), reason::TOO_FEW_MESSAGES);
    let alike = RawMonth { voices: Some(29.8), ..with(30, 900) };
    let voices = community(&alike, id::EFFECTIVE_VOICES).value.and_then(Released::value);
    assert_eq!(voices, Some(30.0), "the grid's next step is 32, and 30 wrote");
    assert_eq!(why(&community(&with(9, 9000), id::EFFECTIVE_VOICES)), reason::TOO_FEW_PEOPLE);
}

#[test]
fn what_a_log_cannot_know_is_not_known_and_zero_is_no_unknown() {
    let raw = RawMonth { active: None, new: None, ..busy(20) };
    assert_eq!(why(&community(&raw, id::ACTIVE_MEMBERS)), "source_lacks_reactions");
    assert_eq!(why(&community(&raw, id::NEW_POSTERS)), "source_lacks_joins");
    let cells = policy::month(&raw, Of::Community { members: None });
    assert_eq!((cells[id::MEMBERS].status, why(&cells[id::MEMBERS])), (Status::Na, "source_lacks_joins"));
    let none = RawMonth { new: Some(0), taken: 0, taken_openers: 0, answer_minutes: None, ..busy(20) };
    assert_eq!(community(&none, id::NEW_POSTERS).value, Some(Released::part(4, 20)));
    assert_eq!(community(&none, id::TAKEN_UP).value.unwrap().value(), Some(0.0));
}

#[test]
fn conversations_need_ten_begun_by_five_and_do_not_say_which_is_missing() {
    let few = [RawMonth { conversations: 9, ..busy(20) }, RawMonth { openers: 4, ..busy(20) }];
    for raw in few {
        assert_eq!(why(&community(&raw, id::TAKEN_UP)), reason::TOO_FEW_CONVERSATIONS);
        assert_eq!(why(&community(&raw, id::ANSWER_TIME)), reason::TOO_FEW_CONVERSATIONS);
    }
    let cell = community(&busy(20), id::TAKEN_UP);
    assert_eq!((cell.value.unwrap().value(), cell.about), (Some(0.6), Some(40.0)));
    assert_eq!(community(&busy(20), id::ANSWER_TIME).value.unwrap().value(), Some(60.0));
    let cell = community(&RawMonth { taken: 9, ..busy(20) }, id::ANSWER_TIME);
    assert_eq!(why(&cell), reason::TOO_FEW_VALUES);
}

#[test]
fn the_number_of_conversations_never_says_that_there_are_more_messages_than_the_messages_do() {
    for posters in 5..40 {
        for messages in (posters..20 * posters).step_by(23) {
            for conversations in [10, 15, 44, 45, 50, 80, 200, 600].into_iter().filter(|begun| *begun <= messages) {
                for taken in [0, conversations / 10, conversations / 2, conversations] {
                    if conversations + taken > messages {
                        continue;
                    }
                    let raw = RawMonth { messages, conversations, taken, openers: 5, ..busy(posters) };
                    let cell = community(&raw, id::TAKEN_UP);
                    let (about, share) = (cell.about.unwrap(), cell.value.unwrap().middle());
                    let told = community(&raw, id::MESSAGES).value.map(|told| told.middle() as u64);
                    let least = told.map_or(posters, |told| grid::least_one_two_five(told).max(posters));
                    assert!(about == 10.0 || about * (1.0 + share) <= least as f64, "{raw:?}: {about}");
                    let exact = grid::ten_a_decade(conversations as f64);
                    assert!(if cell.or_more { about <= exact } else { about == exact }, "{raw:?}: {about}");
                }
            }
        }
    }
}

#[test]
fn where_conversations_are_so_many_or_more_rooms_tell_no_more_of_them() {
    // Told as 32 to 70 messages: 25 conversations of which most were taken up are too many.
    let raw = RawMonth { messages: 53, conversations: 25, taken: 16, ..busy(12) };
    let cell = community(&raw, id::TAKEN_UP);
    assert_eq!((cell.about, cell.or_more, cell.value.unwrap().value()), (Some(20.0), true, Some(0.6)));
    // Each room is told of as if it held its part of the messages, ten conversations at least.
    let whole = RawMonth { rooms_active: 2, ..raw.clone() };
    let told = room(&raw, &whole, id::TAKEN_UP);
    assert_eq!((told.about, told.or_more), (Some(10.0), true));
    let quiet = RawMonth { conversations: 12, taken: 7, ..whole };
    let told = room(&quiet, &quiet, id::TAKEN_UP);
    assert_eq!((told.about, told.or_more), (Some(13.0), false), "what the community tells exactly, its rooms may");
}

#[test]
fn where_conversations_are_so_many_or_more_ten_answers_must_follow_from_that() {
    let raw = RawMonth { messages: 100, conversations: 80, taken: 10, ..busy(14) };
    let cell = community(&raw, id::TAKEN_UP);
    assert_eq!((cell.about, cell.or_more, cell.value.unwrap().value()), (Some(50.0), true, Some(0.15)));
    assert_eq!(why(&community(&raw, id::ANSWER_TIME)), reason::TOO_FEW_CONVERSATIONS);
    let more = RawMonth { taken: 20, openers: 9, taken_openers: 5, ..raw };
    assert_eq!(community(&more, id::ANSWER_TIME).value.unwrap().value(), Some(60.0));
}

#[test]
fn a_room_is_told_in_ranges_and_only_beside_a_community_of_ten() {
    let told = |posters, of| room(&busy(posters), &busy(of), id::POSTERS);
    assert_eq!(told(12, 30).value.unwrap().ends(), [10.0, 14.0]);
    assert_eq!(told(28, 30).value.unwrap().ends(), [26.0, 30.0]);
    assert_eq!(told(2, 30).value.unwrap().ends(), [0.0, 4.0]);
    assert_eq!(why(&told(5, 9)), reason::TOO_FEW_PEOPLE);
}

#[test]
fn a_rooms_voices_need_fifteen_people_and_five_elsewhere() {
    let told = |posters, of| room(&busy(posters), &busy(of), id::EFFECTIVE_VOICES);
    assert_eq!(told(15, 30).value, Some(Released::voices(7.5)));
    assert_eq!(why(&told(14, 30)), reason::TOO_FEW_PEOPLE);
    assert_eq!(why(&told(26, 30)), reason::COMPLEMENTARY);
    let few = RawMonth { messages: 70, ..busy(16) };
    assert_eq!(why(&room(&few, &busy(30), id::EFFECTIVE_VOICES)), reason::TOO_FEW_MESSAGES);
    assert_eq!(why(&room(&busy(16), &busy(30), id::MESSAGES)), reason::COMMUNITY_ONLY);
}

#[test]
fn the_number_of_people_alone_decides_whether_they_are_told_of() {
    // Whatever the values are, the same cells are there.
    let there = |raw: &RawMonth| -> Vec<bool> {
        let cells = policy::month(raw, Of::Community { members: Some(90) });
        cells.values().map(|cell| cell.status == Status::Ok).collect()
    };
    for posters in 5..40 {
        let raw = busy(posters);
        let expected = there(&raw);
        for (voices, new, active, taken) in [(1.0, 0, 0, 10), (1.5, posters, 4, 40), (posters as f64, 3, 40, 33)] {
            let active = Some(posters + active);
            let other = RawMonth { voices: Some(voices), new: Some(new), active, taken, ..raw.clone() };
            assert_eq!(there(&other), expected, "{posters}");
        }
    }
}
