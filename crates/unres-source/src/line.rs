//! A source: the text that a reader made, and its lines as the page showed them.

use crate::{LineHints, LinkId, Run, RunHints, Span, StyleId};
use serde::{Deserialize, Serialize};

/// What a reader makes of one input: the text and its lines, in reading order.
///
/// The text is the authority: every later node points back into it by byte span.
#[derive(Clone, Debug, Default)]
pub struct Source {
    name: String,
    text: String,
    lines: Vec<Line>,
    /// In the order of the text, without overlap.
    runs: Vec<Run>,
    styles: Vec<Box<str>>,
    links: Vec<Box<str>>,
    /// Where the line that is being pushed run by run began.
    line_start: Option<usize>,
}

/// One printed line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Line {
    /// The line's text without the blanks at its ends; empty for a line of blanks only.
    pub span: Span,
    /// How the line lay on the page.
    pub layout: Layout,
    /// Where a person finds the line.
    pub origin: Origin,
    /// What the file itself says of the line.
    pub hints: LineHints,
}

/// What a reader saw around the text of a line. Facts only: what they mean is for the line and join rules to say.
///
/// A reader that sees distances gives them in the width of a blank.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Layout {
    /// Blank characters before the text.
    pub indent: u32,
    /// Blank characters after the text; for a line of blanks only, all of them are in `indent`.
    pub trail: u32,
    /// Wholly empty lines between this line and the one before.
    pub gap: u32,
    /// A form feed stood before the line, or it is the first of a page.
    pub page_break: bool,
}

/// A place in the input as a person would name it, numbers from 1.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Origin {
    /// Page, where the input has pages.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub page: Option<u32>,
    /// Line of the file, or of the page where the input has pages; the paragraph where it has neither.
    pub line: u32,
}

impl Source {
    /// An empty source; `name` is what diagnostics and tables call the input (a file name, or `-`).
    pub fn new(name: impl Into<String>) -> Self {
        Self { name: name.into(), ..Self::default() }
    }

    /// The name given by the caller.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The text that spans refer to: UTF-8, as the reader made it.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The lines in reading order.
    pub fn lines(&self) -> &[Line] {
        &self.lines
    }

    /// The text of a span; empty for a span that is not of this source.
    pub fn slice(&self, span: Span) -> &str {
        self.text.get(span.range()).unwrap_or_default()
    }

    /// The text between two spans, when the second begins behind the first.
    pub fn slice_between(&self, first: Span, second: Span) -> Option<&str> {
        self.text.get(first.end as usize..second.start as usize)
    }

    /// Makes room for a text of so many bytes.
    pub fn reserve(&mut self, bytes: usize) {
        self.text.reserve_exact(bytes);
    }

    /// Adds text that belongs to no line (line ends, empty lines).
    pub fn push_break(&mut self, text: &str) {
        self.text.push_str(text);
    }

    /// Adds a line: `raw` with the blanks at its ends, which are counted into the layout.
    pub fn push_line(&mut self, raw: &str, gap: u32, page_break: bool, origin: Origin) {
        let text = raw.trim();
        let indent = raw.len() - raw.trim_start().len();
        let start = self.text.len() + indent;
        let count = |blanks: &str| u32::try_from(blanks.chars().count()).unwrap_or(u32::MAX);
        let (before, after) = raw.split_at(indent);
        let (_, behind) = after.split_at(text.len());
        let layout = Layout { indent: count(before), trail: count(behind), gap, page_break };
        self.text.push_str(raw);
        let span = Span::new(start, start + text.len());
        self.lines.push(Line { span, layout, origin, hints: LineHints::default() });
    }

    /// Adds text to the line that [`Source::end_line`] will close, with what the file says of it. The text holds no line end.
    pub fn push_run(&mut self, text: &str, hints: RunHints) {
        let start = self.text.len();
        self.line_start.get_or_insert(start);
        self.text.push_str(text);
        if text.is_empty() || hints == RunHints::default() {
            return;
        }
        let span = Span::new(start, self.text.len());
        match self.runs.last_mut() {
            Some(last) if last.span.end == span.start && last.hints == hints => last.span.end = span.end,
            _ => self.runs.push(Run { span, hints }),
        }
    }

    /// Closes the line whose runs were pushed, and ends it in the text. Blanks at its ends are not counted: the layout is that of the page.
    pub fn end_line(&mut self, layout: Layout, origin: Origin, hints: LineHints) {
        let start = self.line_start.take().unwrap_or(self.text.len());
        let raw = self.text.get(start..).unwrap_or_default();
        let text = raw.trim();
        let first = start + (raw.len() - raw.trim_start().len());
        self.lines.push(Line { span: Span::new(first, first + text.len()), layout, origin, hints });
        self.text.push('\n');
    }

