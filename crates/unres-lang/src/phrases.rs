//! Phrases looked up at the head of a text.

use crate::fold::{Blanks, fold, prefix};
use std::collections::BTreeMap;

/// Phrases with a value each, found by their first letter.
#[derive(Clone, Debug)]
pub(crate) struct Phrases<T> {
    by_letter: BTreeMap<char, Vec<(String, T)>>,
}

impl<T> Default for Phrases<T> {
    fn default() -> Self {
        Self { by_letter: BTreeMap::new() }
    }
}

impl<T> Phrases<T> {
    pub(crate) fn insert(&mut self, phrase: String, value: T) {
        if let Some(letter) = phrase.chars().find_map(fold) {
            self.by_letter.entry(letter).or_default().push((phrase, value));
        }
    }

    /// The phrases that begin with the letter that `text` begins with.
    pub(crate) fn candidates(&self, text: &str) -> impl Iterator<Item = &(String, T)> {
        let letter = text.chars().find_map(fold);
        letter.and_then(|letter| self.by_letter.get(&letter)).into_iter().flatten()
    }

    /// The phrase that `text` begins with and that covers most of it, with what `end` accepts after it.
    pub(crate) fn longest(&self, text: &str, blanks: Blanks, end: impl Fn(&str) -> bool) -> Option<(usize, &T)> {
        let found = self.candidates(text).filter_map(|(phrase, value)| Some((prefix(text, phrase, blanks)?, value)));
        found.filter(|(len, _)| end(text.get(*len..).unwrap_or_default())).max_by_key(|(len, _)| *len)
    }
}
