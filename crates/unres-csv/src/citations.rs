//! The table of citations: one row a citation, in the order of the page, those in notes last.

use crate::names;
use crate::options::CsvOptions;
use crate::table::CellOf::{self, Document as D, Row as R};
use crate::table::{Cell, Column, opt_cell, opt_number, opt_text, records};
use csv::StringRecord;
use std::borrow::Cow;
use std::collections::BTreeMap;
use unres_export::Addresses;
use unres_model::{Citation, CitedIn, Document, Inline, Note, NoteId, Pinpoint};

/// How a cell of a row is made.
pub(crate) type CitationCell = for<'r> fn(&'r Row<'r>) -> Cell<'r>;

/// All columns. New ones are added at the end only.
pub(crate) static CITATION_COLUMNS: [Column<CellOf<CitationCell>>; 16] = [
    Column {
        name: "symbol",
        cell: D(|document| opt_text(document.meta.symbol.as_ref().map(|fact| fact.value.as_str()))),
    },
    Column { name: "language", cell: D(|document| opt_text(document.meta.language.as_deref())) },
    Column { name: "path", cell: R(|row| Cell::Name(row.path)) },
    Column { name: "eid", cell: R(|row| Cell::Name(&row.eid)) },
    Column { name: "note", cell: R(|row| opt_text(row.note.map(|note| note.mark.as_str()))) },
    Column { name: "cites", cell: R(|row| row.citation.symbol.as_str().into()) },
    Column { name: "basis", cell: R(|row| Cell::Name(names::basis(row.citation.basis))) },
    Column { name: "date", cell: R(|row| opt_cell(row.citation.date.map(|date| date.value))) },
    Column { name: "date_basis", cell: R(|row| opt_text(row.citation.date.map(|date| names::basis(date.basis)))) },
    Column { name: "pinpoints", cell: R(|row| pinpoints(&row.citation.pinpoints).into()) },
    Column { name: "text", cell: R(|row| row.citation.text.text.as_str().into()) },
    Column { name: "list", cell: R(|row| opt_number(row.citation.list)) },
    Column { name: "source_file", cell: D(|document| document.meta.source.as_str().into()) },
    Column { name: "kind", cell: R(|row| row.citation.kind.name().into()) },
    Column { name: "up_to", cell: R(|row| opt_text(row.citation.up_to.as_deref())) },
    Column { name: "refers_back", cell: R(|row| row.citation.refers_back.into()) },
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
    let rows = citation_rows(document, addresses);
    records(CITATION_COLUMNS.iter(), document, options.guard(), rows, |cell, row| cell(row))
}

/// A row for each citation.
pub(crate) fn citation_rows<'a>(document: &'a Document, addresses: &'a Addresses) -> impl Iterator<Item = Row<'a>> {
    let callers = callers(document);
    document.cited().map(move |(place, citation)| Row::of(document, addresses, &callers, place, citation))
}

/// What a row is made of.
pub(crate) struct Row<'a> {
    citation: Cow<'a, Citation>,
    /// That of the block, or of the first block that calls the note.
    path: &'a str,
    eid: Cow<'a, str>,
    note: Option<&'a Note>,
}

impl<'a> Row<'a> {
    fn of(
        document: &'a Document,
        addresses: &'a Addresses,
        callers: &BTreeMap<NoteId, usize>,
        place: CitedIn,
        citation: Cow<'a, Citation>,
    ) -> Self {
        let (block, note) = match place {
            CitedIn::Block(index) => (Some(index), None),
            CitedIn::Note(index) => {
                let note = document.notes.get(index);
                (note.and_then(|note| callers.get(&note.id).copied()), note)
            }
        };
        let address = block.and_then(|block| addresses.blocks().get(block));
        let path = address.map(|address| address.path.as_str()).unwrap_or_default();
        let of_block = || address.map(|address| address.eid.as_str()).unwrap_or_default().into();
        let eid = note.map_or_else(of_block, |note| Addresses::note(note.id).into());
        Self { citation, path, eid, note }
    }
}

/// For each note the first block that calls it.
fn callers(document: &Document) -> BTreeMap<NoteId, usize> {
    let mut callers = BTreeMap::new();
    for (index, block) in document.blocks.iter().enumerate() {
        for inline in block.inlines() {
            if let Inline::Call(call) = inline {
                callers.entry(call.call).or_insert(index);
            }
        }
    }
    callers
}

fn pinpoints(pinpoints: &[Pinpoint]) -> String {
    pinpoints.iter().map(Pinpoint::shown).collect::<Vec<_>>().join("; ")
}
