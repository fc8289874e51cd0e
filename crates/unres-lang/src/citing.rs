//! Words round the numbers and symbols of documents that a text refers to.

use crate::fold::{Blanks, Initials, fold, prefix};
use crate::{LangPack, WordBreak};
use serde::Deserialize;
use std::collections::BTreeMap;
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
    /// The links that join numbers of equal rank: "and", "to".
    conjunctions: Vec<String>,
    /// How supplements to Official Records are numbered: `Supplement No. #`, with `#` for the number. The same for the next four.
    supplements: Vec<String>,
    volumes: Vec<String>,
    numbers: Vec<String>,
    /// Paragraphs of articles, where they have another word than those of resolutions.
    #[serde(default)]
    clauses: Vec<String>,
    /// Names of the series of treaties.
    treaty_series: Vec<String>,
    /// Names of the League of Nations, whose series has volumes of its own.
    leagues: Vec<String>,
    /// What stands for the title of the work that the note before names.
    same_work: Vec<String>,
    /// What stands for a resolution, or a decision, that was cited before: "the same resolution".
    same_resolution: Vec<String>,
    same_decision: Vec<String>,
    /// What stands between the first and the last of a range of numbers.
    ranges: Vec<String>,
    /// How meetings are named, with `#` for the number: `# plenary meeting`.
    meetings: Vec<String>,
    /// Words for what has articles: the Charter, treaties, statutes.
    instruments: Vec<Instrument>,
}

impl Raw {
    /// The names of bodies, each with its code.
    pub(crate) fn bodies(&self) -> impl Iterator<Item = (&str, &str)> {
        self.bodies.iter().flat_map(|body| body.names.iter().map(|name| (name.as_str(), body.code.as_str())))
    }
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Instrument {
    /// Its English name.
    name: String,
    words: Vec<String>,
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
    /// What has articles, by its English name.
    Instrument(&'a str),
}

/// What words say that stand for a meeting, or for what was cited before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CitingPhrase {
    /// The meeting of this number.
    Meeting(u32),
    /// The work that was cited before: "ibid."
    SameWork,
    /// The resolution that was cited before.
    SameResolution,
    /// The decision that was cited before.
    SameDecision,
}

/// Works that a note cites by number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WorkNumber {
    /// A supplement to Official Records.
    Supplement,
    /// A volume.
    Volume,
    /// A number in a volume.
    Number,
    /// A paragraph of an article.
    Clause,
}

/// The words, ready to be looked for.
#[derive(Clone, Debug)]
pub(crate) struct Citing {
    raw: Raw,
    /// The words that link, by the letter that they begin with, folded; none where that may be any.
    links: BTreeMap<Option<char>, Vec<String>>,
    /// What words that link begin with: most words are told by it.
    links_begin: Initials,
    /// The words that are looked for, each with what it means.
    words: Vec<(String, Meaning)>,
    /// What names meetings, and what refers back.
    phrases: Vec<(String, Phrase)>,
}

#[derive(Clone, Copy, Debug)]
enum Phrase {
    /// The words behind the number of a meeting in this form.
    BehindMeeting(usize),
    /// The words before it.
    BeforeMeeting,
    Same(CitingPhrase),
}

#[derive(Clone, Copy, Debug)]
enum Meaning {
    Resolution,
    Decision,
    Council,
    Body(usize),
    Place(CitedPlace),
    Instrument(usize),
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
        for (index, instrument) in raw.instruments.iter().enumerate() {
            patterns.extend(instrument.words.iter().map(|word| (word.as_str(), Meaning::Instrument(index))));
        }
        let forms = [&raw.supplements, &raw.volumes, &raw.numbers, &raw.clauses, &raw.meetings];
        if let Some(form) = forms.into_iter().flatten().find(|form| form.matches('#').count() != 1) {
            return Err(format!("the form {form:?} needs one # for its number"));
        }
        let mut links: BTreeMap<_, Vec<String>> = BTreeMap::new();
        raw.links.iter().for_each(|link| links.entry(head(link)).or_default().push(link.clone()));
        let links_begin = Initials::of(&raw.links);
        let words = patterns.into_iter().map(owned).collect();
        let phrases = phrases(&raw).into_iter().map(owned).collect();
        Ok(Self { raw, links, links_begin, words, phrases })
    }

    /// The words that are looked for round numbers.
    pub(crate) fn words(&self) -> impl Iterator<Item = &str> {
        self.words.iter().map(|(word, _)| word.as_str())
    }

    /// The words of these for articles.
    pub(crate) fn articles(&self) -> impl Iterator<Item = &str> {
        let articles = self.words.iter().filter(|(_, meaning)| matches!(meaning, Meaning::Place(CitedPlace::Article)));
        articles.map(|(word, _)| word.as_str())
    }

    /// What is looked for of the names of meetings.
    pub(crate) fn meetings(&self) -> impl Iterator<Item = &str> {
        let meetings = self.phrases.iter().filter(|(_, phrase)| !matches!(phrase, Phrase::Same(_)));
        meetings.map(|(phrase, _)| phrase.as_str())
    }

    /// What is looked for of the names of meetings, and of what refers back.
    pub(crate) fn phrases(&self) -> impl Iterator<Item = &str> {
        self.phrases.iter().map(|(phrase, _)| phrase.as_str())
    }
}

