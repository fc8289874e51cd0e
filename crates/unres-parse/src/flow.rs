//! A chunk as it reads: its lines joined, blanks set right, and the place of every word kept.

use crate::brackets;
use crate::calls;
use crate::chunk::{CellChunk, Chunk, PieceKind};
use crate::evidence::{self, Emphasis, HeadingLook, StyleEvidence};
use crate::pages;
use crate::words::{Losses, Words};
use crate::{HanSpace, ParseOptions};
use std::ops::Range;
use unres_lang::{LangPack, WordBreak, is_invisible, is_wide};
use unres_model::{Fact, FactRole, Inline, NoteCall, NoteId, Place, Text};
use unres_source::{CellPlace, NoteKey, Role, RuleId, Source, Span, any_byte};

/// What joining needs to know.
#[derive(Clone, Copy)]
pub(crate) struct FlowCx<'a> {
    pub(crate) source: &'a Source,
    pub(crate) pack: &'a LangPack,
    pub(crate) options: ParseOptions,
    pub(crate) words: &'a Words,
    pub(crate) headings: HeadingLook,
    /// Letters may stand where an extractor has put them: the text is one of printed lines with empty ones between, in a script from right to left.
    pub(crate) has_stray_brackets: bool,
}

/// Breaks a word at a line end and is never printed elsewhere.
const SOFT_HYPHEN: char = '\u{ad}';

/// The text of a chunk.
#[derive(Clone, Debug, Default)]
pub(crate) struct Flow {
    pub(crate) text: String,
    runs: Vec<Run>,
    calls: Vec<Call>,
    pub(crate) place: Option<Place>,
    /// The rule that leaves it unplaced before any tree rule is asked: it belongs to no resolution.
    pub(crate) left_out: Option<RuleId>,
    pub(crate) style: StyleEvidence,
    /// The file says that it heads the first page.
    pub(crate) is_masthead: bool,
    /// The cells of a table, which has no text of its own.
    pub(crate) cells: Vec<CellFlow>,
    /// Nothing says where the cells of the table are: each line is one.
    pub(crate) is_loose: bool,
}

/// The text of a cell.
#[derive(Clone, Debug)]
pub(crate) struct CellFlow {
    pub(crate) place: CellPlace,
    pub(crate) flow: Flow,
}

/// A run of text that stands in the source as it stands here, but for a hyphen at its end that only breaks a word: most lines are one.
#[derive(Clone, Copy, Debug)]
struct Run {
    at: usize,
    len: usize,
    span: Span,
}

impl Run {
    fn end(self) -> usize {
        self.at + self.len
    }

    /// Its words, each a run of its own. Only single blanks stand between them.
    fn words(self, text: &str) -> impl Iterator<Item = Self> {
        let words = text.get(self.at..self.end()).unwrap_or_default().split(' ');
        words.scan(0, move |next, word| {
            let from = *next;
            *next += word.len() + 1;
            Some(Self { at: self.at + from, len: word.len(), span: self.span.part(from, word.len()) })
        })
    }
}

/// A note call: before the byte `at` of the text.
#[derive(Clone, Debug)]
pub(crate) struct Call {
    pub(crate) at: usize,
    pub(crate) mark: String,
    pub(crate) span: Span,
    /// Index of its line in the source.
    pub(crate) line: usize,
    /// The note that the file says it calls.
    pub(crate) key: Option<NoteKey>,
    /// The note that it calls, once calls and notes are paired.
    pub(crate) note: Option<NoteId>,
}

/// What stands between two words of a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Gap {
    Blank,
    LineBreak,
    Call,
    /// A hyphen that the extractor dropped at a line end.
    LostHyphen,
    Nothing,
}

/// A part of a text that states a fact.
#[derive(Clone, Debug)]
pub(crate) struct FactRange {
    pub(crate) role: FactRole,
    pub(crate) range: Range<usize>,
    pub(crate) date: Option<jiff::civil::Date>,
}

