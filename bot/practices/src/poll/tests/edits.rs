//! Members' own polls, edited in their clients.

use super::*;

/// A dialogue in which the results of members' own polls are announced, so that it shows what counts.
fn announced() -> Dialogue {
    let mut talk = Dialogue::new();
    talk.overrides.entry("poll".into()).or_default().insert("announce-members-polls".into(), true.into());
    talk
}

fn edit(talk: &Dialogue, by: &str, poll: &MessageRef, new: PollText) -> Event {
    Event::PollEdited { by: user(by), room: room_id("lobby"), poll: poll.clone(), new, at: talk.now }
}

/// What Ben makes of his poll: other answers, under other ids, and only one may be chosen.
fn better() -> PollText {
    PollText { max: 1, ..asks("Shall we meet?", &[("a", "Monday"), ("b", "Friday"), ("c", "Never")]) }
}

fn cast(talk: &mut Dialogue, by: &str, poll: &MessageRef, answers: &[&str]) {
    let vote = vote(talk, by, poll, answers);
    talk.happens(&vote);
}

/// Ben ends his poll; its result.
fn result(talk: &mut Dialogue, poll: &MessageRef) -> String {
    let end = end(talk, "ben", poll);
    talk.happens(&end).join("\n")
}

#[test]
fn a_poll_edited_before_the_first_vote_counts_with_its_new_answers() {
    let mut talk = announced();
    let (opened, poll) = members_own(&mut talk);
    talk.happens(&opened);
    talk.passes(Span::minutes(1));
    let edited = edit(&talk, "ben", &poll, better());
    assert!(talk.happens(&edited).is_empty());
    cast(&mut talk, "cem", &poll, &["b"]);
    cast(&mut talk, "dia", &poll, &["b", "c"]);
    assert_snapshot!(result(&mut talk, &poll), @"
    #lobby prompt: 🏆 **Friday**, 2 of 2 votes, 10 in the room · Shall we meet?
    #lobby notice: **The poll is closed: Shall we meet?**

    - ██████████ 2 · Friday
    - ░░░░░░░░░░ 0 · Monday
    - ░░░░░░░░░░ 0 · Never

    2 of 10 took part.
    ");
}

#[test]
fn a_poll_edited_after_the_first_vote_stays_what_was_voted_on() {
    let mut talk = announced();
    let (opened, poll) = members_own(&mut talk);
    talk.happens(&opened);
    talk.passes(Span::minutes(1));
    let first = vote(&mut talk, "cem", &poll, &["x"]);
    talk.happens(&first);
    // A clock that is slow, or says so, wins nothing.
    let Event::PollEdited { by, room, poll: of, new, .. } = edit(&talk, "ben", &poll, better()) else { unreachable!() };
    let at = jiff::Timestamp::UNIX_EPOCH;
    assert!(talk.happens(&Event::PollEdited { by, room: room.clone(), poll: of, new, at }).is_empty());
    // Taking the vote back does not open the way.
    let Event::Voted { event, .. } = first else { unreachable!() };
    talk.happens(&Event::Redacted { room, event, key: None, at: talk.now });
    let edited = edit(&talk, "ben", &poll, better());
    talk.happens(&edited);
    cast(&mut talk, "dia", &poll, &["x"]);
    let result = result(&mut talk, &poll);
    assert!(result.contains("Shall we?") && result.contains("1 · Yes"), "{result}");
}

#[test]
fn nobody_edits_somebody_elses_poll() {
    let mut talk = announced();
    let (opened, poll) = members_own(&mut talk);
    talk.happens(&opened);
    talk.passes(Span::minutes(1));
    for by in ["cem", "lea", "hearth"] {
        let edited = edit(&talk, by, &poll, better());
        talk.happens(&edited);
    }
    // Nor from another room, nor in the form of polls that this one does not have.
    let Event::PollEdited { by, poll: of, new, at, .. } = edit(&talk, "ben", &poll, better()) else { unreachable!() };
    talk.happens(&Event::PollEdited { by, room: room_id("craft"), poll: of, new, at });
    let edited = edit(&talk, "ben", &poll, PollText { stable: true, ..better() });
    talk.happens(&edited);
    cast(&mut talk, "dia", &poll, &["x"]);
    assert!(result(&mut talk, &poll).contains("Shall we?"));
    // Hearth's own polls are nobody's to edit, not even of who asked for them.
    let ours = asked(&mut talk);
    let (room, event, key) = talk.message("poll", &ours);
    let poll = MessageRef { event, key: Some(key) };
    let edited = Event::PollEdited { by: user("ana"), room, poll, new: better(), at: talk.now };
    talk.happens_for("poll", &edited);
    talk.votes("cem", "poll", &ours, &["1"]);
    assert!(talk.says("ana", "lobby", "!hearth poll close").join("\n").contains("🏆 **Park**"));
}

#[test]
fn a_poll_that_is_over_cannot_be_edited() {
    let mut talk = announced();
    let (opened, poll) = members_own(&mut talk);
    talk.happens(&opened);
    talk.passes(Span::minutes(1));
    assert!(result(&mut talk, &poll).contains("Nobody voted"));
    let before = talk.records("poll");
    let edited = edit(&talk, "ben", &poll, better());
    assert!(talk.happens(&edited).is_empty());
    assert_eq!(talk.records("poll"), before);
}

#[test]
fn a_poll_and_its_edit_whose_key_was_late_count_for_votes_cast_after_the_edit() {
    let mut talk = announced();
    let (opened, poll) = members_own(&mut talk);
    let edited = edit(&talk, "ben", &poll, better());
    talk.passes(Span::minutes(1));
    cast(&mut talk, "cem", &poll, &["c"]);
    talk.passes(Span::minutes(1));
    talk.happens(&opened);
    talk.happens(&edited);
    assert_eq!(logged(&talk), ["PollOpened ben 2", "PollVoted cem -"]);
    assert!(result(&mut talk, &poll).contains("🏆 **Never**, 1 of 1 vote"));
}
