//! The reader on damaged copies: each gives a document or a reason, and what is written of the documents is valid and free of findings.

use crate::damage::{Dice, KINDS};
use crate::{agreement, check};
use std::path::{Path, PathBuf};
use unres::{ExportOptions, Input, Part, ReadOptions, export_to_memory, read, registry};

/// The kinds of damage that files of Akoma Ntoso are known to have.
const FAULTS: [&str; 12] = [
    "mismatched end tag",
    "second root",
    "control character",
    "bare &",
    "subheading out of place",
    "second preamble",
    "step without date",
    "keyword without showAs",
    "doubled eId",
    "missing date",
    "dateless IRI",
    "20 levels of nesting",
];
/// Copies of each kind, each of another file.
const COPIES: usize = 10;
/// Files that are tried for a kind; not each has a place for it.
const TRIES: usize = 200;
const SEED: u64 = 0x0A4D_0012;

/// Reads copies with one fault each and writes them in the strict profile.
pub(crate) fn check(shared: &Path) -> anyhow::Result<bool> {
    let files = benches::files(&shared.join("corpus/akn"), ".xml");
    let scratch = tempfile::tempdir()?;
    let mut dice = Dice::new(SEED);
    let mut written = Vec::new();
    let (mut copies, mut refused, mut silent) = (0, 0, 0);
    for kind in KINDS.iter().filter(|kind| FAULTS.contains(&kind.name)) {
        let mut made = 0;
        for _ in 0..TRIES {
            if made == COPIES || files.is_empty() {
                break;
            }
            let text = std::fs::read_to_string(&files[dice.below(files.len())])?;
            let Some(copy) = kind.damage(&text, &mut dice) else { continue };
            made += 1;
            match convert(&copy, scratch.path(), &format!("{}-{made}", kind.name.replace([' ', '&'], "-"))) {
                Ok(mut paths) => {
                    silent += usize::from(paths.is_empty());
                    written.append(&mut paths);
                }
                Err(error) => {
                    refused += 1;
                    println!("  {} is refused: {error:#}", kind.name);
                }
            }
        }
        copies += made;
    }
    let valid = check::schema_valid(shared, &written)?;
    let clean = check::lint_free(shared, &written)?;
    let own = agreement::finds_nothing(&written)?;
    println!(
        "check corpus: {copies} damaged copies give {} documents, {refused} are refused with a reason",
        written.len()
    );
    Ok(valid && clean && own && silent == 0 && copies == COPIES * FAULTS.len())
}

/// Reads a text and writes its documents; the files that were written.
fn convert(text: &str, folder: &Path, name: &str) -> anyhow::Result<Vec<PathBuf>> {
    let reading = read(&Input { name: "copy.xml", bytes: text.as_bytes() }, &ReadOptions::default())?;
    let mut paths = Vec::new();
    for (index, document) in reading.documents.iter().enumerate() {
        let options = ExportOptions::default();
        let target = export_to_memory(&registry(), "akn", [document], &options, &mut Vec::new())?;
        let path = folder.join(format!("{name}-{index}.xml"));
        std::fs::write(&path, target.bytes(Part::Main))?;
        paths.push(path);
    }
    Ok(paths)
}
