//! Looks for the words and names that citations need in a text.

use crate::LangPack;
use crate::citing::{CitingPhrase, CitingWord};
use crate::names::NameOf;
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

/// Words that are looked for together. Of a text only some places are looked at, so far apart that one lies in each word.
#[derive(Clone, Debug)]
pub(crate) struct Searcher {
    /// From one place to the next: as far as the shortest word allows.
    stride: usize,
    pieces: Pieces,
    /// For each [piece](Pieces) the group of patterns that hold it; 0 for none, as at nearly all places of a text.
    groups_at: Box<[u16; Pieces::NUMBER]>,
    groups: Vec<Group>,
}

/// How the few bytes at a place of a text are told: four of them, or as many as the shortest word has.
#[derive(Clone, Copy, Debug)]
struct Pieces {
    mask: u32,
}

impl Pieces {
    const BYTES: usize = 4;
    /// Enough bits that those of different words seldom fall together.
    const BITS: u32 = 13;
    const NUMBER: usize = 1 << Self::BITS;

    fn of(shortest: usize) -> Self {
        let missing = Self::BYTES - shortest.min(Self::BYTES);
        Self { mask: (0..missing).fold(u32::MAX, |mask, _| mask >> 8) }
    }

    #[inline]
    fn number(self, bytes: [u8; Self::BYTES]) -> usize {
        /// What makes a small letter of a capital of ASCII; other bytes that it makes equal are told apart by the whole pattern.
        const SMALL: u32 = 0x2020_2020;
        /// The golden ratio in 32 bits, which spreads the bits of a number over the upper ones.
        const SPREAD: u32 = 0x9e37_79b1;
        let piece = (u32::from_le_bytes(bytes) | SMALL) & self.mask;
        (piece.wrapping_mul(SPREAD) >> (u32::BITS - Self::BITS)) as usize
    }

    /// The bit of the piece that a text begins with in a set of 256, and the word of that.
    #[inline]
    fn bit(self, text: &[u8]) -> (usize, u64) {
        let number = self.number_of(text) >> (Self::BITS - 8);
        (number / 64, 1 << (number % 64))
    }

    /// The number of the piece that a text begins with, however short it is.
    #[inline]
    fn number_of(self, text: &[u8]) -> usize {
        match text.first_chunk() {
            Some(bytes) => self.number(*bytes),
            None => self.number(std::array::from_fn(|at| text.get(at).copied().unwrap_or_default())),
        }
    }
}

/// Patterns that hold the same piece.
#[derive(Clone, Debug)]
struct Group {
    /// Those that begin first before the others, and of those that begin together for each table the longest first.
    patterns: Vec<Pattern>,
    /// What all of them have from the piece on. Most texts that hold a piece do not go on so.
    common: Vec<u8>,
    /// How the bytes are told that follow what they have in common.
    next_pieces: Pieces,
    /// Bits of the pieces that follow. The article of a language begins many words, and nearly all of them go on in other ways.
    next: [u64; 4],
}

#[derive(Clone, Debug)]
struct Pattern {
    table: Table,
    /// Its place in the table.
    index: usize,
    text: String,
    /// Bytes before the piece.
    before: usize,
}

/// A word that was found: where it stands, and its place in the table.
type Found = (Range<usize>, usize);

/// The words that were found of each table, in order.
type OfTables = [Vec<Found>; 3];

