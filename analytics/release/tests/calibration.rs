//! How often what is said of releases is false, counted over communities in which nothing changes. The example
//! `calibration` prints the same as tables, for as many communities as there is time for.

#[path = "../examples/calibration/communities.rs"]
mod communities;
#[path = "../examples/calibration/counting.rs"]
mod counting;
#[path = "../examples/calibration/finding.rs"]
mod finding;

use hearth_shared::report::measure_id;

use self::{counting::SIZES, finding::Halved};

/// False claims that a year of reports may hold: of all measures, months and quarters, and so all marks of pictures.
const A_YEAR: f64 = 1.0;

#[test]
fn reports_of_a_year_in_which_nothing_changes_hold_at_most_one_false_claim() {
    let mut later_years = Vec::new();
    for size in SIZES {
        let claims = counting::false_claims(size, 60);
        let [first, later] = claims.a_year();
        assert!(first <= A_YEAR && later <= A_YEAR, "{size}: {claims:?}");
        assert!(claims.told <= claims.claims[0] + claims.claims[1], "{size}: {claims:?}");
        // The same comparisons with the α that is usual elsewhere would not do, but where nothing is compared.
        let careless = claims.rate(claims.careless);
        assert!(careless > A_YEAR || size < 10.0, "{size}: {claims:?}");
        later_years.push(later);
    }
    let mean = later_years.iter().sum::<f64>() / later_years.iter().map(|_| 1.0).sum::<f64>();
    assert!((0.2..0.7).contains(&mean), "where nothing is ever claimed, nothing is found either: {later_years:?}");
}

#[test]
fn those_communities_scatter_as_real_ones_do() {
    for size in [25.0, 100.0] {
        for (measure, [scatter, alike]) in counting::scatter(size, 40).into_iter().enumerate() {
            assert!((0.85..1.8).contains(&scatter), "{measure} of {size}: {scatter}");
            assert!((0.05..0.35).contains(&alike), "{measure} of {size}: {alike}");
        }
    }
}

#[test]
fn a_halving_is_found_more_often_where_there_are_more_people() {
    let people = |size| finding::halving(Halved::People, size, 100);
    let [small, large] = [people(12.0), people(100.0)];
    assert!(small[0] < 0.3 && (0.25..0.7).contains(&small[1]), "{small:?}");
    assert!(large[0] > 0.45 && large[1] > 0.95, "{large:?}");
    let [month, quarter] = finding::halving(Halved::Voices, 30.0, 100);
    assert!(month < 0.45 && quarter > 0.6, "{month} {quarter}");
    let [month, quarter] = finding::halving(Halved::TakenUp { conversations: 60.0 }, 40.0, 100);
    assert!(month > 0.5 && quarter > 0.9, "{month} {quarter}");
}

#[test]
fn an_experiment_without_effect_seldom_helped_and_a_doubling_is_found() {
    for measure in [measure_id::POSTERS, measure_id::EFFECTIVE_VOICES] {
        let [nothing, doubled] = [1.0, 2.0].map(|times| finding::helped(measure, 25.0, times, 200));
        assert!(nothing <= 0.05, "{measure}: {nothing}");
        assert!(doubled >= 0.75, "{measure}: {doubled}");
    }
}
