//! Who may read what the worker writes.

use std::{
    path::{Path, PathBuf},
    process::Command,
};

use crate::lab::{ALL, Lab};

/// Everything in a folder and itself, with its mode.
fn modes(path: &Path) -> Vec<(PathBuf, u32)> {
    let metadata = std::fs::metadata(path).unwrap();
    let mode = std::os::unix::fs::PermissionsExt::mode(&metadata.permissions()) & 0o777;
    let inside = metadata.is_dir().then(|| std::fs::read_dir(path).unwrap());
    let inside = inside.into_iter().flatten().flat_map(|entry| modes(&entry.unwrap().path()));
    [(path.to_owned(), mode)].into_iter().chain(inside).collect()
}

#[test]
fn rows_about_people_are_their_owners_alone_and_reports_are_as_the_umask_says() {
    let lab = Lab::new(40, 8, ALL);
    // Under the loosest of umasks.
    let run = |arguments: &[&str]| {
        let output = Command::new("sh")
            .args([
                "-c",
                "umask 000 && exec \"$0\" \"$@\"",
                env!("CARGO_BIN_EXE_hearth-analytics"),
                arguments[0],
                "--db",
            ])
            .arg(lab.db())
            .args(&arguments[1..])
            .output()
            .unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    };
    let [acts, cache, reports] = ["new/acts", "new/cache", "reports"].map(|name| lab.dir.path().join(name));
    let path = |path: &Path| path.to_str().unwrap().to_owned();
    run(&["acts", "--community", "Testers", "--out", &path(&acts)]);
    let arguments =
        ["--community", "Testers", "--month", "2024-06", "--out", &path(&reports), "--cache", &path(&cache)];
    run(&[&["report"][..], &arguments].concat());
    let private = modes(&lab.dir.path().join("new"));
    assert!(private.len() > 60, "{private:?}");
    for name in ["acts.parquet", "activity.parquet", "_manifest.json", "_locks", "lock"] {
        assert!(private.iter().any(|(path, _)| path.ends_with(name)), "{name}");
    }
    for (path, mode) in private {
        assert_eq!(mode, if path.is_dir() { 0o700 } else { 0o600 }, "{}", path.display());
    }
    // Releases are changed by nobody else, or the next one finds that they were.
    let releases = reports.join("releases");
    for (path, mode) in modes(&reports) {
        let file = if path.starts_with(&releases) { 0o600 } else { 0o666 };
        assert_eq!(mode, if path.is_dir() { 0o777 } else { file }, "{}", path.display());
    }
    assert!(releases.join("2024-06.json").exists());
}
