//! Notes at the foot of pages, and which call means which note.

use crate::chunk::{Chunk, Piece, PieceKind};
use crate::evidence;
use crate::flow::{Flow, FlowCx};
use crate::lines::{self, LineKind, ReadLines};
use crate::marks;
use crate::pages;
use unres_model::{Note, NoteId};
use unres_source::{Diagnostic, Line, NoteKey, RuleId, Sink, Span};

const NOTE_AT_FOOT: RuleId = RuleId::new("note/text-line");
pub(crate) const CALL_WITHOUT_NOTE: RuleId = RuleId::new("note/call-without-note");
pub(crate) const NOTE_WITHOUT_CALL: RuleId = RuleId::new("note/note-without-call");

/// A note as printed.
#[derive(Clone, Debug)]
pub(crate) struct PrintedNote {
    pub(crate) mark: String,
    mark_span: Span,
    /// Index of the line of its mark.
    pub(crate) line: usize,
    /// What the file calls it.
    pub(crate) key: Option<NoteKey>,
    flow: Flow,
}

/// The notes in the order of the page.
pub(crate) fn gather(cx: &FlowCx<'_>, read: &ReadLines) -> Vec<PrintedNote> {
    let mut drafts: Vec<Draft> = Vec::new();
    let mut foot = Foot::default();
    let mut known: Vec<KnownNote> = Vec::new();
    for (index, (line, found)) in cx.source.lines().iter().zip(&read.lines).enumerate() {
        match found.kind {
            LineKind::NoteMark => {
                let text = cx.source.slice(line.span);
                let range = marks::whole_line(text, cx.pack).map_or(0..text.len(), |mark| mark.range);
                let mark = text.get(range).unwrap_or(text).to_owned();
                foot.marks.push(PrintedMark { mark, span: line.span, line: index, texts_before: foot.texts.len() });
            }
            LineKind::NoteText => foot.texts.push(Piece { kind: PieceKind::Text, line: index, span: line.span }),
            LineKind::Note => KnownNote::add(cx, &mut known, index, line),
            LineKind::Text | LineKind::PageTop if foot.is_empty() => {}
            LineKind::Text if foot.texts.is_empty() && lines::is_closing(cx.pack, cx.source.slice(line.span)) => {}
            LineKind::Text | LineKind::PageTop => std::mem::take(&mut foot).add_to(cx, &mut drafts),
            _ => {}
        }
    }
    foot.add_to(cx, &mut drafts);
    let mut notes: Vec<PrintedNote> = drafts.into_iter().map(|draft| draft.printed(cx)).collect();
    notes.extend(known.into_iter().map(|note| note.printed(cx)));
    notes.sort_by_key(|note| note.line);
    notes
}

/// A note that the file knows.
struct KnownNote {
    mark: String,
    span: Span,
    line: usize,
    key: Option<NoteKey>,
    pieces: Vec<Piece>,
}

impl KnownNote {
    /// Adds a line of notes: one with a mark begins a note, another goes on the last one.
    fn add(cx: &FlowCx<'_>, notes: &mut Vec<Self>, index: usize, line: &Line) {
        let piece = |span: Span| Piece { kind: PieceKind::Text, line: index, span };
        match evidence::note_mark(cx.source, line, cx.pack) {
            Some(found) => {
                let mark = evidence::bare(cx.source.slice(found.span), cx.pack).to_owned();
                let pieces = vec![piece(found.before), piece(found.after)];
                notes.push(Self { mark, span: found.span, line: index, key: found.key, pieces });
            }
            None => {
                if let Some(note) = notes.last_mut() {
                    note.pieces.push(piece(line.span));
                }
            }
        }
    }

    fn printed(self, cx: &FlowCx<'_>) -> PrintedNote {
        let flow = Flow::build(cx, &Chunk::of(self.pieces));
        PrintedNote { mark: self.mark, mark_span: self.span, line: self.line, key: self.key, flow }
    }
}

/// The foot of a page.
#[derive(Default)]
struct Foot {
    marks: Vec<PrintedMark>,
    texts: Vec<Piece>,
}

