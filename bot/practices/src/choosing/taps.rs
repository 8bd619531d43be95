//! Choosing by tapping: an option is a button, and what somebody chooses is what stands tapped, in the order of taps.
//!
//! Nobody can tap a button twice, so that dots cannot be counted by taps. Buttons for one dot, two, three of each option
//! would be as many as options times dots, and homeservers let a bot send few of them a minute. So **dots are shared**
//! among what stands tapped: as evenly as they go, and the first tapped get one more where they do not. With three
//! dots, which is what one has where nobody says otherwise, every way to give them all is three taps or fewer away: all
//! to one, two and one, one each. A single tap gives everything, so that no dot is lost and no vote is half done.
//! Options that are tapped when no dots are left get none, and the paper says who has what after each tap. Whoever wants
//! to give them otherwise writes.
//!
//! A ranking is the order of taps: to move an option up, one takes it and what is before it back. A tap that is taken back
//! leaves the others as they are.

use super::marks::{Marks, Method, Rules};
use crate::words::label;

/// How many characters the narrowest client shows on a sign.
const NARROW: usize = 12;

/// How many dots of an option are drawn in a sign; more are a number.
const DRAWN: u32 = 5;

/// How many characters a sign has at most.
const WIDE: usize = 20;

/// How many characters of names stand behind a sign at most: a homeserver takes a reaction of a few hundred.
const NAMES: usize = 80;

/// What is chosen where these options stand tapped; `None` where nothing is.
pub fn tapped(rules: &Rules, taps: &[u32]) -> Option<Marks> {
    let mut options: Vec<u32> = Vec::new();
    for option in taps.iter().filter(|option| rules.options.contains(option)) {
        if !options.contains(option) {
            options.push(*option);
        }
    }
    let mut marks: Marks = match rules.method {
        Method::Single => options.last().map(|option| (*option, 1)).into_iter().collect(),
        Method::Several | Method::Ranked => options.into_iter().map(|option| (option, 1)).collect(),
        Method::Dots => {
            options.truncate(rules.dots as usize);
            let count = u32::try_from(options.len()).unwrap_or(u32::MAX).max(1);
            let share = |place: u32| rules.dots / count + u32::from(place < rules.dots % count);
            (0..).zip(options).map(|(place, option)| (option, share(place))).collect()
        }
    };
    if rules.method != Method::Ranked {
        marks.sort_unstable();
    }
    (!marks.is_empty()).then_some(marks)
}

/// What stands on the button of an option: its number, and so much of it.
pub fn button(number: u32, text: &str) -> String {
    label(&format!("{number} {text}"))
}

/// Whether a reaction is like a sign of the bot's own. Whoever taps one says again what it says, in a reaction of theirs
/// that would stay when the sign goes: it counts for nothing, and is taken off.
pub fn is_like_a_sign(with: &str) -> bool {
    ["✅ ", "🧾 "].iter().any(|sign| with.starts_with(sign))
}

/// The sign that says what somebody chose: `✅ 2`, `✅ 1, 3`, `✅ 3 › 1 › 2`, `✅ 1●● 3●`; narrower where it would be
/// wide. Many dots are a number, `✅ 1:7`. `name` gives what an option is called in it.
pub fn sign(method: Method, marks: &Marks, name: impl Fn(u32) -> String) -> String {
    let few = marks.iter().all(|(_, dots)| *dots <= DRAWN);
    let parts: Vec<_> = (marks.iter())
        .map(|(option, dots)| match method {
            Method::Dots if few => name(*option) + &"●".repeat(*dots as usize),
            Method::Dots => format!("{}:{dots}", name(*option)),
            Method::Single | Method::Several | Method::Ranked => name(*option),
        })
        .collect();
    let (between, narrow) = match method {
        Method::Single | Method::Several => (", ", ","),
        Method::Ranked => (" › ", "›"),
        Method::Dots => (" ", " "),
    };
    let count = |sign: &String| sign.chars().count();
    let wide = format!("✅ {}", parts.join(between));
    let fitting = if count(&wide) <= NARROW { wide } else { format!("✅ {}", parts.join(narrow)) };
    if count(&fitting) <= WIDE {
        return fitting;
    }
    let cut = (0..parts.len()).rev().map(|most| format!("✅ {}{narrow}…", parts[..most].join(narrow)));
    cut.into_iter().find(|sign| count(sign) <= WIDE).unwrap_or_else(|| "✅ …".to_owned())
}

/// The sign that says what somebody wrote, with names: `✅ 2●● 3● · On call, Pairing`. A button that is tapped has a name
/// of its own; of what is written nothing else says that a number was not mistaken. Clients that show little of a sign
/// show its beginning, and all of it to whoever points at it. Polls show no numbers, so what was answered there has none:
/// `✅ Park`.
pub fn named_sign(
    method: Method,
    marks: &Marks,
    short: impl Fn(u32) -> String,
    name: impl Fn(u32) -> Option<String>,
) -> String {
    let mut names = String::new();
    for name in marks.iter().filter_map(|(option, _)| name(*option)) {
        let between = if names.is_empty() { "" } else { ", " };
        let more = format!("{between}{}", label(&name));
        if names.chars().count() + more.chars().count() > NAMES {
            names.push_str(", …");
            break;
        }
        names.push_str(&more);
    }
    match method {
        Method::Single => format!("✅ {names}"),
        Method::Several | Method::Ranked | Method::Dots => format!("{} · {names}", sign(method, marks, short)),
    }
}

#[cfg(test)]
mod tests {
    use proptest::{collection::vec, prelude::*};

    use super::*;
    use crate::choosing::{read, shown};

    fn rules(method: Method, dots: u32) -> Rules {
        Rules { method, options: vec![1, 2, 3, 4], dots }
    }

