//! `report`: each month is released once, as its log is three days after it, and never again.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use hearth_release::frozen;
use hearth_shared::{
    release::Release,
    report::{Report, measure_id},
};
use jiff::{SignedDuration, Timestamp};

use crate::lab::{ALL, Lab, files, refused, said};

const DUE: [&str; 4] = ["2024-01", "2024-02", "2024-03", "2024-04"];

/// A log whose months up to April are due, with their reports.
fn released() -> Lab {
    let lab = Lab::new(40, 5, ALL);
    lab.reports(&[]);
    assert_eq!(months(&lab.kept()), DUE);
    lab
}

fn months(kept: &BTreeMap<String, Vec<u8>>) -> Vec<&str> {
    kept.keys().map(String::as_str).collect()
}

fn file(lab: &Lab, month: &str) -> PathBuf {
    lab.out().join("releases").join(format!("{month}.json"))
}

/// Every file and what is in it.
fn bytes(lab: &Lab) -> BTreeMap<PathBuf, Vec<u8>> {
    files(&lab.out()).into_iter().map(|path| (path.clone(), fs::read(path).unwrap())).collect()
}

#[test]
fn a_report_is_a_folder_of_json_page_and_pictures() {
    let lab = Lab::new(40, 5, ALL);
    for _ in 0..2 {
        lab.reports(&["--month", "2024-03"]);
    }
    let folder = lab.out().join("2024-03");
    let report: Report = serde_json::from_slice(&fs::read(folder.join("report.json")).unwrap()).unwrap();
    assert_eq!((report.community.as_str(), report.month.to_string().as_str()), ("Testers", "2024-03"));
    assert!(report.measures.keys().map(String::as_str).all(|id| measure_id::ALL.contains(&id)));
    assert_eq!(report.measures.len(), measure_id::ALL.len());
    for name in ["index.html", "measures.csv", "measures.parquet", "voices.svg", "voices.png"] {
        assert!(folder.join(name).exists(), "{name}");
    }
    assert!(lab.out().join("index.html").exists());
    let beside = fs::read_dir(lab.out()).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let left: Vec<String> = beside.filter(|name| name.starts_with('.')).collect();
    assert!(left.is_empty(), "nothing half-made is left beside it: {left:?}");
}

#[test]
fn every_due_month_is_released_once_and_the_same_report_is_the_same_bytes() {
    let lab = Lab::new(40, 5, ALL);
    let printed = lab.reports(&["--month", "2024-03"]);
    let kept = lab.kept();
    assert_eq!(months(&kept), DUE);
    let hash = |month: &str| format!("released {month} {}", frozen::digest(&kept[month]));
    let page = lab.out().join("2024-03").join("index.html").display().to_string();
    assert_eq!(printed, DUE.iter().map(|month| hash(month)).chain([page.clone()]).collect::<Vec<_>>());
    let before = bytes(&lab);
    assert_eq!(lab.reports(&["--month", "2024-03"]).join(" "), page);
    let mut after = bytes(&lab);
    // The page leads to the index of all months, once there is one.
    after.insert(page.clone().into(), before[Path::new(&page)].clone());
    assert!(after == before, "the same files with the same bytes");
    // What is printed without files is what was released, but for the name of the file before it.
    let printed: Vec<Release> = serde_json::from_value(lab.measured(&["--all"])).unwrap();
    for (month, printed) in DUE.iter().zip(printed) {
        let kept = frozen::from_bytes(&kept[*month], month.parse().unwrap()).unwrap();
        assert_eq!(Release { before: None, ..kept }, printed, "{month}");
    }
}

