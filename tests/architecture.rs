//! The arrows between crates are those of docs/architecture.md.

use std::collections::BTreeMap;

/// What each crate may depend on, its own kind only. Crates of an export format depend on nothing above `unres-export`.
const ALLOWED: &[(&str, &[&str])] = &[
    ("unres-source", &[]),
    ("unres-model", &["unres-source"]),
    ("unres-lang", &[]),
    ("unres-symbol", &[]),
    ("unres-text", &["unres-source"]),
    ("unres-docx", &["unres-source"]),
    ("unres-html", &["unres-source"]),
    ("unres-pdf", &["unres-source"]),
    ("unres-parse", &["unres-source", "unres-model", "unres-lang", "unres-symbol"]),
    ("unres-passes", &["unres-source", "unres-model", "unres-lang", "unres-symbol"]),
    ("unres-export", &["unres-source", "unres-model"]),
    ("unres-akn", &["unres-source", "unres-model", "unres-symbol", "unres-export"]),
    ("unres-aligned", &["unres-source", "unres-model", "unres-passes", "unres-export"]),
    ("unres-argmining", FORMAT),
    ("unres-csv", FORMAT),
    ("unres-graph", &["unres-source", "unres-model", "unres-symbol", "unres-export"]),
    ("unres-json", FORMAT),
    ("unres-external", &["unres-source", "unres-model", "unres-export", "unres-json"]),
    ("unres-markdown", FORMAT),
    ("unres-page", FORMAT),
    ("unres-parquet", &["unres-source", "unres-model", "unres-export", "unres-csv"]),
    ("unres-rdf", &["unres-source", "unres-model", "unres-symbol", "unres-export", "unres-akn"]),
    ("unres-xlsx", &["unres-source", "unres-model", "unres-export", "unres-csv"]),
    ("unres", LIBRARY),
    ("unres-batch", &["unres"]),
    ("unres-cli", &["unres", "unres-batch"]),
    ("benches", &["unres"]),
    ("xtask", &["unres", "unres-batch", "benches"]),
    ("tests", &["unres"]),
];

const FORMAT: &[&str] = &["unres-source", "unres-model", "unres-export"];

const LIBRARY: &[&str] = &[
    "unres-source",
    "unres-model",
    "unres-lang",
    "unres-symbol",
    "unres-text",
    "unres-docx",
    "unres-html",
    "unres-pdf",
    "unres-parse",
    "unres-passes",
    "unres-export",
    "unres-akn",
    "unres-aligned",
    "unres-argmining",
    "unres-csv",
    "unres-external",
    "unres-graph",
    "unres-json",
    "unres-markdown",
    "unres-page",
    "unres-parquet",
    "unres-rdf",
    "unres-xlsx",
];

/// The crates of the workspace in a manifest's tables of dependencies, those of tests included.
fn dependencies(manifest: &toml::Table) -> Vec<String> {
    let tables = ["dependencies", "dev-dependencies", "build-dependencies"];
    let names =
        tables.iter().filter_map(|table| manifest.get(*table)?.as_table()).flat_map(|table| table.keys().cloned());
    names.filter(|name| ALLOWED.iter().any(|(known, _)| known == name)).collect()
}

fn manifests() -> BTreeMap<String, toml::Table> {
    let root = tests::root();
    let crates = std::fs::read_dir(root.join("crates")).expect("crates").map(|entry| entry.expect("an entry").path());
    let folders = crates.chain([root.join("benches"), root.join("xtask"), root.join("tests")]);
    let read = |folder: std::path::PathBuf| {
        let text = std::fs::read_to_string(folder.join("Cargo.toml")).expect("a manifest");
        let manifest: toml::Table = text.parse().expect("TOML");
        let name = manifest["package"]["name"].as_str().expect("a name").to_owned();
        assert_eq!(
            folder.file_name().and_then(|name| name.to_str()),
            Some(name.as_str()),
            "folder and package have one name"
        );
        (name, manifest)
    };
    folders.map(read).collect()
}

#[test]
fn crates_depend_only_on_what_lies_below_them() {
    let allowed: BTreeMap<_, _> = ALLOWED.iter().copied().collect();
    for (name, manifest) in manifests() {
        let below = allowed.get(name.as_str()).unwrap_or_else(|| panic!("{name} has no row in the table of arrows"));
        for dependency in dependencies(&manifest) {
            assert!(below.contains(&dependency.as_str()), "{name} must not depend on {dependency}");
        }
    }
}

#[test]
fn every_crate_takes_the_shared_lints() {
    for (name, manifest) in manifests() {
        let lints = manifest.get("lints").and_then(|lints| lints.get("workspace")).and_then(toml::Value::as_bool);
        assert_eq!(lints, Some(true), "{name}");
    }
}

#[test]
fn anyhow_stays_in_the_programs() {
    for (name, manifest) in manifests() {
        let uses = manifest.get("dependencies").is_some_and(|table| table.get("anyhow").is_some());
        assert!(!uses || ["unres-cli", "xtask"].contains(&name.as_str()), "{name} uses anyhow");
    }
}

#[test]
fn the_table_of_arrows_stands_in_the_docs() {
    let page = std::fs::read_to_string(tests::root().join("docs/architecture.md")).expect("docs/architecture.md");
    for (name, below) in ALLOWED {
        let row = page.lines().find(|line| line.starts_with(&format!("| `{name}` |")));
        let row = row.unwrap_or_else(|| panic!("docs/architecture.md has no row for {name}"));
        let arrows = row.split('|').nth(3).expect("the third column").trim();
        let expected: Vec<&str> = below.iter().map(|below| below.trim_start_matches("unres-")).collect();
        match arrows {
            "–" => assert!(below.is_empty(), "{name}"),
            "all above" => assert_eq!(*below, LIBRARY),
            "`unres`" => assert_eq!(expected, ["unres"], "{name}"),
            names => assert_eq!(names.split(", ").collect::<Vec<_>>(), expected, "{name}"),
        }
    }
}
