//! Words of the last line of a page that an extractor prints below the notes.

use crate::lines;
use crate::marks;
use crate::pages::{self, Pages};
use std::collections::BTreeSet;
use unres_lang::LangPack;
use unres_source::{Line, Source};

/// The lines that are such words. A page ends in a line that is stretched to fill its width; the gaps in it are so wide that an extractor takes them for
/// columns, leaves the first word in its place, and prints the others below the notes, each with an empty line above it: `approving`, the ruler, the
/// notes, `the`, `work,`, `already`.
pub(crate) fn words(source: &Source, pack: &LangPack, pages: &Pages) -> BTreeSet<usize> {
    let mut found = BTreeSet::new();
    let cx = Cx { source, pack, width: pages.width };
    let (mut above, mut below_ruler) = (None, false);
    let mut run: Vec<usize> = Vec::new();
    for (index, line) in source.lines().iter().enumerate() {
        let text = source.slice(line.span);
        if line.layout.page_break {
            found.extend(cx.of_line(above, &std::mem::take(&mut run)));
            (above, below_ruler) = (None, false);
        }
        match text {
            "" => {}
            _ if below_ruler && cx.is_word(line) => run.push(index),
            _ if below_ruler => found.extend(cx.of_line(above, &std::mem::take(&mut run))),
            _ if lines::is_ruler(text) => below_ruler = true,
            _ => above = Some(text),
        }
    }
    found.extend(cx.of_line(above, &run));
    found
}

struct Cx<'a> {
    source: &'a Source,
    pack: &'a LangPack,
    width: usize,
}

impl Cx<'_> {
    /// Words alone on their line, between empty lines, that are no number, symbol or mark.
    fn is_word(&self, line: &Line) -> bool {
        const MOST_WORDS: usize = 2;
        let text = self.source.slice(line.span);
        let few = text.split_whitespace().take(MOST_WORDS + 1).count() <= MOST_WORDS;
        let plain = text.contains(char::is_alphabetic) && !text.contains(|c: char| c.is_numeric() || c == '/');
        line.layout.gap > 0 && few && plain && self.pack.label(text).is_none()
    }

    /// The run, where its words fill the line that breaks off above the notes, first lines being set in and their numbers set apart.
    fn of_line(&self, above: Option<&str>, run: &[usize]) -> Vec<usize> {
        const LEAST_WORDS: usize = 3;
        let width = |index: &usize| {
            self.source.lines().get(*index).map_or(0, |line| pages::width(self.source.slice(line.span)) + 1)
        };
        let whole = |above: &str| pages::width(above) + run.iter().map(width).sum::<usize>();
        let breaks_off = |above: &&str| {
            let short = pages::width(above) * 100 < self.width * 40;
            short && marks::ending(above, self.pack) == marks::Ending::Open
        };
        let fills = |above: &str| (60..=105).contains(&(whole(above) * 100 / self.width.max(1)));
        let is_line = run.len() >= LEAST_WORDS && above.filter(breaks_off).is_some_and(fills);
        if is_line { run.to_vec() } else { Vec::new() }
    }
}
