//! Lines of right-to-left script: from the order in which they stand on the page to that of reading.

use crate::line::Letter;
use std::ops::Range;

/// Which way a line runs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Direction {
    /// As Latin letters.
    #[default]
    LeftToRight,
    /// As Arabic letters.
    RightToLeft,
}

/// Whether a letter belongs to a script that runs from right to left.
pub(crate) fn is_right_to_left(letter: char) -> bool {
    matches!(letter, '\u{590}'..='\u{65f}' | '\u{66a}'..='\u{6ef}' | '\u{6fa}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}')
}

/// Whether a letter is a vowel sign or the like, set above or below another.
pub(crate) fn is_sign(letter: char) -> bool {
    matches!(letter, '\u{300}'..='\u{36f}' | '\u{610}'..='\u{61a}' | '\u{64b}'..='\u{65f}' | '\u{670}' | '\u{6d6}'..='\u{6dc}')
}

/// What a letter does to the order of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Class {
    RightToLeft,
    LeftToRight,
    Digit,
    Neutral,
}

fn class(letter: char) -> Class {
    match letter {
        c if is_right_to_left(c) => Class::RightToLeft,
        c if c.is_numeric() => Class::Digit,
        c if c.is_alphabetic() => Class::LeftToRight,
        _ => Class::Neutral,
    }
}

/// Puts the letters of a line that stand from left to right in the order of reading of a right-to-left paragraph: all is turned round, but numbers and
/// words of the other scripts, which run from left to right inside it.
pub(crate) fn logical(letters: &[Letter]) -> Vec<Letter> {
    let mut islands = islands(letters);
    let mut turned = Vec::with_capacity(letters.len());
    let mut neutral = Vec::new();
    let mut end = letters.len();
    while end > 0 {
        let island = islands.pop_if(|island| island.end == end);
        if island.is_none() {
            neutral.push(turned.len());
        }
        let unit = island.unwrap_or_else(|| glyph_before(letters, end));
        turned.extend_from_slice(letters.get(unit.clone()).unwrap_or_default());
        end = unit.start;
    }
    turn_brackets(&mut turned, &neutral);
    turned
}

/// The letters of the glyph that ends at `end`.
fn glyph_before(letters: &[Letter], end: usize) -> Range<usize> {
    let mut start = end.saturating_sub(1);
    while start > 0 && letters.get(start).is_some_and(|letter| letter.glyph.joined) {
        start -= 1;
    }
    start..end
}

/// The stretches that run from left to right, in order.
fn islands(letters: &[Letter]) -> Vec<Range<usize>> {
    let mut islands: Vec<Range<usize>> = Vec::new();
    let mut from = 0;
    for chunk in letters.chunk_by(|left, right| left.chunk == right.chunk) {
        let range = from..from + chunk.len();
        from = range.end;
        let has = |class_asked| chunk.iter().any(|letter| class(letter.glyph.letter) == class_asked);
        if has(Class::LeftToRight) && !has(Class::RightToLeft) {
            // The file draws what runs one way in one go.
            push_island(letters, &mut islands, range);
        } else {
            words_and_numbers(letters, range, &mut islands);
        }
    }
    islands
}

/// Adds an island, joined to the one before when only a blank parts them.
fn push_island(letters: &[Letter], islands: &mut Vec<Range<usize>>, range: Range<usize>) {
    let latin = |range: &Range<usize>| {
        letters
            .get(range.clone())
            .unwrap_or_default()
            .iter()
            .any(|letter| class(letter.glyph.letter) == Class::LeftToRight)
    };
    let blank = |range: Range<usize>| {
        letters.get(range).unwrap_or_default().iter().all(|letter| letter.glyph.letter.is_whitespace())
    };
    match islands.last_mut() {
        Some(last) if latin(last) && latin(&range) && blank(last.end..range.start) => last.end = range.end,
        _ => islands.push(range),
    }
}

/// The islands inside a chunk that runs both ways.
fn words_and_numbers(letters: &[Letter], range: Range<usize>, islands: &mut Vec<Range<usize>>) {
    let class_at =
        |index: usize| letters.get(index).filter(|_| range.contains(&index)).map(|letter| class(letter.glyph.letter));
    let letter_at =
        |index: usize| letters.get(index).filter(|_| range.contains(&index)).map_or(' ', |letter| letter.glyph.letter);
    let mut at = range.start;
    while at < range.end {
        let start = at;
        match class_at(at) {
            Some(Class::Digit) => {
                at += 1;
                loop {
                    if class_at(at) == Some(Class::Digit) {
                        at += 1;
                    } else if matches!(letter_at(at), '/' | '.' | ',' | ':') && class_at(at + 1) == Some(Class::Digit) {
                        at += 2;
                    } else {
                        break;
                    }
                }
            }
            Some(Class::LeftToRight) => {
                at += 1;
                let mut end = at;
                while matches!(class_at(at), Some(Class::LeftToRight | Class::Digit | Class::Neutral)) {
                    at += 1;
                    if class_at(at - 1) != Some(Class::Neutral) {
                        end = at;
                    }
                }
                at = end;
            }
            _ => {
                at += 1;
                continue;
            }
        }
        push_island(letters, islands, start..at);
    }
}

/// Fonts draw a bracket of right-to-left text turned round, and files name now the one that is meant, now the one that is seen, even in one line. So each is
/// set by what stands beside it: before an opening bracket there is a blank, behind a closing one a blank or a mark.
fn turn_brackets(letters: &mut [Letter], candidates: &[usize]) {
    let mut open = 0_usize;
    for &index in candidates {
        let Some(letter) = letters.get(index).copied() else { continue };
        let Some((opening, closing)) = brackets(letter.glyph.letter) else { continue };
        let parts = |other: Option<&Letter>| other.is_none_or(|other| parts_words(&letter, other));
        let begins = parts(index.checked_sub(1).and_then(|before| letters.get(before)));
        let ends = parts(letters.get(index + 1));
        let opens = if begins == ends { open == 0 } else { begins };
        open = if opens { open + 1 } else { open.saturating_sub(1) };
        if let Some(letter) = letters.get_mut(index) {
            letter.glyph.letter = if opens { opening } else { closing };
        }
    }
}

/// Whether what stands beside a bracket belongs to no word: a blank, a mark, or letters at another height.
fn parts_words(bracket: &Letter, other: &Letter) -> bool {
    other.raised != bracket.raised || !(other.glyph.letter.is_alphanumeric() || is_sign(other.glyph.letter))
}

/// Whether a letter is a bracket, which right-to-left script turns round.
pub(crate) fn is_bracket(letter: char) -> bool {
    brackets(letter).is_some()
}

/// The pair that a bracket belongs to.
fn brackets(letter: char) -> Option<(char, char)> {
    const PAIRS: [(char, char); 4] = [('(', ')'), ('[', ']'), ('{', '}'), ('«', '»')];
    PAIRS.into_iter().find(|(open, close)| letter == *open || letter == *close)
}
