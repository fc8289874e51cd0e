//! Cuts a text into pieces, each with its places in the source.

use unres_model::Text;
use unres_source::{Source, Span};

/// The pieces of a text between the places where it is cut. Where the source is not there, or does not print the same letters, nobody can tell which
/// place is of which piece: they all stay with the first.
pub(super) fn cut(text: Text, cuts: impl Iterator<Item = usize>, source: Option<&Source>) -> Vec<Text> {
    let mut pieces = Vec::new();
    let mut rest = text.text.as_str();
    let mut at = 0;
    for cut in cuts {
        let (piece, after) = rest.split_at_checked(cut - at).unwrap_or((rest, ""));
        pieces.push(Text { text: piece.to_owned(), spans: Vec::new() });
        (rest, at) = (after, cut);
    }
    pieces.push(Text { text: rest.to_owned(), spans: Vec::new() });
    let placed = source.is_some_and(|source| place(&mut pieces, &text.spans, source.text()));
    if !placed {
        for piece in &mut pieces {
            piece.spans.clear();
        }
        if let Some(first) = pieces.first_mut() {
            first.spans = text.spans;
        }
    }
    pieces
}

/// Hands the places out letter by letter. False when the source has not as many as the text.
fn place(pieces: &mut [Text], spans: &[Span], source: &str) -> bool {
    let mut spans = spans.iter().copied();
    let mut open = spans.next();
    for piece in pieces.iter_mut() {
        let mut rest = piece.text.trim();
        while !rest.is_empty() {
            let Some(span) = open else { return false };
            let printed = source.get(span.range()).unwrap_or_default();
            let taken = take(printed, rest);
            rest = rest.get(taken.text..).unwrap_or_default().trim_start();
            match taken.printed {
                None => {
                    piece.spans.push(span);
                    open = spans.next();
                }
                Some(len) => {
                    piece.spans.push(span.part(0, len));
                    open = Some(span.part(len, printed.len() - len));
                }
            }
        }
    }
    // Blanks at the end are nobody's; letters there would be lost.
    let mut left = open.into_iter().chain(spans).filter_map(|span| source.get(span.range()));
    left.all(|text| text.trim_start().is_empty())
}

/// How far a piece of a text and what is printed for it go together.
struct Taken {
    /// Bytes of the text.
    text: usize,
    /// Bytes of what is printed; none where all of it is of the text.
    printed: Option<usize>,
}

/// Takes from the head of what is printed as many letters as a text has, blanks aside at both ends of it. What lies behind them is not looked at, since
/// a text may be cut again and again.
fn take(printed: &str, text: &str) -> Taken {
    let begins = printed.trim_start();
    let ends = begins.trim_end();
    // Nearly always the same letters stand in both, with the same blanks.
    if text.starts_with(ends) {
        return Taken { text: ends.len(), printed: None };
    }
    if ends.starts_with(text) {
        return Taken { text: text.len(), printed: Some(printed.len() - begins.len() + text.len()) };
    }
    let mut letters = letter_ends(text);
    let mut taken = Taken { text: 0, printed: None };
    let mut end = 0;
    for next in letter_ends(printed) {
        match letters.next() {
            Some(letter) => (taken.text, end) = (letter, next),
            None => return Taken { text: text.len(), printed: Some(end) },
        }
    }
    taken
}

/// Where the letters of a text end, blanks being none.
fn letter_ends(text: &str) -> impl Iterator<Item = usize> {
    text.char_indices().filter(|(_, c)| !c.is_whitespace()).map(|(at, c)| at + c.len_utf8())
}
