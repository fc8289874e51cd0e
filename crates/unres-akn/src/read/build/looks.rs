//! What a line looks like where the markup does not say what it is.

use crate::read::line::Finished;
use unres_model::{Inline, plain_text};

/// The longest text that is taken for a heading without markup, in characters.
const LONGEST_HEADING: usize = 120;

/// A heading left as an ordinary paragraph: short, without number, opening words and final mark.
pub(super) fn looks_like_heading(line: &Finished) -> bool {
    // Four bytes are the most that a character has.
    let bytes = line.content.iter().filter_map(Inline::text).map(|text| text.text.trim().len()).sum::<usize>();
    if bytes > 4 * LONGEST_HEADING {
        return false;
    }
    let text = plain_text(&line.content);
    let text = text.trim();
    if text.is_empty() || text.chars().count() > LONGEST_HEADING || !ends_like_heading(line) || has_typed_number(text) {
        return false;
    }
    match line.slanted {
        (true, true) => false,
        (true, false) => !ends_in_dated_bracket(text),
        _ => true,
    }
}

/// The last character is one of a word or closes a bracket or quotation.
pub(super) fn ends_like_heading(line: &Finished) -> bool {
    let texts = line.content.iter().rev().filter_map(Inline::text);
    let last = texts.map(|text| text.text.trim_end()).find_map(|text| text.chars().next_back());
    last.is_some_and(|last| last.is_alphanumeric() || matches!(last, ')' | '）' | '”' | '»') || is_mark(last))
}

/// Marks that belong to the letter before.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{64b}'..='\u{65f}' | '\u{640}')
}

/// `(30 June 2042)` at the end.
fn ends_in_dated_bracket(text: &str) -> bool {
    let Some(bracket) = text.find(['(', '（']) else { return false };
    let after = text.get(bracket..).unwrap_or_default().trim_end_matches(|c: char| !c.is_alphanumeric());
    after.ends_with(char::is_numeric)
}

/// `(a) `, `1. `, `1 - `, `a) `, `’1‘ `, `– ` at the head of a text.
fn has_typed_number(text: &str) -> bool {
    let end = text.find(char::is_whitespace).unwrap_or(text.len());
    let (first, rest) = text.split_at_checked(end).unwrap_or((text, ""));
    let core = first.trim_matches(|c: char| !c.is_alphanumeric());
    let count = core.chars().count();
    let closes = first.ends_with([')', '.', '．', '-', '–', '—', '’', '‘', '\'']);
    let digits = !core.is_empty() && core.chars().all(char::is_numeric);
    let dash_follows = digits && rest.trim_start().starts_with(['-', '–', '—']);
    let bullet = matches!(first, "–" | "•" | "-") && !rest.is_empty();
    let listed = matches!(first.chars().next(), Some('㈠'..='㈩')) && first.chars().count() == 1;
    (closes && (1..=4).contains(&count) && (digits || !first.ends_with('.') && !first.ends_with('-')))
        || dash_follows
        || bullet
        || listed
}
