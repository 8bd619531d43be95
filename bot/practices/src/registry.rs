//! Every practice, in the order in which help lists them. A new practice adds one line to [`ALL`].

use hearth_core::registry::{Practices, registered};

use crate::{actions, ballot, community, help, icebreakers, meetings, poll, privacy, report, retro, topics, welcome};

/// Every practice.
pub static ALL: Practices = Practices::new(&[
    registered::<welcome::Welcome>(),
    registered::<icebreakers::Icebreakers>(),
    registered::<poll::Poll>(),
    registered::<retro::Retros>(),
    registered::<meetings::Meetings>(),
    registered::<ballot::Ballot>(),
    registered::<topics::Topics>(),
    registered::<actions::Actions>(),
    registered::<report::Report>(),
    registered::<privacy::Privacy>(),
    registered::<help::Help>(),
    registered::<community::CommunityPractice>(),
]);
