//! Modules import each other in one direction: from what a module names, one never comes back to it. The compiler allows
//! circles within a crate, so the sources are read for them.
//!
//! A module is a file here. A path counts wherever it stands, in a `use` or in code, and a name that a module only passes
//! on (`pub use`) stands for the module that it comes from. A crate's root lists all modules, and tests may know
//! everything: both are left out.

mod paths;

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

use self::paths::{Named, named};

/// The way to a module from the root of its crate.
type Module = Vec<String>;

fn is_test(module: &[String]) -> bool {
    module.iter().any(|part| part.ends_with("tests"))
}

/// The modules of a crate, and what each of them names.
struct Crate(BTreeMap<Module, Vec<Named>>);

impl Crate {
    fn read<'a>(sources: impl IntoIterator<Item = (Module, &'a str)>) -> Self {
        Self(sources.into_iter().map(|(module, source)| (module, named(source))).collect())
    }

    /// A path as seen from a module, from the root of the crate on. Nothing, if it leads out of the crate.
    fn absolute(&self, file: &[String], named: &Named) -> Option<Module> {
        let mut from = [file, &named.within[..]].concat();
        let mut path = &named.path[..];
        match path.first()?.as_str() {
            "crate" => from.clear(),
            "self" => {}
            "super" => {
                while path.first().is_some_and(|part| part == "super") {
                    from.pop();
                    path = &path[1..];
                }
                return Some([&from[..], path].concat());
            }
            child => {
                let child = [&from[..], &[child.to_owned()]].concat();
                return self.0.contains_key(&child).then(|| [&from[..], path].concat());
            }
        }
        Some([&from[..], &path[1..]].concat())
    }

    /// The module in which something is declared, whoever passes it on.
    fn declared_in(&self, path: &[String], seen: &mut BTreeSet<Module>) -> Module {
        let is_file = |length: &usize| self.0.contains_key(&path[..*length]);
        let length = (0..=path.len()).rev().find(is_file).unwrap_or_default();
        let (module, rest) = path.split_at(length);
        let Some((name, rest)) = rest.split_first() else { return module.to_vec() };
        let passes_on = |named: &&Named| named.passed_on.as_ref() == Some(name);
        let source = self.0.get(module).into_iter().flatten().find(passes_on);
        match source.and_then(|named| self.absolute(module, named)) {
            Some(source) if seen.insert([module, std::slice::from_ref(name)].concat()) => {
                self.declared_in(&[&source[..], rest].concat(), seen)
            }
            _ => module.to_vec(),
        }
    }

    /// What each module uses, and by which path.
    fn uses(&self) -> BTreeMap<&Module, BTreeMap<Module, String>> {
        let mut uses = BTreeMap::<_, BTreeMap<_, _>>::new();
        for (module, all) in self.0.iter().filter(|(module, _)| !module.is_empty() && !is_test(module)) {
            for path in all.iter().filter_map(|named| self.absolute(module, named)) {
                let used = self.declared_in(&path, &mut BTreeSet::new());
                if used != *module && !used.is_empty() && !is_test(&used) {
                    uses.entry(module).or_default().entry(used).or_insert_with(|| path.join("::"));
                }
            }
        }
        uses
    }

    /// The uses that lead back to where they began, a line each.
    fn circles(&self) -> Vec<String> {
        let uses = self.uses();
        let reached: BTreeMap<_, _> = uses.keys().map(|module| (*module, reached(&uses, module))).collect();
        let leads_back = |from: &Module, to: &Module| reached.get(to).is_some_and(|reached| reached.contains(from));
        let of_one = |(from, used): (&&Module, &BTreeMap<Module, String>)| -> Vec<String> {
            let back = used.iter().filter(|(to, _)| leads_back(from, to));
            back.map(|(to, path)| format!("{} -> {} ({path})", from.join("/"), to.join("/"))).collect()
        };
        uses.iter().flat_map(of_one).collect()
    }
}

/// What a module uses, and what that uses, and so on.
fn reached<'a>(uses: &'a BTreeMap<&Module, BTreeMap<Module, String>>, from: &'a Module) -> BTreeSet<&'a Module> {
    let (mut reached, mut open) = (BTreeSet::new(), vec![from]);
    while let Some(module) = open.pop() {
        let next = uses.get(module).into_iter().flat_map(BTreeMap::keys);
        open.extend(next.filter(|next| reached.insert(*next)));
    }
    reached
}

/// The sources below a folder.
fn sources(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries
        .flat_map(|path| match path.is_dir() {
            true => sources(&path),
            false => Vec::from_iter(path.extension().is_some_and(|ending| ending == "rs").then_some(path)),
        })
        .collect()
}

