//! Works that have no symbol: supplements to Official Records, volumes of the Treaty Series, sales numbers, decisions of conferences, articles of treaties.

use super::find::{Candidate, What};
use super::resolve::Scene;
use std::ops::Range;
use unres_lang::{CitedPlace, CitingWord, LangPack, NounSide, WorkNumber};
use unres_model::{CitedKind, Pinpoint, PinpointUnit};

/// A work and the words that name it.
pub(super) struct Work {
    pub(super) range: Range<usize>,
    pub(super) kind: CitedKind,
    pub(super) name: String,
    pub(super) pinpoints: Vec<Pinpoint>,
}

/// A sales number at the head of a text, `E.44.XIII.18` or `F.05.II.A.4`, and its length: language, year, category, perhaps a section, count.
pub(super) fn sales_number(text: &str) -> Option<(String, usize)> {
    // Most words have no point behind their first letter.
    text.as_bytes().get(1).filter(|byte| **byte == b'.')?;
    let len = text.find(|c: char| !(c.is_ascii_alphanumeric() || c == '.')).unwrap_or(text.len());
    let printed = text.get(..len)?.trim_end_matches('.');
    let mut pieces = printed.split('.');
    let of = |piece: Option<&str>, accept: fn(u8) -> bool| piece.is_some_and(|piece| piece.bytes().all(accept));
    let language = of(pieces.next().filter(|piece| piece.len() == 1), |b| b.is_ascii_uppercase());
    let year = of(pieces.next().filter(|piece| piece.len() == 2), |b| b.is_ascii_digit());
    let category = of(pieces.next().filter(|piece| !piece.is_empty()), |b| b"IVX".contains(&b));
    let last = pieces.next_back()?;
    let count = (1..=3).contains(&last.len()) && last.bytes().all(|b| b.is_ascii_digit());
    let section = pieces.next().is_none_or(|piece| piece.len() == 1 && piece.bytes().all(|b| b.is_ascii_uppercase()));
    let whole = language && year && category && count && section && pieces.next().is_none();
    whole.then(|| (printed.to_owned(), printed.len()))
}

/// The number of a decision of the parties to a convention at the head of a text: `1/CP.21`.
pub(super) fn conference_decision(text: &str) -> Option<(String, usize)> {
    let count = |text: &str, most: usize| {
        let digits = text.bytes().take_while(u8::is_ascii_digit).count();
        (1..=most).contains(&digits).then_some(digits)
    };
    let slash = count(text, 3)?;
    let behind = text.get(slash..)?.strip_prefix('/')?;
    let body = behind.bytes().take_while(u8::is_ascii_uppercase).count();
    let session = behind.get(body..)?.strip_prefix('.').filter(|_| (2..=4).contains(&body))?;
    let len = slash + 1 + body + 1 + count(session, 2)?;
    let ends = !text.get(len..)?.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '/');
    ends.then(|| (text.get(..len).unwrap_or_default().to_owned(), len))
}

/// A number of a kind and where its words stand.
struct Numbered {
    range: Range<usize>,
    /// `5`, `5A`, `970-973`, `17512,17513`.
    number: String,
}

/// The numbers of a kind in a text, in order.
fn numbered(pack: &LangPack, text: &str, kind: WorkNumber) -> Vec<Numbered> {
    let mut found: Vec<Numbered> = Vec::new();
    for (before, behind) in pack.work_forms(kind) {
        let first = before.split(' ').next().unwrap_or_default();
        for (start, _) in text.match_indices(first) {
            let Some(len) = text.get(start..).and_then(|text| words_at(text, before)) else { continue };
            let from = start + len;
            let Some((number, len)) = number_of(pack, text.get(from..).unwrap_or_default(), kind) else { continue };
            let rest = text.get(from + len..).unwrap_or_default();
            if rest.starts_with(behind) && !(behind.is_empty() && rest.starts_with(|c: char| c.is_ascii_digit())) {
                found.push(Numbered { range: start..from + len + behind.len(), number });
            }
        }
    }
    found.sort_by_key(|number| number.range.start);
    found.dedup_by(|next, before| next.range.start < before.range.end);
    found
}

/// Bytes of some words at the head of a text, with any blanks between them and none behind them.
fn words_at(text: &str, words: &str) -> Option<usize> {
    let mut rest = text;
    for word in words.split_whitespace() {
        rest = rest.trim_start().strip_prefix(word)?;
    }
    Some(text.len() - rest.len())
}

/// The number at the head of a text and its length with the blanks before it.
fn number_of(pack: &LangPack, text: &str, kind: WorkNumber) -> Option<(String, usize)> {
    let rest = text.trim_start();
    let blanks = text.len() - rest.len();
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    let number = rest.get(..digits).filter(|number| (1..=5).contains(&number.len()))?;
    let behind = rest.get(digits..)?;
    let (more, len) = match kind {
        WorkNumber::Supplement => part_letter(pack, behind).unwrap_or_default(),
        WorkNumber::Number => next_number(pack, behind).unwrap_or_default(),
        WorkNumber::Volume | WorkNumber::Clause => (String::new(), 0),
    };
    Some((format!("{number}{more}"), blanks + digits + len))
}

