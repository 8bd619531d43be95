//! The adversary has teeth: against the measures as they were published before, it wins.

use super::{
    chain::{Belief, Chain, loudest},
    enumerate::partitions,
    people::People,
    random::Random,
    seen::{Seen, sums, voices},
    table::Attacks,
};

/// What a page said of a month before: messages, the shares of the loudest and of the loudest three, the median, effective
/// voices of orders 1 and 2, and the Gini index, each times `digits`. `counts` begin with the largest.
fn page(counts: &[u32], [share, ratio]: [f64; 2]) -> [i64; 7] {
    let (sum, _) = sums(counts);
    let n = counts.len();
    let total = sum as f64;
    let parts = || counts.iter().map(|count| f64::from(*count) / total);
    let entropy: f64 = parts().map(|part| -part * part.ln()).sum();
    let ranked: f64 = parts().rev().enumerate().map(|(place, part)| (2 * place + 1) as f64 * part).sum();
    let at = |value: f64, digits: f64| (value * digits).round() as i64;
    [
        sum as i64,
        at(parts().next().unwrap(), share),
        at(parts().take(3).sum(), share),
        i64::from(counts[(n - 1) / 2] + counts[n / 2]),
        at(entropy.exp(), ratio),
        at(voices(counts), ratio),
        at(ranked / n as f64 - 1.0, share),
    ]
}

/// How many sets of counts say the same on the page, up to two.
fn alike(counts: &[u32], digits: [f64; 2]) -> usize {
    let said = page(counts, digits);
    let mut found = 0;
    partitions(said[0] as u32, counts.len(), said[0] as u32, &mut Vec::new(), &mut |other| {
        // The loudest share first: it is cheap, and few have it.
        let same = (f64::from(other[0]) / said[0] as f64 * digits[0]).round() as i64 == said[1];
        if same && page(other, digits) == said {
            found += 1;
        }
    });
    assert!(found > 0, "the truth is among them");
    found
}

#[test]
fn the_old_pages_told_everybodys_count() {
    let people = People::new();
    let mut random = Random::new(77);
    let (mut months, mut full, mut rounded) = (0, 0, 0);
    for posters in 5..=8 {
        let mut taken = 0;
        while taken < 30 {
            let shape = people.shape(&mut random);
            let mut counts = people.month(shape, posters, &mut random);
            if sums(&counts).0 > 80 {
                continue;
            }
            counts.sort_unstable_by(|one, other| other.cmp(one));
            taken += 1;
            months += 1;
            full += usize::from(alike(&counts, [1e9, 1e9]) == 1);
            rounded += usize::from(alike(&counts, [100.0, 10.0]) == 1);
        }
    }
    println!("the only counts that fit: full digits {full} of {months}, page rounding {rounded} of {months}");
    assert_eq!(full, months, "all digits");
    assert!(rounded * 5 >= months * 4, "rounded as on a page: {rounded} of {months}");
}

#[test]
fn the_same_chain_pins_somebody_where_messages_and_a_share_are_told() {
    let people = People::new();
    let mut random = Random::new(78);
    let mut attacks = Attacks::default();
    while attacks.months < 100 {
        let (shape, posters) = (people.shape(&mut random), random.between(5, 40));
        let counts = people.month(shape, posters, &mut random);
        let (sum, _) = sums(&counts);
        let top = loudest(&counts)[0];
        if top <= 3 {
            continue;
        }
        // Messages, voices to a tenth, and the loudest share to a per cent.
        let told = voices(&counts);
        let seen = Seen::exactly(sum, Some([told - 0.05, told + 0.05]));
        let share = f64::from(top) / sum as f64;
        let fit = |counts: &[u32]| {
            let near = (f64::from(loudest(counts)[0]) / sum as f64 - share).abs() <= 0.005;
            if near { seen.fit(sums(counts)) } else { f64::NEG_INFINITY }
        };
        let beliefs: Vec<Belief> = Chain::new(&people, counts, random.bits(), fit).believe(1000, loudest).into();
        attacks.add(&beliefs);
    }
    attacks.print("messages, voices to a tenth, loudest share to 1 %");
    assert!(attacks.rate() > 0.6, "{} of {}", attacks.pinned, attacks.months);
}