#[test]
fn who_opts_out_or_is_erased_changes_no_month_that_was_released() {
    let lab = released();
    let (kept, told) = (lab.kept(), lab.measured(&["--month", "2024-03"]));
    let db = lab.open();
    db.execute("UPDATE person SET opted_out = 1 WHERE id = 5", ()).unwrap();
    db.execute("DELETE FROM activity WHERE person = 6", ()).unwrap();
    db.execute("UPDATE state SET erasure_epoch = erasure_epoch + 1", ()).unwrap();
    // Messages of long ago come late.
    db.execute("UPDATE activity SET ts = ts - 2592000000 WHERE person = 12 AND ts > 1711929600000", ()).unwrap();
    assert_ne!(lab.measured(&["--month", "2024-03"]), told, "the log says something else now");
    lab.goes_on_to("2024-06-04T00:00:00Z");
    let printed = lab.reports(&["--month", "2024-05", "--month", "2024-03"]);
    let after = lab.kept();
    assert_eq!(months(&after), [&DUE[..], &["2024-05"]].concat());
    assert!(DUE.iter().all(|month| after[*month] == kept[*month]));
    assert_eq!(printed[0], format!("released 2024-05 {}", frozen::digest(&after["2024-05"])));
    let report = |month: &str| -> Report {
        serde_json::from_slice(&fs::read(lab.out().join(month).join("report.json")).unwrap()).unwrap()
    };
    let posters = |report: &Report| report.measures["posters"].cell.value.unwrap().value();
    assert_eq!(posters(&report("2024-03")), Some(38.0), "a report is made of what was released");
    assert!(posters(&report("2024-05")) < Some(37.0));
}

#[test]
fn a_lost_month_is_made_again_only_if_nothing_says_that_it_was_released() {
    let lab = released();
    let kept = lab.kept();
    fs::remove_file(file(&lab, "2024-04")).unwrap();
    // Whoever noted it knows better than the folder.
    let lost = refused(&lab.reported(&["--noted", "2024-04", "--noted", "2024-03"]));
    assert!(lost.contains("2024-04 was released before") && lost.contains("backup"), "{lost}");
    assert!(!file(&lab, "2024-04").exists());
    lab.reports(&["--month", "2024-03", "--noted", "2024-04"]);
    assert!(!file(&lab, "2024-04").exists());
    // Nobody noted it, and no later file names it: the log still says the same.
    assert_eq!(lab.reports(&[])[0], format!("released 2024-04 {}", frozen::digest(&kept["2024-04"])));
    assert_eq!(lab.kept(), kept);
}

#[test]
fn a_month_that_is_lost_among_others_is_not_made_again() {
    // In the middle, and at the beginning.
    for gone in [&["2024-02"][..], &["2024-01", "2024-02"]] {
        let lab = released();
        let kept = lab.kept();
        for month in gone {
            fs::remove_file(file(&lab, month)).unwrap();
        }
        let printed = lab.reports(&["--month", "2024-03"]);
        assert_eq!(printed.len(), 1, "{printed:?}");
        let left = kept.into_iter().filter(|(month, _)| !gone.contains(&month.as_str())).collect();
        assert_eq!(lab.kept(), left, "{gone:?}");
        let lost = refused(&lab.reported(&["--month", gone[0]]));
        assert!(lost.contains(gone[0]) && lost.contains("not kept"), "{lost}");
        // Later months are released as ever.
        lab.goes_on_to("2024-06-04T00:00:00Z");
        assert!(lab.reports(&[])[0].starts_with("released 2024-05 "));
    }
}

#[test]
fn months_before_the_first_that_was_released_may_come_later() {
    let lab = Lab::new(40, 5, ALL);
    let db = lab.open();
    db.execute_batch("CREATE TABLE past AS SELECT * FROM activity WHERE ts < 1709251200000").unwrap();
    db.execute("DELETE FROM activity WHERE ts < 1709251200000", ()).unwrap();
    lab.reports(&[]);
    assert_eq!(months(&lab.kept()), DUE[2..]);
    // As an import brings a past that lies elsewhere.
    db.execute_batch("INSERT INTO activity SELECT * FROM past; DROP TABLE past").unwrap();
    assert_eq!(lab.reports(&[]).len(), 3);
    assert_eq!(months(&lab.kept()), DUE);
    assert_eq!(lab.reports(&[]).len(), 1);
}