struct PrintedMark {
    mark: String,
    span: Span,
    line: usize,
    /// How many lines of text stand above it in the foot.
    texts_before: usize,
}

/// A mark with its text, which may go on at the foot of the next page.
struct Draft {
    mark: PrintedMark,
    pieces: Vec<Piece>,
}

impl Draft {
    fn printed(self, cx: &FlowCx<'_>) -> PrintedNote {
        let flow = Flow::build(cx, &Chunk::of(self.pieces));
        PrintedNote { mark: self.mark.mark, mark_span: self.mark.span, line: self.mark.line, key: None, flow }
    }
}

impl Foot {
    fn is_empty(&self) -> bool {
        self.marks.is_empty() && self.texts.is_empty()
    }

    /// Adds the notes: what goes on the last note of the page before, and the text of each mark.
    fn add_to(mut self, cx: &FlowCx<'_>, drafts: &mut Vec<Draft>) {
        let goes_on =
            |last: &&mut Draft| self.marks.is_empty() || last.pieces.last().is_some_and(|end| !is_end(cx, end));
        if let Some(last) = drafts.last_mut().filter(goes_on) {
            let own = self.texts.split_off(self.texts_of_page_before(cx));
            let carried = std::mem::replace(&mut self.texts, own);
            self.marks.iter_mut().for_each(|mark| mark.texts_before = mark.texts_before.saturating_sub(carried.len()));
            last.pieces.extend(carried);
        }
        drafts.extend(self.notes(cx));
    }

    /// How many texts stand before those of the first mark: what is above it or, where an extractor put all marks first, the sentence that is one more
    /// than there are marks.
    fn texts_of_page_before(&self, cx: &FlowCx<'_>) -> usize {
        let Some(first) = self.marks.first() else { return self.texts.len() };
        let mut ends = self.texts.iter().enumerate().filter(|(_, piece)| is_end(cx, piece));
        let one_more = || ends.clone().count() > self.marks.len() && !self.is_in_order();
        match first.texts_before {
            0 if one_more() => ends.next().map_or(0, |(index, _)| index + 1),
            before => before,
        }
    }

    /// Gives each mark its text.
    fn notes(self, cx: &FlowCx<'_>) -> Vec<Draft> {
        let cuts = if self.is_in_order() { self.cuts_at_marks() } else { self.cuts_at_full_stops(cx) };
        let ends = cuts.iter().skip(1).copied().chain([self.texts.len()]);
        let pieces = cuts.iter().zip(ends).map(|(from, to)| self.texts.get(*from..to).unwrap_or_default().to_vec());
        let texts: Vec<Vec<Piece>> = pieces.collect();
        self.marks.into_iter().zip(texts).map(|(mark, pieces)| Draft { mark, pieces }).collect()
    }

    /// Whether each mark has text of its own behind it.
    fn is_in_order(&self) -> bool {
        let before = self.marks.iter().map(|mark| mark.texts_before);
        let after = self.marks.iter().skip(1).map(|mark| mark.texts_before).chain([self.texts.len()]);
        before.zip(after).all(|(before, after)| before < after)
    }

    /// Where the text of each mark begins. What stands above the first mark belongs to it.
    fn cuts_at_marks(&self) -> Vec<usize> {
        let cuts = self.marks.iter().map(|mark| mark.texts_before);
        std::iter::once(0).chain(cuts.skip(1)).take(self.marks.len()).collect()
    }