impl Flow {
    /// Whether nothing is printed: a call alone is something.
    pub(crate) fn is_empty(&self) -> bool {
        self.text.is_empty() && self.calls.is_empty()
    }

    /// Joins the lines of a chunk.
    pub(crate) fn build(cx: &FlowCx<'_>, chunk: &Chunk) -> Self {
        let mut flow = Self::default();
        // Pieces are parted by a blank at most.
        flow.text.reserve(chunk.pieces.iter().map(|piece| piece.span.range().len() + 1).sum());
        let mut gap = Gap::Nothing;
        for piece in &chunk.pieces {
            let raw = cx.source.slice(piece.span);
            match piece.kind {
                PieceKind::Call => {
                    let mark = calls::once(evidence::bare(raw, cx.pack)).to_owned();
                    let key = evidence::called_note(cx.source, piece.span);
                    let (at, span, line) = (flow.text.len(), piece.span, piece.line);
                    flow.calls.push(Call { at, mark, span, line, key, note: None });
                    gap = if key.is_some() { cx.gap_round(piece.span) } else { Gap::Call };
                }
                PieceKind::Superscript => {
                    flow.push(cx, raw, piece.span, Gap::Nothing);
                    gap = Gap::Blank;
                }
                PieceKind::Text => {
                    flow.push_line(cx, raw, piece.span, gap);
                    gap = cx.gap_behind(piece.span);
                }
            }
        }
        if cx.has_stray_brackets {
            flow.set_brackets_right();
        }
        let cell =
            |cell: &CellChunk| CellFlow { place: cell.place, flow: Self::build(cx, &Chunk::of(cell.pieces.clone())) };
        flow.cells = chunk.cells.iter().map(cell).collect();
        flow.is_loose = chunk.is_loose;
        if let Some(line) = cx.source.lines().get(chunk.first_line()) {
            flow.style = match StyleEvidence::of(cx.source, line) {
                StyleEvidence::Nothing => cx.headings.style(cx.source, chunk),
                known => known,
            };
            flow.is_masthead = line.hints.role == Role::Masthead;
        }
        let origin = |line: usize| cx.source.lines().get(line).map(|line| line.origin);
        let ends = origin(chunk.first_line()).zip(origin(chunk.last_line()));
        flow.place = ends.map(|(first, last)| Place { first, last });
        flow
    }

    /// Sets closing brackets behind the Latin letters that an extractor has set them before. Each keeps its place in the source.
    fn set_brackets_right(&mut self) {
        while let Some(Range { start, end }) = brackets::displaced(&self.text) {
            for at in [start, start + 1, end] {
                self.part_run(at);
            }
            let from = self.runs.partition_point(|run| run.at < start);
            let to = self.runs.partition_point(|run| run.at < end);
            if let Some(runs @ [_, ..]) = self.runs.get_mut(from..to) {
                runs.rotate_left(1);
                let [letters @ .., bracket] = runs else { break };
                for run in letters {
                    run.at -= 1;
                }
                bracket.at = end - 1;
            }
            let between = self.calls.iter_mut().filter(|call| (start + 1..end).contains(&call.at));
            between.for_each(|call| call.at -= 1);
            self.text.insert(end, ')');
            self.text.remove(start);
        }
    }

    /// Cuts the run in which a place is there in two.
    fn part_run(&mut self, at: usize) {
        let Some(index) = self.runs.iter().position(|run| run.at < at && at < run.end()) else { return };
        let run = self.runs[index];
        let len = at - run.at;
        let rest = run.span.part(len, run.span.range().len() - len);
        self.runs[index] = Run { len, span: run.span.part(0, len), ..run };
        self.runs.insert(index + 1, Run { at, len: run.len - len, span: rest });
    }

    /// All calls, also those in cells.
    pub(crate) fn calls(&self) -> impl Iterator<Item = &Call> {
        self.calls.iter().chain(self.cells.iter().flat_map(|cell| &cell.flow.calls))
    }

