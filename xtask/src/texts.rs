//! The real and the rendered texts: each is read, every byte of it is accounted for, and none that holds one resolution is cut in two.

use crate::table;
use std::path::{Path, PathBuf};
use unres::model::ClaimKind;
use unres::{ExportOptions, Input, ReadOptions, export_to_memory, outputs_of, read, registry};

/// Reads every rendered text. False, with a line each, when one gives several documents or its account is open.
pub(crate) fn check_rendered(shared: &Path) -> anyhow::Result<bool> {
    let files = texts(&shared.join("corpus/rendered"))?;
    let mut wrong = 0;
    for file in &files {
        let bytes = std::fs::read(file)?;
        let reading = read(&Input { name: &file.to_string_lossy(), bytes: &bytes }, &ReadOptions::default())?;
        if reading.documents.len() != 1 || !reading.account.is_closed() {
            wrong += 1;
            println!("{}: {} documents, {:?}", file.display(), reading.documents.len(), reading.account);
        }
    }
    println!("check corpus: {} rendered texts, {wrong} of them not one document with a closed account", files.len());
    Ok(wrong == 0)
}

/// Converts every real text and prints what came out unplaced of each. False when one does not convert or its account is open.
pub(crate) fn check_real(shared: &Path) -> anyhow::Result<bool> {
    let root = shared.join("corpus/real");
    let files = texts(&root)?;
    let mut rows = Vec::new();
    let mut good = true;
    for file in &files {
        let name = file.strip_prefix(&root).unwrap_or(file).display().to_string();
        match convert(file) {
            Ok(converted) => {
                good &= converted.is_closed;
                rows.extend(converted.row(&name));
            }
            Err(error) => {
                good = false;
                rows.push(vec![name, error.to_string(), String::new(), String::new(), String::new()]);
            }
        }
    }
    println!("check corpus: {} real texts, {} with something to tell", files.len(), rows.len());
    if !rows.is_empty() {
        println!("\n{}", table::markdown(&["real text", "documents", "bytes", "unplaced", "account"], &rows));
    }
    Ok(good)
}

/// What became of a text.
struct Converted {
    documents: usize,
    bytes: usize,
    unplaced: usize,
    is_closed: bool,
}

impl Converted {
    /// Its row, unless it is one document, whole and placed.
    fn row(&self, name: &str) -> Option<Vec<String>> {
        let account = if self.is_closed { "closed" } else { "NOT closed" };
        let numbers = [self.documents, self.bytes, self.unplaced].map(|number| number.to_string());
        let told = self.documents != 1 || self.unplaced > 0 || !self.is_closed;
        told.then(|| [&[name.to_owned()], &numbers[..], &[account.to_owned()]].concat())
    }
}

fn convert(file: &Path) -> anyhow::Result<Converted> {
    let bytes = std::fs::read(file)?;
    let reading = read(&Input { name: &file.to_string_lossy(), bytes: &bytes }, &ReadOptions::default())?;
    let registry = registry();
    for format in registry.formats() {
        for documents in outputs_of(&reading.documents, format.arity) {
            export_to_memory(&registry, format.id, documents, &ExportOptions::default(), &mut Vec::new())?;
        }
    }
    Ok(Converted {
        documents: reading.documents.len(),
        bytes: reading.account.bytes.values().sum(),
        unplaced: reading.account.bytes.get(&ClaimKind::Unplaced).copied().unwrap_or(0),
        is_closed: reading.account.is_closed(),
    })
}

/// The texts below a folder, in the order of their paths.
fn texts(root: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let (mut files, mut folders) = (Vec::new(), vec![root.to_owned()]);
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder)? {
            let path = entry?.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "txt") {
                files.push(path);
            }
        }
    }
    files.sort();
    Ok(files)
}
