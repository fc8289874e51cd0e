//! Line rules: what is this line, by its text, its layout and its neighbours.

use crate::below_notes;
use crate::evidence::{self, StyleEvidence};
use crate::marks;
use crate::pages::{self, Pages};
use std::collections::BTreeSet;
use unres_lang::LangPack;
use unres_model::{Claim, ClaimKind};
use unres_source::{Line, Role, RuleId, Source, Start, any_byte};

/// What a line is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum LineKind {
    /// Running text.
    Text,
    /// Running text at the top of a page.
    PageTop,
    /// A word of running text that an extractor printed below the notes of its page.
    WordBelowNotes,
    /// Nothing but blanks.
    Blank,
    /// The mark of a note call, raised and so on a line of its own.
    Call,
    /// A raised ending that belongs to the word before.
    Superscript,
    /// The line between text and notes.
    Ruler,
    /// The mark before a note.
    NoteMark,
    /// A line of a note.
    NoteText,
    /// A line of a note that the file knows as such.
    Note,
    /// A line in a cell of a table.
    Cell,
    /// What heads a page.
    PageHead,
    /// What stands at the foot of a page.
    PageFoot,
}

/// What a rule sees.
pub(crate) struct LineCx<'a> {
    source: &'a Source,
    pack: &'a LangPack,
    style: TextStyle,
    index: usize,
    line: &'a Line,
    text: &'a str,
    pages: &'a Pages,
    words_below_notes: &'a BTreeSet<usize>,
    before: Option<LineKind>,
    after: Option<&'a Line>,
    /// The line stands below a ruler, and no page has begun since.
    in_notes: bool,
    /// A form feed began a page, and no text has stood on it yet.
    page_begins: bool,
    /// A note that the file knows has begun, here or above.
    noted: bool,
    marks: &'a NoteMarks<'a>,
}

pub(crate) struct LineRule {
    pub(crate) id: RuleId,
    apply: fn(&LineCx<'_>) -> Option<LineKind>,
}

/// The line rules, in the order in which they are asked.
pub(crate) const RULES: &[LineRule] = &[
    LineRule { id: RuleId::new("file/role"), apply: role },
    LineRule { id: RuleId::new("page/ruler"), apply: ruler },
    LineRule { id: RuleId::new("file/paragraph"), apply: paragraph },
    LineRule { id: RuleId::new("page/job-number"), apply: job_number },
    LineRule { id: RuleId::new("page/job-date"), apply: job_date },
    LineRule { id: RuleId::new("page/running-head"), apply: running_head },
    LineRule { id: RuleId::new("page/symbol-again"), apply: symbol_again },
    LineRule { id: RuleId::new("page/word-below-notes"), apply: word_below_notes },
    LineRule { id: RuleId::new("page/form-feed"), apply: form_feed },
    LineRule { id: RuleId::new("note/mark-line"), apply: note_mark },
    LineRule { id: RuleId::new("note/text-line"), apply: note_text },
    LineRule { id: RuleId::new("page/top-after-notes"), apply: top_after_notes },
    LineRule { id: RuleId::new("note/text-goes-on"), apply: note_goes_on },
    LineRule { id: RuleId::new("note/call-line"), apply: call },
    LineRule { id: RuleId::new("text/superscript-line"), apply: superscript },
    LineRule { id: RuleId::new("text/blank-line"), apply: blank },
    LineRule { id: RuleId::new("page/top-without-gap"), apply: top_without_gap },
    LineRule { id: RuleId::new("text/line"), apply: |_| Some(LineKind::Text) },
];

/// A line and what was found of it.
#[derive(Clone, Debug)]
pub(crate) struct ReadLine {
    pub(crate) kind: LineKind,
    pub(crate) rule: RuleId,
}

/// All lines of a source, and how it marks its paragraphs.
pub(crate) struct ReadLines {
    pub(crate) style: TextStyle,
    pub(crate) pages: Pages,
    pub(crate) lines: Vec<ReadLine>,
}

/// How a text marks where paragraphs begin and end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TextStyle {
    /// By blanks at the ends of paragraphs; one printed line a line, each after an empty one.
    BlankedParagraphs,
    /// By blanks at the starts of paragraphs; those at the ends of lines mean nothing.
    LeadingBlanks,
    /// Each line is a paragraph.
    ParagraphLines,
    /// Not at all, or by indents: lines are those of the page, one below the other.
    Wrapped,
}