fn owned<T>((word, meaning): (&str, T)) -> (String, T) {
    (word.to_owned(), meaning)
}

/// What is looked for of the names of meetings and of what refers back.
fn phrases(raw: &Raw) -> Vec<(&str, Phrase)> {
    let same = [
        (&raw.same_work, CitingPhrase::SameWork),
        (&raw.same_resolution, CitingPhrase::SameResolution),
        (&raw.same_decision, CitingPhrase::SameDecision),
    ];
    let same =
        same.into_iter().flat_map(|(words, same)| words.iter().map(move |word| (word.as_str(), Phrase::Same(same))));
    let meetings = raw.meetings.iter().enumerate().map(|(index, form)| {
        let (before, behind) = meeting_form(form);
        if behind.is_empty() { (before, Phrase::BeforeMeeting) } else { (behind, Phrase::BehindMeeting(index)) }
    });
    same.chain(meetings).collect()
}

/// The words before and behind the number of a meeting.
fn meeting_form(form: &str) -> (&str, &str) {
    let (before, behind) = form.split_once('#').unwrap_or((form, ""));
    (before.trim(), behind.trim())
}

/// Whether words begin and end where words of the text do.
fn is_whole(text: &str, words: &Range<usize>) -> bool {
    let (before, inside) = text.split_at(words.start);
    let (inside, behind) = inside.split_at(words.len());
    let begins = !inside.starts_with(char::is_alphanumeric) || !before.ends_with(char::is_alphanumeric);
    let ends = !inside.ends_with(char::is_alphanumeric) || !behind.starts_with(char::is_alphanumeric);
    begins && ends
}

/// Whether an ordinal number of so many bytes ends there, and no symbol or other number goes on.
fn ends_ordinal(text: &str, len: usize) -> bool {
    let mut rest = text.get(len..).unwrap_or_default().chars();
    match rest.next() {
        Some('.' | ',' | '-' | '–') => !rest.next().is_some_and(|c| c.is_ascii_digit()),
        next => !matches!(next, Some('/')) && !next.is_some_and(char::is_alphanumeric),
    }
}

/// The letter with which a text begins, as it is compared; none where it begins with a blank or with what does not count.
fn head(text: &str) -> Option<char> {
    text.chars().next().filter(|c| !c.is_whitespace()).and_then(fold)
}

