//! Lines that are stretched to fill their width: the gaps between their words are so wide that an extractor takes them for columns.

use super::wrapped::first_word;
use crate::lines::{LineKind, ReadLines, TextStyle};
use crate::marks::{self, Ending};
use crate::pages;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use unres_lang::{LangPack, WordBreak, is_letter};
use unres_source::{Line, Source};

/// What became of stretched lines. Their words come one below the other, in their place; or the words behind a gap come behind the paragraph, each
/// column a block of its own between empty lines, with a row for each such line.
#[derive(Default)]
pub(crate) struct StretchedLines {
    /// The lines that stand inside one: no paragraph begins there.
    inside: BTreeSet<usize>,
    /// The lines that stand right behind one, which was full.
    behind: BTreeSet<usize>,
    /// The words from one of them on to the end of the stretched line, where a paragraph may begin with it.
    texts: BTreeMap<usize, String>,
    /// For a line that was set apart the one behind whose words it belongs.
    apart: BTreeMap<usize, usize>,
}

impl StretchedLines {
    pub(crate) fn of(source: &Source, pack: &LangPack, read: &ReadLines) -> Self {
        let mut found = Self::default();
        // A file with pages says what its lines are. Where words have no blanks between them, lines are stretched between any two letters.
        let is_text = source.lines().iter().all(|line| line.origin.page.is_none());
        if !is_text || read.style != TextStyle::Wrapped || pack.word_break() == WordBreak::None || read.pages.width == 0
        {
            return found;
        }
        let cx = Cx { source, pack, read, width: read.pages.width };
        let mut at = 0;
        while at < source.lines().len() {
            let run = cx.run(at);
            found.note_run(&cx, run.clone());
            if cx.is_apart(at) && !found.apart.contains_key(&at) {
                found.note_apart(&cx, at);
            }
            if run.len() == 1 && cx.is_close(at) && cx.has_case(at) {
                found.note_last_of_page(&cx, at);
            }
            at = run.end.max(at + 1);
        }
        found
    }

    /// Whether a line goes on a stretched one.
    pub(crate) fn is_inside(&self, line: usize) -> bool {
        self.inside.contains(&line)
    }

    /// Whether the line before was a full one, though its last word stands alone.
    pub(crate) fn is_behind(&self, line: usize) -> bool {
        self.behind.contains(&line)
    }

    /// What a stretched line says from one of its words on.
    pub(crate) fn text_from(&self, line: usize) -> Option<&str> {
        self.texts.get(&line).map(String::as_str)
    }

    /// The line behind which the words of this one belong.
    pub(crate) fn line_of(&self, words: usize) -> Option<usize> {
        self.apart.get(&words).copied()
    }

    /// Notes a line that ends the page, of which each word is a block of its own.
    fn note_last_of_page(&mut self, cx: &Cx<'_>, first: usize) {
        const LEAST_WORDS: usize = 3;
        let on_page = (first + 1..first + MOST_WORDS * 2).take_while(|index| !cx.begins_page(*index));
        // The foot of the page may stand between the first word and the others.
        let texts = on_page.filter(|index| cx.is_text(*index));
        let words: Vec<usize> = texts.take_while(|index| cx.is_apart(*index) && cx.is_word(*index)).collect();
        let Some(last) = words.last().copied().filter(|_| words.len() >= LEAST_WORDS) else { return };
        let width =
            pages::width(cx.text(first)) + words.iter().map(|word| 1 + pages::width(cx.text(*word))).sum::<usize>();
        if (60..=106).contains(&(width * 100 / cx.width)) && cx.ends_page(last + 1) {
            self.inside.extend(words);
            self.behind.extend(cx.next_text(last + 1));
        }
    }

    /// Notes a run of words that fill the lines between the one above and the one below it.
    fn note_run(&mut self, cx: &Cx<'_>, run: Range<usize>) {
        const LEAST_WORDS: usize = 3;
        let small = run.clone().filter(|index| cx.text(*index).starts_with(char::is_lowercase)).count();
        let below = (run.len() >= LEAST_WORDS && small * 2 > run.len()).then(|| cx.first_word_below(run.end)).flatten();
        let Some(below) = below else { return };
        let fills = |from: usize| cx.is_filled(cx.width_of(from..run.end), below);
        if fills(run.start) {
            // A paragraph begins where its first words fill their line alone.
            let text = |from: usize| (from..run.end).map(|index| cx.text(index)).collect::<Vec<_>>().join(" ");
            let (begins, inside): (Vec<_>, Vec<_>) = run.clone().partition(|index| fills(*index));
            self.texts.extend(begins.into_iter().map(|index| (index, text(index))));
            self.inside.extend(inside);
            self.behind.insert(run.end);
        }
    }

