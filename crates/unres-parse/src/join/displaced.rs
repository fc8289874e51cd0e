//! Ends of paragraphs that an extractor prints in front of them.

use super::wrapped::is_item_number;
use crate::lines::{LineKind, ReadLines, TextStyle};
use crate::marks::{self, Ending};
use crate::pages;
use std::collections::{BTreeMap, BTreeSet};
use unres_lang::{LangPack, WordBreak};
use unres_source::{Line, Source};

/// Short ends that stand before the lines they end, as an extractor that takes the wide gaps of a stretched line for columns prints them: `5.`,
/// `regard;`, an empty line, `Thanks all … in this`. Several come in a row, and so do their lines.
#[derive(Default)]
pub(crate) struct DisplacedEnds {
    /// The end for each line.
    of_line: BTreeMap<usize, usize>,
    /// The lines that are such ends.
    ends: BTreeSet<usize>,
}

impl DisplacedEnds {
    pub(crate) fn of(source: &Source, pack: &LangPack, read: &ReadLines) -> Self {
        let mut found = Self::default();
        // Where words have no blanks between them, an end shows no first word.
        if read.style != TextStyle::Wrapped || pack.word_break() == WordBreak::None {
            return found;
        }
        let cx = Cx { source, pack, width: read.pages.width };
        let is_text = |index: usize| read.lines.get(index).is_some_and(|line| line.kind == LineKind::Text);
        let texts: Vec<usize> = (0..source.lines().len()).filter(|index| is_text(*index)).collect();
        let mut at = 1;
        while at < texts.len() {
            let before = cx.text(texts[at - 1]);
            let pairs = if cx.may_stand_before_end(before) { cx.pairs(&texts[at..]) } else { Vec::new() };
            at += 2 * pairs.len() + usize::from(pairs.is_empty());
            for (end, line) in pairs {
                found.of_line.insert(line, end);
                found.ends.insert(end);
            }
        }
        found
    }

    /// The end that belongs behind a line.
    pub(crate) fn end_of(&self, line: usize) -> Option<usize> {
        self.of_line.get(&line).copied()
    }

    /// Whether a line is an end that belongs behind a later line.
    pub(crate) fn is_end(&self, line: usize) -> bool {
        self.ends.contains(&line)
    }
}

struct Cx<'a> {
    source: &'a Source,
    pack: &'a LangPack,
    width: usize,
}

impl<'a> Cx<'a> {
    const MOST_ENDS: usize = 4;

    fn line(&self, index: usize) -> &'a Line {
        &self.source.lines()[index]
    }

    fn text(&self, index: usize) -> &'a str {
        self.source.slice(self.line(index).span)
    }

    /// Ends with their lines, when the texts begin with so many of both.
    fn pairs(&self, texts: &[usize]) -> Vec<(usize, usize)> {
        let mut ends = 0;
        while ends <= Self::MOST_ENDS && texts.get(ends).is_some_and(|end| self.is_end(*end, ends > 0)) {
            ends += 1;
        }
        let lines = texts.get(ends..2 * ends).unwrap_or_default();
        let pairs: Vec<_> = texts.iter().copied().zip(lines.iter().copied()).take(ends).collect();
        let complete = !pairs.is_empty() && ends <= Self::MOST_ENDS && pairs.len() == ends;
        let apart = |index: &usize| self.line(*index).layout.gap > 0;
        let gap_between = lines.first().is_some_and(apart) && !lines.iter().skip(1).any(apart);
        let fit = pairs.iter().all(|(end, line)| self.breaks_before(*line, self.text(*end)));
        let closed = texts.get(2 * ends).is_none_or(|next| apart(next) || self.pack.label(self.text(*next)).is_some());
        if complete && gap_between && fit && closed { pairs } else { Vec::new() }
    }

    /// What an end may stand below: a closed sentence, or the number that was set apart from its text.
    fn may_stand_before_end(&self, text: &str) -> bool {
        marks::ending(text, self.pack) != Ending::Open || is_item_number(self.pack, text)
    }

    /// A few words that close a sentence and open none.
    fn is_end(&self, index: usize, follows_end: bool) -> bool {
        let text = self.text(index);
        let short = pages::width(text) * 100 < self.width * 60;
        let closes = matches!(marks::ending(text, self.pack), Ending::Preambular | Ending::Operative);
        short
            && closes
            && !self.opens(text)
            && !self.is_own_line(text)
            && !(follows_end && self.line(index).layout.gap > 0)
    }

    /// A line that opens a sentence and breaks off where the first word of the end had no room.
    fn breaks_before(&self, index: usize, end: &str) -> bool {
        let text = self.text(index);
        let word = end.split_whitespace().next().map_or(0, pages::width);
        let full = (pages::width(text) + word + 1) * 100 >= self.width * 80;
        full && marks::ending(text, self.pack) == Ending::Open && self.opens(text) && !self.is_own_line(text)
    }

    /// Whether a text begins with a capital or as a paragraph does.
    fn opens(&self, text: &str) -> bool {
        let first = text.chars().find(|c| c.is_alphanumeric());
        first.is_some_and(char::is_uppercase) || marks::opens_paragraph(text, self.pack)
    }

    /// Whether a text has a number or fills a line of its own.
    fn is_own_line(&self, text: &str) -> bool {
        self.pack.label(text).is_some() || self.pack.formula(text).is_some() || marks::is_fixed_line(text, self.pack)
    }
}
