//! A ballot paper: what can be chosen by which rules, and how people write it. Shared by every practice that lets
//! people choose in private.

use std::str::FromStr;

use rand::Rng;
use serde::{Deserialize, Serialize};

/// How people choose.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// One option.
    Single,
    /// As many options as one likes.
    Several,
    /// Options in order, the best first; one may leave out what one does not want.
    Ranked,
    /// A budget of dots, given to options as one likes.
    Dots,
}

impl Kind {
    /// Every kind.
    pub const ALL: [Self; 4] = [Self::Single, Self::Several, Self::Ranked, Self::Dots];

    /// What it is called in commands.
    pub fn name(self) -> &'static str {
        match self {
            Self::Single => "single",
            Self::Several => "several",
            Self::Ranked => "ranked",
            Self::Dots => "dots",
        }
    }
}

impl FromStr for Kind {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|kind| kind.name().eq_ignore_ascii_case(text)).ok_or(())
    }
}

/// What a paper may say.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rules {
    /// How people choose.
    pub kind: Kind,
    /// The numbers that can be chosen.
    pub options: Vec<u32>,
    /// How many dots one person has; for [`Kind::Dots`] only.
    pub dots: u32,
}

/// What a paper says: options by number, and how many dots each has (one, where the kind knows no dots). A ranking
/// has the best first; every other kind is in the order of numbers, so that the order in which somebody wrote them
/// says nothing.
pub type Marks = Vec<(u32, u32)>;

/// What is wrong with what somebody wrote.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Mistake {
    /// Nothing was chosen.
    Empty,
    /// This is no number, or no number with dots.
    Unclear,
    /// There is no such option.
    Unknown(u32),
    /// An option was named twice, and not for a dot each.
    Twice(u32),
    /// More than one was chosen, where one may choose one.
    OnlyOne,
    /// So many dots, which are too many.
    TooManyDots(u64),
}

/// Reads what follows `vote` or `dots`; `None` takes back what was chosen before.
///
/// # Errors
/// What is wrong with it, for whoever wrote it.
pub fn written(rules: &Rules, text: &str) -> Result<Option<Marks>, Mistake> {
    match text.trim().to_lowercase().as_str() {
        "none" | "nothing" | "keine" | "nichts" => Ok(None),
        _ => read(rules, text).map(Some),
    }
}

/// Reads what somebody chooses.
///
/// # Errors
/// What is wrong with it, for whoever wrote it.
pub fn read(rules: &Rules, text: &str) -> Result<Marks, Mistake> {
    let mut marks: Marks = Vec::new();
    let (mut sum, mut numbered) = (0u64, false);
    // `1: 2` is `1:2`, and `2>1` is `2 > 1`.
    let glued = text.replace(" :", ":").replace(": ", ":");
    for part in glued.split([' ', ',', ';', '>', '+', '\t', '\n', '.']).filter(|part| !part.is_empty()) {
        let part = part.trim_start_matches('#');
        let (option, dots) = match part.split_once([':', '=', 'x', '×']) {
            Some((option, dots)) if rules.kind == Kind::Dots => {
                numbered = true;
                (option, dots)
            }
            Some(_) => return Err(Mistake::Unclear),
            None => (part, "1"),
        };
        let option: u32 = option.parse().map_err(|_| Mistake::Unclear)?;
        let dots: u32 = dots.parse().map_err(|_| Mistake::Unclear)?;
        if !rules.options.contains(&option) {
            return Err(Mistake::Unknown(option));
        }
        sum += u64::from(dots);
        match marks.iter_mut().find(|(other, _)| *other == option) {
            // `1 1 3` is two dots and one. `1:2 1:1` may be a correction as well as a sum.
            Some((_, given)) if rules.kind == Kind::Dots && !numbered => *given = given.saturating_add(dots),
            Some(_) => return Err(Mistake::Twice(option)),
            None => marks.push((option, dots)),
        }
    }
    if marks.is_empty() {
        return Err(Mistake::Empty);
    }
    match rules.kind {
        Kind::Single if marks.len() > 1 => return Err(Mistake::OnlyOne),
        Kind::Dots if sum > u64::from(rules.dots) => return Err(Mistake::TooManyDots(sum)),
        Kind::Dots => {
            marks.retain(|(_, dots)| *dots > 0);
            if marks.is_empty() {
                return Err(Mistake::Empty);
            }
        }
        _ => {}
    }
    if rules.kind != Kind::Ranked {
        marks.sort_unstable();
    }
    Ok(marks)
}

