//! The questions that a lead asks, each with its pictures and the measures that answer it.
//!
//! A new picture or measure is one id here and its words in the locale files; a new question is one entry.

/// A section of the page.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Question {
    /// Its id: `question-<id>` is how it is asked.
    pub(crate) id: &'static str,
    /// The figures that answer it.
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
        pictures: &["activity"],
        facts: &["active_members", "posters", "reactors_only", "messages"],
        details: &["rooms_active", "silent", "active_ratio", "messages_per_poster_median", "active_days_per_member"],
    },
    Question {
        id: "heard",
        pictures: &["voices", "lorenz"],
        facts: &["effective_voices", "absence_factor", "top3_share"],
        details: &["effective_voices_q2", "top1_share", "gini", "gini_corrected", "evenness", "rooms_dominated"],
    },
    Question {
        id: "growth",
        pictures: &["growth"],
        facts: &["new_posters", "retained", "reactivated", "lapsed"],
        details: &[],
    },
    Question {
        id: "answered",
        pictures: &["answered"],
        facts: &["reply_minutes_p50", "reply_minutes_p90", "newcomer_reply_minutes"],
        details: ANSWERED,
    },
    Question {
        id: "connected",
        pictures: &[],
        facts: &["isolated_share", "reciprocity", "bridgers_share", "mean_partners"],
        details: &["giant_component", "centralisation"],
    },
];

impl Question {
    /// All its measures, facts first.
    pub(crate) fn measures(&self) -> impl Iterator<Item = &'static str> {
        self.facts.iter().chain(self.details).copied()
    }
}
