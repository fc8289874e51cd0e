//! Several documents in one text: where each begins, what stands between them, and which notes are whose.
//!
//! A text is cut only where all speaks for it, since a resolution that is cut in two is worse than two that stand in one document: a line names
//! another document, an enacting formula follows with nothing but lines of a head between, and what stands above has had its own name, its
//! formula and a sentence behind it. So an annex, a list of contents or a quotation of another title cuts nothing.

use crate::chunk::Chunk;
use crate::flow::{Flow, FlowCx};
use crate::marks::{self, Ending};
use crate::notes::PrintedNote;
use crate::tree::number_at_head;
use std::collections::BTreeSet;
use std::ops::Range;
use unres_lang::{LangPack, SlotKind};
use unres_source::{Diagnostic, RuleId, Sink};
use unres_symbol::DocumentNumber;

pub(crate) const BETWEEN: RuleId = RuleId::new("document/between");

/// How far the enacting formula stands below the line that names the document, and how far its head reaches above that line, in paragraphs.
const HEAD: usize = 12;

/// One document of a text: its chunks and its notes.
pub(crate) struct Part {
    pub(crate) chunks: Range<usize>,
    pub(crate) notes: Vec<PrintedNote>,
}

/// Finds the documents of a text and leaves out what stands between them.
pub(crate) fn parts(
    cx: &FlowCx<'_>,
    chunks: &[Chunk],
    flows: &mut [Flow],
    notes: Vec<PrintedNote>,
    sink: &mut dyn Sink,
) -> Vec<Part> {
    let mut begins = vec![0];
    for title in titles(cx.pack, flows) {
        if let Some(top) = masthead_of(cx, chunks, flows, title) {
            begins.push(top);
            continue;
        }
        let begin = behind_closing(cx.pack, flows, title);
        if let Some(first) = chunks.get(begin).and_then(|chunk| chunk.pieces.first()).filter(|_| begin < title) {
            let hint = "unres inspect shows where each document begins";
            sink.push(Diagnostic::warning(BETWEEN, first.span, "text between two documents is unplaced").hint(hint));
        }
        for flow in flows.get_mut(begin..title).unwrap_or_default() {
            flow.left_out.get_or_insert(BETWEEN);
        }
        begins.push(begin);
    }
    let ends = begins.iter().skip(1).copied().chain([flows.len()]);
    let ranges: Vec<Range<usize>> = begins.iter().zip(ends).map(|(begin, end)| *begin..end).collect();
    let mut parts: Vec<Part> = ranges.into_iter().map(|chunks| Part { chunks, notes: Vec::new() }).collect();
    hand_out_notes(chunks, flows, notes, &mut parts);
    parts
}

/// The chunks that name a document, but for the first.
fn titles(pack: &LangPack, flows: &[Flow]) -> Vec<usize> {
    let mut titles = Vec::new();
    let mut number: Option<DocumentNumber> = None;
    let (mut has_formula, mut has_sentence) = (false, false);
    for (index, flow) in flows.iter().enumerate().filter(|(_, flow)| flow.left_out.is_none()) {
        if let Some(named) = number_of(pack, &flow.text) {
            let another = number.as_ref().is_some_and(|number| *number != named);
            if another && has_formula && has_sentence && formula_follows(pack, flows.get(index + 1..)) {
                titles.push(index);
                (has_formula, has_sentence) = (false, false);
            }
            if !has_formula {
                number = Some(named);
            }
        }
        // The name of an organ in a masthead may look like its formula.
        has_formula |= number.is_some() && pack.formula(&flow.text).is_some();
        has_sentence |= has_formula && marks::ending(&flow.text, pack) == Ending::Operative;
    }
    titles
}

/// The number of the document that a line names.
fn number_of(pack: &LangPack, text: &str) -> Option<DocumentNumber> {
    if let Some(found) = pack.number_line(text) {
        let slot = found.slots.iter().find(|slot| slot.kind == SlotKind::Number)?;
        return DocumentNumber::parse(text.get(slot.range.clone())?);
    }
    number_at_head(pack, text).map(|(number, _)| number)
}

