//! What is not read, counted.

use unres_source::{Diagnostic, RuleId, Sink};

/// Counts of what a file holds and the page does not print, or that cannot be computed from the file.
#[derive(Debug, Default)]
pub(crate) struct LeftOut {
    /// Characters of text that a tracked change deleted or moved away.
    pub(crate) deleted: usize,
    /// Tracked insertions, whose text is kept.
    pub(crate) inserted: usize,
    /// Characters of hidden text.
    pub(crate) hidden: usize,
    /// Comments.
    pub(crate) comments: usize,
    /// Characters inside the code of a field that has no result or no end.
    pub(crate) in_field_codes: usize,
    /// Characters in cells that a merged cell covers.
    pub(crate) covered: usize,
    /// Notes that nothing calls.
    pub(crate) uncalled: usize,
    /// Symbols whose font is not known, which are read as they are stored.
    pub(crate) symbols: usize,
    /// Numbers in a format that is not known, which are read in digits.
    pub(crate) formats: usize,
    /// Notes that begin anew on each page; pages are not in the file, so that they are counted through.
    pub(crate) by_page: bool,
}

impl LeftOut {
    /// Says what was left out, each kind once.
    pub(crate) fn report(&self, sink: &mut dyn Sink) {
        let mut note = |rule: &'static str, count: usize, what: &str| {
            if count > 0 {
                sink.push(Diagnostic::note(RuleId::new(rule), None, format!("{count} {what}")));
            }
        };
        note("docx/deleted", self.deleted, "characters are left out that a tracked change deletes or moves");
        note("docx/inserted", self.inserted, "tracked insertions are kept");
        note("docx/hidden", self.hidden, "characters of hidden text are left out");
        note("docx/comments", self.comments, "comments are left out");
        note("docx/covered-cells", self.covered, "characters in cells under merged cells are left out");
        note("docx/uncalled-notes", self.uncalled, "notes that nothing calls are left out");
        let mut warn = |rule: &'static str, count: usize, what: &str| {
            if count > 0 {
                sink.push(Diagnostic::warning(RuleId::new(rule), None, format!("{count} {what}")));
            }
        };
        warn("docx/field-codes", self.in_field_codes, "characters inside codes of fields are left out");
        warn("docx/unknown-symbols", self.symbols, "symbols of unknown fonts are read as they are stored");
        warn("docx/unknown-number-format", self.formats, "numbers have an unknown format and are read in digits");
        warn(
            "docx/notes-by-page",
            usize::from(self.by_page),
            "series of notes begins anew on each page and is counted through",
        );
    }
}
