//! Reader of Word documents (DOCX): runs with their looks, computed numbers, real notes, tables.
//!
//! A document is a zip archive of XML parts (`package`). A part with text is a story (`story`): paragraphs with pieces of text. Styles (`styles`)
//! say how pieces look, numbering (`numbering`, `numerals`) what stands before a paragraph, and `lines` puts all that into a source.

mod left_out;
mod lines;
mod numbering;
mod numerals;
mod package;
mod story;
mod styles;
mod symbols;
mod xml;

use unres_source::{Budget, Confidence, Input, ReadError, Reader, Sink, Source};

/// The reader of Word documents.
#[derive(Clone, Copy, Debug, Default)]
pub struct Docx;

impl Reader for Docx {
    fn name(&self) -> &'static str {
        "docx"
    }

    /// Certain of a zip archive with a document part, and of the binary files that Word writes, so that their error can say what to do.
    fn sniff(&self, input: &Input<'_>) -> Confidence {
        let known = package::is_document(input.bytes) || package::is_binary(input.bytes);
        if known { Confidence::Certain } else { Confidence::No }
    }

    fn read(&self, input: &Input<'_>, budget: &Budget, sink: &mut dyn Sink) -> Result<Source, ReadError> {
        let mut package = package::Package::open(input.bytes, *budget)?;
        lines::read(input.name, &mut package, sink)
    }
}
