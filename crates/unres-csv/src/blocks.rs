//! The table of blocks: one row a block, in the order of the page, then one row for each note that no block calls.

use crate::line::{Call, Line};
use crate::names;
use crate::options::CsvOptions;
use crate::table::CellOf::{self, Document as D, Row as R};
use crate::table::{Cell, Column, opt_cell, opt_number, opt_text, records};
use csv::StringRecord;
use serde::Serialize;
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use unres_export::{Address, Addresses};
use unres_model::{Block, BlockKind, Citation, Document, Inline, Note, NoteId, Opening, Place};

/// How a cell of a row is made.
pub(crate) type BlockCell = for<'r> fn(&'r Row<'r>) -> Cell<'r>;

/// All columns. New ones are added at the end only: users name columns by position too.
pub(crate) static BLOCK_COLUMNS: [Column<CellOf<BlockCell>>; 27] = [
    Column {
        name: "symbol",
        cell: D(|document| opt_text(document.meta.symbol.as_ref().map(|fact| fact.value.as_str()))),
    },
    Column { name: "language", cell: D(|document| opt_text(document.meta.language.as_deref())) },
    Column { name: "part", cell: R(|row| Cell::Name(&row.part)) },
    Column { name: "sequence", cell: R(|row| row.sequence.into()) },
    Column { name: "path", cell: R(|row| Cell::Name(row.path)) },
    Column { name: "eid", cell: R(|row| Cell::Name(&row.eid)) },
    Column { name: "kind", cell: R(|row| Cell::Name(row.kind)) },
    Column { name: "level", cell: R(|row| opt_number(row.level)) },
    Column { name: "number", cell: R(|row| row.number.into()) },
    Column { name: "ordinal", cell: R(|row| opt_number(row.ordinal)) },
    Column { name: "opening_phrase", cell: R(|row| opt_text(row.opening.map(|opening| opening.phrase.as_str()))) },
    Column { name: "opening_key", cell: R(|row| opt_text(row.opening.and_then(|opening| opening.key.as_deref()))) },
    Column { name: "text", cell: R(|row| Cell::Line(&row.text)) },
    Column { name: "notes", cell: R(|row| row.notes.as_str().into()) },
    Column { name: "citations", cell: R(|row| row.citations.as_str().into()) },
    Column {
        name: "organ",
        cell: D(|document| opt_text(document.meta.organ.as_ref().map(|fact| fact.value.as_str()))),
    },
    Column {
        name: "session",
        cell: D(|document| opt_text(document.meta.session.as_ref().map(|fact| fact.value.as_str()))),
    },
    Column { name: "title", cell: D(|document| document.title().into()) },
    Column { name: "adoption_date", cell: D(|document| opt_cell(document.meta.adopted.map(|fact| fact.value))) },
    Column { name: "meeting", cell: D(|document| opt_cell(document.meta.meeting.map(|fact| fact.value))) },
    Column { name: "source_file", cell: D(|document| document.meta.source.as_str().into()) },
    Column { name: "first_page", cell: R(|row| opt_number(row.place.and_then(|place| place.first.page))) },
    Column { name: "first_line", cell: R(|row| opt_number(row.place.map(|place| place.first.line))) },
    Column { name: "last_page", cell: R(|row| opt_number(row.place.and_then(|place| place.last.page))) },
    Column { name: "last_line", cell: R(|row| opt_number(row.place.map(|place| place.last.line))) },
    Column { name: "rule", cell: R(|row| row.rule.into()) },
    Column { name: "unplaced", cell: R(|row| row.unplaced.into()) },
];

/// The names of the columns that the options keep, in their order.
pub fn block_header(options: &CsvOptions) -> StringRecord {
    options.columns().map(|column| column.name).collect()
}

/// The rows of one document: its blocks in order, then the notes that no block calls. `addresses` are those of the
/// document.
pub fn block_records(document: &Document, addresses: &Addresses, options: &CsvOptions) -> Vec<StringRecord> {
    let table = Table::of(document);
    records(options.columns(), document, options.guard(), table.rows(addresses), |cell, row| cell(row))
}

/// For each of these rows the citations that its cell `citations` names.
pub fn block_citations(document: &Document) -> impl Iterator<Item = Vec<&Citation>> {
    let in_blocks = document.blocks.iter().map(|block| citations(block.inlines()).collect());
    in_blocks.chain(uncalled_notes(document).map(|note| citations(note.content.iter()).collect()))
}

/// The notes that no block calls, in their order.
fn uncalled_notes(document: &Document) -> impl Iterator<Item = &Note> {
    // Most documents have none.
    let blocks = if document.notes.is_empty() { &[] } else { document.blocks.as_slice() };
    let calls = blocks.iter().flat_map(Block::inlines).filter_map(|inline| match inline {
        Inline::Call(call) => Some(call.call),
        _ => None,
    });
    let called: BTreeSet<NoteId> = calls.collect();
    document.notes.iter().filter(move |note| !called.contains(&note.id))
}

