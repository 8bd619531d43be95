//! Practices know each other by what they put up on their boards, and by nothing else: no practice's module is named by
//! another's, nor by what practices share.

#![expect(clippy::unwrap_used, reason = "test")]

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

/// The sources below a folder, those of tests left out: a storm may let two practices loose on each other.
fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
        match entry.file_stem().and_then(|name| name.to_str()) {
            Some("tests") => {}
            _ if entry.is_dir() => found.extend(sources(&entry)),
            _ if entry.extension().is_some_and(|ending| ending == "rs") => found.push(entry),
            _ => {}
        }
    }
    found
}

/// Words and signs of which paths consist, without comments.
fn tokens(source: &str) -> Vec<String> {
    let mut tokens = Vec::new();
    for line in source.lines().map(|line| line.split("//").next().unwrap_or_default()) {
        let mut word = String::new();
        for char in line.replace("::", "§").chars().chain([' ']) {
            if char.is_alphanumeric() || char == '_' {
                word.push(char);
                continue;
            }
            if !word.is_empty() {
                tokens.push(std::mem::take(&mut word));
            }
            if !char.is_whitespace() {
                tokens.push(char.to_string());
            }
        }
    }
    tokens
}

/// The modules at the top of the crate that a source names, which is `depth` modules below it.
fn named(source: &str, depth: usize) -> BTreeSet<String> {
    let tokens = tokens(source);
    let mut found = BTreeSet::new();
    for (start, token) in tokens.iter().enumerate() {
        let mut rest = match token.as_str() {
            "crate" => tokens.get(start + 1..).unwrap_or_default(),
            "super" => {
                let path = tokens.get(start..).unwrap_or_default();
                let above = path.chunks(2).take_while(|pair| *pair == ["super", "§"]).count();
                // `pub(super)` is no path.
                match path.get((above * 2).saturating_sub(1)..) {
                    Some(rest) if above > 0 && above >= depth => rest,
                    _ => continue,
                }
            }
            _ => continue,
        };
        let Some(("§", after)) = rest.split_first().map(|(sign, after)| (sign.as_str(), after)) else { continue };
        rest = after;
        if rest.first().is_some_and(|sign| sign != "{") {
            found.extend(rest.first().cloned());
            continue;
        }
        let (mut depth, mut begins) = (0, true);
        for token in rest {
            match token.as_str() {
                "{" => depth += 1,
                "}" => depth -= 1,
                "," if depth == 1 => {
                    begins = true;
                    continue;
                }
                name if begins => {
                    found.insert(name.to_owned());
                    begins = false;
                }
                _ => {}
            }
            if depth == 0 {
                break;
            }
        }
    }
    found
}

/// The folders of the crate, each with the modules at the top of the crate that it names.
fn folders() -> BTreeMap<String, BTreeSet<String>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let folders = fs::read_dir(&root).unwrap().map(|entry| entry.unwrap().path()).filter(|path| path.is_dir());
    folders
        .map(|folder| {
            let name = folder.file_name().unwrap().to_str().unwrap().to_owned();
            let mut all = BTreeSet::new();
            for path in sources(&folder) {
                let below = path.strip_prefix(&root).unwrap().components().count();
                let is_mod = path.ends_with("mod.rs");
                all.extend(named(&fs::read_to_string(&path).unwrap(), below - usize::from(is_mod)));
            }
            (name, all)
        })
        .collect()
}

#[test]
fn no_practice_names_another_practices_module() {
    let practices: BTreeSet<String> = hearth_practices::registry::ALL.iter().map(|one| one.name.to_owned()).collect();
    let folders = folders();
    assert!(practices.iter().all(|practice| folders.contains_key(practice)), "a practice has a folder of its name");
    for (folder, named) in folders {
        let others: Vec<_> = named.intersection(&practices).filter(|other| **other != folder).collect();
        assert!(others.is_empty(), "{folder} names {others:?}: what both need belongs to a module that is no practice");
    }
}

/// How many lines a folder's sources have.
fn lines(folder: &Path) -> usize {
    sources(folder).iter().map(|path| fs::read_to_string(path).unwrap().lines().count()).sum()
}

#[test]
fn the_smallest_practice_edits_two_files_outside_its_folder_and_its_words() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let practices = hearth_practices::registry::ALL.iter().map(|one| one.name);
    let name = practices.min_by_key(|name| lines(&root.join("src").join(name))).unwrap();
    let mut outside = BTreeSet::new();
    // The bot's other crates lie beside this one.
    for path in sources(root.parent().unwrap()) {
        let place = path.strip_prefix(root.parent().unwrap()).unwrap();
        let source = fs::read_to_string(&path).unwrap();
        // Seen from another crate, this one has a name.
        let ours = path.starts_with(root.join("src"));
        let source = if ours { source } else { source.replace("crate::", "").replace("hearth_practices::", "crate::") };
        let declares = tokens(&source).windows(3).any(|words| words == ["mod", name, ";"]) && ours;
        let depth = path.strip_prefix(root.join("src")).map_or(usize::MAX, |below| below.components().count());
        let is_its_own = place.starts_with(Path::new("practices/src").join(name));
        if !is_its_own && (declares || named(&source, depth).contains(name)) {
            outside.insert(place.display().to_string());
        }
    }
    let expected = ["practices/src/lib.rs", "practices/src/registry.rs"].map(str::to_owned);
    assert_eq!(outside, BTreeSet::from(expected), "what a new practice, as small as {name}, has to edit");
    for language in ["en", "de"] {
        assert!(root.join("locales").join(language).join(format!("{name}.ftl")).exists());
    }
}

#[test]
fn a_path_is_found_however_it_is_written() {
    let found = |source: &str, depth| named(source, depth).into_iter().collect::<Vec<_>>().join(" ");
    assert_eq!(
        found("use crate::{\n    Ctx, // crate::no\n    ballot::{self, x::y},\n    poll,\n};", 2),
        "Ctx ballot poll"
    );
    assert_eq!(found("fn f() { crate::retro::g(super::h()) }", 2), "retro");
    assert_eq!(found("use super::super::topics::Topic;", 2), "topics");
    assert_eq!(found("use super::topics::Topic;", 2), "");
}
