//! The built-in formats.

use crate::MemoryTarget;
use unres_export::{Addresses, Arity, ExportError, ExportOptions, Exporter, Registry, Target};
use unres_model::Document;
use unres_source::Sink;
use unres_symbol::DocumentNumber;

/// The registry of the built-in formats: one line each.
pub fn registry() -> Registry {
    let mut registry = Registry::new();
    registry.register(unres_akn::Akn);
    registry.register(unres_csv::Csv);
    registry.register(unres_xlsx::Xlsx);
    registry.register(unres_json::Json);
    registry.register(unres_json::JsonLines);
    registry.register(unres_page::Html);
    registry.register(unres_markdown::Markdown);
    registry.register(unres_markdown::PlainText);
    registry
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

/// Writes the documents of one output.
pub fn export<'a>(
    exporter: &dyn Exporter,
    documents: impl IntoIterator<Item = &'a Document>,
    options: &ExportOptions,
    target: &mut dyn Target,
    sink: &mut dyn Sink,
) -> Result<(), ExportError> {
    options.check(exporter.options())?;
    let mut writer = exporter.open(options, target)?;
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
    export(registry.get(format)?, documents, options, &mut target, sink)?;
    Ok(target)
}
