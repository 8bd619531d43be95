//! What leads may try, where there is reason: at most one thing a report.

use hearth_shared::{
    month::Month,
    release::{Cell, Release, grid},
    report::{Figure, MIN_PEOPLE, QUARTER_OPEN, Verdict, figure_id, measure_id, suggestion_id},
};

use super::{
    changes::changes,
    history::{BACK, History},
};

/// Something that leads may try. The earlier ones come first where there is reason for several.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Suggestion {
    /// Hardly anybody has written for three months, and within the year many did: rest, or begin anew.
    RestOrRevive,
    /// Fewer people wrote in the quarter.
    WakeUp,
    /// Few people write most of what is written.
    ShareTheStage,
    /// Newcomers are left without an answer.
    Greeters,
    /// Conversations are left without an answer.
    AnswerRota,
    /// Newcomers do not come back.
    SecondWord,
    /// There are more rooms than the people fill.
    MergeRooms,
    /// Many people write without anybody else.
    PairPeople,
    /// Actions have been open for a quarter of a year.
    DropOrGive,
    /// Fewer than half of what was agreed is done.
    FewerActions,
}

use Suggestion::{
    AnswerRota, DropOrGive, FewerActions, Greeters, MergeRooms, PairPeople, RestOrRevive, SecondWord, ShareTheStage,
    WakeUp,
};

impl Suggestion {
    /// All, the first most urgent.
    pub const ALL: [Self; 10] = [
        RestOrRevive,
        WakeUp,
        ShareTheStage,
        Greeters,
        AnswerRota,
        SecondWord,
        MergeRooms,
        PairPeople,
        DropOrGive,
        FewerActions,
    ];

    /// Its id in a report.
    pub fn id(self) -> &'static str {
        match self {
            RestOrRevive => suggestion_id::REST_OR_REVIVE,
            WakeUp => suggestion_id::WAKE_UP,
            ShareTheStage => suggestion_id::SHARE_THE_STAGE,
            Greeters => suggestion_id::GREETERS,
            AnswerRota => suggestion_id::ANSWER_ROTA,
            SecondWord => suggestion_id::SECOND_WORD,
            MergeRooms => suggestion_id::MERGE_ROOMS,
            PairPeople => suggestion_id::PAIR_PEOPLE,
            DropOrGive => suggestion_id::DROP_OR_GIVE,
            FewerActions => suggestion_id::FEWER_ACTIONS,
        }
    }

    /// For how many months it is not made again.
    pub fn pause(self) -> i32 {
        match self {
            DropOrGive => 3,
            WakeUp | FewerActions => 6,
            _ => 12,
        }
    }

    /// Whether there is reason for it in the month of `release`, by the releases up to it.
    fn has_reason(self, history: History<'_>, release: &Release, quarter: impl Fn(&str) -> Option<Verdict>) -> bool {
        let month = release.month;
        let last_three = |holds: fn(&Release) -> bool| {
            history.around(month, -2, 0).filter(|release| release.is_some_and(holds)).count()
        };
        let first_told =
            |measure, holds: fn(&Cell) -> bool| newly_published(history, release, measure).is_some_and(holds);
        let fewer = |measure| quarter(measure) == Some(Verdict::Less);
        match self {
            RestOrRevive => {
                let long_enough = history.first().is_some_and(|first| month.ordinal() - first.month.ordinal() >= 5);
                let were_many = |release: &Release| !is_small(release);
                let within_a_year = || history.around(month, -BACK, -3).flatten().any(were_many);
                long_enough && last_three(is_small) == 3 && within_a_year()
            }
            WakeUp => fewer(measure_id::POSTERS),
            ShareTheStage => fewer(measure_id::EFFECTIVE_VOICES) || last_three(is_loud) == 3,
            Greeters => first_told(measure_id::NEWCOMERS_ANSWERED, |cell| at_most(cell, 0.75)),
            AnswerRota => {
                let whole = history.first().is_some_and(|first| month.ordinal() - first.month.ordinal() >= 2);
                fewer(measure_id::TAKEN_UP) || (whole && is_unheard(release) && last_three(is_unheard) >= 2)
            }
            SecondWord => first_told(measure_id::NEWCOMERS_CAME_BACK, |cell| under(cell, 0.4)),
            MergeRooms => last_three(is_scattered) == 3,
            PairPeople => first_told(measure_id::ALONE, |cell| {
                cell.about >= Some(20.0) && cell.interval.is_some_and(|[low, _]| low > 0.25)
            }),
            DropOrGive => open_for_a_quarter(release) >= 3.0,
            FewerActions => release
                .measures
                .get(measure_id::ACTION_COMPLETION)
                .is_some_and(|cell| cell.about >= Some(10.0) && under(cell, 0.5)),
        }
    }
}

