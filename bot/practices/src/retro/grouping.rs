//! Which notes probably speak of the same thing: a suggestion for the facilitator, by the words that they share.
//!
//! Words are compared by their stems (Snowball's, English and German), without those that every sentence has. A word
//! that few notes have says more than one that many have. Notes are joined as long as those of the two groups share,
//! on average, enough of what the shorter one says (average linkage).

use std::collections::{BTreeMap, BTreeSet};

use frostem::{Algorithm, Stemmer};

/// How much two groups must share on average to be joined, 0 to 1.
const ENOUGH: f64 = 0.25;

/// Groups of notes, by their places in `notes`: each in order, groups by their first note. `home` is the language
/// (`en`, `de`) of a note whose own words do not tell.
pub fn suggest(notes: &[&str], home: &str) -> Vec<Vec<usize>> {
    let stems: Vec<_> = notes.iter().map(|note| stems(note, home)).collect();
    let mut holders: BTreeMap<&str, u32> = BTreeMap::new();
    for stem in stems.iter().flatten() {
        *holders.entry(stem).or_default() += 1;
    }
    let count = f64::from(u32::try_from(notes.len()).unwrap_or(u32::MAX));
    let weight = |stem: &String| (1.0 + count / f64::from(holders[stem.as_str()])).ln();
    let total = |set: &BTreeSet<String>| set.iter().map(weight).sum::<f64>();
    let alike = |a: usize, b: usize| {
        let less = total(&stems[a]).min(total(&stems[b]));
        let shared: f64 = stems[a].intersection(&stems[b]).map(weight).sum();
        if less > 0.0 { shared / less } else { 0.0 }
    };
    let table: Vec<Vec<f64>> = (0..notes.len()).map(|a| (0..notes.len()).map(|b| alike(a, b)).collect()).collect();
    join((0..notes.len()).map(|note| vec![note]).collect(), &table)
}

/// Joins the two groups that are most alike, until none are alike enough.
fn join(mut groups: Vec<Vec<usize>>, alike: &[Vec<f64>]) -> Vec<Vec<usize>> {
    loop {
        let mut best: Option<(f64, usize, usize)> = None;
        for a in 0..groups.len() {
            for b in a + 1..groups.len() {
                let between = linkage(&groups[a], &groups[b], alike);
                if between >= ENOUGH && best.is_none_or(|(most, _, _)| between > most) {
                    best = Some((between, a, b));
                }
            }
        }
        let Some((_, a, b)) = best else { break };
        let joined = groups.remove(b);
        groups[a].extend(joined);
        groups[a].sort_unstable();
    }
    groups
}

fn linkage(a: &[usize], b: &[usize], alike: &[Vec<f64>]) -> f64 {
    let pairs = f64::from(u32::try_from(a.len() * b.len()).unwrap_or(u32::MAX));
    a.iter().flat_map(|&one| b.iter().map(move |&other| alike[one][other])).sum::<f64>() / pairs
}

/// Whether two labels name the same thing: `Deploys` and `the deploy`.
pub fn same(a: &str, b: &str, home: &str) -> bool {
    let (ours, theirs) = (stems(a, home), stems(b, home));
    a.trim().to_lowercase() == b.trim().to_lowercase() || (!ours.is_empty() && ours == theirs)
}

/// The stems of the words that say something.
fn stems(note: &str, home: &str) -> BTreeSet<String> {
    let words: Vec<String> = note
        .split(|char: char| !char.is_alphanumeric() && char != '\'' && char != '’')
        .map(|word| word.trim_matches(['\'', '’']).replace('’', "'").to_lowercase())
        .filter(|word| word.chars().count() > 1)
        .collect();
    let [english, german] = [Algorithm::English, Algorithm::German].map(Stemmer::new);
    let stemmer = if language(&words, home) == "de" { german } else { english };
    let said = |word: &&String| !is_stop_word(word, "en") && !is_stop_word(word, "de");
    words.iter().filter(said).map(|word| stemmer.stem(word.strip_suffix("'s").unwrap_or(word)).into_owned()).collect()
}

/// The language whose small words a note has more of.
fn language<'a>(words: &[String], home: &'a str) -> &'a str {
    let small = |tag| words.iter().filter(|word| is_stop_word(word, tag)).count();
    match small("en").cmp(&small("de")) {
        std::cmp::Ordering::Greater => "en",
        std::cmp::Ordering::Less => "de",
        std::cmp::Ordering::Equal => home,
    }
}

fn is_stop_word(word: &str, tag: &str) -> bool {
    stop_words::lookup(tag).is_some_and(|words| words.contains(&word))
}

#[cfg(test)]
mod tests {
    use proptest::{collection::vec, prelude::*};

    use super::*;

    #[test]
    fn notes_about_the_same_thing_come_together() {
        let notes = [
            "Deploys are slow again",
            "I learned a secret_seed from the pairing sessions",
            "The slow deploy on Friday cost us an evening",
            "More pairing, please",
            "Lunch was great",
        ];
        assert_eq!(suggest(&notes, "en"), [vec![0, 2], vec![1, 3], vec![4]]);
    }

    #[test]
    fn german_notes_are_grouped_by_german_stems() {
        let notes = [
            "Die Besprechungen dauern zu lang",
            "Ich habe viel von den anderen gelernt",
            "Eine Besprechung ohne Agenda ist mühsam",
            "Gelernt: wie man Fragen stellt",
        ];
        assert_eq!(suggest(&notes, "de"), [vec![0, 2], vec![1, 3]]);
        assert_eq!(suggest(&notes, "en"), [vec![0, 2], vec![1, 3]], "notes say themselves what language they are in");
    }

    #[test]
    fn small_words_join_nothing() {
        assert_eq!(suggest(&["We should do this", "This is what we have"], "en").len(), 2);
        assert_eq!(suggest(&["!!!", "???", ""], "en").len(), 3);
    }

    #[test]
    fn labels_are_the_same_whatever_their_form() {
        assert!(same("Deploys", "the deploy", "en"));
        assert!(same("Besprechungen", "besprechung", "de"));
        assert!(same("???", "??? ", "en"));
        assert!(!same("Deploys", "Reviews", "en"));
        assert!(!same("!!!", "???", "en"));
    }

    proptest! {
        #[test]
        fn every_note_is_in_one_group(notes in vec("[a-f ]{0,12}", 0..20)) {
            let notes: Vec<_> = notes.iter().map(String::as_str).collect();
            let groups = suggest(&notes, "en");
            let mut places: Vec<_> = groups.iter().flatten().copied().collect();
            places.sort_unstable();
            prop_assert_eq!(places, (0..notes.len()).collect::<Vec<_>>());
            let firsts: Vec<_> = groups.iter().map(|group| group[0]).collect();
            prop_assert!(firsts.is_sorted());
        }
    }
}
