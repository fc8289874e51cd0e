//! The trait that exporters implement.

use crate::{Addresses, ExportOptions, OptionSpec};
use std::io::Write;
use unres_model::Document;
use unres_source::Sink;

/// What is known of a format without running its exporter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Format {
    /// The name that `--to` takes.
    pub id: &'static str,
    /// One line for people.
    pub title: &'static str,
    /// Media type of the main stream.
    pub media_type: &'static str,
    /// File extension without dot.
    pub extension: &'static str,
    /// How many documents one output holds.
    pub arity: Arity,
}

/// How many documents one output holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Arity {
    /// One.
    OneDocument,
    /// One, or the parts of one number as a collection.
    OneNumber,
    /// Any number, as a table over a corpus.
    ManyDocuments,
}

/// A stream of an output.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// The stream that standard output takes.
    Main,
    /// A table beside it, by name: `documents`.
    Side(&'static str),
}

/// Where an exporter writes. Each part is asked for once; nothing is kept unless the caller, after
/// [`DocumentWriter::finish`], commits the target.
pub trait Target {
    /// Opens a part. The stream need not be buffered by the exporter.
    fn part(&mut self, part: Part) -> Result<Box<dyn Write + Send>, ExportError>;
}

/// An export format. It opens no files, reads no clock, knows no language; what it must simplify it reports.
pub trait Exporter: Send + Sync {
    /// What the format is.
    fn format(&self) -> Format;

    /// The options that it takes; others are refused before [`Exporter::open`].
    fn options(&self) -> &[OptionSpec] {
        &[]
    }

    /// Whether the outputs of documents can be put together by bytes: that of A and B is that of A followed by that of B without what an output
    /// of no documents holds (the head of a table). Then a table over a corpus can be made from pieces. The writers of such a format have a
    /// [`DocumentWriter::flush`], and neither bytes nor findings are left for their [`DocumentWriter::finish`], which may not be called.
    fn is_appendable(&self) -> bool {
        false
    }

    /// Whether an output shows which words of a running text are a date or the name of an organ. Where no output of a run does, they need not be looked for.
    fn shows_dates_and_names(&self) -> bool {
        true
    }

    /// Begins an output.
    fn open(&self, options: &ExportOptions, target: &mut dyn Target) -> Result<Box<dyn DocumentWriter>, ExportError>;
}

/// Writes the documents of one output, in order.
pub trait DocumentWriter: Send {
    /// Tells before the first document how many come, where that is known. A writer that must see all before it writes any need not keep the only one.
    fn expect(&mut self, documents: usize) {
        let _ = documents;
    }

    /// Writes one document; once only for a format of [`Arity::OneDocument`].
    fn write(&mut self, document: &Document, addresses: &Addresses, sink: &mut dyn Sink) -> Result<(), ExportError>;

    /// Hands on all that was written so far. Where outputs can be put together ([`Exporter::is_appendable`]), what one writer hands on from one time to the
    /// next are the rows of the documents between.
    fn flush(&mut self) -> Result<(), ExportError> {
        Ok(())
    }

    /// Ends the output and flushes its parts. An exporter that needs all documents before it writes any reports here.
    fn finish(self: Box<Self>, sink: &mut dyn Sink) -> Result<(), ExportError>;
}

/// Why an output could not be written.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// The target refused the bytes.
    #[error(transparent)]
    Io(#[from] std::io::Error),
    /// An option has a value that it cannot have.
    #[error("option {name}: {message}")]
    Option {
        /// The option.
        name: String,
        /// What is wrong with its value.
        message: String,
    },
    /// No format has this id.
    #[error("unknown format {id:?}{}", .nearest.map(|id| format!("; did you mean {id:?}?")).unwrap_or_default())]
    UnknownFormat {
        /// The id that was asked for.
        id: String,
        /// The id that looks most like it.
        nearest: Option<&'static str>,
    },
    /// A program that writes a format did not.
    #[error("{program}: {message}{}", indented(.said))]
    Program {
        /// The program.
        program: String,
        /// What it did.
        message: String,
        /// What it said on standard error.
        said: String,
    },
}

/// What was said below the message, if anything was.
fn indented(said: &str) -> String {
    if said.is_empty() { String::new() } else { format!("\n  {}", said.replace('\n', "\n  ")) }
}
