//! The places in a document that a citation means: "paragraph 5 of resolution …", 第…号决议第三节, "A/98/633, annex III".

use super::resolve::Scene;
use unres_lang::{CitedPlace, CitingWord};
use unres_model::{Pinpoint, PinpointUnit};

impl Scene<'_> {
    /// The places named behind a citation that ends at `end`, else the one named before the words that lead to `start`.
    pub(super) fn pinpoints(&self, start: usize, end: usize) -> Vec<Pinpoint> {
        let behind = self.places_behind(end);
        if behind.is_empty() { self.place_before(start).into_iter().collect() } else { behind }
    }

    fn places_behind(&self, end: usize) -> Vec<Pinpoint> {
        let mut places = Vec::new();
        let mut at = self.pass_over(end);
        while let Some((place, len)) = self.place_at(at) {
            places.push(place);
            at = self.pass_over(at + len);
        }
        places
    }

    /// Passes over blanks, commas, the noun and words that link.
    fn pass_over(&self, from: usize) -> usize {
        let mut at = from;
        loop {
            let next = self.link_end(at, self.text.len());
            let noun =
                self.word_at(next).filter(|(_, word)| matches!(word, CitingWord::Resolution | CitingWord::Decision));
            match noun {
                Some((len, _)) => at = next + len + self.ending(next + len),
                None => return next,
            }
        }
    }

    /// A place that begins there: its word and number, or a number and the word.
    fn place_at(&self, at: usize) -> Option<(Pinpoint, usize)> {
        if let Some((len, CitingWord::Place(unit))) = self.word_at(at) {
            let from = at + len + self.ending(at + len);
            let blanks = self.blanks(from);
            let number = self.number_at(from + blanks);
            let unit = unit_of(unit);
            return match number {
                Some((number, more)) => Some((Pinpoint { unit, number }, from + blanks + more - at)),
                None if unit == PinpointUnit::Annex => Some((Pinpoint { unit, number: String::new() }, from - at)),
                None => None,
            };
        }
        let (number, len) = self.number_at(at)?;
        let (more, CitingWord::Place(unit)) = self.word_at(at + len)? else { return None };
        Some((Pinpoint { unit: unit_of(unit), number }, len + more))
    }

    /// The last place named before a citation, if nothing but words that link lies between.
    fn place_before(&self, start: usize) -> Option<Pinpoint> {
        let (sentence, _) = self.sentence(start, start);
        let words = self.words_in(sentence, start).iter().rev();
        let (range, _) = words.clone().find(|(_, word)| matches!(word, CitingWord::Place(_)))?;
        let (place, len) = self.place_at(range.start)?;
        (!place.number.is_empty() && self.pass_over(range.start + len) >= start).then_some(place)
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
        let of = |accept: fn(char) -> bool| rest.get(..rest.find(|c| !accept(c)).unwrap_or(rest.len()));
        if let Some(digits) = of(|c| c.is_ascii_digit()).filter(|digits| (1..=3).contains(&digits.len())) {
            return Some((digits.to_owned(), digits.len()));
        }
        if let Some(roman) = of(|c| c.is_ascii_alphanumeric()).filter(|word| !word.is_empty()) {
            let is_roman = roman.bytes().all(|byte| b"IVXL".contains(&byte));
            return is_roman.then(|| (roman.to_owned(), roman.len()));
        }
        let ends = rest.char_indices().map(|(at, c)| at + c.len_utf8()).take(3);
        let labels =
            ends.filter_map(|end| Some((self.pack.label(rest.get(..end)?).filter(|label| label.len == end)?, end)));
        let (label, len) = labels.last()?;
        let ordinal = label.readings.first()?.ordinal;
        Some((unres_symbol::roman_numeral(ordinal)?, len))
    }
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
