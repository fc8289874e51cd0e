//! What every registered exporter promises: the same bytes each time, well-formed, nothing lost.

use std::path::PathBuf;
use std::sync::OnceLock;
use tests::{parquet_text, read_file, samples, workbook_text};
use unres::model::Document;
use unres::{Arity, ExportOptions, Marks, MemoryTarget, Part, ReadOptions, RowMaker, Rows, export_to_memory, registry};

fn documents() -> Vec<Document> {
    let mut documents: Vec<Document> = samples().iter().flat_map(|path| read_file(path).documents).collect();
    documents.push(Document::default());
    documents
}

fn export(format: &str, documents: &[Document]) -> MemoryTarget {
    let target = export_to_memory(&registry(), format, documents, &ExportOptions::default(), &mut Vec::new());
    target.unwrap_or_else(|error| panic!("{format}: {error}"))
}

/// How many of the files that `UNRES_DOCUMENTS` names are looked at.
const MOST: usize = 40;

/// What the files that are not samples hold; a folder of published files has some that cannot be read.
fn more_documents() -> &'static [Document] {
    static READ: OnceLock<Vec<Document>> = OnceLock::new();
    READ.get_or_init(read_more_documents)
}

fn read_more_documents() -> Vec<Document> {
    read_all(tests::more_documents(MOST), Marks::All)
}

/// The documents of those files that can be read.
fn read_all(files: Vec<PathBuf>, marks: Marks) -> Vec<Document> {
    let options = ReadOptions { marks, ..ReadOptions::default() };
    let read = |path: PathBuf| {
        let bytes = std::fs::read(&path).expect("a readable file");
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        unres::read(&unres::Input { name: &name, bytes: &bytes }, &options)
    };
    files.into_iter().map(read).filter_map(Result::ok).flat_map(|reading| reading.documents).collect()
}

