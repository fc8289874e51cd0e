//! What the server runs.

/// Runs .ci/run.
pub(crate) fn run() -> anyhow::Result<bool> {
    let script = crate::root().join(".ci/run");
    let status = std::process::Command::new("bash").arg(script).current_dir(crate::root()).status()?;
    Ok(status.success())
}
