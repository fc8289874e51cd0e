//! The words of a text, which tell what became of the hyphens at line ends.

use crate::lines::{ReadLines, TextStyle};
use crate::pages;
use std::collections::{HashMap, HashSet};
use unres_source::Source;

/// The words that a wrapped text prints inside its lines. A text of another style has none to ask for.
#[derive(Default)]
pub(crate) struct Words {
    /// Words with hyphens, by their small letters alone; the hyphens as counts of letters before each.
    hyphenated: HashMap<String, Vec<usize>>,
    /// Words without hyphen, in small letters.
    solid: HashSet<String>,
    /// The width of a full line, in half squares.
    full_width: usize,
}

impl Words {
    /// Gathers the words of all lines but those that line ends may have changed: those at the ends of a line, and all of two lines in one.
    pub(crate) fn of(source: &Source, read: &ReadLines) -> Self {
        let mut words = Self { full_width: read.pages.width, ..Self::default() };
        if read.style != TextStyle::Wrapped {
            return words;
        }
        let texts = source.lines().iter().map(|line| source.slice(line.span));
        for text in texts {
            let two_lines = words.is_two_lines(text);
            let mut inside = text.split_whitespace().skip(1).map(bare).peekable();
            while let Some(word) = inside.next() {
                if inside.peek().is_some() && (!two_lines || word.contains('-')) {
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
        if word.contains('-') {
            let parts: Vec<usize> = word.split('-').map(|part| part.chars().count()).collect();
            let by_letters = word.split('-').all(|part| part.chars().next_back().is_some_and(char::is_alphabetic));
            if by_letters {
                let ends = parts.iter().scan(0, |sum, part| {
                    *sum += part;
                    Some(*sum)
                });
                self.hyphenated.entry(letters).or_insert_with(|| ends.take(parts.len() - 1).collect());
            }
        } else {
            self.solid.insert(letters);
        }
    }

    /// Where a word of a line that is two lost a hyphen: byte offsets. The text prints the word with its hyphen elsewhere, and nowhere
    /// without.
    pub(crate) fn lost_hyphens(&self, word: &str) -> Vec<usize> {
        let core = bare(word);
        let letters = small_letters(core);
        if core.contains('-') || self.solid.contains(&letters) {
            return Vec::new();
        }
        let offset = word.find(core).unwrap_or(0);
        let places = self.hyphenated.get(&letters).map(Vec::as_slice).unwrap_or_default();
        let byte = |letters: &usize| core.char_indices().nth(*letters).map(|(at, _)| offset + at);
        places.iter().filter_map(byte).collect()
    }

    /// Whether a hyphen at a line end only breaks the word: the text prints the whole without it elsewhere, and nowhere with it.
    pub(crate) fn is_broken(&self, first: &str, second: &str) -> bool {
        let letters = small_letters(bare(first)) + &small_letters(bare(second));
        self.solid.contains(&letters) && !self.hyphenated.contains_key(&letters)
    }
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
        let words = words(&["Bell-Ringers", "re-cast", "recast"]);
        assert_eq!(words.lost_hyphens("“bellringers,"), vec!["“bell".len()]);
        assert!(words.lost_hyphens("recast").is_empty(), "the text prints it without hyphen too");
        assert!(words.lost_hyphens("steeple").is_empty());
    }

    #[test]
    fn a_break_is_known_by_the_word_elsewhere() {
        let words = words(&["belfry", "bell-ringers"]);
        assert!(words.is_broken("bel-", "fry,"));
        assert!(!words.is_broken("bell-", "ringers"));
        assert!(!words.is_broken("well-", "known"));
    }
}
