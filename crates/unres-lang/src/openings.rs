//! Opening phrases of preambular and operative paragraphs.

use crate::fold::{Blanks, prefix};
use crate::phrases::Phrases;
use crate::{PackError, WordBreak};
use serde::Deserialize;
use std::cell::Cell;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// The catalogue of opening keys: what the packs' phrases mean, the same in all languages.
pub const KEYS: &str = include_str!("../packs/keys.toml");

#[derive(Deserialize)]
struct Catalogue {
    keys: BTreeMap<String, String>,
}

static CATALOGUE: LazyLock<BTreeMap<String, String>> =
    LazyLock::new(|| toml::from_str::<Catalogue>(KEYS).map(|catalogue| catalogue.keys).unwrap_or_default());

/// The English words of an opening key; none when no catalogue entry has it.
pub fn key_label(key: &str) -> Option<&'static str> {
    CATALOGUE.get(key).map(String::as_str)
}

/// The zone whose openings are looked up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OpeningKind {
    /// Openings of preambular paragraphs.
    Preambular,
    /// Openings of operative paragraphs.
    Operative,
}

/// An opening phrase found at the head of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Opening<'a> {
    /// Bytes of the text that it covers, adverbs included.
    pub len: usize,
    /// The act, the same in all languages.
    pub key: &'a str,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Raw {
    adverbs: Vec<String>,
    preambular: BTreeMap<String, Vec<String>>,
    operative: BTreeMap<String, Vec<String>>,
}

/// The opening phrases of a language.
#[derive(Clone, Debug)]
pub(crate) struct Openings {
    adverbs: Phrases<()>,
    preambular: Phrases<String>,
    operative: Phrases<String>,
}

impl Openings {
    /// At most this many phrases stand in a pack.
    const MOST: usize = 300;

    pub(crate) fn build(raw: Raw, pack: &str) -> Result<Self, PackError> {
        let count: usize = raw.preambular.values().chain(raw.operative.values()).map(Vec::len).sum();
        let inconsistent = |message| PackError::Inconsistent { pack: pack.to_owned(), message };
        if count > Self::MOST {
            return Err(inconsistent(format!("{count} opening phrases are more than {}", Self::MOST)));
        }
        let table = |keys: BTreeMap<String, Vec<String>>| {
            let mut phrases = Phrases::default();
            let mut seen = BTreeMap::new();
            for (key, spellings) in keys {
                if key_label(&key).is_none() {
                    return Err(inconsistent(format!("the opening key {key:?} is not in the catalogue")));
                }
                for phrase in spellings {
                    if let Some(other) = seen.insert(phrase.to_lowercase(), key.clone()) {
                        return Err(inconsistent(format!("{phrase:?} stands under {other:?} and {key:?}")));
                    }
                    phrases.insert(phrase, key.clone());
                }
            }
            Ok(phrases)
        };
        let mut adverbs = Phrases::default();
        raw.adverbs.into_iter().for_each(|adverb| adverbs.insert(adverb, ()));
        Ok(Self { preambular: table(raw.preambular)?, operative: table(raw.operative)?, adverbs })
    }