/// The module that a file is; nothing for the root of a program, which is no part of the crate that others see.
fn module_of(file: &Path) -> Option<Module> {
    let mut module: Module = file.with_extension("").iter().map(|part| part.to_str().unwrap().to_owned()).collect();
    if file == Path::new("main.rs") {
        return None;
    }
    if matches!(module.last().map(String::as_str), Some("mod" | "lib" | "main")) {
        module.pop();
    }
    Some(module)
}

/// The folder of the workspace.
fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap()
}

/// The folders of all crates.
fn crates() -> Vec<String> {
    let manifest = fs::read_to_string(root().join("Cargo.toml")).unwrap();
    let members = manifest.split("members = [").nth(1).and_then(|rest| rest.split(']').next()).unwrap();
    members.split('"').skip(1).step_by(2).map(str::to_owned).collect()
}

#[test]
fn no_module_of_any_crate_is_used_by_what_it_uses() {
    let crates = crates();
    assert!(
        ["bot", "bot/core", "analytics", "shared/log", "tests"].iter().all(|name| crates.iter().any(|one| one == name))
    );
    for name in crates {
        let folder = root().join(&name).join("src");
        let files: Vec<(Module, String)> = sources(&folder)
            .into_iter()
            .filter_map(|file| {
                Some((module_of(file.strip_prefix(&folder).unwrap())?, fs::read_to_string(&file).unwrap()))
            })
            .collect();
        let read = Crate::read(files.iter().map(|(module, source)| (module.clone(), source.as_str())));
        let use_others = read.uses().len();
        assert!(files.len() < 40 || use_others * 2 > files.len(), "{name}: only {use_others} modules use another");
        let circles = read.circles();
        assert!(circles.is_empty(), "{name}: modules use each other in a circle:\n{}", circles.join("\n"));
    }
}

/// The circles of a crate that is written down here: a module, and what is in its file.
fn circles_of(files: &[(&str, &str)]) -> Vec<String> {
    let module = |name: &str| name.split('/').filter(|part| !part.is_empty()).map(str::to_owned).collect();
    Crate::read(files.iter().map(|(name, source)| (module(name), *source))).circles()
}

#[test]
fn a_circle_is_found_however_it_is_written() {
    let back = ("b", "use crate::a::A;");
    for there in [
        "use crate::b::B;",
        "use super::b;",
        "use crate::{c::C, b::{self, x::{Y, Z}}};",
        "fn f() -> crate::b::B { crate::b::B }",
        "fn f(list: &[u8]) { let x = '\"'; super::b::run::<u8>(\"crate::c\") }",
        "mod inner { use super::super::b::B; }",
        "use crate::B as Other;",
        "fn f<'a>(it: &'a str) -> crate::B { crate::c::g(it) }",
    ] {
        let found = circles_of(&[("", "mod a; mod b; mod c; pub use b::B;"), ("a", there), back, ("c", "")]);
        let ends: Vec<_> = found.iter().map(|line| line.split(" (").next().unwrap()).collect();
        assert_eq!(ends, ["a -> b", "b -> a"], "{there}");
    }
}

#[test]
fn a_circle_of_three_is_found_and_through_a_parent_too() {
    let three =
        [("a", "use crate::b::B;"), ("b", "use crate::c::C;"), ("c", "use crate::a::A;"), ("d", "use crate::a::A;")];
    assert_eq!(circles_of(&three), ["a -> b (b::B)", "b -> c (c::C)", "c -> a (a::A)"]);
    let parent = [("a", "mod b; use b::B; pub struct A;"), ("a/b", "use super::A;")];
    assert_eq!(circles_of(&parent), ["a -> a/b (a::b::B)", "a/b -> a (a::A)"]);
}

#[test]
fn what_is_passed_on_said_in_a_comment_or_used_by_tests_makes_no_circle() {
    for (there, back) in [
        ("mod b; mod c; pub use b::B; pub use c::C;", "use super::C;"),
        ("mod b; mod c; pub(crate) use self::{b::B, c::{C, D}};", "use super::{D as Other};"),
        ("// use crate::a::b;\nfn f() { \"crate::a::b\"; r#\"crate::a::b\"#; }", "use crate::a::A;"),
        ("#[cfg(test)]\nmod tests { use crate::a::b::B; }\n/* crate::a::b */", "use crate::a::A;"),
        ("#[cfg(test)]\nuse self::b::{B};", "use super::A;"),
        ("pub(in crate::a) fn f() {}", "pub(super) fn g() { std::fmt::format(a) }"),
        ("macro_rules! m { () => { $crate::a::b::B } }", "use crate::a::A;"),
    ] {
        let found = circles_of(&[
            ("", ""),
            ("a", there),
            ("a/b", back),
            ("a/c", "pub struct C;"),
            ("a/tests", "use super::b;"),
        ]);
        assert!(found.is_empty(), "{there} | {back}: {found:?}");
    }
}
