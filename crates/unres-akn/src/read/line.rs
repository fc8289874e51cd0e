//! A line of text while it is read: its pieces, the words at its head that are emphasised, blanks as the model wants them.

use crate::xml::{is_blank, is_blank_byte};
use jiff::civil::Date;
use unres_model::{Fact, FactRole, Inline, NoteCall, NoteId, Text, plain_text};

/// How blanks of the file are read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Blanks {
    /// As they stand; only those with a line break in them are layout.
    Kept,
    /// A run of them is one. A tab near the head of a line stays: it shows that a number was typed before it.
    #[default]
    Folded,
}

/// A tab further into a line than this many bytes follows no number.
const HEAD: usize = 40;

/// A line of text that is being read.
#[derive(Debug, Default)]
pub(super) struct Line {
    blanks: Blanks,
    content: Vec<Inline>,
    buffer: String,
    /// A blank is owed before the next text.
    owed: Option<char>,
    /// Bytes of text so far.
    len: usize,
    /// Bytes of text up to the last emphasised word, while nothing else came before.
    lead: usize,
    lead_is_over: bool,
    /// Whether any text was emphasised, and whether any was not.
    slanted: (bool, bool),
    /// The concept that the first emphasised words refer to.
    concept: Option<String>,
    /// The place of a call with an opening bracket before it.
    bracket: Option<usize>,
}

/// A line that was read.
#[derive(Debug, Default)]
pub(super) struct Finished {
    pub(super) content: Vec<Inline>,
    /// The emphasised words at its head.
    pub(super) lead: Option<String>,
    pub(super) concept: Option<String>,
    /// Some text was emphasised, some was not.
    pub(super) slanted: (bool, bool),
}

impl Line {
    /// An empty line. `room` is what another one left, so that text that comes in pieces finds it.
    pub(super) fn new(blanks: Blanks, room: String) -> Self {
        Self { blanks, buffer: room, ..Self::default() }
    }

    /// Whether nothing was printed yet.
    pub(super) fn is_empty(&self) -> bool {
        self.content.is_empty() && self.buffer.is_empty()
    }

    /// Adds text of the file.
    pub(super) fn push(&mut self, text: &str, emphasised: bool) {
        let mut text = text;
        if let Some(call) = self.bracket {
            if text.is_empty() {
                return;
            }
            self.bracket = None;
            if let Some(rest) = text.strip_prefix(')') {
                self.drop_bracket(call);
                text = rest;
            }
        }
        match self.blanks {
            Blanks::Folded => self.push_folded(text, emphasised),
            Blanks::Kept => self.push_kept(text, emphasised),
        }
    }

    fn push_folded(&mut self, text: &str, emphasised: bool) {
        let mut rest = text;
        while !rest.is_empty() {
            let (words, after) = rest.split_at(words(rest));
            self.word(words, emphasised);
            let next = after.bytes().position(|byte| !is_blank_byte(byte)).unwrap_or(after.len());
            let (blank, after) = after.split_at(next);
            if !blank.is_empty() {
                let tab = blank.contains('\t') || self.owed == Some('\t');
                self.owed = Some(if tab && self.len < HEAD { '\t' } else { ' ' });
            }
            rest = after;
        }
    }

    fn push_kept(&mut self, text: &str, emphasised: bool) {
        let mut rest = text;
        while let Some(end) = rest.find('\n') {
            let (before, after) = rest.split_at(end);
            let before = before.trim_end_matches(is_blank);
            self.word(before, emphasised);
            self.owed = Some(' ');
            rest = after.trim_start_matches(is_blank);
        }
        self.word(rest, emphasised);
    }

    /// Adds a piece of text before which an owed blank stands.
    fn word(&mut self, word: &str, emphasised: bool) {
        if word.is_empty() {
            return;
        }
        self.buffer.reserve(word.len() + 1);
        if let Some(blank) = self.owed.take().filter(|_| !self.is_empty()) {
            self.buffer.push(blank);
            self.len += 1;
        }
        self.buffer.push_str(word);
        self.len += word.len();
        let printed = word.contains(|c: char| !c.is_whitespace());
        if emphasised {
            self.slanted.0 |= printed;
            if !self.lead_is_over {
                self.lead = self.len;
            }
        } else if printed {
            self.slanted.1 = true;
            self.lead_is_over = true;
        }
    }

