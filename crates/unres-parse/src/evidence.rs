//! Evidence: what the hints of a file say, for the rules to use beside the words. A source without hints gives none.

use crate::calls::InlineCalls;
use crate::chunk::Chunk;
use crate::lines::{LineKind, ReadLines};
use crate::marks;
use std::collections::BTreeSet;
use unres_lang::LangPack;
use unres_source::{Face, Line, NoteKey, Role, Run, RunKind, Source, Span};

/// Whether the file itself marks where most paragraphs of running text begin.
pub(crate) fn marks_paragraphs(lines: &[&Line]) -> bool {
    let marked = lines.iter().filter(|line| line.hints.start != unres_source::Start::Unknown).count();
    marked > 0 && marked * 2 >= lines.len()
}

/// The mark before a note's text, and the text on both sides of it.
pub(crate) struct NoteMark {
    /// With the brackets that belong to it.
    pub(crate) span: Span,
    pub(crate) key: Option<NoteKey>,
    pub(crate) before: Span,
    pub(crate) after: Span,
}

/// The mark of the note that begins on a line: one that the file knows, or a raised one at the head of the line.
pub(crate) fn note_mark(source: &Source, line: &Line, pack: &LangPack) -> Option<NoteMark> {
    let known = |run: &Run| matches!(run.hints.kind, RunKind::NoteMark(_));
    let first = source.runs_in(line.span).next();
    let raised = || {
        let head = first.filter(|run| run.hints.face.superscript && run.span.start == line.span.start)?;
        let bare = source.slice(head.span).trim();
        let mark = marks::whole_line(bare, pack).is_some() || bare.chars().count() == 1;
        mark.then_some(head)
    };
    let run = source.runs_in(line.span).find(known).or_else(raised)?;
    let key = match run.hints.kind {
        RunKind::NoteMark(key) => Some(key),
        _ => None,
    };
    let span = with_brackets(source, line.span, trimmed(source, run.span), pack);
    let before = Span { start: line.span.start, end: span.start };
    let after = Span { start: span.end, end: line.span.end };
    Some(NoteMark { span, key, before, after })
}

/// The calls that the hints of a source show, by the index of their line; none where the source knows of no raised letters, so that words must
/// tell. A raised mark is a call for certain once a note with that mark is printed: another is an exponent.
pub(crate) fn calls(source: &Source, pack: &LangPack, read: &ReadLines) -> Option<InlineCalls> {
    let lines = || source.lines().iter().zip(&read.lines).enumerate();
    let notes = lines().filter(|(_, (_, found))| found.kind == LineKind::Note);
    let printed: BTreeSet<&str> = notes
        .filter_map(|(_, (line, _))| Some(bare(source.slice(note_mark(source, line, pack)?.span), pack)))
        .collect();
    let mut calls = InlineCalls::new();
    for (index, (line, found)) in lines() {
        if !matches!(found.kind, LineKind::Text | LineKind::PageTop | LineKind::Cell) {
            continue;
        }
        let is_call = |run: &Run| match run.hints.kind {
            RunKind::NoteCall(_) => true,
            RunKind::Text => run.hints.face.superscript && printed.contains(bare(source.slice(run.span), pack)),
            _ => false,
        };
        let spans = source.runs_in(line.span).filter(is_call).map(|run| trimmed(source, run.span));
        let spans: Vec<Span> = spans.map(|span| with_brackets(source, line.span, span, pack)).collect();
        if !spans.is_empty() {
            calls.insert(index, spans);
        }
    }
    (!calls.is_empty()).then_some(calls)
}

/// The note that a call means, where the file knows it.
pub(crate) fn called_note(source: &Source, call: Span) -> Option<NoteKey> {
    source.runs_in(call).find_map(|run| match run.hints.kind {
        RunKind::NoteCall(key) => Some(key),
        _ => None,
    })
}

/// How letters are set apart from running text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Emphasis {
    Italic,
    /// In scripts without slant.
    Bold,
}

/// How many bytes at the head of a span are emphasised.
pub(crate) fn emphasised(source: &Source, span: Span, emphasis: Emphasis) -> usize {
    let is_emphasised = |face: Face| match emphasis {
        Emphasis::Italic => face.italic,
        Emphasis::Bold => face.bold,
    };
    let mut end = span.start;
    for run in source.runs_in(span) {
        if run.span.start != end || !is_emphasised(run.hints.face) {
            break;
        }
        end = run.span.end;
    }
    (end - span.start) as usize
}

