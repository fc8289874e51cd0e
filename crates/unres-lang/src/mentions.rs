//! Looks for all words and names that citations need in one run over a text.

use crate::LangPack;
use crate::citing::{CitingPhrase, CitingWord};
use crate::names::NameOf;
use aho_corasick::{AhoCorasick, AhoCorasickKind};
use std::ops::Range;

/// A table of a pack whose words are looked for. The words that are found in one table share no letters; those of different tables may.
#[derive(Clone, Copy, Debug)]
enum Table {
    /// Words round numbers and symbols, in small letters or capitals.
    Words,
    /// What names meetings, and what refers back.
    Phrases,
    /// Names of organs and offices.
    Names,
}

/// The words of all tables.
#[derive(Clone, Debug)]
pub(crate) struct Searcher {
    automaton: AhoCorasick,
    /// What each pattern of the automaton is.
    patterns: Vec<Pattern>,
}

#[derive(Clone, Debug)]
struct Pattern {
    table: Table,
    /// Its place in the table.
    index: usize,
    /// Its letters, where capitals are told from small ones.
    exact: Option<String>,
}

/// A word that was found: where it stands, and its place in the table.
type Found = (Range<usize>, usize);

impl Searcher {
    /// Builds the searcher for the words of each table, in their order.
    pub(crate) fn build<'a>(
        words: impl Iterator<Item = &'a str>,
        phrases: impl Iterator<Item = &'a str>,
        names: impl Iterator<Item = &'a str>,
    ) -> Result<Self, String> {
        let pattern = |table, index, exact| Pattern { table, index, exact };
        let exactly =
            |table| move |(index, text): (usize, &'a str)| (text, pattern(table, index, Some(text.to_owned())));
        let words = words.enumerate().map(|(index, text)| (text, pattern(Table::Words, index, None)));
        let phrases = phrases.enumerate().map(exactly(Table::Phrases));
        let names = names.enumerate().map(exactly(Table::Names));
        let (texts, patterns): (Vec<&str>, Vec<Pattern>) = words.chain(phrases).chain(names).unzip();
        // Quicker on long texts than other kinds, and with so few words small enough. Letters that are rare tell too little: most texts have one.
        let automaton = AhoCorasick::builder()
            .kind(Some(AhoCorasickKind::DFA))
            .prefilter(false)
            .ascii_case_insensitive(true)
            .build(texts)
            .map_err(|error| error.to_string())?;
        Ok(Self { automaton, patterns })
    }

    /// The words of each table that stand in a text, in order. Of those that begin at one place the longest is taken, and of those that share letters the
    /// first.
    fn find(&self, text: &str) -> [Vec<Found>; 3] {
        let mut found: [Vec<Found>; 3] = Default::default();
        for word in self.automaton.find_overlapping_iter(text) {
            let Some(pattern) = self.patterns.get(word.pattern().as_usize()) else { continue };
            if pattern.exact.as_ref().is_none_or(|exact| text.get(word.range()) == Some(exact)) {
                found[pattern.table as usize].push((word.range(), pattern.index));
            }
        }
        for found in &mut found {
            found.sort_unstable_by_key(|(range, index)| (range.start, usize::MAX - range.end, *index));
            let mut end = 0;
            found.retain(|(range, _)| {
                let is_free = range.start >= end;
                end = if is_free { range.end } else { end };
                is_free
            });
        }
        found
    }
}

/// The words and names in a text that citations need.
#[derive(Clone, Debug)]
pub struct Mentions<'a> {
    pack: &'a LangPack,
    text: &'a str,
    found: [Vec<Found>; 3],
}

impl LangPack {
    /// Looks for the words and names in a text that citations need.
    pub fn mentions<'a>(&'a self, text: &'a str) -> Mentions<'a> {
        Mentions { pack: self, text, found: self.searcher.find(text) }
    }
}

impl<'a> Mentions<'a> {
    fn of(&self, table: Table) -> impl Iterator<Item = Found> {
        self.found[table as usize].iter().cloned()
    }

    /// The words that say something of numbers of documents, in order.
    pub fn words(&self) -> impl Iterator<Item = (Range<usize>, CitingWord<'a>)> {
        self.of(Table::Words).filter_map(|(range, index)| Some((range, self.pack.citing_word(index)?)))
    }

    /// The meetings that the text names, and the words that refer back to what it cited before, in order.
    pub fn phrases(&self) -> impl Iterator<Item = (Range<usize>, CitingPhrase)> {
        self.of(Table::Phrases).filter_map(|(range, index)| self.pack.citing_phrase(self.text, range, index))
    }

    /// The organs, committees and offices that the text names for certain, in order.
    pub fn names(&self) -> impl Iterator<Item = (Range<usize>, NameOf<'a>)> {
        self.of(Table::Names).filter_map(|(range, index)| {
            let name = self.pack.name_at(self.text, &range, index)?;
            Some((range, name))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn find(text: &str) -> [Vec<Found>; 3] {
        let words = ["council", "bell council", "bell"].into_iter();
        let searcher = Searcher::build(words, ["the same bell"].into_iter(), ["Bell Council"].into_iter());
        searcher.expect("a searcher").find(text)
    }

    #[test]
    fn the_longest_word_is_found_in_each_table() {
        let [words, phrases, names] = find("The Bell Council rings the same bell. The bell council does not.");
        assert_eq!(words, [(4..16, 1), (32..36, 2), (42..54, 1)], "of words the longest at a place, in any case");
        assert_eq!(phrases, [(23..36, 0)], "words of other tables may stand in it");
        assert_eq!(names, [(4..16, 0)], "with its capitals");
    }
}
