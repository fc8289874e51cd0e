//! Line rules: what is this line, by its text, its layout and its neighbours.

use crate::marks;
use unres_lang::LangPack;
use unres_model::{Claim, ClaimKind};
use unres_source::{Line, RuleId, Source};

/// What a line is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum LineKind {
    /// Running text.
    Text,
    /// Running text at the top of a page.
    PageTop,
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
}

/// What a rule sees.
pub(crate) struct LineCx<'a> {
    source: &'a Source,
    pack: &'a LangPack,
    style: TextStyle,
    line: &'a Line,
    text: &'a str,
    before: Option<LineKind>,
    after: Option<&'a Line>,
    /// The line stands below a ruler, and no page has begun since.
    in_notes: bool,
}

pub(crate) struct LineRule {
    pub(crate) id: RuleId,
    apply: fn(&LineCx<'_>) -> Option<LineKind>,
}

/// The line rules, in the order in which they are asked.
pub(crate) const RULES: &[LineRule] = &[
    LineRule { id: RuleId::new("page/ruler"), apply: ruler },
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
    pub(crate) lines: Vec<ReadLine>,
}

/// How a text marks where paragraphs begin and end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TextStyle {
    /// By blanks at the ends of paragraphs; one printed line a line, each after an empty one.
    BlankedParagraphs,
    /// Each line is a paragraph.
    ParagraphLines,
}

impl TextStyle {
    /// One line in ten with a blank at its start tells the first style: paragraphs of ten lines are rare, and a text of
    /// the second style has blanks at the start of a line only by accident.
    fn of(source: &Source) -> Self {
        let printed = source.lines().iter().filter(|line| !line.span.is_empty());
        let (count, blanked) = printed.fold((0, 0), |(count, blanked), line| {
            (count + 1, blanked + usize::from(line.layout.indent > 0 && line.layout.trail + line.layout.gap > 0))
        });
        if blanked * 10 >= count { Self::BlankedParagraphs } else { Self::ParagraphLines }
    }
}

/// Asks the rules for each line.
pub(crate) fn read(source: &Source, pack: &LangPack) -> ReadLines {
    let style = TextStyle::of(source);
    let mut lines: Vec<ReadLine> = Vec::with_capacity(source.lines().len());
    let mut in_notes = false;
    for (index, line) in source.lines().iter().enumerate() {
        let before = lines.last().map(|line: &ReadLine| line.kind);
        let after = source.lines().get(index + 1);
        let cx = LineCx { source, pack, style, line, text: source.slice(line.span), before, after, in_notes };
        let found = RULES.iter().find_map(|rule| Some((rule, (rule.apply)(&cx)?)));
        let (rule, kind) = found.expect("the last rule takes every line");
        in_notes = match kind {
            LineKind::Ruler | LineKind::NoteMark | LineKind::NoteText => true,
            LineKind::Blank => in_notes,
            _ => false,
        };
        lines.push(ReadLine { kind, rule: rule.id.clone() });
    }
    ReadLines { style, lines }
}

/// What the lines claim that stands in no document.
pub(crate) fn furniture(source: &Source, read: &ReadLines) -> Vec<Claim> {
    let rulers = source.lines().iter().zip(&read.lines).filter(|(_, line)| line.kind == LineKind::Ruler);
    rulers.map(|(line, read)| Claim { span: line.span, kind: ClaimKind::Ruler, rule: read.rule.clone() }).collect()
}

/// Five underscores and more, as extractors show the short line above the notes of a page.
fn ruler(cx: &LineCx<'_>) -> Option<LineKind> {
    (cx.text.len() >= 5 && cx.text.bytes().all(|b| b == b'_')).then_some(LineKind::Ruler)
}

fn form_feed(cx: &LineCx<'_>) -> Option<LineKind> {
    (cx.line.layout.page_break && !cx.text.is_empty()).then_some(LineKind::PageTop)
}

fn note_mark(cx: &LineCx<'_>) -> Option<LineKind> {
    let is_mark = cx.in_notes && marks::whole_line(cx.text, cx.pack).is_some();
    (is_mark && cx.after.is_some_and(|after| after.layout.gap == 0)).then_some(LineKind::NoteMark)
}

fn note_text(cx: &LineCx<'_>) -> Option<LineKind> {
    (cx.before == Some(LineKind::NoteMark)).then_some(LineKind::NoteText)
}

/// A page's first line follows the notes of the page before without an empty line, and has the blank that a wrapped line of a
/// note has not.
fn top_after_notes(cx: &LineCx<'_>) -> Option<LineKind> {
    let layout = cx.line.layout;
    let top = cx.style == TextStyle::BlankedParagraphs && cx.in_notes && layout.gap == 0 && layout.indent > 0;
    (top && !cx.text.is_empty()).then_some(LineKind::PageTop)
}

fn note_goes_on(cx: &LineCx<'_>) -> Option<LineKind> {
    let goes_on = cx.in_notes && cx.before == Some(LineKind::NoteText) && !cx.text.is_empty();
    (goes_on && (cx.line.layout.gap == 0 || cx.style == TextStyle::BlankedParagraphs)).then_some(LineKind::NoteText)
}

/// A call is raised, so that an extractor puts it on a line of its own, close to the lines around it.
fn call(cx: &LineCx<'_>) -> Option<LineKind> {
    let close = cx.line.layout.gap == 0 && cx.after.is_none_or(|after| after.layout.gap == 0);
    let after_text =
        matches!(cx.before, Some(LineKind::Text | LineKind::PageTop | LineKind::Call | LineKind::Superscript));
    (close && after_text && marks::whole_line(cx.text, cx.pack).is_some()).then_some(LineKind::Call)
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
