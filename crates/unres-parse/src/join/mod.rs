//! Join rules: does a line begin a paragraph, or go on the one before.

mod displaced;
mod page_top;
mod stretched;
mod wrapped;

use crate::calls::{self, InlineCalls};
use crate::chunk::{CellChunk, Chunk, Piece, PieceKind};
use crate::evidence;
use crate::grid::Grids;
use crate::head_lines::HeadLines;
use crate::lines::{self, LineKind, ReadLines, TextStyle};
use crate::marks::{self, Ending};
use displaced::DisplacedEnds;
use std::cell::OnceCell;
use std::collections::{BTreeMap, VecDeque};
use stretched::StretchedLines;
use unres_lang::{Label, LabelUse, LangPack, OpeningKind, Reading, Style};
use unres_source::{Line, Role, RuleId, Source, Span, Start};

/// What a join rule says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Join {
    /// The line begins a paragraph.
    Begins,
    /// The line begins a heading.
    BeginsHeading,
    /// The line goes on the paragraph before.
    GoesOn,
    /// The line ends the paragraph before that.
    EndsEarlier,
    /// The line belongs into a line of the paragraph before.
    FillsLine,
    /// The line belongs behind one that follows.
    Waits,
    /// The line is one of a table.
    Row,
}

/// What a rule sees.
struct JoinCx<'a> {
    pack: &'a LangPack,
    kind: LineKind,
    line: &'a Line,
    text: &'a str,
    /// The line of text before, notes and rulers passed over; none at the start.
    before: Option<Before<'a>>,
    labels: &'a LabelsSeen,
    /// The lines that follow.
    after: &'a [Line],
    source: &'a Source,
    index: usize,
    read: &'a ReadLines,
    /// The enacting formula was read: no line names the document any more.
    named: bool,
    head: &'a HeadLines,
    displaced: &'a DisplacedEnds,
    stretched: &'a StretchedLines,
    grids: &'a Grids,
    /// A paragraph close above has no end yet.
    waits_for_end: bool,
    /// The number at the head of the line, once a rule asks for it.
    label: OnceCell<Option<Label>>,
}

impl<'a> JoinCx<'a> {
    /// The number at the head of the line.
    fn label(&self) -> Option<&Label> {
        self.label.get_or_init(|| self.pack.label(self.text)).as_ref()
    }

    /// The last line of the printed paragraph that this line begins or goes on: the first that a blank ends, or that a line with
    /// a leading blank follows.
    fn last_line(&self) -> &'a str {
        let mut last = self.line;
        for next in self.after {
            if last.layout.trail > 0 || next.layout.indent > 0 || next.layout.page_break {
                break;
            }
            last = next;
        }
        self.source.slice(last.span)
    }

    /// Whether a text fills a line as dates, meetings and annex words do.
    fn is_fixed_line(&self, text: &str) -> bool {
        marks::is_fixed_line(text, self.pack)
    }
}

/// The end of the paragraph before.
#[derive(Clone, Copy)]
struct Before<'a> {
    text: &'a str,
    trail: u32,
    /// Blanks before its last line, those before most lines of that page, and the page.
    indent: u32,
    base: u32,
    page: usize,
    paragraph: Paragraph,
    /// A raised mark stands between that text and the line.
    raised: bool,
    /// A line of blanks showed that the paragraph had ended.
    ended: Ended,
}

/// What is known of a paragraph while its lines are read.
#[derive(Clone, Copy)]
struct Paragraph {
    /// How many lines it has.
    lines: usize,
    head: Head,
    /// A rule took it for a heading.
    heading: bool,
}

/// What a paragraph begins with.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Head {
    /// A number.
    Number,
    /// A number that stands alone on its line, behind a paragraph in mid-sentence.
    NumberBehindOpen,
    /// The number of the document.
    DocumentNumber,
    /// An opening phrase.
    Opening,
    /// None of these.
    Plain,
}