impl TextStyle {
    fn of(source: &Source, pack: &LangPack) -> Self {
        let text = |line: &&Line| !line.span.is_empty() && line.hints.role == Role::Text;
        let printed: Vec<&Line> = source.lines().iter().filter(text).collect();
        // A file with pages shows its lines as they are printed.
        if printed.iter().any(|line| line.origin.page.is_some()) {
            return Self::Wrapped;
        }
        // A file marks its paragraphs; but in one that was made from a page, each line may be a paragraph of its own. A few short paragraphs are
        // no such page, and paragraphs with the styles of the house were set as such.
        let is_styled = || printed.iter().any(|line| StyleEvidence::of(source, line) != StyleEvidence::Nothing);
        let is_page = || printed.len() >= 20 && !is_styled() && is_wrapped(source, pack, &printed);
        if evidence::marks_paragraphs(&printed) && !is_page() {
            return Self::ParagraphLines;
        }
        let share = |of: fn(&Line) -> bool| printed.iter().filter(|line| of(line)).count() * 100 / printed.len().max(1);
        // One line in ten with a blank at its start tells the first style: paragraphs of ten lines are rare, and a text of the second
        // style has blanks at the start of a line only by accident.
        let blanked = share(|line| (1..=3).contains(&line.layout.indent) && line.layout.trail + line.layout.gap > 0);
        if blanked >= 10 && share(|line| line.layout.gap > 0) >= 30 {
            return if blanks_end_lines(source, &printed) { Self::LeadingBlanks } else { Self::BlankedParagraphs };
        }
        if is_wrapped(source, pack, &printed) { Self::Wrapped } else { Self::ParagraphLines }
    }
}

/// Printed lines have at most some 120 letters; in a text with a paragraph a line, some have many more, or all are short. And a printed
/// line of some length ends in mid-sentence more often than not, which few paragraphs do.
fn is_wrapped(source: &Source, pack: &LangPack, printed: &[&Line]) -> bool {
    let mut widths: Vec<usize> = printed.iter().map(|line| pages::width(source.slice(line.span))).collect();
    widths.sort_unstable();
    let widest = widths.get(widths.len() * 95 / 100).copied().unwrap_or(0);
    let texts = || printed.iter().map(|line| source.slice(line.span)).filter(|text| pages::width(text) >= 40);
    let open = texts().filter(|text| marks::ending(text, pack) == marks::Ending::Open).count();
    widest <= 130 && open > 0 && open * 10 >= texts().count() * 4
}

/// Whether lines end with a blank in mid-sentence. Of the lines with a blank at their end, at most one in twelve stands between small letters where
/// blanks end paragraphs, and a fifth and more where they end lines.
fn blanks_end_lines(source: &Source, printed: &[&Line]) -> bool {
    let (mut blanked, mut inside) = (0, 0);
    for (line, next) in printed.iter().zip(printed.iter().skip(1)).filter(|(line, _)| line.layout.trail > 0) {
        let small = |c: Option<char>| c.is_some_and(char::is_lowercase);
        let (text, next) = (source.slice(line.span), source.slice(next.span));
        blanked += 1;
        inside += usize::from(small(text.chars().next_back()) && small(next.chars().next()));
    }
    inside * 8 > blanked
}

/// Asks the rules for each line.
pub(crate) fn read(source: &Source, pack: &LangPack) -> ReadLines {
    let style = TextStyle::of(source, pack);
    let pages = if style == TextStyle::Wrapped { Pages::of(source, pack) } else { Pages::default() };
    let words_below_notes =
        if style == TextStyle::Wrapped { below_notes::words(source, pack, &pages) } else { BTreeSet::new() };
    let mut lines: Vec<ReadLine> = Vec::with_capacity(source.lines().len());
    let (mut in_notes, mut page_begins, mut noted) = (false, false, false);
    let mut marks = NoteMarks::of(source, pack);
    for (index, line) in source.lines().iter().enumerate() {
        let before = lines.last().map(|line: &ReadLine| line.kind);
        let after = source.lines().get(index + 1);
        let text = source.slice(line.span);
        in_notes &= !line.layout.page_break;
        page_begins |= line.layout.page_break;
        noted |= line.hints.role == Role::Note && evidence::note_mark(source, line, pack).is_some();
        let cx = LineCx {
            source,
            pack,
            style,
            index,
            line,
            text,
            pages: &pages,
            words_below_notes: &words_below_notes,
            before,
            after,
            in_notes,
            page_begins,
            noted,
            marks: &marks,
        };
        let found = RULES.iter().find_map(|rule| Some((rule, (rule.apply)(&cx)?)));
        let (rule, kind) = found.expect("the last rule takes every line");
        page_begins &= !matches!(kind, LineKind::PageTop | LineKind::Ruler);
        in_notes = match kind {
            LineKind::Ruler | LineKind::NoteMark | LineKind::NoteText => true,
            LineKind::Blank | LineKind::PageFoot | LineKind::WordBelowNotes => in_notes,
            // Behind the marks of the last page an extractor may put the closing lines, and the notes behind them.
            LineKind::Text => in_notes && marks.last.is_some() && is_closing(pack, text),
            _ => false,
        };
        if kind == LineKind::NoteMark {
            marks.last = Some(text);
        }
        lines.push(ReadLine { kind, rule: rule.id.clone() });
    }
    ReadLines { style, pages, lines }
}

