//! The table of documents: one row a document.

use crate::names;
use crate::options::CsvOptions;
use crate::table::{Cell, Column, opt_cell, opt_text, record};
use csv::StringRecord;
use unres_model::{Block, BlockKind, Document, Inline, Step, Subject};

type DocumentCell = for<'d> fn(&'d Document) -> Cell<'d>;

/// All columns. New ones are added at the end only.
static DOCUMENT_COLUMNS: [Column<DocumentCell>; 32] = [
    Column { name: "symbol", cell: |document| opt_text(document.meta.symbol.as_ref().map(|fact| fact.value.as_str())) },
    Column { name: "language", cell: |document| opt_text(document.meta.language.as_deref()) },
    Column { name: "kind", cell: |document| opt_text(document.meta.kind.map(names::document_kind)) },
    Column { name: "organ", cell: |document| opt_text(document.meta.organ.as_ref().map(|fact| fact.value.as_str())) },
    Column { name: "number", cell: |document| opt_text(document.meta.number.as_ref().map(|fact| fact.value.as_str())) },
    Column {
        name: "session",
        cell: |document| opt_text(document.meta.session.as_ref().map(|fact| fact.value.as_str())),
    },
    Column {
        name: "session_basis",
        cell: |document| opt_text(document.meta.session.as_ref().map(|fact| names::basis(fact.basis))),
    },
    Column { name: "title", cell: |document| document.title().into() },
    Column { name: "adoption_date", cell: |document| opt_cell(document.meta.adopted.map(|fact| fact.value)) },
    Column { name: "meeting", cell: |document| opt_cell(document.meta.meeting.map(|fact| fact.value)) },
    Column { name: "blocks", cell: |document| document.blocks.len().into() },
    Column { name: "preambular", cell: |document| count(document, BlockKind::Preambular) },
    Column { name: "operative", cell: |document| count(document, BlockKind::Operative) },
    Column { name: "items", cell: |document| count(document, BlockKind::Item) },
    Column { name: "notes", cell: |document| document.notes.len().into() },
    Column { name: "calls", cell: |document| calls(document).into() },
    Column { name: "unplaced", cell: |document| count(document, BlockKind::Unplaced) },
    Column { name: "source_file", cell: |document| document.meta.source.as_str().into() },
    Column {
        name: "vote",
        cell: |document| joined(document.meta.votes.iter().filter_map(|vote| vote.outcome.as_deref())),
    },
    Column { name: "in_favour", cell: |document| votes(document, "inFavour") },
    Column { name: "against", cell: |document| votes(document, "against") },
    Column { name: "abstaining", cell: |document| votes(document, "abstaining") },
    Column { name: "sponsors", cell: |document| joined(document.meta.sponsors.iter().map(String::as_str)) },
    Column { name: "subjects", cell: |document| joined(document.meta.subjects.iter().map(subject)) },
    Column { name: "steps", cell: |document| joined(document.meta.steps.iter().map(step)) },
    Column { name: "issue_date", cell: |document| opt_cell(document.meta.cover.issued) },
    Column { name: "distribution", cell: |document| document.meta.cover.distribution.as_str().into() },
    Column { name: "agenda_item", cell: |document| document.meta.cover.agenda_item.as_str().into() },
    Column { name: "agenda_title", cell: |document| document.meta.cover.agenda_title.as_str().into() },
    Column { name: "proponent", cell: |document| document.meta.cover.proponent.as_str().into() },
    Column { name: "originating_document", cell: |document| document.meta.cover.originating_document.as_str().into() },
    Column { name: "job_number", cell: |document| document.meta.cover.job_number.as_str().into() },
];

/// The names of the columns.
pub fn document_header() -> StringRecord {
    document_columns().collect()
}

pub(crate) fn document_columns() -> impl Iterator<Item = &'static str> {
    DOCUMENT_COLUMNS.iter().map(|column| column.name)
}

/// The row of one document.
pub fn document_record(document: &Document, options: &CsvOptions) -> StringRecord {
    record(document_cells(document), options.guard())
}

pub(crate) fn document_cells(document: &Document) -> impl Iterator<Item = Cell<'_>> {
    DOCUMENT_COLUMNS.iter().map(move |column| (column.cell)(document))
}

/// Several values in one cell, a semicolon between them.
fn joined<T: AsRef<str>>(values: impl Iterator<Item = T>) -> Cell<'static> {
    let mut cell = String::new();
    for value in values {
        if !cell.is_empty() {
            cell.push_str("; ");
        }
        cell.push_str(value.as_ref());
    }
    cell.into()
}

/// The votes for a choice, over all votes taken.
fn votes(document: &Document, choice: &str) -> Cell<'static> {
    let counts = document.meta.votes.iter().flat_map(|vote| &vote.counts).filter(|count| count.choice == choice);
    let numbers: Vec<String> = counts.filter_map(|count| count.count).map(|count| count.to_string()).collect();
    numbers.join("; ").into()
}

fn subject(subject: &Subject) -> &str {
    if subject.show_as.is_empty() { &subject.value } else { &subject.show_as }
}

/// What a step led to, and the document that records it.
fn step(step: &Step) -> String {
    let parts = [step.outcome.as_deref(), step.document.as_deref()];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
}

fn count(document: &Document, kind: BlockKind) -> Cell<'static> {
    document.blocks.iter().filter(|block| block.kind == kind).count().into()
}

/// Calls in blocks and in notes.
fn calls(document: &Document) -> usize {
    let blocks = document.blocks.iter().flat_map(Block::inlines);
    let notes = document.notes.iter().flat_map(|note| &note.content);
    blocks.chain(notes).filter(|inline| matches!(inline, Inline::Call(_))).count()
}