    #[track_caller]
    fn check(method: Method, taps: &[u32], chosen: &str) {
        let marks = tapped(&rules(method, 3), taps);
        assert_eq!(marks.map(|marks| shown(method, &marks)).unwrap_or_default(), chosen, "{taps:?}");
    }

    #[test]
    fn dots_are_shared_among_what_is_tapped_and_the_first_get_more() {
        check(Method::Dots, &[], "");
        check(Method::Dots, &[2], "2:3");
        check(Method::Dots, &[2, 1], "1:1 2:2");
        check(Method::Dots, &[2, 1, 4], "1:1 2:1 4:1");
        check(Method::Dots, &[2, 1, 4, 3], "1:1 2:1 4:1");
        check(Method::Dots, &[9], "");
    }

    #[test]
    fn a_ranking_is_the_order_of_taps_and_several_are_a_set() {
        check(Method::Ranked, &[3, 1, 2], "3 > 1 > 2");
        check(Method::Several, &[3, 1], "1, 3");
        check(Method::Single, &[3, 1], "1");
    }

    #[test]
    fn with_three_dots_every_way_to_give_them_all_is_three_taps_or_fewer_away() {
        let three = rules(Method::Dots, 3);
        let all = |sum: u32| {
            (0..4u32.pow(4))
                .map(|code| [code % 4, code / 4 % 4, code / 16 % 4, code / 64])
                .filter(move |dots| dots.iter().sum::<u32>() == sum)
        };
        for dots in all(3) {
            let mut wanted: Vec<(u32, u32)> = (1..).zip(dots).filter(|(_, dots)| *dots > 0).collect();
            let marks = wanted.clone();
            wanted.sort_by_key(|(_, dots)| std::cmp::Reverse(*dots));
            let taps: Vec<u32> = wanted.iter().map(|(option, _)| *option).collect();
            assert_eq!(tapped(&three, &taps), Some(marks));
        }
    }

    #[test]
    fn a_sign_is_narrow_and_says_what_counts() {
        let shown = |method, marks: &[(u32, u32)]| sign(method, &marks.to_vec(), |option| option.to_string());
        let in_order = |options: &[u32]| options.iter().map(|option| (*option, 1)).collect::<Vec<_>>();
        assert_eq!(shown(Method::Single, &[(2, 1)]), "✅ 2");
        assert_eq!(shown(Method::Several, &in_order(&[1, 3])), "✅ 1, 3");
        assert_eq!(shown(Method::Several, &in_order(&[1, 2, 3, 4, 5, 6, 7, 8])), "✅ 1,2,3,4,5,6,7,8");
        assert_eq!(shown(Method::Ranked, &in_order(&[3, 1, 2])), "✅ 3 › 1 › 2");
        assert_eq!(shown(Method::Ranked, &in_order(&[3, 1, 2, 4])), "✅ 3›1›2›4");
        assert_eq!(shown(Method::Ranked, &in_order(&[31, 12, 25, 47, 59, 60, 71, 82])), "✅ 31›12›25›47›59›…");
        assert_eq!(shown(Method::Dots, &[(1, 2), (3, 1)]), "✅ 1●● 3●");
        assert_eq!(shown(Method::Dots, &[(1, 7), (3, 6)]), "✅ 1:7 3:6");
        let letter = |option: u32| ["A", "B", "C"][option as usize - 1].to_owned();
        assert_eq!(sign(Method::Dots, &vec![(1, 2), (3, 1)], letter), "✅ A●● C●");
    }

    proptest! {
        #[test]
        fn a_sign_is_never_wider_than_clients_show(taps in vec(1u32..2000, 0..12), dots in 1u32..20, method in 0usize..4) {
            let rules = Rules { method: Method::ALL[method], options: (1..2000).collect(), dots };
            if let Some(marks) = tapped(&rules, &taps) {
                let sign = sign(rules.method, &marks, |option| option.to_string());
                prop_assert!(sign.chars().count() <= WIDE && sign.starts_with("✅ "), "{}", sign);
            }
        }

        #[test]
        fn what_is_tapped_could_have_been_written(taps in vec(1u32..6, 0..6), dots in 1u32..8, method in 0usize..4) {
            let rules = rules(Method::ALL[method], dots);
            if let Some(marks) = tapped(&rules, &taps) {
                prop_assert_eq!(read(&rules, &shown(rules.method, &marks)), Ok(marks.clone()));
                let given: u32 = marks.iter().map(|(_, dots)| dots).sum();
                prop_assert!(rules.method != Method::Dots || given == dots, "every dot is given");
            }
        }
    }

    #[test]
    fn what_was_written_stands_with_its_names_in_a_sign() {
        let names = ["Park", "Café", "Online"];
        let shown = |method, marks: &[(u32, u32)]| {
            let name = |option: u32| names.get(option as usize - 1).map(|name| (*name).to_owned());
            named_sign(method, &marks.to_vec(), |option| option.to_string(), name)
        };
        assert_eq!(shown(Method::Single, &[(2, 1)]), "✅ Café");
        assert_eq!(shown(Method::Several, &[(1, 1), (3, 1)]), "✅ 1, 3 · Park, Online");
        assert_eq!(shown(Method::Ranked, &[(3, 1), (1, 1)]), "✅ 3 › 1 · Online, Park");
        assert_eq!(shown(Method::Dots, &[(2, 2), (3, 1)]), "✅ 2●● 3● · Café, Online");
        let marks = (1..=60).map(|option| (option, 1)).collect();
        let long = |_: u32| Some("Exploratory charters for all".to_owned());
        let sign = named_sign(Method::Several, &marks, |option| option.to_string(), long);
        assert!(sign.ends_with(" · Exploratory charters…, Exploratory charters…, Exploratory charters…, …"), "{sign}");
    }
}