/// What a row is made of.
pub(crate) struct Row<'a> {
    sequence: usize,
    /// Empty for notes: they have no address.
    part: Cow<'static, str>,
    path: &'a str,
    eid: Cow<'a, str>,
    kind: &'static str,
    level: Option<u16>,
    number: &'a str,
    ordinal: Option<u32>,
    opening: Option<&'a Opening>,
    text: Cow<'a, str>,
    notes: String,
    citations: String,
    place: Option<Place>,
    rule: &'a str,
    unplaced: bool,
}

/// The documents that a text cites, in its order.
fn citations<'a>(content: impl Iterator<Item = &'a Inline>) -> impl Iterator<Item = &'a Citation> {
    content.filter_map(|inline| match inline {
        Inline::Citation(citation) if citation.is_link() => Some(citation.as_ref()),
        _ => None,
    })
}

/// The symbols of the documents that a text cites, each as often as it does.
fn cited<'a>(content: impl Iterator<Item = &'a Inline>) -> String {
    citations(content).map(|citation| citation.symbol.as_str()).collect::<Vec<_>>().join("; ")
}

/// What the rows of a document are made from.
pub(crate) struct Table<'a> {
    document: &'a Document,
    notes: BTreeMap<NoteId, &'a Note>,
    /// Those that no block calls, in their order.
    pub(crate) uncalled: Vec<&'a Note>,
}

impl<'a> Table<'a> {
    pub(crate) fn of(document: &'a Document) -> Self {
        let notes = document.notes.iter().map(|note| (note.id, note)).collect();
        Self { document, notes, uncalled: uncalled_notes(document).collect() }
    }

    /// A row for each block, then one for each note that no block calls.
    pub(crate) fn rows(&'a self, addresses: &'a Addresses) -> impl Iterator<Item = Row<'a>> {
        let blocks = &self.document.blocks;
        debug_assert_eq!(blocks.len(), addresses.blocks().len(), "addresses of another document");
        let addresses = addresses.blocks().iter().map(Some).chain(std::iter::repeat(None));
        let of_block = |((block, level), address)| self.block_row(block, level, address);
        let block_rows = blocks.iter().zip(self.document.levels()).zip(addresses).map(of_block);
        let note_rows = self.uncalled.iter().map(|note| self.note_row(note));
        block_rows.chain(note_rows).zip(1..).map(|(row, sequence)| Row { sequence, ..row })
    }

    fn block_row(&self, block: &'a Block, level: u16, address: Option<&'a Address>) -> Row<'a> {
        let line = Line::of_block(block);
        Row {
            sequence: 0,
            part: address.map(|address| names::part(address.zone)).unwrap_or_default(),
            path: address.map(|address| address.path.as_str()).unwrap_or_default(),
            eid: address.map(|address| address.eid.as_str()).unwrap_or_default().into(),
            kind: names::block_kind(block.kind),
            level: Some(level),
            number: block.number.as_ref().map(|number| number.printed.as_str()).unwrap_or_default(),
            ordinal: block.number.as_ref().map(|number| number.ordinal),
            opening: block.opening.as_ref(),
            notes: self.notes_cell(&line.calls),
            citations: cited(block.inlines()),
            text: line.text,
            place: block.place,
            rule: block.rule.as_str(),
            unplaced: block.kind == BlockKind::Unplaced,
        }
    }

    fn note_row(&self, note: &'a Note) -> Row<'a> {
        let line = Line::of_content(&note.content);
        Row {
            sequence: 0,
            part: Cow::Borrowed(""),
            path: "",
            eid: Addresses::note(note.id).into(),
            kind: names::NOTE,
            level: None,
            number: &note.mark,
            ordinal: None,
            opening: None,
            notes: self.notes_cell(&line.calls),
            citations: cited(note.content.iter()),
            text: line.text,
            place: note.place,
            rule: note.rule.as_str(),
            unplaced: false,
        }
    }

    /// The called notes as a JSON array; empty when none is called.
    fn notes_cell(&self, calls: &[Call]) -> String {
        if calls.is_empty() {
            return String::new();
        }
        let entry = |call: &Call| {
            let note = self.notes.get(&call.note);
            CalledNote {
                mark: note.map(|note| note.mark.as_str()).unwrap_or_default(),
                offset: call.offset,
                text: note.map(|note| Line::of_content(&note.content).text).unwrap_or_default(),
            }
        };
        let called: Vec<CalledNote<'_>> = calls.iter().map(entry).collect();
        serde_json::to_string(&called).expect("texts and a number are JSON")
    }
}

/// An entry of the cell `notes`.
#[derive(Serialize)]
struct CalledNote<'a> {
    mark: &'a str,
    offset: usize,
    text: Cow<'a, str>,
}
