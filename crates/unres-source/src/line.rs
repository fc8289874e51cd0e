//! A source: the text that a reader made, and its lines as the page showed them.

use crate::Span;
use serde::{Deserialize, Serialize};

/// What a reader makes of one input: the text and its lines, in reading order.
///
/// The text is the authority: every later node points back into it by byte span.
#[derive(Clone, Debug, Default)]
pub struct Source {
    name: String,
    text: String,
    lines: Vec<Line>,
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
}

/// What a reader saw around the text of a line. Facts only: what they mean is for the line and join rules to say.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Layout {
    /// Blank characters before the text.
    pub indent: u32,
    /// Blank characters after the text; for a line of blanks only, all of them are in `indent`.
    pub trail: u32,
    /// Wholly empty lines between this line and the one before.
    pub gap: u32,
    /// A form feed stood before the line.
    pub page_break: bool,
}

/// A place in the input as a person would name it, numbers from 1.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Origin {
    /// Page, where the input has pages.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub page: Option<u32>,
    /// Line of the file, or of the page where the input has pages.
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
        let layout = Layout { indent: count(before), trail: count(after) - count(text), gap, page_break };
        self.text.push_str(raw);
        self.lines.push(Line { span: Span::new(start, start + text.len()), layout, origin });
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

#[cfg(test)]
mod tests {
    use super::*;

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
}