    /// The same, to be paired with notes.
    pub(crate) fn calls_mut(&mut self) -> impl Iterator<Item = &mut Call> {
        self.calls.iter_mut().chain(self.cells.iter_mut().flat_map(|cell| &mut cell.flow.calls))
    }

    /// Where the emphasised words end that the text from `from` on begins with; `from` itself when it begins with none.
    pub(crate) fn emphasised_head(&self, source: &Source, from: usize, emphasis: Emphasis) -> usize {
        let mut end = from;
        // The blanks between emphasised words need not be emphasised.
        let words = self.runs.iter().filter(|run| run.end() > from).flat_map(|run| run.words(&self.text));
        for word in words.filter(|word| word.end() > from) {
            let cut = from.saturating_sub(word.at);
            let span = word.span.part(cut, word.len - cut);
            let len = evidence::emphasised(source, span, emphasis);
            if len > 0 {
                end = word.at + cut + len;
            }
            if len < span.range().len() {
                break;
            }
        }
        end
    }

    fn push_line(&mut self, cx: &FlowCx<'_>, raw: &str, span: Span, mut gap: Gap) {
        let losses = cx.words.losses(raw);
        let (mut rest, mut column) = (0, 0);
        for word in raw.split_whitespace() {
            let tail = raw.get(rest..).unwrap_or_default();
            let at = rest + tail.len() - tail.trim_start().len();
            column += at - rest;
            let lost = cx.words.lost_hyphens(word, column, losses);
            let mut from = 0;
            for end in lost.into_iter().chain([word.len()]) {
                self.push(cx, word.get(from..end).unwrap_or_default(), span.part(at + from, end - from), gap);
                from = end;
                gap = Gap::LostHyphen;
            }
            let is_first = rest == 0;
            rest = at + word.len();
            column += pages::width(word);
            gap = Gap::Blank;
            if is_first && losses == Losses::None && self.push_rest(cx, raw, span, rest) {
                break;
            }
        }
    }

    /// Adds what stands behind the first word of a line in one piece, where nothing but single blanks stands between its words and each stays.
    /// False where a word needs a look.
    fn push_rest(&mut self, cx: &FlowCx<'_>, raw: &str, line: Span, from: usize) -> bool {
        let rest = raw.get(from..).unwrap_or_default().trim_end();
        let spaced = cx.pack.word_break() == WordBreak::Space && !self.text.ends_with(is_invisible);
        if !spaced || !is_evenly_spaced(rest) || cx.pack.holds_split_superscript(rest) {
            return false;
        }
        let span = line.part(from, rest.len());
        let is_whole = |run: &&mut Run| run.len == run.span.range().len() && run.span.end == span.start;
        let Some(run) = self.runs.last_mut().filter(is_whole) else { return false };
        self.text.push_str(rest);
        run.len += rest.len();
        run.span.end = span.end;
        true
    }

    /// Takes away the hyphen at the end that only breaks a word which goes on with `next`.
    fn drop_break(&mut self, cx: &FlowCx<'_>, next: &str) {
        if !self.text.ends_with([SOFT_HYPHEN, '-']) {
            return;
        }
        let last = self.text.rsplit(char::is_whitespace).next().unwrap_or_default();
        let broken = last.ends_with(SOFT_HYPHEN) || (last.ends_with('-') && cx.words.is_broken(last, next));
        if let Some(run) = self.runs.last_mut().filter(|_| broken) {
            run.len -= self.text.pop().map_or(0, char::len_utf8);
        }
    }

    fn push(&mut self, cx: &FlowCx<'_>, word: &str, span: Span, mut gap: Gap) {
        if gap == Gap::LineBreak {
            let before = self.text.len();
            self.drop_break(cx, word);
            gap = if self.text.len() < before { Gap::Nothing } else { gap };
        }
        // The blank behind a number is not one between words: it stays, so that the number can be told.
        let parted = matches!(gap, Gap::Blank | Gap::LineBreak);
        let is_second = self.runs.len() == 1 && !self.text.contains(' ');
        let behind_label = is_second && parted && cx.pack.label(&self.text).is_some();
        let glue = match () {
            () if self.text.is_empty() => "",
            () if behind_label => " ",
            () => glue(cx, &self.text, word, gap),
        };
        self.text.push_str(glue);
        let run = Run { at: self.text.len(), len: word.len(), span };
        self.text.push_str(word);
        match self.runs.last_mut().filter(|last| last.len == last.span.range().len()) {
            Some(last) if cx.source.slice_between(last.span, span) == Some(glue) => {
                *last = Run { at: last.at, len: run.end() - last.at, span: Span { end: span.end, ..last.span } };
            }
            _ => self.runs.push(run),
        }
    }

