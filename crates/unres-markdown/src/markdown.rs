//! A document as Markdown: `CommonMark` with the footnotes and tables of GitHub.

use crate::escape::{guarded, push_escaped};
use crate::labels::{Label, Labels, called};
use std::fmt::Write;
use unres_export::{Run, heading_ranks, runs};
use unres_model::{Block, BlockKind, Cell, Document, Inline, Note, Opening};
use unres_source::{Diagnostic, RuleId, Sink};

const MERGED_CELLS: RuleId = RuleId::new("markdown/merged-cells");

/// Stands where nothing is printed, so that what follows hangs where it should.
const NOTHING: &str = "<!-- -->";

/// The document as Markdown. What the form cannot say is reported.
pub fn markdown(document: &Document, sink: &mut dyn Sink) -> String {
    let labels = Labels::of(document);
    let mut paragraphs = Vec::new();
    // A heading ends the list that it stands in: what is below it is indented anew.
    let mut base = 0;
    for ((block, level), rank) in document.blocks.iter().zip(document.levels()).zip(heading_ranks(document)) {
        if block.rows.iter().flatten().any(|cell| cell.more_columns > 0 || cell.more_rows > 0) {
            sink.push(merged_cells());
        }
        let of_item = u16::from(block.kind == BlockKind::Item);
        base = if rank.is_some() { level } else { level.saturating_sub(of_item).min(base) };
        paragraphs.push(paragraph(block, level - base, rank, &labels));
    }
    let called = called(document);
    let notes = document.notes.iter().map(|note| match labels.get(note.id) {
        Some(label) if called.contains(&note.id) => definition(note, label, &labels),
        _ => guarded(&marked(note, &labels)),
    });
    paragraphs.extend(notes);
    paragraphs.retain(|paragraph| !paragraph.is_empty());
    paragraphs.iter().fold(String::new(), |text, paragraph| {
        let between = if text.is_empty() { "" } else { "\n" };
        text + between + paragraph + "\n"
    })
}

fn paragraph(block: &Block, level: u16, rank: Option<u8>, labels: &Labels<'_>) -> String {
    let text = line(block, labels);
    if let Some(rank) = rank {
        return if text.is_empty() { text } else { format!("{} {text}", "#".repeat(rank.into())) };
    }
    let indent = "  ".repeat(level.into());
    match block.kind {
        BlockKind::Item => {
            let outer = "  ".repeat(level.saturating_sub(1).into());
            format!("{outer}- {}", if text.is_empty() { NOTHING.to_owned() } else { guarded(&text) })
        }
        _ if text.is_empty() && block.rows.is_empty() => String::new(),
        BlockKind::Quotation => format!("{indent}> {}", guarded(&text)),
        BlockKind::Table => table(block, &text, &indent, labels),
        BlockKind::Masthead
        | BlockKind::Title
        | BlockKind::Adoption
        | BlockKind::EnactingFormula
        | BlockKind::Preambular
        | BlockKind::Section
        | BlockKind::Heading
        | BlockKind::Operative
        | BlockKind::Unnumbered
        | BlockKind::Annex
        | BlockKind::VoteList
        | BlockKind::Unplaced => format!("{indent}{}", guarded(&text)),
    }
}

/// The number and the text of a block, escaped but at the start.
fn line(block: &Block, labels: &Labels<'_>) -> String {
    let mut line = String::new();
    if let Some(number) = &block.number {
        push_escaped(&mut line, &number.printed);
        line.push(' ');
    }
    line.push_str(inlines(&block.content, block.opening.as_ref(), labels).trim());
    line.trim().to_owned()
}

fn inlines(content: &[Inline], opening: Option<&Opening>, labels: &Labels<'_>) -> String {
    let mut out = String::new();
    for run in runs(content, opening) {
        match run {
            Run::Text(text) => push_escaped(&mut out, text),
            Run::Fact(fact) => push_escaped(&mut out, &fact.text.text),
            Run::Opening(phrase) if can_be_emphasised(phrase) => {
                out.push('*');
                push_escaped(&mut out, phrase);
                out.push('*');
            }
            Run::Opening(phrase) => push_escaped(&mut out, phrase),
            Run::Call(note) => {
                let label = labels.get(note).map(Label::as_str).unwrap_or_default();
                let _ = write!(out, "[^{label}]");
            }
        }
    }
    out
}

/// Between letters or digits, the marks of emphasis are taken as such whatever stands outside.
fn can_be_emphasised(phrase: &str) -> bool {
    phrase.starts_with(char::is_alphanumeric) && phrase.ends_with(char::is_alphanumeric)
}

/// A table; its first row is the head, since there is none without. The text before its rows is a paragraph.
fn table(block: &Block, text: &str, indent: &str, labels: &Labels<'_>) -> String {
    let width = block.rows.iter().map(Vec::len).max().unwrap_or(0);
    let mut lines = Vec::new();
    if !text.is_empty() {
        lines.push(format!("{indent}{}", guarded(text)));
    }
    for (index, row) in block.rows.iter().enumerate().filter(|_| width > 0) {
        match index {
            0 if !text.is_empty() => lines.push(String::new()),
            1 => lines.push(ruler(indent, width)),
            _ => {}
        }
        lines.push(table_row(row, width, indent, labels));
    }
    if block.rows.len() == 1 && width > 0 {
        lines.push(ruler(indent, width));
    }
    lines.join("\n")
}

fn table_row(row: &[Cell], width: usize, indent: &str, labels: &Labels<'_>) -> String {
    let cells = row.iter().map(|cell| inlines(&cell.content, None, labels).trim().to_owned());
    let cells: Vec<String> = cells.chain(std::iter::repeat(String::new())).take(width).collect();
    format!("{indent}| {} |", cells.join(" | "))
}

fn ruler(indent: &str, width: usize) -> String {
    format!("{indent}|{}", " --- |".repeat(width))
}

fn definition(note: &Note, label: &Label<'_>, labels: &Labels<'_>) -> String {
    let text = match label {
        Label::Mark(_) => inlines(&note.content, None, labels).trim().to_owned(),
        Label::Eid(_) => marked(note, labels),
    };
    let text = if text.is_empty() { NOTHING.to_owned() } else { guarded(&text) };
    format!("[^{}]: {text}", label.as_str())
}

/// The mark of a note, then its text.
fn marked(note: &Note, labels: &Labels<'_>) -> String {
    let mut text = String::new();
    push_escaped(&mut text, &note.mark);
    text.push(' ');
    text.push_str(inlines(&note.content, None, labels).trim());
    text.trim().to_owned()
}

fn merged_cells() -> Diagnostic {
    let message =
        "a table has cells over several columns or rows, which Markdown cannot say; each stands in its first place";
    Diagnostic::warning(MERGED_CELLS, None, message).hint("the JSON and Akoma Ntoso forms keep them")
}