    /// The words that follow refer to a concept; only the first ones matter.
    pub(super) fn concept(&mut self, id: String) {
        if self.is_empty() {
            self.concept = Some(id);
        }
    }

    /// Adds a blank that the markup stands for: between paragraphs of a note, for a line break.
    pub(super) fn blank(&mut self) {
        self.owed = Some(self.owed.unwrap_or(' '));
    }

    /// Adds a call. Brackets round it belong to it.
    pub(super) fn call(&mut self, note: NoteId) {
        if let Some(blank) = self.owed.take().filter(|_| !self.is_empty()) {
            self.buffer.push(blank);
            self.len += 1;
        }
        self.flush();
        let bracketed = matches!(self.content.last(), Some(Inline::Text(text)) if text.text.ends_with('('));
        if bracketed && self.blanks == Blanks::Folded {
            self.bracket = Some(self.content.len());
        }
        self.content.push(Inline::Call(NoteCall { call: note, spans: Vec::new() }));
    }

    fn drop_bracket(&mut self, call: usize) {
        let Some(Inline::Text(text)) = call.checked_sub(1).and_then(|before| self.content.get_mut(before)) else {
            return;
        };
        if text.text.pop().is_some() {
            self.len -= 1;
            self.lead = self.lead.min(self.len);
        }
        if text.text.is_empty() {
            self.content.remove(call - 1);
        }
    }

    /// Ends the piece of text that is being read; gives the number of pieces so far.
    pub(super) fn mark(&mut self) -> usize {
        self.flush();
        self.content.len()
    }

    fn flush(&mut self) {
        if !self.buffer.is_empty() {
            let text = self.buffer.as_str().to_owned();
            self.buffer.clear();
            // Most lines are one piece.
            if self.content.is_empty() {
                self.content.reserve_exact(1);
            }
            self.content.push(Inline::Text(Text { text, spans: Vec::new() }));
        }
    }

    /// The text since a mark.
    pub(super) fn since(&mut self, mark: usize) -> String {
        self.flush();
        plain_text(self.content.get(mark..).unwrap_or_default()).into_owned()
    }

    /// Takes the text since a mark back, when it is nothing but text.
    pub(super) fn take_back(&mut self, mark: usize) {
        self.flush();
        let taken = self.content.iter().skip(mark).filter_map(Inline::text).map(|text| text.text.len()).sum::<usize>();
        self.content.truncate(mark);
        self.len -= taken;
        self.lead = self.lead.min(self.len);
    }

    /// Whether a fact stands behind a mark.
    pub(super) fn has_fact(&mut self, mark: usize) -> bool {
        self.content.iter().skip(mark).any(|inline| matches!(inline, Inline::Fact(_)))
    }

    /// Makes the text since a mark a fact. Blanks and marks at its ends stay outside.
    pub(super) fn fact(&mut self, mark: usize, role: FactRole, date: Option<Date>) {
        self.flush();
        let pieces = self.content.split_off(mark.min(self.content.len()));
        for piece in pieces {
            match piece {
                Inline::Text(text) => self.fact_in(&text.text, role, date),
                other => self.content.push(other),
            }
        }
    }

    fn fact_in(&mut self, text: &str, role: FactRole, date: Option<Date>) {
        let (before, words, after) = hug(text, role);
        self.plain(before);
        if !words.is_empty() {
            let text = Text { text: words.to_owned(), spans: Vec::new() };
            self.content.push(Inline::Fact(Fact { role, date, text }));
        }
        self.plain(after);
    }

    fn plain(&mut self, text: &str) {
        if text.is_empty() {
            return;
        }
        if let Some(Inline::Text(last)) = self.content.last_mut() {
            last.text.push_str(text);
        } else {
            self.content.push(Inline::Text(Text { text: text.to_owned(), spans: Vec::new() }));
        }
    }