    pub(crate) fn find(&self, text: &str, kind: OpeningKind, word_break: WordBreak) -> Option<Opening<'_>> {
        let table = match kind {
            OpeningKind::Preambular => &self.preambular,
            OpeningKind::Operative => &self.operative,
        };
        // Most of those that a file marks are printed as the pack has them.
        if let Some(key) = table.exactly(text) {
            return Some(Opening { len: text.len(), key });
        }
        self.find_among(text, table, word_break)
    }

    /// The opening phrase of a table at the head of the text, however it is printed.
    fn find_among<'a>(&'a self, text: &str, table: &'a Phrases<String>, word_break: WordBreak) -> Option<Opening<'a>> {
        match word_break {
            WordBreak::Space => self.find_words(text, table),
            WordBreak::None => {
                let lead = self.adverb(text, Blanks::Ignore, |_| true).unwrap_or(0);
                let after = text.get(lead..)?;
                let whole = table.longest(text, Blanks::Ignore, |_| true);
                let behind_adverb = table.longest(after, Blanks::Ignore, |_| true).map(|(len, key)| (lead + len, key));
                let (len, key) = whole.into_iter().chain(behind_adverb).max_by_key(|(len, _)| *len)?;
                Some(Opening { len, key })
            }
        }
    }

    /// Longest phrase whose words stand at the head of the text with at most an adverb before, between or after them.
    fn find_words<'a>(&'a self, text: &str, table: &'a Phrases<String>) -> Option<Opening<'a>> {
        let adverbs = AdverbsOf { openings: self, text, last: Cell::new(None) };
        let lead = adverbs.skip(0);
        let mut best: Option<Opening<'_>> = None;
        for start in std::iter::once(0).chain((lead > 0).then_some(lead)) {
            let rest = text.get(start..)?;
            // Many phrases begin with the same word.
            let mut last: Option<(&str, Option<usize>)> = None;
            for (phrase, key) in table.candidates(rest) {
                let Some((first, words)) = phrase.words.split_first() else { continue };
                let behind = match last {
                    Some((word, behind)) if word == first => behind,
                    _ => match_word(text, start, first),
                };
                last = Some((first, behind));
                let Some(end) = behind.and_then(|at| adverbs.match_words(at, words)) else { continue };
                if best.is_none_or(|best| end > best.len) {
                    best = Some(Opening { len: end, key });
                }
            }
        }
        let best = best?;
        let trailing = skip_blanks(text, best.len);
        let after = self.adverb(text.get(trailing..)?, Blanks::Count, word_ends);
        Some(Opening { len: after.map_or(best.len, |len| trailing + len), ..best })
    }

    fn adverb(&self, text: &str, blanks: Blanks, end: impl Fn(&str) -> bool) -> Option<usize> {
        self.adverbs.longest(text, blanks, end).map(|(len, ())| len)
    }
}

/// The adverbs of a text. Many phrases begin with the same word and are asked for the adverb behind it, so that the last answer is kept.
struct AdverbsOf<'o, 't> {
    openings: &'o Openings,
    text: &'t str,
    /// Where an adverb was looked for last, and where the text goes on behind it.
    last: Cell<Option<(usize, usize)>>,
}

impl AdverbsOf<'_, '_> {
    /// Matches words behind `at`, each with at most an adverb before it; where the text goes on behind them.
    fn match_words(&self, mut at: usize, words: &[String]) -> Option<usize> {
        for word in words {
            at = skip_blanks(self.text, at);
            let behind_adverb = || Some(self.skip(at)).filter(|behind| *behind > at);
            let direct = match_word(self.text, at, word);
            at = direct.or_else(|| match_word(self.text, behind_adverb()?, word))?;
        }
        Some(at)
    }

    /// Where the text goes on after an adverb and the blanks behind it; `at` itself when there is none.
    fn skip(&self, at: usize) -> usize {
        if let Some((_, behind)) = self.last.get().filter(|(from, _)| *from == at) {
            return behind;
        }
        let rest = self.text.get(at..).unwrap_or_default();
        let adverb = self.openings.adverb(rest, Blanks::Count, word_ends);
        let behind = adverb.map_or(at, |len| skip_blanks(self.text, at + len));
        self.last.set(Some((at, behind)));
        behind
    }
}

/// Matches a whole word at `at`; where the text goes on behind it.
fn match_word(text: &str, at: usize, word: &str) -> Option<usize> {
    let rest = text.get(at..)?;
    let len = prefix(rest, word, Blanks::Count)?;
    word_ends(rest.get(len..)?).then_some(at + len)
}

fn word_ends(rest: &str) -> bool {
    !rest.starts_with(crate::is_alphanumeric)
}

fn skip_blanks(text: &str, at: usize) -> usize {
    let rest = text.get(at..).unwrap_or_default();
    at + (rest.len() - rest.trim_start().len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{BUILTIN, LangPack};

    #[test]
    fn a_phrase_as_the_pack_has_it_is_what_is_found_in_it() {
        for known in BUILTIN {
            let pack = LangPack::builtin(known.code).expect(known.code);
            let openings = pack.openings();
            for table in [&openings.preambular, &openings.operative] {
                for (phrase, key) in table.iter() {
                    let found = openings.find_among(phrase, table, pack.word_break());
                    assert_eq!(found, Some(Opening { len: phrase.len(), key }), "{}: {phrase}", known.code);
                    assert_eq!(table.exactly(phrase), Some(key));
                }
            }
        }
    }
}