/// The letter of a part of a supplement as Latin prints it: `5A`, 5 ألف.
fn part_letter(pack: &LangPack, text: &str) -> Option<(String, usize)> {
    // Letters that look like Latin ones are typed for them.
    const LIKE: [(char, char); 6] = [('А', 'A'), ('В', 'B'), ('С', 'C'), ('Е', 'E'), ('Н', 'H'), ('Р', 'P')];
    let rest = text.trim_start();
    let ends = |len: usize| !rest.get(len..).is_some_and(|rest| rest.starts_with(is_letter));
    let named =
        pack.part_letters().iter().find(|(printed, _)| rest.starts_with(printed.as_str()) && ends(printed.len()));
    if let Some((printed, latin)) = named {
        return Some((latin.clone(), text.len() - rest.len() + printed.len()));
    }
    let first = text.chars().next()?;
    let latin = LIKE.iter().find(|(like, _)| *like == first).map_or(first, |(_, latin)| *latin);
    let is_part = latin.is_ascii_uppercase() && !text.get(first.len_utf8()..)?.starts_with(is_letter);
    is_part.then(|| (latin.to_string(), first.len_utf8()))
}

/// Whether a letter goes on a word, as those of scripts without blanks do not.
fn is_letter(c: char) -> bool {
    c.is_alphabetic() && !unres_lang::is_wide(c)
}

/// The number behind another: the last of a range, `-973`, or the second of two, `,17513`.
fn next_number(pack: &LangPack, text: &str) -> Option<(String, usize)> {
    let dash = || Some(("-", text.strip_prefix(['-', '–', '‑'])?));
    let rest = text.trim_start();
    let range = || Some(("-", pack.part_ranges().iter().find_map(|word| rest.strip_prefix(word.as_str()))?));
    let second = || Some((",", rest.get(pack.conjunction(rest)?..)?));
    let (mark, next) = dash().or_else(range).or_else(second)?;
    let next = next.trim_start();
    let digits = next.bytes().take_while(u8::is_ascii_digit).count();
    let number = next.get(..digits).filter(|number| !number.is_empty())?;
    Some((format!("{mark}{number}"), text.len() - next.len() + digits))
}

/// The volumes and numbers of a series of treaties. `same` is the kind of work that the note before names, for what refers to it.
pub(super) fn treaties(pack: &LangPack, text: &str, same: Option<CitedKind>) -> Vec<Work> {
    let is_series = pack.says_treaty_series(text) || same == Some(CitedKind::TreatySeries) && pack.says_same_work(text);
    if !is_series {
        return Vec::new();
    }
    let numbers = numbered(pack, text, WorkNumber::Number);
    let series = if pack.says_league(text) { "LNTS " } else { "" };
    let work = |volume: Numbered| {
        let next = numbers.partition_point(|number| number.range.start < volume.range.end);
        let number = numbers.get(next)?;
        let between = text.get(volume.range.end..number.range.start)?;
        between.chars().all(|c| c.is_whitespace() || matches!(c, ',' | '،' | '，' | '、')).then(|| Work {
            range: volume.range.start..number.range.end,
            kind: CitedKind::TreatySeries,
            name: format!("{series}{}/{}", volume.number, number.number),
            pinpoints: Vec::new(),
        })
    };
    numbered(pack, text, WorkNumber::Volume).into_iter().filter_map(work).collect()
}

