//! The table of citations: one row a citation, in the order of the page, those in notes last.

use crate::names;
use crate::options::CsvOptions;
use crate::table::{Column, opt_cell, opt_text, record};
use csv::StringRecord;
use std::borrow::Cow;
use unres_export::Addresses;
use unres_model::{Citation, CitedIn, Document, Inline, Note, Pinpoint};

type CitationCell = for<'r> fn(&'r Row<'r>) -> Cow<'r, str>;

/// All columns. New ones are added at the end only.
static CITATION_COLUMNS: [Column<CitationCell>; 16] = [
    Column { name: "symbol", cell: |row| opt_text(row.document.meta.symbol.as_ref().map(|fact| fact.value.as_str())) },
    Column { name: "language", cell: |row| opt_text(row.document.meta.language.as_deref()) },
    Column { name: "path", cell: |row| row.path.into() },
    Column { name: "eid", cell: |row| row.eid.as_str().into() },
    Column { name: "note", cell: |row| opt_text(row.note.map(|note| note.mark.as_str())) },
    Column { name: "cites", cell: |row| row.citation.symbol.as_str().into() },
    Column { name: "basis", cell: |row| names::basis(row.citation.basis).into() },
    Column { name: "date", cell: |row| opt_cell(row.citation.date.map(|date| date.value)) },
    Column { name: "date_basis", cell: |row| opt_text(row.citation.date.map(|date| names::basis(date.basis))) },
    Column { name: "pinpoints", cell: |row| pinpoints(&row.citation.pinpoints).into() },
    Column { name: "text", cell: |row| row.citation.text.text.as_str().into() },
    Column { name: "list", cell: |row| opt_cell(row.citation.list) },
    Column { name: "source_file", cell: |row| row.document.meta.source.as_str().into() },
    Column { name: "kind", cell: |row| row.citation.kind.name().into() },
    Column { name: "up_to", cell: |row| opt_text(row.citation.up_to.as_deref()) },
    Column { name: "refers_back", cell: |row| row.citation.refers_back.to_string().into() },
];

/// The names of the columns.
pub fn citation_header() -> StringRecord {
    citation_columns().collect()
}

pub(crate) fn citation_columns() -> impl Iterator<Item = &'static str> {
    CITATION_COLUMNS.iter().map(|column| column.name)
}

/// The rows of one document. `addresses` are those of the document.
pub fn citation_records(document: &Document, addresses: &Addresses, options: &CsvOptions) -> Vec<StringRecord> {
    let rows = document.cited().map(|(place, citation)| Row::of(document, addresses, place, citation));
    rows.map(|row| record(CITATION_COLUMNS.iter().map(|column| (column.cell)(&row)), options.guard())).collect()
}

struct Row<'a> {
    document: &'a Document,
    citation: Cow<'a, Citation>,
    /// That of the block, or of the first block that calls the note.
    path: &'a str,
    eid: String,
    note: Option<&'a Note>,
}

impl<'a> Row<'a> {
    fn of(document: &'a Document, addresses: &'a Addresses, place: CitedIn, citation: Cow<'a, Citation>) -> Self {
        let (block, note) = match place {
            CitedIn::Block(index) => (Some(index), None),
            CitedIn::Note(index) => {
                let note = document.notes.get(index);
                (note.and_then(|note| caller(document, note)), note)
            }
        };
        let address = block.and_then(|block| addresses.blocks().get(block));
        let path = address.map(|address| address.path.as_str()).unwrap_or_default();
        let of_block = || address.map(|address| address.eid.clone()).unwrap_or_default();
        let eid = note.map_or_else(of_block, |note| Addresses::note(note.id));
        Self { document, citation, path, eid, note }
    }
}

/// The first block that calls a note.
fn caller(document: &Document, note: &Note) -> Option<usize> {
    let calls = |inline: &Inline| matches!(inline, Inline::Call(call) if call.call == note.id);
    document.blocks.iter().position(|block| block.inlines().any(calls))
}

fn pinpoints(pinpoints: &[Pinpoint]) -> String {
    pinpoints.iter().map(Pinpoint::shown).collect::<Vec<_>>().join("; ")
}
