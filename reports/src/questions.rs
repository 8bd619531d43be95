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
}

/// A section of the page.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Question {
    /// Its id: `question-<id>` is how it is asked.
    pub(crate) id: &'static str,
    /// The figures that answer it: the first that can be drawn stands below the question, the rest further down.
    pub(crate) pictures: &'static [&'static str],
    /// The measures shown large below them.
    pub(crate) facts: &'static [&'static str],
    /// Those of its measures that only the table shows.
    pub(crate) details: &'static [&'static str],
}

/// The one picture that is drawn from measures and not from a figure of its own.
pub(crate) const ANSWERED_PICTURE: &str = "answered";

/// The shares that it draws with their intervals.
pub(crate) const ANSWERED: &[&str] = &[measure_id::OPENER_REPLY_RATE, measure_id::NEWCOMER_UNANSWERED];

/// Every question, in the order in which the page asks them.
pub(crate) const ALL: &[Question] = &[
    Question {
        id: question_id::ALIVE,
        pictures: &[figure_id::ACTIVITY, figure_id::WEEK],
        facts: &[measure_id::ACTIVE_MEMBERS, measure_id::POSTERS, measure_id::REACTORS_ONLY, measure_id::MESSAGES],
        details: &[
            measure_id::ROOMS_ACTIVE,
            measure_id::SILENT,
            measure_id::ACTIVE_RATIO,
            measure_id::DAILY_ACTIVE_MEAN,
            measure_id::STICKINESS,
            measure_id::MESSAGES_PER_POSTER_MEDIAN,
            measure_id::ACTIVE_DAYS_PER_MEMBER,
            measure_id::BURSTINESS,
            measure_id::BURSTINESS_CORRECTED,
        ],
    },
    Question {
        id: question_id::HEARD,
        pictures: &[figure_id::VOICES, figure_id::LORENZ, figure_id::PULSE],
        facts: &[measure_id::EFFECTIVE_VOICES, measure_id::ABSENCE_FACTOR, measure_id::TOP3_SHARE],
        details: &[
            measure_id::EFFECTIVE_VOICES_Q2,
            measure_id::TOP1_SHARE,
            measure_id::GINI,
            measure_id::GINI_CORRECTED,
            measure_id::EVENNESS,
            measure_id::ROOMS_DOMINATED,
            measure_id::TURN_TAKING,
            measure_id::SAFETY_PULSE,
            measure_id::SAFETY_RESPONSE_RATE,
            measure_id::SAFETY_ALPHA,
            measure_id::SAFETY_AGREEMENT,
            measure_id::ENPS,
        ],
    },
    Question {
        id: question_id::GROWTH,
        pictures: &[figure_id::GROWTH, figure_id::FUNNEL, figure_id::RETENTION, figure_id::SURVIVAL],
        facts: &[measure_id::NEW_POSTERS, measure_id::RETAINED, measure_id::REACTIVATED, measure_id::LAPSED],
        details: &[
            measure_id::COHORT_RETENTION,
            measure_id::SECOND_CONTRIBUTION,
            measure_id::JOIN_TO_FIRST_MESSAGE,
            measure_id::FIRST_MESSAGE_7_DAYS,
            measure_id::FIRST_MESSAGE_30_DAYS,
            measure_id::LIFETIME_SURVIVAL,
        ],
    },
    Question {
        id: question_id::ANSWERED,
        pictures: &[ANSWERED_PICTURE, figure_id::RESPONSE],
        facts: &[measure_id::REPLY_MINUTES_P50, measure_id::REPLY_MINUTES_P90, measure_id::NEWCOMER_REPLY_MINUTES],
        details: &[
            measure_id::OPENER_REPLY_RATE,
            measure_id::NEWCOMER_UNANSWERED,
            measure_id::ACKNOWLEDGED_RATE,
            measure_id::THREAD_DEPTH,
        ],
    },
    Question {
        id: question_id::CONNECTED,
        pictures: &[figure_id::NETWORK, figure_id::ROOMS],
        facts: &[
            measure_id::ISOLATED_SHARE,
            measure_id::RECIPROCITY,
            measure_id::BRIDGERS_SHARE,
            measure_id::MEAN_PARTNERS,
        ],
        details: &[
            measure_id::GIANT_COMPONENT,
            measure_id::CENTRALISATION,
            measure_id::CORE_SHARE,
            measure_id::MODULARITY,
            measure_id::NEWCOMER_MIXING,
            measure_id::UNIT_MIXING,
        ],
    },
    Question {
        id: question_id::RETROS,
        pictures: &[figure_id::ACTIONS, figure_id::THEMES],
        facts: &[
            measure_id::ACTION_COMPLETION,
            measure_id::ACTION_CARRY_OVER,
            measure_id::OPEN_ACTION_AGE,
            measure_id::ROTI,
        ],
        details: &[
            measure_id::ACTION_ON_TIME,
            measure_id::ACTION_DAYS_TO_DONE,
            measure_id::ROTI_MEDIAN,
            measure_id::ROTI_WORTHWHILE,
            measure_id::FACILITATION_ROTATION,
            measure_id::FACILITATION_TOP_SHARE,
            measure_id::TWO_GROUP_BALANCE,
            measure_id::THEME_RECURRENCE,
            measure_id::THEME_OVERLAP,
        ],
    },
];

impl Question {
    /// All its measures, facts first.
    pub(crate) fn measures(&self) -> impl Iterator<Item = &'static str> {
        self.facts.iter().chain(self.details).copied()
    }
}
