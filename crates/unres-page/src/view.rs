//! What a page says, in the shape that its template reads.

use isolang::Language;
use serde::Serialize;
use std::collections::BTreeMap;
use unres_export::{Address, Addresses, Direction, Run, heading_ranks, runs};
use unres_model::{Block, BlockKind, Cell, Document, Inline, NoteId, Opening};

/// A page.
#[derive(Serialize)]
pub(crate) struct View<'a> {
    /// As HTML names it; none when the document's is not known.
    language: Option<String>,
    direction: &'static str,
    title: String,
    blocks: Vec<BlockView<'a>>,
    notes: Vec<NoteView<'a>>,
}

#[derive(Serialize)]
struct BlockView<'a> {
    id: &'a str,
    tag: &'static str,
    kind: BlockKind,
    level: u16,
    number: Option<&'a str>,
    runs: Vec<RunView<'a>>,
    rows: Vec<Vec<CellView<'a>>>,
}

#[derive(Serialize)]
struct CellView<'a> {
    tag: &'static str,
    columns: u32,
    rows: u32,
    runs: Vec<RunView<'a>>,
}

#[derive(Serialize)]
struct NoteView<'a> {
    id: String,
    mark: &'a str,
    /// The id of its first call.
    call: Option<String>,
    runs: Vec<RunView<'a>>,
}

#[derive(Serialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
enum RunView<'a> {
    Text { text: &'a str },
    Opening { text: &'a str },
    Date { text: &'a str, date: String },
    Call { id: String, note: String, mark: &'a str },
}

impl<'a> View<'a> {
    /// The page of a document. `addresses` are those of the document.
    pub(crate) fn of(document: &'a Document, addresses: &'a Addresses) -> Self {
        let mut calls = Calls { document, counts: BTreeMap::new() };
        let ranks = heading_ranks(document);
        let blocks = document.blocks.iter().zip(document.levels()).zip(ranks).zip(addresses.blocks());
        let blocks = blocks.map(|(((block, level), rank), address)| calls.block(block, level, rank, address)).collect();
        let notes: Vec<_> = document.notes.iter().map(|note| (note, calls.runs(&note.content, None))).collect();
        let note_view = |(note, runs): (&'a unres_model::Note, _)| NoteView {
            id: Addresses::note(note.id),
            mark: &note.mark,
            call: calls.counts.contains_key(&note.id).then(|| call_id(note.id, 1)),
            runs,
        };
        Self {
            language: document.meta.language.as_deref().and_then(html_language),
            direction: direction(document),
            title: page_title(document),
            blocks,
            notes: notes.into_iter().map(note_view).collect(),
        }
    }
}

/// The shortest code of a language, which is the one that HTML takes.
fn html_language(code: &str) -> Option<String> {
    let language = Language::from_639_3(code)?;
    Some(language.to_639_1().unwrap_or(language.to_639_3()).to_owned())
}

/// Symbol and title, or the name of the input where neither is known.
fn page_title(document: &Document) -> String {
    let symbol = document.meta.symbol.as_ref().map(|symbol| symbol.value.as_str());
    let title = document.title();
    let known: Vec<&str> = symbol.into_iter().chain([title.as_str()]).filter(|part| !part.is_empty()).collect();
    if known.is_empty() { document.meta.source.clone() } else { known.join(" – ") }
}

/// Makes runs, and counts the calls of each note so that each has an id.
struct Calls<'a> {
    document: &'a Document,
    counts: BTreeMap<NoteId, u32>,
}

impl<'a> Calls<'a> {
    fn block(&mut self, block: &'a Block, level: u16, rank: Option<u8>, address: &'a Address) -> BlockView<'a> {
        BlockView {
            id: &address.eid,
            tag: tag(block.kind, rank),
            kind: block.kind,
            level,
            number: block.number.as_ref().map(|number| number.printed.as_str()),
            runs: self.runs(&block.content, block.opening.as_ref()),
            rows: block.rows.iter().map(|row| row.iter().map(|cell| self.cell(cell)).collect()).collect(),
        }
    }

    fn cell(&mut self, cell: &'a Cell) -> CellView<'a> {
        CellView {
            tag: if cell.header { "th" } else { "td" },
            columns: u32::from(cell.more_columns) + 1,
            rows: u32::from(cell.more_rows) + 1,
            runs: self.runs(&cell.content, None),
        }
    }

    fn runs(&mut self, content: &'a [Inline], opening: Option<&'a Opening>) -> Vec<RunView<'a>> {
        runs(content, opening).into_iter().map(|run| self.run(run)).collect()
    }

    fn run(&mut self, run: Run<'a>) -> RunView<'a> {
        match run {
            Run::Text(text) => RunView::Text { text },
            Run::Opening(text) => RunView::Opening { text },
            Run::Fact(fact) => match fact.date {
                Some(date) => RunView::Date { text: &fact.text.text, date: date.to_string() },
                None => RunView::Text { text: &fact.text.text },
            },
            Run::Call(id) => {
                let count = self.counts.entry(id).or_default();
                *count += 1;
                let mark = self.document.note(id).map(|note| note.mark.as_str()).unwrap_or_default();
                RunView::Call { id: call_id(id, *count), note: Addresses::note(id), mark }
            }
        }
    }
}

fn call_id(note: NoteId, count: u32) -> String {
    format!("{}__call_{count}", Addresses::note(note))
}

fn tag(kind: BlockKind, rank: Option<u8>) -> &'static str {
    match rank {
        Some(1) => return "h1",
        Some(2) => return "h2",
        Some(3) => return "h3",
        Some(4) => return "h4",
        Some(5) => return "h5",
        Some(_) => return "h6",
        None => {}
    }
    match kind {
        BlockKind::Quotation => "blockquote",
        BlockKind::Masthead
        | BlockKind::Title
        | BlockKind::Adoption
        | BlockKind::EnactingFormula
        | BlockKind::Preambular
        | BlockKind::Section
        | BlockKind::Heading
        | BlockKind::Operative
        | BlockKind::Item
        | BlockKind::Unnumbered
        | BlockKind::Table
        | BlockKind::Annex
        | BlockKind::VoteList
        | BlockKind::Unplaced => "p",
    }
}

/// The direction of a document as HTML names it.
pub(crate) fn direction(document: &Document) -> &'static str {
    match Direction::of(document) {
        Direction::LeftToRight => "ltr",
        Direction::RightToLeft => "rtl",
    }
}