/// What the lines claim that stands in no document.
pub(crate) fn furniture(source: &Source, read: &ReadLines) -> Vec<Claim> {
    let claim = |(line, read): (&Line, &ReadLine)| {
        let kind = match read.kind {
            LineKind::Ruler => ClaimKind::Ruler,
            LineKind::PageHead => ClaimKind::PageHead,
            LineKind::PageFoot => ClaimKind::PageFoot,
            _ => return None,
        };
        Some(Claim { span: line.span, kind, rule: read.rule.clone() })
    };
    source.lines().iter().zip(&read.lines).filter_map(claim).collect()
}

/// What the file says of a line that is no running text. A line among the notes that goes on no note is text all the same.
fn role(cx: &LineCx<'_>) -> Option<LineKind> {
    let kind = evidence::role(cx.line)?;
    let placed = match kind {
        LineKind::Note => cx.noted,
        LineKind::Cell => true,
        _ => !cx.text.is_empty(),
    };
    placed.then_some(kind)
}

/// What the file knows to be a paragraph, or a part of one, is no mark or number on a line of its own.
fn paragraph(cx: &LineCx<'_>) -> Option<LineKind> {
    let known = cx.style == TextStyle::ParagraphLines || cx.line.origin.page.is_some();
    let marked = known && cx.line.hints.start != Start::Unknown;
    (marked && !cx.text.is_empty()).then_some(LineKind::Text)
}

/// The number of the translation job, where a page foot prints it.
pub(crate) fn job_number_of(source: &Source, read: &ReadLines) -> Option<String> {
    let feet = source.lines().iter().zip(&read.lines).filter(|(_, read)| read.kind == LineKind::PageFoot);
    let mut parts = feet.flat_map(|(line, _)| pages::parts(source.slice(line.span)));
    parts.find_map(|part| pages::job_number(part).map(str::to_owned))
}

/// Five underscores and more, as extractors show the short line above the notes of a page, or as many dashes.
fn ruler(cx: &LineCx<'_>) -> Option<LineKind> {
    is_ruler(cx.text).then_some(LineKind::Ruler)
}

pub(crate) fn is_ruler(text: &str) -> bool {
    let mut visible = text.chars().filter(|c| !unres_lang::is_invisible(*c));
    let Some(mark @ ('_' | '-')) = visible.next() else { return false };
    let mut others = 0;
    visible.all(|c| {
        others += 1;
        c == mark
    }) && others >= 4
}

/// Job numbers and page numbers, alone or side by side. They stand at the foot of a page, but extractors put them anywhere.
fn job_number(cx: &LineCx<'_>) -> Option<LineKind> {
    // Each of them holds one of these marks.
    let mark = |byte: u8| u8::from(byte == b'-') | u8::from(byte == b'/') | u8::from(byte == b'*');
    if !any_byte(cx.text, mark) {
        return None;
    }
    let foot = |part: &str| pages::is_job_number(part) || pages::is_page_number(part);
    let both = |(left, right): (&str, &str)| foot(left) && foot(right.trim_start());
    let is_foot = |part: &str| foot(part) || part.split_once(' ').is_some_and(both);
    let as_on_page = matches!(cx.style, TextStyle::Wrapped | TextStyle::LeadingBlanks) && !cx.text.is_empty();
    // Where a line is a paragraph, a number may be one; with its language or as a bar code it is none.
    let is_marked = || cx.text.contains(['(', '*']) && pages::is_job_number(cx.text);
    (as_on_page && pages::parts(cx.text).all(is_foot) || is_marked()).then_some(LineKind::PageFoot)
}

