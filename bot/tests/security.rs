//! What `SECURITY.md` promises is held by tests that are there.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// The names of all functions under a folder, as far as they are tests' names.
fn functions(folder: &Path, found: &mut BTreeSet<String>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() && entry.file_name() != "target" {
            functions(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let text = fs::read_to_string(&path).unwrap_or_default();
            let names = text.lines().filter_map(|line| line.trim().split_once("fn ")?.1.split_once('('));
            found.extend(names.map(|(name, _)| name.to_owned()));
        }
    }
}

/// The tests that a text names.
fn named(text: &str) -> Vec<&str> {
    text.split('`').skip(1).step_by(2).filter(|name| name.matches('_').count() > 2).collect()
}

#[test]
fn every_promise_names_tests_that_are_there() {
    let page = fs::read_to_string(root().join("bot/SECURITY.md")).unwrap();
    let mut tests = BTreeSet::new();
    for folder in ["bot", "tests"] {
        functions(&root().join(folder), &mut tests);
    }
    let missing: Vec<&str> = named(&page).into_iter().filter(|name| !tests.contains(*name)).collect();
    assert!(missing.is_empty(), "{missing:#?}");
    let promises = page.split("## ").find(|part| part.starts_with("What is promised")).unwrap();
    let untested: Vec<&str> = promises.split("\n- ").skip(1).filter(|promise| named(promise).is_empty()).collect();
    assert!(untested.is_empty() && promises.matches("\n- ").count() > 10, "{untested:#?}");
}
