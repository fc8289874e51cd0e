//! The exporters `markdown` and `text`.

use crate::{markdown, plain};
use std::io::{self, Write};
use unres_export::{Addresses, Arity, DocumentWriter, ExportError, ExportOptions, Exporter, Format, Part, Target};
use unres_model::Document;
use unres_source::Sink;

/// One document as Markdown, with its notes as footnotes.
#[derive(Clone, Copy, Debug, Default)]
pub struct Markdown;

impl Exporter for Markdown {
    fn format(&self) -> Format {
        Format {
            id: "markdown",
            title: "Markdown with footnotes, for pasting and for language models",
            media_type: "text/markdown; charset=utf-8",
            extension: "md",
            arity: Arity::OneDocument,
        }
    }

    fn open(&self, _: &ExportOptions, target: &mut dyn Target) -> Result<Box<dyn DocumentWriter>, ExportError> {
        Ok(Box::new(TextWriter { out: target.part(Part::Main)?, render: markdown, written: false }))
    }
}

/// One document as text, a paragraph a line.
#[derive(Clone, Copy, Debug, Default)]
pub struct PlainText;

impl Exporter for PlainText {
    fn format(&self) -> Format {
        Format {
            id: "text",
            title: "text, a paragraph a line",
            media_type: "text/plain; charset=utf-8",
            extension: "txt",
            arity: Arity::OneDocument,
        }
    }

    fn open(&self, _: &ExportOptions, target: &mut dyn Target) -> Result<Box<dyn DocumentWriter>, ExportError> {
        let render: Render = |document, _| plain(document);
        Ok(Box::new(TextWriter { out: target.part(Part::Main)?, render, written: false }))
    }
}

type Render = fn(&Document, &mut dyn Sink) -> String;

struct TextWriter {
    out: Box<dyn Write + Send>,
    render: Render,
    written: bool,
}

impl DocumentWriter for TextWriter {
    fn write(&mut self, document: &Document, _: &Addresses, sink: &mut dyn Sink) -> Result<(), ExportError> {
        if self.written {
            return Err(io::Error::other("an output of this format holds one document").into());
        }
        self.written = true;
        Ok(self.out.write_all((self.render)(document, sink).as_bytes())?)
    }

    fn finish(mut self: Box<Self>, _: &mut dyn Sink) -> Result<(), ExportError> {
        Ok(self.out.flush()?)
    }
}