/// The date of a job, which an extractor sets apart from its number where the gap between them is wide.
fn job_date(cx: &LineCx<'_>) -> Option<LineKind> {
    cx.pages.is_job_date(cx.index, cx.text).then_some(LineKind::PageFoot)
}

fn running_head(cx: &LineCx<'_>) -> Option<LineKind> {
    // What stands below text is no head any more.
    let below_text =
        cx.pages.line(cx.index).from_top > 0 && matches!(cx.before, Some(LineKind::Text | LineKind::PageTop));
    // A title that heads the pages may end in a line of one short word.
    let goes_on = cx.before == Some(LineKind::PageHead) && cx.line.layout.gap == 0;
    let head = cx.style == TextStyle::Wrapped && !below_text && cx.pages.is_head(cx.index, cx.text, goes_on);
    (head && !head_is_known(cx)).then_some(LineKind::PageHead)
}

/// Whether the file itself says what heads the page of a line: then no words have to.
fn head_is_known(cx: &LineCx<'_>) -> bool {
    let above = cx.source.lines().get(..cx.index).unwrap_or_default();
    let on_page = above.iter().rev().take_while(|line| line.origin.page == cx.line.origin.page);
    on_page.take(pages::HEAD_LINES).any(|line| line.hints.role == Role::PageHead)
}

/// A symbol that the cover gave, again and alone, and below it a word and a number: a page head in a text that lost its page breaks.
fn symbol_again(cx: &LineCx<'_>) -> Option<LineKind> {
    if cx.style != TextStyle::Wrapped {
        return None;
    }
    let symbol = cx.pages.repeats_symbol(cx.index, cx.text);
    let mut words = cx.text.split_whitespace();
    let word = words.next().is_some_and(|word| word.chars().all(char::is_alphabetic));
    let number = words.next().is_some_and(|number| number.len() <= 3 && number.bytes().all(|b| b.is_ascii_digit()));
    let page = cx.before == Some(LineKind::PageHead) && word && number && words.next().is_none();
    (symbol || page).then_some(LineKind::PageHead)
}

/// A word of the stretched line that ends the page, below the notes.
fn word_below_notes(cx: &LineCx<'_>) -> Option<LineKind> {
    cx.words_below_notes.contains(&cx.index).then_some(LineKind::WordBelowNotes)
}

fn form_feed(cx: &LineCx<'_>) -> Option<LineKind> {
    (cx.page_begins && !cx.text.is_empty()).then_some(LineKind::PageTop)
}

fn note_mark(cx: &LineCx<'_>) -> Option<LineKind> {
    let is_mark = cx.in_notes && marks::whole_line(cx.text, cx.pack).is_some();
    let close = cx.style == TextStyle::Wrapped || cx.after.is_some_and(|after| after.layout.gap == 0);
    (is_mark && close).then_some(LineKind::NoteMark)
}

fn note_text(cx: &LineCx<'_>) -> Option<LineKind> {
    (cx.before == Some(LineKind::NoteMark) && !cx.text.is_empty()).then_some(LineKind::NoteText)
}

/// A page's first line follows the notes of the page before without an empty line, and has the blank that a wrapped line of a
/// note has not.
fn top_after_notes(cx: &LineCx<'_>) -> Option<LineKind> {
    let layout = cx.line.layout;
    let top = cx.style == TextStyle::BlankedParagraphs && cx.in_notes && layout.gap == 0 && layout.indent > 0;
    (top && !cx.text.is_empty()).then_some(LineKind::PageTop)
}

/// Below the line above the notes, what has no mark goes on the last note of the page before.
fn note_goes_on(cx: &LineCx<'_>) -> Option<LineKind> {
    let as_on_page = matches!(cx.style, TextStyle::Wrapped | TextStyle::BlankedParagraphs);
    let carried = || cx.before == Some(LineKind::Ruler) && as_on_page && cx.marks.last.is_some();
    let above = || {
        matches!(cx.before, Some(LineKind::NoteText | LineKind::PageFoot | LineKind::Text | LineKind::WordBelowNotes))
    };
    let behind = || above() || carried();
    let goes_on = cx.in_notes && behind() && !cx.text.is_empty() && !is_closing(cx.pack, cx.text);
    let apart = cx.line.layout.gap > 0 && cx.style == TextStyle::ParagraphLines;
    (goes_on && !apart).then_some(LineKind::NoteText)
}