impl Paragraph {
    /// A paragraph that begins with the line at hand.
    fn begin(cx: &JoinCx<'_>, heading: bool) -> Self {
        let opens = |kind| cx.pack.opening(cx.text, kind).is_some();
        let open = |before: Before<'_>| {
            let text = !before.paragraph.heading && !before.paragraph.could_be_heading();
            text && marks::ending(before.text, cx.pack) == Ending::Open
        };
        let head = match cx.label() {
            Some(label) if label.len == cx.text.len() && cx.before.is_some_and(open) => Head::NumberBehindOpen,
            Some(_) => Head::Number,
            None if cx.is_title(cx.text) => Head::DocumentNumber,
            None if opens(OpeningKind::Preambular) || opens(OpeningKind::Operative) => Head::Opening,
            None => Head::Plain,
        };
        Self { lines: 1, head, heading }
    }

    fn with_line(self) -> Self {
        Self { lines: self.lines + 1, ..self }
    }

    fn is_numbered(self) -> bool {
        matches!(self.head, Head::Number | Head::NumberBehindOpen)
    }

    /// Whether it begins as a preambular or operative paragraph does.
    fn is_text(self) -> bool {
        self.is_numbered() || self.head == Head::Opening
    }

    fn could_be_heading(self) -> bool {
        matches!(self.head, Head::DocumentNumber | Head::Plain)
    }
}

/// What a line of blanks says of the paragraph before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Ended {
    /// Nothing.
    No,
    /// Two blanks behind a note call are the blank that follows it and the paragraph's last.
    BehindCall,
    /// An empty paragraph.
    ByEmptyParagraph,
}

