//! The exporter `csv`.

use crate::blocks::Table;
use crate::citations::{CITATION_COLUMNS, citation_columns, citation_rows};
use crate::documents::{document_cells, document_columns};
use crate::options::{CsvOptions, SPECS};
use crate::rows::{Dialect, RowWriter};
use crate::table::{Cell, Columns};
use std::io::{self, Write};
use unres_export::{
    Addresses, Arity, DocumentWriter, ExportError, ExportOptions, Exporter, Format, OptionSpec, Part, Target,
};
use unres_model::{Document, Note};
use unres_source::{Diagnostic, RuleId, Sink};

const UNCALLED_NOTE: RuleId = RuleId::new("csv/uncalled-note");

/// A table of blocks over any number of documents, and tables of the documents and of what they cite beside it.
#[derive(Clone, Copy, Debug, Default)]
pub struct Csv;

impl Exporter for Csv {
    fn format(&self) -> Format {
        Format {
            id: "csv",
            title: "CSV, one row a paragraph, and tables of documents and citations",
            media_type: "text/csv; charset=utf-8",
            extension: "csv",
            arity: Arity::ManyDocuments,
        }
    }

    fn options(&self) -> &'static [OptionSpec] {
        SPECS
    }

    fn is_appendable(&self) -> bool {
        true
    }

    fn shows_dates_and_names(&self) -> bool {
        false
    }

    fn open(&self, options: &ExportOptions, target: &mut dyn Target) -> Result<Box<dyn DocumentWriter>, ExportError> {
        let options = CsvOptions::read(options)?;
        let blocks = open_part(target.part(Part::Main)?, options.columns().map(|column| column.name), &options)?;
        let documents = open_part(target.part(Part::Side("documents"))?, document_columns(), &options)?;
        let citations = open_part(target.part(Part::Side("citations"))?, citation_columns(), &options)?;
        Ok(Box::new(CsvWriter { options, blocks, documents, citations }))
    }
}

struct CsvWriter {
    options: CsvOptions,
    blocks: RowWriter,
    documents: RowWriter,
    citations: RowWriter,
}

impl DocumentWriter for CsvWriter {
    fn write(&mut self, document: &Document, addresses: &Addresses, sink: &mut dyn Sink) -> Result<(), ExportError> {
        let table = Table::of(document);
        self.write_blocks(document, &table, addresses)?;
        for note in table.uncalled {
            sink.push(uncalled(note));
        }
        self.write_citations(document, addresses)?;
        Ok(self.documents.write(document_cells(document))?)
    }

    fn flush(&mut self) -> Result<(), ExportError> {
        let tables = [&mut self.blocks, &mut self.documents, &mut self.citations];
        Ok(tables.into_iter().try_for_each(RowWriter::flush)?)
    }

    fn finish(mut self: Box<Self>, _: &mut dyn Sink) -> Result<(), ExportError> {
        self.flush()
    }
}

impl CsvWriter {
    fn write_blocks(&mut self, document: &Document, table: &Table<'_>, addresses: &Addresses) -> io::Result<()> {
        let columns = Columns::written(self.options.columns(), document, self.blocks.dialect());
        table.rows(addresses).try_for_each(|row| self.blocks.write(columns.row(|cell| cell(&row))))
    }

    fn write_citations(&mut self, document: &Document, addresses: &Addresses) -> io::Result<()> {
        let columns = Columns::written(CITATION_COLUMNS.iter(), document, self.citations.dialect());
        let mut rows = citation_rows(document, addresses);
        rows.try_for_each(|row| self.citations.write(columns.row(|cell| cell(&row))))
    }
}

/// Begins a part with its header, so that a table without rows still names its columns.
fn open_part(
    mut out: Box<dyn Write + Send>,
    header: impl Iterator<Item = &'static str>,
    options: &CsvOptions,
) -> Result<RowWriter, ExportError> {
    if options.has_bom() {
        out.write_all("\u{feff}".as_bytes())?;
    }
    let mut writer = RowWriter::new(out, Dialect::new(options.delimiter(), options.guard()));
    writer.write(header.map(Cell::from))?;
    Ok(writer)
}

fn uncalled(note: &Note) -> Diagnostic {
    let message =
        format!("note {} (mark {:?}) is called by no block and stands in a row of its own", note.id.0, note.mark);
    Diagnostic::warning(UNCALLED_NOTE, note.mark_spans.first().copied(), message)
        .hint("the mark in the text may have been taken for something else")
}