    /// Some extractors put all marks of a page above all texts. A note ends in a full stop; the last note takes what is left. Where there are more of
    /// them than notes, a short small word that fills its line is an abbreviation: "chap.", "vol.".
    fn cuts_at_full_stops(&self, cx: &FlowCx<'_>) -> Vec<usize> {
        const LONGEST_ABBREVIATION: usize = 5;
        let text = |piece: &Piece| cx.source.slice(piece.span);
        let widest = self.texts.iter().map(|piece| pages::width(text(piece))).max().unwrap_or_default();
        let is_abbreviation = |piece: &Piece| {
            let word = text(piece).split_whitespace().next_back().unwrap_or_default();
            let word = word.trim_end_matches('.');
            let is_short = word.chars().all(char::is_lowercase) && word.chars().count() <= LONGEST_ABBREVIATION;
            is_short && pages::width(text(piece)) * 10 >= widest * 9
        };
        let mut ends: Vec<(usize, &Piece)> =
            self.texts.iter().enumerate().filter(|(_, piece)| is_end(cx, piece)).collect();
        let mut surplus = ends.len().saturating_sub(self.marks.len());
        ends.retain(|(_, piece)| {
            let goes_on = surplus > 0 && is_abbreviation(piece);
            surplus -= usize::from(goes_on);
            !goes_on
        });
        if ends.len() < self.marks.len() && self.texts.len() == self.marks.len() {
            // As many lines as marks, of which some lost their full stop.
            return (0..self.texts.len()).collect();
        }
        let behind = ends.into_iter().map(|(index, _)| index + 1);
        let mut cuts: Vec<usize> = std::iter::once(0).chain(behind).take(self.marks.len()).collect();
        cuts.resize(self.marks.len(), self.texts.len());
        cuts
    }
}

/// Whether a line of a note may be its last.
fn is_end(cx: &FlowCx<'_>, piece: &Piece) -> bool {
    cx.pack.ends_operative(cx.source.slice(piece.span))
}

/// Ties each call to its note and gives the notes of the document.
///
/// A file that knows its notes says which one a call means. Else marks run through a document or begin anew on each page. So a call means the first note with its mark below it, and,
/// when there is none, the last one above: a note called again on a later page.
pub(crate) fn pair(cx: &FlowCx<'_>, flows: &mut [Flow], printed: Vec<PrintedNote>, sink: &mut dyn Sink) -> Vec<Note> {
    let id = |index: usize| NoteId(u32::try_from(index + 1).unwrap_or(u32::MAX));
    let mut called = vec![false; printed.len()];
    let mut by_mark: std::collections::BTreeMap<&str, Vec<usize>> = std::collections::BTreeMap::new();
    for (index, note) in printed.iter().enumerate() {
        by_mark.entry(&note.mark).or_default().push(index);
    }
    let mut missing: Vec<Note> = Vec::new();
    let by_key: std::collections::BTreeMap<NoteKey, usize> =
        printed.iter().enumerate().filter_map(|(index, note)| Some((note.key?, index))).collect();
    for call in flows.iter_mut().flat_map(Flow::calls_mut) {
        let notes = by_mark.get(call.mark.as_str()).map(Vec::as_slice).unwrap_or_default();
        let below = notes.partition_point(|&note| printed.get(note).is_some_and(|note| note.line < call.line));
        let known = call.key.and_then(|key| by_key.get(&key));
        if let Some(&note) = known.or(notes.get(below)).or(notes.last()) {
            call.note = Some(id(note));
            called[note] = true;
            continue;
        }
        let known = missing.iter().find(|note| note.mark == call.mark).map(|note| note.id);
        call.note = Some(known.unwrap_or_else(|| {
            let message = format!("note {} is called and not printed", call.mark);
            sink.push(Diagnostic::warning(CALL_WITHOUT_NOTE, call.span, message).hint("a page foot may be missing"));
            let note = Note {
                id: id(printed.len() + missing.len()),
                mark: call.mark.clone(),
                mark_spans: Vec::new(),
                content: Vec::new(),
                rule: CALL_WITHOUT_NOTE,
                place: None,
            };
            missing.push(note);
            id(printed.len() + missing.len() - 1)
        }));
    }
    for (note, _) in printed.iter().zip(&called).filter(|(_, called)| !**called) {
        let message = format!("note {} is printed and never called", note.mark);
        sink.push(Diagnostic::warning(NOTE_WITHOUT_CALL, note.mark_span, message));
    }
    let note = |(index, note): (usize, PrintedNote)| Note {
        id: id(index),
        mark_spans: vec![note.mark_span],
        content: note.flow.inlines(cx.source, 0, &[]),
        rule: NOTE_AT_FOOT,
        place: note.flow.place,
        mark: note.mark,
    };
    let mut notes: Vec<Note> = printed.into_iter().enumerate().map(note).collect();
    notes.extend(missing);
    notes
}
