//! The words of a text, which tell what became of the hyphens at line ends.

use crate::lines::{ReadLines, TextStyle};
use crate::pages;
use std::collections::{BTreeSet, HashMap};
use std::ops::Bound;
use unres_source::Source;

/// The words that a wrapped text prints inside its lines. A text of another style has none to ask for.
#[derive(Default)]
pub(crate) struct Words {
    /// Words with hyphens, by their small letters alone; the hyphens as counts of letters before each.
    hyphenated: HashMap<String, Vec<usize>>,
    /// Words without hyphen, in small letters.
    solid: BTreeSet<String>,
    /// The parts of words with hyphens, in small letters.
    parts: BTreeSet<String>,
    /// The width of a full line, in half squares.
    full_width: usize,
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
            let two_lines = words.is_two_lines(text);
            let mut line = text.split_whitespace().map(bare).enumerate().peekable();
            while let Some((index, word)) = line.next() {
                let inside = index > 0 && line.peek().is_some() && !two_lines;
                if inside || word.contains('-') {
                    words.note(word);
                }
            }
        }
        words
    }

    /// Whether an extractor made one line of two, as it does where it takes a hyphen for one of the line break.
    pub(crate) fn is_two_lines(&self, text: &str) -> bool {
        self.full_width > 0 && pages::width(text) * 100 > self.full_width * 115
    }

    fn note(&mut self, word: &str) {
        let letters = small_letters(word);
        if !word.contains('-') {
            self.solid.insert(letters);
            return;
        }
        let parts = || word.split('-');
        if parts().all(|part| part.chars().any(char::is_alphanumeric)) && word.contains(char::is_alphabetic) {
            let ends = parts().scan(0, |sum, part| {
                *sum += part.chars().count();
                Some(*sum)
            });
            self.hyphenated.entry(letters).or_insert_with(|| ends.take(parts().count() - 1).collect());
            self.parts.extend(parts().map(small_letters));
        }
    }

    /// Where a word of a line that is two lost a hyphen: byte offsets. Either the text prints the word with it elsewhere, and nowhere without; or the
    /// first line ended inside the word, which is two that the text prints. `column` is where the word begins in its line, in half squares.
    pub(crate) fn lost_hyphens(&self, word: &str, column: usize) -> Vec<usize> {
        let core = bare(word);
        let letters = small_letters(core);
        if self.solid.contains(&letters) {
            return Vec::new();
        }
        let offset = word.find(core).unwrap_or(0);
        match self.hyphenated.get(&letters) {
            Some(places) => places.iter().filter_map(|count| Some(offset + unhyphened(core, *count)?)).collect(),
            None => self
                .seam(core, column + pages::width(word.get(..offset).unwrap_or_default()))
                .map(|at| offset + at)
                .into_iter()
                .collect(),
        }
    }

    /// Where two words meet in one that the text does not print, about where a full line ends; none where there are several such places. Either both are
    /// words of the text, be it in another form, or the second begins with a capital behind a small letter.
    fn seam(&self, core: &str, column: usize) -> Option<usize> {
        const SHORTEST: usize = 3;
        let about_line_end = self.full_width * 75 / 100..=self.full_width * 110 / 100;
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
        let begins = |words: &BTreeSet<String>| {
            let mut behind = words.range::<str, _>((Bound::Included(stem), Bound::Unbounded));
            behind.next().is_some_and(|word| word.starts_with(stem))
        };
        let has = |words: &BTreeSet<String>| if count <= STEM { words.contains(letters) } else { begins(words) };
        has(&self.solid) || has(&self.parts)
    }

    /// Whether a hyphen at a line end only breaks the word: the text prints the whole without it elsewhere, and nowhere with it.
    pub(crate) fn is_broken(&self, first: &str, second: &str) -> bool {
        let letters = small_letters(bare(first)) + &small_letters(bare(second));
        self.solid.contains(&letters) && !self.hyphenated.contains_key(&letters)
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
            words.note(word);
        }
        words
    }

    #[test]
    fn a_lost_hyphen_is_known_by_the_word_elsewhere() {
        let words = words(&["Bell-Ringers", "re-cast", "recast", "ring-a-bell", "ES-11/1"]);
        assert_eq!(words.lost_hyphens("“bellringers,", 0), vec!["“bell".len()]);
        assert_eq!(words.lost_hyphens("ring-abell", 0), vec!["ring-a".len()]);
        assert_eq!(words.lost_hyphens("ES11/1", 0), vec!["ES".len()]);
        assert!(words.lost_hyphens("bell-ringers", 0).is_empty(), "it is there");
        assert!(words.lost_hyphens("recast", 0).is_empty(), "the text prints it without hyphen too");
        assert!(words.lost_hyphens("steeple", 0).is_empty());
    }

    #[test]
    fn a_lost_hyphen_is_known_by_two_words_at_the_line_end() {
        let mut words = words(&["states", "members", "bell-ringer"]);
        words.full_width = 80;
        assert_eq!(words.lost_hyphens("statesmembers,", 72), vec!["states".len()]);
        assert_eq!(words.lost_hyphens("statesringer", 72), vec!["states".len()]);
        assert_eq!(words.lost_hyphens("statesmembered,", 72), vec!["states".len()], "another form");
        assert_eq!(words.lost_hyphens("NewBelfry", 76), vec!["New".len()], "a capital inside");
        assert!(words.lost_hyphens("statesmembers", 20).is_empty(), "no line ends there");
        assert!(words.lost_hyphens("statesman", 72).is_empty(), "one half is no word of the text");
    }

    #[test]
    fn a_break_is_known_by_the_word_elsewhere() {
        let words = words(&["belfry", "bell-ringers"]);
        assert!(words.is_broken("bel-", "fry,"));
        assert!(!words.is_broken("bell-", "ringers"));
        assert!(!words.is_broken("well-", "known"));
    }
}