impl LangPack {
    /// What one of the words means that are looked for round numbers.
    pub(crate) fn citing_word(&self, index: usize) -> Option<CitingWord<'_>> {
        let raw = &self.citing.raw;
        Some(match self.citing.words.get(index)?.1 {
            Meaning::Resolution => CitingWord::Resolution,
            Meaning::Decision => CitingWord::Decision,
            Meaning::Council => CitingWord::Council,
            Meaning::Body(index) => CitingWord::Body(&raw.bodies.get(index)?.code),
            Meaning::Place(unit) => CitingWord::Place(unit),
            Meaning::Instrument(index) => CitingWord::Instrument(&raw.instruments.get(index)?.name),
        })
    }

    /// What one of the phrases means that stands in a text, and the bytes that it has with the number of a meeting.
    pub(crate) fn citing_phrase(
        &self,
        text: &str,
        words: Range<usize>,
        index: usize,
    ) -> Option<(Range<usize>, CitingPhrase)> {
        let whole = |found: &Range<usize>| self.word_break() == WordBreak::None || is_whole(text, found);
        match self.citing.phrases.get(index)?.1 {
            Phrase::Same(same) => Some((words, same)),
            Phrase::BehindMeeting(index) => {
                let (number, start) = self.ordinal_before(text.get(..words.start)?.trim_end())?;
                let (before, _) = meeting_form(self.citing.raw.meetings.get(index)?);
                let lead = text.get(..start)?.trim_end().strip_suffix(before)?;
                let start = if before.is_empty() { start } else { lead.len() };
                Some((start..words.end, CitingPhrase::Meeting(number)))
            }
            Phrase::BeforeMeeting => {
                let rest = text.get(words.end..)?;
                let number = rest.trim_start();
                let (meeting, len) = self.ordinal(number).filter(|(_, len)| ends_ordinal(number, *len))?;
                let end = words.end + (rest.len() - number.len()) + len;
                Some((words.start..end, CitingPhrase::Meeting(meeting)))
            }
        }
        .filter(|(range, _)| whole(range))
    }

    /// The ordinal number with which a text ends, and where it begins.
    fn ordinal_before(&self, text: &str) -> Option<(u32, usize)> {
        /// Characters of the longest one with what stands behind its digits.
        const MOST: usize = 9;
        let digits = text.char_indices().rev().take(MOST).skip_while(|(_, c)| self.digit(*c).is_none());
        let (start, _) = digits.take_while(|(_, c)| self.digit(*c).is_some()).last()?;
        let (number, len) = self.ordinal(text.get(start..)?)?;
        let is_apart = !text.get(..start)?.ends_with(['/', '.', ',', '-', '‑', '–']);
        (start + len == text.len() && is_apart).then_some((number, start))
    }

    /// Whether "its" stands before some words, or they begin with it.
    pub fn is_own(&self, text: &str, words: &Range<usize>) -> bool {
        let head = text.get(..words.start).unwrap_or_default().trim_end();
        let inside = text.get(words.clone()).unwrap_or_default();
        let before = |word: &String| {
            let lead = head.strip_suffix(word.as_str());
            lead.is_some_and(|lead| self.word_break() == WordBreak::None || !lead.ends_with(char::is_alphanumeric))
        };
        self.citing.raw.own.iter().any(|word| before(word) || inside.starts_with(word.as_str()))
    }

    /// Whether words stand between the first and the last number of a range.
    pub fn is_range(&self, words: &str) -> bool {
        self.citing.raw.ranges.iter().any(|range| range == words)
    }

    /// Bytes of the word at the end of a text that joins numbers of equal rank.
    pub fn conjunction_before(&self, text: &str) -> Option<usize> {
        let ends = |word: &String| {
            let lead = text.strip_suffix(word.as_str())?;
            let apart = self.word_break() == WordBreak::None || !lead.ends_with(char::is_alphanumeric);
            apart.then_some(word.len())
        };
        self.citing.raw.conjunctions.iter().filter_map(ends).max()
    }

    /// Where the words for resolutions stand in lists of their numbers.
    pub fn noun_side(&self) -> NounSide {
        self.citing.raw.nouns
    }

    /// What stands before and behind a number of a kind, in all forms.
    pub fn work_forms(&self, number: WorkNumber) -> impl Iterator<Item = (&str, &str)> {
        let raw = &self.citing.raw;
        let forms = match number {
            WorkNumber::Supplement => &raw.supplements,
            WorkNumber::Volume => &raw.volumes,
            WorkNumber::Number => &raw.numbers,
            WorkNumber::Clause => &raw.clauses,
        };
        forms.iter().filter_map(|form| form.split_once('#'))
    }

    /// Whether a text names a series of treaties.
    pub fn says_treaty_series(&self, text: &str) -> bool {
        self.citing.raw.treaty_series.iter().any(|name| text.contains(name.as_str()))
    }

    /// Whether a text names the League of Nations.
    pub fn says_league(&self, text: &str) -> bool {
        self.citing.raw.leagues.iter().any(|name| text.contains(name.as_str()))
    }

    /// Whether a text refers to the work that was named before.
    pub fn says_same_work(&self, text: &str) -> bool {
        self.citing.raw.same_work.iter().any(|words| text.contains(words.as_str()))
    }

    /// Bytes of the word at the head of a text that joins numbers of equal rank.
    pub fn conjunction(&self, text: &str) -> Option<usize> {
        self.longest(self.citing.raw.conjunctions.iter(), text)
    }

    /// Whether a text says "its".
    pub fn says_own(&self, text: &str) -> bool {
        self.citing.raw.own.iter().any(|word| text.contains(word.as_str()))
    }

    /// Bytes of the word at the head of a text that only links a number to its date or to the next.
    pub fn citing_link(&self, text: &str) -> Option<usize> {
        let first = head(text);
        if !self.citing.links_begin.hold(first) {
            return None;
        }
        if first.is_none() {
            return self.longest(self.citing.raw.links.iter(), text);
        }
        let links = [first, None].into_iter().filter_map(|head| self.citing.links.get(&head)).flatten();
        self.longest(links, text)
    }

    /// Bytes of the longest of some words at the head of a text, where the word ends there.
    fn longest<'a>(&self, words: impl Iterator<Item = &'a String>, text: &str) -> Option<usize> {
        // A word with an apostrophe is joined to the next: "l’article".
        let ends = |word: &String, len: usize| {
            let rest = text.get(len..).unwrap_or_default();
            let joins = self.word_break() == WordBreak::None || !word.ends_with(char::is_alphabetic);
            joins || !rest.starts_with(char::is_alphabetic)
        };
        let found = words.filter_map(|word| Some((word, prefix(text, word, Blanks::Ignore)?)));
        found.filter(|(word, len)| ends(word, *len)).map(|(_, len)| len).max()
    }
}
