//! Exporters that others write: the two of docs/exporters.md, and programs that misbehave.
#![cfg(unix)] // the programs of these tests are scripts

use std::ffi::OsString;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use tests::{root, unres};

const SAMPLE: &str = "examples/lighthouses.en.txt";

/// Runs the command with a folder of programs.
fn run(programs: &Path, args: &[&str]) -> Output {
    let mut path = OsString::from(programs);
    path.push(":");
    path.push(std::env::var_os("PATH").unwrap_or_default());
    unres().args(args).env("PATH", path).current_dir(root()).output().expect("the command runs")
}

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).expect("UTF-8")
}

/// A folder with a program of that name, a script of the shell.
fn script(name: &str, body: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join(name);
    std::fs::write(&path, format!("#!/bin/sh\n{body}\n")).expect("writable");
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o755)).expect("a mode");
    folder
}

/// A description, for a program that does something else after it.
const DESCRIBED: &str = r#"if [ "$1" = --describe ]; then
echo '{"protocol": 1, "title": "Odd", "media_type": "text/plain", "extension": "odd"}'; exit
fi"#;

fn stderr_of(body: &str, more: &[&str]) -> String {
    let folder = script("unres-export-odd", &format!("{DESCRIBED}\n{body}"));
    let args = [&["convert", SAMPLE, "--to", "ext:odd"], more].concat();
    let output = run(folder.path(), &args);
    format!("{} {}", output.status.code().expect("no signal"), text(&output.stderr))
}

#[test]
fn the_example_in_python_passes_the_check() {
    let output = run(&root().join("examples"), &["exporter", "check", "unres-export-outline"]);
    assert!(output.status.success(), "{}{}", text(&output.stdout), text(&output.stderr));
    assert_eq!(text(&output.stdout).lines().filter(|line| line.starts_with("ok ")).count(), 8);
}

#[test]
fn the_example_in_python_writes_an_outline() {
    let examples = root().join("examples");
    let output = run(&examples, &["convert", SAMPLE, "--to", "ext:outline"]);
    assert!(output.status.success(), "{}", text(&output.stderr));
    assert!(text(&output.stdout).contains("\noperative 1.\n"), "{}", text(&output.stdout));
    let output = run(&examples, &["convert", SAMPLE, "--to", "ext:outline", "-O", "ext:outline.text=true"]);
    assert!(text(&output.stdout).contains("\nenacting-formula The General Assembly,\n"), "{}", text(&output.stdout));
    let output = run(&examples, &["convert", SAMPLE, "--to", "ext:outline", "-O", "ext:outline.txet=true"]);
    assert!(text(&output.stderr).contains(r#"did you mean "text"?"#), "{}", text(&output.stderr));
}

#[test]
fn the_example_in_rust_passes_the_check_and_writes_openings() {
    let program = build_example();
    let output = unres().args(["exporter", "check"]).arg(&program).output().expect("the command runs");
    assert!(output.status.success(), "{}{}", text(&output.stdout), text(&output.stderr));
    let output = run(program.parent().expect("a folder"), &["convert", SAMPLE, "--to", "ext:openings"]);
    assert!(output.status.success(), "{}", text(&output.stderr));
    let openings = text(&output.stdout);
    assert!(openings.starts_with("eid\topening\n") && openings.lines().count() > 5, "{openings}");
}

/// Builds the example in Rust, which is a workspace of its own, with the versions of this one, so that nothing need be fetched.
fn build_example() -> PathBuf {
    let folder = root().join("examples/exporter-rust");
    std::fs::copy(root().join("Cargo.lock"), folder.join("Cargo.lock")).expect("writable");
    let target = root().join("target/exporter-rust");
    let built = Command::new(env!("CARGO"))
        .args(["build", "--quiet", "--offline", "--target-dir"])
        .arg(&target)
        .current_dir(&folder)
        .output()
        .expect("cargo runs");
    assert!(built.status.success(), "{}", text(&built.stderr));
    target.join("debug/unres-export-openings")
}

/// The page shows the examples as they are, without what stands above the first line of code.
#[test]
fn the_page_shows_the_examples() {
    let read = |path: &str| std::fs::read_to_string(root().join(path)).expect("an example");
    let page = read("docs/exporters.md");
    let python = read("examples/unres-export-outline");
    let rust = read("examples/exporter-rust/src/main.rs");
    for (example, first) in [(&python, "import json"), (&rust, "struct Openings;")] {
        let at = example.find(first).expect("the first line of code");
        assert!(page.contains(example.split_at(at).1), "docs/exporters.md does not show the code from {first:?}");
    }
}

#[test]
fn a_program_that_fails_is_reported_with_what_it_said() {
    let said = stderr_of("cat > /dev/null; echo 'no room for bells' >&2; exit 3", &[]);
    assert!(said.starts_with("2 "), "{said}");
    assert!(said.contains("unres-export-odd: failed (exit status: 3)\n  no room for bells"), "{said}");
    let said = stderr_of("echo 'no bells today' >&2; exit 3", &[]);
    assert!(said.contains("failed (exit status: 3)\n  no bells today"), "{said}");
}

#[test]
fn a_program_that_takes_too_long_is_ended() {
    let said = stderr_of("cat > /dev/null; sleep 100", &["--patience", "1"]);
    assert!(said.contains("unres-export-odd: took more than 1s to end"), "{said}");
    let said = stderr_of("sleep 100", &["--patience", "1"]);
    assert!(said.contains("unres-export-odd: took more than 1s to "), "{said}");
}

#[test]
fn what_a_program_says_when_all_went_well_is_a_warning() {
    let said = stderr_of("cat > /dev/null; echo 'two bells rang at once' >&2; echo bells", &[]);
    assert!(said.starts_with("0 "), "{said}");
    assert!(said.contains("warning[export/program-says]: two bells rang at once"), "{said}");
}

#[test]
fn a_program_that_is_not_there_or_does_not_describe_itself_is_named() {
    let folder = script("unres-export-odd", "echo bells");
    let error = |format| {
        let output = run(folder.path(), &["convert", SAMPLE, "--to", format]);
        assert_eq!(output.status.code(), Some(2));
        text(&output.stderr).to_owned()
    };
    assert!(error("ext:nobody").contains("unres-export-nobody: there is no such program"));
    assert!(error("ext:odd").contains("unres-export-odd: does not describe itself"));
    assert!(error("ext:../odd").contains("unknown format"));
}

#[test]
fn the_check_names_what_a_program_does_wrong() {
    let folder = script("unres-export-odd", &format!("{DESCRIBED}\ncat > /dev/null; date +%N"));
    let output = run(folder.path(), &["exporter", "check", "unres-export-odd"]);
    assert_eq!(output.status.code(), Some(1));
    let said = text(&output.stdout);
    assert!(said.contains("FAILED  writes the same bytes again: two runs over the same documents differ"), "{said}");
    assert!(said.contains("FAILED  fails on what is no document: it ends as if all were well"), "{said}");
}
