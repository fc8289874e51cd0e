//! `cargo xtask check data`: Parquet, Turtle and JSON-LD read by other programs.

use crate::{outputs, shared};
use std::process::Command;

/// Writes all documents and asks pyarrow, DuckDB and rdflib what they read.
pub(crate) fn check() -> anyhow::Result<bool> {
    let scratch = tempfile::tempdir()?;
    let files = [outputs::samples()?, outputs::published("data")].concat();
    let documents = outputs::documents(&files);
    for format in ["csv", "parquet", "turtle", "jsonld"] {
        outputs::write(format, &documents, scratch.path(), "all")?;
    }
    let script = crate::root().join("xtask/scripts/data.py");
    let status = Command::new(shared::python()).arg(script).arg(scratch.path()).status()?;
    Ok(status.success())
}
