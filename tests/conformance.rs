//! What every registered exporter promises: the same bytes each time, well-formed, nothing lost.

use tests::{read_file, samples};
use unres::model::Document;
use unres::{Arity, ExportOptions, MemoryTarget, Part, export_to_memory, registry};

fn documents() -> Vec<Document> {
    let mut documents: Vec<Document> = samples().iter().flat_map(|path| read_file(path).documents).collect();
    documents.push(Document::default());
    documents
}

fn export(format: &str, documents: &[Document]) -> MemoryTarget {
    let target = export_to_memory(&registry(), format, documents, &ExportOptions::default(), &mut Vec::new());
    target.unwrap_or_else(|error| panic!("{format}: {error}"))
}

/// The outputs of a format over all documents, one or many a file as the format has it.
fn outputs(format: unres::Format) -> Vec<(Vec<Document>, MemoryTarget)> {
    let groups: Vec<Vec<Document>> = match format.arity {
        Arity::OneDocument => documents().into_iter().map(|document| vec![document]).collect(),
        Arity::ManyDocuments => vec![documents(), Vec::new()],
    };
    groups.into_iter().map(|group| (group.clone(), export(format.id, &group))).collect()
}

#[test]
fn no_two_formats_have_one_id_or_extension() {
    let formats: Vec<_> = registry().formats().collect();
    for key in [|format: &unres::Format| format.id, |format: &unres::Format| format.extension] {
        let keys: std::collections::BTreeSet<_> = formats.iter().map(key).collect();
        assert_eq!(keys.len(), formats.len());
    }
}

#[test]
fn two_runs_give_the_same_bytes() {
    for format in registry().formats() {
        for (documents, first) in outputs(format) {
            let second = export(format.id, &documents);
            assert_eq!(first.parts().collect::<Vec<_>>(), second.parts().collect::<Vec<_>>());
            for part in first.parts() {
                assert!(first.bytes(part) == second.bytes(part), "{}", format.id);
            }
        }
    }
}

#[test]
fn every_output_is_well_formed() {
    for format in registry().formats() {
        for (_, target) in outputs(format) {
            for part in target.parts() {
                well_formed(format.extension, &target.bytes(part));
            }
        }
    }
}

fn well_formed(extension: &str, bytes: &[u8]) {
    let text = std::str::from_utf8(bytes).expect("UTF-8");
    match extension {
        "xml" => {
            roxmltree::Document::parse(text).expect("XML");
        }
        "json" => {
            serde_json::from_str::<serde_json::Value>(text).expect("JSON");
        }
        "jsonl" => text.lines().for_each(|line| {
            serde_json::from_str::<serde_json::Value>(line).expect("JSON Lines");
        }),
        "csv" => {
            let mut rows = csv::ReaderBuilder::new().from_reader(bytes);
            assert!(rows.records().all(|row| row.is_ok()), "CSV");
        }
        other => panic!("say here how {other} is checked"),
    }
}

/// Every word of a document stands in the main part of its output, escaped as the format escapes it.
#[test]
fn nothing_is_lost() {
    for format in registry().formats() {
        for (documents, target) in outputs(format) {
            let output = text_of(format.extension, &target.bytes(Part::Main));
            for (document, block) in
                documents.iter().flat_map(|document| document.blocks.iter().map(move |block| (document, block)))
            {
                for inline in block.inlines() {
                    match inline {
                        unres::model::Inline::Call(call) => {
                            let note = document.note(call.call).expect("a note");
                            for text in note.content.iter().filter_map(unres::model::Inline::text) {
                                assert_holds(format.id, &output, &text.text);
                            }
                        }
                        inline => assert_holds(format.id, &output, &inline.text().expect("text").text),
                    }
                }
                if let Some(number) = &block.number {
                    assert_holds(format.id, &output, &number.printed);
                }
            }
        }
    }
}

fn assert_holds(format: &str, output: &str, text: &str) {
    for word in text.split_whitespace() {
        assert!(output.contains(word), "{format} lacks {word:?} of {text:?}");
    }
}

/// What a reader of the format sees.
fn text_of(extension: &str, bytes: &[u8]) -> String {
    let text = std::str::from_utf8(bytes).expect("UTF-8").to_owned();
    match extension {
        "xml" => roxmltree::Document::parse(&text).expect("XML").descendants().filter_map(|node| node.text()).collect(),
        "csv" => text.replace("\"\"", "\""),
        "json" | "jsonl" => text.replace("\\\"", "\""),
        _ => text,
    }
}

#[test]
fn json_read_back_is_the_same_document() {
    for document in documents() {
        let bytes = export("json", std::slice::from_ref(&document)).bytes(Part::Main);
        let input = unres::Input { name: "x.json", bytes: &bytes };
        let reading = unres::read(&input, &unres::ReadOptions::default()).expect("JSON of our own");
        assert_eq!(reading.documents, [document]);
    }
}