    /// Puts the words that stand apart from a line on behind the lines of the paragraph above that have room for them.
    fn note_apart(&mut self, cx: &Cx<'_>, first: usize) {
        let paragraph = cx.paragraph_above(first);
        let has_words = !paragraph.is_empty() && cx.has_case(paragraph.start);
        let blocks = if has_words { cx.blocks(first) } else { Vec::new() };
        let ends_in_number = |count: usize| {
            let last = blocks.get(count - 1).map_or(first, |block| block.end - 1);
            marks::label_alone(cx.text(last), cx.pack).is_some()
        };
        let counts = (1..=blocks.len()).rev().filter(|count| !ends_in_number(*count));
        let fitting = counts.into_iter().find_map(|count| cx.fit(&paragraph, &blocks[..count]));
        for Stretched { lines, words } in fitting.into_iter().flatten() {
            self.apart.extend(words.iter().map(|word| (*word, lines.end - 1)));
            self.inside.extend(lines.start + 1..lines.end);
            self.behind.insert(lines.end);
        }
    }
}

/// Two lines and more of short words.
const MOST_WORDS: usize = 24;

/// A line of the page: the lines that print its words in their place, and those that print its other words elsewhere.
#[derive(Clone)]
struct Stretched {
    lines: Range<usize>,
    words: Vec<usize>,
}

struct Cx<'a> {
    source: &'a Source,
    pack: &'a LangPack,
    read: &'a ReadLines,
    width: usize,
}

