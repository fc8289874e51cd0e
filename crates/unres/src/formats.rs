//! The built-in formats.

use crate::MemoryTarget;
use unres_export::{Addresses, ExportError, ExportOptions, Registry};
use unres_model::Document;
use unres_source::Sink;

/// The registry of the built-in formats: one line each.
pub fn registry() -> Registry {
    let mut registry = Registry::new();
    registry.register(unres_akn::Akn);
    registry.register(unres_csv::Csv);
    registry.register(unres_json::Json);
    registry.register(unres_json::JsonLines);
    registry
}

/// Writes documents in a format and gives the bytes of its parts.
pub fn export_to_memory<'a>(
    registry: &Registry,
    format: &str,
    documents: impl IntoIterator<Item = &'a Document>,
    options: &ExportOptions,
    sink: &mut dyn Sink,
) -> Result<MemoryTarget, ExportError> {
    let exporter = registry.get(format)?;
    options.check(exporter.options())?;
    let mut target = MemoryTarget::default();
    let mut writer = exporter.open(options, &mut target)?;
    for document in documents {
        writer.write(document, &Addresses::of(document), sink)?;
    }
    writer.finish()?;
    Ok(target)
}