/// A paper as people write it: `2`, `1, 3`, `2 > 1 > 3`, `1:2 3:1`.
pub fn shown(kind: Kind, marks: &Marks) -> String {
    let parts: Vec<_> = marks
        .iter()
        .map(|(option, dots)| if kind == Kind::Dots { format!("{option}:{dots}") } else { option.to_string() })
        .collect();
    parts.join(match kind {
        Kind::Single | Kind::Several => ", ",
        Kind::Ranked => " > ",
        Kind::Dots => " ",
    })
}

/// A receipt that none in `taken` is: six letters and digits that are hard to mistake for each other. It must be drawn
/// by [`crate::World::lots`], or whoever has the database could work it out.
pub fn receipt<'a>(lots: &mut impl Rng, taken: impl IntoIterator<Item = &'a str> + Clone) -> String {
    const SIGNS: &[u8] = b"23456789ABCDEFGHJKMNPQRSTVWXYZ";
    loop {
        let mut draw = || char::from(SIGNS[lots.random_range(0..SIGNS.len())]);
        let half: [String; 2] = std::array::from_fn(|_| (0..3).map(|_| draw()).collect());
        let drawn = half.join("-");
        if !taken.clone().into_iter().any(|other| other == drawn) {
            return drawn;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rules(kind: Kind) -> Rules {
        Rules { kind, options: vec![1, 2, 3], dots: 3 }
    }

    #[track_caller]
    fn check(kind: Kind, text: &str, shown_as: &str) {
        assert_eq!(read(&rules(kind), text).map(|marks| shown(kind, &marks)), Ok(shown_as.to_owned()), "{text}");
    }

    #[track_caller]
    fn wrong(kind: Kind, text: &str, mistake: Mistake) {
        assert_eq!(read(&rules(kind), text), Err(mistake), "{text}");
    }

    #[test]
    fn papers_are_read_as_people_write_them() {
        check(Kind::Single, "2", "2");
        check(Kind::Single, "#2.", "2");
        check(Kind::Several, "3 1", "1, 3");
        check(Kind::Several, "3, 1", "1, 3");
        check(Kind::Ranked, "2 > 1 > 3", "2 > 1 > 3");
        check(Kind::Ranked, "2>1", "2 > 1");
        check(Kind::Ranked, "3 1 2", "3 > 1 > 2");
        check(Kind::Dots, "3:1 1:2", "1:2 3:1");
        check(Kind::Dots, "1: 2, 3=1", "1:2 3:1");
        check(Kind::Dots, "1 2", "1:1 2:1");
        check(Kind::Dots, "1:0 2:3", "2:3");
        check(Kind::Dots, "1x2 + 3", "1:2 3:1");
        check(Kind::Dots, "#1 1 3", "1:2 3:1");
    }

    #[test]
    fn what_is_no_paper_is_told_apart() {
        wrong(Kind::Single, "", Mistake::Empty);
        wrong(Kind::Single, "1 2", Mistake::OnlyOne);
        wrong(Kind::Single, "4", Mistake::Unknown(4));
        wrong(Kind::Single, "Park", Mistake::Unclear);
        wrong(Kind::Several, "1 1", Mistake::Twice(1));
        wrong(Kind::Ranked, "1:2", Mistake::Unclear);
        wrong(Kind::Dots, "1:2 2:2", Mistake::TooManyDots(4));
        wrong(Kind::Dots, "1:4294967295 2:4294967295", Mistake::TooManyDots(8_589_934_590));
        wrong(Kind::Dots, "1:0", Mistake::Empty);
        wrong(Kind::Dots, "1:2 1:1", Mistake::Twice(1));
        wrong(Kind::Dots, "1 1:2", Mistake::Twice(1));
        wrong(Kind::Dots, "1:-1", Mistake::Unclear);
    }
}
