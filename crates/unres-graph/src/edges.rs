//! The exporter `edges`.

use crate::cited::{Cited, basis, cited, symbol};
use std::io::{self, Write};
use unres_export::{Addresses, Arity, DocumentWriter, ExportError, ExportOptions, Exporter, Format, Part, Target};
use unres_model::Document;
use unres_source::Sink;

/// A row for each version of a document and each document that it cites.
#[derive(Clone, Copy, Debug, Default)]
pub struct Edges;

/// The columns. New ones are added at the end only.
const COLUMNS: [&str; 10] =
    ["from", "to", "language", "count", "basis", "date", "date_basis", "pinpoints", "paths", "source_file"];

impl Exporter for Edges {
    fn format(&self) -> Format {
        Format {
            id: "edges",
            title: "CSV, one row a document and each that it cites",
            media_type: "text/csv; charset=utf-8",
            extension: "edges.csv",
            arity: Arity::ManyDocuments,
        }
    }

    fn is_appendable(&self) -> bool {
        true
    }

    fn open(&self, _: &ExportOptions, target: &mut dyn Target) -> Result<Box<dyn DocumentWriter>, ExportError> {
        let mut out = csv::Writer::from_writer(target.part(Part::Main)?);
        out.write_record(COLUMNS).map_err(io::Error::from)?;
        Ok(Box::new(EdgesWriter { out }))
    }
}

struct EdgesWriter {
    out: csv::Writer<Box<dyn Write + Send>>,
}

impl DocumentWriter for EdgesWriter {
    fn write(&mut self, document: &Document, addresses: &Addresses, _: &mut dyn Sink) -> Result<(), ExportError> {
        let from = symbol(document).unwrap_or_default();
        for (to, cited) in cited(document, addresses) {
            self.out.write_record(row(document, &from, &to, &cited)).map_err(io::Error::from)?;
        }
        Ok(())
    }

    fn flush(&mut self) -> Result<(), ExportError> {
        Ok(self.out.flush()?)
    }

    fn finish(mut self: Box<Self>, _: &mut dyn Sink) -> Result<(), ExportError> {
        self.flush()
    }
}

/// The cells of a row, in the order of [`COLUMNS`].
fn row(document: &Document, from: &str, to: &str, cited: &Cited) -> [String; 10] {
    let meta = &document.meta;
    [
        from.to_owned(),
        to.to_owned(),
        meta.language.clone().unwrap_or_default(),
        cited.count.to_string(),
        basis(cited.basis).to_owned(),
        cited.date.map(|date| date.value.to_string()).unwrap_or_default(),
        cited.date.map(|date| basis(date.basis).to_owned()).unwrap_or_default(),
        cited.pinpoints.join("; "),
        cited.paths.join("; "),
        // A name may hold a line break, and no row does.
        meta.source.split_whitespace().collect::<Vec<_>>().join(" "),
    ]
}
