//! Text of a block as one line, and the places of the note calls in it.

use memchr::memchr2_iter;
use std::borrow::Cow;
use unres_model::{Block, Inline, NoteId};
use unres_source::any_byte;

/// Stands between the cells of a table.
const CELL_BREAK: &str = " | ";
/// Stands between the rows of a table.
const ROW_BREAK: &str = " || ";

/// Text without line breaks and without note calls.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Line<'a> {
    pub(crate) text: Cow<'a, str>,
    pub(crate) calls: Vec<Call>,
}

/// Where a note is called.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Call {
    /// Before folding: bytes of text before the call. In a [`Line`]: characters.
    pub(crate) offset: usize,
    pub(crate) note: NoteId,
}

impl<'a> Line<'a> {
    /// The text of a block: its content, then the rows of its table.
    pub(crate) fn of_block(block: &'a Block) -> Self {
        let mut raw = Self::default();
        raw.push(&block.content);
        for (row_number, row) in block.rows.iter().enumerate() {
            if row_number > 0 || !block.content.is_empty() {
                raw.text.to_mut().push_str(ROW_BREAK);
            }
            for (cell_number, cell) in row.iter().enumerate() {
                if cell_number > 0 {
                    raw.text.to_mut().push_str(CELL_BREAK);
                }
                raw.push(&cell.content);
            }
        }
        raw.folded()
    }

    /// The text of a note or of any other content.
    pub(crate) fn of_content(content: &'a [Inline]) -> Self {
        let mut raw = Self::default();
        raw.push(content);
        raw.folded()
    }

    fn push(&mut self, content: &'a [Inline]) {
        // Half of all lines are one text, which need not be copied.
        if let ([Inline::Text(text)], true) = (content, self.text.is_empty()) {
            self.text = Cow::Borrowed(&text.text);
            return;
        }
        let whole = self.text.to_mut();
        whole.reserve(content.iter().filter_map(Inline::text).map(|text| text.text.len()).sum());
        for inline in content {
            if let Inline::Call(call) = inline {
                self.calls.push(Call { offset: whole.len(), note: call.call });
            }
            if let Some(text) = inline.text() {
                whole.push_str(&text.text);
            }
        }
    }

    /// A text without line breaks stays; the offsets are counted in characters.
    fn counted(mut self) -> Self {
        let (mut bytes, mut chars) = (0, 0);
        for call in &mut self.calls {
            chars += self.text.get(bytes..call.offset).unwrap_or_default().chars().count();
            bytes = call.offset;
            call.offset = chars;
        }
        self
    }

    /// The same with line breaks folded and offsets in characters of the folded text. One walk over text and calls, so
    /// that the work is linear in both.
    fn folded(self) -> Self {
        if !has_break(&self.text) {
            return self.counted();
        }
        let mut calls = self.calls;
        let mut next = 0;
        let mut chars = 0;
        let mut text = String::with_capacity(self.text.len());
        for piece in pieces(&self.text) {
            // A call inside folded blanks stands before the one that is left, at the word that it belongs to.
            while let Some(call) = calls.get_mut(next).filter(|call| call.offset < piece.end) {
                call.offset = chars;
                next += 1;
            }
            text.push(piece.shown);
            chars += 1;
        }
        for call in calls.iter_mut().skip(next) {
            call.offset = chars;
        }
        Self { text: text.into(), calls }
    }
}

/// Whether a text holds a line break.
fn has_break(text: &str) -> bool {
    let ascii = |byte: u8| u8::from(byte.wrapping_sub(b'\n') < 4);
    any_byte(text, ascii) || has_other_break(text.as_bytes())
}

/// Whether one of U+0085, U+2028 and U+2029 is in a text: few characters begin with the same bytes.
fn has_other_break(text: &[u8]) -> bool {
    let is_break = |at| matches!(text.get(at..), Some([0xC2, 0x85, ..] | [0xE2, 0x80, 0xA8 | 0xA9, ..]));
    memchr2_iter(0xC2, 0xE2, text).any(is_break)
}

