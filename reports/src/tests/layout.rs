//! No label covers another or leaves its picture, whatever the community: checked by measuring boxes.

use hearth_shared::report::{Point, Report};

use super::{communities as of, guild};
use crate::{Size, pictures::pictures, room::TELLING, words::Words};

fn assert_labels_are_apart(name: &str, report: &Report) -> usize {
    let mut drawn = 0;
    for language in ["en", "de"] {
        let words = Words::of(language);
        for picture in pictures(report, &words) {
            for size in [Size::Wide, Size::Narrow] {
                let Some(scene) = picture.scene(&words, size) else { continue };
                let what = format!("{name}, {}, {language}, {size:?}", picture.id);
                scene.assert_texts_are_apart(&what);
                picture.titled(&words, size).unwrap().assert_texts_are_apart(&what);
                drawn += 1;
            }
        }
    }
    drawn
}

#[test]
fn labels_never_cover_each_other() {
    assert_eq!(assert_labels_are_apart("guild", &guild()), 4 * 14);
    assert_eq!(assert_labels_are_apart("one month", &of::of_one_month()), 4 * 14);
    assert_eq!(assert_labels_are_apart("ten years", &of::of_ten_years()), 4 * 14);
    assert_eq!(assert_labels_are_apart("all names", &of::of_all_names()), 4 * 14);
    assert_eq!(assert_labels_are_apart("nothing", &of::of_nothing()), 0);
    for (name, report) in of::examples() {
        assert_labels_are_apart(name, &report);
    }
    assert_labels_are_apart("no replies", &of::without_replies());
}

#[test]
fn labels_keep_apart_at_every_magnitude() {
    for factor in [0.0, 0.025, 40.0, 1543.0] {
        assert_labels_are_apart(&format!("times {factor}"), &of::times(factor));
    }
}

#[test]
fn labels_keep_apart_where_values_are_missing() {
    let mut report = guild();
    of::each_point(&mut report, &|at, point| {
        if at == 12 || at % 5 == 3 {
            *point = Point::suppressed();
        }
    });
    assert_labels_are_apart("with gaps", &report);
    let mut report = guild();
    of::each_point(&mut report, &|at, point| {
        if at % 2 == 0 {
            *point = Point::na();
        }
    });
    assert_labels_are_apart("every second", &report);
}

#[test]
fn a_rooms_pictures_are_three_wide_and_two_high_with_type_that_can_be_read_small() {
    for (language, report) in [("en", guild()), ("de", of::of_ten_years()), ("de", of::of_all_names())] {
        let words = Words::of(language);
        let told: Vec<_> = pictures(&report, &words)
            .into_iter()
            .filter(|picture| TELLING[..3].contains(&picture.id.as_str()))
            .collect();
        assert_eq!(told.len(), 3);
        for picture in told {
            let scene = picture.for_room(&words).unwrap();
            assert!((scene.width / scene.height - 1.5).abs() < 0.01, "{}", picture.id);
            // Clients show a picture 324 pixels wide at first: there the smallest type is nine pixels high.
            let smallest = scene.texts().map(|text| text.size).fold(f64::INFINITY, f64::min);
            assert!(smallest * 324.0 / scene.width >= 9.0, "{}: {} wide", picture.id, scene.width);
            scene.assert_texts_are_apart(&picture.id);
        }
    }
}
