//! The questions that a lead asks, each with its pictures and the measures that answer it.
//!
//! A new picture or measure is its constant from `hearth_shared::report` here and its words in the locale files; a new
//! question is one entry and its id in [`question_id`].

use hearth_shared::report::{figure_id, measure_id};

/// The ids of questions.
pub(crate) mod question_id {
    pub(crate) const ALIVE: &str = "alive";
    pub(crate) const HEARD: &str = "heard";
    pub(crate) const GROWTH: &str = "growth";
    pub(crate) const ANSWERED: &str = "answered";
    pub(crate) const CONNECTED: &str = "connected";
    pub(crate) const RETROS: &str = "retros";
    /// What only whoever looks closer wants to see.
    pub(crate) const EXPLORER: &str = "explorer";
}

/// A section of the page.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Question {
    /// Its id: `question-<id>` is how it is asked.
    pub(crate) id: &'static str,
    /// The figures that answer it, the most telling first.
    pub(crate) pictures: &'static [&'static str],
    /// The measures shown below them, beside the headline's.
    pub(crate) facts: &'static [&'static str],
}

/// The headline: the measures that are shown large, with what is usual.
pub(crate) const HEADLINE: [&str; 6] = [
    measure_id::POSTERS,
    measure_id::NEW_POSTERS,
    measure_id::EFFECTIVE_VOICES,
    measure_id::TAKEN_UP,
    measure_id::NEWCOMERS_CAME_BACK,
    measure_id::ACTION_COMPLETION,
];

/// Every question, in the order in which the page asks them.
pub(crate) const ALL: &[Question] = &[
    Question {
        id: question_id::ALIVE,
        pictures: &[figure_id::ACTIVITY],
        facts: &[measure_id::ACTIVE_MEMBERS, measure_id::MEMBERS, measure_id::MESSAGES],
    },
    Question {
        id: question_id::HEARD,
        pictures: &[figure_id::VOICES, figure_id::PULSE],
        facts: &[measure_id::SAFETY_PULSE, measure_id::SAFETY_RESPONSE_RATE],
    },
    Question {
        id: question_id::GROWTH,
        pictures: &[figure_id::NEWCOMERS, figure_id::PEOPLE, figure_id::FUNNEL],
        facts: &[measure_id::STAYED],
    },
    Question {
        id: question_id::ANSWERED,
        pictures: &[figure_id::ANSWERED],
        facts: &[measure_id::ANSWER_TIME, measure_id::NEWCOMERS_ANSWERED],
    },
    Question {
        id: question_id::CONNECTED,
        pictures: &[figure_id::NETWORK, figure_id::ROOMS],
        facts: &[measure_id::ALONE, measure_id::ROOMS_ACTIVE, measure_id::ROOMS_SHARED],
    },
    Question {
        id: question_id::RETROS,
        pictures: &[figure_id::ACTIONS, figure_id::THEMES],
        facts: &[
            measure_id::OPEN_ACTION_AGE,
            measure_id::ACTION_CARRY_OVER,
            measure_id::THEME_RECURRENCE,
            measure_id::ROTI,
        ],
    },
];

/// What is off the page by default.
pub(crate) const EXPLORER: Question = Question {
    id: question_id::EXPLORER,
    pictures: &[figure_id::WEEK, figure_id::RETENTION, figure_id::SURVIVAL],
    facts: &[
        measure_id::LIFETIME_SURVIVAL,
        measure_id::FIRST_MESSAGE_30_DAYS,
        measure_id::BRIDGERS_SHARE,
        measure_id::GIANT_COMPONENT,
    ],
};

/// Every question, and the explorer at the end.
pub(crate) fn all() -> impl Iterator<Item = &'static Question> {
    ALL.iter().chain([&EXPLORER])
}
