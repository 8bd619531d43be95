//! The decks that come with Hearth, and how they are dealt.

use std::collections::BTreeSet;

use rand_chacha::{ChaCha8Rng, rand_core::SeedableRng as _};

use crate::{
    Words,
    icebreakers::deck::{Deck, Own, Prompt, draw, prompts, text},
};

#[test]
fn every_language_has_the_same_decks_of_at_least_twenty() {
    let of = |words| Deck::ALL.map(|deck| prompts(deck, words, None));
    let english = of(Words::english());
    for words in Words::all() {
        let decks = of(words);
        assert_eq!(decks, english, "{}", words.tag());
        let mut seen = BTreeSet::new();
        for prompt in decks.iter().flatten() {
            let text = text(*prompt, words, None).unwrap();
            assert!(text.chars().count() <= 140, "{}: {prompt} is long", words.tag());
            assert!(text.contains('?'), "{}: {prompt} asks nothing", words.tag());
            assert!(!text.contains(['*', '_', '`', '<', '[']), "{}: {prompt} is not plain", words.tag());
            assert!(seen.insert(text.to_lowercase()), "{}: {prompt} is there twice", words.tag());
        }
        assert!(decks.iter().all(|deck| deck.len() >= 20), "{}", words.tag());
    }
    let same =
        |prompt: &&Prompt| text(**prompt, Words::english(), None) == text(**prompt, Words::of("de").unwrap(), None);
    assert_eq!(english.iter().flatten().find(same), None, "a prompt that was not put into German");
}

#[test]
fn no_number_is_left_out_in_a_deck() {
    for words in Words::all() {
        for deck in Deck::ALL {
            let count = u16::try_from(prompts(deck, words, None).len()).unwrap();
            for number in count + 1..Own::FIRST {
                assert_eq!(text(Prompt { deck, number }, words, None), None, "{} {deck:?} {number}", words.tag());
            }
        }
    }
}

#[test]
fn a_deck_is_dealt_out_before_anything_repeats() {
    let all = prompts(Deck::Stories, Words::english(), None);
    for seed in 0..50 {
        let (mut rng, mut seen) = (ChaCha8Rng::seed_from_u64(seed), Vec::new());
        let dealt: Vec<_> =
            (0..3 * all.len()).map(|_| draw(Deck::Stories, &all, &mut seen, &mut rng).unwrap()).collect();
        for round in dealt.chunks(all.len()) {
            assert_eq!(round.iter().collect::<BTreeSet<_>>().len(), all.len());
        }
        assert!(dealt.windows(2).all(|pair| pair[0] != pair[1]));
    }
    let one = &all[..1];
    let (mut rng, mut seen) = (ChaCha8Rng::seed_from_u64(1), Vec::new());
    assert!((0..3).all(|_| draw(Deck::Stories, one, &mut seen, &mut rng) == Some(one[0])));
    assert_eq!(draw(Deck::Stories, &[], &mut seen, &mut rng), None);
}

#[test]
fn a_series_walks_through_the_stages() {
    use Deck::{Lessons, Light, Stories};
    let walk = |steps: usize| (0..steps).map(|step| Deck::of_step(step, steps)).collect::<Vec<_>>();
    assert_eq!(walk(1), [Light]);
    assert_eq!(walk(3), [Light, Stories, Lessons]);
    assert_eq!(walk(4), [Light, Light, Stories, Lessons]);
}