pub(crate) struct JoinRule {
    pub(crate) id: RuleId,
    apply: fn(&JoinCx<'_>) -> Option<Join>,
}

/// The join rules, in the order in which they are asked.
pub(crate) const RULES: &[JoinRule] = &[
    JoinRule { id: RuleId::new("join/row"), apply: |cx| cx.grids.table_of(cx.index).map(|_| Join::Row) },
    JoinRule { id: RuleId::new("join/first-line"), apply: |cx| cx.before.is_none().then_some(Join::Begins) },
    JoinRule { id: RuleId::new("join/after-raised"), apply: after_raised },
    JoinRule { id: RuleId::new("join/meeting-over-two-lines"), apply: meeting_over_two_lines },
    JoinRule { id: RuleId::new("join/adoption-over-two-lines"), apply: adoption_over_two_lines },
    JoinRule { id: RuleId::new("join/title-above-formula"), apply: title_above_formula },
    JoinRule { id: RuleId::new("join/file-paragraph"), apply: file_paragraph },
    JoinRule { id: RuleId::new("join/line-behind-number"), apply: line_behind_number },
    JoinRule { id: RuleId::new("join/line-is-paragraph"), apply: line_is_paragraph },
    JoinRule {
        id: RuleId::new("join/wrapped-end-before-its-line"),
        apply: |cx| cx.displaced.is_end(cx.index).then_some(Join::Waits),
    },
    JoinRule {
        id: RuleId::new("join/wrapped-stretched-line"),
        apply: |cx| cx.stretched.line_of(cx.index).map(|_| Join::FillsLine),
    },
    JoinRule {
        id: RuleId::new("join/wrapped-inside-stretched-line"),
        apply: |cx| cx.stretched.is_inside(cx.index).then_some(Join::GoesOn),
    },
    JoinRule { id: RuleId::new("join/wrapped-behind-number"), apply: wrapped::behind_number },
    JoinRule { id: RuleId::new("join/wrapped-behind-letter"), apply: wrapped::behind_letter },
    JoinRule { id: RuleId::new("join/wrapped-behind-wide-letter"), apply: wrapped::behind_wide_letter },
    JoinRule { id: RuleId::new("join/wrapped-displaced-end"), apply: wrapped::displaced_end },
    JoinRule { id: RuleId::new("join/wrapped-section-number"), apply: wrapped::section_number },
    JoinRule { id: RuleId::new("join/wrapped-section-title"), apply: wrapped::section_title },
    JoinRule { id: RuleId::new("join/wrapped-behind-section-number"), apply: wrapped::behind_section_number },
    JoinRule { id: RuleId::new("join/wrapped-decision-lead"), apply: wrapped::decision_lead },
    JoinRule { id: RuleId::new("join/wrapped-title-goes-on"), apply: wrapped::title_goes_on },
    JoinRule { id: RuleId::new("join/wrapped-fixed-line"), apply: wrapped::fixed_line },
    JoinRule { id: RuleId::new("join/wrapped-head"), apply: wrapped::head },
    JoinRule { id: RuleId::new("join/wrapped-number"), apply: wrapped::number },
    JoinRule { id: RuleId::new("join/wrapped-heading"), apply: wrapped::heading },
    JoinRule { id: RuleId::new("join/wrapped-indent"), apply: wrapped::indent },
    JoinRule { id: RuleId::new("join/wrapped-gap"), apply: wrapped::gap },
    JoinRule { id: RuleId::new("join/wrapped-opening"), apply: wrapped::opening },
    JoinRule { id: RuleId::new("join/wrapped-stretched-words"), apply: wrapped::stretched_words },
    JoinRule { id: RuleId::new("join/wrapped-behind-short-line"), apply: wrapped::behind_short_line },
    JoinRule { id: RuleId::new("join/wrapped-goes-on"), apply: |cx| cx.is_wrapped().then_some(Join::GoesOn) },
    JoinRule { id: RuleId::new("join/page-top-two-blanks"), apply: page_top::two_blanks },
    JoinRule { id: RuleId::new("join/page-top-number"), apply: page_top::number },
    JoinRule { id: RuleId::new("join/page-top-fixed-line"), apply: page_top::fixed_line },
    JoinRule { id: RuleId::new("join/page-top-after-empty"), apply: page_top::after_empty },
    JoinRule { id: RuleId::new("join/page-top-heading"), apply: page_top::heading },
    JoinRule { id: RuleId::new("join/page-top"), apply: page_top::anything_else },
    JoinRule { id: RuleId::new("join/starred"), apply: starred },
    JoinRule { id: RuleId::new("join/closing-line"), apply: closing_line },
    JoinRule { id: RuleId::new("join/below-section-number"), apply: below_section_number },
    JoinRule { id: RuleId::new("join/leading-blank"), apply: leading_blank },
    JoinRule { id: RuleId::new("join/leading-blanks-only"), apply: leading_blanks_only },
    JoinRule { id: RuleId::new("join/after-trailing-blank"), apply: after_trailing_blank },
    JoinRule { id: RuleId::new("join/behind-formula"), apply: behind_formula },
    JoinRule { id: RuleId::new("join/goes-on"), apply: |_| Some(Join::GoesOn) },
];

/// The chunks of a source, and for each line the rule that joined it.
pub(crate) struct Joined {
    pub(crate) chunks: Vec<Chunk>,
    pub(crate) rules: Vec<Option<RuleId>>,
}

impl Joined {
    /// Puts words behind the line that they fill, and behind those that were put there before. False where no paragraph close above has that line.
    fn fill_line(&mut self, words: Piece, calls: &[Span], stretched: &StretchedLines) -> bool {
        const MOST_CHUNKS: usize = 4;
        let of_line = |piece: &Piece, line: usize| piece.line == line || stretched.line_of(piece.line) == Some(line);
        let Some(line) = stretched.line_of(words.line) else { return false };
        for chunk in self.chunks.iter_mut().rev().take(MOST_CHUNKS) {
            if let Some(last) = chunk.pieces.iter().rposition(|piece| of_line(piece, line)) {
                let rest = chunk.pieces.split_off(last + 1);
                push_with_calls(&mut chunk.pieces, words, calls);
                chunk.pieces.extend(rest);
                return true;
            }
        }
        false
    }

