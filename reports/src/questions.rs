//! The questions that a lead asks, each with its pictures and the measures that answer it.
//!
//! A new picture or measure is one id here and its words in the locale files; a new question is one entry.

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

/// The shares that the picture `answered` draws with their intervals.
pub(crate) const ANSWERED: &[&str] = &["opener_reply_rate", "newcomer_unanswered"];

/// Every question, in the order in which the page asks them.
pub(crate) const ALL: &[Question] = &[
    Question {
        id: "alive",
        pictures: &["activity", "week"],
        facts: &["active_members", "posters", "reactors_only", "messages"],
        details: &[
            "rooms_active",
            "silent",
            "active_ratio",
            "daily_active_mean",
            "stickiness",
            "messages_per_poster_median",
            "active_days_per_member",
            "burstiness",
            "burstiness_corrected",
        ],
    },
    Question {
        id: "heard",
        pictures: &["voices", "lorenz", "pulse"],
        facts: &["effective_voices", "absence_factor", "top3_share"],
        details: &[
            "effective_voices_q2",
            "top1_share",
            "gini",
            "gini_corrected",
            "evenness",
            "rooms_dominated",
            "turn_taking",
            "safety_pulse",
            "safety_response_rate",
            "safety_alpha",
            "safety_agreement",
            "enps",
        ],
    },
    Question {
        id: "growth",
        pictures: &["growth", "funnel", "retention", "survival"],
        facts: &["new_posters", "retained", "reactivated", "lapsed"],
        details: &[
            "cohort_retention",
            "second_contribution",
            "join_to_first_message",
            "first_message_7_days",
            "first_message_30_days",
            "lifetime_survival",
        ],
    },
    Question {
        id: "answered",
        pictures: &["answered", "response"],
        facts: &["reply_minutes_p50", "reply_minutes_p90", "newcomer_reply_minutes"],
        details: &["opener_reply_rate", "newcomer_unanswered", "acknowledged_rate", "thread_depth"],
    },
    Question {
        id: "connected",
        pictures: &["network", "rooms"],
        facts: &["isolated_share", "reciprocity", "bridgers_share", "mean_partners"],
        details: &["giant_component", "centralisation", "core_share", "modularity", "newcomer_mixing", "unit_mixing"],
    },
    Question {
        id: "retros",
        pictures: &["actions", "themes"],
        facts: &["action_completion", "action_carry_over", "open_action_age", "roti"],
        details: &[
            "action_on_time",
            "action_days_to_done",
            "roti_median",
            "roti_worthwhile",
            "facilitation_rotation",
            "facilitation_top_share",
            "two_group_balance",
            "theme_recurrence",
            "theme_overlap",
        ],
    },
];

impl Question {
    /// All its measures, facts first.
    pub(crate) fn measures(&self) -> impl Iterator<Item = &'static str> {
        self.facts.iter().chain(self.details).copied()
    }
}