impl Cx<'_> {
    fn line(&self, index: usize) -> Option<&Line> {
        self.source.lines().get(index)
    }

    fn text(&self, index: usize) -> &str {
        self.line(index).map_or("", |line| self.source.slice(line.span))
    }

    fn is_text(&self, index: usize) -> bool {
        let kind = self.read.lines.get(index).map(|line| line.kind);
        matches!(kind, Some(LineKind::Text | LineKind::PageTop)) && !self.text(index).is_empty()
    }

    /// Whether a line has small letters. Where a script has none, extractors scramble more than columns.
    fn has_case(&self, index: usize) -> bool {
        self.text(index).contains(char::is_lowercase)
    }

    /// Whether a line stands right below another.
    fn is_close(&self, index: usize) -> bool {
        self.is_text(index) && self.line(index).is_some_and(|line| line.layout.gap == 0 && !line.layout.page_break)
    }

    /// Whether a line fills less than half of its width.
    fn is_short(&self, index: usize) -> bool {
        let text = self.text(index);
        // Letters of two bytes are the longest in a script with small ones, and counting them costs more.
        text.len() * 10 < self.width * 9 && pages::width(text) * 100 < self.width * 45 && self.is_text(index)
    }

    /// A few words, or a figure among them.
    fn is_word(&self, index: usize) -> bool {
        self.is_short(index) && has_few_words(self.text(index)) && self.pack.label(self.text(index)).is_none()
    }

    /// The same, behind the number of a paragraph or not.
    fn is_first_word(&self, index: usize) -> bool {
        let text = self.text(index);
        let rest = |text: &str| self.pack.label(text).map_or(0, |label| label.len);
        self.is_short(index) && text.get(rest(text)..).is_some_and(|rest| !rest.is_empty() && has_few_words(rest))
    }

    /// The words from a line on, each right below the one before.
    fn run(&self, first: usize) -> Range<usize> {
        if !self.is_first_word(first) {
            return first..first;
        }
        let more = (first + 1..first + MOST_WORDS).take_while(|index| self.is_close(*index) && self.is_word(*index));
        first..first + 1 + more.count()
    }

    /// The width of the first word of the line below, when that goes on the text above.
    fn first_word_below(&self, index: usize) -> Option<usize> {
        let text = self.text(index);
        (self.is_close(index) && self.pack.label(text).is_none()).then(|| pages::width(first_word(text)))
    }

    /// Whether a line of that width has no room for the next word.
    fn is_filled(&self, width: usize, next: usize) -> bool {
        (width + 1 + next) * 100 >= self.width * 86
    }

    /// The width of lines set as one.
    fn width_of(&self, mut lines: Range<usize>) -> usize {
        let first = lines.next().map_or(0, |index| pages::width(self.text(index)));
        first + lines.map(|index| 1 + pages::width(self.text(index))).sum::<usize>()
    }

    /// The same with words that stand apart.
    fn width_with(&self, lines: Range<usize>, words: &[usize]) -> usize {
        self.width_of(lines) + words.iter().map(|word| 1 + pages::width(self.text(*word))).sum::<usize>()
    }

    /// Whether a line of that width is one of the page. Letters differ in width.
    fn fits(&self, width: usize) -> bool {
        width * 100 <= self.width * 106
    }

    /// Whether a line may be the first of those that were set apart: few words below an empty line and text.
    fn is_apart(&self, index: usize) -> bool {
        let apart = self.line(index).is_some_and(|line| line.layout.gap > 0) && self.is_set_apart(index);
        apart && self.pack.label(self.text(index)).is_none()
    }

    fn is_set_apart(&self, index: usize) -> bool {
        let text = self.text(index);
        self.is_short(index)
            && !self.begins_page(index)
            && self.pack.formula(text).is_none()
            && !marks::is_fixed_line(text, self.pack)
    }

    /// Whether a line is the first of a page, or behind the last one.
    fn begins_page(&self, index: usize) -> bool {
        self.line(index).is_none_or(|line| line.layout.page_break)
    }

    /// The next line of text, unless it is far.
    fn next_text(&self, index: usize) -> Option<usize> {
        const MOST_LINES: usize = 60;
        (index..index + MOST_LINES).find(|index| self.is_text(*index))
    }

    /// Whether the page has no text from a line on.
    fn ends_page(&self, index: usize) -> bool {
        let next = self.next_text(index).unwrap_or(self.source.lines().len());
        (index..=next).any(|index| self.begins_page(index))
    }

    /// The lines of the paragraph above, from the first that may stand there to the last.
    fn paragraph_above(&self, first: usize) -> Range<usize> {
        const MOST_LINES: usize = 14;
        let Some(last) = (0..first).rev().take(MOST_LINES).find(|index| self.is_text(*index)) else {
            return first..first;
        };
        let is_number = |index: usize| marks::label_alone(self.text(index), self.pack).is_some();
        let mut start = last;
        while start > 0
            && last - start < MOST_LINES
            && self.is_close(start)
            && self.is_text(start - 1)
            && !is_number(start - 1)
            && self.pack.label(self.text(start)).is_none()
        {
            start -= 1;
        }
        if is_number(last) { first..first } else { start..last + 1 }
    }

    /// What stands apart from a line on: the lines of each block between empty lines.
    fn blocks(&self, first: usize) -> Vec<Range<usize>> {
        const MOST_BLOCKS: usize = 8;
        let mut blocks: Vec<Range<usize>> = Vec::new();
        let mut index = first;
        while self.line(index).is_some() {
            let is_skipped = !self.is_text(index);
            if is_skipped && self.line(index).is_some_and(|line| !line.layout.page_break) {
                index += 1;
                continue;
            }
            // A number alone may be one that the text cites.
            let is_number =
                || self.pack.label(self.text(index)).is_some_and(|label| label.len < self.text(index).len());
            if !self.is_set_apart(index) || is_number() {
                break;
            }
            let full = blocks.len() == MOST_BLOCKS;
            match blocks.last_mut() {
                Some(block) if self.is_close(index) && block.end == index => block.end += 1,
                _ if full => break,
                _ => blocks.push(index..index + 1),
            }
            index += 1;
        }
        // What has text right below it is the beginning of that.
        if blocks.last().is_some_and(|last| last.end == index) && self.is_close(index) {
            blocks.pop();
        }
        blocks
    }

    /// The lines of a paragraph with all words of the blocks in them, when each such line is filled by them.
    fn fit(&self, paragraph: &Range<usize>, blocks: &[Range<usize>]) -> Option<Vec<Stretched>> {
        let rows = blocks.iter().map(ExactSizeIterator::len).max()?;
        // Columns with a row for each line; or a row of words for each.
        if rows > 1 {
            let row = |row: usize| blocks.iter().map(|block| block.start + row).collect();
            let even = blocks.iter().all(|block| block.len() == rows);
            let words: Vec<Vec<usize>> = if even { (0..rows).map(row).collect() } else { return None };
            return self.fit_rows(paragraph, &words, 1);
        }
        let words: Vec<Vec<usize>> = blocks.iter().map(|block| vec![block.start]).collect();
        self.fit_rows(paragraph, &words, words.len())
    }

    /// The same for rows of words in their order, of which a line holds so many at most.
    fn fit_rows(&self, paragraph: &Range<usize>, rows: &[Vec<usize>], most: usize) -> Option<Vec<Stretched>> {
        // For each line at which a line of the page may end and each count of rows used: the least room left so, and the lines.
        let mut best: BTreeMap<(usize, usize), (usize, Vec<Stretched>)> = BTreeMap::new();
        // What stands above the first such line says nothing.
        best.extend(paragraph.clone().map(|from| ((from, 0), (0, Vec::new()))));
        for from in paragraph.clone() {
            for used in 0..=rows.len() {
                let Some((cost, lines)) = best.get(&(from, used)).cloned() else { continue };
                for end in from + 1..=paragraph.end {
                    let words = || self.is_first_word(from) && (from + 1..end).all(|index| self.is_word(index));
                    if end - from > 1 && !(words() && self.fits(self.width_of(from..end))) {
                        break;
                    }
                    for more in 0..=most.min(rows.len() - used) {
                        let words: Vec<usize> = rows[used..used + more].iter().flatten().copied().collect();
                        if !words.is_empty() && !self.fits(self.width_with(from..end, &words)) {
                            break;
                        }
                        let Some(room) = self.room(paragraph, from..end, &words) else { continue };
                        let total = cost + room;
                        let key = (end, used + more);
                        if best.get(&key).is_none_or(|(known, _)| *known > total) {
                            let mut lines = lines.clone();
                            if end - from > 1 || !words.is_empty() {
                                lines.push(Stretched { lines: from..end, words });
                            }
                            best.insert(key, (total, lines));
                        }
                    }
                }
            }
        }
        best.remove(&(paragraph.end, rows.len())).map(|(_, lines)| lines)
    }

    fn is_closed(&self, index: usize) -> bool {
        marks::ending(self.text(index), self.pack) != Ending::Open
    }

    /// The room that is left in a line of the page; none where the lines and words are no such line.
    fn room(&self, paragraph: &Range<usize>, lines: Range<usize>, words: &[usize]) -> Option<usize> {
        /// Blanks between the number of a paragraph, or the edge, and its first line.
        const SET_IN: usize = 8;
        let begins = lines.start == paragraph.start || self.is_closed(lines.start - 1);
        let set_in = if begins { SET_IN } else { 0 };
        let own = self.width_of(lines.clone());
        let width = self.width_with(lines.clone(), words);
        let fits = self.fits(width);
        if lines.end == paragraph.end {
            // The last line of a paragraph is not stretched.
            return (words.is_empty() && fits && self.is_closed(lines.end - 1)).then_some(0);
        }
        let next = pages::width(first_word(self.text(lines.end)));
        let filled = self.is_filled(width + set_in, next);
        let single = lines.len() == 1 && words.is_empty();
        if single {
            return filled.then_some(0);
        }
        // Words stand apart from lines that have room for the next one without them.
        let full = !words.is_empty() && own + 1 + next > self.width;
        // A line at whose end a paragraph may end is the last to be thought of.
        let doubt = if !words.is_empty() && self.is_closed(lines.end - 1) { self.width } else { 0 };
        (filled && fits && !full).then(|| self.width.saturating_sub(width) + doubt)
    }
}

fn has_few_words(text: &str) -> bool {
    const MOST_WORDS: usize = 2;
    text.split_whitespace().filter(|word| word.contains(is_letter)).count() <= MOST_WORDS
}