    /// Adds a line of a cell to the table before, or begins a table.
    fn push_cell(&mut self, line: &Line, piece: Piece, calls: &[Span]) {
        let Role::Cell(place) = line.hints.role else { return };
        let mut pieces = Vec::new();
        push_with_calls(&mut pieces, piece, calls);
        let goes_on = self.chunks.last_mut().is_some_and(|table| table.add_to_table(place, &pieces));
        if !goes_on {
            self.chunks.push(Chunk { cells: vec![CellChunk { place, pieces }], ..Chunk::default() });
        }
    }
}

/// Asks the rules for each line of text.
pub(crate) fn join(source: &Source, pack: &LangPack, read: &ReadLines, calls: &InlineCalls) -> Joined {
    let joined = Joined { chunks: Vec::new(), rules: vec![None; source.lines().len()] };
    let (labels, head) = (LabelsSeen::default(), HeadLines::default());
    let displaced = DisplacedEnds::of(source, pack, read);
    let stretched = StretchedLines::of(source, pack, read);
    let (grids, waiting) = (Grids::of(source, read), VecDeque::new());
    let (before, named) = (None, false);
    let mut joining = Joining {
        source,
        pack,
        read,
        calls,
        joined,
        before,
        labels,
        named,
        head,
        displaced,
        stretched,
        grids,
        waiting,
    };
    for (index, (line, found)) in source.lines().iter().zip(&read.lines).enumerate() {
        match found.kind {
            LineKind::Text | LineKind::PageTop => joining.text(index, line, found.kind),
            LineKind::WordBelowNotes => joining.word_below_notes(index, line),
            LineKind::Call => joining.raised(index, line, PieceKind::Call),
            LineKind::Superscript => joining.raised(index, line, PieceKind::Superscript),
            LineKind::Blank => joining.blank(line),
            LineKind::Cell => joining.cell(index, line),
            LineKind::Ruler
            | LineKind::NoteMark
            | LineKind::NoteText
            | LineKind::Note
            | LineKind::PageHead
            | LineKind::PageFoot => {}
        }
    }
    joining.joined
}

/// What is known while the lines are joined.
struct Joining<'a> {
    source: &'a Source,
    pack: &'a LangPack,
    read: &'a ReadLines,
    calls: &'a InlineCalls,
    joined: Joined,
    before: Option<Before<'a>>,
    labels: LabelsSeen,
    named: bool,
    head: HeadLines,
    displaced: DisplacedEnds,
    stretched: StretchedLines,
    grids: Grids,
    /// The paragraphs close above that have no end yet, by their chunks, in order: their ends come in that order too.
    waiting: VecDeque<usize>,
}

impl<'a> Joining<'a> {
    fn text(&mut self, index: usize, line: &'a Line, kind: LineKind) {
        let text = self.source.slice(line.span);
        let piece = Piece { kind: PieceKind::Text, line: index, span: line.span };
        let calls = self.calls_of(index);
        let cx = JoinCx {
            pack: self.pack,
            kind,
            line,
            text,
            before: self.before,
            labels: &self.labels,
            after: self.source.lines().get(index + 1..).unwrap_or_default(),
            source: self.source,
            index,
            read: self.read,
            named: self.named,
            head: &self.head,
            displaced: &self.displaced,
            stretched: &self.stretched,
            grids: &self.grids,
            waits_for_end: !self.waiting.is_empty(),
            label: OnceCell::new(),
        };
        let answer = RULES.iter().find_map(|rule| Some((rule, (rule.apply)(&cx)?)));
        let (rule, join) = answer.expect("the last rule takes every line");
        self.joined.rules[index] = Some(rule.id.clone());
        match join {
            Join::Waits => return,
            Join::Row => return self.row(piece, calls),
            Join::FillsLine if self.joined.fill_line(piece, calls, &self.stretched) => return,
            _ => {}
        }
        if let Some(earlier) = self.waiting.front().copied().filter(|_| join == Join::EndsEarlier) {
            self.waiting.pop_front();
            push_with_calls(&mut self.joined.chunks[earlier].pieces, piece, calls);
            return;
        }
        let paragraph = match self.before {
            Some(before) if join == Join::GoesOn => before.paragraph.with_line(),
            _ => Paragraph::begin(&cx, join == Join::BeginsHeading),
        };
        if join != Join::GoesOn || self.joined.chunks.is_empty() {
            self.joined.chunks.push(Chunk::default());
            let label = cx.label.into_inner().unwrap_or_else(|| self.pack.label(text));
            self.labels.note(label.as_ref());
            self.note_waiting(paragraph);
        }
        self.head.note(text, join != Join::GoesOn);
        let names = || self.pack.formula(text).is_some() && marks::ending(text, self.pack) == Ending::Preambular;
        self.named = self.named || names();
        if let Some(chunk) = self.joined.chunks.last_mut() {
            let piece = behind_doubled_mark(self.source, self.pack, chunk, piece);
            push_with_calls(&mut chunk.pieces, piece, calls);
        }
        let place = self.read.pages.line(index);
        self.before = Some(Before {
            text: without_last_call(text, line.span, calls),
            trail: line.layout.trail,
            indent: line.layout.indent,
            base: place.base,
            page: place.page,
            paragraph,
            raised: false,
            ended: Ended::No,
        });
        if let Some(end) = self.displaced.end_of(index) {
            self.end_that_waited(end);
        }
    }