/// Whether a line is the meeting or the date of adoption, alone.
pub(crate) fn is_closing(pack: &LangPack, text: &str) -> bool {
    pack.date_line(text).is_some() || pack.meeting_line(text).is_some()
}

/// The marks that stand before notes, as far as they stand on lines of their own.
struct NoteMarks<'a> {
    printed: BTreeSet<&'a str>,
    /// The last one above the line at hand.
    last: Option<&'a str>,
}

impl<'a> NoteMarks<'a> {
    fn of(source: &'a Source, pack: &LangPack) -> Self {
        let mut printed = BTreeSet::new();
        let mut below_ruler = false;
        for line in source.lines() {
            let text = source.slice(line.span);
            below_ruler = (below_ruler && !line.layout.page_break) || is_ruler(text);
            if below_ruler && marks::whole_line(text, pack).is_some() {
                printed.insert(text);
            }
        }
        Self { printed, last: None }
    }

    /// Whether a mark may call a note from here: it stands before one, and not before one of an earlier page.
    fn expect(&self, mark: &str) -> bool {
        let number = |mark: &str| mark.trim_matches(|c: char| !c.is_ascii_digit()).parse::<u32>().ok();
        let is_past = || self.last.and_then(number).zip(number(mark)).is_some_and(|(last, mark)| mark <= last);
        self.printed.contains(mark) && !is_past()
    }
}

/// A call is raised, so that an extractor puts it on a line of its own, close to the lines around it. On a page it may stand apart; there a number
/// alone may also be the cell of a table.
fn call(cx: &LineCx<'_>) -> Option<LineKind> {
    let close = cx.line.layout.gap == 0 && cx.after.is_none_or(|after| after.layout.gap == 0);
    let close = close && !(cx.style == TextStyle::Wrapped && is_among_words(cx));
    let close = close || cx.style == TextStyle::Wrapped && cx.marks.expect(cx.text) || between_brackets(cx);
    let after_text =
        matches!(cx.before, Some(LineKind::Text | LineKind::PageTop | LineKind::Call | LineKind::Superscript));
    (close && after_text && marks::whole_line(cx.text, cx.pack).is_some()).then_some(LineKind::Call)
}

/// Whether a number that no note has stands between single words: an extractor sets those of a stretched line one below the other.
fn is_among_words(cx: &LineCx<'_>) -> bool {
    let is_word = |index: usize| {
        let text = cx.source.lines().get(index).map_or("", |line| cx.source.slice(line.span));
        let short = text.len() < cx.pages.width && pages::width(text) * 100 < cx.pages.width * 45;
        short && text.split(' ').count() <= 2 && text.contains(unres_lang::is_letter)
    };
    let is_mark = || cx.marks.printed.contains(cx.text);
    let words = || cx.index > 0 && is_word(cx.index - 1) && is_word(cx.index + 1);
    cx.text.starts_with(|c: char| c.is_ascii_digit()) && !is_mark() && words()
}

/// Whether the lines above and below are the brackets of the mark, each alone.
fn between_brackets(cx: &LineCx<'_>) -> bool {
    let text = |index: usize| cx.source.lines().get(index).map(|line| cx.source.slice(line.span));
    let (before, after) = (cx.index.checked_sub(1).and_then(text), text(cx.index + 1));
    cx.pack.call_brackets().any(|(open, close)| before == Some(open) && after == Some(close))
}

fn superscript(cx: &LineCx<'_>) -> Option<LineKind> {
    let close = cx.line.layout.gap == 0 && matches!(cx.before, Some(LineKind::Text | LineKind::PageTop));
    (close && cx.pack.is_superscript(cx.text)).then_some(LineKind::Superscript)
}

fn blank(cx: &LineCx<'_>) -> Option<LineKind> {
    cx.text.is_empty().then_some(LineKind::Blank)
}

/// Where every line has an empty one before it, the line that has none begins a page.
fn top_without_gap(cx: &LineCx<'_>) -> Option<LineKind> {
    let layout = cx.line.layout;
    let after_text = matches!(cx.before, Some(LineKind::Text | LineKind::PageTop));
    let top = cx.style == TextStyle::BlankedParagraphs && after_text && layout.gap == 0 && layout.indent > 0;
    (top && cx.source.lines().len() > 1).then_some(LineKind::PageTop)
}