/// What the style of a paragraph says that it is. Styles are those of the templates of the United Nations, and the headings of Word and of web pages.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum StyleEvidence {
    #[default]
    Nothing,
    Heading,
    /// No style, but letters that the file sets headings in.
    LooksLikeHeading,
    Body,
}

impl StyleEvidence {
    /// Names of one style differ by blanks, strokes and underscores between templates: `_ H_2/3`, `__H2/3`, `H23`.
    pub(crate) fn of(source: &Source, line: &Line) -> Self {
        const HEADINGS: [&str; 21] = [
            "hch", "hm", "h1", "h2", "h3", "h23", "h4", "h56", "h5", "h6", "titlehch", "titleh1", "titleh2",
            "heading1", "heading2", "heading3", "heading4", "heading5", "heading6", "heading7", "heading8",
        ];
        let Some(style) = line.hints.style else { return Self::Nothing };
        let name = source.style_name(style).chars().filter(|c| c.is_alphanumeric());
        let name: String = name.collect::<String>().to_lowercase();
        match name.as_str() {
            "singletxt" => Self::Body,
            heading if HEADINGS.contains(&heading) => Self::Heading,
            _ => Self::Nothing,
        }
    }
}

/// How a file without styles sets its headings.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum HeadingLook {
    /// Nothing tells them from text.
    #[default]
    Unknown,
    /// In bold letters, which much of the text is not in.
    Bold,
}

impl HeadingLook {
    pub(crate) fn of(source: &Source, read: &ReadLines) -> Self {
        let lines = || source.lines().iter().zip(&read.lines).filter(|(_, found)| found.kind == LineKind::Text);
        if lines().any(|(line, _)| line.hints.style.is_some()) {
            return Self::Unknown;
        }
        let bold = lines().filter(|(line, _)| is_bold(source, line.span)).count();
        if bold > 1 && bold * 5 < lines().count() * 4 { Self::Bold } else { Self::Unknown }
    }

    /// What the look of a paragraph says: one over several lines without any emphasis is no heading.
    pub(crate) fn style(self, source: &Source, chunk: &Chunk) -> StyleEvidence {
        let is_plain = |span: Span| source.runs_in(span).all(|run| !run.hints.face.bold && !run.hints.face.italic);
        match self {
            Self::Bold if chunk.is_bold(source) => StyleEvidence::LooksLikeHeading,
            Self::Bold if chunk.pieces.len() > 1 && chunk.texts().all(is_plain) => StyleEvidence::Body,
            Self::Bold | Self::Unknown => StyleEvidence::Nothing,
        }
    }
}

/// Whether all words of a span are in bold letters.
pub(crate) fn is_bold(source: &Source, span: Span) -> bool {
    let mut words = source.runs_in(span).filter(|run| !source.slice(run.span).trim().is_empty()).peekable();
    words.peek().is_some() && words.all(|run| run.hints.face.bold)
}

/// Whether the file says that a line is no running text, and what it is instead.
pub(crate) fn role(line: &Line) -> Option<LineKind> {
    match line.hints.role {
        Role::Text | Role::Masthead => None,
        Role::PageHead => Some(LineKind::PageHead),
        Role::PageFoot => Some(LineKind::PageFoot),
        Role::Note => Some(LineKind::Note),
        Role::Cell(_) => Some(LineKind::Cell),
    }
}

/// A mark without the brackets of the language.
pub(crate) fn bare<'a>(mark: &'a str, pack: &LangPack) -> &'a str {
    let mark = mark.trim();
    let inner = pack.call_brackets().find_map(|(open, close)| mark.strip_prefix(open)?.strip_suffix(close));
    inner.unwrap_or(mark)
}

/// A mark with the brackets that stand round it, where the language sets marks in brackets.
fn with_brackets(source: &Source, line: Span, mark: Span, pack: &LangPack) -> Span {
    let before = source.slice(Span { start: line.start, end: mark.start });
    let after = source.slice(Span { start: mark.end, end: line.end });
    let found = pack.call_brackets().find(|(open, close)| before.ends_with(open) && after.starts_with(close));
    found.map_or(mark, |(open, close)| Span::new(mark.start as usize - open.len(), mark.end as usize + close.len()))
}

fn trimmed(source: &Source, span: Span) -> Span {
    let text = source.slice(span);
    span.part(text.len() - text.trim_start().len(), text.trim().len())
}
