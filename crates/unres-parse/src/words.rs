//! The words of a text, which tell what became of the hyphens at line ends.

use crate::lines::{ReadLines, TextStyle};
use crate::pages;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::{Bound, RangeInclusive};
use unres_source::Source;

/// The words that a wrapped text prints inside its lines. A text of another style has none to ask for.
#[derive(Default)]
pub(crate) struct Words {
    /// Words with hyphens, by their small letters alone; the hyphens as counts of letters before each.
    hyphenated: HashMap<String, Vec<usize>>,
    /// Words without hyphen, in small letters, and whether one of them stands where no line can have ended.
    solid: BTreeMap<String, bool>,
    /// The parts of words with hyphens, in small letters.
    parts: BTreeSet<String>,
    /// The width of a full line, in half squares.
    full_width: usize,
}

/// Which hyphens a line may have lost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Losses {
    /// None: it is one line.
    None,
    /// It may be two lines: those of words that the text prints with a hyphen.
    InKnownWords,
    /// It is two lines: also that between two words.
    BetweenWords,
}

impl Words {
    /// Gathers the words of all lines but those that line ends may have changed: those without hyphen at the ends of a line, and in two lines in
    /// one.
    pub(crate) fn of(source: &Source, read: &ReadLines) -> Self {
        let mut words = Self { full_width: read.pages.width, ..Self::default() };
        if read.style != TextStyle::Wrapped {
            return words;
        }
        let texts = source.lines().iter().map(|line| source.slice(line.span));
        for text in texts {
            let (two_lines, overfull) = (words.is_two_lines(text), words.is_overfull(text));
            let mut column = 0;
            let mut line = text.split_whitespace().enumerate().peekable();
            while let Some((index, printed)) = line.next() {
                let word = bare(printed);
                column += pages::width(printed) + 1;
                let inside = index > 0 && line.peek().is_some() && !two_lines;
                if inside || word.contains('-') {
                    words.note(word, !overfull || column < *words.about_line_end().start());
                }
            }
        }
        words
    }

    /// Whether an extractor made one line of two, as it does where it takes a hyphen for one of the line break.
    fn is_two_lines(&self, text: &str) -> bool {
        self.full_width > 0 && pages::width(text) * 100 > self.full_width * 115
    }

    /// Whether a line is wider than most full ones, so that it may be two, of which the second is short.
    fn is_overfull(&self, text: &str) -> bool {
        self.full_width > 0 && pages::width(text) > self.full_width
    }

    /// Where a full line ends, in half squares.
    fn about_line_end(&self) -> RangeInclusive<usize> {
        self.full_width * 75 / 100..=self.full_width * 110 / 100
    }

    /// How a line may have lost hyphens.
    pub(crate) fn losses(&self, text: &str) -> Losses {
        // What has no pages has no width.
        if self.full_width == 0 {
            Losses::None
        } else if self.is_two_lines(text) {
            Losses::BetweenWords
        } else if self.is_overfull(text) {
            Losses::InKnownWords
        } else {
            Losses::None
        }
    }

    /// `certain`: it stands where no line can have ended.
    fn note(&mut self, word: &str, certain: bool) {
        let letters = small_letters(word);
        if !word.contains('-') {
            *self.solid.entry(letters).or_default() |= certain;
            return;
        }
        let parts = || word.split('-');
        if parts().all(|part| part.chars().any(char::is_alphanumeric)) && word.contains(char::is_alphabetic) {
            let ends = parts().scan(0, |sum, part| {
                *sum += part.chars().count();
                Some(*sum)
            });
            // One of several hyphens may be lost here, too.
            let places: Vec<usize> = ends.take(parts().count() - 1).collect();
            let known = self.hyphenated.entry(letters).or_default();
            if places.len() > known.len() {
                *known = places;
            }
            self.parts.extend(parts().map(small_letters));
        }
    }

    /// Where a word of a line that is two lost a hyphen: byte offsets. Either the text prints the word with it elsewhere, and nowhere without; or the
    /// first line ended inside the word, which is two that the text prints. `column` is where the word begins in its line, in half squares.
    pub(crate) fn lost_hyphens(&self, word: &str, column: usize, losses: Losses) -> Vec<usize> {
        if losses == Losses::None {
            return Vec::new();
        }
        let core = bare(word);
        let letters = small_letters(core);
        if self.prints(&letters) {
            return Vec::new();
        }
        let offset = word.find(core).unwrap_or(0);
        let known = self.hyphenated.get(&letters).into_iter().flatten();
        let lost: Vec<usize> = known.filter_map(|count| Some(offset + unhyphened(core, *count)?)).collect();
        // A word that has kept other hyphens is known by itself, which says nothing of the one that is lost.
        if !lost.is_empty() || losses == Losses::InKnownWords {
            return lost;
        }
        let seam = self.seam(core, column + pages::width(word.get(..offset).unwrap_or_default()));
        seam.map(|at| offset + at).into_iter().collect()
    }

    /// Where two words meet in one that the text does not print, about where a full line ends; none where there are several such places. Either both are
    /// words of the text, be it in another form, or the second begins with a capital behind a small letter.
    fn seam(&self, core: &str, column: usize) -> Option<usize> {
        const SHORTEST: usize = 3;
        let about_line_end = self.about_line_end();
        if column > *about_line_end.end() || column + pages::width(core) < *about_line_end.start() {
            return None;
        }
        let is_word = |part: &str| {
            let letters = small_letters(part);
            letters.chars().count() >= SHORTEST && self.has_form_of(&letters)
        };
        let capital = |first: &str, second: &str| {
            first.ends_with(char::is_lowercase)
                && second.starts_with(char::is_uppercase)
                && second.chars().nth(1).is_some_and(char::is_lowercase)
        };
        let meets = |at: &usize| {
            let (first, second) = core.split_at(*at);
            about_line_end.contains(&(column + pages::width(first)))
                && (capital(first, second) || is_word(last_part(first)) && is_word(first_part(second)))
        };
        let mut seams = core.char_indices().map(|(at, _)| at).filter(meets);
        seams.next().filter(|_| seams.next().is_none())
    }

