//! What the checks with other programs are made on: the samples, and the shared files where they are there.

use crate::shared;
use std::path::{Path, PathBuf};
use unres::model::Document;
use unres::{ExportOptions, FileTarget, Input, ReadOptions, Reading};

/// The sample texts of the repository, in the order of their names.
pub(crate) fn samples() -> anyhow::Result<Vec<PathBuf>> {
    let entries = std::fs::read_dir(crate::root().join("examples"))?;
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.map(|entry| entry.path())).collect::<Result<_, _>>()?;
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "txt"));
    paths.sort();
    Ok(paths)
}

/// The published files; none, with a line that says so, where the material is not there.
pub(crate) fn published(group: &str) -> Vec<PathBuf> {
    let Some(shared) = shared::folder() else {
        println!("check {group}: no shared material; only the samples are checked");
        return Vec::new();
    };
    benches::files(&shared.join("corpus/akn"), ".xml")
}

/// Reads a file.
pub(crate) fn read(path: &Path) -> anyhow::Result<Reading> {
    let bytes = std::fs::read(path)?;
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    Ok(unres::read(&Input { name: &name, bytes: &bytes }, &ReadOptions::default())?)
}

/// All documents of some files; a published file that is no XML has none.
pub(crate) fn documents(files: &[PathBuf]) -> Vec<Document> {
    files.iter().filter_map(|file| read(file).ok()).flat_map(|reading| reading.documents).collect()
}

/// Writes documents into `STEM.EXTENSION` of a folder, with side tables, and gives the path.
pub(crate) fn write(format: &str, documents: &[Document], folder: &Path, stem: &str) -> anyhow::Result<PathBuf> {
    let registry = unres::registry();
    let exporter = registry.get(format)?.as_ref();
    let path = folder.join(format!("{stem}.{}", exporter.format().extension));
    let mut target = FileTarget::new(&path);
    unres::export(exporter, documents, &ExportOptions::default(), &mut target, &mut Vec::new())?;
    target.store()?.commit(false)?;
    Ok(path)
}
