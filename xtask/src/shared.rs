//! The shared material beside the project, where it is there.

use anyhow::{Context, bail};
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
