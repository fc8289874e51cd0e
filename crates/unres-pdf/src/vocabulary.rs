//! The words that a file prints inside lines, where no line end can have cut them: what tells a word broken in a narrow cell from two words.

use crate::line::Line;
use std::collections::HashSet;

/// The words inside the lines of a file, in small letters.
#[derive(Debug, Default)]
pub(crate) struct Vocabulary {
    words: HashSet<Box<str>>,
}

impl Vocabulary {
    /// The words of all lines but the first and the last of each.
    pub(crate) fn of(lines: &[Vec<Line>]) -> Self {
        let mut words = HashSet::new();
        for line in lines.iter().flatten() {
            let text = line.text();
            let mut inner =
                text.split(|letter: char| !letter.is_alphabetic()).filter(|word| !word.is_empty()).skip(1).peekable();
            while let Some(word) = inner.next() {
                if inner.peek().is_some() {
                    words.insert(word.to_lowercase().into_boxed_str());
                }
            }
        }
        Self { words }
    }

    /// Whether the end of a line and the begin of the next are one word: the file prints it whole; or the rest is short and not both parts are words.
    /// A word that is longer than its cell by more is rarer than two that fill it.
    pub(crate) fn is_one_word(&self, above: &str, below: &str) -> bool {
        /// Letters of a rest that is short.
        const SHORT: usize = 4;
        let last = above.rsplit(|letter: char| !letter.is_alphabetic()).next().unwrap_or_default().to_lowercase();
        let rest = below.split(|letter: char| !letter.is_alphabetic()).next().unwrap_or_default().to_lowercase();
        let holds = |word: &str| self.words.contains(word);
        holds(&format!("{last}{rest}")) || (rest.chars().count() <= SHORT && !(holds(&last) && holds(&rest)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::line::{Face, Run};

    fn line(text: &str) -> Line {
        Line { runs: vec![Run { text: text.to_owned(), face: Face::default() }], ..Line::default() }
    }

    /// Whether two parts are one word, after a text.
    fn check(text: &str, parts: (&str, &str), expected: bool) {
        let vocabulary = Vocabulary::of(&[vec![line(text)]]);
        assert_eq!(vocabulary.is_one_word(parts.0, parts.1), expected, "{parts:?}");
    }

    #[test]
    fn a_word_is_known_whole_or_by_its_short_rest() {
        check("the bells of harbour towns ring", ("Harbour", "towns"), false);
        check("the bells of harbour towns ring", ("Harbo", "ur towns"), true);
        check("the bells of two by two", ("two", "by two"), false);
        check("a harbour town, two harbourtowns", ("harbour", "town"), false);
        check("the harbour town has harbourtown bells", ("Harbour", "town"), true);
    }

    #[test]
    fn the_ends_of_lines_prove_no_word() {
        check("harbour bells of by", ("harbour", "by"), true);
    }
}
