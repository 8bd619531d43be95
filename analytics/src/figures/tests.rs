//! Figures of a community so small that one can count by hand, and what nobody may learn from figures at all.

use std::collections::{BTreeSet, HashSet};

use hearth_shared::{
    activity::{Capabilities, Kind},
    month::Month,
    report::{Figure, Network, Point, Report, Status, Week, figure_id, reason},
};
use jiff::{Timestamp, civil::date, tz::TimeZone};
use proptest::prelude::*;

use crate::{
    gold::close,
    lab::{self, Lab, Row},
    practices::PracticeAct,
};

const SQUARE: i32 = 1;
const CRAFT: i32 = 2;
const KILN: i32 = 3;
const CORNER: i32 = 4;

/// The rows of a log, each with the next id.
#[derive(Default)]
struct Rows(Vec<Row>);

impl Rows {
    /// Everybody of `people` writes in a room; who answers whom is by their order in `answering`, the ids of messages.
    fn say(&mut self, room: i32, at: &str, people: std::ops::RangeInclusive<i32>, answering: &[i32]) -> Vec<i32> {
        let ts = at.parse::<Timestamp>().unwrap().as_millisecond();
        let first = self.0.len();
        for (place, person) in people.enumerate() {
            let id = self.0.len() as i32 + 1;
            let reply_to = answering.get(place).copied();
            let row = Row { id, room, person, kind: Kind::Message, ts, reply_to, thread: None };
            self.0.push(row);
        }
        self.0[first..].iter().map(|row| row.id).collect()
    }

    fn log(self) -> Lab {
        let names = [(SQUARE, "square"), (CRAFT, "craft"), (KILN, "kiln"), (CORNER, "corner")];
        Lab { room_names: names.map(|(room, name)| (room, name.to_owned())).into(), ..Lab::of(self.0) }
    }
}

/// Sixteen people in April: 1 to 6 wrote in every month, 12 to 16 in January, and 7 to 11 are new.
fn tiny() -> Lab {
    let mut rows = Rows::default();
    rows.say(SQUARE, "2024-01-10T10:00:00Z", 1..=6, &[]);
    rows.say(SQUARE, "2024-01-10T10:00:00Z", 12..=16, &[]);
    rows.say(SQUARE, "2024-02-07T10:00:00Z", 1..=6, &[]);
    rows.say(SQUARE, "2024-03-06T10:00:00Z", 1..=6, &[]);
    // The first of April was a Monday.
    let opened = rows.say(SQUARE, "2024-04-01T10:00:00Z", 1..=6, &[]);
    let new = rows.say(SQUARE, "2024-04-02T11:00:00Z", 7..=11, &opened[..5]);
    rows.say(SQUARE, "2024-04-02T15:00:00Z", 1..=6, &[new.clone(), vec![new[0]]].concat());
    rows.say(SQUARE, "2024-04-03T20:00:00Z", 12..=16, &opened[..4]);
    rows.say(CRAFT, "2024-04-04T09:00:00Z", 1..=11, &[]);
    rows.say(KILN, "2024-04-05T09:00:00Z", 1..=6, &[]);
    rows.say(CORNER, "2024-04-06T23:00:00Z", 12..=13, &[]);
    rows.say(SQUARE, "2024-05-08T10:00:00Z", 1..=6, &[]);
    let mut log = rows.log();
    let act = |id, kind, person, at: &str, thread| PracticeAct {
        id,
        room: SQUARE,
        person,
        kind,
        ts: at.parse::<Timestamp>().unwrap().as_millisecond(),
        reply_to: None,
        thread,
        value: None,
    };
    let (meeting, retro) = (1000, 2000);
    let mut acts = vec![
        act(899, Kind::HearthStarted, None, "2024-02-01T09:00:00Z", None),
        act(900, Kind::RulesChanged, None, "2024-02-03T09:00:00Z", None),
        act(meeting, Kind::MeetingHeld, None, "2024-03-12T10:00:00Z", None),
        act(retro, Kind::RetroStarted, Some(1), "2024-04-12T10:00:00Z", None),
    ];
    acts.extend(
        (1..=5).map(|at| act(meeting + i64::from(at), Kind::Attended, Some(at), "2024-03-12T10:00:00Z", Some(meeting))),
    );
    acts.extend(
        (1..=4).map(|at| act(retro + i64::from(at), Kind::RetroJoined, Some(at), "2024-04-12T10:00:00Z", Some(retro))),
    );
    log.acts = acts;
    log
}