    /// Notes that the paragraph before waits for its end, when the number of the one that has just begun broke it off.
    fn note_waiting(&mut self, begun: Paragraph) {
        const FAR: usize = 4;
        let last = self.joined.chunks.len() - 1;
        if begun.head == Head::NumberBehindOpen && last > 0 {
            self.waiting.push_back(last - 1);
        }
        self.waiting.retain(|waiting| waiting + FAR > last);
    }

    /// Adds an end that was printed before its line.
    fn end_that_waited(&mut self, index: usize) {
        let span = self.source.lines()[index].span;
        let calls = self.calls_of(index);
        if let Some(chunk) = self.joined.chunks.last_mut() {
            push_with_calls(&mut chunk.pieces, Piece { kind: PieceKind::Text, line: index, span }, calls);
        }
        let text = without_last_call(self.source.slice(span), span, calls);
        self.before = self.before.map(|before| {
            let paragraph = Paragraph { lines: before.paragraph.lines + 1, ..before.paragraph };
            Before { text, paragraph, ..before }
        });
    }

    /// Adds a word of the stretched line that ends the page above its notes.
    fn word_below_notes(&mut self, index: usize, line: &Line) {
        let text = self.source.slice(line.span);
        let calls = self.calls_of(index);
        if let Some(chunk) = self.joined.chunks.last_mut() {
            push_with_calls(&mut chunk.pieces, Piece { kind: PieceKind::Text, line: index, span: line.span }, calls);
        }
        let text = without_last_call(text, line.span, calls);
        self.before = self.before.map(|before| Before { text, ..before });
    }

    fn raised(&mut self, index: usize, line: &Line, kind: PieceKind) {
        if self.joined.chunks.is_empty() {
            self.joined.chunks.push(Chunk::default());
        }
        if let Some(chunk) = self.joined.chunks.last_mut() {
            chunk.pieces.push(Piece { kind, line: index, span: line.span });
        }
        self.before = self.before.map(|before| Before { raised: true, trail: 0, ..before });
    }

    fn blank(&mut self, line: &Line) {
        let ended = |before: &Before<'_>| match before.raised {
            // One blank behind a call is that before the next line, which tells by its own whether it goes on.
            true if line.layout.indent == 1 => Ended::No,
            true => Ended::BehindCall,
            false => Ended::ByEmptyParagraph,
        };
        self.before = self.before.map(|before| Before { raised: false, trail: 0, ended: ended(&before), ..before });
    }

    /// Adds a line of a table that its columns show.
    fn row(&mut self, line: Piece, calls: &[Span]) {
        let mut row = Chunk { grid: self.grids.table_of(line.line), ..Chunk::default() };
        push_with_calls(&mut row.pieces, line, calls);
        self.joined.chunks.push(row);
        self.before = None;
    }

    fn cell(&mut self, index: usize, line: &Line) {
        let piece = Piece { kind: PieceKind::Text, line: index, span: line.span };
        let calls = self.calls_of(index);
        self.joined.push_cell(line, piece, calls);
        self.before = None;
    }

    fn calls_of(&self, index: usize) -> &'a [Span] {
        self.calls.get(&index).map_or(&[], Vec::as_slice)
    }
}

/// Takes the mark of the call above from the head of a line that prints it once more: it belongs to the call.
fn behind_doubled_mark(source: &Source, pack: &LangPack, above: &mut Chunk, line: Piece) -> Piece {
    let Some(call) = above.pieces.last_mut().filter(|last| last.kind == PieceKind::Call) else { return line };
    let mark = evidence::bare(source.slice(call.span), pack);
    let again = u32::try_from(calls::doubled(mark, source.slice(line.span))).unwrap_or_default();
    let start = line.span.start + again;
    if again > 0 {
        call.span.end = start;
    }
    Piece { span: Span { start, ..line.span }, ..line }
}

/// A line without the call that ends it: what stands before it tells whether the sentence is closed.
fn without_last_call<'a>(text: &'a str, line: Span, calls: &[Span]) -> &'a str {
    let last = calls.last().filter(|call| call.end == line.end);
    last.and_then(|call| text.get(..(call.start - line.start) as usize)).map_or(text, str::trim_end)
}

