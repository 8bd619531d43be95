//! The ids by which the worker, the page and the bot mean the same thing. Each is written once, here.
//!
//! They are text and no enums, because a report may come from a newer worker: a reader shows an id that it does not know
//! as it is. Whoever names one in code names a constant, so that a misspelt one does not compile; tests of the worker
//! prove that it makes everything that is listed here, and tests of the page that it has words for it.

/// Modules of constants, each with a list of all its ids.
macro_rules! ids {
    ($($(#[$about:meta])* $family:ident { $($(#[$doc:meta])* $name:ident = $id:literal,)+ })+) => {$(
        $(#[$about])*
        pub mod $family {
            $(
                #[doc = concat!("`", $id, "`.")]
                $(#[$doc])*
                pub const $name: &str = $id;
            )+

            /// All of them.
            pub const ALL: &[&str] = &[$($name),+];
        }
    )+};
}

ids! {
    /// Published measures: the keys of [`Report::measures`](super::Report::measures), in the order of the report: the
    /// headline, the sections, and from 50 posters on the explorer.
    measure_id {
        POSTERS = "posters",
        NEW_POSTERS = "new_posters",
        EFFECTIVE_VOICES = "effective_voices",
        TAKEN_UP = "taken_up",
        NEWCOMERS_CAME_BACK = "newcomers_came_back",
        ACTION_COMPLETION = "action_completion",
        ACTIVE_MEMBERS = "active_members",
        MEMBERS = "members",
        MESSAGES = "messages",
        ANSWER_TIME = "answer_time",
        NEWCOMERS_ANSWERED = "newcomers_answered",
        ALONE = "alone",
        STAYED = "stayed",
        ROOMS_ACTIVE = "rooms_active",
        ROOMS_SHARED = "rooms_shared",
        OPEN_ACTION_AGE = "open_action_age",
        ACTION_CARRY_OVER = "action_carry_over",
        THEME_RECURRENCE = "theme_recurrence",
        ROTI = "roti",
        SAFETY_PULSE = "safety_pulse",
        SAFETY_RESPONSE_RATE = "safety_response_rate",
        LIFETIME_SURVIVAL = "lifetime_survival",
        FIRST_MESSAGE_30_DAYS = "first_message_30_days",
        BRIDGERS_SHARE = "bridgers_share",
        GIANT_COMPONENT = "giant_component",
    }

    /// Exact measures, which only whoever holds the log is told, in the order in which they are printed.
    exact_id {
        ACTIVE_MEMBERS = "active_members",
        POSTERS = "posters",
        REACTORS_ONLY = "reactors_only",
        SILENT = "silent",
        ACTIVE_RATIO = "active_ratio",
        DAILY_ACTIVE_MEAN = "daily_active_mean",
        STICKINESS = "stickiness",
        ACTIVE_DAYS_PER_MEMBER = "active_days_per_member",
        MESSAGES = "messages",
        MESSAGES_PER_POSTER_MEDIAN = "messages_per_poster_median",
        EFFECTIVE_VOICES = "effective_voices",
        EFFECTIVE_VOICES_Q2 = "effective_voices_q2",
        ABSENCE_FACTOR = "absence_factor",
        TOP1_SHARE = "top1_share",
        TOP3_SHARE = "top3_share",
        GINI = "gini",
        GINI_CORRECTED = "gini_corrected",
        EVENNESS = "evenness",
        TURN_TAKING = "turn_taking",
        THREAD_DEPTH = "thread_depth",
        BURSTINESS = "burstiness",
        BURSTINESS_CORRECTED = "burstiness_corrected",
        NEW_POSTERS = "new_posters",
        RETAINED = "retained",
        REACTIVATED = "reactivated",
        LAPSED = "lapsed",
        COHORT_RETENTION = "cohort_retention",
        LIFETIME_SURVIVAL = "lifetime_survival",
        JOIN_TO_FIRST_MESSAGE = "join_to_first_message",
        FIRST_MESSAGE_7_DAYS = "first_message_7_days",
        FIRST_MESSAGE_30_DAYS = "first_message_30_days",
        SECOND_CONTRIBUTION = "second_contribution",
        OPENER_REPLY_RATE = "opener_reply_rate",
        ACKNOWLEDGED_RATE = "acknowledged_rate",
        REPLY_MINUTES_P50 = "reply_minutes_p50",
        REPLY_MINUTES_P90 = "reply_minutes_p90",
        NEWCOMER_UNANSWERED = "newcomer_unanswered",
        NEWCOMER_REPLY_MINUTES = "newcomer_reply_minutes",
        RECIPROCITY = "reciprocity",
        ISOLATED_SHARE = "isolated_share",
        GIANT_COMPONENT = "giant_component",
        MEAN_PARTNERS = "mean_partners",
        CENTRALISATION = "centralisation",
        NEWCOMER_MIXING = "newcomer_mixing",
        UNIT_MIXING = "unit_mixing",
        CORE_SHARE = "core_share",
        MODULARITY = "modularity",
        BRIDGERS_SHARE = "bridgers_share",
        ROOMS_ACTIVE = "rooms_active",
        ROOMS_DOMINATED = "rooms_dominated",
        ACTION_COMPLETION = "action_completion",
        ACTION_ON_TIME = "action_on_time",
        ACTION_DAYS_TO_DONE = "action_days_to_done",
        OPEN_ACTION_AGE = "open_action_age",
        ACTION_CARRY_OVER = "action_carry_over",
        THEME_RECURRENCE = "theme_recurrence",
        THEME_OVERLAP = "theme_overlap",
        ROTI = "roti",
        ROTI_MEDIAN = "roti_median",
        ROTI_WORTHWHILE = "roti_worthwhile",
        FACILITATION_ROTATION = "facilitation_rotation",
        FACILITATION_TOP_SHARE = "facilitation_top_share",
        TWO_GROUP_BALANCE = "two_group_balance",
        SAFETY_PULSE = "safety_pulse",
        SAFETY_RESPONSE_RATE = "safety_response_rate",
        SAFETY_ALPHA = "safety_alpha",
        SAFETY_AGREEMENT = "safety_agreement",
        ENPS = "enps",
    }

    /// Pictures: the keys of [`Report::figures`](super::Report::figures), in the order in which the worker makes them.
    figure_id {
        ACTIVITY = "activity",
        VOICES = "voices",
        NEWCOMERS = "newcomers",
        ANSWERED = "answered",
        PEOPLE = "people",
        FUNNEL = "funnel",
        ROOMS = "rooms",
        NETWORK = "network",
        ACTIONS = "actions",
        THEMES = "themes",
        PULSE = "pulse",
        WEEK = "week",
        RETENTION = "retention",
        SURVIVAL = "survival",
    }

    /// The steps of newcomers: [`Stage::id`](super::Stage::id).
    stage_id {
        JOINED = "joined",
        WROTE = "wrote",
        ANSWERED = "answered",
        CAME_BACK = "came_back",
    }

    /// What deserves a mark in time: [`Event::id`](super::Event::id).
    event_id {
        MEETING = "meeting",
        RETRO = "retro",
        NEW_RULES = "new_rules",
        HEARTH_STARTED = "hearth_started",
    }

    /// Groups of people: [`Group::id`](super::Group::id).
    group_id {
        NEWCOMERS = "newcomers",
        SETTLED = "settled",
        RETURNED = "returned",
        NOT_NEW = "not_new",
        NEW_OR_BACK = "new_or_back",
        OTHERS = "others",
    }

    /// What a pulse asks: [`Item::id`](super::Item::id). The first is the mean of all, the others are its items in
    /// their order.
    item_id {
        SAFETY = "safety",
        MISTAKES = "mistakes",
        PROBLEMS = "problems",
        DIFFERENCE = "difference",
        RISK = "risk",
        HELP = "help",
        EFFORT = "effort",
        SKILLS = "skills",
    }

    /// What leads may try: [`Report::suggestion`](super::Report::suggestion), the most urgent first.
    suggestion_id {
        REST_OR_REVIVE = "rest_or_revive",
        WAKE_UP = "wake_up",
        SHARE_THE_STAGE = "share_the_stage",
        GREETERS = "greeters",
        ANSWER_ROTA = "answer_rota",
        SECOND_WORD = "second_word",
        MERGE_ROOMS = "merge_rooms",
        PAIR_PEOPLE = "pair_people",
        DROP_OR_GIVE = "drop_or_give",
        FEWER_ACTIONS = "fewer_actions",
    }

    /// Why there is no value: [`Measure::reason`](super::Measure::reason).
    reason {
        /// The month is not over.
        INCOMPLETE_MONTH = "incomplete_month",
        /// The log does not reach back far enough.
        LOG_STARTS_HERE = "log_starts_here",
        /// Nobody wrote.
        NO_MESSAGES = "no_messages",
        /// The formula has no value on this month.
        UNDEFINED = "undefined",
        /// It would be about fewer than [`MIN_PEOPLE`](super::super::MIN_PEOPLE) people.
        TOO_FEW_PEOPLE = "too_few_people",
        /// With what else is published, a group of fewer than [`MIN_PEOPLE`](super::super::MIN_PEOPLE) people could be
        /// worked out.
        COMPLEMENTARY = "complementary",
        /// Fewer than ten conversations, or fewer than five people who began them.
        TOO_FEW_CONVERSATIONS = "too_few_conversations",
        /// So few messages that they would tell what single people wrote.
        TOO_FEW_MESSAGES = "too_few_messages",
        /// Fewer than ten values, or from fewer people than may be told of.
        TOO_FEW_VALUES = "too_few_values",
        /// It is told of whole quarters, and none is told with this month.
        NO_QUARTER_ENDS = "no_quarter_ends",
        /// Too few people came yet; the coming quarters are added until they are enough.
        GATHERING = "gathering",
        /// Rooms that existed already came into view meanwhile.
        SCOPE_CHANGED = "scope_changed",
        /// It is told of the whole community only, and this is a room.
        COMMUNITY_ONLY = "community_only",
        /// Fewer than half have come to it yet, so that there is no median.
        NOT_REACHED = "not_reached",
        /// Nobody joined.
        NOBODY_JOINED = "nobody_joined",
        /// Nothing was agreed.
        NO_ACTIONS = "no_actions",
        /// No action is open.
        NONE_OPEN = "none_open",
        /// There was no gathering to ask about.
        NO_GATHERING = "no_gathering",
        /// There was no retrospective.
        NO_RETRO = "no_retro",
        /// There was no retrospective before it to compare with.
        FIRST_RETRO = "first_retro",
        /// Nobody answered.
        NO_ANSWERS = "no_answers",
        /// No pulse ended this month.
        NO_PULSE = "no_pulse",
        /// No units of people are known.
        NO_UNITS = "no_units",
    }
}

/// The reason why a measure is not known where the source of a log cannot know something, by the capability's name.
pub fn source_lacks(capability: &str) -> String {
    format!("source_lacks_{capability}")
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_id_is_named_once_and_can_be_a_key_and_a_files_name() {
        let families = [
            measure_id::ALL,
            exact_id::ALL,
            figure_id::ALL,
            stage_id::ALL,
            event_id::ALL,
            group_id::ALL,
            item_id::ALL,
            suggestion_id::ALL,
            reason::ALL,
        ];
        for ids in families {
            assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ids.len(), "{ids:?}");
            for id in ids {
                assert!(
                    id.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_'),
                    "{id}"
                );
            }
        }
    }
}