/// The outputs of a format over all documents, one or many a file as the format has it.
fn outputs(format: unres::Format) -> Vec<(Vec<Document>, MemoryTarget)> {
    let mut groups: Vec<Vec<Document>> = match format.arity {
        Arity::OneDocument | Arity::OneNumber => documents().into_iter().map(|document| vec![document]).collect(),
        Arity::ManyDocuments => vec![documents(), Vec::new()],
    };
    groups.extend(more_documents().iter().map(|document| vec![document.clone()]));
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
fn every_format_has_a_page_with_a_sample_that_the_readme_names() {
    let readme = std::fs::read_to_string(tests::root().join("README.md")).expect("the README");
    for format in registry().formats() {
        let row = readme.lines().find(|line| line.starts_with("| `") && line.contains(&format!("`{}`", format.id)));
        let row = row.unwrap_or_else(|| panic!("the README has no row for {}", format.id));
        let page = row.rsplit("](").next().and_then(|rest| rest.split_once(')')).expect("a link").0;
        let page = std::fs::read_to_string(tests::root().join(page)).expect("the page");
        assert!(
            page.contains(&format!("--to {}", format.id)) || page.contains(&format!("`{}`", format.id)),
            "{}",
            format.id
        );
        assert!(page.contains("```") || page.contains("| Example |"), "the page of {} shows no sample", format.id);
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
    match extension {
        "xlsx" => return drop(workbook_text(bytes)),
        "parquet" => return drop(parquet_text(bytes)),
        _ => {}
    }
    let text = std::str::from_utf8(bytes).expect("UTF-8");
    match extension {
        "xml" | "tmx" | "graphml" => {
            roxmltree::Document::parse(text).expect("XML");
        }
        "html" | "aligned.html" => {
            page_text(text);
        }
        "ttl" => {
            assert!(oxttl::TurtleParser::new().for_slice(bytes).all(|triple| triple.is_ok()), "Turtle");
        }
        "jsonld" => {
            assert!(oxjsonld::JsonLdParser::new().for_slice(bytes).all(|quad| quad.is_ok()), "JSON-LD");
        }
        "json" | "argmining.json" => {
            serde_json::from_str::<serde_json::Value>(text).expect("JSON");
        }
        "jsonl" => text.lines().for_each(|line| {
            serde_json::from_str::<serde_json::Value>(line).expect("JSON Lines");
        }),
        "csv" | "aligned.csv" | "edges.csv" => {
            let mut rows = csv::ReaderBuilder::new().from_reader(bytes);
            assert!(rows.records().all(|row| row.is_ok()), "CSV");
        }
        "md" | "txt" => {}
        other => panic!("say here how {other} is checked"),
    }
}

/// Each word of a group of documents stands in the main part of its output as often as it was printed, notes and their marks included. Formats
/// may say more than that, such as a fact again in the metadata.
#[test]
fn nothing_is_lost() {
    // Linked data and the graph of citations describe a document and do not hold its text.
    let without_text = ["turtle", "jsonld", "edges", "graphml"];
    for format in registry().formats().filter(|format| !without_text.contains(&format.id)) {
        for (documents, target) in outputs(format) {
            let output = text_of(format.extension, &target.bytes(Part::Main));
            for (word, printed) in words_of(&documents) {
                let written = output.matches(word.as_str()).count();
                assert!(written >= printed, "{} has {word:?} {written} times instead of {printed}", format.id);
            }
        }
    }
}

/// How often each word occurs in the blocks and notes.
fn words_of(documents: &[Document]) -> std::collections::BTreeMap<String, usize> {
    let blocks = documents.iter().flat_map(|document| &document.blocks);
    let numbers = blocks.clone().filter_map(|block| block.number.as_ref()).map(|number| number.printed.as_str());
    let notes = documents.iter().flat_map(|document| &document.notes);
    let marks = notes.clone().map(|note| note.mark.as_str());
    let inlines = blocks.flat_map(unres::model::Block::inlines).chain(notes.flat_map(|note| &note.content));
    let texts = inlines.filter_map(|inline| inline.text()).map(|text| text.text.as_str());
    let mut words = std::collections::BTreeMap::new();
    for word in texts.chain(numbers).chain(marks).flat_map(str::split_whitespace) {
        *words.entry(word.to_owned()).or_default() += 1;
    }
    words
}

/// What a reader of the format sees.
fn text_of(extension: &str, bytes: &[u8]) -> String {
    match extension {
        "xlsx" => return workbook_text(bytes).replace("\\\"", "\""),
        "parquet" => return parquet_text(bytes),
        _ => {}
    }
    let text = std::str::from_utf8(bytes).expect("UTF-8").to_owned();
    match extension {
        "xml" | "tmx" => {
            let parsed = roxmltree::Document::parse(&text).expect("XML");
            // The mark of a note stands in an attribute.
            parsed.descendants().flat_map(|node| [node.attribute("marker"), node.text()]).flatten().collect()
        }
        "html" | "aligned.html" => page_text(&text),
        "md" => markdown_text(&text),
        "csv" | "aligned.csv" => text.replace("\"\"", "\""),
        "json" | "jsonl" | "argmining.json" => text.replace("\\\"", "\""),
        _ => text,
    }
}

/// Our pages are XML too, which is checked more strictly than HTML.
fn page_text(text: &str) -> String {
    let options = roxmltree::ParsingOptions { allow_dtd: true, ..roxmltree::ParsingOptions::default() };
    let page = roxmltree::Document::parse_with_options(text, options).expect("a well-formed page");
    let main = page.descendants().find(|node| node.has_tag_name("main")).expect("a main part");
    main.descendants().filter(roxmltree::Node::is_text).filter_map(|node| node.text()).collect()
}

fn markdown_text(text: &str) -> String {
    let options = pulldown_cmark::Options::ENABLE_FOOTNOTES | pulldown_cmark::Options::ENABLE_TABLES;
    let events = pulldown_cmark::Parser::new_ext(text, options).filter_map(|event| match event {
        pulldown_cmark::Event::Text(text) => Some(text.into_string()),
        pulldown_cmark::Event::FootnoteReference(label) => Some(label.into_string()),
        pulldown_cmark::Event::End(pulldown_cmark::TagEnd::Paragraph) => Some("\n".to_owned()),
        _ => None,
    });
    events.collect()
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

#[test]
fn who_shows_no_dates_and_names_writes_the_same_without_them() {
    let files = || [samples(), tests::more_documents(MOST)].concat();
    let (marked, cited) = (read_all(files(), Marks::All), read_all(files(), Marks::Cited));
    assert_ne!(marked, cited, "the samples have dates and names");
    let registry = registry();
    let formats =
        registry.exporters().filter(|exporter| !exporter.shows_dates_and_names()).map(unres::Exporter::format);
    let formats: Vec<_> = formats.collect();
    assert!(formats.iter().any(|format| format.id == "csv"));
    for format in formats {
        let (with, without) = (export(format.id, &marked), export(format.id, &cited));
        for part in [Part::Main, Part::Side("documents"), Part::Side("citations")] {
            assert!(with.bytes(part) == without.bytes(part), "{} {part:?}", format.id);
        }
    }
}

#[test]
fn tables_put_together_from_rows_are_those_written_at_once() {
    let (registry, options, documents) = (registry(), ExportOptions::default(), documents());
    let mut put_together = Vec::new();
    for format in registry.formats() {
        let exporter = registry.get(format.id).expect("its own");
        let Some(maker) = RowMaker::of(exporter, &options).expect("no options") else { continue };
        let rows: Vec<Rows> = std::thread::scope(|scope| {
            let make = |document| maker.rows(std::slice::from_ref(document), &mut Vec::new());
            let threads: Vec<_> = documents.iter().map(|document| scope.spawn(move || make(document))).collect();
            threads.into_iter().map(|thread| thread.join().expect("no panic").expect("rows")).collect()
        });
        let mut target = MemoryTarget::default();
        let mut table = maker.open(&mut target).expect("room");
        rows.iter().try_for_each(|rows| table.add(rows)).and_then(|()| table.finish()).expect("room");
        let whole = export(format.id, &documents);
        assert!(target.parts().eq(whole.parts()), "{}", format.id);
        for part in whole.parts() {
            assert!(target.bytes(part) == whole.bytes(part), "{} {part:?}", format.id);
        }
        put_together.push(format.id);
    }
    assert_eq!(put_together, ["csv", "jsonl", "edges"]);
}