impl Scene<'_> {
    /// The supplements to Official Records: of what series they are, the symbol behind them says.
    pub(super) fn supplements(&self) -> Vec<Work> {
        /// Characters that a volume or a corrigendum may take between.
        const NEAR: usize = 60;
        if !self.candidates.iter().any(|candidate| matches!(candidate.what, What::Symbol(_))) {
            return Vec::new();
        }
        let work = |supplement: Numbered| {
            let end = self.within(supplement.range.end, NEAR);
            let symbol =
                self.candidates_in(supplement.range.end, end).iter().find_map(|candidate| match &candidate.what {
                    What::Symbol(symbol) => Some(symbol),
                    _ => None,
                })?;
            let symbol = symbol.to_string();
            let mut pieces = symbol.splitn(3, '/');
            let (organ, session) = (pieces.next()?, pieces.next()?);
            let name = format!("{organ}/{session} Supplement {}", supplement.number);
            Some(Work { range: supplement.range, kind: CitedKind::Records, name, pinpoints: Vec::new() })
        };
        numbered(self.pack, self.text, WorkNumber::Supplement).into_iter().filter_map(work).collect()
    }

    /// The articles of treaties and statutes that the text names.
    pub(super) fn provisions(&self) -> Vec<Work> {
        let articles = self.words.iter().filter(|(_, word)| *word == CitingWord::Place(CitedPlace::Article));
        let mut found: Vec<Work> = Vec::new();
        for (word, _) in articles {
            match self.pack.noun_side() {
                NounSide::Before => found.extend(self.articles_of(word)),
                NounSide::Behind => {
                    let before = found.last().map(|work| (work.range.end, work.name.clone()));
                    found.extend(self.article_in(word, before));
                }
            }
        }
        found
    }

    /// The articles whose numbers follow the word, and what they are of: "articles 3 and 4, paragraph 2, of the Charter".
    fn articles_of(&self, word: &Range<usize>) -> Vec<Work> {
        let from = word.end + self.ending(word.end);
        let (numbers, end) = self.list_at(from, |at| self.count_at(at));
        let behind = self.places_at(self.pass_commas(end));
        let after = behind.last().map_or(end, |(_, end)| *end);
        let Some(instrument) = self.instrument_behind(after) else { return Vec::new() };
        let mut pinpoints: Vec<Pinpoint> = behind.into_iter().map(|(place, _)| place).collect();
        if pinpoints.is_empty() {
            pinpoints = self.places_before(word.start);
        }
        let article = |(index, (number, place)): (usize, (String, Range<usize>))| Work {
            range: if index == 0 { word.start..place.end } else { place },
            kind: CitedKind::Provision,
            name: format!("{instrument} article {number}"),
            pinpoints: pinpoints.clone(),
        };
        numbers.into_iter().enumerate().map(article).collect()
    }

    /// What an article is of: the next word for such a thing, if no clause ends before it and nothing else is cited.
    fn instrument_behind(&self, from: usize) -> Option<&str> {
        /// Letters that its title may have before that word, and a chapter of it.
        const NEAR: usize = 60;
        let words = self.words_in(from, self.within(from, NEAR));
        let (range, name) = words.iter().find_map(|(range, word)| match word {
            CitingWord::Instrument(name) => Some((range, *name)),
            _ => None,
        })?;
        let gap = self.text.get(self.pass_commas(from)..range.start)?;
        let is_apart = gap.contains([',', '،', ';', '؛', ':', '.', '(']);
        (!is_apart && self.candidates_in(from, range.start).is_empty()).then_some(name)
    }

    /// The article whose number stands before the word, and what it is of, which stands before that: 《宪章》第三条第2款.
    fn article_in(&self, word: &Range<usize>, before: Option<(usize, String)>) -> Option<Work> {
        /// Letters that the number of a paragraph may take.
        const NEAR: usize = 8;
        let (number, start) = self.count_before(word.start)?;
        let named = |(range, word): &(Range<usize>, CitingWord<'_>)| match word {
            CitingWord::Instrument(name) => Some((range.end, (*name).to_owned())),
            _ => None,
        };
        let of_before = || {
            let (end, name) = before?;
            Some((end, name.split(' ').next()?.to_owned()))
        };
        let own = self.words_in(0, start).last().and_then(named).filter(|(end, _)| self.only_marks(*end, start));
        let (_, instrument) = own.or_else(|| of_before().filter(|(end, _)| self.is_link(*end, start)))?;
        let clauses = numbered(self.pack, self.text.get(word.end..self.within(word.end, NEAR))?, WorkNumber::Clause);
        let clause = clauses.into_iter().next().filter(|clause| clause.range.start == 0);
        let pinpoint = |clause: Numbered| Pinpoint { unit: PinpointUnit::Paragraph, number: clause.number };
        let pinpoints = clause.map(pinpoint).into_iter().collect();
        let name = format!("{instrument} article {number}");
        Some(Work { range: start..word.end, kind: CitedKind::Provision, name, pinpoints })
    }

    /// The number that ends at a place, and where it begins with the word that leads to it.
    pub(super) fn count_before(&self, end: usize) -> Option<(String, usize)> {
        /// Characters of the longest number.
        const MOST: usize = 6;
        let head = self.text.get(..end)?;
        let starts = head.char_indices().rev().map(|(at, _)| at).take(MOST);
        let ending = starts.filter_map(|at| Some((at, self.count_at(at)?))).filter(|(at, (_, len))| at + len == end);
        let (at, (number, _)) = ending.last()?;
        let lead = self.text.get(..at)?.char_indices().next_back().map(|(lead, _)| lead);
        let lead = lead.filter(|lead| self.link_end(*lead, at) == at);
        Some((number, lead.unwrap_or(at)))
    }

    /// Where so many characters behind a place end.
    fn within(&self, from: usize, characters: usize) -> usize {
        let rest = self.text.get(from..).unwrap_or_default();
        rest.char_indices().nth(characters).map_or(self.text.len(), |(at, _)| from + at)
    }

    /// The candidates that begin between two places.
    pub(super) fn candidates_in(&self, from: usize, to: usize) -> &[Candidate] {
        let first = self.candidates.partition_point(|candidate| candidate.range.start < from);
        let last = self.candidates.partition_point(|candidate| candidate.range.start < to);
        self.candidates.get(first..last).unwrap_or_default()
    }

    fn only_marks(&self, from: usize, to: usize) -> bool {
        self.text.get(from..to).is_some_and(|gap| gap.chars().all(|c| !c.is_alphanumeric()) && gap.chars().count() <= 2)
    }
}
