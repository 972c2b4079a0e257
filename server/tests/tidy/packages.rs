//! Whose work goes into the binary and the app, held against `deny.toml`: what cargo-deny would say of it, from what
//! cargo itself knows, since cargo-deny takes longer to install than the rest of `make check` to run.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::process::Command;

use super::{Broken, root};

const REGISTRY: &str = "registry+https://github.com/rust-lang/crates.io-index";
const PARTS: [&[&str]; 2] =
    [&["--package", "shared", "--package", "qibu"], &["--package", "app", "--target", "wasm32-unknown-unknown"]];

/// What is in, by name: the versions and the licences.
type Packages = BTreeMap<String, (BTreeSet<String>, BTreeSet<String>)>;

#[test]
fn packages_are_as_deny_toml_says() {
    let deny = fs::read_to_string(root().join("deny.toml")).expect("deny.toml");
    let [allow, denied, skip] = ["allow", "deny", "skip"].map(|key| listed(&deny, key));
    let packages = packages();
    let mut broken = Broken::default();
    let mut used = BTreeSet::new();
    for (name, (versions, licences)) in &packages {
        let mut add = |what: &str| broken.add(&root().join("Cargo.lock"), 1, &format!("{name} {what}"));
        if denied.contains(&name.as_str()) {
            add("is denied by deny.toml: `cargo tree --invert` says who brings it");
        }
        if versions.len() > 1 && !skip.contains(&name.as_str()) {
            add(&format!("is in as {versions:?}: make it one, or say in deny.toml why it is not"));
        }
        for licence in licences {
            if !is_allowed(licence, &allow, &mut used) {
                add(&format!("is under \"{licence}\", which deny.toml does not allow"));
            }
        }
    }
    let mut stale = |entry: &str, why: &str| broken.add(&root().join("deny.toml"), 1, &format!("\"{entry}\" {why}"));
    for licence in allow.iter().filter(|licence| !used.contains(**licence)) {
        stale(licence, "is nobody's licence any more");
    }
    for name in skip.iter().filter(|name| packages.get(**name).is_none_or(|(versions, _)| versions.len() < 2)) {
        stale(name, "is not in twice any more");
    }
}

#[test]
fn packages_are_from_the_registry() {
    let lock = fs::read_to_string(root().join("Cargo.lock")).expect("Cargo.lock");
    let mut broken = Broken::default();
    for (at, text) in lock.lines().enumerate() {
        if text.strip_prefix("source = ").is_some_and(|source| source.trim_matches('"') != REGISTRY) {
            broken.add(&root().join("Cargo.lock"), at + 1, "is not from crates.io");
        }
    }
}

/// The first text in quotes of each line of a list.
fn listed<'a>(text: &'a str, key: &str) -> Vec<&'a str> {
    let list = text.split_once(&format!("\n{key} = [\n")).map_or("", |(_, rest)| rest);
    let lines = list.lines().take_while(|line| *line != "]").filter(|line| !line.trim_start().starts_with('#'));
    lines.filter_map(|line| line.split('"').nth(1)).collect()
}

/// What is compiled into one of the two or to build it; our own is left out.
fn packages() -> Packages {
    let mut packages = Packages::new();
    let cargo = option_env!("CARGO").unwrap_or("cargo");
    for part in PARTS {
        let tree = Command::new(cargo)
            .args(["tree", "--locked", "--edges", "normal,build", "--prefix", "none", "--format", "{p}|{l}"])
            .args(part)
            .current_dir(root())
            .output()
            .expect("cargo tree runs");
        assert!(tree.status.success(), "{}", String::from_utf8_lossy(&tree.stderr));
        let text = String::from_utf8_lossy(&tree.stdout);
        for (package, licence) in text.lines().filter_map(|line| line.split_once('|')) {
            let mut words = package.split(' ');
            let (Some(name), Some(version)) = (words.next(), words.next()) else { continue };
            let (versions, licences) = packages.entry(name.to_owned()).or_default();
            versions.insert(version.to_owned());
            // What was printed before ends with a mark.
            licences.insert(licence.trim_end_matches(" (*)").to_owned());
        }
    }
    packages
}

/// Whether a licence, such as `(MIT OR Apache-2.0) AND Unicode-3.0`, leaves a choice that is allowed; notes which
/// entries were of use.
fn is_allowed<'a>(licence: &str, allow: &[&'a str], used: &mut BTreeSet<&'a str>) -> bool {
    let spaced = licence.replace('(', " ( ").replace(')', " ) ").replace('/', " OR ");
    let mut words: Vec<&str> = spaced.split_whitespace().rev().collect();
    let found = any_of(&mut words, &mut |name| {
        let entry = allow.iter().find(|entry| **entry == name);
        used.extend(entry);
        entry.is_some()
    });
    found && words.is_empty()
}

fn any_of(words: &mut Vec<&str>, allowed: &mut impl FnMut(&str) -> bool) -> bool {
    let mut found = all_of(words, allowed);
    while words.pop_if(|word| *word == "OR").is_some() {
        found |= all_of(words, allowed);
    }
    found
}

fn all_of(words: &mut Vec<&str>, allowed: &mut impl FnMut(&str) -> bool) -> bool {
    let mut found = one(words, allowed);
    while words.pop_if(|word| *word == "AND").is_some() {
        found &= one(words, allowed);
    }
    found
}

fn one(words: &mut Vec<&str>, allowed: &mut impl FnMut(&str) -> bool) -> bool {
    match words.pop() {
        Some("(") => {
            let found = any_of(words, allowed);
            words.pop() == Some(")") && found
        }
        Some(name) => {
            // An exception makes another licence of it.
            let exception = words.pop_if(|word| *word == "WITH").and_then(|_| words.pop());
            allowed(&exception.map_or_else(|| name.to_owned(), |exception| format!("{name} WITH {exception}")))
        }
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn licences_are_read_as_they_are_meant() {
        let allow = ["MIT", "Apache-2.0", "Unicode-3.0"];
        for (licence, expected) in [
            ("MIT", true),
            ("GPL-3.0-only", false),
            ("GPL-2.0-only OR MIT", true),
            ("MIT AND GPL-2.0-only", false),
            ("(MIT OR GPL-2.0-only) AND Unicode-3.0", true),
            ("(MIT OR Apache-2.0) AND OpenSSL", false),
            ("Apache-2.0 WITH LLVM-exception", false),
            ("GPL-2.0-only/MIT", true),
            ("", false),
        ] {
            assert_eq!(is_allowed(licence, &allow, &mut BTreeSet::new()), expected, "{licence}");
        }
    }
}
