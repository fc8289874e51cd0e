//! A document as text, a paragraph a line.

use unres_model::{Block, BlockKind, Document, Inline};

/// Stands before what hangs a level deeper.
const INDENT: &str = "    ";

/// The document as text: an empty line between paragraphs, items indented, calls of notes as `[mark]`, and the notes at the end behind a line.
pub fn plain(document: &Document) -> String {
    let blocks = document.blocks.iter().zip(document.levels());
    let mut paragraphs: Vec<String> = blocks.map(|(block, level)| paragraph(document, block, level)).collect();
    paragraphs.retain(|paragraph| !paragraph.trim().is_empty());
    if !document.notes.is_empty() {
        paragraphs.push("_".repeat(15));
    }
    let notes = document.notes.iter();
    paragraphs.extend(notes.map(|note| format!("[{}] {}", note.mark, one_line(document, &note.content))));
    paragraphs.iter().fold(String::new(), |text, paragraph| {
        let between = if text.is_empty() { "" } else { "\n" };
        text + between + paragraph.trim_end() + "\n"
    })
}

fn paragraph(document: &Document, block: &Block, level: u16) -> String {
    let further = u16::from(block.kind == BlockKind::Quotation);
    let indent = INDENT.repeat((level + further).into());
    let number = block.number.iter().map(|number| number.printed.as_str());
    let text = one_line(document, &block.content);
    let first: Vec<&str> = number.chain([text.as_str()]).filter(|piece| !piece.is_empty()).collect();
    let rows = block.rows.iter().map(|row| {
        let cells: Vec<String> = row.iter().map(|cell| one_line(document, &cell.content)).collect();
        cells.join(" | ")
    });
    let lines = [first.join(" ")].into_iter().filter(|line| !line.is_empty()).chain(rows);
    lines.map(|line| format!("{indent}{line}")).collect::<Vec<_>>().join("\n")
}

/// A content without line breaks.
fn one_line(document: &Document, content: &[Inline]) -> String {
    let mut out = String::new();
    for inline in content {
        match inline {
            Inline::Text(text) => out.push_str(&text.text),
            Inline::Fact(fact) => out.push_str(&fact.text.text),
            Inline::Call(call) => {
                out.push('[');
                out.push_str(document.note(call.call).map(|note| note.mark.as_str()).unwrap_or_default());
                out.push(']');
            }
        }
    }
    out.trim().replace(['\n', '\r'], " ")
}
