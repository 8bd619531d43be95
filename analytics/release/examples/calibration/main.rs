//! Prints how often releases are said to be unusual where nothing changed, and how often a change is found.
//!
//! `cargo run -p hearth-release --example calibration -- 200` follows 200 communities of each size for three years, and
//! four times as many for what is found. With 200 it takes about three minutes.

mod communities;
mod counting;
mod finding;

use std::io::{self, Write};

use hearth_shared::report::{JUDGED, measure_id};

use self::finding::Halved;

fn main() -> io::Result<()> {
    let communities = std::env::args().nth(1).and_then(|count| count.parse().ok()).unwrap_or(100);
    let mut out = io::stdout().lock();
    false_claims(&mut out, communities)?;
    found(&mut out, communities * 4)
}

fn false_claims(out: &mut impl Write, communities: u64) -> io::Result<()> {
    writeln!(out, "False claims in a year of {communities} communities in which nothing changes, by posters a month:")?;
    writeln!(
        out,
        "size   year 1   later    told   alpha 0.05; in brackets: of months, of quarters; NaN: not published"
    )?;
    for size in counting::SIZES {
        let claims = counting::false_claims(size, communities);
        let [first, later] = claims.a_year();
        let [told, careless] = [claims.told, claims.careless].map(|count| claims.rate(count));
        writeln!(out, "{size:>4}   {first:>6.2}  {later:>6.2}  {told:>6.2}  {careless:>6.2}")?;
        let scatter = counting::scatter(size, communities);
        for ((id, [variance, alike]), by) in JUDGED.into_iter().zip(scatter).zip(claims.by_measure) {
            let [month, quarter] = by.map(|count| claims.rate(count));
            writeln!(
                out,
                "         {id}: [{month:.2}, {quarter:.2}], scatter / prior {variance:.2}, neighbours alike {alike:.2}"
            )?;
        }
    }
    Ok(())
}

fn found(out: &mut impl Write, communities: u64) -> io::Result<()> {
    writeln!(out, "A halving is found, in the month and in the quarter, of 100:")?;
    for size in [12.0, 25.0, 50.0, 200.0] {
        line(out, &format!("people, {size}"), finding::halving(Halved::People, size, communities))?;
    }
    line(out, "voices, 30", finding::halving(Halved::Voices, 30.0, communities))?;
    for conversations in [30.0, 60.0] {
        let halved = Halved::TakenUp { conversations };
        line(out, &format!("60 % of {conversations}"), finding::halving(halved, 40.0, communities))?;
    }
    writeln!(out, "An experiment after the worst of six months seems to have helped, of 100: 1, 1.5, 2 times as much")?;
    for measure in [measure_id::POSTERS, measure_id::EFFECTIVE_VOICES] {
        for size in [12.0, 25.0, 50.0, 200.0] {
            let helped = [1.0, 1.5, 2.0].map(|times| finding::helped(measure, size, times, communities));
            line(out, &format!("{measure}, {size}"), helped)?;
        }
    }
    Ok(())
}

fn line<const N: usize>(out: &mut impl Write, what: &str, shares: [f64; N]) -> io::Result<()> {
    let shares = shares.map(|share| format!("{:>5.1}", share * 100.0)).join("  ");
    writeln!(out, "{what:>22}  {shares}")
}