fn now() -> Timestamp {
    "2024-06-01T00:00:00Z".parse().unwrap()
}

/// The report of a month of a log whose month after is over.
fn report(log: &Lab, month: &str) -> Report {
    lab::report(&log.community(now()), month, now())
}

#[test]
fn every_picture_that_the_page_can_ask_for_is_made() {
    let report = report(&tiny(), "2024-04");
    assert!(report.figures.keys().map(String::as_str).eq(figure_id::ALL.iter().copied().collect::<BTreeSet<_>>()));
}

#[test]
fn the_week_is_told_where_five_wrote_in_an_hour_and_nobody_can_subtract_the_two_of_saturday_night() {
    let report = report(&tiny(), "2024-04");
    let Figure::Week(Week { unit, months, hours, days }) = &report.figures["week"] else { panic!() };
    assert_eq!((unit.as_str(), *months, *hours, days.len(), days[0].len()), ("messages", 1, 1, 7, 24));
    let told = |(day, hours): (usize, &Vec<Point>)| -> Vec<(usize, usize, f64)> {
        hours.iter().enumerate().filter_map(|(hour, point)| Some((day, hour, point.value?))).collect()
    };
    let told: Vec<_> = days.iter().enumerate().flat_map(told).collect();
    // The five newcomers of Tuesday, eleven o'clock, are hidden with the two of Saturday night.
    assert_eq!(told, [(0, 10, 6.0), (1, 15, 6.0), (2, 20, 5.0), (3, 9, 11.0), (4, 9, 6.0)]);
    let hidden = |point: &&Point| point.value.is_none();
    assert!(days.iter().flatten().filter(hidden).all(|point| point.status == Status::Suppressed));
    assert_eq!(report.measures["messages"].value, Some(41.0));
}

#[test]
fn rooms_are_told_where_their_own_reports_may_be() {
    let report = report(&tiny(), "2024-04");
    let Figure::Rooms(rooms) = &report.figures["rooms"] else { panic!() };
    assert_eq!(
        rooms.months.iter().map(Month::to_string).collect::<Vec<_>>(),
        ["2024-01", "2024-02", "2024-03", "2024-04"]
    );
    let [square, craft] = &rooms.rooms[..] else {
        panic!("the corner's two close the kiln as well: {:?}", rooms.rooms)
    };
    assert_eq!((square.name.as_str(), craft.name.as_str(), rooms.unlisted), ("square", "craft", Some(2)));
    let values = |points: &[Point]| points.iter().map(|point| point.value).collect::<Vec<_>>();
    assert_eq!(values(&square.messages), [Some(11.0), Some(6.0), Some(6.0), Some(22.0)]);
    assert_eq!(values(&craft.messages), [None, None, None, Some(11.0)]);
    assert_eq!((square.people.value, craft.people.value), (Some(16.0), Some(11.0)));
    // Six opened a conversation on the first and one on the third; five of them got replies. In craft nobody did.
    close(square.answered.value.unwrap(), 5.0 / 7.0);
    assert_eq!(craft.answered.value, Some(0.0));
    // Six wrote two of 22 messages each, and ten wrote one.
    close(square.voices.value.unwrap(), (12.0 / 22.0 * 11_f64.ln() + 10.0 / 22.0 * 22_f64.ln()).exp());
    close(craft.voices.value.unwrap(), 11.0);
}

