//! The shared material beside the project, where it is there.

use anyhow::{Context, bail};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// The folder with corpus, schema and scorers: `UNRES_SHARED`, or `shared` beside the workspace.
pub(crate) fn folder() -> Option<PathBuf> {
    let named = std::env::var_os("UNRES_SHARED").map(PathBuf::from);
    let beside = crate::root().parent().map(|parent| parent.join("shared"));
    named.or(beside).filter(|folder| folder.is_dir())
}

/// The folder, or an error that says what needs it.
pub(crate) fn required() -> anyhow::Result<PathBuf> {
    folder().context("the shared material is not there; name its folder in UNRES_SHARED")
}

/// The files of a folder and of those in it whose names end so, in the order of their paths.
pub(crate) fn files(folder: &Path, extension: &str) -> anyhow::Result<Vec<PathBuf>> {
    let mut folders = vec![folder.to_owned()];
    let mut files = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder)? {
            let path = entry?.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|found| found == extension) {
                files.push(path);
            }
        }
    }
    files.sort();
    Ok(files)
}

/// Runs a program and gives what it printed; its standard error goes to the terminal.
pub(crate) fn output(program: &str, arguments: &[&Path]) -> anyhow::Result<String> {
    let run = Command::new(program).args(arguments).stderr(Stdio::inherit()).output();
    let output = run.with_context(|| format!("{program} cannot be run; is it installed?"))?;
    if !output.status.success() {
        bail!("{program} failed: {}", output.status);
    }
    Ok(String::from_utf8(output.stdout)?)
}

/// The Python with the scorers' requirements: `UNRES_PYTHON`, or `python3`.
pub(crate) fn python() -> String {
    std::env::var("UNRES_PYTHON").unwrap_or_else(|_| "python3".to_owned())
}

/// The program as it is now, built beside this one.
pub(crate) fn unres() -> anyhow::Result<PathBuf> {
    let profile: &[&str] = if cfg!(debug_assertions) { &[] } else { &["--release"] };
    let build = ["build", "--quiet", "--package", "unres-cli"];
    let status = Command::new(env!("CARGO")).args(build).args(profile).current_dir(crate::root()).status()?;
    if !status.success() {
        bail!("the program cannot be built");
    }
    let name = format!("unres{}", std::env::consts::EXE_SUFFIX);
    Ok(std::env::current_exe()?.with_file_name(name))
}

/// What xmllint says of some files.
pub(crate) struct Verdict {
    /// Those that it finds valid, without a word on their namespaces: a prefix that is not declared it mentions, and goes on.
    pub(crate) valid: BTreeSet<String>,
    /// What it says of the others.
    pub(crate) messages: Vec<String>,
}

/// Checks files against the shared schema.
pub(crate) fn xmllint(shared: &Path, files: &[PathBuf]) -> anyhow::Result<Verdict> {
    // So many files for one run that the list of arguments stays short enough.
    const BATCH: usize = 200;
    let mut verdict = Verdict { valid: BTreeSet::new(), messages: Vec::new() };
    for batch in files.chunks(BATCH) {
        let schema = shared.join("schemas/akomantoso30.xsd");
        let mut command = Command::new("xmllint");
        command.args(["--noout", "--nonet", "--schema"]).arg(schema).args(batch);
        let output = command.output().context("xmllint cannot be run; it is in the package libxml2-utils")?;
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        let namespaces: BTreeSet<&str> = said
            .lines()
            .filter(|line| line.contains(": namespace error :"))
            .filter_map(|line| line.split_once(".xml:").map(|(name, _)| name))
            .collect();
        for line in said.lines() {
            match line.strip_suffix(" validates") {
                None => verdict.messages.push(line.to_owned()),
                Some(name) if name.strip_suffix(".xml").is_some_and(|stem| namespaces.contains(stem)) => {}
                Some(name) => {
                    verdict.valid.insert(name.to_owned());
                }
            }
        }
    }
    Ok(verdict)
}
