//! What is measured, and the material for it: the shared corpus where it is there, the samples of this repository elsewhere.
//!
//! `cargo bench` measures it in process; `cargo xtask bench` prints it beside other programs.

use quick_xml::events::{BytesStart, Event};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use unres::model::Document;
use unres::validate::{Depth, validate};
use unres::{Addresses, ExportError, ExportOptions, Input, Part, ReadOptions, Target, read, registry};

/// How often the samples of this repository are repeated, so that they are long enough to be measured.
const REPEATED: usize = 200;

/// The folder of the workspace.
fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap_or(Path::new("."))
}

/// The shared corpus, where it is there: in the folder that `UNRES_SHARED` names, or in `shared` beside the workspace.
pub fn corpus() -> Option<PathBuf> {
    let named = std::env::var_os("UNRES_SHARED").map(PathBuf::from);
    let beside = root().parent().map(|parent| parent.join("shared"));
    named.or(beside).map(|shared| shared.join("corpus")).filter(|corpus| corpus.is_dir())
}

/// Files below a folder whose names end so, in the order of their paths.
pub fn files(folder: &Path, ending: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.to_string_lossy().ends_with(ending) {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

fn contents(files: &[PathBuf]) -> Vec<Vec<u8>> {
    files.iter().filter_map(|file| std::fs::read(file).ok()).collect()
}

fn samples(folder: &str, ending: &str) -> Vec<Vec<u8>> {
    let once = contents(&files(&root().join(folder), ending));
    once.iter().cycle().take(once.len() * REPEATED).cloned().collect()
}

/// Files of Akoma Ntoso.
pub fn akn() -> Vec<Vec<u8>> {
    corpus().map_or_else(|| samples("tests/golden", ".xml"), |corpus| contents(&files(&corpus.join("akn"), ".xml")))
}

/// Texts of resolutions.
pub fn texts() -> Vec<Vec<u8>> {
    let shared = corpus().map(|corpus| contents(&files(&corpus.join("rendered"), ".seed.txt")));
    shared.unwrap_or_else(|| samples("examples", ".txt"))
}

/// A sample text repeated to some bytes, as one document.
pub fn long_text(bytes: usize) -> Vec<u8> {
    let sample = std::fs::read(root().join("examples/lighthouses.en.txt")).unwrap_or_default();
    let mut text = sample.repeat(bytes / sample.len().max(1) + 1);
    text.truncate(bytes);
    text
}

/// Bytes in all.
pub fn total(inputs: &[Vec<u8>]) -> usize {
    inputs.iter().map(Vec::len).sum()
}

/// Nothing but the splitting of XML: all events, and all attributes of each.
pub fn scan(bytes: &[u8]) -> usize {
    let mut reader = quick_xml::Reader::from_reader(bytes);
    let mut count = 0;
    let attributes =
        |tag: &BytesStart<'_>| tag.attributes().flatten().map(|attribute| attribute.value.len()).sum::<usize>();
    loop {
        match reader.read_event() {
            Ok(Event::Start(tag) | Event::Empty(tag)) => count += 1 + attributes(&tag),
            Ok(Event::Eof) | Err(_) => return count,
            Ok(_) => count += 1,
        }
    }
}

/// Nothing but the check that a text is UTF-8.
pub fn check_utf8(bytes: &[u8]) -> usize {
    std::str::from_utf8(bytes).map_or(0, str::len)
}

/// An input read.
pub fn documents(name: &str, bytes: &[u8]) -> Vec<Document> {
    read(&Input { name, bytes }, &ReadOptions::default()).map(|reading| reading.documents).unwrap_or_default()
}

/// An input read and written in a format to nowhere; the number of documents.
pub fn convert(name: &str, bytes: &[u8], format: &str) -> Result<usize, ExportError> {
    let documents = documents(name, bytes);
    let registry = registry();
    let exporter = registry.get(format)?;
    let mut findings = Vec::new();
    for group in documents.chunks(1) {
        let mut writer = exporter.open(&ExportOptions::default(), &mut Nowhere)?;
        writer.expect(group.len());
        for document in group {
            writer.write(document, &Addresses::of(document), &mut findings)?;
        }
        writer.finish(&mut findings)?;
    }
    Ok(documents.len())
}

/// How much the check against the schema finds.
pub fn check_schema(bytes: &[u8]) -> usize {
    validate(bytes, Depth::Schema).len()
}

struct Nowhere;

impl Target for Nowhere {
    fn part(&mut self, _: Part) -> Result<Box<dyn Write + Send>, ExportError> {
        Ok(Box::new(io::sink()))
    }
}