    /// The source's pieces of a part of the text; pieces of one line that only blanks part are one.
    pub(crate) fn spans(&self, source: &Source, range: Range<usize>) -> Vec<Span> {
        let mut spans: Vec<Span> = Vec::new();
        let first = self.runs.partition_point(|run| run.end() <= range.start);
        for run in self.runs.iter().skip(first).take_while(|run| run.at < range.end) {
            let from = range.start.saturating_sub(run.at);
            let whole = range.end >= run.end();
            let to = if whole { run.span.range().len() } else { range.end - run.at };
            let span = run.span.part(from, to.saturating_sub(from));
            match spans.last_mut() {
                Some(last) if is_blank(source.slice_between(*last, span)) => last.end = span.end,
                _ => spans.push(span),
            }
        }
        spans
    }

    /// A part of the text with its places.
    pub(crate) fn text(&self, source: &Source, range: Range<usize>) -> Text {
        let text = self.text.get(range.clone()).unwrap_or_default().to_owned();
        Text { text, spans: self.spans(source, range) }
    }

    /// The text from `from` on as inlines: facts in their ranges, calls at their places.
    pub(crate) fn inlines(&self, source: &Source, from: usize, facts: &[FactRange]) -> Vec<Inline> {
        // Nearly all texts are one piece, and have no room for more.
        let mut inlines = Vec::with_capacity(2 * (facts.len() + self.calls.len()) + 1);
        let mut calls = self.calls.iter().filter_map(|call| Some((call, call.note?))).peekable();
        let mut at = from;
        for fact in facts {
            self.plain(source, at..fact.range.start, &mut calls, &mut inlines);
            self.stretch(source, fact.range.clone(), Some(fact), &mut calls, &mut inlines);
            at = fact.range.end;
        }
        self.plain(source, at..self.text.len(), &mut calls, &mut inlines);
        inlines.extend(calls.map(|(call, note)| call.inline(note)));
        inlines
    }

    fn plain<'a>(
        &self,
        source: &Source,
        range: Range<usize>,
        calls: &mut std::iter::Peekable<impl Iterator<Item = (&'a Call, NoteId)>>,
        inlines: &mut Vec<Inline>,
    ) {
        self.stretch(source, range, None, calls, inlines);
    }

    /// A stretch of text that is one thing, cut at the calls in it.
    fn stretch<'a>(
        &self,
        source: &Source,
        range: Range<usize>,
        fact: Option<&FactRange>,
        calls: &mut std::iter::Peekable<impl Iterator<Item = (&'a Call, NoteId)>>,
        inlines: &mut Vec<Inline>,
    ) {
        let mut at = range.start;
        while at < range.end {
            if let Some((call, note)) = calls.next_if(|(call, _)| call.at <= at) {
                inlines.push(call.inline(note));
                continue;
            }
            let end = calls.peek().map_or(range.end, |(call, _)| call.at.min(range.end));
            let text = self.text(source, at..end);
            inlines.push(match fact {
                Some(fact) => Inline::Fact(Fact { role: fact.role, date: fact.date, text }),
                None => Inline::Text(text),
            });
            at = end;
        }
    }
}

