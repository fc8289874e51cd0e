//! Words round the numbers and symbols of documents that a text refers to.

use crate::fold::{Blanks, prefix};
use crate::{LangPack, WordBreak};
use aho_corasick::{AhoCorasick, MatchKind};
use serde::Deserialize;
use std::ops::Range;

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Raw {
    /// Stems of the words for a resolution; endings may follow.
    resolutions: Vec<String>,
    /// Stems of the words for a decision.
    decisions: Vec<String>,
    /// Where these words stand.
    nouns: NounSide,
    /// What stands between a number and its date, and between the numbers of a list.
    links: Vec<String>,
    /// Words for "its", where they show that a number is that of the adopting organ.
    #[serde(default)]
    own: Vec<String>,
    /// The word for any council, which the form of a number tells apart.
    councils: Vec<String>,
    bodies: Vec<Body>,
    places: Vec<Places>,
}

/// Where the word for a resolution stands in a list of their numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum NounSide {
    /// Before them.
    Before,
    /// Behind them.
    Behind,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Body {
    /// Code of an organ, or what the symbols of the body begin with.
    code: String,
    names: Vec<String>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Places {
    unit: CitedPlace,
    words: Vec<String>,
}

/// What places in documents are counted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CitedPlace {
    /// An annex.
    Annex,
    /// A section.
    Section,
    /// A paragraph.
    Paragraph,
    /// A part.
    Part,
    /// A chapter.
    Chapter,
    /// An article.
    Article,
}

/// What a word says of the numbers beside it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CitingWord<'a> {
    /// They are numbers of resolutions.
    Resolution,
    /// They are numbers of decisions.
    Decision,
    /// They are numbers of this body: its code.
    Body(&'a str),
    /// They are numbers of a council; their form tells which.
    Council,
    /// A place in what they number.
    Place(CitedPlace),
}

/// The words, ready to be looked for.
#[derive(Clone, Debug)]
pub(crate) struct Citing {
    raw: Raw,
    words: AhoCorasick,
    /// For each pattern what it means.
    meanings: Vec<Meaning>,
}

#[derive(Clone, Copy, Debug)]
enum Meaning {
    Resolution,
    Decision,
    Council,
    Body(usize),
    Place(CitedPlace),
}

impl Citing {
    pub(crate) fn build(raw: Raw) -> Result<Self, String> {
        let mut patterns: Vec<(&str, Meaning)> = Vec::new();
        patterns.extend(raw.resolutions.iter().map(|word| (word.as_str(), Meaning::Resolution)));
        patterns.extend(raw.decisions.iter().map(|word| (word.as_str(), Meaning::Decision)));
        patterns.extend(raw.councils.iter().map(|word| (word.as_str(), Meaning::Council)));
        for (index, body) in raw.bodies.iter().enumerate() {
            patterns.extend(body.names.iter().map(|name| (name.as_str(), Meaning::Body(index))));
        }
        for places in &raw.places {
            patterns.extend(places.words.iter().map(|word| (word.as_str(), Meaning::Place(places.unit))));
        }
        let meanings = patterns.iter().map(|(_, meaning)| *meaning).collect();
        let words = AhoCorasick::builder()
            .match_kind(MatchKind::LeftmostLongest)
            .ascii_case_insensitive(true)
            .build(patterns.iter().map(|(word, _)| word))
            .map_err(|error| error.to_string())?;
        Ok(Self { raw, words, meanings })
    }
}

impl LangPack {
    /// The words of a text that say something of numbers of documents, in order.
    pub fn citing_words<'a>(&'a self, text: &'a str) -> impl Iterator<Item = (Range<usize>, CitingWord<'a>)> {
        let citing = &self.citing;
        citing.words.find_iter(text).filter_map(|found| {
            let word = match citing.meanings.get(found.pattern().as_usize())? {
                Meaning::Resolution => CitingWord::Resolution,
                Meaning::Decision => CitingWord::Decision,
                Meaning::Council => CitingWord::Council,
                Meaning::Body(index) => CitingWord::Body(&citing.raw.bodies.get(*index)?.code),
                Meaning::Place(unit) => CitingWord::Place(*unit),
            };
            Some((found.range(), word))
        })
    }

    /// Where the words for resolutions stand in lists of their numbers.
    pub fn noun_side(&self) -> NounSide {
        self.citing.raw.nouns
    }

    /// Whether a text says "its".
    pub fn says_own(&self, text: &str) -> bool {
        self.citing.raw.own.iter().any(|word| text.contains(word.as_str()))
    }

    /// Bytes of the word at the head of a text that only links a number to its date or to the next.
    pub fn citing_link(&self, text: &str) -> Option<usize> {
        let ends = |len: &usize| {
            let rest = text.get(*len..).unwrap_or_default();
            self.word_break() == WordBreak::None || !rest.starts_with(char::is_alphabetic)
        };
        let links = self.citing.raw.links.iter().filter_map(|link| prefix(text, link, Blanks::Ignore));
        links.filter(ends).max()
    }
}
