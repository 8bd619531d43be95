//! When in the week people write, in three levels.
//!
//! A level is a share of the fullest cell. A cell in which fewer than five people wrote is at the lowest, as one in which
//! nobody did: that somebody was awake on a Sunday night is theirs. Every month stands for itself.

use std::collections::BTreeSet;

use hearth_release::policy::cells;
use hearth_shared::report::{Figure, MIN_PEOPLE, Status, Week, reason};

use crate::{month_view::MonthView, scopes::HourShare};

/// How many hours a column may hold, the most telling first.
const WIDTHS: [u32; 5] = [1, 2, 3, 4, 6];
/// A width is narrow enough to be used where at least this share of messages lies in cells of five people or more.
const ENOUGH: f64 = 0.8;
/// And the widest where it is at least this.
const LEAST: f64 = 0.5;
/// How many levels there are.
const LEVELS: u8 = 3;

/// What lies in one cell.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Held {
    messages: u64,
    people: BTreeSet<i32>,
}

impl Held {
    fn is_large(&self) -> bool {
        self.people.len() as u64 >= MIN_PEOPLE
    }
}

/// When in the week people wrote this month.
pub fn week(view: &MonthView<'_>) -> Figure {
    let shares = view.week();
    let drawn = WIDTHS.into_iter().find_map(|hours| {
        let cells = cells(shares, hours);
        let messages = |large: bool| -> u64 {
            cells.iter().filter(|held| !large || held.is_large()).map(|held| held.messages).sum()
        };
        let share = messages(true) as f64 / messages(false) as f64;
        let last = Some(&hours) == WIDTHS.last();
        (share >= ENOUGH || last && share >= LEAST).then_some((hours, cells))
    });
    let Some((hours, cells)) = drawn else {
        return Figure::nothing(Status::Suppressed, reason::TOO_FEW_PEOPLE);
    };
    let largest = cells.iter().filter(|held| held.is_large()).map(|held| held.messages).max().unwrap_or(0);
    let level = |held: &Held| cells::level(held.messages.min(largest), largest, held.people.len() as u64, LEVELS);
    let levels: Vec<u8> = cells.iter().map(level).collect();
    Figure::Week(Week { hours, days: levels.chunks((24 / hours) as usize).map(<[u8]>::to_vec).collect() })
}

/// The week in cells of so many hours, Monday first.
fn cells(shares: &[HourShare], hours: u32) -> Vec<Held> {
    let mut cells = vec![Held::default(); (7 * 24 / hours) as usize];
    for share in shares {
        if let Some(cell) = cells.get_mut((share.hour / hours) as usize) {
            cell.messages += u64::from(share.messages);
            cell.people.insert(share.person);
        }
    }
    cells
}