/// Adds a line, cut at the calls inside it.
fn push_with_calls(pieces: &mut Vec<Piece>, line: Piece, calls: &[Span]) {
    let mut from = line.span.start;
    for call in calls {
        pieces.push(Piece { span: Span { start: from, end: call.start }, ..line });
        pieces.push(Piece { kind: PieceKind::Call, span: *call, ..line });
        from = call.end;
    }
    pieces.push(Piece { span: Span { start: from, end: line.span.end }, ..line });
}

/// The last number of each style that began a paragraph.
#[derive(Default)]
struct LabelsSeen {
    last: BTreeMap<u8, u32>,
}

impl LabelsSeen {
    fn note(&mut self, label: Option<&Label>) {
        for reading in label.iter().flat_map(|label| &label.readings) {
            self.last.insert(reading.style as u8, reading.ordinal);
        }
    }

    /// Whether a number of a style has begun a paragraph.
    fn has_begun(&self, style: Style) -> bool {
        self.last.contains_key(&(style as u8))
    }

    /// Whether a number goes on a list or begins one. A dash begins one in any case.
    fn expects(&self, style: Style, ordinal: u32) -> bool {
        self.follows_within(style, ordinal, 1)
    }

    /// Whether a number begins a list or goes on one in which fewer than `most` numbers were not seen.
    fn follows_within(&self, style: Style, ordinal: u32, most: u32) -> bool {
        let last = self.last.get(&(style as u8)).copied();
        ordinal == 1 || last.is_some_and(|last| (1..=most).contains(&ordinal.saturating_sub(last)))
    }
}

/// What follows a raised mark goes on the sentence, whatever blanks stand before it.
fn after_raised(cx: &JoinCx<'_>) -> Option<Join> {
    (cx.before?.raised && cx.kind == LineKind::Text).then_some(Join::GoesOn)
}

/// No closing line that names a meeting has more bytes.
const MOST_OF_MEETING: usize = 120;

/// A closing line that names a resumed meeting is set in two lines, whatever blanks stand between them.
fn meeting_over_two_lines(cx: &JoinCx<'_>) -> Option<Join> {
    let short = |before: &Before<'_>| before.text.len() + cx.text.len() <= MOST_OF_MEETING;
    let before = cx.before.filter(|before| before.paragraph.lines == 1 && short(before))?;
    if cx.pack.date_line(cx.text).is_some() {
        // The date is a closing line of its own.
        return None;
    }
    let whole = format!("{} {}", before.text, cx.text);
    cx.pack.meeting_line(&whole).map(|_| Join::GoesOn)
}

/// Between the number of the document and the enacting formula a few lines stand that have no number and end no sentence: they are the title, also where
/// the page sets them as paragraphs.
fn title_above_formula(cx: &JoinCx<'_>) -> Option<Join> {
    const MOST_LINES: usize = 4;
    cx.before.filter(|before| !cx.named && before.paragraph.head == Head::DocumentNumber)?;
    let ending = |text: &str| marks::ending(text, cx.pack);
    let of_title = |text: &str| {
        matches!(ending(text), Ending::Open | Ending::Preambular)
            && cx.pack.formula(text).is_none()
            && cx.pack.label(text).is_none()
            && !cx.is_title(text)
            && !cx.is_fixed_line(text)
    };
    let formula = |text: &str| cx.pack.formula(text).is_some() && ending(text) == Ending::Preambular;
    let behind = cx.after.iter().map(|line| cx.source.slice(line.span)).filter(|text| !text.is_empty());
    // No title ends with a comma, though a line of it may.
    let mut last = cx.text;
    let below = behind.take(MOST_LINES).find(|text| {
        let title = of_title(text);
        if title {
            last = text;
        }
        !title
    });
    (of_title(cx.text) && below.is_some_and(formula) && ending(last) == Ending::Open).then_some(Join::GoesOn)
}

/// The line below a number that says who adopted the document when fills a second line.
fn adoption_over_two_lines(cx: &JoinCx<'_>) -> Option<Join> {
    let before = cx.before.filter(|before| before.paragraph.lines == 1 && cx.pack.opens_adoption(before.text))?;
    if cx.pack.adoption_line(before.text).is_some() {
        return None;
    }
    let whole = format!("{} {}", before.text, cx.text);
    cx.pack.adoption_line(&whole).map(|_| Join::GoesOn)
}

