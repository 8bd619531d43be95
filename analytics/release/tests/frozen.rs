//! Releases as files: written once, whole, in a chain.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

use hearth_release::frozen::{self, Wrong, digest, keep, read, room, to_bytes};
use hearth_shared::{
    month::Month,
    release::{Cell, Release, Released, VERSION},
    report::measure_id,
};

fn month(text: &str) -> Month {
    text.parse().unwrap()
}

fn release(of: &str, posters: u64) -> Release {
    let posters = Cell::ok(Released::people(posters), "people");
    Release {
        source: BTreeMap::from([("joins".into(), true)]),
        measures: BTreeMap::from([(measure_id::POSTERS.into(), posters)]),
        ..Release::empty("Potters", month(of), "Europe/Berlin")
    }
}

/// Keeps it where nothing was noted.
fn kept(folder: &Path, release: &Release) -> Release {
    keep(folder, release, &BTreeSet::new()).unwrap().unwrap()
}

#[test]
fn a_month_is_released_once_whatever_the_log_says_later() {
    let dir = tempfile::tempdir().unwrap();
    let folder = dir.path().join("releases");
    let first = kept(&folder, &release("2026-09", 12));
    let bytes = fs::read(folder.join("2026-09.json")).unwrap();
    let second = kept(&folder, &release("2026-10", 11));
    assert_eq!(second.before, Some(digest(&bytes)));

    // Somebody left the log: the month would be another one now.
    assert_eq!(kept(&folder, &release("2026-09", 11)), first);
    assert_eq!(fs::read(folder.join("2026-09.json")).unwrap(), bytes, "byte for byte");
    assert_eq!(read(&folder).unwrap().releases, [first, second]);
    assert_eq!(fs::read_dir(&folder).unwrap().count(), 2, "and nothing else is left there");
}

#[test]
fn a_changed_file_is_found_and_named() {
    let dir = tempfile::tempdir().unwrap();
    for of in ["2026-08", "2026-09", "2026-10"] {
        kept(dir.path(), &release(of, 12));
    }
    let file = dir.path().join("2026-09.json");
    fs::write(&file, fs::read_to_string(&file).unwrap().replace("12.0", "13.0")).unwrap();
    let error = read(dir.path()).unwrap_err();
    assert!(matches!(error.what, Wrong::Changed(_)) && error.file == file, "{error}");
    assert!(error.to_string().contains("changed after 2026-10"), "{error}");
    assert!(keep(dir.path(), &release("2026-11", 12), &BTreeSet::new()).is_err(), "and nothing is built on it");
}

#[test]
fn a_lost_month_is_not_kept_and_not_made_again() {
    let dir = tempfile::tempdir().unwrap();
    for of in ["2026-08", "2026-09", "2026-10"] {
        kept(dir.path(), &release(of, 12));
    }
    fs::remove_file(dir.path().join("2026-09.json")).unwrap();
    let there = read(dir.path()).unwrap();
    assert_eq!(there.lost, BTreeSet::from([month("2026-09")]));
    assert_eq!(there.releases.len(), 2);
    assert_eq!(keep(dir.path(), &release("2026-09", 11), &BTreeSet::new()).unwrap(), None);
    // The last one leaves no gap, but it was noted.
    fs::remove_file(dir.path().join("2026-10.json")).unwrap();
    let noted = BTreeSet::from(["2026-08", "2026-09", "2026-10"].map(month));
    assert_eq!(keep(dir.path(), &release("2026-10", 11), &noted).unwrap(), None);
    assert!(!dir.path().join("2026-10.json").exists());
    // What comes after it names the last file that is there.
    let next = keep(dir.path(), &release("2026-11", 11), &noted).unwrap().unwrap();
    assert_eq!(next.before, Some(digest(&fs::read(dir.path().join("2026-08.json")).unwrap())));
    read(dir.path()).unwrap();
}

#[test]
fn an_older_month_that_was_never_released_may_come_later() {
    let dir = tempfile::tempdir().unwrap();
    kept(dir.path(), &release("2026-09", 12));
    assert_eq!(kept(dir.path(), &release("2026-08", 9)).before, None);
    assert_eq!(read(dir.path()).unwrap().releases.len(), 2);
}

#[test]
fn errors_say_which_file_and_what_is_wrong() {
    let said = |name: &str, text: &str| {
        let dir = tempfile::tempdir().unwrap();
        fs::write(dir.path().join(name), text).unwrap();
        let error = read(dir.path()).unwrap_err();
        assert!(error.file.ends_with(name));
        error.to_string()
    };
    let text = String::from_utf8(to_bytes(&release("2026-09", 12)).unwrap()).unwrap();
    let newer = text.replace(&format!("\"version\": {VERSION}"), &format!("\"version\": {}", VERSION + 1));
    assert!(said("2026-09.json", &newer).contains("a newer Hearth wrote it"));
    assert!(said("2026-09.json", "{\"version\": 99}").contains("newer"), "whatever else is in it");
    assert!(said("2026-10.json", &text).contains("it is about 2026-09"));
    assert!(said("2026-09.json", &text[..text.len() / 2]).contains("this is no release"));
}

#[test]
fn what_is_no_month_is_left_alone_and_no_folder_is_no_release() {
    let dir = tempfile::tempdir().unwrap();
    assert_eq!(read(&dir.path().join("none")).unwrap(), frozen::Kept::default());
    for name in ["2026-09.new", "notes.json", "2026-9.json"] {
        fs::write(dir.path().join(name), "half").unwrap();
    }
    assert_eq!(read(dir.path()).unwrap(), frozen::Kept::default());
}

#[test]
fn rooms_have_folders_that_do_not_name_them() {
    let folder = room(Path::new("releases"), "!kiln:example.org");
    assert!(folder.starts_with("releases/rooms") && !folder.to_str().unwrap().contains("kiln"));
    assert_eq!(folder, room(Path::new("releases"), "!kiln:example.org"));
    assert_ne!(folder, room(Path::new("releases"), "!wheel:example.org"));
    let dir = tempfile::tempdir().unwrap();
    kept(&room(dir.path(), "a"), &release("2026-09", 12));
    assert!(read(dir.path()).unwrap().releases.is_empty(), "a room's are not its community's");
}