impl Searcher {
    /// Builds the searcher for the words of citations and phrases, in their order.
    pub(crate) fn of_citations<'a>(
        words: impl Iterator<Item = &'a str>,
        phrases: impl Iterator<Item = &'a str>,
    ) -> Result<Self, String> {
        Self::build(patterns(Table::Words, words).chain(patterns(Table::Phrases, phrases)).collect())
    }

    /// Builds the searcher for names, in their order.
    pub(crate) fn of_names<'a>(names: impl Iterator<Item = &'a str>) -> Result<Self, String> {
        Self::build(patterns(Table::Names, names).collect())
    }

    fn build(mut patterns: Vec<Pattern>) -> Result<Self, String> {
        let shortest = patterns.iter().map(|pattern| pattern.text.len()).min().unwrap_or(1);
        if shortest == 0 {
            return Err("an empty word cannot be looked for".to_owned());
        }
        patterns.sort_by_key(|pattern| (pattern.table as usize, usize::MAX - pattern.text.len(), pattern.index));
        let stride = (shortest + 1).saturating_sub(Pieces::BYTES).max(1);
        let groups_at = Box::new([0; Pieces::NUMBER]);
        let mut searcher = Self { stride, pieces: Pieces::of(shortest), groups_at, groups: vec![Group::of(&[])] };
        // What begins earlier in a text is found first.
        for before in (0..stride).rev() {
            for pattern in &patterns {
                searcher.add(Pattern { before, ..pattern.clone() })?;
            }
        }
        searcher.groups.iter_mut().for_each(Group::note_next);
        Ok(searcher)
    }

    fn add(&mut self, pattern: Pattern) -> Result<(), String> {
        let group = &mut self.groups_at[self.pieces.number_of(pattern.behind())];
        if *group == 0 {
            *group = u16::try_from(self.groups.len()).map_err(|error| error.to_string())?;
            self.groups.push(Group::of(pattern.behind()));
        }
        self.groups[usize::from(*group)].add(pattern);
        Ok(())
    }

    /// The words of each table that stand in a text, in order. Of those that begin at one place the longest is taken, and of those that share letters the
    /// first.
    fn find(&self, text: &str) -> OfTables {
        self.find_until(text, |_| false)
    }

    /// Whether one of the words stands in a text.
    fn is_in(&self, text: &str) -> bool {
        let is_any = |found: &OfTables| found.iter().any(|found| !found.is_empty());
        is_any(&self.find_until(text, is_any))
    }

    /// The words that are found until there are enough.
    fn find_until(&self, text: &str, is_enough: impl Fn(&OfTables) -> bool) -> OfTables {
        let bytes = text.as_bytes();
        let (mut found, mut from) = (OfTables::default(), 0);
        while let Some((at, group)) = self.next(bytes, from).filter(|_| !is_enough(&found)) {
            group.find(bytes, at, &mut found);
            from = at + self.stride;
        }
        found
    }

    /// The next place of a text where there may be a word, and what may be there.
    fn next(&self, bytes: &[u8], from: usize) -> Option<(usize, &Group)> {
        let rest = bytes.get(from..)?;
        let at = match self.stride {
            1 => self.next_of_all(rest)?,
            _ => self.next_of_some(rest)?,
        };
        let group = self.groups_at[self.pieces.number_of(&rest[at..])];
        Some((from + at, &self.groups[usize::from(group)]))
    }

    /// The next place where there may be a word, if all are looked at. Most of the time that a text takes is spent here.
    #[inline(never)]
    fn next_of_all(&self, bytes: &[u8]) -> Option<usize> {
        let (pieces, groups_at) = (self.pieces, &*self.groups_at);
        let holds = |piece: &[u8]| groups_at[pieces.number_of(piece)] != 0;
        let whole = bytes.windows(Pieces::BYTES).position(holds);
        // A short word may stand at the end.
        let end = (bytes.len() + 1).saturating_sub(Pieces::BYTES);
        whole.or_else(|| (end..bytes.len()).find(|at| holds(&bytes[*at..])))
    }

    /// The same where not all are looked at; then all words are longer than a piece.
    #[inline(never)]
    fn next_of_some(&self, bytes: &[u8]) -> Option<usize> {
        let (pieces, groups_at, stride) = (self.pieces, &*self.groups_at, self.stride);
        let mut at = 0;
        while groups_at[pieces.number(*bytes.get(at..)?.first_chunk()?)] == 0 {
            at += stride;
        }
        Some(at)
    }
}

fn patterns<'a>(table: Table, words: impl Iterator<Item = &'a str>) -> impl Iterator<Item = Pattern> {
    words.enumerate().map(move |(index, text)| Pattern { table, index, text: text.to_owned(), before: 0 })
}

impl Group {
    /// A group of no pattern yet. The first has some bytes from the piece on.
    fn of(common: &[u8]) -> Self {
        Self { patterns: Vec::new(), common: common.to_vec(), next_pieces: Pieces::of(0), next: [0; 4] }
    }

    fn add(&mut self, pattern: Pattern) {
        let common =
            self.common.iter().zip(pattern.behind()).take_while(|(one, other)| one.eq_ignore_ascii_case(other));
        self.common.truncate(common.count());
        self.patterns.push(pattern);
    }

    /// Notes what follows the bytes that all patterns have in common, once all are there.
    fn note_next(&mut self) {
        let rests = self.patterns.iter().filter_map(|pattern| pattern.behind().get(self.common.len()..));
        self.next_pieces = Pieces::of(rests.clone().map(<[u8]>::len).min().unwrap_or(0));
        for rest in rests {
            let (word, bit) = self.next_pieces.bit(rest);
            self.next[word] |= bit;
        }
    }

    /// Whether one of the patterns may stand where a text that holds the piece goes on so.
    #[inline]
    fn may_go_on(&self, behind: &[u8]) -> bool {
        let Some((common, rest)) = behind.split_at_checked(self.common.len()) else { return false };
        let (word, bit) = self.next_pieces.bit(rest);
        self.next[word] & bit != 0 && common.eq_ignore_ascii_case(&self.common)
    }

    /// Adds the patterns that stand round a place of a text, behind those that were found before.
    fn find(&self, bytes: &[u8], at: usize, found: &mut OfTables) {
        if !self.may_go_on(bytes.get(at..).unwrap_or_default()) {
            return;
        }
        for pattern in &self.patterns {
            let Some(start) = at.checked_sub(pattern.before) else { continue };
            if bytes.get(start..).is_some_and(|text| pattern.begins(text)) {
                let found = &mut found[pattern.table as usize];
                if found.last().is_none_or(|(range, _)| range.end <= start) {
                    found.push((start..start + pattern.text.len(), pattern.index));
                }
            }
        }
    }
}