    /// Whether the text is nothing but `()` so far, as Arabic notes begin where their number was.
    pub(super) fn drop_empty_brackets(&mut self) {
        if let Some(rest) = self.buffer.strip_prefix('(').map(str::trim_start).and_then(|rest| rest.strip_prefix(')')) {
            let rest = rest.trim_start().to_owned();
            self.len -= self.buffer.len() - rest.len();
            self.lead = self.lead.min(self.len);
            self.buffer = rest;
        }
    }

    /// The line as it was read, and its room, which is empty.
    pub(super) fn finish(mut self) -> (Finished, String) {
        self.flush();
        if self.blanks == Blanks::Folded {
            trim(&mut self.content);
        }
        merge(&mut self.content);
        let lead = self.lead();
        (Finished { lead, content: self.content, concept: self.concept, slanted: self.slanted }, self.buffer)
    }

    /// The emphasised words at the head, where others follow.
    fn lead(&self) -> Option<String> {
        let mark = |c: char| c.is_whitespace() || matches!(c, ',' | ';' | ':' | '，' | '；' | '：' | '،');
        if self.lead == 0 {
            return None;
        }
        let text = plain_text(&self.content);
        let lead = text.get(..self.lead)?.trim_start().trim_end_matches(mark);
        (!lead.is_empty() && text.trim() != lead).then(|| lead.to_owned())
    }
}

/// Bytes of the words at the head of a text between which single blanks stand: they need no folding.
fn words(text: &str) -> usize {
    let bytes = text.as_bytes();
    if bytes.first().is_none_or(|first| is_blank_byte(*first)) {
        return 0;
    }
    // A blank that is no space, and a space before another blank.
    let odd = memchr::memchr3(b'\t', b'\n', b'\r', bytes).unwrap_or(bytes.len());
    let plain = bytes.get(..odd).unwrap_or_default();
    let ends_blank = plain.last() == Some(&b' ');
    memchr::memmem::find(plain, b"  ").unwrap_or(odd - usize::from(ends_blank))
}

/// What stands before the words of a fact, the words, and what follows.
fn hug(text: &str, role: FactRole) -> (&str, &str, &str) {
    let outside = |c: char| c.is_whitespace() || matches!(c, '.' | ',' | ';' | '，' | '。' | '；' | '،');
    let dash = |c: char| c.is_whitespace() || matches!(c, '-' | '–' | '—' | '.');
    let words = match role {
        FactRole::Number => text.trim_start().trim_end_matches(|c| outside(c) || dash(c)),
        FactRole::Title => text.trim_start_matches(dash).trim_end(),
        _ => text.trim_start().trim_end_matches(outside),
    };
    let start = match role {
        FactRole::Title => text.len() - text.trim_start_matches(dash).len(),
        _ => text.len() - text.trim_start().len(),
    };
    let (before, rest) = text.split_at_checked(start).unwrap_or(("", text));
    let (words, after) = rest.split_at_checked(words.len()).unwrap_or((rest, ""));
    (before, words, after)
}

/// Drops blanks at both ends.
fn trim(content: &mut Vec<Inline>) {
    while let Some(Inline::Text(last)) = content.last_mut() {
        let len = last.text.trim_end().len();
        last.text.truncate(len);
        if !last.text.is_empty() {
            break;
        }
        content.pop();
    }
    while let Some(Inline::Text(first)) = content.first_mut() {
        let trimmed = first.text.trim_start();
        if trimmed.len() == first.text.len() {
            break;
        }
        first.text = trimmed.to_owned();
        if !first.text.is_empty() {
            break;
        }
        content.remove(0);
    }
}

/// Joins neighbouring texts, so that what the markup cuts reads as one.
fn merge(content: &mut Vec<Inline>) {
    let is_text = |inline: &Inline| matches!(inline, Inline::Text(_));
    if !content.windows(2).any(|pair| pair.iter().all(is_text)) {
        return;
    }
    let mut merged: Vec<Inline> = Vec::with_capacity(content.len());
    for inline in content.drain(..) {
        match (merged.last_mut(), inline) {
            (Some(Inline::Text(last)), Inline::Text(text)) => last.text.push_str(&text.text),
            (_, inline) => merged.push(inline),
        }
    }
    *content = merged;
}