/// Whether an enacting formula stands next, but for lines of the head: no paragraph, and no other line that names a document.
fn formula_follows(pack: &LangPack, flows: Option<&[Flow]>) -> bool {
    for flow in flows.unwrap_or_default().iter().filter(|flow| flow.left_out.is_none()).take(HEAD) {
        let text = flow.text.as_str();
        if pack.formula(text).is_some() {
            return true;
        }
        let alone = |len: usize| text.get(len..).is_some_and(|rest| rest.trim().is_empty());
        let numbered = pack.label(text).is_some_and(|label| !alone(label.len));
        let sentence = marks::ending(text, pack) != Ending::Open && pack.adoption_line(text).is_none();
        if numbered || sentence || number_of(pack, text).is_some() {
            return false;
        }
    }
    false
}

/// The top of the page on which a document is named, when nothing but lines of a masthead stands between.
fn masthead_of(cx: &FlowCx<'_>, chunks: &[Chunk], flows: &[Flow], title: usize) -> Option<usize> {
    let lines = lines_above(cx.pack, flows, title);
    let top = (lines..=title).rev().find(|index| tops_page(cx, chunks, *index))?;
    let closes = |flow: &Flow| cx.pack.meeting_line(&flow.text).is_some();
    let above = flows.get(top..title).unwrap_or_default();
    (!above.iter().any(closes)).then_some(top)
}

/// Where the text between two documents begins: behind the closing lines of the first, else where lines without number and final mark begin.
fn behind_closing(pack: &LangPack, flows: &[Flow], title: usize) -> usize {
    let text = |index: usize| flows.get(index).map_or("", |flow| flow.text.as_str());
    let closes = |index: usize| pack.meeting_line(text(index)).is_some() || pack.date_line(text(index)).is_some();
    let mut above = (title.saturating_sub(HEAD)..title).rev().take_while(|index| !pack.annex_word(text(*index)));
    let closing = above.find(|index| closes(*index));
    closing.map_or_else(|| lines_above(pack, flows, title), |closing| closing + 1)
}

/// Where the lines without number and final mark begin that stand directly above a title.
fn lines_above(pack: &LangPack, flows: &[Flow], title: usize) -> usize {
    let above = flows.get(title.saturating_sub(HEAD)..title).unwrap_or_default();
    let is_line = |flow: &&Flow| marks::ending(&flow.text, pack) == Ending::Open && pack.label(&flow.text).is_none();
    title - above.iter().rev().take_while(is_line).count()
}

fn tops_page(cx: &FlowCx<'_>, chunks: &[Chunk], index: usize) -> bool {
    let line = chunks.get(index).and_then(|chunk| cx.source.lines().get(chunk.first_line()));
    line.is_some_and(|line| line.layout.page_break)
}

/// Gives each note to its document. At the foot of a page on which a document begins stand the notes of the one before first.
fn hand_out_notes(chunks: &[Chunk], flows: &[Flow], notes: Vec<PrintedNote>, parts: &mut [Part]) {
    let first_lines: Vec<usize> =
        parts.iter().map(|part| chunks.get(part.chunks.start).map_or(0, Chunk::first_line)).collect();
    let mut called: Vec<BTreeSet<&str>> = parts
        .iter()
        .map(|part| {
            let flows = flows.get(part.chunks.clone()).unwrap_or_default();
            flows.iter().flat_map(Flow::calls).map(|call| call.mark.as_str()).collect()
        })
        .collect();
    for note in notes {
        let own = first_lines.partition_point(|first| *first <= note.line).max(1) - 1;
        let of_earlier = own.checked_sub(1).filter(|earlier| called[*earlier].remove(note.mark.as_str()));
        if of_earlier.is_none() {
            called[own].remove(note.mark.as_str());
        }
        parts[of_earlier.unwrap_or(own)].notes.push(note);
    }
}