#[test]
fn replies_are_told_between_groups_where_five_replied_to_five() {
    let report = report(&tiny(), "2024-04");
    let Figure::Network(Network { groups, links }) = &report.figures["network"] else { panic!() };
    let told: Vec<_> = groups.iter().map(|group| (group.id.as_str(), group.people)).collect();
    assert_eq!(told, [("newcomers", 5), ("settled", 6), ("returned", 5)]);
    assert_eq!(links.len(), 9, "no reply and few replies look alike");
    let told: Vec<_> = links.iter().filter_map(|link| Some((link.from, link.to, link.replies.value?))).collect();
    // Four who came back replied to four of the settled: too few.
    assert_eq!(told, [(0, 1, 5.0), (1, 0, 6.0)]);
}

#[test]
fn meetings_and_retrospectives_of_five_new_rules_and_the_start_are_marked() {
    let report = report(&tiny(), "2024-04");
    let Figure::Months(activity) = &report.figures["activity"] else { panic!() };
    let events: Vec<_> = activity.events.iter().map(|event| (event.month.to_string(), event.id.as_str())).collect();
    let expected = [("2024-02", "hearth_started"), ("2024-02", "new_rules"), ("2024-03", "meeting")]
        .map(|(month, id)| (month.to_owned(), id));
    assert_eq!(events, expected, "the retrospective was of four");
}

#[test]
fn a_log_that_ends_inside_a_month_says_so_in_that_month_only() {
    assert_eq!(report(&tiny(), "2024-04").log_ends, None, "the log goes on");
    assert_eq!(report(&tiny(), "2024-05").log_ends, Some(date(2024, 5, 8)));
}

#[test]
fn an_item_of_a_pulse_is_told_from_ten_answers_unless_few_left_it_out() {
    let (asked, at) = (3000, "2024-04-10T10:00:00Z".parse::<Timestamp>().unwrap().as_millisecond());
    let act = |id, kind, reply_to, thread, value| PracticeAct {
        id,
        room: SQUARE,
        person: None,
        kind,
        ts: at,
        reply_to,
        thread,
        value: Some(value),
    };
    let mut acts = vec![act(asked, Kind::PulseAsked, None, None, 16)];
    for sheet in 0..12 {
        // One says nothing to the fourth item. To the first, third and fifth, 2 is as good as 6 to the others.
        for item in (1..=7).filter(|item| (sheet, *item) != (0, 4)) {
            let score = if [1, 3, 5].contains(&item) { 2 } else { 6 };
            let id = asked + 1 + sheet * 10 + item;
            acts.push(act(id, Kind::PulseAnswered, Some(9000 + sheet), Some(asked), item * 100 + score));
        }
    }
    let mut log = tiny();
    log.acts = acts;
    let report = report(&log, "2024-04");
    let Figure::Dots(dots) = &report.figures["pulse"] else { panic!("{:?}", report.figures["pulse"]) };
    let told: Vec<_> = dots.items.iter().map(|item| (item.id.as_str(), item.times[0].mean.value)).collect();
    let expected = ["safety", "mistakes", "problems", "difference", "risk", "help", "effort", "skills"];
    assert_eq!(told, expected.map(|id| (id, (id != "risk").then_some(6.0))));
    assert_eq!(dots.items[1].times[0].n, Some(12));
    assert_eq!(dots.items[1].times[0].mean.interval, Some([6.0, 6.0]));
}

#[test]
fn what_cannot_be_drawn_says_why() {
    let reason = |report: &Report, id: &str| match &report.figures[id] {
        Figure::Nothing(nothing) => nothing.reason.clone(),
        _ => panic!("{id} is drawn"),
    };
    let log = tiny();
    let february = report(&log, "2024-02");
    assert_eq!(reason(&february, "network"), reason::LOG_STARTS_HERE);
    let mut few = Rows::default();
    for month in ["2024-01", "2024-02", "2024-03", "2024-04", "2024-05"] {
        few.say(SQUARE, &format!("{month}-10T10:00:00Z"), 1..=4, &[]);
    }
    let few = report(&few.log(), "2024-04");
    for id in ["week", "rooms", "network"] {
        assert_eq!(reason(&few, id), reason::TOO_FEW_PEOPLE);
    }
    let mut mute = log.clone();
    mute.knows = Capabilities::default();
    assert_eq!(reason(&report(&mute, "2024-04"), "network"), "source_lacks_replies");
}

