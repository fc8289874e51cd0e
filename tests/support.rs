//! What the tests share: the samples, the binary, outlines of documents, and files with expected results.
#![allow(clippy::missing_panics_doc, clippy::expect_used)] // a test that cannot go on says why by a panic

use calamine::Reader as _;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;
use unres::model::{Block, Document, Inline};
use unres::{Input, ReadOptions, Reading};

/// The folder of the workspace.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("tests lie in the workspace")
}

/// The sample texts, in the order of their names.
pub fn samples() -> Vec<PathBuf> {
    let entries = std::fs::read_dir(root().join("examples")).expect("the samples are there");
    let paths = entries.map(|entry| entry.expect("a readable folder").path());
    let mut samples: Vec<PathBuf> = paths.filter(|path| path.extension().is_some_and(|ext| ext == "txt")).collect();
    samples.sort();
    assert!(samples.len() >= 10, "samples are missing");
    samples
}

/// Files below the folder that `UNRES_DOCUMENTS` names, evenly chosen; none when it names none.
pub fn more_documents(most: usize) -> Vec<PathBuf> {
    let mut folders: Vec<PathBuf> = std::env::var_os("UNRES_DOCUMENTS").map(PathBuf::from).into_iter().collect();
    let mut files = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() { folders.push(path) } else { files.push(path) }
        }
    }
    files.sort();
    let step = files.len().div_ceil(most).max(1);
    files.into_iter().step_by(step).collect()
}

/// Reads a sample by its file name.
pub fn read_sample(name: &str) -> Reading {
    read_file(&root().join("examples").join(name))
}

/// Reads a file.
pub fn read_file(path: &Path) -> Reading {
    let bytes = std::fs::read(path).expect("a readable file");
    let name = path.file_name().and_then(|name| name.to_str()).expect("a name in UTF-8");
    unres::read(&Input { name, bytes: &bytes }, &ReadOptions::default()).expect("a text")
}

/// Reads a text, also one that begins as JSON does.
pub fn read_text(text: &str) -> Reading {
    let options = ReadOptions { from: Some("text".to_owned()), ..ReadOptions::default() };
    unres::read(&Input { name: "text", bytes: text.as_bytes() }, &options).expect("a text")
}

/// A document in one line a block: how deep it hangs, kind, number, opening key and text, with calls as `[mark]`.
pub fn outline(document: &Document) -> String {
    let mut lines: Vec<String> = document.blocks.iter().map(|block| line(document, block)).collect();
    lines.extend(document.notes.iter().map(|note| format!("note {}: {}", note.mark, marked(document, &note.content))));
    lines.join("\n") + "\n"
}

fn line(document: &Document, block: &Block) -> String {
    let indent = "  ".repeat(usize::from(block.depth));
    let kind = serde_kind(block);
    let number = block.number.as_ref().map(|number| format!(" {}", number.printed)).unwrap_or_default();
    let key = block.opening.as_ref().and_then(|opening| opening.key.as_ref()).map(|key| format!(" <{key}>"));
    format!("{indent}{kind}{number}{}: {}", key.unwrap_or_default(), marked(document, &block.content))
}

fn serde_kind(block: &Block) -> String {
    format!("{:?}", block.kind).to_lowercase()
}

fn marked(document: &Document, content: &[Inline]) -> String {
    let piece = |inline: &Inline| match inline {
        Inline::Text(text) => text.text.clone(),
        Inline::Fact(fact) => format!("{{{:?}: {}}}", fact.role, fact.text.text).to_lowercase(),
        Inline::Citation(citation) => {
            let date = citation.date.map(|date| format!(" {}", date.value)).unwrap_or_default();
            format!("{{{} -> {}{date}}}", citation.text.text, citation.symbol)
        }
        Inline::Date(date) => format!("{{{} = {}}}", date.text.text, date.date),
        Inline::Link(link) => format!("{{{} -> {}}}", link.text.text, link.url),
        Inline::Name(name) => name.text.text.clone(),
        Inline::Call(call) => format!("[{}]", document.note(call.call).map_or("?", |note| &note.mark)),
    };
    content.iter().map(piece).collect()
}

/// Compares with a file of `tests/golden`. With `UNRES_BLESS=1` the file is written instead.
pub fn check_golden(name: &str, found: &[u8]) {
    let path = root().join("tests/golden").join(name);
    if std::env::var_os("UNRES_BLESS").is_some() {
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("writable");
        std::fs::write(&path, found).expect("writable");
        return;
    }
    let expected = std::fs::read(&path).unwrap_or_default();
    if expected == found {
        return;
    }
    let (expected, found) = (String::from_utf8_lossy(&expected), String::from_utf8_lossy(found));
    let differs = expected.lines().zip(found.lines()).position(|(a, b)| a != b);
    let at = differs.unwrap_or_else(|| expected.lines().count().min(found.lines().count()));
    panic!(
        "{name} differs in line {}:\n  expected: {}\n  found:    {}\nUNRES_BLESS=1 writes the file anew",
        at + 1,
        expected.lines().nth(at).unwrap_or("(end)"),
        found.lines().nth(at).unwrap_or("(end)"),
    );
}

/// The sheets of an Excel workbook: their names, and under each its rows with tabs between cells.
pub fn workbook_text(bytes: &[u8]) -> String {
    let mut workbook: calamine::Xlsx<_> =
        calamine::open_workbook_from_rs(std::io::Cursor::new(bytes)).expect("a workbook");
    let mut text = String::new();
    for (name, range) in workbook.worksheets() {
        text.push_str(&name);
        text.push('\n');
        for row in range.rows() {
            let cells: Vec<String> = row.iter().map(ToString::to_string).collect();
            text.push_str(&cells.join("\t"));
            text.push('\n');
        }
    }
    text
}

/// The rows of a Parquet file, one a line.
pub fn parquet_text(bytes: &[u8]) -> String {
    let mut file = tempfile::tempfile().expect("a file");
    file.write_all(bytes).expect("room");
    let reader = parquet::file::reader::SerializedFileReader::new(file).expect("Parquet");
    let rows: Vec<String> = reader.into_iter().map(|row| row.expect("a row").to_string()).collect();
    rows.join("\n") + "\n"
}

/// The Rust files of a crate with their text, in the order of their names.
pub fn code_of(package: &str) -> Vec<(PathBuf, String)> {
    let mut folders = vec![root().join("crates").join(package).join("src")];
    let mut files = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let text = std::fs::read_to_string(&path).expect("UTF-8");
                files.push((path, text));
            }
        }
    }
    files.sort();
    files
}

/// The `unres` command, built once for all tests of a run.
pub fn unres() -> Command {
    static BINARY: OnceLock<PathBuf> = OnceLock::new();
    Command::new(BINARY.get_or_init(build_binary))
}

fn build_binary() -> PathBuf {
    let built = Command::new(env!("CARGO"))
        .args(["build", "--quiet", "--package", "unres-cli", "--bin", "unres", "--message-format", "json"])
        .current_dir(root())
        .output()
        .expect("cargo runs");
    assert!(built.status.success(), "{}", String::from_utf8_lossy(&built.stderr));
    let messages = String::from_utf8(built.stdout).expect("UTF-8");
    let executable = messages.lines().find_map(|line| {
        let (_, rest) = line.split_once("\"executable\":\"")?;
        rest.split_once('"').map(|(path, _)| path.replace("\\\\", "\\"))
    });
    executable.expect("cargo names the binary").into()
}
