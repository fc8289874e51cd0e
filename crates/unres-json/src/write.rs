//! The exporters `json` and `jsonl`.

use crate::envelope::Envelope;
use std::io::{self, Write};
use unres_export::{Addresses, Arity, DocumentWriter, ExportError, ExportOptions, Exporter, Format, Part, Target};
use unres_model::Document;
use unres_source::Sink;

/// One document as indented JSON, for reading and correcting by hand.
#[derive(Clone, Copy, Debug, Default)]
pub struct Json;

impl Exporter for Json {
    fn format(&self) -> Format {
        Format {
            id: "json",
            title: "JSON, the whole model of one document",
            media_type: "application/json",
            extension: "json",
            arity: Arity::OneDocument,
        }
    }

    fn open(&self, _: &ExportOptions, target: &mut dyn Target) -> Result<Box<dyn DocumentWriter>, ExportError> {
        Ok(Box::new(JsonWriter { out: target.part(Part::Main)?, written: false }))
    }
}

/// Any number of documents, one a line.
#[derive(Clone, Copy, Debug, Default)]
pub struct JsonLines;

impl Exporter for JsonLines {
    fn format(&self) -> Format {
        Format {
            id: "jsonl",
            title: "JSON Lines, the whole model, one document a line",
            media_type: "application/jsonl",
            extension: "jsonl",
            arity: Arity::ManyDocuments,
        }
    }

    fn is_appendable(&self) -> bool {
        true
    }

    fn open(&self, _: &ExportOptions, target: &mut dyn Target) -> Result<Box<dyn DocumentWriter>, ExportError> {
        Ok(Box::new(JsonLinesWriter { out: target.part(Part::Main)? }))
    }
}

struct JsonWriter {
    out: Box<dyn Write + Send>,
    written: bool,
}

impl DocumentWriter for JsonWriter {
    fn write(&mut self, document: &Document, _: &Addresses, _: &mut dyn Sink) -> Result<(), ExportError> {
        if self.written {
            return Err(io::Error::other("a JSON output holds one document; jsonl holds many").into());
        }
        self.written = true;
        serde_json::to_writer_pretty(&mut self.out, &Envelope::of(document)).map_err(io::Error::from)?;
        Ok(self.out.write_all(b"\n")?)
    }

    fn finish(mut self: Box<Self>, _: &mut dyn Sink) -> Result<(), ExportError> {
        Ok(self.out.flush()?)
    }
}

struct JsonLinesWriter {
    out: Box<dyn Write + Send>,
}

impl DocumentWriter for JsonLinesWriter {
    fn write(&mut self, document: &Document, _: &Addresses, _: &mut dyn Sink) -> Result<(), ExportError> {
        Ok(self.out.write_all(&line(document)?)?)
    }

    fn flush(&mut self) -> Result<(), ExportError> {
        Ok(self.out.flush()?)
    }

    fn finish(mut self: Box<Self>, _: &mut dyn Sink) -> Result<(), ExportError> {
        self.flush()
    }
}

/// A document as one line of JSON Lines, with its line break.
pub fn line(document: &Document) -> io::Result<Vec<u8>> {
    let mut line = serde_json::to_vec(&Envelope::of(document))?;
    line.push(b'\n');
    Ok(line)
}
