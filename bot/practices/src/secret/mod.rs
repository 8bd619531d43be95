//! Taking in what people hand over in confidence: papers of a ballot, dots, notes, answers to a last question.
//!
//! What somebody hands in is a message in the direct room that the bot has with them. A practice says what it means and
//! what is answered; this module does what is the same for all:
//!
//! - **Read**: a message is taken once, however often it is told ([`Paper::take`], [`has_come`]). A later choice
//!   replaces an earlier one by the time at which it was sent, not by the time at which it came: a message whose key
//!   was late undoes nothing that was sent after it.
//! - **Tapped**: where a paper has buttons, taps are handed in like messages ([`tap`]), and a tap that is removed is taken
//!   back ([`untap`]). What counts is what was written last or, where somebody tapped later, what stands tapped on the
//!   paper that they have: what one sees is what counts.
//! - **Answered**: the bot's answers say what was chosen. So they wait sealed to be sent, and bear names that are drawn
//!   at random and say of nobody that they have one ([`hand_in`]). Where somebody has a paper, that says where they stand,
//!   in one place ([`Taken::show`]).
//! - **Counted**: whoever has chosen something that holds ([`counted`]); whoever has handed in anything ([`senders`]).
//! - **Taken back**: where a practice lets people take back by removing their message, [`take_back`].
//! - **Published and destroyed**, in one step: [`close`] takes every row of a table out and puts what was chosen into an
//!   order that nobody can tie to people; who took part is in the order of names. With the last row of the scope its
//!   key is destroyed (see [`crate::records`]). What people wrote, what they were answered and what they were asked
//!   with is removed from the direct rooms.
//!
//! A practice embeds [`Paper`] (and [`Asked`], where it matters who was asked) in sealed tables of its own, and says
//! what a row leaves in direct rooms ([`Slip`]). Where what was sealed is lost, [`is_lost`] says of which table, and
//! the practice calls off: what is left would be a wrong count.

mod asked;
mod close;
mod intake;
mod paper;
mod place;
mod receipt;
mod slip;
mod stands;
#[cfg(test)]
mod tests;

pub use self::{
    asked::{Asked, ask, is_own, paper, paper_of},
    close::{Closed, close, destroy, is_lost},
    intake::{
        Handed, Taken, again, answer_in, counted, forgotten, hand_in, has_come, senders, take_back, take_back_choice,
        tap, tapper, turn, untap,
    },
    paper::{Paper, Tap, Way},
    place::Place,
    receipt::receipt,
    slip::{PaperKey, Slip, Traces},
    stands::{Face, Stands},
};