    /// All runs in the order of the text.
    pub fn runs(&self) -> &[Run] {
        &self.runs
    }

    /// The runs in a span, cut to it.
    pub fn runs_in(&self, span: Span) -> impl Iterator<Item = Run> {
        let first = self.runs.partition_point(|run| run.span.end <= span.start);
        let inside = self.runs.iter().skip(first).take_while(move |run| run.span.start < span.end);
        inside.map(move |run| {
            let (start, end) = (run.span.start.max(span.start), run.span.end.min(span.end));
            Run { span: Span { start, end }, ..*run }
        })
    }

    /// The id of a style's name, for [`LineHints::style`].
    pub fn style(&mut self, name: &str) -> StyleId {
        StyleId(intern(&mut self.styles, name))
    }

    /// The name of a style as the file writes it; empty for an id of another source.
    pub fn style_name(&self, id: StyleId) -> &str {
        self.styles.get(id.0 as usize).map_or("", |name| name)
    }

    /// The id of a link's target, for [`RunKind::Link`](crate::RunKind::Link).
    pub fn link(&mut self, target: &str) -> LinkId {
        LinkId(intern(&mut self.links, target))
    }

    /// Where a link leads, as the file writes it; empty for an id of another source.
    pub fn link_target(&self, id: LinkId) -> &str {
        self.links.get(id.0 as usize).map_or("", |target| target)
    }

    /// The place of a byte offset as line and column, both from 1; the column counts characters.
    pub fn line_and_column(&self, offset: u32) -> (u32, u32) {
        let at = (offset as usize).min(self.text.len());
        let before = self.text.get(..at).unwrap_or_default();
        let column = before.rsplit('\n').next().unwrap_or_default().chars().count();
        // The reader says which line of its input a line is; the text may have others.
        let after = self.lines.partition_point(|line| line.span.start <= offset);
        let line = after.checked_sub(1).and_then(|index| self.lines.get(index)).map_or(1, |line| line.origin.line);
        (line, u32::try_from(column + 1).unwrap_or(u32::MAX))
    }
}

/// Names are few and links come in runs, so that the last ones are the likely ones; an older double does no harm.
fn intern(names: &mut Vec<Box<str>>, name: &str) -> u32 {
    const LOOKED_AT: usize = 64;
    let known = names.iter().rev().take(LOOKED_AT).position(|known| **known == *name);
    let index = known.map_or(names.len(), |back| names.len() - 1 - back);
    if known.is_none() {
        names.push(name.into());
    }
    u32::try_from(index).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Face, RunKind};

    fn push(source: &mut Source, raw: &str) -> Line {
        source.push_line(raw, 0, false, Origin { page: None, line: 1 });
        *source.lines().last().expect("a line was pushed")
    }

    #[test]
    fn a_line_keeps_its_text_and_counts_its_blanks() {
        let mut source = Source::new("x");
        let line = push(&mut source, "  回顾 ");
        assert_eq!(source.slice(line.span), "回顾");
        assert_eq!((line.layout.indent, line.layout.trail), (2, 1));
    }

    #[test]
    fn a_line_of_blanks_counts_them_as_indent() {
        let mut source = Source::new("x");
        let line = push(&mut source, "  ");
        assert!(line.span.is_empty());
        assert_eq!((line.layout.indent, line.layout.trail), (2, 0));
    }

    #[test]
    fn columns_count_characters() {
        let mut source = Source::new("x");
        source.push_line("大会，x", 0, false, Origin { page: None, line: 7 });
        source.push_break("\n");
        assert_eq!(source.line_and_column(9), (7, 4));
    }

    #[test]
    fn runs_are_joined_and_cut_to_what_is_asked() {
        let mut source = Source::new("x");
        let italic = RunHints { face: Face { italic: true, ..Face::default() }, ..RunHints::default() };
        let linked = RunHints { kind: RunKind::Link(source.link("https://example.org/1")), ..RunHints::default() };
        for (text, hints) in
            [(" Not", italic), ("ing", italic), (" the bells, ", RunHints::default()), ("98/1", linked)]
        {
            source.push_run(text, hints);
        }
        source.end_line(Layout::default(), Origin { page: None, line: 1 }, LineHints::default());
        let line = *source.lines().last().expect("a line was pushed");
        assert_eq!(source.slice(line.span), "Noting the bells, 98/1");
        let runs: Vec<_> = source.runs_in(line.span).map(|run| source.slice(run.span)).collect();
        assert_eq!(runs, ["Noting", "98/1"]);
        assert_eq!(source.link_target(LinkId(0)), "https://example.org/1");
    }

    #[test]
    fn a_style_has_one_id() {
        let mut source = Source::new("x");
        let (body, head) = (source.style("Body"), source.style("Head"));
        assert_eq!((source.style("Body"), source.style_name(head)), (body, "Head"));
    }
}