impl FlowCx<'_> {
    /// Where the file knows a call, the text round it shows whether a blank stands there.
    fn gap_round(&self, call: Span) -> Gap {
        let text = self.source.text();
        let before = text.get(..call.start as usize).is_some_and(|before| before.ends_with(char::is_whitespace));
        let after = text.get(call.end as usize..).is_some_and(|after| after.starts_with(char::is_whitespace));
        if before || after { Gap::Blank } else { Gap::Nothing }
    }

    /// The gap at the end of a line. A blank behind a slash is printed where it parts two words; without it the line end is inside of one.
    fn gap_behind(&self, line: Span) -> Gap {
        let (text, end) = (self.source.text(), line.end as usize);
        let slash = text.get(..end).is_some_and(|line| line.ends_with('/'));
        let blank = text.get(end..).is_some_and(|behind| behind.starts_with(' '));
        if slash && blank { Gap::Blank } else { Gap::LineBreak }
    }
}

impl Call {
    fn inline(&self, note: NoteId) -> Inline {
        Inline::Call(NoteCall { call: note, spans: vec![self.span] })
    }
}

/// Whether a text is words with one blank before each, and holds nothing that shows nothing.
fn is_evenly_spaced(text: &str) -> bool {
    let is = |byte: u8, wanted: u8| u8::from(byte == wanted);
    // Line ends and tabs, and the first bytes of all other blanks and of all that shows nothing.
    let needs_look = |byte: u8| {
        let control = u8::from(byte.wrapping_sub(b'\t') < 5);
        control | is(byte, 0xc2) | is(byte, 0xe1) | is(byte, 0xe2) | is(byte, 0xe3) | is(byte, 0xef)
    };
    let other_blank = |c: char| c != ' ' && (c.is_whitespace() || is_invisible(c));
    let spaced = text.is_empty() || text.starts_with(' ') && !text.contains("  ");
    spaced && !(any_byte(text, needs_look) && text.contains(other_blank))
}

fn is_blank(between: Option<&str>) -> bool {
    between.is_some_and(|between| between.chars().all(|c| c.is_whitespace() && c != '\n'))
}

/// What stands between two words once the lines are joined.
fn glue(cx: &FlowCx<'_>, before: &str, word: &str, gap: Gap) -> &'static str {
    let visible = |c: &char| !is_invisible(*c);
    let (Some(left), Some(right)) = (before.chars().rev().find(visible), word.chars().find(visible)) else { return "" };
    match gap {
        Gap::Nothing => return "",
        Gap::LostHyphen => return "-",
        Gap::Blank | Gap::LineBreak | Gap::Call => {}
    }
    if cx.pack.word_break() == WordBreak::None && (is_wide(left) || is_wide(right)) {
        let mixed = is_wide(left) != is_wide(right);
        let shown = mixed && gap == Gap::Blank && left.is_alphanumeric() && right.is_alphanumeric();
        return match cx.options.han_space {
            // The blank behind the full stop of a number is printed: 67/264. and the title.
            _ if gap == Gap::Blank && left == '.' => " ",
            HanSpace::Thin if shown => "\u{2009}",
            HanSpace::Keep if shown => " ",
            _ => "",
        };
    }
    match gap {
        Gap::Blank if cx.pack.is_split_superscript(before, word) => "",
        Gap::Call if cx.pack.is_tight(word) => "",
        Gap::LineBreak if breaks_inside(cx.pack, before, left, word) => "",
        _ => " ",
    }
}

/// Whether a line break parts what is one word: behind a hyphen, a slash or an opening bracket; and in a script without blanks
/// between digits, unless three of them stand first in the new line as a group of thousands does.
fn breaks_inside(pack: &LangPack, before: &str, left: char, word: &str) -> bool {
    let after_letter = before.chars().rev().nth(1).is_some_and(char::is_alphanumeric);
    let opens = || pack.pairs().any(|(open, _)| before.ends_with(open));
    match left {
        '-' | '\u{2010}' | '\u{2011}' => after_letter && !pack.hangs_before(word),
        '–' => after_letter,
        '/' => true,
        '0'..='9' if pack.word_break() == WordBreak::None => {
            let digits = word.bytes().take_while(u8::is_ascii_digit).count();
            digits > 0 && digits != 3
        }
        _ => opens(),
    }
}