/// What was suggested with each release, by the releases up to it: at most one thing, never two months running, and
/// nothing again before its pause is over. `releases` are those of one community, oldest first.
///
/// What was suggested in a month that is not kept is not known; so nothing is suggested in the month after it. Nor is
/// anything where one of the last three months is not whole.
pub fn suggestions(releases: &[Release]) -> Vec<Option<Suggestion>> {
    let mut told: Vec<(Month, Suggestion)> = Vec::new();
    let mut picks = Vec::with_capacity(releases.len());
    for (index, release) in releases.iter().enumerate() {
        let history = History::new(&releases[..=index]);
        let months_since = |earlier: Month| release.month.ordinal() - earlier.ordinal();
        let rests = |suggestion: Suggestion| {
            told.iter().any(|(month, earlier)| *earlier == suggestion && months_since(*month) < suggestion.pause())
        };
        let mut last_three = history.around(release.month, -2, 0).flatten();
        let quiet = !last_three.all(Release::is_whole)
            || told.last().is_some_and(|(month, _)| months_since(*month) == 1)
            || index.checked_sub(1).is_some_and(|before| months_since(releases[before].month) > 1);
        let compared = if quiet { Default::default() } else { changes(releases, index) };
        let quarter = |measure: &str| compared.get(measure).and_then(|changes| changes.quarter).map(|of| of.verdict);
        let pick = Suggestion::ALL
            .into_iter()
            .filter(|_| !quiet)
            .find(|suggestion| !rests(*suggestion) && suggestion.has_reason(history, release, quarter));
        told.extend(pick.map(|pick| (release.month, pick)));
        picks.push(pick);
    }
    picks
}

/// A share of people, if it is first published with this release: a cell may stand in later releases, too.
fn newly_published<'a>(history: History<'a>, release: &'a Release, measure: &str) -> Option<&'a Cell> {
    let share = |release: &'a Release| release.measures.get(measure).filter(|cell| cell.value.is_some());
    let cell = share(release)?;
    let earlier = history.before(release.month).find_map(share);
    earlier.is_none_or(|earlier| earlier.quarters != cell.quarters).then_some(cell)
}

fn under(cell: &Cell, share: f64) -> bool {
    cell.interval.is_some_and(|[_, high]| high < share)
}

fn at_most(cell: &Cell, share: f64) -> bool {
    cell.interval.is_some_and(|[_, high]| high <= share)
}

/// Fewer than five people wrote.
fn is_small(release: &Release) -> bool {
    release.value(measure_id::POSTERS).is_some_and(|posters| posters.ends()[1] < grid::as_number(MIN_PEOPLE))
}

/// Twenty people or more wrote, and it was as if four did.
fn is_loud(release: &Release) -> bool {
    let middle = |measure| release.value(measure).map(|value| value.middle());
    middle(measure_id::EFFECTIVE_VOICES).is_some_and(|voices| voices <= 4.0)
        && middle(measure_id::POSTERS).is_some_and(|posters| posters >= 20.0)
}

/// Fewer than half of the conversations were taken up.
fn is_unheard(release: &Release) -> bool {
    release.measures.get(measure_id::TAKEN_UP).is_some_and(|cell| cell.value.is_some() && under(cell, 0.5))
}

/// Six rooms or more are active, and at most a third of them have five people.
fn is_scattered(release: &Release) -> bool {
    let rooms = |measure| release.value(measure).and_then(|rooms| rooms.value());
    let (Some(active), Some(shared)) = (rooms(measure_id::ROOMS_ACTIVE), rooms(measure_id::ROOMS_SHARED)) else {
        return false;
    };
    active >= 6.0 && shared * 3.0 <= active
}

/// How many actions have been open for a quarter of a year: at least so many, by the picture of actions.
fn open_for_a_quarter(release: &Release) -> f64 {
    let Some(Figure::Actions(actions)) = release.figures.get(figure_id::ACTIONS) else { return 0.0 };
    let old = actions.open.iter().filter(|age| age.from >= QUARTER_OPEN);
    old.filter_map(|age| age.actions.value).map(|actions| actions.ends()[0]).sum()
}
