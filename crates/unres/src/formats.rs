//! The built-in formats.

use crate::{ReadOptions, read};
use std::time::Duration;
use unres_export::{
    Addresses, Arity, DocumentWriter, ExportError, ExportOptions, Exporter, MemoryTarget, Registry, Target,
};
use unres_external::{Check, External, Program};
use unres_model::Document;
use unres_passes::Marks;
use unres_source::{Input, Sink};
use unres_symbol::DocumentNumber;

/// The registry of the built-in formats: one line each.
pub fn registry() -> Registry {
    let mut registry = Registry::new();
    registry.register(unres_akn::Akn);
    registry.register(unres_csv::Csv);
    registry.register(unres_xlsx::Xlsx);
    #[cfg(feature = "parquet")]
    registry.register(unres_parquet::Parquet);
    registry.register(unres_json::Json);
    registry.register(unres_json::JsonLines);
    registry.register(unres_page::Html);
    registry.register(unres_markdown::Markdown);
    registry.register(unres_markdown::PlainText);
    registry.register(unres_rdf::Turtle);
    registry.register(unres_rdf::JsonLd);
    registry.register(unres_argmining::ArgMining);
    registry.register(unres_aligned::Tmx);
    registry.register(unres_aligned::AlignedCsv);
    registry.register(unres_aligned::AlignedHtml);
    registry.register(unres_graph::Edges);
    registry.register(unres_graph::GraphMl);
    registry
}

/// The registry of the built-in formats and of the programs among `ids`: `ext:NAME` is what the program `unres-export-NAME` writes, which is asked
/// what it is. `patience` is how long it may be silent.
pub fn registry_for<'a>(ids: impl IntoIterator<Item = &'a str>, patience: Duration) -> Result<Registry, ExportError> {
    let mut registry = registry();
    for id in ids {
        if let Some(program) = Program::of_format(id) {
            registry.register(External::new(id, program.patience(patience))?);
        }
    }
    Ok(registry)
}

/// Runs a program in every way in which an export may run it, over samples in three scripts.
pub fn check_exporter(program: &Program) -> Vec<Check> {
    let samples = SAMPLES
        .iter()
        .filter_map(|(name, text)| read(&Input { name, bytes: text.as_bytes() }, &ReadOptions::default()).ok());
    let documents: Vec<Document> = samples.flat_map(|reading| reading.documents).collect();
    unres_external::check(program, &documents)
}

/// Texts that show what documents may hold.
const SAMPLES: [(&str, &str); 3] = [
    ("every-construct.en.txt", include_str!("../../../examples/every-construct.en.txt")),
    ("every-construct.zh.txt", include_str!("../../../examples/every-construct.zh.txt")),
    ("lighthouses.ar.txt", include_str!("../../../examples/lighthouses.ar.txt")),
];

/// What need be looked for in a document that these write and nobody else sees.
pub fn marks_for<'a>(exporters: impl IntoIterator<Item = &'a dyn Exporter>) -> Marks {
    let shows_all = exporters.into_iter().any(Exporter::shows_dates_and_names);
    if shows_all { Marks::All } else { Marks::Cited }
}

/// The documents of each output: one by one, those of one number together, or all in one as a table has them.
pub fn outputs_of(documents: &[Document], arity: Arity) -> impl Iterator<Item = &[Document]> {
    let outputs: Vec<&[Document]> = match arity {
        Arity::OneDocument => documents.chunks(1).collect(),
        Arity::OneNumber => documents.chunk_by(are_parts).collect(),
        Arity::ManyDocuments => vec![documents],
    };
    outputs.into_iter()
}

/// Whether two documents are parts of one: 61/2 A and 61/2 B.
fn are_parts(one: &Document, other: &Document) -> bool {
    let whole = |document: &Document| {
        let number = document.meta.number.as_ref()?;
        DocumentNumber::parse(&number.value).map(|number| number.whole())
    };
    whole(one).is_some_and(|number| whole(other) == Some(number))
}

/// Opens an output of a format. One that has one number a file gets each part of the number as a document, also of a document that holds all.
pub fn open_output(
    exporter: &dyn Exporter,
    options: &ExportOptions,
    target: &mut dyn Target,
) -> Result<Box<dyn DocumentWriter>, ExportError> {
    let writer = exporter.open(options, target)?;
    Ok(match exporter.format().arity {
        Arity::OneNumber => Box::new(Apart { writer, expected: None }),
        Arity::OneDocument | Arity::ManyDocuments => writer,
    })
}

/// Hands on the parts of each document.
struct Apart {
    writer: Box<dyn DocumentWriter>,
    /// How many documents come. Handed on once it is known how many parts they have, which only shows early where one comes.
    expected: Option<usize>,
}

impl DocumentWriter for Apart {
    fn expect(&mut self, documents: usize) {
        self.expected = Some(documents);
    }

    fn write(&mut self, document: &Document, addresses: &Addresses, sink: &mut dyn Sink) -> Result<(), ExportError> {
        let parts = unres_passes::parts_of(document);
        if self.expected == Some(1) {
            self.writer.expect(parts.as_ref().map_or(1, Vec::len));
        }
        let Some(parts) = parts else { return self.writer.write(document, addresses, sink) };
        parts.iter().try_for_each(|part| self.writer.write(part, &Addresses::of(part), sink))
    }

    fn flush(&mut self) -> Result<(), ExportError> {
        self.writer.flush()
    }

    fn finish(self: Box<Self>, sink: &mut dyn Sink) -> Result<(), ExportError> {
        self.writer.finish(sink)
    }
}

/// Writes the documents of one output.
pub fn export<'a>(
    exporter: &dyn Exporter,
    documents: impl IntoIterator<Item = &'a Document>,
    options: &ExportOptions,
    target: &mut dyn Target,
    sink: &mut dyn Sink,
) -> Result<(), ExportError> {
    options.check(exporter.options())?;
    let mut writer = open_output(exporter, options, target)?;
    let documents = documents.into_iter();
    if let (least, Some(most)) = documents.size_hint()
        && least == most
    {
        writer.expect(most);
    }
    for document in documents {
        writer.write(document, &Addresses::of(document), sink)?;
    }
    writer.finish(sink)
}

/// Writes documents in a format and gives the bytes of its parts.
pub fn export_to_memory<'a>(
    registry: &Registry,
    format: &str,
    documents: impl IntoIterator<Item = &'a Document>,
    options: &ExportOptions,
    sink: &mut dyn Sink,
) -> Result<MemoryTarget, ExportError> {
    let mut target = MemoryTarget::default();
    export(registry.get(format)?.as_ref(), documents, options, &mut target, sink)?;
    Ok(target)
}