impl Pattern {
    /// Its bytes from the piece on.
    fn behind(&self) -> &[u8] {
        self.text.as_bytes().get(self.before..).unwrap_or_default()
    }

    /// Whether a text begins with it. Only words of the first table are found in any case of their ASCII letters.
    fn begins(&self, text: &[u8]) -> bool {
        let wanted = self.text.as_bytes();
        let Some(found) = text.get(..wanted.len()) else { return false };
        match self.table {
            Table::Words => found.eq_ignore_ascii_case(wanted),
            Table::Phrases | Table::Names => found == wanted,
        }
    }
}

/// The words in a text that citations need.
#[derive(Clone, Debug)]
pub struct Mentions<'a> {
    pack: &'a LangPack,
    text: &'a str,
    found: OfTables,
}

impl LangPack {
    /// Looks for the words in a text that citations need.
    pub fn mentions<'a>(&'a self, text: &'a str) -> Mentions<'a> {
        Mentions { pack: self, text, found: self.citing_searcher.find(text) }
    }

    /// Whether a text may cite articles or meetings, which need nothing but a word and a number.
    pub fn may_count(&self, text: &str) -> bool {
        self.counting_searcher.is_in(text)
    }

    /// No mention, for a text of which it is known that it cites nothing.
    pub fn no_mentions<'a>(&'a self, text: &'a str) -> Mentions<'a> {
        Mentions { pack: self, text, found: OfTables::default() }
    }

    /// The organs, committees and offices that a text names for certain, in order.
    pub fn names_in<'a>(&'a self, text: &str) -> impl Iterator<Item = (Range<usize>, NameOf<'a>)> {
        let [.., names] = self.name_searcher.find(text);
        names.into_iter().filter_map(|(range, index)| {
            let name = self.name_at(text, &range, index)?;
            Some((range, name))
        })
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
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_word_is_found_in_each_table() {
        let words = ["council", "bell council", "bell"].into_iter();
        let of_citations = Searcher::of_citations(words, ["the same bell"].into_iter()).expect("a searcher");
        let of_names = Searcher::of_names(["Bell Council", "Bell Council of Rings"].into_iter()).expect("a searcher");
        let text = "The Bell Council rings the same bell. The bell council does not. Bell Council of Rings";
        let [words, phrases, _] = of_citations.find(text);
        let first = [(4..16, 1), (32..36, 2), (42..54, 1), (65..77, 1)];
        assert_eq!(words, first, "of words the longest at a place, in any case");
        assert_eq!(phrases, [(23..36, 0)], "words of other tables may stand in it");
        let [.., names] = of_names.find(text);
        assert_eq!(names, [(4..16, 0), (65..86, 1)], "with its capitals");
    }

    #[test]
    fn articles_and_meetings_are_seen_wherever_they_stand() {
        for language in ["ar", "en", "es", "fr", "ru", "zh"] {
            let pack = LangPack::builtin(language).expect("a pack");
            for word in pack.citing.articles().chain(pack.citing.meetings()) {
                for before in ["", "x", "xx", "xxx", "xxxx", "xxxxx", "xxxxxx", "xxxxxxx", "xxxxxxxx", "x y"] {
                    assert!(pack.may_count(&format!("{before}{word}")), "{language} {word}");
                    assert!(pack.may_count(&format!("{before}{word} x")), "{language} {word}");
                }
            }
        }
    }

    /// All that stands in a text, looked for at each place.
    fn find_slowly(searcher: &Searcher, text: &str) -> OfTables {
        let mut patterns: Vec<&Pattern> = searcher.groups.iter().flat_map(|group| &group.patterns).collect();
        patterns.sort_by_key(|pattern| (usize::MAX - pattern.text.len(), pattern.index));
        let mut found = OfTables::default();
        for at in 0..text.len() {
            for pattern in &patterns {
                let found = &mut found[pattern.table as usize];
                let is_free = found.last().is_none_or(|(range, _)| range.end <= at);
                if is_free && pattern.begins(&text.as_bytes()[at..]) {
                    found.push((at..at + pattern.text.len(), pattern.index));
                }
            }
        }
        found
    }

    #[test]
    fn the_places_that_are_looked_at_hide_nothing_in_any_pack() {
        for language in ["ar", "en", "es", "fr", "ru", "zh"] {
            let pack = LangPack::builtin(language).expect("a pack");
            let words: Vec<&str> = pack.citing.words().chain(pack.citing.phrases()).chain(pack.names.known()).collect();
            for joint in ["", " ", "x", "\u{640}", " xx "] {
                let text = words.join(joint);
                for text in [text.to_uppercase(), text.to_lowercase(), text] {
                    for searcher in [&pack.citing_searcher, &pack.name_searcher] {
                        assert_eq!(searcher.find(&text), find_slowly(searcher, &text), "{language} {joint:?}");
                    }
                }
            }
        }
    }
}
