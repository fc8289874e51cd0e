//! The places in a document that a citation means: "paragraph 5 of resolution …", 第…号决议第三节, "A/98/633, annex III".

use super::find::What;
use super::resolve::Scene;
use std::ops::Range;
use unres_lang::{CitedPlace, CitingWord, NounSide};
use unres_model::{Pinpoint, PinpointUnit};

impl Scene<'_> {
    /// The places named behind a citation that ends at `end`, else those named before the words that lead to `start`.
    pub(super) fn pinpoints(&self, start: usize, end: usize) -> Vec<Pinpoint> {
        let behind = self.places_behind(end);
        if behind.is_empty() { self.places_before(start) } else { behind }
    }

    fn places_behind(&self, end: usize) -> Vec<Pinpoint> {
        let (mut places, _) = self.places_to(end);
        if places.is_empty() && self.pack.noun_side() == NounSide::Behind {
            places.extend(self.place_further(self.pass_over(end)));
        }
        places
    }

    /// The places named directly behind a citation, and where the last of them ends.
    pub(super) fn places_to(&self, end: usize) -> (Vec<Pinpoint>, usize) {
        let mut places = Vec::new();
        let (mut reached, mut at) = (end, self.pass_over(end));
        loop {
            let more = self.places_at(at);
            let Some((_, end)) = more.last() else { break };
            if self.is_of_next(*end) {
                break;
            }
            (reached, at) = (*end, self.pass_over(*end));
            places.extend(more.into_iter().map(|(place, _)| place));
        }
        (places, reached)
    }

    /// Whether a place that ends there is one in what is cited next: "paragraph 3 of resolution …".
    fn is_of_next(&self, end: usize) -> bool {
        self.pack.noun_side() == NounSide::Before && !self.is_apart(end) && self.leads_to_citation(end)
    }

    /// Whether a comma, a bracket or "and" follows.
    fn is_apart(&self, end: usize) -> bool {
        let next = self.text.get(end..).unwrap_or_default().trim_start();
        next.starts_with([',', '،', ')']) || self.pack.conjunction(next).is_some()
    }

    fn leads_to_citation(&self, from: usize) -> bool {
        let to = self.pass_over(from);
        let at = self.candidates.binary_search_by_key(&to, |candidate| candidate.range.start).ok();
        let next = at.and_then(|at| self.candidates.get(at));
        next.is_some_and(|next| matches!(next.what, What::Number(_) | What::Symbol(_)))
    }

    /// The place named further on in the same clause, behind words on what the document is about: 第98/1号决议关于…的第5段.
    fn place_further(&self, from: usize) -> Option<Pinpoint> {
        let noun = self.words_in(0, from).last().filter(|(range, word)| range.end == from && is_noun(word))?;
        let (range, word) = self.words.get(self.words.partition_point(|(range, _)| range.start < noun.0.end))?;
        let CitingWord::Place(unit) = word else { return None };
        let (number, start) = self.count_before(range.start)?;
        let gap = self.text.get(from..start)?;
        let cited = !self.candidates_in(from, start).is_empty();
        let apart = gap.contains(['，', ',', '；', '。', '、', '(', '（']);
        (!apart && !cited && !gap.is_empty()).then(|| Pinpoint { unit: unit_of(*unit), number })
    }

    /// Passes over blanks, commas, the noun and words that link.
    fn pass_over(&self, from: usize) -> usize {
        let mut at = from;
        loop {
            let next = self.link_end(at, self.text.len());
            let noun =
                self.word_at(next).filter(|(len, word)| is_noun(word) && self.count_behind(next + len).is_none());
            match noun {
                Some((len, _)) => at = next + len + self.ending(next + len),
                None => return next,
            }
        }
    }

    /// The number of a resolution in a report, which no other citation is: "chapter I, resolution 2".
    fn count_behind(&self, end: usize) -> Option<(String, usize)> {
        if self.pack.noun_side() == NounSide::Behind {
            return None;
        }
        let from = end + self.ending(end);
        let from = from + self.blanks(from);
        let (number, len) = self.count_at(from).filter(|_| !self.is_cited(from))?;
        let goes_on = self.text.get(from + len..)?.trim_start().starts_with(['/', '(']);
        (!goes_on).then_some((number, from + len))
    }

    fn is_cited(&self, at: usize) -> bool {
        self.candidates.binary_search_by_key(&at, |candidate| candidate.range.start).is_ok()
    }

    /// The places that begin there, each with where it ends: the word and its numbers, or a number and the word.
    pub(super) fn places_at(&self, at: usize) -> Vec<(Pinpoint, usize)> {
        match self.word_at(at) {
            Some((len, CitingWord::Place(unit))) => self.places_of(unit_of(unit), at + len),
            Some((len, word)) if is_noun(&word) => {
                let counted = self.count_behind(at + len);
                let place = |(number, end)| (Pinpoint { unit: PinpointUnit::Resolution, number }, end);
                counted.map(place).into_iter().collect()
            }
            _ => self.place_behind_number(at).into_iter().collect(),
        }
    }

    fn places_of(&self, unit: PinpointUnit, word_end: usize) -> Vec<(Pinpoint, usize)> {
        let from = word_end + self.ending(word_end);
        let (numbers, _) = self.list_at(from, |at| self.number_at(at));
        if numbers.is_empty() && unit == PinpointUnit::Annex {
            return vec![(Pinpoint { unit, number: String::new() }, from)];
        }
        numbers.into_iter().map(|(number, range)| (Pinpoint { unit, number }, range.end)).collect()
    }

    fn place_behind_number(&self, at: usize) -> Option<(Pinpoint, usize)> {
        /// Bytes that no number reaches; the longest are words with vowel signs.
        const MOST: usize = 64;
        let next = self.words.partition_point(|(range, _)| range.start <= at);
        let mut near = self.words.iter().skip(next).take_while(|(range, _)| range.start < at + MOST);
        // The word follows the number with no blank between.
        near.find(|(range, word)| matches!(word, CitingWord::Place(_)) && !self.is_behind_blank(range.start))?;
        let (number, len) = self.number_at(at)?;
        let (more, CitingWord::Place(unit)) = self.word_at(at + len)? else { return None };
        Some((Pinpoint { unit: unit_of(unit), number }, at + len + more))
    }

    fn is_behind_blank(&self, at: usize) -> bool {
        self.text.get(..at).is_some_and(|before| before.ends_with(char::is_whitespace))
    }

    /// Numbers in a row, joined by commas and "and", each with where it stands; and where they end.
    pub(super) fn list_at(
        &self,
        from: usize,
        number: impl Fn(usize) -> Option<(String, usize)>,
    ) -> (Vec<(String, Range<usize>)>, usize) {
        let mut found = Vec::new();
        let (mut end, mut at) = (from, from + self.blanks(from));
        while let Some((number, len)) = number(at).filter(|(_, len)| !self.is_cited(at) && self.ends_number(at + len)) {
            end = at + len;
            found.push((number, at..end));
            let next = self.pass_conjunctions(end);
            if next == end {
                break;
            }
            at = next;
        }
        (found, end)
    }

    /// Whether a number ends there: no other digits belong to it.
    fn ends_number(&self, at: usize) -> bool {
        let mut rest = self.text.get(at..).unwrap_or_default().chars();
        match rest.next() {
            Some('/') => false,
            Some('.' | ',' | '-') => !rest.next().is_some_and(|c| c.is_ascii_digit()),
            _ => true,
        }
    }

    /// Passes over blanks, commas and words that join numbers of equal rank.
    fn pass_conjunctions(&self, from: usize) -> usize {
        let mut at = self.pass_commas(from);
        while let Some(len) = self.text.get(at..).and_then(|rest| self.pack.conjunction(rest)).filter(|len| *len > 0) {
            at = self.pass_commas(at + len);
        }
        at
    }

    /// Passes over blanks and commas.
    pub(super) fn pass_commas(&self, from: usize) -> usize {
        let rest = self.text.get(from..).unwrap_or_default();
        let is_comma = |c: char| c.is_whitespace() || matches!(c, ',' | '،' | '，' | '、');
        from + rest.find(|c| !is_comma(c)).unwrap_or(rest.len())
    }

    /// The last places named before a citation or an article, if nothing but words that link lies between.
    pub(super) fn places_before(&self, start: usize) -> Vec<Pinpoint> {
        // Where the noun stands behind, so do the places.
        if self.pack.noun_side() == NounSide::Behind {
            return Vec::new();
        }
        let (sentence, _) = self.sentence(start, start);
        let mut words = self.words_in(sentence, start).iter().rev();
        let Some((range, _)) = words.find(|(_, word)| matches!(word, CitingWord::Place(_))) else { return Vec::new() };
        let places = self.places_at(range.start);
        let Some((_, end)) = places.last() else { return Vec::new() };
        let reaches = !self.is_apart(*end) && self.pass_over(*end) >= start;
        let numbered = places.iter().all(|(place, _)| !place.number.is_empty());
        if reaches && numbered { places.into_iter().map(|(place, _)| place).collect() } else { Vec::new() }
    }

    fn word_at(&self, at: usize) -> Option<(usize, CitingWord<'_>)> {
        let index = self.words.binary_search_by_key(&at, |(range, _)| range.start).ok()?;
        self.words.get(index).map(|(range, word)| (range.len(), *word))
    }

    /// Bytes of the ending of a word of which the stem is known.
    pub(super) fn ending(&self, at: usize) -> usize {
        let rest = self.text.get(at..).unwrap_or_default();
        let is_ending = |c: char| c.is_alphabetic() && !unres_lang::is_wide(c);
        rest.find(|c| !is_ending(c)).unwrap_or(rest.len())
    }

    fn blanks(&self, at: usize) -> usize {
        let rest = self.text.get(at..).unwrap_or_default();
        rest.len() - rest.trim_start().len()
    }

    /// The number of a place as English prints it, and its length: `5`, `IV`, 三.
    fn number_at(&self, at: usize) -> Option<(String, usize)> {
        let rest = self.text.get(at..)?;
        let latin = |ordinal: u32| unres_symbol::roman_numeral(ordinal);
        latin_number(rest)
            .or_else(|| self.letter_at(rest))
            .or_else(|| self.listed_number(rest).and_then(|(ordinal, len)| Some((latin(ordinal)?, len))))
    }

    /// The number of an article or of a paragraph, and its length: those that have words of their own are counted in digits.
    pub(super) fn count_at(&self, at: usize) -> Option<(String, usize)> {
        let rest = self.text.get(at..)?;
        latin_number(rest).or_else(|| self.listed_number(rest).map(|(ordinal, len)| (ordinal.to_string(), len)))
    }

    /// A letter of a section: `A`, ألف.
    fn letter_at(&self, rest: &str) -> Option<(String, usize)> {
        let ends = |len: usize| {
            let goes_on = |c: char| c.is_alphanumeric() && !unres_lang::is_wide(c);
            rest.get(len..).is_some_and(|rest| !rest.starts_with(goes_on))
        };
        let mut named = self.pack.part_letters().iter().filter(|(printed, _)| rest.starts_with(printed.as_str()));
        let named =
            named.find(|(printed, _)| ends(printed.len())).map(|(printed, latin)| (latin.clone(), printed.len()));
        let capital = || rest.chars().next().filter(|c| c.is_ascii_uppercase() && ends(1)).map(|c| (c.to_string(), 1));
        named.or_else(capital)
    }

    /// A number of the language's own: 三, الثالث.
    fn listed_number(&self, rest: &str) -> Option<(u32, usize)> {
        if let Some(found) = self.pack.number_word(rest) {
            return Some(found);
        }
        let ends = rest.char_indices().map(|(at, c)| at + c.len_utf8()).take(3);
        let labels =
            ends.filter_map(|end| Some((self.pack.label(rest.get(..end)?).filter(|label| label.len == end)?, end)));
        let (label, len) = labels.last()?;
        Some((label.readings.first()?.ordinal, len))
    }
}

