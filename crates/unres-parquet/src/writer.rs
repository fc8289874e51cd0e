//! The exporter `parquet`.

use crate::table::{GroupSize, Table};
use csv::StringRecord;
use parquet::errors::ParquetError;
use std::io;
use unres_csv::{
    CsvOptions, block_citations, block_header, block_records, citation_header, citation_records, document_header,
    document_record,
};
use unres_export::{Addresses, Arity, DocumentWriter, ExportError, ExportOptions, Exporter, Format, Part, Target};
use unres_model::Document;
use unres_source::Sink;

/// Tables of blocks, documents and citations over any number of documents.
#[derive(Clone, Copy, Debug, Default)]
pub struct Parquet;

impl Exporter for Parquet {
    fn format(&self) -> Format {
        Format {
            id: "parquet",
            title: "Parquet, typed tables of paragraphs, documents and citations",
            media_type: "application/vnd.apache.parquet",
            extension: "parquet",
            arity: Arity::ManyDocuments,
        }
    }

    fn shows_dates_and_names(&self) -> bool {
        false
    }

    fn open(&self, _: &ExportOptions, target: &mut dyn Target) -> Result<Box<dyn DocumentWriter>, ExportError> {
        let csv = CsvOptions::default();
        let mut begin = |part, name, header: StringRecord| {
            Table::begin(target.part(part)?, name, &header, GroupSize::USUAL).map_err(failed)
        };
        let paragraphs = begin(Part::Main, "paragraphs", block_header(&csv))?;
        let documents = begin(Part::Side("documents"), "documents", document_header())?;
        let citations = begin(Part::Side("citations"), "citations", citation_header())?;
        Ok(Box::new(ParquetWriter { csv, paragraphs, documents, citations }))
    }
}

struct ParquetWriter {
    csv: CsvOptions,
    paragraphs: Table,
    documents: Table,
    citations: Table,
}

impl DocumentWriter for ParquetWriter {
    fn write(&mut self, document: &Document, addresses: &Addresses, _: &mut dyn Sink) -> Result<(), ExportError> {
        let rows = block_records(document, addresses, &self.csv);
        for (row, citations) in rows.iter().zip(block_citations(document)) {
            self.paragraphs.push(row, &citations).map_err(failed)?;
        }
        for row in citation_records(document, addresses, &self.csv) {
            self.citations.push(&row, &[]).map_err(failed)?;
        }
        self.documents.push(&document_record(document, &self.csv), &[]).map_err(failed)
    }

    fn finish(self: Box<Self>, _: &mut dyn Sink) -> Result<(), ExportError> {
        self.paragraphs.finish().map_err(failed)?;
        self.citations.finish().map_err(failed)?;
        self.documents.finish().map_err(failed)
    }
}

fn failed(error: ParquetError) -> ExportError {
    match error {
        ParquetError::External(error) => match error.downcast::<io::Error>() {
            Ok(error) => (*error).into(),
            Err(error) => io::Error::other(error).into(),
        },
        other => io::Error::other(other).into(),
    }
}
