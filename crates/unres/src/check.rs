//! The second opinion on what was read: the checks of the passes, with their places.

use crate::{Reading, language};
use unres_export::Addresses;
use unres_model::Document;
use unres_passes::Breach;
use unres_source::{Diagnostic, Source};

/// What the documents of a reading do not keep of what a resolution promises: numbers that run on, notes that pair up, formula and closing lines. None of
/// it stands among the findings of the reading, but for marks without partner. A finding without a span names the path of its block.
pub fn check(reading: &Reading) -> Vec<Diagnostic> {
    reading.documents.iter().flat_map(|document| check_document(document, reading.source.as_ref())).collect()
}

fn check_document(document: &Document, source: Option<&Source>) -> Vec<Diagnostic> {
    // A language without a pack leaves out what needs its words and marks.
    let pack = document.meta.language.as_ref().and_then(|language| language::pack(language).ok());
    let addresses = Addresses::of(document);
    let place = |Breach { mut finding, block }: Breach| {
        let address = block.and_then(|block| addresses.blocks().get(block));
        // Spans of a document that was kept as JSON point into a text that is not there.
        finding.span = finding.span.filter(|_| source.is_some());
        if let Some(address) = address.filter(|_| finding.span.is_none()) {
            finding.message = format!("{}: {}", address.path, finding.message);
        }
        finding
    };
    unres_passes::check(document, pack.as_deref(), source).into_iter().map(place).collect()
}
