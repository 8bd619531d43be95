//! What can be wrong with any export, with the log, and with the machine.

use std::fs;

use hearth_import::ImportError;

use crate::lab::{Lab, exists, files, gzipped, tarred, zipped};

const HEADER: &str = "ts_ms,room,event_id,sender,kind,n_chars\n";
const ROW: &str = "1704182460000,lobby,1,ana,message,5\n";

fn table() -> String {
    format!("{HEADER}{ROW}")
}

/// What is said of an export that nothing comes of.
fn refused(lab: &Lab, from: &str, path: &std::path::Path) -> String {
    let error = lab.try_import(from, path, &[]).map(|done| done.to_string()).unwrap_err();
    assert_eq!(error.code(), 1);
    assert!(!exists(&lab.db()), "nothing is left behind");
    error.to_string()
}

#[test]
fn what_is_no_export_is_refused_in_words_and_leaves_nothing() {
    let lab = Lab::new();
    let noise = lab.file("noise.zip", b"PK\x03\x04 and then something else");
    assert!(refused(&lab, "slack", &noise).contains("damaged or was cut off"));
    let text = lab.file("notes.txt", "plugh");
    assert!(refused(&lab, "slack", &text).contains("no Slack export"));
    assert!(refused(&lab, "element", &text).contains("no JSON"));
    assert!(refused(&lab, "mattermost", &text).contains("no bulk export"));
    fs::create_dir(lab.path("empty")).unwrap();
    assert!(refused(&lab, "slack", &lab.path("empty")).contains("no Slack export"));
    assert!(refused(&lab, "mattermost", &lab.path("empty")).contains("no .jsonl file"));
    assert!(refused(&lab, "csv", &lab.path("empty")).contains("no .csv file"));
    assert!(refused(&lab, "csv", &lab.path("nowhere")).contains("cannot be read"));
    assert!(refused(&lab, "element", &lab.file("e.json", r#"{"messages":[]}"#)).contains("nothing to import"));
}

#[test]
fn an_archive_that_was_cut_off_is_not_imported_by_half() {
    let lab = Lab::new();
    let many: Vec<_> = (0..40).map(|number| (format!("{number}.csv"), table().repeat(9).into_bytes())).collect();
    let (zip, tar) = (zipped(&many), gzipped(&tarred(&many)));
    let zip = lab.file("cut.zip", &zip[..zip.len() - 30]);
    let tar = lab.file("cut.tar.gz", &tar[..tar.len() - 30]);
    for path in [zip, tar] {
        assert!(refused(&lab, "csv", &path).contains("fetch it once more"));
    }
}

#[test]
fn a_damaged_archive_is_not_quoted() {
    let lab = Lab::new();
    let mut tar = tarred(&files(&[("1.csv", &table()), ("2.csv", &table())]));
    // The second file's checksum, after the first one's header and its one block.
    tar[1024 + 148..][..5].copy_from_slice(b"plugh");
    let said = refused(&lab, "csv", &lab.file("export.tar.gz", gzipped(&tar)));
    assert!(said.contains("makes no sense") && !said.contains("plugh"), "{said}");
}

#[test]
fn a_json_that_was_cut_off_is_imported_as_far_as_it_goes() {
    let lab = Lab::new();
    let day = r#"[{"user":"U1","text":"plugh","ts":"1704182400.0"},{"user":"U1","te"#;
    let path = lab.file("general/2024-01-02.json", day);
    let done = lab.imported("slack", &path, &["--unlisted-channels"]);
    let said = done.settled.account.problem_lines();
    assert!(said.contains("ends in the middle") && said.contains("its first record was imported"), "{said}");
    assert_eq!(lab.rows().len(), 1);
    let before = lab.bytes();
    let strict =
        lab.try_import("slack", &path, &["--unlisted-channels", "--strict"]).map(|_| ()).unwrap_err().to_string();
    assert!(strict.contains("general/2024-01-02.json") && strict.contains("--strict"), "{strict}");
    assert_eq!(lab.bytes(), before);
}

#[test]
fn a_message_as_long_as_a_library_is_left_out_and_takes_no_memory() {
    let lab = Lab::new();
    let long = "x".repeat(300_000);
    let limit = ["--max-record", "1K", "--unlisted-channels"];
    let day = format!(
        r#"[{{"user":"U1","text":"a","ts":"1704182400.0"}},{{"user":"U1","text":"{long}","ts":"1704182401.0"}}]"#
    );
    let line = |text: &str, at: i64| {
        format!(
            "{{\"type\":\"post\",\"post\":{{\"team\":\"t\",\"channel\":\"c\",\"user\":\"a\",\"message\":\"{text}\",\"create_at\":{at}}}}}\n"
        )
    };
    let posts = [line("a", 1_704_182_400_000), line(&long, 1_704_182_401_000), line("b", 1_704_182_402_000)].concat();
    let posts = format!("{{\"type\":\"version\",\"version\":1}}\n{posts}");
    let rows = format!("{HEADER}{ROW}1704182461000,\"{long}\",2,ana,message,5\n");
    for (from, name, content, place, kept) in [
        ("slack", "general/2024-01-02.json", day, "its first record was imported", 1),
        ("mattermost", "export.jsonl", posts, "line 3: it is longer than 1024 bytes", 2),
        ("csv", "log.csv", rows, "its first row was imported", 1),
    ] {
        let lab = Lab::new();
        let done = lab.imported(from, &lab.file(name, content), &limit);
        let said = done.settled.account.problem_lines();
        assert!(said.contains(place) && said.contains("--max-record"), "{said}");
        assert_eq!(lab.rows().len(), kept, "{from}");
    }
    let fits = lab.imported("csv", &lab.file("log.csv", table()), &limit);
    assert_eq!(fits.settled.account.problems, 0);
}

#[test]
fn an_archive_that_unpacks_to_far_more_than_it_is_is_given_up() {
    let lab = Lab::new();
    let mut export = files(&[("log.csv", &table())]);
    export.push(("nothing.bin".to_owned(), vec![0; 160 << 20]));
    let bomb = lab.tar_gz("bomb.tar.gz", &export);
    assert!(refused(&lab, "csv", &bomb).contains("more than 100 times its size"));
}

#[test]
fn a_name_in_an_archive_is_only_a_name() {
    let lab = Lab::new();
    let wicked = files(&[("../../escaped.csv", &table()), ("/absolute.csv", "no table"), ("a\u{7}b.csv", "no table")]);
    for path in [lab.zip("a.zip", &wicked), lab.tar_gz("a.tar.gz", &wicked)] {
        let lab = Lab::new();
        let done = lab.imported("csv", &path, &[]);
        assert_eq!(lab.rows().len(), 1);
        let said = done.settled.account.problem_lines();
        assert!(said.contains("absolute.csv") && said.contains("ab.csv") && !said.contains('\u{7}'), "{said}");
    }
    assert!(!exists(&lab.path("../escaped.csv")) && !exists(&lab.path("../../escaped.csv")));
}

#[cfg(unix)]
#[test]
fn a_link_in_a_folder_is_not_followed() {
    let lab = Lab::new();
    lab.file("export/log.csv", table());
    std::os::unix::fs::symlink(lab.path("export"), lab.path("export/loop")).unwrap();
    assert_eq!(lab.imported("csv", &lab.path("export"), &[]).settled.account.records, 1);
}

#[test]
fn a_newer_log_a_stranger_and_a_missing_folder_are_refused_and_left_alone() {
    let lab = Lab::new();
    let path = lab.file("log.csv", table());
    let db = hearth_log::open(&lab.db()).unwrap();
    db.pragma_update(None, "user_version", 99).unwrap();
    drop(db);
    let before = fs::read(lab.db()).unwrap();
    let said = lab.try_import("csv", &path, &[]).map(|_| ()).unwrap_err().to_string();
    assert!(said.contains("newer Hearth"), "{said}");
    assert_eq!(fs::read(lab.db()).unwrap(), before);
    fs::write(lab.db(), "no database, but long enough to be looked at as if it were one".repeat(20)).unwrap();
    let said = lab.try_import("csv", &path, &[]).map(|_| ()).unwrap_err().to_string();
    assert!(said.contains("cannot be read as an activity log"), "{said}");
    let mut import = lab.import("csv", &path, &[]);
    import.db = lab.path("none/activity.db");
    let now = crate::lab::NOW.parse().unwrap();
    let error = hearth_import::import_with(&import, now, indicatif::ProgressBar::hidden()).map(|_| ());
    assert!(matches!(error, Err(ImportError::NoFolder(_))));
}

#[test]
fn a_log_whose_key_is_gone_gets_no_new_one() {
    let lab = Lab::new();
    let path = lab.file("log.csv", table());
    lab.imported("csv", &path, &[]);
    #[cfg(unix)]
    {
        let mode = fs::metadata(lab.path("pseudonym.key")).unwrap().permissions();
        assert_eq!(std::os::unix::fs::PermissionsExt::mode(&mode) & 0o777, 0o600);
    }
    fs::rename(lab.path("pseudonym.key"), lab.path("elsewhere.key")).unwrap();
    let said = lab.try_import("csv", &path, &[]).map(|_| ()).unwrap_err().to_string();
    assert!(said.contains("--key") && !exists(&lab.path("pseudonym.key")), "{said}");
    let elsewhere = lab.path("elsewhere.key");
    let done = lab.imported("csv", &path, &["--key", elsewhere.to_str().unwrap()]);
    assert_eq!((done.settled.account.new, done.settled.account.known), (0, 1));
}

#[test]
fn a_running_bot_is_not_written_beside() {
    let lab = Lab::new();
    let path = lab.file("log.csv", table());
    let held = hearth_shared::lock::take(&lab.path("")).unwrap();
    let said = lab.try_import("csv", &path, &[]).map(|_| ()).unwrap_err().to_string();
    assert!(said.contains("stop the bot"), "{said}");
    drop(held);
    lab.imported("csv", &path, &[]);
}