/// A number in digits, or in Roman ones, at the head of a text.
fn latin_number(rest: &str) -> Option<(String, usize)> {
    let of = |accept: fn(char) -> bool| rest.get(..rest.find(|c| !accept(c)).unwrap_or(rest.len()));
    if let Some(digits) = of(|c| c.is_ascii_digit()).filter(|digits| (1..=3).contains(&digits.len())) {
        return Some((digits.to_owned(), digits.len()));
    }
    let roman = of(|c| c.is_ascii_alphanumeric()).filter(|word| !word.is_empty())?;
    roman.bytes().all(|byte| b"IVXL".contains(&byte)).then(|| (roman.to_owned(), roman.len()))
}

fn is_noun(word: &CitingWord<'_>) -> bool {
    matches!(word, CitingWord::Resolution | CitingWord::Decision)
}

fn unit_of(place: CitedPlace) -> PinpointUnit {
    match place {
        CitedPlace::Annex => PinpointUnit::Annex,
        CitedPlace::Section => PinpointUnit::Section,
        CitedPlace::Paragraph => PinpointUnit::Paragraph,
        CitedPlace::Part => PinpointUnit::Part,
        CitedPlace::Chapter => PinpointUnit::Chapter,
        CitedPlace::Article => PinpointUnit::Article,
    }
}
