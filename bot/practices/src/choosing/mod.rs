//! Letting people choose: questions and options as they write them, marks by rules, counting, and what is said of it. Plain
//! functions for every practice in which something is chosen, in the open or in confidence.

mod count;
mod marks;
pub mod paper;
pub mod question;
pub mod screen;
mod tally;
pub mod taps;
pub mod text;
mod who_may;

pub use self::{
    count::ShownCount,
    marks::{Marks, Method, Mistake, Rules, is_bare, read, shown, written},
    tally::{Tally, tally},
    who_may::WhoMay,
};
