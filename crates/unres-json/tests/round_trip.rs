//! Any document that the model allows comes back from JSON as it was written.

mod strategy;

use proptest::prelude::*;
use std::io::{self, Write};
use std::sync::{Arc, Mutex};
use unres_export::{Addresses, DocumentWriter, ExportError, ExportOptions, Exporter, Part, Target};
use unres_json::{Json, JsonLines, looks_like_json, read_documents};
use unres_model::Document;
use unres_source::Budget;

/// A target that keeps its main part.
#[derive(Clone, Default)]
struct Memory(Arc<Mutex<Vec<u8>>>);

impl Target for Memory {
    fn part(&mut self, part: Part) -> Result<Box<dyn Write + Send>, ExportError> {
        assert_eq!(part, Part::Main);
        Ok(Box::new(self.clone()))
    }
}

impl Write for Memory {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().expect("one thread").write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn open(exporter: &dyn Exporter) -> (Memory, Box<dyn DocumentWriter>) {
    let mut memory = Memory::default();
    let writer = exporter.open(&ExportOptions::default(), &mut memory).expect("opens");
    (memory, writer)
}

fn write(exporter: &dyn Exporter, documents: &[Document]) -> Vec<u8> {
    let (memory, mut writer) = open(exporter);
    for document in documents {
        writer.write(document, &Addresses::default(), &mut Vec::new()).expect("writes");
    }
    writer.finish(&mut Vec::new()).expect("finishes");
    memory.0.lock().expect("one thread").clone()
}

fn read(bytes: &[u8]) -> Vec<Document> {
    read_documents(bytes, &Budget::default()).expect("reads")
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_document_survives_json(document in strategy::document()) {
        let json = write(&Json, std::slice::from_ref(&document));
        let is_whole = looks_like_json(&json) && json.last() == Some(&b'\n');
        prop_assert!(is_whole);
        prop_assert_eq!(read(&json), [document]);
    }

    #[test]
    fn documents_survive_json_lines(documents in prop::collection::vec(strategy::document(), 1..4)) {
        let lines = write(&JsonLines, &documents);
        prop_assert_eq!(lines.split(|byte| *byte == b'\n').skip(1).count(), documents.len());
        prop_assert_eq!(read(&lines), documents);
    }
}

#[test]
fn json_has_the_envelope_first_and_is_indented() {
    let mut document = Document::default();
    "lighthouses.txt".clone_into(&mut document.meta.source);
    let json = String::from_utf8(write(&Json, std::slice::from_ref(&document))).expect("UTF-8");
    let expected = r#"{
  "format_version": "1.0.0",
  "document": {
    "meta": {
      "source": "lighthouses.txt"
    },
    "blocks": []
  }
}
"#;
    assert_eq!(json, expected);
    let line = String::from_utf8(write(&JsonLines, &[document])).expect("UTF-8");
    let expected = r#"{"format_version":"1.0.0","document":{"meta":{"source":"lighthouses.txt"},"blocks":[]}}"#;
    assert_eq!(line, format!("{expected}\n"));
}

#[test]
fn json_takes_one_document_and_json_lines_none_too() {
    let (_, mut writer) = open(&Json);
    let mut write = || writer.write(&Document::default(), &Addresses::default(), &mut Vec::new());
    write().expect("the first is written");
    let error = write().expect_err("the second is refused").to_string();
    assert_eq!(error, "a JSON output holds one document; jsonl holds many");
    assert!(self::write(&JsonLines, &[]).is_empty());
}

/// `docs/json.md` shows what this program reads.
#[test]
fn the_example_of_the_manual_is_read() {
    let manual = include_str!("../../../docs/json.md");
    let example = manual.split("```json\n").nth(1).and_then(|rest| rest.split("```").next()).expect("an example");
    let documents = read(example.as_bytes());
    assert_eq!(read(&write(&Json, &documents)), documents);
    assert!(documents.iter().all(|document| document.blocks.len() > 2 && document.notes.len() == 1));
}
