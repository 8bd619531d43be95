//! The phases of a retrospective, and what comes before and after each.

use serde::{Deserialize, Serialize};

use crate::EventId;

/// Where a retrospective is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Phase {
    /// People write notes to the bot.
    Collect,
    /// The notes are in the room, shuffled, without names.
    Reveal,
    /// The facilitator puts together what belongs together.
    Group,
    /// People give dots to themes, by direct message.
    Vote,
    /// The room speaks about one theme after the other.
    Discuss,
    /// The room agrees what to do.
    Actions,
    /// People say whether it was worth their time.
    Worth,
}

impl Phase {
    /// Every phase, in order.
    pub const ALL: [Self; 7] =
        [Self::Collect, Self::Reveal, Self::Group, Self::Vote, Self::Discuss, Self::Actions, Self::Worth];

    /// Its name, as in `retro-phase-<name>`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Collect => "collect",
            Self::Reveal => "reveal",
            Self::Group => "group",
            Self::Vote => "vote",
            Self::Discuss => "discuss",
            Self::Actions => "actions",
            Self::Worth => "worth",
        }
    }

    /// Whether what people send in it is sealed, so that it ends by itself.
    pub fn is_sealed(self) -> bool {
        matches!(self, Self::Collect | Self::Vote | Self::Worth)
    }
}

/// Where to go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// To a phase.
    To(Phase),
    /// To another theme of the discussion, by its place.
    Theme(usize),
    /// It is over.
    Close,
}

/// Why a retrospective goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why<'a> {
    /// Somebody asked for it, with this command.
    Asked(&'a EventId),
    /// The phase's time is over.
    Time,
    /// Nobody wrote a note.
    Empty,
    /// Nobody has moved it for long.
    Quiet,
    /// What was sealed is lost.
    Lost,
}

/// What follows a phase. `theme` is the one that is being discussed, `themes` how many will be; `groups` how many
/// there are to choose from.
pub fn next(phase: Phase, theme: usize, themes: usize, groups: usize) -> Step {
    match phase {
        Phase::Collect => Step::To(Phase::Reveal),
        Phase::Reveal => Step::To(Phase::Group),
        // Where there is one theme there is nothing to choose.
        Phase::Group if groups < 2 => Step::To(Phase::Discuss),
        Phase::Group => Step::To(Phase::Vote),
        Phase::Vote => Step::To(Phase::Discuss),
        Phase::Discuss if theme + 1 < themes => Step::Theme(theme + 1),
        Phase::Discuss => Step::To(Phase::Actions),
        Phase::Actions => Step::To(Phase::Worth),
        Phase::Worth => Step::Close,
    }
}

/// What comes before a phase, or `None` at the beginning.
pub fn back(phase: Phase, theme: usize, groups: usize) -> Option<Step> {
    Some(match phase {
        Phase::Collect => return None,
        Phase::Reveal => Step::To(Phase::Collect),
        Phase::Group => Step::To(Phase::Reveal),
        Phase::Vote => Step::To(Phase::Group),
        Phase::Discuss if theme > 0 => Step::Theme(theme - 1),
        Phase::Discuss if groups < 2 => Step::To(Phase::Group),
        Phase::Discuss => Step::To(Phase::Vote),
        Phase::Actions => Step::To(Phase::Discuss),
        Phase::Worth => Step::To(Phase::Actions),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn next_leads_from_the_first_note_to_the_close() {
        use Phase::*;
        let (mut phase, mut theme, mut way) = (Collect, 0, Vec::new());
        loop {
            way.push((phase, theme));
            match next(phase, theme, 2, 3) {
                Step::To(to) => phase = to,
                Step::Theme(to) => theme = to,
                Step::Close => break,
            }
        }
        let phases: Vec<_> = way.iter().map(|(phase, _)| *phase).collect();
        assert_eq!(phases, [Collect, Reveal, Group, Vote, Discuss, Discuss, Actions, Worth]);
    }

    #[test]
    fn back_undoes_next() {
        for phase in Phase::ALL {
            for (theme, groups) in [(0, 1), (0, 3), (1, 3)] {
                // One theme is never voted on.
                if phase == Phase::Vote && groups == 1 {
                    continue;
                }
                let theme = if phase == Phase::Discuss { theme } else { 0 };
                let back_again = match next(phase, theme, 3, groups) {
                    Step::To(Phase::Actions) | Step::Close => continue,
                    Step::To(to) => back(to, 0, groups),
                    Step::Theme(to) => back(phase, to, groups),
                };
                let here = if theme > 0 { Step::Theme(theme) } else { Step::To(phase) };
                let first = phase == Phase::Discuss && back_again == Some(Step::Theme(0));
                assert!(back_again == Some(here) || first, "{phase:?} {theme}: {back_again:?}");
            }
        }
        assert_eq!(back(Phase::Collect, 0, 3), None);
    }
}