    /// Whether the text prints a word, or one that begins as it does: words of five letters and more change their last three at most.
    fn has_form_of(&self, letters: &str) -> bool {
        const STEM: usize = 4;
        const ENDING: usize = 3;
        let count = letters.chars().count();
        let kept = count.saturating_sub(ENDING).max(STEM);
        let stem = letters.char_indices().nth(kept).and_then(|(at, _)| letters.get(..at)).unwrap_or(letters);
        let from = (Bound::Included(stem), Bound::Unbounded);
        let begins = |word: &String| word.starts_with(stem);
        if count <= STEM {
            return self.solid.contains_key(letters) || self.parts.contains(letters);
        }
        self.solid.range::<str, _>(from).next().is_some_and(|(word, _)| begins(word))
            || self.parts.range::<str, _>(from).next().is_some_and(begins)
    }

    /// Whether the text prints a word without hyphen where no line ends.
    fn prints(&self, letters: &str) -> bool {
        self.solid.get(letters).copied().unwrap_or(false)
    }

    /// Whether a hyphen at a line end only breaks the word: the text prints the whole without it elsewhere, and nowhere with it.
    pub(crate) fn is_broken(&self, first: &str, second: &str) -> bool {
        let letters = small_letters(bare(first)) + &small_letters(bare(second));
        self.prints(&letters) && !self.hyphenated.contains_key(&letters)
    }
}

/// Where so many letters of a word end, when no hyphen stands there.
fn unhyphened(word: &str, letters: usize) -> Option<usize> {
    let (at, _) = word.char_indices().filter(|(_, c)| *c != '-').nth(letters)?;
    word.get(..at).is_some_and(|before| !before.ends_with('-')).then_some(at)
}

fn last_part(word: &str) -> &str {
    word.rsplit('-').next().unwrap_or(word)
}

fn first_part(word: &str) -> &str {
    word.split('-').next().unwrap_or(word)
}

/// A word without the marks at its ends.
fn bare(word: &str) -> &str {
    word.trim_matches(|c: char| !c.is_alphanumeric())
}

fn small_letters(word: &str) -> String {
    word.chars().filter(|c| *c != '-').flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(inside: &[&str]) -> Words {
        let mut words = Words::default();
        for word in inside {
            words.note(word, true);
        }
        words
    }

    #[test]
    fn a_lost_hyphen_is_known_by_the_word_elsewhere() {
        let words = words(&["Bell-Ringers", "re-cast", "recast", "ring-a-bell", "ES-11/1"]);
        assert_eq!(words.lost_hyphens("“bellringers,", 0, Losses::BetweenWords), vec!["“bell".len()]);
        assert_eq!(words.lost_hyphens("ring-abell", 0, Losses::BetweenWords), vec!["ring-a".len()]);
        assert_eq!(words.lost_hyphens("ES11/1", 0, Losses::BetweenWords), vec!["ES".len()]);
        assert!(words.lost_hyphens("bell-ringers", 0, Losses::BetweenWords).is_empty(), "it is there");
        assert!(
            words.lost_hyphens("recast", 0, Losses::BetweenWords).is_empty(),
            "the text prints it without hyphen too"
        );
        assert!(words.lost_hyphens("steeple", 0, Losses::BetweenWords).is_empty());
        assert_eq!(words.lost_hyphens("bellringers", 0, Losses::InKnownWords), vec!["bell".len()]);
        assert!(words.lost_hyphens("bellringers", 0, Losses::None).is_empty(), "the line is no wider than others");
    }

    #[test]
    fn a_lost_hyphen_is_known_by_two_words_at_the_line_end() {
        let mut words = words(&["states", "members", "bell-ringer"]);
        words.full_width = 80;
        assert_eq!(words.lost_hyphens("statesmembers,", 72, Losses::BetweenWords), vec!["states".len()]);
        assert_eq!(words.lost_hyphens("statesringer", 72, Losses::BetweenWords), vec!["states".len()]);
        assert_eq!(
            words.lost_hyphens("statesmembered,", 72, Losses::BetweenWords),
            vec!["states".len()],
            "another form"
        );
        words.note("re-statesmembers-ring", false);
        assert_eq!(
            words.lost_hyphens("re-statesmembers-ring", 69, Losses::BetweenWords),
            vec!["re-states".len()],
            "it has kept others"
        );
        assert_eq!(words.lost_hyphens("NewBelfry", 76, Losses::BetweenWords), vec!["New".len()], "a capital inside");
        assert!(words.lost_hyphens("statesmembers", 20, Losses::BetweenWords).is_empty(), "no line ends there");
        assert!(
            words.lost_hyphens("statesman", 72, Losses::BetweenWords).is_empty(),
            "one half is no word of the text"
        );
    }

    #[test]
    fn a_word_about_the_line_end_is_no_proof() {
        let mut words = words(&["bell-ringers"]);
        words.note("bellringers", false);
        assert_eq!(words.lost_hyphens("bellringers", 0, Losses::InKnownWords), vec!["bell".len()]);
    }

    #[test]
    fn a_break_is_known_by_the_word_elsewhere() {
        let words = words(&["belfry", "bell-ringers"]);
        assert!(words.is_broken("bel-", "fry,"));
        assert!(!words.is_broken("bell-", "ringers"));
        assert!(!words.is_broken("well-", "known"));
    }
}