/// The file says where paragraphs begin. One without pages that holds the lines of a page knows nothing of the kind.
fn file_paragraph(cx: &JoinCx<'_>) -> Option<Join> {
    match cx.line.hints.start {
        _ if cx.read.style != TextStyle::ParagraphLines && cx.line.origin.page.is_none() => None,
        Start::Unknown => None,
        Start::Paragraph => Some(Join::Begins),
        Start::GoesOn => Some(Join::GoesOn),
    }
}

/// A number of a paragraph or item that fills its line: its text was set apart from it.
fn line_behind_number(cx: &JoinCx<'_>) -> Option<Join> {
    let before =
        cx.before.filter(|before| cx.read.style == TextStyle::ParagraphLines && before.paragraph.lines == 1)?;
    let text = cx.label().is_none() && !cx.is_fixed_line(cx.text);
    (text && wrapped::is_item_number(cx.pack, before.text)).then_some(Join::GoesOn)
}

/// An enacting formula fills its line, whether a blank ends it or not.
fn behind_formula(cx: &JoinCx<'_>) -> Option<Join> {
    let is_one = |before: &Before<'_>| before.paragraph.lines == 1 && cx.ending_before() == Ending::Preambular;
    let before = cx.before.filter(|before| cx.read.style != TextStyle::Wrapped && is_one(before))?;
    cx.pack.formula(before.text).map(|_| Join::Begins)
}

fn line_is_paragraph(cx: &JoinCx<'_>) -> Option<Join> {
    (cx.read.style == TextStyle::ParagraphLines).then_some(Join::Begins)
}

/// A remark that asterisks before it tie to words above, below the end of a sentence.
fn starred(cx: &JoinCx<'_>) -> Option<Join> {
    let behind = cx.text.trim_start_matches('*');
    let stars = (1..=3).contains(&(cx.text.len() - behind.len())) && behind.starts_with(char::is_whitespace);
    (stars && cx.ending_before() == Ending::Operative).then_some(Join::Begins)
}

/// The meeting and the date fill a line each, below the end of a sentence or below each other; an extractor may have lost the blanks round them.
fn closing_line(cx: &JoinCx<'_>) -> Option<Join> {
    let before = cx.before.filter(|_| cx.read.style != TextStyle::Wrapped)?;
    let stands_apart = || cx.ending_before() == Ending::Operative || lines::is_closing(cx.pack, before.text);
    (lines::is_closing(cx.pack, cx.text) && stands_apart()).then_some(Join::Begins)
}

/// The number of a section fills its line; below it stands its title, also where an extractor lost the blanks round it.
fn below_section_number(cx: &JoinCx<'_>) -> Option<Join> {
    let before = cx.before.filter(|before| before.paragraph.lines == 1)?;
    wrapped::is_section_number(cx, before.text).then_some(Join::Begins)
}

fn leading_blank(cx: &JoinCx<'_>) -> Option<Join> {
    (cx.line.layout.indent > 0).then_some(Join::Begins)
}

/// Where every line ends with a blank, a line without one before it begins a paragraph when it fills its line, or when a number goes on its list
/// behind a closed sentence. Two blanks end a paragraph there.
fn leading_blanks_only(cx: &JoinCx<'_>) -> Option<Join> {
    let before = cx.before.filter(|_| cx.read.style == TextStyle::LeadingBlanks)?;
    if !cx.named {
        let title = before.paragraph.head == Head::DocumentNumber && cx.pack.formula(cx.text).is_none();
        let goes_on = title || cx.head.goes_on(cx.pack, cx.text) == Some(true);
        return Some(if goes_on { Join::GoesOn } else { Join::Begins });
    }
    let closed = marks::ending(before.text, cx.pack) != Ending::Open;
    let goes_on_list = |reading: &Reading| {
        (closed || reading.used_for == LabelUse::Paragraph) && cx.labels.expects(reading.style, reading.ordinal)
    };
    let label = || cx.label().is_some_and(|label| label.readings.iter().any(goes_on_list));
    let begins = before.trail > 1 || cx.is_fixed_line(cx.text) || cx.is_fixed_line(before.text) || label();
    Some(if begins { Join::Begins } else { Join::GoesOn })
}

fn after_trailing_blank(cx: &JoinCx<'_>) -> Option<Join> {
    let before = cx.before?;
    (before.trail > 0 || before.ended != Ended::No).then_some(Join::Begins)
}