/// Who wrote in which room, month and hour, and whom they answered, if anybody.
type Wrote = (i32, i32, u32, u32, Option<usize>);

fn any_log(wrote: &[Wrote]) -> Lab {
    let start: Timestamp = "2024-01-01T00:00:00Z".parse().unwrap();
    let mut wrote = wrote.to_vec();
    wrote.sort_by_key(|(_, _, month, hour, _)| (*month, *hour));
    let rows = wrote.iter().enumerate().map(|(place, (person, room, month, hour, back))| Row {
        id: place as i32 + 1,
        room: *room,
        person: *person,
        kind: Kind::Message,
        ts: start.as_millisecond() + (i64::from(*month) * 31 * 24 + i64::from(*hour)) * 3_600_000,
        reply_to: back.and_then(|back| place.checked_sub(back + 1)).map(|place| place as i32 + 1),
        thread: None,
    });
    Rows(rows.collect()).log()
}

proptest! {
    #![proptest_config(crate::suppress::tests::cases(48))]

    /// Whoever holds the report: its figures are about five people or more, and say no count that its measures hide.
    #[test]
    fn no_figure_is_about_fewer_than_five(
        wrote in prop::collection::vec((0..16_i32, 1..4_i32, 0..4_u32, 0..400_u32, prop::option::of(0..9_usize)), 60..260),
    ) {
        let log = any_log(&wrote);
        let report = report(&log, "2024-04");
        let (begin, end) = "2024-04".parse::<Month>().unwrap().bounds(&TimeZone::UTC);
        let april: Vec<&Row> = log.rows.iter().filter(|row| (begin..end).contains(&row.ts)).collect();
        let told = |id: &str| report.measures[id].value;
        if let Figure::Network(Network { groups, links }) = &report.figures["network"] {
            let counts = ["new_posters", "retained", "reactivated"].map(told);
            let rests = counts.map(|count| Some(told("posters")? - count?));
            for group in groups {
                prop_assert!(group.people >= 5);
                let said = |count: &Option<f64>| *count == Some(group.people as f64);
                prop_assert!(counts.iter().chain(&rests).any(said), "{group:?} {counts:?} {rests:?}");
            }
            let answered = |row: &&Row| log.rows.iter().find(|other| Some(other.id) == row.reply_to && other.room == row.room);
            let replies: Vec<(i32, i32)> = april
                .iter()
                .filter_map(|row| Some((row.person, answered(row)?.person)))
                .filter(|(from, to)| from != to)
                .collect();
            let before: HashSet<i32> = log.rows.iter().filter(|row| row.ts < begin).map(|row| row.person).collect();
            let is_newcomer = |person: &i32| !before.contains(person);
            if let Some(newcomers) = groups.iter().position(|group| group.id == "newcomers") {
                for link in links.iter().filter(|link| link.from == newcomers) {
                    let from_new = replies.iter().filter(|(from, _)| is_newcomer(from));
                    let who: BTreeSet<i32> = from_new.map(|(from, _)| *from).collect();
                    prop_assert!(link.replies.value.is_none() || who.len() >= 5);
                }
            }
            let all: f64 = links.iter().filter_map(|link| link.replies.value).sum();
            prop_assert!(all <= replies.len() as f64);
        }
        if let Figure::Rooms(rooms) = &report.figures["rooms"] {
            let mut left: BTreeSet<i32> = BTreeSet::new();
            let names: HashSet<&str> = rooms.rooms.iter().map(|room| room.name.as_str()).collect();
            for (room, name) in &log.room_names {
                let here: BTreeSet<i32> =
                    april.iter().filter(|row| row.room == *room).map(|row| row.person).collect();
                if names.contains(name.as_str()) {
                    prop_assert!(here.len() >= 5, "{name}");
                } else {
                    left.extend(here);
                }
            }
            prop_assert!(left.is_empty() || left.len() >= 5, "what the rooms lack to all messages: {left:?}");
        }
    }
}
