//! What somebody chooses: by which rules, and how people write it.

use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// How people choose.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Method {
    /// One option.
    Single,
    /// As many options as one likes.
    Several,
    /// Options in order, the best first; one may leave out what one does not want.
    Ranked,
    /// A budget of dots, given to options as one likes.
    Dots,
}

impl Method {
    /// Every method.
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

impl FromStr for Method {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|method| method.name().eq_ignore_ascii_case(text)).ok_or(())
    }
}

/// What a paper may say.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rules {
    /// How people choose.
    #[serde(rename = "kind")]
    pub method: Method,
    /// The numbers that can be chosen.
    pub options: Vec<u32>,
    /// How many dots one person has; for [`Method::Dots`] only.
    pub dots: u32,
}

/// What a paper says: options by number, and how many dots each has (one, where the method knows no dots). A ranking
/// has the best first; every other method is in the order of numbers, so that the order in which somebody wrote them
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

/// Whether somebody wrote nothing but what they choose, without a verb: `2 2 1`, `3 > 1`, `1:2`, `none`.
pub fn is_bare(text: &str) -> bool {
    let marks = |sign: char| sign.is_ascii_digit() || " \t\n,;.:=>+#x×".contains(sign);
    is_nothing(text) || (text.chars().all(marks) && text.contains(|sign: char| sign.is_ascii_digit()))
}

/// Whether these words take back what was chosen before.
fn is_nothing(text: &str) -> bool {
    ["none", "nothing", "keine", "nichts"].contains(&text.trim().to_lowercase().as_str())
}

/// Reads what follows `vote` or `dots`; `None` takes back what was chosen before.
///
/// # Errors
/// What is wrong with it, for whoever wrote it.
pub fn written(rules: &Rules, text: &str) -> Result<Option<Marks>, Mistake> {
    if is_nothing(text) { Ok(None) } else { read(rules, text).map(Some) }
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
            Some((option, dots)) if rules.method == Method::Dots => {
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
            Some((_, given)) if rules.method == Method::Dots && !numbered => *given = given.saturating_add(dots),
            Some(_) => return Err(Mistake::Twice(option)),
            None => marks.push((option, dots)),
        }
    }
    if marks.is_empty() {
        return Err(Mistake::Empty);
    }
    match rules.method {
        Method::Single if marks.len() > 1 => return Err(Mistake::OnlyOne),
        Method::Dots if sum > u64::from(rules.dots) => return Err(Mistake::TooManyDots(sum)),
        Method::Dots => {
            marks.retain(|(_, dots)| *dots > 0);
            if marks.is_empty() {
                return Err(Mistake::Empty);
            }
        }
        _ => {}
    }
    if rules.method != Method::Ranked {
        marks.sort_unstable();
    }
    Ok(marks)
}

/// A paper as people write it: `2`, `1, 3`, `2 > 1 > 3`, `1:2 3:1`.
pub fn shown(method: Method, marks: &Marks) -> String {
    let parts: Vec<_> = marks
        .iter()
        .map(|(option, dots)| if method == Method::Dots { format!("{option}:{dots}") } else { option.to_string() })
        .collect();
    parts.join(match method {
        Method::Single | Method::Several => ", ",
        Method::Ranked => " > ",
        Method::Dots => " ",
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rules(method: Method) -> Rules {
        Rules { method, options: vec![1, 2, 3], dots: 3 }
    }

    #[track_caller]
    fn check(method: Method, text: &str, shown_as: &str) {
        assert_eq!(read(&rules(method), text).map(|marks| shown(method, &marks)), Ok(shown_as.to_owned()), "{text}");
    }

    #[track_caller]
    fn wrong(method: Method, text: &str, mistake: Mistake) {
        assert_eq!(read(&rules(method), text), Err(mistake), "{text}");
    }

    #[test]
    fn papers_are_read_as_people_write_them() {
        check(Method::Single, "2", "2");
        check(Method::Single, "#2.", "2");
        check(Method::Several, "3 1", "1, 3");
        check(Method::Several, "3, 1", "1, 3");
        check(Method::Ranked, "2 > 1 > 3", "2 > 1 > 3");
        check(Method::Ranked, "2>1", "2 > 1");
        check(Method::Ranked, "3 1 2", "3 > 1 > 2");
        check(Method::Dots, "3:1 1:2", "1:2 3:1");
        check(Method::Dots, "1: 2, 3=1", "1:2 3:1");
        check(Method::Dots, "1 2", "1:1 2:1");
        check(Method::Dots, "1:0 2:3", "2:3");
        check(Method::Dots, "1x2 + 3", "1:2 3:1");
        check(Method::Dots, "#1 1 3", "1:2 3:1");
    }

    #[test]
    fn a_choice_without_a_verb_is_told_from_words() {
        for text in ["2", "2 2 1", "#2", "3 > 1", "1:2 3:1", "1x2, 3", "none", " Keine "] {
            assert!(is_bare(text), "{text}");
        }
        for text in ["", "x", ":", "hello", "2 things", "at 10:00!", "none of them"] {
            assert!(!is_bare(text), "{text}");
        }
    }

    #[test]
    fn what_is_no_paper_is_told_apart() {
        wrong(Method::Single, "", Mistake::Empty);
        wrong(Method::Single, "1 2", Mistake::OnlyOne);
        wrong(Method::Single, "4", Mistake::Unknown(4));
        wrong(Method::Single, "Park", Mistake::Unclear);
        wrong(Method::Several, "1 1", Mistake::Twice(1));
        wrong(Method::Ranked, "1:2", Mistake::Unclear);
        wrong(Method::Dots, "1:2 2:2", Mistake::TooManyDots(4));
        wrong(Method::Dots, "1:4294967295 2:4294967295", Mistake::TooManyDots(8_589_934_590));
        wrong(Method::Dots, "1:0", Mistake::Empty);
        wrong(Method::Dots, "1:2 1:1", Mistake::Twice(1));
        wrong(Method::Dots, "1 1:2", Mistake::Twice(1));
        wrong(Method::Dots, "1:-1", Mistake::Unclear);
    }
}