#[test]
fn a_release_that_was_changed_is_refused_and_nothing_is_written() {
    let lab = released();
    let text = String::from_utf8(lab.kept()["2024-02"].clone()).unwrap();
    fs::write(file(&lab, "2024-02"), text.replace("38.0", "39.0")).unwrap();
    let before = bytes(&lab);
    let wrong = refused(&lab.reported(&[]));
    for word in ["2024-02.json", "changed after 2024-03 was released", "backup"] {
        assert!(wrong.contains(word), "{wrong}");
    }
    assert!(bytes(&lab) == before);
    for broken in ["", "{}", "[1, 2]", &text.replace("2024-02", "2024-01")] {
        fs::write(file(&lab, "2024-02"), broken).unwrap();
        assert!(refused(&lab.reported(&[])).contains("2024-02.json"));
    }
    fs::write(file(&lab, "2024-02"), text).unwrap();
    lab.reports(&[]);
}

#[test]
fn a_month_that_is_not_due_is_not_reported_and_nothing_is_released() {
    let lab = Lab::new(40, 3, ALL);
    let early = refused(&lab.reported(&["--month", "2024-03"]));
    assert!(early.contains("2024-03") && early.contains("2024-04-04"), "{early}");
    assert!(lab.kept().is_empty());
    assert!(!lab.out().join("2024-03").exists());
}

#[test]
fn what_leads_try_is_judged_from_releases() {
    let lab = Lab::of(12, 12, ALL, |person, month| if month < 8 { 1 + person % 7 } else { 9 });
    lab.goes_on_to("2025-01-04T00:00:00Z");
    let tried = |measure: &str| {
        let tried = format!(r#"{{"what": "more cake", "measure": "{measure}", "aim": "more", "since": "2024-08"}}"#);
        lab.reports(&["--month", "2024-12", "--month", "2024-07", "--experiment", &tried]);
        let read = |month: &str| fs::read(lab.out().join(month).join("report.json")).unwrap();
        let report = |month: &str| serde_json::from_slice::<Report>(&read(month)).unwrap().experiment;
        assert_eq!(report("2024-07"), None, "before it began");
        report("2024-12").unwrap()
    };
    assert_eq!(serde_json::to_value(tried("posters").outcome).unwrap()["outcome"], "judged");
    assert_eq!(serde_json::to_value(tried("gini").outcome).unwrap()["outcome"], "not_judged");
    let output =
        lab.reported(&["--experiment", r#"{"what": "?", "measure": "cakes", "aim": "more", "since": "2024-08"}"#]);
    assert_eq!(output.status.code(), Some(2), "the command is wrong");
    assert!(said(&output).contains("there is no measure `cakes`"));
}

#[test]
fn a_release_says_of_how_many_hours_its_log_has_no_heartbeat() {
    let lab = Lab::new(40, 5, ALL);
    // From the middle of February's first hour, and not on the 10th and 11th of March, in which the bot was down.
    let since: Timestamp = "2024-02-01T00:30:00Z".parse().unwrap();
    let beats = (0..(29 + 31 + 30 + 5) * 24).map(|hour| since + SignedDuration::from_hours(hour));
    let is_down = |at: &Timestamp| ["2024-03-10", "2024-03-11"].iter().any(|day| at.to_string().starts_with(day));
    let beats = beats.filter(|at| !is_down(at)).flat_map(|at| [at, at + SignedDuration::from_mins(20)]);
    lab.beats(&beats.collect::<Vec<_>>());
    lab.reports(&[]);
    let hours = |month: &str| {
        let release: Release = serde_json::from_slice(&lab.kept()[month]).unwrap();
        release.hours.map(|hours| (hours.all, hours.unknown))
    };
    assert_eq!(hours("2024-01"), None, "the log had no heartbeats yet");
    assert_eq!(hours("2024-02"), Some((29 * 24, 0)));
    assert_eq!(hours("2024-03"), Some((31 * 24, 48)), "over 5 %: nothing is compared");
    let said = |month: &str| fs::read_to_string(lab.out().join(month).join("index.html")).unwrap();
    lab.reports(&["--month", "2024-03", "--month", "2024-02"]);
    assert!(said("2024-03").contains("did not see 48 of the month’s 744 hours"));
    assert!(!said("2024-02").contains("did not see"));
}
