//! Phrases looked up at the head of a text.

use crate::fold::{Blanks, fold, prefix};
use std::collections::BTreeMap;

/// The first letters of a word as they are compared; blank where it has fewer.
type Head = [char; 3];

/// A phrase.
#[derive(Clone, Debug)]
pub(crate) struct Phrase {
    text: String,
    /// Its words.
    pub(crate) words: Vec<String>,
}

/// Phrases with a value each, found by their first letters.
#[derive(Clone, Debug)]
pub(crate) struct Phrases<T> {
    by_head: BTreeMap<Head, Vec<(Phrase, T)>>,
    /// A bit for each head, by [`bit`]: most texts begin with none, and are not looked up.
    heads: [u64; 16],
}

impl<T> Default for Phrases<T> {
    fn default() -> Self {
        Self { by_head: BTreeMap::new(), heads: [0; 16] }
    }
}

/// The place of a head among the bits.
fn bit([first, second, third]: Head) -> (usize, u64) {
    let hash = (u32::from(first) * 31 + u32::from(second) * 7 + u32::from(third)) as usize % 1024;
    (hash / 64, 1 << (hash % 64))
}

impl<T> Phrases<T> {
    pub(crate) fn insert(&mut self, text: String, value: T) {
        let head = head(text.chars().take_while(|c| !c.is_whitespace()));
        if head != [' '; 3] {
            let (word, bit) = bit(head);
            self.heads[word] |= bit;
            let words = text.split_whitespace().map(str::to_owned).collect();
            self.by_head.entry(head).or_default().push((Phrase { text, words }, value));
        }
    }

    /// All phrases.
    #[cfg(test)]
    pub(crate) fn iter(&self) -> impl Iterator<Item = (&str, &T)> {
        self.by_head.values().flatten().map(|(phrase, value)| (phrase.text.as_str(), value))
    }

    /// The phrases whose first word may be that at the head of `text`. Blanks in the text say nothing of words there: an extractor may
    /// show some.
    pub(crate) fn candidates(&self, text: &str) -> impl Iterator<Item = &(Phrase, T)> {
        let begins = !text.starts_with(char::is_whitespace);
        let [first, second, third] = head(text.chars().filter(|c| !c.is_whitespace()));
        let heads = [[first, second, third], [first, second, ' '], [first, ' ', ' ']];
        // A short text has fewer heads than three.
        let distinct =
            heads.into_iter().filter(move |_| begins).skip([third, second].iter().filter(|c| **c == ' ').count());
        let may_begin = move |head: &Head| {
            let (word, bit) = bit(*head);
            self.heads[word] & bit != 0
        };
        distinct.filter(may_begin).filter_map(|head| self.by_head.get(&head)).flatten()
    }

    /// The value of the phrase that is printed so, letter by letter.
    pub(crate) fn exactly(&self, text: &str) -> Option<&T> {
        self.candidates(text).find_map(|(phrase, value)| (phrase.text == text).then_some(value))
    }

    /// The phrase that `text` begins with and that covers most of it, with what `end` accepts after it.
    pub(crate) fn longest(&self, text: &str, blanks: Blanks, end: impl Fn(&str) -> bool) -> Option<(usize, &T)> {
        let found =
            self.candidates(text).filter_map(|(phrase, value)| Some((prefix(text, &phrase.text, blanks)?, value)));
        found.filter(|(len, _)| end(text.get(*len..).unwrap_or_default())).max_by_key(|(len, _)| *len)
    }
}

fn head(chars: impl Iterator<Item = char>) -> Head {
    let mut letters = chars.filter_map(fold);
    std::array::from_fn(|_| letters.next().unwrap_or(' '))
}