/// Text in which each run of blanks with a line break in it is one blank. Hand-written JSON may hold such text.
pub(crate) fn fold(text: Cow<'_, str>) -> Cow<'_, str> {
    if has_break(&text) { pieces(&text).map(|piece| piece.shown).collect::<String>().into() } else { text }
}

/// A character of the folded text.
struct Piece {
    shown: char,
    /// Where what it stands for ends, in bytes of the text before.
    end: usize,
}

/// The folded text, character by character.
fn pieces(text: &str) -> impl Iterator<Item = Piece> {
    let mut chars = text.char_indices().peekable();
    // End of the run of blanks that is known to hold no break, so that no run is looked through twice.
    let mut kept_until = 0;
    std::iter::from_fn(move || {
        let (at, shown) = chars.next()?;
        let end = at + shown.len_utf8();
        if !shown.is_whitespace() || at < kept_until {
            return Some(Piece { shown, end });
        }
        let run = leading_blanks(text.get(at..).unwrap_or_default());
        let run_end = at + run.len();
        if !run.contains(is_break) {
            kept_until = run_end;
            return Some(Piece { shown, end });
        }
        while chars.next_if(|(at, _)| *at < run_end).is_some() {}
        Some(Piece { shown: ' ', end: run_end })
    })
}

fn leading_blanks(text: &str) -> &str {
    text.get(..text.len() - text.trim_start().len()).unwrap_or_default()
}

/// Whether a reader of CSV or an editor may begin a new line there.
fn is_break(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use unres_model::{BlockKind, Cell, NoteCall, Text};
    use unres_source::RuleId;

    /// `^` stands for a call.
    fn content(marked: &str) -> Vec<Inline> {
        let mut content = Vec::new();
        for (index, text) in marked.split('^').enumerate() {
            if index > 0 {
                content.push(Inline::Call(NoteCall { call: NoteId(7), spans: Vec::new() }));
            }
            content.push(Inline::Text(Text { text: text.to_owned(), spans: Vec::new() }));
        }
        content
    }

    fn check(marked: &str, text: &str, offsets: &[usize]) {
        let content = content(marked);
        let line = Line::of_content(&content);
        let found: Vec<usize> = line.calls.iter().map(|call| call.offset).collect();
        assert_eq!((&*line.text, found.as_slice()), (text, offsets), "{marked:?}");
    }

    #[test]
    fn offsets_count_characters_before_the_call() {
        check("", "", &[]);
        check("lamps^", "lamps", &[5]);
        check("^lamps^^ burn", "lamps burn", &[0, 5, 5]);
        check("灯塔^，", "灯塔，", &[2]);
    }

    #[test]
    fn blanks_with_a_break_become_one_blank() {
        check("two  lamps", "two  lamps", &[]);
        check("two \r\n  lamps^", "two lamps", &[9]);
        check("two\u{2028}lamps\n", "two lamps ", &[]);
        check("two ^\n^ lamps", "two lamps", &[3, 3]);
        check("a  b\u{a0}\u{85}c^", "a  b c", &[6]);
        for line_end in ["\n", "\u{b}", "\u{c}", "\r", "\u{85}", "\u{2028}", "\u{2029}"] {
            check(line_end, " ", &[]);
            check(&format!("lamps{line_end}"), "lamps ", &[]);
            check(&format!("{line_end}lamps"), " lamps", &[]);
        }
        check("a\u{a0}b \u{2019}c", "a\u{a0}b \u{2019}c", &[]);
    }

    #[test]
    fn breaks_are_told_from_all_else() {
        for c in '\0'..=char::MAX {
            assert_eq!(has_break(&format!("a{c}b")), is_break(c), "{c:?}");
        }
    }

    #[test]
    fn tables_are_one_line() {
        let cell = |text: &str| Cell { content: content(text), ..Cell::default() };
        let mut block = Block::new(BlockKind::Table, RuleId::new("test/rule"));
        block.rows =
            vec![vec![cell("Coast"), cell("Lamps")], vec![cell("North^"), cell("")], vec![cell("South"), cell("2")]];
        let line = Line::of_block(&block);
        assert_eq!(line.text, "Coast | Lamps || North |  || South | 2");
        assert_eq!(line.calls, [Call { offset: 22, note: NoteId(7) }]);
    }
}
